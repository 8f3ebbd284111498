//! TLS on the way in: MTA-STS and TLS-RPT.

use std::collections::BTreeMap;

use garant_dns::{Answer, RecordType, Status};
use garant_msgauth::mta_sts::{self, Mode, MxPattern, Policy};
use garant_msgauth::mx::Mail;
use garant_msgauth::tls_rpt;

use super::Judge;
use super::dkim::owner;
use crate::assessment::{MtaStsRecord, PlainRecord, Seen, reason_of, unknown};
use crate::fetch::{Document, FetchError};
use crate::finding::{Code, Fix, Severity};
use crate::survey::{MtaStsFacts, Survey, TlsRptFacts};
use garant_dns::Question;

/// The `id` proposed for a record that has none: any value that was not used before will do.
const ID_PROPOSED: &str = "1";

/// Patterns of a policy that a finding shows at most.
const PATTERNS_SHOWN_MAX: usize = 20;

pub(super) fn mta_sts(judge: &mut Judge, survey: &Survey<'_>) -> MtaStsRecord {
    let facts = &survey.mta_sts;
    let name = facts.name.clone().unwrap_or_else(|| judge.domain.clone());
    let owner = owner(&name, facts.answer);
    let make = |result, reason: Option<&'static str>, raw: Option<String>| MtaStsRecord {
        result,
        reason,
        seen: Seen::of(&name, facts.answer, raw),
        parsed: facts
            .selection
            .as_ref()
            .and_then(|found| found.record())
            .map(|record| {
                let id = record.id.as_ref();
                id.map(|id| ("id".to_owned(), id.value.clone()))
                    .into_iter()
                    .collect()
            }),
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
        judge.unknown_aside(unknown(
            &Question::new(name.clone(), RecordType::Txt),
            selection.status,
        ));
        return make("temperror", Some(reason_of(selection.status)), None);
    }
    if let [kept, others @ ..] = selection.records.as_slice()
        && !others.is_empty()
    {
        let texts: Vec<&str> = selection.records.iter().map(|r| r.text.as_str()).collect();
        let texts = texts.join("\n");
        let mut finding = judge
            .finding(Code::MtaStsMultiple, Severity::Advice, &name)
            .arg("count", selection.records.len())
            .found(texts.clone())
            .expected(kept.text.clone())
            .at_name(owner, RecordType::Txt);
        // They differ in nothing but the id, so any one of them will do.
        for other in others {
            finding = finding.fix(Fix::delete(owner, RecordType::Txt, other.text.clone()));
        }
        judge.say(finding);
        return make("none", Some("multiple"), Some(texts));
    }
    let invalid = |judge: &Judge, found: &str, reason: &'static str, fixed: String| {
        judge
            .finding(Code::MtaStsInvalid, Severity::Advice, &name)
            .arg("found", found)
            .arg("reason", reason)
            .found(found.to_owned())
            .expected(fixed.clone())
            .at_name(owner, RecordType::Txt)
            .fix(judge.change(owner, fixed))
    };
    let Some(record) = selection.record() else {
        if let Some(text) = selection.near_misses.first() {
            let fixed = with_version_first(text, "v=STSv1", |text| {
                Some(mta_sts::Record::parse(text.as_bytes())?.repaired(ID_PROPOSED))
            });
            let fixed = fixed.unwrap_or_else(|| format!("v=STSv1; id={ID_PROPOSED};"));
            judge.say(invalid(judge, text, "not-first", fixed));
            return make("none", Some("not-first"), Some(text.clone()));
        }
        return make("none", None, None);
    };
    let raw = Some(record.text.clone());
    if let Some(fault) = record.faults.first() {
        let fixed = record.repaired(ID_PROPOSED);
        judge.say(invalid(judge, &record.text, fault.reason.as_str(), fixed));
        return make("invalid", Some(fault.reason.as_str()), raw);
    }
    let Some(policy) = &facts.policy else {
        return match facts.document {
            None | Some(Err(FetchError::NotAsked)) => make("valid", Some("policy-not-asked"), raw),
            // The DNS did not say where the file is, which is not to say that it is missing.
            Some(Err(FetchError::NoAddress(status))) if !status.is_definite() => {
                if let Ok(host) = judge.domain.prefixed("mta-sts") {
                    judge.unknown_aside(unknown(&Question::new(host, RecordType::A), *status));
                }
                make("temperror", Some(reason_of(*status)), raw)
            }
            Some(document) => {
                unreachable(judge, facts, document, &name);
                make("unreachable", Some("policy-unreachable"), raw)
            }
        };
    };
    if let Some(fault) = policy.faults.first() {
        // As if there were none: mail arrives all the same.
        let finding = judge
            .finding(Code::MtaStsPolicyInvalid, Severity::Advice, &name)
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
        .finding(Code::MtaStsPolicyUnreachable, Severity::Advice, name)
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
    let exchanges = &survey.mx.exchanges;
    let exchanges_unknown = matches!(survey.mx.mail, None | Some(Mail::Unanswered(_)));
    let listed = exchanges
        .iter()
        .filter(|mx| policy.names(&mx.exchange.name))
        .count();
    // Senders go on to the next exchange; without any that is listed, nothing arrives from those that
    // honour the policy.
    let severity = match (mode, listed) {
        (Mode::Enforce, 0) => Severity::Blocks,
        (Mode::Enforce, _) => Severity::Risk,
        (Mode::Testing | Mode::None, _) => Severity::Advice,
    };
    if mode != Mode::None {
        let patterns = policy.mx.iter().take(PATTERNS_SHOWN_MAX);
        let patterns: Vec<String> = patterns.map(|mx| format!("mx: {mx}")).collect();
        let patterns = patterns.join("\n");
        for mx in exchanges {
            if policy.names(&mx.exchange.name) {
                continue;
            }
            let finding = judge
                .finding(Code::MtaStsExchangeNotListed, severity, name)
                .arg("exchange", &mx.exchange.name)
                .arg("mode", mode.as_str())
                .found(patterns.clone())
                .expected(format!("mx: {}", mx.exchange.name));
            judge.say(finding);
            result = ("mismatch", Some("mx"));
        }
    }
    match mode {
        // A remark: it is the right way to begin, and asks for no change.
        Mode::Testing => judge.say(judge.finding(Code::MtaStsTesting, Severity::Fine, name)),
        Mode::Enforce if result.0 == "valid" && !exchanges_unknown => {
            let finding = judge
                .finding(Code::MtaStsValid, Severity::Fine, name)
                .arg("exchanges", policy.mx.len());
            judge.say(finding);
        }
        Mode::Enforce | Mode::None => {}
    }
    result
}

/// A text whose version is not where it belongs or not in its letters, written again from what else it
/// says and read by `repair`.
fn with_version_first(
    text: &str,
    version: &str,
    repair: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let is_version = |piece: &&str| {
        let piece: String = piece.chars().filter(|c| !c.is_whitespace()).collect();
        piece
            .to_ascii_lowercase()
            .contains(&version.to_ascii_lowercase()[2..])
    };
    let bare: String = text.chars().filter(|c| !matches!(c, '"' | '\\')).collect();
    let others: Vec<&str> = bare.split(';').filter(|piece| !is_version(piece)).collect();
    repair(&format!("{version};{}", others.join(";")))
}

pub(super) fn tls_rpt(judge: &mut Judge, facts: &TlsRptFacts<'_>) -> PlainRecord {
    let name = facts.name.clone().unwrap_or_else(|| judge.domain.clone());
    let answer: Option<&Answer> = facts.answer;
    let owner = owner(&name, answer);
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
        judge.unknown_aside(unknown(
            &Question::new(name.clone(), RecordType::Txt),
            selection.status,
        ));
        return make("temperror", Some(reason_of(selection.status)), None, None);
    }
    if let [first, others @ ..] = selection.records.as_slice()
        && !others.is_empty()
    {
        let texts: Vec<&str> = selection.records.iter().map(|r| r.text.as_str()).collect();
        let texts = texts.join("\n");
        let mut finding = judge
            .finding(Code::TlsRptMultiple, Severity::Advice, &name)
            .arg("count", selection.records.len())
            .found(texts.clone())
            .at_name(owner, RecordType::Txt);
        for other in others {
            finding = finding.fix(Fix::delete(owner, RecordType::Txt, other.text.clone()));
        }
        let mut uris: Vec<&str> = Vec::new();
        for address in selection.records.iter().flat_map(|record| &record.rua) {
            if !uris.contains(&address.uri.as_str()) {
                uris.push(&address.uri);
            }
        }
        let merged = format!("v=TLSRPTv1; rua={}", uris.join(","));
        if !uris.is_empty() && uris.len() > first.rua.len() {
            finding = finding
                .expected(merged.clone())
                .fix(judge.change(owner, merged));
        } else {
            finding = finding.expected(first.text.clone());
        }
        judge.say(finding);
        return make("none", Some("multiple"), Some(texts), None);
    }
    let invalid = |judge: &Judge, found: &str, reason: &'static str, fixed: Option<String>| {
        let finding = judge
            .finding(Code::TlsRptInvalid, Severity::Advice, &name)
            .arg("found", found)
            .arg("reason", reason)
            .found(found.to_owned())
            .at_name(owner, RecordType::Txt);
        match fixed {
            Some(fixed) => finding
                .expected(fixed.clone())
                .fix(judge.change(owner, fixed)),
            None => finding,
        }
    };
    let Some(record) = selection.record() else {
        if let Some(text) = selection.near_misses.first() {
            let fixed = with_version_first(text, "v=TLSRPTv1", |text| {
                tls_rpt::Record::parse(text.as_bytes())?.repaired()
            });
            judge.say(invalid(judge, text, "syntax", fixed));
            return make("none", Some("syntax"), Some(text.clone()), None);
        }
        return make("none", None, None, None);
    };
    let addresses: Vec<String> = record.rua.iter().map(ToString::to_string).collect();
    let parsed = Some(BTreeMap::from([("rua".to_owned(), addresses.join(","))]));
    let raw = Some(record.text.clone());
    if let Some(fault) = record.faults.first() {
        judge.say(invalid(
            judge,
            &record.text,
            fault.reason.as_str(),
            record.repaired(),
        ));
        return make("invalid", Some(fault.reason.as_str()), raw, parsed);
    }
    let finding = judge
        .finding(Code::TlsRptValid, Severity::Fine, &name)
        .arg("count", record.rua.len());
    judge.say(finding);
    make("valid", None, raw, parsed)
}
