//! The same POST sent twice begins one check: the header field `Idempotency-Key`.

use std::sync::Arc;

use garant_check::Request;
use garant_service::checks::CheckId;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::guard::Client;

/// Keys that are remembered at most; the least used go first.
const KEYS_MAX: usize = 10_000;
/// Octets of the questions that are remembered with them, at most.
const QUESTIONS_OCTETS_MAX: u64 = 8 * 1024 * 1024;
/// Octets of one key at most.
pub(super) const KEY_OCTETS_MAX: usize = 255;

/// The keys of one program, for as long as it runs.
pub(super) struct IdempotencyKeys(Cache<OwnKey, Begun, Weight>);

/// A key of one client: two clients may choose the same.
type OwnKey = (Client, String);

/// A question, as JSON, and the check that it began.
type Begun = (Arc<str>, CheckId);

/// Weighs an entry by its octets.
#[derive(Clone)]
struct Weight;

impl Weighter<OwnKey, Begun> for Weight {
    fn weight(&self, key: &OwnKey, begun: &Begun) -> u64 {
        /// What an entry takes besides its texts, about.
        const ENTRY_OCTETS: u64 = 200;
        ENTRY_OCTETS + (key.1.len() + begun.0.len()) as u64
    }
}

impl Default for IdempotencyKeys {
    fn default() -> Self {
        Self(Cache::with_weighter(KEYS_MAX, QUESTIONS_OCTETS_MAX, Weight))
    }
}

fn written(request: &Request) -> Arc<str> {
    serde_json::to_string(request)
        .expect("a request has only text keys")
        .into()
}

/// What is known of a key.
pub(super) enum Known {
    /// It came with this question before, which began this check.
    Same(CheckId),
    /// It came with another question.
    Other,
    /// It is new.
    No,
}

impl IdempotencyKeys {
    pub(super) fn known(&self, key: &OwnKey, request: &Request) -> Known {
        match self.0.get(key) {
            Some((before, id)) if before == written(request) => Known::Same(id),
            Some(_) => Known::Other,
            None => Known::No,
        }
    }

    pub(super) fn keep(&self, key: OwnKey, request: &Request, id: CheckId) {
        self.0.insert(key, (written(request), id));
    }
}
