//! TXT records of which a name may have only one: MTA-STS, TLS-RPT, BIMI.
//!
//! Texts that do not begin with the version are passed over; of those that do, a single one counts. MTA-STS
//! and TLS-RPT share the grammar of their extension fields, too (RFC 8461, section 3.1; RFC 8460, section 3).

use garant_dns::{Answer, Status};

/// What stands at one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Single<R> {
    /// How the look-up ended.
    pub status: Status,
    /// Every record that begins as it should.
    pub records: Vec<R>,
    /// Texts that were meant to be such a record and that nobody takes for one.
    pub near_misses: Vec<String>,
}

impl<R> Single<R> {
    /// Sorts the texts of an answer: records, texts with the version (lower case) somewhere in them, others.
    pub(crate) fn select(
        answer: &Answer,
        parse: impl Fn(&[u8]) -> Option<R>,
        version: &str,
    ) -> Self {
        let mut single = Self {
            status: answer.status,
            records: Vec::new(),
            near_misses: Vec::new(),
        };
        for txt in answer.texts() {
            let text = txt.joined();
            match parse(&text) {
                Some(record) => single.records.push(record),
                None if mentions(&text, version) => single.near_misses.push(txt.to_text()),
                None => {}
            }
        }
        single
    }

    /// The record, when there is exactly one.
    pub fn record(&self) -> Option<&R> {
        match self.records.as_slice() {
            [record] => Some(record),
            _ => None,
        }
    }

    /// The result of the record; `none` without exactly one, `temperror` without a definite answer.
    pub(crate) fn result_by(&self, result: impl Fn(&R) -> &'static str) -> &'static str {
        match (self.status.is_definite(), self.record()) {
            (false, _) => "temperror",
            (true, Some(record)) => result(record),
            (true, None) => "none",
        }
    }
}

fn mentions(text: &[u8], version: &str) -> bool {
    text.windows(version.len())
        .any(|window| window.eq_ignore_ascii_case(version.as_bytes()))
}

/// Whether a text begins with exactly this version field and goes on with a semicolon or not at all. The
/// documents want the semicolon; a record that ends before it is broken rather than absent.
pub(crate) fn begins_with(text: &[u8], version: &str) -> bool {
    text.strip_prefix(version.as_bytes()).is_some_and(|rest| {
        rest.iter()
            .find(|octet| !matches!(octet, b' ' | b'\t'))
            .is_none_or(|octet| *octet == b';')
    })
}

/// Octets in the name of an extension field at most.
const EXTENSION_NAME_OCTETS_MAX: usize = 32;

/// Whether this can be the name of an extension field.
pub(crate) fn is_extension_name(name: &[u8]) -> bool {
    name.first().is_some_and(u8::is_ascii_alphanumeric)
        && name.len() <= EXTENSION_NAME_OCTETS_MAX
        && name
            .iter()
            .all(|octet| octet.is_ascii_alphanumeric() || b"_-.".contains(octet))
}

/// Whether a piece is an extension field, `name=value`.
pub(crate) fn is_extension(piece: &[u8]) -> bool {
    let Some(equals) = piece.iter().position(|octet| *octet == b'=') else {
        return false;
    };
    let (name, value) = (&piece[..equals], &piece[equals + 1..]);
    is_extension_name(name)
        && !value.is_empty()
        && value
            .iter()
            .all(|octet| octet.is_ascii_graphic() && *octet != b'=')
}
