//! The stub against servers that no real name server plays: wrong numbers, other questions, garbage,
//! answers in another order, nobody there.
//!
mod fake;
mod message;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use fake::{server, silent, until};
use garant_dns::live::{Options, Stub};
use garant_dns::wire::DATAGRAM_OCTETS;
use garant_dns::{Answer, Data, Question, RecordType, Resolver, Source, Status};
use message::{Sketch, respond};

const FOUND: Sketch<'_> = Sketch {
    flags: "",
    rcode: 0,
    errors: &[],
    answer: "a A 192.0.2.1",
    authority: "",
    additional: "",
};
/// A privileged port on which nothing listens.
const NOBODY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 1);

fn stub(servers: &[SocketAddr]) -> Arc<Stub> {
    Arc::new(Stub::new(Options::new(servers.to_vec(), [7; 32])))
}

fn question(name: &str) -> Question {
    Question::new(name.parse().expect("a name"), RecordType::A)
}

async fn ask(stub: &Stub, name: &str) -> Arc<Answer> {
    stub.resolve(&question(name)).await
}

/// What a server may do to one query; the stub must come to `expect` with so many strays.
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
        let mut options = Options::new(vec![address], [7; 32]);
        options.attempts = 1;
        let stub = Arc::new(Stub::new(options));
        let asked = tokio::spawn({
            let stub = Arc::clone(&stub);
            async move { ask(&stub, "a.exemple.test").await }
        });
        until(|| stub.stats().strays == strays).await;
        if expect == Status::Found {
            until(|| stub.stats().answered == 1).await;
        }
        drop(release);
        let answer = asked.await.expect("an answer");
        assert_eq!(answer.status, expect);
        assert_eq!(stub.stats().strays, strays);
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
        respond(
            query,
            &Sketch {
                flags: "other",
                ..FOUND
            },
        )
    };
    let garbage = |query: &[u8]| query[..2].to_vec();
    check(move |q| vec![good(q)], Status::Found, 0);
    check(move |q| vec![other_id(q), good(q)], Status::Found, 1);
    check(move |q| vec![other_question(q), good(q)], Status::Found, 1);
    check(
        move |q| vec![garbage(q), vec![], vec![0xff; 2000], q.to_vec(), good(q)],
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
    check(move |q| vec![broken(q), good(q)], Status::Malformed, 1);
    check(
        |q| {
            vec![respond(
                q,
                &Sketch {
                    answer: "",
                    authority: "@ NS ns1",
                    ..FOUND
                },
            )]
        },
        Status::Malformed,
        0,
    );
}

#[tokio::test(start_paused = true)]
async fn answers_may_come_in_any_order() {
    const ASKERS: usize = 5;
    let (address, server) = server(|fake| {
        let mut queries: Vec<_> = (0..ASKERS).map(|_| fake.receive()).collect();
        let ports: std::collections::BTreeSet<u16> =
            queries.iter().map(|(_, from)| from.port()).collect();
        assert_eq!(ports.len(), 1, "few questions share a socket");
        queries.reverse();
        for (query, from) in queries {
            let letter = char::from(query[13]);
            let answer = format!("{letter} A 192.0.2.{}", u32::from(letter));
            fake.send(
                &respond(
                    &query,
                    &Sketch {
                        answer: &answer,
                        ..FOUND
                    },
                ),
                from,
            );
        }
    });
    let stub = stub(&[address]);
    let askers = ["a", "b", "c", "d", "e"].map(|letter| {
        let stub = Arc::clone(&stub);
        tokio::spawn(async move { ask(&stub, &format!("{letter}.exemple.test")).await })
    });
    for (asker, last) in askers.into_iter().zip(97..) {
        let answer = asker.await.expect("answered");
        assert_eq!(answer.records[0].data, Data::A([192, 0, 2, last].into()));
        assert_eq!(answer.source, Source::Udp(address));
    }
    server.await.expect("the script ends");
    assert_eq!(stub.stats().answered, 5);
}

#[tokio::test(start_paused = true)]
async fn silence_ends_after_all_attempts_and_a_refused_port_at_once() {
    let (_socket, address) = silent();
    let stub_silent = stub(&[address, address]);
    let answer = ask(&stub_silent, "a.exemple.test").await;
    assert_eq!(
        (answer.status, answer.source),
        (Status::Timeout, Source::Nobody)
    );
    let stats = stub_silent.stats();
    // Four attempts, in each of which the datagram is sent twice.
    assert_eq!((stats.sent, stats.timeouts, stats.retries), (8, 4, 7));

    let mut options = Options::new(vec![address; 9], [7; 32]);
    options.query_timeout = Duration::from_secs(5);
    let stub_bounded = Stub::new(options);
    assert_eq!(
        ask(&stub_bounded, "a.exemple.test").await.status,
        Status::Timeout
    );
    assert_eq!(
        stub_bounded.stats().timeouts,
        3,
        "two whole attempts of 2 s, one of 1 s"
    );

    assert_eq!(
        ask(&stub(&[]), "a.exemple.test").await.status,
        Status::Unreachable
    );
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_unreachable() {
    let stub = stub(&[NOBODY]);
    for _ in 0..3 {
        let answer = ask(&stub, "a.exemple.test").await;
        assert_eq!(
            (answer.status, answer.source),
            (Status::Unreachable, Source::Nobody)
        );
    }
    let stats = stub.stats();
    assert_eq!(
        (stats.sent, stats.timeouts),
        (3, 0),
        "and is not asked twice for one question"
    );
}

#[tokio::test(start_paused = true)]
async fn the_next_server_is_asked_and_kept_when_one_is_silent() {
    let (_socket, dead) = silent();
    let (address, server) = server(|fake| {
        for _ in 0..2 {
            let (query, from) = fake.receive();
            fake.send(&respond(&query, &FOUND), from);
        }
    });
    let stub = stub(&[dead, address]);
    let first = tokio::spawn({
        let stub = Arc::clone(&stub);
        async move { ask(&stub, "a.exemple.test").await }
    });
    until(|| stub.stats().sent == 1).await;
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(first.await.expect("answered").source, Source::Udp(address));
    assert_eq!(
        ask(&stub, "a.exemple.test").await.source,
        Source::Udp(address)
    );
    let stats = stub.stats();
    assert_eq!(
        (stats.sent, stats.timeouts, stats.retries),
        (4, 1, 2),
        "the silent one is asked twice and not waited for again"
    );
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn a_lost_datagram_is_sent_again_long_before_the_attempt_ends() {
    let (address, server) = server(|fake| {
        // The first one is lost; the second has the same number.
        let (lost, _) = fake.receive();
        let (query, from) = fake.receive();
        assert_eq!(query, lost);
        fake.send(&respond(&query, &FOUND), from);
    });
    let stub = stub(&[address]);
    let asker = tokio::spawn({
        let stub = Arc::clone(&stub);
        async move { ask(&stub, "a.exemple.test").await }
    });
    until(|| stub.stats().sent == 1).await;
    tokio::time::advance(Duration::from_millis(500)).await;
    assert_eq!(asker.await.expect("answered").status, Status::Found);
    let stats = stub.stats();
    assert_eq!((stats.sent, stats.timeouts, stats.retries), (2, 0, 1));
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn an_error_is_kept_while_others_are_asked() {
    let coded = |rcode: u16| {
        server(move |fake| {
            let (query, from) = fake.receive();
            fake.send(
                &respond(
                    &query,
                    &Sketch {
                        rcode,
                        answer: "",
                        errors: &[22],
                        ..FOUND
                    },
                ),
                from,
            );
        })
    };
    let (servfail, first) = coded(2);
    let (refused, second) = coded(5);
    let (good, third) = server(|fake| {
        let (query, from) = fake.receive();
        fake.send(&respond(&query, &FOUND), from);
    });
    let answer = ask(&stub(&[servfail, NOBODY, refused, good]), "a.exemple.test").await;
    assert_eq!(answer.source, Source::Udp(good));
    for server in [first, second, third] {
        server.await.expect("the script ends");
    }

    let (servfail, only) = coded(2);
    let stub = stub(&[servfail, NOBODY]);
    let answer = ask(&stub, "a.exemple.test").await;
    assert_eq!(
        (answer.status, answer.source),
        (Status::ServFail, Source::Udp(servfail))
    );
    assert_eq!(answer.extended_errors, [22]);
    assert_eq!(
        stub.stats().sent,
        2,
        "who spoke and who is not there are not asked again"
    );
    only.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn truncated_and_no_tcp_is_its_own_failure() {
    let (address, server) = server(|fake| {
        for _ in 0..2 {
            let (query, from) = fake.receive();
            fake.send(
                &respond(
                    &query,
                    &Sketch {
                        flags: "tc",
                        ..FOUND
                    },
                ),
                from,
            );
        }
    });
    let stub = stub(&[address]);
    let answer = ask(&stub, "a.exemple.test").await;
    assert_eq!(
        (answer.status, answer.source),
        (Status::Truncated, Source::Udp(address))
    );
    assert_eq!((stub.stats().sent, stub.stats().tcp), (2, 2));
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn a_chain_that_a_server_leaves_open_is_asked_on() {
    async fn check(links: &'static [(&'static str, &'static str)], expect: Status, aliases: usize) {
        let (address, server) = server(move |fake| {
            for (answer, flags) in links {
                let (query, from) = fake.receive();
                fake.send(
                    &respond(
                        &query,
                        &Sketch {
                            answer,
                            flags,
                            ..FOUND
                        },
                    ),
                    from,
                );
            }
        });
        let answer = ask(&stub(&[address]), "a.exemple.test").await;
        assert_eq!(
            (answer.status, answer.aliases.len()),
            (expect, aliases),
            "{links:?}"
        );
        server.await.expect("the script ends");
    }
    check(
        &[("a CNAME b", "aa"), ("b CNAME c\nc A 192.0.2.1", "aa")],
        Status::Found,
        2,
    )
    .await;
    check(&[("a CNAME b", ""), ("", "")], Status::NoData, 1).await;
    check(
        &[("a CNAME b", ""), ("b CNAME a", "")],
        Status::Malformed,
        0,
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_chain_is_authentic_only_when_all_of_it_is() {
    for (first, second, expect) in [
        ("ad", "ad", true),
        ("", "ad", false),
        ("ad", "", false),
        ("", "", false),
    ] {
        let (address, server) = server(move |fake| {
            for (answer, flags) in [("a CNAME b", first), ("b A 192.0.2.1", second)] {
                let (query, from) = fake.receive();
                let sketch = Sketch {
                    answer,
                    flags,
                    ..FOUND
                };
                fake.send(&respond(&query, &sketch), from);
            }
        });
        let answer = ask(&stub(&[address]), "a.exemple.test").await;
        assert_eq!(answer.status, Status::Found);
        assert_eq!(answer.authentic, expect, "{first:?} and {second:?}");
        server.await.expect("the script ends");
    }
}

#[tokio::test(start_paused = true)]
async fn a_question_given_up_leaves_nothing_behind() {
    let (address, server) = server(|fake| {
        let given_up = fake.receive();
        let next = fake.receive();
        for (query, from) in [given_up, next] {
            fake.send(&respond(&query, &FOUND), from);
        }
    });
    let mut options = Options::new(vec![address], [7; 32]);
    options.concurrent_max = 1;
    let stub = Stub::new(options);
    let question = question("a.exemple.test");
    let mut given_up = stub.resolve(&question);
    tokio::select! {
        biased;
        _ = &mut given_up => panic!("the script does not answer yet"),
        () = until(|| stub.stats().sent == 1) => {}
    }
    drop(given_up);
    // The one place is free again, and the late answer finds nobody.
    assert_eq!(ask(&stub, "a.exemple.test").await.status, Status::Found);
    assert_eq!((stub.stats().strays, stub.stats().answered), (1, 1));
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn no_more_questions_are_under_way_than_allowed() {
    const ASKERS: u64 = 4;
    let (address, server) = server(|fake| {
        for _ in 0..ASKERS {
            let first = fake.receive();
            fake.socket.set_nonblocking(true).expect("set");
            let waits = fake.socket.recv(&mut [0; 600]);
            assert!(
                waits.is_err(),
                "a second question before the first is answered"
            );
            fake.socket.set_nonblocking(false).expect("set");
            fake.send(&respond(&first.0, &FOUND), first.1);
        }
    });
    let mut options = Options::new(vec![address], [7; 32]);
    options.concurrent_max = 1;
    let stub = Arc::new(Stub::new(options));
    let askers: Vec<_> = (0..ASKERS)
        .map(|_| {
            let stub = Arc::clone(&stub);
            tokio::spawn(async move { ask(&stub, "a.exemple.test").await.status })
        })
        .collect();
    for asker in askers {
        assert_eq!(asker.await.expect("answered"), Status::Found);
    }
    server.await.expect("the script ends");
}

#[tokio::test(start_paused = true)]
async fn numbers_and_ports_change() {
    const QUERIES: usize = 2500;
    let (address, server) = server(|fake| {
        let (mut ids, mut ports) = (Vec::new(), std::collections::BTreeSet::new());
        for _ in 0..QUERIES {
            let (query, from) = fake.receive();
            assert!(query.len() < usize::from(DATAGRAM_OCTETS));
            ids.push(u16::from_be_bytes([query[0], query[1]]));
            ports.insert(from.port());
            fake.send(&respond(&query, &FOUND), from);
        }
        assert!(
            ports.len() >= 2,
            "a port serves a thousand queries: {ports:?}"
        );
        let distinct: std::collections::BTreeSet<u16> = ids.iter().copied().collect();
        // Of 2,500 draws from 65,536 about 47 meet again.
        assert!(distinct.len() > 2300, "{} numbers", distinct.len());
        let steps = ids
            .windows(2)
            .filter(|pair| pair[1] == pair[0].wrapping_add(1))
            .count();
        assert!(steps < 10, "{steps} numbers follow one another");
    });
    let stub = stub(&[address]);
    for _ in 0..QUERIES {
        assert_eq!(ask(&stub, "a.exemple.test").await.status, Status::Found);
    }
    server.await.expect("the script ends");
}
