//! The check tool: the front page with its field, a running check, the result behind its permanent link, downloads.
//!
//! * `front` and `form`: what is typed, and what is wrong with it.
//! * `live`: a check that runs. `link`: the permanent link, and asking again.
//! * `result`: the page of a check. `share`: the page for whoever manages the DNS. `download`: files.

mod download;
mod form;
mod front;
mod link;
mod live;
mod result;
mod share;

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::Site;
use crate::frame::{Lang, wished};

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(home))
        .route("/{lang}", get(in_language))
        .route("/{lang}/", get(front::show).post(form::ask))
        .route("/{lang}/c/{id}", get(link::show))
        .route("/{lang}/c/{id}/again", post(link::again))
        .route("/{lang}/c/{id}/events", get(live::events))
        .route("/{lang}/c/{id}/records", get(share::show))
        .route("/{lang}/c/{id}/{file}", get(download::file))
        .layer(Extension(Arc::new(link::Pages::new())))
        .layer(Extension(Arc::new(live::Streams::new())))
}

/// Sends a browser to the front page in the language that it wishes for.
async fn home(headers: HeaderMap) -> ([(&'static str, &'static str); 1], Redirect) {
    let path = format!("/{}/", wished(&headers).tag());
    ([("vary", "Accept-Language")], Redirect::to(&path))
}

/// The front page with the slash that was left out.
async fn in_language(Lang(language): Lang) -> Redirect {
    Redirect::permanent(&format!("/{language}/"))
}
