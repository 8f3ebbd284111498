//! The same picture of a message that was traced: its names are those that it bears.

use garant_check::path::ReceiverAction;
use garant_check::trace::{AlignmentTrace, DmarcReading, Relation, SignatureTrace, Trace};
use garant_dns::Name;
use garant_text::Args;

use super::super::look::{ADVICE, BLOCK, RIGHT, RISK, UNKNOWN};
use super::super::say::Words;
use super::model::{Arrow, Leg, POLICIES, Policy, Way, both};

/// Servers that passed the message on which are named; of more, their number.
const HOPS_NAMED: usize = 2;

impl Way {
    /// The way of a message.
    pub(super) fn of_message(trace: &Trace, words: &Words) -> Self {
        let reading = &trace.dmarc.rfc9989;
        let passes = passes(reading);
        let legs = [envelope(trace, passes, words), seal(trace, passes, words)];
        let result = match (reading.result, passes) {
            ("none", _) => "none",
            (_, Some(true)) => "pass",
            (_, Some(false)) => "fail",
            (_, None) => "unknown",
        };
        let is_enforced = reading.applied.is_some_and(|policy| policy != "none");
        let dmarc_look = match passes {
            Some(true) if result == "none" => ADVICE,
            Some(true) => RIGHT,
            Some(false) if is_enforced => BLOCK,
            Some(false) => RISK,
            None => UNKNOWN,
        };
        let dmarc = words.say("picture-path-dmarc", &Args::new().with("result", result));
        let mut way = Self {
            title: words.word("picture-message-title"),
            sender: sender(trace, words),
            sends: sends(trace, words),
            step: words.word("picture-message-step"),
            from: from(trace, words),
            support: support(reading, passes, words),
            dmarc: dmarc.clone(),
            dmarc_look,
            current: words.word("picture-message-current"),
            no_policy: (result == "none").then(|| words.word("picture-message-no-policy")),
            policies: POLICIES.map(|name| policy(trace, name, passes, words)),
            after: None,
            legs,
            sentences: Vec::new(),
        };
        way.sentences = way.sentences(format!("{dmarc}."), words);
        let args = Args::new()
            .with("sender", way.sender.as_str())
            .with("sends", way.sends.join(", "));
        let first = words.say("picture-message-sender", &args);
        way.sentences.insert(0, (first, None));
        way
    }
}

/// Whether DMARC passes, or would with a policy.
fn passes(reading: &DmarcReading) -> Option<bool> {
    match reading.result {
        "pass" => Some(true),
        "fail" => Some(false),
        "none" => match (reading.spf, reading.dkim) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The client: its name, or its address.
fn sender(trace: &Trace, words: &Words) -> String {
    let connection = &trace.connection;
    match (&connection.helo, &connection.ip) {
        (Some(helo), _) if !helo.value.is_empty() => helo.value.clone(),
        (_, Some(ip)) => ip.value.to_string(),
        _ => words.word("picture-message-client-unknown"),
    }
}

fn sends(trace: &Trace, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(ip) = &trace.connection.ip {
        let address = Args::new().with("address", ip.value.to_string());
        lines.push(words.say("picture-message-address", &address));
    }
    lines.push(words.word("picture-message-hands"));
    let sealers: Vec<&Name> = trace
        .arc
        .sets
        .iter()
        .filter_map(|set| set.domain.as_ref())
        .collect();
    for name in sealers.iter().take(HOPS_NAMED) {
        let args = Args::new().with("name", name.to_unicode());
        lines.push(words.say("picture-message-sealed", &args));
    }
    if let Some(more) = sealers
        .len()
        .checked_sub(HOPS_NAMED)
        .filter(|more| *more > 0)
    {
        let args = Args::new().with("count", more);
        lines.push(words.say("picture-message-sealed-more", &args));
    }
    lines
}

fn from(trace: &Trace, words: &Words) -> String {
    match (trace.author.mailboxes.as_slice(), &trace.author.domain) {
        ([only], _) => only.address.clone(),
        (_, Some(domain)) => domain.to_unicode(),
        (_, None) => words.word("picture-message-no-author"),
    }
}

fn support(reading: &DmarcReading, passes: Option<bool>, words: &Words) -> String {
    let args = match (reading.spf, reading.dkim) {
        (Some(spf), Some(dkim)) => Args::new().with("legs", u64::from(spf) + u64::from(dkim)),
        _ if passes == Some(true) => Args::new().with("legs", "some"),
        _ => Args::new().with("legs", "unknown"),
    };
    words.say("picture-path-support", &args)
}

/// What a policy asks for this message, and whether it is the one that applies.
fn policy(trace: &Trace, name: &str, passes: Option<bool>, words: &Words) -> Policy {
    let known = trace.outcomes.iter().find(|outcome| outcome.policy == name);
    let (outcome, look) = match known.map(|outcome| outcome.action) {
        Some(ReceiverAction::Deliver) if passes == Some(false) => ("nothing", RISK),
        Some(ReceiverAction::Deliver) => ("deliver", RIGHT),
        Some(ReceiverAction::Spam) => ("spam", RISK),
        Some(ReceiverAction::Refuse) => ("refuse", BLOCK),
        Some(ReceiverAction::Unknown) | None => ("unknown", UNKNOWN),
    };
    Policy {
        name: name.to_owned(),
        is_current: known.is_some_and(|outcome| outcome.applies),
        outcome: words.say(
            "picture-path-outcome",
            &Args::new().with("outcome", outcome),
        ),
        look,
    }
}

fn envelope(trace: &Trace, passes: Option<bool>, words: &Words) -> Leg {
    let spf = &trace.spf;
    let is_there = match spf.result {
        "pass" => Some(true),
        "unknown" | "temperror" => None,
        _ => Some(false),
    };
    let side = Side {
        kind: "envelope",
        name: spf.domain.as_ref(),
        author: trace.author.domain.as_ref(),
        alignment: &spf.alignment,
        is_there,
        detail: spf.result,
    };
    side.leg(passes, words)
}

/// The signature that supports the address best.
fn best(trace: &Trace) -> Option<&SignatureTrace> {
    let rank = |signature: &SignatureTrace| {
        let alignment = &signature.alignment;
        (
            alignment.counts == Some(true),
            alignment.aligned == Some(true),
            signature.result == "pass",
        )
    };
    // Of equals the topmost.
    trace.signatures.iter().rev().max_by_key(|one| rank(one))
}

fn seal(trace: &Trace, passes: Option<bool>, words: &Words) -> Leg {
    let none = AlignmentTrace::default();
    let signature = best(trace);
    let is_there = match signature.map(|signature| signature.result) {
        Some("pass") => Some(true),
        Some("unknown" | "temperror") => None,
        Some(_) | None => Some(false),
    };
    let side = Side {
        kind: "seal",
        name: signature.and_then(|signature| signature.domain.as_ref()),
        author: trace.author.domain.as_ref(),
        alignment: signature.map_or(&none, |signature| &signature.alignment),
        is_there,
        detail: signature.map_or("none", |signature| signature.result),
    };
    side.leg(passes, words)
}

/// What is known of one leg.
struct Side<'a> {
    kind: &'static str,
    name: Option<&'a Name>,
    author: Option<&'a Name>,
    alignment: &'a AlignmentTrace,
    is_there: Option<bool>,
    detail: &'static str,
}

impl Side<'_> {
    fn leg(&self, passes: Option<bool>, words: &Words) -> Leg {
        let (relaxed, strict) = self.alignments();
        let supports = match self.alignment.counts {
            None => both(self.alignment.aligned, self.is_there),
            counts => counts,
        };
        let look = match (supports, passes) {
            (Some(true), _) => RIGHT,
            (Some(false), Some(false)) => BLOCK,
            (Some(false), _) => RISK,
            (None, _) => UNKNOWN,
        };
        let comes_to = match (supports, self.is_there) {
            (Some(true), _) => "yes",
            (Some(false), Some(true)) if relaxed == Some(true) => "kin",
            (Some(false), Some(true)) => "apart",
            (Some(false), Some(false)) => "no",
            (Some(false), None) => "foreign",
            (None, _) => "unknown",
        };
        let is_strict = self.alignment.mode == "strict";
        let leg = |name| Args::new().with("leg", self.kind).with(name, self.detail);
        let says = Args::new().with("leg", self.kind).with("comes", comes_to);
        Leg {
            is_envelope: self.kind == "envelope",
            name: match self.name {
                Some(name) => name.to_unicode(),
                None if self.detail == "none" => words.word("picture-message-unsigned"),
                None => words.word("picture-path-not-known"),
            },
            is_named: self.name.is_some(),
            is_there: self.is_there,
            organization: self.organization(words),
            proof: words.say("picture-message-proof", &leg("detail")),
            says: words.say("picture-path-says", &says),
            look,
            relaxed: Arrow {
                holds: both(relaxed, self.is_there),
                is_asked: !is_strict,
            },
            strict: Arrow {
                holds: both(strict, self.is_there),
                is_asked: is_strict,
            },
        }
    }

    /// Whether the names agree, relaxed and strict.
    fn alignments(&self) -> (Option<bool>, Option<bool>) {
        match self.alignment.relation {
            Relation::Same => (Some(true), Some(true)),
            Relation::Kin | Relation::Strict => (Some(true), Some(false)),
            Relation::Apart | Relation::Foreign => (Some(false), Some(false)),
            // An identifier that is not there agrees with nothing.
            Relation::Unknown if self.name.is_none() && self.is_there == Some(false) => {
                (Some(false), Some(false))
            }
            Relation::Unknown => (None, None),
        }
    }

    fn organization(&self, words: &Words) -> Option<String> {
        let (name, organization) = (self.name?, self.alignment.organizational_domain.as_ref()?);
        // Where names are the same, nothing else is compared.
        if Some(name) == self.author || name == organization {
            return None;
        }
        let args = Args::new().with("name", organization.to_unicode());
        Some(words.say("picture-message-organization", &args))
    }
}
