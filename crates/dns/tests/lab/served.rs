//! Our name server against nsd, with the same zones and the same questions.

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use garant_dns::RecordType;
use garant_dns::server::{ServedZone, ServedZones, Server, ServerOptions, Transport, respond};

use crate::recursive::unbound;
use crate::reply::{query, show};
use crate::server::nsd;
use crate::{check, directory, stub};

const ZONES: [(&str, &str); 2] = [
    ("exemple.test", include_str!("../served/exemple.test.zone")),
    ("autre.test", include_str!("../served/autre.test.zone")),
];
/// Types that are asked for.
const TYPES: [&str; 14] = [
    "A",
    "AAAA",
    "CNAME",
    "DNAME",
    "DNSKEY",
    "DS",
    "MX",
    "NS",
    "PTR",
    "SOA",
    "SRV",
    "TXT",
    "CAA",
    "TYPE65280",
];
/// A parent beside its child, of which the child is delegated.
const PARENT: [(&str, &str); 2] = [
    (
        "test",
        "$TTL 60\n@ SOA ns hostmaster 1 60 60 60 60\n@ NS ns\nns A 192.0.2.1\nenfant NS ns.enfant\nns.enfant A 192.0.2.2\n",
    ),
    (
        "enfant.test",
        "$TTL 60\n@ SOA ns hostmaster 1 60 60 60 60\n@ NS ns\nns A 192.0.2.2\nwww A 192.0.2.3\n",
    ),
];

fn served(zones: &[(&str, &str)]) -> ServedZones {
    let zones = zones.iter();
    zones
        .map(|(apex, text)| {
            let apex = apex.parse().expect("a name");
            ServedZone::parse(text.as_bytes(), &apex).expect("a zone")
        })
        .collect()
}

fn ask(server: SocketAddr, query: &[u8]) -> Vec<u8> {
    let socket = UdpSocket::bind(("127.0.0.1", 0)).expect("a free port");
    let patience = Some(Duration::from_secs(10));
    socket.set_read_timeout(patience).expect("a time-out");
    socket.send_to(query, server).expect("sent");
    let mut buffer = vec![0; 65_535];
    let length = socket.recv(&mut buffer).expect("a reply");
    buffer.truncate(length);
    buffer
}

/// A reply in a line whose records are in order within each section.
fn sorted(reply: &[u8]) -> String {
    let line = show(reply);
    let (head, answer) = line.split_once(" answer: ").unwrap_or((&line, ""));
    let end = [" authority: ", " additional: ", " edns "].map(|title| answer.find(title));
    let end = end.into_iter().flatten().min().unwrap_or(answer.len());
    let (answer, rest) = answer.split_at(end);
    let mut records: Vec<&str> = answer.split(", ").collect();
    records.sort_unstable();
    format!("{head} answer: {}{rest}", records.join(", "))
}

fn without_additional(line: &str) -> String {
    let (before, rest) = line.split_once(" additional: ").unwrap_or((line, ""));
    let edns = rest.find(" edns ").map_or("", |at| &rest[at..]);
    format!("{before}{edns}")
}

/// Asks both servers every name for every type, with and without EDNS; tells where they differ.
fn differences(zones: &[(&str, &str)], names: &[&str], test: &str) -> Vec<String> {
    let directory = directory(test);
    for (apex, text) in zones {
        fs::write(directory.join(apex), format!("$ORIGIN {apex}.\n{text}")).expect("writable");
    }
    let theirs = nsd(&directory, zones.iter().map(|(apex, _)| (*apex, *apex)));
    let ours = served(zones);
    let mut differences = Vec::new();
    for name in names {
        for rtype in &TYPES {
            for words in ["", "rd edns", "cd edns do"] {
                let query = query(name, rtype, words);
                let reply = respond(&query, Transport::Udp, &ours).expect("a reply");
                let ours = sorted(&reply);
                let mut theirs = sorted(&ask(theirs.address, &query));
                if *rtype == "NS" && !ours.contains(" authority: ") {
                    // nsd adds the addresses of servers that are asked for; they can be asked for too.
                    theirs = without_additional(&theirs);
                }
                if ours != theirs {
                    differences.push(format!(
                        "{name} {rtype} {words}\n  ours   {ours}\n  theirs {theirs}"
                    ));
                }
            }
        }
    }
    differences
}

#[test]
fn a_table_of_questions_is_answered_as_nsd_answers_it() {
    let names = [
        "",
        "MX1.",
        "mx1.",
        "x.mx1.",
        "rien.",
        "deux.",
        "arobase.",
        "muet.",
        "_tcp.",
        "_sip._tcp.",
        "inconnu.",
        "caa.",
        r"a\.b.",
        "joker.",
        "x.joker.",
        "x.y.joker.",
        "*.joker.",
        "la.joker.",
        "x.la.joker.",
        "x.alias.",
        "s1._domainkey.",
        "_domainkey.",
        "loin.",
        "proche.",
        "delegue.",
        "www.delegue.",
        "x.y.delegue.",
        "ns.delegue.",
        "sous.",
        "branche.",
        "la.branche.",
        "moyen.",
        "grand.",
    ];
    let names = names.map(|name| format!("{name}exemple.test"));
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.extend(["autre.test", "ailleurs.test", "test", "."]);
    let found = differences(&ZONES, &names, "served");
    assert!(found.is_empty(), "{}", found.join("\n"));
    let names = [
        "test",
        "enfant.test",
        "www.enfant.test",
        "rien.enfant.test",
        "rien.test",
    ];
    let found = differences(&PARENT, &names, "served-parent");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_recursive_server_of_others_resolves_through_ours() {
    let directory = directory("served-recursive");
    let served = Arc::new(served(&ZONES));
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(anywhere, served, ServerOptions::default()).await;
    let address = server.as_ref().expect("a free port").address();
    let zones = ZONES.map(|(apex, _)| (apex, address));
    let started = tokio::task::spawn_blocking(move || unbound(&directory, &zones, &[]));
    let recursive = started.await.expect("started");
    let stub = stub(&[recursive.address]);
    use RecordType::{A, Mx, Txt};
    check(&stub, "mx1.exemple.test", A, "Found 192.0.2.25").await;
    check(
        &stub,
        "exemple.test",
        Mx,
        "Found 10:mx1.exemple.test 20:mx.autre.test",
    )
    .await;
    check(
        &stub,
        "rien.exemple.test",
        A,
        "NxDomain soa exemple.test 60",
    )
    .await;
    check(
        &stub,
        "joker.exemple.test",
        Txt,
        "NoData soa exemple.test 60",
    )
    .await;
    check(&stub, "x.y.joker.exemple.test", Txt, "Found \"wild\"").await;
    check(&stub, "s1._domainkey.exemple.test", Txt,
        r#"Found s1._domainkey.exemple.test>s1.dkim.autre.test s1.dkim.autre.test>cle.autre.test "v=DKIM1; p=""#).await;
    // Over TCP, because it fits into no datagram.
    check(&stub, "grand.exemple.test", Txt, "Found 4000 octets tcp").await;
}
