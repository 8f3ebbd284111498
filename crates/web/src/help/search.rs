//! The index of the help centre, its search, and suggestions while somebody types.

use askama::Template;
use axum::Json;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use garant_text::help::{self, Group};
use garant_text::search::{Found, Hit, Index, QUERY_OCTETS_MAX};
use garant_text::{Args, Catalogue, Language};
use serde::Serialize;

use super::render::first_sentence;
use super::{CACHE, group_key, path_of};
use crate::frame::{Frame, Lang, Part, page};
use crate::words::filters;

/// Results on one page; whoever does not find it among them does better with other words.
const RESULTS_MAX: usize = 20;
/// Suggestions while typing: as many as are taken in at a glance.
const SUGGESTIONS_MAX: usize = 7;

/// A group of pages on the index.
struct Shelf {
    title: String,
    about: String,
    pages: Vec<Listed>,
}

struct Listed {
    path: String,
    title: &'static str,
    about: String,
}

/// A page of the help centre without a page's text: its index, or what a search found.
#[derive(Template)]
#[template(path = "help_index.html")]
struct HelpIndex {
    frame: Frame,
    /// What was searched for; nothing on the index itself.
    query: Option<String>,
    found: Found,
    /// How much was found, in a sentence.
    count: String,
    /// What was searched for instead, in a sentence; empty where nothing was.
    instead: String,
    shelves: Vec<Shelf>,
}

impl HelpIndex {
    /// Whether something was searched for, be it nothing but blanks.
    fn is_empty_search(&self) -> bool {
        self.query.as_deref() == Some("")
    }

    fn is_in_vain(&self) -> bool {
        self.query.as_deref().is_some_and(|query| !query.is_empty()) && self.found.hits.is_empty()
    }

    fn typed(&self) -> &str {
        self.query.as_deref().unwrap_or_default()
    }

    fn path(&self, hit: &Hit) -> String {
        path_of(self.frame.language, hit.topic, hit.anchor)
    }
}

/// What was typed, as far as it is read; nothing without the field. Octets that are no text are replaced.
fn typed(query: Option<&str>) -> Option<String> {
    let pairs = form_urlencoded::parse(query?.as_bytes());
    let text = pairs.filter(|(name, _)| name == "q").last()?.1;
    let end = text.floor_char_boundary(QUERY_OCTETS_MAX);
    Some(text[..end].trim().to_owned())
}

pub(super) async fn index(Lang(language): Lang, RawQuery(query): RawQuery) -> Response {
    let query = typed(query.as_deref());
    let words = query.as_deref().unwrap_or_default();
    let found = Index::of(language).search(words, RESULTS_MAX);
    let catalogue = Catalogue::of(language);
    let title = match words {
        "" => catalogue.text("help-title", &Args::new()),
        words => catalogue.text("help-title-search", &Args::new().with("query", words)),
    };
    let path = match words {
        "" => "/help".to_owned(),
        words => {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("q", words);
            format!("/help?{}", query.finish())
        }
    };
    let count = Args::new().with("count", found.hits.len());
    let instead = found
        .instead
        .as_deref()
        .map_or_else(String::new, |instead| {
            let args = Args::new().with("query", words).with("instead", instead);
            catalogue.text("help-instead", &args)
        });
    let shown = HelpIndex {
        frame: Frame {
            // What somebody searched for is no page of its own.
            is_private: !words.is_empty(),
            ..Frame::new(language, Part::Help, title, &path)
        },
        count: catalogue.text("help-found", &count),
        instead,
        shelves: shelves(language),
        found,
        query,
    };
    ([CACHE], page(StatusCode::OK, &shown)).into_response()
}

fn shelves(language: Language) -> Vec<Shelf> {
    let catalogue = Catalogue::of(language);
    let shelf = |group: Group| Shelf {
        title: catalogue.text(&group_key(group), &Args::new()),
        about: catalogue.attribute(&group_key(group), "about", &Args::new()),
        pages: help::topics_of(group)
            .map(|topic| Listed {
                path: path_of(language, topic, ""),
                title: help::title(language, topic).unwrap_or_default(),
                about: first_sentence(help::introduction(language, topic).unwrap_or_default()),
            })
            .collect(),
    };
    let all = Group::ALL.into_iter().map(shelf);
    all.filter(|shelf| !shelf.pages.is_empty()).collect()
}

/// A suggestion while somebody types.
#[derive(Serialize)]
struct Suggestion {
    title: String,
    url: String,
    excerpt: String,
}

pub(super) async fn suggest(Lang(language): Lang, RawQuery(query): RawQuery) -> Response {
    let typed = typed(query.as_deref()).unwrap_or_default();
    let hits = Index::of(language).suggest(&typed, SUGGESTIONS_MAX);
    let suggestions: Vec<Suggestion> = hits
        .into_iter()
        .map(|hit| Suggestion {
            title: hit.title.replace('`', ""),
            url: path_of(language, hit.topic, hit.anchor),
            excerpt: hit
                .excerpt
                .iter()
                .map(|piece| piece.text.as_str())
                .collect(),
        })
        .collect();
    ([CACHE], Json(suggestions)).into_response()
}
