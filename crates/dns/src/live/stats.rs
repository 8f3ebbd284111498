//! What a stub did so far.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often a [`Stub`](super::Stub) or a [`NonRecursive`](super::NonRecursive) did what, since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Questions asked of it that ended, whatever their answer.
    pub answered: u64,
    /// Datagrams sent.
    pub sent: u64,
    /// TCP connections tried.
    pub tcp: u64,
    /// Attempts that brought nothing in time.
    pub timeouts: u64,
    /// Attempts after the first one for a question.
    pub retries: u64,
    /// Datagrams received that nobody waited for, or that answered another question: late, or forged.
    pub strays: u64,
}

/// [`Stats`] while they are counted.
#[derive(Default)]
pub(super) struct Counters {
    pub(super) answered: AtomicU64,
    pub(super) sent: AtomicU64,
    pub(super) tcp: AtomicU64,
    pub(super) timeouts: AtomicU64,
    pub(super) retries: AtomicU64,
    pub(super) strays: AtomicU64,
}

impl Counters {
    pub(super) fn read(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats {
            answered: read(&self.answered),
            sent: read(&self.sent),
            tcp: read(&self.tcp),
            timeouts: read(&self.timeouts),
            retries: read(&self.retries),
            strays: read(&self.strays),
        }
    }
}
