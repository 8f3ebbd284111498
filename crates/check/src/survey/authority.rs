//! When the zone's own servers are asked, and what.
//!
//! They are asked where the recursive answer leaves a doubt that they can settle: something that somebody
//! published, or that the verdict stands on, is not there, is something else than was asked for, or could not be
//! had. Where nothing is in doubt nobody is asked.

use garant_dns::authority::{QUESTIONS_MAX, ZoneView};
use garant_dns::{Answer, Answers, Name, Question, RecordType, Status};
use garant_msgauth::spf;

use super::{
    KeyFacts, Origin, RecordFacts, SelectorSource, State, Survey, ZoneNeed, ZoneRole, views,
};
use crate::catalogue::{Host, host_of_servers};
use crate::input::{is_free_mail, registrable_domain};
use crate::observation::{AskAuthority, Observation, Request};

/// Zones that one check looks at most: the domain's, and one more where some of its names are delegated on,
/// `_domainkey` for example.
pub(crate) const VIEWS_MAX: usize = 2;

/// Who serves the zone, as far as that is known without asking for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HostFacts {
    /// The host that is recognised.
    pub(crate) host: Option<&'static str>,
    /// The servers to which resolvers are sent; empty as long as the zone was not looked at.
    pub(crate) servers: Vec<Name>,
}

impl HostFacts {
    /// The host, or its servers where nobody recognises them; empty when neither is known.
    pub(crate) fn text(&self) -> String {
        match self.host {
            Some(host) => host.to_owned(),
            None => name_list(&self.servers),
        }
    }
}

/// The host by the servers of the zone, or by the primary server that a "no" of the zone names.
pub(crate) fn host(observation: &Observation) -> HostFacts {
    let domain = &observation.request.domain;
    let of_domain = |zone: &Name| domain.is_within(zone);
    let view = views(observation).find(|view| view.zone.as_ref().is_some_and(of_domain));
    let servers = view.and_then(|view| view.parent_servers.as_ref().or(view.own_servers.as_ref()));
    let servers = servers.cloned().unwrap_or_default();
    let recognised = host_of_servers(&servers).or_else(|| {
        let organization = registrable_domain(domain);
        let soas = soas(&observation.answers).filter(|(_, zone)| {
            servers.is_empty() && of_domain(zone) && zone.is_within(&organization)
        });
        let primaries: Vec<&Name> = soas
            .filter_map(|(answer, _)| Some(&answer.soa.as_ref()?.soa.mname))
            .collect();
        host_of_servers(primaries)
    });
    HostFacts {
        host: recognised.map(|host: &'static Host| host.name.as_str()),
        servers,
    }
}

/// Names in one line.
pub(crate) fn name_list<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    let names: Vec<&str> = names.into_iter().map(Name::as_str).collect();
    names.join(", ")
}

/// The host that serves what these servers serve: by its name, or else the servers.
pub(crate) fn served_by(servers: &[Name]) -> String {
    host_of_servers(servers).map_or_else(|| name_list(servers), |host| host.name.clone())
}

/// Each "no" with the zone that it names.
fn soas(answers: &Answers) -> impl Iterator<Item = (&Answer, &Name)> {
    answers.iter().filter_map(|(question, answer)| {
        let soa = answer.soa.as_ref()?;
        let is_own = answer.aliases.is_empty() && question.name.is_within(&soa.zone);
        is_own.then_some((answer.as_ref(), &soa.zone))
    })
}

/// The zones to look at, the most important first. `survey` is that of the observation with what is
/// published laid over it.
pub(crate) fn needs(observation: &Observation, survey: &Survey<'_>) -> Vec<ZoneNeed> {
    let room = VIEWS_MAX.saturating_sub(observation.zones.len());
    if room == 0 {
        return Vec::new();
    }
    let request = &observation.request;
    let asked = match request.authority {
        AskAuthority::Always => everything(request, survey),
        AskAuthority::InDoubt => in_doubt(observation, survey),
    };
    let organization = &survey.dnssec.zone;
    let mut needs: Vec<(Name, ZoneNeed)> = Vec::new();
    for question in asked {
        let zone = zone_of(observation, organization, &question.name);
        let known = |view: &ZoneView| is_covered(view, &zone, &question);
        if views(observation).any(known) || !question.name.is_within(organization) {
            continue;
        }
        match needs.iter_mut().find(|(known, _)| *known == zone) {
            Some((_, need)) => {
                if need.questions.len() < QUESTIONS_MAX && !need.questions.contains(&question) {
                    need.questions.push(question);
                }
            }
            None => needs.push((
                zone,
                ZoneNeed {
                    name: question.name.clone(),
                    questions: vec![question],
                    role: ZoneRole::Own,
                },
            )),
        }
    }
    needs.truncate(room);
    needs.into_iter().map(|(_, need)| need).collect()
}

/// Whether a zone that was looked at leaves nothing to be asked about a question that seems to belong to `zone`.
fn is_covered(view: &ZoneView, zone: &Name, question: &Question) -> bool {
    let Some(viewed) = &view.zone else {
        // What could not be found once is not looked for again.
        return view.asked.is_within(zone);
    };
    let is_referred = view.servers.iter().any(|server| {
        let answer = server.answer(question);
        answer.is_some_and(|answer| !answer.authoritative && !answer.referral.is_empty())
    });
    let is_deeper = zone != viewed && zone.is_within(viewed);
    question.name.is_within(viewed) && !is_referred && !is_deeper
}

/// The zone that a name seems to be in: a "no" about the name says so, a referral too, and one about another
/// name shows that a zone begins above this one; otherwise the organization's.
fn zone_of(observation: &Observation, organization: &Name, name: &Name) -> Name {
    let from_no = soas(&observation.answers).map(|(_, zone)| zone);
    let referrals = views(observation).flat_map(|view| {
        let answers = view.servers.iter().flat_map(|server| &server.answers);
        answers.flat_map(|(_, answer)| answer.referral.iter().map(|record| &record.owner))
    });
    let deepest = from_no
        .chain(referrals)
        .filter(|zone| zone.is_within(organization) && name.is_within(zone))
        .max_by_key(|zone| zone.label_count());
    deepest.unwrap_or(organization).clone()
}

fn text(name: &Name) -> Question {
    Question::new(name.clone(), RecordType::Txt)
}

/// Every name that matters, where somebody wants all servers to be asked.
fn everything(request: &Request, survey: &Survey<'_>) -> Vec<Question> {
    let expected = survey.expected.records.iter();
    let mut all: Vec<Question> = expected.map(RecordFacts::question).collect();
    all.extend(wanted_keys(survey).map(|key| text(&key.name)));
    all.extend(survey.dmarc.name.iter().map(text));
    all.push(text(&request.domain));
    all.push(Question::new(request.domain.clone(), RecordType::Mx));
    if let Some(mail_from) = &request.mail_from {
        all.push(text(mail_from));
        all.push(Question::new(mail_from.clone(), RecordType::Mx));
    }
    let found = survey.dkim.keys.iter();
    all.extend(
        found
            .filter(|key| key.is_something() && !key.by_wildcard)
            .map(|key| text(&key.name)),
    );
    all
}

/// Selectors that somebody named, or that belong to the sending path that was asked about, at whichever domain; not
/// those that are guessed.
fn wanted_keys<'s>(survey: &'s Survey<'_>) -> impl Iterator<Item = &'s KeyFacts<'s>> {
    let stated = survey.paths.iter().filter(|path| path.stated);
    let signatures = stated.flat_map(|path| &path.signatures);
    let elsewhere = signatures.flat_map(|signature| &signature.elsewhere);
    let keys = survey.dkim.keys.iter().chain(elsewhere);
    keys.filter(|key| matches!(key.source, SelectorSource::Asked | SelectorSource::Service))
}

/// Whether mail of the path that was asked about passes by one of its legs.
fn stated_path_works(survey: &Survey<'_>) -> bool {
    let mut stated = survey.paths.iter().filter(|path| path.stated);
    stated.any(|path| {
        let mut signatures = path.signatures.iter();
        signatures.any(|signature| signature.passes().walk == Some(true))
            || path.return_address.passes().walk == Some(true)
    })
}

/// What the zone's own servers can settle.
fn in_doubt(observation: &Observation, survey: &Survey<'_>) -> Vec<Question> {
    let request = &observation.request;
    // Where signatures are broken, the cause is known and the servers are not it; a domain that does not exist has
    // none, and nobody can publish in a mailbox provider's.
    let is_settled = survey.dnssec.bogus.is_some() || survey.domain_is_absent();
    if is_settled || is_free_mail(&request.domain) {
        return Vec::new();
    }
    // What the catalogue expects may be absent because the service was set up in another way, which is no doubt
    // as long as the path works.
    let works = stated_path_works(survey);
    let expected = survey.expected.records.iter().filter(|record| {
        let is_meant = record.wish.origin == Origin::Stated || !works;
        is_meant && matches!(record.state, State::Wrong(_) | State::Unanswered(..))
    });
    let mut all: Vec<Question> = expected.map(RecordFacts::question).collect();
    let keys = wanted_keys(survey).filter(|key| {
        let is_meant = key.source == SelectorSource::Asked || !works;
        is_meant && key.answer.is_some_and(is_nothing)
    });
    all.extend(keys.map(|key| text(&key.name)));
    if lacks_policy(survey) {
        all.extend(survey.dmarc.name.iter().map(text));
    }
    if survey.own_text.is_some_and(lacks_spf) {
        all.push(text(&request.domain));
    }
    all.extend(unanswered(survey, request));
    all
}

/// Whether neither a record nor an alias stands there.
fn is_nothing(answer: &Answer) -> bool {
    answer.status.is_definite() && answer.records.is_empty() && answer.aliases.is_empty()
}

fn lacks_policy(survey: &Survey<'_>) -> bool {
    let comparison = survey.dmarc.comparison.as_ref();
    let none_applies = comparison.is_some_and(|found| found.walk.applied().is_none());
    let own = survey.dmarc.own;
    none_applies && own.is_some_and(|own| own.status.is_definite() && own.aliases.is_empty())
}

fn lacks_spf(answer: &Answer) -> bool {
    let mut texts = answer.texts().map(garant_dns::Txt::joined);
    answer.status.is_definite()
        && answer.aliases.is_empty()
        && !texts.any(|text| spf::is_spf(&text) || spf::near_miss(&text).is_some())
}

/// Answers that the verdict stands on and that did not come, or that contradict each other.
fn unanswered(survey: &Survey<'_>, request: &Request) -> Vec<Question> {
    let mut asked: Vec<(Question, Option<&Answer>)> = wanted_keys(survey)
        .map(|key| (text(&key.name), key.answer))
        .collect();
    asked.extend(
        survey
            .dmarc
            .name
            .iter()
            .map(|name| (text(name), survey.dmarc.own)),
    );
    let domain = &request.domain;
    asked.push((text(domain), survey.own_text));
    let exchanges = Question::new(domain.clone(), RecordType::Mx);
    asked.push((exchanges, survey.mx.answer));
    let beside = survey.dmarc.alias_beside.is_some();
    asked
        .into_iter()
        .filter(|(question, answer)| {
            answer.is_some_and(|answer| {
                failed(answer) || contradicts_itself(question, answer) || {
                    beside && survey.dmarc.name.as_ref() == Some(&question.name)
                }
            })
        })
        .map(|(question, _)| question)
        .collect()
}

/// Whether a server was asked and gave no definite answer. Behind an alias it is another zone that fails.
fn failed(answer: &Answer) -> bool {
    let was_asked = !matches!(
        answer.status,
        Status::Offline | Status::NotRecorded | Status::OverBudget
    );
    was_asked && !answer.status.is_definite() && answer.aliases.is_empty()
}

/// Whether a name is an alias and has records all the same.
fn contradicts_itself(question: &Question, answer: &Answer) -> bool {
    let mut aliases = answer.aliases.iter();
    let mut records = answer.records.iter();
    aliases.any(|alias| alias.owner == question.name)
        && records.any(|record| record.owner == question.name)
}
