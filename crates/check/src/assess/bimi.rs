//! The logo.

use std::collections::BTreeMap;

use garant_dns::{Question, RecordType};
use garant_msgauth::bimi::eligible;
use garant_msgauth::dmarc::PolicyRecord;

use super::Judge;
use super::dkim::owner;
use crate::assessment::{PlainRecord, Seen, reason_of, unknown};
use crate::finding::{Code, Severity};
use crate::survey::Survey;

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>) -> PlainRecord {
    let facts = &survey.bimi;
    let name = facts.name.clone().unwrap_or_else(|| judge.domain.clone());
    let make = |result, reason, raw: Option<String>, parsed| PlainRecord {
        result,
        reason,
        seen: Seen::of(&name, facts.answer, raw),
        parsed,
    };
    let Some(discovery) = &facts.discovery else {
        return make("temperror", Some("not-asked"), None, None);
    };
    let selection = &discovery.selection;
    if !selection.status.is_definite() {
        judge.unknown_aside(unknown(
            &Question::new(name.clone(), RecordType::Txt),
            selection.status,
        ));
        return make("temperror", Some(reason_of(selection.status)), None, None);
    }
    let invalid = |judge: &Judge, reason: &'static str, found: String| {
        judge
            .finding(Code::BimiInvalid, Severity::Advice, &name)
            .arg("reason", reason)
            .found(found)
            .at_name(owner(&name, facts.answer), RecordType::Txt)
    };
    if selection.records.len() > 1 {
        let texts: Vec<&str> = selection.records.iter().map(|r| r.text.as_str()).collect();
        let texts = texts.join("\n");
        judge.say(invalid(judge, "multiple", texts.clone()));
        return make("invalid", Some("multiple"), Some(texts), None);
    }
    let Some(record) = selection.record() else {
        if let Some(text) = selection.near_misses.first() {
            judge.say(invalid(judge, "syntax", text.clone()));
            return make("none", Some("syntax"), Some(text.clone()), None);
        }
        return make("none", None, None, None);
    };
    let raw = Some(record.text.clone());
    let tags = [("l", &record.location), ("a", &record.evidence)];
    let parsed: BTreeMap<String, String> = tags
        .into_iter()
        .filter_map(|(tag, value)| Some((tag.to_owned(), value.as_ref()?.value.clone())))
        .collect();
    if let Some(fault) = record.faults.first() {
        judge.say(invalid(judge, fault.reason.as_str(), record.text.clone()));
        return make("invalid", Some(fault.reason.as_str()), raw, Some(parsed));
    }
    if record.is_declined() {
        let finding = judge.finding(Code::BimiDeclined, Severity::Fine, &name);
        judge.say(finding.found(record.text.clone()).at(RecordType::Txt));
        return make("declined", None, raw, Some(parsed));
    }
    let Some(records) = dmarc_records(survey) else {
        // Whether it takes effect depends on answers that did not come; DMARC says which.
        return make("valid", Some("dmarc-unknown"), raw, Some(parsed));
    };
    if let Err(reason) = eligible(records) {
        let finding = judge
            .finding(Code::BimiIneffective, Severity::Advice, &name)
            .arg("reason", reason.as_str())
            .found(record.text.clone())
            .at(RecordType::Txt);
        judge.say(finding);
        return make("ineffective", Some(reason.as_str()), raw, Some(parsed));
    }
    let certificate = if record.has_evidence() { "yes" } else { "no" };
    let finding = judge
        .finding(Code::BimiValid, Severity::Fine, &name)
        .arg("certificate", certificate);
    judge.say(finding);
    make("valid", None, raw, Some(parsed))
}

/// The records of the Author Domain and of its Organizational Domain; nothing when they are not known.
fn dmarc_records<'s>(survey: &'s Survey<'_>) -> Option<Vec<&'s PolicyRecord>> {
    let walk = &survey.dmarc.comparison.as_ref()?.walk;
    let organization = walk.organizational_domain.name()?;
    let records = walk
        .steps
        .iter()
        .filter(|step| step.domain == walk.author_domain || step.domain == *organization);
    Some(records.filter_map(|step| step.selection.record()).collect())
}
