//! Answers kept for as long as their TTL allows, yes and no alike (RFC 2308).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use quick_cache::Weighter;
use quick_cache::sync::{Cache as Shelf, EntryAction, EntryResult};
use tokio::time::Instant;

use crate::{Answer, AnswerFuture, Data, Question, Record, Resolver, Soa, Status};

/// Seconds that records are kept at most: nobody waits longer than a day for a change to show.
pub const POSITIVE_SECONDS_MAX: u32 = 24 * 60 * 60;
/// Seconds that "no" is kept at most; RFC 2308, section 5 recommends one to three hours as the limit.
pub const NEGATIVE_SECONDS_MAX: u32 = 3 * 60 * 60;
/// Seconds that a failure is kept, and a "no" without a SOA, which RFC 2308, section 5 says not to keep:
/// long enough for one run not to repeat it, short enough that the next run asks again. RFC 2308,
/// section 7 allows up to five minutes.
pub const FAILURE_SECONDS: u32 = 5;
/// Octets that a cache takes at most by default, roughly: some 50,000 ordinary answers.
pub const CACHE_OCTETS: u64 = 32 * 1024 * 1024;

/// Octets of an entry without its names and data, and of an ordinary entry as a whole.
const ENTRY_OCTETS: u64 = 400;
const ORDINARY_OCTETS: u64 = 640;

/// Asks another resolver what it does not know yet.
///
/// Askers of one question share one query: the first asks, the others wait; when the first gives up,
/// another takes over. Answers carry the TTLs that remain. Old and seldom asked answers make room for
/// new ones when [`CACHE_OCTETS`] are full.
pub struct Cache<R> {
    inner: R,
    shelf: Shelf<Question, Entry, Octets>,
    hits: AtomicU64,
    misses: AtomicU64,
    shared: AtomicU64,
}

/// How often a [`Cache`] could help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheStats {
    /// Answered from what was kept.
    pub hits: u64,
    /// Asked of the resolver behind.
    pub misses: u64,
    /// Answered by a query that somebody else had begun.
    pub shared: u64,
}

#[derive(Clone)]
struct Entry {
    answer: Arc<Answer>,
    stored: Instant,
    until: Instant,
}

/// Weighs entries by the memory that they take.
#[derive(Clone)]
struct Octets;

impl Weighter<Question, Entry> for Octets {
    fn weight(&self, question: &Question, entry: &Entry) -> u64 {
        let answer = &entry.answer;
        let aliases = answer.aliases.iter();
        let names: usize = aliases
            .map(|alias| size_of_val(alias) + alias.target.as_str().len())
            .sum();
        let records: usize = answer.records.iter().map(record_octets).sum();
        // Whoever owns a zone chooses the names in its SOA, a kilobyte each.
        let soa = answer
            .soa
            .as_ref()
            .map_or(0, |soa| soa.zone.as_str().len() + soa_octets(&soa.soa));
        let errors = size_of_val(answer.extended_errors.as_slice());
        let octets = question.name.as_str().len() + names + records + soa + errors;
        ENTRY_OCTETS + u64::try_from(octets).unwrap_or(u64::MAX / 2)
    }
}

fn record_octets(record: &Record) -> usize {
    let data = match &record.data {
        Data::Txt(txt) => txt.0.iter().map(|string| 24 + string.len()).sum(),
        Data::Cname(name) | Data::Ns(name) | Data::Ptr(name) => name.as_str().len(),
        Data::Mx { exchange, .. } => exchange.as_str().len(),
        Data::Soa(soa) => soa_octets(soa),
        Data::A(_) | Data::Aaaa(_) | Data::Dnskey(_) | Data::Ds(_) => 0,
    };
    size_of_val(record) + record.owner.as_str().len() + data
}

fn soa_octets(soa: &Soa) -> usize {
    soa.mname.as_str().len() + soa.rname.as_str().len()
}

impl<R: Resolver> Cache<R> {
    /// Keeps [`CACHE_OCTETS`] at most.
    pub fn new(inner: R) -> Self {
        Self::with_octets(inner, CACHE_OCTETS)
    }

    /// Keeps `octets` at most, roughly.
    pub fn with_octets(inner: R, octets: u64) -> Self {
        let entries = usize::try_from(octets / ORDINARY_OCTETS).unwrap_or(usize::MAX);
        Self {
            inner,
            shelf: Shelf::with_weighter(entries, octets, Octets),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            shared: AtomicU64::new(0),
        }
    }

    /// How often it could help so far.
    pub fn stats(&self) -> CacheStats {
        CacheStats {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            shared: self.shared.load(Ordering::Relaxed),
        }
    }

    /// How many answers it keeps, those among them whose time has passed and whose place nobody needed yet.
    pub fn entries(&self) -> usize {
        self.shelf.len()
    }

    /// The resolver behind.
    pub fn inner(&self) -> &R {
        &self.inner
    }

    async fn answer(&self, question: &Question) -> Arc<Answer> {
        let asked = Instant::now();
        if let Some(entry) = self.shelf.get(question)
            && asked < entry.until
        {
            return self.serve(&entry, asked);
        }
        let found = self.shelf.entry_async(question, |_, entry| {
            // Whoever waited while it was fetched may have it even if its TTL is 0 (RFC 1035, section 3.2.1).
            if asked < entry.until || asked <= entry.stored {
                EntryAction::Retain(entry.clone())
            } else {
                EntryAction::ReplaceWithGuard
            }
        });
        let guard = match found.await {
            EntryResult::Retained(entry) => return self.serve(&entry, asked),
            EntryResult::Vacant(guard) | EntryResult::Replaced(guard, _) => guard,
            EntryResult::Removed(..) | EntryResult::Timeout => {
                unreachable!("nothing is removed above, and the wait has no limit")
            }
        };
        self.misses.fetch_add(1, Ordering::Relaxed);
        let answer = self.inner.resolve(question).await;
        let stored = Instant::now();
        let until = stored + Duration::from_secs(u64::from(seconds_kept(&answer)));
        let entry = Entry {
            answer: Arc::clone(&answer),
            stored,
            until,
        };
        // Refused only when the place was taken away meanwhile, and then nobody waits at it.
        let _ = guard.insert(entry);
        answer
    }

    fn serve(&self, entry: &Entry, asked: Instant) -> Arc<Answer> {
        let counter = if asked <= entry.stored {
            &self.shared
        } else {
            &self.hits
        };
        counter.fetch_add(1, Ordering::Relaxed);
        let age = asked.saturating_duration_since(entry.stored).as_secs();
        match u32::try_from(age) {
            Ok(0) => Arc::clone(&entry.answer),
            age => Arc::new(aged(&entry.answer, age.unwrap_or(u32::MAX))),
        }
    }
}

fn seconds_kept(answer: &Answer) -> u32 {
    match (answer.status, answer.ttl()) {
        (Status::Found, Some(ttl)) => ttl.min(POSITIVE_SECONDS_MAX),
        (_, Some(ttl)) => ttl.min(NEGATIVE_SECONDS_MAX),
        (_, None) => FAILURE_SECONDS,
    }
}

/// The answer as it is `seconds` later.
fn aged(answer: &Answer, seconds: u32) -> Answer {
    let mut answer = answer.clone();
    let aliases = answer.aliases.iter_mut().map(|alias| &mut alias.ttl);
    let records = answer.records.iter_mut().map(|record| &mut record.ttl);
    let soa = answer.soa.iter_mut().map(|soa| &mut soa.ttl);
    for ttl in aliases.chain(records).chain(soa) {
        *ttl = ttl.saturating_sub(seconds);
    }
    answer
}

impl<R: Resolver> Resolver for Cache<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(self.answer(question))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::{Alias, Name, RecordType, SoaRecord, Source, Txt};

    /// Answers the same to everything, as slowly as it is told, and counts.
    struct Origin {
        answer: Mutex<Answer>,
        takes: Duration,
        asked: AtomicU64,
    }

    impl Origin {
        fn new(answer: Answer, takes_ms: u64) -> Cache<Self> {
            Cache::new(Self {
                answer: Mutex::new(answer),
                takes: Duration::from_millis(takes_ms),
                asked: AtomicU64::new(0),
            })
        }

        fn asked(&self) -> u64 {
            self.asked.load(Ordering::Relaxed)
        }
    }

    impl Resolver for Origin {
        fn resolve<'a>(&'a self, _: &'a Question) -> AnswerFuture<'a> {
            Box::pin(async move {
                self.asked.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(self.takes).await;
                Arc::new(self.answer.lock().expect("unpoisoned").clone())
            })
        }
    }

    fn name(text: &str) -> Name {
        text.parse().expect("valid")
    }

    fn question(text: &str) -> Question {
        Question::new(name(text), RecordType::Txt)
    }

    fn found(ttl: u32) -> Answer {
        let record = Record {
            owner: name("b.fr"),
            ttl,
            data: Data::Txt(Txt::from_bytes(b"x")),
        };
        Answer {
            records: vec![record],
            ..Answer::bare(Status::Found, Source::Zone)
        }
    }

    fn no(status: Status, soa_ttl: u32, minimum: u32) -> Answer {
        let soa = Soa {
            mname: name("ns.fr"),
            rname: name("hostmaster.fr"),
            serial: 1,
            minimum,
        };
        let soa = SoaRecord {
            zone: name("fr"),
            ttl: soa_ttl,
            soa,
        };
        Answer {
            soa: Some(soa),
            ..Answer::bare(status, Source::Zone)
        }
    }

    async fn after(cache: &Cache<Origin>, seconds: u64) -> Arc<Answer> {
        tokio::time::advance(Duration::from_secs(seconds)).await;
        cache.resolve(&question("a.fr")).await
    }

    /// An answer is kept to the last second of `seconds` and not into the next.
    async fn check(answer: Answer, seconds: u32) {
        let label = format!("{answer:?}");
        let cache = Origin::new(answer, 0);
        after(&cache, 0).await;
        after(&cache, u64::from(seconds) - 1).await;
        assert_eq!(cache.inner().asked(), 1, "kept for {seconds} s: {label}");
        after(&cache, 1).await;
        assert_eq!(cache.inner().asked(), 2, "and no longer: {label}");
        let stats = cache.stats();
        assert_eq!((stats.misses, stats.hits, stats.shared), (2, 1, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn yes_no_and_failures_are_kept_each_for_its_time() {
        check(found(300), 300).await;
        check(found(u32::MAX), POSITIVE_SECONDS_MAX).await;
        check(no(Status::NxDomain, 900, 60), 60).await;
        check(no(Status::NoData, 60, 900), 60).await;
        check(no(Status::NoData, u32::MAX, u32::MAX), NEGATIVE_SECONDS_MAX).await;
        for status in [
            Status::NoData,
            Status::NxDomain,
            Status::ServFail,
            Status::Refused,
            Status::Timeout,
        ] {
            check(Answer::bare(status, Source::Nobody), FAILURE_SECONDS).await;
        }
        let alias = Alias {
            owner: name("a.fr"),
            target: name("b.fr"),
            ttl: 20,
        };
        let mut chained = found(300);
        chained.aliases.push(alias);
        check(chained, 20).await;
    }

    #[tokio::test(start_paused = true)]
    async fn answers_carry_the_ttl_that_remains() {
        let mut answer = found(300);
        answer.aliases.push(Alias {
            owner: name("a.fr"),
            target: name("b.fr"),
            ttl: 200,
        });
        let cache = Origin::new(answer, 0);
        let left = |answer: &Answer| (answer.aliases[0].ttl, answer.records[0].ttl);
        assert_eq!(left(&*after(&cache, 0).await), (200, 300));
        assert_eq!(left(&*after(&cache, 42).await), (158, 258));
        assert_eq!(left(&*after(&cache, 157).await), (1, 101));
        assert_eq!(left(&*after(&cache, 1).await), (200, 300), "asked anew");

        let cache = Origin::new(no(Status::NxDomain, 900, 60), 0);
        after(&cache, 0).await;
        let soa = after(&cache, 59).await.soa.clone().expect("with a SOA");
        assert_eq!((soa.ttl, soa.soa.minimum), (841, 60));
        assert_eq!(after(&cache, 0).await.ttl(), Some(60));
    }

    #[tokio::test(start_paused = true)]
    async fn askers_of_one_question_share_one_query() {
        for ttl in [300, 0] {
            let cache = Origin::new(found(ttl), 50);
            let same = question("a.fr");
            let other = same.with_checking_disabled();
            let (a, b, c, d) = tokio::join!(
                cache.resolve(&same),
                cache.resolve(&same),
                cache.resolve(&same),
                cache.resolve(&other),
            );
            assert!(a == b && b == c && c == d);
            let stats = cache.stats();
            assert_eq!(
                (stats.misses, stats.hits, stats.shared),
                (2, 0, 2),
                "TTL {ttl}"
            );
            tokio::time::advance(Duration::from_millis(1)).await;
            cache.resolve(&same).await;
            let misses = if ttl == 0 { 3 } else { 2 };
            assert_eq!(cache.stats().misses, misses, "TTL {ttl}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_hands_the_question_over() {
        let cache = Origin::new(found(300), 50);
        let same = question("a.fr");
        let mut first = cache.resolve(&same);
        let second = cache.resolve(&same);
        tokio::select! {
            biased;
            _ = &mut first => panic!("takes 50 ms"),
            () = tokio::time::sleep(Duration::from_millis(10)) => {}
        }
        let (second, ()) = tokio::join!(second, async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            drop(first);
        });
        assert_eq!(second.status, Status::Found);
        assert_eq!(cache.inner().asked(), 2);

        // The only asker gives up: the next begins anew instead of waiting for nobody.
        let other = question("b.fr");
        let mut only = cache.resolve(&other);
        tokio::select! {
            biased;
            _ = &mut only => panic!("takes 50 ms"),
            () = tokio::time::sleep(Duration::from_millis(10)) => {}
        }
        drop(only);
        assert_eq!(cache.resolve(&other).await.status, Status::Found);
    }

    #[tokio::test(start_paused = true)]
    async fn an_expired_answer_is_fetched_once_for_all() {
        let cache = Origin::new(found(10), 50);
        after(&cache, 0).await;
        tokio::time::advance(Duration::from_secs(20)).await;
        let same = question("a.fr");
        let (a, b) = tokio::join!(cache.resolve(&same), cache.resolve(&same));
        assert_eq!((a.records[0].ttl, b.records[0].ttl), (10, 10));
        assert_eq!(cache.inner().asked(), 2);
        assert_eq!(cache.stats().shared, 1);
    }

    #[test]
    fn every_part_that_a_stranger_chooses_is_weighed() {
        let weight = |answer: Answer| {
            let now = Instant::now();
            let entry = Entry {
                answer: Arc::new(answer),
                stored: now,
                until: now,
            };
            Octets.weight(&question("a.fr"), &entry)
        };
        let bare = weight(Answer::bare(Status::NxDomain, Source::Zone));
        let long: Name = ["a"; 127].join(".").parse().expect("255 octets");
        let mut answer = no(Status::NxDomain, 60, 60);
        let soa = answer.soa.as_mut().expect("with a SOA");
        (soa.soa.mname, soa.soa.rname) = (long.clone(), long);
        assert!(weight(answer) >= bare + 2 * 253);
        let mut answer = Answer::bare(Status::ServFail, Source::Zone);
        answer.extended_errors = vec![0; 10_000];
        assert!(weight(answer) >= bare + 20_000);
    }

    #[tokio::test(start_paused = true)]
    async fn large_answers_do_not_fill_the_memory() {
        let mut answer = found(300);
        answer.records[0].data = Data::Txt(Txt::from_bytes(&[b'x'; 60_000]));
        let cache = Cache::with_octets(Origin::new(answer, 0), 1024 * 1024);
        for n in 0..100 {
            cache.resolve(&question(&format!("a{n}.fr"))).await;
        }
        assert!(cache.shelf.weight() <= 1024 * 1024);
        assert!(!cache.shelf.is_empty());
    }
}
