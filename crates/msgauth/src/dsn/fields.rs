//! The fields of a delivery status notification (RFC 3464, section 2; RFC 6533, section 3), also where they
//! stand in a part of another type, or without the empty lines between recipients.

use super::lines::{find_address, is_address, one_line, starts_with, whole_address};
use super::{Action, RECIPIENTS_MAX, Status};

/// What the fields say.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    /// `Reporting-MTA`.
    pub(super) reporter: Option<String>,
    /// `X-Postfix-Sender` and the like: to whom the report goes.
    pub(super) recipients: Vec<Group>,
    /// There were more than [`RECIPIENTS_MAX`].
    pub(super) is_cut: bool,
}

/// The fields of one recipient (RFC 3464, section 2.3).
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) final_recipient: Option<String>,
    pub(super) original_recipient: Option<String>,
    /// `X-Actual-Recipient` (Sendmail).
    pub(super) actual_recipient: Option<String>,
    pub(super) action: Option<Action>,
    pub(super) status: Option<Status>,
    /// What stands behind the status: no part of it by RFC 3464, section 2.3.4 but a comment.
    pub(super) status_comment: Option<String>,
    /// `Diagnostic-Code` without its type.
    pub(super) diagnostic: Option<String>,
    /// The type of `Diagnostic-Code` is a programme's exit status (Sendmail: `X-Unix`).
    pub(super) is_program: bool,
    pub(super) remote_mta: Option<String>,
    pub(super) last_attempt: Option<String>,
    has_recipient: bool,
    is_used: bool,
}

/// The fields that are read.
const NAMES: &[(&str, Name)] = &[
    ("final-recipient", Name::Final),
    ("original-recipient", Name::Original),
    ("x-actual-recipient", Name::Actual),
    ("action", Name::Action),
    ("status", Name::Status),
    ("diagnostic-code", Name::Diagnostic),
    ("remote-mta", Name::Remote),
    ("last-attempt-date", Name::LastAttempt),
    ("reporting-mta", Name::Reporter),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Final,
    Original,
    Actual,
    Action,
    Status,
    Diagnostic,
    Remote,
    LastAttempt,
    Reporter,
}

/// Reads the fields of a part that has nothing else.
pub(super) fn read(text: &str) -> Fields {
    let mut reader = Reader::default();
    reader.read(text);
    reader.finish()
}

/// Reads the fields in a text that has other things too: from the first field of a recipient on.
pub(super) fn read_in_text(text: &str) -> Option<Fields> {
    let has_status = text.lines().any(|line| {
        matches!(
            field(line.trim_start()),
            Some((Name::Final | Name::Original, _))
        )
    });
    has_status.then(|| read(text))
}

#[derive(Default)]
struct Reader {
    fields: Fields,
    group: Group,
}

impl Reader {
    fn read(&mut self, text: &str) {
        let mut value = String::new();
        let mut name = None;
        for line in text.lines() {
            let is_continuation = line.starts_with([' ', '\t']);
            if line.trim_ascii().is_empty() {
                self.put(name.take(), &value);
                self.end_group();
            } else if is_continuation && name.is_some() {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((next, text)) = field(line.trim_start()) {
                self.put(name.take(), &value);
                name = Some(next);
                value.clear();
                value.push_str(text.trim());
            } else if is_other_field(line) || starts_with(line, "--") {
                self.put(name.take(), &value);
            } else if name == Some(Name::Diagnostic) {
                // Broken by something that forgot to indent the line.
                value.push(' ');
                value.push_str(line.trim());
            } else {
                self.put(name.take(), &value);
            }
        }
        self.put(name, &value);
        self.end_group();
    }

    fn put(&mut self, name: Option<Name>, value: &str) {
        let Some(name) = name else { return };
        if name == Name::Reporter {
            if self.fields.reporter.is_none() {
                self.fields.reporter =
                    Some(untyped(value).to_owned()).filter(|text| !text.is_empty());
            }
            return;
        }
        // Without an empty line between them, a field that is there already belongs to the next recipient.
        if self.group.has_recipient && self.group.has(name) {
            self.end_group();
        }
        let group = &mut self.group;
        group.is_used = true;
        match name {
            Name::Final => {
                group.has_recipient = true;
                group.final_recipient = address(value, false);
            }
            Name::Original => {
                group.has_recipient = true;
                group.original_recipient = address(value, true);
            }
            Name::Actual => group.actual_recipient = address(value, false),
            Name::Action => group.action = action(value),
            Name::Status => {
                if let Some((status, octets)) = Status::at_start(value) {
                    group.status = Some(status);
                    let comment = value[octets..].trim().trim_matches(['(', ')']);
                    group.status_comment = Some(one_line(comment)).filter(|text| !text.is_empty());
                }
            }
            Name::Diagnostic => {
                group.is_program = starts_with(value, "x-unix");
                let text = one_line(diagnostic(value));
                group.diagnostic = Some(text).filter(|text| !text.is_empty());
            }
            Name::Remote => {
                let host = untyped(value)
                    .split([' ', '(', '\t'])
                    .next()
                    .unwrap_or_default();
                group.remote_mta = Some(host.to_owned()).filter(|host| !host.is_empty());
            }
            Name::LastAttempt => group.last_attempt = Some(one_line(value)),
            Name::Reporter => {}
        }
    }

    fn end_group(&mut self) {
        // What stands before any recipient goes with the first that follows.
        if !self.group.has_recipient {
            return;
        }
        let group = std::mem::take(&mut self.group);
        if self.fields.recipients.len() == RECIPIENTS_MAX {
            self.fields.is_cut = true;
        } else {
            self.fields.recipients.push(group);
        }
    }

    fn finish(mut self) -> Fields {
        if self.group.is_used && self.fields.recipients.is_empty() {
            self.fields.recipients.push(self.group);
        }
        self.fields
    }
}

impl Group {
    fn has(&self, name: Name) -> bool {
        match name {
            Name::Final => self.final_recipient.is_some(),
            Name::Original => self.original_recipient.is_some(),
            Name::Actual => self.actual_recipient.is_some(),
            Name::Action => self.action.is_some(),
            Name::Status => self.status.is_some(),
            Name::Diagnostic => self.diagnostic.is_some(),
            Name::Remote => self.remote_mta.is_some(),
            Name::LastAttempt => self.last_attempt.is_some(),
            Name::Reporter => false,
        }
    }

    /// The recipient: the one that was last tried, which is what the server that refused speaks of.
    pub(super) fn address(&self) -> Option<&str> {
        let known = [
            &self.final_recipient,
            &self.original_recipient,
            &self.actual_recipient,
        ];
        let mut known = known.into_iter().flatten();
        let first = known.next()?;
        if is_address(first) {
            return Some(first);
        }
        known
            .find(|text| is_address(text))
            .or(Some(first))
            .map(String::as_str)
    }
}

/// A field that is read, and its value.
fn field(line: &str) -> Option<(Name, &str)> {
    let first = line.as_bytes().first()?.to_ascii_lowercase();
    if !matches!(first, b'f' | b'o' | b'x' | b'a' | b's' | b'd' | b'r' | b'l') {
        return None;
    }
    NAMES.iter().find_map(|(name, which)| {
        let rest = super::lines::strip_prefix(line, name)?;
        rest.trim_start()
            .strip_prefix(':')
            .map(|value| (*which, value))
    })
}

/// Whether a line is some other field.
fn is_other_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty()
            && name.len() < 40
            && name
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
            && name.contains('-')
    })
}

/// What stands behind the type (RFC 3464, section 2.1.2).
fn untyped(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(char::is_whitespace) => rest.trim(),
        _ => value.trim(),
    }
}

/// The text of a diagnostic: some forget its type.
fn diagnostic(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest))
            if !kind.trim().contains(char::is_whitespace)
                && kind.starts_with(|c: char| c.is_ascii_alphabetic()) =>
        {
            rest.trim()
        }
        _ => value.trim(),
    }
}

/// An address with its type (RFC 3464, section 2.3.2; RFC 6533, section 3).
fn address(value: &str, is_original: bool) -> Option<String> {
    let text = untyped(value).trim();
    let is_utf8 = starts_with(value.trim_start(), "utf-8");
    let text = if is_utf8 {
        decode_utf8_xtext(text)
    } else if is_original {
        // RFC 3461, section 4.2: the report has to decode it, and some do not.
        text.replace("+2B", "+").replace("+3D", "=")
    } else {
        text.to_owned()
    };
    let bare = text.split(" (").next().unwrap_or_default().trim();
    if let Some(address) = whole_address(bare) {
        return Some(address.to_owned());
    }
    // A programme or a file, with the address that led to it.
    if let Some((address, _)) = find_address(&text) {
        return Some(address.to_owned());
    }
    let bare = bare.trim_matches(['<', '>', '"', '\'']);
    let is_name =
        !bare.is_empty() && !bare.starts_with(['|', '/']) && !bare.contains(char::is_whitespace);
    is_name.then(|| super::lines::prefix(bare, 640).to_owned())
}

/// `\x{20AC}` is a character by its number (RFC 6533, section 3).
fn decode_utf8_xtext(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x{") {
        decoded.push_str(before);
        // Six digits at most.
        let character = super::lines::prefix(after, 7)
            .split_once('}')
            .and_then(|(number, _)| {
                let c = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
                Some((c, &after[number.len() + 1..]))
            });
        match character {
            Some((c, after)) => {
                decoded.push(c);
                rest = after;
            }
            None => {
                decoded.push_str("\\x{");
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn action(value: &str) -> Option<Action> {
    let word = value.trim();
    [
        ("failed", Action::Failed),
        ("failure", Action::Failed),
        ("expired", Action::Failed),
        ("delayed", Action::Delayed),
        ("deferred", Action::Delayed),
        ("delivered", Action::Delivered),
        ("deliverable", Action::Delivered),
        ("relayed", Action::Relayed),
        ("expanded", Action::Expanded),
    ]
    .into_iter()
    .find_map(|(known, action)| starts_with(word, known).then_some(action))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Option<&str>, Option<&str>, Option<&str>)]) {
        let fields = read(text);
        let found: Vec<_> = fields
            .recipients
            .iter()
            .map(|group| {
                (
                    group.address().map(str::to_owned),
                    group.status.map(|status| status.to_string()),
                    group.diagnostic.clone(),
                )
            })
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(a, s, d)| (a.as_deref(), s.as_deref(), d.as_deref()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn groups_are_told_apart() {
        let one = (Some("a@example.org"), Some("5.1.1"), Some("550 no"));
        let two = (Some("b@example.org"), Some("4.2.2"), None);
        check(
            "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;\n 550\n no\n\nFinal-Recipient: rfc822;b@example.org\nStatus: 4.2.2 (full)\n",
            &[one, two],
        );
        check(
            "Final-Recipient: rfc822; a@example.org\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no\nFinal-Recipient: rfc822;b@example.org\nStatus: 4.2.2\n",
            &[one, two],
        );
        check(
            "Reporting-MTA: dsn; mx\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: 550 no\nFinal-Recipient: rfc822; <a@example.org>\n",
            &[one],
        );
        check("Status: 5.1.1\n", &[(None, Some("5.1.1"), None)]);
        check("", &[]);
    }

    #[test]
    fn addresses_lose_their_type_and_encoding() {
        fn check(value: &str, is_original: bool, expected: Option<&str>) {
            assert_eq!(address(value, is_original).as_deref(), expected, "{value}");
        }
        check(
            "utf-8; \\x{E9}t\\x{E9}@exemple.fr",
            false,
            Some("été@exemple.fr"),
        );
        check("utf-8;été@exemple.fr", false, Some("été@exemple.fr"));
        check("utf-8;\\x{zz}@x", false, Some("\\x{zz}@x"));
        check(
            "rfc822;a+2Bb+3Dc@example.org",
            true,
            Some("a+b=c@example.org"),
        );
        check(
            "RFC822; |/bin/x a@example.org",
            false,
            Some("a@example.org"),
        );
        check("rfc822; |/bin/x", false, None);
        check("rfc822; a@example.org (b)", false, Some("a@example.org"));
        check("<a@example.org>", false, Some("a@example.org"));
    }

    #[test]
    fn a_report_names_so_many_recipients_at_most() {
        let text = "Final-Recipient: rfc822; a@example.org\n\n".repeat(RECIPIENTS_MAX + 1);
        let fields = read(&text);
        assert!(fields.is_cut);
        assert_eq!(fields.recipients.len(), RECIPIENTS_MAX);
    }
}
