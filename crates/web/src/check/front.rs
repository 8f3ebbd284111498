//! The front page: one field.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use garant_service::question::{Fault, Field, Typed};
use garant_text::{Catalogue, Language};

use crate::Site;
use crate::frame::{Frame, Lang, Part, page};
use crate::site::Sample;
use crate::words::filters;

#[derive(Template)]
#[template(path = "front.html")]
struct Front<'a> {
    frame: Frame,
    typed: &'a Typed,
    faults: &'a [Fault],
    samples: &'a [Sample],
}

impl Front<'_> {
    /// What is wrong with a field, in a sentence.
    fn error(&self, field: Field) -> Option<String> {
        let fault = self.faults.iter().find(|fault| fault.field == field)?;
        let catalogue = Catalogue::of(self.frame.language);
        Some(catalogue.text(fault.refusal.key, &fault.refusal.args))
    }

    fn domain_error(&self) -> Option<String> {
        self.error(Field::Domain)
    }
}

/// The page, with what was typed and what is wrong with it.
pub(super) fn front(
    site: &Site,
    language: Language,
    status: StatusCode,
    typed: &Typed,
    faults: &[Fault],
) -> Response {
    let title = Catalogue::of(language).text("front-title", &garant_text::Args::new());
    let front = Front {
        frame: Frame::new(language, Part::Check, title, "/"),
        typed,
        faults,
        samples: &site.settings.samples,
    };
    page(status, &front)
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Query(typed): Query<Typed>,
) -> Response {
    front(&site, language, StatusCode::OK, &typed, &[])
}
