//! A distance on loopback: passes DNS messages on after a fixed delay, many at a time.
//!
//! The whole round trip is added on the way to the server. The delay is the same for all, so that a
//! queue holds what is under way; the server's answer goes back at once.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// Octets of a datagram at most.
const DATAGRAM_OCTETS: usize = 4096;
/// Message numbers, and so the queries that may be with the server at a time.
const NUMBERS: usize = 65_536;

/// Who asked, and under which number.
type Asker = (SocketAddr, [u8; 2]);

/// A proxy that listens.
pub(crate) struct Proxy {
    front: UdpSocket,
    front_tcp: TcpListener,
    back: UdpSocket,
    upstream: SocketAddr,
    delay: Duration,
    /// What waits: due when, from whom, and the message.
    queue: RefCell<VecDeque<(Instant, SocketAddr, Vec<u8>)>>,
    arrived: Notify,
    /// By our own number.
    asked: RefCell<Vec<Option<Asker>>>,
}

impl Proxy {
    /// Listens on `listen`, UDP and TCP, for queries to `upstream`.
    pub(crate) async fn start(
        listen: SocketAddr,
        upstream: SocketAddr,
        delay: Duration,
    ) -> io::Result<Self> {
        let front = UdpSocket::bind(listen).await?;
        let front_tcp = TcpListener::bind(front.local_addr()?).await?;
        let back = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        back.connect(upstream).await?;
        Ok(Self {
            front,
            front_tcp,
            back,
            upstream,
            delay,
            queue: RefCell::default(),
            arrived: Notify::new(),
            asked: RefCell::new(vec![None; NUMBERS]),
        })
    }

    /// Where it listens.
    #[cfg(test)]
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.front.local_addr()
    }

    /// Passes messages on until a socket fails.
    pub(crate) async fn run(&self) -> io::Result<()> {
        tokio::try_join!(
            self.take(),
            self.pass_on(),
            self.give_back(),
            self.connections()
        )?;
        Ok(())
    }

    async fn take(&self) -> io::Result<()> {
        let mut buffer = [0; DATAGRAM_OCTETS];
        loop {
            let (length, from) = self.front.recv_from(&mut buffer).await?;
            let due = Instant::now() + self.delay;
            let waiting = (due, from, buffer[..length].to_vec());
            self.queue.borrow_mut().push_back(waiting);
            self.arrived.notify_one();
        }
    }

    async fn pass_on(&self) -> io::Result<()> {
        let mut number: u16 = 0;
        loop {
            let first = self.queue.borrow_mut().pop_front();
            let Some((due, from, mut message)) = first else {
                self.arrived.notified().await;
                continue;
            };
            if due > Instant::now() {
                sleep_until(due).await;
            }
            let Some(id) = message.first_chunk_mut::<2>() else {
                continue;
            };
            number = number.wrapping_add(1);
            self.asked.borrow_mut()[usize::from(number)] = Some((from, *id));
            *id = number.to_be_bytes();
            self.back.send(&message).await?;
        }
    }

    async fn give_back(&self) -> io::Result<()> {
        let mut buffer = [0; DATAGRAM_OCTETS];
        loop {
            let length = self.back.recv(&mut buffer).await?;
            let message = &mut buffer[..length];
            let Some(id) = message.first_chunk_mut::<2>() else {
                continue;
            };
            let number = usize::from(u16::from_be_bytes(*id));
            let asked = self.asked.borrow_mut()[number].take();
            if let Some((from, asked_id)) = asked {
                *id = asked_id;
                self.front.send_to(message, from).await?;
            }
        }
    }

    /// Connections are passed on after the delay, and then not delayed further.
    async fn connections(&self) -> io::Result<()> {
        loop {
            let (mut client, _) = self.front_tcp.accept().await?;
            let (upstream, due) = (self.upstream, Instant::now() + self.delay);
            tokio::spawn(async move {
                sleep_until(due).await;
                let mut server = TcpStream::connect(upstream).await?;
                tokio::io::copy_bidirectional(&mut client, &mut server).await
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn messages_come_back_under_their_own_numbers() {
        const MESSAGES: u16 = 200;
        let echo = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("binds");
        let upstream = echo.local_addr().expect("bound");
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let proxy = Proxy::start(any, upstream, Duration::from_millis(20))
            .await
            .expect("starts");
        let client = UdpSocket::bind(any).await.expect("binds");
        client
            .connect(proxy.address().expect("bound"))
            .await
            .expect("connects");
        let echoing = async {
            let mut buffer = [0; 16];
            loop {
                let (length, from) = echo.recv_from(&mut buffer).await.expect("received");
                echo.send_to(&buffer[..length], from).await.expect("sent");
            }
        };
        let asking = async {
            // All have the same number; the text tells them apart.
            for n in 0..MESSAGES {
                client
                    .send(&[&[7, 7][..], &n.to_be_bytes()].concat())
                    .await
                    .expect("sent");
            }
            let mut back = Vec::new();
            for _ in 0..MESSAGES {
                let mut buffer = [0; 16];
                assert_eq!(client.recv(&mut buffer).await.expect("received"), 4);
                assert_eq!(buffer[..2], [7, 7]);
                back.push(u16::from_be_bytes([buffer[2], buffer[3]]));
            }
            back.sort_unstable();
            assert!(back.into_iter().eq(0..MESSAGES));
        };
        tokio::select! {
            () = echoing => {}
            result = proxy.run() => panic!("the proxy ended: {result:?}"),
            () = asking => {}
        }
    }
}
