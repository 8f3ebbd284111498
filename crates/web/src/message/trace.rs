//! A message, traced: the one sentence, the picture of its way, what receivers do, every step.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use garant_check::Code;
use garant_check::trace::{Message, StepCode, StepState, TraceRequest, observe};
use garant_service::checks::Aside;
use garant_service::present::sanitise;
use garant_service::report::{FindingText, ReceiverWords};
use garant_service::trace::typed::{helo, mail_from, message, receiver, sealers};
use garant_service::trace::{StepText, TraceReport};
use garant_service::typed::{self, Refusal};
use garant_text::{Args, Catalogue, Language};

use super::NO_CACHE;
use super::ask::Ask;
use super::form::{Fault, Subject, form};
use super::way::{self, Asked, Hop};
use crate::Site;
use crate::frame::{Frame, Lang, Part, page};
use crate::picture::{self, Picture};
use crate::state::Shape;
use crate::upload::Upload;
use crate::words::filters;

/// The page.
#[derive(Template)]
#[template(path = "message-trace.html")]
struct Traced {
    frame: Frame,
    report: TraceReport,
    picture: Picture,
    ask: Option<Ask>,
    /// A file was sent, and text was pasted besides, which nobody looked at.
    is_text_unread: bool,
    hops: Vec<Hop>,
    asked: Vec<Asked>,
}

impl Traced {
    fn shape(&self) -> &'static str {
        Shape::from(self.report.verdict.severity).symbol()
    }

    fn stamp(&self) -> String {
        Shape::from(self.report.verdict.severity).word(crate::say::Say::new(self.frame.language))
    }

    fn step_shape(&self, step: &StepText) -> &'static str {
        match step.step.state {
            StepState::Good => "right",
            StepState::Bad => "block",
            StepState::Neutral => "advice",
            StepState::Unknown => "unknown",
        }
    }

    fn receiver_shape(&self, words: &ReceiverWords) -> &'static str {
        Shape::from(words.action).symbol()
    }

    fn finding_shape(&self, finding: &FindingText) -> &'static str {
        Shape::from(finding.severity).symbol()
    }

    fn names(&self, words: &ReceiverWords) -> String {
        words.names.join(", ")
    }

    fn check_words(&self, domain: &str) -> String {
        self.frame.say_with("message-check", "domain", domain)
    }

    /// Who handed the message over: the words of that step.
    fn connection(&self) -> Option<&str> {
        let mut steps = self.report.steps.iter();
        let found = steps.find(|step| step.step.code == StepCode::Connection)?;
        Some(&found.text)
    }

    /// The field Authentication-Results, whose values are strangers'.
    fn written(&self) -> String {
        let lines = self.report.trace.authentication_results.lines();
        lines.map(sanitise).collect::<Vec<_>>().join("\n")
    }

    fn hops_words(&self) -> String {
        let args = Args::new().with("count", self.hops.len());
        Catalogue::of(self.frame.language).text("message-hops", &args)
    }

    fn asked_words(&self, step: &StepText) -> String {
        let args = Args::new().with("count", step.asked.len());
        Catalogue::of(self.frame.language).text("message-step-asked", &args)
    }

    fn before(&self, number: &usize) -> usize {
        number - 1
    }

    fn after(&self, number: &usize) -> usize {
        number + 1
    }

    /// The help about what to do first.
    fn help(&self) -> Option<String> {
        let code = self.report.verdict.cause?;
        Some(self.frame.link(&help_path(code)))
    }

    fn help_of(&self, finding: &FindingText) -> String {
        self.frame.link(&help_path(finding.code))
    }
}

/// Text of strangers for our sentences, in which a back-tick would begin code.
fn without_marks(text: &str) -> String {
    text.replace('`', "'")
}

/// Where a code is explained.
pub(super) fn help_path(code: Code) -> String {
    format!("/help/{}#{}", code.topic(), code.anchor())
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    upload: Upload,
) -> Response {
    let refuse = |faults: &[Fault]| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        form(language, Subject::Message, status, &upload, faults)
    };
    let (octets, name) = match octets(&upload, language) {
        Ok(found) => found,
        Err(fault) => return refuse(&[fault]),
    };
    // A header that was pasted alone has no empty line behind it.
    let headers_only = upload.files.is_empty() && !has_empty_line(octets);
    let fault = |field, refusal: &Refusal| Fault {
        field,
        text: Catalogue::of(language).text(refusal.key, &refusal.args),
    };
    let message = match message(octets, headers_only, &name) {
        Ok(message) => message,
        Err(refusal) => return refuse(&[fault("pasted", &refusal)]),
    };
    let request = match request(&upload, &message, headers_only) {
        Ok(request) => request,
        Err(refusals) => {
            let faults = refusals
                .iter()
                .map(|(field, refusal)| fault(field, refusal));
            return refuse(&faults.collect::<Vec<_>>());
        }
    };
    let turn = site.checks.turn().await;
    let sources = turn.sources();
    let now = site.ambient.clock.now();
    let traced = observe(sources.resolver, &message, request, now);
    let (observation, trace) = Aside::new(traced).await;
    drop(turn);
    let report = TraceReport::new(&observation, &trace, language, without_marks);
    let title = sanitise(&report.words.title).into_owned();
    let shown = Traced {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Message, title, "/message")
        },
        picture: picture::message(&trace, language),
        ask: trace.check.as_ref().map(Ask::new),
        is_text_unread: !upload.files.is_empty() && !upload.pasted.trim().is_empty(),
        hops: way::hops(&trace, language),
        asked: way::asked(&trace, language),
        report,
    };
    ([NO_CACHE], page(StatusCode::OK, &shown)).into_response()
}

/// The one message: the file, or else what was pasted; and what it is called.
fn octets(upload: &Upload, language: Language) -> Result<(&[u8], String), Fault> {
    let say = |key: &str| Catalogue::of(language).text(key, &Args::new());
    let fault = |key: &str| Fault {
        field: "pasted",
        text: say(key),
    };
    match upload.files.as_slice() {
        [] if upload.pasted.trim().is_empty() => Err(fault("message-form-absent")),
        [] => Ok((
            upload.pasted.trim_start().as_bytes(),
            say("message-form-it"),
        )),
        [file] => Ok((&file.octets, file.name.clone())),
        _ => Err(fault("message-form-one")),
    }
}

fn has_empty_line(octets: &[u8]) -> bool {
    let mut lines = octets.split(|octet| *octet == b'\n').skip(1);
    lines.any(|line| matches!(line, b"" | b"\r"))
}

/// What was stated beside the message.
fn request(
    upload: &Upload,
    message: &Message<'_>,
    headers_only: bool,
) -> Result<TraceRequest, Vec<(&'static str, Refusal)>> {
    let mut refusals = Vec::new();
    let request = TraceRequest {
        ip: stated(upload, "ip", typed::ip, &mut refusals),
        helo: stated(upload, "helo", helo, &mut refusals),
        mail_from: stated(upload, "mail_from", mail_from, &mut refusals),
        receiver: stated(
            upload,
            "receiver",
            |text| receiver(text, message),
            &mut refusals,
        ),
        trusted_sealers: stated(
            upload,
            "trust_sealer",
            |text| sealers([text]),
            &mut refusals,
        )
        .unwrap_or_default(),
        headers_only,
    };
    if refusals.is_empty() {
        Ok(request)
    } else {
        Err(refusals)
    }
}

/// A field that may be left empty.
fn stated<T>(
    upload: &Upload,
    field: &'static str,
    read: impl FnOnce(&str) -> Result<T, Refusal>,
    refusals: &mut Vec<(&'static str, Refusal)>,
) -> Option<T> {
    let text = Some(upload.field(field)).filter(|text| !text.is_empty())?;
    read(text)
        .map_err(|refusal| refusals.push((field, refusal)))
        .ok()
}
