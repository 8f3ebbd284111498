//! The public test suite for RFC 7208, when it lies beside the workspace: every result and every
//! explanation. The project's own cases are in `spf_evaluate.rs`.

mod spf_world;

use std::path::Path;

use garant_dns::{Data, Status, Txt};
use garant_msgauth::spf::Params;
use saphyr::{LoadableYamlNode, Yaml};
use spf_world::{World, raw_name};

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

const SUITE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/suites/spf/pyspf-rfc7208-tests.yml"
);
const TESTS: usize = 203;

#[test]
fn every_case_of_the_public_suite_gives_its_result_and_explanation() {
    if !Path::new(SUITE).exists() {
        tell!("SKIPPED: the RFC 7208 suite is not there: {SUITE}");
        return;
    }
    let text = std::fs::read_to_string(SUITE).expect("readable");
    let scenarios = Yaml::load_from_str(&text).expect("YAML");
    let (mut right, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for scenario in &scenarios {
        let world = world(&scenario["zonedata"]);
        for (name, test) in scenario["tests"].as_mapping().expect("tests") {
            all += 1;
            match run(&world, test) {
                Ok(()) => right += 1,
                Err(found) => wrong.push(format!("{}: {found}", words(name)[0])),
            }
        }
    }
    tell!("rfc7208 suite: {right} of {all}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(all, TESTS);
}

fn run(world: &World, test: &Yaml<'_>) -> Result<(), String> {
    let text = |key: &str| test[key].as_str().expect("text");
    let params = Params {
        client_ip: text("host").parse().expect("an address"),
        mail_from: text("mailfrom"),
        helo: text("helo"),
        receiver: "receiver.example.net",
        now: 1_700_000_000,
    };
    let (evaluation, _) = world.check_host(&params);
    let expected = words(&test["result"]);
    if !expected
        .iter()
        .any(|word| word == evaluation.result.as_str())
    {
        return Err(format!(
            "{} instead of {expected:?}: {:?}",
            evaluation.result, evaluation.cause
        ));
    }
    if test.contains_mapping_key("explanation") {
        // DEFAULT stands for the receiver's own words, so for no explanation of the domain's.
        let expected = Some(text("explanation")).filter(|text| *text != "DEFAULT");
        if evaluation.explanation.as_deref() != expected {
            return Err(format!(
                "{:?} instead of {expected:?}",
                evaluation.explanation
            ));
        }
    }
    Ok(())
}

/// A scalar as one word, a list as its words.
fn words(node: &Yaml<'_>) -> Vec<String> {
    match node.as_sequence() {
        Some(list) => list.iter().flat_map(words).collect(),
        None => vec![scalar(node)],
    }
}

fn scalar(node: &Yaml<'_>) -> String {
    let number = node.as_integer().map(|number| number.to_string());
    node.as_str()
        .map(str::to_owned)
        .or(number)
        .unwrap_or_default()
}

/// Records of the obsolete type SPF stand for TXT records, unless the name has TXT records; `NONE` stands
/// for no TXT record at all, and `TIMEOUT` for no answer to anything else.
fn world(zonedata: &Yaml<'_>) -> World {
    let mut world = World::default();
    for (owner, entries) in zonedata.as_mapping().expect("zone data") {
        let owner = scalar(owner);
        let name = raw_name(&owner);
        let entries = entries.as_sequence().expect("records");
        let has_txt = entries.iter().any(|e| e.contains_mapping_key("TXT"));
        for entry in entries {
            if entry.as_str() == Some("TIMEOUT") {
                world.set_status(name.clone(), Status::Timeout);
                continue;
            }
            let (rtype, value) = entry
                .as_mapping()
                .expect("a record")
                .iter()
                .next()
                .expect("one");
            match rtype.as_str().expect("a type") {
                "SPF" if has_txt => {}
                "TXT" if value.as_str() == Some("NONE") => {}
                "SPF" | "TXT" => {
                    let strings = words(value).iter().map(|text| octets(text)).collect();
                    world.add(name.clone(), Data::Txt(Txt(strings)));
                }
                "MX" => world.add_text(&owner, "MX", &words(value).join(" ")),
                other => world.add_text(&owner, other, &scalar(value)),
            }
        }
    }
    world
}

/// The escapes `\xNN` of the suite mean octets, which YAML reads as characters up to U+00FF.
fn octets(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).expect("one octet"))
        .collect()
}
