//! Seals messages for tests, hop by hop, with tags as they are given, right or wrong.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use garant_msgauth::crypto::{Digest, Sha256, SigningKey};
use garant_msgauth::dkim::canonical::{self, Canonicalization};
use garant_msgauth::dkim::{BodyHasher, FieldIndex, FieldNames};
use garant_msgauth::message::{Field, Message};

/// A message on its way, with LF line ends.
pub(crate) struct Way {
    message: String,
    /// One key of all sealers, in the place of those of [`key_of`].
    key: Option<SigningKey>,
    /// The fields of each set, in the order in which they are sealed.
    sets: Vec<[String; 3]>,
}

/// What one hop does.
#[derive(Clone, Copy)]
pub(crate) struct Hop<'a> {
    /// `d=`; its key is that of [`key_of`].
    pub(crate) domain: &'a str,
    /// What it found, behind its own name.
    pub(crate) results: &'a str,
    /// `cv=`.
    pub(crate) chain_value: &'a str,
    /// `h=` of the message signature.
    pub(crate) signed: &'a str,
    /// Tags of the seal besides.
    pub(crate) seal_tags: &'a str,
}

impl<'a> Hop<'a> {
    /// A hop that does what it should.
    pub(crate) fn of(domain: &'a str, chain_value: &'a str) -> Self {
        Self {
            domain,
            results: "spf=pass smtp.mailfrom=exemple.fr",
            chain_value,
            signed: "from:to:subject",
            seal_tags: "",
        }
    }
}

/// The key of a sealer.
fn key_of(domain: &str) -> SigningKey {
    SigningKey::from_ed25519_seed(&Sha256::of(domain.as_bytes())).expect("a key")
}

/// The name and the record of a sealer's key.
pub(crate) fn record_of(domain: &str) -> (String, String) {
    let public = key_of(domain).public_octets().expect("a public key");
    let record = format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(public));
    (format!("arc._domainkey.{domain}"), record)
}

impl Way {
    /// Of a message that nobody sealed yet.
    pub(crate) fn new(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            key: None,
            sets: Vec::new(),
        }
    }

    /// The same, sealed by everybody with this key.
    #[allow(dead_code, reason = "another test uses it")]
    pub(crate) fn with_key(self, key: SigningKey) -> Self {
        let key = Some(key);
        Self { key, ..self }
    }

    /// A sealer's signature, in base64.
    fn sign(&self, domain: &str, digest: &Digest) -> String {
        let own = key_of(domain);
        let key = self.key.as_ref().unwrap_or(&own);
        STANDARD.encode(key.sign(digest).expect("a signature"))
    }

    fn algorithm(&self) -> &'static str {
        let key = self.key.as_ref();
        key.map_or("ed25519-sha256", |key| key.algorithm().as_str())
    }

    /// Changes the message, as a mailing list does.
    pub(crate) fn change(mut self, from: &str, to: &str) -> Self {
        assert!(self.message.contains(from), "{from}");
        self.message = self.message.replace(from, to);
        self
    }

    /// Puts a set above the message.
    pub(crate) fn seal(mut self, hop: Hop<'_>) -> Self {
        let instance = self.sets.len() + 1;
        let Hop { domain, .. } = hop;
        let results = format!(
            "ARC-Authentication-Results: i={instance}; mx.{domain};\n {}\n",
            hop.results
        );
        let signature = self.message_signature(instance, &hop);
        let seal = format!(
            "ARC-Seal: i={instance}; a={}; t=1795343000; cv={}; d={domain}; s=arc;{}\n b=",
            self.algorithm(),
            hop.chain_value,
            hop.seal_tags
        );
        let mut sealed = Vec::new();
        if hop.chain_value != "fail" {
            for text in self.sets.iter().flatten() {
                canonical::field(Canonicalization::Relaxed, &field(text), &mut sealed);
            }
        }
        canonical::field(Canonicalization::Relaxed, &field(&results), &mut sealed);
        canonical::field(Canonicalization::Relaxed, &field(&signature), &mut sealed);
        canonical::signature_field(Canonicalization::Relaxed, &field(&seal), &mut sealed);
        let seal = format!("{seal}{}\n", self.sign(domain, &Sha256::of(&sealed)));
        self.message = format!("{seal}{signature}{results}{}", self.message);
        self.sets.push([results, signature, seal]);
        self
    }

    fn message_signature(&self, instance: usize, hop: &Hop<'_>) -> String {
        let message = Message::read(self.message.as_bytes()).expect("a message");
        let mut hasher = BodyHasher::new(Canonicalization::Relaxed);
        hasher.update(message.body());
        let text = format!(
            "ARC-Message-Signature: i={instance}; a={}; c=relaxed/relaxed; d={};\n s=arc; h={}; bh={};\n b=",
            self.algorithm(),
            hop.domain,
            hop.signed,
            STANDARD.encode(hasher.finish().whole),
        );
        let index = FieldIndex::new(&message);
        let names: FieldNames = hop.signed.split(':').collect();
        let choice = index.choose(&names, None);
        let digest = index.hash(
            &choice,
            Canonicalization::Relaxed,
            &field(&text),
            &mut Vec::new(),
        );
        format!("{text}{}\n", self.sign(hop.domain, &digest))
    }

    /// The message as it stands.
    pub(crate) fn message(self) -> String {
        self.message
    }

    /// The message without one field of one set.
    pub(crate) fn without(&self, instance: usize, field: usize) -> String {
        self.message
            .replacen(&self.sets[instance - 1][field], "", 1)
    }
}

fn field(text: &str) -> Field<'_> {
    Field::new(0, text.as_bytes()).expect("a field")
}
