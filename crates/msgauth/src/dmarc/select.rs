//! The texts at one name: DMARC records, texts that were meant to be one, and all others.

use garant_dns::{Answer, Status, Txt};

use super::near_miss::{NearMiss, near_miss};
use super::record::PolicyRecord;

/// What stands at one name, as far as DMARC is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// How the look-up ended.
    pub status: Status,
    /// Every DMARC record. Only a single one counts (RFC 9989, section 4.10, steps 2 and 6).
    pub records: Vec<PolicyRecord>,
    /// Every other text.
    pub others: Vec<Txt>,
    /// Those of the other texts that were meant to be a DMARC record.
    pub near_misses: Vec<NearMiss>,
}

impl Selection {
    /// The record, when there is exactly one.
    pub fn record(&self) -> Option<&PolicyRecord> {
        match self.records.as_slice() {
            [record] => Some(record),
            _ => None,
        }
    }

    /// Whether the DNS said definitely what stands there.
    pub fn is_definite(&self) -> bool {
        self.status.is_definite()
    }

    /// `valid`, `none` or `temperror`. Several records are none.
    pub fn result(&self) -> &'static str {
        match (self.is_definite(), self.record()) {
            (false, _) => "temperror",
            (true, Some(_)) => "valid",
            (true, None) => "none",
        }
    }
}

/// Sorts the texts of an answer.
pub fn select(answer: &Answer) -> Selection {
    let mut selection = Selection {
        status: answer.status,
        records: Vec::new(),
        others: Vec::new(),
        near_misses: Vec::new(),
    };
    for txt in answer.texts() {
        let text = txt.joined();
        match PolicyRecord::parse(&text) {
            Some(record) => selection.records.push(record),
            None => {
                selection.near_misses.extend(near_miss(&text));
                selection.others.push(txt.clone());
            }
        }
    }
    selection
}
