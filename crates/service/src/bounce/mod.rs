//! Judged bounces with their words: what the terminal, scripts and pages show.
//!
//! [`BounceReport`] is one line of `garant bounce --format json`, [`SummaryReport`] what `--summary` gives;
//! docs/bounces.md describes both. What servers wrote stands in them as it was read: whoever shows it sanitises it.

mod domain;
mod summary;

use garant_check::bounce::{
    ATTACHED_MAX, Bounce, DmarcShare, Fault, Judged, Kind, MESSAGE_OCTETS_MAX, MessageError,
    Outcome, Permanence, Recipient, RecordToRead, Refusal, StatusOrigin, WriteAgain,
};
use garant_check::bounce::{Action, Class, Next};
use garant_check::catalogue::Receiver;
use garant_check::{Code, VerdictSeverity};
use garant_dns::Name;
use garant_text::{Args, Catalogue, Language};
use serde::Serialize;

pub use domain::{ChangeText, DomainCheck};
pub use summary::{
    CodeCount, Counted, DomainCount, Named, ReceiverCount, SUMMARY_SCHEMA, SummaryReport,
    SummaryVerdict,
};

/// The version of the JSON form.
pub const SCHEMA: &str = "garant-bounce/1";

/// Where a message was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The file, as it was named; `-` for standard input.
    pub file: String,
    /// Which message of a mailbox file, from 1; nothing for a file that is one message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<u64>,
    /// Which of several bounces that are attached to it, from 1; nothing where it is one itself, or carries one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached: Option<u64>,
}

impl Origin {
    /// Where each of several bounces lies that were read out of one message: of one, where that was found.
    pub fn of_each(self, bounces: Vec<Bounce>) -> impl Iterator<Item = (Self, Bounce)> {
        let is_one = bounces.len() == 1;
        (1..).zip(bounces).map(move |(number, bounce)| {
            let origin = Self {
                attached: (!is_one).then_some(number),
                ..self.clone()
            };
            (origin, bounce)
        })
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        match (self.message, self.attached) {
            (Some(message), Some(attached)) => write!(f, "#{message}.{attached}"),
            (Some(one), None) | (None, Some(one)) => write!(f, "#{one}"),
            (None, None) => Ok(()),
        }
    }
}

/// A judged bounce with its words.
#[derive(Clone, Debug, Serialize)]
pub struct BounceReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where it was found.
    #[serde(flatten)]
    pub origin: Origin,
    /// What it is: `bounce`, `delivered`, `complaint`, `authentication-report`, `auto-reply`, `other`.
    pub kind: &'static str,
    /// How its words were understood.
    pub dialect: &'static str,
    /// The server that wrote it.
    pub reporter: Option<String>,
    /// The one sentence.
    pub verdict: BounceVerdict,
    /// Whether DMARC is the cause.
    pub dmarc: DmarcText,
    /// One for each recipient.
    pub recipients: Vec<RecipientText>,
    /// There were more recipients than are told.
    pub is_cut: bool,
    /// What is known of the message that was refused.
    pub original: Option<OriginalText>,
    /// What a complaint or failure report says besides.
    pub feedback: Option<FeedbackText>,
    /// What a check of the domain says, where one was made.
    pub check: Option<DomainCheck>,
    /// Its words.
    pub words: BounceWords,
    /// The language of the texts.
    pub lang: &'static str,
}

/// The words about all of a bounce.
#[derive(Clone, Debug, Serialize)]
pub struct BounceWords {
    /// What it is, in a few words.
    pub kind: String,
}

/// What a bounce comes to.
#[derive(Clone, Debug, Serialize)]
pub struct BounceVerdict {
    /// Which sentence.
    pub code: Outcome,
    /// How bad it is for the sender.
    pub severity: VerdictSeverity,
    /// The sentence.
    pub text: String,
    /// How many recipients it is about.
    pub count: usize,
}

/// Whether DMARC is the cause.
#[derive(Clone, Debug, Serialize)]
pub struct DmarcText {
    /// `yes`, `perhaps` or `no`.
    pub cause: DmarcShare,
    /// The domain whose policy is meant (the Author Domain).
    pub domain: Option<Name>,
    /// The sentence.
    pub text: String,
}

/// What happened to the mail for one recipient, with its words.
#[derive(Clone, Debug, Serialize)]
pub struct RecipientText {
    /// The address, where the report shows it.
    pub address: Option<String>,
    /// The address that was written to, where that is another one.
    pub original_address: Option<String>,
    /// What was done: `failed`, `delayed`, `delivered`, `relayed`, `expanded`.
    pub action: Option<&'static str>,
    /// Enhanced status code (RFC 3463).
    pub status: Option<String>,
    /// Where it was read: `report`, `reply`, or `class` for one that was derived.
    pub status_origin: Option<&'static str>,
    /// SMTP reply code.
    pub reply: Option<u16>,
    /// What the server that refused said.
    pub text: String,
    /// That server.
    pub remote_host: Option<String>,
    /// The command it refused.
    pub command: Option<&'static str>,
    /// When it was last tried, as written.
    pub last_attempt: Option<String>,
    /// Why.
    pub class: &'static str,
    /// `permanent` where nobody is at the address, else `temporary`.
    pub permanence: &'static str,
    /// Whether this message is still tried.
    pub refusal: Refusal,
    /// Which part of authentication was the reason.
    pub authentication: Option<&'static str>,
    /// The findings that explain it.
    pub codes: &'static [Code],
    /// Who can put it right.
    pub fault: Fault,
    /// Nobody is at the address.
    pub address_is_bad: bool,
    /// Whether and when it may be written to again.
    pub write_again: WriteAgain,
    /// Whether DMARC is the cause.
    pub dmarc: DmarcShare,
    /// The records to look at.
    pub records: Vec<RecordToRead>,
    /// What to do, in this order.
    pub next: Vec<Next>,
    /// The receiver, where it is one that is known.
    pub receiver: Option<ReceiverText>,
    /// Its words.
    pub words: RecipientWords,
}

/// A receiver that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiverText {
    /// Its id in the catalogue.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// The words about one recipient.
#[derive(Clone, Debug, Serialize)]
pub struct RecipientWords {
    /// Permanent or temporary, and whether the address is good.
    pub refusal: String,
    /// Why.
    pub class: String,
    /// The codes, in plain words; nothing where the server gave none.
    pub code: Option<String>,
    /// The part of authentication, and what lacks.
    pub cause: Option<String>,
    /// Who can put it right.
    pub fault: String,
    /// Each record to look at.
    pub records: Vec<String>,
    /// Each step.
    pub next: Vec<String>,
}

/// What is known of the message that was refused.
#[derive(Clone, Debug, Serialize)]
pub struct OriginalText {
    /// RFC5322.From.
    pub from: Option<String>,
    /// The domain of its address.
    pub author_domain: Option<Name>,
    /// RFC5321.MailFrom.
    pub mail_from: Option<String>,
    /// `d=` of its signatures.
    pub signed_by: Vec<Name>,
    /// Message-ID.
    pub message_id: Option<String>,
    /// Subject, decoded.
    pub subject: Option<String>,
}

/// What a complaint or failure report says besides.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackText {
    /// `Feedback-Type`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `Source-IP`.
    pub source_ip: Option<std::net::IpAddr>,
    /// `Auth-Failure`.
    pub auth_failure: Option<String>,
    /// `Identity-Alignment`.
    pub identity_alignment: Option<String>,
    /// `Delivery-Result`.
    pub delivery_result: Option<String>,
    /// `Reported-Domain`.
    pub reported_domain: Option<String>,
    /// `DKIM-Domain`.
    pub dkim_domain: Option<String>,
    /// `DKIM-Selector`.
    pub dkim_selector: Option<String>,
}

/// Something that could not be read.
#[derive(Clone, Debug, Serialize)]
pub struct UnreadReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where it is.
    #[serde(flatten)]
    pub origin: Origin,
    /// Why.
    pub error: UnreadText,
    /// The language of the texts.
    pub lang: &'static str,
}

/// Why something could not be read.
#[derive(Clone, Debug, Serialize)]
pub struct UnreadText {
    /// Which reason.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    Absent,
    /// Permission was denied.
    Denied,
    /// The system refused for another reason.
    Refused,
    /// Folders lie deeper in each other than is looked.
    TooDeep,
    /// More messages are attached to a message than are read.
    TooManyAttached,
    /// The octets are no message.
    Message(MessageError),
}

impl Unread {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Denied => "denied",
            Self::Refused => "refused",
            Self::TooDeep => "too-deep",
            Self::TooManyAttached => "too-many-attached",
            Self::Message(MessageError::Empty) => "empty",
            Self::Message(MessageError::TooLarge(_)) => "too-large",
            Self::Message(MessageError::TooManyFields) => "too-many-fields",
            Self::Message(MessageError::HeaderTooLarge) => "header-too-large",
            Self::Message(MessageError::NoHeader) => "no-header",
        }
    }
}

impl UnreadReport {
    /// Says why something could not be read.
    pub fn new(origin: Origin, why: Unread, language: Language) -> Self {
        let args = Args::new()
            .with("reason", why.as_str())
            .with("limit", MESSAGE_OCTETS_MAX / 1_000_000)
            .with("attached", ATTACHED_MAX);
        Self {
            schema: SCHEMA,
            origin,
            error: UnreadText {
                code: why.as_str(),
                text: Catalogue::of(language).text("bounce-unread", &args),
            },
            lang: language.tag(),
        }
    }
}

impl BounceReport {
    /// Puts words to a bounce.
    pub fn new(
        origin: Origin,
        bounce: &Bounce,
        check: Option<DomainCheck>,
        language: Language,
    ) -> Self {
        let speaker = Speaker {
            catalogue: Catalogue::of(language),
            bounce,
        };
        let report = &bounce.report;
        Self {
            schema: SCHEMA,
            origin,
            kind: kind(report.kind),
            dialect: report.dialect,
            reporter: report.reporter.clone(),
            verdict: speaker.verdict(),
            dmarc: speaker.dmarc(),
            recipients: bounce
                .pairs()
                .map(|(recipient, judged)| speaker.recipient(recipient, judged))
                .collect(),
            is_cut: report.is_cut,
            original: report.original.as_ref().map(OriginalText::new),
            feedback: report.feedback.as_ref().map(FeedbackText::new),
            check,
            words: BounceWords {
                kind: speaker.say(&format!("bounce-kind-{}", kind(report.kind)), &Args::new()),
            },
            lang: language.tag(),
        }
    }
}

/// Whoever finds the words for one bounce.
struct Speaker<'a> {
    catalogue: &'static Catalogue,
    bounce: &'a Bounce,
}

impl Speaker<'_> {
    fn say(&self, key: &str, args: &Args) -> String {
        self.catalogue.text(key, args)
    }

    /// The arguments that any sentence may need.
    fn args(&self) -> Args {
        let text = |name: Option<&Name>| name.map(Name::to_unicode).unwrap_or_default();
        Args::new()
            .with("domain", text(self.bounce.author_domain.as_ref()))
            .with("mail_from", text(self.bounce.mail_from_domain.as_ref()))
    }

    /// Whether authentication is only the likeliest of what the receiver may have meant.
    fn is_likely(&self) -> bool {
        let mut refused = self.bounce.report.recipients.iter();
        refused.all(|one| one.authentication.is_none() || one.class == Class::Policy)
    }

    fn verdict(&self) -> BounceVerdict {
        let outcome = self.bounce.outcome;
        let count = self.bounce.outcome_count;
        let total = self.bounce.recipients.len();
        // A receiver is named only where there is no other.
        let mut receivers = self.bounce.recipients.iter().map(|judged| judged.receiver);
        let first = receivers.next().flatten();
        let only = first
            .filter(|first| receivers.all(|other| other.is_some_and(|other| other.id == first.id)));
        let receiver = only.map_or_else(String::new, |receiver| in_sentence(&receiver.name));
        let args = self
            .args()
            .with("receiver", receiver)
            .with("count", count)
            .with("total", total)
            .with("likely", if self.is_likely() { "yes" } else { "no" });
        let mut text = self.say(&format!("bounce-outcome-{}", outcome.as_str()), &args);
        if count < total && self.bounce.report.kind == Kind::Bounce {
            text.push(' ');
            text.push_str(&self.say("bounce-outcome-some", &args));
        }
        BounceVerdict {
            code: outcome,
            severity: severity(outcome),
            text,
            count,
        }
    }

    fn dmarc(&self) -> DmarcText {
        let is_policy = self.bounce.outcome == Outcome::OwnPolicy;
        let how = match self.bounce.dmarc {
            DmarcShare::Yes if is_policy => "policy",
            share => share.as_str(),
        };
        DmarcText {
            cause: self.bounce.dmarc,
            domain: self.bounce.author_domain.clone(),
            text: self.say("bounce-dmarc", &self.args().with("cause", how)),
        }
    }

    fn recipient(&self, recipient: &Recipient, judged: &Judged) -> RecipientText {
        RecipientText {
            address: recipient.address.clone(),
            original_address: recipient.original_address.clone(),
            action: recipient.action.map(action),
            status: recipient.status.map(|status| status.to_string()),
            status_origin: recipient.status_origin.map(status_origin),
            reply: recipient.reply,
            text: recipient.text.clone(),
            remote_host: recipient.remote_host.clone(),
            command: recipient.command,
            last_attempt: recipient.last_attempt.clone(),
            class: recipient.class.as_str(),
            permanence: match recipient.permanence {
                Permanence::Permanent => "permanent",
                Permanence::Temporary => "temporary",
            },
            refusal: judged.refusal,
            authentication: recipient.authentication.map(|cause| cause.as_str()),
            codes: judged.codes,
            fault: judged.fault,
            address_is_bad: judged.address_is_bad,
            write_again: judged.write_again,
            dmarc: judged.dmarc,
            records: judged.records.clone(),
            next: judged.next.clone(),
            receiver: judged.receiver.map(ReceiverText::new),
            words: self.words(recipient, judged),
        }
    }

    fn words(&self, recipient: &Recipient, judged: &Judged) -> RecipientWords {
        let args = self.args();
        let again = match judged.write_again {
            WriteAgain::No if judged.address_is_bad => "bad",
            other => other.as_str(),
        };
        let refusal = match judged.refusal {
            Refusal::Final if was_for_now(recipient) => "given-up",
            other => other.as_str(),
        };
        let refusal = self.say(
            "bounce-refusal",
            &args.clone().with("refusal", refusal).with("again", again),
        );
        let cause = recipient.authentication.map(|cause| {
            let args = args.clone().with("class", recipient.class.as_str());
            let told = self.say(&format!("bounce-cause-{}", cause.as_str()), &args);
            if judged.lacks_dmarc {
                self.say("bounce-and-no-dmarc", &args.with("cause", told))
            } else {
                told
            }
        });
        RecipientWords {
            refusal,
            class: self.say(&format!("bounce-class-{}", recipient.class.as_str()), &args),
            code: self.code(recipient),
            cause,
            fault: self.say(&format!("bounce-fault-{}", judged.fault.as_str()), &args),
            records: judged
                .records
                .iter()
                .map(|record| self.record(record))
                .collect(),
            next: judged
                .next
                .iter()
                .map(|next| self.say(&format!("bounce-next-{}", next.as_str()), &args))
                .collect(),
        }
    }

    /// What the codes say that the server gave (RFC 3463, section 3). A derived one is not the server's word.
    fn code(&self, recipient: &Recipient) -> Option<String> {
        let status = recipient
            .status
            .filter(|_| recipient.status_origin != Some(StatusOrigin::Class));
        let reply = recipient.reply;
        if status.is_none() && reply.is_none() {
            return None;
        }
        let digit = status.map(|status| u16::from(status.class));
        let digit = digit.or(reply.map(|reply| reply / 100)).unwrap_or_default();
        let written: Vec<String> = reply
            .map(|reply| reply.to_string())
            .into_iter()
            .chain(status.map(|status| status.to_string()))
            .collect();
        let args = Args::new()
            .with("code", written.join(" "))
            .with("class", u32::from(digit))
            .with(
                "subject",
                status.map_or(0, |status| u32::from(status.subject)),
            );
        Some(self.say("bounce-code", &args))
    }

    fn record(&self, record: &RecordToRead) -> String {
        let text = |name: Option<&Name>| name.map(Name::to_string).unwrap_or_default();
        let args = Args::new()
            .with("kind", record.kind.as_str())
            .with("name", text(record.name.as_ref()))
            .with("domain", text(record.domain.as_ref()));
        self.say("bounce-record", &args)
    }
}

/// Whether the server's own codes say that trying again might have helped: a message that is given up after them was
/// refused for now each time.
fn was_for_now(recipient: &Recipient) -> bool {
    let is_told = recipient.status_origin != Some(StatusOrigin::Class);
    let status = recipient.status.filter(|_| is_told);
    status.map_or_else(
        || recipient.reply.is_some_and(|reply| reply / 100 == 4),
        |status| status.class == 4,
    )
}

/// How bad an outcome is for the sender: its shape and colour.
fn severity(outcome: Outcome) -> VerdictSeverity {
    match outcome {
        Outcome::OwnPolicy | Outcome::Authentication | Outcome::Sender | Outcome::Message => {
            VerdictSeverity::Blocks
        }
        Outcome::AuthenticationReport
        | Outcome::Complaint
        | Outcome::SendingServer
        | Outcome::Address => VerdictSeverity::Risk,
        Outcome::Mailbox
        | Outcome::RecipientRules
        | Outcome::RecipientServer
        | Outcome::Waiting => VerdictSeverity::Advice,
        Outcome::Unknown | Outcome::NoBounce => VerdictSeverity::Unknown,
        Outcome::Delivered | Outcome::AutoReply => VerdictSeverity::Fine,
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bounce => "bounce",
        Kind::Delivered => "delivered",
        Kind::Complaint => "complaint",
        Kind::AuthenticationReport => "authentication-report",
        Kind::AutoReply => "auto-reply",
        Kind::Other => "other",
    }
}

fn action(action: Action) -> &'static str {
    match action {
        Action::Failed => "failed",
        Action::Delayed => "delayed",
        Action::Delivered => "delivered",
        Action::Relayed => "relayed",
        Action::Expanded => "expanded",
    }
}

fn status_origin(origin: StatusOrigin) -> &'static str {
    match origin {
        StatusOrigin::Report => "report",
        StatusOrigin::Reply => "reply",
        StatusOrigin::Class => "class",
    }
}

/// Several names of one receiver as one subject of a sentence: `Outlook.com (Hotmail, Live)`.
fn in_sentence(name: &str) -> String {
    name.split_once(", ").map_or_else(
        || name.to_owned(),
        |(first, others)| format!("{first} ({others})"),
    )
}

impl ReceiverText {
    fn new(receiver: &'static Receiver) -> Self {
        Self {
            id: &receiver.id,
            name: &receiver.name,
        }
    }
}

impl OriginalText {
    fn new(original: &garant_check::bounce::Original) -> Self {
        Self {
            from: original.from.clone(),
            author_domain: original.author_domain.clone(),
            mail_from: original.mail_from.clone(),
            signed_by: original.signed_by.clone(),
            message_id: original.message_id.clone(),
            subject: original.subject.clone(),
        }
    }
}

impl FeedbackText {
    fn new(feedback: &garant_check::bounce::Feedback) -> Self {
        let dkim = feedback.dkim.clone();
        let (dkim_domain, dkim_selector) = match dkim {
            Some((domain, selector)) => (Some(domain), selector),
            None => (None, None),
        };
        Self {
            kind: feedback.kind.clone(),
            source_ip: feedback.source_ip,
            auth_failure: feedback.auth_failure.clone(),
            identity_alignment: feedback.identity_alignment.clone(),
            delivery_result: feedback.delivery_result.clone(),
            reported_domain: feedback.reported_domain.clone(),
            dkim_domain,
            dkim_selector,
        }
    }
}
