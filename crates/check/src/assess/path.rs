//! Sending paths: what DMARC makes of each, and what receivers then do.

mod cause;
mod judge;
mod standing;

use garant_dns::Name;
use garant_msgauth::dmarc::Discovery;
use garant_msgauth::spf::SpfResult;

use super::Judge;
use crate::catalogue::{
    self, Besides, DmarcResult, LegResults, RULE_UNKNOWN, Receiver, ReturnPathKind, Volume,
};
use crate::input::registrable_domain;
use crate::path::{
    Basis, Path, PathDkim, PathDmarc, PathSpf, ReceiverAction, ReceiverBulk, ReceiverOutcome,
    ReceiverReply, Shape,
};
use crate::survey::{ByReading, PathFacts, ReturnAddress, SignatureFacts, Survey};

pub(super) use cause::point_at_records;
pub(super) use standing::{DkimLeg, Kind, SpfLeg, Standing};

/// What one path comes to by one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No policy applies.
    NoPolicy,
    Pass,
    Fail,
    Unknown,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::NoPolicy => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }
}

/// The legs of a path by one reading: whether the return address and the signature each prove the Author
/// Domain; nothing where that cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Legs {
    pub(super) spf: Option<bool>,
    pub(super) dkim: Option<bool>,
}

impl Legs {
    fn count(self) -> Option<u8> {
        Some(u8::from(self.spf?) + u8::from(self.dkim?))
    }

    fn outcome(self, discovery: Option<&Discovery>) -> Outcome {
        let Some(discovery) = discovery else {
            return Outcome::Unknown;
        };
        match (discovery.result(), self.spf, self.dkim) {
            ("none", ..) => Outcome::NoPolicy,
            ("temperror", ..) => Outcome::Unknown,
            (_, Some(true), _) | (_, _, Some(true)) => Outcome::Pass,
            (_, Some(false), Some(false)) => Outcome::Fail,
            _ => Outcome::Unknown,
        }
    }
}

/// The legs of a path by both readings.
pub(super) fn legs(facts: &PathFacts<'_>) -> ByReading<Legs> {
    let spf = facts.return_address.passes();
    let signatures = || facts.signatures.iter().map(SignatureFacts::passes);
    ByReading {
        walk: Legs {
            spf: spf.walk,
            dkim: any(signatures().map(|passes| passes.walk)),
        },
        list: Legs {
            spf: spf.list,
            dkim: any(signatures().map(|passes| passes.list)),
        },
    }
}

/// Whether one of several holds; one is enough.
fn any(mut each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(false);
    loop {
        match each.next() {
            None => return result,
            Some(Some(true)) => return Some(true),
            Some(Some(false)) => {}
            Some(None) => result = None,
        }
    }
}

/// What all paths come to.
pub(super) struct Judgement {
    /// As they are told: the one that was asked about first, then the most affected.
    pub(super) paths: Vec<Path>,
    /// How each stands, in the same order.
    pub(super) standings: Vec<Standing>,
}

/// Judges every path.
pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>) -> Judgement {
    let mut all: Vec<(Standing, Path)> = Vec::with_capacity(survey.paths.len());
    for facts in &survey.paths {
        let standing = standing::standing(survey, facts);
        let path = path(survey, facts, &standing);
        judge::judge(judge, survey, facts, &standing, &path);
        all.push((standing, path));
    }
    all.sort_by_key(|(standing, _)| (!standing.stated, standing.kind));
    let (standings, paths): (Vec<Standing>, Vec<Path>) = all.into_iter().unzip();
    judge::unused_includes(judge, survey, &standings);
    Judgement { paths, standings }
}

fn path(survey: &Survey<'_>, facts: &PathFacts<'_>, standing: &Standing) -> Path {
    let address = &facts.return_address;
    let signature = facts.signatures.first();
    let legs = legs(facts);
    let applied = standing::applied(survey);
    Path {
        sender: facts.service.map(|service| service.id.as_str()),
        sender_name: facts.service.map(|service| service.name.as_str()),
        stated: facts.stated,
        evidence: facts.evidence.clone(),
        shape: shape(survey, facts),
        mail_from_domain: address.domain.clone(),
        mail_from_basis: address.basis,
        dkim_domain: signature.map(|signature| signature.domain.clone()),
        spf: PathSpf {
            result: address.result.map_or("unknown", SpfResult::as_str),
            aligned: address.aligned.by.walk,
            aligned_rfc7489: address.aligned.by.list,
        },
        dkim: dkim(signature),
        dmarc: PathDmarc {
            result: standing.by_walk.as_str(),
            policy: applied.map(|applied| applied.effective.as_str()),
            domain: applied.map(|applied| applied.policy_domain.clone()),
            rfc7489: standing.by_list.as_str(),
            legs: legs.walk.count(),
        },
        receivers: receivers(survey, facts, standing),
    }
}

/// What receivers do. Most services sign with a domain of their own too, so that no key of this domain does
/// not mean that no signature passes.
fn receivers(
    survey: &Survey<'_>,
    facts: &PathFacts<'_>,
    standing: &Standing,
) -> Vec<ReceiverOutcome> {
    let address = &facts.return_address;
    let signature = facts.signatures.first();
    let found = signature.and_then(SignatureFacts::found);
    let legs = LegResults {
        spf_pass: match address.result {
            None | Some(SpfResult::TempError) => None,
            Some(result) => Some(result == SpfResult::Pass),
        },
        spf_fail: match address.result {
            None | Some(SpfResult::TempError) => None,
            Some(result) => Some(result == SpfResult::Fail),
        },
        spf_aligned: address.aligned.by.walk,
        dkim_pass: found.filter(|found| *found || facts.service.is_none()),
        // A service that has no key here signs for itself.
        dkim_aligned: match found {
            Some(false) => Some(false),
            _ => signature.and_then(|signature| signature.aligned.by.walk),
        },
        dmarc: match standing.by_walk {
            Outcome::Pass => Some(DmarcResult::Pass),
            Outcome::Fail => Some(DmarcResult::Fail),
            Outcome::NoPolicy => Some(DmarcResult::NoPolicy),
            Outcome::Unknown => None,
        },
        policy: Some(standing.policy),
        // One domain's records tell nothing of the server, the message's form or its fields.
        besides: Besides::default(),
    };
    // Many refuse a sender whose domain does not exist before they look at anything else; the rules that they
    // publish do not all say so.
    let is_absent = survey.domain_is_absent();
    let unless_absent = |(action, rule)| match action {
        ReceiverAction::Deliver if is_absent => (ReceiverAction::Unknown, RULE_UNKNOWN),
        _ => (action, rule),
    };
    let told = catalogue::receivers().iter();
    told.map(|receiver| {
        let (action, rule) = unless_absent(receiver.outcome(&legs));
        let (in_bulk, rule_in_bulk) = unless_absent(receiver.bulk_outcome(&legs));
        let is_told = in_bulk != ReceiverAction::Unknown;
        let is_worse = is_told && (action == ReceiverAction::Unknown || in_bulk > action);
        ReceiverOutcome {
            name: &receiver.id,
            action,
            rule,
            bulk: is_worse.then_some(ReceiverBulk {
                action: in_bulk,
                rule: rule_in_bulk,
            }),
            replies: replies(receiver, &legs, Volume::Few),
            bulk_replies: if is_worse {
                replies(receiver, &legs, Volume::Many)
            } else {
                Vec::new()
            },
        }
    })
    .collect()
}

fn replies(receiver: &'static Receiver, legs: &LegResults, volume: Volume) -> Vec<ReceiverReply> {
    let expected = receiver.replies(legs, volume).into_iter();
    expected
        .map(|expected| ReceiverReply {
            id: &expected.reply.id,
            codes: expected
                .reply
                .codes
                .iter()
                .map(ToString::to_string)
                .collect(),
            text: expected.reply.text(),
        })
        .collect()
}

fn dkim(signature: Option<&SignatureFacts<'_>>) -> PathDkim {
    let keys = || signature.into_iter().flat_map(|signature| &signature.keys);
    PathDkim {
        found: signature.and_then(SignatureFacts::found),
        selectors: keys().map(|key| key.selector.clone()).collect(),
        working: signature
            .into_iter()
            .flat_map(SignatureFacts::working)
            .map(|key| key.selector.clone())
            .collect(),
        aligned: signature.and_then(|signature| signature.aligned.by.walk),
        aligned_rfc7489: signature.and_then(|signature| signature.aligned.by.list),
    }
}

fn shape(survey: &Survey<'_>, facts: &PathFacts<'_>) -> Shape {
    let kind = facts.service.map(|service| service.return_path.kind);
    if kind == Some(ReturnPathKind::Author) {
        return Shape::Mailbox;
    }
    let signature = facts.signatures.first();
    let is_elsewhere = signature.is_some_and(|signature| !is_here(survey, &signature.domain));
    let has_key = |signature: &SignatureFacts<'_>| match signature.is_ed25519_only() {
        true => Some(true),
        false => signature.found(),
    };
    let keys = match signature.and_then(has_key) {
        Some(true) if is_elsewhere => Some(false),
        found => found,
    };
    let address = &facts.return_address;
    let return_path = match address.basis {
        Basis::Record => Some(true),
        Basis::Stated => is_set_up_here(survey, address),
        Basis::Catalogue | Basis::CatalogueUncertain => Some(false),
        Basis::Unknown => address.absent.as_ref().map(|_| false),
    };
    match (keys, return_path) {
        (Some(true), Some(true)) => Shape::KeysAndReturnPath,
        (Some(true), Some(false)) => Shape::KeysOnly,
        (Some(false), Some(true)) => Shape::ReturnPathOnly,
        (Some(false), Some(false)) => Shape::None,
        _ => Shape::Unknown,
    }
}

/// Whether a name belongs to the organization that was asked about, by what it has registered.
fn is_here(survey: &Survey<'_>, name: &Name) -> bool {
    let found = survey.dmarc.comparison.as_ref();
    let author = found.map(|found| &found.walk.author_domain);
    author.is_none_or(|author| registrable_domain(name) == registrable_domain(author))
}

/// Whether a return address that was stated stands in the organization's zone with records of its own,
/// aligned or not. A name without an SPF record may still have an exchange: that could not be told.
fn is_set_up_here(survey: &Survey<'_>, address: &ReturnAddress) -> Option<bool> {
    let domain = address.domain.as_ref()?;
    if !is_here(survey, domain) {
        return Some(false);
    }
    let is_told = address.unanswered.is_none() && address.result != Some(SpfResult::None);
    is_told.then_some(true)
}
