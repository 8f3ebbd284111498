//! The keys of signatures: read from what the DNS answered, and kept for the next message where the caller wants.
//!
//! Making an RSA key ready costs a fifth of a verification, and a receiver sees the same few keys again and
//! again. A kept key is found by the text of its record, so it needs no age: another record is another key.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use garant_dns::Answer;

use super::key_record::{KeyRecord, KeyType, Reason};
use super::public_key::{PublicKey, rsa_public_key};
use super::verification::{Failure, Verification};
use crate::crypto::{Algorithm, Digest, RSA_BITS_MAX, RsaKey, verify_ed25519};

/// Key records at one selector that are tried. There should be one; who rotates keys wrongly has two.
pub const KEYS_MAX: usize = 4;
/// Key records that are kept at most: those of a large receiver's busiest senders, in about 4 MB.
pub const KEPT_KEYS_MAX: usize = 1_024;
/// Octets of a record that is kept at most. One with a key of 8,192 bits has 1,500.
pub const KEPT_RECORD_OCTETS_MAX: usize = 2_048;

/// A key record, and its key as the back end takes it once that was needed.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) record: KeyRecord,
    rsa: OnceLock<Option<RsaKey>>,
}

impl Key {
    /// Reads the joined text of a TXT record, whatever it is.
    pub(crate) fn read(text: &[u8]) -> Self {
        Self {
            record: KeyRecord::parse(text),
            rsa: OnceLock::new(),
        }
    }

    /// Whether a signature over a hash was made with the private half. Never where there is no key that can be
    /// read, or an RSA key outside of 1,024 to 8,192 bits.
    pub(crate) fn verifies(&self, digest: &Digest, signature: &[u8]) -> bool {
        match self.record.key {
            Some(PublicKey::Ed25519(key)) => verify_ed25519(&key, digest, signature),
            Some(PublicKey::Rsa { .. }) => self
                .rsa()
                .is_some_and(|key| key.verifies(digest, signature)),
            None => false,
        }
    }

    /// Whether a signature can be held against it at all: a modulus and an exponent that make sense.
    pub(crate) fn is_complete(&self) -> bool {
        match self.record.key {
            Some(PublicKey::Ed25519(_)) => true,
            Some(PublicKey::Rsa { .. }) => self.rsa().is_some(),
            None => false,
        }
    }

    fn rsa(&self) -> Option<&RsaKey> {
        self.rsa
            .get_or_init(|| RsaKey::read(rsa_public_key(self.record.key_der())))
            .as_ref()
    }
}

/// Keys that were used before. May be shared between threads. Holds [`KEPT_KEYS_MAX`] at most: the older half goes when
/// there is no room.
#[derive(Debug, Default)]
pub struct KeyCache(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: BTreeMap<Vec<u8>, Arc<Key>>,
    old: BTreeMap<Vec<u8>, Arc<Key>>,
}

impl KeyCache {
    /// Nothing kept yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many keys are kept.
    pub fn len(&self) -> usize {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.young.len() + kept.old.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn get(&self, text: Vec<u8>) -> Arc<Key> {
        if text.len() > KEPT_RECORD_OCTETS_MAX {
            return Arc::new(Key::read(&text));
        }
        // What is kept is whole at any time: a panic elsewhere cannot spoil it.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = kept.young.get(&text) {
            return Arc::clone(key);
        }
        let key = kept
            .old
            .remove(&text)
            .unwrap_or_else(|| Arc::new(Key::read(&text)));
        if kept.young.len() >= KEPT_KEYS_MAX / 2 {
            kept.old = std::mem::take(&mut kept.young);
        }
        kept.young.insert(text, Arc::clone(&key));
        key
    }
}

/// The keys at the selector that the signature may have been made with.
///
/// # Errors
/// Why there is none; with several records, what is wrong with the first of them.
pub(crate) fn keys(
    answer: &Answer,
    algorithm: Algorithm,
    kept: Option<&KeyCache>,
    verification: &mut Verification,
) -> Result<Vec<Arc<Key>>, Failure> {
    if !answer.status.is_definite() {
        return Err(Failure::NoAnswer);
    }
    let mut failure = None;
    let mut keys = Vec::new();
    for text in answer.texts().take(KEYS_MAX) {
        let text = text.joined();
        let key = match kept {
            Some(kept) => kept.get(text),
            None => Arc::new(Key::read(&text)),
        };
        let usable = if key.record.is_meant_as_key() {
            is_usable(&key.record, algorithm)
        } else {
            Err(Failure::BadKey)
        };
        if keys.is_empty() && (usable.is_ok() || verification.key.is_none()) {
            verification.take_key(&key.record);
        }
        match usable {
            Ok(()) => keys.push(key),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_key_is_the_one_that_was_read() {
        let kept = KeyCache::new();
        let one = kept.get(b"v=DKIM1; p=".to_vec());
        let again = kept.get(b"v=DKIM1; p=".to_vec());
        assert!(Arc::ptr_eq(&one, &again) && one.record.is_revoked);
        assert!(!kept.get(b"v=DKIM1; p=AA==".to_vec()).record.is_revoked);
        assert_eq!(kept.len(), 2);
    }

    #[test]
    fn there_is_room_for_so_many_and_the_busy_ones_stay() {
        let kept = KeyCache::new();
        let text = |number: usize| format!("v=DKIM1; n={number}; p=").into_bytes();
        let busy = kept.get(text(0));
        for number in 1..10 * KEPT_KEYS_MAX {
            kept.get(text(number));
            if number % 100 == 0 {
                assert!(Arc::ptr_eq(&busy, &kept.get(text(0))), "{number}");
            }
            assert!(kept.len() <= KEPT_KEYS_MAX, "{number}");
        }
    }

    #[test]
    fn a_record_that_no_key_needs_is_not_kept() {
        let kept = KeyCache::new();
        let long = [
            b"v=DKIM1; p=; n=".as_slice(),
            &[b'x'; KEPT_RECORD_OCTETS_MAX],
        ]
        .concat();
        assert!(kept.get(long).record.is_revoked);
        assert!(kept.is_empty());
    }
}
