//! When the zone's own servers are asked, what, and how often; and what is made of captures with them.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use std::sync::Mutex;

use futures::executor::block_on;
use garant_check::{
    AskAuthority, CAPTURE_FORMAT, EXPECTED_MAX, ExpectedRecord, NoFetch, Observation, Request,
    Sources, assess, observe,
};
use garant_dns::authority::{
    Authority, DirectAnswer, QUESTIONS_MAX, ServerView, ZoneFuture, ZoneView,
};
use garant_dns::{Data, Name, Question, Record, RecordType, Status, Zone, Zones};

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

/// A zone whose names in `cuts` are delegated on, each to a zone of its own; counts who asks what.
struct Counting {
    zone: Option<Name>,
    cuts: Vec<Name>,
    asked: Mutex<Vec<(Name, Vec<Question>)>>,
}

impl Authority for Counting {
    fn view<'a>(&'a self, asked: &'a Name, questions: &'a [Question]) -> ZoneFuture<'a> {
        let mut all = self.asked.lock().expect("no panic holds it");
        all.push((asked.clone(), questions.to_vec()));
        let mut view = ZoneView::unknown(asked.clone());
        if let Some(zone) = &self.zone {
            let answers = questions.iter().map(|question| {
                let cut = self.cuts.iter().find(|cut| question.name.is_within(cut));
                let mut answer = DirectAnswer::bare(Status::NxDomain);
                answer.authoritative = cut.is_none();
                answer.referral = cut.into_iter().map(referral).collect();
                (question.clone(), answer)
            });
            view.servers.push(ServerView {
                name: name("ns1.hebergeur.example"),
                address: Some(([192, 0, 2, 1], 53).into()),
                in_parent: true,
                in_zone: true,
                zone_answer: DirectAnswer::bare(Status::NoData),
                answers: answers.collect(),
            });
            view.zone = Some(zone.clone());
        }
        Box::pin(std::future::ready(view))
    }
}

fn referral(cut: &Name) -> Record {
    Record {
        owner: cut.clone(),
        ttl: 60,
        data: Data::Ns(name("ns.ailleurs.example")),
    }
}

/// Observes a domain without any record. What was asked of its servers.
fn observe_nothing(
    request: Request,
    zone: Option<&str>,
    cuts: &[&str],
) -> Vec<(Name, Vec<Question>)> {
    let authority = Counting {
        zone: zone.map(name),
        cuts: cuts.iter().map(|cut| name(cut)).collect(),
        asked: Mutex::default(),
    };
    let text = "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ MX 10 mx\n";
    let own = Zone::parse(text.as_bytes(), &request.domain).expect("a zone");
    let zones = Zones::new(vec![own, Zone::new(Name::root())]);
    let sources = Sources::new(&zones, &NoFetch).with_authority(&authority);
    block_on(observe(sources, request, 0));
    authority.asked.into_inner().expect("no panic held it")
}

fn request(expected: impl IntoIterator<Item = String>) -> Request {
    Request {
        expect: expected
            .into_iter()
            .map(|owner| ExpectedRecord {
                name: name(&owner),
                rtype: RecordType::Cname,
                value: "cible.envoi.example".to_owned(),
            })
            .collect(),
        ..Request::new(name("exemple.fr"))
    }
}

#[test]
fn no_more_names_are_asked_than_the_limit_and_the_most_important_first() {
    let names: Vec<String> = (0..EXPECTED_MAX)
        .map(|n| format!("e{n}.exemple.fr"))
        .collect();
    for authority in [AskAuthority::InDoubt, AskAuthority::Always] {
        let request = Request {
            authority,
            ..request(names.clone())
        };
        let asked = observe_nothing(request, Some("exemple.fr"), &[]);
        let [(_, questions)] = asked.as_slice() else {
            panic!("{} zones were looked at", asked.len());
        };
        let found: Vec<&str> = questions.iter().map(|q| q.name.as_str()).collect();
        assert_eq!(found, names[..QUESTIONS_MAX]);
    }
}

#[test]
fn what_is_delegated_on_is_looked_at_once_more_and_no_oftener() {
    let names = ["c.exemple.fr", "a.x.exemple.fr", "b.y.exemple.fr"].map(String::from);
    let cuts = ["x.exemple.fr", "y.exemple.fr"];
    let asked = observe_nothing(request(names), Some("exemple.fr"), &cuts);
    let zones: Vec<&str> = asked.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(zones, ["c.exemple.fr", "a.x.exemple.fr"]);
}

#[test]
fn a_zone_that_cannot_be_found_is_not_looked_for_again() {
    let asked = observe_nothing(request(["a.exemple.fr".to_owned()]), None, &[]);
    assert_eq!(asked.len(), 1);
}

#[test]
fn a_domain_that_somebody_else_answers_for_is_in_no_doubt() {
    let request = Request::new(name("gmail.com"));
    assert!(observe_nothing(request, Some("gmail.com"), &[]).is_empty());
}

/// The host that is named for a zone with this primary server.
#[track_caller]
fn check_host(primary: &str, expect: Option<&str>) {
    let text = format!("@ SOA {primary} hostmaster 1 7200 900 1209600 300\n@ MX 10 mx\n");
    let domain = name("exemple.fr");
    let own = Zone::parse(text.as_bytes(), &domain).expect("a zone");
    let zones = Zones::new(vec![own, Zone::new(Name::root())]);
    let sources = Sources::new(&zones, &NoFetch);
    let assessment = assess(&block_on(observe(sources, Request::new(domain), 0)));
    assert_eq!(assessment.authority.host, expect, "{primary}");
}

#[test]
fn the_host_is_recognised_by_the_primary_server_that_a_no_names() {
    check_host("dns10.ovh.net.", Some("OVHcloud"));
    check_host("ns1.exemple.fr.", None);
    check_host("dns10.ovh.net.exemple.fr.", None);
}

#[test]
fn a_capture_is_judged_as_what_was_seen() {
    let mut count = 0;
    for world in world::all() {
        let observation = world.observe();
        if observation.zones.is_empty() {
            continue;
        }
        count += 1;
        let capture = Observation::from_capture(&observation.to_capture()).expect("a capture");
        assert_eq!(assess(&capture), assess(&observation), "{}", world.title);
    }
    assert!(count > 50, "{count} worlds have servers");
}

#[test]
fn a_capture_with_more_than_anybody_asks_for_is_not_taken_apart() {
    let world = world::all()
        .into_iter()
        .find(|world| world.observe().zones.len() == 1)
        .expect("a world with servers");
    let mut observation = world.observe();
    let view = observation.zones[0].clone();
    let server = view.servers[0].clone();
    observation.zones[0].servers = vec![server; 100_000];
    assert!(assess(&observation).authority.zones.is_empty());
    observation.zones = vec![view; 1000];
    assert!(assess(&observation).authority.zones.len() <= 2);
    assert!(observation.to_capture().contains(CAPTURE_FORMAT));
}

#[test]
fn a_capture_may_have_been_asked_at_the_end_of_time() {
    let waits = |world: &world::World| world.until.is_some();
    let world = world::all().into_iter().find(waits).expect("a world waits");
    let capture = world.observe().to_capture();
    for time in [i64::MAX, i64::MIN] {
        let asked = format!("\"asked_at\": {}", world::ASKED_AT);
        let text = capture.replace(&asked, &format!("\"asked_at\": {time}"));
        let observation = Observation::from_capture(&text).expect("a capture");
        assert_eq!(observation.asked_at, time);
        assert_eq!(assess(&observation).verdict.code.as_str(), "waiting");
    }
}
