//! What receivers do with mail, by the rules that they publish.

use std::collections::BTreeSet;

use garant_check::catalogue::{
    Besides, Confidence, DmarcResult, LegResults, Receiver, receiver_rules, receivers,
};
use garant_check::path::ReceiverAction;
use garant_msgauth::dmarc::Policy;

const BOOLS: [Option<bool>; 3] = [None, Some(false), Some(true)];
const RESULTS: [Option<DmarcResult>; 4] = [
    None,
    Some(DmarcResult::Pass),
    Some(DmarcResult::Fail),
    Some(DmarcResult::NoPolicy),
];
const POLICIES: [Option<Policy>; 4] = [
    None,
    Some(Policy::None),
    Some(Policy::Quarantine),
    Some(Policy::Reject),
];

fn receiver(id: &str) -> &'static Receiver {
    let found = receivers().iter().find(|receiver| receiver.id == id);
    found.unwrap_or_else(|| panic!("{id} is not there"))
}

/// Every combination of what is known and not known: 3^4 x 4 x 4.
fn all_legs() -> Vec<LegResults> {
    let mut all = Vec::new();
    for spf_pass in BOOLS {
        for spf_aligned in BOOLS {
            for dkim_pass in BOOLS {
                for dkim_aligned in BOOLS {
                    for dmarc in RESULTS {
                        all.extend(POLICIES.map(|policy| LegResults {
                            spf_pass,
                            spf_fail: spf_pass.map(|passes| !passes),
                            spf_aligned,
                            dkim_pass,
                            dkim_aligned,
                            dmarc,
                            policy,
                            besides: Besides::default(),
                        }));
                    }
                }
            }
        }
    }
    all
}

/// How bad it is; what could not be told is in no order.
fn badness(action: ReceiverAction) -> Option<u8> {
    match action {
        ReceiverAction::Deliver => Some(0),
        ReceiverAction::Spam => Some(1),
        ReceiverAction::Refuse => Some(2),
        ReceiverAction::Unknown => None,
    }
}

/// Both outcomes of each receiver.
fn outcomes(legs: &LegResults) -> Vec<(String, ReceiverAction, &'static str)> {
    let both = receivers().iter().flat_map(|receiver| {
        [
            ("", receiver.outcome(legs)),
            (" in bulk", receiver.bulk_outcome(legs)),
        ]
        .map(|(which, (action, rule))| (format!("{}{which}", receiver.id), action, rule))
    });
    both.collect()
}

#[test]
fn the_list_is_complete_and_ends_with_all_others() {
    let ids: Vec<&str> = receivers()
        .iter()
        .map(|receiver| receiver.id.as_str())
        .collect();
    let expected = [
        "gmail",
        "yahoo",
        "outlook",
        "microsoft-365",
        "icloud",
        "orange",
        "laposte",
        "sfr",
        "free",
        "gmx",
        "other",
    ];
    assert_eq!(ids, expected);
    for receiver in receivers() {
        let has_rules = !receiver.all.is_empty() || !receiver.bulk.is_empty();
        let is_sourced = receiver.source.is_some();
        assert!(
            !has_rules || is_sourced,
            "{}: rules from nowhere",
            receiver.id
        );
        let is_unverified = receiver.confidence == Confidence::Unverified;
        assert!(!has_rules || !is_unverified, "{}: a guess", receiver.id);
        if let Some(source) = &receiver.source {
            assert!(source.starts_with("https://"), "{source}");
        }
        if let Some(date) = &receiver.date {
            let form: String = date
                .chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect();
            assert_eq!(form, "0000-00-00", "{}", receiver.id);
        }
    }
}

#[test]
fn every_combination_has_an_outcome_by_a_known_rule() {
    let rules: BTreeSet<&str> = receiver_rules().collect();
    let mut met = BTreeSet::new();
    for legs in all_legs() {
        for (receiver, action, rule) in outcomes(&legs) {
            assert!(rules.contains(rule), "{receiver}: {rule}");
            assert_eq!(
                action == ReceiverAction::Unknown,
                rule == "unknown",
                "{receiver} {legs:?}"
            );
            assert_eq!(
                action == ReceiverAction::Deliver,
                rule == "nothing-against",
                "{receiver} {legs:?}"
            );
            met.insert(rule);
        }
    }
    assert_eq!(met, rules, "rules that never decide");
}

#[test]
fn a_better_leg_never_fares_worse() {
    let better: [fn(LegResults) -> LegResults; 4] = [
        |legs| LegResults {
            spf_pass: Some(true),
            ..legs
        },
        |legs| LegResults {
            spf_aligned: Some(true),
            ..legs
        },
        |legs| LegResults {
            dkim_pass: Some(true),
            ..legs
        },
        |legs| LegResults {
            dkim_aligned: Some(true),
            ..legs
        },
    ];
    let milder = |policy| match policy {
        Some(Policy::Reject) => Some(Policy::Quarantine),
        _ => Some(Policy::None),
    };
    let check = |before: &LegResults, after: &LegResults| {
        for (was, is) in outcomes(before).into_iter().zip(outcomes(after)) {
            if let (Some(was_bad), Some(is_bad)) = (badness(was.1), badness(is.1)) {
                assert!(is_bad <= was_bad, "{}: {before:?} {after:?}", was.0);
            }
        }
    };
    for legs in all_legs() {
        for better in better {
            check(&legs, &better(legs));
        }
        check(
            &legs,
            &LegResults {
                dmarc: Some(DmarcResult::Pass),
                ..legs
            },
        );
        if legs.policy.is_some() {
            check(
                &legs,
                &LegResults {
                    policy: milder(legs.policy),
                    ..legs
                },
            );
        }
    }
}

/// What is told stays true when more becomes known.
#[test]
fn an_outcome_that_was_told_holds_whatever_becomes_known() {
    for legs in all_legs() {
        for dmarc in RESULTS.into_iter().flatten() {
            let more = [
                LegResults {
                    spf_pass: legs.spf_pass.or(Some(false)),
                    ..legs
                },
                LegResults {
                    spf_pass: legs.spf_pass.or(Some(true)),
                    ..legs
                },
                LegResults {
                    dkim_aligned: legs.dkim_aligned.or(Some(false)),
                    ..legs
                },
                LegResults {
                    dkim_aligned: legs.dkim_aligned.or(Some(true)),
                    ..legs
                },
                LegResults {
                    dmarc: legs.dmarc.or(Some(dmarc)),
                    ..legs
                },
                LegResults {
                    policy: legs.policy.or(Some(Policy::Reject)),
                    ..legs
                },
            ];
            for more in more {
                for (was, is) in outcomes(&legs).into_iter().zip(outcomes(&more)) {
                    let held = was.1 == ReceiverAction::Unknown || was.1 == is.1;
                    assert!(held, "{}: {legs:?} {more:?}", was.0);
                }
            }
        }
    }
}

/// A path in short: each leg `-` fails, `+` passes unaligned, `=` passes aligned, `?` unknown; then the
/// policy, of which `none` may be `no record`.
fn legs(spf: char, dkim: char, policy: &str) -> LegResults {
    let leg = |sign| match sign {
        '-' => (Some(false), Some(false)),
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
        spf_fail: Some(false),
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

#[test]
fn each_receiver_keeps_to_its_rules() {
    use ReceiverAction::{Deliver, Refuse, Spam, Unknown};
    let check = |id: &str, path: (char, char, &str), expect: (ReceiverAction, &str)| {
        let legs = legs(path.0, path.1, path.2);
        assert_eq!(receiver(id).outcome(&legs), expect, "{id} {path:?}");
    };
    // A newsletter service whose key is not published, under p=reject.
    for id in [
        "gmail",
        "yahoo",
        "outlook",
        "microsoft-365",
        "icloud",
        "laposte",
        "sfr",
        "other",
    ] {
        check(id, ('+', '-', "reject"), (Refuse, "policy-reject"));
        check(id, ('=', '=', "reject"), (Deliver, "nothing-against"));
    }
    check(
        "gmail",
        ('+', '-', "quarantine"),
        (Spam, "policy-quarantine"),
    );
    check("gmail", ('+', '-', "none"), (Deliver, "nothing-against"));
    check("gmail", ('-', '-', "none"), (Refuse, "spf-or-dkim"));
    check("gmail", ('-', '?', "none"), (Unknown, "unknown"));
    check("gmail", ('+', '?', "none"), (Deliver, "nothing-against"));
    check("gmail", ('+', '?', "reject"), (Unknown, "unknown"));
    check("laposte", ('+', '+', "none"), (Spam, "aligned-leg"));
    check("laposte", ('+', '=', "none"), (Deliver, "nothing-against"));
    check(
        "laposte",
        ('=', '-', "no record"),
        (Deliver, "nothing-against"),
    );
    // DMARC passes by one leg, and Orange wants both.
    check("orange", ('=', '-', "reject"), (Refuse, "spf-and-dkim"));
    check("orange", ('-', '=', "reject"), (Refuse, "spf-and-dkim"));
    check("orange", ('+', '=', "reject"), (Deliver, "nothing-against"));
    check("orange", ('+', '+', "no record"), (Spam, "dmarc-pass"));
    check("orange", ('=', '?', "none"), (Unknown, "unknown"));
    check("orange", ('-', '?', "none"), (Refuse, "spf-and-dkim"));
    check("outlook", ('=', '-', "none"), (Deliver, "nothing-against"));
    check("free", ('-', '-', "none"), (Deliver, "nothing-against"));
}

#[test]
fn senders_of_many_messages_meet_more_conditions() {
    use ReceiverAction::{Deliver, Refuse};
    let check = |id: &str, path: (char, char, &str), expect: (ReceiverAction, &str)| {
        let legs = legs(path.0, path.1, path.2);
        assert_eq!(receiver(id).bulk_outcome(&legs), expect, "{id} {path:?}");
    };
    for id in ["gmail", "yahoo", "outlook", "icloud"] {
        check(id, ('=', '-', "reject"), (Refuse, "spf-and-dkim"));
        check(id, ('=', '=', "no record"), (Refuse, "dmarc-record"));
        check(id, ('+', '=', "none"), (Deliver, "nothing-against"));
    }
    check("gmail", ('+', '+', "none"), (Refuse, "aligned-leg"));
    check("yahoo", ('+', '+', "none"), (Refuse, "dmarc-pass"));
    check("outlook", ('+', '+', "none"), (Refuse, "aligned-leg"));
    check("icloud", ('+', '+', "none"), (Deliver, "nothing-against"));
    check("other", ('-', '-', "none"), (Deliver, "nothing-against"));
    assert_eq!(receiver("gmail").bulk_messages_per_day(), Some(5000));
    assert_eq!(receiver("yahoo").bulk_messages_per_day(), None);
}
