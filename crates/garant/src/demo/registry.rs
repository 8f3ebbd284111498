//! The registries of the demonstration: who may say which servers a domain has.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use garant_dns::Name;
use garant_dns::server::ServedZone;

use super::zone;

/// Each top-level domain with the name of its server, and whether it exists outside of this program too.
const REGISTRIES: [(&str, &str, bool); 2] = [
    ("example", "ns.registre.example", false),
    ("fr", "d.nic.fr", true),
];

/// The zones of the registries, with a delegation for each of the zones beneath them.
pub(super) fn zones<'a>(zones: impl Iterator<Item = &'a ServedZone>) -> Vec<Arc<ServedZone>> {
    let mut texts: BTreeMap<Name, String> = BTreeMap::new();
    for (apex, server, _) in REGISTRIES {
        let text = format!(
            "$TTL 3600\n@ SOA {server}. hostmaster.{apex}. 2026112201 3600 900 1209600 300\n@ NS {server}.\n"
        );
        texts.insert(apex.parse().expect("a name"), text);
    }
    for zone in zones {
        let parent = zone
            .apex()
            .parent()
            .and_then(|parent| texts.get_mut(&parent));
        let text = parent.expect("every zone of the demonstration is beneath a registry");
        for server in zone.name_servers() {
            writeln!(text, "{}. NS {server}.", zone.apex()).expect("a text can grow");
        }
    }
    let zones = texts.into_iter();
    zones
        .map(|(apex, text)| Arc::new(zone(&text, apex.as_str())))
        .collect()
}

/// The names of the registries' servers.
pub(super) fn servers() -> impl Iterator<Item = Name> {
    let servers = REGISTRIES.into_iter();
    servers.map(|(_, server, _)| server.parse().expect("a name"))
}

/// Whether this is the zone of a registry that exists outside of this program too.
pub(super) fn is_real(apex: &Name) -> bool {
    let mut registries = REGISTRIES.into_iter();
    registries.any(|(domain, _, is_real)| is_real && apex.as_str() == domain)
}
