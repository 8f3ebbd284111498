//! What was observed, with changes laid over it: everything that a plan is proven against.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use garant_dns::authority::{Authority, DirectAnswer, ServerView, ZoneFuture, ZoneView};
use garant_dns::{
    Answer, AnswerFuture, Answers, Data, Name, Origin, Overlay, Question, Record, RecordType,
    Resolver, Source, Status, origin,
};

use super::draft::{Draft, Key, RecordSet};
use super::score;
use crate::assess::assess;
use crate::assessment::Assessment;
use crate::fetch::{Fetch, FetchFuture};
use crate::input::registrable_domain;
use crate::observation::{AskAuthority, Observation, Request};
use crate::observe::{Sources, observe};

/// Seconds in caches for what is laid over: they change nothing in what the check says.
const TTL_LAID_OVER_S: u32 = 3600;

/// Questions that one plan asks at most besides those of the check: the records that its changes newly refer
/// to, for each of the ways that are tried. What is over the limit is [`Status::OverBudget`], so a way that
/// cannot be proven within it is not proposed.
const QUESTIONS_MAX: usize = 100;

/// The DNS as it was observed, and those who answer what was not asked yet.
pub(super) struct Site<'a> {
    sources: Sources<'a>,
    pub(super) observation: &'a Observation,
    /// The organization of the domain: beyond it nobody who asks can change anything.
    pub(super) organization: Name,
    /// Whether the plan is to lock a domain that sends nothing.
    pub(super) locks_down: bool,
    /// Answers to what a change newly refers to: asked once, however often the change is judged.
    asked_since: Mutex<Answers>,
}

/// A judged world.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) assessment: Assessment,
    /// Whether it is so whatever nobody could tell.
    pub(super) is_certain: bool,
}

impl<'a> Site<'a> {
    pub(super) fn new(
        sources: Sources<'a>,
        observation: &'a Observation,
        locks_down: bool,
    ) -> Self {
        Self {
            locks_down,
            sources,
            observation,
            organization: registrable_domain(&observation.request.domain),
            asked_since: Mutex::new(Answers::new()),
        }
    }

    /// Whether the organization has a zone or a record, so that there is somewhere to publish: a name that
    /// nobody registered has neither.
    pub(super) fn organization_exists(&self) -> bool {
        let mut answers = self.observation.answers.iter();
        answers.any(|(question, answer)| {
            let zone = answer.soa.as_ref().map(|soa| &soa.zone);
            zone.is_some_and(|zone| zone.is_within(&self.organization))
                || answer.status == Status::Found && question.name.is_within(&self.organization)
        })
    }

    /// Questions that were asked since the check.
    fn questions(&self) -> usize {
        let known = self.asked_since.lock();
        known.unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What stands at a name by itself, aliases not followed; nothing when the DNS did not say.
    pub(super) async fn set(&self, key: &Key) -> Option<RecordSet> {
        let (name, rtype) = key;
        if *rtype == RecordType::Cname {
            return self.alias(name).await;
        }
        if let Some(set) = self.published(key) {
            return Some(set);
        }
        let answer = self.resolve(&Question::new(name.clone(), *rtype)).await;
        if !answer.status.is_definite() {
            return None;
        }
        let own = answer.records.iter().filter(|record| record.owner == *name);
        let ttl = own.clone().map(|record| record.ttl).max();
        let set = RecordSet {
            ttl: self.authoritative_ttl(key).or(ttl),
            ttl_is_exact: answer.source == Source::Zone,
            data: own.map(|record| record.data.clone()).collect(),
        };
        Some(self.without_wildcard(name, *rtype, set).await)
    }

    /// What stands at the name itself: nothing, where a wildcard answers for it (RFC 4592, section 2.2.1).
    /// `rtype` is what the name was asked for when it said so.
    async fn without_wildcard(&self, name: &Name, rtype: RecordType, set: RecordSet) -> RecordSet {
        let is_top = *name == self.organization;
        if !is_top && !set.data.is_empty() && origin(self, name, rtype).await == Origin::Wildcard {
            return RecordSet::default();
        }
        set
    }

    /// The alias that a name is. An answer that went through it shows it, so none is asked for.
    async fn alias(&self, name: &Name) -> Option<RecordSet> {
        let shown = self.observation.answers.iter();
        let mut shown: Vec<_> = shown
            .filter_map(|(question, answer)| {
                let alias = answer.aliases.iter().find(|alias| alias.owner == *name)?;
                Some((question, alias, answer.source == Source::Zone))
            })
            .collect();
        // What the name itself was asked for need not be asked again.
        shown.sort_by_key(|(question, ..)| question.name != *name);
        if let Some((question, alias, ttl_is_exact)) = shown.first().copied() {
            let set = RecordSet {
                ttl: Some(alias.ttl),
                ttl_is_exact,
                data: vec![Data::Cname(alias.target.clone())],
            };
            return Some(self.without_wildcard(name, question.rtype, set).await);
        }
        // Whoever answered for the name without an alias has none.
        let answered = self.observation.answers.iter().any(|(question, answer)| {
            question.name == *name && answer.status.is_definite() && answer.aliases.is_empty()
        });
        if answered {
            return Some(RecordSet::default());
        }
        let question = Question::new(name.clone(), RecordType::Cname);
        let answer = self.resolve(&question).await;
        if !answer.status.is_definite() {
            return None;
        }
        let set = RecordSet {
            ttl: answer.records.iter().map(|record| record.ttl).max(),
            ttl_is_exact: answer.source == Source::Zone,
            data: answer
                .records
                .iter()
                .filter(|record| record.owner == *name)
                .map(|record| record.data.clone())
                .collect(),
        };
        let set = self.without_wildcard(name, RecordType::Cname, set).await;
        Some(set)
    }

    /// What the zone's own servers say, where they were asked and do not say the same as a resolver that keeps
    /// an older answer: what they publish is what is edited.
    fn published(&self, (name, rtype): &Key) -> Option<RecordSet> {
        let question = Question::new(name.clone(), *rtype);
        let servers = self.observation.zones.iter().flat_map(|view| &view.servers);
        let mut answers = servers
            .filter_map(|server| server.answer(&question))
            .filter(|answer| answer.is_of_authority());
        let records = |answer: &DirectAnswer| -> Vec<Record> {
            let of_set =
                |record: &&Record| record.owner == *name && record.data.record_type() == *rtype;
            answer.records.iter().filter(of_set).cloned().collect()
        };
        let first = records(answers.next()?);
        // Servers that disagree are somebody's task before any edit is.
        if answers.any(|answer| records(answer) != first) {
            return None;
        }
        Some(RecordSet {
            ttl: first.iter().map(|record| record.ttl).max(),
            ttl_is_exact: true,
            data: first.into_iter().map(|record| record.data).collect(),
        })
    }

    /// The seconds that the zone's own servers give a set: a recursive answer only says what is left.
    fn authoritative_ttl(&self, (name, rtype): &Key) -> Option<u32> {
        let question = Question::new(name.clone(), *rtype);
        let servers = self.observation.zones.iter().flat_map(|view| &view.servers);
        let answers = servers.filter_map(|server| server.answer(&question));
        answers
            .filter(|answer| answer.is_of_authority())
            .flat_map(|answer| &answer.records)
            .filter(|record| record.owner == *name && record.data.record_type() == *rtype)
            .map(|record| record.ttl)
            .max()
    }

    /// What the check says when the draft is published.
    pub(super) async fn judge(&self, draft: &Draft, request: Request) -> Judged {
        let overlay = self.laid_over(draft);
        let assessment = self.assessed(draft, &overlay, request.clone()).await;
        if !overlay.is_in_doubt() {
            return Judged {
                assessment,
                is_certain: true,
            };
        }
        // Where nobody can tell whether a name goes with its records, it must come to the same.
        let gone = self.laid_over(draft).supposing_gone();
        let otherwise = self.assessed(draft, &gone, request).await;
        Judged {
            is_certain: score::is_same(&assessment, &otherwise),
            assessment,
        }
    }

    fn laid_over(&self, draft: &Draft) -> Overlay<&Self> {
        let mut overlay = Overlay::new(self).with_tops(self.tops());
        for ((name, rtype), data) in draft.iter() {
            overlay.set(name.clone(), *rtype, TTL_LAID_OVER_S, data.clone());
        }
        let removes = draft.iter().any(|(_, data)| data.is_empty());
        match removes {
            true => overlay.with_seen(self.seen()),
            false => overlay,
        }
    }

    /// The tops of the organization's zones, as far as answers show them.
    fn tops(&self) -> BTreeSet<Name> {
        let answers = self.observation.answers.iter();
        let shown = answers.filter_map(|(_, answer)| Some(answer.soa.as_ref()?.zone.clone()));
        let mut tops: BTreeSet<Name> = shown
            .filter(|zone| zone.is_within(&self.organization))
            .collect();
        tops.insert(self.organization.clone());
        tops
    }

    /// What was seen of the organization's names.
    fn seen(&self) -> BTreeSet<(Name, RecordType)> {
        let answers = self.observation.answers.iter();
        let of_answers = answers.flat_map(|(question, answer)| {
            let exists = matches!(answer.status, Status::Found | Status::NoData);
            let end = exists.then(|| answer.final_name(&question.name));
            let aliases = answer.aliases.iter().map(|alias| &alias.owner);
            aliases
                .chain(end)
                .map(|name| (name.clone(), question.rtype))
        });
        of_answers
            .filter(|(name, _)| name.is_within(&self.organization))
            .collect()
    }

    async fn assessed(
        &self,
        draft: &Draft,
        overlay: &Overlay<&Self>,
        mut request: Request,
    ) -> Assessment {
        let servers = Servers {
            site: self,
            draft,
            overlay,
        };
        let mut sources = Sources::new(overlay, self);
        if !self.observation.zones.is_empty() {
            // What is wrong with the servers must not seem cured because a record leaves no doubt any more.
            request.authority = AskAuthority::Always;
            sources = sources.with_authority(&servers);
        }
        assess(&observe(sources, request, self.observation.asked_at).await)
    }
}

impl Resolver for Site<'_> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            if let Some(answer) = self.observation.answers.shared(question) {
                return answer;
            }
            let asked = |site: &Self| {
                let known = site.asked_since.lock();
                let known = known.unwrap_or_else(PoisonError::into_inner);
                known.shared(question)
            };
            if let Some(answer) = asked(self) {
                return answer;
            }
            if self.questions() >= QUESTIONS_MAX {
                return Arc::new(Answer::bare(Status::OverBudget, Source::Nobody));
            }
            let answer = self.sources.resolver.resolve(question).await;
            let known = self.asked_since.lock();
            let mut known = known.unwrap_or_else(PoisonError::into_inner);
            known.insert(question.clone(), Arc::clone(&answer));
            answer
        })
    }
}

/// A document that was fetched is not fetched again: no change of a record alters it.
impl Fetch for Site<'_> {
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        match self.observation.documents.get(url) {
            Some(document) => Box::pin(std::future::ready(document.clone())),
            None => self.sources.fetch.fetch(url),
        }
    }
}

/// The zone's own servers as they were seen, each with the changes: those that do not serve the zone go on
/// not to serve it.
struct Servers<'a> {
    site: &'a Site<'a>,
    draft: &'a Draft,
    overlay: &'a Overlay<&'a Site<'a>>,
}

impl Servers<'_> {
    async fn shown(&self, name: &Name, questions: &[Question]) -> ZoneView {
        let views = &self.site.observation.zones;
        let seen = views.iter().find(|view| {
            let zone = view.zone.as_ref();
            view.asked == *name || zone.is_some_and(|zone| name.is_within(zone))
        });
        let Some(seen) = seen else {
            return ZoneView {
                asked: name.clone(),
                zone: None,
                parent_servers: None,
                own_servers: None,
                servers: Vec::new(),
                recursive_questions: 0,
                direct_questions: 0,
            };
        };
        let mut view = seen.clone();
        view.asked = name.clone();
        for server in &mut view.servers {
            let mut answers = Vec::with_capacity(questions.len());
            for question in questions {
                answers.push((question.clone(), self.answer(server, question).await));
            }
            server.answers = answers;
        }
        view
    }

    async fn answer(&self, server: &ServerView, question: &Question) -> DirectAnswer {
        let serves = server.zone_answer.is_of_authority();
        let is_changed = |rtype| self.draft.get(&(question.name.clone(), rtype)).is_some();
        if !serves || !(is_changed(question.rtype) || is_changed(RecordType::Cname)) {
            if let Some(answer) = server.answer(question) {
                return answer.clone();
            }
            if !serves {
                return DirectAnswer::bare(server.zone_answer.status);
            }
        }
        let answer = self.overlay.resolve(question).await;
        direct(question, &answer)
    }
}

impl Authority for Servers<'_> {
    fn view<'a>(&'a self, name: &'a Name, questions: &'a [Question]) -> ZoneFuture<'a> {
        Box::pin(self.shown(name, questions))
    }
}

/// What a server of the zone says where a resolver says this: it follows no alias out of the name.
fn direct(question: &Question, answer: &Answer) -> DirectAnswer {
    let alias = answer
        .aliases
        .iter()
        .find(|alias| alias.owner == question.name);
    let records: Vec<Record> = match alias {
        Some(alias) => vec![Record {
            owner: alias.owner.clone(),
            ttl: alias.ttl,
            data: Data::Cname(alias.target.clone()),
        }],
        None => answer.records.clone(),
    };
    DirectAnswer {
        status: if alias.is_some() {
            Status::Found
        } else {
            answer.status
        },
        authoritative: true,
        records,
        referral: Vec::new(),
        glue: Vec::new(),
        soa: answer.soa.clone(),
    }
}

/// The sets that a draft changes, as they were observed.
pub(super) type Originals = BTreeMap<Key, RecordSet>;

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use garant_dns::{Zone, Zones};

    use super::*;
    use crate::NoFetch;

    #[test]
    fn a_plan_asks_no_more_than_its_limit() {
        let domain: Name = "exemple.fr".parse().expect("a name");
        let zones = Zones::new(vec![Zone::new(Name::root())]);
        let observation = Observation::new(Request::new(domain.clone()), 1_795_343_700);
        let site = Site::new(Sources::new(&zones, &NoFetch), &observation, false);
        let status = |index: usize| {
            let name = domain.prefixed(&format!("n{index}")).expect("a name");
            block_on(site.resolve(&Question::new(name, RecordType::Txt))).status
        };
        for index in 0..QUESTIONS_MAX {
            assert_eq!(status(index), Status::NxDomain, "{index}");
        }
        assert_eq!(status(QUESTIONS_MAX), Status::OverBudget);
        // What was asked before is still known.
        assert_eq!(status(0), Status::NxDomain);
    }

    #[test]
    fn what_a_wildcard_says_stands_at_no_name() {
        let domain: Name = "exemple.fr".parse().expect("a name");
        let zone = b"@ TXT \"tout\"\n* TXT \"tout\"\nla TXT \"ici\"\n";
        let zone = Zone::parse(zone, &domain).expect("a zone");
        let zones = Zones::new(vec![zone]);
        let observation = Observation::new(Request::new(domain), 1_795_343_700);
        let site = Site::new(Sources::new(&zones, &NoFetch), &observation, false);
        let stands = |name: &str| {
            let name: Name = name.parse().expect("a name");
            let set = block_on(site.set(&(name, RecordType::Txt)));
            !set.expect("an answer").data.is_empty()
        };
        assert!(stands("exemple.fr"));
        assert!(stands("la.exemple.fr"));
        assert!(stands("*.exemple.fr"));
        assert!(!stands("ailleurs.exemple.fr"));
        assert!(!stands("a.b.c.d.ailleurs.exemple.fr"));
    }
}
