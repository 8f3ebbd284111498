//! What reading costs, counted, so that tests can hold it to bounds.

use std::cell::Cell;

/// What was done to read one message. Texts of refusals are short; what a stranger sends may not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Octets that were folded: small letters, one space between words.
    pub octets_folded: usize,
    /// Octets in which phrases were looked for.
    pub octets_searched: usize,
    /// Phrases that were compared at the places where a piece of one stands.
    pub phrases_compared: usize,
    /// Octets of lines that were read for recipients and what is said of them.
    pub octets_of_lines: usize,
}

/// Counts while reading.
#[derive(Debug, Default)]
pub(super) struct Counter(Cell<Work>);

impl Counter {
    fn add(&self, change: impl FnOnce(&mut Work)) {
        let mut work = self.0.get();
        change(&mut work);
        self.0.set(work);
    }

    pub(super) fn folded(&self, octets: usize) {
        self.add(|work| work.octets_folded += octets);
    }

    pub(super) fn searched(&self, octets: usize) {
        self.add(|work| work.octets_searched += octets);
    }

    pub(super) fn compared(&self, phrases: usize) {
        self.add(|work| work.phrases_compared += phrases);
    }

    pub(super) fn lines(&self, octets: usize) {
        self.add(|work| work.octets_of_lines += octets);
    }

    /// What was counted.
    pub(super) fn work(&self) -> Work {
        self.0.get()
    }
}
