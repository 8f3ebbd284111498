//! DMARC records: how receivers read them, what their owners meant, and what is to be published instead.

use garant_msgauth::dmarc::{
    Acts, FAULTS_MAX, NearMissKind, Policy, PolicyRecord, Reason, TagName, near_miss,
};

fn parse(text: &str) -> PolicyRecord {
    PolicyRecord::parse(text.as_bytes()).expect("a DMARC record")
}

#[test]
fn a_record_begins_with_exactly_the_version() {
    let check = |text: &str, expect: bool| {
        assert_eq!(
            PolicyRecord::parse(text.as_bytes()).is_some(),
            expect,
            "{text:?}"
        );
    };
    check("v=DMARC1", true);
    check("v=DMARC1;", true);
    check("V = DMARC1 ; P = none", true);
    check("v\t=\tDMARC1\t;p=none", true);
    check("v=DMARC1;;p=none", true);
    check("v=dmarc1; p=none", false);
    check("v=DMARC1 p=none", false);
    check("v=DMARC10; p=none", false);
    check("v=DMARC2; p=none", false);
    check(" v=DMARC1; p=none", false);
    check(";v=DMARC1; p=none", false);
    check("\"v=DMARC1; p=none\"", false);
    check("p=none; v=DMARC1", false);
    check("v=DMARC1\u{a0}; p=none", false);
    check("v=spf1 -all", false);
    check("", false);
}

/// What a receiver does, the three policies, and the policies as RFC 7489 has them.
#[test]
fn receivers_read_a_record_by_the_rules() {
    let check = |text: &str, acts: Acts, policies: &str, legacy: &str| {
        let record = parse(text);
        let reading = record.reading();
        let now = [reading.p, reading.sp, reading.np].map(|policy| reading.effective(policy));
        let now = now.map(Policy::as_str).join(" ");
        let old = record.legacy_reading();
        let old = format!("{} {} {}", old.p, old.sp, old.pct);
        assert_eq!(
            (reading.acts, now.as_str(), old.as_str()),
            (acts, policies, legacy),
            "{text}"
        );
    };
    let written = Acts::AsWritten;
    check(
        "v=DMARC1; p=reject",
        written,
        "reject reject reject",
        "reject reject 100",
    );
    check(
        "v=DMARC1; sp=none; p=reject",
        written,
        "reject none none",
        "reject none 100",
    );
    check(
        "v=DMARC1; p=none; sp=quarantine; np=reject",
        written,
        "none quarantine reject",
        "none quarantine 100",
    );
    check(
        "v=DMARC1; p=none; np=reject",
        written,
        "none none reject",
        "none none 100",
    );
    check(
        "v=DMARC1; p=Reject; t=Y",
        written,
        "quarantine quarantine quarantine",
        "reject reject 100",
    );
    check(
        "v=DMARC1; p=quarantine; t=y",
        written,
        "none none none",
        "quarantine quarantine 100",
    );
    check(
        "v=DMARC1; p=reject; t=yes",
        written,
        "reject reject reject",
        "reject reject 100",
    );
    check(
        "v=DMARC1; p=reject; pct=25",
        written,
        "reject reject reject",
        "reject reject 25",
    );
    check(
        "v=DMARC1; p=reject; pct=250",
        written,
        "reject reject reject",
        "reject reject 100",
    );
    // The second of two equal tags does not count.
    check(
        "v=DMARC1; p=reject; p=none",
        written,
        "reject reject reject",
        "reject reject 100",
    );
    // Section 4.10.1: a policy is missing or wrong.
    let none = "none none none";
    check("v=DMARC1", Acts::Nothing, none, "none none 100");
    check(
        "v=DMARC1; rua=mailto:a@b.fr",
        Acts::AsNone,
        none,
        "none none 100",
    );
    check(
        "v=DMARC1; p=nonne; rua=mailto:a@b.fr",
        Acts::AsNone,
        none,
        "none none 100",
    );
    check(
        "v=DMARC1; p=nonne; rua=a@b.fr",
        Acts::Nothing,
        none,
        "none none 100",
    );
    check(
        "v=DMARC1; p=reject; sp=rejct",
        Acts::Nothing,
        none,
        "none none 100",
    );
    check(
        "v=DMARC1; p=reject; sp=; rua=mailto:a@b.fr",
        Acts::AsNone,
        none,
        "none none 100",
    );
    check(
        "v=DMARC1; p=reject; np=x; rua=mailto:a@b.fr",
        Acts::AsNone,
        none,
        "reject reject 100",
    );
    check(
        "v=DMARC1; p=none rua=mailto:a@b.fr",
        Acts::Nothing,
        none,
        "none none 100",
    );
}

#[test]
fn what_was_meant_is_guessed_and_kept_apart() {
    let check = |text: &str, p: Option<Policy>, sp: Option<Policy>| {
        let intent = parse(text).intent();
        assert_eq!((intent.p, intent.sp), (p, sp), "{text}");
    };
    let (none, quarantine, reject) = (
        Some(Policy::None),
        Some(Policy::Quarantine),
        Some(Policy::Reject),
    );
    check("v=DMARC1; p=nonne", none, None);
    check("v=DMARC1; p=reject; sp=rejct", reject, reject);
    check("v=DMARC1; p=quarentine", quarantine, None);
    check("v=DMARC1; p=“none”", none, None);
    check("v=DMARC1; p=reject.", reject, None);
    check("v=DMARC1; p=none, rua=mailto:a@b.fr", none, None);
    check("v=DMARC1; p=monitor", None, None);
    check("v=DMARC1; p=1; sp=2", None, None);
}

/// Each fault as `what:text of its span`.
#[test]
fn every_fault_is_named_and_placed() {
    let check = |text: &str, expect: &[&str]| {
        let record = parse(text);
        let found: Vec<String> = record
            .faults
            .iter()
            .map(|fault| {
                let text = &record.octets()[fault.span.start..fault.span.end];
                let text = String::from_utf8_lossy(text);
                let what = match &fault.reason {
                    Reason::InvalidValue { tag, meant, .. } => {
                        format!("{tag} {}", meant.unwrap_or("?"))
                    }
                    Reason::RemovedTag { value, .. } => format!("removed {value}"),
                    Reason::UnknownTag { suggestion, .. } => {
                        format!("unknown {}", suggestion.map_or("?", TagName::as_str))
                    }
                    Reason::DuplicateTag { name } => format!("twice {name}"),
                    Reason::Junk { .. } => "junk".to_owned(),
                    Reason::ReportAddress { tag, fixed, .. } => {
                        format!("{tag} {}", fixed.as_deref().unwrap_or("?"))
                    }
                    Reason::SizeSuffix { .. } => "size".to_owned(),
                    Reason::LookAlike(found) => found.code_point(),
                    Reason::ControlCharacter(octet) => format!("control {octet}"),
                };
                format!("{what}:{text}")
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    };
    check("v=DMARC1; p=none; fo=1:d:s; psd=u; adkim=s; aspf=R", &[]);
    check("v=DMARC1; p=nonne", &["p none:p=nonne"]);
    check(
        "v=DMARC1; p=none; adkim=strict; t=yes; psd=x",
        &["adkim s:adkim=strict", "t y:t=yes", "psd ?:psd=x"],
    );
    check(
        "v=DMARC1; p=none; pct=50; rf=afrf; ri=86400",
        &[
            "removed 50:pct=50",
            "removed afrf:rf=afrf",
            "removed 86400:ri=86400",
        ],
    );
    check(
        "v=DMARC1; p=none; rau=mailto:a@b.fr; policy=none; x=1; dkim=s",
        &[
            "unknown rua:rau=mailto:a@b.fr",
            "unknown p:policy=none",
            "unknown ?:x=1",
            "unknown adkim:dkim=s",
        ],
    );
    check(
        "v=DMARC1; p=none; p=reject; v=DMARC1",
        &["twice p:p=reject", "twice v:v=DMARC1"],
    );
    check(
        "v=DMARC1; p=none; rua=mailto:a@b.fr; mailto:c@d.fr",
        &["junk:mailto:c@d.fr"],
    );
    check(
        "v=DMARC1; p=none; rua=a@b.fr, mailto:c@d.fr, , x",
        &["rua mailto:a@b.fr:a@b.fr", "rua ?:", "rua ?:x"],
    );
    check(
        "v=DMARC1; p=none; ruf=mailto://a@b.fr",
        &["ruf mailto:a@b.fr:mailto://a@b.fr"],
    );
    check(
        "v=DMARC1; p=none; rua=mailto: a@b.fr",
        &["rua mailto:a@b.fr:mailto: a@b.fr"],
    );
    check(
        "v=DMARC1; p=none; rua=<a@b.fr>",
        &["rua mailto:a@b.fr:<a@b.fr>"],
    );
    check(
        "v=DMARC1; p=none; rua=mailto:a@b.fr!10m",
        &["size:mailto:a@b.fr!10m"],
    );
    check(
        "v=DMARC1; p=none; rua=mailto:a@b.fr!10x",
        &["rua mailto:a@b.fr:mailto:a@b.fr!10x"],
    );
    check("v=DMARC1; p=none; fo=0:1", &["fo ?:fo=0:1"]);
    check("v=DMARC1; p=none; fo=d:d", &["fo ?:fo=d:d"]);
    check("v=DMARC1; p=–none", &["p none:p=–none", "U+2013:–"]);
    check("v=DMARC1; p=none\n", &["control 10:\n"]);
}

#[test]
fn other_schemes_are_valid_and_their_hosts_known() {
    let record =
        parse("v=DMARC1; p=none; rua=https://r.exemple.fr:443/x?y,ftp:x,MAILTO:a@B.fr?subject=x");
    let hosts: Vec<Option<String>> = record
        .rua()
        .iter()
        .map(|address| address.host.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(
        hosts,
        [
            Some("r.exemple.fr".to_owned()),
            None,
            Some("b.fr".to_owned())
        ]
    );
    assert_eq!(record.rua()[2].mailbox(), Some("a@B.fr"));
    assert_eq!(record.faults, []);
}

#[test]
fn tags_are_set_and_removed_in_their_place() {
    let check = |text: &str, tag: TagName, value: Option<&str>, expect: &str| {
        let found = match value {
            Some(value) => parse(text).with_tag(tag, value),
            None => parse(text).without_tag(tag),
        };
        assert_eq!(found, expect);
    };
    let text = "v=DMARC1;p=none;rua=mailto:a@b.fr;x=1";
    check(
        text,
        TagName::P,
        Some("reject"),
        "v=DMARC1; p=reject; rua=mailto:a@b.fr; x=1",
    );
    check(
        text,
        TagName::Sp,
        Some("none"),
        "v=DMARC1; p=none; sp=none; rua=mailto:a@b.fr; x=1",
    );
    check(
        text,
        TagName::Fo,
        Some("1"),
        "v=DMARC1; p=none; rua=mailto:a@b.fr; fo=1; x=1",
    );
    check(text, TagName::Rua, None, "v=DMARC1; p=none; x=1");
    check(
        "v=DMARC1; rua=mailto:a@b.fr",
        TagName::P,
        Some("none"),
        "v=DMARC1; p=none; rua=mailto:a@b.fr",
    );
    check("v=DMARC1; p=none; P=reject", TagName::P, None, "v=DMARC1");
}

#[test]
fn a_record_is_repaired_throughout() {
    let check = |text: &str, expect: &str| {
        let fixed = parse(text).repaired();
        assert_eq!(fixed, expect, "{text}");
        let again = parse(&fixed);
        assert_eq!(again.repaired(), fixed);
        assert_eq!(again.reading().acts, Acts::AsWritten, "{fixed}");
    };
    check("v=DMARC1; p=nonne; sp=rejct", "v=DMARC1; p=none; sp=reject");
    check(
        "v=DMARC1; p=monitor; adkim=strict",
        "v=DMARC1; p=none; adkim=s",
    );
    check(
        "v=DMARC1; rua=a@b.fr",
        "v=DMARC1; p=none; rua=mailto:a@b.fr",
    );
    check(
        "v=DMARC1; p=none rua=mailto:a@b.fr",
        "v=DMARC1; p=none; rua=mailto:a@b.fr",
    );
    check(
        "v=DMARC1; p=none, rua=mailto:a@b.fr, mailto:c@d.fr, fo=1",
        "v=DMARC1; p=none; rua=mailto:a@b.fr,mailto:c@d.fr; fo=1",
    );
    check(
        "v=DMARC1; p=none; rua=“mailto:a@b.fr”",
        "v=DMARC1; p=none; rua=mailto:a@b.fr",
    );
    check(
        "v=DMARC1; p=none; rua=mailto:a@b.fr;mailto:c@d.fr!10m",
        "v=DMARC1; p=none; rua=mailto:a@b.fr,mailto:c@d.fr",
    );
    check(
        "v=DMARC1; p=reject; rau=mailto:a@b.fr; p=none; junk; x=1",
        "v=DMARC1; p=reject; rua=mailto:a@b.fr; x=1",
    );
    check("v=DMARC1;\tp=none;\n", "v=DMARC1; p=none");
    // A name that is put right makes a value that has to be put right too.
    check("v=DMARC1;sE=", "v=DMARC1; p=none");
    check("v=DMARC1; p=none; adkm=x", "v=DMARC1; p=none");
}

#[test]
fn what_was_meant_for_dmarc_is_recognised_and_repaired() {
    use NearMissKind::{LeadingSpace, LookAlike, Misspelt, Quoted, VersionCase, VersionNotFirst};
    let check = |text: &str, kind: NearMissKind, fixed: &str| {
        let found = near_miss(text.as_bytes()).unwrap_or_else(|| panic!("not seen: {text}"));
        assert_eq!((found.kind, found.fixed.as_str()), (kind, fixed), "{text}");
    };
    check(" v=DMARC1; p=reject", LeadingSpace, "v=DMARC1; p=reject");
    check("\"v=DMARC1; p=reject\"", Quoted, "v=DMARC1; p=reject");
    check("'v=DMARC1; p=reject'", Quoted, "v=DMARC1; p=reject");
    check("v=DMARC1\\; p=reject\\;", Quoted, "v=DMARC1; p=reject");
    check("“v=DMARC1; p=reject”", LookAlike, "v=DMARC1; p=reject");
    check(
        "\u{feff}v=DMARC1; p=reject",
        LookAlike,
        "v=DMARC1; p=reject",
    );
    check("v=DMARC1\u{a0}; p=reject", LookAlike, "v=DMARC1; p=reject");
    check("xxxv=DMARC1; p=reject", Misspelt, "v=DMARC1; p=reject");
    check("TXT=v=DMARC1; p=reject", Misspelt, "v=DMARC1; p=reject");
    check("v=dmarc1; p=reject", VersionCase, "v=DMARC1; p=reject");
    check("V=Dmarc1;p=reject", VersionCase, "v=DMARC1; p=reject");
    check("p=reject; v=DMARC1", VersionNotFirst, "v=DMARC1; p=reject");
    check(
        "rua=mailto:a@b.fr; v=dmarc1; p=reject",
        VersionNotFirst,
        "v=DMARC1; rua=mailto:a@b.fr; p=reject",
    );
    check("v=DMARC; p=none", Misspelt, "v=DMARC1; p=none");
    check("v=DMARC1 p=none", Misspelt, "v=DMARC1; p=none");
    check(
        "v=DMARC1, p=none, sp=reject",
        Misspelt,
        "v=DMARC1; p=none; sp=reject",
    );
    check("v=DMARC1: p=none", Misspelt, "v=DMARC1; p=none");
    check("v:DMARC1; p=none", Misspelt, "v=DMARC1; p=none");
    check("v=DMRAC1; p=none", Misspelt, "v=DMARC1; p=none");
    check("v=DMARK1; p=none", Misspelt, "v=DMARC1; p=none");
    check("v=DMARC2; p=none", Misspelt, "v=DMARC1; p=none");
    check("v==DMARC1; p=none", Misspelt, "v=DMARC1; p=none");
    check("DMARC1; p=none", Misspelt, "v=DMARC1; p=none");
    check("vDMARC1; p=none", Misspelt, "v=DMARC1; p=none");
    check("v=DMARC1p=none", Misspelt, "v=DMARC1; p=none");
    check("_dmarc v=DMARC1; p=none", Misspelt, "v=DMARC1; p=none");
    check(
        "_dmarc IN TXT \"v=DMARC1; p=none\"",
        Misspelt,
        "v=DMARC1; p=none",
    );
    check("TXT v=DMARC1; p=none", Misspelt, "v=DMARC1; p=none");
    check(
        "p=none; rua=mailto:a@b.fr",
        Misspelt,
        "v=DMARC1; p=none; rua=mailto:a@b.fr",
    );
    // Not the version alone.
    check(
        "v=dmarc1; p=nonne; rua=a@b.fr",
        VersionCase,
        "v=DMARC1; p=none; rua=mailto:a@b.fr",
    );
}

#[test]
fn what_has_nothing_to_do_with_dmarc_is_left_alone() {
    for text in [
        "v=DMARC1; p=none",
        "v=spf1 include:_spf.exemple.fr -all",
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ",
        "v=BIMI1; l=https://exemple.fr/l.svg",
        "v=STSv1; id=1",
        "google-site-verification=abcdefghijklmnop",
        "dmarc-verification=abcdef; p=none",
        "dmarcian-site-verification=123; p=none",
        "dmarc_token=v=DMARC1",
        "MS=ms12345678",
        "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ",
        "we are working on DMARC here; p=none",
        "dmarc is set up by the IT department",
        "v=verifydomain MS=1; p=1",
        "",
        ";",
        "\"\"",
    ] {
        assert_eq!(near_miss(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn a_hostile_record_has_a_bounded_number_of_faults() {
    let text = format!("v=DMARC1; p=reject; {}", "ru=1;rua=x,x,x,x;q;".repeat(3000));
    let record = parse(&text);
    assert_eq!(record.faults.len(), FAULTS_MAX);
    assert_eq!(record.reading().p, Policy::Reject);
    // A wrong policy behind all of these is found all the same.
    let record = parse(&format!("{text}; sp=x"));
    assert_eq!(record.reading().acts, Acts::Nothing);
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn policy() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["none", "quarantine", "reject"])
    }

    prop_compose! {
        fn tags()(
            p in policy(),
            sp in prop::option::of(policy()),
            np in prop::option::of(policy()),
            t in prop::option::of(prop::sample::select(vec!["y", "n"])),
            psd in prop::option::of(prop::sample::select(vec!["y", "n", "u"])),
            adkim in prop::option::of(prop::sample::select(vec!["r", "s"])),
            rua in prop::collection::vec("mailto:[a-z]{1,8}@[a-z]{1,8}\\.fr", 0..3),
        ) -> Vec<(TagName, String)> {
            let mut tags = vec![(TagName::P, p.to_owned())];
            let more = [
                (TagName::Sp, sp), (TagName::Np, np), (TagName::T, t),
                (TagName::Psd, psd), (TagName::Adkim, adkim),
            ];
            tags.extend(more.into_iter().filter_map(|(tag, v)| Some((tag, v?.to_owned()))));
            if !rua.is_empty() {
                tags.push((TagName::Rua, rua.join(",")));
            }
            tags
        }
    }

    proptest! {
        #[test]
        fn a_record_that_is_put_together_reads_as_it_was_meant(tags in tags(), order in any::<u64>()) {
            let mut shuffled = tags.clone();
            let middle = usize::try_from(order % 7).expect("small") % tags.len();
            shuffled.rotate_left(middle);
            let mut text = "v=DMARC1".to_owned();
            for (tag, value) in shuffled {
                text = parse(&text).with_tag(tag, &value);
            }
            let record = parse(&text);
            prop_assert_eq!(&record.faults, &Vec::new());
            prop_assert_eq!(record.repaired(), text.as_str());
            let again = parse(&record.repaired());
            prop_assert_eq!(again.reading(), record.reading());
            for (tag, _) in tags {
                let without = parse(&text).without_tag(tag);
                let gone = format!("; {tag}=");
                prop_assert!(!without.contains(&gone));
            }
        }

        #[test]
        fn no_octets_make_a_reader_panic(text in prop::collection::vec(any::<u8>(), 0..300)) {
            near_miss(&text);
            let text = [b"v=DMARC1;".as_slice(), &text].concat();
            let record = PolicyRecord::parse(&text).expect("a record");
            let fixed = record.repaired();
            let again = PolicyRecord::parse(fixed.as_bytes()).expect("a repaired record is one");
            prop_assert_eq!(again.reading().acts, Acts::AsWritten);
        }

        #[test]
        fn no_text_of_likely_pieces_makes_a_reader_panic(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "v", "=", "DMARC1", "dmarc", ";", " ", ",", ":", "p", "none", "rua", "mailto:", "a@b.fr",
                "\"", "\\", "“", "!10m", "TXT", "_dmarc", "\u{feff}", "spf1", "\n",
            ]), 0..20),
        ) {
            let text = pieces.concat();
            if let Some(found) = near_miss(text.as_bytes()) {
                prop_assert!(PolicyRecord::parse(text.as_bytes()).is_none());
                let fixed = PolicyRecord::parse(found.fixed.as_bytes()).expect("a record");
                prop_assert_eq!(fixed.reading().acts, Acts::AsWritten);
            }
        }
    }
}
