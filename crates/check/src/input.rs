//! What people type where a domain is asked for.

use garant_dns::{Name, NameError};
use garant_msgauth::Span;
use garant_msgauth::dmarc;
use garant_msgauth::dmarc::ReportAddress;

/// The domains of mailbox providers, one a line.
const FREE_MAIL: &str = include_str!("../data/free-mail.txt");

/// A domain that was typed, perhaps inside something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainInput {
    /// The domain.
    pub domain: Name,
    /// What it was taken out of, when it was not typed alone.
    pub taken_from: Option<TakenFrom>,
}

/// What a domain was taken out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenFrom {
    /// An e-mail address.
    Address,
    /// A web address.
    Url,
    /// The name of a web server, `www.` and the domain.
    WebHost,
}

/// Why a text names no domain that can be checked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// It is no domain name.
    #[error(transparent)]
    Name(NameError),
    /// It is an IP address.
    #[error("{0} is an address, not a name")]
    IpAddress(std::net::IpAddr),
    /// It has one label only.
    #[error("{0} has a single label")]
    SingleLabel(Name),
    /// Names are registered beneath it, so nobody sends mail as it.
    #[error("{0} is a public suffix")]
    PublicSuffix(Name),
}

impl DomainInput {
    /// Reads a domain, an e-mail address (`Anne <anne@exemple.fr>` too) or a web address.
    ///
    /// # Errors
    /// Every way in which nothing that can be checked is found; nothing is guessed.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let (host, taken_from) = host_of(text.trim());
        if let Ok(address) = host.trim_matches(['[', ']']).parse() {
            return Err(InputError::IpAddress(address));
        }
        let name = Name::from_input(host).map_err(InputError::Name)?;
        let (domain, taken_from) = match name.as_str().strip_prefix("www.") {
            Some(rest) if rest.contains('.') && !is_icann_suffix(rest) => {
                let parent = name
                    .parent()
                    .expect("a name with www. before it has a parent");
                (parent, Some(taken_from.unwrap_or(TakenFrom::WebHost)))
            }
            _ => (name, taken_from),
        };
        if domain.label_count() < 2 {
            return Err(InputError::SingleLabel(domain));
        }
        if is_icann_suffix(domain.as_str()) {
            return Err(InputError::PublicSuffix(domain));
        }
        Ok(Self { domain, taken_from })
    }
}

fn host_of(text: &str) -> (&str, Option<TakenFrom>) {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    if let Some(at) = text.find("://").filter(|at| *at <= 8) {
        let rest = &text[at + 3..];
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        return (without_port(host), Some(TakenFrom::Url));
    }
    if let Some(at) = text.rfind('@') {
        let address_end = if lower.starts_with("mailto:") {
            "?>"
        } else {
            ">"
        };
        let host = text[at + 1..]
            .split(|c| address_end.contains(c))
            .next()
            .unwrap_or("");
        return (host.trim(), Some(TakenFrom::Address));
    }
    match text.split_once('/') {
        Some((host, _)) if host.contains('.') => (without_port(host), Some(TakenFrom::Url)),
        _ => (without_port(text), None),
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
            if name.contains(':') && !name.starts_with('[') {
                host
            } else {
                name
            }
        }
        _ => host,
    }
}

/// Whether names are registered beneath this one, by the registries' part of the public suffix list.
pub(crate) fn is_icann_suffix(name: &str) -> bool {
    psl::suffix(name.as_bytes()).is_some_and(|suffix| {
        suffix.as_bytes() == name.as_bytes() && suffix.typ() == Some(psl::Type::Icann)
    })
}

/// Whether this is a suffix of the list's private part: a company gives out names beneath its own.
pub(crate) fn is_private_suffix(name: &Name) -> bool {
    psl::suffix(name.as_str().as_bytes()).is_some_and(|suffix| {
        suffix.as_bytes() == name.as_str().as_bytes() && suffix.typ() == Some(psl::Type::Private)
    })
}

/// Whether a mailbox provider gives out addresses in this domain.
pub(crate) fn is_free_mail(name: &Name) -> bool {
    FREE_MAIL.lines().any(|line| line == name.as_str())
}

/// The registrable domain of a name by the public suffix list, or the name itself when it has none.
pub fn registrable_domain(name: &Name) -> Name {
    dmarc::registrable_domain(name).unwrap_or_else(|| name.clone())
}

/// The topmost name at which the zone that a name is in may begin and be its owner's: the registrable domain.
/// Nothing for a public suffix, whose servers are a registry's.
pub fn topmost_zone(name: &Name) -> Option<Name> {
    dmarc::registrable_domain(name)
}

/// The `mailto:` URI of an address that reports shall go to (the tag `rua` of RFC 9989): an address, with or
/// without `mailto:` before it. Nothing when a record could not hold it.
pub fn report_address(text: &str) -> Option<String> {
    let text = text.trim();
    let scheme = text.get(..7).unwrap_or_default();
    let uri = if scheme.eq_ignore_ascii_case("mailto:") {
        format!("mailto:{}", &text[7..])
    } else {
        format!("mailto:{text}")
    };
    let span = Span { start: 0, end: 0 };
    let address = ReportAddress::parse(&uri, span)?;
    let host = address.host.as_ref()?;
    let is_plain = address.size_suffix.is_none() && address.mailbox() == Some(&uri[7..]);
    // A URI may hold a semicolon, but in a record it ends the tag.
    let ends_tag = uri.contains(';');
    (is_plain && !ends_tag && host.label_count() > 1).then_some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found = match DomainInput::parse(text) {
            Ok(DomainInput {
                domain,
                taken_from: None,
            }) => domain.to_string(),
            Ok(DomainInput {
                domain,
                taken_from: Some(from),
            }) => format!("{domain} {from:?}"),
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn a_domain_is_found_in_what_people_type() {
        check("votreentreprise.fr", "votreentreprise.fr");
        check(" VotreEntreprise.FR. ", "votreentreprise.fr");
        check(
            "facturation@votreentreprise.fr",
            "votreentreprise.fr Address",
        );
        check(
            "Anne <anne@votreentreprise.fr>",
            "votreentreprise.fr Address",
        );
        check("mailto:a@b.example?subject=x", "b.example Address");
        check(
            "https://www.votreentreprise.fr/contact?x=1#y",
            "votreentreprise.fr Url",
        );
        check(
            "http://user:pass@votreentreprise.fr:8080/",
            "votreentreprise.fr Url",
        );
        check("votreentreprise.fr/contact", "votreentreprise.fr Url");
        check("www.votreentreprise.fr", "votreentreprise.fr WebHost");
        check("www.fr", "www.fr");
        check("votreentreprise.fr:25", "votreentreprise.fr");
        check("café.fr", "xn--caf-dma.fr");
        check("facturation@café.fr", "xn--caf-dma.fr Address");
        check("blogspot.com", "blogspot.com");
    }

    #[test]
    fn what_names_no_domain_is_refused_with_its_reason() {
        check("", "error: the name is empty");
        check("@", "error: the name is empty");
        check("anne@", "error: the name is empty");
        check("192.0.2.1", "error: 192.0.2.1 is an address, not a name");
        check(
            "a@[192.0.2.1]",
            "error: 192.0.2.1 is an address, not a name",
        );
        check(
            "https://[2001:db8::1]/",
            "error: 2001:db8::1 is an address, not a name",
        );
        check(
            "2001:db8::1",
            "error: 2001:db8::1 is an address, not a name",
        );
        check("localhost", "error: localhost has a single label");
        check("fr", "error: fr has a single label");
        check("co.uk", "error: co.uk is a public suffix");
        check(
            "ma boite.fr",
            "error: the character ' ' cannot stand in a domain name",
        );
        check(
            "v=spf1 -all",
            "error: the character '=' cannot stand in a domain name",
        );
        check("a..fr", "error: a label is empty");
    }

    #[test]
    fn an_address_for_reports_becomes_what_a_record_holds() {
        for (text, expect) in [
            ("dmarc@exemple.fr", Some("mailto:dmarc@exemple.fr")),
            (" MAILTO:dmarc@exemple.fr ", Some("mailto:dmarc@exemple.fr")),
            ("exemple.fr", None),
            ("dmarc@localhost", None),
            ("dmarc@exemple.fr!10m", None),
            ("dmarc@exemple.fr?subject=x", None),
            ("dmarc@exemple.fr, b@exemple.fr", None),
            ("https://exemple.fr/", None),
            ("dmarc@exemple.fr; p=none", None),
            ("dmarc;p=none@exemple.fr", None),
            ("dmarc%3B@exemple.fr", Some("mailto:dmarc%3B@exemple.fr")),
            ("", None),
        ] {
            assert_eq!(report_address(text).as_deref(), expect, "{text:?}");
        }
    }

    #[test]
    fn mailbox_providers_are_known_by_their_exact_domain() {
        let name = |text: &str| text.parse::<Name>().expect("valid");
        assert!(is_free_mail(&name("orange.fr")) && is_free_mail(&name("gmail.com")));
        assert!(!is_free_mail(&name("pro.orange.fr")) && !is_free_mail(&name("# domains")));
        let sorted: Vec<&str> = FREE_MAIL
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(sorted.is_sorted(), "data/free-mail.txt is sorted");
        assert_eq!(registrable_domain(&name("a.b.co.uk")), name("b.co.uk"));
        assert_eq!(registrable_domain(&name("co.uk")), name("co.uk"));
        assert_eq!(topmost_zone(&name("a.b.co.uk")), Some(name("b.co.uk")));
        assert_eq!(topmost_zone(&name("co.uk")), None);
        assert!(is_private_suffix(&name("blogspot.com")) && !is_private_suffix(&name("co.uk")));
    }
}
