//! Every firm's check, over real sockets of loopback, says what the front page promises.

use std::time::Duration;

use garant_check::{
    AskAuthority, Code, Observation, Request, VerdictCode, VerdictSeverity, assess, observe,
};
use garant_dns::{Data, Source};
use garant_service::checks::OneCheck;

use super::Internet;
use super::firms::{FIRMS, Firm};
use crate::world::World;

const TIMEOUT: Duration = Duration::from_secs(20);
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
fn nobody_but_loopback_is_asked() {
    with_internet(async |internet, world| {
        for firm in &FIRMS {
            let observation = observed(world, firm, AskAuthority::Always).await;
            for (question, answer) in observation.answers.iter() {
                let asked = match answer.source {
                    Source::Udp(address) | Source::Tcp(address) => address == internet.recursive,
                    Source::Zone => false,
                    Source::Nobody => true,
                };
                assert!(asked, "{}: {question:?} {:?}", firm.domain, answer.source);
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
