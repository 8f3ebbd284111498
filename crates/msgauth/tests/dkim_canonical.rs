//! The cases of `dkim/canonicalization.txt`, in one piece and cut in two at every place.

use garant_msgauth::crypto::Sha256;
use garant_msgauth::dkim::body::{Body, LENGTHS_MAX};
use garant_msgauth::dkim::canonical::{field, signature_field};
use garant_msgauth::dkim::{BodyHasher, Canonicalization};
use garant_msgauth::message::Field;

const CASES: &str = include_str!("dkim/canonicalization.txt");

#[derive(Debug, Default)]
struct Case<'a> {
    name: &'a str,
    input: Vec<u8>,
    simple: Vec<u8>,
    relaxed: Vec<u8>,
}

fn unescaped(text: &str) -> Vec<u8> {
    let text = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let mut rest = text.expect("a text in quotes").as_bytes();
    let mut octets = Vec::new();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'\\' {
            octets.push(*first);
            continue;
        }
        let (escape, tail) = rest.split_first().expect("an escape");
        rest = tail;
        octets.push(match escape {
            b'r' => b'\r',
            b'n' => b'\n',
            b't' => b'\t',
            b'x' => {
                let digits = std::str::from_utf8(&rest[..2]).expect("two digits");
                rest = &rest[2..];
                u8::from_str_radix(digits, 16).expect("two digits")
            }
            other => *other,
        });
    }
    octets
}

fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(' ') {
            Some((kind, _)) if kind.ends_with(':') => cases.push(Case {
                name: line,
                ..Case::default()
            }),
            Some((word, value)) => {
                let case = cases.last_mut().expect("a name first");
                let octets = match value {
                    "=" => case.input.clone(),
                    text => unescaped(text),
                };
                match word {
                    "input" => case.input = octets,
                    "simple" => case.simple = octets,
                    "relaxed" => case.relaxed = octets,
                    other => panic!("{other} in {}", case.name),
                }
            }
            None => assert_eq!(line, ""),
        }
    }
    cases
}

fn body(canonicalization: Canonicalization, chunks: &[&[u8]]) -> Vec<u8> {
    let mut body = Body::new(canonicalization, Vec::new());
    for chunk in chunks {
        body.update(chunk);
    }
    body.finish()
}

#[track_caller]
fn check(case: &Case<'_>, canonicalization: Canonicalization, expect: &[u8]) {
    let input = case.input.as_slice();
    let mut found = Vec::new();
    match case.name.split_once(':').expect("a kind").0 {
        "body" => {
            found = body(canonicalization, &[input]);
            for at in 0..=input.len() {
                let (head, tail) = input.split_at(at);
                let cut = body(canonicalization, &[head, b"", tail]);
                assert_eq!(cut, found, "{} cut at {at}", case.name);
            }
            let single: Vec<&[u8]> = input.chunks(1).collect();
            assert_eq!(body(canonicalization, &single), found, "{}", case.name);
        }
        "field" => {
            let input = Field::new(0, input).expect("a field");
            field(canonicalization, &input, &mut found);
        }
        _ => {
            let input = Field::new(0, input).expect("a field");
            signature_field(canonicalization, &input, &mut found);
        }
    }
    let show = |octets: &[u8]| octets.escape_ascii().to_string();
    assert_eq!(
        show(&found),
        show(expect),
        "{} ({canonicalization})",
        case.name
    );
}

#[test]
fn every_case_gives_what_it_says() {
    let cases = cases();
    assert!(cases.len() >= 40, "{}", cases.len());
    for case in &cases {
        check(case, Canonicalization::Simple, &case.simple);
        check(case, Canonicalization::Relaxed, &case.relaxed);
    }
}

#[test]
fn an_empty_body_has_the_hashes_of_the_document() {
    // RFC 6376, sections 3.4.3 and 3.4.4.
    for (canonicalization, expect) in [
        (Canonicalization::Simple, &b"\r\n"[..]),
        (Canonicalization::Relaxed, b""),
    ] {
        let digests = BodyHasher::new(canonicalization).finish();
        assert_eq!(digests.whole, Sha256::of(expect));
        assert_eq!(digests.octets, expect.len() as u64);
    }
}

#[test]
fn lengths_have_a_limit() {
    let lengths: Vec<u64> = (0..1_000).rev().collect();
    let mut hasher = BodyHasher::with_lengths(Canonicalization::Simple, &lengths);
    hasher.update(&[b'x'; 2_000]);
    let digests = hasher.finish();
    let found = lengths
        .iter()
        .filter(|length| digests.of(Some(**length)).is_some());
    assert_eq!(found.count(), LENGTHS_MAX);
    assert_eq!(digests.of(Some(7)), Some(Sha256::of(b"xxxxxxx")));
}

#[test]
fn millions_of_line_ends_are_linear_work() {
    let mut body = vec![b'\n'; 3_000_000];
    body.extend(b"x");
    let mut hasher = BodyHasher::new(Canonicalization::Relaxed);
    for chunk in body.chunks(65_536) {
        hasher.update(chunk);
    }
    assert_eq!(hasher.finish().octets, 6_000_003);
}

/// The same by the words of the document: lines, then white space, then empty lines at the end.
fn by_the_words(canonicalization: Canonicalization, body: &[u8]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut line = Vec::new();
    for octet in body {
        match octet {
            b'\n' => {
                line.pop_if(|last| *last == b'\r');
                lines.push(std::mem::take(&mut line));
            }
            octet => line.push(*octet),
        }
    }
    lines.push(line);
    if canonicalization == Canonicalization::Relaxed {
        let is_space = |octet: &u8| matches!(octet, b' ' | b'\t');
        for line in &mut lines {
            let end = line.iter().rposition(|octet| !is_space(octet));
            line.truncate(end.map_or(0, |last| last + 1));
            let mut words = Vec::new();
            for octet in line.iter() {
                if !is_space(octet) {
                    words.push(*octet);
                } else if words.last() != Some(&b' ') {
                    words.push(b' ');
                }
            }
            *line = words;
        }
    }
    while lines.pop_if(|line| line.is_empty()).is_some() {}
    if lines.is_empty() && canonicalization == Canonicalization::Simple {
        lines.push(Vec::new());
    }
    lines
        .iter()
        .flat_map(|line| [line.as_slice(), b"\r\n"].concat())
        .collect()
}

/// The value of a field by the words of RFC 6376, section 3.4.2: unfolded, white space as one space, none at its ends.
fn value_by_the_words(value: &str) -> String {
    let unfolded = value.replace("\r\n", "").replace('\n', "");
    let words = unfolded.split([' ', '\t']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

proptest::proptest! {
    #[test]
    fn fields_become_what_the_words_of_the_document_say(
        value in "(:|a|bc|  ?|\t|\r|\n|\r\n ?){0,30}(\r\n)?",
    ) {
        let text = format!("X-Name \t:{value}");
        let read = Field::new(0, text.as_bytes()).expect("a field");
        let mut found = Vec::new();
        field(Canonicalization::Relaxed, &read, &mut found);
        let expect = format!("x-name:{}\r\n", value_by_the_words(&value));
        proptest::prop_assert_eq!(found.escape_ascii().to_string(), expect.escape_default().to_string());
    }

    #[test]
    fn bodies_become_what_the_words_of_the_document_say(
        before in "[ab \t\r\n]{0,60}",
        filling in 0usize..60,
        after in "[abcdefgh \t\r\n]{0,120}",
        size in 1usize..9_000,
    ) {
        // Where inner buffers end, whatever stands there.
        for filling in [0, 8_150 + filling] {
            let text = format!("{before}{}{after}", "x".repeat(filling));
            for canonicalization in [Canonicalization::Simple, Canonicalization::Relaxed] {
                let expect = by_the_words(canonicalization, text.as_bytes());
                let chunks: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                let found = body(canonicalization, &chunks);
                proptest::prop_assert_eq!(found.escape_ascii().to_string(), expect.escape_ascii().to_string());
            }
        }
    }
}
