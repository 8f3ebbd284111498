//! Whose server a host name in a trace field belongs to.

use garant_dns::Name;

use crate::dmarc;

/// Domains of one receiver each, under which its servers write trace fields; the first stands for all. Each was seen
/// in header sections of mail that the receiver took.
const RECEIVERS: &[&[&str]] = &[
    &["google.com", "gmail.com", "googlemail.com"],
    &[
        "outlook.com",
        "office365.com",
        "exchangelabs.com",
        "hotmail.com",
        "live.com",
    ],
    &["yahoo.com", "yahoo.net", "yahoodns.net", "aol.com"],
    &["icloud.com", "me.com", "mac.com", "apple.com"],
    &["orange.fr", "wanadoo.fr", "orange.net"],
    &["laposte.net", "meshcore.net"],
    &["sfr.fr", "sfr.net", "neuf.fr"],
    &["free.fr", "proxad.net"],
    &["ovh.net", "ovh.com", "ovhcloud.com"],
    &["gmx.net", "gmx.com", "gmx.de", "web.de", "kundenserver.de"],
];

/// Last labels of names that mean something in one network only.
const INNER: &[&str] = &[
    "local",
    "localdomain",
    "localhost",
    "internal",
    "intranet",
    "private",
    "lan",
    "home",
    "corp",
];

/// The organization of a server: its registrable domain by the public suffix list, or the first of the receiver's
/// domains. Nothing for an address and for a name that only means something inside a network.
pub(super) fn of(host: &str) -> Option<Name> {
    if crate::structured::ip_address(host).is_some() {
        return None;
    }
    let name = Name::from_input(host).ok()?;
    if name.label_count() < 2
        || name
            .labels()
            .next_back()
            .is_some_and(|l| INNER.contains(&l))
    {
        return None;
    }
    let domain = dmarc::registrable_domain(&name).unwrap_or(name);
    let group = RECEIVERS
        .iter()
        .find(|group| group.contains(&domain.as_str()));
    match group {
        Some(group) => group[0].parse().ok(),
        None => Some(domain),
    }
}

/// The domain that stands for Microsoft's.
pub(super) const MICROSOFT: &str = "outlook.com";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_belong_to_their_registrable_domain() {
        let check = |host: &str, expect: Option<&str>| {
            let found = of(host);
            assert_eq!(found.as_ref().map(Name::as_str), expect, "{host}");
        };
        check("mx1.exemple.co.uk", Some("exemple.co.uk"));
        check("MX.Google.com.", Some("google.com"));
        check("AM0PR02CA0001.outlook.office365.com", Some(MICROSOFT));
        check("mail.exemple.local", None);
        check("mlpnb0108", None);
        check("192.0.2.1", None);
        check("2002:a05:6a10::1", None);
        check("[192.0.2.1]", None);
        check("", None);
    }

    #[test]
    fn every_domain_of_a_receiver_stands_for_itself() {
        for domain in RECEIVERS.iter().flat_map(|group| group.iter()) {
            let name: Name = domain.parse().expect("a name");
            assert_eq!(dmarc::registrable_domain(&name), Some(name));
        }
    }
}
