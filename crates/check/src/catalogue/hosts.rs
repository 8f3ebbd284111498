//! DNS hosts: which one serves a zone, and the form in which its panel wants a record.

use std::sync::LazyLock;

use garant_dns::{Name, RecordType};
use serde::{Deserialize, Serialize};

const DATA: &str = include_str!("../../data/dns-hosts.json");

/// A DNS host.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its id. Stable.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Names of its servers end in one of these.
    pub servers: Vec<String>,
}

/// A record in the form that a panel wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostForm {
    /// The host's name for people; nothing when it is not known.
    pub host: Option<&'static str>,
    /// What to type as the name.
    pub name: String,
    /// What to type as the value.
    pub value: String,
    /// What to take care of: keys of the words (`host-hint-...`).
    pub hints: Vec<&'static str>,
    /// The way to the page in the host's panel.
    pub panel: Option<String>,
}

/// Every DNS host, sorted by id.
pub fn hosts() -> &'static [Host] {
    static HOSTS: LazyLock<Vec<Host>> = LazyLock::new(|| {
        serde_json::from_str(DATA).expect("a test reads the shipped catalogue to its end")
    });
    &HOSTS
}

/// The host that runs these name servers.
pub fn host_of_servers<'a>(servers: impl IntoIterator<Item = &'a Name>) -> Option<&'static Host> {
    servers.into_iter().find_map(|server| {
        let text = server.as_str();
        hosts().iter().find(|host| {
            host.servers.iter().any(|suffix| {
                text.strip_suffix(suffix.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
        })
    })
}

impl HostForm {
    /// The form of a record in the panel of `host`, for a zone that begins at `zone`.
    pub fn of(
        host: Option<&'static Host>,
        zone: &Name,
        name: &Name,
        rtype: RecordType,
        value: &str,
    ) -> Self {
        let typed = name
            .as_str()
            .strip_suffix(zone.as_str())
            .map_or(name.as_str(), |rest| rest.trim_end_matches('.'));
        let typed = if typed.is_empty() { "@" } else { typed };
        let _ = rtype;
        Self {
            host: host.map(|host| host.name.as_str()),
            name: typed.to_owned(),
            value: value.to_owned(),
            hints: Vec::new(),
            panel: None,
        }
    }
}
