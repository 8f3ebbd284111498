//! Sending paths: what DMARC makes of each, and what receivers then do.

use garant_msgauth::dmarc::{Acts, Discovery};
use garant_msgauth::spf::SpfResult;

use crate::catalogue::ReturnPathKind;
use crate::path::{Basis, Path, PathDkim, PathDmarc, PathSpf, Shape};
use crate::survey::{ByReading, PathFacts, SignatureFacts, Survey};

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

/// The paths as they are told.
pub(super) fn paths(survey: &Survey<'_>) -> Vec<Path> {
    survey
        .paths
        .iter()
        .map(|facts| path(survey, facts))
        .collect()
}

fn path(survey: &Survey<'_>, facts: &PathFacts<'_>) -> Path {
    let address = &facts.return_address;
    let signature = facts.signatures.first();
    let legs = legs(facts);
    let comparison = survey.dmarc.comparison.as_ref();
    let walk = comparison.map(|found| &found.walk);
    let applied = walk
        .and_then(Discovery::applied)
        .filter(|applied| applied.acts != Acts::Nothing);
    Path {
        sender: facts.service.map(|service| service.id.as_str()),
        sender_name: facts.service.map(|service| service.name.as_str()),
        stated: facts.stated,
        evidence: facts.evidence.clone(),
        shape: shape(facts),
        mail_from_domain: address.domain.clone(),
        mail_from_basis: address.basis,
        dkim_domain: signature.map(|signature| signature.domain.clone()),
        spf: PathSpf {
            result: address.result.map_or("unknown", SpfResult::as_str),
            aligned: address.aligned.walk,
            aligned_rfc7489: address.aligned.list,
        },
        dkim: dkim(signature),
        dmarc: PathDmarc {
            result: legs.walk.outcome(walk).as_str(),
            policy: applied.map(|applied| applied.effective.as_str()),
            domain: applied.map(|applied| applied.policy_domain.clone()),
            rfc7489: legs
                .list
                .outcome(comparison.map(|found| &found.list))
                .as_str(),
            legs: legs.walk.count(),
        },
        receivers: Vec::new(),
    }
}

fn dkim(signature: Option<&SignatureFacts<'_>>) -> PathDkim {
    let keys = || signature.into_iter().flat_map(|signature| &signature.keys);
    PathDkim {
        found: signature.and_then(SignatureFacts::found),
        selectors: keys().map(|key| key.selector.clone()).collect(),
        working: keys()
            .filter(|key| key.usable == Some(true))
            .map(|key| key.selector.clone())
            .collect(),
        aligned: signature.and_then(|signature| signature.aligned.walk),
        aligned_rfc7489: signature.and_then(|signature| signature.aligned.list),
    }
}

fn shape(facts: &PathFacts<'_>) -> Shape {
    let kind = facts.service.map(|service| service.return_path.kind);
    if kind == Some(ReturnPathKind::Author) {
        return Shape::Mailbox;
    }
    let keys = facts.signatures.first().and_then(SignatureFacts::found);
    let address = &facts.return_address;
    let return_path = match address.basis {
        Basis::Record => Some(true),
        Basis::Stated => address.aligned.list,
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
