//! The one sentence, from the states of SPF, DKIM and DMARC.

mod sender;

use std::collections::BTreeMap;

use garant_msgauth::dmarc::Policy;

use super::Judge;
use super::dkim::DkimState;
use super::dmarc::PolicyState;
use super::path::Standing;
use super::record::Tally;
use super::spf::SpfState;
use crate::assessment::{Verdict, VerdictCode, VerdictSeverity};
use crate::finding::{Argument, Code, Severity};
use crate::survey::Survey;

/// What the topics come to.
pub(super) struct States {
    pub(super) spf: SpfState,
    pub(super) dkim: DkimState,
    pub(super) policy: PolicyState,
    /// Whether the SPF record lets nobody send.
    pub(super) sends_nothing: bool,
}

pub(super) fn verdict(
    judge: &Judge,
    survey: &Survey<'_>,
    states: &States,
    standings: &[Standing],
    tally: &Tally,
) -> Verdict {
    let said = |code| judge.findings.iter().any(|finding| finding.code == code);
    let code = if said(Code::DomainAbsent) {
        VerdictCode::DomainAbsent
    } else if said(Code::DomainFreeMail) {
        VerdictCode::FreeMail
    } else if said(Code::DnssecBogus) || said(Code::DnssecDsWithoutKey) {
        VerdictCode::DnssecBogus
    } else if said(Code::DnsAllServersLame) {
        VerdictCode::ServersLame
    } else if waits(judge).is_some() && judge.worst().is_none_or(|worst| worst > Severity::Risk) {
        VerdictCode::Waiting
    } else {
        match (from_states(states), judge.worst()) {
            (
                VerdictCode::Ready | VerdictCode::ReadyMonitoring,
                Some(Severity::Blocks | Severity::Risk),
            ) => VerdictCode::ReadyWithRisk,
            (code, _) => code,
        }
    };
    let policy = match states.policy {
        PolicyState::Applies(policy) => policy.as_str(),
        _ => survey
            .dmarc
            .comparison
            .as_ref()
            .and_then(|found| found.walk.applied())
            .map_or("none", |applied| applied.policy.as_str()),
    };
    let dkim = if states.dkim == DkimState::Found {
        "found"
    } else {
        "not-found"
    };
    let spf = if states.sends_nothing {
        "nobody"
    } else if ends_at_the_limit(judge) {
        "limit"
    } else {
        "other"
    };
    let mut args = BTreeMap::from([
        ("domain", Argument::from(judge.domain.to_unicode())),
        ("policy", Argument::from(policy)),
        ("dkim", Argument::from(dkim)),
        ("spf", Argument::from(spf)),
    ]);
    if let Some(until) = waits(judge).filter(|_| code == VerdictCode::Waiting) {
        args.insert("until", until.clone());
    }
    let about_domain = Verdict {
        code,
        severity: severity(judge, code),
        args,
        cause: None,
    };
    sender::about_path(judge, survey, about_domain, standings, tally)
}

/// Whether the only fault of the SPF record is that it takes too many look-ups: what it names before the limit
/// passes all the same.
fn ends_at_the_limit(judge: &Judge) -> bool {
    let mut blocking = judge
        .findings
        .iter()
        .filter(|finding| finding.code.topic() == "spf" && finding.severity == Severity::Blocks)
        .peekable();
    blocking.peek().is_some() && blocking.all(|finding| finding.code == Code::SpfTooManyLookups)
}

/// Until when something that was published is not seen everywhere: the latest of these times. As RFC 3339 in
/// UTC they have the order of their texts.
fn waits(judge: &Judge) -> Option<&Argument> {
    let waiting = judge.findings.iter().filter(|finding| {
        matches!(
            finding.code,
            Code::RecordWaiting | Code::RecordOldDataCached
        )
    });
    waiting
        .filter_map(|finding| finding.args.get("until"))
        .max_by_key(|until| match until {
            Argument::Text(text) => text.as_str(),
            Argument::Number(_) => "",
        })
}

fn from_states(states: &States) -> VerdictCode {
    let enforced = matches!(states.policy, PolicyState::Applies(policy) if policy != Policy::None);
    if states.sends_nothing && states.dkim != DkimState::Found {
        return match states.policy {
            PolicyState::Unknown => VerdictCode::Unanswered,
            _ if enforced => VerdictCode::SendsNothing,
            _ => VerdictCode::SendsNothingOpen,
        };
    }
    match (states.spf, states.dkim) {
        (SpfState::Unknown, _) | (SpfState::Missing | SpfState::Works, DkimState::Unknown) => {
            VerdictCode::Unanswered
        }
        (SpfState::Missing, DkimState::NoneAtAll | DkimState::NotFound | DkimState::Broken)
        | (SpfState::Broken, DkimState::NoneAtAll) => {
            if enforced {
                VerdictCode::EnforcedWithoutProof
            } else {
                VerdictCode::NoProof
            }
        }
        (SpfState::Broken, _) => VerdictCode::SpfBroken,
        (SpfState::Missing, DkimState::Found) => VerdictCode::DkimOnly,
        // Mail of this domain has a return address elsewhere.
        (SpfState::Works, DkimState::Found) if states.sends_nothing => VerdictCode::DkimOnly,
        (SpfState::Works, DkimState::NoneAtAll) => VerdictCode::SpfOnly,
        (SpfState::Works, DkimState::NotFound) => VerdictCode::DkimNotFound,
        (SpfState::Works, DkimState::Broken) => VerdictCode::DkimBroken,
        (SpfState::Works, DkimState::Found) => match states.policy {
            PolicyState::Applies(Policy::None) => VerdictCode::ReadyMonitoring,
            PolicyState::Applies(_) => VerdictCode::Ready,
            PolicyState::Broken => VerdictCode::PolicyBroken,
            PolicyState::Missing => VerdictCode::NoPolicy,
            PolicyState::Unknown => VerdictCode::Unanswered,
        },
    }
}

fn severity(judge: &Judge, code: VerdictCode) -> VerdictSeverity {
    match judge.worst() {
        Some(worst @ (Severity::Blocks | Severity::Risk)) => worst.into(),
        // What was asked is not answered, though nobody failed to answer: the question was never put, as in a
        // capture that was made for another one.
        _ if judge.could_change()
            || matches!(code, VerdictCode::Unanswered | VerdictCode::SenderUnknown) =>
        {
            VerdictSeverity::Unknown
        }
        Some(worst) => worst.into(),
        None => VerdictSeverity::Fine,
    }
}
