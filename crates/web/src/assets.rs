//! Style, script and shapes: files of this program, kept by browsers for as long as they do not change.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header;
use axum::routing::{MethodRouter, get};

use crate::Site;

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

/// A route for each file; what is not there is answered as everything that is nowhere.
pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(style_path(), file("text/css; charset=utf-8", STYLE))
        .route(
            script_path(),
            file("text/javascript; charset=utf-8", SCRIPT),
        )
        .route(icon_path(), file("image/svg+xml", ICON))
}

fn file(kind: &'static str, content: &'static str) -> MethodRouter<Arc<Site>> {
    let fields = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    get(move || std::future::ready((fields, content)))
}
