//! So many queries per second and no more: the generic cell rate algorithm on one instant.

use std::sync::Mutex;
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

#[cfg(test)]
mod tests {
    use super::*;

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
