//! What is done with facts and findings.
//!
//! * [`bounce`]: judged bounces with their words.
//! * [`report`]: findings joined with their words.
//! * [`mailbox`]: the messages of a mailbox file.
//! * [`trace`]: one message with its words.
//! * [`present`]: a report as text for a terminal, JSON, Markdown.
//! * [`fetch`]: documents over HTTPS, from addresses that were checked.
//! * [`typed`]: what people type, read strictly; [`question`]: a whole form of it.
//! * [`checks`]: running checks: limits, one check for askers of the same thing, answers as they come, results kept.
//! * [`ambient`]: the clock and randomness, as parameters.
//!
//! Begin at [`report::Report`].

pub mod ambient;
pub mod bounce;
pub mod checks;
pub mod fetch;
pub mod mailbox;
pub mod present;
pub mod question;
pub mod report;
pub mod trace;
pub mod typed;
