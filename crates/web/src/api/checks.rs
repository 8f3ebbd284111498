//! Begin a check, read it, follow it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream};
use garant_service::checks::{CheckId, Phase, Progress, Refused};
use garant_service::present::{self, as_it_is};
use garant_service::question::Typed;
use garant_text::Language;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::keys::{IdempotencyKeys, KEY_OCTETS_MAX, Known};
use crate::guard::Client;
use crate::problem::{self, Code, Problem};
use crate::{REQUEST_TIME_MAX, Site};

/// Seconds that one request waits for a check at most.
const WAIT_S_MAX: u64 = 30;
const _: () = assert!(
    WAIT_S_MAX + 5 <= REQUEST_TIME_MAX.as_secs(),
    "how far a check is can still be told when it was waited for"
);
/// After how many seconds it is worth asking again for a check that runs.
const AGAIN_S: u64 = 1;
/// After how many seconds it is worth trying again when too much is to be done.
const BUSY_RETRY_S: u64 = 30;

/// The body of a POST. Empty and absent are the same.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Body {
    domain: String,
    sender: Option<String>,
    from: Option<String>,
    selectors: Vec<String>,
    mail_from: Option<String>,
    signed_by: Vec<String>,
    ip: Option<String>,
    expect: Option<Value>,
    rua: Option<String>,
    authority: bool,
}

impl Body {
    fn typed(self) -> Typed {
        Typed {
            domain: self.domain,
            sender: self.sender.unwrap_or_default(),
            from: self.from.unwrap_or_default(),
            selectors: self.selectors.join(" "),
            mail_from: self.mail_from.unwrap_or_default(),
            signed_by: self.signed_by.join(" "),
            ip: self.ip.unwrap_or_default(),
            expect: self
                .expect
                .filter(|list| !list.is_null())
                .map(|list| list.to_string())
                .unwrap_or_default(),
            rua: self.rua.unwrap_or_default(),
            authority: self.authority,
        }
    }
}

/// What may stand behind the path.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    lang: Option<String>,
}

impl Parameters {
    /// The language of the answer; nothing when there are no words for the one that is asked for.
    fn language(&self, headers: &HeaderMap) -> Option<Language> {
        match self.lang.as_deref() {
            None => Some(problem::language(headers, None)),
            Some("fr") => Some(Language::French),
            Some("en") => Some(Language::English),
            Some(_) => None,
        }
    }
}

/// The answer to a parameter that cannot be read.
fn bad_parameter(headers: &HeaderMap) -> Response {
    Problem::new(Code::BadParameter, problem::language(headers, None)).into_response()
}

/// How long a request is willing to wait: `Prefer: wait=10` (RFC 7240, section 4.3).
fn patience(headers: &HeaderMap) -> Duration {
    let seconds = headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|preference| preference.trim().strip_prefix("wait="))
        .and_then(|seconds| seconds.parse::<u64>().ok());
    Duration::from_secs(seconds.unwrap_or(0).min(WAIT_S_MAX))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

pub(super) async fn begin(
    State(site): State<Arc<Site>>,
    Extension(keys): Extension<Arc<IdempotencyKeys>>,
    client: Client,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Response> {
    let Some(language) = parameters.language(&headers) else {
        return Err(bad_parameter(&headers));
    };
    let refuse = |code| Problem::new(code, language);
    if !is_json(&headers) {
        return Err(refuse(Code::NotJson).into_response());
    }
    let body = body.map_err(|rejected| match rejected.status() {
        StatusCode::PAYLOAD_TOO_LARGE => refuse(Code::BodyTooLarge).into_response(),
        _ => refuse(Code::BadBody).into_response(),
    })?;
    let body: Body = serde_json::from_slice(&body).map_err(|error| {
        let detail = error.to_string();
        refuse(Code::BadBody).with_detail(&detail).into_response()
    })?;
    let understood = body.typed().understood().map_err(|faults| {
        refuse(Code::BadQuestion)
            .with_faults(&faults)
            .into_response()
    })?;
    let key = match headers.get("idempotency-key").map(HeaderValue::to_str) {
        None => None,
        Some(Ok(key)) if !key.is_empty() && key.len() <= KEY_OCTETS_MAX => {
            Some((client, key.to_owned()))
        }
        Some(_) => return Err(refuse(Code::BadParameter).into_response()),
    };
    let request = understood.request;
    let known = key.as_ref().map(|key| keys.known(key, &request));
    let is_lost = |id: &CheckId| {
        let progress = site.checks.follow(id);
        progress.is_some_and(|progress| progress.borrow().phase == Phase::Lost)
    };
    let id = match known {
        // What was lost may be asked again with the same key.
        Some(Known::Same(id)) if !is_lost(&id) => id,
        Some(Known::Other) => return Err(refuse(Code::KeyReused).into_response()),
        Some(Known::Same(_) | Known::No) | None => {
            let id = site.checks.begin(request.clone()).map_err(|refused| {
                let code = match refused {
                    Refused::Busy | Refused::Full => Code::Busy,
                    Refused::NoRandomness => Code::Internal,
                };
                refuse(code).with_retry_after(BUSY_RETRY_S).into_response()
            })?;
            if let Some(key) = key {
                keys.keep(key, &request, id.clone());
            }
            id
        }
    };
    site.checks.wait(&id, patience(&headers)).await;
    let location = format!("/api/v1/checks/{id}");
    let mut response = shown(&site, &id, language, StatusCode::CREATED).await?;
    let location = HeaderValue::from_str(&location).expect("a path of plain letters");
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

pub(super) async fn read(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let Some(language) = parameters.language(&headers) else {
        return Err(bad_parameter(&headers));
    };
    let id = CheckId::parse(&id)
        .ok_or_else(|| Problem::new(Code::NotFound, language).into_response())?;
    site.checks.wait(&id, patience(&headers)).await;
    shown(&site, &id, language, StatusCode::OK).await
}

/// A check as JSON: what it says with `done`, or how far it is with 202.
async fn shown(
    site: &Site,
    id: &CheckId,
    language: Language,
    done: StatusCode,
) -> Result<Response, Response> {
    let refuse = |code| Problem::new(code, language).into_response();
    let running = site.checks.follow(id);
    if let Some(progress) = running {
        let progress = progress.borrow().clone();
        match progress.phase {
            Phase::Done => {}
            Phase::Lost => return Err(refuse(Code::Internal)),
            Phase::Waiting | Phase::Asking | Phase::Planning => {
                let mut response = json(StatusCode::ACCEPTED, running_json(id, &progress));
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(AGAIN_S));
                return Ok(response);
            }
        }
    }
    let made = match site.checks.made(id).await {
        Ok(Some(made)) => made,
        Ok(None) => return Err(refuse(Code::NotFound)),
        Err(error) => {
            tracing::error!(%error, "a check was not read");
            return Err(refuse(Code::Internal));
        }
    };
    let kept_until = made.kept_until;
    let body = site.checks.judging(move || {
        let judged = made.judged();
        let check = present::json(&judged.report(language, as_it_is));
        let plan = present::plan_json(&judged.plan_report(language, as_it_is));
        (check, plan)
    });
    let (check, plan) = body.await.map_err(|error| {
        tracing::error!(%error, "a check was not judged");
        refuse(Code::Internal)
    })?;
    Ok(json(
        done,
        made_json(id, language, kept_until, &check, &plan),
    ))
}

fn links(id: &CheckId, language: Language) -> Value {
    let tag = language.tag();
    serde_json::json!({
        "self": format!("/api/v1/checks/{id}"),
        "events": format!("/api/v1/checks/{id}/events"),
        "page": format!("/{tag}/c/{id}"),
        "records": format!("/{tag}/c/{id}/records"),
        "capture": format!("/{tag}/c/{id}/capture.json"),
    })
}

fn running_json(id: &CheckId, progress: &Progress) -> String {
    let whole = serde_json::json!({
        "id": id.as_str(),
        "state": progress.phase,
        "progress": progress,
        "links": links(id, Language::English),
    });
    present::sanitise_json(&whole.to_string())
}

/// The forms of `garant check` and `garant plan` are put in as they are.
fn made_json(id: &CheckId, language: Language, kept_until: i64, check: &str, plan: &str) -> String {
    let until = Timestamp::from_second(kept_until).unwrap_or(Timestamp::MAX);
    let links = links(id, language);
    format!(
        "{{\"id\":\"{id}\",\"state\":\"done\",\"kept_until\":\"{until}\",\"links\":{links},\n\"check\":{},\n\"plan\":{}}}\n",
        check.trim_end(),
        plan.trim_end()
    )
}

fn json(status: StatusCode, body: String) -> Response {
    let fields = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    (status, fields, body).into_response()
}

/// Follows a check: `progress` whenever something has come in, then `done` or `lost`, and the end.
pub(super) async fn events(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let language = problem::language(&headers, None);
    let nowhere = || Problem::new(Code::NotFound, language);
    let id = CheckId::parse(&id).ok_or_else(nowhere)?;
    let following = match site.checks.follow(&id) {
        Some(progress) => Following::Running(progress),
        None => match site.checks.made(&id).await {
            Ok(Some(_)) => Following::Made,
            Ok(None) => return Err(nowhere()),
            Err(_) => return Err(Problem::new(Code::Internal, language)),
        },
    };
    let events = stream::unfold(following, move |following| {
        let id = id.clone();
        async move {
            following
                .next(&id)
                .await
                .map(|(event, then)| (Ok(event), then))
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

enum Following {
    /// It runs, and how far it is is to be told.
    Running(tokio::sync::watch::Receiver<Progress>),
    /// It runs, and was told of: what changes is told.
    Told(tokio::sync::watch::Receiver<Progress>),
    Made,
    Over,
}

impl Following {
    async fn next(self, id: &CheckId) -> Option<(Event, Self)> {
        match self {
            Self::Over => None,
            Self::Told(mut progress) => {
                // Whoever owns the check tells its end before it goes.
                let _ = progress.changed().await;
                Box::pin(Self::Running(progress).next(id)).await
            }
            Self::Made => Some((end("done", id), Self::Over)),
            Self::Running(mut progress) => {
                let now = progress.borrow_and_update().clone();
                match now.phase {
                    Phase::Done => Some((end("done", id), Self::Over)),
                    Phase::Lost => Some((end("lost", id), Self::Over)),
                    Phase::Waiting | Phase::Asking | Phase::Planning => {
                        let json = serde_json::to_string(&now).expect("only text keys");
                        let event = Event::default()
                            .event("progress")
                            .data(present::sanitise_json(&json));
                        Some((event, Self::Told(progress)))
                    }
                }
            }
        }
    }
}

fn end(what: &'static str, id: &CheckId) -> Event {
    let whole = serde_json::json!({ "id": id.as_str(), "links": links(id, Language::English) });
    Event::default().event(what).data(whole.to_string())
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn a_request_waits_as_long_as_it_prefers_and_no_longer_than_the_limit() {
        for (prefer, seconds) in [
            ("", 0),
            ("wait=5", 5),
            ("respond-async, wait=5", 5),
            ("wait=1000", WAIT_S_MAX),
            ("wait=-1", 0),
            ("wait=x", 0),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("prefer", prefer.parse().unwrap());
            assert_eq!(patience(&headers), Duration::from_secs(seconds), "{prefer}");
        }
    }

    #[test]
    fn how_far_a_check_is_is_told_at_once_and_then_when_it_changes() {
        let id = CheckId::new([0; 16]);
        let (tell, progress) = tokio::sync::watch::channel(Progress::default());
        let first = Following::Running(progress).next(&id).now_or_never();
        let (_, then) = first.expect("at once").expect("it runs");
        let mut second = Box::pin(then.next(&id));
        assert!(second.as_mut().now_or_never().is_none());
        tell.send_modify(|progress| progress.phase = Phase::Done);
        let (_, then) = second.now_or_never().expect("at once").expect("its end");
        assert!(matches!(then, Following::Over));
    }
}
