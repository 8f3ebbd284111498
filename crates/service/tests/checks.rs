//! Running checks: one for all who ask the same, limits, what comes in, what is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use garant_check::{AskAuthority, NoFetch, Request, Sources};
use garant_dns::{AnswerFuture, Name, Question, Resolver, Zone, Zones};
use garant_service::ambient::{Ambient, Clock, Entropy};
use garant_service::checks::{
    CheckId, Checks, Limits, NotKept, OneCheck, Phase, RESULT_KEPT_S, RESULT_OCTETS_MAX,
    RESULTS_MAX, Refused, Sight,
};
use garant_service::present::as_it_is;
use garant_store::{
    CaseRow, CheckRow, Opinions, ResultRow, Sqlite, Store, StoreError, StoreFuture,
};
use garant_text::Language;
use tokio::sync::Semaphore;

const ZONE: &str = r#"
$ORIGIN exemple.fr.
@ 3600 IN SOA ns.exemple.fr. hote.exemple.fr. 1 3600 600 86400 300
@ 3600 IN MX 10 mx
@ 3600 IN TXT "v=spf1 ip4:192.0.2.1 -all"
@ 3600 IN TXT "v=spf1 ip4:192.0.2.2 -all"
_dmarc 3600 IN TXT "v=DMARC1; p=none"
mx 3600 IN A 192.0.2.1
"#;

/// A clock that the test moves, and numbers instead of randomness.
#[derive(Default)]
struct Fake {
    now: AtomicI64,
    next: AtomicU64,
}

impl Clock for Fake {
    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }
}

impl Entropy for Fake {
    fn octets(&self) -> Option<[u8; 16]> {
        let next = self.next.fetch_add(1, Ordering::SeqCst);
        Some(u128::from(next).to_be_bytes())
    }
}

/// Zones, each answer of which waits for leave.
struct Gated {
    zones: Zones,
    gate: Semaphore,
    asked: AtomicUsize,
}

impl Resolver for Gated {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let leave = self.gate.acquire().await.expect("the gate is never closed");
            leave.forget();
            self.zones.resolve(question).await
        })
    }
}

struct World(Arc<Gated>);

impl Sight for World {
    fn one_check(&self) -> Box<dyn OneCheck + '_> {
        Box::new(One(&self.0))
    }
}

struct One<'a>(&'a Gated);

impl OneCheck for One<'_> {
    fn sources(&self) -> Sources<'_> {
        Sources::new(self.0, &NoFetch)
    }
}

struct Scene {
    checks: Checks,
    world: Arc<Gated>,
    ambient: Arc<Fake>,
    store: Arc<dyn Store>,
}

/// Leave for so many answers that nothing waits.
const ALL: usize = 100_000;

fn scene_with(limits: Limits, leave: usize, store: Arc<dyn Store>) -> Scene {
    let origin: Name = "exemple.fr".parse().expect("a name");
    let zone = Zone::parse(ZONE.as_bytes(), &origin).expect("a zone");
    let world = Arc::new(Gated {
        zones: Zones::new(vec![zone]),
        gate: Semaphore::new(leave),
        asked: AtomicUsize::new(0),
    });
    let fake = Arc::new(Fake::default());
    let ambient = Ambient {
        clock: Arc::clone(&fake) as Arc<dyn Clock>,
        entropy: Arc::clone(&fake) as Arc<dyn Entropy>,
    };
    let sight = Arc::new(World(Arc::clone(&world)));
    Scene {
        checks: Checks::new(sight, Arc::clone(&store), ambient, limits),
        world,
        ambient: fake,
        store,
    }
}

fn scene(limits: Limits, leave: usize) -> Scene {
    scene_with(
        limits,
        leave,
        Arc::new(Sqlite::in_memory().expect("memory")),
    )
}

fn request(domain: &str) -> Request {
    Request::new(domain.parse().expect("a name"))
}

/// Far longer than a check of a zone takes: the test fails rather than waits for ever.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_check_is_kept_and_says_the_same_when_it_is_judged_again() {
    let scene = scene(Limits::default(), ALL);
    let id = scene.checks.begin(request("exemple.fr")).unwrap();
    assert!(scene.checks.wait(&id, PATIENCE).await);
    let made = scene.checks.made(&id).await.unwrap().unwrap();
    let asked = scene.world.asked.load(Ordering::SeqCst);
    let plan = |made: garant_service::checks::Checked| {
        let judged = made.judged();
        let report = judged.plan_report(Language::English, as_it_is);
        let plan = report.plan.expect("there is something to do");
        assert!(!plan.zone.is_empty());
        (judged.assessment, plan.zone)
    };
    let first = plan(made.clone());
    // Another program reads the same from the store.
    let row = scene.store.check(id.as_str()).await.unwrap().unwrap();
    let again = garant_service::checks::Checked::from_row(&row).unwrap();
    assert_eq!(again, made);
    assert_eq!(plan(again), first);
    assert_eq!(
        scene.world.asked.load(Ordering::SeqCst),
        asked,
        "judging asks nobody"
    );
}

#[tokio::test]
async fn those_who_ask_the_same_at_the_same_time_share_one_check() {
    let scene = scene(Limits::default(), 0);
    let first = scene.checks.begin(request("exemple.fr")).unwrap();
    assert_eq!(scene.checks.begin(request("exemple.fr")).unwrap(), first);
    assert_ne!(scene.checks.begin(request("autre.fr")).unwrap(), first);
    let directly = Request {
        authority: AskAuthority::Always,
        ..request("exemple.fr")
    };
    assert_ne!(scene.checks.begin(directly).unwrap(), first);
    assert_eq!(scene.checks.running(), 3);
    scene.world.gate.add_permits(ALL);
    assert!(scene.checks.wait(&first, PATIENCE).await);
    // For a moment the answer stands for the same question.
    assert_eq!(scene.checks.begin(request("exemple.fr")).unwrap(), first);
    scene.ambient.now.store(11, Ordering::SeqCst);
    assert_ne!(scene.checks.begin(request("exemple.fr")).unwrap(), first);
}

#[tokio::test]
async fn too_many_checks_are_refused_and_nothing_is_lost() {
    let limits = Limits {
        running: 1,
        waiting: 2,
        ..Limits::default()
    };
    let scene = scene(limits, 0);
    let first = scene.checks.begin(request("a.fr")).unwrap();
    let second = scene.checks.begin(request("b.fr")).unwrap();
    let third = scene.checks.begin(request("c.fr"));
    assert_eq!(third, Err(Refused::Busy));
    let mut progress = scene.checks.follow(&first).unwrap();
    progress
        .wait_for(|now| now.phase == Phase::Asking)
        .await
        .unwrap();
    let waiting = scene.checks.follow(&second).unwrap();
    assert_eq!(waiting.borrow().phase, Phase::Waiting);
    assert!(!scene.checks.wait(&first, Duration::ZERO).await);
    scene.world.gate.add_permits(ALL);
    assert!(scene.checks.wait(&first, PATIENCE).await);
    assert!(scene.checks.wait(&second, PATIENCE).await);
    assert!(scene.checks.made(&second).await.unwrap().is_some());
    assert!(scene.checks.begin(request("c.fr")).is_ok());
}

#[tokio::test]
async fn records_are_shown_as_they_come_in() {
    let scene = scene(Limits::default(), 0);
    let id = scene.checks.begin(request("exemple.fr")).unwrap();
    let mut progress = scene.checks.follow(&id).unwrap();
    progress
        .wait_for(|now| now.phase == Phase::Asking)
        .await
        .unwrap();
    assert!(progress.borrow().seen.is_empty(), "nothing is told early");
    scene.world.gate.add_permits(4);
    progress.wait_for(|now| now.answered >= 4).await.unwrap();
    scene.world.gate.add_permits(ALL);
    let last = progress
        .wait_for(|now| now.phase == Phase::Done)
        .await
        .unwrap()
        .clone();
    let topics: Vec<&str> = last.seen.iter().map(|seen| seen.topic).collect();
    assert_eq!(topics, ["spf", "dmarc", "mx"]);
    let made = scene.checks.made(&id).await.unwrap().unwrap();
    assert_eq!(last.answered, made.observation.answers.len());
}

#[tokio::test]
async fn a_check_whose_time_has_passed_is_forgotten() {
    let limits = Limits {
        kept_s: 100,
        ..Limits::default()
    };
    let scene = scene(limits, ALL);
    let id = scene.checks.begin(request("exemple.fr")).unwrap();
    assert!(scene.checks.wait(&id, PATIENCE).await);
    scene.ambient.now.store(100, Ordering::SeqCst);
    assert!(scene.checks.made(&id).await.unwrap().is_some());
    assert_eq!(scene.checks.forget_expired().await.unwrap(), 0);
    scene.ambient.now.store(101, Ordering::SeqCst);
    assert_eq!(scene.checks.made(&id).await.unwrap(), None);
    assert_eq!(scene.checks.forget_expired().await.unwrap(), 1);
}

/// A store that keeps nothing.
struct Full;

fn full<'a, T: Send + 'a>() -> StoreFuture<'a, T> {
    Box::pin(async { Err(StoreError::Damaged("disk")) })
}

impl Store for Full {
    fn save_check(&self, _: CheckRow) -> StoreFuture<'_, ()> {
        full()
    }
    fn check<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<CheckRow>> {
        full()
    }
    fn save_result(&self, _: ResultRow, _: u64) -> StoreFuture<'_, bool> {
        full()
    }
    fn result<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<ResultRow>> {
        full()
    }
    fn delete_result<'a>(&'a self, _: &'a str) -> StoreFuture<'a, bool> {
        full()
    }
    fn delete_expired(&self, _: i64) -> StoreFuture<'_, u64> {
        full()
    }
    fn count_opinion<'a>(&'a self, _: &'a str, _: &'a str, _: bool) -> StoreFuture<'a, Opinions> {
        full()
    }
    fn opinions<'a>(&'a self, _: &'a str, _: &'a str) -> StoreFuture<'a, Opinions> {
        full()
    }
    fn save_case(&self, _: CaseRow) -> StoreFuture<'_, ()> {
        full()
    }
    fn case<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<CaseRow>> {
        full()
    }
    fn cases(&self, _: u32) -> StoreFuture<'_, Vec<CaseRow>> {
        full()
    }
    fn delete_case<'a>(&'a self, _: &'a str) -> StoreFuture<'a, bool> {
        full()
    }
    fn octets(&self) -> StoreFuture<'_, u64> {
        full()
    }
    fn ping(&self) -> StoreFuture<'_, ()> {
        full()
    }
}

#[tokio::test]
async fn a_check_that_cannot_be_kept_is_lost_and_may_be_asked_again() {
    let scene = scene_with(Limits::default(), ALL, Arc::new(Full));
    let id = scene.checks.begin(request("exemple.fr")).unwrap();
    assert!(scene.checks.wait(&id, PATIENCE).await);
    let progress = scene.checks.follow(&id).unwrap();
    assert_eq!(progress.borrow().phase, Phase::Lost);
    let tally = scene.checks.tally();
    assert_eq!((tally.made, tally.lost, tally.refused), (0, 1, 0));
    assert_ne!(scene.checks.begin(request("exemple.fr")).unwrap(), id);
}

#[tokio::test]
async fn checks_are_counted_by_how_they_ended_and_can_be_waited_for() {
    let limits = Limits {
        waiting: 1,
        ..Limits::default()
    };
    let scene = scene(limits, 0);
    scene.checks.begin(request("exemple.fr")).unwrap();
    assert!(scene.checks.begin(request("example.org")).is_err());
    let checks = scene.checks.clone();
    let settled = tokio::spawn(async move { checks.settled().await });
    assert!(!settled.is_finished());
    scene.world.gate.add_permits(ALL);
    tokio::time::timeout(PATIENCE, settled)
        .await
        .unwrap()
        .unwrap();
    let tally = scene.checks.tally();
    assert_eq!((tally.made, tally.lost, tally.refused), (1, 0, 1));
    assert_eq!(scene.checks.running(), 0);
}

#[tokio::test]
async fn work_that_nobody_waits_for_any_more_keeps_its_turn() {
    use garant_service::checks::JUDGED_MAX;
    let scene = scene(Limits::default(), 0);
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = Arc::new(std::sync::Mutex::new(released));
    for _ in 0..JUDGED_MAX {
        let released = Arc::clone(&released);
        let work = scene.checks.judging(move || {
            let released = released.lock().expect("nobody panics with it");
            // Ends when the other side is gone.
            let _ = released.recv_timeout(PATIENCE);
        });
        let begun = tokio::time::timeout(Duration::from_millis(20), work);
        assert!(begun.await.is_err(), "it waits for its release");
    }
    let mut next = Box::pin(scene.checks.judging(|| ()));
    let early = tokio::time::timeout(Duration::from_millis(100), &mut next);
    assert!(early.await.is_err(), "every turn is taken");
    drop(release);
    let late = tokio::time::timeout(PATIENCE, next);
    late.await.expect("a turn is free").expect("no panic");
}

#[tokio::test]
async fn a_full_store_takes_no_more_until_something_is_forgotten() {
    let limits = Limits {
        kept_s: 100,
        store_octets_max: 1,
        ..Limits::default()
    };
    let scene = scene(limits, ALL);
    let id = scene.checks.begin(request("exemple.fr")).unwrap();
    assert!(scene.checks.wait(&id, PATIENCE).await);
    assert!(scene.checks.made(&id).await.unwrap().is_some());
    assert!(scene.checks.is_full());
    let second = scene.checks.begin(request("autre.fr"));
    assert_eq!(second, Err(Refused::Full));
    // The same question within ten seconds needs no room.
    assert_eq!(scene.checks.begin(request("exemple.fr")).unwrap(), id);
}

#[tokio::test]
async fn a_result_is_kept_until_its_end_or_until_somebody_forgets_it() {
    let scene = scene(Limits::default(), 0);
    let checks = &scene.checks;
    scene.ambient.now.store(1_000, Ordering::SeqCst);
    let first = checks.keep_result("é".to_owned()).await.unwrap();
    let second = checks.keep_result("b".to_owned()).await.unwrap();
    assert_ne!(first, second);
    let kept = checks.kept_result(&first).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.told.as_str()), (first.clone(), "é"));
    assert_eq!(
        (kept.kept_at, kept.kept_until),
        (1_000, 1_000 + RESULT_KEPT_S)
    );
    for expect in [true, false] {
        assert_eq!(checks.forget_result(&second).await.unwrap(), expect);
    }
    assert_eq!(checks.kept_result(&second).await.unwrap(), None);
    for (now, is_kept) in [
        (1_000 + RESULT_KEPT_S, true),
        (1_001 + RESULT_KEPT_S, false),
    ] {
        scene.ambient.now.store(now, Ordering::SeqCst);
        let kept = checks.kept_result(&first).await.unwrap();
        assert_eq!(kept.is_some(), is_kept, "{now}");
    }
    // Its row goes with those of checks.
    assert_eq!(checks.forget_expired().await.unwrap(), 1);
    assert_eq!(scene.store.result(first.as_str()).await.unwrap(), None);
}

/// Tries to keep a text of so many octets.
async fn kept(scene: &Scene, octets: usize) -> Result<CheckId, NotKept> {
    scene.checks.keep_result("x".repeat(octets)).await
}

#[tokio::test]
async fn a_result_that_cannot_be_kept_says_why() {
    let roomy = scene(Limits::default(), 0);
    assert!(kept(&roomy, RESULT_OCTETS_MAX).await.is_ok());
    let long = kept(&roomy, RESULT_OCTETS_MAX + 1).await;
    assert!(matches!(long, Err(NotKept::TooLong)), "{long:?}");
    // One is kept already.
    for number in 1..RESULTS_MAX {
        let row = ResultRow {
            id: number.to_string(),
            kept_at: 0,
            kept_until: i64::MAX,
            told: String::new(),
        };
        assert!(roomy.store.save_result(row, RESULTS_MAX).await.unwrap());
    }
    let beyond = kept(&roomy, 1).await;
    assert!(matches!(beyond, Err(NotKept::Full)), "{beyond:?}");
    assert!(roomy.store.delete_result("1").await.unwrap());
    assert!(kept(&roomy, 1).await.is_ok());

    let limits = Limits {
        store_octets_max: 1,
        ..Limits::default()
    };
    let narrow = scene(limits, 0);
    // What is kept is measured as soon as it is.
    assert!(kept(&narrow, 1).await.is_ok());
    assert!(narrow.checks.is_full());
    let beyond = kept(&narrow, 1).await;
    assert!(matches!(beyond, Err(NotKept::Full)), "{beyond:?}");

    let broken = scene_with(Limits::default(), 0, Arc::new(Full));
    let failed = kept(&broken, 1).await;
    assert!(matches!(failed, Err(NotKept::Store(_))), "{failed:?}");

    let mute = Checks::new(
        Arc::new(World(Arc::clone(&roomy.world))),
        Arc::clone(&roomy.store),
        Ambient {
            clock: Arc::clone(&roomy.ambient) as Arc<dyn Clock>,
            entropy: Arc::new(Mute),
        },
        Limits::default(),
    );
    let nameless = mute.keep_result(String::new()).await;
    assert!(
        matches!(nameless, Err(NotKept::NoRandomness)),
        "{nameless:?}"
    );
}

/// A system without randomness.
struct Mute;

impl Entropy for Mute {
    fn octets(&self) -> Option<[u8; 16]> {
        None
    }
}
