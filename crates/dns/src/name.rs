//! Domain names (RFC 1035, section 2.3.4), always lower-case A-labels (RFC 5890).
//!
//! A name is kept as its presentation form without the final dot; the root is the empty string.
//! Octets that are not letters, digits, `-` or `_` stand as `\DDD` or `\X` escapes, so that any name
//! that a server may send has exactly one text here.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Octets in a label at most (RFC 1035, section 2.3.4).
pub const LABEL_OCTETS_MAX: usize = 63;
/// Octets in a name at most, in wire form with all length octets (RFC 1035, section 2.3.4).
pub const NAME_OCTETS_MAX: usize = 255;
/// Characters of typed input that are looked at; no name is longer, with room for escapes and spaces.
pub const INPUT_CHARS_MAX: usize = 1024;

/// A domain name: lower-case A-labels, no final dot, the root is empty. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Arc<str>);

/// Why a text is no domain name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was given.
    #[error("the name is empty")]
    Empty,
    /// Two dots in a row, or a dot at the beginning.
    #[error("a label is empty")]
    EmptyLabel,
    /// A label of more than 63 octets.
    #[error("the label {label:?} is longer than 63 octets")]
    LabelTooLong {
        /// The label as it was given.
        label: String,
    },
    /// More than 255 octets in all.
    #[error("the name is longer than 255 octets")]
    TooLong,
    /// A backslash that is followed by neither three digits up to 255 nor a printable character.
    #[error("a backslash escape is incomplete")]
    BadEscape,
    /// A character that no host or service name has.
    #[error("the character {found:?} cannot stand in a domain name")]
    BadCharacter {
        /// The character.
        found: char,
    },
    /// An internationalized label that UTS 46 refuses.
    #[error("the label {label:?} is not a valid internationalized label")]
    BadIdn {
        /// The whole name as it was given: UTS 46 does not say which label it refused.
        label: String,
    },
}

impl Name {
    /// The root of the DNS.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Reads what a person typed: white space around and one final dot are dropped, internationalized
    /// labels become A-labels (UTS 46), and only letters, digits, `-` and `_` are accepted.
    ///
    /// # Errors
    /// Every way in which the text is no name that can be registered or looked up.
    pub fn from_input(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        let is_host = |octet: u8| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet);
        if text.bytes().all(is_host)
            && !has_ace_label(text)
            && let Some(name) = plain(text)
        {
            return Ok(name);
        }
        let text = text.strip_suffix(['.', '。', '．', '｡']).unwrap_or(text);
        if text.is_empty() {
            return Err(NameError::Empty);
        }
        // One final dot is gone; presentation form would take another one, and `.` for the root.
        if text.ends_with(['.', '。', '．', '｡']) {
            return Err(NameError::EmptyLabel);
        }
        if text.len() > INPUT_CHARS_MAX && text.chars().nth(INPUT_CHARS_MAX).is_some() {
            return Err(NameError::TooLong);
        }
        let ascii = if text.is_ascii() && !has_ace_label(text) {
            Cow::Borrowed(text)
        } else {
            idna::domain_to_ascii_cow(text.as_bytes(), idna::AsciiDenyList::EMPTY).map_err(
                |_| NameError::BadIdn {
                    label: text.to_owned(),
                },
            )?
        };
        if let Some(found) = ascii
            .chars()
            .find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
        {
            return Err(NameError::BadCharacter { found });
        }
        Self::from_str(&ascii)
    }

    /// The name of these wire-form labels, each 1 to 63 octets.
    ///
    /// # Errors
    /// [`NameError::EmptyLabel`], [`NameError::LabelTooLong`] or [`NameError::TooLong`].
    pub fn from_labels<'a>(labels: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, NameError> {
        let mut text = String::new();
        let mut octets = 1;
        for label in labels {
            if label.is_empty() {
                return Err(NameError::EmptyLabel);
            }
            if label.len() > LABEL_OCTETS_MAX {
                let label = String::from_utf8_lossy(label).into_owned();
                return Err(NameError::LabelTooLong { label });
            }
            octets += label.len() + 1;
            if octets > NAME_OCTETS_MAX {
                return Err(NameError::TooLong);
            }
            if !text.is_empty() {
                text.push('.');
            }
            label.iter().for_each(|octet| push_octet(&mut text, *octet));
        }
        Ok(Self(Arc::from(text)))
    }

    /// The text, without a final dot; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The name for people: A-labels as Unicode where UTS 46 allows it, else as it is.
    pub fn to_unicode(&self) -> String {
        if !has_ace_label(&self.0) {
            return self.0.as_ref().to_owned();
        }
        let (text, result) = idna::domain_to_unicode(&self.0);
        if result.is_ok() {
            text
        } else {
            self.0.as_ref().to_owned()
        }
    }

    /// The labels from left to right, escaped as in the text; none for the root.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        let mut starts = Vec::with_capacity(8);
        let bytes = self.0.as_bytes();
        let (mut at, mut start) = (0, 0);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'.' => {
                    starts.push((start, at));
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        if !bytes.is_empty() {
            starts.push((start, bytes.len()));
        }
        starts.into_iter().map(|(from, to)| &self.0[from..to])
    }

    /// How many labels; the root has none.
    pub fn label_count(&self) -> usize {
        if self.is_root() || self.0.contains('\\') {
            return self.labels().count();
        }
        self.0.bytes().filter(|octet| *octet == b'.').count() + 1
    }

    /// The name without its leftmost label; nothing above the root.
    pub fn parent(&self) -> Option<Self> {
        let first = self.labels().next()?;
        Some(Self(Arc::from(self.0.get(first.len() + 1..).unwrap_or(""))))
    }

    /// The rightmost `count` labels, or the whole name when it has fewer.
    pub fn suffix(&self, count: usize) -> Self {
        let labels: Vec<&str> = self.labels().collect();
        let skip = labels.len().saturating_sub(count);
        Self(Arc::from(labels[skip..].join(".")))
    }

    /// This name with `labels` (presentation form, dots between) put before it.
    ///
    /// # Errors
    /// As [`Name::from_str`], notably [`NameError::TooLong`].
    pub fn prefixed(&self, labels: &str) -> Result<Self, NameError> {
        if self.is_root() {
            return Self::from_str(labels);
        }
        let labels = labels.strip_suffix('.').unwrap_or(labels);
        Self::from_str(&[labels, ".", &self.0].concat())
    }

    /// Whether this is `other` itself or stands beneath it, on a label boundary.
    pub fn is_within(&self, other: &Self) -> bool {
        if other.is_root() || self == other {
            return true;
        }
        let Some(head) = self.0.strip_suffix(other.as_str()) else {
            return false;
        };
        // The boundary must be a dot that is not itself escaped.
        head.ends_with('.')
            && head[..head.len() - 1]
                .bytes()
                .rev()
                .take_while(|b| *b == b'\\')
                .count()
                % 2
                == 0
    }

    /// The name in wire form (RFC 1035, section 3.1), uncompressed.
    pub fn to_wire(&self) -> Vec<u8> {
        let mut wire = Vec::with_capacity(self.0.len() + 2);
        for label in self.labels() {
            let at = wire.len();
            wire.push(0);
            unescape(label, &mut wire).expect("a name's text has only valid escapes");
            wire[at] = u8::try_from(wire.len() - at - 1).expect("a label has at most 63 octets");
        }
        wire.push(0);
        wire
    }
}

/// Reads presentation form (RFC 1035, section 5.1), with or without the final dot; `.` is the root.
impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        plain(text).map_or_else(|| escaped(text), Ok)
    }
}

/// The name of any text, label by label.
fn escaped(text: &str) -> Result<Name, NameError> {
    if text == "." {
        return Ok(Name::root());
    }
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    let mut labels: Vec<Vec<u8>> = Vec::with_capacity(8);
    let mut rest = text;
    while !rest.is_empty() {
        let end = label_end(rest);
        let mut label = Vec::with_capacity(end);
        unescape(&rest[..end], &mut label)?;
        labels.push(label);
        rest = rest.get(end + 1..).unwrap_or("");
    }
    Name::from_labels(labels.iter().map(Vec::as_slice))
}

/// The name where nothing has to be escaped and every limit is kept, as in nearly all names.
fn plain(text: &str) -> Option<Name> {
    let text = text.strip_suffix('.').unwrap_or(text);
    // In wire form, each label has an octet before it, and the root one behind them all.
    if text.len() + 2 > NAME_OCTETS_MAX {
        return None;
    }
    let mut label = 0;
    let mut has_upper = false;
    for octet in text.bytes() {
        match octet {
            b'.' if label == 0 => return None,
            b'.' => label = 0,
            b'\\' => return None,
            0x21..=0x7e if label < LABEL_OCTETS_MAX => label += 1,
            _ => return None,
        }
        has_upper |= octet.is_ascii_uppercase();
    }
    (label > 0).then(|| {
        Name(if has_upper {
            Arc::from(text.to_ascii_lowercase())
        } else {
            Arc::from(text)
        })
    })
}

/// Where the first label of a presentation form ends: its first unescaped dot.
fn label_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'.' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn unescape(label: &str, out: &mut Vec<u8>) -> Result<(), NameError> {
    let mut bytes = label.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let first = bytes.next().ok_or(NameError::BadEscape)?;
        if !first.is_ascii_digit() {
            out.push(first);
            continue;
        }
        let mut value = u32::from(first - b'0');
        for _ in 0..2 {
            let digit = bytes
                .next()
                .filter(u8::is_ascii_digit)
                .ok_or(NameError::BadEscape)?;
            value = value * 10 + u32::from(digit - b'0');
        }
        out.push(u8::try_from(value).map_err(|_| NameError::BadEscape)?);
    }
    Ok(())
}

fn push_octet(text: &mut String, octet: u8) {
    match octet {
        b'.' | b'\\' => {
            text.push('\\');
            text.push(char::from(octet));
        }
        0x21..=0x7e => text.push(char::from(octet.to_ascii_lowercase())),
        _ => {
            text.push('\\');
            text.push_str(&format!("{octet:03}"));
        }
    }
}

fn has_ace_label(text: &str) -> bool {
    text.split('.').any(|label| {
        label
            .get(..4)
            .is_some_and(|p| p.eq_ignore_ascii_case("xn--"))
    })
}

/// The text; `.` for the root.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { "." } else { &self.0 })
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::from_str(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expect: Result<&str, &str>) {
        let found = Name::from_input(input)
            .map(|n| n.to_string())
            .map_err(|e| e.to_string());
        assert_eq!(
            found,
            expect.map(str::to_owned).map_err(str::to_owned),
            "{input:?}"
        );
    }

    #[test]
    fn input_becomes_lower_case_a_labels() {
        check("Votreentreprise.FR", Ok("votreentreprise.fr"));
        check("  exemple.fr. ", Ok("exemple.fr"));
        check("crédit.fr", Ok("xn--crdit-csa.fr"));
        check("CRÉDIT。fr", Ok("xn--crdit-csa.fr"));
        check("XN--CRDIT-CSA.fr", Ok("xn--crdit-csa.fr"));
        check("s1._domainkey.exemple.fr", Ok("s1._domainkey.exemple.fr"));
        check("straße.de", Ok("xn--strae-oqa.de"));
    }

    #[test]
    fn input_that_is_no_name_is_refused_with_its_reason() {
        check("", Err("the name is empty"));
        check(" . ", Err("the name is empty"));
        check("a..fr", Err("a label is empty"));
        check("..", Err("a label is empty"));
        check("exemple.fr..", Err("a label is empty"));
        check("exemple.fr。.", Err("a label is empty"));
        check(".fr", Err("a label is empty"));
        check(
            "a b.fr",
            Err("the character ' ' cannot stand in a domain name"),
        );
        check(
            "a\\046b.fr",
            Err("the character '\\\\' cannot stand in a domain name"),
        );
        check(
            "xn--é.fr",
            Err("the label \"xn--é.fr\" is not a valid internationalized label"),
        );
        check(
            "xn--0.fr",
            Err("the label \"xn--0.fr\" is not a valid internationalized label"),
        );
        let long = format!("{}.fr", "a".repeat(64));
        check(
            &long,
            Err(&format!(
                "the label {:?} is longer than 63 octets",
                "a".repeat(64)
            )),
        );
        check(&"ab.".repeat(90), Err("the name is longer than 255 octets"));
        check(
            &"x".repeat(INPUT_CHARS_MAX + 1),
            Err("the name is longer than 255 octets"),
        );
    }

    #[test]
    fn presentation_form_keeps_odd_octets_and_label_boundaries() {
        let name: Name = r"A\.b.c\032d.\255.fr.".parse().expect("valid");
        assert_eq!(name.as_str(), r"a\.b.c\032d.\255.fr");
        assert_eq!(
            name.labels().collect::<Vec<_>>(),
            [r"a\.b", r"c\032d", r"\255", "fr"]
        );
        assert_eq!(name.to_wire(), b"\x03a.b\x03c d\x01\xff\x02fr\0");
        assert_eq!(
            name.parent().expect("four labels").as_str(),
            r"c\032d.\255.fr"
        );
        assert!(!name.is_within(&"b.c\\032d.\\255.fr".parse().expect("valid")));
        for bad in ["", "a..b", r"a\", r"a\25", r"a\256.fr"] {
            assert!(Name::from_str(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn kinship_follows_label_boundaries() {
        let name = |text: &str| Name::from_str(text).expect("valid");
        assert!(name("a.exemple.fr").is_within(&name("exemple.fr")));
        assert!(name("exemple.fr").is_within(&name("exemple.fr")));
        assert!(!name("monexemple.fr").is_within(&name("exemple.fr")));
        assert!(name("fr").is_within(&Name::root()));
        assert_eq!(name("a.b.c.fr").suffix(2), name("c.fr"));
        assert_eq!(name("fr").parent(), Some(Name::root()));
        assert_eq!(Name::root().parent(), None);
        assert_eq!(
            name("fr").prefixed("_dmarc").expect("short"),
            name("_dmarc.fr")
        );
        assert_eq!(name("xn--crdit-csa.fr").to_unicode(), "crédit.fr");
    }

    proptest::proptest! {
        #[test]
        fn what_prints_parses_to_the_same(
            labels in proptest::collection::vec(
                proptest::collection::vec(proptest::prelude::any::<u8>(), 1..20), 1..8),
        ) {
            let name = Name::from_labels(labels.iter().map(Vec::as_slice)).expect("within limits");
            proptest::prop_assert_eq!(&Name::from_str(name.as_str()).expect("parses"), &name);
            let wire: Vec<u8> = labels.iter().flat_map(|l| {
                std::iter::once(u8::try_from(l.len()).expect("short"))
                    .chain(l.iter().map(u8::to_ascii_lowercase))
            }).chain([0]).collect();
            proptest::prop_assert_eq!(name.to_wire(), wire);
        }

        #[test]
        fn the_short_way_reads_what_the_long_one_does(
            text in r"([aA1_*;é\\\. \x7f-]|\.|a{1,20}|a\.|x{60,66}|(ab\.){1,90}){0,8}",
        ) {
            if let Some(name) = plain(&text) {
                proptest::prop_assert_eq!(escaped(&text), Ok(name.clone()));
                proptest::prop_assert_eq!(name.label_count(), name.labels().count());
            }
        }
    }
}
