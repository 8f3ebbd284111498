//! Bounces, complaints and automatic replies: our own sample of every family, and a public collection where
//! it lies beside the project.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use garant_msgauth::dsn::{
    AuthenticationCause, Class, Kind, Permanence, RECIPIENTS_MAX, REFUSAL_OCTETS_MAX, Recipient,
    Report, TEXT_OCTETS_MAX, Work, read, read_counting,
};
use serde_json::Value;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bounces");
const SUITE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/suites/bounces"
);
/// How the collection calls what we call otherwise (docs/bounces.md).
const REASONS: &[(&str, Class)] = &[
    ("authfailure", Class::Authentication),
    ("badreputation", Class::Reputation),
    ("blocked", Class::ClientBlocked),
    ("contenterror", Class::Content),
    ("delivered", Class::Delivered),
    ("exceedlimit", Class::OverLimit),
    ("expired", Class::Expired),
    ("failedstarttls", Class::Tls),
    ("feedback", Class::Feedback),
    ("filtered", Class::RecipientRefused),
    ("hasmoved", Class::AddressMoved),
    ("hostunknown", Class::DomainUnknown),
    ("mailboxfull", Class::MailboxFull),
    ("mailererror", Class::DeliveryProgram),
    ("mesgtoobig", Class::TooLarge),
    ("networkerror", Class::Network),
    ("norelaying", Class::RelayDenied),
    ("notaccept", Class::MailNotAccepted),
    ("notcompliantrfc", Class::Format),
    ("onhold", Class::Deferred),
    ("policyviolation", Class::Policy),
    ("ratelimited", Class::RateLimited),
    ("rejected", Class::SenderRefused),
    ("requireptr", Class::ReverseDns),
    ("securityerror", Class::AccessDenied),
    ("spamdetected", Class::Spam),
    ("suspend", Class::AddressSuspended),
    ("syntaxerror", Class::Protocol),
    ("systemerror", Class::ServerFault),
    ("systemfull", Class::ServerFull),
    ("toomanyconn", Class::RateLimited),
    ("undefined", Class::Unknown),
    ("userunknown", Class::AddressUnknown),
    ("vacation", Class::AutoReply),
    ("virusdetected", Class::Malware),
];

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bounce => "bounce",
        Kind::Delivered => "delivered",
        Kind::Complaint => "complaint",
        Kind::AuthenticationReport => "authentication-report",
        Kind::AutoReply => "auto-reply",
        Kind::Other => "other",
    }
}

fn report(path: &Path) -> Report {
    let octets = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read(&octets).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A row of the table of our sample.
fn row(report: &Report, at: usize) -> [String; 8] {
    let none = || "-".to_owned();
    let mut row = [
        kind(report.kind).to_owned(),
        report.dialect.to_owned(),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
    ];
    if let Some(recipient) = report.recipients.get(at) {
        row[2] = recipient.address.clone().unwrap_or_else(none);
        row[3] = recipient
            .status
            .map_or_else(none, |status| status.to_string());
        row[4] = recipient.reply.map_or_else(none, |reply| reply.to_string());
        row[5] = recipient.class.as_str().to_owned();
        row[6] = match recipient.permanence {
            Permanence::Permanent => "permanent",
            Permanence::Temporary => "temporary",
        }
        .to_owned();
        row[7] = recipient
            .authentication
            .map_or_else(none, |cause| cause.as_str().to_owned());
    }
    row
}

#[test]
fn each_family_is_understood() {
    let table = std::fs::read_to_string(format!("{SAMPLE}/expected.txt")).expect("the table");
    let mut misses = Vec::new();
    let mut told: HashMap<String, usize> = HashMap::new();
    let mut classes = Vec::new();
    let mut causes = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split_whitespace();
        let name = columns.next().expect("a name");
        let (file, at) = name.split_once('#').unwrap_or((name, "1"));
        let at = at.parse::<usize>().expect("a number") - 1;
        let report = report(&Path::new(SAMPLE).join(format!("{file}.eml")));
        let expected: Vec<_> = columns.collect();
        let found = row(&report, at);
        if found != expected[..] {
            misses.push(format!(
                "{name}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
        let count = told.entry(file.to_owned()).or_default();
        *count += usize::from(expected[2] != "-");
        classes.extend(report.recipients.iter().map(|recipient| recipient.class));
        causes.extend(
            report
                .recipients
                .iter()
                .filter_map(|recipient| recipient.authentication),
        );
    }
    for (file, count) in told {
        let report = report(&Path::new(SAMPLE).join(format!("{file}.eml")));
        if report.recipients.len() != count {
            misses.push(format!(
                "{file}: {} recipients, not {count}",
                report.recipients.len()
            ));
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
    for class in Class::ALL {
        assert!(classes.contains(class), "no sample of {}", class.as_str());
    }
    for cause in AuthenticationCause::ALL {
        assert!(causes.contains(cause), "no sample of {}", cause.as_str());
    }
}

#[test]
fn every_sample_stands_in_the_table() {
    let table = std::fs::read_to_string(format!("{SAMPLE}/expected.txt")).expect("the table");
    for entry in std::fs::read_dir(SAMPLE).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let has = |line: &str| line.split_whitespace().next() == Some(&name);
            assert!(table.lines().any(has), "{name} is not in the table");
        }
    }
}

/// A bounce of Postfix that tells a reply, or the words of the server itself (`LOCAL`).
fn bounce_with(reply: &str, host: &str, command: &str) -> String {
    let host = if host == "-" {
        "mx.client.example"
    } else {
        host
    };
    let (said, diagnostic) = if command == "LOCAL" {
        (reply.to_owned(), format!("X-Postfix; {reply}"))
    } else {
        let behind = match command {
            "CONN" => " (in reply to initial greeting)",
            "EHLO" => " (in reply to EHLO command)",
            "MAIL" => " (in reply to MAIL FROM command)",
            "RCPT" => " (in reply to RCPT TO command)",
            "DATA" => " (in reply to end of DATA command)",
            _ => "",
        };
        (
            format!("host {host}[192.0.2.1] said: {reply}{behind}"),
            format!("smtp; {reply}\nRemote-MTA: dns; {host}"),
        )
    };
    let mut words = reply.split_whitespace();
    let is_temporary = reply.starts_with('4');
    let status = words
        .by_ref()
        .take(2)
        .find(|word| word.len() >= 5 && (word.starts_with("4.") || word.starts_with("5.")))
        .unwrap_or(if is_temporary { "4.0.0" } else { "5.0.0" });
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.exemple.example (Mail Delivery System)\n\
         Subject: Undelivered Mail Returned to Sender\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n\
         This is the mail system at host mx.exemple.example.\n\n\
         I'm sorry to have to inform you that your message could not\n\
         be delivered to one or more recipients.\n\n<lea@client.example>: {said}\n\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.exemple.example\n\n\
         Final-Recipient: rfc822; lea@client.example\nAction: failed\nStatus: {status}\n\
         Diagnostic-Code: {diagnostic}\n\n--b--\n"
    )
}

#[test]
fn what_servers_say_is_understood() {
    let table = std::fs::read_to_string(format!("{SAMPLE}/replies.txt")).expect("the table");
    let mut misses = Vec::new();
    let mut count = 0;
    for line in table.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (given, expected) = line.rsplit_once(" -> ").expect(line);
        let (given, command) = given.rsplit_once(" | ").expect(line);
        let (reply, host) = given.rsplit_once(" | ").expect(line);
        let report = read(bounce_with(reply, host, command).as_bytes()).expect(line);
        let [recipient] = report.recipients.as_slice() else {
            panic!("{line}: {} recipients", report.recipients.len());
        };
        let permanence = match recipient.permanence {
            Permanence::Permanent => "permanent",
            Permanence::Temporary => "temporary",
        };
        let cause = recipient
            .authentication
            .map_or("-", AuthenticationCause::as_str);
        let found = format!("{} {permanence} {cause}", recipient.class.as_str());
        count += 1;
        if found != expected {
            misses.push(format!("{line}\n  found {found}"));
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
    assert!(count >= 1_700, "{count} replies");
}

#[test]
fn what_is_known_of_the_original_comes_from_its_copy() {
    for name in ["auth-dmarc-policy", "qmail", "exchange-fr", "complaint"] {
        let report = report(&Path::new(SAMPLE).join(format!("{name}.eml")));
        let original = report
            .original
            .unwrap_or_else(|| panic!("{name}: no original"));
        assert_eq!(
            original
                .author_domain
                .map(|domain| domain.to_string())
                .as_deref(),
            Some("boutique.example"),
            "{name}"
        );
        assert_eq!(
            original.mail_from.as_deref(),
            Some("retour@lettre.exemple.example"),
            "{name}"
        );
        assert_eq!(
            original.message_id.as_deref(),
            Some("<2026.1@boutique.example>"),
            "{name}"
        );
    }
}

#[test]
fn a_failure_report_tells_its_fields() {
    let report = report(&Path::new(SAMPLE).join("failure-report.eml"));
    let feedback = report.feedback.expect("feedback");
    assert_eq!(feedback.kind, "auth-failure");
    assert_eq!(feedback.source_ip, "2001:db8::9".parse().ok());
    assert_eq!(feedback.auth_failure.as_deref(), Some("dmarc"));
    assert_eq!(feedback.identity_alignment.as_deref(), Some("none"));
    assert_eq!(feedback.delivery_result.as_deref(), Some("reject"));
    assert_eq!(
        feedback.reported_domain.as_deref(),
        Some("boutique.example")
    );
    assert_eq!(
        feedback.dkim,
        Some(("autre.example".to_owned(), Some("s1".to_owned())))
    );
    assert_eq!(
        feedback.authentication_results.as_deref(),
        Some("mx.client.example; dmarc=fail header.from=boutique.example")
    );
}

#[test]
fn authentication_is_never_for_ever() {
    for entry in std::fs::read_dir(SAMPLE).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        for recipient in report(&path).recipients {
            let is_authentication = recipient.class == Class::Authentication;
            assert_eq!(is_authentication, recipient.authentication.is_some());
            assert!(!is_authentication || recipient.permanence == Permanence::Temporary);
        }
    }
}

#[test]
fn what_strangers_write_has_limits() {
    let head = "From: MAILER-DAEMON@a.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n";
    let group = "Final-Recipient: rfc822; a@b.example\nStatus: 5.1.1\n\n";
    let many = format!("{head}{}", group.repeat(RECIPIENTS_MAX + 5));
    let report = read(many.as_bytes()).expect("a message");
    assert_eq!(report.recipients.len(), RECIPIENTS_MAX);
    assert!(report.is_cut);

    let long = format!(
        "{head}Final-Recipient: rfc822; a@b.example\nDiagnostic-Code: smtp; 550 {}\n",
        "mailbox full ".repeat(100_000)
    );
    let report = read(long.as_bytes()).expect("a message");
    assert!(report.recipients[0].text.len() <= TEXT_OCTETS_MAX);
    assert_eq!(report.recipients[0].class, Class::MailboxFull);

    let mut list = String::from(
        "From: MAILER-DAEMON@a.example\nSubject: failure notice\n\nHi. This is the qmail-send program at a.example.\n\n",
    );
    for number in 0..RECIPIENTS_MAX + 5 {
        list.push_str(&format!("<r{number}@b.example>:\n550 no such user\n\n"));
    }
    let report = read(list.as_bytes()).expect("a message");
    assert_eq!(report.recipients.len(), RECIPIENTS_MAX);
    assert!(report.is_cut);

    // What would be slow, were the work not bounded.
    for octets in [
        "@".repeat(200_000),
        "\\x{".repeat(100_000),
        "<a@b.example>\n".repeat(20_000),
        "a@b.example: said: ".repeat(20_000),
        ">>> RCPT TO:<a@b.example>\n<<< 550 no\n".repeat(10_000),
        "the response was:\n\n".repeat(20_000),
        "spf … ".repeat(50_000),
        "\0".repeat(100_000),
    ] {
        let message = format!("From: MAILER-DAEMON@a.example\nSubject: failure notice\n\n{octets}");
        let report = read(message.as_bytes()).expect("a message");
        assert!(report.recipients.len() <= RECIPIENTS_MAX);
    }

    let mut deep = String::from("From: MAILER-DAEMON@a.example\n");
    for level in 0..1_000 {
        deep.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        ));
    }
    assert!(read(deep.as_bytes()).is_ok());
    assert!(read(b"").is_err());
    assert!(read(b"\xff\xfe\0\x01").is_err());
}

#[test]
fn what_hostile_input_costs_is_bounded() {
    let report = "From: MAILER-DAEMON@a.example\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n";
    let notice = "From: MAILER-DAEMON@a.example\nSubject: failure notice\n\n";
    let mut failed = String::from("From: MAILER-DAEMON@a.example\n");
    let mut listed = String::from(notice);
    for number in 0..RECIPIENTS_MAX {
        failed.push_str(&format!("X-Failed-Recipients: r{number}@b.example\n"));
        listed.push_str(&format!("<r{number}@b.example>:\n"));
    }
    let refusal = "spf dkim account not user domain from host recipient ".repeat(150);
    let group =
        format!("Final-Recipient: rfc822; a@b.example\nDiagnostic-Code: smtp; 550 {refusal}\n\n");
    for message in [
        format!("{report}{}", group.repeat(50)),
        format!("{failed}\n{refusal}\n{}", "user unknown\n".repeat(2_000)),
        format!("{failed}\nthe response was:\n{refusal}\n"),
        format!("{listed}\n{refusal}"),
        format!("{notice}{}", "not ".repeat(100_000)),
        format!("{notice}{}", "spf … not … dkim ".repeat(20_000)),
        format!("{notice}{}", "the response was: ".repeat(20_000)),
        format!("{notice}{}", "a@b.example said: 550 no\n".repeat(20_000)),
        format!(
            "{notice}{}",
            ">>> RCPT TO:<a@b.example>\n<<< 550 no\n".repeat(9_000)
        ),
        format!("Subject: {}\n{notice}", "delivery failed ".repeat(5_000)),
    ] {
        let mut work = Work::default();
        let report = read_counting(message.as_bytes(), &mut work).expect("a message");
        assert!(report.recipients.len() <= RECIPIENTS_MAX);
        let octets = message.len() + REFUSAL_OCTETS_MAX;
        let start = &message[..80];
        // A refusal, what stands around it and all of the notice; each with two lists of phrases, and for the families.
        assert!(work.octets_folded <= 3 * octets, "{start}: {work:?}");
        assert!(work.octets_searched <= 7 * octets, "{start}: {work:?}");
        assert!(work.phrases_compared <= 16 * octets, "{start}: {work:?}");
        assert!(work.octets_of_lines <= octets, "{start}: {work:?}");
    }
}

#[derive(Default)]
struct Score {
    files: usize,
    counts: usize,
    recipients: usize,
    permanence: usize,
    class: usize,
}

/// What is wrong with a recipient by the collection.
fn difference(recipient: &Recipient, expected: &Value, score: &mut Score) -> Option<String> {
    score.recipients += 1;
    let is_permanent = recipient.permanence == Permanence::Permanent;
    let permanence = expected["hard"].as_bool() == Some(is_permanent);
    let reason = expected["reason"].as_str().unwrap_or_default();
    let class = REASONS
        .iter()
        .find(|(name, _)| *name == reason)
        .map(|(_, class)| *class);
    score.permanence += usize::from(permanence);
    score.class += usize::from(class == Some(recipient.class));
    (!permanence || class != Some(recipient.class)).then(|| {
        format!(
            "{reason}, not {}{}: {}",
            recipient.class.as_str(),
            if permanence { "" } else { " (permanence)" },
            recipient.text
        )
    })
}

#[test]
fn a_public_collection_is_understood_as_others_do() {
    let file = format!("{SUITE}/expected.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        tell!("SKIPPED: the collection of bounces is not there: {file}");
        return;
    };
    let expected: serde_json::Map<String, Value> = serde_json::from_str(&text).expect("an object");
    let mut agreed = Score::default();
    let mut others = Score::default();
    for (name, case) in &expected {
        let score = if case["agree"] == true {
            &mut agreed
        } else {
            &mut others
        };
        let report = report(&PathBuf::from(SUITE).join("bsd").join(name));
        let all = case["expected"].as_array().expect("a list");
        score.files += 1;
        if report.recipients.len() == all.len() {
            score.counts += 1;
        } else {
            tell!(
                "{name}: {} recipients, not {}",
                report.recipients.len(),
                all.len()
            );
        }
        for (at, one) in all.iter().enumerate() {
            let nobody = Recipient::default();
            let recipient = report.recipients.get(at).unwrap_or(&nobody);
            if let Some(difference) = difference(recipient, one, score) {
                tell!("{name}: {difference}");
            }
        }
    }
    for (name, score) in [("agreed upon", &agreed), ("others", &others)] {
        tell!(
            "{name}: {} files, recipients counted right {}; {} recipients, permanence {}, class {}",
            score.files,
            score.counts,
            score.recipients,
            score.permanence,
            score.class
        );
    }
    let at_least = |good: usize, all: usize, percent: usize| good * 100 >= all * percent;
    assert!(at_least(agreed.counts, agreed.files, 99));
    assert!(at_least(agreed.permanence, agreed.recipients, 98));
    assert!(at_least(agreed.class, agreed.recipients, 97));
    for entry in std::fs::read_dir(format!("{SUITE}/not")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let kind = report(&path).kind;
        assert!(
            matches!(kind, Kind::Other | Kind::AutoReply),
            "{}",
            path.display()
        );
    }
}
