//! Every sentence that a plan can say has words, with the arguments that the plan gives.

use std::collections::{BTreeMap, BTreeSet};

use garant_check::plan::{AFFECTS, ALTERNATIVES, NOTES};
use garant_text::{Catalogue, Language};

/// The keys of a language that begin like this, with their attributes and all that they name.
fn keys(language: Language, beginning: &str) -> BTreeMap<String, (BTreeSet<String>, usize)> {
    let mut keys: BTreeMap<String, (BTreeSet<String>, usize)> = BTreeMap::new();
    for pattern in Catalogue::of(language).patterns() {
        if pattern.key.starts_with(beginning) {
            let (names, parts) = keys.entry(pattern.key).or_default();
            names.extend(pattern.placeables);
            *parts += 1;
        }
    }
    keys
}

#[test]
fn every_note_has_words_that_name_its_arguments() {
    for language in Language::ALL {
        let keys = keys(language, "plan-note-");
        let codes: BTreeSet<&str> = NOTES.iter().map(|(code, _)| *code).collect();
        let known: BTreeSet<&str> = keys.keys().map(String::as_str).collect();
        assert_eq!(codes, known, "{language}");
        for (code, args) in NOTES {
            let (names, _) = &keys[*code];
            for name in names {
                let name = name.trim_start_matches('$');
                assert!(args.contains(&name), "{language}: {code} has no {name}");
            }
        }
    }
}

#[test]
fn every_other_way_has_a_title_a_reason_and_a_price() {
    for language in Language::ALL {
        let keys = keys(language, "plan-alternative-");
        let known: BTreeSet<&str> = keys.keys().map(String::as_str).collect();
        assert_eq!(known, BTreeSet::from(ALTERNATIVES), "{language}");
        for (key, (_, parts)) in keys {
            assert_eq!(parts, 3, "{language}: {key}");
        }
    }
}

#[test]
fn every_way_of_being_touched_has_words() {
    for language in Language::ALL {
        let keys = keys(language, "plan-affects-");
        let known: BTreeSet<&str> = keys.keys().map(String::as_str).collect();
        assert_eq!(known, BTreeSet::from(AFFECTS), "{language}");
    }
}
