//! A page for a terminal: lines, words behind an indent, states with shape, word and colour.

use garant_check::VerdictSeverity;
use garant_text::{Args, Catalogue, Language};

use crate::present::sanitise::sanitise;

/// Columns that are used at least; a narrower terminal breaks the lines itself.
const COLUMNS_MIN: usize = 40;
/// Columns that are used at most: longer lines are hard to read.
const COLUMNS_MAX: usize = 100;
/// Columns before the text of a block.
pub(super) const INDENT: usize = 9;

/// How to write for a terminal.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The language of the labels.
    pub language: Language,
    /// Width of the terminal in columns.
    pub columns: usize,
    /// Whether to use ANSI colours. A state always has its word and shape too.
    pub colour: bool,
}

/// The shape beside the word of a state, so that a state is never told by colour alone.
pub(super) fn shape(state: VerdictSeverity) -> &'static str {
    match state {
        VerdictSeverity::Blocks => "■",
        VerdictSeverity::Risk => "▲",
        VerdictSeverity::Unknown => "?",
        VerdictSeverity::Advice => "◆",
        VerdictSeverity::Fine => "✓",
    }
}

/// The key of its word.
pub(super) fn key(state: VerdictSeverity) -> &'static str {
    match state {
        VerdictSeverity::Blocks => "state-blocks",
        VerdictSeverity::Risk => "state-risk",
        VerdictSeverity::Unknown => "state-unknown",
        VerdictSeverity::Advice => "state-advice",
        VerdictSeverity::Fine => "state-fine",
    }
}

/// Its colour.
pub(super) fn style(state: VerdictSeverity) -> Style {
    match state {
        VerdictSeverity::Blocks => Style::Red,
        VerdictSeverity::Risk => Style::Yellow,
        VerdictSeverity::Unknown => Style::Plain,
        VerdictSeverity::Advice => Style::Blue,
        VerdictSeverity::Fine => Style::Green,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Dim,
    Red,
    Yellow,
    Green,
    Blue,
}

impl Style {
    /// The number of the ANSI escape (SGR).
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Red => "1;31",
            Self::Yellow => "1;33",
            Self::Green => "1;32",
            Self::Blue => "1;34",
        }
    }
}

/// What is written so far. Every text goes through [`Page::line`], which sanitises it.
pub(super) struct Page {
    pub(super) text: String,
    pub(super) catalogue: &'static Catalogue,
    columns: usize,
    colour: bool,
}

impl Page {
    pub(super) fn new(options: TextOptions) -> Self {
        Self {
            text: String::new(),
            catalogue: Catalogue::of(options.language),
            columns: options.columns.clamp(COLUMNS_MIN, COLUMNS_MAX),
            colour: options.colour,
        }
    }

    pub(super) fn words(&self, key: &str, args: &Args) -> String {
        self.catalogue.text(key, args)
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.words(key, &Args::new())
    }

    pub(super) fn line(&mut self, parts: &[(Style, &str)]) {
        let mut line = String::new();
        for (style, part) in parts {
            let part = sanitise(part);
            if self.colour && *style != Style::Plain && !part.trim().is_empty() {
                line.push_str(&format!("\u{1b}[{}m{part}\u{1b}[0m", style.code()));
            } else {
                line.push_str(&part);
            }
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Lines of words behind an indent. Words longer than the line (records, names) are not cut.
    pub(super) fn wrapped(&mut self, indent: usize, style: Style, text: &str) {
        let clean = sanitise(text).into_owned();
        let margin = " ".repeat(indent);
        for line in self.broken(&clean, indent) {
            self.line(&[(Style::Plain, &margin), (style, &line)]);
        }
    }

    pub(super) fn broken(&self, text: &str, indent: usize) -> Vec<String> {
        let options = textwrap::Options::new(self.columns - indent)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(text, options)
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect()
    }

    /// A state's shape, and words behind it.
    pub(super) fn paragraph(&mut self, indent: usize, state: VerdictSeverity, text: &str) {
        self.stated(indent, state, Style::Bold, text);
    }

    /// The same with words that do not stand out.
    pub(super) fn paragraph_plain(&mut self, indent: usize, state: VerdictSeverity, text: &str) {
        self.stated(indent, state, Style::Plain, text);
    }

    fn stated(&mut self, indent: usize, state: VerdictSeverity, words: Style, text: &str) {
        let clean = sanitise(text).into_owned();
        let margin = " ".repeat(indent);
        for (index, line) in self.broken(&clean, indent + 2).into_iter().enumerate() {
            let shape = if index == 0 { shape(state) } else { " " };
            self.line(&[
                (Style::Plain, &margin),
                (style(state), shape),
                (Style::Plain, " "),
                (words, &line),
            ]);
        }
    }

    pub(super) fn labelled(&mut self, indent: usize, label: &str, text: &str) {
        let line = self.pair(&self.word(label), text);
        self.wrapped(indent, Style::Plain, &line);
    }

    /// A label and what it is about, as the language writes them.
    pub(super) fn pair(&self, label: &str, text: &str) -> String {
        let args = Args::new().with("label", label).with("text", text);
        self.words("label-line", &args)
    }

    pub(super) fn duration(&self, seconds: u32) -> String {
        let (key, count) = match seconds {
            0..60 => ("duration-seconds", seconds),
            60..3600 => ("duration-minutes", seconds / 60),
            3600..86400 => ("duration-hours", seconds / 3600),
            _ => ("duration-days", seconds / 86400),
        };
        self.words(key, &Args::new().with("count", count))
    }
}
