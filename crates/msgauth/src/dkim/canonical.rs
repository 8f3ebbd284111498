//! Canonicalization (RFC 6376, section 3.4): what is left of a header field or a body before it is hashed,
//! so that what servers do to every message does not break its signature.
//!
//! `simple` changes next to nothing; `relaxed` folds white space and, in header fields, the case of the name.
//! Both leave empty lines at the end of the body out. What comes in may end its lines with LF alone: each
//! counts as CRLF. A bare CR is an ordinary octet.
//!
//! A body is a stream of chunks. Blocks of octets in which nothing changes are passed on as they are.

use std::collections::VecDeque;
use std::fmt;

use wide::u8x16;

use crate::crypto::{Digest, Sha256};
use crate::message::Field;

/// How header or body are canonicalized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Canonicalization {
    /// `simple`, the default.
    #[default]
    Simple,
    /// `relaxed`.
    Relaxed,
}

impl Canonicalization {
    /// As `c=` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Relaxed => "relaxed",
        }
    }
}

impl fmt::Display for Canonicalization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Appends a header field in its canonical form, with CRLF at its end (RFC 6376, sections 3.4.1 and 3.4.2).
pub fn field(canonicalization: Canonicalization, field: &Field<'_>, out: &mut Vec<u8>) {
    let (octets, colon) = (field.octets(), field.colon());
    match canonicalization {
        Canonicalization::Simple => {
            with_crlf(octets, out);
            if !out.ends_with(b"\r\n") {
                out.extend_from_slice(b"\r\n");
            }
        }
        Canonicalization::Relaxed => {
            out.extend(field.name().iter().map(u8::to_ascii_lowercase));
            out.push(b':');
            relaxed_value(&octets[colon + 1..], out);
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Appends a signature field as it is hashed with the fields that it signs: the value of its last tag `b`
/// empty, canonical, without a line end (RFC 6376, section 3.7). Fields of ARC are hashed in the same way.
pub fn signature_field(
    canonicalization: Canonicalization,
    signature: &Field<'_>,
    out: &mut Vec<u8>,
) {
    let (octets, colon) = (signature.octets(), signature.colon());
    let bare = match value_of_b(&octets[colon + 1..]) {
        Some((start, end)) => [&octets[..colon + 1 + start], &octets[colon + 1 + end..]].concat(),
        None => octets.to_vec(),
    };
    if let Some(bare) = Field::new(signature.index, &bare) {
        field(canonicalization, &bare, out);
    }
    if out.ends_with(b"\r\n") {
        out.truncate(out.len() - 2);
    }
}

/// Where everything between the equals sign of the last tag `b` and the semicolon behind it stands, white
/// space included.
fn value_of_b(value: &[u8]) -> Option<(usize, usize)> {
    let mut found = None;
    let mut start = 0;
    while start < value.len() {
        let rest = &value[start..];
        let end = start + memchr::memchr(b';', rest).unwrap_or(rest.len());
        let piece = &value[start..end];
        if let Some(equals) = memchr::memchr(b'=', piece)
            && piece[..equals].trim_ascii() == b"b"
        {
            found = Some((start + equals + 1, end));
        }
        start = end + 1;
    }
    found
}

/// Appends octets, each bare LF as CRLF.
fn with_crlf(octets: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    for lf in memchr::memchr_iter(b'\n', octets) {
        if lf == 0 || octets[lf - 1] != b'\r' {
            out.extend_from_slice(&octets[from..lf]);
            out.push(b'\r');
            from = lf;
        }
    }
    out.extend_from_slice(&octets[from..]);
}

/// Appends the value of a field: unfolded, white space as one space, none at its ends.
fn relaxed_value(value: &[u8], out: &mut Vec<u8>) {
    let begin = out.len();
    let mut is_spaced = false;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', value).chain([value.len()]) {
        let line = &value[start..end];
        start = end + 1;
        // Only a CR before LF is of the line end; others are text.
        let line = match line {
            [line @ .., b'\r'] if end < value.len() => line,
            line => line,
        };
        let first = line.iter().position(|octet| !is_blank(*octet));
        let from_start = &line[first.unwrap_or(line.len())..];
        let last = from_start.iter().rposition(|octet| !is_blank(*octet));
        let text = &from_start[..last.map_or(0, |last| last + 1)];
        is_spaced |= from_start.len() < line.len();
        if !text.is_empty() {
            if is_spaced && out.len() > begin {
                out.push(b' ');
            }
            words(text, out);
            is_spaced = false;
        }
        is_spaced |= text.len() < from_start.len();
    }
}

/// Appends a text that neither begins nor ends with white space, one space for each gap.
fn words(text: &[u8], out: &mut Vec<u8>) {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    // In one pass, which the compiler makes vectors of: nearly always there is nothing to change.
    let has_odd_gap = pairs.fold(false, |odd, (octet, next)| {
        odd | (*octet == b'\t') | ((*octet == b' ') & (*next == b' '))
    });
    if !has_odd_gap {
        return out.extend_from_slice(text);
    }
    let words = text.split(|octet| is_blank(*octet));
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// Where canonical octets of a body go.
pub trait Sink {
    /// Takes the next octets.
    fn push(&mut self, octets: &[u8]);
}

impl Sink for Vec<u8> {
    fn push(&mut self, octets: &[u8]) {
        self.extend_from_slice(octets);
    }
}

/// Octets that are gathered before they are passed on: each call of a hash costs as much as a line.
const BUFFER_OCTETS: usize = 4096;
/// Octets in which nothing changes that are passed on from where they stand: gathering them costs more.
const RUN_OCTETS: usize = 1024;
/// Octets that are looked at together; the compiler makes a few vector instructions of it.
const BLOCK: usize = 16;
/// A block with the two octets behind it, which say what becomes of its last.
const WINDOW: usize = BLOCK + 2;
/// Blocks of which most have nothing that changes: they are asked once for all of them.
const STRIDE: usize = 4 * BLOCK;
/// Octets that become of a block at most, and what is copied beyond them.
const CHANGED: usize = 3 * BLOCK;

/// A body that is being canonicalized. Holds [`BUFFER_OCTETS`] of it at most; the work is linear.
#[derive(Clone, Debug)]
pub struct Body<S> {
    canonicalization: Canonicalization,
    sink: S,
    /// Canonical octets that are not passed on yet.
    buffer: Box<[u8; BUFFER_OCTETS]>,
    /// How many.
    filled: usize,
    /// Whether anything was passed on yet.
    is_begun: bool,
    /// Line ends that are passed on as soon as something other follows them.
    line_ends: u64,
    /// White space that is passed on, as one space, when it is followed by text in its line.
    has_space: bool,
    /// The last chunk ended with a CR, of which nobody knows yet what it is.
    has_cr: bool,
}

impl<S: Sink> Body<S> {
    /// Nothing of it has come yet.
    pub fn new(canonicalization: Canonicalization, sink: S) -> Self {
        Self {
            canonicalization,
            sink,
            buffer: Box::new([0; BUFFER_OCTETS]),
            filled: 0,
            is_begun: false,
            line_ends: 0,
            has_space: false,
            has_cr: false,
        }
    }

    /// Takes the next chunk; it may end anywhere.
    pub fn update(&mut self, chunk: &[u8]) {
        let mut at = 0;
        while at < chunk.len() {
            // What is left open by the octets before, and the end of the chunk, go one by one.
            if !self.has_cr && !self.has_space && chunk.len() - at >= WINDOW {
                at = match self.canonicalization {
                    Canonicalization::Simple => self.lines(chunk, at),
                    Canonicalization::Relaxed => self.blocks(chunk, at),
                };
            }
            self.octet(chunk[at]);
            at += 1;
        }
    }

    /// Takes all but the last octet as `simple` does, and says where that one stands.
    fn lines(&mut self, chunk: &[u8], at: usize) -> usize {
        let last = chunk.len() - 1;
        let mut from = at;
        for lf in memchr::memchr_iter(b'\n', &chunk[at..last]) {
            let lf = at + lf;
            if lf == 0 || chunk[lf - 1] != b'\r' {
                self.put(&chunk[from..lf]);
                self.put(b"\r");
                from = lf;
            }
        }
        self.put(&chunk[from..last]);
        self.take_back(chunk, last);
        last
    }

    /// Takes blocks as `relaxed` does, as long as two octets stand behind each, and says where the rest begins.
    fn blocks(&mut self, chunk: &[u8], mut at: usize) -> usize {
        // A CR at the end of the chunk before was looked at with the octet behind it.
        let mut before = at.checked_sub(1).map_or(0, |before| chunk[before]);
        // Where the next stride that may be clean begins: of one that is not, each block is asked.
        let mut stride = at;
        loop {
            let start = at;
            let mut changes = Changes::NONE;
            loop {
                if at >= stride {
                    while let Some(window) = chunk[at..].first_chunk::<{ STRIDE + 1 }>()
                        && !stride_changes(window, before)
                    {
                        at += STRIDE;
                        before = window[STRIDE - 1];
                    }
                    stride = at + STRIDE;
                }
                let Some(block) = chunk[at..].first_chunk() else {
                    break;
                };
                changes = Changes::of(block, before);
                if !changes.are_none() {
                    break;
                }
                at += BLOCK;
                before = block[BLOCK - 1];
            }
            if at > start {
                self.run(&chunk[start..at]);
            }
            let Some(block) = chunk[at..].first_chunk() else {
                break;
            };
            if self.filled + CHANGED > BUFFER_OCTETS {
                self.flush();
            }
            let room = self.buffer[self.filled..].first_chunk_mut();
            let room = room.expect("what is full was passed on");
            self.filled += changed(block, changes, room);
            at += BLOCK;
            before = block[BLOCK - 1];
        }
        self.take_back(chunk, at);
        at
    }

    /// Takes octets in which nothing changes.
    fn run(&mut self, octets: &[u8]) {
        if octets.len() < RUN_OCTETS {
            return self.put(octets);
        }
        self.flush();
        if self.filled > 0 {
            // A CR, of which the first octet here says what it is.
            return self.put(octets);
        }
        let (text, line_ends, has_cr) = without_line_ends(octets);
        if !text.is_empty() {
            self.pass_line_ends();
            self.sink.push(text);
            self.is_begun = true;
        }
        self.line_ends += line_ends;
        if has_cr {
            self.put(b"\r");
        }
    }

    /// Where half a line end was taken, its CR comes again with the LF.
    fn take_back(&mut self, chunk: &[u8], at: usize) {
        if at > 0 && chunk[at - 1] == b'\r' && chunk[at] == b'\n' {
            if self.filled > 0 {
                self.filled -= 1;
            }
            self.has_cr = true;
        }
    }

    /// Takes one octet.
    fn octet(&mut self, octet: u8) {
        if self.has_cr {
            self.has_cr = false;
            if octet != b'\n' {
                self.text(b'\r');
            }
        }
        match octet {
            b'\n' => {
                self.has_space = false;
                self.put(b"\r\n");
            }
            b'\r' => self.has_cr = true,
            b' ' | b'\t' if self.canonicalization == Canonicalization::Relaxed => {
                self.has_space = true;
            }
            octet => self.text(octet),
        }
    }

    /// Takes an octet of text, and the white space before it.
    fn text(&mut self, octet: u8) {
        if self.has_space {
            self.has_space = false;
            self.put(b" ");
        }
        self.put(&[octet]);
    }

    fn put(&mut self, mut octets: &[u8]) {
        // What is full is passed on before more comes, so that the last octet taken is always at hand.
        while self.filled + octets.len() > BUFFER_OCTETS {
            let (head, tail) = octets.split_at(BUFFER_OCTETS - self.filled);
            self.gather(head);
            octets = tail;
            self.flush();
        }
        self.gather(octets);
    }

    fn gather(&mut self, octets: &[u8]) {
        let end = self.filled + octets.len();
        self.buffer[self.filled..end].copy_from_slice(octets);
        self.filled = end;
    }

    /// Passes on what was gathered, but for line ends at its end, which may be the last of the body, and a CR,
    /// which may be half of one.
    fn flush(&mut self) {
        let (text, line_ends, has_cr) = without_line_ends(&self.buffer[..self.filled]);
        let end = text.len();
        if end > 0 {
            self.pass_line_ends();
            self.sink.push(&self.buffer[..end]);
            self.is_begun = true;
        }
        self.line_ends += line_ends;
        self.filled = 0;
        if has_cr {
            self.gather(b"\r");
        }
    }

    fn pass_line_ends(&mut self) {
        const LINE_ENDS: [u8; 128] = {
            let mut octets = [b'\r'; 128];
            let mut at = 1;
            while at < octets.len() {
                octets[at] = b'\n';
                at += 2;
            }
            octets
        };
        while self.line_ends > 0 {
            let count = self.line_ends.min(LINE_ENDS.len() as u64 / 2);
            let octets = usize::try_from(count * 2).expect("at most the length of an array");
            self.sink.push(&LINE_ENDS[..octets]);
            self.line_ends -= count;
        }
    }

    /// Nothing more comes. Gives back where the octets went.
    pub fn finish(mut self) -> S {
        if self.has_cr {
            self.has_cr = false;
            self.text(b'\r');
        }
        self.flush();
        if self.filled > 0 {
            // A CR at the very end is text.
            self.pass_line_ends();
            self.sink.push(b"\r");
            self.is_begun = true;
        }
        // RFC 6376, section 3.4.3: a `simple` body without anything is a line end; section 3.4.4: a
        // `relaxed` one is nothing.
        if self.is_begun || self.canonicalization == Canonicalization::Simple {
            self.sink.push(b"\r\n");
        }
        self.sink
    }
}

/// Octets without the line ends at their end and a CR behind those; how many line ends, and whether there is the CR.
fn without_line_ends(octets: &[u8]) -> (&[u8], u64, bool) {
    let has_cr = octets.ends_with(b"\r");
    let mut text = &octets[..octets.len() - usize::from(has_cr)];
    let mut line_ends = 0;
    while let Some(rest) = text.strip_suffix(b"\r\n") {
        text = rest;
        line_ends += 1;
    }
    (text, line_ends, has_cr)
}

/// Sixteen octets, from a position on.
fn lanes(octets: &[u8], at: usize) -> u8x16 {
    let lanes = octets[at..].first_chunk().expect("the window has these");
    u8x16::new(*lanes)
}

/// Whether something may change in the blocks of a stride, before which one octet stands and one behind: never no where
/// something does.
fn stride_changes(window: &[u8; STRIDE + 1], before: u8) -> bool {
    let (space, tab) = (u8x16::splat(b' '), u8x16::splat(b'\t'));
    let (cr, lf) = (u8x16::splat(b'\r'), u8x16::splat(b'\n'));
    let mut changes = u8x16::splat(0);
    for block in 0..STRIDE / BLOCK {
        let here = lanes(window, block * BLOCK);
        let next = lanes(window, block * BLOCK + 1);
        // White space, line ends, and a few controls that no text has.
        let ends = next.min(space).simd_eq(next);
        let bare = next.simd_eq(lf) & !here.simd_eq(cr);
        changes |= here.simd_eq(tab) | (here.simd_eq(space) & ends) | bare;
    }
    changes.any() || ((window[0] == b'\n') & (before != b'\r'))
}

/// What becomes of the octets of a block.
#[derive(Clone, Copy)]
struct Changes {
    /// White space that goes: more of it follows, or the end of the line.
    goes: u32,
    /// LFs that a CR comes before.
    bare: u32,
    /// Tabs, which become spaces.
    tabs: u32,
}

impl Changes {
    const NONE: Self = Self {
        goes: 0,
        bare: 0,
        tabs: 0,
    };

    /// Of a block, behind which two more octets stand.
    fn of(block: &[u8; WINDOW], before: u8) -> Self {
        let (space, tab) = (u8x16::splat(b' '), u8x16::splat(b'\t'));
        let (cr, lf) = (u8x16::splat(b'\r'), u8x16::splat(b'\n'));
        let (here, next, then) = (lanes(block, 0), lanes(block, 1), lanes(block, 2));
        let tabs = here.simd_eq(tab);
        let is_space = here.simd_eq(space) | tabs;
        let more = next.simd_eq(space) | next.simd_eq(tab);
        let ends = next.simd_eq(lf) | (next.simd_eq(cr) & then.simd_eq(lf));
        let crs = here.simd_eq(cr).to_bitmask();
        let lfs = here.simd_eq(lf).to_bitmask();
        Self {
            goes: (is_space & (more | ends)).to_bitmask(),
            bare: lfs & !(crs << 1 | u32::from(before == b'\r')),
            tabs: tabs.to_bitmask(),
        }
    }

    fn are_none(self) -> bool {
        (self.goes | self.bare | self.tabs) == 0
    }
}

/// Writes what a block becomes, and says how many octets those are.
fn changed(block: &[u8; WINDOW], changes: Changes, out: &mut [u8; CHANGED]) -> usize {
    // What is copied is copied in whole blocks; what is behind the octets that count is written over.
    let mut plain = [b'\r'; 2 * BLOCK];
    let here = lanes(block, 0);
    let tabs = here.simd_eq(u8x16::splat(b'\t'));
    let spaced = tabs.bitselect(u8x16::splat(b' '), here);
    plain[..BLOCK].copy_from_slice(&spaced.to_array());
    let mut rest = changes.goes | changes.bare;
    let (mut from, mut length) = (0, 0);
    let mut copy = |from: usize, to: usize, length: usize| {
        out[length..length + BLOCK].copy_from_slice(&plain[from..from + BLOCK]);
        length + to - from
    };
    while rest != 0 {
        let at = rest.trailing_zeros();
        length = copy(from, at as usize, length);
        let mut count = 1;
        if changes.bare >> at & 1 == 1 {
            // The LF follows with the next octets.
            length = copy(BLOCK, BLOCK + 1, length);
            from = at as usize;
        } else {
            count = (changes.goes >> at).trailing_ones();
            from = (at + count) as usize;
        }
        rest &= u32::MAX << (at + count);
    }
    copy(from, BLOCK, length)
}

/// Signed lengths (`l=`) of one body that are hashed at most: one for each message signature of the longest chain of
/// ARC sets, which has more than the signatures of a message that are looked at.
pub const LENGTHS_MAX: usize = 50;
const _: () = assert!(LENGTHS_MAX >= super::SIGNATURES_MAX);

/// What a body hashes to in one canonicalization, whole and cut to some lengths, all in one pass.
#[derive(Clone, Debug)]
pub struct BodyHasher(Body<Hashing>);

impl BodyHasher {
    /// Only the whole body is hashed.
    pub fn new(canonicalization: Canonicalization) -> Self {
        Self::with_lengths(canonicalization, &[])
    }

    /// Hashes the whole body, and its first octets to each of these lengths (`l=`), counted in the canonical
    /// body. Of the lengths, the [`LENGTHS_MAX`] shortest different ones are hashed.
    pub fn with_lengths(canonicalization: Canonicalization, lengths: &[u64]) -> Self {
        let mut lengths = lengths.to_vec();
        lengths.sort_unstable();
        lengths.dedup();
        lengths.truncate(LENGTHS_MAX);
        let mut hashing = Hashing {
            hash: Sha256::new(),
            octets: 0,
            lengths: lengths.into(),
            cut: Vec::new(),
        };
        hashing.cut();
        Self(Body::new(canonicalization, hashing))
    }

    /// Takes the next chunk of the body; it may end anywhere.
    pub fn update(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    /// Nothing more comes.
    pub fn finish(self) -> BodyDigests {
        let hashing = self.0.finish();
        BodyDigests {
            octets: hashing.octets,
            whole: hashing.hash.finish(),
            cut: hashing.cut,
        }
    }
}

/// The hashes of one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyDigests {
    /// Octets of the canonical body.
    pub octets: u64,
    /// The hash of all of them.
    pub whole: Digest,
    cut: Vec<(u64, Digest)>,
}

impl BodyDigests {
    /// The hash of the first octets, or of all where no length is given; nothing when the body is shorter
    /// or that length was not asked for.
    pub fn of(&self, length: Option<u64>) -> Option<Digest> {
        let Some(length) = length else {
            return Some(self.whole);
        };
        self.cut
            .iter()
            .find_map(|(octets, digest)| (*octets == length).then_some(*digest))
    }
}

/// Hashes what comes.
#[derive(Clone, Debug)]
struct Hashing {
    hash: Sha256,
    /// Octets that came.
    octets: u64,
    /// Lengths that are still ahead, in ascending order.
    lengths: VecDeque<u64>,
    cut: Vec<(u64, Digest)>,
}

impl Hashing {
    fn take(&mut self, octets: &[u8]) {
        self.octets += octets.len() as u64;
        self.hash.update(octets);
    }

    /// Keeps the hash of what has come where a length ends here.
    fn cut(&mut self) {
        if self.lengths.front() == Some(&self.octets) {
            self.lengths.pop_front();
            self.cut.push((self.octets, self.hash.clone().finish()));
        }
    }
}

impl Sink for Hashing {
    fn push(&mut self, mut octets: &[u8]) {
        while let Some(next) = self.lengths.front() {
            let ahead = next - self.octets;
            let Some((head, tail)) = usize::try_from(ahead)
                .ok()
                .and_then(|ahead| octets.split_at_checked(ahead))
            else {
                break;
            };
            self.take(head);
            self.cut();
            octets = tail;
        }
        self.take(octets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Canonicalization::{Relaxed, Simple};

    fn body(canonicalization: Canonicalization, chunks: &[&[u8]]) -> Vec<u8> {
        let mut body = Body::new(canonicalization, Vec::new());
        for chunk in chunks {
            body.update(chunk);
        }
        body.finish()
    }

    #[track_caller]
    fn check(input: &str, simple: &str, relaxed: &str) {
        for (canonicalization, expect) in [(Simple, simple), (Relaxed, relaxed)] {
            let whole = body(canonicalization, &[input.as_bytes()]);
            assert_eq!(
                String::from_utf8_lossy(&whole),
                expect,
                "{canonicalization}"
            );
            for at in 0..=input.len() {
                let (head, tail) = input.as_bytes().split_at(at);
                assert_eq!(
                    body(canonicalization, &[head, tail]),
                    whole,
                    "split at {at}"
                );
            }
        }
    }

    #[test]
    fn bodies_that_end_in_white_space_lines() {
        check("hello\r\n \t \r\n", "hello\r\n \t \r\n", "hello\r\n");
        check("hello\n\n\n", "hello\r\n", "hello\r\n");
        check("", "\r\n", "");
        check(" \r\n\t\r\n\r\n", " \r\n\t\r\n", "");
        check(
            "a \t b\r\n\r\n  c  \r\nd",
            "a \t b\r\n\r\n  c  \r\nd\r\n",
            "a b\r\n\r\n c\r\nd\r\n",
        );
        check("a\r \r\n\r", "a\r \r\n\r\r\n", "a\r\r\n\r\r\n");
    }

    proptest::proptest! {
        #[test]
        fn chunks_give_what_the_whole_gives_and_lengths_what_cuts_give(
            chunks in proptest::collection::vec("[ab \\t\\r\\n]{0,40}", 0..8),
            length in 0u64..200,
        ) {
            let whole = chunks.concat();
            for canonicalization in [Simple, Relaxed] {
                let chunks: Vec<&[u8]> = chunks.iter().map(String::as_bytes).collect();
                let canonical = body(canonicalization, &[whole.as_bytes()]);
                proptest::prop_assert_eq!(&body(canonicalization, &chunks), &canonical);
                let mut hasher = BodyHasher::with_lengths(canonicalization, &[length, 0, length, 7]);
                for chunk in &chunks {
                    hasher.update(chunk);
                }
                let digests = hasher.finish();
                proptest::prop_assert_eq!(digests.octets, canonical.len() as u64);
                proptest::prop_assert_eq!(digests.whole, Sha256::of(&canonical));
                for length in [length, 0, 7] {
                    let cut = canonical.get(..length as usize).map(Sha256::of);
                    proptest::prop_assert_eq!(digests.of(Some(length)), cut);
                }
                // What is canonical stays as it is.
                if !canonical.is_empty() {
                    proptest::prop_assert_eq!(body(canonicalization, &[&canonical]), canonical);
                }
            }
        }
    }
}
