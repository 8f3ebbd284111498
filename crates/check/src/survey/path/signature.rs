//! The signatures of a path: with which domain, and whether their keys stand there.

use std::collections::BTreeMap;

use garant_dns::{Name, RecordType, Status};
use garant_msgauth::dkim::{PublicKey, Selection};

use super::{
    AlignedFacts, ByReading, Context, Part, alignment, domain_and_organization, is_stated,
    recognise, stated_service, unique,
};
use crate::catalogue::Service;
use crate::observation::Request;
use crate::survey::Asker;
use crate::survey::dkim::{self, KeyFacts, SelectorSource, exists};
use crate::survey::expected::{CauseKind, ExpectedFacts, Origin, State};

/// Selectors of a path that are asked for at most, for each domain that signs.
const SELECTORS_ASKED_MAX: usize = 16;

/// Selectors that are asked for where nothing is said to stand beneath `_domainkey`.
const SELECTORS_WITHOUT_PARENT_MAX: usize = 1;

/// One signature: a domain (`d=`) and what stands at its selectors.
pub(crate) struct SignatureFacts<'a> {
    pub(crate) domain: Name,
    pub(crate) keys: Vec<PathKey>,
    /// Whether no other selector is in use.
    pub(crate) complete: bool,
    /// Whether the domain is aligned; nothing where it cannot be told.
    pub(crate) aligned: AlignedFacts,
    /// What stands at the selectors of a domain other than the one asked about.
    pub(crate) elsewhere: Vec<KeyFacts<'a>>,
}

/// One selector of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathKey {
    pub(crate) selector: Name,
    /// Its full name.
    pub(crate) name: Name,
    /// Whether receivers can check mail with the key that stands there; nothing when that is not known.
    pub(crate) usable: Option<bool>,
    /// Whether it is an Ed25519 key, which many receivers do not verify.
    pub(crate) is_ed25519: bool,
}

/// Whether something else stands at the name of a key than what a platform asked for there. The platform signs
/// with the private half of its own key, so a good key that is another one proves nothing.
fn is_other_than_expected(expected: &ExpectedFacts<'_>, name: &Name) -> bool {
    let mut here = expected
        .records
        .iter()
        .filter(|record| record.wish.origin == Origin::Stated && record.wish.name == *name)
        .peekable();
    // Of several keys at one name the right one may be among them: which one is taken, nobody can say.
    let is_other = |state: &State| match state {
        State::Wrong(causes) => !causes
            .iter()
            .all(|cause| matches!(cause.kind, CauseKind::Several { .. })),
        State::Open | State::Unanswered(..) | State::Right { .. } => false,
    };
    here.peek().is_some() && here.all(|record| is_other(&record.state))
}

impl PathKey {
    fn of(key: &KeyFacts<'_>) -> Self {
        let answered = key.answer.is_some_and(|answer| answer.status.is_definite());
        let record = key.selection.as_ref().and_then(Selection::key);
        let is_ed25519 =
            record.is_some_and(|record| matches!(record.key, Some(PublicKey::Ed25519(_))));
        Self {
            selector: key.selector.clone(),
            name: key.name.clone(),
            usable: answered.then(|| key.is_usable()),
            is_ed25519,
        }
    }
}

impl SignatureFacts<'_> {
    /// The keys that receivers can use, or some of them.
    pub(crate) fn working(&self) -> impl Iterator<Item = &PathKey> {
        self.keys.iter().filter(|key| key.usable == Some(true))
    }

    /// Whether keys were found, and all are of a kind that many receivers do not verify: support for RSA alone
    /// can be counted on, though RFC 8463 asks for both.
    pub(crate) fn is_ed25519_only(&self) -> bool {
        self.working().next().is_some() && self.working().all(|key| key.is_ed25519)
    }

    /// Whether a key that receivers can use was found; nothing where that depends on the receiver.
    pub(crate) fn found(&self) -> Option<bool> {
        if self.is_ed25519_only() {
            return None;
        }
        if self.working().next().is_some() {
            return Some(true);
        }
        let all_known = self.keys.iter().all(|key| key.usable.is_some());
        (self.complete && all_known).then_some(false)
    }

    /// Whether it proves the Author Domain, by each reading.
    pub(crate) fn passes(&self) -> ByReading<Option<bool>> {
        let with = |aligned| both(self.found(), aligned);
        ByReading {
            walk: with(self.aligned.by.walk),
            list: with(self.aligned.by.list),
        }
    }
}

/// Whether two things hold; one that does not is enough.
pub(super) fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// The selectors of one domain that a stated path may use.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) selectors: Vec<Name>,
    /// Whether no other can be in use.
    pub(super) complete: bool,
}

/// The selector and the domain in the name of a key record.
pub(super) fn of_key(name: &Name) -> Option<(Name, Name)> {
    let (selector, domain) = name.as_str().split_once("._domainkey.")?;
    Some((selector.parse().ok()?, domain.parse().ok()?))
}

/// Which selectors a request asks for, by domain. What the asker says of the path goes before what a
/// platform asked for, and that before the catalogue.
pub(super) fn wanted(request: &Request) -> BTreeMap<Name, Wanted> {
    let service = stated_service(request);
    let mut by_domain: BTreeMap<Name, Wanted> = BTreeMap::new();
    let stated = request
        .signed_by
        .iter()
        .map(|signed| (signed.domain.clone(), signed.selector.clone()));
    let expected = request
        .expect
        .iter()
        .filter_map(|record| of_key(&record.name))
        .map(|(selector, domain)| (domain, Some(selector)));
    let named: Vec<(Name, Option<Name>)> = if request.signed_by.is_empty() {
        expected.collect()
    } else {
        stated.collect()
    };
    for (domain, selector) in named {
        let wanted = by_domain.entry(domain).or_insert(Wanted {
            selectors: Vec::new(),
            complete: true,
        });
        match selector {
            Some(selector) => wanted.selectors.push(selector),
            // Whoever names a domain only leaves the selector to what is known of the service.
            None => {
                wanted.complete = service.is_some_and(|service| service.selectors_are_all);
                wanted.selectors.extend(of_service(request, service));
            }
        }
    }
    if by_domain.is_empty() {
        let complete = service.is_some_and(|service| service.selectors_are_all);
        by_domain.insert(
            request.domain.clone(),
            Wanted {
                selectors: of_service(request, service),
                complete,
            },
        );
    }
    for wanted in by_domain.values_mut() {
        let selectors = std::mem::take(&mut wanted.selectors);
        wanted.selectors = unique(selectors);
        wanted.selectors.truncate(SELECTORS_ASKED_MAX);
    }
    by_domain
}

/// The catalogue's selectors, and where these are not all, the ones that the asker named besides.
fn of_service(request: &Request, service: Option<&Service>) -> Vec<Name> {
    let of_catalogue = service.into_iter().flat_map(|service| &service.selectors);
    let all = service.is_some_and(|service| service.selectors_are_all);
    let named = request.selectors.iter().filter(|_| !all);
    named.chain(of_catalogue).cloned().collect()
}

/// The signatures of the path that was asked about.
pub(super) fn stated<'a>(
    asker: &mut Asker<'a>,
    context: Context<'a, '_>,
    service: Option<&'static Service>,
) -> Vec<SignatureFacts<'a>> {
    let request = &asker.observation().request;
    debug_assert!(is_stated(request));
    let mut wanted = wanted(request);
    let named =
        !request.signed_by.is_empty() || request.expect.iter().any(|r| of_key(&r.name).is_some());
    let mut signatures = Vec::new();
    if !named {
        // A service signs as the domain, or as the organization that it belongs to.
        let own = wanted.remove(context.domain).unwrap_or_default();
        for domain in domain_and_organization(context.domain) {
            let again = Wanted {
                selectors: own.selectors.clone(),
                complete: own.complete,
            };
            let signature = signature(asker, context, service, domain, again);
            let found = signature.found() == Some(true);
            signatures.push(signature);
            if found {
                break;
            }
        }
    }
    for (domain, wanted) in wanted {
        signatures.push(signature(asker, context, service, domain, wanted));
    }
    // Stable: of equally good ones the first named comes first.
    signatures.sort_by_key(|signature| std::cmp::Reverse(worth(signature)));
    signatures
}

/// How much a signature helps: one that passes, one that may, one that would be aligned, any.
fn worth(signature: &SignatureFacts<'_>) -> (u8, bool, bool) {
    let passes = match signature.passes().walk {
        Some(true) => 2,
        None => 1,
        Some(false) => 0,
    };
    (
        passes,
        signature.found() == Some(true),
        signature.aligned.by.walk == Some(true),
    )
}

fn signature<'a>(
    asker: &mut Asker<'a>,
    context: Context<'a, '_>,
    service: Option<&'static Service>,
    domain: Name,
    wanted: Wanted,
) -> SignatureFacts<'a> {
    let mut keys = Vec::new();
    let mut elsewhere = Vec::new();
    let none_beneath;
    if domain == *context.domain {
        none_beneath = context.dkim.parent == Ok(Status::NxDomain);
        let of_path =
            context.dkim.keys.iter().filter(|key| {
                wanted.selectors.contains(&key.selector) && !is_of_another(key, service)
            });
        keys.extend(of_path.map(PathKey::of));
    } else {
        (elsewhere, none_beneath) = keys_of(asker, &domain, wanted.selectors);
        keys.extend(elsewhere.iter().map(PathKey::of));
    }
    for key in &mut keys {
        if is_other_than_expected(context.expected, &key.name) {
            key.usable = Some(false);
        }
    }
    SignatureFacts {
        aligned: alignment(asker, context, &domain, Part::Signature, true),
        complete: wanted.complete || none_beneath,
        domain,
        keys,
        elsewhere,
    }
}

/// What stands at the selectors of a domain other than the one asked about, and whether no key can.
///
/// Nothing exists beneath a name that does not exist (RFC 8020), so of several selectors all but the first wait
/// for what is said above them. That one is asked in any case: some servers deny a name that has only names
/// beneath it.
fn keys_of<'a>(
    asker: &mut Asker<'a>,
    domain: &Name,
    selectors: Vec<Name>,
) -> (Vec<KeyFacts<'a>>, bool) {
    let mut keys: Vec<KeyFacts<'_>> = Vec::new();
    let parent = domain.prefixed("_domainkey").ok();
    let is_asked = selectors.len() > SELECTORS_WITHOUT_PARENT_MAX;
    let parent = parent
        .filter(|_| is_asked)
        .and_then(|name| asker.ask(&name, RecordType::Txt));
    let is_absent =
        parent.is_some_and(|answer| answer.status == Status::NxDomain && answer.aliases.is_empty());
    let stands = |key: &KeyFacts<'_>| key.answer.is_some_and(exists);
    for (index, selector) in selectors.into_iter().enumerate() {
        let is_closed = is_asked && (parent.is_none() || is_absent);
        if index >= SELECTORS_WITHOUT_PARENT_MAX && is_closed && !keys.iter().any(stands) {
            break;
        }
        keys.extend(dkim::key(asker, domain, selector, SelectorSource::Service));
    }
    let none_beneath = is_absent && !keys.iter().any(stands);
    (keys, none_beneath)
}

/// Whether a selector that several services use leads to another one than this.
fn is_of_another(key: &KeyFacts<'_>, service: Option<&'static Service>) -> bool {
    let Some((service, (found, _))) = service.zip(key.answer.and_then(recognise::by_alias)) else {
        return false;
    };
    let sends_through = service.via.as_ref() == Some(&found.id);
    found.id != service.id && !sends_through && found.selectors.contains(&key.selector)
}

/// The signature of a service that the records show, from what was asked anyway.
pub(super) fn recognised<'a>(
    context: Context<'a, '_>,
    service: &'static Service,
) -> SignatureFacts<'a> {
    let leads_there = |key: &KeyFacts<'_>| {
        let found = key.answer.and_then(recognise::by_alias);
        found.is_some_and(|(found, _)| found.id == service.id)
    };
    let keys = context.dkim.keys.iter().filter(|key| {
        let usual = service.selectors.contains(&key.selector) && !is_of_another(key, Some(service));
        !key.by_wildcard && (leads_there(key) || usual)
    });
    let keys: Vec<PathKey> = keys.map(PathKey::of).collect();
    let asked = |selector: &Name| {
        context
            .dkim
            .keys
            .iter()
            .any(|key| key.selector == *selector)
    };
    let all_asked = service.selectors_are_all && service.selectors.iter().all(asked);
    SignatureFacts {
        domain: context.domain.clone(),
        keys,
        complete: all_asked || context.dkim.parent == Ok(Status::NxDomain),
        // Identical names are aligned, whatever the policy says.
        aligned: AlignedFacts::all(Some(true)),
        elsewhere: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::of_key;

    #[test]
    fn the_name_of_a_key_is_a_selector_and_a_domain() {
        let check = |name: &str, parts: Option<(&str, &str)>| {
            let found = of_key(&name.parse().expect("a name"));
            let found = found
                .as_ref()
                .map(|(selector, domain)| (selector.as_str(), domain.as_str()));
            assert_eq!(found, parts, "{name}");
        };
        check("s1._domainkey.exemple.fr", Some(("s1", "exemple.fr")));
        check("a.b._domainkey.m.exemple.fr", Some(("a.b", "m.exemple.fr")));
        check("_domainkey.exemple.fr", None);
        check("s1._domainkey", None);
        check("s1.domainkey.exemple.fr", None);
    }
}
