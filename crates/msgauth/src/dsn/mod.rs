//! Messages about messages: bounces in every form that servers write them, complaints, failure reports,
//! automatic replies.
//!
//! RFC 3464 and RFC 6533 settle how a delivery status notification looks; many servers never heard of
//! them. [`read`] takes either, and says per recipient what happened, by whose word, and why.

mod automatic;
mod class;
mod feedback;
mod fields;
mod fold;
mod judge;
mod lines;
mod notice;
mod notification;
mod original;
mod reader;
mod rules;
mod work;

pub use class::{AuthenticationCause, Class, Permanence};
pub use fold::REFUSAL_OCTETS_MAX;
pub use judge::bare_reply;
pub use reader::{read, read_counting};
pub use work::Work;

/// Recipients of one message that are told at most; a notification of a large list has hundreds.
pub const RECIPIENTS_MAX: usize = 1_000;
/// Octets of a refusal's text that are told: the longest of the large receivers have 700.
pub const TEXT_OCTETS_MAX: usize = 1_000;

/// What a message is about another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A bounce: mail could not be delivered, or not yet.
    Bounce,
    /// Mail was delivered, passed on or expanded, and somebody asked to be told.
    Delivered,
    /// A recipient complains (RFC 5965).
    Complaint,
    /// A receiver reports that authentication failed (RFC 6591, RFC 9991).
    AuthenticationReport,
    /// Somebody's answering machine: out of office and the like (RFC 3834).
    AutoReply,
    /// None of these.
    Other,
}

/// What was read out of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it is.
    pub kind: Kind,
    /// How its words were understood: `rfc3464`, `rfc5965`, `rfc6591`, `rfc3834`, or the family of servers that writes so
    /// (`qmail`, `exim`, ...).
    pub dialect: &'static str,
    /// The server that wrote it. A stranger's text.
    pub reporter: Option<String>,
    /// One for each recipient, in the order of the message.
    pub recipients: Vec<Recipient>,
    /// There were more recipients than [`RECIPIENTS_MAX`].
    pub is_cut: bool,
    /// What is known of the message that it is about.
    pub original: Option<Original>,
    /// The fields of a complaint or failure report (RFC 5965, section 3; RFC 6591; RFC 9991).
    pub feedback: Option<Feedback>,
}

/// What happened to the mail for one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// The address. A stranger's text; nothing where the report hides it.
    pub address: Option<String>,
    /// The address that the sender wrote to, where that is another one.
    pub original_address: Option<String>,
    /// What the report says was done (RFC 3464, section 2.3.3); `failed` where it says nothing and is a bounce.
    pub action: Option<Action>,
    /// Enhanced status code (RFC 3463).
    pub status: Option<Status>,
    /// Where the status was read, or that it was not.
    pub status_origin: Option<StatusOrigin>,
    /// SMTP reply code (RFC 5321, section 4.2).
    pub reply: Option<u16>,
    /// What the server that refused said, in one line. A stranger's text.
    pub text: String,
    /// The server that refused. A stranger's text.
    pub remote_host: Option<String>,
    /// The command it refused: `CONN`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`.
    pub command: Option<&'static str>,
    /// When it was last tried (`Last-Attempt-Date`), as written. A stranger's text.
    pub last_attempt: Option<String>,
    /// Why.
    pub class: Class,
    /// Whether the address can be written to again.
    pub permanence: Permanence,
    /// Where authentication is the reason: which part of it.
    pub authentication: Option<AuthenticationCause>,
}

/// What was done with the mail for one recipient (RFC 3464, section 2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// It was given up.
    Failed,
    /// It is tried again.
    Delayed,
    /// It arrived.
    Delivered,
    /// It was handed to a server that does not send reports.
    Relayed,
    /// It was handed to several recipients.
    Expanded,
}

/// Where a status was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusOrigin {
    /// In the field `Status` of the report, or its like.
    Report,
    /// In the reply of the server that refused.
    Reply,
    /// Nowhere: it is the one that stands for the class.
    Class,
}

/// An enhanced status code (RFC 3463, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Status {
    /// 2 success, 4 persistent transient failure, 5 permanent failure.
    pub class: u8,
    /// What it is about.
    pub subject: u16,
    /// What precisely.
    pub detail: u16,
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// What is known of the message that a report is about, from the copy that it carries. A stranger's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Original {
    /// RFC5322.From.
    pub from: Option<String>,
    /// The domain of its address, which is the one to check.
    pub author_domain: Option<garant_dns::Name>,
    /// RFC5321.MailFrom, from `Return-Path` or the report's words.
    pub mail_from: Option<String>,
    /// `d=` of its signatures.
    pub signed_by: Vec<garant_dns::Name>,
    /// Message-ID.
    pub message_id: Option<String>,
    /// Subject, decoded.
    pub subject: Option<String>,
}

/// What a complaint or failure report says besides. A stranger's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// `Feedback-Type`: abuse, auth-failure, fraud, not-spam, opt-out, other.
    pub kind: String,
    /// `Source-IP`.
    pub source_ip: Option<std::net::IpAddr>,
    /// `Auth-Failure` (RFC 6591).
    pub auth_failure: Option<String>,
    /// `Identity-Alignment` (RFC 9991).
    pub identity_alignment: Option<String>,
    /// `Delivery-Result`.
    pub delivery_result: Option<String>,
    /// `Reported-Domain`.
    pub reported_domain: Option<String>,
    /// `DKIM-Domain` and `DKIM-Selector`.
    pub dkim: Option<(String, Option<String>)>,
    /// `Authentication-Results`, as written.
    pub authentication_results: Option<String>,
    /// `Arrival-Date`, as written.
    pub arrival_date: Option<String>,
    /// `Incidents`: how many messages it stands for.
    pub incidents: Option<u32>,
}
