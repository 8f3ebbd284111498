//! The result of a check as a page.
//!
//! * `verdict`: the sentence, and what can be done with it. `paths`: the way of a message.
//! * `card`: a section for each kind of record; `part` says which finding stands in which, `source` which records.
//! * `record`, `token`, `gloss`, `diff`: the text of a record in its parts, what each says, what a change makes of it.
//! * `plan`: what to publish. `servers`: the zone's own servers. `state`, `say`: shapes and words.
//!
//! What a finding says comes from the report as it is; nothing here judges.

mod card;
mod diff;
mod gloss;
mod part;
mod paths;
mod plan;
mod record;
mod servers;
mod source;
#[cfg(test)]
mod tests;
mod token;
mod verdict;

use askama::Template;
use garant_service::checks::Judged;
use garant_service::present::as_it_is;
use garant_service::report::Report;
use garant_text::{Args, Language};

use crate::frame::{Frame, Part};
use crate::say::Say;
use crate::words::filters;
use card::{Card, Maker};
use paths::Paths;
use plan::PlanSection;
use record::TextCard;
use verdict::Head;

/// Lines about what could not be told; a check asks some thirty questions, of a hostile domain hundreds.
const UNKNOWN_MAX: usize = 40;

#[derive(Template)]
#[template(path = "result.html")]
struct ResultPage {
    frame: Frame,
    head: Head,
    paths: Option<Paths>,
    cards: Vec<Card>,
    /// Sections at which nothing is published, and nothing has to be.
    absent: Vec<String>,
    unknown: Vec<String>,
    plan: PlanSection,
    summary: TextCard,
    /// The path of the check, in the page's language.
    link: String,
    /// The form with what was asked, to ask for more.
    ask_more: String,
    support: String,
}

/// The whole page. `origin` is what the permanent link begins with: `https://garant.example`.
pub(super) fn render(
    judged: &Judged,
    language: Language,
    origin: &str,
) -> Result<String, askama::Error> {
    let say = Say::new(language);
    let report = judged.report(language, as_it_is);
    let plan = judged.plan_report(language, as_it_is);
    let id = &judged.checked.id;
    let title = verdict::window_title(judged, &report, say);
    let mut maker = Maker::new(judged, &report, &plan, say);
    let of_path = maker.of_path();
    let (cards, absent) = maker.cards();
    let page = ResultPage {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Check, title, &format!("/c/{id}"))
        },
        head: Head::new(judged, &report, &plan, origin, say),
        paths: Paths::new(&report, &plan, of_path, say),
        cards,
        absent,
        unknown: unknown(&report, say),
        plan: PlanSection::new(&report, &plan, say),
        summary: verdict::summary(judged, &report, origin, say),
        link: say.link(&format!("/c/{id}")),
        ask_more: ask_more(&report, say),
        support: say.link(&format!("/support?check={id}")),
    };
    let mut html = page.render()?;
    // Pages are kept, and text that grew has room for as much again: memory that nobody would count.
    html.shrink_to_fit();
    Ok(html)
}

/// What could not be told, and why.
fn unknown(report: &Report, say: Say) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for unknown in report.unknown.iter().take(UNKNOWN_MAX) {
        let args = Args::new()
            .with("name", unknown.name.to_string())
            .with("type", unknown.rtype.as_str());
        // These say on the command line which option to give.
        let line = match unknown.reason {
            "selectors-not-listable" => say.text("result-unknown-selectors", &args),
            "return-address-not-known" => say.text("result-unknown-return-address", &args),
            "sending-address-not-known" => say.text("result-unknown-sending-address", &args),
            "offline" => say.text("result-unknown-offline", &args),
            reason => say.text(&format!("unknown-{reason}"), &args),
        };
        lines.push(line);
    }
    lines
}

/// The front page with what was asked, so that more can be told.
fn ask_more(report: &Report, say: Say) -> String {
    let sender = report.question.sender.as_ref();
    // Both are of letters, digits, dots and hyphens.
    let sender = sender.map_or_else(String::new, |id| format!("&sender={id}"));
    say.link(&format!("/?domain={}{sender}", report.domain))
}
