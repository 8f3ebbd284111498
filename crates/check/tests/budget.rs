//! What a check costs: the questions that are put to recursive servers, over every world and every case of the
//! articles, in whichever order the answers come.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::path::Path;
use std::task::Poll;

use futures::executor::block_on;
use garant_check::{
    EXPECTED_MAX, ExpectedRecord, Finding, NoFetch, Observation, Request, SignedBy, Sources,
    assess, observe,
};
use garant_dns::{AnswerFuture, Name, Question, RecordType, Resolver, Status, Zone, Zones};
use world::{ASKED_AT, World};

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

/// Questions that a check asks at most, for a domain whose SPF record takes no more look-ups than are allowed.
const LOOKUPS_MAX: usize = 31;
/// Look-ups of an SPF record that it is made for. Each one over them is made too, so that the owner learns how many
/// have to go: "14 of 10".
const SPF_LOOKUPS_INCLUDED: u64 = 10;
/// Records that may be asked for within it.
const RECORDS_INCLUDED: usize = 3;
/// Records whose usual mistakes are looked for, at most.
const RECORDS_PROBED_MAX: usize = 6;
/// Questions more for each further record, at most: what stands at its name, and where else it may stand.
const LOOKUPS_MORE: usize = 6;

/// Questions that a check of this request may ask. Where the domain's SPF record and exchanges need many, what stands
/// at the names of the records is asked all the same, and no more.
fn limit(records: usize, plain: usize) -> usize {
    let more = LOOKUPS_MORE * records.saturating_sub(RECORDS_INCLUDED);
    let beside_many = plain + LOOKUPS_MORE * records;
    (LOOKUPS_MAX + more).max(beside_many)
}

fn count(observation: &Observation) -> usize {
    let answers = observation.answers.iter();
    answers
        .filter(|(_, answer)| answer.status != Status::OverBudget)
        .count()
}

/// Counts, the most of them, and where that was.
#[derive(Default)]
struct Figures {
    sum: usize,
    number: usize,
    most: usize,
    place: String,
}

impl Figures {
    fn add(&mut self, count: usize, place: &str) {
        self.sum += count;
        self.number += 1;
        if count > self.most {
            (self.most, self.place) = (count, place.to_owned());
        }
    }

    fn tell(&self, what: &str) {
        tell!(
            "look-ups, {what}: {} checks, {} on average, {} at most ({})",
            self.number,
            self.sum.div_ceil(self.number.max(1)),
            self.most,
            self.place
        );
    }
}

/// The same question about the domain alone.
fn plain(request: &Request) -> Request {
    Request::new(request.domain.clone())
}

fn is_stated(request: &Request) -> bool {
    request.states_path() || !request.expect.is_empty()
}

fn observed(world: &World, request: Request) -> Observation {
    let (resolver, documents) = (world.resolver(), world.fetch());
    block_on(observe(
        Sources::new(&resolver, &documents),
        request,
        ASKED_AT,
    ))
}

#[test]
fn every_world_is_checked_within_the_limit() {
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    let mut faults = Vec::new();
    for world in world::all() {
        let request = world.request();
        let observation = world.observe();
        let asked = count(&observation);
        let kind = match (is_stated(&request), request.expect.len()) {
            (false, _) => "the domain alone".to_owned(),
            (true, 0) => "a stated path".to_owned(),
            (true, records) => format!("{records} records"),
        };
        figures.entry(kind).or_default().add(asked, &world.place);
        let spf = assess(&observation).records.spf.lookups;
        let over = usize::try_from(spf.saturating_sub(SPF_LOOKUPS_INCLUDED)).expect("small");
        let limit = match request.expect.len() {
            0 => LOOKUPS_MAX + over,
            records => limit(records, count(&observed(&world, plain(&request)))),
        };
        if asked > limit {
            faults.push(format!(
                "{} {}: {asked} look-ups, {limit} are allowed",
                world.place, world.title
            ));
        }
    }
    for (kind, figures) in &figures {
        figures.tell(kind);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Answers after a number of turns that depends on the question and a seed: answers come in another order.
struct Late<'r> {
    resolver: &'r dyn Resolver,
    seed: u64,
}

impl Resolver for Late<'_> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        let text = format!("{} {:?} {}", question.name, question.rtype, self.seed);
        let hash = text.bytes().fold(self.seed, |hash, octet| {
            (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut turns = (hash >> 32) % 7;
        Box::pin(async move {
            poll_fn(|context| {
                if turns == 0 {
                    return Poll::Ready(());
                }
                turns -= 1;
                context.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
            self.resolver.resolve(question).await
        })
    }
}

#[test]
fn the_order_of_the_answers_changes_neither_the_findings_nor_the_limit() {
    let mut faults = Vec::new();
    let mut figures = Figures::default();
    for world in world::all() {
        let request = world.request();
        // Servers of a zone are asked when all else is known, which is then always the same.
        if !is_stated(&request) || world.name_servers().is_some() {
            continue;
        }
        let told = |observation: &Observation| -> Vec<Finding> { assess(observation).findings };
        let expected = told(&observed(&world, request.clone()));
        let without = count(&observed(&world, plain(&request)));
        for seed in 1..=4 {
            let (inner, documents) = (world.resolver(), world.fetch());
            let late = Late {
                resolver: &inner,
                seed,
            };
            let sources = Sources::new(&late, &documents);
            let observation = block_on(observe(sources, request.clone(), ASKED_AT));
            let asked = count(&observation);
            figures.add(asked, &world.place);
            if asked > limit(request.expect.len(), without) {
                faults.push(format!(
                    "{} {} ({seed}): {asked} look-ups",
                    world.place, world.title
                ));
            }
            if told(&observation) != expected {
                faults.push(format!(
                    "{} {} ({seed}): other findings",
                    world.place, world.title
                ));
            }
        }
    }
    figures.tell("answers in another order");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What the articles' domain has in one of its states, and the rest of the world.
fn article(zone: &str) -> Zones {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let read = |file: String, origin: Name| {
        let text = std::fs::read(folder.join(&file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        Zone::parse(&text, &origin).unwrap_or_else(|e| panic!("{file}: {e}"))
    };
    let domain = "votreentreprise.fr".parse().expect("a name");
    Zones::new(vec![
        read(format!("{zone}.zone"), domain),
        read("internet.zone".to_owned(), Name::root()),
    ])
}

const ARTICLES: [&str; 7] = [
    "reject-without-dkim",
    "no-dmarc",
    "strict-spare-leg",
    "strict-other-name",
    "two-of-three",
    "doubled-name",
    "all-right",
];

/// What a platform asks for in the articles: two keys and a return path.
fn three_records() -> Vec<ExpectedRecord> {
    let text = include_str!("../../../examples/articles/platform.json");
    serde_json::from_str(text).expect("records")
}

#[test]
fn every_case_of_the_articles_is_checked_within_the_limit() {
    let domain: Name = "votreentreprise.fr".parse().expect("a name");
    let mut figures = Figures::default();
    for zone in ARTICLES {
        let zones = article(zone);
        let mut check = |what: &str, request: Request| {
            let sources = Sources::new(&zones, &NoFetch);
            let asked = count(&block_on(observe(sources, request, ASKED_AT)));
            tell!("{zone}, {what}: {asked} look-ups");
            figures.add(asked, zone);
            assert!(asked <= LOOKUPS_MAX, "{zone}, {what}: {asked} look-ups");
        };
        let request = Request::new(domain.clone());
        check("the domain alone", request.clone());
        let sender = Some("activecampaign".to_owned());
        check(
            "--sender activecampaign",
            Request {
                sender,
                ..request.clone()
            },
        );
        check(
            "a path beneath the domain",
            Request {
                mail_from: Some("em.votreentreprise.fr".parse().expect("a name")),
                signed_by: vec![SignedBy {
                    domain: "factures.votreentreprise.fr".parse().expect("a name"),
                    selector: Some("envoi1".parse().expect("a selector")),
                }],
                ..request.clone()
            },
        );
        let expect = three_records();
        check(
            "--expect platform.json",
            Request {
                expect,
                ..request.clone()
            },
        );
    }
    figures.tell("articles");
}

#[test]
fn every_service_of_the_catalogue_is_asked_about_within_the_limit() {
    let mut figures = Figures::default();
    let mut faults = Vec::new();
    for zone in ARTICLES {
        let zones = article(zone);
        for domain in ["votreentreprise.fr", "news.votreentreprise.fr"] {
            for service in garant_check::catalogue::services() {
                let request = Request {
                    sender: Some(service.id.clone()),
                    ..Request::new(domain.parse().expect("a name"))
                };
                let sources = Sources::new(&zones, &NoFetch);
                let asked = count(&block_on(observe(sources, request, ASKED_AT)));
                let place = format!("{zone}, {domain}, {}", service.id);
                figures.add(asked, &place);
                if asked > LOOKUPS_MAX {
                    faults.push(format!("{place}: {asked} look-ups"));
                }
            }
        }
    }
    figures.tell("services");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// So many records of the kinds that platforms ask for.
fn records(number: usize, kinds: &[&str]) -> Vec<ExpectedRecord> {
    let record = |index: usize| {
        let (label, target) = match kinds[index % kinds.len()] {
            "key" => (format!("s{index}._domainkey"), format!("s{index}.dkim")),
            "return path" => (format!("r{index}"), format!("r{index}")),
            _ => (format!("clics{index}"), format!("clics{index}")),
        };
        ExpectedRecord {
            name: format!("{label}.exemple.fr").parse().expect("a name"),
            rtype: RecordType::Cname,
            value: format!("{target}.envoi.example"),
        }
    };
    (0..number).map(record).collect()
}

/// How many records are told to be in these clothes.
fn told(observation: &Observation, clothes: &str) -> usize {
    let wanted: &[&str] = match clothes {
        "right" => &["record.right"],
        "nothing" => &["record.absent"],
        "doubled" => &["record.doubled-name"],
        "web site" => &["record.other-value", "record.return-path-taken"],
        _ => &["record.by-wildcard"],
    };
    let findings = assess(observation).findings;
    let codes = findings.iter().map(|finding| finding.code.as_str());
    codes.filter(|code| wanted.contains(code)).count()
}

#[test]
fn each_record_over_three_costs_what_it_needs() {
    let own = "@ MX 10 mx\n@ TXT \"v=spf1 mx -all\"\nmx A 192.0.2.25\n\
               _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@exemple.fr\"\n";
    let domain: Name = "exemple.fr".parse().expect("a name");
    let mut figures = Figures::default();
    let mut faults = Vec::new();
    for kinds in [
        &["key"][..],
        &["key", "key", "return path"],
        &["key", "return path", "link"],
    ] {
        for clothes in [
            "right",
            "nothing",
            "doubled",
            "web site",
            "wildcard text",
            "wildcard address",
        ] {
            for number in 1..=EXPECTED_MAX {
                let expect = records(number, kinds);
                let mut zone = own.to_owned();
                let mut world = String::new();
                for record in &expect {
                    let (name, value) = (&record.name, &record.value);
                    match clothes {
                        "right" => zone.push_str(&format!("{name}. CNAME {value}.\n")),
                        "doubled" => zone.push_str(&format!("{name} CNAME {value}.\n")),
                        "web site" => zone.push_str(&format!("{name}. A 198.51.100.80\n")),
                        _ => {}
                    }
                    let text = match value.split('.').next().unwrap_or_default() {
                        label if label.starts_with('s') => "v=DKIM1; k=rsa; p=MIIBIjANBgkq",
                        label if label.starts_with('r') => "v=spf1 ip4:198.51.100.1 -all",
                        _ => "",
                    };
                    match text {
                        "" => world.push_str(&format!("{value}. A 198.51.100.7\n")),
                        text => world.push_str(&format!("{value}. TXT \"{text}\"\n")),
                    }
                }
                match clothes {
                    "wildcard text" => zone.push_str("* TXT \"v=spf1 -all\"\n"),
                    "wildcard address" => zone.push_str("* A 198.51.100.80\n"),
                    _ => {}
                }
                let zones = Zones::new(vec![
                    Zone::parse(zone.as_bytes(), &domain).expect("a zone"),
                    Zone::parse(world.as_bytes(), &Name::root()).expect("a zone"),
                ]);
                let request = Request {
                    expect,
                    ..Request::new(domain.clone())
                };
                let sources = Sources::new(&zones, &NoFetch);
                let observation = block_on(observe(sources, request, ASKED_AT));
                let asked = count(&observation);
                let told = told(&observation, clothes);
                let place = format!("{number} records {kinds:?}, {clothes}");
                figures.add(asked, &place);
                if told < number.min(RECORDS_PROBED_MAX) {
                    faults.push(format!("{place}: only {told} are told"));
                }
                let limit = limit(number, 0);
                if asked > limit {
                    faults.push(format!("{place}: {asked} look-ups, {limit} are allowed"));
                }
            }
        }
    }
    figures.tell("many records");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
