//! What was typed and sent: a check begins, or the page comes back with what is wrong beside the field.

use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use garant_service::checks::Refused;
use garant_service::question::Typed;

use super::front::front;
use crate::Site;
use crate::frame::{Lang, message};

/// How long the answer to a form waits for the check, so that most people never see the page of a running one.
const PATIENCE: Duration = Duration::from_millis(800);

pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Form(typed): Form<Typed>,
) -> Response {
    let understood = match typed.understood() {
        Ok(understood) => understood,
        Err(faults) => {
            return front(
                &site,
                language,
                StatusCode::UNPROCESSABLE_ENTITY,
                &typed,
                &faults,
            );
        }
    };
    match site.checks.begin(understood.request) {
        Ok(id) => {
            site.checks.wait(&id, PATIENCE).await;
            Redirect::to(&format!("/{}/c/{id}", language.tag())).into_response()
        }
        Err(Refused::Busy | Refused::NoRandomness) => {
            message(language, StatusCode::SERVICE_UNAVAILABLE, "page-busy", "/")
        }
    }
}
