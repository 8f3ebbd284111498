//! The trace of one message with its words: what the terminal, scripts and pages show.
//!
//! The types here are the JSON of `garant trace --format json`; docs/trace-json.md describes it.

mod asked;
mod step;
pub mod typed;
mod words;

use garant_check::trace::{Trace, TraceObservation, TraceVerdictCode};
use garant_check::{Code, Request, VerdictSeverity};
use garant_text::{Catalogue, Language};
use serde::Serialize;

use crate::report::{FindingText, ReceiverWords, rfc3339};
pub use asked::AskedWords;
pub use step::{ChangesWords, StepText};
use words::Speaker;

/// The version of the JSON form.
pub const TRACE_SCHEMA: &str = "garant-trace/1";

/// A traced message with its words.
#[derive(Clone, Debug, Serialize)]
pub struct TraceReport {
    /// [`TRACE_SCHEMA`].
    pub schema: &'static str,
    /// When it was traced, RFC 3339 in UTC.
    pub asked_at: String,
    /// The one sentence.
    pub verdict: TraceVerdictText,
    /// What was done, in order.
    pub steps: Vec<StepText>,
    /// What is to be said about the message besides.
    pub findings: Vec<FindingText>,
    /// The other words.
    pub words: TraceWords,
    /// What was found.
    #[serde(flatten)]
    pub trace: Trace,
    /// DNS questions that were asked.
    pub queries: usize,
    /// The language of the texts.
    pub lang: &'static str,
}

/// The verdict with its sentence.
#[derive(Clone, Debug, Serialize)]
pub struct TraceVerdictText {
    /// Which sentence.
    pub code: TraceVerdictCode,
    /// How bad it is.
    pub severity: VerdictSeverity,
    /// The sentence.
    pub text: String,
    /// The first cause: a code that `garant explain` explains.
    pub cause: Option<Code>,
    /// The section of the help that explains the cause.
    pub help: Option<String>,
    /// What to do first.
    pub first: Option<String>,
    /// The command that checks the domain for mail like this.
    pub check: Option<String>,
}

/// Words of a trace besides those of its verdict and steps.
#[derive(Clone, Debug, Serialize)]
pub struct TraceWords {
    /// Its subject.
    pub title: String,
    /// Author and date, in one line.
    pub summary: String,
    /// Why what the message says about its client may not be so.
    pub doubts: Vec<String>,
    /// What becomes of it under each policy.
    pub outcomes: Vec<OutcomeWords>,
    /// What receivers do, those of one mind together.
    pub receivers: Vec<ReceiverWords>,
    /// What some of them do with mail of a sender of many messages, where that is worse.
    pub receivers_bulk: Vec<ReceiverWords>,
    /// What receivers ask of a sender of many such messages, and whether it is met.
    pub asked: Vec<AskedWords>,
}

/// What becomes of the message under one policy.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeWords {
    /// `none`, `quarantine` or `reject`.
    pub policy: &'static str,
    /// It is the one that applies.
    pub applies: bool,
    /// The policy, and whether it applies.
    pub label: String,
    /// What a receiver does that has no rules of its own.
    pub text: String,
    /// What the receivers of the catalogue do, those of one mind together.
    pub receivers: Vec<ReceiverWords>,
}

impl TraceReport {
    /// Puts words to a trace. `escape` is applied to every text that is not ours, for forms in which some characters
    /// mean something.
    pub fn new(
        observation: &TraceObservation,
        trace: &Trace,
        language: Language,
        escape: fn(&str) -> String,
    ) -> Self {
        let catalogue = Catalogue::of(language);
        let speaker = Speaker {
            trace,
            catalogue,
            escape,
        };
        Self {
            schema: TRACE_SCHEMA,
            asked_at: rfc3339(observation.asked_at),
            verdict: speaker.verdict(),
            steps: trace.steps.iter().map(|step| speaker.step(step)).collect(),
            findings: trace
                .findings
                .iter()
                .map(|finding| FindingText::new(finding, catalogue, escape))
                .collect(),
            words: speaker.words(),
            trace: trace.clone(),
            queries: observation.answers.len(),
            lang: language.tag(),
        }
    }
}

/// The command line that asks this question.
fn command(request: &Request) -> String {
    let mut command = format!("garant check {}", request.domain);
    if let Some(mail_from) = &request.mail_from {
        command += &format!(" --mail-from {mail_from}");
    }
    for signed_by in &request.signed_by {
        command += &format!(" --signed-by {}", signed_by.domain);
        if let Some(selector) = &signed_by.selector {
            command += &format!(":{selector}");
        }
    }
    if let Some(ip) = request.ip {
        command += &format!(" --ip {ip}");
    }
    command
}
