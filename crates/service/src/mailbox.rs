//! Mailbox files (RFC 4155): the messages in them, one held at a time.

use std::io::{self, BufRead, ErrorKind, Read};
use std::path::Path;

use garant_check::bounce::{MESSAGE_OCTETS_MAX, MessageError};

use crate::bounce::{Origin, Unread};

/// Octets of a line that are looked at together; the pieces of a longer one follow each other.
const PIECE_OCTETS: u64 = 64 * 1024;
/// What every message of a mailbox file begins with.
const SEPARATOR: &[u8] = b"From ";

/// Whoever is shown each message, or why it could not be read.
pub type Visit<'a, E> = dyn FnMut(Origin, Result<&[u8], Unread>) -> Result<(), E> + 'a;

impl From<&io::Error> for Unread {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Absent,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Refused,
        }
    }
}

/// One message, as far as it fits.
#[derive(Default)]
struct Held {
    octets: Vec<u8>,
    /// Octets there are, those that were not kept included.
    total: usize,
}

impl Held {
    fn add(&mut self, piece: &[u8]) {
        self.total = self.total.saturating_add(piece.len());
        if self.total <= MESSAGE_OCTETS_MAX {
            self.octets.extend_from_slice(piece);
        }
    }

    fn read(&self) -> Result<&[u8], Unread> {
        if self.total > MESSAGE_OCTETS_MAX {
            return Err(Unread::Message(MessageError::TooLarge(self.total)));
        }
        Ok(&self.octets)
    }

    fn clear(&mut self) {
        self.octets.clear();
        self.total = 0;
    }
}

/// Whether a file may hold several messages: one that a mail program saved as a message (`.eml`) is one, even where
/// it begins like a mailbox file and carries something that looks like its next message.
pub fn may_be_mailbox(path: &Path) -> bool {
    let extension = path.extension();
    !extension.is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
}

/// Shows the messages of a file: those of a mailbox file apart, without the lines between them. What cannot be read
/// is shown as such.
///
/// # Errors
/// What `visit` gave, at once.
pub fn messages<E>(
    mut reader: impl BufRead,
    file: &str,
    may_be_mailbox: bool,
    visit: &mut Visit<'_, E>,
) -> Result<(), E> {
    let mut held = Held::default();
    let mut piece = Vec::new();
    let mut count: Option<u64> = None;
    let mut is_first = true;
    let mut begins_line = true;
    let mut is_after_blank = true;
    let origin = |message| Origin {
        file: file.to_owned(),
        message,
        attached: None,
    };
    loop {
        piece.clear();
        let read = reader
            .by_ref()
            .take(PIECE_OCTETS)
            .read_until(b'\n', &mut piece);
        match read {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return visit(origin(count), Err(Unread::from(&error))),
        }
        let is_whole = begins_line && piece.ends_with(b"\n");
        let separates = begins_line && is_after_blank && piece.starts_with(SEPARATOR);
        if is_first && separates && may_be_mailbox {
            count = Some(1);
        } else if let Some(number) = count.filter(|_| separates && is_separator(&piece)) {
            visit(origin(Some(number)), held.read())?;
            held.clear();
            count = Some(number + 1);
        } else {
            let is_quoted = count.is_some() && begins_line && is_quoted(&piece);
            held.add(&piece[usize::from(is_quoted)..]);
        }
        is_first = false;
        is_after_blank = is_whole && matches!(piece.as_slice(), b"\n" | b"\r\n");
        begins_line = piece.ends_with(b"\n");
    }
    visit(origin(count), held.read())
}

/// `From address day month date time year`, of which the time of day is what no sentence has. Somebody's text may
/// have a line that begins with `From ` too.
fn is_separator(line: &[u8]) -> bool {
    line.split(|octet| octet.is_ascii_whitespace())
        .skip(2)
        .any(|word| {
            matches!(word, [a, b, b':', c, d, ..]
                if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
        })
}

/// `>From `, with any number of `>`: whoever wrote the mailbox file put one before.
fn is_quoted(line: &[u8]) -> bool {
    let quotes = line.iter().take_while(|octet| **octet == b'>').count();
    quotes > 0 && line[quotes..].starts_with(SEPARATOR)
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[track_caller]
    fn check(text: &[u8], expect: &[(Option<u64>, &[u8])]) {
        let mut found = Vec::new();
        messages(text, "f", true, &mut |origin, octets| {
            found.push((origin.message, octets.expect("it fits").to_vec()));
            Ok::<(), ()>(())
        })
        .expect("nothing is refused");
        let expect: Vec<_> = expect.iter().map(|(n, text)| (*n, text.to_vec())).collect();
        assert_eq!(found, expect, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn a_file_without_the_separator_is_one_message() {
        check(
            b"A: b\n\nFrom x Mon Jan  1 10:00:00 2024\n",
            &[(None, b"A: b\n\nFrom x Mon Jan  1 10:00:00 2024\n")],
        );
        check(b"", &[(None, b"")]);
        check(b"A: b", &[(None, b"A: b")]);
    }

    #[test]
    fn the_messages_of_a_mailbox_file_are_apart() {
        check(
            b"From a@b Mon Jan  1 10:00:00 2024\nA: 1\n\nx\n>From y\n>>From z\n\nFrom c Tue Jan  2 10:00:00 2024\r\nA: 2\r\n\r\n",
            &[(Some(1), b"A: 1\n\nx\nFrom y\n>From z\n\n"), (Some(2), b"A: 2\r\n\r\n")],
        );
    }

    #[test]
    fn a_saved_message_is_one_message() {
        for (name, expect) in [
            ("a.eml", false),
            ("A.EML", false),
            ("inbox", true),
            ("in.mbox", true),
        ] {
            assert_eq!(may_be_mailbox(Path::new(name)), expect, "{name}");
        }
        let text =
            b"From a@b Mon Jan  1 10:00:00 2024\nA: 1\n\nFrom c Tue Jan  2 10:00:00 2024\nA: 2\n";
        let mut count = 0;
        messages(&text[..], "f.eml", false, &mut |origin, octets| {
            assert_eq!((origin.message, octets), (None, Ok(&text[..])));
            count += 1;
            Ok::<(), ()>(())
        })
        .expect("nothing is refused");
        assert_eq!(count, 1);
    }

    #[test]
    fn a_sentence_does_not_separate() {
        check(
            b"From -\nA: 1\n\nFrom here on\n\nx\nFrom a Mon Jan  1 10:00:00 2024\n",
            &[(
                Some(1),
                b"A: 1\n\nFrom here on\n\nx\nFrom a Mon Jan  1 10:00:00 2024\n",
            )],
        );
    }

    #[test]
    fn a_message_over_the_limit_is_told_and_not_held() {
        let line = [b'x'; 1 << 20];
        let count = MESSAGE_OCTETS_MAX / line.len() + 1;
        let mut held = Held::default();
        for _ in 0..count {
            held.add(&line);
        }
        assert!(held.octets.capacity() <= 2 * MESSAGE_OCTETS_MAX);
        let total = count * line.len();
        assert_eq!(
            held.read(),
            Err(Unread::Message(MessageError::TooLarge(total)))
        );
        held.clear();
        held.add(b"A: b\n");
        assert_eq!(held.read(), Ok(&b"A: b\n"[..]));
    }

    /// What follows a message that is too large is read all the same.
    #[test]
    fn the_rest_of_a_mailbox_file_goes_on() {
        let separator = b"From a Mon Jan  1 10:00:00 2024\n";
        let endless = io::repeat(b'x').take(MESSAGE_OCTETS_MAX as u64 + 1);
        let rest = [b"\n\n".as_slice(), separator, b"A: b\n"].concat();
        let text = separator.chain(endless).chain(rest.as_slice());
        let mut found = Vec::new();
        messages(BufReader::new(text), "f", true, &mut |origin, octets| {
            found.push((origin.message, octets.map(<[u8]>::len)));
            Ok::<(), ()>(())
        })
        .expect("nothing is refused");
        let total = MESSAGE_OCTETS_MAX + 3;
        let large = Unread::Message(MessageError::TooLarge(total));
        assert_eq!(found, [(Some(1), Err(large)), (Some(2), Ok(5))]);
    }
}
