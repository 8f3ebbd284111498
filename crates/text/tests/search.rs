//! What people type, and what they must find first.

use garant_text::Language::{self, English, French};
use garant_text::help;
use garant_text::search::{Found, Index, QUERY_OCTETS_MAX};

fn address(topic: &str, anchor: &str) -> String {
    if anchor.is_empty() {
        topic.to_owned()
    } else {
        format!("{topic}#{anchor}")
    }
}

fn addresses(found: &Found) -> Vec<String> {
    let hits = found.hits.iter();
    hits.map(|hit| address(hit.topic, hit.anchor)).collect()
}

#[track_caller]
fn check(language: Language, table: &[(&str, &str)]) {
    let mut faults = Vec::new();
    for (query, expect) in table {
        let found = addresses(&Index::of(language).search(query, 4));
        if found.first().map(String::as_str) != Some(expect) {
            faults.push(format!("{query}: {expect} expected, {found:?} found"));
        }
    }
    assert!(faults.is_empty(), "{language}: {faults:#?}");
}

#[test]
fn french_words_find_the_page_that_answers_them() {
    check(
        French,
        &[
            ("rebond", "bounces"),
            ("rebonds", "bounces"),
            ("rebond dur", "bounces#hard"),
            ("rejet temporaire", "bounces#soft"),
            ("boite pleine", "bounces#soft"),
            ("550 5.7.26", "bounces#authentication"),
            ("5.7.515", "bounces#authentication"),
            ("mail non reçu", "bounces#silence"),
            ("trois cname", "three-cnames"),
            ("3 CNAME", "three-cnames"),
            ("il manque un CNAME", "three-cnames#two-of-three"),
            ("p=reject sans dkim", "dmarc#enforced-without-dkim"),
            ("deux spf", "spf#multiple"),
            ("DMARC manquant", "dmarc#missing"),
            ("pas de dmarc", "dmarc#missing"),
            ("aspf=s", "dmarc#strict-alignment"),
            ("alignement strict", "dmarc#strict-alignment"),
            ("dmarc.no-reports", "dmarc#no-reports"),
            ("nuage orange", "record#proxied"),
            (
                "votreentreprise.fr.votreentreprise.fr",
                "record#doubled-name",
            ),
            ("sélecteur", "glossary#selector"),
            ("rgpd", "about-kept"),
            ("cookies", "about-kept"),
        ],
    );
}

#[test]
fn english_words_find_the_page_that_answers_them() {
    check(
        English,
        &[
            ("bounce", "bounces"),
            ("hard bounce", "bounces#hard"),
            ("soft bounces", "bounces#soft"),
            ("550 5.7.26", "bounces#authentication"),
            (
                "550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy",
                "bounces#authentication",
            ),
            ("user unknown", "bounces#hard"),
            ("not received", "bounces#silence"),
            ("record missing", "three-cnames#mistakes"),
            ("three cnames", "three-cnames"),
            ("p=reject without dkim", "dmarc#enforced-without-dkim"),
            ("two spf records", "spf#multiple"),
            ("no dmarc record", "dmarc#missing"),
            ("strict alignment", "dmarc#strict-alignment"),
            ("spf.multiple", "spf#multiple"),
            ("orange cloud", "record#proxied"),
            ("privacy", "about-kept"),
            ("selector", "glossary#selector"),
        ],
    );
}

#[test]
fn every_code_and_every_title_finds_its_own_section() {
    for language in Language::ALL {
        let mut faults = Vec::new();
        for topic in help::topics_of(help::Group::Finding) {
            for section in help::sections(language, topic) {
                let own = address(topic, section.anchor);
                let code = format!("{topic}.{}", section.anchor);
                let first = addresses(&Index::of(language).search(&code, 1));
                if first != [own.clone()] {
                    faults.push(format!("{code}: {first:?}"));
                }
                // Several topics have a section of the same title: “Valid record”.
                let found = addresses(&Index::of(language).search(section.title, 8));
                if !found.contains(&own) {
                    faults.push(format!("{}: {own} expected, {found:?}", section.title));
                }
            }
        }
        assert!(faults.is_empty(), "{language}: {faults:#?}");
    }
}

#[test]
fn a_typing_error_is_told_and_gets_what_was_meant() {
    for (language, query, instead, expect) in [
        (
            French,
            "alignemnt strict",
            "alignement strict",
            "dmarc#strict-alignment",
        ),
        (French, "rebnod", "rebond", "bounces"),
        (English, "bonuce", "bounce", "bounces"),
        (English, "Quarentine", "quarantine", ""),
        (English, "authentification", "authentication", ""),
    ] {
        let found = Index::of(language).search(query, 5);
        assert_eq!(found.instead.as_deref(), Some(instead), "{query}");
        let first = addresses(&found).remove(0);
        assert!(expect.is_empty() || first == expect, "{query}: {first}");
    }
}

#[test]
fn the_beginning_of_a_word_is_enough_while_typing() {
    for (language, typed, expect) in [
        (French, "reb", "bounces"),
        (French, "rejet défin", "bounces#hard"),
        (French, "trois cn", "three-cnames"),
        (English, "hard bou", "bounces#hard"),
        (English, "550 5.7.2", "bounces#authentication"),
        (English, "p=rej", "dmarc#enforced-without-dkim"),
    ] {
        let hits = Index::of(language).suggest(typed, 5);
        let found: Vec<String> = hits
            .iter()
            .map(|hit| address(hit.topic, hit.anchor))
            .collect();
        assert_eq!(
            found.first().map(String::as_str),
            Some(expect),
            "{typed}: {found:?}"
        );
    }
}

#[test]
fn nothing_is_found_by_nothing() {
    for query in ["", "   ", "?!…", "zzzzqqqq", "\u{0}\u{1b}[2J", "'", "%"] {
        for language in Language::ALL {
            let found = Index::of(language).search(query, 10);
            assert_eq!(found, Found::default(), "{query:?}");
            assert_eq!(Index::of(language).suggest(query, 10), [], "{query:?}");
        }
    }
}

#[test]
fn any_text_may_be_searched_for() {
    let long = "réjection ".repeat(10_000);
    let deep = "a.".repeat(5_000);
    for query in [
        &long,
        &deep,
        "\u{301}\u{301}",
        "ﷺ",
        "e\u{301}=é=É",
        "🦀 dkim",
    ] {
        for language in Language::ALL {
            let started = Index::of(language).search(query, usize::MAX);
            assert!(started.instead.unwrap_or_default().len() <= 4 * QUERY_OCTETS_MAX);
        }
    }
}

#[test]
fn the_same_words_give_the_same_results() {
    for query in ["dkim", "reject", "enregistrement dns", "record name"] {
        let first = Index::of(French).search(query, 20);
        assert_eq!(Index::of(French).search(query, 20), first, "{query}");
    }
}

#[test]
fn an_excerpt_marks_what_was_searched_for() {
    let found = Index::of(English).search("mailbox full", 1);
    let hit = found.hits.first().expect("found");
    assert!(
        hit.excerpt
            .iter()
            .any(|piece| piece.is_match && piece.text == "mailbox")
    );
    let length: usize = hit.excerpt.iter().map(|piece| piece.text.len()).sum();
    assert!(length < 250, "{length}");
}
