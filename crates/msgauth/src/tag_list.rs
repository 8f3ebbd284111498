//! Lists of `tag=value` pieces between semicolons: DKIM key records, DMARC, and what was modelled on them.
//!
//! The two grammars differ. RFC 6376, section 3.2: names begin with a letter and go on with letters,
//! digits and `_`, in their exact case; values may be empty; folding white space stands around both; a
//! name that stands twice spoils the whole list. RFC 9989, section 4.8: names are letters in any case;
//! values are not empty; white space is space and tab; and what is wrong in one piece spoils that piece.
//!
//! Here a text is only cut into pieces; every octet of it can be found again by its [`Span`].

use std::collections::BTreeSet;

use crate::Span;

/// Whose rules say what a tag's name and value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// RFC 6376, section 3.2.
    Dkim,
    /// RFC 9989, section 4.8.
    Dmarc,
}

/// A tag with its value, and where both stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<T> {
    /// From the first octet of the name to the last of the value.
    pub span: Span,
    /// The value alone.
    pub value_span: Span,
    /// What it says.
    pub value: T,
}

/// Something wrong or odd in a text, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault<R> {
    /// The octets it is about.
    pub span: Span,
    /// What it is.
    pub reason: R,
}

/// Notes a fault unless one of its kind was noted already.
pub(crate) fn note_once<R: PartialEq>(faults: &mut Vec<Fault<R>>, span: Span, reason: R) {
    if !faults.iter().any(|fault| fault.reason == reason) {
        faults.push(Fault { span, reason });
    }
}

/// What stands between two semicolons, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A name, an equals sign, a value.
    Tag {
        /// From the name to the value.
        span: Span,
        /// The name.
        name: Span,
        /// The value, perhaps empty.
        value: Span,
    },
    /// Something else, or a name that the grammar does not allow.
    Junk(Span),
    /// Nothing, where a piece should be; after the last semicolon nothing is right and is not reported.
    Empty(Span),
}

impl Piece {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match *self {
            Self::Tag { span, .. } | Self::Junk(span) | Self::Empty(span) => span,
        }
    }
}

/// The names of DKIM's grammar that stood in a text already. The work of each is that of finding it in a tree, and less
/// for names of one small letter, which nearly all have.
#[derive(Debug, Default)]
pub(crate) struct Seen<'t> {
    /// A bit for each small letter: the tags that have one.
    letters: u32,
    others: BTreeSet<&'t [u8]>,
}

impl<'t> Seen<'t> {
    fn bit(name: &[u8]) -> Option<u32> {
        match name {
            [letter @ b'a'..=b'z'] => Some(1 << (letter - b'a')),
            _ => None,
        }
    }

    pub(crate) fn contains(&self, name: &[u8]) -> bool {
        match Self::bit(name) {
            Some(bit) => self.letters & bit != 0,
            None => self.others.contains(name),
        }
    }

    /// Notes a tag; whether it is new.
    pub(crate) fn insert(&mut self, name: &'t [u8]) -> bool {
        let is_new = !self.contains(name);
        match Self::bit(name) {
            Some(bit) => self.letters |= bit,
            None => {
                self.others.insert(name);
            }
        }
        is_new
    }
}

/// Cuts a text into its pieces. The work is linear in the text.
pub fn split(text: &[u8], grammar: Grammar) -> Vec<Piece> {
    let mut all = Vec::with_capacity(12);
    all.extend(pieces(text, grammar));
    all
}

/// The same, one by one.
pub(crate) fn pieces(text: &[u8], grammar: Grammar) -> impl Iterator<Item = Piece> {
    let mut start = 0;
    std::iter::from_fn(move || {
        while start <= text.len() {
            let end =
                memchr::memchr(b';', &text[start..]).map_or(text.len(), |length| start + length);
            let span = trim(text, Span { start, end });
            start = end + 1;
            if span.start < span.end {
                return Some(piece(text, span, grammar));
            } else if end < text.len() {
                return Some(Piece::Empty(span));
            }
        }
        None
    })
}

fn piece(text: &[u8], span: Span, grammar: Grammar) -> Piece {
    let octets = octets(text, span);
    let Some(equals) = memchr::memchr(b'=', octets) else {
        return Piece::Junk(span);
    };
    let equals = span.start + equals;
    let name = trim(
        text,
        Span {
            start: span.start,
            end: equals,
        },
    );
    let value = trim(
        text,
        Span {
            start: equals + 1,
            end: span.end,
        },
    );
    if is_name(self::octets(text, name), grammar) {
        Piece::Tag { span, name, value }
    } else {
        Piece::Junk(span)
    }
}

fn is_name(name: &[u8], grammar: Grammar) -> bool {
    match grammar {
        Grammar::Dmarc => !name.is_empty() && name.iter().all(u8::is_ascii_alphabetic),
        Grammar::Dkim => {
            name.first().is_some_and(u8::is_ascii_alphabetic)
                && name
                    .iter()
                    .all(|octet| octet.is_ascii_alphanumeric() || *octet == b'_')
        }
    }
}

/// The entries of a list with commas between, each without the white space around it.
pub fn entries(text: &[u8], list: Span) -> impl Iterator<Item = Span> {
    let mut start = Some(list.start);
    std::iter::from_fn(move || {
        let from = start?;
        let comma = octets(
            text,
            Span {
                start: from,
                ..list
            },
        )
        .iter()
        .position(|octet| *octet == b',');
        let end = comma.map_or(list.end, |length| from + length);
        start = comma.map(|_| end + 1);
        Some(trim(text, Span { start: from, end }))
    })
}

/// The octets of a span that [`split`] gave for this text.
pub fn octets(text: &[u8], span: Span) -> &[u8] {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The text of a span, with each octet that is no UTF-8 replaced.
pub fn lossy(text: &[u8], span: Span) -> String {
    String::from_utf8_lossy(octets(text, span)).into_owned()
}

/// The span without the white space at its ends. Line ends count as white space in both grammars: in
/// DKIM's as part of FWS, in DMARC's because every receiver in use strips them.
pub fn trim(text: &[u8], span: Span) -> Span {
    let octets = octets(text, span);
    let is_space = |octet: &u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
    let Some(first) = octets.iter().position(|octet| !is_space(octet)) else {
        return Span {
            start: span.end,
            end: span.end,
        };
    };
    let last = octets
        .iter()
        .rposition(|octet| !is_space(octet))
        .unwrap_or(first);
    Span {
        start: span.start + first,
        end: span.start + last + 1,
    }
}

/// The column of an octet in a text, in characters from 1.
pub fn column(text: &[u8], octet: usize) -> usize {
    String::from_utf8_lossy(&text[..octet.min(text.len())])
        .chars()
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, grammar: Grammar, expect: &[&str]) {
        let text = text.as_bytes();
        let show = |piece: &Piece| match *piece {
            Piece::Tag { name, value, .. } => {
                format!("{}={}", lossy(text, name), lossy(text, value))
            }
            Piece::Junk(span) => format!("junk {}", lossy(text, span)),
            Piece::Empty(span) => format!("empty {}", span.start),
        };
        let found: Vec<String> = split(text, grammar).iter().map(show).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn pieces_are_cut_at_semicolons_and_trimmed() {
        check(
            "v = DMARC1 ; p=none;",
            Grammar::Dmarc,
            &["v=DMARC1", "p=none"],
        );
        check("a=b=c", Grammar::Dmarc, &["a=b=c"]);
        check("p=;q", Grammar::Dkim, &["p=", "junk q"]);
        check("v=1;;p=2; ", Grammar::Dkim, &["v=1", "empty 4", "p=2"]);
        check("p=AB\r\n CD", Grammar::Dkim, &["p=AB\r\n CD"]);
        check("", Grammar::Dkim, &[]);
        check(" ", Grammar::Dmarc, &[]);
    }

    #[test]
    fn names_follow_their_grammar() {
        check("a_1=x", Grammar::Dkim, &["a_1=x"]);
        check("a_1=x", Grammar::Dmarc, &["junk a_1=x"]);
        check("1a=x", Grammar::Dkim, &["junk 1a=x"]);
        check("=x", Grammar::Dmarc, &["junk =x"]);
        check("rua mailto=x", Grammar::Dmarc, &["junk rua mailto=x"]);
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(column("é=x".as_bytes(), 2), 2);
        assert_eq!(column(b"abc", 99), 4);
    }

    proptest::proptest! {
        #[test]
        fn every_octet_is_in_a_piece_or_between_pieces(
            text in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
        ) {
            for grammar in [Grammar::Dkim, Grammar::Dmarc] {
                let mut at = 0;
                for piece in split(&text, grammar) {
                    let span = piece.span();
                    proptest::prop_assert!(span.start >= at && span.end <= text.len());
                    proptest::prop_assert!(text[at..span.start].iter()
                        .all(|o| b"; \t\r\n".contains(o)));
                    at = span.end;
                }
                proptest::prop_assert!(text[at..].iter().all(|o| b"; \t\r\n".contains(o)));
            }
        }
    }
}
