//! Messages of non-delivery: each with its cause, and over several of them how often which.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use garant_check::bounce::{
    self, Bounce, DmarcShare, Fault as Whose, Summary, is_reply, read_reply,
};
use garant_check::{Code, VerdictSeverity};
use garant_dns::Name;
use garant_service::bounce::{
    BounceReport, Counted, Origin, RecipientText, SummaryReport, Unread, UnreadReport,
};
use garant_service::mailbox;
use garant_text::{Args, Catalogue, Language};

use super::NO_CACHE;
use super::ask::Ask;
use super::form::{Fault, Subject, form};
use super::trace::help_path;
use crate::Site;
use crate::frame::{Frame, Lang, Part, page};
use crate::say::Say;
use crate::state::Shape;
use crate::upload::Upload;
use crate::words::filters;

/// Bounces that a page shows one by one at most; the counts are over all.
const SHOWN_MAX: usize = 50;
/// Domains that a page offers to check at most.
const ASKS_MAX: usize = 5;

/// One bounce.
struct One {
    report: BounceReport,
    ask: Option<Ask>,
}

#[derive(Template)]
#[template(path = "message-bounce.html")]
struct Explained {
    frame: Frame,
    severity: VerdictSeverity,
    sentence: String,
    /// Over several.
    summary: Option<SummaryReport>,
    asks: Vec<Ask>,
    shown: Vec<One>,
    unread: Vec<UnreadReport>,
    /// Bounces that are counted and not shown.
    more: usize,
    is_cut: bool,
}

impl Explained {
    fn shape(&self) -> &'static str {
        Shape::from(self.severity).symbol()
    }

    fn stamp(&self) -> String {
        Shape::from(self.severity).word(Say::new(self.frame.language))
    }

    fn is_single(&self) -> bool {
        self.summary.is_none()
    }

    fn has_more(&self) -> bool {
        self.more > 0
    }

    fn shape_of(&self, one: &One) -> &'static str {
        Shape::from(one.report.verdict.severity).symbol()
    }

    fn check_words(&self, domain: &str) -> String {
        self.frame.say_with("message-check", "domain", domain)
    }

    fn count_words(&self, key: &str, count: &usize) -> String {
        let args = Args::new().with("count", *count);
        Catalogue::of(self.frame.language).text(key, &args)
    }

    fn tells_dmarc(&self, one: &One) -> bool {
        let report = &one.report;
        report.verdict.severity == VerdictSeverity::Blocks || report.dmarc.cause != DmarcShare::No
    }

    /// One bounce in a few words: whom it is about, and why.
    fn label(&self, one: &One) -> (String, Option<String>) {
        match one.report.recipients.as_slice() {
            [] => (one.report.words.kind.clone(), None),
            [first, rest @ ..] => {
                let address = first.address.clone();
                let address = address.unwrap_or_else(|| self.frame.say("bounce-no-address"));
                let count = rest.len();
                let label = match count {
                    0 => address,
                    _ => {
                        let args = Args::new().with("address", address).with("count", count);
                        Catalogue::of(self.frame.language).text("bounce-one-of-several", &args)
                    }
                };
                (label, Some(first.words.class.clone()))
            }
        }
    }

    /// Whether there is something to explain.
    fn is_failed(&self, recipient: &RecipientText) -> bool {
        recipient.fault != Whose::Nobody
    }

    fn said_by(&self, recipient: &RecipientText) -> Option<String> {
        let receiver = recipient.receiver.as_ref().map(|receiver| receiver.name);
        match (&recipient.remote_host, receiver) {
            (Some(host), Some(name)) => Some(format!("`{host}` ({name})")),
            (Some(host), None) => Some(format!("`{host}`")),
            (None, name) => name.map(str::to_owned),
        }
    }

    fn help_of(&self, code: &Code) -> String {
        self.frame.link(&help_path(*code))
    }

    fn name_of(&self, domain: &Option<Name>) -> String {
        match domain {
            Some(domain) => domain.to_unicode(),
            None => self.frame.say("bounce-summary-no-domain"),
        }
    }

    /// Counts with what they are over.
    fn tables<'a>(&self, summary: &'a SummaryReport) -> Vec<(&'static str, &'a [Counted])> {
        let tables = [
            ("bounce-summary-causes", summary.causes.as_slice()),
            ("bounce-summary-classes", summary.classes.as_slice()),
            ("bounce-summary-faults", summary.faults.as_slice()),
        ];
        let filled = tables.into_iter().filter(|(_, counts)| !counts.is_empty());
        filled.collect()
    }
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    upload: Upload,
) -> Response {
    if upload.files.is_empty() && upload.pasted.trim().is_empty() {
        let fault = Fault {
            field: "pasted",
            text: Catalogue::of(language).text("bounce-form-absent", &Args::new()),
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return form(language, Subject::Bounce, status, &upload, &[fault]);
    }
    let worked = site
        .checks
        .judging(move || (explained(&upload, language), upload))
        .await;
    let (explained, upload) = match worked {
        Ok(worked) => worked,
        Err(error) => {
            tracing::error!(%error, "a bounce was not explained");
            return crate::frame::message(
                language,
                StatusCode::INTERNAL_SERVER_ERROR,
                "page-broken",
                "/bounce",
            );
        }
    };
    match explained {
        Ok(explained) => ([NO_CACHE], page(StatusCode::OK, &explained)).into_response(),
        Err(fault) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form(language, Subject::Bounce, status, &upload, &[fault])
        }
    }
}

/// What is read out of everything that was sent.
#[derive(Default)]
struct Found {
    summary: Summary,
    shown: Vec<(Origin, Bounce)>,
    unread: Vec<UnreadReport>,
    read: usize,
}

impl Found {
    fn take(&mut self, origin: Origin, octets: &[u8], language: Language) {
        match bounce::read(octets) {
            Ok(bounce) => self.add(origin, bounce),
            Err(error) => self.refuse(origin, Unread::Message(error), language),
        }
    }

    fn refuse(&mut self, origin: Origin, why: Unread, language: Language) {
        self.summary.add_unreadable(&origin.to_string());
        if self.unread.len() < SHOWN_MAX {
            self.unread.push(UnreadReport::new(origin, why, language));
        }
    }

    fn add(&mut self, origin: Origin, bounce: Bounce) {
        self.read += 1;
        self.summary.add(&origin.to_string(), &bounce);
        if self.shown.len() < SHOWN_MAX {
            self.shown.push((origin, bounce));
        }
    }
}

fn explained(upload: &Upload, language: Language) -> Result<Explained, Fault> {
    let mut found = Found::default();
    let pasted = upload.pasted.trim();
    if !pasted.is_empty() {
        let origin = Origin {
            file: Catalogue::of(language).text("message-form-it", &Args::new()),
            ..Origin::default()
        };
        match is_reply(pasted).then(|| read_reply(pasted)).flatten() {
            Some(bounce) => found.add(origin, bounce),
            None => found.take(origin, pasted.as_bytes(), language),
        }
    }
    for file in &upload.files {
        let may_be_mailbox = mailbox::may_be_mailbox(Path::new(&file.name));
        let visited = mailbox::messages::<Infallible>(
            file.octets.as_slice(),
            &file.name,
            may_be_mailbox,
            &mut |origin, octets| {
                match octets {
                    Ok(octets) => found.take(origin, octets, language),
                    Err(why) => found.refuse(origin, why, language),
                }
                Ok(())
            },
        );
        let Ok(()) = visited;
    }
    if let (0, [unread]) = (found.read, found.unread.as_slice()) {
        return Err(Fault {
            field: "pasted",
            text: unread.error.text.clone(),
        });
    }
    Ok(Explained::new(found, upload.is_cut, language))
}

impl Explained {
    fn new(found: Found, is_cut: bool, language: Language) -> Self {
        let is_single = found.read == 1 && found.unread.is_empty();
        let mut asks: Vec<Ask> = Vec::new();
        let mut shown = Vec::with_capacity(found.shown.len());
        for (origin, bounce) in found.shown {
            let ask = bounce.question().map(|request| Ask::new(&request));
            if let Some(ask) = &ask
                && !is_single
                && asks.len() < ASKS_MAX
                && asks.iter().all(|other| other.domain != ask.domain)
            {
                asks.push(ask.clone());
            }
            shown.push(One {
                report: BounceReport::new(origin, &bounce, None, language),
                ask,
            });
        }
        let summary =
            (!is_single).then(|| SummaryReport::new(&found.summary, Vec::new(), language));
        let (severity, sentence) = match (&summary, shown.first()) {
            (Some(summary), _) => (summary.verdict.severity, summary.verdict.text.clone()),
            (None, Some(one)) => (one.report.verdict.severity, one.report.verdict.text.clone()),
            (None, None) => (VerdictSeverity::Unknown, String::new()),
        };
        let title = Catalogue::of(language).text(
            if is_single {
                "bounce-title-one"
            } else {
                "bounce-summary-title"
            },
            &Args::new(),
        );
        Self {
            frame: Frame {
                is_private: true,
                ..Frame::new(language, Part::Bounce, title, "/bounce")
            },
            severity,
            sentence,
            summary,
            asks,
            more: found.read - shown.len(),
            shown,
            unread: found.unread,
            is_cut,
        }
    }
}
