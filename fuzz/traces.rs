//! What servers write into messages: trace fields, results, chains.

use std::sync::Arc;

use garant_check::trace::{TraceObservation, TraceRequest};
use garant_dns::{Answer, Answers, Data, Record, Source, Status, Txt};
use garant_msgauth::Step;
use garant_msgauth::arc::{self, ChainStatus, SETS_MAX};
use garant_msgauth::auth_results::{AuthResults, PROPERTIES_MAX, RESULTS_MAX};
use garant_msgauth::dkim::{KEYS_MAX, Work};
use garant_msgauth::message::{Message, unfold};
use garant_msgauth::received::{self, HopKind, RECEIVED_MAX, Received, ReceivedSpf, Trusted};

/// Any text reads as results or as nothing; what is written of it is one field, which is written again as it stands.
pub(crate) fn auth_results(data: &[u8]) {
    let Some(results) = AuthResults::parse(&unfold(data)) else {
        return;
    };
    assert!(results.results.len() <= RESULTS_MAX);
    for result in &results.results {
        assert!(
            result.properties.len() <= PROPERTIES_MAX && result.comments.len() <= PROPERTIES_MAX
        );
        let _ = result.remark("p");
    }
    let written = results.write();
    let with_end = format!("{written}\r\n");
    let message = Message::read(with_end.as_bytes()).expect("a field is a message");
    assert_eq!((message.fields().len(), message.body().len()), (1, 0));
    assert_eq!(message.junk().count(), 0);
    assert!(
        written
            .split("\r\n")
            .all(|line| line.len() <= 998 && !line.contains(['\r', '\n']))
    );
    let again = AuthResults::all(&message);
    assert_eq!(again[0].write(), written);
}

/// Any message has a client or none; whatever is believed, the border lies between what is the receiver's and what
/// anybody may have written.
pub(crate) fn received(data: &[u8]) {
    let text = unfold(data);
    let _ = Received::parse(&text);
    let _ = ReceivedSpf::parse(&text);
    let Ok(message) = Message::read(data) else {
        return;
    };
    let name = "mx.google.com".parse().expect("a name");
    for trusted in [Trusted::Topmost, Trusted::Receiver(name), Trusted::Field(1)] {
        let Some(facts) = received::client(&message, &trusted) else {
            continue;
        };
        assert!(facts.hops.len() <= RECEIVED_MAX);
        let borders = facts.hops.iter().filter(|hop| hop.kind == HopKind::Border);
        assert_eq!(borders.count(), usize::from(facts.border.is_some()));
        if let Some(border) = facts.border {
            let is_beyond = |field| field > border;
            assert!(
                facts
                    .hops
                    .iter()
                    .all(|hop| is_beyond(hop.field) == (hop.kind == HopKind::Beyond))
            );
            for origin in facts.address.iter().map(|found| found.origin) {
                assert_eq!(origin.is_above, !is_beyond(origin.field));
            }
        }
    }
}

/// A message is traced to the end where nobody answers, and who is trusted changes nothing of what DMARC says.
fn whole(message: &Message<'_>) {
    let traced = |trusted_sealers| {
        let request = TraceRequest {
            trusted_sealers,
            ..TraceRequest::default()
        };
        TraceObservation::new(request, 1_795_343_700).trace(message)
    };
    let without = traced(Vec::new());
    let sealers = without.arc.sets.iter();
    let with = traced(sealers.filter_map(|set| set.domain.clone()).collect());
    assert_eq!(with.dmarc, without.dmarc);
    assert_eq!(with.verdict, without.verdict);
    assert!(!with.arc.trust.overrides && !without.arc.trust.overrides);
}

/// A chain comes to its end after few questions, and with bounded work.
pub(crate) fn arc(data: &[u8]) {
    const KEY: &str = "v=DKIM1; k=ed25519; p=nwK9S/oIxb3cFLhIcLQjvMcAaBmSn2+u6i8Rxk/kqJk=";
    let Ok(message) = Message::read(data) else {
        return;
    };
    whole(&message);
    let mut answers = Answers::new();
    for round in 0.. {
        assert!(round < 3, "the chain comes to an end");
        let mut work = Work::default();
        let step = arc::validate_counting(&message, &answers, 1_795_343_700, &mut work);
        let sets = SETS_MAX as usize;
        assert!(work.keys <= 2 * sets * KEYS_MAX && work.bodies <= 2);
        assert!(work.header_octets <= (sets + 4) * (2 * message.header().len() + 64));
        match step {
            Step::Done(chain) => {
                assert!(chain.sets.len() <= sets);
                assert_eq!(chain.failure.is_some(), chain.status == ChainStatus::Fail);
                assert_eq!(
                    chain.oldest_pass.is_some(),
                    chain.status == ChainStatus::Pass
                );
                break;
            }
            Step::Need(questions) => {
                assert!((1..=2 * sets).contains(&questions.len()));
                for question in questions {
                    let mut answer = Answer::bare(Status::Found, Source::Zone);
                    answer.records.push(Record {
                        owner: question.name.clone(),
                        ttl: 300,
                        data: Data::Txt(Txt::from_bytes(KEY.as_bytes())),
                    });
                    answers.insert(question, Arc::new(answer));
                }
            }
        }
    }
}
