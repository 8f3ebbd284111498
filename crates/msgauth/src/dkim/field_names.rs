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
        let text = std::str::from_utf8(value).ok()?;
        let mut names = Self(String::with_capacity(text.len()));
        let mut count = 0;
        for name in text.split(':').map(str::trim_ascii) {
            if name.is_empty() {
                continue;
            }
            if count == SIGNED_NAMES_MAX || !name.bytes().all(|octet| octet.is_ascii_graphic()) {
                return None;
            }
            count += 1;
            names.push(name);
        }
        names.0.make_ascii_lowercase();
        (count > 0).then_some(names)
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
        self.0.split(':').filter(|name| !name.is_empty())
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
