//! Where a link leads, and what its text says where it leads.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use garant_dns::Name;

const SHORTENERS: &str = include_str!("../../data/shorteners.txt");
/// Endings of file names that are top-level domains too.
const FILE_ENDINGS: &[&str] = &["zip", "mov", "md", "sh", "py", "pl", "rs", "ps", "cab"];
/// Schemes that run something, or hold a page of their own.
const SCRIPTS: &[&str] = &["javascript", "vbscript", "data"];
/// Octets of a target that are looked at: no honest one is longer, and pictures inside the message have their own.
const TARGET_OCTETS_MAX: usize = 4_096;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page on a host with a name; whether on its way it is encrypted.
    Page { host: Name, is_https: bool },
    /// A page on a host that has an address for a name.
    Address { is_https: bool },
    /// A mailbox.
    Mailbox(Name),
    /// A program, or a page that is its own content: the scheme.
    Script(&'static str),
    /// Something else: a part of the same page, a telephone, nonsense.
    Other,
}

impl Target {
    /// Reads a target as browsers do: white space around it is dropped, line ends in it too, and a backslash
    /// is a slash.
    pub(super) fn read(text: &str) -> Self {
        let text: String = text
            .trim_matches(|c: char| c.is_whitespace() || c.is_control())
            .chars()
            .take(TARGET_OCTETS_MAX)
            .filter(|c| !matches!(c, '\t' | '\r' | '\n'))
            .map(|c| if c == '\\' { '/' } else { c })
            .collect();
        let Some((scheme, rest)) = text.split_once(':') else {
            return Self::Other;
        };
        let scheme = scheme.to_ascii_lowercase();
        if let Some(script) = SCRIPTS.iter().find(|script| **script == scheme) {
            return Self::Script(script);
        }
        match scheme.as_str() {
            "http" | "https" => Self::page(rest, scheme == "https"),
            "mailto" => rest
                .split(['?', ','])
                .next()
                .and_then(|address| address.rsplit_once('@'))
                .and_then(|(_, domain)| Name::from_input(domain).ok())
                .map_or(Self::Other, Self::Mailbox),
            _ => Self::Other,
        }
    }

    fn page(rest: &str, is_https: bool) -> Self {
        let rest = rest.trim_start_matches('/');
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        if let Some(literal) = host.strip_prefix('[') {
            let literal = literal.split(']').next().unwrap_or_default();
            return match literal.parse::<Ipv6Addr>() {
                Ok(_) => Self::Address { is_https },
                Err(_) => Self::Other,
            };
        }
        let host = host.split(':').next().unwrap_or_default();
        if is_ipv4(host) {
            return Self::Address { is_https };
        }
        match Name::from_input(host) {
            Ok(host) if !host.is_root() => Self::Page { host, is_https },
            _ => Self::Other,
        }
    }

    /// The domain that it leads to.
    pub(super) fn domain(&self) -> Option<&Name> {
        match self {
            Self::Page { host: name, .. } | Self::Mailbox(name) => Some(name),
            Self::Address { .. } | Self::Script(_) | Self::Other => None,
        }
    }

    /// Whether it leads to a service that shortens addresses.
    pub(super) fn is_shortened(&self) -> bool {
        static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let lines = SHORTENERS.lines();
            lines.filter(|line| !line.starts_with('#')).collect()
        });
        match self {
            Self::Page { host, .. } => {
                let host = host.as_str();
                NAMES.contains(&host.strip_prefix("www.").unwrap_or(host))
            }
            _ => false,
        }
    }
}

/// Four numbers, or one that stands for all four (`http://3232235777/`, `http://0xc0a80101/`).
fn is_ipv4(host: &str) -> bool {
    let hex = host.strip_prefix("0x").or_else(|| host.strip_prefix("0X"));
    host.parse::<Ipv4Addr>().is_ok()
        || host.parse::<u32>().is_ok()
        || hex.is_some_and(|digits| u32::from_str_radix(digits, 16).is_ok())
}

/// The domain that a text says where it is an address and nothing else: of a page, of a mailbox, or a bare
/// domain beneath a suffix that exists.
pub(super) fn shown_domain(text: &str) -> Option<Name> {
    let text = text
        .trim()
        .trim_end_matches(['.', ',', '!', '?', ':', ')', '>']);
    let text = text.trim_start_matches(['(', '<']);
    if text.len() > TARGET_OCTETS_MAX || text.contains(char::is_whitespace) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Target::read(text).domain().cloned();
    }
    if let Some((local, domain)) = text.rsplit_once('@') {
        let name = Name::from_input(domain).ok()?;
        return (!local.is_empty() && name.label_count() > 1).then_some(name);
    }
    let host = text.split(['/', '?', '#']).next()?;
    let host = host.split(':').next()?;
    let name = Name::from_input(host).ok()?;
    let last = name.labels().next_back()?;
    let is_file = FILE_ENDINGS.contains(&last) && name.label_count() == 2 && host == text;
    // An initial and a name: `M.Dupont`, beneath a top-level domain that a company once had.
    let is_person =
        name.label_count() == 2 && name.labels().next().is_some_and(|one| one.len() == 1);
    let suffix = psl::suffix(name.as_str().as_bytes())?;
    let is_beneath = suffix.is_known() && suffix.as_bytes() != name.as_str().as_bytes();
    (is_beneath && !is_file && !is_person).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(host: &str, is_https: bool) -> Target {
        Target::Page {
            host: host.parse().expect("a name"),
            is_https,
        }
    }

    #[test]
    fn targets_are_read_as_browsers_read_them() {
        let check = |text: &str, expect: Target| assert_eq!(Target::read(text), expect, "{text}");
        check("https://exemple.fr/a?b#c", page("exemple.fr", true));
        check(" HTTP:\\\\Exemple.fr:8080", page("exemple.fr", false));
        check("ht\ntp://exemple.fr", page("exemple.fr", false));
        check(
            "https://banque.fr@voleur.example/",
            page("voleur.example", true),
        );
        check("http://192.0.2.1/x", Target::Address { is_https: false });
        check("http://3232235777/", Target::Address { is_https: false });
        check("https://0xC0A80101/", Target::Address { is_https: true });
        check(
            "https://[2001:db8::1]:443/",
            Target::Address { is_https: true },
        );
        check("https://[x]/", Target::Other);
        check(
            "mailto:a@exemple.fr?subject=x",
            Target::Mailbox("exemple.fr".parse().expect("a name")),
        );
        check("JavaScript:alert(1)", Target::Script("javascript"));
        check("data:text/html,x", Target::Script("data"));
        for other in [
            "",
            "#a",
            "tel:+33",
            "/a/b",
            "https://",
            "cid:1",
            "https://a b/",
        ] {
            check(other, Target::Other);
        }
    }

    #[test]
    fn only_a_text_that_is_an_address_shows_a_domain() {
        let check = |text: &str, expect: Option<&str>| {
            let found = shown_domain(text);
            assert_eq!(found.as_ref().map(Name::as_str), expect, "{text}");
        };
        check("www.exemple.fr", Some("www.exemple.fr"));
        check("(exemple.fr/promo).", Some("exemple.fr"));
        check("https://exemple.fr/a", Some("exemple.fr"));
        check("a@exemple.fr", Some("exemple.fr"));
        check("archives.zip/a", Some("archives.zip"));
        for text in [
            "notre site",
            "facture.pdf",
            "archives.zip",
            "M.Dupont",
            "co.uk",
            "fr",
            "",
            "a@b",
            "12.50",
            "voir exemple.fr",
            "@exemple.fr",
            "v1.2.3",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn shorteners_are_sorted_and_known_with_and_without_www() {
        let names: Vec<&str> = SHORTENERS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(names.is_sorted());
        assert!(Target::read("https://bit.ly/x").is_shortened());
        assert!(Target::read("http://www.tinyurl.com/x").is_shortened());
        assert!(!Target::read("https://exemple.bit.ly.example/x").is_shortened());
    }
}
