//! Holds the texts of both languages against each other and against the rules for writing them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use garant_text::{Catalogue, Language, help};

/// No file of words is longer: beyond it, a topic should be divided.
const LINES_MAX: usize = 1000;

/// Where a text stands, and the text with its code spans taken out.
type Prose = (String, String);

#[test]
fn the_catalogues_have_no_faults() {
    for language in Language::ALL {
        assert_eq!(Catalogue::of(language).faults(), [""; 0], "{language}");
    }
}

#[test]
fn both_languages_have_the_same_patterns_with_the_same_arguments() {
    let patterns = |language| -> BTreeMap<String, BTreeSet<String>> {
        Catalogue::of(language)
            .patterns()
            .into_iter()
            .map(|pattern| {
                let attribute = pattern.attribute.map(|name| format!(".{name}"));
                (
                    pattern.key + &attribute.unwrap_or_default(),
                    pattern.placeables,
                )
            })
            .collect()
    };
    let (french, english) = (patterns(Language::French), patterns(Language::English));
    let keys = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&french), keys(&english));
    for (key, placeables) in &french {
        assert_eq!(placeables, &english[key], "arguments of {key}");
    }
}

#[test]
fn every_finding_has_a_title_a_why_and_a_fix() {
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        let mut parts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for pattern in catalogue.patterns() {
            if pattern.key.starts_with("finding-") {
                let part = pattern.attribute.unwrap_or_else(|| "title".to_owned());
                parts.entry(pattern.key).or_default().insert(part);
            }
        }
        assert!(parts.len() > 50, "only {} findings have words", parts.len());
        for (key, parts) in parts {
            assert!(
                parts.iter().eq(["fix", "title", "why"]),
                "{language}: {key} has {parts:?}"
            );
        }
    }
}

#[test]
fn both_languages_have_the_same_help() {
    for topic in help::topics() {
        let anchors = |language| -> Vec<&str> {
            help::sections(language, topic)
                .iter()
                .map(|section| section.anchor)
                .collect()
        };
        let french = anchors(Language::French);
        assert_eq!(french, anchors(Language::English), "sections of {topic}");
        let unique: BTreeSet<_> = french.iter().collect();
        assert_eq!(
            unique.len(),
            french.len(),
            "an anchor of {topic} stands twice"
        );
    }
}

#[test]
fn every_help_page_is_well_formed() {
    for language in Language::ALL {
        for topic in help::topics() {
            let page = help::page(language, topic).expect("a topic has a page in each language");
            let place = format!("help/{language}/{topic}.md");
            assert!(help::title(language, topic).is_some(), "{place}: no title");
            assert!(
                help::introduction(language, topic).is_some_and(|text| text.lines().count() >= 5),
                "{place}: no introduction"
            );
            let headings = outside_code_blocks(page)
                .filter(|line| line.starts_with('#'))
                .count();
            let sections = help::sections(language, topic);
            let subheadings = outside_code_blocks(page)
                .filter(|line| line.starts_with("###"))
                .count();
            assert_eq!(
                headings - subheadings,
                sections.len() + 1,
                "{place}: a heading is neither the title nor `## … {{#anchor}}`"
            );
            for section in sections {
                assert!(!section.text.is_empty(), "{place}#{}", section.anchor);
            }
            let fences = page.lines().filter(|line| line.starts_with("```")).count();
            assert!(fences % 2 == 0, "{place}: a code block is not closed");
        }
    }
}

/// Links between help pages are written `topic.md#anchor` or `#anchor`, those to the pages that read a message
/// `/message` and `/bounce`.
#[test]
fn links_between_help_pages_lead_somewhere() {
    for language in Language::ALL {
        for topic in help::topics() {
            let page = help::page(language, topic).expect("a topic has a page in each language");
            for target in page.split("](").skip(1) {
                let target = target.split(')').next().expect("a split has a first part");
                if target.contains("://") || ["/message", "/bounce"].contains(&target) {
                    continue;
                }
                let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
                let other = if file.is_empty() {
                    topic
                } else {
                    file.trim_end_matches(".md")
                };
                let found = help::page(language, other).is_some()
                    && (anchor.is_empty() || help::section(language, other, anchor).is_some());
                assert!(found, "help/{language}/{topic}.md links to {target}");
            }
        }
    }
}

/// The list of embedded files is written by hand; what stands in the directories must be on it.
#[test]
fn every_file_of_words_is_embedded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let names = |directory: &str, extension: &str| -> BTreeMap<String, String> {
        fs::read_dir(root.join(directory))
            .expect("the directory of words exists")
            .map(|entry| entry.expect("the directory can be read").path())
            .filter(|path| path.extension().is_some_and(|found| found == extension))
            .map(|path| {
                let name = path.file_stem().expect("a file has a name");
                let text = fs::read_to_string(&path).expect("the file is text");
                (name.to_string_lossy().into_owned(), text)
            })
            .collect()
    };
    for language in Language::ALL {
        for (name, text) in names(&format!("locales/{language}"), "ftl") {
            let key = text
                .lines()
                .find(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
                .and_then(|line| line.split(' ').next())
                .unwrap_or_else(|| panic!("{name}.ftl has no message"));
            assert!(
                Catalogue::of(language).has(key),
                "locales/{language}/{name}.ftl is not named in sources.rs"
            );
            assert!(text.lines().count() < LINES_MAX, "{language}/{name}.ftl");
        }
        for (name, text) in names(&format!("help/{language}"), "md") {
            assert_eq!(
                help::page(language, &name),
                Some(text.as_str()),
                "help/{language}/{name}.md is not named in sources.rs"
            );
            assert!(text.lines().count() < LINES_MAX, "{language}/{name}.md");
        }
    }
}

#[test]
fn french_signs_have_a_no_break_space_and_apostrophes_are_curved() {
    let mut faults = Vec::new();
    for (place, text) in prose(Language::French) {
        let characters: Vec<char> = text.chars().collect();
        // A narrow one before high signs, as printers set them.
        let wide = |character: Option<&char>| character == Some(&'\u{A0}');
        let narrow = |character: Option<&char>| character == Some(&'\u{202F}');
        for (index, character) in characters.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| characters.get(index));
            let after = characters.get(index + 1);
            // A sign inside a notation, as in https://, file:line or ?all, is no punctuation.
            let notation = after.is_some_and(|after| match character {
                ':' => !after.is_whitespace(),
                _ => after.is_alphanumeric(),
            });
            let fault = match character {
                ':' | '»' => !wide(before) && !notation,
                ';' | '!' | '?' => !narrow(before) && !notation,
                '«' => !wide(after),
                '\'' => true,
                _ => false,
            };
            if fault {
                let start = index.saturating_sub(25);
                let around: String = characters[start..].iter().take(40).collect();
                faults.push(format!("{place}: {character:?} in …{around}…"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn quotes_are_not_straight() {
    for language in Language::ALL {
        for (place, text) in prose(language) {
            assert!(!text.contains('"'), "{place}: straight quotes in {text}");
        }
    }
}

#[test]
fn words_that_mislead_are_not_used() {
    const FRENCH: &[&str] = &[
        "score",
        "rebond",
        "forensique",
        "relaxé",
        "propagation",
        "propager",
        "autoritaire",
        "correspondance parfaite",
        "aucune politique",
        "entrée sur le serveur",
    ];
    const ENGLISH: &[&str] = &["score", "forensic", "propagat"];
    let mut faults = Vec::new();
    for (language, words) in [(Language::French, FRENCH), (Language::English, ENGLISH)] {
        for (place, text) in prose(language) {
            let text = text.to_lowercase();
            for word in words.iter().filter(|word| has_word(&text, word)) {
                faults.push(format!("{place}: {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every text of a language, short and long, without code.
fn prose(language: Language) -> Vec<Prose> {
    let mut texts: Vec<Prose> = Vec::new();
    for pattern in Catalogue::of(language).patterns() {
        let attribute = pattern.attribute.map(|name| format!(".{name}"));
        let place = format!(
            "{language}: {}{}",
            pattern.key,
            attribute.unwrap_or_default()
        );
        for wording in pattern.wordings {
            texts.push((place.clone(), without_code_spans(&wording)));
        }
    }
    for topic in help::topics() {
        let page = help::page(language, topic).expect("a topic has a page in each language");
        for line in outside_code_blocks(page) {
            let line = without_link_targets(&without_code_spans(line));
            texts.push((format!("{language}: {topic}.md"), line));
        }
    }
    texts
}

/// Whether a word of the text begins like this; an underscore has no score.
fn has_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        before.is_none_or(|character| !character.is_alphanumeric())
    })
}

fn outside_code_blocks(page: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    page.lines().filter(move |line| {
        let fence = line.starts_with("```");
        if fence {
            code = !code;
        }
        !code && !fence
    })
}

/// Puts `…` in the place of each text between backticks.
fn without_code_spans(text: &str) -> String {
    text.split('`')
        .enumerate()
        .map(|(index, part)| if index % 2 == 0 { part } else { "…" })
        .collect()
}

/// Drops the `(target)` of Markdown links.
fn without_link_targets(text: &str) -> String {
    let mut parts = text.split("](");
    let mut kept = parts.next().expect("a split has a first part").to_owned();
    for part in parts {
        kept.push(']');
        kept.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    kept
}
