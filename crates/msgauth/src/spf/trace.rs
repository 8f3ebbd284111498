//! What an evaluation did, step by step.

use garant_dns::{Name, Question, Status};

use super::cause::{CauseReason, TermText};

/// Steps of a trace that are kept at most. Honest records need a few dozen; a hostile one can have
/// ten thousand terms, ten times over.
pub const TRACE_STEPS_MAX: usize = 1_000;

/// One step: a record that was looked for, or a term that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceStep {
    /// How many `include` and `redirect` lead here; 0 in the sender's own record.
    pub depth: usize,
    /// The domain whose record it is.
    pub domain: Name,
    /// The term; nothing where the record itself was looked for.
    pub term: Option<TermText>,
    /// The name that the term is about, with its macros expanded.
    pub target: Option<Name>,
    /// The questions that were asked for it, in order; those of an included record stand in its steps.
    pub asked: Vec<Asked>,
    /// What came of it.
    pub outcome: Outcome,
}

/// One question and how it was answered. The whole answer is in the table of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// How it ended.
    pub status: Status,
    /// How many records came back.
    pub records: usize,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The domain's record, joined, with octets that are no UTF-8 replaced.
    Record(String),
    /// The mechanism matched, or the redirection was followed.
    Matched,
    /// The mechanism did not match.
    NotMatched,
    /// The explanation was used, or none could be had.
    Explanation(Option<String>),
    /// The evaluation of this record ended here.
    Ended(CauseReason),
}
