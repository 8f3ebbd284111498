//! Every message gives the codes that it names.
//!
//! `lint/*.messages` hold messages one after the other. A line that begins with a semicolon is none of a
//! message's:
//!
//! * `;; a title` begins a message; `;= name` begins a piece, which the line `@name` puts into messages; one
//!   empty line at its end is no part of it.
//! * `;! expect CODE=SEVERITY …` and `;! absent CODE …`: what must and must not be said of it.
//! * `;! exactly`: nothing else is said.
//! * `;! signature RESULT DOMAIN FIELD:FIELD…`: what verifying one signature came to.
//! * `;! arguments CODE name=value …`: arguments of a finding.
//!
//! Lines end with CRLF. `{cr}`, `{lf}`, `{e9}` stand for one octet; `{999 x}` for `x` 999 times, in which `_` is a
//! space and `~` a line end.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use garant_check::{Argument, Code, Finding, OneClick, lint, one_click};
use garant_msgauth::dkim::{DkimResult, Verification};
use garant_msgauth::message::Message;
use garant_msgauth::mime::Mime;

#[derive(Clone, Default)]
struct Sample {
    place: String,
    title: String,
    expect: Vec<(String, String)>,
    absent: Vec<String>,
    is_exact: bool,
    arguments: Vec<String>,
    signatures: Vec<Verification>,
    octets: Vec<u8>,
}

fn signature(text: &str) -> Verification {
    let mut words = text.split_whitespace();
    let result = match words.next() {
        Some("pass") => DkimResult::Pass,
        Some("fail") => DkimResult::Fail,
        Some("temperror") => DkimResult::TempError,
        other => panic!("no result: {other:?}"),
    };
    let domain = words.next().expect("a domain").parse().expect("a name");
    let fields = words.next().unwrap_or_default().split(':');
    Verification {
        domain: Some(domain),
        signed_fields: fields.collect(),
        result,
        ..Verification::default()
    }
}

/// Puts octets in the place of `{…}`.
fn filled(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        octets.extend_from_slice(before.as_bytes());
        let (inner, tail) = tail.split_once('}').expect("a brace is closed");
        match (inner, inner.split_once(' ')) {
            ("cr", _) => octets.push(b'\r'),
            ("lf", _) => octets.push(b'\n'),
            ("e9", _) => octets.push(0xe9),
            (_, Some((count, what))) => {
                let count = count.parse().expect("a number");
                octets.extend(
                    what.replace('_', " ")
                        .replace('~', "\r\n")
                        .repeat(count)
                        .bytes(),
                );
            }
            _ => panic!("{{{inner}}}"),
        }
        rest = tail;
    }
    octets.extend_from_slice(rest.as_bytes());
    octets
}

fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let mut samples = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder of messages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let mut pieces: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("text");
        let mut piece: Option<String> = None;
        for (number, line) in text.lines().enumerate() {
            let place = format!("{}:{}", path.display(), number + 1);
            if line.starts_with(";; ") || line.starts_with(";= ") {
                let ended = piece.take().and_then(|name| pieces.get_mut(&name));
                if let Some(octets) = ended.filter(|octets| octets.ends_with(b"\r\n\r\n")) {
                    octets.truncate(octets.len() - 2);
                }
            }
            if let Some(title) = line.strip_prefix(";; ") {
                samples.push(Sample {
                    place,
                    title: title.to_owned(),
                    ..Sample::default()
                });
            } else if let Some(name) = line.strip_prefix(";= ") {
                piece = Some(name.to_owned());
                pieces.insert(name.to_owned(), Vec::new());
            } else if let Some(directive) = line.strip_prefix(";! ") {
                let sample = samples.last_mut().expect("a message");
                directive_of(sample, directive);
            } else if !line.starts_with(';') {
                let mut octets = match line.strip_prefix('@') {
                    Some(name) => pieces.get(name).expect("a piece of this name").clone(),
                    None => filled(line),
                };
                if !line.starts_with('@') {
                    octets.extend_from_slice(b"\r\n");
                }
                match (&piece, samples.last_mut()) {
                    (Some(name), _) => pieces.get_mut(name).expect("begun").extend(octets),
                    (None, Some(sample)) => sample.octets.extend(octets),
                    // Before the first of all.
                    (None, None) => {}
                }
            }
        }
    }
    for sample in &mut samples {
        // The empty line before the next title.
        let end = sample.octets.trim_ascii_end().len();
        sample.octets.truncate(end);
        sample.octets.extend_from_slice(b"\r\n");
    }
    samples
}

fn directive_of(sample: &mut Sample, directive: &str) {
    let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
    match word {
        "expect" => sample.expect.extend(rest.split_whitespace().map(|one| {
            let (code, severity) = one.split_once('=').expect("a code and its severity");
            (code.to_owned(), severity.to_owned())
        })),
        "absent" => sample
            .absent
            .extend(rest.split_whitespace().map(str::to_owned)),
        "exactly" => sample.is_exact = true,
        "arguments" => sample.arguments.push(rest.to_owned()),
        "signature" => sample.signatures.push(signature(rest)),
        other => panic!("{}: no directive: {other}", sample.place),
    }
}

impl Sample {
    fn findings(&self) -> Vec<Finding> {
        let message = Message::read(&self.octets)
            .unwrap_or_else(|error| panic!("{} {}: {error}", self.place, self.title));
        let mime = Mime::read(&message);
        lint(&message, &mime, &self.signatures)
    }
}

fn severity(finding: &Finding) -> String {
    format!("{:?}", finding.severity).to_lowercase()
}

fn said(argument: &Argument) -> String {
    match argument {
        Argument::Number(number) => number.to_string(),
        Argument::Text(text) => text.clone(),
    }
}

#[test]
fn every_message_gives_its_codes() {
    let mut faults = Vec::new();
    for sample in samples() {
        let findings = sample.findings();
        let found: Vec<(String, String)> = findings
            .iter()
            .map(|finding| (finding.code.to_string(), severity(finding)))
            .collect();
        let mut fault = |what: String| {
            faults.push(format!("{} {}: {what}", sample.place, sample.title));
        };
        for one in &sample.expect {
            if !found.contains(one) {
                fault(format!("{one:?} expected, {found:?} found"));
            }
        }
        for code in &sample.absent {
            let code: Code = code
                .parse()
                .unwrap_or_else(|()| panic!("{code} is no code"));
            if findings.iter().any(|finding| finding.code == code) {
                fault(format!("{code} is said"));
            }
        }
        if sample.is_exact && found.len() != sample.expect.len() {
            fault(format!(
                "nothing but {:?} expected, {found:?} found",
                sample.expect
            ));
        }
        for arguments in &sample.arguments {
            let (code, pairs) = arguments.split_once(' ').expect("a code and arguments");
            let finding = findings
                .iter()
                .find(|finding| finding.code.as_str() == code);
            for pair in pairs.split_whitespace() {
                let (name, value) = pair.split_once('=').expect("name=value");
                let stands = finding.and_then(|finding| finding.args.get(name)).map(said);
                if stands.as_deref() != Some(value) {
                    fault(format!("{code}: {pair} expected, {stands:?} found"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_is_said_has_all_its_arguments_and_is_short() {
    for sample in samples() {
        for finding in sample.findings() {
            for name in finding.code.arguments() {
                assert!(finding.args.contains_key(name), "{}: {name}", finding.code);
            }
            let texts = finding.args.values().map(said);
            for text in texts
                .chain(finding.found.clone())
                .chain(finding.expected.clone())
            {
                assert!(text.chars().count() <= 201, "{}", finding.code);
            }
        }
    }
}

#[test]
fn one_click_is_there_and_covered_or_not() {
    let check = |header: &str, signatures: &[&str], expect: (bool, bool)| {
        let text = format!("From: a@exemple.fr\r\n{header}\r\n\r\n");
        let message = Message::read(text.as_bytes()).expect("a message");
        let signatures: Vec<_> = signatures.iter().map(|one| signature(one)).collect();
        let (present, covered) = expect;
        assert_eq!(
            one_click(&message, &signatures),
            OneClick { present, covered },
            "{header}"
        );
    };
    let both = "List-Unsubscribe: <mailto:a@exemple.fr>,\r\n <https://exemple.fr/u>\r\nlist-unsubscribe-post: List-Unsubscribe=One-Click";
    let signed = "pass exemple.fr From:List-Unsubscribe:List-Unsubscribe-Post";
    check(both, &[signed], (true, true));
    check(both, &[], (true, false));
    check(both, &["pass exemple.fr From", signed], (true, true));
    check(
        both,
        &["pass exemple.fr From:List-Unsubscribe"],
        (true, false),
    );
    check(
        both,
        &[
            "pass exemple.fr List-Unsubscribe",
            "pass exemple.fr List-Unsubscribe-Post",
        ],
        (true, false),
    );
    check(
        both,
        &["fail exemple.fr List-Unsubscribe:List-Unsubscribe-Post"],
        (true, false),
    );
    check(
        both,
        &["temperror exemple.fr List-Unsubscribe:List-Unsubscribe-Post"],
        (true, true),
    );
    let unverified = format!(
        "DKIM-Signature: v=1; h=from:list-unsubscribe\r\n : List-Unsubscribe-Post; b=\r\n{both}"
    );
    check(&unverified, &[], (true, true));
    check(
        "List-Unsubscribe: <https://exemple.fr/u>",
        &[signed],
        (false, false),
    );
    check(&format!("{both}\r\n{both}"), &[signed], (false, false));
    check(
        &both.replace("One-Click", "one-click"),
        &[signed],
        (false, false),
    );
}

/// The work is linear: what would be slow if each link looked at each other, or each tag at all that are open.
#[test]
fn hostile_messages_are_looked_over_all_the_same() {
    let head = "From: a@exemple.fr\r\nContent-Type: text/html\r\n\r\n";
    let bodies = [
        "<a href=x>désabonner".repeat(15_000),
        "<p style=color:".repeat(15_000),
        "<div>".repeat(50_000),
        "</div>".repeat(40_000),
        format!("<a {}>", "b=c ".repeat(50_000)),
        "&".repeat(250_000),
        "<!--".repeat(60_000),
        "://".repeat(80_000),
    ];
    for body in bodies {
        for kind in ["text/html", "text/plain"] {
            let text = head.replace("text/html", kind) + &body;
            let message = Message::read(text.as_bytes()).expect("a message");
            let findings = lint(&message, &Mime::read(&message), &[]);
            assert!(findings.len() < Code::ALL.len());
        }
    }
    for header in [
        "From: \"<>@,;:\\",
        "Reply-To: @",
        "List-Unsubscribe: <<<>>>,<",
        "Date: \u{0}",
    ] {
        let text = format!("Subject: x\r\n{}\r\n\r\n", header.repeat(2_000));
        let message = Message::read(text.as_bytes()).expect("a message");
        let _ = lint(&message, &Mime::read(&message), &[]);
    }
}
