//! Brand Indicators (draft-brand-indicators-for-message-identification-10): a logo beside authenticated mail.
//!
//! A TXT record at `default._bimi.<domain>` (section 4.3): `v=BIMI1; l=<https URI of the logo>; a=<https
//! URI of its certificate, or empty>`, and perhaps `avp` and `lps`. Both `l` and `a` empty decline
//! (section 4.3.1). Without a record, that of the Organizational Domain counts (section 7.2). It has no
//! effect unless DMARC is enforced, for the domain and all beneath it (section 7.1).

use garant_dns::{Answer, AnswerTable, Name, Question, RecordType, Status};

use crate::dmarc::{Acts, Policy, PolicyRecord, ReportAddress};
use crate::single::Single;
use crate::tag_list::{self, Grammar, Piece, Tag, note_once};
use crate::{Span, Step};

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// `l` or `a` is no `https:` URI.
    NotHttps,
    /// No `l`.
    NoLocation,
    /// A piece breaks the grammar, or a tag stands twice.
    Syntax,
    /// `avp` is neither `brand` nor `personal`.
    Avp,
}

impl Reason {
    /// A short name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotHttps => "not-https",
            Self::NoLocation => "no-location",
            Self::Syntax => "syntax",
            Self::Avp => "avp",
        }
    }
}

/// Something wrong or odd in a record, and where.
pub type Fault = tag_list::Fault<Reason>;

/// A BIMI Assertion Record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The text, each octet that is no UTF-8 replaced.
    pub text: String,
    /// `l`: the logo; empty to decline.
    pub location: Option<Tag<String>>,
    /// `a`: the certificate; empty or absent when there is none.
    pub evidence: Option<Tag<String>>,
    /// What is wrong; at most one fault of each kind.
    pub faults: Vec<Fault>,
}

impl Record {
    /// Reads the joined text of a TXT record; nothing when it does not begin with `v=BIMI1`.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let pieces = tag_list::split(text, Grammar::Dkim);
        let Some(Piece::Tag { span, name, value }) = pieces.first() else {
            return None;
        };
        // Capitals count: "the value of this tag MUST match precisely".
        let begins = span.start == 0
            && tag_list::octets(text, *name).eq_ignore_ascii_case(b"v")
            && tag_list::octets(text, *value) == b"BIMI1";
        begins.then(|| Self::read(text, &pieces))
    }

    fn read(text: &[u8], pieces: &[Piece]) -> Self {
        let mut record = Self {
            text: String::from_utf8_lossy(text).into_owned(),
            location: None,
            evidence: None,
            faults: Vec::new(),
        };
        for piece in &pieces[1..] {
            let Piece::Tag { span, name, value } = *piece else {
                note_once(&mut record.faults, piece.span(), Reason::Syntax);
                continue;
            };
            let tag = Tag {
                span,
                value_span: value,
                value: tag_list::lossy(text, value),
            };
            let is_uri = || tag.value.is_empty() || is_https(&tag.value);
            match tag_list::lossy(text, name).to_ascii_lowercase().as_str() {
                "l" | "a" if !is_uri() => note_once(&mut record.faults, span, Reason::NotHttps),
                "avp" if !matches!(tag.value.as_str(), "brand" | "personal") => {
                    note_once(&mut record.faults, span, Reason::Avp);
                }
                _ => {}
            }
            let slot = match tag_list::octets(text, name) {
                b"l" | b"L" => &mut record.location,
                b"a" | b"A" => &mut record.evidence,
                // Unknown tags are ignored.
                _ => continue,
            };
            if slot.is_some() {
                note_once(&mut record.faults, span, Reason::Syntax);
            } else {
                *slot = Some(tag);
            }
        }
        if record.location.is_none() {
            let end = text.len();
            note_once(
                &mut record.faults,
                Span { start: end, end },
                Reason::NoLocation,
            );
        }
        record
    }

    /// Whether it names a certificate for the logo.
    pub fn has_evidence(&self) -> bool {
        self.evidence
            .as_ref()
            .is_some_and(|tag| !tag.value.is_empty())
    }

    /// Whether the domain says that it takes no part (section 4.3.1).
    pub fn is_declined(&self) -> bool {
        let is_empty = |tag: &Tag<String>| tag.value.is_empty();
        self.location.as_ref().is_some_and(is_empty) && !self.has_evidence()
    }

    /// `valid`, `declined` or `invalid`.
    pub fn result(&self) -> &'static str {
        match (self.faults.is_empty(), self.is_declined()) {
            (false, _) => "invalid",
            (true, true) => "declined",
            (true, false) => "valid",
        }
    }
}

fn is_https(value: &str) -> bool {
    ReportAddress::parse(value, Span { start: 0, end: 0 })
        .is_some_and(|uri| uri.scheme == "https" && uri.host.is_some_and(|h| h.label_count() > 1))
}

/// What stands at one name.
pub type Selection = Single<Record>;

impl Selection {
    /// `none`, `valid`, `declined`, `invalid` (several count as that) or `temperror`.
    pub fn result(&self) -> &'static str {
        if self.status.is_definite() && self.records.len() > 1 {
            return "invalid";
        }
        self.result_by(Record::result)
    }
}

/// Sorts the texts of an answer.
pub fn select(answer: &Answer) -> Selection {
    Single::select(answer, Record::parse, "bimi1")
}

/// A finished search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery {
    /// The domain whose record counts, or the Author Domain when there is none.
    pub domain: Name,
    /// What stands there.
    pub selection: Selection,
}

/// Looks for the record with the selector `default`: at the Author Domain, and where nothing stands there
/// at the Organizational Domain (section 7.2).
pub fn discover(
    author_domain: &Name,
    organizational_domain: &Name,
    answers: &dyn AnswerTable,
) -> Step<Discovery> {
    let mut own = None;
    for domain in [author_domain, organizational_domain] {
        let Ok(name) = domain.prefixed("default._bimi") else {
            continue;
        };
        let question = Question::new(name, RecordType::Txt);
        let Some(answer) = answers.answer(&question) else {
            return Step::Need(vec![question]);
        };
        let found = Discovery {
            domain: domain.clone(),
            selection: select(answer),
        };
        if !answer.status.is_definite() || !found.selection.records.is_empty() {
            return Step::Done(found);
        }
        own.get_or_insert(found);
    }
    Step::Done(own.unwrap_or_else(|| Discovery {
        domain: author_domain.clone(),
        // No name beneath this domain is short enough to exist.
        selection: Selection {
            status: Status::NxDomain,
            records: Vec::new(),
            near_misses: Vec::new(),
        },
    }))
}

/// Why a record has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ineligible {
    /// No DMARC record applies.
    DmarcMissing,
    /// DMARC asks for nothing, or only for a share of the mail.
    DmarcNotEnforced,
    /// DMARC asks for nothing for subdomains.
    SubdomainsNotEnforced,
}

impl Ineligible {
    /// A short name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DmarcMissing => "dmarc-missing",
            Self::DmarcNotEnforced => "dmarc-not-enforced",
            Self::SubdomainsNotEnforced => "subdomains-not-enforced",
        }
    }
}

/// Whether the DMARC records of the Author Domain and of its Organizational Domain, as far as there are
/// any, let a BIMI record take effect (section 7.1, steps 7 to 9). The draft speaks of RFC 7489 and so of
/// `pct`; `t=y`, which took its place, counts in the same way here.
///
/// # Errors
/// The first reason why not.
pub fn eligible<'a>(records: impl IntoIterator<Item = &'a PolicyRecord>) -> Result<(), Ineligible> {
    let mut any = false;
    let mut subdomains_open = false;
    for record in records {
        any = true;
        let reading = record.reading();
        let pct = record.legacy_reading().pct;
        let is_enforced = reading.acts == Acts::AsWritten
            && reading.effective(reading.p) != Policy::None
            && (reading.p == Policy::Reject || pct == 100);
        if !is_enforced {
            return Err(Ineligible::DmarcNotEnforced);
        }
        subdomains_open |= reading.effective(reading.sp) == Policy::None;
    }
    match (any, subdomains_open) {
        (false, _) => Err(Ineligible::DmarcMissing),
        (true, true) => Err(Ineligible::SubdomainsNotEnforced),
        (true, false) => Ok(()),
    }
}
