//! The way from a message to a report.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

use super::fields::{Fields, Group};
use super::judge::{self, Evidence, Told};
use super::lines::{find_address, is_address, is_same_address, strip_prefix, whole_address};
use super::notice::{Block, Certainty, Notice};
use super::rules::RULES;
use super::work::{Counter, Work};
use super::{
    Action, Class, Kind, RECIPIENTS_MAX, Recipient, Report, automatic, feedback, fields, notice,
    notification, original,
};
use crate::message::{Message, MessageError};
use crate::mime::{Mime, Part};

/// Text parts that make up a notice at most: Japanese carriers write one in each language.
const NOTICE_PARTS_MAX: usize = 4;
/// The family whose words say no more than that something was not delivered.
const ANY_SERVER: &str = "smtp-daemon";
/// Words of those who send bounces, in small letters.
const DAEMONS: &[&str] = &[
    "mailer-daemon",
    "mailer daemon",
    "mailerdaemon",
    "mail delivery",
    "mail system",
    "mail administrator",
    "system administrator",
    "postmaster",
    "post_master",
    "daemon",
    "delivery",
    "bounce",
    "no-reply",
    "noreply",
    "no_reply",
    "microsoftexchange",
    "<>",
];
/// Lines of a notice that are looked at for `To:`. Notices that name the fields of a message have a dozen.
const NOTICE_LINES_MAX: usize = 200;
/// Words of subjects of bounces, in small letters.
const SUBJECTS: &[&str] = &[
    "undeliver",
    "not deliver",
    "non deliver",
    "non-deliver",
    "nondeliver",
    "delivery status",
    "delivery fail",
    "delivery notif",
    "delivery report",
    "delivery problem",
    "delivery delay",
    "delayed mail",
    "failure notice",
    "mail failure",
    "mail delivery",
    "mail system error",
    "message status",
    "returned mail",
    "returned to sender",
    "returned message",
    "could not be delivered",
    "couldn't be delivered",
    "error sending your mail",
    "bounce",
    "non remis",
    "non distribu",
    "non délivr",
    "échec de",
    "echec de",
    "unzustellbar",
    "nicht zugestellt",
    "zustellung",
    "no se puede entregar",
    "no entregado",
    "non recapitabile",
    "mancato recapito",
    "não entregue",
    "não é possível entregar",
    "onbestelbaar",
    "niet bezorgd",
    "nie dostarczono",
    "niedostarczalne",
    "配信不能",
    "配信できません",
    "送信できません",
    "配信エラー",
    "недоставлен",
    "не доставлено",
    "退信",
    "退回",
    "投递失败",
    "投遞失敗",
    "发送失败",
    "无法送达",
    "無法傳送",
    "无法投递",
    "반송",
    "배달 실패",
];

/// Reads what a message says of another one. Work and memory are linear in the message; what is told is
/// bounded by [`RECIPIENTS_MAX`] and [`super::TEXT_OCTETS_MAX`].
///
/// # Errors
/// [`MessageError`]: the octets are no message. A message that is about no other one is a report of
/// [`Kind::Other`].
pub fn read(octets: &[u8]) -> Result<Report, MessageError> {
    read_counting(octets, &mut Work::default())
}

/// [`read`], which also says what it cost.
///
/// # Errors
/// As [`read`].
pub fn read_counting(octets: &[u8], work: &mut Work) -> Result<Report, MessageError> {
    let message = Message::read(octets)?;
    let counter = Counter::default();
    let report = read_message(&message, &counter);
    *work = counter.work();
    Ok(report)
}

fn read_message(message: &Message<'_>, work: &Counter) -> Report {
    let mime = Mime::read(message);
    if let Some(report) = feedback::read(message, &mime) {
        return report;
    }
    let text = notice_text(&mime);
    if let Some(report) = notification::read(&text, work) {
        return report;
    }
    let (told, tail) = notice::cut(&text);
    let fields = status_fields(&mime, false).or_else(|| fields::read_in_text(told));
    let subject = original::subject(message).unwrap_or_default();
    let subject_folded = subject.to_lowercase();
    let folded = Told::new(told, work);
    let dialect = RULES.dialect(&[folded.folded(work), &subject_folded], work);
    let is_known = dialect.is_some_and(|dialect| dialect != ANY_SERVER);
    let failed: Vec<String> = failed_recipients(message);
    let sounds_like_one = SUBJECTS.iter().any(|words| subject_folded.contains(words));
    // Google marks its bounces as answers too, in every language.
    let is_answer = failed.is_empty();
    if fields.is_none() && !is_known && is_answer && automatic::is_automatic(message, &subject) {
        return automatic::report(message, told);
    }
    let is_daemon = is_daemon(message) || !failed.is_empty();
    let is_forwarded = !is_daemon && message.named("In-Reply-To").next().is_some();
    let is_bounce = fields.is_some()
        || !failed.is_empty()
        || (is_known && !is_forwarded)
        || (is_daemon && (dialect.is_some() || sounds_like_one))
        || (sounds_like_one && dialect.is_some() && !is_forwarded);
    if !is_bounce {
        return nothing();
    }
    let notice = notice::read(told, dialect, work);
    // A gateway that announces a bounce and says nothing itself: the bounce is in what it passes on.
    let fields = match fields {
        None if notice.blocks.is_empty() && failed.is_empty() => status_fields(&mime, true),
        fields => fields,
    };
    let copy = feedback::copy(&mime);
    let original = copy
        .as_deref()
        .and_then(original::read)
        .or_else(|| original::read(tail.as_bytes()))
        .or_else(|| original::read(after_line(tail).as_bytes()));
    let mut assembly = Assembly {
        told: &folded,
        work,
        notice: &notice,
        failed: &failed,
        is_told_of_all: dialect == Some("gmail"),
        recipients: Vec::new(),
        is_cut: notice.is_cut || fields.as_ref().is_some_and(|fields| fields.is_cut),
    };
    match &fields {
        Some(fields) => assembly.add_fields(fields),
        None => assembly.add_notice(),
    }
    if let [only] = assembly.recipients.as_mut_slice()
        && only.address.is_none()
    {
        only.address = copy
            .as_deref()
            .or(Some(after_line(tail).as_bytes()))
            .and_then(original::only_recipient)
            .or_else(|| addressed(told));
    }
    // Words of a sender that look like a bounce, about nobody and with no reason.
    let says_nothing = fields.is_none()
        && !is_known
        && assembly
            .recipients
            .iter()
            .all(|recipient| recipient.class == Class::Unknown && recipient.reply.is_none());
    if says_nothing && !is_daemon {
        return nothing();
    }
    let is_delivered = assembly
        .recipients
        .iter()
        .all(|recipient| recipient.class == Class::Delivered);
    Report {
        kind: if is_delivered && !assembly.recipients.is_empty() {
            Kind::Delivered
        } else {
            Kind::Bounce
        },
        dialect: match (dialect, &fields) {
            (Some(dialect), _) if dialect != ANY_SERVER => dialect,
            (_, Some(_)) => "rfc3464",
            _ => dialect.unwrap_or(ANY_SERVER),
        },
        reporter: fields.as_ref().and_then(|fields| fields.reporter.clone()),
        recipients: assembly.recipients,
        is_cut: assembly.is_cut,
        original,
        feedback: None,
    }
}

fn nothing() -> Report {
    Report {
        kind: Kind::Other,
        dialect: "none",
        reporter: None,
        recipients: Vec::new(),
        is_cut: false,
        original: None,
        feedback: None,
    }
}

/// What the server wrote: the parts that are text and stand before the copy of the message.
fn notice_text<'m>(mime: &'m Mime<'_>) -> Cow<'m, str> {
    let end = mime
        .parts
        .iter()
        .position(|part| {
            matches!(
                part.media_type.as_str(),
                "message/rfc822"
                    | "message/global"
                    | "text/rfc822-headers"
                    | "message/global-headers"
            )
        })
        .unwrap_or(mime.parts.len());
    let before = &mime.parts[..end];
    let shown = || {
        before
            .iter()
            .filter(|part| part.is_text() && !part.is_attachment)
    };
    let plain = || {
        shown()
            .filter(|part| part.media_type == "text/plain" && !part.octets.trim_ascii().is_empty())
    };
    let mut parts = plain().take(NOTICE_PARTS_MAX);
    let Some(first) = parts.next() else {
        if let Some(html) = shown().find(|part| part.media_type == "text/html") {
            return html.readable();
        }
        // Parts that cannot be told apart, because their boundary is not the one that was announced.
        return match mime.parts.first() {
            Some(root) if mime.parts.len() == 1 => root.text(),
            _ => before
                .iter()
                .enumerate()
                .find(|(at, part)| {
                    part.media_type.starts_with("multipart/")
                        && !mime.parts.iter().any(|inner| inner.parent == Some(*at))
                })
                .map_or(Cow::Borrowed(""), |(_, part)| part.text()),
        };
    };
    let mut text = text_of(first);
    for part in parts {
        let text = text.to_mut();
        text.push_str("\n\n");
        text.push_str(&text_of(part));
    }
    text
}

/// The text of a part. Japanese servers write ISO-2022-JP where they do not say so: its escapes mean nothing
/// else.
fn text_of<'m>(part: &'m Part<'_>) -> Cow<'m, str> {
    let text = part.text();
    if memchr::memmem::find(text.as_bytes(), b"\x1b$").is_none() {
        return text;
    }
    match charset_decoder(b"iso-2022-jp") {
        Some(decoder) => Cow::Owned(decoder(text.as_bytes())),
        None => text,
    }
}

/// The fields of a delivery status notification (RFC 3464, RFC 6533), of the message itself or of one within it.
fn status_fields(mime: &Mime<'_>, in_message: bool) -> Option<Fields> {
    let mut all: Option<Fields> = None;
    for part in &mime.parts {
        let is_status = match part.media_type.as_str() {
            "message/delivery-status"
            | "message/global-delivery-status"
            | "text/delivery-status" => true,
            // Something on the way no longer knew the type.
            "application/octet-stream" => {
                part.octets.len() <= notice::NOTICE_OCTETS_MAX
                    && memchr::memmem::find(part.octets, b"Final-Recipient:").is_some()
            }
            _ => false,
        };
        if !is_status || mime.is_in_message(part) != in_message {
            continue;
        }
        let mut fields = fields::read(&text_of(part));
        match &mut all {
            None => all = Some(fields),
            Some(all) => {
                let room = RECIPIENTS_MAX.saturating_sub(all.recipients.len());
                all.is_cut |= fields.is_cut || fields.recipients.len() > room;
                fields.recipients.truncate(room);
                all.recipients.append(&mut fields.recipients);
            }
        }
    }
    all
}

/// `X-Failed-Recipients`, which Exim and Gmail write.
fn failed_recipients(message: &Message<'_>) -> Vec<String> {
    message
        .named("X-Failed-Recipients")
        .flat_map(|field| {
            field
                .value()
                .split(',')
                .filter_map(|address| whole_address(address).map(str::to_owned))
                .take(RECIPIENTS_MAX)
                .collect::<Vec<_>>()
        })
        .take(RECIPIENTS_MAX)
        .collect()
}

/// Whether a message comes from a server's programme.
fn is_daemon(message: &Message<'_>) -> bool {
    let has_no_sender = message
        .named("Return-Path")
        .next()
        .is_some_and(|field| field.value() == "<>");
    has_no_sender
        || match message.named("From").next() {
            Some(from) => {
                let from = from.value().to_lowercase();
                DAEMONS.iter().any(|daemon| from.contains(daemon))
            }
            None => true,
        }
}

/// What follows the first line.
fn after_line(text: &str) -> &str {
    text.split_once('\n')
        .map_or("", |(_, rest)| rest.trim_start())
}

/// The recipient of the message that a notice names behind `To:`, as it names its other fields.
fn addressed(told: &str) -> Option<String> {
    let rest = told
        .lines()
        .take(NOTICE_LINES_MAX)
        .find_map(|line| strip_prefix(line.trim_start(), "to:"))?;
    let (address, rest) = find_address(rest)?;
    find_address(rest).is_none().then(|| address.to_owned())
}

/// Puts recipients together from what was found.
struct Assembly<'a> {
    told: &'a Told<'a>,
    work: &'a Counter,
    notice: &'a Notice,
    failed: &'a [String],
    /// This family names the recipients first and says once for all of them what happened.
    is_told_of_all: bool,
    recipients: Vec<Recipient>,
    is_cut: bool,
}

impl Assembly<'_> {
    fn add_fields(&mut self, fields: &Fields) {
        let groups = &fields.recipients;
        if groups.is_empty() {
            self.add_notice();
            return;
        }
        let is_only = groups.len() == 1;
        for (at, group) in groups.iter().enumerate() {
            let block = self.block_of(group, at, groups.len());
            let address = group
                .address()
                .filter(|address| is_address(address))
                .map(str::to_owned)
                .or_else(|| (is_only && !self.failed.is_empty()).then(|| self.failed[0].clone()))
                .or_else(|| block.map(|block| block.address.clone()))
                .or_else(|| group.address().map(str::to_owned));
            let mut recipient = self.of_group(group, block, is_only);
            recipient.original_address = group.original_recipient.clone().filter(|original| {
                address
                    .as_deref()
                    .is_some_and(|address| !is_same_address(address, original))
            });
            recipient.address = address;
            recipient.last_attempt.clone_from(&group.last_attempt);
            self.recipients.push(recipient);
        }
    }

    fn of_group(&self, group: &Group, block: Option<&Block>, is_only: bool) -> Recipient {
        let mut primary = group.diagnostic.clone().unwrap_or_default();
        if group.is_program {
            primary.insert_str(0, "x-unix ");
        }
        let mut secondary = String::new();
        let block_text = block.map_or("", |block| block.text.as_str());
        // A line that Sendmail cut, or a diagnostic that says nothing, stands in full in the notice.
        push_line(&mut secondary, block_text);
        push_line(
            &mut secondary,
            group.status_comment.as_deref().unwrap_or_default(),
        );
        if is_only {
            push_line(&mut secondary, &self.notice.transcript);
        }
        if primary.is_empty() && !block_text.is_empty() {
            block_text.clone_into(&mut primary);
        }
        judge::recipient(
            &Evidence {
                primary: &primary,
                secondary: &secondary,
                told: is_only.then_some(self.told),
                status: group.status,
                host: group.remote_mta.as_deref().or(self.notice.host.as_deref()),
                command: block
                    .and_then(|block| block.command)
                    .or(self.notice.command.filter(|_| is_only)),
                action: group.action.or(Some(Action::Failed)),
            },
            self.work,
        )
    }

    /// What the notice says of the recipient of a group.
    fn block_of(&self, group: &Group, at: usize, groups: usize) -> Option<&Block> {
        let blocks = &self.notice.blocks;
        let known = [
            &group.final_recipient,
            &group.original_recipient,
            &group.actual_recipient,
        ];
        // Lists and reports name recipients in the same order, so that looking is short.
        let near = blocks.get(at).filter(|block| {
            known
                .iter()
                .copied()
                .flatten()
                .any(|address| is_same_address(address, &block.address))
        });
        near.or_else(|| {
            let limit = RECIPIENTS_MAX / groups.max(1) + 8;
            blocks.iter().take(limit).find(|block| {
                known
                    .iter()
                    .copied()
                    .flatten()
                    .any(|address| is_same_address(address, &block.address))
            })
        })
        .or_else(|| blocks.first().filter(|_| groups == 1 && blocks.len() == 1))
    }

    fn add_notice(&mut self) {
        let blocks = &self.notice.blocks;
        let certainty = blocks.iter().map(|block| block.certainty).max();
        let mut chosen: Vec<(Option<&str>, Option<&Block>)> = Vec::new();
        if !self.failed.is_empty() {
            for (at, address) in self.failed.iter().enumerate() {
                let block = blocks
                    .get(at)
                    .filter(|block| is_same_address(&block.address, address))
                    .or_else(|| {
                        blocks
                            .iter()
                            .take(64)
                            .find(|block| is_same_address(&block.address, address))
                    });
                chosen.push((Some(address), block));
            }
        } else if let Some(certainty) = certainty {
            let listed = blocks.iter().filter(|block| block.certainty == certainty);
            // Of the addresses of sentences, the first is the one that the notice is about.
            let most = if certainty == Certainty::Mentioned {
                1
            } else {
                RECIPIENTS_MAX
            };
            chosen.extend(
                listed
                    .take(most)
                    .map(|block| (Some(block.address.as_str()), Some(block))),
            );
        } else {
            chosen.push((None, None));
        }
        let is_only = chosen.len() == 1;
        for (address, block) in chosen {
            let mut text = block.map_or("", |block| block.text.as_str());
            let mut secondary = String::new();
            if is_only && text.is_empty() {
                text = &self.notice.transcript;
            } else if is_only {
                push_line(&mut secondary, &self.notice.transcript);
            }
            let is_silent = text.is_empty() && secondary.is_empty();
            let mut recipient = judge::recipient(
                &Evidence {
                    primary: text,
                    secondary: &secondary,
                    told: (is_only || is_silent || self.is_told_of_all).then_some(self.told),
                    status: None,
                    host: self.notice.host.as_deref(),
                    command: block
                        .and_then(|block| block.command)
                        .or(self.notice.command.filter(|_| is_only)),
                    action: None,
                },
                self.work,
            );
            recipient.address = address.map(str::to_owned);
            self.recipients.push(recipient);
        }
    }
}

fn push_line(text: &mut String, line: &str) {
    let room = super::REFUSAL_OCTETS_MAX.saturating_sub(text.len());
    let line = super::lines::prefix(line, room);
    if !line.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_report_is_said_to_be_none() {
        let report =
            read(b"From: Lea <lea@example.org>\nSubject: hello\n\nhello\n").expect("a message");
        assert_eq!(report.kind, Kind::Other);
    }
}
