//! What has to be known about a change.

use garant_dns::{AnswerTable, Data, Name, Question, RecordType, Source};
use garant_msgauth::spf::Record;

use super::note;
use crate::assessment::Assessment;
use crate::catalogue::{Service, service};
use crate::finding::{Action, Argument, TTL_PROPOSED_S};
use crate::plan::draft::{Purpose, parsed, purpose};
use crate::plan::remedy;
use crate::plan::site::Site;
use crate::plan::{Change, Note, Who};
use crate::survey;

pub(super) fn of_change(site: &Site<'_>, change: &Change, before: &Assessment) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(seconds) = change.old_ttl.filter(|ttl| *ttl > TTL_PROPOSED_S) {
        let args = [
            ("name", Argument::from(&change.name)),
            ("type", change.rtype.as_str().into()),
            ("seconds", seconds.into()),
        ];
        notes.push(note("plan-note-lower-ttl", Who::Owner, args));
    }
    let data = parsed(change.rtype, &change.value);
    if data.as_ref().map(purpose) == Some(Purpose::Spf) && change.action != Action::Delete {
        notes.extend(of_spf(site, change, before));
    }
    if let Some(path) = before.paths.first()
        && let Some(service) = path.sender.and_then(service)
        && is_of_catalogue(site, change, service)
    {
        let args = [
            ("sender", service.name.as_str().into()),
            ("page", service.docs.as_deref().unwrap_or_default().into()),
        ];
        notes.push(note("plan-note-from-catalogue", Who::Service, args));
    }
    notes
}

/// Whether a change publishes what only the catalogue says.
fn is_of_catalogue(site: &Site<'_>, change: &Change, service: &Service) -> bool {
    let request = &site.observation.request;
    let is_stated = request
        .expect
        .iter()
        .any(|wish| wish.name == change.name && wish.rtype == change.rtype);
    let target = parsed(change.rtype, &change.value);
    let leads_there = |name: &Name| {
        let mut known = service.targets.iter().chain(&service.return_path.targets);
        known.any(|target| name.is_within(target))
    };
    let is_alias = matches!(&target, Some(Data::Cname(name)) if leads_there(name));
    let includes = change.rtype == RecordType::Txt
        && change.value.starts_with("v=spf1")
        && service.spf.iter().any(|include| {
            let term = format!("include:{include}");
            change.value.contains(&term)
                && !change.was.as_ref().is_some_and(|was| was.contains(&term))
        });
    !is_stated && change.action != Action::Delete && (is_alias || includes)
}

/// What an SPF record says no more, and what a new one may not say yet.
fn of_spf(site: &Site<'_>, change: &Change, before: &Assessment) -> Vec<Note> {
    let Some(was) = &change.was else {
        if change.value.ends_with("-all") && site.locks_down {
            return Vec::new();
        }
        let args = [("name", Argument::from(&change.name))];
        return vec![note("plan-note-spf-incomplete", Who::Owner, args)];
    };
    let now: Vec<&str> = change.value.split(' ').collect();
    let gone = |text: &str| !now.contains(&text) && was.split(' ').any(|term| term == text);
    let dropped = remedy::droppable(site, before);
    let mut notes: Vec<Note> = dropped
        .iter()
        .filter(|include| gone(&include.text))
        .map(|include| {
            let args = [
                ("include", include.text.as_str().into()),
                ("sender", include.service.into()),
            ];
            note("plan-note-include-dropped", Who::Owner, args)
        })
        .collect();
    // What was only written otherwise (a lost space put back, a name spelt right) is still there.
    let glued: String = now.concat();
    let is_sender = |term: &&str| {
        let record = Record::parse(format!("v=spf1 {term}").as_bytes());
        record.is_valid() && record.all().is_none() && record.directives().count() == 1
    };
    let mut dead: Vec<&str> = was
        .split(' ')
        .filter(is_sender)
        .filter(|term| gone(term) && !glued.contains(term))
        .filter(|term| !dropped.iter().any(|include| include.text == *term))
        .collect();
    dead.dedup();
    if !dead.is_empty() {
        let asked = who_was_asked(site, &dead);
        let args = [("terms", dead.join(", ").into()), ("asked", asked.into())];
        notes.push(note("plan-note-dead-terms-dropped", Who::Owner, args));
    }
    notes
}

/// Who said what stands at the names that terms of an SPF record lead to: servers of their zones, a zone file, or
/// a recursive server.
fn who_was_asked(site: &Site<'_>, terms: &[&str]) -> &'static str {
    let questions = || terms.iter().filter_map(|term| question_of(site, term));
    let all = |is_so: &dyn Fn(&Question) -> bool| {
        questions().count() == terms.len() && questions().all(|question| is_so(&question))
    };
    let observation = site.observation;
    let servers = |question: &Question| {
        let servers = observation.zones.iter().flat_map(|view| &view.servers);
        let mut answers = servers.filter_map(|server| server.answer(question));
        question.rtype == RecordType::Txt && survey::servers_were_asked(observation, &question.name)
            || answers.any(|answer| answer.is_of_authority())
    };
    let zone = |question: &Question| {
        let answer = observation.answers.answer(question);
        answer.is_some_and(|answer| answer.source == Source::Zone)
    };
    if all(&servers) {
        "servers"
    } else if all(&zone) {
        "zone"
    } else {
        "resolver"
    }
}

/// The question that shows what stands at the name that a term leads to.
fn question_of(site: &Site<'_>, term: &str) -> Option<Question> {
    let term = term.trim_start_matches(['+', '-', '~', '?']);
    let (mechanism, target) = term.split_once(':').unwrap_or((term, ""));
    let target = match target.split('/').next().unwrap_or_default() {
        "" => site.observation.request.domain.clone(),
        target => target.parse().ok()?,
    };
    let rtype = match mechanism.to_ascii_lowercase().as_str() {
        "include" => RecordType::Txt,
        "mx" => RecordType::Mx,
        _ => RecordType::A,
    };
    Some(Question::new(target, rtype))
}
