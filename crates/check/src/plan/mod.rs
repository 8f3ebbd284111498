//! Plans: the smallest change that helps, and what the check says when it is made.

use garant_dns::{Name, RecordType};
use serde::Serialize;

use crate::assessment::Verdict;
use crate::catalogue::HostForm;
use crate::finding::{Action, Argument};
use crate::path::Path;

/// A plan that was proven: `after` is better than `before`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What to publish, change and remove, in the order in which it is to be done.
    pub changes: Vec<Change>,
    /// Services besides the one asked about whose mail the changes touch.
    pub affects: Vec<Affected>,
    /// What else has to be done or known, by whom: keys of the words with arguments.
    pub notes: Vec<Note>,
    /// Other ways, in the order in which they are to be preferred.
    pub alternatives: Vec<Alternative>,
    /// Before the changes.
    pub before: State,
    /// After them, as the check judges the changed DNS.
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
    /// Its new data as a panel takes it; for a deletion the data to delete.
    pub value: String,
    /// What stands there now, which is also the way back; nothing for a new record.
    pub was: Option<String>,
    /// Proposed seconds in caches; nothing for a deletion.
    pub ttl: Option<u32>,
    /// Seconds for which the old data may still be in caches.
    pub old_ttl: Option<u32>,
    /// The form that the panel of the domain's DNS host wants.
    pub host_form: HostForm,
}

/// A service that a change touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// The service's name for people.
    pub sender: String,
    /// How: a key of the words.
    pub how: &'static str,
}

/// A sentence of a plan: a key of the words (`plan-note-...`) and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Which sentence.
    pub code: &'static str,
    /// Its arguments.
    pub args: std::collections::BTreeMap<&'static str, Argument>,
}

/// Another way to the same end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// Which: `subdomain`, `hold`, `monitoring` and so on; a key of the words.
    pub kind: &'static str,
    /// What to publish for it.
    pub changes: Vec<Change>,
    /// Services that it touches.
    pub affects: Vec<Affected>,
    /// What the check says afterwards; nothing where nothing is published.
    pub after: Option<State>,
}

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
}
