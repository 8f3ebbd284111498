//! A check that runs: the page that shows what has come in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use garant_service::checks::{CheckId, Progress};
use garant_text::Language;

use crate::frame::{Frame, Part, page};

/// Seconds after which the page asks again where scripts do not.
const AGAIN_S: u8 = 2;

#[derive(Template)]
#[template(path = "running.html")]
struct Running {
    frame: Frame,
    progress: Progress,
}

/// The page of a running check.
pub(super) fn running(id: &CheckId, progress: Progress, language: Language) -> Response {
    let title = String::new();
    let running = Running {
        frame: Frame {
            is_private: true,
            again_s: Some(AGAIN_S),
            ..Frame::new(language, Part::Check, title, &format!("/c/{id}"))
        },
        progress,
    };
    page(StatusCode::OK, &running)
}
