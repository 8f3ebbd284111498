//! Every package of the lock file has a licence that deny.toml allows, whoever runs the tests.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Whether an SPDX expression can be satisfied with the licences in `allowed`. `AND` binds closer than
/// `OR`; the old form with a slash means `OR`.
fn satisfied(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (holds, rest) = any(&words, allowed);
    assert!(rest.is_empty(), "{expression}: left {rest:?}");
    holds
}

fn any<'a>(words: &'a [&'a str], allowed: &BTreeSet<String>) -> (bool, &'a [&'a str]) {
    let (mut holds, mut rest) = all(words, allowed);
    while let Some(("OR", after)) = rest.split_first().map(|(first, after)| (*first, after)) {
        let (other, left) = all(after, allowed);
        (holds, rest) = (holds || other, left);
    }
    (holds, rest)
}

fn all<'a>(words: &'a [&'a str], allowed: &BTreeSet<String>) -> (bool, &'a [&'a str]) {
    let (mut holds, mut rest) = one(words, allowed);
    while let Some(("AND", after)) = rest.split_first().map(|(first, after)| (*first, after)) {
        let (other, left) = one(after, allowed);
        (holds, rest) = (holds && other, left);
    }
    (holds, rest)
}

fn one<'a>(words: &'a [&'a str], allowed: &BTreeSet<String>) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inner @ ..] => {
            let (holds, rest) = any(inner, allowed);
            let rest = rest.strip_prefix(&[")"]).expect("a closing parenthesis");
            (holds, rest)
        }
        [licence, "WITH", exception, rest @ ..] => (
            allowed.contains(&format!("{licence} WITH {exception}")),
            rest,
        ),
        [licence, rest @ ..] => (allowed.contains(*licence), rest),
        [] => panic!("an expression ends too early"),
    }
}

fn allowed(deny: &str) -> BTreeSet<String> {
    let list = deny
        .split("allow = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next());
    let lines = list.expect("a list of licences").lines();
    lines
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_dependency_has_an_allowed_licence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let deny = std::fs::read_to_string(root.join("deny.toml")).expect("deny.toml");
    let allowed = allowed(&deny);
    // What is built here is what was fetched: packages for other systems may not be at hand.
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc runs")
        .stdout;
    let version = String::from_utf8(version).expect("text");
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("a host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host])
        .current_dir(&root)
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100);
    for package in packages {
        let name = &package["name"];
        let licence = package["license"]
            .as_str()
            .unwrap_or_else(|| panic!("{name} names none"));
        assert!(
            satisfied(licence, &allowed),
            "{name}: {licence} is not in deny.toml"
        );
    }
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "ISC".to_owned(), "A WITH x".to_owned()]);
    for (expression, expect) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT/GPL-3.0", true),
        ("GPL-3.0 OR MIT AND ISC", true),
        ("MIT AND (GPL-3.0 OR ISC)", true),
        ("(MIT OR ISC) AND GPL-3.0", false),
        ("A WITH x OR B", true),
        ("A", false),
    ] {
        assert_eq!(satisfied(expression, &allowed), expect, "{expression}");
    }
}
