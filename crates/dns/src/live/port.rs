//! Sockets towards one server, each shared by many questions.
//!
//! A socket per query would cost five times the work. A socket here is connected, so that the kernel
//! drops what other addresses send and reports when nobody listens; the kernel gave it a random local
//! port; one task receives on it and hands each answer to the asker who waits under its number. After
//! [`QUERIES_PER_PORT`] queries it makes room for another, with another port.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::net::UdpSocket;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::stats::Counters;
use crate::wire::{Response, decode_response, message_id};
use crate::{Question, Source};

/// Queries sent from one port at most. Few enough that a port once guessed is soon worthless, enough
/// that opening sockets costs nothing to speak of.
const QUERIES_PER_PORT: u32 = 1000;
/// Questions that wait at a port before another is opened beside it.
const CROWD: usize = 16;
/// Octets of a datagram that are received: servers keep to what EDNS offered (1232), and what does not
/// is still read as far as an Ethernet jumbo frame carries it.
pub(super) const RECEIVE_OCTETS: usize = 9000;

/// What an asker hears.
pub(super) enum Reply {
    /// A response to the question.
    Response(Response),
    /// A message that repeats the question and says nothing usable.
    Fault,
    /// Nobody listens there, or the network is not there.
    Unreachable,
}

struct Waiting {
    question: Question,
    reply: oneshot::Sender<Reply>,
    /// Whether a message with this number came that was no response to this question.
    disturbed: bool,
}

/// A connected socket and who waits at it.
struct Port {
    socket: UdpSocket,
    server: SocketAddr,
    waiting: Mutex<HashMap<u16, Waiting>>,
    asked: AtomicU32,
    /// Set when receiving failed in a way that will not pass.
    broken: AtomicBool,
    counters: Arc<Counters>,
}

impl Port {
    fn waiting(&self) -> MutexGuard<'_, HashMap<u16, Waiting>> {
        self.waiting
            .lock()
            .expect("no panic while the table is held")
    }

    /// Whether nobody new should ask here.
    fn is_worn(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
            || self.asked.load(Ordering::Relaxed) >= QUERIES_PER_PORT
    }

    /// Receives until the socket breaks or nobody can ask here any more, which aborts the task.
    async fn receive(self: Arc<Self>) {
        let mut buffer = vec![0; RECEIVE_OCTETS];
        while !self.broken.load(Ordering::Relaxed) {
            match self.socket.recv(&mut buffer).await {
                Ok(length) => self.deliver(&buffer[..length]),
                Err(error) => {
                    let passes = error.kind() == io::ErrorKind::ConnectionRefused;
                    self.broken.store(!passes, Ordering::Relaxed);
                    for (_, waiting) in self.waiting().drain() {
                        // Who dropped the question needs no reply, here and below.
                        let _ = waiting.reply.send(Reply::Unreachable);
                    }
                }
            }
        }
    }

    /// Gives a message to whom it is for. What nobody waits for is dropped: it is late, or forged.
    fn deliver(&self, octets: &[u8]) {
        let mut table = self.waiting();
        let found = message_id(octets).and_then(|id| Some((id, table.get_mut(&id)?)));
        let Some((id, waiting)) = found else {
            self.counters.strays.fetch_add(1, Ordering::Relaxed);
            return;
        };
        let reply = match decode_response(octets, &waiting.question, Source::Udp(self.server)) {
            Ok(response) => Reply::Response(response),
            Err(fault) if fault.is_foreign() => {
                waiting.disturbed = true;
                self.counters.strays.fetch_add(1, Ordering::Relaxed);
                return;
            }
            Err(_) => Reply::Fault,
        };
        if let Some(waiting) = table.remove(&id) {
            drop(table);
            let _ = waiting.reply.send(reply);
        }
    }
}

/// A port that can be asked at. When the last who holds it lets go, receiving ends and it is closed.
struct OpenPort {
    port: Arc<Port>,
    receiving: AbortHandle,
}

impl Drop for OpenPort {
    fn drop(&mut self) {
        self.receiving.abort();
    }
}

/// The ports towards one server.
pub(super) struct Upstream {
    server: SocketAddr,
    ports_max: usize,
    open: Mutex<Vec<Arc<OpenPort>>>,
    counters: Arc<Counters>,
}

impl Upstream {
    /// No port open yet.
    pub(super) fn new(server: SocketAddr, ports_max: usize, counters: Arc<Counters>) -> Self {
        Self {
            server,
            ports_max: ports_max.max(1),
            open: Mutex::new(Vec::new()),
            counters,
        }
    }

    /// The server's address.
    pub(super) fn server(&self) -> SocketAddr {
        self.server
    }

    /// Takes a place at a port, with a number that no other question has there. `random` chooses both.
    ///
    /// # Errors
    /// No socket could be opened towards the server.
    pub(super) fn enter(&self, question: Question, random: u64) -> io::Result<Place> {
        let open = self.port(usize::try_from(random >> 32).unwrap_or_default())?;
        open.port.asked.fetch_add(1, Ordering::Relaxed);
        let (reply, hears) = oneshot::channel();
        let mut table = open.port.waiting();
        let [.., high, low] = random.to_be_bytes();
        let mut id = u16::from_be_bytes([high, low]);
        // Ends: fewer questions than numbers are under way in all (`CONCURRENT_MAX`).
        while table.contains_key(&id) {
            id = id.wrapping_add(1);
        }
        table.insert(
            id,
            Waiting {
                question,
                reply,
                disturbed: false,
            },
        );
        drop(table);
        Ok(Place { open, id, hears })
    }

    /// One of the open ports by chance, or a new one where that is crowded.
    fn port(&self, random: usize) -> io::Result<Arc<OpenPort>> {
        let mut open = self.open.lock().expect("no panic while the ports are held");
        let chosen = loop {
            let index = random % open.len().max(1);
            match open.get(index) {
                Some(chosen) if chosen.port.is_worn() => drop(open.swap_remove(index)),
                chosen => break chosen,
            }
        };
        if let Some(chosen) = chosen
            && (open.len() >= self.ports_max || chosen.port.waiting().len() < CROWD)
        {
            return Ok(Arc::clone(chosen));
        }
        match self.open_port() {
            Ok(new) => {
                open.push(Arc::clone(&new));
                Ok(new)
            }
            // Out of sockets: a crowded port is better than none.
            Err(error) => chosen.cloned().ok_or(error),
        }
    }

    fn open_port(&self) -> io::Result<Arc<OpenPort>> {
        let any = match self.server {
            SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
            SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
        };
        let socket = std::net::UdpSocket::bind(any)?;
        socket.connect(self.server)?;
        socket.set_nonblocking(true)?;
        let port = Arc::new(Port {
            socket: UdpSocket::from_std(socket)?,
            server: self.server,
            waiting: Mutex::default(),
            asked: AtomicU32::new(0),
            broken: AtomicBool::new(false),
            counters: Arc::clone(&self.counters),
        });
        let receiving = tokio::spawn(Arc::clone(&port).receive()).abort_handle();
        Ok(Arc::new(OpenPort { port, receiving }))
    }
}

/// Where one question waits. Dropping it gives the number back.
pub(super) struct Place {
    open: Arc<OpenPort>,
    id: u16,
    hears: oneshot::Receiver<Reply>,
}

impl Place {
    /// The number to send the query under.
    pub(super) fn id(&self) -> u16 {
        self.id
    }

    /// Sends the query and waits for the reply, for ever if none comes.
    pub(super) async fn ask(&mut self, query: &[u8]) -> Reply {
        let socket = &self.open.port.socket;
        let mut sent = socket.send(query).await;
        if let Err(error) = &sent
            && error.kind() == io::ErrorKind::ConnectionRefused
        {
            // The kernel reports the refusal of an earlier datagram here, and did not send this one.
            sent = socket.send(query).await;
        }
        if sent.is_err() {
            return Reply::Unreachable;
        }
        self.open.port.counters.sent.fetch_add(1, Ordering::Relaxed);
        // The sender is only ever dropped together with the socket's table.
        (&mut self.hears).await.unwrap_or(Reply::Unreachable)
    }

    /// Whether messages came under this number that were no response to this question.
    pub(super) fn was_disturbed(&self) -> bool {
        let table = self.open.port.waiting();
        table.get(&self.id).is_some_and(|waiting| waiting.disturbed)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Once the reply was given, the number may already belong to another question.
        self.hears.close();
        let mut table = self.open.port.waiting();
        if table
            .get(&self.id)
            .is_some_and(|waiting| waiting.reply.is_closed())
        {
            table.remove(&self.id);
        }
    }
}
