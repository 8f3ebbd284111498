//! What is signed verifies.

use std::sync::{Arc, LazyLock};

use garant_dns::{Answer, Answers, Data, Name, Question, Record, RecordType, Source, Status, Txt};
use garant_msgauth::Step;
use garant_msgauth::crypto::SigningKey;
use garant_msgauth::dkim::sign::{
    AuthorRule, FIELD_OCTETS_MAX, ListFields, Policy, Signatory, Signer, key_record,
};
use garant_msgauth::dkim::{DkimResult, verify};
use garant_msgauth::message::Message;

/// When messages are signed here, in seconds since 1970.
const NOW: u64 = 1_795_343_700;
/// Columns of a line of a signature field at most.
const COLUMNS_MAX: usize = 78;

const RSA: &[u8] = include_bytes!("../crates/msgauth/tests/keys/signing-rsa2048.pem");
/// RFC 8032, section 7.1, test 1.
const ED25519: &[u8] = b"nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

/// Two signers, who differ in what they leave to mailing lists, and their keys.
static SIGNERS: LazyLock<([Signer; 2], Answers)> = LazyLock::new(|| {
    let mut answers = Answers::new();
    let mut signatory = |selector: &str, octets: &[u8]| {
        let key = SigningKey::read(octets).expect("a key");
        let name = format!("{selector}._domainkey.exemple.fr");
        let name: Name = name.parse().expect("a name");
        let text = key_record(&key).expect("a record");
        let question = Question::new(name.clone(), RecordType::Txt);
        let record = Record {
            owner: name,
            ttl: 300,
            data: Data::Txt(Txt::from_bytes(text.as_bytes())),
        };
        let answer = Answer {
            records: vec![record],
            ..Answer::bare(Status::Found, Source::Zone)
        };
        answers.insert(question, Arc::new(answer));
        Signatory {
            domain: "exemple.fr".parse().expect("a name"),
            selector: selector.parse().expect("a name"),
            key,
        }
    };
    let mut signer = |list_fields| {
        let both = vec![signatory("e1", ED25519), signatory("r1", RSA)];
        let policy = Policy {
            author: AuthorRule::AnyDomain,
            list_fields,
            ..Policy::default()
        };
        Signer::new(both, policy).expect("a signer")
    };
    let signers = [signer(ListFields::Closed), signer(ListFields::Open)];
    (signers, answers)
});

/// The first octet says where the message, which follows, is cut into pieces, and which signer signs. What is
/// signed verifies, in pieces as in one; and no longer when a field was added.
pub(crate) fn sign(data: &[u8]) {
    let Some((&first, octets)) = data.split_first() else {
        return;
    };
    let (signers, answers) = &*SIGNERS;
    let signer = &signers[usize::from(first & 1)];
    let whole = signer.sign(octets, NOW);
    let mut stream = signer.stream(NOW);
    let mut pieces = octets.chunks(usize::from(first >> 1) + 1);
    let taken = pieces.try_for_each(|piece| stream.update(piece));
    assert_eq!(taken.and_then(|()| stream.finish()), whole);
    let Ok(signed) = whole else {
        return;
    };
    assert!(signed.fields.len() <= 2 * FIELD_OCTETS_MAX);
    let lines = signed.fields.split_terminator("\r\n");
    lines.for_each(|line| assert!(line.len() <= COLUMNS_MAX && !line.trim().is_empty()));
    let results = |octets: &[u8]| -> Vec<DkimResult> {
        let message = Message::read(octets).expect("what was signed is a message");
        match verify(&message, answers, NOW) {
            Step::Done(all) => all.iter().map(|one| one.result).collect(),
            Step::Need(_) => Vec::new(),
        }
    };
    let message = [signed.fields.as_bytes(), octets].concat();
    let found = results(&message);
    // Signatures of strangers, whose keys are not known, leave questions open.
    if !found.is_empty() {
        assert_eq!(found[..2], [DkimResult::Pass; 2]);
        let more = [b"Subject: x\r\n".as_slice(), &message].concat();
        if Message::read(&more).is_ok() {
            assert!(!results(&more)[..2].contains(&DkimResult::Pass));
        }
    }
}
