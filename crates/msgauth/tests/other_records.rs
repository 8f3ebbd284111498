//! MTA-STS, TLS-RPT, BIMI and MX.

mod world;

use garant_dns::RecordType;
use garant_msgauth::bimi::{self, Ineligible};
use garant_msgauth::dmarc::PolicyRecord;
use garant_msgauth::mta_sts::{self, MAX_AGE_MAX_S, POLICY_LINES_MAX, Policy};
use garant_msgauth::mx::Mail;
use garant_msgauth::tls_rpt;
use world::{World, name};

#[test]
fn an_mta_sts_record_has_a_version_and_an_id() {
    let check = |text: &str, expect: Option<&[&str]>, repaired: &str| {
        let record = mta_sts::Record::parse(text.as_bytes());
        let reasons = record.as_ref().map(|record| {
            let reasons = record.faults.iter().map(|fault| fault.reason.as_str());
            reasons.collect::<Vec<_>>()
        });
        assert_eq!(reasons.as_deref(), expect, "{text}");
        if let Some(record) = record {
            assert_eq!(
                record.repaired("new1"),
                format!("v=STSv1; id={repaired};"),
                "{text}"
            );
        }
    };
    check("v=STSv1; id=20261122T010203", Some(&[]), "20261122T010203");
    check("v=STSv1 ;\tid=a;", Some(&[]), "a");
    check("v=STSv1; ext.1=b; id=a", Some(&[]), "a");
    check("v=STSv1; id=a; id=b-c", Some(&[]), "a");
    check("v=STSv1", Some(&["id-missing"]), "new1");
    check("v=STSv1; id=", Some(&["id-syntax"]), "new1");
    check("v=STSv1; id=2026-11-22", Some(&["id-syntax"]), "20261122");
    check("v=STSv1; id = 1", Some(&["id-syntax"]), "1");
    check(
        &format!("v=STSv1; id={}", "1".repeat(33)),
        Some(&["id-syntax"]),
        &"1".repeat(32),
    );
    check(
        &format!("v=STSv1; id={}", "1".repeat(32)),
        Some(&[]),
        &"1".repeat(32),
    );
    check("v=STSv1; hello; id=1", Some(&["syntax"]), "1");
    check("v=STSv1; x=a=b; id=1", Some(&["syntax"]), "1");
    check("v=STSv1;; id=1", Some(&["syntax"]), "1");
    check("v=STSv2; id=1", None, "");
    check("v=stsv1; id=1", None, "");
    check("v = STSv1; id=1", None, "");
    check(" v=STSv1; id=1", None, "");
    check("id=1; v=STSv1", None, "");
}

#[test]
fn texts_at_the_mta_sts_and_tls_rpt_names_are_sorted() {
    let check = |texts: &[&str], sts: (&str, usize), rpt: (&str, usize)| {
        let records: Vec<(&str, &str)> = texts.iter().map(|text| ("x.exemple.fr", *text)).collect();
        let answer = World::new(&records).answer("x.exemple.fr", RecordType::Txt);
        let found = mta_sts::select(&answer);
        assert_eq!((found.result(), found.near_misses.len()), sts, "{texts:?}");
        let found = tls_rpt::select(&answer);
        assert_eq!((found.result(), found.near_misses.len()), rpt, "{texts:?}");
    };
    check(&["v=STSv1; id=1"], ("valid", 0), ("none", 0));
    check(&["v=STSv1; id=1", "other"], ("valid", 0), ("none", 0));
    check(
        &["v=STSv1; id=1", "v=STSv1; id=1;"],
        ("none", 0),
        ("none", 0),
    );
    check(&["id=1; v=stsv1"], ("none", 1), ("none", 0));
    check(
        &["v=TLSRPTv1; rua=mailto:a@b.fr"],
        ("none", 0),
        ("valid", 0),
    );
    check(
        &["\"v=TLSRPTv1; rua=mailto:a@b.fr\""],
        ("none", 0),
        ("none", 1),
    );
    check(&["<SERVFAIL>"], ("temperror", 0), ("temperror", 0));
    check(&[], ("none", 0), ("none", 0));
}

#[test]
fn an_mta_sts_policy_is_read_line_by_line() {
    let check = |text: &str, expect: &[(usize, &str)]| {
        let policy = Policy::parse(text);
        let found: Vec<(usize, &str)> = policy
            .faults
            .iter()
            .map(|fault| (fault.line, fault.reason.as_str()))
            .collect();
        assert_eq!(found, expect, "{text:?}");
        let result = if expect.is_empty() {
            "valid"
        } else {
            "invalid"
        };
        assert_eq!(policy.result(), result);
    };
    let good = "version: STSv1\nmode: enforce\nmx: mail.exemple.fr\nmax_age: 86400";
    check(good, &[]);
    check(&good.replace('\n', "\r\n"), &[]);
    check(&good.replace(": ", ":\t  "), &[]);
    check(
        &format!("\n{good} \n\nmore: x\nmode: wrong but second\n"),
        &[],
    );
    check(
        "",
        &[(0, "version"), (0, "mode"), (0, "max-age"), (0, "mx")],
    );
    check(&good.replace("STSv1", "STSv2"), &[(1, "version")]);
    check(&good.replace("enforce", "Enforce"), &[(2, "mode")]);
    check(&good.replace("mx:", "MX:"), &[(0, "mx")]);
    check(&good.replace("mail.exemple.fr", "*"), &[(3, "mx")]);
    check(
        &good.replace("mail.exemple.fr", "mail.exemple.fr."),
        &[(3, "mx")],
    );
    check(&good.replace("mail.exemple.fr", "mail.*.fr"), &[(3, "mx")]);
    check(
        &good.replace("mail.exemple.fr", "https://mail.exemple.fr"),
        &[(3, "mx")],
    );
    check(&good.replace("86400", "1 day"), &[(4, "max-age")]);
    check(&good.replace("86400", "-1"), &[(4, "max-age")]);
    check(&good.replace("86400", &MAX_AGE_MAX_S.to_string()), &[]);
    check(
        &good.replace("86400", &(MAX_AGE_MAX_S + 1).to_string()),
        &[(4, "max-age")],
    );
    check(
        &good.replace("86400", "99999999999999999999"),
        &[(4, "max-age")],
    );
    check(
        &format!("hello\n{good}\na b: c"),
        &[(1, "syntax"), (6, "syntax")],
    );
    check(
        "<html>",
        &[
            (1, "syntax"),
            (0, "version"),
            (0, "mode"),
            (0, "max-age"),
            (0, "mx"),
        ],
    );
    check("version: STSv1\nmode: none\nmax_age: 1\n", &[]);
    check("version: STSv1\nmode: testing\nmax_age: 1\n", &[(0, "mx")]);
    let long = "x\n".repeat(POLICY_LINES_MAX + 100);
    assert_eq!(Policy::parse(&long).faults.len(), POLICY_LINES_MAX + 4);
}

#[test]
fn a_wildcard_stands_for_one_label() {
    let policy = Policy::parse("mx: *.exemple.fr\nmx: mail.autre.fr\n");
    let check = |host: &str, expect: bool| assert_eq!(policy.names(&name(host)), expect, "{host}");
    check("a.exemple.fr", true);
    check("exemple.fr", false);
    check("a.b.exemple.fr", false);
    check("mail.autre.fr", true);
    check("a.mail.autre.fr", false);
}

#[test]
fn a_tls_rpt_record_has_addresses() {
    let check = |text: &str, expect: Option<(&[&str], usize)>, repaired: Option<&str>| {
        let record = tls_rpt::Record::parse(text.as_bytes());
        let found = record.as_ref().map(|record| {
            let reasons = record.faults.iter().map(|fault| fault.reason.as_str());
            (reasons.collect::<Vec<_>>(), record.rua.len())
        });
        let expect = expect.map(|(reasons, count)| (reasons.to_vec(), count));
        assert_eq!(found, expect, "{text}");
        let fixed = record.and_then(|record| record.repaired());
        assert_eq!(fixed.as_deref(), repaired, "{text}");
    };
    let good = "v=TLSRPTv1; rua=mailto:a@b.fr";
    check(good, Some((&[], 1)), Some(good));
    let two = "v=TLSRPTv1; rua=mailto:a@b.fr,https://b.fr/x";
    check(
        "v=TLSRPTv1;rua=mailto:a@b.fr , https://b.fr/x;x=y;",
        Some((&[], 2)),
        Some(two),
    );
    check(
        "v=TLSRPTv1; rua=mailto:a@b.fr; rua=https://b.fr/x",
        Some((&[], 2)),
        Some(two),
    );
    check("v=TLSRPTv1", Some((&["rua-missing"], 0)), None);
    check("v=TLSRPTv1; rua=", Some((&["rua-invalid"], 0)), None);
    check(
        "v=TLSRPTv1; rua=a@b.fr",
        Some((&["rua-invalid"], 0)),
        Some(good),
    );
    check("v=TLSRPTv1; rua=ftp:x", Some((&["rua-invalid"], 0)), None);
    check(
        "v=TLSRPTv1; rua=mailto:a@b.fr; https://b.fr/x",
        Some((&["syntax"], 1)),
        Some(two),
    );
    check("v=TLSRPTv1 rua=mailto:a@b.fr", None, None);
    check("v=tlsrptv1; rua=mailto:a@b.fr", None, None);
}

#[test]
fn a_bimi_record_has_a_location() {
    let check = |text: &str, result: &str, reasons: &[&str], evidence: bool| {
        let record = bimi::Record::parse(text.as_bytes()).expect("a BIMI record");
        let found: Vec<&str> = record.faults.iter().map(|f| f.reason.as_str()).collect();
        assert_eq!(
            (record.result(), found.as_slice()),
            (result, reasons),
            "{text}"
        );
        assert_eq!(record.has_evidence(), evidence, "{text}");
    };
    let svg = "l=https://exemple.fr/l.svg";
    check(&format!("v=BIMI1; {svg}"), "valid", &[], false);
    check(&format!("v = BIMI1;{svg}; a=; x=y"), "valid", &[], false);
    check(
        &format!("v=BIMI1; {svg}; a=https://exemple.fr/a.pem"),
        "valid",
        &[],
        true,
    );
    check(
        &format!("v=BIMI1; a=https://exemple.fr/a.pem; {svg}; avp=personal"),
        "valid",
        &[],
        true,
    );
    check("v=BIMI1; l=; a=", "declined", &[], false);
    check("v=BIMI1; l=", "declined", &[], false);
    check("v=BIMI1", "invalid", &["no-location"], false);
    check(
        "v=BIMI1; l=http://exemple.fr/l.svg",
        "invalid",
        &["not-https"],
        false,
    );
    check(
        "v=BIMI1; l=exemple.fr/l.svg",
        "invalid",
        &["not-https"],
        false,
    );
    check(
        &format!("v=BIMI1; {svg}; a=http://exemple.fr/a.pem"),
        "invalid",
        &["not-https"],
        true,
    );
    check(
        &format!("v=BIMI1; {svg}; {svg}"),
        "invalid",
        &["syntax"],
        false,
    );
    check(
        &format!("v=BIMI1; {svg}; hello"),
        "invalid",
        &["syntax"],
        false,
    );
    check(
        &format!("v=BIMI1; {svg}; avp=logo"),
        "invalid",
        &["avp"],
        false,
    );
    for other in [
        "v=BIMI2; l=",
        "v=bimi1; l=",
        " v=BIMI1; l=",
        "l=; v=BIMI1",
        "",
    ] {
        assert_eq!(bimi::Record::parse(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn a_bimi_record_is_inherited_from_the_organization() {
    let check = |records: &[(&str, &str)], domain: &str, result: &str, asked: usize| {
        let world = World::new(records);
        let (author, organization) = (name("a.exemple.fr"), name("exemple.fr"));
        let (found, questions) = world.run(|a| bimi::discover(&author, &organization, a));
        assert_eq!(
            (found.domain, found.selection.result()),
            (name(domain), result)
        );
        assert_eq!(questions.len(), asked);
    };
    let (own, above) = ("default._bimi.a.exemple.fr", "default._bimi.exemple.fr");
    let svg = "v=BIMI1; l=https://exemple.fr/l.svg";
    check(&[(own, svg)], "a.exemple.fr", "valid", 1);
    check(&[(above, svg)], "exemple.fr", "valid", 2);
    check(
        &[(own, "v=BIMI1; l=; a="), (above, svg)],
        "a.exemple.fr",
        "declined",
        1,
    );
    check(
        &[(own, svg), (own, "v=BIMI1; l=")],
        "a.exemple.fr",
        "invalid",
        1,
    );
    check(
        &[(own, "<SERVFAIL>"), (above, svg)],
        "a.exemple.fr",
        "temperror",
        1,
    );
    check(&[(above, "<SERVFAIL>")], "exemple.fr", "temperror", 2);
    check(&[], "a.exemple.fr", "none", 2);
}

#[test]
fn bimi_asks_for_dmarc_that_is_enforced_throughout() {
    let check = |records: &[&str], expect: Result<(), Ineligible>| {
        let records: Vec<PolicyRecord> = records
            .iter()
            .map(|text| PolicyRecord::parse(text.as_bytes()).expect("a record"))
            .collect();
        assert_eq!(bimi::eligible(&records), expect, "{records:?}");
    };
    let not_enforced = Err(Ineligible::DmarcNotEnforced);
    check(&["v=DMARC1; p=reject"], Ok(()));
    check(&["v=DMARC1; p=quarantine; pct=100; sp=quarantine"], Ok(()));
    check(&["v=DMARC1; p=reject; pct=10"], Ok(()));
    check(&["v=DMARC1; p=reject; t=y"], Ok(()));
    check(&["v=DMARC1; p=quarantine; pct=10"], not_enforced);
    check(&["v=DMARC1; p=quarantine; t=y"], not_enforced);
    check(&["v=DMARC1; p=none"], not_enforced);
    check(&["v=DMARC1; p=reject; sp=rejct"], not_enforced);
    check(&["v=DMARC1; p=reject", "v=DMARC1; p=none"], not_enforced);
    check(
        &["v=DMARC1; p=reject; sp=none"],
        Err(Ineligible::SubdomainsNotEnforced),
    );
    check(&[], Err(Ineligible::DmarcMissing));
}

#[test]
fn mx_records_say_where_mail_goes() {
    let check = |records: &[&str], result: &str, exchanges: &[&str]| {
        let records: Vec<(&str, &str)> = records.iter().map(|mx| ("exemple.fr", *mx)).collect();
        let mail = Mail::read(&World::new(&records).answer("exemple.fr", RecordType::Mx));
        let found: Vec<&str> = mail.exchanges().iter().map(|e| e.name.as_str()).collect();
        assert_eq!(
            (mail.result(), found.as_slice()),
            (result, exchanges),
            "{records:?}"
        );
        mail
    };
    check(
        &["<MX> 20 b.exemple.fr", "<MX> 10 a.exemple.fr"],
        "valid",
        &["a.exemple.fr", "b.exemple.fr"],
    );
    assert_eq!(check(&["<MX> 0 ."], "null", &[]), Mail::Null);
    check(
        &["<MX> 0 .", "<MX> 10 a.exemple.fr"],
        "invalid",
        &["a.exemple.fr"],
    );
    assert_eq!(check(&["<A> 192.0.2.1"], "none", &[]), Mail::Implicit);
    assert_eq!(check(&[], "none", &[]), Mail::NoDomain);
    check(&["<SERVFAIL>"], "temperror", &[]);
}

#[test]
fn an_exchange_that_is_an_address_is_seen() {
    let check = |exchange: &str, expect: Option<&str>| {
        let text = format!("<MX> 10 {exchange}");
        let world = World::new(&[("mail.exemple.fr", text.as_str())]);
        let mail = Mail::read(&world.answer("mail.exemple.fr", RecordType::Mx));
        let found = mail.exchanges()[0].written_address(&name("mail.exemple.fr"));
        assert_eq!(
            found.map(|a| a.to_string()).as_deref(),
            expect,
            "{exchange}"
        );
    };
    check("192.0.2.1", Some("192.0.2.1"));
    check("192.0.2.1.exemple.fr", Some("192.0.2.1"));
    check("2001:db8::1", Some("2001:db8::1"));
    check("192.0.2.1.autre.fr", None);
    check("192.0.2.300", None);
    check("a.exemple.fr", None);
    check("fr", None);
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_octets_make_a_reader_panic(
            rest in prop::collection::vec(any::<u8>(), 0..200),
            text in "\\PC{0,200}",
        ) {
            for version in ["v=STSv1;", "v=TLSRPTv1;", "v=BIMI1;", ""] {
                let octets = [version.as_bytes(), &rest].concat();
                if let Some(record) = mta_sts::Record::parse(&octets) {
                    let fixed = record.repaired("1");
                    let again = mta_sts::Record::parse(fixed.as_bytes()).expect("a record");
                    prop_assert_eq!(again.result(), "valid");
                }
                if let Some(fixed) = tls_rpt::Record::parse(&octets).and_then(|r| r.repaired()) {
                    let again = tls_rpt::Record::parse(fixed.as_bytes()).expect("a record");
                    prop_assert_eq!(again.result(), "valid", "{}", fixed);
                }
                bimi::Record::parse(&octets);
            }
            Policy::parse(&text);
        }
    }
}
