//! How often: for each client, and for all of them.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::Method;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use super::Client;

/// Clients that are counted one by one at most; while there are more, all are counted as one. An
/// entry takes some 100 octets, and one goes when its client was quiet for the time of its rate.
pub const CLIENTS_MAX: usize = 100_000;

/// So often within so long: that many at once, and one more each time a share of the time has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How often.
    pub count: NonZeroU32,
    /// Within how long.
    pub per: Duration,
}

impl Rate {
    /// A rate, or nothing for 0, which means no limit.
    pub const fn new(count: u32, per: Duration) -> Option<Self> {
        match NonZeroU32::new(count) {
            Some(count) => Some(Self { count, per }),
            None => None,
        }
    }

    /// So often a minute.
    pub const fn per_minute(count: u32) -> Option<Self> {
        Self::new(count, Duration::from_secs(60))
    }

    /// So often an hour.
    pub const fn per_hour(count: u32) -> Option<Self> {
        Self::new(count, Duration::from_secs(3600))
    }

    fn quota(self) -> Quota {
        // A share of no length would be no limit at all.
        let share = (self.per / self.count.get()).max(Duration::from_nanos(1));
        Quota::with_period(share)
            .expect("a share has a length")
            .allow_burst(self.count)
    }
}

/// How often what may be asked for; nothing means no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Checks that one client begins. The default is 30 a minute: more than a person types, and enough for an
    /// office behind one address.
    pub checks_per_client: Option<Rate>,
    /// Checks that all clients begin. The default is 600 a minute, which with 31 look-ups each is some 300
    /// look-ups a second.
    pub checks: Option<Rate>,
    /// Requests of one client, of whatever kind but style and script. The default is 1,200 a minute: a page that
    /// waits for its answers asks every other second.
    pub requests_per_client: Option<Rate>,
    /// Opinions and messages to support of one client. The default is 20 an hour: they are kept, and read by people.
    pub messages_per_client: Option<Rate>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            checks_per_client: Rate::per_minute(30),
            checks: Rate::per_minute(600),
            requests_per_client: Rate::per_minute(1_200),
            messages_per_client: Rate::per_hour(20),
        }
    }
}

impl Rates {
    /// No limit on anything: for a site that only its owner reaches.
    pub const NONE: Self = Self {
        checks_per_client: None,
        checks: None,
        requests_per_client: None,
        messages_per_client: None,
    };
}

/// What a request asks for, as far as limits go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing that costs anything: style, script, health.
    Free,
    /// A page, or a document of the API.
    Read,
    /// A check.
    Check,
    /// A check of what is sent with it: files.
    Files,
    /// An opinion, or a message to support.
    Message,
}

/// Paths of requests that are not counted.
const FREE: [&str; 4] = ["/static/", "/healthz", "/readyz", "/metrics"];
/// Parts of paths where people are written to.
const MESSAGE: [&str; 3] = ["support", "opinion", "useful"];
/// Paths behind the language where files are sent to.
const FILES: [&str; 2] = ["message", "bounce"];

impl Kind {
    /// As it is counted.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Read => "read",
            Self::Check => "check",
            Self::Files => "files",
            Self::Message => "message",
        }
    }

    /// By method and path: what is sent begins a check, except where it is for people.
    pub(super) fn of(method: &Method, path: &str) -> Self {
        if FREE.iter().any(|free| path.starts_with(free)) {
            return Self::Free;
        }
        if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
            return Self::Read;
        }
        let mut parts = path.split('/').skip(1);
        if parts.clone().any(|part| MESSAGE.contains(&part)) {
            return Self::Message;
        }
        match (parts.nth(1), parts.next()) {
            (Some(part), None) if FILES.contains(&part) => Self::Files,
            _ => Self::Check,
        }
    }
}

type PerClient<C> =
    RateLimiter<Client, DashMapStateStore<Client>, C, NoOpMiddleware<<C as Clock>::Instant>>;
type ForAll<C> = RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// Counts, and says when it is too often.
pub(super) struct Limits<C: Clock = DefaultClock> {
    checks_per_client: Option<PerClient<C>>,
    checks: Option<ForAll<C>>,
    requests_per_client: Option<PerClient<C>>,
    messages_per_client: Option<PerClient<C>>,
    clock: C,
    counted: AtomicU64,
}

/// After so many requests, clients that were quiet are forgotten.
const FORGET_EVERY: u64 = 4_096;

impl Limits {
    pub(super) fn new(rates: &Rates) -> Self {
        Self::with_clock(rates, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(rates: &Rates, clock: C) -> Self {
        let per_client = |rate: Option<Rate>| {
            rate.map(|rate| RateLimiter::dashmap_with_clock(rate.quota(), clock.clone()))
        };
        Self {
            checks_per_client: per_client(rates.checks_per_client),
            checks: rates
                .checks
                .map(|rate| RateLimiter::direct_with_clock(rate.quota(), clock.clone())),
            requests_per_client: per_client(rates.requests_per_client),
            messages_per_client: per_client(rates.messages_per_client),
            clock,
            counted: AtomicU64::new(0),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, when it is too often.
    pub(super) fn permit(&self, kind: Kind, client: Client) -> Result<(), Duration> {
        if kind == Kind::Free {
            return Ok(());
        }
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.forget_quiet();
        }
        self.count(self.requests_per_client.as_ref(), client)?;
        match kind {
            Kind::Free | Kind::Read => Ok(()),
            Kind::Message => self.count(self.messages_per_client.as_ref(), client),
            Kind::Check | Kind::Files => {
                self.count(self.checks_per_client.as_ref(), client)?;
                let counted = self.checks.as_ref().map(ForAll::check);
                counted.unwrap_or(Ok(())).map_err(|until| self.wait(&until))
            }
        }
    }

    fn count(&self, limiter: Option<&PerClient<C>>, client: Client) -> Result<(), Duration> {
        let Some(limiter) = limiter else {
            return Ok(());
        };
        let is_crowded = limiter.len() >= CLIENTS_MAX;
        let counted_as = if is_crowded { Client::NOBODY } else { client };
        limiter
            .check_key(&counted_as)
            .map_err(|until| self.wait(&until))
    }

    fn wait(&self, until: &NotUntil<C::Instant>) -> Duration {
        until.wait_time_from(self.clock.now())
    }

    fn forget_quiet(&self) {
        let all = [
            &self.checks_per_client,
            &self.requests_per_client,
            &self.messages_per_client,
        ];
        for limiter in all.into_iter().flatten() {
            limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn client(last: u8) -> Client {
        Client::at([192, 0, 2, last].into())
    }

    fn limits(rates: &Rates) -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Limits::with_clock(rates, clock.clone()), clock)
    }

    /// How many of so many requests are permitted.
    fn permitted<C: Clock + Clone>(
        limits: &Limits<C>,
        kind: Kind,
        last: u8,
        tries: usize,
    ) -> usize {
        (0..tries)
            .filter(|_| limits.permit(kind, client(last)).is_ok())
            .count()
    }

    #[test]
    fn a_client_that_asks_too_often_waits_its_share_and_others_do_not() {
        let rates = Rates {
            checks_per_client: Rate::per_minute(3),
            ..Rates::NONE
        };
        let (limits, clock) = limits(&rates);
        assert_eq!(permitted(&limits, Kind::Check, 1, 5), 3);
        let wait = limits.permit(Kind::Check, client(1)).unwrap_err();
        assert_eq!(wait, Duration::from_secs(20));
        assert_eq!(permitted(&limits, Kind::Check, 2, 5), 3);
        assert_eq!(permitted(&limits, Kind::Read, 1, 5), 5);
        clock.advance(Duration::from_secs(20));
        assert_eq!(permitted(&limits, Kind::Check, 1, 5), 1);
        clock.advance(Duration::from_secs(600));
        assert_eq!(permitted(&limits, Kind::Check, 1, 5), 3);
    }

    #[test]
    fn all_clients_together_have_a_limit_too() {
        let rates = Rates {
            checks: Rate::per_minute(4),
            ..Rates::NONE
        };
        let (limits, clock) = limits(&rates);
        assert_eq!(permitted(&limits, Kind::Check, 1, 3), 3);
        assert_eq!(permitted(&limits, Kind::Check, 2, 3), 1);
        clock.advance(Duration::from_secs(15));
        assert_eq!(permitted(&limits, Kind::Check, 3, 3), 1);
    }

    #[test]
    fn each_kind_has_the_limits_that_are_its_own() {
        let one = Rate::per_hour(1);
        let rates = |requests, checks, messages| Rates {
            requests_per_client: requests,
            checks_per_client: checks,
            messages_per_client: messages,
            checks: None,
        };
        for (rates, kind, expect) in [
            (rates(one, None, None), Kind::Free, 9),
            (rates(one, None, None), Kind::Read, 1),
            (rates(one, None, None), Kind::Check, 1),
            (rates(one, None, None), Kind::Message, 1),
            (rates(None, one, None), Kind::Read, 9),
            (rates(None, one, None), Kind::Check, 1),
            (rates(None, one, None), Kind::Message, 9),
            (rates(None, None, one), Kind::Check, 9),
            (rates(None, None, one), Kind::Message, 1),
            (Rates::NONE, Kind::Check, 9),
        ] {
            let (limits, _) = limits(&rates);
            assert_eq!(permitted(&limits, kind, 1, 9), expect, "{rates:?} {kind:?}");
        }
    }

    #[test]
    fn quiet_clients_are_forgotten() {
        let rates = Rates {
            requests_per_client: Rate::per_minute(1),
            ..Rates::NONE
        };
        let (limits, clock) = limits(&rates);
        let counted = |limits: &Limits<_>| limits.requests_per_client.as_ref().unwrap().len();
        for last in 0..200 {
            let _ = limits.permit(Kind::Read, client(last));
        }
        assert_eq!(counted(&limits), 200);
        clock.advance(Duration::from_secs(120));
        for _ in 0..FORGET_EVERY {
            let _ = limits.permit(Kind::Read, client(1));
        }
        assert!(counted(&limits) <= 1, "{}", counted(&limits));
    }

    #[test]
    fn what_is_sent_begins_a_check_unless_it_is_for_people() {
        for (method, path, expect) in [
            (Method::GET, "/fr/", Kind::Read),
            (Method::GET, "/static/garant.css", Kind::Free),
            (Method::GET, "/healthz", Kind::Free),
            (Method::GET, "/fr/support", Kind::Read),
            (Method::POST, "/fr/", Kind::Check),
            (Method::POST, "/api/v1/checks", Kind::Check),
            (Method::POST, "/fr/c/0123/again", Kind::Check),
            (Method::POST, "/fr/message", Kind::Files),
            (Method::POST, "/en/bounce", Kind::Files),
            (Method::POST, "/en/bounce/0123", Kind::Check),
            (Method::POST, "/fr/m/0123/forget", Kind::Check),
            (Method::GET, "/en/bounce", Kind::Read),
            (Method::POST, "/fr/support", Kind::Message),
            (Method::POST, "/en/help/dkim/useful", Kind::Message),
            (Method::DELETE, "/x", Kind::Check),
        ] {
            assert_eq!(Kind::of(&method, path), expect, "{method} {path}");
        }
    }
}
