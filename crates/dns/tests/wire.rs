//! Messages in, answers out.

mod message;

use garant_dns::wire::{WireFault, decode_response, encode_query, message_id};
use garant_dns::{Answer, Data, Question, RecordType, Source};
use message::{Sketch, respond};
use proptest::prelude::*;

fn question(name: &str, rtype: RecordType) -> Question {
    Question::new(name.parse().expect("a name"), rtype)
}

/// The answer in one line: status, chain, records, SOA, what else is set.
fn line(answer: &Answer, unfinished: bool) -> String {
    let mut line = format!("{:?}", answer.status);
    for alias in &answer.aliases {
        line += &format!(" {}>{} {}", alias.owner, alias.target, alias.ttl);
    }
    for record in &answer.records {
        line += &match &record.data {
            Data::A(a) => format!(" {}={a} {}", record.owner, record.ttl),
            Data::Txt(txt) => format!(" {}={:?} {}", record.owner, txt.to_text(), record.ttl),
            other => format!(" {}={other:?} {}", record.owner, record.ttl),
        };
    }
    if let Some(soa) = &answer.soa {
        line += &format!(" soa {} {} {}", soa.zone, soa.ttl, soa.soa.minimum);
    }
    if answer.authentic {
        line += " ad";
    }
    if !answer.extended_errors.is_empty() {
        line += &format!(" {:?}", answer.extended_errors);
    }
    line + if unfinished { " …" } else { "" }
}

#[track_caller]
fn check(asked: &str, rtype: RecordType, sketch: &Sketch<'_>, expect: &str) {
    let question = question(asked, rtype);
    let octets = respond(&encode_query(&question, 7), sketch);
    assert_eq!(message_id(&octets), Some(7));
    let found = match decode_response(&octets, &question, Source::Nobody) {
        Ok(response) => line(&response.answer, response.unfinished),
        Err(fault) => fault.to_string(),
    };
    assert_eq!(found, expect, "{asked} {rtype} {sketch:?}");
}

const EMPTY: Sketch<'_> = Sketch {
    flags: "",
    rcode: 0,
    errors: &[],
    answer: "",
    authority: "",
    additional: "",
};
const SOA: &str = "@ 900 SOA ns1 hostmaster 7 3600 600 86400 60";

#[test]
fn a_query_is_what_the_rfcs_say() {
    let mut asked = question("A.exemple.test", RecordType::Txt);
    let plain = b"\x12\x34\x01\x20\0\x01\0\0\0\0\0\x01\x01a\x07exemple\x04test\0\0\x10\0\x01\
                  \0\0\x29\x04\xd0\0\0\0\0\0\0";
    assert_eq!(encode_query(&asked, 0x1234), plain);
    asked.checking_disabled = true;
    assert_eq!(encode_query(&asked, 0x1234)[3], 0x30, "AD and CD");
    assert_eq!(
        encode_query(&question(".", RecordType::Ns), 1)[12..17],
        [0, 0, 2, 0, 1]
    );
}

#[test]
fn an_answer_is_records_at_the_end_of_the_chain() {
    use RecordType::{A, Cname, Mx, Txt};
    let answer = |answer| Sketch { answer, ..EMPTY };
    check(
        "www.exemple.test",
        A,
        &answer("www A 192.0.2.1\nwww 60 A 192.0.2.2"),
        "Found www.exemple.test=192.0.2.1 300 www.exemple.test=192.0.2.2 60",
    );
    check(
        "WWW.exemple.test",
        A,
        &answer("wWw A 192.0.2.1"),
        "Found www.exemple.test=192.0.2.1 300",
    );
    check(
        "a.exemple.test",
        Txt,
        &answer("a CNAME b\nb 60 CNAME c.autre.test.\nc.autre.test. TXT x"),
        r#"Found a.exemple.test>b.exemple.test 300 b.exemple.test>c.autre.test 60 c.autre.test="x" 300"#,
    );
    // Out of order, with strangers between.
    check(
        "a.exemple.test",
        A,
        &answer("z A 192.0.2.9\nb A 192.0.2.1\ny CNAME z\na CNAME b"),
        "Found a.exemple.test>b.exemple.test 300 b.exemple.test=192.0.2.1 300",
    );
    // Both an alias and a record at one name: both are kept.
    check(
        "a.exemple.test",
        Txt,
        &answer("a CNAME b\na TXT beside\nb TXT end"),
        r#"Found a.exemple.test>b.exemple.test 300 a.exemple.test="beside" 300 b.exemple.test="end" 300"#,
    );
    // Who asks for the alias gets it, and nothing is followed.
    check(
        "a.exemple.test",
        Cname,
        &answer("a CNAME b\nb CNAME c"),
        "Found a.exemple.test=Cname(b.exemple.test) 300",
    );
    // Of a name that is a DNAME's, the synthesized alias counts.
    check(
        "x.exemple.test",
        Mx,
        &answer("@ DNAME autre.test.\nx CNAME x.autre.test.\nx.autre.test. MX 0 ."),
        "Found x.exemple.test>x.autre.test 300 x.autre.test=Mx { preference: 0, exchange: . } 300",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch {
            flags: "ad",
            ..answer("a 4294967295 A 192.0.2.1")
        },
        "Found a.exemple.test=192.0.2.1 0 ad",
    );
    check(
        r"a\.b.\000é.test",
        A,
        &answer(r"a\.b.\000\195\169.test. A 192.0.2.1"),
        r"Found a\.b.\000\195\169.test=192.0.2.1 300",
    );
}

#[test]
fn no_comes_with_its_soa_and_its_kind() {
    use RecordType::A;
    let sketch = Sketch {
        authority: SOA,
        ..EMPTY
    };
    check(
        "a.exemple.test",
        A,
        &sketch,
        "NoData soa exemple.test 900 60",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch { rcode: 3, ..sketch },
        "NxDomain soa exemple.test 900 60",
    );
    let chain = Sketch {
        answer: "a CNAME b.autre.test.",
        ..sketch
    };
    let soa = "autre.test. 30 SOA ns1 hostmaster 7 3600 600 86400 60";
    check(
        "a.exemple.test",
        A,
        &Sketch {
            authority: soa,
            rcode: 3,
            ..chain
        },
        "NxDomain a.exemple.test>b.autre.test 300 soa autre.test 30 60",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch {
            rcode: 3,
            answer: "a A 192.0.2.1",
            ..EMPTY
        },
        "NxDomain",
    );
    check("a.exemple.test", A, &EMPTY, "NoData");
    // The SOA of a zone in which the name does not lie tells nothing about it.
    check(
        "a.exemple.test",
        A,
        &Sketch {
            authority: soa,
            ..EMPTY
        },
        "NoData",
    );
    check(
        "a.exemple.test",
        A,
        &chain,
        "NoData a.exemple.test>b.autre.test 300 …",
    );
    // With records, the SOA is nothing.
    check(
        "a.exemple.test",
        A,
        &Sketch {
            answer: "a A 192.0.2.1",
            ..sketch
        },
        "Found a.exemple.test=192.0.2.1 300",
    );
}

#[test]
fn failures_keep_their_code_and_its_explanation() {
    use RecordType::A;
    let code = |rcode| Sketch { rcode, ..EMPTY };
    check(
        "a.exemple.test",
        A,
        &Sketch {
            errors: &[6, 9],
            ..code(2)
        },
        "ServFail [6, 9]",
    );
    check("a.exemple.test", A, &code(5), "Refused");
    check("a.exemple.test", A, &code(1), "Rcode(1)");
    check("a.exemple.test", A, &code(16), "Rcode(16)");
    check(
        "a.exemple.test",
        A,
        &Sketch {
            flags: "bare",
            ..code(1)
        },
        "Rcode(1)",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch {
            flags: "tc",
            answer: "a A 192.0.2.1",
            ..EMPTY
        },
        "Truncated",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch {
            answer: "a A 192.0.2.1",
            ..code(2)
        },
        "ServFail",
    );
}

#[test]
fn what_is_no_answer_is_named() {
    use RecordType::A;
    let flags = |flags| Sketch { flags, ..EMPTY };
    check(
        "a.exemple.test",
        A,
        &flags("query"),
        "not a response to a query",
    );
    for foreign in ["other", "class", "bare"] {
        check(
            "a.exemple.test",
            A,
            &flags(foreign),
            "a response to another question",
        );
    }
    check(
        "a.exemple.test",
        A,
        &Sketch {
            authority: "@ NS ns1",
            ..EMPTY
        },
        "a referral to other servers",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch {
            authority: "@ NS ns1",
            flags: "aa",
            ..EMPTY
        },
        "NoData",
    );
    let circle = "a CNAME b\nb CNAME c\nc CNAME a";
    check(
        "a.exemple.test",
        A,
        &Sketch {
            answer: circle,
            ..EMPTY
        },
        "a circle of aliases",
    );
    check(
        "a.exemple.test",
        A,
        &Sketch {
            answer: "a CNAME a",
            ..EMPTY
        },
        "a circle of aliases",
    );
    let chain = |length: usize| {
        let links = (0..length).map(|n| format!("a{n} CNAME a{}\n", n + 1));
        links
            .chain([format!("a{length} A 192.0.2.1")])
            .collect::<String>()
    };
    let question = question("a0.exemple.test", A);
    let decode = |length| {
        let sketch = Sketch {
            answer: &chain(length),
            ..EMPTY
        };
        decode_response(
            &respond(&encode_query(&question, 7), &sketch),
            &question,
            Source::Nobody,
        )
    };
    let longest = decode(Answer::ALIASES_MAX)
        .expect("just short enough")
        .answer;
    assert_eq!(
        (longest.aliases.len(), longest.records.len()),
        (Answer::ALIASES_MAX, 1)
    );
    assert_eq!(
        decode(Answer::ALIASES_MAX + 1),
        Err(WireFault::TooManyAliases)
    );
}

#[test]
fn a_message_cut_anywhere_is_no_answer() {
    let question = question("a.exemple.test", RecordType::Txt);
    let sketch = Sketch {
        answer: "a CNAME b\nb TXT x",
        authority: SOA,
        errors: &[9],
        ..EMPTY
    };
    let whole = respond(&encode_query(&question, 7), &sketch);
    assert!(decode_response(&whole, &question, Source::Nobody).is_ok());
    for end in 0..whole.len() {
        let found = decode_response(&whole[..end], &question, Source::Nobody);
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
        let question = question("a.exemple.test", RecordType::Txt);
        let _ = decode_response(&noise, &question, Source::Nobody);
        let sketch = Sketch { answer: "a CNAME b\nb TXT x\nb TXT y z", authority: SOA, errors: &[9], ..EMPTY };
        let mut octets = respond(&encode_query(&question, 7), &sketch);
        for (index, octet) in changes {
            let index = index.index(octets.len());
            octets[index] = octet;
        }
        if let Ok(response) = decode_response(&octets, &question, Source::Nobody) {
            prop_assert!(response.answer.aliases.len() <= Answer::ALIASES_MAX);
        }
        octets.truncate(12);
        octets.extend(noise);
        let _ = decode_response(&octets, &question, Source::Nobody);
    }
}
