//! The fields of a message and its lines, as RFC 5322 wants them.

use garant_dns::Name;
use garant_msgauth::message::{Field, Message};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::Linter;
use crate::catalogue::{by_exchange, by_return_path_target, by_spf_target};
use crate::finding::{Code, Severity};
use crate::input::{is_free_mail, registrable_domain};

/// Octets of a line at most, without its end (RFC 5322, section 2.1.1).
const LINE_OCTETS_MAX: usize = 998;
/// Fields that may stand once (RFC 5322, section 3.6; for the last three, one part has one type).
const ONCE: &[&str] = &[
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];
/// Seconds that Date may lie after the time of arrival: clocks differ by minutes, wrong time zones by hours.
const AHEAD_S_MAX: i64 = 3_600;
/// Seconds that Date may lie before the time of arrival: servers try for five days, and mail that waits for a
/// moderator takes longer.
const BEHIND_S_MAX: i64 = 10 * 86_400;
/// Fields Received that are looked through for the names of servers: mail passes ten at most, loops are cut at 100.
const RECEIVED_MAX: usize = 30;
/// Names of fields that one finding lists.
const NAMES_MAX: usize = 5;
/// Last labels of names that exist inside one network only.
const LOCAL: &[&str] = &[
    "arpa",
    "corp",
    "domain",
    "home",
    "internal",
    "intern",
    "invalid",
    "intra",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "private",
    "test",
    "workgroup",
];

pub(super) fn lint(linter: &mut Linter<'_, '_>) {
    let message = linter.message;
    repeated(linter);
    dates(linter);
    message_id(linter);
    let mut subjects = message.named("Subject");
    if subjects.all(|field| field.raw_value().trim_ascii().is_empty()) {
        linter.tell(Code::MessageNoSubject, Severity::Advice);
    }
    not_ascii(linter);
    lines(linter);
    let mut junk = message.junk();
    if let Some(first) = junk.next() {
        let finding = linter
            .finding(Code::MessageJunkInHeader, Severity::Risk)
            .arg("count", junk.count() + 1)
            .found(String::from_utf8_lossy(first.trim_ascii()).into_owned());
        linter.say(finding);
    }
    let has = |name: &str| message.named(name).next().is_some();
    let content = ["Content-Type", "Content-Transfer-Encoding"];
    if !has("MIME-Version")
        && let Some(field) = content.iter().find_map(|name| message.named(name).next())
    {
        linter.tell_found(Code::MessageNoMimeVersion, Severity::Risk, &shown(field));
    }
}

/// A field as people read it.
pub(super) fn shown(field: Field<'_>) -> String {
    format!(
        "{}: {}",
        String::from_utf8_lossy(field.name()),
        field.value()
    )
}

fn repeated(linter: &mut Linter<'_, '_>) {
    for name in ONCE {
        let count = linter.message.named(name).count();
        if count > 1 {
            let severity = match *name {
                "From" => Severity::Blocks,
                _ => Severity::Risk,
            };
            let finding = linter
                .finding(Code::MessageFieldRepeated, severity)
                .arg("field", *name)
                .arg("count", count);
            linter.say(finding);
        }
    }
}

fn dates(linter: &mut Linter<'_, '_>) {
    let Some(field) = linter.message.named("Date").next() else {
        linter.tell(Code::MessageNoDate, Severity::Risk);
        return;
    };
    let Some(date) = instant(&field.value()) else {
        linter.tell_found(Code::MessageDateMalformed, Severity::Risk, &shown(field));
        return;
    };
    let Some(arrival) = linter.message.named("Received").next().and_then(arrival) else {
        return;
    };
    let ahead_s = date.as_second() - arrival.as_second();
    if ahead_s > AHEAD_S_MAX {
        let hours = usize::try_from(ahead_s / 3_600).unwrap_or(usize::MAX);
        let finding = linter
            .finding(Code::MessageDateFuture, Severity::Risk)
            .arg("hours", hours)
            .found(shown(field));
        linter.say(finding);
    } else if -ahead_s > BEHIND_S_MAX {
        let days = usize::try_from(-ahead_s / 86_400).unwrap_or(usize::MAX);
        let finding = linter
            .finding(Code::MessageDateOld, Severity::Advice)
            .arg("days", days)
            .found(shown(field));
        linter.say(finding);
    }
}

/// A date of RFC 5322, section 3.3, obsolete forms too; a wrong day of the week is forgiven.
fn instant(text: &str) -> Option<Timestamp> {
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_timestamp(text.trim()).ok()
}

/// When a server took the message: what stands behind the last semicolon of Received.
fn arrival(field: Field<'_>) -> Option<Timestamp> {
    instant(field.value().rsplit_once(';')?.1)
}

fn message_id(linter: &mut Linter<'_, '_>) {
    let Some(field) = linter.message.named("Message-ID").next() else {
        linter.tell(Code::MessageNoMessageId, Severity::Risk);
        return;
    };
    let value = field.value();
    let Some(host) = right_half(&value) else {
        linter.tell_found(
            Code::MessageMessageIdMalformed,
            Severity::Risk,
            &shown(field),
        );
        return;
    };
    let kind = if is_local(host) {
        "local"
    } else if Name::from_input(host).is_ok_and(|host| is_foreign(linter, &host)) {
        "foreign"
    } else {
        return;
    };
    let finding = linter
        .finding(Code::MessageMessageIdDomain, Severity::Advice)
        .arg("host", host)
        .arg("kind", kind)
        .found(shown(field));
    linter.say(finding);
}

/// What stands right of the `@` of one `<left@right>` (RFC 5322, section 3.6.4).
fn right_half(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('<')?.strip_suffix('>')?;
    let (left, right) = inner.rsplit_once('@')?;
    let is_plain = |half: &str| {
        let mut characters = half.chars();
        !half.is_empty() && characters.all(|c| !c.is_whitespace() && !c.is_control() && c != '>')
    };
    (is_plain(left) && is_plain(right)).then_some(right)
}

/// Whether a host exists inside one network only. Address literals say where they are.
fn is_local(host: &str) -> bool {
    if host.starts_with('[') {
        return false;
    }
    match host.trim_end_matches('.').rsplit_once('.') {
        None => true,
        Some((_, last)) => LOCAL.iter().any(|local| last.eq_ignore_ascii_case(local)),
    }
}

/// Whether a host is of another organization than everybody of whom the message speaks: its addresses, its
/// signatures, and the servers that it passed. Nothing is foreign where none of them is known.
fn is_foreign(linter: &Linter<'_, '_>, host: &Name) -> bool {
    let message = linter.message;
    let organization = registrable_domain(host);
    let Some(author) = &linter.author else {
        return false;
    };
    let signers = linter
        .signatures
        .iter()
        .filter_map(|one| one.domain.as_ref());
    let mut known = signers.chain([&author.domain]);
    if known.any(|name| registrable_domain(name) == organization) {
        return false;
    }
    // Services have names of several kinds, and mailbox providers mix theirs.
    let is_service = by_exchange(host).is_some()
        || by_spf_target(host).is_some()
        || by_return_path_target(host).is_some();
    if is_service || is_free_mail(&organization) {
        return false;
    }
    let mut received = message.named("Received").take(RECEIVED_MAX).peekable();
    if received.peek().is_none() {
        return false;
    }
    let speaks_of_it = |field: Field<'_>| {
        let value = field.value().to_ascii_lowercase();
        value.contains(organization.as_str())
    };
    !received.any(speaks_of_it)
        && !["Return-Path", "Sender", "DKIM-Signature", "Reply-To"]
            .iter()
            .flat_map(|name| message.named(name).take(RECEIVED_MAX))
            .any(speaks_of_it)
}

fn not_ascii(linter: &mut Linter<'_, '_>) {
    let message = linter.message;
    if message.header().is_ascii() || is_internationalized(message) {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    let mut count = 0_usize;
    for field in message.fields().filter(|field| !field.octets().is_ascii()) {
        count += 1;
        let name = String::from_utf8_lossy(field.name()).into_owned();
        if names.len() < NAMES_MAX && !names.contains(&name) {
            names.push(name);
        }
    }
    if count > 0 {
        let finding = linter
            .finding(Code::MessageHeaderNotAscii, Severity::Risk)
            .arg("fields", names.join(", "))
            .arg("count", count);
        linter.say(finding);
    }
}

/// Whether a server says that it took the message with UTF-8 in its header (RFC 6531 names the protocols
/// `UTF8SMTP…`), and UTF-8 it is.
fn is_internationalized(message: &Message<'_>) -> bool {
    std::str::from_utf8(message.header()).is_ok()
        && message
            .named("Received")
            .take(RECEIVED_MAX)
            .any(|field| field.value().to_ascii_uppercase().contains("WITH UTF8"))
}

fn lines(linter: &mut Linter<'_, '_>) {
    let octets = linter.message.octets();
    let (mut count, mut longest) = (0_usize, 0);
    for line in octets.split(|octet| *octet == b'\n') {
        let length = line.strip_suffix(b"\r").unwrap_or(line).len();
        count += usize::from(length > LINE_OCTETS_MAX);
        longest = longest.max(length);
    }
    if count > 0 {
        let finding = linter
            .finding(Code::MessageLongLine, Severity::Risk)
            .arg("count", count)
            .arg("octets", longest)
            .arg("limit", LINE_OCTETS_MAX);
        linter.say(finding);
    }
    let ends = linter.message.line_ends();
    if ends.bare_cr {
        linter.tell(Code::MessageBareCr, Severity::Risk);
    }
    if ends.crlf && ends.lf {
        linter.tell(Code::MessageMixedLineEnds, Severity::Risk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_and_servers_write_them() {
        let check = |text: &str, expect: Option<i64>| {
            assert_eq!(instant(text).map(Timestamp::as_second), expect, "{text}");
        };
        let at = Some(1_767_268_800);
        check("Thu, 1 Jan 2026 12:00:00 +0000", at);
        check("Thu, 01 Jan 2026 13:00:00 +0100 (CET)", at);
        check("1 Jan 2026 12:00 GMT", at);
        check("Mon, 1 Jan 2026 07:00:00 EST", at);
        check("Thu, 1 Jan 2026 12:00:00 -0000", at);
        check("2026-01-01 12:00:00", None);
        check("Thu, 31 Feb 2026 12:00:00 +0000", None);
        check("jeu., 1 janv. 2026 12:00:00 +0000", None);
        check("", None);
    }

    #[test]
    fn hosts_of_one_network_are_told_from_hosts_of_the_internet() {
        let check = |value: &str, expect: Option<bool>| {
            assert_eq!(right_half(value).map(is_local), expect, "{value}");
        };
        check("<a@b>", Some(true));
        check("<a@srv01.exemple.LOCAL>", Some(true));
        check("<a@[192.0.2.1]>", Some(false));
        check("<a@exemple.fr>", Some(false));
        check("<\"a@b\"@exemple.fr>", Some(false));
        check("a@exemple.fr", None);
        check("<a.exemple.fr>", None);
        check("<@exemple.fr>", None);
        check("<a@b> <c@d>", None);
        check("<a @b>", None);
    }
}
