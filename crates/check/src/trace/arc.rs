//! The ARC chain, as data (RFC 8617).

use garant_dns::AnswerTable;
use garant_msgauth::Step;
use garant_msgauth::arc::{self, Chain, ChainFailure, ChainStatus, ChainValue};
use garant_msgauth::auth_results::MethodResult;
use garant_msgauth::message::Message;

use super::facts::{ArcSet, ArcTrace, Connection};
use super::results::method_result;
use super::trust::{self, Around};

/// A chain, and how much of the message was there to validate it.
pub(super) struct Validated {
    chain: Chain,
    headers_only: bool,
}

impl Validated {
    /// The result; `unknown` where an answer or the body is not at hand.
    fn result(&self) -> &'static str {
        match self.chain.status {
            ChainStatus::Pass if self.headers_only => "unknown",
            ChainStatus::Fail if self.chain.is_unanswered() => "unknown",
            status => status.as_str(),
        }
    }
}

/// Validates the chain with the answers at hand.
pub(super) fn validate(
    message: &Message<'_>,
    headers_only: bool,
    now: u64,
    answers: &dyn AnswerTable,
) -> Step<Validated> {
    let validate = if headers_only {
        arc::validate_header
    } else {
        arc::validate
    };
    match validate(message, answers, now) {
        Step::Need(questions) => Step::Need(questions),
        Step::Done(chain) => Step::Done(Validated {
            chain,
            headers_only,
        }),
    }
}

/// The chain as data.
pub(super) fn facts(validated: &Validated, around: &Around<'_>) -> ArcTrace {
    let trusted = around.sealers;
    let chain = &validated.chain;
    let sets = chain.sets.iter().map(|set| {
        let seal = set.seal.as_ref().map(|seal| &seal.verification);
        let results = set.results.as_ref();
        let domain = seal.and_then(|seal| seal.domain.clone());
        ArcSet {
            trusted: domain
                .as_ref()
                .is_some_and(|domain| trusted.contains(domain)),
            instance: set.instance,
            domain,
            selector: seal.and_then(|seal| seal.selector.clone()),
            chain: set.chain_value.map(ChainValue::as_str),
            seal_passes: set
                .seal
                .as_ref()
                .filter(|seal| seal.is_checked)
                .map(|seal| seal.passes()),
            message_passes: set
                .message_signature
                .as_ref()
                .filter(|signature| signature.is_checked)
                .map(|signature| signature.passes())
                // It covers the body.
                .filter(|passes| !(*passes && validated.headers_only)),
            field: results.map(|results| results.field),
            claims: results
                .map_or(&[][..], |results| &results.results)
                .iter()
                .map(method_result)
                .collect(),
        }
    });
    let sets: Vec<ArcSet> = sets.collect();
    let result = validated.result();
    ArcTrace {
        result,
        failure: chain.failure.map(failure_word),
        failed_at: chain.failure.and_then(instance),
        oldest_pass: chain.oldest_pass,
        trust: trust::facts(result, &sets, around),
        sets,
    }
}

/// The result for our own field; nothing where there is no chain or it is not known.
pub(super) fn result(validated: &Validated, connection: &Connection) -> Option<MethodResult> {
    let result = validated.result();
    if matches!(result, "none" | "unknown") {
        return None;
    }
    let client = connection.ip.as_ref().map(|ip| ip.value);
    Some(MethodResult::arc(
        result,
        client,
        validated.chain.oldest_pass,
    ))
}

/// The word of a failure; the words that people read are at `trace-arc-failure-<word>`.
fn failure_word(failure: ChainFailure) -> &'static str {
    match failure {
        ChainFailure::TooManySets => "too-many-sets",
        ChainFailure::NoInstance { .. } => "no-instance",
        ChainFailure::SealedAsFailed { .. } => "sealed-as-failed",
        ChainFailure::FieldAbsent { .. } => "field-absent",
        ChainFailure::FieldTwice { .. } => "field-twice",
        ChainFailure::ChainValue { .. } => "chain-value",
        ChainFailure::MessageSignature { .. } => "message-signature",
        ChainFailure::Seal { .. } => "seal",
    }
}

fn instance(failure: ChainFailure) -> Option<u32> {
    match failure {
        ChainFailure::TooManySets | ChainFailure::NoInstance { .. } => None,
        ChainFailure::SealedAsFailed { instance }
        | ChainFailure::FieldAbsent { instance, .. }
        | ChainFailure::FieldTwice { instance, .. }
        | ChainFailure::ChainValue { instance }
        | ChainFailure::MessageSignature { instance, .. }
        | ChainFailure::Seal { instance, .. } => Some(instance),
    }
}
