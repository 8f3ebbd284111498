//! The signatures of a message, as data (RFC 6376).

use garant_dns::{AnswerTable, Question};
use garant_msgauth::Step;
use garant_msgauth::dkim::changes::{Basis, Change, Hint, changes};
use garant_msgauth::dkim::{
    self, DkimResult, Failure, PublicKey, SIGNATURES_MAX, Signature, Verification,
};
use garant_msgauth::message::Message;

use super::facts::{AlignmentTrace, ChangeTrace, SignatureTrace};

/// A signature, and whether it was judged for the time of receipt because it has expired since.
pub(super) struct Judged {
    pub(super) verification: Verification,
    pub(super) expired_since: bool,
    /// The body is not at hand, and nothing else stands against the signature.
    pub(super) needs_body: bool,
}

impl Judged {
    /// Whether it passes; nothing where that cannot be told.
    pub(super) fn passed(&self) -> Option<bool> {
        match self.verification.result {
            _ if self.needs_body => None,
            // It was not looked at.
            _ if self.verification.failure == Some(Failure::OverLimit) => None,
            DkimResult::Pass => Some(true),
            DkimResult::TempError => None,
            _ => Some(false),
        }
    }
}

/// The signatures that are verified, as their fields have them.
pub(super) fn signed(message: &Message<'_>) -> Vec<Signature> {
    let fields = message.named("DKIM-Signature").take(SIGNATURES_MAX);
    fields.map(|field| Signature::read(&field)).collect()
}

/// The keys that are still to be asked for. Verifying says the same, but reads the whole message each time.
pub(super) fn open(signed: &[Signature], answers: &dyn AnswerTable) -> Vec<Question> {
    signed
        .iter()
        .filter(|signature| signature.failure().is_none())
        .filter_map(Signature::key_question)
        .filter(|question| answers.answer(question).is_none())
        .cloned()
        .collect()
}

/// Verifies every signature with the answers at hand.
///
/// A signature that expired after the message was received counted when it arrived: it is judged for that time.
pub(super) fn verify(
    message: &Message<'_>,
    headers_only: bool,
    received_at: Option<i64>,
    now: u64,
    answers: &dyn AnswerTable,
) -> Step<Vec<Judged>> {
    let verify = if headers_only {
        dkim::verify_header
    } else {
        dkim::verify
    };
    let verified = match verify(message, answers, now) {
        Step::Need(questions) => return Step::Need(questions),
        Step::Done(verified) => verified,
    };
    let received_at = received_at.and_then(|seconds| u64::try_from(seconds).ok());
    let expired_since = |one: &Verification| {
        let lived = one.expires_at.zip(received_at);
        one.failure == Some(Failure::Expired)
            && lived.is_some_and(|(expires, received)| received <= expires && received <= now)
    };
    let at_receipt = match received_at {
        Some(received) if verified.iter().any(expired_since) => {
            match verify(message, answers, received) {
                Step::Need(questions) => return Step::Need(questions),
                Step::Done(verified) => verified,
            }
        }
        _ => Vec::new(),
    };
    let mut at_receipt = at_receipt.into_iter();
    let judged = verified.into_iter().map(|one| {
        let then = at_receipt.next();
        let expired_since = expired_since(&one);
        let verification = then.filter(|_| expired_since).unwrap_or(one);
        let needs_body = headers_only && verification.result == DkimResult::Pass;
        Judged {
            verification,
            expired_since,
            needs_body,
        }
    });
    Step::Done(judged.collect())
}

/// Signatures whose change is looked for at most: each trial hashes the body again, and what was done to a message
/// was done to all of its signatures.
pub(super) const TRIALS_MAX: usize = 3;
/// Characters of a stranger's text that a change keeps at most.
const DETAIL_CHARS_MAX: usize = 100;

/// What was done to the message after this signature was made. `trials` counts down.
pub(super) fn changes_of(
    message: &Message<'_>,
    judged: &Judged,
    answers: &dyn AnswerTable,
    trials: &mut usize,
) -> Vec<ChangeTrace> {
    let is_broken = matches!(
        judged.verification.failure,
        Some(Failure::BodyChanged | Failure::BodyTooShort | Failure::HeaderChanged)
    );
    if !is_broken || *trials == 0 {
        return Vec::new();
    }
    *trials -= 1;
    let hints = changes(message, &judged.verification, answers);
    hints.into_iter().map(change).collect()
}

fn change(hint: Hint) -> ChangeTrace {
    let (change, detail) = match hint.change {
        Change::HeaderIntact => ("header-intact", None),
        Change::Footer { octets } => ("footer", Some(octets.to_string())),
        Change::Banner { octets } => ("banner", Some(octets.to_string())),
        Change::PartAdded => ("part-added", None),
        Change::Wrapped => ("wrapped", None),
        Change::FromEscaped => ("from-escaped", None),
        Change::DotsDoubled => ("dots-doubled", None),
        Change::WhiteSpace => ("white-space", None),
        Change::LineEnds => ("line-ends", None),
        Change::ReEncoded => ("re-encoded", None),
        Change::SubjectTag { tag } => ("subject-tag", Some(tag)),
        Change::FromRewritten { original } => ("from-rewritten", Some(original)),
        Change::FieldAdded { name } => ("field-added", Some(name)),
        Change::FieldReplaced { name } => ("field-replaced", Some(name)),
        Change::CopyDiffers { name } => ("copy-differs", Some(name)),
        Change::MailingList { list } => ("mailing-list", Some(list)),
        Change::Resent => ("resent", None),
    };
    let shortened = |text: String| -> String { text.chars().take(DETAIL_CHARS_MAX).collect() };
    ChangeTrace {
        change,
        computed: hint.basis == Basis::Computed,
        detail: detail.map(shortened).filter(|text| !text.is_empty()),
    }
}

/// One signature as data.
pub(super) fn facts(
    message: &Message<'_>,
    judged: &Judged,
    alignment: AlignmentTrace,
    changes: Vec<ChangeTrace>,
) -> SignatureTrace {
    let one = &judged.verification;
    let failure = one.failure.filter(|_| !judged.needs_body);
    let (failure, failure_detail) = failure.map_or((None, None), |failure| {
        (Some(failure_word(failure)), failure_detail(failure))
    });
    let key = one.key.as_ref();
    SignatureTrace {
        field: one.field,
        domain: one.domain.clone(),
        selector: one.selector.clone(),
        algorithm: one.algorithm.as_deref().map(str::to_owned),
        identity: one.identity.clone(),
        canonicalization: one.canonicalization.clone().into_owned(),
        signed_fields: one.signed_fields.iter().map(str::to_owned).collect(),
        oversigned: one.oversigned(message).iter().map(str::to_owned).collect(),
        body_length: one.body_length,
        unsigned_octets: one.unsigned_octets,
        signed_at: one.signed_at,
        expires_at: one.expires_at,
        expired_since: judged.expired_since,
        key_name: one.key_question.as_ref().map(|asked| asked.name.clone()),
        key_algorithm: key.map(PublicKey::algorithm),
        key_bits: key.map(PublicKey::bits),
        is_testing: one.is_testing,
        body_matches: one
            .body
            .as_ref()
            .filter(|_| !judged.needs_body)
            .map(|body| body.matches()),
        result: if judged.needs_body {
            "unknown"
        } else {
            one.result.as_str()
        },
        failure,
        failure_detail,
        changes,
        alignment,
    }
}

/// The word of a failure; the words that people read are at `trace-failure-<word>`.
fn failure_word(failure: Failure) -> &'static str {
    match failure {
        Failure::Malformed => "malformed",
        Failure::TagAbsent(_) => "tag-absent",
        Failure::TagInvalid(_) => "tag-invalid",
        Failure::UnknownAlgorithm => "unknown-algorithm",
        Failure::Sha1 => "sha1",
        Failure::FromNotSigned => "from-not-signed",
        Failure::IdentityOutsideDomain => "identity-outside-domain",
        Failure::IdentityBeneathDomain => "identity-beneath-domain",
        Failure::Expired => "expired",
        Failure::FromFuture => "from-future",
        Failure::BodyTooShort => "body-too-short",
        Failure::BodyChanged => "body-changed",
        Failure::HeaderChanged => "header-changed",
        Failure::NoKey => "no-key",
        Failure::BadKey => "bad-key",
        Failure::Revoked => "revoked",
        Failure::KeyTooShort(_) => "key-too-short",
        Failure::KeyTypeMismatch => "key-type-mismatch",
        Failure::HashNotAllowed => "hash-not-allowed",
        Failure::ServiceNotAllowed => "service-not-allowed",
        Failure::NoAnswer => "no-answer",
        Failure::OverLimit => "over-limit",
        Failure::Author(_) => "author",
    }
}

fn failure_detail(failure: Failure) -> Option<String> {
    match failure {
        Failure::TagAbsent(tag) | Failure::TagInvalid(tag) => Some(tag.to_owned()),
        Failure::KeyTooShort(bits) => Some(bits.to_string()),
        _ => None,
    }
}
