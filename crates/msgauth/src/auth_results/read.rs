//! Reading: everything that servers write, and anything else.

use super::{AuthResults, Fault, MethodResult, PROPERTIES_MAX, Property, RESULTS_MAX};
use crate::structured::{Scanner, VALUE_OCTETS_MAX, without_angles};

/// What stands between two semicolons, piece by piece.
enum Item {
    /// `key=value`.
    Pair { key: String, value: String },
    /// Text without an equals sign.
    Text(String),
}

pub(super) fn parse(value: &str) -> Option<AuthResults> {
    let mut scanner = Scanner::new(value);
    let mut reading = Reading::default();
    if value.len() > VALUE_OCTETS_MAX {
        reading.note(Fault::TooLong);
    }
    scanner.skip_comments(&mut Vec::new());
    scanner.peek()?;
    while scanner.peek().is_some() {
        reading.segment(&mut scanner);
        scanner.eat(';');
    }
    if reading.results.authserv_id.is_none() {
        reading.note(Fault::NoAuthservId);
    }
    Some(reading.results)
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    results: AuthResults,
    /// Whether the segment that names the server is behind.
    is_named: bool,
}

impl Reading {
    fn note(&mut self, fault: Fault) {
        if !self.results.faults.contains(&fault) {
            self.results.faults.push(fault);
        }
    }

    /// Reads up to the next semicolon.
    fn segment(&mut self, scanner: &mut Scanner<'_>) {
        let mut comments = Vec::new();
        // The result of this segment, once it began.
        let mut current: Option<MethodResult> = None;
        let mut is_first = true;
        let mut is_id = false;
        loop {
            scanner.skip_comments(&mut comments);
            if let Some(result) = &mut current {
                keep(&mut result.comments, comments.drain(..), &mut self.results);
            }
            let Some(item) = item(scanner, &mut comments) else {
                break;
            };
            if let Some(result) = &mut current {
                keep(&mut result.comments, comments.drain(..), &mut self.results);
            }
            match item {
                Item::Text(text) => {
                    if is_first && self.takes_id(&text) {
                        is_id = true;
                    } else if is_id && self.results.version.is_none() && is_number(&text) {
                        self.results.version = text.parse().ok();
                        if self.results.version != Some(1) {
                            self.note(Fault::UnknownVersion);
                        }
                    } else if !(is_first && text.eq_ignore_ascii_case("none")) {
                        self.note(Fault::StrayText);
                    }
                }
                Item::Pair { key, value } => {
                    let is_instance = is_first && !self.is_named && key.eq_ignore_ascii_case("i");
                    if is_instance && self.results.instance.is_none() && is_number(&value) {
                        self.results.instance = value.parse().ok();
                        // The server's name follows in the next segment.
                        break;
                    }
                    self.pair(&key, value, &mut current, is_id);
                }
            }
            is_first = false;
        }
        self.is_named |= !is_first;
        // What could not be read is passed.
        while scanner.peek().is_some_and(|c| c != ';') {
            if item(scanner, &mut comments).is_none() {
                break;
            }
        }
        if let Some(result) = current {
            self.finish(result);
        }
    }

    /// Takes a text as the server's name, if that may stand here.
    fn takes_id(&mut self, text: &str) -> bool {
        let is_open = self.results.authserv_id.is_none();
        if !is_open || self.is_named && (text.eq_ignore_ascii_case("none") || !text.contains('.')) {
            return false;
        }
        if self.is_named {
            self.note(Fault::MisplacedAuthservId);
        }
        self.results.authserv_id = Some(text.to_owned());
        true
    }

    fn pair(&mut self, key: &str, value: String, current: &mut Option<MethodResult>, is_id: bool) {
        let key = key.to_ascii_lowercase();
        let (ptype, property) = key.split_once('.').unwrap_or(("", &key));
        let is_result = ptype.is_empty() && is_keyword(&value);
        match current {
            None if is_result => {
                if is_id {
                    self.note(Fault::NoSemicolon);
                }
                *current = begun(property, &value);
                if current.is_none() {
                    self.note(Fault::StrayText);
                }
            }
            None => self.note(Fault::StrayText),
            // Some leave the semicolon out.
            Some(_) if is_result && is_method(property) => {
                self.note(Fault::NoSemicolon);
                let next = begun(property, &value);
                if let Some(done) = std::mem::replace(current, next) {
                    self.finish(done);
                }
            }
            Some(result) if ptype.is_empty() && property == "reason" => {
                result.reason.get_or_insert(value);
            }
            Some(result) => {
                let property = Property {
                    ptype: ptype.to_owned(),
                    property: property.to_owned(),
                    value,
                };
                if property.property.is_empty() {
                    self.note(Fault::StrayText);
                } else {
                    keep(&mut result.properties, [property], &mut self.results);
                }
            }
        }
    }

    fn finish(&mut self, result: MethodResult) {
        if self.results.results.len() < RESULTS_MAX {
            self.results.results.push(result);
        } else {
            self.note(Fault::TooLong);
        }
    }
}

/// Adds to a list that has an end.
fn keep<T>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>, results: &mut AuthResults) {
    for item in more {
        if list.len() < PROPERTIES_MAX {
            list.push(item);
        } else if !results.faults.contains(&Fault::TooLong) {
            results.faults.push(Fault::TooLong);
        }
    }
}

/// A result of the method and version in `method`, or `method/version`.
fn begun(method: &str, result: &str) -> Option<MethodResult> {
    let (method, version) = match method.split_once('/') {
        Some((method, version)) => (method, Some(version.parse().ok()?)),
        None => (method, None),
    };
    is_keyword(method).then(|| MethodResult {
        method: method.to_owned(),
        method_version: version,
        result: result.to_ascii_lowercase(),
        ..MethodResult::default()
    })
}

/// The methods of which it is known that they are no property when they follow one without a semicolon.
fn is_method(key: &str) -> bool {
    matches!(
        key,
        "spf"
            | "dkim"
            | "dmarc"
            | "arc"
            | "dkim-adsp"
            | "domainkeys"
            | "sender-id"
            | "iprev"
            | "auth"
    )
}

/// A keyword (RFC 5321, section 4.1.2), with the underscore that some methods have.
fn is_keyword(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit())
}

/// The next piece before a semicolon. `None` at a semicolon and at the end.
fn item(scanner: &mut Scanner<'_>, comments: &mut Vec<String>) -> Option<Item> {
    scanner.skip_comments(comments);
    match scanner.peek()? {
        ';' => return None,
        '"' => return scanner.quoted().map(Item::Text),
        _ => {}
    }
    let mut key = scanner.until(&['=', '(', ';', '"']).to_owned();
    // White space and comments may stand around the dot and the slash.
    loop {
        scanner.skip_comments(comments);
        let Some(joint) = scanner.peek().filter(|c| matches!(c, '.' | '/')) else {
            break;
        };
        scanner.eat(joint);
        key.push(joint);
        scanner.skip_comments(comments);
        key.push_str(scanner.until(&['=', '(', ';', '"']));
    }
    if !scanner.eat('=') {
        return Some(Item::Text(key));
    }
    let is_spaced = scanner.skip_comments(comments);
    if is_spaced && begins_property(scanner.rest()) {
        let value = String::new();
        return Some(Item::Pair { key, value });
    }
    let value = if scanner.peek() == Some('"') {
        let before = scanner.rest();
        let quoted = scanner.quoted().unwrap_or_default();
        if scanner.peek() == Some('@') {
            // The quotes belong to the address.
            scanner.until(&['(', ';', '"']);
            let length = before.len() - scanner.rest().len();
            before[..length].to_owned()
        } else {
            quoted
        }
    } else {
        without_angles(scanner.until(&['(', ';'])).to_owned()
    };
    Some(Item::Pair { key, value })
}

/// Whether the next property begins here, so that the one before has no value: `smtp.mail= header.from=…`.
fn begins_property(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(rest.len());
    let key = &rest[..end];
    rest[end..].starts_with('=') && (key.contains('.') || key == "reason")
}
