//! The same POST sent twice begins one check: the header field `Idempotency-Key`.

use garant_check::Request;
use garant_service::checks::CheckId;
use quick_cache::sync::Cache;

/// Keys that are remembered at most; the least used go first.
const KEYS_MAX: usize = 10_000;
/// Octets of one key at most.
pub(super) const KEY_OCTETS_MAX: usize = 255;

/// The keys of one program, for as long as it runs.
pub(super) struct IdempotencyKeys(Cache<String, (Request, CheckId)>);

impl Default for IdempotencyKeys {
    fn default() -> Self {
        Self(Cache::new(KEYS_MAX))
    }
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
    pub(super) fn known(&self, key: &str, request: &Request) -> Known {
        match self.0.get(key) {
            Some((before, id)) if before == *request => Known::Same(id),
            Some(_) => Known::Other,
            None => Known::No,
        }
    }

    pub(super) fn keep(&self, key: String, request: Request, id: CheckId) {
        self.0.insert(key, (request, id));
    }
}
