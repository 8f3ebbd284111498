//! The Authenticated Received Chain (RFC 8617): each server that passes a message on may seal what it found.
//!
//! A set has an instance, from 1, and three fields: `ARC-Authentication-Results` (what was found),
//! `ARC-Message-Signature` (the message as it was then, a DKIM signature with `i=` for the instance) and `ARC-Seal`
//! (a signature over all sets up to this one, with `cv=`: how the chain stood before).
//!
//! A chain that passes says that its sets are whole and that nothing was changed since the last of them. Whether
//! what they say is to be believed is another question: whoever seals can claim anything.
//!
//! Begin at [`validate`].

mod sets;
mod tags;

use std::collections::BTreeSet;

use garant_dns::{AnswerTable, Question};

use crate::Step;
use crate::auth_results::AuthResults;
use crate::crypto::Sha256;
use crate::dkim::body::LENGTHS_MAX;
use crate::dkim::canonical::{self, Canonicalization};
use crate::dkim::{
    Bodies, Checker, DkimResult, Failure, FieldIndex, Signed, Verification, Work, authors, keys,
};
use crate::message::{Field, Message};

use sets::{Collected, SetFields};
pub use tags::ChainValue;

/// Sets of one message at most: with more, the chain fails (RFC 8617, section 5.2).
pub const SETS_MAX: u32 = 50;
const _: () = assert!(SETS_MAX as usize <= LENGTHS_MAX);

/// What a chain comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainStatus {
    /// There is none.
    None,
    /// It holds.
    Pass,
    /// It does not hold, for good: whoever seals it next says so (RFC 8617, section 5.2.1).
    Fail,
}

impl ChainStatus {
    /// As `cv=` and `arc=` have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
        }
    }
}

/// The chain of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What it comes to.
    pub status: ChainStatus,
    /// Why it fails: the first reason in the order in which a validator looks.
    pub failure: Option<ChainFailure>,
    /// Its sets, in the order of their instances.
    pub sets: Vec<Set>,
    /// Where it passes: the oldest instance from which on every message signature still holds; 0 where all do.
    pub oldest_pass: Option<u32>,
}

impl Chain {
    /// Whether an answer that did not come is all that it fails for: asked again, it may pass.
    pub fn is_unanswered(&self) -> bool {
        matches!(
            self.failure,
            Some(
                ChainFailure::MessageSignature {
                    failure: Failure::NoAnswer,
                    ..
                } | ChainFailure::Seal {
                    failure: Failure::NoAnswer,
                    ..
                }
            )
        )
    }
}

/// The fields of one instance, as far as they are there; of several of a kind, the topmost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// `i=`, 1 to [`SETS_MAX`].
    pub instance: u32,
    /// What the sealer says that it found. Its claim.
    pub results: Option<AuthResults>,
    /// Its signature of the message.
    pub message_signature: Option<Checked>,
    /// How the chain stood before, as it says; nothing where `cv=` is absent or no word of the standard.
    pub chain_value: Option<ChainValue>,
    /// Its seal.
    pub seal: Option<Checked>,
}

/// A signature of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What the field says and, where it was looked at, what came of it.
    pub verification: Verification,
    /// Whether it was verified. A chain that is not whole is not, and neither are message signatures older than one
    /// that does not hold.
    pub is_checked: bool,
}

impl Checked {
    /// Whether it was verified and holds.
    pub fn passes(&self) -> bool {
        self.is_checked && self.verification.result == DkimResult::Pass
    }
}

/// The fields of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetField {
    /// `ARC-Authentication-Results`.
    Results,
    /// `ARC-Message-Signature`.
    MessageSignature,
    /// `ARC-Seal`.
    Seal,
}

impl SetField {
    /// All three, in the order in which they are sealed.
    pub const ALL: [Self; 3] = [Self::Results, Self::MessageSignature, Self::Seal];

    /// The name of the field.
    pub fn field_name(self) -> &'static str {
        match self {
            Self::Results => "ARC-Authentication-Results",
            Self::MessageSignature => "ARC-Message-Signature",
            Self::Seal => "ARC-Seal",
        }
    }
}

/// Why a chain fails (RFC 8617, section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainFailure {
    /// More than [`SETS_MAX`] sets, or fields enough for more.
    TooManySets,
    /// A field without an instance that counts: its position in the message.
    NoInstance {
        /// Position of the field.
        field: usize,
    },
    /// Whoever sealed last says that the chain was broken already.
    SealedAsFailed {
        /// The last instance.
        instance: u32,
    },
    /// A set has not all of its fields; with all three absent, the whole set was taken out.
    FieldAbsent {
        /// The instance.
        instance: u32,
        /// The field.
        field: SetField,
    },
    /// A set has a field twice.
    FieldTwice {
        /// The instance.
        instance: u32,
        /// The field.
        field: SetField,
    },
    /// `cv=` is not `none` in the first set, or not `pass` in a later one.
    ChainValue {
        /// The instance.
        instance: u32,
    },
    /// The newest message signature does not hold.
    MessageSignature {
        /// The last instance.
        instance: u32,
        /// Why.
        failure: Failure,
    },
    /// A seal does not hold.
    Seal {
        /// The instance.
        instance: u32,
        /// Why.
        failure: Failure,
    },
}

/// Validates the chain of a message. First the keys of all seals and of the newest message signature are asked for; then,
/// where these hold, those of older message signatures whose body is still what was signed. A chain that is not whole asks
/// for nothing. `now` is the time at which the message was received, in seconds since 1970.
pub fn validate(message: &Message<'_>, answers: &dyn AnswerTable, now: u64) -> Step<Chain> {
    validate_counting(message, answers, now, &mut Work::default())
}

/// The same where only the header section of the message is at hand: no body is looked at.
pub fn validate_header(message: &Message<'_>, answers: &dyn AnswerTable, now: u64) -> Step<Chain> {
    validate_parts(message, None, answers, now, &mut Work::default())
}

/// The same as [`validate`], adding up what it took.
pub fn validate_counting(
    message: &Message<'_>,
    answers: &dyn AnswerTable,
    now: u64,
    work: &mut Work,
) -> Step<Chain> {
    validate_parts(message, Some(message.body()), answers, now, work)
}

fn validate_parts(
    message: &Message<'_>,
    body: Option<&[u8]>,
    answers: &dyn AnswerTable,
    now: u64,
    work: &mut Work,
) -> Step<Chain> {
    let Collected { sets, failure } = sets::collect(message);
    if sets.is_empty() && failure.is_none() {
        return Step::Done(Chain {
            status: ChainStatus::None,
            failure: None,
            sets: Vec::new(),
            oldest_pass: None,
        });
    }
    let mut chain = Chain {
        status: ChainStatus::Fail,
        failure: failure.or_else(|| sets::fault(&sets)),
        sets: sets.iter().map(told).collect(),
        oldest_pass: None,
    };
    if chain.failure.is_some() {
        return Step::Done(chain);
    }
    let Some(whole) = sets.iter().map(Whole::of).collect::<Option<Vec<_>>>() else {
        return Step::Done(chain);
    };
    let (signatures, seals): (Vec<Signed<'_>>, Vec<Signed<'_>>) = whole
        .iter()
        .map(|set| {
            (
                tags::message_signature(&set.fields[1]),
                tags::seal(&set.fields[2]),
            )
        })
        .unzip();
    let Some((newest, older)) = signatures.split_last() else {
        return Step::Done(chain);
    };
    let open = unanswered(seals.iter().chain([newest]), answers);
    if !open.is_empty() {
        return Step::Need(open);
    }
    let mut checker = Checker {
        index: FieldIndex::new(message),
        bodies: body.map(|body| Bodies::hash(body, &signatures, work)),
        authors: authors(message),
        buffer: Vec::new(),
        now,
        kept: None,
        work,
    };
    let last = chain.sets.len() - 1;
    let verification = checker.verify(newest.clone(), answers);
    chain.keep_signature(last, verification);
    let verifications = verify_seals(&whole, seals, answers, checker.work);
    chain.keep_seals(verifications);
    if chain.failure.is_some() {
        return Step::Done(chain);
    }
    // One that cannot hold any more ends the search, and needs no key.
    let broken: Vec<Option<Verification>> = older.iter().map(|s| broken(&checker, s)).collect();
    let holding = older.iter().zip(&broken).rev();
    let holding = holding.take_while(|(_, broken)| broken.is_none());
    let open = unanswered(holding.map(|(signed, _)| signed), answers);
    if !open.is_empty() {
        return Step::Need(open);
    }
    let mut oldest = last;
    for (at, (signed, broken)) in older.iter().zip(broken).enumerate().rev() {
        let verification = broken.unwrap_or_else(|| checker.verify(signed.clone(), answers));
        let is_good = verification.result == DkimResult::Pass;
        chain.sets[at].message_signature = Some(Checked {
            verification,
            is_checked: true,
        });
        if !is_good {
            break;
        }
        oldest = at;
    }
    chain.oldest_pass = Some(if oldest == 0 {
        0
    } else {
        chain.sets[oldest].instance
    });
    chain.status = ChainStatus::Pass;
    Step::Done(chain)
}

impl Chain {
    /// Keeps what came of the newest message signature.
    fn keep_signature(&mut self, at: usize, verification: Verification) {
        let instance = self.sets[at].instance;
        if let Some(failure) = verification.failure {
            self.failure = Some(ChainFailure::MessageSignature { instance, failure });
        }
        self.sets[at].message_signature = Some(Checked {
            verification,
            is_checked: true,
        });
    }

    /// Keeps what came of the seals. A validator looks at the last one first.
    fn keep_seals(&mut self, verifications: Vec<Verification>) {
        for (set, verification) in self.sets.iter_mut().zip(verifications).rev() {
            let instance = set.instance;
            if let Some(failure) = verification.failure {
                let seal = ChainFailure::Seal { instance, failure };
                self.failure.get_or_insert(seal);
            }
            set.seal = Some(Checked {
                verification,
                is_checked: true,
            });
        }
    }
}

/// A set with all of its fields, in the order of [`SetField::ALL`].
struct Whole<'a> {
    fields: [Field<'a>; 3],
}

impl<'a> Whole<'a> {
    fn of(set: &SetFields<'a>) -> Option<Self> {
        let [results, signature, seal] = set.fields;
        Some(Self {
            fields: [results?, signature?, seal?],
        })
    }
}

/// What the fields of a set say, before anything is verified.
fn told(set: &SetFields<'_>) -> Set {
    let unchecked = |signed: Signed<'_>| Checked {
        verification: Verification::of(signed),
        is_checked: false,
    };
    let [results, signature, seal] = &set.fields;
    Set {
        instance: set.instance,
        results: results.as_ref().and_then(AuthResults::read),
        message_signature: signature
            .as_ref()
            .map(tags::message_signature)
            .map(unchecked),
        chain_value: seal.as_ref().and_then(tags::chain_value),
        seal: seal
            .as_ref()
            .map(tags::seal)
            .map(unchecked)
            .map(tags::without_stand_ins),
    }
}

/// What comes of a message signature that cannot hold, whatever its key is.
fn broken(checker: &Checker<'_, '_>, signed: &Signed<'_>) -> Option<Verification> {
    let mut verification = Verification::of(signed.clone());
    let failure = signed
        .signature
        .failure()
        .or_else(|| checker.body(&signed.signature, &mut verification).err())?;
    verification.result = failure.result();
    verification.failure = Some(failure);
    Some(verification)
}

/// The questions for keys that have no answer yet, each once.
fn unanswered<'s, 'a: 's>(
    signatures: impl Iterator<Item = &'s Signed<'a>>,
    answers: &dyn AnswerTable,
) -> Vec<Question> {
    let questions: BTreeSet<&Question> = signatures
        .filter(|signed| signed.signature.failure().is_none())
        .filter_map(|signed| signed.signature.key_question())
        .filter(|question| answers.answer(question).is_none())
        .collect();
    questions.into_iter().cloned().collect()
}

/// Verifies every seal (RFC 8617, section 5.1.1). A seal is over all sets from the first to its own, each with its
/// fields in the order of [`SetField::ALL`], relaxed; its own `b=` is empty and no line end follows. Every field is
/// hashed once for all.
fn verify_seals(
    sets: &[Whole<'_>],
    seals: Vec<Signed<'_>>,
    answers: &dyn AnswerTable,
    work: &mut Work,
) -> Vec<Verification> {
    let mut before = Sha256::new();
    let mut buffer = Vec::new();
    let mut verifications = Vec::with_capacity(seals.len());
    for (set, signed) in sets.iter().zip(seals) {
        let [results, signature, seal] = &set.fields;
        buffer.clear();
        canonical::field(Canonicalization::Relaxed, results, &mut buffer);
        canonical::field(Canonicalization::Relaxed, signature, &mut buffer);
        before.update(&buffer);
        work.header_octets += buffer.len();

        let mut own = before.clone();
        buffer.clear();
        canonical::signature_field(Canonicalization::Relaxed, seal, &mut buffer);
        own.update(&buffer);
        work.header_octets += buffer.len();
        let digest = own.finish();

        buffer.clear();
        canonical::field(Canonicalization::Relaxed, seal, &mut buffer);
        before.update(&buffer);
        work.header_octets += buffer.len();

        let mut verification = Verification::default();
        let outcome = verify_seal(&signed, &digest, answers, &mut verification, work);
        verification.take_outcome(outcome);
        verification.describe(signed);
        tags::remove_stand_ins(&mut verification);
        verifications.push(verification);
    }
    verifications
}

fn verify_seal(
    signed: &Signed<'_>,
    digest: &crate::crypto::Digest,
    answers: &dyn AnswerTable,
    verification: &mut Verification,
    work: &mut Work,
) -> Result<(), Failure> {
    if let Some(failure) = signed.signature.failure() {
        return Err(failure);
    }
    let question = signed
        .signature
        .key_question()
        .ok_or(Failure::TagInvalid("s"))?;
    let algorithm = signed
        .signature
        .algorithm
        .ok_or(Failure::UnknownAlgorithm)?;
    let answer = answers.answer(question).ok_or(Failure::NoAnswer)?;
    let keys = keys(answer, algorithm, None, verification)?;
    let good = keys.iter().find(|key| {
        work.keys += 1;
        key.verifies(digest, &signed.signature.octets)
    });
    match good {
        Some(key) => {
            verification.take_key(&key.record);
            Ok(())
        }
        None if keys.iter().any(|key| key.is_complete()) => Err(Failure::HeaderChanged),
        None => Err(Failure::BadKey),
    }
}
