//! Messages of non-delivery that were sent: read, judged, told.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use garant_check::bounce::{self, Bounce};
use garant_service::bounce::{Origin, Unread};
use garant_service::mailbox;
use garant_text::{Args, Catalogue, Language};

use super::explained::{self, BounceTold, Found, SHOWN_MAX};
use super::form::{Fault, KEEP, Subject, form};
use super::keeping::Keeping;
use super::kept::{self, InBoth, Told};
use crate::Site;
use crate::frame::{Lang, message};
use crate::upload::Upload;

/// What a page shall say: in the one language that it was asked in, or in both because it is kept.
enum Answer {
    Show(Box<BounceTold>),
    Keep(Told),
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
        .judging(move || (answered(&upload, language), upload))
        .await;
    let (answer, upload) = match worked {
        Ok(worked) => worked,
        Err(error) => {
            tracing::error!(%error, "a bounce was not explained");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            return message(language, status, "page-broken", "/bounce");
        }
    };
    match answer {
        Ok(Answer::Show(told)) => explained::page_of(*told, language, Keeping::NotAsked),
        Ok(Answer::Keep(told)) => kept::answer(&site, language, told).await,
        Err(fault) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form(language, Subject::Bounce, status, &upload, &[fault])
        }
    }
}

impl Found {
    fn take(&mut self, origin: Option<Origin>, octets: &[u8]) {
        match bounce::read_saved(octets) {
            Ok(saved) => {
                // What was pasted has no place but the number of the bounce in it.
                let is_one = saved.bounces.len() == 1;
                let place = origin.clone().unwrap_or_default();
                for (place, bounce) in place.of_each(saved.bounces) {
                    self.add((origin.is_some() || !is_one).then_some(place), bounce);
                }
                if saved.is_cut {
                    self.refuse(origin, Unread::TooManyAttached);
                }
            }
            Err(error) => self.refuse(origin, Unread::Message(error)),
        }
    }

    fn refuse(&mut self, origin: Option<Origin>, why: Unread) {
        self.summary.add_unreadable(&name(origin.as_ref()));
        if self.unread.len() < SHOWN_MAX {
            self.unread.push((origin, why));
        }
    }

    fn add(&mut self, origin: Option<Origin>, bounce: Bounce) {
        self.read += 1;
        self.summary.add(&name(origin.as_ref()), &bounce);
        if self.shown.len() < SHOWN_MAX {
            self.shown.push((origin, bounce));
        }
    }
}

/// What the summary calls a place. No page shows it: it names places as it shows them.
fn name(origin: Option<&Origin>) -> String {
    origin.map(ToString::to_string).unwrap_or_default()
}

fn found(upload: &Upload) -> Found {
    let mut found = Found {
        is_cut: upload.is_cut,
        ..Found::default()
    };
    let pasted = upload.pasted.trim();
    if !pasted.is_empty() {
        found.take(None, pasted.as_bytes());
    }
    for file in &upload.files {
        let may_be_mailbox = mailbox::may_be_mailbox(Path::new(&file.name));
        let visited = mailbox::messages::<Infallible>(
            file.octets.as_slice(),
            &file.name,
            may_be_mailbox,
            &mut |origin, octets| {
                match octets {
                    Ok(octets) => found.take(Some(origin), octets),
                    Err(why) => found.refuse(Some(origin), why),
                }
                Ok(())
            },
        );
        let Ok(()) = visited;
    }
    found
}

fn answered(upload: &Upload, language: Language) -> Result<Answer, Fault> {
    let found = found(upload);
    if let (0, [(origin, why)]) = (found.read, found.unread.as_slice()) {
        return Err(Fault {
            field: "pasted",
            text: explained::unread(origin.as_ref(), *why, language)
                .error
                .text,
        });
    }
    let told = |language| BounceTold::new(&found, language);
    if upload.wishes(KEEP) {
        return Ok(Answer::Keep(Told::Bounce(Box::new(InBoth::new(told)))));
    }
    Ok(Answer::Show(Box::new(told(language))))
}
