//! The name server on its sockets, and our own clients before it.

mod reply;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use garant_dns::authority::Direct;
use garant_dns::live::{NonRecursive, NonRecursiveOptions, Options, Stub};
use garant_dns::server::{ServedZone, ServedZones, Server, ServerOptions};
use garant_dns::{Name, Question, RecordType, Resolver, Source, Status};
use reply::{query, show};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};

const ZONE: &str = include_str!("served/exemple.test.zone");
const ANYWHERE: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

async fn server(options: ServerOptions) -> Server {
    let zone = ServedZone::parse(ZONE.as_bytes(), &name("exemple.test")).expect("a zone");
    let zones: ServedZones = [zone].into_iter().collect();
    let server = Server::start(ANYWHERE, Arc::new(zones), options).await;
    server.expect("a port of loopback")
}

fn question(owner: &str, rtype: RecordType) -> Question {
    Question::new(name(owner), rtype)
}

/// A query as it goes over a connection.
fn framed(query: &[u8]) -> Vec<u8> {
    let length = u16::try_from(query.len()).expect("short");
    [&length.to_be_bytes()[..], query].concat()
}

async fn receive(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let length = stream.read_u16().await?;
    let mut reply = vec![0; usize::from(length)];
    stream.read_exact(&mut reply).await?;
    Ok(reply)
}

#[tokio::test]
async fn our_own_clients_get_answers_and_the_long_ones_over_tcp() {
    let server = server(ServerOptions::default()).await;
    let direct = NonRecursive::new(NonRecursiveOptions::new([7; 32]));
    let stub = Stub::new(Options::new(vec![server.address()], [7; 32]));
    for (owner, rtype, status) in [
        ("exemple.test", RecordType::Mx, Status::Found),
        ("grand.exemple.test", RecordType::Txt, Status::Found),
        ("mx1.exemple.test", RecordType::Txt, Status::NoData),
        ("rien.exemple.test", RecordType::Txt, Status::NxDomain),
        ("ailleurs.test", RecordType::Txt, Status::Refused),
    ] {
        let question = question(owner, rtype);
        let answer = direct.ask(server.address(), &question).await;
        assert_eq!(
            (answer.status, answer.authoritative),
            (status, status.is_definite()),
            "{owner}"
        );
        assert_eq!(stub.resolve(&question).await.status, status, "{owner}");
    }
    let long = stub
        .resolve(&question("grand.exemple.test", RecordType::Txt))
        .await;
    assert_eq!(long.source, Source::Tcp(server.address()));
    assert_eq!(direct.stats().tcp, 1);
    let delegated = question("www.delegue.exemple.test", RecordType::A);
    let answer = direct.ask(server.address(), &delegated).await;
    assert_eq!((answer.referral.len(), answer.glue.len()), (2, 2));
}

#[tokio::test]
async fn many_queries_of_one_connection_are_answered_in_their_order() {
    let server = server(ServerOptions::default()).await;
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("connects");
    let mut all = Vec::new();
    let asked = ["mx1", "rien", "grand", "deux"];
    for owner in asked {
        let owner = format!("{owner}.exemple.test");
        all.extend(framed(&query(&owner, "TXT", "")));
    }
    // In pieces that fit no boundary.
    for piece in all.chunks(7) {
        stream.write_all(piece).await.expect("sent");
    }
    for owner in asked {
        let reply = receive(&mut stream).await.expect("a reply");
        let question = &reply[13..];
        assert!(
            question.starts_with(owner.as_bytes()),
            "{owner}: {}",
            show(&reply)
        );
    }
}

#[tokio::test]
async fn nonsense_ends_a_connection_and_no_datagram_is_answered_by_one_without_need() {
    let server = server(ServerOptions::default()).await;
    // More octets announced than any query has; a reply in place of a query; fewer octets than a header.
    let mut reply = query("mx1.exemple.test", "A", "");
    reply[2] |= 0x80;
    for octets in [vec![0xff, 0xff], framed(&reply), framed(&[0; 5])] {
        let mut stream = TcpStream::connect(server.address())
            .await
            .expect("connects");
        stream.write_all(&octets).await.expect("sent");
        assert!(receive(&mut stream).await.is_err());
    }
    let socket = UdpSocket::bind(ANYWHERE).await.expect("a port");
    socket.connect(server.address()).await.expect("connects");
    socket.send(&reply).await.expect("sent");
    socket.send(&[0; 5]).await.expect("sent");
    socket
        .send(&query("mx1.exemple.test", "A", ""))
        .await
        .expect("sent");
    let mut buffer = [0; 600];
    let length = socket.recv(&mut buffer).await.expect("a reply");
    assert!(show(&buffer[..length]).starts_with("NOERROR aa answer"));
    assert!(socket.try_recv(&mut buffer).is_err());
}

#[tokio::test]
async fn connections_are_bounded_in_number_and_time() {
    let options = ServerOptions {
        connections_per_address_max: 2,
        idle_timeout: Duration::from_millis(200),
        ..ServerOptions::default()
    };
    let server = server(options).await;
    let asks = framed(&query("mx1.exemple.test", "A", ""));
    let mut streams = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(server.address())
            .await
            .expect("connects");
        stream.write_all(&asks).await.expect("sent");
        receive(&mut stream).await.expect("a reply");
        streams.push(stream);
    }
    let mut third = TcpStream::connect(server.address())
        .await
        .expect("connects");
    // The server closes it, before or while this is sent.
    let sent = third.write_all(&asks).await;
    assert!(sent.is_err() || receive(&mut third).await.is_err());
    // Whoever says nothing more loses the connection, and its place is free again.
    for stream in &mut streams {
        assert_eq!(stream.read(&mut [0; 2]).await.expect("closed in peace"), 0);
    }
    let mut again = TcpStream::connect(server.address())
        .await
        .expect("connects");
    again.write_all(&asks).await.expect("sent");
    receive(&mut again).await.expect("a reply");
}

#[tokio::test]
async fn a_server_that_is_dropped_is_gone() {
    let server = server(ServerOptions::default()).await;
    let address = server.address();
    let taken = Server::start(
        address,
        Arc::new(ServedZones::default()),
        ServerOptions::default(),
    );
    assert!(taken.await.is_err(), "one server at an address");
    drop(server);
    let direct = NonRecursive::new(NonRecursiveOptions {
        attempt_timeout: Duration::from_millis(50),
        ..NonRecursiveOptions::new([7; 32])
    });
    let answer = direct
        .ask(address, &question("mx1.exemple.test", RecordType::A))
        .await;
    assert!(matches!(
        answer.status,
        Status::Unreachable | Status::Timeout
    ));
}
