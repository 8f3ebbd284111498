//! The domain itself, and what is wrong below mail: signatures, aliases, servers.

use garant_dns::{Alias, Answer, Name, Question, RecordType, Status};

use super::Judge;
use crate::assessment::{DnssecState, reason_of};
use crate::finding::{Argument, Code, Fix, Severity};
use crate::input::{is_free_mail, is_private_suffix};
use crate::survey::{DnssecFacts, Survey, Unsure};

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>) {
    let domain = judge.domain.clone();
    if survey.domain_is_absent() {
        judge.say(judge.finding(Code::DomainAbsent, Severity::Blocks, &domain));
    }
    if is_free_mail(&domain) {
        judge.say(judge.finding(Code::DomainFreeMail, Severity::Risk, &domain));
    }
    if is_private_suffix(&domain) {
        judge.say(judge.finding(Code::DomainPublicSuffix, Severity::Advice, &domain));
    }
    alias_at_domain(judge, survey, &domain);
    for (name, rtype, answer) in main_answers(survey, &domain) {
        beside_alias(judge, &name, rtype, answer);
        no_answer(judge, survey, &name, rtype, answer);
    }
    if let (Some(name), Some(target)) = (&survey.dmarc.name, &survey.dmarc.alias_beside) {
        say_beside_alias(judge, name, RecordType::Txt, target);
    }
}

/// The answers that the verdict stands on.
fn main_answers<'a>(survey: &Survey<'a>, domain: &Name) -> Vec<(Name, RecordType, &'a Answer)> {
    let mut all = Vec::new();
    let mut push = |name: &Name, rtype, answer: Option<&'a Answer>| {
        all.extend(answer.map(|answer| (name.clone(), rtype, answer)));
    };
    push(domain, RecordType::Txt, survey.own_text);
    push(domain, RecordType::Mx, survey.mx.answer);
    if let Some(name) = &survey.dmarc.name {
        push(name, RecordType::Txt, survey.dmarc.own);
    }
    for key in &survey.dkim.keys {
        push(&key.name, RecordType::Txt, key.answer);
    }
    all
}

/// A domain that is an alias has no records of its own: those of the target count. Where it has records
/// all the same, that is said instead.
fn alias_at_domain(judge: &mut Judge, survey: &Survey<'_>, domain: &Name) {
    let at_domain = [survey.own_text, survey.mx.answer];
    if at_domain
        .into_iter()
        .flatten()
        .any(|answer| alias_beside(answer, domain).is_some())
    {
        return;
    }
    let alias = survey.own_text.and_then(|answer| answer.aliases.first());
    if let Some(alias) = alias.filter(|alias| alias.owner == *domain) {
        let is_apex = survey.dnssec.zone == *domain;
        let severity = if is_apex {
            Severity::Risk
        } else {
            Severity::Advice
        };
        let finding = judge
            .finding(Code::DnsAliasAtDomain, severity, domain)
            .arg("target", &alias.target)
            .found(alias.target.to_string())
            .at(RecordType::Cname);
        judge.say(finding);
    }
}

pub(super) fn beside_alias(judge: &mut Judge, name: &Name, rtype: RecordType, answer: &Answer) {
    if let Some(alias) = alias_beside(answer, name) {
        say_beside_alias(judge, name, rtype, &alias.target);
    }
}

/// The alias that `name` is although it has the records of this answer.
fn alias_beside<'a>(answer: &'a Answer, name: &Name) -> Option<&'a Alias> {
    let has_record = answer.records.iter().any(|record| record.owner == *name);
    let mut aliases = answer.aliases.iter();
    aliases.find(|alias| has_record && alias.owner == *name)
}

/// Once for each name: to take the alias away puts all its record types right.
fn say_beside_alias(judge: &mut Judge, name: &Name, rtype: RecordType, target: &Name) {
    let told = judge
        .findings
        .iter()
        .any(|finding| finding.code == Code::DnsRecordBesideAlias && finding.subject == *name);
    if told {
        return;
    }
    let finding = judge
        .finding(Code::DnsRecordBesideAlias, Severity::Risk, name)
        .arg("type", rtype.as_str())
        .arg("target", target)
        .found(format!("{} CNAME {target}", rtype.as_str()))
        .at(rtype)
        .fix(Fix::delete(name, RecordType::Cname, target.to_string()));
    judge.say(finding);
}

/// A server's failure is told once per reason: five lines that say the same help nobody.
fn no_answer(
    judge: &mut Judge,
    survey: &Survey<'_>,
    name: &Name,
    rtype: RecordType,
    answer: &Answer,
) {
    let asked = !matches!(
        answer.status,
        Status::Offline | Status::NotRecorded | Status::OverBudget
    );
    if answer.status.is_definite() || !asked || survey.dnssec.bogus.is_some() {
        return;
    }
    if answer.status == Status::Truncated {
        // The wall in front of port 53 may be the owner's or ours; red is for what is proven.
        let finding = judge
            .finding(Code::DnsNoTcp, Severity::Advice, name)
            .arg("type", rtype.as_str())
            .at(rtype);
        judge.say(finding);
        return;
    }
    let reason = match reason_of(answer.status) {
        "rcode" => "other",
        reason => reason,
    };
    let told = judge.findings.iter().any(|finding| {
        finding.code == Code::DnsNoAnswer
            && finding.args.get("reason") == Some(&Argument::from(reason))
    });
    if !told {
        let finding = judge
            .finding(Code::DnsNoAnswer, Severity::Advice, name)
            .arg("type", rtype.as_str())
            .arg("reason", reason)
            .at(rtype);
        judge.say(finding);
    }
}

pub(super) fn dnssec(judge: &mut Judge, facts: &DnssecFacts) -> DnssecState {
    let zone = &facts.zone;
    let state = |result, reason| DnssecState {
        result,
        reason,
        zone: zone.clone(),
    };
    if let (Some(question), None | Some(true)) = (&facts.bogus, facts.bogus_has_keys) {
        let finding = judge
            .finding(Code::DnssecBogus, Severity::Blocks, zone)
            .found(describe(question))
            .at(RecordType::Ds);
        judge.say(finding);
        return state("bogus", None);
    }
    let signed = match facts.bogus_has_keys {
        Some(has_keys) => &Ok(has_keys),
        None => &facts.signed,
    };
    let (announced, signed) = match (&facts.announced, signed) {
        (Ok(announced), Ok(signed)) => (*announced, *signed),
        (Err(unsure), _) | (_, Err(unsure)) => {
            let reason = match unsure {
                Unsure::Pending => "not-asked",
                Unsure::Unanswered(_, status) => reason_of(*status),
            };
            return state("unknown", Some(reason));
        }
    };
    match (announced, signed) {
        (Some(tag), false) => {
            let finding = judge
                .finding(Code::DnssecDsWithoutKey, Severity::Blocks, zone)
                .arg("tag", u32::from(tag))
                .found(format!("DS {tag}"))
                .at(RecordType::Ds);
            judge.say(finding);
            state("bogus", Some("ds-without-key"))
        }
        (None, true) => {
            let finding = judge.finding(Code::DnssecNoDs, Severity::Advice, zone);
            judge.say(finding.at(RecordType::Ds));
            state("no-ds", None)
        }
        (None, false) => state("unsigned", None),
        (Some(_), true) if facts.validated => {
            judge.say(judge.finding(Code::DnssecValid, Severity::Fine, zone));
            state("valid", None)
        }
        (Some(_), true) => {
            let reason = match facts.resolver_validates {
                Some(false) => "resolver-does-not-validate",
                _ => "not-validated",
            };
            state("unknown", Some(reason))
        }
    }
}

fn describe(question: &Question) -> String {
    format!("{} {}", question.name, question.rtype)
}
