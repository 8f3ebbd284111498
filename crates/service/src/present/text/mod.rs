//! Reports and plans for a terminal.

mod bounce;
mod check;
mod page;
mod path;
mod plan;
mod trace;

pub use bounce::{bounce_summary_text, bounce_text, unread_text};
pub use check::text;
pub use page::TextOptions;
pub use plan::plan_text;
pub use trace::trace_text;
