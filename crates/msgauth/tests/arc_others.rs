//! ARC across programs: chains that dkimpy made, now and once, and what it says of ours.

#[allow(dead_code, reason = "another test uses other parts of it")]
mod arc_sealer;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use arc_sealer::{Hop, Way};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use garant_msgauth::arc::{Chain, ChainFailure, ChainStatus, SetField, validate};
use garant_msgauth::crypto::SigningKey;
use garant_msgauth::dkim::Failure;
use garant_msgauth::message::Message;
use serde_json::{Value, json};
use world::World;

const NOW: u64 = 1_795_343_700;
/// Its private key was made for these tests and signs nothing else.
const KEY: &str = include_str!("keys/signing-rsa2048.pem");
/// A chain of three servers that dkimpy 1.1.4 sealed with that key, of which the third changed the message.
const CHAIN: &str = include_str!("arc/three-servers.eml");
const DOMAINS: [&str; 3] = ["un.example", "deux.example", "trois.example"];
const MESSAGE: &str = "From: Anne <anne@exemple.fr>\r\nTo: liste@exemple.org\r\nSubject: Bonjour  \r\n tout le monde\r\nDate: Fri, 20 Nov 2026 09:15:00 +0100\r\nMessage-ID: <1@exemple.fr>\r\n\r\nUn  texte. \r\n\r\nFin.\r\n\r\n";

/// dkimpy, through Python.
struct Dkimpy(PathBuf);

impl Dkimpy {
    /// Nothing, said aloud, where it is not installed.
    fn find() -> Option<Self> {
        let python = Path::new("/usr/bin/python3");
        let import = Command::new(python)
            .args(["-W", "ignore", "-c", "import dkim, authres"])
            .stderr(Stdio::null())
            .status();
        let found = import.is_ok_and(|status| status.success());
        if !found {
            eprintln!("skipped: python3-dkim and python3-authres are not installed");
        }
        found.then(|| Self(python.to_owned()))
    }

    fn ask(&self, request: &Value) -> Value {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/others/dkimpy_arc.py");
        let mut python = Command::new(&self.0)
            .args(["-W", "ignore"])
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let mut input = python.stdin.take().expect("a pipe");
        // The script reads all before it writes anything.
        input
            .write_all(request.to_string().as_bytes())
            .expect("Python reads");
        drop(input);
        let output = python.wait_with_output().expect("Python ends");
        assert!(output.status.success(), "dkimpy stumbled");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// The message with the results of a server and its set above it.
    fn seal(&self, message: &str, domain: &str, arc: &str) -> String {
        let results = format!(
            "Authentication-Results: mx.{domain}; spf=pass smtp.mailfrom=exemple.fr;\r\n arc={arc}\r\n"
        );
        let message = format!("{results}{message}");
        let fields = self.ask(&json!({
            "act": "seal", "message": STANDARD.encode(&message), "selector": "arc", "domain": domain,
            "key": KEY, "server": format!("mx.{domain}"), "time": NOW, "records": {},
        }));
        let fields = STANDARD
            .decode(fields.as_str().expect("fields"))
            .expect("base64");
        let fields = String::from_utf8(fields).expect("text");
        assert!(!fields.is_empty(), "dkimpy sealed nothing");
        format!("{fields}{message}")
    }

    fn validate(&self, message: &str, records: &[(String, String)]) -> Option<String> {
        let records: serde_json::Map<String, Value> = records
            .iter()
            .map(|(name, text)| (name.clone(), text.as_str().into()))
            .collect();
        let message = STANDARD.encode(message);
        let said = self.ask(&json!({"act": "validate", "message": message, "records": records}));
        said["status"].as_str().map(str::to_owned)
    }

    /// A message over as many servers.
    fn way(&self, hops: usize) -> String {
        let mut message = MESSAGE.to_owned();
        for (at, domain) in DOMAINS.iter().take(hops).enumerate() {
            if at == 2 {
                message = message
                    .replace("Subject: ", "Subject: [liste] ")
                    .replace("Fin.", "Fin.\r\n-- \r\nListe");
            }
            message = self.seal(&message, domain, if at == 0 { "none" } else { "pass" });
        }
        message
    }
}

/// The records of dkimpy's sealers, who share a key.
fn records() -> Vec<(String, String)> {
    let key = SigningKey::read(KEY.as_bytes()).expect("a key");
    let public = STANDARD.encode(key.public_octets().expect("a public key"));
    let name = |domain| format!("arc._domainkey.{domain}");
    DOMAINS
        .map(|domain| (name(domain), format!("v=DKIM1; k=rsa; p={public}")))
        .into()
}

fn chain(message: &str, records: &[(String, String)]) -> Chain {
    let message = Message::read(message.as_bytes()).expect("a message");
    World::new(records)
        .run(|answers| validate(&message, answers, NOW))
        .0
}

#[track_caller]
fn check(message: &str, failure: Option<ChainFailure>, oldest_pass: Option<u32>) {
    let chain = chain(message, &records());
    assert_eq!(
        (chain.failure, chain.oldest_pass),
        (failure, oldest_pass),
        "{chain:#?}"
    );
    assert_eq!(chain.status == ChainStatus::Pass, failure.is_none());
}

/// What must hold of a chain of three servers that dkimpy sealed.
#[track_caller]
fn check_three_servers(message: &str) {
    check(message, None, Some(3));
    let broken = message.replace("Un  texte.", "Une  texte.");
    let failure = Failure::BodyChanged;
    check(
        &broken,
        Some(ChainFailure::MessageSignature {
            instance: 3,
            failure,
        }),
        None,
    );
    // The results of the first server.
    let tampered = message.replacen(
        "i=1; mx.un.example; spf=pass",
        "i=1; mx.un.example; spf=fail",
        1,
    );
    assert_ne!(tampered, message);
    let failure = Failure::HeaderChanged;
    check(
        &tampered,
        Some(ChainFailure::Seal {
            instance: 3,
            failure,
        }),
        None,
    );
    // The seal of the last one, in a tag of its own.
    let tampered = message.replacen("cv=pass", "cv=pass; t=1", 1);
    let failure = Failure::Malformed;
    check(
        &tampered,
        Some(ChainFailure::Seal {
            instance: 3,
            failure,
        }),
        None,
    );
    let failed = message.replacen("cv=pass", "cv=fail", 1);
    check(
        &failed,
        Some(ChainFailure::SealedAsFailed { instance: 3 }),
        None,
    );
    // Without the second set.
    let parsed = Message::read(message.as_bytes()).expect("a message");
    let kept: Vec<u8> = parsed
        .fields()
        .filter(|field| !(field.name().starts_with(b"ARC-") && field.value().contains("i=2;")))
        .flat_map(|field| field.octets().to_vec())
        .collect();
    let kept = String::from_utf8(kept).expect("text") + "\r\n";
    let field = SetField::Results;
    check(
        &kept,
        Some(ChainFailure::FieldAbsent { instance: 2, field }),
        None,
    );
}

#[test]
fn a_chain_that_dkimpy_made_once_is_validated() {
    check_three_servers(&CHAIN.replace("\r\n", "\n").replace('\n', "\r\n"));
    // As it is saved by programs that keep LF alone.
    check_three_servers(&CHAIN.replace("\r\n", "\n"));
}

#[test]
fn chains_that_dkimpy_makes_are_validated() {
    let Some(dkimpy) = Dkimpy::find() else {
        return;
    };
    check(&dkimpy.way(1), None, Some(0));
    check(&dkimpy.way(2), None, Some(0));
    check_three_servers(&dkimpy.way(3));
    // A server that found the chain broken seals its own set alone; the next validator stops there.
    let broken = dkimpy.way(1).replace("Un  texte.", "Une  texte.");
    let sealed = dkimpy.seal(&broken, DOMAINS[1], "fail");
    check(
        &sealed,
        Some(ChainFailure::SealedAsFailed { instance: 2 }),
        None,
    );
}

#[test]
fn dkimpy_says_the_same_of_our_chains() {
    let Some(dkimpy) = Dkimpy::find() else {
        return;
    };
    // It knows no Ed25519 in ARC.
    let records = records();
    let same = |message: &str| {
        let message = message.replace("\r\n", "\n").replace('\n', "\r\n");
        let ours = chain(&message, &records).status.as_str().to_owned();
        assert_eq!(
            dkimpy.validate(&message, &records),
            Some(ours.clone()),
            "{message}"
        );
        ours
    };
    let way = |hops: usize| {
        let key = SigningKey::read(KEY.as_bytes()).expect("a key");
        let mut way = Way::new(MESSAGE).with_key(key);
        for (at, domain) in DOMAINS.iter().take(hops).enumerate() {
            way = way.seal(Hop::of(domain, if at == 0 { "none" } else { "pass" }));
        }
        way
    };
    assert_eq!(same(MESSAGE), "none");
    assert_eq!(same(&way(1).message()), "pass");
    assert_eq!(same(&way(3).message()), "pass");
    assert_eq!(same(&way(2).change("Fin.", "Faim.").message()), "fail");
    assert_eq!(same(&way(3).without(2, 1)), "fail");
    let list = way(2)
        .change("Fin.", "Faim.")
        .seal(Hop::of(DOMAINS[2], "pass"));
    assert_eq!(same(&list.message()), "pass");
}
