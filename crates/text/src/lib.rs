//! Keys and arguments in, words out, in French and English.
//!
//! - [`Language`]: which of the two, chosen as POSIX chooses.
//! - [`Catalogue`]: the short texts of `locales/`, one message per key, with [`Args`].
//! - [`help`]: the long texts of `help/`, a page per topic and a section per finding.
//! - [`search`]: finds a section by what people type.
//!
//! Everything is embedded in the binary and read only when it is asked for. The words themselves
//! are data: no other crate holds a sentence that a user reads, and this crate holds none either.
//!
//! Begin with [`Catalogue::of`].

mod args;
mod catalogue;
mod clock;
mod group;
pub mod help;
mod language;
pub mod search;
mod sources;

pub use args::{Args, Value};
pub use catalogue::{Catalogue, Pattern};
pub use language::Language;
