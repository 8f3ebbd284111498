//! Records that lead to another name: aliases and mail exchanges.

use std::net::IpAddr;

use garant_dns::{Answer, Name, RecordType};

use super::super::wish::Wish;
use super::proxy::is_of_proxy;
use super::texts::{as_name, squeezed, unquoted};
use super::{CauseKind, FOUND_MAX, Fit, Look};
use crate::catalogue::services;
use crate::input::registrable_domain;

pub(super) fn alias(wish: &Wish, target: &Name, look: &Look<'_>, others: &[Name]) -> Fit {
    let chain = look.chain();
    if chain.contains(&target) {
        return Fit::Right;
    }
    let own_zone = registrable_domain(&wish.name);
    if let Some(first) = chain.first() {
        let found = look.data();
        if zone_appended(first, target, &wish.name) {
            let meant = target.clone();
            return look.wrong(CauseKind::ZoneAppended { meant }, found);
        }
        // Another of the same list: two values were exchanged.
        if others.contains(first) {
            let found_type = RecordType::Cname;
            return look.wrong(CauseKind::OtherValue { found_type }, found);
        }
        if is_former(first) {
            return look.wrong(CauseKind::FormerTarget, found);
        }
        if is_of_same_service(first, target) && registrable_domain(first) != own_zone {
            return look.wrong(CauseKind::OtherAccount, found);
        }
        return look.rest();
    }
    let names_target = |text: &str| says_name(text, target);
    if look.texts().any(|txt| names_target(&txt.to_text())) {
        let found_type = RecordType::Txt;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Txt),
        );
    }
    if look.exchanges().iter().any(|(_, host)| *host == target) {
        let found_type = RecordType::Mx;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Mx),
        );
    }
    if is_copy(look) {
        return Fit::Flattened;
    }
    addresses_in_place(look).unwrap_or_else(|| look.rest())
}

/// Whether the texts at the name, or its addresses, are those of the target.
fn is_copy(look: &Look<'_>) -> bool {
    let texts = |answers: &[&Answer]| {
        let texts = answers.iter().flat_map(|answer| answer.texts());
        let mut texts: Vec<Vec<u8>> = texts.map(|txt| squeezed(&txt.joined())).collect();
        texts.sort();
        texts
    };
    let here = texts(&look.answers);
    if !here.is_empty() {
        return here == texts(&look.target);
    }
    let at_target: Vec<IpAddr> = look.target.iter().flat_map(|a| a.addresses()).collect();
    let here = look.addresses();
    !here.is_empty() && here.iter().all(|address| at_target.contains(address))
}

/// A proxy's addresses, or others, where an alias should stand.
fn addresses_in_place(look: &Look<'_>) -> Option<Fit> {
    let addresses = look.addresses();
    let first = *addresses.first()?;
    let found: Vec<(RecordType, String)> = look
        .data()
        .into_iter()
        .filter(|(rtype, _)| matches!(rtype, RecordType::A | RecordType::Aaaa))
        .collect();
    let both = addresses.iter().any(IpAddr::is_ipv4) && addresses.iter().any(IpAddr::is_ipv6);
    let address = addresses.iter().copied().find(is_of_proxy);
    let address = address.or((look.zone_has_proxy && both).then_some(first));
    address.map(|address| look.wrong(CauseKind::Proxied { address }, found))
}

pub(super) fn within(wish: &Wish, suffixes: &[Name], look: &Look<'_>) -> Fit {
    let is_theirs = |name: &Name| suffixes.iter().any(|suffix| name.is_within(suffix));
    let chain = look.chain();
    let exchanges = look.exchanges();
    if chain.iter().any(|name| is_theirs(name)) {
        return Fit::Right;
    }
    if exchanges.iter().any(|(_, host)| is_theirs(host)) {
        return match exchanges.len() {
            1 => Fit::Right,
            count => look.wrong(
                CauseKind::SeveralExchanges { count },
                look.of_type(RecordType::Mx)
                    .into_iter()
                    .filter(|(_, text)| {
                        let host = text.split_whitespace().next_back().unwrap_or_default();
                        !host.parse::<Name>().is_ok_and(|host| is_theirs(&host))
                    })
                    .collect(),
            ),
        };
    }
    if let Some(first) = chain.first()
        && let Some(meant) = without_zone(first, &wish.name)
        && is_theirs(&meant)
    {
        return look.wrong(CauseKind::ZoneAppended { meant }, look.data());
    }
    let mut names = look.texts().filter_map(|txt| as_name(&txt.to_text()));
    if names.any(|name| is_theirs(&name)) {
        let found_type = RecordType::Txt;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Txt),
        );
    }
    addresses_in_place(look).unwrap_or_else(|| look.rest())
}

pub(super) fn exchange(wish: &Wish, host: &Name, look: &Look<'_>, wanted: &[Name]) -> Fit {
    let exchanges = look.exchanges();
    let others: Vec<(RecordType, String)> = exchanges
        .iter()
        .filter(|(_, known)| *known != host && !wanted.contains(known))
        .map(|(order, known)| (RecordType::Mx, format!("{order} {known}")))
        .take(FOUND_MAX)
        .collect();
    if exchanges.iter().any(|(_, known)| *known == host) {
        // Where mail is received, other exchanges are the owner's business.
        let is_return_path = wish.name.label_count() > registrable_domain(&wish.name).label_count();
        if is_return_path && exchanges.len() > wish.exchanges.max(1) {
            let count = exchanges.len();
            return look.wrong(CauseKind::SeveralExchanges { count }, others);
        }
        return Fit::Right;
    }
    for (order, known) in &exchanges {
        let found = vec![(RecordType::Mx, format!("{order} {known}"))];
        if zone_appended(known, host, &wish.name) {
            let meant = host.clone();
            return look.wrong(CauseKind::ZoneAppended { meant }, found);
        }
        if is_of_same_service(known, host) {
            return look.wrong(CauseKind::OtherAccount, found);
        }
    }
    if look.chain().contains(&host) {
        let found_type = RecordType::Cname;
        return look.wrong(CauseKind::WrongType { found_type }, look.data());
    }
    if look.texts().any(|txt| says_name(&txt.to_text(), host)) {
        let found_type = RecordType::Txt;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Txt),
        );
    }
    // Other types do not stand in the way of an exchange.
    match (look.chain().is_empty(), exchanges.is_empty()) {
        (true, true) => Fit::Nothing,
        (true, false) => Fit::Foreign(look.of_type(RecordType::Mx)),
        (false, _) => look.rest(),
    }
}

fn says_name(text: &str, name: &Name) -> bool {
    as_name(&unquoted(text)).is_some_and(|found| {
        found == *name
            || found
                .as_str()
                .strip_prefix(name.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
    })
}

/// Whether `found` is `wanted` with a zone of `owner` behind it.
fn zone_appended(found: &Name, wanted: &Name, owner: &Name) -> bool {
    let rest = found.as_str().strip_prefix(wanted.as_str());
    let rest = rest.and_then(|rest| rest.strip_prefix('.')?.parse::<Name>().ok());
    rest.is_some_and(|zone| owner.is_within(&zone))
}

/// A target without the zone of `owner` behind it.
fn without_zone(found: &Name, owner: &Name) -> Option<Name> {
    let zone = registrable_domain(owner);
    let head = found.as_str().strip_suffix(zone.as_str())?;
    let name: Name = head.strip_suffix('.')?.parse().ok()?;
    (name.label_count() > 1).then_some(name)
}

fn is_former(target: &Name) -> bool {
    let mut former = services()
        .iter()
        .flat_map(|service| &service.former_targets);
    former.any(|suffix| target.is_within(suffix))
}

/// Whether two targets are of one service: the catalogue says so, or they are of one organization.
fn is_of_same_service(one: &Name, two: &Name) -> bool {
    if registrable_domain(one) == registrable_domain(two) {
        return true;
    }
    services().iter().any(|service| {
        let suffixes = || service.targets.iter().chain(&service.return_path.targets);
        suffixes().any(|suffix| one.is_within(suffix))
            && suffixes().any(|suffix| two.is_within(suffix))
    })
}
