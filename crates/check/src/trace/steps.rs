//! The steps of a trace, in order: what was read where, asked, compared, and what came of it.

mod arc;

use std::collections::{BTreeMap, BTreeSet};

use garant_dns::{AnswerTable, Name};
use garant_msgauth::spf::Evaluation;

use super::facts::{
    AlignmentTrace, ArcTrace, AuthorFacts, AuthorProblem, Comparison, Connection, Difference,
    DmarcReading, DmarcTrace, ForeignResults, Known, Origin, PolicyOutcome, Shown, SignatureTrace,
    SpfIdentity, SpfTrace, StepCode, StepState, TraceStep,
};
use super::lookup::texts_at;
use super::spf;
use crate::finding::Argument;
use crate::path::{ReceiverAction, ReceiverOutcome};

/// Everything that the steps tell.
pub(super) struct Told<'a> {
    pub(super) author: &'a AuthorFacts,
    pub(super) connection: &'a Connection,
    pub(super) spf: &'a SpfTrace,
    pub(super) evaluation: Option<&'a Evaluation>,
    pub(super) signatures: &'a [SignatureTrace],
    pub(super) dmarc: &'a DmarcTrace,
    pub(super) outcomes: &'a [PolicyOutcome],
    pub(super) receivers: &'a [ReceiverOutcome],
    pub(super) arc: &'a ArcTrace,
    pub(super) results: &'a [ForeignResults],
    pub(super) differences: &'a [Difference],
    pub(super) shown: &'a Shown,
    pub(super) answers: &'a dyn AnswerTable,
}

pub(super) fn steps(told: &Told<'_>) -> Vec<TraceStep> {
    let mut steps = vec![
        author(told.author),
        connection(told.connection),
        spf_step(told),
    ];
    for signature in told.signatures {
        signature_steps(&mut steps, signature, told.answers);
    }
    if told.signatures.is_empty() {
        let section = "RFC 6376, section 6.1";
        steps.push(step(StepCode::NoSignature, StepState::Bad, section).with_result("none"));
    }
    // Which record applies comes before what is compared: it says how strictly.
    steps.push(policy(StepCode::Policy, &told.dmarc.rfc9989, told.author));
    if differ_in_policy(told.dmarc) {
        let older = &told.dmarc.rfc7489;
        steps.push(policy(StepCode::PolicyOlder, older, told.author));
    }
    if let Some(domain) = &told.author.domain {
        let organizations = Organizations::of(told.dmarc);
        if let Some(identifier) = &told.spf.domain {
            let alignment = &told.spf.alignment;
            let code = StepCode::SpfAlignment;
            steps.push(alignment_step(
                code,
                identifier,
                domain,
                alignment,
                &organizations,
            ));
        }
        for signature in told.signatures {
            if let Some(identifier) = &signature.domain {
                let code = StepCode::DkimAlignment;
                let alignment = &signature.alignment;
                let step = alignment_step(code, identifier, domain, alignment, &organizations);
                steps.push(step.read_at(field("DKIM-Signature", signature.field)));
            }
        }
    }
    steps.push(dmarc(StepCode::Dmarc, &told.dmarc.rfc9989, told.author));
    if told.dmarc.differs {
        steps.push(dmarc(
            StepCode::DmarcOlder,
            &told.dmarc.rfc7489,
            told.author,
        ));
    }
    steps.push(disposition(told));
    arc::steps(&mut steps, told);
    results(&mut steps, told);
    steps.push(receivers(told));
    steps.push(via(told));
    if let Some(on_behalf_of) = &told.shown.on_behalf_of {
        let state = if on_behalf_of.same_organization {
            StepState::Neutral
        } else {
            StepState::Bad
        };
        let section = "RFC 5322, section 3.6.2";
        steps.push(
            step(StepCode::OnBehalfOf, state, section)
                .about(&on_behalf_of.sender)
                .read_at(field("Sender", on_behalf_of.field))
                .arg("sender", on_behalf_of.sender.as_str())
                .arg("author", on_behalf_of.author.as_str()),
        );
    }
    steps
}

fn step(code: StepCode, state: StepState, section: &'static str) -> TraceStep {
    TraceStep {
        code,
        state,
        identifier: None,
        origin: None,
        lookups: Vec::new(),
        comparison: None,
        result: None,
        section,
        args: BTreeMap::new(),
    }
}

impl TraceStep {
    fn about(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self
    }

    fn read_at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    fn with_result(mut self, result: &'static str) -> Self {
        self.result = Some(result);
        self
    }

    fn arg(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.args.insert(name, value.into());
        self
    }
}

/// A header field as an origin.
pub(super) fn field(name: &str, index: usize) -> Origin {
    Origin::Field {
        name: name.to_owned(),
        index,
    }
}

fn text(name: Option<&Name>) -> String {
    name.map(Name::to_unicode).unwrap_or_default()
}

fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

fn author(author: &AuthorFacts) -> TraceStep {
    let state = match author.problem {
        None => StepState::Good,
        Some(_) => StepState::Bad,
    };
    let addresses: Vec<&str> = author
        .mailboxes
        .iter()
        .map(|one| one.address.as_str())
        .collect();
    let addresses = addresses.join(", ");
    let mut made = step(StepCode::Author, state, "RFC 9989, section 5.3.1")
        .arg("domain", text(author.domain.as_ref()))
        .arg("address", addresses.as_str())
        .arg("count", author.fields.len())
        .arg(
            "problem",
            author.problem.map_or("none", AuthorProblem::as_str),
        );
    if !addresses.is_empty() {
        made = made.about(addresses);
    }
    match author.fields.first() {
        Some(index) => made.read_at(field("From", *index)),
        None => made,
    }
}

fn connection(connection: &Connection) -> TraceStep {
    fn shown<T: ToString>(known: Option<&Known<T>>) -> String {
        known
            .map(|known| known.value.to_string())
            .unwrap_or_default()
    }
    let mail_from = match &connection.mail_from {
        None => String::new(),
        Some(known) if known.value.is_empty() => "<>".to_owned(),
        Some(known) => known.value.clone(),
    };
    let is_known = connection.ip.is_some() && connection.mail_from.is_some();
    let state = if is_known {
        StepState::Neutral
    } else {
        StepState::Unknown
    };
    let origins = [
        connection.ip.as_ref().map(|known| &known.origin),
        connection.mail_from.as_ref().map(|known| &known.origin),
        connection.helo.as_ref().map(|known| &known.origin),
    ];
    let made = step(StepCode::Connection, state, "RFC 7208, section 4.1")
        .arg("ip", shown(connection.ip.as_ref()))
        .arg("helo", shown(connection.helo.as_ref()))
        .arg("mail_from", mail_from.as_str());
    let made = if mail_from.is_empty() {
        made
    } else {
        made.about(mail_from)
    };
    match origins.into_iter().flatten().next() {
        Some(origin) => made.read_at(origin.clone()),
        None => made,
    }
}

fn spf_step(told: &Told<'_>) -> TraceStep {
    let spf = told.spf;
    let state = match (spf.result, spf.alignment.counts) {
        ("unknown" | "temperror", _) => StepState::Unknown,
        ("pass", _) => StepState::Good,
        _ => StepState::Bad,
    };
    let identity = match spf.identity {
        Some(SpfIdentity::Helo) => "helo",
        Some(SpfIdentity::MailFrom) => "mail-from",
        None => "none",
    };
    let origin = match spf.identity {
        Some(SpfIdentity::Helo) => told.connection.helo.as_ref(),
        Some(SpfIdentity::MailFrom) => told.connection.mail_from.as_ref(),
        None => None,
    };
    let ip = told.connection.ip.as_ref().map(|ip| ip.value.to_string());
    let mut made = step(StepCode::Spf, state, "RFC 7208, section 4")
        .with_result(spf.result)
        .arg("result", spf.result)
        .arg("identity", identity)
        .arg("mail_from", text(spf.domain.as_ref()))
        .arg("ip", ip.unwrap_or_default())
        .arg(
            "unevaluated",
            spf.unevaluated.map_or("no", |why| why.as_str()),
        )
        .arg("reason", spf.reason.unwrap_or("none"))
        .arg("term", spf.term.as_deref().unwrap_or_default())
        .arg("decided_by", text(spf.decided_by.as_ref()))
        .arg("count", spf.lookups);
    made.lookups = spf::lookups(told.evaluation, told.answers);
    if let Some(domain) = &spf.domain {
        made = made.about(domain.to_string());
    }
    match origin {
        Some(known) => made.read_at(known.origin.clone()),
        None => made,
    }
}

/// The words that tell one signature from another.
fn named(made: TraceStep, signature: &SignatureTrace) -> TraceStep {
    // What fails elsewhere is told there.
    let failure = signature
        .failure
        .filter(|_| matches!(made.state, StepState::Bad | StepState::Unknown));
    let identifier = match (&signature.selector, &signature.domain) {
        (Some(selector), Some(domain)) => format!("{selector}._domainkey.{domain}"),
        (_, Some(domain)) => domain.to_string(),
        _ => String::new(),
    };
    let made = made
        .arg("dkim_domain", text(signature.domain.as_ref()))
        .arg("selector", text(signature.selector.as_ref()))
        .arg("failure", failure.unwrap_or("none"))
        .arg(
            "detail",
            signature.failure_detail.as_deref().unwrap_or_default(),
        )
        .read_at(field("DKIM-Signature", signature.field));
    if identifier.is_empty() {
        made
    } else {
        made.about(identifier)
    }
}

/// Each name once, in the order of the first: a name that stands more often signs that no further field is there.
fn each_once(names: &[String]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let names = names.iter().map(String::as_str);
    names.filter(|name| seen.insert(*name)).collect()
}

/// What a failure is found in, in the order in which a verifier looks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Field,
    Key,
    Body,
    Header,
}

fn stage(failure: &str) -> Stage {
    match failure {
        "no-key"
        | "bad-key"
        | "revoked"
        | "key-too-short"
        | "key-type-mismatch"
        | "hash-not-allowed"
        | "service-not-allowed"
        | "no-answer"
        | "identity-beneath-domain" => Stage::Key,
        "body-changed" | "body-too-short" => Stage::Body,
        "header-changed" => Stage::Header,
        _ => Stage::Field,
    }
}

fn signature_steps(
    steps: &mut Vec<TraceStep>,
    signature: &SignatureTrace,
    answers: &dyn AnswerTable,
) {
    if signature.failure == Some("over-limit") {
        let made = step(
            StepCode::SignaturesLeft,
            StepState::Unknown,
            "RFC 6376, section 6.1",
        );
        // Those beneath it were left alone too.
        if steps
            .last()
            .is_none_or(|last| last.code != StepCode::SignaturesLeft)
        {
            steps.push(named(made, signature));
        }
        return;
    }
    let fails_at = signature.failure.map(stage);
    let state = |of: Stage| match fails_at {
        Some(at) if at == of && signature.result == "temperror" => StepState::Unknown,
        Some(at) if at == of => StepState::Bad,
        _ => StepState::Good,
    };
    let reaches = |of: Stage| fails_at.is_none_or(|at| at >= of);
    let mut made = named(
        step(
            StepCode::Signature,
            state(Stage::Field),
            "RFC 6376, section 3.5",
        ),
        signature,
    )
    .arg(
        "algorithm",
        signature.algorithm.as_deref().unwrap_or_default(),
    )
    .arg("canonicalization", signature.canonicalization.as_str())
    .arg("fields", each_once(&signature.signed_fields).join(", "))
    .arg("expired_since", yes_or_no(signature.expired_since));
    if state(Stage::Field) == StepState::Bad {
        made = made.with_result(signature.result);
    }
    steps.push(made);
    if let Some(name) = signature.key_name.as_ref().filter(|_| reaches(Stage::Key)) {
        let bits = signature.key_bits.map(|bits| bits.to_string());
        let mut made = named(
            step(StepCode::Key, state(Stage::Key), "RFC 6376, section 3.6.2"),
            signature,
        )
        .arg("key_name", name.to_string())
        .arg("key_algorithm", signature.key_algorithm.unwrap_or("none"))
        .arg("bits", bits.unwrap_or_default())
        .arg("testing", yes_or_no(signature.is_testing));
        made.lookups = texts_at(name, answers).into_iter().collect();
        if state(Stage::Key) != StepState::Good {
            made = made.with_result(signature.result);
        }
        steps.push(made);
    }
    let is_open = signature.result == "unknown";
    if reaches(Stage::Body) && (signature.body_matches.is_some() || is_open) {
        let body = if is_open {
            StepState::Unknown
        } else {
            state(Stage::Body)
        };
        let octets = usize::try_from(signature.unsigned_octets).unwrap_or(usize::MAX);
        let mut made = named(
            step(StepCode::BodyHash, body, "RFC 6376, section 3.7"),
            signature,
        )
        .arg("octets", octets)
        .arg("known", yes_or_no(!is_open));
        if body != StepState::Good {
            made = made.with_result(signature.result);
        }
        steps.push(made);
    }
    if reaches(Stage::Header) && !is_open {
        let made = named(
            step(
                StepCode::HeaderSignature,
                state(Stage::Header),
                "RFC 6376, section 6.1.3",
            ),
            signature,
        )
        .with_result(signature.result);
        steps.push(made);
    }
}

/// The Organizational Domains of the author by both documents, and whether anything was signed for one.
struct Organizations<'a> {
    walk: Option<&'a Name>,
    list: Option<&'a Name>,
    /// A signature counts.
    is_signed: bool,
}

impl<'a> Organizations<'a> {
    fn of(dmarc: &'a DmarcTrace) -> Self {
        // Without a record there is nothing to be aligned with by RFC 9989.
        let walk = dmarc.rfc9989.policy_domain.as_ref();
        Self {
            walk: walk.and(dmarc.rfc9989.organizational_domain.as_ref()),
            list: dmarc.rfc7489.organizational_domain.as_ref(),
            is_signed: dmarc.rfc9989.dkim == Some(true),
        }
    }
}

fn alignment_step(
    code: StepCode,
    identifier: &Name,
    author_domain: &Name,
    alignment: &AlignmentTrace,
    organizations: &Organizations<'_>,
) -> TraceStep {
    let other_counts = code == StepCode::DkimAlignment && organizations.is_signed;
    let state = match (alignment.counts, alignment.aligned) {
        (Some(true), _) => StepState::Good,
        (_, None) => StepState::Unknown,
        // One signature that counts is enough: services often add their own.
        (_, Some(false)) if other_counts => StepState::Neutral,
        // What did not pass helps nobody by its name.
        (Some(false), Some(true)) => StepState::Neutral,
        (None, Some(true)) => StepState::Unknown,
        (_, Some(false)) => StepState::Bad,
    };
    let result = match alignment.aligned {
        Some(true) => "aligned",
        Some(false) => "not-aligned",
        None => "unknown",
    };
    let section = "RFC 9989, section 4.10.2";
    let mut made = step(code, state, section)
        .about(identifier.to_string())
        .with_result(result)
        .arg("identifier", identifier.to_unicode())
        .arg("domain", author_domain.to_unicode())
        .arg("mode", alignment.mode)
        .arg("relation", alignment.relation.as_str())
        .arg("counts", alignment.counts.map_or("unknown", yes_or_no))
        .arg(
            "identifier_organization",
            text(alignment.organizational_domain.as_ref()),
        )
        .arg("author_organization", text(organizations.walk))
        .arg(
            "differs",
            yes_or_no(alignment.aligned != alignment.aligned_rfc7489),
        );
    made.comparison = Some(Comparison {
        identifier: identifier.clone(),
        author_domain: author_domain.clone(),
        mode: alignment.mode,
        identifier_organization: alignment.organizational_domain.clone(),
        author_organization: organizations.walk.cloned(),
        identifier_organization_rfc7489: alignment.organizational_domain_rfc7489.clone(),
        author_organization_rfc7489: organizations.list.cloned(),
        aligned: alignment.aligned,
        aligned_rfc7489: alignment.aligned_rfc7489,
    });
    made
}

fn differ_in_policy(dmarc: &DmarcTrace) -> bool {
    let (walk, list) = (&dmarc.rfc9989, &dmarc.rfc7489);
    walk.policy_domain != list.policy_domain
        || walk.applied != list.applied
        // `pct` asks for nothing where the policy does.
        || walk.share != list.share && list.applied.is_some_and(|policy| policy != "none")
        || walk.organizational_domain != list.organizational_domain && walk.policy_domain.is_some()
}

fn policy(code: StepCode, reading: &DmarcReading, author: &AuthorFacts) -> TraceStep {
    let is_known = reading.policy.is_some();
    let (state, result) = match reading.result {
        "permerror" => (StepState::Bad, "permerror"),
        "temperror" if !is_known => (StepState::Unknown, "temperror"),
        _ if is_known => (StepState::Neutral, "found"),
        _ => (StepState::Neutral, "none"),
    };
    let section = if code == StepCode::Policy {
        "RFC 9989, section 4.10.1"
    } else {
        "RFC 7489, section 6.6.3"
    };
    let share = reading.share.map_or(100, u32::from);
    let mut made = step(code, state, section)
        .with_result(result)
        .arg("result", result)
        .arg("domain", text(author.domain.as_ref()))
        .arg("policy_domain", text(reading.policy_domain.as_ref()))
        .arg("tag", reading.tag.unwrap_or("p"))
        .arg("policy", reading.policy.unwrap_or("none"))
        .arg("applied", reading.applied.unwrap_or("none"))
        .arg("testing", yes_or_no(reading.is_testing))
        .arg("share", share)
        .arg("record", reading.record.as_deref().unwrap_or_default())
        .arg("organization", text(reading.organizational_domain.as_ref()));
    made.lookups = reading.walk.clone();
    match &reading.policy_domain {
        Some(name) => {
            let origin = name.prefixed("_dmarc").map(|name| Origin::Dns { name });
            let made = made.about(name.to_string());
            origin.map_or(made.clone(), |origin| made.read_at(origin))
        }
        None => made,
    }
}

fn dmarc(code: StepCode, reading: &DmarcReading, author: &AuthorFacts) -> TraceStep {
    let state = match reading.result {
        "pass" => StepState::Good,
        "fail" | "permerror" => StepState::Bad,
        "none" => StepState::Neutral,
        _ => StepState::Unknown,
    };
    let section = if code == StepCode::Dmarc {
        "RFC 9989, section 5.3.5"
    } else {
        "RFC 7489, section 6.6.2"
    };
    let word = |leg: Option<bool>| leg.map_or("unknown", yes_or_no);
    let made = step(code, state, section)
        .with_result(reading.result)
        .arg("result", reading.result)
        .arg("domain", text(author.domain.as_ref()))
        .arg("spf", word(reading.spf))
        .arg("dkim", word(reading.dkim));
    match &author.domain {
        Some(domain) => made.about(domain.to_string()),
        None => made,
    }
}

fn action_word(action: ReceiverAction) -> &'static str {
    match action {
        ReceiverAction::Deliver => "deliver",
        ReceiverAction::Spam => "spam",
        ReceiverAction::Refuse => "refuse",
        ReceiverAction::Unknown => "unknown",
    }
}

fn action_state(action: ReceiverAction) -> StepState {
    match action {
        ReceiverAction::Deliver => StepState::Good,
        ReceiverAction::Spam | ReceiverAction::Refuse => StepState::Bad,
        ReceiverAction::Unknown => StepState::Unknown,
    }
}

fn disposition(told: &Told<'_>) -> TraceStep {
    let reading = &told.dmarc.rfc9989;
    let applies = told.outcomes.iter().find(|one| one.applies);
    let action = applies.map_or(ReceiverAction::Unknown, |one| one.action);
    let state = match reading.result {
        "none" => StepState::Neutral,
        _ if applies.is_none() => StepState::Unknown,
        _ => action_state(action),
    };
    let mut made = step(StepCode::Disposition, state, "RFC 9989, section 7.4")
        .with_result(action_word(action))
        .arg("result", reading.result)
        .arg("policy", reading.applied.unwrap_or("none"))
        .arg("action", action_word(action));
    for (name, policy) in [
        ("none", "none"),
        ("quarantine", "quarantine"),
        ("reject", "reject"),
    ] {
        let row = told.outcomes.iter().find(|one| one.policy == policy);
        made = made.arg(name, row.map_or("unknown", |row| action_word(row.action)));
    }
    made
}

fn results(steps: &mut Vec<TraceStep>, told: &Told<'_>) {
    for one in told.results {
        let said: Vec<String> = one
            .results
            .iter()
            .map(|result| format!("{}={}", result.method, result.result))
            .collect();
        let who = one.authserv_id.as_deref().unwrap_or_default();
        let made = step(
            StepCode::Results,
            StepState::Neutral,
            "RFC 8601, section 7.1",
        )
        .read_at(field("Authentication-Results", one.field))
        .arg("who", who)
        .arg("trusted", yes_or_no(one.trusted))
        .arg("said", said.join(", "));
        steps.push(made.about(who));
    }
    for one in told.differences {
        let identifier = one.identifier.as_ref();
        let made = step(
            StepCode::Difference,
            StepState::Neutral,
            "RFC 8601, section 2.7",
        )
        .read_at(field("Authentication-Results", one.field))
        .with_result(one.ours)
        .arg("who", one.authserv_id.as_str())
        .arg("method", one.method)
        .arg("identifier", text(identifier))
        .arg("theirs", one.theirs.as_str())
        .arg("ours", one.ours)
        .arg("cause", one.cause);
        steps.push(match identifier {
            Some(name) => made.about(name.to_string()),
            None => made,
        });
    }
}

fn receivers(told: &Told<'_>) -> TraceStep {
    let worst = told.receivers.iter().map(|one| one.action);
    let known = worst
        .filter(|action| *action != ReceiverAction::Unknown)
        .max();
    let worst = known.unwrap_or(ReceiverAction::Unknown);
    let count = |action| {
        told.receivers
            .iter()
            .filter(|one| one.action == action)
            .count()
    };
    step(
        StepCode::Receivers,
        action_state(worst),
        "RFC 9989, section 5.4",
    )
    .with_result(action_word(worst))
    .arg("deliver", count(ReceiverAction::Deliver))
    .arg("spam", count(ReceiverAction::Spam))
    .arg("refuse", count(ReceiverAction::Refuse))
    .arg("unknown", count(ReceiverAction::Unknown))
}

fn via(told: &Told<'_>) -> TraceStep {
    let via = &told.shown.via;
    let state = match via.shown {
        Some(true) => StepState::Bad,
        Some(false) => StepState::Good,
        // What Gmail shows then is known.
        None if via.reason == "unauthenticated" => StepState::Bad,
        None => StepState::Unknown,
    };
    let made = step(StepCode::Via, state, "RFC 5322, section 3.6.2")
        .with_result(match via.shown {
            Some(true) => "shown",
            Some(false) => "not-shown",
            None => "unknown",
        })
        .arg("reason", via.reason)
        .arg("via", text(via.domain.as_ref()))
        .arg("domain", text(told.author.domain.as_ref()));
    match &via.domain {
        Some(domain) => made.about(domain.to_string()),
        None => made,
    }
}
