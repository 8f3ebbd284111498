//! Asking one server without recursion, against servers that no real name server plays.

mod fake;
mod message;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use fake::{server, silent, until};
use garant_dns::authority::{Direct, DirectAnswer};
use garant_dns::live::{NonRecursive, NonRecursiveOptions};
use garant_dns::{Question, RecordType, Status};
use message::{Sketch, respond};
use tokio::task::JoinHandle;

const FOUND: Sketch<'_> = Sketch {
    flags: "aa",
    rcode: 0,
    errors: &[],
    answer: "a A 192.0.2.1",
    authority: "",
    additional: "",
};
/// A privileged port on which nothing listens.
const NOBODY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 1);

fn asker() -> Arc<NonRecursive> {
    Arc::new(NonRecursive::new(NonRecursiveOptions::new([7; 32])))
}

fn ask(asker: &Arc<NonRecursive>, server: SocketAddr) -> JoinHandle<DirectAnswer> {
    let asker = Arc::clone(asker);
    tokio::spawn(async move {
        let question = Question::new("a.exemple.test".parse().expect("a name"), RecordType::A);
        asker.ask(server, &question).await
    })
}

/// What a server may do to one query; the asker must come to `expect` with so many strays.
#[track_caller]
fn check(replies: impl Fn(&[u8]) -> Vec<Vec<u8>> + Send + 'static, expect: Status, strays: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build();
    runtime.expect("a runtime").block_on(async {
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (address, server) = server(move |fake| {
            let (query, from) = fake.receive();
            replies(&query)
                .iter()
                .for_each(|octets| fake.send(octets, from));
            // The clock stands still until everything sent was seen.
            let _ = held.recv();
        });
        let asker = asker();
        let answer = ask(&asker, address);
        until(|| asker.stats().strays == strays).await;
        if expect != Status::Timeout && expect != Status::Malformed {
            until(|| asker.stats().answered == 1).await;
        }
        drop(release);
        assert_eq!(answer.await.expect("an answer").status, expect);
        assert_eq!(asker.stats().strays, strays);
        server.await.expect("the script ends");
    });
}

#[test]
fn only_the_answer_to_the_question_is_believed() {
    let good = |query: &[u8]| respond(query, &FOUND);
    let other_id = move |query: &[u8]| {
        let mut octets = good(query);
        octets[0] ^= 0x80;
        octets
    };
    let other_question = |query: &[u8]| {
        let flags = "other";
        respond(query, &Sketch { flags, ..FOUND })
    };
    check(move |q| vec![good(q)], Status::Found, 0);
    check(move |q| vec![other_id(q), good(q)], Status::Found, 1);
    check(move |q| vec![other_question(q), good(q)], Status::Found, 1);
    check(
        move |q| {
            vec![
                q[..2].to_vec(),
                vec![],
                vec![0xff; 2000],
                q.to_vec(),
                good(q),
            ]
        },
        Status::Found,
        4,
    );
    // Nothing but the wrong: a message under the right number is told apart from silence.
    check(move |q| vec![other_id(q)], Status::Timeout, 1);
    check(move |q| vec![other_question(q)], Status::Malformed, 1);
    // The question is right and the rest is not: no use in waiting.
    let broken = move |query: &[u8]| {
        let octets = good(query);
        octets[..octets.len() - 14].to_vec()
    };
    check(move |q| vec![broken(q)], Status::Malformed, 0);
    let refused = |q: &[u8]| {
        let rcode = 5;
        vec![respond(
            q,
            &Sketch {
                rcode,
                answer: "",
                ..FOUND
            },
        )]
    };
    check(refused, Status::Refused, 0);
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_asked_twice_and_a_closed_port_once() {
    let (_socket, address) = silent();
    let begin = tokio::time::Instant::now();
    let asker_silent = asker();
    let answer = ask(&asker_silent, address).await.expect("an answer");
    assert_eq!(answer, DirectAnswer::bare(Status::Timeout));
    let stats = asker_silent.stats();
    assert_eq!((stats.sent, stats.timeouts, stats.retries), (2, 2, 1));
    assert_eq!(begin.elapsed(), Duration::from_secs(3));
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_unreachable() {
    let asker = asker();
    let answer = ask(&asker, NOBODY).await.expect("an answer");
    assert_eq!(answer, DirectAnswer::bare(Status::Unreachable));
    assert_eq!((asker.stats().sent, asker.stats().timeouts), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_lost_datagram_is_sent_again() {
    let (address, server) = server(|fake| {
        let (lost, _) = fake.receive();
        let (query, from) = fake.receive();
        assert_eq!(query, lost, "whichever is answered, counts");
        fake.send(&respond(&query, &FOUND), from);
    });
    let asker = asker();
    let answer = ask(&asker, address);
    until(|| asker.stats().sent == 1).await;
    tokio::time::advance(Duration::from_millis(1500)).await;
    assert_eq!(answer.await.expect("an answer").status, Status::Found);
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_know_edns_is_asked_without() {
    for code in [1, 4] {
        let (address, server) = server(move |fake| {
            let (query, from) = fake.receive();
            assert_eq!(query[11], 1, "an OPT record is offered");
            let flags = "bare";
            let rcode = code;
            let answer = "";
            let error = Sketch {
                flags,
                rcode,
                answer,
                ..FOUND
            };
            fake.send(&respond(&query, &error), from);
            let (query, again) = fake.receive();
            assert_eq!(query[11], 0, "and left out");
            assert_ne!(from.port(), again.port());
            fake.send(&respond(&query, &FOUND), again);
        });
        let asker = asker();
        let answer = ask(&asker, address).await.expect("an answer");
        assert_eq!((answer.status, answer.authoritative), (Status::Found, true));
        server.await.expect("the script ends");
    }
    // One that says so in any case is heard the second time.
    let (address, server) = server(|fake| {
        for _ in 0..2 {
            let (query, from) = fake.receive();
            fake.send(&respond(&query, &Sketch { rcode: 1, ..FOUND }), from);
        }
    });
    let answer = ask(&asker(), address).await.expect("an answer");
    assert_eq!(answer.status, Status::Rcode(1));
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn what_is_cut_short_is_fetched_by_tcp_or_known_to_be_cut() {
    let cut = |query: &[u8]| {
        let (flags, answer) = ("tc aa", "");
        respond(
            query,
            &Sketch {
                flags,
                answer,
                ..FOUND
            },
        )
    };
    // A listener at the datagrams' port: its script answers the connection too.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("bound");
    let socket = std::net::UdpSocket::bind(address).expect("the same port");
    let script = tokio::task::spawn_blocking(move || {
        let mut buffer = [0; 600];
        let (length, from) = socket.recv_from(&mut buffer).expect("a query");
        socket.send_to(&cut(&buffer[..length]), from).expect("sent");
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut length = [0; 2];
        stream.read_exact(&mut length).expect("a length");
        let mut query = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut query).expect("a query");
        let whole = respond(&query, &FOUND);
        let length = u16::try_from(whole.len()).expect("short").to_be_bytes();
        stream
            .write_all(&[&length, &whole[..]].concat())
            .expect("sent");
    });
    let whole = asker();
    let answer = ask(&whole, address).await.expect("an answer");
    assert_eq!((answer.status, answer.records.len()), (Status::Found, 1));
    assert_eq!(whole.stats().tcp, 1);
    script.await.expect("the script ends");

    let (address, server) = server(move |fake| {
        let (query, from) = fake.receive();
        fake.send(&cut(&query), from);
    });
    let answer = ask(&asker(), address).await.expect("an answer");
    assert_eq!(answer, DirectAnswer::bare(Status::Truncated));
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn a_crowd_before_one_address_waits_and_keeps_nobody_else_from_another() {
    let (_crowded_socket, crowded) = silent();
    let mut options = NonRecursiveOptions::new([7; 32]);
    options.concurrent_max = 5;
    options.concurrent_per_address_max = 4;
    let asker = Arc::new(NonRecursive::new(options));
    let crowd: Vec<_> = (0..20).map(|_| ask(&asker, crowded)).collect();
    until(|| asker.stats().sent == 4).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(asker.stats().sent, 4);
    // The same machine by another address: one place is left, and taken.
    let other = SocketAddr::from(([127, 0, 0, 2], crowded.port()));
    let (free, held) = std::sync::mpsc::channel::<()>();
    let socket = std::net::UdpSocket::bind(other).expect("all of 127.0.0.0/8 is here");
    let answers = tokio::task::spawn_blocking(move || {
        let mut ports = BTreeSet::new();
        for _ in 0..8 {
            let mut buffer = [0; 600];
            let (length, from) = socket.recv_from(&mut buffer).expect("a query");
            ports.insert(from.port());
            let octets = respond(&buffer[..length], &FOUND);
            socket.send_to(&octets, from).expect("sent");
        }
        let _ = held.recv();
        ports.len()
    });
    let others: Vec<_> = (0..8).map(|_| ask(&asker, other)).collect();
    for answer in others {
        assert_eq!(answer.await.expect("an answer").status, Status::Found);
    }
    assert_eq!(asker.stats().sent, 4 + 8, "the crowd waits still");
    drop(free);
    let ports = answers.await.expect("the script ends");
    assert!(ports > 1, "each question has a port of its own");
    for asked in crowd {
        assert_eq!(asked.await.expect("an answer").status, Status::Timeout);
    }
    assert_eq!(asker.stats().sent, 20 * 2 + 8);
}
