//! Reports and plans for a terminal.

mod check;
mod page;
mod path;
mod plan;

pub use check::text;
pub use page::TextOptions;
pub use plan::plan_text;
