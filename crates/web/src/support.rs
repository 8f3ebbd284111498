//! Asking people: the form, and the case that comes of it, with a copy of the check that it is about.
//!
//! A case has a link that nobody can guess; whoever has it, the person and support alike, reads the message, sees the
//! check judged again by the rules of today, and can have it all forgotten.

mod case;
mod request;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use garant_service::checks::{CheckId, Checked};
use garant_store::CaseRow;
use garant_text::{Args, Catalogue, Language};
use jiff::Timestamp;

use crate::Site;
use crate::frame::{Frame, Lang, Part, message, page};
use crate::words::filters;
use request::{Fault, Field, Request};

/// What is about one person, or about one domain, is for nobody's cache.
const NO_CACHE: (&str, &str) = ("cache-control", "no-store");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/{lang}/support", get(show).post(send))
        .route("/{lang}/support/forgotten", get(forgotten))
        .route("/{lang}/support/{id}/forget", post(case::forget))
        .route("/{lang}/case/{id}", get(case::show))
        .route("/{lang}/case/{id}/capture", get(case::capture))
}

#[derive(Template)]
#[template(path = "support.html")]
struct Support {
    frame: Frame,
    request: Request,
    faults: Vec<Fault>,
    /// The check to attach: its id and a sentence about it.
    attached: Option<(CheckId, String)>,
    /// Whether a check was named that is not kept any more.
    is_check_gone: bool,
}

impl Support {
    fn error(&self, field: Field) -> Option<String> {
        let fault = self.faults.iter().find(|fault| fault.field == field)?;
        Some(Catalogue::of(self.frame.language).text(fault.key, &fault.args))
    }

    fn contact_error(&self) -> Option<String> {
        self.error(Field::Contact)
    }

    fn message_error(&self) -> Option<String> {
        self.error(Field::Message)
    }

    /// Whether a field takes the focus: the first that is at fault, so that a screen reader says why.
    fn has_focus(&self, name: &str) -> bool {
        let first = self.faults.first();
        first.is_some_and(|fault| fault.field.as_str() == name)
    }

    fn is_attached(&self) -> bool {
        !self.request.check.is_empty()
    }
}

async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    RawQuery(query): RawQuery,
) -> Response {
    let request = Request::read(query.as_deref().unwrap_or_default().as_bytes());
    form(&site, language, StatusCode::OK, request, Vec::new()).await
}

async fn send(State(site): State<Arc<Site>>, Lang(language): Lang, body: Bytes) -> Response {
    let request = Request::read(&body);
    let faults = request.faults();
    if !faults.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return form(&site, language, status, request, faults).await;
    }
    let Some(octets) = site.ambient.entropy.octets() else {
        return message(
            language,
            StatusCode::SERVICE_UNAVAILABLE,
            "page-busy",
            "/support",
        );
    };
    if site.checks.is_full() {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        return message(language, status, "page-full", "/support");
    }
    let id = CheckId::new(octets);
    let check = checked(&site, &request.check).await;
    let row = check.as_ref().map(Checked::to_row);
    let case = CaseRow {
        id: id.to_string(),
        opened_at: site.ambient.clock.now(),
        language: language.tag().to_owned(),
        contact: request.contact,
        message: request.message,
        check_id: row.as_ref().map(|row| row.id.clone()),
        domain: row.as_ref().map(|row| row.domain.clone()),
        answers: row.map(|row| row.answers),
    };
    match site.store.save_case(case).await {
        Ok(()) => Redirect::to(&format!("/{language}/case/{id}")).into_response(),
        Err(error) => broken(language, &error),
    }
}

/// The form, with what was typed and what is wrong with it.
async fn form(
    site: &Site,
    language: Language,
    status: StatusCode,
    request: Request,
    faults: Vec<Fault>,
) -> Response {
    let catalogue = Catalogue::of(language);
    let check = checked(site, &request.check).await;
    let path = match CheckId::parse(&request.check) {
        Some(id) => format!("/support?check={id}"),
        None => "/support".to_owned(),
    };
    let title = catalogue.text("support-title", &Args::new());
    let shown = Support {
        frame: Frame::new(language, Part::Other, title, &path),
        is_check_gone: !request.check.is_empty() && check.is_none(),
        attached: check.map(|check| {
            let observation = &check.observation;
            let args = Args::new()
                .with("domain", observation.request.domain.to_unicode())
                .with("time", time(observation.asked_at));
            (check.id, catalogue.text("support-attached", &args))
        }),
        request,
        faults,
    };
    ([NO_CACHE], page(status, &shown)).into_response()
}

/// The check of this id, where one is kept.
async fn checked(site: &Site, id: &str) -> Option<Checked> {
    let id = CheckId::parse(id)?;
    site.checks.made(&id).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a check was not read");
        None
    })
}

/// A time as words take it: RFC 3339, in UTC.
fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}

fn broken(language: Language, error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a case was not kept or not shown");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    message(language, status, "page-broken", "/support")
}

async fn forgotten(Lang(language): Lang) -> Response {
    message(
        language,
        StatusCode::OK,
        "support-forgotten",
        "/support/forgotten",
    )
}
