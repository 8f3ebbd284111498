//! The return address of a path (RFC5321.MailFrom): whose it is, and what SPF says of it.

use garant_dns::{Answer, Name, RecordType};
use garant_msgauth::dmarc::Unanswered;
use garant_msgauth::spf::SpfResult;

use super::authorisation::{Whose, result};
use super::signature::both;
use super::{AlignedFacts, ByReading, Context, Part, alignment, domain_and_organization, unique};
use crate::catalogue::{Confidence, ReturnPathKind, Service};
use crate::input::registrable_domain;
use crate::path::{Basis, Evidence, EvidenceKind};
use crate::survey::Asker;
use crate::survey::expected::{Origin, Purpose, RecordFacts, State, Wanted};

/// Names at which a return path may stand that are asked for at most: two questions each.
const NAMES_ASKED_MAX: usize = 4;

/// What is known of a return address.
pub(crate) struct ReturnAddress {
    /// Its domain.
    pub(crate) domain: Option<Name>,
    pub(crate) basis: Basis,
    /// What SPF says of the path; nothing where that cannot be told.
    pub(crate) result: Option<SpfResult>,
    /// The answer that the result depends on, when that did not come.
    pub(crate) unanswered: Option<Unanswered>,
    /// Whether its domain is aligned; nothing where that cannot be told.
    pub(crate) aligned: AlignedFacts,
    /// Where a return path of the domain's own would stand, when none does.
    pub(crate) absent: Option<Name>,
    /// The records of it that show the service.
    pub(crate) evidence: Vec<Evidence>,
}

impl ReturnAddress {
    fn unknown() -> Self {
        Self {
            domain: None,
            basis: Basis::Unknown,
            result: None,
            unanswered: None,
            aligned: AlignedFacts::all(None),
            absent: None,
            evidence: Vec::new(),
        }
    }

    /// Whether it proves the Author Domain, by each reading.
    pub(crate) fn passes(&self) -> ByReading<Option<bool>> {
        let pass = match self.result {
            None | Some(SpfResult::TempError) => None,
            Some(result) => Some(result == SpfResult::Pass),
        };
        ByReading {
            walk: both(pass, self.aligned.by.walk),
            list: both(pass, self.aligned.by.list),
        }
    }
}

/// The return address of the path that was asked about.
pub(super) fn stated(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: Option<&'static Service>,
) -> ReturnAddress {
    let request = &asker.observation().request;
    if let Some(domain) = request.mail_from.clone() {
        let whose = whose(asker, context, &domain, service);
        return known(asker, context, service, domain, Basis::Stated, whose, true);
    }
    let places = places(asker, context, service);
    let standing = places.iter().find(|place| place.stands);
    if let Some(place) = standing {
        let (name, whose) = (place.name.clone(), place.whose);
        let mut address = known(asker, context, service, name, Basis::Record, whose, true);
        address.evidence = place.evidence.clone();
        return address;
    }
    let unclear = places.iter().any(|place| place.unclear);
    let absent = places.into_iter().next().map(|place| place.name);
    match service {
        Some(service) => by_catalogue(asker, context, service, absent, unclear, true),
        // A return path was asked for and does not stand: the platform uses its own meanwhile.
        None if absent.is_some() && !unclear => ReturnAddress {
            aligned: AlignedFacts::all(Some(false)),
            absent,
            ..ReturnAddress::unknown()
        },
        // An address that sends, and nothing else said: a server of the domain's own.
        None if request.ip.is_some() => {
            let domain = context.domain.clone();
            known(
                asker,
                context,
                None,
                domain,
                Basis::Stated,
                Whose::Domain,
                true,
            )
        }
        None => ReturnAddress::unknown(),
    }
}

/// The return address of a service that the records show, without asking anything.
pub(super) fn recognised(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: &'static Service,
) -> ReturnAddress {
    by_catalogue(asker, context, service, None, true, false)
}

fn by_catalogue(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: &'static Service,
    absent: Option<Name>,
    unclear: bool,
    may_ask: bool,
) -> ReturnAddress {
    let path = &service.return_path;
    let basis = if service.return_path_confidence() == Confidence::Verified {
        Basis::Catalogue
    } else {
        Basis::CatalogueUncertain
    };
    match path.kind {
        ReturnPathKind::Author => {
            let domain = context.domain.clone();
            known(
                asker,
                context,
                Some(service),
                domain,
                basis,
                Whose::Domain,
                may_ask,
            )
        }
        ReturnPathKind::Unknown => ReturnAddress::unknown(),
        ReturnPathKind::Subdomain if absent.is_none() || unclear => ReturnAddress {
            absent,
            ..ReturnAddress::unknown()
        },
        ReturnPathKind::Service | ReturnPathKind::Subdomain => {
            let address = match path.domain.clone() {
                Some(domain) => known(
                    asker,
                    context,
                    Some(service),
                    domain,
                    basis,
                    Whose::Service,
                    may_ask,
                ),
                // Which one it is nobody wrote down; that it is the service's is what counts.
                None => ReturnAddress {
                    basis,
                    aligned: AlignedFacts::all(Some(false)),
                    ..ReturnAddress::unknown()
                },
            };
            ReturnAddress { absent, ..address }
        }
    }
}

fn known(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: Option<&'static Service>,
    domain: Name,
    basis: Basis,
    whose: Whose,
    may_ask: bool,
) -> ReturnAddress {
    let (result, unanswered) = match result(asker, context, service, &domain, whose, may_ask) {
        Ok(result) => (result, None),
        Err(unanswered) => (None, Some(unanswered)),
    };
    ReturnAddress {
        result,
        unanswered,
        aligned: alignment(asker, context, &domain, Part::ReturnAddress, may_ask),
        domain: Some(domain),
        basis,
        absent: None,
        evidence: Vec::new(),
    }
}

/// A name at which a return path may stand.
struct Place {
    name: Name,
    stands: bool,
    /// An answer is missing that could change that.
    unclear: bool,
    /// Whether the record there that lets the service send is its own, or as it asked for it.
    whose: Whose,
    evidence: Vec<Evidence>,
}

/// The names at which the return path of the stated path may stand: those that the platform asked for, and
/// the catalogue's usual ones.
fn places(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: Option<&'static Service>,
) -> Vec<Place> {
    let records = || {
        let records = context.expected.records.iter();
        records.filter(|record| record.purpose == Purpose::ReturnPath)
    };
    let names = unique(records().map(|record| record.wish.name.clone()));
    let mut places: Vec<Place> = names
        .into_iter()
        .map(|name| {
            let of_name: Vec<&RecordFacts<'_>> = records()
                .filter(|record| record.wish.name == name)
                .collect();
            wanted_place(name, &of_name)
        })
        .collect();
    let is_listed = context.expected.records.iter().any(|record| {
        record.purpose == Purpose::ReturnPath && record.wish.origin == Origin::Stated
    });
    let Some(service) = service.filter(|_| !is_listed) else {
        return places;
    };
    if service.return_path.kind != ReturnPathKind::Subdomain {
        return places;
    }
    let names = domain_and_organization(context.domain)
        .into_iter()
        .flat_map(|domain| {
            let labels = service.return_path.labels.iter();
            labels.filter_map(move |label| domain.prefixed(label.as_str()).ok())
        });
    for name in unique(names).into_iter().take(NAMES_ASKED_MAX) {
        if places
            .iter()
            .all(|place| place.name != name || !place.stands)
        {
            let place = usual_place(asker, service, name);
            places.retain(|known| known.name != place.name);
            places.push(place);
        }
    }
    places
}

/// A return path that was asked for: an alias, or an exchange and an SPF record beside it.
fn wanted_place(name: Name, records: &[&RecordFacts<'_>]) -> Place {
    let is_spf = |record: &RecordFacts<'_>| matches!(record.wish.wanted, Wanted::Spf(_));
    let is_right = |record: &RecordFacts<'_>| matches!(record.state, State::Right { .. });
    let (spf, others): (Vec<&RecordFacts<'_>>, Vec<&RecordFacts<'_>>) =
        records.iter().partition(|record| is_spf(record));
    // Without its exchange a service does not use the name, whatever SPF says there.
    let deciding = if others.is_empty() { &spf } else { &others };
    let stands = deciding.iter().all(|record| is_right(record));
    let open = |state: &State| matches!(state, State::Open | State::Unanswered(..));
    let targets = records.iter().filter_map(|record| {
        let target = record.wish.target();
        target.or_else(|| leads_to(record.answer).next())
    });
    Place {
        stands,
        unclear: !stands && deciding.iter().any(|record| open(&record.state)),
        whose: if spf.iter().all(|record| is_right(record)) {
            Whose::Delegated
        } else {
            Whose::Domain
        },
        evidence: targets
            .filter(|_| stands)
            .map(|target| evidence(&name, target))
            .collect(),
        name,
    }
}

fn is_of(service: &Service, name: &Name) -> bool {
    let targets = service.targets.iter().chain(&service.return_path.targets);
    targets.into_iter().any(|target| name.is_within(target))
}

/// The exchange of an answer, and every name that its aliases go through.
fn leads_to(answer: Option<&Answer>) -> impl Iterator<Item = &Name> {
    let aliases = answer
        .into_iter()
        .flat_map(|answer| answer.aliases.iter().map(|alias| &alias.target));
    let exchanges = answer.into_iter().flat_map(Answer::exchanges);
    aliases.chain(exchanges.map(|(_, exchange)| exchange))
}

fn usual_place(asker: &mut Asker<'_>, service: &'static Service, name: Name) -> Place {
    // The question for exchanges shows an alias too.
    let mail = asker.ask(&name, RecordType::Mx);
    let found = leads_to(mail).find(|target| is_of(service, target));
    let is_alias = mail.is_some_and(|answer| !answer.aliases.is_empty());
    Place {
        stands: found.is_some(),
        unclear: found.is_none() && mail.is_none_or(|answer| !answer.status.is_definite()),
        whose: if is_alias {
            Whose::Delegated
        } else {
            Whose::Domain
        },
        evidence: found
            .map(|target| evidence(&name, target))
            .into_iter()
            .collect(),
        name,
    }
}

fn evidence(name: &Name, target: &Name) -> Evidence {
    Evidence {
        kind: EvidenceKind::ReturnPath,
        name: name.clone(),
        text: target.to_string(),
    }
}

/// Whose record decides about a return address that the asker named.
fn whose(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    domain: &Name,
    service: Option<&'static Service>,
) -> Whose {
    if domain == context.domain {
        return Whose::Domain;
    }
    let organization = registrable_domain(context.domain);
    let text = asker.ask(domain, RecordType::Txt);
    let leaves = leads_to(text).any(|target| !target.is_within(&organization));
    let of_service = service.is_some_and(|service| is_of(service, domain));
    if of_service || service.is_some_and(|s| s.return_path.domain.as_ref() == Some(domain)) {
        Whose::Service
    } else if leaves {
        Whose::Delegated
    } else {
        Whose::Domain
    }
}
