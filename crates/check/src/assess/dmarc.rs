//! DMARC: which policy applies, whether receivers read it as it was meant, and where reports go.

mod json;
mod own_name;
mod record;

use garant_dns::{Name, RecordType};
use garant_msgauth::dmarc::{
    Acts, Applied, Authorisation, Comparison, Discovery, NotAuthorised, Outcome, Policy,
    PublicSuffix, TagName, public_suffix, registrable_domain,
};
use garant_msgauth::look_alike::LookAlike;
use garant_msgauth::mx::Mail;

use super::Judge;
use super::dkim::DkimState;
use super::spf::SpfState;
use crate::assessment::{DmarcRecord, Seen, unknown};
use crate::finding::{Code, Finding, Severity};
use crate::survey::{ReportFacts, Survey};

/// Aggregate report addresses that every receiver serves (RFC 7489, section 6.2).
const REPORT_ADDRESSES_SERVED: usize = 2;
/// What a domain without a policy is to publish first. Which address shall get reports, only its owner
/// knows; the record is valid without.
const RECORD_TO_BEGIN_WITH: &str = "v=DMARC1; p=none";
/// What a domain that sends nothing is to publish.
const RECORD_TO_LOCK: &str = "v=DMARC1; p=reject; sp=reject; np=reject";
/// What a destination publishes to say that it wants reports (RFC 9990, section 4).
const AUTHORISATION: &str = "v=DMARC1";

/// What the policy comes to, as far as the verdict needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PolicyState {
    /// A record that receivers read as it was meant.
    Applies(Policy),
    /// A record, or something meant as one, that they read otherwise or not at all.
    Broken,
    /// None.
    Missing,
    /// Too little was answered.
    Unknown,
}

pub(super) struct DmarcJudgement {
    pub(super) policy_state: PolicyState,
    /// The policy when it asks receivers to act.
    pub(super) enforced_policy: Option<Policy>,
    pub(super) record: DmarcRecord,
}

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>) -> DmarcJudgement {
    let facts = &survey.dmarc;
    let name = facts.name.clone().unwrap_or_else(|| judge.domain.clone());
    let Some(comparison) = &facts.comparison else {
        let seen = Seen::of(&name, None, None);
        return DmarcJudgement {
            policy_state: PolicyState::Unknown,
            enforced_policy: None,
            record: json::empty_record("temperror", Some("not-asked"), seen),
        };
    };
    let walk = &comparison.walk;
    let is_hidden = own_name::judge(judge, survey, walk);
    let (policy_state, enforced_policy) = match &walk.outcome {
        Outcome::Unanswered(unanswered) => {
            judge.unknown(unknown(&unanswered.question, unanswered.status));
            (PolicyState::Unknown, None)
        }
        Outcome::NoRecord if is_hidden => (PolicyState::Broken, None),
        Outcome::NoRecord => {
            missing(judge, survey, &name, walk);
            (PolicyState::Missing, None)
        }
        Outcome::Applies(applied) => {
            let read_as_meant = record::judge(judge, survey, walk, applied);
            reports(judge, &facts.reports, applied);
            let enforced = (applied.acts == Acts::AsWritten && applied.effective != Policy::None)
                .then_some(applied.policy);
            let state = if read_as_meant && !is_hidden {
                PolicyState::Applies(applied.effective)
            } else {
                PolicyState::Broken
            };
            (state, enforced)
        }
    };
    if !unexpected_suffix(judge, walk) {
        differs(judge, &name, comparison);
    }
    DmarcJudgement {
        policy_state,
        enforced_policy,
        record: json::json(facts, comparison, &name, survey),
    }
}

/// `_dmarc` of the domain whose record applies.
fn policy_name(judge: &Judge, applied: &Applied) -> Name {
    let name = applied.policy_domain.prefixed("_dmarc");
    // The record was found there, so the name is no longer than the DNS allows.
    name.unwrap_or_else(|_| judge.domain.clone())
}

fn code_points(found: &[LookAlike]) -> String {
    let mut points: Vec<String> = Vec::new();
    for point in found.iter().map(LookAlike::code_point) {
        if !points.contains(&point) {
            points.push(point);
        }
    }
    points.join(", ")
}

/// Whether the domain says that it sends nothing, and neither the question nor a key says otherwise: mail
/// with a return address elsewhere needs a key and no SPF record.
fn sends_nothing(survey: &Survey<'_>) -> bool {
    survey.allows_nobody_to_send()
        && survey.expected.records.is_empty()
        && !survey.paths.iter().any(|path| path.stated)
        && !survey.dkim.keys.iter().any(|key| key.is_usable())
}

/// Nothing applies, and nothing was meant to. A domain that sends is to begin by watching, at the
/// organization's name, where both ways of finding the policy look; one that sends nothing is locked.
fn missing(judge: &mut Judge, survey: &Survey<'_>, name: &Name, walk: &Discovery) {
    if survey.domain_is_absent() {
        return;
    }
    let organization = registrable_domain(&judge.domain);
    let (at, record) = match organization.and_then(|name| name.prefixed("_dmarc").ok()) {
        _ if sends_nothing(survey) => (name.clone(), RECORD_TO_LOCK),
        Some(at) => (at, RECORD_TO_BEGIN_WITH),
        None => (name.clone(), RECORD_TO_BEGIN_WITH),
    };
    let mut finding = judge
        .finding(Code::DmarcMissing, Severity::Risk, name)
        .at(RecordType::Txt)
        .expected(record.to_owned())
        .fix(judge.add(&at, record.to_owned()));
    let own = walk.own().map(|step| &step.selection);
    if let Some(own) = own.filter(|own| !own.others.is_empty()) {
        finding = finding.found(own_name::other_texts(own));
    }
    judge.say(finding);
}

/// Where reports go, and whether they are wanted there; each destination once.
fn reports(judge: &mut Judge, reports: &[ReportFacts], applied: &Applied) {
    let name = policy_name(judge, applied);
    let rua = applied.record.rua();
    if rua.len() > REPORT_ADDRESSES_SERVED {
        let addresses: Vec<String> = rua.iter().map(ToString::to_string).collect();
        let finding = judge
            .finding(Code::DmarcManyReportAddresses, Severity::Advice, &name)
            .arg("count", rua.len())
            .found(addresses.join(","))
            .at(RecordType::Txt);
        judge.say(finding);
    }
    let mut told = Vec::new();
    for report in reports {
        match &report.authorisation {
            Some(Authorisation::NotAuthorised { record, reason, .. }) => {
                let Some(host) = report.address.host.as_ref().filter(|h| !told.contains(h)) else {
                    continue;
                };
                told.push(host);
                let place = record.as_ref().map(Name::to_string).unwrap_or_default();
                let mut finding = judge
                    .finding(Code::DmarcReportsNotAuthorised, Severity::Advice, &name)
                    .arg("tag", report.tag.to_string())
                    .arg("destination", host)
                    .arg("record", place)
                    .found(report.address.uri.clone())
                    .at(RecordType::Txt);
                if let (Some(record), NotAuthorised::NoRecord) = (record, reason) {
                    finding = finding
                        .expected(AUTHORISATION.to_owned())
                        .at_name(record, RecordType::Txt)
                        .fix(judge.add(record, AUTHORISATION.to_owned()));
                }
                judge.say(finding);
            }
            Some(Authorisation::Unanswered(unanswered)) => {
                judge.unknown_aside(unknown(&unanswered.question, unanswered.status));
            }
            Some(Authorisation::SameOrganization | Authorisation::Authorised { .. }) | None => {}
        }
    }
}

/// `psd=y` somewhere on the way up, at a name that is no public suffix. Says whether it was met.
fn unexpected_suffix(judge: &mut Judge, walk: &Discovery) -> bool {
    for step in &walk.steps {
        let Some((record, question)) = step.selection.record().zip(step.question.as_ref()) else {
            continue;
        };
        let is_suffix = public_suffix(&step.domain).as_ref() == Some(&step.domain);
        if record.psd() == PublicSuffix::Yes && !is_suffix {
            let fixed = record.without_tag(TagName::Psd);
            let finding = judge
                .finding(Code::DmarcPsdUnexpected, Severity::Risk, &question.name)
                .found(record.text().into_owned())
                .expected(fixed.clone())
                .at(RecordType::Txt)
                .fix(judge.change(&question.name, fixed));
            judge.say(finding);
            return true;
        }
    }
    false
}

/// Two receivers may disagree.
fn differs(judge: &mut Judge, name: &Name, comparison: &Comparison) {
    if !comparison.differs() {
        return;
    }
    let organization = |discovery: &Discovery| {
        discovery
            .organizational_domain
            .name()
            .map(Name::to_string)
            .unwrap_or_default()
    };
    let effective = |discovery: &Discovery| discovery.applied().map(|applied| applied.policy);
    let same_policy = effective(&comparison.walk) == effective(&comparison.list);
    let severity = if same_policy {
        Severity::Advice
    } else {
        Severity::Risk
    };
    let finding = judge
        .finding(Code::DmarcDiscoveryDiffers, severity, name)
        .arg("walk", organization(&comparison.walk))
        .arg("list", organization(&comparison.list))
        .at(RecordType::Txt);
    judge.say(close_gap(judge, finding, comparison));
}

/// A record at the domain and none at its organization: one there closes the gap, and asks for nothing
/// that was not asked before.
fn close_gap(judge: &Judge, finding: Finding, comparison: &Comparison) -> Finding {
    let own = comparison.walk.applied();
    let author = &comparison.walk.author_domain;
    let above = comparison.list.organizational_domain.name();
    let (Some(applied), Some(above)) = (own, above.filter(|above| *above != author)) else {
        return finding;
    };
    let mut steps = comparison.list.steps.iter();
    let nothing_above = steps
        .find(|step| step.domain == *above)
        .is_some_and(|step| step.selection.records.is_empty());
    match above.prefixed("_dmarc") {
        Ok(name) if applied.policy_domain == *author && nothing_above => finding
            .expected(RECORD_TO_BEGIN_WITH.to_owned())
            .fix(judge.add(&name, RECORD_TO_BEGIN_WITH.to_owned())),
        _ => finding,
    }
}

/// What an enforced policy means beside what SPF and DKIM can prove.
pub(super) fn judge_with_proof(
    judge: &mut Judge,
    survey: &Survey<'_>,
    judgement: &DmarcJudgement,
    spf: SpfState,
    dkim: DkimState,
) {
    let Some(policy) = judgement.enforced_policy else {
        return;
    };
    let comparison = survey.dmarc.comparison.as_ref();
    let Some(applied) = comparison.and_then(|found| found.walk.applied()) else {
        return;
    };
    let name = policy_name(judge, applied);
    if survey.is_signed_elsewhere() {
        return;
    }
    let allows_nobody = survey.allows_nobody_to_send();
    let code = match (spf, dkim) {
        // A domain that receives nothing sends nothing either: then this is as it should be.
        (SpfState::Missing, DkimState::NoneAtAll) if survey.mx.mail == Some(Mail::Null) => return,
        (SpfState::Missing | SpfState::Broken, DkimState::NoneAtAll) => {
            Code::DmarcEnforcedWithoutBoth
        }
        (SpfState::Works, DkimState::NoneAtAll) if !allows_nobody => Code::DmarcEnforcedWithoutDkim,
        _ => return,
    };
    let severity = if code == Code::DmarcEnforcedWithoutBoth {
        Severity::Blocks
    } else {
        Severity::Risk
    };
    let finding = judge
        .finding(code, severity, &name)
        .arg("policy", policy.as_str())
        .at(RecordType::Txt);
    let finding = match &judgement.record.seen.raw {
        Some(raw) => finding.found(raw.clone()),
        None => finding,
    };
    judge.say(finding);
}
