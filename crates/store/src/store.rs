//! The acts.

use std::future::Future;
use std::pin::Pin;

use crate::model::{CaseRow, CheckRow, Opinions, ResultRow};

/// Why an act failed. Internal: whoever asked is told that nothing could be kept, and the log has the words.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("database: {0}")]
    Database(String),
    /// What was read is not what was written.
    #[error("damaged row: {0}")]
    Damaged(&'static str),
    /// The database was made by a newer program.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    Newer {
        /// Its version.
        found: u32,
        /// The newest that is known.
        known: u32,
    },
}

/// The future of an act.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Whatever remembers.
pub trait Store: Send + Sync {
    /// Keeps a check; one of the same id is replaced.
    fn save_check(&self, check: CheckRow) -> StoreFuture<'_, ()>;
    /// A check by its id, whether or not its time has passed.
    fn check<'a>(&'a self, id: &'a str) -> StoreFuture<'a, Option<CheckRow>>;
    /// Keeps a result, unless `results_max` are kept already; whether it was kept. One of the same id is an error.
    fn save_result(&self, result: ResultRow, results_max: u64) -> StoreFuture<'_, bool>;
    /// A result by its id, whether or not its time has passed.
    fn result<'a>(&'a self, id: &'a str) -> StoreFuture<'a, Option<ResultRow>>;
    /// Forgets a result; whether there was one.
    fn delete_result<'a>(&'a self, id: &'a str) -> StoreFuture<'a, bool>;
    /// Forgets the checks and results whose time has passed; how many.
    fn delete_expired(&self, now: i64) -> StoreFuture<'_, u64>;
    /// Counts an opinion on a page and gives the new counts of that page in that language.
    fn count_opinion<'a>(
        &'a self,
        page: &'a str,
        language: &'a str,
        useful: bool,
    ) -> StoreFuture<'a, Opinions>;
    /// The opinions on a page in a language.
    fn opinions<'a>(&'a self, page: &'a str, language: &'a str) -> StoreFuture<'a, Opinions>;
    /// Keeps a case.
    fn save_case(&self, case: CaseRow) -> StoreFuture<'_, ()>;
    /// A case by its id.
    fn case<'a>(&'a self, id: &'a str) -> StoreFuture<'a, Option<CaseRow>>;
    /// The newest cases first, `limit` at most, without their answers.
    fn cases(&self, limit: u32) -> StoreFuture<'_, Vec<CaseRow>>;
    /// Forgets a case; whether there was one.
    fn delete_case<'a>(&'a self, id: &'a str) -> StoreFuture<'a, bool>;
    /// Octets that what is kept takes.
    fn octets(&self) -> StoreFuture<'_, u64>;
    /// Whether it works.
    fn ping(&self) -> StoreFuture<'_, ()>;
}
