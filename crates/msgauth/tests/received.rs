//! Trace fields: single ones in the forms of the servers in use, and who handed a whole message over.

use std::net::IpAddr;

use garant_msgauth::message::{Field, Message};
use garant_msgauth::received::{
    Certainty, ClientFacts, Doubt, Evidence, HopKind, RECEIVED_MAX, Received, ReceivedSpf,
    SpfRemark, Trusted, client, return_path,
};
use proptest::prelude::*;

/// `helo reverse address | by | with | id | for | mail from | at | flags`, `-` for what is not there.
#[track_caller]
fn check(value: &str, expect: &str) {
    let received = Received::parse(value);
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let or_address =
        |address: Option<IpAddr>| address.map_or_else(|| "-".to_owned(), |a| a.to_string());
    let mut flags = String::new();
    for (is_set, flag) in [
        (received.is_encrypted, 'e'),
        (received.is_authenticated, 'a'),
        (received.is_local(), 'l'),
        (received.is_fetch(), 'f'),
    ] {
        if is_set {
            flags.push(flag);
        }
    }
    let found = [
        format!(
            "{} {} {}",
            or(&received.from.helo),
            or(&received.from.reverse),
            or_address(received.from.address)
        ),
        or(&received.by),
        or(&received.with),
        or(&received.id),
        or(&received.recipient),
        or(&received.mail_from),
        received
            .at
            .map_or_else(|| "-".to_owned(), |at| at.to_string()),
        flags,
    ]
    .join(" | ");
    assert_eq!(found.trim_end(), expect, "{value}");
}

const DATE: &str = "Fri, 20 Nov 2026 09:15:00 +0100";

#[test]
fn each_servers_way_of_writing_is_read() {
    // Postfix.
    check(
        &format!(
            "from mail.exemple.fr (mail.exemple.fr [192.0.2.7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519) (No client certificate requested) by mx.exemple.com (Postfix) with ESMTPS id 4F03D9715B19 for <anne@exemple.com>; {DATE} (CET)"
        ),
        "mail.exemple.fr mail.exemple.fr 192.0.2.7 | mx.exemple.com | ESMTPS | 4F03D9715B19 | anne@exemple.com | - | 1795162500 | e",
    );
    check(
        &format!(
            "from [192.168.1.20] (unknown [IPv6:2001:db8::7]) (Authenticated sender: anne) by smtp.exemple.fr (Postfix) with ESMTPSA id 1; {DATE}"
        ),
        "[192.168.1.20] - 2001:db8::7 | smtp.exemple.fr | ESMTPSA | 1 | - | - | 1795162500 | ea",
    );
    check(
        &format!("by mail.exemple.net (Postfix, from userid 501) id 4F03D9715B19; {DATE}"),
        "- - - | mail.exemple.net | - | 4F03D9715B19 | - | - | 1795162500 | l",
    );
    // Sendmail.
    check(
        &format!(
            "from relay.exemple.fr (IDENT:root@host.exemple.fr [192.0.2.7] (may be forged)) by mx.exemple.com (8.17.1/8.17.1) with ESMTPS id 5AK9F0aB (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=OK) for <anne@exemple.com>; {DATE}"
        ),
        "relay.exemple.fr - 192.0.2.7 | mx.exemple.com | ESMTPS | 5AK9F0aB | anne@exemple.com | - | 1795162500 | e",
    );
    // Exim.
    check(
        &format!(
            "from mail.exemple.fr ([192.0.2.7]) by mx.exemple.com with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <bounces@exemple.fr>) id 1tDx7f-000abc-2B for anne@exemple.com; {DATE}"
        ),
        "mail.exemple.fr - 192.0.2.7 | mx.exemple.com | esmtps | 1tDx7f-000abc-2B | anne@exemple.com | bounces@exemple.fr | 1795162500 | e",
    );
    check(
        &format!(
            "from host.exemple.fr ([192.0.2.7]:52714 helo=mail.exemple.fr) by mx.exemple.com with esmtpsa (envelope-from <>) id 1; {DATE}"
        ),
        "mail.exemple.fr host.exemple.fr 192.0.2.7 | mx.exemple.com | esmtpsa | 1 | - |  | 1795162500 | ea",
    );
    check(
        &format!(
            "from [192.0.2.7] (port=51714 helo=[192.168.0.3]) by mx.exemple.com with esmtp id 1; {DATE}"
        ),
        "[192.168.0.3] - 192.0.2.7 | mx.exemple.com | esmtp | 1 | - | - | 1795162500 |",
    );
    // Gmail.
    check(
        "from mail.exemple.fr (mail.exemple.fr. [192.0.2.7]) by mx.google.com with ESMTPS id a1-20020a05600c0000b00abc.2026.11.20.00.15.00 for <anne@gmail.com> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Fri, 20 Nov 2026 00:15:00 -0800 (PST)",
        "mail.exemple.fr mail.exemple.fr 192.0.2.7 | mx.google.com | ESMTPS | a1-20020a05600c0000b00abc.2026.11.20.00.15.00 | anne@gmail.com | - | 1795162500 | e",
    );
    check(
        "by 2002:a05:6000:1f8c:b0:37d:2ea4:bfcc with SMTP id ffacd0b85a97d; Fri, 20 Nov 2026 00:15:00 -0800 (PST)",
        "- - - | 2002:a05:6000:1f8c:b0:37d:2ea4:bfcc | SMTP | ffacd0b85a97d | - | - | 1795162500 | l",
    );
    // Microsoft.
    check(
        "from mail.exemple.fr (192.0.2.7) by DB5EUR03FT014.mail.protection.outlook.com (10.152.20.102) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.8182.15 via Frontend Transport; Fri, 20 Nov 2026 08:15:00 +0000",
        "mail.exemple.fr - 192.0.2.7 | DB5EUR03FT014.mail.protection.outlook.com | Microsoft SMTP Server | 15.20.8182.15 | - | - | 1795162500 | e",
    );
    check(
        "from AM0PR01MB1234.eurprd01.prod.exchangelabs.com ([fe80::1234:5678:9abc:def0]) by AM0PR01MB1234.eurprd01.prod.exchangelabs.com ([fe80::1234:5678:9abc:def0%6]) with mapi id 15.20.8182.015; Fri, 20 Nov 2026 08:15:00 +0000",
        "AM0PR01MB1234.eurprd01.prod.exchangelabs.com - fe80::1234:5678:9abc:def0 | AM0PR01MB1234.eurprd01.prod.exchangelabs.com | mapi | 15.20.8182.015 | - | - | 1795162500 | l",
    );
    // qmail, and OVH's.
    check(
        "from unknown (HELO mail.exemple.fr) (192.0.2.7) by mx.exemple.com with ESMTPS (TLS_AES_256_GCM_SHA384 encrypted); 20 Nov 2026 08:15:00 -0000",
        "mail.exemple.fr - 192.0.2.7 | mx.exemple.com | ESMTPS | - | - | - | 1795162500 | e",
    );
    check(
        "from host.exemple.fr (HELO mail.exemple.fr) (anne@192.0.2.7) (envelope-sender <bounces@exemple.fr>) by mx.exemple.com (qmail-ldap-1.03) with SMTP for <anne@exemple.com>; 20 Nov 2026 08:15:00 -0000",
        "mail.exemple.fr host.exemple.fr 192.0.2.7 | mx.exemple.com | SMTP | - | anne@exemple.com | bounces@exemple.fr | 1795162500 |",
    );
    check(
        "from unknown (HELO output25.mail.ovh.net) (10.108.117.188) by mail914.ha.ovh.net with AES256-GCM-SHA384 encrypted SMTP; 20 Nov 2026 08:15:00 -0000",
        "output25.mail.ovh.net - 10.108.117.188 | mail914.ha.ovh.net | AES256-GCM-SHA384 encrypted SMTP | - | - | - | 1795162500 | e",
    );
    check(
        "(qmail 2222 invoked by uid 0); 20 Nov 2026 08:15:00 -0000",
        "- - - | - | - | - | - | - | 1795162500 | l",
    );
    // Yahoo.
    check(
        "from 192.0.2.7 (EHLO mail.exemple.fr) by 10.253.63.104 with SMTPs (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256); Fri, 20 Nov 2026 08:15:00 +0000",
        "mail.exemple.fr - 192.0.2.7 | 10.253.63.104 | SMTPs | - | - | - | 1795162500 | e",
    );
    check(
        "from p225.exemple.ne.jp (EHLO [192.168.0.2]) ([203.0.113.225]) by smtp414.mail.sg3.yahoo.com (Hermes SMTP Server) with ESMTPA ID 9a3a7736; Fri, 20 Nov 2026 08:15:00 +0000 (UTC)",
        "[192.168.0.2] p225.exemple.ne.jp 203.0.113.225 | smtp414.mail.sg3.yahoo.com | ESMTPA | 9a3a7736 | - | - | 1795162500 | a",
    );
    // Orange, La Poste.
    check(
        &format!(
            "from mail.exemple.fr ([192.0.2.7]) by mwinf5c12 with ME id j8F01d00a1B2C3d4; {DATE}"
        ),
        "mail.exemple.fr - 192.0.2.7 | mwinf5c12 | ME | j8F01d00a1B2C3d4 | - | - | 1795162500 |",
    );
    check(
        &format!(
            "from mlpnf0113.laposte.net (mlpnf0113.sys.meshcore.net [10.94.128.92]) by mlpnb0108 with LMTPA; {DATE}"
        ),
        "mlpnf0113.laposte.net mlpnf0113.sys.meshcore.net 10.94.128.92 | mlpnb0108 | LMTPA | - | - | - | 1795162500 | al",
    );
    // Fetched from a mailbox.
    check(
        &format!(
            "from pop.exemple.fr [192.0.2.7] by poste.local with POP3 (fetchmail-6.4.37) for <anne@localhost> (single-drop); {DATE}"
        ),
        "pop.exemple.fr - - | poste.local | POP3 | - | anne@localhost | - | 1795162500 | f",
    );
}

#[test]
fn anything_else_gives_what_can_be_read() {
    check("", "- - - | - | - | - | - | - | - | l");
    check(
        "from by by from with for",
        "by - - | from | for | - | - | - | - |",
    );
    check("from a by b; not a date", "a - - | b | - | - | - | - | - |");
    check("from \"a b\" by b", "a b - - | b | - | - | - | - | - |");
    check(
        "FROM a (b.c [192.0.2.300]) BY d ID (x",
        "a b.c - | d | - | - | - | - | - |",
    );
    check(
        "from a by b with c; Fri, 99 Foo 2026 00:00:00 +0000",
        "a - - | b | c | - | - | - | - |",
    );
}

#[test]
fn return_paths_are_read() {
    let check = |value: &str, expect: Option<&str>| {
        let octets = format!("Return-Path:{value}\r\n");
        let field = Field::new(0, octets.as_bytes()).expect("a field");
        assert_eq!(return_path(&field).as_deref(), expect, "{value}");
    };
    check(" <anne@exemple.fr>", Some("anne@exemple.fr"));
    check(" anne@exemple.fr", Some("anne@exemple.fr"));
    check(" <>", Some(""));
    check("", None);
    check(" anne", None);
    check(" a@b\u{7}", None);
    check(
        " <\"a b>\\\"\"@exemple.fr>",
        Some("\"a b>\\\"\"@exemple.fr"),
    );
    check(" <\"a b@exemple.fr>", None);
    check(" anne@exemple.fr bob@exemple.fr", None);
    // A paste in which every line is indented.
    check(
        " <anne@exemple.fr>\r\n Received: from a by b\r\n Message-ID: <1@exemple.fr>",
        None,
    );
}

#[test]
fn received_spf_is_read() {
    // The standard's own example.
    let value = "pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender) receiver=mybox.example.org; client-ip=192.0.2.1; mechanism=ip4:192.0.2.1; envelope-from=\"myname@example.com\"; helo=foo.example.com;";
    let text = |text: &str| Some(text.to_owned());
    let expect = ReceivedSpf {
        field: 0,
        result: "pass".to_owned(),
        remark: SpfRemark {
            receiver: text("mybox.example.org"),
            domain: text("myname@example.com"),
            address: Some([192, 0, 2, 1].into()),
        },
        client_ip: Some([192, 0, 2, 1].into()),
        helo: text("foo.example.com"),
        envelope_from: text("myname@example.com"),
        receiver: text("mybox.example.org"),
        identity: None,
        mechanism: text("ip4:192.0.2.1"),
        problem: None,
    };
    assert_eq!(ReceivedSpf::parse(value), Some(expect));

    let spf = ReceivedSpf::parse("SoftFail identity=mailfrom; client-ip=2001:db8::7; envelope-from=<>; problem=\"a; b\"; x (y) z=\"")
        .expect("a result");
    assert_eq!(spf.result, "softfail");
    assert_eq!(spf.envelope_from.as_deref(), Some(""));
    assert_eq!(spf.problem.as_deref(), Some("a; b"));
    assert_eq!(
        spf.client_ip,
        Some("2001:db8::7".parse().expect("an address"))
    );
    assert_eq!(ReceivedSpf::parse("(nothing)"), None);
    assert_eq!(ReceivedSpf::parse(""), None);
    assert_eq!(ReceivedSpf::parse("x=y"), None);
}

#[test]
fn the_sentence_in_a_comment_is_read() {
    let check = |comment: &str, expect: [Option<&str>; 3]| {
        let remark = SpfRemark::parse(comment);
        let address = remark.address.map(|address| address.to_string());
        let found = [
            remark.receiver.as_deref(),
            remark.domain.as_deref(),
            address.as_deref(),
        ];
        assert_eq!(found, expect, "{comment}");
    };
    check(
        "google.com: domain of anne@exemple.fr designates 192.0.2.7 as permitted sender",
        [
            Some("google.com"),
            Some("anne@exemple.fr"),
            Some("192.0.2.7"),
        ],
    );
    check(
        "google.com: best guess record for domain of postmaster@mail.exemple.fr designates 2001:db8::7 as permitted sender",
        [
            Some("google.com"),
            Some("postmaster@mail.exemple.fr"),
            Some("2001:db8::7"),
        ],
    );
    check(
        "google.com: 192.0.2.7 is neither permitted nor denied by domain of anne@exemple.fr",
        [
            Some("google.com"),
            Some("anne@exemple.fr"),
            Some("192.0.2.7"),
        ],
    );
    check(
        "spf.icloud.com: domain of transitioning anne@exemple.fr does not designate 192.0.2.7 as permitted sender",
        [
            Some("spf.icloud.com"),
            Some("anne@exemple.fr"),
            Some("192.0.2.7"),
        ],
    );
    check(
        "domain of exemple.fr does not designate permitted sender hosts",
        [None, Some("exemple.fr"), None],
    );
    check("sender IP is 192.0.2.7", [None, None, Some("192.0.2.7")]);
    check("sender IP is ", [None, None, None]);
    check("", [None, None, None]);
}

/// Reads a header section and says who handed the message over.
fn facts(header: &str, trusted: &Trusted) -> ClientFacts {
    let text = header.trim_start().lines().collect::<Vec<_>>().join("\r\n") + "\r\n\r\n";
    let message = Message::read(text.as_bytes()).expect("a message");
    client(&message, trusted).expect("something is said")
}

/// Border server, address, HELO name, RFC5321.MailFrom, certainty and doubts.
#[track_caller]
fn check_client(
    header: &str,
    trusted: &Trusted,
    expect: [&str; 4],
    certainty: Certainty,
    doubts: &[Doubt],
) {
    let facts = facts(header, trusted);
    let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let found = [
        or(facts.receiver.clone()),
        or(facts.address.first().map(|found| found.value.to_string())),
        or(facts.helo.first().map(|found| found.value.clone())),
        or(facts.mail_from.first().map(|found| found.value.clone())),
    ];
    assert_eq!(found, expect, "{facts:#?}");
    assert_eq!(
        (facts.certainty, facts.doubts.as_slice()),
        (certainty, doubts),
        "{facts:#?}"
    );
}

const GMAIL: &str = "
Delivered-To: anne@gmail.com
Received: by 2002:a05:6000:1f8c:b0:37d:2ea4:bfcc with SMTP id ffacd0b85a97d;
        Fri, 20 Nov 2026 00:15:01 -0800 (PST)
X-Received: by 2002:a05:600c:4fc6:b0:431:5f1c:8352 with SMTP id 5b1f17b1804b1;
        Fri, 20 Nov 2026 00:15:00 -0800 (PST)
ARC-Authentication-Results: i=1; mx.google.com;
       dkim=pass header.i=@exemple.fr header.s=s1 header.b=AbCdEfGh;
       spf=pass (google.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) smtp.mailfrom=bounces@em.exemple.fr;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=exemple.fr
Return-Path: <bounces@em.exemple.fr>
Received: from o1.em.exemple.fr (o1.em.exemple.fr. [192.0.2.7])
        by mx.google.com with ESMTPS id a1-20020a05600c0000b00abc.2026.11.20.00.15.00
        for <anne@gmail.com>
        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128);
        Fri, 20 Nov 2026 00:15:00 -0800 (PST)
Received-SPF: pass (google.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7;
Authentication-Results: mx.google.com;
       dkim=pass header.i=@exemple.fr header.s=s1 header.b=AbCdEfGh;
       spf=pass (google.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) smtp.mailfrom=bounces@em.exemple.fr;
       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=exemple.fr
Received: from inside.exemple.fr (unknown [198.51.100.3]) by o1.em.exemple.fr with ESMTP id 1; Fri, 20 Nov 2026 08:14:59 +0000
From: Exemple <lettre@exemple.fr>
";

#[test]
fn gmail_says_the_same_in_three_fields() {
    let expect = [
        "mx.google.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(GMAIL, &Trusted::Topmost, expect, Certainty::Confirmed, &[]);
    let facts = facts(GMAIL, &Trusted::Topmost);
    let kinds: Vec<HopKind> = facts.hops.iter().map(|hop| hop.kind).collect();
    assert_eq!(kinds, [HopKind::Internal, HopKind::Border, HopKind::Beyond]);
    assert_eq!(
        facts.organization.map(|o| o.to_string()).as_deref(),
        Some("google.com")
    );
    assert_eq!(facts.received_at, Some(1_795_162_500));
    let origins: Vec<(usize, Evidence)> = facts
        .address
        .iter()
        .map(|found| (found.origin.field, found.origin.evidence))
        .collect();
    let expect = [
        (5, Evidence::Received),
        // Above Gmail's Received, and then what stands beneath it.
        (3, Evidence::ArcAuthenticationResultsComment),
        (6, Evidence::ReceivedSpf),
        (6, Evidence::ReceivedSpfComment),
        (7, Evidence::AuthenticationResultsComment),
    ];
    assert_eq!(origins, expect);
}

#[test]
fn a_server_may_be_named_whose_fields_are_believed() {
    let receiver = |name: &str| Trusted::Receiver(name.parse().expect("a name"));
    // The client that stood before the sender's own relay.
    let expect = [
        "o1.em.exemple.fr",
        "198.51.100.3",
        "inside.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        GMAIL,
        &receiver("exemple.fr"),
        expect,
        Certainty::Likely,
        &[],
    );
    let expect = [
        "mx.google.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        GMAIL,
        &receiver("mx.google.com"),
        expect,
        Certainty::Confirmed,
        &[],
    );
    check_client(
        GMAIL,
        &receiver("mx.exemple.net"),
        expect,
        Certainty::Doubtful,
        &[Doubt::ReceiverNotFound],
    );
    let expect = [
        "o1.em.exemple.fr",
        "198.51.100.3",
        "inside.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(GMAIL, &Trusted::Field(8), expect, Certainty::Likely, &[]);
}

/// A mailbox passes its mail on to another one of the same receiver.
#[test]
fn the_return_path_is_that_of_the_delivery_at_the_border() {
    let header = "
Return-Path: <anne+caf_=lise=gmail.com@ailleurs.example>
Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [192.0.2.41])
        by mx.google.com with SMTPS id b1 for <lise@gmail.com>; Fri, 20 Nov 2026 00:15:02 -0800 (PST)
X-Forwarded-For: anne@ailleurs.example lise@gmail.com
Return-Path: <bounces@em.exemple.fr>
Received: from o1.em.exemple.fr (o1.em.exemple.fr. [192.0.2.7])
        by mx.google.com with ESMTPS id a1 for <anne@ailleurs.example>; Fri, 20 Nov 2026 00:15:00 -0800 (PST)
Return-Path: <somebody@exemple.fr>
From: Exemple <lettre@exemple.fr>
";
    let expect = [
        "mx.google.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    let facts = facts(header, &Trusted::Topmost);
    let mail_from = facts.mail_from.iter().map(|found| found.value.as_str());
    assert_eq!(mail_from.collect::<Vec<_>>(), [expect[3]]);
    let (certainty, doubts) = (facts.certainty, facts.doubts.as_slice());
    check_client(header, &Trusted::Topmost, expect, certainty, doubts);
}

#[test]
fn mail_within_gmail_came_from_the_server_that_gmail_looked_at() {
    let header = "
Received: by 2002:a05:6000:1f8c:b0:37d:2ea4:bfcc with SMTP id ffacd0b85a97d; Fri, 20 Nov 2026 00:15:01 -0800 (PST)
Return-Path: <lise@gmail.com>
Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [192.0.2.41])
        by mx.google.com with SMTPS id 5b1f17b1804b1 for <anne@gmail.com>
        (Google Transport Security); Fri, 20 Nov 2026 00:15:00 -0800 (PST)
Received-SPF: pass (google.com: domain of lise@gmail.com designates 192.0.2.41 as permitted sender) client-ip=192.0.2.41;
X-Received: by 2002:a05:600c:4fc6:b0:431:5f1c:8352 with SMTP id 5b1f17b1804b1; Fri, 20 Nov 2026 00:14:59 -0800 (PST)
Received: from [192.168.1.12] (box.exemple.fr. [198.51.100.9])
        by smtp.gmail.com with ESMTPSA id 1; Fri, 20 Nov 2026 00:14:59 -0800 (PST)
From: Lise <lise@gmail.com>
";
    let expect = [
        "mx.google.com",
        "192.0.2.41",
        "mail-sor-f41.google.com",
        "lise@gmail.com",
    ];
    check_client(header, &Trusted::Topmost, expect, Certainty::Confirmed, &[]);
    // Without what Gmail says of SPF, the lowest client is taken, and the doubts are told.
    let header: String = header
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("Received-SPF"))
        .collect();
    let expect = [
        "smtp.gmail.com",
        "198.51.100.9",
        "[192.168.1.12]",
        "lise@gmail.com",
    ];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Doubtful,
        &[Doubt::SameOrganization, Doubt::Submission],
    );
}

const MICROSOFT: &str = "
Received: from AS8PR01MB1111.eurprd01.prod.exchangelabs.com (2603:10a6:20b:3d5::11)
 by AM0PR01MB1234.eurprd01.prod.exchangelabs.com with HTTPS; Fri, 20 Nov 2026 08:15:03 +0000
Received: from DUZPR01CA0001.eurprd01.prod.exchangelabs.com (2603:10a6:10:3c2::11)
 by AS8PR01MB1111.eurprd01.prod.exchangelabs.com (2603:10a6:20b:3d5::11) with Microsoft
 SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id
 15.20.8182.15; Fri, 20 Nov 2026 08:15:02 +0000
Received: from DB5PEPF00014B8A.eurprd02.prod.outlook.com
 (2603:10a6:10:3c2:cafe::a1) by DUZPR01CA0001.outlook.office365.com
 (2603:10a6:10:3c2::11) with Microsoft SMTP Server (version=TLS1_3,
 cipher=TLS_AES_256_GCM_SHA384) id 15.20.8182.16 via Frontend Transport; Fri,
 20 Nov 2026 08:15:01 +0000
Authentication-Results: spf=pass (sender IP is 192.0.2.7)
 smtp.mailfrom=em.exemple.fr; dkim=pass (signature was verified)
 header.d=exemple.fr;dmarc=pass action=none
 header.from=exemple.fr;compauth=pass reason=100
Received-SPF: Pass (protection.outlook.com: domain of em.exemple.fr designates
 192.0.2.7 as permitted sender) receiver=protection.outlook.com;
 client-ip=192.0.2.7; helo=o1.em.exemple.fr; pr=C
Received: from o1.em.exemple.fr (192.0.2.7) by
 DB5PEPF00014B8A.mail.protection.outlook.com (10.167.8.218) with Microsoft
 SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.8182.16
 via Frontend Transport; Fri, 20 Nov 2026 08:15:00 +0000
Received: from mail.protection.outlook.com (198.51.100.66) by
 DB5PEPF00014B8A.mail.protection.outlook.com with SMTP; Fri, 20 Nov 2026 08:14:00 +0000
From: Exemple <lettre@exemple.fr>
Return-Path: bounces@em.exemple.fr
";

#[test]
fn microsoft_hands_mail_on_inside_over_addresses_that_are_not_private() {
    // Outlook.com and Microsoft 365 write the same. The lowest field is a forgery.
    let expect = [
        "DB5PEPF00014B8A.mail.protection.outlook.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        MICROSOFT,
        &Trusted::Topmost,
        expect,
        Certainty::Confirmed,
        &[],
    );
    let facts = facts(MICROSOFT, &Trusted::Topmost);
    let path = &facts.mail_from[0].origin;
    assert_eq!(
        (path.evidence, path.is_above),
        (Evidence::ReturnPath, false)
    );
}

#[test]
fn mail_from_another_tenant_came_from_microsofts_outbound_server() {
    let header = "
Received: from AS8PR01MB1111.eurprd01.prod.outlook.com (2603:10a6:20b:3d5::11) by AM0PR01MB1234.eurprd01.prod.outlook.com with HTTPS; Fri, 20 Nov 2026 08:15:03 +0000
Received: from EUR05-DB8-obe.outbound.protection.outlook.com (192.0.2.92) by AM6EUR05FT064.mail.protection.outlook.com (10.233.240.1) with Microsoft SMTP Server id 15.20.1; Fri, 20 Nov 2026 08:15:00 +0000
Received: from PAXPR01MB2222.eurprd01.prod.outlook.com (2603:10a6:102:1::1) by DB8PR01MB3333.eurprd01.prod.outlook.com (2603:10a6:10:1::1) with Microsoft SMTP Server id 15.20.1; Fri, 20 Nov 2026 08:14:59 +0000
From: Lise <lise@exemple.fr>
";
    let expect = [
        "AM6EUR05FT064.mail.protection.outlook.com",
        "192.0.2.92",
        "EUR05-DB8-obe.outbound.protection.outlook.com",
        "-",
    ];
    check_client(header, &Trusted::Topmost, expect, Certainty::Likely, &[]);
}

#[test]
fn yahoo_calls_its_servers_by_address() {
    let header = "
X-Apparently-To: anne@yahoo.fr; Fri, 20 Nov 2026 08:15:00 +0000
Return-Path: <bounces@em.exemple.fr>
Authentication-Results: atlas-production.v2-mail-prod1-ir2.omega.yahoo.com;
 dkim=pass header.i=@exemple.fr header.s=s1;
 spf=pass smtp.mailfrom=em.exemple.fr;
 dmarc=pass(p=REJECT) header.from=exemple.fr;
Received-SPF: pass (domain of em.exemple.fr designates 192.0.2.7 as permitted sender)
Received: from 192.0.2.7 (EHLO o1.em.exemple.fr)
 by 10.196.210.12 with SMTPs
 (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256);
 Fri, 20 Nov 2026 08:15:00 +0000
From: Exemple <lettre@exemple.fr>
";
    let expect = [
        "10.196.210.12",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(header, &Trusted::Topmost, expect, Certainty::Confirmed, &[]);
}

#[test]
fn icloud_calls_its_servers_by_names_without_a_dot() {
    let header = "
Received: from p00-icloudmta-smtpin-us-central-1k-20-percent-9 by p63-mailgateway-smtp-7fdc5d9f9f-abcde (mailgateway 2426B12)
\twith SMTP id 11111111-2222-3333-4444-555555555555
\tfor <anne@icloud.com>; Fri, 20 Nov 2026 08:15:01 GMT
X-Apple-UUID-to: 66666666-7777-8888-9999-000000000000
Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=exemple.fr
Authentication-Results: dkim-verifier.icloud.com;
\tdkim=pass (2048-bit key) header.d=exemple.fr header.i=@exemple.fr header.b=AbCdEfGh
Authentication-Results: spf.icloud.com; spf=pass (spf.icloud.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) smtp.mailfrom=bounces@em.exemple.fr
Received-SPF: pass (spf.icloud.com: domain of bounces@em.exemple.fr designates 192.0.2.7 as permitted sender) receiver=spf.icloud.com; client-ip=192.0.2.7; helo=o1.em.exemple.fr; envelope-from=bounces@em.exemple.fr
Received: from o1.em.exemple.fr (o1.em.exemple.fr [192.0.2.7])
\tby p00-icloudmta-smtpin-us-central-1k-20-percent-9 (Postfix) with ESMTPS id 1A2B3C4D
\tfor <anne@icloud.com>; Fri, 20 Nov 2026 08:15:00 +0000 (UTC)
From: Exemple <lettre@exemple.fr>
";
    let expect = [
        "p00-icloudmta-smtpin-us-central-1k-20-percent-9",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(header, &Trusted::Topmost, expect, Certainty::Confirmed, &[]);
}

#[test]
fn french_providers_say_less() {
    // Orange.
    let header = format!("
Return-Path: <bounces@em.exemple.fr>
Received: from opmta1mti42nd1 (localhost [127.0.0.1]) by mwinb1c08 with LMTP id aB3d; {DATE}
Received: from o1.em.exemple.fr ([192.0.2.7]) by opmta1mti42nd1 with ESMTP id j8F01d00a1B2C3d4; {DATE}
Received-SPF: pass (opmta1mti42nd1.orange.fr: domain of em.exemple.fr designates 192.0.2.7 as permitted sender)
From: Exemple <lettre@exemple.fr>
");
    let expect = [
        "opmta1mti42nd1",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Doubtful,
        &[Doubt::ReceiverUnnamed],
    );
    // La Poste.
    let header = format!("
Return-Path: <bounces@em.exemple.fr>
Received: from mlpnf0113.laposte.net (mlpnf0113.sys.meshcore.net [10.94.128.92])
\tby mlpnb0108 with LMTPA; {DATE}
X-Cyrus-Session-Id: cyrus-1-1-1
Received: from outgoing-mail.laposte.net (localhost.localdomain [127.0.0.1])
\tby mlpnf0113.laposte.net (SMTP Server) with ESMTP id 4aB3d; {DATE}
Received: from o1.em.exemple.fr (o1.em.exemple.fr [192.0.2.7])
\tby mlpnf0113.laposte.net (SMTP Server) with ESMTPS id 4aB3c; {DATE}
Authentication-Results: laposte.net; spf=pass smtp.mailfrom=bounces@em.exemple.fr smtp.helo=o1.em.exemple.fr; dkim=pass header.d=exemple.fr
From: Exemple <lettre@exemple.fr>
");
    let expect = [
        "mlpnf0113.laposte.net",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(&header, &Trusted::Topmost, expect, Certainty::Likely, &[]);
    // OVH.
    let header = format!("
Delivered-To: anne@exemple.com
Received: from localhost (HELO queue) (127.0.0.1)
\tby localhost with SMTP; 20 Nov 2026 10:15:02 +0200
Received: from unknown (HELO output12.mail.ovh.net) (10.110.103.12)
\tby mail914.ha.ovh.net with AES256-GCM-SHA384 encrypted SMTP; 20 Nov 2026 10:15:02 +0200
Received: from vr11.mail.ovh.net (unknown [10.101.8.11])
\tby out12.mail.ovh.net (Postfix) with ESMTP id 4aB3d for <anne@exemple.com>; {DATE}
Received: from in34.mail.ovh.net (unknown [10.101.4.34])
\tby vr11.mail.ovh.net (Postfix) with ESMTP id 4aB3c for <anne@exemple.com>; {DATE}
Received-SPF: Pass (mailfrom) identity=mailfrom; client-ip=192.0.2.7; helo=o1.em.exemple.fr; envelope-from=bounces@em.exemple.fr; receiver=anne@exemple.com
Received: from o1.em.exemple.fr (o1.em.exemple.fr [192.0.2.7])
\tby in34.mail.ovh.net (Postfix) with ESMTPS id 4aB3b for <anne@exemple.com>; {DATE}
From: Exemple <lettre@exemple.fr>
");
    let expect = [
        "in34.mail.ovh.net",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Confirmed,
        &[],
    );
}

#[test]
fn a_server_of_ones_own_is_read() {
    // Postfix with a filter, and delivery by LMTP.
    let header = format!("
Return-Path: <bounces@em.exemple.fr>
Received: from mx.exemple.com by mx.exemple.com with LMTP id 1 (envelope-from <bounces@em.exemple.fr>) for <anne@exemple.com>; {DATE}
Received: from localhost (localhost [127.0.0.1]) by mx.exemple.com (Postfix) with ESMTP id 2; {DATE}
Received: from filtre.exemple.com (filtre.exemple.com [203.0.113.5]) by mx.exemple.com (Postfix) with ESMTPS id 3; {DATE}
Received: from o1.em.exemple.fr (o1.em.exemple.fr [192.0.2.7]) by filtre.exemple.com (Postfix) with ESMTPS id 4; {DATE}
Received: from mx.exemple.com (mx.exemple.com [198.51.100.200]) by filtre.exemple.com (Postfix) with ESMTPS id 5; {DATE}
");
    let expect = [
        "filtre.exemple.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Doubtful,
        &[Doubt::SameOrganization],
    );
    // Exim.
    let header = format!("
Received: from o1.em.exemple.fr ([192.0.2.7])
\tby mail.exemple.com with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384
\t(Exim 4.96) (envelope-from <bounces@em.exemple.fr>)
\tid 1tDx7f-000abc-2B for anne@exemple.com; {DATE}
Authentication-Results: mail.exemple.com; iprev=pass (o1.em.exemple.fr) smtp.remote-ip=192.0.2.7; spf=pass smtp.mailfrom=em.exemple.fr
");
    let expect = [
        "mail.exemple.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Confirmed,
        &[],
    );
    // Fetched from a provider: its fields count.
    let header = format!("
Received: from pop.gmail.com [203.0.113.9] by poste.local with POP3 (fetchmail-6.4.37) for <anne@localhost> (single-drop); {DATE}
{}", GMAIL.trim_start());
    let expect = [
        "mx.google.com",
        "192.0.2.7",
        "o1.em.exemple.fr",
        "bounces@em.exemple.fr",
    ];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Confirmed,
        &[],
    );
}

#[test]
fn what_stands_beneath_the_border_is_not_believed() {
    // The sender wrote a field in the receiver's name, and results as well.
    let header = format!("
Received: from evil.exemple.net (evil.exemple.net [198.51.100.66]) by mx.exemple.com (Postfix) with ESMTP id 1; {DATE}
Received: from o1.em.exemple.fr (o1.em.exemple.fr [192.0.2.7]) by mx.exemple.com (Postfix) with ESMTPS id 2; {DATE}
Received-SPF: pass client-ip=192.0.2.7; receiver=mx.exemple.com
Authentication-Results: mx.exemple.com; spf=pass (mx.exemple.com: domain of exemple.fr designates 192.0.2.7 as permitted sender) smtp.mailfrom=lettre@exemple.fr
");
    let expect = ["mx.exemple.com", "198.51.100.66", "evil.exemple.net", "-"];
    check_client(&header, &Trusted::Topmost, expect, Certainty::Likely, &[]);
    // A HELO name is the client's own claim, also when it names the receiver.
    let header = format!("
Received: from mx.exemple.com (unknown [198.51.100.66]) by mx.exemple.com (Postfix) with ESMTP id 1; {DATE}
Received: from o1.em.exemple.fr (o1.em.exemple.fr [192.0.2.7]) by mx.exemple.com (Postfix) with ESMTPS id 2; {DATE}
");
    let expect = ["mx.exemple.com", "198.51.100.66", "mx.exemple.com", "-"];
    check_client(&header, &Trusted::Topmost, expect, Certainty::Likely, &[]);
    // Results directly beneath the border could be the sender's: they cannot raise a doubt away, but they raise one.
    let header = format!("
Received: from evil.exemple.net (evil.exemple.net [198.51.100.66]) by mx.exemple.com (Postfix) with ESMTP id 1; {DATE}
Received-SPF: pass client-ip=192.0.2.7; receiver=mx.exemple.com
");
    let expect = ["mx.exemple.com", "198.51.100.66", "evil.exemple.net", "-"];
    check_client(
        &header,
        &Trusted::Topmost,
        expect,
        Certainty::Doubtful,
        &[Doubt::Disagreement],
    );
}

#[test]
fn what_may_be_the_senders_own_is_believed_last() {
    let expect = [
        "mx.exemple.com",
        "198.51.100.66",
        "evil.exemple.net",
        "x@evil.exemple.net",
    ];
    // The sender wrote a field in the receiver's name above its message; the receiver's own stands above its Received.
    for own in [
        "Authentication-Results: mx.exemple.com; spf=pass smtp.mailfrom=x@evil.exemple.net",
        "Return-Path: <x@evil.exemple.net>",
    ] {
        let header = format!("
{own}
Received: from evil.exemple.net (evil.exemple.net [198.51.100.66]) by mx.exemple.com (Postfix) with ESMTP id 1; {DATE}
Received-SPF: pass client-ip=198.51.100.66; receiver=mx.exemple.com; helo=o1.em.exemple.fr; envelope-from=lettre@exemple.fr
");
        check_client(
            &header,
            &Trusted::Topmost,
            expect,
            Certainty::Confirmed,
            &[],
        );
    }
}

#[test]
fn messages_without_a_path_say_what_they_can() {
    check_client(
        "\nReturn-Path: <bounces@em.exemple.fr>\nFrom: a@exemple.fr\n",
        &Trusted::Topmost,
        ["-", "-", "-", "bounces@em.exemple.fr"],
        Certainty::Doubtful,
        &[Doubt::NoReceived],
    );
    check_client(
        "\nReceived: by 10.1.2.3 with HTTP; x\nFrom: a@exemple.fr\nReturn-Path: <>\n",
        &Trusted::Topmost,
        ["-", "-", "-", ""],
        Certainty::Doubtful,
        &[Doubt::NoPublicClient],
    );
    let message = Message::read(b"From: a@exemple.fr\r\n\r\n").expect("a message");
    assert_eq!(client(&message, &Trusted::Topmost), None);
}

#[test]
fn endless_paths_have_an_end() {
    let header = "Received: from a (a.exemple.fr [10.0.0.1]) by b.exemple.fr; x\r\n".repeat(1_500);
    let message = Message::read(header.as_bytes()).expect("a message");
    assert_eq!(Received::all(&message).len(), RECEIVED_MAX);
    assert_eq!(client(&message, &Trusted::Topmost), None);
}

proptest! {
    #[test]
    fn any_text_reads_as_a_field(text in "\\PC{0,300}") {
        let _ = Received::parse(&text);
        let _ = ReceivedSpf::parse(&text);
        let _ = SpfRemark::parse(&text);
    }

    #[test]
    fn fields_of_known_words_are_read(words in proptest::collection::vec(
        prop_oneof![
            Just("from"), Just("by"), Just("with"), Just("id"), Just("for"), Just("("), Just(")"), Just(";"),
            Just("[192.0.2.1]"), Just("helo="), Just("HELO"), Just("<a@b>"), Just("\""), Just("\\"), Just("a.b"),
            Just("[IPv6:::1]"), Just("envelope-from "), Just("1 Jan 1970 00:00:00 +0000"), Just("é"),
        ], 0..40)) {
        let text = words.join(" ");
        let field = format!("Received: {text}\r\nReceived-SPF: {text}\r\nReturn-Path: {text}\r\n\r\n");
        let message = Message::read(field.as_bytes()).expect("a message");
        for trusted in [Trusted::Topmost, Trusted::Field(0), Trusted::Field(7)] {
            let _ = client(&message, &trusted);
        }
    }
}
