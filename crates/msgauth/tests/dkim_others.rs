//! What we sign, others verify, and what they sign, we verify.

mod others;
#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use std::process::Command;

use garant_dns::Name;
use garant_msgauth::crypto::{KeyKind, SigningKey};
use garant_msgauth::dkim::sign::{Policy, Signatory, Signer, key_record};
use garant_msgauth::dkim::{DkimResult, Failure, verify};
use garant_msgauth::message::Message;

use others::{Dkimpy, OpenDkim, Records, Signing, folder};
use world::World;

const CANONICALIZATIONS: [&str; 4] = [
    "relaxed/relaxed",
    "relaxed/simple",
    "simple/relaxed",
    "simple/simple",
];
const DOMAIN: &str = "exemple.fr";
const RSA: &str = include_str!("keys/signing-rsa2048.pem");
/// RFC 8032, section 7.1, test 1: base64, as dkimpy keeps it.
const ED25519: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

/// A time at which every signature that is made while the tests run counts: there is no clock here, and dkimpy
/// and OpenDKIM have one.
fn now(signed: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(signed);
    let tag = |text: &str| text.strip_prefix("t=")?.trim_end_matches(';').parse().ok();
    let times = text.split_ascii_whitespace().take(200).filter_map(tag);
    times.max().unwrap_or(0)
}

/// Long before today, so that no verifier takes it for the future, with signatures that do not end.
const SIGNED_AT: u64 = 1_750_000_000;

fn name(text: &str) -> Name {
    Name::from_input(text).expect("a name")
}

fn key(text: &str) -> SigningKey {
    SigningKey::read(text.as_bytes()).expect("a key")
}

fn records() -> Records {
    [("rsa", RSA), ("ed", ED25519)]
        .map(|(selector, text)| {
            let record = key_record(&key(text)).expect("a record");
            (format!("{selector}._domainkey.{DOMAIN}"), record)
        })
        .into()
}

/// Messages that signers and verifiers have stumbled over. Each has a name.
fn messages() -> Vec<(&'static str, Vec<u8>)> {
    let header = "From: Anne Martin <anne@exemple.fr>\r\nTo: b@example.com\r\nSubject: Bonjour\r\n\
        Date: Mon, 6 Jul 2026 10:00:00 +0200\r\nMessage-ID: <1@exemple.fr>\r\n";
    let with = |fields: &str, body: &str| format!("{header}{fields}\r\n{body}").into_bytes();
    let line = "Une ligne de texte, ni longue ni courte, comme il y en a tant dans un message.\r\n";
    let mut all = vec![
        ("plain", with("", "Bonjour !\r\n")),
        (
            "folded fields",
            with(
                "X-Long: a\r\n\tb\r\n  c  \r\nReply-To:\r\n a@exemple.fr\r\n",
                "Bonjour\r\n",
            ),
        ),
        (
            "spaces in fields",
            with("Cc:   c@exemple.fr ,\t d@exemple.fr  \r\n", "Bonjour\r\n"),
        ),
        ("an empty field", with("Cc:\r\n", "Bonjour\r\n")),
        (
            "every field",
            with(
                "Cc: c@d.fr\r\nReply-To: r@exemple.fr\r\nSender: s@exemple.fr\r\nIn-Reply-To: <0@exemple.fr>\r\n\
             References: <0@exemple.fr>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\nList-Id: <l.exemple.fr>\r\nList-Unsubscribe: <https://exemple.fr/u>\r\n\
             List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nList-Help: <https://exemple.fr/h>\r\n",
                "Bonjour\r\n",
            ),
        ),
        (
            "one name twice",
            with(
                "Received: from a\r\nReceived: from b\r\nX-A: 1\r\nx-a: 2\r\n",
                "Bonjour\r\n",
            ),
        ),
        (
            "empty lines at the end",
            with("", "Bonjour\r\n\r\n\r\n\r\n"),
        ),
        (
            "empty lines at the beginning",
            with("", "\r\n\r\nBonjour\r\n"),
        ),
        (
            "white space at the ends of lines",
            with("", "Bon \t jour \t\r\n  et \r\n\tbonsoir\r\n"),
        ),
        (
            "lines of white space at the end",
            with("", "Bonjour\r\n \r\n\t\t\r\n  \t\r\n"),
        ),
        ("nothing but white space", with("", " \r\n\t\r\n")),
        ("nothing but empty lines", with("", "\r\n\r\n")),
        ("no body", with("", "")),
        ("no final line end", with("", "Bonjour")),
        (
            "no final line end behind white space",
            with("", "Bonjour \t"),
        ),
        ("a dot alone", with("", "a\r\n.\r\n..b\r\n")),
        (
            "eight bits",
            with(
                "Content-Type: text/plain; charset=utf-8\r\n",
                "Été à la plage, « déjà » : 25 €\r\n",
            ),
        ),
        (
            "a subject of eight bits",
            [
                header.replace("Bonjour", "Été").as_bytes(),
                b"\r\nBonjour\r\n",
            ]
            .concat(),
        ),
        (
            "a long line",
            with(
                "",
                &format!("{}\r\n{}\r\n", "x".repeat(5000), "mot ".repeat(2000)),
            ),
        ),
        ("75 kB", with("", &line.repeat(75_000 / line.len()))),
        ("75 kB in one line", with("", &"abc def ".repeat(9_375))),
    ];
    all.push((
        "Latin-1",
        [&with("", ""), b"\xc9t\xe9 \xe0 la plage\r\n".as_slice()].concat(),
    ));
    all
}

/// Messages as files have them: with LF.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let as_file = |(name, octets): (&'static str, Vec<u8>)| {
        let mut file = octets;
        file.retain(|octet| *octet != b'\r');
        (name, file)
    };
    messages().into_iter().map(as_file).collect()
}

fn signed_by(keys: &[(&str, &str)], message: &[u8]) -> Vec<u8> {
    let signatories = keys.iter().map(|(selector, text)| Signatory {
        domain: name(DOMAIN),
        selector: name(selector),
        key: key(text),
    });
    let policy = Policy {
        lifetime_s: None,
        ..Policy::default()
    };
    let signer = Signer::new(signatories.collect(), policy).expect("a signer");
    let signed = signer.sign(message, SIGNED_AT).expect("signed");
    let has_crlf = message.contains(&b'\r');
    let fields = if has_crlf {
        signed.fields
    } else {
        signed.fields.replace("\r\n", "\n")
    };
    [fields.as_bytes(), message].concat()
}

/// A message as it arrives: a server that takes it ends its last line (RFC 5321, section 4.1.1.4).
fn arrived(mut message: Vec<u8>) -> Vec<u8> {
    if !message.ends_with(b"\n") {
        message.extend_from_slice(b"\r\n");
    }
    message
}

/// What we say of each signature.
fn verified(signed: &[u8], records: &Records) -> Vec<(DkimResult, Option<Failure>)> {
    let world = World::new(records);
    let message = Message::read(signed).expect("a message");
    let (all, _) = world.run(|answers| verify(&message, answers, now(signed)));
    all.iter().map(|one| (one.result, one.failure)).collect()
}

#[test]
fn what_we_sign_we_verify() {
    let records = records();
    for (name, message) in messages().into_iter().chain(files()) {
        let signed = signed_by(&[("rsa", RSA), ("ed", ED25519)], &message);
        let expect = [(DkimResult::Pass, None); 2];
        assert_eq!(verified(&signed, &records), expect, "{name}");
        assert_eq!(verified(&arrived(signed), &records), expect, "{name}");
    }
}

#[test]
fn what_we_sign_dkimpy_verifies() {
    let Some(dkimpy) = Dkimpy::find() else { return };
    let all: Vec<(&str, Vec<u8>)> = messages().into_iter().chain(files()).collect();
    let signed: Vec<(Vec<u8>, usize)> = all
        .iter()
        .map(|(_, message)| {
            let signed = signed_by(&[("rsa", RSA), ("ed", ED25519)], message);
            (arrived(signed), 2)
        })
        .collect();
    let said = dkimpy.verify(&signed, &records());
    for ((name, _), said) in all.iter().zip(&said) {
        assert_eq!(*said, serde_json::json!(["pass", "pass"]), "{name}");
    }
    assert_eq!(said.len(), all.len());
}

#[test]
fn what_we_sign_opendkim_verifies() {
    let Some(opendkim) = OpenDkim::find() else {
        return;
    };
    let (folder, records) = (folder("ours-by-opendkim"), records());
    for (name, message) in messages().into_iter().chain(files()) {
        for selector_and_key in [("rsa", RSA), ("ed", ED25519)] {
            let signed = arrived(signed_by(&[selector_and_key], &message));
            let said = opendkim.verify(&folder, &signed, &records);
            assert!(said.contains(" succeeded"), "{name}: {said}");
        }
    }
}

#[test]
fn a_changed_message_fails_with_others_as_with_us() {
    let records = records();
    let (_, message) = messages().remove(0);
    let signed = signed_by(&[("rsa", RSA)], &message);
    let text = String::from_utf8(signed).expect("ASCII");
    let dkimpy = Dkimpy::find();
    let opendkim = OpenDkim::find().map(|program| (program, folder("changed-by-opendkim")));
    let check = |changed: &str, failure| {
        assert_ne!(changed, text);
        let changed = changed.as_bytes();
        assert_eq!(
            verified(changed, &records),
            [(DkimResult::Fail, Some(failure))]
        );
        if let Some(dkimpy) = &dkimpy {
            let said = dkimpy.verify(&[(changed.to_vec(), 1)], &records);
            assert_ne!(said, [serde_json::json!(["pass"])], "{failure:?}");
        }
        if let Some((opendkim, folder)) = &opendkim {
            let said = opendkim.verify(folder, changed, &records);
            assert!(said.contains("failed"), "{failure:?}: {said}");
        }
    };
    check(
        &text.replace("Bonjour !", "Bonsoir !"),
        Failure::BodyChanged,
    );
    check(&format!("{text}PS\r\n"), Failure::BodyChanged);
    check(
        &text.replace("Subject: Bonjour", "Subject: Bonsoir"),
        Failure::HeaderChanged,
    );
    // What was not there when we signed cannot be added.
    for added in [
        "Cc: c@d.fr",
        "Reply-To: c@d.fr",
        "Subject: Autre",
        "Date: today",
        "List-Unsubscribe: <x>",
    ] {
        check(&format!("{added}\r\n{text}"), Failure::HeaderChanged);
        check(
            &text.replace("From: Anne", &format!("{added}\r\nFrom: Anne")),
            Failure::HeaderChanged,
        );
    }
}

#[test]
fn what_dkimpy_signs_we_verify() {
    let Some(dkimpy) = Dkimpy::find() else { return };
    let all: Vec<(&str, Vec<u8>)> = messages().into_iter().chain(files()).collect();
    let octets = all.iter().map(|(_, message)| arrived(message.clone()));
    let octets: Vec<Vec<u8>> = octets.collect();
    for canonicalization in CANONICALIZATIONS {
        for (selector, key, algorithm) in [
            ("rsa", RSA, "rsa-sha256"),
            ("ed", ED25519, "ed25519-sha256"),
        ] {
            let how = Signing {
                domain: DOMAIN,
                selector,
                key,
                canonicalization,
                algorithm,
            };
            let signed = dkimpy.sign(&octets, &how);
            for ((name, _), signed) in all.iter().zip(&signed) {
                let said = verified(signed, &records());
                let expect = [(DkimResult::Pass, None)];
                assert_eq!(said, expect, "{name}, {canonicalization}, {algorithm}");
            }
            assert_eq!(signed.len(), all.len());
        }
    }
}

#[test]
fn what_opendkim_signs_we_verify() {
    let Some(opendkim) = OpenDkim::find() else {
        return;
    };
    let (folder, records) = (folder("by-opendkim"), records());
    for canonicalization in CANONICALIZATIONS {
        let how = Signing {
            domain: DOMAIN,
            selector: "rsa",
            key: RSA,
            canonicalization,
            algorithm: "rsa-sha256",
        };
        for (name, message) in messages() {
            // A milter is given the value of a field without the white space around it.
            let has_odd_space =
                ["folded fields", "spaces in fields", "an empty field"].contains(&name);
            if canonicalization.starts_with("simple") && has_odd_space {
                continue;
            }
            let signed = opendkim.sign(&folder, &arrived(message), &how);
            let said = verified(&signed, &records);
            assert_eq!(
                said,
                [(DkimResult::Pass, None)],
                "{name}, {canonicalization}"
            );
        }
    }
}

/// Keys and messages as they come out of the programs that people use.
#[test]
fn keys_of_others_are_read() {
    let folder = folder("keys-of-others");
    let check = |program: &str, arguments: &[&str], file: &str, kind: (&str, usize)| {
        let path = ["/usr/bin", "/usr/sbin"].map(|bin| std::path::Path::new(bin).join(program));
        let Some(path) = path.iter().find(|path| path.is_file()) else {
            eprintln!("skipped: {program} is not installed");
            return;
        };
        let output = Command::new(path)
            .args(arguments)
            .current_dir(&folder)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let octets = std::fs::read(folder.join(file)).expect("a file");
        let key = SigningKey::read(&octets).expect("a key");
        assert_eq!(
            (key.algorithm().key_type(), key.bits()),
            kind,
            "{arguments:?}"
        );
    };
    let rsa = |bits| ("rsa", bits);
    let genkey = ["-b", "2048", "-d", DOMAIN, "-s", "genkey"];
    check("opendkim-genkey", &genkey, "genkey.private", rsa(2048));
    let openssl = |words: &str, file: &str, kind| {
        let words: Vec<&str> = words
            .split_ascii_whitespace()
            .chain(["-out", file])
            .collect();
        check("openssl", &words, file, kind);
    };
    openssl(
        "genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:3072",
        "pkcs8.pem",
        rsa(3072),
    );
    openssl(
        "genpkey -algorithm ed25519",
        "ed25519.pem",
        ("ed25519", 256),
    );
    openssl(
        "genpkey -algorithm ed25519 -outform DER",
        "ed25519.der",
        ("ed25519", 256),
    );
    openssl("rsa -traditional -in pkcs8.pem", "pkcs1.pem", rsa(3072));
    openssl(
        "rsa -traditional -in pkcs8.pem -outform DER",
        "pkcs1.der",
        rsa(3072),
    );
}

/// Keys that we make are read by OpenSSL, on which nearly every mail server stands.
#[test]
fn our_keys_are_read_by_others() {
    let folder = folder("our-keys");
    for kind in [KeyKind::Rsa2048, KeyKind::Ed25519] {
        let key = SigningKey::generate(kind).expect("a key");
        let path = folder.join("key.pem");
        std::fs::write(&path, key.to_pem().expect("PEM")).expect("a file");
        let Ok(output) = Command::new("/usr/bin/openssl")
            .args(["pkey", "-in"])
            .arg(&path)
            .args(["-pubout", "-outform", "DER"])
            .output()
        else {
            eprintln!("skipped: openssl is not installed");
            return;
        };
        assert!(output.status.success(), "{kind:?}: {output:?}");
        let public = key.public_octets().expect("a public key");
        assert!(output.stdout.ends_with(&public), "{kind:?}");
    }
}
