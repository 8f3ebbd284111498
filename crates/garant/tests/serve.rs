//! `garant serve` as its owner starts it: it answers, ends when it is told to, and says what is wrong with its file.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use program::{garant, root};

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("serve-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The program at work, killed when a test fails.
struct Served {
    child: Child,
    /// `127.0.0.1:4711`.
    address: String,
    folder: PathBuf,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts it with this configuration besides a free port and a database.
fn serve(name: &str, config: &str) -> Served {
    serve_in(folder(name), config)
}

/// The same, with what an earlier start left in its folder.
fn serve_in(folder: PathBuf, config: &str) -> Served {
    let file = folder.join("garant.toml");
    let text = format!(
        "listen = ['127.0.0.1:0']\ndatabase = '{}'\ndns.resolvers = ['127.0.0.1:1']\n{config}",
        folder.join("garant.sqlite").display()
    );
    std::fs::write(&file, text).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_garant"))
        .args(["serve", "--lang", "en", "--config"])
        .arg(&file)
        .current_dir(&folder)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stdout = child.stdout.take().expect("a pipe");
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let address = line
        .trim()
        .strip_prefix("Garant is at http://")
        .and_then(|rest| rest.strip_suffix('/'));
    let Some(address) = address.map(str::to_owned) else {
        let mut error = String::new();
        let mut stderr = child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut error).expect("text");
        panic!("{line:?} {error}");
    };
    Served {
        child,
        address,
        folder,
    }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).expect("a time-out");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: garant.test\r\nConnection: close\r\n\r\n"
        )
        .expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers");
        text
    }

    /// Sends a form.
    fn post(&self, path: &str, form: &str) -> String {
        let mut stream = self.connect();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: garant.test\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n{form}",
            form.len()
        )
        .expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers");
        text
    }

    fn told(&self, signal: &str) {
        let process = self.child.id().to_string();
        let told = Command::new("kill").args([signal, &process]).status();
        assert!(told.expect("kill is there").success());
    }

    /// Waits for its end; what it logged.
    fn ended(mut self) -> String {
        let mut log = String::new();
        let mut stderr = self.child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut log).expect("text");
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "{status} {log}");
        log
    }
}

#[test]
fn it_answers_until_it_is_told_to_end() {
    for (name, signal) in [("term", "-TERM"), ("int", "-INT")] {
        let served = serve(name, "log.format = 'json'\n");
        assert!(served.get("/en/").starts_with("HTTP/1.1 200 OK"));
        assert!(served.get("/readyz").ends_with("ready\n"));
        let figures = served.get("/metrics");
        for line in [
            "garant_requests_total{route=\"/{lang}/\",status=\"200\"} 1",
            "garant_dns_questions_total{servers=\"recursive\"} 0",
            "garant_dns_cache_entries 0",
        ] {
            assert!(figures.contains(line), "{line}\n{figures}");
        }
        // A connection that is open and idle holds up nothing.
        let idle = served.connect();
        served.told(signal);
        let log = served.ended();
        drop(idle);
        let lines: Vec<serde_json::Value> = log
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
            .collect();
        let messages: Vec<&str> = lines
            .iter()
            .filter_map(|line| line["message"].as_str())
            .collect();
        assert_eq!(messages.first(), Some(&"listening"), "{log}");
        assert_eq!(messages.last(), Some(&"ended"), "{log}");
        let answered = lines.iter().find(|line| line["message"] == "answered");
        let answered = answered.unwrap_or_else(|| panic!("{log}"));
        assert_eq!(answered["route"], "/{lang}/");
        assert!(answered["span"]["request_id"].is_string(), "{answered}");
    }
}

#[test]
fn a_check_that_runs_comes_to_its_end_and_the_log_names_no_domain() {
    let served = serve("check", "dns.check_timeout_s = 1\n");
    let answer = served.post(
        "/en/?domain=votreentreprise.fr",
        "domain=votreentreprise.fr",
    );
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let database = served.folder.join("garant.sqlite");
    served.told("-TERM");
    let log = served.ended();
    assert!(database.is_file());
    assert!(
        log.contains("route=\"/{lang}/\"") && log.contains("status=303"),
        "{log}"
    );
    assert!(!log.contains("votreentreprise"), "{log}");
}

#[test]
fn a_result_that_is_kept_outlives_a_restart_and_no_log_names_it() {
    let served = serve("kept", "");
    let reply = "550+5.7.26+Unauthenticated+email+from+votreentreprise.fr+is+not+accepted";
    let answer = served.post("/en/bounce", &format!("keep=true&pasted={reply}"));
    let link = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    let link = link.unwrap_or_else(|| panic!("{answer}")).to_owned();
    assert!(link.starts_with("/en/m/"), "{link}");
    let folder = served.folder.clone();
    served.told("-TERM");
    let mut logs = served.ended();
    let again = serve_in(folder, "");
    let page = again.get(&link);
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(page.contains("votreentreprise"), "{page}");
    let forgotten = again.post(&format!("{link}/forget"), "");
    assert!(forgotten.starts_with("HTTP/1.1 303"), "{forgotten}");
    assert!(again.get(&link).starts_with("HTTP/1.1 404"));
    again.told("-TERM");
    logs += &again.ended();
    assert!(logs.contains("route=\"/{lang}/m/{id}\""), "{logs}");
    for secret in [link.as_str(), &link["/en/m/".len()..], "votreentreprise"] {
        assert!(!logs.contains(secret), "{secret} in {logs}");
    }
}

#[test]
fn figures_have_an_address_of_their_own_when_that_is_wished() {
    let served = serve("apart", "metrics.listen = '127.0.0.1:0'\n");
    assert!(served.get("/metrics").starts_with("HTTP/1.1 404"));
    let served = serve("none", "metrics.enabled = false\n");
    assert!(served.get("/metrics").starts_with("HTTP/1.1 404"));
}

#[test]
fn flags_outweigh_the_file_and_the_file_the_default() {
    let served = serve("flags", "");
    let taken = &served.address;
    for (flags, expect) in [
        (format!("--listen {taken}"), taken.as_str()),
        (
            format!("--listen 127.0.0.1:0 --listen {taken}"),
            taken.as_str(),
        ),
    ] {
        let store = folder("flags-other").join("garant.sqlite");
        let words = format!(
            "serve --lang en --nameserver 127.0.0.1:1 --store {} {flags}",
            store.display()
        );
        let run = garant(&words);
        assert_eq!(run.code, 64, "{}", run.stderr);
        assert!(run.stderr.contains(expect), "{}", run.stderr);
        assert!(
            run.stderr.contains("another program is there already"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn the_sample_is_printed() {
    let run = garant("serve --print-config");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let shipped = std::fs::read_to_string(root().join("examples/garant.toml")).expect("a sample");
    assert_eq!(run.stdout, shipped);
}

/// What is wrong is said in both languages, with the file, the line, and what to do.
#[test]
fn what_is_wrong_with_the_file_is_said_in_sentences() {
    let folder = folder("wrong");
    let pem = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let not_pem = pem("not.pem", "nothing\n");
    let no_database = folder.join("none/garant.sqlite").display().to_string();
    let cases = [
        (
            "listen = [",
            "line 1: this is not TOML",
            "ligne 1\u{a0}: ce n’est pas du TOML",
        ),
        (
            "\nlisten_on = []",
            "line 2: there is no value called `listen_on`. Did you mean `listen`?",
            "ligne 2\u{a0}: aucune valeur ne s’appelle `listen_on`. Vouliez-vous dire `listen`\u{202f}?",
        ),
        (
            "[dns]\nfoo = 1",
            "line 2: there is no value called `dns.foo`. `garant serve --print-config` lists",
            "ligne 2\u{a0}: aucune valeur ne s’appelle `dns.foo`. `garant serve --print-config` les",
        ),
        (
            "kept_days = 0",
            "line 1: `kept_days` cannot have this value",
            "ligne 1\u{a0}: `kept_days` ne peut pas avoir cette valeur",
        ),
        (
            "listen = []",
            "No address to listen on",
            "Aucune adresse où écouter",
        ),
        (
            &format!("tls.key_file = '{not_pem}'"),
            "only half of what TLS needs",
            "que la moitié de ce qu’il faut à TLS",
        ),
        (
            &format!("tls = {{ certificate_file = '{not_pem}', key_file = '{not_pem}' }}"),
            "holds no certificate in PEM",
            "ne contient pas de certificat",
        ),
        (
            "tls = { certificate_file = 'none.pem', key_file = 'none.pem' }",
            "none.pem cannot be read",
            "none.pem ne peut pas être lu",
        ),
        (
            &format!("database = '{no_database}'"),
            "cannot be opened: the folder must exist",
            "ne peut pas être ouverte\u{a0}: le dossier doit exister",
        ),
        (
            "dns.resolvers = ['nowhere']",
            "“nowhere”",
            "«\u{a0}nowhere\u{a0}»",
        ),
    ];
    for (text, english, french) in cases {
        let file = folder.join("garant.toml");
        let whole = if text.contains("database") {
            text.to_owned()
        } else {
            format!("{text}\n")
        };
        std::fs::write(&file, whole).expect("a file");
        for (lang, expect) in [("en", english), ("fr", french)] {
            // A port that is free, and no database left behind, where the file says nothing of them.
            let run = garant(&format!("serve --lang {lang} --config {}", file.display()));
            assert_eq!(run.code, 64, "{text}: {}", run.stderr);
            assert_eq!(run.stdout, "", "{text}");
            assert!(run.stderr.contains(expect), "{text}: {}", run.stderr);
            let lines = run.stderr.lines().filter(|line| line.starts_with("garant"));
            assert_eq!(lines.count(), 1, "{text}: {}", run.stderr);
        }
    }
}
