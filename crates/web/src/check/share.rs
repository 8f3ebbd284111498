//! The page for whoever manages the DNS: exactly the records to publish, whether they are there, the text of a ticket.
//!
//! To look again is a check of the same question which moreover expects what the plan publishes. So each record is
//! told by its own finding: as it was asked for, waiting for caches, at a wrong name.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use garant_check::plan::Change;
use garant_check::{Action, Code, EXPECTED_MAX, ExpectedRecord, Request, Severity};
use garant_dns::{Name, RecordType};
use garant_service::checks::Judged;
use garant_service::present::{as_it_is, plan_ticket};
use garant_service::report::{ChangeWords, FindingText, PlanReport, Report};
use garant_text::{Args, Catalogue, Language};
use jiff::Timestamp;

use super::link::{Link, is_running, judged};
use crate::Site;
use crate::frame::{Frame, Part, page};
use crate::words::filters;

/// Octets of the body of a letter in a link at most: some programs for mail cut longer ones.
const LETTER_OCTETS_MAX: usize = 1_800;

#[derive(Template)]
#[template(path = "share.html")]
struct Share {
    frame: Frame,
    id: String,
    domain: String,
    asked: String,
    kept: String,
    sentence: String,
    panel: Option<String>,
    rows: Vec<Row>,
    ticket: Option<String>,
    has_plan: bool,
    link: String,
    mailto: String,
}

/// One record.
struct Row {
    title: String,
    state: Standing,
    /// What is wrong with it, or until when it waits.
    detail: Option<String>,
    /// The form of the DNS host, where the record is still to be made.
    words: Option<ChangeWords>,
    name: String,
    rtype: &'static str,
    ttl: Option<u32>,
    value: String,
    is_removed: bool,
}

/// How a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Right,
    Waiting,
    ToPublish,
    ToChange,
    ToRemove,
    ToCorrect,
    Unknown,
}

impl Standing {
    /// The shape, which is also the class.
    fn shape(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Waiting => "wait",
            Self::ToPublish | Self::ToChange | Self::ToRemove | Self::ToCorrect => "risk",
            Self::Unknown => "unknown",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Right => "share-right",
            Self::Waiting => "share-waiting",
            Self::ToPublish => "share-to-publish",
            Self::ToChange => "share-to-change",
            Self::ToRemove => "share-to-remove",
            Self::ToCorrect => "share-to-correct",
            Self::Unknown => "share-unknown",
        }
    }
}

/// The question that looks for what the plan publishes, too.
pub(super) fn question(judged: &Judged) -> Request {
    let mut question = judged.checked.observation.request.clone();
    let changes = judged.plan.iter().flat_map(|plan| &plan.changes);
    for change in changes.filter(|change| is_to_stand(change)) {
        let record = ExpectedRecord {
            name: change.name.clone(),
            rtype: change.rtype,
            value: change.value.clone(),
        };
        if question.expect.len() < EXPECTED_MAX && !question.expect.contains(&record) {
            question.expect.push(record);
        }
    }
    question
}

/// Whether a change leaves a record that whoever looks again must find.
fn is_to_stand(change: &Change) -> bool {
    change.action != Action::Delete && !change.optional
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Link { language, id }: Link,
    headers: HeaderMap,
) -> Response {
    if is_running(&site, &id) {
        return Redirect::to(&format!("/{language}/c/{id}")).into_response();
    }
    let judged = match judged(&site, &id, language).await {
        Ok(judged) => judged,
        Err(page) => return page,
    };
    let share = Share::new(&judged, language, &site.origin(&headers));
    let fields = [(header::CACHE_CONTROL, "private, no-cache")];
    (fields, page(StatusCode::OK, &share)).into_response()
}

impl Share {
    fn new(judged: &Judged, language: Language, origin: &str) -> Self {
        let catalogue = Catalogue::of(language);
        let report = judged.report(language, as_it_is);
        let plan = judged.plan_report(language, as_it_is);
        let id = judged.checked.id.to_string();
        let domain = report.domain.to_unicode();
        let args = Args::new().with("domain", domain.as_str());
        let path = format!("/c/{id}/records");
        let link = format!("{origin}/{language}{path}");
        let rows = rows(&report, &plan, judged, catalogue);
        let open = rows
            .iter()
            .filter(|row| row.state != Standing::Right)
            .count();
        let count = Args::new().with("open", open).with("count", rows.len());
        Self {
            frame: Frame {
                is_private: true,
                ..Frame::new(
                    language,
                    Part::Check,
                    catalogue.text("share-title", &args),
                    &path,
                )
            },
            sentence: catalogue.text("share-sentence", &count),
            asked: report.asked_at,
            kept: Timestamp::from_second(judged.checked.kept_until)
                .unwrap_or(Timestamp::MAX)
                .to_string(),
            panel: plan.plan.as_ref().and_then(|plan| plan.words.panel.clone()),
            ticket: plan_ticket(&plan, language),
            has_plan: plan
                .plan
                .as_ref()
                .is_some_and(|plan| plan.plan.has_changes()),
            mailto: mailto(&rows, &link, &args, catalogue),
            id,
            domain,
            rows,
            link,
        }
    }

    fn asked_words(&self) -> String {
        self.frame.say_with("share-asked", "at", &self.asked)
    }

    fn kept_words(&self) -> String {
        self.frame.say_with("share-kept", "until", &self.kept)
    }
}

fn rows(report: &Report, plan: &PlanReport, judged: &Judged, catalogue: &Catalogue) -> Vec<Row> {
    let expected = &judged.checked.observation.request.expect;
    let mut rows = Vec::new();
    let text = plan.plan.as_ref();
    let changes = text.map_or(&[][..], |plan| &plan.plan.changes);
    for (index, change) in changes.iter().enumerate() {
        let words = text.map(|plan| plan.words.changes[index].clone());
        let (state, detail) = of_change(report, change);
        rows.push(Row {
            title: words
                .as_ref()
                .map_or_else(String::new, |words| words.order.clone()),
            state,
            detail,
            words: (state != Standing::Waiting).then_some(words).flatten(),
            name: change.name.to_string(),
            rtype: change.rtype.as_str(),
            ttl: change.ttl,
            value: change.value.clone(),
            is_removed: change.action == Action::Delete,
        });
    }
    for record in expected {
        let is_planned = |change: &Change| {
            is_to_stand(change) && change.name == record.name && change.rtype == record.rtype
        };
        if changes.iter().any(is_planned) {
            continue;
        }
        let (state, detail) = of_expected(report, &record.name, record.rtype);
        let args = Args::new()
            .with("name", record.name.to_string())
            .with("type", record.rtype.as_str());
        rows.push(Row {
            title: catalogue.text("share-record", &args),
            state,
            detail,
            words: None,
            name: record.name.to_string(),
            rtype: record.rtype.as_str(),
            ttl: None,
            value: record.value.clone(),
            is_removed: false,
        });
    }
    rows
}

/// What is said of a record that was asked for: the worst finding about it.
fn finding<'r>(report: &'r Report, name: &Name, rtype: RecordType) -> Option<&'r FindingText> {
    let is_of_record = |finding: &&FindingText| {
        finding.code.topic() == "record"
            && finding.subject == *name
            && finding
                .place
                .as_ref()
                .is_none_or(|place| place.name != *name || place.rtype == rtype)
    };
    let findings = report.findings.iter().filter(is_of_record);
    findings.min_by_key(|finding| match finding.severity {
        Severity::Blocks => 0,
        Severity::Risk => 1,
        Severity::Advice => 2,
        Severity::Fine => 3,
    })
}

fn is_waiting(finding: &FindingText) -> bool {
    matches!(
        finding.code,
        Code::RecordWaiting | Code::RecordOldDataCached
    )
}

fn of_change(report: &Report, change: &Change) -> (Standing, Option<String>) {
    let told = finding(report, &change.name, change.rtype);
    if let Some(told) = told.filter(|told| is_waiting(told)) {
        return (Standing::Waiting, Some(told.title.clone()));
    }
    let state = match change.action {
        Action::Add => Standing::ToPublish,
        Action::Change => Standing::ToChange,
        Action::Delete => Standing::ToRemove,
    };
    // That nothing stands there is what "to publish" says already.
    let told =
        told.filter(|told| told.severity != Severity::Fine && told.code != Code::RecordAbsent);
    (state, told.map(|told| told.title.clone()))
}

fn of_expected(report: &Report, name: &Name, rtype: RecordType) -> (Standing, Option<String>) {
    match finding(report, name, rtype) {
        Some(told) if is_waiting(told) => (Standing::Waiting, Some(told.title.clone())),
        Some(told) if told.code == Code::RecordRight => (Standing::Right, None),
        Some(told) if told.code == Code::RecordFlattened => {
            (Standing::Right, Some(told.title.clone()))
        }
        Some(told) => (Standing::ToCorrect, Some(told.title.clone())),
        None => (Standing::Unknown, None),
    }
}

/// A letter to whoever manages the DNS: the link first, so that it stands even where a program cuts the rest.
fn mailto(rows: &[Row], link: &str, args: &Args, catalogue: &Catalogue) -> String {
    let args = args.clone().with("link", link);
    let mut body = catalogue.text("share-letter", &args);
    for row in rows.iter().filter(|row| row.state != Standing::Right) {
        let sign = if row.is_removed { '-' } else { '+' };
        let line = format!("\n{sign} {} {} {}", row.name, row.rtype, row.value);
        if body.len() + line.len() > LETTER_OCTETS_MAX {
            body.push_str("\n…");
            break;
        }
        body.push_str(&line);
    }
    let subject = catalogue.text("share-letter-subject", &args);
    format!(
        "mailto:?subject={}&body={}",
        percent(&subject),
        percent(&body)
    )
}

/// Text in a `mailto` link: every octet but letters, digits and four signs in hexadecimal, line ends as CR LF
/// (RFC 6068, section 5).
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for octet in text.replace('\n', "\r\n").bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
            out.push(char::from(octet));
        } else {
            out.push_str(&format!("%{octet:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_a_link_keeps_its_lines_and_its_letters() {
        for (text, expect) in [
            ("a b", "a%20b"),
            ("à\nb", "%C3%A0%0D%0Ab"),
            ("&body=\"<", "%26body%3D%22%3C"),
        ] {
            assert_eq!(percent(text), expect);
        }
    }
}
