//! Where mail is received, because replies and bounces go there and receivers look.

use garant_dns::{Answer, Name, Question, RecordType, address};
use garant_msgauth::mx::Mail;

use super::Judge;
use super::spf::SpfState;
use crate::assessment::{Exchange, MxRecord, Seen, unknown};
use crate::finding::{Code, Fix, Severity};
use crate::survey::{ExchangeFacts, Survey, Unsure};

/// What a domain publishes that receives no mail (RFC 7505, section 3).
const NULL_MX: &str = "0 .";

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>, spf: SpfState) -> MxRecord {
    let facts = &survey.mx;
    let domain = judge.domain.clone();
    let lines: Vec<String> = facts
        .answer
        .into_iter()
        .flat_map(Answer::exchanges)
        .map(|(preference, exchange)| line(preference, exchange))
        .collect();
    let raw = (!lines.is_empty()).then(|| lines.join("\n"));
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
            let finding = finding.found(raw.clone().unwrap_or_default());
            judge.say(finding.at(RecordType::Mx));
        }
        Some(Mail::NullBesideOthers(others)) => {
            let mut finding = judge
                .finding(Code::MxNullBesideOthers, Severity::Risk, &domain)
                .arg("count", others.len())
                .found(raw.clone().unwrap_or_default())
                .at(RecordType::Mx);
            for (preference, exchange) in facts.answer.into_iter().flat_map(Answer::exchanges) {
                if exchange.is_root() {
                    let value = line(preference, exchange);
                    finding = finding.fix(Fix::delete(&domain, RecordType::Mx, value));
                }
            }
            judge.say(finding);
        }
        Some(Mail::Implicit) => match &facts.own_address {
            Some(Ok(true)) => {
                result = "implicit";
                let finding = judge.finding(Code::MxImplicit, Severity::Advice, &domain);
                judge.say(finding.at(RecordType::Mx));
            }
            Some(Ok(false)) => {
                let nobody_sends = survey.allows_nobody_to_send();
                let severity = if nobody_sends {
                    Severity::Advice
                } else {
                    Severity::Risk
                };
                let finding = judge
                    .finding(Code::MxNone, severity, &domain)
                    .at(RecordType::Mx);
                // Who sends must receive, where only the owner knows; who does not can say so.
                let finding = if nobody_sends {
                    let fix = Fix::add(&judge.domain, RecordType::Mx, NULL_MX.to_owned());
                    finding.expected(NULL_MX.to_owned()).fix(fix)
                } else {
                    finding
                };
                judge.say(finding);
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
    // That nothing is known against them is not yet that they have addresses.
    if result == "valid" && sound > 0 && judge.findings.len() == before {
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

/// The data of an MX record as a panel takes it.
fn line(preference: u16, exchange: &Name) -> String {
    format!("{preference} {exchange}")
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
            let finding = make(judge, Code::MxWithoutAddress, severity);
            let finding = match &facts.meant {
                Some(meant) => {
                    let right = line(facts.exchange.preference, meant);
                    let wrong = line(facts.exchange.preference, host);
                    finding
                        .expected(right.clone())
                        .fix(Fix::delete(&domain, RecordType::Mx, wrong))
                        .fix(Fix::add(&domain, RecordType::Mx, right))
                }
                None => finding,
            };
            judge.say(finding);
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
