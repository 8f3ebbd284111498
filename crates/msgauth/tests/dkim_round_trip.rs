//! What is signed verifies, whatever is done to it that its canonicalization allows, and nothing else does.

mod dkim_signer;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use dkim_signer::{key_record, sign};
use garant_msgauth::dkim::{Failure, verify};
use garant_msgauth::message::Message;
use proptest::prelude::*;
use world::World;

const NOW: u64 = 1_795_343_700;

fn failure(message: &str) -> Option<Failure> {
    let message = Message::read(message.as_bytes()).expect("a message");
    let record = key_record();
    let world = World::new(&[("k._domainkey.exemple.fr", record.as_str())]);
    world.run(|answers| verify(&message, answers, NOW)).0[0].failure
}

fn tags(canonicalization: &str) -> String {
    format!(
        "v=1; a=ed25519-sha256; c={canonicalization}; d=exemple.fr; s=k; h=from:subject:subject; bh=*; b=*"
    )
}

proptest! {
    #[test]
    fn what_is_signed_verifies(
        subject in "[ -~éà\t]{0,60}",
        body in "[a-c .=\t\r\n]{0,200}",
        relaxed_header in any::<bool>(),
        relaxed_body in any::<bool>(),
        length in proptest::option::of(0usize..50),
    ) {
        let word = |relaxed| if relaxed { "relaxed" } else { "simple" };
        let mut tags = tags(&format!("{}/{}", word(relaxed_header), word(relaxed_body)));
        // Simple bodies have two octets at least.
        if let Some(length) = length.filter(|length| *length <= 2 && !relaxed_body) {
            tags = tags.replace("s=k", &format!("s=k; l={length}"));
        }
        let signed = sign(&tags, &format!("From: a@exemple.fr\nSubject:{subject}\n\n{body}"));
        prop_assert_eq!(failure(&signed), None);
        prop_assert_eq!(failure(&format!("Received: x\n{signed}")), None);
    }

    #[test]
    fn white_space_does_not_break_relaxed_signatures(
        words in proptest::collection::vec("[a-z]{1,8}", 1..12),
        gaps in proptest::collection::vec("[ \t]{1,3}", 12),
        ends in proptest::collection::vec("[ \t]{0,3}", 12),
        tail in "[ \t\n]{0,6}",
    ) {
        let plain = words.join(" ");
        let spaced: String = words.iter().zip(&gaps).map(|(word, gap)| format!("{word}{gap}")).collect();
        let lines: String = words.iter().zip(&ends).map(|(word, end)| format!("{word}{end}\n")).collect();
        let signed = sign(
            &tags("relaxed/relaxed"),
            &format!("From: a@exemple.fr\nSubject: {plain}\n\n{}\n", words.join("\n")),
        );
        let changed = signed.replacen(&format!("Subject: {plain}"), &format!("SUBJECT :\n {spaced}"), 1);
        let (header, _) = changed.rsplit_once("\n\n").expect("a body");
        prop_assert_eq!(failure(&format!("{header}\n\n{lines}{tail}")), None);
    }

    #[test]
    fn no_other_octet_can_be_changed(
        subject in "[a-z ]{1,30}",
        body in "[a-z]{1,50}",
        at in any::<prop::sample::Index>(),
        octet in "[A-Z]",
    ) {
        let signed = sign(&tags("relaxed/relaxed"), &format!("From: a@exemple.fr\nSubject: x{subject}\n\n{body}\n"));
        let signed_from = signed.find("Subject: x").expect("a subject") + "Subject: ".len();
        let places: Vec<usize> = (signed_from..signed.len())
            .filter(|at| signed.as_bytes()[*at].is_ascii_lowercase())
            .collect();
        let at = *at.get(&places);
        let mut changed = signed.clone();
        changed.replace_range(at..=at, &octet);
        let is_body = at > signed.len() - body.len() - 2;
        let expect = if is_body { Failure::BodyChanged } else { Failure::HeaderChanged };
        prop_assert_eq!(failure(&changed), Some(expect));
    }
}
