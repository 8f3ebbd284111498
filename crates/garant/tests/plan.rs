//! The cases of the articles as users see them: what the check says, and what the plan does about it.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use program::{garant, without_time};

const EXPECT: &str = "--expect examples/articles/platform.json";

/// Each case: its zone file, what is asked about it, and the exit status.
const CASES: &[(&str, &str, i32)] = &[
    ("reject-without-dkim", "--sender activecampaign", 1),
    ("no-dmarc", EXPECT, 1),
    ("strict-spare-leg", EXPECT, 0),
    (
        "strict-other-name",
        "--mail-from em.votreentreprise.fr --signed-by factures.votreentreprise.fr:envoi1",
        1,
    ),
    ("two-of-three", EXPECT, 1),
    ("doubled-name", EXPECT, 1),
    ("all-right", EXPECT, 0),
];

fn words(command: &str, zone: &str, question: &str) -> String {
    format!(
        "{command} votreentreprise.fr {question} --offline \
         --zone examples/articles/{zone}.zone --zone examples/articles/internet.zone"
    )
}

/// Names of months in both languages, as a plan writes them.
const MONTHS: &str = "January February March April May June July August September October November December \
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre";

/// The text with `# month` for each day that depends on today. A day has one or two digits and a month some letters:
/// a paragraph with one stands on a single line, since it breaks elsewhere every day.
fn without_day(text: &str) -> String {
    let is_month = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        MONTHS.split_whitespace().any(|month| month == word)
    };
    let is_day = |word: &str| word.trim_end_matches("er").parse::<u8>().is_ok();
    let mut paragraphs: Vec<Vec<&str>> = Vec::new();
    for line in text.split('\n') {
        match paragraphs.last_mut() {
            // Further lines are set in under the first.
            Some(paragraph) if line.starts_with("     ") => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
    }
    let told = paragraphs.iter().map(|paragraph| {
        let whole = paragraph.join("\n");
        let mut words: Vec<&str> = whole.split_ascii_whitespace().collect();
        let days: Vec<usize> = (1..words.len())
            .filter(|at| is_month(&words[*at]) && is_day(words[at - 1]))
            .collect();
        if days.is_empty() {
            return whole;
        }
        for at in days {
            (words[at - 1], words[at]) = ("#", "month");
        }
        words.join(" ")
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn days_of_a_plan_are_left_out() {
    let check = |text: &str, expect: &str| assert_eq!(without_day(text), expect);
    check(
        "a\n   - back on 6\n     December at\n     the latest\n   - b",
        "a\n- back on # month at the latest\n   - b",
    );
    check(
        "   - au plus tard le\n     12 janvier, et",
        "- au plus tard le # month et",
    );
    check("   - le 1er mars.", "- le # month");
    check(
        "   - up to 10 look-ups\n     in March",
        "   - up to 10 look-ups\n     in March",
    );
}

#[test]
fn the_cases_of_the_articles_read_well_in_both_languages() {
    for (zone, question, code) in CASES {
        for lang in ["fr", "en"] {
            for command in ["check", "plan"] {
                let run = garant(&format!("{} --lang {lang}", words(command, zone, question)));
                assert_eq!(
                    (run.code, run.stderr.as_str()),
                    (*code, ""),
                    "{command} {zone}"
                );
                assert!(!run.stdout.contains("[finding-") && !run.stdout.contains("[plan-"));
                let name = format!("{command}_{}_{lang}", zone.replace('-', "_"));
                insta::assert_snapshot!(name, without_day(&without_time(&run.stdout)));
            }
        }
    }
}

#[test]
fn other_forms_say_the_same() {
    let (zone, question, code) = CASES[0];
    for (command, format) in [
        ("plan", "zone"),
        ("plan", "markdown"),
        ("check", "markdown"),
    ] {
        let run = garant(&format!(
            "{} --format {format} --lang en",
            words(command, zone, question)
        ));
        assert_eq!(run.code, code, "{}", run.stderr);
        let name = format!("{command}_{format}");
        insta::assert_snapshot!(name, without_day(&run.stdout));
    }
}

#[test]
fn scripts_read_the_plan_too() {
    let (zone, question, _) = CASES[0];
    let run = garant(&format!("{} --format json", words("plan", zone, question)));
    let mut report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["schema"], "garant-plan/1");
    assert_eq!(report["plan"]["changes"][0]["action"], "add");
    assert_eq!(report["plan"]["rollback"][0]["action"], "delete");
    // The words stand in the other snapshots.
    report["asked_at"] = "…".into();
    report["plan"]["words"] = "…".into();
    report["plan"]["alternatives"] = "…".into();
    for state in ["before", "after"] {
        report["plan"][state]["path"]["receivers"] = "…".into();
    }
    let pretty = serde_json::to_string_pretty(&report).expect("serialises");
    insta::assert_snapshot!("plan_json", pretty);
}

/// The lines that a plan prints are put into the zone, and the check is content.
#[test]
fn a_plan_pasted_into_the_zone_file_cures() {
    for (zone, question, code) in CASES.iter().filter(|(_, _, code)| *code == 1) {
        let run = garant(&format!("{} --format zone", words("plan", zone, question)));
        assert_eq!(run.code, *code, "{zone}: {}", run.stderr);
        let path = program::root().join(format!("examples/articles/{zone}.zone"));
        let old = std::fs::read_to_string(path).expect("the example");
        let gone: Vec<String> = run
            .stdout
            .lines()
            .filter_map(|line| line.strip_prefix(";- "))
            .filter_map(|line| line.split('.').next())
            .map(|label| format!("{label} "))
            .collect();
        let kept = old
            .lines()
            .filter(|line| !gone.iter().any(|label| line.starts_with(label.as_str())));
        let new = kept.collect::<Vec<_>>().join("\n") + "\n" + &run.stdout;
        let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{zone}.zone"));
        std::fs::write(&file, new).expect("a file of our own");
        let again = garant(&format!(
            "check votreentreprise.fr {question} --offline --zone {} \
             --zone examples/articles/internet.zone",
            file.to_str().expect("a plain path")
        ));
        assert_eq!(again.code, 0, "{zone}:\n{}\n{}", run.stdout, again.stdout);
    }
}

#[test]
fn a_saved_check_is_planned_too() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan.capture.json");
    let path = path.to_str().expect("a plain path");
    let (zone, question, code) = CASES[0];
    let first = garant(&format!(
        "{} --capture {path}",
        words("check", zone, question)
    ));
    assert_eq!(first.code, code, "{}", first.stderr);
    let run = garant(&format!(
        "plan votreentreprise.fr --replay {path} --format zone"
    ));
    assert_eq!(run.code, code, "{}", run.stderr);
    assert!(
        run.stdout.ends_with('\n') && !run.stdout.contains('['),
        "{}",
        run.stdout
    );
}

#[test]
fn an_address_for_reports_is_checked_and_used() {
    let (zone, question, _) = CASES[1];
    let ask = |rua: &str| {
        garant(&format!(
            "{} --rua {rua} --format zone",
            words("plan", zone, question)
        ))
    };
    let run = ask("dmarc@votreentreprise.fr");
    assert!(
        run.stdout.contains("rua=mailto:dmarc@votreentreprise.fr"),
        "{}",
        run.stdout
    );
    for bad in ["votreentreprise.fr", "a@b", "a@b.fr,c@d.fr"] {
        let run = ask(bad);
        assert_eq!((run.code, run.stdout.as_str()), (64, ""), "{bad}");
        assert!(run.stderr.contains("is not an address"), "{}", run.stderr);
    }
}

#[test]
fn the_help_of_plan_is_in_the_readers_language() {
    for lang in ["fr", "en"] {
        let run = garant(&format!("plan --help --lang {lang}"));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("help_plan_{lang}"), run.stdout);
    }
    for (words, expect) in [("plan", "DOMAIN"), ("plan a.fr b.fr", "b.fr")] {
        let run = garant(words);
        assert_eq!((run.code, run.stdout.as_str()), (64, ""), "{words}");
        assert!(run.stderr.contains(expect), "{}", run.stderr);
    }
}

#[test]
fn what_is_not_known_is_not_planned() {
    let run = garant("plan exemple.fr --nameserver 127.0.0.1:9 --timeout 2");
    assert_eq!(run.code, 2);
    let flat = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Too little could be told"), "{flat}");
}
