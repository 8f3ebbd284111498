//! Messages are found in octets of every kind, or it is said why not; and their authors.

use garant_msgauth::message::{
    AuthorError, FIELDS_MAX, HEADER_OCTETS_MAX, LineEnds, MESSAGE_OCTETS_MAX, Message,
    MessageError, authors, unfold,
};

/// Names and values of the fields, the body, and the lines that are neither.
#[track_caller]
fn check(octets: &[u8], fields: &[(&str, &str)], body: &[u8], junk: &[&[u8]]) {
    let message = Message::read(octets).expect("a message");
    let found: Vec<(String, String)> = message
        .fields()
        .map(|field| {
            let name = String::from_utf8_lossy(field.name()).into_owned();
            (name, field.value().into_owned())
        })
        .collect();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(found, fields);
    assert_eq!(message.body(), body);
    assert_eq!(message.junk().collect::<Vec<_>>(), junk);
    assert_eq!(message.octets(), octets);
    assert_eq!(message.header().len() + message.body().len(), octets.len());
}

#[track_caller]
fn check_refused(octets: &[u8], expect: MessageError) {
    assert_eq!(Message::read(octets).err(), Some(expect));
}

#[test]
fn fields_stand_above_the_first_empty_line() {
    check(
        b"A: 1\r\nB: 2\r\n\r\nbody\r\n",
        &[("A", "1"), ("B", "2")],
        b"body\r\n",
        &[],
    );
    check(
        b"A: 1\nB: 2\n\nbody\n",
        &[("A", "1"), ("B", "2")],
        b"body\n",
        &[],
    );
    check(b"A: 1\r\n\nB: 2\r\n", &[("A", "1")], b"B: 2\r\n", &[]);
    check(b"A: 1\r\n\r\n\r\nB: 2", &[("A", "1")], b"\r\nB: 2", &[]);
    check(b"A: 1", &[("A", "1")], b"", &[]);
    check(b"A: 1\r\n", &[("A", "1")], b"", &[]);
    check(b"A:\r\n\r\n", &[("A", "")], b"", &[]);
    check(
        b"A : 1\r\nX-b!#:2\r\n",
        &[("A", "1"), ("X-b!#", "2")],
        b"",
        &[],
    );
    check(b"A: b: c\r\n", &[("A", "b: c")], b"", &[]);
}

#[test]
fn folded_lines_belong_to_their_field() {
    check(
        b"A: 1\r\n 2\r\n\t3\r\nB: 4\r\n",
        &[("A", "1 2\t3"), ("B", "4")],
        b"",
        &[],
    );
    check(b"A:\r\n 1\r\n", &[("A", "1")], b"", &[]);
    // A line of white space only is no empty line.
    check(b"A: 1\r\n \r\n 2\r\n\r\nx", &[("A", "1  2")], b"x", &[]);
    assert_eq!(unfold(b" a\n b \r\n"), "a b");
}

#[test]
fn a_line_of_a_mailbox_file_is_left_out() {
    let octets = b"From anne@exemple.fr Mon Nov 22 10:00:00 2026\nA: 1\n\nx";
    check(octets, &[("A", "1")], b"x", &[]);
    let octets = b"A: 1\nFrom x y\nB: 2\n";
    check(octets, &[("A", "1"), ("B", "2")], b"", &[b"From x y\n"]);
}

#[test]
fn lines_that_are_no_fields_are_kept_apart() {
    check(
        b"A: 1\r\nwhat\r\n is this\r\nB: 2\r\n",
        &[("A", "1"), ("B", "2")],
        b"",
        &[b"what\r\n", b" is this\r\n"],
    );
    check(
        b"A: 1\r\n\xc3\xa9: 2\r\n: 3\r\n",
        &[("A", "1")],
        b"",
        &[b"\xc3\xa9: 2\r\n", b": 3\r\n"],
    );
}

#[test]
fn odd_octets_are_octets() {
    check(
        b"A: 1\0\x01\r\n\r\n\0\xff",
        &[("A", "1\0\x01")],
        b"\0\xff",
        &[],
    );
    check(b"A: caf\xe9\r\n", &[("A", "caf\u{fffd}")], b"", &[]);
    check(b"A: 1\r2\r\n\r\n\rx\r", &[("A", "1\r2")], b"\rx\r", &[]);
    check(b"A: 1\r\r\n", &[("A", "1")], b"", &[]);
}

#[test]
fn what_is_no_message_is_refused() {
    check_refused(b"", MessageError::Empty);
    check_refused(b"\r\n", MessageError::NoHeader);
    check_refused(b"\r\nA: 1\r\n", MessageError::NoHeader);
    check_refused(b"hello\r\n", MessageError::NoHeader);
    check_refused(b"hello world: x\r\n", MessageError::NoHeader);
    check_refused(b" A: 1\r\n", MessageError::NoHeader);
    check_refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MessageError::NoHeader);
    check_refused(b"\0\0\0\0", MessageError::NoHeader);
    check_refused(b"From anne Mon\n", MessageError::NoHeader);
}

#[test]
fn every_limit_of_a_message_holds() {
    let fields = "X: y\r\n".repeat(FIELDS_MAX);
    let message = Message::read(fields.as_bytes()).expect("as many as there may be");
    assert_eq!(message.fields().len(), FIELDS_MAX);
    check_refused(
        "X: y\r\n".repeat(10_000).as_bytes(),
        MessageError::TooManyFields,
    );
    check_refused(
        format!("{fields}X: y").as_bytes(),
        MessageError::TooManyFields,
    );

    let junk = format!("X: y\r\n{}", "what\r\n".repeat(FIELDS_MAX + 1));
    check_refused(junk.as_bytes(), MessageError::NoHeader);

    let long = format!("X: {}\r\n y\r\n", "x".repeat(HEADER_OCTETS_MAX));
    check_refused(long.as_bytes(), MessageError::HeaderTooLarge);
    // One line may be all of it, and have no end.
    for end in ["", "\r\n", "\r\n\r\nbody"] {
        let long = format!("X: {}{end}", "x".repeat(HEADER_OCTETS_MAX));
        check_refused(long.as_bytes(), MessageError::HeaderTooLarge);
    }

    let mut large = b"X: y\r\n\r\n".to_vec();
    large.resize(MESSAGE_OCTETS_MAX, b'x');
    assert!(Message::read(&large).is_ok());
    large.resize(50_000_000, b'x');
    check_refused(&large, MessageError::TooLarge(50_000_000));
}

#[test]
fn line_ends_of_every_kind_are_told() {
    let check = |octets: &[u8], crlf, lf, bare_cr| {
        let message = Message::read(octets).expect("a message");
        let expect = LineEnds { crlf, lf, bare_cr };
        assert_eq!(message.line_ends(), expect, "{}", octets.escape_ascii());
    };
    check(b"A: 1\r\n\r\nx\r\n", true, false, false);
    check(b"A: 1\n\nx\n", false, true, false);
    check(b"A: 1\r\n\nx", true, true, false);
    check(b"A: 1\r\n\r\nx\ry", true, false, true);
    check(b"A: 1\r\n\r\nx\r", true, false, true);
    check(b"A: 1", false, false, false);
}

/// Display names and addresses, and the domains.
#[track_caller]
fn check_authors(header: &str, expect: &[(Option<&str>, &str, &str)]) {
    let message = Message::read(header.as_bytes()).expect("a message");
    let found = authors(&message).expect(header);
    let found: Vec<_> = found
        .iter()
        .map(|author| {
            let name = author.display_name.as_deref();
            (name, author.address.as_str(), author.domain.as_str())
        })
        .collect();
    assert_eq!(found, expect, "{header}");
}

#[track_caller]
fn check_no_authors(header: &str, expect: AuthorError) {
    let message = Message::read(header.as_bytes()).expect("a message");
    assert_eq!(authors(&message).err(), Some(expect), "{header}");
}

#[test]
fn authors_are_those_of_from() {
    let anne = "anne@exemple.fr";
    check_authors("From: anne@exemple.fr\n", &[(None, anne, "exemple.fr")]);
    // The last line of a header may have no line end.
    check_authors("From: anne@exemple.fr", &[(None, anne, "exemple.fr")]);
    check_authors("from: <anne@exemple.fr>\n", &[(None, anne, "exemple.fr")]);
    check_authors(
        "From: Anne <anne@exemple.fr>\n",
        &[(Some("Anne"), anne, "exemple.fr")],
    );
    check_authors(
        "From: Anne <anne@EXEMPLE.fr>\n",
        &[(Some("Anne"), "anne@EXEMPLE.fr", "exemple.fr")],
    );
    check_authors(
        "From: \"Anne, Paul\"\n <anne@exemple.fr>\n",
        &[(Some("Anne, Paul"), anne, "exemple.fr")],
    );
    check_authors(
        "From: =?UTF-8?B?w4l2w6k=?= <anne@exemple.fr>\n",
        &[(Some("Évé"), anne, "exemple.fr")],
    );
    check_authors(
        "From: Anne <anne@exemple.fr>, Paul <p@example.org>\n",
        &[
            (Some("Anne"), anne, "exemple.fr"),
            (Some("Paul"), "p@example.org", "example.org"),
        ],
    );
}

#[test]
fn a_display_name_that_holds_an_address_stays_a_name() {
    check_authors(
        "From: \"chef@banque.example\" <x@voleur.example>\n",
        &[(
            Some("chef@banque.example"),
            "x@voleur.example",
            "voleur.example",
        )],
    );
    for (from, name) in [
        (
            "chef@banque.example <x@voleur.example>",
            "chef@banque.example",
        ),
        (
            "=?utf-8?q?=3Cchef=40banque.example=3E?= <x@voleur.example>",
            "<chef@banque.example>",
        ),
        (
            "x@voleur.example (<chef@banque.example>)",
            "<chef@banque.example>",
        ),
    ] {
        let expect = (Some(name), "x@voleur.example", "voleur.example");
        check_authors(&format!("From: {from}\n"), &[expect]);
    }
}

#[test]
fn domains_beyond_ascii_become_a_labels() {
    check_authors(
        "From: André <andré@éxemple.fr>\n",
        &[(Some("André"), "andré@éxemple.fr", "xn--xemple-9ua.fr")],
    );
}

#[test]
fn a_message_without_one_from_has_no_author() {
    check_no_authors("To: a@exemple.fr\n", AuthorError::NoFrom);
    check_no_authors(
        "From: a@exemple.fr\nFrom: b@exemple.fr\n",
        AuthorError::SeveralFrom,
    );
    check_no_authors(
        "From: a@exemple.fr\nFROM : b@exemple.fr\n",
        AuthorError::SeveralFrom,
    );
    check_no_authors("From:\n", AuthorError::NoAddress);
    check_no_authors("From: Anne\n", AuthorError::NoAddress);
    check_no_authors("From: <>\n", AuthorError::NoAddress);
    check_no_authors("From: Anne <anne>\n", AuthorError::NoAddress);
    check_no_authors("From: Anne <anne@a b>\n", AuthorError::NoAddress);
    check_no_authors("From: undisclosed:;\n", AuthorError::NoAddress);
    // Which of the two is meant, each receiver decides for itself.
    check_no_authors("From: a@exemple.fr@b.example\n", AuthorError::NoAddress);
    check_no_authors(
        "From: A <a@exemple.fr> B <b@b.example>\n",
        AuthorError::NoAddress,
    );
    check_no_authors(
        "From: <a@exemple.fr><b@b.example>\n",
        AuthorError::NoAddress,
    );
}

#[test]
fn groups_and_comments_are_read() {
    check_authors(
        "From: Nous: Anne <anne@exemple.fr>, p@example.org;\n",
        &[
            (Some("Anne"), "anne@exemple.fr", "exemple.fr"),
            (None, "p@example.org", "example.org"),
        ],
    );
    check_authors(
        "From: anne@exemple.fr (Anne)\n",
        &[(Some("Anne"), "anne@exemple.fr", "exemple.fr")],
    );
    check_authors(
        "From: Anne (x@voleur.example) <anne@exemple.fr>\n",
        &[(
            Some("Anne (x@voleur.example)"),
            "anne@exemple.fr",
            "exemple.fr",
        )],
    );
    check_authors(
        "From: <@relay.example:anne@exemple.fr>\n",
        &[(None, "anne@exemple.fr", "exemple.fr")],
    );
}
