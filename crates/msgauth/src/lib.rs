//! The mail authentication RFCs as types and pure functions: no sockets, no clock, no files, no language.
//!
//! What needs DNS answers is sans-I/O: it reads the answers that are at hand
//! ([`garant_dns::AnswerTable`]) and says which questions it still has ([`Step::Need`]). The caller
//! asks them and calls again, until everything is [`Step::Done`].

pub mod arc;
pub mod auth_results;
pub mod bimi;
pub mod crypto;
pub mod dkim;
pub mod dmarc;
pub mod dsn;
pub mod look_alike;
pub mod message;
pub mod mime;
pub mod mta_sts;
pub mod mx;
pub mod received;
pub mod single;
pub mod spelling;
pub mod spf;
mod step;
mod structured;
pub mod tag_list;
pub mod tls_rpt;

pub use step::{Span, Step};
