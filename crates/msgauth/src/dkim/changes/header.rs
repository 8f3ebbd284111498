//! Undoing changes of a header on trial.

use std::collections::BTreeSet;

use garant_dns::AnswerTable;

use super::Change;
use super::marks::cut;
use crate::dkim::canonical::{self, Canonicalization};
use crate::dkim::header::FieldIndex;
use crate::dkim::keys::{KEYS_MAX, Key};
use crate::dkim::signature::Signature;
use crate::message::{Field, Message};
use crate::mime::Mime;

/// Operations with public keys that are made to find out what happened to one header: two thousandths of a
/// second with an RSA key of 2,048 bits.
pub const HEADER_TRIALS_MAX: usize = 96;
/// Signed names of which a field is left out on trial.
const NAMES_MAX: usize = 24;
/// Octets of a subject in which a tag is looked for.
const TAG_OCTETS: usize = 120;
/// Fields that lists add, whatever was signed.
const LIST_FIELDS: &[&str] = &[
    "errors-to",
    "list-archive",
    "list-help",
    "list-id",
    "list-owner",
    "list-post",
    "list-subscribe",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "precedence",
    "reply-to",
    "sender",
];

/// One way to undo something: fields that are left out, fields that get another value.
#[derive(Clone, Debug, Default)]
struct Undoing {
    changes: Vec<Change>,
    removed: Vec<usize>,
    /// Positions and whole fields.
    replaced: Vec<(usize, Vec<u8>)>,
}

impl Undoing {
    fn and(&self, other: &Self) -> Self {
        Self {
            changes: [self.changes.as_slice(), &other.changes].concat(),
            removed: [self.removed.as_slice(), &other.removed].concat(),
            replaced: [self.replaced.as_slice(), &other.replaced].concat(),
        }
    }
}

/// The changes that, undone, make the header what was signed; [`Change::HeaderIntact`] where it is as it
/// stands. `body` is what was found out about the body.
pub(super) fn undo(
    message: &Message<'_>,
    signature_field: &Field<'_>,
    signature: &Signature,
    answers: &dyn AnswerTable,
    body: &[Change],
) -> Vec<Change> {
    let keys = keys(signature, answers);
    if keys.is_empty() {
        return Vec::new();
    }
    let fields: Vec<Field<'_>> = message.fields().collect();
    let ways = [
        subjects(&fields),
        authors(&fields),
        encodings(message, body),
        additions(&fields, signature),
    ];
    let mut buffer = Vec::new();
    for undoing in combinations(&ways) {
        let mut kept = Vec::with_capacity(fields.len());
        let mut place = None;
        for field in &fields {
            if undoing.removed.contains(&field.index) {
                continue;
            }
            if field.index == signature_field.index {
                place = Some(kept.len());
            }
            let replaced = undoing
                .replaced
                .iter()
                .find(|(index, _)| *index == field.index)
                .and_then(|(index, octets)| Field::new(*index, octets));
            kept.push(replaced.unwrap_or(*field));
        }
        let index = FieldIndex::of(kept);
        let choice = index.choose(&signature.signed_fields, place);
        let digest = index.hash(&choice, signature.header, signature_field, &mut buffer);
        if keys
            .iter()
            .any(|key| key.verifies(&digest, &signature.octets))
        {
            return if undoing.changes.is_empty() {
                vec![Change::HeaderIntact]
            } else {
                undoing.changes
            };
        }
    }
    Vec::new()
}

/// One way of each kind, in every combination up to the limit, those with the fewest changes first.
fn combinations(ways: &[Vec<Undoing>; 4]) -> impl Iterator<Item = Undoing> {
    let mut chosen = vec![[0; 4]];
    for (kind, ways) in ways.iter().enumerate() {
        let others = chosen.clone();
        for way in 1..ways.len() {
            chosen.extend(others.iter().map(|choice| {
                let mut choice = *choice;
                choice[kind] = way;
                choice
            }));
        }
    }
    let all = move |choice: &[usize; 4]| {
        let chosen = ways.iter().zip(*choice).map(|(ways, way)| &ways[way]);
        chosen.fold(Undoing::default(), |all, undoing| all.and(undoing))
    };
    let count = |choice: &[usize; 4]| -> usize {
        let chosen = ways.iter().zip(choice).map(|(ways, way)| &ways[*way]);
        chosen.map(|undoing| undoing.changes.len()).sum()
    };
    chosen.sort_by_key(count);
    chosen.truncate(HEADER_TRIALS_MAX);
    chosen.into_iter().map(move |choice| all(&choice))
}

fn keys(signature: &Signature, answers: &dyn AnswerTable) -> Vec<Key> {
    let question = signature.key_question();
    let answer = question.and_then(|question| answers.answer(question));
    answer
        .into_iter()
        .flat_map(|answer| answer.texts().take(KEYS_MAX))
        .map(|text| Key::read(&text.joined()))
        .filter(|key| key.record.is_usable_for_mail())
        .collect()
}

/// The lowest field of a name, which is the one that is signed.
fn lowest<'f, 'a>(fields: &'f [Field<'a>], name: &str) -> Option<&'f Field<'a>> {
    fields.iter().rev().find(|field| field.is(name))
}

fn with_value(field: &Field<'_>, value: &[u8]) -> (usize, Vec<u8>) {
    let name = &field.octets()[..=field.colon()];
    (field.index, [name, value].concat())
}

fn subjects(fields: &[Field<'_>]) -> Vec<Undoing> {
    let mut ways = vec![Undoing::default()];
    if let Some(field) = lowest(fields, "subject") {
        for (tag, value) in subject_tags(field.raw_value()) {
            ways.push(Undoing {
                changes: vec![Change::SubjectTag { tag }],
                replaced: vec![with_value(field, &value)],
                ..Undoing::default()
            });
        }
    }
    ways
}

/// The tags that a subject may have got, each with the value without it.
pub(super) fn subject_tags(value: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut tags: Vec<(String, Vec<u8>)> = Vec::new();
    let is_space = |octet: &u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
    let begin = value.iter().take_while(|octet| is_space(octet)).count();
    let near = &value[..value.len().min(begin + TAG_OCTETS)];
    let mut without = |start: usize, end: usize| {
        // The white space behind a tag came with it.
        let gap = value[end..]
            .iter()
            .take_while(|octet| is_space(octet))
            .count();
        let rest = [&value[..start], &value[end + gap..]].concat();
        let tag = cut(&String::from_utf8_lossy(&value[start..end]));
        if !rest.trim_ascii().is_empty() && tags.iter().all(|(_, known)| *known != rest) {
            tags.push((tag, rest));
        }
    };
    // `[tag]`, at the beginning or behind `Re:`.
    if let Some(open) = memchr::memchr(b'[', near)
        && let Some(length) = memchr::memchr(b']', &near[open..])
    {
        without(open, open + length + 1);
    }
    // A first word like `***SPAM***`, `{Spam?}`, `(EXT)`, `EXTERNAL:` or an encoded word of its own.
    let word = near[begin..].split(is_space).next().unwrap_or_default();
    let is_loud = word.ends_with(b":") && !word.iter().any(u8::is_ascii_lowercase);
    let is_marked = word
        .first()
        .is_some_and(|first| matches!(first, b'*' | b'{' | b'(' | b'<' | b'#' | b'=' | b'!'));
    if is_loud || is_marked {
        without(begin, begin + word.len());
    }
    tags
}

/// Fields in which lists keep the author whom they replace.
fn authors(fields: &[Field<'_>]) -> Vec<Undoing> {
    let mut ways = vec![Undoing::default()];
    let Some(from) = lowest(fields, "from") else {
        return ways;
    };
    for name in [
        "x-original-from",
        "original-from",
        "x-from",
        "author",
        "reply-to",
    ] {
        let Some(kept) = lowest(fields, name) else {
            continue;
        };
        if kept.value() != from.value() {
            ways.push(Undoing {
                changes: vec![Change::FromRewritten {
                    original: cut(&kept.value()),
                }],
                replaced: vec![with_value(from, kept.raw_value())],
                ..Undoing::default()
            });
        }
    }
    ways
}

/// Fields that may have been added: one of the signed names, or all that a list adds.
fn additions(fields: &[Field<'_>], signature: &Signature) -> Vec<Undoing> {
    let names: BTreeSet<&str> = signature.signed_fields.iter().collect();
    let topmost = |name: &str| fields.iter().find(|field| field.is(name));
    let of = |name: &str, field: &Field<'_>| Undoing {
        changes: vec![Change::FieldAdded {
            name: name.to_owned(),
        }],
        removed: vec![field.index],
        ..Undoing::default()
    };
    let mut ways = vec![Undoing::default()];
    let mut by_list = Undoing::default();
    for name in names {
        let Some(field) = topmost(name) else {
            continue;
        };
        let way = of(name, field);
        if LIST_FIELDS.contains(&name) {
            by_list = by_list.and(&way);
        }
        if ways.len() <= NAMES_MAX {
            ways.push(way);
        }
    }
    if by_list.removed.len() > 1 {
        ways.push(by_list);
    }
    ways
}

/// What describes the body, as it was when the body was.
fn encodings(message: &Message<'_>, body: &[Change]) -> Vec<Undoing> {
    const ENCODING: &str = "content-transfer-encoding";
    let mut ways = vec![Undoing::default()];
    let replace = |name: &str, value: &[u8]| {
        let field = message.named(name).next_back();
        field.map_or_else(Undoing::default, |field| Undoing {
            changes: vec![Change::FieldReplaced {
                name: name.to_owned(),
            }],
            replaced: vec![with_value(&field, value)],
            ..Undoing::default()
        })
    };
    if body.contains(&Change::ReEncoded) {
        ways.push(replace(ENCODING, b" 8bit\r\n"));
        ways.push(replace(ENCODING, b" 7bit\r\n"));
    }
    if body.contains(&Change::Wrapped) {
        // The part's own fields were those of the message.
        let mime = Mime::read(message);
        let part = mime.parts.iter().find(|part| part.parent == Some(0));
        let part = part.and_then(|part| Message::read(part.header).ok());
        let restored = part.iter().flat_map(|part| {
            ["content-type", ENCODING]
                .into_iter()
                .filter_map(|name| Some(replace(name, part.named(name).next()?.raw_value())))
        });
        ways.push(restored.fold(Undoing::default(), |all, undoing| all.and(&undoing)));
    }
    ways
}

/// Fields that are not as the signer copied them (`z=`), white space and folds aside.
pub(super) fn differing_copies(message: &Message<'_>, signature: &Signature) -> Vec<Change> {
    let relaxed = |field: &Field<'_>| {
        let mut octets = Vec::new();
        canonical::field(Canonicalization::Relaxed, field, &mut octets);
        octets
    };
    let mut differing = BTreeSet::new();
    for copy in signature.copies.iter().take(NAMES_MAX) {
        let octets = [copy.name.as_bytes(), b":", &copy.value].concat();
        let Some(copied) = Field::new(0, &octets) else {
            continue;
        };
        let copied = relaxed(&copied);
        if !message
            .named(&copy.name)
            .any(|field| relaxed(&field) == copied)
        {
            differing.insert(copy.name.to_ascii_lowercase());
        }
    }
    differing
        .into_iter()
        .map(|name| Change::CopyDiffers { name })
        .collect()
}
