//! What the octets of `p=` are.
//!
//! RSA: RFC 6376, section 3.6.1 asks for an RSAPublicKey (PKCS #1); everybody publishes it inside a
//! SubjectPublicKeyInfo, as its example does, so both are taken. Ed25519: the 32 octets of the key,
//! without any wrapping (RFC 8463, section 4.2).

use pkcs1::RsaPublicKey;
use spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

/// Octets of an Ed25519 public key.
pub(super) const ED25519_OCTETS: usize = 32;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// How an RSA key is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// SubjectPublicKeyInfo (RFC 5280): what receivers expect.
    Spki,
    /// RSAPublicKey (RFC 8017): what the letter of RFC 6376 says.
    Pkcs1,
}

/// A public key that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
        /// How it is wrapped.
        encoding: Encoding,
    },
    /// Ed25519.
    Ed25519([u8; ED25519_OCTETS]),
}

impl PublicKey {
    /// The algorithm, as `k=` has it.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa { .. } => "rsa",
            Self::Ed25519(_) => "ed25519",
        }
    }

    /// Bits of the key; 256 for Ed25519.
    pub fn bits(&self) -> usize {
        match self {
            Self::Rsa { bits, .. } => *bits,
            Self::Ed25519(octets) => octets.len() * 8,
        }
    }
}

/// What kind of key some octets are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Material {
    /// RSA.
    Rsa,
    /// Ed25519, raw or wrapped.
    Ed25519,
    /// A key on another elliptic curve, which DKIM does not know.
    EllipticCurve,
}

impl Material {
    /// A short name; `rsa` and `ed25519` as in `k=`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
            Self::EllipticCurve => "ec",
        }
    }
}

/// Why octets are no key of the type that `k=` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// They end before the key does.
    #[error("{found} of {expected} octets")]
    Truncated {
        /// Octets that the key says it has.
        expected: usize,
        /// Octets there are.
        found: usize,
    },
    /// They are a key of another type.
    #[error("a key of type {}", .0.as_str())]
    Other(Material),
    /// An Ed25519 key inside a SubjectPublicKeyInfo.
    #[error("an Ed25519 key with its DER wrapping")]
    Ed25519Wrapped,
    /// No key at all.
    #[error("not a public key")]
    Malformed,
}

/// Reads an RSA key.
///
/// # Errors
/// [`KeyError`]; `Ed25519Wrapped` never.
pub(super) fn rsa(octets: &[u8]) -> Result<PublicKey, KeyError> {
    // An RSA key that was cut off to this very length begins with a DER header in its long form.
    let is_der = octets.first() == Some(&0x30) && octets.get(1).is_some_and(|o| *o >= 0x80);
    if octets.len() == ED25519_OCTETS && !is_der {
        return Err(KeyError::Other(Material::Ed25519));
    }
    match parse(octets) {
        Parsed::Rsa(key) => Ok(key),
        Parsed::Other(material) => Err(KeyError::Other(material)),
        Parsed::Nothing => Err(truncated(octets).unwrap_or(KeyError::Malformed)),
    }
}

/// Reads an Ed25519 key.
///
/// # Errors
/// [`KeyError`].
pub(super) fn ed25519(octets: &[u8]) -> Result<PublicKey, KeyError> {
    if let Ok(key) = <[u8; ED25519_OCTETS]>::try_from(octets) {
        return Ok(PublicKey::Ed25519(key));
    }
    match parse(octets) {
        Parsed::Rsa(_) => Err(KeyError::Other(Material::Rsa)),
        Parsed::Other(Material::Ed25519) => Err(KeyError::Ed25519Wrapped),
        Parsed::Other(material) => Err(KeyError::Other(material)),
        Parsed::Nothing if octets.len() < ED25519_OCTETS => Err(KeyError::Truncated {
            expected: ED25519_OCTETS,
            found: octets.len(),
        }),
        Parsed::Nothing => Err(truncated(octets).unwrap_or(KeyError::Malformed)),
    }
}

/// The 32 octets of an Ed25519 key inside a SubjectPublicKeyInfo.
pub fn unwrap_ed25519(octets: &[u8]) -> Option<[u8; ED25519_OCTETS]> {
    let info = SubjectPublicKeyInfoRef::try_from(octets).ok()?;
    if info.algorithm.oid != ED25519 {
        return None;
    }
    info.subject_public_key.as_bytes()?.try_into().ok()
}

/// The RSAPublicKey that octets are or wrap.
pub(super) fn rsa_public_key(octets: &[u8]) -> &[u8] {
    SubjectPublicKeyInfoRef::try_from(octets)
        .ok()
        .and_then(|info| info.subject_public_key.as_bytes())
        .unwrap_or(octets)
}

enum Parsed {
    Rsa(PublicKey),
    Other(Material),
    Nothing,
}

fn parse(octets: &[u8]) -> Parsed {
    let rsa = |octets: &[u8], encoding| {
        let bits = modulus_bits(octets)?;
        Some(Parsed::Rsa(PublicKey::Rsa { bits, encoding }))
    };
    if let Ok(info) = SubjectPublicKeyInfoRef::try_from(octets) {
        let inner = info.subject_public_key.as_bytes();
        return match info.algorithm.oid {
            RSA => inner.and_then(|inner| rsa(inner, Encoding::Spki)),
            ED25519 => Some(Parsed::Other(Material::Ed25519)),
            ELLIPTIC_CURVE => Some(Parsed::Other(Material::EllipticCurve)),
            _ => None,
        }
        .unwrap_or(Parsed::Nothing);
    }
    rsa(octets, Encoding::Pkcs1).unwrap_or(Parsed::Nothing)
}

fn modulus_bits(octets: &[u8]) -> Option<usize> {
    let key = RsaPublicKey::try_from(octets).ok()?;
    let modulus = key.modulus.as_bytes();
    let first = modulus.first()?;
    Some(modulus.len() * 8 - first.leading_zeros() as usize)
}

/// What the outermost DER header says, if it says more octets than there are.
fn truncated(octets: &[u8]) -> Option<KeyError> {
    let (&0x30, rest) = octets.split_first()? else {
        return None;
    };
    let (&length, rest) = rest.split_first()?;
    let (header, content) = if length < 0x80 {
        (2, usize::from(length))
    } else {
        // No key has a length of more than three octets.
        let count = usize::from(length & 0x7f);
        if !(1..=3).contains(&count) {
            return None;
        }
        let length = rest.get(..count)?;
        let content = length
            .iter()
            .fold(0, |sum, octet| sum << 8 | usize::from(*octet));
        (2 + count, content)
    };
    let expected = header + content;
    let found = octets.len();
    (expected > found).then_some(KeyError::Truncated { expected, found })
}
