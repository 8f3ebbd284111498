//! What a record costs and whom it authorises, whoever sends: the tree of its includes.
//!
//! The tree follows the record as an evaluation does in which nothing matches (RFC 7208, section 4.6), so
//! its counts are upper bounds. What depends on the message (`ptr`, most macros) is counted, not followed.

use std::borrow::Cow;

use garant_dns::{Name, Question, Status};

use super::cause::{Cause, TermText};
use super::coverage::Coverage;
use super::record::{Qualifier, Record};
use crate::Span;

/// Terms whose look-ups are made at most. More than [`super::LOOKUPS_MAX`], so that an owner sees "14 of 10"; few
/// enough that a hostile record costs no more than `30 * (1 + 2 * EXCHANGES_MAX)` questions. Later terms
/// are counted as one look-up each. It also bounds the depth, as each level costs a look-up.
pub const LOOKUPS_FOLLOWED_MAX: usize = 30;
/// Terms in all records together after which no further record is read, against many long records.
pub const TERMS_FOLLOWED_MAX: usize = 4_096;

/// A record with everything beneath it, as far as the answers at hand tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The domain's own record.
    pub root: Node,
    /// The questions that can be asked now, each once; none when the tree is complete. They can be asked
    /// all at once: there are no more rounds than includes are deep, and one or two more for `mx`.
    pub needs: Vec<Question>,
    /// Terms that need a look-up, to compare with [`super::LOOKUPS_MAX`].
    pub lookups: usize,
    /// Whether `lookups` is exact; not when records were left unread because of a limit.
    pub lookups_exact: bool,
    /// The terms that look up a name that has nothing, in the order of evaluation, to compare with
    /// [`super::VOIDS_MAX`]. What has no SPF record is a fault of its own and not among them.
    pub voids: Vec<VoidTerm>,
    /// What comes of it.
    pub verdict: Verdict,
}

/// A term that looks up a name that has nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidTerm {
    /// The domain whose record it is.
    pub domain: Name,
    /// The term.
    pub term: TermText,
    /// The name.
    pub target: Name,
}

/// What comes of a record when nothing in it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Answers are missing: see [`Tree::needs`].
    Incomplete,
    /// There is no SPF record.
    None,
    /// It can be evaluated to its end.
    Valid,
    /// It cannot, until somebody corrects the cause; the first one in the order of evaluation.
    PermError(Cause),
    /// The DNS gave no definite answer; the first such place in the order of evaluation.
    TempError(Cause),
}

/// Whether a domain has a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Not known yet: the question is in [`Tree::needs`].
    Unasked,
    /// Not known: the DNS gave no definite answer.
    Unanswered(Status),
    /// It has none.
    None,
    /// It has one.
    One,
    /// It has more than one.
    Multiple {
        /// How many.
        count: usize,
    },
}

/// One domain's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The domain.
    pub domain: Name,
    /// Whether it has a record.
    pub presence: Presence,
    /// The joined text of its record; empty when there is not exactly one.
    pub text: Vec<u8>,
    /// The record.
    pub record: Record,
    /// What is known about the terms of `record.terms`, in the same order.
    pub terms: Vec<TermNode>,
    /// Look-ups of its terms and everything beneath them.
    pub lookups: usize,
    /// Void look-ups of its terms and everything beneath them.
    pub voids: usize,
    /// Addresses for which its terms, and those beneath, say pass. Of a name that has IPv4 addresses, as `a` and
    /// `mx` look them up, the others are not counted: they are not asked for.
    pub coverage: Coverage,
    /// The qualifier of `all`, its own or that of the record that it redirects to.
    pub default: Option<Qualifier>,
}

impl Node {
    /// A part of the record's text, with octets that are no UTF-8 replaced.
    pub fn text_of(&self, span: Span) -> Cow<'_, str> {
        String::from_utf8_lossy(self.text.get(span.start..span.end).unwrap_or_default())
    }
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermNode {
    /// Where it stands; see [`Node::text_of`].
    pub span: Span,
    /// Whether it can ever be read: not after `all`, and no `redirect` beside an `all`. Nothing is known
    /// about a term that is not.
    pub reached: bool,
    /// Its own look-ups: 1 or 0.
    pub own_lookups: usize,
    /// Its look-ups and those of everything beneath it.
    pub lookups: usize,
    /// Its void look-ups and those of everything beneath it.
    pub voids: usize,
    /// The addresses that it matches, whatever its qualifier.
    pub coverage: Coverage,
    /// The name that it is about, when that does not depend on the message.
    pub target: Option<Name>,
    /// The record that it includes or redirects to.
    pub child: Option<Box<Node>>,
    /// What is wrong with it, or unknown about it.
    pub fault: Option<TermFault>,
}

/// What is wrong with a term, or unknown about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TermFault {
    /// The domain that it includes or redirects to has no SPF record: permerror.
    NoRecord,
    /// That domain has more than one: permerror.
    Multiple,
    /// That domain's record breaks the grammar: permerror.
    Broken,
    /// That domain is on the way to this record: permerror.
    Loop,
    /// `mx` meets more than [`super::EXCHANGES_MAX`] exchanges: permerror.
    TooManyExchanges {
        /// How many.
        count: usize,
    },
    /// `mx` of a domain that receives no mail (RFC 7505): it matches nobody.
    NullMx,
    /// The name has nothing: a void look-up.
    Void,
    /// The text names nothing that can be looked up (an empty or overlong label): it matches nobody.
    NotAName,
    /// The DNS gave no definite answer: temperror.
    Unanswered(Status),
    /// What it is about depends on the message.
    MacroDependent,
    /// It was counted but not followed, because of [`LOOKUPS_FOLLOWED_MAX`] or [`TERMS_FOLLOWED_MAX`].
    NotFollowed,
}

impl TermNode {
    pub(super) fn new(span: Span) -> Self {
        Self {
            span,
            reached: true,
            own_lookups: 0,
            lookups: 0,
            voids: 0,
            coverage: Coverage::default(),
            target: None,
            child: None,
            fault: None,
        }
    }
}
