//! What people give with a message, read strictly.

use std::convert::Infallible;
use std::path::Path;

use garant_check::DomainInput;
use garant_check::catalogue;
use garant_check::saved::{has_lost_lines, is_table};
use garant_check::trace::{
    FIELDS_MAX, HEADER_OCTETS_MAX, MESSAGE_OCTETS_MAX, Message, MessageError, TRUSTED_SEALERS_MAX,
    receiver_in,
};
use garant_dns::Name;
use garant_text::Args;

use crate::mailbox::{self, may_be_mailbox};
use crate::typed::Refusal;

/// Characters of a HELO name at most: what a line of SMTP has room for (RFC 5321, section 4.5.3.1.4).
const HELO_CHARS_MAX: usize = 510;

/// The return address: an address, a domain, or `<>` for the null reverse-path, which is the empty text.
///
/// # Errors
/// When it is none.
pub fn mail_from(text: &str) -> Result<String, Refusal> {
    let bare = text.trim();
    let bare = bare
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    let bare = bare.unwrap_or(text.trim());
    let refuse = || Refusal::new("error-trace-mail-from", Args::new().with("input", text));
    if bare.is_empty() {
        // Nothing typed at all is a mistake; the empty address is written with its brackets.
        return if text.trim().is_empty() {
            Err(refuse())
        } else {
            Ok(String::new())
        };
    }
    let domain = bare.rsplit_once('@').map_or(bare, |(_, domain)| domain);
    if bare.chars().any(char::is_control) || Name::from_input(domain).is_err() {
        return Err(refuse());
    }
    Ok(bare.to_owned())
}

/// What the client said in HELO: a name or an address in brackets.
///
/// # Errors
/// When it holds spaces, or is no text that a server could say.
pub fn helo(text: &str) -> Result<String, Refusal> {
    let bare = text.trim();
    let is_odd = |c: char| c.is_whitespace() || c.is_control();
    if bare.is_empty() || bare.chars().any(is_odd) || bare.chars().count() > HELO_CHARS_MAX {
        return Err(Refusal::new(
            "error-trace-helo",
            Args::new().with("input", text),
        ));
    }
    Ok(bare.to_owned())
}

/// A name that may be believed with everything beneath it: no address, and neither a single label nor another public
/// suffix, which would be believing a whole country.
fn believable(text: &str) -> Option<Name> {
    let text = text.trim();
    let name = Name::from_input(text).ok()?;
    // No top-level domain is all digits: that is a piece of an address.
    let mut labels = name.as_str().rsplit('.');
    let is_top_level = |label: &str| !label.bytes().all(|octet| octet.is_ascii_digit());
    (DomainInput::parse(text).is_ok() && labels.next().is_some_and(is_top_level)).then_some(name)
}

/// The server that received the message: its full name, or the id or a name of a receiver of the catalogue, of whose
/// names the one is taken that stands in the message.
///
/// # Errors
/// When it is neither.
pub fn receiver(text: &str, message: &Message<'_>) -> Result<Name, Refusal> {
    let known = catalogue::receiver(text);
    let taken = known.and_then(|known| receiver_in(message, known));
    let first = || Name::from_input(known?.hosts.first()?).ok();
    let name = || believable(text);
    taken.or_else(name).or_else(first).ok_or_else(|| {
        let all = catalogue::receivers().iter();
        let ids: Vec<&str> = all
            .filter(|one| one.id != "other")
            .map(|one| one.id.as_str())
            .collect();
        let args = Args::new()
            .with("input", text)
            .with("known", ids.join(", "));
        Refusal::new("error-trace-receiver", args)
    })
}

/// The sealers of ARC chains that the receiver trusts: names as they stand in `d=`, any number of them in each text,
/// between commas or spaces.
///
/// # Errors
/// When one is none, or there are too many.
pub fn sealers<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<Name>, Refusal> {
    let mut names: Vec<Name> = Vec::new();
    let between = |c: char| c.is_whitespace() || c == ',' || c == ';';
    for text in texts {
        let all = text.split(between).filter(|text| !text.is_empty());
        for one in all {
            let refuse = || Refusal::new("error-trace-sealer", Args::new().with("input", one));
            let name = believable(one).ok_or_else(refuse)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.len() > TRUSTED_SEALERS_MAX {
        let args = Args::new().with("limit", TRUSTED_SEALERS_MAX);
        return Err(Refusal::new("error-trace-sealers-many", args));
    }
    Ok(names)
}

/// Reads a message, and no mailbox file of several; of pasted headers, empty lines above them are left out. `shown` is what it is called.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub fn message<'a>(
    octets: &'a [u8],
    headers_only: bool,
    shown: &str,
) -> Result<Message<'a>, Refusal> {
    let octets = if headers_only {
        let blank = octets
            .iter()
            .take_while(|octet| matches!(octet, b'\r' | b'\n'));
        &octets[blank.count()..]
    } else {
        octets
    };
    let count = messages_in(octets, shown);
    if count > 1 {
        let args = Args::new().with("path", shown).with("count", count);
        return Err(Refusal::new("error-trace-mailbox", args));
    }
    let read = Message::read(octets);
    let has_author = read
        .as_ref()
        .is_ok_and(|message| message.named("From").next().is_some());
    let refuse = |key| Err(Refusal::new(key, Args::new().with("path", shown)));
    if !has_author && is_table(octets) {
        return refuse("error-trace-table");
    }
    let message = read.map_err(|error| unreadable(error, shown))?;
    if has_lost_lines(&message, octets) {
        return refuse("error-trace-lines");
    }
    match shown_name(&message) {
        Some(name) => {
            let args = Args::new().with("path", shown).with("name", name);
            Err(Refusal::new("error-trace-shown", args))
        }
        None => Ok(message),
    }
}

/// Whether there is a header and no empty line behind it: what people copy who were asked for the headers. Nothing can
/// be said of a body then.
pub fn is_header_alone(octets: &[u8]) -> bool {
    let begun = octets.trim_ascii_start();
    let mut lines = begun.split_inclusive(|octet| *octet == b'\n');
    !lines.any(|line| matches!(line, b"\n" | b"\r\n"))
}

/// What mail programs call the author's field in the languages in which they show it: no server writes these.
const SHOWN_NAMES: &[&str] = &["De", "Von", "Da", "Van", "Fra", "Od"];

/// The name of the author's field where a mail program translated it: then this is what it shows of a message, and no
/// message.
fn shown_name(message: &Message<'_>) -> Option<&'static str> {
    let is_there = |name: &str| message.named(name).next().is_some();
    let mut names = SHOWN_NAMES.iter().copied();
    names
        .find(|name| is_there(name))
        .filter(|_| !is_there("From"))
}

/// How many messages a file holds: several where it is a mailbox file.
fn messages_in(octets: &[u8], shown: &str) -> usize {
    let may_be_mailbox = octets.starts_with(b"From ") && may_be_mailbox(Path::new(shown));
    // Reading it as one would take every message after the first for a part of it.
    if !may_be_mailbox || octets.len() > MESSAGE_OCTETS_MAX {
        return 1;
    }
    let mut count = 0;
    let Ok(()) = mailbox::messages::<Infallible>(octets, shown, true, &mut |_, _| {
        count += 1;
        Ok(())
    });
    count
}

/// Why octets are no message, in a sentence.
pub fn unreadable(error: MessageError, shown: &str) -> Refusal {
    const MEGABYTE: usize = 1_000_000;
    let args = Args::new().with("path", shown);
    match error {
        MessageError::Empty => Refusal::new("error-trace-empty", args),
        MessageError::TooLarge(_) => Refusal::new(
            "error-trace-too-large",
            args.with("limit", MESSAGE_OCTETS_MAX / MEGABYTE),
        ),
        MessageError::TooManyFields => Refusal::new(
            "error-trace-too-many-fields",
            args.with("limit", FIELDS_MAX),
        ),
        MessageError::HeaderTooLarge => Refusal::new(
            "error-trace-header-too-large",
            args.with("limit", HEADER_OCTETS_MAX / MEGABYTE),
        ),
        MessageError::NoHeader => Refusal::new("error-trace-no-header", args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(mail_from(text).ok().as_deref(), expect, "{text:?}");
    }

    #[test]
    fn a_return_address_is_an_address_a_domain_or_empty_between_brackets() {
        check("anne@exemple.fr", Some("anne@exemple.fr"));
        check(" <anne@exemple.fr> ", Some("anne@exemple.fr"));
        check("exemple.fr", Some("exemple.fr"));
        check("<>", Some(""));
        check("\"a b\"@exemple.fr", Some("\"a b\"@exemple.fr"));
        check("", None);
        check("anne@", None);
        check("anne@exem ple.fr", None);
        check("an\u{1b}ne@exemple.fr", None);
    }

    #[test]
    fn a_name_in_helo_has_no_spaces() {
        for (text, good) in [
            ("mail.exemple.fr", true),
            ("[192.0.2.1]", true),
            ("localhost", true),
            ("", false),
            ("two words", false),
            ("esc\u{1b}", false),
        ] {
            assert_eq!(helo(text).is_ok(), good, "{text:?}");
        }
    }

    #[test]
    fn nobody_is_believed_by_the_name_of_a_whole_country() {
        let message = Message::read(b"From: a@exemple.fr\n").expect("a message");
        for (text, expect) in [
            ("mx.exemple.fr", Some("mx.exemple.fr")),
            (" Exemple.CO.UK. ", Some("exemple.co.uk")),
            ("www.exemple.fr", Some("www.exemple.fr")),
            ("mx.corp.local", Some("mx.corp.local")),
            // A company gives out the names beneath, and writes its own.
            ("github.io", Some("github.io")),
            ("co.uk", None),
            ("com.fr", None),
            ("fr", None),
            ("192.0.2.1", None),
            ("[192.0.2.1]", None),
            ("2001:db8::1", None),
            ("1.2.3", None),
            ("a@exemple.fr", None),
            ("a..b", None),
            ("", None),
        ] {
            let found = receiver(text, &message).ok();
            assert_eq!(found.as_ref().map(Name::as_str), expect, "{text:?}");
            let found = sealers([text]).ok().and_then(|mut names| names.pop());
            assert_eq!(found.as_ref().map(Name::as_str), expect, "{text:?}");
        }
    }

    #[test]
    fn a_mailbox_file_of_several_messages_is_not_one() {
        let begins = "From a@exemple.fr Sun Nov 22 10:00:00 2026\n";
        let text = "From: a@exemple.fr\n\nBonjour.\n\n";
        let one = format!("{begins}{text}");
        let two = format!("{one}{begins}{text}");
        for (octets, shown, expect) in [
            (text, "m", None),
            (&one, "m", None),
            (&two, "m", Some("error-trace-mailbox")),
            (&two, "inbox.mbox", Some("error-trace-mailbox")),
            // A program that saved one message says so.
            (&two, "m.eml", None),
        ] {
            let refused = message(octets.as_bytes(), false, shown).err();
            assert_eq!(refused.map(|refusal| refusal.key), expect, "{shown}");
        }
    }

    #[test]
    fn what_a_mail_program_shows_is_no_message() {
        for (text, expect) in [
            (
                "De : a@exemple.fr\nEnvoy\u{e9} : lundi\n\nBonjour",
                Some("error-trace-shown"),
            ),
            (
                "Return-Path: <a@exemple.fr>\nVon: a@exemple.fr\n\nHallo",
                Some("error-trace-shown"),
            ),
            ("From: a@exemple.fr\nDe: a@exemple.fr\n\nBonjour", None),
            ("To: a@exemple.fr\n\nBonjour", None),
        ] {
            let refused = message(text.as_bytes(), false, "m").err();
            assert_eq!(refused.map(|refusal| refusal.key), expect, "{text}");
        }
    }

    #[test]
    fn what_was_changed_by_pasting_is_told() {
        for (text, expect) in [
            (
                "Received: from a by b; c From: a@exemple.fr To: c@d.example Date: e",
                Some("error-trace-lines"),
            ),
            (
                "SPF: PASS with IP 192.0.2.1\nDKIM: 'PASS' with domain exemple.fr\nDMARC: 'PASS'\n",
                Some("error-trace-table"),
            ),
            (
                "Message ID\t<a@b>\nSPF:\tPASS\nDMARC:\t'PASS'\n",
                Some("error-trace-table"),
            ),
            ("SPF: PASS\nDKIM: PASS\nFrom: a@exemple.fr\n", None),
        ] {
            let refused = message(text.as_bytes(), true, "m").err();
            assert_eq!(refused.map(|refusal| refusal.key), expect, "{text}");
        }
    }

    #[test]
    fn a_header_alone_has_no_empty_line() {
        for (text, expect) in [
            ("From: a\n", true),
            ("From: a\r\nTo: b", true),
            ("\nFrom: a\nTo: b", true),
            ("From: a\n\n", false),
            ("From: a\r\n\r\nb", false),
        ] {
            assert_eq!(is_header_alone(text.as_bytes()), expect, "{text:?}");
        }
    }

    #[test]
    fn every_reason_has_its_sentence() {
        use garant_text::{Catalogue, Language};
        for error in [
            MessageError::Empty,
            MessageError::TooLarge(1),
            MessageError::TooManyFields,
            MessageError::HeaderTooLarge,
            MessageError::NoHeader,
        ] {
            let refusal = unreadable(error, "m.eml");
            for language in Language::ALL {
                let text = Catalogue::of(language).text(refusal.key, &refusal.args);
                assert!(text.contains("m.eml"), "{error}: {text}");
            }
        }
    }
}
