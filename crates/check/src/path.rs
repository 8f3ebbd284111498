//! Sending paths: how the mail of one service stands, from the return address and the signature to what
//! receivers do with it.

use garant_dns::Name;
use serde::Serialize;

/// One sending path, judged.
///
/// Where something is an `Option<bool>`, nothing means that it could not be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Path {
    /// The service: the id of an entry of the catalogue; nothing for a path that was stated by its parts.
    pub sender: Option<&'static str>,
    /// Its name for people.
    pub sender_name: Option<&'static str>,
    /// Whether the asker stated it; otherwise the domain's records show it.
    pub stated: bool,
    /// What shows that the domain uses the service.
    pub evidence: Vec<Evidence>,
    /// How the service is delegated to.
    pub shape: Shape,
    /// The domain of the return address (RFC5321.MailFrom).
    pub mail_from_domain: Option<Name>,
    /// Where that is known from.
    pub mail_from_basis: Basis,
    /// The domain of the signature (`d=`).
    pub dkim_domain: Option<Name>,
    /// The return address.
    pub spf: PathSpf,
    /// The signature.
    pub dkim: PathDkim,
    /// What DMARC makes of both.
    pub dmarc: PathDmarc,
    /// What receivers then do, by their published rules.
    pub receivers: Vec<ReceiverOutcome>,
}

/// What shows that a domain uses a service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// Which record.
    pub kind: EvidenceKind,
    /// The name that the record stands at.
    pub name: Name,
    /// The part of it that tells: a target, an include, the beginning of a token.
    pub text: String,
}

/// Kinds of evidence, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A selector is an alias of the service's name.
    DkimAlias,
    /// A return path is an alias of the service's name, or has its exchange.
    ReturnPath,
    /// The SPF record includes the service.
    Spf,
    /// The domain's mail exchange is the service's.
    Exchange,
    /// A verification token of the service stands at the domain.
    Verification,
}

/// How a service is delegated to: which of its records stand in the customer's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Keys and a return path, as aliases (two and one in most cases).
    KeysAndReturnPath,
    /// Keys only; the return address stays the service's.
    KeysOnly,
    /// A return path only.
    ReturnPathOnly,
    /// The mailbox service of the domain: the return address is the sender's own.
    Mailbox,
    /// Nothing of it was found.
    None,
    /// Not known.
    Unknown,
}

/// Where a fact about a path is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The asker said so.
    Stated,
    /// A record of the domain shows it.
    Record,
    /// The catalogue says so, and its entry was verified.
    Catalogue,
    /// The catalogue says so, and its entry is not certain.
    CatalogueUncertain,
    /// Not known.
    Unknown,
}

/// The return address of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathSpf {
    /// `pass`, `fail`, `softfail`, `neutral`, `none`, `permerror`, `temperror` or `unknown`.
    pub result: &'static str,
    /// Whether its domain is aligned with the Author Domain by RFC 9989.
    pub aligned: Option<bool>,
    /// The same by RFC 7489.
    pub aligned_rfc7489: Option<bool>,
}

/// The signature of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathDkim {
    /// Whether a key that receivers can use was found; nothing where that is not known, or depends on the
    /// receiver because all keys that were found are Ed25519.
    pub found: Option<bool>,
    /// The selectors that were looked at.
    pub selectors: Vec<Name>,
    /// The selectors whose key works.
    pub working: Vec<Name>,
    /// Whether `d=` is aligned with the Author Domain by RFC 9989.
    pub aligned: Option<bool>,
    /// The same by RFC 7489.
    pub aligned_rfc7489: Option<bool>,
}

/// DMARC for a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathDmarc {
    /// `pass`, `fail`, `none` (no policy applies) or `unknown`, by RFC 9989.
    pub result: &'static str,
    /// `none`, `quarantine` or `reject`, as it applies to the Author Domain; nothing without a policy.
    pub policy: Option<&'static str>,
    /// The domain whose record applies.
    pub domain: Option<Name>,
    /// The result by RFC 7489.
    pub rfc7489: &'static str,
    /// Legs (SPF, DKIM) that pass aligned: 0, 1 or 2; nothing when it could not be told.
    pub legs: Option<u8>,
}

/// What one receiver does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiverOutcome {
    /// The receiver's id in the catalogue: `gmail`, `outlook`, `orange`, ..., `other`.
    pub name: &'static str,
    /// What it does.
    pub action: ReceiverAction,
    /// Which of its rules decides: a key of the words.
    pub rule: &'static str,
    /// What it does with mail of a sender of many messages, where that is worse; from how many a day, the
    /// catalogue says where a number is published.
    pub bulk: Option<ReceiverBulk>,
    /// What it is known to answer where it refuses, one or the other.
    pub replies: Vec<ReceiverReply>,
    /// The same for `bulk`.
    pub bulk_replies: Vec<ReceiverReply>,
}

/// What a receiver is known to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiverReply {
    /// The id of the reply, unique for the receiver.
    pub id: &'static str,
    /// Its codes (`550 5.7.26`), those that are temporary (`4..`) first: a receiver may answer by one of them at
    /// first. None where they are not known.
    pub codes: Vec<String>,
    /// A fragment of its words, as the receiver writes them; a place in braces (`{domain}`) stands for what differs.
    pub text: &'static str,
}

/// What one receiver does with mail of a sender of many messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiverBulk {
    /// What it does.
    pub action: ReceiverAction,
    /// Which of its rules decides: a key of the words.
    pub rule: &'static str,
}

/// What a receiver does with mail, as far as authentication decides. Content and reputation decide too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiverAction {
    /// Nothing stands against it.
    Deliver,
    /// It goes to the spam folder, probably.
    Spam,
    /// It is refused, probably.
    Refuse,
    /// Could not be told.
    Unknown,
}
