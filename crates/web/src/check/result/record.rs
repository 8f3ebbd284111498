//! A record as an index card: its name above, its text below with the tags set apart, their meaning beneath.

use askama::Template;
use askama::filters::HtmlSafe;
use garant_service::present::sanitise;

use super::gloss::Line;
use super::token::{Grammar, Token, cut, tokens};
use crate::say::Say;
use crate::words::filters;

/// One record, or a value to publish.
#[derive(Clone, Template)]
#[template(path = "result-record.html")]
pub(super) struct RecordCard {
    say: Say,
    /// Of the element that holds the text alone.
    pub(super) id: String,
    /// The name that it stands at.
    pub(super) owner: String,
    /// Its type, its time in caches, what it is.
    note: String,
    pub(super) tokens: Vec<Token>,
    /// Characters that were left out.
    left_out: usize,
    /// What is copied, for those who hear the button only.
    about: String,
    pub(super) gloss: Vec<Line>,
}

impl HtmlSafe for RecordCard {}

impl RecordCard {
    /// A record of this text.
    pub(super) fn new(
        id: String,
        owner: String,
        note: String,
        raw: &str,
        grammar: Grammar,
        say: Say,
    ) -> Self {
        let (text, left_out) = cut(raw);
        Self {
            say,
            about: owner.clone(),
            id,
            owner,
            note,
            tokens: tokens(&text, grammar),
            left_out,
            gloss: Vec::new(),
        }
    }

    fn left_out_words(&self) -> Option<String> {
        let args = garant_text::Args::new().with("count", self.left_out);
        (self.left_out > 0).then(|| self.say.text("result-record-cut", &args))
    }
}

/// A place at which nothing stands.
#[derive(Clone, Template)]
#[template(
    source = r#"<div class="record none"><header><span><b>{{ owner|breakable }}</b></span></header><p class="value">{{ text|rich }}</p></div>"#,
    ext = "html"
)]
pub(super) struct NoRecord {
    pub(super) owner: String,
    pub(super) text: String,
}

impl HtmlSafe for NoRecord {}

/// Lines of text to copy as they are.
#[derive(Clone, Template)]
#[template(path = "result-text.html")]
pub(super) struct TextCard {
    say: Say,
    id: &'static str,
    title: String,
    /// What is copied, for those who hear the button only.
    about: String,
    text: String,
}

impl HtmlSafe for TextCard {}

impl TextCard {
    /// These lines, sanitised.
    pub(super) fn new(
        id: &'static str,
        title: String,
        about: String,
        text: &str,
        say: Say,
    ) -> Self {
        let lines: Vec<String> = text
            .lines()
            .map(|line| sanitise(line).into_owned())
            .collect();
        Self {
            say,
            id,
            title,
            about,
            text: lines.join("\n"),
        }
    }
}
