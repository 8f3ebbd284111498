//! What a finding about a record tells to change, changed: the record is then as it was asked for.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use std::collections::{BTreeMap, BTreeSet};

use futures::executor::block_on;
use garant_check::{Action, Assessment, Finding, Severity, Sources, assess, observe};
use garant_dns::{Data, Name, Overlay, Question, RecordType, Resolver, Txt};
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

/// Look-ups that the records of one request cost at most, besides those of the check without them.
const LOOKUPS_MAX: usize = 16 + 6 * 18;

#[test]
fn records_cost_one_look_up_each_where_all_is_right_and_few_where_nothing_is() {
    for world in world::all() {
        if !world.place.starts_with("record.") {
            continue;
        }
        let all = world.observe().answers.len();
        let mut request = world.request();
        request.expect.clear();
        request.sender = None;
        let (resolver, documents) = (world.resolver(), world.fetch());
        let sources = Sources::new(&resolver, &documents);
        let without = block_on(observe(sources, request, ASKED_AT)).answers.len();
        let more = all.saturating_sub(without);
        assert!(
            more <= LOOKUPS_MAX,
            "{} {}: {more} look-ups",
            world.place,
            world.title
        );
    }
}
