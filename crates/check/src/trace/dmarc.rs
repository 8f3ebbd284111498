//! DMARC for one message, by both documents (RFC 9989, section 5.3; RFC 7489, section 6.6).

use garant_dns::AnswerTable;
use garant_msgauth::dmarc::{Acts, Comparison, Discovery, Method, Outcome, Policy};

use super::alignment::any;
use super::facts::{
    AlignmentTrace, AuthorFacts, DmarcReading, DmarcTrace, LookUp, SignatureTrace, SpfTrace,
};
use super::lookup::look_up;
use crate::catalogue::DmarcResult;

/// What counts by one document.
#[derive(Clone, Copy, Debug)]
struct Legs {
    spf: Option<bool>,
    dkim: Option<bool>,
    /// An answer that did not come is why one of them is unknown.
    unanswered: bool,
}

/// What DMARC says.
pub(super) fn facts(
    author: &AuthorFacts,
    comparison: Option<&Comparison>,
    spf: &SpfTrace,
    signatures: &[SignatureTrace],
    answers: &dyn AnswerTable,
) -> DmarcTrace {
    // An answer about the identifier, or about the organization that it belongs to.
    let is_open = |result: &str, alignment: &AlignmentTrace| {
        alignment.counts.is_none()
            && (result == "temperror" || result == "pass" && alignment.aligned.is_none())
    };
    let unanswered = is_open(spf.result, &spf.alignment)
        || signatures
            .iter()
            .any(|one| is_open(one.result, &one.alignment));
    let walk = Legs {
        spf: spf.alignment.counts,
        dkim: any(signatures.iter().map(|one| one.alignment.counts)),
        unanswered,
    };
    let list = Legs {
        spf: spf.alignment.counts_rfc7489,
        dkim: any(signatures.iter().map(|one| one.alignment.counts_rfc7489)),
        unanswered,
    };
    let rfc9989 = reading(author, comparison.map(|both| &both.walk), walk, answers);
    let rfc7489 = reading(author, comparison.map(|both| &both.list), list, answers);
    let is_partial = rfc7489.share.is_some_and(|share| share < 100)
        && rfc7489.applied.is_some_and(|policy| policy != "none");
    let fails_differently =
        rfc9989.result == "fail" && (rfc9989.applied != rfc7489.applied || is_partial);
    let differs = rfc9989.result != rfc7489.result || fails_differently;
    DmarcTrace {
        differs,
        rfc9989,
        rfc7489,
    }
}

fn reading(
    author: &AuthorFacts,
    discovery: Option<&Discovery>,
    legs: Legs,
    answers: &dyn AnswerTable,
) -> DmarcReading {
    let Some(discovery) = discovery else {
        let result = if author.problem.is_some() {
            "permerror"
        } else {
            "unknown"
        };
        return DmarcReading {
            result,
            ..DmarcReading::default()
        };
    };
    let applied = discovery.applied();
    let acting = applied.filter(|applied| applied.acts != Acts::Nothing);
    DmarcReading {
        result: result(discovery, legs),
        organizational_domain: discovery.organizational_domain.name().cloned(),
        policy_domain: applied.map(|applied| applied.policy_domain.clone()),
        record: applied.map(|applied| applied.record.text().into_owned()),
        tag: acting.map(|applied| applied.tag.as_str()),
        policy: acting.map(|applied| applied.policy.as_str()),
        applied: acting.map(|applied| applied.effective.as_str()),
        is_testing: acting.is_some_and(|applied| applied.effective != applied.policy),
        share: acting.map(|applied| applied.share),
        spf: legs.spf,
        dkim: legs.dkim,
        walk: walk(discovery, answers),
    }
}

fn result(discovery: &Discovery, legs: Legs) -> &'static str {
    match (discovery.result(), legs.spf, legs.dkim) {
        ("none", ..) => "none",
        // RFC 9989, section 5.3.6: a query that does not complete leaves neither pass nor fail.
        ("temperror", ..) => "temperror",
        (_, Some(true), _) | (_, _, Some(true)) => "pass",
        (_, Some(false), Some(false)) => "fail",
        _ if legs.unanswered => "temperror",
        _ => "unknown",
    }
}

/// The names that were looked at.
fn walk(discovery: &Discovery, answers: &dyn AnswerTable) -> Vec<LookUp> {
    let questions = discovery
        .steps
        .iter()
        .filter_map(|step| step.question.as_ref());
    questions
        .filter_map(|question| look_up(question, answers))
        .collect()
}

/// The result as the catalogue of receivers takes it; nothing where it is not known.
pub(super) fn for_receivers(reading: &DmarcReading) -> Option<DmarcResult> {
    match reading.result {
        "pass" => Some(DmarcResult::Pass),
        "fail" => Some(DmarcResult::Fail),
        "none" => Some(DmarcResult::NoPolicy),
        _ => None,
    }
}

/// The policy that is applied by RFC 9989, after `t=y`; nothing where none applies or it is not known.
pub(super) fn policy(comparison: Option<&Comparison>) -> Option<Policy> {
    let discovery = &comparison?.walk;
    debug_assert_eq!(discovery.method, Method::TreeWalk);
    match &discovery.outcome {
        Outcome::Applies(applied) if applied.acts != Acts::Nothing => Some(applied.effective),
        Outcome::Applies(_) | Outcome::NoRecord => Some(Policy::None),
        Outcome::Unanswered(_) => None,
    }
}
