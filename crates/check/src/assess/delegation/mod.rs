//! The zone's own servers: whether they serve it, agree among themselves and with its parent, and
//! whether what they publish has reached resolvers.

mod servers;
mod state;
mod waiting;

use std::collections::BTreeSet;

use garant_dns::authority::ZoneView;
use garant_dns::{Name, Question, RecordType};

use super::Judge;
use crate::authority::AuthorityState;
use crate::finding::{Code, Fix, Severity};
use crate::observation::Observation;
use crate::survey::{Elsewhere, Heard, Published, Reading, Survey, heard, newer_than};
use crate::survey::{name_list, questions_of, served_by, views};

/// Says which records resolvers do not see yet. Comes before the records that were asked for are judged, which are
/// then neither right nor wrong.
pub(super) fn judge_waiting(judge: &mut Judge, published: &Published<'_>) {
    waiting::judge(judge, &published.waiting);
}

/// Says what the zones' own servers show. Comes after everything else was judged: it takes away what was said
/// to be missing where the cause is known.
pub(super) fn judge(
    judge: &mut Judge,
    observation: &Observation,
    survey: &Survey<'_>,
    published: &Published<'_>,
) -> AuthorityState {
    for view in views(observation) {
        let Some(zone) = &view.zone else {
            continue;
        };
        if survey.dnssec.bogus.is_none() {
            servers::judge(judge, observation, view, zone);
        }
        servers::ipv6_only(judge, view, zone);
        differs(judge, view, zone);
        let told = &published.elsewhere;
        for question in questions_of(view) {
            if !told.iter().any(|elsewhere| elsewhere.question == *question) {
                let reads = Reading::of(observation, question);
                disagree(judge, view, question, &heard(view, question, &reads));
            }
        }
        stale(judge, observation, view);
    }
    for elsewhere in &published.elsewhere {
        at_other_servers(judge, elsewhere);
    }
    state::state(observation, &survey.host)
}

/// The parent zone and the zone itself list different servers. Where all of them say the same, nobody
/// notices; what differs is told by itself.
fn differs(judge: &mut Judge, view: &ZoneView, zone: &Name) {
    let (Some(parent), Some(own)) = (&view.parent_servers, &view.own_servers) else {
        return;
    };
    let only = |these: &[Name], others: &[Name]| -> Vec<Name> {
        let lone = these.iter().filter(|name| !others.contains(name));
        lone.cloned().collect()
    };
    let (by_parent, by_zone) = (only(parent, own), only(own, parent));
    if by_parent.is_empty() && by_zone.is_empty() {
        return;
    }
    let mut one_sided = view
        .servers
        .iter()
        .filter(|server| server.in_parent != server.in_zone);
    let serves_less = one_sided.any(|server| {
        servers::status(server) != servers::SERVES || newer_than(view, server).is_some()
    });
    let severity = if serves_less || by_parent.len() == parent.len() {
        Severity::Risk
    } else {
        Severity::Advice
    };
    let finding = judge
        .finding(Code::DnsDelegationDiffers, severity, zone)
        .arg("parent", name_list(&by_parent))
        .arg("zone", name_list(&by_zone))
        .found(name_list(parent))
        .expected(name_list(own))
        .at(RecordType::Ns);
    judge.say(finding);
}

/// Servers that have the same version of the zone and do not say the same.
fn disagree(judge: &mut Judge, view: &ZoneView, question: &Question, heard: &[Heard<'_>]) {
    let mut current = heard
        .iter()
        .filter(|heard| newer_than(view, heard.server).is_none());
    let Some(first) = current.next() else {
        return;
    };
    let others: Vec<&Heard<'_>> = current.filter(|other| other.said != first.said).collect();
    let Some(other) = others.first() else {
        return;
    };
    let names: BTreeSet<&Name> = others.iter().map(|other| &other.server.name).collect();
    let line = |heard: &Heard<'_>| {
        let text = heard.said.text().unwrap_or_else(|| "-".to_owned());
        format!("{}: {text}", heard.server.name)
    };
    let finding = judge
        .finding(Code::DnsServersDisagree, Severity::Risk, &question.name)
        .arg("type", question.rtype.as_str())
        .arg("servers", name_list(names))
        .found(format!("{}\n{}", line(first), line(other)))
        .at(question.rtype);
    judge.say(finding);
}

/// Servers that serve an older version than another one does, each once, with a record in which it shows.
fn stale(judge: &mut Judge, observation: &Observation, view: &ZoneView) {
    let mut told = BTreeSet::new();
    for server in &view.servers {
        let (Some(own), Some(newest)) = (server.soa(), newer_than(view, server)) else {
            continue;
        };
        if !told.insert(&server.name) {
            continue;
        }
        let differing = questions_of(view).into_iter().find_map(|question| {
            let reads = Reading::of(observation, question);
            let heard = heard(view, question, &reads);
            let old = heard.iter().find(|heard| heard.server == server)?;
            let new = heard
                .iter()
                .find(|heard| heard.server.soa() == Some(newest) && heard.said != old.said)?;
            Some((question, old.said.clone(), new.said.clone()))
        });
        let zone = view.zone.as_ref().unwrap_or(&view.asked);
        let severity = match differing {
            Some(_) => Severity::Risk,
            // A secondary that is minutes behind is how the DNS works.
            None => Severity::Advice,
        };
        let record = differing
            .as_ref()
            .map(|(question, ..)| format!("{} {}", question.name, question.rtype));
        let mut finding = judge
            .finding(Code::DnsStaleServer, severity, zone)
            .arg("server", &server.name)
            .arg("serial", own.serial)
            .arg("newest", newest.serial)
            .arg("record", record.unwrap_or_default())
            .at(RecordType::Soa);
        if let Some((question, old, new)) = differing {
            finding = finding.at_name(&question.name, question.rtype);
            finding.found = old.text();
            finding.expected = new.text();
        }
        judge.say(finding);
    }
}

/// A record that was entered where nobody looks. That it is missing is then not said: it is known where it is.
fn at_other_servers(judge: &mut Judge, elsewhere: &Elsewhere) {
    let question = &elsewhere.question;
    let name = &question.name;
    let finding = judge
        .finding(Code::DnsRecordAtOtherServers, Severity::Risk, name)
        .arg("type", question.rtype.as_str())
        .arg("found_at", &elsewhere.server)
        .arg("host", served_by(&elsewhere.served_by))
        .found(elsewhere.text.clone())
        .expected(elsewhere.text.clone())
        .at(question.rtype)
        .fix(Fix::add(name, elsewhere.rtype, elsewhere.text.clone()));
    judge.findings.retain(|finding| {
        let is_beneath = finding.subject == *name
            || (name.is_within(&finding.subject) && finding.code.topic() == "dkim");
        !(is_beneath && says_missing(finding.code))
    });
    judge.say(finding);
}

fn says_missing(code: Code) -> bool {
    matches!(
        code,
        Code::SpfMissing
            | Code::DmarcMissing
            | Code::DkimSelectorAbsent
            | Code::DkimNoneAtAll
            | Code::DkimNotFound
            | Code::RecordAbsent
    )
}
