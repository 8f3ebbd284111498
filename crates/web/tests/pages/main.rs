//! The frame, the front page and everything about a check, as a reader sees them.

#[path = "../site/mod.rs"]
mod site;

mod front;
mod hostile;
mod link;
mod live;
mod share;
mod templates;
