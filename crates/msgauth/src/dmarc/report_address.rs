//! Where DMARC reports go: `rua` and `ruf` list URIs (RFC 9989, section 4.6); in practice `mailto:`.

use std::fmt;

use garant_dns::Name;

use super::tags::TagName;
use crate::Span;

/// Which reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportTag {
    /// Aggregate reports.
    Rua,
    /// Failure reports.
    Ruf,
}

impl ReportTag {
    /// The tag.
    pub fn name(self) -> TagName {
        match self {
            Self::Rua => TagName::Rua,
            Self::Ruf => TagName::Ruf,
        }
    }
}

impl fmt::Display for ReportTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name().as_str())
    }
}

/// One report address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportAddress {
    /// Where it stands in the record, with its size suffix.
    pub span: Span,
    /// The URI, without its size suffix.
    pub uri: String,
    /// The scheme, lower case.
    pub scheme: String,
    /// The host that the reports go to; none for schemes that this program does not know.
    pub host: Option<Name>,
    /// The obsolete limit on the size of a report (RFC 9989, section 4.8, obs-dmarc-report-size): `10m`.
    pub size_suffix: Option<String>,
}

impl ReportAddress {
    /// Reads one entry of a list; nothing when it is no URI that a report could be sent to.
    pub fn parse(text: &str, span: Span) -> Option<Self> {
        let (uri, size_suffix) = match text.rsplit_once('!') {
            Some((uri, size)) if is_size(size) => (uri, Some(size.to_owned())),
            _ => (text, None),
        };
        let (scheme, rest) = uri.split_once(':')?;
        let valid_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        if !valid_scheme || rest.is_empty() || !is_uri_text(rest) {
            return None;
        }
        let scheme = scheme.to_ascii_lowercase();
        let host = match scheme.as_str() {
            "mailto" => Some(mail_host(rest)?),
            "http" | "https" => Some(authority_host(rest)?),
            _ => None,
        };
        Some(Self {
            span,
            uri: uri.to_owned(),
            scheme,
            host,
            size_suffix,
        })
    }

    /// The URI that a text was probably meant to be: the one mail address in it, behind `mailto:`.
    pub fn repaired(text: &str) -> Option<String> {
        let clean = crate::look_alike::to_ascii(text.as_bytes());
        let (local, domain) = clean.split_once('@')?;
        let is_edge = |c: char| c.is_whitespace() || ":/=<>\"'`\\(){}[],;!?".contains(c);
        let local = local.rsplit(is_edge).next()?;
        let domain = domain.split(is_edge).next()?.trim_end_matches('.');
        let uri = format!("mailto:{local}@{domain}");
        let span = Span { start: 0, end: 0 };
        Self::parse(&uri, span).map(|address| address.uri)
    }

    /// The mail address of a `mailto:` URI, without what follows a question mark.
    pub fn mailbox(&self) -> Option<&str> {
        if self.scheme != "mailto" {
            return None;
        }
        let (_, rest) = self.uri.split_once(':')?;
        rest.split('?').next()
    }
}

impl fmt::Display for ReportAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.uri)?;
        match &self.size_suffix {
            Some(size) => write!(f, "!{size}"),
            None => Ok(()),
        }
    }
}

fn is_size(text: &str) -> bool {
    let digits = text
        .strip_suffix(['k', 'm', 'g', 't', 'K', 'M', 'G', 'T'])
        .unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit())
}

/// The characters of RFC 3986, section 2, without `!` and `,`, which RFC 9989, section 4.8 wants encoded.
fn is_uri_text(text: &str) -> bool {
    let octets = text.as_bytes();
    octets.iter().enumerate().all(|(at, octet)| match octet {
        b'%' => octets
            .get(at + 1..at + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        _ => octet.is_ascii_alphanumeric() || b"-._~:/?#[]@$&'()*+;=".contains(octet),
    })
}

fn mail_host(rest: &str) -> Option<Name> {
    let address = rest.split('?').next()?;
    let (local, host) = address.split_once('@')?;
    if local.is_empty() || local.contains('/') || host.contains('@') {
        return None;
    }
    Name::from_input(host).ok()
}

fn authority_host(rest: &str) -> Option<Name> {
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|octet| octet.is_ascii_digit()) => host,
        _ => host,
    };
    Name::from_input(host).ok()
}
