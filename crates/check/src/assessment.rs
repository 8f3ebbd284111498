//! What a judged observation says: the records as they were read, findings, what is unknown, a verdict.
//!
//! These types are the JSON of a check too (docs/check-json.md): a change of a name here is a change
//! of that format.

use std::collections::BTreeMap;

use garant_dns::{Answer, AnswerTable, Name, Question, RecordType, Source, Status};
use serde::Serialize;

use crate::authority::AuthorityState;
use crate::finding::{Argument, Code, Finding, Severity};
use crate::path::Path;

/// The result of judging one observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The one sentence.
    pub verdict: Verdict,
    /// The sending paths: the one that was asked about first, then those of the services that the records
    /// show, the most affected first.
    pub paths: Vec<Path>,
    /// What was read.
    pub records: Records,
    /// What the zones' own servers said.
    pub authority: AuthorityState,
    /// What is to be said, the worst first, grouped by topic in the order of the records.
    pub findings: Vec<Finding>,
    /// What could not be told.
    pub unknown: Vec<Unknown>,
}

/// The sentence before everything else, as a key and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Which sentence.
    pub code: VerdictCode,
    /// How bad it is; unknown when something that could not be told might change it.
    pub severity: VerdictSeverity,
    /// The arguments of the sentence.
    pub args: BTreeMap<&'static str, Argument>,
    /// The first cause, where one stands behind the sentence: the code of one of the findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Code>,
}

/// Which sentence. Stable, as finding codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictCode {
    /// The domain does not exist.
    DomainAbsent,
    /// The domain belongs to a mailbox provider.
    FreeMail,
    /// Its signatures are broken, so validating resolvers refuse it.
    DnssecBogus,
    /// No server of its zone serves it.
    ServersLame,
    /// Nothing is wrong in the zone, and something that was published there is not seen everywhere yet.
    Waiting,
    /// Too little was answered to say anything.
    Unanswered,
    /// It declares that it sends no mail, and is locked.
    SendsNothing,
    /// It declares that it sends no mail, and no policy says to refuse what claims otherwise.
    SendsNothingOpen,
    /// Neither SPF nor DKIM works, and the policy asks to refuse such mail.
    EnforcedWithoutProof,
    /// Neither SPF nor DKIM works.
    NoProof,
    /// The SPF record is broken, so only DKIM is left, or nothing that was found.
    SpfBroken,
    /// SPF works; no DKIM key at all, so nothing survives forwarding.
    SpfOnly,
    /// SPF works; no DKIM key was found at the selectors that were asked.
    DkimNotFound,
    /// SPF works; a DKIM key was found that receivers cannot use.
    DkimBroken,
    /// DKIM works; there is no SPF record.
    DkimOnly,
    /// SPF and DKIM work; no policy.
    NoPolicy,
    /// SPF and DKIM work; the policy record is there but not read as its owner meant.
    PolicyBroken,
    /// SPF, DKIM and DMARC work; something else blocks or risks mail.
    ReadyWithRisk,
    /// Everything works; a policy of none.
    ReadyMonitoring,
    /// Everything works; the policy is enforced.
    Ready,
    /// Mail of the service: nothing counts, and the policy asks to refuse or quarantine it.
    SenderRefused,
    /// Mail of the service: nothing counts, and no policy asks for anything.
    SenderUnauthenticated,
    /// Mail of the service passes by one DMARC document and fails by the other.
    SenderReadingsDiffer,
    /// Whether mail of the service can be authenticated could not be told.
    SenderUnknown,
    /// Mail of the service can be authenticated, but not all records that were asked for are right.
    SenderIncomplete,
    /// All is published, and not seen everywhere yet.
    SenderWaiting,
    /// Mail of the service can be authenticated; no policy applies.
    SenderNoPolicy,
    /// Mail of the service passes by SPF or by DKIM alone.
    SenderOneLeg,
    /// Mail of the service passes by both.
    SenderReady,
}

impl VerdictCode {
    /// Every verdict.
    pub const ALL: [Self; 29] = [
        Self::DomainAbsent,
        Self::FreeMail,
        Self::DnssecBogus,
        Self::ServersLame,
        Self::Waiting,
        Self::Unanswered,
        Self::SendsNothing,
        Self::SendsNothingOpen,
        Self::EnforcedWithoutProof,
        Self::NoProof,
        Self::SpfBroken,
        Self::SpfOnly,
        Self::DkimNotFound,
        Self::DkimBroken,
        Self::DkimOnly,
        Self::NoPolicy,
        Self::PolicyBroken,
        Self::ReadyWithRisk,
        Self::ReadyMonitoring,
        Self::Ready,
        Self::SenderRefused,
        Self::SenderUnauthenticated,
        Self::SenderReadingsDiffer,
        Self::SenderUnknown,
        Self::SenderIncomplete,
        Self::SenderWaiting,
        Self::SenderNoPolicy,
        Self::SenderOneLeg,
        Self::SenderReady,
    ];

    /// The code as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DomainAbsent => "domain-absent",
            Self::FreeMail => "free-mail",
            Self::DnssecBogus => "dnssec-bogus",
            Self::ServersLame => "servers-lame",
            Self::Waiting => "waiting",
            Self::Unanswered => "unanswered",
            Self::SendsNothing => "sends-nothing",
            Self::SendsNothingOpen => "sends-nothing-open",
            Self::EnforcedWithoutProof => "enforced-without-proof",
            Self::NoProof => "no-proof",
            Self::SpfBroken => "spf-broken",
            Self::SpfOnly => "spf-only",
            Self::DkimNotFound => "dkim-not-found",
            Self::DkimBroken => "dkim-broken",
            Self::DkimOnly => "dkim-only",
            Self::NoPolicy => "no-policy",
            Self::PolicyBroken => "policy-broken",
            Self::ReadyWithRisk => "ready-with-risk",
            Self::ReadyMonitoring => "ready-monitoring",
            Self::Ready => "ready",
            Self::SenderRefused => "sender-refused",
            Self::SenderUnauthenticated => "sender-unauthenticated",
            Self::SenderReadingsDiffer => "sender-readings-differ",
            Self::SenderUnknown => "sender-unknown",
            Self::SenderIncomplete => "sender-incomplete",
            Self::SenderWaiting => "sender-waiting",
            Self::SenderNoPolicy => "sender-no-policy",
            Self::SenderOneLeg => "sender-one-leg",
            Self::SenderReady => "sender-ready",
        }
    }
}

/// How bad the verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictSeverity {
    /// Something blocks mail.
    Blocks,
    /// Something puts mail at risk.
    Risk,
    /// Nothing known is wrong, but something unknown could change that.
    Unknown,
    /// Nothing blocks or risks mail; there is advice.
    Advice,
    /// All as it should be.
    Fine,
}

impl From<Severity> for VerdictSeverity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Blocks => Self::Blocks,
            Severity::Risk => Self::Risk,
            Severity::Advice => Self::Advice,
            Severity::Fine => Self::Fine,
        }
    }
}

/// A question without a definite answer that matters to the result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unknown {
    /// The name that was asked for.
    pub name: Name,
    /// The record type.
    #[serde(rename = "type")]
    pub rtype: String,
    /// Why there is no answer: `servfail`, `timeout`, `refused`, `unreachable`, `truncated`,
    /// `malformed`, `rcode`, `offline`, `not-recorded`, `over-budget`, `selectors-not-listable`,
    /// `return-address-not-known` and `sending-address-not-known` (the asker can tell them),
    /// `authority-unanswered` (none of the zone's own servers answered from here), or `waiting` (the zone has
    /// it, resolvers do not see it yet).
    pub reason: &'static str,
}

/// The word for a status that is no definite answer.
pub(crate) fn reason_of(status: Status) -> &'static str {
    match status {
        Status::Found | Status::NoData | Status::NxDomain => "answered",
        Status::ServFail => "servfail",
        Status::Refused => "refused",
        Status::Rcode(_) => "rcode",
        Status::Timeout => "timeout",
        Status::Truncated => "truncated",
        Status::Unreachable => "unreachable",
        Status::Malformed => "malformed",
        Status::Offline => "offline",
        Status::NotRecorded => "not-recorded",
        Status::OverBudget => "over-budget",
    }
}

/// Where a record stands and what came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The name that was asked for.
    pub name: Name,
    /// Seconds that the answer may still be kept.
    pub ttl: Option<u32>,
    /// Who answered: `address:port`, or `zone` for a zone file.
    pub found_at: Vec<String>,
    /// The names that the alias chain went through, the last one has the record.
    pub aliases: Vec<Name>,
    /// The record's text, or the texts one a line when there are several.
    pub raw: Option<String>,
}

impl Seen {
    /// What an answer says about where a record stands.
    pub(crate) fn of(name: &Name, answer: Option<&Answer>, raw: Option<String>) -> Self {
        Self {
            name: name.clone(),
            ttl: answer.and_then(Answer::ttl),
            found_at: answer
                .into_iter()
                .filter_map(|a| source_of(a.source))
                .collect(),
            aliases: answer
                .into_iter()
                .flat_map(|a| &a.aliases)
                .map(|alias| alias.target.clone())
                .collect(),
            raw,
        }
    }

    /// As [`Seen::of`], with the answer to `question` in `table`.
    pub(crate) fn at(table: &dyn AnswerTable, question: &Question, raw: Option<String>) -> Self {
        Self::of(&question.name, table.answer(question), raw)
    }
}

fn source_of(source: Source) -> Option<String> {
    match source {
        Source::Udp(address) | Source::Tcp(address) => Some(address.to_string()),
        Source::Zone => Some("zone".to_owned()),
        Source::Nobody => None,
    }
}

/// Every record that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Records {
    /// Who may send.
    pub spf: SpfRecord,
    /// The keys that were found, and the selectors that were named but have none.
    pub dkim: Vec<DkimRecord>,
    /// The policy.
    pub dmarc: DmarcRecord,
    /// Where mail is received.
    pub mx: MxRecord,
    /// TLS for mail on its way in.
    pub mta_sts: MtaStsRecord,
    /// Reports about that.
    pub tls_rpt: PlainRecord,
    /// The logo.
    pub bimi: PlainRecord,
    /// Whether the zone's answers can be validated.
    pub dnssec: DnssecState,
}

/// The SPF record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpfRecord {
    /// `none`, `valid`, `permerror` or `temperror`.
    pub result: &'static str,
    /// Why, as a word, when it is not valid.
    pub reason: Option<&'static str>,
    /// Where it stands.
    #[serde(flatten)]
    pub seen: Seen,
    /// Terms that need a look-up, of the 10 that are allowed.
    pub lookups: u64,
    /// Look-ups that find nothing, of the 2 that are allowed.
    pub voids: u64,
    /// The include tree; nothing when there is no record.
    pub parsed: Option<SpfNode>,
}

/// One SPF record in the include tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpfNode {
    /// The domain whose record this is.
    pub domain: Name,
    /// Its text, when there is exactly one record.
    pub raw: Option<String>,
    /// Look-ups of this record and everything beneath it.
    pub lookups: u64,
    /// Its terms in order.
    pub terms: Vec<SpfTerm>,
}

/// One term of an SPF record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpfTerm {
    /// The term as published.
    pub text: String,
    /// Octet position of its first octet, from 0.
    pub start: usize,
    /// Octet position after its last.
    pub end: usize,
    /// Look-ups of this term and everything beneath it.
    pub lookups: u64,
    /// How many of them find nothing.
    pub voids: u64,
    /// IPv4 addresses that it authorises.
    pub ipv4_addresses: u64,
    /// Whether it is ever read: not after `all`.
    pub reached: bool,
    /// What is wrong with it, as a word.
    pub fault: Option<String>,
    /// The record that it leads to.
    pub record: Option<Box<SpfNode>>,
}

/// One DKIM selector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DkimRecord {
    /// `valid`, `none`, `revoked`, `invalid` or `temperror`.
    pub result: &'static str,
    /// Why, as a word, when it is not valid.
    pub reason: Option<&'static str>,
    /// The selector.
    pub selector: Name,
    /// Where it comes from: `asked`, `service`, `hint` or `common`.
    pub source: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub seen: Seen,
    /// The key.
    pub parsed: Option<DkimKey>,
}

/// What a key record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DkimKey {
    /// `rsa` or `ed25519`.
    pub algorithm: Option<&'static str>,
    /// Bits of the key.
    pub bits: Option<u64>,
    /// Whether receivers use it for mail at all.
    pub usable_for_mail: bool,
    /// Flags: `y` testing, `s` no subdomains.
    pub flags: Vec<String>,
}

/// The DMARC policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DmarcRecord {
    /// `valid`, `none`, `no-policy` or `temperror`.
    pub result: &'static str,
    /// Why, as a word, when it is not valid.
    pub reason: Option<&'static str>,
    /// Where it stands: the record that applies, or the place where it was looked for first.
    #[serde(flatten)]
    pub seen: Seen,
    /// The tags as they were published.
    pub parsed: Option<BTreeMap<String, String>>,
    /// What RFC 9989 receivers apply (tree walk).
    pub walk: Option<DmarcPolicy>,
    /// What RFC 7489 receivers apply (public suffix list).
    pub psl: Option<DmarcPolicy>,
}

/// The policy that receivers apply to this domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DmarcPolicy {
    /// The domain whose record it is.
    pub policy_domain: Name,
    /// The Organizational Domain of the domain that was asked about.
    pub organizational_domain: Name,
    /// What applies to mail from the domain that was asked about, test mode considered.
    pub effective: &'static str,
    /// Which tag that comes from: `p`, `sp` or `np`.
    pub tag: &'static str,
    /// For the policy domain itself.
    pub p: &'static str,
    /// For its existing subdomains.
    pub sp: &'static str,
    /// For names beneath it that do not exist; RFC 7489 has none and applies `sp`.
    pub np: &'static str,
}

/// Where mail is received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MxRecord {
    /// `valid`, `null`, `implicit`, `none`, `invalid` or `temperror`.
    pub result: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub seen: Seen,
    /// The exchanges in the order of preference.
    pub parsed: Vec<Exchange>,
}

/// One mail exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// Order.
    pub preference: u16,
    /// The host.
    pub host: Name,
    /// Its addresses, as far as they were asked for.
    pub addresses: Vec<std::net::IpAddr>,
}

/// MTA-STS: the record and its policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MtaStsRecord {
    /// `valid`, `none`, `invalid`, `mismatch`, `unreachable` or `temperror`.
    pub result: &'static str,
    /// Why, as a word.
    pub reason: Option<&'static str>,
    /// Where it stands.
    #[serde(flatten)]
    pub seen: Seen,
    /// The record's tags.
    pub parsed: Option<BTreeMap<String, String>>,
    /// `enforce`, `testing` or `none`, from the policy.
    pub mode: Option<&'static str>,
    /// The policy's host patterns.
    pub mx: Vec<String>,
}

/// A record that is valid or not, and little else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlainRecord {
    /// `valid`, `none`, `invalid`, `declined`, `ineffective` or `temperror`.
    pub result: &'static str,
    /// Why, as a word.
    pub reason: Option<&'static str>,
    /// Where it stands.
    #[serde(flatten)]
    pub seen: Seen,
    /// Tags or addresses as they were published.
    pub parsed: Option<BTreeMap<String, String>>,
}

/// Whether the zone's answers can be validated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DnssecState {
    /// `valid`, `unsigned`, `no-ds`, `bogus` or `unknown`.
    pub result: &'static str,
    /// Why it is unknown.
    pub reason: Option<&'static str>,
    /// The zone, by the public suffix list.
    pub zone: Name,
}

/// A question that reads well in a table.
pub(crate) fn unknown(question: &Question, status: Status) -> Unknown {
    Unknown {
        name: question.name.clone(),
        rtype: question.rtype.to_string(),
        reason: reason_of(status),
    }
}

/// The selectors of a domain cannot be listed: a key may exist at one that nobody named.
pub(crate) fn unlisted_selectors(name: Name) -> Unknown {
    Unknown {
        name,
        rtype: RecordType::Txt.to_string(),
        reason: "selectors-not-listable",
    }
}
