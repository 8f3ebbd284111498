//! The way of a message: its three names, what DMARC makes of them, what receivers do; then the other services.

use askama::Template;
use askama::filters::HtmlSafe;
use garant_service::report::{LegWords, PathText, PlanReport, ReceiverWords, Report};

use super::card::Entry;
use crate::picture::Picture;
use crate::say::Say;
use crate::state::{Shape, State};
use crate::words::filters;

/// The section of the path that was asked about, or of the most affected one.
#[derive(Template)]
#[template(path = "result-paths.html")]
pub(super) struct Paths {
    say: Say,
    state: State,
    /// Whose mail it is.
    title: String,
    picture: Option<Picture>,
    legs: Vec<LegWords>,
    dmarc: Vec<String>,
    receivers: Vec<ReceiverRow>,
    bulk: Vec<ReceiverRow>,
    /// Whether the tables show what the plan makes of it.
    has_after: bool,
    remarks: Vec<String>,
    entries: Vec<Entry>,
    others: Vec<OtherRow>,
}

impl HtmlSafe for Paths {}

/// Signs that a row names by which a service was recognised: the strongest.
const EVIDENCE_MAX: usize = 2;

/// Receivers that do the same by the same rule, before and after the plan.
#[derive(Debug, PartialEq)]
struct ReceiverRow {
    names: String,
    now: (Shape, String),
    after: Option<(Shape, String)>,
    rule: String,
    /// What those of them would answer of whom it is known.
    answers: Vec<String>,
}

impl ReceiverRow {
    fn now(&self) -> State {
        State::new(self.now.0, self.now.1.clone())
    }

    fn after(&self) -> Option<State> {
        let (shape, word) = self.after.as_ref()?;
        Some(State::new(*shape, word.clone()))
    }
}

/// Another service, in one row.
struct OtherRow {
    name: String,
    state: State,
    evidence: String,
}

impl Paths {
    /// Nothing where no path was judged.
    pub(super) fn new(
        report: &Report,
        plan: &PlanReport,
        entries: Vec<Entry>,
        say: Say,
    ) -> Option<Self> {
        let (first, others) = report.paths.split_first()?;
        let words = &first.words;
        let after = after(plan, first);
        let worst = entries
            .iter()
            .map(Entry::shape)
            .chain([first.state.into()])
            .min();
        let mut remarks: Vec<String> = words.shape.iter().cloned().collect();
        if !words.evidence.is_empty() {
            let recognised = words.evidence.join(say.word("result-list-and").as_str());
            remarks.push(say.with("result-path-recognised", "text", &recognised));
        }
        remarks.extend(
            words
                .confidence
                .iter()
                .map(|text| say.with("result-path-catalogue", "text", text)),
        );
        Some(Self {
            state: State::plain(worst.unwrap_or(Shape::Unknown), say).chip(),
            title: words.title.clone(),
            picture: crate::picture::path(report, plan, say.language()),
            legs: vec![
                words.from.clone(),
                words.return_path.clone(),
                words.signature.clone(),
            ],
            dmarc: words.dmarc.clone(),
            receivers: rows(
                &words.receivers,
                after.map(|after| &after.words.receivers[..]),
                say,
            ),
            bulk: rows(
                &words.receivers_bulk,
                after.map(|after| &after.words.receivers_bulk[..]),
                say,
            ),
            has_after: after.is_some(),
            remarks,
            entries,
            others: others.iter().map(|path| other(path, say)).collect(),
            say,
        })
    }
}

/// The same path when the plan is carried out.
fn after<'a>(plan: &'a PlanReport, now: &PathText) -> Option<&'a PathText> {
    let plan = plan.plan.as_ref().filter(|plan| plan.plan.has_changes())?;
    let then = plan.words.after.path.as_ref()?;
    (then.path.sender == now.path.sender).then_some(then)
}

/// One row for those that do the same now and then.
fn rows(now: &[ReceiverWords], after: Option<&[ReceiverWords]>, say: Say) -> Vec<ReceiverRow> {
    let mut rows: Vec<(Vec<&str>, Vec<String>, ReceiverRow)> = Vec::new();
    for group in now {
        for name in &group.names {
            let then = after.map(|after| after.iter().find(|group| group.names.contains(name)));
            let row = ReceiverRow {
                names: String::new(),
                now: (group.action.into(), group.text.clone()),
                after: then.map(|then| match then {
                    Some(then) => (then.action.into(), then.text.clone()),
                    None => (Shape::Right, say.word("result-receiver-no-more")),
                }),
                rule: group.rule.clone(),
                answers: Vec::new(),
            };
            // An answer begins with the name of who gives it.
            let is_own = |answer: &&String| {
                let rest = answer.strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.starts_with(' '))
            };
            let own = group.answers.iter().filter(is_own).cloned();
            match rows.iter_mut().find(|(.., same)| *same == row) {
                Some((names, answers, _)) => {
                    names.push(name);
                    answers.extend(own);
                }
                None => rows.push((vec![name], own.collect(), row)),
            }
        }
    }
    rows.into_iter()
        .map(|(names, answers, row)| ReceiverRow {
            names: names.join(", "),
            answers,
            ..row
        })
        .collect()
}

fn other(path: &PathText, say: Say) -> OtherRow {
    let name = path.path.sender_name.unwrap_or(&path.words.title);
    OtherRow {
        name: name.to_owned(),
        state: State::new(path.state.into(), path.words.summary.clone()),
        evidence: path.words.evidence[..path.words.evidence.len().min(EVIDENCE_MAX)]
            .join(say.word("result-list-and").as_str()),
    }
}
