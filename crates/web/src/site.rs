//! What every request has at hand.

use std::net::Ipv6Addr;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use garant_service::ambient::Ambient;
use garant_service::checks::Checks;
use garant_service::question::Typed;
use garant_store::Store;

use crate::GuardSettings;

/// One site: the acts that its pages need, and its settings.
pub struct Site {
    /// Running checks and those that were made.
    pub checks: Checks,
    /// Opinions and cases.
    pub store: Arc<dyn Store>,
    /// Time and randomness.
    pub ambient: Ambient,
    /// What its owner chose.
    pub settings: Settings,
}

/// What the owner of a site chose.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address that links begin with, without a final slash: `https://garant.example`. Without one, links
    /// begin with what the request was sent to.
    pub public_url: Option<String>,
    /// Cases to show on the front page.
    pub samples: Vec<Sample>,
    /// Whom to believe, and how often what may be asked for.
    pub guard: GuardSettings,
}

/// A question for the front page, with a word about its answer.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What is asked: the front page posts the fields that are not empty.
    pub typed: Typed,
    /// The shape of its answer: `right`, `risk`, `block`, `wait`, `unknown` or `advice`.
    pub state: &'static str,
    /// The key of its title; the sentence beneath is the attribute `.about`.
    pub title: &'static str,
}

/// Characters of a host in a request at most: a name of 253, brackets or not, and a port.
const HOST_CHARACTERS_MAX: usize = 261;

impl Site {
    /// What links to this site begin with, without a final slash. Where its owner did not say, it is what the request
    /// was sent to; nothing when that is no plain host, because whoever sends a request chooses what stands there.
    pub(crate) fn origin(&self, headers: &HeaderMap) -> String {
        if let Some(url) = &self.settings.public_url {
            return url.trim_end_matches('/').to_owned();
        }
        let host = headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok());
        match host.filter(|host| is_host(host)) {
            Some(host) => format!("http://{host}"),
            None => String::new(),
        }
    }
}

/// Whether a text is a host and perhaps a port (RFC 9110, section 7.2), in letters, digits, dots and hyphens, or an
/// IPv6 address in brackets.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (text, "0"),
    };
    let is_address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .is_some_and(|host| host.parse::<Ipv6Addr>().is_ok());
    let is_letter = |octet: u8| octet.is_ascii_alphanumeric() || b".-_".contains(&octet);
    let is_name = !host.is_empty() && host.bytes().all(is_letter);
    text.len() <= HOST_CHARACTERS_MAX
        && (is_address || is_name)
        && port.bytes().all(|octet| octet.is_ascii_digit())
        && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_and_nothing_else() {
        let long = "a".repeat(HOST_CHARACTERS_MAX + 1);
        for (text, expect) in [
            ("garant.example", true),
            ("127.0.0.1:8753", true),
            ("[::1]:8753", true),
            ("[::1]", true),
            ("localhost", true),
            ("", false),
            (":80", false),
            ("a:b", false),
            ("a:", false),
            ("a:+1", false),
            ("a:99999", false),
            ("a/b", false),
            ("a@b", false),
            ("a\"><script>", false),
            ("[x]", false),
            ("::1", false),
            (long.as_str(), false),
        ] {
            assert_eq!(is_host(text), expect, "{text}");
        }
    }
}
