//! ARC: chains that hold, and each way in which one does not.

mod arc_sealer;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use arc_sealer::{Hop, Way, record_of};
use garant_dns::Answers;
use garant_msgauth::Step;
use garant_msgauth::arc::{
    Chain, ChainFailure, ChainStatus, ChainValue, SETS_MAX, SetField, validate, validate_counting,
    validate_header,
};
use garant_msgauth::dkim::{DkimResult, Failure, Work};
use garant_msgauth::message::Message;
use world::World;

const NOW: u64 = 1_795_343_700;
const MESSAGE: &str =
    "From: Anne <anne@exemple.fr>\nTo: liste@exemple.org\nSubject: Bonjour\n\nUn texte.\n";
const DOMAINS: [&str; 3] = ["un.example", "deux.example", "trois.example"];

fn world() -> World {
    World::new(&DOMAINS.map(record_of))
}

fn chain(message: &str) -> Chain {
    let message = Message::read(message.as_bytes()).expect("a message");
    world().run(|answers| validate(&message, answers, NOW)).0
}

/// A way over as many servers, of which each does what it should.
fn way(hops: usize) -> Way {
    let mut way = Way::new(MESSAGE);
    for (at, domain) in DOMAINS.iter().take(hops).enumerate() {
        way = way.seal(Hop::of(domain, if at == 0 { "none" } else { "pass" }));
    }
    way
}

#[track_caller]
fn check(message: &str, failure: Option<ChainFailure>) {
    let chain = chain(message);
    assert_eq!(chain.failure, failure, "{chain:#?}");
    let expect = match failure {
        None => ChainStatus::Pass,
        Some(_) => ChainStatus::Fail,
    };
    assert_eq!(chain.status, expect);
}

#[test]
fn a_message_without_sets_has_no_chain() {
    let chain = chain(MESSAGE);
    assert_eq!((chain.status, chain.failure), (ChainStatus::None, None));
    assert!(chain.sets.is_empty());
}

#[test]
fn a_whole_chain_passes() {
    for hops in 1..=3 {
        let chain = chain(&way(hops).message());
        assert_eq!((chain.status, chain.failure), (ChainStatus::Pass, None));
        assert_eq!(chain.oldest_pass, Some(0));
        assert_eq!(chain.sets.len(), hops);
        for (set, instance) in chain.sets.iter().zip(1..) {
            assert_eq!(set.instance, instance);
            let domain = DOMAINS[instance as usize - 1];
            let seal = set.seal.as_ref().expect("a seal");
            let signature = set.message_signature.as_ref().expect("a signature");
            for checked in [seal, signature] {
                assert!(checked.passes());
                let found = &checked.verification;
                assert_eq!(found.domain.as_ref().map(|d| d.as_str()), Some(domain));
                assert_eq!(found.selector.as_ref().map(|s| s.as_str()), Some("arc"));
                assert_eq!(found.algorithm.as_deref(), Some("ed25519-sha256"));
            }
            assert!(seal.verification.signed_fields.is_empty());
            assert_eq!(seal.verification.canonicalization, "relaxed");
            assert_eq!(seal.verification.signed_at, Some(1_795_343_000));
            assert_eq!(
                signature.verification.signed_fields,
                ["from", "to", "subject"]
            );
            let expect = if instance == 1 {
                ChainValue::None
            } else {
                ChainValue::Pass
            };
            assert_eq!(set.chain_value, Some(expect));
            let results = set.results.as_ref().expect("results");
            assert_eq!(results.authserv_id, Some(format!("mx.{domain}")));
            assert_eq!(results.results[0].method, "spf");
        }
    }
}

#[test]
fn a_list_that_changes_the_message_and_seals_keeps_the_chain() {
    let way = way(2)
        .change("Subject: ", "Subject: [liste] ")
        .change("Un texte.", "Un texte.\n-- \nListe");
    let chain = chain(&way.seal(Hop::of(DOMAINS[2], "pass")).message());
    assert_eq!(chain.status, ChainStatus::Pass);
    assert_eq!(chain.oldest_pass, Some(3));
    let checked = |at: usize| {
        chain.sets[at]
            .message_signature
            .as_ref()
            .expect("a signature")
    };
    assert_eq!(checked(1).verification.failure, Some(Failure::BodyChanged));
    assert!(checked(1).is_checked);
    // An older one is not looked at any more.
    assert!(!checked(0).is_checked);
    // With one set between them that still holds, the search goes on to the one that does not.
    let way = Way::new(MESSAGE).seal(Hop::of(DOMAINS[0], "none"));
    let way = way
        .change("Bonjour", "Bonsoir")
        .seal(Hop::of(DOMAINS[1], "pass"));
    let chain = self::chain(&way.seal(Hop::of(DOMAINS[2], "pass")).message());
    assert_eq!(
        (chain.status, chain.oldest_pass),
        (ChainStatus::Pass, Some(2))
    );
    let oldest = chain.sets[0]
        .message_signature
        .as_ref()
        .expect("a signature");
    assert_eq!(oldest.verification.failure, Some(Failure::HeaderChanged));
}

#[test]
fn what_changes_after_the_last_seal_breaks_the_chain() {
    let failure = |failure| {
        Some(ChainFailure::MessageSignature {
            instance: 2,
            failure,
        })
    };
    check(
        &way(2).change("Un texte.", "Deux textes.").message(),
        failure(Failure::BodyChanged),
    );
    check(
        &way(2).change("Bonjour", "Bonsoir").message(),
        failure(Failure::HeaderChanged),
    );
    // With the header alone, nothing is known of the body.
    let message = way(2).change("Un texte.", "Deux textes.").message();
    let message = Message::read(message.as_bytes()).expect("a message");
    let chain = world()
        .run(|answers| validate_header(&message, answers, NOW))
        .0;
    assert_eq!(
        (chain.status, chain.oldest_pass),
        (ChainStatus::Pass, Some(0))
    );
    assert_eq!(
        chain.sets[1]
            .message_signature
            .as_ref()
            .expect("one")
            .verification
            .body,
        None
    );
}

#[test]
fn a_tampered_field_of_a_set_breaks_a_seal() {
    let seal = |instance| {
        let failure = Failure::HeaderChanged;
        Some(ChainFailure::Seal { instance, failure })
    };
    // What the first server found is sealed by every seal; the last one is looked at first.
    let message = way(3).message();
    let first = "i=1; mx.un.example;\n spf=pass";
    check(
        &message.replace(first, "i=1; mx.un.example;\n spf=fail"),
        seal(3),
    );
    // A seal that was changed itself, and again sealed over.
    check(
        &message.replacen("cv=pass; d=deux.example", "cv=pass;  d=deux.example", 1),
        None,
    );
    check(
        &message.replacen("t=1795343000; cv=none", "t=1795343001; cv=none", 1),
        seal(3),
    );
    let chain = chain(&message.replacen(
        "t=1795343000; cv=pass; d=trois",
        "t=1795343001; cv=pass; d=trois",
        1,
    ));
    assert_eq!(chain.failure, seal(3));
    let passes: Vec<bool> = chain
        .sets
        .iter()
        .filter_map(|set| Some(set.seal.as_ref()?.passes()))
        .collect();
    assert_eq!(passes, [true, true, false]);
}

#[test]
fn a_chain_must_be_whole() {
    let absent = |instance, field| Some(ChainFailure::FieldAbsent { instance, field });
    for (at, field) in SetField::ALL.into_iter().enumerate() {
        check(&way(3).without(2, at), absent(2, field));
    }
    // A whole set.
    let message = way(3).message();
    let header: Vec<&str> = message.split_inclusive('\n').collect();
    let begins = |needle: &str| {
        header
            .iter()
            .position(|line| line.contains(needle))
            .expect("a line")
    };
    let (from, to) = (begins("ARC-Seal: i=2"), begins("ARC-Seal: i=1"));
    let removed = [&header[..from], &header[to..]].concat().concat();
    check(&removed, absent(2, SetField::Results));
    // A field twice.
    for field in SetField::ALL {
        let name = field.field_name();
        let twice = format!("{name}: i=1; x=y\n{message}");
        check(
            &twice,
            Some(ChainFailure::FieldTwice { instance: 1, field }),
        );
    }
}

#[test]
fn the_value_of_the_chain_must_follow_from_its_place() {
    let value = |instance| Some(ChainFailure::ChainValue { instance });
    check(
        &Way::new(MESSAGE)
            .seal(Hop::of(DOMAINS[0], "pass"))
            .message(),
        value(1),
    );
    check(
        &way(1).seal(Hop::of(DOMAINS[1], "none")).message(),
        value(2),
    );
    check(
        &way(1).seal(Hop::of(DOMAINS[1], "maybe")).message(),
        value(2),
    );
    let failed = way(1).seal(Hop::of(DOMAINS[1], "fail"));
    let expect = ChainFailure::SealedAsFailed { instance: 2 };
    check(&failed.message(), Some(expect));
    // Somebody went on although it had failed.
    let failed = way(1)
        .seal(Hop::of(DOMAINS[1], "fail"))
        .seal(Hop::of(DOMAINS[2], "pass"));
    check(&failed.message(), value(2));
    check(
        &Way::new(MESSAGE)
            .seal(Hop::of(DOMAINS[0], "fail"))
            .message(),
        Some(ChainFailure::SealedAsFailed { instance: 1 }),
    );
}

#[test]
fn instances_go_from_one_to_fifty() {
    let sealed = |field: &str| format!("{field}\n{MESSAGE}");
    for field in [
        "ARC-Seal: cv=none",
        "ARC-Seal: i=0; cv=none",
        "ARC-Seal: i=-1",
        "ARC-Seal: i=1x",
        "ARC-Message-Signature: i=99999999999999999999",
        "ARC-Authentication-Results: mx.un.example; none",
        "ARC-Authentication-Results:",
    ] {
        check(&sealed(field), Some(ChainFailure::NoInstance { field: 0 }));
    }
    check(
        &sealed("ARC-Seal: i=51; cv=none"),
        Some(ChainFailure::TooManySets),
    );
    let absent = ChainFailure::FieldAbsent {
        instance: 1,
        field: SetField::Results,
    };
    check(&sealed("ARC-Seal: i=50; cv=none"), Some(absent));
    let many = "ARC-Seal: i=1; cv=none\n".repeat(3 * SETS_MAX as usize + 1);
    check(&format!("{many}{MESSAGE}"), Some(ChainFailure::TooManySets));
}

#[test]
fn seals_have_their_own_tags() {
    let seal = |failure| {
        Some(ChainFailure::Seal {
            instance: 1,
            failure,
        })
    };
    let with = |seal_tags| {
        let hop = Hop {
            seal_tags,
            ..Hop::of(DOMAINS[0], "none")
        };
        Way::new(MESSAGE).seal(hop).message()
    };
    check(&with(" h=from;"), seal(Failure::TagInvalid("h")));
    check(&with(" i=1;"), seal(Failure::Malformed));
    check(&with(" d=un.example;"), seal(Failure::Malformed));
    check(&with(" x=1; l=1; c=simple/simple; z=y;"), None);
    let message = way(1).message();
    check(
        &message.replacen("d=un.example; s=arc;\n b=", "s=arc;\n b=", 1),
        seal(Failure::TagAbsent("d")),
    );
    // A message signature does not sign seals.
    let hop = Hop {
        signed: "from:arc-seal",
        ..Hop::of(DOMAINS[0], "none")
    };
    let failure = Failure::TagInvalid("h");
    let expect = ChainFailure::MessageSignature {
        instance: 1,
        failure,
    };
    check(&Way::new(MESSAGE).seal(hop).message(), Some(expect));
    // Some sign what they found of ARC, as drafts allowed.
    let hop = Hop {
        signed: "from:arc-authentication-results:arc-message-signature",
        ..Hop::of(DOMAINS[1], "pass")
    };
    check(&way(1).seal(hop).message(), None);
}

#[test]
fn keys_are_asked_for_together_and_only_when_they_can_count() {
    let asked = |message: &str| {
        let message = Message::read(message.as_bytes()).expect("a message");
        match validate(&message, &Answers::new(), NOW) {
            Step::Need(questions) => questions.iter().map(|q| q.name.to_string()).collect(),
            Step::Done(_) => Vec::new(),
        }
    };
    let names: Vec<String> = ["deux", "trois", "un"]
        .map(|d| format!("arc._domainkey.{d}.example"))
        .into();
    assert_eq!(asked(&way(3).message()), names);
    assert_eq!(asked(&way(3).without(2, 0)), Vec::<String>::new());
    assert_eq!(asked(MESSAGE), Vec::<String>::new());
}

#[test]
fn a_key_that_cannot_be_had_fails_the_chain() {
    let run = |records: &[(String, String)]| {
        let message = way(2).message();
        let message = Message::read(message.as_bytes()).expect("a message");
        World::new(records)
            .run(|answers| validate(&message, answers, NOW))
            .0
    };
    let (name, _) = record_of(DOMAINS[0]);
    let chain = run(&[(name, "<SERVFAIL>".to_owned()), record_of(DOMAINS[1])]);
    let seal = |failure| {
        Some(ChainFailure::Seal {
            instance: 1,
            failure,
        })
    };
    assert_eq!(chain.failure, seal(Failure::NoAnswer));
    assert!(chain.is_unanswered());
    assert_eq!(
        chain.sets[0]
            .seal
            .as_ref()
            .expect("a seal")
            .verification
            .result,
        DkimResult::TempError
    );
    let chain = run(&[record_of(DOMAINS[1])]);
    assert_eq!(chain.failure, seal(Failure::NoKey));
    assert!(!chain.is_unanswered());
    let chain = run(&[record_of(DOMAINS[0])]);
    let failure = Failure::NoKey;
    assert_eq!(
        chain.failure,
        Some(ChainFailure::MessageSignature {
            instance: 2,
            failure
        })
    );
}

#[test]
fn fifty_sets_cost_little_more_than_their_octets() {
    let mut way = Way::new(MESSAGE);
    for instance in 1..=SETS_MAX {
        let value = if instance == 1 { "none" } else { "pass" };
        way = way.seal(Hop::of(DOMAINS[instance as usize % 3], value));
    }
    let text = way.message();
    let message = Message::read(text.as_bytes()).expect("a message");
    let done = std::cell::Cell::new(Work::default());
    let (chain, answers) = world().run(|answers| {
        let mut work = Work::default();
        let step = validate_counting(&message, answers, NOW, &mut work);
        done.set(work);
        step
    });
    let work = done.get();
    assert_eq!(
        (chain.status, chain.oldest_pass),
        (ChainStatus::Pass, Some(0))
    );
    assert_eq!(answers.len(), 3);
    // A seal and a message signature a set, one body for all, and each field of a set twice at most.
    assert_eq!(work.keys, 2 * SETS_MAX as usize);
    assert_eq!(work.bodies, 1);
    assert!(
        work.header_octets < 3 * text.len(),
        "{} of {}",
        work.header_octets,
        text.len()
    );
    // One more, and nothing is done.
    let more = format!("ARC-Seal: i=51; cv=pass\n{text}");
    check(&more, Some(ChainFailure::TooManySets));
}

proptest::proptest! {
    #[test]
    fn any_fields_come_to_an_end(values in proptest::collection::vec("(i=[0-3];)?[ a-z0-9=;./+\"()]{0,60}", 0..9)) {
        let names = SetField::ALL.map(SetField::field_name);
        let fields: String = values
            .iter()
            .enumerate()
            .map(|(at, value)| format!("{}: {value}\n", names[at % 3]))
            .collect();
        let chain = chain(&format!("{fields}{MESSAGE}"));
        proptest::prop_assert_eq!(chain.status == ChainStatus::None, values.is_empty());
    }
}
