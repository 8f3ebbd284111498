//! Verifying the signatures of a message (RFC 6376, section 6).
//!
//! All keys are asked for at once. The body is hashed once for each canonicalization that some signature names,
//! whatever their number and their `l=`; each signature costs one hash over the fields that it signs and, when
//! the body is what was signed, one operation with each key at its selector.
//!
//! What a signature lacks is told in the order of RFC 6376, section 6.1: its syntax, its key, the body, the
//! header; and last what would spoil a good one: its time, several authors.

use std::borrow::Cow;
use std::collections::BTreeSet;

use garant_dns::{AnswerTable, Question};

use super::SIGNATURES_MAX;
use super::body::{BodyDigests, BodyHasher};
use super::canonical::Canonicalization;
use super::header::FieldIndex;
use super::keys::{KeyCache, keys};
use super::signature::Signature;
use super::verification::{BodyHash, Failure, Verification};
use crate::Step;
use crate::message::{AuthorError, Field, Message};

/// Seconds by which the clocks of signer and receiver may differ. OpenDKIM and others allow five minutes.
pub const CLOCK_DIFFERENCE_S: u64 = 300;

/// What verifying took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Times that the body was hashed.
    pub bodies: usize,
    /// Octets of header fields that were hashed.
    pub header_octets: usize,
    /// Operations with public keys.
    pub keys: usize,
}

/// Verifies every signature, in the order of their fields from the top; those behind the first
/// [`SIGNATURES_MAX`] are told and left alone. `now` is the time at which the message was received, in seconds
/// since 1970. A message without signatures gives an empty list.
pub fn verify(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
) -> Step<Vec<Verification>> {
    verify_counting(message, answers, now, &mut Work::default())
}

/// The same for one message of many: keys that were made ready for an earlier one are taken from `kept`.
pub fn verify_keeping(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
    kept: &KeyCache,
) -> Step<Vec<Verification>> {
    let work = &mut Work::default();
    verify_parts(message, Parts::Whole, answers, now, Some(kept), work)
}

/// The same where only the header section of the message is at hand: the body is not looked at, so that a pass says
/// no more than that the header is what was signed.
pub fn verify_header(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
) -> Step<Vec<Verification>> {
    let work = &mut Work::default();
    verify_parts(message, Parts::Header, answers, now, None, work)
}

/// The same, adding up what it took.
pub fn verify_counting(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
    work: &mut Work,
) -> Step<Vec<Verification>> {
    verify_parts(message, Parts::Whole, answers, now, None, work)
}

/// What of a message is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parts {
    Whole,
    Header,
}

fn verify_parts(
    message: &Message<'_>,
    parts: Parts,
    answers: &dyn AnswerTable,
    now: u64,
    kept: Option<&KeyCache>,
    work: &mut Work,
) -> Step<Vec<Verification>> {
    let mut fields = message.named("DKIM-Signature");
    // Most messages have one, or none.
    let mut signatures: Vec<Signed<'_>> = Vec::with_capacity(1);
    signatures.extend(fields.by_ref().take(SIGNATURES_MAX).map(Signed::read));
    let open: BTreeSet<&Question> = signatures
        .iter()
        .filter(|signed| signed.signature.failure().is_none())
        .filter_map(|signed| signed.signature.key_question())
        .filter(|question| answers.answer(question).is_none())
        .collect();
    if !open.is_empty() {
        return Step::Need(open.into_iter().cloned().collect());
    }
    let mut verifications = Vec::with_capacity(signatures.len());
    if !signatures.is_empty() {
        let mut checker = Checker {
            index: FieldIndex::new(message),
            bodies: match parts {
                Parts::Whole => Some(Bodies::hash(message.body(), &signatures, work)),
                Parts::Header => None,
            },
            authors: authors(message),
            buffer: Vec::with_capacity(message.header().len()),
            now,
            kept,
            work,
        };
        for signed in signatures {
            verifications.push(checker.verify(signed, answers));
        }
    }
    verifications.extend(fields.map(over_limit));
    Step::Done(verifications)
}

/// A signature that is looked at.
#[derive(Clone)]
pub(crate) struct Signed<'a> {
    pub(crate) field: Field<'a>,
    pub(crate) signature: Signature,
}

impl<'a> Signed<'a> {
    fn read(field: Field<'a>) -> Self {
        let signature = Signature::read(&field);
        Self { field, signature }
    }
}

/// The hashes of the body that signatures ask for.
pub(crate) struct Bodies(Vec<(Canonicalization, BodyDigests)>);

impl Bodies {
    pub(crate) fn hash(body: &[u8], signatures: &[Signed<'_>], work: &mut Work) -> Self {
        let mut hashes = Vec::new();
        for canonicalization in [Canonicalization::Simple, Canonicalization::Relaxed] {
            let mut lengths = Vec::new();
            let mut is_asked = false;
            for Signed { signature, .. } in signatures {
                if signature.body == canonicalization && signature.failure().is_none() {
                    is_asked = true;
                    lengths.extend(signature.body_length);
                }
            }
            if is_asked {
                let mut hasher = BodyHasher::with_lengths(canonicalization, &lengths);
                hasher.update(body);
                hashes.push((canonicalization, hasher.finish()));
                work.bodies += 1;
            }
        }
        Self(hashes)
    }

    fn of(&self, canonicalization: Canonicalization) -> Option<&BodyDigests> {
        self.0
            .iter()
            .find_map(|(kind, digests)| (*kind == canonicalization).then_some(digests))
    }
}

pub(crate) struct Checker<'a, 'w> {
    pub(crate) index: FieldIndex<'a>,
    /// Nothing where the body is not at hand.
    pub(crate) bodies: Option<Bodies>,
    pub(crate) authors: Result<(), AuthorError>,
    pub(crate) buffer: Vec<u8>,
    pub(crate) now: u64,
    pub(crate) kept: Option<&'w KeyCache>,
    pub(crate) work: &'w mut Work,
}

impl Checker<'_, '_> {
    pub(crate) fn verify(&mut self, signed: Signed<'_>, answers: &dyn AnswerTable) -> Verification {
        let mut verification = Verification::default();
        let outcome = self.check(&signed, answers, &mut verification);
        verification.take_outcome(outcome);
        verification.describe(signed);
        verification
    }

    fn check(
        &mut self,
        signed: &Signed<'_>,
        answers: &dyn AnswerTable,
        verification: &mut Verification,
    ) -> Result<(), Failure> {
        let signature = &signed.signature;
        if let Some(failure) = signature.failure() {
            return Err(failure);
        }
        if self.authors == Err(AuthorError::NoFrom) {
            return Err(Failure::Author(AuthorError::NoFrom));
        }
        let body = self.body(signature, verification);
        let question = signature.key_question().ok_or(Failure::TagInvalid("s"))?;
        let algorithm = signature.algorithm.ok_or(Failure::UnknownAlgorithm)?;
        let answer = answers.answer(question).ok_or(Failure::NoAnswer)?;
        let keys = keys(answer, algorithm, self.kept, verification)?;
        body?;

        let names = &signature.signed_fields;
        let choice = self.index.choose(names, Some(signed.field.index));
        let buffer = &mut self.buffer;
        let digest = self
            .index
            .hash(&choice, signature.header, &signed.field, buffer);
        self.work.header_octets += buffer.len();
        let good = keys.iter().find(|key| {
            self.work.keys += 1;
            key.verifies(&digest, &signature.octets)
        });
        let Some(key) = good else {
            return Err(if keys.iter().any(|key| key.is_complete()) {
                Failure::HeaderChanged
            } else {
                Failure::BadKey
            });
        };
        verification.take_key(&key.record);
        if key.record.other.same_domain && signature.identity_domain != signature.domain {
            return Err(Failure::IdentityBeneathDomain);
        }
        let late = self.now.saturating_sub(CLOCK_DIFFERENCE_S);
        if signature.expires_at.is_some_and(|until| late > until) {
            return Err(Failure::Expired);
        }
        let early = self.now.saturating_add(CLOCK_DIFFERENCE_S);
        if signature.signed_at.is_some_and(|at| at > early) {
            return Err(Failure::FromFuture);
        }
        self.authors.map_err(Failure::Author)
    }

    pub(crate) fn body(
        &self,
        signature: &Signature,
        verification: &mut Verification,
    ) -> Result<(), Failure> {
        let Some(bodies) = &self.bodies else {
            return Ok(());
        };
        let digests = bodies
            .of(signature.body)
            .expect("the body was hashed as each signature that can be read wants it");
        let length = signature.body_length;
        verification.unsigned_octets = digests.octets.saturating_sub(length.unwrap_or(u64::MAX));
        let digest = digests.of(length);
        let body = BodyHash {
            signed: signature.body_hash.clone(),
            computed: digest.unwrap_or(digests.whole),
        };
        let matches = body.matches();
        verification.body = Some(body);
        match (digest, matches) {
            (None, _) => Err(Failure::BodyTooShort),
            (Some(_), false) => Err(Failure::BodyChanged),
            (Some(_), true) => Ok(()),
        }
    }
}

/// Whether the message has a From, and one only.
pub(crate) fn authors(message: &Message<'_>) -> Result<(), AuthorError> {
    match message.named("From").take(2).count() {
        0 => Err(AuthorError::NoFrom),
        1 => Ok(()),
        _ => Err(AuthorError::SeveralFrom),
    }
}

impl Verification {
    /// What a field itself says; nothing of it was checked yet.
    pub(crate) fn of(signed: Signed<'_>) -> Self {
        let mut verification = Self::default();
        verification.describe(signed);
        verification
    }

    /// Notes what the field itself says.
    pub(crate) fn describe(&mut self, signed: Signed<'_>) {
        let signature = signed.signature;
        self.field = signed.field.index;
        self.domain = signature.domain;
        self.selector = signature.selector;
        self.algorithm = signature.algorithm_text;
        self.identity = signature.identity;
        self.canonicalization = signature
            .canonicalization_text
            .unwrap_or(Cow::Borrowed("simple/simple"));
        self.signed_fields = signature.signed_fields;
        self.body_length = signature.body_length;
        self.signed_at = signature.signed_at;
        self.expires_at = signature.expires_at;
        self.key_question = signature.question;
    }
}

/// A signature that is not looked at.
fn over_limit(field: Field<'_>) -> Verification {
    Verification {
        field: field.index,
        result: Failure::OverLimit.result(),
        failure: Some(Failure::OverLimit),
        ..Verification::default()
    }
}
