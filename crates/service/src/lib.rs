//! What is done with facts and findings.
//!
//! * [`report`]: findings joined with their words.
//! * [`present`]: a report as text for a terminal, JSON, Markdown.
//! * [`fetch`]: documents over HTTPS, from addresses that were checked.
//!
//! Begin at [`report::Report`].

pub mod fetch;
pub mod present;
pub mod report;
