//! `garant demo` on a port of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running demo; it ends with this value.
pub(crate) struct Demo {
    program: Child,
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
}

impl Demo {
    /// Starts it and waits until it has said where it is.
    pub(crate) fn start() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_garant"))
            .args(["demo", "--listen", "127.0.0.1:0", "--lang", "en"])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(program.stdout.take().expect("a pipe")).lines();
        let origin = lines
            .by_ref()
            .map(|line| line.expect("text"))
            .find_map(|line| {
                let start = line.find("http://127.0.0.1:")?;
                let rest = &line[start..];
                let end = rest[7..].find('/').map_or(rest.len(), |at| at + 7);
                Some(rest[..end].to_owned())
            })
            .expect("the demo says where it is");
        // A pipe that nobody reads would stop whoever writes into it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { program, origin }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself, which a test has then noticed.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// What was built, and beside it the judges and the screenshots.
pub(crate) fn target() -> PathBuf {
    let inside = Path::new(env!("CARGO_TARGET_TMPDIR"));
    inside.parent().expect("target/tmp has a parent").to_owned()
}
