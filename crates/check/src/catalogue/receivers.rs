//! Receivers, and what each does with mail by the rules that it publishes.
//!
//! That DMARC passes is not acceptance: some want SPF and DKIM both. That it fails under `p=reject` is not
//! refusal for certain either: RFC 9989, section 7.4, forbids refusing for that reason alone, so
//! [`ReceiverAction::Refuse`] reads "refused, or filed as spam". Content and reputation are not looked at.

use std::sync::LazyLock;

use garant_msgauth::dmarc::Policy;
use serde::Deserialize;

use super::services::Confidence;
use crate::path::ReceiverAction;

const DATA: &str = include_str!("../../data/receivers.json");
const RULE_NOTHING_AGAINST: &str = "nothing-against";
const RULE_REJECT: &str = "policy-reject";
const RULE_QUARANTINE: &str = "policy-quarantine";
pub(crate) const RULE_UNKNOWN: &str = "unknown";

/// A receiver of mail.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// Its id. Stable.
    pub id: String,
    /// Its name for people; for `other`, which stands for all that are not here, the words are at
    /// `receiver-other`.
    pub name: String,
    /// How certain its rules are; unverified where none about authentication are published.
    pub confidence: Confidence,
    /// Day of its rules as they were last seen (`YYYY-MM-DD`); nothing where they bear none.
    #[serde(default)]
    pub date: Option<String>,
    /// The page that states them.
    #[serde(default)]
    pub source: Option<String>,
    /// What it asks of every sender.
    #[serde(default)]
    pub all: Vec<Condition>,
    /// What it asks of senders of many messages besides.
    #[serde(default)]
    pub bulk: Vec<Condition>,
    /// Messages a day from which a sender counts as one of many; nothing where no number is published.
    #[serde(default)]
    pub bulk_messages_per_day: Option<u32>,
    /// What it does when DMARC fails and the domain asks for rejection.
    pub on_reject: Otherwise,
    /// The same for quarantine.
    pub on_quarantine: Otherwise,
}

/// Something that a receiver asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is asked for.
    pub requires: Requirement,
    /// What happens otherwise.
    pub otherwise: Otherwise,
}

/// What a receiver asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// SPF or DKIM passes, for whatever domain.
    SpfOrDkim,
    /// Both pass, for whatever domain.
    SpfAndDkim,
    /// SPF or DKIM passes for a domain that is aligned with the Author Domain.
    AlignedLeg,
    /// The domain has a DMARC policy, be it `none`.
    DmarcRecord,
    /// DMARC passes.
    DmarcPass,
}

/// What a receiver does with mail that does not meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// It files it as spam.
    Spam,
    /// It refuses it, or files it as spam.
    Refuse,
}

impl From<Otherwise> for ReceiverAction {
    fn from(otherwise: Otherwise) -> Self {
        match otherwise {
            Otherwise::Spam => Self::Spam,
            Otherwise::Refuse => Self::Refuse,
        }
    }
}

/// How a message fares, as far as it is known; nothing where it could not be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LegResults {
    /// Whether SPF passes for the domain of the return address.
    pub spf_pass: Option<bool>,
    /// Whether that domain is aligned with the Author Domain, passing or not.
    pub spf_aligned: Option<bool>,
    /// Whether a signature passes.
    pub dkim_pass: Option<bool>,
    /// Whether its domain is aligned with the Author Domain, passing or not.
    pub dkim_aligned: Option<bool>,
    /// What DMARC makes of it.
    pub dmarc: Option<DmarcResult>,
    /// The policy that applies; it matters only when DMARC fails.
    pub policy: Option<Policy>,
}

/// The result of DMARC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DmarcResult {
    /// It passes.
    Pass,
    /// It fails.
    Fail,
    /// No policy applies.
    NoPolicy,
}

/// Every receiver; those that publish rules first, `other` last.
pub fn receivers() -> &'static [Receiver] {
    static RECEIVERS: LazyLock<Vec<Receiver>> = LazyLock::new(|| {
        serde_json::from_str(DATA).expect("a test reads the shipped catalogue to its end")
    });
    &RECEIVERS
}

impl Receiver {
    /// What it does with mail of a sender of few messages, and the key of the rule that decides: the words
    /// are at `receiver-rule-<key>`.
    ///
    /// Of what is unknown both outcomes are tried; [`ReceiverAction::Unknown`] comes out only when they
    /// differ.
    pub fn outcome(&self, legs: &LegResults) -> (ReceiverAction, &'static str) {
        outcome(self, &self.all, legs)
    }

    /// The same for a sender of many messages, who has to meet the conditions of both.
    pub fn bulk_outcome(&self, legs: &LegResults) -> (ReceiverAction, &'static str) {
        let all: Vec<Condition> = self.all.iter().chain(&self.bulk).copied().collect();
        outcome(self, &all, legs)
    }
}

/// The key of every rule that can decide.
pub fn receiver_rules() -> impl Iterator<Item = &'static str> {
    let others = [
        RULE_NOTHING_AGAINST,
        RULE_REJECT,
        RULE_QUARANTINE,
        RULE_UNKNOWN,
    ];
    others
        .into_iter()
        .chain(Requirement::ALL.map(Requirement::rule))
}

/// Legs of which nothing is unknown.
#[derive(Clone, Copy)]
struct Told {
    spf: bool,
    dkim: bool,
    aligned: bool,
    dmarc: DmarcResult,
    policy: Policy,
}

fn outcome(
    receiver: &Receiver,
    conditions: &[Condition],
    legs: &LegResults,
) -> (ReceiverAction, &'static str) {
    let possible = match &legs.dmarc {
        Some(known) => std::slice::from_ref(known),
        None => &[DmarcResult::Pass, DmarcResult::Fail, DmarcResult::NoPolicy],
    };
    let mut outcomes = possible
        .iter()
        .flat_map(|dmarc| [true, false].map(|favour| told(legs, favour, *dmarc)))
        .map(|told| judge(receiver, conditions, told));
    let first = outcomes.next().expect("some result of DMARC is possible");
    if outcomes.all(|other| other.0 == first.0) {
        first
    } else {
        (ReceiverAction::Unknown, RULE_UNKNOWN)
    }
}

/// Reads what is unknown in the mail's favour, or against it. Every condition is monotone in each, so that
/// these two bound all others.
fn told(legs: &LegResults, favour: bool, dmarc: DmarcResult) -> Told {
    let or = |known: Option<bool>| known.unwrap_or(favour);
    let (spf, dkim) = (or(legs.spf_pass), or(legs.dkim_pass));
    let policy = if favour { Policy::None } else { Policy::Reject };
    Told {
        spf,
        dkim,
        aligned: (spf && or(legs.spf_aligned)) || (dkim && or(legs.dkim_aligned)),
        dmarc,
        policy: legs.policy.unwrap_or(policy),
    }
}

fn judge(
    receiver: &Receiver,
    conditions: &[Condition],
    legs: Told,
) -> (ReceiverAction, &'static str) {
    let by_policy = match (legs.dmarc, legs.policy) {
        (DmarcResult::Fail, Policy::Reject) => Some((receiver.on_reject.into(), RULE_REJECT)),
        (DmarcResult::Fail, Policy::Quarantine) => {
            Some((receiver.on_quarantine.into(), RULE_QUARANTINE))
        }
        _ => None,
    };
    let broken = conditions
        .iter()
        .filter(|condition| !condition.requires.is_met(legs))
        .map(|condition| (condition.otherwise.into(), condition.requires.rule()));
    by_policy
        .into_iter()
        .chain(broken)
        // The worst decides; of equals the first.
        .reduce(|worst, next| if next.0 > worst.0 { next } else { worst })
        .unwrap_or((ReceiverAction::Deliver, RULE_NOTHING_AGAINST))
}

impl Requirement {
    /// All of them.
    const ALL: [Self; 5] = [
        Self::SpfOrDkim,
        Self::SpfAndDkim,
        Self::AlignedLeg,
        Self::DmarcRecord,
        Self::DmarcPass,
    ];

    fn is_met(self, legs: Told) -> bool {
        match self {
            Self::SpfOrDkim => legs.spf || legs.dkim,
            Self::SpfAndDkim => legs.spf && legs.dkim,
            Self::AlignedLeg => legs.aligned,
            Self::DmarcRecord => legs.dmarc != DmarcResult::NoPolicy,
            Self::DmarcPass => legs.dmarc == DmarcResult::Pass,
        }
    }

    /// The key of the rule that asks for it.
    fn rule(self) -> &'static str {
        match self {
            Self::SpfOrDkim => "spf-or-dkim",
            Self::SpfAndDkim => "spf-and-dkim",
            Self::AlignedLeg => "aligned-leg",
            Self::DmarcRecord => "dmarc-record",
            Self::DmarcPass => "dmarc-pass",
        }
    }
}
