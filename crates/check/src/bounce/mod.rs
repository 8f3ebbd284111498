//! What a bounce means for whoever sent the mail: whose fault it is, whether DMARC is the cause, what to change.
//!
//! [`garant_msgauth::dsn`] reads what servers write; here it is judged. Everything is data: the words stand in
//! `locales/`. A refusal for SPF, DKIM or DMARC never makes an address a bad one, whatever its code.

mod cause;
mod fault;
mod named;
mod reply;
mod saved;
mod summary;

use garant_dns::Name;
use serde::Serialize;

pub use cause::{DmarcShare, RecordKind, RecordToRead};
pub use fault::{Fault, Next, Refusal, WriteAgain};
// Whoever shows a bounce needs to name what was read.
pub use garant_msgauth::dsn::{
    Action, AuthenticationCause, Class, Feedback, Kind, Original, Permanence, Recipient, Report,
    Status, StatusOrigin,
};
pub use garant_msgauth::message::{MESSAGE_OCTETS_MAX, MessageError};
pub use reply::{is_reply, read_reply};
pub use saved::{ATTACHED_MAX, Saved, read_saved};
pub use summary::{
    Count, DOMAINS_OF_SUMMARY_MAX, NAMES_OF_SUMMARY_MAX, Names, Summary, most_first,
};

use crate::catalogue::{Receiver, receiver_by_host, receiver_by_words};
use crate::finding::Code;
use crate::input::DomainInput;
use crate::observation::{Request, SIGNATURES_MAX, SignedBy};

/// A message about another one, judged.
#[derive(Clone, Debug)]
pub struct Bounce {
    /// What was read.
    pub report: Report,
    /// What it means, one for each recipient of the report, in its order.
    pub recipients: Vec<Judged>,
    /// Whether DMARC is the cause, for any of them.
    pub dmarc: DmarcShare,
    /// The domain whose records the sender has to look at (the Author Domain): from the copy of the message, else
    /// from the words of whoever refused. Nothing where neither names it.
    pub author_domain: Option<Name>,
    /// The domain of the return address, which SPF was checked for; known in the same ways.
    pub mail_from_domain: Option<Name>,
    /// The one sentence.
    pub outcome: Outcome,
    /// How many recipients it is about.
    pub outcome_count: usize,
}

/// What happened to the mail for one recipient, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Who can put it right.
    pub fault: Fault,
    /// Whether the mail is still tried.
    pub refusal: Refusal,
    /// Whether nobody is at the address: never for what a receiver thinks of the sender or of the message.
    pub address_is_bad: bool,
    /// Whether and when the address may be written to again.
    pub write_again: WriteAgain,
    /// Whether DMARC is the cause.
    pub dmarc: DmarcShare,
    /// The receiver says besides that it found no DMARC record.
    pub lacks_dmarc: bool,
    /// The findings that explain such a refusal, the likeliest first.
    pub codes: &'static [Code],
    /// The records to look at.
    pub records: Vec<RecordToRead>,
    /// What to do, in this order.
    pub next: Vec<Next>,
    /// The receiver, where it is one that is known.
    pub receiver: Option<&'static Receiver>,
}

/// What a bounce comes to: one sentence each. Of several recipients, the first of these decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Refused because the sender's domain asks for it, by its DMARC policy.
    OwnPolicy,
    /// Refused because SPF, DKIM or DMARC did not show where it comes from.
    Authentication,
    /// A receiver reports that authentication failed (RFC 6591).
    AuthenticationReport,
    /// The sender's address was refused.
    Sender,
    /// The message itself was refused.
    Message,
    /// A recipient complains.
    Complaint,
    /// The server that sends, or the platform, was refused.
    SendingServer,
    /// Nobody is at the address.
    Address,
    /// Somebody is there, but the mailbox takes nothing for now.
    Mailbox,
    /// The recipient's own rules.
    RecipientRules,
    /// The recipient's server, or the way to it.
    RecipientServer,
    /// It is still tried.
    Waiting,
    /// A bounce whose reason could not be understood.
    Unknown,
    /// It arrived.
    Delivered,
    /// Somebody's answering machine.
    AutoReply,
    /// No message about a message.
    NoBounce,
}

impl Outcome {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::OwnPolicy,
        Self::Authentication,
        Self::AuthenticationReport,
        Self::Sender,
        Self::Message,
        Self::Complaint,
        Self::SendingServer,
        Self::Address,
        Self::Mailbox,
        Self::RecipientRules,
        Self::RecipientServer,
        Self::Waiting,
        Self::Unknown,
        Self::Delivered,
        Self::AutoReply,
        Self::NoBounce,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnPolicy => "own-policy",
            Self::Authentication => "authentication",
            Self::AuthenticationReport => "authentication-report",
            Self::Sender => "sender",
            Self::Message => "message",
            Self::Complaint => "complaint",
            Self::SendingServer => "sending-server",
            Self::Address => "address",
            Self::Mailbox => "mailbox",
            Self::RecipientRules => "recipient-rules",
            Self::RecipientServer => "recipient-server",
            Self::Waiting => "waiting",
            Self::Unknown => "unknown",
            Self::Delivered => "delivered",
            Self::AutoReply => "auto-reply",
            Self::NoBounce => "no-bounce",
        }
    }

    /// Whether the sender's domain or message has to be mended.
    pub fn is_senders(self) -> bool {
        self <= Self::Complaint
    }

    fn of(recipient: &Recipient, judged: &Judged) -> Self {
        match judged.fault {
            Fault::SenderDomain => match recipient.authentication {
                Some(AuthenticationCause::DmarcPolicy) => Self::OwnPolicy,
                Some(_) => Self::Authentication,
                None if recipient.class == Class::Authentication => Self::Authentication,
                None => Self::Sender,
            },
            Fault::SenderServer => Self::SendingServer,
            Fault::Message => Self::Message,
            Fault::Complaint => Self::Complaint,
            Fault::RecipientAddress if judged.address_is_bad => Self::Address,
            Fault::RecipientAddress => Self::Mailbox,
            Fault::RecipientServer if recipient.class == Class::RecipientRefused => {
                Self::RecipientRules
            }
            Fault::RecipientServer => Self::RecipientServer,
            Fault::Waiting => Self::Waiting,
            Fault::Unknown => Self::Unknown,
            Fault::Nobody if recipient.class == Class::AutoReply => Self::AutoReply,
            Fault::Nobody => Self::Delivered,
        }
    }
}

/// Reads and judges a message.
///
/// # Errors
/// [`MessageError`]: the octets are no message.
pub fn read(octets: &[u8]) -> Result<Bounce, MessageError> {
    garant_msgauth::dsn::read(octets).map(Bounce::of)
}

impl Bounce {
    /// Judges what was read. Where a receiver is known to give a reply for want of authentication that speaks only of
    /// its policy, [`Recipient::authentication`] says so afterwards.
    pub fn of(mut report: Report) -> Self {
        if matches!(report.kind, Kind::Bounce | Kind::Other) {
            for recipient in &mut report.recipients {
                recipient.authentication = recipient.authentication.or(known_cause(recipient));
            }
        }
        let original = report.original.as_ref();
        let named = named::named(&report);
        let author_domain = original
            .and_then(|original| original.author_domain.clone())
            .or(named.author_domain);
        let mail_from_domain = original
            .and_then(|original| domain_of(original.mail_from.as_deref()?))
            .or(named.mail_from_domain);
        let place = cause::Place::of(&report, author_domain.as_ref(), mail_from_domain.as_ref());
        let kind = meant(&report);
        let failed = report.feedback.as_ref().and_then(failed);
        let recipients: Vec<Judged> = report
            .recipients
            .iter()
            .map(|recipient| Judged::of(kind, recipient, failed, &place))
            .collect();
        let outcomes = || {
            let pairs = report.recipients.iter().zip(&recipients);
            pairs.map(|(recipient, judged)| Outcome::of(recipient, judged))
        };
        let (outcome, outcome_count) = match kind {
            Kind::Other => (Outcome::NoBounce, 0),
            Kind::AutoReply => (Outcome::AutoReply, recipients.len()),
            Kind::Complaint => (Outcome::Complaint, recipients.len()),
            Kind::AuthenticationReport => (Outcome::AuthenticationReport, recipients.len()),
            Kind::Delivered => (Outcome::Delivered, recipients.len()),
            Kind::Bounce => {
                let first = outcomes().min().unwrap_or(Outcome::Unknown);
                (first, outcomes().filter(|other| *other == first).count())
            }
        };
        let dmarc = recipients.iter().map(|judged| judged.dmarc).max();
        Self {
            dmarc: dmarc.unwrap_or_default(),
            author_domain,
            mail_from_domain,
            outcome,
            outcome_count,
            recipients,
            report,
        }
    }

    /// Each recipient with what it means.
    pub fn pairs(&self) -> impl Iterator<Item = (&Recipient, &Judged)> {
        self.report.recipients.iter().zip(&self.recipients)
    }

    /// The check that the bounce asks for: of the Author Domain, or that of the return address where that was refused
    /// for itself or the bounce shows no other, along the path that the mail took as far as it is shown. Nothing where the records of the domain are not to blame, or where it is not known.
    pub fn question(&self) -> Option<Request> {
        let blamed = self.pairs().any(|(recipient, judged)| {
            recipient.authentication.is_some() || judged.fault == Fault::SenderDomain
        });
        if !blamed {
            return None;
        }
        let (author, mail_from) = (&self.author_domain, &self.mail_from_domain);
        // Whoever refuses the sender's address for itself has looked at the return address.
        let is_about_sender = !self.pairs().any(|(recipient, judged)| {
            judged.fault == Fault::SenderDomain && recipient.class != Class::SenderRefused
        });
        let known = if is_about_sender {
            mail_from.as_ref().or(author.as_ref())
        } else {
            author.as_ref().or(mail_from.as_ref())
        };
        let domain = known?.clone();
        let original = self.report.original.as_ref();
        let signatures = original.map_or(&[][..], |original| &original.signed_by);
        let selector = self.report.feedback.as_ref().and_then(|feedback| {
            let (domain, selector) = feedback.dkim.as_ref()?;
            let selector = Name::from_input(selector.as_deref()?).ok()?;
            Some((Name::from_input(domain).ok()?, selector))
        });
        let mut signed_by: Vec<SignedBy> = Vec::new();
        for domain in signatures.iter().chain(selector.as_ref().map(|(d, _)| d)) {
            let known = signed_by.iter().any(|one| one.domain == *domain);
            if !known && signed_by.len() < SIGNATURES_MAX {
                let named = selector.as_ref().filter(|(other, _)| other == domain);
                signed_by.push(SignedBy {
                    domain: domain.clone(),
                    selector: named.map(|(_, selector)| selector.clone()),
                });
            }
        }
        Some(Request {
            mail_from: self.mail_from_domain.clone(),
            signed_by,
            ..Request::new(domain)
        })
    }
}

impl Judged {
    fn of(
        kind: Kind,
        recipient: &Recipient,
        failed: Option<Failed>,
        place: &cause::Place<'_>,
    ) -> Self {
        let fault = fault::fault(kind, recipient);
        let address_is_bad = fault::address_is_bad(kind, recipient);
        let failed = failed.filter(|_| kind == Kind::AuthenticationReport);
        let causes = recipient
            .authentication
            .or(failed.map(|failed| failed.cause))
            .or_else(|| {
                let is_told = recipient.class == Class::Authentication;
                is_told.then_some(AuthenticationCause::Unspecified)
            });
        let lacks_dmarc = causes.is_some_and(|cause| cause != AuthenticationCause::DmarcAbsent)
            && cause::lacks_dmarc(recipient);
        let share = match causes {
            Some(_) if lacks_dmarc => DmarcShare::Yes,
            Some(cause) => cause::dmarc(cause),
            None => DmarcShare::No,
        };
        let mut records = causes.map_or_else(
            || cause::records_of_class(recipient.class, place),
            |cause| cause::records(cause, place),
        );
        let reads_dmarc = records.iter().any(|one| one.kind == RecordKind::Dmarc);
        if lacks_dmarc && !reads_dmarc {
            records.push(place.record(RecordKind::Dmarc));
        }
        Self {
            fault,
            refusal: fault::refusal(recipient),
            address_is_bad,
            write_again: fault::write_again(kind, fault, address_is_bad),
            dmarc: failed.map_or(share, |failed| failed.dmarc),
            codes: match causes {
                Some(cause) => cause::codes(cause),
                None => cause::codes_of_class(recipient.class),
            },
            lacks_dmarc,
            records,
            next: fault::next(kind, recipient, fault, address_is_bad),
            receiver: receiver(recipient),
        }
    }
}

/// What a failure report says to have failed.
#[derive(Clone, Copy)]
struct Failed {
    cause: AuthenticationCause,
    dmarc: DmarcShare,
}

/// What failed by the field Auth-Failure (RFC 6591, section 3.3; `dmarc` is of RFC 9991); nothing for words that are
/// no such.
fn failed(feedback: &Feedback) -> Option<Failed> {
    let word = feedback.auth_failure.as_deref()?.trim();
    let (cause, dmarc) = match word.to_ascii_lowercase().as_str() {
        // Which part kept DMARC from passing is not said.
        "dmarc" => (AuthenticationCause::Unspecified, DmarcShare::Yes),
        "spf" => (AuthenticationCause::SpfFail, DmarcShare::No),
        "bodyhash" | "revoked" | "signature" => (AuthenticationCause::DkimFail, DmarcShare::No),
        _ => return None,
    };
    Some(Failed { cause, dmarc })
}

/// What a report means: whoever says that a message is no spam (`Feedback-Type: not-spam`) does not complain of it,
/// but says that it arrived.
fn meant(report: &Report) -> Kind {
    let feedback = report.feedback.as_ref();
    let is_praise = feedback.is_some_and(|one| one.kind.eq_ignore_ascii_case("not-spam"));
    match report.kind {
        Kind::Complaint if is_praise => Kind::Delivered,
        kind => kind,
    }
}

/// The domain of an address, or of one that has none (`<>`): nothing.
fn domain_of(address: &str) -> Option<Name> {
    let address = address.trim().trim_matches(['<', '>']);
    address.contains('@').then_some(())?;
    Some(DomainInput::parse(address).ok()?.domain)
}

/// The cause of a refusal whose words name none, where the receiver is known to refuse in these words for it.
fn known_cause(recipient: &Recipient) -> Option<AuthenticationCause> {
    if recipient.class != Class::Policy {
        return None;
    }
    let status = recipient.status.map(|status| status.to_string());
    let (status, reply) = (status.as_deref(), recipient.reply);
    let known = receiver(recipient)?.known_reply(status, reply, &recipient.text)?;
    // Words as common as these tell it only with the code that goes with them.
    if known.class.0 != Class::Authentication || !known.bears(reply, Some(status?)) {
        return None;
    }
    known.cause.map(|cause| cause.0)
}

/// The receiver: by the server that refused, else by how it says so, else by the domain of the address.
fn receiver(recipient: &Recipient) -> Option<&'static Receiver> {
    let by_host = || receiver_by_host(recipient.remote_host.as_deref()?);
    let by_words = || {
        let status = recipient.status.map(|status| status.to_string());
        receiver_by_words(status.as_deref(), recipient.reply, &recipient.text)
    };
    let by_address = || {
        let (_, domain) = recipient.address.as_deref()?.rsplit_once('@')?;
        receiver_by_host(domain)
    };
    by_host().or_else(by_words).or_else(by_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reply: &str, class: Class, outcome: Outcome, dmarc: DmarcShare) {
        let bounce = read_reply(reply).expect("a reply");
        let found = (
            bounce.report.recipients[0].class,
            bounce.outcome,
            bounce.dmarc,
        );
        assert_eq!(found, (class, outcome, dmarc), "{reply}");
        let asked = bounce.recipients[0].next.contains(&Next::MendDomain);
        assert_eq!(asked, outcome == Outcome::Authentication, "{reply}");
    }

    #[test]
    fn a_policy_that_a_receiver_is_known_to_have_is_about_authentication() {
        for reply in [
            "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
            "554-5.7.9 Message not accepted for policy reasons.\r\n554 5.7.9 See https://senders.yahooinc.com/error-codes",
        ] {
            let perhaps = DmarcShare::Perhaps;
            check(reply, Class::Policy, Outcome::Authentication, perhaps);
        }
        // Anybody may say so, with other codes and with none.
        for reply in [
            "554 5.7.1 Message not accepted for policy reasons",
            "554 Message not accepted for policy reasons",
            "550 5.7.9 Rejected for policy reasons",
        ] {
            check(reply, Class::Policy, Outcome::Message, DmarcShare::No);
        }
    }

    #[test]
    fn a_receiver_that_tells_every_result_tells_of_an_absent_policy() {
        const LEVEL: &str = "Access denied, sending domain exemple.fr doesn't meet the required authentication level.";
        for (code, results, cause, dmarc, records) in [
            (
                "5.7.515",
                "Spf= Pass , Dkim= Fail , DMARC= None",
                "dkim-fail",
                DmarcShare::Yes,
                "dkim dmarc",
            ),
            (
                "5.7.515",
                "Spf=Fail Dkim=Pass DMARC=None",
                "spf-fail",
                DmarcShare::Yes,
                "spf dmarc",
            ),
            (
                "5.7.515",
                "Spf= Pass , Dkim= Pass , DMARC= None",
                "dmarc-absent",
                DmarcShare::Yes,
                "dmarc",
            ),
            (
                "5.7.515",
                "Spf= Pass , Dkim= Fail , DMARC= Fail",
                "dkim-fail",
                DmarcShare::No,
                "dkim",
            ),
            // Others give the results another meaning.
            (
                "5.7.1",
                "DKIM check failed, dmarc=none",
                "dkim-fail",
                DmarcShare::No,
                "dkim",
            ),
        ] {
            let reply = format!("550 {code} {LEVEL} {results}");
            let bounce = read_reply(&reply).expect("a reply");
            let (recipient, judged) = bounce.pairs().next().expect("a recipient");
            let found = recipient.authentication.map(|cause| cause.as_str());
            assert_eq!(found, Some(cause), "{reply}");
            assert_eq!(judged.dmarc, dmarc, "{reply}");
            let kinds: Vec<&str> = judged.records.iter().map(|one| one.kind.as_str()).collect();
            assert_eq!(kinds.join(" "), records, "{reply}");
        }
    }

    #[test]
    fn a_failure_report_says_what_failed() {
        for (word, dmarc, records) in [
            ("dmarc", DmarcShare::Yes, "dkim spf dmarc"),
            ("DMARC", DmarcShare::Yes, "dkim spf dmarc"),
            ("spf", DmarcShare::No, "spf"),
            ("signature", DmarcShare::No, "dkim"),
            ("revoked", DmarcShare::No, "dkim"),
            ("something", DmarcShare::No, ""),
        ] {
            let report = format!(
                "From: a@b.example\r\nContent-Type: multipart/report; report-type=feedback-report; \
                 boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n\
                 Feedback-Type: auth-failure\r\nAuth-Failure: {word}\r\nReported-Domain: exemple.fr\r\n\
                 Original-Rcpt-To: <lea@client.example>\r\n\r\n--b--\r\n"
            );
            let bounce = read(report.as_bytes()).expect("a report");
            assert_eq!(bounce.outcome, Outcome::AuthenticationReport, "{word}");
            assert_eq!(bounce.dmarc, dmarc, "{word}");
            let read = bounce.recipients[0].records.iter();
            let kinds: Vec<&str> = read.map(|record| record.kind.as_str()).collect();
            assert_eq!(kinds.join(" "), records, "{word}");
            assert!(bounce.recipients[0].next.is_empty(), "{word}");
        }
    }
}
