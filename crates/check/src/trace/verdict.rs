//! The one sentence: how the message stands, the first cause, and what to do first.

use std::collections::BTreeMap;

use super::facts::{
    AuthorFacts, AuthorProblem, DmarcTrace, Relation, SignatureTrace, SpfIdentity, SpfTrace,
    TraceVerdict, TraceVerdictCode,
};
use crate::assessment::VerdictSeverity;
use crate::finding::{Argument, Code};
use crate::input::is_free_mail;

/// What to do first with a message that reports what became of another one.
pub(super) const FIRST_OF_REPORT: &str = "bounce";

/// What to do first where nobody was asked: asking again in the same way brings nothing.
pub(super) const FIRST_WHERE_NOT_ASKED: &str = "not-asked";

/// Why the signatures do not count, or that one does.
struct DkimLeg<'a> {
    counts: Option<bool>,
    /// The signature that tells most: one that counts, else the one that is nearest to counting.
    best: Option<&'a SignatureTrace>,
    /// The word of the sentence.
    word: &'static str,
}

pub(super) fn verdict(
    author: &AuthorFacts,
    spf: &SpfTrace,
    signatures: &[SignatureTrace],
    dmarc: &DmarcTrace,
) -> TraceVerdict {
    let dkim = dkim_leg(signatures, dmarc.rfc9989.dkim);
    let spf_word = spf_word(spf);
    let reading = &dmarc.rfc9989;
    let (one, other) = (reading.result, dmarc.rfc7489.result);
    let code = match (author.problem, one, other) {
        (Some(_), ..) => TraceVerdictCode::NoAuthor,
        (_, "pass", "fail") | (_, "fail", "pass") => TraceVerdictCode::ReadingsDiffer,
        (_, "pass", _) => match (reading.spf, reading.dkim) {
            (Some(true), Some(true)) => TraceVerdictCode::PassesBoth,
            (_, Some(true)) => TraceVerdictCode::PassesByDkim,
            _ => TraceVerdictCode::PassesBySpf,
        },
        (_, "fail", _) => TraceVerdictCode::Fails,
        (_, "none", _) => TraceVerdictCode::NoPolicy,
        _ => TraceVerdictCode::Unknown,
    };
    let is_enforced = reading.applied.is_some_and(|policy| policy != "none");
    let supports = [reading.spf, reading.dkim];
    let severity = match code {
        TraceVerdictCode::PassesBoth => VerdictSeverity::Fine,
        TraceVerdictCode::PassesBySpf if is_enforced && dkim.counts.is_some() => {
            VerdictSeverity::Risk
        }
        TraceVerdictCode::PassesByDkim if is_ed25519(&dkim) => VerdictSeverity::Risk,
        TraceVerdictCode::PassesByDkim | TraceVerdictCode::PassesBySpf => VerdictSeverity::Advice,
        TraceVerdictCode::Fails if is_enforced => VerdictSeverity::Blocks,
        TraceVerdictCode::Fails | TraceVerdictCode::ReadingsDiffer | TraceVerdictCode::NoAuthor => {
            VerdictSeverity::Risk
        }
        TraceVerdictCode::NoPolicy if supports.contains(&Some(true)) => VerdictSeverity::Advice,
        TraceVerdictCode::NoPolicy if supports == [Some(false), Some(false)] => {
            VerdictSeverity::Risk
        }
        TraceVerdictCode::NoPolicy | TraceVerdictCode::Unknown => VerdictSeverity::Unknown,
    };
    let first = first(code, author, &dkim, spf, spf_word);
    let is_free = author.domain.as_ref().is_some_and(is_free_mail);
    let first = if is_free {
        first.and_then(for_free_mail)
    } else {
        first
    };
    TraceVerdict {
        code,
        severity,
        args: args(author, spf, spf_word, &dkim, dmarc),
        cause: cause(code, author, &dkim, spf, is_enforced),
        first,
    }
}

fn args(
    author: &AuthorFacts,
    spf: &SpfTrace,
    spf_word: &'static str,
    dkim: &DkimLeg<'_>,
    dmarc: &DmarcTrace,
) -> BTreeMap<&'static str, Argument> {
    let reading = &dmarc.rfc9989;
    let name = |name: Option<&garant_dns::Name>| {
        name.map(garant_dns::Name::to_unicode).unwrap_or_default()
    };
    let best = dkim.best;
    let (passes, fails) = if reading.result == "pass" {
        ("RFC 9989", "RFC 7489")
    } else {
        ("RFC 7489", "RFC 9989")
    };
    let unevaluated = spf.unevaluated.map_or("no", |why| why.as_str());
    let identity = if is_helo(spf) { "helo" } else { "mail-from" };
    let legs = match (reading.spf, reading.dkim) {
        (Some(true), Some(true)) => "both",
        (Some(true), _) => "spf",
        (_, Some(true)) => "dkim",
        (Some(false), Some(false)) => "none",
        _ => "unknown",
    };
    // What is open, where the result is not known.
    let open = match (reading.result, dkim.word, spf.unevaluated) {
        ("temperror", ..) => "no-answer",
        (_, "over-limit", _) => "over-limit",
        (_, "no-body", Some(_)) => "both",
        (_, "no-body", None) => "no-body",
        _ => "unevaluated",
    };
    BTreeMap::from([
        ("open", Argument::from(open)),
        ("domain", Argument::from(name(author.domain.as_ref()))),
        (
            "problem",
            author.problem.map_or("none", AuthorProblem::as_str).into(),
        ),
        ("policy", reading.applied.unwrap_or("none").into()),
        ("published", reading.policy.unwrap_or("none").into()),
        ("tag", reading.tag.unwrap_or("p").into()),
        ("policy_domain", name(reading.policy_domain.as_ref()).into()),
        (
            "testing",
            if reading.is_testing { "yes" } else { "no" }.into(),
        ),
        ("dkim", dkim.word.into()),
        (
            "dkim_domain",
            name(best.and_then(|best| best.domain.as_ref())).into(),
        ),
        (
            "selector",
            name(best.and_then(|best| best.selector.as_ref())).into(),
        ),
        (
            "ed25519",
            if is_ed25519(dkim) { "yes" } else { "no" }.into(),
        ),
        ("spf", spf_word.into()),
        ("spf_result", spf.result.into()),
        ("mail_from", name(spf.domain.as_ref()).into()),
        ("identity", identity.into()),
        ("unevaluated", unevaluated.into()),
        ("legs", legs.into()),
        ("passes", passes.into()),
        ("fails", fails.into()),
    ])
}

/// How far a signature is from counting; the least is told.
fn distance(signature: &SignatureTrace) -> u8 {
    let is_kin = matches!(signature.alignment.relation, Relation::Same | Relation::Kin);
    let passes = signature.result == "pass";
    // Where an Ed25519 signature stands beside one that everybody reads, that one is told.
    let is_rare = signature.key_algorithm == Some("ed25519");
    match (is_kin, passes, signature.alignment.relation) {
        (true, true, _) if is_rare => 1,
        (true, true, _) => 0,
        // What may still turn out to count is nearer than what does not.
        _ if signature.alignment.counts.is_none() => 2,
        (true, false, _) => 3,
        (_, true, Relation::Strict) => 4,
        (_, true, Relation::Apart) => 5,
        (_, false, Relation::Strict | Relation::Apart) => 6,
        (_, true, _) => 7,
        (_, false, _) => 8,
    }
}

fn dkim_leg(signatures: &[SignatureTrace], counts: Option<bool>) -> DkimLeg<'_> {
    let best = signatures.iter().min_by_key(|one| distance(one));
    let word = match best {
        None => "no-signature",
        Some(one) if one.alignment.counts == Some(true) => "counts",
        Some(one) => match (one.result, one.alignment.relation) {
            ("pass", relation) => relation.as_str(),
            // Whatever comes of it, it cannot count.
            ("unknown" | "temperror", relation) if one.alignment.counts == Some(false) => {
                relation.as_str()
            }
            ("unknown", _) => "no-body",
            (_, Relation::Foreign) => "foreign-failed",
            _ => one.failure.unwrap_or("unknown"),
        },
    };
    DkimLeg { counts, best, word }
}

/// Whether the signature that counts is one that many receivers do not verify.
fn is_ed25519(dkim: &DkimLeg<'_>) -> bool {
    dkim.counts == Some(true)
        && dkim
            .best
            .is_some_and(|one| one.key_algorithm == Some("ed25519"))
}

/// Why the return address does not count, or that it does.
fn spf_word(spf: &SpfTrace) -> &'static str {
    match (spf.alignment.counts, spf.alignment.relation, spf.result) {
        (Some(true), ..) => "counts",
        (_, Relation::Foreign, _) => "foreign",
        (_, Relation::Strict | Relation::Apart, "pass" | "unknown") => {
            spf.alignment.relation.as_str()
        }
        (_, _, "unknown") => "unevaluated",
        (_, _, "temperror") => "unanswered",
        (_, _, "pass") => "unknown",
        _ => "not-authorised",
    }
}

/// Whether SPF is about the name of the client, because the return address is empty.
fn is_helo(spf: &SpfTrace) -> bool {
    spf.identity == Some(SpfIdentity::Helo)
}

/// The finding that explains the first cause.
fn cause(
    code: TraceVerdictCode,
    author: &AuthorFacts,
    dkim: &DkimLeg<'_>,
    spf: &SpfTrace,
    is_enforced: bool,
) -> Option<Code> {
    let of_return_address = || match spf_word(spf) {
        // An empty return address is nobody's, and is as it must be.
        "foreign" | "apart" | "strict" if is_helo(spf) => None,
        "foreign" | "apart" => Some(Code::PathReturnPathForeign),
        "strict" => Some(Code::PathReturnPathStrict),
        "not-authorised" => Some(Code::PathNotAuthorised),
        _ => None,
    };
    match code {
        TraceVerdictCode::NoAuthor => author.problem.map(|problem| match problem {
            AuthorProblem::NoFrom => Code::MessageNoFrom,
            AuthorProblem::SeveralFrom => Code::MessageFieldRepeated,
            AuthorProblem::NoAddress => Code::MessageFromUnreadable,
            AuthorProblem::SeveralDomains => Code::MessageSeveralAuthors,
        }),
        TraceVerdictCode::PassesBoth => None,
        TraceVerdictCode::PassesByDkim if is_ed25519(dkim) => Some(Code::DkimEd25519Only),
        TraceVerdictCode::PassesByDkim => of_return_address(),
        // What is not known is no cause.
        TraceVerdictCode::PassesBySpf if dkim.counts.is_none() => None,
        TraceVerdictCode::PassesBySpf | TraceVerdictCode::Fails => {
            of_signature(dkim.word).or(match (code, is_enforced) {
                (TraceVerdictCode::PassesBySpf, _) => Some(Code::PathSpfOnly),
                (_, true) => Some(Code::PathRefused),
                (_, false) => Some(Code::PathUnauthenticated),
            })
        }
        TraceVerdictCode::ReadingsDiffer => Some(Code::PathReadingsDiffer),
        TraceVerdictCode::NoPolicy => Some(Code::DmarcMissing),
        TraceVerdictCode::Unknown => None,
    }
}

fn of_signature(word: &str) -> Option<Code> {
    Some(match word {
        "foreign" | "strict" | "apart" => Code::PathSignatureNotAligned,
        "no-key" => Code::PathNoKey,
        "revoked" => Code::DkimRevoked,
        "bad-key" => Code::DkimKeyFormat,
        "key-too-short" => Code::DkimShortKey,
        "key-type-mismatch" => Code::DkimKeyTypeMismatch,
        "hash-not-allowed" => Code::DkimHashUnknown,
        "service-not-allowed" => Code::DkimOtherService,
        _ => return None,
    })
}

/// What to do first: a word, `trace-first-<word>` says it.
fn first(
    code: TraceVerdictCode,
    author: &AuthorFacts,
    dkim: &DkimLeg<'_>,
    spf: &SpfTrace,
    spf_word: &'static str,
) -> Option<&'static str> {
    match code {
        TraceVerdictCode::PassesBoth => None,
        TraceVerdictCode::NoAuthor => Some(match author.problem {
            Some(AuthorProblem::SeveralDomains) => "one-domain",
            _ => "one-from",
        }),
        TraceVerdictCode::PassesByDkim if is_ed25519(dkim) => Some("rsa-beside"),
        TraceVerdictCode::PassesByDkim => match spf_word {
            "foreign" | "apart" | "strict" if is_helo(spf) => None,
            "foreign" | "apart" => Some("return-path"),
            "strict" => Some("return-path-strict"),
            "not-authorised" => Some("authorise"),
            "unevaluated" => Some("state-client"),
            _ => None,
        },
        TraceVerdictCode::PassesBySpf if dkim.word == "over-limit" => None,
        TraceVerdictCode::PassesBySpf | TraceVerdictCode::Fails => Some(of_dkim(dkim.word)),
        TraceVerdictCode::ReadingsDiffer => Some("one-organization"),
        TraceVerdictCode::NoPolicy => Some("publish-policy"),
        // Asking again would not change it.
        TraceVerdictCode::Unknown if dkim.word == "over-limit" => None,
        TraceVerdictCode::Unknown if dkim.word == "no-body" => Some("whole-message"),
        TraceVerdictCode::Unknown if spf.unevaluated.is_some() && dkim.counts == Some(false) => {
            Some("state-client")
        }
        TraceVerdictCode::Unknown => Some("ask-again"),
    }
}

/// The same for somebody who writes from an address that a mailbox provider gives away: its records are nobody
/// else's to change, and only its own servers sign. What asks for such a change gives way to an address in a domain
/// of the sender's own, or to nothing where the message passes.
fn for_free_mail(word: &'static str) -> Option<&'static str> {
    match word {
        "rsa-beside" | "return-path" | "return-path-strict" | "authorise" => None,
        "one-organization" | "publish-policy" | "sign" | "sign-own" | "sign-strict"
        | "publish-key" | "renew-key" | "repair-key" | "longer-key" | "sha256" | "signing-time"
        | "signer" => Some("own-address"),
        other => Some(other),
    }
}

fn of_dkim(word: &str) -> &'static str {
    match word {
        "no-signature" => "sign",
        "foreign" | "foreign-failed" | "apart" => "sign-own",
        "strict" => "sign-strict",
        "no-key" => "publish-key",
        // A key that was withdrawn is not published again.
        "revoked" => "renew-key",
        "bad-key" | "key-type-mismatch" | "hash-not-allowed" | "service-not-allowed" => {
            "repair-key"
        }
        "key-too-short" => "longer-key",
        "sha1" => "sha256",
        "body-changed" | "header-changed" | "body-too-short" => "unchanged",
        "expired" | "from-future" => "signing-time",
        "no-answer" | "unknown" => "ask-again",
        "no-body" => "whole-message",
        _ => "signer",
    }
}
