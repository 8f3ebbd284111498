//! Selectors that are worth asking for, by what a domain's own records show.
//!
//! Services give these out by default; a customer may have others, so finding nothing proves nothing.

use std::collections::BTreeSet;

use garant_dns::Name;

use super::recognise::{all_by_exchange, all_by_spf_target};
use super::services::Service;

/// Asked of every domain, the likeliest first.
const COMMON: &[&str] = &["default", "google", "selector1", "s1", "k1", "mail", "dkim"];
/// So many of each service come before the others of any: keys mostly come in pairs, and a domain that
/// uses three services should not spend all its look-ups on the first.
const OF_EACH_FIRST: usize = 2;

/// The default selectors of the services that these names of an SPF record and these exchanges belong to,
/// the likeliest first, each once. A service that sends through another, and so cannot be told from it by
/// these records, comes after those that can.
pub(crate) fn hinted_selectors<'a>(
    spf_targets: impl IntoIterator<Item = &'a Name>,
    exchanges: impl IntoIterator<Item = &'a Name>,
) -> Vec<Name> {
    let mut seen = BTreeSet::new();
    let mut services: Vec<&Service> = spf_targets
        .into_iter()
        .flat_map(all_by_spf_target)
        .chain(exchanges.into_iter().flat_map(all_by_exchange))
        .filter(|service| seen.insert(service.id.as_str()))
        .collect();
    services.sort_by_key(|service| service.via.is_some());
    let first = services
        .iter()
        .flat_map(|service| service.selectors.iter().take(OF_EACH_FIRST));
    let rest = services
        .iter()
        .flat_map(|service| service.selectors.iter().skip(OF_EACH_FIRST));
    let mut seen = BTreeSet::new();
    first
        .chain(rest)
        .filter(|selector| seen.insert(*selector))
        .cloned()
        .collect()
}

/// Selectors that are asked of every domain, the likeliest first.
pub(crate) fn common_selectors() -> impl Iterator<Item = Name> {
    COMMON
        .iter()
        .map(|selector| selector.parse().expect("a test reads each of them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_follow_from_the_records() {
        let check = |spf: &[&str], exchanges: &[&str], expect: &str| {
            let names = |texts: &[&str]| -> Vec<Name> {
                let names = texts.iter().map(|text| text.parse().expect("a name"));
                names.collect()
            };
            let found = hinted_selectors(&names(spf), &names(exchanges));
            let found: Vec<&str> = found.iter().map(Name::as_str).collect();
            assert_eq!(found.join(" "), expect, "{spf:?} {exchanges:?}");
        };
        check(&[], &[], "");
        check(&["spf.exemple.fr"], &["mx.exemple.fr"], "");
        check(&["servers.mcsv.net"], &[], "k2 k3 k1");
        check(
            &["_spf.google.com"],
            &["aspmx.l.google.com"],
            "google google2048 gapps ga1",
        );
        check(
            &["sendgrid.net", "spf.protection.outlook.com"],
            &["x-fr.mail.protection.outlook.com"],
            "s1 s2 selector1 selector2 m1 smtpapi",
        );
        check(&["amazonses.com"], &[], "amazonses ses resend");
        check(
            &["amazonses.com", "mailgun.org", "spf.protection.outlook.com"],
            &[],
            "amazonses ses pdk1 pdk2 selector1 selector2 resend krs customerio \
             mailo pic k1 mx smtp mg mta",
        );
    }

    #[test]
    fn common_selectors_read() {
        assert_eq!(common_selectors().count(), COMMON.len());
    }
}
