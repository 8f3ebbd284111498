//! Whether each server that is listed for a zone serves it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use garant_dns::address::is_public;
use garant_dns::authority::{ServerView, ZoneView};
use garant_dns::{Name, RecordType, Status};

use super::Judge;
use crate::assessment::Unknown;
use crate::finding::{Code, Severity};
use crate::observation::Observation;
use crate::survey::name_list;

pub(super) const SERVES: &str = "serves";
const SILENT: &str = "silent";
const NO_ADDRESS: &str = "no-address";
const NOT_ASKED: &str = "not-asked";
/// Response code of a server that is asked about a zone which it does not have (RFC 2136).
const RCODE_NOTAUTH: u16 = 9;

/// How a server stands to the zone: a word for scripts, which also chooses the words of a finding.
pub(super) fn status(server: &ServerView) -> &'static str {
    let answer = &server.zone_answer;
    let Some(address) = server.address else {
        return match answer.status {
            Status::NoData | Status::NxDomain => NO_ADDRESS,
            _ => NOT_ASKED,
        };
    };
    match answer.status {
        _ if server.soa().is_some() => SERVES,
        Status::Found | Status::NoData | Status::NxDomain => "not-authoritative",
        Status::Rcode(RCODE_NOTAUTH) => "not-authoritative",
        Status::Refused => "refused",
        Status::ServFail => "servfail",
        // Nobody was sent there: such an address leads nowhere from outside.
        Status::Unreachable if !is_public(address.ip()) => NO_ADDRESS,
        Status::Timeout | Status::Unreachable | Status::Truncated => SILENT,
        Status::Malformed | Status::Rcode(_) => "malformed",
        Status::Offline | Status::NotRecorded | Status::OverBudget => NOT_ASKED,
    }
}

/// Whether a state is the server's own word, and not what may be due to the way there.
fn is_certain(status: &str) -> bool {
    matches!(
        status,
        "refused" | "servfail" | "not-authoritative" | NO_ADDRESS
    )
}

/// Says which servers do not serve the zone. When none does, that is either the zone's ruin, which resolvers
/// notice too, or the network that the questions were asked from, which says nothing about the zone.
pub(super) fn judge(judge: &mut Judge, observation: &Observation, view: &ZoneView, zone: &Name) {
    let states: Vec<(&ServerView, &'static str)> = view
        .servers
        .iter()
        .map(|server| (server, status(server)))
        .collect();
    let Some((_, first)) = states.first() else {
        return;
    };
    if states.iter().any(|(_, status)| *status == SERVES) {
        lame(judge, zone, &states);
        return;
    }
    let mut others = states.iter().map(|(_, status)| *status);
    let is_proven = view.parent_servers.is_some() || others.any(is_certain);
    if resolvers_get_answers(observation, zone) {
        if view.parent_servers.is_some() && states.iter().any(|(_, status)| is_certain(status)) {
            // The parent could be asked, so questions get out; resolvers live on what they remember.
            lame(judge, zone, &states);
        } else {
            judge.unknown_aside(Unknown {
                name: zone.clone(),
                rtype: RecordType::Soa.to_string(),
                reason: "authority-unanswered",
            });
        }
    } else if is_proven && !states.iter().any(|(_, status)| *status == NOT_ASKED) {
        let mut names: Vec<&Name> = states.iter().map(|(server, _)| &server.name).collect();
        names.dedup();
        let finding = judge
            .finding(Code::DnsAllServersLame, Severity::Blocks, zone)
            .arg("servers", name_list(names.iter().copied()))
            .arg("reason", *first)
            .found(name_list(names))
            .at(RecordType::Ns);
        // Why there was no answer is known now.
        judge.findings.retain(|finding| {
            finding.code != Code::DnsNoAnswer || !finding.subject.is_within(zone)
        });
        judge.say(finding);
    }
}

/// Whether recursive servers get definite answers from the zone. Its DS records stand in the parent's.
fn resolvers_get_answers(observation: &Observation, zone: &Name) -> bool {
    observation.answers.iter().any(|(question, answer)| {
        question.name.is_within(zone)
            && !(question.rtype == RecordType::Ds && question.name == *zone)
            && answer.status.is_definite()
            && answer
                .soa
                .as_ref()
                .is_none_or(|soa| soa.zone.is_within(zone) || !answer.aliases.is_empty())
    })
}

/// Each server that does not serve the zone, once, by its name.
fn lame(judge: &mut Judge, zone: &Name, states: &[(&ServerView, &'static str)]) {
    let ip = |server: &ServerView| server.address.map(|address| address.ip());
    // A kind of address at which nobody answers is one that this network does not reach.
    let is_reached = |server: &ServerView| {
        let Some(own) = ip(server) else {
            return false;
        };
        states.iter().any(|(other, status)| {
            *status != SILENT && ip(other).is_some_and(|ip| ip.is_ipv4() == own.is_ipv4())
        })
    };
    let mut by_name: BTreeMap<&Name, Vec<(&ServerView, &'static str)>> = BTreeMap::new();
    for (server, status) in states {
        by_name
            .entry(&server.name)
            .or_default()
            .push((*server, *status));
    }
    for (name, addresses) in by_name {
        let serves = addresses.iter().any(|(_, status)| *status == SERVES);
        let fault = addresses
            .iter()
            .find(|(_, status)| is_certain(status))
            .or_else(|| {
                let mut weak = addresses.iter().filter(|_| !serves);
                weak.find(|(server, status)| {
                    (*status == SILENT && is_reached(server)) || *status == "malformed"
                })
            });
        let Some((server, reason)) = fault else {
            continue;
        };
        let severity = if is_certain(reason) {
            Severity::Risk
        } else {
            Severity::Advice
        };
        let mut finding = judge
            .finding(Code::DnsLameServer, severity, zone)
            .arg("server", name)
            .arg("reason", *reason)
            .at(RecordType::Ns);
        finding.found = server.address.map(|address| address.to_string());
        judge.say(finding);
    }
}

/// All servers have IPv6 addresses only. A server whose addresses could not be looked up leaves that open.
pub(super) fn ipv6_only(judge: &mut Judge, view: &ZoneView, zone: &Name) {
    let addresses: Vec<IpAddr> = view
        .servers
        .iter()
        .filter_map(|server| server.address.map(|address| address.ip()))
        .collect();
    let is_open = view
        .servers
        .iter()
        .any(|server| server.address.is_none() && status(server) == NOT_ASKED);
    if addresses.is_empty() || is_open || addresses.iter().any(IpAddr::is_ipv4) {
        return;
    }
    let mut names: Vec<&Name> = view.servers.iter().map(|server| &server.name).collect();
    names.dedup();
    let finding = judge
        .finding(Code::DnsServersIpv6Only, Severity::Risk, zone)
        .arg("servers", name_list(names))
        .at(RecordType::Aaaa);
    judge.say(finding);
}
