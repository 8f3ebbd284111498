//! Asking one server without recursion, at whatever address the DNS of others leads to.
//!
//! Those addresses are not ours to trust: a zone may name anybody as its server. So no address is asked
//! more than a few questions at a time, however many zones lead there; one that does not answer
//! is then sent no more than so many datagrams in the time-out of one attempt. One that answers fast is sent no
//! more than [`PER_ADDRESS_PER_SECOND`].

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::net::UdpSocket;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::port::RECEIVE_OCTETS;
use super::rate::{Rate, RateOfEach};
use super::stats::{Counters, Stats};
use super::tcp;
use crate::address::is_public;
use crate::authority::{Direct, DirectAnswer, DirectFuture};
use crate::wire::{Edns, decode_direct, encode_direct, message_id};
use crate::{Question, Status};

/// Datagrams and connections to one public address in a second at most, whoever's zones lead there: a server of many zones
/// has thousands of questions a second anyway, and nobody else notices so few. Other addresses are asked only where the
/// user says that a server is there, so that they have no such limit.
pub const PER_ADDRESS_PER_SECOND: u32 = 50;

/// Datagrams sent for one question at most before its server counts as silent.
const ATTEMPTS: usize = 2;
/// Response codes with which a server says that it does not understand EDNS: FORMERR by the rule (RFC 6891,
/// section 7), NOTIMP by mistake.
const NO_EDNS: [Status; 2] = [Status::Rcode(1), Status::Rcode(4)];

/// How [`NonRecursive`] asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonRecursiveOptions {
    /// Where the numbers of queries come from. There is no default: whoever knows the seed can forge
    /// answers, so it comes from the system's randomness except in tests.
    pub seed: [u8; 32],
    /// How long a server may take for one attempt, of which there are two by datagram and one by TCP. The
    /// default is 1.5 seconds: servers of zones answer from memory, and half of that crosses the world twice.
    pub attempt_timeout: Duration,
    /// Questions under way at a time; others wait. Each has a socket of its own. The default is 64.
    pub concurrent_max: usize,
    /// Questions under way at a time to one address. The default is 4.
    pub concurrent_per_address_max: usize,
    /// Datagrams and connections per second at most, over all servers. The default is no limit.
    pub queries_per_second: Option<u32>,
}

impl NonRecursiveOptions {
    /// The defaults.
    pub fn new(seed: [u8; 32]) -> Self {
        Self {
            seed,
            attempt_timeout: Duration::from_millis(1500),
            concurrent_max: 64,
            concurrent_per_address_max: 4,
            queries_per_second: None,
        }
    }
}

/// Asks servers over UDP from a fresh port for each question, and over TCP what does not fit; without EDNS
/// those that do not know it.
///
/// An answer is [`Status::Timeout`] when a server is silent, [`Status::Unreachable`] when nothing listens
/// there or no way leads there, [`Status::Malformed`] when what came was no answer to the question,
/// [`Status::Truncated`] when it was cut short and TCP did not bring the whole.
pub struct NonRecursive {
    options: NonRecursiveOptions,
    random: Mutex<StdRng>,
    places: Semaphore,
    addresses: Addresses,
    rate: Option<Rate>,
    rate_of_each: RateOfEach<IpAddr>,
    counters: Counters,
}

impl NonRecursive {
    /// Opens nothing yet.
    pub fn new(options: NonRecursiveOptions) -> Self {
        Self {
            random: Mutex::new(StdRng::from_seed(options.seed)),
            places: Semaphore::new(options.concurrent_max.clamp(1, Semaphore::MAX_PERMITS)),
            addresses: Addresses::new(options.concurrent_per_address_max),
            rate: options
                .queries_per_second
                .map(|per_second| Rate::new(per_second, Instant::now())),
            rate_of_each: RateOfEach::new(PER_ADDRESS_PER_SECOND, Duration::from_secs(1)),
            counters: Counters::default(),
            options,
        }
    }

    /// What was done so far.
    pub fn stats(&self) -> Stats {
        self.counters.read()
    }

    async fn answer(&self, server: SocketAddr, question: &Question) -> DirectAnswer {
        // First one's turn at the server: a crowd before one address must not take the places of others.
        let _turn = self.addresses.enter(server.ip()).await;
        let place = self.places.acquire().await;
        let _place = place.expect("this semaphore is never closed");
        let mut answer = self.attempt(server, question, Edns::Offered).await;
        if NO_EDNS.contains(&answer.status) {
            self.counters.retries.fetch_add(1, Ordering::Relaxed);
            answer = self.attempt(server, question, Edns::Absent).await;
        }
        self.counters.answered.fetch_add(1, Ordering::Relaxed);
        answer
    }

    /// Waits until something may be sent to this address.
    async fn wait_for_turn(&self, address: IpAddr) {
        if is_public(address) {
            self.rate_of_each.wait(address).await;
        }
        if let Some(rate) = &self.rate {
            rate.wait().await;
        }
    }

    async fn attempt(&self, server: SocketAddr, question: &Question, edns: Edns) -> DirectAnswer {
        let answer = self.ask_datagram(server, question, edns).await;
        if answer.status != Status::Truncated {
            return answer;
        }
        self.wait_for_turn(server.ip()).await;
        self.counters.tcp.fetch_add(1, Ordering::Relaxed);
        let query = encode_direct(question, self.number(), edns);
        let exchange = tcp::exchange(server, &query);
        let Ok(message) = timeout(self.options.attempt_timeout, exchange).await else {
            self.counters.timeouts.fetch_add(1, Ordering::Relaxed);
            return answer;
        };
        let whole = message.ok().and_then(|m| decode_direct(&m, question).ok());
        whole.unwrap_or(answer)
    }

    async fn ask_datagram(
        &self,
        server: SocketAddr,
        question: &Question,
        edns: Edns,
    ) -> DirectAnswer {
        let Ok(socket) = connect(server) else {
            return DirectAnswer::bare(Status::Unreachable);
        };
        // The number stays the same in both attempts: whichever is answered, counts.
        let query = encode_direct(question, self.number(), edns);
        let mut status = Status::Timeout;
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.counters.retries.fetch_add(1, Ordering::Relaxed);
            }
            self.wait_for_turn(server.ip()).await;
            if socket.send(&query).await.is_err() {
                return DirectAnswer::bare(Status::Unreachable);
            }
            self.counters.sent.fetch_add(1, Ordering::Relaxed);
            let reply = self.receive(&socket, &query, question, &mut status);
            match timeout(self.options.attempt_timeout, reply).await {
                Ok(answer) => return answer,
                Err(_) => self.counters.timeouts.fetch_add(1, Ordering::Relaxed),
            };
        }
        DirectAnswer::bare(status)
    }

    /// Receives until something belongs to the query. `status` becomes [`Status::Malformed`] when a message
    /// has its number and another question.
    async fn receive(
        &self,
        socket: &UdpSocket,
        query: &[u8],
        question: &Question,
        status: &mut Status,
    ) -> DirectAnswer {
        let mut buffer = vec![0; RECEIVE_OCTETS];
        loop {
            let Ok(length) = socket.recv(&mut buffer).await else {
                // The kernel hears that nobody listens.
                return DirectAnswer::bare(Status::Unreachable);
            };
            let octets = &buffer[..length];
            if message_id(octets) == message_id(query) {
                match decode_direct(octets, question) {
                    Ok(answer) => return answer,
                    Err(fault) if fault.is_foreign() => *status = Status::Malformed,
                    Err(_) => return DirectAnswer::bare(Status::Malformed),
                }
            }
            self.counters.strays.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn number(&self) -> u16 {
        let mut random = self
            .random
            .lock()
            .expect("no panic while the generator is held");
        random.random()
    }
}

impl Direct for NonRecursive {
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a> {
        Box::pin(self.answer(server, question))
    }
}

/// A connected socket: the kernel chooses a random port, drops what other addresses send, and tells when
/// nobody listens.
fn connect(server: SocketAddr) -> io::Result<UdpSocket> {
    let any = match server {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    let socket = std::net::UdpSocket::bind(any)?;
    socket.connect(server)?;
    socket.set_nonblocking(true)?;
    UdpSocket::from_std(socket)
}

/// The addresses that are being asked, and how many may ask each.
struct Addresses {
    each: usize,
    table: Mutex<HashMap<IpAddr, Weak<Semaphore>>>,
}

impl Addresses {
    fn new(each: usize) -> Self {
        Self {
            each: each.clamp(1, Semaphore::MAX_PERMITS),
            table: Mutex::default(),
        }
    }

    fn table(&self) -> MutexGuard<'_, HashMap<IpAddr, Weak<Semaphore>>> {
        self.table.lock().expect("no panic while the table is held")
    }

    /// Waits for one's turn at an address.
    async fn enter(&self, address: IpAddr) -> Turn<'_> {
        let semaphore = {
            let mut table = self.table();
            let entry = table.entry(address).or_default();
            entry.upgrade().unwrap_or_else(|| {
                let new = Arc::new(Semaphore::new(self.each));
                *entry = Arc::downgrade(&new);
                new
            })
        };
        // Made before waiting, so that who gives up leaves nothing on the table either.
        let mut turn = Turn {
            addresses: self,
            address,
            permit: None,
        };
        let permit = semaphore.acquire_owned().await;
        turn.permit = Some(permit.expect("these semaphores are never closed"));
        turn
    }
}

/// A turn at an address. The last to leave takes the address off the table.
struct Turn<'a> {
    addresses: &'a Addresses,
    address: IpAddr,
    permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut table = self.addresses.table();
        drop(self.permit.take());
        // Those who wait hold the semaphore too.
        if table
            .get(&self.address)
            .is_some_and(|semaphore| semaphore.strong_count() == 0)
        {
            table.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::future::FutureExt;

    use super::*;

    #[test]
    fn an_address_is_on_the_table_while_somebody_asks_or_waits_there() {
        let addresses = Addresses::new(2);
        let [a, b] = [[192, 0, 2, 1], [192, 0, 2, 2]].map(IpAddr::from);
        let enter = |address| addresses.enter(address).now_or_never();
        let first = enter(a).expect("free");
        let second = enter(a).expect("free");
        assert!(enter(a).is_none(), "the third waits");
        let other = enter(b).expect("another address is another matter");
        assert_eq!(addresses.table().len(), 2);
        drop(first);
        let third = enter(a).expect("free again");
        let mut waiting = Box::pin(addresses.enter(a));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop((second, third));
        assert_eq!(addresses.table().len(), 2, "one still waits");
        let fourth = waiting.now_or_never().expect("its turn");
        let last = enter(a).expect("free");
        let mut given_up = Box::pin(addresses.enter(a));
        assert!(given_up.as_mut().now_or_never().is_none());
        drop((fourth, other, last));
        drop(given_up);
        assert_eq!(addresses.table().len(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_is_not_sent_more_than_its_share_and_all_not_more_than_theirs() {
        let options = |queries_per_second| NonRecursiveOptions {
            queries_per_second,
            ..NonRecursiveOptions::new([0; 32])
        };
        for (limit, address, turns, expect_ms) in [
            (None, [8, 8, 8, 8], PER_ADDRESS_PER_SECOND, 0),
            (None, [8, 8, 8, 8], 3 * PER_ADDRESS_PER_SECOND, 2_000),
            (None, [127, 0, 0, 1], 3 * PER_ADDRESS_PER_SECOND, 0),
            (Some(10), [127, 0, 0, 1], 31, 3_000),
        ] {
            let asker = NonRecursive::new(options(limit));
            let begun = Instant::now();
            for _ in 0..turns {
                asker.wait_for_turn(address.into()).await;
            }
            let took = begun.elapsed().as_millis();
            assert!(
                took.abs_diff(expect_ms) <= 30,
                "{limit:?} {address:?}: {took} ms"
            );
        }
    }
}
