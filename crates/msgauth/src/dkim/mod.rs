//! DKIM (RFC 6376, with RFC 8301 and RFC 8463).

pub mod body;
pub mod canonical;
pub mod changes;
mod field_names;
mod header;
mod key_record;
mod keys;
mod public_key;
pub mod sign;
mod signature;
mod verification;
mod verify;

pub use body::{BodyDigests, BodyHasher};
pub use canonical::Canonicalization;
pub use field_names::{FieldNames, SIGNED_NAMES_MAX};
pub use header::FieldIndex;
pub use key_record::{
    Fault, KeyRecord, KeyType, NotesAndFlags, Reason, SHORT_KEY_BITS, Selection, WEAK_KEY_BITS,
    select, split_in_two,
};
pub(crate) use keys::keys;
pub use keys::{KEPT_KEYS_MAX, KEPT_RECORD_OCTETS_MAX, KEYS_MAX, KeyCache};
pub use public_key::{Encoding, KeyError, Material, PublicKey, unwrap_ed25519};
pub use signature::{CopiedField, SIGNATURE_OCTETS_MAX, Signature, SignatureFault};
pub use verification::{BodyHash, DkimResult, Failure, Verification};
pub(crate) use verify::{Bodies, Checker, Signed, authors};
pub use verify::{
    CLOCK_DIFFERENCE_S, Work, verify, verify_counting, verify_header, verify_keeping,
};

/// Signatures of one message that are verified at most; further ones are told and left alone. Honest mail
/// has one to five, a message of many lists up to ten.
pub const SIGNATURES_MAX: usize = 20;
