//! The way of a message: three names, two legs, and what a receiver does.

mod draw;
mod model;
mod traced;

use garant_check::trace::Trace;
use garant_service::report::{PlanReport, Report};
use garant_text::Language;

use super::Picture;
use super::canvas::Form;
use super::say::{Words, plain, rich, state};
pub(in crate::picture) use model::Way;

/// Tells this picture from the others of a page.
const ID: &str = "picture-path";

pub(super) fn picture(report: &Report, plan: &PlanReport, language: Language) -> Option<Picture> {
    let words = Words::of(language);
    let way = Way::of(report, plan, &words)?;
    Some(shown(&way, &words))
}

/// The way that one message came.
pub(super) fn of_message(trace: &Trace, language: Language) -> Way {
    Way::of_message(trace, &Words::of(language))
}

/// A way as its language draws it.
pub(super) fn drawn(way: &Way, language: Language) -> Picture {
    shown(way, &Words::of(language))
}

fn shown(way: &Way, words: &Words) -> Picture {
    let mut description: Vec<String> = way.sentences.iter().map(|(text, _)| text.clone()).collect();
    description.push(words.word("picture-list-says-same"));
    let description = plain(&description);
    let drawn = |form| draw::draw(way, form, words, &description);
    Picture {
        title: words.word("picture-path-heading"),
        caption: words.word("picture-path-caption"),
        wide: drawn(Form::Wide),
        narrow: drawn(Form::Narrow),
        list: list(way),
    }
}

fn list(way: &Way) -> String {
    let mut html = String::from(r#"<ol class="prose">"#);
    for (text, look) in &way.sentences {
        let text = rich(text);
        let shape = look.map(|look| state(look.class, look.shape, "") + " ");
        html.push_str(&format!("<li>{}{text}</li>", shape.unwrap_or_default()));
    }
    html + "</ol>"
}

/// Whether each leg holds in the mode that is asked for.
#[cfg(test)]
pub(super) fn legs(report: &Report, plan: &PlanReport, words: &Words) -> Option<[Option<bool>; 2]> {
    let way = Way::of(report, plan, words)?;
    let holds = |leg: &model::Leg| {
        let arrows = [leg.relaxed, leg.strict];
        arrows.into_iter().find(|arrow| arrow.is_asked)?.holds
    };
    Some([holds(&way.legs[0]), holds(&way.legs[1])])
}
