//! What the policy asks for afterwards, and where its reports go.

use garant_dns::Status;
use garant_msgauth::dmarc::PolicyRecord;

use super::{argument, note};
use crate::assessment::Assessment;
use crate::finding::{Action, Argument, Code};
use crate::plan::site::Site;
use crate::plan::{Change, Note, Who};

/// Aggregate report addresses that every receiver serves (RFC 7489, section 6.2).
const REPORT_ADDRESSES_SERVED: usize = 2;

/// That the policy asks for more than it does today: what the DNS does not show of the domain's mail is judged
/// by it too.
pub(super) fn of_policy(
    site: &Site<'_>,
    changes: &[Change],
    before: &Assessment,
    after: &Assessment,
) -> Option<Note> {
    let asked = |assessment: &Assessment| {
        let walk = assessment.records.dmarc.walk.as_ref();
        walk.map_or("none", |policy| policy.effective)
    };
    let strength = |policy| match policy {
        "reject" => 2,
        "quarantine" => 1,
        _ => 0,
    };
    let is_stricter = strength(asked(after)) > strength(asked(before));
    let args = [
        (
            "domain",
            site.observation.request.domain.to_unicode().into(),
        ),
        ("policy", asked(after).into()),
    ];
    (is_stricter && !changes.is_empty() && !site.locks_down)
        .then(|| note("plan-note-policy-acts", Who::Owner, args))
}

/// Keys may stand at selectors that nobody can guess: then a domain that says that it sends nothing may send.
pub(super) fn of_lock(site: &Site<'_>, changes: &[Change]) -> Option<Note> {
    let domain = &site.observation.request.domain;
    let args = [("domain", domain.to_unicode().into())];
    (site.locks_down && !changes.is_empty() && may_have_keys(site))
        .then(|| note("plan-note-if-sends-nothing", Who::Owner, args))
}

/// Whether `_domainkey` exists, so that something stands there or beneath it (RFC 8020, section 2).
fn may_have_keys(site: &Site<'_>) -> bool {
    let keys = site.observation.request.domain.prefixed("_domainkey");
    let mut answers = site.observation.answers.iter();
    keys.is_ok_and(|keys| {
        answers.any(|(question, answer)| {
            question.name == keys && matches!(answer.status, Status::Found | Status::NoData)
        })
    })
}

/// The policy that a platform asks for, where the owner's asks for less and stays.
pub(super) fn of_wish(after: &Assessment) -> Vec<Note> {
    let right = after.findings.iter();
    right
        .filter(|finding| finding.code == Code::RecordRight)
        .filter_map(|finding| {
            let policy = argument(finding, "policy");
            let args = [
                ("name", Argument::from(&finding.subject)),
                ("policy", policy.clone()),
            ];
            (policy != Argument::from(""))
                .then(|| note("plan-note-policy-wished", Who::Owner, args))
        })
        .collect()
}

/// Where reports go after the changes.
pub(super) fn of_reports(site: &Site<'_>, changes: &[Change], after: &Assessment) -> Vec<Note> {
    let policy = changes.iter().find(|change| {
        change.action != Action::Delete && change.name.as_str().starts_with("_dmarc.")
    });
    let Some(policy) = policy else {
        return Vec::new();
    };
    let Some(record) = PolicyRecord::parse(policy.value.as_bytes()) else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    let count = record.rua().len();
    if count == 0 && !site.locks_down {
        let args = [("name", Argument::from(&policy.name))];
        notes.push(note("plan-note-no-report-address", Who::Owner, args));
    }
    if count > REPORT_ADDRESSES_SERVED {
        let args = [("count", count.into())];
        notes.push(note("plan-note-third-report-address", Who::Owner, args));
    }
    for finding in &after.findings {
        if finding.code == Code::DmarcReportsNotAuthorised {
            let args = [
                ("destination", argument(finding, "destination")),
                ("record", argument(finding, "record")),
            ];
            notes.push(note("plan-note-reports-authorisation", Who::Other, args));
        }
    }
    notes
}
