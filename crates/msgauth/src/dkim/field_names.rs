//! Lists of header field names, as `h=` has them.

use std::fmt;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use crate::message::FIELDS_MAX;

/// Names in `h=` that are read: all fields of a message, each once more.
pub const SIGNED_NAMES_MAX: usize = 2 * FIELDS_MAX;

/// Names of header fields in an order, in lower case. A name may stand in it several times.
#[derive(Clone, Default)]
pub struct FieldNames {
    /// A text that they stand in: as it was written, since a signature has thirty of them.
    text: String,
    /// Where they begin and end in it.
    spans: Vec<(usize, usize)>,
}

impl FieldNames {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads names with colons between. Empty entries, as a final colon makes them, are left out; nothing where one
    /// is no name, there are none, or more than [`SIGNED_NAMES_MAX`].
    pub(crate) fn read(value: &[u8]) -> Option<Self> {
        let spans = dispatch!(Level::new(), simd => words(simd, value))?;
        let mut end_before = 0;
        for (at, (start, end)) in spans.iter().enumerate() {
            // Two words without a colon between are one name with white space in it.
            if at > 0 && !value[end_before..*start].contains(&b':') {
                return None;
            }
            end_before = *end;
        }
        let is_right = !spans.is_empty() && spans.len() <= SIGNED_NAMES_MAX;
        let text = String::from_utf8(value.to_ascii_lowercase()).ok()?;
        is_right.then_some(Self { text, spans })
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let spans = self.spans.iter();
        spans.map(|(start, end)| &self.text[*start..*end])
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether a name, in any case, is among them.
    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|one| one.eq_ignore_ascii_case(name))
    }
}

/// Octets that are looked at together.
const BLOCK: usize = 64;

/// Where the words of a text begin and end that have nothing but colons and white space between; nothing where an octet
/// is neither of these nor a visible one.
#[inline(always)]
fn words<S: Simd>(simd: S, text: &[u8]) -> Option<Vec<(usize, usize)>> {
    // Most lists have names of more than seven letters on average; for others more room is made.
    let mut words = Vec::with_capacity(text.len() / 8 + 4);
    let (mut start, mut is_within) = (0, false);
    for at in (0..=text.len()).step_by(BLOCK) {
        // A colon behind the text ends its last word.
        let mut last = [b':'; BLOCK];
        let rest = &text[at..];
        let block = rest.first_chunk().unwrap_or_else(|| {
            last[..rest.len()].copy_from_slice(rest);
            &last
        });
        let octets = u8x64::from_slice(simd, block);
        let splat = |octet: u8| u8x64::splat(simd, octet);
        let are = |octet: u8| octets.simd_eq(splat(octet)).to_bitmask();
        let visible = (octets.simd_gt(splat(b' ')) & octets.simd_lt(splat(0x7f))).to_bitmask();
        let blanks = are(b' ') | are(b'\t') | are(b'\r') | are(b'\n');
        if visible | blanks != u64::MAX {
            return None;
        }
        let inside = visible & !are(b':');
        // Where a word begins, and the first octet behind one.
        let mut edges = inside ^ (inside << 1 | u64::from(is_within));
        while edges != 0 {
            let edge = at + edges.trailing_zeros() as usize;
            if is_within {
                words.push((start, edge));
            }
            (start, is_within) = (edge, !is_within);
            edges &= edges - 1;
        }
    }
    Some(words)
}

impl<'n> FromIterator<&'n str> for FieldNames {
    fn from_iter<I: IntoIterator<Item = &'n str>>(iter: I) -> Self {
        let mut names = Self::default();
        for name in iter.into_iter().filter(|name| !name.is_empty()) {
            let start = names.text.len();
            names.text.push_str(name);
            names.spans.push((start, names.text.len()));
        }
        names.text.make_ascii_lowercase();
        names
    }
}

impl fmt::Debug for FieldNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for FieldNames {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for FieldNames {}

/// Whether they are these, in this order.
impl<const N: usize> PartialEq<[&str; N]> for FieldNames {
    fn eq(&self, other: &[&str; N]) -> bool {
        self.iter().eq(other.iter().copied())
    }
}
