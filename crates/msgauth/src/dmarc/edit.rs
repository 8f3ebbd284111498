//! Changes to a DMARC record: one tag set or removed, or everything repaired that can be. Records are
//! written as `v=DMARC1; p=…; …` with `p` second, which RFC 7489 receivers want.

use std::collections::BTreeSet;

use super::record::{PolicyRecord, Reason};
use super::report_address::ReportAddress;
use super::tags::{Policy, TagName};
use crate::look_alike;
use crate::tag_list::{self, Grammar, Piece};

/// A piece of a record to be written.
struct Entry {
    tag: Option<TagName>,
    name: String,
    value: String,
}

/// Passes of a repair at most: the first may give a tag its right name, and only then is its value one
/// that can be wrong; the last finds nothing to do.
const REPAIRS_MAX: usize = 4;

impl PolicyRecord {
    /// The record with this tag set to `value`: in its place if it stands there, else where it belongs.
    pub fn with_tag(&self, tag: TagName, value: &str) -> String {
        let mut entries = self.entries();
        set(&mut entries, tag, value);
        print(&entries)
    }

    /// The record without this tag.
    pub fn without_tag(&self, tag: TagName) -> String {
        let mut entries = self.entries();
        entries.retain(|entry| entry.tag != Some(tag));
        print(&entries)
    }

    /// The record with all repaired that can be: look-alikes and quotes gone, separators and `mailto:`
    /// put in, misspelt tags and values read as they were meant, the second of two equal tags, obsolete
    /// size suffixes and what cannot be read dropped. Without a policy that can be guessed it says
    /// `p=none`, which is the most that a receiver would have done with it.
    pub fn repaired(&self) -> String {
        let mut text = clean(self.octets());
        for _ in 0..REPAIRS_MAX {
            let repaired = match Self::parse(text.as_bytes()) {
                Some(record) => print(&record.repaired_entries()),
                None => print(&self.repaired_entries()),
            };
            if repaired == text {
                break;
            }
            text = repaired;
        }
        text
    }

    fn entries(&self) -> Vec<Entry> {
        let pieces = tag_list::split(self.octets(), Grammar::Dmarc);
        let entry = |piece: &Piece| match *piece {
            Piece::Tag { name, value, .. } => {
                let name = tag_list::lossy(self.octets(), name);
                Some(Entry {
                    tag: TagName::from_word(&name),
                    name,
                    value: tag_list::lossy(self.octets(), value),
                })
            }
            Piece::Junk(_) | Piece::Empty(_) => None,
        };
        pieces.iter().filter_map(entry).collect()
    }

    fn repaired_entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = BTreeSet::new();
        for piece in tag_list::split(self.octets(), Grammar::Dmarc) {
            match piece {
                Piece::Tag { span, name, value } => {
                    let name = tag_list::lossy(self.octets(), name);
                    let value = tag_list::lossy(self.octets(), value);
                    let tag = TagName::from_word(&name).or_else(|| self.suggestion_at(span.start));
                    let name = tag.map_or(name, |tag| tag.as_str().to_owned());
                    if !seen.insert(name.to_ascii_lowercase()) {
                        continue;
                    }
                    if let Some(value) = self.repaired_value(tag, span.start, value) {
                        entries.push(Entry { tag, name, value });
                    }
                }
                // An address behind a semicolon instead of a comma belongs to the list before it.
                Piece::Junk(span) => {
                    let text = tag_list::lossy(self.octets(), span);
                    let list = entries.last_mut().filter(|entry| is_list(entry.tag));
                    if let (Some(list), Some(uri)) = (list, repaired_address(&text)) {
                        list.value.push(',');
                        list.value.push_str(&uri);
                    }
                }
                Piece::Empty(_) => {}
            }
        }
        if !entries.iter().any(|entry| entry.tag == Some(TagName::P)) {
            let policy = self.intent().p.unwrap_or(Policy::None);
            set(&mut entries, TagName::P, policy.as_str());
        }
        entries
    }

    fn suggestion_at(&self, start: usize) -> Option<TagName> {
        self.faults.iter().find_map(|fault| match fault.reason {
            Reason::UnknownTag { suggestion, .. } if fault.span.start == start => suggestion,
            _ => None,
        })
    }

    /// The value to write, or nothing when the tag says nothing that can be read.
    fn repaired_value(&self, tag: Option<TagName>, start: usize, value: String) -> Option<String> {
        if is_list(tag) {
            let uris: Vec<String> = value.split(',').filter_map(repaired_address).collect();
            return (!uris.is_empty()).then(|| uris.join(","));
        }
        let fault = self.faults.iter().find(|fault| fault.span.start == start);
        match fault.map(|fault| &fault.reason) {
            Some(Reason::InvalidValue { meant, .. }) => meant.map(str::to_owned),
            _ => Some(value),
        }
    }
}

fn is_list(tag: Option<TagName>) -> bool {
    matches!(tag, Some(TagName::Rua | TagName::Ruf))
}

fn repaired_address(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = ReportAddress::parse(text, crate::Span { start: 0, end: 0 });
    whole
        .map(|address| address.uri)
        .or_else(|| ReportAddress::repaired(text))
}

fn set(entries: &mut Vec<Entry>, tag: TagName, value: &str) {
    let value = value.to_owned();
    if let Some(entry) = entries.iter_mut().find(|entry| entry.tag == Some(tag)) {
        entry.value = value;
        return;
    }
    // Tags are listed in the order in which they are written; unknown ones come last.
    let after = |entry: &Entry| entry.tag.is_none_or(|other| other > tag);
    let at = entries.iter().position(after).unwrap_or(entries.len());
    let name = tag.as_str().to_owned();
    let tag = Some(tag);
    entries.insert(at, Entry { tag, name, value });
}

fn print(entries: &[Entry]) -> String {
    let pieces: Vec<String> = entries
        .iter()
        .map(|entry| format!("{}={}", entry.name, entry.value))
        .collect();
    pieces.join("; ")
}

/// The text as ASCII, without quotes and backslashes, and with a semicolon wherever a known tag begins
/// after a space, comma or colon.
pub(super) fn clean(text: &[u8]) -> String {
    let ascii = look_alike::to_ascii(text);
    let ascii: String = ascii
        .chars()
        .filter(|c| !matches!(c, '"' | '\\'))
        .map(|c| if c.is_ascii_control() { ' ' } else { c })
        .collect();
    let mut clean = String::with_capacity(ascii.len());
    let mut rest = ascii.trim();
    while let Some(at) = rest.find([' ', ',', ':']) {
        let after = rest[at..].trim_start_matches([' ', ',', ':', ';']);
        let separator = &rest[at..rest.len() - after.len()];
        clean.push_str(&rest[..at]);
        if begins_with_tag(after) {
            let clean_end = clean.trim_end_matches([' ', ',', ':', ';']).len();
            clean.truncate(clean_end);
            clean.push_str("; ");
        } else {
            clean.push_str(separator);
        }
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// Whether a text begins with a known tag and an equals sign.
pub(super) fn begins_with_tag(text: &str) -> bool {
    // The longest name has five letters; nothing beyond is looked at.
    let name: String = text
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .take(TAG_OCTETS_MAX + 1)
        .collect();
    TagName::from_word(&name).is_some()
        && text[name.len()..].trim_start_matches(' ').starts_with('=')
}

/// Letters of the longest tag name, `adkim`.
const TAG_OCTETS_MAX: usize = 5;
