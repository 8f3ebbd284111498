//! What could be done next: the changes that findings propose, and those that only the whole shows.

use garant_dns::{Name, RecordType};
use garant_msgauth::dmarc::{PolicyRecord, TagName};

use super::score;
use super::search::Step;
use super::site::Site;
use crate::assessment::Assessment;
use crate::finding::{Action, Code, Finding, Fix, Severity};

/// Proposed seconds in caches: an hour, so that a mistake is soon corrected.
pub(super) const TTL_PROPOSED_S: u32 = 3600;

/// The steps that could be taken, the most important first.
pub(super) async fn steps(site: &Site<'_>, assessment: &Assessment) -> Vec<Step> {
    let mut steps = of_findings(assessment);
    steps.extend(reports(site, assessment));
    steps
}

/// What findings propose. What serves the path that was asked about comes first, then what blocks mail.
fn of_findings(assessment: &Assessment) -> Vec<Step> {
    let serves_path = |finding: &Finding| matches!(finding.code.topic(), "path" | "record");
    let mut told: Vec<&Finding> = assessment
        .findings
        .iter()
        .filter(|finding| !finding.fixes.is_empty())
        .filter(|finding| finding.severity <= Severity::Risk || is_asked_for(finding))
        .collect();
    told.sort_by_key(|finding| (!serves_path(finding), finding.severity));
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

/// How many of the things that were asked for besides are so.
pub(super) fn wishes(site: &Site<'_>, assessment: &Assessment) -> usize {
    let right = assessment
        .findings
        .iter()
        .filter(|finding| finding.code == Code::RecordRight)
        .count();
    let reports = site.observation.request.rua.as_deref();
    let has_reports = reports.is_some_and(|wanted| {
        let raw = assessment.records.dmarc.seen.raw.as_deref();
        let record = raw.and_then(|raw| PolicyRecord::parse(raw.as_bytes()));
        record.is_some_and(|record| sends_to(&record, wanted))
    });
    right + usize::from(has_reports)
}

fn sends_to(record: &PolicyRecord, uri: &str) -> bool {
    let mut known = record.rua().iter();
    known.any(|address| address.uri.eq_ignore_ascii_case(uri))
}

/// Reports to the address that was asked for, after those that exist.
fn reports(site: &Site<'_>, assessment: &Assessment) -> Option<Step> {
    let wanted = site.observation.request.rua.as_deref()?;
    let dmarc = &assessment.records.dmarc;
    let raw = dmarc.seen.raw.as_deref()?;
    if dmarc.result != "valid" && dmarc.result != "no-policy" {
        return None;
    }
    let record = PolicyRecord::parse(raw.as_bytes())?;
    if sends_to(&record, wanted) {
        return None;
    }
    let mut uris: Vec<&str> = record.rua().iter().map(|a| a.uri.as_str()).collect();
    uris.push(wanted);
    let owner = dmarc.seen.aliases.last().unwrap_or(&dmarc.seen.name);
    Some(Step {
        fixes: vec![change(
            owner,
            record.with_tag(TagName::Rua, &uris.join(",")),
        )],
        found: Some(raw.to_owned()),
        cause: None,
        whole: false,
    })
}

/// A TXT record in place of the one of its kind.
pub(super) fn change(name: &Name, value: String) -> Fix {
    Fix {
        action: Action::Change,
        name: name.clone(),
        rtype: RecordType::Txt,
        value,
        ttl: Some(TTL_PROPOSED_S),
    }
}
