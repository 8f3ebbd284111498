//! What is to be said about a path. The one that was asked about is told whole; of those that the records
//! show only what is certain, because nobody said that the service sends in this name today.

use garant_dns::{AnswerTable, Name, Question, RecordType};
use garant_msgauth::dmarc::TagName;

use super::standing::{DkimLeg, Kind, SpfLeg, Standing, applied};
use crate::assess::Judge;
use crate::assessment::{unknown, unlisted_selectors};
use crate::catalogue::{Confidence, ReturnPathKind, Service, receivers};
use crate::finding::{Code, Finding, Severity};
use crate::path::{EvidenceKind, Path, ReceiverAction};
use crate::survey::{PathFacts, Survey};

/// Says what one path comes to.
pub(super) fn judge(
    judge: &mut Judge,
    survey: &Survey<'_>,
    facts: &PathFacts<'_>,
    standing: &Standing,
    path: &Path,
) {
    if !standing.stated {
        if standing.fails() && is_certain(facts) {
            outcome(judge, survey, standing);
            causes(judge, survey, facts, standing);
        }
        return;
    }
    outcome(judge, survey, standing);
    causes(judge, survey, facts, standing);
    receivers_ask_more(judge, standing, path);
    unknowns(judge, survey, facts, standing);
}

/// Whether what the catalogue says of a service that nobody named is certain, and the domain was set up for it.
fn is_certain(facts: &PathFacts<'_>) -> bool {
    let set_up = facts
        .evidence
        .iter()
        .any(|evidence| matches!(evidence.kind, EvidenceKind::DkimAlias | EvidenceKind::Spf));
    let is_verified = |service: &Service| {
        service.confidence == Confidence::Verified
            && service.return_path_confidence() == Confidence::Verified
    };
    set_up && facts.service.is_some_and(is_verified)
}

/// Begins a finding about a path; its sender is empty where nobody knows the service's name.
fn about(
    judge: &Judge,
    standing: &Standing,
    code: Code,
    severity: Severity,
    name: &Name,
) -> Finding {
    judge
        .finding(code, severity, name)
        .arg("sender", standing.sender())
}

/// `_dmarc` of the domain whose record applies, and the record.
fn policy_record(judge: &Judge, survey: &Survey<'_>) -> (Name, Option<String>) {
    let applied = applied(survey);
    let owner = applied.map_or(&judge.domain, |applied| &applied.policy_domain);
    let name = owner.prefixed("_dmarc");
    let text = applied.map(|applied| applied.record.text().into_owned());
    (name.unwrap_or_else(|_| judge.domain.clone()), text)
}

fn outcome(judge: &mut Judge, survey: &Survey<'_>, standing: &Standing) {
    let (policy_name, record) = policy_record(judge, survey);
    let domain = judge.domain.clone();
    let one_leg = |severity, spf: bool| {
        let (code, other, why) = if spf {
            (Code::PathSpfOnly, "dkim", standing.dkim.as_str())
        } else {
            (Code::PathDkimOnly, "spf", standing.spf.as_str())
        };
        about(judge, standing, code, severity, &domain)
            .arg(other, why)
            .arg("records", "no")
    };
    let without_support = |finding: Finding| {
        let text = |name: Option<&Name>| name.map(Name::to_string).unwrap_or_default();
        finding
            .arg("cause", standing.cause())
            .arg("dkim", standing.dkim.as_str())
            .arg("dkim_domain", text(standing.dkim_domain.as_ref()))
            .arg("spf", standing.spf.as_str())
            .arg("mail_from", text(standing.mail_from.as_ref()))
    };
    let finding = match standing.kind {
        Kind::Refused => {
            let finding = about(
                judge,
                standing,
                Code::PathRefused,
                Severity::Blocks,
                &policy_name,
            );
            let finding = without_support(finding)
                .arg("policy", standing.policy.as_str())
                .at(RecordType::Txt);
            match record {
                Some(record) => finding.found(record),
                None => finding,
            }
        }
        Kind::Unauthenticated => without_support(about(
            judge,
            standing,
            Code::PathUnauthenticated,
            Severity::Risk,
            &domain,
        )),
        Kind::ReadingsDiffer => {
            let (passes, fails) = standing.passes_and_fails();
            about(
                judge,
                standing,
                Code::PathReadingsDiffer,
                Severity::Risk,
                &domain,
            )
            .arg("passes", passes)
            .arg("fails", fails)
        }
        Kind::Ready => about(judge, standing, Code::PathReady, Severity::Fine, &domain),
        Kind::OneLeg if standing.dkim == DkimLeg::Counts && standing.spf != SpfLeg::Unknown => {
            one_leg(Severity::Advice, false)
        }
        // A policy that asks to act must not rely on SPF alone (RFC 9989, section 8).
        Kind::OneLeg
            if standing.spf == SpfLeg::Counts
                && !matches!(standing.dkim, DkimLeg::Unknown | DkimLeg::Ed25519) =>
        {
            let severity = if standing.is_enforced() {
                Severity::Risk
            } else {
                Severity::Advice
            };
            one_leg(severity, true)
        }
        Kind::OneLeg | Kind::NoPolicy | Kind::Unknown => return,
    };
    judge.say(finding);
}

/// Why a leg does not count, the signature first: it is what to put right first.
fn causes(judge: &mut Judge, survey: &Survey<'_>, facts: &PathFacts<'_>, standing: &Standing) {
    let fails = standing.fails() || standing.kind == Kind::ReadingsDiffer;
    let of_signature = match standing.kind {
        Kind::Refused => Severity::Blocks,
        Kind::Unauthenticated | Kind::ReadingsDiffer => Severity::Risk,
        Kind::OneLeg | Kind::Unknown if standing.is_enforced() => Severity::Risk,
        _ => Severity::Advice,
    };
    signature_causes(judge, survey, facts, standing, of_signature);
    // The return address is the spare: where the signature does not count either, it is not the first to mend.
    let of_address = if fails {
        Severity::Risk
    } else {
        Severity::Advice
    };
    address_causes(judge, survey, facts, standing, of_address);
}

fn signature_causes(
    judge: &mut Judge,
    survey: &Survey<'_>,
    facts: &PathFacts<'_>,
    standing: &Standing,
    severity: Severity,
) {
    let Some(signature) = facts.signatures.first() else {
        return;
    };
    let parent = signature.domain.prefixed("_domainkey");
    let parent = parent.unwrap_or_else(|_| signature.domain.clone());
    let selectors = || -> String {
        let names: Vec<&str> = signature
            .keys
            .iter()
            .map(|key| key.selector.as_str())
            .collect();
        names.join(", ")
    };
    match standing.dkim {
        DkimLeg::Counts => {}
        DkimLeg::Ed25519 => {
            let list: Vec<&str> = signature
                .working()
                .map(|key| key.selector.as_str())
                .collect();
            // Where all keys of the domain are of this kind, that is told already.
            let is_told = judge
                .findings
                .iter()
                .any(|finding| finding.code == Code::DkimEd25519Only && finding.subject == parent);
            if !is_told {
                let finding = about(
                    judge,
                    standing,
                    Code::DkimEd25519Only,
                    Severity::Risk,
                    &parent,
                )
                .arg("list", list.join(", "))
                .arg("scope", "path")
                .at(RecordType::Txt);
                judge.say(finding);
            }
        }
        DkimLeg::NoKey => {
            let finding = about(judge, standing, Code::PathNoKey, severity, &parent)
                .arg("list", selectors())
                .arg("records", "no")
                .at(RecordType::Txt);
            judge.say(finding);
        }
        DkimLeg::Unknown => {
            let none_works = signature.working().next().is_none();
            if none_works && !signature.complete {
                let finding = about(
                    judge,
                    standing,
                    Code::PathSelectorsUnknown,
                    Severity::Advice,
                    &parent,
                )
                .arg("list", selectors())
                .at(RecordType::Txt);
                judge.say(finding);
            }
        }
        DkimLeg::Strict | DkimLeg::Foreign | DkimLeg::Apart => {
            let strict = standing.dkim == DkimLeg::Strict;
            let mut finding = about(
                judge,
                standing,
                Code::PathSignatureNotAligned,
                severity,
                &signature.domain,
            )
            .arg("dkim_domain", &signature.domain)
            .arg("alignment", if strict { "strict" } else { "relaxed" });
            if strict && standing.fails() {
                finding = relax(judge, survey, finding, TagName::Adkim);
            }
            judge.say(finding);
        }
    }
}

fn address_causes(
    judge: &mut Judge,
    survey: &Survey<'_>,
    facts: &PathFacts<'_>,
    standing: &Standing,
    severity: Severity,
) {
    let address = &facts.return_address;
    let named = address
        .domain
        .as_ref()
        .map(Name::to_string)
        .unwrap_or_default();
    let name = address.domain.as_ref().or(address.absent.as_ref());
    let name = name.unwrap_or(&judge.domain).clone();
    match standing.spf {
        SpfLeg::Counts | SpfLeg::Unknown => {}
        SpfLeg::Foreign | SpfLeg::Apart => {
            let place = address.absent.as_ref().unwrap_or(&name);
            let finding = about(
                judge,
                standing,
                Code::PathReturnPathForeign,
                severity,
                place,
            )
            .arg("mail_from", named)
            .arg(
                "relation",
                if standing.spf == SpfLeg::Apart {
                    "apart"
                } else {
                    "foreign"
                },
            );
            judge.say(finding);
        }
        SpfLeg::Strict => {
            let fixed = applied(survey)
                .map(|applied| applied.record.without_tag(TagName::Aspf))
                .unwrap_or_default();
            let mut finding = about(judge, standing, Code::PathReturnPathStrict, severity, &name)
                .arg("mail_from", named)
                .arg("fixed", fixed);
            // Strict is often deliberate: only the tag that costs the last leg is to be relaxed, and the
            // signature's before this one, because it outlives forwarding.
            if standing.fails() && standing.dkim != DkimLeg::Strict {
                finding = relax(judge, survey, finding, TagName::Aspf);
            }
            judge.say(finding);
        }
        SpfLeg::NotAuthorised(result) => {
            let finding = about(judge, standing, Code::PathNotAuthorised, severity, &name)
                .arg("mail_from", named)
                .arg("result", result.as_str())
                .at(RecordType::Txt);
            judge.say(finding);
        }
    }
}

/// Proposes the policy record without a tag that asks for strict alignment.
fn relax(judge: &Judge, survey: &Survey<'_>, finding: Finding, tag: TagName) -> Finding {
    let Some(applied) = applied(survey) else {
        return finding;
    };
    let (name, _) = policy_record(judge, survey);
    let fixed = applied.record.without_tag(tag);
    finding
        .found(applied.record.text().into_owned())
        .expected(fixed.clone())
        .at_name(&name, RecordType::Txt)
        .fix(judge.change(&name, fixed))
}

/// Receivers that refuse or file what DMARC lets pass.
fn receivers_ask_more(judge: &mut Judge, standing: &Standing, path: &Path) {
    if standing.by_walk != super::Outcome::Pass {
        return;
    }
    for outcome in &path.receivers {
        let is_stricter = matches!(
            outcome.action,
            ReceiverAction::Spam | ReceiverAction::Refuse
        );
        let receiver = receivers().iter().find(|known| known.id == outcome.name);
        let Some(receiver) = receiver.filter(|_| is_stricter) else {
            continue;
        };
        let finding = about(
            judge,
            standing,
            Code::PathReceiverStricter,
            Severity::Risk,
            &judge.domain,
        )
        .arg("receiver", receiver.name.as_str())
        .arg("rule", outcome.rule);
        judge.say(finding);
    }
}

/// What could not be told; it changes the verdict when nothing is known to count.
fn unknowns(judge: &mut Judge, survey: &Survey<'_>, facts: &PathFacts<'_>, standing: &Standing) {
    let mut notes = Vec::new();
    if standing.dkim == DkimLeg::Unknown {
        for signature in &facts.signatures {
            for key in signature.keys.iter().filter(|key| key.usable.is_none()) {
                let question = Question::new(key.name.clone(), RecordType::Txt);
                if let Some(answer) = survey.answers.answer(&question) {
                    notes.push(unknown(&question, answer.status));
                }
            }
            if let Some(which) = &signature.aligned.unanswered {
                notes.push(unknown(&which.question, which.status));
            }
            if !signature.complete
                && let Ok(parent) = signature.domain.prefixed("_domainkey")
            {
                notes.push(unlisted_selectors(parent));
            }
        }
    }
    if standing.spf == SpfLeg::Unknown {
        notes.push(unknown_return_address(judge, survey, facts));
    }
    let matters = standing.kind == Kind::Unknown;
    for note in notes {
        judge.note(note, matters);
    }
}

fn unknown_return_address(
    judge: &Judge,
    survey: &Survey<'_>,
    facts: &PathFacts<'_>,
) -> crate::assessment::Unknown {
    let address = &facts.return_address;
    let pending = address.unanswered.as_ref();
    if let Some(which) = pending.or(address.aligned.unanswered.as_ref()) {
        return unknown(&which.question, which.status);
    }
    let place = address.domain.as_ref().or(address.absent.as_ref());
    let name = place.unwrap_or(&judge.domain).clone();
    // Where a return path of the domain's own may stand.
    for rtype in [RecordType::Txt, RecordType::Mx] {
        let question = Question::new(name.clone(), rtype);
        let answer = survey.answers.answer(&question);
        if let Some(answer) = answer.filter(|answer| !answer.status.is_definite()) {
            return unknown(&question, answer.status);
        }
    }
    crate::assessment::Unknown {
        name,
        rtype: RecordType::Txt.to_string(),
        reason: if address.domain.is_none() {
            "return-address-not-known"
        } else {
            "sending-address-not-known"
        },
    }
}

/// Terms of the domain's own SPF record for services whose return address is never this domain.
pub(super) fn unused_includes(judge: &mut Judge, survey: &Survey<'_>, standings: &[Standing]) {
    let domain = judge.domain.clone();
    for facts in &survey.paths {
        let Some(service) = facts.service else {
            continue;
        };
        let never_here = service.return_path.kind == ReturnPathKind::Service
            && service.return_path_confidence() == Confidence::Verified;
        let is_used_here = standings.iter().any(|standing| {
            standing.stated
                && standing
                    .service
                    .is_some_and(|stated| stated.id == service.id)
                && standing.mail_from.as_ref() == Some(&domain)
        });
        if !never_here || is_used_here {
            continue;
        }
        for evidence in &facts.evidence {
            if evidence.kind == EvidenceKind::Spf {
                let finding = judge
                    .finding(Code::PathIncludeUnused, Severity::Advice, &domain)
                    .arg("sender", service.name.as_str())
                    .arg("include", evidence.text.as_str())
                    .at(RecordType::Txt);
                judge.say(finding);
            }
        }
    }
}
