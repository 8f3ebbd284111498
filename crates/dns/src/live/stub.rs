//! A stub resolver: it asks servers that do the work, and never believes the wrong datagram.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use super::options::Options;
use super::port::{Reply, Upstream};
use super::rate::Rate;
use super::stats::{Counters, Stats};
use super::tcp;
use crate::wire::{Response, encode_query};
use crate::{Answer, AnswerFuture, Question, Resolver, Source, Status};

/// Questions under way at a time at most, whatever the options say: far fewer than the 65,536 numbers
/// that one port has, so that a free one is always near.
pub const CONCURRENT_MAX: usize = 16_384;

/// Asks the servers of its [`Options`] over UDP, and over TCP what does not fit.
///
/// The servers are asked in order, beginning with the one that answered last when an earlier one was
/// silent. SERVFAIL, REFUSED and other errors are kept and the next server is asked; a server that was
/// silent is asked again in the next round. What the last server said is the answer; where none said
/// anything, the answer is [`Status::Malformed`], [`Status::Truncated`], [`Status::Timeout`] or
/// [`Status::Unreachable`], the first of these that happened.
///
/// Everything belongs to the tokio runtime in which the first question is asked. A question that is no
/// longer waited for is forgotten at once.
pub struct Stub {
    options: Options,
    upstreams: Vec<Upstream>,
    /// The server to begin with.
    first: AtomicUsize,
    random: Mutex<StdRng>,
    rate: Option<Rate>,
    places: Semaphore,
    connections: Semaphore,
    counters: Arc<Counters>,
}

impl Stub {
    /// Opens nothing yet.
    pub fn new(options: Options) -> Self {
        let counters = Arc::new(Counters::default());
        let servers = options.servers.iter();
        let upstreams = servers
            .map(|server| Upstream::new(*server, options.sockets_max, Arc::clone(&counters)))
            .collect();
        let rate = options.queries_per_second;
        Self {
            upstreams,
            first: AtomicUsize::new(0),
            random: Mutex::new(StdRng::from_seed(options.seed)),
            rate: rate.map(|per_second| Rate::new(per_second, Instant::now())),
            places: Semaphore::new(options.concurrent_max.clamp(1, CONCURRENT_MAX)),
            connections: Semaphore::new(options.connections_max.clamp(1, CONCURRENT_MAX)),
            counters,
            options,
        }
    }

    /// What was done so far.
    pub fn stats(&self) -> Stats {
        self.counters.read()
    }

    async fn answer(&self, question: &Question) -> Answer {
        let _place = acquire(&self.places).await;
        // Time runs from the first datagram: waiting for one's turn is no fault of the servers.
        self.wait_for_turn().await;
        let deadline = Instant::now() + self.options.query_timeout;
        let mut response = self.ask_servers(question, deadline).await;
        let mut aliases = std::mem::take(&mut response.answer.aliases);
        let mut authentic = response.answer.authentic;
        // A server that does not recurse leaves the end of the chain to the asker.
        while response.unfinished {
            let Some(last) = aliases.last() else { break };
            let onward = Question {
                name: last.target.clone(),
                ..question.clone()
            };
            self.wait_for_turn().await;
            response = self.ask_servers(&onward, deadline).await;
            aliases.append(&mut response.answer.aliases);
            authentic &= response.answer.authentic;
            let mut owners = HashSet::new();
            let end = aliases.last().map(|alias| &alias.target);
            if aliases.len() > Answer::ALIASES_MAX
                || aliases.iter().any(|alias| !owners.insert(&alias.owner))
                || end.is_some_and(|end| owners.contains(end))
            {
                response.answer = Answer::bare(Status::Malformed, response.answer.source);
                aliases.clear();
                break;
            }
        }
        self.counters.answered.fetch_add(1, Ordering::Relaxed);
        Answer {
            aliases,
            authentic,
            ..response.answer
        }
    }

    async fn wait_for_turn(&self) {
        if let Some(rate) = &self.rate {
            rate.wait().await;
        }
    }

    /// Goes round the servers until one says yes or no. The turn for the first attempt is taken already.
    async fn ask_servers(&self, question: &Question, deadline: Instant) -> Response {
        let count = self.upstreams.len();
        let mut kept = None;
        let mut failure = Failure::UNREACHABLE;
        // A server that spoke, or is not there, will do no better in the next round.
        let mut settled = vec![false; count];
        let mut attempted = false;
        for _ in 0..self.options.attempts.max(1) {
            let first = self.first.load(Ordering::Relaxed);
            for index in (first..count).chain(0..first.min(count)) {
                if settled[index] {
                    continue;
                }
                if attempted {
                    if timeout_at(deadline, self.wait_for_turn()).await.is_err()
                        || Instant::now() >= deadline
                    {
                        break;
                    }
                    self.counters.retries.fetch_add(1, Ordering::Relaxed);
                }
                attempted = true;
                match self
                    .attempt(&self.upstreams[index], question, deadline)
                    .await
                {
                    Ok(response) => {
                        if response.answer.status.is_definite() {
                            self.first.store(index, Ordering::Relaxed);
                            return response;
                        }
                        settled[index] = true;
                        kept = Some(response);
                    }
                    Err(other) => {
                        settled[index] = other.status == Status::Unreachable;
                        failure = failure.or(other);
                    }
                }
            }
        }
        kept.unwrap_or_else(|| Response {
            answer: Answer::bare(failure.status, failure.source),
            unfinished: false,
        })
    }

    /// One server, once; twice where the answer has to be fetched by TCP.
    async fn attempt(
        &self,
        upstream: &Upstream,
        question: &Question,
        deadline: Instant,
    ) -> Result<Response, Failure> {
        let server = upstream.server();
        let mut place = upstream
            .enter(question.clone(), self.random())
            .map_err(|_| Failure::UNREACHABLE)?;
        let query = encode_query(question, place.id());
        let now = Instant::now();
        let until = deadline.min(now + self.options.attempt_timeout);
        let early = until.min(now + self.options.attempt_timeout / REPEATED_AFTER);
        let mut reply = timeout_at(early, place.ask(&query)).await;
        if reply.is_err() && early < until {
            // A lost datagram must not cost the whole time-out. The number stays the same: whichever is
            // answered, counts.
            let again = async {
                self.wait_for_turn().await;
                self.counters.retries.fetch_add(1, Ordering::Relaxed);
                place.ask(&query).await
            };
            reply = timeout_at(until, again).await;
        }
        match reply {
            Ok(Reply::Response(response)) if response.answer.status == Status::Truncated => {
                drop(place);
                self.attempt_tcp(upstream, question, deadline).await
            }
            Ok(Reply::Response(response)) => Ok(response),
            Ok(Reply::Fault) => Err(Failure::new(Status::Malformed, Source::Udp(server))),
            Ok(Reply::Unreachable) => Err(Failure::UNREACHABLE),
            Err(_) => {
                self.counters.timeouts.fetch_add(1, Ordering::Relaxed);
                Err(if place.was_disturbed() {
                    Failure::new(Status::Malformed, Source::Udp(server))
                } else {
                    Failure::new(Status::Timeout, Source::Nobody)
                })
            }
        }
    }

    async fn attempt_tcp(
        &self,
        upstream: &Upstream,
        question: &Question,
        deadline: Instant,
    ) -> Result<Response, Failure> {
        let server = upstream.server();
        let truncated = Failure::new(Status::Truncated, Source::Udp(server));
        let turn = async {
            self.wait_for_turn().await;
            acquire(&self.connections).await
        };
        let _connection = timeout_at(deadline, turn).await.map_err(|_| truncated)?;
        self.counters.tcp.fetch_add(1, Ordering::Relaxed);
        let [.., high, low] = self.random().to_be_bytes();
        let exchange = tcp::ask(server, question, u16::from_be_bytes([high, low]));
        let until = deadline.min(Instant::now() + self.options.attempt_timeout);
        match timeout_at(until, exchange).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(_)) => Err(truncated),
            Err(_) => {
                self.counters.timeouts.fetch_add(1, Ordering::Relaxed);
                Err(truncated)
            }
        }
    }

    fn random(&self) -> u64 {
        let mut random = self
            .random
            .lock()
            .expect("no panic while the generator is held");
        random.random()
    }
}

async fn acquire(semaphore: &Semaphore) -> SemaphorePermit<'_> {
    semaphore
        .acquire()
        .await
        .expect("these semaphores are never closed")
}

/// The part of an attempt's time-out after which its datagram is sent once more.
const REPEATED_AFTER: u32 = 4;

/// Why an attempt brought nothing.
#[derive(Clone, Copy)]
struct Failure {
    status: Status,
    source: Source,
}

impl Failure {
    const UNREACHABLE: Self = Self::new(Status::Unreachable, Source::Nobody);

    const fn new(status: Status, source: Source) -> Self {
        Self { status, source }
    }

    /// The one that tells more: something came, or something might have come, or nothing could.
    fn or(self, other: Self) -> Self {
        let rank = |failure: &Self| match failure.status {
            Status::Malformed => 3,
            Status::Truncated => 2,
            Status::Timeout => 1,
            _ => 0,
        };
        if rank(&other) > rank(&self) {
            other
        } else {
            self
        }
    }
}

impl Resolver for Stub {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move { Arc::new(self.answer(question).await) })
    }
}
