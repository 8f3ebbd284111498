//! A report as text for a terminal, as JSON, as Markdown. Used by the command line and pages alike.

mod markdown;
mod sanitise;
mod text;

pub use markdown::{escape_markdown, markdown};
pub use sanitise::{is_hostile, sanitise};
pub use text::{TextOptions, text};

use crate::report::Report;

/// The report as indented JSON with a final line end. Whatever the DNS said, it holds no character
/// that a terminal obeys.
pub fn json(report: &Report) -> String {
    let json = serde_json::to_string_pretty(report)
        .expect("a report has only text keys, so it is always valid JSON");
    sanitise::sanitise_json(&json) + "\n"
}

/// What leaves text as it is, for forms that escape when they print.
pub fn as_it_is(text: &str) -> String {
    text.to_owned()
}
