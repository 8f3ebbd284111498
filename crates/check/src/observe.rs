//! Asking: the loop between the pure survey, which says what it still needs, and those who answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::{Either, FutureExt};
use futures::stream::{FuturesUnordered, StreamExt};
use garant_dns::{Answer, Question, Resolver, Source, Status};

use crate::fetch::Fetch;
use crate::observation::{Observation, Request};
use crate::survey;

/// Questions that one check asks at most. A typical check asks 20; ten nested includes and ten mail
/// exchanges stay within this. What is over the limit is answered [`Status::OverBudget`].
pub const QUESTIONS_MAX: usize = 150;
/// Documents that one check fetches at most.
pub const DOCUMENTS_MAX: usize = 2;

/// Asks everything that is needed to judge a domain. Never fails: what could not be had is in the
/// observation with its reason. `asked_at` is seconds since 1970 in UTC.
///
/// All questions that can be asked at one moment are asked together, and each answer may raise new
/// ones at once, so a check takes as many round trips as its longest chain of dependent questions.
pub async fn observe(
    resolver: &dyn Resolver,
    fetch: &dyn Fetch,
    request: Request,
    asked_at: i64,
) -> Observation {
    observe_and_tell(resolver, fetch, request, asked_at, |_| {}).await
}

/// As [`observe`], and calls `tell` whenever answers have come in and been taken note of.
pub async fn observe_and_tell(
    resolver: &dyn Resolver,
    fetch: &dyn Fetch,
    request: Request,
    asked_at: i64,
    mut tell: impl FnMut(&Observation),
) -> Observation {
    let mut observation = Observation::new(request, asked_at);
    let mut asked = BTreeSet::new();
    let mut fetched = BTreeSet::new();
    let mut pending = FuturesUnordered::new();
    loop {
        let needs = survey::needs(&observation);
        for question in needs.questions {
            if asked.contains(&question) {
                continue;
            }
            if asked.len() >= QUESTIONS_MAX {
                let refused = Answer::bare(Status::OverBudget, Source::Nobody);
                observation.answers.insert(question, Arc::new(refused));
                continue;
            }
            asked.insert(question.clone());
            pending.push(Either::Left(ask(resolver, question)));
        }
        for url in needs.documents {
            if fetched.len() < DOCUMENTS_MAX && fetched.insert(url.clone()) {
                pending.push(Either::Right(async move {
                    let document = fetch.fetch(&url).await;
                    Arrival::Document(url, document)
                }));
            }
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
    Document(String, Result<crate::Document, crate::FetchError>),
}

async fn ask(resolver: &dyn Resolver, question: Question) -> Arrival {
    let answer = resolver.resolve(&question).await;
    Arrival::Answer(question, answer)
}

fn take(observation: &mut Observation, arrival: Arrival) {
    match arrival {
        Arrival::Answer(question, answer) => observation.answers.insert(question, answer),
        Arrival::Document(url, document) => {
            observation.documents.insert(url, document);
        }
    }
}
