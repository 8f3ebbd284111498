//! TLS on the way in: MTA-STS and TLS-RPT.

use std::collections::BTreeMap;

use garant_dns::{Answer, RecordType, Status};
use garant_msgauth::mta_sts::{Mode, MxPattern, Policy};

use super::Judge;
use crate::assessment::{MtaStsRecord, PlainRecord, Seen, reason_of, unknown};
use crate::fetch::{Document, FetchError};
use crate::finding::{Code, Severity};
use crate::survey::{MtaStsFacts, Survey, TlsRptFacts};
use garant_dns::Question;

/// The `id` proposed for a record that has none: any value that was not used before will do.
const ID_PROPOSED: &str = "1";

pub(super) fn mta_sts(judge: &mut Judge, survey: &Survey<'_>) -> MtaStsRecord {
    let facts = &survey.mta_sts;
    let name = facts.name.clone().unwrap_or_else(|| judge.domain.clone());
    let make = |result, reason: Option<&'static str>, raw: Option<String>| MtaStsRecord {
        result,
        reason,
        seen: Seen::of(&name, facts.answer, raw),
        mode: facts
            .policy
            .as_ref()
            .and_then(|policy| policy.mode)
            .map(Mode::as_str),
        mx: facts
            .policy
            .iter()
            .flat_map(|policy| &policy.mx)
            .map(MxPattern::to_string)
            .collect(),
    };
    let Some(selection) = &facts.selection else {
        return make("temperror", Some("not-asked"), None);
    };
    if !selection.status.is_definite() {
        judge.unknown(unknown(
            &Question::new(name.clone(), RecordType::Txt),
            selection.status,
        ));
        return make("temperror", Some(reason_of(selection.status)), None);
    }
    if selection.records.len() > 1 {
        let finding = judge
            .finding(Code::MtaStsMultiple, Severity::Advice, &name)
            .arg("count", selection.records.len())
            .at(RecordType::Txt);
        judge.say(finding);
        let texts: Vec<&str> = selection.records.iter().map(|r| r.text.as_str()).collect();
        return make("none", Some("multiple"), Some(texts.join("\n")));
    }
    let Some(record) = selection.record() else {
        if let Some(text) = selection.near_misses.first() {
            let finding = judge
                .finding(Code::MtaStsInvalid, Severity::Advice, &name)
                .arg("found", text.as_str())
                .arg("reason", "not-first")
                .found(text.clone())
                .at(RecordType::Txt);
            judge.say(finding);
            return make("none", Some("not-first"), Some(text.clone()));
        }
        return make("none", None, None);
    };
    let raw = Some(record.text.clone());
    if let Some(fault) = record.faults.first() {
        let fixed = record.repaired(ID_PROPOSED);
        let finding = judge
            .finding(Code::MtaStsInvalid, Severity::Advice, &name)
            .arg("found", record.text.as_str())
            .arg("reason", fault.reason.as_str())
            .found(record.text.clone())
            .expected(fixed.clone())
            .at(RecordType::Txt)
            .fix(judge.change(&name, fixed));
        judge.say(finding);
        return make("invalid", Some(fault.reason.as_str()), raw);
    }
    let Some(policy) = &facts.policy else {
        return match facts.document {
            None | Some(Err(FetchError::NotAsked)) => make("valid", Some("policy-not-asked"), raw),
            Some(document) => {
                unreachable(judge, facts, document, &name);
                make("unreachable", Some("policy-unreachable"), raw)
            }
        };
    };
    if let Some(fault) = policy.faults.first() {
        let finding = judge
            .finding(Code::MtaStsPolicyInvalid, Severity::Risk, &name)
            .arg("line", fault.line)
            .arg("reason", fault.reason.as_str())
            .found(fault.text.clone());
        judge.say(finding);
        return make("invalid", Some(fault.reason.as_str()), raw);
    }
    let (result, reason) = exchanges(judge, survey, policy, &name);
    make(result, reason, raw)
}

fn unreachable(
    judge: &mut Judge,
    facts: &MtaStsFacts<'_>,
    document: &Result<Document, FetchError>,
    name: &garant_dns::Name,
) {
    let mut detail = String::new();
    let reason = match document {
        Ok(document) if (300..400).contains(&document.status) => {
            detail = document.status.to_string();
            "redirect"
        }
        Ok(document) if document.status != 200 => {
            detail = document.status.to_string();
            "status"
        }
        Ok(_) => "content-type",
        Err(FetchError::NoAddress(Status::NxDomain | Status::NoData)) => "no-address",
        Err(FetchError::RefusedAddress) => "refused-address",
        Err(FetchError::Connect) => "connect",
        Err(FetchError::Tls) => "tls",
        Err(FetchError::TooLarge) => "too-large",
        Err(FetchError::Timeout) => "timeout",
        Err(
            FetchError::NoAddress(_)
            | FetchError::BadUrl
            | FetchError::Protocol
            | FetchError::NotAsked,
        ) => "other",
    };
    let finding = judge
        .finding(Code::MtaStsPolicyUnreachable, Severity::Risk, name)
        .arg("url", facts.url.as_str())
        .arg("reason", reason)
        .arg("detail", detail)
        .found(facts.url.clone());
    judge.say(finding);
}

fn exchanges(
    judge: &mut Judge,
    survey: &Survey<'_>,
    policy: &Policy,
    name: &garant_dns::Name,
) -> (&'static str, Option<&'static str>) {
    let mode = policy.mode.unwrap_or(Mode::None);
    let mut result = ("valid", None);
    if mode != Mode::None {
        for mx in &survey.mx.exchanges {
            if policy.names(&mx.exchange.name) {
                continue;
            }
            let severity = if mode == Mode::Enforce {
                Severity::Blocks
            } else {
                Severity::Advice
            };
            let finding = judge
                .finding(Code::MtaStsExchangeNotListed, severity, name)
                .arg("exchange", &mx.exchange.name)
                .arg("mode", mode.as_str())
                .expected(format!("mx: {}", mx.exchange.name));
            judge.say(finding);
            result = ("mismatch", Some("mx"));
        }
    }
    match mode {
        Mode::Testing => judge.say(judge.finding(Code::MtaStsTesting, Severity::Advice, name)),
        Mode::Enforce if result.0 == "valid" => {
            let finding = judge
                .finding(Code::MtaStsValid, Severity::Fine, name)
                .arg("exchanges", policy.mx.len());
            judge.say(finding);
        }
        Mode::Enforce | Mode::None => {}
    }
    result
}

pub(super) fn tls_rpt(judge: &mut Judge, facts: &TlsRptFacts<'_>) -> PlainRecord {
    let name = facts.name.clone().unwrap_or_else(|| judge.domain.clone());
    let answer: Option<&Answer> = facts.answer;
    let make = |result, reason, raw: Option<String>, parsed| PlainRecord {
        result,
        reason,
        seen: Seen::of(&name, answer, raw),
        parsed,
    };
    let Some(selection) = &facts.selection else {
        return make("temperror", Some("not-asked"), None, None);
    };
    if !selection.status.is_definite() {
        judge.unknown(unknown(
            &Question::new(name.clone(), RecordType::Txt),
            selection.status,
        ));
        return make("temperror", Some(reason_of(selection.status)), None, None);
    }
    if selection.records.len() > 1 {
        let finding = judge
            .finding(Code::TlsRptMultiple, Severity::Advice, &name)
            .arg("count", selection.records.len())
            .at(RecordType::Txt);
        judge.say(finding);
        let texts: Vec<&str> = selection.records.iter().map(|r| r.text.as_str()).collect();
        return make("none", Some("multiple"), Some(texts.join("\n")), None);
    }
    let Some(record) = selection.record() else {
        if let Some(text) = selection.near_misses.first() {
            let finding = judge
                .finding(Code::TlsRptInvalid, Severity::Advice, &name)
                .arg("found", text.as_str())
                .arg("reason", "syntax")
                .found(text.clone())
                .at(RecordType::Txt);
            judge.say(finding);
            return make("none", Some("syntax"), Some(text.clone()), None);
        }
        return make("none", None, None, None);
    };
    let addresses: Vec<String> = record.rua.iter().map(ToString::to_string).collect();
    let parsed = Some(BTreeMap::from([("rua".to_owned(), addresses.join(","))]));
    let raw = Some(record.text.clone());
    if let Some(fault) = record.faults.first() {
        let mut finding = judge
            .finding(Code::TlsRptInvalid, Severity::Advice, &name)
            .arg("found", record.text.as_str())
            .arg("reason", fault.reason.as_str())
            .found(record.text.clone())
            .at(RecordType::Txt);
        if let Some(fixed) = record.repaired() {
            finding = finding
                .expected(fixed.clone())
                .fix(judge.change(&name, fixed));
        }
        judge.say(finding);
        return make("invalid", Some(fault.reason.as_str()), raw, parsed);
    }
    let finding = judge
        .finding(Code::TlsRptValid, Severity::Fine, &name)
        .arg("count", record.rua.len());
    judge.say(finding);
    make("valid", None, raw, parsed)
}
