//! What is signed, what is refused, and what a signature looks like. That others verify it is tested with the
//! program.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use garant_dns::Name;
use garant_msgauth::crypto::{KeyKind, SigningKey};
use garant_msgauth::dkim::sign::{
    AuthorRule, FIELD_OCTETS_MAX, LIFETIME_S, LINE_OCTETS_MAX, ListFields, Policy, Refusal, Remark,
    SIGNATORIES_MAX, Signatory, Signed, Signer, SignerError, key_record,
};
use garant_msgauth::dkim::{DkimResult, KeyRecord, verify};
use garant_msgauth::message::{AuthorError, FIELDS_MAX, HEADER_OCTETS_MAX, Message, MessageError};
use proptest::prelude::*;
use world::World;

const NOW: u64 = 1_790_000_000;
const RSA: &[u8] = include_bytes!("keys/signing-rsa2048.pem");
/// RFC 8032, section 7.1, test 1.
const ED25519: &[u8] = b"nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const MESSAGE: &str = "From: Anne <anne@exemple.fr>\r\nTo: b@example.com\r\nSubject: Bonjour\r\n\
    Date: Mon, 6 Jul 2026 10:00:00 +0200\r\nMessage-ID: <1@exemple.fr>\r\n\r\nBonjour !\r\n";

fn name(text: &str) -> Name {
    Name::from_input(text).expect("a name")
}

fn signatory(domain: &str, selector: &str, key: &[u8]) -> Signatory {
    Signatory {
        domain: name(domain),
        selector: name(selector),
        key: SigningKey::read(key).expect("a key"),
    }
}

/// Signs for `domain` with Ed25519, whose signatures are always the same.
fn signer(domain: &str, policy: Policy) -> Signer {
    Signer::new(vec![signatory(domain, "s1", ED25519)], policy).expect("a signer")
}

fn sign(message: &[u8]) -> Result<Signed, Refusal> {
    signer("exemple.fr", Policy::default()).sign(message, NOW)
}

/// The value of a tag, without white space.
fn tag(fields: &str, name: &str) -> String {
    let (_, value) = fields.split_once(": ").expect("a field");
    let bare: String = value.split_ascii_whitespace().collect();
    let found = bare.split(';').find_map(|piece| {
        let (tag, value) = piece.split_once('=')?;
        (tag == name).then(|| value.to_owned())
    });
    found.unwrap_or_default()
}

#[test]
fn a_signature_is_one_folded_field_with_every_tag() {
    let signed = sign(MESSAGE.as_bytes()).expect("signed");
    assert_eq!(
        signed.fields,
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=exemple.fr; s=s1;\r\n \
         t=1790000000; x=1790691200; h=from:from:to:to:cc:subject:subject:date:date:\r\n \
         message-id:message-id:reply-to:list-unsubscribe:list-unsubscribe-post:\r\n \
         list-id:list-help:list-subscribe:list-post:list-owner:list-archive;\r\n \
         bh=BKykwMGD2pwB9gb7DJvjW/m6V0y9TgMVPdUOeVAjPW0=; b="
            .to_owned()
            + &signed.fields[signed.fields.find(" b=").expect("b=") + 3..]
    );
    assert_eq!(tag(&signed.fields, "b").len(), 88);
    assert_eq!(signed.remarks, []);
}

#[test]
fn every_key_signs_the_same_body_hash_in_a_field_of_its_own() {
    let both = vec![
        signatory("exemple.fr", "r1", RSA),
        signatory("exemple.fr", "e1", ED25519),
    ];
    let signer = Signer::new(both, Policy::default()).expect("a signer");
    let signed = signer.sign(MESSAGE.as_bytes(), NOW).expect("signed");
    let fields: Vec<&str> = signed.fields.split_inclusive("DKIM-Signature").collect();
    assert_eq!(fields.len(), 3);
    let second = signed.fields.rfind("DKIM-Signature").expect("two fields");
    let (rsa, ed25519) = signed.fields.split_at(second);
    assert_eq!(tag(rsa, "a"), "rsa-sha256");
    assert_eq!(tag(ed25519, "a"), "ed25519-sha256");
    assert_eq!(
        (tag(rsa, "s"), tag(ed25519, "s")),
        ("r1".into(), "e1".into())
    );
    for name in ["bh", "h", "t", "x"] {
        assert_eq!(tag(rsa, name), tag(ed25519, name), "{name}");
    }
    assert_eq!(tag(rsa, "l"), "");
    // The same key signs the same octets whoever signs beside it.
    assert_eq!(
        ed25519.replace("s=e1", "s=s1").lines().next(),
        sign(MESSAGE.as_bytes())
            .expect("signed")
            .fields
            .lines()
            .next()
    );
}

#[test]
fn no_line_is_longer_than_78_columns() {
    for domain in [
        "exemple.fr",
        "a-rather-long-name-of-a-department.of-some-firm.exemple.fr",
    ] {
        for key in [RSA, ED25519] {
            for fields in [
                "",
                "Cc: c@d.fr\r\nReferences: <1@b>\r\nContent-Type: text/plain\r\n",
            ] {
                let message = format!("From: a@{domain}\r\n{fields}\r\n");
                let one = signatory(domain, "selector-of-2026", key);
                let signer = Signer::new(vec![one], Policy::default()).expect("a signer");
                let signed = signer.sign(message.as_bytes(), NOW).expect("signed");
                assert!(signed.fields.ends_with("\r\n"));
                for line in signed.fields.split_terminator("\r\n") {
                    assert!(line.len() <= 78, "{line}");
                    assert!(
                        !line.contains(['\r', '\n']) && !line.trim().is_empty(),
                        "{line:?}"
                    );
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }
}

#[test]
fn what_is_signed_cannot_be_added_again() {
    let check = |fields: &str, list_fields, expect: &str| {
        let policy = Policy {
            list_fields,
            ..Policy::default()
        };
        let message = format!("{fields}From: a@exemple.fr\r\n\r\n");
        let signed = signer("exemple.fr", policy).sign(message.as_bytes(), NOW);
        assert_eq!(
            tag(&signed.expect("signed").fields, "h"),
            expect,
            "{fields}"
        );
    };
    let closed = "from:from:to:cc:subject:date:message-id:reply-to";
    let lists = "list-unsubscribe:list-unsubscribe-post:list-id:list-help:list-subscribe:list-post:list-owner:list-archive";
    check("", ListFields::Closed, &format!("{closed}:{lists}"));
    check("", ListFields::Open, closed);
    check(
        "X-Other: 1\r\nBcc: b@exemple.fr\r\nReceived: x\r\nReceived: y\r\n",
        ListFields::Open,
        closed,
    );
    check(
        "LIST-unsubscribe: <https://exemple.fr/>\r\n",
        ListFields::Open,
        &format!("{closed}:list-unsubscribe:list-unsubscribe"),
    );
    check(
        "mime-version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nReferences: <1@b>\r\nIn-Reply-To: <1@b>\r\nSender: b@exemple.fr\r\n",
        ListFields::Open,
        &format!(
            "{closed}:sender:sender:in-reply-to:in-reply-to:references:references:mime-version:mime-version:\
             content-type:content-type:content-transfer-encoding:content-transfer-encoding"
        ),
    );
}

#[test]
fn a_signature_ends_after_its_lifetime() {
    let check = |lifetime_s, now, expect: &str| {
        let policy = Policy {
            lifetime_s,
            ..Policy::default()
        };
        let signed = signer("exemple.fr", policy).sign(MESSAGE.as_bytes(), now);
        let fields = signed.expect("signed").fields;
        assert_eq!(tag(&fields, "t"), now.to_string());
        assert_eq!(tag(&fields, "x"), expect);
    };
    check(Some(LIFETIME_S), 1000, "692200");
    check(Some(7 * 86_400), 0, "604800");
    check(None, 1000, "");
    check(Some(1), u64::MAX, "18446744073709551615");
    assert!((7 * 86_400..=10 * 86_400).contains(&LIFETIME_S));
}

#[test]
fn a_header_section_with_two_readings_is_refused() {
    let check = |message: &[u8], expect: Refusal| {
        let shown = String::from_utf8_lossy(&message[..message.len().min(80)]).into_owned();
        assert_eq!(sign(message).expect_err(&shown), expect, "{shown}");
    };
    let unreadable = Refusal::Message;
    check(b"", unreadable(MessageError::Empty));
    check(b"\r\n", unreadable(MessageError::NoHeader));
    check(b"Bonjour\r\n\r\n", unreadable(MessageError::NoHeader));
    check(
        b"From a@exemple.fr Mon Jul  6\nFrom: a@exemple.fr\n\n",
        Refusal::MailboxLine,
    );
    check(
        b"From: a@exemple.fr\r\nbonjour\r\n\r\n",
        Refusal::NotAField { line: 2 },
    );
    check(
        b"From: a@exemple.fr\r\nX Y: 1\r\n\r\n",
        Refusal::NotAField { line: 2 },
    );
    check(
        b" x\r\nFrom: a@exemple.fr\r\n\r\n",
        Refusal::NotAField { line: 1 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\r\n \t\r\n y\r\n\r\n",
        Refusal::BlankLine { line: 3 },
    );
    check(b"From: a@exemple.fr\r\n ", Refusal::BlankLine { line: 2 });
    check(
        b"From: a@exemple.fr\r\nSubject : x\r\n\r\n",
        Refusal::SpaceBeforeColon { line: 2 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\rFrom: b@autre.fr\r\n\r\n",
        Refusal::BareCr { line: 2 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\r",
        Refusal::BareCr { line: 2 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\r\r\n\r\n",
        Refusal::BareCr { line: 2 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\nTo: b@c.fr\r\n\r\n",
        Refusal::MixedLineEnds { line: 2 },
    );
    check(
        b"From: a@exemple.fr\nTo: b@c.fr\r\n\r\n",
        Refusal::MixedLineEnds { line: 1 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\0\r\n\r\n",
        Refusal::Control { line: 2, octet: 0 },
    );
    check(
        b"From: a@exemple.fr\r\nSubject: x\x0bFrom: b@autre.fr\r\n\r\n",
        Refusal::Control {
            line: 2,
            octet: 0x0b,
        },
    );
    check(
        b"From: a@exemple.fr\x7f\r\n\r\n",
        Refusal::Control {
            line: 1,
            octet: 0x7f,
        },
    );
    for name in [
        "Subject",
        "To",
        "Cc",
        "Date",
        "Message-ID",
        "Reply-To",
        "Sender",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Id",
        "Bcc",
    ] {
        let message = format!(
            "From: a@exemple.fr\r\n{name}: 1\r\n{}: 2\r\n\r\n",
            name.to_uppercase()
        );
        check(message.as_bytes(), Refusal::Duplicate { name });
    }
    check(
        b"From: a@exemple.fr\r\nFrom: a@exemple.fr\r\n\r\n",
        Refusal::Duplicate { name: "From" },
    );
    check(b"Subject: x\r\n\r\n", Refusal::Author(AuthorError::NoFrom));
    check(
        b"From: Anne\r\n\r\n",
        Refusal::Author(AuthorError::NoAddress),
    );
    check(b"From:\r\n\r\n", Refusal::Author(AuthorError::NoAddress));
    check(
        b"From: a@exemple.fr, b@exemple.fr\r\n\r\n",
        Refusal::SeveralAuthors { count: 2 },
    );
    check(
        b"From: a@exemple.fr <b@exemple.fr>\r\n\r\n",
        Refusal::UnclearAuthor,
    );
    check(b"From: g: a@exemple.fr;\r\n\r\n", Refusal::UnclearAuthor);
    let many = "X: 1\r\n".repeat(FIELDS_MAX + 1);
    check(many.as_bytes(), unreadable(MessageError::TooManyFields));
    let long = format!(
        "From: a@exemple.fr\r\nX: {}\r\nY: 1\r\n\r\n",
        "x".repeat(HEADER_OCTETS_MAX)
    );
    check(long.as_bytes(), unreadable(MessageError::HeaderTooLarge));
}

#[test]
fn a_line_feed_alone_is_a_line_end_when_all_are() {
    let with_lf = MESSAGE.replace("\r\n", "\n");
    assert_eq!(sign(with_lf.as_bytes()), sign(MESSAGE.as_bytes()));
}

#[test]
fn a_message_may_end_with_its_header_section() {
    let with = sign(b"From: a@exemple.fr\r\nSubject: x\r\n\r\n").expect("signed");
    assert_eq!(
        sign(b"From: a@exemple.fr\r\nSubject: x\r\n"),
        Ok(with.clone())
    );
    assert_eq!(sign(b"From: a@exemple.fr\r\nSubject: x"), Ok(with));
}

#[test]
fn a_domain_speaks_for_authors_at_it_or_beneath_it() {
    use AuthorRule::{AnyDomain, EveryDomain, OneDomain};
    let check = |rule, domains: &[&str], author: &str, is_signed: bool| {
        let signatories = domains
            .iter()
            .map(|domain| signatory(domain, "s1", ED25519));
        let policy = Policy {
            author: rule,
            ..Policy::default()
        };
        let signer = Signer::new(signatories.collect(), policy).expect("a signer");
        let message = format!("From: a@{author}\r\n\r\n");
        let found = signer.sign(message.as_bytes(), NOW);
        match (rule, &found) {
            (_, Ok(_)) => assert!(is_signed, "{domains:?} {author}"),
            (EveryDomain, Err(Refusal::OtherDomain { .. }))
            | (OneDomain, Err(Refusal::NoDomain { .. })) => {
                assert!(!is_signed, "{domains:?} {author}");
            }
            (_, Err(other)) => panic!("{domains:?} {author}: {other}"),
        }
    };
    check(EveryDomain, &["exemple.fr"], "exemple.fr", true);
    check(EveryDomain, &["exemple.fr"], "EXEMPLE.fr", true);
    check(EveryDomain, &["exemple.fr"], "dept.exemple.fr", true);
    check(EveryDomain, &["dept.exemple.fr"], "exemple.fr", false);
    check(EveryDomain, &["dept.exemple.fr"], "autre.exemple.fr", false);
    check(EveryDomain, &["exemple.fr"], "monexemple.fr", false);
    check(EveryDomain, &["exemple.fr"], "autre.fr", false);
    check(EveryDomain, &["gouv.fr"], "ministere.gouv.fr", false);
    check(EveryDomain, &["co.uk"], "firm.co.uk", false);
    check(EveryDomain, &["fr"], "exemple.fr", false);
    check(EveryDomain, &["github.io"], "someone.github.io", false);
    check(EveryDomain, &["xn--t-9fab.fr"], "été.fr", true);
    check(
        EveryDomain,
        &["exemple.fr", "plateforme.com"],
        "exemple.fr",
        false,
    );
    check(
        OneDomain,
        &["exemple.fr", "plateforme.com"],
        "exemple.fr",
        true,
    );
    check(
        OneDomain,
        &["autre.fr", "plateforme.com"],
        "exemple.fr",
        false,
    );
    check(AnyDomain, &["plateforme.com"], "exemple.fr", true);
}

#[test]
fn what_will_break_on_its_way_is_remarked_on() {
    let check = |message: &str, expect: &[Remark]| {
        let signed = sign(message.as_bytes()).expect("signed");
        assert_eq!(
            signed.remarks,
            expect,
            "{:?}",
            &message[..message.len().min(80)]
        );
    };
    check(MESSAGE, &[]);
    let bare = "From: a@exemple.fr\r\nDate: x\r\n";
    check(
        &format!("{bare}\r\n"),
        &[Remark::Absent { name: "Message-ID" }],
    );
    check(
        "From: a@exemple.fr\r\n\r\n",
        &[
            Remark::Absent { name: "Date" },
            Remark::Absent { name: "Message-ID" },
        ],
    );
    let (most, more) = ("x".repeat(LINE_OCTETS_MAX), "x".repeat(LINE_OCTETS_MAX + 1));
    check(&format!("{MESSAGE}{most}\r\n{most}"), &[]);
    check(
        &format!("{MESSAGE}{more}\r\n{more}"),
        &[Remark::LongLine { line: 8 }],
    );
    check(&format!("{MESSAGE}{more}"), &[Remark::LongLine { line: 8 }]);
    check(
        &format!("X: {most}\r\n{MESSAGE}{more}"),
        &[Remark::LongLine { line: 1 }],
    );
}

/// The first line that is too long is found wherever it stands and however the body comes.
#[test]
fn a_long_line_is_found_in_every_place() {
    let signer = signer("exemple.fr", Policy::default());
    let header = MESSAGE.find("\r\n\r\n").expect("an empty line") + 4;
    let first = MESSAGE[..header].matches('\n').count() + 1;
    let check = |lengths: &[usize], end: &str, expect: Option<usize>| {
        let lines: Vec<String> = lengths
            .iter()
            .map(|octets| "x".repeat(*octets) + end)
            .collect();
        let body = lines.concat();
        for size in [1, 7, 998, 999, 1000, 1001, 4096, body.len()] {
            let mut signing = signer
                .begin(&MESSAGE.as_bytes()[..header], NOW)
                .expect("a header");
            for chunk in body.as_bytes().chunks(size) {
                signing.update(chunk);
            }
            let remarks = signing.finish().expect("signed").remarks;
            let line = expect.map(|line| first + line);
            let expect: Vec<Remark> = line
                .map(|line| Remark::LongLine { line })
                .into_iter()
                .collect();
            assert_eq!(remarks, expect, "{lengths:?} {end:?} in pieces of {size}");
        }
    };
    let (most, more) = (LINE_OCTETS_MAX, LINE_OCTETS_MAX + 1);
    for end in ["\r\n", "\n"] {
        check(&[most, most, most], end, None);
        check(&[0, 0, most, 0, most], end, None);
        check(&[most, more, more], end, Some(1));
        check(&[more, 0], end, Some(0));
        check(&[3, 70, 0, 76, 76, 76, most, 5, 3 * most, 1], end, Some(8));
        check(&[500, 498, 1, 500, 499, most + 1], end, Some(5));
    }
    check(&[most - 1; 5], "\r\r\n", None);
}

#[test]
fn signatories_without_a_name_for_their_key_are_refused() {
    let check = |signatories: Vec<Signatory>, expect: &str| {
        let error = Signer::new(signatories, Policy::default()).expect_err(expect);
        let found = match error {
            SignerError::None => "none",
            SignerError::TooMany => "too many",
            SignerError::Twice(_) => "twice",
            SignerError::Name { .. } => "name",
            SignerError::Unwritable(_) => "unwritable",
        };
        assert_eq!(found, expect);
    };
    let one = |domain: &str, selector: &str| signatory(domain, selector, ED25519);
    check(vec![], "none");
    let many = (0..=SIGNATORIES_MAX).map(|at| one("exemple.fr", &format!("s{at}")));
    check(many.collect(), "too many");
    check(
        vec![one("exemple.fr", "s1"), one("exemple.fr", "S1")],
        "twice",
    );
    let long = [
        "a".repeat(60),
        "b".repeat(60),
        "c".repeat(60),
        "d".repeat(60),
    ]
    .join(".");
    check(vec![one(&long, "s1")], "name");
    let odd = Signatory {
        domain: "a\\032b.fr".parse().expect("a name"),
        ..one("exemple.fr", "s1")
    };
    check(vec![odd], "unwritable");
    let root = Signatory {
        selector: Name::root(),
        ..one("exemple.fr", "s1")
    };
    check(vec![root], "unwritable");
}

#[test]
fn what_is_published_of_a_key_is_a_flawless_record() {
    let check = |key: &SigningKey, bits, octets| {
        let text = key_record(key).expect("a record");
        let record = KeyRecord::parse(text.as_bytes());
        assert_eq!(record.faults, [], "{text}");
        assert_eq!(record.key.map(|key| key.bits()), Some(bits), "{text}");
        assert_eq!(text.len(), octets, "{text}");
    };
    for (kind, bits, octets) in [
        (KeyKind::Rsa2048, 2048, 410),
        (KeyKind::Rsa3072, 3072, 582),
        (KeyKind::Ed25519, 256, 66),
    ] {
        check(&SigningKey::generate(kind).expect("a key"), bits, octets);
    }
    check(&SigningKey::read(RSA).expect("a key"), 2048, 410);
}

/// What our own verifier says of every signature of a message.
fn results(signed: &[u8], now: u64) -> Vec<DkimResult> {
    let records = [("s1", ED25519), ("r1", RSA)].map(|(selector, key)| {
        let key = SigningKey::read(key).expect("a key");
        let name = format!("{selector}._domainkey.exemple.fr");
        (name, key_record(&key).expect("a record"))
    });
    let world = World::new(&records);
    let message = Message::read(signed).expect("a message");
    let (all, _) = world.run(|answers| verify(&message, answers, now));
    all.iter().map(|one| one.result).collect()
}

#[test]
fn the_fields_that_are_added_have_room() {
    let header = format!(
        "From: a@exemple.fr\r\n{}\r\n",
        "X:\r\n".repeat(FIELDS_MAX - 2)
    );
    let fields = sign(header.as_bytes()).expect("signed").fields;
    assert_eq!(
        results((fields + &header).as_bytes(), NOW),
        [DkimResult::Pass]
    );
    let more = format!("Y:\r\n{header}");
    assert_eq!(
        sign(more.as_bytes()),
        Err(Refusal::Message(MessageError::TooManyFields))
    );
    let room = HEADER_OCTETS_MAX - FIELD_OCTETS_MAX - 27;
    let header = format!("From: a@exemple.fr\r\nX: {}\r\n\r\n", "x".repeat(room));
    assert_eq!(header.len(), HEADER_OCTETS_MAX - FIELD_OCTETS_MAX);
    let fields = sign(header.as_bytes()).expect("signed").fields;
    assert_eq!(
        results((fields + &header).as_bytes(), NOW),
        [DkimResult::Pass]
    );
    let more = format!("X{header}");
    assert_eq!(
        sign(more.as_bytes()),
        Err(Refusal::Message(MessageError::HeaderTooLarge))
    );
}

#[test]
fn the_longest_field_is_shorter_than_its_limit() {
    let label = "x".repeat(60);
    let domain = [label.as_str(); 3].join(".");
    let one = signatory(&domain, &"s".repeat(58), RSA);
    let policy = Policy {
        author: AuthorRule::AnyDomain,
        ..Policy::default()
    };
    let signer = Signer::new(vec![one], policy).expect("a signer");
    let fields = [
        "To",
        "Cc",
        "Subject",
        "Date",
        "Message-ID",
        "Reply-To",
        "Sender",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Id",
        "List-Help",
        "List-Subscribe",
        "List-Post",
        "List-Owner",
        "List-Archive",
    ];
    let header: String = fields.iter().map(|name| format!("{name}: x\r\n")).collect();
    let message = format!("From: a@exemple.fr\r\n{header}\r\n");
    let signed = signer.sign(message.as_bytes(), u64::MAX).expect("signed");
    // A key of 8,192 bits has 768 octets more of signature, in base64 and folded 1,070.
    assert!(
        signed.fields.len() + 1070 < FIELD_OCTETS_MAX,
        "{}",
        signed.fields.len()
    );
}

/// Header sections, most of which can be signed.
const HEADER: &str = "From: ([a-z ]{0,6}<a@exemple\\.fr>|\"[ -!#-\\[]{0,6}\" <a@exemple\\.fr>|a@exemple\\.fr)\r\n([A-Za-z-]{1,9}:[ -~\té]{0,30}(\r\n[ \t][ -~]{0,9})?\r\n){0,6}\
    ((Subject|Cc|Content-Type|List-Id|References|Date): ?[ -~\t]{0,20}(\r\n\t[!-~]{0,9})?\r\n){0,4}";

proptest! {
    /// Whatever is signed, verifies, and nothing that was signed can be added.
    #[test]
    fn what_is_signed_verifies(
        header in HEADER,
        body in proptest::collection::vec(
            prop_oneof![Just(b' '), Just(b'\t'), Just(b'\r'), Just(b'\n'), Just(b'a'), any::<u8>()],
            0..80,
        ),
        has_lf in any::<bool>(),
    ) {
        let header = if has_lf { header.replace("\r\n", "\n") } else { header };
        let end = if has_lf { "\n" } else { "\r\n" };
        let message = [header.as_bytes(), end.as_bytes(), &body].concat();
        let both = vec![signatory("exemple.fr", "s1", ED25519), signatory("exemple.fr", "r1", RSA)];
        let signer = Signer::new(both, Policy::default()).expect("a signer");
        if let Ok(signed) = signer.sign(&message, NOW) {
            let fields = signed.fields.replace("\r\n", end);
            let signed = [fields.as_bytes(), &message].concat();
            prop_assert_eq!(results(&signed, NOW), [DkimResult::Pass; 2]);
            for name in ["Subject", "From", "Reply-To", "List-Id"] {
                let more = [name.as_bytes(), b": x@y.fr", end.as_bytes(), &signed].concat();
                prop_assert!(!results(&more, NOW).contains(&DkimResult::Pass), "{}", name);
            }
            let late = results(&signed, NOW + LIFETIME_S + 3600);
            prop_assert!(!late.contains(&DkimResult::Pass));
        }
    }

    /// However a message is cut into pieces, the signature is that of the whole.
    #[test]
    fn pieces_are_signed_as_the_whole(
        message in prop_oneof![
            "(From: a@exemple.fr\r\n)?([A-C]: [ -~]{0,9}\r?\n){0,4}\r?\n[ab \r\n\t]{0,60}",
            "[FromX:a@e.fr \r\n]{0,40}",
        ],
        cuts in proptest::collection::vec(0_usize..120, 0..6),
    ) {
        let octets = message.as_bytes();
        let signer = signer("exemple.fr", Policy::default());
        let whole = signer.sign(octets, NOW);
        let mut stream = signer.stream(NOW);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(octets.len())).collect();
        cuts.extend([0, octets.len()]);
        cuts.sort_unstable();
        let taken = cuts.windows(2).try_for_each(|cut| stream.update(&octets[cut[0]..cut[1]]));
        let pieces = taken.and_then(|()| stream.finish());
        prop_assert_eq!(pieces, whole);
    }
}
