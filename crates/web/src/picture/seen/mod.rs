//! Where the records are seen: the zone's own servers, and whoever keeps their answers.

mod draw;
mod list;
mod model;

use garant_service::report::Report;
use garant_text::Language;

use super::Picture;
use super::canvas::Form;
use super::say::{Words, plain};
use model::Sight;

/// Tells this picture from the others of a page.
const ID: &str = "picture-seen";

pub(super) fn picture(report: &Report, language: Language) -> Option<Picture> {
    let words = Words::of(language);
    let sight = Sight::of(report, &words)?;
    let mut description = sight.summary.clone();
    description.push(words.word("picture-list-says-same"));
    let description = plain(&description);
    let drawn = |form| draw::draw(&sight, form, &words, &description);
    Some(Picture {
        title: words.word("picture-seen-heading"),
        caption: words.word("picture-seen-caption"),
        wide: drawn(Form::Wide),
        narrow: drawn(Form::Narrow),
        list: list::list(&sight, &words),
    })
}
