//! What a program finds around it: the time, and randomness. Parameters, so that tests choose both.

use std::sync::Arc;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Seconds since 1970 in UTC.
    fn now(&self) -> i64;
}

/// Gives randomness.
pub trait Entropy: Send + Sync {
    /// Sixteen octets that nobody can predict; nothing when the system has none to give.
    fn octets(&self) -> Option<[u8; 16]>;
}

/// Both.
#[derive(Clone)]
pub struct Ambient {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
}
