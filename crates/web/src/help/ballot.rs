//! One opinion a day and page from each client, without cookies: in memory is a fingerprint of the client's address and
//! the page, mixed with a number that changes every day. Nothing of it is ever written down, and yesterday's are gone.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use garant_service::ambient::Ambient;

use crate::Client;

/// Opinions of one day that are remembered. When there are more, somebody is at play, and no more are counted until
/// tomorrow. They take some megabytes.
const OPINIONS_A_DAY_MAX: usize = 100_000;

const DAY_S: i64 = 86_400;

/// Who gave an opinion today.
#[derive(Default)]
pub(super) struct Ballot {
    today: Mutex<Option<Today>>,
}

struct Today {
    day: i64,
    salt: [u8; 16],
    given: HashSet<u64>,
}

impl Ballot {
    /// Whether this client gave none on this page today; from now on it did. Without randomness to mix in, nobody's
    /// opinion counts.
    pub(super) fn admits(&self, ambient: &Ambient, client: Client, page: &str) -> bool {
        let day = ambient.clock.now().div_euclid(DAY_S);
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.as_ref().is_none_or(|today| today.day != day) {
            *today = ambient.entropy.octets().map(|salt| Today {
                day,
                salt,
                given: HashSet::new(),
            });
        }
        let Some(today) = today.as_mut() else {
            return false;
        };
        if today.given.len() >= OPINIONS_A_DAY_MAX {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        (today.salt, client, page).hash(&mut hasher);
        today.given.insert(hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use garant_service::ambient::{Clock, Entropy};

    use super::*;

    struct Time(AtomicI64);

    impl Clock for Time {
        fn now(&self) -> i64 {
            self.0.load(Ordering::SeqCst)
        }
    }

    struct Salt(Option<[u8; 16]>);

    impl Entropy for Salt {
        fn octets(&self) -> Option<[u8; 16]> {
            self.0
        }
    }

    fn ambient(salt: Option<[u8; 16]>) -> (Ambient, Arc<Time>) {
        let clock = Arc::new(Time(AtomicI64::new(10 * DAY_S)));
        let ambient = Ambient {
            clock: Arc::clone(&clock) as _,
            entropy: Arc::new(Salt(salt)),
        };
        (ambient, clock)
    }

    fn client(number: u32) -> Client {
        Client(Ipv4Addr::from(number).into())
    }

    #[test]
    fn a_client_counts_once_a_day_and_page() {
        let (ambient, clock) = ambient(Some([7; 16]));
        let ballot = Ballot::default();
        for (number, page, expect) in [
            (1, "spf", true),
            (1, "spf", false),
            (2, "spf", true),
            (1, "dkim", true),
            (1, "dkim", false),
        ] {
            assert_eq!(
                ballot.admits(&ambient, client(number), page),
                expect,
                "{number} {page}"
            );
        }
        clock.0.fetch_add(DAY_S, Ordering::SeqCst);
        assert!(ballot.admits(&ambient, client(1), "spf"));
        assert!(!ballot.admits(&ambient, client(1), "spf"));
    }

    #[test]
    fn a_flood_is_not_counted_and_not_kept() {
        let (ambient, _) = ambient(Some([7; 16]));
        let ballot = Ballot::default();
        let admitted = (0..OPINIONS_A_DAY_MAX as u32 + 50)
            .filter(|number| ballot.admits(&ambient, client(*number), "spf"));
        assert_eq!(admitted.count(), OPINIONS_A_DAY_MAX);
    }

    #[test]
    fn nobody_counts_without_randomness() {
        let (ambient, _) = ambient(None);
        assert!(!Ballot::default().admits(&ambient, client(1), "spf"));
    }
}
