//! What a finding about a record tells to change, changed: the record is then as it was asked for.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures::executor::block_on;
use garant_check::{
    Action, Argument, Assessment, EXPECTED_MAX, ExpectedRecord, Finding, NoFetch, Request,
    Severity, Sources, assess, observe,
};
use garant_dns::{
    Alias, Answer, AnswerFuture, Data, Name, Overlay, Question, Record, RecordType, Resolver,
    Source, Status, Txt, Zone, Zones,
};
use world::{ASKED_AT, World};

/// Findings about records that nobody can put right by changing the zone, or not without choosing first.
const NO_CHANGE: [&str; 5] = [
    "record.return-path-taken",
    "record.alias-at-apex",
    "record.dangling-target",
    "record.absent",
    "record.other-value",
];

fn data(rtype: RecordType, value: &str) -> Data {
    let name = |text: &str| Name::from_input(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    match rtype {
        RecordType::Cname => Data::Cname(name(value)),
        RecordType::Txt => Data::Txt(Txt::from_bytes(value.as_bytes())),
        RecordType::A => Data::A(value.parse().expect("an address")),
        RecordType::Aaaa => Data::Aaaa(value.parse().expect("an address")),
        RecordType::Mx => {
            let (preference, exchange) = value.split_once(' ').expect("a number and a host");
            Data::Mx {
                preference: preference.parse().expect("a number"),
                exchange: name(exchange),
            }
        }
        other => panic!("{other}: {value}"),
    }
}

/// Texts are compared as a whole, however they are cut into strings.
fn is_same(one: &Data, two: &Data) -> bool {
    match (one, two) {
        (Data::Txt(one), Data::Txt(two)) => one.joined() == two.joined(),
        _ => one == two,
    }
}

type Sets = BTreeMap<(Name, RecordType), Vec<Data>>;

/// What stands at a name now.
fn now(world: &World, name: &Name, rtype: RecordType) -> Vec<Data> {
    let question = Question::new(name.clone(), rtype);
    let answer = block_on(world.resolver().resolve(&question));
    let own = answer.records.iter().filter(|r| r.owner == *name);
    own.map(|record| record.data.clone()).collect()
}

fn carry_out(world: &World, finding: &Finding, sets: &mut Sets) {
    for fix in &finding.fixes {
        let key = (fix.name.clone(), fix.rtype);
        let set = sets
            .entry(key)
            .or_insert_with(|| now(world, &fix.name, fix.rtype));
        let value = data(fix.rtype, &fix.value);
        match fix.action {
            Action::Delete => {
                let before = set.len();
                set.retain(|known| !is_same(known, &value));
                assert!(
                    set.len() < before,
                    "{} {}: nothing to delete: {fix:?}",
                    world.place,
                    world.title
                );
            }
            Action::Change => {
                let old = finding.found.as_deref().expect("a change has an old value");
                let old: Vec<Data> = old.lines().map(|line| data(fix.rtype, line)).collect();
                set.retain(|known| !old.iter().any(|old| is_same(known, old)));
                set.push(value);
            }
            // What a wildcard said until now, the name's own alias says no more.
            Action::Add if fix.rtype == RecordType::Cname => *set = vec![value],
            Action::Add => set.push(value),
        }
    }
}

/// How the world is judged after what its findings tell was done.
fn after(world: &World, before: &Assessment) -> Assessment {
    let mut sets = Sets::new();
    for finding in &before.findings {
        let is_of_record = finding.code.topic() == "record"
            || world
                .expected
                .iter()
                .any(|record| record.name == finding.subject);
        if is_of_record {
            carry_out(world, finding, &mut sets);
        }
    }
    let mut overlay = Overlay::new(world.resolver());
    for ((name, rtype), set) in sets {
        overlay.set(name, rtype, 3600, set);
    }
    let documents = world.fetch();
    let sources = Sources::new(&overlay, &documents);
    assess(&block_on(observe(sources, world.request(), ASKED_AT)))
}

fn wrong(assessment: &Assessment) -> BTreeSet<&'static str> {
    let findings = assessment.findings.iter();
    findings
        .filter(|f| f.code.topic() == "record" && f.severity < Severity::Advice)
        .map(|finding| finding.code.as_str())
        .collect()
}

#[test]
fn what_a_finding_tells_to_change_puts_the_record_right() {
    let mut faults = Vec::new();
    let mut cured = 0;
    let worlds = world::all();
    for world in worlds.iter().filter(|w| w.place.starts_with("record.")) {
        let before = world.assess();
        let codes = wrong(&before);
        if codes.is_empty() {
            continue;
        }
        let left: BTreeSet<&str> = wrong(&after(world, &before)).into_iter().collect();
        let may_be_left: BTreeSet<&str> = before
            .findings
            .iter()
            .filter(|f| f.fixes.is_empty() && NO_CHANGE.contains(&f.code.as_str()))
            .map(|f| f.code.as_str())
            .collect();
        if left.is_subset(&may_be_left) {
            cured += 1;
        } else {
            faults.push(format!(
                "{} {}: {codes:?}, then {left:?}",
                world.place, world.title
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(cured >= 60, "only {cured} worlds were cured");
}

#[test]
fn every_finding_about_a_record_says_where_it_was_found() {
    for world in world::all() {
        for finding in world.assess().findings {
            if finding.code.topic() == "record" {
                assert!(
                    finding.place.is_some(),
                    "{} {}: {}",
                    world.place,
                    world.title,
                    finding.code
                );
            }
        }
    }
}

/// Questions that a domain costs with these expected records, and the assessment.
fn asked(zone: &str, expected: Vec<ExpectedRecord>) -> (usize, Assessment) {
    let domain: Name = "exemple.fr".parse().expect("a name");
    let zone = Zone::parse(zone.as_bytes(), &domain).expect("a zone");
    let zones = Zones::new(vec![zone, Zone::new(Name::root())]);
    let request = Request {
        expect: expected,
        ..Request::new(domain)
    };
    let sources = Sources::new(&zones, &NoFetch);
    let observation = block_on(observe(sources, request, ASKED_AT));
    (observation.answers.len(), assess(&observation))
}

fn expected(count: usize) -> Vec<ExpectedRecord> {
    let record = |number: usize| ExpectedRecord {
        name: format!("s{number}._domainkey.exemple.fr")
            .parse()
            .expect("a name"),
        rtype: RecordType::Cname,
        value: format!("s{number}.dkim.exemple.net"),
    };
    (0..count).map(record).collect()
}

/// A name is doubled in the zone for each of so many records.
fn doubled(count: usize) -> String {
    let mut zone = String::from("@ TXT \"v=spf1 -all\"\n");
    for number in 0..count {
        zone.push_str(&format!(
            "s{number}._domainkey.exemple.fr CNAME s{number}.dkim.exemple.net.\n"
        ));
    }
    zone
}

#[test]
fn the_usual_mistakes_are_looked_for_in_six_records_and_all_are_told_absent() {
    let count = |assessment: &Assessment, code: &str| {
        let findings = assessment.findings.iter();
        findings.filter(|f| f.code.as_str() == code).count()
    };
    for (records, found, absent) in [(1, 1, 0), (6, 6, 0), (7, 6, 1), (EXPECTED_MAX, 6, 10)] {
        let (_, assessment) = asked(&doubled(records), expected(records));
        assert_eq!(
            count(&assessment, "record.doubled-name"),
            found,
            "{records}"
        );
        assert_eq!(count(&assessment, "record.absent"), absent, "{records}");
    }
    let more = [expected(EXPECTED_MAX), expected(EXPECTED_MAX + 1)];
    let [most, over] = more.map(|expected| asked("@ TXT x\n", expected).0);
    assert_eq!(most, over, "a record over the limit is asked for");
}

/// Look-ups that a record which is wrong costs besides its own, at most.
const PROBES_MAX: usize = 18;

#[test]
fn a_record_costs_one_look_up_where_it_is_right_and_few_where_it_is_wrong() {
    let right = "@ TXT \"v=spf1 -all\"\ns0._domainkey CNAME s0.dkim.exemple.net.\n";
    let (without, _) = asked(right, Vec::new());
    let (with, _) = asked(right, expected(1));
    // Its path is judged too: that costs what it costs without records, and the policy of the target's
    // organization nothing.
    assert!(with <= without + 4, "{with} look-ups, {without} without");
    let none = "@ TXT \"v=spf1 -all\"\n";
    let (without, _) = asked(none, Vec::new());
    let (one, _) = asked(none, expected(1));
    let (three, _) = asked(none, expected(3));
    assert!(one <= without + 9, "{one} look-ups, {without} without");
    assert!(
        three <= one + 2 * 6,
        "{three} look-ups for three, {one} for one"
    );
    for world in world::all() {
        if !world.place.starts_with("record.") {
            continue;
        }
        let all = world.observe().answers.len();
        let mut request = world.request();
        let asked = request.expect.len().max(3);
        request.expect.clear();
        request.sender = None;
        let (resolver, documents) = (world.resolver(), world.fetch());
        let sources = Sources::new(&resolver, &documents);
        let without = block_on(observe(sources, request, ASKED_AT)).answers.len();
        assert!(
            all <= without + asked * (PROBES_MAX + 1),
            "{} {}: {all} look-ups, {without} without",
            world.place,
            world.title
        );
    }
}

#[test]
fn what_may_be_in_use_is_never_told_to_be_taken_away() {
    let zone = "@ TXT \"v=spf1 mx -all\"\n@ MX 10 mx\nmx A 192.0.2.25\nclics A 192.0.2.80\n\
                em MX 10 mx\n@ TXT \"jeton=autre-compte-1234\"\n";
    for (name, rtype, value) in [
        ("exemple.fr", RecordType::Mx, "1 smtp.exemple.net"),
        ("clics.exemple.fr", RecordType::Cname, "clics.exemple.net"),
        ("em.exemple.fr", RecordType::Cname, "u1.wl1.sendgrid.net"),
        ("em.exemple.fr", RecordType::Mx, "10 retour.amazonses.com"),
        ("exemple.fr", RecordType::Cname, "u1.wl1.sendgrid.net"),
        ("exemple.fr", RecordType::Txt, "jeton=le-notre-5678"),
    ] {
        let record = ExpectedRecord {
            name: name.parse().expect("a name"),
            rtype,
            value: value.to_owned(),
        };
        let (_, assessment) = asked(zone, vec![record]);
        let told = assessment.findings.iter();
        let told: Vec<&Finding> = told.filter(|f| f.code.topic() == "record").collect();
        assert!(!told.is_empty(), "{name} {rtype}: nothing is told");
        let fixes = told.iter().flat_map(|finding| &finding.fixes);
        let others: Vec<_> = fixes.filter(|fix| fix.action != Action::Add).collect();
        assert!(others.is_empty(), "{name} {rtype}: {others:?}");
    }
}

/// Answers every question with texts, an alias, exchanges or addresses that come close to what was asked for
/// and are broken at random.
struct Hostile {
    seed: u64,
    texts: usize,
}

impl Hostile {
    fn data(&self, question: &Question) -> Vec<Data> {
        let mut state = self.seed;
        for octet in question.name.as_str().bytes() {
            state = (state ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        }
        let mut next = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).expect("small")
        };
        let models = [
            "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
            "v=spf1 include:spf.exemple.net -all",
            "v=DMARC1; p=none; rua=mailto:d@exemple.net",
            "s1.dkim.exemple.net",
            "jeton=9f8e7d6c5b4a39281706",
        ];
        (0..self.texts)
            .map(|_| match question.rtype {
                RecordType::Mx => Data::Mx {
                    preference: 1,
                    exchange: format!("x{}.exemple.net", next(3)).parse().expect("a name"),
                },
                RecordType::A => Data::A([104, 16, 0, 7].into()),
                RecordType::Aaaa => Data::Aaaa("2606:4700::7".parse().expect("an address")),
                _ => {
                    let mut text = models[next(models.len())].as_bytes().to_vec();
                    for _ in 0..next(6) {
                        let at = next(text.len() + 1);
                        let odd = [b'"', b'\\', b' ', b';', b'=', 0xc3, 0, b'.'][next(8)];
                        text.insert(at, odd);
                    }
                    text.truncate(1 + next(text.len()));
                    Data::Txt(Txt::from_bytes(&text))
                }
            })
            .collect()
    }
}

impl Resolver for Hostile {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        let mut answer = Answer::bare(Status::Found, Source::Nobody);
        let data = self.data(question).into_iter();
        answer.records = data
            .map(|data| Record {
                owner: question.name.clone(),
                ttl: 60,
                data,
            })
            .collect();
        if self.seed.is_multiple_of(3) {
            let target = format!("s{}.dkim.exemple.net.exemple.fr", self.seed % 5);
            answer.aliases.push(Alias {
                owner: question.name.clone(),
                target: target.parse().expect("a name"),
                ttl: 60,
            });
        }
        Box::pin(std::future::ready(Arc::new(answer)))
    }
}

#[test]
fn whatever_stands_at_the_names_is_judged() {
    let wanted = [
        (
            "s1._domainkey.exemple.fr",
            RecordType::Cname,
            "s1.dkim.exemple.net",
        ),
        (
            "s2._domainkey.exemple.fr",
            RecordType::Txt,
            "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
        ),
        ("em.exemple.fr", RecordType::Mx, "10 x1.exemple.net"),
        (
            "em.exemple.fr",
            RecordType::Txt,
            "v=spf1 include:spf.exemple.net -all",
        ),
        (
            "_dmarc.exemple.fr",
            RecordType::Txt,
            "v=DMARC1; p=none; rua=mailto:d@exemple.net",
        ),
        ("exemple.fr", RecordType::Txt, "jeton=9f8e7d6c5b4a39281706"),
        ("exemple.fr", RecordType::Cname, "x1.exemple.net"),
        ("a.exemple.fr", RecordType::Txt, ""),
        ("b.exemple.fr", RecordType::A, "192.0.2.1"),
    ];
    let wanted: Vec<ExpectedRecord> = wanted
        .into_iter()
        .map(|(name, rtype, value)| ExpectedRecord {
            name: name.parse().expect("a name"),
            rtype,
            value: value.to_owned(),
        })
        .collect();
    for seed in 1..200 {
        let texts = if seed == 1 { 1200 } else { 3 };
        let hostile = Hostile { seed, texts };
        let request = Request {
            expect: wanted.clone(),
            ..Request::new("exemple.fr".parse().expect("a name"))
        };
        let sources = Sources::new(&hostile, &NoFetch);
        let observation = block_on(observe(sources, request, ASKED_AT));
        let assessment = assess(&observation);
        let told = assessment.findings.iter();
        let told = told.filter(|f| f.code.topic() == "record").count();
        assert!(
            (1..=3 * wanted.len()).contains(&told),
            "{seed}: {told} told"
        );
    }
}

/// What is said of the return path of a domain with so many names in its SPF record and so many other records
/// that were asked for.
fn told_of_return_path(
    wanted: (RecordType, &str),
    here: &str,
    terms: usize,
    others: &[&str],
) -> String {
    let mut own = "@ MX 10 mx\nmx A 192.0.2.25\n\
                   _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@exemple.fr\"\n"
        .to_owned();
    let mut spf = "v=spf1 mx".to_owned();
    for term in 0..terms {
        spf.push_str(&format!(" a:x{term}.exemple.fr"));
        own.push_str(&format!("x{term} A 192.0.2.{}\n", term + 1));
    }
    own.push_str(&format!("@ TXT \"{spf} -all\"\n{here}\n"));
    let world = "retour.envoi.example. TXT \"v=spf1 ip4:198.51.100.1 -all\"\n\
                 retour.envoi.example. MX 10 mx.envoi.example.\n\
                 mx.envoi.example. A 198.51.100.7\n";
    let name: Name = "em.exemple.fr".parse().expect("a name");
    let mut expect: Vec<ExpectedRecord> = others
        .iter()
        .map(|other| ExpectedRecord {
            name: format!("{other}.exemple.fr").parse().expect("a name"),
            rtype: RecordType::Cname,
            value: format!("{other}.envoi.example"),
        })
        .collect();
    expect.push(ExpectedRecord {
        name: name.clone(),
        rtype: wanted.0,
        value: wanted.1.to_owned(),
    });
    let domain: Name = "exemple.fr".parse().expect("a name");
    let zones = Zones::new(vec![
        Zone::parse(own.as_bytes(), &domain).expect("a zone"),
        Zone::parse(world.as_bytes(), &Name::root()).expect("a zone"),
    ]);
    let request = Request {
        expect,
        ..Request::new(domain)
    };
    let sources = Sources::new(&zones, &NoFetch);
    let observation = block_on(observe(sources, request, ASKED_AT));
    let told = assess(&observation).findings.into_iter();
    let told = told.filter(|f| f.code.topic() == "record" && f.subject == name);
    let words = told.map(|finding| match finding.args.get("label") {
        Some(Argument::Text(label)) => format!("{} {label}", finding.code),
        _ => finding.code.to_string(),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_is_said_of_a_return_path_does_not_change_with_unrelated_records() {
    let taken = "record.return-path-taken bounce.exemple.fr";
    let known = (RecordType::Cname, "retour.envoi.example");
    let unknown = (RecordType::Cname, "u1.wl1.sendgrid.net");
    let exchange = (RecordType::Mx, "10 feedback-smtp.eu-west-1.amazonses.com");
    let check = |wanted: (RecordType, &str), here: &str, expected: &str| {
        for terms in [0, 1, 2, 3, 4, 6, 9, 12] {
            for others in [
                &[][..],
                &["s1._domainkey"],
                &["s1._domainkey", "s2._domainkey", "clics"],
                &["s1._domainkey", "s2._domainkey", "clics", "images", "u1"],
            ] {
                let told = told_of_return_path(wanted, here, terms, others);
                assert_eq!(told, expected, "{here:?}, {terms} terms, {others:?}");
            }
        }
    };
    for wanted in [known, unknown, exchange] {
        check(wanted, "* MX 10 mx", "record.by-wildcard");
        check(
            wanted,
            "* MX 10 mx\n* TXT \"v=spf1 -all\"",
            "record.by-wildcard",
        );
        check(wanted, "www.em A 192.0.2.80", "record.absent");
    }
    for wanted in [known, exchange] {
        check(wanted, "* MX 10 mx\n* A 192.0.2.80\nem MX 10 autre", taken);
        check(wanted, "em MX 10 mx", taken);
    }
    for here in [
        "em A 192.0.2.80",
        "em AAAA 2001:db8::80",
        "* MX 10 mx\nem A 192.0.2.80",
        "* MX 10 mx\nem TXT \"jeton=12345678\"",
    ] {
        check(known, here, taken);
        check(unknown, here, "record.other-value");
        check(exchange, here, "record.absent");
    }
    // Beneath a wildcard a label that has something of its own is not free, whatever it is.
    check(
        known,
        "* MX 10 mx\nem A 192.0.2.80\nbounce AAAA 2001:db8::80",
        "record.return-path-taken envoi.exemple.fr",
    );
    check(
        known,
        "* MX 10 mx\nem A 192.0.2.80\nbounce A 192.0.2.80\nenvoi A 192.0.2.80",
        "record.return-path-taken ",
    );
}
