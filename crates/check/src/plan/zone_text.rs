//! Changes as a piece of a master file (RFC 1035, section 5), to be put into a zone.

use std::fmt::Write;

use garant_dns::{Name, RecordType};

use super::{Alternative, Change, Plan};
use crate::finding::Action;

/// Octets of one string of a TXT record at most (RFC 1035, section 3.3.14).
const STRING_OCTETS_MAX: usize = 255;

impl Plan {
    /// The changes as lines of a master file, each name in full. What is to be removed or replaced stands
    /// before, as a comment that begins with `;-`.
    pub fn to_zone(&self) -> String {
        zone_text(&self.changes)
    }
}

impl Alternative {
    /// As [`Plan::to_zone`].
    pub fn to_zone(&self) -> String {
        zone_text(&self.changes)
    }
}

/// Changes as lines of a master file, as [`Plan::to_zone`]. Where one change follows another at the same record,
/// the record stands there as the last leaves it.
pub fn zone_text(changes: &[Change]) -> String {
    let mut text = String::new();
    for (at, change) in changes.iter().enumerate() {
        let replaces = |later: &Change| {
            later.was.as_ref() == Some(&change.value)
                && (&later.name, later.rtype) == (&change.name, change.rtype)
        };
        let is_replaced = changes[at + 1..].iter().any(replaces);
        let gone = match change.action {
            Action::Add => None,
            Action::Change => change.was.as_deref(),
            Action::Delete => Some(change.was.as_deref().unwrap_or(&change.value)),
        };
        let is_between = changes[..at].iter().any(|before| {
            change.was.as_ref() == Some(&before.value)
                && (&before.name, before.rtype) == (&change.name, change.rtype)
        });
        if let Some(gone) = gone.filter(|_| !is_between) {
            text.push_str(";- ");
            line(&mut text, &change.name, change.old_ttl, change.rtype, gone);
        }
        if change.action != Action::Delete && !is_replaced {
            line(
                &mut text,
                &change.name,
                change.ttl,
                change.rtype,
                &change.value,
            );
        }
    }
    text
}

fn line(text: &mut String, name: &Name, ttl: Option<u32>, rtype: RecordType, value: &str) {
    let ttl = ttl.map(|ttl| format!(" {ttl}")).unwrap_or_default();
    let data = match rtype {
        RecordType::Txt => strings(value),
        RecordType::Cname | RecordType::Mx if value.ends_with('.') => value.to_owned(),
        RecordType::Cname | RecordType::Mx => format!("{value}."),
        _ => value.to_owned(),
    };
    // Writing to a string never fails.
    let _ = writeln!(text, "{name}.{ttl} IN {rtype} {data}");
}

/// A text as quoted strings, with everything escaped that means something in a master file.
fn strings(value: &str) -> String {
    let strings: Vec<String> = value
        .as_bytes()
        .chunks(STRING_OCTETS_MAX)
        .map(|chunk| {
            let mut quoted = String::from("\"");
            for octet in chunk {
                match octet {
                    b'"' | b'\\' => {
                        quoted.push('\\');
                        quoted.push(char::from(*octet));
                    }
                    0x20..=0x7e => quoted.push(char::from(*octet)),
                    _ => {
                        let _ = write!(quoted, "\\{octet:03}");
                    }
                }
            }
            quoted.push('"');
            quoted
        })
        .collect();
    if strings.is_empty() {
        return "\"\"".to_owned();
    }
    strings.join(" ")
}
