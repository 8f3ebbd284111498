//! The field DKIM-Signature (RFC 6376, section 3.5): a list of tags in DKIM's own grammar.
//!
//! `v a b bh d h s` must be there. Tags that nobody knows are ignored; a tag that stands twice, or a piece
//! that is no tag, spoils the field. In internationalized messages, domains may be U-labels (RFC 8616,
//! section 5).
//!
//! Departs from RFC 6376, section 3.5: empty entries in `h=`, as a final colon makes them, are ignored. They
//! name nothing, and verifiers in use pass over them.

use std::borrow::Cow;
use std::str::FromStr as _;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use garant_dns::{Name, Question, RecordType};

use super::canonical::Canonicalization;
use super::field_names::FieldNames;
use super::verification::Failure;
use crate::Span;
use crate::crypto::{Algorithm, DIGEST_OCTETS};
use crate::message::{FIELDS_MAX, Field};
use crate::tag_list::{self, Grammar, Piece};

/// Octets of a signature field that is read. The longest honest ones, with an RSA key of 4,096 bits and copies
/// of all fields, have about ten thousand.
pub const SIGNATURE_OCTETS_MAX: usize = 65_536;
/// Digits of a number at most (RFC 6376, section 3.5, `l=`).
const DIGITS_MAX: usize = 76;

/// Padding may be left out, and bits left over are not looked at: both are signed with the field.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What is wrong with a tag, and where: in the field's value, behind the colon.
pub type SignatureFault = tag_list::Fault<Failure>;

/// A signature field, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// `a=` as written. A stranger's text.
    pub algorithm_text: Option<Cow<'static, str>>,
    /// `a=`, where it is one that counts.
    pub algorithm: Option<Algorithm>,
    /// `b=`: the signature itself.
    pub octets: Vec<u8>,
    /// `bh=`: the hash of the body.
    pub body_hash: Vec<u8>,
    /// `c=` as written. A stranger's text.
    pub canonicalization_text: Option<Cow<'static, str>>,
    /// `c=` for the header.
    pub header: Canonicalization,
    /// `c=` for the body.
    pub body: Canonicalization,
    /// `d=`: the signing domain.
    pub domain: Option<Name>,
    /// `s=`: the selector.
    pub selector: Option<Name>,
    /// `i=`: the agent or user, as written, without folds. A stranger's text.
    pub identity: Option<String>,
    /// The domain of `i=`, or of `d=` where there is none.
    pub identity_domain: Option<Name>,
    /// `h=`: the names of the signed fields.
    pub signed_fields: FieldNames,
    /// `l=`: octets of the canonical body that are signed.
    pub body_length: Option<u64>,
    /// `t=`: when it was made, in seconds since 1970.
    pub signed_at: Option<u64>,
    /// `x=`: until when it counts, in seconds since 1970.
    pub expires_at: Option<u64>,
    /// `z=`: fields as they were when it was made. Strangers' texts.
    pub copies: Vec<CopiedField>,
    /// What is wrong, the weightiest first.
    pub faults: Vec<SignatureFault>,
    pub(super) question: Option<Question>,
}

/// A field as the signer saw it (`z=`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedField {
    /// Its name.
    pub name: String,
    /// Its value, decoded.
    pub value: Vec<u8>,
}

impl Signature {
    /// Reads a field DKIM-Signature, whatever stands in it. The work is linear in the field.
    pub fn read(field: &Field<'_>) -> Self {
        let text = field.raw_value();
        let mut signature = Self::default();
        let whole = Span {
            start: 0,
            end: text.len(),
        };
        if field.octets().len() > SIGNATURE_OCTETS_MAX {
            signature.fault(whole, Failure::Malformed);
            return signature;
        }
        let mut seen = tag_list::Seen::default();
        for piece in tag_list::pieces(text, Grammar::Dkim) {
            let Piece::Tag { span, name, value } = piece else {
                signature.fault(piece.span(), Failure::Malformed);
                break;
            };
            let name = tag_list::octets(text, name);
            if !seen.insert(name) {
                signature.fault(span, Failure::Malformed);
                break;
            }
            if let Err(failure) = signature.read_tag(name, tag_list::octets(text, value)) {
                signature.fault(span, failure);
            }
        }
        let end = Span {
            start: text.len(),
            end: text.len(),
        };
        for tag in ["v", "a", "b", "bh", "d", "h", "s"] {
            if !seen.contains(tag.as_bytes()) {
                signature.fault(end, Failure::TagAbsent(tag));
            }
        }
        signature.compare(whole);
        signature.faults.sort_by_key(|fault| weight(fault.reason));
        signature
    }

    fn fault(&mut self, span: Span, reason: Failure) {
        self.faults.push(SignatureFault { span, reason });
    }

    fn read_tag(&mut self, name: &[u8], value: &[u8]) -> Result<(), Failure> {
        let text = || String::from_utf8_lossy(value);
        match name {
            b"v" if value == b"1" => {}
            b"v" => return Err(Failure::TagInvalid("v")),
            b"a" => {
                self.algorithm_text = Some(written(value, &["rsa-sha256", "ed25519-sha256"]));
                // The grammar's words are case-insensitive (RFC 5234, section 2.3).
                let is = |word: &str| value.eq_ignore_ascii_case(word.as_bytes());
                self.algorithm = [Algorithm::RsaSha256, Algorithm::Ed25519Sha256]
                    .into_iter()
                    .find(|known| is(known.as_str()));
                return match self.algorithm {
                    Some(_) => Ok(()),
                    None if is("rsa-sha1") => Err(Failure::Sha1),
                    None => Err(Failure::UnknownAlgorithm),
                };
            }
            b"b" => {
                self.octets = decode(value)
                    .filter(|octets| !octets.is_empty())
                    .ok_or(Failure::TagInvalid("b"))?;
            }
            b"bh" => {
                self.body_hash = decode(value)
                    .filter(|octets| !octets.is_empty())
                    .ok_or(Failure::TagInvalid("bh"))?;
            }
            b"c" => {
                self.canonicalization_text = Some(written(value, &["relaxed/relaxed"]));
                let mut parts = value.split(|octet| *octet == b'/');
                let mut next = || parts.next().map(canonicalization);
                let (header, body) = (next(), next());
                let (Some(Some(header)), Some(body), None) = (
                    header,
                    body.unwrap_or(Some(Canonicalization::Simple)),
                    next(),
                ) else {
                    return Err(Failure::TagInvalid("c"));
                };
                (self.header, self.body) = (header, body);
            }
            b"d" => {
                let domain = Name::from_input(&text()).ok();
                // A domain that mail is sent from has two labels at least (section 3.5).
                self.domain = domain.filter(|domain| domain.label_count() >= 2);
                return self
                    .domain
                    .as_ref()
                    .map(drop)
                    .ok_or(Failure::TagInvalid("d"));
            }
            b"s" => {
                self.selector = Name::from_input(&text()).ok();
                return self
                    .selector
                    .as_ref()
                    .map(drop)
                    .ok_or(Failure::TagInvalid("s"));
            }
            b"i" => {
                let plain = without_white_space(value);
                self.identity = Some(String::from_utf8_lossy(&plain).into_owned());
                let plain = unquote(&plain);
                let domain = memchr::memrchr(b'@', &plain)
                    .and_then(|at| std::str::from_utf8(&plain[at + 1..]).ok())
                    .and_then(|domain| Name::from_input(domain).ok());
                self.identity_domain = domain;
                return self
                    .identity_domain
                    .as_ref()
                    .map(drop)
                    .ok_or(Failure::TagInvalid("i"));
            }
            b"h" => self.signed_fields = FieldNames::read(value).ok_or(Failure::TagInvalid("h"))?,
            b"l" => self.body_length = Some(number(value).ok_or(Failure::TagInvalid("l"))?),
            b"t" => self.signed_at = Some(number(value).ok_or(Failure::TagInvalid("t"))?),
            b"x" => self.expires_at = Some(number(value).ok_or(Failure::TagInvalid("x"))?),
            b"q" => {
                let is_dns = |method: &[u8]| method.trim_ascii().eq_ignore_ascii_case(b"dns/txt");
                if !value.split(|octet| *octet == b':').any(is_dns) {
                    return Err(Failure::TagInvalid("q"));
                }
            }
            b"z" => self.copies = copies(value),
            _ => {}
        }
        Ok(())
    }

    /// Holds tags against each other. What was not read was told already.
    fn compare(&mut self, whole: Span) {
        if !self.body_hash.is_empty()
            && self.algorithm.is_some()
            && self.body_hash.len() != DIGEST_OCTETS
        {
            self.fault(whole, Failure::TagInvalid("bh"));
        }
        if let (Some(signed_at), Some(expires_at)) = (self.signed_at, self.expires_at)
            && expires_at <= signed_at
        {
            self.fault(whole, Failure::TagInvalid("x"));
        }
        if !self.signed_fields.is_empty() && !self.signed_fields.contains("from") {
            self.fault(whole, Failure::FromNotSigned);
        }
        if self.identity.is_none() {
            self.identity_domain.clone_from(&self.domain);
        }
        if let (Some(domain), Some(identity)) = (&self.domain, &self.identity_domain)
            && !identity.is_within(domain)
        {
            self.fault(whole, Failure::IdentityOutsideDomain);
        }
        if let (Some(domain), Some(selector)) = (&self.domain, &self.selector) {
            let name = [selector.as_str(), "._domainkey.", domain.as_str()].concat();
            match Name::from_str(&name) {
                Ok(name) => self.question = Some(Question::new(name, RecordType::Txt)),
                // The two together are too long for a name.
                Err(_) => self.fault(whole, Failure::TagInvalid("s")),
            }
        }
    }

    /// Why it cannot be verified; nothing where it can.
    pub fn failure(&self) -> Option<Failure> {
        self.faults.first().map(|fault| fault.reason)
    }

    /// The question for its key (RFC 6376, section 3.6.2.1).
    pub fn key_question(&self) -> Option<&Question> {
        self.question.as_ref()
    }
}

/// What spoils more comes first; equal ones stand in the order of the text.
fn weight(failure: Failure) -> u8 {
    match failure {
        Failure::Malformed => 0,
        Failure::TagInvalid("v") => 1,
        Failure::TagAbsent(_) => 2,
        Failure::TagInvalid(_) => 3,
        Failure::FromNotSigned | Failure::IdentityOutsideDomain => 4,
        // Its kind alone makes it useless; the rest is as it should be.
        _ => 5,
    }
}

fn canonicalization(word: &[u8]) -> Option<Canonicalization> {
    [Canonicalization::Simple, Canonicalization::Relaxed]
        .into_iter()
        .find(|known| word.eq_ignore_ascii_case(known.as_str().as_bytes()))
}

/// A text as it was written: one of the usual ones, or its own.
fn written(value: &[u8], usual: &[&'static str]) -> Cow<'static, str> {
    match usual.iter().find(|usual| usual.as_bytes() == value) {
        Some(usual) => Cow::Borrowed(usual),
        None => Cow::Owned(String::from_utf8_lossy(value).into_owned()),
    }
}

/// A number of the grammar. One that is too large for us is as good as the largest.
fn number(value: &[u8]) -> Option<u64> {
    if value.is_empty() || value.len() > DIGITS_MAX || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(value.iter().fold(0_u64, |number, digit| {
        number
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    }))
}

/// Base64 with white space in it.
pub(crate) fn decode(value: &[u8]) -> Option<Vec<u8>> {
    BASE64.decode(without_white_space(value)).ok()
}

fn without_white_space(value: &[u8]) -> Cow<'_, [u8]> {
    let is_white_space = |octet: u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
    // In one pass, which the compiler makes vectors of.
    if !(value.iter()).fold(false, |any, octet| any | is_white_space(*octet)) {
        return Cow::Borrowed(value);
    }
    let mut bare = Vec::with_capacity(value.len());
    let mut start = 0;
    for end in memchr::memchr3_iter(b'\n', b' ', b'\t', value).chain([value.len()]) {
        let word = &value[start..end];
        bare.extend_from_slice(word.strip_suffix(b"\r").unwrap_or(word));
        start = end + 1;
    }
    if memchr::memchr(b'\r', &bare).is_some() {
        bare.retain(|octet| *octet != b'\r');
    }
    Cow::Owned(bare)
}

/// Octets of DKIM's quoted-printable (RFC 6376, section 2.11); what is no escape stays.
fn unquote(value: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'='
            && let [high, low, tail @ ..] = tail
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            plain.push(high << 4 | low);
            rest = tail;
        } else {
            plain.push(*first);
        }
    }
    plain
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn copies(value: &[u8]) -> Vec<CopiedField> {
    value
        .split(|octet| *octet == b'|')
        .filter_map(|copy| {
            let copy = without_white_space(copy);
            let colon = memchr::memchr(b':', &copy)?;
            Some(CopiedField {
                name: String::from_utf8_lossy(&copy[..colon]).into_owned(),
                value: unquote(&copy[colon + 1..]),
            })
        })
        .take(FIELDS_MAX)
        .collect()
}
