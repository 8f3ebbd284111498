//! The help centre: its index with the search, its pages, suggestions while typing, and whether a page was useful.

mod ballot;
mod form;
mod page;
mod render;
mod search;
mod useful;

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use garant_check::Code;
use garant_text::help::{self, Group};
use garant_text::{Language, help::Section};

use crate::Site;
use crate::frame::{Lang, message};
use ballot::Ballot;
pub(crate) use page::about;

/// How long browsers and caches keep what changes only with the program, but for the counts of opinions.
const CACHE: (&str, &str) = ("cache-control", "public, max-age=300");

/// The pages about Garant itself, and where they stand.
const ABOUT: [(&str, &str); 3] = [
    ("about-garant", "/about"),
    ("about-kept", "/kept"),
    ("about-accessibility", "/accessibility"),
];

pub(crate) fn routes() -> Router<Arc<Site>> {
    let ballot = Arc::new(Ballot::default());
    Router::new()
        .route("/{lang}/help", get(search::index))
        .route("/{lang}/help/suggest", get(search::suggest))
        .route("/{lang}/help/code/{code}", get(code))
        .route("/{lang}/help/{topic}", get(page::topic))
        .route(
            "/{lang}/help/{topic}/useful",
            post(useful::count).layer(axum::Extension(ballot)),
        )
        .route("/{lang}/help/{topic}/thanks", get(useful::thanks))
}

/// Where a page stands, or one of its sections.
pub(crate) fn path_of(language: Language, topic: &str, anchor: &str) -> String {
    format!("/{language}{}", path_in(topic, anchor))
}

/// The same after the language.
fn path_in(topic: &str, anchor: &str) -> String {
    let about = ABOUT.iter().find(|(name, _)| *name == topic);
    let path = about.map_or_else(|| format!("/help/{topic}"), |(_, path)| (*path).to_owned());
    if anchor.is_empty() {
        path
    } else {
        format!("{path}#{}", id_of(anchor))
    }
}

/// What every page has as an id already: its shapes, its main part, and the parts of a help page.
const TAKEN_IDS: [&str; 12] = [
    "right", "risk", "block", "wait", "unknown", "advice", "soon", "then", "main", "told",
    "contents", "useful",
];

/// The id of a section: its anchor, where nothing else on a page is called so.
fn id_of(anchor: &str) -> Cow<'_, str> {
    if TAKEN_IDS.contains(&anchor) {
        format!("section-{anchor}").into()
    } else {
        anchor.into()
    }
}

/// The direct address of a finding's section.
async fn code(Lang(language): Lang, Path((_, code)): Path<(String, String)>) -> Response {
    match Code::from_str(&code) {
        Ok(code) => {
            let path = path_of(language, code.topic(), code.anchor());
            ([CACHE], Redirect::to(&path)).into_response()
        }
        Err(()) => nowhere(language),
    }
}

fn nowhere(language: Language) -> Response {
    message(language, StatusCode::NOT_FOUND, "help-nowhere", "/help")
}

/// A page as HTML, made once.
struct Rendered {
    introduction: String,
    sections: Vec<RenderedSection>,
}

struct RenderedSection {
    id: Cow<'static, str>,
    title: &'static str,
    /// The code of the finding that it explains.
    code: Option<String>,
    html: String,
}

/// The HTML of a page; nothing where there is none.
fn rendered(language: Language, topic: &str) -> Option<&'static Rendered> {
    type Pages = HashMap<&'static str, Rendered>;
    static FRENCH: OnceLock<Pages> = OnceLock::new();
    static ENGLISH: OnceLock<Pages> = OnceLock::new();
    let pages = match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    };
    let all = || help::topics().map(|topic| (topic, render_page(language, topic)));
    pages.get_or_init(|| all().collect()).get(topic)
}

fn render_page(language: Language, topic: &'static str) -> Rendered {
    let introduction = help::introduction(language, topic).unwrap_or_default();
    let has_codes = help::group(topic) == Some(Group::Finding);
    let section = |section: Section| RenderedSection {
        id: id_of(section.anchor),
        title: section.title,
        code: has_codes.then(|| format!("{topic}.{}", section.anchor)),
        html: render::render(section.text, topic, language),
    };
    Rendered {
        introduction: render::render(introduction, topic, language),
        sections: help::sections(language, topic)
            .into_iter()
            .map(section)
            .collect(),
    }
}

/// The key of a group's title.
fn group_key(group: Group) -> String {
    format!("help-group-{}", group.as_str())
}

#[cfg(test)]
mod tests {
    use garant_text::help::{introduction, sections, topics};

    use super::*;

    /// The blocks of a page that are drawings.
    fn drawings(markdown: &str) -> Vec<&str> {
        markdown
            .split("\n```form")
            .skip(1)
            .map(|tail| {
                let text = tail.split_once('\n').expect("a line ends").1;
                text.split("\n```")
                    .next()
                    .expect("a split has a first part")
            })
            .collect()
    }

    #[test]
    fn every_line_of_every_drawing_is_read() {
        for language in Language::ALL {
            let mut found = 0;
            for topic in topics() {
                let text = help::page(language, topic).expect("a page");
                for drawing in drawings(text) {
                    found += 1;
                    let lines = form::parse(drawing);
                    assert!(lines.is_ok(), "{language}/{topic}.md: {lines:?}");
                }
            }
            assert!(found > 0);
        }
    }

    #[test]
    fn every_internal_link_of_every_page_becomes_one() {
        for language in Language::ALL {
            for topic in topics() {
                let mut texts = vec![introduction(language, topic).expect("a page")];
                texts.extend(sections(language, topic).iter().map(|section| section.text));
                for text in texts {
                    // What stands in a block of code is no link.
                    let prose: String = text.split("```").step_by(2).collect();
                    let written = prose.matches("](").count() + prose.matches("<https://").count();
                    let html = render::render(text, topic, language);
                    assert_eq!(
                        html.matches("<a href=").count(),
                        written,
                        "{language}/{topic}.md: {html}"
                    );
                }
            }
        }
    }
}
