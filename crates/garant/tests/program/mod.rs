//! The program as its users start it.

use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs `garant` with these words, from the root of the project.
pub(crate) fn garant(words: &str) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_garant"))
        .args(words.split_whitespace())
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code().expect("an exit status"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The line that tells time and duration says something else in each run.
pub(crate) fn without_time(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.contains(" ms, ") && !line.contains(" UTC"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Each command, then what it says on standard error; standard output stays empty.
pub(crate) fn refusals(commands: &[String], lang: &str) -> String {
    let mut text = String::new();
    for command in commands {
        let run = garant(&format!("{command} --lang {lang}"));
        assert_eq!(run.stdout, "", "{command} prints nothing");
        assert_eq!(run.code, 64, "{command}: {}", run.stderr);
        let shown = command.chars().take(70).collect::<String>();
        text.push_str(&format!("$ garant {shown}\n{}\n", run.stderr));
    }
    text
}
