//! A case: the message, the check it is about, and its end.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use garant_check::{Severity, VerdictSeverity};
use garant_service::checks::{CheckId, Checked, Judged};
use garant_service::present::{as_it_is, is_hostile, sanitise};
use garant_service::report::{FindingText, Report};
use garant_store::CaseRow;
use garant_text::{Args, Catalogue, Language};

use super::{NO_CACHE, broken, time};
use crate::Site;
use crate::frame::{Frame, Lang, Part, message, page};
use crate::words::filters;

#[derive(Template)]
#[template(path = "case.html")]
struct Case {
    frame: Frame,
    id: String,
    opened: String,
    contact: String,
    message: String,
    link: String,
    replayed: Option<Replayed>,
}

/// The check of a case, judged again.
struct Replayed {
    domain: String,
    /// The same as it is typed in a command.
    name: String,
    asked: String,
    report: Report,
    /// The page of the check itself, while it is kept.
    whole: Option<String>,
}

impl Replayed {
    fn verdict(&self) -> (&'static str, &'static str) {
        match self.report.verdict.severity {
            VerdictSeverity::Blocks => ("block", "state-blocks"),
            VerdictSeverity::Risk => ("risk", "state-risk"),
            VerdictSeverity::Unknown => ("unknown", "state-unknown"),
            VerdictSeverity::Advice => ("advice", "state-advice"),
            VerdictSeverity::Fine => ("right", "state-fine"),
        }
    }

    /// Shape and word of a finding.
    fn state(finding: &FindingText) -> (&'static str, &'static str) {
        match finding.severity {
            Severity::Blocks => ("block", "state-blocks"),
            Severity::Risk => ("risk", "state-risk"),
            Severity::Advice => ("advice", "state-advice"),
            Severity::Fine => ("right", "state-fine"),
        }
    }
}

async fn read(site: &Site, id: &str, language: Language) -> Result<CaseRow, Response> {
    let gone = || message(language, StatusCode::NOT_FOUND, "case-gone", "/support");
    let id = CheckId::parse(id).ok_or_else(gone)?;
    let found = site.store.case(id.as_str()).await;
    found
        .map_err(|error| broken(language, &error))?
        .ok_or_else(gone)
}

/// The check that a case is about. When its copy cannot be read, the rest of the case is shown all the same.
fn copy_of(case: &CaseRow) -> Option<Checked> {
    Checked::from_case(case).unwrap_or_else(|error| {
        tracing::error!(%error, "the check of a case was not read");
        None
    })
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let case = match read(&site, &id, language).await {
        Ok(case) => case,
        Err(response) => return response,
    };
    let checked = copy_of(&case);
    let replayed = match checked {
        Some(checked) => {
            let is_kept = matches!(site.checks.made(&checked.id).await, Ok(Some(_)));
            let judged = site.checks.judging(move || checked.judged()).await;
            match judged {
                Ok(judged) => Some(replayed(&judged, is_kept, language)),
                Err(error) => return broken(language, &error),
            }
        }
        None => None,
    };
    let title = Catalogue::of(language).text("case-title", &Args::new());
    let path = format!("/case/{id}");
    let shown = Case {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Other, title, &path)
        },
        opened: time(case.opened_at),
        contact: sanitise(&case.contact).into_owned(),
        message: lines(&case.message),
        link: format!("{}/{language}{path}", site.origin(&headers)),
        replayed,
        id,
    };
    ([NO_CACHE], page(StatusCode::OK, &shown)).into_response()
}

fn replayed(judged: &Judged, is_kept: bool, language: Language) -> Replayed {
    let Checked {
        id, observation, ..
    } = &judged.checked;
    Replayed {
        domain: observation.request.domain.to_unicode(),
        name: sanitise(&observation.request.domain.to_string()).into_owned(),
        asked: time(observation.asked_at),
        report: judged.report(language, as_it_is),
        whole: is_kept.then(|| format!("/{language}/c/{id}")),
    }
}

/// A message for a page: its lines stay, and nothing in them moves or hides what is around them.
fn lines(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.replace('\t', "    ");
        if line.chars().any(is_hostile) {
            sanitise(&line).into_owned()
        } else {
            line
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The answers of the check, for `garant check --replay`.
pub(super) async fn capture(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    let case = match read(&site, &id, language).await {
        Ok(case) => case,
        Err(response) => return response,
    };
    let Some(checked) = copy_of(&case) else {
        return message(language, StatusCode::NOT_FOUND, "case-no-check", "/support");
    };
    let domain = &checked.observation.request.domain;
    let name = format!("attachment; filename=\"{domain}.capture.json\"");
    let fields = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, NO_CACHE.1.to_owned()),
    ];
    (fields, checked.observation.to_capture()).into_response()
}

/// Forgets a case; whoever has its link may.
pub(super) async fn forget(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    let Some(id) = CheckId::parse(&id) else {
        return message(language, StatusCode::NOT_FOUND, "case-gone", "/support");
    };
    match site.store.delete_case(id.as_str()).await {
        Ok(_) => Redirect::to(&format!("/{language}/support/forgotten")).into_response(),
        Err(error) => broken(language, &error),
    }
}
