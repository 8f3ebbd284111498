//! Reports and plans as text for a terminal, as JSON, as Markdown. Used by the command line and pages alike.

mod card;
mod markdown;
mod sanitise;
mod text;
mod ticket;

pub use markdown::{escape_markdown, markdown, plan_markdown, plan_zone};
pub use sanitise::{is_hostile, sanitise, sanitise_json};
pub use text::{TextOptions, plan_text, text};

use serde::Serialize;

use crate::report::{PlanReport, Report};

/// The report as indented JSON with a final line end. Whatever the DNS said, it holds no character
/// that a terminal obeys.
pub fn json(report: &Report) -> String {
    indented(report)
}

/// The plan as JSON, under the same rules.
pub fn plan_json(report: &PlanReport) -> String {
    indented(report)
}

fn indented(report: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(report)
        .expect("a report has only text keys, so it is always valid JSON");
    sanitise::sanitise_json(&json) + "\n"
}

/// What leaves text as it is, for forms that escape when they print.
pub fn as_it_is(text: &str) -> String {
    text.to_owned()
}
