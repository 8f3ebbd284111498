//! Amazon SES tells of bounces through Amazon SNS as JSON, which SNS sends as mail too.

use serde_json::Value;

use super::lines::one_line;
use super::work::Counter;
use super::{
    Action, Class, Feedback, Kind, Original, RECIPIENTS_MAX, Recipient, Report, Status, judge,
};

/// Reads a notification, where a text is one.
pub(super) fn read(text: &str, work: &Counter) -> Option<Report> {
    let start = text.find('{')?;
    let text = text[start..].trim_start();
    if !(text.contains("notificationType") || text.contains("eventType")) {
        return None;
    }
    let value = parse(text)?;
    // SNS wraps what SES says in a string.
    let value = match value.get("Message").and_then(Value::as_str) {
        Some(inner) => parse(inner)?,
        None => value,
    };
    let kind = ["notificationType", "eventType"]
        .into_iter()
        .find_map(|name| value.get(name).and_then(Value::as_str))?;
    let mut report = Report {
        kind: Kind::Bounce,
        dialect: "ses-notification",
        reporter: None,
        recipients: Vec::new(),
        is_cut: false,
        original: original(value.get("mail")),
        feedback: None,
    };
    match kind {
        "Bounce" => bounce(value.get("bounce")?, &mut report, work),
        "Complaint" => complaint(value.get("complaint")?, &mut report),
        "Delivery" => delivery(value.get("delivery")?, &mut report, work),
        "DeliveryDelay" => delay(value.get("deliveryDelay")?, &mut report, work),
        _ => return None,
    }
    (!report.recipients.is_empty()).then_some(report)
}

/// The first JSON value of a text; lines may have been broken anywhere on the way.
fn parse(text: &str) -> Option<Value> {
    let first = |text: &str| {
        serde_json::Deserializer::from_str(text)
            .into_iter::<Value>()
            .next()?
            .ok()
    };
    first(text).or_else(|| first(&text.replace(['\r', '\n'], "")))
}

fn text(value: &Value, name: &str) -> Option<String> {
    value
        .get(name)
        .and_then(Value::as_str)
        .map(one_line)
        .filter(|text| !text.is_empty())
}

fn original(mail: Option<&Value>) -> Option<Original> {
    let mail = mail?;
    let headers = mail.get("commonHeaders");
    let from = headers
        .and_then(|headers| headers.get("from"))
        .and_then(|from| from.get(0))
        .and_then(Value::as_str)
        .map(one_line);
    let mail_from = text(mail, "source");
    let author = from.as_deref().or(mail_from.as_deref());
    let author_domain = author
        .and_then(super::lines::find_address)
        .and_then(|(address, _)| garant_dns::Name::from_input(address.rsplit_once('@')?.1).ok());
    Some(Original {
        author_domain,
        from,
        mail_from,
        signed_by: Vec::new(),
        message_id: headers.and_then(|headers| text(headers, "messageId")),
        subject: headers.and_then(|headers| text(headers, "subject")),
    })
}

fn list<'v>(value: &'v Value, name: &str, report: &mut Report) -> Vec<&'v Value> {
    let all = value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    report.is_cut = all.len() > RECIPIENTS_MAX;
    all.iter().take(RECIPIENTS_MAX).collect()
}

fn bounce(bounce: &Value, report: &mut Report, work: &Counter) {
    report.reporter = text(bounce, "reportingMTA").map(|mta| match mta.split_once(';') {
        Some((_, name)) => name.trim().to_owned(),
        None => mta,
    });
    let sub_type = text(bounce, "bounceSubType").unwrap_or_default();
    for recipient in list(bounce, "bouncedRecipients", report) {
        let said = text(recipient, "diagnosticCode").unwrap_or_default();
        let said = said.strip_prefix("smtp;").unwrap_or(&said).trim();
        let status = text(recipient, "status")
            .and_then(|status| Status::at_start(&status).map(|(status, _)| status));
        let mut evidence = judge::Evidence {
            primary: said,
            secondary: "",
            told: None,
            status,
            host: None,
            command: None,
            action: Some(Action::Failed),
        };
        // Without a word of the server, the kind of the bounce is all there is.
        let words = words_of(&sub_type);
        evidence.secondary = words;
        let mut known = judge::recipient(&evidence, work);
        known.address = text(recipient, "emailAddress");
        report.recipients.push(known);
    }
}

/// The kinds of bounces of SES in words that the rules know.
fn words_of(sub_type: &str) -> &'static str {
    match sub_type {
        "NoEmail" => "no such user",
        "Suppressed" | "OnAccountSuppressionList" => "address is on the suppression list",
        "MailboxFull" => "mailbox full",
        "MessageTooLarge" => "message too large",
        "ContentRejected" => "content rejected",
        "AttachmentRejected" => "attachment rejected",
        _ => "",
    }
}

fn complaint(complaint: &Value, report: &mut Report) {
    report.kind = Kind::Complaint;
    report.feedback = Some(Feedback {
        kind: text(complaint, "complaintFeedbackType").unwrap_or_else(|| "abuse".to_owned()),
        arrival_date: text(complaint, "arrivalDate"),
        ..Feedback::default()
    });
    for recipient in list(complaint, "complainedRecipients", report) {
        report.recipients.push(Recipient {
            address: text(recipient, "emailAddress"),
            class: Class::Feedback,
            ..Recipient::default()
        });
    }
}

fn delivery(delivery: &Value, report: &mut Report, work: &Counter) {
    report.kind = Kind::Delivered;
    report.reporter = text(delivery, "reportingMTA");
    let said = text(delivery, "smtpResponse").unwrap_or_default();
    for recipient in list(delivery, "recipients", report) {
        let evidence = judge::Evidence {
            primary: &said,
            action: Some(Action::Delivered),
            ..judge::Evidence::default()
        };
        let mut known = judge::recipient(&evidence, work);
        known.address = recipient.as_str().map(one_line);
        report.recipients.push(known);
    }
}

fn delay(delay: &Value, report: &mut Report, work: &Counter) {
    report.reporter = text(delay, "reportingMTA");
    for recipient in list(delay, "delayedRecipients", report) {
        let said = text(recipient, "diagnosticCode").unwrap_or_default();
        let status = text(recipient, "status")
            .and_then(|status| Status::at_start(&status).map(|(status, _)| status));
        let evidence = judge::Evidence {
            primary: said.strip_prefix("smtp;").unwrap_or(&said).trim(),
            status,
            action: Some(Action::Delayed),
            ..judge::Evidence::default()
        };
        let mut known = judge::recipient(&evidence, work);
        known.address = text(recipient, "emailAddress");
        report.recipients.push(known);
    }
}
