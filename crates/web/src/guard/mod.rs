//! Who asks, how often, and the fields that keep browsers safe. One layer around all routes:
//!
//! * `client`: the address that asks, by the rule for trusted proxies. `limits`: how often.
//! * `answer`: what is said instead of an answer. `fields`: what every answer carries.
//!
//! The same layer gives each request its id, counts it and writes its line in the log. The log has the route and
//! not the path, because the path of a check is its key; it has no query, no body and no domain; and addresses only
//! of clients that were refused.

mod answer;
mod client;
mod fields;
mod limits;

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use futures::{FutureExt, StreamExt};
use garant_dns::address::Prefix;
use tokio::time::{Instant, timeout};
use tracing::Instrument;

use crate::Site;
use crate::ops::Ops;
use answer::{Asker, Why};
pub use client::{Client, Peer};
pub use limits::{CLIENTS_MAX, Rate, Rates};
use limits::{Kind, Limits};

/// Octets of the body of a request at most: a form with the records that a platform asked for, and with a message to
/// support, is some 20 KiB.
pub const BODY_OCTETS_MAX: usize = 256 * 1024;
/// How long a request may take until its answer begins. Programs may have a check waited for some seconds less; what takes
/// longer is a body that does not come, or a turn to be judged.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(40);
/// How long a request with files may take: [`UPLOAD_OCTETS_MAX`] over a line of a megabit a second.
pub const UPLOAD_TIME_MAX: Duration = Duration::from_secs(100);
/// Octets of a form with files at most: an invoice with its attachment is a tenth of it.
pub const UPLOAD_OCTETS_MAX: usize = 10_000_000;
/// Characters of a request id that a proxy gave, at most.
pub const REQUEST_ID_MAX: usize = 64;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the owner of a site chose for its guards.
#[derive(Clone, Debug)]
pub struct GuardSettings {
    /// Whose `X-Forwarded-For` and `X-Request-Id` are believed. The default is this machine.
    pub trusted_proxies: Vec<Prefix>,
    /// How often what may be asked for.
    pub rates: Rates,
}

impl Default for GuardSettings {
    fn default() -> Self {
        let local = [
            (IpAddr::from([127, 0, 0, 0]), 8),
            (IpAddr::from(1u128.to_be_bytes()), 128),
        ];
        let local = local.map(|(address, bits)| {
            Prefix::new(address, bits).expect("an address has so many bits")
        });
        Self {
            trusted_proxies: local.to_vec(),
            rates: Rates::default(),
        }
    }
}

struct Guard {
    settings: GuardSettings,
    limits: Limits,
    ops: Arc<Ops>,
    /// Whether links begin with `https`, so that browsers may be told to use nothing else.
    is_https: bool,
    /// What the ids begin with that are made here: they differ from those of an earlier start.
    beginning: i64,
    number: AtomicU64,
}

/// Puts the guards around all routes.
pub(crate) fn around(
    routes: Router<Arc<Site>>,
    site: &Arc<Site>,
    ops: Arc<Ops>,
) -> Router<Arc<Site>> {
    let settings = site.settings.guard.clone();
    let public = site.settings.public_url.as_deref().unwrap_or_default();
    let guard = Guard {
        limits: Limits::new(&settings.rates),
        settings,
        ops,
        is_https: public.starts_with("https://"),
        beginning: site.ambient.clock.now(),
        number: AtomicU64::new(0),
    };
    routes
        .layer(DefaultBodyLimit::max(BODY_OCTETS_MAX))
        .layer(from_fn_with_state(Arc::new(guard), guarded))
}

async fn guarded(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let peer = request.extensions().get::<Peer>().copied();
    let trusted = &guard.settings.trusted_proxies;
    let client = peer.map_or(Client::NOBODY, |peer| {
        Client::at(client::origin(
            peer.address.ip(),
            request.headers(),
            trusted,
        ))
    });
    request.extensions_mut().insert(client);
    let is_believed = peer.is_some_and(|peer| client::is_trusted(peer.address.ip(), trusted));
    let given = is_believed.then(|| given_id(request.headers())).flatten();
    let id = given.unwrap_or_else(|| guard.new_id());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let method = request.method().clone();

    let span = tracing::info_span!("request", request_id = id.to_str().unwrap_or_default());
    let answered = guard.answer(request, next, client, route);
    let mut response = answered.instrument(span.clone()).await;

    let headers = response.headers_mut();
    fields::add(
        headers,
        guard.is_https || peer.is_some_and(|peer| peer.is_tls),
    );
    headers.insert(REQUEST_ID, id);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    guard.ops.answered(route, status, took);
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(%method, route, status, took_ms, "answered"));
    response
}

impl Guard {
    async fn answer(&self, request: Request, next: Next, client: Client, route: &str) -> Response {
        let asker = Asker::new(request.uri(), request.headers());
        let kind = Kind::of(request.method(), request.uri().path());
        if let Err(wait) = self.limits.permit(kind, client) {
            self.ops.limited(kind.as_str());
            tracing::info!(client = %client.0, kind = kind.as_str(), "asked too often");
            return asker.tell(Why::TooOften(wait));
        }
        let (octets_max, too_large, time_max) = match kind {
            Kind::Files => (UPLOAD_OCTETS_MAX, Why::FilesTooLarge, UPLOAD_TIME_MAX),
            _ => (BODY_OCTETS_MAX, Why::TooLarge, REQUEST_TIME_MAX),
        };
        if announced_octets(request.headers()) > Some(octets_max as u64) {
            return asker.tell(too_large);
        }
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind();
        match timeout(time_max, answered).await {
            Ok(Ok(response)) if kind == Kind::Free && !route.starts_with("/static/") => response,
            Ok(Ok(response)) => self.until_the_end(asker.worded(response)),
            Ok(Err(_)) => {
                tracing::error!(route, "a request panicked");
                asker.tell(Why::Broken)
            }
            Err(_) => asker.tell(Why::TooLong),
        }
    }

    /// A stream of events has no end of its own that a site could wait for when it ends.
    fn until_the_end(&self, response: Response) -> Response {
        let kind = response.headers().get(header::CONTENT_TYPE);
        if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")) {
            return response;
        }
        let ended = self.ops.ended();
        response.map(|body| Body::from_stream(body.into_data_stream().take_until(ended)))
    }

    fn new_id(&self) -> HeaderValue {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        HeaderValue::from_str(&format!("{:x}-{number:x}", self.beginning))
            .expect("digits are visible characters")
    }
}

/// The id that a proxy gave a request, if it is one.
fn given_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(REQUEST_ID)?;
    let is_plain = |octet: &u8| octet.is_ascii_alphanumeric() || b"-._".contains(octet);
    let is_id = (1..=REQUEST_ID_MAX).contains(&id.len()) && id.as_bytes().iter().all(is_plain);
    is_id.then(|| id.clone())
}

fn announced_octets(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}
