//! DNS hosts: which one serves a zone, and what its panel wants.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use garant_dns::{Name, RecordType};
use serde::{Deserialize, Serialize};

use super::services::Confidence;

const DATA: &str = include_str!("../../data/dns-hosts.json");

/// A DNS host. What is not known of its panel says so; nothing is assumed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its id. Stable.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// How certain the entry is.
    pub confidence: Confidence,
    /// Names of its servers end in one of these, on label boundaries; `#` stands for one or more digits.
    pub servers: Vec<String>,
    /// How the domain itself is written as a name.
    #[serde(default)]
    pub apex: Apex,
    /// Whether the target of a CNAME or an MX ends in a dot.
    #[serde(default)]
    pub final_dot: FinalDot,
    /// What the panel calls the field for the name.
    #[serde(default)]
    pub name_field: Option<PanelWords>,
    /// What it calls the field for the value.
    #[serde(default)]
    pub value_field: Option<PanelWords>,
    /// The same for the types of record (`TXT`) whose field is called otherwise.
    #[serde(default)]
    pub value_field_of: BTreeMap<String, PanelWords>,
    /// Whether a TXT value stands between double quotes.
    #[serde(default)]
    pub text_quotes: TextQuotes,
    /// What to do with a TXT value of more than 255 octets, which one string cannot hold (RFC 1035, section
    /// 3.3).
    #[serde(default)]
    pub text_long: TextLong,
    /// Octets of a TXT value at most, where a limit is known.
    #[serde(default)]
    pub text_octets_max: Option<usize>,
    /// Whether it refuses `_` in the name of a CNAME.
    #[serde(default)]
    pub underscore_refused: bool,
    /// Whether it answers with its own addresses for a CNAME unless a switch is off.
    #[serde(default)]
    pub proxy: bool,
    /// Whether MX records can be typed only after a setting.
    #[serde(default)]
    pub custom_mx: bool,
    /// The address of its panel.
    #[serde(default)]
    pub panel: Option<String>,
    /// The way through the panel.
    #[serde(default)]
    pub panel_path: Option<PanelWords>,
}

impl Host {
    /// What the panel calls the field for the value of a record of this type.
    pub fn value_field(&self, rtype: RecordType) -> Option<&PanelWords> {
        let of_type = self.value_field_of.get(rtype.as_str());
        of_type.or(self.value_field.as_ref())
    }
}

/// What a panel says, in its words in each language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PanelWords {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// How the domain itself is written as a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apex {
    /// `@`.
    At,
    /// The field stays empty.
    Empty,
    /// Not known.
    #[default]
    Unknown,
}

/// Whether the target of a CNAME or an MX ends in a dot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalDot {
    /// Without it the domain is put behind the target.
    Required,
    /// It makes no difference.
    NotNeeded,
    /// Not known.
    #[default]
    Unknown,
}

/// Whether a TXT value stands between double quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextQuotes {
    /// They have to be typed.
    Required,
    /// They are refused, or become part of the data.
    Refused,
    /// The panel adds what is needed.
    NotNeeded,
    /// Not known.
    #[default]
    Unknown,
}

/// What to do with a long TXT value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextLong {
    /// The panel cuts it into strings by itself.
    Splits,
    /// It has to be typed as several strings in quotes.
    Split,
    /// The form takes no more than 255 characters; another one of the panel does.
    Limited,
    /// Not known.
    #[default]
    Unknown,
}

/// Every DNS host, sorted by id.
pub fn hosts() -> &'static [Host] {
    static HOSTS: LazyLock<Vec<Host>> = LazyLock::new(|| {
        serde_json::from_str(DATA).expect("a test reads the shipped catalogue to its end")
    });
    &HOSTS
}

/// The host that runs these name servers: of the first that is recognised, be it one of a zone's NS or the
/// primary server (MNAME) of its SOA. The longest suffix wins.
pub fn host_of_servers<'a>(servers: impl IntoIterator<Item = &'a Name>) -> Option<&'static Host> {
    servers.into_iter().find_map(|server| {
        let suffixes = |host: &'static Host| {
            let of_one = move |suffix: &'static String| (suffix.as_str(), host);
            host.servers.iter().map(of_one)
        };
        hosts()
            .iter()
            .flat_map(suffixes)
            .filter(|(suffix, _)| ends_in(server, suffix))
            .max_by_key(|(suffix, _)| suffix.split('.').count())
            .map(|(_, host)| host)
    })
}

/// Whether the last labels of a name are these.
fn ends_in(name: &Name, suffix: &str) -> bool {
    let mut labels = name.labels().rev();
    suffix.rsplit('.').all(|wanted| {
        let label = labels.next().unwrap_or("");
        match wanted.split_once('#') {
            None => label == wanted,
            Some((before, after)) => label
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|digits| {
                    !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit())
                }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_sorted_and_no_suffix_is_claimed_twice() {
        assert!(hosts().len() >= 40, "only {} hosts", hosts().len());
        assert!(hosts().is_sorted_by(|a, b| a.id < b.id));
        let mut claimed: BTreeMap<&str, &str> = BTreeMap::new();
        for host in hosts() {
            for suffix in &host.servers {
                assert_eq!(claimed.insert(suffix, &host.id), None, "{suffix}");
                let sample: Name = suffix.replace('#', "1").parse().expect("a name");
                assert!(sample.label_count() >= 2, "{suffix}");
                assert_eq!(sample.as_str(), suffix.replace('#', "1"));
            }
            for rtype in host.value_field_of.keys() {
                assert!(rtype.parse::<RecordType>().is_ok(), "{}: {rtype}", host.id);
            }
            let panel = host.panel.as_deref().unwrap_or("https://");
            assert!(panel.starts_with("https://"), "{panel}");
        }
    }

    #[test]
    fn the_field_for_a_value_is_called_as_the_panel_calls_it_for_the_type() {
        let check = |id: &str, rtype: RecordType, expect: Option<&str>| {
            let host = hosts().iter().find(|host| host.id == id);
            let host = host.expect("an entry of the catalogue");
            let field = host.value_field(rtype).map(|words| words.fr.as_str());
            assert_eq!(field, expect, "{id} {rtype}");
        };
        check("ovhcloud", RecordType::Cname, Some("Cible"));
        check("ovhcloud", RecordType::Mx, Some("Cible"));
        check("ovhcloud", RecordType::Txt, Some("Valeur"));
        check("cloudflare", RecordType::Cname, Some("Target"));
        check("cloudflare", RecordType::Mx, Some("Mail server"));
        check("cloudflare", RecordType::Txt, Some("Content"));
        check("cloudflare", RecordType::Ns, None);
        check("godaddy", RecordType::Txt, Some("Valeur"));
        check("gandi", RecordType::Txt, None);
    }

    #[test]
    fn servers_name_their_host() {
        let check = |servers: &[&str], expect: Option<&str>| {
            let names: Vec<Name> = servers.iter().map(|s| s.parse().expect("a name")).collect();
            let found = host_of_servers(&names).map(|host| host.id.as_str());
            assert_eq!(found, expect, "{servers:?}");
        };
        check(&["dns104.ovh.net", "ns104.ovh.net"], Some("ovhcloud"));
        check(&["dns200.anycast.me"], Some("ovhcloud"));
        check(&["NS-61-A.Gandi.net"], Some("gandi"));
        check(&["ada.ns.cloudflare.com"], Some("cloudflare"));
        check(&["ns-2048.awsdns-64.net"], Some("route-53"));
        check(&["ns-512.awsdns-00.co.uk"], Some("route-53"));
        check(&["ns01.domaincontrol.com"], Some("godaddy"));
        check(&["ns1067.ui-dns.org"], Some("ionos"));
        check(&["ns11.infomaniak.ch"], Some("infomaniak"));
        check(&["ns5.worldnic.com"], Some("network-solutions"));
        check(&["ns.exemple.fr", "ns6.gandi.net"], Some("gandi"));
        // The pages of a host are not its name servers, and neighbours are others.
        check(&["www.cloudflare.com"], None);
        check(&["ns.xovh.net"], None);
        check(&["ns.awsdns-.com"], None);
        check(&["ns.awsdns-x1.com"], None);
        check(&["ns-1.awsdns-12.example.com"], None);
        check(&["net"], None);
        check(&[], None);
    }
}
