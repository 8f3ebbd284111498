//! Complaints (RFC 5965) and failure reports (RFC 6591, RFC 9991), also from those who complain in their
//! own way.

use super::lines::{find_address, one_line, starts_with};
use super::{Class, Feedback, Kind, RECIPIENTS_MAX, Recipient, Report, original};
use crate::message::{Field, Message};
use crate::mime::Mime;

/// With what the subject of a complaint of Outlook.com begins, in any letters.
const COMPLAINT_OF_OUTLOOK: &str = "complaint about message from";

/// Reads a complaint or failure report, where a message is one.
pub(super) fn read(message: &Message<'_>, mime: &Mime<'_>) -> Option<Report> {
    let part = mime
        .parts
        .iter()
        .find(|part| part.media_type == "message/feedback-report" && !mime.is_in_message(part));
    let copy = copy(mime);
    if let Some(part) = part {
        let text = part.text();
        return Some(from_fields(&text, copy));
    }
    if let Some(report) = unsubscribed(message) {
        return Some(report);
    }
    complaint_of_outlook(message, mime, copy)
}

/// The octets of the copy of the message.
pub(super) fn copy<'m>(mime: &'m Mime<'_>) -> Option<std::borrow::Cow<'m, [u8]>> {
    let part = mime.parts.iter().find(|part| {
        matches!(
            part.media_type.as_str(),
            "message/rfc822"
                | "message/global"
                | "text/rfc822-headers"
                | "message/global-headers"
                | "message/rfc822-headers"
        )
    })?;
    Some(part.decoded())
}

fn from_fields(text: &str, copy: Option<std::borrow::Cow<'_, [u8]>>) -> Report {
    let mut feedback = Feedback::default();
    let mut recipients: Vec<Recipient> = Vec::new();
    let mut reporter = None;
    let mut mail_from = None;
    let mut is_cut = false;
    let mut each = |name: &str, value: &str| {
        let some = || Some(one_line(value)).filter(|text| !text.is_empty());
        match name {
            "feedback-type" if feedback.kind.is_empty() => {
                feedback.kind = value.trim().to_ascii_lowercase();
            }
            "source-ip" | "source" if feedback.source_ip.is_none() => {
                feedback.source_ip = value
                    .split_whitespace()
                    .next()
                    .and_then(|ip| ip.trim_matches(['[', ']']).parse().ok());
            }
            "auth-failure" => feedback.auth_failure = some(),
            "identity-alignment" => feedback.identity_alignment = some(),
            "delivery-result" => feedback.delivery_result = some(),
            "reported-domain" if feedback.reported_domain.is_none() => {
                feedback.reported_domain = some();
            }
            "authentication-results" if feedback.authentication_results.is_none() => {
                feedback.authentication_results = some();
            }
            "arrival-date" | "received-date" if feedback.arrival_date.is_none() => {
                feedback.arrival_date = some();
            }
            "incidents" => feedback.incidents = value.trim().parse().ok(),
            "dkim-domain" => {
                let selector = feedback.dkim.take().and_then(|(_, selector)| selector);
                feedback.dkim = some().map(|domain| (domain, selector));
            }
            "dkim-selector" => {
                let domain = feedback
                    .dkim
                    .take()
                    .map(|(domain, _)| domain)
                    .unwrap_or_default();
                feedback.dkim = Some((domain, some()));
            }
            "reporting-mta" => {
                reporter = some().map(|text| match text.split_once(';') {
                    Some((_, name)) => name.trim().to_owned(),
                    None => text,
                });
            }
            "original-mail-from" => {
                mail_from = find_address(value).map(|(address, _)| address.to_owned());
            }
            "original-rcpt-to" | "removal-recipient" => {
                if recipients.len() == RECIPIENTS_MAX {
                    is_cut = true;
                } else {
                    let address = find_address(value).map(|(address, _)| address.to_owned());
                    if address.is_some()
                        && recipients
                            .iter()
                            .rev()
                            .take(32)
                            .any(|known| known.address == address)
                    {
                        return;
                    }
                    recipients.push(complaining(address));
                }
            }
            _ => {}
        }
    };
    let mut name = String::new();
    let mut value = String::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        each(&name, &value);
        let (next, rest) = line.split_once(':').unwrap_or_default();
        name = next.trim().to_ascii_lowercase();
        value.clear();
        value.push_str(rest);
    }
    each(&name, &value);
    let is_failure = feedback.kind.starts_with("auth-failure") || feedback.auth_failure.is_some();
    let to = copy
        .as_deref()
        .filter(|_| recipients.is_empty())
        .and_then(original::only_recipient)
        .filter(|address| !is_redacted(address));
    let mut original = copy.and_then(|octets| original::read(&octets));
    if let Some(address) = mail_from {
        original
            .get_or_insert_default()
            .mail_from
            .get_or_insert(address);
    }
    if recipients.is_empty() {
        recipients.push(complaining(to));
    }
    Report {
        kind: if is_failure {
            Kind::AuthenticationReport
        } else {
            Kind::Complaint
        },
        dialect: if is_failure { "rfc6591" } else { "rfc5965" },
        reporter,
        recipients,
        is_cut,
        original,
        feedback: Some(feedback),
    }
}

/// Whether a receiver put another word in the place of who complains.
fn is_redacted(address: &str) -> bool {
    starts_with(address, "redact") || starts_with(address, "undisclosed")
}

fn complaining(address: Option<String>) -> Recipient {
    Recipient {
        address,
        class: Class::Feedback,
        ..Recipient::default()
    }
}

/// Apple unsubscribes for its users with a message of its own.
fn unsubscribed(message: &Message<'_>) -> Option<Report> {
    let is_true = |field: Field<'_>| field.value().eq_ignore_ascii_case("true");
    message
        .named("X-Apple-Unsubscribe")
        .next()
        .filter(|field| is_true(*field))?;
    let from = message.named("From").next()?.value().into_owned();
    let address = find_address(&from).map(|(address, _)| address.to_owned());
    Some(Report {
        kind: Kind::Complaint,
        dialect: "apple-unsubscribe",
        reporter: None,
        recipients: vec![complaining(address)],
        is_cut: false,
        original: None,
        feedback: Some(Feedback {
            kind: "opt-out".to_owned(),
            ..Feedback::default()
        }),
    })
}

/// The complaints of Outlook.com (JMRP) have no report: the copy of the message carries two fields more.
fn complaint_of_outlook(
    message: &Message<'_>,
    mime: &Mime<'_>,
    copy: Option<std::borrow::Cow<'_, [u8]>>,
) -> Option<Report> {
    let subject = original::subject(message)?;
    let octets = copy?;
    // Nearly every bounce has a copy, and nearly none is such a complaint.
    let is_likely = starts_with(subject.trim_start(), COMPLAINT_OF_OUTLOOK)
        || memchr::memmem::find(&octets, b"X-HmXmrOriginalRecipient").is_some();
    if !is_likely {
        return None;
    }
    let inner = Message::read(&octets).ok()?;
    let recipient = inner.named("X-HmXmrOriginalRecipient").next();
    let is_complaint =
        recipient.is_some() || starts_with(subject.trim_start(), COMPLAINT_OF_OUTLOOK);
    if !is_complaint || mime.find("message/delivery-status").is_some() {
        return None;
    }
    let address = recipient
        .or_else(|| inner.named("To").next())
        .and_then(|field| find_address(&field.value()).map(|(address, _)| address.to_owned()));
    let source_ip = subject
        .split_whitespace()
        .rev()
        .find_map(|word| word.parse().ok());
    Some(Report {
        kind: Kind::Complaint,
        dialect: "outlook-jmrp",
        reporter: None,
        recipients: vec![complaining(address)],
        is_cut: false,
        original: original::read(&octets),
        feedback: Some(Feedback {
            kind: "abuse".to_owned(),
            source_ip,
            ..Feedback::default()
        }),
    })
}
