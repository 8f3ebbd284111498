//! Keys and signatures as users make them: `garant keygen`, then `garant sign`.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use futures::executor::block_on;
use garant_dns::{Answers, Name, Resolver, Zone, Zones};
use garant_msgauth::Step;
use garant_msgauth::dkim::{DkimResult, KeyRecord, verify};
use garant_msgauth::message::{MESSAGE_OCTETS_MAX, Message};

const MESSAGE: &str = "From: Anne <anne@exemple.fr>\r\nTo: b@example.com\r\nSubject: Bonjour\r\n\
    Date: Mon, 6 Jul 2026 10:00:00 +0200\r\nMessage-ID: <1@exemple.fr>\r\n\r\nBonjour !\r\n";

struct Run {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
}

/// A folder of its own, in which the program runs.
struct Desk(PathBuf);

impl Desk {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("sign")
            .join(test);
        // Nothing is there at the first run.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn run(&self, words: &str, input: &[u8]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_garant"))
            .args(words.split_whitespace())
            .current_dir(&self.0)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // Nothing is printed before all was read; a program that refuses may end earlier.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().expect("the program ends");
        Run {
            code: output.status.code().expect("an exit status"),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// What the program prints when all is well.
    fn say(&self, words: &str, input: &[u8]) -> Vec<u8> {
        let run = self.run(words, input);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{words}");
        run.stdout
    }

    fn json(&self, words: &str) -> serde_json::Value {
        serde_json::from_slice(&self.say(words, b"")).expect("JSON")
    }

    /// Makes a key and publishes it.
    fn publish(&self, words: &str) -> String {
        let run = self.run(&format!("keygen {words} --format zone --lang en"), b"");
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            run.stderr.contains("The private key is in "),
            "{}",
            run.stderr
        );
        String::from_utf8(run.stdout).expect("UTF-8")
    }

    fn write(&self, file: &str, octets: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(file), octets).expect("a file");
    }
}

/// What a receiver says of every signature, at the time at which it was made, where these lines are published.
fn results(signed: &[u8], lines: &str) -> Vec<DkimResult> {
    let zone = Zone::parse(lines.as_bytes(), &Name::root()).expect("a zone");
    let zones = Zones::new(vec![zone]);
    let text = String::from_utf8_lossy(signed);
    let signed_at = text.split("t=").nth(1).expect("a time");
    let digits: String = signed_at.chars().take_while(char::is_ascii_digit).collect();
    let now = digits.parse().expect("a number");
    let message = Message::read(signed).expect("a message");
    let mut answers = Answers::new();
    loop {
        match verify(&message, &answers, now) {
            Step::Done(all) => return all.iter().map(|one| one.result).collect(),
            Step::Need(questions) => {
                for question in questions {
                    let answer = block_on(zones.resolve(&question));
                    answers.insert(question, answer);
                }
            }
        }
    }
}

#[test]
fn a_key_is_made_published_and_signed_with() {
    let desk = Desk::new("whole");
    let rsa = desk.publish("exemple.fr --selector s1");
    let ed25519 = desk.publish("exemple.fr --selector e1 --algorithm ed25519");
    let one = "sign --domain exemple.fr --selector s1 --key s1._domainkey.exemple.fr.pem";
    let signed = desk.say(one, MESSAGE.as_bytes());
    assert!(signed.starts_with(b"DKIM-Signature: v=1; a=rsa-sha256;"));
    assert!(signed.ends_with(MESSAGE.as_bytes()));
    assert_eq!(results(&signed, &rsa), [DkimResult::Pass]);
    // A key file keeps the name that it was given.
    let both = "sign --key s1._domainkey.exemple.fr.pem --key e1._domainkey.exemple.fr.pem";
    let signed = desk.say(both, MESSAGE.as_bytes());
    assert_eq!(results(&signed, &(rsa + &ed25519)), [DkimResult::Pass; 2]);
}

#[test]
fn a_message_keeps_its_line_ends() {
    let desk = Desk::new("line-ends");
    let zone = desk.publish("exemple.fr --selector s1 --algorithm ed25519 --out a.pem");
    let sign = "sign --key s1._domainkey.exemple.fr=a.pem";
    for (message, end) in [
        (MESSAGE.to_owned(), "\r\n"),
        (MESSAGE.replace("\r\n", "\n"), "\n"),
        (MESSAGE.trim_end().to_owned(), "\r\n"),
        (MESSAGE.replace("\r\n", "\n").trim_end().to_owned(), "\n"),
    ] {
        let signed = desk.say(sign, message.as_bytes());
        let fields = signed
            .strip_suffix(message.as_bytes())
            .expect("the message");
        let fields = String::from_utf8(fields.to_vec()).expect("ASCII");
        assert!(
            fields.split_inclusive('\n').all(|line| line.ends_with(end)),
            "{fields:?}"
        );
        assert_eq!(fields.contains('\r'), end == "\r\n");
        assert_eq!(results(&signed, &zone), [DkimResult::Pass]);
        desk.write("m.eml", &message);
        for words in ["m.eml", "-"] {
            let again = desk.say(&format!("{sign} {words}"), message.as_bytes());
            assert_eq!(again.len(), signed.len(), "{words}");
        }
        let alone = desk.say(&format!("{sign} --header-only"), message.as_bytes());
        assert_eq!(alone.len(), fields.len());
    }
}

#[test]
fn a_key_file_is_its_owners_and_is_never_overwritten() {
    let desk = Desk::new("secret");
    desk.publish("exemple.fr --selector s1 --algorithm ed25519");
    let path = desk.0.join("s1._domainkey.exemple.fr.pem");
    let before = std::fs::read(&path).expect("a file");
    let mode = std::fs::metadata(&path)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    for lang in ["fr", "en"] {
        let run = desk.run(
            &format!("keygen exemple.fr --selector s1 --lang {lang}"),
            b"",
        );
        assert_eq!((run.code, run.stdout.as_slice()), (64, b"".as_slice()));
        assert!(
            run.stderr.contains("s1._domainkey.exemple.fr.pem"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(std::fs::read(&path).expect("a file"), before);
}

#[test]
fn what_is_to_be_published_is_said_in_every_form() {
    let desk = Desk::new("record");
    for (words, kind, bits) in [
        ("", "rsa", 2048),
        ("--bits 3072", "rsa", 3072),
        ("--algorithm ed25519", "ed25519", 256),
    ] {
        let file = format!("{kind}{bits}.pem");
        let said = desk.json(&format!(
            "keygen dept.exemple.fr {words} --out {file} --format json"
        ));
        assert_eq!(said["schema"], "garant-keygen/1");
        assert_eq!(
            (said["algorithm"].as_str(), said["bits"].as_u64()),
            (Some(kind), Some(bits))
        );
        assert_eq!(said["key_file"], file);
        let selector = said["selector"].as_str().expect("a selector");
        let end = if kind == "rsa" { 9 } else { 10 };
        assert!(
            selector.starts_with("g20") && selector.len() == end,
            "{selector}"
        );
        let record = &said["record"];
        assert_eq!(
            record["name"],
            format!("{selector}._domainkey.dept.exemple.fr")
        );
        assert_eq!(record["panel_name"], format!("{selector}._domainkey.dept"));
        let value = record["value"].as_str().expect("a text");
        let parsed = KeyRecord::parse(value.as_bytes());
        assert!(parsed.faults.is_empty() && parsed.key.is_some(), "{value}");
        let strings = record["strings"].as_array().expect("strings");
        let strings: Vec<&str> = strings
            .iter()
            .filter_map(serde_json::Value::as_str)
            .collect();
        assert_eq!(strings.concat(), value);
        assert!(strings.iter().all(|string| string.len() <= 255));
        let check = format!("garant check dept.exemple.fr --selector {selector}");
        assert_eq!(said["check"], check);
        // The command that is named works as it stands, up to the message.
        let sign = said["sign"].as_str().expect("a command");
        let words = sign.strip_prefix("garant ").expect("garant");
        let words = words.strip_suffix(" message.eml").expect("a message");
        let message = MESSAGE.replace("anne@", "anne@dept.");
        let signed = desk.say(words, message.as_bytes());
        let zone = record["zone"].as_str().expect("a line");
        assert_eq!(results(&signed, zone), [DkimResult::Pass]);
    }
}

#[test]
fn a_new_key_reads_well_in_both_languages() {
    let desk = Desk::new("words");
    for (lang, words) in [
        ("fr", ""),
        ("en", ""),
        ("fr", "--algorithm ed25519"),
        ("en", "--bits 3072"),
    ] {
        let file = format!("{lang}{}.pem", words.len());
        let run = desk.say(
            &format!("keygen exemple.fr --selector s1 --out {file} --lang {lang} {words}"),
            b"",
        );
        let text = String::from_utf8(run).expect("UTF-8");
        // The key is another one every time.
        let lines = text.lines().map(|line| match line.split_once("p=") {
            Some((head, _)) => format!("{head}p=…"),
            None => line.to_owned(),
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        let text = text.replace(&file, "KEY.pem");
        insta::assert_snapshot!(
            format!(
                "keygen_{lang}_{}",
                words.trim_start_matches("--").replace(' ', "_")
            ),
            text
        );
    }
}

/// What is refused, on standard error; nothing is printed.
fn refusals(desk: &Desk, lang: &str) -> String {
    let key = "s1._domainkey.exemple.fr=a.pem";
    let sign = format!("sign --key {key}");
    let from = "From: a@exemple.fr\r\n";
    let messages: [(&str, String); 19] = [
        ("nothing", String::new()),
        ("no header", "Bonjour\r\n".to_owned()),
        (
            "mailbox file",
            format!("From a@exemple.fr Mon\r\n{from}\r\n"),
        ),
        ("not a field", format!("{from}bonjour\r\n\r\n")),
        ("blank line", format!("{from}Subject: x\r\n \r\n\r\n")),
        ("space before a colon", format!("{from}Subject : x\r\n\r\n")),
        ("bare CR", format!("{from}Subject: x\ry\r\n\r\n")),
        ("mixed line ends", format!("{from}Subject: x\n\r\n")),
        ("NUL", format!("{from}Subject: \0\r\n\r\n")),
        (
            "two subjects",
            format!("{from}Subject: x\r\nSubject: y\r\n\r\n"),
        ),
        ("two From", format!("{from}{from}\r\n")),
        ("no From", "Subject: x\r\n\r\n".to_owned()),
        ("no address", "From: Anne\r\n\r\n".to_owned()),
        (
            "two authors",
            "From: a@exemple.fr, b@exemple.fr\r\n\r\n".to_owned(),
        ),
        (
            "unclear author",
            "From: a@autre.fr <a@exemple.fr>\r\n\r\n".to_owned(),
        ),
        ("another domain", "From: a@autre.fr\r\n\r\n".to_owned()),
        ("a parent", "From: a@fr\r\n\r\n".to_owned()),
        (
            "many fields",
            format!("{from}{}\r\n", "X: 1\r\n".repeat(3000)),
        ),
        (
            "a long header",
            format!("{from}X: {}\r\n\r\n", "x".repeat(3_000_000)),
        ),
    ];
    let mut text = String::new();
    for (what, message) in messages {
        let run = desk.run(&format!("{sign} --lang {lang}"), message.as_bytes());
        assert_eq!(
            (run.code, run.stdout.as_slice()),
            (1, b"".as_slice()),
            "{what}"
        );
        text.push_str(&format!("# {what}\n{}\n", run.stderr));
    }
    for (words, code) in [
        ("keygen", 64),
        ("keygen localhost", 64),
        ("keygen co.uk", 64),
        ("keygen exemple.fr --selector a..b", 64),
        ("keygen exemple.fr --bits 1024", 64),
        ("keygen exemple.fr --algorithm ed25519 --bits 2048", 64),
        ("keygen exemple.fr --algorithm dsa", 64),
        ("keygen exemple.fr --out nowhere/a.pem", 64),
        ("sign", 64),
        ("sign --key a.pem", 64),
        ("sign --domain exemple.fr --key a.pem", 64),
        (
            "sign --domain exemple.fr --selector s1 --key s1._domainkey.exemple.fr=a.pem",
            64,
        ),
        (
            "sign --domain exemple.fr --selector s1 --key a.pem --key a.pem",
            64,
        ),
        (
            "sign --key s1._domainkey.exemple.fr=a.pem --key S1._domainkey.exemple.fr=a.pem",
            64,
        ),
        ("sign --key s1._domainkey.ex!emple.fr=a.pem", 64),
        ("sign --key s1._domainkey.exemple.fr=nowhere.pem", 64),
        ("sign --key s1._domainkey.exemple.fr=text.pem", 64),
        ("sign --key s1._domainkey.exemple.fr=public.pem", 64),
        ("sign --key s1._domainkey.exemple.fr=locked.pem", 64),
        ("sign --key s1._domainkey.exemple.fr=ssh.pem", 64),
        ("sign --key s1._domainkey.exemple.fr=a.pem nowhere.eml", 64),
        ("sign --key s1._domainkey.exemple.fr=a.pem --days 31", 64),
        ("sign --key s1._domainkey.exemple.fr=a.pem --author two", 64),
        (
            "sign --key s1._domainkey.autre.fr=a.pem --author one m.eml",
            1,
        ),
    ] {
        let run = desk.run(&format!("{words} --lang {lang}"), b"");
        assert_eq!(
            (run.code, run.stdout.as_slice()),
            (code, b"".as_slice()),
            "{words}: {}",
            run.stderr
        );
        text.push_str(&format!("$ garant {words}\n{}\n", run.stderr));
    }
    text
}

#[test]
fn what_is_refused_is_refused_with_its_reason() {
    let desk = Desk::new("refusals");
    desk.publish("exemple.fr --selector s1 --algorithm ed25519 --out a.pem");
    let pem = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    desk.write("m.eml", MESSAGE);
    desk.write("text.pem", "Bonjour");
    desk.write("public.pem", pem("PUBLIC KEY"));
    desk.write("locked.pem", pem("ENCRYPTED PRIVATE KEY"));
    desk.write("ssh.pem", pem("OPENSSH PRIVATE KEY"));
    insta::assert_snapshot!("sign_refusals_fr", refusals(&desk, "fr"));
    insta::assert_snapshot!("sign_refusals_en", refusals(&desk, "en"));
}

#[test]
fn what_will_break_on_its_way_is_said_and_signed() {
    let desk = Desk::new("remarks");
    desk.publish("exemple.fr --selector s1 --algorithm ed25519 --out a.pem");
    let message = format!("From: a@exemple.fr\r\n\r\n{}\r\n", "x".repeat(2000));
    for lang in ["fr", "en"] {
        let sign = format!("sign --key s1._domainkey.exemple.fr=a.pem --lang {lang}");
        let run = desk.run(&sign, message.as_bytes());
        assert_eq!(run.code, 0);
        assert!(run.stdout.ends_with(message.as_bytes()));
        insta::assert_snapshot!(format!("sign_remarks_{lang}"), run.stderr);
    }
}

#[test]
fn the_rules_can_be_widened() {
    let desk = Desk::new("rules");
    let ours = desk.publish("exemple.fr --selector s1 --algorithm ed25519 --out a.pem");
    let theirs = desk.publish("plateforme.com --selector p1 --algorithm ed25519 --out p.pem");
    let keys = "--key s1._domainkey.exemple.fr=a.pem --key p1._domainkey.plateforme.com=p.pem";
    assert_eq!(
        desk.run(&format!("sign {keys}"), MESSAGE.as_bytes()).code,
        1
    );
    let signed = desk.say(&format!("sign {keys} --author one"), MESSAGE.as_bytes());
    assert_eq!(
        results(&signed, &(ours.clone() + &theirs)),
        [DkimResult::Pass; 2]
    );
    let other = MESSAGE.replace("anne@exemple.fr", "anne@autre.fr");
    let sign = "sign --key s1._domainkey.exemple.fr=a.pem";
    assert_eq!(desk.run(sign, other.as_bytes()).code, 1);
    let signed = desk.say(&format!("{sign} --author any"), other.as_bytes());
    assert_eq!(results(&signed, &ours), [DkimResult::Pass]);
    // A list that leaves everything else alone adds its own field.
    let add = |signed: Vec<u8>| [b"List-Id: <l.liste.org>\r\n", signed.as_slice()].concat();
    let closed = add(desk.say(sign, MESSAGE.as_bytes()));
    assert_eq!(results(&closed, &ours), [DkimResult::Fail]);
    let open = add(desk.say(&format!("{sign} --through-lists"), MESSAGE.as_bytes()));
    assert_eq!(results(&open, &ours), [DkimResult::Pass]);
    let days = |words: &str| {
        let signed = desk.say(&format!("{sign} {words}"), MESSAGE.as_bytes());
        let text = String::from_utf8(signed).expect("ASCII");
        let number = |tag: &str| -> u64 {
            let value = text
                .split(tag)
                .nth(1)
                .and_then(|tail| tail.split(';').next());
            value.expect("a tag").parse().expect("a number")
        };
        (number(" x=") - number(" t=")) / 86_400
    };
    assert_eq!((days(""), days("--days 1"), days("--days 30")), (8, 1, 30));
}

#[test]
fn a_message_that_nobody_takes_is_not_signed() {
    let desk = Desk::new("large");
    desk.publish("exemple.fr --selector s1 --algorithm ed25519 --out a.pem");
    let mut message = MESSAGE.as_bytes().to_vec();
    message.resize(MESSAGE_OCTETS_MAX + 1, b'x');
    let run = desk.run(
        "sign --key s1._domainkey.exemple.fr=a.pem --lang en",
        &message,
    );
    assert_eq!((run.code, run.stdout.len()), (1, 0));
    assert!(run.stderr.contains("larger than 48 MB"), "{}", run.stderr);
}
