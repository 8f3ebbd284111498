//! What receivers do with the message, under each policy that its domain could publish.
//!
//! A policy of reject is never sure refusal: RFC 9989, section 7.4, forbids refusing for that reason alone.

use garant_msgauth::dmarc::Policy;
use garant_msgauth::spf::SpfResult;

use super::alignment::{any, both};
use super::dmarc;
use super::facts::{
    DmarcReading, DmarcTrace, PolicyOutcome, ReadinessTrace, SignatureTrace, SpfTrace,
};
use crate::catalogue::{Besides, DmarcResult, LegResults, Receiver, Volume, readiness, receivers};
use crate::path::{ReceiverAction, ReceiverBulk, ReceiverOutcome, ReceiverReply};

/// How the message fares, for the catalogue.
pub(super) fn legs(
    spf: &SpfTrace,
    signatures: &[SignatureTrace],
    reading: &DmarcReading,
    policy: Option<Policy>,
    besides: Besides,
) -> LegResults {
    let spf_pass = match spf.result {
        "unknown" | "temperror" => None,
        result => Some(result == SpfResult::Pass.as_str()),
    };
    LegResults {
        spf_fail: spf_pass.map(|_| spf.result == SpfResult::Fail.as_str()),
        besides,
        spf_pass,
        spf_aligned: spf.alignment.aligned,
        dkim_pass: any(signatures.iter().map(passes_everywhere)),
        dkim_aligned: aligned_signature(signatures),
        dmarc: dmarc::for_receivers(reading)
            .filter(|result| *result != DmarcResult::Pass || everywhere(spf, signatures)),
        policy,
    }
}

/// Whether a signature passes at all receivers: many do not verify Ed25519, so at those it counts for nothing.
fn passes_everywhere(signature: &SignatureTrace) -> Option<bool> {
    match (signature.result, signature.key_algorithm) {
        _ if signature.failure == Some("over-limit") => None,
        ("pass", Some("ed25519")) | ("unknown" | "temperror", _) => None,
        (result, _) => Some(result == "pass"),
    }
}

/// Whether DMARC passes at all receivers, where it does: not by an Ed25519 signature alone.
fn everywhere(spf: &SpfTrace, signatures: &[SignatureTrace]) -> bool {
    let counts = |one: &SignatureTrace| {
        one.alignment.counts == Some(true) && passes_everywhere(one) == Some(true)
    };
    spf.alignment.counts == Some(true) || signatures.iter().any(counts)
}

/// Whether one of those signatures that pass, or of all where none does, is aligned. One that may pass may be it.
fn aligned_signature(signatures: &[SignatureTrace]) -> Option<bool> {
    let judged = || signatures.iter().map(|one| (passes_everywhere(one), one));
    if judged().all(|(passes, _)| passes == Some(false)) {
        return any(signatures.iter().map(|one| one.alignment.aligned));
    }
    any(judged()
        .filter(|(passes, _)| *passes != Some(false))
        .map(|(passes, one)| both(passes, one.alignment.aligned)))
}

/// What each receiver of the catalogue does.
pub(super) fn receivers_of(legs: &LegResults) -> Vec<ReceiverOutcome> {
    let told = receivers().iter();
    told.map(|receiver| one(receiver, legs)).collect()
}

fn one(receiver: &'static Receiver, legs: &LegResults) -> ReceiverOutcome {
    let (action, rule) = receiver.outcome(legs);
    let (in_bulk, bulk_rule) = receiver.bulk_outcome(legs);
    let is_told = in_bulk != ReceiverAction::Unknown;
    let is_worse = is_told && (action == ReceiverAction::Unknown || in_bulk > action);
    let answers = |volume| replies(receiver, legs, volume);
    ReceiverOutcome {
        name: &receiver.id,
        action,
        rule,
        replies: answers(Volume::Few),
        bulk: is_worse.then_some(ReceiverBulk {
            action: in_bulk,
            rule: bulk_rule,
        }),
        bulk_replies: if is_worse {
            answers(Volume::Many)
        } else {
            Vec::new()
        },
    }
}

fn replies(receiver: &'static Receiver, legs: &LegResults, volume: Volume) -> Vec<ReceiverReply> {
    let expected = receiver.replies(legs, volume).into_iter();
    expected
        .map(|one| ReceiverReply {
            id: &one.reply.id,
            codes: one.reply.codes.iter().map(ToString::to_string).collect(),
            text: one.reply.text(),
        })
        .collect()
}

/// Whether a sender of many such messages meets what each receiver asks for.
pub(super) fn readiness_of(legs: &LegResults) -> Vec<ReadinessTrace> {
    let all = readiness(legs).into_iter();
    all.map(|one| ReadinessTrace {
        name: &one.receiver.id,
        threshold: one.receiver.threshold.as_ref(),
        ready: one.is_ready(),
        requirements: one.requirements,
    })
    .collect()
}

/// The table of outcomes. A policy that does not apply is tried as if it were published: a message that no
/// policy applies to then passes or fails by what counts.
pub(super) fn by_policy(
    legs: &LegResults,
    dmarc: &DmarcTrace,
    applied: Option<Policy>,
) -> Vec<PolicyOutcome> {
    let reading = &dmarc.rfc9989;
    let counts = any([reading.spf, reading.dkim].into_iter());
    let result = match (legs.dmarc, counts) {
        (Some(DmarcResult::NoPolicy), Some(true)) => Some(DmarcResult::Pass),
        (Some(DmarcResult::NoPolicy), Some(false)) => Some(DmarcResult::Fail),
        (Some(DmarcResult::NoPolicy), None) => None,
        (known, _) => known,
    };
    let row = |policy: Policy| {
        let hypothetical = LegResults {
            dmarc: result,
            policy: Some(policy),
            ..*legs
        };
        let is_published = reading.applied == Some(policy.as_str());
        let all = receivers_of(&hypothetical);
        // The last of the catalogue stands for whoever has no rules of its own.
        let action = all
            .last()
            .map_or(ReceiverAction::Unknown, |other| other.action);
        PolicyOutcome {
            policy: policy.as_str(),
            applies: is_published && applied == Some(policy),
            action,
            receivers: all,
        }
    };
    Policy::ALL.map(row).into()
}
