//! What a record should not have even where it can be evaluated.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use garant_dns::{Answer, Name, RecordType, Txt, address};
use garant_msgauth::spf::{self, Mechanism, Node, Qualifier, Record, TermKind, TermNode, suggest};

use super::repair::{self, Repair, glued};
use super::{REMARKS_MAX, say_once, shortened, text};
use crate::assess::Judge;
use crate::finding::{Code, Finding, Severity};
use crate::survey::SpfFacts;

/// Octets of a name and of all its texts from which on their answer may not fit into a datagram of 512
/// octets. RFC 7208, section 3.4: "the combined length of the DNS name and the text of all the records of
/// a given type is under 450 octets, then DNS answers ought to fit in UDP packets".
const LONG_OCTETS: usize = 450;
/// IPv4 ranges with fewer bits than this are wider than any sender needs.
const WIDE_PREFIX_BITS: u8 = 16;
/// IPv4 ranges with fewer bits than this are never private from one end to the other, save 224.0.0.0/3.
const PRIVATE_PREFIX_BITS: u8 = 3;

pub(super) fn judge(judge: &mut Judge, facts: &SpfFacts<'_>, holder: &Name) {
    let remarks = Remarks {
        node: &facts.tree.root,
        holder,
    };
    remarks.everybody(judge);
    remarks.terms(judge);
    remarks.ranges(judge);
    remarks.modifiers(judge);
    remarks.after_all(judge);
    remarks.no_all(judge);
    long(judge, facts);
}

struct Remarks<'a> {
    node: &'a Node,
    holder: &'a Name,
}

impl Remarks<'_> {
    fn words(&self, index: usize) -> String {
        let term = &self.node.record.terms[index];
        self.node.text_of(term.span).into_owned()
    }

    fn about(&self, judge: &Judge, code: Code, severity: Severity, term: &str) -> Finding {
        judge
            .finding(code, severity, &self.node.domain)
            .arg("term", term)
            .found(term.to_owned())
            .at(RecordType::Txt)
    }

    fn with_fix(&self, judge: &Judge, finding: Finding, fixed: Option<String>) -> Finding {
        match fixed {
            Some(fixed) => finding
                .expected(fixed.clone())
                .fix(judge.change(self.holder, fixed)),
            None => finding,
        }
    }

    /// Records that let everybody send, and one that says nothing about the others.
    fn everybody(&self, judge: &mut Judge) {
        plus_all(judge, self.node);
        if let Some((index, Qualifier::Neutral)) = self.node.record.all() {
            let words = self.words(index);
            judge.say(self.about(judge, Code::SpfNeutralAll, Severity::Advice, &words));
        }
    }

    fn terms(&self, judge: &mut Judge) {
        let record = &self.node.record;
        if record.all().is_some()
            && let Some((index, _)) = record.redirect()
        {
            let words = self.words(index);
            judge.say(self.about(judge, Code::SpfRedirectIgnored, Severity::Risk, &words));
        }
        // A second `all` is told as a term after `all`.
        let repeated: Vec<usize> = record
            .repeated_directives()
            .into_iter()
            .filter(|index| self.node.terms[*index].reached)
            .collect();
        for index in repeated.iter().take(REMARKS_MAX) {
            let words = self.words(*index);
            let finding = self.about(judge, Code::SpfDuplicateTerm, Severity::Advice, &words);
            let fixed = repair::without(self.node, &repeated);
            say_once(judge, self.with_fix(judge, finding, fixed));
        }
        for (index, directive) in record.directives() {
            if matches!(directive.mechanism, Mechanism::Ptr(_)) && self.node.terms[index].reached {
                let words = self.words(index);
                let finding = self.about(judge, Code::SpfPtr, Severity::Advice, &words);
                say_once(judge, finding);
            }
        }
    }

    fn ranges(&self, judge: &mut Judge) {
        let mut count = 0;
        for (index, directive) in self.node.record.directives() {
            let Some((first, bits)) = directive.mechanism.range() else {
                continue;
            };
            let words = self.words(index);
            let about = |code, severity| self.about(judge, code, severity, &words);
            let finding = if bits == 0 {
                // Told as `+all`, which it is.
                continue;
            } else if is_private(first, bits) {
                about(Code::SpfPrivateAddress, Severity::Advice)
            } else if first.is_ipv4() && bits < WIDE_PREFIX_BITS {
                about(Code::SpfWideRange, Severity::Advice).arg("prefix", u32::from(bits))
            } else if directive.mechanism.has_host_bits() {
                about(Code::SpfHostBits, Severity::Advice).arg("range", format!("{first}/{bits}"))
            } else {
                continue;
            };
            count += 1;
            if count <= REMARKS_MAX {
                say_once(judge, finding);
            }
        }
    }

    /// `ip4=...` and the like, which receivers skip.
    fn modifiers(&self, judge: &mut Judge) {
        let mistaken: Vec<(usize, String)> = self
            .node
            .record
            .terms
            .iter()
            .enumerate()
            .filter_map(|(index, term)| match &term.kind {
                TermKind::UnknownModifier { name, .. } if spf::is_mechanism_name(name) => {
                    Some((index, with_colon(&self.words(index))))
                }
                _ => None,
            })
            .collect();
        let repairs: Vec<Repair> = mistaken
            .iter()
            .map(|(index, fixed)| (self.node.record.terms[*index].span, Some(fixed.clone())))
            .collect();
        let whole = repair::put_right(&self.node.text, repairs);
        for (index, fixed) in mistaken.iter().take(REMARKS_MAX) {
            let finding = judge
                .finding(
                    Code::SpfModifierLooksLikeMechanism,
                    Severity::Risk,
                    &self.node.domain,
                )
                .arg("term", self.words(*index))
                .arg("fixed", fixed.as_str())
                .found(text(self.node))
                .at(RecordType::Txt);
            let finding = self.with_fix(judge, finding, whole.clone());
            judge.say(finding);
        }
    }

    fn after_all(&self, judge: &mut Judge) {
        let record = &self.node.record;
        let after: Vec<usize> = record.directives_after_all().collect();
        if after.is_empty() {
            return;
        }
        // Where nothing but another `all` follows, nobody is left out.
        let harmless = after.iter().all(|index| self.is_all(*index));
        let severity = if harmless {
            Severity::Advice
        } else {
            Severity::Risk
        };
        let words: Vec<String> = after.iter().map(|index| self.words(*index)).collect();
        let finding = judge
            .finding(Code::SpfTermsAfterAll, severity, &self.node.domain)
            .arg("terms", shortened(&words.join(" ")))
            .found(text(self.node))
            .at(RecordType::Txt);
        let fixed = self.all_at_the_end();
        let finding = self.with_fix(judge, finding, fixed);
        judge.say(finding);
    }

    fn is_all(&self, index: usize) -> bool {
        let kind = &self.node.record.terms[index].kind;
        matches!(kind, TermKind::Directive(directive) if directive.mechanism == Mechanism::All)
    }

    /// The record with everything after the first `all` put before it, and without a second one.
    fn all_at_the_end(&self) -> Option<String> {
        let record = &self.node.record;
        let (all, _) = record.all()?;
        let others = (0..record.terms.len()).filter(|index| !self.is_all(*index));
        let mut fixed = "v=spf1".to_owned();
        for index in others.chain([all]) {
            fixed.push(' ');
            fixed.push_str(&self.words(index));
        }
        record.is_valid().then_some(fixed)
    }

    fn no_all(&self, judge: &mut Judge) {
        let record = &self.node.record;
        let swallowed = || {
            let mut terms = self.node.terms.iter();
            terms.any(|term| glued(self.node, term).is_some())
        };
        if record.all().is_some()
            || record.redirect().is_some()
            || !record.is_valid()
            || swallowed()
        {
            return;
        }
        let fixed = format!("{} ~all", text(self.node).trim_end());
        let finding = judge
            .finding(Code::SpfNoAll, Severity::Advice, &self.node.domain)
            .found(text(self.node))
            .at(RecordType::Txt);
        let finding = self.with_fix(judge, finding, Some(fixed));
        judge.say(finding);
    }
}

/// A term with a colon in place of its equals sign, or what else was probably meant.
fn with_colon(term: &str) -> String {
    let fixed = term.replacen('=', ":", 1);
    let record = Record::parse(format!("v=spf1 {fixed}").as_bytes());
    let better = record
        .faults
        .first()
        .and_then(|fault| suggest(fixed.as_bytes(), fault.reason));
    better.unwrap_or(fixed)
}

/// Terms that let everybody send, here and in every record that is asked for a pass.
fn plus_all(judge: &mut Judge, node: &Node) {
    for (index, known) in node.record.terms.iter().enumerate() {
        let Some(term) = node.terms.get(index).filter(|term| term.reached) else {
            continue;
        };
        let passes = match &known.kind {
            TermKind::Directive(directive) => directive.qualifier == Qualifier::Pass,
            TermKind::Redirect(_) => true,
            _ => false,
        };
        if !passes {
            continue;
        }
        if is_everybody(&known.kind) {
            let words = node.text_of(known.span).into_owned();
            let finding = judge
                .finding(Code::SpfPlusAll, Severity::Risk, &node.domain)
                .arg("term", words.as_str())
                .found(words)
                .at(RecordType::Txt);
            say_once(judge, finding);
        }
        if let Some(child) = child_that_counts(term) {
            plus_all(judge, child);
        }
    }
}

fn child_that_counts(term: &TermNode) -> Option<&Node> {
    term.child.as_deref().filter(|_| term.fault.is_none())
}

fn is_everybody(kind: &TermKind) -> bool {
    let TermKind::Directive(directive) = kind else {
        return false;
    };
    let mechanism = &directive.mechanism;
    *mechanism == Mechanism::All || mechanism.range().is_some_and(|(_, bits)| bits == 0)
}

/// Whether no mail comes from anywhere in a range. Its two ends tell: no public range stands between two
/// private ones that share so long a prefix.
fn is_private(first: IpAddr, bits: u8) -> bool {
    let last = match first {
        IpAddr::V4(first) => {
            let host = u32::MAX.checked_shr(bits.into()).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(first.to_bits() | host))
        }
        IpAddr::V6(first) => {
            let host = u128::MAX.checked_shr(bits.into()).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(first.to_bits() | host))
        }
    };
    let elsewhere = |address| !address::is_public(address) && !is_documentation(address);
    bits >= PRIVATE_PREFIX_BITS && elsewhere(first) && elsewhere(last)
}

/// Addresses reserved for examples: what stands with them is an example too.
fn is_documentation(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_documentation(),
        IpAddr::V6(address) => address.segments()[..2] == [0x2001, 0x0db8],
    }
}

fn long(judge: &mut Judge, facts: &SpfFacts<'_>) {
    let domain = &facts.tree.root.domain;
    let texts = facts.answer.into_iter().flat_map(Answer::texts);
    let octets: usize = texts.map(|txt: &Txt| txt.joined().len()).sum();
    let octets = domain.as_str().len() + octets;
    if octets >= LONG_OCTETS {
        let finding = judge
            .finding(Code::SpfLong, Severity::Advice, domain)
            .arg("octets", octets)
            .arg("limit", LONG_OCTETS);
        judge.say(finding.at(RecordType::Txt));
    }
}
