//! Style, script and shapes: files of this program, kept by browsers for as long as they do not change.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::Site;

const STYLE: &str = include_str!("../static/garant.css");
const SCRIPT: &str = include_str!("../static/garant.js");

/// Where the style stands: its name changes with its content.
pub(crate) fn style_path() -> &'static str {
    static PATH: LazyLock<String> =
        LazyLock::new(|| format!("/static/garant-{:016x}.css", digest(STYLE)));
    &PATH
}

/// Where the script stands.
pub(crate) fn script_path() -> &'static str {
    static PATH: LazyLock<String> =
        LazyLock::new(|| format!("/static/garant-{:016x}.js", digest(SCRIPT)));
    &PATH
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/static/{file}", get(file))
}

async fn file(Path(file): Path<String>) -> Response {
    let is_at = |path: &str| path.rsplit('/').next() == Some(file.as_str());
    let (kind, content) = if is_at(style_path()) {
        ("text/css; charset=utf-8", STYLE)
    } else if is_at(script_path()) {
        ("text/javascript; charset=utf-8", SCRIPT)
    } else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let fields = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (fields, content).into_response()
}
