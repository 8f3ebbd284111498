//! What is published of a key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::crypto::{SigningKey, SigningKeyError};

/// The TXT record of a key (RFC 6376, section 3.6.1), in one piece: longer than the 255 octets of one string
/// for every RSA key that signs.
///
/// # Errors
/// [`SigningKeyError::Library`].
pub fn key_record(key: &SigningKey) -> Result<String, SigningKeyError> {
    let p = STANDARD.encode(key.public_octets()?);
    Ok(format!("v=DKIM1; k={}; p={p}", key.algorithm().key_type()))
}
