//! Asking, and the answers that are already at hand.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Answer, Name, RecordType};

/// One look-up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// The name.
    pub name: Name,
    /// The type of record.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Whether the server is told not to validate (the CD bit, RFC 4035, section 3.2.2).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub checking_disabled: bool,
}

impl Question {
    /// An ordinary question.
    pub fn new(name: Name, rtype: RecordType) -> Self {
        Self {
            name,
            rtype,
            checking_disabled: false,
        }
    }

    /// The same question with validation switched off at the server.
    pub fn with_checking_disabled(&self) -> Self {
        Self {
            checking_disabled: true,
            ..self.clone()
        }
    }
}

/// The future of an answer.
pub type AnswerFuture<'a> = Pin<Box<dyn Future<Output = Arc<Answer>> + Send + 'a>>;

/// Whoever answers questions. Never fails: not getting an answer is a [`Status`](crate::Status) too.
pub trait Resolver: Send + Sync {
    /// Asks one question, following aliases.
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a>;
}

impl<R: Resolver + ?Sized> Resolver for &R {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        (**self).resolve(question)
    }
}

impl<R: Resolver + ?Sized> Resolver for Arc<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        (**self).resolve(question)
    }
}

impl<R: Resolver + ?Sized> Resolver for Box<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        (**self).resolve(question)
    }
}

/// Answers that are at hand. Pure code reads these and says which it still needs.
pub trait AnswerTable {
    /// The answer, if the question was asked.
    fn answer(&self, question: &Question) -> Option<&Answer>;
}

/// A table of answers, in the order of their questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Question, Arc<Answer>>);

impl Answers {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps an answer; a later one to the same question replaces it.
    pub fn insert(&mut self, question: Question, answer: Arc<Answer>) {
        self.0.insert(question, answer);
    }

    /// The answer to a question, to be kept without a copy of its records.
    pub fn shared(&self, question: &Question) -> Option<Arc<Answer>> {
        self.0.get(question).map(Arc::clone)
    }

    /// How many questions were asked.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the question was asked.
    pub fn contains(&self, question: &Question) -> bool {
        self.0.contains_key(question)
    }

    /// All questions with their answers.
    pub fn iter(&self) -> impl Iterator<Item = (&Question, &Arc<Answer>)> {
        self.0.iter()
    }
}

impl AnswerTable for Answers {
    fn answer(&self, question: &Question) -> Option<&Answer> {
        self.0.get(question).map(AsRef::as_ref)
    }
}

impl FromIterator<(Question, Arc<Answer>)> for Answers {
    fn from_iter<I: IntoIterator<Item = (Question, Arc<Answer>)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// One question with its answer, as a capture writes it.
#[derive(Serialize, Deserialize)]
struct Exchange<A> {
    #[serde(flatten)]
    question: Question,
    answer: A,
}

/// A list of `{name, type, answer}`.
impl Serialize for Answers {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(question, answer)| Exchange {
            question: question.clone(),
            answer,
        }))
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let exchanges = Vec::<Exchange<Arc<Answer>>>::deserialize(deserializer)?;
        Ok(exchanges
            .into_iter()
            .map(|exchange| (exchange.question, exchange.answer))
            .collect())
    }
}
