//! What the name server replies, octets in and octets out.

mod reply;

use garant_dns::server::{ServedZone, ServedZoneError, ServedZones, Transport, respond};
use garant_dns::{Name, Question, RecordType, Source, Status, ZoneProblem};
use proptest::prelude::*;
use reply::{query, show};

const ZONE: &str = include_str!("served/exemple.test.zone");
const OTHER: &str = include_str!("served/autre.test.zone");

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

fn zones() -> ServedZones {
    [("exemple.test", ZONE), ("autre.test", OTHER)]
        .into_iter()
        .map(|(apex, text)| ServedZone::parse(text.as_bytes(), &name(apex)).expect("a zone"))
        .collect()
}

/// A question (`NAME TYPE`, then words of the query) and the reply to it over UDP.
#[track_caller]
fn check(asked: &str, expect: &str) {
    let mut words = asked.splitn(3, ' ');
    let name = words.next().expect("a name");
    let rtype = words.next().expect("a type");
    let query = query(name, rtype, words.next().unwrap_or_default());
    let reply = respond(&query, Transport::Udp, &zones()).expect("a reply");
    assert_eq!(show(&reply), expect, "{asked}");
}

const SOA: &str =
    "exemple.test. 60 SOA ns.exemple.test. hostmaster.exemple.test. 7 3600 600 864000 60";

#[test]
fn what_stands_in_a_zone_is_answered_with_authority_and_nothing_else_is_added() {
    check(
        "exemple.test MX",
        "NOERROR aa answer: exemple.test. 300 MX 20 mx.autre.test., exemple.test. 300 MX 10 mx1.exemple.test.",
    );
    check(
        "exemple.test NS",
        "NOERROR aa answer: exemple.test. 300 NS ns.exemple.test.",
    );
    check(
        "exemple.test SOA",
        "NOERROR aa answer: exemple.test. 300 SOA ns.exemple.test. hostmaster.exemple.test. 7 3600 600 864000 60",
    );
    check(
        "_sip._tcp.exemple.test SRV",
        "NOERROR aa answer: _sip._tcp.exemple.test. 300 SRV 1 2 5060 mx1.exemple.test",
    );
    check(
        "inconnu.exemple.test TYPE65280",
        r"NOERROR aa answer: inconnu.exemple.test. 300 TYPE65280 \# 3 01 02 03",
    );
    // The letters of the question come back as they were written (a guard against forged answers).
    check(
        "MX1.Exemple.TEST A",
        "NOERROR aa answer: MX1.Exemple.TEST. 300 A 192.0.2.25",
    );
    // Two TTLs in one set, of which the smaller counts.
    check(
        "deux.exemple.test A",
        "NOERROR aa answer: deux.exemple.test. 60 A 192.0.2.1, deux.exemple.test. 60 A 192.0.2.2",
    );
    check(
        "arobase.exemple.test PTR",
        "NOERROR aa answer: arobase.exemple.test. 300 PTR exemple.test.",
    );
}

#[test]
fn both_kinds_of_no_come_with_the_soa_and_its_shorter_time() {
    check("exemple.test AAAA", &format!("NOERROR aa authority: {SOA}"));
    check(
        "rien.exemple.test A",
        &format!("NXDOMAIN aa authority: {SOA}"),
    );
    check(
        "x.mx1.exemple.test A",
        &format!("NXDOMAIN aa authority: {SOA}"),
    );
    // Names that exist only because there are names beneath them.
    check(
        "_tcp.exemple.test TXT",
        &format!("NOERROR aa authority: {SOA}"),
    );
    check(
        "_domainkey.exemple.test TXT",
        &format!("NOERROR aa authority: {SOA}"),
    );
    // There are no signatures.
    check(
        "exemple.test RRSIG",
        &format!("NOERROR aa authority: {SOA}"),
    );
    check("exemple.test DS", &format!("NOERROR aa authority: {SOA}"));
}

#[test]
fn a_wildcard_answers_for_names_that_do_not_exist() {
    let wild = |name: &str| format!("NOERROR aa answer: {name}. 300 TXT \"wild\"");
    check("x.joker.exemple.test TXT", &wild("x.joker.exemple.test"));
    check(
        "x.y.joker.exemple.test TXT",
        &wild("x.y.joker.exemple.test"),
    );
    check("*.joker.exemple.test TXT", &wild("*.joker.exemple.test"));
    check(
        "x.joker.exemple.test A",
        &format!("NOERROR aa authority: {SOA}"),
    );
    check(
        "joker.exemple.test TXT",
        &format!("NOERROR aa authority: {SOA}"),
    );
    // What exists keeps the wildcard away, even if there is only something beneath it.
    check(
        "la.joker.exemple.test TXT",
        &format!("NOERROR aa authority: {SOA}"),
    );
    check(
        "x.la.joker.exemple.test TXT",
        &format!("NXDOMAIN aa authority: {SOA}"),
    );
    check(
        "x.alias.exemple.test A",
        "NOERROR aa answer: x.alias.exemple.test. 300 CNAME mx1.exemple.test., mx1.exemple.test. 300 A 192.0.2.25",
    );
}

#[test]
fn aliases_are_followed_through_the_zones_that_are_here() {
    check(
        "s1._domainkey.exemple.test TXT",
        "NOERROR aa answer: s1._domainkey.exemple.test. 300 CNAME s1.dkim.autre.test., \
         s1.dkim.autre.test. 120 CNAME cle.autre.test., cle.autre.test. 120 TXT \"v=DKIM1; p=\"",
    );
    check(
        "s1._domainkey.exemple.test CNAME",
        "NOERROR aa answer: s1._domainkey.exemple.test. 300 CNAME s1.dkim.autre.test.",
    );
    check(
        "mort.exemple.test TXT",
        "NXDOMAIN aa answer: mort.exemple.test. 300 CNAME rien.autre.test. \
         authority: autre.test. 30 SOA ns.autre.test. hostmaster.autre.test. 3 3600 600 864000 30",
    );
    check(
        "loin.exemple.test TXT",
        "NOERROR aa answer: loin.exemple.test. 300 CNAME ailleurs.example.",
    );
    check(
        "rond.exemple.test TXT",
        "NOERROR aa answer: rond.exemple.test. 300 CNAME ronde.exemple.test., \
         ronde.exemple.test. 300 CNAME rond.exemple.test.",
    );
    check(
        "sous.exemple.test A",
        "NOERROR aa answer: sous.exemple.test. 300 CNAME www.delegue.exemple.test. \
         authority: delegue.exemple.test. 300 NS ns.delegue.exemple.test., \
         delegue.exemple.test. 300 NS ns.exemple.test. \
         additional: ns.delegue.exemple.test. 300 A 192.0.2.53, ns.exemple.test. 300 A 127.0.0.1",
    );
}

#[test]
fn a_chain_that_is_too_long_is_left_to_whoever_follows_it() {
    let mut text = String::from("$TTL 60\n@ SOA ns hostmaster 1 60 60 60 60\n");
    for step in 0..40 {
        text += &format!("a{step} CNAME a{}\n", step + 1);
    }
    let zone = ServedZone::parse(text.as_bytes(), &name("exemple.test")).expect("a zone");
    let zones: ServedZones = [zone].into_iter().collect();
    let query = query("a0.exemple.test", "A", "edns");
    let reply = respond(&query, Transport::Udp, &zones).expect("a reply");
    assert_eq!(show(&reply).matches("CNAME").count(), 16);
}

#[test]
fn names_beneath_a_delegation_are_referred() {
    let referral = "NOERROR authority: delegue.exemple.test. 300 NS ns.delegue.exemple.test., \
         delegue.exemple.test. 300 NS ns.exemple.test. \
         additional: ns.delegue.exemple.test. 300 A 192.0.2.53, ns.exemple.test. 300 A 127.0.0.1";
    for asked in ["www.delegue", "x.y.delegue", "delegue", "ns.delegue"] {
        check(&format!("{asked}.exemple.test A"), referral);
    }
    check("delegue.exemple.test NS", referral);
    // What speaks of the delegation itself stands on this side of it.
    check(
        "delegue.exemple.test DS",
        &format!("NOERROR aa authority: {SOA}"),
    );
}

#[test]
fn a_tree_that_is_redirected_leads_beneath_the_other_name() {
    check(
        "a.b.branche.exemple.test TXT",
        "NOERROR aa answer: branche.exemple.test. 300 DNAME joker.exemple.test., \
         a.b.branche.exemple.test. 300 CNAME a.b.joker.exemple.test., \
         a.b.joker.exemple.test. 300 TXT \"wild\"",
    );
    check(
        "branche.exemple.test DNAME",
        "NOERROR aa answer: branche.exemple.test. 300 DNAME joker.exemple.test.",
    );
    let long = vec!["a".repeat(60); 3].join(".");
    check(
        &format!("{long}.longue.exemple.test A"),
        &format!(
            "YXDOMAIN aa answer: longue.exemple.test. 300 DNAME {}.exemple.test.",
            vec!["b".repeat(60); 3].join(".")
        ),
    );
}

#[test]
fn what_is_not_here_is_refused_and_never_looked_for() {
    check("ailleurs.test A", "REFUSED");
    check(". NS", "REFUSED");
    check("test SOA", "REFUSED");
    // 20 is "Not Authoritative" (RFC 8914, section 4.21).
    check("ailleurs.test A edns", "REFUSED edns 1232 error 20");
    // Whether recursion is wished for changes nothing; the flag comes back.
    check("ailleurs.test A rd", "REFUSED rd");
    check(
        "mx1.exemple.test A rd cd",
        "NOERROR aa rd answer: mx1.exemple.test. 300 A 192.0.2.25",
    );
    check("exemple.test TXT class=3", "REFUSED");
    check("exemple.test AXFR", "REFUSED");
    check("exemple.test IXFR", "REFUSED");
    check("exemple.test MAILB", "NOTIMP");
    check("exemple.test OPT", "FORMERR");
    for opcode in [1, 2, 4, 5, 15] {
        check(&format!("exemple.test A opcode={opcode}"), "NOTIMP");
    }
}

#[test]
fn a_question_for_anything_gets_one_small_set() {
    check(
        "exemple.test ANY",
        "NOERROR aa answer: exemple.test. 300 NS ns.exemple.test.",
    );
    check(
        "s1._domainkey.exemple.test ANY",
        "NOERROR aa answer: s1._domainkey.exemple.test. 300 CNAME s1.dkim.autre.test.",
    );
    check(
        "_tcp.exemple.test ANY",
        &format!("NOERROR aa authority: {SOA}"),
    );
    check(
        "rien.exemple.test ANY",
        &format!("NXDOMAIN aa authority: {SOA}"),
    );
}

#[test]
fn replies_are_no_longer_than_whoever_asks_can_take_and_never_than_1232_octets() {
    check("grand.exemple.test TXT", "NOERROR aa tc");
    check(
        "grand.exemple.test TXT edns=65535",
        "NOERROR aa tc edns 1232",
    );
    check("moyen.exemple.test TXT", "NOERROR aa tc");
    check("moyen.exemple.test TXT edns=100", "NOERROR aa tc edns 1232");
    for octets in 512..=1300 {
        let query = query("moyen.exemple.test", "TXT", &format!("edns={octets}"));
        let reply = respond(&query, Transport::Udp, &zones()).expect("a reply");
        let is_whole = !show(&reply).contains(" tc");
        assert!(reply.len() <= octets.min(1232), "{octets}");
        // 1,000 octets of text in four strings, and what is around them.
        assert_eq!(is_whole, octets >= 12 + 24 + 12 + 1004 + 11, "{octets}");
    }
    let query = query("grand.exemple.test", "TXT", "");
    let reply = respond(&query, Transport::Tcp, &zones()).expect("a reply");
    assert!(reply.len() > 4000 && show(&reply).starts_with("NOERROR aa answer"));
}

#[test]
fn edns_is_answered_in_kind() {
    let answer = "aa answer: mx1.exemple.test. 300 A 192.0.2.25";
    check("mx1.exemple.test A", &format!("NOERROR {answer}"));
    check(
        "mx1.exemple.test A edns",
        &format!("NOERROR {answer} edns 1232"),
    );
    check(
        "mx1.exemple.test A edns do",
        &format!("NOERROR {answer} edns 1232 do"),
    );
    check(
        "mx1.exemple.test A edns version=1",
        "NOERROR edns 1232 BADVERS",
    );
}

/// Octets, and the response code of the reply to them; nothing where there is none.
#[track_caller]
fn check_octets(octets: &[u8], expect: Option<u8>) {
    for transport in [Transport::Udp, Transport::Tcp] {
        let reply = respond(octets, transport, &zones());
        let code = reply.as_ref().map(|reply| reply[3] & 15);
        assert_eq!(code, expect, "{octets:?}");
        if let Some(reply) = reply {
            assert_eq!((&reply[..2], reply.len()), (&octets[..2], 12), "{octets:?}");
        }
    }
}

#[test]
fn what_is_no_query_gets_a_short_reply_or_none() {
    const FORMERR: Option<u8> = Some(1);
    let good = query("mx1.exemple.test", "A", "edns");
    check_octets(&[], None);
    check_octets(&good[..11], None);
    let changed = |at: usize, value: u8| {
        let mut octets = good.clone();
        octets[at] = value;
        octets
    };
    // A reply is never replied to.
    check_octets(&changed(2, 0x80), None);
    // Other numbers of questions, and records where none belong.
    for (at, value) in [(5, 0), (5, 2), (7, 1), (9, 1), (11, 2)] {
        check_octets(&changed(at, value), FORMERR);
    }
    for length in 12..good.len() {
        check_octets(&good[..length], FORMERR);
    }
    // A name that points at itself.
    let mut circle = good[..12].to_vec();
    circle[11] = 0;
    circle.extend([0xc0, 12, 0, 1, 0, 1]);
    check_octets(&circle, FORMERR);
    // Two EDNS records.
    let mut twice = changed(11, 2);
    twice.extend_from_slice(&good[good.len() - 11..]);
    check_octets(&twice, FORMERR);
    // An option that is longer than its record.
    let mut option = good.clone();
    let end = option.len();
    option[end - 1] = 4;
    option.extend([0, 10, 0, 8]);
    check_octets(&option, FORMERR);
}

#[test]
fn a_text_that_makes_no_zone_is_refused() {
    let parse = |text: &str| ServedZone::parse(text.as_bytes(), &name("exemple.test"));
    let why = |text: &str| parse(text).expect_err("no zone");
    assert_eq!(why("a 60 A 192.0.2.1\n"), ServedZoneError::NotOneSoa(0));
    let soa = "@ 60 SOA ns hostmaster 1 60 60 60 60\n";
    let twice = format!("{soa}@ 60 SOA ns hostmaster 2 60 60 60 60\n");
    assert_eq!(why(&twice), ServedZoneError::NotOneSoa(2));
    let outside = format!("{soa}ailleurs.test. 60 A 192.0.2.1\n");
    assert_eq!(
        why(&outside),
        ServedZoneError::Outside(name("ailleurs.test"))
    );
    let ServedZoneError::Unreadable(error) = why("$INCLUDE autre\n") else {
        panic!("another reason");
    };
    assert_eq!(error.problem, ZoneProblem::Include);
    let zone = parse(ZONE).expect("a zone");
    assert_eq!(
        (zone.serial(), zone.name_servers()),
        (7, vec![name("ns.exemple.test")])
    );
}

proptest! {
    #[test]
    fn no_octets_make_it_stumble(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = respond(&octets, Transport::Udp, &zones());
    }

    #[test]
    fn a_query_with_changed_octets_gets_a_reply_that_fits(changes in prop::collection::vec((0..60usize, any::<u8>()), 1..6)) {
        let mut octets = query("s1._domainkey.exemple.test", "TXT", "edns");
        for (at, value) in changes {
            if let Some(octet) = octets.get_mut(at) {
                *octet = value;
            }
        }
        if let Some(reply) = respond(&octets, Transport::Udp, &zones()) {
            prop_assert!(reply.len() <= 1232);
            // Whoever asked can read it.
            show(&reply);
        }
    }

    #[test]
    fn its_own_clients_understand_it(label in "[a-z*_]{1,8}", rtype in prop::sample::select(RecordType::ALL.to_vec())) {
        let question = Question::new(name(&format!("{label}.exemple.test")), rtype);
        let query = garant_dns::wire::encode_query(&question, 7);
        let reply = respond(&query, Transport::Udp, &zones()).expect("a reply");
        let response = garant_dns::wire::decode_response(&reply, &question, Source::Zone).expect("a response");
        let is_answer = response.answer.status.is_definite() || response.unfinished;
        prop_assert!(is_answer || response.answer.status == Status::Truncated);
    }
}
