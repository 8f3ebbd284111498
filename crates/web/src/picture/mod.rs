//! Drawings as SVG, made from the report: each has a wide and a narrow form made from one model by one function, a
//! title and a description, and the list that says the same in words.
//!
//! * `spf_tree`, `path`, `seen`: one picture each. `model` is what it shows, computed once; `draw` and `list` only put
//!   it down, so that they cannot say different things.
//! * `canvas`: shapes and texts; `width`: how wide a text will be; `say`: words; `look`: states.

mod canvas;
mod look;
mod path;
mod say;
mod seen;
mod spf_tree;
#[cfg(test)]
mod tests;
mod width;

use garant_check::trace::Trace;
use garant_service::report::{PlanReport, Report};
use garant_text::Language;
use serde::{Deserialize, Serialize};

/// A drawing and its equivalent. All members are HTML or SVG that is already escaped, but for the texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    /// The heading of its section, text.
    pub(crate) title: String,
    /// What stands beneath the drawing, text.
    pub(crate) caption: String,
    /// The wide SVG element, for 60rem of screen and more. It uses the shapes of states that every page has.
    pub(crate) wide: String,
    /// The narrow one.
    pub(crate) narrow: String,
    /// The list or table that says the same: a paragraph and what follows it. Marks of the drawing may lead to its
    /// items.
    pub(crate) list: String,
}

/// The include tree of the SPF record; nothing without a record.
pub(crate) fn spf_tree(report: &Report, plan: &PlanReport, language: Language) -> Option<Picture> {
    spf_tree::picture(report, plan, language)
}

/// The way of a message: its three names, how they stand to each other, what receivers do. For the path that was asked
/// about, or the most affected one; nothing without a path.
pub(crate) fn path(report: &Report, plan: &PlanReport, language: Language) -> Option<Picture> {
    path::picture(report, plan, language)
}

/// The way that one message came, by what it says itself and what was found: what its picture shows, in one language,
/// as data that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct MessageWay(path::Way);

impl MessageWay {
    pub(crate) fn new(trace: &Trace, language: Language) -> Self {
        Self(path::of_message(trace, language))
    }

    /// The picture, in the language that the way was told in.
    pub(crate) fn picture(&self, language: Language) -> Picture {
        path::drawn(&self.0, language)
    }
}

/// Where the records are seen: the zone's own servers and the caches, with clock times; nothing where no server of
/// the zone was asked.
pub(crate) fn seen(report: &Report, language: Language) -> Option<Picture> {
    seen::picture(report, language)
}
