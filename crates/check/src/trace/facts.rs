//! What a trace comes to: plain data, in the words of the documents, ready to be written as JSON.
//!
//! Where something is an `Option<bool>`, nothing means that it could not be told.

use std::collections::BTreeMap;
use std::net::IpAddr;

use garant_dns::{Name, RecordType, Status};
use serde::{Deserialize, Serialize};

use crate::assessment::VerdictSeverity;
use crate::catalogue::{Met, RequirementReadiness, Threshold};
use crate::finding::{Argument, Code, Finding};
use crate::observation::Request;
use crate::path::{ReceiverAction, ReceiverOutcome};

/// Trusted sealers that one request may state at most: receivers that keep such a list keep a short one.
pub const TRUSTED_SEALERS_MAX: usize = 50;

/// What is stated beside the message. Whatever is not stated is read in the message, and said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceRequest {
    /// The address of the client that handed the message over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<IpAddr>,
    /// What it said in HELO or EHLO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helo: Option<String>,
    /// RFC5321.MailFrom without angle brackets; empty for the null reverse-path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<String>,
    /// The host that received the message: its Authentication-Results and Received fields are believed, and
    /// our own results are written in its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<Name>,
    /// The domains whose ARC seals the receiver trusts (`d=`, the very names); at most [`TRUSTED_SEALERS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trusted_sealers: Vec<Name>,
    /// Only the header section is at hand: nothing can be said about the body.
    #[serde(default)]
    pub headers_only: bool,
}

/// One message, traced. Verdict, steps and findings are written with their words, by whoever has those.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The one sentence.
    #[serde(skip)]
    pub verdict: TraceVerdict,
    /// The time that signatures were judged for: seconds since 1970.
    pub judged_for: i64,
    /// The message itself.
    pub message: MessageFacts,
    /// Who wrote it.
    pub author: AuthorFacts,
    /// Who handed it over.
    pub connection: Connection,
    /// The return address.
    pub spf: SpfTrace,
    /// Every signature, in order from the top; the first ones up to the limit are verified.
    pub signatures: Vec<SignatureTrace>,
    /// What DMARC makes of both.
    pub dmarc: DmarcTrace,
    /// What receivers do with this message under each policy.
    pub outcomes: Vec<PolicyOutcome>,
    /// What receivers do with it under the published policy.
    pub receivers: Vec<ReceiverOutcome>,
    /// Whether a sender of many such messages meets what receivers ask for.
    pub readiness: Vec<ReadinessTrace>,
    /// The ARC chain.
    pub arc: ArcTrace,
    /// The results that others wrote into the message.
    pub results: Vec<ForeignResults>,
    /// Where those differ from what was found now.
    pub differences: Vec<Difference>,
    /// What readers are shown beside the author.
    pub shown: Shown,
    /// Our own field Authentication-Results (RFC 8601), folded, with its final line end.
    pub authentication_results: String,
    /// What was done, in order.
    #[serde(skip)]
    pub steps: Vec<TraceStep>,
    /// What is to be said about the message besides.
    #[serde(skip)]
    pub findings: Vec<Finding>,
    /// The check of the domain that tells what to publish; nothing without an Author Domain.
    pub check: Option<Request>,
}

/// The message itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MessageFacts {
    /// Octets, line ends as they are.
    pub octets: usize,
    /// Header fields.
    pub fields: usize,
    /// Only the header section is at hand.
    pub headers_only: bool,
    /// Its subject, decoded; a stranger's text.
    pub subject: Option<String>,
    /// Its date as written; a stranger's text.
    pub date: Option<String>,
    /// Its Message-ID as written; a stranger's text.
    pub message_id: Option<String>,
}

/// Where something was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Origin {
    /// The asker stated it.
    Stated,
    /// A header field.
    Field {
        /// Its name as it is usually written.
        name: String,
        /// Its position from the top, from 0.
        index: usize,
    },
    /// A record of the DNS.
    Dns {
        /// Its name.
        name: Name,
    },
    /// It follows from what was found.
    Computed,
}

/// Something with the place that it was read at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Known<T> {
    /// What it is.
    pub value: T,
    /// Where it was read.
    pub origin: Origin,
}

/// Who wrote the message: RFC5322.From.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorFacts {
    /// The Author Domain, when there is exactly one.
    pub domain: Option<Name>,
    /// Every mailbox.
    pub mailboxes: Vec<Mailbox>,
    /// Positions of the fields From, from the top, from 0.
    pub fields: Vec<usize>,
    /// Why there is no Author Domain.
    pub problem: Option<AuthorProblem>,
}

/// A mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    /// The name that is shown; a stranger's text.
    pub display_name: Option<String>,
    /// The address as written.
    pub address: String,
    /// Its domain.
    pub domain: Name,
}

/// Why there is no Author Domain (RFC 9989, section 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorProblem {
    /// No field From.
    NoFrom,
    /// More than one field From.
    SeveralFrom,
    /// No address in it, or one whose domain is no name.
    NoAddress,
    /// Mailboxes of more than one domain.
    SeveralDomains,
}

impl AuthorProblem {
    /// As it is written in arguments of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoFrom => "no-from",
            Self::SeveralFrom => "several-from",
            Self::NoAddress => "no-address",
            Self::SeveralDomains => "several-domains",
        }
    }
}

/// Who handed the message over; what is not known is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Connection {
    /// The client's address.
    pub ip: Option<Known<IpAddr>>,
    /// What it said in HELO or EHLO.
    pub helo: Option<Known<String>>,
    /// RFC5321.MailFrom; empty for the null reverse-path.
    pub mail_from: Option<Known<String>>,
    /// When it was received: seconds since 1970.
    pub received_at: Option<Known<i64>>,
    /// The organization of the server that received it, as its field names it; a stranger's text.
    pub receiver: Option<String>,
    /// Whether it came over TLS; nothing where no field says so.
    pub tls: Option<bool>,
    /// Whether the client's address has a name that leads back to it, as the receiver's own fields have it; nothing
    /// where none says so.
    pub reverse_dns: Option<bool>,
    /// Why what was read in the message may not be so: words, as in `trace-doubt-*`.
    pub doubts: Vec<&'static str>,
    /// The way of the message, from the newest field to the oldest.
    pub hops: Vec<HopTrace>,
}

/// One field Received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HopTrace {
    /// Position of the field from the top, from 0.
    pub field: usize,
    /// `later`, `fetch`, `internal`, `border` (here it came in) or `beyond` (anybody may have written it).
    pub kind: &'static str,
    /// Who handed it over: what it said in HELO, as written.
    pub from: Option<String>,
    /// Its address.
    pub address: Option<IpAddr>,
    /// Who took it, as written.
    pub by: Option<String>,
    /// The protocol, as written.
    pub with: Option<String>,
    /// When: seconds since 1970.
    pub at: Option<i64>,
}

/// Which identity SPF was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpfIdentity {
    /// RFC5321.MailFrom.
    MailFrom,
    /// HELO, because the reverse-path is null.
    Helo,
}

/// Why SPF was not evaluated. That is no failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpfUnevaluated {
    /// The client's address is not known.
    NoClient,
    /// The return address is not known.
    NoMailFrom,
    /// The return address is null and HELO is not known.
    NoHelo,
}

impl SpfUnevaluated {
    /// As it is written in arguments of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoClient => "no-client",
            Self::NoMailFrom => "no-mail-from",
            Self::NoHelo => "no-helo",
        }
    }
}

/// What SPF says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpfTrace {
    /// The result as RFC 7208 names it; `unknown` where it was not evaluated.
    pub result: &'static str,
    /// Why it was not evaluated.
    pub unevaluated: Option<SpfUnevaluated>,
    /// Which identity.
    pub identity: Option<SpfIdentity>,
    /// Its domain.
    pub domain: Option<Name>,
    /// Why the result is what it is: a word of RFC 7208's causes, as in `spf-reason-*`.
    pub reason: Option<&'static str>,
    /// The domain whose record decided.
    pub decided_by: Option<Name>,
    /// The term that decided, as published; a stranger's text.
    pub term: Option<String>,
    /// The domain's own explanation of a fail; a stranger's text.
    pub explanation: Option<String>,
    /// Terms that needed look-ups.
    pub lookups: usize,
    /// What was evaluated, in order; at most [`super::SPF_TERMS_MAX`].
    pub terms: Vec<SpfTerm>,
    /// Whether its domain counts for the Author Domain.
    pub alignment: AlignmentTrace,
}

/// One term, or one record that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpfTerm {
    /// How many `include` and `redirect` lead here.
    pub depth: usize,
    /// The domain whose record it is.
    pub domain: Name,
    /// The term as published; nothing where the record itself was looked for.
    pub term: Option<String>,
    /// `record`, `matched`, `not-matched`, `explanation` or `ended`.
    pub outcome: &'static str,
    /// With `record`: its text; with `ended`: why.
    pub detail: Option<String>,
}

/// Whether an identifier counts for the Author Domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AlignmentTrace {
    /// `relaxed` or `strict`, as the record that applies asks; relaxed without one.
    pub mode: &'static str,
    /// Whether it is aligned by RFC 9989.
    pub aligned: Option<bool>,
    /// The same by RFC 7489.
    pub aligned_rfc7489: Option<bool>,
    /// Its Organizational Domain by RFC 9989.
    pub organizational_domain: Option<Name>,
    /// The same by RFC 7489.
    pub organizational_domain_rfc7489: Option<Name>,
    /// How it stands to the Author Domain.
    pub relation: Relation,
    /// Whether it passed and is aligned, by RFC 9989.
    pub counts: Option<bool>,
    /// The same by RFC 7489.
    pub counts_rfc7489: Option<bool>,
}

/// How an identifier stands to the Author Domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The very same name.
    Same,
    /// Another name of the same organization.
    Kin,
    /// Another name of the same organization, which strict alignment does not let count.
    Strict,
    /// A name that looks like the same organization and is none by the tree walk.
    Apart,
    /// Another organization.
    Foreign,
    /// Not known.
    #[default]
    Unknown,
}

impl Relation {
    /// As it is written in arguments of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Kin => "kin",
            Self::Strict => "strict",
            Self::Apart => "apart",
            Self::Foreign => "foreign",
            Self::Unknown => "unknown",
        }
    }
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureTrace {
    /// Position of its field from the top, from 0.
    pub field: usize,
    /// `d=`.
    pub domain: Option<Name>,
    /// `s=`.
    pub selector: Option<Name>,
    /// `a=` as written; a stranger's text.
    pub algorithm: Option<String>,
    /// `i=` as written; a stranger's text.
    pub identity: Option<String>,
    /// `c=` as written, or its default.
    pub canonicalization: String,
    /// `h=`, in lower case.
    pub signed_fields: Vec<String>,
    /// Fields that none can be added of.
    pub oversigned: Vec<String>,
    /// `l=`.
    pub body_length: Option<u64>,
    /// Octets of the body that the signature does not cover.
    pub unsigned_octets: u64,
    /// `t=`: seconds since 1970.
    pub signed_at: Option<u64>,
    /// `x=`: seconds since 1970.
    pub expires_at: Option<u64>,
    /// It has expired since it was received; it was judged for the time of receipt.
    pub expired_since: bool,
    /// The name that its key stands at.
    pub key_name: Option<Name>,
    /// `rsa` or `ed25519`, where a key was found.
    pub key_algorithm: Option<&'static str>,
    /// Its bits.
    pub key_bits: Option<usize>,
    /// The key's owner is testing (`t=y`).
    pub is_testing: bool,
    /// Whether the body is what was signed.
    pub body_matches: Option<bool>,
    /// The result as RFC 8601 names it; `unknown` where the body is not at hand and all else is right.
    pub result: &'static str,
    /// Why it is no pass: a word, as in `trace-failure-*`.
    pub failure: Option<&'static str>,
    /// What it is about: a tag, a number of bits.
    pub failure_detail: Option<String>,
    /// What was done to the message after it was signed, where that can be told.
    pub changes: Vec<ChangeTrace>,
    /// Whether `d=` counts for the Author Domain.
    pub alignment: AlignmentTrace,
}

/// What was done to a message after it was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeTrace {
    /// What: a word, as in `trace-change-*`.
    pub change: &'static str,
    /// It was computed: undone, it makes the message what was signed. Otherwise the message bears marks that such a
    /// change typically leaves.
    pub computed: bool,
    /// What it is about: octets, a tag, a field, an address; a stranger's text.
    pub detail: Option<String>,
}

/// What DMARC says, by both documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DmarcTrace {
    /// By RFC 9989.
    pub rfc9989: DmarcReading,
    /// By RFC 7489.
    pub rfc7489: DmarcReading,
    /// Whether two receivers come to different results.
    pub differs: bool,
}

/// What DMARC says by one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DmarcReading {
    /// `pass`, `fail`, `none` (no policy applies), `temperror` (an answer did not come), `permerror` (no single
    /// Author Domain) or `unknown` (SPF was not evaluated and could decide).
    pub result: &'static str,
    /// The Organizational Domain of the Author Domain.
    pub organizational_domain: Option<Name>,
    /// The domain whose record applies.
    pub policy_domain: Option<Name>,
    /// The record; a stranger's text.
    pub record: Option<String>,
    /// `p`, `sp` or `np`: which tag applies to the Author Domain.
    pub tag: Option<&'static str>,
    /// The policy that it states.
    pub policy: Option<&'static str>,
    /// The policy that is applied, after `t=y`.
    pub applied: Option<&'static str>,
    /// `t=y` lowers it.
    pub is_testing: bool,
    /// Percent of failing mail that it is applied to.
    pub share: Option<u8>,
    /// Whether SPF counts.
    pub spf: Option<bool>,
    /// Whether a signature counts.
    pub dkim: Option<bool>,
    /// Every name that was looked at, in order.
    pub walk: Vec<LookUp>,
}

/// What receivers do with this message under one policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyOutcome {
    /// `none`, `quarantine` or `reject`.
    pub policy: &'static str,
    /// It is the one that applies.
    pub applies: bool,
    /// What a receiver does that has no rules of its own: never sure refusal (RFC 9989, section 7.4).
    pub action: ReceiverAction,
    /// What the receivers of the catalogue do.
    pub receivers: Vec<ReceiverOutcome>,
}

/// Whether a sender of many messages that are like this one meets what a receiver asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadinessTrace {
    /// The receiver's id in the catalogue.
    pub name: &'static str,
    /// From when its rules for such senders hold; nothing where no number is published.
    pub threshold: Option<&'static Threshold>,
    /// Whether all is met.
    pub ready: Met,
    /// What it asks for.
    pub requirements: Vec<RequirementReadiness>,
}

/// The ARC chain (RFC 8617).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArcTrace {
    /// `none`, `pass`, `fail`, or `unknown` where the body or an answer is not at hand.
    pub result: &'static str,
    /// Why it is no pass: a word, as in `trace-arc-failure-*`.
    pub failure: Option<&'static str>,
    /// The instance that it fails at.
    pub failed_at: Option<u32>,
    /// Where it passes: the oldest instance from which on every message signature still holds; 0 where all do.
    pub oldest_pass: Option<u32>,
    /// Its sets, the first one first.
    pub sets: Vec<ArcSet>,
    /// What it is worth to a receiver that trusts the stated sealers.
    pub trust: ArcTrust,
}

/// What a chain is worth to a receiver that trusts the stated sealers. DMARC does not pass by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArcTrust {
    /// The sealers that were stated as trusted.
    pub sealers: Vec<Name>,
    /// Whether what the chain says would be used.
    pub result: TrustResult,
    /// The newest set whose results speak for the author, whoever sealed it.
    pub instance: Option<u32>,
    /// What it says passed: `dmarc`, `dkim` or `spf`.
    pub method: Option<&'static str>,
    /// Whoever has to be trusted for that: the sealers from the newest down to that set, each once.
    pub needed: Vec<Name>,
    /// DMARC fails under a policy of quarantine or reject, and this receiver would deliver all the same.
    pub overrides: bool,
    /// What it would write into its aggregate report then.
    pub reason: Option<OverrideReason>,
}

/// Why a receiver did not do what the policy asks, as aggregate reports have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverrideReason {
    /// The type: `local_policy`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The comment: what the chain came to and who sealed it.
    pub comment: String,
}

/// One set of an ARC chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArcSet {
    /// `i=`.
    pub instance: u32,
    /// Who sealed it: `d=` of the ARC-Seal.
    pub domain: Option<Name>,
    /// Its selector.
    pub selector: Option<Name>,
    /// `cv=`: how the chain stood before, as it claims.
    pub chain: Option<&'static str>,
    /// Whether its seal holds; nothing where it was not looked at.
    pub seal_passes: Option<bool>,
    /// Whether the message is as it was when this set was added; nothing where its signature was not looked at.
    pub message_passes: Option<bool>,
    /// The asker trusts its sealer.
    pub trusted: bool,
    /// Position of its ARC-Authentication-Results from the top, from 0.
    pub field: Option<usize>,
    /// What it claims to have found: believed only where its sealer is trusted.
    pub claims: Vec<MethodResult>,
}

/// Results that a field Authentication-Results states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForeignResults {
    /// Position of the field from the top, from 0.
    pub field: usize,
    /// Who claims to have written it; a stranger's text, nothing where the field cannot be read.
    pub authserv_id: Option<String>,
    /// Whether it is believed: it names the receiver that the asker stated.
    pub trusted: bool,
    /// What it states.
    pub results: Vec<MethodResult>,
}

/// One result of one method (RFC 8601, section 2.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MethodResult {
    /// `spf`, `dkim`, `dmarc`, `arc`, ...
    pub method: String,
    /// `pass`, `fail`, ...
    pub result: String,
    /// Its reason.
    pub reason: Option<String>,
    /// `header.d` and the like, with their values.
    pub properties: BTreeMap<String, String>,
}

/// Where a result that somebody wrote differs from ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Position of their field from the top, from 0.
    pub field: usize,
    /// Who claims to have written it.
    pub authserv_id: String,
    /// The method.
    pub method: &'static str,
    /// What it is about, where they say.
    pub identifier: Option<Name>,
    /// Their result.
    pub theirs: String,
    /// Ours.
    pub ours: &'static str,
    /// What explains it: a word, as in `trace-difference-*`.
    pub cause: &'static str,
}

/// What readers are shown beside the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Gmail's "via".
    pub via: Via,
    /// Outlook's "on behalf of".
    pub on_behalf_of: Option<OnBehalfOf>,
}

/// Gmail's "via" beside the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Via {
    /// Whether it is shown, generally.
    pub shown: Option<bool>,
    /// The name that is shown.
    pub domain: Option<Name>,
    /// Why: `leg` (one counts), `mismatch`, `unauthenticated`, `no-author`, `unknown`.
    pub reason: &'static str,
}

/// Outlook's "S on behalf of F".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnBehalfOf {
    /// The address in Sender.
    pub sender: String,
    /// The address in From.
    pub author: String,
    /// Position of the field Sender from the top, from 0.
    pub field: usize,
    /// Whether the domains of both are of one organization.
    pub same_organization: bool,
}

/// One look-up that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookUp {
    /// The name.
    pub name: Name,
    /// The type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// How it ended.
    pub status: Status,
    /// The aliases that were followed: their targets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// What came back, each record's data as text; a stranger's text.
    pub data: Vec<String>,
}

/// One step of the trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceStep {
    /// What was done.
    pub code: StepCode,
    /// What it means for the message.
    pub state: StepState,
    /// The identifier that it is about.
    pub identifier: Option<String>,
    /// Where that was read.
    pub origin: Option<Origin>,
    /// The answers that were used.
    pub lookups: Vec<LookUp>,
    /// What was compared with what.
    pub comparison: Option<Comparison>,
    /// The result, in the document's word.
    pub result: Option<&'static str>,
    /// The section that it follows: `RFC 9989, section 5.3.1`.
    pub section: &'static str,
    /// The arguments of its words, which are at `trace-<what>`.
    pub args: BTreeMap<&'static str, Argument>,
}

/// What a step means for the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// It helps.
    Good,
    /// It stands against it.
    Bad,
    /// It neither helps nor harms.
    Neutral,
    /// It could not be told.
    Unknown,
}

/// Two names, compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The identifier.
    pub identifier: Name,
    /// The Author Domain.
    pub author_domain: Name,
    /// `relaxed` or `strict`.
    pub mode: &'static str,
    /// Organizational Domain of the identifier by RFC 9989.
    pub identifier_organization: Option<Name>,
    /// Organizational Domain of the Author Domain by RFC 9989.
    pub author_organization: Option<Name>,
    /// Organizational Domain of the identifier by RFC 7489.
    pub identifier_organization_rfc7489: Option<Name>,
    /// Organizational Domain of the Author Domain by RFC 7489.
    pub author_organization_rfc7489: Option<Name>,
    /// Whether they are aligned by RFC 9989.
    pub aligned: Option<bool>,
    /// The same by RFC 7489.
    pub aligned_rfc7489: Option<bool>,
}

macro_rules! words_of {
    ($(#[doc = $enum_doc:literal])+ $name:ident, $all:literal: $($(#[doc = $doc:literal])+ $variant:ident = $code:literal,)+) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $name {
            #[doc = $all]
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// As it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

words_of! {
    /// A stable name for one kind of step. The words are at the code with `-` for `.`.
    StepCode, "Every code, in the order of a trace.":
    /// Who wrote the message.
    Author = "trace.author",
    /// Who handed it over.
    Connection = "trace.connection",
    /// SPF's evaluation.
    Spf = "trace.spf",
    /// There is no signature.
    NoSignature = "trace.no-signature",
    /// A signature's field.
    Signature = "trace.signature",
    /// Its key.
    Key = "trace.key",
    /// The hash of the body.
    BodyHash = "trace.body-hash",
    /// The signature over the header fields.
    HeaderSignature = "trace.header-signature",
    /// Signatures that were left alone.
    SignaturesLeft = "trace.signatures-left",
    /// Which record applies, by RFC 9989.
    Policy = "trace.policy",
    /// The same by RFC 7489.
    PolicyOlder = "trace.policy-older",
    /// The return address compared with the author.
    SpfAlignment = "trace.spf-alignment",
    /// A signature's domain compared with the author.
    DkimAlignment = "trace.dkim-alignment",
    /// DMARC by RFC 9989.
    Dmarc = "trace.dmarc",
    /// DMARC by RFC 7489.
    DmarcOlder = "trace.dmarc-older",
    /// What receivers do by policy.
    Disposition = "trace.disposition",
    /// The ARC chain.
    Arc = "trace.arc",
    /// One of its sets.
    ArcSet = "trace.arc-set",
    /// What the chain is worth to a receiver.
    ArcTrust = "trace.arc-trust",
    /// Results that somebody wrote.
    Results = "trace.results",
    /// Where they differ from ours.
    Difference = "trace.difference",
    /// What the receivers of the catalogue do.
    Receivers = "trace.receivers",
    /// Gmail's "via".
    Via = "trace.via",
    /// Outlook's "on behalf of".
    OnBehalfOf = "trace.on-behalf-of",
}

words_of! {
    /// Whether a receiver would use what an ARC chain says.
    TrustResult, "Every result.":
    /// There is no chain.
    NoChain = "no-chain",
    /// It does not hold, so that nobody uses it.
    Broken = "broken",
    /// Whether it holds could not be told.
    Unknown = "unknown",
    /// It holds, and nothing in it speaks for the author.
    Silent = "silent",
    /// A set speaks for the author, and no sealer was stated as trusted.
    Nobody = "nobody",
    /// A set speaks for the author, and somebody who sealed it or a later one is not trusted.
    Strangers = "strangers",
    /// A set speaks for the author, and all who vouch for it are trusted.
    Vouched = "vouched",
}

words_of! {
    /// Which sentence a trace comes to. The words are at `trace-verdict-<code>`.
    TraceVerdictCode, "Every code.":
    /// SPF and DKIM both count.
    PassesBoth = "passes-both",
    /// DKIM counts, SPF does not or is not known.
    PassesByDkim = "passes-by-dkim",
    /// SPF counts, DKIM does not or is not known.
    PassesBySpf = "passes-by-spf",
    /// Neither counts.
    Fails = "fails",
    /// It passes by one document and fails by the other.
    ReadingsDiffer = "readings-differ",
    /// No policy applies.
    NoPolicy = "no-policy",
    /// There is no single Author Domain.
    NoAuthor = "no-author",
    /// It cannot be told.
    Unknown = "unknown",
}

/// The one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceVerdict {
    /// Which.
    pub code: TraceVerdictCode,
    /// How bad it is.
    pub severity: VerdictSeverity,
    /// The arguments of its words.
    pub args: BTreeMap<&'static str, Argument>,
    /// The first cause: a code of findings that explains it.
    pub cause: Option<Code>,
    /// What to do first: a word, as in `trace-first-*`; nothing where nothing is to be done.
    pub first: Option<&'static str>,
}
