//! Servers that do what a script says.
//!
//! Each server is a thread with a script. tokio's clock stands still while such a thread runs, so that no
//! time-out comes before its time, and jumps to the next timer as soon as the script is at its end.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use tokio::task::JoinHandle;

/// A socket that nobody reads.
pub(crate) fn silent() -> (UdpSocket, SocketAddr) {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = socket.local_addr().expect("bound");
    (socket, address)
}

/// A server that does what `script` says and is then silent.
pub(crate) fn server(
    script: impl FnOnce(&mut Fake) + Send + 'static,
) -> (SocketAddr, JoinHandle<UdpSocket>) {
    let (socket, address) = silent();
    // A script that waits in vain fails its test instead of hanging.
    socket
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a time-out");
    let thread = tokio::task::spawn_blocking(move || {
        let mut fake = Fake { socket };
        script(&mut fake);
        fake.socket
    });
    (address, thread)
}

pub(crate) struct Fake {
    pub(crate) socket: UdpSocket,
}

impl Fake {
    /// The next query, and who asks.
    pub(crate) fn receive(&mut self) -> (Vec<u8>, SocketAddr) {
        let mut buffer = [0; 600];
        let (length, from) = self.socket.recv_from(&mut buffer).expect("a query");
        (buffer[..length].to_vec(), from)
    }

    pub(crate) fn send(&self, octets: &[u8], to: SocketAddr) {
        self.socket.send_to(octets, to).expect("sent");
    }
}

/// Lets other tasks run until `done`.
pub(crate) async fn until(done: impl Fn() -> bool) {
    while !done() {
        tokio::task::yield_now().await;
    }
}
