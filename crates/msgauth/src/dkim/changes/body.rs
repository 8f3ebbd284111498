//! Undoing changes of a body on trial.

use super::Change;
use crate::dkim::body::BodyHasher;
use crate::dkim::canonical::Canonicalization;
use crate::dkim::signature::Signature;
use crate::message::Message;
use crate::mime::{Mime, Part, TransferEncoding};

/// Octets that trials on one body hash at most. Mail with a text and two pictures stays far below; of the
/// largest messages, a few trials are made.
pub const BODY_OCTETS_MAX: u64 = 100_000_000;
/// Octets at either end of a text in which footers and banners are looked for. Legal notices have 4,000.
const EDGE_OCTETS: usize = 16_384;
/// Places at one end of a text at which it is cut on trial.
const CUTS_MAX: usize = 16;
/// Texts of one message that are looked at: plain and HTML, and those of one message within it.
const TEXTS_MAX: usize = 4;

/// The change that, undone, makes the body what was signed.
pub(super) fn undo(message: &Message<'_>, signature: &Signature) -> Option<Change> {
    let mut trial = Trial {
        signature,
        octets: 0,
    };
    let body = message.body();
    if let Some(octets) = trial.cut_below(body) {
        return Some(Change::Footer { octets });
    }
    let mime = Mime::read(message);
    trial
        .cut_above(body, &[])
        .map(|octets| Change::Banner { octets })
        .or_else(|| trial.white_space(body))
        .or_else(|| trial.lines(body))
        .or_else(|| trial.parts(body, &mime))
        .or_else(|| trial.texts(body, &mime))
        .or_else(|| trial.encoding(&mime))
}

struct Trial<'a> {
    signature: &'a Signature,
    /// Octets hashed so far.
    octets: u64,
}

impl Trial<'_> {
    fn hasher(&self, canonicalization: Canonicalization) -> BodyHasher {
        let lengths: Vec<u64> = self.signature.body_length.into_iter().collect();
        BodyHasher::with_lengths(canonicalization, &lengths)
    }

    fn is_signed(&self, hasher: BodyHasher) -> bool {
        hasher
            .finish()
            .of(self.signature.body_length)
            .is_some_and(|digest| digest.as_slice() == self.signature.body_hash)
    }

    /// Whether these chunks, one after another, are the body that was signed.
    fn fits(&mut self, chunks: &[&[u8]]) -> bool {
        self.fits_as(self.signature.body, chunks.iter().copied())
    }

    /// The same for pieces, so that a large body is not held twice.
    fn fits_as<'b>(
        &mut self,
        canonicalization: Canonicalization,
        chunks: impl IntoIterator<Item = &'b [u8]>,
    ) -> bool {
        if self.octets > BODY_OCTETS_MAX {
            return false;
        }
        let mut hasher = self.hasher(canonicalization);
        for chunk in chunks {
            self.octets += chunk.len() as u64;
            hasher.update(chunk);
        }
        self.is_signed(hasher)
    }

    /// Octets at the end of the body without which it fits. One pass, whatever the number of places.
    fn cut_below(&mut self, body: &[u8]) -> Option<usize> {
        let mut hasher = self.hasher(self.signature.body);
        let mut from = 0;
        for place in places_below(body) {
            self.octets += (place - from) as u64;
            hasher.update(&body[from..place]);
            from = place;
            if self.is_signed(hasher.clone()) {
                return Some(body.len() - place);
            }
        }
        None
    }

    /// Octets at the beginning of a text, behind the chunks before it, without which it fits.
    fn cut_above(&mut self, text: &[u8], before: &[&[u8]]) -> Option<usize> {
        places_above(text).into_iter().find(|place| {
            let mut chunks = before.to_vec();
            chunks.push(&text[*place..]);
            self.fits(&chunks)
        })
    }

    fn white_space(&mut self, body: &[u8]) -> Option<Change> {
        if self.signature.body != Canonicalization::Simple {
            return None;
        }
        // A text without odd white space is its own relaxed form.
        let fits = self.fits_as(Canonicalization::Relaxed, [body])
            || self.fits_as(self.signature.body, without_trailing_space(body));
        fits.then_some(Change::WhiteSpace)
    }

    fn lines(&mut self, body: &[u8]) -> Option<Change> {
        let mut undo = |change, from: &'static [u8], to: &'static [u8]| {
            let undone = replaced(body, from, to)?;
            self.fits_as(self.signature.body, undone).then_some(change)
        };
        undo(Change::FromEscaped, b"\n>From ", b"\nFrom ")
            .or_else(|| undo(Change::DotsDoubled, b"\n..", b"\n."))
            .or_else(|| undo(Change::LineEnds, b"\r\r\n", b"\r\n"))
            .or_else(|| undo(Change::LineEnds, b"\r\n\r\n", b"\r\n"))
            .or_else(|| undo(Change::LineEnds, b"\n\n", b"\n"))
    }

    /// A last part too many, or a body that has become the first part of another.
    fn parts(&mut self, body: &[u8], mime: &Mime<'_>) -> Option<Change> {
        let root = mime.parts.first()?;
        if !root.media_type.starts_with("multipart/") {
            return None;
        }
        let children: Vec<&Part<'_>> = mime
            .parts
            .iter()
            .filter(|part| part.parent == Some(0))
            .collect();
        let first = children.first()?;
        if self.fits(&[first.octets]) {
            return Some(Change::Wrapped);
        }
        let last = children.last().filter(|_| children.len() > 1)?;
        let previous = children[children.len() - 2];
        // From the end of the part before it to its own end: its boundary line and itself.
        let start = place_of(body, previous.octets)?.end;
        let end = place_of(body, last.octets)?.end;
        self.fits(&[&body[..start], &body[end..]])
            .then_some(Change::PartAdded)
    }

    /// Footers and banners within the texts of the message.
    fn texts(&mut self, body: &[u8], mime: &Mime<'_>) -> Option<Change> {
        let inner = mime.parts.iter().skip(1).filter(|part| part.is_text());
        for part in inner.take(TEXTS_MAX) {
            let text = part.octets;
            let Some(place) = place_of(body, text) else {
                continue;
            };
            let (before, after) = (&body[..place.start], &body[place.end..]);
            for cut in places_below(text) {
                // The empty lines before a footer may be its own, or the last line end of the text.
                let bare = trimmed(&text[..cut]);
                let kept = [text[..cut].len(), bare.len(), line_behind(text, bare.len())];
                for kept in kept {
                    if self.fits(&[before, &text[..kept], after]) {
                        let octets = text.len() - kept;
                        return Some(Change::Footer { octets });
                    }
                }
            }
            for cut in places_above(text) {
                if self.fits(&[before, &text[cut..], after]) {
                    return Some(Change::Banner { octets: cut });
                }
            }
        }
        None
    }

    fn encoding(&mut self, mime: &Mime<'_>) -> Option<Change> {
        let root = mime.parts.first()?;
        if root.encoding == TransferEncoding::Identity {
            return None;
        }
        let decoded = root.decoded();
        self.fits(&[&decoded]).then_some(Change::ReEncoded)
    }
}

/// Where the octets of a part stand in the body that it was found in.
fn place_of(body: &[u8], part: &[u8]) -> Option<std::ops::Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(body.as_ptr().addr())?;
    let end = start + part.len();
    (end <= body.len()).then_some(start..end)
}

/// Where lines begin, from the beginning of a text on.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        at += memchr::memchr(b'\n', rest).map_or(rest.len(), |lf| lf + 1);
        Some((start, &text[start..at]))
    })
}

/// Where a footer may begin, ascending: at lines that divide, and at paragraphs.
fn places_below(text: &[u8]) -> Vec<usize> {
    let edge = text.len().saturating_sub(EDGE_OCTETS);
    let mut places = Vec::new();
    let mut follows_empty = false;
    for (start, line) in lines(&text[edge..]) {
        let is_empty = line.trim_ascii().is_empty();
        if !is_empty && (follows_empty || is_divider(line)) {
            places.push(edge + start);
        }
        follows_empty = is_empty;
    }
    let surplus = places.len().saturating_sub(CUTS_MAX);
    places.drain(..surplus);
    places
}

/// Where a text may go on behind a banner, ascending: behind lines that divide, and at paragraphs.
fn places_above(text: &[u8]) -> Vec<usize> {
    let edge = &text[..text.len().min(EDGE_OCTETS)];
    let mut places = Vec::new();
    let mut divides = false;
    for (start, line) in lines(edge) {
        if divides && start > 0 {
            places.push(start);
        }
        divides = line.trim_ascii().is_empty() || is_divider(line);
        if places.len() == CUTS_MAX {
            break;
        }
    }
    places
}

/// A line that sets something apart: `-- `, or one character again and again.
fn is_divider(line: &[u8]) -> bool {
    let bare = line.trim_ascii();
    matches!(bare, b"--")
        || bare.len() >= 3
            && matches!(bare[0], b'_' | b'-' | b'=' | b'*' | b'~' | b'#' | b'+')
            && bare.iter().all(|octet| *octet == bare[0])
}

/// Without the line ends at its end.
fn trimmed(text: &[u8]) -> &[u8] {
    let is_line_end = |octet: &u8| matches!(octet, b'\r' | b'\n');
    let kept = text.iter().rposition(|octet| !is_line_end(octet));
    &text[..kept.map_or(0, |last| last + 1)]
}

/// Where the line end behind a place ends.
fn line_behind(text: &[u8], place: usize) -> usize {
    let rest = &text[place..];
    let line_end = [&b"\r\n"[..], b"\n"]
        .into_iter()
        .find(|end| rest.starts_with(end));
    place + line_end.map_or(0, <[u8]>::len)
}

/// With one text in place of each other; nothing where it does not occur.
/// The pieces of a body in which something is replaced wherever it stands; nothing where it does not.
fn replaced<'b>(
    body: &'b [u8],
    from: &'b [u8],
    to: &'b [u8],
) -> Option<impl Iterator<Item = &'b [u8]>> {
    let finder = memchr::memmem::Finder::new(from);
    finder.find(body)?;
    let (mut rest, mut is_next) = (Some(body), false);
    Some(std::iter::from_fn(move || {
        if std::mem::take(&mut is_next) {
            return Some(to);
        }
        let text = rest.take()?;
        let Some(found) = finder.find(text) else {
            return Some(text);
        };
        rest = Some(&text[found + from.len()..]);
        is_next = true;
        Some(&text[..found])
    }))
}

/// The pieces of a body without white space at the ends of its lines.
fn without_trailing_space(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    lines(body).flat_map(|(_, line)| {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let last = text
            .iter()
            .rposition(|octet| !matches!(octet, b' ' | b'\t'));
        [
            &text[..last.map_or(0, |last| last + 1)],
            &line[text.len()..],
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Field;

    #[test]
    fn trials_on_one_body_have_a_limit() {
        let field = "DKIM-Signature: v=1; c=simple/simple; bh=AAAA";
        let field = Field::new(0, field.as_bytes()).expect("a field");
        let signature = Signature::read(&field);
        let body = vec![b'x'; 1_000_000];
        let mut trial = Trial {
            signature: &signature,
            octets: BODY_OCTETS_MAX - 1_500_000,
        };
        for _ in 0..5 {
            assert!(!trial.fits(&[&body]));
        }
        assert_eq!(trial.octets, BODY_OCTETS_MAX + 500_000);
    }

    #[test]
    fn places_of_cuts_have_a_limit() {
        let text = "x\n\n".repeat(100_000);
        assert_eq!(places_below(text.as_bytes()).len(), CUTS_MAX);
        assert_eq!(places_above(text.as_bytes()).len(), CUTS_MAX);
        assert!(places_below(b"").is_empty());
        assert!(places_above(b"\n").is_empty());
    }
}
