//! Whether the place that DMARC reports are to go to wants them.
//!
//! A destination in another organization must say so (RFC 9990, section 4): a TXT record that begins with
//! `v=DMARC1` at `<policy domain>._report._dmarc.<destination host>`. One for everybody is a wildcard,
//! which is the DNS's own affair. That record may name other addresses, on the same host only.

use garant_dns::{AnswerTable, Name, NameError, Question, RecordType};

use super::align::{Aligned, aligned};
use super::record::PolicyRecord;
use super::report_address::{ReportAddress, ReportTag};
use super::select::select;
use super::tags::Alignment;
use super::walk::{Method, Unanswered};
use crate::Step;

/// Whether reports may be sent to a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorisation {
    /// It is in the same organization, so nobody is asked.
    SameOrganization,
    /// It wants them.
    Authorised {
        /// Where it says so.
        record: Name,
        /// How many records say so there; one is enough.
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
    /// The name of the record would be longer than the DNS allows (RFC 9990, section 4).
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
