//! Drawings as SVG, made from the report: each has a wide and a narrow form made from one model by one function, a
//! title and a description, and the list that says the same in words.

use garant_service::report::{PlanReport, Report};
use garant_text::Language;

/// A drawing and its equivalent. All members are HTML or SVG that is already escaped, but for the texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    /// The heading of its section, text.
    pub(crate) title: String,
    /// What stands beneath the drawing, text.
    pub(crate) caption: String,
    /// The wide SVG element, for 60rem of screen and more.
    pub(crate) wide: String,
    /// The narrow one.
    pub(crate) narrow: String,
    /// The list or table that says the same.
    pub(crate) list: String,
}

/// The include tree of the SPF record; nothing without a record.
pub(crate) fn spf_tree(_report: &Report, _language: Language) -> Option<Picture> {
    None
}

/// The way of a message: its three names, how they stand to each other, what receivers do. For the path that was asked
/// about, or the most affected one; nothing without a path.
pub(crate) fn path(_report: &Report, _plan: &PlanReport, _language: Language) -> Option<Picture> {
    None
}

/// Where the records are seen: the zone's own servers and the caches, with clock times; nothing where no server of
/// the zone was asked.
pub(crate) fn seen(_report: &Report, _language: Language) -> Option<Picture> {
    None
}
