//! Messages wherever they lie: single files, mailbox files (RFC 4155), folders of them, standard input. One message
//! is held at a time.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use garant_service::bounce::{Origin, Unread};
use garant_service::mailbox::{self, Visit as Shown};
use garant_service::typed::Refusal;

/// Folders inside each other that are looked into at most: no mail program makes more.
const DEPTH_MAX: usize = 32;

/// Whoever is shown each message, or why it could not be read.
type Visit<'a> = Shown<'a, Refusal>;

/// Shows each message: files as they are given, the entries of folders by name. What cannot be read is shown as
/// such, and the rest goes on.
pub(super) fn each(paths: &[PathBuf], visit: &mut Visit<'_>) -> Result<(), Refusal> {
    for path in paths {
        if path.as_os_str() == "-" {
            let input = BufReader::new(io::stdin().lock());
            mailbox::messages(input, "-", true, visit)?;
        } else if path.is_dir() {
            folder(path, 1, visit)?;
        } else {
            file(path, visit)?;
        }
    }
    Ok(())
}

fn folder(path: &Path, depth: usize, visit: &mut Visit<'_>) -> Result<(), Refusal> {
    if depth > DEPTH_MAX {
        return visit(origin(path), Err(Unread::TooDeep));
    }
    let entries = fs::read_dir(path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return visit(origin(path), Err(Unread::from(&error))),
    };
    // The order of a file system says nothing, and differs from one to the next.
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link to a folder may lead back up; one to a file is a file. What is neither (a pipe) may never end.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folder(&path, depth + 1, visit)?,
            Ok(_) if path.is_file() => file(&path, visit)?,
            Ok(_) => {}
            Err(error) => visit(origin(&path), Err(Unread::from(&error)))?,
        }
    }
    Ok(())
}

fn file(path: &Path, visit: &mut Visit<'_>) -> Result<(), Refusal> {
    match File::open(path) {
        Ok(file) => mailbox::messages(
            BufReader::new(file),
            &path.display().to_string(),
            mailbox::may_be_mailbox(path),
            visit,
        ),
        Err(error) => visit(origin(path), Err(Unread::from(&error))),
    }
}

fn origin(path: &Path) -> Origin {
    Origin {
        file: path.display().to_string(),
        ..Origin::default()
    }
}
