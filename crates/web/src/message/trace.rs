//! A message that was sent: read, traced, told.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use garant_check::saved::as_written;
use garant_check::trace::{Message, TraceRequest, observe};
use garant_service::checks::Aside;
use garant_service::trace::typed::{helo, is_header_alone, mail_from, message, receiver, sealers};
use garant_service::typed::{self, Refusal};
use garant_text::{Args, Catalogue, Language};

use super::form::{Fault, KEEP, Subject, form};
use super::keeping::Keeping;
use super::kept::{self, InBoth, Told};
use super::traced::{TraceTold, page_of};
use crate::Site;
use crate::frame::Lang;
use crate::upload::Upload;

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
        Ok((octets, name)) => (as_written(octets), name),
        Err(fault) => return refuse(&[fault]),
    };
    let octets = if upload.files.is_empty() {
        octets.trim_ascii_start()
    } else {
        &octets
    };
    // Empty lines at the end of what was pasted are the page's that it was copied from.
    let headers_only = is_header_alone(if upload.files.is_empty() {
        octets.trim_ascii()
    } else {
        octets
    });
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
    let is_text_unread = !upload.files.is_empty() && !upload.pasted.trim().is_empty();
    let told = |language| TraceTold::new(&observation, &trace, is_text_unread, language);
    if upload.wishes(KEEP) {
        let told = Told::Message(Box::new(InBoth::new(told)));
        return kept::answer(&site, language, told).await;
    }
    page_of(told(language), language, Keeping::NotAsked)
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
        [] => Ok((upload.pasted.as_bytes(), say("message-form-it"))),
        [file] => Ok((&file.octets, file.name.clone())),
        _ => Err(fault("message-form-one")),
    }
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
