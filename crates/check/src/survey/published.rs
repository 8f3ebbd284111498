//! What a zone's own servers publish now, laid over what recursive servers still answer.
//!
//! A recursive server keeps its answer, a "no" too, for as long as the zone allows. Where the zone's own
//! servers say something else meanwhile, they are right: what they say is judged, and the difference is
//! told as waiting. So a record is never called absent that its owner has published.

use std::borrow::Cow;
use std::collections::BTreeSet;

use garant_dns::authority::{
    ADDRESSES_MAX, DirectAnswer, LISTED_MAX, QUESTIONS_MAX, SERVERS_MAX, ServerView, ZoneView,
};
use garant_dns::{
    Alias, Answer, AnswerTable, Answers, Data, Name, Question, RecordType, Soa, Source, Status,
};
use garant_msgauth::spf;

use crate::observation::Observation;

/// Seconds for which resolvers keep a "no" at most, whatever the SOA says: RFC 2308, section 5 finds one
/// to three hours sensible, and those in wide use keep within that.
const NEGATIVE_KEPT_MAX_S: u32 = 3 * 3600;

/// An observation as the zones' own servers put it right.
pub(crate) struct Published<'a> {
    /// The observation with the answers of the zones' own servers in place of older ones.
    pub(crate) observation: Cow<'a, Observation>,
    /// What must be asked to lay it over whole: the targets of new aliases.
    pub(crate) open: Vec<Question>,
    /// Records that resolvers do not see yet.
    pub(crate) waiting: Vec<Waiting>,
    /// Records that nobody will see, because they stand at servers to which nobody is sent.
    pub(crate) elsewhere: Vec<Elsewhere>,
}

/// A record that all servers of the zone have, and that the recursive server does not know yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) question: Question,
    /// When the recursive server asks again: seconds since 1970 in UTC.
    pub(crate) until: i64,
    /// What it says until then; nothing when it says that there is nothing.
    pub(crate) old: Option<String>,
    /// What the zone has; nothing when the record was taken away.
    pub(crate) new: Option<String>,
}

/// A record at servers that only the parent zone or only the zone itself lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    pub(crate) question: Question,
    /// Such a server.
    pub(crate) server: Name,
    /// What stands there, the first of several.
    pub(crate) text: String,
    /// The type of that: CNAME where the name is an alias.
    pub(crate) rtype: RecordType,
    /// The servers to which resolvers are sent.
    pub(crate) served_by: Vec<Name>,
}

/// What stands at a name, as far as the question goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Nothing,
    Alias(Name),
    /// The data of the type that was asked for, each as octets that tell it from others.
    Data(BTreeSet<Vec<u8>>),
}

impl Said {
    fn first_text(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Alias(target) => Some(target.to_string()),
            Self::Data(data) => data
                .first()
                .map(|datum| String::from_utf8_lossy(datum).into_owned()),
        }
    }

    /// As people read it, one datum a line; nothing when there is none.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Alias(target) => Some(target.to_string()),
            Self::Data(data) => {
                let texts: Vec<_> = data.iter().map(|d| String::from_utf8_lossy(d)).collect();
                Some(texts.join("\n"))
            }
        }
    }
}

/// A server of the zone that answered a question with authority.
pub(crate) struct Heard<'a> {
    pub(crate) server: &'a ServerView,
    pub(crate) answer: &'a DirectAnswer,
    pub(crate) said: Said,
}

/// The zones that were looked at. A capture may hold whatever somebody wrote into it: what is larger than anything
/// that this program asks for is left out.
pub(crate) fn views(observation: &Observation) -> impl Iterator<Item = &ZoneView> {
    let views = observation.zones.iter().take(super::authority::VIEWS_MAX);
    let lists = |view: &ZoneView| {
        let lists = [&view.parent_servers, &view.own_servers];
        lists
            .into_iter()
            .flatten()
            .all(|list| list.len() <= LISTED_MAX)
    };
    views.filter(move |view| {
        lists(view)
            && view.servers.len() <= SERVERS_MAX * ADDRESSES_MAX
            && view
                .servers
                .iter()
                .all(|server| server.answers.len() <= QUESTIONS_MAX)
    })
}

impl<'a> Published<'a> {
    pub(crate) fn of(observation: &'a Observation) -> Self {
        let mut published = Self {
            observation: Cow::Borrowed(observation),
            open: Vec::new(),
            waiting: Vec::new(),
            elsewhere: Vec::new(),
        };
        for view in views(observation) {
            for question in questions_of(view) {
                published.lay_over(observation, view, question);
            }
        }
        published
    }

    fn lay_over(&mut self, observation: &Observation, view: &ZoneView, question: &Question) {
        let answers = &observation.answers;
        let Some(recursive) = answers.answer(question) else {
            return;
        };
        let reads = Reading::of(observation, question);
        let heard = heard(view, question, &reads);
        let Some(old) = reads.recursive(question, recursive) else {
            return;
        };
        let (from, by_all) = match outcome(view, &heard, &old) {
            Outcome::AsKnown => return,
            Outcome::Elsewhere(server, served_by) => {
                self.elsewhere.push(Elsewhere {
                    question: question.clone(),
                    server: server.server.name.clone(),
                    text: server.said.first_text().unwrap_or_default(),
                    rtype: match server.said {
                        Said::Alias(_) => RecordType::Cname,
                        Said::Data(_) | Said::Nothing => question.rtype,
                    },
                    served_by,
                });
                return;
            }
            Outcome::Ahead(from) => (from, true),
            Outcome::Newest(from) => (from, false),
        };
        let answer = match laid_over(from, question, answers) {
            Ok(answer) => answer,
            Err(open) => {
                self.open.push(open);
                return;
            }
        };
        if by_all {
            let left = seconds_left(answers, view, question, recursive, &old);
            self.waiting.push(Waiting {
                question: question.clone(),
                // A capture may have been asked at any time.
                until: observation.asked_at.saturating_add(left.into()),
                old: old.text(),
                new: from.said.text(),
            });
        }
        let answer = std::sync::Arc::new(answer);
        let copy = self.observation.to_mut();
        copy.answers.insert(question.clone(), answer);
    }
}

/// Each question that was put to some server of the zone, once.
pub(crate) fn questions_of(view: &ZoneView) -> Vec<&Question> {
    let mut all = Vec::new();
    for (question, _) in view.servers.iter().flat_map(|server| &server.answers) {
        if !all.contains(&question) {
            all.push(question);
        }
    }
    all
}

/// Which data of an answer counts.
pub(crate) struct Reading {
    /// Of the texts at a domain, only those meant as SPF records: the others are no matter of mail.
    spf_only: bool,
}

impl Reading {
    pub(crate) fn of(observation: &Observation, question: &Question) -> Self {
        let request = &observation.request;
        let mut expected = request.expect.iter();
        let is_expected = expected.any(|record| record.name == question.name);
        Self {
            spf_only: question.name == request.domain
                && question.rtype == RecordType::Txt
                && !is_expected,
        }
    }

    fn said<'d>(&self, rtype: RecordType, data: impl Iterator<Item = &'d Data>) -> Said {
        let mut found = BTreeSet::new();
        let mut alias = None;
        for data in data {
            match data {
                Data::Cname(target) => alias = alias.or(Some(target)),
                Data::Txt(txt) if rtype == RecordType::Txt => {
                    let text = txt.joined();
                    let counts = spf::is_spf(&text) || spf::near_miss(&text).is_some();
                    if counts || !self.spf_only {
                        found.insert(text);
                    }
                }
                data if data.record_type() == rtype => {
                    found.insert(data_text(data).into_bytes());
                }
                _ => {}
            }
        }
        match (found.is_empty(), alias) {
            (false, _) => Said::Data(found),
            (true, Some(target)) => Said::Alias(target.clone()),
            (true, None) => Said::Nothing,
        }
    }

    /// What a recursive answer says of the name itself; nothing when that could not be told.
    fn recursive(&self, question: &Question, answer: &Answer) -> Option<Said> {
        let data = data_of(answer, &question.name);
        let said = self.said(question.rtype, data.iter());
        (answer.status.is_definite() || said != Said::Nothing).then_some(said)
    }
}

/// What stands at the name itself in a recursive answer, the alias too.
fn data_of(answer: &Answer, name: &Name) -> Vec<Data> {
    let records = answer.records.iter();
    let records = records.filter(|record| record.owner == *name);
    let aliases = answer.aliases.iter().filter(|alias| alias.owner == *name);
    records
        .map(|record| record.data.clone())
        .chain(aliases.map(|alias| Data::Cname(alias.target.clone())))
        .collect()
}

/// Everybody who answered a question with authority.
pub(crate) fn heard<'a>(
    view: &'a ZoneView,
    question: &Question,
    reads: &Reading,
) -> Vec<Heard<'a>> {
    let answers = view
        .servers
        .iter()
        .filter_map(|server| Some((server, server.answer(question)?)));
    answers
        .filter(|(_, answer)| answer.is_of_authority())
        .map(|(server, answer)| Heard {
            server,
            answer,
            said: reads.said(question.rtype, answer.data_at(&question.name)),
        })
        .collect()
}

/// Whether another server has a newer version of the zone, from the same primary server. Serials of different
/// primaries have nothing to do with each other.
pub(crate) fn newer_than<'a>(view: &'a ZoneView, server: &ServerView) -> Option<&'a Soa> {
    let own = server.soa()?;
    let others = view.servers.iter().filter_map(ServerView::soa);
    others
        .filter(|soa| soa.mname == own.mname && soa.is_newer_than(own))
        .reduce(|newest, soa| {
            if soa.is_newer_than(newest) {
                soa
            } else {
                newest
            }
        })
}

enum Outcome<'h, 'v> {
    /// Nothing else than the recursive server knows, or nothing certain.
    AsKnown,
    /// All servers that answer agree on something else.
    Ahead(&'h Heard<'v>),
    /// The newest of the versions says something else, or one of several equals does.
    Newest(&'h Heard<'v>),
    /// It stands at a server to which nobody is sent; with those to which everybody is.
    Elsewhere(&'h Heard<'v>, Vec<Name>),
}

fn outcome<'h, 'v>(view: &ZoneView, heard: &'h [Heard<'v>], old: &Said) -> Outcome<'h, 'v> {
    let Some(first) = heard.first() else {
        return Outcome::AsKnown;
    };
    let changed = |from: &'h Heard<'v>, outcome: fn(&'h Heard<'v>) -> Outcome<'h, 'v>| {
        if from.said == *old {
            Outcome::AsKnown
        } else {
            outcome(from)
        }
    };
    if heard.iter().all(|other| other.said == first.said) {
        return changed(first, Outcome::Ahead);
    }
    if *old == Said::Nothing
        && let Some((server, served_by)) = elsewhere(view, heard)
    {
        return Outcome::Elsewhere(server, served_by);
    }
    let newest: Vec<&Heard<'_>> = heard
        .iter()
        .filter(|heard| newer_than(view, heard.server).is_none())
        .collect();
    if let Some(first) = newest.first()
        && newest.iter().all(|other| other.said == first.said)
    {
        return changed(first, Outcome::Newest);
    }
    match newest.iter().find(|heard| heard.said != Said::Nothing) {
        Some(from) if *old == Said::Nothing => Outcome::Newest(from),
        _ => Outcome::AsKnown,
    }
}

/// Something that only servers have which one side lists, while all those of the other side have nothing.
fn elsewhere<'h, 'v>(
    view: &ZoneView,
    heard: &'h [Heard<'v>],
) -> Option<(&'h Heard<'v>, Vec<Name>)> {
    let (parent, own) = (view.parent_servers.as_ref()?, view.own_servers.as_ref()?);
    let by_parent = |heard: &Heard<'_>| heard.server.in_parent;
    let by_zone = |heard: &Heard<'_>| heard.server.in_zone;
    let found = heard.iter().find(|heard| heard.said != Said::Nothing)?;
    let has_nothing = |is_listed: fn(&Heard<'_>) -> bool| {
        let mut listed = heard.iter().filter(|heard| is_listed(heard)).peekable();
        listed.peek().is_some() && listed.all(|heard| heard.said == Said::Nothing)
    };
    if has_nothing(by_parent) {
        return Some((found, parent.clone()));
    }
    has_nothing(by_zone).then(|| (found, own.clone()))
}

/// The answer that a recursive server would give if it asked now, or what must be asked to know it.
fn laid_over(from: &Heard<'_>, question: &Question, answers: &Answers) -> Result<Answer, Question> {
    let source = from.server.address.map_or(Source::Nobody, Source::Udp);
    let records = |rtype| {
        let own = from.answer.records.iter();
        own.filter(move |record| {
            record.owner == question.name && record.data.record_type() == rtype
        })
    };
    let mut answer = Answer::bare(Status::Found, source);
    match &from.said {
        Said::Alias(target) if question.rtype != RecordType::Cname => {
            let next = Question::new(target.clone(), question.rtype);
            let Some(rest) = answers.answer(&next) else {
                return Err(next);
            };
            let ttl = records(RecordType::Cname).map(|record| record.ttl).min();
            let alias = Alias {
                owner: question.name.clone(),
                target: target.clone(),
                ttl: ttl.unwrap_or_default(),
            };
            let aliases = std::iter::once(alias).chain(rest.aliases.iter().cloned());
            answer.status = rest.status;
            answer.aliases = aliases.take(Answer::ALIASES_MAX).collect();
            answer.records = rest.records.clone();
            answer.soa = rest.soa.clone();
            answer.extended_errors = rest.extended_errors.clone();
        }
        Said::Alias(_) | Said::Data(_) => {
            answer.records = records(question.rtype).cloned().collect();
        }
        // A text that does not count may stand there all the same.
        Said::Nothing => {
            answer.records = records(question.rtype).cloned().collect();
            if answer.records.is_empty() {
                answer.status = match from.answer.status {
                    Status::NxDomain => Status::NxDomain,
                    _ => Status::NoData,
                };
                answer.soa = from.answer.soa.clone();
            }
        }
    }
    Ok(answer)
}

/// Seconds until the recursive server asks again. A "no" is kept for the smaller of the TTL that its SOA still
/// has and that SOA's MINIMUM (RFC 2308, section 5); where it came without SOA, for what the zone's own says.
/// A "no such name" above the name keeps it hidden too (RFC 8020, section 2).
fn seconds_left(
    answers: &Answers,
    view: &ZoneView,
    question: &Question,
    recursive: &Answer,
    old: &Said,
) -> u32 {
    let name = &question.name;
    if *old != Said::Nothing {
        let aliases = recursive.aliases.iter();
        let aliases = aliases.filter(|alias| alias.owner == *name);
        let records = recursive.records.iter();
        let records = records.filter(|record| record.owner == *name);
        let ttls = aliases.map(|alias| alias.ttl);
        return ttls
            .chain(records.map(|record| record.ttl))
            .min()
            .unwrap_or_default();
    }
    if recursive.status == Status::Found {
        // Other texts stand there: the set of all is kept as one.
        return recursive.ttl().unwrap_or_default();
    }
    let of_zone = || {
        let soas = view
            .servers
            .iter()
            .flat_map(|server| &server.zone_answer.records);
        soas.filter_map(|record| match &record.data {
            Data::Soa(soa) => Some(record.ttl.min(soa.minimum)),
            _ => None,
        })
        .max()
    };
    let own = recursive.ttl().or_else(of_zone);
    let mut left = own.unwrap_or(NEGATIVE_KEPT_MAX_S);
    let mut above = name.parent();
    while let Some(parent) = above.filter(|parent| {
        let mut zone = view.zone.iter();
        zone.any(|zone| parent.is_within(zone) && parent != zone)
    }) {
        let question = Question::new(parent.clone(), RecordType::Txt);
        if let Some(answer) = answers.answer(&question)
            && answer.status == Status::NxDomain
            && answer.aliases.is_empty()
        {
            left = left.max(answer.ttl().unwrap_or_default());
        }
        above = parent.parent();
    }
    left.min(NEGATIVE_KEPT_MAX_S)
}

/// Data as people read it: a text without quotes, a name without its final dot.
pub(crate) fn data_text(data: &Data) -> String {
    match data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Cname(name) | Data::Ns(name) | Data::Ptr(name) => name.to_string(),
        Data::Dnskey(key) => format!("{} {} {}", key.flags, key.algorithm, key.key_tag),
        Data::Ds(ds) => format!("{} {} {}", ds.key_tag, ds.algorithm, ds.digest_type),
        Data::Mx {
            preference,
            exchange,
        } => format!("{preference} {exchange}"),
        Data::Soa(soa) => format!("{} {} {}", soa.mname, soa.rname, soa.serial),
        Data::Txt(txt) => txt.to_text(),
    }
}
