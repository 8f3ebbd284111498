//! `garant bounce` as its users start it.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use garant_check::bounce::{AuthenticationCause, Class, Fault, Next, Outcome};
use garant_text::{Catalogue, Language};
use program::{garant, root, without_time};

const SAMPLES: &str = "crates/garant/tests/bounces";
/// The domain as it is in the article: p=reject, and no key for the service that sends.
const ZONES: &str = "--zone examples/articles/reject-without-dkim.zone --zone examples/articles/internet.zone \
                     --offline";

/// What `garant bounce` says of one sample.
fn told(sample: &str, words: &str) -> (i32, String) {
    let run = garant(&format!("bounce {SAMPLES}/{sample} {words}"));
    assert_eq!(run.stderr, "", "{sample}");
    (run.code, run.stdout)
}

#[test]
fn a_refusal_by_the_domains_own_policy_reads_well() {
    for lang in ["fr", "en"] {
        let (code, text) = told("own-policy.eml", &format!("{ZONES} --lang {lang}"));
        assert_eq!(code, 1);
        insta::assert_snapshot!(format!("own_policy_{lang}"), text);
    }
}

#[test]
fn several_recipients_are_told_apart() {
    for lang in ["fr", "en"] {
        let (code, text) = told("several.eml", &format!("--no-check --lang {lang}"));
        assert_eq!(code, 1);
        insta::assert_snapshot!(format!("several_{lang}"), text);
    }
}

#[test]
fn what_is_no_bounce_is_told_as_what_it_is() {
    for (sample, code) in [
        ("delayed.eml", 0),
        ("complaint.eml", 1),
        ("away.eml", 0),
        ("ordinary.eml", 2),
    ] {
        let mut both = String::new();
        for lang in ["fr", "en"] {
            let (found, text) = told(sample, &format!("--no-check --lang {lang}"));
            assert_eq!(found, code, "{sample}");
            both.push_str(&text);
        }
        insta::assert_snapshot!(sample.replace(".eml", ""), both);
    }
}

#[test]
fn scripts_get_one_line_for_each_message() {
    let run = garant(&format!(
        "bounce {SAMPLES}/several.eml {SAMPLES}/cut.eml {SAMPLES}/folder --format json --lang en"
    ));
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let files: Vec<(String, Option<u64>)> = lines
        .iter()
        .map(|line| {
            let file = line["file"].as_str().expect("a file");
            let name = file.rsplit('/').next().expect("a split has a last part");
            (name.to_owned(), line["message"].as_u64())
        })
        .collect();
    let expect = [
        ("several.eml", None),
        ("cut.eml", None),
        ("empty.eml", None),
        ("inbox", Some(1)),
        ("inbox", Some(2)),
        ("inbox", Some(3)),
        ("ordinary.eml", None),
    ];
    let expect: Vec<_> = expect
        .map(|(name, number)| (name.to_owned(), number))
        .into();
    assert_eq!(files, expect);
    assert_eq!(lines[1]["error"]["code"], "no-header");
    assert_eq!(lines[2]["error"]["code"], "empty");
    let pretty = serde_json::to_string_pretty(&lines[0]).expect("serialises");
    insta::assert_snapshot!("several_json", pretty);
    // The mailbox file holds the same message.
    for member in ["recipients", "verdict", "original"] {
        assert_eq!(lines[0][member], lines[4][member], "{member}");
    }
}

#[test]
fn nobody_is_asked_for_scripts_unless_they_say_so() {
    let sample = format!("{SAMPLES}/own-policy.eml");
    let read = |words: &str| -> serde_json::Value {
        let run = garant(&format!("bounce {sample} --format json {words}"));
        assert_eq!((run.code, run.stderr.as_str()), (1, ""));
        serde_json::from_str(&run.stdout).expect("JSON")
    };
    assert!(read("")["check"].is_null());
    let check = &read(&format!("--check {ZONES}"))["check"];
    assert_eq!(check["domain"], "votreentreprise.fr");
    assert_eq!(check["verdict"]["severity"], "blocks");
    assert_eq!(
        check["question"]["mail_from"],
        "em.activecampaign-envoi.example"
    );
}

#[test]
fn counts_say_first_what_the_policy_caused() {
    for lang in ["fr", "en"] {
        let run = garant(&format!("bounce {SAMPLES}/folder --summary --lang {lang}"));
        assert_eq!(run.code, 1);
        assert!(run.stderr.contains("empty.eml"), "{}", run.stderr);
        insta::assert_snapshot!(format!("summary_{lang}"), run.stdout);
    }
    let run = garant(&format!(
        "bounce {SAMPLES}/folder --summary --format json --lang en"
    ));
    insta::assert_snapshot!("summary_json", run.stdout);
    let run = garant(&format!(
        "bounce {SAMPLES}/folder --summary --check {ZONES} --lang en"
    ));
    assert!(
        run.stdout.contains("Check of votreentreprise.fr"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_domain_is_checked_once() {
    let sample = format!("{SAMPLES}/own-policy.eml");
    let run = garant(&format!("bounce {sample} {sample} {ZONES} --lang en"));
    let count = |words: &str| run.stdout.matches(words).count();
    assert_eq!(count("Check of votreentreprise.fr"), 1);
    assert_eq!(count("The check of votreentreprise.fr stands above."), 1);
}

/// Runs the program with words that hold spaces, and with this on standard input.
#[track_caller]
fn check(arguments: &[&str], input: &str, code: i32, says: &[&str]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_garant"))
        .arg("bounce")
        .args(arguments)
        .args(["--no-check", "--lang", "en"])
        .current_dir(root())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A program that reads nothing closes it early.
    let _ = pipe.write_all(input.as_bytes());
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    let both = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(both).expect("UTF-8");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in says {
        assert!(flat.contains(words), "{arguments:?}: {text}");
    }
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
}

#[test]
fn a_reply_alone_is_enough() {
    check(
        &[
            "--reply",
            "550-5.7.26 Unauthenticated email from x.fr is not accepted due to domain's DMARC policy",
        ],
        "",
        1,
        &[
            "Gmail refused this message by the DMARC policy of x.fr",
            "_dmarc.x.fr",
        ],
    );
    check(
        &["--reply", "550 5.1.1 <client@exemple.com>: user unknown"],
        "",
        0,
        &[
            "Hard bounce: this address takes no mail",
            "client@exemple.com",
        ],
    );
    check(&["--reply", "421 4.7.0 try again later"], "", 0, &[]);
    check(
        &["--reply", " "],
        "",
        64,
        &["This text is no reply of a server"],
    );
    // Words that this receiver is known to have for authentication, and for other rules.
    check(
        &[
            "--reply",
            "554 5.7.9 Message not accepted for policy reasons.",
        ],
        "",
        1,
        &[
            "Yahoo (AOL) refused this message, probably because",
            "DMARC: perhaps",
        ],
    );
    let reply = format!("{SAMPLES}/reply.txt");
    check(&[&reply], "", 1, &["em.votreentreprise.fr (SPF)"]);
}

#[test]
fn what_is_given_up_after_a_refusal_for_now_is_not_told_as_final() {
    let notice = |code: &str, status: &str| {
        format!(
            "From: MAILER-DAEMON@b.example\r\nContent-Type: multipart/report; \
             report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; b.example\r\n\r\nFinal-Recipient: rfc822; lea@client.example\r\nAction: failed\r\n\
             Status: {status}\r\nDiagnostic-Code: smtp; {code} {status} Mailbox full\r\n\r\n--b--\r\n"
        )
    };
    let given_up = "Given up: the receiver refused for now only, and the sending server has stopped trying. You can write to this address later.";
    check(&["-"], &notice("452", "4.2.2"), 0, &[given_up]);
    let refused = "This message was refused for good";
    check(&["-"], &notice("552", "5.2.2"), 0, &[refused]);
}

#[test]
fn every_bounce_that_is_attached_is_told() {
    let asking = |count: usize| {
        let bounces = (1..=count).map(|number| {
            format!(
                "--o\r\nContent-Type: message/rfc822\r\n\r\nFrom: MAILER-DAEMON@b.example\r\nContent-Type: \
                 multipart/report; report-type=delivery-status; boundary=b{number}\r\n\r\n--b{number}\r\n\
                 Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; b.example\r\n\r\n\
                 Final-Recipient: rfc822; lea{number}@client.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
                 Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b{number}--\r\n"
            )
        });
        format!(
            "From: anne@exemple.fr\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nVoici.\r\n\
             {}--o--\r\n",
            bounces.collect::<String>()
        )
    };
    let two = asking(2);
    let both = ["-#1 ", "lea1@client.example", "-#2 ", "lea2@client.example"];
    check(&["-"], &two, 0, &both);
    let lines = [
        "\"file\":\"-\",\"attached\":1,",
        "\"file\":\"-\",\"attached\":2,",
    ];
    check(&["-", "--format", "json"], &two, 0, &lines);
    check(
        &["-", "--summary", "--format", "json"],
        &two,
        0,
        &["\"bounces\": 2", "\"bad_addresses\": 2"],
    );
    check(&["-"], &asking(1), 0, &["- ▲", "lea1@client.example"]);
    let over = "More than 10 messages are attached to this message";
    check(&["-"], &asking(11), 2, &["lea10@client.example", over]);
    check(
        &["-", "--format", "json"],
        &asking(11),
        2,
        &["\"too-many-attached\"", over],
    );
}

#[test]
fn messages_come_on_standard_input_too() {
    let text = fs::read_to_string(root().join(SAMPLES).join("folder/inbox")).expect("the sample");
    check(
        &["-", "--summary"],
        &text,
        1,
        &["1 of the 3 bounces was caused by"],
    );
    check(&["-"], "", 2, &["-: The file is empty."]);
}

#[test]
fn what_cannot_be_read_stops_nothing() {
    let delayed = format!("{SAMPLES}/delayed.eml");
    check(
        &["nowhere.eml", &delayed],
        "",
        2,
        &[
            "nowhere.eml: There is no such file.",
            "has not been delivered yet",
        ],
    );
    check(&[], "", 64, &["Something is missing"]);
    check(
        &["--reply", "550 x", &delayed],
        "",
        64,
        &["cannot be used together"],
    );
    check(
        &[&delayed, "--sender", "nobody-at-all"],
        "",
        64,
        &["not a known sending service"],
    );
}

#[test]
fn what_servers_write_never_reaches_a_terminal_unescaped() {
    for words in ["", "--format json", "--summary", "--summary --format json"] {
        let run = garant(&format!("bounce {SAMPLES}/hostile.eml --no-check {words}"));
        let mut all = run.stdout.chars().chain(run.stderr.chars());
        let hostile = all.find(|c| *c != '\n' && garant_service::present::is_hostile(*c));
        assert_eq!(hostile, None, "{words}: {}", run.stdout);
    }
}

/// The same counts in the same order, however often and in whatever order files are named.
#[test]
fn counts_are_the_same_each_time() {
    let run = |words: &str| without_time(&garant(words).stdout);
    let (one, two) = (
        format!("{SAMPLES}/own-policy.eml"),
        format!("{SAMPLES}/several.eml"),
    );
    let forth = run(&format!("bounce {one} {two} --summary"));
    assert_eq!(forth, run(&format!("bounce {two} {one} --summary")));
}

/// Every class, cause, fault, step and outcome has its words in both languages, and no words stand there for
/// nothing.
#[test]
fn everything_that_is_said_of_a_bounce_has_its_words() {
    let kinds = [
        "bounce",
        "delivered",
        "complaint",
        "authentication-report",
        "auto-reply",
        "other",
    ];
    let expected: [(&str, Vec<&str>); 6] = [
        (
            "bounce-class-",
            Class::ALL.iter().map(|one| one.as_str()).collect(),
        ),
        (
            "bounce-cause-",
            AuthenticationCause::ALL
                .iter()
                .map(|one| one.as_str())
                .collect(),
        ),
        (
            "bounce-fault-",
            Fault::ALL.iter().map(|one| one.as_str()).collect(),
        ),
        (
            "bounce-next-",
            Next::ALL.iter().map(|one| one.as_str()).collect(),
        ),
        (
            "bounce-outcome-",
            Outcome::ALL
                .iter()
                .map(|one| one.as_str())
                .chain(["some"])
                .collect(),
        ),
        ("bounce-kind-", kinds.to_vec()),
    ];
    for language in Language::ALL {
        let patterns = Catalogue::of(language).patterns();
        for (beginning, codes) in &expected {
            let mut codes = codes.clone();
            codes.sort_unstable();
            let mut found: Vec<&str> = patterns
                .iter()
                .filter(|pattern| pattern.attribute.is_none())
                .filter_map(|pattern| pattern.key.strip_prefix(beginning))
                .collect();
            found.sort_unstable();
            assert_eq!(found, codes, "{language} {beginning}");
            if ["bounce-class-", "bounce-cause-"].contains(beginning) {
                let short = patterns.iter().filter(|pattern| {
                    pattern.key.starts_with(beginning) && pattern.attribute.is_some()
                });
                assert_eq!(short.count(), codes.len(), "{language} {beginning}");
            }
        }
    }
}

/// docs/bounces.md names every class and every cause.
#[test]
fn the_document_names_every_class() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/bounces.md");
    let text = fs::read_to_string(path).expect("the document");
    let classes = Class::ALL.iter().map(|class| class.as_str());
    let causes = AuthenticationCause::ALL.iter().map(|cause| cause.as_str());
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.as_str());
    for word in classes.chain(causes).chain(outcomes) {
        assert!(
            text.contains(&format!("`{word}`")),
            "{word} is not in the document"
        );
    }
}
