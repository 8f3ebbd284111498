//! One section of the page: what is expected, found, where, why and what to do, finding by finding.

use std::collections::HashSet;

use askama::Template;
use askama::filters::HtmlSafe;
use garant_check::{Action, Argument, Code, Fix, Records, Severity};
use garant_dns::{AnswerTable, Name, Question, RecordType, Status};
use garant_service::checks::Judged;
use garant_service::report::{FindingText, PlanReport, PlanText, Report};
use garant_text::Args;

use super::part::Part;
use super::record::{NoRecord, RecordCard};
use super::servers::Servers;
use super::source::Source;
use super::token::{Grammar, mark, pieces};
use super::verdict::cause;
use crate::picture::Picture;
use crate::say::Say;
use crate::state::{Shape, State};
use crate::words::filters;

/// Findings of one section that are shown in full; beyond them, titles. A domain has a handful, a hostile one could
/// have one for each term of a long record.
const ENTRIES_MAX: usize = 12;

/// Whether a word of a title is too long for the margin at full size.
fn is_long(title: &str) -> bool {
    let mut words = title.split_whitespace();
    words.any(|word| word.chars().count() > TITLE_CHARACTERS_MAX)
}

/// Letters of a word that stand in the margin at full size.
const TITLE_CHARACTERS_MAX: usize = 10;

/// Keys that may be asked for in one finding and named one by one.
const NAMES_MAX: usize = 12;

/// A section.
#[derive(Template)]
#[template(path = "result-card.html")]
pub(super) struct Card {
    say: Say,
    id: &'static str,
    title: String,
    state: State,
    /// Beneath the state: where the cause is, when it is elsewhere.
    label: Option<Elsewhere>,
    entries: Vec<Entry>,
    /// Findings beyond those that are shown in full, and those that say that all is well.
    lines: Vec<State>,
    /// Records that no finding shows.
    records: Vec<RecordCard>,
    servers: Vec<Servers>,
    /// Where the help explains it.
    help: String,
    /// The drawing that belongs to it.
    pub(super) picture: Option<Picture>,
}

impl HtmlSafe for Card {}

impl Card {
    /// Whether its title needs smaller letters to stand in the margin.
    fn is_long(&self) -> bool {
        is_long(&self.title)
    }

    /// The same of its drawing's title.
    pub(super) fn is_picture_long(&self) -> bool {
        self.picture
            .as_ref()
            .is_some_and(|picture| is_long(&picture.title))
    }

    /// The id of the drawing's title.
    pub(super) fn picture_id(&self) -> String {
        format!("{}-picture", self.id)
    }

    /// The records that are shown unfolded: the first where nothing is wrong.
    fn open(&self) -> &[RecordCard] {
        let open = usize::from(self.entries.is_empty()).min(self.records.len());
        &self.records[..open]
    }

    /// The records that are folded.
    fn folded(&self) -> &[RecordCard] {
        &self.records[self.open().len()..]
    }

    fn others_found(&self) -> String {
        let args = Args::new().with("count", self.folded().len());
        self.say.text("result-others-found", &args)
    }
}

/// Where the cause of a failure is.
struct Elsewhere {
    before: String,
    href: String,
    name: String,
}

/// Something in a ledger: words, a record, or its absence.
#[derive(Template)]
#[template(
    source = r#"{% match self %}{% when Self::Text with (text) %}<p>{{ text|rich }}</p>{% when Self::Record with (card) %}{{ card }}{% when Self::Nothing with (card) %}{{ card }}{% when Self::Above with { text, id } %}<p><a href="{{ id }}">{{ text|rich }}</a></p>{% endmatch %}"#,
    ext = "html"
)]
pub(super) enum Block {
    Text(String),
    Record(Box<RecordCard>),
    Nothing(NoRecord),
    Above { text: String, id: String },
}

impl HtmlSafe for Block {}

/// One finding as a ledger.
#[derive(Template)]
#[template(path = "result-entry.html")]
pub(super) struct Entry {
    say: Say,
    id: String,
    state: State,
    is_folded: bool,
    expected: Vec<Block>,
    found: Vec<Block>,
    place: Vec<String>,
    why: String,
    fix: String,
    /// The steps of the plan that put it right.
    steps: Vec<Step>,
    fixes: Vec<FixCard>,
    help: String,
}

impl HtmlSafe for Entry {}

impl Entry {
    pub(super) fn shape(&self) -> Shape {
        self.state.shape()
    }
}

/// A step of the plan.
struct Step {
    href: String,
    text: String,
}

/// A record to publish that no step of the plan shows.
struct FixCard {
    action: String,
    record: RecordCard,
}

/// Whoever makes the sections of one page.
pub(super) struct Maker<'a> {
    judged: &'a Judged,
    report: &'a Report,
    plan: Option<&'a PlanText>,
    planned: &'a PlanReport,
    say: Say,
    /// How many records have been given an id.
    records: usize,
    /// What the section has explained.
    told: HashSet<(String, String)>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        judged: &'a Judged,
        report: &'a Report,
        plan: &'a PlanReport,
        say: Say,
    ) -> Self {
        Self {
            judged,
            report,
            plan: plan.plan.as_ref().filter(|plan| plan.plan.has_changes()),
            planned: plan,
            say,
            records: 0,
            told: HashSet::new(),
        }
    }

    /// What is said of the path as a whole.
    pub(super) fn of_path(&mut self) -> Vec<Entry> {
        let findings: Vec<&FindingText> = self
            .report
            .findings
            .iter()
            .filter(|finding| Part::of(finding).is_none() && finding.severity != Severity::Fine)
            .collect();
        let mut entries = Vec::new();
        for finding in findings.iter().take(ENTRIES_MAX) {
            let found = self.found_of_path();
            entries.push(self.entry(finding, "result-expected-path", found, true));
        }
        entries
    }

    /// Every section that has something to say, the one with the cause of the verdict first; and the titles of those
    /// at which nothing is published, and nothing has to be.
    pub(super) fn cards(&mut self) -> (Vec<Card>, Vec<String>) {
        let first = cause(self.report).and_then(Part::of);
        let mut parts = Part::ALL.to_vec();
        parts.sort_by_key(|part| Some(*part) != first);
        let mut cards = Vec::new();
        let mut absent = Vec::new();
        let mut drawing = None;
        let mut main_left = parts.iter().filter(|part| part.is_main()).count();
        for part in parts {
            let card = self.card(part, first);
            main_left -= usize::from(part.is_main());
            let Some(mut card) = card else {
                absent.extend(self.absent(part));
                continue;
            };
            // Where SPF is no trouble, its drawing waits until the three records have been read.
            if part == Part::Spf && card.state.shape() >= Shape::Unknown {
                drawing = card.picture.take();
            }
            if main_left == 0 && card.picture.is_none() {
                card.picture = drawing.take();
            }
            cards.push(card);
        }
        (cards, absent)
    }

    /// What is said of a section with nothing in it.
    fn absent(&self, part: Part) -> Option<String> {
        let records = &self.report.records;
        let key = match part {
            Part::MtaSts | Part::TlsRpt | Part::Bimi => "result-absent-optional",
            Part::Dnssec if records.dnssec.result == "unsigned" => "result-absent-dnssec",
            _ => return None,
        };
        Some(self.say.with(key, "title", &part.title(self.say)))
    }

    fn card(&mut self, part: Part, first: Option<Part>) -> Option<Card> {
        let say = self.say;
        let report = self.report;
        let mut findings: Vec<&FindingText> = report
            .findings
            .iter()
            .filter(|finding| Part::of(finding) == Some(part))
            .collect();
        findings.sort_by_key(|finding| finding.severity);
        let sources = Source::of(part, &report.records, say);
        self.told.clear();
        let servers = match part {
            Part::Zone => Servers::of(&report.authority, say),
            _ => Vec::new(),
        };
        let picture = match part {
            Part::Spf => crate::picture::spf_tree(report, self.planned, say.language()),
            Part::Zone => crate::picture::seen(report, say.language()),
            _ => None,
        };
        let is_unknown = part.is_unknown(&report.records);
        let is_empty = findings.is_empty() && sources.is_empty() && servers.is_empty();
        if is_empty && picture.is_none() && !part.is_main() && !(is_unknown && part != Part::Dnssec)
        {
            return None;
        }
        let mut shown: Vec<Option<String>> = sources.iter().map(|_| None).collect();
        let mut entries = Vec::new();
        let mut lines = Vec::new();
        for finding in &findings {
            if finding.severity == Severity::Fine || entries.len() == ENTRIES_MAX {
                lines.push(State::new(finding.severity.into(), finding.title.clone()));
                continue;
            }
            let found = self.found(part, finding, &findings, &sources, &mut shown);
            let is_open = entries.is_empty() && (part.is_main() || first == Some(part))
                || finding.severity < Severity::Advice && part != Part::Records;
            entries.push(self.entry(finding, part.expected(), found, !is_open));
        }
        let mut records = Vec::new();
        for (source, shown) in sources.iter().zip(&mut shown) {
            if shown.is_none() {
                records.push(self.record(source, &findings, shown));
            }
        }
        let (mut state, label) = self.state(part, &findings, is_unknown, first);
        if let Some(worst) = servers.iter().filter_map(Servers::worst).min()
            && findings.is_empty()
        {
            state = State::plain(worst, say).chip();
        }
        Some(Card {
            say,
            id: part.id(),
            title: part.title(say),
            state,
            label,
            entries,
            lines,
            records,
            servers,
            help: say.link(&format!("/help/{}", part.topic())),
            picture,
        })
    }

    /// The state of a section: its result for the path that is asked about, or the worst that is found there.
    fn state(
        &self,
        part: Part,
        findings: &[&FindingText],
        is_unknown: bool,
        first: Option<Part>,
    ) -> (State, Option<Elsewhere>) {
        let say = self.say;
        let worst = findings.iter().map(|finding| finding.severity).min();
        let elsewhere = (part == Part::Dmarc)
            .then(|| self.elsewhere(first))
            .flatten();
        match (worst, elsewhere) {
            (Some(severity @ (Severity::Blocks | Severity::Risk)), _) => {
                let waits = |finding: &&FindingText| {
                    finding.code == Code::RecordWaiting || finding.severity > Severity::Risk
                };
                let shape = if findings.iter().all(waits) {
                    Shape::Wait
                } else {
                    severity.into()
                };
                (State::plain(shape, say).chip(), None)
            }
            (_, Some((shape, elsewhere))) => (
                State::new(shape, say.word("result-state-elsewhere")).chip(),
                Some(elsewhere),
            ),
            _ if is_unknown => (State::plain(Shape::Unknown, say).chip(), None),
            (Some(severity), None) => {
                let waits = findings
                    .iter()
                    .any(|finding| finding.code == Code::RecordWaiting);
                let shape = if waits { Shape::Wait } else { severity.into() };
                (State::plain(shape, say).chip(), None)
            }
            (None, None) => (
                State::new(Shape::Unknown, say.word("state-none")).chip(),
                None,
            ),
        }
    }

    /// What the DMARC section says where the path fails for a cause that another section shows.
    fn elsewhere(&self, first: Option<Part>) -> Option<(Shape, Elsewhere)> {
        let path = self.report.paths.first()?;
        if path.path.dmarc.result != "fail" {
            return None;
        }
        let part = match first {
            Some(part @ (Part::Spf | Part::Dkim | Part::Records)) => part,
            Some(_) => return None,
            // The cause is the path as a whole: its first remedy is the signature.
            None => self.first_remedy()?,
        };
        let elsewhere = Elsewhere {
            before: self.say.word("result-cause-elsewhere"),
            href: format!("#{}", part.id()),
            name: part.title(self.say),
        };
        Some((path.state.into(), elsewhere))
    }

    /// The section in which the first finding stands that keeps the path from passing.
    fn first_remedy(&self) -> Option<Part> {
        let findings = self.report.findings.iter();
        let mut parts = findings
            .filter(|finding| finding.severity < Severity::Advice)
            .filter_map(Part::of)
            .filter(|part| matches!(part, Part::Dkim | Part::Spf | Part::Records))
            .collect::<Vec<_>>();
        parts.sort_by_key(|part| *part != Part::Dkim);
        parts.first().copied()
    }

    fn next_id(&mut self) -> String {
        self.records += 1;
        format!("record-{}", self.records)
    }

    /// The card of a record that was found, marked and explained.
    fn record(
        &mut self,
        source: &Source<'_>,
        findings: &[&FindingText],
        shown: &mut Option<String>,
    ) -> RecordCard {
        let id = self.next_id();
        *shown = Some(id.clone());
        let mut card = source.card(id, self.say);
        let about: Vec<&FindingText> = findings
            .iter()
            .copied()
            .filter(|finding| concerns(finding, source))
            .collect();
        mark(&mut card.tokens, &about);
        card.gloss = source.gloss(&card, self.say);
        // What was explained once in a section is not explained again with the next key.
        card.gloss.retain(|line| {
            line.state.is_some() || self.told.insert((line.term.clone(), line.text.clone()))
        });
        card
    }

    /// What stands where a finding looked.
    fn found(
        &mut self,
        part: Part,
        finding: &FindingText,
        findings: &[&FindingText],
        sources: &[Source<'_>],
        shown: &mut [Option<String>],
    ) -> Vec<Block> {
        let say = self.say;
        let mut blocks = Vec::new();
        let mut told = String::new();
        for (source, shown) in sources.iter().zip(shown) {
            if !concerns(finding, source) {
                continue;
            }
            told.push_str(source.raw);
            told.push('\n');
            match shown {
                None => {
                    let card = self.record(source, findings, shown);
                    blocks.push(Block::Record(Box::new(card)));
                }
                Some(id) => {
                    let pieces = pieces(source.raw, source.grammar, finding);
                    let text = if pieces.is_empty() {
                        say.word("result-found-above")
                    } else {
                        let pieces: Vec<String> = pieces
                            .iter()
                            .map(|piece| format!("`{}`", code(piece)))
                            .collect();
                        say.with("result-found-above-piece", "text", &pieces.join(", "))
                    };
                    blocks.push(Block::Above {
                        text,
                        id: format!("#{id}"),
                    });
                }
            }
        }
        if let Some(found) = finding
            .found
            .as_ref()
            .filter(|found| !told.contains(*found))
        {
            let grammar = grammar(part, found);
            let card = self.value(finding, found, grammar);
            blocks.push(Block::Record(Box::new(card)));
        }
        if blocks.is_empty() {
            blocks.push(Block::Nothing(self.nothing(finding)));
        }
        blocks
    }

    /// What a path as a whole was found to be.
    fn found_of_path(&self) -> Vec<Block> {
        let Some(path) = self.report.paths.first() else {
            return Vec::new();
        };
        let legs = [&path.words.return_path, &path.words.signature];
        let line = |leg: &garant_service::report::LegWords| {
            Block::Text(
                self.say
                    .pair(&leg.label, &format!("{}. {}", leg.value, leg.text)),
            )
        };
        legs.into_iter().map(line).collect()
    }

    /// A value that no record of the section shows.
    fn value(&mut self, finding: &FindingText, raw: &str, grammar: Grammar) -> RecordCard {
        let (owner, note) = match &finding.place {
            Some(place) => (place.name.to_string(), place.rtype.to_string()),
            None => (finding.subject.to_string(), String::new()),
        };
        let mut card = RecordCard::new(self.next_id(), owner, note, raw, grammar, self.say);
        mark(&mut card.tokens, &[finding]);
        card
    }

    /// That nothing stands there, as the DNS said it.
    fn nothing(&self, finding: &FindingText) -> NoRecord {
        let say = self.say;
        let selectors = match finding.code {
            Code::PathNoKey | Code::DkimNotFound => argument(finding, "list"),
            _ => None,
        };
        let place = finding.place.as_ref();
        let place_name = place.map_or(&finding.subject, |place| &place.name);
        if let Some(list) = selectors {
            let labels: Vec<&str> = list.split(", ").filter(|label| !label.is_empty()).collect();
            let names: Vec<Name> = labels
                .iter()
                .filter_map(|label| place_name.prefixed(label).ok())
                .collect();
            let statuses: Vec<Option<Status>> = names
                .iter()
                .map(|name| self.status(name, RecordType::Txt))
                .collect();
            let shown: Vec<&str> = labels.iter().copied().take(NAMES_MAX).collect();
            let more = if labels.len() > NAMES_MAX {
                ", …"
            } else {
                ""
            };
            return NoRecord {
                owner: format!("{}{more} · {place_name}", shown.join(", ")),
                text: say.text(
                    nothing_key(&statuses),
                    &Args::new().with("count", names.len()),
                ),
            };
        }
        let rtype = place.map_or(RecordType::Txt, |place| place.rtype);
        let status = self.status(place_name, rtype);
        NoRecord {
            owner: format!("{place_name} · {rtype}"),
            text: say.text(nothing_key(&[status]), &Args::new().with("count", 1_u64)),
        }
    }

    /// How the DNS answered; nothing when it was not asked. A name that does not exist has no record of any type.
    fn status(&self, name: &Name, rtype: RecordType) -> Option<Status> {
        let answers = &self.judged.checked.observation.answers;
        let question = Question::new(name.clone(), rtype);
        let absent = || {
            let others = answers
                .iter()
                .filter(|(question, _)| question.name == *name);
            let mut statuses = others.map(|(_, answer)| answer.status);
            statuses.find(|status| *status == Status::NxDomain)
        };
        let status = answers.answer(&question).map(|answer| answer.status);
        status.or_else(absent)
    }

    fn entry(
        &mut self,
        finding: &FindingText,
        expected: &'static str,
        found: Vec<Block>,
        is_folded: bool,
    ) -> Entry {
        let say = self.say;
        let steps = self.steps(finding);
        let fixes = if steps.is_empty() {
            self.fixes(finding)
        } else {
            Vec::new()
        };
        let shape = match finding.code {
            Code::RecordWaiting => Shape::Wait,
            _ => finding.severity.into(),
        };
        let number = self
            .report
            .findings
            .iter()
            .position(|other| std::ptr::eq(other, finding));
        Entry {
            say,
            id: format!("finding-{}", number.map_or(0, |number| number + 1)),
            state: State::new(shape, finding.title.clone()),
            is_folded,
            expected: self.expected(finding, expected),
            found,
            place: self.place(finding),
            why: finding.why.clone(),
            fix: finding.fix.clone(),
            steps,
            fixes,
            help: say.link(&format!(
                "/help/{}#{}",
                finding.code.topic(),
                finding.code.anchor()
            )),
        }
    }

    /// What should stand there: the very record, or else in words.
    fn expected(&mut self, finding: &FindingText, key: &str) -> Vec<Block> {
        if let Some(expected) = &finding.expected {
            let part = Part::of(finding).unwrap_or(Part::Records);
            let card = self.value(finding, expected, grammar(part, expected));
            let mut card = card;
            card.tokens.iter_mut().for_each(|token| token.mark = None);
            return vec![Block::Record(Box::new(card))];
        }
        let path = self.report.paths.first().filter(|path| path.path.stated);
        let sender = path.and_then(|path| path.path.sender_name);
        let args = Args::new()
            .with("domain", self.report.domain.to_unicode())
            .with(
                "name",
                finding
                    .place
                    .as_ref()
                    .map_or(&finding.subject, |place| &place.name)
                    .to_string(),
            )
            .with("sender", sender.unwrap_or("none"))
            .with("list", argument(finding, "list").unwrap_or("none"));
        vec![Block::Text(self.say.text(key, &args))]
    }

    /// Where it was looked for, and who said what stands there.
    fn place(&self, finding: &FindingText) -> Vec<String> {
        let say = self.say;
        let path = self.report.paths.first();
        if let (Code::PathReturnPathForeign, Some(path)) = (finding.code, path) {
            let leg = &path.words.return_path;
            return vec![say.pair(&leg.label, &leg.value)];
        }
        let Some(place) = &finding.place else {
            return vec![say.with("result-where-subject", "name", finding.subject.as_str())];
        };
        let args = Args::new()
            .with("name", place.name.to_string())
            .with("type", place.rtype.as_str());
        let mut lines = vec![say.text("result-where", &args)];
        if let Some(seen) = seen_at(&self.report.records, &place.name) {
            let mut parts = Vec::new();
            let servers: Vec<&str> = seen
                .found_at
                .iter()
                .map(String::as_str)
                .filter(|server| *server != "zone")
                .collect();
            if !servers.is_empty() {
                parts.push(say.with("result-where-answered", "servers", &servers.join(", ")));
            }
            if let Some(ttl) = seen.ttl.filter(|_| seen.raw.is_some()) {
                parts.push(say.with("result-where-kept", "time", &say.duration(ttl)));
            }
            if !seen.aliases.is_empty() {
                let names: Vec<String> = seen
                    .aliases
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect();
                parts.push(say.with("result-where-aliases", "names", &names.join(" → ")));
            }
            lines.extend(parts);
        }
        if finding.code == Code::RecordAbsent && argument(finding, "looked") == Some("yes") {
            lines.push(say.word("result-where-looked"));
        }
        lines
    }

    /// The steps of the plan that put a finding right.
    fn steps(&self, finding: &FindingText) -> Vec<Step> {
        let Some(plan) = self.plan else {
            return Vec::new();
        };
        let cures = |change: &garant_check::plan::Change| {
            let same_name = finding
                .place
                .as_ref()
                .is_some_and(|place| place.name == change.name);
            let is_same = finding.fixes.is_empty()
                || same_name
                || finding.fixes.iter().any(|fix| fix.name == change.name);
            change.cures.contains(&finding.code) && is_same
        };
        let changes = plan.plan.changes.iter().enumerate();
        let steps = changes
            .filter(|(_, change)| cures(change))
            .map(|(number, _)| {
                let args = Args::new()
                    .with("step", number + 1)
                    .with("order", plan.words.changes[number].order.as_str());
                Step {
                    href: format!("#step-{}", number + 1),
                    text: self.say.text("result-step", &args),
                }
            });
        let mut steps: Vec<Step> = steps.collect();
        let is_wrong = finding.severity < Severity::Advice;
        if steps.is_empty() && is_wrong && !plan.plan.after.codes.contains(&finding.code) {
            steps.push(Step {
                href: "#plan".to_owned(),
                text: self.say.word("result-by-plan"),
            });
        }
        steps
    }

    fn fixes(&mut self, finding: &FindingText) -> Vec<FixCard> {
        let part = Part::of(finding).unwrap_or(Part::Records);
        let fixes = finding.fixes.iter().take(NAMES_MAX);
        fixes.map(|fix| self.fix(part, fix)).collect()
    }

    fn fix(&mut self, part: Part, fix: &Fix) -> FixCard {
        let key = match fix.action {
            Action::Add => "plan-action-add",
            Action::Change => "plan-action-change",
            Action::Delete => "plan-action-delete",
        };
        let ttl = fix
            .ttl
            .map_or_else(String::new, |ttl| format!(" · TTL {ttl}"));
        FixCard {
            action: self.say.word(key),
            record: RecordCard::new(
                self.next_id(),
                fix.name.to_string(),
                format!("{}{ttl}", fix.rtype),
                &fix.value,
                grammar(part, &fix.value),
                self.say,
            ),
        }
    }
}

/// Whether a finding speaks of a record.
fn concerns(finding: &FindingText, source: &Source<'_>) -> bool {
    if let Some(selector) = source.selector {
        if let Some(name) = argument(finding, "selector") {
            return selector.as_str() == name;
        }
        let at = finding
            .place
            .as_ref()
            .is_some_and(|place| source.is_at(&place.name));
        return at || finding.found.as_deref() == Some(source.raw);
    }
    match &finding.place {
        Some(place) => {
            source.is_at(&place.name) && place.rtype == source.rtype
                || finding.found.as_deref() == Some(source.raw)
        }
        None => true,
    }
}

/// How a value is divided.
fn grammar(part: Part, value: &str) -> Grammar {
    match part {
        Part::Spf => Grammar::Terms,
        Part::Mx | Part::Zone | Part::Dnssec => Grammar::Whole,
        _ if value.starts_with("v=spf1") => Grammar::Terms,
        Part::Records if !value.contains('=') => Grammar::Whole,
        _ => Grammar::Tags,
    }
}

fn argument<'f>(finding: &'f FindingText, name: &str) -> Option<&'f str> {
    match finding.args.get(name) {
        Some(Argument::Text(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// Text for a code span.
fn code(text: &str) -> String {
    text.replace('`', "'")
}

/// What the DNS says where nothing stands.
fn nothing_key(statuses: &[Option<Status>]) -> &'static str {
    let all = |wanted: Status| statuses.iter().all(|status| *status == Some(wanted));
    if statuses.is_empty() || statuses.contains(&None) {
        "result-nothing"
    } else if all(Status::NxDomain) {
        "result-nothing-nxdomain"
    } else if all(Status::NoData) {
        "result-nothing-nodata"
    } else if all(Status::Found) {
        "result-nothing-of-it"
    } else if statuses
        .iter()
        .flatten()
        .any(|status| !status.is_definite())
    {
        "result-nothing-unknown"
    } else {
        "result-nothing"
    }
}

/// The record that was looked for at this name.
fn seen_at<'r>(records: &'r Records, name: &Name) -> Option<&'r garant_check::Seen> {
    let fixed = [
        &records.spf.seen,
        &records.dmarc.seen,
        &records.mta_sts.seen,
        &records.tls_rpt.seen,
        &records.bimi.seen,
    ];
    let keys = records.dkim.iter().map(|key| &key.seen);
    fixed
        .into_iter()
        .chain(keys)
        .find(|seen| seen.name == *name || seen.aliases.contains(name))
}
