//! A message as octets: its header fields where they stand, and where its body begins (RFC 5322,
//! section 2.1).
//!
//! Signatures are over octets, so nothing is decoded here; the module `mime` reads what a message says.
//! A line ends with CRLF. A file that was saved with bare LF is read as if each were CRLF, which is what
//! every mail server makes of it; a bare CR is an ordinary octet, and both are told ([`Message::line_ends`]).

mod address;
mod fields;
mod text;

use std::ops::Range;

pub use address::{Author, AuthorError, authors, mailboxes};
pub use fields::{Field, FieldIter, unfold};
pub use text::unstructured;

/// Octets of a message at most: more than the large receivers take (Gmail 25 MB, Orange 45 MB in
/// transfer encoding), and little enough to be held twice.
pub const MESSAGE_OCTETS_MAX: usize = 48_000_000;
/// Header fields of a message at most. Honest mail has 20 to 200; receivers refuse long before this.
pub const FIELDS_MAX: usize = 2_000;
/// Octets of a header section at most: ten times what Gmail takes. What is over it is no header.
pub const HEADER_OCTETS_MAX: usize = 2_000_000;

/// Why octets cannot be read as a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// There is nothing.
    #[error("no octets")]
    Empty,
    /// More octets than [`MESSAGE_OCTETS_MAX`].
    #[error("{0} octets, more than {MESSAGE_OCTETS_MAX}")]
    TooLarge(usize),
    /// More header fields than [`FIELDS_MAX`].
    #[error("more than {FIELDS_MAX} header fields")]
    TooManyFields,
    /// The header section is longer than [`HEADER_OCTETS_MAX`].
    #[error("a header section of more than {HEADER_OCTETS_MAX} octets")]
    HeaderTooLarge,
    /// The first line is no header field: not a message, or its beginning is lost.
    #[error("no header field at the beginning")]
    NoHeader,
}

/// How the lines of a message end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineEnds {
    /// Some line ends with CRLF.
    pub crlf: bool,
    /// Some line ends with LF alone.
    pub lf: bool,
    /// A CR stands where no LF follows.
    pub bare_cr: bool,
}

/// A message. Borrows its octets; the index of its fields is all that it holds besides.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    octets: &'a [u8],
    fields: Vec<Extent>,
    body: usize,
    junk: Vec<Range<usize>>,
}

/// Where one field stands: from its first octet to behind its last line end, and its colon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) start: usize,
    pub(crate) colon: usize,
    pub(crate) end: usize,
}

impl<'a> Message<'a> {
    /// Finds the fields and the body. A line `From ` of a mailbox file at the very beginning is left out. A
    /// line in the header section that is neither a field nor the continuation of one is kept in
    /// [`Message::junk`]. The work is linear in the header section.
    ///
    /// # Errors
    /// [`MessageError`].
    pub fn read(octets: &'a [u8]) -> Result<Self, MessageError> {
        if octets.is_empty() {
            return Err(MessageError::Empty);
        }
        if octets.len() > MESSAGE_OCTETS_MAX {
            return Err(MessageError::TooLarge(octets.len()));
        }
        fields::read(octets)
    }

    /// Its header fields, in order from the top. Those that servers added stand above those that its author wrote.
    pub fn fields(&self) -> FieldIter<'_, 'a> {
        FieldIter::new(self)
    }

    /// The fields of one name in any case, in order from the top.
    pub fn named<'m>(&'m self, name: &'m str) -> impl DoubleEndedIterator<Item = Field<'a>> + 'm {
        self.fields().filter(move |field| field.is(name))
    }

    /// What follows the empty line; nothing where there is none.
    pub fn body(&self) -> &'a [u8] {
        &self.octets[self.body..]
    }

    /// The header section with the empty line.
    pub fn header(&self) -> &'a [u8] {
        &self.octets[..self.body]
    }

    /// All of it.
    pub fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// Lines of the header section that are no part of any field.
    pub fn junk(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.junk.iter().map(|range| &self.octets[range.clone()])
    }

    /// How its lines end. Reads the whole message.
    pub fn line_ends(&self) -> LineEnds {
        let octets = self.octets;
        let mut ends = LineEnds::default();
        for at in memchr::memchr2_iter(b'\n', b'\r', octets) {
            match (octets[at], octets.get(at + 1)) {
                (b'\r', Some(b'\n')) => ends.crlf = true,
                (b'\r', _) => ends.bare_cr = true,
                _ if at > 0 && octets[at - 1] == b'\r' => {}
                _ => ends.lf = true,
            }
        }
        ends
    }
}
