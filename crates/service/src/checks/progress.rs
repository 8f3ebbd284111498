//! What is known of a check while it runs.

use std::collections::BTreeSet;
use std::time::Duration;

use garant_check::{Observation, assess};
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::report;

/// How far a check is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It waits for its turn.
    #[default]
    Waiting,
    /// Questions are being asked.
    Asking,
    /// All is answered; what to publish is being found.
    Planning,
    /// It is made and kept.
    Done,
    /// It could not be brought to its end: our failure.
    Lost,
}

impl Phase {
    /// Whether nothing more will come.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Lost)
    }
}

/// What is known so far. Nothing of it is a judgement: what has not come yet is not absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// How far it is.
    pub phase: Phase,
    /// Questions that were answered.
    pub answered: usize,
    /// Who answered: the addresses of recursive servers, then the names of the zones' own, each once.
    pub servers: Vec<String>,
    /// The records that have come in.
    pub seen: Vec<SeenRecord>,
}

/// A record that has come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenRecord {
    /// `spf`, `dkim`, `dmarc` or `mx`.
    pub topic: &'static str,
    /// Where it stands.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Keeps work that is done at every answer from being most of what a check does: a hostile domain has many answers, and
/// reading what came so far takes a second there.
#[derive(Default)]
pub(super) struct Pace {
    /// Not before this.
    next: Option<Instant>,
}

impl Pace {
    /// What takes less is always done.
    const SHORT: Duration = Duration::from_millis(20);
    /// Work that took longer is done again when this many times as long has passed.
    const PAUSE: u32 = 10;

    fn is_due(&self, now: Instant) -> bool {
        self.next.is_none_or(|next| now >= next)
    }

    /// The work was done, from the one time to the other.
    fn worked(&mut self, begun: Instant, ended: Instant) {
        let took = ended - begun;
        self.next = (took > Self::SHORT).then(|| ended + took * Self::PAUSE);
    }
}

/// Tells those who follow a check. When it is dropped before the end, the check is lost.
pub(super) struct Teller(watch::Sender<Progress>);

impl Teller {
    pub(super) fn new(sender: watch::Sender<Progress>) -> Self {
        Self(sender)
    }

    pub(super) fn phase(&self, phase: Phase) {
        self.0.send_modify(|progress| progress.phase = phase);
    }

    /// Tells what has come in. The records are read as often as `pace` lets them, and counted always.
    pub(super) fn seen(&self, so_far: &Observation, pace: &mut Pace) {
        let answered = so_far.answers.len();
        let begun = Instant::now();
        let seen = pace.is_due(begun).then(|| seen(so_far));
        if seen.is_some() {
            pace.worked(begun, Instant::now());
        }
        let servers = servers(so_far);
        self.0.send_if_modified(|progress| {
            let mut is_new = progress.answered != answered;
            if let Some(seen) = seen {
                is_new |= progress.seen != seen;
                progress.seen = seen;
            }
            progress.servers = servers;
            progress.answered = answered;
            is_new
        });
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.0.send_if_modified(|progress| {
            let is_early = !progress.phase.is_over();
            if is_early {
                progress.phase = Phase::Lost;
            }
            is_early
        });
    }
}

fn servers(so_far: &Observation) -> Vec<String> {
    let views = so_far.zones.iter().flat_map(|zone| &zone.servers);
    let own: BTreeSet<String> = views.map(|server| server.name.to_string()).collect();
    let mut servers = report::servers(so_far);
    servers.extend(own);
    servers
}

fn seen(so_far: &Observation) -> Vec<SeenRecord> {
    let records = assess(so_far).records;
    let spf = ("spf", &records.spf.seen);
    let dmarc = ("dmarc", &records.dmarc.seen);
    let mx = ("mx", &records.mx.seen);
    let keys = records.dkim.iter().map(|key| ("dkim", &key.seen));
    [spf]
        .into_iter()
        .chain(keys)
        .chain([dmarc, mx])
        .filter_map(|(topic, seen)| {
            Some(SeenRecord {
                topic,
                name: seen.name.to_string(),
                text: seen.raw.clone()?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_takes_long_is_done_less_often() {
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        let mut pace = Pace::default();
        assert!(pace.is_due(at(0)));
        pace.worked(at(0), at(20));
        assert!(pace.is_due(at(20)), "what takes little is always done");
        pace.worked(at(20), at(120));
        assert!(!pace.is_due(at(1_119)));
        assert!(pace.is_due(at(1_120)));
        pace.worked(at(1_120), at(1_121));
        assert!(pace.is_due(at(1_121)));
    }
}
