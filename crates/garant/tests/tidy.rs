//! Holds the tree against ARCHITECTURE.md and the texts against the codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use garant_check::catalogue::{Asked, Requirement, receiver_rules, receivers};
use garant_check::path::ReceiverAction;
use garant_check::{Code, VerdictCode};
use garant_text::{Catalogue, Language, help};

/// A file longer than this does more than one thing.
const FILE_LINES_MAX: usize = 1000;
/// ARCHITECTURE.md is read in one sitting.
const ARCHITECTURE_LINES_MAX: usize = 250;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The block of ARCHITECTURE.md that says which crate may name which.
fn floors() -> BTreeMap<String, BTreeSet<String>> {
    let text = read(&root().join("ARCHITECTURE.md"));
    let block = text.split("```floors\n").nth(1).expect("a floors block");
    let block = block.split("```").next().expect("a split has a first part");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    block
        .lines()
        .map(|line| {
            let (who, whom) = line.split_once("->").expect("an arrow on every line");
            (who.trim().to_owned(), words(whom))
        })
        .collect()
}

/// What the manifests say, `[dependencies]` only.
fn manifests() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates/") {
        let dir = entry.expect("an entry").path();
        let name = dir
            .file_name()
            .and_then(|n| n.to_str())
            .expect("a name")
            .to_owned();
        let mut section = String::new();
        let mut uses = BTreeSet::new();
        for line in read(&dir.join("Cargo.toml")).lines().map(str::trim) {
            if line.starts_with('[') {
                section = line.to_owned();
            } else if section == "[dependencies]"
                && let Some(rest) = line.strip_prefix("garant-")
            {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric())
                    .unwrap_or(rest.len());
                uses.insert(rest[..end].to_owned());
            }
        }
        found.insert(name, uses);
    }
    found
}

#[test]
fn crates_stand_on_their_floors() {
    assert_eq!(
        manifests(),
        floors(),
        "Cargo.toml (left) and ARCHITECTURE.md (right) differ"
    );
    let lines = read(&root().join("ARCHITECTURE.md")).lines().count();
    assert!(
        lines <= ARCHITECTURE_LINES_MAX,
        "ARCHITECTURE.md has {lines} lines"
    );
}

fn files(dir: &Path, extension: &str, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target") {
                files(&path, extension, out);
            }
        } else if path.extension().is_some_and(|e| e == extension) {
            out.push(path);
        }
    }
}

fn sources(crate_name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(
        &root().join("crates").join(crate_name).join("src"),
        "rs",
        &mut found,
    );
    found
}

#[test]
fn modules_form_no_circle() {
    let mut circles = Vec::new();
    for name in manifests().keys() {
        let src = root().join("crates").join(name).join("src");
        let top = |path: &Path| {
            let inner = path.strip_prefix(&src).expect("below src");
            let first = inner
                .iter()
                .next()
                .and_then(|p| p.to_str())
                .expect("a name");
            first.trim_end_matches(".rs").to_owned()
        };
        let paths = sources(name);
        let modules: BTreeSet<String> = paths.iter().map(|path| top(path)).collect();
        let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for path in &paths {
            let from = top(path);
            if from == "lib" || from == "main" {
                continue;
            }
            for tail in read(path).split("crate::").skip(1) {
                let end = tail.find(|c: char| !c.is_alphanumeric() && c != '_');
                let to = &tail[..end.unwrap_or(tail.len())];
                if to != from && modules.contains(to) {
                    graph.entry(from.clone()).or_default().insert(to.to_owned());
                }
            }
        }
        for start in graph.keys() {
            let (mut seen, mut ahead) = (BTreeSet::new(), vec![start.clone()]);
            while let Some(at) = ahead.pop() {
                for next in graph.get(&at).into_iter().flatten() {
                    if next == start {
                        circles.push(format!("{name}: {start} -> .. -> {at} -> {start}"));
                    }
                    if seen.insert(next.clone()) {
                        ahead.push(next.clone());
                    }
                }
            }
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

/// Words that only some crates may say.
#[test]
fn crates_keep_to_their_trade() {
    const RULES: &[(&str, &[&str])] = &[
        ("SystemTime::now", &["garant"]),
        ("std::fs::", &["garant", "store"]),
        ("rusqlite::", &["store"]),
        ("tokio_postgres::", &["store"]),
        ("axum::", &["web", "garant"]),
        (
            "tokio::",
            &["dns", "store", "service", "web", "mta", "garant"],
        ),
        ("println!", &["garant"]),
        ("garant_text::", &["service", "web", "garant"]),
    ];
    let mut faults = Vec::new();
    for name in manifests().keys() {
        for path in sources(name) {
            let text = read(&path);
            let lines = text.lines().count();
            if lines > FILE_LINES_MAX {
                faults.push(format!("{}: {lines} lines", path.display()));
            }
            // A test inside a crate reads examples from where they are.
            let is_test = path
                .iter()
                .any(|part| part == "tests" || part == "tests.rs");
            for (word, allowed) in RULES.iter().filter(|_| !is_test) {
                if text.contains(word) && !allowed.contains(&name.as_str()) {
                    faults.push(format!("{}: {word} belongs to {allowed:?}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Every document that the code cites stands in docs/rfc.md, and every file named there exists.
#[test]
fn cited_documents_are_listed() {
    let table = read(&root().join("docs/rfc.md"));
    let listed: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| RFC "))
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect())
        .collect();
    let mut faults = BTreeSet::new();
    for name in manifests().keys() {
        for path in sources(name) {
            for tail in read(&path).split("RFC ").skip(1) {
                let number: String = tail.chars().take_while(char::is_ascii_digit).collect();
                if number.len() >= 4 && !listed.contains(&number) {
                    faults.insert(format!("RFC {number} in {} is not listed", path.display()));
                }
            }
        }
    }
    for word in table
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.ends_with(".rs"))
    {
        if !root().join("crates").join(word).is_file() {
            faults.insert(format!("docs/rfc.md names {word}, which does not exist"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

fn message_key(code: Code) -> String {
    format!("finding-{}", code.as_str().replace('.', "-"))
}

/// Every code has title, why and fix in both languages, with no argument that it does not have, and a
/// section in the help.
#[test]
fn every_code_has_its_words() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        faults.extend(catalogue.faults().iter().cloned());
        let patterns = catalogue.patterns();
        for code in Code::ALL {
            let key = message_key(*code);
            for attribute in [None, Some("why"), Some("fix")] {
                let pattern = patterns
                    .iter()
                    .find(|p| p.key == key && p.attribute.as_deref() == attribute);
                let Some(pattern) = pattern else {
                    faults.push(format!("{language}: {key} {attribute:?} is absent"));
                    continue;
                };
                for argument in &pattern.placeables {
                    let known = ["domain", "name"].contains(&argument.as_str())
                        || code.arguments().contains(&argument.as_str());
                    if !known {
                        faults.push(format!("{language}: {key} has no argument {argument}"));
                    }
                }
            }
            if help::section(language, code.topic(), code.anchor()).is_none() {
                faults.push(format!("{language}: no help section for {code}"));
            }
        }
        let codes: BTreeSet<String> = Code::ALL.iter().map(|code| message_key(*code)).collect();
        for key in catalogue
            .keys()
            .iter()
            .filter(|key| key.starts_with("finding-"))
        {
            if !codes.contains(*key) {
                faults.push(format!("{language}: {key} belongs to no code"));
            }
        }
        for verdict in VerdictCode::ALL {
            let key = format!("verdict-{}", verdict.as_str());
            if !catalogue.has(&key) {
                faults.push(format!("{language}: {key} is absent"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Every word of the interface is said somewhere. Keys that are put together from parts count as said.
#[test]
fn no_word_of_the_interface_is_dead() {
    const PUT_TOGETHER: &[&str] = &[
        // Held against the contract by a test of `web`.
        "api-in-",
        "api-member-",
        "api-op-",
        "api-parameter-",
        "api-problem-",
        // Held against the classes, causes and outcomes by a test below.
        "bounce-cause-",
        "bounce-class-",
        "bounce-fault-",
        "bounce-form-",
        "bounce-kind-",
        "bounce-next-",
        "bounce-outcome-",
        "cli-",
        "finding-",
        "help-group-",
        "message-form-",
        "message-hop-",
        "message-part-",
        "message-source-",
        "path-part-",
        "receiver-",
        "receivers-asks-",
        "receivers-means-",
        "receivers-tells-",
        "topic-",
        "trace-",
        "unknown-",
        "verdict-",
    ];
    let mut code = String::new();
    for name in ["check", "service", "web", "garant"] {
        for path in sources(name) {
            code.push_str(&read(&path));
        }
    }
    let mut templates = Vec::new();
    files(&root().join("crates/web/templates"), "html", &mut templates);
    code.extend(templates.iter().map(|path| read(path)));
    let catalogue = Catalogue::of(Language::English);
    let keys = catalogue.keys();
    let is_said = |key: &str| {
        PUT_TOGETHER.iter().any(|part| key.starts_with(part))
            || code.contains(&format!("\"{key}\""))
    };
    let dead: Vec<&&str> = keys.iter().filter(|key| !is_said(key)).collect();
    assert!(dead.is_empty(), "{dead:#?}");
    for key in keys.iter().filter_map(|key| key.strip_prefix("unknown-")) {
        assert!(
            code.contains(&format!("\"{key}\"")),
            "nothing is unknown for the reason {key}"
        );
    }
}

/// What the catalogue says by key has words, and no words stand there for nothing.
#[test]
fn everything_in_the_catalogue_has_its_words() {
    let actions = [
        ReceiverAction::Deliver,
        ReceiverAction::Spam,
        ReceiverAction::Refuse,
        ReceiverAction::Unknown,
    ];
    let action = |action| serde_json::to_value(action).expect("an action is a word");
    let said: BTreeSet<String> = receiver_rules()
        .map(|rule| format!("receiver-rule-{rule}"))
        .chain(actions.map(|one| {
            let word = action(one);
            format!("receiver-action-{}", word.as_str().expect("a word"))
        }))
        .chain(["receiver-other".to_owned()])
        .collect();
    let asked = receiver_rules()
        .filter(|rule| Requirement::ALL.iter().any(|one| one.rule() == *rule))
        .chain(Asked::ALL.map(Asked::key));
    let asks: BTreeSet<String> = asked.map(|key| format!("receivers-asks-{key}")).collect();
    let tells = Asked::ALL.map(|asked| format!("receivers-tells-{}", asked.told_by()));
    let tells: BTreeSet<String> = tells.into_iter().collect();
    let replies = receivers()
        .iter()
        .flat_map(|receiver| &receiver.replies_known);
    let means = replies.map(|reply| format!("receivers-means-{}", reply.meaning()));
    let means: BTreeSet<String> = means.collect();
    let code: String = sources("check").iter().map(|path| read(path)).collect();
    let hints = code.split("\"host-hint-").skip(1).filter_map(|tail| {
        let end = tail.find('"')?;
        (end > 0).then(|| format!("host-hint-{}", &tail[..end]))
    });
    let hints: BTreeSet<String> = hints.collect();
    assert!(hints.len() > 10, "{hints:?}");
    for language in Language::ALL {
        let keys: BTreeSet<String> = Catalogue::of(language)
            .keys()
            .iter()
            .map(|key| (*key).to_owned())
            .collect();
        for (beginning, expected) in [
            ("receiver-", &said),
            ("receivers-asks-", &asks),
            ("receivers-tells-", &tells),
            ("receivers-means-", &means),
            ("host-hint-", &hints),
        ] {
            let found = keys
                .iter()
                .filter(|key| key.starts_with(beginning))
                .cloned();
            assert_eq!(&found.collect::<BTreeSet<_>>(), expected, "{language}");
        }
    }
}

/// Help sections and anchors name codes that exist; pages that are not about codes are free.
#[test]
fn every_section_of_a_topic_explains_a_code() {
    let topics: BTreeSet<&str> = Code::ALL.iter().map(|code| code.topic()).collect();
    let mut faults = Vec::new();
    for topic in help::topics().filter(|topic| topics.contains(topic)) {
        for section in help::sections(Language::English, topic) {
            let text = format!("{topic}.{}", section.anchor);
            if text.parse::<Code>().is_err() {
                faults.push(text);
            }
        }
    }
    assert!(faults.is_empty(), "sections without a code: {faults:#?}");
}

#[test]
fn every_code_is_tested_by_a_world_and_a_near_miss() {
    let mut worlds = Vec::new();
    files(
        &root().join("crates/check/tests/worlds"),
        "worlds",
        &mut worlds,
    );
    // What is said of one message needs a message, and no DNS.
    files(
        &root().join("crates/check/tests/lint"),
        "messages",
        &mut worlds,
    );
    let text: String = worlds.iter().map(|path| read(path)).collect();
    let named = |directive: &str| -> BTreeSet<String> {
        text.lines()
            .filter_map(|line| line.strip_prefix(directive))
            .flat_map(str::split_whitespace)
            .map(|code| code.split('=').next().unwrap_or(code).to_owned())
            .collect()
    };
    let (expected, absent) = (named(";! expect "), named(";! absent "));
    let mut faults = Vec::new();
    for code in Code::ALL {
        if !expected.contains(code.as_str()) {
            faults.push(format!("{code}: no world triggers it"));
        }
        if !absent.contains(code.as_str()) {
            faults.push(format!("{code}: no near miss"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Fixed words of the documents: a path of one machine, or a registry's host, belongs nowhere.
#[test]
fn documents_speak_of_the_project_alone() {
    let mut paths = vec![root().join("Makefile"), root().join("Cargo.toml")];
    for folder in ["docs", "help", "locales", "examples", "tools"] {
        for extension in ["md", "ftl", "zone", "sh", "json"] {
            files(&root().join(folder), extension, &mut paths);
        }
    }
    for entry in fs::read_dir(root()).expect("the root") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    let forbidden = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("crates", ".io/api"),
    ];
    for path in paths {
        let text = read(&path);
        for word in forbidden {
            assert!(!text.contains(word), "{} says {word}", path.display());
        }
    }
}
