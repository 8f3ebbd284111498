//! How many addresses terms authorise, and which of them a client shares.

use std::net::IpAddr;
use std::ops::AddAssign;

/// How many addresses a term or a record covers at most. Overlaps count twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// IPv4 addresses; `u64::MAX` stands for that many or more.
    pub ipv4: u64,
    /// IPv6 networks of 64 bits that are covered wholly or in part; `u64::MAX` stands for that many or
    /// more.
    pub ipv6_64: u64,
}

impl Coverage {
    /// Every address.
    pub const EVERYBODY: Self = Self {
        ipv4: 1 << 32,
        ipv6_64: u64::MAX,
    };

    /// The range of `prefix` bits around an address.
    pub fn of(address: IpAddr, prefix: u8) -> Self {
        let prefix = u32::from(prefix);
        match address {
            IpAddr::V4(_) => Self {
                ipv4: 1 << 32_u32.saturating_sub(prefix),
                ipv6_64: 0,
            },
            IpAddr::V6(_) => Self {
                ipv4: 0,
                ipv6_64: 1_u64
                    .checked_shl(64_u32.saturating_sub(prefix))
                    .unwrap_or(u64::MAX),
            },
        }
    }
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.ipv4 = self.ipv4.saturating_add(other.ipv4);
        self.ipv6_64 = self.ipv6_64.saturating_add(other.ipv6_64);
    }
}

/// Whether two addresses are of one kind and agree in their first `prefix` bits. With 0 bits all
/// addresses of a kind agree.
pub(super) fn shares_prefix(client: IpAddr, address: IpAddr, prefix: u8) -> bool {
    let prefix = u32::from(prefix);
    match (client, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros() >= prefix,
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros() >= prefix,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn prefixes_compare_leading_bits_of_one_kind() {
        for (a, b, prefix, expect) in [
            ("192.0.2.1", "192.0.2.1", 32, true),
            ("192.0.2.1", "192.0.2.0", 32, false),
            ("192.0.2.1", "192.0.2.0", 31, true),
            ("192.0.2.1", "10.0.0.1", 0, true),
            ("192.0.2.1", "::ffff:192.0.2.1", 0, false),
            ("2001:db8::1", "2001:db8::ffff", 112, true),
            ("2001:db8::1", "2001:db8::ffff", 113, false),
            ("2001:db8::1", "fe80::", 0, true),
        ] {
            assert_eq!(
                shares_prefix(address(a), address(b), prefix),
                expect,
                "{a} {b}/{prefix}"
            );
        }
    }

    #[test]
    fn coverage_counts_addresses_and_networks() {
        for (text, prefix, ipv4, ipv6_64) in [
            ("192.0.2.1", 32, 1, 0),
            ("192.0.2.1", 24, 256, 0),
            ("192.0.2.1", 0, 1 << 32, 0),
            ("2001:db8::", 128, 0, 1),
            ("2001:db8::", 64, 0, 1),
            ("2001:db8::", 48, 0, 65_536),
            ("2001:db8::", 0, 0, u64::MAX),
        ] {
            let expect = Coverage { ipv4, ipv6_64 };
            assert_eq!(
                Coverage::of(address(text), prefix),
                expect,
                "{text}/{prefix}"
            );
        }
        let mut sum = Coverage::EVERYBODY;
        sum += Coverage::EVERYBODY;
        assert_eq!((sum.ipv4, sum.ipv6_64), (1 << 33, u64::MAX));
    }
}
