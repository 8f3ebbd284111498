//! What a term that cannot be read was probably meant to be.
//!
//! Guesses for people, never used by [`super::check_host`]. Every suggestion follows the grammar.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::parse::parse_term;
use super::record::Reason;
use crate::{look_alike, spelling};

/// Octets of a term for which anything is suggested at most. No honest term is longer: a name has 253.
pub const SUGGESTION_OCTETS_MAX: usize = 512;

/// Letters of a name from which nothing is guessed that would let a server send: `x` is near to `mx`, and as
/// near to a term that was to be removed.
const LETTERS_GUESSED_MAX: usize = 2;
/// The names of all mechanisms (RFC 7208, section 5).
const MECHANISMS: [&str; 8] = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];
/// The modifiers that mean something (RFC 7208, section 6).
const MODIFIERS: [&str; 2] = ["redirect", "exp"];
/// What people write for a mechanism, farther from its name than a slip of the finger.
const ALIASES: [(&str, &str); 8] = [
    ("ip", "ip4"),
    ("ipv4", "ip4"),
    ("ipv6", "ip6"),
    ("ip4v", "ip4"),
    ("ip6v", "ip6"),
    ("inc", "include"),
    ("incl", "include"),
    ("spf", "include"),
];

/// Whether a name, in any case, is that of a mechanism. An unknown modifier of such a name (`ip4=`,
/// `include=`) was meant to be the mechanism, and is ignored by every receiver.
pub fn is_mechanism_name(name: &str) -> bool {
    MECHANISMS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// What a faulty term was probably meant to be, as one or more terms; nothing when there is no good guess
/// or the term has more than [`SUGGESTION_OCTETS_MAX`] octets.
pub fn suggest(term: &[u8], reason: Reason) -> Option<String> {
    if term.len() > SUGGESTION_OCTETS_MAX {
        return None;
    }
    if matches!(reason, Reason::NotAscii | Reason::ControlCharacter) {
        let ascii = look_alike::to_ascii(term).replace(|c: char| c.is_ascii_control(), " ");
        let fixed = ascii.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        return reads(&fixed).then_some(fixed);
    }
    let term = std::str::from_utf8(term).ok()?;
    if let Some(parts) = split_glued(term) {
        return Some(parts.join(" "));
    }
    candidates(term, reason)
        .into_iter()
        .find(|candidate| candidate != term && reads(candidate))
}

/// Whether a text is one or more terms, and nothing else.
fn reads(text: &str) -> bool {
    !text.is_empty()
        && text
            .split(' ')
            .all(|word| parse_term(word.as_bytes()).is_ok())
}

/// Guesses, the best first; some may not follow the grammar.
fn candidates(term: &str, reason: Reason) -> Vec<String> {
    let mut found = Vec::new();
    // Punctuation of a list, or the end of a quotation.
    let clean = term
        .trim_end_matches(['.', ',', ';', ':', '"', '\'', ')', '>', '/'])
        .trim_start_matches(['"', '\'', '(', '<']);
    found.push(clean.to_owned());
    let (qualifier, body) = split_qualifier(clean);
    let (name, argument) = match body.find([':', '/', '=']) {
        Some(at) => (&body[..at], &body[at + 1..]),
        None => (body, ""),
    };
    match reason {
        Reason::UnknownMechanism => {
            found.extend(network(body).map(|network| format!("{qualifier}{network}")));
            let network = network(argument);
            if name
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case("ip"))
            {
                found.extend(network.map(|network| format!("{qualifier}{network}")));
            }
            if let Some(modifier) = MODIFIERS.iter().find(|m| name.eq_ignore_ascii_case(m)) {
                found.push(format!("{modifier}={argument}"));
            }
            if let Some(meant) = meant(qualifier, name) {
                found.push(format!("{qualifier}{meant}{}", &body[name.len()..]));
            }
        }
        Reason::BadIp4 | Reason::BadIp6 | Reason::BadDomain => {
            found.extend(network(argument).map(|network| format!("{qualifier}{network}")));
            if reason == Reason::BadDomain {
                let bare = argument
                    .trim_start_matches("https://")
                    .trim_start_matches("http://");
                let host = bare.split(['/', ':']).next().unwrap_or(bare);
                let host = format!("{}{host}", &clean[..clean.len() - argument.len()]);
                // The grammar would take a whole URL for a domain.
                found.insert(usize::from(bare == argument), host);
            } else {
                found.push(format!("{qualifier}a:{argument}"));
            }
        }
        Reason::BadPrefixLength => {
            if let Some((head, bits)) = clean.rsplit_once('/') {
                found.push(format!("{head}/{}", bits.trim_start_matches('0')));
                found.push(format!("{}/{bits}", head.trim_end_matches('/')));
            }
        }
        Reason::UnexpectedArgument => found.push(format!("{qualifier}{name}")),
        Reason::BadModifierName => found.push(body.to_owned()),
        Reason::BadMacro => {
            found.push(clean.replace("%(", "%{").replace(')', "}"));
        }
        _ => {}
    }
    found
}

/// The known mechanism that a name was probably meant to be.
fn meant(qualifier: &str, name: &str) -> Option<&'static str> {
    let alias = ALIASES
        .iter()
        .find(|(alias, _)| name.eq_ignore_ascii_case(alias));
    if let Some((_, mechanism)) = alias {
        return Some(*mechanism);
    }
    // One letter is a slip away from everything.
    let known = MECHANISMS.into_iter().filter(|known| known.len() > 1);
    let near = spelling::nearest(name, known)?;
    // Of one or two letters nobody can tell what was meant: such a guess lets no server in.
    let is_certain = name.len() > LETTERS_GUESSED_MAX;
    let lets_nobody_in = near == "all" && matches!(qualifier, "-" | "~" | "?");
    (is_certain || lets_nobody_in).then_some(near)
}

/// `ip4:` or `ip6:` with what people write as an address: zeros in front, a port behind.
fn network(text: &str) -> Option<String> {
    let (address, bits) = text.split_once('/').unwrap_or((text, ""));
    let slash = if bits.is_empty() { "" } else { "/" };
    if address.parse::<Ipv6Addr>().is_ok() {
        return Some(format!("ip6:{address}{slash}{bits}"));
    }
    let address = address.split(':').next()?;
    let octets: Option<Vec<u8>> = address.split('.').map(|part| part.parse().ok()).collect();
    let octets: [u8; 4] = octets?.try_into().ok()?;
    let address = Ipv4Addr::from(octets);
    Some(format!("ip4:{address}{slash}{bits}"))
}

fn split_qualifier(term: &str) -> (&str, &str) {
    let length = usize::from(term.starts_with(['+', '-', '~', '?']));
    term.split_at(length)
}

/// The terms that stand together in one word without the space between them, two or more, each of which
/// follows the grammar; nothing when the word is not of that kind.
///
/// Ask it about faulty terms, and about terms whose domain does not exist: the grammar lets a domain be
/// `exemple.cominclude:_spf.exemple.fr` or end in `.com-all`.
pub fn split_glued(term: &str) -> Option<Vec<&str>> {
    if term.len() > SUGGESTION_OCTETS_MAX || !term.is_ascii() {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = term;
    while let Some(at) = seam(rest) {
        parts.push(&rest[..at]);
        rest = &rest[at..];
    }
    parts.push(rest);
    (parts.len() > 1 && parse_term(rest.as_bytes()).is_ok()).then_some(parts)
}

/// Where a second term begins, so that what stands before it is a term.
fn seam(text: &str) -> Option<usize> {
    (1..text.len()).find(|at| {
        let (head, rest) = text.split_at(*at);
        // The last letters of a domain are a name by chance more often than `a` and `mx` are glued on.
        let bare = !rest.starts_with(['+', '-', '~', '?']) && !rest.contains([':', '=']);
        let by_chance = bare
            && !rest.eq_ignore_ascii_case("all")
            && head.contains(|c: char| c.is_ascii_alphabetic())
            && !ends_in_address(head);
        starts_like_term(rest) && !by_chance && parse_term(head.as_bytes()).is_ok()
    })
}

fn ends_in_address(text: &str) -> bool {
    let (_, body) = split_qualifier(text);
    body.get(..4)
        .is_some_and(|name| name.eq_ignore_ascii_case("ip4:") || name.eq_ignore_ascii_case("ip6:"))
}

/// Whether a text begins with the name of a term and what may follow the name.
pub(super) fn starts_like_term(text: &str) -> bool {
    let (qualifier, body) = split_qualifier(text);
    let end = body
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(body.len());
    let (name, rest) = body.split_at(end);
    if MODIFIERS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
    {
        return qualifier.is_empty() && rest.starts_with('=');
    }
    let needs_argument = !["all", "a", "mx", "ptr"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known));
    is_mechanism_name(name)
        && match rest.as_bytes().first() {
            None => !needs_argument,
            Some(b':') => true,
            Some(b' ' | b'/' | b'+' | b'-' | b'~' | b'?') => !needs_argument,
            Some(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::super::record::Record;
    use super::*;

    #[track_caller]
    fn check(term: &str, expect: &str) {
        let record = Record::parse(format!("v=spf1 {term}").as_bytes());
        let reason = record.faults.first().map(|fault| fault.reason);
        let found = reason.and_then(|reason| suggest(term.as_bytes(), reason));
        assert_eq!(found.unwrap_or_default(), expect, "{term} {reason:?}");
    }

    #[test]
    fn misspelt_mechanisms_are_recognised() {
        check("inlcude:a.fr", "include:a.fr");
        check("-inclde:a.fr", "-include:a.fr");
        check("includes:a.fr", "include:a.fr");
        check("ipv4:192.0.2.1", "ip4:192.0.2.1");
        check("ip:192.0.2.0/24", "ip4:192.0.2.0/24");
        check("ip:2001:db8::/32", "ip6:2001:db8::/32");
        check("ipv4:2001:db8::1", "ip6:2001:db8::1");
        check("192.0.2.1", "ip4:192.0.2.1");
        check("?192.0.2.0/24", "?ip4:192.0.2.0/24");
        check("2001:db8::/32", "ip6:2001:db8::/32");
        check("redirect:a.fr", "redirect=a.fr");
        check("exist:%{i}.a.fr", "exists:%{i}.a.fr");
        check("-all.", "-all");
        check("~all;", "~all");
        check("-all\"", "-all");
        check("-al", "-all");
        check("mxx", "mx");
        check("foo", "");
        check("?al", "?all");
        for unclear in ["x", "m", "+x", "-x", "al", "+al", "mc", "x:a.fr", "x/24"] {
            check(unclear, "");
        }
        check("-", "");
        check("all:a.fr", "all");
        check("ptr/24", "ptr");
    }

    #[test]
    fn misspelt_arguments_are_recognised() {
        check("a:192.0.2.1", "ip4:192.0.2.1");
        check("ip4:192.0.2.1:25", "ip4:192.0.2.1");
        check("ip4:192.000.002.001", "ip4:192.0.2.1");
        check("ip4:2001:db8::1", "ip6:2001:db8::1");
        check("ip6:192.0.2.1/32", "ip4:192.0.2.1/32");
        check("ip4:mail.a.fr", "a:mail.a.fr");
        check("ip4:192.0.2.1/024", "ip4:192.0.2.1/24");
        check("ip4:192.0.2.1//24", "ip4:192.0.2.1/24");
        check("ip4:192.0.2.1/", "ip4:192.0.2.1");
        check("ip4:192.0.2.1/33", "");
        check("ip4:192.0.2", "");
        check("include:a.fr,", "include:a.fr");
        check("include:a.fr/24", "include:a.fr");
        check("include:https://a.fr/", "include:a.fr");
        check("include:localhost", "");
        check("include:", "");
        check("exists:%(ir).a.fr", "exists:%{ir}.a.fr");
        check("-redirect=a.fr", "redirect=a.fr");
        check("–all", "-all");
        check("ip4:192.0.2.1\u{a0}-all", "ip4:192.0.2.1 -all");
        check("mx\ta", "mx a");
        check("mx\u{1}\u{e9}", "mx");
    }

    #[test]
    fn terms_without_a_space_between_them_are_parted() {
        for (term, expect) in [
            ("ip4:192.0.2.1~all", "ip4:192.0.2.1 ~all"),
            ("ip4:192.0.2.1include:a.fr", "ip4:192.0.2.1 include:a.fr"),
            (
                "ip4:192.0.2.1ip4:192.0.2.2-all",
                "ip4:192.0.2.1 ip4:192.0.2.2 -all",
            ),
            ("ip4:192.0.2.0/24mx", "ip4:192.0.2.0/24 mx"),
            ("include:a.frinclude:b.fr", "include:a.fr include:b.fr"),
            ("include:a.com-all", "include:a.com -all"),
            ("mx-all", "mx -all"),
            ("a~all", "a ~all"),
            ("include:a.frredirect=b.fr", "include:a.fr redirect=b.fr"),
            ("include:a.frall", "include:a.fr all"),
            ("include:spf.a.fr", ""),
            ("include:a.comx", ""),
            ("include:pyjama.a", ""),
            ("-all", ""),
            ("a", ""),
            ("include:", ""),
            ("", ""),
        ] {
            let found = split_glued(term).map(|parts| parts.join(" "));
            assert_eq!(found.unwrap_or_default(), expect, "{term}");
        }
        let long = format!("ip4:192.0.2.1~all{}", "x".repeat(SUGGESTION_OCTETS_MAX));
        assert_eq!(split_glued(&long), None);
        assert_eq!(suggest(long.as_bytes(), Reason::BadIp4), None);
    }

    proptest::proptest! {
        #[test]
        fn every_suggestion_follows_the_grammar(term in "[-a-z0-9.:/=%~éa ]{0,40}") {
            let record = Record::parse(format!("v=spf1 {term}").as_bytes());
            for fault in record.faults {
                let text = format!("v=spf1 {term}");
                let octets = &text.as_bytes()[fault.span.start..fault.span.end];
                if let Some(fixed) = suggest(octets, fault.reason) {
                    let text = format!("v=spf1 {fixed}");
                    proptest::prop_assert!(Record::parse(text.as_bytes()).is_valid(), "{}", fixed);
                }
            }
        }
    }
}
