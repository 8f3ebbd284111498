//! Reading records: the grammar of RFC 7208, section 12, and the place of every fault.

use garant_msgauth::spf::{Mechanism, Qualifier, Reason, Record, TermKind};
use proptest::prelude::*;

/// The terms and faults of `v=spf1` and these terms: `shortest form` or `reason(part at fault)`.
#[track_caller]
fn check(terms: &str, expect: &[&str]) {
    let text = format!("v=spf1 {terms}");
    let record = Record::parse(text.as_bytes());
    let part = |span: garant_msgauth::Span| {
        String::from_utf8_lossy(&text.as_bytes()[span.start..span.end]).into_owned()
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    for term in &record.terms {
        found.push((term.span.start, term.kind.to_string()));
        let again = Record::parse(format!("v=spf1 {}", part(term.span)).as_bytes());
        assert_eq!(again.terms[0].kind, term.kind, "the span of {terms:?}");
    }
    for fault in &record.faults {
        assert!(fault.span.start <= fault.part.start && fault.part.end <= fault.span.end);
        found.push((
            fault.span.start,
            format!("{:?}({})", fault.reason, part(fault.part)),
        ));
    }
    found.sort();
    let found: Vec<String> = found.into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, expect, "{terms:?}");
    assert_eq!(record.is_valid(), record.faults.is_empty());
}

#[test]
fn every_kind_of_term_is_read_into_its_shortest_form() {
    check("", &[]);
    check("   ", &[]);
    check(
        "all  +ALL -All ~all ?all ",
        &["all", "all", "-all", "~all", "?all"],
    );
    check(
        "include:_spf.exemple.fr -Include:a.fr.",
        &["include:_spf.exemple.fr", "-include:a.fr."],
    );
    check(
        "a a:b.fr a/24 a//64 a/24//64",
        &["a", "a:b.fr", "a/24", "a//64", "a/24//64"],
    );
    check(
        "MX mx:b.fr/0 mx/32//128 mx:%{d2}/8",
        &["mx", "mx:b.fr/0", "mx", "mx:%{d2}/8"],
    );
    check(
        "a:x/y.fr/24 a:x//64.fr a:x:y.fr",
        &["a:x/y.fr/24", "a:x//64.fr", "a:x:y.fr"],
    );
    check("a:%{d1/}/24//64", &["a:%{d1/}/24//64"]);
    check("ptr ptr:b.fr ?ptr:%{d}", &["ptr", "ptr:b.fr", "?ptr:%{d}"]);
    check(
        "ip4:192.0.2.1 ip4:192.0.2.7/24 ip4:0.0.0.0/0 ip4:192.0.2.1/32",
        &[
            "ip4:192.0.2.1",
            "ip4:192.0.2.7/24",
            "ip4:0.0.0.0/0",
            "ip4:192.0.2.1",
        ],
    );
    check(
        "ip6:2001:DB8::1 ip6:::/0 ip6:::ffff:192.0.2.1/96",
        &["ip6:2001:db8::1", "ip6:::/0", "ip6:::ffff:192.0.2.1/96"],
    );
    check(
        "exists:%{ir}.%{v}._spf.%{d2} exists:%{S}.b.fr",
        &["exists:%{ir}.%{v}._spf.%{d2}", "exists:%{S}.b.fr"],
    );
    check(
        "redirect=b.fr exp=%{i}.b.fr",
        &["redirect=b.fr", "exp=%{i}.b.fr"],
    );
    check("REDIRECT=%{d} Exp=b.fr", &["redirect=%{d}", "exp=b.fr"]);
    check(
        "x= moo.cow-far_out=man:dog/cat ip4=192.0.2.1 t=%{t}",
        &[
            "x=",
            "moo.cow-far_out=man:dog/cat",
            "ip4=192.0.2.1",
            "t=%{t}",
        ],
    );
}

#[test]
fn every_fault_has_its_reason_and_its_place() {
    check(
        "foo -foo:b.fr fo/24",
        &[
            "UnknownMechanism(foo)",
            "UnknownMechanism(foo)",
            "UnknownMechanism(fo)",
        ],
    );
    check("- +-all", &["UnknownMechanism()", "UnknownMechanism(-all)"]);
    check(
        "redirect:b.fr all. 192.0.2.1",
        &[
            "UnknownMechanism(redirect)",
            "UnknownMechanism(all.)",
            "UnknownMechanism(192.0.2.1)",
        ],
    );
    check(
        "include:localhost a:192.0.2.1 mx:b.fr:25 ptr:b.-fr exists:b.fr/24",
        &[
            "BadDomain(localhost)",
            "BadDomain(192.0.2.1)",
            "BadDomain(b.fr:25)",
            "BadDomain(b.-fr)",
            "BadDomain(b.fr/24)",
        ],
    );
    check(
        "redirect=-all exp=localhost.",
        &["BadDomain(-all)", "BadDomain(localhost.)"],
    );
    check(
        "ip4:192.0.2 ip4:192.0.2.256 ip4:192.0.02.1 ip4:b.fr ip4:192.0.2.1:25/24 ip4:/24",
        &[
            "BadIp4(192.0.2)",
            "BadIp4(192.0.2.256)",
            "BadIp4(192.0.02.1)",
            "BadIp4(b.fr)",
            "BadIp4(192.0.2.1:25)",
            "BadIp4()",
        ],
    );
    check(
        "ip6:192.0.2.1 ip6:2001:db8 ip6::2001::1 ip6:fe80::1%eth0",
        &[
            "BadIp6(192.0.2.1)",
            "BadIp6(2001:db8)",
            "BadIp6(:2001::1)",
            "BadIp6(fe80::1%eth0)",
        ],
    );
    check(
        "ip4:192.0.2.1/33 ip4:192.0.2.1/024 ip4:192.0.2.1//24 ip4:192.0.2.1/ ip4:192.0.2.1/x ip4:192.0.2.1/+8",
        &[
            "BadPrefixLength(33)",
            "BadPrefixLength(024)",
            "BadPrefixLength(/24)",
            "BadPrefixLength()",
            "BadPrefixLength(x)",
            "BadPrefixLength(+8)",
        ],
    );
    check(
        "ip6:::1/129 a/33 a//129 a/24/64 mx/ mx/x a:b.fr/00 mx//99999999999999999999",
        &[
            "BadPrefixLength(129)",
            "BadPrefixLength(33)",
            "BadPrefixLength(129)",
            "BadPrefixLength(/24)",
            "BadPrefixLength(/)",
            "BadPrefixLength(/x)",
            "BadPrefixLength(00)",
            "BadPrefixLength(99999999999999999999)",
        ],
    );
    check(
        "exists:%{z}.b.fr a:x%.b.fr include:%(i).b.fr exists:%{d0} ptr:%{c}.b.fr x=%a redirect=b%{.fr",
        &[
            "BadMacro(%{z})",
            "BadMacro(%)",
            "BadMacro(%)",
            "BadMacro(%{d0})",
            "BadMacro(%{c})",
            "BadMacro(%)",
            "BadMacro(%{.fr)",
        ],
    );
    check(
        "include include: exists exists: ip4 ip4: ip6 include/24",
        &[
            "MissingArgument()",
            "MissingArgument(:)",
            "MissingArgument()",
            "MissingArgument(:)",
            "MissingArgument()",
            "MissingArgument(:)",
            "MissingArgument()",
            "MissingArgument(/24)",
        ],
    );
    check("a: mx: ptr: redirect= exp=", &["MissingArgument()"; 5]);
    check(
        "all:b.fr -all/8 ptr/24",
        &[
            "UnexpectedArgument(:b.fr)",
            "UnexpectedArgument(/8)",
            "UnexpectedArgument(/24)",
        ],
    );
    check(
        "redirect=a.fr Redirect=b.fr exp=c.fr exp=d.fr",
        &[
            "redirect=a.fr",
            "RepeatedModifier(Redirect=b.fr)",
            "exp=c.fr",
            "RepeatedModifier(exp=d.fr)",
        ],
    );
    check(
        "1x=y =all -redirect=b.fr é",
        &[
            "BadModifierName(1x)",
            "BadModifierName()",
            "BadModifierName(-redirect)",
            "NotAscii(é)",
        ],
    );
    check(
        "–all a:b\u{a0}.fr mx\ta a\0 -all\r\n",
        &[
            "NotAscii(–)",
            "NotAscii(\u{a0})",
            "ControlCharacter(\t)",
            "ControlCharacter(\0)",
            "ControlCharacter(\r\n)",
        ],
    );
    check(
        "all mx:localhost -all",
        &["all", "BadDomain(localhost)", "-all"],
    );
}

#[test]
fn what_is_no_spf_record_has_one_fault() {
    for text in [
        "",
        "v=spf10 -all",
        "v=spf1\t-all",
        " v=spf1",
        "spf2.0/pra",
        "v=DMARC1; p=none",
        "é",
    ] {
        let record = Record::parse(text.as_bytes());
        assert!(record.terms.is_empty());
        let reasons: Vec<Reason> = record.faults.iter().map(|fault| fault.reason).collect();
        assert_eq!(reasons, [Reason::NotSpf], "{text:?}");
    }
    assert!(Record::parse(b"V=SPF1").is_valid());
}

#[test]
fn octets_that_are_no_utf8_are_faults_with_octet_places() {
    let record = Record::parse(b"v=spf1 mx \x96all");
    let fault = record.faults[0];
    assert_eq!(
        (fault.reason, fault.part.start, fault.part.end),
        (Reason::NotAscii, 10, 11)
    );
    assert_eq!((fault.span.start, fault.span.end), (10, 14));
}

#[test]
fn a_record_tells_what_is_never_read() {
    let record = Record::parse(b"v=spf1 mx redirect=a.fr ~all a exp=b.fr include:c.fr -all");
    assert_eq!(record.all(), Some((2, Qualifier::SoftFail)));
    assert_eq!(record.directives_after_all().collect::<Vec<_>>(), [3, 5, 6]);
    assert_eq!(record.redirect().map(|(index, _)| index), Some(1));
    assert_eq!(record.explanation().map(|(index, _)| index), Some(4));
    let record = Record::parse(b"v=spf1 mx include:A.fr ?MX a include:a.FR a/24 a:b.fr x=1 x=1");
    assert_eq!(record.repeated_directives(), [2, 4]);
    assert_eq!(record.all(), None);
    assert_eq!(record.directives_after_all().count(), 0);
}

#[test]
fn the_range_that_an_address_authorises_has_no_bits_beyond_its_prefix() {
    for (term, expect, host_bits) in [
        ("ip4:192.0.2.7", "192.0.2.7/32", false),
        ("ip4:192.0.2.7/24", "192.0.2.0/24", true),
        ("ip4:192.0.2.0/24", "192.0.2.0/24", false),
        ("ip4:192.0.2.7/0", "0.0.0.0/0", true),
        ("ip6:2001:db8::1/64", "2001:db8::/64", true),
        ("ip6:2001:db8::1", "2001:db8::1/128", false),
        ("ip6:2001:db8::1/0", "::/0", true),
    ] {
        let record = Record::parse(format!("v=spf1 {term}").as_bytes());
        let TermKind::Directive(directive) = &record.terms[0].kind else {
            panic!("a directive: {term}");
        };
        let (first, prefix) = directive.mechanism.range().expect("a range");
        assert_eq!(format!("{first}/{prefix}"), expect, "{term}");
        assert_eq!(directive.mechanism.has_host_bits(), host_bits, "{term}");
    }
    assert_eq!(Mechanism::All.range(), None);
    assert!(!Mechanism::All.has_host_bits());
}

#[test]
fn a_record_of_many_terms_is_read_in_one_pass() {
    let text = format!("v=spf1{}", " a".repeat(32_000));
    let record = Record::parse(text.as_bytes());
    assert_eq!(record.terms.len(), 32_000);
    assert_eq!(record.repeated_directives().len(), 31_999);
    let word = format!("v=spf1 {}", "%{d}".repeat(16_000));
    assert_eq!(Record::parse(word.as_bytes()).faults.len(), 1);
}

fn domain_spec() -> impl Strategy<Value = String> {
    let macros = "%\\{[slodipvhSLODIPVH][1-9]{0,2}r?[-.+,/_=]{0,2}\\}|%%|%_|%-";
    let literal = "[!-$&-~]{0,8}";
    let end = format!("\\.[a-z0-9]{{0,3}}[a-z][a-z0-9]{{0,3}}\\.?|{macros}");
    let text = format!("(({literal})({macros})?){{0,3}}({end})");
    proptest::string::string_regex(&text).expect("a regular expression")
}

fn term() -> impl Strategy<Value = String> {
    let mechanism = prop_oneof![
        Just("all".to_owned()),
        domain_spec().prop_map(|d| format!("include:{d}")),
        domain_spec().prop_map(|d| format!("exists:{d}")),
        Just("ptr".to_owned()),
        domain_spec().prop_map(|d| format!("ptr:{d}")),
        (
            "a|mx",
            prop::option::of(domain_spec()),
            prop::option::of(0u8..=32),
            prop::option::of(0u8..=128)
        )
            .prop_map(|(name, domain, ip4, ip6)| {
                let domain = domain.map(|d| format!(":{d}")).unwrap_or_default();
                let ip4 = ip4.map(|bits| format!("/{bits}")).unwrap_or_default();
                let ip6 = ip6.map(|bits| format!("//{bits}")).unwrap_or_default();
                format!("{name}{domain}{ip4}{ip6}")
            }),
        (any::<std::net::Ipv4Addr>(), 0u8..=32).prop_map(|(a, bits)| format!("ip4:{a}/{bits}")),
        (any::<std::net::Ipv6Addr>(), 0u8..=128).prop_map(|(a, bits)| format!("ip6:{a}/{bits}")),
    ];
    prop_oneof![
        9 => ("[-+~?]?", mechanism).prop_map(|(q, m)| format!("{q}{m}")),
        1 => "[a-z][a-z0-9_.-]{3,8}=[!-$&-~]{0,9}",
    ]
}

proptest! {
    #[test]
    fn a_valid_record_prints_and_reads_to_the_same(terms in prop::collection::vec(term(), 0..8)) {
        let text = format!("v=spf1 {}", terms.join("  "));
        let record = Record::parse(text.as_bytes());
        prop_assert!(record.is_valid(), "{}: {:?}", text, record.faults);
        prop_assert_eq!(record.terms.len(), terms.len());
        let printed = record.to_string();
        let again = Record::parse(printed.as_bytes());
        let kinds = |record: &Record| record.terms.iter().map(|t| t.kind.clone()).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&again), kinds(&record), "{}", printed);
        prop_assert_eq!(again.to_string(), printed);
    }

    #[test]
    fn every_octet_string_is_read(text in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut record = b"v=spf1 ".to_vec();
        record.extend(text);
        let parsed = Record::parse(&record);
        let words = record.split(|b| *b == b' ').filter(|word| !word.is_empty()).count();
        prop_assert_eq!(parsed.terms.len() + parsed.faults.len() + 1, words);
    }

    #[test]
    fn every_text_of_the_alphabet_of_spf_is_read(text in "[-a-z0-9.:/=%{}+~? ]{0,80}") {
        let record = Record::parse(format!("v=spf1 {text}").as_bytes());
        for fault in &record.faults {
            prop_assert!(fault.part.start <= fault.part.end);
            prop_assert!(fault.part.end <= text.len() + 7);
        }
    }
}
