//! A check that runs: the page that shows what has come in, and the same as events for whoever watches.
//!
//! Nothing here is a judgement. A record that has not come in yet is not spoken of at all.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt, stream};
use garant_service::checks::{CheckId, Phase, Progress};
use garant_text::{Args, Catalogue, Language};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::link::Link;
use crate::Site;
use crate::frame::{Frame, Part, page};
use crate::words::filters;

/// Seconds after which the page asks again where scripts do not.
const AGAIN_S: u8 = 2;

/// Streams of events that are open at the same time: each is a connection and some kilobytes. Whoever comes beyond
/// them has a page that loads itself again.
const STREAMS_MAX: usize = 1_000;

/// The least time between two events of a stream: faster than people read, and a burst of answers is one event.
const PAUSE: Duration = Duration::from_millis(250);

/// After how long a silent stream sends something, so that no proxy on the way takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Records that the page of a running check shows at most: a hostile domain has no end of them, and the result has
/// them all.
const SEEN_MAX: usize = 40;

/// Places for streams of events.
pub(super) struct Streams(Arc<Semaphore>);

impl Streams {
    /// All are free.
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(STREAMS_MAX)))
    }
}

#[derive(Template)]
#[template(path = "running.html")]
struct Running<'a> {
    frame: Frame,
    id: &'a CheckId,
    said: String,
    seen: Seen<'a>,
    taken: Option<&'static str>,
}

/// The part of the page that changes.
#[derive(Template)]
#[template(path = "seen.html")]
struct Seen<'a> {
    frame: Frame,
    progress: &'a Progress,
}

impl Seen<'_> {
    fn servers(&self) -> String {
        self.progress.servers.join(", ")
    }

    fn topic(&self, topic: &str) -> String {
        self.frame.say(&format!("topic-{topic}"))
    }

    fn records_max(&self) -> usize {
        SEEN_MAX
    }
}

/// The sentence that says how far a check is.
fn said(progress: &Progress, domain: &str, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let args = Args::new()
        .with("domain", domain)
        .with("count", progress.answered);
    match progress.phase {
        Phase::Waiting => catalogue.text("running-waiting", &args),
        Phase::Asking => catalogue.text("running-asking", &args),
        Phase::Planning | Phase::Done | Phase::Lost => catalogue.text("running-planning", &args),
    }
}

fn domain(site: &Site, id: &CheckId) -> String {
    let question = site.checks.question(id);
    question.map_or_else(String::new, |question| question.domain.to_unicode())
}

/// The page of a running check.
pub(super) fn running(
    site: &Site,
    id: &CheckId,
    progress: &Progress,
    taken: Option<&'static str>,
    language: Language,
) -> Response {
    let domain = domain(site, id);
    let args = Args::new().with("domain", domain.as_str());
    let title = Catalogue::of(language).text("running-title", &args);
    let frame = Frame {
        is_private: true,
        again_s: Some(AGAIN_S),
        ..Frame::new(language, Part::Check, title, &format!("/c/{id}"))
    };
    let running = Running {
        id,
        said: said(progress, &domain, language),
        seen: Seen {
            frame: frame.clone(),
            progress,
        },
        frame,
        taken,
    };
    let fields = [(header::CACHE_CONTROL, "no-store")];
    (fields, page(StatusCode::OK, &running)).into_response()
}

#[derive(Template)]
#[template(path = "lost.html")]
struct Lost<'a> {
    frame: Frame,
    id: &'a CheckId,
}

/// The page of a check that could not be brought to its end: not a word about the domain.
pub(super) fn lost(site: &Site, id: &CheckId, language: Language) -> Response {
    let args = Args::new().with("domain", domain(site, id));
    let title = Catalogue::of(language).text("running-lost", &args);
    let lost = Lost {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Check, title, &format!("/c/{id}"))
        },
        id,
    };
    let fields = [(header::CACHE_CONTROL, "no-store")];
    let status = StatusCode::SERVICE_UNAVAILABLE;
    (fields, page(status, &lost)).into_response()
}

/// What comes in, as it comes: `said` (a sentence), `seen` (HTML), and `done` at the end.
pub(super) async fn events(
    State(site): State<Arc<Site>>,
    Extension(streams): Extension<Arc<Streams>>,
    Link { language, id }: Link,
) -> Response {
    let Ok(place) = Arc::clone(&streams.0).try_acquire_owned() else {
        let fields = [(header::RETRY_AFTER, "3")];
        return (StatusCode::SERVICE_UNAVAILABLE, fields).into_response();
    };
    let path = format!("/{language}/c/{id}");
    let Some(progress) = site.checks.follow(&id) else {
        // It was made already, or is gone: the page says which.
        let events = stream::iter([Ok::<_, Infallible>(done(&path))]);
        return Sse::new(events).into_response();
    };
    let follower = Follower {
        domain: domain(&site, &id),
        path,
        frame: Frame::new(language, Part::Check, String::new(), "/"),
        progress,
        is_begun: false,
        is_over: false,
        _place: place,
    };
    // A proxy must pass each event on and not collect them.
    let fields = [(HeaderName::from_static("x-accel-buffering"), "no")];
    let events = Sse::new(follower.events()).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    (fields, events).into_response()
}

/// The end, with the path of the page to load: browsers drop an event without data.
fn done(path: &str) -> Event {
    Event::default().event("done").data(path)
}

/// Whoever watches a check. When the reader goes away it is dropped, with its place.
struct Follower {
    domain: String,
    path: String,
    frame: Frame,
    progress: watch::Receiver<Progress>,
    is_begun: bool,
    is_over: bool,
    _place: OwnedSemaphorePermit,
}

impl Follower {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, async |mut follower| {
            let events = follower.next().await?;
            Some((stream::iter(events.into_iter().map(Ok)), follower))
        })
        .flatten()
    }

    async fn next(&mut self) -> Option<Vec<Event>> {
        if self.is_over {
            return None;
        }
        if self.is_begun {
            // An error is the end of the check too: what was said last tells how it ended.
            let more = self.progress.changed().await;
            if more.is_ok() && !self.progress.borrow().phase.is_over() {
                tokio::time::sleep(PAUSE).await;
            }
        }
        self.is_begun = true;
        let now = self.progress.borrow_and_update().clone();
        if now.phase.is_over() || self.progress.has_changed().is_err() {
            self.is_over = true;
            return Some(vec![done(&self.path)]);
        }
        let said = said(&now, &self.domain, self.frame.language);
        let seen = Seen {
            frame: self.frame.clone(),
            progress: &now,
        };
        // A part that cannot be rendered is not shown; the page at the end says what went wrong.
        let seen = seen.render().unwrap_or_default();
        Some(vec![
            Event::default().event("said").data(line(&said)),
            Event::default().event("seen").data(line(&seen)),
        ])
    }
}

/// Text for an event, which no carriage return may stand in: it would end a line.
fn line(text: &str) -> String {
    text.replace('\r', " ")
}
