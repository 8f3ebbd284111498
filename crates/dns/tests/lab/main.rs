//! The stub, the cache and the walker against Debian's nsd and unbound on loopback.
//!
//! Two authoritative zones of one server, `exemple.test` and `fournisseur.test`, a signed one, and a signed
//! one whose text was changed after signing; a recursive server before them.

mod authority;
mod network;
mod recursive;
#[path = "../reply/mod.rs"]
mod reply;
mod served;
mod server;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;
use std::time::Duration;

use garant_dns::live::{Cache, Options, Stub};
use garant_dns::{Answer, Data, Question, RecordType, Resolver, Source, Status, Zone};
use recursive::{sign, unbound};
use server::{Directory, Server, nsd};

const EXEMPLE: &str = include_str!("exemple.test.zone");
const FOURNISSEUR: &str = include_str!("fournisseur.test.zone");
const SIGNED: &str = "@ 300 IN SOA ns hostmaster 1 3600 600 864000 300\n@ 300 IN NS ns\n\
                      ns 300 IN A 127.0.0.1\nbon 300 IN TXT \"vrai texte\"\nfaux 300 IN TXT \"texte sign\u{65}\"\n";

fn directory(test: &str) -> Directory {
    Directory::new(Path::new(env!("CARGO_TARGET_TMPDIR")), test)
}

/// Both ordinary zones on nsd.
fn authority(directory: &Path) -> Server {
    fs::write(directory.join("exemple.test.zone"), EXEMPLE).expect("writable");
    fs::write(directory.join("fournisseur.test.zone"), FOURNISSEUR).expect("writable");
    nsd(
        directory,
        [
            ("exemple.test", "exemple.test.zone"),
            ("fournisseur.test", "fournisseur.test.zone"),
        ],
    )
}

fn stub(servers: &[SocketAddr]) -> Stub {
    Stub::new(Options::new(servers.to_vec(), [7; 32]))
}

fn question(name: &str, rtype: RecordType) -> Question {
    Question::new(name.parse().expect("a name"), rtype)
}

/// The answer in one line, without what differs from run to run.
fn line(answer: &Answer) -> String {
    let mut line = format!("{:?}", answer.status);
    for alias in &answer.aliases {
        line += &format!(" {}>{}", alias.owner, alias.target);
    }
    let mut records: Vec<String> = answer
        .records
        .iter()
        .map(|record| data(&record.data))
        .collect();
    records.sort();
    for record in records {
        line += &format!(" {record}");
    }
    if let Some(soa) = &answer.soa {
        line += &format!(" soa {} {}", soa.zone, soa.soa.minimum);
    }
    if answer.authentic {
        line += " ad";
    }
    if !answer.extended_errors.is_empty() {
        line += &format!(" {:?}", answer.extended_errors);
    }
    if matches!(answer.source, Source::Tcp(_)) {
        line + " tcp"
    } else {
        line
    }
}

fn data(data: &Data) -> String {
    match data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Cname(name) | Data::Ns(name) | Data::Ptr(name) => name.to_string(),
        Data::Dnskey(key) => format!("{}/{}", key.flags, key.algorithm),
        Data::Ds(ds) => format!("{}/{}/{}", ds.key_tag, ds.algorithm, ds.digest_type),
        Data::Mx {
            preference,
            exchange,
        } => format!("{preference}:{exchange}"),
        Data::Soa(soa) => format!("{}/{}", soa.mname, soa.serial),
        Data::Txt(txt) if txt.joined().len() > 100 => format!("{} octets", txt.joined().len()),
        Data::Txt(txt) => format!("{:?}", txt.to_text()),
    }
}

async fn check(resolver: &impl Resolver, name: &str, rtype: RecordType, expect: &str) {
    let answer = resolver.resolve(&question(name, rtype)).await;
    assert_eq!(line(&answer), expect, "{name} {rtype}");
}

/// What both the authoritative and the recursive server say.
async fn check_common(resolver: &impl Resolver) {
    use RecordType::{A, Aaaa, Cname, Mx, Ns, Ptr, Soa, Txt};
    check(
        resolver,
        "exemple.test",
        Txt,
        r#"Found "autre" "v=spf1 ip4:192.0.2.1 -all""#,
    )
    .await;
    check(
        resolver,
        "exemple.test",
        Mx,
        "Found 10:mx1.exemple.test 20:mx.fournisseur.test",
    )
    .await;
    check(resolver, "exemple.test", Ns, "Found ns.exemple.test").await;
    check(resolver, "exemple.test", Soa, "Found ns.exemple.test/7").await;
    check(resolver, "mx1.exemple.test", A, "Found 192.0.2.25").await;
    check(resolver, "mx1.exemple.test", Aaaa, "Found 2001:db8::25").await;
    check(resolver, "ptr.exemple.test", Ptr, "Found mx1.exemple.test").await;
    check(
        resolver,
        "s1._domainkey.exemple.test",
        Cname,
        "Found s1.dkim.fournisseur.test",
    )
    .await;
    check(resolver, "muet.exemple.test", Mx, "Found 0:.").await;
    check(resolver, r"a\.b.exemple.test", Txt, r#"Found "point""#).await;
    check(resolver, "x.joker.exemple.test", Txt, r#"Found "wild""#).await;
    // "No" of both kinds, with the zone's SOA.
    check(
        resolver,
        "mx1.exemple.test",
        Txt,
        "NoData soa exemple.test 60",
    )
    .await;
    check(
        resolver,
        "_domainkey.exemple.test",
        Txt,
        "NoData soa exemple.test 60",
    )
    .await;
    check(
        resolver,
        "rien.exemple.test",
        A,
        "NxDomain soa exemple.test 60",
    )
    .await;
    // Aliases over two zones.
    check(resolver, "s1._domainkey.exemple.test", Txt,
        r#"Found s1._domainkey.exemple.test>s1.dkim.fournisseur.test s1.dkim.fournisseur.test>cle.fournisseur.test "v=DKIM1; p=""#).await;
    check(resolver, "s1._domainkey.exemple.test", A,
        "NoData s1._domainkey.exemple.test>s1.dkim.fournisseur.test s1.dkim.fournisseur.test>cle.fournisseur.test soa fournisseur.test 120").await;
    check(
        resolver,
        "mort.exemple.test",
        Txt,
        "NxDomain mort.exemple.test>rien.fournisseur.test soa fournisseur.test 120",
    )
    .await;
    // 4,000 octets do not fit into a datagram of 1232.
    check(resolver, "grand.exemple.test", Txt, "Found 4000 octets tcp").await;
}

#[tokio::test]
async fn an_authoritative_server_answers_every_type() {
    let directory = directory("authority");
    let authority = authority(&directory);
    let stub = stub(&[authority.address]);
    check_common(&stub).await;
    check(
        &stub,
        "exemple.test",
        RecordType::Ds,
        "NoData soa exemple.test 60",
    )
    .await;
    // 20 is "Not Authoritative" (RFC 8914, section 4.21).
    check(&stub, "ailleurs.test", RecordType::A, "Refused [20]").await;
    let stats = stub.stats();
    assert_eq!((stats.tcp, stats.timeouts, stats.strays), (1, 0, 0));
    let answer = stub
        .resolve(&question("mx1.exemple.test", RecordType::A))
        .await;
    assert_eq!(
        (answer.source, answer.records[0].ttl),
        (Source::Udp(authority.address), 300)
    );
}

#[tokio::test]
async fn a_recursive_server_answers_the_same() {
    let directory = directory("recursive");
    let authority = authority(&directory);
    let zones = [
        ("exemple.test", authority.address),
        ("fournisseur.test", authority.address),
    ];
    let recursive = unbound(&directory, &zones, &[]);
    check_common(&stub(&[recursive.address])).await;
}

#[tokio::test]
async fn a_zone_file_answers_as_its_server_does() {
    let directory = directory("zone-file");
    let authority = authority(&directory);
    let stub = stub(&[authority.address]);
    let zone = |text: &str, apex: &str| {
        Zone::parse(text.as_bytes(), &apex.parse().expect("a name")).expect("reads")
    };
    let zones = garant_dns::Zones::new(vec![
        zone(EXEMPLE, "exemple.test"),
        zone(FOURNISSEUR, "fournisseur.test"),
    ]);
    let names = [
        "",
        "rien.",
        "mx1.",
        "s1._domainkey.",
        "_domainkey.",
        "mort.",
        "x.joker.",
        "joker.",
        "muet.",
    ];
    for (name, rtype) in names
        .iter()
        .flat_map(|name| RecordType::ALL.map(|rtype| (name, rtype)))
    {
        let asked = question(&format!("{name}exemple.test"), rtype);
        // DS records of an apex stand in the parent. The server says that it has none, for want of
        // anything better; whoever reads a file asks the parent instead.
        if name.is_empty() && rtype == RecordType::Ds {
            assert_eq!(zones.resolve(&asked).await.status, Status::Offline);
            continue;
        }
        let (file, server) = (zones.resolve(&asked).await, stub.resolve(&asked).await);
        assert_eq!(line(&file), line(&server), "{asked:?}");
        assert_eq!(file.ttl(), server.ttl(), "{asked:?}");
    }
}

#[tokio::test]
async fn what_a_validating_server_says_of_signed_zones() {
    let directory = directory("signed");
    let mut anchors = Vec::new();
    for apex in ["signe.test", "casse.test"] {
        let file = format!("{apex}.zone");
        fs::write(directory.join(&file), format!("$ORIGIN {apex}.\n{SIGNED}")).expect("writable");
        anchors.push(sign(&directory, apex, &file));
    }
    // One text no longer is what was signed.
    let file = directory.join("casse.test.zone.signed");
    let signed = fs::read_to_string(&file).expect("signed");
    assert!(signed.contains("texte signe"));
    fs::write(&file, signed.replace("texte signe", "texte change")).expect("writable");
    let authority = nsd(
        &directory,
        [
            ("signe.test", "signe.test.zone.signed"),
            ("casse.test", "casse.test.zone.signed"),
        ],
    );
    let zones = [
        ("signe.test", authority.address),
        ("casse.test", authority.address),
    ];
    let recursive = unbound(&directory, &zones, &anchors);
    let stub = stub(&[recursive.address]);
    use RecordType::{A, Dnskey, Txt};
    check(&stub, "bon.signe.test", Txt, r#"Found "vrai texte" ad"#).await;
    check(&stub, "signe.test", Dnskey, "Found 257/13 ad").await;
    check(&stub, "bon.signe.test", A, "NoData soa signe.test 300 ad").await;
    check(
        &stub,
        "rien.signe.test",
        A,
        "NxDomain soa signe.test 300 ad",
    )
    .await;
    check(&stub, "bon.casse.test", Txt, r#"Found "vrai texte" ad"#).await;
    // 6 is "DNSSEC Bogus" (RFC 8914, section 4.7).
    check(&stub, "faux.casse.test", Txt, "ServFail [6]").await;
    let unchecked = question("faux.casse.test", Txt).with_checking_disabled();
    assert_eq!(
        line(&*stub.resolve(&unchecked).await),
        r#"Found "texte change""#
    );
}

#[tokio::test]
async fn servers_that_fail_are_told_apart() {
    let (directory, other) = (directory("failing"), directory("refusing"));
    let silent = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let nobody = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    let recursive = unbound(&directory, &[("mort.test", nobody)], &[]);
    let mut options = Options::new(vec![recursive.address], [7; 32]);
    // The recursive server takes its time to give up.
    options.attempt_timeout = Duration::from_secs(60);
    options.query_timeout = Duration::from_secs(60);
    let patient = Stub::new(options);
    let answer = patient
        .resolve(&question("x.mort.test", RecordType::A))
        .await;
    assert_eq!(answer.status, Status::ServFail, "{answer:?}");

    let authority = authority(&directory);
    let refusing = nsd(&other, []);
    let refused_then_answered = stub(&[refusing.address, authority.address]);
    check(
        &refused_then_answered,
        "mx1.exemple.test",
        RecordType::A,
        "Found 192.0.2.25",
    )
    .await;
    assert_eq!(refused_then_answered.stats().sent, 2);

    // Nothing real is awaited from here on, so that the clock may jump.
    tokio::time::pause();
    let answer = stub(&[silent.local_addr().expect("bound")])
        .resolve(&question("exemple.test", RecordType::A))
        .await;
    assert_eq!(line(&answer), "Timeout");
}

#[tokio::test]
async fn no_is_remembered_as_long_as_its_soa_says() {
    use RecordType::{Mx, Txt};
    let directory = directory("cache");
    let authority = authority(&directory);
    let mut options = Options::new(vec![authority.address], [7; 32]);
    options.attempts = 1;
    let cache = Cache::new(Stub::new(options));
    let no = ["rien.exemple.test", "mx1.exemple.test"];
    for name in no {
        check(
            &cache,
            name,
            Txt,
            if name == no[0] {
                "NxDomain soa exemple.test 60"
            } else {
                "NoData soa exemple.test 60"
            },
        )
        .await;
    }
    check(
        &cache,
        "exemple.test",
        Mx,
        "Found 10:mx1.exemple.test 20:mx.fournisseur.test",
    )
    .await;
    let sent = cache.inner().stats().sent;
    assert_eq!(sent, 3);
    // The server is gone: whatever is answered now was remembered.
    drop(authority);
    tokio::time::pause();
    for (seconds, left) in [(0, 60), (20, 40), (39, 1)] {
        tokio::time::advance(Duration::from_secs(seconds)).await;
        for name in no {
            let answer = cache.resolve(&question(name, Txt)).await;
            assert!(
                matches!(answer.status, Status::NxDomain | Status::NoData),
                "{name}"
            );
            assert_eq!(answer.soa.as_ref().map(|soa| soa.ttl), Some(left), "{name}");
        }
    }
    let answer = cache.resolve(&question("exemple.test", Mx)).await;
    assert_eq!(answer.records[0].ttl, 300 - 59);
    assert_eq!(cache.inner().stats().sent, sent);
    tokio::time::advance(Duration::from_secs(2)).await;
    let answer = cache.resolve(&question(no[0], Txt)).await;
    assert!(
        !answer.status.is_definite(),
        "the time is over, and nobody is there: {answer:?}"
    );
    assert_eq!(cache.inner().stats().sent, sent + 1);
}
