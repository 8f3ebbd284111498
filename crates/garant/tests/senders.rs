//! `garant senders`: what is known about sending services, as people and scripts read it.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use garant_check::catalogue::services;
use program::garant;

/// The entries that show everything an entry can say.
const SHOWN: [&str; 7] = [
    "ActiveCampaign",
    "sendgrid",
    "microsoft365",
    "resend",
    "posthog",
    "payt",
    "mailchimp",
];

fn entries(lang: &str) -> String {
    let mut text = String::new();
    for word in SHOWN {
        let run = garant(&format!("senders {word} --lang {lang}"));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{word}");
        text.push_str(&format!("$ garant senders {word}\n{}\n", run.stdout));
    }
    text
}

#[test]
fn a_service_is_shown_in_full() {
    insta::assert_snapshot!("senders_shown_fr", entries("fr"));
    insta::assert_snapshot!("senders_shown_en", entries("en"));
}

#[test]
fn every_service_is_listed_and_shown_in_both_languages() {
    for lang in ["fr", "en"] {
        let list = garant(&format!("senders --lang {lang}"));
        assert_eq!((list.code, list.stderr.as_str()), (0, ""));
        assert_eq!(list.stdout.lines().count(), services().len() + 2);
        for service in services() {
            let line = list
                .stdout
                .lines()
                .find(|line| line.split_whitespace().next() == Some(service.id.as_str()));
            let line = line.unwrap_or_else(|| panic!("{} is not listed", service.id));
            assert!(line.contains(&service.name), "{line}");
        }
        assert!(
            !list.stdout.contains('['),
            "a key without words: {}",
            list.stdout
        );
    }
    let lines = garant("senders --lang fr").stdout;
    let first: Vec<&str> = lines.lines().take(8).collect();
    insta::assert_snapshot!("senders_list_fr", first.join("\n"));
}

#[test]
fn scripts_read_the_catalogue_as_json() {
    let read = |words: &str| -> serde_json::Value {
        let run = garant(words);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    let all = read("senders --format json");
    assert_eq!(all["schema"], "garant-senders/1");
    assert_eq!(
        all["senders"].as_array().map(Vec::len),
        Some(services().len())
    );
    let one = read("senders brevo --format json");
    insta::assert_snapshot!(
        "senders_brevo_json",
        serde_json::to_string_pretty(&one).expect("serialises")
    );
}

#[test]
fn a_word_that_means_no_service_is_answered_with_the_nearest() {
    let check = |words: &str, said: &str| {
        let run = garant(words);
        assert_eq!((run.code, run.stdout.as_str()), (64, ""), "{words}");
        assert!(run.stderr.contains(said), "{words}: {}", run.stderr);
    };
    check(
        "senders activecampain --lang en",
        "Did you mean activecampaign?",
    );
    check("senders sendgird --lang fr", "Vouliez-vous dire sendgrid");
    check(
        "senders qwertyuiop --lang en",
        "`garant senders` lists them all",
    );
    check("senders brevo --format xml --lang en", "text, json");
}
