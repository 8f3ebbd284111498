//! What receivers answer: which reply a message gets, and how a reply that was received is told.

use std::collections::BTreeSet;

use garant_check::catalogue::{
    Asked, Besides, Confidence, CountedBy, DmarcResult, LegResults, Met, Receiver, Volume,
    readiness, receiver, receiver_by_host, receiver_by_reply, receiver_by_words, receiver_rules,
    receivers,
};
use garant_check::path::ReceiverAction;
use garant_msgauth::dmarc::Policy;

fn one(id: &str) -> &'static Receiver {
    let found = receivers().iter().find(|receiver| receiver.id == id);
    found.unwrap_or_else(|| panic!("{id} is not there"))
}

/// A message in short: each leg `!` is excluded, `-` fails, `+` passes unaligned, `=` passes aligned, `?` is
/// unknown; then the policy, of which `none` may be `no record`.
fn legs(spf: char, dkim: char, policy: &str) -> LegResults {
    let leg = |sign| match sign {
        '-' | '!' => (Some(false), Some(false)),
        '+' => (Some(true), Some(false)),
        '=' => (Some(true), Some(true)),
        _ => (None, None),
    };
    let (spf_pass, spf_aligned) = leg(spf);
    let (dkim_pass, dkim_aligned) = leg(dkim);
    let passes = spf == '=' || dkim == '=';
    let unknown = !passes && (spf == '?' || dkim == '?');
    LegResults {
        spf_pass,
        spf_fail: spf_pass.map(|_| spf == '!'),
        spf_aligned,
        dkim_pass,
        dkim_aligned,
        dmarc: match policy {
            "no record" => Some(DmarcResult::NoPolicy),
            _ if passes => Some(DmarcResult::Pass),
            _ if unknown => None,
            _ => Some(DmarcResult::Fail),
        },
        policy: Some(match policy {
            "reject" => Policy::Reject,
            "quarantine" => Policy::Quarantine,
            _ => Policy::None,
        }),
        besides: Besides::default(),
    }
}

/// The replies in short: `id by rule: codes`.
fn told(receiver: &Receiver, legs: &LegResults, volume: Volume) -> Vec<String> {
    let replies = receiver.replies(legs, volume).into_iter();
    replies
        .map(|expected| {
            let codes = expected.reply.codes.iter().map(ToString::to_string);
            let codes: Vec<String> = codes.collect();
            format!(
                "{} by {}: {}",
                expected.reply.id,
                expected.rule,
                codes.join(", ")
            )
        })
        .collect()
}

#[test]
fn a_message_that_is_refused_gets_the_reply_of_its_fault() {
    let check = |id: &str, volume: Volume, path: (char, char, &str), expect: &[&str]| {
        let legs = legs(path.0, path.1, path.2);
        assert_eq!(told(one(id), &legs, volume), expect, "{id} {path:?}");
    };
    use Volume::{Few, Many};
    let by_policy = "dmarc-policy by policy-reject: 550 5.7.26";
    let neither = "nothing-passes by spf-or-dkim: 421 4.7.26, 550 5.7.26";
    check("gmail", Few, ('+', '-', "reject"), &[by_policy]);
    check("gmail", Few, ('-', '-', "reject"), &[by_policy]);
    check("gmail", Few, ('-', '-', "none"), &[neither]);
    check(
        "gmail",
        Few,
        ('!', '-', "none"),
        &[neither, "spf-hard-fail by spf-or-dkim: 550 5.7.26"],
    );
    // Filed as spam without a word, delivered, or not known.
    check("gmail", Few, ('+', '-', "quarantine"), &[]);
    check("gmail", Few, ('+', '-', "none"), &[]);
    check("gmail", Few, ('-', '?', "none"), &[]);
    check("gmail", Few, ('=', '=', "reject"), &[]);
    let spf = "spf-required by spf-and-dkim: 421 4.7.27, 550 5.7.27";
    let dkim = "dkim-required by spf-and-dkim: 421 4.7.30, 550 5.7.30";
    check("gmail", Many, ('-', '=', "none"), &[spf]);
    check("gmail", Many, ('!', '=', "none"), &[spf]);
    check("gmail", Many, ('=', '-', "none"), &[dkim]);
    check("gmail", Many, ('-', '-', "none"), &[neither]);
    check(
        "gmail",
        Many,
        ('=', '=', "no record"),
        &["dmarc-record by dmarc-record: 421 4.7.31, 421 4.7.40, 550 5.7.40"],
    );
    check(
        "gmail",
        Many,
        ('+', '+', "none"),
        &["not-aligned by aligned-leg: 421 4.7.32, 421 5.7.32"],
    );
    check("gmail", Many, ('=', '=', "none"), &[]);

    check(
        "yahoo",
        Few,
        ('-', '-', "none"),
        &["nothing-passes by spf-or-dkim: 550 5.7.9"],
    );
    for path in [
        ('+', '-', "reject"),
        ('=', '-', "none"),
        ('+', '+', "none"),
        ('=', '=', "no record"),
    ] {
        let replies = told(one("yahoo"), &legs(path.0, path.1, path.2), Many);
        let expected =
            |reply: &String| reply.starts_with("policy by") && reply.ends_with("554 5.7.9");
        assert!(
            replies.len() == 1 && replies.iter().all(expected),
            "{path:?} {replies:?}"
        );
    }

    let by_policy = "dmarc-policy by policy-reject: 550 5.7.509";
    for id in ["outlook", "microsoft-365"] {
        check(id, Few, ('+', '-', "reject"), &[by_policy]);
        check(id, Few, ('-', '-', "none"), &[]);
    }
    for (path, rule) in [
        (('=', '-', "none"), "spf-and-dkim"),
        (('-', '=', "none"), "spf-and-dkim"),
        (('=', '=', "no record"), "dmarc-record"),
        (('+', '+', "none"), "aligned-leg"),
    ] {
        let expect = format!("authentication-level by {rule}: 550 5.7.515");
        check("outlook", Many, path, &[&expect]);
    }
    check("microsoft-365", Many, ('=', '-', "none"), &[]);

    check(
        "icloud",
        Few,
        ('+', '-', "reject"),
        &["dmarc-policy by policy-reject: 550 5.7.1, 554 5.7.1"],
    );
    check(
        "icloud",
        Many,
        ('-', '-', "none"),
        &["nothing-passes by spf-and-dkim: 554 5.7.1"],
    );
    // It refuses, and in which words is not known.
    check("icloud", Many, ('=', '-', "none"), &[]);

    let spf = "spf by spf-and-dkim: 421";
    let dkim = "dkim-required by spf-and-dkim: ";
    check("orange", Few, ('-', '=', "none"), &[spf]);
    check("orange", Few, ('=', '-', "none"), &[dkim]);
    check("orange", Few, ('-', '-', "none"), &[spf, dkim]);
    check("orange", Few, ('+', '+', "none"), &[]);
    check("orange", Few, ('+', '+', "reject"), &[]);

    check(
        "laposte",
        Few,
        ('+', '-', "reject"),
        &["dmarc-policy by policy-reject: 571 5.7.1"],
    );
    check("laposte", Few, ('+', '+', "none"), &[]);

    check(
        "gmx",
        Few,
        ('!', '-', "none"),
        &["spf-policy by spf-not-fail: 550"],
    );
    check(
        "gmx",
        Few,
        ('!', '=', "none"),
        &["spf-policy by spf-not-fail: 550"],
    );
    check("gmx", Few, ('-', '-', "none"), &[]);
    for id in ["sfr", "free", "other"] {
        check(id, Many, ('-', '-', "reject"), &[]);
    }
}

#[test]
fn what_is_known_besides_is_answered_only_when_it_is_known() {
    let check = |besides: Besides, expect: &[&str]| {
        let legs = LegResults {
            besides,
            ..legs('=', '=', "reject")
        };
        assert_eq!(
            told(one("gmail"), &legs, Volume::Few),
            expect,
            "{besides:?}"
        );
    };
    check(Besides::default(), &[]);
    check(
        Besides {
            reverse_dns: Some(false),
            ..Besides::default()
        },
        &["reverse-dns by reverse-dns: 421 4.7.23, 451 4.7.23, 550 5.7.25"],
    );
    check(
        Besides {
            tls: Some(false),
            reverse_dns: Some(true),
            ..Besides::default()
        },
        &["tls by tls: 421 4.7.29, 550 5.7.29"],
    );
}

/// No reply without refusal; and more knowledge never adds one that was ruled out.
#[test]
fn replies_keep_to_outcomes() {
    let signs = ['!', '-', '+', '=', '?'];
    for spf in signs {
        for dkim in signs {
            for policy in ["no record", "none", "quarantine", "reject"] {
                let legs = legs(spf, dkim, policy);
                for receiver in receivers() {
                    let outcomes = [
                        (Volume::Few, receiver.outcome(&legs)),
                        (Volume::Many, receiver.bulk_outcome(&legs)),
                    ];
                    for (volume, (action, rule)) in outcomes {
                        let replies = receiver.replies(&legs, volume);
                        let place = format!("{} {volume:?} {spf}{dkim} {policy}", receiver.id);
                        assert!(
                            replies.is_empty() || action == ReceiverAction::Refuse,
                            "{place}"
                        );
                        let is_known = spf != '?' && dkim != '?';
                        for expected in replies {
                            assert!(!expected.is_demand, "{place}");
                            assert!(
                                !is_known || expected.rule == rule,
                                "{place}: {}",
                                expected.rule
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_server_names_its_receiver() {
    let check = |host: &str, expect: Option<&str>| {
        let found = receiver_by_host(host).map(|receiver| receiver.id.as_str());
        assert_eq!(found, expect, "{host}");
    };
    check("gmail-smtp-in.l.google.com", Some("gmail"));
    check("ASPMX.L.GOOGLE.COM.", Some("gmail"));
    check("aspmx2.googlemail.com", Some("gmail"));
    check("hotmail-com.olc.protection.outlook.com", Some("outlook"));
    check(
        "contoso-com.mail.protection.outlook.com",
        Some("microsoft-365"),
    );
    check("contoso-com.a-v1.mx.microsoft", Some("microsoft-365"));
    check("mta5.am0.yahoodns.net", Some("yahoo"));
    check("mx01.mail.icloud.com", Some("icloud"));
    check("smtp-in.orange.fr", Some("orange"));
    check("mwinf5c04.wanadoo.fr", Some("orange"));
    check("smtpz4.laposte.net", Some("laposte"));
    check("smtp-in.sfr.fr", Some("sfr"));
    check("mx1.free.fr", Some("free"));
    check("mx00.gmx.net", Some("gmx"));
    check("mx-ha03.web.de", Some("gmx"));
    // A label has to end there; servers of both halves of Microsoft name neither.
    check("notgoogle.com", None);
    check("google.com.example", None);
    check("AM7EUR06FT035.eop-eur06.prod.protection.outlook.com", None);
    check("", None);
    check(".", None);
}

#[test]
fn a_reply_is_told_by_its_words() {
    let check =
        |status: Option<&str>, reply: Option<u16>, text: &str, expect: Option<(&str, &str)>| {
            let found = receiver_by_reply(status, reply, text);
            let found = found.map(|(receiver, known)| (receiver.id.as_str(), known.id.as_str()));
            assert_eq!(found, expect, "{text}");
        };
    let s = Some("5.7.26");
    check(
        s,
        Some(550),
        "550-5.7.26 Unauthenticated email from votreentreprise.fr is not accepted due to\r\n\
         550-5.7.26 domain's DMARC policy. Please contact the administrator of\r\n\
         550-5.7.26 votreentreprise.fr domain if this was a legitimate mail.",
        Some(("gmail", "dmarc-policy")),
    );
    check(
        Some("4.7.26"),
        Some(451),
        "Unauthenticated email from a.example is not accepted due to domain\u{2019}s DMARC policy, but temporary DNS \
         failures prevent authentication.",
        Some(("gmail", "dmarc-dns")),
    );
    check(
        s,
        Some(550),
        "This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate",
        Some(("gmail", "nothing-passes")),
    );
    check(
        Some("5.7.27"),
        Some(550),
        "Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate \
         with either SPF or DKIM. Authentication results: DKIM = did not pass",
        Some(("gmail", "nothing-passes")),
    );
    check(
        s,
        None,
        "The MAIL FROM domain [a.example] has an SPF record with a hard fail policy (-all) but it fails to pass SPF \
         checks with the ip: [192.0.2.1]",
        Some(("gmail", "spf-hard-fail")),
    );
    check(
        Some("5.7.515"),
        Some(550),
        "Access denied, sending domain A.EXAMPLE doesn't meet the required authentication level. Spf=Fail Dkim=Pass",
        Some(("outlook", "authentication-level")),
    );
    check(
        Some("5.7.509"),
        Some(550),
        "Access denied, sending domain [A.EXAMPLE] does not pass DMARC verification and has a DMARC policy of reject.",
        Some(("microsoft-365", "dmarc-policy")),
    );
    check(
        Some("5.7.9"),
        Some(554),
        "554 5.7.9 Message not accepted for policy reasons. See https://senders.yahooinc.com/error-codes",
        Some(("yahoo", "policy")),
    );
    check(
        Some("5.7.1"),
        Some(550),
        "Your message was rejected due to a.example's DMARC policy. See https://support.apple.com/en-us/102322",
        Some(("icloud", "dmarc-policy")),
    );
    check(
        None,
        Some(421),
        "421 mwinf5c77 ME Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR_999 [999]",
        Some(("orange", "later")),
    );
    check(
        None,
        Some(550),
        "Mail rejete. Mail rejected. OFR004_506 [506]",
        Some(("orange", "spam")),
    );
    check(
        None,
        None,
        "OFR_535 [535]",
        Some(("orange", "dkim-required")),
    );
    check(
        Some("5.7.1"),
        Some(571),
        "verification DMARC en echec. LPN007_517",
        Some(("laposte", "dmarc-policy")),
    );
    check(
        None,
        Some(450),
        "Service refused due to bad behavior SFR_IN_105",
        Some(("sfr", "volume")),
    );
    check(
        Some("4.7.0"),
        Some(421),
        "msfrf2604.sfr.fr Error: too many errors",
        Some(("sfr", "errors")),
    );
    check(
        None,
        Some(421),
        "Too many spams from your IP (192.0.2.1), please visit http://postmaster.free.fr/",
        Some(("free", "too-much-spam")),
    );
    check(
        None,
        Some(550),
        "Reject due to SPF policy. The originating IP of the message is not permitted by the domain owner \
         https://postmaster.gmx.net/en/case?c=r0103",
        Some(("gmx", "spf-policy")),
    );
    // Codes alone are everybody's.
    check(s, Some(550), "", None);
    check(s, Some(550), "550 5.7.26", None);
    check(None, None, "relay access denied", None);
    // A place stands for one word only.
    check(None, None, "OFR here and far away _999", None);
}

#[test]
fn words_that_anybody_writes_name_no_receiver() {
    let check = |status: Option<&str>, text: &str, expect: Option<&str>| {
        let found = receiver_by_words(status, None, text);
        let found = found.map(|receiver| receiver.id.as_str());
        assert_eq!(found, expect, "{text}");
    };
    for text in [
        "550 spam detected",
        "192.0.2.1 is not allowed to send mail from a.example",
        "Message rejected due to local policy",
        "Your message was rejected due to a.example's DMARC policy.",
        "554 5.7.9 Message not accepted for policy reasons.",
        "DKIM authentication didn't pass",
        "Reject due to SPF policy",
        "the corresponding IP address is block listed",
        // A sign begins where a word does.
        "proofr_x xlpn007_517 BIGSMTP",
    ] {
        check(None, text, None);
    }
    for receiver in receivers() {
        for reply in &receiver.replies_known {
            // What two of one company write names the one that documents it.
            let is_own = |fragment: &&String| {
                let mut all = receivers().iter().flat_map(|other| &other.replies_known);
                all.any(|other| other.says.contains(fragment))
            };
            for fragment in reply.common.iter().filter(|one| !is_own(one)) {
                check(None, &fragment.replace(['{', '}'], ""), None);
            }
            for fragment in &reply.says {
                let text = fragment.replace("{number}", "004").replace(['{', '}'], "");
                check(None, &text, Some(&receiver.id));
            }
        }
        for sign in &receiver.signs {
            let text = sign.replace("{number}", "004");
            let status = (sign.split('.').count() == 3 && sign.starts_with('5')).then_some(sign);
            check(status.map(String::as_str), &text, Some(&receiver.id));
        }
    }
    let policy = "Message not accepted for policy reasons.";
    check(Some("5.7.9"), policy, Some("yahoo"));
    check(Some("5.7.1"), policy, None);
    check(None, "550 5.7.1 this is refused - gsmtp", Some("gmail"));
    check(
        None,
        "see https://postmaster.yahooinc.com/error-codes",
        Some("yahoo"),
    );
    check(
        Some("5.7.515"),
        "550 5.7.515 in other words",
        Some("outlook"),
    );
    check(None, "Service refused OFR004_777 [777]", Some("orange"));
}

#[test]
fn codes_tell_a_reply_of_a_known_receiver_if_they_mean_one_thing() {
    let check = |id: &str, status: Option<&str>, reply: Option<u16>, expect: Option<&str>| {
        let found = one(id).known_reply(status, reply, "in words of its own");
        assert_eq!(
            found.map(|known| known.id.as_str()),
            expect,
            "{id} {status:?}"
        );
    };
    check("gmail", Some("5.7.30"), Some(550), Some("dkim-required"));
    check("gmail", Some("4.7.31"), Some(421), Some("dmarc-record"));
    check("gmail", Some("5.7.32"), None, Some("not-aligned"));
    check("gmail", Some("5.7.26"), Some(550), None);
    check("gmail", Some("5.7.30"), Some(421), None);
    check("gmail", None, Some(550), None);
    check(
        "outlook",
        Some("5.7.515"),
        Some(550),
        Some("authentication-level"),
    );
    check("orange", Some("5.7.30"), Some(550), None);
}

/// Work is bounded whatever a stranger writes.
#[test]
fn hostile_words_are_read_to_a_limit() {
    let long = "OFR".repeat(2_000_000);
    assert!(receiver_by_reply(None, None, &long).is_none());
    let late = " ".repeat(5_000) + "OFR_999";
    assert!(receiver_by_reply(None, None, &late).is_none());
    for text in [
        "\u{0}\u{1f600}{domain}",
        "550-",
        "é".repeat(3_000).as_str(),
        "{",
        "}",
    ] {
        assert!(
            receiver_by_reply(Some(text), Some(0), text).is_none(),
            "{text}"
        );
        assert!(receiver_by_host(text).is_none(), "{text}");
    }
}

#[test]
fn every_entry_is_sound() {
    let rules: BTreeSet<&str> = receiver_rules().chain(Asked::ALL.map(Asked::key)).collect();
    let mut hosts = BTreeSet::new();
    for receiver in receivers() {
        let id = &receiver.id;
        for host in &receiver.hosts {
            assert!(hosts.insert(host), "{host} stands twice");
            let found = receiver_by_host(&format!("mx.{host}"));
            assert_eq!(found.map(|found| &found.id), Some(id), "{host}");
        }
        assert_eq!(receiver.hosts.is_empty(), id == "other", "{id}");
        let mut ids = BTreeSet::new();
        for reply in &receiver.replies_known {
            let place = format!("{id}/{}", reply.id);
            assert!(ids.insert(&reply.id), "{place} stands twice");
            let source = receiver.source_of(reply);
            assert!(
                source.is_some_and(|source| source.starts_with("https://")),
                "{place}"
            );
            assert!(!reply.text().is_empty(), "{place}");
            let is_authentication = reply.class.0.as_str() == "authentication";
            assert_eq!(is_authentication, reply.cause.is_some(), "{place}");
            let is_told = !reply.codes.is_empty() || reply.confidence != Confidence::Verified;
            assert!(is_told, "{place}: verified, and no code");
            let order: Vec<bool> = reply
                .codes
                .iter()
                .map(|code| !code.is_temporary())
                .collect();
            assert!(order.is_sorted(), "{place}: temporary codes come first");
            for occasion in &reply.told_for {
                assert!(
                    rules.contains(occasion.rule.as_str()),
                    "{place}: {}",
                    occasion.rule
                );
            }
            for fragment in reply.says.iter().chain(&reply.common) {
                let bare: String = fragment.split(['{', '}']).step_by(2).collect();
                assert!(
                    bare.len() >= 6,
                    "{place}: too short to tell anything: {fragment}"
                );
                assert!(
                    !fragment.starts_with('{') && !fragment.ends_with('}'),
                    "{fragment}"
                );
                let code = reply.codes.first();
                let found = receiver.known_reply(
                    code.and_then(|code| code.status.as_deref()),
                    code.map(|code| code.reply),
                    &fragment.replace("{number}", "004").replace(['{', '}'], ""),
                );
                assert_eq!(found.map(|found| &found.id), Some(&reply.id), "{fragment}");
            }
        }
        for demand in &receiver.demands {
            let place = format!("{id} asks {}", demand.asks.key());
            assert_eq!(
                demand.number.is_some(),
                demand.asks.takes_number(),
                "{place}"
            );
            assert!(
                demand.aim.is_none_or(|aim| Some(aim) < demand.number),
                "{place}"
            );
            assert!(receiver.source.is_some(), "{place}");
        }
    }
    let gmail = one("gmail")
        .threshold
        .as_ref()
        .expect("Gmail publishes one");
    assert_eq!((gmail.messages, gmail.hours), (5000, 24));
    assert!(gmail.close_to && gmail.permanent);
    assert_eq!(gmail.counted_by, Some(CountedBy::OrganizationalDomain));
    assert!(one("yahoo").threshold.is_none());
}

#[test]
fn readiness_tells_met_not_met_and_unknown_apart() {
    let state = |legs: &LegResults, id: &str, key: &str| {
        let all = readiness(legs);
        let of = all.iter().find(|one| one.receiver.id == id);
        let of = of.unwrap_or_else(|| panic!("{id} asks for nothing"));
        let mut found = of.requirements.iter().filter(|one| one.key == key);
        let first = found
            .next()
            .unwrap_or_else(|| panic!("{id} does not ask for {key}"));
        assert_eq!(first.told_by.is_some(), first.met == Met::Unknown, "{key}");
        first.met
    };
    let check = |legs: &LegResults, id: &str, key: &str, expect: Met| {
        assert_eq!(state(legs, id, key), expect, "{id} {key}");
    };
    let one_leg = legs('=', '-', "none");
    check(&one_leg, "gmail", "spf-or-dkim", Met::Yes);
    check(&one_leg, "gmail", "spf-and-dkim", Met::No);
    check(&one_leg, "gmail", "dmarc-record", Met::Yes);
    check(&one_leg, "gmail", "aligned-leg", Met::Yes);
    check(&one_leg, "gmail", "tls", Met::Unknown);
    check(&one_leg, "gmail", "one-click", Met::Unknown);
    check(&one_leg, "gmail", "spam-rate", Met::Unknown);
    check(
        &legs('=', '?', "none"),
        "gmail",
        "spf-and-dkim",
        Met::Unknown,
    );
    check(&legs('-', '?', "none"), "gmail", "spf-and-dkim", Met::No);
    let known = LegResults {
        besides: Besides {
            dkim_bits: Some(768),
            tls: Some(true),
            one_click: Some(true),
            list_unsubscribe: Some(false),
            octets: Some(60_000_000),
            ..Besides::default()
        },
        ..legs('=', '=', "none")
    };
    check(&known, "gmail", "dkim-bits", Met::No);
    check(&known, "gmail", "tls", Met::Yes);
    check(&known, "gmail", "one-click", Met::Yes);
    check(&known, "yahoo", "list-unsubscribe", Met::Yes);
    check(&known, "orange", "size", Met::No);
    let all = readiness(&known);
    let gmail = all.iter().find(|one| one.receiver.id == "gmail");
    assert_eq!(gmail.map(|one| one.is_ready()), Some(Met::No));
    assert!(
        all.iter()
            .all(|one| !["sfr", "free", "other"].contains(&one.receiver.id.as_str()))
    );
}

#[test]
fn a_receiver_is_found_by_id_and_by_each_of_its_names() {
    let check = |word: &str, expect: Option<&str>| {
        assert_eq!(receiver(word).map(|one| one.id.as_str()), expect, "{word}");
    };
    check("gmail", Some("gmail"));
    check(" Gmail ", Some("gmail"));
    check("WEB.DE", Some("gmx"));
    check("wanadoo", Some("orange"));
    check("la poste", Some("laposte"));
    check("other", None);
    check("", None);
}
