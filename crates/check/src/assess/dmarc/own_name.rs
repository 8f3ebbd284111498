//! What stands where the record is looked for and is no record that counts: several, texts that were meant
//! as one, an alias that leads nowhere; or the record at another name.

use garant_dns::{Answer, AnswerTable, Name, RecordType};
use garant_msgauth::dmarc::{
    Discovery, NearMiss, NearMissKind, Outcome, PolicyRecord, ReportAddress, Selection, TagName,
    WalkStep, near_miss, registrable_domain,
};

use super::super::Judge;
use super::super::dkim::owner;
use crate::finding::{Code, Fix, Severity};
use crate::survey::{DmarcPlace, Survey};

/// Tells what keeps the record of the domain, or of its organization, from being seen. Says whether
/// something does.
pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>, walk: &Discovery) -> bool {
    let told_before = judge.findings.len();
    if let Some(own) = walk.own() {
        at_step(judge, survey, own);
    }
    let is_told = |judge: &Judge| {
        let told = &judge.findings[told_before..];
        told.iter()
            .any(|finding| finding.severity <= Severity::Risk)
    };
    if !is_told(judge) && walk.outcome == Outcome::NoRecord {
        // The domain may rely on the record of its organization, and that one is broken.
        let organization = registrable_domain(&walk.author_domain);
        let is_above = |step: &&WalkStep| {
            step.domain != walk.author_domain && Some(&step.domain) == organization.as_ref()
        };
        if let Some(above) = walk.steps.iter().find(is_above) {
            at_step(judge, survey, above);
        }
    }
    if !is_told(judge) && walk.outcome == Outcome::NoRecord {
        wrong_place(judge, survey);
    }
    is_told(judge)
}

fn at_step(judge: &mut Judge, survey: &Survey<'_>, step: &WalkStep) {
    let Some(question) = &step.question else {
        return;
    };
    let name = &question.name;
    let answer = survey.answers.answer(question);
    let selection = &step.selection;
    let owner = owner(name, answer);
    match selection.records.as_slice() {
        [] => {
            for (at, near) in selection.near_misses.iter().enumerate() {
                near_miss_finding(judge, name, owner, near, at == 0);
            }
            dangling(judge, survey, name, answer);
        }
        [_] => unrelated(judge, name, owner, selection),
        records => multiple(judge, name, owner, records),
    }
}

/// The strictest record is kept, because whoever wrote it meant it, with the report addresses of all.
fn multiple(judge: &mut Judge, name: &Name, owner: &Name, records: &[PolicyRecord]) {
    let texts: Vec<String> = records.iter().map(|r| r.text().into_owned()).collect();
    let policy = |record: &PolicyRecord| record.reading().p;
    // Of equals the first.
    let kept = records
        .iter()
        .rev()
        .max_by_key(|record| policy(record))
        .unwrap_or(&records[0]);
    let mut finding = judge
        .finding(Code::DmarcMultiple, Severity::Risk, name)
        .arg("count", records.len())
        .found(texts.join("\n"))
        .at_name(owner, RecordType::Txt);
    let kept_text = kept.text();
    for text in texts.iter().filter(|text| **text != kept_text) {
        finding = finding.fix(Fix::delete(owner, RecordType::Txt, text.clone()));
    }
    let mut merged = kept.clone();
    for (tag, addresses) in [
        (
            TagName::Rua,
            PolicyRecord::rua as fn(&PolicyRecord) -> &[ReportAddress],
        ),
        (TagName::Ruf, PolicyRecord::ruf),
    ] {
        let mut all: Vec<&str> = Vec::new();
        for address in addresses(kept)
            .iter()
            .chain(records.iter().flat_map(addresses))
        {
            if !all.contains(&address.uri.as_str()) {
                all.push(&address.uri);
            }
        }
        if all.len() > addresses(kept).len()
            && let Some(record) =
                PolicyRecord::parse(merged.with_tag(tag, &all.join(",")).as_bytes())
        {
            merged = record;
        }
    }
    let merged = merged.text().into_owned();
    if merged != kept_text {
        finding = finding.fix(judge.change(owner, merged.clone()));
    }
    judge.say(finding.expected(merged));
}

fn near_miss_finding(
    judge: &mut Judge,
    name: &Name,
    owner: &Name,
    near: &NearMiss,
    is_first: bool,
) {
    let code = match near.kind {
        NearMissKind::LeadingSpace => Code::DmarcLeadingSpace,
        NearMissKind::Quoted => Code::DmarcQuoted,
        NearMissKind::LookAlike => Code::DmarcLookAlike,
        NearMissKind::VersionCase => Code::DmarcVersionCase,
        NearMissKind::VersionNotFirst => Code::DmarcVersionNotFirst,
        NearMissKind::Misspelt => Code::DmarcMisspelt,
    };
    let found = match code {
        Code::DmarcLookAlike => super::code_points(&near.look_alikes),
        _ => near.found.clone(),
    };
    let finding = judge
        .finding(code, Severity::Risk, name)
        .arg("found", found)
        .arg("fixed", near.fixed.as_str())
        .found(near.found.clone())
        .at_name(owner, RecordType::Txt);
    // One record is enough: a second repaired one would void both.
    let finding = if is_first {
        let fix = judge.change(owner, near.fixed.clone());
        finding.expected(near.fixed.clone()).fix(fix)
    } else {
        finding.fix(Fix::delete(owner, RecordType::Txt, near.found.clone()))
    };
    judge.say(finding);
}

/// Texts beside a record that applies.
fn unrelated(judge: &mut Judge, name: &Name, owner: &Name, selection: &Selection) {
    if selection.others.is_empty() {
        return;
    }
    let finding = judge
        .finding(Code::DmarcUnrelatedText, Severity::Advice, name)
        .arg("count", selection.others.len())
        .found(other_texts(selection))
        .at_name(owner, RecordType::Txt);
    judge.say(finding);
}

/// The texts that are no records, one a line.
pub(super) fn other_texts(selection: &Selection) -> String {
    let others = selection.others.iter().map(garant_dns::Txt::to_text);
    others.collect::<Vec<_>>().join("\n")
}

fn dangling(judge: &mut Judge, survey: &Survey<'_>, name: &Name, answer: Option<&Answer>) {
    let Some(answer) = answer.filter(|a| a.status.is_definite() && a.records.is_empty()) else {
        return;
    };
    let (Some(own), Some(last)) = (answer.aliases.first(), answer.aliases.last()) else {
        return;
    };
    // A wildcard alias leads every name there, this one without anybody's intention.
    let wildcard = survey.dkim.wildcard.as_ref();
    let by_wildcard = wildcard.and_then(|wildcard| wildcard.selection.dangling.as_ref());
    if by_wildcard == Some(&last.target) {
        return;
    }
    let finding = judge
        .finding(Code::DmarcDangling, Severity::Risk, name)
        .arg("target", &last.target)
        .found(own.target.to_string())
        .at(RecordType::Cname)
        .fix(Fix::delete(name, RecordType::Cname, own.target.to_string()));
    judge.say(finding);
}

/// A record at the domain itself, or at a name that only looks like the right one.
fn wrong_place(judge: &mut Judge, survey: &Survey<'_>) {
    let Some(name) = &survey.dmarc.name else {
        return;
    };
    let at_domain = || {
        let texts = survey.own_text.into_iter().flat_map(Answer::texts);
        let text = texts
            .map(garant_dns::Txt::to_text)
            .find(|text| meant(text))?;
        let name = judge.domain.clone();
        Some(DmarcPlace { name, text })
    };
    let Some(place) = survey.dmarc.elsewhere.clone().or_else(at_domain) else {
        return;
    };
    let right = match PolicyRecord::parse(place.text.as_bytes()) {
        Some(_) => place.text.clone(),
        None => near_miss(place.text.as_bytes()).map_or(place.text.clone(), |near| near.fixed),
    };
    let finding = judge
        .finding(Code::DmarcWrongPlace, Severity::Risk, name)
        .arg("found_at", &place.name)
        .at_name(&place.name, RecordType::Txt)
        .expected(right.clone())
        .fix(judge.add(name, right))
        .fix(Fix::delete(
            &place.name,
            RecordType::Txt,
            place.text.clone(),
        ))
        .found(place.text);
    judge.say(finding);
}

/// Whether a text was meant to be a DMARC record.
pub(super) fn meant(text: &str) -> bool {
    PolicyRecord::parse(text.as_bytes()).is_some() || near_miss(text.as_bytes()).is_some()
}
