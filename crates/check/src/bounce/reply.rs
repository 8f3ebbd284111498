//! A server's reply without the notice around it: what people have at hand, copied from a log or a page.

use garant_msgauth::dsn::{self, Class, Kind, Recipient, Report};

use super::Bounce;

/// Octets of a reply at most: 512 in a line (RFC 5321, section 4.5.3.1.5), and no receiver writes more than eight.
const REPLY_OCTETS_MAX: usize = 4_096;
/// Stands where the notice would name the recipient, whom a reply does not always name.
const NOBODY: &str = "nobody@recipient.invalid";

/// Reads and judges a reply as a server gave it, on one line or several. Nothing for a text that is empty or longer
/// than replies are, nor for one in which neither a code stands nor anything that servers say.
pub fn read_reply(text: &str) -> Option<Bounce> {
    let line = one_line(text);
    if line.is_empty() || line.len() > REPLY_OCTETS_MAX {
        return None;
    }
    // A notification (RFC 3464, section 2.3.6) with nothing else to tell: so the words are read by the same rules.
    let notice = format!(
        "From: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; reply.invalid\r\n\r\n\
         Final-Recipient: rfc822; {NOBODY}\r\nAction: failed\r\nDiagnostic-Code: smtp; {line}\r\n--b--\r\n"
    );
    let read = dsn::read(notice.as_bytes()).ok()?;
    let mut recipients = read.recipients;
    for recipient in &mut recipients {
        recipient.address = address_in(&line);
        recipient.original_address = None;
        // What was done with the message is not known; the codes say what was meant.
        recipient.action = None;
        recipient.text.clone_from(&line);
    }
    recipients.truncate(1);
    // Neither a code nor words that servers have: whatever it is, nobody refused anything by it.
    let says_something = |one: &Recipient| one.class != Class::Unknown || one.reply.is_some();
    if !recipients.iter().any(says_something) {
        return None;
    }
    Some(Bounce::of(Report {
        kind: Kind::Bounce,
        dialect: "reply",
        reporter: None,
        recipients,
        is_cut: false,
        original: None,
        feedback: None,
    }))
}

/// Whether a text begins as a reply does: with a code (RFC 5321, section 4.2), from 2 to 5.
pub fn is_reply(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let follows = text.as_bytes().get(digits);
    digits == 3
        && matches!(text.as_bytes().first(), Some(b'2'..=b'5'))
        && matches!(follows, Some(b' ' | b'-'))
        && text.len() <= REPLY_OCTETS_MAX
}

/// The words of all lines with single spaces between; the codes that each further line begins with are left out.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let mut words: Vec<&str> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let line = if number > 0 && is_reply(line) {
            let rest = line[4..].trim_start();
            let status = rest.split(' ').next().unwrap_or_default();
            let is_status = status.split('.').count() == 3
                && status
                    .bytes()
                    .all(|octet| octet.is_ascii_digit() || octet == b'.');
            if is_status {
                &rest[status.len()..]
            } else {
                rest
            }
        } else {
            line
        };
        words.extend(line.split_whitespace());
    }
    words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

/// An address that a reply names between angle brackets.
pub(super) struct Bracketed<'a> {
    pub(super) address: &'a str,
    /// The words around it say that it is the sender's.
    pub(super) is_senders: bool,
}

/// The addresses that a reply names between angle brackets.
pub(super) fn bracketed(line: &str) -> impl Iterator<Item = Bracketed<'_>> {
    line.match_indices('<').filter_map(|(at, _)| {
        let (address, behind) = line[at + 1..].split_once('>')?;
        let (local, domain) = address.rsplit_once('@')?;
        let is_address = !local.is_empty() && domain.contains('.') && !address.contains([' ', '<']);
        let is_sign = |c: char| !c.is_alphanumeric();
        let begins = |text: &str, word: &str| {
            let found = text.get(..word.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        let before = line[..at].trim_end_matches(is_sign);
        let last = before.rsplit(is_sign).next().unwrap_or_default();
        let is_senders = begins(behind.trim_start_matches(is_sign), "sender")
            || ["from", "sender"]
                .iter()
                .any(|word| last.eq_ignore_ascii_case(word));
        is_address.then_some(Bracketed {
            address,
            is_senders,
        })
    })
}

/// The recipient's address that a reply names between angle brackets, or nothing.
fn address_in(line: &str) -> Option<String> {
    let recipient = bracketed(line).find(|one| !one.is_senders)?;
    Some(recipient.address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_reply_are_joined_without_their_codes() {
        for (text, expect) in [
            ("550 5.1.1 no such user", "550 5.1.1 no such user"),
            (
                "550-5.7.26 Unauthenticated email from\r\n550-5.7.26 exemple.fr is not\n550 5.7.26 accepted.",
                "550-5.7.26 Unauthenticated email from exemple.fr is not accepted.",
            ),
            ("  421-a\n421 b \n", "421-a b"),
            (
                "550 5.1.1\t<a@b.example>:\u{1b}[2J x",
                "550 5.1.1 <a@b.example>:[2J x",
            ),
            (" \n ", ""),
        ] {
            assert_eq!(one_line(text), expect, "{text:?}");
        }
    }

    #[test]
    fn the_address_of_a_reply_is_the_recipients_unless_it_says_otherwise() {
        for (line, recipient, sender) in [
            ("550 5.1.1 <b@c.example>: no such user", "b@c.example", ""),
            (
                "550 5.1.8 <a@b.example>: Sender address rejected: Domain not found",
                "",
                "a@b.example",
            ),
            (
                "550 Sender <a@b.example> not allowed to reach <b@c.example>",
                "b@c.example",
                "a@b.example",
            ),
            ("553 mail from: <a@b.example> refused", "", "a@b.example"),
            (
                "550 5.1.1 <b@c.example>: Recipient address rejected",
                "b@c.example",
                "",
            ),
            ("550 <<b@c.example>> a < b > é", "b@c.example", ""),
            ("550 <b@c> <@c.example> <a b@c.example>", "", ""),
        ] {
            assert_eq!(address_in(line).unwrap_or_default(), recipient, "{line}");
            let found = bracketed(line).find(|one| one.is_senders);
            assert_eq!(found.map_or("", |one| one.address), sender, "{line}");
        }
    }

    #[test]
    fn a_sender_who_is_refused_is_whom_to_check() {
        for text in [
            "550 5.1.8 <a@retour.exemple.fr>: Sender address rejected: Domain not found",
            "550 5.7.1 <a@retour.exemple.fr>: Sender address rejected: SPF check failed",
        ] {
            let bounce = read_reply(text).expect("a reply");
            assert_eq!(bounce.report.recipients[0].address, None);
            let asked = bounce.question().expect("a domain to check");
            assert_eq!(asked.domain.as_str(), "retour.exemple.fr", "{text}");
        }
    }

    #[test]
    fn a_reply_begins_with_a_code() {
        for (text, expect) in [
            ("550 5.1.1 x", true),
            ("\n421-x", true),
            ("550", false),
            ("5500 x", false),
            ("650 x", false),
            ("Subject: 550 x", false),
            ("", false),
            ("é50 x", false),
        ] {
            assert_eq!(is_reply(text), expect, "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_reply_is_left_alone() {
        assert!(read_reply(" \n").is_none());
        assert!(read_reply(&"550 x ".repeat(REPLY_OCTETS_MAX)).is_none());
        for text in ["bonjour", "Bonjour, voici la facture du 21 novembre", "42"] {
            assert!(read_reply(text).is_none(), "{text}");
        }
        for text in ["550 bonjour", "mailbox full", "421"] {
            assert!(read_reply(text).is_some(), "{text}");
        }
    }
}
