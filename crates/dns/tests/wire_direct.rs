//! Messages from servers that are asked about their own zones.

mod message;

use garant_dns::authority::DirectAnswer;
use garant_dns::wire::{Edns, decode_direct, encode_direct, message_id};
use garant_dns::{Data, Question, Record, RecordType};
use message::{Sketch, respond};
use proptest::prelude::*;

const SOA: &str = "@ 900 SOA ns1 hostmaster 7 3600 600 86400 60";

fn question(name: &str, rtype: RecordType) -> Question {
    Question::new(name.parse().expect("a name"), rtype)
}

fn record(record: &Record) -> String {
    let data = match &record.data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Cname(target) => format!(">{target}"),
        Data::Ns(server) => server.to_string(),
        Data::Soa(soa) => soa.serial.to_string(),
        Data::Txt(txt) => format!("{:?}", txt.to_text()),
        other => format!("{other:?}"),
    };
    format!(" {}={data}", record.owner)
}

fn line(answer: &DirectAnswer) -> String {
    let mut line = format!("{:?}", answer.status);
    line += if answer.authoritative { " aa" } else { "" };
    line.extend(answer.records.iter().map(record));
    if !answer.referral.is_empty() {
        line += " to";
        line.extend(answer.referral.iter().map(record));
    }
    if !answer.glue.is_empty() {
        line += " at";
        line.extend(answer.glue.iter().map(record));
    }
    if let Some(soa) = &answer.soa {
        line += &format!(" soa {} {}", soa.zone, soa.ttl);
    }
    line
}

#[track_caller]
fn check(asked: &str, rtype: RecordType, sketch: &Sketch<'_>, expect: &str) {
    let question = question(asked, rtype);
    let octets = respond(&encode_direct(&question, 7, Edns::Offered), sketch);
    assert_eq!(message_id(&octets), Some(7));
    let found = match decode_direct(&octets, &question) {
        Ok(answer) => line(&answer),
        Err(fault) => fault.to_string(),
    };
    assert_eq!(found, expect, "{asked} {rtype} {sketch:?}");
}

#[test]
fn a_query_asks_for_nothing_but_the_record() {
    let mut asked = question("a.exemple.test", RecordType::Txt);
    asked.checking_disabled = true;
    let plain = b"\x12\x34\0\0\0\x01\0\0\0\0\0\0\x01a\x07exemple\x04test\0\0\x10\0\x01";
    assert_eq!(encode_direct(&asked, 0x1234, Edns::Absent), plain);
    let offered = encode_direct(&asked, 0x1234, Edns::Offered);
    assert_eq!(offered[2..12], [0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    assert_eq!(offered[plain.len()..], *b"\0\0\x29\x04\xd0\0\0\0\0\0\0");
}

#[test]
fn what_stands_at_the_name_is_found_and_aliases_are_not_followed() {
    use RecordType::{Cname, Txt};
    let answer = |answer| Sketch {
        answer,
        flags: "aa",
        ..Sketch::default()
    };
    check(
        "a.exemple.test",
        Txt,
        &answer("a TXT x\na TXT y"),
        r#"Found aa a.exemple.test="x" a.exemple.test="y""#,
    );
    check(
        "a.exemple.test",
        Txt,
        &answer("a CNAME b\nb TXT x"),
        r#"Found aa a.exemple.test=>b.exemple.test b.exemple.test="x""#,
    );
    // A circle is what it is; nobody walks it.
    check(
        "a.exemple.test",
        Cname,
        &answer("a CNAME a"),
        "Found aa a.exemple.test=>a.exemple.test",
    );
    // The code speaks of the end of the chain.
    check(
        "a.exemple.test",
        Txt,
        &Sketch {
            rcode: 3,
            authority: SOA,
            ..answer("a CNAME b")
        },
        "Found aa a.exemple.test=>b.exemple.test",
    );
    // What stands elsewhere, or is of another type, answers nothing.
    check(
        "a.exemple.test",
        Txt,
        &answer("b TXT x\na A 192.0.2.1"),
        r#"NoData aa b.exemple.test="x" a.exemple.test=192.0.2.1"#,
    );
    // Without authority: somebody remembers.
    check(
        "a.exemple.test",
        Txt,
        &Sketch {
            flags: "",
            ..answer("a TXT x")
        },
        r#"Found a.exemple.test="x""#,
    );
}

#[test]
fn no_and_errors_are_told_apart() {
    use RecordType::Txt;
    let flags = "aa";
    let sketch = Sketch {
        flags,
        authority: SOA,
        ..Sketch::default()
    };
    check(
        "a.exemple.test",
        Txt,
        &sketch,
        "NoData aa soa exemple.test 900",
    );
    let code = |rcode| Sketch { rcode, ..sketch };
    check(
        "a.exemple.test",
        Txt,
        &code(3),
        "NxDomain aa soa exemple.test 900",
    );
    // A zone that the name is not in has no say.
    check("a.autre.test", Txt, &sketch, "NoData aa");
    // An error says nothing but itself.
    check("a.exemple.test", Txt, &code(5), "Refused aa");
    let at_length = Sketch {
        answer: "a TXT x",
        ..code(2)
    };
    check("a.exemple.test", Txt, &at_length, "ServFail aa");
    // BADVERS: 16 travels in the EDNS record.
    check("a.exemple.test", Txt, &code(16), "Rcode(16) aa");
    let bare = |rcode, flags| Sketch {
        rcode,
        flags,
        ..Sketch::default()
    };
    check("a.exemple.test", Txt, &bare(1, "bare"), "Rcode(1)");
    check(
        "a.exemple.test",
        Txt,
        &bare(0, "bare"),
        "a response to another question",
    );
    check(
        "a.exemple.test",
        Txt,
        &bare(0, "other"),
        "a response to another question",
    );
    check(
        "a.exemple.test",
        Txt,
        &bare(0, "query"),
        "not a response to a query",
    );
    check("a.exemple.test", Txt, &bare(0, "tc aa"), "Truncated");
}

#[test]
fn a_referral_names_servers_above_the_name_and_their_addresses() {
    use RecordType::Ns;
    let sketch = Sketch {
        authority: "sous NS ns1.sous\nsous NS ns.hote.example.\nautre NS ns.autre\n@ NS ns1\nsous DS 1 13 2 00",
        additional: "ns1.sous A 192.0.2.1\nns1.sous AAAA 2001:db8::1\nns.hote.example. A 192.0.2.2\n\
                     ns.autre A 192.0.2.3\nns1.sous TXT x\nsous A 192.0.2.4",
        ..Sketch::default()
    };
    check(
        "x.sous.exemple.test",
        Ns,
        &sketch,
        "NoData to sous.exemple.test=ns1.sous.exemple.test sous.exemple.test=ns.hote.example \
         at ns1.sous.exemple.test=192.0.2.1 ns1.sous.exemple.test=2001:db8::1 ns.hote.example=192.0.2.2",
    );
    // Of several, the first counts.
    check(
        "exemple.test",
        Ns,
        &sketch,
        "NoData to exemple.test=ns1.exemple.test",
    );
    check("ailleurs.example", Ns, &sketch, "NoData");
    // An ordinary answer may name the zone's servers too.
    check(
        "exemple.test",
        RecordType::Txt,
        &Sketch {
            flags: "aa",
            answer: "@ TXT x",
            authority: "@ NS ns1",
            additional: "ns1 A 192.0.2.1",
            ..Sketch::default()
        },
        r#"Found aa exemple.test="x" to exemple.test=ns1.exemple.test at ns1.exemple.test=192.0.2.1"#,
    );
}

#[test]
fn a_message_cut_anywhere_is_no_answer() {
    let question = question("a.exemple.test", RecordType::Txt);
    let sketch = Sketch {
        answer: "a CNAME b",
        authority: "@ NS ns1",
        additional: "ns1 A 192.0.2.1",
        ..Sketch::default()
    };
    let whole = respond(&encode_direct(&question, 7, Edns::Offered), &sketch);
    assert!(decode_direct(&whole, &question).is_ok());
    for end in 0..whole.len() {
        let found = decode_direct(&whole[..end], &question);
        assert!(found.is_err(), "{end} of {} octets", whole.len());
    }
}

proptest! {
    /// Octets of every kind, and good messages with some octets changed.
    #[test]
    fn no_octets_do_harm(
        noise in proptest::collection::vec(any::<u8>(), 0..600),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
    ) {
        let question = question("a.exemple.test", RecordType::Ns);
        let _ = decode_direct(&noise, &question);
        let sketch = Sketch {
            authority: "a NS ns1.a\na NS ns2.a",
            additional: "ns1.a A 192.0.2.1\nns2.a AAAA 2001:db8::1",
            errors: &[9],
            ..Sketch::default()
        };
        let mut octets = respond(&encode_direct(&question, 7, Edns::Offered), &sketch);
        for (index, octet) in changes {
            let index = index.index(octets.len());
            octets[index] = octet;
        }
        if let Ok(answer) = decode_direct(&octets, &question) {
            let mut owners = answer.referral.iter().map(|record| &record.owner);
            prop_assert!(owners.all(|owner| question.name.is_within(owner)));
        }
        octets.truncate(12);
        octets.extend(noise);
        let _ = decode_direct(&octets, &question);
    }
}
