//! Small shapes that every protocol here shares.

use garant_dns::Question;
use serde::{Deserialize, Serialize};

/// How far a computation came with the answers at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// It is finished.
    Done(T),
    /// It needs the answers to these questions; at least one, none of them answered yet.
    Need(Vec<Question>),
}

impl<T> Step<T> {
    /// Both results, once both are finished; until then what either needs, each question once.
    pub fn and<U>(self, other: Step<U>) -> Step<(T, U)> {
        match (self, other) {
            (Self::Done(one), Step::Done(other)) => Step::Done((one, other)),
            (Self::Need(mut questions), Step::Need(more)) => {
                for question in more {
                    if !questions.contains(&question) {
                        questions.push(question);
                    }
                }
                Step::Need(questions)
            }
            (Self::Need(questions), Step::Done(_)) | (Self::Done(_), Step::Need(questions)) => {
                Step::Need(questions)
            }
        }
    }
}

/// A part of a record's joined text: octet positions from 0, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First octet.
    pub start: usize,
    /// Octet after the last.
    pub end: usize,
}
