//! The name of a check: a link that nobody can guess.

use std::fmt;

/// Digits of the name: no letter that is mistaken for another one (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Digits of 128 bits.
const LENGTH: usize = 26;

/// The name of a check, 26 digits from 128 random bits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CheckId(String);

impl CheckId {
    /// The name made of these octets.
    pub fn new(octets: [u8; 16]) -> Self {
        let number = u128::from_be_bytes(octets);
        let digit = |place: usize| {
            let shifted = number >> (5 * (LENGTH - 1 - place));
            char::from(DIGITS[(shifted & 31) as usize])
        };
        Self((0..LENGTH).map(digit).collect())
    }

    /// Reads a name from a link.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |octet: u8| DIGITS.contains(&octet);
        (text.len() == LENGTH && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// As it stands in a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_was_written_and_nothing_else_is() {
        for octets in [[0; 16], [255; 16], *b"sixteen octets !"] {
            let id = CheckId::new(octets);
            assert_eq!(CheckId::parse(id.as_str()), Some(id));
        }
        assert_eq!(CheckId::new([0; 16]).as_str(), "0".repeat(26));
        assert_eq!(
            CheckId::new([255; 16]).as_str(),
            format!("7{}", "z".repeat(25))
        );
        for bad in [
            "",
            "a",
            &"o".repeat(26),
            &"A".repeat(26),
            &"0".repeat(27),
            "../etc",
        ] {
            assert_eq!(CheckId::parse(bad), None, "{bad}");
        }
    }
}
