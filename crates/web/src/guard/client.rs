//! Who asks: the address of a connection, or what trusted proxies say of it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use garant_dns::address::Prefix;

/// The field in which proxies say for whom they ask, each behind those before it. Proxies pass on what they do not
/// know, so that reading a second field besides would let clients say who they are: RFC 7239's `Forwarded` is not read.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// Proxies in a row at most; what is written further left is not read.
const HOPS_MAX: usize = 16;
/// Leading bits of an IPv6 address that one subscriber has to itself (RFC 6177): addresses beneath are one client.
const IPV6_CLIENT_BITS: u32 = 64;

/// The connection that a request came by.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The other end.
    pub address: SocketAddr,
    /// Whether it is encrypted.
    pub is_tls: bool,
}

/// Who asks, as far as counting goes: an IPv4 address, or the first of the /64 that an IPv6 address is in. The
/// unspecified address where there is no connection, as in tests of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub IpAddr);

impl Client {
    /// Nobody in particular.
    pub(crate) const NOBODY: Self = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

    /// The client at an address.
    pub(super) fn at(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => {
                let mask = u128::MAX << (128 - IPV6_CLIENT_BITS);
                Ipv6Addr::from_bits(address.to_bits() & mask).into()
            }
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self::NOBODY))
    }
}

/// Whether what an address says of others is believed.
pub(super) fn is_trusted(address: IpAddr, trusted: &[Prefix]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|prefix| prefix.contains(address))
}

/// The address that asks: beginning with the connection, each trusted proxy tells the one before it; the first
/// that is not trusted is the client. What cannot be read ends the chain at whoever wrote it.
pub(super) fn origin(peer: IpAddr, headers: &HeaderMap, trusted: &[Prefix]) -> IpAddr {
    let mut origin = peer.to_canonical();
    // A field that stands several times is one list (RFC 9110, section 5.3).
    let hops = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .rev()
        .flat_map(|value| value.to_str().unwrap_or_default().rsplit(','));
    for hop in hops.take(HOPS_MAX) {
        if !is_trusted(origin, trusted) {
            break;
        }
        let Some(address) = address(hop.trim()) else {
            break;
        };
        origin = address.to_canonical();
    }
    origin
}

/// An address, perhaps with a port, as proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    text.parse().ok().or_else(with_port).or_else(bracketed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted() -> Vec<Prefix> {
        [("127.0.0.0", 8), ("10.0.0.0", 8), ("2001:db8:1::", 48)]
            .map(|(address, bits)| Prefix::new(address.parse().unwrap(), bits).unwrap())
            .to_vec()
    }

    #[track_caller]
    fn check(peer: &str, fields: &[&str], expect: &str) {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(FORWARDED_FOR, field.parse().unwrap());
        }
        let found = origin(peer.parse().unwrap(), &headers, &trusted());
        assert_eq!(found.to_string(), expect, "{peer} {fields:?}");
    }

    #[test]
    fn only_what_trusted_proxies_say_counts() {
        check("192.0.2.1", &[], "192.0.2.1");
        // Whoever connects by itself says nothing about itself.
        check("192.0.2.1", &["198.51.100.1"], "192.0.2.1");
        check("127.0.0.1", &[], "127.0.0.1");
        check("127.0.0.1", &["198.51.100.1"], "198.51.100.1");
        // What the client wrote itself stands further left.
        check("127.0.0.1", &["203.0.113.9, 198.51.100.1"], "198.51.100.1");
        check("127.0.0.1", &["198.51.100.1, 10.0.0.2"], "198.51.100.1");
        check("127.0.0.1", &["198.51.100.1", "10.0.0.2"], "198.51.100.1");
        check(
            "127.0.0.1",
            &["198.51.100.1, 192.0.2.9, 10.0.0.2"],
            "192.0.2.9",
        );
        check("127.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3");
    }

    #[test]
    fn addresses_are_read_as_proxies_write_them() {
        check("127.0.0.1", &["198.51.100.1:4711"], "198.51.100.1");
        check("127.0.0.1", &["2001:db8::1"], "2001:db8::1");
        check("127.0.0.1", &["[2001:db8::1]"], "2001:db8::1");
        check("127.0.0.1", &["[2001:db8::1]:443"], "2001:db8::1");
        check("2001:db8:1::7", &["198.51.100.1"], "198.51.100.1");
        check("::ffff:127.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1");
    }

    #[test]
    fn what_cannot_be_read_is_counted_for_whoever_wrote_it() {
        for bad in [
            "",
            "unknown",
            "198.51.100",
            "198.51.100.1 x",
            "\u{e9}",
            ",,",
        ] {
            check("127.0.0.1", &[bad], "127.0.0.1");
        }
        check(
            "127.0.0.1",
            &["198.51.100.1, unknown, 10.0.0.2"],
            "10.0.0.2",
        );
        let long = vec!["10.0.0.1"; 10_000].join(",");
        check("127.0.0.1", &[&format!("198.51.100.1,{long}")], "10.0.0.1");
    }

    #[test]
    fn addresses_of_one_subscriber_are_one_client() {
        for (one, two, expect) in [
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", true),
            ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
        ] {
            let client = |text: &str| Client::at(text.parse().unwrap());
            assert_eq!(client(one) == client(two), expect, "{one} {two}");
        }
    }
}
