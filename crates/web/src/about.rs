//! The pages about Garant itself: accessibility, what is kept, licence. Their words are help pages.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::Site;
use crate::frame::Lang;
use crate::help;

pub(crate) fn routes() -> Router<Arc<Site>> {
    let page = |topic: &'static str| {
        get(async move |Lang(language): Lang| -> Response { help::about(topic, language) })
    };
    Router::new()
        .route("/{lang}/about", page("about-garant"))
        .route("/{lang}/kept", page("about-kept"))
        .route("/{lang}/accessibility", page("about-accessibility"))
}
