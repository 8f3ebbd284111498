//! Whether a message is one of many: a newsletter or a campaign, not an invoice and not a person's letter.

use garant_msgauth::message::Message;

use super::body::{Body, Unsubscribe};
use crate::finding::Severity;

/// Fields that a finding lists.
const SIGNS_MAX: usize = 5;
/// Values of Precedence that say so.
const PRECEDENCES: &[&str] = &["bulk", "list", "junk"];

/// What shows that a message is one of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bulk {
    /// Fields of its header: their names, comma separated.
    Fields(String),
    /// Only a link to unsubscribe in its text.
    Link,
    /// Nothing.
    No,
    /// It goes to one person for certain: a report, an automatic answer, an answer.
    Answer,
}

impl Bulk {
    pub(super) fn of(message: &Message<'_>, body: &Body) -> Self {
        Self::by_header(message).unwrap_or(match body.unsubscribe {
            Unsubscribe::Visible | Unsubscribe::Hidden { .. } => Self::Link,
            Unsubscribe::Words | Unsubscribe::Nothing => Self::No,
        })
    }

    /// What its fields alone show; nothing where they show neither.
    pub(super) fn by_header(message: &Message<'_>) -> Option<Self> {
        let has = |name: &str| message.named(name).next().is_some();
        let says = |name: &str, words: &[&str]| {
            message.named(name).any(|field| {
                let value = field.value();
                words
                    .iter()
                    .any(|word| value.trim().eq_ignore_ascii_case(word))
            })
        };
        // A report or an automatic answer goes to one person, whatever its precedence.
        let is_report = message.named("Content-Type").any(|field| {
            field
                .value()
                .to_ascii_lowercase()
                .starts_with("multipart/report")
        });
        if is_report || says("Auto-Submitted", &["auto-replied"]) {
            return Some(Self::Answer);
        }
        let mut names: Vec<String> = Vec::new();
        let is_bulk = says("Precedence", PRECEDENCES);
        for field in message.fields() {
            let name = String::from_utf8_lossy(field.name()).into_owned();
            let is_sign = match name.to_ascii_lowercase().as_str() {
                // What is asked about cannot be the reason to ask.
                "list-unsubscribe" | "list-unsubscribe-post" => false,
                "precedence" => is_bulk,
                // Amazon SES writes it into every message, invoices too.
                "feedback-id" => !field.value().trim_end().ends_with("AmazonSES"),
                "x-csa-complaints" => true,
                lower => {
                    lower.starts_with("list-")
                        || lower.starts_with("x-") && lower.contains("campaign")
                }
            };
            if is_sign && names.len() < SIGNS_MAX && !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            return Some(Self::Fields(names.join(", ")));
        }
        (has("In-Reply-To") || has("References")).then_some(Self::Answer)
    }

    /// Whether something shows it.
    pub(super) fn is_shown(&self) -> bool {
        matches!(self, Self::Fields(_) | Self::Link)
    }

    /// As an argument of findings.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Self::Fields(_) => "fields",
            Self::Link => "link",
            Self::No | Self::Answer => "no",
        }
    }

    /// The fields that show it.
    pub(super) fn signs(&self) -> &str {
        match self {
            Self::Fields(names) => names,
            Self::Link | Self::No | Self::Answer => "",
        }
    }

    /// How much something weighs that bulk mail must have and other mail need not.
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::Fields(_) | Self::Link => Severity::Risk,
            Self::No | Self::Answer => Severity::Advice,
        }
    }
}
