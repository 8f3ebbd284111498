//! The signed messages of RFC 6376, appendix A and RFC 8463, appendix A are good, and nothing else is.

#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use garant_msgauth::dkim::{DkimResult, Failure, Verification, verify, verify_header};
use garant_msgauth::message::Message;
use world::World;

const NOW: u64 = 1_795_343_700;

/// The keys of RFC 6376 (section 3.6.1 has its form) and RFC 8463, appendix A.2.
const KEYS: &[(&str, &str)] = &[
    (
        "brisbane._domainkey.example.com",
        "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB",
    ),
    (
        "brisbane._domainkey.football.example.com",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    ),
    (
        "test._domainkey.football.example.com",
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
    ),
];

const RFC6376: &str = include_str!("dkim/rfc6376-a2.eml");
const RFC8463: &str = include_str!("dkim/rfc8463-a3.eml");

fn verifications(message: &str) -> Vec<Verification> {
    let message = Message::read(message.as_bytes()).expect("a message");
    World::new(KEYS)
        .run(|answers| verify(&message, answers, NOW))
        .0
}

#[track_caller]
fn check(message: &str, results: &[(DkimResult, Option<Failure>)]) {
    for message in [message.to_owned(), message.replace('\n', "\r\n")] {
        let found: Vec<_> = verifications(&message)
            .iter()
            .map(|verification| (verification.result, verification.failure))
            .collect();
        assert_eq!(found, results);
    }
}

#[test]
fn the_examples_of_the_documents_are_good() {
    check(RFC6376, &[(DkimResult::Pass, None)]);
    check(
        RFC8463,
        &[(DkimResult::Pass, None), (DkimResult::Pass, None)],
    );
}

#[test]
fn the_header_alone_is_judged_without_its_body() {
    let header = RFC6376.split("\n\n").next().expect("a header section");
    let tampered = header.replace("Subject: Is", "Subject: Was");
    assert_ne!(header, tampered);
    for (text, expect) in [
        (header, (DkimResult::Pass, None)),
        (&tampered, (DkimResult::Fail, Some(Failure::HeaderChanged))),
    ] {
        let message = Message::read(text.as_bytes()).expect("a header section");
        let (found, _) = World::new(KEYS).run(|answers| verify_header(&message, answers, NOW));
        let [one] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!((one.result, one.failure), expect);
        assert_eq!(
            one.body, None,
            "nothing is said of a body that is not at hand"
        );
    }
}
