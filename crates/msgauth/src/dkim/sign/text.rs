//! The text of a signature field, folded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use garant_dns::Name;

use crate::crypto::Digest;

/// Columns of a line at most, without its end (RFC 5322, section 2.1.1: what a line should not exceed). Only
/// a domain or a selector that is longer stands out, for it cannot be folded.
pub(super) const COLUMNS_MAX: usize = 78;

/// Appends a name to `h=`.
pub(super) fn push_name(names: &mut String, name: &str) {
    if !names.is_empty() {
        names.push(':');
    }
    let start = names.len();
    names.push_str(name);
    names[start..].make_ascii_lowercase();
}

/// What a signature field says, apart from the signature.
pub(super) struct Tags<'a> {
    pub(super) algorithm: &'a str,
    pub(super) domain: &'a Name,
    pub(super) selector: &'a Name,
    pub(super) signed_at: u64,
    pub(super) expires_at: Option<u64>,
    /// The names of `h=`, with colons between.
    pub(super) names: &'a str,
    pub(super) body_hash: &'a Digest,
}

/// A signature field: until it is closed, `b=` is empty and its last line has no end.
pub(super) struct SignatureField {
    text: String,
    column: usize,
}

impl SignatureField {
    pub(super) fn new(tags: &Tags<'_>) -> Self {
        let mut field = Self {
            text: String::with_capacity(1024),
            column: 0,
        };
        field.push("DKIM-Signature:");
        field.tag(&["v=1;"]);
        field.tag(&["a=", tags.algorithm, ";"]);
        field.tag(&["c=relaxed/relaxed;"]);
        field.tag(&["d=", tags.domain.as_str(), ";"]);
        field.tag(&["s=", tags.selector.as_str(), ";"]);
        field.tag(&["t=", &tags.signed_at.to_string(), ";"]);
        if let Some(expires_at) = tags.expires_at {
            field.tag(&["x=", &expires_at.to_string(), ";"]);
        }
        // White space may stand around the colons between names (RFC 6376, section 3.5), and the first name
        // stays with its tag.
        let mut names = tags.names.split_inclusive(':');
        field.tag(&["h=", names.next().unwrap_or_default()]);
        for name in names {
            // The semicolon behind the last one has room too.
            if field.column + name.len() + 1 > COLUMNS_MAX {
                field.fold();
            }
            field.push(name);
        }
        field.push(";");
        field.tag(&["bh=", &STANDARD.encode(tags.body_hash), ";"]);
        field.tag(&["b="]);
        field
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.len();
    }

    fn fold(&mut self) {
        self.text.push_str("\r\n ");
        self.column = 1;
    }

    /// Appends a tag behind a space, or in a line of its own where it has no room.
    fn tag(&mut self, parts: &[&str]) {
        let octets: usize = parts.iter().map(|part| part.len()).sum();
        if self.column + 1 + octets > COLUMNS_MAX {
            self.fold();
        } else {
            self.push(" ");
        }
        for part in parts {
            self.push(part);
        }
    }

    /// Puts the signature into `b=` and ends the field.
    pub(super) fn close(&mut self, signature: &[u8]) {
        let encoded = STANDARD.encode(signature);
        let mut rest = encoded.as_str();
        while !rest.is_empty() {
            if self.column >= COLUMNS_MAX {
                self.fold();
            }
            let room = COLUMNS_MAX - self.column;
            let (line, after) = rest.split_at(rest.len().min(room));
            self.push(line);
            rest = after;
        }
        self.text.push_str("\r\n");
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}
