//! Hashing, signing and verifying: the back end behind our own types.
//!
//! Two algorithms, both over a SHA-256 hash: RSA with PKCS #1 v1.5 padding (RFC 8017, section 8.2), and
//! Ed25519, which takes the 32 octets of the hash as its message (RFC 8463, section 3). SHA-1 is not here: what
//! was signed with it must not count (RFC 8301, section 3.1).

use std::fmt;

use aws_lc_rs::digest::{self, Context, SHA256};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ED25519, Ed25519KeyPair, KeyPair as _, ParsedPublicKey,
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_SHA256, RsaKeyPair,
    UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pkcs1::der::asn1::OctetStringRef;
use pkcs1::der::{Reader as _, SliceReader};
use pkcs1::{RsaPrivateKey, RsaPublicKey};
use spki::{AlgorithmIdentifierRef, ObjectIdentifier, SubjectPublicKeyInfoRef};

/// Octets of a SHA-256 hash.
pub const DIGEST_OCTETS: usize = 32;
/// Octets of an Ed25519 public key, and of the seed of a private one.
pub const ED25519_OCTETS: usize = 32;
/// Bits of RSA keys that signatures can be held against at most; the back end has no more.
pub const RSA_BITS_MAX: usize = 8192;
/// Bits of RSA keys that can sign: fewer should not be used any more (RFC 8301, section 3.2), more cannot be verified
/// by everybody.
pub const SIGNING_BITS: std::ops::RangeInclusive<usize> = 2048..=RSA_BITS_MAX;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ED25519_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A SHA-256 hash.
pub type Digest = [u8; DIGEST_OCTETS];

/// A SHA-256 hash of which more is to come.
#[derive(Clone)]
pub struct Sha256(Context);

impl Sha256 {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Takes more octets. Each call has its price: few long ones are better than many short ones.
    pub fn update(&mut self, octets: &[u8]) {
        if !octets.is_empty() {
            self.0.update(octets);
        }
    }

    /// The hash of all that came.
    pub fn finish(self) -> Digest {
        array(&self.0.finish())
    }

    /// The hash of some octets.
    pub fn of(octets: &[u8]) -> Digest {
        array(&digest::digest(&SHA256, octets))
    }
}

impl Default for Sha256 {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sha256(…)")
    }
}

fn array(digest: &digest::Digest) -> Digest {
    digest.as_ref().try_into().expect("SHA-256 gives 32 octets")
}

fn import(digest: &Digest) -> digest::Digest {
    digest::Digest::import_less_safe(digest, &SHA256).expect("32 octets are a SHA-256 hash")
}

/// An RSA public key that signatures can be held against.
#[derive(Clone, Debug)]
pub struct RsaKey(ParsedPublicKey);

impl RsaKey {
    /// Reads an RSAPublicKey or a SubjectPublicKeyInfo in DER, of 1,024 to [`RSA_BITS_MAX`] bits; nothing else.
    pub fn read(der: &[u8]) -> Option<Self> {
        UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, der)
            .parse()
            .ok()
            .map(Self)
    }

    /// Whether a signature over a hash is good.
    pub fn verifies(&self, digest: &Digest, signature: &[u8]) -> bool {
        self.0.verify_digest_sig(&import(digest), signature).is_ok()
    }
}

/// Whether an Ed25519 signature over a hash is good.
pub fn verify_ed25519(key: &[u8; ED25519_OCTETS], digest: &Digest, signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, key)
        .verify(digest, signature)
        .is_ok()
}

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// `rsa-sha256`.
    RsaSha256,
    /// `ed25519-sha256`.
    Ed25519Sha256,
}

impl Algorithm {
    /// As `a=` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa-sha256",
            Self::Ed25519Sha256 => "ed25519-sha256",
        }
    }

    /// The type of its keys, as `k=` has it.
    pub fn key_type(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa",
            Self::Ed25519Sha256 => "ed25519",
        }
    }
}

/// The kind and length of a key that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA with 2,048 bits: what every receiver verifies.
    Rsa2048,
    /// RSA with 3,072 bits.
    Rsa3072,
    /// RSA with 4,096 bits: sixteen times the work of 2,048 for every signature.
    Rsa4096,
    /// Ed25519: only beside an RSA key, since many receivers do not verify it.
    Ed25519,
}

/// A private key. Never printed, not even by `Debug`.
pub struct SigningKey(Pair);

enum Pair {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Why something is no private key that can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// It is protected with a password.
    #[error("a key with a password")]
    Encrypted,
    /// It is a public key, or a certificate.
    #[error("not a private key")]
    Public,
    /// It is a private key of another kind: another curve, OpenSSH's own form.
    #[error("a private key of a kind that DKIM does not know")]
    OtherKind,
    /// An RSA key with fewer or more bits than [`SIGNING_BITS`].
    #[error("an RSA key of {0} bits")]
    Bits(usize),
    /// No key at all, or a damaged one.
    #[error("not a key")]
    Malformed,
    /// The back end gave up.
    #[error("the cryptographic library failed")]
    Library,
}

impl SigningKey {
    /// Makes a key. The randomness is the operating system's.
    ///
    /// # Errors
    /// [`SigningKeyError::Library`].
    pub fn generate(kind: KeyKind) -> Result<Self, SigningKeyError> {
        let size = match kind {
            KeyKind::Ed25519 => {
                return Ed25519KeyPair::generate()
                    .map(|pair| Self(Pair::Ed25519(pair)))
                    .map_err(|_| SigningKeyError::Library);
            }
            KeyKind::Rsa2048 => KeySize::Rsa2048,
            KeyKind::Rsa3072 => KeySize::Rsa3072,
            KeyKind::Rsa4096 => KeySize::Rsa4096,
        };
        RsaKeyPair::generate(size)
            .map(|pair| Self(Pair::Rsa(pair)))
            .map_err(|_| SigningKeyError::Library)
    }

    /// The Ed25519 key of a seed.
    ///
    /// # Errors
    /// [`SigningKeyError::Malformed`].
    pub fn from_ed25519_seed(seed: &[u8; ED25519_OCTETS]) -> Result<Self, SigningKeyError> {
        Ed25519KeyPair::from_seed_unchecked(seed)
            .map(|pair| Self(Pair::Ed25519(pair)))
            .map_err(|_| SigningKeyError::Malformed)
    }

    /// Reads a private key as programs write them: PEM (RFC 7468) with PKCS #8 or an RSAPrivateKey in it, the
    /// base64 of an Ed25519 seed, or DER.
    ///
    /// # Errors
    /// [`SigningKeyError`].
    pub fn read(octets: &[u8]) -> Result<Self, SigningKeyError> {
        match std::str::from_utf8(octets) {
            Ok(text) if text.contains("-----BEGIN ") => Self::from_pem(text),
            Ok(text) => {
                let text: String = text.split_ascii_whitespace().collect();
                let seed = STANDARD
                    .decode(text)
                    .map_err(|_| SigningKeyError::Malformed)?;
                match <&[u8; ED25519_OCTETS]>::try_from(seed.as_slice()) {
                    Ok(seed) => Self::from_ed25519_seed(seed),
                    Err(_) => Self::from_der(&seed),
                }
            }
            Err(_) => Self::from_der(octets),
        }
    }

    fn from_pem(text: &str) -> Result<Self, SigningKeyError> {
        // The first block that is a private key; OpenSSL may put parameters before it.
        let mut other = SigningKeyError::Malformed;
        for block in text.split("-----BEGIN ").skip(1) {
            let Some((label, rest)) = block.split_once("-----") else {
                continue;
            };
            let content = rest
                .split_once("-----END")
                .map_or(rest, |(content, _)| content);
            match label {
                "PRIVATE KEY" | "RSA PRIVATE KEY" => {
                    if content.contains("ENCRYPTED") {
                        return Err(SigningKeyError::Encrypted);
                    }
                    let content: String = content.split_ascii_whitespace().collect();
                    let der = STANDARD
                        .decode(content)
                        .map_err(|_| SigningKeyError::Malformed)?;
                    return Self::from_der(&der);
                }
                "ENCRYPTED PRIVATE KEY" => return Err(SigningKeyError::Encrypted),
                label if label.ends_with("PRIVATE KEY") => other = SigningKeyError::OtherKind,
                label if label.ends_with("PUBLIC KEY") || label == "CERTIFICATE" => {
                    other = SigningKeyError::Public;
                }
                _ => {}
            }
        }
        Err(other)
    }

    /// Reads a private key in DER: PKCS #8 (RFC 5208) or an RSAPrivateKey (RFC 8017).
    ///
    /// # Errors
    /// [`SigningKeyError`].
    pub fn from_der(der: &[u8]) -> Result<Self, SigningKeyError> {
        if let Ok(pair) = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)) {
            return Ok(Self(Pair::Rsa(pair)));
        }
        if let Ok(pair) = Ed25519KeyPair::from_pkcs8(der) {
            return Ok(Self(Pair::Ed25519(pair)));
        }
        Err(rejection(der))
    }

    /// How it signs.
    pub fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Pair::Rsa(_) => Algorithm::RsaSha256,
            Pair::Ed25519(_) => Algorithm::Ed25519Sha256,
        }
    }

    /// Bits of the key; 256 for Ed25519.
    pub fn bits(&self) -> usize {
        match &self.0 {
            Pair::Rsa(pair) => pair.public_modulus_len() * 8,
            Pair::Ed25519(_) => ED25519_OCTETS * 8,
        }
    }

    /// Octets of each signature.
    pub fn signature_octets(&self) -> usize {
        match &self.0 {
            Pair::Rsa(pair) => pair.public_modulus_len(),
            Pair::Ed25519(_) => 64,
        }
    }

    /// The public key as `p=` has it before base64: a SubjectPublicKeyInfo for RSA, the bare key for Ed25519
    /// (RFC 6376, section 3.6.1 and RFC 8463, section 4).
    ///
    /// # Errors
    /// [`SigningKeyError::Library`].
    pub fn public_octets(&self) -> Result<Vec<u8>, SigningKeyError> {
        match &self.0 {
            Pair::Rsa(pair) => pair
                .public_key()
                .as_der()
                .map(|der| der.as_ref().to_vec())
                .map_err(|_| SigningKeyError::Library),
            Pair::Ed25519(pair) => Ok(pair.public_key().as_ref().to_vec()),
        }
    }

    /// The key as PKCS #8 in PEM, with lines of 64 characters, as OpenSSL writes it. To be kept secret.
    ///
    /// # Errors
    /// [`SigningKeyError::Library`].
    pub fn to_pem(&self) -> Result<String, SigningKeyError> {
        let der = match &self.0 {
            Pair::Rsa(pair) => pair.as_der().map(|der| STANDARD.encode(der.as_ref())),
            Pair::Ed25519(pair) => pair.to_pkcs8v1().map(|der| STANDARD.encode(der.as_ref())),
        };
        let mut rest = der.map_err(|_| SigningKeyError::Library)?;
        let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
        while !rest.is_empty() {
            let tail = rest.split_off(rest.len().min(64));
            pem.push_str(&rest);
            pem.push('\n');
            rest = tail;
        }
        pem.push_str("-----END PRIVATE KEY-----\n");
        Ok(pem)
    }

    /// Signs a hash.
    ///
    /// # Errors
    /// [`SigningKeyError::Library`].
    pub fn sign(&self, digest: &Digest) -> Result<Vec<u8>, SigningKeyError> {
        match &self.0 {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign_digest(&RSA_PKCS1_SHA256, &import(digest), &mut signature)
                    .map_err(|_| SigningKeyError::Library)?;
                Ok(signature)
            }
            Pair::Ed25519(pair) => pair
                .try_sign(digest)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| SigningKeyError::Library),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SigningKey({}, {} bits)",
            self.algorithm().as_str(),
            self.bits()
        )
    }
}

/// Why the back end did not take a key.
fn rejection(der: &[u8]) -> SigningKeyError {
    if let Some(bits) = rsa_bits(der) {
        return wrong_bits(bits);
    }
    // PKCS #8: a version, the algorithm, the key of that algorithm.
    let mut inner = None;
    let read = SliceReader::new(der).and_then(|mut reader| {
        reader.sequence(|reader| {
            let _: u8 = reader.decode()?;
            let algorithm: AlgorithmIdentifierRef<'_> = reader.decode()?;
            let key: OctetStringRef<'_> = reader.decode()?;
            inner = Some((algorithm.oid, key.as_bytes().to_vec()));
            Ok(())
        })
    });
    match (inner, read) {
        (Some((RSA, key)), _) => rsa_bits(&key).map_or(SigningKeyError::Malformed, wrong_bits),
        (Some((ED25519_OID, _)), _) => SigningKeyError::Malformed,
        (Some(_), _) => SigningKeyError::OtherKind,
        (None, _) if RsaPublicKey::try_from(der).is_ok() => SigningKeyError::Public,
        (None, _) if SubjectPublicKeyInfoRef::try_from(der).is_ok() => SigningKeyError::Public,
        (None, _) => SigningKeyError::Malformed,
    }
}

fn rsa_bits(der: &[u8]) -> Option<usize> {
    let key = RsaPrivateKey::try_from(der).ok()?;
    let modulus = key.modulus.as_bytes();
    let first = modulus.first()?;
    Some(modulus.len() * 8 - first.leading_zeros() as usize)
}

/// A key whose number of bits is right was rejected for something else.
fn wrong_bits(bits: usize) -> SigningKeyError {
    if SIGNING_BITS.contains(&bits) {
        SigningKeyError::Malformed
    } else {
        SigningKeyError::Bits(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> [SigningKey; 2] {
        [
            SigningKey::generate(KeyKind::Rsa2048).expect("an RSA key"),
            SigningKey::generate(KeyKind::Ed25519).expect("an Ed25519 key"),
        ]
    }

    fn verify(key: &SigningKey, digest: &Digest, signature: &[u8]) -> bool {
        let public = key.public_octets().expect("a public key");
        match key.algorithm() {
            Algorithm::RsaSha256 => RsaKey::read(&public)
                .expect("an RSA key")
                .verifies(digest, signature),
            Algorithm::Ed25519Sha256 => {
                let public = public.as_slice().try_into().expect("32 octets");
                verify_ed25519(public, digest, signature)
            }
        }
    }

    #[test]
    fn what_a_key_signs_its_public_key_verifies() {
        let digest = Sha256::of(b"hello");
        for key in keys() {
            let signature = key.sign(&digest).expect("a signature");
            assert_eq!(signature.len(), key.signature_octets());
            assert!(verify(&key, &digest, &signature), "{key:?}");
            assert!(!verify(&key, &Sha256::of(b"hallo"), &signature), "{key:?}");
            assert!(!verify(&key, &digest, &signature[1..]), "{key:?}");
            let again = SigningKey::read(key.to_pem().expect("PEM").as_bytes()).expect("a key");
            assert!(verify(&again, &digest, &signature), "{key:?}");
            assert_eq!(again.public_octets(), key.public_octets());
        }
    }

    #[test]
    fn a_hash_of_chunks_is_the_hash_of_the_whole() {
        let mut hash = Sha256::new();
        hash.update(b"he");
        hash.update(b"");
        hash.update(b"llo");
        assert_eq!(hash.finish(), Sha256::of(b"hello"));
    }

    #[test]
    fn an_ed25519_seed_is_read_as_base64() {
        // RFC 8032, section 7.1, test 1: its seed and its public key.
        let key =
            SigningKey::read(b"nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n").expect("a key");
        let public = key.public_octets().expect("a public key");
        assert_eq!(
            STANDARD.encode(public),
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
        );
    }

    #[test]
    fn what_is_no_key_is_said_to_be_what_it_is() {
        let check = |text: &str, expect| {
            let error = SigningKey::read(text.as_bytes()).expect_err(text);
            assert_eq!(error, expect, "{text}");
        };
        check("", SigningKeyError::Malformed);
        check("hello", SigningKeyError::Malformed);
        check(
            "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----",
            SigningKeyError::Malformed,
        );
        check("-----BEGIN PRIVATE KEY-----", SigningKeyError::Malformed);
        check(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n",
            SigningKeyError::Encrypted,
        );
        check(
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAA==\n-----END RSA PRIVATE KEY-----",
            SigningKeyError::Encrypted,
        );
        check(
            "-----BEGIN PUBLIC KEY-----\nAA==\n",
            SigningKeyError::Public,
        );
        check(
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAA==\n",
            SigningKeyError::OtherKind,
        );
        for key in keys() {
            if key.algorithm() == Algorithm::RsaSha256 {
                let public = STANDARD.encode(key.public_octets().expect("a public key"));
                check(&public, SigningKeyError::Public);
            }
        }
    }
}
