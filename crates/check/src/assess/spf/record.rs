//! The SPF record as it was read: the JSON of a check.

use garant_dns::{Name, Txt};
use garant_msgauth::spf::{
    self, Cause, CauseReason, NearMissKind, Node, Presence, TermFault, TermNode, Verdict,
};

use super::faults::reason_key;
use super::text;
use crate::assessment::{Seen, SpfNode, SpfRecord, SpfTerm};
use crate::survey::SpfFacts;

pub(super) fn record(facts: &SpfFacts<'_>, domain: &Name) -> SpfRecord {
    let tree = &facts.tree;
    let (result, reason) = match &tree.verdict {
        Verdict::Valid => ("valid", None),
        Verdict::None => {
            let near = facts.near_misses.first().map(|near| match near.kind {
                NearMissKind::Quoted => "quotes-in-record",
                NearMissKind::LookAlike => "look-alike",
                _ => "misspelt",
            });
            (
                "none",
                near.or(facts.elsewhere.as_ref().map(|_| "wrong-location")),
            )
        }
        Verdict::PermError(cause) => ("permerror", Some(cause_word(cause))),
        Verdict::TempError(_) | Verdict::Incomplete => ("temperror", Some("dns")),
    };
    let raw = match tree.root.presence {
        Presence::One => Some(text(&tree.root)),
        Presence::Multiple { .. } => facts.answer.map(|answer| {
            let texts = answer.texts().filter(|txt| spf::is_spf(&txt.joined()));
            texts.map(Txt::to_text).collect::<Vec<_>>().join("\n")
        }),
        _ => facts.near_misses.first().map(|near| near.found.clone()),
    };
    SpfRecord {
        result,
        reason,
        seen: Seen::of(domain, facts.answer, raw),
        lookups: tree.lookups as u64,
        voids: tree.voids.len() as u64,
        parsed: (tree.root.presence == Presence::One).then(|| node(&tree.root)),
    }
}

/// A fault in somebody else's record is told apart from one in the owner's.
fn cause_word(cause: &Cause) -> &'static str {
    match cause.reason {
        CauseReason::MultipleRecords { .. } | CauseReason::Syntax(_) if !cause.via.is_empty() => {
            "include-permerror"
        }
        CauseReason::MultipleRecords { .. } => "multiple",
        CauseReason::Syntax(_) => "syntax",
        CauseReason::IncludeWithoutRecord => "include-none",
        CauseReason::RedirectWithoutRecord => "redirect-none",
        CauseReason::Loop => "loop",
        CauseReason::TooManyLookups => "lookups",
        CauseReason::TooManyVoids => "voids",
        CauseReason::TooManyExchanges { .. } => "mx-names",
        CauseReason::NotADomain
        | CauseReason::NoRecord
        | CauseReason::Matched(_)
        | CauseReason::NoMatch
        | CauseReason::Dns(_) => "other",
    }
}

fn node(tree: &Node) -> SpfNode {
    SpfNode {
        domain: tree.domain.clone(),
        raw: (tree.presence == Presence::One).then(|| text(tree)),
        lookups: tree.lookups as u64,
        terms: tree
            .terms
            .iter()
            .map(|term| SpfTerm {
                text: tree.text_of(term.span).into_owned(),
                start: term.span.start,
                end: term.span.end,
                lookups: term.lookups as u64,
                voids: term.voids as u64,
                ipv4_addresses: term.coverage.ipv4,
                reached: term.reached,
                fault: fault_of(tree, term),
                record: term.child.as_deref().map(|child| Box::new(node(child))),
            })
            .collect(),
    }
}

fn fault_of(node: &Node, term: &TermNode) -> Option<String> {
    let syntax = node
        .record
        .faults
        .iter()
        .find(|fault| fault.span == term.span);
    if let Some(fault) = syntax {
        return Some(reason_key(fault.reason).to_owned());
    }
    let word = match term.fault? {
        TermFault::NoRecord => "no-record",
        TermFault::Multiple => "multiple",
        TermFault::Broken => "broken",
        TermFault::Loop => "loop",
        TermFault::TooManyExchanges { .. } => "mx-names",
        TermFault::NullMx => "mx-null",
        TermFault::Void => "void",
        TermFault::NotAName => "not-a-name",
        TermFault::Unanswered(_) => "unanswered",
        TermFault::MacroDependent => "depends-on-message",
        TermFault::NotFollowed => "not-followed",
    };
    Some(word.to_owned())
}
