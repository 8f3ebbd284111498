//! Every plan is made real: its changes are written into the zones of the world, the world is asked again,
//! and the second check must say what the plan promised.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

use futures::executor::block_on;
use garant_check::plan::{Plan, plan};
use garant_check::{Action, Assessment, Severity, Sources, assess};
use garant_dns::{Data, Zone};
use world::World;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

/// The plan of a world, with the assessment that it was made from.
fn plan_of(world: &World) -> (Assessment, Option<Plan>) {
    let observation = world.observe();
    let assessment = assess(&observation);
    let (resolver, documents) = (world.resolver(), world.fetch());
    let sources = Sources::new(&resolver, &documents);
    let plan = block_on(plan(sources, &observation, &assessment));
    (assessment, plan)
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

/// Writes the changes into the zones.
fn carry_out(world: &mut World, plan: &Plan) -> Result<(), String> {
    for change in &plan.changes {
        let zone = world
            .zones
            .iter_mut()
            .filter(|(apex, _)| change.name.is_within(apex))
            .max_by_key(|(apex, _)| apex.label_count());
        let (apex, text) = zone.expect("a plan changes nothing but the zones of the world");
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
            let one = Plan {
                changes: vec![change.clone()],
                ..plan.clone()
            };
            text.push_str(&one.to_zone());
        }
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
fn faults(mut cured: World, plan: &Plan) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(fault) = carry_out(&mut cured, plan) {
        return vec![fault];
    }
    let again = cured.assess();
    let (blocks, risks) = counts(&again);
    if (blocks, risks) != (plan.after.blocks, plan.after.risks) {
        let codes: Vec<&str> = again
            .findings
            .iter()
            .filter(|finding| finding.severity <= Severity::Risk)
            .map(|finding| finding.code.as_str())
            .collect();
        faults.push(format!("promised {:?}, found {codes:?}", plan.after.codes));
    }
    if again.verdict != plan.after.verdict {
        faults.push(format!(
            "promised {:?} {:?}, found {:?} {:?}",
            plan.after.verdict.code,
            plan.after.verdict.severity,
            again.verdict.code,
            again.verdict.severity
        ));
    }
    if again.paths.first() != plan.after.path.as_ref() {
        faults.push("the path is another one".to_owned());
    }
    faults
}

#[test]
fn every_plan_that_is_carried_out_keeps_its_promise() {
    let mut all = Vec::new();
    let (mut with, mut notes, mut without, mut well) = (0, 0, 0, 0);
    for (world, twin) in world::all().into_iter().zip(world::all()) {
        let (before, plan) = plan_of(&world);
        let is_broken = counts(&before) != (0, 0);
        match plan {
            Some(plan) if plan.has_changes() => {
                with += 1;
                for fault in faults(twin, &plan) {
                    all.push(format!(
                        "{} {}: {fault}\n{}",
                        world.place,
                        world.title,
                        plan.to_zone()
                    ));
                }
            }
            Some(_) => notes += 1,
            None if is_broken => {
                without += 1;
            }
            None => well += 1,
        }
    }
    tell!(
        "plans: {with} with changes, {notes} with notes alone, {without} broken without, {well} well"
    );
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}
