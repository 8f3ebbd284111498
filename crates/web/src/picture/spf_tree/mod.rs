//! The include tree of the SPF record, in the order in which a receiver reads it.

mod draw;
mod list;
mod model;

use garant_service::report::{PlanReport, Report};
use garant_text::Language;

use super::Picture;
use super::canvas::Form;
use super::say::{Words, plain};
use model::Tree;

/// Tells this picture from the others of a page.
const ID: &str = "picture-spf";

pub(super) fn picture(report: &Report, plan: &PlanReport, language: Language) -> Option<Picture> {
    let words = Words::of(language);
    let tree = Tree::of(report, plan, &words)?;
    let mut description = tree.summary.clone();
    description.push(words.word("picture-list-says-same"));
    let description = plain(&description);
    let drawn = |form| draw::draw(&tree, form, &words, &description);
    Some(Picture {
        title: words.word("picture-spf-heading"),
        caption: words.word("picture-spf-caption"),
        wide: drawn(Form::Wide),
        narrow: drawn(Form::Narrow),
        list: list::list(&tree, &words),
    })
}

/// The word for why a receiver stops; empty where none does.
#[cfg(test)]
pub(super) fn stopped(report: &Report, plan: &PlanReport, words: &Words) -> Option<&'static str> {
    let tree = Tree::of(report, plan, words)?;
    Some(tree.stop.map_or("", |stop| stop.reason.word()))
}
