//! How a path stands: which of its two legs counts, and why the other does not.

use garant_dns::Name;
use garant_msgauth::dmarc::{Acts, Applied, Discovery, Policy};
use garant_msgauth::spf::SpfResult;

use super::{Outcome, legs};
use crate::catalogue::Service;
use crate::finding::Argument;
use crate::input::registrable_domain;
use crate::survey::{AlignedFacts, PathFacts, Survey};

/// Why the return address does not count, or that it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::assess) enum SpfLeg {
    Counts,
    /// It belongs to another organization.
    Foreign,
    /// It would count if alignment were relaxed.
    Strict,
    /// It looks like the same organization, and is none by the way its domain is found.
    Apart,
    /// SPF does not let the service send in its name.
    NotAuthorised(SpfResult),
    Unknown,
}

/// Why the signature does not count, or that it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::assess) enum DkimLeg {
    Counts,
    /// No key that receivers can use at its selectors.
    NoKey,
    /// It is made for another organization.
    Foreign,
    /// It would count if alignment were relaxed.
    Strict,
    /// It looks like the same organization, and is none by the way its domain is found.
    Apart,
    /// All its keys are Ed25519: it counts at receivers that verify such keys, and at no others.
    Ed25519,
    Unknown,
}

impl SpfLeg {
    /// The word in the arguments of the verdict.
    pub(in crate::assess) fn as_str(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Foreign => "foreign",
            Self::Strict => "strict",
            Self::Apart => "apart",
            Self::NotAuthorised(_) => "not-authorised",
            Self::Unknown => "unknown",
        }
    }
}

impl DkimLeg {
    /// The word in the arguments of the verdict.
    pub(in crate::assess) fn as_str(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::NoKey => "no-key",
            Self::Foreign => "foreign",
            Self::Strict => "strict",
            Self::Apart => "apart",
            Self::Ed25519 => "ed25519",
            Self::Unknown => "unknown",
        }
    }
}

/// What a path comes to, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::assess) enum Kind {
    /// Nothing counts, and the policy asks to refuse or quarantine.
    Refused,
    /// Nothing counts, and no policy asks for anything.
    Unauthenticated,
    /// One reading passes, the other fails.
    ReadingsDiffer,
    Unknown,
    /// It could pass, and no policy applies.
    NoPolicy,
    /// One leg alone counts, or the other is not known.
    OneLeg,
    Ready,
}

/// How one path stands.
#[derive(Clone, Debug)]
pub(in crate::assess) struct Standing {
    pub(in crate::assess) kind: Kind,
    pub(in crate::assess) service: Option<&'static Service>,
    pub(in crate::assess) stated: bool,
    /// The policy that applies; `none` without one.
    pub(in crate::assess) policy: Policy,
    pub(in crate::assess) spf: SpfLeg,
    pub(in crate::assess) dkim: DkimLeg,
    /// By the other reading, and by this one.
    pub(in crate::assess) by_walk: Outcome,
    pub(in crate::assess) by_list: Outcome,
    pub(in crate::assess) mail_from: Option<Name>,
    pub(in crate::assess) dkim_domain: Option<Name>,
    /// The names of its keys.
    pub(in crate::assess) key_names: Vec<Name>,
    /// The names of its return address.
    pub(in crate::assess) address_names: Vec<Name>,
}

impl Standing {
    /// Whether the policy asks receivers to act.
    pub(in crate::assess) fn is_enforced(&self) -> bool {
        self.policy != Policy::None
    }

    /// The service's name, as an argument of words; empty where nobody knows it.
    pub(in crate::assess) fn sender(&self) -> Argument {
        let name = self.service.map(|service| service.name.as_str());
        Argument::from(name.unwrap_or_default())
    }

    /// The document by which it passes, and the one by which it does not.
    pub(in crate::assess) fn passes_and_fails(&self) -> (&'static str, &'static str) {
        if self.by_walk == Outcome::Pass {
            ("RFC 9989", "RFC 7489")
        } else {
            ("RFC 7489", "RFC 9989")
        }
    }

    /// Whether nothing counts for certain.
    pub(in crate::assess) fn fails(&self) -> bool {
        matches!(self.kind, Kind::Refused | Kind::Unauthenticated)
    }
}

/// The record that applies and is not empty of effect.
pub(super) fn applied<'s>(survey: &'s Survey<'_>) -> Option<&'s Applied> {
    let comparison = survey.dmarc.comparison.as_ref()?;
    let applied = comparison.walk.applied()?;
    (applied.acts != Acts::Nothing).then_some(applied)
}

pub(super) fn standing(survey: &Survey<'_>, facts: &PathFacts<'_>) -> Standing {
    let comparison = survey.dmarc.comparison.as_ref();
    let legs = legs(facts);
    let by_walk = legs.walk.outcome(comparison.map(|found| &found.walk));
    let by_list = legs.list.outcome(comparison.map(|found| &found.list));
    let policy = applied(survey).map_or(Policy::None, |applied| applied.effective);
    let domain = comparison.map(|found: &_| author(&found.walk));
    let spf = spf_leg(domain, facts);
    let dkim = dkim_leg(domain, facts);
    let none = legs.walk.spf == Some(false) && legs.walk.dkim == Some(false);
    let some = legs.walk.spf == Some(true) || legs.walk.dkim == Some(true);
    let kind = match (by_walk, by_list) {
        (Outcome::Pass, Outcome::Fail) | (Outcome::Fail, Outcome::Pass) => Kind::ReadingsDiffer,
        (Outcome::Fail, _) if policy != Policy::None => Kind::Refused,
        (Outcome::Fail, _) => Kind::Unauthenticated,
        (Outcome::NoPolicy, _) if none => Kind::Unauthenticated,
        (Outcome::NoPolicy, _) if some => Kind::NoPolicy,
        (Outcome::NoPolicy | Outcome::Unknown, _) => Kind::Unknown,
        (Outcome::Pass, _) if legs.walk.count() == Some(2) => Kind::Ready,
        (Outcome::Pass, _) => Kind::OneLeg,
    };
    let signature = facts.signatures.first();
    let keys = signature.into_iter().flat_map(|signature| &signature.keys);
    let address = &facts.return_address;
    let return_path = address.absent.iter().chain(&address.domain);
    Standing {
        kind,
        service: facts.service,
        stated: facts.stated,
        policy,
        spf,
        dkim,
        by_walk,
        by_list,
        mail_from: address.domain.clone(),
        dkim_domain: signature.map(|signature| signature.domain.clone()),
        key_names: keys.map(|key| key.name.clone()).collect(),
        address_names: return_path.cloned().collect(),
    }
}

fn author(discovery: &Discovery) -> &Name {
    &discovery.author_domain
}

/// Why two domains are not aligned.
enum Gap {
    Strict,
    Foreign,
    Apart,
}

fn gap(domain: Option<&Name>, other: Option<&Name>, aligned: &AlignedFacts) -> Gap {
    let same = |domain, other| registrable_domain(domain) == registrable_domain(other);
    match domain.zip(other) {
        _ if aligned.if_relaxed == Some(true) => Gap::Strict,
        Some((domain, other)) if same(domain, other) => Gap::Apart,
        _ => Gap::Foreign,
    }
}

fn spf_leg(domain: Option<&Name>, facts: &PathFacts<'_>) -> SpfLeg {
    let address = &facts.return_address;
    let refused = match address.result {
        None | Some(SpfResult::TempError | SpfResult::Pass) => None,
        Some(result) => Some(SpfLeg::NotAuthorised(result)),
    };
    match address.aligned.by.walk {
        Some(false) => match gap(domain, address.domain.as_ref(), &address.aligned) {
            Gap::Foreign => SpfLeg::Foreign,
            // What does not pass would not count in any alignment.
            Gap::Strict => refused.unwrap_or(SpfLeg::Strict),
            Gap::Apart => refused.unwrap_or(SpfLeg::Apart),
        },
        Some(true) if address.result == Some(SpfResult::Pass) => SpfLeg::Counts,
        _ => refused.unwrap_or(SpfLeg::Unknown),
    }
}

fn dkim_leg(domain: Option<&Name>, facts: &PathFacts<'_>) -> DkimLeg {
    let Some(signature) = facts.signatures.first() else {
        return DkimLeg::Unknown;
    };
    match (signature.aligned.by.walk, signature.found()) {
        (_, Some(false)) => DkimLeg::NoKey,
        (Some(false), _) => match gap(domain, Some(&signature.domain), &signature.aligned) {
            Gap::Strict => DkimLeg::Strict,
            Gap::Foreign => DkimLeg::Foreign,
            Gap::Apart => DkimLeg::Apart,
        },
        (Some(true), Some(true)) => DkimLeg::Counts,
        (Some(true), _) if signature.is_ed25519_only() => DkimLeg::Ed25519,
        _ => DkimLeg::Unknown,
    }
}
