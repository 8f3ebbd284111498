//! One message: how its authentication went, or why it was refused. What is sent is looked at and forgotten; the result
//! is kept for whoever asks for a link to it.
//!
//! * `form`: what is pasted or sent, and what is wrong with it.
//! * `ask`: from what was found to a check of the domain.
//! * `trace`: a message that arrived or was refused; `traced`: what its page says, step by step. `way`: the servers it
//!   passed.
//! * `bounce`: messages of non-delivery; `explained`: what their page says.
//! * `kept`: results behind a link; `keeping`: what a page says of that.

mod ask;
mod bounce;
mod explained;
mod form;
mod keeping;
mod kept;
mod trace;
mod traced;
mod way;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router};
use garant_check::Code;

use crate::Site;
use crate::guard::UPLOAD_OCTETS_MAX;
use crate::upload::Uploads;

/// What is about one message is for nobody's cache.
const NO_CACHE: (&str, &str) = ("cache-control", "no-store");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{lang}/message", get(form::message).post(trace::show))
        .route("/{lang}/bounce", get(form::bounce).post(bounce::show))
        .layer(DefaultBodyLimit::max(UPLOAD_OCTETS_MAX))
        .layer(Extension(Uploads::new()))
        .route("/{lang}/m/forgotten", get(kept::forgotten))
        .route("/{lang}/m/{id}", get(kept::show))
        .route("/{lang}/m/{id}/forget", post(kept::forget))
}

/// Where a code is explained, without the language.
fn help_path(code: Code) -> String {
    format!("/help/{}#{}", code.topic(), code.anchor())
}
