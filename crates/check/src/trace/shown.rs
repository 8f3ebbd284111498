//! What readers are shown beside the author: Gmail's "via", Outlook's "on behalf of".
//!
//! Both are programs' habits, not rules of a document, so they hold "generally". Gmail names another domain where
//! neither the return address nor a signature is of the author's organization; one that is takes it away. Outlook
//! names the address of the field Sender (RFC 5322, section 3.6.2) where it is not the author's.

use garant_msgauth::message::{Message, mailboxes};

use super::facts::{AuthorFacts, OnBehalfOf, Relation, Shown, SignatureTrace, SpfTrace, Via};
use crate::input::registrable_domain;

pub(super) fn facts(
    message: &Message<'_>,
    author: &AuthorFacts,
    spf: &SpfTrace,
    signatures: &[SignatureTrace],
) -> Shown {
    Shown {
        via: via(author, spf, signatures),
        on_behalf_of: on_behalf_of(message, author),
    }
}

fn via(author: &AuthorFacts, spf: &SpfTrace, signatures: &[SignatureTrace]) -> Via {
    let told = |shown, domain, reason| Via {
        shown,
        domain,
        reason,
    };
    if author.domain.is_none() {
        return told(None, None, "no-author");
    }
    // How strict the policy is does not matter here.
    let is_kin = |relation| matches!(relation, Relation::Same | Relation::Kin | Relation::Strict);
    let passing = || signatures.iter().filter(|one| one.result == "pass");
    let signed = passing().any(|one| is_kin(one.alignment.relation));
    if signed || (spf.result == "pass" && is_kin(spf.alignment.relation)) {
        return told(Some(false), None, "leg");
    }
    let open = |result, relation| {
        matches!(result, "unknown" | "temperror")
            && (is_kin(relation) || relation == Relation::Unknown)
    };
    let is_open = open(spf.result, spf.alignment.relation)
        || signatures
            .iter()
            .any(|one| open(one.result, one.alignment.relation));
    if is_open {
        return told(None, None, "unknown");
    }
    let signer = passing().find_map(|one| one.domain.clone());
    let sender = spf.domain.clone().filter(|_| spf.result == "pass");
    match signer.or(sender) {
        Some(domain) => told(Some(true), Some(domain), "mismatch"),
        None => told(None, None, "unauthenticated"),
    }
}

fn on_behalf_of(message: &Message<'_>, author: &AuthorFacts) -> Option<OnBehalfOf> {
    let field = message.named("Sender").next()?;
    let sender = mailboxes(field).into_iter().next()?;
    let first = author.mailboxes.first()?;
    let is_other = author
        .mailboxes
        .iter()
        .all(|one| !one.address.eq_ignore_ascii_case(&sender.address));
    is_other.then(|| OnBehalfOf {
        author: first.address.clone(),
        field: field.index,
        same_organization: registrable_domain(&sender.domain) == registrable_domain(&first.domain),
        sender: sender.address,
    })
}
