//! Every firm's check, over real sockets of loopback, says what the front page promises.

use std::net::SocketAddr;

use garant_check::{
    AskAuthority, Code, Observation, Request, VerdictCode, VerdictSeverity, assess, observe,
};
use garant_dns::{Data, Source};
use garant_service::checks::OneCheck;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::firms::{FIRMS, Firm};
use super::{Internet, TIMEOUT};
use crate::serve::Bound;
use crate::world::World;

/// A moment in November 2026.
const NOW: i64 = 1_795_365_000;

fn with_internet<T>(test: impl AsyncFnOnce(&Internet, &World) -> T) -> T {
    let runtime = crate::world::runtime();
    let Ok(runtime) = runtime else {
        panic!("no runtime");
    };
    runtime.block_on(async {
        let internet = Internet::start(3).await.expect("free ports");
        let world = World::closed(internet.recursive, internet.map.clone());
        let Ok(world) = world else {
            panic!("no randomness");
        };
        test(&internet, &world).await
    })
}

async fn observed(world: &World, firm: &Firm, authority: AskAuthority) -> Observation {
    let understood = firm.typed().understood();
    let mut request = understood
        .unwrap_or_else(|faults| panic!("{}: {faults:?}", firm.domain))
        .request;
    if authority == AskAuthority::Always {
        request.authority = authority;
    }
    observe(world.one_check(TIMEOUT).sources(), request, NOW).await
}

/// The shape of what a check says.
fn state(observation: &Observation) -> &'static str {
    let assessment = assess(observation);
    let is_waiting = matches!(
        assessment.verdict.code,
        VerdictCode::Waiting | VerdictCode::SenderWaiting
    );
    match assessment.verdict.severity {
        _ if is_waiting => "wait",
        VerdictSeverity::Blocks => "block",
        VerdictSeverity::Risk => "risk",
        VerdictSeverity::Unknown => "unknown",
        VerdictSeverity::Advice => "advice",
        VerdictSeverity::Fine => "right",
    }
}

#[test]
fn what_the_front_page_promises_is_what_the_check_says() {
    with_internet(async |_, world| {
        let mut wrong = Vec::new();
        for firm in &FIRMS {
            for authority in [AskAuthority::InDoubt, AskAuthority::Always] {
                let observation = observed(world, firm, authority).await;
                let found = state(&observation);
                if found != firm.state {
                    let assessment = assess(&observation);
                    let codes: Vec<_> = assessment
                        .findings
                        .iter()
                        .map(|f| (f.code.to_string(), f.severity))
                        .collect();
                    wrong.push(format!(
                        "{} {authority:?}: {found} and not {}: {:?} {codes:?}",
                        firm.domain, firm.state, assessment.verdict
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    });
}

#[test]
fn nobody_but_loopback_is_asked_and_everything_is_answered() {
    with_internet(async |internet, world| {
        for firm in &FIRMS {
            let alone = Request::new(firm.domain.parse().expect("a name"));
            let alone = observe(world.one_check(TIMEOUT).sources(), alone, NOW).await;
            let observation = observed(world, firm, AskAuthority::Always).await;
            for (question, answer) in observation.answers.iter().chain(alone.answers.iter()) {
                let asked = match answer.source {
                    Source::Udp(address) | Source::Tcp(address) => address == internet.recursive,
                    Source::Zone => false,
                    Source::Nobody => true,
                };
                assert!(asked, "{}: {question:?} {:?}", firm.domain, answer.source);
                assert!(answer.status.is_definite(), "{question:?}: {answer:?}");
            }
            assert!(observation.documents.is_empty(), "{}", firm.domain);
        }
    });
}

/// What each of a zone's servers says, by name.
fn servers(observation: &Observation, domain: &str) -> Vec<String> {
    let zone = observation.zones.iter().find(|view| {
        view.zone
            .as_ref()
            .is_some_and(|zone| zone.as_str() == domain)
    });
    let view = zone.expect("the zone's own servers were asked");
    let servers = view.servers.iter().map(|server| {
        let serial = server
            .zone_answer
            .records
            .iter()
            .find_map(|record| match &record.data {
                Data::Soa(soa) => Some(soa.serial),
                _ => None,
            });
        let address = server.address.expect("the map knows it");
        assert!(address.ip().is_loopback(), "{address}");
        let serial = serial.map_or(String::new(), |serial| format!(" {serial}"));
        format!("{} {:?}{serial}", server.name, server.zone_answer.status)
    });
    servers.collect()
}

#[test]
fn the_servers_of_a_zone_are_seen_to_differ() {
    with_internet(async |_, world| {
        let firm = |domain: &str| {
            FIRMS
                .iter()
                .find(|firm| firm.domain == domain)
                .expect("a firm")
        };
        let domain = "garage-tournesol.example";
        let observation = observed(world, firm(domain), AskAuthority::Always).await;
        assert_eq!(
            servers(&observation, domain),
            [
                "dns104.ovh.net Found 2026112103",
                "ns104.ovh.net Found 2026112001",
                "ns3.tournesol-hosting.example Refused",
            ]
        );
        let codes = |observation: &Observation| -> Vec<Code> {
            assess(observation)
                .findings
                .iter()
                .map(|finding| finding.code)
                .collect()
        };
        let found = codes(&observation);
        assert!(found.contains(&Code::DnsStaleServer) && found.contains(&Code::DnsLameServer));
        // Published everywhere, and not yet where resolvers look: a doubt that leads to the zone's own servers.
        let domain = "fleuriste-mirabelle.example";
        let observation = observed(world, firm(domain), AskAuthority::InDoubt).await;
        assert_eq!(
            servers(&observation, domain),
            [
                "ns-12-a.gandi.net Found 2026112202",
                "ns-34-b.gandi.net Found 2026112202"
            ]
        );
        assert!(codes(&observation).contains(&Code::RecordWaiting));
    });
}

#[test]
fn numbered_domains_are_the_firms_under_other_names() {
    with_internet(async |_, world| {
        for (number, firm) in (1..=3).zip(&FIRMS[1..]) {
            let domain = format!("d{number:03}.example");
            let request = Request::new(domain.parse().expect("a name"));
            let one = observe(world.one_check(TIMEOUT).sources(), request, NOW).await;
            let model = Request::new(firm.domain.parse().expect("a name"));
            let other = observe(world.one_check(TIMEOUT).sources(), model, NOW).await;
            assert_eq!(state(&one), state(&other), "{domain} and {}", firm.domain);
        }
    });
}

#[test]
fn of_the_rest_of_the_world_nothing_is_said() {
    with_internet(async |_, world| {
        for domain in ["lemonde.fr", "google.com", "exemple.org"] {
            let request = Request::new(domain.parse().expect("a name"));
            let observation = observe(world.one_check(TIMEOUT).sources(), request, NOW).await;
            assert_eq!(state(&observation), "unknown", "{domain}");
        }
    });
}

/// One request over a connection of its own: status, head and body of the answer.
async fn http(address: SocketAddr, head: &str, body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    let request = format!(
        "{head}\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    let answer = String::from_utf8(answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.expect("a status"), head.to_owned(), body.to_owned())
}

/// The fields of a form as a browser sends them.
fn form(firm: &Firm) -> String {
    let typed = firm.typed();
    let authority = if typed.authority { "true" } else { "" };
    let fields = [
        ("domain", typed.domain.as_str()),
        ("sender", &typed.sender),
        ("mail_from", &typed.mail_from),
        ("signed_by", &typed.signed_by),
        ("expect", &typed.expect),
        ("authority", authority),
    ];
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    let pairs = filled.map(|(name, value)| {
        let escaped = value.bytes().map(|octet| format!("%{octet:02x}"));
        format!("{name}={}", escaped.collect::<String>())
    });
    pairs.collect::<Vec<_>>().join("&")
}

#[test]
fn the_pages_say_of_every_firm_what_the_front_page_promises() {
    with_internet(async |internet, _| {
        let world = World::closed(internet.recursive, internet.map.clone());
        let parts = world.and_then(super::parts);
        let Ok(parts) = parts else {
            panic!("no world");
        };
        let Ok(bound) = Bound::new(([127, 0, 0, 1], 0).into(), parts).await else {
            panic!("no free port");
        };
        let address = bound.address().expect("bound");
        let visit = async {
            for lang in ["fr", "en"] {
                let (status, _, page) = http(address, &format!("GET /{lang}/ HTTP/1.1"), "").await;
                assert_eq!(status, 200);
                for firm in &FIRMS {
                    assert!(page.contains(firm.domain), "{lang}: {}", firm.domain);
                }
            }
            for firm in &FIRMS {
                let head = "POST /fr/ HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";
                let (status, head, _) = http(address, head, &form(firm)).await;
                assert_eq!(status, 303, "{}: {head}", firm.domain);
                let mut words = head.lines().flat_map(|line| line.split_once(": "));
                let location = words.find(|(name, _)| name.eq_ignore_ascii_case("location"));
                let (_, place) = location.expect("a place");
                let id = place.strip_prefix("/fr/c/").expect("the link of a check");
                let head = format!("GET /api/v1/checks/{id} HTTP/1.1\r\nPrefer: wait=20");
                let (status, _, body) = http(address, &head, "").await;
                assert_eq!(status, 200, "{}: {body}", firm.domain);
                let json: serde_json::Value = serde_json::from_str(&body).expect("JSON");
                let verdict = &json["check"]["verdict"];
                let code = verdict["code"].as_str().expect("a code");
                let found = match verdict["severity"].as_str().expect("a severity") {
                    _ if code.ends_with("waiting") => "wait",
                    "blocks" => "block",
                    "fine" => "right",
                    other => other,
                };
                assert_eq!(found, firm.state, "{}: {verdict}", firm.domain);
                let (status, _, _) = http(address, &format!("GET {place} HTTP/1.1"), "").await;
                assert_eq!(status, 200, "{}", firm.domain);
            }
        };
        tokio::select! {
            () = visit => {}
            _ = bound.run() => panic!("the site ended"),
        }
    });
}

#[test]
fn the_table_of_the_firms_says_the_same() {
    let table = include_str!("../../../../examples/demo/README.md");
    for firm in &FIRMS {
        let row = table
            .lines()
            .find(|line| line.starts_with(&format!("| [{}]", firm.domain)));
        let says = match firm.state {
            "block" => "blocks mail",
            "risk" => "at risk",
            "wait" => "waiting",
            other => other,
        };
        let row = row.unwrap_or_else(|| panic!("{} is not in the table", firm.domain));
        assert!(row.ends_with(&format!("| {says} |")), "{row}");
    }
}
