//! Bodies in canonical form (RFC 6376, sections 3.4.3 and 3.4.4), and their hashes.
//!
//! A body is a stream of chunks. Blocks of octets in which nothing changes are passed on as they are.

use std::collections::VecDeque;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use super::canonical::{Canonicalization, is_blank};
use crate::crypto::{Digest, Sha256};

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
const BUFFER_OCTETS: usize = 1024;
/// Octets in which nothing changes that are passed on from where they stand: gathering them costs more.
const RUN_OCTETS: usize = 512;

/// A body that is being canonicalized. Holds [`BUFFER_OCTETS`] of it at most; the work is linear.
#[derive(Clone, Debug)]
pub struct Body<S> {
    /// What the processor has.
    level: Level,
    canonicalization: Canonicalization,
    sink: S,
    /// Canonical octets that are not passed on yet.
    buffer: [u8; BUFFER_OCTETS],
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
            level: Level::new(),
            canonicalization,
            sink,
            buffer: [0; BUFFER_OCTETS],
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
            if !self.has_cr && !self.has_space && chunk.len() - at > LOOK_AHEAD {
                at = dispatch!(self.level, simd => blocks(simd, self, chunk, at));
            }
            self.octet(chunk[at]);
            at += 1;
        }
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

    /// Takes the first octets of a block, with what changes in it.
    #[inline(always)]
    fn changed(&mut self, window: &[u8; WINDOW], changes: Changes, count: usize) {
        if self.filled + CHANGED > BUFFER_OCTETS {
            self.flush();
        }
        let room = self.buffer[self.filled..].first_chunk_mut();
        let room = room.expect("what is full was passed on");
        self.filled += changed(window, changes, count, room);
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

/// Octets that are looked at together.
const BLOCK: usize = 64;
/// Octets behind a block that say what becomes of its last.
const LOOK_AHEAD: usize = 2;
/// A block with what is behind it.
const WINDOW: usize = 2 * BLOCK;
/// Octets that become of a block at most, when all of it is LF, and what is copied beyond them.
const CHANGED: usize = 3 * BLOCK;

/// Takes all but the last two octets of a chunk, whole blocks at a time, and says where those stand. A piece of them
/// that nothing changes in is passed on as it is.
#[inline(always)]
fn blocks<S: Simd, K: Sink>(simd: S, body: &mut Body<K>, chunk: &[u8], mut at: usize) -> usize {
    let end = chunk.len() - LOOK_AHEAD;
    // A CR at the end of the chunk before was looked at with the octet behind it.
    let mut before = at.checked_sub(1).map_or(0, |before| chunk[before]);
    let mut clean = at;
    while at < end {
        let mut last;
        let (window, count) = match chunk[at..].first_chunk() {
            Some(window) => (window, BLOCK),
            None => {
                last = [0; WINDOW];
                last[..chunk.len() - at].copy_from_slice(&chunk[at..]);
                (&last, BLOCK.min(end - at))
            }
        };
        let changes = Changes::of(simd, body.canonicalization, window, before).of_first(count);
        if !changes.are_none() {
            if at > clean {
                body.run(&chunk[clean..at]);
            }
            body.changed(window, changes, count);
            clean = at + count;
        }
        at += count;
        before = window[count - 1];
    }
    if at > clean {
        body.run(&chunk[clean..at]);
    }
    body.take_back(chunk, at);
    at
}

/// What becomes of the octets of a block: a bit for each, that of the first the lowest.
#[derive(Clone, Copy)]
struct Changes {
    /// White space that goes: more of it follows, or the end of the line.
    goes: u64,
    /// LFs that a CR comes before.
    bare: u64,
    /// Tabs, which become spaces.
    tabs: u64,
}

impl Changes {
    /// Of a block with the octets behind it and the one before.
    #[inline(always)]
    fn of<S: Simd>(
        simd: S,
        canonicalization: Canonicalization,
        window: &[u8; WINDOW],
        before: u8,
    ) -> Self {
        let octets = u8x64::from_slice(simd, &window[..BLOCK]);
        let are = |octet: u8| octets.simd_eq(u8x64::splat(simd, octet)).to_bitmask();
        let (crs, lfs) = (are(b'\r'), are(b'\n'));
        let bare = lfs & !(crs << 1 | u64::from(before == b'\r'));
        if canonicalization == Canonicalization::Simple {
            return Self {
                goes: 0,
                bare,
                tabs: 0,
            };
        }
        let tabs = are(b'\t');
        let blanks = are(b' ') | tabs;
        let [next, then] = [window[BLOCK], window[BLOCK + 1]];
        // What stands one octet on, and for the last ones behind the block.
        let shifted = |those: u64, is_next: bool| those >> 1 | u64::from(is_next) << (BLOCK - 1);
        let blank_follows = shifted(blanks, is_blank(next));
        let lf_follows = shifted(lfs, next == b'\n');
        let cr_follows = shifted(crs, next == b'\r');
        let lf_follows_that = shifted(lf_follows, then == b'\n');
        Self {
            goes: blanks & (blank_follows | lf_follows | cr_follows & lf_follows_that),
            bare,
            tabs,
        }
    }

    /// Those of the first octets, at least one.
    #[inline(always)]
    fn of_first(self, count: usize) -> Self {
        let those = u64::MAX >> (BLOCK - count);
        Self {
            goes: self.goes & those,
            bare: self.bare & those,
            tabs: self.tabs & those,
        }
    }

    #[inline(always)]
    fn are_none(self) -> bool {
        (self.goes | self.bare | self.tabs) == 0
    }
}

/// Writes what the first octets of a block become, and says how many octets those are.
#[inline(always)]
fn changed(
    window: &[u8; WINDOW],
    changes: Changes,
    count: usize,
    out: &mut [u8; CHANGED],
) -> usize {
    let mut spaced;
    let plain = if changes.tabs == 0 {
        window
    } else {
        spaced = *window;
        let mut tabs = changes.tabs;
        while tabs != 0 {
            spaced[tabs.trailing_zeros() as usize] = b' ';
            tabs &= tabs - 1;
        }
        &spaced
    };
    let mut rest = changes.goes | changes.bare;
    let (mut from, mut length) = (0, 0);
    // In whole blocks, of which what is behind the octets that count is written over.
    let copy = |out: &mut [u8; CHANGED], from: usize, to: usize, length: usize| {
        out[length..length + BLOCK].copy_from_slice(&plain[from..from + BLOCK]);
        length + to - from
    };
    while rest != 0 {
        let at = rest.trailing_zeros() as usize;
        length = copy(out, from, at, length);
        if changes.bare >> at & 1 == 1 {
            // The LF follows with the next octets.
            out[length] = b'\r';
            length += 1;
            from = at;
            rest &= rest - 1;
        } else {
            let gap = (changes.goes >> at).trailing_ones() as usize;
            from = at + gap;
            rest &= u64::MAX.checked_shl(from as u32).unwrap_or(0);
        }
    }
    copy(out, from, count, length)
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

    /// In canonical form, by what this processor has and by what all have.
    fn body(canonicalization: Canonicalization, chunks: &[&[u8]]) -> Vec<u8> {
        let [best, least] = [Level::new(), Level::baseline()].map(|level| {
            let mut body = Body::new(canonicalization, Vec::new());
            body.level = level;
            for chunk in chunks {
                body.update(chunk);
            }
            body.finish()
        });
        assert_eq!(best, least);
        best
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
            chunks in proptest::collection::vec("[ab \\t\\r\\n]{0,40}|[a-z ]{60,140}\\r\\n", 0..8),
            length in 0u64..200,
        ) {
            let whole = chunks.concat();
            for canonicalization in [Simple, Relaxed] {
                let chunks: Vec<&[u8]> = chunks.iter().map(String::as_bytes).collect();
                let canonical = body(canonicalization, &[whole.as_bytes()]);
                proptest::prop_assert_eq!(&body(canonicalization, &chunks), &canonical);
                let octets: Vec<&[u8]> = whole.as_bytes().chunks(1).collect();
                proptest::prop_assert_eq!(&body(canonicalization, &octets), &canonical);
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
