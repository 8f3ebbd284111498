//! A site over zone files, and a reader who asks it for pages: no socket, no real time, names that repeat.

#![allow(dead_code, reason = "each test file uses its own part of it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use garant_check::{NoFetch, Sources};
use garant_dns::{AnswerFuture, Name, Question, Resolver, Zone, Zones};
use garant_service::ambient::{Ambient, Clock, Entropy};
use garant_service::checks::{CheckId, Checks, Limits, OneCheck, Sight};
use garant_store::{Sqlite, Store};
use garant_web::{Settings, Site};
use tokio::sync::watch;
use tower::ServiceExt;

/// When every test begins: 22 November 2026, 13:07 UTC.
pub(crate) const BEGINNING: i64 = 1_795_352_820;

/// How long a check takes at most, on a machine that has much else to do.
const CHECK_TIME_MAX: Duration = Duration::from_secs(120);

/// The domain of the articles' examples.
pub(crate) const DOMAIN: &str = "votreentreprise.fr";

/// The text of one of `examples/articles/`.
pub(crate) fn article(name: &str) -> String {
    let path = format!(
        "{}/../../examples/articles/{name}.zone",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(path).expect("an example")
}

/// The zones of the ActiveCampaign article: refused under `p=reject`.
pub(crate) fn refused() -> Zones {
    zones(&[
        (DOMAIN, &article("reject-without-dkim")),
        (".", &article("internet")),
    ])
}

/// Zones from pairs of origin and text.
pub(crate) fn zones(texts: &[(&str, &str)]) -> Zones {
    let read = |(origin, text): &(&str, &str)| {
        let origin = if *origin == "." {
            Name::root()
        } else {
            origin.parse().expect("an origin")
        };
        Zone::parse(text.as_bytes(), &origin).expect("a zone")
    };
    Zones::new(texts.iter().map(read).collect())
}

/// A clock that a test moves.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    /// Lets time pass.
    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Randomness that counts: 1, 2, 3.
struct Counter(AtomicU64);

impl Entropy for Counter {
    fn octets(&self) -> Option<[u8; 16]> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Some(u128::from(number).to_be_bytes())
    }
}

/// Answers nothing before the gate is open; afterwards what the zones say.
struct Gated {
    zones: Zones,
    is_open: watch::Receiver<bool>,
    /// Names that are answered at once all the same.
    at_once: Vec<String>,
}

impl Resolver for Gated {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            let is_free = self
                .at_once
                .iter()
                .any(|name| *name == question.name.as_str());
            if !is_free {
                let mut is_open = self.is_open.clone();
                // Whoever dropped the gate wants no answer.
                if is_open.wait_for(|is_open| *is_open).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
            self.zones.resolve(question).await
        })
    }
}

struct World(Gated);

impl Sight for World {
    fn one_check(&self) -> Box<dyn OneCheck + '_> {
        Box::new(OneWorld(&self.0))
    }
}

struct OneWorld<'a>(&'a Gated);

impl OneCheck for OneWorld<'_> {
    fn sources(&self) -> Sources<'_> {
        Sources::new(self.0, &NoFetch)
    }
}

/// A site under test.
pub(crate) struct TestSite {
    pub(crate) site: Arc<Site>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) router: Router,
    gate: watch::Sender<bool>,
}

/// How a site is made.
pub(crate) struct Wishes {
    pub(crate) zones: Zones,
    pub(crate) settings: Settings,
    pub(crate) limits: Limits,
    /// Whether no name is answered before [`TestSite::open`].
    pub(crate) is_waiting: bool,
    /// Names that are answered all the same.
    pub(crate) at_once: Vec<String>,
    /// Where things are kept; nothing for a store of its own in memory.
    pub(crate) store: Option<Arc<dyn Store>>,
}

impl Wishes {
    pub(crate) fn new(zones: Zones) -> Self {
        Self {
            zones,
            settings: Settings::default(),
            limits: Limits::default(),
            is_waiting: false,
            at_once: Vec::new(),
            store: None,
        }
    }

    pub(crate) fn site(self) -> TestSite {
        let (gate, is_open) = watch::channel(!self.is_waiting);
        let clock = Arc::new(TestClock(AtomicI64::new(BEGINNING)));
        let ambient = Ambient {
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            entropy: Arc::new(Counter(AtomicU64::new(0))),
        };
        let store = self
            .store
            .unwrap_or_else(|| Arc::new(Sqlite::in_memory().expect("a store in memory")));
        let world = World(Gated {
            zones: self.zones,
            is_open,
            at_once: self.at_once,
        });
        let checks = Checks::new(
            Arc::new(world),
            Arc::clone(&store),
            ambient.clone(),
            self.limits,
        );
        let site = Arc::new(Site {
            checks,
            store,
            ambient,
            settings: self.settings,
        });
        TestSite {
            router: garant_web::router(Arc::clone(&site)),
            site,
            clock,
            gate,
        }
    }
}

/// A site over zones with nothing special about it.
pub(crate) fn site(zones: Zones) -> TestSite {
    Wishes::new(zones).site()
}

/// What a site answered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) octets: Bytes,
}

impl Page {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.octets.to_vec()).expect("a page is UTF-8")
    }

    /// A field of the answer; empty without it.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a field is ASCII"))
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }
}

impl TestSite {
    /// Lets the answers of a waiting site come.
    pub(crate) fn open(&self) {
        self.gate.send_replace(true);
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Page {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router always answers");
        let (head, body) = response.into_parts();
        let octets = to_bytes(body, 16 * 1024 * 1024)
            .await
            .expect("a page has an end");
        Page {
            status: head.status,
            headers: head.headers,
            octets,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.get_with(path, &[]).await
    }

    pub(crate) async fn get_with(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut request = Request::get(path).header(header::HOST, "garant.test");
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let body: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        self.post_raw(path, "application/x-www-form-urlencoded", body.join("&"))
            .await
    }

    pub(crate) async fn post_raw(&self, path: &str, kind: &str, body: impl Into<Body>) -> Page {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "garant.test")
            .header(header::CONTENT_TYPE, kind)
            .body(body.into())
            .expect("a request");
        self.send(request).await
    }

    /// Checks the articles' domain about ActiveCampaign and waits for the end; the path of the permanent link.
    pub(crate) async fn checked(&self, language: &str) -> String {
        let form = [("domain", DOMAIN), ("sender", "activecampaign")];
        self.checked_with(language, &form).await
    }

    /// Checks what a form says and waits for the end; the path of the permanent link.
    pub(crate) async fn checked_with(&self, language: &str, form: &[(&str, &str)]) -> String {
        let page = self.post(&format!("/{language}/"), form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        self.settled(page.location()).await;
        let path = page.location().split('?').next().unwrap_or_default();
        path.to_owned()
    }

    /// Waits until the check is over that a link leads to, unless its answers are held back: on a machine that is busy
    /// the answer to a form does not wait long enough.
    pub(crate) async fn settled(&self, link: &str) {
        let id = link.split(['/', '?']).find_map(CheckId::parse);
        if let Some(id) = id.filter(|_| *self.gate.borrow()) {
            self.site.checks.wait(&id, CHECK_TIME_MAX).await;
        }
    }
}

/// A text as a form sends it.
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::new();
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
            out.push(char::from(octet));
        } else {
            out.push_str(&format!("%{octet:02X}"));
        }
    }
    out
}

/// The keys for which a page has no words: they are written in brackets.
pub(crate) fn keys_without_words(html: &str) -> Vec<String> {
    let keys = html.split('[').skip(1).filter_map(|part| {
        let (key, _) = part.split_once(']')?;
        let is_plain = |octet: u8| octet.is_ascii_lowercase() || b"-.".contains(&octet);
        (key.contains('-') && key.bytes().all(is_plain)).then(|| key.to_owned())
    });
    keys.collect()
}
