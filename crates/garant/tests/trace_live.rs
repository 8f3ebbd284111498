//! `garant trace` of messages that `garant sign` signed, through Debian's unbound and nsd on loopback.

#[allow(dead_code, reason = "other tests use signed zones too")]
#[path = "../../dns/tests/lab/recursive.rs"]
mod recursive;
#[path = "../../dns/tests/lab/server.rs"]
mod server;

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::Path;
use std::process::{Command, Output};

use garant_text::{Args, Catalogue, Language};
use serde_json::{Value, json};
use server::{Directory, Server};

/// The registry, so that the walk up to it finds that no policy stands there.
const REGISTRY: &str = "@ NS ns\nns A 127.0.0.1\n";
/// A domain with SPF and a policy of reject; the key is added when it is made.
const OWN: &str = "@ NS ns\nns A 127.0.0.1\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
    _dmarc TXT \"v=DMARC1; p=reject\"\n";
/// The domain of a mailing list.
const LIST: &str = "@ NS ns\nns A 127.0.0.1\n@ TXT \"v=spf1 ip4:192.0.2.77 -all\"\n";
const MESSAGE: &str = "From: Anne <anne@exemple.test>\r\nTo: b@recepteur.test\r\nSubject: Bonjour\r\n\
    Date: Sun, 22 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@exemple.test>\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour tout le monde.\r\n";
/// What the receiver writes above a message that comes from its author's own server.
const DIRECT: &str = "Return-Path: <anne@exemple.test>\r\n\
    Received: from mail.exemple.test (mail.exemple.test [192.0.2.25]) by mx.recepteur.test with ESMTPS id 1;\r\n \
    Sun, 22 Nov 2026 10:00:05 +0100\r\n";
/// What it writes above one that came over the list.
const OVER_LIST: &str = "Return-Path: <rebonds@liste.test>\r\n\
    Received: from mail.liste.test (mail.liste.test [192.0.2.77]) by mx.recepteur.test with ESMTPS id 2;\r\n \
    Sun, 22 Nov 2026 10:01:05 +0100\r\n";

/// Name servers, a key that was made for the test, and the messages.
struct Lab {
    directory: Directory,
    /// It ends when this is dropped.
    _authority: Server,
    recursive: Server,
}

impl Lab {
    fn new(test: &str) -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let directory = Directory::new(base, test);
        let mut keys = String::new();
        for domain in ["exemple.test", "mort.test"] {
            let words = format!("keygen {domain} --selector s1 --format zone");
            let made = garant(&directory, &words);
            assert!(made.status.success(), "{made:?}");
            keys += &String::from_utf8(made.stdout).expect("text");
        }
        // Nobody serves the other domain, whose key nobody learns therefore.
        let own_key: String = keys
            .lines()
            .filter(|line| !line.contains("mort.test"))
            .map(|line| format!("{line}\n"))
            .collect();
        let moved = "s2._domainkey CNAME s1._domainkey.mort.test.\n";
        for (apex, records) in [
            ("test", REGISTRY.to_owned()),
            ("exemple.test", format!("{OWN}{moved}{own_key}")),
            ("liste.test", LIST.to_owned()),
        ] {
            let zone = format!(
                "$ORIGIN {apex}.\n$TTL 300\n@ SOA ns hostmaster 1 3600 600 864000 300\n{records}"
            );
            fs::write(directory.join(apex), zone).expect("writable");
        }
        let served = ["test", "exemple.test", "liste.test"];
        let authority = server::nsd(&directory, served.map(|apex| (apex, apex)));
        let dead = SocketAddr::from(([127, 0, 0, 1], 1));
        let mut stubs: Vec<(&str, SocketAddr)> =
            served.map(|apex| (apex, authority.address)).into();
        stubs.push(("mort.test", dead));
        let recursive = recursive::unbound(&directory, &stubs, &[]);
        Self {
            directory,
            _authority: authority,
            recursive,
        }
    }

    /// The message with a signature; `selector` is what the signature says.
    fn signed(&self, domain: &str, selector: &str) -> String {
        fs::write(
            self.directory.join("plain.eml"),
            MESSAGE.replace("exemple.test", domain),
        )
        .expect("writable");
        let name = format!("{selector}._domainkey.{domain}");
        let words = format!("sign plain.eml --key {name}=s1._domainkey.{domain}.pem");
        let signed = garant(&self.directory, &words);
        assert!(signed.status.success(), "{signed:?}");
        String::from_utf8(signed.stdout).expect("text")
    }

    fn trace(&self, message: &str, nameserver: SocketAddr, words: &str) -> Output {
        fs::write(self.directory.join("message.eml"), message).expect("writable");
        let words = format!("trace message.eml --nameserver {nameserver} {words}");
        garant(&self.directory, &words)
    }

    /// Traces a message: the verdict's code, the exit status, and members of the JSON.
    #[track_caller]
    fn check(&self, message: &str, code: &str, status: i32, members: &[(&str, Value)]) {
        let output = self.trace(message, self.recursive.address, "--format json");
        check(&output, code, status, members);
    }

    fn text(&self, message: &str, lang: &str) -> String {
        let output = self.trace(message, self.recursive.address, &format!("--lang {lang}"));
        String::from_utf8(output.stdout).expect("text")
    }
}

#[track_caller]
fn check(output: &Output, code: &str, status: i32, members: &[(&str, Value)]) {
    let trace: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{fault}: {output:?}"));
    assert_eq!(trace["verdict"]["code"], code, "{trace:#}");
    for (pointer, wanted) in members {
        let found = trace.pointer(pointer).unwrap_or(&Value::Null);
        assert_eq!(found, wanted, "{pointer}: {trace:#}");
    }
    assert_eq!(output.status.code(), Some(status));
}

fn garant(directory: &Path, words: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_garant"))
        .args(words.split_whitespace())
        .current_dir(directory)
        .env_clear()
        .output()
        .expect("the program starts")
}

#[test]
fn what_passes_what_a_list_changed_and_what_nobody_answers_are_told_apart() {
    let lab = Lab::new("trace-live");
    let signed = lab.signed("exemple.test", "s1");

    let direct = format!("{DIRECT}{signed}");
    lab.check(
        &direct,
        "passes-both",
        0,
        &[
            ("/spf/result", json!("pass")),
            ("/signatures/0/result", json!("pass")),
            ("/dmarc/rfc9989/result", json!("pass")),
            ("/dmarc/rfc7489/result", json!("pass")),
            ("/dmarc/rfc9989/applied", json!("reject")),
            ("/connection/ip/value", json!("192.0.2.25")),
        ],
    );

    // The same, passed on by a list with its footer: SPF speaks for the list, and the signature is broken.
    let forwarded = format!("{OVER_LIST}{signed}-- \r\nListe de discussion\r\n");
    lab.check(
        &forwarded,
        "fails",
        1,
        &[
            ("/verdict/severity", json!("blocks")),
            ("/spf/result", json!("pass")),
            ("/spf/alignment/relation", json!("foreign")),
            ("/signatures/0/failure", json!("body-changed")),
            ("/signatures/0/changes/0/change", json!("footer")),
            ("/signatures/0/changes/0/computed", json!(true)),
            ("/dmarc/rfc9989/result", json!("fail")),
        ],
    );
    // Passed on as it was, its signature is its support.
    let unchanged = format!("{OVER_LIST}{signed}");
    lab.check(
        &unchanged,
        "passes-by-dkim",
        0,
        &[("/verdict/severity", json!("advice"))],
    );
}

#[test]
fn a_name_server_that_does_not_answer_says_nothing_against_a_message() {
    let lab = Lab::new("trace-dead");
    // Nobody serves the author's domain.
    let signed = lab.signed("mort.test", "s1");
    let message = format!("{}{signed}", DIRECT.replace("exemple.test", "mort.test"));
    let unknown = [
        ("/verdict/severity", json!("unknown")),
        ("/spf/result", json!("temperror")),
        ("/signatures/0/result", json!("temperror")),
        ("/signatures/0/failure", json!("no-answer")),
        ("/dmarc/rfc9989/result", json!("temperror")),
        ("/dmarc/rfc9989/policy", Value::Null),
        ("/outcomes/2/action", json!("unknown")),
    ];
    lab.check(&message, "unknown", 2, &unknown);
    for language in Language::ALL {
        let text = lab.text(&message, language.tag());
        let words: Vec<&str> = text.split_whitespace().collect();
        let first = Catalogue::of(language).text("trace-first-ask-again", &Args::new());
        let first: Vec<&str> = first.split_whitespace().collect();
        assert!(words.join(" ").contains(&first.join(" ")), "{text}");
        assert!(!text.contains('■'), "{text}");
    }

    // The policy is known, the key is at a provider whose servers are silent, and SPF speaks for the list.
    let signed = lab.signed("exemple.test", "s2");
    lab.check(
        &format!("{OVER_LIST}{signed}"),
        "unknown",
        2,
        &[
            ("/signatures/0/result", json!("temperror")),
            ("/dmarc/rfc9989/applied", json!("reject")),
            ("/dmarc/rfc9989/result", json!("temperror")),
        ],
    );
    // By SPF alone it passes, whatever comes of the key.
    lab.check(&format!("{DIRECT}{signed}"), "passes-by-spf", 0, &[]);

    // The recursive server itself is silent.
    let silent = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let address = silent.local_addr().expect("bound");
    let output = lab.trace(&message, address, "--format json --timeout 1");
    check(&output, "unknown", 2, &unknown);
}
