//! What no record of the owner cures, and who can.

use std::collections::BTreeMap;

use super::remedy::TTL_PROPOSED_S;
use super::site::Site;
use super::{Change, Note, Who};
use crate::assessment::Assessment;
use crate::finding::Argument;

/// Says what else has to be done or known.
pub(super) fn of(
    _site: &Site<'_>,
    changes: &[Change],
    _before: &Assessment,
    _after: &Assessment,
) -> Vec<Note> {
    changes
        .iter()
        .filter_map(|change| {
            let seconds = change.old_ttl.filter(|ttl| *ttl > TTL_PROPOSED_S)?;
            Some(Note {
                code: "plan-note-lower-ttl",
                who: Who::Owner,
                args: BTreeMap::from([
                    ("name", Argument::from(&change.name)),
                    ("type", Argument::from(change.rtype.as_str())),
                    ("seconds", Argument::from(seconds)),
                ]),
            })
        })
        .collect()
}
