//! DKIM key records (RFC 6376, section 3.6.1; RFC 8301 on key sizes and SHA-1; RFC 8463 on Ed25519).
//!
//! A list of tags in DKIM's own grammar: `v=DKIM1` (optional, but first), `k` the key type, `p` the key in
//! base64 (empty when it was withdrawn), `h` and `s` the hashes and services that it is for, `t` flags, `n`
//! notes. Unknown tags, flags, hashes and services are ignored; an unknown key type or another version
//! makes the record useless. White space inside `p` means nothing. A selector has one TXT record (section
//! 3.6.2.2); with several, each receiver takes another.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use garant_dns::{Answer, Name, Status, Txt};

use super::public_key::{KeyError, Material, PublicKey, ed25519, rsa, unwrap_ed25519};
use crate::Span;
use crate::look_alike;
use crate::tag_list::{self, Grammar, Piece, Tag};

/// RSA keys of fewer bits must not be accepted (RFC 8301, section 3.2).
pub const SHORT_KEY_BITS: usize = 1024;
/// RSA keys should have this many bits at least (RFC 8301, section 3.2).
pub const WEAK_KEY_BITS: usize = 2048;

/// Base64 as RFC 6376, section 2.10 has it: padding may be left out. Bits left over are not looked at.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What `k=` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// `rsa`, the default.
    Rsa,
    /// `ed25519`.
    Ed25519,
    /// Something that no receiver knows.
    Unknown,
}

/// The tags that say nothing about the key itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotesAndFlags {
    /// Flag `y`: the domain is testing DKIM; receivers treat its mail as unsigned.
    pub testing: bool,
    /// Flag `s`: the domain of `i=` must be that of `d=`, not one beneath it.
    pub same_domain: bool,
    /// `n=`: notes for people.
    pub notes: Option<String>,
}

/// One text at a selector, read as a key record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    octets: Vec<u8>,
    /// `k=`.
    pub key_type: KeyType,
    /// `h=`: the hashes it may be used with; all when absent.
    pub hashes: Option<Tag<Vec<String>>>,
    /// `s=`: the services it is for; all when absent.
    pub services: Option<Tag<Vec<String>>>,
    /// `t=` and `n=`.
    pub other: NotesAndFlags,
    /// The key, as far as it can be read, even when a fault makes the record useless.
    pub key: Option<PublicKey>,
    /// Whether the key was withdrawn: `p=` is there and empty.
    pub is_revoked: bool,
    /// What is wrong or odd, in the order of the text.
    pub faults: Vec<Fault>,
    p: Option<Tag<String>>,
    /// What `p=` decodes to, where it is a key.
    key_octets: Vec<u8>,
}

/// Something wrong or odd in a record, and where.
pub type Fault = tag_list::Fault<Reason>;

/// What is wrong or odd with a key record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `v=` is not the first tag.
    VersionNotFirst,
    /// `v=` has another value than `DKIM1`.
    VersionUnknown {
        /// The value.
        value: String,
    },
    /// No `p=`.
    NoKey,
    /// The text is no list of tags: this piece is at fault.
    Unreadable,
    /// A tag stands twice, which spoils the whole list (RFC 6376, section 3.2).
    DuplicateTag {
        /// Its name.
        name: String,
    },
    /// Quotes or backslashes are part of the data, and without them the record would be right.
    Quoted,
    /// PEM lines stand in `p=`.
    PemArmor {
        /// Whether they say that it is a private key.
        private: bool,
    },
    /// `p=` has a character that is not base64.
    NotBase64 {
        /// The character.
        character: char,
        /// Its position in the record, in characters from 1.
        column: usize,
    },
    /// The key ends too early.
    Truncated {
        /// Octets that the key says it has.
        expected: usize,
        /// Octets there are.
        found: usize,
    },
    /// The octets of `p=` are no public key.
    KeyFormat,
    /// An Ed25519 key with its DER wrapping.
    Ed25519Wrapped,
    /// `k=` names a type that no receiver knows.
    KeyTypeUnknown {
        /// The type.
        value: String,
    },
    /// The key is of another type than `k=` says.
    KeyTypeMismatch {
        /// What `k=` says; `rsa` when it is absent.
        value: &'static str,
        /// What the key is.
        found: Material,
    },
    /// An RSA key of fewer than [`SHORT_KEY_BITS`] bits.
    ShortKey {
        /// Its bits.
        bits: usize,
    },
    /// `h=` allows SHA-1 and not SHA-256; receivers must not accept SHA-1 (RFC 8301, section 3.1).
    Sha1Only,
    /// `h=` allows no hash that receivers know.
    HashUnknown {
        /// The hashes.
        value: String,
    },
    /// `s=` excludes mail.
    OtherService {
        /// The services.
        value: String,
    },
    /// `t=y`.
    Testing,
    /// An RSA key wrapped as PKCS #1.
    Pkcs1,
}

impl Reason {
    /// Whether it makes the record useless for every receiver.
    pub fn is_fatal(&self) -> bool {
        !matches!(
            self,
            Self::Testing | Self::Pkcs1 | Self::OtherService { .. }
        )
    }
}

impl KeyRecord {
    /// Reads the joined text of a TXT record as a key record, whatever it is.
    pub fn parse(text: &[u8]) -> Self {
        let record = Self::read(text);
        if !record.is_fatal() || !text.iter().any(|octet| matches!(octet, b'"' | b'\\')) {
            return record;
        }
        // Quotes and backslashes break tags in many ways. When the record is right without them, they
        // are what is wrong, and nothing else.
        let bare = Self::read(unquoted(text).as_bytes());
        if bare.is_fatal() {
            return record;
        }
        let start = text
            .iter()
            .position(|octet| matches!(octet, b'"' | b'\\'))
            .unwrap_or(0);
        let span = Span {
            start,
            end: start + 1,
        };
        Self {
            faults: vec![Fault {
                span,
                reason: Reason::Quoted,
            }],
            ..record
        }
    }

    fn read(text: &[u8]) -> Self {
        let mut record = Self {
            octets: text.to_vec(),
            key_type: KeyType::Rsa,
            hashes: None,
            services: None,
            other: NotesAndFlags::default(),
            key: None,
            is_revoked: false,
            faults: Vec::new(),
            p: None,
            key_octets: Vec::new(),
        };
        let mut seen = tag_list::Seen::default();
        for (at, piece) in tag_list::split(text, Grammar::Dkim).iter().enumerate() {
            let Piece::Tag { span, name, value } = *piece else {
                // One is enough: the list is spoilt.
                if !record.has(&Reason::Unreadable) {
                    record.fault(piece.span(), Reason::Unreadable);
                }
                continue;
            };
            let octets = tag_list::octets(text, name);
            let name = String::from_utf8_lossy(octets);
            if seen.insert(octets) {
                record.read_tag(at, &name, span, value);
            } else if !record
                .faults
                .iter()
                .any(|fault| matches!(fault.reason, Reason::DuplicateTag { .. }))
            {
                let name = name.into_owned();
                record.fault(span, Reason::DuplicateTag { name });
            }
        }
        record.read_key();
        record.faults.sort_by_key(|fault| fault.span.start);
        record
    }

    fn fault(&mut self, span: Span, reason: Reason) {
        self.faults.push(Fault { span, reason });
    }

    fn has(&self, reason: &Reason) -> bool {
        self.faults.iter().any(|fault| fault.reason == *reason)
    }

    fn read_tag(&mut self, at: usize, name: &str, span: Span, value_span: Span) {
        let value = tag_list::lossy(&self.octets, value_span);
        let list = |value| Tag {
            span,
            value_span,
            value,
        };
        match name {
            "v" => {
                if value != "DKIM1" {
                    self.fault(span, Reason::VersionUnknown { value });
                } else if at != 0 {
                    self.fault(span, Reason::VersionNotFirst);
                }
            }
            // The grammar's words are case-insensitive (RFC 5234, section 2.3).
            "k" if value.eq_ignore_ascii_case("rsa") => {}
            "k" if value.eq_ignore_ascii_case("ed25519") => self.key_type = KeyType::Ed25519,
            "k" => {
                self.key_type = KeyType::Unknown;
                self.fault(span, Reason::KeyTypeUnknown { value });
            }
            "h" => {
                let hashes = words(&value);
                let allows = |hash: &str| hashes.iter().any(|h| h.eq_ignore_ascii_case(hash));
                if !allows("sha256") {
                    let reason = if allows("sha1") {
                        Reason::Sha1Only
                    } else {
                        Reason::HashUnknown { value }
                    };
                    self.fault(span, reason);
                }
                self.hashes = Some(list(hashes));
            }
            "s" => {
                let services = words(&value);
                let is_mail = |s: &String| s == "*" || s.eq_ignore_ascii_case("email");
                if !services.iter().any(is_mail) {
                    self.fault(span, Reason::OtherService { value });
                }
                self.services = Some(list(services));
            }
            "t" => {
                for flag in words(&value) {
                    match flag.as_str() {
                        "y" | "Y" => self.other.testing = true,
                        "s" | "S" => self.other.same_domain = true,
                        _ => {}
                    }
                }
                if self.other.testing {
                    self.fault(span, Reason::Testing);
                }
            }
            "n" => self.other.notes = Some(value),
            "p" => {
                self.p = Some(Tag {
                    span,
                    value_span,
                    value,
                });
            }
            _ => {}
        }
    }

    /// What stands in `p=` beside base64, or instead of it; the octets, where they can be had all the same.
    fn odd_octets(&mut self, span: Span, value_span: Span) -> Option<Vec<u8>> {
        let mut value = tag_list::octets(&self.octets, value_span).to_vec();
        if let Some((bare, private)) = without_pem_lines(&value) {
            value = bare;
            self.fault(span, Reason::PemArmor { private });
        } else if let Some((at, character)) = not_base64(&value) {
            let start = value_span.start + at;
            let column = tag_list::column(&self.octets, start);
            let end = start + character.len_utf8();
            self.fault(Span { start, end }, Reason::NotBase64 { character, column });
            return None;
        }
        let octets = decode(&value);
        if octets.is_none() {
            self.fault(value_span, Reason::KeyFormat);
        }
        octets
    }

    fn read_key(&mut self) {
        let Some(p) = &self.p else {
            let end = self.octets.len();
            return self.fault(Span { start: end, end }, Reason::NoKey);
        };
        let (span, value_span) = (p.span, p.value_span);
        let value = tag_list::octets(&self.octets, value_span);
        if value.is_empty() {
            self.is_revoked = true;
            return;
        }
        // Most keys are base64 and nothing else.
        let octets = BASE64.decode(value).ok();
        let Some(octets) = octets.or_else(|| self.odd_octets(span, value_span)) else {
            return;
        };
        let key = match self.key_type {
            KeyType::Rsa => rsa(&octets),
            KeyType::Ed25519 => ed25519(&octets),
            // Nobody knows what its key looks like.
            KeyType::Unknown => return,
        };
        let reason = match key {
            Ok(key) => {
                self.key = Some(key);
                self.key_octets = octets;
                match key {
                    PublicKey::Rsa { bits, .. } if bits < SHORT_KEY_BITS => {
                        Reason::ShortKey { bits }
                    }
                    PublicKey::Rsa {
                        encoding: super::Encoding::Pkcs1,
                        ..
                    } => Reason::Pkcs1,
                    _ => return,
                }
            }
            Err(KeyError::Truncated { expected, found }) => Reason::Truncated { expected, found },
            Err(KeyError::Other(found)) => Reason::KeyTypeMismatch {
                value: match self.key_type {
                    KeyType::Ed25519 => "ed25519",
                    KeyType::Rsa | KeyType::Unknown => "rsa",
                },
                found,
            },
            Err(KeyError::Ed25519Wrapped) => Reason::Ed25519Wrapped,
            Err(KeyError::Malformed) => Reason::KeyFormat,
        };
        self.fault(value_span, reason);
    }

    /// The text, each octet that is no UTF-8 replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.octets)
    }

    /// The part of the text that a span names, as [`KeyRecord::text`] has it.
    pub fn text_of(&self, span: Span) -> String {
        tag_list::lossy(&self.octets, span)
    }

    /// The octets of `p=` with white space and PEM lines left out, decoded; nothing when they are no
    /// base64. This is what two records are compared by.
    pub fn key_octets(&self) -> Option<Vec<u8>> {
        let value = tag_list::octets(&self.octets, self.p.as_ref()?.value_span);
        let bare = without_pem_lines(value);
        decode(bare.as_ref().map_or(value, |(bare, _)| bare))
    }

    /// What `p=` decodes to, where it is a key: with its DER wrapping, if it has one. Empty where there is none.
    pub(crate) fn key_der(&self) -> &[u8] {
        &self.key_octets
    }

    /// Whether some fault makes the record useless for every receiver.
    pub fn is_fatal(&self) -> bool {
        self.faults.iter().any(|fault| fault.reason.is_fatal())
    }

    /// Whether receivers can check mail with it: a key, no fatal fault, and mail among its services.
    pub fn is_usable_for_mail(&self) -> bool {
        let other = |fault: &Fault| matches!(fault.reason, Reason::OtherService { .. });
        self.key.is_some() && !self.is_fatal() && !self.faults.iter().any(other)
    }

    /// `valid`, `revoked` or `invalid`.
    pub fn result(&self) -> &'static str {
        match (self.is_fatal(), self.is_revoked) {
            (true, _) => "invalid",
            (false, true) => "revoked",
            (false, false) => "valid",
        }
    }

    /// Whether the text was meant to be a key record: it has a `p=`, or a version that begins like DKIM's.
    pub fn is_meant_as_key(&self) -> bool {
        let other_version = self.faults.iter().any(|fault| {
            matches!(&fault.reason, Reason::VersionUnknown { value }
                if !value.get(..4).is_some_and(|v| v.eq_ignore_ascii_case("dkim")))
        });
        let begins = |beginnings: &[&[u8]]| {
            let text = unquoted(&self.octets);
            let text = text.trim_start().as_bytes();
            beginnings.iter().any(|beginning| {
                text.get(..beginning.len())
                    .is_some_and(|text| text.eq_ignore_ascii_case(beginning))
            })
        };
        !other_version && (self.p.is_some() || begins(&[b"v=DKIM", b"k=rsa"]))
    }

    /// The record with all repaired that can be: `v=DKIM1` first, quotes and PEM lines gone, the key type
    /// that fits the key, an Ed25519 key without its wrapping, no `h` or `s` that excludes mail, the
    /// second of two equal tags dropped. Nothing when no valid record comes of it.
    pub fn repaired(&self) -> Option<String> {
        let text = unquoted(look_alike::to_ascii(&self.octets).as_bytes());
        let record = Self::read(text.as_bytes());
        let value = record.p.as_ref()?;
        let value = tag_list::octets(&record.octets, value.value_span);
        let bare = match without_pem_lines(value) {
            Some((_, true)) => return None,
            Some((bare, false)) => bare,
            None => value.to_vec(),
        };
        let mut octets = decode(&bare)?;
        if let Some(raw) = unwrap_ed25519(&octets) {
            octets = raw.to_vec();
        }
        let says_ed25519 = record.key_type == KeyType::Ed25519;
        let key_type = match rsa(&octets) {
            Ok(_) => "rsa",
            Err(KeyError::Other(Material::Ed25519)) => "ed25519",
            Err(_) if says_ed25519 && ed25519(&octets).is_ok() => "ed25519",
            Err(_) if octets.is_empty() => "rsa",
            Err(_) => return None,
        };
        let mut text = format!("v=DKIM1; k={key_type}");
        let mut seen = BTreeSet::from(["v".to_owned(), "k".to_owned(), "p".to_owned()]);
        let drops_hashes = record
            .faults
            .iter()
            .any(|fault| matches!(fault.reason, Reason::Sha1Only | Reason::HashUnknown { .. }));
        let drops_services = record
            .faults
            .iter()
            .any(|fault| matches!(fault.reason, Reason::OtherService { .. }));
        for piece in tag_list::split(&record.octets, Grammar::Dkim) {
            let Piece::Tag { name, value, .. } = piece else {
                continue;
            };
            let name = tag_list::lossy(&record.octets, name);
            let dropped = (name == "h" && drops_hashes) || (name == "s" && drops_services);
            if seen.insert(name.clone()) && !dropped {
                let value = tag_list::lossy(&record.octets, value);
                text.push_str(&format!("; {name}={value}"));
            }
        }
        text.push_str(&format!("; p={}", BASE64.encode(&octets)));
        (!Self::read(text.as_bytes()).is_fatal()).then_some(text)
    }

    /// The record without its testing flag, other flags kept.
    pub fn without_testing(&self) -> String {
        let mut kept = Vec::new();
        for piece in tag_list::split(&self.octets, Grammar::Dkim) {
            let text = tag_list::lossy(&self.octets, piece.span());
            let Piece::Tag { name, value, .. } = piece else {
                kept.push(text);
                continue;
            };
            if tag_list::octets(&self.octets, name) != b"t" {
                kept.push(text);
                continue;
            }
            let mut flags = words(&tag_list::lossy(&self.octets, value));
            flags.retain(|flag| !flag.eq_ignore_ascii_case("y"));
            if !flags.is_empty() {
                kept.push(format!("t={}", flags.join(":")));
            }
        }
        kept.join("; ")
    }
}

/// The words of a list with colons between.
fn words(value: &str) -> Vec<String> {
    value
        .split(':')
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The text without quotes, the white space between two strings of a pasted record, and backslashes.
fn unquoted(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut bare = String::with_capacity(text.len());
    for (at, part) in text.split('"').enumerate() {
        // The first part and every second one after it stand outside of quotes.
        let is_between = at > 0 && at % 2 == 0 && part.trim().is_empty();
        if !is_between {
            bare.extend(part.chars().filter(|c| *c != '\\'));
        }
    }
    bare.trim().to_owned()
}

/// A value without its `-----BEGIN …-----` and `-----END …-----` lines, and whether they speak of a
/// private key; nothing when it has none.
fn without_pem_lines(value: &[u8]) -> Option<(Vec<u8>, bool)> {
    memchr::memmem::find(value, b"-----")?;
    let text = String::from_utf8_lossy(value);
    // Every second part stands between dashes: it is a line's words.
    let mut parts = text.split("-----").enumerate();
    let mut bare = String::new();
    let mut private = false;
    for (at, part) in parts.by_ref() {
        if at % 2 == 0 {
            bare.push_str(part);
        } else {
            private |= part.contains("PRIVATE");
        }
    }
    Some((bare.into_bytes(), private))
}

fn is_white_space(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r' | b'\n')
}

/// The first character that is neither base64, padding at the end, nor white space, and its octet.
fn not_base64(value: &[u8]) -> Option<(usize, char)> {
    let mut padding = 0;
    let at = value.iter().position(|octet| match octet {
        b'=' => {
            padding += 1;
            padding > 2
        }
        _ if is_white_space(*octet) => false,
        b'+' | b'/' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => padding > 0,
        _ => true,
    })?;
    let rest = &value[at..];
    let character = rest
        .utf8_chunks()
        .next()
        .and_then(|chunk| chunk.valid().chars().next())
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((at, character))
}

/// Decodes base64 with white space in it. One character too many, as a cut may leave it, is let go; what
/// is missing then shows in the octets.
fn decode(value: &[u8]) -> Option<Vec<u8>> {
    let mut digits: Vec<u8> = value
        .iter()
        .copied()
        .filter(|octet| !is_white_space(*octet) && *octet != b'=')
        .collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    BASE64.decode(digits).ok()
}

/// What stands at one selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// How the look-up ended.
    pub status: Status,
    /// The name at the end of an alias that does not exist.
    pub dangling: Option<Name>,
    /// How many TXT records there are.
    pub count: usize,
    /// Those that were meant to be key records.
    pub keys: Vec<KeyRecord>,
    /// Those that were not.
    pub others: Vec<Txt>,
    /// The whole key, when it was cut into two records.
    pub joined: Option<String>,
}

impl Selection {
    /// The key record, when it is the only text.
    pub fn key(&self) -> Option<&KeyRecord> {
        match self.keys.as_slice() {
            [key] if self.count == 1 => Some(key),
            _ => None,
        }
    }

    /// `none`, `valid`, `revoked`, `invalid` (more than one text counts as that) or `temperror`.
    pub fn result(&self) -> &'static str {
        if !self.status.is_definite() {
            return "temperror";
        }
        match (self.key(), self.keys.is_empty()) {
            (Some(key), _) => key.result(),
            (None, true) => "none",
            (None, false) => "invalid",
        }
    }
}

/// Sorts the texts at a selector.
pub fn select(answer: &Answer) -> Selection {
    let texts: Vec<Txt> = answer.texts().cloned().collect();
    let mut keys = Vec::new();
    let mut others = Vec::new();
    for txt in &texts {
        let record = KeyRecord::parse(&txt.joined());
        if record.is_meant_as_key() {
            keys.push(record);
        } else {
            others.push(txt.clone());
        }
    }
    let dangling = answer.aliases.last().filter(|_| {
        // An alias of a name that exists without texts leads nowhere just as well.
        matches!(answer.status, Status::NxDomain | Status::NoData)
    });
    Selection {
        status: answer.status,
        dangling: dangling.map(|alias| alias.target.clone()),
        count: texts.len(),
        keys,
        others,
        joined: split_in_two(&texts),
    }
}

/// The whole record, when exactly two texts are the two parts of one key: the first has tags, the second
/// only base64, and joined they are a valid record that the first alone is not.
pub fn split_in_two(texts: &[Txt]) -> Option<String> {
    let [one, two] = texts else {
        return None;
    };
    [(one, two), (two, one)]
        .into_iter()
        .find_map(|(head, tail)| {
            let (head, tail) = (head.joined(), tail.joined());
            let is_tail = !tail.is_empty() && not_base64(&tail).is_none();
            if !is_tail || !KeyRecord::parse(&head).is_fatal() {
                return None;
            }
            let whole = [head, tail].concat();
            let record = KeyRecord::parse(&whole);
            (!record.is_fatal() && record.key.is_some()).then(|| record.text().into_owned())
        })
}
