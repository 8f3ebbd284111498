//! The return address of a path (RFC5321.MailFrom): whose it is, and what SPF says of it.

use garant_dns::{Answer, Data, Name, RecordType};
use garant_msgauth::spf::{
    Mechanism, Node, Params, Presence, Qualifier, SpfResult, TermKind, Tree, Verdict, check_host,
    tree,
};

use super::signature::{both, of_key};
use super::{
    ByReading, Context, Part, alignment, domain_and_organization, recognise, target, unique,
};
use crate::catalogue::{Confidence, ReturnPathKind, Service};
use crate::input::registrable_domain;
use crate::path::{Basis, Evidence, EvidenceKind};
use crate::survey::Asker;

/// Names at which a return path may stand that are asked for at most: two questions each.
const NAMES_ASKED_MAX: usize = 4;

/// What is known of a return address.
pub(crate) struct ReturnAddress {
    /// Its domain.
    pub(crate) domain: Option<Name>,
    pub(crate) basis: Basis,
    /// What SPF says of the path; nothing where that cannot be told.
    pub(crate) result: Option<SpfResult>,
    /// Whether its domain is aligned; nothing where that cannot be told.
    pub(crate) aligned: ByReading<Option<bool>>,
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
            aligned: ByReading::both(None),
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
            walk: both(pass, self.aligned.walk),
            list: both(pass, self.aligned.list),
        }
    }
}

/// What a return address leads to, for what SPF says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// The domain's own record decides.
    Domain,
    /// An alias: the record is the service's.
    Delegated,
    /// The service's own domain.
    Service,
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
        let name = place.name.clone();
        let mut address = known(
            asker,
            context,
            service,
            name,
            Basis::Record,
            Whose::Delegated,
            true,
        );
        address.evidence = place.evidence.clone();
        return address;
    }
    let unclear = places.iter().any(|place| place.unclear);
    let absent = places.into_iter().next().map(|place| place.name);
    match service {
        Some(service) => by_catalogue(asker, context, service, absent, unclear, true),
        // A return path was asked for and does not stand: the platform uses its own meanwhile.
        None if absent.is_some() && !unclear => ReturnAddress {
            aligned: ByReading::both(Some(false)),
            absent,
            ..ReturnAddress::unknown()
        },
        // An address that sends, and nothing else said: a server of the domain's own.
        None if request.ip.is_some() && request.signed_by.is_empty() => {
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
    let basis = if service.confidence == Confidence::Verified {
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
                    aligned: ByReading::both(Some(false)),
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
    ReturnAddress {
        result: result(asker, context, service, &domain, whose),
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
    evidence: Vec<Evidence>,
}

/// The names at which the return path of the stated path may stand: those that the platform asked for, or
/// the catalogue's usual ones.
fn places(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: Option<&'static Service>,
) -> Vec<Place> {
    let expected: Vec<(Name, Name, RecordType)> = asker
        .observation()
        .request
        .expect
        .iter()
        .filter(|record| of_key(&record.name).is_none())
        .filter_map(|record| Some((record.name.clone(), target(record)?, record.rtype)))
        .take(NAMES_ASKED_MAX)
        .collect();
    let mut places: Vec<Place> = expected
        .into_iter()
        .filter_map(|(name, target, rtype)| expected_place(asker, service, name, &target, rtype))
        .collect();
    let Some(service) = service.filter(|_| places.is_empty()) else {
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
        places.push(usual_place(asker, service, name));
    }
    places
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
    let exchanges = answer.into_iter().flat_map(|answer| {
        answer
            .records
            .iter()
            .filter_map(|record| match &record.data {
                Data::Mx { exchange, .. } => Some(exchange),
                _ => None,
            })
    });
    aliases.chain(exchanges)
}

fn usual_place(asker: &mut Asker<'_>, service: &'static Service, name: Name) -> Place {
    let mail = asker.ask(&name, RecordType::Mx);
    let text = asker.ask(&name, RecordType::Txt);
    let found = leads_to(mail)
        .chain(leads_to(text))
        .find(|target| is_of(service, target));
    let is_unclear =
        |answer: Option<&Answer>| answer.is_none_or(|answer| !answer.status.is_definite());
    Place {
        stands: found.is_some(),
        unclear: found.is_none() && (is_unclear(mail) || is_unclear(text)),
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

/// A record that a platform asked for and that is no key: a return path, if mail can be returned to what it
/// leads to; otherwise a link or a picture, and nothing for mail.
fn expected_place(
    asker: &mut Asker<'_>,
    service: Option<&'static Service>,
    name: Name,
    target: &Name,
    rtype: RecordType,
) -> Option<Place> {
    let mail = asker.ask(&name, RecordType::Mx);
    let text = asker.ask(&name, RecordType::Txt);
    let is_pending = mail.is_none() || text.is_none();
    let goal = if rtype == RecordType::Cname {
        // Both are asked, so that a record that is not an alias can be told to be the same.
        let goal = (
            asker.ask(target, RecordType::Mx),
            asker.ask(target, RecordType::Txt),
        );
        Some(goal)
    } else {
        None
    };
    let takes_mail = |(mail, text): (Option<&Answer>, Option<&Answer>)| {
        let exchanges = mail.is_some_and(|answer| !answer.records.is_empty());
        exchanges || text.is_some_and(has_spf)
    };
    let is_usual = service.is_some_and(|service| {
        let of_label = |label: &Name| name.labels().next() == Some(label.as_str());
        service.return_path.labels.iter().any(of_label)
            || service
                .return_path
                .targets
                .iter()
                .any(|of| target.is_within(of))
    });
    let is_return_path = rtype == RecordType::Mx || is_usual || goal.is_some_and(takes_mail);
    if !is_return_path {
        return None;
    }
    let by_alias = leads_to(mail)
        .chain(leads_to(text))
        .any(|found| found == target);
    let same = |one: Option<&Answer>, other: Option<&Answer>| {
        one.zip(other)
            .is_some_and(|(one, other)| has_spf(one) && spf_texts(one) == spf_texts(other))
    };
    let flattened = goal.is_some_and(|(_, goal)| same(text, goal));
    let stands = by_alias || flattened;
    let is_indefinite =
        |answer: Option<&Answer>| answer.is_some_and(|answer| !answer.status.is_definite());
    Some(Place {
        unclear: !stands && (is_pending || is_indefinite(mail) || is_indefinite(text)),
        evidence: if stands {
            vec![evidence(&name, target)]
        } else {
            Vec::new()
        },
        stands,
        name,
    })
}

fn spf_texts(answer: &Answer) -> Vec<Vec<u8>> {
    let texts = answer.texts().map(garant_dns::Txt::joined);
    texts
        .filter(|text| garant_msgauth::spf::is_spf(text))
        .collect()
}

fn has_spf(answer: &Answer) -> bool {
    !spf_texts(answer).is_empty()
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

/// What SPF says of mail on this path: with the address that sends, as a receiver evaluates it; without,
/// whether the record lets the service send.
fn result(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: Option<&'static Service>,
    domain: &Name,
    whose: Whose,
) -> Option<SpfResult> {
    let observation = asker.observation();
    if let Some(ip) = observation.request.ip {
        let mail_from = format!("postmaster@{domain}");
        let params = Params {
            client_ip: ip,
            mail_from: &mail_from,
            helo: "",
            receiver: "",
            now: u64::try_from(observation.asked_at).unwrap_or(0),
        };
        let evaluation = asker.run(|answers| check_host(&params, answers));
        return evaluation.map(|evaluation| evaluation.result);
    }
    if whose == Whose::Service {
        return Some(SpfResult::Pass);
    }
    if domain == context.domain {
        return of_tree(&context.spf.tree, service, whose);
    }
    let tree = tree(domain, asker.table());
    asker.need(tree.needs.iter().cloned());
    of_tree(&tree, service, whose)
}

fn of_tree(tree: &Tree, service: Option<&'static Service>, whose: Whose) -> Option<SpfResult> {
    match &tree.verdict {
        Verdict::Incomplete => None,
        Verdict::None => Some(SpfResult::None),
        Verdict::TempError(_) => Some(SpfResult::TempError),
        // Where the service is met before the fault some receivers may stop; most evaluate the whole.
        Verdict::PermError(_) => Some(SpfResult::PermError),
        Verdict::Valid => of_record(&tree.root, service, whose),
    }
}

fn of_record(root: &Node, service: Option<&'static Service>, whose: Whose) -> Option<SpfResult> {
    let everybody_else = root.default.map_or(SpfResult::Neutral, SpfResult::from);
    if lets_nobody_send(root) {
        return Some(everybody_else);
    }
    if whose == Whose::Delegated {
        return Some(SpfResult::Pass);
    }
    let service = service.filter(|service| !service.spf.is_empty())?;
    if reaches(root, service) || everybody_else == SpfResult::Pass {
        return Some(SpfResult::Pass);
    }
    // Mailboxes may send through a server of the domain's own that the record names by its address.
    let may_be_own = service.return_path.kind == ReturnPathKind::Author && names_servers(root);
    (!may_be_own).then_some(everybody_else)
}

fn lets_nobody_send(root: &Node) -> bool {
    root.presence == Presence::One
        && root.record.terms.iter().all(|term| match &term.kind {
            TermKind::Directive(directive) => directive.mechanism == Mechanism::All,
            TermKind::Redirect(_) => false,
            TermKind::Explanation(_) | TermKind::UnknownModifier { .. } => true,
        })
        && root.default != Some(Qualifier::Pass)
}

/// Whether a record, or one that it includes, lets a service send.
fn reaches(node: &Node, service: &Service) -> bool {
    let of_service = |name: &Name| service.spf.iter().any(|suffix| name.is_within(suffix));
    recognise::spf_targets(node)
        .iter()
        .any(|(target, _)| of_service(target))
        || node
            .terms
            .iter()
            .filter_map(|term| term.child.as_deref())
            .any(|child| reaches(child, service))
}

/// Whether a record names servers by address or host, and not only other records.
fn names_servers(root: &Node) -> bool {
    root.record.directives().any(|(_, directive)| {
        !matches!(directive.mechanism, Mechanism::All | Mechanism::Include(_))
    })
}
