//! One message: how its authentication went, or why it was refused. What is sent is looked at and forgotten.
//!
//! * `form`: what is pasted or sent, and what is wrong with it.
//! * `ask`: from what was found to a check of the domain.
//! * `trace`: a message that arrived or was refused, step by step. `way`: the servers it passed.
//! * `bounce`: messages of non-delivery.

mod ask;
mod bounce;
mod form;
mod trace;
mod way;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Extension, Router};

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
}
