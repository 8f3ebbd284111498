//! The program as its users start it: output, messages and exit status, in both languages.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use std::path::Path;
use std::process::Command;

use program::{garant, without_time};

const EXAMPLE: &str = "check votreentreprise.fr --zone examples/votreentreprise.fr.zone \
                       --zone examples/envoi.example.zone --offline";

#[test]
fn the_example_of_the_readme_reads_well_in_french() {
    let run = garant(&format!("{EXAMPLE} --lang fr"));
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("example_fr", without_time(&run.stdout));
}

#[test]
fn the_example_of_the_readme_reads_well_in_english() {
    let run = garant(&format!("{EXAMPLE} --lang en"));
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("example_en", without_time(&run.stdout));
}

#[test]
fn markdown_is_for_a_ticket() {
    let run = garant(&format!("{EXAMPLE} --lang en --format markdown"));
    assert_eq!(run.code, 1);
    insta::assert_snapshot!("example_markdown", run.stdout);
}

#[test]
fn scripts_read_the_same_as_people() {
    let run = garant(&format!("{EXAMPLE} --format json"));
    assert_eq!(run.code, 1);
    let mut report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    report["asked_at"] = "…".into();
    report["queries"]["ms"] = 0.into();
    let pretty = serde_json::to_string_pretty(&report).expect("serialises");
    insta::assert_snapshot!("example_json", pretty);
}

fn refusals(lang: &str) -> String {
    let data = "crates/garant/tests/data";
    let long = "a".repeat(64);
    let commands = [
        "check".to_owned(),
        "check @".to_owned(),
        "check a..fr".to_owned(),
        format!("check {long}.fr"),
        format!("check {}", "ab.".repeat(90)),
        "check v=spf1".to_owned(),
        "check xn--0.fr".to_owned(),
        "check 192.0.2.1".to_owned(),
        "check https://[2001:db8::1]/".to_owned(),
        "check localhost".to_owned(),
        "check co.uk".to_owned(),
        "check exemple.fr --offline".to_owned(),
        format!("check exemple.fr --offline --zone {data}/nowhere.zone"),
        format!("check exemple.fr --offline --zone {data}/erreur.zone"),
        format!("check exemple.fr --offline --zone {data}/include.zone"),
        "check exemple.fr --nameserver ns1.exemple.fr".to_owned(),
        "check exemple.fr --nameserver 127.0.0.1:99999".to_owned(),
        "check exemple.fr --selector a..b".to_owned(),
        format!("check exemple.fr {}", "--selector s ".repeat(33)),
        format!("check exemple.fr --replay {data}/newer.capture.json"),
        format!("check exemple.fr --replay {data}/erreur.zone"),
        format!("check exemple.fr --replay {data}/nowhere.json"),
        "check exemple.fr autre.fr --capture x.json".to_owned(),
        "check exemple.fr --replay a --zone b".to_owned(),
        "check exemple.fr --format xml".to_owned(),
        "check exemple.fr --lang de".to_owned(),
        "check exemple.fr --zone".to_owned(),
        "check exemple.fr --qps 0".to_owned(),
        "check exemple.fr --timeout never".to_owned(),
        "check exemple.fr --frobnicate".to_owned(),
        "frobnicate".to_owned(),
        "explain dmarc.mising".to_owned(),
        "explain something-else".to_owned(),
    ];
    program::refusals(&commands, lang)
}

#[test]
fn bad_input_is_refused_in_plain_french() {
    insta::assert_snapshot!("refusals_fr", refusals("fr"));
}

#[test]
fn bad_input_is_refused_in_plain_english() {
    insta::assert_snapshot!("refusals_en", refusals("en"));
}

/// The first sentence of the result, the remark before it, and the exit status.
#[track_caller]
fn check(words: &str, code: i32, remark: &str, verdict: &str) {
    let run = garant(words);
    assert_eq!(run.code, code, "{words}: {}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains(remark), "{words}: {}", run.stderr);
    let flat = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(verdict), "{words}: {}", run.stdout);
}

#[test]
fn a_domain_is_taken_out_of_what_was_typed_and_this_is_said() {
    let zones =
        "--zone examples/votreentreprise.fr.zone --zone examples/envoi.example.zone --offline";
    let verdict = "the domain asks for it";
    check(
        &format!("check facturation@votreentreprise.fr {zones}"),
        1,
        "Taken from the address facturation@votreentreprise.fr: votreentreprise.fr.",
        verdict,
    );
    check(
        &format!("check https://www.votreentreprise.fr/contact {zones} --lang fr"),
        1,
        "Tiré de l’adresse web",
        "le domaine le demande",
    );
    check(
        &format!("check www.VotreEntreprise.fr. {zones}"),
        1,
        "is the name of a web server",
        verdict,
    );
}

#[test]
fn domains_that_cannot_send_get_a_sentence() {
    let zone = "--zone examples/votreentreprise.fr.zone --offline";
    check(
        &format!("check nulle-part.votreentreprise.fr {zone}"),
        1,
        "",
        "The domain nulle-part.votreentreprise.fr does not exist",
    );
    check(
        &format!("check orange.fr {zone} --lang fr"),
        1,
        "",
        "appartient à un fournisseur de messagerie",
    );
    check(
        &format!("check gmail.com {zone}"),
        1,
        "",
        "belongs to a mailbox provider",
    );
    check(
        &format!("check café.votreentreprise.fr {zone}"),
        1,
        "",
        "The domain café.votreentreprise.fr does not exist",
    );
}

#[test]
fn a_name_server_that_cannot_be_reached_is_unknown_and_not_the_domains_fault() {
    check(
        "check exemple.fr --nameserver 127.0.0.1:9 --timeout 2",
        2,
        "",
        "This says nothing against the domain",
    );
    check(
        "check exemple.fr --nameserver 127.0.0.1:9 --timeout 2 --lang fr",
        2,
        "",
        "Cela ne dit rien contre le domaine",
    );
}

#[test]
fn dns_text_never_reaches_a_terminal_unescaped() {
    let forms = [
        ("check", "text"),
        ("check", "json"),
        ("check", "markdown"),
        ("plan", "text"),
        ("plan", "json"),
        ("plan", "markdown"),
        ("plan", "zone"),
    ];
    for (command, format) in forms {
        let run = garant(&format!(
            "{command} hostile.example --selector s1 --sender activecampaign --offline \
             --format {format} --zone crates/garant/tests/data/hostile.zone"
        ));
        let hostile: Vec<char> = run
            .stdout
            .chars()
            .chain(run.stderr.chars())
            .filter(|c| *c != '\n' && garant_service::present::is_hostile(*c))
            .collect();
        assert!(
            hostile.is_empty(),
            "{command} {format}: {hostile:?}\n{}",
            run.stdout
        );
        assert!(
            run.stdout.contains("hostile.example"),
            "{command} {format}: {}",
            run.stdout
        );
        if format == "markdown" {
            let mut bare = run.stdout.lines().filter(|line| !line.contains('`'));
            assert!(
                !bare.any(|line| line.contains("](") || line.contains('<')),
                "{}",
                run.stdout
            );
        }
    }
}

#[test]
fn a_capture_is_judged_again_to_the_same_result() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example.capture.json");
    let path = path.to_str().expect("a plain path");
    let first = garant(&format!("{EXAMPLE} --capture {path} --format json"));
    let again = garant(&format!(
        "check votreentreprise.fr --replay {path} --format json"
    ));
    assert_eq!(
        (first.code, again.code),
        (1, 1),
        "{}{}",
        first.stderr,
        again.stderr
    );
    let read = |text: &str| {
        let mut report: serde_json::Value = serde_json::from_str(text).expect("JSON");
        report["queries"]["ms"] = 0.into();
        report
    };
    assert_eq!(read(&first.stdout), read(&again.stdout));
    let other = garant(&format!("check autre.fr --replay {path}"));
    assert_eq!(other.code, 64);
    assert!(
        other.stderr.contains("votreentreprise.fr"),
        "{}",
        other.stderr
    );
}

#[test]
fn several_domains_are_told_one_after_the_other() {
    let run = garant(&format!("{EXAMPLE} envoi.example --format json"));
    let reports: Vec<serde_json::Value> = serde_json::Deserializer::from_str(&run.stdout)
        .into_iter()
        .collect::<Result<_, _>>()
        .expect("objects one after the other");
    let domains: Vec<&str> = reports
        .iter()
        .filter_map(|r| r["domain"].as_str())
        .collect();
    assert_eq!(domains, ["votreentreprise.fr", "envoi.example"]);
    assert_eq!(run.code, 1);
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let list = garant("explain --lang fr");
    assert_eq!(list.code, 0);
    for code in garant_check::Code::ALL {
        assert!(list.stdout.contains(code.as_str()), "{code} is listed");
    }
    for (lang, word) in [("fr", "quarantine"), ("en", "quarantine")] {
        let run = garant(&format!(
            "explain dmarc.enforced-without-dkim --lang {lang}"
        ));
        assert_eq!(run.code, 0);
        assert!(
            run.stdout.starts_with("dmarc.enforced-without-dkim\n"),
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains(word), "{}", run.stdout);
    }
}

#[test]
fn help_and_version_are_in_the_readers_language() {
    let run = garant("check --help --lang fr");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("help_check_fr", run.stdout);
    let run = garant("check --help --lang en");
    insta::assert_snapshot!("help_check_en", run.stdout);
    let run = garant("--help --lang en");
    assert_eq!(run.code, 0);
    insta::assert_snapshot!("help_en", run.stdout);
    assert_eq!(
        garant("--version").stdout,
        format!("garant {}\n", env!("CARGO_PKG_VERSION"))
    );
}

/// The language follows POSIX: LC_ALL, LC_MESSAGES, LANG.
#[test]
fn the_locale_chooses_the_language() {
    for (variables, french) in [
        (&[("LANG", "fr_FR.UTF-8")][..], true),
        (
            &[("LANG", "fr_FR.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")],
            false,
        ),
        (&[("LANG", "C"), ("LC_ALL", "fr_CA.UTF-8")], true),
        (&[], false),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_garant"))
            .arg("--help")
            .env_clear()
            .envs(variables.iter().copied())
            .output()
            .expect("the program starts");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(text.contains("Affiche cette aide"), french, "{variables:?}");
    }
}
