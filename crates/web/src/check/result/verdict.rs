//! The head of the page: the one sentence, what can be done with it, when and of whom it was asked.

use askama::Template;
use askama::filters::HtmlSafe;
use garant_check::{Argument, VerdictCode};
use garant_service::checks::Judged;
use garant_service::report::{FindingText, PlanReport, Report};
use garant_text::Args;

use super::plan::how_many;
use super::record::TextCard;
use crate::say::{Say, rfc3339};
use crate::state::Shape;
use crate::words::filters;

/// The first section.
#[derive(Template)]
#[template(path = "result-verdict.html")]
pub(super) struct Head {
    say: Say,
    shape: Shape,
    /// The state in a word, or until when to wait.
    stamp: String,
    /// Whose mail it is about.
    title: String,
    sentence: String,
    /// The words of the one filled button, which leads to the plan.
    plan: Option<String>,
    /// The path of the check, in the page's language.
    link: String,
    asked_at: String,
    asked: Vec<String>,
    /// What the question named besides the domain.
    question: Vec<String>,
    url: String,
    kept: String,
    asked_words: String,
}

impl HtmlSafe for Head {}

/// Whose mail the page is about, in words.
pub(super) fn subject(report: &Report, say: Say) -> String {
    let stated = report.paths.first().filter(|path| path.path.stated);
    let args = Args::new().with("domain", report.domain.to_unicode());
    match stated {
        Some(path) => {
            let sender = path.path.sender_name.unwrap_or("none");
            say.text("result-subject-path", &args.with("sender", sender))
        }
        None => report.domain.to_unicode(),
    }
}

/// What the stamp shows.
fn stamp(judged: &Judged, report: &Report, say: Say) -> (Shape, String) {
    let verdict = &judged.assessment.verdict;
    let waits = matches!(
        verdict.code,
        VerdictCode::Waiting | VerdictCode::SenderWaiting
    );
    match verdict.args.get("until") {
        Some(Argument::Text(until)) if waits => {
            (Shape::Wait, say.with("result-stamp-wait", "until", until))
        }
        _ if waits => (Shape::Wait, Shape::Wait.word(say)),
        _ => {
            let shape = Shape::from(report.verdict.severity);
            (shape, shape.word(say))
        }
    }
}

/// The title of the browser's window: what it is about, and how it stands.
pub(super) fn window_title(judged: &Judged, report: &Report, say: Say) -> String {
    let (_, state) = stamp(judged, report, say);
    say.pair(&subject(report, say), &state.to_lowercase())
}

impl Head {
    pub(super) fn new(
        judged: &Judged,
        report: &Report,
        plan: &PlanReport,
        origin: &str,
        say: Say,
    ) -> Self {
        let (shape, stamp) = stamp(judged, report, say);
        let link = say.link(&format!("/c/{}", judged.checked.id));
        Self {
            shape,
            stamp,
            title: subject(report, say),
            sentence: report.verdict.text.clone(),
            plan: how_many(plan, say).filter(|_| shape != Shape::Wait),
            url: format!("{origin}{link}"),
            link,
            asked_at: report.asked_at.clone(),
            asked_words: say.moment(&report.asked_at),
            asked: asked(report, say),
            question: question(report, say),
            kept: say.with(
                "result-kept",
                "day",
                &say.day(&rfc3339(judged.checked.kept_until)),
            ),
            say,
        }
    }
}

/// Who was asked, and what it took.
fn asked(report: &Report, say: Say) -> Vec<String> {
    let mut lines = Vec::new();
    let zones = report.authority.zones.iter();
    for zone in zones.filter(|zone| !zone.servers.is_empty()) {
        let mut names: Vec<&str> = zone
            .servers
            .iter()
            .map(|server| server.name.as_str())
            .collect();
        names.dedup();
        let args = Args::new()
            .with("zone", zone.zone.as_ref().map_or("", |name| name.as_str()))
            .with("count", names.len())
            .with("servers", codes(&names));
        lines.push(say.text("result-asked-servers", &args));
    }
    let servers: Vec<&str> = report.queries.servers.iter().map(String::as_str).collect();
    if servers.is_empty() {
        let nobody = (lines.is_empty() && report.authority.direct_questions == 0)
            .then(|| say.word("result-asked-zone"));
        lines.extend(nobody);
    } else {
        let args = Args::new()
            .with("count", servers.len())
            .with("servers", codes(&servers));
        lines.push(say.text("result-asked-resolvers", &args));
    }
    let count = report.queries.count + report.authority.recursive_questions;
    let args = Args::new()
        .with("count", count)
        .with("direct", report.authority.direct_questions)
        .with("ms", report.queries.ms);
    lines.push(say.text("result-asked-count", &args));
    lines
}

/// Names or addresses of servers that a line shows; a zone has four, and a hostile one hundreds.
const SERVERS_MAX: usize = 6;

fn codes(names: &[&str]) -> String {
    let shown = names.iter().take(SERVERS_MAX);
    let mut list: Vec<String> = shown.map(|name| format!("`{name}`")).collect();
    if names.len() > SERVERS_MAX {
        list.push("…".to_owned());
    }
    list.join(", ")
}

/// What was named besides the domain.
fn question(report: &Report, say: Say) -> Vec<String> {
    let asked = &report.question;
    let line = |key: &str, text: String| {
        say.pair(&say.word(key), &format!("`{}`", text.replace('`', "'")))
    };
    let mut lines = Vec::new();
    lines.extend(asked.from.clone().map(|from| line("path-from", from)));
    let mail_from = asked.mail_from.as_ref();
    lines.extend(mail_from.map(|name| line("path-return-path", name.to_string())));
    for signature in &asked.signed_by {
        let selector = signature.selector.as_ref();
        let selector = selector.map_or_else(String::new, |name| format!("; s={name}"));
        lines.push(line(
            "path-signature",
            format!("d={}{selector}", signature.domain),
        ));
    }
    lines.extend(
        asked
            .ip
            .map(|ip| line("result-question-ip", ip.to_string())),
    );
    if !asked.selectors.is_empty() {
        let names: Vec<&str> = asked.selectors.iter().map(|name| name.as_str()).collect();
        lines.push(say.pair(&say.word("result-question-selectors"), &codes(&names)));
    }
    if !asked.expect.is_empty() {
        let args = Args::new().with("count", asked.expect.len());
        lines.push(say.text("result-question-expected", &args));
    }
    lines
}

/// The verdict, its cause and where it can be read, as text for a message.
pub(super) fn summary(judged: &Judged, report: &Report, origin: &str, say: Say) -> TextCard {
    let mut text = format!(
        "{}\n\n{}\n",
        subject(report, say),
        plain(&report.verdict.text)
    );
    if let Some(finding) = cause(report) {
        text.push('\n');
        text.push_str(&say.pair(&say.word("result-cause"), &plain(&finding.title)));
        text.push_str(&format!("\n→ {}\n", plain(&finding.fix)));
    }
    let link = say.link(&format!("/c/{}", judged.checked.id));
    let asked = say.pair(&say.word("result-asked-at"), &say.moment(&report.asked_at));
    text.push_str(&format!("\n{asked}\n{origin}{link}\n"));
    let title = say.word("result-summary");
    TextCard::new("summary", title.clone(), title, &text, say)
}

/// The finding that stands behind the verdict.
pub(super) fn cause(report: &Report) -> Option<&FindingText> {
    let cause = report.verdict.cause?;
    report.findings.iter().find(|finding| finding.code == cause)
}

/// Without the marks of code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
