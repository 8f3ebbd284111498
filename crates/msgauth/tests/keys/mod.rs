//! Public keys in DER, put together by hand: any odd number of the right size will do as a modulus.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut der = vec![tag];
    match length {
        0..=0x7f => der.push(u8::try_from(length).expect("short")),
        0x80..=0xff => der.extend([0x81, u8::try_from(length).expect("one octet")]),
        _ => {
            let length = u16::try_from(length).expect("two octets");
            der.push(0x82);
            der.extend(length.to_be_bytes());
        }
    }
    der.extend(content);
    der
}

/// An RSAPublicKey with a modulus of `bits` bits, a multiple of eight, and the exponent 65537.
pub(crate) fn pkcs1(bits: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut modulus: Vec<u8> = (0..bits / 8)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    modulus[0] |= 0x80;
    modulus[bits / 8 - 1] |= 1;
    modulus.insert(0, 0);
    let exponent = tlv(0x02, &[1, 0, 1]);
    tlv(0x30, &[tlv(0x02, &modulus), exponent].concat())
}

/// The same inside a SubjectPublicKeyInfo.
pub(crate) fn spki(bits: usize) -> Vec<u8> {
    // rsaEncryption (1.2.840.113549.1.1.1) with NULL parameters.
    let algorithm = tlv(
        0x30,
        &[
            tlv(0x06, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1]),
            tlv(0x05, &[]),
        ]
        .concat(),
    );
    let key = [vec![0], pkcs1(bits)].concat();
    tlv(0x30, &[algorithm, tlv(0x03, &key)].concat())
}

pub(crate) fn base64(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// Replaces `@RSA2048@` and its kin in a text by keys.
pub(crate) fn fill(text: &str) -> String {
    let key = base64(&spki(2048));
    let (a, b) = key.split_at(200);
    let spaced: Vec<&str> = key
        .as_bytes()
        .chunks(64)
        .map(|part| std::str::from_utf8(part).expect("ASCII"))
        .collect();
    text.replace("@RSA2048@", &key)
        .replace("@RSA1024@", &base64(&spki(1024)))
        .replace("@RSA512@", &base64(&spki(512)))
        .replace("@RSA2048_A@", a)
        .replace("@RSA2048_B@", b)
        .replace("@RSA2048_SPACED@", &spaced.join(" "))
        .replace("@RSA2048_PKCS1@", &base64(&pkcs1(2048)))
}
