//! States: always a shape and a word, and a colour only besides.

use askama::Template;
use askama::filters::HtmlSafe;
use garant_check::path::ReceiverAction;
use garant_check::{Severity, VerdictSeverity};
use serde::{Deserialize, Serialize};

use crate::say::Say;
use crate::words::filters;

/// What a state looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    Block,
    Risk,
    Wait,
    Unknown,
    Advice,
    Right,
}

impl Shape {
    /// Its symbol in the sprite, which also names its colour.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Risk => "risk",
            Self::Wait => "wait",
            Self::Unknown => "unknown",
            Self::Advice => "advice",
            Self::Right => "right",
        }
    }

    /// Its word.
    pub(crate) fn word(self, say: Say) -> String {
        say.word(match self {
            Self::Block => "state-blocks",
            Self::Risk => "state-risk",
            Self::Wait => "result-state-wait",
            Self::Unknown => "state-unknown",
            Self::Advice => "state-advice",
            Self::Right => "state-fine",
        })
    }
}

impl From<VerdictSeverity> for Shape {
    fn from(severity: VerdictSeverity) -> Self {
        match severity {
            VerdictSeverity::Blocks => Self::Block,
            VerdictSeverity::Risk => Self::Risk,
            VerdictSeverity::Unknown => Self::Unknown,
            VerdictSeverity::Advice => Self::Advice,
            VerdictSeverity::Fine => Self::Right,
        }
    }
}

impl From<Severity> for Shape {
    fn from(severity: Severity) -> Self {
        VerdictSeverity::from(severity).into()
    }
}

impl From<ReceiverAction> for Shape {
    fn from(action: ReceiverAction) -> Self {
        match action {
            ReceiverAction::Deliver => Self::Right,
            ReceiverAction::Spam => Self::Risk,
            ReceiverAction::Refuse => Self::Block,
            ReceiverAction::Unknown => Self::Unknown,
        }
    }
}

/// A shape with its word.
#[derive(Clone, Debug, Template)]
#[template(path = "result-state.html")]
pub(crate) struct State {
    shape: Shape,
    word: String,
    is_chip: bool,
}

impl HtmlSafe for State {}

impl State {
    /// With words of its own.
    pub(crate) fn new(shape: Shape, word: String) -> Self {
        Self {
            shape,
            word,
            is_chip: false,
        }
    }

    /// With the shape's own word.
    pub(crate) fn plain(shape: Shape, say: Say) -> Self {
        Self::new(shape, shape.word(say))
    }

    /// On a wash, for margins.
    #[must_use]
    pub(crate) fn chip(self) -> Self {
        Self {
            is_chip: true,
            ..self
        }
    }

    pub(crate) fn shape(&self) -> Shape {
        self.shape
    }
}
