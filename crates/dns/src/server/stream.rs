//! Queries over TCP (RFC 7766).
//!
//! Queries of one connection are answered in their order, each before the next is read: whoever sends many at
//! once has them wait in the system's buffers and not in ours.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::sockets::{ServerOptions, pause};
use super::{Transport, ZoneSource, respond};

/// Octets of a query over TCP that are read at most. A question and all that goes with it fit into a tenth;
/// a connection that announces more is closed.
const QUERY_OCTETS_MAX: u16 = 4096;

/// Takes connections for as long as it is polled.
pub(super) async fn connections(
    listener: TcpListener,
    source: Arc<dyn ZoneSource>,
    options: ServerOptions,
) {
    let places = Places::default();
    let mut running = JoinSet::new();
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            pause().await;
            continue;
        };
        // What has ended need not be remembered.
        while running.try_join_next().is_some() {}
        // Dropping the stream closes the connection.
        let Some(place) = places.take(from.ip(), &options) else {
            continue;
        };
        let source = Arc::clone(&source);
        running.spawn(async move {
            let _place = place;
            // A connection that fails concerns whoever opened it.
            let _ = timeout(options.connection_timeout, serve(stream, &*source, options)).await;
        });
    }
}

async fn serve(
    mut stream: TcpStream,
    source: &dyn ZoneSource,
    options: ServerOptions,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut query = Vec::new();
    loop {
        let read = timeout(options.idle_timeout, read(&mut stream, &mut query));
        read.await??;
        let Some(reply) = respond(&query, Transport::Tcp, source) else {
            return Ok(());
        };
        let length = u16::try_from(reply.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        // RFC 7766, section 8: length and message go out together.
        let framed = [&length.to_be_bytes()[..], &reply].concat();
        timeout(options.idle_timeout, stream.write_all(&framed)).await??;
    }
}

async fn read(stream: &mut TcpStream, query: &mut Vec<u8>) -> io::Result<()> {
    let length = stream.read_u16().await?;
    if length > QUERY_OCTETS_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    query.resize(usize::from(length), 0);
    stream.read_exact(query).await?;
    Ok(())
}

/// How many connections there are, in all and from each address.
#[derive(Clone, Default)]
struct Places(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection's place, free again when this is dropped.
struct Place {
    places: Places,
    address: IpAddr,
}

impl Places {
    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, address: IpAddr, options: &ServerOptions) -> Option<Place> {
        let mut taken = self.lock();
        // Few addresses are here at a time, as each has at least one of the connections.
        if taken.values().sum::<usize>() >= options.connections_max {
            return None;
        }
        let from_here = taken.entry(address).or_default();
        if *from_here >= options.connections_per_address_max {
            return None;
        }
        *from_here += 1;
        Some(Place {
            places: self.clone(),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(from_here) = taken.get_mut(&self.address) {
            *from_here -= 1;
            if *from_here == 0 {
                taken.remove(&self.address);
            }
        }
    }
}
