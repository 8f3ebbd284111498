//! The header fields that a signature is over (RFC 6376, sections 3.7 and 5.4.2).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::canonical::{self, Canonicalization};
use crate::crypto::{Digest, Sha256};
use crate::message::{Field, Message};

/// The fields of a message by their names, to choose the signed ones of many signatures.
#[derive(Clone, Debug)]
pub struct FieldIndex<'a> {
    fields: Vec<Field<'a>>,
    /// Positions of fields, those of one name together, from the top.
    order: Vec<usize>,
    /// The groups of one name, ascending by key.
    groups: Vec<Group>,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    key: u64,
    start: usize,
    end: usize,
}

impl<'a> FieldIndex<'a> {
    /// Reads the names. The work is that of sorting them.
    pub fn new(message: &Message<'a>) -> Self {
        Self::of(message.fields().collect())
    }

    /// The same for fields that are put together otherwise. Their positions count, not their `index`.
    pub fn of(fields: Vec<Field<'a>>) -> Self {
        let keys: Vec<u64> = fields.iter().map(|field| key(field.name())).collect();
        let mut order: Vec<usize> = (0..fields.len()).collect();
        let compare = |one: usize, other: usize| {
            let (names, keys) = (
                (fields[one].name(), fields[other].name()),
                keys[one].cmp(&keys[other]),
            );
            keys.then_with(|| compare_names(names.0, names.1))
        };
        order.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
        let mut groups: Vec<Group> = Vec::with_capacity(order.len());
        for (at, field) in order.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if compare(order[group.start], *field) == Ordering::Equal => {
                    group.end = at + 1;
                }
                _ => groups.push(Group {
                    key: keys[*field],
                    start: at,
                    end: at + 1,
                }),
            }
        }
        Self {
            fields,
            order,
            groups,
        }
    }

    fn group(&self, name: &[u8]) -> Option<usize> {
        let key = key(name);
        let first = self.groups.partition_point(|group| group.key < key);
        (first..self.groups.len())
            .take_while(|at| self.groups[*at].key == key)
            .find(|at| {
                let field = self.order[self.groups[*at].start];
                self.fields[field].name().eq_ignore_ascii_case(name)
            })
    }

    /// The fields that a list of names chooses: each name takes the lowest field of that name that was not
    /// taken yet, and nothing when there is none left. The field at `except`, which is the signature itself,
    /// is never taken.
    pub fn choose(&self, names: &[String], except: Option<usize>) -> Choice {
        let mut ends: Vec<usize> = self.groups.iter().map(|group| group.end).collect();
        let mut choice = Choice::default();
        let mut oversigned = BTreeSet::new();
        for name in names {
            let taken = self.group(name.as_bytes()).and_then(|at| {
                let (start, end) = (self.groups[at].start, &mut ends[at]);
                if *end > start && Some(self.order[*end - 1]) == except {
                    *end -= 1;
                }
                *end = end.checked_sub(1).filter(|end| *end >= start)?;
                Some(self.order[*end])
            });
            match taken {
                Some(field) => choice.fields.push(field),
                None if oversigned.insert(name.as_str()) => choice.oversigned.push(name.clone()),
                None => {}
            }
        }
        choice
    }

    /// The hash of the chosen fields and the signature field itself, its `b=` empty. The octets that are
    /// hashed are put together in `buffer`.
    pub fn hash(
        &self,
        choice: &Choice,
        canonicalization: Canonicalization,
        signature: &Field<'_>,
        buffer: &mut Vec<u8>,
    ) -> Digest {
        buffer.clear();
        for at in &choice.fields {
            canonical::field(canonicalization, &self.fields[*at], buffer);
        }
        canonical::signature_field(canonicalization, signature, buffer);
        Sha256::of(buffer)
    }

    /// The fields, from the top.
    pub fn fields(&self) -> &[Field<'a>] {
        &self.fields
    }
}

/// What a list of names chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Positions of the chosen fields, in the order of the list.
    pub fields: Vec<usize>,
    /// Names that found no field, each once, in order: one more field of that name would break the signature.
    pub oversigned: Vec<String>,
}

/// A number that is the same for names that differ in case only, and seldom for others.
fn key(name: &[u8]) -> u64 {
    name.iter().fold(name.len() as u64, |key, octet| {
        (key.rotate_left(5) ^ u64::from(octet.to_ascii_lowercase()))
            .wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}

fn compare_names(one: &[u8], other: &[u8]) -> Ordering {
    let lower = |name: &'_ [u8]| name.to_ascii_lowercase();
    if one.eq_ignore_ascii_case(other) {
        Ordering::Equal
    } else {
        lower(one).cmp(&lower(other))
    }
}
