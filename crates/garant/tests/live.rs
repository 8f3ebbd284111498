//! The whole program against Debian's nsd and unbound on loopback.

#[path = "../../dns/tests/lab/network.rs"]
mod network;
#[path = "../../dns/tests/lab/recursive.rs"]
mod recursive;
#[path = "../../dns/tests/lab/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::fs;
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::process::Command;

use network::{Network, REGISTRY};
use serde_json::{Value, json};
use server::Directory;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn directory(test: &str) -> Directory {
    Directory::new(Path::new(env!("CARGO_TARGET_TMPDIR")), test)
}

/// What one check prints, and what it says besides; and the exit status.
fn run(words: &str) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_garant"))
        .arg("check")
        .args(words.split_whitespace())
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the program starts")
}

/// The JSON of one check, and the exit status.
fn check(words: &str) -> (Value, i32) {
    let output = run(&format!("{words} --format json"));
    let error = String::from_utf8_lossy(&output.stderr);
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|fault| panic!("{words}: {fault}: {error}"));
    (report, output.status.code().expect("an exit status"))
}

/// What a person reads.
fn text(words: &str) -> String {
    String::from_utf8(run(words).stdout).expect("text")
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

/// A record set with which all is right, but for what is laid over it.
const OWN: &str = "@ NS ns1\n@ NS ns2\n@ NS ns3\n@ MX 10 mx\nmx A 192.0.2.25\n\
    @ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n";
const POLICY: &str = "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@exemple.test\"\n";
const KEY: &str = "s1._domainkey TXT \"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzxR5jEjdFw30R43WKAinG\
    tMoj66IrGBvXq6ruO+SHAAjn0Z9T0o4nXPg7C5OMzSHFohR8wzlDCgxV7cv2ets0GT+CjRngPQZ5uIedy7m2DuN3otxiZAGFq1e9P4GEg101\" \"+vTqGSM\
    xZS5WGdV8TDOEBIcjaVXDL4uJsN7XHK41k3OdTbLHe7pCZWzAShCcJ50dJN8rJ9W51rEcrj/HCp6noD/QCmm3Gl1mOW917QnSClgEeggHQl9jUd6PH3EE\
    4vgc+6Pg5EIUUtCOTwlPR3DWeXbEKU/2azGB0cSUTVduOerl7rBJ419M9ov1cKs03wPBJHPUNQT29/k1B+YoZD+KwIDAQAB\"\n";
const SERVERS: [&str; 3] = ["ns1.exemple.test", "ns2.exemple.test", "ns3.exemple.test"];

/// The options that lead to the servers of a network.
fn through(network: &Network) -> String {
    let mut words = format!("--nameserver {}", network.recursive.address);
    for (name, address) in network.addresses() {
        words += &format!(" --server-at {name}={address}");
    }
    words
}

/// The arguments of all findings with a code.
fn findings<'a>(report: &'a Value, code: &str) -> Vec<&'a Value> {
    let findings = report["findings"].as_array().expect("a list");
    findings
        .iter()
        .filter(|finding| finding["code"] == code)
        .map(|finding| &finding["args"])
        .collect()
}

#[test]
fn servers_that_do_not_agree_are_named() {
    let directory = directory("garant-stale");
    // The zone itself lists a server that the registry does not know, and not the one that refuses.
    let own = OWN.replace("ns3", "ns4") + POLICY;
    let new = own.clone() + KEY;
    let network = Network::new(
        &directory,
        &[
            ("ns.registre.test", "test", 1, REGISTRY),
            ("ns1.exemple.test", "exemple.test", 2_026_112_202, &new),
            ("ns2.exemple.test", "exemple.test", 2_026_112_201, &own),
            ("ns3.exemple.test", "exemple.test", 0, ""),
        ],
    );
    let silent = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let words = format!(
        "exemple.test --selector s1 --authority {} --server-at ns4.exemple.test={}",
        through(&network),
        silent.local_addr().expect("bound")
    );
    let (report, status) = check(&words);
    assert_eq!(
        findings(&report, "dns.stale-server"),
        [&json!({
            "domain": "exemple.test", "name": "exemple.test", "server": "ns2.exemple.test",
            "serial": 2_026_112_201, "newest": 2_026_112_202, "record": "s1._domainkey.exemple.test TXT",
        })]
    );
    let lame = findings(&report, "dns.lame-server");
    let lame: Vec<_> = lame
        .iter()
        .map(|args| (&args["server"], &args["reason"]))
        .collect();
    let expect = [
        ("ns3.exemple.test", "refused"),
        ("ns4.exemple.test", "silent"),
    ];
    let expect = expect.map(|(server, reason)| (json!(server), json!(reason)));
    assert_eq!(
        lame,
        expect.each_ref().map(|(server, reason)| (server, reason))
    );
    let differs = findings(&report, "dns.delegation-differs");
    assert_eq!(differs.len(), 1);
    assert_eq!(differs[0]["parent"], "ns3.exemple.test");
    assert_eq!(differs[0]["zone"], "ns4.exemple.test");
    assert!(codes(&report).contains("dkim.valid"), "{report:#}");
    assert_eq!(
        (&report["verdict"]["severity"], status),
        (&json!("risk"), 1)
    );
    let zones = report["authority"]["zones"].as_array().expect("a list");
    assert_eq!(zones.len(), 1, "{zones:#?}");
    let member = |member: &str| -> Vec<&Value> {
        let servers = zones[0]["servers"].as_array().expect("a list");
        servers.iter().map(|server| &server[member]).collect()
    };
    assert_eq!(zones[0]["zone"], "exemple.test");
    assert_eq!(
        member("name"),
        [SERVERS[0], SERVERS[1], SERVERS[2], "ns4.exemple.test"]
    );
    assert_eq!(member("status"), ["serves", "serves", "refused", "silent"]);
    assert_eq!(member("in_parent"), [true, true, true, false]);
    assert_eq!(member("in_zone"), [true, true, false, true]);
    let answers = zones[0]["servers"][0]["answers"]
        .as_array()
        .expect("a list")
        .len();
    let direct = zones[0]["questions"]["direct"].as_u64().expect("a number");
    // Two servers that serve the zone, two that do not, the registry's, and one list of servers.
    assert_eq!(direct, 2 * (1 + answers as u64) + 2 + 1 + 1);
    assert_eq!(
        zones[0]["questions"]["recursive"], 2,
        "the map says where all servers are"
    );
    let text = text(&format!("{words} --lang fr"));
    for server in ["ns2.exemple.test", "ns3.exemple.test", "ns4.exemple.test"] {
        assert!(text.contains(server), "{server}: {text}");
    }
}

#[test]
fn what_was_published_a_moment_ago_is_waited_for_and_not_missing() {
    let directory = directory("garant-early");
    let before = OWN.to_owned() + KEY;
    let mut lines = vec![("ns.registre.test", "test", 1, REGISTRY)];
    lines.extend(SERVERS.map(|server| (server, "exemple.test", 1, before.as_str())));
    let network = Network::new(&directory, &lines);
    let words = format!("exemple.test --selector s1 {}", through(&network));
    // Asked too early: nobody has it, and the recursive server remembers that.
    let (report, _) = check(&words);
    assert!(codes(&report).contains("dmarc.missing"), "{report:#}");
    assert!(!codes(&report).contains("record.waiting"), "{report:#}");

    let after = before + POLICY;
    for server in SERVERS {
        network.publish(server, "exemple.test", 2, &after);
    }
    // The doubt alone leads to the zone's own servers.
    let saved = directory.join("saved.json");
    let (report, status) = check(&format!("{words} --capture {}", saved.display()));
    assert!(!codes(&report).contains("dmarc.missing"), "{report:#}");
    let waiting = findings(&report, "record.waiting");
    assert_eq!(waiting.len(), 1, "{report:#}");
    assert_eq!(waiting[0]["name"], "_dmarc.exemple.test");
    let until = waiting[0]["until"].as_str().expect("a time");
    let asked_at = report["asked_at"].as_str().expect("a time");
    assert!(until > asked_at, "{until} is after {asked_at}");
    assert_eq!((&report["verdict"]["code"], status), (&json!("waiting"), 2));
    let time = &until["2026-11-22T".len().."2026-11-22T14:30".len()];
    let french = time.strip_prefix('0').unwrap_or(time);
    for (lang, time) in [
        ("en", time.to_owned()),
        ("fr", french.replace(':', "\u{a0}h\u{a0}")),
    ] {
        let replay = format!("exemple.test --replay {} --lang {lang}", saved.display());
        let text = text(&replay);
        assert!(text.replace('\n', "").contains(&time), "{time}: {text}");
    }

    // What is replaced is remembered too, and nothing looks wrong with it: who wants to know asks.
    let changed = after.replace("192.0.2.25 -all", "192.0.2.99 -all");
    for server in SERVERS {
        network.publish(server, "exemple.test", 3, &changed);
    }
    let (report, _) = check(&format!("{words} --authority"));
    let old = findings(&report, "record.old-data-cached");
    assert_eq!(old.len(), 1, "{report:#}");
    assert_eq!(old[0]["name"], "exemple.test");
    assert_eq!(old[0]["old"], "v=spf1 ip4:192.0.2.25 -all");
}

#[test]
fn a_chain_over_two_providers_is_right_and_a_proxy_is_not() {
    let directory = directory("garant-chain");
    let key = KEY.replace("s1._domainkey", "cle7");
    let key = format!("@ NS ns\n{key}");
    let own = format!("{OWN}{POLICY}s1._domainkey CNAME s1.dkim.reseau.test.\nem A 104.21.7.9\n");
    let link = "@ NS ns\ns1.dkim CNAME cle7.fournisseur.test.\n\
                u7.retour MX 10 mx\nu7.retour TXT \"v=spf1 ip4:192.0.2.26 -all\"\nmx A 192.0.2.26";
    let mut lines = vec![
        ("ns.registre.test", "test", 1, REGISTRY),
        ("ns.reseau.test", "reseau.test", 5, link),
        ("ns.fournisseur.test", "fournisseur.test", 9, key.as_str()),
    ];
    lines.extend(SERVERS.map(|server| (server, "exemple.test", 1, own.as_str())));
    let network = Network::new(&directory, &lines);
    let expected = json!([
        {"name": "s1._domainkey.exemple.test", "type": "CNAME", "value": "s1.dkim.reseau.test"},
        {"name": "em.exemple.test", "type": "CNAME", "value": "u7.retour.reseau.test"},
    ]);
    let file = directory.join("attendus.json");
    fs::write(&file, expected.to_string()).expect("writable");
    let words = format!(
        "exemple.test --expect {} {}",
        file.display(),
        through(&network)
    );
    let (report, status) = check(&words);
    let names = |code: &str| -> Vec<&Value> {
        findings(&report, code)
            .iter()
            .map(|args| &args["name"])
            .collect()
    };
    assert_eq!(names("record.right"), ["s1._domainkey.exemple.test"]);
    assert_eq!(names("record.proxied"), ["em.exemple.test"]);
    assert_eq!(names("dkim.valid"), ["s1._domainkey.exemple.test"]);
    let aliases = &report["records"]["dkim"][0]["aliases"];
    assert_eq!(
        aliases,
        &json!(["s1.dkim.reseau.test", "cle7.fournisseur.test"])
    );
    let verdict = &report["verdict"];
    assert_eq!(verdict["code"], "sender-incomplete");
    assert_eq!((&verdict["cause"], status), (&json!("record.proxied"), 1));
    // Published everywhere, so that a look at the zone's own servers changes nothing.
    let (asked, _) = check(&format!("{words} --authority"));
    assert_eq!(codes(&asked), codes(&report));
}

#[test]
fn a_domain_whose_servers_are_all_lame_hears_who_must_act() {
    let directory = directory("garant-lame");
    let network = Network::new(
        &directory,
        &[
            ("ns.registre.test", "test", 1, REGISTRY),
            ("ns1.exemple.test", "exemple.test", 0, ""),
            ("ns2.exemple.test", "exemple.test", 0, ""),
            ("ns3.exemple.test", "exemple.test", 0, ""),
        ],
    );
    let words = format!("exemple.test {}", through(&network));
    let (report, status) = check(&words);
    let lame = findings(&report, "dns.all-servers-lame");
    assert_eq!(lame.len(), 1, "{report:#}");
    assert_eq!(lame[0]["servers"], SERVERS.join(", "));
    assert_eq!(lame[0]["reason"], "refused");
    for code in ["spf.missing", "dmarc.missing", "dns.no-answer"] {
        assert!(!codes(&report).contains(code), "{report:#}");
    }
    assert_eq!(
        (&report["verdict"]["code"], status),
        (&json!("servers-lame"), 1)
    );
}
