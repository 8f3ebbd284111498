//! Asking: the loop between the pure survey, which says what it still needs, and those who answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use garant_dns::authority::{Authority, ZoneView};
use garant_dns::{Answer, Question, Resolver, Source, Status};

use crate::fetch::{Fetch, FetchError};
use crate::observation::{Observation, Request};
use crate::survey::{self, ZoneNeed, ZoneRole};

/// Questions that one check asks at most. A typical check asks 20; ten nested includes and ten mail
/// exchanges stay within this. What is over the limit is answered [`Status::OverBudget`].
pub const QUESTIONS_MAX: usize = 150;
/// Documents that one check fetches at most.
pub const DOCUMENTS_MAX: usize = 2;

/// Whoever answers what a check asks.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Answers ordinary questions.
    pub resolver: &'a dyn Resolver,
    /// Fetches documents.
    pub fetch: &'a dyn Fetch,
    /// Looks at a whole zone; nothing where the zone's own servers cannot or shall not be asked.
    pub authority: Option<&'a dyn Authority>,
}

impl<'a> Sources<'a> {
    /// Without the zone's own servers.
    pub fn new(resolver: &'a dyn Resolver, fetch: &'a dyn Fetch) -> Self {
        Self {
            resolver,
            fetch,
            authority: None,
        }
    }

    /// With the zone's own servers.
    pub fn with_authority(self, authority: &'a dyn Authority) -> Self {
        Self {
            authority: Some(authority),
            ..self
        }
    }
}

/// Asks everything that is needed to judge a domain. Never fails: what could not be had is in the
/// observation with its reason. `asked_at` is seconds since 1970 in UTC.
///
/// All questions that can be asked at one moment are asked together, and each answer may raise new
/// ones at once, so a check takes as many round trips as its longest chain of dependent questions.
pub async fn observe(sources: Sources<'_>, request: Request, asked_at: i64) -> Observation {
    observe_and_tell(sources, request, asked_at, |_| {}).await
}

/// As [`observe`], and calls `tell` whenever answers have come in and been taken note of.
pub async fn observe_and_tell(
    sources: Sources<'_>,
    request: Request,
    asked_at: i64,
    mut tell: impl FnMut(&Observation),
) -> Observation {
    let mut observation = Observation::new(request, asked_at);
    let mut asked = BTreeSet::new();
    let mut fetched = BTreeSet::new();
    let mut viewed = BTreeSet::new();
    let mut pending = FuturesUnordered::new();
    loop {
        let needs = survey::needs(&observation);
        let mut refused = false;
        for question in needs.questions {
            if asked.contains(&question) {
                continue;
            }
            if asked.len() >= QUESTIONS_MAX {
                refused = true;
                let unasked = Answer::bare(Status::OverBudget, Source::Nobody);
                observation.answers.insert(question, Arc::new(unasked));
                continue;
            }
            asked.insert(question.clone());
            pending.push(ask(sources.resolver, question).left_future());
        }
        for url in needs.documents {
            if fetched.contains(&url) {
                continue;
            }
            if fetched.len() >= DOCUMENTS_MAX {
                refused = true;
                observation.documents.insert(url, Err(FetchError::NotAsked));
                continue;
            }
            fetched.insert(url.clone());
            let fetch = fetch_document(sources.fetch, url).left_future();
            pending.push(fetch.right_future());
        }
        if pending.is_empty() && !refused {
            // Whether there is a doubt shows only when everything else is known.
            let zone = needs
                .zones
                .into_iter()
                .find(|zone| !viewed.contains(&(zone.name.clone(), zone.role)));
            if let (Some(authority), Some(zone)) = (sources.authority, zone) {
                viewed.insert((zone.name.clone(), zone.role));
                let view = view_zone(authority, zone).right_future();
                pending.push(view.right_future());
            }
        }
        if refused && pending.is_empty() {
            // What was refused may raise further questions, which must be refused too: an answer that
            // nobody waits for would look like one that is still to come.
            continue;
        }
        // One answer is waited for; those that have come in meanwhile are taken along, so that the
        // survey runs once for all of them.
        let Some(first) = pending.next().await else {
            return observation;
        };
        take(&mut observation, first);
        while let Some(Some(next)) = pending.next().now_or_never() {
            take(&mut observation, next);
        }
        tell(&observation);
    }
}

enum Arrival {
    Answer(Question, Arc<Answer>),
    Document(String, Result<crate::Document, FetchError>),
    Zone(Box<ZoneView>, ZoneRole),
}

async fn ask(resolver: &dyn Resolver, question: Question) -> Arrival {
    let answer = resolver.resolve(&question).await;
    Arrival::Answer(question, answer)
}

async fn fetch_document(fetch: &dyn Fetch, url: String) -> Arrival {
    let document = fetch.fetch(&url).await;
    Arrival::Document(url, document)
}

async fn view_zone(authority: &dyn Authority, zone: ZoneNeed) -> Arrival {
    let view = authority.view(&zone.name, &zone.questions).await;
    Arrival::Zone(Box::new(view), zone.role)
}

fn take(observation: &mut Observation, arrival: Arrival) {
    match arrival {
        Arrival::Answer(question, answer) => observation.answers.insert(question, answer),
        Arrival::Document(url, document) => {
            observation.documents.insert(url, document);
        }
        Arrival::Zone(view, ZoneRole::Own) => observation.zones.push(*view),
        Arrival::Zone(view, ZoneRole::Included) => observation.includes.push(*view),
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use garant_dns::{Name, Zone, Zones};

    use super::*;
    use crate::NoFetch;

    #[test]
    fn a_record_that_asks_for_too_much_is_refused_to_its_end() {
        let domain: Name = "exemple.fr".parse().expect("a name");
        let mut text = String::from("@ TXT \"v=spf1 ");
        for term in 0..20 {
            // A string holds 255 octets.
            text.push_str(if term == 10 { "\" \"" } else { "" });
            text.push_str(&format!("mx:m{term}.exemple.fr "));
        }
        text.push_str("-all\"\n");
        for term in 0..20 {
            for host in 0..10 {
                text.push_str(&format!("m{term} MX {host} h{host}.m{term}\n"));
            }
        }
        let zone = Zone::parse(text.as_bytes(), &domain).expect("a zone");
        let request = Request::new(domain);
        let zones = Zones::new(vec![zone]);
        let observation = block_on(observe(Sources::new(&zones, &NoFetch), request, 0));
        let refused = observation
            .answers
            .iter()
            .filter(|(_, a)| a.status == Status::OverBudget);
        let refused = refused.count();
        assert!(refused > 0);
        assert_eq!(observation.answers.len() - refused, QUESTIONS_MAX);
        let left = survey::needs(&observation);
        assert!(
            left.questions.is_empty(),
            "{:?} are neither asked nor refused",
            left.questions
        );
    }
}
