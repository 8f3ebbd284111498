//! `garant receivers`: what is known about receivers, as people and scripts read it; and their page in the help.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use garant_check::catalogue::receivers;
use garant_text::{Language, help};
use program::garant;

#[test]
fn a_receiver_is_shown_in_full() {
    for lang in ["fr", "en"] {
        let mut text = String::new();
        for word in ["gmail", "Orange", "sfr"] {
            let run = garant(&format!("receivers {word} --lang {lang}"));
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{word}");
            text.push_str(&format!("$ garant receivers {word}\n{}\n", run.stdout));
        }
        insta::assert_snapshot!(format!("receivers_shown_{lang}"), text);
    }
}

#[test]
fn every_receiver_is_listed_and_shown_in_both_languages() {
    for lang in ["fr", "en"] {
        let list = garant(&format!("receivers --lang {lang}"));
        assert_eq!((list.code, list.stderr.as_str()), (0, ""));
        for receiver in receivers().iter().filter(|one| one.id != "other") {
            assert!(list.stdout.contains(&receiver.name), "{}", receiver.id);
            let shown = garant(&format!("receivers {} --lang {lang}", receiver.id));
            assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
            for key in ["[receivers", "{number}", "{domain}"] {
                assert!(!shown.stdout.contains(key), "{}: {key}", receiver.id);
            }
        }
    }
}

#[test]
fn a_receiver_is_found_by_what_people_call_it() {
    let check = |word: &str, expect: &[&str]| {
        let run = garant(&format!("receivers {word} --format json"));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{word}");
        let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        let all = value["receivers"].as_array().expect("a list");
        let ids: Vec<&str> = all.iter().filter_map(|one| one["id"].as_str()).collect();
        assert_eq!(ids, expect, "{word}");
    };
    check("la poste", &["laposte"]);
    check("laposte", &["laposte"]);
    check("microsoft", &["outlook", "microsoft-365"]);
    check("Microsoft 365", &["microsoft-365"]);
    check("exchange online", &["microsoft-365"]);
    check("hotmail", &["outlook"]);
}

#[test]
fn scripts_read_the_same_as_the_data() {
    let run = garant("receivers --format json");
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["schema"], "garant-receivers/1");
    let all = value["receivers"].as_array().expect("a list");
    assert_eq!(all.len(), receivers().len() - 1);
    let gmail = &garant("receivers gmail --format json").stdout;
    let gmail: serde_json::Value = serde_json::from_str(gmail).expect("JSON");
    assert_eq!(gmail["receivers"][0], all[0]);
    assert_eq!(all[0]["replies_known"][0]["codes"][2], "550 5.7.25");
    assert_eq!(all[0]["replies_known"][0]["class"], "reverse-dns");
    assert_eq!(all[0]["threshold"]["messages"], 5000);
}

#[test]
fn an_unknown_receiver_is_refused_with_a_sentence() {
    let run = garant("receivers nobody --lang en");
    assert_eq!((run.code, run.stdout.as_str()), (64, ""));
    assert!(run.stderr.contains("nobody"), "{}", run.stderr);
}

#[test]
fn the_help_has_a_section_and_a_row_for_each_receiver() {
    for language in Language::ALL {
        let table = help::section(language, "receivers", "table").expect("a table");
        for receiver in receivers().iter().filter(|one| one.id != "other") {
            let section = help::section(language, "receivers", &receiver.id);
            assert!(section.is_some(), "{language}: {}", receiver.id);
            let name = receiver.name.split(", ").next().expect("a first name");
            let row = format!("| {name}");
            assert!(table.text.contains(&row), "{language}: {name} has no row");
        }
    }
}

/// Numbers that the page states by hand are those of the data.
#[test]
fn the_help_states_the_codes_and_thresholds_of_the_data() {
    for language in Language::ALL {
        let page = help::page(language, "receivers").expect("a page");
        let digits: String = page.replace([',', '\u{a0}', '\u{202f}'], "");
        for receiver in receivers() {
            if let Some(threshold) = &receiver.threshold {
                let number = threshold.messages.to_string();
                assert!(digits.contains(&number), "{language}: {}", receiver.id);
            }
            let Some(section) = help::section(language, "receivers", &receiver.id) else {
                continue;
            };
            let told = receiver
                .replies_known
                .iter()
                .filter(|reply| reply.cause.is_some() && !reply.told_for.is_empty());
            for status in
                told.flat_map(|reply| reply.codes.iter().filter_map(|c| c.status.as_deref()))
            {
                let is_common = ["5.7.1", "4.7.1"].contains(&status);
                assert!(
                    is_common || section.text.contains(status),
                    "{language}: {} {status}",
                    receiver.id
                );
            }
        }
    }
}
