//! What people have at hand: a message; or what an editor, a screen or a log has left of one.

use super::{Bounce, Kind, MessageError, is_reply, read, read_reply};
use crate::saved::as_written;

/// Stands for the header of a notice that was copied from a screen, which shows none.
const NO_HEADER: &[u8] = b"Subject:\r\n\r\n";

/// Reads and judges what somebody saved or pasted: a message, the reply of a server, or the words of a notice as mail
/// programs show them.
///
/// # Errors
/// [`MessageError`]: it is no message, and nothing in it says that one was not delivered.
pub fn read_saved(octets: &[u8]) -> Result<Bounce, MessageError> {
    let octets = as_written(octets);
    let reply = || {
        let text = std::str::from_utf8(&octets).ok()?;
        is_reply(text).then(|| read_reply(text)).flatten()
    };
    match read(&octets) {
        Err(MessageError::NoHeader) => reply()
            .or_else(|| words(&octets))
            .ok_or(MessageError::NoHeader),
        read => read,
    }
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
            let recipient = &bounce.report.recipients[0];
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

    #[test]
    fn a_text_that_reports_nothing_is_no_message() {
        for text in [
            "Bonjour, voici la facture du 21 novembre : 550 euros. lea@client.example",
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
        assert_eq!(read.outcome, Outcome::NoBounce);
        assert_eq!(read_saved(b"").err(), Some(MessageError::Empty));
    }
}
