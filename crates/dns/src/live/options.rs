//! Whom to ask, and within which limits.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV6};
use std::time::Duration;

use resolv_conf::{Config, ScopedIp};

/// The port of the DNS.
const DNS_PORT: u16 = 53;
/// Servers that are taken from `resolv.conf` at most; the C library reads no more either.
pub const SERVERS_MAX: usize = 3;
/// What the C library waits when the file says nothing; ours is shorter, as more servers are tried.
const SYSTEM_TIMEOUT_S: u32 = 5;
/// Longest time-out that the C library takes from the file.
const SYSTEM_TIMEOUT_MAX_S: u32 = 30;
/// Most attempts that the C library takes from the file.
const SYSTEM_ATTEMPTS_MAX: u32 = 5;

/// How a [`Stub`](super::Stub) asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The servers, in order of preference. There is no default; with none, every question is
    /// [`Unreachable`](crate::Status::Unreachable).
    pub servers: Vec<SocketAddr>,
    /// Where the numbers of queries come from. There is no default: whoever knows the seed can forge
    /// answers, so it comes from the system's randomness except in tests.
    pub seed: [u8; 32],
    /// How long one server may take for one attempt. The default is 2 seconds.
    pub attempt_timeout: Duration,
    /// How long one question may take in all, from its first datagram. The default is 10 seconds.
    pub query_timeout: Duration,
    /// How often the whole list of servers is gone through. The default is 2.
    pub attempts: u32,
    /// Datagrams and connections per second at most, over all servers. The default is no limit.
    pub queries_per_second: Option<u32>,
    /// Questions under way at a time, at most 16,384; others wait, and their time does not run. The default
    /// is 128: a burst of more overflows the receive buffer of an ordinary server or router, and each
    /// datagram that is dropped costs an attempt's whole time-out.
    pub concurrent_max: usize,
    /// Sockets, each with a port of its own, per server; opened as they are needed. The default is 64.
    pub sockets_max: usize,
    /// TCP connections at a time. The default is 16.
    pub connections_max: usize,
}

/// Why the text of a `resolv.conf` is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResolvConfError {
    /// It names servers, but none by an address that can be asked.
    #[error("no usable name server in resolv.conf")]
    NoUsableServer,
}

impl Options {
    /// The defaults, for these servers.
    pub fn new(servers: Vec<SocketAddr>, seed: [u8; 32]) -> Self {
        Self {
            servers,
            seed,
            attempt_timeout: Duration::from_secs(2),
            query_timeout: Duration::from_secs(10),
            attempts: 2,
            queries_per_second: None,
            concurrent_max: 128,
            sockets_max: 64,
            connections_max: 16,
        }
    }

    /// As the text of a `resolv.conf` says: its first [`SERVERS_MAX`] servers, or the one on this machine
    /// where it names none; its `timeout` where that differs from the C library's 5 seconds, up to 30;
    /// its `attempts`, up to 5. Lines that cannot be read are passed over, as the C library does.
    ///
    /// # Errors
    /// [`ResolvConfError::NoUsableServer`].
    pub fn system(resolv_conf: &str, seed: [u8; 32]) -> Result<Self, ResolvConfError> {
        let (config, _oddities) = Config::parse_with_errors(resolv_conf.as_bytes());
        let servers: Vec<SocketAddr> = if config.nameservers.is_empty() {
            vec![SocketAddr::from((Ipv4Addr::LOCALHOST, DNS_PORT))]
        } else {
            let usable = config.nameservers.iter().filter_map(server);
            usable.take(SERVERS_MAX).collect()
        };
        if servers.is_empty() {
            return Err(ResolvConfError::NoUsableServer);
        }
        let mut options = Self::new(servers, seed);
        options.attempts = config.attempts.clamp(1, SYSTEM_ATTEMPTS_MAX);
        if config.timeout != SYSTEM_TIMEOUT_S {
            let seconds = config.timeout.clamp(1, SYSTEM_TIMEOUT_MAX_S);
            options.attempt_timeout = Duration::from_secs(u64::from(seconds));
        }
        Ok(options)
    }
}

/// The server's address; nothing where the interface of a link-local one is given by name, which only
/// the system could turn into a number.
fn server(address: &ScopedIp) -> Option<SocketAddr> {
    Some(match address {
        ScopedIp::V6(address, Some(scope)) => {
            SocketAddrV6::new(*address, DNS_PORT, 0, scope.parse().ok()?).into()
        }
        ScopedIp::V6(address, None) => (IpAddr::V6(*address), DNS_PORT).into(),
        ScopedIp::V4(address) => (IpAddr::V4(*address), DNS_PORT).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found = match Options::system(text, [0; 32]) {
            Ok(options) => format!(
                "{:?} {:?} x{}",
                options.servers, options.attempt_timeout, options.attempts
            ),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn resolv_conf_is_read_as_the_system_reads_it() {
        check("", "[127.0.0.1:53] 2s x2");
        check(
            "# mine\nsearch exemple.fr\nnameserver 192.0.2.1\nnameserver 2001:db8::1\n",
            "[192.0.2.1:53, [2001:db8::1]:53] 2s x2",
        );
        check(
            "nameserver 192.0.2.1\noptions timeout:7 attempts:4\n",
            "[192.0.2.1:53] 7s x4",
        );
        check(
            "nameserver 192.0.2.1\noptions timeout:0 attempts:99\n",
            "[192.0.2.1:53] 1s x5",
        );
        check(
            "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4",
            "[192.0.2.1:53, 192.0.2.2:53, 192.0.2.3:53] 2s x2",
        );
        check("nameserver fe80::1%2\n", "[[fe80::1%2]:53] 2s x2");
        check(
            "nameserver fe80::1%eth0\n",
            "no usable name server in resolv.conf",
        );
        check("nameserver pas-une-adresse\n", "[127.0.0.1:53] 2s x2");
    }
}
