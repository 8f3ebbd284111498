//! One function for every parser of foreign octets. The fuzzer calls them with what it invents, and a
//! test with what it once found (`fuzz/corpus/`). They panic where something is not as it must be.

pub(crate) mod lint;
pub(crate) mod messages;
mod pages;
pub(crate) mod sign;
pub(crate) mod traces;
pub(crate) mod worlds;

use std::sync::{Arc, LazyLock};

use futures::executor::block_on;
use garant_check::catalogue::{self, HostForm, hosts, services, suggestions};
use garant_check::plan::plan;
use garant_check::{
    DomainInput, EXPECTED_MAX, EXPECTED_VALUE_OCTETS_MAX, NoFetch, Observation, Sources, assess,
    read_expected, registrable_domain, report_address,
};
use garant_dns::server::{ServedZone, ServedZones, Transport, respond};
use garant_dns::{
    Answer, Answers, Data, Name, Question, Record, RecordType, Replay, Source, Status, Txt, Zone,
};
use garant_msgauth::{Step, bimi, dkim, dmarc, dsn, mta_sts, spf, tls_rpt};

/// A name and the function that is fed.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: &[Target] = &[
    ("name", name),
    ("input", input),
    ("zone", zone),
    ("wire", wire),
    ("server", server),
    ("capture", capture),
    ("worlds", worlds::worlds),
    ("expect", expect),
    ("address", address),
    ("words", words),
    ("host_form", host_form),
    ("spf", spf_record),
    ("dmarc", dmarc_record),
    ("dkim_key", dkim_key),
    ("dsn", dsn_report),
    ("transport", transport),
    ("message", messages::message),
    ("signatures", messages::signatures),
    ("canonical", messages::canonical_bodies),
    ("lint", lint::lint),
    ("auth_results", traces::auth_results),
    ("received", traces::received),
    ("arc", traces::arc),
    ("sign", sign::sign),
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

/// Whatever is sent to the name server, its reply fits and can be read; over TCP nothing is cut.
pub(crate) fn server(data: &[u8]) {
    const ZONE: &str = include_str!("../crates/dns/tests/served/exemple.test.zone");
    static ZONES: LazyLock<ServedZones> = LazyLock::new(|| {
        let apex = "exemple.test".parse().expect("a valid name");
        let zone = ServedZone::parse(ZONE.as_bytes(), &apex).expect("a zone");
        [zone].into_iter().collect()
    });
    let by_datagram = respond(data, Transport::Udp, &*ZONES);
    let by_connection = respond(data, Transport::Tcp, &*ZONES);
    assert_eq!(by_datagram.is_some(), by_connection.is_some());
    for (reply, octets_max) in [(by_datagram, 1_232), (by_connection, 65_535)] {
        let Some(reply) = reply else {
            continue;
        };
        assert!((12..=octets_max).contains(&reply.len()));
        assert_eq!(reply[..2], data[..2]);
        // It is a reply, no recursion is offered, and only a datagram is cut.
        assert_eq!((reply[2] & 0x80, reply[3] & 0x80), (0x80, 0));
        assert!(octets_max < 65_535 || reply[2] & 2 == 0);
        // Of the question that was asked, where the reply repeats it.
        for rtype in RecordType::ALL {
            let question = Question::new(domain(), rtype);
            let _ = garant_dns::wire::decode_direct(&reply, &question);
        }
    }
}

/// A capture reads or is refused; what reads is judged, planned for and printed without a further question,
/// and saves to the same.
pub(crate) fn capture(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(observation) = Observation::from_capture(text) else {
        return;
    };
    let saved = observation.to_capture();
    assert_eq!(Observation::from_capture(&saved).as_ref(), Ok(&observation));
    let assessment = assess(&observation);
    assert_eq!(assess(&observation), assessment);
    let recorded = Replay::new(observation.answers.clone());
    let sources = Sources::new(&recorded, &NoFetch);
    let plan = block_on(plan(sources, &observation, &assessment));
    if let Some(plan) = &plan {
        worlds::stands(plan);
    }
    pages::print(&observation, &assessment, plan.as_ref());
}

/// A list of expected records reads or is refused at its place; what reads is consistent, and reads again. The
/// first line may be another domain.
pub(crate) fn expect(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let split = text.split_once('\n');
    let split = split.and_then(|(line, list)| Some((DomainInput::parse(line).ok()?.domain, list)));
    let (domain, list) = split.unwrap_or((domain(), text));
    let records = match read_expected(list, &domain) {
        Ok(records) => records,
        Err(error) => {
            assert!(error.line <= list.lines().count() + 1, "{error}");
            return;
        }
    };
    assert!((1..=EXPECTED_MAX).contains(&records.len()));
    let organization = registrable_domain(&domain);
    for record in &records {
        assert!(record.name.is_within(&organization), "{}", record.name);
        assert!(record.name.to_wire().len() <= 255);
        let value = record.value.as_str();
        assert!((1..=EXPECTED_VALUE_OCTETS_MAX).contains(&value.len()));
        let host = |text: &str| text.parse::<Name>().expect("a target is a name");
        match record.rtype {
            RecordType::Txt => assert_eq!(value.trim(), value),
            RecordType::Cname => assert_eq!(host(value).to_string(), value),
            RecordType::Mx => {
                let (preference, exchange) = value.split_once(' ').expect("two words");
                let preference: u16 = preference.parse().expect("a preference");
                assert_eq!(format!("{preference} {}", host(exchange)), value);
            }
            other => panic!("{other} is not among the types"),
        }
    }
    let again = serde_json::to_string(&records).expect("records have text keys");
    assert_eq!(read_expected(&again, &domain), Ok(records), "{again}");
}

/// What is an address for reports can stand in a DMARC record alone, and is the same when it is typed again.
pub(crate) fn address(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Some(uri) = report_address(text) else {
        return;
    };
    assert_eq!(report_address(&uri).as_deref(), Some(uri.as_str()));
    let record = format!("v=DMARC1; p=none; rua={uri}");
    let record = dmarc::PolicyRecord::parse(record.as_bytes()).expect("a record");
    let written: Vec<&str> = record.rua().iter().map(|rua| rua.uri.as_str()).collect();
    assert_eq!(written, [uri.as_str()]);
    assert!(record.rua()[0].host.is_some() && record.rua()[0].size_suffix.is_none());
}

/// Whatever word is typed means a service, or a few that are near; whatever name a record has, some service or
/// none is known for it.
pub(crate) fn words(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(service) = catalogue::service(&text) {
        let by_id = catalogue::service(&service.id).expect("an id means its service");
        assert!(services().iter().any(|known| known.id == by_id.id));
    }
    let near = suggestions(&text);
    assert!(near.len() <= 3);
    for (index, service) in near.iter().enumerate() {
        assert!(near[..index].iter().all(|other| other.id != service.id));
    }
    let _ = catalogue::by_verification(&text);
    let Ok(name) = Name::from_input(&text) else {
        return;
    };
    let _ = (
        catalogue::by_dkim_target(&name),
        catalogue::by_spf_target(&name),
        catalogue::by_exchange(&name),
        catalogue::by_return_path_target(&name),
        catalogue::host_of_servers([&name]),
    );
    for service in services() {
        for (selector, target) in service.key_aliases(&name) {
            assert!(selector.to_wire().len() <= 255 && target.to_wire().len() <= 255);
        }
    }
}

/// A record in the form of any panel is still that record. One octet each chooses host, type and zone; then come
/// a line with the name, and the value.
pub(crate) fn host_form(data: &[u8]) {
    let [host, rtype, zone, rest @ ..] = data else {
        return;
    };
    let Some((name, value)) = std::str::from_utf8(rest)
        .ok()
        .and_then(|text| text.split_once('\n'))
    else {
        return;
    };
    let Ok(name) = Name::from_input(name) else {
        return;
    };
    let host = hosts().get(usize::from(*host));
    let rtype = RecordType::ALL[usize::from(*rtype) % RecordType::ALL.len()];
    let zone = name.suffix(usize::from(*zone) % 5);
    let form = HostForm::of(host, &zone, &name, rtype, value);
    match form.name.as_str() {
        "" | "@" => assert_eq!(name, zone),
        head if zone.is_root() => assert_eq!(head, name.as_str()),
        head => assert_eq!(format!("{head}.{zone}"), name.as_str()),
    }
    let same_target = |typed: &str, meant: &str| {
        let bare = |text: &str| text.trim_end_matches('.').to_owned();
        assert_eq!(bare(typed), bare(meant));
    };
    match rtype {
        RecordType::Cname | RecordType::Ns => same_target(&form.value, value),
        RecordType::Mx => {
            let exchange = match form.priority {
                Some(_) => value.trim().split_once(' ').expect("two words").1,
                None => value,
            };
            same_target(&form.value, exchange.trim());
        }
        RecordType::Txt => {
            let quoted = form.hints.contains(&"host-hint-quotes");
            if quoted {
                assert_eq!(unquoted(&form.value), value);
            } else {
                assert_eq!(form.value, value);
            }
            if let Some(split) = &form.value_split {
                assert_eq!(unquoted(split), value);
            }
        }
        _ => assert_eq!(form.value, value),
    }
}

/// What strings in quotes hold together; each holds 255 octets at most (RFC 1035, section 3.3).
fn unquoted(strings: &str) -> String {
    let (mut text, mut length, mut is_open, mut is_escaped) = (String::new(), 0, false, false);
    for character in strings.chars() {
        match character {
            '\\' if is_open && !is_escaped => {
                is_escaped = true;
                continue;
            }
            '"' if !is_escaped => {
                is_open = !is_open;
                length = 0;
                continue;
            }
            ' ' if !is_open => continue,
            _ => assert!(is_open, "{character:?} stands outside of the quotes"),
        }
        is_escaped = false;
        length += character.len_utf8();
        assert!(length <= 255, "a string is too long");
        text.push(character);
    }
    assert!(!is_open && !is_escaped);
    text
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

/// Every message reads as a report or as none; what is told of strangers has limits.
pub(crate) fn dsn_report(data: &[u8]) {
    let Ok(report) = dsn::read(data) else {
        return;
    };
    assert!(report.recipients.len() <= dsn::RECIPIENTS_MAX);
    assert_eq!(
        report.kind == dsn::Kind::Other,
        report.recipients.is_empty()
    );
    for recipient in &report.recipients {
        assert!(recipient.text.len() <= dsn::TEXT_OCTETS_MAX);
        assert!(!recipient.text.contains('\n'));
        let is_authentication = recipient.class == dsn::Class::Authentication;
        assert_eq!(recipient.authentication.is_some(), is_authentication);
        assert!(!is_authentication || recipient.permanence == dsn::Permanence::Temporary);
        assert_eq!(
            recipient.status.is_some(),
            recipient.status_origin.is_some()
        );
    }
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
