//! One function for every parser of foreign octets. The fuzzer calls them with what it invents, and a
//! test with what it once found (`fuzz/corpus/`). They panic where something is not as it must be.

use std::sync::Arc;

use garant_check::{DomainInput, Observation, assess};
use garant_dns::{
    Answer, Answers, Data, Name, Question, Record, RecordType, Source, Status, Txt, Zone,
};
use garant_msgauth::{Step, bimi, dkim, dmarc, mta_sts, spf, tls_rpt};

/// A name and the function that is fed.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: &[Target] = &[
    ("name", name),
    ("input", input),
    ("zone", zone),
    ("wire", wire),
    ("capture", capture),
    ("spf", spf_record),
    ("dmarc", dmarc_record),
    ("dkim_key", dkim_key),
    ("transport", transport),
    ("sanitise", sanitise),
];

fn domain() -> Name {
    "exemple.fr".parse().expect("a valid name")
}

/// What prints, reads back to the same.
pub(crate) fn name(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(name) = text.parse::<Name>() {
        assert_eq!(name.to_string().parse::<Name>().as_ref(), Ok(&name));
        assert!(name.to_wire().len() <= 255);
        assert_eq!(name.labels().count(), name.label_count());
    }
}

/// Whatever is typed gives a domain that can be asked for, or a refusal.
pub(crate) fn input(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(input) = DomainInput::parse(text) {
        assert!(input.domain.label_count() >= 2);
        let again = DomainInput::parse(input.domain.as_str()).expect("a domain is a domain");
        assert!(input.domain.is_within(&again.domain));
    }
}

/// A zone reads or is refused; what reads answers every question about its names.
pub(crate) fn zone(data: &[u8]) {
    let Ok(zone) = Zone::parse(data, &domain()) else {
        return;
    };
    let owners: Vec<Name> = zone
        .records()
        .take(20)
        .map(|record| record.owner.clone())
        .collect();
    let zones = garant_dns::Zones::new(vec![zone]);
    for owner in owners {
        for rtype in [RecordType::Txt, RecordType::A, RecordType::Cname] {
            let question = Question::new(owner.clone(), rtype);
            let answer = garant_dns::Resolver::resolve(&zones, &question);
            futures::executor::block_on(answer);
        }
    }
}

/// A message from a server is an answer or a fault.
pub(crate) fn wire(data: &[u8]) {
    for rtype in [RecordType::Txt, RecordType::Mx, RecordType::A] {
        let question = Question::new(domain(), rtype);
        let _ = garant_dns::wire::decode_response(data, &question, Source::Nobody);
    }
    for rtype in [RecordType::Ns, RecordType::Soa, RecordType::Txt] {
        let question = Question::new(domain(), rtype);
        let Ok(answer) = garant_dns::wire::decode_direct(data, &question) else {
            continue;
        };
        let is_server = |name: &Name| {
            let mut referral = answer.referral.iter();
            referral.any(|record| record.data == Data::Ns(name.clone()))
        };
        assert!(answer.glue.iter().all(|record| is_server(&record.owner)));
        assert!(answer.soa.is_none() || answer.status != Status::Found);
    }
}

/// A capture reads or is refused; what reads is judged, and saves to the same.
pub(crate) fn capture(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(observation) = Observation::from_capture(text) else {
        return;
    };
    let assessment = assess(&observation);
    assert_eq!(assess(&observation), assessment);
    let saved = observation.to_capture();
    assert_eq!(Observation::from_capture(&saved).as_ref(), Ok(&observation));
}

fn text_answer(texts: &[&[u8]]) -> Arc<Answer> {
    let mut answer = Answer::bare(Status::Found, Source::Zone);
    answer.records = texts
        .iter()
        .map(|text| Record {
            owner: domain(),
            ttl: 300,
            data: Data::Txt(Txt::from_bytes(text)),
        })
        .collect();
    Arc::new(answer)
}

/// Every text reads as a record; its tree and its evaluation come to an end.
pub(crate) fn spf_record(data: &[u8]) {
    let record = spf::Record::parse(data);
    if record.is_valid() {
        let printed = record.to_string();
        assert_eq!(spf::Record::parse(printed.as_bytes()).to_string(), printed);
    }
    let _ = spf::near_miss(data);
    let mut answers = Answers::new();
    answers.insert(
        Question::new(domain(), RecordType::Txt),
        text_answer(&[data]),
    );
    for round in 0.. {
        assert!(round < 100, "the tree comes to an end");
        let tree = spf::tree(&domain(), &answers);
        if tree.needs.is_empty() {
            break;
        }
        for question in tree.needs {
            let answer = match question.rtype {
                RecordType::Txt => text_answer(&[data]),
                _ => Arc::new(Answer::bare(Status::NxDomain, Source::Zone)),
            };
            answers.insert(question, answer);
        }
    }
    let params = spf::Params {
        client_ip: [192, 0, 2, 1].into(),
        mail_from: "anne@exemple.fr",
        helo: "mail.exemple.fr",
        receiver: "mx.example",
        now: 1_795_343_700,
    };
    for round in 0.. {
        assert!(round < 1000, "the evaluation comes to an end");
        match spf::check_host(&params, &answers) {
            Step::Done(_) => break,
            Step::Need(questions) => {
                for question in questions {
                    let nothing = Arc::new(Answer::bare(Status::NxDomain, Source::Zone));
                    answers.insert(question, nothing);
                }
            }
        }
    }
}

/// Every text reads as a policy record, a near miss or nothing; repairs are records.
pub(crate) fn dmarc_record(data: &[u8]) {
    if let Some(record) = dmarc::PolicyRecord::parse(data) {
        let _ = (record.reading(), record.legacy_reading(), record.intent());
        assert!(dmarc::PolicyRecord::parse(record.repaired().as_bytes()).is_some());
        assert!(dmarc::near_miss(data).is_none());
    } else if let Some(near) = dmarc::near_miss(data) {
        assert!(dmarc::PolicyRecord::parse(near.fixed.as_bytes()).is_some());
    }
    let _ = dmarc::select(&text_answer(&[data, b"v=DMARC1; p=none"]));
}

/// Every text reads as a key record with its faults; repairs are free of fatal ones.
pub(crate) fn dkim_key(data: &[u8]) {
    let record = dkim::KeyRecord::parse(data);
    if let Some(repaired) = record.repaired() {
        assert!(!dkim::KeyRecord::parse(repaired.as_bytes()).is_fatal());
    }
    let _ = (
        record.without_testing(),
        record.key_octets(),
        record.is_usable_for_mail(),
    );
    let _ = dkim::select(&text_answer(&[data, b"AAAA"]));
}

/// MTA-STS, TLS-RPT and BIMI.
pub(crate) fn transport(data: &[u8]) {
    if let Some(record) = mta_sts::Record::parse(data) {
        let _ = record.repaired("1");
    }
    if let Ok(text) = std::str::from_utf8(data) {
        let policy = mta_sts::Policy::parse(text);
        let _ = policy.names(&domain());
    }
    if let Some(record) = tls_rpt::Record::parse(data) {
        let _ = record.repaired();
    }
    if let Some(record) = bimi::Record::parse(data) {
        let _ = record.is_declined();
    }
}

/// Nothing hostile is left.
pub(crate) fn sanitise(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let clean = garant_service::present::sanitise(&text);
    assert!(!clean.chars().any(garant_service::present::is_hostile));
    let markdown = garant_service::present::escape_markdown(&text);
    assert!(!markdown.contains(['`', '<']));
}
