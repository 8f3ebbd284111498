//! The steps about an ARC chain: what it comes to, each of its sets, and what it is worth.

use garant_dns::Name;

use super::{Told, field, step, text, yes_or_no};
use crate::trace::facts::{ArcSet, ArcTrace, StepCode, StepState, TraceStep, TrustResult};
use crate::trace::lookup::texts_at;

pub(super) fn steps(steps: &mut Vec<TraceStep>, told: &Told<'_>) {
    steps.push(chain(told.arc));
    steps.extend(told.arc.sets.iter().map(|one| set(one, told)));
    // What does not hold, or is not there, is worth nothing to anybody, and the first step says so.
    if told.arc.result == "pass" {
        steps.push(trust(told));
    }
}

fn chain(arc: &ArcTrace) -> TraceStep {
    let state = match arc.result {
        "pass" | "none" => StepState::Neutral,
        "fail" => StepState::Bad,
        _ => StepState::Unknown,
    };
    let last = arc.sets.last().and_then(|set| set.domain.as_ref());
    let made = step(StepCode::Arc, state, "RFC 8617, section 5.2")
        .with_result(arc.result)
        .arg("result", arc.result)
        .arg("count", arc.sets.len())
        .arg("failure", arc.failure.unwrap_or("none"))
        .arg("instance", arc.failed_at.unwrap_or_default())
        .arg("sealer", text(last));
    match last {
        Some(domain) => made.about(domain.to_string()),
        None => made,
    }
}

fn set(set: &ArcSet, told: &Told<'_>) -> TraceStep {
    let word = |known: Option<bool>| known.map_or("unknown", yes_or_no);
    let is_broken = set.seal_passes == Some(false)
        || set.chain == Some("fail")
        || set.message_passes == Some(false) && Some(set.instance) == told.arc.failed_at;
    let state = match set.seal_passes {
        _ if is_broken => StepState::Bad,
        Some(_) => StepState::Neutral,
        None => StepState::Unknown,
    };
    let said: Vec<String> = set
        .claims
        .iter()
        .filter(|claim| claim.method != "arc")
        .map(|claim| format!("{}={}", claim.method, claim.result))
        .collect();
    let mut made = step(StepCode::ArcSet, state, "RFC 8617, section 4.1")
        .arg("instance", set.instance)
        .arg("sealer", text(set.domain.as_ref()))
        .arg("said", said.join(", "))
        .arg("before", set.chain.unwrap_or("unknown"))
        .arg("seal", word(set.seal_passes))
        .arg("message", word(set.message_passes))
        .arg("trusted", yes_or_no(set.trusted));
    if let Some(chain) = set.chain {
        made = made.with_result(chain);
    }
    if let Some(domain) = &set.domain {
        made = made.about(domain.to_string());
    }
    let key = set.selector.as_ref().zip(set.domain.as_ref());
    let name = key.and_then(|(selector, domain)| {
        Name::from_input(&format!("{selector}._domainkey.{domain}")).ok()
    });
    made.lookups = name
        .and_then(|name| texts_at(&name, told.answers))
        .into_iter()
        .collect();
    match set.field {
        Some(index) => made.read_at(field("ARC-Authentication-Results", index)),
        None => made,
    }
}

fn trust(told: &Told<'_>) -> TraceStep {
    let trust = &told.arc.trust;
    let reading = &told.dmarc.rfc9989;
    let state = match trust.result {
        TrustResult::Vouched if trust.overrides => StepState::Good,
        TrustResult::Unknown => StepState::Unknown,
        _ => StepState::Neutral,
    };
    let names = |names: &mut dyn Iterator<Item = &Name>| {
        names.map(Name::to_unicode).collect::<Vec<_>>().join(", ")
    };
    let strangers = &mut trust
        .needed
        .iter()
        .filter(|one| !trust.sealers.contains(one));
    let reason = trust.reason.as_ref();
    step(StepCode::ArcTrust, state, "RFC 8617, section 7.2.1")
        .with_result(trust.result.as_str())
        .arg("result", trust.result.as_str())
        .arg("domain", text(told.author.domain.as_ref()))
        .arg("needed", names(&mut trust.needed.iter()))
        .arg("strangers", names(strangers))
        .arg("instance", trust.instance.unwrap_or_default())
        .arg("method", trust.method.unwrap_or("none"))
        .arg("dmarc", reading.result)
        .arg("policy", reading.applied.unwrap_or("none"))
        .arg("overrides", yes_or_no(trust.overrides))
        .arg(
            "reason",
            reason
                .map(|reason| reason.comment.as_str())
                .unwrap_or_default(),
        )
}
