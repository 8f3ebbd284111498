//! The whole program against Debian's nsd and unbound on loopback.

#[path = "../../dns/tests/lab/recursive.rs"]
mod recursive;
#[path = "../../dns/tests/lab/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use server::Directory;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn directory(test: &str) -> Directory {
    Directory::new(Path::new(env!("CARGO_TARGET_TMPDIR")), test)
}

/// The JSON of one check, and the exit status.
fn check(words: &str) -> (Value, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_garant"))
        .arg("check")
        .args(words.split_whitespace())
        .args(["--format", "json"])
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the program starts");
    let error = String::from_utf8_lossy(&output.stderr);
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{words}: {fault}: {error}"));
    (report, output.status.code().expect("an exit status"))
}

fn codes(report: &Value) -> BTreeSet<&str> {
    let findings = report["findings"].as_array().expect("a list");
    findings
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .collect()
}

#[test]
fn a_zone_is_judged_alike_before_and_after_it_is_published() {
    let directory = directory("published");
    let zones = [
        ("votreentreprise.fr", "votreentreprise.fr.zone"),
        ("envoi.example", "envoi.example.zone"),
    ];
    for (_, file) in zones {
        fs::copy(root().join("examples").join(file), directory.join(file)).expect("copied");
    }
    let authority = server::nsd(&directory, zones);
    let (before, status_before) = check(
        "votreentreprise.fr --offline --zone examples/votreentreprise.fr.zone \
         --zone examples/envoi.example.zone",
    );
    let (after, status_after) = check(&format!(
        "votreentreprise.fr --nameserver {}",
        authority.address
    ));
    assert_eq!(codes(&before), codes(&after));
    assert_eq!(before["verdict"], after["verdict"]);
    assert_eq!((status_before, status_after), (1, 1));
    assert_eq!(
        after["records"]["spf"]["found_at"][0],
        authority.address.to_string()
    );
    assert_eq!(after["records"]["spf"]["lookups"], 2);
}

#[test]
fn broken_signatures_are_the_owners_fault_and_a_dead_server_is_not() {
    let directory = directory("garant-bogus");
    let zone = "$ORIGIN casse.test.\n@ 300 IN SOA ns hostmaster 1 3600 600 864000 300\n\
                @ 300 IN NS ns\nns 300 IN A 127.0.0.1\n@ 300 IN TXT \"v=spf1 -all\"\n";
    fs::write(directory.join("casse.test.zone"), zone).expect("writable");
    let anchor = recursive::sign(&directory, "casse.test", "casse.test.zone");
    // One text no longer is what was signed.
    let file = directory.join("casse.test.zone.signed");
    let signed = fs::read_to_string(&file).expect("signed");
    fs::write(&file, signed.replace("v=spf1 -all", "v=spf1 +all")).expect("writable");
    let authority = server::nsd(&directory, [("casse.test", "casse.test.zone.signed")]);
    let dead = ([127, 0, 0, 1], 1).into();
    let zones = [("casse.test", authority.address), ("mort.test", dead)];
    let resolver = recursive::unbound(&directory, &zones, &[anchor]);

    let (report, status) = check(&format!("casse.test --nameserver {}", resolver.address));
    assert!(codes(&report).contains("dnssec.bogus"), "{report:#}");
    assert_eq!(
        (report["verdict"]["code"].as_str(), status),
        (Some("dnssec-bogus"), 1)
    );

    let (report, status) = check(&format!("mort.test --nameserver {}", resolver.address));
    assert!(!codes(&report).contains("dnssec.bogus"), "{report:#}");
    assert!(!codes(&report).contains("spf.missing"), "{report:#}");
    assert_eq!(
        (report["verdict"]["code"].as_str(), status),
        (Some("unanswered"), 2)
    );
}
