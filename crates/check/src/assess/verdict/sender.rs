//! The one sentence when it is about the mail of one service.

use std::collections::BTreeMap;

use garant_dns::Name;
use garant_msgauth::dmarc::{Acts, Applied};

use super::{severity, waits};
use crate::assess::Judge;
use crate::assess::path::{DkimLeg, Kind, SpfLeg, Standing};
use crate::assess::record::Tally;
use crate::assessment::{Verdict, VerdictCode};
use crate::finding::{Argument, Code, Finding, Severity};
use crate::survey::{Origin, Purpose, State, Survey};

/// Turns the verdict about a domain into one about the path that was asked about, or about the most affected
/// of those that the records show, when that is worse off than the domain alone.
pub(super) fn about_path(
    judge: &Judge,
    survey: &Survey<'_>,
    domain: Verdict,
    standings: &[Standing],
    tally: &Tally,
) -> Verdict {
    let Some(standing) = standings.first() else {
        return domain;
    };
    if is_worse_in_kind(domain.code, standing) {
        return domain;
    }
    let code = if standing.stated {
        code(judge, survey, standing, tally)
    } else if is_worse_off(judge, domain.code, standing) {
        failure(standing)
    } else {
        return domain;
    };
    let cause = cause(judge, survey, standing, code, tally);
    let mut args = arguments(judge, survey, standing, code, tally);
    args.extend(arguments_of_cause(judge, cause));
    Verdict {
        code,
        severity: severity(judge, code),
        args,
        cause: cause.map(|cause| cause.code),
    }
}

/// Whether the domain as a whole is in a state in which no path can be spoken of.
fn is_worse_in_kind(code: VerdictCode, standing: &Standing) -> bool {
    match code {
        VerdictCode::DomainAbsent
        | VerdictCode::FreeMail
        | VerdictCode::DnssecBogus
        | VerdictCode::ServersLame => true,
        VerdictCode::Unanswered => standing.kind == Kind::Unknown,
        _ => false,
    }
}

/// Whether a service that the records show fails where the domain's own mail need not.
fn is_worse_off(judge: &Judge, code: VerdictCode, standing: &Standing) -> bool {
    let told = judge.findings.iter().any(|finding| {
        finding.code == failure_finding(standing)
            && finding.args.get("sender") == Some(&standing.sender())
    });
    let is_ready = matches!(
        code,
        VerdictCode::Ready | VerdictCode::ReadyMonitoring | VerdictCode::ReadyWithRisk
    );
    let domain_fails_too = matches!(
        code,
        VerdictCode::EnforcedWithoutProof | VerdictCode::NoProof | VerdictCode::SpfBroken
    );
    told && match standing.kind {
        Kind::Refused => !domain_fails_too,
        Kind::Unauthenticated => is_ready,
        _ => false,
    }
}

fn failure(standing: &Standing) -> VerdictCode {
    if standing.kind == Kind::Refused {
        VerdictCode::SenderRefused
    } else {
        VerdictCode::SenderUnauthenticated
    }
}

fn failure_finding(standing: &Standing) -> Code {
    if standing.kind == Kind::Refused {
        Code::PathRefused
    } else {
        Code::PathUnauthenticated
    }
}

fn code(judge: &Judge, survey: &Survey<'_>, standing: &Standing, tally: &Tally) -> VerdictCode {
    let platform_asked = survey
        .expected
        .records
        .iter()
        .any(|record| record.wish.origin == Origin::Stated);
    match standing.kind {
        Kind::Refused | Kind::Unauthenticated => failure(standing),
        Kind::ReadingsDiffer => VerdictCode::SenderReadingsDiffer,
        Kind::Unknown => VerdictCode::SenderUnknown,
        Kind::NoPolicy | Kind::OneLeg | Kind::Ready
            if platform_asked && !tally.wrong.is_empty() =>
        {
            VerdictCode::SenderIncomplete
        }
        Kind::NoPolicy | Kind::OneLeg | Kind::Ready if waits(judge).is_some() => {
            VerdictCode::SenderWaiting
        }
        Kind::NoPolicy => VerdictCode::SenderNoPolicy,
        Kind::OneLeg => VerdictCode::SenderOneLeg,
        Kind::Ready => VerdictCode::SenderReady,
    }
}

fn arguments(
    judge: &Judge,
    survey: &Survey<'_>,
    standing: &Standing,
    code: VerdictCode,
    tally: &Tally,
) -> BTreeMap<&'static str, Argument> {
    let name = |name: Option<&Name>| Argument::from(name.map(Name::to_string).unwrap_or_default());
    let applied = survey.dmarc.comparison.as_ref();
    let applied = applied.and_then(|found| found.walk.applied());
    let mut args = BTreeMap::from([
        ("domain", Argument::from(judge.domain.to_unicode())),
        ("sender", standing.sender()),
        ("policy", standing.policy.as_str().into()),
        (
            "tag",
            applied.map_or("p", |found| found.tag.as_str()).into(),
        ),
        (
            "published",
            applied.map_or("none", |found| found.policy.as_str()).into(),
        ),
        // Only RFC 9989 has test mode: receivers that go by RFC 7489 do what is published.
        (
            "testing",
            if applied.is_some_and(is_lowered) {
                "yes"
            } else {
                "no"
            }
            .into(),
        ),
        ("spf", standing.spf.as_str().into()),
        ("dkim", standing.dkim.as_str().into()),
        ("legs", legs(standing).into()),
        ("mail_from", name(standing.mail_from.as_ref())),
        ("dkim_domain", name(standing.dkim_domain.as_ref())),
        ("besides", besides(judge, standing).into()),
    ]);
    if code == VerdictCode::SenderReadingsDiffer {
        let (passes, fails) = standing.passes_and_fails();
        args.extend([("passes", passes.into()), ("fails", fails.into())]);
    }
    if let Some(until) = waits(judge).filter(|_| code == VerdictCode::SenderWaiting) {
        args.insert("until", until.clone());
    }
    if code == VerdictCode::SenderIncomplete {
        args.extend(wrong(judge, survey, tally));
    }
    args
}

/// Whether `t=y` lowers the policy that applies.
fn is_lowered(applied: &Applied) -> bool {
    applied.acts == Acts::AsWritten && applied.effective != applied.policy
}

/// Which legs count: `both`, `spf`, `dkim` or `none`.
fn legs(standing: &Standing) -> &'static str {
    match (
        standing.spf == SpfLeg::Counts,
        standing.dkim == DkimLeg::Counts,
    ) {
        (true, true) => "both",
        (true, false) => "spf",
        (false, true) => "dkim",
        (false, false) => "none",
    }
}

/// What is wrong among the records that were asked for: the names as a panel takes them, what the one is for
/// when it is one, and whether it is not there at all.
fn wrong(judge: &Judge, survey: &Survey<'_>, tally: &Tally) -> [(&'static str, Argument); 3] {
    let names: Vec<String> = tally
        .wrong
        .iter()
        .map(|name| beneath(name, &judge.domain))
        .collect();
    let mut records = survey.expected.records.iter();
    let only = match &tally.wrong[..] {
        [name] => records.find(|record| record.wish.name == *name),
        _ => None,
    };
    let purpose = match only.map(|record| record.purpose) {
        Some(Purpose::ReturnPath) => "return-path",
        Some(Purpose::Key) => "key",
        Some(Purpose::Policy) => "policy",
        _ => "other",
    };
    let is_absent = tally.wrong.iter().all(|name| {
        let finding = judge.findings.iter();
        let mut finding = finding.filter(|finding| finding.code == Code::RecordAbsent);
        finding.any(|finding| finding.subject == *name)
    });
    [
        ("wrong", names.join(", ").into()),
        ("purpose", purpose.into()),
        ("state", if is_absent { "absent" } else { "wrong" }.into()),
    ]
}

/// A name without the domain that it stands beneath, as most panels take it.
fn beneath(name: &Name, domain: &Name) -> String {
    let inner = name.as_str().strip_suffix(domain.as_str());
    let label = inner.and_then(|inner| inner.strip_suffix('.'));
    label.unwrap_or(name.as_str()).to_owned()
}

/// Whether something besides this path blocks or risks mail.
fn besides(judge: &Judge, standing: &Standing) -> &'static str {
    let is_said = |finding: &Finding| match finding.code.topic() {
        "path" | "record" => true,
        "dmarc" => standing.kind == Kind::NoPolicy,
        _ => false,
    };
    let other = judge
        .findings
        .iter()
        .any(|finding| finding.severity <= Severity::Risk && !is_said(finding));
    if other { "yes" } else { "no" }
}

/// The finding that is the first cause.
fn cause<'j>(
    judge: &'j Judge,
    survey: &Survey<'_>,
    standing: &Standing,
    code: VerdictCode,
    tally: &Tally,
) -> Option<&'j Finding> {
    let find = |wanted: Code| judge.findings.iter().find(|finding| finding.code == wanted);
    match code {
        VerdictCode::SenderReady => return None,
        VerdictCode::SenderWaiting => {
            return find(Code::RecordWaiting).or_else(|| find(Code::RecordOldDataCached));
        }
        VerdictCode::SenderReadingsDiffer => return find(Code::PathReadingsDiffer),
        VerdictCode::SenderNoPolicy => return worst_of(judge, |f| f.code.topic() == "dmarc"),
        VerdictCode::SenderIncomplete => {
            return worst_of(judge, |finding| {
                finding.code.topic() == "record" && tally.wrong.contains(&finding.subject)
            });
        }
        _ => {}
    }
    // What stands at the very names of the path says more than that nothing useful was found there.
    let names: &[Name] = if standing.dkim == DkimLeg::Counts {
        &standing.address_names
    } else {
        &standing.key_names
    };
    let is_open = survey
        .expected
        .records
        .iter()
        .any(|record| matches!(record.state, State::Open | State::Unanswered(..)));
    let at_names = worst_of(judge, |finding| {
        matches!(finding.code.topic(), "record" | "dkim" | "spf")
            && !matches!(finding.code, Code::RecordAbsent | Code::DkimSelectorAbsent)
            && names.contains(&finding.subject)
    });
    if let Some(finding) = at_names.filter(|_| !is_open) {
        return Some(finding);
    }
    let of_leg = match standing.dkim {
        DkimLeg::NoKey => Some(Code::PathNoKey),
        DkimLeg::Ed25519 => Some(Code::DkimEd25519Only),
        DkimLeg::Strict | DkimLeg::Foreign | DkimLeg::Apart => Some(Code::PathSignatureNotAligned),
        DkimLeg::Unknown => Some(Code::PathSelectorsUnknown),
        DkimLeg::Counts => match standing.spf {
            SpfLeg::Foreign | SpfLeg::Apart => Some(Code::PathReturnPathForeign),
            SpfLeg::Strict => Some(Code::PathReturnPathStrict),
            SpfLeg::NotAuthorised(_) => Some(Code::PathNotAuthorised),
            SpfLeg::Counts | SpfLeg::Unknown => None,
        },
    };
    let sender = standing.sender();
    let of_leg = judge.findings.iter().find(|finding| {
        Some(finding.code) == of_leg && finding.args.get("sender") == Some(&sender)
    });
    // A return path that was asked for and is not there is told as that, and as nothing else.
    of_leg.or_else(|| {
        let mut findings = judge.findings.iter();
        findings.find(|finding| {
            finding.code.topic() == "record"
                && finding.severity != Severity::Fine
                && names.contains(&finding.subject)
        })
    })
}

/// The worst finding of a kind that is more than an advice; of equals the first.
fn worst_of(judge: &Judge, is_meant: impl Fn(&Finding) -> bool) -> Option<&Finding> {
    judge
        .findings
        .iter()
        .filter(|finding| finding.severity <= Severity::Risk && is_meant(finding))
        .min_by_key(|finding| finding.severity)
}

/// A doubled name is so common, and so easily put right, that the verdict itself says what to type.
fn arguments_of_cause(judge: &Judge, cause: Option<&Finding>) -> Vec<(&'static str, Argument)> {
    let doubled = cause.filter(|cause| cause.code == Code::RecordDoubledName);
    let found_at = doubled.and_then(|cause| Some((cause, cause.args.get("found_at")?)));
    match found_at {
        Some((cause, found_at)) => vec![
            ("doubled", "yes".into()),
            ("found_at", found_at.clone()),
            ("label", beneath(&cause.subject, &judge.domain).into()),
        ],
        None => vec![("doubled", "no".into())],
    }
}
