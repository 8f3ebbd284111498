//! Addresses of proxies that stand before a web site.

use std::net::IpAddr;

/// Where Cloudflare's proxies answer from, as <https://www.cloudflare.com/ips/> lists them.
const PROXIES_V4: [([u8; 4], u32); 15] = [
    ([173, 245, 48, 0], 20),
    ([103, 21, 244, 0], 22),
    ([103, 22, 200, 0], 22),
    ([103, 31, 4, 0], 22),
    ([141, 101, 64, 0], 18),
    ([108, 162, 192, 0], 18),
    ([190, 93, 240, 0], 20),
    ([188, 114, 96, 0], 20),
    ([197, 234, 240, 0], 22),
    ([198, 41, 128, 0], 17),
    ([162, 158, 0, 0], 15),
    ([104, 16, 0, 0], 13),
    ([104, 24, 0, 0], 14),
    ([172, 64, 0, 0], 13),
    ([131, 0, 72, 0], 22),
];

/// The same for IPv6: the first 32 bits of each range (two are longer than that; no more is needed to tell
/// whose they are).
const PROXIES_V6: [u32; 7] = [
    0x2400_cb00,
    0x2606_4700,
    0x2803_f800,
    0x2405_b500,
    0x2405_8100,
    0x2a06_98c0,
    0x2c0f_f248,
];

pub(super) fn is_of_proxy(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => PROXIES_V4.iter().any(|(range, bits)| {
            let differs = u32::from(*address) ^ u32::from_be_bytes(*range);
            differs >> (32 - bits) == 0
        }),
        IpAddr::V6(address) => {
            let segments = address.segments();
            let head = (u32::from(segments[0]) << 16) | u32::from(segments[1]);
            PROXIES_V6.contains(&head)
        }
    }
}
