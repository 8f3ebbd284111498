//! Where the domain receives mail.

use std::net::IpAddr;

use garant_dns::{Alias, Answer, Name, RecordType, Status};
use garant_msgauth::dmarc::registrable_domain;
use garant_msgauth::mx::{Exchange, Mail};

use super::{Asker, Unsure};

/// Exchanges whose addresses are looked up at most; the least preferred are left out.
const EXCHANGES_ASKED_MAX: usize = 6;

pub(crate) struct MxFacts<'a> {
    pub(crate) answer: Option<&'a Answer>,
    /// What the records say; nothing while the answer is pending.
    pub(crate) mail: Option<Mail>,
    /// The exchanges that are hosts, in the order of preference.
    pub(crate) exchanges: Vec<ExchangeFacts>,
    /// Whether the domain itself has an address; asked only when there is no MX.
    pub(crate) own_address: Option<Result<bool, Unsure>>,
}

pub(crate) struct ExchangeFacts {
    pub(crate) exchange: Exchange,
    /// The address that somebody wrote where a host belongs.
    pub(crate) written_address: Option<IpAddr>,
    /// Nothing when they were not looked up.
    pub(crate) addresses: Option<Result<Vec<IpAddr>, Unsure>>,
    /// The alias that the host is, if it is one.
    pub(crate) alias: Option<Alias>,
    /// For a host that has no address and ends in the domain's own zone: the name before that, which has
    /// one. The dot at its end was left out, so the DNS host put the zone behind it.
    pub(crate) meant: Option<Name>,
}

pub(super) fn survey<'a>(asker: &mut Asker<'a>, domain: &Name) -> MxFacts<'a> {
    let answer = asker.ask(domain, RecordType::Mx);
    let mail = answer.map(Mail::read);
    let own_address = match mail {
        Some(Mail::Implicit) => Some(addresses(asker, domain).0.map(|found| !found.is_empty())),
        _ => None,
    };
    let exchanges = mail.as_ref().map_or(&[][..], Mail::exchanges);
    let exchanges = exchanges
        .iter()
        .enumerate()
        .map(|(index, exchange)| {
            let written_address = exchange.written_address(domain);
            let (addresses, alias) = if index < EXCHANGES_ASKED_MAX && written_address.is_none() {
                let (found, alias) = addresses(asker, &exchange.name);
                (Some(found), alias)
            } else {
                (None, None)
            };
            let has_none = matches!(&addresses, Some(Ok(found)) if found.is_empty());
            let meant = has_none
                .then(|| without_zone(asker, &exchange.name, domain))
                .flatten();
            ExchangeFacts {
                exchange: exchange.clone(),
                written_address,
                addresses,
                alias,
                meant,
            }
        })
        .collect();
    MxFacts {
        answer,
        mail,
        exchanges,
        own_address,
    }
}

fn without_zone(asker: &mut Asker<'_>, host: &Name, domain: &Name) -> Option<Name> {
    let zone = registrable_domain(domain)?;
    let text = host.as_str().strip_suffix(zone.as_str())?;
    let meant: Name = text.strip_suffix('.')?.parse().ok()?;
    // One label is a host of the zone that does not exist, not somebody else's.
    if meant.label_count() < 2 {
        return None;
    }
    let (found, _) = addresses(asker, &meant);
    found.is_ok_and(|found| !found.is_empty()).then_some(meant)
}

/// The addresses of a host. The IPv6 ones are asked for only when there is no other: what matters is
/// whether mail can arrive at all.
fn addresses(asker: &mut Asker<'_>, host: &Name) -> (Result<Vec<IpAddr>, Unsure>, Option<Alias>) {
    let of = |answer: &Answer| -> Vec<IpAddr> { answer.addresses().collect() };
    match asker.definite(host, RecordType::A) {
        Err(unsure) => (Err(unsure), None),
        Ok(answer) => {
            let alias = answer.aliases.first().cloned();
            let found = of(answer);
            if !found.is_empty() || answer.status == Status::NxDomain {
                return (Ok(found), alias);
            }
            (asker.definite(host, RecordType::Aaaa).map(of), alias)
        }
    }
}
