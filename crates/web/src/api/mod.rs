//! `/api/v1`: checks for programs. docs/api.md is the guide, `/api/v1/openapi.json` the contract.
//!
//! * `checks`: begin one, read it, follow it.
//! * `keys`: the same POST sent twice begins one check.
//! * `reference`: the contract, and the page that people read.

mod checks;
mod keys;
mod reference;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::routing::{any, get, post};
use axum::{Extension, Router};

use crate::Site;
use crate::problem::{self, Code, Problem};

/// Octets of the body of a request at most: sixteen expected records of the greatest length, and as much again.
const BODY_OCTETS_MAX: usize = 64 * 1024;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/v1/checks", post(checks::begin).fallback(wrong_method))
        .route(
            "/api/v1/checks/{id}",
            get(checks::read).fallback(wrong_method),
        )
        .route(
            "/api/v1/checks/{id}/events",
            get(checks::events).fallback(wrong_method),
        )
        .route(
            "/api/v1/openapi.json",
            get(reference::contract).fallback(wrong_method),
        )
        .route("/api/{*rest}", any(nowhere))
        .route("/{lang}/api", get(reference::page))
        .layer(Extension(Arc::new(keys::IdempotencyKeys::default())))
        .layer(DefaultBodyLimit::max(BODY_OCTETS_MAX))
}

async fn nowhere(headers: HeaderMap) -> Problem {
    Problem::new(Code::NotFound, problem::language(&headers, None))
}

async fn wrong_method(headers: HeaderMap) -> Problem {
    Problem::new(Code::MethodNotAllowed, problem::language(&headers, None))
}
