//! The corner records kept beside the workspace, as far as they are SPF: verdict, counts and advice.

mod spf_world;

use std::path::Path;

use garant_dns::{Data, Txt};
use garant_msgauth::spf::{
    Cause, CauseReason, Mechanism, NearMissKind, Presence, Qualifier, TermFault, TermKind, Tree,
    Verdict, is_mechanism_name, near_miss,
};
use serde_json::Value;
use spf_world::{World, raw_name};

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/suites/hard-records.json"
);

#[test]
fn every_hard_spf_record_gets_its_verdict() {
    if !Path::new(FILE).exists() {
        tell!("SKIPPED: the hard records are not there: {FILE}");
        return;
    }
    let text = std::fs::read_to_string(FILE).expect("readable");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let cases: Vec<&Value> = cases.iter().filter(|case| case["kind"] == "spf").collect();
    let world = world(&cases);
    let mut wrong = Vec::new();
    for case in &cases {
        let (tree, _, _) = world.tree(case["name"].as_str().expect("a name"));
        for problem in problems(case, &tree) {
            wrong.push(format!("{}: {problem}; {:?}", case["id"], tree.verdict));
        }
    }
    tell!("hard SPF records: {}, faults: {}", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!cases.is_empty());
}

/// The records of all cases: some use each other's hosts.
fn world(cases: &[&Value]) -> World {
    let mut world = World::default();
    let mut seen = std::collections::HashSet::new();
    for case in cases {
        let name = case["name"].as_str().expect("a name");
        for record in case["records"].as_array().expect("records") {
            let strings: Vec<String> = match record {
                Value::Array(list) => list
                    .iter()
                    .map(|s| s.as_str().expect("a string").to_owned())
                    .collect(),
                other => vec![other.as_str().expect("a string").to_owned()],
            };
            if strings[0].starts_with("<TYPE99>") {
                // A record of a type that nobody asks for: the name exists, and that is all.
                world.add_text(name, "A", "192.0.2.99");
                continue;
            }
            let strings = strings.into_iter().map(String::into_bytes).collect();
            world.add(raw_name(name), Data::Txt(Txt(strings)));
        }
        for (owner, records) in case["zone"].as_object().into_iter().flatten() {
            for record in records.as_array().expect("records") {
                let rtype = record[0].as_str().expect("a type");
                let value = record[1].as_str().expect("a value");
                if seen.insert((owner.clone(), rtype.to_owned(), value.to_owned())) {
                    world.add_text(owner, rtype, value);
                }
            }
        }
    }
    world
}

fn problems(case: &Value, tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    let expected = &case["expected"];
    let mut expect = |what: &str, right: bool| {
        if !right {
            wrong.push(format!("{what} is not {}", expected[what]));
        }
    };
    let result = match &tree.verdict {
        Verdict::None => "none",
        Verdict::Valid => "valid",
        Verdict::PermError(_) => "permerror",
        Verdict::TempError(_) => "temperror",
        Verdict::Incomplete => "incomplete",
    };
    expect("result", expected["result"] == result);
    for (key, value) in expected.as_object().expect("an object") {
        let count = value.as_u64();
        let right = match key.as_str() {
            "result" => continue,
            "lookups" => count == Some(tree.lookups as u64) && tree.lookups_exact,
            "void" => count == Some(tree.voids.len() as u64),
            "selected" => tree.root.presence == Presence::None,
            "default" => tree
                .root
                .default
                .is_none_or(|all| all == Qualifier::Neutral),
            "mechanisms" => {
                let terms: Vec<Value> = tree
                    .root
                    .record
                    .terms
                    .iter()
                    .map(|term| term.kind.to_string().into())
                    .collect();
                *value == Value::Array(terms)
            }
            "error" => match &tree.verdict {
                Verdict::PermError(cause) => is_error(value.as_str().expect("a word"), cause),
                _ => false,
            },
            "at" => matches!(&tree.verdict,
                Verdict::PermError(cause) if *value == cause.domain.as_str()),
            "warn" => value
                .as_array()
                .expect("words")
                .iter()
                .all(|word| has_warning(word.as_str().expect("a word"), case, tree)),
            other => panic!("an unknown expectation: {other}"),
        };
        expect(key, right);
    }
    wrong
}

fn is_error(word: &str, cause: &Cause) -> bool {
    match cause.reason {
        CauseReason::MultipleRecords { .. } => word == "multiple",
        CauseReason::Syntax(_) if cause.via.is_empty() => word == "syntax",
        CauseReason::Syntax(_) => word == "include-permerror",
        CauseReason::RedirectWithoutRecord => word == "redirect-none",
        CauseReason::IncludeWithoutRecord => word == "include-none",
        CauseReason::TooManyLookups => word == "lookups",
        CauseReason::TooManyExchanges { .. } => word == "mx-names",
        CauseReason::Loop => word == "loop-or-lookups",
        _ => false,
    }
}

fn has_warning(word: &str, case: &Value, tree: &Tree) -> bool {
    let record = &tree.root.record;
    match word {
        "terms-after-all" => record.directives_after_all().count() > 0,
        "redirect-ignored" => record
            .redirect()
            .is_some_and(|(index, _)| !tree.root.terms[index].reached),
        "duplicate-include" => record.repeated_directives().iter().any(|index| {
            matches!(&record.terms[*index].kind,
                TermKind::Directive(d) if matches!(d.mechanism, Mechanism::Include(_)))
        }),
        "modifier-looks-like-mechanism" => record.terms.iter().any(|term| {
            matches!(&term.kind, TermKind::UnknownModifier { name, .. } if is_mechanism_name(name))
        }),
        "quotes-in-record" => {
            let text = case["records"][0].as_str().expect("a string");
            near_miss(text.as_bytes()).is_some_and(|near| near.kind == NearMissKind::Quoted)
        }
        "plus-all" => tree.root.default == Some(Qualifier::Pass),
        "no-all" => tree.root.default.is_none() && record.redirect().is_none(),
        "mx-null" => tree
            .root
            .terms
            .iter()
            .any(|term| term.fault == Some(TermFault::NullMx)),
        other => panic!("an unknown warning: {other}"),
    }
}
