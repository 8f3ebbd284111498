//! Canonicalization (RFC 6376, section 3.4): what is left of a header field or a body before it is hashed,
//! so that what servers do to every message does not break its signature.
//!
//! `simple` changes next to nothing; `relaxed` folds white space and, in header fields, the case of the name.
//! Both leave empty lines at the end of the body out. What comes in may end its lines with LF alone: each
//! counts as CRLF. A bare CR is an ordinary octet. Here are the header fields; bodies are in [`super::body`].

use std::borrow::Cow;
use std::fmt;

use crate::message::Field;

/// How header or body are canonicalized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Canonicalization {
    /// `simple`, the default.
    #[default]
    Simple,
    /// `relaxed`.
    Relaxed,
}

impl Canonicalization {
    /// As `c=` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Relaxed => "relaxed",
        }
    }
}

impl fmt::Display for Canonicalization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Appends a header field in its canonical form, with CRLF at its end (RFC 6376, sections 3.4.1 and 3.4.2).
pub fn field(canonicalization: Canonicalization, field: &Field<'_>, out: &mut Vec<u8>) {
    let (octets, colon) = (field.octets(), field.colon());
    match canonicalization {
        Canonicalization::Simple => {
            with_crlf(octets, out);
            if !out.ends_with(b"\r\n") {
                out.extend_from_slice(b"\r\n");
            }
        }
        Canonicalization::Relaxed => {
            out.extend(field.name().iter().map(u8::to_ascii_lowercase));
            out.push(b':');
            relaxed_value(&octets[colon + 1..], out);
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Appends a signature field as it is hashed with the fields that it signs: the value of its last tag `b`
/// empty, canonical, without a line end (RFC 6376, section 3.7). Fields of ARC are hashed in the same way.
pub fn signature_field(
    canonicalization: Canonicalization,
    signature: &Field<'_>,
    out: &mut Vec<u8>,
) {
    let (octets, colon) = (signature.octets(), signature.colon());
    let bare = match value_of_b(&octets[colon + 1..]) {
        None => Cow::Borrowed(octets),
        // As it is last in most signatures.
        Some((start, end)) if colon + 1 + end == octets.len() => {
            Cow::Borrowed(&octets[..colon + 1 + start])
        }
        Some((start, end)) => {
            Cow::Owned([&octets[..colon + 1 + start], &octets[colon + 1 + end..]].concat())
        }
    };
    if let Some(bare) = Field::new(signature.index, &bare) {
        field(canonicalization, &bare, out);
    }
    if out.ends_with(b"\r\n") {
        out.truncate(out.len() - 2);
    }
}

/// Where everything between the equals sign of the last tag `b` and the semicolon behind it stands, white
/// space included.
fn value_of_b(value: &[u8]) -> Option<(usize, usize)> {
    let mut found = None;
    let mut start = 0;
    while start < value.len() {
        let rest = &value[start..];
        let end = start + memchr::memchr(b';', rest).unwrap_or(rest.len());
        let piece = &value[start..end];
        if let Some(equals) = memchr::memchr(b'=', piece)
            && piece[..equals].trim_ascii() == b"b"
        {
            found = Some((start + equals + 1, end));
        }
        start = end + 1;
    }
    found
}

/// Appends octets, each bare LF as CRLF.
fn with_crlf(octets: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    for lf in memchr::memchr_iter(b'\n', octets) {
        if lf == 0 || octets[lf - 1] != b'\r' {
            out.extend_from_slice(&octets[from..lf]);
            out.push(b'\r');
            from = lf;
        }
    }
    out.extend_from_slice(&octets[from..]);
}

/// Appends the value of a field: unfolded, white space as one space, none at its ends.
fn relaxed_value(value: &[u8], out: &mut Vec<u8>) {
    let begin = out.len();
    let mut is_spaced = false;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', value).chain([value.len()]) {
        let line = &value[start..end];
        start = end + 1;
        // Only a CR before LF is of the line end; others are text.
        let line = match line {
            [line @ .., b'\r'] if end < value.len() => line,
            line => line,
        };
        let first = line.iter().position(|octet| !is_blank(*octet));
        let from_start = &line[first.unwrap_or(line.len())..];
        let last = from_start.iter().rposition(|octet| !is_blank(*octet));
        let text = &from_start[..last.map_or(0, |last| last + 1)];
        is_spaced |= from_start.len() < line.len();
        if !text.is_empty() {
            if is_spaced && out.len() > begin {
                out.push(b' ');
            }
            words(text, out);
            is_spaced = false;
        }
        is_spaced |= text.len() < from_start.len();
    }
}

/// Appends a text that neither begins nor ends with white space, one space for each gap.
fn words(text: &[u8], out: &mut Vec<u8>) {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    // In one pass, which the compiler makes vectors of: nearly always there is nothing to change.
    let has_odd_gap = pairs.fold(false, |odd, (octet, next)| {
        odd | (*octet == b'\t') | ((*octet == b' ') & (*next == b' '))
    });
    if !has_odd_gap {
        return out.extend_from_slice(text);
    }
    let words = text.split(|octet| is_blank(*octet));
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

pub(super) fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}
