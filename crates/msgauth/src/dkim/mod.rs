//! DKIM (RFC 6376): the keys that a domain publishes.

mod key_record;
mod public_key;

pub use key_record::{
    Fault, KeyRecord, KeyType, NotesAndFlags, Reason, SHORT_KEY_BITS, Selection, WEAK_KEY_BITS,
    select, split_in_two,
};
pub use public_key::{Encoding, KeyError, Material, PublicKey, unwrap_ed25519};
