//! Whether the zone's answers can be validated.

use garant_dns::{Answer, AnswerTable, Data, Name, Question, RecordType, Source, Status};

use super::{Asker, Unsure};

pub(crate) struct DnssecFacts {
    /// The zone, by the public suffix list.
    pub(crate) zone: Name,
    /// The tag of a key that the parent announces, if it announces one.
    pub(crate) announced: Result<Option<u16>, Unsure>,
    /// Whether the zone has keys.
    pub(crate) signed: Result<bool, Unsure>,
    /// A question that fails unless validation is switched off.
    pub(crate) bogus: Option<Question>,
    /// Whether that zone has keys, asked without validation; only when the parent announces one.
    pub(crate) bogus_has_keys: Option<bool>,
    /// Whether some answer about the zone was validated.
    pub(crate) validated: bool,
    /// Whether the resolver validates at all; nothing when nobody knows.
    pub(crate) resolver_validates: Option<bool>,
}

pub(super) fn survey(asker: &mut Asker<'_>, zone: &Name) -> DnssecFacts {
    let parent = asker.definite(zone, RecordType::Ds);
    let keys = asker.definite(zone, RecordType::Dnskey);
    let from_file = |answer: &Result<&Answer, Unsure>| {
        answer
            .as_ref()
            .is_ok_and(|answer| answer.source == Source::Zone)
    };
    // A zone file is signed when it is published: that it holds no key says nothing about one that
    // its parent announces.
    let unpublished = from_file(&keys) && !from_file(&parent);
    let announced = parent.map(|answer| {
        answer.records.iter().find_map(|record| match &record.data {
            Data::Ds(ds) => Some(ds.key_tag),
            _ => None,
        })
    });
    let signed = keys.and_then(|answer| {
        let found = answer
            .records
            .iter()
            .any(|r| matches!(r.data, Data::Dnskey(_)));
        if unpublished && !found && announced != Ok(None) {
            let question = Question::new(zone.clone(), RecordType::Dnskey);
            return Err(Unsure::Unanswered(question, Status::Offline));
        }
        Ok(found)
    });
    let answers = &asker.observation().answers;
    let of_zone = |question: &Question| question.name.is_within(zone);
    let bogus = answers
        .iter()
        .filter(|(question, answer)| {
            !question.checking_disabled && of_zone(question) && answer.status == Status::ServFail
        })
        .map(|(question, _)| question)
        .find(|question| {
            let unchecked = answers.answer(&question.with_checking_disabled());
            unchecked.is_some_and(|answer| answer.status.is_definite())
        })
        .cloned();
    let bogus_has_keys = match (&bogus, &announced) {
        (Some(_), Ok(Some(_))) => unchecked_keys(asker, zone),
        _ => None,
    };
    // DS records stand in the parent; their validation says nothing about this zone.
    let validated = answers.iter().any(|(question, answer)| {
        of_zone(question)
            && question.rtype != RecordType::Ds
            && answer.authentic
            && answer.aliases.is_empty()
    });
    let mut resolver_validates = validated.then_some(true);
    if matches!(announced, Ok(Some(_))) && !validated {
        // The root is signed: a resolver that validates says so of it.
        let root = asker.ask(&Name::root(), RecordType::Soa);
        resolver_validates = root.and_then(tells_of_validation);
    }
    DnssecFacts {
        zone: zone.clone(),
        announced,
        signed,
        bogus,
        bogus_has_keys,
        validated,
        resolver_validates,
    }
}

/// Whether there are keys that nobody can validate: with none, the announcement alone is the fault.
fn unchecked_keys(asker: &mut Asker<'_>, zone: &Name) -> Option<bool> {
    let question = Question::new(zone.clone(), RecordType::Dnskey).with_checking_disabled();
    asker.need([question.clone()]);
    let answer = asker.observation().answers.answer(&question)?;
    let is_key = |record: &garant_dns::Record| matches!(record.data, Data::Dnskey(_));
    answer
        .status
        .is_definite()
        .then(|| answer.records.iter().any(is_key))
}

fn tells_of_validation(answer: &Answer) -> Option<bool> {
    let by_server = matches!(answer.source, Source::Udp(_) | Source::Tcp(_));
    (by_server && answer.status == Status::Found).then_some(answer.authentic)
}
