//! Where DMARC reports go, and whether that place wants them.
//!
//! `rua` and `ruf` list URIs (RFC 9989, section 4.6); in practice `mailto:`. A destination in another
//! organization must say that it wants the reports (RFC 9990, section 4): a TXT record that begins with
//! `v=DMARC1` at `<policy domain>._report._dmarc.<destination host>`. One for everybody is a wildcard,
//! which is the DNS's own affair. That record may name other addresses, on the same host only.

use std::fmt;

use garant_dns::{AnswerTable, Name, NameError, Question, RecordType};

use super::align::{Aligned, aligned};
use super::record::{PolicyRecord, select};
use super::tags::{Alignment, TagName};
use super::walk::{Method, Unanswered};
use crate::{Span, Step};

/// Which reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportTag {
    /// Aggregate reports.
    Rua,
    /// Failure reports.
    Ruf,
}

impl ReportTag {
    /// The tag.
    pub fn name(self) -> TagName {
        match self {
            Self::Rua => TagName::Rua,
            Self::Ruf => TagName::Ruf,
        }
    }
}

impl fmt::Display for ReportTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name().as_str())
    }
}

/// One report address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportAddress {
    /// Where it stands in the record, with its size suffix.
    pub span: Span,
    /// The URI, without its size suffix.
    pub uri: String,
    /// The scheme, lower case.
    pub scheme: String,
    /// The host that the reports go to; none for schemes that this program does not know.
    pub host: Option<Name>,
    /// The obsolete limit on the size of a report (RFC 9989, section 4.8, obs-dmarc-report-size): `10m`.
    pub size_suffix: Option<String>,
}

impl ReportAddress {
    /// Reads one entry of a list; nothing when it is no URI that a report could be sent to.
    pub fn parse(text: &str, span: Span) -> Option<Self> {
        let (uri, size_suffix) = match text.rsplit_once('!') {
            Some((uri, size)) if is_size(size) => (uri, Some(size.to_owned())),
            _ => (text, None),
        };
        let (scheme, rest) = uri.split_once(':')?;
        let valid_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if !valid_scheme || rest.is_empty() || !is_uri_text(rest) {
            return None;
        }
        let scheme = scheme.to_ascii_lowercase();
        let host = match scheme.as_str() {
            "mailto" => Some(mail_host(rest)?),
            "http" | "https" => Some(authority_host(rest)?),
            _ => None,
        };
        Some(Self {
            span,
            uri: uri.to_owned(),
            scheme,
            host,
            size_suffix,
        })
    }

    /// The URI that a text was probably meant to be: the one mail address in it, behind `mailto:`.
    pub fn repaired(text: &str) -> Option<String> {
        let clean = crate::look_alike::to_ascii(text.as_bytes());
        let (local, domain) = clean.split_once('@')?;
        let is_edge = |c: char| c.is_whitespace() || ":/=<>\"'`\\(){}[],;!?".contains(c);
        let local = local.rsplit(is_edge).next()?;
        let domain = domain.split(is_edge).next()?.trim_end_matches('.');
        let uri = format!("mailto:{local}@{domain}");
        let span = Span { start: 0, end: 0 };
        Self::parse(&uri, span).map(|address| address.uri)
    }

    /// The mail address of a `mailto:` URI, without what follows a question mark.
    pub fn mailbox(&self) -> Option<&str> {
        if self.scheme != "mailto" {
            return None;
        }
        let (_, rest) = self.uri.split_once(':')?;
        rest.split('?').next()
    }
}

impl fmt::Display for ReportAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.uri)?;
        match &self.size_suffix {
            Some(size) => write!(f, "!{size}"),
            None => Ok(()),
        }
    }
}

fn is_size(text: &str) -> bool {
    let digits = text
        .strip_suffix(['k', 'm', 'g', 't', 'K', 'M', 'G', 'T'])
        .unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit())
}

/// The characters of RFC 3986, section 2, without `!` and `,`, which RFC 9989, section 4.8 wants encoded.
fn is_uri_text(text: &str) -> bool {
    let octets = text.as_bytes();
    octets.iter().enumerate().all(|(at, octet)| match octet {
        b'%' => octets
            .get(at + 1..at + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        _ => octet.is_ascii_alphanumeric() || b"-._~:/?#[]@$&'()*+;=".contains(octet),
    })
}

fn mail_host(rest: &str) -> Option<Name> {
    let address = rest.split('?').next()?;
    let (local, host) = address.split_once('@')?;
    if local.is_empty() || local.contains('/') || host.contains('@') {
        return None;
    }
    Name::from_input(host).ok()
}

fn authority_host(rest: &str) -> Option<Name> {
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|octet| octet.is_ascii_digit()) => host,
        _ => host,
    };
    Name::from_input(host).ok()
}

/// Whether reports may be sent to a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorisation {
    /// It is in the same organization, so nobody is asked.
    SameOrganization,
    /// It wants them.
    Authorised {
        /// Where it says so.
        record: Name,
        /// How many records say so there. Receivers that follow RFC 7489 want exactly one.
        count: usize,
        /// The addresses that it wants them at instead; empty when it names none.
        overrides: Vec<ReportAddress>,
    },
    /// It does not, and receivers must not send any.
    NotAuthorised {
        /// Where it would say so; none when that name would be too long.
        record: Option<Name>,
        /// Why not.
        reason: NotAuthorised,
        /// Whether receivers that use the list of public suffixes take it for the same organization, and
        /// so send reports all the same.
        same_by_list: bool,
    },
    /// The DNS did not say.
    Unanswered(Unanswered),
}

/// Why a destination is not authorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotAuthorised {
    /// No record that begins with `v=DMARC1`.
    NoRecord,
    /// The name of the record would be longer than the DNS allows (RFC 9990, section 4, step 4).
    NameTooLong,
    /// The record sends the reports on to another host, which it must not.
    OtherHost,
}

/// The name at which `destination` says that it wants reports about `policy_domain`.
///
/// # Errors
/// [`NameError::TooLong`] when the DNS has no room for it.
pub fn authorisation_name(policy_domain: &Name, destination: &Name) -> Result<Name, NameError> {
    destination.prefixed(&format!("{}._report._dmarc", policy_domain.as_str()))
}

/// Whether reports about the record at `policy_domain` may go to the host `destination`.
///
/// To save look-ups, the walk that would show two names to be of one organization is made first only
/// when the list of public suffixes says so too; then nearly all its answers are at hand already. A
/// destination that the list puts elsewhere is asked straight away, and the walk is made only if it does
/// not answer for itself: the result is the same, because an authorisation is valid without need too.
pub fn authorisation(
    policy_domain: &Name,
    destination: &Name,
    tag: ReportTag,
    answers: &dyn AnswerTable,
) -> Step<Authorisation> {
    if policy_domain == destination {
        return Step::Done(Authorisation::SameOrganization);
    }
    // Two names are of one organization exactly when they are aligned relaxedly.
    let compare = |method| {
        let relaxed = Alignment::Relaxed;
        aligned(policy_domain, destination, relaxed, method, answers)
    };
    let same_by_list = compare(Method::PublicSuffixList) == Step::Done(Aligned::Yes);
    let asked = || external(policy_domain, destination, tag, same_by_list, answers);
    if same_by_list {
        return same_or_else(compare(Method::TreeWalk), asked);
    }
    match asked() {
        Step::Done(refused @ Authorisation::NotAuthorised { .. }) => {
            same_or_else(compare(Method::TreeWalk), || Step::Done(refused))
        }
        other => other,
    }
}

/// What comes of a comparison of the two organizations; `otherwise` when they differ.
fn same_or_else(
    compared: Step<Aligned>,
    otherwise: impl FnOnce() -> Step<Authorisation>,
) -> Step<Authorisation> {
    match compared {
        Step::Need(questions) => Step::Need(questions),
        Step::Done(Aligned::Yes) => Step::Done(Authorisation::SameOrganization),
        Step::Done(Aligned::No) => otherwise(),
        Step::Done(Aligned::Unanswered(which)) => Step::Done(Authorisation::Unanswered(which)),
    }
}

fn external(
    policy_domain: &Name,
    destination: &Name,
    tag: ReportTag,
    same_by_list: bool,
    answers: &dyn AnswerTable,
) -> Step<Authorisation> {
    let not_authorised = |record, reason| {
        Step::Done(Authorisation::NotAuthorised {
            record,
            reason,
            same_by_list,
        })
    };
    let Ok(name) = authorisation_name(policy_domain, destination) else {
        return not_authorised(None, NotAuthorised::NameTooLong);
    };
    let question = Question::new(name, RecordType::Txt);
    let Some(answer) = answers.answer(&question) else {
        return Step::Need(vec![question]);
    };
    if !answer.status.is_definite() {
        return Step::Done(Authorisation::Unanswered(Unanswered {
            status: answer.status,
            question,
        }));
    }
    let selection = select(answer);
    let record = question.name;
    if selection.records.is_empty() {
        return not_authorised(Some(record), NotAuthorised::NoRecord);
    }
    let listed = |record: &PolicyRecord| match tag {
        ReportTag::Rua => record.rua().to_vec(),
        ReportTag::Ruf => record.ruf().to_vec(),
    };
    let overrides: Vec<ReportAddress> = selection.records.iter().flat_map(listed).collect();
    let elsewhere = |address: &ReportAddress| address.host.as_ref() != Some(destination);
    if overrides.iter().any(elsewhere) {
        return not_authorised(Some(record), NotAuthorised::OtherHost);
    }
    Step::Done(Authorisation::Authorised {
        record,
        count: selection.records.len(),
        overrides,
    })
}
