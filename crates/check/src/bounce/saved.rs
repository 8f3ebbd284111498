//! What people have at hand: a message; or what an editor, a screen or a log has left of one.

use garant_msgauth::message::Message;
use garant_msgauth::mime::{Mime, Part};

use super::reply::reply_within;
use super::{Bounce, Kind, MessageError, is_reply, read, read_reply};
use crate::saved::as_written;

/// Stands for the header of a notice that was copied from a screen, which shows none.
const NO_HEADER: &[u8] = b"Subject:\r\n\r\n";
/// Messages that lie in a message and are looked at, each as long as what it lies in at most, and bounces that are told
/// of one message: whoever asks for help attaches one or a few.
pub const ATTACHED_MAX: usize = 10;
/// How deep they may lie in each other: a bounce that a customer forwarded, and support again.
const ATTACHED_DEPTH_MAX: usize = 3;

/// What somebody saved or pasted, judged.
#[derive(Clone, Debug)]
pub struct Saved {
    /// One, or all that were attached to one message, in its order; [`ATTACHED_MAX`] at most, and at least one.
    pub bounces: Vec<Bounce>,
    /// More messages are attached than are looked at.
    pub is_cut: bool,
}

impl From<Bounce> for Saved {
    fn from(bounce: Bounce) -> Self {
        Self {
            bounces: vec![bounce],
            is_cut: false,
        }
    }
}

/// Reads and judges what somebody saved or pasted: a message, one to which others were attached when somebody asked for
/// help, the reply of a server alone or within other words, or the words of a notice as mail programs show them.
///
/// # Errors
/// [`MessageError`]: it is no message, and nothing in it says that one was not delivered.
pub fn read_saved(octets: &[u8]) -> Result<Saved, MessageError> {
    let octets = as_written(octets);
    let text = || std::str::from_utf8(&octets).ok();
    let reply = || text().filter(|text| is_reply(text)).and_then(read_reply);
    let within = || text().and_then(reply_within);
    match read(&octets) {
        Err(MessageError::NoHeader) => reply()
            .or_else(|| words(&octets))
            .or_else(within)
            .map(Saved::from)
            .ok_or(MessageError::NoHeader),
        Ok(bounce) if bounce.report.kind == Kind::Other => {
            if !is_mail(&octets) {
                let found = words(&octets).or_else(within);
                return Ok(found.unwrap_or(bounce).into());
            }
            let mut found = Saved {
                bounces: Vec::new(),
                is_cut: false,
            };
            found.add_attached(&octets, ATTACHED_DEPTH_MAX);
            if found.bounces.is_empty() {
                found.bounces.push(bounce);
            }
            Ok(found)
        }
        read => read.map(Saved::from),
    }
}

/// Whether it is mail, and no text whose first line merely looks like a field: `<lea@client.example>: host …`.
fn is_mail(octets: &[u8]) -> bool {
    let message = Message::read(octets).ok();
    message.is_some_and(|message| {
        let mut names = ["From", "Received", "Date"].iter();
        names.any(|name| message.named(name).next().is_some())
    })
}

impl Saved {
    /// The bounces among the messages that were attached to one.
    fn add_attached(&mut self, octets: &[u8], depth: usize) {
        let Ok(message) = Message::read(octets) else {
            return;
        };
        let mime = Mime::read(&message);
        let attached = mime.parts.iter();
        let mut attached = attached.filter(|part| is_message(part) && !mime.is_in_message(part));
        for part in attached.by_ref().take(ATTACHED_MAX) {
            if self.bounces.len() == ATTACHED_MAX {
                self.is_cut = true;
                return;
            }
            let decoded = part.decoded();
            match read(&decoded) {
                Ok(bounce) if bounce.report.kind != Kind::Other => self.bounces.push(bounce),
                Ok(_) if depth > 1 => self.add_attached(&decoded, depth - 1),
                _ => {}
            }
        }
        self.is_cut |= attached.next().is_some();
    }
}

/// By its type, or by its name where a mail program knew no type for it.
fn is_message(part: &Part<'_>) -> bool {
    let is_named = || {
        let name = part.file_name.as_deref().unwrap_or_default();
        // What has parts holds them: reading it would be reading them again.
        !part.media_type.starts_with("multipart/") && name.to_ascii_lowercase().ends_with(".eml")
    };
    matches!(
        part.media_type.as_str(),
        "message/rfc822" | "message/global"
    ) || is_named()
}

/// The words of a notice without its header; nothing where they are those of something else. No text has a NUL, and
/// files of other programs nearly always have.
fn words(octets: &[u8]) -> Option<Bounce> {
    let text = octets.trim_ascii();
    if text.is_empty() || text.contains(&0) {
        return None;
    }
    let bounce = read(&[NO_HEADER, text].concat()).ok()?;
    (bounce.report.kind != Kind::Other).then_some(bounce)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounce::{Class, Outcome};

    #[track_caller]
    fn check(octets: &[u8], expect: Option<(Class, Option<&str>)>) {
        let read = read_saved(octets).ok();
        let found = read.as_ref().map(|bounce| {
            let recipient = &bounce.bounces[0].report.recipients[0];
            (recipient.class, recipient.address.as_deref())
        });
        assert_eq!(found, expect, "{}", String::from_utf8_lossy(octets));
    }

    const REPLY: &str = "550 5.1.1 <lea@client.example>: no such user";
    const LEA: Option<(Class, Option<&str>)> =
        Some((Class::AddressUnknown, Some("lea@client.example")));

    #[test]
    fn a_reply_is_read_without_a_message_around_it() {
        check(REPLY.as_bytes(), LEA);
    }

    #[test]
    fn the_words_of_a_notice_are_read_without_its_header() {
        check(
            format!(
                "This is the mail system at host mail.boutique.example.\n\n\
                 I'm sorry to have to inform you that your message could not\nbe delivered.\n\n\
                 <lea@client.example>: host mx.client.example[192.0.2.9] said: {REPLY}\n"
            )
            .as_bytes(),
            LEA,
        );
        check(
            format!(
                "\n  Votre message n'a pas pu être remis à lea@client.example. Le serveur distant a \
                 répondu : {REPLY}"
            )
            .as_bytes(),
            LEA,
        );
    }

    const SAID: &str = "<lea@client.example>: host mx.client.example[192.0.2.9] said: 550 5.1.1 \
                        no such user (in reply to RCPT TO command)";

    #[test]
    fn a_reply_is_found_in_what_stands_around_it() {
        check(SAID.as_bytes(), LEA);
        check(
            format!("Nov 23 08:12:01 mail postfix/smtp[71]: 4XyZ: to=<lea@client.example>, dsn=5.1.1, status=bounced ({SAID})").as_bytes(),
            LEA,
        );
        for text in [
            "Destinataire : lea@client.example\nMotif : 5.1.1 smtp;550 5.1.1 RecipNotFound; not found",
            "Bonjour,\nvoici : lea@client.example\n\nRemote Server returned '550 5.1.1 User unknown'\n\nMerci",
            "from=<a@exemple.fr> to=<lea@client.example> stat=550 5.1.1 user unknown",
        ] {
            check(text.as_bytes(), LEA);
        }
        check(
            b"<lea@client.example>: host mx.client.example said: 550\n    5.1.1 no such user",
            LEA,
        );
        let nobody = Some((Class::MailboxFull, None));
        check(b"Soft bounce : 452 4.2.2 The account is over quota", nobody);
        check(b"It says: \"552 mailbox full\".", nobody);
    }

    /// A message to which others are attached, each under a type.
    fn asking(boundary: &str, attached: &[(&str, &str)]) -> String {
        let mut message = format!(
            "From: anne@exemple.fr\r\nSubject: Au secours\r\nContent-Type: multipart/mixed; \
             boundary={boundary}\r\n\r\n--{boundary}\r\n\r\nBonjour, voyez ci-joint.\r\n"
        );
        for (media_type, text) in attached {
            message.push_str(&format!(
                "--{boundary}\r\nContent-Type: {media_type}\r\n\r\n{text}\r\n"
            ));
        }
        message + &format!("--{boundary}--\r\n")
    }

    #[test]
    fn a_bounce_is_found_in_the_message_that_it_is_attached_to() {
        let bounce = format!(
            "From: MAILER-DAEMON@boutique.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n\
             This is the mail system at host mail.boutique.example.\r\n\r\n{SAID}\r\n"
        );
        let other = "From: lea@client.example\r\nSubject: Bonjour\r\n\r\nBonjour\r\n";
        let mail = "message/rfc822";
        let named = "application/octet-stream; name=\"Non remis.EML\"";
        check(asking("o", &[(mail, &bounce)]).as_bytes(), LEA);
        check(asking("o", &[(named, &bounce)]).as_bytes(), LEA);
        let two = [(mail, other), (mail, &bounce)];
        check(asking("o", &two).as_bytes(), LEA);
        let is_none = |message: &str| {
            let read = read_saved(message.as_bytes()).expect("a message");
            assert_eq!(read.bounces[0].outcome, Outcome::NoBounce);
        };
        is_none(&asking("o", &[(mail, other)]));
        let parts = "multipart/mixed; boundary=p; name=\"a.eml\"";
        is_none(&asking("o", &[(parts, &bounce)]));
        let many = vec![(mail, other); ATTACHED_MAX];
        is_none(&asking("o", &[&many[..], &[(mail, &bounce)]].concat()));
        // As deep as anybody forwards, and no deeper.
        let mut nested = bounce;
        for depth in 1..=ATTACHED_DEPTH_MAX + 1 {
            nested = asking(&format!("o{depth}"), &[(mail, &nested)]);
            if depth <= ATTACHED_DEPTH_MAX {
                check(nested.as_bytes(), LEA);
            } else {
                is_none(&nested);
            }
        }
    }

    #[test]
    fn every_bounce_that_is_attached_is_read() {
        let bounce = |number: usize| {
            format!(
                "From: MAILER-DAEMON@boutique.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n\
                 This is the mail system at host mail.boutique.example.\r\n\r\n<lea{number}@client.example>: host \
                 mx.client.example[192.0.2.9] said: 550 5.1.1 no such user (in reply to RCPT TO command)\r\n"
            )
        };
        let mail = "message/rfc822";
        let other = "From: lea@client.example\r\nSubject: Bonjour\r\n\r\nBonjour\r\n";
        let check = |texts: &[String], count: usize, is_cut: bool| {
            let attached: Vec<(&str, &str)> =
                texts.iter().map(|text| (mail, text.as_str())).collect();
            let read = read_saved(asking("o", &attached).as_bytes()).expect("a message");
            let addresses = read.bounces.iter().map(|bounce| {
                let address = bounce.report.recipients[0].address.as_deref();
                address.expect("an address").to_owned()
            });
            let expect = (0..count).map(|number| format!("lea{number}@client.example"));
            assert!(addresses.eq(expect), "{count}");
            assert_eq!(read.is_cut, is_cut, "{count}");
        };
        check(&[bounce(0), other.to_owned(), bounce(1)], 2, false);
        let forwarded = [(mail, bounce(1)), (mail, bounce(2))];
        let forwarded: Vec<(&str, &str)> = forwarded
            .iter()
            .map(|(of, text)| (*of, &text[..]))
            .collect();
        check(&[bounce(0), asking("i", &forwarded), bounce(3)], 4, false);
        let many = |count| (0..count).map(bounce).collect::<Vec<_>>();
        check(&many(ATTACHED_MAX), ATTACHED_MAX, false);
        check(&many(ATTACHED_MAX + 1), ATTACHED_MAX, true);
    }

    #[test]
    fn a_text_that_reports_nothing_is_no_message() {
        for text in [
            "Bonjour, voici la facture du 21 novembre : 550 euros. lea@client.example",
            "Facture 450 : 421 lots (550 unités)",
            "Le code : 550 \n\nabc",
            "Version 550 5.1.1.7, pièces 1550 5.1.1 et 192.550 5.1.1, lot 450 5.1.1, 450 5.1111.1",
            "<!DOCTYPE html><html><body><p>Bonjour</p></body></html>",
            " \r\n\r\n",
            "\u{feff}",
        ] {
            check(text.as_bytes(), None);
        }
        // A NUL shows that it is the file of another program, whatever words stand in it.
        check(
            format!("PNG\0 could not be delivered: {REPLY}").as_bytes(),
            None,
        );
    }

    #[test]
    fn what_an_editor_puts_before_a_text_is_left_out() {
        check(format!("\u{feff}{REPLY}").as_bytes(), LEA);
        let units = || {
            format!("\u{feff}{REPLY}")
                .encode_utf16()
                .collect::<Vec<_>>()
        };
        let little: Vec<u8> = units().into_iter().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().into_iter().flat_map(u16::to_be_bytes).collect();
        check(&little, LEA);
        check(&big, LEA);
        // Half a character at the end is no reason to read nothing.
        check(&[&little[..], b"x"].concat(), LEA);
    }

    #[test]
    fn a_message_that_was_pasted_with_its_indentation_is_read() {
        let reply = format!("<lea@client.example>: host mx.client.example said: {REPLY}");
        let lines = [
            "From: MAILER-DAEMON@boutique.example",
            "Subject: Undelivered Mail Returned to Sender",
            "",
            "This is the mail system at host mail.boutique.example.",
            "",
            &reply,
        ];
        check(format!("  {}", lines.join("\n  ")).as_bytes(), LEA);
    }

    #[test]
    fn a_message_is_read_as_it_is() {
        let read = read_saved(b"From: lea@client.example\r\n\r\nBonjour\r\n").expect("a message");
        assert_eq!(read.bounces[0].outcome, Outcome::NoBounce);
        assert_eq!(read_saved(b"").err(), Some(MessageError::Empty));
    }
}
