//! What was typed and sent: a check begins, or the page comes back with what is wrong beside the field.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use garant_check::{Request as Question, TakenFrom};
use garant_service::checks::{CheckId, Refused};
use garant_service::question::Typed;
use garant_text::Language;

use super::front::front;
use crate::Site;
use crate::frame::{Lang, message};

/// How long the answer to a form waits for the check, so that most people never see the page of a running one.
const PATIENCE: Duration = Duration::from_millis(800);

/// The octets of a form, or the page that says why they cannot be read.
pub(super) struct Sent(pub(super) Bytes);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Lang(language) = Lang::from_request_parts(&mut parts, state).await?;
        if !is_form(&parts.headers) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(message(language, status, "page-not-a-form", "/"));
        }
        let request = Request::from_parts(parts, body);
        Bytes::from_request(request, state)
            .await
            .map(Self)
            .map_err(|rejection| unread(language, &rejection))
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn unread(language: Language, rejection: &BytesRejection) -> Response {
    let status = rejection.status();
    let key = if status == StatusCode::PAYLOAD_TOO_LARGE {
        "page-too-large"
    } else {
        "page-not-a-form"
    };
    message(language, status, key, "/")
}

/// The fields of a form or a query. What has another name is passed over, of two of one name the last counts, and
/// octets that are no text are replaced: so every form and every link is read.
pub(super) fn typed_in(form: &[u8]) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in form_urlencoded::parse(form) {
        let text = match &*name {
            "domain" => &mut typed.domain,
            "sender" => &mut typed.sender,
            "from" => &mut typed.from,
            "selectors" => &mut typed.selectors,
            "mail_from" => &mut typed.mail_from,
            "signed_by" => &mut typed.signed_by,
            "ip" => &mut typed.ip,
            "expect" => &mut typed.expect,
            "rua" => &mut typed.rua,
            "authority" => {
                typed.authority = matches!(&*value, "true" | "on" | "1");
                continue;
            }
            _ => continue,
        };
        *text = value.into_owned();
    }
    typed
}

/// The word in a link for what the domain was taken out of.
fn word(taken_from: TakenFrom) -> &'static str {
    match taken_from {
        TakenFrom::Address => "address",
        TakenFrom::Url => "url",
        TakenFrom::WebHost => "www",
    }
}

/// The sentence for such a word.
pub(super) fn taken_key(query: Option<&str>) -> Option<&'static str> {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut words = pairs.filter(|(name, _)| name == "of").map(|(_, word)| word);
    match words.next()?.as_ref() {
        "address" => Some("taken-from-address"),
        "url" => Some("taken-from-url"),
        "www" => Some("taken-from-www"),
        _ => None,
    }
}

pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    Sent(form): Sent,
) -> Response {
    let typed = typed_in(&form);
    let understood = match typed.understood() {
        Ok(understood) => understood,
        Err(faults) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return front(&site, language, status, &typed, &faults);
        }
    };
    let of = understood.taken_from.map(word);
    match begun(&site, language, understood.request).await {
        Ok(id) => {
            let query = of.map_or_else(String::new, |word| format!("?of={word}"));
            Redirect::to(&format!("/{language}/c/{id}{query}")).into_response()
        }
        Err(page) => page,
    }
}

/// Begins a check and waits a moment for it; or the page that says why it was not begun.
pub(super) async fn begun(
    site: &Site,
    language: Language,
    question: Question,
) -> Result<CheckId, Response> {
    match site.checks.begin(question) {
        Ok(id) => {
            site.checks.wait(&id, PATIENCE).await;
            Ok(id)
        }
        Err(refused) => {
            let key = match refused {
                Refused::Busy | Refused::NoRandomness => "page-busy",
                Refused::Full => "page-full",
            };
            let status = StatusCode::SERVICE_UNAVAILABLE;
            Err(message(language, status, key, "/"))
        }
    }
}

/// The fields of a form as pairs, for forms that ask no question.
pub(super) fn has_field(form: &[u8], name: &str, value: &str) -> bool {
    form_urlencoded::parse(form).any(|pair| pair.0 == name && pair.1 == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (form, domain, sender, authority) in [
            ("", "", "", false),
            ("domain=a.fr&sender=b", "a.fr", "b", false),
            ("domain=a.fr&domain=b.fr", "b.fr", "", false),
            ("domain=%FF%&x=1&=&&", "\u{fffd}%", "", false),
            ("domain=a.fr&authority=true", "a.fr", "", true),
            ("authority=perhaps&domain", "", "", false),
        ] {
            let typed = typed_in(form.as_bytes());
            assert_eq!(typed.domain, domain, "{form}");
            assert_eq!(typed.sender, sender, "{form}");
            assert_eq!(typed.authority, authority, "{form}");
        }
    }
}
