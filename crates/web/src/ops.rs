//! For whoever runs a site: whether it lives, whether it is ready, and figures as Prometheus reads them.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use garant_service::checks::Checks;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::Site;
use crate::frame::nowhere;

/// How long the store may take to say that it works: whoever asks `/readyz` waits a few seconds.
const PING_TIME_MAX: Duration = Duration::from_secs(2);
/// Upper ends of the classes that durations are counted in: from a kept page to a check's patience and a time-out.
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1.0, 5.0, 30.0];

/// Where `/metrics` answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    /// Beside the pages.
    #[default]
    WithPages,
    /// Not beside the pages: at [`Ops::apart`], or nowhere.
    Apart,
}

/// What look-ups did since the program began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Questions that ended, whatever their answer.
    pub answered: u64,
    /// Datagrams sent.
    pub sent: u64,
    /// TCP connections tried.
    pub tcp: u64,
    /// Attempts that brought nothing in time.
    pub timeouts: u64,
    /// Attempts after the first for a question.
    pub retries: u64,
    /// Datagrams received that nobody waited for.
    pub strays: u64,
}

/// What the memory of answers did since the program began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// Answers that are kept now.
    pub entries: usize,
    /// Questions answered from it.
    pub hits: u64,
    /// Questions that were passed on.
    pub misses: u64,
    /// Questions that waited for the answer to the same one.
    pub shared: u64,
}

/// What is known of look-ups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookUps {
    /// Of recursive servers.
    pub recursive: Asked,
    /// Of zones' own servers.
    pub authoritative: Asked,
    /// The memory.
    pub cache: Remembered,
}

/// Whoever counts look-ups.
pub trait Watched: Send + Sync {
    /// What they did so far.
    fn look_ups(&self) -> LookUps;
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByRoute {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByKind {
    kind: &'static str,
}

/// Counts, and knows whether the site is ending.
pub struct Ops {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<ByRoute, Histogram, fn() -> Histogram>,
    limited: Family<ByKind, Counter>,
    ending: watch::Sender<bool>,
    figures: Figures,
}

impl Ops {
    /// Nothing is counted yet.
    pub fn new(checks: Checks, look_ups: Option<Arc<dyn Watched>>, figures: Figures) -> Self {
        let mut registry = Registry::with_prefix("garant");
        let requests = Family::default();
        let durations: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let limited = Family::default();
        registry.register(
            "requests",
            "Requests answered, by route and status",
            requests.clone(),
        );
        registry.register(
            "request_duration_seconds",
            "Time from a request to the beginning of its answer, by route",
            durations.clone(),
        );
        registry.register(
            "limited_requests",
            "Requests answered with 429, by kind",
            limited.clone(),
        );
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        registry.register_collector(Box::new(Live { checks, look_ups }));
        let (ending, _) = watch::channel(false);
        Self {
            registry,
            requests,
            durations,
            limited,
            ending,
            figures,
        }
    }

    /// The site ends: `/readyz` says so, and streams of events end.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Whether it ends.
    pub fn is_ending(&self) -> bool {
        *self.ending.borrow()
    }

    /// Waits until the site ends.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut ending = self.ending.subscribe();
        async move {
            // Whoever would tell is gone: that is an end too.
            let _ = ending.wait_for(|ending| *ending).await;
        }
    }

    /// A request was answered.
    pub(crate) fn answered(&self, route: &str, status: u16, took: Duration) {
        let by_route = ByRoute {
            route: route.to_owned(),
        };
        self.durations
            .get_or_create(&by_route)
            .observe(took.as_secs_f64());
        let answered = Answered {
            route: by_route.route,
            status,
        };
        self.requests.get_or_create(&answered).inc();
    }

    /// A request was asked too often.
    pub(crate) fn limited(&self, kind: &'static str) {
        self.limited.get_or_create(&ByKind { kind }).inc();
    }

    fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    /// Health and figures at an address of their own.
    pub fn apart(self: &Arc<Self>, site: Arc<Site>) -> Router {
        health()
            .route("/metrics", get(all_figures))
            .layer(Extension(Arc::clone(self)))
            .with_state(site)
    }
}

/// What is read when somebody asks for it.
struct Live {
    checks: Checks,
    look_ups: Option<Arc<dyn Watched>>,
}

impl fmt::Debug for Live {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Live").finish_non_exhaustive()
    }
}

/// Takes one count of several.
type Read = fn(Asked) -> u64;

/// Counters of one name, each with one label.
fn counters<const N: usize>(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    label: &'static str,
    values: [(&'static str, u64); N],
) -> fmt::Result {
    let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (value, count) in values {
        metric
            .encode_family(&[(label, value)])?
            .encode_counter::<NoLabelSet, u64, u64>(&count, None)?;
    }
    Ok(())
}

fn gauge(encoder: &mut DescriptorEncoder, name: &str, help: &str, value: usize) -> fmt::Result {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    encoder
        .encode_descriptor(name, help, None, MetricType::Gauge)?
        .encode_gauge(&value)
}

impl Collector for Live {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let encoder = &mut encoder;
        let running = self.checks.running();
        gauge(
            encoder,
            "checks_running",
            "Checks that run or wait",
            running,
        )?;
        let tally = self.checks.tally();
        let outcomes = [
            ("made", tally.made),
            ("lost", tally.lost),
            ("refused", tally.refused),
        ];
        counters(
            encoder,
            "checks",
            "Checks by how they ended",
            "outcome",
            outcomes,
        )?;
        let Some(look_ups) = &self.look_ups else {
            return Ok(());
        };
        let LookUps {
            recursive,
            authoritative,
            cache,
        } = look_ups.look_ups();
        let each = |read: Read| {
            [
                ("recursive", read(recursive)),
                ("authoritative", read(authoritative)),
            ]
        };
        let all: [(&str, &str, Read); 6] = [
            ("dns_questions", "Look-ups that ended", |asked| {
                asked.answered
            }),
            ("dns_datagrams", "Datagrams sent", |asked| asked.sent),
            ("dns_connections", "TCP connections tried", |asked| {
                asked.tcp
            }),
            ("dns_timeouts", "Attempts without an answer", |asked| {
                asked.timeouts
            }),
            ("dns_retries", "Attempts after the first", |asked| {
                asked.retries
            }),
            ("dns_strays", "Datagrams that nobody waited for", |asked| {
                asked.strays
            }),
        ];
        for (name, help, read) in all {
            counters(encoder, name, help, "servers", each(read))?;
        }
        let outcomes = [
            ("hit", cache.hits),
            ("miss", cache.misses),
            ("shared", cache.shared),
        ];
        counters(
            encoder,
            "dns_cache",
            "Look-ups by what the cache had",
            "outcome",
            outcomes,
        )?;
        gauge(
            encoder,
            "dns_cache_entries",
            "Answers in the cache",
            cache.entries,
        )
    }
}

/// Whether a site lives and is ready.
fn health() -> Router<Arc<Site>> {
    Router::new()
        .route("/healthz", get(async || plain(StatusCode::OK, "ok\n")))
        .route("/readyz", get(ready))
}

/// Health and, where they are wanted there, figures beside the pages.
pub(crate) fn routes(ops: Arc<Ops>) -> Router<Arc<Site>> {
    let figures = match ops.figures {
        Figures::WithPages => get(all_figures),
        Figures::Apart => get(nowhere),
    };
    health().route("/metrics", figures).layer(Extension(ops))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

async fn ready(State(site): State<Arc<Site>>, Extension(ops): Extension<Arc<Ops>>) -> Response {
    if ops.is_ending() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "ending\n");
    }
    match timeout(PING_TIME_MAX, site.store.ping()).await {
        Ok(Ok(())) => plain(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!(%error, "the store does not answer");
            plain(StatusCode::SERVICE_UNAVAILABLE, "store\n")
        }
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "store\n"),
    }
}

async fn all_figures(Extension(ops): Extension<Arc<Ops>>) -> Response {
    const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match ops.text() {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "figures\n"),
    }
}
