//! What is remembered: rows in, rows out, one transaction an act.
//!
//! * [`Store`]: every act.
//! * [`CheckRow`], [`ResultRow`], [`Opinions`], [`CaseRow`]: what is kept.
//! * [`Sqlite`]: in a file of this machine, or in memory.
//!
//! This crate knows no rule and no default: what a check means, and how long it is kept, is told to it.

mod model;
mod sqlite;
mod store;

pub use model::{CaseRow, CheckRow, Opinions, ResultRow};
pub use sqlite::Sqlite;
pub use store::{Store, StoreError, StoreFuture};
