//! What keeps the record from being evaluated: its grammar, what it includes, its limits.

use garant_dns::{Answer, Name, RecordType, Txt};
use garant_msgauth::look_alike;
use garant_msgauth::spf::{
    self, CauseReason, Fault, LOOKUPS_MAX, Mechanism, Node, Reason, TermFault, TermKind, TermNode,
    Tree, VOIDS_MAX, Verdict,
};

use super::repair::{self, code_points, glued};
use super::{REMARKS_MAX, say_once, shortened, text};
use crate::assess::Judge;
use crate::finding::{Code, Finding, Severity};
use crate::survey::SpfFacts;

/// Look-ups from which on the limit is near.
const LOOKUPS_NEAR: usize = 9;

pub(super) fn judge(judge: &mut Judge, facts: &SpfFacts<'_>, holder: &Name) {
    let own = Own {
        node: &facts.tree.root,
        holder,
        seams: seams(facts),
        repaired: repair::repaired_node(&facts.tree.root),
    };
    own.syntax(judge);
    own.glued(judge);
    beneath(judge, facts, &own, own.node);
    limits(judge, &facts.tree);
}

/// The owner's record. All its faults are put right at once: a receiver takes the whole or nothing, so a
/// proposal that corrects one of two faults corrects nothing.
struct Own<'a> {
    node: &'a Node,
    holder: &'a Name,
    /// Where the strings of the record are joined.
    seams: Vec<usize>,
    repaired: Option<String>,
}

fn seams(facts: &SpfFacts<'_>) -> Vec<usize> {
    let texts = facts.answer.into_iter().flat_map(Answer::texts);
    texts
        .filter(|txt| spf::is_spf(&txt.joined()))
        .flat_map(Txt::seams)
        .collect()
}

impl Own<'_> {
    fn syntax(&self, judge: &mut Judge) {
        let mut look_alikes_told = false;
        for fault in self.node.record.faults.iter().take(REMARKS_MAX) {
            let octets = &self.node.text[fault.span.start..fault.span.end];
            let finding = if fault.reason == Reason::NotAscii && has_look_alike(octets) {
                // One slip of the word processor, however many terms it went through.
                if look_alikes_told {
                    continue;
                }
                look_alikes_told = true;
                let fixed = match &self.repaired {
                    Some(fixed) => fixed.clone(),
                    None => look_alike::to_ascii(&self.node.text),
                };
                self.start(judge, Code::SpfLookAlike)
                    .arg("found", code_points(&self.node.text))
                    .arg("fixed", fixed)
            } else {
                self.fault(judge, fault, octets)
            };
            judge.say(self.with_fix(judge, finding));
        }
    }

    fn fault(&self, judge: &Judge, fault: &Fault, octets: &[u8]) -> Finding {
        let term = self.node.text_of(fault.span).into_owned();
        let suggestion = spf::suggest(octets, fault.reason).unwrap_or_default();
        if spf::split_glued(&term).is_some() {
            return self.missing_space(judge, fault.span, &term, &suggestion);
        }
        let finding = match fault.reason {
            Reason::UnknownMechanism => self
                .start(judge, Code::SpfUnknownMechanism)
                .arg("suggestion", suggestion),
            reason => self
                .start(judge, Code::SpfSyntax)
                .arg("column", fault.part.start + 1)
                .arg("reason", reason_key(reason)),
        };
        finding.arg("term", shortened(&term))
    }

    /// Terms that follow the grammar although two of them stand together.
    fn glued(&self, judge: &mut Judge) {
        for term in self.node.terms.iter().filter(|term| term.reached) {
            if let Some(fixed) = glued(self.node, term) {
                let words = self.node.text_of(term.span);
                let finding = self.missing_space(judge, term.span, &words, &fixed);
                judge.say(self.with_fix(judge, finding));
            }
        }
    }

    fn missing_space(
        &self,
        judge: &Judge,
        span: garant_msgauth::Span,
        term: &str,
        fixed: &str,
    ) -> Finding {
        let seam = self
            .seams
            .iter()
            .any(|at| span.start < *at && *at < span.end);
        self.start(judge, Code::SpfMissingSpace)
            .arg("term", shortened(term))
            .arg("fixed", fixed)
            .arg("seam", if seam { "yes" } else { "no" })
    }

    fn start(&self, judge: &Judge, code: Code) -> Finding {
        judge
            .finding(code, Severity::Blocks, &self.node.domain)
            .found(text(self.node))
            .at(RecordType::Txt)
    }

    fn with_fix(&self, judge: &Judge, finding: Finding) -> Finding {
        match &self.repaired {
            Some(fixed) => finding
                .expected(fixed.clone())
                .fix(judge.change(self.holder, fixed.clone())),
            None => finding,
        }
    }

    /// The record without a term that must go, if it still authorises somebody then.
    fn without(&self, term: &TermNode) -> Option<String> {
        let record = &self.node.record;
        let index = record
            .terms
            .iter()
            .position(|known| known.span == term.span)?;
        let others = record.terms.iter().enumerate().any(|(at, other)| {
            at != index
                && match &other.kind {
                    TermKind::Directive(directive) => directive.mechanism != Mechanism::All,
                    TermKind::Redirect(_) => true,
                    _ => false,
                }
        });
        if !others {
            return None;
        }
        repair::without(self.node, &[index])
    }
}

fn has_look_alike(octets: &[u8]) -> bool {
    look_alike::find(octets)
        .iter()
        .any(|found| found.ascii.is_some())
}

pub(super) fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::BadDomain => "bad-domain",
        Reason::BadIp4 => "bad-ip4",
        Reason::BadIp6 => "bad-ip6",
        Reason::BadPrefixLength => "bad-prefix-length",
        Reason::BadMacro => "bad-macro",
        Reason::MissingArgument => "missing-argument",
        Reason::UnexpectedArgument => "unexpected-argument",
        Reason::RepeatedModifier => "repeated-modifier",
        Reason::NotAscii => "not-ascii",
        Reason::NotSpf
        | Reason::ControlCharacter
        | Reason::UnknownMechanism
        | Reason::BadModifierName => "other",
    }
}

/// Includes and redirects that end badly, at any depth.
fn beneath(judge: &mut Judge, facts: &SpfFacts<'_>, own: &Own<'_>, node: &Node) {
    let is_own = std::ptr::eq(node, own.node);
    for term in node.terms.iter().filter(|term| term.reached) {
        if is_own && glued(node, term).is_some() {
            continue;
        }
        let words = node.text_of(term.span).into_owned();
        let make = |code| {
            judge
                .finding(code, Severity::Blocks, &node.domain)
                .found(words.clone())
                .at(RecordType::Txt)
        };
        let target = || match &term.target {
            Some(target) => target.to_string(),
            None => argument(&words).to_owned(),
        };
        let leads = leads_to(node, term);
        let finding = match term.fault {
            Some(TermFault::NoRecord | TermFault::NotAName) if leads != Leads::Nowhere => {
                let registrable = facts
                    .registrable
                    .iter()
                    .find(|(name, _)| Some(name) == term.target.as_ref());
                let finding = match (registrable, leads) {
                    (Some((_, registrable)), _) => {
                        let finding = make(Code::SpfIncludeRegistrable);
                        let finding = finding.arg("registrable", registrable);
                        match own.without(term).filter(|_| is_own) {
                            Some(fixed) => finding
                                .expected(fixed.clone())
                                .fix(judge.change(own.holder, fixed)),
                            None => finding,
                        }
                    }
                    (None, Leads::Redirect) => make(Code::SpfRedirectWithoutRecord),
                    (None, _) => make(Code::SpfIncludeWithoutRecord).arg("via", &node.domain),
                };
                finding.arg("target", target())
            }
            Some(TermFault::Loop) => make(Code::SpfIncludeLoop)
                .arg("target", target())
                .arg("via", &node.domain),
            Some(TermFault::Multiple) => {
                broken(make(Code::SpfIncludeBroken), node, "spf.multiple").arg("target", target())
            }
            Some(TermFault::Broken) => {
                broken(make(Code::SpfIncludeBroken), node, "spf.syntax").arg("target", target())
            }
            Some(TermFault::TooManyExchanges { count }) => make(Code::SpfTooManyExchanges)
                .arg("term", words.as_str())
                .arg("count", count)
                .arg("limit", spf::EXCHANGES_MAX),
            Some(TermFault::NullMx) => {
                let mut finding = make(Code::SpfMxOfNullMx).arg("term", words.as_str());
                finding.severity = Severity::Advice;
                finding
            }
            _ => {
                if let Some(child) = &term.child {
                    beneath(judge, facts, own, child);
                }
                continue;
            }
        };
        say_once(judge, finding);
    }
}

/// What stands behind the first colon or equals sign.
fn argument(term: &str) -> &str {
    term.split_once([':', '=']).map_or(term, |(_, rest)| rest)
}

fn broken(finding: Finding, node: &Node, reason: &'static str) -> Finding {
    finding.arg("via", &node.domain).arg("reason", reason)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    Include,
    Redirect,
    Nowhere,
}

/// Whether a term leads to another record.
fn leads_to(node: &Node, term: &TermNode) -> Leads {
    let known = node
        .record
        .terms
        .iter()
        .find(|known| known.span == term.span);
    match known.map(|known| &known.kind) {
        Some(TermKind::Redirect(_)) => Leads::Redirect,
        Some(TermKind::Directive(directive))
            if matches!(directive.mechanism, Mechanism::Include(_)) =>
        {
            Leads::Include
        }
        _ => Leads::Nowhere,
    }
}

fn limits(judge: &mut Judge, tree: &Tree) {
    let root = &tree.root;
    let domain = &root.domain;
    let loops =
        matches!(&tree.verdict, Verdict::PermError(cause) if cause.reason == CauseReason::Loop);
    // A circle uses up every look-up; that is its consequence and not another fault.
    let told = if tree.lookups > LOOKUPS_MAX && !loops {
        Some((Code::SpfTooManyLookups, Severity::Blocks))
    } else if tree.lookups >= LOOKUPS_NEAR && tree.verdict == Verdict::Valid {
        Some((Code::SpfNearLookupLimit, Severity::Advice))
    } else {
        None
    };
    if let Some((code, severity)) = told {
        let finding = judge
            .finding(code, severity, domain)
            .arg("count", tree.lookups)
            .arg("limit", LOOKUPS_MAX)
            .found(text(root))
            .at(RecordType::Txt);
        judge.say(finding);
    }
    if tree.voids.len() > VOIDS_MAX {
        let terms: Vec<&str> = tree
            .voids
            .iter()
            .map(|void| void.term.text.as_str())
            .collect();
        let finding = judge
            .finding(Code::SpfTooManyVoids, Severity::Blocks, domain)
            .arg("count", tree.voids.len())
            .arg("limit", VOIDS_MAX)
            .arg("terms", shortened(&terms.join(", ")))
            .found(text(root))
            .at(RecordType::Txt);
        judge.say(finding);
        return;
    }
    for void in &tree.voids {
        let is_own = void.domain == root.domain;
        if is_own && spf::split_glued(&void.term.text).is_some() {
            continue;
        }
        let finding = judge
            .finding(Code::SpfVoid, Severity::Advice, &void.domain)
            .arg("term", void.term.text.as_str())
            .arg("target", &void.target)
            .found(void.term.text.clone())
            .at(RecordType::Txt);
        say_once(judge, finding);
    }
}
