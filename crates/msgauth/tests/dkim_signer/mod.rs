//! Signs messages for tests, with tags as they are given, right or wrong.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use garant_msgauth::crypto::SigningKey;
use garant_msgauth::dkim::{BodyHasher, FieldIndex, Signature};
use garant_msgauth::message::{Field, Message};

/// The seed of the key that signs.
const SEED: [u8; 32] = [7; 32];

/// The record of that key.
pub(crate) fn key_record() -> String {
    let key = SigningKey::from_ed25519_seed(&SEED).expect("a key");
    let public = STANDARD.encode(key.public_octets().expect("a public key"));
    format!("v=DKIM1; k=ed25519; p={public}")
}

/// Puts a signature field above a message with LF line ends. In the tags, `bh=*` and `b=*` stand for what is
/// right; of `b=*` there is one at the end.
pub(crate) fn sign(tags: &str, message: &str) -> String {
    sign_with(
        &SigningKey::from_ed25519_seed(&SEED).expect("a key"),
        tags,
        message,
    )
}

pub(crate) fn sign_with(key: &SigningKey, tags: &str, message: &str) -> String {
    let parsed = Message::read(message.as_bytes()).expect("a message");
    let bare = format!("DKIM-Signature: {}", tags.replace("=*", "="));
    let signature = Signature::read(&Field::new(0, bare.as_bytes()).expect("a field"));
    let lengths: Vec<u64> = signature.body_length.into_iter().collect();
    let mut hasher = BodyHasher::with_lengths(signature.body, &lengths);
    hasher.update(parsed.body());
    let digests = hasher.finish();
    let digest = digests.of(signature.body_length).unwrap_or(digests.whole);
    let text = format!(
        "DKIM-Signature: {}",
        tags.replace("bh=*", &format!("bh={}", STANDARD.encode(digest)))
            .replace("b=*", "b=")
    );
    let field = Field::new(0, text.as_bytes()).expect("a field");
    let index = FieldIndex::new(&parsed);
    let choice = index.choose(&signature.signed_fields, None);
    let hash = index.hash(&choice, signature.header, &field, &mut Vec::new());
    let octets = STANDARD.encode(key.sign(&hash).expect("a signature"));
    let b = if tags.contains(" b=*") {
        octets.as_str()
    } else {
        ""
    };
    format!("{text}{b}\n{message}")
}
