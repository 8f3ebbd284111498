//! What is said when a request is not let through, or when an answer has no words of its own: a page in the
//! reader's language, or a problem document for programs.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::frame::{language_of, message};
use crate::problem::{Code, Problem, is_for_programs};

/// Whom an answer is for.
pub(super) struct Asker {
    uri: Uri,
    headers: HeaderMap,
}

/// Why there is no other answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It was asked too often; after that time it may be again.
    TooOften(Duration),
    /// What was sent is too large.
    TooLarge,
    /// The files that were sent are too large.
    FilesTooLarge,
    /// What was sent cannot be read.
    NotUnderstood,
    /// The path has other methods.
    Method,
    /// Nothing is there.
    Nowhere,
    /// It took too long.
    TooLong,
    /// Our failure.
    Broken,
}

impl Why {
    /// For an answer of the machinery beneath, which has a status and no words for people.
    fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::Nowhere,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::SERVICE_UNAVAILABLE => Self::TooLong,
            status if status.is_server_error() => Self::Broken,
            _ => Self::NotUnderstood,
        }
    }

    fn page(self) -> (StatusCode, &'static str) {
        match self {
            Self::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, "page-limited"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "page-too-large"),
            Self::FilesTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "upload-too-large"),
            Self::NotUnderstood => (StatusCode::BAD_REQUEST, "page-not-a-form"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "page-wrong-method"),
            Self::Nowhere => (StatusCode::NOT_FOUND, "page-nowhere"),
            Self::TooLong => (StatusCode::SERVICE_UNAVAILABLE, "page-late"),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "page-broken"),
        }
    }

    fn code(self) -> Code {
        match self {
            Self::TooOften(_) => Code::TooMany,
            Self::TooLarge | Self::FilesTooLarge => Code::BodyTooLarge,
            Self::NotUnderstood => Code::BadBody,
            Self::Method => Code::MethodNotAllowed,
            Self::Nowhere => Code::NotFound,
            Self::TooLong => Code::Busy,
            Self::Broken => Code::Internal,
        }
    }

    /// Whole seconds after which it is worth trying again.
    fn retry_after_s(self) -> Option<u64> {
        match self {
            Self::TooOften(wait) => Some(wait.as_millis().div_ceil(1000).max(1) as u64),
            Self::TooLong => Some(TOO_LONG_RETRY_S),
            _ => None,
        }
    }
}

/// When to try again what took too long: what holds it up is others' checks, each some seconds.
const TOO_LONG_RETRY_S: u64 = 30;

impl Asker {
    pub(super) fn new(uri: &Uri, headers: &HeaderMap) -> Self {
        Self {
            uri: uri.clone(),
            headers: headers.clone(),
        }
    }

    /// The answer.
    pub(super) fn tell(&self, why: Why) -> Response {
        let language = language_of(&self.uri, &self.headers);
        let seconds = why.retry_after_s();
        if is_for_programs(self.uri.path()) {
            let problem = Problem::new(why.code(), language);
            return match seconds {
                Some(seconds) => problem.with_retry_after(seconds).into_response(),
                None => problem.into_response(),
            };
        }
        let (status, key) = why.page();
        let mut response = message(language, status, key, "/");
        if let Some(seconds) = seconds {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    /// The answer as it is, or with words where the machinery beneath answered without.
    pub(super) fn worded(&self, response: Response) -> Response {
        let status = response.status();
        if !(status.is_client_error() || status.is_server_error()) {
            return response;
        }
        let is_bare = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
        if !is_bare {
            return response;
        }
        let mut worded = self.tell(Why::of(status));
        if let Some(allowed) = response.headers().get(header::ALLOW) {
            worded.headers_mut().insert(header::ALLOW, allowed.clone());
        }
        worded
    }
}
