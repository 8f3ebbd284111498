//! What the picture of an SPF record shows.

use garant_check::catalogue::by_spf_target;
use garant_check::{Action, SpfNode, SpfTerm};
use garant_dns::{Name, RecordType};
use garant_service::report::{PlanReport, Report};
use garant_text::Args;

use super::super::say::Words;

/// Terms with a look-up that a receiver follows (RFC 7208, section 4.6.4).
pub(super) const LOOKUPS_MAX: u64 = 10;
/// Look-ups without an answer that it bears (RFC 7208, section 4.6.4).
pub(super) const VOIDS_MAX: u64 = 2;
/// Rows of a picture at most: three screens of a telephone. The rest is counted in words.
pub(super) const ROWS_MAX: usize = 48;
/// Terms without a look-up in a row that each have a row of their own; more of them share one.
pub(super) const RUN_SINGLY_MAX: usize = 3;
/// Terms of such a shared row that the list names; the rest is counted.
pub(super) const RUN_NAMED_MAX: usize = 40;

/// A record and everything beneath it.
#[derive(Debug)]
pub(super) struct Tree {
    /// What the drawing is called.
    pub(super) title: String,
    pub(super) domain: String,
    pub(super) rows: Vec<Row>,
    /// Terms that have no row.
    pub(super) more: usize,
    pub(super) stop: Option<Stop>,
    pub(super) counters: Vec<Counter>,
    /// The answer in sentences: what the description says, and the list begins with.
    pub(super) summary: Vec<String>,
}

/// So many of so many.
#[derive(Debug)]
pub(super) struct Counter {
    pub(super) words: String,
    pub(super) used: u64,
    pub(super) limit: u64,
}

/// One term, or several in a row without a look-up.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) depth: usize,
    pub(super) parent: Option<usize>,
    /// Which look-up it is.
    pub(super) number: Option<u64>,
    pub(super) text: String,
    /// The terms of a shared row, `text` the first of them.
    pub(super) run: Vec<String>,
    /// That there are others.
    pub(super) others: String,
    pub(super) service: Option<&'static str>,
    /// IPv4 addresses that it covers.
    pub(super) addresses: u64,
    /// Whether `addresses` are those of the rows beneath it too.
    pub(super) is_total: bool,
    pub(super) mark: Mark,
    /// What the mark says.
    pub(super) marked: String,
    /// What is wrong, where something is.
    wrong: String,
    /// What else is said of it.
    pub(super) says: String,
    /// Whether a receiver never gets there.
    pub(super) is_dead: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    #[default]
    None,
    /// It finds nothing, which is allowed twice.
    Void,
    /// Here it goes wrong.
    Fault,
    /// Something about it is not known.
    Unknown,
}

/// Where a receiver gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// The row before which the line is drawn.
    pub(super) before: usize,
    /// The row at fault.
    pub(super) culprit: usize,
    pub(super) reason: StopReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopReason {
    Lookups,
    Voids,
    /// The record itself breaks the grammar: no term is read.
    Syntax,
    /// A term that cannot be evaluated.
    Term,
}

impl StopReason {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Lookups => "lookups",
            Self::Voids => "voids",
            Self::Syntax => "syntax",
            Self::Term => "term",
        }
    }

    pub(super) fn words(self, words: &Words) -> String {
        words.say("picture-spf-stop", &Args::new().with("reason", self.word()))
    }
}

impl Tree {
    /// Nothing without a record, or with several.
    pub(super) fn of(report: &Report, plan: &PlanReport, words: &Words) -> Option<Self> {
        let record = &report.records.spf;
        let root = record.parsed.as_ref()?;
        let mut walk = Walk {
            words,
            rows: Vec::new(),
            more: 0,
            lookups: 0,
            voids: 0,
            stop: None,
            is_root_broken: record.reason == Some("syntax"),
            is_unsure: false,
        };
        walk.node(root, 0, None, None);
        if walk.is_root_broken {
            // Wherever the fault may be.
            walk.stop(usize::MAX, 0, StopReason::Syntax);
        }
        let domain = report.domain.to_unicode();
        let mut counters = vec![
            counter("picture-spf-lookups", record.lookups, LOOKUPS_MAX, words),
            counter("picture-spf-voids", record.voids, VOIDS_MAX, words),
        ];
        if let Some((lookups, voids)) = after(report, plan, root) {
            let mut then = counter("picture-spf-after", lookups, LOOKUPS_MAX, words);
            then.words = words.say(
                "picture-spf-after",
                &Args::new().with("lookups", lookups).with("voids", voids),
            );
            counters.push(then);
        }
        let mut tree = Self {
            title: words.say(
                "picture-spf-title",
                &Args::new().with("domain", domain.as_str()),
            ),
            domain,
            stop: walk.stop,
            more: walk.more,
            counters,
            summary: Vec::new(),
            rows: walk.rows,
        };
        tree.summary = tree.sentences(record.result, walk.is_unsure, words);
        Some(tree)
    }

    fn sentences(&self, result: &str, is_unsure: bool, words: &Words) -> Vec<String> {
        let mut sentences = vec![
            words.say(
                "picture-spf-summary",
                &Args::new()
                    .with("domain", self.domain.as_str())
                    .with("lookups", self.counters[0].used)
                    .with("voids", self.counters[1].used),
            ),
        ];
        if let Some(stop) = self.stop {
            let culprit = self.rows.get(stop.culprit);
            let args = match culprit {
                Some(row) => Args::new()
                    .with("reason", stop.reason.word())
                    .with("said", row.wrong.as_str())
                    .with("term", row.text.as_str()),
                // It has no row.
                None => Args::new()
                    .with("reason", "unseen")
                    .with("said", "")
                    .with("term", ""),
            };
            sentences.push(words.say("picture-spf-stopped", &args));
        } else if result == "valid" {
            sentences.push(words.word("picture-spf-read-whole"));
        }
        if is_unsure {
            sentences.push(words.word("picture-spf-unsure"));
        }
        if let Some(after) = self.counters.get(2) {
            sentences.push(format!("{}.", after.words));
        }
        if self.more > 0 {
            sentences.push(words.say("picture-spf-more", &Args::new().with("count", self.more)));
        }
        sentences
    }
}

fn counter(key: &str, used: u64, limit: u64, words: &Words) -> Counter {
    Counter {
        words: words.say(key, &Args::new().with("count", used)),
        used,
        limit,
    }
}

/// What kind of term it is: its text up to the argument, in lower case, without qualifier.
fn kind(text: &str) -> String {
    let text = text.trim_start_matches(['+', '-', '~', '?']);
    let end = text.find([':', '=', '/']).unwrap_or(text.len());
    text[..end].to_ascii_lowercase()
}

/// Whether it lists addresses itself.
fn is_addresses(kind: &str) -> bool {
    matches!(kind, "ip4" | "ip6")
}

fn target(text: &str) -> Option<Name> {
    let (_, argument) = text.split_once([':', '='])?;
    argument.split('/').next()?.parse().ok()
}

/// Whoever reads the terms in the order of evaluation, as when nothing matches.
struct Walk<'a> {
    words: &'a Words,
    rows: Vec<Row>,
    more: usize,
    lookups: u64,
    voids: u64,
    stop: Option<Stop>,
    is_root_broken: bool,
    is_unsure: bool,
}

impl Walk<'_> {
    fn node(
        &mut self,
        node: &SpfNode,
        depth: usize,
        parent: Option<usize>,
        service: Option<&'static str>,
    ) {
        let strays = if depth == 0 && self.is_root_broken {
            strays(node)
        } else {
            Vec::new()
        };
        let mut strays = strays.into_iter().peekable();
        let mut run: Vec<&SpfTerm> = Vec::new();
        for term in &node.terms {
            while let Some((_, text)) = strays.next_if(|(start, _)| *start < term.start) {
                self.run(&mut run, depth, parent);
                self.stray(text);
            }
            let is_plain = is_addresses(&kind(&term.text)) && term.reached && term.fault.is_none();
            if is_plain {
                // What an included record lists is told with the term that includes it.
                if depth == 0 {
                    run.push(term);
                }
                continue;
            }
            self.run(&mut run, depth, parent);
            let is_telling = depth == 0 || term.lookups > 0 || term.fault.is_some();
            if is_telling {
                self.term(term, depth, parent, service);
            }
        }
        self.run(&mut run, depth, parent);
        for (_, text) in strays {
            self.stray(text);
        }
    }

    /// Terms without look-ups in a row: each by itself, or all together.
    fn run(&mut self, run: &mut Vec<&SpfTerm>, depth: usize, parent: Option<usize>) {
        if run.len() <= RUN_SINGLY_MAX {
            for term in run.drain(..) {
                self.term(term, depth, parent, None);
            }
            return;
        }
        let addresses = run.iter().map(|term| term.ipv4_addresses).sum();
        let is_ip6 = |term: &&&SpfTerm| kind(&term.text) == "ip6";
        let ranges = run.iter().filter(is_ip6).count() as u64;
        let others = Args::new().with("count", run.len() - 1);
        let others = self.words.say("picture-spf-run", &others);
        let mut says = self.covers(addresses, false, ranges);
        self.never(&mut says);
        self.push(Row {
            depth,
            parent,
            text: run[0].text.clone(),
            others,
            run: run.iter().map(|term| term.text.clone()).collect(),
            addresses,
            says,
            is_dead: self.is_dead(),
            ..Row::default()
        });
        run.clear();
    }

    /// A part of the record that is no term at all.
    fn stray(&mut self, text: &str) {
        let row = self.rows.len();
        self.stop(row, 0, StopReason::Syntax);
        self.push(Row {
            text: text.to_owned(),
            mark: Mark::Fault,
            marked: self.at_fault("syntax"),
            wrong: self.fault("syntax"),
            is_dead: true,
            ..Row::default()
        });
    }

    fn term(
        &mut self,
        term: &SpfTerm,
        depth: usize,
        parent: Option<usize>,
        above: Option<&'static str>,
    ) {
        let kind = kind(&term.text);
        let beneath = term.record.as_deref();
        let own = term
            .lookups
            .saturating_sub(beneath.map_or(0, |record| record.lookups));
        let void = term.fault.as_deref() == Some("void");
        let at = self.rows.len();
        let number = (own > 0).then(|| {
            self.lookups += own;
            self.lookups
        });
        if number.is_some_and(|number| number > LOOKUPS_MAX) {
            self.stop(at, at, StopReason::Lookups);
        }
        let was_dead = self.is_dead();
        let mut marked = self.mark(term, &kind, at);
        let service = target(&term.text)
            .filter(|_| own > 0)
            .and_then(|name| by_spf_target(&name))
            .map(|service| service.name.as_str())
            .filter(|name| Some(*name) != above);
        let is_dead = was_dead || !term.reached;
        let is_total = beneath.is_some_and(|record| record.lookups > 0);
        let mut says = if kind == "all" || kind == "exp" {
            let qualifier = match term.text.chars().next() {
                _ if kind == "exp" => "exp",
                Some('-') => "fail",
                Some('~') => "softfail",
                Some('?') => "neutral",
                _ => "pass",
            };
            let args = Args::new().with("qualifier", qualifier);
            self.words.say("picture-spf-rest", &args)
        } else if term.fault.is_some() && term.ipv4_addresses == 0 {
            String::new()
        } else {
            self.covers(term.ipv4_addresses, is_total, ranges(term))
        };
        if term.reached {
            if was_dead {
                self.never(&mut says);
            }
        } else {
            says = self.words.word("picture-spf-not-read");
        }
        // What the limit stops is at fault too, and is told so.
        let is_culprit = self.stop.is_some_and(|stop| stop.culprit == at);
        if let Some(stop) = self.stop.filter(|_| is_culprit)
            && marked.0 != Mark::Fault
        {
            marked = (Mark::Fault, stop.reason.word());
        }
        let wrong = match marked.1 {
            "" => String::new(),
            fault => self.fault(fault),
        };
        if void && !was_dead {
            self.voids += 1;
        }
        let place = self.push(Row {
            depth,
            parent,
            number,
            text: term.text.clone(),
            service,
            // All others are not a number that a bar can show beside the rest.
            addresses: if kind == "all" {
                0
            } else {
                term.ipv4_addresses
            },
            is_total,
            mark: marked.0,
            marked: match marked {
                (Mark::Fault, fault) => self.at_fault(fault),
                (Mark::Void, _) => self.void(),
                _ => wrong.clone(),
            },
            wrong,
            says,
            is_dead,
            ..Row::default()
        });
        if let Some(record) = beneath {
            self.node(record, depth + 1, place, service.or(above));
        }
    }

    /// What is to be seen about a term, with the word for it, and whether a receiver stops at it.
    fn mark<'t>(&mut self, term: &'t SpfTerm, kind: &str, at: usize) -> (Mark, &'t str) {
        let leads = matches!(kind, "include" | "redirect");
        let Some(fault) = term.fault.as_deref() else {
            return (Mark::None, "");
        };
        match fault {
            "void" => {
                if self.voids >= VOIDS_MAX {
                    self.stop(at, at + 1, StopReason::Voids);
                }
                (Mark::Void, fault)
            }
            "unanswered" | "not-followed" => {
                self.is_unsure = true;
                (Mark::Unknown, fault)
            }
            "depends-on-message" | "mx-null" => (Mark::None, fault),
            "not-a-name" if !leads => (Mark::None, fault),
            "no-record" | "multiple" | "broken" | "loop" | "mx-names" | "not-a-name" => {
                self.stop(at, at + 1, StopReason::Term);
                (Mark::Fault, fault)
            }
            _ => {
                self.stop(at, 0, StopReason::Syntax);
                (Mark::Fault, "syntax")
            }
        }
    }

    fn fault(&self, fault: &str) -> String {
        let args = Args::new().with("fault", fault);
        self.words.say("picture-spf-fault", &args)
    }

    fn at_fault(&self, fault: &str) -> String {
        let args = Args::new().with("said", self.fault(fault));
        self.words.say("picture-spf-at-fault", &args)
    }

    /// The last void look-up, counted where a receiver gets there.
    fn void(&self) -> String {
        let args = if self.is_dead() {
            Args::new().with("count", "none")
        } else {
            Args::new().with("count", self.voids)
        };
        self.words.say("picture-spf-void", &args)
    }

    fn covers(&self, addresses: u64, is_total: bool, ranges: u64) -> String {
        let args = Args::new()
            .with("count", addresses)
            .with("total", if is_total { "yes" } else { "no" })
            .with("ranges", ranges);
        self.words.say("picture-spf-covers", &args)
    }

    /// Adds that a receiver does not get there.
    fn never(&self, says: &mut String) {
        if self.is_dead() {
            let args = Args::new().with("says", says.as_str());
            *says = self.words.say("picture-spf-never", &args);
        }
    }

    fn is_dead(&self) -> bool {
        self.is_root_broken || self.stop.is_some()
    }

    /// Only the first place counts: a receiver is gone after it.
    fn stop(&mut self, culprit: usize, before: usize, reason: StopReason) {
        let is_read = !self.is_root_broken || reason == StopReason::Syntax;
        if self.stop.is_none() && is_read {
            self.stop = Some(Stop {
                before,
                culprit,
                reason,
            });
        }
    }

    /// The place of the row, where it has one.
    fn push(&mut self, row: Row) -> Option<usize> {
        if self.rows.len() < ROWS_MAX {
            self.rows.push(row);
            return Some(self.rows.len() - 1);
        }
        self.more += row.run.len().max(1);
        None
    }
}

/// The IPv6 ranges that a term, or the record that it leads to, lists itself.
fn ranges(term: &SpfTerm) -> u64 {
    let terms = term
        .record
        .as_deref()
        .map_or(&[][..], |record| &record.terms);
    terms
        .iter()
        .chain(std::iter::once(term))
        .filter(|term| term.reached && kind(&term.text) == "ip6")
        .count() as u64
}

/// The words of a record that are no terms, each with the octet at which it begins.
fn strays(node: &SpfNode) -> Vec<(usize, &str)> {
    let Some(raw) = node.raw.as_deref() else {
        return Vec::new();
    };
    let holds = |term: &SpfTerm| raw.get(term.start..term.end) == Some(term.text.as_str());
    if !node.terms.iter().all(holds) {
        return Vec::new();
    }
    let starts: std::collections::BTreeSet<usize> =
        node.terms.iter().map(|term| term.start).collect();
    let mut words = Vec::new();
    let mut start = 0;
    for word in raw.split(' ') {
        if start > 0 && !word.is_empty() && !starts.contains(&start) {
            words.push((start, word));
        }
        start += word.len() + 1;
    }
    words
}

/// Look-ups and voids of the record that the plan proposes: those of today's terms that stay. Nothing where it has
/// terms whose price is not known from today's record.
fn after(report: &Report, plan: &PlanReport, root: &SpfNode) -> Option<(u64, u64)> {
    let changes = &plan.plan.as_ref()?.plan.changes;
    let mut changes = changes.iter();
    let change = changes.find(|change| {
        change.rtype == RecordType::Txt
            && change.name == report.domain
            && change.action != Action::Delete
            && change.value.to_ascii_lowercase().starts_with("v=spf1")
    })?;
    let by_text: std::collections::BTreeMap<&str, &SpfTerm> = root
        .terms
        .iter()
        .filter(|term| term.reached)
        .map(|term| (term.text.as_str(), term))
        .collect();
    let mut sum = (0, 0);
    for text in change.value.split_whitespace().skip(1) {
        if let Some(term) = by_text.get(text) {
            if term.fault.as_deref() == Some("not-followed") {
                return None;
            }
            sum = (sum.0 + term.lookups, sum.1 + term.voids);
        } else if !matches!(kind(text).as_str(), "ip4" | "ip6" | "all" | "exp") {
            return None;
        }
    }
    Some(sum)
}
