//! What is proposed: the exact changes of each finding, and that nothing is proposed where only the owner
//! can know. A change that a panel takes must be right to the letter.

use garant_check::{Action, Finding, NoFetch, Request, assess, observe};
use garant_dns::{Name, Zone, Zones};

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

/// The findings of a domain whose zone is `zone`; beside it there is only `messagerie.example`.
fn findings(zone: &str) -> Vec<Finding> {
    let domain = name("exemple.fr");
    let provider = name("messagerie.example");
    let records = "_spf TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\nmx1 A 198.51.100.25\n";
    let zones = Zones::new(vec![
        Zone::parse(zone.as_bytes(), &domain).expect("a zone"),
        Zone::parse(records.as_bytes(), &provider).expect("a zone"),
        Zone::new(Name::root()),
    ]);
    let request = Request {
        domain,
        selectors: Vec::new(),
    };
    let observed = observe(&zones, &NoFetch, request, 1_795_343_700);
    assess(&futures::executor::block_on(observed)).findings
}

/// The changes that the findings of this code propose, a line each: `+` to add, `=` to change, `-` to
/// delete; the name `@` is the domain's own.
fn changes(findings: &[Finding], code: &str) -> Vec<String> {
    let of_code: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.code.as_str() == code)
        .collect();
    assert!(!of_code.is_empty(), "{code} does not come: {findings:#?}");
    let fixes = of_code.iter().flat_map(|finding| &finding.fixes);
    fixes
        .map(|fix| {
            let sign = match fix.action {
                Action::Add => '+',
                Action::Change => '=',
                Action::Delete => '-',
            };
            assert_eq!(fix.ttl.is_none(), fix.action == Action::Delete, "{code}");
            let owner = match fix.name.as_str() {
                "exemple.fr" => "@",
                other => other,
            };
            format!("{sign} {owner} {} {}", fix.rtype, fix.value)
        })
        .collect()
}

#[track_caller]
fn check(zone: &str, code: &str, expect: &[&str]) {
    assert_eq!(changes(&findings(zone), code), expect, "{code}\n{zone}");
}

/// One TXT record at the domain, as one string.
#[track_caller]
fn check_spf(record: &str, code: &str, expect: &[&str]) {
    check(
        &format!("@ TXT \"{record}\"\n@ MX 10 mx1\nmx1 A 192.0.2.25\n"),
        code,
        expect,
    );
}

#[test]
fn a_record_with_faults_becomes_one_that_reads() {
    for (record, code, expect) in [
        (
            "v=spf1 inlcude:_spf.messagerie.example ~all",
            "spf.unknown-mechanism",
            "= @ TXT v=spf1 include:_spf.messagerie.example ~all",
        ),
        (
            "v=spf1 ip4:192.0.2.1~all",
            "spf.missing-space",
            "= @ TXT v=spf1 ip4:192.0.2.1 ~all",
        ),
        (
            "v=spf1 include:_spf.messagerie.example-all",
            "spf.missing-space",
            "= @ TXT v=spf1 include:_spf.messagerie.example -all",
        ),
        (
            "v=spf1 mx a:mx1.exemple.fr-all",
            "spf.missing-space",
            "= @ TXT v=spf1 mx a:mx1.exemple.fr -all",
        ),
        (
            "v=spf1 ip4:192.0.2.1/032 -all",
            "spf.syntax",
            "= @ TXT v=spf1 ip4:192.0.2.1/32 -all",
        ),
        (
            "v=spf1 mx \\226\\128\\147all",
            "spf.look-alike",
            "= @ TXT v=spf1 mx -all",
        ),
        (
            "v=spf1 ip4=192.0.2.1 ip4=192.0.2.2 -all",
            "spf.modifier-looks-like-mechanism",
            "= @ TXT v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all",
        ),
        (
            "v=spf1 xip4=192.0.2.1 ip4=192.0.2.1 -all",
            "spf.modifier-looks-like-mechanism",
            "= @ TXT v=spf1 xip4=192.0.2.1 ip4:192.0.2.1 -all",
        ),
        (
            "v=spf1 ip4=mx1.exemple.fr -all",
            "spf.modifier-looks-like-mechanism",
            "= @ TXT v=spf1 a:mx1.exemple.fr -all",
        ),
        ("v=spf1 mx", "spf.no-all", "= @ TXT v=spf1 mx ~all"),
        ("v=spf1 mx  ", "spf.no-all", "= @ TXT v=spf1 mx ~all"),
        (
            "v=spf1 mx ~all ip4:192.0.2.1 -all include:_spf.messagerie.example",
            "spf.terms-after-all",
            "= @ TXT v=spf1 mx ip4:192.0.2.1 include:_spf.messagerie.example ~all",
        ),
        (
            "v=spf1 mx ~all -all",
            "spf.terms-after-all",
            "= @ TXT v=spf1 mx ~all",
        ),
        (
            "v=spf1 mx a mx  MX -all",
            "spf.duplicate-term",
            "= @ TXT v=spf1 mx a -all",
        ),
        (
            "v=spf1 mx include:_spf.disparu.fr -all",
            "spf.include-registrable",
            "= @ TXT v=spf1 mx -all",
        ),
    ] {
        let found = {
            let zone = format!("@ TXT \"{record}\"\n@ MX 10 mx1\nmx1 A 192.0.2.25\n");
            changes(&findings(&zone), code)
        };
        // Every finding about one record proposes the same, so that no two of them disagree.
        assert!(!found.is_empty(), "{record}");
        assert!(
            found.iter().all(|change| change == expect),
            "{record}: {found:?}"
        );
    }
}

#[test]
fn two_faults_in_one_record_are_put_right_together() {
    let record = "v=spf1 ipv4:192.0.2.1 inlcude:_spf.messagerie.example ip4:192.0.2.9~all";
    let expect = "= @ TXT v=spf1 ip4:192.0.2.1 include:_spf.messagerie.example ip4:192.0.2.9 ~all";
    check_spf(record, "spf.unknown-mechanism", &[expect, expect]);
    check_spf(record, "spf.missing-space", &[expect]);
    // With one that nobody can guess, no change would make the record read.
    check_spf(
        "v=spf1 ipv4:192.0.2.1 foo -all",
        "spf.unknown-mechanism",
        &[],
    );
    check_spf(
        "v=spf1 ipv4:192.0.2.1 -all mx foo",
        "spf.terms-after-all",
        &[],
    );
}

#[test]
fn look_alikes_in_many_terms_are_told_once() {
    let record = "v=spf1 \\226\\128\\139mx a\\226\\128\\139 \\226\\128\\147all";
    let found = findings(&format!(
        "@ TXT \"{record}\"\n@ MX 10 mx1\nmx1 A 192.0.2.25\n"
    ));
    let found: Vec<&Finding> = found
        .iter()
        .filter(|finding| finding.code.as_str() == "spf.look-alike")
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].args["found"], "U+200B, U+2013".into());
    check_spf(record, "spf.look-alike", &["= @ TXT v=spf1 mx a -all"]);
}

#[test]
fn what_only_the_owner_can_know_is_not_proposed() {
    for (record, code) in [
        ("v=spf1 ip4:192.0.2.1/33 -all", "spf.syntax"),
        ("v=spf1 mx +all", "spf.plus-all"),
        ("v=spf1 mx ?all", "spf.neutral-all"),
        (
            "v=spf1 redirect=_spf.messagerie.example -all",
            "spf.redirect-ignored",
        ),
        ("v=spf1 mx a:ancien.exemple.fr -all", "spf.void"),
        (
            "v=spf1 mx include:messagerie.example -all",
            "spf.include-without-record",
        ),
        // Without its only term the record would let nobody send.
        (
            "v=spf1 include:_spf.disparu.fr -all",
            "spf.include-registrable",
        ),
        ("v=spf1 mx ip4:10.0.0.1 -all", "spf.private-address"),
    ] {
        check_spf(record, code, &[]);
    }
    check("@ A 192.0.2.80\n", "spf.missing", &[]);
}

#[test]
fn several_records_become_one() {
    for (records, expect) in [
        (
            &[
                "v=spf1 mx -all",
                "v=spf1 include:_spf.messagerie.example ~all",
            ][..],
            &[
                "- @ TXT v=spf1 mx -all",
                "- @ TXT v=spf1 include:_spf.messagerie.example ~all",
                "+ @ TXT v=spf1 mx include:_spf.messagerie.example ~all",
            ][..],
        ),
        // One of them says it all already.
        (
            &["v=spf1 mx a ~all", "v=spf1 a ~all"],
            &["- @ TXT v=spf1 a ~all"],
        ),
        // Nobody knows what was meant.
        (&["v=spf1 mx -all", "v=spf1 foo -all"], &[]),
    ] {
        let lines: Vec<String> = records.iter().map(|r| format!("@ TXT \"{r}\"\n")).collect();
        check(&lines.concat(), "spf.multiple", expect);
    }
}

#[test]
fn what_was_meant_to_be_a_record_becomes_one() {
    for (text, code, expect) in [
        (
            "\\\"v=spf1 mx -all\\\"",
            "spf.quoted",
            "= @ TXT v=spf1 mx -all",
        ),
        ("v=spf mx -all", "spf.misspelt", "= @ TXT v=spf1 mx -all"),
        ("v=spf1; mx; -all", "spf.misspelt", "= @ TXT v=spf1 mx -all"),
        (
            "\\239\\187\\191v=spf1 mx -all",
            "spf.look-alike",
            "= @ TXT v=spf1 mx -all",
        ),
    ] {
        check_spf(text, code, &[expect]);
    }
    // Two of them would become two records.
    let zone = "@ TXT \"v=spf mx -all\"\n@ TXT \"v=spf10 a -all\"\n";
    let expect = ["= @ TXT v=spf1 mx a -all", "- @ TXT v=spf10 a -all"];
    check(zone, "spf.misspelt", &expect);
}

#[test]
fn a_record_at_another_name_is_published_at_the_domain() {
    let expect = ["+ @ TXT v=spf1 mx -all"];
    for owner in ["_spf", "spf", "exemple.fr"] {
        let zone = format!("{owner} TXT \"v=spf1 mx -all\"\n@ A 192.0.2.80\n");
        check(&zone, "spf.wrong-place", &expect);
    }
    check("@ MX 0 .\n", "spf.missing", &["+ @ TXT v=spf1 -all"]);
}

#[test]
fn changes_stand_where_the_record_is_and_not_at_its_alias() {
    let zone = "@ CNAME _texts.exemple.fr.\n_texts TXT \"v=spf1 ip4:192.0.2.1\"\n";
    let expect = ["= _texts.exemple.fr TXT v=spf1 ip4:192.0.2.1 ~all"];
    check(zone, "spf.no-all", &expect);
    let zone = "@ CNAME _texts.exemple.fr.\n@ TXT \"v=spf1 ip4:192.0.2.1\"\n";
    check(zone, "spf.no-all", &["= @ TXT v=spf1 ip4:192.0.2.1 ~all"]);
    check(
        zone,
        "dns.record-beside-alias",
        &["- @ CNAME _texts.exemple.fr"],
    );
}

#[test]
fn exchanges_are_changed_only_where_it_is_known_to_what() {
    for (zone, code, expect) in [
        (
            "@ MX 0 .\n@ MX 10 mx1\nmx1 A 192.0.2.25\n",
            "mx.null-beside-others",
            &["- @ MX 0 ."][..],
        ),
        (
            "@ MX 5 .\n@ MX 10 mx1\nmx1 A 192.0.2.25\n",
            "mx.null-beside-others",
            &["- @ MX 5 ."],
        ),
        (
            "@ MX 10 mx1.messagerie.example\n",
            "mx.without-address",
            &[
                "- @ MX 10 mx1.messagerie.example.exemple.fr",
                "+ @ MX 10 mx1.messagerie.example",
            ],
        ),
        (
            "@ MX 10 mx9.messagerie.example\n",
            "mx.without-address",
            &[],
        ),
        ("@ MX 10 mx1\n", "mx.without-address", &[]),
        ("@ MX 10 192.0.2.25.\n", "mx.is-address", &[]),
        ("@ TXT \"v=spf1 -all\"\n", "mx.none", &["+ @ MX 0 ."]),
        ("www A 192.0.2.80\n", "mx.none", &[]),
        ("@ A 192.0.2.80\n", "mx.implicit", &[]),
        (
            "@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n@ MX 0 .\n",
            "mx.null",
            &[],
        ),
    ] {
        check(zone, code, expect);
    }
}
