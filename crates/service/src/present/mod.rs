//! Reports and plans as text for a terminal, as JSON, as Markdown. Used by the command line and pages alike.

mod card;
mod markdown;
mod sanitise;
mod text;
mod ticket;

pub use card::Card;
pub use markdown::{escape_markdown, markdown, no_plan_key, plan_markdown, plan_zone};
pub use sanitise::{is_hostile, sanitise, sanitise_json};
pub use text::{
    TextOptions, bounce_summary_text, bounce_text, plan_text, text, trace_text, unread_text,
};

use garant_text::{Catalogue, Language};
use serde::Serialize;

use crate::bounce::{BounceReport, SummaryReport, UnreadReport};
use crate::report::{PlanReport, Report};
use crate::trace::TraceReport;

/// The report as indented JSON with a final line end. Whatever the DNS said, it holds no character
/// that a terminal obeys.
pub fn json(report: &Report) -> String {
    indented(report)
}

/// The plan as JSON, under the same rules.
pub fn plan_json(report: &PlanReport) -> String {
    indented(report)
}

/// A traced message as JSON, under the same rules.
pub fn trace_json(report: &TraceReport) -> String {
    indented(report)
}

/// A bounce as JSON on one line with its line end, so that many can be read one after the other; under the same
/// rules.
pub fn bounce_json(report: &BounceReport) -> String {
    one_line(report)
}

/// Why something could not be read, as JSON on one line.
pub fn unread_json(report: &UnreadReport) -> String {
    one_line(report)
}

/// Counts over many bounces as JSON.
pub fn bounce_summary_json(report: &SummaryReport) -> String {
    indented(report)
}

fn one_line(report: &impl Serialize) -> String {
    let json = serde_json::to_string(report)
        .expect("a report has only text keys, so it is always valid JSON");
    sanitise::sanitise_json(&json) + "\n"
}

fn indented(report: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(report)
        .expect("a report has only text keys, so it is always valid JSON");
    sanitise::sanitise_json(&json) + "\n"
}

/// The text that an IT department or its contractor can execute, sanitised, with a final line end; nothing where
/// nothing is to be published.
pub fn plan_ticket(report: &PlanReport, language: Language) -> Option<String> {
    let plan = report
        .plan
        .as_ref()
        .filter(|plan| plan.plan.has_changes())?;
    let ticket = ticket::ticket(report, plan, Catalogue::of(language));
    Some(ticket.lines().map(|line| sanitise(line) + "\n").collect())
}

/// What leaves text as it is, for forms that escape when they print.
pub fn as_it_is(text: &str) -> String {
    text.to_owned()
}
