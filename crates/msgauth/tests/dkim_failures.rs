//! Each way in which a signature is not a pass, and the near misses that are.

mod dkim_signer;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod keys;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dkim_signer::{key_record, sign};
use garant_dns::Answers;
use garant_msgauth::Step;
use garant_msgauth::dkim::{
    CLOCK_DIFFERENCE_S, DkimResult, Failure, KeyCache, SIGNATURE_OCTETS_MAX, SIGNATURES_MAX,
    Verification, Work, verify, verify_counting, verify_keeping,
};
use garant_msgauth::message::{AuthorError, FIELDS_MAX, Message};
use world::World;

const NOW: u64 = 1_795_343_700;
const MESSAGE: &str =
    "From: Anne <anne@exemple.fr>\nTo: b@example.org\nSubject: Bonjour\n\nUn  texte.\n\nFin.\n";
/// Everything that a signature needs, and nothing else.
const TAGS: &str = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=exemple.fr; s=k; h=from:to:subject:from; bh=*; b=*";

fn verifications(message: &str, record: &str) -> Vec<Verification> {
    let message = Message::read(message.as_bytes()).expect("a message");
    let world = World::new(&[("k._domainkey.exemple.fr", record)]);
    let (found, _) = world.run(|answers| verify(&message, answers, NOW));
    // Keys that were kept change nothing.
    let kept = KeyCache::new();
    for _ in 0..2 {
        let (again, _) = world.run(|answers| verify_keeping(&message, answers, NOW, &kept));
        assert_eq!(again, found);
    }
    found
}

fn first(message: &str, record: &str) -> Verification {
    verifications(message, record)
        .into_iter()
        .next()
        .expect("a signature")
}

/// Signs the message with these tags.
#[track_caller]
fn check_tags(tags: &str, expect: Option<Failure>) {
    let found = first(&sign(tags, MESSAGE), &key_record());
    assert_eq!(found.failure, expect, "{tags}");
}

/// The same with one tag in place of another.
#[track_caller]
fn check_tag(tag: &str, replacement: &str, expect: Option<Failure>) {
    assert!(TAGS.contains(tag), "{tag}");
    check_tags(&TAGS.replace(tag, replacement), expect);
}

#[track_caller]
fn check_record(record: &str, expect: Option<Failure>) {
    let found = first(&sign(TAGS, MESSAGE), record);
    assert_eq!(found.failure, expect, "{record}");
}

/// Changes the signed message.
#[track_caller]
fn check_change(tags: &str, from: &str, to: &str, expect: Option<Failure>) {
    let signed = sign(tags, MESSAGE);
    assert!(signed.contains(from), "{from}");
    let changed = signed.replacen(from, to, 1);
    let found = first(&changed, &key_record());
    assert_eq!(found.failure, expect, "{from:?} -> {to:?}");
}

#[test]
fn a_field_that_is_no_list_of_tags_is_malformed() {
    check_tags(TAGS, None);
    check_tags(&TAGS.replace("; s=k", ";; s=k"), Some(Failure::Malformed));
    check_tags(&TAGS.replace("s=k", "s=k; s=k"), Some(Failure::Malformed));
    check_tags(&TAGS.replace("s=k", "s=k; what"), Some(Failure::Malformed));
    check_tags(&TAGS.replace("s=k", "s=k; new=thing; S=other"), None);
    let long = "x".repeat(SIGNATURE_OCTETS_MAX);
    check_tag("s=k", &format!("n={long}; s=k"), Some(Failure::Malformed));
}

#[test]
fn a_tag_that_is_absent_is_named() {
    for (piece, tag) in [
        ("v=1; ", "v"),
        ("a=ed25519-sha256; ", "a"),
        ("d=exemple.fr; ", "d"),
        ("s=k; ", "s"),
        ("h=from:to:subject:from; ", "h"),
        ("bh=*; ", "bh"),
        ("; b=*", "b"),
    ] {
        check_tag(piece, "", Some(Failure::TagAbsent(tag)));
    }
    check_tag("c=relaxed/relaxed; ", "", None);
}

#[test]
fn a_tag_with_a_wrong_value_is_named() {
    let invalid = |tag| Some(Failure::TagInvalid(tag));
    check_tag("v=1", "v=2", invalid("v"));
    check_tag("v=1", "v=", invalid("v"));
    check_tag("b=*", "b=", invalid("b"));
    check_tag("b=*", "b=§", invalid("b"));
    check_tag("bh=*", "bh=AAAA", invalid("bh"));
    check_tag("bh=*", "bh=?", invalid("bh"));
    check_tag("c=relaxed/relaxed", "c=strict", invalid("c"));
    check_tag("c=relaxed/relaxed", "c=relaxed/", invalid("c"));
    check_tag("c=relaxed/relaxed", "c=simple/simple/simple", invalid("c"));
    check_tag("c=relaxed/relaxed", "c=relaxed", None);
    check_tag("c=relaxed/relaxed", "c=Relaxed/SIMPLE", None);
    check_tag("d=exemple.fr", "d=fr", invalid("d"));
    check_tag("d=exemple.fr", "d=exemple fr", invalid("d"));
    check_tag("s=k", "s=", invalid("s"));
    check_tag("s=k", "s=a..b", invalid("s"));
    let long = format!("s={}", ["a23456789"; 24].join("."));
    check_tag("s=k", &long, invalid("s"));
    check_tag("h=from:to:subject:from", "h=:", invalid("h"));
    check_tag("h=from:to:subject:from", "h=from:sub ject", invalid("h"));
    check_tag("h=from:to:subject:from", "h=From : To::", None);
    check_tag("s=k", "s=k; l=-1", invalid("l"));
    check_tag("s=k", "s=k; l=", invalid("l"));
    check_tag("s=k", &format!("s=k; l={}", "9".repeat(77)), invalid("l"));
    check_tag("s=k", "s=k; t=now", invalid("t"));
    check_tag("s=k", "s=k; x=1.5", invalid("x"));
    check_tag("s=k", "s=k; t=1117574938; x=1117574938", invalid("x"));
    check_tag("s=k", "s=k; i=exemple.fr", invalid("i"));
    check_tag("s=k", "s=k; q=dns/new", invalid("q"));
    check_tag("s=k", "s=k; q=new : dns/txt", None);
    check_tag(
        "ed25519-sha256",
        "ed25519-sha512",
        Some(Failure::UnknownAlgorithm),
    );
    check_tag("ed25519-sha256", "rsa-sha1", Some(Failure::Sha1));
}

#[test]
fn what_spoils_more_is_told_first() {
    check_tags(
        "a=rsa-sha1; d=exemple.fr; s=k; h=to; bh=*; b=*",
        Some(Failure::TagAbsent("v")),
    );
    check_tag(
        "v=1; a=ed25519-sha256",
        "v=1; a=rsa-sha1; l=x",
        Some(Failure::TagInvalid("l")),
    );
}

#[test]
fn the_author_must_be_signed() {
    check_tag(
        "h=from:to:subject:from",
        "h=to:subject",
        Some(Failure::FromNotSigned),
    );
    check_tag("h=from:to:subject:from", "h=FROM", None);
}

#[test]
fn an_identity_lies_within_its_domain() {
    let outside = Some(Failure::IdentityOutsideDomain);
    check_tag("s=k", "s=k; i=@exemple.fr", None);
    check_tag("s=k", "s=k; i=a=20b@news.EXEMPLE.fr", None);
    check_tag("s=k", "s=k; i=\"a@b\"@exemple.fr", None);
    check_tag("s=k", "s=k; i=@notexemple.fr", outside);
    check_tag("s=k", "s=k; i=@fr.example", outside);
}

#[test]
fn a_key_can_forbid_identities_beneath_its_domain() {
    let record = format!("{}; t=s", key_record());
    for (identity, expect) in [
        ("a@exemple.fr", None),
        ("a@news.exemple.fr", Some(Failure::IdentityBeneathDomain)),
    ] {
        let tags = TAGS.replace("s=k", &format!("s=k; i={identity}"));
        let found = first(&sign(&tags, MESSAGE), &record);
        assert_eq!(found.failure, expect, "{identity}");
    }
}

#[test]
fn times_count_with_a_difference_of_clocks() {
    let at = |tag: &str, time: u64, expect| check_tag("s=k", &format!("s=k; {tag}={time}"), expect);
    at("x", NOW, None);
    at("x", NOW - CLOCK_DIFFERENCE_S, None);
    at("x", NOW - CLOCK_DIFFERENCE_S - 1, Some(Failure::Expired));
    at("t", NOW + CLOCK_DIFFERENCE_S, None);
    at("t", NOW + CLOCK_DIFFERENCE_S + 1, Some(Failure::FromFuture));
    check_tag("s=k", &format!("s=k; x={}", "9".repeat(30)), None);
    // What was changed is worth more than what is late.
    let tags = TAGS.replace("s=k", "s=k; x=1117574938");
    check_change(&tags, "Fin.", "Finn.", Some(Failure::BodyChanged));
}

#[test]
fn changes_of_body_and_header_are_told_apart() {
    check_change(TAGS, "Fin.", "Finn.", Some(Failure::BodyChanged));
    check_change(
        TAGS,
        "Bonjour",
        "[liste] Bonjour",
        Some(Failure::HeaderChanged),
    );
    check_change(
        TAGS,
        "To: ",
        "From: <x@y.z>\nTo: ",
        Some(Failure::HeaderChanged),
    );
    check_change(TAGS, "To: ", "TO:  ", None);
    check_change(TAGS, "To: ", "X-New: x\nTo: ", None);
    check_change(TAGS, "Un  texte.", "Un texte. ", None);
    check_change(TAGS, "Fin.\n", "Fin.\n\n \n", None);
    let strict = TAGS.replace("c=relaxed/relaxed", "c=simple/simple");
    check_change(
        &strict,
        "Un  texte.",
        "Un texte.",
        Some(Failure::BodyChanged),
    );
    check_change(&strict, "To: ", "TO: ", Some(Failure::HeaderChanged));
    check_change(&strict, "Fin.\n", "Fin.\n\n\n", None);
}

#[test]
fn a_length_leaves_the_rest_of_the_body_open() {
    let tags = TAGS.replace("s=k", "s=k; l=10");
    check_change(&tags, "Fin.", "Tout autre chose.", None);
    check_change(&tags, "Un ", "Le ", Some(Failure::BodyChanged));
    let found = first(&sign(&tags, MESSAGE), &key_record());
    assert_eq!((found.body_length, found.unsigned_octets), (Some(10), 9));
    check_tag("s=k", "s=k; l=19", None);
    check_tag("s=k", "s=k; l=20", Some(Failure::BodyTooShort));
    check_tag("s=k", "s=k; l=0", None);
    check_tag(
        "s=k",
        &format!("s=k; l={}", "9".repeat(76)),
        Some(Failure::BodyTooShort),
    );
}

#[test]
fn a_key_must_be_there_and_fit() {
    let rsa = |bits, tags: &str| format!("v=DKIM1; {tags}p={}", STANDARD.encode(keys::spki(bits)));
    check_record("<A> 192.0.2.1", Some(Failure::NoKey));
    check_record("<SERVFAIL>", Some(Failure::NoAnswer));
    check_record("v=spf1 -all", Some(Failure::BadKey));
    check_record("v=DKIM1; k=ed25519; p=AAAA", Some(Failure::BadKey));
    check_record("v=DKIM1; k=ed25519; p=", Some(Failure::Revoked));
    check_record(&rsa(2048, ""), Some(Failure::KeyTypeMismatch));
    check_record("v=DKIM1; k=new; p=AAAA", Some(Failure::KeyTypeMismatch));
    let record = key_record();
    check_record(
        &record.replace("; p", "; h=sha1; p"),
        Some(Failure::HashNotAllowed),
    );
    check_record(&record.replace("; p", "; h=sha1:sha256; p"), None);
    check_record(
        &record.replace("; p", "; s=web; p"),
        Some(Failure::ServiceNotAllowed),
    );
    check_record(&record.replace("; p", "; s=web:*; p"), None);
    let tags = TAGS.replace("ed25519-sha256", "rsa-sha256");
    let signed = sign(&tags, MESSAGE);
    for (bits, expect) in [
        (512, Failure::KeyTooShort(512)),
        (1016, Failure::KeyTooShort(1016)),
        (1024, Failure::HeaderChanged),
        (8192, Failure::HeaderChanged),
        (8200, Failure::BadKey),
    ] {
        assert_eq!(
            first(&signed, &rsa(bits, "")).failure,
            Some(expect),
            "{bits}"
        );
    }
}

#[test]
fn each_of_several_keys_is_tried() {
    let other = key_record().replace("p=", "p=AA");
    let message = sign(TAGS, MESSAGE);
    let message = Message::read(message.as_bytes()).expect("a message");
    let name = "k._domainkey.exemple.fr";
    for (records, expect) in [
        (vec!["v=spf1 -all".to_owned(), key_record()], None),
        (vec!["v=DKIM1; p=".to_owned(), key_record()], None),
        (
            vec!["v=DKIM1; p=".to_owned(), "v=spf1 -all".to_owned()],
            Some(Failure::Revoked),
        ),
        (vec![other, key_record()], None),
    ] {
        let records: Vec<_> = records
            .iter()
            .map(|record| (name, record.as_str()))
            .collect();
        let (found, asked) = World::new(&records).run(|answers| verify(&message, answers, NOW));
        assert_eq!(found[0].failure, expect, "{records:?}");
        assert_eq!(asked, [name]);
    }
}

#[test]
fn a_testing_key_is_told_and_changes_nothing() {
    let record = format!("{}; t=y", key_record());
    let found = first(&sign(TAGS, MESSAGE), &record);
    assert_eq!((found.result, found.is_testing), (DkimResult::Pass, true));
}

#[test]
fn a_message_without_one_author_is_signed_for_nobody() {
    let no_from = MESSAGE.replace("From", "X-From");
    let found = first(&sign(TAGS, &no_from), &key_record());
    assert_eq!(found.failure, Some(Failure::Author(AuthorError::NoFrom)));
    let several = format!("From: <x@y.z>\n{MESSAGE}");
    let found = first(&sign(TAGS, &several), &key_record());
    assert_eq!(
        found.failure,
        Some(Failure::Author(AuthorError::SeveralFrom))
    );
    assert_eq!(found.result, DkimResult::Policy);
}

#[test]
fn names_are_taken_from_the_bottom() {
    let message = MESSAGE.replace("To:", "Received: A\nReceived: B\nReceived: C\nTo:");
    let tags = TAGS.replace("h=from", "h=received:received:from");
    let signed = sign(&tags, &message);
    let check = |from: &str, to: &str, expect| {
        let found = first(&signed.replacen(from, to, 1), &key_record());
        assert_eq!(found.failure, expect, "{from} -> {to}");
    };
    check("x", "x", None);
    check("Received: A", "Received: Z", None);
    check("Received: A\n", "", None);
    check("Received: B", "Received: Z", Some(Failure::HeaderChanged));
    check(
        "Received: B\nReceived: C",
        "Received: C\nReceived: B",
        Some(Failure::HeaderChanged),
    );
    let found = first(&signed, &key_record());
    let signed = Message::read(signed.as_bytes()).expect("a message");
    assert_eq!(found.oversigned(&signed), ["from"]);
}

#[test]
fn a_signature_over_signatures_leaves_itself_out() {
    let once = sign(TAGS, MESSAGE);
    let tags = TAGS.replace("h=from", "h=dkim-signature:dkim-signature:from");
    let twice = sign(&tags, &once);
    let found = verifications(&twice, &key_record());
    assert!(
        found.iter().all(|found| found.result == DkimResult::Pass),
        "{found:?}"
    );
    let message = Message::read(twice.as_bytes()).expect("a message");
    assert_eq!(found[0].oversigned(&message), ["dkim-signature", "from"]);
}

#[test]
fn names_beyond_ascii_are_asked_as_a_labels() {
    let message = sign(
        &TAGS.replace(
            "d=exemple.fr; s=k",
            "d=éxemple.fr; s=clé; i=andré@éxemple.fr",
        ),
        "From: André <andré@éxemple.fr>\nSubject: caf\u{e9}\n\nÉté\n",
    );
    let message = Message::read(message.as_bytes()).expect("a message");
    let name = "xn--cl-cja._domainkey.xn--xemple-9ua.fr";
    let record = key_record();
    let world = World::new(&[(name, record.as_str())]);
    let (found, asked) = world.run(|answers| verify(&message, answers, NOW));
    assert_eq!(asked, [name]);
    assert_eq!(found[0].failure, None);
    // Octets that are no UTF-8 are octets like others.
    let mut octets = sign(TAGS, MESSAGE).into_bytes();
    octets.extend(b"\xff");
    let message = Message::read(&octets).expect("a message");
    let world = World::new(&[("k._domainkey.exemple.fr", record.as_str())]);
    let (found, _) = world.run(|answers| verify(&message, answers, NOW));
    assert_eq!(found[0].failure, Some(Failure::BodyChanged));
}

#[test]
fn a_thousand_signatures_are_bounded_work() {
    let mut message = MESSAGE.to_owned();
    let all = SIGNATURES_MAX + 980;
    for count in 0..all {
        let length = count % 25;
        message = format!(
            "DKIM-Signature: {}\n{message}",
            TAGS.replace("s=k", &format!("s=k{}; l={length}", count % 30))
                .replace("bh=*", &format!("bh={}", STANDARD.encode([0; 32])))
                .replace("b=*", "b=AAAA")
        );
    }
    let message = Message::read(message.as_bytes()).expect("a message");
    let Step::Need(questions) = verify(&message, &Answers::new(), NOW) else {
        panic!("keys are needed");
    };
    assert!(questions.len() <= SIGNATURES_MAX);
    let mut answers = Answers::new();
    let world = World::new(&[("k._domainkey.exemple.fr", &key_record())]);
    for question in questions {
        let answer = world.answer(question.name.as_str(), question.rtype);
        answers.insert(question, answer);
    }
    let mut work = Work::default();
    let Step::Done(found) = verify_counting(&message, &answers, NOW, &mut work) else {
        panic!("all keys are there");
    };
    assert_eq!(found.len(), all);
    assert_eq!(work.bodies, 1);
    assert!(work.keys <= SIGNATURES_MAX);
    let over = |found: &&Verification| found.failure == Some(Failure::OverLimit);
    assert_eq!(found.iter().filter(over).count(), all - SIGNATURES_MAX);
}

#[test]
fn a_list_of_thousands_of_names_is_bounded_work() {
    let names = vec!["x"; FIELDS_MAX - 2].join(":");
    let fields = "x: y\n".repeat(FIELDS_MAX - 10);
    let message = sign(
        &TAGS.replace("h=from", &format!("h={names}:from")),
        &format!("{fields}{MESSAGE}"),
    );
    let message = Message::read(message.as_bytes()).expect("a message");
    let record = key_record();
    let world = World::new(&[("k._domainkey.exemple.fr", record.as_str())]);
    let mut work = Work::default();
    let (found, _) = world.run(|answers| verify(&message, answers, NOW));
    assert_eq!(found[0].failure, None);
    let mut answers = Answers::new();
    let question = found[0].key_question.clone().expect("a question");
    let answer = world.answer(question.name.as_str(), question.rtype);
    answers.insert(question, answer);
    let _ = verify_counting(&message, &answers, NOW, &mut work);
    // Each field is hashed once, whatever stands in the list.
    assert!(work.header_octets <= message.header().len() * 2);
}
