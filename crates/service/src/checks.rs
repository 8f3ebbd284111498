//! Running checks, and those that were made.
//!
//! [`Checks`] owns every check that runs: how many at once, one for all who ask the same thing at the same time,
//! what came in so far ([`Progress`]), and what is kept of it ([`Checked`]). A check that was made is judged again
//! whenever it is looked at ([`Judged`]), so an old one profits from newer rules. Beside them stand the results about
//! messages that somebody wished to keep ([`KeptResult`]), with the same links, the same room and the same end.

mod aside;
mod id;
mod made;
mod progress;
mod recorder;
mod result;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use garant_check::{Request, Sources, assess, observe_and_tell, plan};
use garant_store::{CheckRow, Store, StoreError};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::task::JoinError;

use crate::ambient::Ambient;
pub use aside::Aside;
pub use id::CheckId;
pub use made::{Checked, Judged};
use progress::Pace;
pub use progress::{Phase, Progress, SeenRecord};
pub use recorder::Further;
use recorder::Recorder;
pub use result::{KeptResult, NotKept, RESULT_KEPT_S, RESULT_OCTETS_MAX, RESULTS_MAX};

/// Whoever gives each check its sources, for as long as the check may take.
pub trait Sight: Send + Sync {
    /// The sources of one check, which begins now.
    fn one_check(&self) -> Box<dyn OneCheck + '_>;
}

/// The sources of one check.
pub trait OneCheck: Send + Sync {
    /// For observing and planning.
    fn sources(&self) -> Sources<'_>;
}

/// Bounds on the checks of one program.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Checks that run at the same time; others wait for their turn. The default is 64.
    pub running: usize,
    /// Checks that run or wait; more are refused. The default is 1,000.
    pub waiting: usize,
    /// For how long a check that was made answers the same question again. The default is 10 s.
    pub same_s: i64,
    /// For how long a check is kept. The default is 30 days.
    pub kept_s: i64,
    /// Octets that everything that is kept may take; beyond, no check is begun until some are forgotten. The answers
    /// of a hostile domain take most of a megabyte. The default is 4 GiB.
    pub store_octets_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            running: 64,
            waiting: 1_000,
            same_s: 10,
            kept_s: 30 * 24 * 3600,
            store_octets_max: 4 * 1024 * 1024 * 1024,
        }
    }
}

/// Why a check was not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Too many wait already.
    #[error("too many checks wait")]
    Busy,
    /// Nothing more can be kept.
    #[error("the store is full")]
    Full,
    /// The system gives no randomness, so no link could be made.
    #[error("no randomness")]
    NoRandomness,
}

/// What was made is judged by so many threads at a time, for pages, files and the API alike; who comes beyond waits. It
/// is work for the processor, up to a second for a hostile domain, and the store needs threads of the same kind.
pub const JUDGED_MAX: usize = 8;

/// How often expired checks and results are forgotten. Their links end on time all the same.
pub const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// How many checks ended how, since the program began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Made and kept.
    pub made: u64,
    /// Begun and not brought to their end: our failure.
    pub lost: u64,
    /// Not begun: [`Refused`].
    pub refused: u64,
}

/// [`Tally`] while it is counted.
#[derive(Default)]
struct Counters {
    made: AtomicU64,
    lost: AtomicU64,
    refused: AtomicU64,
}

/// Counts how one check ended: as lost, unless it was made.
struct Counted<'a> {
    counters: &'a Counters,
    is_made: bool,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        let counters = self.counters;
        let counter = if self.is_made {
            &counters.made
        } else {
            &counters.lost
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// All checks of one program.
#[derive(Clone)]
pub struct Checks {
    inner: Arc<Inner>,
}

struct Inner {
    sight: Arc<dyn Sight>,
    store: Arc<dyn Store>,
    ambient: Ambient,
    limits: Limits,
    turns: Semaphore,
    judging: Arc<Semaphore>,
    running: Mutex<HashMap<CheckId, Running>>,
    counters: Counters,
    /// Whether what is kept takes as much as it may.
    is_full: AtomicBool,
}

/// A turn to ask. It ends when it is dropped.
pub struct Turn<'a> {
    _permit: SemaphorePermit<'a>,
    one: Box<dyn OneCheck + 'a>,
}

impl Turn<'_> {
    /// Whom to ask.
    pub fn sources(&self) -> Sources<'_> {
        self.one.sources()
    }
}

/// A check that runs, or ended a moment ago.
struct Running {
    request: Request,
    begun_at: i64,
    progress: watch::Receiver<Progress>,
}

impl Running {
    fn is_over(&self) -> bool {
        self.progress.borrow().phase.is_over()
    }
}

impl Checks {
    /// No check yet.
    pub fn new(
        sight: Arc<dyn Sight>,
        store: Arc<dyn Store>,
        ambient: Ambient,
        limits: Limits,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                sight,
                store,
                ambient,
                limits,
                turns: Semaphore::new(limits.running),
                judging: Arc::new(Semaphore::new(JUDGED_MAX)),
                running: Mutex::new(HashMap::new()),
                counters: Counters::default(),
                is_full: AtomicBool::new(false),
            }),
        }
    }

    /// Begins a check, or joins one of the same question that runs or ended a moment ago. Must be called inside
    /// the runtime.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn begin(&self, request: Request) -> Result<CheckId, Refused> {
        let begun = self.begun(request);
        if begun.is_err() {
            self.inner.counters.refused.fetch_add(1, Ordering::Relaxed);
        }
        begun
    }

    fn begun(&self, request: Request) -> Result<CheckId, Refused> {
        let inner = &self.inner;
        let now = inner.ambient.clock.now();
        let mut running = inner.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, one| !one.is_over() || now - one.begun_at <= inner.limits.same_s);
        let same = running
            .iter()
            .find(|(_, one)| one.request == request && one.progress.borrow().phase != Phase::Lost);
        if let Some((id, _)) = same {
            return Ok(id.clone());
        }
        if running.values().filter(|one| !one.is_over()).count() >= inner.limits.waiting {
            return Err(Refused::Busy);
        }
        if self.is_full() {
            return Err(Refused::Full);
        }
        let octets = inner
            .ambient
            .entropy
            .octets()
            .ok_or(Refused::NoRandomness)?;
        let id = CheckId::new(octets);
        let (sender, progress) = watch::channel(Progress::default());
        let one = Running {
            request: request.clone(),
            begun_at: now,
            progress,
        };
        running.insert(id.clone(), one);
        let inner = Arc::clone(inner);
        let own = id.clone();
        tokio::spawn(Aside::new(
            async move { inner.run(own, request, sender).await },
        ));
        Ok(id)
    }

    /// How a running check fares; nothing when it is not running (it may have been made).
    pub fn follow(&self, id: &CheckId) -> Option<watch::Receiver<Progress>> {
        let running = self
            .inner
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        running.get(id).map(|one| one.progress.clone())
    }

    /// What a running check asks; nothing when it is not running (see [`Checks::made`]).
    pub fn question(&self, id: &CheckId) -> Option<Request> {
        let running = self
            .inner
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        running.get(id).map(|one| one.request.clone())
    }

    /// Waits until a running check is over, but no longer than `patience`; whether it is over.
    pub async fn wait(&self, id: &CheckId, patience: Duration) -> bool {
        let Some(mut progress) = self.follow(id) else {
            return true;
        };
        let over = progress.wait_for(|now| now.phase.is_over());
        tokio::time::timeout(patience, over).await.is_ok()
    }

    /// A check that was made and is still kept.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn made(&self, id: &CheckId) -> Result<Option<Checked>, StoreError> {
        let Some(row) = self.inner.store.check(id.as_str()).await? else {
            return Ok(None);
        };
        if row.kept_until < self.inner.ambient.clock.now() {
            return Ok(None);
        }
        // What a hostile domain answered is some megabytes.
        let read = Aside::new(async move { Checked::from_row(&row) });
        read.await.map(Some)
    }

    /// Waits for a turn to ask, as checks do, with sources of its own. What is asked so is not kept.
    pub async fn turn(&self) -> Turn<'_> {
        let permit = self.inner.turns.acquire().await;
        Turn {
            _permit: permit.expect("this semaphore is never closed"),
            one: self.inner.sight.one_check(),
        }
    }

    /// Judges and renders, or does other work for the processor: off the threads that serve requests, and when its turn
    /// has come. Work that was begun keeps its turn to its end, also when nobody waits for it any more: whoever asks
    /// and goes away again and again gets no more done at a time than others.
    ///
    /// # Errors
    /// When the work panicked.
    pub async fn judging<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let turns = Arc::clone(&self.inner.judging);
        let turn = turns.acquire_owned().await;
        let turn = turn.expect("this semaphore is never closed");
        let worked = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        worked.await
    }

    /// Forgets the checks and results whose time has passed; how many.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_expired(&self) -> Result<u64, StoreError> {
        let now = self.inner.ambient.clock.now();
        let forgotten = self.inner.store.delete_expired(now).await?;
        self.inner.measure().await?;
        Ok(forgotten)
    }

    /// Whether what is kept takes as much as it may: nothing more should be kept.
    pub fn is_full(&self) -> bool {
        self.inner.is_full.load(Ordering::Relaxed)
    }

    /// Forgets, now and every [`SWEEP_EVERY`], what has had its time. Does not end.
    pub async fn sweep(&self) {
        loop {
            match self.forget_expired().await {
                Ok(0) => {}
                Ok(forgotten) => {
                    tracing::info!(forgotten, "expired checks and results were forgotten");
                }
                Err(error) => {
                    tracing::error!(%error, "expired checks and results were not forgotten");
                }
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    }

    /// How many checks ended how.
    pub fn tally(&self) -> Tally {
        let counters = &self.inner.counters;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Tally {
            made: read(&counters.made),
            lost: read(&counters.lost),
            refused: read(&counters.refused),
        }
    }

    /// Waits until every check is over that runs or waits now.
    pub async fn settled(&self) {
        let followed: Vec<_> = {
            let running = self
                .inner
                .running
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            running.values().map(|one| one.progress.clone()).collect()
        };
        for mut progress in followed {
            // Whoever tells of it is gone: so is the check.
            let _ = progress.wait_for(|now| now.phase.is_over()).await;
        }
    }

    /// How many checks run or wait.
    pub fn running(&self) -> usize {
        let running = self
            .inner
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        running.values().filter(|one| !one.is_over()).count()
    }
}

impl Inner {
    /// Takes note of whether more may be kept.
    async fn measure(&self) -> Result<(), StoreError> {
        let is_full = self.store.octets().await? >= self.limits.store_octets_max;
        let was_full = self.is_full.swap(is_full, Ordering::Relaxed);
        if is_full && !was_full {
            tracing::error!("the store is full: no check is begun until some are forgotten");
        }
        Ok(())
    }

    async fn run(&self, id: CheckId, request: Request, tell: watch::Sender<Progress>) {
        // Whatever ends this future early tells that the check is lost.
        let tell = progress::Teller::new(tell);
        let mut counted = Counted {
            counters: &self.counters,
            is_made: false,
        };
        let Ok(_turn) = self.turns.acquire().await else {
            return;
        };
        tell.phase(Phase::Asking);
        let one = self.sight.one_check();
        let sources = one.sources();
        let started = tokio::time::Instant::now();
        let asked_at = self.ambient.clock.now();
        let mut pace = Pace::default();
        let tell_more = |so_far: &_| tell.seen(so_far, &mut pace);
        let observation = observe_and_tell(sources, request, asked_at, tell_more).await;
        tell.seen(&observation, &mut Pace::default());
        let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tell.phase(Phase::Planning);
        let recorder = Recorder::new(sources);
        let assessment = assess(&observation);
        plan::plan(recorder.sources(), &observation, &assessment).await;
        let checked = Checked {
            id,
            observation,
            further: recorder.further(),
            elapsed_ms,
            kept_until: asked_at.saturating_add(self.limits.kept_s),
        };
        let row: CheckRow = checked.to_row();
        let mut saved = self.store.save_check(row).await;
        if saved.is_ok() {
            saved = self.measure().await;
        }
        counted.is_made = saved.is_ok();
        // Whoever is told finds it counted.
        drop(counted);
        match saved {
            Ok(()) => tell.phase(Phase::Done),
            Err(error) => {
                tracing::error!(%error, "a check was not kept");
                tell.phase(Phase::Lost);
            }
        }
    }
}
