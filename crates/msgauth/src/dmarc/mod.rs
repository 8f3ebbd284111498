//! DMARC (RFC 9989): the policy that a domain owner publishes for mail that fails authentication, how a
//! receiver finds it, and which authenticated identifiers count for the Author Domain.
//!
//! Two worlds live side by side. RFC 9989 finds the Organizational Domain by walking up the DNS; RFC 7489,
//! which it obsoletes, by a list of public suffixes. Receivers of both kinds are in use, so everything
//! that depends on it takes a [`Method`], and [`Comparison`] says where the two disagree.
//!
//! Begin at [`PolicyRecord`] (one text), then [`discover`] (which record applies), then [`aligned`].

mod align;
mod authorise;
mod discover;
mod edit;
mod near_miss;
mod record;
mod report_address;
mod select;
mod tags;
mod walk;

pub use align::{Aligned, aligned};
pub use authorise::{Authorisation, NotAuthorised, authorisation, authorisation_name};
pub use discover::{Applied, Comparison, Discovery, Outcome, PolicyTag, compare, discover};
pub use near_miss::{NearMiss, NearMissKind, near_miss};
pub use record::{Acts, FAULTS_MAX, Fault, Intent, LegacyReading, PolicyRecord, Reading, Reason};
pub use report_address::{ReportAddress, ReportTag};
pub use select::{Selection, select};
pub use tags::{Alignment, FailureOption, Policy, PublicSuffix, TagName};
pub use walk::{
    Method, Organization, Unanswered, WALK_QUERIES_MAX, Walk, WalkStep, organizational_domain,
    public_suffix, registrable_domain, tree_walk,
};
