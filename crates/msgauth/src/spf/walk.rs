//! The walk that builds a tree.

use std::borrow::Cow;
use std::net::IpAddr;

use garant_dns::{Answer, AnswerTable, Data, Name, Question, RecordType, Status};

use super::cause::{Cause, CauseReason, SpfResult, TermText};
use super::coverage::Coverage;
use super::macro_string::{DomainSpec, Letter, target_name};
use super::mechanism::{exchange_count, exchanges};
use super::record::{Directive, Mechanism, Prefixes, Qualifier, Record, TermKind};
use super::select::{Selection, select};
use super::tree::{
    LOOKUPS_FOLLOWED_MAX, Node, Presence, TERMS_FOLLOWED_MAX, TermFault, TermNode, Tree, Verdict,
    VoidTerm,
};
use super::{EXCHANGES_MAX, LOOKUPS_MAX, VOIDS_MAX};
use crate::Span;

/// The tree of a domain's record with the answers at hand.
pub fn tree(domain: &Name, answers: &dyn AnswerTable) -> Tree {
    let mut walk = Walk {
        answers,
        root: domain,
        path: Vec::new(),
        needs: Vec::new(),
        lookups: 0,
        lookups_exact: true,
        terms: 0,
        voids: Vec::new(),
        unanswered: None,
        cause: None,
    };
    let root = walk.node(domain);
    walk.needs.sort_unstable();
    walk.needs.dedup();
    let verdict = match (root.presence, walk.cause) {
        _ if !walk.needs.is_empty() => Verdict::Incomplete,
        (Presence::None, _) => Verdict::None,
        (_, None) => Verdict::Valid,
        (_, Some(cause)) if cause.result() == SpfResult::TempError => Verdict::TempError(cause),
        (_, Some(cause)) => Verdict::PermError(cause),
    };
    Tree {
        root,
        needs: walk.needs,
        lookups: walk.lookups,
        lookups_exact: walk.lookups_exact,
        voids: walk.voids,
        verdict,
    }
}

struct Walk<'a> {
    answers: &'a dyn AnswerTable,
    root: &'a Name,
    /// The domains whose records lead to the current one, which is the last.
    path: Vec<Name>,
    needs: Vec<Question>,
    lookups: usize,
    lookups_exact: bool,
    /// Terms read so far.
    terms: usize,
    voids: Vec<VoidTerm>,
    /// The first question of the current term, or for the current record, that got no definite answer.
    unanswered: Option<Question>,
    /// The first fault in the order of evaluation.
    cause: Option<Cause>,
}

/// The term that is being looked at.
#[derive(Clone, Copy)]
struct Place<'a> {
    domain: &'a Name,
    text: &'a [u8],
    span: Span,
}

impl<'a> Walk<'a> {
    /// Reads the record of `domain`. That there is none is for the caller to judge.
    fn node(&mut self, domain: &Name) -> Node {
        let mut node = Node {
            domain: domain.clone(),
            presence: Presence::None,
            text: Vec::new(),
            record: Record::default(),
            terms: Vec::new(),
            lookups: 0,
            voids: 0,
            coverage: Coverage::default(),
            default: None,
        };
        // RFC 7208, section 4.3: such a name has no record, and no question is asked.
        if domain.label_count() < 2 {
            return node;
        }
        let (presence, text) = self.presence(domain);
        node.presence = presence;
        let reason = match presence {
            Presence::Unanswered(status) => Some(CauseReason::Dns(status)),
            Presence::Multiple { count } => Some(CauseReason::MultipleRecords { count }),
            Presence::Unasked | Presence::None | Presence::One => None,
        };
        if let Some(reason) = reason {
            self.blame(domain, None, reason);
        }
        if let Some(text) = text {
            node.record = Record::parse(&text);
            node.text = text;
            self.terms += node.record.terms.len();
            if let Some(fault) = node.record.faults.first() {
                let term = TermText::new(&node.text, fault.span);
                self.blame(domain, Some(term), CauseReason::Syntax(fault.reason));
            }
            self.path.push(domain.clone());
            self.read(&mut node);
            self.path.pop();
        }
        node
    }

    fn presence(&mut self, domain: &Name) -> (Presence, Option<Vec<u8>>) {
        self.unanswered = None;
        let Some(answer) = self.ask(domain, RecordType::Txt) else {
            return (Presence::Unasked, None);
        };
        if !answer.status.is_definite() {
            return (Presence::Unanswered(answer.status), None);
        }
        match select(answer) {
            Selection::None => (Presence::None, None),
            Selection::One(txt) => (Presence::One, Some(txt.joined())),
            Selection::Multiple(all) => (Presence::Multiple { count: all.len() }, None),
        }
    }

    /// Looks at the terms in the order of evaluation: `redirect` comes last.
    fn read(&mut self, node: &mut Node) {
        let all = node.record.all();
        let end = all.map_or(usize::MAX, |(index, _)| index);
        node.default = all.map(|(_, qualifier)| qualifier);
        let mut redirect = None;
        let mut terms: Vec<TermNode> = Vec::with_capacity(node.record.terms.len());
        for (index, term) in node.record.terms.iter().enumerate() {
            let place = Place {
                domain: &node.domain,
                text: &node.text,
                span: term.span,
            };
            let mut found = TermNode::new(term.span);
            match &term.kind {
                TermKind::Directive(directive) if index <= end => {
                    self.directive(directive, place, &mut found);
                    if directive.qualifier == Qualifier::Pass {
                        node.coverage += found.coverage;
                    }
                }
                TermKind::Directive(_) => found.reached = false,
                TermKind::Redirect(domain) if all.is_none() => redirect = Some((index, domain)),
                TermKind::Redirect(_) => found.reached = false,
                TermKind::Explanation(_) | TermKind::UnknownModifier { .. } => {}
            }
            terms.push(found);
        }
        if let Some((index, domain)) = redirect {
            let found = &mut terms[index];
            let place = Place {
                domain: &node.domain,
                text: &node.text,
                span: found.span,
            };
            self.follow(domain, place, CauseReason::RedirectWithoutRecord, found);
            node.coverage += found.coverage;
            node.default = found.child.as_ref().and_then(|child| child.default);
        }
        node.lookups = terms.iter().map(|term| term.lookups).sum();
        node.voids = terms.iter().map(|term| term.voids).sum();
        node.terms = terms;
    }

    fn directive(&mut self, directive: &Directive, place: Place<'_>, found: &mut TermNode) {
        match &directive.mechanism {
            Mechanism::All => found.coverage = Coverage::EVERYBODY,
            Mechanism::Ip4 { address, prefix } => {
                found.coverage = Coverage::of((*address).into(), *prefix);
            }
            Mechanism::Ip6 { address, prefix } => {
                found.coverage = Coverage::of((*address).into(), *prefix);
            }
            Mechanism::Include(domain) => {
                self.follow(domain, place, CauseReason::IncludeWithoutRecord, found);
            }
            Mechanism::A { domain, prefixes } => {
                if let Some(target) = self.target(domain.as_ref(), place, found) {
                    self.addresses(&target, *prefixes, place, found);
                }
            }
            Mechanism::Mx { domain, prefixes } => {
                if let Some(target) = self.target(domain.as_ref(), place, found) {
                    self.mail_exchanges(&target, *prefixes, place, found);
                }
            }
            Mechanism::Exists(domain) => {
                if let Some(target) = self.target(Some(domain), place, found)
                    && let Some(answer) = self.ask(&target, RecordType::A)
                {
                    if answer.status == Status::Found {
                        found.coverage = Coverage::EVERYBODY;
                    }
                    self.judge(&[answer], &target, place, found);
                }
            }
            Mechanism::Ptr(domain) => {
                self.target(domain.as_ref(), place, found);
                found.fault = Some(TermFault::MacroDependent);
            }
        }
    }

    /// `include` and `redirect`: the record of another domain.
    fn follow(
        &mut self,
        spec: &DomainSpec,
        place: Place<'_>,
        without_record: CauseReason,
        found: &mut TermNode,
    ) {
        let Some(target) = self.target(Some(spec), place, found) else {
            // What names nothing has no record either.
            if found.fault == Some(TermFault::NotAName) {
                self.blame_term(place, without_record);
            }
            if found.fault == Some(TermFault::NotFollowed) {
                self.lookups_exact = false;
            }
            return;
        };
        if self.path.contains(&target) {
            found.fault = Some(TermFault::Loop);
            return self.blame_term(place, CauseReason::Loop);
        }
        if self.terms > TERMS_FOLLOWED_MAX {
            found.fault = Some(TermFault::NotFollowed);
            self.lookups_exact = false;
            return;
        }
        let child = self.node(&target);
        found.fault = match child.presence {
            Presence::Unanswered(status) => Some(TermFault::Unanswered(status)),
            Presence::Multiple { .. } => Some(TermFault::Multiple),
            Presence::None => {
                self.blame_term(place, without_record);
                Some(TermFault::NoRecord)
            }
            Presence::One if !child.record.is_valid() => Some(TermFault::Broken),
            Presence::One | Presence::Unasked => None,
        };
        found.lookups += child.lookups;
        found.voids += child.voids;
        found.coverage = child.coverage;
        found.child = Some(Box::new(child));
    }

    /// `a`: a name with an IPv4 address is one that is found. Only without does it take the other kind to tell a
    /// void look-up from a name that has IPv6 addresses alone; asked of every name, it would double what a record
    /// with many names costs.
    fn addresses(
        &mut self,
        target: &Name,
        prefixes: Prefixes,
        place: Place<'_>,
        found: &mut TermNode,
    ) {
        if let Some(answers) = self.known_addresses(target) {
            found.coverage = coverage(&answers, prefixes);
            self.judge(&answers, target, place, found);
        }
    }

    /// The IPv4 addresses of a name, or, where it has none, that and its IPv6 addresses; nothing as long as an
    /// answer is to come.
    fn known_addresses(&mut self, name: &Name) -> Option<Vec<&'a Answer>> {
        let ipv4 = self.ask(name, RecordType::A)?;
        let has_none = matches!(ipv4.status, Status::NoData);
        let ipv6 = match has_none {
            true => Some(self.ask(name, RecordType::Aaaa)?),
            false => None,
        };
        Some(std::iter::once(ipv4).chain(ipv6).collect())
    }

    /// `mx`: the addresses of all exchanges (RFC 7208, section 5.4).
    fn mail_exchanges(
        &mut self,
        target: &Name,
        prefixes: Prefixes,
        place: Place<'_>,
        found: &mut TermNode,
    ) {
        let Some(answer) = self.ask(target, RecordType::Mx) else {
            return;
        };
        if answer.status != Status::Found {
            return self.judge(&[answer], target, place, found);
        }
        let count = exchange_count(answer);
        if count == 0 {
            found.fault = Some(TermFault::NullMx);
        }
        if count > EXCHANGES_MAX {
            found.fault = Some(TermFault::TooManyExchanges { count });
            return self.blame_term(place, CauseReason::TooManyExchanges { count });
        }
        for exchange in exchanges(answer) {
            let Some(answers) = self.known_addresses(exchange) else {
                continue;
            };
            found.coverage += coverage(&answers, prefixes);
            // An exchange without addresses is no void look-up: the limit counts terms.
            if answers.iter().any(|answer| !answer.status.is_definite()) {
                self.judge(&answers, target, place, found);
            }
        }
    }

    /// Whether the look-ups of a term got definite answers, and found anything.
    fn judge(
        &mut self,
        answers: &[&Answer],
        target: &Name,
        place: Place<'_>,
        found: &mut TermNode,
    ) {
        let mut statuses = answers.iter().map(|answer| answer.status);
        if let Some(status) = statuses.clone().find(|status| !status.is_definite()) {
            found.fault = Some(TermFault::Unanswered(status));
            return self.blame_term(place, CauseReason::Dns(status));
        }
        if statuses.any(|status| status == Status::Found) {
            return;
        }
        found.fault = Some(TermFault::Void);
        found.voids = 1;
        self.voids.push(VoidTerm {
            domain: place.domain.clone(),
            term: TermText::new(place.text, place.span),
            target: target.clone(),
        });
        if self.voids.len() > VOIDS_MAX {
            self.blame_term(place, CauseReason::TooManyVoids);
        }
    }

    /// Counts a term that needs a look-up, and says what it is about; nothing when that is not to be
    /// looked up.
    fn target(
        &mut self,
        spec: Option<&DomainSpec>,
        place: Place<'_>,
        found: &mut TermNode,
    ) -> Option<Name> {
        self.unanswered = None;
        self.lookups += 1;
        found.own_lookups = 1;
        found.lookups = 1;
        if self.lookups > LOOKUPS_MAX {
            self.blame_term(place, CauseReason::TooManyLookups);
        }
        let target = match spec {
            None => Ok(place.domain.clone()),
            Some(spec) => self.expand(spec, place.domain),
        };
        match target {
            Ok(target) => {
                found.target = Some(target.clone());
                if self.lookups > LOOKUPS_FOLLOWED_MAX {
                    found.fault = Some(TermFault::NotFollowed);
                    return None;
                }
                Some(target)
            }
            Err(fault) => {
                found.fault = Some(fault);
                None
            }
        }
    }

    /// The name that a domain specification stands for in every message from this domain.
    fn expand(&self, spec: &DomainSpec, domain: &Name) -> Result<Name, TermFault> {
        if !spec.has_macros() {
            return spec.name().ok_or(TermFault::NotAName);
        }
        let expanded = spec.macro_string().expand(|letter| match letter {
            Letter::Domain => Ok(Cow::Borrowed(domain.as_str())),
            Letter::SenderDomain => Ok(Cow::Borrowed(self.root.as_str())),
            _ => Err(TermFault::MacroDependent),
        })?;
        expanded
            .and_then(|expanded| target_name(&expanded))
            .ok_or(TermFault::NotAName)
    }

    /// The answer, if it is at hand; else the question is noted.
    fn ask(&mut self, name: &Name, rtype: RecordType) -> Option<&'a Answer> {
        let question = Question::new(name.clone(), rtype);
        let answer = self.answers.answer(&question);
        match answer {
            None => self.needs.push(question),
            Some(answer) if !answer.status.is_definite() => {
                self.unanswered.get_or_insert(question);
            }
            Some(_) => {}
        }
        answer
    }

    /// Blames a term of the domain that the path ends in.
    fn blame_term(&mut self, place: Place<'_>, reason: CauseReason) {
        if self.cause.is_none() {
            let via = &self.path[..self.path.len().saturating_sub(1)];
            let term = TermText::new(place.text, place.span);
            self.cause = Some(self.make_cause(place.domain, via, Some(term), reason));
        }
    }

    /// Blames the record of a domain that is not on the path yet.
    fn blame(&mut self, domain: &Name, term: Option<TermText>, reason: CauseReason) {
        if self.cause.is_none() {
            self.cause = Some(self.make_cause(domain, &self.path, term, reason));
        }
    }

    fn make_cause(
        &self,
        domain: &Name,
        via: &[Name],
        term: Option<TermText>,
        reason: CauseReason,
    ) -> Cause {
        let is_dns = matches!(reason, CauseReason::Dns(_));
        Cause {
            domain: domain.clone(),
            via: via.to_vec(),
            term,
            reason,
            question: self.unanswered.clone().filter(|_| is_dns),
        }
    }
}

fn coverage(answers: &[&Answer], prefixes: Prefixes) -> Coverage {
    let mut sum = Coverage::default();
    for record in answers.iter().flat_map(|answer| &answer.records) {
        match record.data {
            Data::A(address) => sum += Coverage::of(IpAddr::V4(address), prefixes.ip4),
            Data::Aaaa(address) => sum += Coverage::of(IpAddr::V6(address), prefixes.ip6),
            _ => {}
        }
    }
    sum
}
