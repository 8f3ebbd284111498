//! Results about messages that whoever asked wished to keep.
//!
//! A check is kept as what was answered and judged again; a result about a message is kept as what its page says. To
//! judge a message again takes the message, and that is nobody's business once its page is there.

use garant_store::{ResultRow, StoreError};

use super::{CheckId, Checks};

/// For how long a result is kept: long enough to show it to whoever can change the DNS, and to look once more after that
/// change.
pub const RESULT_KEPT_S: i64 = 14 * 24 * 3600;
/// Octets of the text of one result at most. One message is some 30 KiB in two languages, fifty bounces are some 130 KiB;
/// what is longer was made to be, or has very many recipients.
pub const RESULT_OCTETS_MAX: usize = 512 * 1024;
/// Results that are kept at a time at most: seven hundred a day. What the database may take in all bounds them besides.
pub const RESULTS_MAX: u64 = 10_000;

/// A result that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptResult {
    /// Its name.
    pub id: CheckId,
    /// When it was found: seconds since 1970 in UTC.
    pub kept_at: i64,
    /// Until when it is kept: seconds since 1970 in UTC.
    pub kept_until: i64,
    /// What its page says, as whoever made the page wrote it down.
    pub told: String,
}

/// Why a result was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Its text is longer than [`RESULT_OCTETS_MAX`].
    #[error("the result is too long")]
    TooLong,
    /// [`RESULTS_MAX`] are kept, or what is kept takes as much room as it may.
    #[error("the store is full")]
    Full,
    /// The system gives no randomness, so no link could be made.
    #[error("no randomness")]
    NoRandomness,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Checks {
    /// Keeps what a page says for [`RESULT_KEPT_S`] from now.
    ///
    /// # Errors
    /// [`NotKept`]; nothing is kept then.
    pub async fn keep_result(&self, told: String) -> Result<CheckId, NotKept> {
        let inner = &self.inner;
        if told.len() > RESULT_OCTETS_MAX {
            return Err(NotKept::TooLong);
        }
        if self.is_full() {
            return Err(NotKept::Full);
        }
        let octets = inner.ambient.entropy.octets();
        let id = CheckId::new(octets.ok_or(NotKept::NoRandomness)?);
        let now = inner.ambient.clock.now();
        let row = ResultRow {
            id: id.to_string(),
            kept_at: now,
            kept_until: now.saturating_add(RESULT_KEPT_S),
            told,
        };
        if !inner.store.save_result(row, RESULTS_MAX).await? {
            return Err(NotKept::Full);
        }
        // It is kept, whatever it takes: whether there is room for the next one is asked again.
        if let Err(error) = inner.measure().await {
            tracing::error!(%error, "what is kept was not measured");
        }
        Ok(id)
    }

    /// A result that is still kept.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn kept_result(&self, id: &CheckId) -> Result<Option<KeptResult>, StoreError> {
        let Some(row) = self.inner.store.result(id.as_str()).await? else {
            return Ok(None);
        };
        if row.kept_until < self.inner.ambient.clock.now() {
            return Ok(None);
        }
        Ok(Some(KeptResult {
            id: id.clone(),
            kept_at: row.kept_at,
            kept_until: row.kept_until,
            told: row.told,
        }))
    }

    /// Forgets a result at once; whether there was one. Whoever has its link may.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_result(&self, id: &CheckId) -> Result<bool, StoreError> {
        self.inner.store.delete_result(id.as_str()).await
    }
}
