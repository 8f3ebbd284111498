//! Texts that were meant to be a DMARC record and are none, because they do not begin with `v=DMARC1` in
//! exactly these letters. Receivers ignore them without a word (RFC 9989, section 4.7, tag `v`).
//!
//! A text counts as meant for DMARC only if repairing its beginning gives a record; verification tokens,
//! SPF records and the like never do.

use super::edit::{begins_with_tag, clean};
use super::record::PolicyRecord;
use super::tags::{Policy, TagName};
use crate::look_alike::{self, LookAlike};
use crate::spelling;
use crate::tag_list::{self, Grammar, Piece};

/// What keeps a text from being a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NearMissKind {
    /// White space before `v=DMARC1`.
    LeadingSpace,
    /// Quotes or backslashes that are part of the data.
    Quoted,
    /// Characters outside ASCII where ASCII belongs.
    LookAlike,
    /// `v=DMARC1` in other letters.
    VersionCase,
    /// `v=DMARC1` behind another tag.
    VersionNotFirst,
    /// The version is misspelt, missing, or runs into what follows.
    Misspelt,
}

/// A text that was meant to be a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// What is wrong with it; the first that applies, in the order of [`NearMissKind`].
    pub kind: NearMissKind,
    /// The text, each octet that is no UTF-8 replaced.
    pub found: String,
    /// The characters outside ASCII in it.
    pub look_alikes: Vec<LookAlike>,
    /// The record that was meant, repaired throughout.
    pub fixed: String,
}

/// Octets before a version that are looked past at most.
const PREFIX_OCTETS_MAX: usize = 24;
/// Octets at the beginning of a text that are looked at for a misspelt version.
const VERSION_OCTETS_MAX: usize = 40;

/// The only version there is.
const VERSION: &str = "DMARC1";

/// Whether a text was meant to be a DMARC record; nothing when it is one, or when it is something else.
pub fn near_miss(text: &[u8]) -> Option<NearMiss> {
    if PolicyRecord::parse(text).is_some() {
        return None;
    }
    let (kind, record) = repair(text)?;
    Some(NearMiss {
        kind,
        found: String::from_utf8_lossy(text).into_owned(),
        look_alikes: look_alike::find(text),
        fixed: record.repaired(),
    })
}

/// One repair of a text: from what it is by now, and from its octets, to what it is then.
type Repair = fn(&str, &[u8]) -> String;

fn repair(text: &[u8]) -> Option<(NearMissKind, PolicyRecord)> {
    let mut first = None;
    let mut current = String::from_utf8_lossy(text).into_owned();
    let steps: [(NearMissKind, Repair); 3] = [
        (NearMissKind::LeadingSpace, |now, _| {
            now.trim_ascii_start().to_owned()
        }),
        (NearMissKind::LookAlike, |now, text| {
            if text.is_ascii() {
                return now.to_owned();
            }
            look_alike::to_ascii(text).trim().to_owned()
        }),
        (NearMissKind::Quoted, |now, _| {
            if !now.contains(['"', '\\', '\'', '`']) {
                return now.to_owned();
            }
            let bare: String = now.chars().filter(|c| !matches!(c, '"' | '\\')).collect();
            bare.trim_matches(['\'', '`', ' ']).to_owned()
        }),
    ];
    for (kind, step) in steps {
        let next = step(&current, text);
        if next != current {
            // Quotes weigh more than the look-alikes that they may be made of.
            let only_spaces = first == Some(NearMissKind::LeadingSpace);
            if first.is_none() || only_spaces {
                first = Some(kind);
            }
            current = next;
            if let Some(record) = PolicyRecord::parse(current.as_bytes()) {
                return Some((first?, record));
            }
        }
    }
    if let Some(record) = behind_something(&current) {
        return Some((NearMissKind::Misspelt, record));
    }
    // What is left is a fault of the version itself, whatever else was wrong before.
    version(&current)
}

/// The record behind a few octets that do not belong to it: `TXT=v=DMARC1; ...`.
fn behind_something(text: &str) -> Option<PolicyRecord> {
    let starts = text
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| *at <= PREFIX_OCTETS_MAX);
    let mut rests = starts.skip(1).map(|at| &text[at..]);
    let rest = rests.find(|rest| rest.starts_with(&format!("v={VERSION}")))?;
    // Behind another tag it is a version that is not first.
    let is_tag = text[..text.len() - rest.len()].contains(';');
    // A token may quote the version; only a record goes on with a policy.
    let has_policy =
        |record: &PolicyRecord| record.p.is_some() || record.invalid(TagName::P).is_some();
    PolicyRecord::parse(rest.as_bytes()).filter(|record| !is_tag && has_policy(record))
}

fn version(text: &str) -> Option<(NearMissKind, PolicyRecord)> {
    let octets = text.as_bytes();
    let pieces = tag_list::split(octets, Grammar::Dmarc);
    let version_of = |piece: &Piece| match *piece {
        Piece::Tag { name, value, .. } => tag_list::octets(octets, name)
            .eq_ignore_ascii_case(b"v")
            .then(|| tag_list::lossy(octets, value)),
        Piece::Junk(_) | Piece::Empty(_) => None,
    };
    let is_dmarc = |value: String| value.eq_ignore_ascii_case(VERSION);
    let at = pieces
        .iter()
        .position(|piece| version_of(piece).is_some_and(is_dmarc));
    if let Some(at) = at {
        let rest: Vec<String> = pieces
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, piece)| tag_list::lossy(octets, piece.span()))
            .collect();
        let kind = if at == 0 {
            NearMissKind::VersionCase
        } else {
            NearMissKind::VersionNotFirst
        };
        let text = format!("v=DMARC1; {}", rest.join("; "));
        return Some((kind, PolicyRecord::parse(text.as_bytes())?));
    }
    let rest = behind_misspelt_version(text).or_else(|| without_version(text))?;
    let text = clean(format!("v=DMARC1; {rest}").as_bytes());
    Some((
        NearMissKind::Misspelt,
        PolicyRecord::parse(text.as_bytes())?,
    ))
}

/// What follows a misspelt version: `v=DMARC`, `DMARC1`, `v:DMARC1`, `v=DMRAC1`, `v=DMARC1,`...
fn behind_misspelt_version(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut rest = text;
    let mut skipped_version_tag = false;
    // At most: `_dmarc TXT v = DMARC1`.
    for _ in 0..4 {
        let start = rest.find(is_word)?;
        if text.len() - rest.len() + start > VERSION_OCTETS_MAX {
            return None;
        }
        rest = &rest[start..];
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // `v=DMARC1p=none`: nothing at all between the two.
        let glued = word.get(..VERSION.len()).zip(rest.get(VERSION.len()..));
        if let (true, Some((version, tags))) = (skipped_version_tag, glued)
            && version.eq_ignore_ascii_case(VERSION)
            && begins_with_tag(tags)
        {
            return Some(tags);
        }
        let after_version = after.trim_start_matches([' ', ';', ',', ':', '.', '|', '/']);
        let is_version = if skipped_version_tag {
            spelling::nearest(word, ["dmarc1"]).is_some()
                || spelling::nearest(word, ["dmarc"]).is_some()
        } else {
            is_dmarc_word(word) && !after.starts_with(['-', '_'])
        };
        // `_dmarc v=DMARC1`: the first word is the name of the record.
        let is_owner_name = is_version && names_version(after_version);
        if is_version && !is_owner_name {
            let is_end = after_version.is_empty();
            return (is_end || has_known_tag(after_version)).then_some(after_version);
        }
        match word.to_ascii_lowercase().as_str() {
            "v" | "version" => skipped_version_tag = true,
            "txt" | "in" => {}
            _ if is_owner_name => {}
            _ => return None,
        }
        rest = after;
    }
    None
}

/// `dmarc` with at most one digit behind it, or `vdmarc1`.
fn is_dmarc_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let lower = lower.strip_prefix('v').unwrap_or(&lower);
    let Some(digits) = lower.strip_prefix("dmarc") else {
        return false;
    };
    digits.len() <= 1 && digits.bytes().all(|octet| octet.is_ascii_digit())
}

fn names_version(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let text = text.strip_prefix("TXT ").unwrap_or(text);
    matches!(text.as_bytes(), [b'v' | b'V', next, ..] if !next.is_ascii_alphanumeric())
}

fn has_known_tag(text: &str) -> bool {
    let cleaned = clean(text.as_bytes());
    tag_list::split(cleaned.as_bytes(), Grammar::Dmarc)
        .iter()
        .any(|piece| match *piece {
            Piece::Tag { name, .. } => {
                TagName::from_word(&tag_list::lossy(cleaned.as_bytes(), name)).is_some()
            }
            Piece::Junk(_) | Piece::Empty(_) => false,
        })
}

/// A text that has no version at all and begins with a policy: `p=none; rua=…`.
fn without_version(text: &str) -> Option<&str> {
    let octets = text.as_bytes();
    match tag_list::split(octets, Grammar::Dmarc).first()? {
        Piece::Tag { name, value, .. } => {
            let is_policy = tag_list::octets(octets, *name).eq_ignore_ascii_case(b"p")
                && Policy::from_word(&tag_list::lossy(octets, *value)).is_some();
            is_policy.then_some(text)
        }
        Piece::Junk(_) | Piece::Empty(_) => None,
    }
}
