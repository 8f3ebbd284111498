//! Every plan is made real: its changes are written into the zones of the world, the world is asked again,
//! and the second check must say what the plan promised.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::executor::block_on;
use garant_check::plan::{
    AFFECTS, ALTERNATIVES, Change, NOTES, Note, Plan, State, plan, zone_text,
};
use garant_check::{
    Action, Argument, AskAuthority, Assessment, Code, Severity, Sources, VerdictCode, assess,
};
use garant_dns::{AnswerFuture, Data, Name, Question, Resolver, Zone};
use world::World;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

/// Questions of a plan at the median at most.
const QUESTIONS_MEDIAN_MAX: usize = 8;
/// Questions of any plan at most.
const QUESTIONS_MAX: usize = 60;

/// Counts what is asked.
struct Counting<R> {
    inner: R,
    count: AtomicUsize,
}

impl<R: Resolver> Resolver for Counting<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.resolve(question)
    }
}

/// The plan of a world, with the assessment that it was made from.
fn plan_of(world: &World) -> (Assessment, Option<Plan>) {
    let (assessment, plan, _) = counted_plan_of(world);
    (assessment, plan)
}

/// The same, and how many questions it took besides those of the check.
fn counted_plan_of(world: &World) -> (Assessment, Option<Plan>, usize) {
    let observation = world.observe();
    let assessment = assess(&observation);
    let resolver = Counting {
        inner: world.resolver(),
        count: AtomicUsize::new(0),
    };
    let documents = world.fetch();
    let sources = Sources::new(&resolver, &documents);
    let plan = block_on(plan(sources, &observation, &assessment));
    let count = resolver.count.load(Ordering::Relaxed);
    (assessment, plan, count)
}

/// What a record says, where it says what a plan can write.
fn said(data: &Data) -> String {
    match data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Cname(name) => name.to_string(),
        Data::Mx {
            preference,
            exchange,
        } if exchange.is_root() => format!("{preference} ."),
        Data::Mx {
            preference,
            exchange,
        } => format!("{preference} {exchange}"),
        Data::Txt(txt) => txt.to_text(),
        other => format!("{other:?}"),
    }
}

/// Writes the changes into the zones, and into what servers have of their own.
fn carry_out(world: &mut World, changes: &[Change]) -> Result<(), String> {
    for change in changes {
        let zone = world
            .zones
            .iter_mut()
            .filter(|(apex, _)| change.name.is_within(apex))
            .max_by_key(|(apex, _)| apex.label_count());
        let (apex, text) = zone.expect("a plan changes nothing but the zones of the world");
        let own = world.servers.iter_mut().map(|server| &mut server.text);
        let own = own.filter(|text| !text.is_empty());
        let mut written = write(text, apex, change);
        for text in own {
            written = write(text, apex, change).or(written);
        }
        written?;
    }
    Ok(())
}

/// Writes one change into a master file.
fn write(text: &mut String, apex: &Name, change: &Change) -> Result<(), String> {
    let gone = match change.action {
        Action::Add => None,
        Action::Change => change.was.clone(),
        Action::Delete => Some(change.value.clone()),
    };
    if let Some(gone) = gone {
        let lines: Vec<&str> = text.lines().collect();
        let is_gone = |line: &&str| {
            let zone = Zone::parse(line.as_bytes(), apex).expect("a line is a record");
            zone.records().any(|record| {
                record.owner == change.name
                    && record.data.record_type() == change.rtype
                    && said(&record.data) == gone
            })
        };
        let at = lines.iter().position(is_gone);
        let at = at.ok_or_else(|| format!("no {gone:?} to remove"))?;
        let kept = lines.iter().enumerate().filter(|(index, _)| *index != at);
        *text = kept.map(|(_, line)| format!("{line}\n")).collect();
    }
    if change.action != Action::Delete {
        text.push_str(&zone_text(std::slice::from_ref(change)));
    }
    Ok(())
}

fn counts(assessment: &Assessment) -> (usize, usize) {
    let count = |severity| {
        let findings = assessment.findings.iter();
        findings
            .filter(|finding| finding.severity == severity)
            .count()
    };
    (count(Severity::Blocks), count(Severity::Risk))
}

/// What does not hold of a plan that was carried out.
fn faults(mut cured: World, plan: &Plan, was_looked_at: bool) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(fault) = carry_out(&mut cured, &plan.changes) {
        return vec![fault];
    }
    if was_looked_at {
        // What the servers of the zone showed before is looked at again, with or without a doubt.
        cured.authority = AskAuthority::Always;
    }
    let (again, second) = plan_of(&cured);
    let (blocks, risks) = counts(&again);
    let told = again
        .findings
        .iter()
        .filter(|finding| finding.severity <= Severity::Risk);
    let told: Vec<&str> = told.map(|finding| finding.code.as_str()).collect();
    if (blocks, risks) != (plan.after.blocks, plan.after.risks)
        || !told
            .iter()
            .all(|code| plan.after.codes.iter().any(|known| known.as_str() == *code))
    {
        faults.push(format!("promised {:?}, found {told:?}", plan.after.codes));
    }
    // A plan says what holds when caches have let go of what stood there before.
    let waits = matches!(
        again.verdict.code,
        VerdictCode::Waiting | VerdictCode::SenderWaiting
    );
    if again.verdict != plan.after.verdict && !waits {
        faults.push(format!(
            "promised {:?}, found {:?}",
            plan.after.verdict, again.verdict
        ));
    }
    if again.paths.first() != plan.after.path.as_ref() {
        faults.push("the path is another one".to_owned());
    }
    if let Some(second) = second.filter(Plan::has_changes) {
        faults.push(format!("there is a second plan: {}", second.to_zone()));
    }
    faults
}

/// What does not hold of a plan by itself.
fn oddities(plan: &Plan) -> Vec<String> {
    let mut odd = Vec::new();
    let (before, after) = (&plan.before, &plan.after);
    let is_left = after.blocks + after.risks > 0;
    if is_left && plan.notes.is_empty() {
        odd.push("nobody is told who cures what is left".to_owned());
    }
    if plan.has_changes() {
        let passes = |path: &Option<garant_check::path::Path>| {
            path.as_ref()
                .is_some_and(|path| path.dmarc.result == "pass")
        };
        if passes(&before.path) && !passes(&after.path) {
            odd.push("the path passed before".to_owned());
        }
        let weight = |state: &State| (!passes(&state.path), state.blocks, state.risks);
        if weight(after) > weight(before) {
            odd.push("what comes after is worse".to_owned());
        }
    } else if before != after {
        odd.push("a state changes without a change".to_owned());
    }
    for note in &plan.notes {
        let known = NOTES.iter().find(|(code, _)| *code == note.code);
        let names: Vec<&str> = note.args.keys().copied().collect();
        let fits = known.is_some_and(|(_, args)| {
            args.iter().all(|arg| names.contains(arg)) && args.len() == names.len()
        });
        if !fits {
            odd.push(format!("{} has {names:?}", note.code));
        }
    }
    for alternative in &plan.alternatives {
        if !ALTERNATIVES.contains(&alternative.kind) {
            odd.push(alternative.kind.to_owned());
        }
    }
    for affected in &plan.affects {
        if !AFFECTS.contains(&affected.how) || affected.how == "plan-affects-worse" {
            odd.push(affected.how.to_owned());
        }
    }
    // What is written to a zone reads back.
    let text = plan.to_zone();
    match Zone::parse(text.as_bytes(), &plan.domain) {
        Ok(zone) => {
            let written = zone.records().count();
            let published = plan.changes.iter().filter(|c| c.action != Action::Delete);
            // A record that is changed twice stands there once.
            let places: BTreeSet<_> = published
                .map(|c| (&c.name, c.rtype, c.was.is_some()))
                .collect();
            if written != places.len() {
                odd.push(format!("{written} records read back of\n{text}"));
            }
        }
        Err(error) => odd.push(format!("{error} in\n{text}")),
    }
    odd
}

/// A world's plan, and what it was made from.
struct Planned {
    world: World,
    before: Assessment,
    plan: Option<Plan>,
    /// Questions that it took besides those of the check.
    questions: usize,
    /// Whether the servers of the zone were asked.
    was_looked_at: bool,
}

/// Every world with its plan, made once for all tests.
fn planned() -> &'static [Planned] {
    static PLANNED: LazyLock<Vec<Planned>> = LazyLock::new(|| {
        let plan_it = |world: World| {
            let (before, plan, questions) = counted_plan_of(&world);
            Planned {
                questions,
                was_looked_at: !world.observe().zones.is_empty(),
                before,
                plan,
                world,
            }
        };
        world::all().into_iter().map(plan_it).collect()
    });
    &PLANNED
}

/// Fresh copies of the worlds, by their place: each use changes its zones in another way.
fn copies() -> BTreeMap<String, World> {
    let worlds = world::all().into_iter();
    worlds.map(|world| (world.place.clone(), world)).collect()
}

#[test]
fn every_plan_that_is_carried_out_keeps_its_promise() {
    let mut all = Vec::new();
    let mut copies = copies();
    let (mut with, mut cured, mut notes, mut well) = (0, 0, 0, 0);
    for planned in planned() {
        let world = &planned.world;
        let place = format!("{} {}", world.place, world.title);
        let Some(plan) = &planned.plan else {
            if counts(&planned.before) != (0, 0) {
                all.push(format!("{place}: nobody is told what to do"));
            }
            well += 1;
            continue;
        };
        let mut wrong = oddities(plan);
        if plan.has_changes() {
            with += 1;
            cured += usize::from(plan.after.blocks + plan.after.risks == 0);
            let copy = copies.remove(&world.place).expect("a copy of each");
            wrong.extend(faults(copy, plan, planned.was_looked_at));
        } else {
            notes += 1;
        }
        for fault in wrong {
            all.push(format!("{place}: {fault}\n{}", plan.to_zone()));
        }
    }
    tell!(
        "plans: {with} with changes, of which {cured} leave nothing to do; {notes} with notes alone; {well} none"
    );
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[test]
fn no_change_of_a_plan_can_be_left_out() {
    let mut all = Vec::new();
    let mut tried = 0;
    for planned in planned() {
        let Some(plan) = planned.plan.as_ref().filter(|plan| plan.changes.len() > 1) else {
            continue;
        };
        let world = &planned.world;
        let rights = |assessment: &Assessment| {
            let findings = assessment.findings.iter();
            findings.filter(|f| f.code == Code::RecordRight).count()
        };
        let carried_out = |changes: &[Change]| {
            let mut copy = copies().remove(&world.place).expect("a copy of each");
            if planned.was_looked_at {
                copy.authority = AskAuthority::Always;
            }
            carry_out(&mut copy, changes)
                .unwrap_or_else(|fault| panic!("{}: {fault}", world.place));
            copy.assess()
        };
        let whole = rights(&carried_out(&plan.changes));
        for (index, gone) in plan.changes.iter().enumerate() {
            let mut changes = plan.changes.clone();
            changes.remove(index);
            // What stands at one name changes as a whole: an alias and what it makes room for, two records
            // that become one.
            if changes.iter().any(|change| change.name == gone.name) {
                continue;
            }
            tried += 1;
            let without = carried_out(&changes);
            let same = counts(&without) == (plan.after.blocks, plan.after.risks)
                && without.verdict == plan.after.verdict
                && without.paths.first() == plan.after.path.as_ref();
            // A record that was asked for is right only with it, whatever the verdict.
            if same && rights(&without) == whole {
                all.push(format!(
                    "{} {}: {} can be left out of\n{}",
                    world.place,
                    world.title,
                    gone.name,
                    plan.to_zone()
                ));
            }
        }
    }
    tell!("changes that were left out: {tried}");
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[test]
fn the_same_world_gives_the_same_plan() {
    for planned in planned() {
        let (_, again) = plan_of(&planned.world);
        assert_eq!(planned.plan, again, "{}", planned.world.place);
    }
}

/// What a plan asks besides is little: most of what it refers to was asked by the check.
#[test]
fn a_plan_asks_little_besides_what_the_check_asked() {
    let mut counts: Vec<(usize, &str)> = planned()
        .iter()
        .filter(|planned| planned.plan.as_ref().is_some_and(Plan::has_changes))
        .map(|planned| (planned.questions, planned.world.place.as_str()))
        .collect();
    counts.sort_unstable();
    let (most, place) = counts[counts.len() - 1];
    let (median, _) = counts[counts.len() / 2];
    tell!("questions of a plan: {median} at the median, {most} at most ({place})");
    assert!(median <= QUESTIONS_MEDIAN_MAX, "{median}");
    assert!(most <= QUESTIONS_MAX, "{most}: {place}");
}

/// Who sends today in the domain's name must not be forgotten: a term leaves an SPF record only where the plan
/// says so.
#[test]
fn no_sender_is_lost_without_a_word() {
    let mut all = Vec::new();
    let mut seen = 0;
    for planned in planned() {
        let Some(plan) = &planned.plan else { continue };
        let is_spf = |text: &&String| text.to_ascii_lowercase().starts_with("v=spf1");
        let terms = |text: &String| -> Vec<String> {
            let terms = text.split_whitespace();
            terms.map(str::to_ascii_lowercase).collect()
        };
        let records = plan.changes.iter();
        let old: Vec<String> = records
            .clone()
            .filter_map(|change| change.was.as_ref())
            .filter(is_spf)
            .flat_map(terms)
            .collect();
        let new: Vec<String> = records
            .filter(|change| change.action != Action::Delete)
            .map(|change| &change.value)
            .filter(is_spf)
            .flat_map(terms)
            .collect();
        for term in old.into_iter().filter(|term| term.contains([':', '/'])) {
            seen += 1;
            let argument = |note: &Note| {
                let mut texts = note.args.values();
                texts.any(|text| matches!(text, Argument::Text(text) if text.to_ascii_lowercase().contains(&term)))
            };
            // A space that was lost and put back parts a term in two.
            let is_there = new.concat().contains(&term);
            if !is_there && !plan.notes.iter().any(argument) {
                all.push(format!(
                    "{} {}: {term} leaves\n{}",
                    planned.world.place,
                    planned.world.title,
                    plan.to_zone()
                ));
            }
        }
    }
    tell!("terms that a plan touches: {seen}");
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

/// Only its owner knows whether a domain sends mail, and which policy it is ready for.
#[test]
fn what_only_the_owner_knows_is_said_in_a_note() {
    let check = |title: &str, code: &str, expect: bool| {
        let mut all = planned().iter();
        let planned = all.find(|planned| planned.world.title == title);
        let planned = planned.unwrap_or_else(|| panic!("no world: {title}"));
        let plan = planned.plan.as_ref().expect("a plan");
        let is_said = plan.notes.iter().any(|note| note.code == code);
        assert_eq!(is_said, expect, "{title}: {code}\n{}", plan.to_zone());
    };
    check(
        "a domain that says that it sends nothing, with a key that nobody can guess",
        "plan-note-if-sends-nothing",
        true,
    );
    check(
        "near: a domain that says that it sends nothing, without any key",
        "plan-note-if-sends-nothing",
        false,
    );
    check(
        "a stricter policy is asked for than the owner's: the owner's stays, and the reports are added",
        "plan-note-policy-wished",
        true,
    );
    check(
        "near: a stricter policy is asked for than the owner's, with reports that are there",
        "plan-note-policy-wished",
        true,
    );
    check(
        "the reports that a platform asks for are not in the policy",
        "plan-note-policy-wished",
        false,
    );
}

/// Whether each change is optional, in their order; nothing where there is no change.
fn optional(title: &str) -> Option<Vec<bool>> {
    let mut all = planned().iter();
    let planned = all.find(|planned| planned.world.title == title);
    let planned = planned.unwrap_or_else(|| panic!("no world: {title}"));
    let plan = planned.plan.as_ref().filter(|plan| plan.has_changes())?;
    Some(plan.changes.iter().map(|change| change.optional).collect())
}

/// An included name leaves an SPF record only where every server of its zone says that it has no record, and where
/// mail passes without SPF the owner may leave it.
#[test]
fn a_dead_include_goes_only_when_all_servers_say_so() {
    let zone = "included name's zone";
    for (title, expected) in [
        (format!("all servers of the {zone} say that it has no record, and signatures pass"), Some(vec![true])),
        (format!("near: one server of the {zone} has a record"), None),
        (format!("near: one server of the {zone} does not answer"), None),
        (format!("near: one server of the {zone} fails"), None),
        ("all servers say that an included name has no record, and mail is not signed".to_owned(), Some(vec![false])),
        (
            "an included name without a record beside a term that says the same twice, and signatures pass".to_owned(),
            Some(vec![false, true]),
        ),
        // Whoever registers the domain sends in the name of this one: that is not the owner's to leave.
        ("the domain of an included name is free for anybody to register".to_owned(), Some(vec![false])),
        // The zone file is the authority where there is no other.
        ("an included name does not exist in a domain that does".to_owned(), Some(vec![true])),
    ] {
        assert_eq!(optional(&title), expected, "{title}");
    }
}

/// What is left when only the changes that are not optional are made: mail passes as well.
#[test]
fn mail_passes_without_the_optional_changes() {
    let mut tried = 0;
    for planned in planned() {
        let Some(plan) = &planned.plan else { continue };
        let needed: Vec<Change> = plan
            .changes
            .iter()
            .filter(|c| !c.optional)
            .cloned()
            .collect();
        if needed.len() == plan.changes.len() {
            continue;
        }
        tried += 1;
        let mut copy = copies()
            .remove(&planned.world.place)
            .expect("a copy of each");
        carry_out(&mut copy, &needed).expect("its records are there");
        let paths = copy.assess().paths;
        for path in paths {
            assert_eq!(
                path.dmarc.result, "pass",
                "{} {}",
                planned.world.place, planned.world.title
            );
        }
    }
    tell!("plans with an optional change: {tried}");
    assert!(tried >= 3);
}
