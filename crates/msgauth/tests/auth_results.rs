//! `Authentication-Results`: what servers write is read, and what is written reads to the same.

use garant_dns::Name;
use garant_msgauth::auth_results::{
    AuthResults, FIELDS_MAX, Fault, MethodResult, PROPERTIES_MAX, RESULTS_MAX, SignatureIdentity,
    WRITTEN_VALUE_OCTETS_MAX,
};
use garant_msgauth::dkim::DkimResult;
use garant_msgauth::dmarc::Policy;
use garant_msgauth::message::{Field, Message, unfold};
use garant_msgauth::spf::SpfResult;
use proptest::prelude::*;

/// `id| method=result[reason](comment)|(comment) ptype.property=value …`, one line a result.
fn shown(results: &AuthResults) -> Vec<String> {
    let id = results.authserv_id.as_deref().unwrap_or("-");
    let mut lines = vec![match results.instance {
        Some(instance) => format!("{instance} {id}"),
        None => id.to_owned(),
    }];
    for result in &results.results {
        let mut line = format!("{}={}", result.method, result.result);
        if let Some(version) = result.method_version {
            line += &format!(" version {version}");
        }
        if let Some(reason) = &result.reason {
            line += &format!(" [{reason}]");
        }
        for comment in &result.comments {
            line += &format!(" ({comment})");
        }
        for property in &result.properties {
            let dot = if property.ptype.is_empty() { "" } else { "." };
            let (ptype, name) = (&property.ptype, &property.property);
            line += &format!(" {ptype}{dot}{name}={}", property.value);
        }
        lines.push(line);
    }
    lines
}

#[track_caller]
fn check(value: &str, expect: &[&str], faults: &[Fault]) {
    let results = AuthResults::parse(&unfold(value.as_bytes())).expect("something stands there");
    assert_eq!(shown(&results), expect);
    assert_eq!(results.faults, faults);
}

#[test]
fn the_examples_of_the_standard_are_read() {
    check("example.org 1; none", &["example.org"], &[]);
    check(
        "example.com;\r\n          spf=pass smtp.mailfrom=example.net",
        &["example.com", "spf=pass smtp.mailfrom=example.net"],
        &[],
    );
    check(
        "example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=pass smtp.mailfrom=example.net",
        &[
            "example.com",
            "auth=pass (cram-md5) smtp.auth=sender@example.net",
            "spf=pass smtp.mailfrom=example.net",
        ],
        &[],
    );
    check(
        "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462",
        &[
            "foo.example.net",
            "dkim=fail version 1 (Because I like it) (One yay) (wait for it) (A dot can go here) (like that) (this surprised me) (as I wasn't expecting it) policy.expired=1362471462",
        ],
        &[],
    );
    check(
        "example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; dkim=fail reason=\"bad signature\" header.i=@newyork.example.com",
        &[
            "example.com",
            "dkim=pass [good signature] header.i=@mail-router.example.net",
            "dkim=fail [bad signature] header.i=@newyork.example.com",
        ],
        &[],
    );
}

#[test]
fn what_gmail_writes_is_read() {
    check(
        "mx.google.com;\r\n       dkim=pass header.i=@exemple.fr header.s=s1 header.b=\"Ab/Cd+Ef\";\r\n       spf=pass (google.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) smtp.mailfrom=bounces@em.exemple.fr;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=exemple.fr",
        &[
            "mx.google.com",
            "dkim=pass header.i=@exemple.fr header.s=s1 header.b=Ab/Cd+Ef",
            "spf=pass (google.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) smtp.mailfrom=bounces@em.exemple.fr",
            "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=exemple.fr",
        ],
        &[],
    );
    // Its older fields, with an empty value and base64 without quotes.
    check(
        "mx.google.com; spf=pass (google.com: best guess) smtp.mail= header.b=a+/=;",
        &[
            "mx.google.com",
            "spf=pass (google.com: best guess) smtp.mail= header.b=a+/=",
        ],
        &[],
    );
    check(
        "i=2; mx.google.com; arc=pass (i=1 spf=pass spfdomain=exemple.fr dkim=pass dkdomain=exemple.fr dmarc=pass fromdomain=exemple.fr)",
        &[
            "2 mx.google.com",
            "arc=pass (i=1 spf=pass spfdomain=exemple.fr dkim=pass dkdomain=exemple.fr dmarc=pass fromdomain=exemple.fr)",
        ],
        &[],
    );
}

#[test]
fn pairs_in_a_comment_are_found() {
    let value =
        "mx.google.com; dmarc=fail (p=REJECT sp=NONE dis=QUARANTINE) header.from=exemple.fr";
    let results = AuthResults::parse(value).expect("results");
    let dmarc = results.of("dmarc").next().expect("a result");
    assert_eq!(dmarc.remark("P"), Some("REJECT"));
    assert_eq!(dmarc.remark("dis"), Some("QUARANTINE"));
    assert_eq!(dmarc.remark("pct"), None);
    assert_eq!(dmarc.property("header", "from"), Some("exemple.fr"));
}

#[test]
fn what_microsoft_writes_is_read() {
    check(
        "spf=fail (sender IP is 192.0.2.9)\r\n smtp.mailfrom=exemple.fr; dkim=none (message not signed)\r\n header.d=none;dmarc=fail action=oreject\r\n header.from=exemple.fr;compauth=fail reason=000",
        &[
            "-",
            "spf=fail (sender IP is 192.0.2.9) smtp.mailfrom=exemple.fr",
            "dkim=none (message not signed) header.d=none",
            "dmarc=fail action=oreject header.from=exemple.fr",
            "compauth=fail [000]",
        ],
        &[Fault::NoAuthservId],
    );
    // Years ago, with the name of the recipient's domain between the results.
    check(
        "spf=none (sender IP is 192.0.2.202) smtp.helo=mail.exemple.fr; outlook.com; dkim=none (message not signed) header.d=none;outlook.com; dmarc=none action=none header.from=exemple.fr;",
        &[
            "outlook.com",
            "spf=none (sender IP is 192.0.2.202) smtp.helo=mail.exemple.fr",
            "dkim=none (message not signed) header.d=none",
            "dmarc=none action=none header.from=exemple.fr",
        ],
        &[Fault::MisplacedAuthservId, Fault::StrayText],
    );
    check(
        "i=1; mx.microsoft.com 1; spf=pass smtp.mailfrom=exemple.fr; dmarc=pass action=none header.from=exemple.fr; dkim=pass header.d=exemple.fr; arc=none",
        &[
            "1 mx.microsoft.com",
            "spf=pass smtp.mailfrom=exemple.fr",
            "dmarc=pass action=none header.from=exemple.fr",
            "dkim=pass header.d=exemple.fr",
            "arc=none",
        ],
        &[],
    );
}

#[test]
fn what_other_servers_write_is_read() {
    // Yahoo.
    check(
        "atlas-production.v2-mail-prod1-ir2.omega.yahoo.com;\r\n dkim=pass header.i=@exemple.fr header.s=s1;\r\n spf=pass smtp.mailfrom=em.exemple.fr;\r\n dmarc=pass(p=REJECT) header.from=exemple.fr;",
        &[
            "atlas-production.v2-mail-prod1-ir2.omega.yahoo.com",
            "dkim=pass header.i=@exemple.fr header.s=s1",
            "spf=pass smtp.mailfrom=em.exemple.fr",
            "dmarc=pass (p=REJECT) header.from=exemple.fr",
        ],
        &[],
    );
    // Yahoo, long ago.
    check(
        "mta4007.mail.ne1.yahoo.com  from=exemple.fr; domainkeys=neutral (no sig);  from=exemple.fr; dkim=pass (ok)",
        &[
            "mta4007.mail.ne1.yahoo.com",
            "domainkeys=neutral (no sig)",
            "dkim=pass (ok)",
        ],
        &[Fault::StrayText],
    );
    // Apple: a field for each method.
    check(
        "dmarc.icloud.com; dmarc=pass header.from=exemple.fr",
        &["dmarc.icloud.com", "dmarc=pass header.from=exemple.fr"],
        &[],
    );
    check(
        "bimi.icloud.com; bimi=skipped reason=\"insufficient dmarc\"",
        &["bimi.icloud.com", "bimi=skipped [insufficient dmarc]"],
        &[],
    );
    // OpenDKIM and OpenDMARC.
    check(
        "mx.exemple.fr;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=exemple.com header.i=@exemple.com header.a=rsa-sha256 header.s=s1 header.b=AbCdEfGh;\r\n\tdkim-atps=neutral",
        &[
            "mx.exemple.fr",
            "dkim=pass (2048-bit key; unprotected) header.d=exemple.com header.i=@exemple.com header.a=rsa-sha256 header.s=s1 header.b=AbCdEfGh",
            "dkim-atps=neutral",
        ],
        &[],
    );
    check(
        "mx.exemple.fr; dmarc=fail (p=none dis=none) header.from=exemple.com",
        &[
            "mx.exemple.fr",
            "dmarc=fail (p=none dis=none) header.from=exemple.com",
        ],
        &[],
    );
    // rspamd.
    check(
        "mx.exemple.fr;\r\n\tdkim=pass header.d=exemple.com header.s=s1 header.b=AbCdEfGh;\r\n\tdmarc=pass (policy=reject) header.from=exemple.com;\r\n\tspf=pass (mx.exemple.fr: domain of anne@exemple.com designates 2001:db8::7 as permitted sender) smtp.mailfrom=anne@exemple.com",
        &[
            "mx.exemple.fr",
            "dkim=pass header.d=exemple.com header.s=s1 header.b=AbCdEfGh",
            "dmarc=pass (policy=reject) header.from=exemple.com",
            "spf=pass (mx.exemple.fr: domain of anne@exemple.com designates 2001:db8::7 as permitted sender) smtp.mailfrom=anne@exemple.com",
        ],
        &[],
    );
    // Exim.
    check(
        "mail.exemple.fr;\r\n\tiprev=pass (mx.exemple.com) smtp.remote-ip=192.0.2.7;\r\n\tspf=pass smtp.mailfrom=exemple.com;\r\n\tdkim=pass header.d=exemple.com header.s=s1 header.a=rsa-sha256;\r\n\tarc=none;\r\n\tdmarc=pass header.from=exemple.com",
        &[
            "mail.exemple.fr",
            "iprev=pass (mx.exemple.com) smtp.remote-ip=192.0.2.7",
            "spf=pass smtp.mailfrom=exemple.com",
            "dkim=pass header.d=exemple.com header.s=s1 header.a=rsa-sha256",
            "arc=none",
            "dmarc=pass header.from=exemple.com",
        ],
        &[],
    );
    // Fastmail.
    check(
        "mx1.messagingengine.com; dmarc=pass policy.published-domain-policy=reject policy.applied-disposition=none (p=reject,d=none,d.eval=none) policy.policy-from=p header.from=exemple.fr; x-ptr=pass smtp.helo=mail.exemple.fr policy.ptr=mail.exemple.fr",
        &[
            "mx1.messagingengine.com",
            "dmarc=pass (p=reject,d=none,d.eval=none) policy.published-domain-policy=reject policy.applied-disposition=none policy.policy-from=p header.from=exemple.fr",
            "x-ptr=pass smtp.helo=mail.exemple.fr policy.ptr=mail.exemple.fr",
        ],
        &[],
    );
}

#[test]
fn broken_fields_give_what_can_be_read() {
    check(
        "mx.exemple.fr spf=pass smtp.mailfrom=<> dkim=fail header.d=exemple.com",
        &[
            "mx.exemple.fr",
            "spf=pass smtp.mailfrom=",
            "dkim=fail header.d=exemple.com",
        ],
        &[Fault::NoSemicolon],
    );
    check(
        "mx.exemple.fr 2; spf=pass",
        &["mx.exemple.fr", "spf=pass"],
        &[Fault::UnknownVersion],
    );
    check(
        "mx.exemple.fr; spf=pass (open",
        &["mx.exemple.fr", "spf=pass (open)"],
        &[],
    );
    check(
        "mx.exemple.fr; spf=pass smtp.mailfrom=\"a b\"@exemple.com",
        &[
            "mx.exemple.fr",
            "spf=pass smtp.mailfrom=\"a b\"@exemple.com",
        ],
        &[],
    );
    check(
        "mx.exemple.fr; spf=pass smtp.mailfrom=\"open",
        &["mx.exemple.fr", "spf=pass smtp.mailfrom=open"],
        &[],
    );
    check(
        "mx.exemple.fr; =x; ; spf = pass =y; dkim/x=pass",
        &["mx.exemple.fr", "spf=pass"],
        &[Fault::StrayText],
    );
    assert_eq!(AuthResults::parse(""), None);
    assert_eq!(AuthResults::parse(" (nothing) "), None);
}

#[test]
fn no_field_gives_more_than_its_share() {
    let value = format!("mx.exemple.fr{}", "; spf=pass".repeat(RESULTS_MAX + 1));
    let results = AuthResults::parse(&value).expect("results");
    assert_eq!(results.results.len(), RESULTS_MAX);
    assert_eq!(results.faults, [Fault::TooLong]);

    let many = " a.b=c (d)".repeat(PROPERTIES_MAX + 1);
    let results = AuthResults::parse(&format!("mx.exemple.fr; spf=pass{many}")).expect("results");
    assert_eq!(results.results[0].properties.len(), PROPERTIES_MAX);
    assert_eq!(results.results[0].comments.len(), PROPERTIES_MAX);
    assert_eq!(results.faults, [Fault::TooLong]);

    let results = AuthResults::parse(&"(".repeat(100_000));
    assert_eq!(results, None);

    let message = "Authentication-Results: a; none\r\n".repeat(FIELDS_MAX + 1) + "\r\n";
    let message = Message::read(message.as_bytes()).expect("a message");
    assert_eq!(AuthResults::all(&message).len(), FIELDS_MAX);
}

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

#[test]
fn our_results_are_written_as_the_standard_has_them() {
    let signature = SignatureIdentity {
        domain: Some(&name("exemple.fr")),
        selector: Some(&name("s1")),
        algorithm: Some("rsa-sha256"),
        signature: Some("Ab/Cd+EfGhIjKl"),
    };
    let results = AuthResults::by("garant.exemple.net")
        .with(MethodResult::spf_mail_from(SpfResult::Pass, "em.exemple.fr").remarking("192.0.2.7"))
        .with(MethodResult::spf_helo(SpfResult::None, "mail.exemple.fr"))
        .with(MethodResult::dkim(DkimResult::Fail, &signature).because("body changed"))
        .with(MethodResult::dmarc(
            "fail",
            &name("exemple.fr"),
            Some(Policy::Reject),
        ))
        .with(MethodResult::arc(
            "pass",
            Some("2001:db8::7".parse().expect("an address")),
            Some(0),
        ))
        .with(MethodResult::iprev(
            "pass",
            "192.0.2.7".parse().expect("an address"),
        ));
    let expect = "Authentication-Results: garant.exemple.net;\r\n \
        spf=pass (192.0.2.7) smtp.mailfrom=em.exemple.fr;\r\n \
        spf=none smtp.helo=mail.exemple.fr;\r\n \
        dkim=fail reason=\"body changed\" header.d=exemple.fr header.s=s1\r\n \
        header.a=rsa-sha256 header.b=\"Ab/Cd+Ef\";\r\n \
        dmarc=fail header.from=exemple.fr policy.dmarc=reject;\r\n \
        arc=pass header.oldest-pass=0 smtp.remote-ip=\"2001:db8::7\";\r\n \
        iprev=pass policy.iprev=192.0.2.7\r\n";
    assert_eq!(results.write(), expect);
    let nothing = AuthResults::by("garant.exemple.net").write();
    assert_eq!(
        nothing,
        "Authentication-Results: garant.exemple.net; none\r\n"
    );
}

#[test]
fn nothing_escapes_from_a_field() {
    let check = |value: &str, expect: &str| {
        let results = AuthResults::by("mx.exemple.fr")
            .with(MethodResult::spf_mail_from(SpfResult::Fail, value));
        let expect = format!(
            "Authentication-Results: mx.exemple.fr;\r\n spf=fail smtp.mailfrom={expect}\r\n"
        );
        assert_eq!(results.write(), expect);
    };
    check("a@exemple.fr", "a@exemple.fr");
    check("", "\"\"");
    check("a\r\nBcc: b@exemple.fr", "\"a Bcc: b@exemple.fr\"");
    check(
        "a\"; dkim=pass header.d=\"b",
        "\"a\\\"; dkim=pass header.d=\\\"b\"",
    );
    check("a; dkim=pass@exemple.fr", "\"a; dkim=pass@exemple.fr\"");
    check("\\", "\"\\\\\"");
    check("\"a b\"@exemple.fr", "\"a b\"@exemple.fr");
    check("\"a\\\"@exemple.fr", "\"\\\"a\\\\\\\"@exemple.fr\"");
    check("\"a\" b\"@exemple.fr", "\"\\\"a\\\" b\\\"@exemple.fr\"");
    check("é@exemple.fr", "\"é@exemple.fr\"");
}

/// What is written reads to the same; every line is a line of one field, and none is too long.
fn stands(results: &AuthResults) -> Result<(), TestCaseError> {
    let written = results.write();
    prop_assert!(written.ends_with("\r\n"));
    prop_assert_eq!(
        written.matches('\n').count(),
        written.matches("\r\n").count()
    );
    prop_assert_eq!(
        written.matches('\r').count(),
        written.matches("\r\n").count()
    );
    for (index, line) in written.trim_end().split("\r\n").enumerate() {
        prop_assert!(
            index == 0 || line.starts_with(' ') && !line.trim().is_empty(),
            "{written}"
        );
        prop_assert!(line.len() <= 998, "{written}");
    }
    let with_body = format!("{written}\r\n");
    let message = Message::read(with_body.as_bytes()).expect("a message");
    prop_assert_eq!(message.fields().len(), 1);
    let field = Field::new(0, written.as_bytes()).expect("a field");
    let again = AuthResults::read(&field).expect("results");
    prop_assert_eq!(&again, results, "{}", written);
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_reads_to_the_same(
        id in "[ -~]{0,30}",
        domain in "[a-z]{1,20}\\.fr",
        mail_from in "\\PC{0,80}",
        quoted in "[ -~\r\n\t]{0,400}",
        comment in "\\PC{0,120}",
        helo in proptest::string::string_regex("[\\\\\"()<>@;= a\r\n]{0,40}").expect("a pattern"),
        signature in "[A-Za-z0-9+/]{0,20}={0,2}",
        client in any::<std::net::Ipv6Addr>(),
    ) {
        let domain = name(&domain);
        let signature = SignatureIdentity {
            domain: Some(&domain),
            selector: Some(&domain),
            algorithm: Some("ed25519-sha256"),
            signature: Some(&signature),
        };
        let results = AuthResults::by(&id)
            .with(MethodResult::spf_mail_from(SpfResult::SoftFail, &mail_from).remarking(&comment))
            .with(MethodResult::spf_helo(SpfResult::TempError, &helo).because(&quoted))
            .with(MethodResult::dkim(DkimResult::Pass, &signature).remarking(&helo))
            .with(MethodResult::dmarc("pass", &domain, Some(Policy::None)))
            .with(MethodResult::arc("none", Some(client.into()), None));
        stands(&results)?;
    }

    #[test]
    fn whatever_reads_can_be_written(value in "[a-z=;.()\"\\\\ @<>/0-9]{0,200}") {
        if let Some(results) = AuthResults::parse(&value) {
            let once = results.write();
            let again = AuthResults::parse(once.split_once(':').expect("a field").1).expect("results");
            prop_assert_eq!(again.write(), once);
        }
    }

    #[test]
    fn any_octets_read_as_results(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Some(results) = AuthResults::parse(&unfold(&octets)) {
            prop_assert!(results.results.len() <= RESULTS_MAX);
            let values = results.write();
            prop_assert!(values.split("\r\n").all(|line| line.len() <= 998));
            prop_assert!(WRITTEN_VALUE_OCTETS_MAX * 3 < 998);
        }
    }
}
