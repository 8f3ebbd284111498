//! `garant trace` as its users start it.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use std::io::Write;
use std::process::{Command, Stdio};

use garant_check::trace::{StepCode, TraceVerdictCode};
use garant_text::{Catalogue, Language};
use program::{garant, refusals, root};

/// A message of a domain with p=reject and aspf=s to which a list has appended its footer, and the answers.
const FOOTER: &str =
    "trace crates/garant/tests/trace/footer.eml --replay crates/garant/tests/trace/footer.json";

/// What the program says to a message on standard input.
fn piped(words: &str, octets: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_garant"))
        .args(words.split_whitespace())
        .current_dir(root())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // Whoever has read enough closes the pipe.
    let _ = stdin.write_all(octets);
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |octets| String::from_utf8(octets).expect("UTF-8");
    (
        output.status.code().expect("an exit status"),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn a_message_with_a_footer_reads_well() {
    for lang in ["fr", "en"] {
        let run = garant(&format!("{FOOTER} --lang {lang}"));
        assert_eq!((run.code, run.stderr.as_str()), (1, ""));
        insta::assert_snapshot!(format!("footer_{lang}"), run.stdout);
    }
}

#[test]
fn what_an_editor_or_a_screen_puts_before_a_message_is_left_out() {
    let message = std::fs::read_to_string(root().join("crates/garant/tests/trace/footer.eml"));
    let message = message.expect("a message");
    let words = "trace - --replay crates/garant/tests/trace/footer.json --lang en";
    let expect = piped(words, message.as_bytes());
    assert_eq!(expect.0, 1, "{}", expect.2);
    let units = format!("\u{feff}{message}");
    let utf16: Vec<u8> = units.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let indented = format!("  {}", message.replace('\n', "\n  "));
    for octets in [units.as_bytes(), &utf16, indented.as_bytes()] {
        assert_eq!(piped(words, octets), expect);
    }
}

#[test]
fn scripts_get_the_same_as_json() {
    let run = garant(&format!("{FOOTER} --format json --lang en"));
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("footer_json", run.stdout);
}

#[test]
fn results_are_written_in_the_name_of_the_receiver() {
    let run = garant(&format!(
        "{FOOTER} --format header --receiver mx.recepteur.example"
    ));
    assert_eq!(
        run.stdout,
        "Authentication-Results: mx.recepteur.example;\n \
         spf=pass smtp.mailfrom=em.votreentreprise.fr;\n \
         dkim=fail header.d=votreentreprise.fr header.s=s1 header.a=rsa-sha256;\n \
         dmarc=fail header.from=votreentreprise.fr policy.dmarc=reject\n"
    );
}

/// A message that a list with a footer, and a server after it, sealed; and the answers.
const SEALED: &str =
    "trace crates/garant/tests/trace/sealed.eml --replay crates/garant/tests/trace/sealed.json";
const TRUSTED: &str = "--trust-sealer liste.example --trust-sealer relais.example";

#[test]
fn a_chain_reads_well_with_and_without_trust() {
    for lang in ["fr", "en"] {
        for (name, words) in [("sealed", ""), ("trusted", TRUSTED)] {
            let run = garant(&format!("{SEALED} {words} --lang {lang}"));
            assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{words}");
            let steps = run.stdout.split('\n');
            let steps = steps.skip_while(|line| !line.contains(". ARC")).take(40);
            let steps: Vec<&str> = steps.collect();
            insta::assert_snapshot!(format!("{name}_{lang}"), steps.join("\n"));
        }
    }
}

#[test]
fn trust_in_sealers_is_written_and_never_a_pass() {
    let run = garant(&format!("{SEALED} {TRUSTED} --format header"));
    assert_eq!(run.code, 1);
    let field = run.stdout.replace("\n ", " ");
    assert!(
        field.contains(
            "dmarc=fail (local_policy: arc=pass) header.from=exemple.fr policy.dmarc=reject; arc=pass"
        ),
        "{field}"
    );
    let run = garant(&format!("{SEALED} {TRUSTED} --format json --lang en"));
    let trace: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    insta::assert_snapshot!(
        "trusted_arc_json",
        serde_json::to_string_pretty(&trace["arc"]).expect("JSON")
    );
}

/// Nobody knows from a message alone whether the domain's owner sent it: the first step is for either case.
#[test]
fn what_may_be_spoofed_is_not_told_to_be_signed_in_any_case() {
    let received = "Return-Path: <x@autre.example>\nReceived: from vps.autre.example ([198.51.100.99]) by mx.recepteur.example with ESMTP id a; Sun, 22 Nov 2026 10:00:00 +0100\n";
    let message = format!("{received}From: a@votreentreprise.fr\n\nBonjour\n");
    let zones =
        "--zone examples/articles/internet.zone --zone examples/articles/reject-without-dkim.zone";
    for (lang, expect) in [
        (
            "fr",
            "S’il ne vient pas de vous, c’est une usurpation\u{a0}: la politique demande déjà",
        ),
        (
            "en",
            "If it does not, somebody is spoofing you: the policy already asks",
        ),
    ] {
        let words = format!("trace - --offline {zones} --lang {lang}");
        let (_, stdout, stderr) = piped(&words, message.as_bytes());
        let told = stdout.replace("\n  ", " ");
        assert!(told.contains(expect), "{stdout}{stderr}");
    }
}

/// A receiver is named by its host, or as `garant receivers` lists it.
#[test]
fn a_receiver_is_named_as_it_is_listed() {
    let received = "Received: from mail.exemple.fr (mail.exemple.fr. [192.0.2.1]) by mx.google.com with ESMTPS id a; Sun, 22 Nov 2026 10:00:00 +0100\n";
    let message = format!("{received}From: a@exemple.fr\n\nBonjour\n");
    for (word, name) in [
        ("gmail", "google.com"),
        ("Gmail", "google.com"),
        ("mx.google.com", "mx.google.com"),
        // Nothing in the message is of these.
        ("orange", "orange.fr"),
        ("outlook.com", "outlook.com"),
        ("aol", "yahoodns.net"),
    ] {
        let words = "trace - --offline --zone examples/articles/internet.zone --format header";
        let (_, stdout, stderr) = piped(&format!("{words} --receiver {word}"), message.as_bytes());
        let begin = format!("Authentication-Results: {name};");
        assert!(stdout.starts_with(&begin), "{word}: {stdout}{stderr}");
    }
}

#[test]
fn what_cannot_be_traced_is_told_in_a_sentence() {
    let many: Vec<u8> = (0..10_000)
        .flat_map(|field| format!("X-{field}: a\n").into_bytes())
        .collect();
    let large = vec![b'x'; 50_000_000];
    let header = {
        let mut header = b"Subject: a\n".to_vec();
        header.resize(3_000_000, b' ');
        header.extend_from_slice(b"\n b\n\n");
        header
    };
    for (octets, key) in [
        (&b""[..], "error-trace-empty"),
        (b"\x00\x01\x02\xff\xfe\n\n", "error-trace-no-header"),
        (b"Bonjour, ceci est un texte.\n", "error-trace-no-header"),
        (
            b"Received: from a by b; c From: a@exemple.fr To: d@e.example Date: f\n",
            "error-trace-lines",
        ),
        (b"SPF: PASS\nDKIM: PASS\n", "error-trace-table"),
        (&many, "error-trace-too-many-fields"),
        (&large, "error-trace-too-large"),
        (&header, "error-trace-header-too-large"),
    ] {
        for language in Language::ALL {
            let (code, stdout, stderr) = piped(
                &format!(
                    "trace - --offline --zone examples/articles/internet.zone --lang {language}"
                ),
                octets,
            );
            assert_eq!((code, stdout.as_str()), (64, ""), "{key}");
            let pattern = Catalogue::of(language).text(
                key,
                &garant_text::Args::new()
                    .with("path", "-")
                    .with("limit", 1_u32),
            );
            let begin: String = pattern
                .chars()
                .take_while(|c| !c.is_ascii_digit())
                .collect();
            assert!(stderr.contains(begin.trim()), "{key}: {stderr}");
        }
    }
}

/// Messages that are odd and can be traced all the same.
#[test]
fn odd_messages_are_traced_to_the_end() {
    let signatures =
        "DKIM-Signature: v=1; a=rsa-sha256; d=exemple.fr; s=a; h=from; bh=AA==; b=AA==\n"
            .repeat(1_000);
    let deep = (0..1_000).fold(String::new(), |text, level| {
        text + &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n")
    });
    for (text, code) in [
        (format!("{signatures}From: a@exemple.fr\n\nBonjour\n"), 2),
        (format!("From: a@exemple.fr\nMIME-Version: 1.0\n{deep}"), 2),
        (
            "From: a@exemple.fr\nSubject: a\u{0}b\r c\n\nBon\u{0}jour\r!".to_owned(),
            2,
        ),
        ("From: a@exemple.fr".to_owned(), 2),
        ("Subject: a\n\nBonjour\n".to_owned(), 1),
        (
            "From: a@exemple.fr\nFrom: b@autre.example\n\nBonjour\n".to_owned(),
            1,
        ),
        (
            "From: \u{1b}[2J <a@exemple.fr>\nSubject: \u{1b}]0;x\u{7}\n\n".to_owned(),
            2,
        ),
    ] {
        for words in ["", " --headers"] {
            let (found, stdout, stderr) = piped(
                &format!(
                    "trace - --offline --zone examples/articles/internet.zone --lang en{words}"
                ),
                text.as_bytes(),
            );
            let begin: String = text.chars().take(40).collect();
            assert_eq!((found, stderr.as_str()), (code, ""), "{begin:?}");
            assert!(
                !stdout.contains('\u{1b}') && !stdout.contains('\u{7}'),
                "{begin:?}"
            );
        }
    }
}

/// Only RFC 9989 has test mode, and receivers that go by RFC 7489 act on what is published.
#[test]
fn test_mode_is_told_with_what_older_receivers_do() {
    let message = b"From: a@exemple.fr\r\nSubject: a\r\n\r\nb\r\n";
    let zone = "--offline --zone crates/garant/tests/data/test-mode.zone";
    for (lang, author, refuses, files) in [
        ("fr", "a@exemple.fr", true, false),
        ("en", "a@exemple.fr", true, false),
        ("fr", "a@faible.exemple.fr", false, true),
        ("en", "a@faible.exemple.fr", false, true),
        ("en", "a@autre.exemple.fr", false, false),
    ] {
        let domain = author.split_once('@').expect("an address").1;
        let message = String::from_utf8_lossy(message).replace("a@exemple.fr", author);
        let path = "--ip 192.0.2.1 --mail-from a@autre.example";
        let trace = format!("trace - {zone} {path} --lang {lang}");
        let (_, traced, _) = piped(&trace, message.as_bytes());
        let checked = garant(&format!(
            "check {domain} {zone} --mail-from autre.example --signed-by {domain}:k --lang {lang}"
        ));
        for text in [traced, checked.stdout] {
            let first: Vec<&str> = text.split_whitespace().take(90).collect();
            let first = first.join(" ");
            let says = |words: [&str; 2]| words.iter().any(|words| first.contains(words));
            let says_refuses = says([
                "ils ignorent `t=y`, et refusent",
                "they ignore `t=y`, and refuse",
            ]);
            let says_files = says(["ignorent `t=y`, et le", "ignore `t=y`, and file it as spam"]);
            assert_eq!((says_refuses, says_files), (refuses, files), "{first}");
        }
    }
}

#[test]
fn what_is_stated_wrongly_is_told() {
    for lang in ["fr", "en"] {
        let commands: Vec<String> = [
            "--ip 300.1.1.1",
            "--mail-from anne@",
            "--helo \u{7f}",
            "--receiver a..b",
            "--receiver gmial",
            "--receiver co.uk",
            "--trust-sealer liste",
            "--trust-sealer liste.example --trust-sealer a..b",
            "--replay crates/garant/tests/trace/footer.eml",
        ]
        .iter()
        .map(|words| format!("trace crates/garant/tests/trace/footer.eml {words}"))
        .chain(["trace absent.eml".to_owned()])
        .collect();
        insta::assert_snapshot!(format!("trace_refusals_{lang}"), refusals(&commands, lang));
    }
}

/// The words that stand in one function of the program.
fn words_of(file: &str, function: &str) -> Vec<String> {
    let path = root().join("crates/check/src/trace").join(file);
    let text = std::fs::read_to_string(path).expect("a file");
    let (_, tail) = text
        .split_once(&format!("fn {function}("))
        .unwrap_or_else(|| panic!("{file} has no {function}"));
    let body = tail.split("\n}").next().expect("a split has a first part");
    let quoted = body.split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

/// Words are put together from codes: each has its own.
#[test]
fn every_code_of_a_trace_has_its_words() {
    let mut expected: Vec<String> = TraceVerdictCode::ALL
        .iter()
        .map(|code| format!("trace-verdict-{}", code.as_str()))
        .chain(
            StepCode::ALL
                .iter()
                .map(|code| code.as_str().replace('.', "-")),
        )
        .collect();
    for (file, function, prefix) in [
        ("dkim.rs", "failure_word", "trace-failure"),
        ("dkim.rs", "change", "trace-change"),
        ("spf.rs", "reason_word", "trace-spf-reason"),
        ("connection.rs", "doubt_word", "trace-doubt"),
        ("arc.rs", "failure_word", "trace-arc-failure"),
        ("verdict.rs", "of_dkim", "trace-first"),
    ] {
        let words = words_of(file, function);
        assert!(words.len() > 5, "{file} {function}: {words:?}");
        // What is matched upon stands there too; it is no word of these.
        let words = words.into_iter().filter(|word| {
            function != "of_dkim"
                || Catalogue::of(Language::English).has(&format!("trace-first-{word}"))
        });
        expected.extend(words.map(|word| format!("{prefix}-{word}")));
    }
    let verdict =
        std::fs::read_to_string(root().join("crates/check/src/trace/verdict.rs")).expect("a file");
    let mut faults = Vec::new();
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        faults.extend(
            expected
                .iter()
                .filter(|key| !catalogue.has(key))
                .map(|key| format!("{language}: {key} is absent")),
        );
        for word in catalogue
            .keys()
            .iter()
            .filter_map(|key| key.strip_prefix("trace-first-"))
        {
            if !verdict.contains(&format!("\"{word}\"")) {
                faults.push(format!("{language}: nothing is to be done first by {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
