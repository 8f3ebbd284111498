//! Identifier Alignment: whether an authenticated domain counts for the Author Domain (RFC 9989, sections
//! 4.4 and 4.10.2).
//!
//! Strict: both names are identical. Relaxed: both have the same Organizational Domain. What was
//! authenticated must have passed already; that is not looked at here.

use garant_dns::{AnswerTable, Name};

use super::tags::Alignment;
use super::walk::{Method, Organization, Unanswered, organizational_domain};
use crate::Step;

/// Whether two domains are aligned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aligned {
    /// They are.
    Yes,
    /// They are not.
    No,
    /// It depends on an answer that did not come.
    Unanswered(Unanswered),
}

impl Aligned {
    /// Whether they are known to be aligned.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

/// Whether `authenticated` is aligned with `author_domain`. Identical names and strict alignment need no
/// answers (RFC 9989, section 4.10.2).
pub fn aligned(
    author_domain: &Name,
    authenticated: &Name,
    alignment: Alignment,
    method: Method,
    answers: &dyn AnswerTable,
) -> Step<Aligned> {
    if author_domain == authenticated {
        return Step::Done(Aligned::Yes);
    }
    if alignment == Alignment::Strict {
        return Step::Done(Aligned::No);
    }
    let author = organizational_domain(author_domain, method, answers);
    let other = organizational_domain(authenticated, method, answers);
    match author.and(other) {
        Step::Need(questions) => Step::Need(questions),
        Step::Done((Organization::Is(author), Organization::Is(other))) => {
            Step::Done(if author == other {
                Aligned::Yes
            } else {
                Aligned::No
            })
        }
        Step::Done((Organization::Unanswered(which), _) | (_, Organization::Unanswered(which))) => {
            Step::Done(Aligned::Unanswered(which))
        }
    }
}
