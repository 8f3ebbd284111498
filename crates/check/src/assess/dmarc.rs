//! DMARC: which policy applies, whether receivers read it as it was meant, and where reports go.

use std::collections::BTreeMap;

use garant_dns::{Answer, Name, Question, RecordType};
use garant_msgauth::dmarc::{
    Acts, Alignment, Applied, Authorisation, Comparison, Discovery, NearMiss, NearMissKind,
    NotAuthorised, Outcome, Policy, PolicyRecord, PolicyTag, PublicSuffix, Reason, Selection,
    TagName, near_miss, public_suffix,
};

use super::Judge;
use super::dkim::DkimState;
use super::spf::SpfState;
use crate::assessment::{DmarcPolicy, DmarcRecord, Seen, reason_of, unknown};
use crate::finding::{Code, Finding, Severity};
use crate::survey::{DmarcFacts, ReportFacts, Survey};

/// Aggregate report addresses that every receiver serves (RFC 7489, section 6.2).
const REPORT_ADDRESSES_SERVED: usize = 2;

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
        let record = empty_record("temperror", Some("not-asked"), Seen::of(&name, None, None));
        return DmarcJudgement {
            policy_state: PolicyState::Unknown,
            enforced_policy: None,
            record,
        };
    };
    let walk = &comparison.walk;
    let told_before = judge.findings.len();
    own_name(judge, survey, &name, walk);
    let broken_here = judge.findings[told_before..]
        .iter()
        .any(|f| f.severity <= Severity::Risk);
    let (policy_state, enforced_policy) = match &walk.outcome {
        Outcome::Unanswered(unanswered) => {
            judge.unknown(unknown(&unanswered.question, unanswered.status));
            (PolicyState::Unknown, None)
        }
        Outcome::NoRecord => {
            if !broken_here && !survey.domain_is_absent() {
                judge.say(
                    judge
                        .finding(Code::DmarcMissing, Severity::Risk, &name)
                        .at(RecordType::Txt),
                );
            }
            (
                if broken_here {
                    PolicyState::Broken
                } else {
                    PolicyState::Missing
                },
                None,
            )
        }
        Outcome::Applies(applied) => {
            let read_as_meant = record(judge, walk, applied);
            reports(judge, &facts.reports, applied);
            let enforced = (applied.acts == Acts::AsWritten && applied.effective != Policy::None)
                .then_some(applied.policy);
            let state = if read_as_meant && !broken_here {
                PolicyState::Applies(applied.effective)
            } else {
                PolicyState::Broken
            };
            (state, enforced)
        }
    };
    differs(judge, &name, comparison);
    DmarcJudgement {
        policy_state,
        enforced_policy,
        record: json(facts, comparison, &name, survey),
    }
}

/// What stands at the domain's own `_dmarc`, besides a record that applies.
fn own_name(judge: &mut Judge, survey: &Survey<'_>, name: &Name, walk: &Discovery) {
    let Some(own) = walk.own() else { return };
    let selection = &own.selection;
    if selection.records.len() > 1 {
        let texts: Vec<String> = selection
            .records
            .iter()
            .map(|record| record.text().into_owned())
            .collect();
        let mut finding = judge
            .finding(Code::DmarcMultiple, Severity::Risk, name)
            .arg("count", texts.len())
            .found(texts.join("\n"))
            .at(RecordType::Txt);
        // The strictest of them is kept: whoever wrote it meant it, and the others allow no more.
        let kept = selection
            .records
            .iter()
            .max_by_key(|record| record.reading().p);
        for text in &texts {
            if kept.is_none_or(|kept| kept.text() != *text) {
                finding = finding.fix(judge.delete(name, RecordType::Txt, text.clone()));
            }
        }
        judge.say(finding);
    }
    for near in &selection.near_misses {
        near_miss_finding(judge, name, near);
    }
    let unrelated = selection
        .others
        .len()
        .saturating_sub(selection.near_misses.len());
    if unrelated > 0 {
        let others = selection.others.iter().map(garant_dns::Txt::to_text);
        let finding = judge
            .finding(Code::DmarcUnrelatedText, Severity::Advice, name)
            .arg("count", unrelated)
            .found(others.collect::<Vec<_>>().join("\n"))
            .at(RecordType::Txt);
        judge.say(finding);
    }
    let dangling = survey.dmarc.own.filter(|answer| {
        answer.status.is_definite() && answer.records.is_empty() && !answer.aliases.is_empty()
    });
    if let Some(alias) = dangling.and_then(|answer| answer.aliases.last()) {
        let finding = judge
            .finding(Code::DmarcDangling, Severity::Risk, name)
            .arg("target", &alias.target)
            .found(alias.target.to_string())
            .at(RecordType::Cname)
            .fix(judge.delete(name, RecordType::Cname, alias.target.to_string()));
        judge.say(finding);
    }
    if selection.records.is_empty() && selection.near_misses.is_empty() && walk.applied().is_none()
    {
        wrong_place(judge, survey, name);
    }
}

fn near_miss_finding(judge: &mut Judge, name: &Name, near: &NearMiss) {
    let code = match near.kind {
        NearMissKind::LeadingSpace => Code::DmarcLeadingSpace,
        NearMissKind::Quoted => Code::DmarcQuoted,
        NearMissKind::LookAlike => Code::DmarcLookAlike,
        NearMissKind::VersionCase => Code::DmarcVersionCase,
        NearMissKind::VersionNotFirst => Code::DmarcVersionNotFirst,
        NearMissKind::Misspelt => Code::DmarcMisspelt,
    };
    let found = match code {
        Code::DmarcLookAlike => code_points(&near.found),
        _ => near.found.clone(),
    };
    let finding = judge
        .finding(code, Severity::Risk, name)
        .arg("found", found)
        .arg("fixed", near.fixed.as_str())
        .found(near.found.clone())
        .expected(near.fixed.clone())
        .at(RecordType::Txt)
        .fix(judge.change(name, near.fixed.clone()));
    judge.say(finding);
}

fn code_points(text: &str) -> String {
    let found = garant_msgauth::look_alike::find(text.as_bytes());
    let mut points: Vec<String> = found.iter().map(|found| found.code_point()).collect();
    points.dedup();
    points.join(", ")
}

/// A record at the domain itself, or at a name that only looks like the right one.
fn wrong_place(judge: &mut Judge, survey: &Survey<'_>, name: &Name) {
    let domain = judge.domain.clone();
    let at_domain = survey
        .own_text
        .into_iter()
        .flat_map(Answer::texts)
        .find_map(|txt| {
            let text = txt.joined();
            let record = PolicyRecord::parse(&text).map(|record| record.text().into_owned());
            record.or_else(|| near_miss(&text).map(|near| near.fixed))
        });
    let (found_at, text) = match (at_domain, &survey.dmarc.elsewhere) {
        (Some(text), _) => (domain, Some(text)),
        (None, Some(elsewhere)) => (elsewhere.clone(), None),
        (None, None) => return,
    };
    let mut finding = judge
        .finding(Code::DmarcWrongPlace, Severity::Risk, name)
        .arg("found_at", &found_at)
        .at(RecordType::Txt);
    if let Some(text) = text {
        finding = finding
            .found(text.clone())
            .expected(text.clone())
            .fix(judge.add(name, text.clone()))
            .fix(judge.delete(&found_at, RecordType::Txt, text));
    }
    judge.say(finding);
}

/// The record that applies. Says whether receivers read it as it was meant.
fn record(judge: &mut Judge, walk: &Discovery, applied: &Applied) -> bool {
    let record = &applied.record;
    let name = applied
        .policy_domain
        .prefixed("_dmarc")
        .unwrap_or_else(|_| judge.domain.clone());
    let inherited = applied.policy_domain != walk.author_domain;
    let text = record.text().into_owned();
    let acts = match applied.acts {
        Acts::Nothing => "nothing",
        Acts::AsNone | Acts::AsWritten => "none",
    };
    let make = |judge: &Judge, code, severity| {
        judge
            .finding(code, severity, &name)
            .found(text.clone())
            .at(RecordType::Txt)
    };
    let repair = |judge: &Judge, finding: Finding| {
        let fixed = record.repaired();
        finding
            .expected(fixed.clone())
            .fix(judge.change(&name, fixed))
    };
    if record.p.is_none() && record.invalid(TagName::P).is_none() {
        let severity = if applied.acts == Acts::Nothing {
            Severity::Risk
        } else {
            Severity::Advice
        };
        let finding = make(judge, Code::DmarcPolicyMissing, severity).arg("acts", acts);
        judge.say(repair(judge, finding));
    }
    for fault in &record.faults {
        let finding = fault_finding(&make, judge, record, &fault.reason, acts);
        let Some(finding) = finding else { continue };
        let needs_repair = finding.severity <= Severity::Risk
            || matches!(
                finding.code,
                Code::DmarcJunk | Code::DmarcUnknownTag | Code::DmarcDuplicateTag
            );
        let finding = if finding.fixes.is_empty() && needs_repair {
            repair(judge, finding)
        } else {
            finding
        };
        judge.say(finding);
    }
    removed_tags(judge, record, &make);
    strictness(judge, record, applied, &make);
    if inherited {
        let finding = make(judge, Code::DmarcInherited, Severity::Fine)
            .arg("policy_domain", &applied.policy_domain)
            .arg("policy", applied.effective.as_str())
            .arg("tag", applied.tag.as_str());
        judge.say(finding);
    }
    if applied.acts == Acts::AsWritten {
        if applied.policy == Policy::None {
            let finding = judge.finding(Code::DmarcMonitoring, Severity::Advice, &name);
            judge.say(finding.at(RecordType::Txt));
        } else {
            let finding = judge
                .finding(Code::DmarcEnforced, Severity::Fine, &name)
                .arg("policy", applied.policy.as_str());
            judge.say(finding);
        }
    }
    if record.rua().is_empty() {
        let named = record.faults.iter().any(|fault| {
            matches!(&fault.reason, Reason::ReportAddress { tag, .. } if tag.name() == TagName::Rua)
        });
        if !named {
            judge.say(make(judge, Code::DmarcNoReports, Severity::Advice));
        }
    }
    applied.acts == Acts::AsWritten
        || (record.p.is_none()
            && applied.acts == Acts::AsNone
            && record.invalid(TagName::P).is_none())
}

fn fault_finding(
    make: &dyn Fn(&Judge, Code, Severity) -> Finding,
    judge: &Judge,
    record: &PolicyRecord,
    reason: &Reason,
    acts: &'static str,
) -> Option<Finding> {
    let policy = record.p.as_ref().map_or("", |p| p.value.as_str());
    Some(match reason {
        Reason::InvalidValue {
            tag: TagName::P,
            value,
            meant,
        } => make(judge, Code::DmarcPolicyInvalid, Severity::Risk)
            .arg("value", value.as_str())
            .arg("meant", meant.unwrap_or(""))
            .arg("acts", acts),
        Reason::InvalidValue {
            tag: tag @ (TagName::Sp | TagName::Np),
            value,
            meant,
        } => make(judge, Code::DmarcSubdomainPolicyInvalid, Severity::Risk)
            .arg("tag", tag.as_str())
            .arg("value", value.as_str())
            .arg("meant", meant.unwrap_or(""))
            .arg("acts", acts)
            .arg("policy", policy),
        // A bad pct changes nothing for receivers that follow RFC 9989: it is told with the good ones.
        Reason::InvalidValue {
            tag: TagName::Pct, ..
        }
        | Reason::RemovedTag { .. } => return None,
        // Each bad address is told by itself.
        Reason::InvalidValue {
            tag: TagName::Rua | TagName::Ruf,
            ..
        } => return None,
        Reason::InvalidValue { tag, value, .. } => {
            make(judge, Code::DmarcJunk, Severity::Advice).arg("parts", format!("{tag}={value}"))
        }
        Reason::Junk { text } => {
            make(judge, Code::DmarcJunk, Severity::Advice).arg("parts", text.as_str())
        }
        Reason::ControlCharacter(octet) => {
            make(judge, Code::DmarcJunk, Severity::Advice).arg("parts", format!("U+{octet:04X}"))
        }
        Reason::UnknownTag { name, suggestion } => {
            make(judge, Code::DmarcUnknownTag, Severity::Advice)
                .arg("tag", name.as_str())
                .arg("suggestion", suggestion.map_or("", TagName::as_str))
        }
        Reason::DuplicateTag { name } => {
            make(judge, Code::DmarcDuplicateTag, Severity::Advice).arg("tag", name.as_str())
        }
        Reason::ReportAddress { tag, value, fixed } => {
            let finding = make(judge, Code::DmarcReportAddressInvalid, Severity::Advice)
                .arg("tag", tag.to_string())
                .arg("value", value.as_str())
                .arg("fixed", fixed.as_deref().unwrap_or(""));
            let repaired = record.repaired();
            let fix = judge.change(&finding.subject, repaired.clone());
            finding.expected(repaired).fix(fix)
        }
        Reason::SizeSuffix { value } => {
            make(judge, Code::DmarcReportSizeSuffix, Severity::Advice).arg("value", value.as_str())
        }
        Reason::LookAlike(found) => {
            let repaired = record.repaired();
            make(judge, Code::DmarcLookAlike, Severity::Advice)
                .arg("found", found.code_point())
                .arg("fixed", repaired.as_str())
        }
    })
}

fn removed_tags(
    judge: &mut Judge,
    record: &PolicyRecord,
    make: &dyn Fn(&Judge, Code, Severity) -> Finding,
) {
    let mut others = Vec::new();
    for fault in &record.faults {
        let (tag, value) = match &fault.reason {
            Reason::RemovedTag { tag, value } => (*tag, value),
            Reason::InvalidValue {
                tag: TagName::Pct,
                value,
                ..
            } => (TagName::Pct, value),
            _ => continue,
        };
        if tag == TagName::Pct && value != "100" {
            let fixed = record.without_tag(TagName::Pct);
            let finding = make(judge, Code::DmarcPctRemoved, Severity::Advice)
                .arg("value", value.as_str())
                .expected(fixed.clone());
            let fix = judge.change(&finding.subject, fixed);
            if !judge
                .findings
                .iter()
                .any(|known| known.code == Code::DmarcPctRemoved)
            {
                judge.say(finding.fix(fix));
            }
        } else {
            others.push(tag.as_str());
        }
    }
    if !others.is_empty() {
        let finding =
            make(judge, Code::DmarcRemovedTags, Severity::Advice).arg("tags", others.join(", "));
        judge.say(finding);
    }
}

/// Test mode, alignment, and policies for subdomains.
fn strictness(
    judge: &mut Judge,
    record: &PolicyRecord,
    applied: &Applied,
    make: &dyn Fn(&Judge, Code, Severity) -> Finding,
) {
    let reading = record.reading();
    if applied.acts == Acts::AsWritten && reading.testing {
        let finding = make(judge, Code::DmarcTesting, Severity::Advice)
            .arg("policy", applied.policy.as_str())
            .arg("effective", applied.effective.as_str());
        judge.say(finding);
    }
    let strict: Vec<&str> = [("adkim=s", record.adkim()), ("aspf=s", record.aspf())]
        .into_iter()
        .filter(|(_, alignment)| *alignment == Alignment::Strict)
        .map(|(tag, _)| tag)
        .collect();
    if !strict.is_empty() {
        let finding = make(judge, Code::DmarcStrictAlignment, Severity::Advice)
            .arg("tags", strict.join("; "));
        judge.say(finding);
    }
    if applied.acts == Acts::AsWritten && applied.tag == PolicyTag::P {
        if reading.sp < reading.p {
            let finding = make(judge, Code::DmarcSubdomainsWeaker, Severity::Advice)
                .arg("policy", reading.p.as_str())
                .arg("sp", reading.sp.as_str());
            judge.say(finding);
        }
        if record.np.is_some() && reading.np < reading.sp {
            let finding = make(judge, Code::DmarcNonexistentWeaker, Severity::Advice)
                .arg("policy", reading.sp.as_str())
                .arg("np", reading.np.as_str());
            judge.say(finding);
        }
    }
    let is_suffix = public_suffix(&applied.policy_domain).as_ref() == Some(&applied.policy_domain);
    if record.psd() == PublicSuffix::Yes && !is_suffix {
        let fixed = record.without_tag(TagName::Psd);
        let finding = make(judge, Code::DmarcPsdUnexpected, Severity::Risk).expected(fixed.clone());
        let fix = judge.change(&finding.subject, fixed);
        judge.say(finding.fix(fix));
    }
    if let Some(fo) = record.fo.as_ref().filter(|_| record.ruf().is_empty()) {
        let value = record
            .octets()
            .get(fo.value_span.start..fo.value_span.end)
            .map(|octets| String::from_utf8_lossy(octets).into_owned());
        let finding = make(judge, Code::DmarcFailureOptionsUnused, Severity::Advice)
            .arg("value", value.unwrap_or_default());
        judge.say(finding);
    }
}

fn reports(judge: &mut Judge, reports: &[ReportFacts], applied: &Applied) {
    let name = applied
        .policy_domain
        .prefixed("_dmarc")
        .unwrap_or_else(|_| judge.domain.clone());
    let count = applied.record.rua().len();
    if count > REPORT_ADDRESSES_SERVED {
        let finding = judge
            .finding(Code::DmarcManyReportAddresses, Severity::Advice, &name)
            .arg("count", count)
            .at(RecordType::Txt);
        judge.say(finding);
    }
    for report in reports {
        match &report.authorisation {
            Some(Authorisation::NotAuthorised { record, reason, .. }) => {
                let host = report
                    .address
                    .host
                    .as_ref()
                    .map(Name::to_string)
                    .unwrap_or_default();
                let place = record.as_ref().map(Name::to_string).unwrap_or_default();
                let mut finding = judge
                    .finding(Code::DmarcReportsNotAuthorised, Severity::Advice, &name)
                    .arg("tag", report.tag.to_string())
                    .arg("destination", host)
                    .arg("record", place)
                    .found(report.address.uri.clone())
                    .at(RecordType::Txt);
                if let (Some(record), NotAuthorised::NoRecord) = (record, reason) {
                    finding = finding.fix(judge.add(record, "v=DMARC1".to_owned()));
                }
                judge.say(finding);
            }
            Some(Authorisation::Unanswered(unanswered)) => {
                judge.unknown(unknown(&unanswered.question, unanswered.status));
            }
            Some(Authorisation::SameOrganization | Authorisation::Authorised { .. }) | None => {}
        }
    }
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
        .arg("list", organization(&comparison.list));
    judge.say(finding);
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
    let allows_nobody = survey.allows_nobody_to_send();
    let Some(name) = &survey.dmarc.name else {
        return;
    };
    let code = match (spf, dkim) {
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
        .finding(code, severity, name)
        .arg("policy", policy.as_str())
        .at(RecordType::Txt);
    let finding = match &judgement.record.seen.raw {
        Some(raw) => finding.found(raw.clone()),
        None => finding,
    };
    judge.say(finding);
}

fn empty_record(result: &'static str, reason: Option<&'static str>, seen: Seen) -> DmarcRecord {
    DmarcRecord {
        result,
        reason,
        seen,
        parsed: None,
        walk: None,
        psl: None,
    }
}

fn json(
    facts: &DmarcFacts<'_>,
    comparison: &Comparison,
    name: &Name,
    survey: &Survey<'_>,
) -> DmarcRecord {
    let walk = &comparison.walk;
    let Some(applied) = walk.applied() else {
        let own = walk.own().map(|step| &step.selection);
        let reason = no_policy_reason(walk, own, survey);
        let raw = own.and_then(raw_of);
        let seen = Seen::of(name, facts.own, raw);
        let mut record = empty_record(walk.result(), reason, seen);
        record.psl = policy(&comparison.list);
        return record;
    };
    let at = applied
        .policy_domain
        .prefixed("_dmarc")
        .unwrap_or_else(|_| name.clone());
    let question = Question::new(at, RecordType::Txt);
    let seen = Seen::at(
        survey.answers,
        &question,
        Some(applied.record.text().into_owned()),
    );
    let result = match applied.acts {
        Acts::Nothing => "no-policy",
        Acts::AsWritten | Acts::AsNone => "valid",
    };
    DmarcRecord {
        result,
        reason: record_reason(&applied.record),
        seen,
        parsed: Some(tags(&applied.record)),
        walk: policy(walk),
        psl: policy(&comparison.list),
    }
}

fn raw_of(selection: &Selection) -> Option<String> {
    let records = selection
        .records
        .iter()
        .map(|record| record.text().into_owned());
    let near = selection.near_misses.iter().map(|near| near.found.clone());
    let texts: Vec<String> = records.chain(near).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn no_policy_reason(
    walk: &Discovery,
    own: Option<&Selection>,
    survey: &Survey<'_>,
) -> Option<&'static str> {
    if let Outcome::Unanswered(unanswered) = &walk.outcome {
        return Some(reason_of(unanswered.status));
    }
    let own = own?;
    if own.records.len() > 1 {
        return Some("multiple");
    }
    if let Some(near) = own.near_misses.first() {
        return Some(match near.kind {
            NearMissKind::LeadingSpace => "leading-space",
            NearMissKind::Quoted => "quoted",
            NearMissKind::LookAlike => "look-alike",
            NearMissKind::VersionCase => "version-case",
            NearMissKind::VersionNotFirst => "v-not-first",
            NearMissKind::Misspelt => "misspelt",
        });
    }
    let at_domain = survey
        .own_text
        .into_iter()
        .flat_map(Answer::texts)
        .any(|txt| {
            let text = txt.joined();
            PolicyRecord::parse(&text).is_some() || near_miss(&text).is_some()
        });
    (at_domain || survey.dmarc.elsewhere.is_some()).then_some("wrong-location")
}

fn record_reason(record: &PolicyRecord) -> Option<&'static str> {
    if record.p.is_none() && record.invalid(TagName::P).is_none() {
        return Some("p-missing");
    }
    record.faults.iter().find_map(|fault| match &fault.reason {
        Reason::InvalidValue {
            tag: TagName::P, ..
        } => Some("p-invalid"),
        Reason::InvalidValue {
            tag: TagName::Sp, ..
        } => Some("sp-invalid"),
        Reason::InvalidValue {
            tag: TagName::Np, ..
        } => Some("np-invalid"),
        Reason::ReportAddress { .. } => Some("rua-invalid"),
        _ => None,
    })
}

fn tags(record: &PolicyRecord) -> BTreeMap<String, String> {
    use garant_msgauth::tag_list::{self, Grammar, Piece};
    let octets = record.octets();
    let mut tags = BTreeMap::new();
    for piece in tag_list::split(octets, Grammar::Dmarc) {
        if let Piece::Tag { name, value, .. } = piece {
            let name = tag_list::lossy(octets, name).to_ascii_lowercase();
            tags.entry(name)
                .or_insert_with(|| tag_list::lossy(octets, value));
        }
    }
    tags
}

fn policy(discovery: &Discovery) -> Option<DmarcPolicy> {
    let applied = discovery.applied()?;
    let reading = applied.record.reading();
    let legacy = applied.record.legacy_reading();
    let by_list = discovery.method == garant_msgauth::dmarc::Method::PublicSuffixList;
    let (p, sp, np) = if by_list {
        (legacy.p, legacy.sp, legacy.sp)
    } else {
        (reading.p, reading.sp, reading.np)
    };
    let organization = discovery.organizational_domain.name();
    Some(DmarcPolicy {
        policy_domain: applied.policy_domain.clone(),
        organizational_domain: organization.unwrap_or(&discovery.author_domain).clone(),
        effective: applied.effective.as_str(),
        tag: applied.tag.as_str(),
        p: p.as_str(),
        sp: sp.as_str(),
        np: np.as_str(),
    })
}
