//! Where records are seen.
use garant_service::report::Report;
use garant_text::Language;

use super::Picture;

pub(super) fn picture(_: &Report, _: Language) -> Option<Picture> {
    None
}
