//! One message: what SPF, DKIM, DMARC and ARC say of it, step by step, and what receivers do with it.
//!
//! [`trace`] is pure: a message, what is stated beside it, the answers at hand and the time in, a [`Trace`] out,
//! or the questions that are still open. [`observe`] asks them.
//!
//! Whatever cannot be told stays unknown: SPF without a client is not evaluated, which is no failure; a signature
//! over a body that is not at hand is neither good nor bad.

mod alignment;
mod arc;
mod connection;
mod dkim;
mod dmarc;
mod facts;
mod lookup;
mod observe;
mod outcome;
mod results;
mod shown;
mod spf;
mod steps;
mod trust;
mod verdict;

pub use connection::receiver_in;
pub use facts::{
    AlignmentTrace, ArcSet, ArcTrace, ArcTrust, AuthorFacts, AuthorProblem, ChangeTrace,
    Comparison, Connection, Difference, DmarcReading, DmarcTrace, ForeignResults, HopTrace, Known,
    LookUp, Mailbox, MessageFacts, MethodResult, OnBehalfOf, Origin, OverrideReason, PolicyOutcome,
    ReadinessTrace, Relation, Shown, SignatureTrace, SpfIdentity, SpfTerm, SpfTrace,
    SpfUnevaluated, StepCode, StepState, TRUSTED_SEALERS_MAX, Trace, TraceRequest, TraceStep,
    TraceVerdict, TraceVerdictCode, TrustResult, Via,
};
/// What a trace is made of.
pub use garant_msgauth::message::{
    FIELDS_MAX, HEADER_OCTETS_MAX, MESSAGE_OCTETS_MAX, Message, MessageError,
};
pub use observe::{
    TRACE_CAPTURE_FORMAT, TRACE_CAPTURE_VERSION, TRACE_QUESTIONS_MAX, TraceObservation, observe,
};

use garant_dns::{AnswerTable, Name, Question, Status};
use garant_msgauth::Step;
use garant_msgauth::dkim::Verification;
use garant_msgauth::dmarc::compare;
use garant_msgauth::dsn;
use garant_msgauth::message::{AuthorError, authors, unstructured};
use garant_msgauth::mime::Mime;

use crate::catalogue::{AuthorAt, Besides};
use crate::lint::{LookedOver, is_bulk_by_header, look_over, one_click};
use crate::observation::{Request, SIGNATURES_MAX, SignedBy};
use crate::survey::Table;
use alignment::{Aligner, Leg};

/// Terms of an SPF evaluation that a trace keeps at most: an honest record has a few dozen.
pub const SPF_TERMS_MAX: usize = 100;
/// Mailboxes of From that a trace keeps at most: nobody reads on.
const MAILBOXES_MAX: usize = 20;
/// Characters of a field that is only shown that are kept at most.
const SHOWN_CHARS_MAX: usize = 300;

/// Traces a message with the answers at hand. `now` is seconds since 1970.
///
/// Bounded: signatures, sets and look-ups each have their limit, and the message was bounded when it was read.
pub fn trace(
    message: &Message<'_>,
    asked: &TraceRequest,
    answers: &dyn AnswerTable,
    now: i64,
) -> Step<Trace> {
    let table = Table::new(answers);
    let answers: &dyn AnswerTable = &table;
    let seconds = u64::try_from(now).unwrap_or_default();
    let author = author(message);
    let connection = connection::facts(message, asked);
    let identity = spf::identity(&connection);
    let received_at = connection.received_at.as_ref().map(|known| known.value);

    // Everything that can be asked at one moment is asked together, and the message is hashed only when all
    // answers are there.
    let evaluated = spf::evaluate(&identity, asked.receiver.as_ref(), seconds, answers);
    let compared = match &author.domain {
        None => Step::Done(None),
        Some(domain) => match compare(domain, answers) {
            Step::Need(questions) => Step::Need(questions),
            Step::Done(comparison) => Step::Done(Some(comparison)),
        },
    };
    let signed = dkim::signed(message);
    let mut open = dkim::open(&signed, answers);
    let (evaluation, comparison) = match (evaluated.and(compared), open.is_empty()) {
        (Step::Need(questions), _) => {
            open.extend(questions);
            return Step::Need(each_once(open));
        }
        (Step::Done(_), false) => return Step::Need(each_once(open)),
        (Step::Done(both), true) => both,
    };
    let mut aligner = Aligner::new(author.domain.as_ref().zip(comparison.as_ref()), answers);
    let passed = spf::passed(evaluation.as_ref());
    let alignment = aligner.align(identity.domain.as_ref(), Leg::Spf, passed);
    for signature in &signed {
        aligner.align(signature.domain.as_ref(), Leg::Dkim, None);
    }
    if !aligner.needs.is_empty() {
        return Step::Need(each_once(aligner.needs));
    }
    let chain = match arc::validate(message, asked.headers_only, seconds, answers) {
        Step::Need(questions) => return Step::Need(questions),
        Step::Done(chain) => chain,
    };
    let verified = dkim::verify(message, asked.headers_only, received_at, seconds, answers);
    let judged = match verified {
        Step::Need(questions) => return Step::Need(questions),
        Step::Done(judged) => judged,
    };
    let spf = spf::facts(&identity, evaluation.as_ref(), alignment);
    let mut trials = dkim::TRIALS_MAX;
    let signatures: Vec<SignatureTrace> = judged
        .iter()
        .map(|one| {
            let domain = one.verification.domain.as_ref();
            let alignment = aligner.align(domain, Leg::Dkim, one.passed());
            dkim::facts(
                message,
                one,
                alignment,
                dkim::changes_of(message, one, answers, &mut trials),
            )
        })
        .collect();
    let dmarc = dmarc::facts(&author, comparison.as_ref(), &spf, &signatures, answers);
    let policy = dmarc::policy(comparison.as_ref());
    let verifications: Vec<Verification> =
        judged.iter().map(|one| one.verification.clone()).collect();
    // Without a body, nothing can be said of what is in it.
    let looked_over =
        (!asked.headers_only).then(|| look_over(message, &Mime::read(message), &verifications));
    let besides = besides(&Seen {
        message,
        author: &author,
        connection: &connection,
        signatures: &signatures,
        verifications: &verifications,
        looked_over: looked_over.as_ref(),
    });
    let legs = outcome::legs(&spf, &signatures, &dmarc.rfc9989, policy, besides);
    let outcomes = outcome::by_policy(&legs, &dmarc, policy);
    let receivers = outcome::receivers_of(&legs);
    let results = results::foreign(message, asked.receiver.as_ref());
    let differences = results::differences(&results, &author, &spf, &signatures, &dmarc);
    let shown = shown::facts(message, &author, &spf, &signatures);
    let arc = arc::facts(
        &chain,
        &trust::Around {
            author: &author,
            comparison: comparison.as_ref(),
            dmarc: &dmarc.rfc9989,
            sealers: &asked.trusted_sealers,
        },
    );
    let authentication_results = results::own(&results::Ours {
        receiver: asked.receiver.as_ref(),
        evaluation: evaluation.as_ref(),
        connection: &connection,
        spf: &spf,
        signatures: &judged,
        author: &author,
        dmarc: &dmarc,
        arc: arc::result(&chain, &connection),
        overridden: arc.trust.overrides,
    });
    let steps = steps::steps(&steps::Told {
        author: &author,
        connection: &connection,
        spf: &spf,
        evaluation: evaluation.as_ref(),
        signatures: &signatures,
        dmarc: &dmarc,
        outcomes: &outcomes,
        receivers: &receivers,
        arc: &arc,
        results: &results,
        differences: &differences,
        shown: &shown,
        answers,
    });
    let findings = looked_over.map(|looked_over| looked_over.findings);
    let mut verdict = verdict::verdict(&author, &spf, &signatures, &dmarc);
    if !asked.headers_only && is_about_another(message) {
        verdict.first = Some(verdict::FIRST_OF_REPORT);
    }
    verdict.first = match verdict.first {
        Some("ask-again") if steps.iter().any(was_not_asked) => {
            Some(verdict::FIRST_WHERE_NOT_ASKED)
        }
        // Whoever forwards needs its own return address, and the author has nothing to change about it.
        Some("return-path") if is_rewritten(&connection) => None,
        first => first,
    };
    Step::Done(Trace {
        verdict,
        judged_for: now,
        message: message_facts(message, asked.headers_only),
        check: check(&author, &connection, &spf, &signatures),
        readiness: outcome::readiness_of(&legs),
        author,
        connection,
        spf,
        signatures,
        dmarc,
        outcomes,
        receivers,
        arc,
        results,
        differences,
        shown,
        authentication_results,
        steps,
        findings: findings.unwrap_or_default(),
    })
}

/// Whether the message reports what became of another one, and can be read: whoever has it at hand asks about that
/// one.
fn is_about_another(message: &Message<'_>) -> bool {
    let report = dsn::read(message.octets());
    report.is_ok_and(|report| {
        use dsn::Kind::{AuthenticationReport, Bounce, Complaint};
        let is_read = |one: &dsn::Recipient| one.class != dsn::Class::Unknown;
        matches!(report.kind, Bounce | Complaint | AuthenticationReport)
            && report.recipients.iter().any(is_read)
    })
}

/// Whether a step lacks an answer that nobody was asked for.
fn was_not_asked(step: &TraceStep) -> bool {
    let mut lookups = step.lookups.iter();
    lookups.any(|lookup| matches!(lookup.status, Status::Offline | Status::NotRecorded))
}

/// Whether the return address is one that a forwarding server made of another (the Sender Rewriting Scheme).
fn is_rewritten(connection: &Connection) -> bool {
    let mail_from = connection.mail_from.as_ref();
    let begins = mail_from.and_then(|known| known.value.get(..5));
    begins.is_some_and(|begins| {
        let scheme = begins[..4].to_ascii_uppercase();
        matches!(scheme.as_str(), "SRS0" | "SRS1") && begins.ends_with(['=', '+', '-'])
    })
}

/// Each question once.
fn each_once(mut questions: Vec<Question>) -> Vec<Question> {
    questions.sort();
    questions.dedup();
    questions
}

/// Who wrote the message (RFC 9989, section 5.3.1): several mailboxes of one domain have one Author Domain.
fn author(message: &Message<'_>) -> AuthorFacts {
    let fields = message.named("From").map(|field| field.index).collect();
    let mut facts = AuthorFacts {
        domain: None,
        mailboxes: Vec::new(),
        fields,
        problem: None,
    };
    match authors(message) {
        Ok(authors) => {
            let mut domains = authors.iter().map(|author| &author.domain);
            facts.domain = domains
                .next()
                .filter(|first| domains.all(|other| other == *first))
                .cloned();
            if facts.domain.is_none() {
                facts.problem = Some(AuthorProblem::SeveralDomains);
            }
            let kept = authors.into_iter().take(MAILBOXES_MAX);
            facts.mailboxes = kept
                .map(|author| Mailbox {
                    display_name: author.display_name,
                    address: author.address,
                    domain: author.domain,
                })
                .collect();
        }
        Err(error) => {
            facts.problem = Some(match error {
                AuthorError::NoFrom => AuthorProblem::NoFrom,
                AuthorError::SeveralFrom => AuthorProblem::SeveralFrom,
                AuthorError::NoAddress => AuthorProblem::NoAddress,
            });
        }
    }
    facts
}

fn message_facts(message: &Message<'_>, headers_only: bool) -> MessageFacts {
    let shown = |name: &str| {
        let field = message.named(name).next()?;
        Some(field.value().chars().take(SHOWN_CHARS_MAX).collect())
    };
    MessageFacts {
        octets: message.octets().len(),
        fields: message.fields().len(),
        headers_only,
        subject: message
            .named("Subject")
            .next()
            .map(|field| unstructured(field).chars().take(SHOWN_CHARS_MAX).collect()),
        date: shown("Date"),
        message_id: shown("Message-ID"),
    }
}

/// What a message tells besides authentication is read in these.
struct Seen<'a, 'm> {
    message: &'a Message<'m>,
    author: &'a AuthorFacts,
    connection: &'a Connection,
    signatures: &'a [SignatureTrace],
    verifications: &'a [Verification],
    /// Nothing where the body is not at hand.
    looked_over: Option<&'a LookedOver>,
}

/// What the message tells besides authentication, for what receivers ask.
fn besides(seen: &Seen<'_, '_>) -> Besides {
    let Seen {
        message,
        author,
        connection,
        signatures,
        verifications,
        looked_over,
    } = *seen;
    let has = |name: &str| message.named(name).next().is_some();
    let helo = connection.helo.as_ref().map(|helo| helo.value.as_str());
    let one_click = one_click(message, verifications);
    let is_open = signatures
        .iter()
        .any(|one| matches!(one.result, "unknown" | "temperror"));
    Besides {
        dkim_bits: dkim_bits(signatures),
        tls: connection.tls,
        reverse_dns: connection.reverse_dns,
        helo: helo.map(is_qualified),
        well_formed: looked_over.map(LookedOver::is_well_formed),
        unsubscribe_link: looked_over.and_then(|looked_over| looked_over.unsubscribe_link),
        list_unsubscribe: Some(has("List-Unsubscribe")),
        one_click: match (one_click.present, one_click.covered) {
            (false, _) => Some(false),
            (true, true) => Some(true),
            (true, false) if is_open => None,
            (true, false) => Some(false),
        },
        feedback_id: Some(has("Feedback-ID")),
        octets: looked_over.map(|_| message.octets().len() as u64),
        author_at: author.domain.as_ref().map(AuthorAt::of),
        // Whoever offers to unsubscribe sends what one may unsubscribe from.
        shows_bulk: has("List-Unsubscribe")
            || looked_over.map_or_else(|| is_bulk_by_header(message), |seen| seen.is_bulk),
    }
}

/// Whether a greeting is a fully qualified name: an address is none, with or without brackets.
fn is_qualified(helo: &str) -> bool {
    let is_address = helo.parse::<std::net::IpAddr>().is_ok();
    !is_address && Name::from_input(helo).is_ok_and(|name| name.label_count() > 1)
}

/// Bits of the longest RSA key: of signatures that pass, else of any whose key was found. Unsigned, it is none.
fn dkim_bits(signatures: &[SignatureTrace]) -> Option<u32> {
    if signatures.is_empty() {
        return Some(0);
    }
    let bits = |one: &SignatureTrace| match (one.failure, &one.failure_detail) {
        (Some("key-too-short"), Some(bits)) => bits.parse().ok(),
        _ if one.key_algorithm == Some("rsa") => u32::try_from(one.key_bits?).ok(),
        _ => None,
    };
    let passing = signatures.iter().filter(|one| one.result == "pass");
    let longest = passing.filter_map(bits).max();
    longest.or_else(|| signatures.iter().filter_map(bits).max())
}

/// The check of the domain that tells what to publish for mail like this.
fn check(
    author: &AuthorFacts,
    connection: &Connection,
    spf: &SpfTrace,
    signatures: &[SignatureTrace],
) -> Option<Request> {
    let domain = author.domain.clone()?;
    let mut signed_by: Vec<SignedBy> = Vec::new();
    for signature in signatures {
        let Some(domain) = signature.domain.clone() else {
            continue;
        };
        let one = SignedBy {
            domain,
            selector: signature.selector.clone(),
        };
        if signed_by.len() < SIGNATURES_MAX && !signed_by.contains(&one) {
            signed_by.push(one);
        }
    }
    let is_mail_from = spf.identity == Some(SpfIdentity::MailFrom);
    Some(Request {
        mail_from: spf.domain.clone().filter(|_| is_mail_from),
        signed_by,
        ip: connection.ip.as_ref().map(|ip| ip.value),
        ..Request::new(domain)
    })
}
