//! Files as editors and shells leave them.

use std::borrow::Cow;

use garant_msgauth::message::MESSAGE_OCTETS_MAX;

/// What some editors put before a text in UTF-8 and in UTF-16. No mail server does.
const MARK_UTF_8: &[u8] = &[0xEF, 0xBB, 0xBF];
const MARK_UTF_16_LITTLE: &[u8] = &[0xFF, 0xFE];
const MARK_UTF_16_BIG: &[u8] = &[0xFE, 0xFF];

/// The text in UTF-8, without what an editor put before it; octets without such a mark as they are. A file in UTF-16
/// loses what is no text: no mail server writes one, only shells and editors that were asked to save. More than
/// [`MESSAGE_OCTETS_MAX`] octets stay as they are: half of a message would look like a whole one.
pub fn without_mark(octets: &[u8]) -> Cow<'_, [u8]> {
    if octets.len() > MESSAGE_OCTETS_MAX {
        return Cow::Borrowed(octets);
    }
    if let Some(rest) = octets.strip_prefix(MARK_UTF_8) {
        return Cow::Borrowed(rest);
    }
    let units: Vec<u16> = if let Some(rest) = octets.strip_prefix(MARK_UTF_16_LITTLE) {
        let pairs = rest.as_chunks::<2>().0.iter();
        pairs.map(|pair| u16::from_le_bytes(*pair)).collect()
    } else if let Some(rest) = octets.strip_prefix(MARK_UTF_16_BIG) {
        let pairs = rest.as_chunks::<2>().0.iter();
        pairs.map(|pair| u16::from_be_bytes(*pair)).collect()
    } else {
        return Cow::Borrowed(octets);
    };
    Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_goes_and_what_has_none_stays() {
        let check = |octets: &[u8], expect: &[u8]| assert_eq!(&*without_mark(octets), expect);
        check(b"From: a", b"From: a");
        check(b"\xEF\xBB\xBFFrom: a", b"From: a");
        check(b"\xFF\xFEF\0:\0", b"F:");
        check(b"\xFE\xFF\0F\0:", b"F:");
        // Half a character, half a pair.
        check(b"\xFF\xFEF\0:", b"F");
        check(b"\xFF\xFE\0\xD8", "\u{fffd}".as_bytes());
        check(b"\xFF\xFE", b"");
        check(b"\xFF", b"\xFF");
        check(b"", b"");
        let large = [MARK_UTF_16_LITTLE, &vec![b'a'; MESSAGE_OCTETS_MAX]].concat();
        assert!(without_mark(&large) == large);
    }
}
