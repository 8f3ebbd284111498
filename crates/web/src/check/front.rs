//! The front page: one field, and what may be said besides, folded away.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use garant_check::catalogue::{Service, services};
use garant_service::question::{Fault, Field, Typed};
use garant_text::help::{self, Group};
use garant_text::{Args, Catalogue, Language, Value};

use super::form::typed_in;
use crate::Site;
use crate::frame::{Frame, Lang, Part, page};
use crate::site::Sample;
use crate::words::filters;

/// Characters that a browser lets people type into a field. Far more than a name has (RFC 1035, section 2.3.4), so
/// that a whole web address fits, and what is too long is told in a sentence and not cut.
const TEXT_CHARACTERS_MAX: usize = 2_048;

/// Characters of the list of expected records: sixteen of the greatest length, with their names; in a form each may
/// be written in three octets, and all stay below [`crate::guard::BODY_OCTETS_MAX`].
const LIST_CHARACTERS_MAX: usize = 80_000;

/// Characters of something that was typed and that a sentence repeats: the whole of it is in the field.
const REPEATED_CHARACTERS_MAX: usize = 80;

/// Pages of the help centre that the front page names.
const TOPICS_MAX: usize = 8;

/// A field of the form.
struct Input<'a> {
    name: &'static str,
    label: String,
    hint: String,
    value: &'a str,
    /// What is wrong with it.
    error: Option<String>,
    /// Whether it is the first that something is wrong with: it gets the focus.
    is_first_fault: bool,
    characters_max: usize,
}

impl Input<'_> {
    fn is_long(&self) -> bool {
        self.characters_max == LIST_CHARACTERS_MAX
    }

    fn described_by(&self) -> String {
        let hint = format!("{}-hint", self.name);
        match self.error {
            Some(_) => format!("{}-error {hint}", self.name),
            None => hint,
        }
    }

    fn is_in_use(&self) -> bool {
        self.error.is_some() || !self.value.trim().is_empty()
    }
}

#[derive(Template)]
#[template(path = "front.html")]
struct Front<'a> {
    frame: Frame,
    typed: &'a Typed,
    domain: Input<'a>,
    /// What helps most.
    usual: Vec<Input<'a>>,
    /// What few people know.
    rare: Vec<Input<'a>>,
    is_open: bool,
    is_wide_open: bool,
    services: Vec<&'static Service>,
    samples: &'a [Sample],
    topics: Vec<(String, &'static str)>,
}

/// The key of a field's label; its attribute `.hint` stands beneath.
fn key(field: Field) -> &'static str {
    match field {
        Field::Domain => "front-domain",
        Field::Sender => "front-sender",
        Field::From => "front-from",
        Field::Selectors => "front-selectors",
        Field::MailFrom => "front-mail-from",
        Field::SignedBy => "front-signed-by",
        Field::Ip => "front-ip",
        Field::Expect => "front-expect",
        Field::Rua => "front-rua",
    }
}

fn value(typed: &Typed, field: Field) -> &str {
    match field {
        Field::Domain => &typed.domain,
        Field::Sender => &typed.sender,
        Field::From => &typed.from,
        Field::Selectors => &typed.selectors,
        Field::MailFrom => &typed.mail_from,
        Field::SignedBy => &typed.signed_by,
        Field::Ip => &typed.ip,
        Field::Expect => &typed.expect,
        Field::Rua => &typed.rua,
    }
}

/// What is wrong, in a sentence that does not repeat more than people read.
fn sentence(fault: &Fault, catalogue: &Catalogue) -> String {
    let mut args = Args::new();
    for (name, value) in fault.refusal.args.iter() {
        match value {
            Value::Text(text) => args.set(name, shortened(text)),
            Value::Number(number) => args.set(name, *number),
        }
    }
    let key = match fault.refusal.key {
        // On the command line it names a command.
        "error-sender" => "front-error-sender",
        key => key,
    };
    catalogue.text(key, &args)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(REPEATED_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The page, with what was typed and what is wrong with it.
pub(super) fn front(
    site: &Site,
    language: Language,
    status: StatusCode,
    typed: &Typed,
    faults: &[Fault],
) -> Response {
    let catalogue = Catalogue::of(language);
    let none = Args::new();
    let input = |field: Field| Input {
        name: field.as_str(),
        label: catalogue.text(key(field), &none),
        hint: catalogue.attribute(key(field), "hint", &none),
        value: value(typed, field),
        error: faults
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| sentence(fault, catalogue)),
        is_first_fault: faults.first().is_some_and(|fault| fault.field == field),
        characters_max: if field == Field::Expect {
            LIST_CHARACTERS_MAX
        } else {
            TEXT_CHARACTERS_MAX
        },
    };
    let usual: Vec<_> = [Field::Sender, Field::From, Field::Selectors]
        .map(input)
        .into();
    let rare: Vec<_> = [
        Field::MailFrom,
        Field::SignedBy,
        Field::Ip,
        Field::Expect,
        Field::Rua,
    ]
    .map(input)
    .into();
    let is_wide_open = typed.authority || rare.iter().any(Input::is_in_use);
    let title = catalogue.text("front-title", &none);
    let title = if faults.is_empty() {
        title
    } else {
        catalogue.text("front-title-error", &Args::new().with("title", title))
    };
    let front = Front {
        frame: Frame::new(language, Part::Check, title, &here(typed)),
        typed,
        domain: input(Field::Domain),
        is_open: is_wide_open || usual.iter().any(Input::is_in_use),
        is_wide_open,
        usual,
        rare,
        services: by_name(),
        samples: &site.settings.samples,
        topics: topics(language),
    };
    page(status, &front)
}

/// The path of the page with its fields filled, so that the other language keeps what was typed.
fn here(typed: &Typed) -> String {
    let fields = fields(typed);
    // The list of expected records is longer than an address may be.
    let fields: Vec<_> = fields
        .into_iter()
        .filter(|(_, value)| value.len() <= TEXT_CHARACTERS_MAX)
        .collect();
    if fields.is_empty() {
        return "/".to_owned();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields);
    format!("/?{}", query.finish())
}

/// The fields that are not empty, by name.
fn fields(typed: &Typed) -> Vec<(&'static str, &str)> {
    const ALL: [Field; 9] = [
        Field::Domain,
        Field::Sender,
        Field::From,
        Field::Selectors,
        Field::MailFrom,
        Field::SignedBy,
        Field::Ip,
        Field::Expect,
        Field::Rua,
    ];
    let texts = ALL.map(|field| (field.as_str(), value(typed, field)));
    let authority = typed.authority.then_some(("authority", "true"));
    let filled = texts.into_iter().filter(|(_, text)| !text.is_empty());
    filled.chain(authority).collect()
}

impl Sample {
    /// What the form of a sample sends.
    pub(crate) fn fields(&self) -> Vec<(&'static str, &str)> {
        fields(&self.typed)
    }
}

fn by_name() -> Vec<&'static Service> {
    let mut all: Vec<&Service> = services().iter().collect();
    all.sort_by_key(|service| service.name.to_lowercase());
    all
}

/// Where the guides stand, and their titles.
fn topics(language: Language) -> Vec<(String, &'static str)> {
    help::topics_of(Group::Guide)
        .filter_map(|topic| {
            let path = format!("/{language}/help/{topic}");
            Some((path, help::title(language, topic)?))
        })
        .take(TOPICS_MAX)
        .collect()
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    uri: Uri,
) -> Response {
    let typed = typed_in(uri.query().unwrap_or_default().as_bytes());
    front(&site, language, StatusCode::OK, &typed, &[])
}
