//! Marks that changes typically come with. None of them is a proof.

use super::Change;
use super::header::subject_tags;
use crate::dkim::signature::Signature;
use crate::message::Message;

/// Characters of a foreign value that are kept.
const TEXT_CHARS_MAX: usize = 200;

/// What the message shows without proving it.
pub(super) fn typical(message: &Message<'_>, signature: &Signature) -> Vec<Change> {
    let is_signed = |name: &str| signature.signed_fields.contains(name);
    let mut found = Vec::new();
    if let Some(list) = mailing_list(message) {
        found.push(Change::MailingList { list });
    }
    if message.named("Resent-From").next().is_some() {
        found.push(Change::Resent);
    }
    if message.named("X-MIME-Autoconverted").next().is_some() {
        found.push(Change::ReEncoded);
    }
    if is_signed("subject")
        && let Some(subject) = message.named("Subject").next_back()
        && let Some((tag, _)) = subject_tags(subject.raw_value()).into_iter().next()
    {
        found.push(Change::SubjectTag { tag });
    }
    if let Some(original) = original_author(message) {
        found.push(Change::FromRewritten { original });
    }
    found
}

fn mailing_list(message: &Message<'_>) -> Option<String> {
    for name in ["List-Id", "Mailing-List", "X-Mailing-List", "List-Post"] {
        if let Some(field) = message.named(name).next() {
            return Some(cut(&field.value()));
        }
    }
    let is_list = |value: &str| value.eq_ignore_ascii_case("list");
    message
        .named("Precedence")
        .any(|field| is_list(&field.value()))
        .then(String::new)
}

/// What a list kept of the author whom it replaced.
fn original_author(message: &Message<'_>) -> Option<String> {
    ["X-Original-From", "Original-From"]
        .into_iter()
        .find_map(|name| message.named(name).next())
        .map(|field| cut(&field.value()))
}

/// The beginning of a foreign text.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(TEXT_CHARS_MAX).collect()
}
