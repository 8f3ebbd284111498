//! A domain that sends nothing: three records that say so.

use garant_dns::{Name, RecordType};
use garant_msgauth::dmarc::{PolicyRecord, TagName};

use super::{add, change, owner};
use crate::assessment::{Assessment, SpfRecord};
use crate::catalogue::service;
use crate::finding::Fix;
use crate::observation::Observation;
use crate::path::EvidenceKind;
use crate::plan::search::Step;
use crate::plan::site::Site;

/// Receives no mail (RFC 7505, section 3).
const NULL_MX: &str = "0 .";
/// Lets nobody send.
const NOBODY_SENDS: &str = "v=spf1 -all";
/// Asks to refuse what claims otherwise, in every name of the domain.
pub(in crate::plan) const RECORD_TO_LOCK: &str = "v=DMARC1; p=reject; sp=reject; np=reject";

/// Whether the domain says that it sends nothing, by its SPF record or its null MX, and nothing that it
/// publishes, nor the question, says otherwise.
pub(in crate::plan) fn sends_nothing(observation: &Observation, assessment: &Assessment) -> bool {
    let request = &observation.request;
    let records = &assessment.records;
    let nobody = allows_nobody(&records.spf);
    let says_so = match records.mx.result {
        "null" => nobody || records.spf.result == "none" && records.spf.reason.is_none(),
        "none" | "implicit" => nobody,
        _ => false,
    };
    let has_key = records.dkim.iter().any(|key| key.result == "valid");
    let is_used = assessment.paths.iter().any(|path| {
        let mut evidence = path.evidence.iter();
        evidence.any(|evidence| evidence.kind != EvidenceKind::Verification)
            && path.sender.and_then(service).is_some()
    });
    says_so && !has_key && !is_used && !request.states_path() && request.expect.is_empty()
}

fn allows_nobody(spf: &SpfRecord) -> bool {
    let root = spf.parsed.as_ref().filter(|_| spf.result == "valid");
    root.is_some_and(|root| {
        let terms: Vec<&str> = root.terms.iter().map(|term| term.text.as_str()).collect();
        matches!(terms[..], [only] if only.eq_ignore_ascii_case("-all"))
    })
}

/// How many of the three say so.
pub(super) fn locks(assessment: &Assessment) -> usize {
    let records = &assessment.records;
    let policy = records.dmarc.walk.as_ref().is_some_and(|policy| {
        let asks = if is_own(assessment) {
            [policy.p, policy.sp, policy.np]
        } else {
            [policy.effective; 3]
        };
        policy.effective == "reject" && asks == ["reject"; 3]
    });
    usize::from(records.mx.result == "null")
        + usize::from(allows_nobody(&records.spf))
        + usize::from(policy)
}

/// Whether the policy is the domain's own.
fn is_own(assessment: &Assessment) -> bool {
    let dmarc = &assessment.records.dmarc;
    let walk = dmarc.walk.as_ref();
    walk.is_some_and(|walk| dmarc.seen.name.parent().as_ref() == Some(&walk.policy_domain))
}

pub(super) fn steps(site: &Site<'_>, assessment: &Assessment) -> Vec<Step> {
    if !site.locks_down {
        return Vec::new();
    }
    let all = proposals(&site.observation.request.domain, assessment);
    all.into_iter()
        .map(|(fix, found)| Step {
            fixes: vec![fix],
            found,
            cause: None,
            whole: false,
        })
        .collect()
}

/// What locks the domain.
pub(in crate::plan) fn lock_fixes(domain: &Name, assessment: &Assessment) -> Vec<Fix> {
    let all = proposals(domain, assessment).into_iter();
    all.map(|(fix, _)| fix).collect()
}

/// Each of the three that is open, with what it takes the place of.
fn proposals(domain: &Name, assessment: &Assessment) -> Vec<(Fix, Option<String>)> {
    let records = &assessment.records;
    let mut all = Vec::new();
    if records.spf.result == "none" && records.spf.reason.is_none() {
        let name = owner(&records.spf.seen);
        all.push((add(name, RecordType::Txt, NOBODY_SENDS.to_owned()), None));
    }
    if matches!(records.mx.result, "none" | "implicit") {
        all.push((add(domain, RecordType::Mx, NULL_MX.to_owned()), None));
    }
    all.extend(policy(domain, assessment));
    all
}

/// The policy that refuses everything, with the report addresses and what else stands in the record.
fn policy(domain: &Name, assessment: &Assessment) -> Option<(Fix, Option<String>)> {
    let dmarc = &assessment.records.dmarc;
    let own_name = domain.prefixed("_dmarc").ok()?;
    match dmarc.result {
        "valid" | "no-policy" if dmarc.seen.name == own_name => {
            let raw = dmarc.seen.raw.clone()?;
            let locked = locked(&raw)?;
            (locked != raw).then(|| (change(owner(&dmarc.seen), locked), Some(raw)))
        }
        // One that is there and not read is put right first.
        "none" if dmarc.reason.is_some() => None,
        _ => Some((
            add(&own_name, RecordType::Txt, RECORD_TO_LOCK.to_owned()),
            None,
        )),
    }
}

fn locked(raw: &str) -> Option<String> {
    let mut record = PolicyRecord::parse(raw.as_bytes())?;
    for tag in [TagName::P, TagName::Sp, TagName::Np] {
        let text = record.with_tag(tag, "reject");
        record = PolicyRecord::parse(text.as_bytes())?;
    }
    // Test mode and a share would take back part of what the policies ask for.
    for tag in [TagName::T, TagName::Pct] {
        let text = record.without_tag(tag);
        record = PolicyRecord::parse(text.as_bytes())?;
    }
    Some(record.text().into_owned())
}
