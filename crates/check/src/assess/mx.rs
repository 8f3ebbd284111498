//! Where mail is received, because replies and bounces go there and receivers look.

use garant_dns::{Question, RecordType, address};
use garant_msgauth::mx::Mail;

use super::Judge;
use super::spf::SpfState;
use crate::assessment::{Exchange, MxRecord, Seen, unknown};
use crate::finding::{Code, Severity};
use crate::survey::{ExchangeFacts, Survey, Unsure};

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>, spf: SpfState) -> MxRecord {
    let facts = &survey.mx;
    let domain = judge.domain.clone();
    let raw = facts
        .answer
        .filter(|answer| !answer.records.is_empty())
        .map(|answer| {
            let lines = answer
                .records
                .iter()
                .filter_map(|record| match &record.data {
                    garant_dns::Data::Mx {
                        preference,
                        exchange,
                    } => Some(format!("{preference} {exchange}")),
                    _ => None,
                });
            lines.collect::<Vec<_>>().join("\n")
        });
    let mut result = facts.mail.as_ref().map_or("temperror", Mail::result);
    match &facts.mail {
        None | Some(Mail::NoDomain) => {}
        Some(Mail::Unanswered(status)) => {
            judge.unknown(unknown(
                &Question::new(domain.clone(), RecordType::Mx),
                *status,
            ));
        }
        Some(Mail::Null) => {
            // Receivers look for a way to answer the sender: without one they refuse mail.
            let sends = spf == SpfState::Works && !survey.allows_nobody_to_send();
            let severity = if sends {
                Severity::Risk
            } else {
                Severity::Fine
            };
            let finding = judge.finding(Code::MxNull, severity, &domain);
            judge.say(finding.found("0 .".to_owned()).at(RecordType::Mx));
        }
        Some(Mail::NullBesideOthers(others)) => {
            let finding = judge
                .finding(Code::MxNullBesideOthers, Severity::Risk, &domain)
                .arg("count", others.len())
                .found(raw.clone().unwrap_or_default())
                .at(RecordType::Mx)
                .fix(judge.delete(&domain, RecordType::Mx, "0 .".to_owned()));
            judge.say(finding);
        }
        Some(Mail::Implicit) => match &facts.own_address {
            Some(Ok(true)) => {
                result = "implicit";
                let finding = judge.finding(Code::MxImplicit, Severity::Advice, &domain);
                judge.say(finding.at(RecordType::Mx));
            }
            Some(Ok(false)) => {
                let severity = if survey.allows_nobody_to_send() {
                    Severity::Advice
                } else {
                    Severity::Risk
                };
                let finding = judge.finding(Code::MxNone, severity, &domain);
                judge.say(finding.at(RecordType::Mx));
            }
            Some(Err(Unsure::Unanswered(question, status))) => {
                judge.unknown(unknown(question, *status));
            }
            Some(Err(Unsure::Pending)) | None => {}
        },
        Some(Mail::Exchanges(_)) => {}
    }
    let sound = facts
        .exchanges
        .iter()
        .filter(|exchange| is_sound(exchange))
        .count();
    let before = judge.findings.len();
    for exchange in &facts.exchanges {
        judge_exchange(judge, exchange, sound > 0);
    }
    if result == "valid" && judge.findings.len() == before {
        let finding = judge
            .finding(Code::MxValid, Severity::Fine, &domain)
            .arg("count", facts.exchanges.len());
        judge.say(finding);
    }
    MxRecord {
        result,
        seen: Seen::of(&domain, facts.answer, raw),
        parsed: facts.exchanges.iter().map(exchange).collect(),
    }
}

fn is_sound(exchange: &ExchangeFacts) -> bool {
    let known = exchange
        .addresses
        .as_ref()
        .and_then(|found| found.as_ref().ok());
    known.is_some_and(|found| found.iter().any(|address| reachable(*address)))
}

/// Whether mail from elsewhere can arrive there. Addresses that are reserved for examples pass: what
/// stands with them is an example.
fn reachable(address: std::net::IpAddr) -> bool {
    let example = match address {
        std::net::IpAddr::V4(v4) => v4.is_documentation(),
        std::net::IpAddr::V6(v6) => v6.segments()[..2] == [0x2001, 0x0db8],
    };
    example || address::is_public(address)
}

fn judge_exchange(judge: &mut Judge, facts: &ExchangeFacts, another_works: bool) {
    let domain = judge.domain.clone();
    let host = &facts.exchange.name;
    let severity = if another_works {
        Severity::Advice
    } else {
        Severity::Risk
    };
    let make = |judge: &Judge, code, severity| {
        judge
            .finding(code, severity, &domain)
            .arg("exchange", host)
            .found(format!("{} {host}", facts.exchange.preference))
            .at(RecordType::Mx)
    };
    if facts.written_address.is_some() {
        judge.say(make(judge, Code::MxIsAddress, severity));
        return;
    }
    if let Some(alias) = &facts.alias {
        let finding = make(judge, Code::MxAlias, Severity::Advice).arg("target", &alias.target);
        judge.say(finding);
    }
    match &facts.addresses {
        Some(Ok(found)) if found.is_empty() => {
            judge.say(make(judge, Code::MxWithoutAddress, severity));
        }
        Some(Ok(found)) if !found.iter().any(|address| reachable(*address)) => {
            let address = found.first().map(ToString::to_string).unwrap_or_default();
            let finding = make(judge, Code::MxPrivateAddress, severity).arg("address", address);
            judge.say(finding);
        }
        Some(Err(Unsure::Unanswered(question, status))) if !another_works => {
            judge.unknown(unknown(question, *status));
        }
        _ => {}
    }
}

fn exchange(facts: &ExchangeFacts) -> Exchange {
    let addresses = facts
        .addresses
        .as_ref()
        .and_then(|found| found.as_ref().ok());
    Exchange {
        preference: facts.exchange.preference,
        host: facts.exchange.name.clone(),
        addresses: addresses.cloned().unwrap_or_default(),
    }
}
