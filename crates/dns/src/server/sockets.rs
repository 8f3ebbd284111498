//! The two sockets of a name server.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

use super::stream;
use super::{Transport, ZoneSource, respond};

/// Octets of a datagram that are read; a longer one loses its end, and is no query then.
const QUERY_OCTETS: usize = 4096;
/// How often a port is looked for that is free for both, where the system may choose.
const PORTS_TRIED: usize = 16;
/// How long the server pauses when the system cannot give it a connection or a datagram.
const PAUSE: Duration = Duration::from_millis(50);

/// Bounds on the connections of a [`Server`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerOptions {
    /// Connections at a time; further ones are closed at once. The default is 256.
    pub connections_max: usize,
    /// Connections at a time from one address. The default is 32.
    pub connections_per_address_max: usize,
    /// How long a connection may wait for its next query, and for a reply to be taken. The default is 10
    /// seconds; RFC 7766, section 6.2.3, asks for the order of a few seconds.
    pub idle_timeout: Duration,
    /// How long a connection may last in all. The default is 2 minutes.
    pub connection_timeout: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            connections_max: 256,
            connections_per_address_max: 32,
            idle_timeout: Duration::from_secs(10),
            connection_timeout: Duration::from_secs(120),
        }
    }
}

/// A running name server. It ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    /// Ends its tasks when it is dropped.
    _tasks: JoinSet<()>,
}

impl Server {
    /// Answers queries at `address`, over UDP and TCP; with port 0 the system chooses one port for both. Must
    /// be called inside the runtime.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub async fn start(
        address: SocketAddr,
        source: Arc<dyn ZoneSource>,
        options: ServerOptions,
    ) -> io::Result<Self> {
        let (socket, listener) = bind(address).await?;
        let address = listener.local_addr()?;
        let mut tasks = JoinSet::new();
        tasks.spawn(datagrams(socket, Arc::clone(&source)));
        tasks.spawn(stream::connections(listener, source, options));
        Ok(Self {
            address,
            _tasks: tasks,
        })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

async fn bind(address: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let mut tried = 0;
    loop {
        let listener = TcpListener::bind(address).await?;
        match UdpSocket::bind(listener.local_addr()?).await {
            Ok(socket) => return Ok((socket, listener)),
            Err(error) => {
                tried += 1;
                // The port that the system chose may be taken for datagrams.
                if address.port() != 0 || tried == PORTS_TRIED {
                    return Err(error);
                }
            }
        }
    }
}

async fn datagrams(socket: UdpSocket, source: Arc<dyn ZoneSource>) {
    let mut buffer = vec![0; QUERY_OCTETS];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            // Some systems tell here that nobody took an earlier reply.
            pause().await;
            continue;
        };
        if let Some(reply) = respond(&buffer[..length], Transport::Udp, &*source) {
            // What gets lost on the way is asked for again.
            let _ = socket.send_to(&reply, from).await;
        }
    }
}

/// Lets some time pass, so that a lack of something does not keep a processor busy.
pub(super) async fn pause() {
    tokio::time::sleep(PAUSE).await;
}
