//! The way of a message.
use garant_service::report::{PlanReport, Report};
use garant_text::Language;

use super::Picture;

pub(super) fn picture(_: &Report, _: &PlanReport, _: Language) -> Option<Picture> {
    None
}
