//! What was done to a message whose signature is broken.
//!
//! The hash of a body says nothing about the body that it was of. But those who change mail on its way do it in
//! few ways: a list appends its footer, a gateway puts a banner above the text and a tag into the subject. Each
//! of them can be undone on trial; when the signature fits then, that is what was done ([`Basis::Computed`]).
//! What stands in the message without such a proof, like the fields of a mailing list, is only what such
//! changes typically come with ([`Basis::Typical`]).
//!
//! Trials are counted, and the octets that they hash: [`BODY_OCTETS_MAX`], [`HEADER_TRIALS_MAX`].

mod body;
mod header;
mod marks;

use garant_dns::AnswerTable;

use super::signature::Signature;
use super::verification::{Failure, Verification};
use crate::message::Message;

pub use body::BODY_OCTETS_MAX;
pub use header::HEADER_TRIALS_MAX;

/// One change of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// All signed fields are as they were signed.
    HeaderIntact,
    /// Text was appended to the body, or to a part of it: so many octets.
    Footer {
        /// Octets of what was appended.
        octets: usize,
    },
    /// Text was put at the top of the body, or of a part of it: so many octets.
    Banner {
        /// Octets of what was put there.
        octets: usize,
    },
    /// A part was added behind the others, as lists add their footer to mail with several parts.
    PartAdded,
    /// The signed body is the first part of a new one with several parts.
    Wrapped,
    /// `>` was put before lines that begin with `From `, as mailbox files need it.
    FromEscaped,
    /// Lines that begin with a dot have got one more (RFC 5321, section 4.5.2).
    DotsDoubled,
    /// White space was added in lines or at their ends.
    WhiteSpace,
    /// Line ends were doubled, whole or their CR.
    LineEnds,
    /// The body has got another transfer encoding (RFC 2045, section 6).
    ReEncoded,
    /// A tag was put into the subject.
    SubjectTag {
        /// The tag, as it stands. A stranger's text.
        tag: String,
    },
    /// The author was replaced by another.
    FromRewritten {
        /// The author who may have been there before, from another field. A stranger's text.
        original: String,
    },
    /// A field was added whose absence was signed, or one of a name whose lowest field is signed.
    FieldAdded {
        /// Its name, in lower case.
        name: String,
    },
    /// A field that describes the body was replaced when the body was.
    FieldReplaced {
        /// Its name, in lower case.
        name: String,
    },
    /// A field is not as the copy of it that the signer left (`z=`).
    CopyDiffers {
        /// Its name, in lower case.
        name: String,
    },
    /// A mailing list passed the message on.
    MailingList {
        /// What it says that it is; empty where it does not. A stranger's text.
        list: String,
    },
    /// A person passed it on (RFC 5322, section 3.6.6).
    Resent,
}

/// What a hint rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// It was computed: undone, it makes the body or the header what was signed; or the copy of the signer says so.
    Computed,
    /// The message bears marks that such a change typically leaves.
    Typical,
}

/// A change, and what says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hint {
    /// What says so.
    pub basis: Basis,
    /// The change.
    pub change: Change,
}

/// What was done to a message after a signature was made that its body or its header breaks; nothing for other
/// failures. The answers are those of the verification.
pub fn changes(
    message: &Message<'_>,
    verification: &Verification,
    answers: &dyn AnswerTable,
) -> Vec<Hint> {
    let body_changed = match verification.failure {
        Some(Failure::BodyChanged | Failure::BodyTooShort) => true,
        Some(Failure::HeaderChanged) => false,
        _ => return Vec::new(),
    };
    let Some(field) = message.fields().nth(verification.field) else {
        return Vec::new();
    };
    let signature = Signature::read(&field);
    let mut found = Vec::new();
    if body_changed {
        found.extend(body::undo(message, &signature));
    }
    let undone = header::undo(message, &field, &signature, answers, &found);
    found.extend(undone);
    found.extend(header::differing_copies(message, &signature));
    let mut hints: Vec<Hint> = found
        .into_iter()
        .map(|change| Hint {
            basis: Basis::Computed,
            change,
        })
        .collect();
    let is_intact = hints.iter().any(|hint| hint.change == Change::HeaderIntact);
    for change in marks::typical(message, &signature) {
        let is_same =
            |hint: &Hint| std::mem::discriminant(&hint.change) == std::mem::discriminant(&change);
        let is_of_header = matches!(
            change,
            Change::SubjectTag { .. } | Change::FromRewritten { .. }
        );
        // The name of a list that is signed, and as it was signed, is that of whoever sent the message first.
        let is_own_list = matches!(change, Change::MailingList { .. })
            && signature.signed_fields.contains("list-id")
            && message.named("List-Id").next().is_some();
        // What was computed is not supposed besides, and what was refuted not at all.
        let is_settled = hints.iter().any(is_same) || is_intact && (is_of_header || is_own_list);
        if !is_settled {
            hints.push(Hint {
                basis: Basis::Typical,
                change,
            });
        }
    }
    hints
}
