//! The check tool: the front page with its field, a running check, the result behind its permanent link, downloads.

mod form;
mod front;
mod link;
mod live;
mod result;

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::get;

use crate::Site;
use crate::frame::wished;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(home))
        .route("/{lang}/", get(front::show).post(form::ask))
        .route("/{lang}/c/{id}", get(link::show))
}

/// Sends a browser to the front page in the language that it wishes for.
async fn home(headers: HeaderMap) -> ([(&'static str, &'static str); 1], Redirect) {
    let path = format!("/{}/", wished(&headers).tag());
    ([("vary", "Accept-Language")], Redirect::to(&path))
}
