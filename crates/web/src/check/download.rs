//! A check as files: for scripts, for people, for a name server, and as the capture that can be judged again.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use garant_check::Observation;
use garant_service::checks::Judged;
use garant_service::present::{
    as_it_is, escape_markdown, json, markdown, plan_json, plan_markdown, plan_zone,
};
use garant_text::Language;

use super::link::{Link, is_running, judged, made};
use crate::Site;

/// A file that a check can be had as.
#[derive(Clone, Copy)]
enum File {
    /// The check as JSON (docs/check-json.md).
    Json,
    /// Its plan as JSON.
    PlanJson,
    /// Check and plan as Markdown.
    Markdown,
    /// The plan as lines of a master file.
    Zone,
    /// Everything that was asked and answered.
    Capture,
}

impl File {
    fn of(path: &str) -> Option<Self> {
        match path.rsplit('/').next()? {
            "garant.json" => Some(Self::Json),
            "plan.json" => Some(Self::PlanJson),
            "garant.md" => Some(Self::Markdown),
            "plan.zone" => Some(Self::Zone),
            "capture.json" => Some(Self::Capture),
            _ => None,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Json | Self::PlanJson | Self::Capture => "application/json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Zone => "text/dns; charset=utf-8",
        }
    }

    /// What the file is called on the reader's machine, behind the domain.
    fn ending(self) -> &'static str {
        match self {
            Self::Json => "check.json",
            Self::PlanJson => "plan.json",
            Self::Markdown => "garant.md",
            Self::Zone => "plan.zone",
            Self::Capture => "capture.json",
        }
    }

    fn text(self, judged: &Judged, language: Language) -> String {
        match self {
            Self::Json => json(&judged.report(language, as_it_is)),
            Self::PlanJson => plan_json(&judged.plan_report(language, as_it_is)),
            Self::Markdown => {
                let check = markdown(&judged.report(language, escape_markdown), language);
                let plan = judged.plan_report(language, escape_markdown);
                format!("{check}\n{}", plan_markdown(&plan, language))
            }
            Self::Zone => plan_zone(&judged.plan_report(language, as_it_is), language),
            Self::Capture => judged.checked.observation.to_capture(),
        }
    }
}

pub(super) async fn file(
    State(site): State<Arc<Site>>,
    Link { language, id }: Link,
    request: Request,
) -> Response {
    let Some(file) = File::of(request.uri().path()) else {
        return crate::frame::nowhere(request).await;
    };
    if is_running(&site, &id) {
        return Redirect::to(&format!("/{language}/c/{id}")).into_response();
    }
    if let File::Capture = file {
        // The facts need no judgement.
        return match made(&site, &id, language).await {
            Ok(made) => download(file, &made.observation, made.observation.to_capture()),
            Err(page) => page,
        };
    }
    match judged(&site, &id, language).await {
        Ok(judged) => {
            let text = file.text(&judged, language);
            download(file, &judged.checked.observation, text)
        }
        Err(page) => page,
    }
}

fn download(file: File, observation: &Observation, text: String) -> Response {
    let domain = observation.request.domain.as_str();
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let domain: String = domain.chars().filter(is_plain).collect();
    let name = format!("attachment; filename=\"{domain}.{}\"", file.ending());
    let name = HeaderValue::try_from(name).expect("letters, digits, dots and hyphens are visible");
    let fields = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.kind())),
        (header::CONTENT_DISPOSITION, name),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        ),
    ];
    (fields, text).into_response()
}
