//! What decided, in a form that programs can read, and the result that follows from it.

use std::fmt;

use garant_dns::{Name, Question, Status};

use super::record::{Qualifier, Reason};
use crate::Span;

/// The result of an evaluation (RFC 7208, section 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpfResult {
    /// No domain to ask, or no record.
    None,
    /// The domain says that it says nothing.
    Neutral,
    /// The client is authorised.
    Pass,
    /// The client is not authorised.
    Fail,
    /// The client is probably not authorised.
    SoftFail,
    /// The DNS did not answer; later it may.
    TempError,
    /// The domain's records cannot be evaluated until somebody corrects them.
    PermError,
}

impl SpfResult {
    /// The word, as it stands in header fields (RFC 7208, section 9.1).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Neutral => "neutral",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::SoftFail => "softfail",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
        }
    }
}

impl fmt::Display for SpfResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Qualifier> for SpfResult {
    fn from(qualifier: Qualifier) -> Self {
        match qualifier {
            Qualifier::Pass => Self::Pass,
            Qualifier::Fail => Self::Fail,
            Qualifier::SoftFail => Self::SoftFail,
            Qualifier::Neutral => Self::Neutral,
        }
    }
}

/// One term as published: hostile text until it is escaped where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermText {
    /// Where it stands in the joined text of its record.
    pub span: Span,
    /// Its text, with octets that are no UTF-8 replaced.
    pub text: String,
}

impl TermText {
    pub(super) fn new(record: &[u8], span: Span) -> Self {
        let octets = record.get(span.start..span.end).unwrap_or_default();
        Self {
            span,
            text: String::from_utf8_lossy(octets).into_owned(),
        }
    }
}

/// What decided: a reason, in a term, of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The domain whose record it is, or that has none; the root when the identity is no domain name.
    pub domain: Name,
    /// The domains that led there by `include` or `redirect`, the first one first.
    pub via: Vec<Name>,
    /// The term; nothing when the record as a whole decided.
    pub term: Option<TermText>,
    /// Why.
    pub reason: CauseReason,
    /// With [`CauseReason::Dns`]: the question that got no definite answer.
    pub question: Option<Question>,
}

/// Why an evaluation ended as it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CauseReason {
    /// The identity is no domain name of two labels or more (RFC 7208, section 4.3).
    NotADomain,
    /// The domain has no SPF record.
    NoRecord,
    /// A mechanism matched.
    Matched(Qualifier),
    /// No mechanism matched, and there is no `redirect` (RFC 7208, section 4.7).
    NoMatch,
    /// The domain has more than one SPF record (RFC 7208, section 4.5).
    MultipleRecords {
        /// How many.
        count: usize,
    },
    /// A term breaks the grammar.
    Syntax(Reason),
    /// An included domain has no SPF record, or can have none (RFC 7208, section 5.2).
    IncludeWithoutRecord,
    /// The domain that `redirect` names has no SPF record, or can have none (RFC 7208, section 6.1).
    RedirectWithoutRecord,
    /// The term leads back to a domain on the way to it, and so to too many look-ups. Only the tree
    /// says so; an evaluation goes round until the look-ups are used up.
    Loop,
    /// This is the term that needs one look-up too many.
    TooManyLookups,
    /// This is the term whose look-up is one too many that finds nothing.
    TooManyVoids,
    /// An `mx` meets too many exchanges.
    TooManyExchanges {
        /// How many.
        count: usize,
    },
    /// The DNS gave no definite answer.
    Dns(Status),
}

impl CauseReason {
    /// The result that follows; the one place that says so.
    pub fn result(self) -> SpfResult {
        match self {
            Self::NotADomain | Self::NoRecord => SpfResult::None,
            Self::Matched(qualifier) => qualifier.into(),
            Self::NoMatch => SpfResult::Neutral,
            Self::MultipleRecords { .. }
            | Self::Syntax(_)
            | Self::IncludeWithoutRecord
            | Self::RedirectWithoutRecord
            | Self::Loop
            | Self::TooManyLookups
            | Self::TooManyVoids
            | Self::TooManyExchanges { .. } => SpfResult::PermError,
            Self::Dns(_) => SpfResult::TempError,
        }
    }
}

impl Cause {
    /// The result that follows.
    pub fn result(&self) -> SpfResult {
        self.reason.result()
    }
}
