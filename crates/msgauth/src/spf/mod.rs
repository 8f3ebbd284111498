//! Sender Policy Framework, RFC 7208: which hosts may send mail in a domain's name.
//!
//! A domain publishes one TXT record `v=spf1 ...` ([`select`]). Its terms ([`Record`]) are read from
//! left to right; the first mechanism that matches the client's address decides, by its qualifier:
//! pass, fail (`-`), softfail (`~`) or neutral (`?`). `include` and `redirect` ask other domains, and
//! what may be asked is limited: [`LOOKUPS_MAX`] terms, [`VOIDS_MAX`] of which find nothing.
//! [`check_host`] judges one message. [`tree()`] shows what a record costs whoever sends; it knows no
//! client, so it can only say what happens when nothing matches, which is what owners must fear.
//! Neither asks the DNS: both read answers at hand and name the questions that are missing.
//! What looks like a record, or like a term, and is none: [`near_miss()`], [`suggest`], [`split_glued`].

mod cause;
mod coverage;
mod evaluate;
mod expansion;
mod macro_string;
mod mechanism;
mod merge;
mod near_miss;
mod parse;
mod record;
mod select;
mod suggest;
mod trace;
mod tree;
mod walk;

pub use cause::{Cause, CauseReason, SpfResult, TermText};
pub use coverage::Coverage;
pub use evaluate::{Evaluation, Params, check_host};
pub use macro_string::{DomainSpec, EXPANSION_OCTETS_MAX, Letter, MacroString};
pub use merge::merge;
pub use near_miss::{NearMiss, NearMissKind, near_miss};
pub use record::{
    Directive, Fault, Mechanism, Prefixes, Qualifier, Reason, Record, Term, TermKind,
};
pub use select::{Selection, is_spf, select};
pub use suggest::{SUGGESTION_OCTETS_MAX, is_mechanism_name, split_glued, suggest};
pub use trace::{Asked, Outcome, TRACE_STEPS_MAX, TraceStep};
pub use tree::{
    LOOKUPS_FOLLOWED_MAX, Node, Presence, TERMS_FOLLOWED_MAX, TermFault, TermNode, Tree, Verdict,
    VoidTerm,
};
pub use walk::tree;

/// Terms that cause look-ups in one evaluation at most: `include`, `a`, `mx`, `ptr`, `exists` and
/// `redirect` (RFC 7208, section 4.6.4). One more is a permerror.
pub const LOOKUPS_MAX: usize = 10;
/// Terms whose look-up finds nothing at most (RFC 7208, section 4.6.4). One more is a permerror.
pub const VOIDS_MAX: usize = 2;
/// Exchanges that one `mx` may meet at most (RFC 7208, section 4.6.4). One more is a permerror.
pub const EXCHANGES_MAX: usize = 10;
/// Names of the client's address that `ptr` and `%{p}` look at (RFC 7208, section 4.6.4). The others
/// are ignored.
pub const CLIENT_NAMES_MAX: usize = 10;
