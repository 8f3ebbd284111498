//! The ways in which customers' DNS goes wrong, each in at least two different clothes among the worlds. That
//! a world gives the codes that it expects, `worlds.rs` holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What goes wrong, and the codes by which it is recognised. What depends on a panel and cannot be seen in the
/// DNS (names without underscore refused, `@` for the domain itself) is guidance by DNS host: `catalogue`.
const MODES: &[(&str, &[&str])] = &[
    (
        "the domain typed into the field for the name",
        &["record.doubled-name"],
    ),
    (
        "the final dot of a target left out",
        &["record.zone-appended"],
    ),
    ("an alias behind a proxy", &["record.proxied"]),
    ("an alias flattened", &["record.flattened"]),
    (
        "quotes or backslashes in the data",
        &["record.quoted", "spf.quoted", "dkim.quoted", "dmarc.quoted"],
    ),
    ("one key as two records", &["dkim.split-in-two"]),
    ("a key cut off", &["record.truncated", "dkim.truncated"]),
    ("upper and lower case changed", &["record.case-changed"]),
    (
        "the old key beside the new",
        &["dkim.multiple", "record.several"],
    ),
    ("two SPF records", &["spf.multiple"]),
    ("terms behind all", &["spf.terms-after-all"]),
    (
        "too many look-ups",
        &["spf.too-many-lookups", "spf.too-many-voids"],
    ),
    (
        "typographic characters",
        &["spf.look-alike", "dmarc.look-alike"],
    ),
    ("a misspelt beginning", &["spf.misspelt", "dmarc.misspelt"]),
    (
        "entered at another provider",
        &["dns.record-at-other-servers"],
    ),
    (
        "another delegation than the zone's own list",
        &["dns.delegation-differs"],
    ),
    ("a server without the zone", &["dns.lame-server"]),
    ("no server with the zone", &["dns.all-servers-lame"]),
    ("a server with an old zone", &["dns.stale-server"]),
    (
        "servers that contradict each other",
        &["dns.servers-disagree"],
    ),
    ("asked too early", &["record.waiting"]),
    ("the old data in caches", &["record.old-data-cached"]),
    (
        "broken signatures",
        &["dnssec.bogus", "dnssec.ds-without-key"],
    ),
    (
        "an alias beside other records",
        &["dns.record-beside-alias"],
    ),
    (
        "the return path's name in use",
        &["record.return-path-taken"],
    ),
    (
        "several exchanges at the return path",
        &["record.several-exchanges"],
    ),
    ("an alias at the domain itself", &["record.alias-at-apex"]),
    ("another type", &["record.wrong-type"]),
    ("name and value exchanged", &["record.swapped"]),
    ("the underscore left out", &["record.underscore-dropped"]),
    ("two DMARC records", &["dmarc.multiple"]),
    ("the policy of the parent", &["dmarc.inherited"]),
    ("a strict policy before DKIM works", &["path.refused"]),
    (
        "strict alignment, and a return path beneath the domain",
        &["path.return-path-strict"],
    ),
    (
        "reports that nobody authorised",
        &["dmarc.reports-not-authorised"],
    ),
    ("a wildcard", &["record.by-wildcard", "dkim.wildcard"]),
    (
        "another account's record, or a former one",
        &["record.other-account", "record.former-target"],
    ),
    ("a mailbox provider's domain", &["domain.free-mail"]),
    (
        "a target that does not exist",
        &["record.dangling-target", "dkim.dangling"],
    ),
    (
        "aligned by one document and not by the other",
        &["path.readings-differ"],
    ),
    ("a key withdrawn", &["dkim.revoked"]),
    ("a key on trial", &["dkim.testing"]),
    ("SHA-1 only", &["dkim.sha1-only"]),
    ("another type of key", &["dkim.key-type-mismatch"]),
    ("a key for another service", &["dkim.other-service"]),
    ("a short key", &["dkim.short-key"]),
    ("a domain that is gone", &["domain.absent"]),
    ("servers with IPv6 only", &["dns.servers-ipv6-only"]),
    ("no answer over TCP", &["dns.no-tcp"]),
];
/// Worlds for each.
const CLOTHES_MIN: usize = 2;
/// What must come out right although it looks unusual, and how many worlds there are of it at least.
const QUIET_MIN: usize = 15;

/// The titles of the worlds that expect a code, and of those in which nothing is above advice.
fn worlds() -> (BTreeMap<String, BTreeSet<String>>, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds");
    let mut by_code: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut quiet = 0;
    for entry in std::fs::read_dir(folder).expect("tests/worlds") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a worlds file");
        let mut title = String::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix(";! world ") {
                title = format!("{} {rest}", path.display());
            } else if let Some(codes) = line.strip_prefix(";! expect ") {
                for code in codes.split_whitespace() {
                    by_code
                        .entry(code.to_owned())
                        .or_default()
                        .insert(title.clone());
                }
            } else if line.trim_end() == ";! quiet" {
                quiet += 1;
            }
        }
    }
    (by_code, quiet)
}

#[test]
fn each_way_to_go_wrong_is_met_in_two_clothes() {
    let (by_code, _) = worlds();
    let lacking: Vec<_> = MODES
        .iter()
        .filter_map(|(mode, codes)| {
            let titles: BTreeSet<_> = codes
                .iter()
                .filter_map(|code| by_code.get(*code))
                .flatten()
                .collect();
            (titles.len() < CLOTHES_MIN).then(|| format!("{mode}: {titles:?}"))
        })
        .collect();
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn unusual_domains_that_are_in_order_are_met_too() {
    let (_, quiet) = worlds();
    assert!(quiet >= QUIET_MIN, "{quiet}");
}
