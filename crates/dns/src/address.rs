//! Which addresses a program that follows other people's records may connect to.
//!
//! A DNS answer is somebody else's text. Whoever connects where it points can be sent into its own
//! network, so an address that was *learned* is checked after resolution, and the connection goes to
//! the very address that was checked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address range: an address and how many leading bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    address: IpAddr,
    bits: u8,
}

impl Prefix {
    /// A range, or nothing when `bits` is more than the address has.
    pub fn new(address: IpAddr, bits: u8) -> Option<Self> {
        let most = if address.is_ipv4() { 32 } else { 128 };
        (bits <= most).then_some(Self { address, bits })
    }

    /// Whether `address` is in the range. IPv4 and IPv6 never contain each other.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let shift = 32 - u32::from(self.bits);
                a.to_bits().checked_shr(shift) == b.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let shift = 128 - u32::from(self.bits);
                a.to_bits().checked_shr(shift) == b.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

/// Ranges that are opened although they are not public: tests, private networks.
#[derive(Clone, Debug, Default)]
pub struct AllowList(pub Vec<Prefix>);

impl AllowList {
    /// Whether a learned address may be connected to.
    pub fn permits(&self, address: IpAddr) -> bool {
        is_public(address) || self.0.iter().any(|prefix| prefix.contains(address))
    }
}

/// Whether an address is meant to be reached from the whole Internet (RFC 6890 and its registries).
///
/// IPv6 addresses that carry an IPv4 address (mapped, compatible, NAT64, 6to4) are refused whatever
/// they carry: they are never a server's own address.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || (a == 100 && (64..128).contains(&b)) // shared address space, RFC 6598
        || (a, b, c) == (192, 0, 0) // IETF protocol assignments
        || (a, b, c) == (192, 88, 99) // 6to4 relays
        || (a == 198 && (18..20).contains(&b)) // benchmarking
        || a >= 224) // multicast, reserved, broadcast
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    // Only 2000::/3 is given out as global unicast; what is special inside it goes too.
    (0x2000..0x4000).contains(&s[0])
        && s[0] != 0x2002 // 6to4
        && !(s[0] == 0x2001 && s[1] < 0x0200) // IETF protocol assignments, Teredo among them
        && !(s[0] == 0x2001 && s[1] == 0x0db8) // documentation
        && !(s[0] == 0x3fff && s[1] < 0x1000) // documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_global_unicast_is_public() {
        for (text, expect) in [
            ("8.8.8.8", true),
            ("100.128.0.1", true),
            ("172.32.0.1", true),
            ("192.0.1.1", true),
            ("2001:4860:4860::8888", true),
            ("2a01:cb00::1", true),
            ("0.0.0.0", false),
            ("10.0.0.1", false),
            ("100.64.0.1", false),
            ("127.0.0.53", false),
            ("169.254.169.254", false),
            ("172.31.255.255", false),
            ("192.0.0.170", false),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.1.1", false),
            ("198.18.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::ffff:8.8.8.8", false),
            ("::8.8.8.8", false),
            ("64:ff9b::808:808", false),
            ("2002:808:808::1", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("3fff::1", false),
            ("fc00::1", false),
            ("fe80::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(
                is_public(text.parse().expect("an address")),
                expect,
                "{text}"
            );
        }
    }

    #[test]
    fn an_allow_list_opens_ranges_and_nothing_else() {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let list = AllowList(vec![
            Prefix::new(address("127.0.0.0"), 8).expect("in range"),
            Prefix::new(address("fd00::"), 16).expect("in range"),
        ]);
        assert!(list.permits(address("127.9.9.9")) && list.permits(address("fd00::5")));
        assert!(!list.permits(address("10.0.0.1")) && !list.permits(address("::1")));
        assert!(Prefix::new(address("127.0.0.0"), 33).is_none());
        let everything = Prefix::new(address("0.0.0.0"), 0).expect("in range");
        assert!(everything.contains(address("10.0.0.1")) && !everything.contains(address("::1")));
    }
}
