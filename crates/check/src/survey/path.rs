//! Sending paths: by whom mail in the domain's name is sent, with which return address and signature, and
//! what the answers at hand say about both.
//!
//! A path that is asked about may cost look-ups of its own: the catalogue's selectors and return path
//! labels, the tree walk of a foreign name. The paths of services that the records show cost none: what is
//! not known about them stays unknown.

mod authorisation;
mod recognise;
mod return_address;
mod signature;

use std::collections::BTreeSet;

use garant_dns::{Answer, Name, RecordType};
use garant_msgauth::dmarc::{
    Aligned, Alignment, Comparison, Discovery, Method, PolicyRecord, Unanswered, aligned,
};

pub(crate) use return_address::ReturnAddress;
pub(crate) use signature::SignatureFacts;

use super::dkim::DkimFacts;
use super::expected::{ExpectedFacts, Purpose};
use super::mx::MxFacts;
use super::spf::SpfFacts;
use super::{Asker, DmarcFacts};
use crate::catalogue::{Service, by_dkim_target, by_return_path_target, service};
use crate::input::registrable_domain;
use crate::observation::{ExpectedRecord, Request};
use crate::path::Evidence;

/// Paths of services that the records show at most: nobody reads on, and each costs a judgement.
const RECOGNISED_MAX: usize = 8;

/// One path.
pub(crate) struct PathFacts<'a> {
    /// The service, when the catalogue knows it.
    pub(crate) service: Option<&'static Service>,
    /// Whether it was asked about.
    pub(crate) stated: bool,
    /// What shows it.
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) return_address: ReturnAddress,
    /// The signatures, the one that helps most first.
    pub(crate) signatures: Vec<SignatureFacts<'a>>,
}

/// One fact by both ways of finding the Organizational Domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByReading<T> {
    /// By the DNS Tree Walk of RFC 9989.
    pub(crate) walk: T,
    /// By the public suffix list of RFC 7489.
    pub(crate) list: T,
}

impl<T: Clone> ByReading<T> {
    fn both(value: T) -> Self {
        Self {
            walk: value.clone(),
            list: value,
        }
    }
}

/// What the other topics found, as far as paths need it.
#[derive(Clone, Copy)]
pub(super) struct Context<'a, 'b> {
    pub(super) domain: &'b Name,
    pub(super) own_text: Option<&'a Answer>,
    pub(super) spf: &'b SpfFacts<'a>,
    pub(super) dkim: &'b DkimFacts<'a>,
    pub(super) dmarc: &'b DmarcFacts<'a>,
    pub(super) mx: &'b MxFacts<'a>,
    pub(super) expected: &'b ExpectedFacts<'a>,
}

/// The service that a request is about: the one that it names, or the one that the records which a platform
/// asked for lead to.
pub(crate) fn stated_service(request: &Request) -> Option<&'static Service> {
    match &request.sender {
        Some(word) => service(word),
        None => {
            let mut values = request.expect.iter().filter_map(target);
            values
                .find_map(|value| by_dkim_target(&value).or_else(|| by_return_path_target(&value)))
        }
    }
}

/// Whether a request is about one path: it names a service or parts of a path, or gives a platform's
/// records for keys or a return path.
pub(crate) fn is_stated(request: &Request) -> bool {
    request.states_path()
        || request
            .expect
            .iter()
            .any(|record| signature::of_key(&record.name).is_some() || target(record).is_some())
}

/// The name that an expected record leads to.
fn target(record: &ExpectedRecord) -> Option<Name> {
    let value = record.value.trim();
    let host = match record.rtype {
        RecordType::Cname => value,
        RecordType::Mx => value.split_whitespace().next_back()?,
        _ => return None,
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.parse().ok().filter(|name: &Name| !name.is_root())
}

/// The selectors at the domain itself that belong to the path that was asked about.
pub(super) fn selectors(request: &Request) -> Vec<Name> {
    if !is_stated(request) {
        return Vec::new();
    }
    signature::wanted(request)
        .into_iter()
        .filter(|(domain, _)| *domain == request.domain)
        .flat_map(|(_, wanted)| wanted.selectors)
        .collect()
}

pub(super) fn survey<'a>(asker: &mut Asker<'a>, context: Context<'a, '_>) -> Vec<PathFacts<'a>> {
    let request = &asker.observation().request;
    let mut recognised = recognise::recognise(context);
    let mut paths = Vec::new();
    if is_stated(request) && is_about_mail(request, context) {
        let service = stated_service(request);
        let known = service.and_then(|service| {
            let index = recognised
                .iter()
                .position(|(found, _)| found.id == service.id)?;
            Some(recognised.remove(index).1)
        });
        let signatures = signature::stated(asker, context, service);
        let return_address = return_address::stated(asker, context, service);
        let mut evidence = known.unwrap_or_default();
        evidence.extend(return_address.evidence.clone());
        evidence.sort();
        evidence.dedup();
        paths.push(PathFacts {
            service,
            stated: true,
            evidence,
            return_address,
            signatures,
        });
    }
    for (service, evidence) in recognised.into_iter().take(RECOGNISED_MAX) {
        let return_address = return_address::recognised(asker, context, service);
        let signature = signature::recognised(context, service);
        paths.push(PathFacts {
            service: Some(service),
            stated: false,
            evidence,
            return_address,
            signatures: vec![signature],
        });
    }
    paths
}

/// Whether what was asked about is a path, and not only links and tokens that a platform asked for.
fn is_about_mail(request: &Request, context: Context<'_, '_>) -> bool {
    let mut records = context.expected.records.iter();
    request.states_path()
        || records.any(|record| matches!(record.purpose, Purpose::Key | Purpose::ReturnPath))
}

/// The parts of a path whose alignment is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    ReturnAddress,
    Signature,
}

impl Part {
    fn alignment(self, record: &PolicyRecord) -> Alignment {
        match self {
            Self::ReturnAddress => record.aspf(),
            Self::Signature => record.adkim(),
        }
    }
}

/// Whether an authenticated domain counts for the Author Domain; nothing where it cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AlignedFacts {
    /// As the policy asks, by both ways of finding the Organizational Domain.
    pub(crate) by: ByReading<Option<bool>>,
    /// As it would be if the policy asked for relaxed alignment, by RFC 9989.
    pub(crate) if_relaxed: Option<bool>,
    /// The answer that it depends on, when that did not come.
    pub(crate) unanswered: Option<Unanswered>,
}

impl AlignedFacts {
    fn all(value: Option<bool>) -> Self {
        Self {
            by: ByReading::both(value),
            if_relaxed: value,
            unanswered: None,
        }
    }
}

/// Whether an authenticated domain counts for the Author Domain.
///
/// Where no policy applies there is nothing to align with, and a walk would take each name for an
/// organization of its own; then the list says whether two names belong together.
fn alignment(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    other: &Name,
    part: Part,
    may_ask: bool,
) -> AlignedFacts {
    let Some(comparison) = &context.dmarc.comparison else {
        return AlignedFacts::all(None);
    };
    // What is only recognised may cost nothing. Nearly always the list says the same as the walk would.
    if !may_ask && registrable_domain(context.domain) != registrable_domain(other) {
        return AlignedFacts::all(Some(false));
    }
    let mode = |discovery: &Discovery| {
        let applied = discovery.applied();
        applied.map_or(Alignment::Relaxed, |applied| {
            part.alignment(&applied.record)
        })
    };
    let mut unanswered = None;
    let mut by = |discovery: &Discovery, mode| {
        let method = if discovery.applied().is_some() {
            discovery.method
        } else {
            Method::PublicSuffixList
        };
        // An organization stands above every name of it (RFC 9989, section 4.10.2): what is not beneath this
        // one needs no walk to be another's.
        let organization = discovery.organizational_domain.name();
        let is_foreign = organization.is_some_and(|above| !other.is_within(above));
        if is_foreign && method == discovery.method {
            return Some(false);
        }
        match asker.run(|answers| aligned(context.domain, other, mode, method, answers))? {
            Aligned::Yes => Some(true),
            Aligned::No => Some(false),
            Aligned::Unanswered(which) => {
                unanswered.get_or_insert(which);
                None
            }
        }
    };
    let Comparison { walk, list } = comparison;
    let readings = ByReading {
        walk: by(walk, mode(walk)),
        list: by(list, mode(list)),
    };
    let if_relaxed = by(walk, Alignment::Relaxed);
    AlignedFacts {
        by: readings,
        if_relaxed,
        unanswered,
    }
}

/// The domain, and the one above it that its organization has registered, when that is another.
fn domain_and_organization(domain: &Name) -> Vec<Name> {
    let organization = registrable_domain(domain);
    let mut names = vec![domain.clone()];
    if organization != *domain {
        names.push(organization);
    }
    names
}

/// Each name once, in the order of the first.
fn unique(names: impl IntoIterator<Item = Name>) -> Vec<Name> {
    let mut seen = BTreeSet::new();
    let mut names: Vec<Name> = names.into_iter().collect();
    names.retain(|name| seen.insert(name.clone()));
    names
}
