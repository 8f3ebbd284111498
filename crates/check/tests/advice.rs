//! What is proposed: the exact changes of each finding, and that nothing is proposed where only the owner
//! can know. A change that a panel takes must be right to the letter.

use garant_check::{Action, Finding, NoFetch, Request, Sources, assess, observe};
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
    let request = Request::new(domain);
    let observed = observe(Sources::new(&zones, &NoFetch), request, 1_795_343_700);
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

/// A public key of 1024 bits; `<key>` below.
const KEY: &str = concat!(
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDATJjuM0UW+1P5Guekk6r7QkFMQEUwIoCh6LmbZM4Q",
    "SpKT3n0JTH2HR+SHlWM7xUA3qZlwUiB63DzitYg/Nb8cUenhFIZ8uGueS7JkFQZcX5NYyrMPAPg6aSKt",
    "pmeLAnsUpOL+4Q4oh9/OJYnnk0yXzmDJALoD4LTekZilVPhw+wIDAQAB",
);

/// TXT records at a selector that is asked for by habit, the key in a string of its own.
#[track_caller]
fn check_dkim(records: &[&str], code: &str, expect: &[&str]) {
    let zone: String = records
        .iter()
        .map(|record| {
            let strings = record.replace("<key>", &format!("\" \"{KEY}\" \""));
            format!("default._domainkey TXT {strings}\n")
        })
        .collect();
    let expect: Vec<String> = expect
        .iter()
        .map(|line| line.replace("<key>", KEY))
        .collect();
    let expect: Vec<&str> = expect.iter().map(String::as_str).collect();
    check(&zone, code, &expect);
}

#[test]
fn a_key_that_can_be_read_is_written_so_that_receivers_read_it() {
    let fixed = "= default._domainkey.exemple.fr TXT v=DKIM1; k=rsa; p=<key>";
    for (record, code) in [
        ("\"k=rsa; v=DKIM1; p=<key>\"", "dkim.version-not-first"),
        ("\"v=dkim1; k=rsa; p=<key>\"", "dkim.version-unknown"),
        ("\"\\\"v=DKIM1; k=rsa; p=<key>\\\"\"", "dkim.quoted"),
        (
            "\"v=DKIM1; p=-----BEGIN PUBLIC KEY-----<key>-----END PUBLIC KEY-----\"",
            "dkim.pem-armor",
        ),
        ("\"v=DKIM1; k=ed25519; p=<key>\"", "dkim.key-type-mismatch"),
        ("\"v=DKIM1; k=rsa1024; p=<key>\"", "dkim.key-type-unknown"),
        ("\"v=DKIM1; h=sha1; p=<key>\"", "dkim.sha1-only"),
        ("\"v=DKIM1; k=rsa; k=rsa; p=<key>\"", "dkim.unreadable"),
        ("\"v=DKIM1; k=rsa; t=y; p=<key>\"", "dkim.testing"),
    ] {
        check_dkim(&[record], code, &[fixed]);
    }
}

#[test]
fn of_several_texts_at_a_selector_one_remains() {
    let (a, b) = KEY.split_at(100);
    check_dkim(
        &["\"v=DKIM1; k=rsa; p=<key>\"", "\"jeton=4711\""],
        "dkim.multiple",
        &["- default._domainkey.exemple.fr TXT jeton=4711"],
    );
    check_dkim(
        &[&format!("\"v=DKIM1; k=rsa; p={a}\""), &format!("\"{b}\"")],
        "dkim.split-in-two",
        &[
            &format!("- default._domainkey.exemple.fr TXT v=DKIM1; k=rsa; p={a}"),
            &format!("- default._domainkey.exemple.fr TXT {b}"),
            "+ default._domainkey.exemple.fr TXT v=DKIM1; k=rsa; p=<key>",
        ],
    );
}

#[test]
fn what_only_the_holder_of_the_key_knows_is_not_proposed() {
    for (records, code) in [
        (&["\"v=DKIM1; k=rsa\""][..], "dkim.no-key"),
        (&["\"cle a venir\""], "dkim.unreadable"),
        (&["\"v=DKIM1; p=\""], "dkim.revoked"),
        (&["\"v=DKIM1; p=<key>; p=<key>\""], "dkim.unreadable"),
        (
            &["\"v=DKIM1; k=rsa; p=<key>\"", "\"v=DKIM1; p=\""],
            "dkim.multiple",
        ),
    ] {
        check_dkim(records, code, &[]);
    }
}

#[test]
fn a_secret_key_that_was_published_is_removed() {
    let text = "v=DKIM1; p=-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----";
    check_dkim(
        &[&format!("\"{text}\"")],
        "dkim.private-key",
        &[&format!("- default._domainkey.exemple.fr TXT {text}")],
    );
}

#[test]
fn an_alias_is_changed_where_the_domain_has_it_and_a_record_where_it_stands() {
    check(
        "default._domainkey CNAME un.exemple.fr.\nun CNAME cle.disparu.example.\n",
        "dkim.dangling",
        &["- default._domainkey.exemple.fr CNAME un.exemple.fr"],
    );
    check(
        "_dmarc CNAME un.exemple.fr.\nun CNAME dmarc.disparu.example.\n",
        "dmarc.dangling",
        &["- _dmarc.exemple.fr CNAME un.exemple.fr"],
    );
    check(
        "_dmarc CNAME politique.exemple.fr.\npolitique TXT \"v=dmarc1; p=none\"\n",
        "dmarc.version-case",
        &["= politique.exemple.fr TXT v=DMARC1; p=none"],
    );
    check(
        "_smtp._tls CNAME tls.exemple.fr.\ntls TXT \"v=TLSRPTv1; rua=a@exemple.fr\"\n",
        "tls-rpt.invalid",
        &["= tls.exemple.fr TXT v=TLSRPTv1; rua=mailto:a@exemple.fr"],
    );
}

/// One TXT record at `_dmarc`, and the one that is to stand there instead; nothing when none is proposed.
#[track_caller]
fn check_dmarc(record: &str, code: &str, fixed: &str) {
    let fixed = (!fixed.is_empty()).then(|| format!("= _dmarc.exemple.fr TXT {fixed}"));
    let expect: Vec<&str> = fixed.iter().map(String::as_str).collect();
    check(&format!("_dmarc TXT \"{record}\"\n"), code, &expect);
}

#[test]
fn a_policy_is_written_as_it_was_meant() {
    for (record, code, fixed) in [
        (
            "v=dmarc1; p=reject",
            "dmarc.version-case",
            "v=DMARC1; p=reject",
        ),
        (
            "p=reject; v=DMARC1",
            "dmarc.version-not-first",
            "v=DMARC1; p=reject",
        ),
        (
            " v=DMARC1; p=none",
            "dmarc.leading-space",
            "v=DMARC1; p=none",
        ),
        (
            "v=DMARC1, p=none, rua=mailto:a@exemple.fr",
            "dmarc.misspelt",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=none; rua=\\226\\128\\156mailto:a@exemple.fr\\226\\128\\157",
            "dmarc.look-alike",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=quarantined; rua=mailto:a@exemple.fr",
            "dmarc.policy-invalid",
            "v=DMARC1; p=quarantine; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=bloquer; rua=mailto:a@exemple.fr",
            "dmarc.policy-invalid",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=reject; sp=rejct; rua=mailto:a@exemple.fr",
            "dmarc.subdomain-policy-invalid",
            "v=DMARC1; p=reject; sp=reject; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; rua=mailto:a@exemple.fr",
            "dmarc.policy-missing",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=none; rua=a@exemple.fr",
            "dmarc.report-address-invalid",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr!10m",
            "dmarc.report-size-suffix",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=none; adkim=strict; vide; rua=mailto:a@exemple.fr",
            "dmarc.junk",
            "v=DMARC1; p=none; adkim=s; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=reject; pct=20; rua=mailto:a@exemple.fr",
            "dmarc.pct-removed",
            "v=DMARC1; p=reject; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=none; rf=afrf; ri=3600; rua=mailto:a@exemple.fr",
            "dmarc.removed-tags",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=none; fo=1; rua=mailto:a@exemple.fr",
            "dmarc.failure-options-unused",
            "v=DMARC1; p=none; rua=mailto:a@exemple.fr",
        ),
        (
            "v=DMARC1; p=reject; np=none",
            "dmarc.nonexistent-weaker",
            "v=DMARC1; p=reject",
        ),
        (
            "v=DMARC1; p=reject; psd=y",
            "dmarc.psd-unexpected",
            "v=DMARC1; p=reject",
        ),
        // Which address shall get reports, and when subdomains are ready, only the owner knows.
        ("v=DMARC1; p=none", "dmarc.no-reports", ""),
        ("v=DMARC1; p=reject; sp=none", "dmarc.subdomains-weaker", ""),
        ("v=DMARC1; p=reject; aspf=s", "dmarc.strict-alignment", ""),
        ("v=DMARC1; p=reject; t=y", "dmarc.testing", ""),
    ] {
        check_dmarc(record, code, fixed);
    }
}

#[test]
fn a_policy_that_is_missing_begins_with_watching_and_a_domain_without_mail_is_locked() {
    check(
        "@ TXT \"v=spf1 mx -all\"\n",
        "dmarc.missing",
        &["+ _dmarc.exemple.fr TXT v=DMARC1; p=none"],
    );
    check(
        "@ TXT \"v=spf1 -all\"\n",
        "dmarc.missing",
        &["+ _dmarc.exemple.fr TXT v=DMARC1; p=reject; sp=reject; np=reject"],
    );
}

#[test]
fn several_policies_become_one_with_the_addresses_of_all() {
    check(
        "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:b@exemple.fr\"\n\
         _dmarc TXT \"v=DMARC1; p=quarantine; rua=mailto:a@exemple.fr\"\n",
        "dmarc.multiple",
        &[
            "- _dmarc.exemple.fr TXT v=DMARC1; p=none; rua=mailto:b@exemple.fr",
            "= _dmarc.exemple.fr TXT v=DMARC1; p=quarantine; rua=mailto:a@exemple.fr,mailto:b@exemple.fr",
        ],
    );
    check(
        "_dmarc TXT \"v=DMARC1; p=none\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n",
        "dmarc.multiple",
        &["- _dmarc.exemple.fr TXT v=DMARC1; p=none"],
    );
}

#[test]
fn a_policy_at_another_name_moves_as_it_was_meant() {
    for (name, owner, text) in [
        ("@", "@", "v=DMARC1; p=none"),
        ("@", "@", "v=dmarc1; p=none"),
        ("dmarc", "dmarc.exemple.fr", "v=DMARC1; p=none"),
        (
            "_dmarc.exemple.fr",
            "_dmarc.exemple.fr.exemple.fr",
            "v=DMARC1; p=none",
        ),
    ] {
        check(
            &format!("{name} TXT \"{text}\"\n"),
            "dmarc.wrong-place",
            &[
                "+ _dmarc.exemple.fr TXT v=DMARC1; p=none",
                &format!("- {owner} TXT {text}"),
            ],
        );
    }
}

#[test]
fn a_destination_is_told_the_record_that_it_must_publish() {
    check(
        "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@mx1.messagerie.example\"\n",
        "dmarc.reports-not-authorised",
        &["+ exemple.fr._report._dmarc.mx1.messagerie.example TXT v=DMARC1"],
    );
}

#[test]
fn records_about_encryption_are_written_as_they_were_meant() {
    let two = "_mta-sts TXT \"v=STSv1; id=1;\"\n_mta-sts TXT \"v=STSv1; id=2;\"\n";
    check(
        two,
        "mta-sts.multiple",
        &["- _mta-sts.exemple.fr TXT v=STSv1; id=2;"],
    );
    for (record, fixed) in [
        ("v=STSv1;", "v=STSv1; id=1;"),
        ("v=STSv1; id=2026-03-01", "v=STSv1; id=20260301;"),
        ("v=stsv1; id=20260301", "v=STSv1; id=20260301;"),
        ("id=20260301; v=STSv1", "v=STSv1; id=20260301;"),
    ] {
        check(
            &format!("_mta-sts TXT \"{record}\"\n"),
            "mta-sts.invalid",
            &[&format!("= _mta-sts.exemple.fr TXT {fixed}")],
        );
    }
    check(
        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@exemple.fr\"\n\
         _smtp._tls TXT \"v=TLSRPTv1; rua=mailto:b@exemple.fr\"\n",
        "tls-rpt.multiple",
        &[
            "- _smtp._tls.exemple.fr TXT v=TLSRPTv1; rua=mailto:b@exemple.fr",
            "= _smtp._tls.exemple.fr TXT v=TLSRPTv1; rua=mailto:a@exemple.fr,mailto:b@exemple.fr",
        ],
    );
    for (record, expect) in [
        ("v=TLSRPTv1; rua=a@exemple.fr", Some("mailto:a@exemple.fr")),
        (
            "v=tlsrptv1; rua=mailto:a@exemple.fr",
            Some("mailto:a@exemple.fr"),
        ),
        ("v=TLSRPTv1;", None),
    ] {
        let fix = expect.map(|uri| format!("= _smtp._tls.exemple.fr TXT v=TLSRPTv1; rua={uri}"));
        let expect: Vec<&str> = fix.iter().map(String::as_str).collect();
        check(
            &format!("_smtp._tls TXT \"{record}\"\n"),
            "tls-rpt.invalid",
            &expect,
        );
    }
}
