//! Lines, addresses and host names in text that servers wrote for people.

/// Octets of an address at most: 64 for the local part, 255 for the domain (RFC 5321, section 4.5.3.1), and
/// as much again for those who do not count.
const ADDRESS_OCTETS_MAX: usize = 640;

/// The beginning of a text, of so many octets at most.
pub(super) fn prefix(text: &str, octets: usize) -> &str {
    if text.len() <= octets {
        return text;
    }
    let mut end = octets;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether a text begins so, in any case.
pub(super) fn starts_with(text: &str, beginning: &str) -> bool {
    text.as_bytes()
        .get(..beginning.len())
        .is_some_and(|octets| octets.eq_ignore_ascii_case(beginning.as_bytes()))
}

/// What follows a beginning, in any case.
pub(super) fn strip_prefix<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    starts_with(text, beginning).then(|| &text[beginning.len()..])
}

/// Text in one line: one space for any white space.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The address that a text consists of, with or without angle brackets or quotes.
pub(super) fn whole_address(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches([':', ',', ';', '.']);
    let text = strip_prefix(text, "mailto:").unwrap_or(text);
    let bare = match text.as_bytes() {
        [b'<', .., b'>'] | [b'\'', .., b'\''] => &text[1..text.len() - 1],
        // A quoted local part ends before the at sign.
        [b'"', .., b'"'] => &text[1..text.len() - 1],
        _ => text,
    };
    let bare = bare.trim();
    // A source route (RFC 5321, appendix C).
    let bare = match (bare.strip_prefix('@'), bare.rsplit_once(':')) {
        (Some(_), Some((_, address))) => address,
        _ => bare,
    };
    is_address(bare).then_some(bare)
}

/// Whether a text looks like an address: a local part and a domain with a dot, or an address literal.
pub(super) fn is_address(text: &str) -> bool {
    if text.len() > ADDRESS_OCTETS_MAX {
        return false;
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let is_local = is_quoted
        || (!local.is_empty() && local.chars().all(is_local_char) && !local.contains("=?"));
    is_local && is_domain(domain)
}

fn is_local_char(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn is_domain_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_')
}

fn is_domain(domain: &str) -> bool {
    if let Some(literal) = domain.strip_prefix('[') {
        return literal.len() > 2 && literal.ends_with(']');
    }
    domain.contains('.')
        && domain.chars().all(is_domain_char)
        && domain.split('.').all(|label| !label.is_empty())
        && !domain.starts_with('-')
}

/// The first address in a text, and what follows it.
pub(super) fn find_address(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'@', &text.as_bytes()[from..]) {
        let at = from + at;
        let start = text[from..at]
            .char_indices()
            .rev()
            .take(ADDRESS_OCTETS_MAX)
            .take_while(|(_, c)| is_local_char(*c))
            .last()
            .map_or(at, |(index, _)| from + index);
        let length = text[at + 1..]
            .char_indices()
            .take(ADDRESS_OCTETS_MAX)
            .find(|(_, c)| !is_domain_char(*c))
            .map_or(text.len() - at - 1, |(index, _)| index);
        let end = at + 1 + prefix(&text[at + 1..at + 1 + length], ADDRESS_OCTETS_MAX).len();
        // The stop or hyphen at its end is the sentence's; the quote or sign before it is no part of it.
        let found = text[start..end]
            .trim_end_matches(['.', '-', '_'])
            .trim_start_matches(['\'', '`', '/', '=', '.', '*', '|', '?', '&', '!', '{', '#']);
        if is_address(found) {
            return Some((found, &text[end..]));
        }
        from = at + 1;
    }
    None
}

/// Whether two addresses are the same for what is done here: in any case of letters.
pub(super) fn is_same_address(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether nobody but a server writes with this address.
pub(super) fn is_role(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    [
        "postmaster",
        "mailer-daemon",
        "mailerdaemon",
        "abuse",
        "support",
        "helpdesk",
        "no-reply",
        "noreply",
        "hostmaster",
        "mail-daemon",
    ]
    .iter()
    .any(|role| starts_with(local, role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_they_stand() {
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(
                find_address(text).map(|(address, _)| address),
                expected,
                "{text}"
            );
        }
        check(
            "mail to <a.b+c@example.org>: gone",
            Some("a.b+c@example.org"),
        );
        check("to a@example.org.", Some("a@example.org"));
        check("'a@example.org' is unknown", Some("a@example.org"));
        check("a @ b, c@localhost, d@example.fr", Some("d@example.fr"));
        check("été@exemple.fr", Some("été@exemple.fr"));
        check("@@@@", None);
        check("x@.", None);
    }

    #[test]
    fn a_text_that_is_an_address_is_one() {
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(whole_address(text), expected, "{text}");
        }
        check("<a@example.org>:", Some("a@example.org"));
        check("\"a@example.org\":", Some("a@example.org"));
        check("\"a b\"@example.org", Some("\"a b\"@example.org"));
        check("@relay.example:a@example.org", Some("a@example.org"));
        check("a@example.org unknown", None);
        check("a@b", None);
        check("", None);
    }
}
