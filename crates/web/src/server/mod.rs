//! Connections: accepted, spoken with, and ended, with and without TLS.
//!
//! Everything that a client can draw out has an end: the handshake, the header section (which is also how long
//! a connection may be idle), the beginning of the answer ([`crate::REQUEST_TIME_MAX`]), and each pause in which it takes
//! nothing of what is sent to it. HTTP/1.1 only: whoever wants HTTP/2 has a proxy in front, and its attacks stay there.

mod steady;
mod tls;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::Peer;
use steady::Steady;
pub use tls::{Tls, TlsError};

/// How long a client may take for its header section, and how long a connection stays open without a request.
pub const HEADER_TIME_MAX: Duration = Duration::from_secs(15);
/// How long a TLS handshake may take.
pub const HANDSHAKE_TIME_MAX: Duration = Duration::from_secs(10);
/// For how long a client may take nothing of what is sent to it.
pub const STALL_TIME_MAX: Duration = Duration::from_secs(30);
/// Octets of request line and header section at most; more is answered with status 431. Other servers stop at 8 or 16 KiB.
pub const HEADER_OCTETS_MAX: usize = 16 * 1024;
/// Connections at a time, by default; others wait to be accepted. Each takes some 20 KiB, and a file descriptor, of which a
/// process has 1,024 where nobody raised it.
pub const CONNECTIONS_MAX: usize = 800;
/// Octets that are read ahead or kept for one connection at most.
const BUFFER_OCTETS_MAX: usize = 64 * 1024;
/// How long nothing is accepted after the system could not give a connection: it is out of descriptors or memory.
const EXHAUSTED_PAUSE: Duration = Duration::from_millis(200);

/// Speaks HTTP on connections.
#[derive(Clone)]
pub struct Server {
    /// What answers.
    pub router: Router,
    /// With TLS, the newest certificate.
    pub tls: Option<watch::Receiver<Tls>>,
    /// Connections at a time. See [`CONNECTIONS_MAX`].
    pub connections_max: usize,
    /// How long requests that run may take when the server ends.
    pub grace: Duration,
}

impl Server {
    /// Answers on these listeners until `ended`; then accepts nothing, lets running requests come to their end
    /// within the grace, and cuts the others.
    pub async fn run(self, listeners: Vec<TcpListener>, ended: impl Future<Output = ()>) {
        let (tell, told) = watch::channel(false);
        let places = Arc::new(Semaphore::new(
            self.connections_max.clamp(1, Semaphore::MAX_PERMITS),
        ));
        let mut loops = JoinSet::new();
        for listener in listeners {
            let (places, told) = (Arc::clone(&places), told.clone());
            loops.spawn(self.clone().accept(listener, places, told));
        }
        ended.await;
        tell.send_replace(true);
        while loops.join_next().await.is_some() {}
    }

    async fn accept(
        self,
        listener: TcpListener,
        places: Arc<Semaphore>,
        told: watch::Receiver<bool>,
    ) {
        let mut connections = JoinSet::new();
        let mut ended = pin!(is_told(told.clone()));
        loop {
            tokio::select! {
                () = &mut ended => break,
                _ = connections.join_next(), if !connections.is_empty() => {}
                accepted = next(&listener, &places) => match accepted {
                    Ok((stream, address, place)) => {
                        let one = self.clone().connection(stream, address, told.clone());
                        connections.spawn(async move {
                            one.await;
                            drop(place);
                        });
                    }
                    Err(error) => {
                        tracing::warn!(%error, "no connection could be accepted");
                        sleep(EXHAUSTED_PAUSE).await;
                    }
                },
            }
        }
        drop(listener);
        let finished = async { while connections.join_next().await.is_some() {} };
        if timeout(self.grace, finished).await.is_err() {
            tracing::warn!(connections = connections.len(), "cut at the end");
        }
    }

    async fn connection(self, stream: TcpStream, address: SocketAddr, told: watch::Receiver<bool>) {
        // Answers are small and waited for; where it cannot be set they are a little later.
        let _ = stream.set_nodelay(true);
        let stream = Steady::new(stream, STALL_TIME_MAX);
        let Some(tls) = &self.tls else {
            let is_tls = false;
            return self.speak(stream, Peer { address, is_tls }, told).await;
        };
        let acceptor = TlsAcceptor::from(tls.borrow().config());
        match timeout(HANDSHAKE_TIME_MAX, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let is_tls = true;
                self.speak(stream, Peer { address, is_tls }, told).await;
            }
            Ok(Err(error)) => tracing::debug!(%error, "no TLS handshake"),
            Err(_) => tracing::debug!("no TLS handshake in time"),
        }
    }

    /// Speaks HTTP with one client until it has enough, or until the server ends.
    async fn speak<I>(&self, io: I, peer: Peer, told: watch::Receiver<bool>)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let router = self.router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(peer);
            router.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME_MAX)
            .max_header_size(HEADER_OCTETS_MAX)
            .max_buf_size(BUFFER_OCTETS_MAX)
            .serve_connection(TokioIo::new(io), service);
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = is_told(told) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            // Whatever a client does is no fault of ours.
            tracing::debug!(%error, "a connection broke");
        }
    }
}

async fn is_told(mut told: watch::Receiver<bool>) {
    // Whoever would tell is gone: that is an end too.
    let _ = told.wait_for(|told| *told).await;
}

/// The next connection, once there is a place for it.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await;
    let place = place.expect("this semaphore is never closed");
    let (stream, address) = listener.accept().await?;
    Ok((stream, address, place))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::Instant;

    use super::*;

    fn router() -> Router {
        Router::new()
            .route("/", get(async || "here"))
            .route(
                "/slow",
                get(async || {
                    sleep(Duration::from_secs(5)).await;
                    "late"
                }),
            )
            .route("/echo", post(async |body: String| body))
            .route("/large", get(async || "x".repeat(10_000_000)))
    }

    /// A client whose connection holds so many octets, and the server's end of it at work.
    fn connected(octets: usize) -> (DuplexStream, watch::Sender<bool>) {
        let (client, io) = duplex(octets);
        let (tell, told) = watch::channel(false);
        let server = Server {
            router: router(),
            tls: None,
            connections_max: 1,
            grace: Duration::from_secs(10),
        };
        let peer = Peer {
            address: (Ipv4Addr::LOCALHOST, 1).into(),
            is_tls: false,
        };
        tokio::spawn(async move {
            server
                .speak(Steady::new(io, STALL_TIME_MAX), peer, told)
                .await;
        });
        (client, tell)
    }

    /// What the client gets until the connection ends, and after how many seconds that is.
    async fn answered(client: &mut DuplexStream) -> (String, u64) {
        let begun = Instant::now();
        let mut octets = Vec::new();
        client.read_to_end(&mut octets).await.unwrap();
        let text = String::from_utf8_lossy(&octets).into_owned();
        (text, begun.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_client_is_cut() {
        let seconds = HEADER_TIME_MAX.as_secs();
        for (sent, expect) in [
            // Nothing, half a header section, and a request with nothing behind it.
            ("", ""),
            ("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", ""),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK"),
        ] {
            let (mut client, _tell) = connected(1 << 20);
            client.write_all(sent.as_bytes()).await.unwrap();
            let (text, after) = answered(&mut client).await;
            assert!(text.starts_with(expect), "{sent:?}: {text}");
            assert_eq!(text.is_empty(), expect.is_empty(), "{sent:?}: {text}");
            assert_eq!(after, seconds, "{sent:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_is_cut() {
        let (mut client, _tell) = connected(1024);
        let request = b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        client.write_all(request).await.unwrap();
        sleep(STALL_TIME_MAX + Duration::from_secs(1)).await;
        let (text, _) = answered(&mut client).await;
        assert!(text.len() < 10_000, "{}", text.len());
    }

    #[tokio::test(start_paused = true)]
    async fn too_large_a_header_section_is_refused() {
        let (mut client, _tell) = connected(1 << 20);
        let field = "x".repeat(HEADER_OCTETS_MAX);
        let request = format!("GET / HTTP/1.1\r\nHost: a\r\nX-Large: {field}\r\n\r\n");
        client.write_all(request.as_bytes()).await.unwrap();
        let (text, _) = answered(&mut client).await;
        assert!(text.starts_with("HTTP/1.1 431"), "{text}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_running_request_comes_to_its_end_when_the_server_ends() {
        let (mut client, tell) = connected(1 << 20);
        let request = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
        client.write_all(request).await.unwrap();
        sleep(Duration::from_secs(1)).await;
        tell.send_replace(true);
        let (text, after) = answered(&mut client).await;
        assert!(text.ends_with("late"), "{text}");
        assert_eq!(after, 4);
        // One that is idle ends at once.
        let (mut client, tell) = connected(1 << 20);
        client
            .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .await
            .unwrap();
        sleep(Duration::from_secs(1)).await;
        tell.send_replace(true);
        assert_eq!(answered(&mut client).await.1, 0);
    }
}
