//! Other people's programs that sign and verify: dkimpy and OpenDKIM. Where one is not installed, a test says
//! that it was skipped.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The key records at hand: name and text.
pub(crate) type Records = Vec<(String, String)>;

/// Where a program is, if it is installed.
fn installed(name: &str) -> Option<PathBuf> {
    ["/usr/bin", "/usr/sbin", "/usr/local/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.is_file())
}

/// A folder of this test, empty.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    // Nothing is there at the first run.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// dkimpy, through Python.
pub(crate) struct Dkimpy(PathBuf);

impl Dkimpy {
    /// Nothing, said aloud, where it is not installed.
    pub(crate) fn find() -> Option<Self> {
        let found = installed("python3").filter(|python| {
            let import = Command::new(python)
                .args(["-c", "import dkim, nacl.signing"])
                .stderr(Stdio::null())
                .status();
            import.is_ok_and(|status| status.success())
        });
        if found.is_none() {
            eprintln!("skipped: python3-dkim and python3-nacl are not installed");
        }
        found.map(Self)
    }

    fn ask(&self, requests: &[Value]) -> Vec<Value> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/others/dkimpy.py");
        let mut python = Command::new(&self.0)
            .arg("-W")
            .arg("ignore")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let text = serde_json::to_vec(requests).expect("JSON");
        let mut input = python.stdin.take().expect("a pipe");
        // The script reads all before it writes anything.
        input.write_all(&text).expect("Python reads");
        drop(input);
        let output = python.wait_with_output().expect("Python ends");
        assert!(output.status.success(), "dkimpy stumbled");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// What it says of each signature of each message, from the top.
    pub(crate) fn verify(&self, messages: &[(Vec<u8>, usize)], records: &Records) -> Vec<Value> {
        let records: serde_json::Map<String, Value> = records
            .iter()
            .map(|(name, text)| (name.clone(), text.as_str().into()))
            .collect();
        let requests: Vec<Value> = messages
            .iter()
            .map(|(message, signatures)| {
                let message = STANDARD.encode(message);
                json!({"act": "verify", "message": message, "records": records, "signatures": signatures})
            })
            .collect();
        self.ask(&requests)
    }

    /// Each message with a signature above it.
    pub(crate) fn sign(&self, messages: &[Vec<u8>], how: &Signing<'_>) -> Vec<Vec<u8>> {
        let requests: Vec<Value> = messages
            .iter()
            .map(|message| {
                json!({
                    "act": "sign", "message": STANDARD.encode(message), "selector": how.selector,
                    "domain": how.domain, "key": how.key, "canonicalization": how.canonicalization,
                    "algorithm": how.algorithm,
                })
            })
            .collect();
        let fields = self.ask(&requests);
        let fields = fields.iter().map(|field| {
            let text = field.as_str().expect("a field");
            STANDARD.decode(text).expect("base64")
        });
        fields
            .zip(messages)
            .map(|(field, message)| [field.as_slice(), message].concat())
            .collect()
    }
}

/// How somebody signs.
pub(crate) struct Signing<'a> {
    pub(crate) domain: &'a str,
    pub(crate) selector: &'a str,
    /// The private key as the program wants it.
    pub(crate) key: &'a str,
    pub(crate) canonicalization: &'a str,
    pub(crate) algorithm: &'a str,
}

/// OpenDKIM, in its test mode, which asks no DNS.
pub(crate) struct OpenDkim(PathBuf);

impl OpenDkim {
    /// Nothing, said aloud, where it is not installed.
    pub(crate) fn find() -> Option<Self> {
        let found = installed("opendkim");
        if found.is_none() {
            eprintln!("skipped: opendkim is not installed");
        }
        found.map(Self)
    }

    fn run(&self, folder: &Path, configuration: &str, message: &[u8]) -> String {
        let (conf, file) = (folder.join("opendkim.conf"), folder.join("message.eml"));
        std::fs::write(&conf, configuration).expect("a file");
        std::fs::write(&file, message).expect("a file");
        let output = Command::new(&self.0)
            .arg("-x")
            .arg(&conf)
            .arg("-t")
            .arg(&file)
            .args(["-v", "-v"])
            .output()
            .expect("opendkim starts");
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    }

    /// What it says of a message: all that it prints.
    pub(crate) fn verify(&self, folder: &Path, message: &[u8], records: &Records) -> String {
        let keys: String = records
            .iter()
            .map(|(name, text)| format!("{name} {text}\n"))
            .collect();
        let path = folder.join("keys");
        std::fs::write(&path, keys).expect("a file");
        let configuration = format!("Mode v\nTestPublicKeys {}\n", path.display());
        self.run(folder, &configuration, message)
    }

    /// The message with a signature above it.
    pub(crate) fn sign(&self, folder: &Path, message: &[u8], how: &Signing<'_>) -> Vec<u8> {
        let path = folder.join("key.pem");
        std::fs::write(&path, how.key).expect("a file");
        let configuration = format!(
            "Mode s\nDomain {}\nSelector {}\nKeyFile {}\nCanonicalization {}\nSignatureAlgorithm {}\n\
             RequireSafeKeys no\n",
            how.domain,
            how.selector,
            path.display(),
            how.canonicalization,
            how.algorithm,
        );
        let said = self.run(folder, &configuration, message);
        let (_, value) = said
            .split_once("hname='DKIM-Signature' hvalue='")
            .unwrap_or_else(|| panic!("not signed: {said}"));
        let (value, _) = value.split_once('\'').expect("a quote");
        let value = value.replace("\r\n", "\n").replace('\n', "\r\n");
        [b"DKIM-Signature: ", value.as_bytes(), b"\r\n", message].concat()
    }
}
