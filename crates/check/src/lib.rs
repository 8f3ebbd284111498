//! Facts about a domain, and findings from facts.

mod fetch;
mod finding;

pub use fetch::{DOCUMENT_OCTETS_MAX, Document, Fetch, FetchError, FetchFuture, NoFetch};
pub use finding::{Action, Argument, Code, Finding, Fix, Place, Severity};
