//! SMTP TLS Reporting (RFC 8460, section 3): where reports about failed TLS connections go.
//!
//! A TXT record at `_smtp._tls.<domain>`: `v=TLSRPTv1; rua=mailto:…,https://…`. It must begin with exactly
//! `v=TLSRPTv1;`. With several records, senders act as if there were none.

use garant_dns::Answer;

use crate::Span;
use crate::dmarc::ReportAddress;
use crate::single::{Single, begins_with, is_extension};
use crate::tag_list::{self, Grammar, Piece, note_once};

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No `rua`.
    RuaMissing,
    /// An entry of `rua` is no `mailto:` or `https:` URI.
    RuaInvalid,
    /// `v=TLSRPTv1` does not stand at the very beginning, or a piece breaks the grammar.
    Syntax,
}

impl Reason {
    /// A short name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RuaMissing => "rua-missing",
            Self::RuaInvalid => "rua-invalid",
            Self::Syntax => "syntax",
        }
    }
}

/// Something wrong or odd in a record, and where.
pub type Fault = tag_list::Fault<Reason>;

/// A TLS-RPT record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The text, each octet that is no UTF-8 replaced.
    pub text: String,
    /// The addresses that can be used, in order.
    pub rua: Vec<ReportAddress>,
    /// What is wrong; at most one fault of each kind.
    pub faults: Vec<Fault>,
}

impl Record {
    /// Reads the joined text of a TXT record; nothing when it does not begin with `v=TLSRPTv1`.
    pub fn parse(text: &[u8]) -> Option<Self> {
        begins_with(text, "v=TLSRPTv1").then(|| Self::read(text))
    }

    fn read(text: &[u8]) -> Self {
        let mut record = Self {
            text: String::from_utf8_lossy(text).into_owned(),
            rua: Vec::new(),
            faults: Vec::new(),
        };
        let mut has_rua = false;
        for piece in tag_list::split(text, Grammar::Dkim).iter().skip(1) {
            match *piece {
                // More than one rua is allowed (section 3: 1*(field-delim tlsrpt-field)).
                Piece::Tag { name, value, .. } if tag_list::octets(text, name) == b"rua" => {
                    has_rua = true;
                    record.read_addresses(text, value);
                }
                _ if is_extension(tag_list::octets(text, piece.span())) => {}
                _ => note_once(&mut record.faults, piece.span(), Reason::Syntax),
            }
        }
        if !has_rua {
            let end = text.len();
            note_once(
                &mut record.faults,
                Span { start: end, end },
                Reason::RuaMissing,
            );
        }
        record
    }

    fn read_addresses(&mut self, text: &[u8], list: Span) {
        for entry in tag_list::entries(text, list) {
            let address = ReportAddress::parse(&tag_list::lossy(text, entry), entry);
            // Other schemes are not defined, and the size suffix is DMARC's.
            let usable = address.filter(|address| {
                matches!(address.scheme.as_str(), "mailto" | "https")
                    && address.size_suffix.is_none()
            });
            match usable {
                Some(address) => self.rua.push(address),
                None => note_once(&mut self.faults, entry, Reason::RuaInvalid),
            }
        }
    }

    /// `valid` or `invalid`.
    pub fn result(&self) -> &'static str {
        if self.faults.is_empty() {
            "valid"
        } else {
            "invalid"
        }
    }

    /// The record with `mailto:` put before bare mail addresses; nothing when no address can be read.
    pub fn repaired(&self) -> Option<String> {
        let text = self.text.as_bytes();
        let mut uris = Vec::new();
        for piece in tag_list::split(text, Grammar::Dkim) {
            let list = match piece {
                Piece::Tag { name, value, .. } if tag_list::octets(text, name) == b"rua" => value,
                // An address behind a semicolon instead of a comma.
                Piece::Junk(span) => span,
                Piece::Tag { .. } | Piece::Empty(_) => continue,
            };
            for entry in tag_list::lossy(text, list).split(',').map(str::trim) {
                let whole = ReportAddress::parse(entry, list)
                    .filter(|address| matches!(address.scheme.as_str(), "mailto" | "https"));
                let uri = whole
                    .map(|address| address.uri)
                    .or_else(|| ReportAddress::repaired(entry));
                uris.extend(uri);
            }
        }
        (!uris.is_empty()).then(|| format!("v=TLSRPTv1; rua={}", uris.join(",")))
    }
}

/// What stands at `_smtp._tls.<domain>`.
pub type Selection = Single<Record>;

impl Selection {
    /// `none`, `valid`, `invalid` or `temperror`.
    pub fn result(&self) -> &'static str {
        self.result_by(Record::result)
    }
}

/// Sorts the texts of an answer.
pub fn select(answer: &Answer) -> Selection {
    Single::select(answer, Record::parse, "tlsrptv1")
}
