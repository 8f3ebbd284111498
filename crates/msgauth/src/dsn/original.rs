//! What a report's copy of the message says of it.

use std::sync::LazyLock;

use garant_dns::Name;
use mail_parser::{HeaderValue, MessageParser};

use super::Original;
use super::lines::find_address;
use crate::message::{Message, authors};

/// Signatures whose domains are told. Honest mail has one to four.
const SIGNATURES_MAX: usize = 10;
/// Octets of the copy of a header section that are looked at.
const COPY_OCTETS_MAX: usize = 100_000;

/// Reads the header section of a copy, which may be cut off anywhere.
pub(super) fn read(octets: &[u8]) -> Option<Original> {
    let start = octets
        .iter()
        .position(|octet| !octet.is_ascii_whitespace())?;
    let octets = &octets[start..];
    let message = Message::read(&octets[..octets.len().min(COPY_OCTETS_MAX)]).ok()?;
    let mut original = Original::default();
    let mut is_known = false;
    for field in message.fields() {
        let name = field.name();
        match name.first().map(u8::to_ascii_lowercase) {
            Some(b'f') if field.is("From") && original.from.is_none() => {
                is_known = true;
                original.from =
                    Some(decoded(field.octets()).unwrap_or_else(|| field.value().into_owned()));
            }
            Some(b's') if field.is("Subject") && original.subject.is_none() => {
                is_known = true;
                original.subject =
                    Some(decoded(field.octets()).unwrap_or_else(|| field.value().into_owned()));
            }
            Some(b'm') if field.is("Message-ID") && original.message_id.is_none() => {
                is_known = true;
                original.message_id = Some(field.value().into_owned());
            }
            Some(b'r') if field.is("Return-Path") && original.mail_from.is_none() => {
                let value = field.value();
                original.mail_from = find_address(&value).map(|(address, _)| address.to_owned());
            }
            Some(b'd')
                if field.is("DKIM-Signature") && original.signed_by.len() < SIGNATURES_MAX =>
            {
                is_known = true;
                if let Some(domain) = signing_domain(&field.value())
                    && !original.signed_by.contains(&domain)
                {
                    original.signed_by.push(domain);
                }
            }
            _ => {}
        }
    }
    if let Ok(authors) = authors(&message) {
        original.author_domain = authors.into_iter().next().map(|author| author.domain);
    }
    (is_known || original.mail_from.is_some()).then_some(original)
}

/// Nothing known yet.
pub(super) fn none() -> Original {
    Original::default()
}

/// The tag `d=` (RFC 6376, section 3.5) of a signature that nobody verifies here.
fn signing_domain(value: &str) -> Option<Name> {
    value.split(';').find_map(|tag| {
        let (name, domain) = tag.split_once('=')?;
        (name.trim() == "d").then(|| Name::from_input(domain.trim()).ok())?
    })
}

/// Made once: it holds a table of the fields that it reads.
static PARSER: LazyLock<MessageParser> =
    LazyLock::new(|| MessageParser::new().with_minimal_headers());

/// A field with encoded words (RFC 2047), decoded.
fn decoded(field: &[u8]) -> Option<String> {
    memchr::memmem::find(field, b"=?")?;
    let colon = memchr::memchr(b':', field)?;
    // What a field is decoded to depends on its name; any text is right for any of these.
    let mut text = b"Subject:".to_vec();
    text.extend_from_slice(&field[colon + 1..]);
    text.extend_from_slice(b"\r\n\r\n");
    let parsed = PARSER.parse_headers(text.as_slice())?;
    match parsed.headers().first().map(mail_parser::Header::value) {
        Some(HeaderValue::Text(text)) => Some(text.clone().into_owned()),
        _ => None,
    }
}

/// The subject of a message, decoded.
pub(super) fn subject(message: &Message<'_>) -> Option<String> {
    message
        .named("Subject")
        .next()
        .map(|field| decoded(field.octets()).unwrap_or_else(|| field.value().into_owned()))
}

/// The recipient of a message, where it has only one.
pub(super) fn only_recipient(octets: &[u8]) -> Option<String> {
    let start = octets
        .iter()
        .position(|octet| !octet.is_ascii_whitespace())?;
    let message = Message::read(&octets[start..]).ok()?;
    let field = message.named("To").next()?.value().into_owned();
    let (address, rest) = find_address(&field)?;
    find_address(rest).is_none().then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_tells_whose_message_it_was() {
        let original = read(
            b"\r\nReturn-Path: <bounce@mail.example.org>\nDKIM-Signature: v=1; a=rsa-sha256; d=example.org;\n s=x; b=\nFrom: =?utf-8?q?L=C3=A9a?= <lea@example.org>\nSubject: =?utf-8?q?d=C3=A9j=C3=A0?=\nMessage-ID: <1@example.org>\n\nbody",
        )
        .expect("a copy");
        assert_eq!(original.from.as_deref(), Some("Léa <lea@example.org>"));
        assert_eq!(original.subject.as_deref(), Some("déjà"));
        assert_eq!(
            original.mail_from.as_deref(),
            Some("bounce@mail.example.org")
        );
        assert_eq!(original.message_id.as_deref(), Some("<1@example.org>"));
        let domain: Name = "example.org".parse().expect("a name");
        assert_eq!(original.author_domain, Some(domain.clone()));
        assert_eq!(original.signed_by, [domain]);
        assert_eq!(read(b""), None);
        assert_eq!(read(b"no fields"), None);
        assert_eq!(read(b"X-Other: 1\n"), None);
    }
}
