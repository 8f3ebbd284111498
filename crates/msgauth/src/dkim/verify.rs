//! Verifying the signatures of a message (RFC 6376, section 6).
//!
//! All keys are asked for at once. The body is hashed once for each canonicalization that some signature names,
//! whatever their number and their `l=`; each signature costs one hash over the fields that it signs and, when
//! the body is what was signed, one operation with each key at its selector.
//!
//! What a signature lacks is told in the order of RFC 6376, section 6.1: its syntax, its key, the body, the
//! header; and last what would spoil a good one: its time, several authors.

use std::collections::BTreeSet;

use garant_dns::{Answer, AnswerTable, Question};

use super::SIGNATURES_MAX;
use super::canonical::{BodyDigests, BodyHasher, Canonicalization};
use super::header::FieldIndex;
use super::key_record::{KeyRecord, KeyType, Reason};
use super::public_key::PublicKey;
use super::signature::Signature;
use super::verification::{BodyHash, DkimResult, Failure, Verification};
use crate::Step;
use crate::crypto::{Algorithm, RSA_BITS_MAX};
use crate::message::{AuthorError, Field, Message};

/// Seconds by which the clocks of signer and receiver may differ. OpenDKIM and others allow five minutes.
pub const CLOCK_DIFFERENCE_S: u64 = 300;
/// Key records at one selector that are tried. There should be one; who rotates keys wrongly has two.
pub const KEYS_MAX: usize = 4;

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

/// The same where only the header section of the message is at hand: the body is not looked at, so that a pass says
/// no more than that the header is what was signed.
pub fn verify_header(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
) -> Step<Vec<Verification>> {
    verify_parts(message, Parts::Header, answers, now, &mut Work::default())
}

/// The same, adding up what it took.
pub fn verify_counting(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
    work: &mut Work,
) -> Step<Vec<Verification>> {
    verify_parts(message, Parts::Whole, answers, now, work)
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
    work: &mut Work,
) -> Step<Vec<Verification>> {
    let mut fields = message.named("DKIM-Signature");
    let signatures: Vec<Signed<'_>> = fields
        .by_ref()
        .take(SIGNATURES_MAX)
        .map(Signed::read)
        .collect();
    let open: BTreeSet<&Question> = signatures
        .iter()
        .filter(|signed| signed.signature.failure().is_none())
        .filter_map(|signed| signed.question.as_ref())
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
            buffer: Vec::new(),
            now,
            work,
        };
        for signed in &signatures {
            verifications.push(checker.verify(signed, answers));
        }
    }
    verifications.extend(fields.map(|field| over_limit(&field)));
    Step::Done(verifications)
}

/// A signature that is looked at.
pub(crate) struct Signed<'a> {
    pub(crate) field: Field<'a>,
    pub(crate) signature: Signature,
    pub(crate) question: Option<Question>,
}

impl<'a> Signed<'a> {
    fn read(field: Field<'a>) -> Self {
        let signature = Signature::read(&field);
        let question = signature.key_question();
        Self {
            field,
            signature,
            question,
        }
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
    pub(crate) work: &'w mut Work,
}

impl Checker<'_, '_> {
    pub(crate) fn verify(
        &mut self,
        signed: &Signed<'_>,
        answers: &dyn AnswerTable,
    ) -> Verification {
        let mut verification = described(signed);
        let outcome = self.check(signed, answers, &mut verification);
        (verification.result, verification.failure) = match outcome {
            Ok(()) => (DkimResult::Pass, None),
            Err(failure) => (failure.result(), Some(failure)),
        };
        verification
    }

    fn check(
        &mut self,
        signed: &Signed<'_>,
        answers: &dyn AnswerTable,
        verification: &mut Verification,
    ) -> Result<(), Failure> {
        let signature = &signed.signature;
        let choice = self
            .index
            .choose(&signature.signed_fields, Some(signed.field.index));
        verification.oversigned.clone_from(&choice.oversigned);
        if let Some(failure) = signature.failure() {
            return Err(failure);
        }
        if self.authors == Err(AuthorError::NoFrom) {
            return Err(Failure::Author(AuthorError::NoFrom));
        }
        let body = self.body(signature, verification);
        let question = signed.question.as_ref().ok_or(Failure::TagInvalid("s"))?;
        let algorithm = signature.algorithm.ok_or(Failure::UnknownAlgorithm)?;
        let answer = answers.answer(question).ok_or(Failure::NoAnswer)?;
        let keys = keys(answer, algorithm, verification)?;
        body?;

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
            return Err(if keys.iter().any(KeyRecord::is_complete) {
                Failure::HeaderChanged
            } else {
                Failure::BadKey
            });
        };
        verification.take_key(key);
        if key.other.same_domain && signature.identity_domain != signature.domain {
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
            computed: digest.unwrap_or(digests.whole).to_vec(),
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

/// The keys at the selector that the signature may have been made with.
///
/// # Errors
/// Why there is none; with several records, what is wrong with the first of them.
pub(crate) fn keys(
    answer: &Answer,
    algorithm: Algorithm,
    verification: &mut Verification,
) -> Result<Vec<KeyRecord>, Failure> {
    if !answer.status.is_definite() {
        return Err(Failure::NoAnswer);
    }
    let mut failure = None;
    let mut keys = Vec::new();
    for text in answer.texts().take(KEYS_MAX) {
        let record = KeyRecord::parse(&text.joined());
        let usable = if record.is_meant_as_key() {
            is_usable(&record, algorithm)
        } else {
            Err(Failure::BadKey)
        };
        if keys.is_empty() && (usable.is_ok() || verification.key.is_none()) {
            verification.take_key(&record);
        }
        match usable {
            Ok(()) => keys.push(record),
            Err(reason) => {
                // What is no key record at all says less than a key that cannot be used.
                if failure.is_none_or(|known| known == Failure::BadKey) {
                    failure = Some(reason);
                }
            }
        }
    }
    if keys.is_empty() {
        return Err(failure.unwrap_or(Failure::NoKey));
    }
    Ok(keys)
}

/// Whether a key may be used for a signature of this kind (RFC 6376, section 6.1.2).
fn is_usable(record: &KeyRecord, algorithm: Algorithm) -> Result<(), Failure> {
    let mut failure = None;
    for fault in &record.faults {
        let reason = match &fault.reason {
            Reason::ShortKey { bits } => Failure::KeyTooShort(*bits),
            Reason::Sha1Only | Reason::HashUnknown { .. } => Failure::HashNotAllowed,
            Reason::OtherService { .. } => Failure::ServiceNotAllowed,
            Reason::KeyTypeUnknown { .. } => Failure::KeyTypeMismatch,
            reason if reason.is_fatal() => return Err(Failure::BadKey),
            _ => continue,
        };
        failure = failure.or(Some(reason));
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    if record.is_revoked {
        return Err(Failure::Revoked);
    }
    match (record.key_type, algorithm) {
        (KeyType::Rsa, Algorithm::RsaSha256) | (KeyType::Ed25519, Algorithm::Ed25519Sha256) => {}
        _ => return Err(Failure::KeyTypeMismatch),
    }
    match record.key {
        Some(PublicKey::Rsa { bits, .. }) if bits > RSA_BITS_MAX => Err(Failure::BadKey),
        Some(_) => Ok(()),
        None => Err(Failure::BadKey),
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

/// What the field itself says.
pub(crate) fn described(signed: &Signed<'_>) -> Verification {
    let signature = &signed.signature;
    Verification {
        field: signed.field.index,
        domain: signature.domain.clone(),
        selector: signature.selector.clone(),
        algorithm: signature.algorithm_text.clone(),
        identity: signature.identity.clone(),
        canonicalization: signature
            .canonicalization_text
            .clone()
            .unwrap_or_else(|| "simple/simple".to_owned()),
        signed_fields: signature.signed_fields.clone(),
        oversigned: Vec::new(),
        body_length: signature.body_length,
        unsigned_octets: 0,
        signed_at: signature.signed_at,
        expires_at: signature.expires_at,
        key_question: signed.question.clone(),
        key: None,
        is_testing: false,
        body: None,
        result: DkimResult::Neutral,
        failure: None,
    }
}

/// A signature that is not looked at.
fn over_limit(field: &Field<'_>) -> Verification {
    let signed = Signed {
        field: *field,
        signature: Signature::default(),
        question: None,
    };
    Verification {
        result: Failure::OverLimit.result(),
        failure: Some(Failure::OverLimit),
        canonicalization: String::new(),
        ..described(&signed)
    }
}
