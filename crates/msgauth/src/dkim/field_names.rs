//! Lists of header field names, as `h=` has them.

use crate::message::FIELDS_MAX;

/// Names in `h=` that are read: all fields of a message, each once more.
pub const SIGNED_NAMES_MAX: usize = 2 * FIELDS_MAX;

/// Names of header fields in an order, in lower case. A name may stand in it several times.
///
/// They are kept as one text with colons between, since a signature has thirty of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames(String);

impl FieldNames {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads names with colons between. Empty entries, as a final colon makes them, are left out; nothing where one
    /// is no name, there are none, or more than [`SIGNED_NAMES_MAX`].
    pub(crate) fn read(value: &[u8]) -> Option<Self> {
        let is_blank = |octet: u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
        // In one pass each, which the compiler makes vectors of.
        let is_text = value.iter().fold(true, |all, octet| {
            all & (octet.is_ascii_graphic() | is_blank(*octet))
        });
        if !is_text {
            return None;
        }
        let blanks: usize = value
            .iter()
            .map(|octet| usize::from(is_blank(*octet)))
            .sum();
        let text = std::str::from_utf8(value).ok()?;
        let mut names = Self(String::with_capacity(text.len()));
        let (mut count, mut outside) = (0, 0);
        let mut start = 0;
        for end in memchr::memchr_iter(b':', value).chain([value.len()]) {
            let entry = &text[start..end];
            let name = entry.trim_ascii();
            outside += entry.len() - name.len();
            start = end + 1;
            if name.is_empty() {
                continue;
            }
            if count == SIGNED_NAMES_MAX {
                return None;
            }
            count += 1;
            names.push(name);
        }
        // White space that is not around a name is within one.
        if count == 0 || outside < blanks {
            return None;
        }
        names.0.make_ascii_lowercase();
        Some(names)
    }

    /// Adds a name at the end.
    fn push(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push(':');
        }
        self.0.push_str(name);
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let text = self.0.as_str();
        let ends = memchr::memchr_iter(b':', text.as_bytes()).chain([text.len()]);
        let mut start = 0;
        ends.map(move |end| {
            let name = &text[start..end];
            start = end + 1;
            name
        })
        .filter(|name| !name.is_empty())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a name, in any case, is among them.
    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|one| one.eq_ignore_ascii_case(name))
    }
}

impl<'n> FromIterator<&'n str> for FieldNames {
    fn from_iter<I: IntoIterator<Item = &'n str>>(iter: I) -> Self {
        let mut names = Self::default();
        iter.into_iter()
            .filter(|name| !name.is_empty())
            .for_each(|name| names.push(name));
        names.0.make_ascii_lowercase();
        names
    }
}

/// Whether they are these, in this order.
impl<const N: usize> PartialEq<[&str; N]> for FieldNames {
    fn eq(&self, other: &[&str; N]) -> bool {
        self.iter().eq(other.iter().copied())
    }
}
