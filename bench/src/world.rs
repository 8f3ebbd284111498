//! A generated part of the Internet: domains as they are, over mail services as they are.
//!
//! Every domain is a zone of its own beneath `test`; the services have their public names, so that what
//! a checker knows about them applies, and documentation addresses. The shares are those of the French
//! mid-market as far as public surveys tell, and the same number always gives the same world.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::server::{Server, nsd};

/// A 2048-bit RSA public key, made for this and used nowhere.
const KEY: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAte4yP4mP46RCmJzwWdxpFJ0psUUaNGJiADzykRqR/o29IEoIGMz/yPM3EoXKQmp9YV5/fMSsatjLdNXiElpVIlQJlPD3op2bmZY93oQGVEWbEe8nZNpINQxgSwU9rYN0mpdOMMr6qbxpJYP7ntfhLry+FGcrgI/GTUv5vgBsjIN6a0fTj2AiaZd9nCuHCJ5K2uwVfwe2O+kmFVwORbreIdY5EfLrSTtXaUp1XWU58ppY2GEJs4oXvofi+ayvjpq4Fbj/tVATSx9wyEoNOlBJMLKBEVt7v4TjK0ztcBqM4i74cBhMomNgMHsQgJQNR4x47XKEkSk8RwRr6TKXtasqxwIDAQAB";

/// What the generator made.
pub(crate) struct World {
    /// The domains that a benchmark looks at.
    pub(crate) domains: Vec<String>,
    /// Every zone: its apex without the final dot (`.` for the root) and its master file.
    pub(crate) zones: BTreeMap<String, String>,
}

/// A world with `count` domains.
pub(crate) fn generate(count: usize) -> World {
    let mut world = World {
        domains: Vec::new(),
        zones: BTreeMap::new(),
    };
    world.services();
    for index in 0..count {
        let domain = format!("d{index:05}.test");
        world.add("test", format!("d{index:05} NS ns"));
        Domain {
            index,
            name: domain.clone(),
            includes: Vec::new(),
        }
        .publish(&mut world);
        world.domains.push(domain);
    }
    world
}

impl World {
    /// Writes each zone into `directory` under [`file_name`].
    pub(crate) fn write(&self, directory: &Path) -> io::Result<()> {
        for (apex, text) in &self.zones {
            fs::write(directory.join(file_name(apex)), text)?;
        }
        Ok(())
    }

    /// Serves all zones with nsd, whose files go into `directory`.
    pub(crate) fn serve(&self, directory: &Path) -> io::Result<Server> {
        self.write(directory)?;
        let files: Vec<_> = self
            .zones
            .keys()
            .map(|apex| (apex, file_name(apex)))
            .collect();
        let zones = files
            .iter()
            .map(|(apex, file)| (apex.as_str(), file.as_str()));
        Ok(nsd(directory, zones))
    }

    /// Adds a line to a zone, which begins to exist with its first.
    fn add(&mut self, zone: &str, line: impl AsRef<str>) {
        let text = self.zones.entry(zone.to_owned()).or_insert_with(|| {
            let origin = if zone == "." {
                String::new()
            } else {
                zone.to_owned()
            };
            format!(
                "$ORIGIN {origin}.\n$TTL 3600\n@ SOA ns hostmaster 1 7200 3600 1209600 300\n\
                 @ NS ns\nns A 127.0.0.1\n"
            )
        });
        text.push_str(line.as_ref());
        text.push('\n');
    }

    /// The services that domains share, with one to three levels of includes.
    fn services(&mut self) {
        let dkim = dkim_record();
        let mut spf = |zone: &str, owner: &str, terms: &str| {
            self.add(zone, format!("{owner} TXT \"v=spf1 {terms}\""));
        };
        let netblocks = "include:_netblocks.google.com include:_netblocks2.google.com include:_netblocks3.google.com ~all";
        spf("google.com", "_spf", netblocks);
        spf(
            "google.com",
            "_netblocks",
            "ip4:192.0.2.0/26 ip4:192.0.2.64/26 ~all",
        );
        spf("google.com", "_netblocks2", "ip6:2001:db8:4000::/36 ~all");
        spf("google.com", "_netblocks3", "ip4:192.0.2.128/26 ~all");
        spf(
            "outlook.com",
            "spf.protection",
            "ip4:198.51.100.0/25 ip6:2001:db8:100::/48 -all",
        );
        spf(
            "ovh.com",
            "mx",
            "ip4:198.51.100.128/26 ptr:mail-out.ovh.net ~all",
        );
        spf(
            "brevo.com",
            "spf",
            "ip4:203.0.113.0/27 ip4:203.0.113.32/27 -all",
        );
        spf("mcsv.net", "servers", "ip4:203.0.113.64/27 -all");
        spf(
            "sendgrid.net",
            "@",
            "ip4:203.0.113.96/27 ip4:203.0.113.128/27 ~all",
        );
        // An agency that gathers the services of its customers: a third level.
        spf(
            "agence.test",
            "_spf",
            "include:spf.brevo.com include:_spf.google.com ip4:203.0.113.200 ~all",
        );
        for (zone, line) in [
            ("google.com", "smtp A 192.0.2.10"),
            ("google.com", "smtp AAAA 2001:db8:4000::10"),
            ("outlook.com", "*.mail.protection A 198.51.100.10"),
            ("ovh.net", "mx1.mail A 198.51.100.130"),
            ("ovh.net", "mx2.mail A 198.51.100.131"),
            ("ovh.net", "mx3.mail A 198.51.100.132"),
            ("rapports.test", "@ MX 10 mx"),
            ("rapports.test", "mx A 203.0.113.250"),
            ("rapports.test", "*._report._dmarc TXT \"v=DMARC1\""),
            ("test", "agence NS ns"),
            ("test", "rapports NS ns"),
            (".", "test NS ns"),
        ] {
            self.add(zone, line);
        }
        for zone in [
            "google.com",
            "outlook.com",
            "onmicrosoft.com",
            "ovh.com",
            "ovh.net",
            "brevo.com",
            "mcsv.net",
            "sendgrid.net",
        ] {
            self.add(".", format!("{zone} NS ns"));
        }
        self.add("onmicrosoft.com", format!("* TXT {dkim}"));
        self.add("brevo.com", format!("*.dkim TXT {dkim}"));
        self.add("mcsv.net", format!("dkim2 TXT {dkim}"));
        self.add("mcsv.net", format!("dkim3 TXT {dkim}"));
    }
}

/// One domain while its records are decided.
struct Domain {
    index: usize,
    name: String,
    includes: Vec<&'static str>,
}

impl Domain {
    /// Whether the domain is among so many of a hundred, independently for every `matter`.
    fn is_among(&self, matter: &str, percent: u64) -> bool {
        self.percentile(matter) < percent
    }

    /// 0 to 99, evenly, and the same each time (FNV-1a, then the finish of SplitMix64).
    fn percentile(&self, matter: &str) -> u64 {
        let octets = matter.bytes().chain(self.index.to_le_bytes());
        let hash = octets.fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| {
            (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
        });
        let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) % 100
    }

    fn publish(mut self, world: &mut World) {
        let zone = self.name.clone();
        let add = |world: &mut World, line: &str| world.add(&zone, line);
        add(world, "@ A 203.0.113.240\nwww CNAME @");
        let sends = self.mailbox(world);
        if sends {
            self.campaigns(world);
            if self.is_among("spf", 88) {
                let mut terms = String::from("v=spf1 mx");
                for include in &self.includes {
                    let _ = write!(terms, " include:{include}");
                }
                add(world, &format!("@ TXT \"{terms} ~all\""));
            }
        } else {
            add(world, "@ MX 0 .\n@ TXT \"v=spf1 -all\"");
        }
        if self.is_among("verification", 60) {
            add(
                world,
                "@ TXT \"google-site-verification=0123456789abcdefghijklmnopqrstuvwxyz0123456\"",
            );
        }
        if self.is_among("dmarc", 62) {
            let policy = match self.percentile("policy") {
                _ if !sends => "reject",
                0..50 => "none",
                50..75 => "quarantine",
                _ => "reject",
            };
            let rua = match self.percentile("rua") {
                0..50 => format!("; rua=mailto:dmarc@{zone}"),
                50..85 => "; rua=mailto:recus@rapports.test".to_owned(),
                _ => String::new(),
            };
            add(world, &format!("_dmarc TXT \"v=DMARC1; p={policy}{rua}\""));
        }
        if self.is_among("mta-sts", 3) {
            add(
                world,
                "_mta-sts TXT \"v=STSv1; id=20250101000000\"\nmta-sts A 203.0.113.240",
            );
        }
        if self.is_among("tls-rpt", 5) {
            add(
                world,
                &format!("_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:tls@{zone}\""),
            );
        }
        if self.is_among("bimi", 1) {
            add(
                world,
                &format!("default._bimi TXT \"v=BIMI1; l=https://www.{zone}/logo.svg\""),
            );
        }
    }

    /// Who holds the mailboxes; whether there are any.
    fn mailbox(&mut self, world: &mut World) -> bool {
        let (zone, dkim) = (self.name.clone(), dkim_record());
        let dashed = zone.replace('.', "-");
        let has_key = self.is_among("mailbox-dkim", 65);
        let mut lines = String::new();
        match self.percentile("mailbox") {
            0..35 => {
                self.includes.push("_spf.google.com");
                lines += "@ MX 1 smtp.google.com.\n";
                if has_key {
                    let _ = writeln!(lines, "google._domainkey TXT {dkim}");
                }
            }
            35..65 => {
                self.includes.push("spf.protection.outlook.com");
                let _ = writeln!(lines, "@ MX 0 {dashed}.mail.protection.outlook.com.");
                for selector in ["selector1", "selector2"].iter().filter(|_| has_key) {
                    let tenant = self.index;
                    let _ = writeln!(
                        lines,
                        "{selector}._domainkey CNAME \
                        {selector}-{dashed}._domainkey.locataire{tenant}.onmicrosoft.com."
                    );
                }
            }
            65..80 => {
                self.includes.push("mx.ovh.com");
                lines += "@ MX 1 mx1.mail.ovh.net.\n@ MX 5 mx2.mail.ovh.net.\n@ MX 100 mx3.mail.ovh.net.\n";
            }
            80..92 => {
                lines += "@ MX 10 mail\nmail A 203.0.113.241\n";
                if has_key {
                    let selector = if self.is_among("own-selector", 50) {
                        "mail"
                    } else {
                        "default"
                    };
                    let _ = writeln!(lines, "{selector}._domainkey TXT {dkim}");
                }
            }
            _ => return false,
        }
        world.add(&zone, lines.trim_end());
        true
    }

    /// Who sends for the domain besides.
    fn campaigns(&mut self, world: &mut World) {
        let (zone, dkim, number) = (self.name.clone(), dkim_record(), self.index);
        let dashed = zone.replace('.', "-");
        let mut lines = Vec::new();
        if self.is_among("agency", 10) {
            self.includes.push("_spf.agence.test");
        } else if self.is_among("brevo", 25) {
            self.includes.push("spf.brevo.com");
            for n in [1, 2] {
                lines.push(format!(
                    "brevo{n}._domainkey CNAME b{n}.{dashed}.dkim.brevo.com."
                ));
            }
        }
        if self.is_among("mailchimp", 18) {
            self.includes.push("servers.mcsv.net");
            lines.push(
                "k2._domainkey CNAME dkim2.mcsv.net.\nk3._domainkey CNAME dkim3.mcsv.net."
                    .to_owned(),
            );
        }
        if self.is_among("sendgrid", 15) {
            self.includes.push("sendgrid.net");
            for selector in ["s1", "s2"] {
                let target = format!("{selector}.domainkey.u{number}.wl");
                lines.push(format!(
                    "{selector}._domainkey CNAME {target}.sendgrid.net."
                ));
                world.add("sendgrid.net", format!("{target} TXT {dkim}"));
            }
            lines.push(format!("em CNAME u{number}.wl.sendgrid.net."));
            let bounces = format!(
                "u{number}.wl MX 10 mx\nu{number}.wl TXT \"v=spf1 include:sendgrid.net ~all\""
            );
            world.add("sendgrid.net", bounces);
        }
        for line in lines {
            world.add(&zone, line);
        }
    }
}

/// A DKIM key record in strings of at most 255 octets.
fn dkim_record() -> String {
    let text = format!("v=DKIM1; k=rsa; p={KEY}");
    let (first, second) = text.split_at(255);
    format!("\"{first}\" \"{second}\"")
}

/// The name of a zone's file.
pub(crate) fn file_name(apex: &str) -> String {
    if apex == "." {
        "root.zone".to_owned()
    } else {
        format!("{apex}.zone")
    }
}

#[cfg(test)]
mod tests {
    use garant_dns::{Data, Name, Question, RecordType, Resolver, Status, Zone, Zones};

    use super::*;

    #[test]
    fn every_zone_reads_and_the_mix_is_as_meant() {
        let world = generate(1000);
        let zones = world.zones.iter().map(|(apex, text)| {
            let apex: Name = apex.parse().expect("a name");
            Zone::parse(text.as_bytes(), &apex).unwrap_or_else(|error| panic!("{apex}: {error}"))
        });
        let zones = Zones::new(zones.collect());
        let ask = |owner: &str, rtype| {
            let question = Question::new(owner.parse().expect("a name"), rtype);
            futures::executor::block_on(zones.resolve(&question))
        };
        let share = |prefix: &str, rtype| {
            let domains = world.domains.iter();
            domains
                .filter(|domain| ask(&format!("{prefix}{domain}"), rtype).status == Status::Found)
                .count()
        };
        use RecordType::{Mx, Ns, Txt};
        for (prefix, rtype, expect) in [
            ("", Ns, 1000..=1000),
            ("", Mx, 1000..=1000),
            ("_dmarc.", Txt, 550..=690),
            ("google._domainkey.", Txt, 170..=290),
            ("selector1._domainkey.", Txt, 140..=250),
            ("brevo1._domainkey.", Txt, 130..=270),
            ("s1._domainkey.", Txt, 90..=190),
            ("em.", Txt, 90..=190),
            ("_mta-sts.", Txt, 10..=60),
        ] {
            let found = share(prefix, rtype);
            assert!(expect.contains(&found), "{prefix} {rtype}: {found}");
        }
        let levels = ask("_spf.agence.test", Txt);
        assert!(
            matches!(&levels.records[0].data, Data::Txt(txt) if txt.to_text().contains("include:_spf.google.com"))
        );
        assert_eq!(generate(10).zones, generate(10).zones);
    }
}
