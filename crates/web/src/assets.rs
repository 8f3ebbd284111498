//! Style, script and shapes: files of this program, kept by browsers for as long as they do not change.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Request;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::Site;
use crate::frame;

const STYLE: &str = include_str!("../static/garant.css");
const SCRIPT: &str = include_str!("../static/garant.js");
const ICON: &str = include_str!("../static/garant.svg");

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

/// Where the sign of the site stands.
pub(crate) fn icon_path() -> &'static str {
    static PATH: LazyLock<String> =
        LazyLock::new(|| format!("/static/garant-{:016x}.svg", digest(ICON)));
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

async fn file(request: Request) -> Response {
    let asked = request.uri().path().to_owned();
    let is_at = |path: &str| path == asked;
    let (kind, content) = if is_at(style_path()) {
        ("text/css; charset=utf-8", STYLE)
    } else if is_at(script_path()) {
        ("text/javascript; charset=utf-8", SCRIPT)
    } else if is_at(icon_path()) {
        ("image/svg+xml", ICON)
    } else {
        return frame::nowhere(request).await;
    };
    let fields = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (fields, content).into_response()
}
