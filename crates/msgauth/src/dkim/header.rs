//! The header fields that a signature is over (RFC 6376, sections 3.7 and 5.4.2).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::canonical::{self, Canonicalization};
use super::field_names::FieldNames;
use crate::crypto::{Digest, Sha256};
use crate::message::{FIELDS_MAX, Field, Message};

/// The fields of a message by their names, to choose the signed ones of many signatures.
#[derive(Clone, Debug)]
pub struct FieldIndex<'a> {
    fields: Vec<Field<'a>>,
    /// Keys and positions of fields, those of one name together, from the top.
    keyed: Vec<(u64, usize)>,
    /// The groups of one name, ascending by key.
    groups: Vec<Group>,
    /// For each value of the first bits of a key, the first group that has it or more; and how many groups there are.
    slots: [u16; SLOTS + 1],
}

/// In most of them there is no group, or one.
const SLOTS: usize = 64;
/// The highest number in a slot is one of fields.
const _: () = assert!(FIELDS_MAX <= u16::MAX as usize);

/// The first bits of a key: as many as tell the slots apart.
fn slot(key: u64) -> usize {
    usize::try_from(key >> (u64::BITS - SLOTS.ilog2())).expect("fewer bits than a usize has")
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
        let mut keyed: Vec<(u64, usize)> = fields
            .iter()
            .enumerate()
            .map(|(at, field)| (key(field.name()), at))
            .collect();
        keyed.sort_unstable_by(|(key, one), (other_key, other)| {
            // Most keys differ, and then the names are not looked at.
            key.cmp(other_key)
                .then_with(|| compare_names(fields[*one].name(), fields[*other].name()))
                .then(one.cmp(other))
        });
        let mut groups: Vec<Group> = Vec::with_capacity(keyed.len());
        for (at, (key, field)) in keyed.iter().enumerate() {
            let is_of = |group: &Group| {
                let first = fields[keyed[group.start].1].name();
                group.key == *key && compare_names(first, fields[*field].name()) == Ordering::Equal
            };
            match groups.last_mut() {
                Some(group) if is_of(group) => group.end = at + 1,
                _ => groups.push(Group {
                    key: *key,
                    start: at,
                    end: at + 1,
                }),
            }
        }
        let mut index = Self {
            fields,
            keyed,
            slots: [0; SLOTS + 1],
            groups,
        };
        for group in &index.groups {
            let slot = slot(group.key);
            index.slots[slot + 1] += 1;
        }
        let mut before = 0;
        for count in &mut index.slots {
            before += *count;
            *count = before;
        }
        index
    }

    fn group(&self, key: u64, name: &[u8]) -> Option<usize> {
        let slot = slot(key);
        let (start, end) = (self.slots[slot], self.slots[slot + 1]);
        let (start, end) = (usize::from(start), usize::from(end));
        let name_of = |group: &Group| self.fields[self.keyed[group.start].1].name();
        let at = match &self.groups[start..end] {
            [] => return None,
            [_] => start,
            // Strangers can make names whose keys are the same.
            several => {
                let is_before = |group: &Group| {
                    let by_key = group.key.cmp(&key);
                    by_key.then_with(|| compare_names(name_of(group), name)) == Ordering::Less
                };
                start + several.partition_point(is_before)
            }
        };
        let group = self.groups.get(at)?;
        let is_it = group.key == key && compare_names(name_of(group), name) == Ordering::Equal;
        is_it.then_some(at)
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
                if *end > start && Some(self.keyed[*end - 1].1) == except {
                    *end -= 1;
                }
                *end = end.checked_sub(1).filter(|end| *end >= start)?;
                Some(self.keyed[*end].1)
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

/// Odd, and with as many ones as zeroes.
const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

/// A number that is the same for names that differ in case only, and seldom for others.
fn key(name: &[u8]) -> u64 {
    words(name).fold(name.len() as u64, |key, word| {
        (key.rotate_left(23) ^ word).wrapping_mul(FACTOR)
    })
}

/// The octets of a name in lower case, eight at a time. The last word of longer names begins within the one before.
/// Names of one length are the same if their words are.
fn words(name: &[u8]) -> impl Iterator<Item = u64> {
    let (whole, rest) = name.as_chunks::<8>();
    let last = match (
        name.last_chunk::<8>(),
        name.first_chunk::<4>(),
        name.last_chunk::<4>(),
    ) {
        _ if rest.is_empty() => None,
        (Some(last), ..) => Some(u64::from_le_bytes(*last)),
        (None, Some(first), Some(last)) => {
            let [first, last] = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
            Some(first | last << 32)
        }
        _ => Some(
            rest.iter()
                .fold(0, |word, octet| word << 8 | u64::from(*octet)),
        ),
    };
    whole
        .iter()
        .map(|word| u64::from_le_bytes(*word))
        .chain(last)
        .map(lower_case)
}

/// Eight octets, those that are capital letters as small ones.
fn lower_case(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let low = word & !HIGH;
    // The high bit of an octet tells whether it is at least an A, and whether it is beyond a Z.
    let from_a = low + (0x80 - b'A' as u64) * EACH;
    let beyond_z = low + (0x80 - b'Z' as u64 - 1) * EACH;
    let capitals = from_a & !beyond_z & !word & HIGH;
    word | capitals >> 2
}

/// Some order of names in which those are equal that differ in case only.
fn compare_names(one: &[u8], other: &[u8]) -> Ordering {
    let by_length = one.len().cmp(&other.len());
    by_length.then_with(|| words(one).cmp(words(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that are not the same and have one key: what a stranger finds who knows how keys are made.
    fn colliding() -> Vec<String> {
        let word = |octets: [u8; 8]| u64::from_le_bytes(octets);
        let second_of = |first: [u8; 8], key_wanted: u64| {
            let before = (16_u64.rotate_left(23) ^ word(first)).wrapping_mul(FACTOR);
            (key_wanted ^ before.rotate_left(23)).to_le_bytes()
        };
        let is_name = |octet: &u8| (0x21..0x7f).contains(octet) && *octet != b':';
        let first = |number: u32| -> [u8; 8] {
            let text = format!("{number:08}");
            text.as_bytes().try_into().expect("eight digits")
        };
        let wanted = u64::from_le_bytes(second_of(first(0), word(*b"x-garant")));
        (0..2_000_000)
            .map(|number| [first(number), second_of(first(number), wanted)].concat())
            .filter(|name| name.iter().all(is_name) && !name.iter().any(u8::is_ascii_uppercase))
            .map(|name| String::from_utf8(name).expect("ASCII"))
            .take(12)
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
        // The first again finds nothing, as do names that only look like it.
        let first = names[0].as_str();
        let absent: FieldNames = [first, first, "00000000", "x-[[[[["].into_iter().collect();
        assert_eq!(index.choose(&absent, None), [0]);
        assert_eq!(
            index.oversigned(&absent, None),
            [first, "00000000", "x-[[[[["]
        );
    }

    #[test]
    fn only_letters_have_two_cases() {
        for octet in 0..=u8::MAX {
            let word = lower_case(u64::from(octet) << 24 | 0x5a41);
            assert_eq!(
                word,
                u64::from(octet.to_ascii_lowercase()) << 24 | 0x7a61,
                "{octet}"
            );
        }
        for name in [
            "",
            "a",
            "To",
            "Cc:",
            "From",
            "Reply",
            "Sender",
            "Subject",
            "X-Mailer",
            "DKIM-Signature",
            "List-Unsubscribe",
        ] {
            assert_eq!(key(name.as_bytes()), key(name.to_uppercase().as_bytes()));
            assert_eq!(
                compare_names(name.as_bytes(), name.to_lowercase().as_bytes()),
                Ordering::Equal
            );
            let other = name.replacen(|_: char| true, "_", 1);
            if !name.is_empty() {
                assert_ne!(
                    compare_names(name.as_bytes(), other.as_bytes()),
                    Ordering::Equal
                );
            }
        }
    }
}
