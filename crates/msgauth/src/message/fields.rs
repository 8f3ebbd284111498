//! Header fields (RFC 5322, section 2.2).

use std::borrow::Cow;

use super::{Extent, FIELDS_MAX, HEADER_OCTETS_MAX, Message, MessageError};

/// One header field with all its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its position from the top, from 0.
    pub index: usize,
    octets: &'a [u8],
    colon: usize,
}

impl<'a> Field<'a> {
    /// A field made of its octets, from its name to its last line end, which may be absent.
    pub fn new(index: usize, octets: &'a [u8]) -> Option<Self> {
        let colon = memchr::memchr(b':', octets)?;
        Some(Self {
            index,
            octets,
            colon,
        })
    }

    /// Its name as written, without white space before the colon.
    pub fn name(&self) -> &'a [u8] {
        self.octets[..self.colon].trim_ascii_end()
    }

    /// Whether it has this name, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name.as_bytes())
    }

    /// What follows the colon, as it stands, with folds and the last line end.
    pub fn raw_value(&self) -> &'a [u8] {
        &self.octets[self.colon + 1..]
    }

    /// What it says: unfolded (RFC 5322, section 2.2.3), without white space around it. Octets that are no
    /// UTF-8 are replaced; encoded words are left as they are.
    pub fn value(&self) -> Cow<'a, str> {
        unfold(self.raw_value())
    }

    /// All its octets.
    pub fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// Where the colon stands in its octets.
    pub fn colon(&self) -> usize {
        self.colon
    }
}

/// Removes the line ends of a folded value and the white space around it.
pub fn unfold(raw: &[u8]) -> Cow<'_, str> {
    let raw = raw.trim_ascii();
    if memchr::memchr(b'\n', raw).is_none() {
        return String::from_utf8_lossy(raw);
    }
    let mut value = Vec::with_capacity(raw.len());
    for line in raw.split(|octet| *octet == b'\n') {
        value.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
    }
    Cow::Owned(String::from_utf8_lossy(&value).into_owned())
}

/// The fields of a message.
#[derive(Clone, Debug)]
pub struct FieldIter<'m, 'a> {
    message: &'m Message<'a>,
    next: usize,
    end: usize,
}

impl<'m, 'a> FieldIter<'m, 'a> {
    pub(super) fn new(message: &'m Message<'a>) -> Self {
        Self {
            message,
            next: 0,
            end: message.fields.len(),
        }
    }

    fn at(&self, index: usize) -> Field<'a> {
        let extent = self.message.fields[index];
        Field {
            index,
            octets: &self.message.octets[extent.start..extent.end],
            colon: extent.colon - extent.start,
        }
    }
}

impl<'a> Iterator for FieldIter<'_, 'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        (self.next < self.end).then(|| {
            self.next += 1;
            self.at(self.next - 1)
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end - self.next;
        (left, Some(left))
    }
}

impl DoubleEndedIterator for FieldIter<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        (self.next < self.end).then(|| {
            self.end -= 1;
            self.at(self.end)
        })
    }
}

impl ExactSizeIterator for FieldIter<'_, '_> {}

/// Reads the header section.
pub(super) fn read(octets: &[u8]) -> Result<Message<'_>, MessageError> {
    let mut fields: Vec<Extent> = Vec::with_capacity(32);
    let mut junk = Vec::new();
    let mut at = 0;
    let mut body = octets.len();
    // Continuation lines of a line that is no field belong to nothing either.
    let mut in_field = false;
    while at < octets.len() {
        let end = memchr::memchr(b'\n', &octets[at..]).map_or(octets.len(), |lf| at + lf + 1);
        let line = &octets[at..end];
        if matches!(line, b"\n" | b"\r\n") {
            body = end;
            break;
        }
        if end > HEADER_OCTETS_MAX {
            return Err(MessageError::HeaderTooLarge);
        }
        if matches!(line[0], b' ' | b'\t') {
            match fields.last_mut().filter(|_| in_field) {
                Some(field) => field.end = end,
                None => junk.push(at..end),
            }
        } else if let Some(colon) = colon_of(line) {
            if fields.len() == FIELDS_MAX {
                return Err(MessageError::TooManyFields);
            }
            in_field = true;
            fields.push(Extent {
                start: at,
                colon: at + colon,
                end,
            });
        } else if !(at == 0 && line.starts_with(b"From ")) {
            in_field = false;
            junk.push(at..end);
            if fields.is_empty() || junk.len() > FIELDS_MAX {
                return Err(MessageError::NoHeader);
            }
        }
        at = end;
    }
    if fields.is_empty() {
        return Err(MessageError::NoHeader);
    }
    Ok(Message {
        octets,
        fields,
        body,
        junk,
    })
}

/// Where the colon of a field stands: behind a name of printable ASCII (RFC 5322, section 2.2), after
/// which white space may follow (section 4.5).
fn colon_of(line: &[u8]) -> Option<usize> {
    let colon = memchr::memchr(b':', line)?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|octet| (33..=126).contains(octet));
    is_name.then_some(colon)
}
