//! dkimpy and libopendkim, through Python.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The key records at hand: name and text.
pub(crate) type Records = Vec<(String, String)>;

pub(crate) fn base64(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// Octets that came as base64.
pub(crate) fn octets_of(text: &str) -> Vec<u8> {
    STANDARD.decode(text).expect("base64")
}

/// Both programs.
pub(crate) struct Others(PathBuf);

/// What came back.
pub(crate) struct Said {
    /// The time at which they judged, in seconds since 1970.
    pub(crate) now: u64,
    pub(crate) results: Vec<Value>,
    pub(crate) has_opendkim: bool,
}

impl Others {
    /// Nothing, said aloud, where dkimpy is not installed.
    pub(crate) fn find() -> Option<Self> {
        let python = Path::new("/usr/bin/python3");
        let import = Command::new(python)
            .args(["-W", "ignore", "-c", "import dkim, nacl.signing, authres"])
            .stderr(Stdio::null())
            .status();
        let found = import.is_ok_and(|status| status.success());
        if !found {
            eprintln!("skipped: python3-dkim, python3-nacl and python3-authres are not installed");
            return None;
        }
        let others = Self(python.to_owned());
        if !others.ask(&Records::new(), &[]).has_opendkim {
            eprintln!("without OpenDKIM: its library is not installed");
        }
        Some(others)
    }

    pub(crate) fn ask(&self, records: &Records, requests: &[Value]) -> Said {
        let records: serde_json::Map<String, Value> = records
            .iter()
            .map(|(name, text)| (name.clone(), text.as_str().into()))
            .collect();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/others.py");
        let mut python = Command::new(&self.0)
            .args(["-W", "ignore"])
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let mut input = python.stdin.take().expect("a pipe");
        let asked = json!({"records": records, "requests": requests});
        // The script reads all before it writes anything.
        input
            .write_all(asked.to_string().as_bytes())
            .expect("Python reads");
        drop(input);
        let output = python.wait_with_output().expect("Python ends");
        assert!(output.status.success(), "Python stumbled");
        let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        Said {
            now: said["now"].as_u64().expect("a time"),
            results: said["results"].as_array().expect("a list").clone(),
            has_opendkim: said["has_opendkim"] == true,
        }
    }
}

/// Whether a signature passes with one of them: dkimpy says a word for each, OpenDKIM a word and what it thinks of the
/// body.
pub(crate) fn passes(said: &Value, at: usize) -> bool {
    said[at] == "pass" || said[at][0] == "pass"
}
