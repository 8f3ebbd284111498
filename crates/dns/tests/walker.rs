//! The walker against tables: what recursive servers say, and what each server says when asked directly.
//!
//! A line is `name TYPE = answer` for recursive servers, or `@address name TYPE = answer` for one server.
//! What stands in no line is SERVFAIL for the former and a time-out for the latter. Answers:
//!
//! * words: records of the type asked for (`SOA` takes a serial, `TXT` a word);
//! * `alias NAME`; `no ZONE` (no data) and `nx ZONE` (no such name), with the zone's SOA; `refused`, `servfail`;
//! * `refer ZONE NAME... ; NAME ADDRESS ...`: a referral with its glue.
//!
//! Direct answers are of authority unless `plain` stands before them or they refer.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use futures::executor::block_on;
use garant_dns::authority::{
    ADDRESSES_MAX, AddressMap, Authority, Direct, DirectAnswer, DirectFuture, PARENT_SERVERS_MAX,
    QUESTIONS_MAX, RECURSIVE_QUESTIONS_MAX, SERVERS_MAX, ServerView, Walker, ZoneView,
};
use garant_dns::{
    Alias, Answer, AnswerFuture, Data, Name, Question, Record, RecordType, Resolver, Soa,
    SoaRecord, Source, Status, Txt,
};

/// A table of answers, and who was asked.
struct Table {
    recursive: BTreeMap<Question, Answer>,
    direct: BTreeMap<(SocketAddr, Question), DirectAnswer>,
    asked: Mutex<Vec<String>>,
}

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

fn address(text: &str) -> SocketAddr {
    text.parse()
        .unwrap_or_else(|_| SocketAddr::new(text.parse::<IpAddr>().expect("an address"), 53))
}

fn soa(serial: u32) -> Soa {
    Soa {
        mname: name("primaire.example"),
        rname: name("maitre.example"),
        serial,
        minimum: 300,
    }
}

fn record(owner: &Name, rtype: RecordType, word: &str) -> Record {
    let data = match rtype {
        RecordType::A => Data::A(word.parse().expect("an address")),
        RecordType::Aaaa => Data::Aaaa(word.parse().expect("an address")),
        RecordType::Ns => Data::Ns(name(word)),
        RecordType::Soa => Data::Soa(soa(word.parse().expect("a serial"))),
        RecordType::Txt => Data::Txt(Txt::from_bytes(word.as_bytes())),
        other => panic!("no {other} in tables"),
    };
    Record {
        owner: owner.clone(),
        ttl: 300,
        data,
    }
}

fn no(zone: &str) -> Option<SoaRecord> {
    Some(SoaRecord {
        zone: name(zone),
        ttl: 300,
        soa: soa(1),
    })
}

fn recursive(question: &Question, text: &str) -> Answer {
    let bare = |status| Answer::bare(status, Source::Nobody);
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["servfail"] => bare(Status::ServFail),
        ["no", zone] => Answer {
            soa: no(zone),
            ..bare(Status::NoData)
        },
        ["nx", zone] => Answer {
            soa: no(zone),
            ..bare(Status::NxDomain)
        },
        ["alias", target] => Answer {
            aliases: vec![Alias {
                owner: question.name.clone(),
                target: name(target),
                ttl: 300,
            }],
            records: vec![record(&name(target), RecordType::A, "9.9.9.9")],
            ..bare(Status::Found)
        },
        _ => Answer {
            records: words
                .iter()
                .map(|word| record(&question.name, question.rtype, word))
                .collect(),
            ..bare(Status::Found)
        },
    }
}

fn direct(question: &Question, text: &str) -> DirectAnswer {
    let (authoritative, text) = match text.strip_prefix("plain ") {
        Some(rest) => (false, rest),
        None => (true, text),
    };
    let of = |status| DirectAnswer {
        authoritative,
        ..DirectAnswer::bare(status)
    };
    if let Some(rest) = text.strip_prefix("refer ") {
        let (servers, glue) = rest.split_once(';').unwrap_or((rest, ""));
        let mut servers = servers.split_whitespace();
        let zone = name(servers.next().expect("a zone"));
        let glue: Vec<&str> = glue.split_whitespace().collect();
        return DirectAnswer {
            referral: servers
                .map(|server| record(&zone, RecordType::Ns, server))
                .collect(),
            glue: glue
                .chunks(2)
                .map(|pair| {
                    let rtype = if pair[1].contains(':') {
                        RecordType::Aaaa
                    } else {
                        RecordType::A
                    };
                    record(&name(pair[0]), rtype, pair[1])
                })
                .collect(),
            ..DirectAnswer::bare(Status::NoData)
        };
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["refused"] => DirectAnswer::bare(Status::Refused),
        ["no", zone] => DirectAnswer {
            soa: no(zone),
            ..of(Status::NoData)
        },
        ["nx", zone] => DirectAnswer {
            soa: no(zone),
            ..of(Status::NxDomain)
        },
        ["alias", target] => DirectAnswer {
            records: vec![Record {
                owner: question.name.clone(),
                ttl: 300,
                data: Data::Cname(name(target)),
            }],
            ..of(Status::Found)
        },
        _ => DirectAnswer {
            records: words
                .iter()
                .map(|word| record(&question.name, question.rtype, word))
                .collect(),
            ..of(Status::Found)
        },
    }
}

fn question(text: &str) -> Question {
    let (owner, rtype) = text.split_once(' ').expect("a name and a type");
    Question::new(name(owner), rtype.parse().expect("a type"))
}

impl Table {
    fn new(text: &str) -> Self {
        let mut table = Self {
            recursive: BTreeMap::new(),
            direct: BTreeMap::new(),
            asked: Mutex::default(),
        };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (asked, answer) = line.split_once(" = ").expect("an answer");
            match asked.strip_prefix('@') {
                Some(asked) => {
                    let (server, asked) = asked.split_once(' ').expect("a question");
                    let asked = question(asked);
                    let answer = direct(&asked, answer);
                    table.direct.insert((address(server), asked), answer);
                }
                None => {
                    let asked = question(asked);
                    let answer = recursive(&asked, answer);
                    table.recursive.insert(asked, answer);
                }
            }
        }
        table
    }

    fn note(&self, line: String) {
        self.asked.lock().expect("one thread").push(line);
    }
}

impl Resolver for Table {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        self.note(format!("{} {}", question.name, question.rtype));
        let answer = self.recursive.get(question).cloned();
        let answer = answer.unwrap_or_else(|| Answer::bare(Status::ServFail, Source::Nobody));
        Box::pin(std::future::ready(Arc::new(answer)))
    }
}

impl Direct for Table {
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a> {
        self.note(format!("@{server} {} {}", question.name, question.rtype));
        let answer = self.direct.get(&(server, question.clone())).cloned();
        let answer = answer.unwrap_or_else(|| DirectAnswer::bare(Status::Timeout));
        Box::pin(std::future::ready(answer))
    }
}

/// The registrable domain of these tests: what is beneath a top-level domain, or beneath `asso.fr`.
fn topmost(of: &Name) -> Option<Name> {
    let suffix = if of.is_within(&name("asso.fr")) { 2 } else { 1 };
    (of.label_count() > suffix).then(|| of.suffix(suffix + 1))
}

fn names(list: Option<&Vec<Name>>) -> String {
    match list {
        None => "?".to_owned(),
        Some(list) if list.is_empty() => "none".to_owned(),
        Some(list) => list.iter().map(Name::as_str).collect::<Vec<_>>().join(","),
    }
}

fn said(answer: &DirectAnswer) -> String {
    let mut text = format!("{:?}", answer.status);
    for record in &answer.records {
        text += &match &record.data {
            Data::Soa(soa) => format!(" {}", soa.serial),
            Data::Txt(txt) => format!(" {}", txt.to_text()),
            Data::Cname(target) => format!(" >{target}"),
            other => format!(" {other:?}"),
        };
    }
    text
}

fn server(server: &ServerView) -> String {
    let address = server
        .address
        .map_or_else(|| "nowhere".to_owned(), |address| address.to_string());
    let listed = match (server.in_parent, server.in_zone) {
        (true, true) => "both",
        (true, false) => "parent",
        (false, true) => "zone",
        (false, false) => "neither",
    };
    let mut line = format!(
        "{} {address} {listed}: {}",
        server.name,
        said(&server.zone_answer)
    );
    for (_, answer) in &server.answers {
        line += &format!(" | {}", said(answer));
    }
    line
}

fn lines(view: &ZoneView) -> Vec<String> {
    let zone = view.zone.as_ref().map_or("?", Name::as_str);
    let head = format!(
        "{zone}, parent {}, own {}, {}+{}",
        names(view.parent_servers.as_ref()),
        names(view.own_servers.as_ref()),
        view.recursive_questions,
        view.direct_questions
    );
    [head]
        .into_iter()
        .chain(view.servers.iter().map(server))
        .collect()
}

fn view(table: &Table, map: AddressMap, of: &str, questions: &[Question]) -> ZoneView {
    let walker = Walker::new(table, table, topmost).with_map(map);
    let view = block_on(walker.view(&name(of), questions));
    let asked = table.asked.lock().expect("one thread");
    let direct = asked.iter().filter(|line| line.starts_with('@')).count();
    assert_eq!(view.direct_questions, direct, "{asked:#?}");
    assert_eq!(view.recursive_questions, asked.len() - direct, "{asked:#?}");
    view
}

#[track_caller]
fn check(table: &[&str], of: &str, questions: &[&str], expect: &[&str]) {
    let table = Table::new(&table.join("\n"));
    let questions: Vec<Question> = questions.iter().map(|text| question(text)).collect();
    let found = lines(&view(&table, AddressMap::new(), of, &questions));
    assert_eq!(found, expect, "{:#?}", table.asked);
}

/// A registry with two servers of which the first answers; its own zone delegates `exemple.fr` in two names.
const REGISTRY: &str = "
    fr NS = d.nic.fr f.nic.fr
    d.nic.fr A = 5.1.0.1
    f.nic.fr A = 5.1.0.2
";
const DELEGATION: &str = "@5.1.0.1 exemple.fr NS = refer exemple.fr ns1.hote.net ns2.hote.net";
const HOST: &str = "
    ns1.hote.net A = 5.2.0.1
    ns2.hote.net A = 5.2.0.2
    exemple.fr NS = ns1.hote.net ns2.hote.net
";
const SERVED: &str = "
    @5.2.0.1 exemple.fr SOA = 7
    @5.2.0.2 exemple.fr SOA = 7
    @5.2.0.1 exemple.fr NS = ns2.hote.net ns1.hote.net
    @5.2.0.2 exemple.fr NS = ns2.hote.net ns1.hote.net
";
const ORDINARY: [&str; 4] = [REGISTRY, DELEGATION, HOST, SERVED];

#[test]
fn an_ordinary_zone_costs_five_look_ups() {
    let table = [
        &ORDINARY[..],
        &[
            "@5.2.0.1 a.exemple.fr TXT = neuf",
            "@5.2.0.2 a.exemple.fr TXT = ancien",
        ],
    ]
    .concat();
    let servers = [
        "ns1.hote.net 5.2.0.1:53 both: Found 7 | Found neuf",
        "ns2.hote.net 5.2.0.2:53 both: Found 7 | Found ancien",
    ];
    let asked = ["a.exemple.fr TXT", "a.exemple.fr TXT", "ailleurs.fr TXT"];
    let parts = "parent ns1.hote.net,ns2.hote.net, own ns1.hote.net,ns2.hote.net";
    for (of, extra) in [
        ("exemple.fr", ""),
        ("a.exemple.fr", "a.exemple.fr NS = no exemple.fr"),
        ("b.a.exemple.fr", "b.a.exemple.fr NS = nx exemple.fr"),
    ] {
        let head = format!("exemple.fr, {parts}, 5+6");
        check(
            &[&table[..], &[extra]].concat(),
            of,
            &asked,
            &[&head, servers[0], servers[1]],
        );
    }
    // An alias is above nothing: its own zone begins higher up.
    let head = format!("exemple.fr, {parts}, 6+6");
    check(
        &[&table[..], &["b.exemple.fr NS = alias autre.net"]].concat(),
        "b.exemple.fr",
        &asked,
        &[&head, servers[0], servers[1]],
    );
}

#[test]
fn a_server_that_does_not_serve_the_zone_is_asked_one_question() {
    check(
        &[
            REGISTRY,
            DELEGATION,
            HOST,
            "@5.2.0.1 exemple.fr SOA = refused\n@5.2.0.2 exemple.fr SOA = 8",
            "@5.2.0.2 exemple.fr NS = ns1.hote.net ns2.hote.net\n@5.2.0.2 exemple.fr TXT = neuf",
        ],
        "exemple.fr",
        &["exemple.fr TXT"],
        &[
            "exemple.fr, parent ns1.hote.net,ns2.hote.net, own ns1.hote.net,ns2.hote.net, 5+5",
            "ns1.hote.net 5.2.0.1:53 both: Refused",
            "ns2.hote.net 5.2.0.2:53 both: Found 8 | Found neuf",
        ],
    );
    // Neither is one that answers without authority, whatever it answers. Nobody tells the zone's own list then,
    // but the recursive server.
    check(
        &[
            REGISTRY,
            DELEGATION,
            HOST,
            "@5.2.0.1 exemple.fr SOA = plain 8\n@5.2.0.2 exemple.fr SOA = refer . a.root.example",
        ],
        "exemple.fr",
        &["exemple.fr TXT"],
        &[
            "exemple.fr, parent ns1.hote.net,ns2.hote.net, own ns1.hote.net,ns2.hote.net, 5+3",
            "ns1.hote.net 5.2.0.1:53 both: Found 8",
            "ns2.hote.net 5.2.0.2:53 both: NoData",
        ],
    );
}

#[test]
fn servers_that_only_one_side_lists_are_asked_too() {
    check(
        &[
            REGISTRY,
            HOST,
            "@5.1.0.1 exemple.fr NS = refer exemple.fr ns1.hote.net ns9.hote.net",
            "ns9.hote.net A = 5.2.0.9\n@5.2.0.9 exemple.fr SOA = 3\n@5.2.0.9 exemple.fr TXT = ancien",
            // What is listed is what the newest version of the zone lists, not what a resolver remembers.
            "@5.2.0.9 exemple.fr NS = ns9.hote.net\n@5.2.0.1 exemple.fr NS = ns1.hote.net ns3.hote.net",
            "@5.2.0.1 exemple.fr SOA = 7\n@5.2.0.1 exemple.fr TXT = neuf",
            "ns3.hote.net A = 5.2.0.3\n@5.2.0.3 exemple.fr SOA = 7\n@5.2.0.3 exemple.fr TXT = neuf",
        ],
        "exemple.fr",
        &["exemple.fr TXT"],
        &[
            "exemple.fr, parent ns1.hote.net,ns9.hote.net, own ns1.hote.net,ns3.hote.net, 6+8",
            "ns1.hote.net 5.2.0.1:53 both: Found 7 | Found neuf",
            "ns3.hote.net 5.2.0.3:53 zone: Found 7 | Found neuf",
            "ns9.hote.net 5.2.0.9:53 parent: Found 3 | Found ancien",
        ],
    );
}

#[test]
fn glue_leads_to_servers_inside_the_zone_and_to_no_others() {
    check(
        &[
            REGISTRY,
            "exemple.fr NS = ns1.exemple.fr",
            "@5.1.0.1 exemple.fr NS = refer exemple.fr ns1.exemple.fr ns2.exemple.fr ns1.hote.net ; \
             ns1.exemple.fr 5.3.0.1 ns1.exemple.fr 2a01::1 ns2.exemple.fr 2a01::2 ns2.exemple.fr 2a01::2 \
             ns1.hote.net 5.9.9.9",
            "ns1.hote.net A = 5.2.0.1",
            "@5.3.0.1 exemple.fr SOA = 7\n@[2a01::2]:53 exemple.fr SOA = 7\n@5.2.0.1 exemple.fr SOA = 7",
            "@5.3.0.1 exemple.fr NS = ns1.exemple.fr\n@5.2.0.1 exemple.fr NS = ns1.exemple.fr",
        ],
        "exemple.fr",
        &[],
        &[
            "exemple.fr, parent ns1.exemple.fr,ns1.hote.net,ns2.exemple.fr, own ns1.exemple.fr, 4+5",
            "ns1.exemple.fr 5.3.0.1:53 both: Found 7",
            "ns1.hote.net 5.2.0.1:53 parent: Found 7",
            "ns2.exemple.fr [2a01::2]:53 parent: Found 7",
        ],
    );
}

#[test]
fn a_server_without_an_address_says_why() {
    check(
        &[
            REGISTRY,
            HOST,
            "@5.1.0.1 exemple.fr NS = refer exemple.fr a.net b.net c.net d.net e.net f.net",
            "a.net A = nx net",
            "b.net A = no net\nb.net AAAA = no net",
            "c.net A = alias ailleurs.net",
            "d.net A = no net\nd.net AAAA = servfail",
            "e.net A = no net\ne.net AAAA = 2a01::5",
            "f.net A = servfail\nf.net AAAA = no net",
        ],
        "exemple.fr",
        &[],
        &[
            "exemple.fr, parent a.net,b.net,c.net,d.net,e.net,f.net, own ns1.hote.net,ns2.hote.net, 15+4",
            "a.net nowhere parent: NxDomain",
            "b.net nowhere parent: NoData",
            "c.net nowhere parent: NoData >ailleurs.net",
            "d.net nowhere parent: ServFail",
            "e.net [2a01::5]:53 parent: Timeout",
            "f.net nowhere parent: ServFail",
            "ns1.hote.net 5.2.0.1:53 zone: Timeout",
            "ns2.hote.net 5.2.0.2:53 zone: Timeout",
        ],
    );
}

#[test]
fn addresses_that_are_not_public_are_not_asked() {
    let private = [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "100.64.0.1",
    ];
    let private_v6 = [
        "::1",
        "fe80::1",
        "::ffff:5.2.0.1",
        "64:ff9b::502:1",
        "2002:502:1::1",
    ];
    let mut table = Table::new(REGISTRY);
    let mut servers = String::new();
    for (index, address) in private.iter().enumerate() {
        let server = format!("a{index}.net");
        servers += &format!(" {server}");
        let asked = question(&format!("{server} A"));
        table
            .recursive
            .insert(asked.clone(), recursive(&asked, address));
    }
    let referral = question("exemple.fr NS");
    table.direct.insert(
        (address("5.1.0.1"), referral.clone()),
        direct(&referral, &format!("refer exemple.fr{servers}")),
    );
    table
        .recursive
        .insert(referral.clone(), recursive(&referral, "a0.net"));
    let found = view(
        &table,
        AddressMap::new(),
        "exemple.fr",
        &[question("exemple.fr TXT")],
    );
    assert_eq!(
        found.direct_questions, 1,
        "nobody but the registry: {:#?}",
        table.asked
    );
    assert_eq!(found.servers.len(), private.len());
    for server in &found.servers {
        assert!(server.address.is_some() && server.answers.is_empty());
        assert_eq!(server.zone_answer.status, Status::Unreachable);
    }
    // Glue leads nowhere else either.
    for address in private_v6 {
        check(
            &[
                REGISTRY,
                "exemple.fr NS = ns.exemple.fr",
                &format!(
                    "@5.1.0.1 exemple.fr NS = refer exemple.fr ns.exemple.fr ; ns.exemple.fr {address}"
                ),
            ],
            "exemple.fr",
            &[],
            &[
                "exemple.fr, parent ns.exemple.fr, own ns.exemple.fr, 3+1",
                &format!(
                    "ns.exemple.fr [{}]:53 both: Unreachable",
                    address.parse::<IpAddr>().expect("an address")
                ),
            ],
        );
    }
}

#[test]
fn the_map_says_where_a_server_is_and_may_name_any_address() {
    let table = [
        "fr NS = d.nic.fr",
        "exemple.fr NS = ns1.exemple.fr ns2.hote.net",
        "@127.0.0.1:5300 exemple.fr NS = refer exemple.fr ns1.exemple.fr ns2.hote.net ; ns1.exemple.fr 5.3.0.1",
        "@127.0.0.1:5301 exemple.fr SOA = 2\n@127.0.0.1:5302 exemple.fr SOA = 1",
        "@127.0.0.1:5301 exemple.fr NS = ns1.exemple.fr ns2.hote.net",
    ];
    let mut map: AddressMap = [
        (name("d.nic.fr"), address("127.0.0.1:5300")),
        (name("ns1.exemple.fr"), address("127.0.0.1:5301")),
        (name("ns2.hote.net"), address("127.0.0.1:5302")),
    ]
    .into_iter()
    .collect();
    let table = Table::new(&table.join("\n"));
    let found = lines(&view(&table, map.clone(), "exemple.fr", &[]));
    assert_eq!(
        found,
        [
            "exemple.fr, parent ns1.exemple.fr,ns2.hote.net, own ns1.exemple.fr,ns2.hote.net, 2+4",
            "ns1.exemple.fr 127.0.0.1:5301 both: Found 2",
            "ns2.hote.net 127.0.0.1:5302 both: Found 1",
        ]
    );
    map.insert_any(address("127.0.0.1:9"));
    assert_eq!(
        map.get(&name("ns2.hote.net")),
        Some(address("127.0.0.1:5302"))
    );
    assert_eq!(map.get(&name("autre.net")), Some(address("127.0.0.1:9")));
}

#[test]
fn one_address_under_two_names_is_asked_once() {
    check(
        &[
            REGISTRY,
            DELEGATION,
            "exemple.fr NS = ns1.hote.net",
            "ns1.hote.net A = 5.2.0.1 5.2.0.1\nns2.hote.net A = 5.2.0.1 5.2.0.2 5.2.0.3",
            "@5.2.0.1 exemple.fr SOA = 7\n@5.2.0.2 exemple.fr SOA = 7",
            "@5.2.0.1 exemple.fr NS = ns1.hote.net ns1.hote.net ns2.hote.net\n@5.2.0.1 exemple.fr TXT = a",
            "@5.2.0.2 exemple.fr TXT = b",
        ],
        "exemple.fr",
        &["exemple.fr TXT"],
        &[
            "exemple.fr, parent ns1.hote.net,ns2.hote.net, own ns1.hote.net,ns2.hote.net, 5+6",
            "ns1.hote.net 5.2.0.1:53 both: Found 7 | Found a",
            "ns2.hote.net 5.2.0.1:53 both: Found 7 | Found a",
            "ns2.hote.net 5.2.0.2:53 both: Found 7 | Found b",
        ],
    );
}

#[test]
fn a_parent_that_cannot_be_seen_is_not_guessed() {
    let servers = [
        "ns1.hote.net 5.2.0.1:53 zone: Found 7",
        "ns2.hote.net 5.2.0.2:53 zone: Found 7",
    ];
    let expect = |head: &str| {
        [
            head.to_owned(),
            servers[0].to_owned(),
            servers[1].to_owned(),
        ]
    };
    #[track_caller]
    fn compare(table: &[&str], expect: &[String]) {
        let expect: Vec<&str> = expect.iter().map(String::as_str).collect();
        check(table, "exemple.fr", &[], &expect);
    }
    let own = "own ns1.hote.net,ns2.hote.net";
    // Both of the registry's servers are silent: two time-outs, and on.
    compare(
        &[REGISTRY, HOST, SERVED],
        &expect(&format!("exemple.fr, parent ?, {own}, 6+5")),
    );
    // The first is silent, and the second answers.
    check(
        &[
            REGISTRY,
            HOST,
            SERVED,
            "@5.1.0.2 exemple.fr NS = refer exemple.fr ns1.hote.net",
        ],
        "exemple.fr",
        &[],
        &[
            "exemple.fr, parent ns1.hote.net, own ns1.hote.net,ns2.hote.net, 6+5",
            "ns1.hote.net 5.2.0.1:53 both: Found 7",
            "ns2.hote.net 5.2.0.2:53 zone: Found 7",
        ],
    );
    // The parent's servers are not known.
    compare(
        &[HOST, SERVED],
        &expect(&format!("exemple.fr, parent ?, {own}, 4+3")),
    );
    // Its server has the child zone too.
    compare(
        &[
            REGISTRY,
            HOST,
            SERVED,
            "@5.1.0.1 exemple.fr NS = ns1.hote.net ns2.hote.net",
        ],
        &expect(&format!("exemple.fr, parent ?, {own}, 5+4")),
    );
    // It knows of no delegation.
    compare(
        &[REGISTRY, HOST, SERVED, "@5.1.0.1 exemple.fr NS = nx fr"],
        &expect(&format!("exemple.fr, parent none, {own}, 5+4")),
    );
    // What refers upwards, or sideways, is not heard.
    for refers in [
        "refer . a.root.example",
        "refer fr d.nic.fr",
        "refer autre.fr ns.autre.fr",
        "refused",
    ] {
        compare(
            &[
                REGISTRY,
                HOST,
                SERVED,
                &format!("@5.1.0.1 exemple.fr NS = {refers}\n@5.1.0.2 exemple.fr NS = {refers}"),
            ],
            &expect(&format!("exemple.fr, parent ?, {own}, 6+5")),
        );
    }
}

#[test]
fn a_zone_beneath_the_registrable_domain_has_that_as_its_parent() {
    let table = [
        "m.lettre.exemple.fr NS = no lettre.exemple.fr",
        "exemple.fr NS = ns1.hote.net",
        "ns1.hote.net A = 5.2.0.1",
        "@5.2.0.1 lettre.exemple.fr NS = refer lettre.exemple.fr ns1.envoi.net",
        "ns1.envoi.net A = 5.4.0.1",
        "@5.4.0.1 lettre.exemple.fr SOA = 4\n@5.4.0.1 lettre.exemple.fr NS = ns1.envoi.net",
    ];
    let server = "ns1.envoi.net 5.4.0.1:53 both: Found 4";
    check(
        &table,
        "m.lettre.exemple.fr",
        &[],
        &[
            "lettre.exemple.fr, parent ns1.envoi.net, own ns1.envoi.net, 4+3",
            server,
        ],
    );
    // An empty name between the two zones.
    check(
        &[
            &table
                .join("\n")
                .replace("lettre.exemple.fr", "a.b.exemple.fr"),
            "b.exemple.fr NS = no exemple.fr",
        ],
        "m.a.b.exemple.fr",
        &[],
        &[
            "a.b.exemple.fr, parent ns1.envoi.net, own ns1.envoi.net, 5+3",
            server,
        ],
    );
}

#[test]
fn a_zone_that_cannot_be_looked_up_is_found_through_its_parent() {
    // All servers lame: every recursive question fails.
    let lame = "@5.2.0.1 exemple.fr SOA = refused\n@5.2.0.2 exemple.fr SOA = refused";
    let hosts = "ns1.hote.net A = 5.2.0.1\nns2.hote.net A = 5.2.0.2";
    let servers = [
        "ns1.hote.net 5.2.0.1:53 parent: Refused",
        "ns2.hote.net 5.2.0.2:53 parent: Refused",
    ];
    for (of, cost) in [("exemple.fr", "5+3"), ("a.b.exemple.fr", "6+3")] {
        let delegation = DELEGATION.replace("exemple.fr NS", &format!("{of} NS"));
        check(
            &[REGISTRY, &delegation, hosts, lame],
            of,
            &["exemple.fr TXT"],
            &[
                &format!("exemple.fr, parent ns1.hote.net,ns2.hote.net, own ?, {cost}"),
                servers[0],
                servers[1],
            ],
        );
    }
    // Only a zone beneath fails.
    check(
        &[
            HOST,
            "@5.2.0.1 m.lettre.exemple.fr NS = refer lettre.exemple.fr ns1.envoi.net",
            "ns1.envoi.net A = 5.4.0.1",
        ],
        "m.lettre.exemple.fr",
        &[],
        &[
            "lettre.exemple.fr, parent ns1.envoi.net, own ?, 4+2",
            "ns1.envoi.net 5.4.0.1:53 parent: Timeout",
        ],
    );
    // Only the name fails, and it is in the zone itself.
    check(
        &[
            &ORDINARY.join("\n"),
            "@5.2.0.1 m.exemple.fr NS = no exemple.fr",
        ],
        "m.exemple.fr",
        &[],
        &[
            "exemple.fr, parent ns1.hote.net,ns2.hote.net, own ns1.hote.net,ns2.hote.net, 7+5",
            "ns1.hote.net 5.2.0.1:53 both: Found 7",
            "ns2.hote.net 5.2.0.2:53 both: Found 7",
        ],
    );
    // An alias where the zone begins hides its servers from everybody.
    check(
        &[&ORDINARY[..], &["exemple.fr NS = alias autre.net"]].concat(),
        "exemple.fr",
        &[],
        &[
            "exemple.fr, parent ns1.hote.net,ns2.hote.net, own ns1.hote.net,ns2.hote.net, 5+4",
            "ns1.hote.net 5.2.0.1:53 both: Found 7",
            "ns2.hote.net 5.2.0.2:53 both: Found 7",
        ],
    );
}

#[test]
fn a_registrys_zone_is_nobodys() {
    let fr = "@5.1.0.1 fr SOA = 1\n@5.1.0.1 libre.fr NS = nx fr\n@5.1.0.1 libre.asso.fr NS = nx fr";
    for (of, table, cost) in [
        ("fr", "", "0+0"),
        ("asso.fr", "", "0+0"),
        (".", "", "0+0"),
        ("libre.fr", "libre.fr NS = nx fr", "1+0"),
        ("libre.asso.fr", "libre.asso.fr NS = nx fr", "1+0"),
        ("libre.asso.fr", "libre.asso.fr NS = nx asso.fr", "1+0"),
        ("x.libre.fr", "x.libre.fr NS = nx fr", "1+0"),
        // Nothing can be looked up: the registry says that there is nothing.
        ("libre.fr", "", "3+1"),
        ("libre.asso.fr", "asso.fr NS = no fr", "4+1"),
        // Not even the registry.
        ("libre.asso.fr", "", "2+0"),
    ] {
        check(
            &[REGISTRY, fr, table],
            of,
            &["libre.fr TXT"],
            &[&format!("?, parent ?, own ?, {cost}")],
        );
    }
}

/// Says yes to everything, at length.
struct Hostile;

impl Resolver for Hostile {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        let mut answer = Answer::bare(Status::Found, Source::Nobody);
        answer.records = match question.rtype {
            RecordType::Ns => (0..2000)
                .map(|n| record(&question.name, RecordType::Ns, &format!("ns{n}.net")))
                .collect(),
            RecordType::A => Vec::new(),
            _ => (0..100)
                .map(|n| {
                    let server = question
                        .name
                        .to_wire()
                        .iter()
                        .fold(1, |sum, octet| (sum * 31 + u32::from(*octet)) % 65_521);
                    let text = format!("2a01::{server:x}:{n:x}");
                    record(&question.name, RecordType::Aaaa, &text)
                })
                .collect(),
        };
        if answer.records.is_empty() {
            answer.status = Status::NoData;
        }
        Box::pin(std::future::ready(Arc::new(answer)))
    }
}

impl Direct for Hostile {
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a> {
        let answer = match question.rtype {
            RecordType::Ns if question.name == name("exemple.fr") && server.ip().is_ipv6() => {
                DirectAnswer {
                    authoritative: true,
                    records: (0..2000)
                        .map(|n| record(&question.name, RecordType::Ns, &format!("own{n}.net")))
                        .collect(),
                    ..DirectAnswer::bare(Status::Found)
                }
            }
            RecordType::Soa => direct(question, "1"),
            _ => direct(question, "no exemple.fr"),
        };
        Box::pin(std::future::ready(answer))
    }
}

#[test]
fn nobody_makes_the_walker_ask_without_end() {
    let questions: Vec<Question> = (0..100)
        .map(|n| question(&format!("a{n}.exemple.fr TXT")))
        .collect();
    let walker = Walker::new(Hostile, Hostile, topmost);
    let found = block_on(walker.view(&name("exemple.fr"), &questions));
    let mut servers: Vec<&Name> = found.servers.iter().map(|server| &server.name).collect();
    servers.dedup();
    let asked: Vec<&ServerView> = found
        .servers
        .iter()
        .filter(|server| server.zone_answer.status == Status::Found)
        .collect();
    assert!(servers.len() <= SERVERS_MAX, "{servers:?}");
    assert!(!asked.is_empty() && asked.len() <= SERVERS_MAX * ADDRESSES_MAX);
    assert!(
        asked
            .iter()
            .all(|server| server.answers.len() == QUESTIONS_MAX)
    );
    assert!(found.recursive_questions <= RECURSIVE_QUESTIONS_MAX);
    assert!(
        found.direct_questions <= asked.len() * (1 + QUESTIONS_MAX) + PARENT_SERVERS_MAX + 1,
        "{}",
        found.direct_questions
    );
}

/// Never tells, and never stops telling: failures all the way up.
#[test]
fn a_dead_internet_is_given_up_soon() {
    check(
        &[],
        "a.b.c.d.e.f.g.h.exemple.fr",
        &["exemple.fr TXT"],
        &["?, parent ?, own ?, 3+0"],
    );
    let aliases: Vec<String> = [
        "a.b.c.d.exemple.fr",
        "b.c.d.exemple.fr",
        "c.d.exemple.fr",
        "d.exemple.fr",
    ]
    .iter()
    .map(|name| format!("{name} NS = alias autre.net"))
    .collect();
    check(
        &[&aliases.join("\n")],
        "a.b.c.d.exemple.fr",
        &[],
        &["?, parent ?, own ?, 4+0"],
    );
}
