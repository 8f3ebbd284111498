//! The record that applies: what receivers make of it, and what its owner may not know.

use garant_dns::{AnswerTable as _, Name, Question, RecordType};
use garant_msgauth::dmarc::{
    Acts, Alignment, Applied, Discovery, Fault, Policy, PolicyRecord, PolicyTag, Reason, ReportTag,
    TagName,
};
use garant_msgauth::look_alike::LookAlike;

use super::super::Judge;
use super::super::dkim::owner;
use crate::finding::{Code, Finding, Severity};
use crate::survey::Survey;

/// The record and where it stands.
struct Standing<'a> {
    applied: &'a Applied,
    record: &'a PolicyRecord,
    /// `_dmarc` of the domain whose record applies.
    name: Name,
    /// The end of that name's aliases.
    owner: Name,
    text: String,
    /// What the record says once all is repaired; nothing when that is what it says now.
    repaired: Option<PolicyRecord>,
    inherited: bool,
    sends_nothing: bool,
}

/// Says whether receivers read the record as it was meant.
pub(super) fn judge(
    judge: &mut Judge,
    survey: &Survey<'_>,
    walk: &Discovery,
    applied: &Applied,
) -> bool {
    let record = &applied.record;
    let name = super::policy_name(judge, applied);
    let answer = survey
        .answers
        .answer(&Question::new(name.clone(), RecordType::Txt));
    let text = record.text().into_owned();
    let repaired = record.repaired();
    let here = Standing {
        applied,
        record,
        owner: owner(&name, answer).clone(),
        repaired: (repaired != text)
            .then(|| PolicyRecord::parse(repaired.as_bytes()))
            .flatten(),
        text,
        name,
        inherited: applied.policy_domain != walk.author_domain,
        sends_nothing: survey.allows_nobody_to_send(),
    };
    here.policy_missing(judge);
    here.faults(judge);
    here.removed_tags(judge);
    here.strictness(judge);
    here.failure_options(judge);
    here.in_force(judge);
    here.no_reports(judge);
    applied.acts == Acts::AsWritten || (here.lacks_policy() && applied.acts == Acts::AsNone)
}

impl Standing<'_> {
    fn make(&self, judge: &Judge, code: Code, severity: Severity) -> Finding {
        judge
            .finding(code, severity, &self.name)
            .found(self.text.clone())
            .at_name(&self.owner, RecordType::Txt)
    }

    fn change(&self, judge: &Judge, finding: Finding, text: String) -> Finding {
        let fix = judge.change(&self.owner, text.clone());
        finding.expected(text).fix(fix)
    }

    fn repair(&self, judge: &Judge, finding: Finding) -> Finding {
        match &self.repaired {
            Some(repaired) => self.change(judge, finding, repaired.text().into_owned()),
            None => finding,
        }
    }

    fn acts(&self) -> &'static str {
        match self.applied.acts {
            Acts::Nothing => "nothing",
            Acts::AsNone | Acts::AsWritten => "none",
        }
    }

    fn lacks_policy(&self) -> bool {
        self.record.p.is_none() && self.record.invalid(TagName::P).is_none()
    }

    /// Whether the policy is absent because something that was meant as one is not read: then that is
    /// the cause, and as bad as its consequence.
    fn policy_is_hidden(&self) -> bool {
        let policy = self.repaired.as_ref().and_then(|record| record.p.as_ref());
        self.lacks_policy()
            && (self.suggests(TagName::P) || policy.is_some_and(|p| p.value != Policy::None))
    }

    fn suggests(&self, tag: TagName) -> bool {
        self.record.faults.iter().any(|fault| {
            matches!(&fault.reason, Reason::UnknownTag { suggestion, .. } if *suggestion == Some(tag))
        })
    }

    fn policy_missing(&self, judge: &mut Judge) {
        if !self.lacks_policy() || self.policy_is_hidden() {
            return;
        }
        let severity = if self.applied.acts == Acts::Nothing {
            Severity::Risk
        } else {
            Severity::Advice
        };
        let finding = self
            .make(judge, Code::DmarcPolicyMissing, severity)
            .arg("acts", self.acts());
        judge.say(self.repair(judge, finding));
    }

    /// Each fault once: what cannot be read in one finding, and so the typographic characters, which stand
    /// for the faults that they cause. A policy that does not count is told whatever the cause.
    fn faults(&self, judge: &mut Judge) {
        let is_look_alike = |fault: &Fault| match fault.reason {
            Reason::LookAlike(found) => Some(found),
            _ => None,
        };
        let look_alikes: Vec<LookAlike> = self
            .record
            .faults
            .iter()
            .filter_map(is_look_alike)
            .collect();
        let count_within = |fault: &Fault| {
            let is_within =
                |l: &&LookAlike| fault.span.start <= l.span.start && l.span.end <= fault.span.end;
            look_alikes.iter().filter(is_within).count()
        };
        let mut junk = Vec::new();
        let mut told_look_alikes = 0;
        for fault in &self.record.faults {
            let caused_by = count_within(fault);
            if let Some(finding) = self.policy_fault(judge, &fault.reason) {
                told_look_alikes += caused_by;
                judge.say(self.repair(judge, finding));
                continue;
            }
            if caused_by > 0 {
                continue;
            }
            junk.extend(junk_part(&fault.reason));
            if let Some(finding) = self.other_fault(judge, &fault.reason) {
                judge.say(self.repair(judge, finding));
            }
        }
        if look_alikes.len() > told_look_alikes {
            let severity = if self.policy_is_hidden() {
                Severity::Risk
            } else {
                Severity::Advice
            };
            let fixed = self.repaired.as_ref().map(|record| record.text());
            let finding = self
                .make(judge, Code::DmarcLookAlike, severity)
                .arg("found", super::code_points(&look_alikes))
                .arg("fixed", fixed.as_deref().unwrap_or(""));
            judge.say(self.repair(judge, finding));
        }
        if !junk.is_empty() {
            let finding = self
                .make(judge, Code::DmarcJunk, Severity::Advice)
                .arg("parts", junk.join("; "));
            judge.say(self.repair(judge, finding));
        }
    }

    fn policy_fault(&self, judge: &Judge, reason: &Reason) -> Option<Finding> {
        let Reason::InvalidValue { tag, value, meant } = reason else {
            return None;
        };
        let finding = match tag {
            TagName::P => self.make(judge, Code::DmarcPolicyInvalid, Severity::Risk),
            TagName::Sp | TagName::Np => {
                let policy = self.record.p.as_ref().map_or("", |p| p.value.as_str());
                self.make(judge, Code::DmarcSubdomainPolicyInvalid, Severity::Risk)
                    .arg("tag", tag.as_str())
                    .arg("policy", policy)
            }
            _ => return None,
        };
        let meant = meant.unwrap_or("");
        Some(
            finding
                .arg("value", value.as_str())
                .arg("meant", meant)
                .arg("acts", self.acts()),
        )
    }

    fn other_fault(&self, judge: &Judge, reason: &Reason) -> Option<Finding> {
        Some(match reason {
            Reason::UnknownTag { name, suggestion } => {
                let severity = if *suggestion == Some(TagName::P) && self.lacks_policy() {
                    Severity::Risk
                } else {
                    Severity::Advice
                };
                self.make(judge, Code::DmarcUnknownTag, severity)
                    .arg("tag", name.as_str())
                    .arg("suggestion", suggestion.map_or("", TagName::as_str))
            }
            Reason::DuplicateTag { name } => {
                // Which policy holds is then up to the receiver.
                let severity = if name.eq_ignore_ascii_case("p") {
                    Severity::Risk
                } else {
                    Severity::Advice
                };
                self.make(judge, Code::DmarcDuplicateTag, severity)
                    .arg("tag", name.to_ascii_lowercase())
            }
            Reason::ReportAddress { tag, value, fixed } => self
                .make(judge, Code::DmarcReportAddressInvalid, Severity::Advice)
                .arg("tag", tag.to_string())
                .arg("value", value.as_str())
                .arg("fixed", fixed.as_deref().unwrap_or("")),
            Reason::SizeSuffix { value } => self
                .make(judge, Code::DmarcReportSizeSuffix, Severity::Advice)
                .arg("value", value.as_str()),
            // Told elsewhere, each in its own way.
            Reason::InvalidValue { .. }
            | Reason::RemovedTag { .. }
            | Reason::Junk { .. }
            | Reason::ControlCharacter(_)
            | Reason::LookAlike(_) => return None,
        })
    }

    fn removed_tags(&self, judge: &mut Judge) {
        let mut others = Vec::new();
        for fault in &self.record.faults {
            let Reason::RemovedTag { tag, value } = &fault.reason else {
                continue;
            };
            if *tag == TagName::Pct && value != "100" {
                let finding = self
                    .make(judge, Code::DmarcPctRemoved, Severity::Advice)
                    .arg("value", value.as_str());
                let without = without_tags(self.record, &[TagName::Pct]);
                judge.say(self.change(judge, finding, without));
            } else {
                others.push(*tag);
            }
        }
        if others.is_empty() {
            return;
        }
        let names: Vec<&str> = others.iter().map(|tag| tag.as_str()).collect();
        let finding = self
            .make(judge, Code::DmarcRemovedTags, Severity::Advice)
            .arg("tags", names.join(", "));
        let without = without_tags(self.record, &others);
        judge.say(self.change(judge, finding, without));
    }

    /// Test mode, alignment, and policies for subdomains.
    fn strictness(&self, judge: &mut Judge) {
        let (record, applied) = (self.record, self.applied);
        let reading = record.reading();
        let as_written = applied.acts == Acts::AsWritten;
        if as_written && applied.effective != applied.policy {
            let finding = self
                .make(judge, Code::DmarcTesting, Severity::Advice)
                .arg("policy", applied.policy.as_str())
                .arg("effective", applied.effective.as_str());
            judge.say(finding);
        }
        let strict: Vec<&str> = [("adkim=s", record.adkim()), ("aspf=s", record.aspf())]
            .into_iter()
            .filter(|(_, alignment)| *alignment == Alignment::Strict)
            .map(|(tag, _)| tag)
            .collect();
        // Where no mail is sent there is nothing to align, and strict is only stricter.
        if !strict.is_empty() && !self.sends_nothing {
            let finding = self
                .make(judge, Code::DmarcStrictAlignment, Severity::Advice)
                .arg("tags", strict.join("; "));
            judge.say(finding);
        }
        if as_written && applied.tag == PolicyTag::P && !self.inherited {
            if reading.sp < reading.p {
                let finding = self
                    .make(judge, Code::DmarcSubdomainsWeaker, Severity::Advice)
                    .arg("policy", reading.p.as_str())
                    .arg("sp", reading.sp.as_str());
                judge.say(finding);
            }
            if record.np.is_some() && reading.np < reading.sp {
                let finding = self
                    .make(judge, Code::DmarcNonexistentWeaker, Severity::Advice)
                    .arg("policy", reading.sp.as_str())
                    .arg("np", reading.np.as_str());
                // Names that do not exist send nothing, so nothing is lost.
                let without = without_tags(record, &[TagName::Np]);
                judge.say(self.change(judge, finding, without));
            }
        }
    }

    fn failure_options(&self, judge: &mut Judge) {
        let Some(fo) = &self.record.fo else { return };
        let is_ruf = |fault: &Fault| {
            matches!(
                &fault.reason,
                Reason::ReportAddress {
                    tag: ReportTag::Ruf,
                    ..
                }
            )
        };
        let is_meant = self.record.faults.iter().any(is_ruf) || self.suggests(TagName::Ruf);
        if !self.record.ruf().is_empty() || is_meant {
            return;
        }
        let finding = self
            .make(judge, Code::DmarcFailureOptionsUnused, Severity::Advice)
            .arg("value", self.record.text_of(fo.value_span));
        let without = without_tags(self.record, &[TagName::Fo]);
        judge.say(self.change(judge, finding, without));
    }

    /// What the record comes to for this domain, in one finding. Test mode says it by itself.
    fn in_force(&self, judge: &mut Judge) {
        let applied = self.applied;
        let policy = applied.policy.as_str();
        if self.inherited {
            let finding = self
                .make(judge, Code::DmarcInherited, Severity::Fine)
                .arg("policy_domain", &applied.policy_domain)
                .arg("policy", policy)
                .arg("tag", applied.tag.as_str());
            judge.say(finding);
        } else if applied.acts != Acts::AsWritten || applied.effective != applied.policy {
            // Told already.
        } else if applied.policy == Policy::None {
            // A remark: it is the right way to begin, and asks for no change.
            judge.say(self.make(judge, Code::DmarcMonitoring, Severity::Fine));
        } else {
            let finding = self
                .make(judge, Code::DmarcEnforced, Severity::Fine)
                .arg("policy", policy);
            judge.say(finding);
        }
    }

    fn no_reports(&self, judge: &mut Judge) {
        let repaired = self.repaired.as_ref().unwrap_or(self.record);
        // Addresses that are there and not read are told by themselves, and a record that counts for
        // nothing has worse to tell. Nobody need watch a name that is locked.
        let named = |fault: &Fault| {
            matches!(
                &fault.reason,
                Reason::ReportAddress {
                    tag: ReportTag::Rua,
                    ..
                }
            )
        };
        let is_locked = self.sends_nothing && self.applied.effective == Policy::Reject;
        let is_told = !repaired.rua().is_empty()
            || self.record.faults.iter().any(named)
            || self.applied.acts == Acts::Nothing;
        if self.record.rua().is_empty() && !is_told && !is_locked {
            judge.say(self.make(judge, Code::DmarcNoReports, Severity::Advice));
        }
    }
}

/// How a part that cannot be read is quoted.
fn junk_part(reason: &Reason) -> Option<String> {
    match reason {
        Reason::Junk { text } => Some(text.clone()),
        Reason::ControlCharacter(octet) => Some(format!("U+{octet:04X}")),
        Reason::InvalidValue { tag, value, .. } => Some(format!("{tag}={value}")),
        _ => None,
    }
}

/// The record without these tags. What else is wrong with it is repaired too: nobody is told to publish a
/// record that is known to be broken.
fn without_tags(record: &PolicyRecord, tags: &[TagName]) -> String {
    let is_broken = record.reading().acts != Acts::AsWritten && record.rua().is_empty()
        || record.faults.iter().any(|fault| {
            matches!(
                fault.reason,
                Reason::InvalidValue { .. } | Reason::ReportAddress { .. }
            )
        });
    let sound = is_broken
        .then(|| PolicyRecord::parse(record.repaired().as_bytes()))
        .flatten();
    let mut left = sound.unwrap_or_else(|| record.clone());
    let mut text = left.text().into_owned();
    for tag in tags {
        text = left.without_tag(*tag);
        match PolicyRecord::parse(text.as_bytes()) {
            Some(record) => left = record,
            None => break,
        }
    }
    text
}
