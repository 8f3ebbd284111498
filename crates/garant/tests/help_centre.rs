//! `garant help-centre` and `garant cases`, as people read them.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use std::path::PathBuf;

use garant_store::{CaseRow, Sqlite, Store};
use program::garant;

const ID: &str = "0123456789abcdefghjkmnpqrs";

fn searches(lang: &str) -> String {
    let mut text = String::new();
    for query in ["550 5.7.26", "dmarc.missing", "bonuce", "bounces#soft"] {
        let run = garant(&format!("help-centre {query} --lang {lang}"));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{query}");
        let lines: Vec<&str> = run.stdout.lines().take(9).collect();
        text.push_str(&format!(
            "$ garant help-centre {query}\n{}\n\n",
            lines.join("\n")
        ));
    }
    text
}

#[test]
fn what_is_searched_for_is_printed_with_the_command_that_tells_more() {
    insta::assert_snapshot!("help_centre_en", searches("en"));
    insta::assert_snapshot!("help_centre_fr", searches("fr"));
}

#[test]
fn without_words_the_pages_are_listed_and_in_vain_says_what_to_try() {
    for lang in ["fr", "en"] {
        let list = garant(&format!("help-centre --lang {lang}"));
        assert_eq!((list.code, list.stderr.as_str()), (0, ""));
        for page in ["bounces", "three-cnames", "dmarc", "glossary", "about-kept"] {
            assert!(
                list.stdout.contains(&format!("  {page}")),
                "{}",
                list.stdout
            );
        }
        let vain = garant(&format!("help-centre zzzz\u{1b}qqqq --lang {lang}"));
        assert_eq!((vain.code, vain.stdout.as_str()), (64, ""));
        assert!(vain.stderr.contains("5.7.26"), "{}", vain.stderr);
        assert!(!vain.stderr.contains('\u{1b}'), "{:?}", vain.stderr);
    }
}

/// A database with these cases, in a folder of this test.
fn store(name: &str, cases: Vec<CaseRow>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for end in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{end}", path.display()));
        // The first run finds nothing to remove.
        let _ = std::fs::remove_file(file);
    }
    let store = Sqlite::open(&path).expect("a database");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        for case in cases {
            store.save_case(case).await.expect("kept");
        }
    });
    path
}

/// The answers of a check as the pages keep them, made by the program itself.
fn answers() -> String {
    let capture = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("case-source.json");
    let zones =
        "--zone examples/articles/reject-without-dkim.zone --zone examples/articles/internet.zone";
    let run = garant(&format!(
        "check votreentreprise.fr --sender activecampaign {zones} --offline --capture {}",
        capture.display()
    ));
    assert_eq!(run.code, 1, "{}", run.stderr);
    let capture = std::fs::read_to_string(capture).expect("a capture");
    let observation = garant_check::Observation::from_capture(&capture).expect("a capture");
    let checked = garant_service::checks::Checked {
        id: garant_service::checks::CheckId::parse(ID).expect("an id"),
        observation,
        further: garant_service::checks::Further::default(),
        elapsed_ms: 0,
        kept_until: 0,
    };
    checked.to_row().answers
}

fn case(id: &str, opened_at: i64, answers: Option<String>) -> CaseRow {
    CaseRow {
        id: id.to_owned(),
        opened_at,
        language: "fr".to_owned(),
        contact: "moi@votreentreprise.fr\u{1b}[2J".to_owned(),
        message: "Refusé :\n\t550 5.7.26\u{1b}[2J\u{202e}".to_owned(),
        check_id: answers.as_ref().map(|_| ID.to_owned()),
        domain: answers.as_ref().map(|_| "votreentreprise.fr".to_owned()),
        answers,
    }
}

#[test]
fn support_opens_a_case_and_replays_its_check() {
    let other = "1123456789abcdefghjkmnpqrs";
    let cases = vec![
        case(ID, 1_795_352_820, Some(answers())),
        case(other, 1_795_352_900, None),
    ];
    let path = store("cases.sqlite", cases);
    let on = |words: &str| garant(&format!("{words} --store {} --lang en", path.display()));

    let list = on("cases");
    assert_eq!((list.code, list.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = list.stdout.lines().skip(2).collect();
    assert!(
        lines[0].starts_with(other) && lines[0].contains("no check"),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with(ID) && lines[1].contains("votreentreprise.fr"),
        "{lines:?}"
    );

    let capture = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("case.json");
    let shown = on(&format!("cases {ID} --capture {}", capture.display()));
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    assert!(
        shown.stdout.contains("550 5.7.26\\u{1b}[2J\\u{202e}"),
        "{}",
        shown.stdout
    );
    for text in [&list.stdout, &shown.stdout] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    }
    let replayed = garant(&format!(
        "check votreentreprise.fr --replay {} --lang en",
        capture.display()
    ));
    assert_eq!(replayed.code, 1, "{}", replayed.stderr);
    assert!(
        replayed.stdout.contains("ActiveCampaign"),
        "{}",
        replayed.stdout
    );

    let without = on(&format!("cases {other} --capture x.json"));
    assert_eq!(without.code, 64);
    assert!(
        without.stderr.contains("has no check"),
        "{}",
        without.stderr
    );

    assert_eq!(on(&format!("cases {ID} --forget")).code, 0);
    let gone = on(&format!("cases {ID}"));
    assert_eq!(gone.code, 64);
    assert!(gone.stderr.contains("holds no request"), "{}", gone.stderr);
}

#[test]
fn a_database_or_a_case_that_is_not_there_is_named() {
    let path = store("no-cases.sqlite", Vec::new());
    let empty = garant(&format!("cases --store {} --lang en", path.display()));
    assert_eq!(empty.code, 0);
    assert!(
        empty.stdout.starts_with("No requests for help"),
        "{}",
        empty.stdout
    );
    for (words, expect) in [
        ("cases --store nowhere.sqlite", "there is no such file"),
        ("cases --store README.md", "cannot be read"),
        (
            &format!("cases x --store {}", path.display()),
            "not the name of a request",
        ),
    ] {
        let run = garant(&format!("{words} --lang en"));
        assert_eq!((run.code, run.stdout.as_str()), (64, ""), "{words}");
        assert!(run.stderr.contains(expect), "{words}: {}", run.stderr);
    }
}
