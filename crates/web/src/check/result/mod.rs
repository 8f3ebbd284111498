//! The result of a check as a page.

use askama::Template;
use garant_service::checks::Judged;
use garant_service::present::as_it_is;
use garant_service::report::{PlanReport, Report};
use garant_text::Language;

use crate::frame::{Frame, Part};
use crate::words::filters;

#[derive(Template)]
#[template(path = "result.html")]
struct ResultPage {
    frame: Frame,
    report: Report,
    plan: PlanReport,
}

/// The whole page. `origin` is what the permanent link begins with: `https://garant.example`.
pub(super) fn render(
    judged: &Judged,
    language: Language,
    _origin: &str,
) -> Result<String, askama::Error> {
    let report = judged.report(language, as_it_is);
    let id = &judged.checked.id;
    let title = report.domain.to_unicode();
    let page = ResultPage {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Check, title, &format!("/c/{id}"))
        },
        plan: judged.plan_report(language, as_it_is),
        report,
    };
    page.render()
}
