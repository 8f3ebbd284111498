//! DKIM key records: every way in which one is broken, and what is to be published instead.

mod keys;

use garant_dns::{Alias, Answer, Data, Name, Record, Source, Status, Txt};
use garant_msgauth::dkim::{Encoding, KeyRecord, PublicKey, Reason, select, split_in_two};
use keys::{base64, fill, pkcs1, spki};

const ED25519: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const ED25519_SPKI: &str = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn parse(text: &str) -> KeyRecord {
    KeyRecord::parse(fill(text).as_bytes())
}

/// The result, then each fault with the text of its span (of the first 12 octets of it).
#[track_caller]
fn check(text: &str, result: &str, faults: &[&str]) -> KeyRecord {
    let record = parse(text);
    let found: Vec<String> = record
        .faults
        .iter()
        .map(|fault| {
            let text = fill(text);
            let at = &text.as_bytes()[fault.span.start..fault.span.end];
            let at = String::from_utf8_lossy(&at[..at.len().min(12)]).into_owned();
            let what = match &fault.reason {
                Reason::VersionNotFirst => "version not first".to_owned(),
                Reason::VersionUnknown { value } => format!("version {value}"),
                Reason::NoKey => "no key".to_owned(),
                Reason::Unreadable => "unreadable".to_owned(),
                Reason::DuplicateTag { name } => format!("twice {name}"),
                Reason::Quoted => "quoted".to_owned(),
                Reason::PemArmor { private } => format!("pem {private}"),
                Reason::NotBase64 { character, column } => format!("base64 {character} {column}"),
                Reason::Truncated { expected, found } => format!("truncated {found}/{expected}"),
                Reason::KeyFormat => "format".to_owned(),
                Reason::Ed25519Wrapped => "wrapped".to_owned(),
                Reason::KeyTypeUnknown { value } => format!("type {value}"),
                Reason::KeyTypeMismatch { value, found } => {
                    format!("{value} is {}", found.as_str())
                }
                Reason::ShortKey { bits } => format!("short {bits}"),
                Reason::Sha1Only => "sha1".to_owned(),
                Reason::HashUnknown { value } => format!("hash {value}"),
                Reason::OtherService { value } => format!("service {value}"),
                Reason::Testing => "testing".to_owned(),
                Reason::Pkcs1 => "pkcs1".to_owned(),
            };
            format!("{what}: {at}")
        })
        .collect();
    assert_eq!(
        (record.result(), found.as_slice()),
        (result, owned(faults).as_slice()),
        "{text}"
    );
    record
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn keys_are_read_whatever_their_tags() {
    let rsa = |bits| {
        Some(PublicKey::Rsa {
            bits,
            encoding: Encoding::Spki,
        })
    };
    let check = |text: &str, key: Option<PublicKey>| {
        assert_eq!(check(text, "valid", &[]).key, key, "{text}");
    };
    check("v=DKIM1; k=rsa; p=@RSA2048@", rsa(2048));
    check("p=@RSA1024@", rsa(1024));
    check("v=DKIM1;p=@RSA2048@;", rsa(2048));
    check(
        " v = DKIM1 ; h=sha1 : sha256; s=*; n=notes; x=1; p = @RSA2048_SPACED@ ",
        rsa(2048),
    );
    check("v=DKIM1; k=RSA; s=email:other; t=s; p=@RSA2048@", rsa(2048));
    check("v=DKIM1; p=\r\n @RSA2048@\r\n ", rsa(2048));
    // Padding may be left out.
    let bare = base64(&spki(2048));
    check(&format!("p={}", bare.trim_end_matches('=')), rsa(2048));
    let ed25519 = format!("v=DKIM1; k=ed25519; p={ED25519}");
    let record = check_key(&ed25519);
    assert_eq!((record.algorithm(), record.bits()), ("ed25519", 256));
}

fn check_key(text: &str) -> PublicKey {
    check(text, "valid", &[]).key.expect("a key")
}

#[test]
fn every_fault_is_named_and_placed() {
    check("v=DKIM1; p=", "revoked", &[]);
    check("v=DKIM1; k=rsa; p=;", "revoked", &[]);
    check(
        "k=rsa; v=DKIM1; p=@RSA2048@",
        "invalid",
        &["version not first: v=DKIM1"],
    );
    check(
        "v=DKIM2; p=@RSA2048@",
        "invalid",
        &["version DKIM2: v=DKIM2"],
    );
    check(
        "v=dkim1; p=@RSA2048@",
        "invalid",
        &["version dkim1: v=dkim1"],
    );
    check("v=DKIM1; k=rsa", "invalid", &["no key: "]);
    check("", "invalid", &["no key: "]);
    check(
        "v=DKIM1; hello; p=@RSA2048@",
        "invalid",
        &["unreadable: hello"],
    );
    check("v=DKIM1;; p=@RSA2048@", "invalid", &["unreadable: "]);
    check("p=@RSA2048@; p=", "invalid", &["twice p: p="]);
    check("v=DKIM1; P=@RSA2048@", "invalid", &["no key: "]);
    check("v=DKIM1; k=dsa; p=AAAA", "invalid", &["type dsa: k=dsa"]);
    check("v=DKIM1; h=sha1; p=@RSA2048@", "invalid", &["sha1: h=sha1"]);
    check(
        "v=DKIM1; h=md5; p=@RSA2048@",
        "invalid",
        &["hash md5: h=md5"],
    );
    check("v=DKIM1; t=s:y; p=@RSA2048@", "valid", &["testing: t=s:y"]);
    let other = check(
        "v=DKIM1; s=tlsrpt; p=@RSA2048@",
        "valid",
        &["service tlsrpt: s=tlsrpt"],
    );
    assert!(!other.is_usable_for_mail());
    check("p=@RSA2048_PKCS1@", "valid", &["pkcs1: MIIBCgKCAQEA"]);
    check("p=@RSA512@", "invalid", &["short 512: MFwwDQYJKoZI"]);
    check("p=AAAA", "invalid", &["format: AAAA"]);
    check("p=A", "invalid", &["format: A"]);
    check("p=AB–CD", "invalid", &["base64 – 5: –"]);
    check("n=é; p=AB*D", "invalid", &["base64 * 10: *"]);
    check("p=AB=C", "invalid", &["base64 C 6: C"]);
    check(
        &format!("p={ED25519}"),
        "invalid",
        &["rsa is ed25519: 11qYAYKxCrfV"],
    );
    check(
        &format!("k=rsa; p={ED25519_SPKI}"),
        "invalid",
        &["rsa is ed25519: MCowBQYDK2Vw"],
    );
    check(
        "k=ed25519; p=@RSA2048@",
        "invalid",
        &["ed25519 is rsa: MIIBIjANBgkq"],
    );
    check(
        &format!("k=ed25519; p={ED25519_SPKI}"),
        "invalid",
        &["wrapped: MCowBQYDK2Vw"],
    );
    check("k=ed25519; p=AAAA", "invalid", &["truncated 3/32: AAAA"]);
    check(
        "p=-----BEGIN PUBLIC KEY-----@RSA2048@-----END PUBLIC KEY-----",
        "invalid",
        &["pem false: p=-----BEGIN"],
    );
}

#[test]
fn a_key_that_was_cut_off_says_how_much_is_missing() {
    let key = base64(&spki(2048));
    // Cut at 255 characters of the whole record, as some hosts do.
    let record = format!("v=DKIM1; k=rsa; p={key}");
    check(
        &record[..255],
        "invalid",
        &["truncated 177/294: MIIBIjANBgkq"],
    );
    for cut in 24..key.len() - 4 {
        let record = parse(&format!("p={}", &key[..cut]));
        let [fault] = record.faults.as_slice() else {
            panic!("{:?}", record.faults);
        };
        assert!(
            matches!(fault.reason, Reason::Truncated { expected: 294, .. }),
            "{fault:?}"
        );
        assert_eq!(record.repaired(), None);
    }
    check(
        &format!("p={}", base64(&pkcs1(1024)[..100])),
        "invalid",
        &["truncated 100/140: MIGJAoGBAOKN"],
    );
}

#[test]
fn quotes_and_backslashes_are_one_fault() {
    check(
        "\"v=DKIM1; k=rsa; p=@RSA2048@\"",
        "invalid",
        &["quoted: \""],
    );
    check(
        "v=DKIM1\\; k=rsa\\; p=@RSA2048@",
        "invalid",
        &["quoted: \\"],
    );
    check(
        "v=DKIM1; p=@RSA2048_A@\" \"@RSA2048_B@",
        "invalid",
        &["quoted: \""],
    );
    // Harmless where they stand.
    check("v=DKIM1; n=\"notes\"; p=@RSA2048@", "valid", &[]);
    // Not the only fault.
    check(
        "v=DKIM1\\; p=A",
        "invalid",
        &["version DKIM1\\: v=DKIM1\\", "format: A"],
    );
}

#[test]
fn a_record_is_repaired_throughout() {
    let check = |text: &str, expect: Option<&str>| {
        let fixed = parse(text).repaired();
        assert_eq!(fixed, expect.map(fill), "{text}");
        if let Some(fixed) = fixed {
            assert_eq!(parse(&fixed).repaired().as_deref(), Some(fixed.as_str()));
        }
    };
    let rsa = Some("v=DKIM1; k=rsa; p=@RSA2048@");
    check("k=rsa; v=DKIM1; p=@RSA2048@", rsa);
    check("v=DKIM2; p=@RSA2048_SPACED@", rsa);
    check("\"v=DKIM1; k=rsa; p=@RSA2048_A@\" \"@RSA2048_B@\"", rsa);
    check(
        "p=-----BEGIN PUBLIC KEY-----\r\n @RSA2048@\r\n -----END PUBLIC KEY-----",
        rsa,
    );
    check("v=DKIM1; h=sha1; s=tlsrpt; k=ed25519; p=@RSA2048@", rsa);
    check("v=DKIM1;; p=@RSA2048@; p=", rsa);
    check("“v=DKIM1; p=@RSA2048@”", rsa);
    check(
        "v=dkim1; t=s; n=x; p=@RSA2048@",
        Some("v=DKIM1; k=rsa; t=s; n=x; p=@RSA2048@"),
    );
    let ed25519 = format!("v=DKIM1; k=ed25519; p={ED25519}");
    check(&format!("p={ED25519_SPKI}"), Some(&ed25519));
    check(&format!("k=ed25519; p={ED25519_SPKI}"), Some(&ed25519));
    check("v=DKIM1; p=", Some("v=DKIM1; k=rsa; p="));
    check(
        "p=-----BEGIN RSA PRIVATE KEY-----@RSA2048@-----END RSA PRIVATE KEY-----",
        None,
    );
    check("p=@RSA512@", None);
    check("p=AAAA", None);
    check("v=DKIM1; k=rsa", None);
    assert_eq!(
        parse("v=DKIM1; t=y:s; p=").without_testing(),
        "v=DKIM1; t=s; p="
    );
    assert_eq!(parse("v=DKIM1; t=y; p=;").without_testing(), "v=DKIM1; p=");
}

#[test]
fn a_key_in_two_records_is_put_together() {
    let check = |texts: &[&str], expect: Option<&str>| {
        let texts: Vec<Txt> = texts
            .iter()
            .map(|t| Txt::from_bytes(fill(t).as_bytes()))
            .collect();
        assert_eq!(split_in_two(&texts), expect.map(fill));
    };
    let whole = Some("v=DKIM1; k=rsa; p=@RSA2048@");
    check(&["v=DKIM1; k=rsa; p=@RSA2048_A@", "@RSA2048_B@"], whole);
    check(&["@RSA2048_B@", "v=DKIM1; k=rsa; p=@RSA2048_A@"], whole);
    check(&["v=DKIM1; k=rsa; p=@RSA2048@", "@RSA2048_B@"], None);
    check(&["v=DKIM1; k=rsa; p=@RSA2048_A@", "v=DKIM1; p="], None);
    check(&["v=DKIM1; k=rsa; p=@RSA2048_A@"], None);
    check(&[], None);
}

fn answer(status: Status, alias: bool, texts: &[&str]) -> Answer {
    let name = |text: &str| text.parse::<Name>().expect("valid");
    let owner = name("s._domainkey.exemple.fr");
    let record = |text: &&str| Record {
        owner: owner.clone(),
        ttl: 300,
        data: Data::Txt(Txt::from_bytes(fill(text).as_bytes())),
    };
    let mut answer = Answer::bare(status, Source::Zone);
    answer.records = texts.iter().map(record).collect();
    answer.aliases.extend(alias.then(|| Alias {
        owner: owner.clone(),
        target: name("s.cible.example"),
        ttl: 300,
    }));
    answer
}

#[test]
fn what_stands_at_a_selector_is_sorted() {
    let check = |answer: Answer, result: &str, keys: usize, others: usize, dangling: bool| {
        let found = select(&answer);
        let counts = (
            found.keys.len(),
            found.others.len(),
            found.dangling.is_some(),
        );
        assert_eq!(
            (found.result(), counts),
            (result, (keys, others, dangling)),
            "{answer:?}"
        );
    };
    let found = Status::Found;
    check(answer(found, false, &["p=@RSA2048@"]), "valid", 1, 0, false);
    check(answer(found, true, &["p=@RSA2048@"]), "valid", 1, 0, false);
    check(
        answer(found, false, &["v=DKIM1; p="]),
        "revoked",
        1,
        0,
        false,
    );
    check(answer(found, false, &["v=spf1 -all"]), "none", 0, 1, false);
    check(
        answer(found, false, &["v=DMARC1; p=none"]),
        "none",
        0,
        1,
        false,
    );
    check(
        answer(found, false, &["site-verification=abc"]),
        "none",
        0,
        1,
        false,
    );
    check(
        answer(found, false, &["\"v=DKIM1; k=rsa\""]),
        "invalid",
        1,
        0,
        false,
    );
    check(answer(found, false, &["v=DKIM1"]), "invalid", 1, 0, false);
    check(
        answer(found, false, &["p=@RSA2048@", "p=@RSA1024@"]),
        "invalid",
        2,
        0,
        false,
    );
    check(
        answer(found, false, &["p=@RSA2048@", "other"]),
        "invalid",
        1,
        1,
        false,
    );
    check(answer(Status::NxDomain, false, &[]), "none", 0, 0, false);
    check(answer(Status::NxDomain, true, &[]), "none", 0, 0, true);
    check(answer(Status::NoData, true, &[]), "none", 0, 0, true);
    check(answer(Status::Timeout, true, &[]), "temperror", 0, 0, false);
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_octets_make_a_reader_panic(text in prop::collection::vec(any::<u8>(), 0..300)) {
            let record = KeyRecord::parse(&text);
            if let Some(fixed) = record.repaired() {
                prop_assert!(!KeyRecord::parse(fixed.as_bytes()).is_fatal());
            }
            record.without_testing();
        }

        #[test]
        fn no_key_octets_make_a_reader_panic(
            start in 0..3_usize,
            flips in prop::collection::vec((0..294_usize, any::<u8>()), 0..4),
            cut in 0..294_usize,
        ) {
            let mut der = [spki(2048), pkcs1(1024), spki(1024)][start].clone();
            for (at, octet) in flips {
                let at = at % der.len();
                der[at] = octet;
            }
            der.truncate(cut.max(1));
            for key_type in ["rsa", "ed25519"] {
                let text = format!("k={key_type}; p={}", base64(&der));
                let record = KeyRecord::parse(text.as_bytes());
                prop_assert_eq!(record.key_octets(), Some(der.clone()));
                prop_assert_eq!(record.key.is_none(), record.faults.iter().any(|fault| {
                    fault.reason.is_fatal() && !matches!(fault.reason, Reason::ShortKey { .. })
                }));
                record.repaired();
            }
        }

        #[test]
        fn white_space_in_a_key_means_nothing(cuts in prop::collection::vec(0..392_usize, 0..9)) {
            let key = base64(&spki(2048));
            let mut spaced = key.clone();
            for cut in cuts {
                spaced.insert_str(cut, "\r\n ");
            }
            let record = parse(&format!("p={spaced}"));
            prop_assert_eq!(record.key, parse(&format!("p={key}")).key);
            let fixed = format!("v=DKIM1; k=rsa; p={key}");
            prop_assert_eq!(record.repaired(), Some(fixed));
        }
    }
}
