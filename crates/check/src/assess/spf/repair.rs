//! What the record should say instead: as little changed as can be, and always something that reads.

use std::collections::HashSet;

use garant_msgauth::Span;
use garant_msgauth::look_alike;
use garant_msgauth::spf::{self, Node, Record, TermFault, TermNode};

use super::lossy;

/// One piece of a text and what belongs in its place; nothing when there is no good guess.
pub(super) type Repair = (Span, Option<String>);

/// The text with its pieces replaced, in any order and without overlaps; nothing when one has no
/// replacement or the whole would still break the grammar.
fn rewritten(text: &[u8], mut repairs: Vec<Repair>) -> Option<String> {
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
    put_right(text, grammar(text, &Record::parse(text)))
}

/// The text with its faults repaired, and without what the repair would only repeat.
pub(super) fn put_right(text: &[u8], repairs: Vec<Repair>) -> Option<String> {
    let changes = !repairs.is_empty();
    let fixed = rewritten(text, repairs)?;
    if changes {
        return without_repetitions(&fixed);
    }
    Some(fixed)
}

/// A record with each mechanism once: the first one decides whatever the second could match.
fn without_repetitions(text: &str) -> Option<String> {
    let record = Record::parse(text.as_bytes());
    let mut seen = HashSet::new();
    let repeated = record.directives().filter_map(|(index, directive)| {
        let is_new = seen.insert(directive.mechanism.to_string().to_ascii_lowercase());
        let span = with_spaces(text.as_bytes(), record.terms[index].span);
        (!is_new).then_some((span, Some(String::new())))
    });
    rewritten(text.as_bytes(), repeated.collect())
}

/// A term with the spaces before it.
fn with_spaces(text: &[u8], mut span: Span) -> Span {
    while span.start > 0 && text[span.start - 1] == b' ' {
        span.start -= 1;
    }
    span
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
    put_right(&node.text, repairs)
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
        let span = with_spaces(&node.text, node.record.terms[*index].span);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repaired_record_repeats_no_term() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(repaired(text.as_bytes()).as_deref(), expect, "{text}");
        };
        check(
            "v=spf1 include:a.fr include:a.fr:25 -all",
            Some("v=spf1 include:a.fr -all"),
        );
        check(
            "v=spf1 include:A.fr:25  ?include:a.fr mx mxx -all",
            Some("v=spf1 include:A.fr mx -all"),
        );
        check(
            "v=spf1 ip4:192.0.2.1~all -all",
            Some("v=spf1 ip4:192.0.2.1 ~all"),
        );
        // What needs no repair is as its owner wrote it.
        check("v=spf1 mx mx -all", Some("v=spf1 mx mx -all"));
        check("v=spf1 include:a.fr x -all", None);
    }
}
