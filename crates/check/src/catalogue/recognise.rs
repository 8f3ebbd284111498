//! Which sending service a record names.
//!
//! Names are compared by suffix on label boundaries, and the longest suffix wins. A selector alone names
//! nobody: `s1`, `k1`, `default` and the like are everyone's, and a customer may choose others; what an
//! alias leads to does. So a key that stands at `selector1` as text is not Microsoft's.

use garant_dns::Name;

use super::services::{Service, services};

/// The service that this target of a key's alias belongs to.
pub fn by_dkim_target(target: &Name) -> Option<&'static Service> {
    longest(target, |service| {
        service.targets.iter().chain(&service.former_targets)
    })
}

/// The service that a chain of aliases leads to: the first hop that names one decides, so that a service
/// that sends through another is told apart from it. With it, that hop.
pub fn by_dkim_chain<'a>(
    hops: impl IntoIterator<Item = &'a Name>,
) -> Option<(&'static Service, &'a Name)> {
    hops.into_iter()
        .find_map(|hop| Some((by_dkim_target(hop)?, hop)))
}

/// The service that this name in an SPF record (`include:`, `redirect=`, `a:`, ...) belongs to.
pub fn by_spf_target(target: &Name) -> Option<&'static Service> {
    longest(target, |service| service.spf.iter())
}

/// The service that runs this mail exchange of a domain.
pub fn by_exchange(exchange: &Name) -> Option<&'static Service> {
    longest(exchange, |service| service.mx.iter())
}

/// The service that a return path leads to: the target of its alias, or its exchange.
pub fn by_return_path_target(target: &Name) -> Option<&'static Service> {
    longest(target, |service| service.return_path.targets.iter())
}

/// The service that asks for this text at a domain. The weakest evidence: a token outlives the account.
pub fn by_verification(text: &str) -> Option<&'static Service> {
    let beginnings = |service: &'static Service| {
        let of_one = move |beginning: &'static String| (beginning.as_str(), service);
        service.verification.iter().map(of_one)
    };
    services()
        .iter()
        .flat_map(beginnings)
        .filter(|(beginning, _)| begins(text, beginning))
        .max_by_key(|(beginning, _)| beginning.len())
        .map(|(_, service)| service)
}

/// Every service that this name in an SPF record may belong to: the platform, and those that send
/// through it.
pub(super) fn all_by_spf_target(target: &Name) -> Vec<&'static Service> {
    all_longest(target, |service| service.spf.iter())
}

/// Every service that may run this mail exchange.
pub(super) fn all_by_exchange(exchange: &Name) -> Vec<&'static Service> {
    all_longest(exchange, |service| service.mx.iter())
}

/// The service with the longest of its names that `name` is or stands beneath; between equals, the one
/// that does not send through the other.
fn longest<'a, I>(name: &Name, names_of: impl Fn(&'static Service) -> I) -> Option<&'static Service>
where
    I: Iterator<Item = &'a Name>,
{
    let all = all_longest(name, names_of);
    let platform = all.iter().find(|service| service.via.is_none());
    platform.or(all.first()).copied()
}

/// Every service with the longest name that `name` is or stands beneath.
fn all_longest<'a, I>(
    name: &Name,
    names_of: impl Fn(&'static Service) -> I,
) -> Vec<&'static Service>
where
    I: Iterator<Item = &'a Name>,
{
    let mut found = Vec::new();
    let mut most = 0;
    for service in services() {
        let labels = names_of(service)
            .filter(|suffix| name.is_within(suffix))
            .map(Name::label_count)
            .max()
            .unwrap_or(0);
        if labels > most {
            most = labels;
            found.clear();
        }
        if labels > 0 && labels == most {
            found.push(service);
        }
    }
    found
}

/// Whether a text begins so, whatever the case of its letters; `#` stands for one or more digits.
fn begins(text: &str, beginning: &str) -> bool {
    let mut rest = text.trim_start().as_bytes();
    for wanted in beginning.bytes() {
        let taken = if wanted == b'#' {
            rest.iter()
                .take_while(|octet| octet.is_ascii_digit())
                .count()
        } else {
            rest.first()
                .is_some_and(|octet| octet.eq_ignore_ascii_case(&wanted))
                .into()
        };
        if taken == 0 {
            return false;
        }
        rest = &rest[taken..];
    }
    true
}
