//! So many queries per second and no more: the generic cell rate algorithm on one instant, or on one for each of many.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

/// How much of its rate a pause may save up. Timers wake a millisecond late or so; with nothing saved,
/// every late wake-up would be lost for good.
const SAVED_AT_MOST: Duration = Duration::from_millis(20);

/// A limit on how often something is done.
pub(super) struct Rate {
    interval: Duration,
    /// When the next query is due if they come evenly.
    due: Mutex<Instant>,
}

impl Rate {
    /// At most `per_second` times a second; 0 counts as 1.
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        Self {
            interval: Duration::from_secs(1) / per_second.max(1),
            due: Mutex::new(now),
        }
    }

    /// Takes the next place and tells when it begins, which may be already. A place once taken is gone,
    /// whether it is used or not.
    fn take(&self, now: Instant) -> Instant {
        let mut due = self.due.lock().expect("no panic while the rate is held");
        let place = (*due).max(now.checked_sub(SAVED_AT_MOST).unwrap_or(now));
        *due = place + self.interval;
        place
    }

    /// Waits for the next place.
    pub(super) async fn wait(&self) {
        let now = Instant::now();
        let place = self.take(now);
        if place > now {
            tokio::time::sleep_until(place).await;
        }
    }
}

/// Keys that are noted before those are forgotten that were not used for a while.
const NOTED_MAX: usize = 4_096;

/// A limit on how often something is done to each of many: so many at once, and one more each interval.
pub(super) struct RateOfEach<K> {
    interval: Duration,
    /// How much of its rate a pause may save up.
    saved: Duration,
    due: Mutex<HashMap<K, Instant>>,
}

impl<K: Eq + Hash> RateOfEach<K> {
    /// At most `count` times within `per`, for each; 0 counts as 1.
    pub(super) fn new(count: u32, per: Duration) -> Self {
        let interval = per / count.max(1);
        Self {
            interval,
            saved: per.saturating_sub(interval),
            due: Mutex::default(),
        }
    }

    fn due(&self) -> MutexGuard<'_, HashMap<K, Instant>> {
        self.due.lock().expect("no panic while the rates are held")
    }

    /// The next place of a key. One that saved up all it may is the same as one that was never seen.
    fn place(&self, table: &mut HashMap<K, Instant>, key: &K, now: Instant) -> Instant {
        let rested = now.checked_sub(self.saved).unwrap_or(now);
        if table.len() >= NOTED_MAX {
            table.retain(|_, due| *due > rested);
        }
        table.get(key).copied().unwrap_or(rested).max(rested)
    }

    /// Takes the next place and tells when it begins, which may be already.
    fn take(&self, key: K, now: Instant) -> Instant {
        let mut table = self.due();
        let place = self.place(&mut table, &key, now);
        table.insert(key, place + self.interval);
        place
    }

    /// Takes a place if one is free now; whether it was.
    pub(super) fn try_take(&self, key: K, now: Instant) -> bool {
        let mut table = self.due();
        let place = self.place(&mut table, &key, now);
        let is_free = place <= now;
        if is_free {
            table.insert(key, place + self.interval);
        }
        is_free
    }

    /// Waits for the next place.
    pub(super) async fn wait(&self, key: K) {
        let now = Instant::now();
        let place = self.take(key, now);
        if place > now {
            tokio::time::sleep_until(place).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_rate_of_its_own_and_a_pause_saves_all_of_it() {
        let start = Instant::now() + Duration::from_secs(60);
        let at = |ms: u64| start + Duration::from_millis(ms);
        let rate = RateOfEach::new(4, Duration::from_secs(1));
        let free = |key: &'static str, ms: u64, tries: usize| {
            (0..tries).filter(|_| rate.try_take(key, at(ms))).count()
        };
        assert_eq!(free("a", 0, 9), 4);
        assert_eq!(free("b", 0, 9), 4);
        assert_eq!(free("a", 249, 9), 0);
        assert_eq!(free("a", 250, 9), 1);
        assert_eq!(free("a", 5_000, 9), 4);
        // Whoever waits gets places an interval apart.
        let taken = [0, 0, 0].map(|ms| rate.take("b", at(ms)).duration_since(start).as_millis());
        assert_eq!(taken, [250, 500, 750]);
    }

    #[test]
    fn what_rests_is_forgotten() {
        let start = Instant::now() + Duration::from_secs(60);
        let rate = RateOfEach::new(1, Duration::from_secs(1));
        for key in 0..NOTED_MAX {
            assert!(rate.try_take(key, start));
        }
        assert!(!rate.try_take(0, start));
        assert!(rate.try_take(NOTED_MAX, start + Duration::from_secs(2)));
        assert_eq!(rate.due().len(), 1);
    }

    #[test]
    fn places_are_an_interval_apart_and_a_pause_saves_little() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let rate = Rate::new(100, start);
        let mut taken = Vec::new();
        // Three at once, one much later, then enough to use up what the pause saved.
        for now in [0, 0, 0, 500, 500, 500, 500] {
            let place = rate.take(at(now)).duration_since(start).as_millis();
            taken.push(place);
        }
        assert_eq!(taken, [0, 10, 20, 480, 490, 500, 510]);
    }
}
