//! The forms: a message is pasted, or its file is sent.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use garant_text::{Args, Catalogue, Language};

use super::NO_CACHE;
use super::keeping::days;
use crate::frame::{Frame, Lang, Part, page};
use crate::upload::Upload;
use crate::words::filters;

/// Characters of a field in one line at most, as a browser lets people type them.
const TEXT_CHARACTERS_MAX: usize = 320;
/// Characters that a browser lets people paste: the header of a message is a hundredth of it.
const PASTED_CHARACTERS_MAX: usize = 2_000_000;

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A message.
    Message,
    /// Messages of non-delivery.
    Bounce,
}

impl Subject {
    /// The part of its path, of its keys and of its programs.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Bounce => "bounce",
        }
    }

    fn part(self) -> Part {
        match self {
            Self::Message => Part::Message,
            Self::Bounce => Part::Bounce,
        }
    }

    /// The fields that can be filled besides.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Message => &["ip", "helo", "mail_from", "receiver", "trust_sealer"],
            Self::Bounce => &[],
        }
    }
}

/// What is wrong: with which field, and the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// `pasted`, or one of [`Subject::fields`].
    pub(super) field: &'static str,
    pub(super) text: String,
}

/// A field in one line.
struct Input<'a> {
    name: &'static str,
    label: String,
    hint: String,
    value: &'a str,
    error: Option<&'a str>,
    is_first_fault: bool,
    characters_max: usize,
}

impl Input<'_> {
    fn described_by(&self) -> String {
        let hint = format!("{}-hint", self.name);
        match self.error {
            Some(_) => format!("{}-error {hint}", self.name),
            None => hint,
        }
    }
}

/// How to find the source of a message in one program.
struct Source {
    program: String,
    steps: String,
}

#[derive(Template)]
#[template(path = "message-form.html")]
struct Form<'a> {
    frame: Frame,
    subject: Subject,
    pasted: &'a str,
    error: Option<&'a str>,
    is_first_fault: bool,
    inputs: Vec<Input<'a>>,
    is_open: bool,
    /// Whether the result shall be kept.
    keeps: bool,
    sources: Vec<Source>,
}

/// The box that asks for a link.
pub(super) const KEEP: &str = "keep";

impl Form<'_> {
    fn key(&self, rest: &str) -> String {
        format!("{}-form-{rest}", self.subject.word())
    }

    fn say(&self, rest: &str) -> String {
        self.frame.say(&self.key(rest))
    }

    fn described_by(&self) -> &'static str {
        match self.error {
            Some(_) => "pasted-error pasted-hint",
            None => "pasted-hint",
        }
    }

    fn characters_max(&self) -> usize {
        PASTED_CHARACTERS_MAX
    }

    fn keep_words(&self) -> String {
        Catalogue::of(self.frame.language).text("message-keep", &days())
    }

    fn takes_several(&self) -> bool {
        self.subject == Subject::Bounce
    }
}

/// Programs whose ways to the source of a message are told.
const PROGRAMS: [&str; 6] = [
    "gmail",
    "outlook-web",
    "outlook",
    "apple-mail",
    "thunderbird",
    "webmail",
];

pub(super) async fn message(Lang(language): Lang) -> Response {
    form(
        language,
        Subject::Message,
        StatusCode::OK,
        &Upload::default(),
        &[],
    )
}

pub(super) async fn bounce(Lang(language): Lang) -> Response {
    form(
        language,
        Subject::Bounce,
        StatusCode::OK,
        &Upload::default(),
        &[],
    )
}

/// The form, with what was typed and what is wrong with it.
pub(super) fn form(
    language: Language,
    subject: Subject,
    status: StatusCode,
    upload: &Upload,
    faults: &[Fault],
) -> Response {
    let catalogue = Catalogue::of(language);
    let none = Args::new();
    let fault = |field: &str| faults.iter().find(|fault| fault.field == field);
    let is_first = |field: &str| faults.first().is_some_and(|fault| fault.field == field);
    let inputs: Vec<Input<'_>> = subject
        .fields()
        .iter()
        .map(|name| {
            let key = format!("message-form-{}", name.replace('_', "-"));
            Input {
                name,
                label: catalogue.text(&key, &none),
                hint: catalogue.attribute(&key, "hint", &none),
                value: upload.field(name),
                error: fault(name).map(|fault| fault.text.as_str()),
                is_first_fault: is_first(name),
                characters_max: TEXT_CHARACTERS_MAX,
            }
        })
        .collect();
    let title = catalogue.text(&format!("{}-form-title", subject.word()), &none);
    let title = if faults.is_empty() {
        title
    } else {
        catalogue.text("front-title-error", &Args::new().with("title", title))
    };
    let sources = PROGRAMS.map(|program| {
        let key = format!("message-source-{program}");
        Source {
            program: catalogue.text(&key, &none),
            steps: catalogue.attribute(&key, "steps", &none),
        }
    });
    let shown = Form {
        frame: Frame::new(
            language,
            subject.part(),
            title,
            &format!("/{}", subject.word()),
        ),
        subject,
        pasted: &upload.pasted,
        error: fault("pasted").map(|fault| fault.text.as_str()),
        is_first_fault: is_first("pasted"),
        is_open: inputs
            .iter()
            .any(|input| input.error.is_some() || !input.value.is_empty()),
        inputs,
        keeps: upload.wishes(KEEP),
        sources: sources.into(),
    };
    ([NO_CACHE], page(status, &shown)).into_response()
}
