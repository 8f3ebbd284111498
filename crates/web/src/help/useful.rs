//! Whether a page was useful.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use garant_text::help::{self, Group};

use super::ballot::Ballot;
use super::page::{read_opinions, said};
use super::{nowhere, path_of};
use crate::frame::{Frame, Lang, Part, page};
use crate::words::filters;
use crate::{Client, Site};

#[derive(Template)]
#[template(path = "help_thanks.html")]
struct Thanks {
    frame: Frame,
    opinions: String,
    back: String,
    title: &'static str,
}

/// Counts an opinion, then leads on to a page that can be loaded again without counting twice.
pub(super) async fn count(
    State(site): State<Arc<Site>>,
    Extension(ballot): Extension<Arc<Ballot>>,
    Lang(language): Lang,
    Path((_, topic)): Path<(String, String)>,
    client: Client,
    form: Bytes,
) -> Response {
    if help::group(&topic).is_none_or(|group| group == Group::About) {
        return nowhere(language);
    }
    let answer = form_urlencoded::parse(&form).find(|(name, _)| name == "useful");
    let useful = match answer.as_ref().map(|(_, value)| &**value) {
        Some("yes") => true,
        Some("no") => false,
        _ => return Redirect::to(&path_of(language, &topic, "")).into_response(),
    };
    if ballot.admits(&site.ambient, client, &topic) {
        let counted = site.store.count_opinion(&topic, language.tag(), useful);
        if let Err(error) = counted.await {
            tracing::error!(%error, "an opinion was not counted");
        }
    }
    Redirect::to(&format!("/{language}/help/{topic}/thanks")).into_response()
}

pub(super) async fn thanks(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Path((_, topic)): Path<(String, String)>,
) -> Response {
    let title = help::title(language, &topic);
    let rated = title.filter(|_| help::group(&topic) != Some(Group::About));
    let Some(title) = rated else {
        return nowhere(language);
    };
    let opinions = read_opinions(&site, &topic, language).await;
    let path = format!("/help/{topic}/thanks");
    let mut frame = Frame::new(language, Part::Help, String::new(), &path);
    frame.title = frame.say("help-thanks");
    frame.is_private = true;
    let thanks = Thanks {
        frame,
        opinions: said(opinions, language),
        back: path_of(language, &topic, ""),
        title,
    };
    page(StatusCode::OK, &thanks)
}
