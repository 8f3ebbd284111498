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
        recipient.text = dsn::bare_reply(&line).to_owned();
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

/// Octets of a text that are searched for a reply: what people paste around one is a page or two.
const AROUND_OCTETS_MAX: usize = 64 * 1024;
/// Places of such a text that are read as a reply: a log that somebody pasted has a few codes of other things before
/// the one that matters.
const TRIED_MAX: usize = 20;

/// The first reply that stands within other words, as people paste it from a log, a support page or what a mail
/// program shows: a code with an enhanced status code, or a code at the beginning of what somebody is said to have said,
/// in words that servers have. The recipient is the one whom the words before it name last.
pub(super) fn reply_within(text: &str) -> Option<Bounce> {
    let text = &text[..text.floor_char_boundary(AROUND_OCTETS_MAX)];
    // A NUL shows that it is the file of another program.
    if text.contains('\0') {
        return None;
    }
    let places = text.match_indices(['4', '5']).map(|(at, _)| at);
    let begun = places.filter_map(|at| Some((at, begins_reply(text, at)?)));
    let mut found = begun.take(TRIED_MAX).filter_map(|(at, said)| {
        let rest = &text[at..];
        let rest = &rest[..rest.floor_char_boundary(REPLY_OCTETS_MAX)];
        let ends = ["\n\n", "\r\n\r\n", "\n \n"].iter();
        let end = ends.filter_map(|end| rest.find(end)).min();
        let rest = rest[..end.unwrap_or(rest.len())].trim_end();
        let rest = rest.trim_end_matches(['\'', '"', '\u{201d}']);
        // A number may be that of anything: the words behind it have to be a server's.
        if said == Said::Code {
            let words = read_reply(rest.get(4..)?)?;
            let mut recipients = words.report.recipients.iter();
            recipients.find(|one| one.class != Class::Unknown)?;
        }
        let mut bounce = read_reply(rest)?;
        let one = bounce.report.recipients.first_mut()?;
        if one.address.is_some() {
            return Some(bounce);
        }
        one.address = last_address(&text[..at]);
        // Who refuses is also known by the recipient's address.
        Some(Bounce::of(bounce.report))
    });
    found.next()
}

/// How sure it is that a reply begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// A code and an enhanced status code, of the same class.
    Status,
    /// A code alone, behind a sign that quotes.
    Code,
}

/// Whether a reply begins at this place, by its codes.
fn begins_reply(text: &str, at: usize) -> Option<Said> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '_')) {
        return None;
    }
    let rest = &text.as_bytes()[at..];
    let [class, ten, one, behind, rest @ ..] = rest else {
        return None;
    };
    let is_code = ten.is_ascii_digit() && one.is_ascii_digit();
    if !is_code || !(*behind == b'-' || behind.is_ascii_whitespace()) {
        return None;
    }
    let rest = rest.trim_ascii_start();
    let word = rest.split(|octet| !(octet.is_ascii_digit() || *octet == b'.'));
    let word = word.into_iter().next().unwrap_or_default();
    let mut numbers = word
        .strip_suffix(b".")
        .unwrap_or(word)
        .split(|o| *o == b'.');
    let is_number = |number: &[u8]| (1..=3).contains(&number.len());
    let is_status = numbers.next() == Some(&[*class])
        && numbers.next().is_some_and(is_number)
        && numbers.next().is_some_and(is_number)
        && numbers.next().is_none();
    if is_status {
        return Some(Said::Status);
    }
    let is_word = rest.first().is_some_and(u8::is_ascii_alphabetic);
    let quotes = text[..at].trim_end_matches([' ', '\u{a0}', '\t', '\n', '\r']);
    let is_quoted = quotes.ends_with([':', '\'', '"', '(', '\u{201c}', '\u{ab}', '>']);
    (is_word && (is_quoted || quotes.is_empty())).then_some(Said::Code)
}

/// The address that a text names last, but not as the sender's.
fn last_address(text: &str) -> Option<String> {
    let is_sign = |c: char| c.is_whitespace() || "<>()[]:;,=\"'".contains(c);
    let mut words = text
        .rsplit(is_sign)
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let word = word.trim_end_matches('.');
        let Some((local, domain)) = word.rsplit_once('@') else {
            continue;
        };
        let label = words.peek().map(|label| label.to_lowercase());
        let is_senders = label.is_some_and(|label| {
            let labels = ["from", "sender", "de", "expéditeur", "von", "absender"];
            labels.contains(&label.as_str())
        });
        if !is_senders && !local.is_empty() && domain.contains('.') {
            return Some(word.to_owned());
        }
    }
    None
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
    fn a_long_text_is_searched_to_a_limit() {
        let refusal = "said: 550 5.1.1 no such user";
        let words = |count| format!("{}{refusal}", ": 421 bonjour\n\n".repeat(count));
        assert!(reply_within(&words(TRIED_MAX - 1)).is_some());
        assert!(reply_within(&words(TRIED_MAX)).is_none());
        let spaces = " ".repeat(AROUND_OCTETS_MAX);
        assert!(reply_within(&format!("{spaces}{refusal}")).is_none());
        assert!(reply_within(&format!("{refusal}{spaces}")).is_some());
    }

    #[test]
    fn a_reply_is_shown_without_what_was_put_around_it() {
        for text in [
            "'550 5.1.1 user unknown'",
            "550 5.1.1 user unknown (in reply to RCPT TO command)",
        ] {
            let read = read_reply(text).expect("a reply");
            assert_eq!(read.report.recipients[0].text, "550 5.1.1 user unknown");
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
