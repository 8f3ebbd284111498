//! What verifying one signature came to.

use std::borrow::Cow;

use garant_dns::{Name, Question};

use super::field_names::FieldNames;
use super::header::FieldIndex;
use super::key_record::KeyRecord;
use super::public_key::PublicKey;
use crate::crypto::Digest;
use crate::message::{AuthorError, Message};

/// Results of verifying, as `Authentication-Results` names them (RFC 8601, section 2.7.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DkimResult {
    /// The message has no signature.
    None,
    /// The signature is good.
    Pass,
    /// The signature could be checked, and is not good.
    Fail,
    /// It is good, but of a kind that receivers must not count.
    Policy,
    /// It could not be read.
    #[default]
    Neutral,
    /// An answer did not come; later it may.
    TempError,
    /// It can never be checked: no key, a broken key, a broken signature field.
    PermError,
}

impl DkimResult {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Policy => "policy",
            Self::Neutral => "neutral",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
        }
    }
}

/// One signature field, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Position of the field in the message, from 0.
    pub field: usize,
    /// The signing domain, `d=`; nothing where it cannot be read.
    pub domain: Option<Name>,
    /// The selector, `s=`.
    pub selector: Option<Name>,
    /// The algorithm as written, `a=`. A stranger's text.
    pub algorithm: Option<Cow<'static, str>>,
    /// Agent or user, `i=`, as written. A stranger's text.
    pub identity: Option<String>,
    /// Canonicalization of header and body as written, `c=`, or its default.
    pub canonicalization: Cow<'static, str>,
    /// The names in `h=`.
    pub signed_fields: FieldNames,
    /// `l=`: octets of the body that are signed; all where there is none.
    pub body_length: Option<u64>,
    /// Octets of the canonical body behind `l=`, which anybody could have added.
    pub unsigned_octets: u64,
    /// `t=`: when it was made, in seconds since 1970.
    pub signed_at: Option<u64>,
    /// `x=`: until when it counts.
    pub expires_at: Option<u64>,
    /// The question for the key; nothing where none could be asked.
    pub key_question: Option<Question>,
    /// The key, when one was found.
    pub key: Option<PublicKey>,
    /// The key record's `t=y`: its owner is testing.
    pub is_testing: bool,
    /// Whether the body is what was signed; nothing where that was not looked at.
    pub body: Option<BodyHash>,
    /// The result.
    pub result: DkimResult,
    /// Why it is not a pass; nothing where it is.
    pub failure: Option<Failure>,
}

impl Verification {
    /// Fields whose name stands in `h=` once more than they stand in the message, so that none can be added.
    pub fn oversigned(&self, message: &Message<'_>) -> FieldNames {
        FieldIndex::new(message).oversigned(&self.signed_fields, Some(self.field))
    }

    /// Notes what came of checking.
    pub(crate) fn take_outcome(&mut self, outcome: Result<(), Failure>) {
        self.failure = outcome.err();
        self.result = self
            .failure
            .map_or(DkimResult::Pass, |failure| failure.result());
    }

    /// Notes the key of a record.
    pub(crate) fn take_key(&mut self, record: &KeyRecord) {
        self.key = record.key;
        self.is_testing = record.other.testing;
    }
}

/// The hash of the body, as the signature has it and as it was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyHash {
    /// `bh=`.
    pub signed: Vec<u8>,
    /// What the body at hand has.
    pub computed: Digest,
}

impl BodyHash {
    /// Whether the body is what was signed.
    pub fn matches(&self) -> bool {
        self.signed == self.computed
    }
}

/// Why a signature is not a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The field is no tag list.
    Malformed,
    /// A tag that must be there is not (RFC 6376, section 3.5): its letter or letters.
    TagAbsent(&'static str),
    /// A tag has a value that it must not have: its letter or letters.
    TagInvalid(&'static str),
    /// `a=` names an algorithm that nobody here knows.
    UnknownAlgorithm,
    /// `a=rsa-sha1`: receivers must not count it (RFC 8301, section 3.1).
    Sha1,
    /// `h=` does not name From (RFC 6376, section 5.4).
    FromNotSigned,
    /// `i=` is not within `d=`.
    IdentityOutsideDomain,
    /// `i=` is beneath `d=`, which the key forbids with `t=s`.
    IdentityBeneathDomain,
    /// `x=` has passed.
    Expired,
    /// `t=` lies in the future.
    FromFuture,
    /// `l=` is longer than the body: something was cut off.
    BodyTooShort,
    /// The body is not what was signed.
    BodyChanged,
    /// The body is what was signed; the signed fields are not, or another key signed.
    HeaderChanged,
    /// No record stands at the selector.
    NoKey,
    /// The record at the selector cannot be used; what is wrong stands in the record itself.
    BadKey,
    /// The key was withdrawn: `p=` is empty.
    Revoked,
    /// The key is shorter than 1,024 bits (RFC 8301, section 3.2): its bits.
    KeyTooShort(usize),
    /// The key is of another type than the algorithm of the signature.
    KeyTypeMismatch,
    /// `h=` of the key excludes the hash of the signature.
    HashNotAllowed,
    /// `s=` of the key excludes mail.
    ServiceNotAllowed,
    /// No definite answer came for the key.
    NoAnswer,
    /// More signatures stand above than are looked at: [`super::SIGNATURES_MAX`].
    OverLimit,
    /// The message has no single author, so nothing can be signed for.
    Author(AuthorError),
}

impl Failure {
    /// The result that it makes (RFC 8601, section 2.7.1): what cannot be read is `neutral`; what can never be
    /// checked, `permerror`; what receivers must not count (RFC 8301, section 3), or leaves open whom it
    /// speaks for, `policy`.
    pub fn result(self) -> DkimResult {
        match self {
            Self::Malformed
            | Self::TagAbsent(_)
            | Self::TagInvalid(_)
            | Self::UnknownAlgorithm
            | Self::OverLimit => DkimResult::Neutral,
            Self::FromNotSigned
            | Self::IdentityOutsideDomain
            | Self::IdentityBeneathDomain
            | Self::NoKey
            | Self::BadKey
            | Self::Revoked
            | Self::KeyTypeMismatch
            | Self::HashNotAllowed
            | Self::ServiceNotAllowed
            | Self::Author(AuthorError::NoFrom) => DkimResult::PermError,
            Self::Sha1
            | Self::KeyTooShort(_)
            | Self::Author(AuthorError::SeveralFrom | AuthorError::NoAddress) => DkimResult::Policy,
            Self::Expired
            | Self::FromFuture
            | Self::BodyTooShort
            | Self::BodyChanged
            | Self::HeaderChanged => DkimResult::Fail,
            Self::NoAnswer => DkimResult::TempError,
        }
    }
}
