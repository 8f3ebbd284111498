//! Remembers what a plan asked besides the check, so that the plan can be made again from what is kept.

use std::sync::{Arc, Mutex, PoisonError};

use garant_dns::{AnswerFuture, Answers, Question, Resolver};

/// Passes questions on and keeps the answers.
pub(super) struct Recorder<'a> {
    resolver: &'a dyn Resolver,
    answers: Mutex<Answers>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(resolver: &'a dyn Resolver) -> Self {
        Self {
            resolver,
            answers: Mutex::new(Answers::new()),
        }
    }

    /// Everything that was answered.
    pub(super) fn answers(self) -> Answers {
        self.answers
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Resolver for Recorder<'_> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            let answer = self.resolver.resolve(question).await;
            self.answers
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(question.clone(), Arc::clone(&answer));
            answer
        })
    }
}
