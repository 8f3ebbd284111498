//! Which identifiers count for the Author Domain, by both documents (RFC 9989, section 4.10.2; RFC 7489,
//! section 3.1).

use garant_dns::{AnswerTable, Name, Question};
use garant_msgauth::Step;
use garant_msgauth::dmarc::{
    Alignment, Comparison, Discovery, Method, Organization, PolicyRecord, organizational_domain,
};

use super::facts::{AlignmentTrace, Relation};
use crate::input::registrable_domain;

/// Foreign names whose own Organizational Domain is looked for at most, in the order in which they stand in the
/// message: each costs up to eight questions, and that they are foreign is known without any.
const FOREIGN_WALKS_MAX: usize = 4;

/// Which identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leg {
    Spf,
    Dkim,
}

impl Leg {
    fn mode(self, record: &PolicyRecord) -> Alignment {
        match self {
            Self::Spf => record.aspf(),
            Self::Dkim => record.adkim(),
        }
    }
}

/// Compares identifiers with the Author Domain.
pub(super) struct Aligner<'a> {
    author: Option<(&'a Name, &'a Comparison)>,
    answers: &'a dyn AnswerTable,
    walked: Vec<Name>,
    /// What is still to be asked.
    pub(super) needs: Vec<Question>,
}

impl<'a> Aligner<'a> {
    pub(super) fn new(
        author: Option<(&'a Name, &'a Comparison)>,
        answers: &'a dyn AnswerTable,
    ) -> Self {
        Self {
            author,
            answers,
            walked: Vec::new(),
            needs: Vec::new(),
        }
    }

    /// Compares one. `passed` is whether it was authenticated.
    pub(super) fn align(
        &mut self,
        identifier: Option<&Name>,
        leg: Leg,
        passed: Option<bool>,
    ) -> AlignmentTrace {
        let Some((author, comparison)) = self.author else {
            return AlignmentTrace {
                mode: mode_word(Alignment::Relaxed),
                ..AlignmentTrace::default()
            };
        };
        let mode = |discovery: &Discovery| {
            let applied = discovery.applied();
            applied.map_or(Alignment::Relaxed, |applied| leg.mode(&applied.record))
        };
        let (walk_mode, list_mode) = (mode(&comparison.walk), mode(&comparison.list));
        let Some(identifier) = identifier else {
            // No identifier: nothing that could be aligned, where it is known that there is none.
            let counts = passed.filter(|passed| !passed);
            return AlignmentTrace {
                mode: mode_word(walk_mode),
                counts,
                counts_rfc7489: counts,
                ..AlignmentTrace::default()
            };
        };
        // Without a record there is nothing to be aligned with, and a walk would take each name for an
        // organization of its own; then the list says whether two names belong together.
        let applies = comparison.walk.applied().is_some();
        let author_list = registrable_domain(author);
        let identifier_list = registrable_domain(identifier);
        let by_list = author_list == identifier_list;
        let (identifier_walk, by_walk) = if applies {
            self.by_walk(author, comparison, identifier)
        } else {
            (None, Some(by_list))
        };
        let aligned = strictly(walk_mode, author, identifier, by_walk);
        let aligned_rfc7489 = strictly(list_mode, author, identifier, Some(by_list));
        let relation = match (author == identifier, by_walk) {
            (true, _) => Relation::Same,
            (_, Some(true)) if aligned == Some(false) => Relation::Strict,
            (_, Some(true)) => Relation::Kin,
            (_, Some(false)) if by_list => Relation::Apart,
            (_, Some(false)) => Relation::Foreign,
            (_, None) => Relation::Unknown,
        };
        AlignmentTrace {
            mode: mode_word(walk_mode),
            aligned,
            aligned_rfc7489,
            organizational_domain: identifier_walk,
            organizational_domain_rfc7489: Some(identifier_list),
            relation,
            counts: both(passed, aligned),
            counts_rfc7489: both(passed, aligned_rfc7489),
        }
    }

    /// The Organizational Domain of an identifier by the tree walk, and whether it is the author's.
    fn by_walk(
        &mut self,
        author: &Name,
        comparison: &Comparison,
        identifier: &Name,
    ) -> (Option<Name>, Option<bool>) {
        if author == identifier {
            let organization = comparison.walk.organizational_domain.name();
            return (organization.cloned(), Some(true));
        }
        let organization = comparison.walk.organizational_domain.name();
        // An organization stands above every name of it: what is not beneath the author's is another's.
        let is_foreign = organization.is_some_and(|above| !identifier.is_within(above));
        if is_foreign && !self.may_walk(identifier) {
            return (None, Some(false));
        }
        let found = match organizational_domain(identifier, Method::TreeWalk, self.answers) {
            Step::Need(questions) => {
                self.needs.extend(questions);
                None
            }
            Step::Done(Organization::Is(name)) => Some(name),
            Step::Done(Organization::Unanswered(_)) => None,
        };
        let same = match (&found, organization) {
            _ if is_foreign => Some(false),
            (Some(found), Some(organization)) => Some(found == organization),
            _ => None,
        };
        (found, same)
    }

    fn may_walk(&mut self, foreign: &Name) -> bool {
        if self.walked.contains(foreign) {
            return true;
        }
        let may = self.walked.len() < FOREIGN_WALKS_MAX;
        if may {
            self.walked.push(foreign.clone());
        }
        may
    }
}

fn strictly(
    mode: Alignment,
    author: &Name,
    identifier: &Name,
    relaxed: Option<bool>,
) -> Option<bool> {
    match mode {
        Alignment::Strict => Some(author == identifier),
        Alignment::Relaxed => relaxed,
    }
}

/// The word of a mode.
pub(super) fn mode_word(mode: Alignment) -> &'static str {
    match mode {
        Alignment::Relaxed => "relaxed",
        Alignment::Strict => "strict",
    }
}

/// Whether two things hold, one of which may be unknown.
pub(super) fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether one of several holds; one is enough.
pub(super) fn any(each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(false);
    for one in each {
        match one {
            Some(true) => return Some(true),
            Some(false) => {}
            None => result = None,
        }
    }
    result
}
