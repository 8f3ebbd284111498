//! Which fields belong together, and whether all of them are there.

use std::collections::BTreeMap;

use super::tags::{self, ChainValue};
use super::{ChainFailure, SETS_MAX, SetField};
use crate::message::{Field, Message};

/// The fields of one instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct SetFields<'a> {
    /// `i=`.
    pub(super) instance: u32,
    /// In the order of [`SetField::ALL`]; of several of a kind, the topmost.
    pub(super) fields: [Option<Field<'a>>; 3],
    /// A kind that is there twice.
    twice: Option<SetField>,
}

/// All fields of ARC in a message.
pub(super) struct Collected<'a> {
    /// Sets in the order of their instances.
    pub(super) sets: Vec<SetFields<'a>>,
    /// What was wrong already.
    pub(super) failure: Option<ChainFailure>,
}

/// Sorts the fields of a message into sets. Fields for more than [`SETS_MAX`] sets are not looked at.
pub(super) fn collect<'a>(message: &Message<'a>) -> Collected<'a> {
    let fields_max = 3 * SETS_MAX as usize;
    let mut sets: BTreeMap<u32, SetFields<'a>> = BTreeMap::new();
    let mut failure = None;
    let kinds = message.fields().filter_map(|field| {
        let mut kinds = SetField::ALL.into_iter().enumerate();
        let (at, kind) = kinds.find(|(_, kind)| field.is(kind.field_name()))?;
        Some((at, kind, field))
    });
    for (count, (at, kind, field)) in kinds.enumerate() {
        if count == fields_max {
            failure = Some(ChainFailure::TooManySets);
            break;
        }
        let Some(instance) = tags::instance(&field, kind) else {
            failure.get_or_insert(ChainFailure::NoInstance { field: field.index });
            continue;
        };
        if instance > SETS_MAX {
            failure = Some(ChainFailure::TooManySets);
            continue;
        }
        let set = sets.entry(instance).or_insert(SetFields {
            instance,
            fields: [None; 3],
            twice: None,
        });
        match &mut set.fields[at] {
            Some(_) => set.twice = set.twice.or(Some(kind)),
            empty => *empty = Some(field),
        }
    }
    Collected {
        sets: sets.into_values().collect(),
        failure,
    }
}

/// What is wrong with the structure of a chain, in the order in which a validator looks (RFC 8617, section 5.2,
/// steps 2 and 3).
pub(super) fn fault(sets: &[SetFields<'_>]) -> Option<ChainFailure> {
    let value = |set: &SetFields<'_>| set.fields[2].as_ref().and_then(tags::chain_value);
    let last = sets.last()?;
    if value(last) == Some(ChainValue::Fail) {
        let instance = last.instance;
        return Some(ChainFailure::SealedAsFailed { instance });
    }
    for (set, instance) in sets.iter().zip(1..) {
        if set.instance != instance {
            let field = SetField::Results;
            return Some(ChainFailure::FieldAbsent { instance, field });
        }
        if let Some(field) = set.twice {
            return Some(ChainFailure::FieldTwice { instance, field });
        }
        let absent = SetField::ALL
            .iter()
            .zip(&set.fields)
            .find(|(_, field)| field.is_none());
        if let Some((&field, _)) = absent {
            return Some(ChainFailure::FieldAbsent { instance, field });
        }
    }
    let wrong = sets.iter().find(|set| {
        let expected = if set.instance == 1 {
            ChainValue::None
        } else {
            ChainValue::Pass
        };
        value(set) != Some(expected)
    })?;
    let instance = wrong.instance;
    Some(ChainFailure::ChainValue { instance })
}
