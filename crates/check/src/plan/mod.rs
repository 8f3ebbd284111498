//! Plans: the smallest change that helps, and what the check says when it is made.
//!
//! A plan is not advice but a proof. Its changes are laid over the answers that were observed, whatever
//! they newly refer to is observed too, and the whole is judged again: [`Plan::after`] is what the check
//! says then, and a plan whose `after` is no better than its `before` does not exist.

mod alternatives;
mod draft;
mod notes;
mod optional;
mod remedy;
mod score;
mod search;
mod site;
mod whole;
mod zone_text;

use std::collections::BTreeMap;

use garant_dns::{Name, RecordType};
use serde::Serialize;

use crate::assessment::Verdict;
use crate::catalogue::HostForm;
use crate::finding::{Action, Argument, Code};
use crate::path::Path;

pub use notes::NOTES;
pub use whole::plan;
pub use zone_text::zone_text;

/// What to do, by whom, and what comes of it.
///
/// With changes, `after` is better than `before`. Without, records of the owner cure nothing: then
/// `notes` say who must do what, and `after` is `before`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The domain that was asked about.
    pub domain: Name,
    /// What to publish, change and remove, in the order in which it is to be done. Each is needed for `after`, so
    /// none can be left out but those marked [`Change::optional`]. One change at most for each record, and a second
    /// one where only a part of what is to be changed is optional: it comes after the other.
    pub changes: Vec<Change>,
    /// The services that the domain evidently uses, besides the one asked about, whose mail the changes
    /// could touch: how it stands before and after them.
    pub affects: Vec<Affected>,
    /// What else has to be done or known, and by whom.
    pub notes: Vec<Note>,
    /// Other ways to the same end, in the order in which they are to be preferred.
    pub alternatives: Vec<Alternative>,
    /// What the check says before the changes.
    pub before: State,
    /// What it says of the changed DNS.
    pub after: State,
}

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What to do.
    pub action: Action,
    /// Full name of the record.
    pub name: Name,
    /// Its type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Its new data as a panel takes it, without quotes; for a deletion the data to delete.
    pub value: String,
    /// What stands there now, which is also the way back; nothing for a new record.
    pub was: Option<String>,
    /// Proposed seconds in caches; nothing for a deletion.
    pub ttl: Option<u32>,
    /// Seconds for which the old data may still be in caches; nothing for a new record.
    pub old_ttl: Option<u32>,
    /// What comes back when this change is left out, the worst first: the codes of findings, or nothing where
    /// it is needed for something that no finding names (a report address that was asked for).
    pub cures: Vec<Code>,
    /// Whether mail passes DMARC without it too, so that the owner may leave it: to take an included name that
    /// has no record out of an SPF record.
    pub optional: bool,
    /// The form that the panel of the domain's DNS host wants.
    pub host_form: HostForm,
}

/// A service whose mail a change could touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// The service: the id of an entry of the catalogue.
    pub sender: &'static str,
    /// Its name for people.
    pub sender_name: &'static str,
    /// How: a key of the words, one of [`AFFECTS`].
    pub how: &'static str,
    /// Its mail before the changes.
    pub before: Standing,
    /// And after them.
    pub after: Standing,
}

/// How the mail of one service stands with DMARC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// `pass`, `fail`, `none` or `unknown`, as in [`crate::path::PathDmarc`].
    pub result: &'static str,
    /// `none`, `quarantine` or `reject`; nothing without a policy.
    pub policy: Option<&'static str>,
    /// Legs that pass aligned; nothing when it could not be told.
    pub legs: Option<u8>,
}

/// The ways in which a service is touched: keys of the words.
pub const AFFECTS: [&str; 4] = [
    "plan-affects-better",
    "plan-affects-worse",
    "plan-affects-same",
    "plan-affects-unprotected",
];

/// Who has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Whoever manages the domain's records.
    Owner,
    /// The company at which the domain is registered.
    Registrar,
    /// The company that runs the domain's name servers.
    DnsHost,
    /// The sending service, or its page of settings.
    Service,
    /// Another organization.
    Other,
}

/// A sentence of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Which: a key of the words, one of [`NOTES`].
    pub code: &'static str,
    /// Who has to act on it, or to know it.
    pub who: Who,
    /// Its arguments.
    pub args: BTreeMap<&'static str, Argument>,
}

/// Another way to the same end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// Which: a key of the words, one of [`ALTERNATIVES`].
    pub kind: &'static str,
    /// The arguments of its words.
    pub args: BTreeMap<&'static str, Argument>,
    /// What to publish for it; the way back is [`Change::was`].
    pub changes: Vec<Change>,
    /// Services that it touches.
    pub affects: Vec<Affected>,
    /// What else has to be done or known for it.
    pub notes: Vec<Note>,
    /// What the check says afterwards; nothing where nothing is published, or where it speaks of mail that
    /// is not sent yet.
    pub after: Option<State>,
}

/// The other ways: keys of the words (`.why`, `.cost`).
pub const ALTERNATIVES: [&str; 5] = [
    "plan-alternative-return-path",
    "plan-alternative-subdomain",
    "plan-alternative-hold",
    "plan-alternative-monitoring",
    "plan-alternative-lock",
];

/// What the check says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The one sentence.
    pub verdict: Verdict,
    /// The path that was asked about, or the most affected one.
    pub path: Option<Path>,
    /// Findings that block mail.
    pub blocks: usize,
    /// Findings that put mail at risk.
    pub risks: usize,
    /// Their codes, the worst first.
    pub codes: Vec<Code>,
}

impl Plan {
    /// Whether there is something to publish.
    pub fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The way back: what undoes the changes, in the order in which it is to be done.
    pub fn rollback(&self) -> Vec<Undo> {
        undo(&self.changes)
    }
}

impl Alternative {
    /// The way back, as [`Plan::rollback`].
    pub fn rollback(&self) -> Vec<Undo> {
        undo(&self.changes)
    }
}

/// The way back from one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undo {
    /// What to do.
    pub action: Action,
    /// Full name of the record.
    pub name: Name,
    /// Its type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// The data to publish again; for a deletion the data to delete.
    pub value: String,
    /// Seconds in caches that it had; nothing for a deletion.
    pub ttl: Option<u32>,
}

fn undo(changes: &[Change]) -> Vec<Undo> {
    let back = |change: &Change| {
        let (action, value, ttl) = match (change.action, &change.was) {
            (Action::Change, Some(was)) => (Action::Change, was, change.old_ttl),
            (Action::Delete, was) => {
                let was = was.as_ref().unwrap_or(&change.value);
                (Action::Add, was, change.old_ttl)
            }
            (Action::Add | Action::Change, _) => (Action::Delete, &change.value, None),
        };
        Undo {
            action,
            name: change.name.clone(),
            rtype: change.rtype,
            value: value.clone(),
            ttl,
        }
    };
    changes.iter().rev().map(back).collect()
}
