//! One message: its fields and parts, its signatures, and canonical bodies.

use std::sync::Arc;

use garant_dns::Answers;
use garant_msgauth::Step;
use garant_msgauth::crypto::Sha256;
use garant_msgauth::dkim::body::Body;
use garant_msgauth::dkim::canonical;
use garant_msgauth::dkim::changes::changes;
use garant_msgauth::dkim::{
    self, BodyHasher, Canonicalization, DkimResult, KEYS_MAX, SIGNATURES_MAX, Signature, Work,
};
use garant_msgauth::message::{FIELDS_MAX, Message, authors};
use garant_msgauth::mime::{DEPTH_MAX, Mime, PARTS_MAX};

/// When messages are received here, in seconds since 1970.
const NOW: u64 = 1_795_343_700;

/// Every octet of a header section is in a field, in a line that is none, or at one of its ends; the parts lie
/// within the message.
pub(crate) fn message(data: &[u8]) {
    let Ok(message) = Message::read(data) else {
        return;
    };
    assert_eq!([message.header(), message.body()].concat(), data);
    assert!((1..=FIELDS_MAX).contains(&message.fields().len()));
    let mut octets = 0;
    for (index, field) in message.fields().enumerate() {
        assert_eq!(field.index, index);
        assert!(!field.name().is_empty() && field.is(&String::from_utf8_lossy(field.name())));
        let _ = field.value();
        octets += field.octets().len();
    }
    octets += message.junk().map(<[u8]>::len).sum::<usize>();
    assert!(octets <= message.header().len());
    let _ = message.line_ends();
    if let Ok(authors) = authors(&message) {
        assert!(!authors.is_empty());
    }
    let mime = Mime::read(&message);
    assert!((1..=PARTS_MAX).contains(&mime.parts.len()));
    for (index, part) in mime.parts.iter().enumerate() {
        assert!(part.depth <= DEPTH_MAX && part.octets.len() <= data.len());
        assert!(part.parent.is_none_or(|parent| parent < index));
        let _ = (part.readable(), part.decoded());
    }
    let _ = mime.texts().count();
}

/// Whatever the fields and the key say, verifying comes to an end with bounded work. The first line is the key
/// at every selector; the message follows.
pub(crate) fn signatures(data: &[u8]) {
    let split = data.iter().position(|octet| *octet == b'\n');
    let (key, octets) = data.split_at(split.map_or(0, |at| at + 1));
    let Ok(message) = Message::read(octets) else {
        return;
    };
    for field in message.named("DKIM-Signature") {
        let signature = Signature::read(&field);
        for fault in &signature.faults {
            assert!(fault.span.start <= fault.span.end);
            assert!(fault.span.end <= field.raw_value().len());
        }
        assert_eq!(signature.failure().is_none(), signature.faults.is_empty());
        assert!(signature.failure().is_some() || signature.key_question().is_some());
    }
    let mut answers = Answers::new();
    let mut work = Work::default();
    let key = key.strip_suffix(b"\n").unwrap_or(key);
    if let Step::Need(questions) = dkim::verify(&message, &answers, NOW) {
        assert!((1..=SIGNATURES_MAX).contains(&questions.len()));
        for question in questions {
            let answer = super::text_answer(&[key, b"v=DKIM1; p="]);
            answers.insert(question, Arc::clone(&answer));
        }
    }
    let Step::Done(found) = dkim::verify_counting(&message, &answers, NOW, &mut work) else {
        panic!("keys are asked for once");
    };
    assert_eq!(found.len(), message.named("DKIM-Signature").count());
    assert!(work.bodies <= 2 && work.keys <= SIGNATURES_MAX * KEYS_MAX);
    for verification in found {
        let is_pass = verification.result == DkimResult::Pass;
        assert_eq!(is_pass, verification.failure.is_none());
        assert!(
            !is_pass
                || verification
                    .body
                    .as_ref()
                    .is_some_and(|body| body.matches())
        );
        let _ = changes(&message, &verification, &answers);
    }
}

/// Chunks give what the whole gives, what is canonical stays, and lengths give the hashes of what they cut. The
/// first two octets are the length of the chunks and `l=`.
pub(crate) fn canonical_bodies(data: &[u8]) {
    let [size, length, body @ ..] = data else {
        return;
    };
    let length = u64::from(*length);
    for canonicalization in [Canonicalization::Simple, Canonicalization::Relaxed] {
        let whole = canonical_body(canonicalization, &[body]);
        let chunks: Vec<&[u8]> = body.chunks(usize::from(*size).max(1)).collect();
        assert_eq!(canonical_body(canonicalization, &chunks), whole);
        assert!(whole.is_empty() || whole.ends_with(b"\r\n"));
        if !whole.is_empty() {
            assert_eq!(canonical_body(canonicalization, &[&whole]), whole);
        }
        let mut hasher = BodyHasher::with_lengths(canonicalization, &[length]);
        for chunk in &chunks {
            hasher.update(chunk);
        }
        let digests = hasher.finish();
        assert_eq!(digests.whole, Sha256::of(&whole));
        assert_eq!(digests.octets, whole.len() as u64);
        let cut = whole.get(..usize::from(data[1])).map(Sha256::of);
        assert_eq!(digests.of(Some(length)), cut);
    }
    let Ok(message) = Message::read(body) else {
        return;
    };
    for field in message.fields() {
        let mut relaxed = Vec::new();
        canonical::field(Canonicalization::Relaxed, &field, &mut relaxed);
        assert_eq!(relaxed.iter().filter(|octet| **octet == b'\n').count(), 1);
        assert!(relaxed.ends_with(b"\r\n"));
    }
}

fn canonical_body(canonicalization: Canonicalization, chunks: &[&[u8]]) -> Vec<u8> {
    let mut body = Body::new(canonicalization, Vec::new());
    for chunk in chunks {
        body.update(chunk);
    }
    body.finish()
}
