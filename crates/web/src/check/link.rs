//! The permanent link of a check: what it says, or how far it is.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use garant_service::checks::{CheckId, Judged};
use garant_text::Language;

use super::{live, result};
use crate::Site;
use crate::frame::{Lang, message};

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    let Some(id) = CheckId::parse(&id) else {
        return gone(language);
    };
    if let Some(progress) = site.checks.follow(&id) {
        let now = progress.borrow().clone();
        if !now.phase.is_over() {
            return live::running(&id, now, language);
        }
    }
    let judged = match judged(&site, &id, language).await {
        Ok(judged) => judged,
        Err(response) => return response,
    };
    let origin = site.settings.public_url.as_deref().unwrap_or_default();
    match result::render(&judged, language, origin) {
        Ok(html) => Html(html).into_response(),
        Err(error) => broken(language, &error),
    }
}

/// A check that was made, judged by the rules of today; or the page that says why not.
pub(super) async fn judged(
    site: &Site,
    id: &CheckId,
    language: Language,
) -> Result<Judged, Response> {
    let made = match site.checks.made(id).await {
        Ok(Some(made)) => made,
        Ok(None) => return Err(gone(language)),
        Err(error) => return Err(broken(language, &error)),
    };
    tokio::task::spawn_blocking(move || made.judged())
        .await
        .map_err(|error| broken(language, &error))
}

fn gone(language: Language) -> Response {
    message(language, StatusCode::NOT_FOUND, "page-check-gone", "/")
}

fn broken(language: Language, error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a check was not shown");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    message(language, status, "page-broken", "/")
}
