//! SPF for the client that handed the message over (RFC 7208).

use std::net::IpAddr;

use garant_dns::{AnswerTable, Name};
use garant_msgauth::Step;
use garant_msgauth::spf::{
    CauseReason, Evaluation, Outcome, Params, SpfResult, TraceStep, check_host,
};

use super::SPF_TERMS_MAX;
use super::facts::{
    AlignmentTrace, Connection, LookUp, SpfIdentity, SpfTerm, SpfTrace, SpfUnevaluated,
};
use super::lookup::look_up;

/// Look-ups of one evaluation that are shown at most: ten terms with ten exchanges each are the most that an
/// evaluation may need, and nobody reads so far.
const LOOKUPS_SHOWN_MAX: usize = 60;

/// What there is to evaluate.
pub(super) struct Identity<'a> {
    kind: Option<SpfIdentity>,
    /// Its domain, where it is one.
    pub(super) domain: Option<Name>,
    /// Client, MAIL FROM and HELO, or what is not known.
    known: Result<(IpAddr, &'a str, &'a str), SpfUnevaluated>,
}

/// Reads the identity that SPF is asked about (RFC 7208, section 2.4): MAIL FROM, and HELO where the
/// reverse-path is null.
pub(super) fn identity(connection: &Connection) -> Identity<'_> {
    let helo = connection.helo.as_ref().map(|helo| helo.value.as_str());
    let Some(mail_from) = &connection.mail_from else {
        return Identity {
            kind: None,
            domain: None,
            known: Err(SpfUnevaluated::NoMailFrom),
        };
    };
    let mail_from = mail_from.value.as_str();
    let (kind, text) = if mail_from.is_empty() {
        (SpfIdentity::Helo, helo)
    } else {
        let domain = mail_from
            .rsplit_once('@')
            .map_or(mail_from, |(_, domain)| domain);
        (SpfIdentity::MailFrom, Some(domain))
    };
    let known = match (text, &connection.ip) {
        (None, _) => Err(SpfUnevaluated::NoHelo),
        (_, None) => Err(SpfUnevaluated::NoClient),
        // HELO serves macros only where MAIL FROM is evaluated.
        (Some(_), Some(ip)) => Ok((ip.value, mail_from, helo.unwrap_or_default())),
    };
    Identity {
        kind: Some(kind),
        domain: text.and_then(|text| Name::from_input(text).ok()),
        known,
    }
}

/// Evaluates it with the answers at hand; nothing where it cannot be evaluated.
pub(super) fn evaluate(
    identity: &Identity<'_>,
    receiver: Option<&Name>,
    now: u64,
    answers: &dyn AnswerTable,
) -> Step<Option<Evaluation>> {
    let Ok((client_ip, mail_from, helo)) = identity.known else {
        return Step::Done(None);
    };
    let params = Params {
        client_ip,
        mail_from,
        helo,
        receiver: receiver.map(Name::as_str).unwrap_or_default(),
        now,
    };
    match check_host(&params, answers) {
        Step::Need(questions) => Step::Need(questions),
        Step::Done(evaluation) => Step::Done(Some(evaluation)),
    }
}

/// Whether it passed; nothing where that cannot be told.
pub(super) fn passed(evaluation: Option<&Evaluation>) -> Option<bool> {
    match evaluation?.result {
        SpfResult::TempError => None,
        result => Some(result == SpfResult::Pass),
    }
}

/// What came of it, as data.
pub(super) fn facts(
    identity: &Identity<'_>,
    evaluation: Option<&Evaluation>,
    alignment: AlignmentTrace,
) -> SpfTrace {
    let cause = evaluation.map(|evaluation| &evaluation.cause);
    let terms = evaluation.map(|evaluation| evaluation.trace.as_slice());
    SpfTrace {
        result: evaluation.map_or("unknown", |evaluation| evaluation.result.as_str()),
        unevaluated: identity.known.err(),
        identity: identity.kind,
        domain: identity.domain.clone(),
        reason: cause.map(|cause| reason_word(cause.reason)),
        decided_by: cause.map(|cause| cause.domain.clone()),
        term: cause.and_then(|cause| Some(cause.term.as_ref()?.text.clone())),
        explanation: evaluation.and_then(|evaluation| evaluation.explanation.clone()),
        lookups: evaluation.map_or(0, |evaluation| evaluation.lookups),
        terms: terms
            .unwrap_or_default()
            .iter()
            .take(SPF_TERMS_MAX)
            .map(term)
            .collect(),
        alignment,
    }
}

/// The answers that it used, in order, each once.
pub(super) fn lookups(evaluation: Option<&Evaluation>, answers: &dyn AnswerTable) -> Vec<LookUp> {
    let mut used = Vec::new();
    let steps = evaluation.map_or(&[][..], |evaluation| &evaluation.trace);
    for asked in steps.iter().flat_map(|step| &step.asked) {
        if used.len() == LOOKUPS_SHOWN_MAX {
            break;
        }
        if !used.contains(&&asked.question) {
            used.push(&asked.question);
        }
    }
    used.into_iter()
        .filter_map(|question| look_up(question, answers))
        .collect()
}

fn term(step: &TraceStep) -> SpfTerm {
    let (outcome, detail) = match &step.outcome {
        Outcome::Record(text) => ("record", Some(text.clone())),
        Outcome::Matched => ("matched", None),
        Outcome::NotMatched => ("not-matched", None),
        Outcome::Explanation(text) => ("explanation", text.clone()),
        Outcome::Ended(reason) => ("ended", Some(reason_word(*reason).to_owned())),
    };
    SpfTerm {
        depth: step.depth,
        domain: step.domain.clone(),
        term: step.term.as_ref().map(|term| term.text.clone()),
        outcome,
        detail,
    }
}

/// The word of a cause.
pub(super) fn reason_word(reason: CauseReason) -> &'static str {
    match reason {
        CauseReason::NotADomain => "not-a-domain",
        CauseReason::NoRecord => "no-record",
        CauseReason::Matched(_) => "matched",
        CauseReason::NoMatch => "no-match",
        CauseReason::MultipleRecords { .. } => "multiple-records",
        CauseReason::Syntax(_) => "syntax",
        CauseReason::IncludeWithoutRecord => "include-without-record",
        CauseReason::RedirectWithoutRecord => "redirect-without-record",
        CauseReason::Loop | CauseReason::TooManyLookups => "too-many-lookups",
        CauseReason::TooManyVoids => "too-many-voids",
        CauseReason::TooManyExchanges { .. } => "too-many-exchanges",
        CauseReason::Dns(_) => "no-answer",
    }
}
