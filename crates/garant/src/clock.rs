//! The one place that reads the clock and takes randomness from the system.

use std::time::{SystemTime, UNIX_EPOCH};

use garant_service::ambient::{Clock, Entropy};

/// Seconds since 1970 in UTC; before that, zero.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
pub(crate) fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// A seed that nobody can predict, or nothing when the system has no randomness to give.
pub(crate) fn seed() -> Option<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).ok().map(|()| seed)
}

/// The system's clock and randomness.
#[derive(Clone, Copy, Debug)]
pub(crate) struct System;

impl Clock for System {
    fn now(&self) -> i64 {
        now()
    }
}

impl Entropy for System {
    fn octets(&self) -> Option<[u8; 16]> {
        let mut octets = [0; 16];
        getrandom::fill(&mut octets).ok().map(|()| octets)
    }
}
