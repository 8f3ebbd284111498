//! Errors as problem documents (RFC 9457): a code for programs, a sentence for people, a link that explains.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use garant_service::question::Fault;
use garant_text::{Args, Catalogue, Language};
use serde::Serialize;

use crate::frame::wished;

/// Whether a path belongs to programs, which are answered with problem documents.
pub(crate) fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/")
}

/// What can go wrong. Stable, and each has the words `api-problem-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// The body is not the JSON that is described.
    BadBody,
    /// The body is larger than what is read.
    BodyTooLarge,
    /// The body is said to be something else than JSON.
    NotJson,
    /// A parameter in the address or a header field cannot be read.
    BadParameter,
    /// Fields of the question are wrong; `errors` says which.
    BadQuestion,
    /// The same key came with another question.
    KeyReused,
    /// No such check, or it is not kept any more, or no such path.
    NotFound,
    /// The path has other methods.
    MethodNotAllowed,
    /// Too many requests of this client.
    TooMany,
    /// Too much to do for everybody.
    Busy,
    /// Our failure.
    Internal,
}

impl Code {
    /// Every code.
    pub(crate) const ALL: [Self; 11] = [
        Self::BadBody,
        Self::BodyTooLarge,
        Self::NotJson,
        Self::BadParameter,
        Self::BadQuestion,
        Self::KeyReused,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::TooMany,
        Self::Busy,
        Self::Internal,
    ];

    /// As it is written.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::BadBody => "bad-body",
            Self::BodyTooLarge => "body-too-large",
            Self::NotJson => "not-json",
            Self::BadParameter => "bad-parameter",
            Self::BadQuestion => "bad-question",
            Self::KeyReused => "key-reused",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TooMany => "too-many",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// Its status code.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::BadBody | Self::BadParameter => StatusCode::BAD_REQUEST,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BadQuestion | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its words.
    pub(crate) fn key(self) -> String {
        format!("api-problem-{}", self.as_str())
    }
}

/// A problem document.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Problem {
    /// What explains it: a section of the reference.
    #[serde(rename = "type")]
    kind: String,
    /// What it is, in a few words.
    title: String,
    /// The status code again.
    status: u16,
    /// What to do about it.
    detail: String,
    /// The code.
    code: &'static str,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// After how many seconds it is worth trying again.
    #[serde(skip)]
    retry_after_s: Option<u64>,
    #[serde(skip)]
    language: Language,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize)]
struct FieldProblem {
    field: &'static str,
    code: &'static str,
    detail: String,
}

/// The language of an answer: the one that is asked for, or else the one that the header field wishes for.
pub(crate) fn language(headers: &HeaderMap, asked: Option<Language>) -> Language {
    asked.unwrap_or_else(|| wished(headers))
}

impl Problem {
    /// A problem with its words.
    pub(crate) fn new(code: Code, language: Language) -> Self {
        let catalogue = Catalogue::of(language);
        let key = code.key();
        let none = Args::new();
        Self {
            kind: format!("/{}/api#problem-{}", language.tag(), code.as_str()),
            title: catalogue.text(&key, &none),
            status: code.status().as_u16(),
            detail: catalogue.attribute(&key, "about", &none),
            code: code.as_str(),
            errors: Vec::new(),
            retry_after_s: None,
            language,
        }
    }

    /// With what exactly was met, in words that are not ours (a parser's), for whoever writes the program.
    pub(crate) fn with_detail(mut self, detail: &str) -> Self {
        self.detail.push(' ');
        self.detail
            .push_str(&garant_service::present::sanitise(detail));
        self
    }

    /// With the fields that are wrong.
    pub(crate) fn with_faults(mut self, faults: &[Fault]) -> Self {
        let catalogue = Catalogue::of(self.language);
        self.errors = faults
            .iter()
            .map(|fault| FieldProblem {
                field: fault.field.as_str(),
                code: fault.refusal.key,
                detail: garant_service::present::sanitise(
                    &catalogue.text(fault.refusal.key, &fault.refusal.args),
                )
                .into_owned(),
            })
            .collect();
        self
    }

    /// With the seconds after which it is worth trying again.
    pub(crate) fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).expect("every code has a status");
        let body = serde_json::to_string(&self).expect("a problem has only text keys");
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(self.language.tag()),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
