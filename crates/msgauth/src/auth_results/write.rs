//! Writing: folded at white space, every value in quotes that needs them.

use std::fmt::Write as _;

use super::{AuthResults, MethodResult, WRITTEN_VALUE_OCTETS_MAX};
use crate::structured::{Scanner, without_angles};

/// Characters of a line after which it is folded where it can be (RFC 5322, section 2.1.1).
const LINE_CHARS: usize = 78;

/// The field.
pub(super) fn field(results: &AuthResults) -> String {
    let id = canonical(results.authserv_id.as_deref().unwrap_or_default());
    let mut text = String::from("Authentication-Results:");
    let mut line = text.len();
    let mut id = if is_token(&id) { id } else { quoted(&id) };
    if let Some(version) = results.version {
        let _ = write!(id, " {version}");
    }
    put(&mut text, &mut line, &id);
    let written = results.results.iter().filter(|result| {
        // Nothing else can be written that would be read again.
        !keyword(&result.method).is_empty() && !keyword(&result.result).is_empty()
    });
    let mut is_empty = true;
    for result in written {
        is_empty = false;
        text.push_str(";\r\n");
        line = 0;
        for piece in pieces(result) {
            put(&mut text, &mut line, &piece);
        }
    }
    if is_empty {
        text.push_str("; none");
    }
    text.push_str("\r\n");
    text
}

fn pieces(result: &MethodResult) -> Vec<String> {
    let mut pieces = vec![match result.method_version {
        Some(version) => format!(
            "{}/{version}={}",
            keyword(&result.method),
            keyword(&result.result)
        ),
        None => format!("{}={}", keyword(&result.method), keyword(&result.result)),
    }];
    if let Some(reason) = &result.reason {
        pieces.push(format!("reason={}", quoted(&canonical(reason))));
    }
    for comment in &result.comments {
        pieces.push(escaped('(', &canonical(comment), ')'));
    }
    for property in &result.properties {
        let name = keyword(&property.property);
        // Without either, it would be read as a result.
        if name.is_empty() || keyword(&property.ptype).is_empty() {
            continue;
        }
        let value = value(&canonical(&property.value));
        pieces.push(format!("{}.{name}={value}", keyword(&property.ptype)));
    }
    pieces
}

/// Adds a piece after white space, in a new line where this one would be too long. A piece that is itself
/// too long is folded before the spaces in it: unfolding takes out the line end alone.
fn put(text: &mut String, line: &mut usize, piece: &str) {
    for (index, word) in piece.split(' ').enumerate() {
        let length = word.chars().count();
        // At the beginning of a piece the whole piece should fit; inside, the next word.
        let wanted = if index == 0 {
            piece.chars().count().min(LINE_CHARS - 1)
        } else {
            length
        };
        let is_begun = text.ends_with("\r\n");
        if !is_begun && *line + 1 + wanted > LINE_CHARS {
            text.push_str("\r\n");
            *line = 0;
        }
        text.push(' ');
        text.push_str(word);
        *line += 1 + length;
    }
}

/// A value as it can be written: without angle brackets, control characters and double white space, and not too
/// long. The quotes around a local part stay.
pub(super) fn canonical(text: &str) -> String {
    let mut out = String::new();
    let is_space = |c: char| c.is_whitespace() || c.is_control();
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if out.len() > WRITTEN_VALUE_OCTETS_MAX {
            break;
        }
    }
    out.truncate(out.floor_char_boundary(WRITTEN_VALUE_OCTETS_MAX));
    without_angles(&out).to_owned()
}

/// What of a text may stand in a keyword.
pub(super) fn keyword(text: &str) -> String {
    let allowed = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    allowed.take(64).collect::<String>().to_ascii_lowercase()
}

/// A value: as it is where that can be read again, else quoted.
fn value(text: &str) -> String {
    match text.rsplit_once('@') {
        _ if is_token(text) => text.to_owned(),
        // "MUST use the right-hand portion" for what is meant to be an address (RFC 8601, section 2.2).
        Some((local, domain)) if is_token(domain) && is_local(local) => text.to_owned(),
        _ => quoted(text),
    }
}

/// A token (RFC 2045, section 5.1), which is what a value may be without quotes.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?=".contains(c))
}

/// A local part: nothing, a dot-atom, or a quoted string.
fn is_local(text: &str) -> bool {
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if text.chars().all(is_atom) {
        return true;
    }
    let mut scanner = Scanner::new(text);
    text.len() > 1
        && text.ends_with('"')
        && scanner.quoted().is_some()
        && scanner.rest().is_empty()
        && is_closed(text)
}

/// Whether the quotes at both ends of a text belong together.
fn is_closed(text: &str) -> bool {
    let escapes = text[..text.len() - 1]
        .chars()
        .rev()
        .take_while(|c| *c == '\\')
        .count();
    escapes % 2 == 0
}

fn quoted(text: &str) -> String {
    escaped('"', text, '"')
}

fn escaped(open: char, text: &str, close: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(open);
    for character in text.chars() {
        if character == open || character == close || character == '\\' {
            out.push('\\');
        }
        out.push(character);
    }
    out.push(close);
    out
}
