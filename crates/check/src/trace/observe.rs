//! Asking what a trace needs, and the answers as a file.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::stream::{FuturesUnordered, StreamExt};
use garant_dns::{Answer, Answers, Resolver, Source, Status};
use garant_msgauth::Step;
use garant_msgauth::message::Message;
use serde::{Deserialize, Serialize};

use super::facts::{Trace, TraceRequest};
use super::trace;
use crate::observation::{CaptureError, read_capture, write_capture};

/// Questions that one trace asks at most: SPF's ten terms with their exchanges, twenty keys, the keys of a chain and
/// some walks. What is over the limit is answered [`Status::OverBudget`].
pub const TRACE_QUESTIONS_MAX: usize = 150;
/// The format's name, the first member of every capture.
pub const TRACE_CAPTURE_FORMAT: &str = "garant-trace-capture";
/// The format's version that this program writes.
pub const TRACE_CAPTURE_VERSION: u32 = 1;

/// What was asked for one trace, when, and everything that came back. The message is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceObservation {
    format: String,
    version: u32,
    /// What was stated beside the message.
    pub request: TraceRequest,
    /// When the first question was asked: seconds since 1970 in UTC.
    pub asked_at: i64,
    /// Every answer.
    pub answers: Answers,
}

impl TraceObservation {
    /// Nothing asked yet.
    pub fn new(request: TraceRequest, asked_at: i64) -> Self {
        Self {
            format: TRACE_CAPTURE_FORMAT.to_owned(),
            version: TRACE_CAPTURE_VERSION,
            request,
            asked_at,
            answers: Answers::new(),
        }
    }

    /// The trace that these answers give. What they do not hold was not recorded, and is unknown.
    pub fn trace(&self, message: &Message<'_>) -> Trace {
        let mut answers = self.answers.clone();
        loop {
            match trace(message, &self.request, &answers, self.asked_at) {
                Step::Done(trace) => return trace,
                Step::Need(questions) => {
                    let unasked = Arc::new(Answer::bare(Status::NotRecorded, Source::Nobody));
                    for question in questions {
                        answers.insert(question, Arc::clone(&unasked));
                    }
                }
            }
        }
    }

    /// The answers as a capture file.
    pub fn to_capture(&self) -> String {
        write_capture(self)
    }

    /// Reads a capture file.
    ///
    /// # Errors
    /// When it is no capture of a trace, or one that a newer program wrote.
    pub fn from_capture(text: &str) -> Result<Self, CaptureError> {
        read_capture(text, TRACE_CAPTURE_FORMAT, TRACE_CAPTURE_VERSION)
    }
}

/// Asks everything that is needed to trace a message, and traces it. Never fails: what could not be had is told as
/// unknown. `now` is seconds since 1970 in UTC.
///
/// Needs the whole of each round before the next one: verifying is dear, and rounds are few.
pub async fn observe(
    resolver: &dyn Resolver,
    message: &Message<'_>,
    request: TraceRequest,
    now: i64,
) -> (TraceObservation, Trace) {
    let mut observation = TraceObservation::new(request, now);
    let mut asked = BTreeSet::new();
    loop {
        let step = trace(message, &observation.request, &observation.answers, now);
        let questions = match step {
            Step::Done(trace) => return (observation, trace),
            Step::Need(questions) => questions,
        };
        let mut pending = FuturesUnordered::new();
        for question in questions {
            if !asked.insert(question.clone()) {
                continue;
            }
            if asked.len() > TRACE_QUESTIONS_MAX {
                let unasked = Arc::new(Answer::bare(Status::OverBudget, Source::Nobody));
                observation.answers.insert(question, unasked);
            } else {
                pending.push(async move {
                    let answer = resolver.resolve(&question).await;
                    (question, answer)
                });
            }
        }
        while let Some((question, answer)) = pending.next().await {
            observation.answers.insert(question, answer);
        }
    }
}
