//! SPF: whether the record can be evaluated, what it costs, whom it lets send.

use std::net::IpAddr;

use garant_dns::{Name, Question, RecordType, Txt, address};
use garant_msgauth::look_alike;
use garant_msgauth::spf::{
    self, CauseReason, Fault, LOOKUPS_MAX, Mechanism, NearMissKind, Node, Presence, Qualifier,
    Reason, TermFault, TermKind, TermNode, Tree, VOIDS_MAX, Verdict,
};

use super::Judge;
use crate::assessment::{Seen, SpfNode, SpfRecord, SpfTerm, unknown};
use crate::finding::{Code, Finding, Severity};
use crate::survey::{SpfFacts, Survey};

/// Octets of a record from which on its answer may not fit into a datagram of 512 octets with everything
/// else that stands at the name (RFC 7208, section 3.4).
const LONG_OCTETS: usize = 450;
/// Look-ups from which on the limit is near.
const LOOKUPS_NEAR: usize = 9;
/// IPv4 ranges with fewer bits than this are wider than any sender needs.
const WIDE_PREFIX_BITS: u8 = 16;
/// Terms with the same remark that are told one by one at most.
const REMARKS_MAX: usize = 5;
/// Characters of a text that are repeated in a sentence at most.
const QUOTED_CHARS_MAX: usize = 300;

/// What SPF comes to, as far as the verdict needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpfState {
    /// A record that can be evaluated.
    Works,
    /// None.
    Missing,
    /// One that cannot be evaluated, or is not seen as one.
    Broken,
    /// Too little was answered.
    Unknown,
}

pub(super) struct SpfJudgement {
    pub(super) state: SpfState,
    /// Whether the record lets nobody send.
    pub(super) allows_nobody: bool,
    pub(super) record: SpfRecord,
}

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>) -> SpfJudgement {
    let facts = &survey.spf;
    let domain = judge.domain.clone();
    let root = &facts.tree.root;
    let state = match &facts.tree.verdict {
        Verdict::Valid => SpfState::Works,
        Verdict::PermError(_) => SpfState::Broken,
        Verdict::None if facts.near_misses.is_empty() => SpfState::Missing,
        Verdict::None => SpfState::Broken,
        Verdict::Incomplete | Verdict::TempError(_) => SpfState::Unknown,
    };
    match root.presence {
        Presence::Unasked => {}
        Presence::Unanswered(status) => {
            judge.unknown(unknown(
                &Question::new(domain.clone(), RecordType::Txt),
                status,
            ));
        }
        Presence::None if survey.domain_is_absent() => {}
        Presence::None => none(judge, facts, &domain),
        Presence::Multiple { count } => multiple(judge, facts, &domain, count),
        Presence::One => one(judge, facts, &domain),
    }
    let allows_nobody = state == SpfState::Works && survey.allows_nobody_to_send();
    if allows_nobody && !survey.mx.exchanges.is_empty() {
        let finding = judge
            .finding(Code::SpfNobody, Severity::Advice, &domain)
            .found(text(root))
            .at(RecordType::Txt);
        judge.say(finding);
    }
    SpfJudgement {
        state,
        allows_nobody,
        record: record(facts, &domain),
    }
}

fn text(node: &Node) -> String {
    String::from_utf8_lossy(&node.text).into_owned()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// No record: is there one that nobody sees?
fn none(judge: &mut Judge, facts: &SpfFacts<'_>, domain: &Name) {
    for near in &facts.near_misses {
        let code = match near.kind {
            NearMissKind::Quoted => Code::SpfQuoted,
            NearMissKind::LookAlike => Code::SpfLookAlike,
            _ => Code::SpfMisspelt,
        };
        let found = if code == Code::SpfLookAlike {
            code_points(near.found.as_bytes())
        } else {
            shortened(&near.found)
        };
        let finding = judge
            .finding(code, Severity::Risk, domain)
            .arg("found", found)
            .arg("fixed", near.fixed.as_str())
            .found(near.found.clone())
            .expected(near.fixed.clone())
            .at(RecordType::Txt)
            .fix(judge.change(domain, near.fixed.clone()));
        judge.say(finding);
    }
    if !facts.near_misses.is_empty() {
        return;
    }
    if let Some((name, text)) = &facts.elsewhere {
        let finding = judge
            .finding(Code::SpfWrongPlace, Severity::Risk, domain)
            .arg("found_at", name)
            .found(text.clone())
            .expected(text.clone())
            .at(RecordType::Txt)
            .fix(judge.add(domain, text.clone()));
        judge.say(finding);
        return;
    }
    let finding = judge.finding(Code::SpfMissing, Severity::Risk, domain);
    judge.say(finding.at(RecordType::Txt));
}

fn code_points(text: &[u8]) -> String {
    let mut points: Vec<String> = look_alike::find(text)
        .iter()
        .map(look_alike::LookAlike::code_point)
        .collect();
    points.dedup();
    points.join(", ")
}

fn multiple(judge: &mut Judge, facts: &SpfFacts<'_>, domain: &Name, count: usize) {
    let texts: Vec<Vec<u8>> = facts
        .answer
        .into_iter()
        .flat_map(garant_dns::Answer::texts)
        .map(Txt::joined)
        .filter(|text| spf::is_spf(text))
        .collect();
    let borrowed: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let merged = spf::merge(&borrowed);
    let lossy = |text: &Vec<u8>| String::from_utf8_lossy(text).into_owned();
    let mut finding = judge
        .finding(Code::SpfMultiple, Severity::Blocks, domain)
        .arg("count", count)
        .arg("merged", merged.as_str())
        .found(texts.iter().map(lossy).collect::<Vec<_>>().join("\n"))
        .expected(merged.clone())
        .at(RecordType::Txt);
    for text in &texts {
        finding = finding.fix(judge.delete(domain, RecordType::Txt, lossy(text)));
    }
    let finding = finding.fix(judge.add(domain, merged));
    judge.say(finding);
}

/// Exactly one record: its own faults, those beneath it, then remarks.
fn one(judge: &mut Judge, facts: &SpfFacts<'_>, domain: &Name) {
    let tree = &facts.tree;
    let root = &tree.root;
    let seams = seams(facts);
    for fault in root.record.faults.iter().take(REMARKS_MAX) {
        syntax(judge, root, fault, &seams);
    }
    beneath(judge, facts, root);
    limits(judge, tree, domain);
    remarks(judge, tree, domain);
    if tree.verdict == Verdict::Valid {
        let all = root
            .default
            .map_or("none".to_owned(), |all| all.as_char().to_string());
        let finding = judge
            .finding(Code::SpfValid, Severity::Fine, domain)
            .arg("lookups", tree.lookups)
            .arg("limit", LOOKUPS_MAX)
            .arg("all", all);
        judge.say(finding);
    }
    if let Verdict::TempError(cause) = &tree.verdict
        && let CauseReason::Dns(status) = cause.reason
        && root.presence == Presence::One
    {
        let question = Question::new(cause_name(tree, cause), RecordType::Txt);
        judge.unknown(unknown(&question, status));
    }
}

/// The name that was asked for when the DNS gave no answer.
fn cause_name(tree: &Tree, cause: &spf::Cause) -> Name {
    fn find(node: &Node) -> Option<Name> {
        node.terms
            .iter()
            .find_map(|term| match (&term.fault, &term.target) {
                (Some(TermFault::Unanswered(_)), Some(target)) => Some(target.clone()),
                _ => term.child.as_deref().and_then(find),
            })
    }
    find(&tree.root).unwrap_or_else(|| cause.domain.clone())
}

/// Where the strings of the record are joined.
fn seams(facts: &SpfFacts<'_>) -> Vec<usize> {
    let texts = facts.answer.into_iter().flat_map(garant_dns::Answer::texts);
    texts
        .filter(|txt| spf::is_spf(&txt.joined()))
        .flat_map(Txt::seams)
        .collect()
}

fn syntax(judge: &mut Judge, node: &Node, fault: &Fault, seams: &[usize]) {
    let term = node.text_of(fault.span).into_owned();
    let octets = node
        .text
        .get(fault.span.start..fault.span.end)
        .unwrap_or_default();
    let suggestion = spf::suggest(octets, fault.reason);
    let fixed_record = suggestion.as_ref().map(|fixed| {
        let before = String::from_utf8_lossy(&node.text[..fault.span.start]).into_owned();
        let after = String::from_utf8_lossy(&node.text[fault.span.end..]).into_owned();
        format!("{before}{fixed}{after}")
    });
    let glued = spf::split_glued(&term).is_some();
    let make = |code| {
        judge
            .finding(code, Severity::Blocks, &node.domain)
            .arg("term", shortened(&term))
            .found(text(node))
            .at(RecordType::Txt)
    };
    let finding = match fault.reason {
        Reason::NotAscii if !look_alike::find(octets).is_empty() => {
            let fixed = look_alike::to_ascii(&node.text);
            make(Code::SpfLookAlike)
                .arg("found", code_points(octets))
                .arg("fixed", fixed.as_str())
                .expected(fixed.clone())
                .fix(judge.change(&node.domain, fixed))
        }
        _ if glued => {
            let seam = seams
                .iter()
                .any(|at| fault.span.start < *at && *at < fault.span.end);
            make(Code::SpfMissingSpace)
                .arg("fixed", suggestion.clone().unwrap_or_default())
                .arg("seam", if seam { "yes" } else { "no" })
        }
        Reason::UnknownMechanism => make(Code::SpfUnknownMechanism)
            .arg("suggestion", suggestion.clone().unwrap_or_default()),
        reason => make(Code::SpfSyntax)
            .arg("column", fault.part.start + 1)
            .arg("reason", reason_key(reason)),
    };
    let finding = match fixed_record {
        Some(fixed) if finding.fixes.is_empty() => finding
            .expected(fixed.clone())
            .fix(judge.change(&node.domain, fixed)),
        _ => finding,
    };
    judge.say(finding);
}

fn reason_key(reason: Reason) -> &'static str {
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
fn beneath(judge: &mut Judge, facts: &SpfFacts<'_>, node: &Node) {
    for term in node.terms.iter().filter(|term| term.reached) {
        let Some(fault) = term.fault else {
            if let Some(child) = &term.child {
                beneath(judge, facts, child);
            }
            continue;
        };
        let Some(target) = &term.target else { continue };
        let words = node.text_of(term.span).into_owned();
        let is_redirect = is_redirect(node, term);
        let make = |code| {
            judge
                .finding(code, Severity::Blocks, &node.domain)
                .arg("target", target)
                .found(words.clone())
                .at(RecordType::Txt)
        };
        let finding = match fault {
            TermFault::NoRecord => {
                let registrable = facts.registrable.iter().find(|(name, _)| name == target);
                if let Some((_, registrable)) = registrable {
                    make(Code::SpfIncludeRegistrable).arg("registrable", registrable)
                } else if is_redirect {
                    make(Code::SpfRedirectWithoutRecord)
                } else {
                    make(Code::SpfIncludeWithoutRecord).arg("via", &node.domain)
                }
            }
            TermFault::Loop => make(Code::SpfIncludeLoop).arg("via", &node.domain),
            TermFault::Multiple => broken(make(Code::SpfIncludeBroken), node, "spf.multiple"),
            TermFault::Broken => broken(make(Code::SpfIncludeBroken), node, "spf.syntax"),
            TermFault::TooManyExchanges { count } => make(Code::SpfTooManyExchanges)
                .arg("term", words.as_str())
                .arg("count", count)
                .arg("limit", spf::EXCHANGES_MAX),
            TermFault::NullMx => {
                let mut finding = make(Code::SpfMxOfNullMx).arg("term", words.as_str());
                finding.severity = Severity::Advice;
                finding
            }
            _ => {
                if let Some(child) = &term.child {
                    beneath(judge, facts, child);
                }
                continue;
            }
        };
        judge.say(finding);
    }
}

fn broken(finding: Finding, node: &Node, reason: &'static str) -> Finding {
    finding.arg("via", &node.domain).arg("reason", reason)
}

fn is_redirect(node: &Node, term: &TermNode) -> bool {
    node.record
        .terms
        .iter()
        .any(|known| known.span == term.span && matches!(known.kind, TermKind::Redirect(_)))
}

fn limits(judge: &mut Judge, tree: &Tree, domain: &Name) {
    let root = &tree.root;
    let loops =
        matches!(&tree.verdict, Verdict::PermError(cause) if cause.reason == CauseReason::Loop);
    if tree.lookups > LOOKUPS_MAX && !loops {
        let finding = judge
            .finding(Code::SpfTooManyLookups, Severity::Blocks, domain)
            .arg("count", tree.lookups)
            .arg("limit", LOOKUPS_MAX)
            .found(text(root))
            .at(RecordType::Txt);
        judge.say(finding);
    } else if (LOOKUPS_NEAR..=LOOKUPS_MAX).contains(&tree.lookups) {
        let finding = judge
            .finding(Code::SpfNearLookupLimit, Severity::Advice, domain)
            .arg("count", tree.lookups)
            .arg("limit", LOOKUPS_MAX);
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
    } else {
        for void in &tree.voids {
            let finding = judge
                .finding(Code::SpfVoid, Severity::Advice, &void.domain)
                .arg("term", void.term.text.as_str())
                .arg("target", &void.target)
                .found(void.term.text.clone())
                .at(RecordType::Txt);
            judge.say(finding);
        }
    }
}

/// What a valid record still should not have.
fn remarks(judge: &mut Judge, tree: &Tree, domain: &Name) {
    let root = &tree.root;
    let record = &root.record;
    let words = |index: usize| root.text_of(record.terms[index].span).into_owned();
    let mut said = Vec::new();
    let mut say = |code, severity, term: String| {
        said.push(
            judge
                .finding(code, severity, domain)
                .arg("term", term.as_str())
                .found(term)
                .at(RecordType::Txt),
        );
    };
    match record.all() {
        Some((index, Qualifier::Pass)) => say(Code::SpfPlusAll, Severity::Risk, words(index)),
        Some((index, Qualifier::Neutral)) => {
            say(Code::SpfNeutralAll, Severity::Advice, words(index));
        }
        _ => {}
    }
    if record.all().is_some()
        && let Some((index, _)) = record.redirect()
    {
        say(Code::SpfRedirectIgnored, Severity::Risk, words(index));
    }
    for index in record.repeated_directives().into_iter().take(REMARKS_MAX) {
        say(Code::SpfDuplicateTerm, Severity::Advice, words(index));
    }
    for (index, directive) in record.directives() {
        if matches!(directive.mechanism, Mechanism::Ptr(_)) {
            say(Code::SpfPtr, Severity::Advice, words(index));
        }
    }
    for finding in said {
        judge.say(finding);
    }
    ranges(judge, root, domain);
    modifiers(judge, root, domain);
    let after: Vec<String> = record.directives_after_all().map(words).collect();
    if !after.is_empty() {
        let finding = judge
            .finding(Code::SpfTermsAfterAll, Severity::Risk, domain)
            .arg("terms", shortened(&after.join(" ")))
            .found(text(root))
            .at(RecordType::Txt);
        let finding = match all_moved_to_the_end(root) {
            Some(fixed) => finding
                .expected(fixed.clone())
                .fix(judge.change(domain, fixed)),
            None => finding,
        };
        judge.say(finding);
    }
    if root.default.is_none() && record.redirect().is_none() && record.is_valid() {
        let fixed = format!("{} ~all", text(root).trim_end());
        let finding = judge
            .finding(Code::SpfNoAll, Severity::Advice, domain)
            .found(text(root))
            .expected(fixed.clone())
            .at(RecordType::Txt)
            .fix(judge.change(domain, fixed));
        judge.say(finding);
    }
    if root.text.len() > LONG_OCTETS {
        let finding = judge
            .finding(Code::SpfLong, Severity::Advice, domain)
            .arg("octets", root.text.len())
            .arg("limit", LONG_OCTETS);
        judge.say(finding);
    }
}

/// The record with everything after `all` put before it.
fn all_moved_to_the_end(root: &Node) -> Option<String> {
    let (all, _) = root.record.all()?;
    let mut words: Vec<String> = root
        .record
        .terms
        .iter()
        .map(|term| root.text_of(term.span).into_owned())
        .collect();
    let all = words.remove(all);
    Some(format!("v=spf1 {} {all}", words.join(" ")))
}

fn ranges(judge: &mut Judge, root: &Node, domain: &Name) {
    let mut count = 0;
    for (index, directive) in root.record.directives() {
        let Some((first, bits)) = directive.mechanism.range() else {
            continue;
        };
        let term = root.text_of(root.record.terms[index].span).into_owned();
        let make = |code| {
            judge
                .finding(code, Severity::Advice, domain)
                .arg("term", term.as_str())
                .found(term.clone())
                .at(RecordType::Txt)
        };
        let finding = if matches!(first, IpAddr::V4(_)) && bits < WIDE_PREFIX_BITS {
            make(Code::SpfWideRange).arg("prefix", u32::from(bits))
        } else if !address::is_public(first) && !is_documentation(first) {
            make(Code::SpfPrivateAddress)
        } else if directive.mechanism.has_host_bits() {
            make(Code::SpfHostBits).arg("range", format!("{first}/{bits}"))
        } else {
            continue;
        };
        count += 1;
        if count <= REMARKS_MAX {
            judge.say(finding);
        }
    }
}

/// Addresses reserved for examples: what stands with them is an example too.
fn is_documentation(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_documentation(),
        IpAddr::V6(address) => {
            let segments = address.segments();
            segments[0] == 0x2001 && segments[1] == 0x0db8
        }
    }
}

fn modifiers(judge: &mut Judge, root: &Node, domain: &Name) {
    for term in &root.record.terms {
        let TermKind::UnknownModifier { name, .. } = &term.kind else {
            continue;
        };
        if !spf::is_mechanism_name(name) {
            continue;
        }
        let words = root.text_of(term.span).into_owned();
        let fixed = words.replacen('=', ":", 1);
        let record = text(root).replacen(&words, &fixed, 1);
        let finding = judge
            .finding(Code::SpfModifierLooksLikeMechanism, Severity::Risk, domain)
            .arg("term", words.as_str())
            .arg("fixed", fixed)
            .found(text(root))
            .expected(record.clone())
            .at(RecordType::Txt)
            .fix(judge.change(domain, record));
        judge.say(finding);
    }
}

fn record(facts: &SpfFacts<'_>, domain: &Name) -> SpfRecord {
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
        Verdict::PermError(cause) => ("permerror", Some(cause_word(cause.reason))),
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

fn cause_word(reason: CauseReason) -> &'static str {
    match reason {
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
