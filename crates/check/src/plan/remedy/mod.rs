//! What could be done next: the changes that findings propose, and those that only the whole shows.

mod key;
mod lock;
mod reports;
mod spf;

use garant_dns::{Name, RecordType};

use super::score;
use super::search::Step;
use super::site::Site;
use crate::assessment::{Assessment, Seen};
use crate::finding::{Code, Finding, Fix, Severity};

pub(super) use key::key_aliases;
pub(super) use lock::{RECORD_TO_LOCK, lock_fixes, sends_nothing};
pub(super) use spf::droppable;

/// The steps that could be taken, the most important first: what the findings propose, a key for the mail
/// that is affected most, its return address, and what follows from the whole. Strict alignment is
/// relaxed last: it is often deliberate, and a key is the better cure.
pub(super) async fn steps(site: &Site<'_>, assessment: &Assessment) -> Vec<Step> {
    let (relaxing, proposed): (Vec<Step>, Vec<Step>) =
        of_findings(assessment).into_iter().partition(is_relaxing);
    let mut steps = proposed;
    steps.extend(key::steps(site, assessment));
    steps.extend(spf::authorise(site, assessment).await);
    steps.extend(spf::lessen(site, assessment));
    steps.extend(relaxing);
    steps.extend(lock::steps(site, assessment));
    steps.extend(reports::step(site, assessment));
    steps
}

/// What findings propose. Records that a platform asked for come first, then what serves a path, then what
/// blocks mail.
fn of_findings(assessment: &Assessment) -> Vec<Step> {
    let place = |finding: &Finding| match finding.code.topic() {
        "record" => 0,
        "path" => 1,
        _ => 2,
    };
    let mut told: Vec<&Finding> = assessment
        .findings
        .iter()
        .filter(|finding| !finding.fixes.is_empty())
        .filter(|finding| finding.severity <= Severity::Risk || is_asked_for(finding))
        .collect();
    told.sort_by_key(|finding| (place(finding), finding.severity));
    told.into_iter()
        .map(|finding| Step {
            fixes: finding.fixes.clone(),
            found: finding.found.clone(),
            cause: Some(score::cause(finding)),
            whole: false,
        })
        .collect()
}

/// Records that a platform asked for are what the question is about, however little depends on them.
fn is_asked_for(finding: &Finding) -> bool {
    finding.code.topic() == "record" && finding.severity != Severity::Fine
}

/// Whether a step only makes alignment less strict.
fn is_relaxing(step: &Step) -> bool {
    let codes = [Code::PathSignatureNotAligned, Code::PathReturnPathStrict];
    step.cause
        .as_ref()
        .is_some_and(|(code, _)| codes.contains(code))
}

/// How many of the things that were asked for are so: records that are right, reports to an address, locks on
/// a domain that sends nothing.
pub(super) fn wishes(site: &Site<'_>, assessment: &Assessment) -> usize {
    let right = assessment
        .findings
        .iter()
        .filter(|finding| finding.code == Code::RecordRight)
        .count();
    let locks = if site.locks_down {
        lock::locks(assessment)
    } else {
        0
    };
    right + usize::from(reports::are_sent(site, assessment)) + locks
}

/// The name at which a record itself stands: the end of its aliases.
pub(super) fn owner(seen: &Seen) -> &Name {
    seen.aliases.last().unwrap_or(&seen.name)
}

/// A TXT record in place of the one of its kind.
pub(super) fn change(name: &Name, value: String) -> Fix {
    Fix::change(name, RecordType::Txt, value)
}

/// A new record.
pub(super) fn add(name: &Name, rtype: RecordType, value: String) -> Fix {
    Fix::add(name, rtype, value)
}
