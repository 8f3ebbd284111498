//! What the record should say instead: as little changed as can be, and always something that reads.

use garant_msgauth::Span;
use garant_msgauth::look_alike;
use garant_msgauth::spf::{self, Node, Record, TermFault, TermNode};

use super::lossy;

/// One piece of a text and what belongs in its place; nothing when there is no good guess.
pub(super) type Repair = (Span, Option<String>);

/// The text with its pieces replaced, in any order and without overlaps; nothing when one has no
/// replacement or the whole would still break the grammar.
pub(super) fn rewritten(text: &[u8], mut repairs: Vec<Repair>) -> Option<String> {
    repairs.sort_by_key(|(span, _)| span.start);
    let mut fixed = String::new();
    let mut at = 0;
    for (span, replacement) in repairs {
        fixed.push_str(&lossy(text.get(at..span.start)?));
        fixed.push_str(&replacement?);
        at = span.end;
    }
    fixed.push_str(&lossy(text.get(at..)?));
    Record::parse(fixed.as_bytes()).is_valid().then_some(fixed)
}

/// A text with every faulty term put right, when there is a good guess for each.
pub(super) fn repaired(text: &[u8]) -> Option<String> {
    rewritten(text, grammar(text, &Record::parse(text)))
}

/// The same for the owner's record, of which more is known: two terms that stand together may well
/// follow the grammar and only lead nowhere.
pub(super) fn repaired_node(node: &Node) -> Option<String> {
    let mut repairs = grammar(&node.text, &node.record);
    repairs.extend(
        node.terms
            .iter()
            .filter_map(|term| Some((term.span, Some(glued(node, term)?)))),
    );
    rewritten(&node.text, repairs)
}

fn grammar(text: &[u8], record: &Record) -> Vec<Repair> {
    record
        .faults
        .iter()
        .map(|fault| {
            let octets = text
                .get(fault.span.start..fault.span.end)
                .unwrap_or_default();
            (fault.span, spf::suggest(octets, fault.reason))
        })
        .collect()
}

/// A term that leads nowhere because another one follows it without the space between them
/// (`include:a.example-all`): both, with the space.
pub(super) fn glued(node: &Node, term: &TermNode) -> Option<String> {
    let leads_nowhere = matches!(
        term.fault,
        Some(TermFault::NoRecord | TermFault::Void | TermFault::NotAName)
    );
    if !leads_nowhere {
        return None;
    }
    spf::split_glued(&node.text_of(term.span)).map(|parts| parts.join(" "))
}

/// The record without some of its terms, and without the spaces before them.
pub(super) fn without(node: &Node, terms: &[usize]) -> Option<String> {
    let repairs = terms.iter().map(|index| {
        let mut span = node.record.terms[*index].span;
        while span.start > 0 && node.text[span.start - 1] == b' ' {
            span.start -= 1;
        }
        (span, Some(String::new()))
    });
    rewritten(&node.text, repairs.collect())
}

/// The characters outside ASCII, each once, as `U+2013, U+00A0`.
pub(super) fn code_points(text: &[u8]) -> String {
    let mut points: Vec<String> = Vec::new();
    for found in look_alike::find(text) {
        let point = found.code_point();
        if !points.contains(&point) {
            points.push(point);
        }
        if points.len() == CODE_POINTS_MAX {
            break;
        }
    }
    points.join(", ")
}

/// Characters that are named in one sentence at most.
const CODE_POINTS_MAX: usize = 8;
