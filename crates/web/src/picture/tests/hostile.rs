//! What strangers write into the DNS, in every place of a picture that shows it.

use garant_check::{SpfNode, SpfTerm};
use garant_dns::Name;

use super::drawn::faults;
use super::{EVERYTHING, Told};

/// Marks, controls, turned writing, long words, many bytes.
const HOSTILE: &[&str] = &[
    "include:\"><script>alert(1)</script>",
    "a:'onload='x' &amp; &#60;",
    "\u{202e}evil\u{1b}[2J\u{0}\u{7}\u{fffe}\u{ffff}",
    "`a` $x { $domain } {\"\"} ]]> <!-- -->",
    "ip4:漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    "",
    " ",
];

fn check(told: &Told, what: &str) {
    let pictures = told.pictures();
    assert!(!pictures.is_empty(), "{what}");
    let mut wrong = faults(&pictures);
    // Back-ticks and spaces of strangers may set their own words differently.
    wrong.retain(|fault| !fault.contains("the list does not"));
    assert!(wrong.is_empty(), "{what}: {wrong:#?}");
    for (name, picture) in &pictures {
        for svg in [&picture.wide, &picture.narrow] {
            assert!(svg.len() < 96 * 1024, "{what}: {name} has {}", svg.len());
            assert!(!svg.contains("<script"), "{what}");
        }
        assert!(!picture.list.contains("<script"), "{what}");
    }
}

fn changed(told: &Told, text: &str) -> Told {
    fn change(node: &mut SpfNode, text: &str) {
        for term in &mut node.terms {
            term.text.push_str(text);
            if let Some(record) = &mut term.record {
                change(record, text);
            }
        }
    }
    let mut report = told.report.clone();
    if let Some(root) = &mut report.records.spf.parsed {
        change(root, text);
    }
    for path in &mut report.paths {
        path.words.from.value = text.to_owned();
        path.words.dmarc.push(text.to_owned());
    }
    let servers = report.authority.zones.iter_mut();
    for server in servers.flat_map(|zone| &mut zone.servers) {
        for answer in &mut server.answers {
            answer.found = Some(vec![text.repeat(300), text.to_owned()]);
        }
    }
    Told {
        title: told.title.clone(),
        language: told.language,
        report,
        plan: told.plan.clone(),
    }
}

#[test]
fn hostile_text_stays_text() {
    let rich = EVERYTHING.iter().filter(|told| told.pictures().len() == 3);
    for told in rich.step_by(9) {
        for text in HOSTILE {
            check(&changed(told, text), &format!("{} {text:?}", told.title));
        }
    }
}

/// A record of as many terms as anybody reads, each with records beneath it.
#[test]
fn a_tree_of_hundreds_of_terms_is_cut_and_counted() {
    let name: Name = "exemple.fr".parse().expect("a name");
    let leaf = |text: &str, lookups, record| SpfTerm {
        text: text.to_owned(),
        start: 0,
        end: 0,
        lookups,
        voids: 0,
        ipv4_addresses: 256,
        reached: true,
        fault: None,
        record,
    };
    let node = |terms: Vec<SpfTerm>| SpfNode {
        domain: name.clone(),
        raw: None,
        lookups: terms.iter().map(|term| term.lookups).sum(),
        terms,
    };
    let told = EVERYTHING
        .iter()
        .find(|told| told.report.records.spf.parsed.is_some())
        .expect("a world with a record");
    let mut deep = node(vec![leaf("ip4:192.0.2.0/24", 0, None)]);
    for _ in 0..29 {
        let lookups = deep.lookups + 1;
        deep = node(vec![leaf(
            "include:a.exemple.fr",
            lookups,
            Some(Box::new(deep)),
        )]);
    }
    let flat = node(vec![leaf("a:b.exemple.fr", 1, None); 4_000]);
    let addresses = node(vec![leaf("ip4:192.0.2.0/24", 0, None); 4_000]);
    for (what, root) in [("deep", deep), ("flat", flat), ("addresses", addresses)] {
        let mut report = told.report.clone();
        report.records.spf.lookups = root.lookups;
        report.records.spf.parsed = Some(root);
        let told = Told {
            title: what.to_owned(),
            language: told.language,
            report,
            plan: told.plan.clone(),
        };
        check(&told, what);
        let (_, picture) = &told.pictures()[0];
        assert!(picture.list.len() < 32 * 1024, "{what}");
        if what != "deep" {
            assert!(picture.list.contains("9"), "the rest is counted: {what}");
        }
    }
}
