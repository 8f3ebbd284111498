//! Which URLs are fetched at all.

use garant_dns::Name;
use hyper::Uri;

/// Octets of a URL at most: as many as everybody is advised to support (RFC 9110, section 4.1).
pub const URL_OCTETS_MAX: usize = 8000;

/// A URL that this program fetches.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The host, which is a DNS name.
    pub(super) host: Name,
    /// Path and query, as they stand in the request line.
    pub(super) path: String,
}

impl Target {
    /// Reads an absolute `https` URL whose host is a DNS name, with no user information and no port but
    /// 443. A fragment is dropped: it is no part of a request (RFC 9110, section 7.1).
    pub(super) fn parse(url: &str) -> Option<Self> {
        if url.len() > URL_OCTETS_MAX || !url.is_ascii() {
            return None;
        }
        let uri: Uri = url.parse().ok()?;
        if !uri.scheme_str()?.eq_ignore_ascii_case("https") {
            return None;
        }
        let host = uri.host()?;
        // What stands beside the host is the default port or nothing; user information comes before it.
        if !matches!(
            uri.authority()?.as_str().strip_prefix(host)?,
            "" | ":" | ":443"
        ) {
            return None;
        }
        let host = Name::from_input(host).ok()?;
        if host.labels().next_back().is_none_or(is_number) {
            return None;
        }
        Some(Self {
            host,
            path: uri.path_and_query()?.as_str().to_owned(),
        })
    }
}

/// Whether a last label makes the whole host an IPv4 address in one of its many spellings (`127.1`,
/// `0x7f.1`, `2130706433`). No top-level domain is a number.
fn is_number(label: &str) -> bool {
    label.bytes().all(|octet| octet.is_ascii_digit())
        || label
            .strip_prefix("0x")
            .is_some_and(|rest| rest.bytes().all(|octet| octet.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expect: Option<(&str, &str)>) {
        let found = Target::parse(url);
        let found = found.as_ref().map(|t| (t.host.as_str(), t.path.as_str()));
        assert_eq!(found, expect, "{url}");
    }

    #[test]
    fn a_host_name_and_a_path_are_read() {
        check(
            "https://mta-sts.exemple.fr/.well-known/mta-sts.txt",
            Some(("mta-sts.exemple.fr", "/.well-known/mta-sts.txt")),
        );
        check(
            "HTTPS://Exemple.FR:443/A?b=c",
            Some(("exemple.fr", "/A?b=c")),
        );
        check("https://exemple.fr", Some(("exemple.fr", "/")));
        check("https://exemple.fr:/a#b", Some(("exemple.fr", "/a")));
        check("https://exemple.fr./", Some(("exemple.fr", "/")));
        check("https://xn--crdit-csa.fr/", Some(("xn--crdit-csa.fr", "/")));
        check(
            "https://1.2.3.4.exemple.fr/",
            Some(("1.2.3.4.exemple.fr", "/")),
        );
        check("https://a_b.exemple.fr/", Some(("a_b.exemple.fr", "/")));
    }

    #[test]
    fn everything_else_is_refused() {
        for url in [
            "",
            "/.well-known/mta-sts.txt",
            "exemple.fr",
            "exemple.fr:443",
            "https:",
            "https://",
            "https:///a",
            "https://./",
            "https://a..fr/",
            "http://exemple.fr/",
            "ftp://exemple.fr/",
            "file:///etc/passwd",
            "https://exemple.fr:80/",
            "https://exemple.fr:8443/",
            "https://exemple.fr:0443/",
            "https://exemple.fr:99999/",
            "https://exemple.fr:4 43/",
            "https://moi@exemple.fr/",
            "https://moi:secret@exemple.fr/",
            "https://exemple.fr@exemple.fr/",
            "https://@exemple.fr/",
            "https://127.0.0.1/",
            "https://127.0.0.1./",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.0x1/",
            "https://0x7f000001/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1%25eth0]/",
            "https://exemple.fr/a b",
            "https://exemple.fr/a\r\nHost: autre.fr",
            "https://exemple.fr\\@autre.fr/",
            "https://ex%65mple.fr/",
            "https://crédit.fr/",
            "https://exemple.fr/é",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_url_has_a_greatest_length() {
        let base = "https://exemple.fr/";
        let path = "a".repeat(URL_OCTETS_MAX - base.len());
        check(
            &format!("{base}{path}"),
            Some(("exemple.fr", &format!("/{path}"))),
        );
        check(&format!("{base}{path}a"), None);
    }
}
