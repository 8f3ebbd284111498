//! The plan: what to publish, in the form that the DNS host wants, what comes of it, what it touches, the way back.

use askama::Template;
use askama::filters::HtmlSafe;
use garant_check::catalogue::hosts;
use garant_check::path::Path;
use garant_check::plan::{Affected, Alternative, Change, Note, Undo};
use garant_check::{Action, Argument};
use garant_dns::RecordType;
use garant_service::present::{no_plan_key, plan_ticket, plan_zone};
use garant_service::report::{
    AlternativeWords, ChangeWords, NoteWords, PlanReport, PlanText, Report, StateWords,
};
use garant_text::Args;
use garant_text::help::{self, Group};

use super::diff::Diff;
use super::part::Part;
use super::record::TextCard;
use crate::say::Say;
use crate::state::{Shape, State};
use crate::words::filters;

/// The section of the plan.
#[derive(Template)]
#[template(path = "result-plan.html")]
pub(super) struct PlanSection {
    say: Say,
    /// How many changes, or that there are none.
    count: String,
    proof: Option<Proof>,
    /// Where the changes are made.
    panel: Option<String>,
    /// The page of the help that shows that panel: its address and what it is called.
    walkthrough: Option<(String, String)>,
    steps: Vec<ChangeView>,
    zone: Option<TextCard>,
    touches: Option<Touches>,
    back: Vec<Back>,
    notes: Vec<NoteWords>,
    others: Vec<Other>,
    ticket: Option<TextCard>,
}

impl HtmlSafe for PlanSection {}

/// What the check says before and after.
struct Proof {
    before: Side,
    after: Side,
    about: String,
}

/// One of them.
struct Side {
    rows: Vec<(&'static str, State)>,
    verdict: State,
    count: String,
}

/// One change.
#[derive(Template)]
#[template(path = "result-change.html")]
struct ChangeView {
    say: Say,
    /// Of the diff, and the stem of those of the fields.
    id: String,
    fields: Vec<Field>,
    hints: Vec<String>,
    diff: Option<Diff>,
    /// The findings that it puts right: link and title.
    cures: Vec<(String, String)>,
    title: String,
    is_optional: bool,
}

impl HtmlSafe for ChangeView {}

/// One field of a form.
struct Field {
    label: String,
    value: String,
    is_copied: bool,
}

/// What else the changes touch.
struct Touches {
    state: State,
    lines: Vec<String>,
}

/// One step of the way back.
struct Back {
    order: String,
    value: String,
}

/// Another way.
struct Other {
    title: String,
    why: String,
    cost: String,
    changes: Vec<ChangeView>,
    touches: Vec<String>,
    notes: Vec<NoteWords>,
    after: Option<State>,
}

/// What the button to the plan says; nothing where there is no plan.
pub(super) fn how_many(report: &PlanReport, say: Say) -> Option<String> {
    let plan = report.plan.as_ref()?;
    let args = Args::new().with("count", plan.plan.changes.len());
    Some(say.text("result-plan-see", &args))
}

impl PlanSection {
    pub(super) fn new(report: &Report, plan: &PlanReport, say: Say) -> Self {
        match &plan.plan {
            Some(text) => Self::of(report, plan, text, say),
            None => Self {
                count: say.with(no_plan_key(plan), "domain", &plan.domain.to_unicode()),
                ..Self::empty(say)
            },
        }
    }

    /// The head of what another way costs.
    fn cost(&self) -> State {
        State::new(Shape::Risk, self.say.word("result-plan-cost"))
    }

    fn empty(say: Say) -> Self {
        Self {
            say,
            count: String::new(),
            proof: None,
            panel: None,
            walkthrough: None,
            steps: Vec::new(),
            zone: None,
            touches: None,
            back: Vec::new(),
            notes: Vec::new(),
            others: Vec::new(),
            ticket: None,
        }
    }

    fn of(report: &Report, plan: &PlanReport, text: &PlanText, say: Say) -> Self {
        let words = &text.words;
        let others = text.plan.alternatives.iter().zip(&words.alternatives);
        let others = others.enumerate().map(|(number, (other, told))| {
            let stem = format!("other-{}", number + 1);
            self::other(told, other, &stem, say)
        });
        let base = Self {
            count: words.count.clone(),
            notes: notes(&text.plan.notes, &words.notes, say),
            others: others.collect(),
            ..Self::empty(say)
        };
        if !text.plan.has_changes() {
            return base;
        }
        let mut told: Vec<&str> = Vec::new();
        let changes = text.plan.changes.iter().zip(&words.changes).enumerate();
        let steps = changes.map(|(number, (change, words))| {
            let mut view = change_view(change, words, format!("step-{}", number + 1), say);
            view.cures = cures(report, change);
            // The same advice for each line of a form is read once.
            view.hints.retain(|hint| !told.contains(&hint.as_str()));
            told.extend(words.hints.iter().map(String::as_str));
            view
        });
        let steps = steps.collect();
        let zone_title = say.word("result-plan-zone-file");
        Self {
            proof: Some(Proof {
                before: side(&words.before, say),
                after: side(&words.after, say),
                about: say.word("plan-proof"),
            }),
            panel: words.panel.clone(),
            walkthrough: walkthrough(&text.plan.changes, say),
            steps,
            zone: Some(TextCard::new(
                "zone-file",
                zone_title.clone(),
                zone_title,
                &plan_zone(plan, say.language()),
                say,
            )),
            touches: Some(touches(&text.plan.affects, &words.affects, say)),
            back: text.rollback.iter().map(|undo| back(undo, say)).collect(),
            ticket: plan_ticket(plan, say.language()).map(|ticket| {
                let title = say.word("result-plan-ticket");
                TextCard::new("ticket", title.clone(), title, &ticket, say)
            }),
            ..base
        }
    }
}

/// The page of the help that shows the panel of the host of these changes, where there is one.
fn walkthrough(changes: &[Change], say: Say) -> Option<(String, String)> {
    let name = changes.first()?.host_form.host?;
    let host = hosts().iter().find(|host| host.name == name)?;
    let topic = host.id.replace('-', "");
    let is_there = help::topics_of(Group::Walkthrough).any(|known| known == topic);
    is_there.then(|| {
        let path = say.link(&format!("/help/{topic}"));
        (path, say.with("result-plan-walkthrough", "host", name))
    })
}

/// The findings that come back without a change, as links to their ledgers.
fn cures(report: &Report, change: &Change) -> Vec<(String, String)> {
    let findings = report.findings.iter().enumerate();
    let cured = findings.filter(|(_, finding)| {
        let elsewhere = Part::of(finding) == Some(Part::Records)
            && finding
                .place
                .as_ref()
                .is_some_and(|place| place.name != change.name)
            && !finding.fixes.iter().any(|fix| fix.name == change.name);
        change.cures.contains(&finding.code) && !elsewhere
    });
    cured
        .map(|(number, finding)| (format!("#finding-{}", number + 1), finding.title.clone()))
        .take(CURES_MAX)
        .collect()
}

/// The notes, without the options of the command line: a page has a form for what they ask.
fn notes(notes: &[Note], words: &[NoteWords], say: Say) -> Vec<NoteWords> {
    let note = |(note, words): (&Note, &NoteWords)| {
        let key = match note.code {
            "plan-note-no-report-address" => "result-note-no-report-address",
            "plan-note-switch-on-dkim" => "result-note-switch-on-dkim",
            "plan-note-values-of-account" => "result-note-values-of-account",
            _ => return words.clone(),
        };
        let mut args = Args::new();
        for (name, argument) in &note.args {
            match argument {
                Argument::Number(number) => args.set(*name, *number),
                Argument::Text(text) => args.set(*name, text.clone()),
            }
        }
        NoteWords {
            who: words.who.clone(),
            text: say.text(key, &args),
        }
    };
    notes.iter().zip(words).map(note).collect()
}

/// Findings that a step names as its reasons.
const CURES_MAX: usize = 6;

fn change_view(change: &Change, words: &ChangeWords, id: String, say: Say) -> ChangeView {
    let is_changed = change.action == Action::Change;
    let was = change.was.as_ref().filter(|_| is_changed);
    // The difference shows what stands there now; it is the last field.
    let shown = words.fields.len() - usize::from(was.is_some());
    let diff = was
        .filter(|_| change.rtype == RecordType::Txt)
        .map(|was| Diff::new(id.clone(), was, &change.value, say));
    let shown = if diff.is_some() {
        shown
    } else {
        words.fields.len()
    };
    let fields = words.fields.iter().take(shown).map(|field| Field {
        label: field.label.clone(),
        value: field.value.clone(),
        is_copied: field.copied,
    });
    ChangeView {
        say,
        fields: fields.collect(),
        hints: words.hints.clone(),
        diff,
        cures: Vec::new(),
        title: words.order.clone(),
        is_optional: change.optional,
        id,
    }
}

/// The legs of the path and the verdict.
fn side(state: &StateWords, say: Say) -> Side {
    let rows = state
        .path
        .as_ref()
        .map_or_else(Vec::new, |path| rows(&path.path, path.state.into(), say));
    Side {
        rows,
        verdict: State::new(state.verdict.severity.into(), state.verdict.text.clone()),
        count: state.count.clone(),
    }
}

fn rows(path: &Path, whole: Shape, say: Say) -> Vec<(&'static str, State)> {
    // A leg that does not count is as bad as what becomes of the mail.
    let failed = match whole {
        Shape::Block | Shape::Risk => whole,
        _ => Shape::Advice,
    };
    let is_signed = path.dkim.aligned == Some(true);
    let (shape, word) = match (path.dkim.found, path.dkim.aligned) {
        (Some(true), Some(true)) => (Shape::Right, "result-proof-aligned"),
        (Some(true), Some(false)) => (failed, "result-proof-not-aligned"),
        (Some(false), _) => (failed, "result-proof-no-key"),
        (None, _) if is_signed && !path.dkim.working.is_empty() => {
            (Shape::Risk, "result-proof-some")
        }
        _ => (Shape::Unknown, "result-proof-unknown"),
    };
    let dkim = State::new(shape, say.word(word));
    let (shape, word) = match (path.spf.result, path.spf.aligned) {
        ("pass", Some(true)) => (Shape::Right, "result-proof-aligned"),
        ("unknown" | "temperror", Some(true)) | (_, None) => {
            (Shape::Unknown, "result-proof-unknown")
        }
        (_, Some(true)) => (failed, "result-proof-not-passed"),
        (_, Some(false)) => (failed, "result-proof-not-aligned"),
    };
    let spf = State::new(shape, say.word(word));
    let args = Args::new()
        .with("result", path.dmarc.result)
        .with("legs", path.dmarc.legs.map_or(0, u64::from));
    let shape = match path.dmarc.result {
        "pass" => Shape::Right,
        "fail" => failed,
        "none" => Shape::Risk,
        _ => Shape::Unknown,
    };
    let dmarc = State::new(shape, say.text("result-proof-dmarc", &args));
    vec![("DKIM", dkim), ("SPF", spf), ("DMARC", dmarc)]
}

fn touches(affects: &[Affected], words: &[String], say: Say) -> Touches {
    let is_worse = affects
        .iter()
        .any(|one| matches!(one.how, "plan-affects-worse" | "plan-affects-unprotected"));
    let (shape, lines) = if words.is_empty() {
        (Shape::Right, vec![say.word("planned-affects-none")])
    } else if is_worse {
        (Shape::Risk, words.to_vec())
    } else {
        (Shape::Right, words.to_vec())
    };
    Touches {
        state: State::new(shape, say.word("result-plan-touches")),
        lines,
    }
}

fn back(undo: &Undo, say: Say) -> Back {
    let key = match undo.action {
        Action::Add => "ticket-add",
        Action::Change => "ticket-change",
        Action::Delete => "ticket-delete",
    };
    let args = Args::new()
        .with("name", undo.name.to_string())
        .with("type", undo.rtype.as_str());
    Back {
        order: say.text(key, &args),
        value: undo.value.clone(),
    }
}

fn other(words: &AlternativeWords, way: &Alternative, stem: &str, say: Say) -> Other {
    let changes = way.changes.iter().zip(&words.changes).enumerate();
    Other {
        title: words.title.clone(),
        why: words.why.clone(),
        cost: words.cost.clone(),
        changes: changes
            .map(|(number, (change, words))| {
                change_view(change, words, format!("{stem}-{}", number + 1), say)
            })
            .collect(),
        touches: words.affects.clone(),
        notes: notes(&way.notes, &words.notes, say),
        after: words
            .after
            .as_ref()
            .map(|after| State::new(after.verdict.severity.into(), after.verdict.text.clone())),
    }
}
