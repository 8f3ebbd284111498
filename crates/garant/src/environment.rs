//! What the environment says: language, colours, width of the terminal.

use std::io::IsTerminal;

use garant_text::Language;

/// Columns when standard output is no terminal.
const COLUMNS_DEFAULT: usize = 80;

/// The variables and terminal facts that commands need.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    lc_all: Option<String>,
    lc_messages: Option<String>,
    lang: Option<String>,
    /// Whether results may be coloured.
    pub(crate) colour: bool,
    /// Width of the terminal.
    pub(crate) columns: usize,
}

impl Environment {
    /// Reads the environment of this process.
    pub(crate) fn read() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let no_colour = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = variable("TERM").is_some_and(|term| term == "dumb");
        let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self {
            lc_all: variable("LC_ALL"),
            lc_messages: variable("LC_MESSAGES"),
            lang: variable("LANG"),
            colour: terminal && !no_colour && !dumb,
            columns: columns.or_else(measured).unwrap_or(COLUMNS_DEFAULT),
        }
    }

    /// The language, an explicit wish first.
    pub(crate) fn language(&self, explicit: Option<&str>) -> Language {
        Language::choose(
            explicit,
            self.lc_all.as_deref(),
            self.lc_messages.as_deref(),
            self.lang.as_deref(),
        )
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the environment is read"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
