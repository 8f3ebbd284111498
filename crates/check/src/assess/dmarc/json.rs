//! The record as it is printed for programs.

use std::collections::BTreeMap;

use garant_dns::{Answer, Name, Question, RecordType};
use garant_msgauth::dmarc::{
    Acts, Comparison, Discovery, NearMissKind, Outcome, PolicyRecord, Reason, Selection, TagName,
};

use crate::assessment::{DmarcPolicy, DmarcRecord, Seen, reason_of};
use crate::survey::{DmarcFacts, Survey};

pub(super) fn empty_record(
    result: &'static str,
    reason: Option<&'static str>,
    seen: Seen,
) -> DmarcRecord {
    DmarcRecord {
        result,
        reason,
        seen,
        parsed: None,
        walk: None,
        psl: None,
    }
}

pub(super) fn json(
    facts: &DmarcFacts<'_>,
    comparison: &Comparison,
    name: &Name,
    survey: &Survey<'_>,
) -> DmarcRecord {
    let walk = &comparison.walk;
    let Some(applied) = walk.applied() else {
        let own = walk.own().map(|step| &step.selection);
        let reason = no_policy_reason(walk, own, survey);
        let raw = own.and_then(raw_of);
        let seen = Seen::of(name, facts.own, raw);
        let mut record = empty_record(walk.result(), reason, seen);
        record.psl = policy(&comparison.list);
        return record;
    };
    let at = applied
        .policy_domain
        .prefixed("_dmarc")
        .unwrap_or_else(|_| name.clone());
    let question = Question::new(at, RecordType::Txt);
    let seen = Seen::at(
        survey.answers,
        &question,
        Some(applied.record.text().into_owned()),
    );
    let result = match applied.acts {
        Acts::Nothing => "no-policy",
        Acts::AsWritten | Acts::AsNone => "valid",
    };
    DmarcRecord {
        result,
        reason: record_reason(&applied.record),
        seen,
        parsed: Some(tags(&applied.record)),
        walk: policy(walk),
        psl: policy(&comparison.list),
    }
}

fn raw_of(selection: &Selection) -> Option<String> {
    let records = selection
        .records
        .iter()
        .map(|record| record.text().into_owned());
    let near = selection.near_misses.iter().map(|near| near.found.clone());
    let texts: Vec<String> = records.chain(near).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn no_policy_reason(
    walk: &Discovery,
    own: Option<&Selection>,
    survey: &Survey<'_>,
) -> Option<&'static str> {
    if let Outcome::Unanswered(unanswered) = &walk.outcome {
        return Some(reason_of(unanswered.status));
    }
    let own = own?;
    if own.records.len() > 1 {
        return Some("multiple");
    }
    if let Some(near) = own.near_misses.first() {
        return Some(match near.kind {
            NearMissKind::LeadingSpace => "leading-space",
            NearMissKind::Quoted => "quoted",
            NearMissKind::LookAlike => "look-alike",
            NearMissKind::VersionCase => "version-case",
            NearMissKind::VersionNotFirst => "v-not-first",
            NearMissKind::Misspelt => "misspelt",
        });
    }
    let at_domain = survey
        .own_text
        .into_iter()
        .flat_map(Answer::texts)
        .any(|txt| super::own_name::meant(&txt.to_text()));
    (at_domain || survey.dmarc.elsewhere.is_some()).then_some("wrong-location")
}

fn record_reason(record: &PolicyRecord) -> Option<&'static str> {
    if record.p.is_none() && record.invalid(TagName::P).is_none() {
        return Some("p-missing");
    }
    record.faults.iter().find_map(|fault| match &fault.reason {
        Reason::InvalidValue {
            tag: TagName::P, ..
        } => Some("p-invalid"),
        Reason::InvalidValue {
            tag: TagName::Sp, ..
        } => Some("sp-invalid"),
        Reason::InvalidValue {
            tag: TagName::Np, ..
        } => Some("np-invalid"),
        Reason::ReportAddress { .. } => Some("rua-invalid"),
        _ => None,
    })
}

fn tags(record: &PolicyRecord) -> BTreeMap<String, String> {
    use garant_msgauth::tag_list::{self, Grammar, Piece};
    let octets = record.octets();
    let mut tags = BTreeMap::new();
    for piece in tag_list::split(octets, Grammar::Dmarc) {
        if let Piece::Tag { name, value, .. } = piece {
            let name = tag_list::lossy(octets, name).to_ascii_lowercase();
            tags.entry(name)
                .or_insert_with(|| tag_list::lossy(octets, value));
        }
    }
    tags
}

fn policy(discovery: &Discovery) -> Option<DmarcPolicy> {
    let applied = discovery.applied()?;
    let reading = applied.record.reading();
    let legacy = applied.record.legacy_reading();
    let by_list = discovery.method == garant_msgauth::dmarc::Method::PublicSuffixList;
    let (p, sp, np) = if by_list {
        (legacy.p, legacy.sp, legacy.sp)
    } else {
        (reading.p, reading.sp, reading.np)
    };
    let organization = discovery.organizational_domain.name();
    Some(DmarcPolicy {
        policy_domain: applied.policy_domain.clone(),
        organizational_domain: organization.unwrap_or(&discovery.author_domain).clone(),
        effective: applied.effective.as_str(),
        tag: applied.tag.as_str(),
        p: p.as_str(),
        sp: sp.as_str(),
        np: np.as_str(),
    })
}
