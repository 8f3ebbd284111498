//! One page of the help centre.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use garant_store::Opinions;
use garant_text::help::{self, Group};
use garant_text::{Args, Catalogue, Language};

use super::{ABOUT, CACHE, Rendered, group_key, nowhere, path_in, path_of, rendered};
use crate::Site;
use crate::frame::{Frame, Lang, Part, page};
use crate::words::filters;

/// From so many sections on, a page has a table of contents.
const CONTENTS_SECTIONS_MIN: usize = 3;

#[derive(Template)]
#[template(path = "help_page.html")]
struct HelpPage {
    frame: Frame,
    topic: &'static str,
    /// The title of its group.
    group: String,
    body: &'static Rendered,
    /// Path and title.
    previous: Option<(String, &'static str)>,
    next: Option<(String, &'static str)>,
    /// Whether readers are asked if it was useful; not of pages about Garant itself.
    is_rated: bool,
    /// What readers said, in a sentence; empty before the first.
    opinions: String,
}

impl HelpPage {
    fn has_contents(&self) -> bool {
        self.body.sections.len() >= CONTENTS_SECTIONS_MIN
    }

    fn useful_path(&self) -> String {
        self.frame.link(&format!("/help/{}/useful", self.topic))
    }
}

pub(super) async fn topic(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Path((_, topic)): Path<(String, String)>,
) -> Response {
    match help::group(&topic) {
        None => nowhere(language),
        Some(Group::About) => Redirect::permanent(&path_of(language, &topic, "")).into_response(),
        Some(group) => {
            let opinions = read_opinions(&site, &topic, language).await;
            shown(&topic, group, language, opinions)
        }
    }
}

/// A page about Garant itself, which stands at an address of its own.
pub(crate) fn about(topic: &str, language: Language) -> Response {
    shown(topic, Group::About, language, Opinions::default())
}

/// What readers said of a page. When nobody can tell, the page is shown all the same.
pub(super) async fn read_opinions(site: &Site, topic: &str, language: Language) -> Opinions {
    let read = site.store.opinions(topic, language.tag()).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "opinions were not read");
        Opinions::default()
    })
}

fn shown(topic: &str, group: Group, language: Language, opinions: Opinions) -> Response {
    let names: Vec<&'static str> = help::topics_of(group).collect();
    let place = names.iter().position(|name| *name == topic);
    let (Some(place), Some(body)) = (place, rendered(language, topic)) else {
        return nowhere(language);
    };
    let neighbour = |name: &&'static str| {
        let title = help::title(language, name).unwrap_or_default();
        (path_of(language, name, ""), title)
    };
    let catalogue = Catalogue::of(language);
    let title = help::title(language, topic).unwrap_or_default();
    let part = if ABOUT.iter().any(|(name, _)| *name == topic) {
        Part::Other
    } else {
        Part::Help
    };
    let shown = HelpPage {
        frame: Frame::new(language, part, title.to_owned(), &path_in(topic, "")),
        topic: names[place],
        group: catalogue.text(&group_key(group), &Args::new()),
        body,
        previous: place
            .checked_sub(1)
            .and_then(|at| names.get(at))
            .map(neighbour),
        next: names.get(place + 1).map(neighbour),
        is_rated: group != Group::About,
        opinions: said(opinions, language),
    };
    ([CACHE], page(StatusCode::OK, &shown)).into_response()
}

/// What readers said, in a sentence.
pub(super) fn said(opinions: Opinions, language: Language) -> String {
    let all = opinions.useful.saturating_add(opinions.not_useful);
    if all == 0 {
        return String::new();
    }
    let args = Args::new().with("useful", opinions.useful).with("all", all);
    Catalogue::of(language).text("help-opinions", &args)
}
