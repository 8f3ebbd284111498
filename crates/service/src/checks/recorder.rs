//! Remembers what a plan asked besides the check, so that the plan can be made again from what is kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use garant_check::{Document, Fetch, FetchError, FetchFuture, Sources};
use garant_dns::{AnswerFuture, Answers, Question, Replay, Resolver};
use serde::{Deserialize, Serialize};

/// What was asked besides a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Further {
    /// Answers of the DNS.
    pub answers: Answers,
    /// Documents by their URL.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, Result<Document, FetchError>>,
}

/// Passes questions on and keeps the answers.
pub(super) struct Recorder<'a> {
    sources: Sources<'a>,
    further: Mutex<Further>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(sources: Sources<'a>) -> Self {
        Self {
            sources,
            further: Mutex::default(),
        }
    }

    /// The sources that are passed on to and recorded.
    pub(super) fn sources(&self) -> Sources<'_> {
        Sources {
            resolver: self,
            fetch: self,
            ..self.sources
        }
    }

    /// Everything that was answered.
    pub(super) fn further(self) -> Further {
        self.further
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, keep: impl FnOnce(&mut Further)) {
        keep(&mut self.further.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Resolver for Recorder<'_> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            let answer = self.sources.resolver.resolve(question).await;
            let kept = Arc::clone(&answer);
            self.keep(|further| further.answers.insert(question.clone(), kept));
            answer
        })
    }
}

impl Fetch for Recorder<'_> {
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        Box::pin(async move {
            let document = self.sources.fetch.fetch(url).await;
            let kept = document.clone();
            self.keep(|further| {
                further.documents.insert(url.to_owned(), kept);
            });
            document
        })
    }
}

/// Answers from what was recorded, and from nothing else.
pub(super) struct Recorded {
    answers: Replay,
    documents: BTreeMap<String, Result<Document, FetchError>>,
}

impl Recorded {
    pub(super) fn new(further: &Further) -> Self {
        Self {
            answers: Replay::new(further.answers.clone()),
            documents: further.documents.clone(),
        }
    }

    pub(super) fn sources(&self) -> Sources<'_> {
        Sources::new(&self.answers, self)
    }
}

impl Fetch for Recorded {
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        let kept = self.documents.get(url).cloned();
        Box::pin(async move { kept.unwrap_or(Err(FetchError::NotAsked)) })
    }
}
