//! Aggregate reports to the address that was asked for.

use garant_msgauth::dmarc::{PolicyRecord, TagName};

use super::{change, owner};
use crate::assessment::Assessment;
use crate::plan::search::Step;
use crate::plan::site::Site;

/// Whether reports go to the address that was asked for.
pub(super) fn are_sent(site: &Site<'_>, assessment: &Assessment) -> bool {
    let wanted = site.observation.request.rua.as_deref();
    wanted.is_some_and(|wanted| record(assessment).is_some_and(|record| sends_to(&record, wanted)))
}

fn record(assessment: &Assessment) -> Option<PolicyRecord> {
    let dmarc = &assessment.records.dmarc;
    let applies = matches!(dmarc.result, "valid" | "no-policy");
    let raw = dmarc.seen.raw.as_deref().filter(|_| applies)?;
    PolicyRecord::parse(raw.as_bytes())
}

fn sends_to(record: &PolicyRecord, uri: &str) -> bool {
    let mut known = record.rua().iter();
    known.any(|address| address.uri.eq_ignore_ascii_case(uri))
}

/// The address after those that exist.
pub(super) fn step(site: &Site<'_>, assessment: &Assessment) -> Option<Step> {
    let wanted = site.observation.request.rua.as_deref()?;
    let record = record(assessment).filter(|record| !sends_to(record, wanted))?;
    let mut uris: Vec<&str> = record.rua().iter().map(|a| a.uri.as_str()).collect();
    uris.push(wanted);
    let seen = &assessment.records.dmarc.seen;
    Some(Step {
        fixes: vec![change(
            owner(seen),
            record.with_tag(TagName::Rua, &uris.join(",")),
        )],
        found: seen.raw.clone(),
        cause: None,
        whole: false,
    })
}
