//! A record in the form in which the panel of a DNS host wants it typed.

use garant_dns::{Name, RecordType};
use serde::Serialize;

use super::hosts::{Apex, FinalDot, Host, PanelWords, TextLong, TextQuotes};

/// Octets in one string of a TXT record at most (RFC 1035, section 3.3).
const STRING_OCTETS_MAX: usize = 255;

/// A record in the form that a panel wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostForm {
    /// The host's name for people; nothing when it is not known.
    pub host: Option<&'static str>,
    /// What the panel calls the field for the name.
    pub name_field: Option<&'static PanelWords>,
    /// What to type as the name; empty where the field stays empty.
    pub name: String,
    /// What the panel calls the field for the value.
    pub value_field: Option<&'static PanelWords>,
    /// What to type as the value.
    pub value: String,
    /// The priority, which panels ask for apart; MX only.
    pub priority: Option<u16>,
    /// The value once more as several strings in quotes, for a TXT that is too long for one where it is not
    /// known whether the panel cuts it by itself.
    pub value_split: Option<String>,
    /// What to take care of: keys of the words (`host-hint-...`), the most important first.
    pub hints: Vec<&'static str>,
    /// The address of the panel.
    pub panel: Option<&'static str>,
    /// The way through the panel.
    pub panel_path: Option<&'static PanelWords>,
}

impl HostForm {
    /// The form of a record in the panel of `host`, for a zone that begins at `zone`. `value` is as in
    /// [`crate::Fix::value`]: a TXT joined and without quotes, an MX with its preference first, a target with
    /// or without its final dot.
    ///
    /// For a host that is not known the form is the one that most panels take, with the doubts as hints.
    pub fn of(
        host: Option<&'static Host>,
        zone: &Name,
        name: &Name,
        rtype: RecordType,
        value: &str,
    ) -> Self {
        let mut form = Self {
            host: host.map(|host| host.name.as_str()),
            name_field: host.and_then(|host| host.name_field.as_ref()),
            name: String::new(),
            value_field: host.and_then(|host| host.value_field(rtype)),
            value: value.to_owned(),
            priority: None,
            value_split: None,
            hints: Vec::new(),
            panel: host.and_then(|host| host.panel.as_deref()),
            panel_path: host.and_then(|host| host.panel_path.as_ref()),
        };
        if rtype == RecordType::Cname {
            form.alias_hints(host, zone, name);
        }
        form.write_name(host, zone, name);
        match rtype {
            RecordType::Cname | RecordType::Ns => form.write_target(host, value),
            RecordType::Mx => {
                let (preference, exchange) = value.trim().split_once(' ').unwrap_or(("", value));
                form.priority = preference.parse().ok();
                let exchange = if form.priority.is_some() {
                    exchange
                } else {
                    value
                };
                form.write_target(host, exchange.trim());
                if host.is_some_and(|host| host.custom_mx) {
                    form.hints.push("host-hint-custom-mx");
                }
            }
            RecordType::Txt => form.write_text(host, value),
            _ => {}
        }
        form
    }

    /// What stands in the way of an alias, before anything is typed.
    fn alias_hints(&mut self, host: Option<&Host>, zone: &Name, name: &Name) {
        // RFC 1034, section 3.6.2: "If a CNAME RR is present at a node, no other data should be present", and
        // the SOA and NS of the zone are.
        if name == zone {
            self.hints.push("host-hint-alias-at-apex");
        }
        let Some(host) = host else { return };
        if host.underscore_refused && name.as_str().contains('_') {
            self.hints.push("host-hint-underscore");
        }
        if host.proxy {
            self.hints.push("host-hint-dns-only");
        }
    }

    fn write_name(&mut self, host: Option<&Host>, zone: &Name, name: &Name) {
        if name == zone {
            let apex = host.map_or(Apex::Unknown, |host| host.apex);
            let (text, hint) = match apex {
                Apex::At => ("@", "host-hint-apex-at"),
                Apex::Empty => ("", "host-hint-apex-empty"),
                Apex::Unknown => ("@", "host-hint-apex-unsure"),
            };
            text.clone_into(&mut self.name);
            self.hints.push(hint);
        } else if name.is_within(zone) && !zone.is_root() {
            let head = name.as_str().strip_suffix(zone.as_str());
            let head = head.and_then(|head| head.strip_suffix('.'));
            head.expect("a name within a zone ends in it")
                .clone_into(&mut self.name);
            self.hints.push(match host {
                Some(_) => "host-hint-no-domain",
                None => "host-hint-no-domain-unsure",
            });
        } else {
            name.as_str().clone_into(&mut self.name);
        }
    }

    fn write_target(&mut self, host: Option<&Host>, target: &str) {
        let bare = target.strip_suffix('.').unwrap_or(target);
        if bare.is_empty() {
            // The root, as in a null MX (RFC 7505).
            ".".clone_into(&mut self.value);
            return;
        }
        let (value, hint) = match host.map_or(FinalDot::Unknown, |host| host.final_dot) {
            FinalDot::Required => (format!("{bare}."), Some("host-hint-final-dot")),
            FinalDot::NotNeeded => (bare.to_owned(), None),
            FinalDot::Unknown => (bare.to_owned(), Some("host-hint-final-dot-unsure")),
        };
        self.value = value;
        self.hints.extend(hint);
    }

    fn write_text(&mut self, host: Option<&Host>, text: &str) {
        let quotes = host.map_or(TextQuotes::Unknown, |host| host.text_quotes);
        let long = host.map_or(TextLong::Unknown, |host| host.text_long);
        let is_long = text.len() > STRING_OCTETS_MAX;
        let quoted = quotes == TextQuotes::Required || (is_long && long == TextLong::Split);
        if quoted {
            self.value = strings(text);
            self.hints.push("host-hint-quotes");
        } else if quotes == TextQuotes::Refused {
            self.hints.push("host-hint-no-quotes");
        }
        if !is_long {
            return;
        }
        self.hints.push(match long {
            TextLong::Splits => "host-hint-long-whole",
            TextLong::Split => "host-hint-long-split",
            TextLong::Limited => "host-hint-long-limited",
            TextLong::Unknown => "host-hint-long-unsure",
        });
        if !quoted && long == TextLong::Unknown && quotes != TextQuotes::Refused {
            self.value_split = Some(strings(text));
        }
        if host
            .and_then(|host| host.text_octets_max)
            .is_some_and(|most| text.len() > most)
        {
            self.hints.push("host-hint-too-long");
        }
    }
}

/// A text as strings in quotes, none longer than a string can be, as master files have it (RFC 1035, section
/// 5.1).
fn strings(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut octets = 0;
    out.push('"');
    for character in text.chars() {
        if octets + character.len_utf8() > STRING_OCTETS_MAX {
            out.push_str("\" \"");
            octets = 0;
        }
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
        octets += character.len_utf8();
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::hosts::hosts;
    use super::*;
    use RecordType::{Cname, Mx, Ns, Txt};

    const KEY: &str = "acdkim1._domainkey.exemple.fr";
    const TARGET: &str = "dkim.acdkim1.acems1.com";

    fn form(id: &str, name: &str, rtype: RecordType, value: &str) -> HostForm {
        let host = hosts().iter().find(|host| host.id == id);
        assert!(host.is_some() || id == "unknown", "{id} is not there");
        let zone: Name = "exemple.fr".parse().expect("a name");
        let name: Name = name.parse().expect("a name");
        HostForm::of(host, &zone, &name, rtype, value)
    }

    /// Name and value as they are to be typed, then the hints without what all begin with.
    fn check(id: &str, record: (&str, RecordType, &str), typed: (&str, &str), hints: &[&str]) {
        let form = form(id, record.0, record.1, record.2);
        assert_eq!(
            (form.name.as_str(), form.value.as_str()),
            typed,
            "{id} {record:?}"
        );
        let strip = |hint: &&'static str| {
            let bare = hint.strip_prefix("host-hint-");
            bare.unwrap_or_else(|| panic!("{hint}"))
        };
        let found: Vec<&str> = form.hints.iter().map(strip).collect();
        assert_eq!(found, hints, "{id} {record:?}");
    }

    #[test]
    fn the_alias_of_a_key_as_each_panel_wants_it() {
        let dotted = format!("{TARGET}.");
        let name = "acdkim1._domainkey";
        let check = |id: &str, value: &str, hints: &[&str]| {
            check(id, (KEY, Cname, TARGET), (name, value), hints);
            // The dot that a master file has changes nothing.
            check(id, (KEY, Cname, &dotted), (name, value), hints);
        };
        check("ovhcloud", &dotted, &["no-domain", "final-dot"]);
        check("gandi", &dotted, &["no-domain", "final-dot"]);
        check("hetzner", &dotted, &["no-domain", "final-dot"]);
        check("cloudflare", TARGET, &["dns-only", "no-domain"]);
        check("route-53", TARGET, &["no-domain"]);
        check("godaddy", TARGET, &["no-domain"]);
        check("ionos", TARGET, &["no-domain"]);
        check("infomaniak", TARGET, &["no-domain", "final-dot-unsure"]);
        check(
            "network-solutions",
            TARGET,
            &["underscore", "no-domain", "final-dot-unsure"],
        );
        check("unknown", TARGET, &["no-domain-unsure", "final-dot-unsure"]);
    }

    /// A CNAME cannot stand where the zone begins: no panel can cure that.
    #[test]
    fn an_alias_at_the_domain_itself_is_said_to_be_impossible() {
        for host in hosts() {
            let form = form(&host.id, "exemple.fr", Cname, TARGET);
            assert_eq!(form.hints[0], "host-hint-alias-at-apex", "{}", host.id);
        }
        let unknown = form("unknown", "exemple.fr", Cname, TARGET);
        assert_eq!(unknown.hints[0], "host-hint-alias-at-apex");
        let deeper = form("ovhcloud", "em.exemple.fr", Cname, TARGET);
        assert!(!deeper.hints.contains(&"host-hint-alias-at-apex"));
    }

    /// Only where the underscore is refused, and only in the name of an alias.
    #[test]
    fn a_refused_underscore_is_told_with_what_to_do_instead() {
        let hinted = |id: &str, name: &str, rtype: RecordType| {
            let form = form(id, name, rtype, TARGET);
            form.hints.contains(&"host-hint-underscore")
        };
        assert!(hinted("network-solutions", KEY, Cname));
        assert!(!hinted("network-solutions", "em.exemple.fr", Cname));
        assert!(!hinted("network-solutions", KEY, Txt));
        assert!(!hinted("network-solutions", "_domainkey.exemple.fr", Ns));
        for id in [
            "ovhcloud",
            "gandi",
            "cloudflare",
            "route-53",
            "godaddy",
            "ionos",
            "unknown",
        ] {
            assert!(!hinted(id, KEY, Cname), "{id}");
        }
    }

    #[test]
    fn the_domain_itself_is_written_as_the_panel_writes_it() {
        let spf = "v=spf1 include:_spf.google.com ~all";
        let quoted = format!("\"{spf}\"");
        let record = ("exemple.fr", Txt, spf);
        check("ovhcloud", record, ("", spf), &["apex-empty"]);
        check("gandi", record, ("@", spf), &["apex-at"]);
        check("cloudflare", record, ("@", spf), &["apex-at"]);
        check("route-53", record, ("", &quoted), &["apex-empty", "quotes"]);
        check("godaddy", record, ("@", spf), &["apex-at"]);
        check("ionos", record, ("@", spf), &["apex-at"]);
        check("alwaysdata", record, ("", spf), &["apex-empty"]);
        check("namecheap", record, ("@", spf), &["apex-at", "no-quotes"]);
        check("infomaniak", record, ("@", spf), &["apex-unsure"]);
        check("network-solutions", record, ("@", spf), &["apex-unsure"]);
        check("unknown", record, ("@", spf), &["apex-unsure"]);
    }

    #[test]
    fn a_long_text_is_split_where_nobody_else_splits_it() {
        let key = format!("v=DKIM1; k=rsa; p={}", "A".repeat(392));
        let split = format!("\"{}\" \"{}\"", &key[..255], &key[255..]);
        let check = |id: &str, value: &str, shown: Option<&str>, hint: &[&str]| {
            let record = ("s1._domainkey.exemple.fr", Txt, key.as_str());
            let mut hints = vec![if id == "unknown" {
                "no-domain-unsure"
            } else {
                "no-domain"
            }];
            hints.extend(hint);
            check(id, record, ("s1._domainkey", value), &hints);
            assert_eq!(
                form(id, record.0, Txt, &key).value_split.as_deref(),
                shown,
                "{id}"
            );
        };
        check("ovhcloud", &key, None, &["long-limited"]);
        check("cloudflare", &key, None, &["long-whole"]);
        check("route-53", &split, None, &["quotes", "long-split"]);
        check("desec", &split, None, &["quotes", "long-split"]);
        check("google-cloud-dns", &key, Some(&split), &["long-unsure"]);
        check("namecheap", &key, None, &["no-quotes", "long-whole"]);
        check("vultr", &key, None, &["no-quotes", "long-unsure"]);
        for id in [
            "gandi",
            "godaddy",
            "ionos",
            "infomaniak",
            "network-solutions",
            "unknown",
        ] {
            check(id, &key, Some(&split), &["long-unsure"]);
        }
        check("loopia", &key, Some(&split), &["long-unsure"]);
    }

    #[test]
    fn a_text_that_is_longer_than_a_host_takes_is_told() {
        let hinted = |id: &str, octets: usize| {
            let text = "A".repeat(octets);
            let form = form(id, KEY, Txt, &text);
            form.hints.contains(&"host-hint-too-long")
        };
        assert!(hinted("loopia", 451) && !hinted("loopia", 450));
        assert!(hinted("alibaba-cloud", 513) && !hinted("alibaba-cloud", 512));
        assert!(!hinted("ovhcloud", 5000) && !hinted("unknown", 5000));
    }

    #[test]
    fn strings_are_cut_at_255_octets_and_escaped() {
        let cut = |text: &str| -> Vec<usize> {
            let all = strings(text);
            let inner = all.trim_matches('"');
            inner.split("\" \"").map(str::len).collect()
        };
        assert_eq!(cut(&"A".repeat(255)), [255]);
        assert_eq!(cut(&"A".repeat(256)), [255, 1]);
        assert_eq!(cut(&"A".repeat(600)), [255, 255, 90]);
        // A letter of two octets is not cut in the middle.
        assert_eq!(cut(&format!("{}é", "A".repeat(254))), [254, 2]);
        assert_eq!(strings("a\"b\\c"), "\"a\\\"b\\\\c\"");
        assert_eq!(strings(""), "\"\"");
    }

    #[test]
    fn an_exchange_is_typed_with_its_priority_apart() {
        let check = |id: &str, value: &str, typed: &str, priority: Option<u16>| {
            let form = form(id, "exemple.fr", Mx, value);
            assert_eq!(
                (form.value.as_str(), form.priority),
                (typed, priority),
                "{id} {value}"
            );
        };
        check("ovhcloud", "10 mx.exemple.com", "mx.exemple.com.", Some(10));
        check(
            "ovhcloud",
            "10 mx.exemple.com.",
            "mx.exemple.com.",
            Some(10),
        );
        check(
            "cloudflare",
            "10 mx.exemple.com.",
            "mx.exemple.com",
            Some(10),
        );
        check("unknown", "0 .", ".", Some(0));
        check("unknown", "mx.exemple.com", "mx.exemple.com", None);
        check(
            "unknown",
            "70000 mx.exemple.com",
            "70000 mx.exemple.com",
            None,
        );
        let namecheap = form("namecheap", "exemple.fr", Mx, "10 mx.exemple.com");
        assert!(namecheap.hints.contains(&"host-hint-custom-mx"));
    }

    /// Whatever a plan hands over: no text is lost, and no hint comes twice.
    #[test]
    fn every_host_takes_every_record() {
        let long = "\\\"é".repeat(20_000);
        let names = [
            "exemple.fr",
            "a.exemple.fr",
            "a\\.exemple.fr",
            "exemple.com",
            ".",
        ];
        let values = ["", " ", ".", "10", "10 ", "-1 mx.", "mx..", "\"", &long];
        for host in hosts().iter().map(Some).chain([None]) {
            for name in names {
                for rtype in RecordType::ALL {
                    for value in values {
                        let zone: Name = "exemple.fr".parse().expect("a name");
                        let name: Name = name.parse().expect("a name");
                        let form = HostForm::of(host, &zone, &name, rtype, value);
                        let mut hints = form.hints.clone();
                        hints.sort_unstable();
                        hints.dedup();
                        assert_eq!(hints.len(), form.hints.len(), "{form:?}");
                        if rtype == Txt && !hints.contains(&"host-hint-quotes") {
                            assert_eq!(form.value, value, "{host:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_name_outside_the_zone_is_typed_whole() {
        let check = |name: &str, typed: &str| {
            let form = form("gandi", name, Txt, "x");
            assert_eq!(form.name, typed, "{name}");
            assert_eq!(
                form.hints.len(),
                usize::from(name.ends_with(".exemple.fr")),
                "{name}"
            );
        };
        check("a.exemple.fr", "a");
        check("xexemple.fr", "xexemple.fr");
        check("exemple.com", "exemple.com");
        let name: Name = "a.exemple.fr".parse().expect("a name");
        let root = HostForm::of(None, &Name::root(), &name, Txt, "x");
        assert_eq!(root.name, "a.exemple.fr");
    }
}
