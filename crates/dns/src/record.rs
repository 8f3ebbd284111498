//! Record types and their data, as far as anybody here reads them.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Name;

/// A record type that can be asked for (RFC 1035, section 3.2.2, and later documents).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// IPv4 address.
    A,
    /// IPv6 address (RFC 3596).
    Aaaa,
    /// Alias.
    Cname,
    /// Key of a signed zone (RFC 4034, section 2).
    Dnskey,
    /// Digest of a child zone's key, in the parent (RFC 4034, section 5).
    Ds,
    /// Mail exchange.
    Mx,
    /// Name server.
    Ns,
    /// Name of an address.
    Ptr,
    /// Start of a zone.
    Soa,
    /// Text.
    Txt,
}

impl RecordType {
    /// Every type, in alphabetical order.
    pub const ALL: [Self; 10] = [
        Self::A,
        Self::Aaaa,
        Self::Cname,
        Self::Dnskey,
        Self::Ds,
        Self::Mx,
        Self::Ns,
        Self::Ptr,
        Self::Soa,
        Self::Txt,
    ];

    /// The mnemonic, upper case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Cname => "CNAME",
            Self::Dnskey => "DNSKEY",
            Self::Ds => "DS",
            Self::Mx => "MX",
            Self::Ns => "NS",
            Self::Ptr => "PTR",
            Self::Soa => "SOA",
            Self::Txt => "TXT",
        }
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for RecordType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|t| t.as_str().eq_ignore_ascii_case(text))
            .ok_or(())
    }
}

/// One record: its owner, how long it may be kept, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// The name that the record stands at.
    pub owner: Name,
    /// Seconds that the answer may still be kept.
    pub ttl: u32,
    /// What it says.
    pub data: Data,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Data {
    /// IPv4 address.
    A(Ipv4Addr),
    /// IPv6 address.
    Aaaa(Ipv6Addr),
    /// The name that this name is an alias of.
    Cname(Name),
    /// Key of a signed zone.
    Dnskey(Dnskey),
    /// Digest of a child's key.
    Ds(Ds),
    /// Mail exchange, the lower preference first.
    Mx {
        /// Order among the exchanges.
        preference: u16,
        /// The host; the root for a null MX (RFC 7505).
        exchange: Name,
    },
    /// Name server.
    Ns(Name),
    /// Name of an address.
    Ptr(Name),
    /// Start of a zone.
    Soa(Soa),
    /// Text.
    Txt(Txt),
}

impl Data {
    /// The type of record that says this.
    pub fn record_type(&self) -> RecordType {
        match self {
            Self::A(_) => RecordType::A,
            Self::Aaaa(_) => RecordType::Aaaa,
            Self::Cname(_) => RecordType::Cname,
            Self::Dnskey(_) => RecordType::Dnskey,
            Self::Ds(_) => RecordType::Ds,
            Self::Mx { .. } => RecordType::Mx,
            Self::Ns(_) => RecordType::Ns,
            Self::Ptr(_) => RecordType::Ptr,
            Self::Soa(_) => RecordType::Soa,
            Self::Txt(_) => RecordType::Txt,
        }
    }
}

/// Start of a zone: what names it and how long "no" may be believed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Soa {
    /// Primary name server.
    pub mname: Name,
    /// Mailbox of the person in charge, as a name.
    pub rname: Name,
    /// Version of the zone.
    pub serial: u32,
    /// Seconds for which "no" may be kept, together with the record's own TTL (RFC 2308, section 5).
    pub minimum: u32,
}

impl Soa {
    /// Whether this is a later version of the zone than `other`. Serials go round: the later one is the one
    /// less than half the circle ahead (RFC 1982, section 3.2); half the circle exactly says neither.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        let ahead = self.serial.wrapping_sub(other.serial);
        ahead != 0 && ahead < 1 << 31
    }
}

/// Digest of a child zone's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ds {
    /// Short name of the key (RFC 4034, appendix B).
    pub key_tag: u16,
    /// Algorithm number of the key.
    pub algorithm: u8,
    /// Algorithm number of the digest.
    pub digest_type: u8,
}

/// Key of a signed zone; only what names it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dnskey {
    /// Bit 7 zone key, bit 15 secure entry point: 256 or 257 in practice.
    pub flags: u16,
    /// Algorithm number.
    pub algorithm: u8,
    /// Short name of the key (RFC 4034, appendix B).
    pub key_tag: u16,
}

/// The strings of one TXT record, as octets: DNS text is whatever somebody typed.
///
/// Serialised as a list of strings in which every octet outside printable ASCII, and the backslash,
/// is written as RFC 1035, section 5.1 does it (`\DDD`, `\\`), so that a capture loses nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Txt(pub Vec<Vec<u8>>);

impl Txt {
    /// One string of at most 255 octets each, cut from `bytes`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self(vec![Vec::new()]);
        }
        Self(bytes.chunks(255).map(<[u8]>::to_vec).collect())
    }

    /// The strings joined without anything between them (RFC 7208, section 3.3; RFC 6376, section 3.6.2.2).
    pub fn joined(&self) -> Vec<u8> {
        self.0.concat()
    }

    /// The joined octets as text, with each octet that is not part of valid UTF-8 replaced.
    pub fn to_text(&self) -> String {
        String::from_utf8_lossy(&self.joined()).into_owned()
    }

    /// The octet positions in the joined text at which one string ends and the next begins.
    pub fn seams(&self) -> Vec<usize> {
        let mut at = 0;
        let mut seams: Vec<usize> = self
            .0
            .iter()
            .map(|s| {
                at += s.len();
                at
            })
            .collect();
        seams.pop();
        seams
    }
}

impl Serialize for Txt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|string| escape(string)))
    }
}

impl<'de> Deserialize<'de> for Txt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let strings = Vec::<String>::deserialize(deserializer)?;
        let strings: Option<Vec<Vec<u8>>> = strings.iter().map(|s| unescape(s)).collect();
        strings
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("a TXT string has a bad escape"))
    }
}

fn escape(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for octet in octets {
        match octet {
            b'\\' => text.push_str("\\\\"),
            0x20..=0x7e => text.push(char::from(*octet)),
            _ => text.push_str(&format!("\\{octet:03}")),
        }
    }
    text
}

fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            octets.push(byte);
            continue;
        }
        match bytes.next()? {
            b'\\' => octets.push(b'\\'),
            hundreds => {
                let digits = [hundreds, bytes.next()?, bytes.next()?];
                // A number may have a sign, an escape must not.
                if !digits.iter().all(u8::is_ascii_digit) {
                    return None;
                }
                octets.push(std::str::from_utf8(&digits).ok()?.parse().ok()?);
            }
        }
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_join_without_a_space_and_remember_their_seams() {
        let txt = Txt(vec![b"v=spf1 ip4:192.0.2.".to_vec(), b"1 -all".to_vec()]);
        assert_eq!(txt.to_text(), "v=spf1 ip4:192.0.2.1 -all");
        assert_eq!(txt.seams(), [19]);
        assert_eq!(
            Txt::from_bytes(&[b'a'; 300])
                .0
                .iter()
                .map(Vec::len)
                .collect::<Vec<_>>(),
            [255, 45]
        );
    }

    #[test]
    fn serials_go_round() {
        let soa = |serial| Soa {
            mname: Name::root(),
            rname: Name::root(),
            serial,
            minimum: 0,
        };
        for (a, b, newer) in [
            (2, 1, true),
            (1, 2, false),
            (7, 7, false),
            (0, u32::MAX, true),
            (u32::MAX, 0, false),
            (1 << 31, 0, false),
            (0, 1 << 31, false),
            ((1 << 31) - 1, 0, true),
        ] {
            assert_eq!(soa(a).is_newer_than(&soa(b)), newer, "{a} and {b}");
        }
    }

    #[test]
    fn every_octet_survives_serialisation() {
        let txt = Txt(vec![(0..=255).collect(), b"a\\b\"c".to_vec(), Vec::new()]);
        let json = serde_json::to_string(&txt).expect("serialises");
        assert_eq!(serde_json::from_str::<Txt>(&json).expect("reads"), txt);
        assert!(json.is_ascii());
        for bad in [
            r#"["\\"]"#,
            r#"["\\25"]"#,
            r#"["\\256"]"#,
            r#"["\\2x5"]"#,
            r#"["\\+25"]"#,
        ] {
            assert!(serde_json::from_str::<Txt>(bad).is_err(), "{bad}");
        }
    }
}
