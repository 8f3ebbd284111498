//! Receivers, and what each does with mail by the rules that it publishes.
//!
//! That DMARC passes is not acceptance: some want SPF and DKIM both. That it fails under `p=reject` is not
//! refusal for certain either: RFC 9989, section 7.4, forbids refusing for that reason alone, so
//! [`ReceiverAction::Refuse`] reads "refused, or filed as spam". Content and reputation are not looked at.

mod demand;
mod expected;
mod readiness;
mod reply;

use std::sync::LazyLock;

use garant_dns::Name;
use garant_msgauth::dmarc::Policy;
use serde::{Deserialize, Serialize};

use super::services::Confidence;
use crate::input::is_free_mail;
use crate::path::ReceiverAction;

pub use demand::{Asked, Demand};
pub use expected::{ExpectedReply, Lack, Occasion};
pub use readiness::{Met, ReceiverReadiness, RequirementReadiness, readiness};
pub use reply::{
    CauseKey, ClassKey, KnownReply, ReplyCode, receiver_by_host, receiver_by_reply,
    receiver_by_words,
};

const DATA: &str = include_str!("../../data/receivers.json");
const RULE_NOTHING_AGAINST: &str = "nothing-against";
const RULE_REJECT: &str = "policy-reject";
const RULE_QUARANTINE: &str = "policy-quarantine";
pub(crate) const RULE_UNKNOWN: &str = "unknown";

/// A receiver of mail.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// Its id. Stable.
    pub id: String,
    /// Its name for people; for `other`, which stands for all that are not here, the words are at
    /// `receiver-other`.
    pub name: String,
    /// What people call it besides, which several may share: the company that runs it, an older name.
    #[serde(default)]
    pub also: Vec<String>,
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
    /// From when a sender counts as one of many; nothing where no number is published.
    #[serde(default)]
    pub threshold: Option<Threshold>,
    /// What it asks for besides authentication.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// What it does when DMARC fails and the domain asks for rejection.
    pub on_reject: Otherwise,
    /// The same for quarantine.
    pub on_quarantine: Otherwise,
    /// Names of its servers end in one of these, on label boundaries.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// What only its replies bear, whatever they say, and so names it: its codes, its pages, its own name. Of the form
    /// of [`KnownReply::says`], or an enhanced status code.
    #[serde(default)]
    pub signs: Vec<String>,
    /// Replies that it is known to give.
    #[serde(default)]
    pub replies_known: Vec<KnownReply>,
    /// The page that states most of them.
    #[serde(default)]
    pub replies_source: Option<String>,
}

/// From when a sender counts as one of many messages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Messages to the receiver's mailboxes.
    pub messages: u32,
    /// The period in which they are counted, in hours.
    pub hours: u32,
    /// Fewer may be enough: the receiver says "close to".
    #[serde(default)]
    pub close_to: bool,
    /// What they are summed over; nothing where the receiver does not say.
    #[serde(default)]
    pub counted_by: Option<CountedBy>,
    /// Whoever once reached it remains a sender of many messages.
    #[serde(default)]
    pub permanent: bool,
}

/// What messages are summed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedBy {
    /// The organizational domain of the displayed address: its subdomains count together.
    OrganizationalDomain,
    /// The domain of the displayed address.
    AuthorDomain,
}

/// How much a sender sends to one receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Volume {
    /// Less than the receiver's threshold.
    Few,
    /// Enough for its rules for bulk senders.
    Many,
}

/// Something that a receiver asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is asked for.
    pub requires: Requirement,
    /// What happens otherwise.
    pub otherwise: Otherwise,
}

/// What a receiver asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
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
    /// SPF does not say that the client is not allowed (`fail`).
    SpfNotFail,
}

/// What a receiver does with mail that does not meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
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
    /// Whether SPF says `fail`, which is more than not to pass.
    pub spf_fail: Option<bool>,
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
    /// What is known besides.
    pub besides: Besides,
}

/// What is known of a message besides authentication; nothing where it could not be told. Only a message that
/// was received, or its server, tells any of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Besides {
    /// Bits of the longest RSA key whose signature passes.
    pub dkim_bits: Option<u32>,
    /// Whether it came over TLS.
    pub tls: Option<bool>,
    /// Whether the client's address has a name that leads back to it.
    pub reverse_dns: Option<bool>,
    /// Whether the client greets by a fully qualified name.
    pub helo: Option<bool>,
    /// Whether it is well formed (RFC 5322).
    pub well_formed: Option<bool>,
    /// Whether it can be unsubscribed from by one click (RFC 8058).
    pub one_click: Option<bool>,
    /// Whether it bears a List-Unsubscribe field, be it `mailto:` alone.
    pub list_unsubscribe: Option<bool>,
    /// Whether a link to unsubscribe can be seen in its text.
    pub unsubscribe_link: Option<bool>,
    /// Whether it bears a Feedback-ID field.
    pub feedback_id: Option<bool>,
    /// Its octets.
    pub octets: Option<u64>,
    /// Whose mailbox the displayed address is.
    pub author_at: Option<AuthorAt>,
    /// Whether something in it shows that it is a newsletter, advertising or another of many messages. Nothing of it
    /// may stand in those either, so `false` says no more than that.
    pub shows_bulk: bool,
}

/// Whose mailbox a displayed address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorAt {
    /// The receiver with this id gives it to everybody who wants one.
    Receiver(&'static str),
    /// None of the receivers that are known.
    Elsewhere,
}

impl AuthorAt {
    /// Of an Author Domain.
    pub fn of(domain: &Name) -> Self {
        let gives = |receiver: &&Receiver| {
            let mut hosts = receiver.hosts.iter();
            hosts.any(|host| host == domain.as_str())
        };
        let mut all = receivers().iter();
        let giver = is_free_mail(domain).then(|| all.find(gives)).flatten();
        giver.map_or(Self::Elsewhere, |giver| Self::Receiver(&giver.id))
    }
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

/// The receiver of this id or name (`gmail`, `Orange`, `web.de`); nothing where none or several are known by it. Case
/// does not count, and one of several names is enough.
pub fn receiver(word: &str) -> Option<&'static Receiver> {
    match receivers_called(word)[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The receivers that people may mean by a word: the one of this id or name, else all that are called so besides
/// (`microsoft`). Case does not count.
pub fn receivers_called(word: &str) -> Vec<&'static Receiver> {
    let word = word.trim().to_lowercase();
    let is_named = |receiver: &&Receiver| {
        let mut names = receiver.name.split(", ");
        receiver.id == word || names.any(|name| name.to_lowercase() == word)
    };
    let is_called = |receiver: &&Receiver| {
        let mut also = receiver.also.iter();
        also.any(|name| name.to_lowercase() == word)
    };
    let all = || receivers().iter().filter(|one| one.id != "other");
    match all().find(is_named) {
        Some(one) => vec![one],
        None => all().filter(is_called).collect(),
    }
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
    /// What is known besides authentication is not looked at. Of what is unknown both outcomes are tried; [`ReceiverAction::Unknown`] comes out only when they
    /// differ.
    pub fn outcome(&self, legs: &LegResults) -> (ReceiverAction, &'static str) {
        outcome(self, &self.all, legs)
    }

    /// The same for a sender of many messages, who has to meet the conditions of both.
    pub fn bulk_outcome(&self, legs: &LegResults) -> (ReceiverAction, &'static str) {
        outcome(self, &self.conditions(Volume::Many), legs)
    }

    /// Messages a day from which a sender counts as one of many; nothing where no number is published.
    pub fn bulk_messages_per_day(&self) -> Option<u32> {
        let daily = self
            .threshold
            .as_ref()
            .filter(|threshold| threshold.hours == 24);
        daily.map(|threshold| threshold.messages)
    }

    fn conditions(&self, volume: Volume) -> Vec<Condition> {
        let bulk = match volume {
            Volume::Few => &[],
            Volume::Many => self.bulk.as_slice(),
        };
        self.all.iter().chain(bulk).copied().collect()
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
#[derive(Clone, Copy, Debug)]
struct Told {
    spf: bool,
    spf_fail: bool,
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
        spf_fail: !spf && legs.spf_fail.unwrap_or(!favour),
        dkim,
        aligned: (spf && or(legs.spf_aligned)) || (dkim && or(legs.dkim_aligned)),
        dmarc,
        policy: legs.policy.unwrap_or(policy),
    }
}

/// Every way in which what is unknown may turn out, without those that contradict themselves; at least one, and
/// at most 2^4 x 3 x 3.
fn worlds(legs: &LegResults) -> Vec<Told> {
    let either = |known: Option<bool>| known.map_or(vec![true, false], |known| vec![known]);
    let results = legs.dmarc.map_or(
        vec![DmarcResult::Pass, DmarcResult::Fail, DmarcResult::NoPolicy],
        |known| vec![known],
    );
    let policies = legs.policy.map_or(
        vec![Policy::None, Policy::Quarantine, Policy::Reject],
        |known| vec![known],
    );
    let mut all = Vec::new();
    for spf in either(legs.spf_pass) {
        for spf_fail in either(if spf { Some(false) } else { legs.spf_fail }) {
            for dkim in either(legs.dkim_pass) {
                for spf_aligned in either(legs.spf_aligned) {
                    for dkim_aligned in either(legs.dkim_aligned) {
                        for &dmarc in &results {
                            all.extend(policies.iter().map(|&policy| Told {
                                spf,
                                spf_fail,
                                dkim,
                                aligned: (spf && spf_aligned) || (dkim && dkim_aligned),
                                dmarc,
                                policy,
                            }));
                        }
                    }
                }
            }
        }
    }
    let agrees = |told: &Told| match told.dmarc {
        DmarcResult::Pass => told.aligned,
        DmarcResult::Fail => !told.aligned,
        DmarcResult::NoPolicy => true,
    };
    // What contradicts itself from the start stays as it was told.
    if all.iter().any(agrees) {
        all.retain(agrees);
    }
    all
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
    pub const ALL: [Self; 6] = [
        Self::SpfOrDkim,
        Self::SpfAndDkim,
        Self::AlignedLeg,
        Self::DmarcRecord,
        Self::DmarcPass,
        Self::SpfNotFail,
    ];

    fn is_met(self, legs: Told) -> bool {
        match self {
            Self::SpfOrDkim => legs.spf || legs.dkim,
            Self::SpfAndDkim => legs.spf && legs.dkim,
            Self::AlignedLeg => legs.aligned,
            Self::DmarcRecord => legs.dmarc != DmarcResult::NoPolicy,
            Self::DmarcPass => legs.dmarc == DmarcResult::Pass,
            Self::SpfNotFail => !legs.spf_fail,
        }
    }

    /// The key of the rule that asks for it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::SpfOrDkim => "spf-or-dkim",
            Self::SpfAndDkim => "spf-and-dkim",
            Self::AlignedLeg => "aligned-leg",
            Self::DmarcRecord => "dmarc-record",
            Self::DmarcPass => "dmarc-pass",
            Self::SpfNotFail => "spf-not-fail",
        }
    }
}
