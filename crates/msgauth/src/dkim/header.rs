//! The header fields that a signature is over (RFC 6376, sections 3.7 and 5.4.2).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::canonical::{self, Canonicalization};
use super::field_names::FieldNames;
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
            // Most keys differ, and then the names are not looked at.
            keys[one]
                .cmp(&keys[other])
                .then_with(|| compare_names(fields[one].name(), fields[other].name()))
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

    fn group(&self, key: u64, name: &[u8]) -> Option<usize> {
        let same_key = &self.groups[self.groups.partition_point(|group| group.key < key)..];
        let name_of = |group: &Group| self.fields[self.order[group.start]].name();
        let at = match same_key {
            [group, next, ..] if group.key == key && next.key == key => {
                // Strangers can make names whose keys are the same.
                let same_key = &same_key[..same_key.partition_point(|group| group.key == key)];
                let is_before =
                    |group: &Group| compare_names(name_of(group), name) == Ordering::Less;
                same_key.partition_point(is_before)
            }
            _ => 0,
        };
        let group = same_key.get(at)?;
        let is_it = group.key == key && name_of(group).eq_ignore_ascii_case(name);
        is_it.then(|| self.groups.len() - same_key.len() + at)
    }

    /// The fields that a list of names chooses, as positions in the order of the list: each name takes the lowest
    /// field of that name that was not taken yet, and nothing when there is none left. The field at `except`,
    /// which is the signature itself, is never taken.
    pub fn choose(&self, names: &FieldNames, except: Option<usize>) -> Vec<usize> {
        let mut chosen = Vec::with_capacity(self.fields.len());
        self.take(names, except, |_, _, taken| chosen.extend(taken));
        chosen
    }

    /// The names that choose no field, each once, in order: one more field of that name would break the signature.
    pub fn oversigned(&self, names: &FieldNames, except: Option<usize>) -> FieldNames {
        let mut seen = BTreeSet::new();
        let mut oversigned = Vec::new();
        self.take(names, except, |key, name, taken| {
            if taken.is_none() && seen.insert((key, name)) {
                oversigned.push(name);
            }
        });
        oversigned.into_iter().collect()
    }

    /// Tells of each name, with its key, which field it takes.
    fn take<'n>(
        &self,
        names: &'n FieldNames,
        except: Option<usize>,
        mut tell: impl FnMut(u64, &'n str, Option<usize>),
    ) {
        let mut ends: Vec<usize> = self.groups.iter().map(|group| group.end).collect();
        for name in names.iter() {
            let key = key(name.as_bytes());
            let taken = self.group(key, name.as_bytes()).and_then(|at| {
                let (start, end) = (self.groups[at].start, &mut ends[at]);
                if *end > start && Some(self.order[*end - 1]) == except {
                    *end -= 1;
                }
                *end = end.checked_sub(1).filter(|end| *end >= start)?;
                Some(self.order[*end])
            });
            tell(key, name, taken);
        }
    }

    /// The hash of the chosen fields and the signature field itself, its `b=` empty. The octets that are
    /// hashed are put together in `buffer`.
    pub fn hash(
        &self,
        chosen: &[usize],
        canonicalization: Canonicalization,
        signature: &Field<'_>,
        buffer: &mut Vec<u8>,
    ) -> Digest {
        buffer.clear();
        for at in chosen {
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

/// A number that is the same for names that differ in case only, and seldom for others.
fn key(name: &[u8]) -> u64 {
    /// The bit in which the two cases of a letter differ, in each of eight octets.
    const CASES: u64 = 0x2020_2020_2020_2020;
    let mix = |key: u64, word: [u8; 8]| {
        (key.rotate_left(23) ^ (u64::from_le_bytes(word) | CASES))
            .wrapping_mul(0x517c_c1b7_2722_0a95)
    };
    let (words, rest) = name.as_chunks::<8>();
    let key = words
        .iter()
        .fold(name.len() as u64, |key, word| mix(key, *word));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(key, last)
}

fn compare_names(one: &[u8], other: &[u8]) -> Ordering {
    let lower = u8::to_ascii_lowercase;
    one.iter().map(lower).cmp(other.iter().map(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of which no two differ in case alone, and which have one key all the same.
    fn colliding() -> Vec<String> {
        (0_u8..64)
            .map(|bits| {
                let octet = |at: u8| if bits >> at & 1 == 0 { '[' } else { '{' };
                format!("x-{}", (0..6).map(octet).collect::<String>())
            })
            .collect()
    }

    #[test]
    fn names_whose_keys_are_the_same_are_told_apart() {
        let names = colliding();
        let keys: Vec<u64> = names.iter().map(|name| key(name.as_bytes())).collect();
        assert!(keys.iter().all(|key| *key == keys[0]));
        let text: String = names.iter().map(|name| format!("{name}: 1\r\n")).collect();
        let message = Message::read(text.as_bytes()).expect("a message");
        let index = FieldIndex::new(&message);
        let asked: FieldNames = names.iter().rev().map(String::as_str).collect();
        let expected: Vec<usize> = (0..names.len()).rev().collect();
        assert_eq!(index.choose(&asked, None), expected);
        assert!(index.oversigned(&asked, None).is_empty());
        let absent: FieldNames = ["x-[[[[[", "x-|[[[[[", "X-{{{{{{", "x-{{{{{{"]
            .into_iter()
            .collect();
        assert_eq!(index.choose(&absent, None), [63]);
        assert_eq!(
            index.oversigned(&absent, None),
            ["x-[[[[[", "x-|[[[[[", "x-{{{{{{"]
        );
    }
}
