//! Whose fault a bounce is, and what follows from that.

use garant_msgauth::dsn::{Action, Class, Kind, Permanence, Recipient};
use serde::Serialize;

/// Who can put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The records of the sender's domain, or the sender's address.
    SenderDomain,
    /// The server that sends, or the platform it belongs to.
    SenderServer,
    /// The message: its content, size or form.
    Message,
    /// The recipient did not want it.
    Complaint,
    /// The recipient's address or mailbox.
    RecipientAddress,
    /// The recipient's server, its rules, or the way to it.
    RecipientServer,
    /// Nobody yet: it is still tried.
    Waiting,
    /// Nobody: nothing went wrong.
    Nobody,
    /// It could not be told.
    Unknown,
}

impl Fault {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::SenderDomain,
        Self::SenderServer,
        Self::Message,
        Self::Complaint,
        Self::RecipientAddress,
        Self::RecipientServer,
        Self::Waiting,
        Self::Nobody,
        Self::Unknown,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SenderDomain => "sender-domain",
            Self::SenderServer => "sender-server",
            Self::Message => "message",
            Self::Complaint => "complaint",
            Self::RecipientAddress => "recipient-address",
            Self::RecipientServer => "recipient-server",
            Self::Waiting => "waiting",
            Self::Nobody => "nobody",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether the sending server tries this message again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Not: this message was given up.
    Final,
    /// It does, or may.
    ForNow,
    /// Nothing was refused.
    None,
    /// The report does not say.
    Unknown,
}

impl Refusal {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::ForNow => "for-now",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether and when an address may be written to again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteAgain {
    /// It may.
    Yes,
    /// Once what the sender has to mend is mended.
    Mended,
    /// After some time.
    Later,
    /// Not: nobody is there, or the person there does not want it.
    No,
}

impl WriteAgain {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Mended => "mended",
            Self::Later => "later",
            Self::No => "no",
        }
    }
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Next {
    /// Put the records of the domain right.
    MendDomain,
    /// See that the sender's address exists and its domain takes mail.
    MendSender,
    /// Send again, once it is mended.
    SendAgain,
    /// Wait: the server tries again by itself.
    Wait,
    /// Send again later.
    SendLater,
    /// See whether the address is spelt right.
    CheckSpelling,
    /// Take the address off the list.
    RemoveAddress,
    /// Write to the new address.
    UseNewAddress,
    /// Never write to somebody who complained.
    Unsubscribe,
    /// Ask whoever runs the sending server.
    AskPlatform,
    /// Reach the recipient in another way, who alone can have it put right.
    AskRecipient,
    /// Change the message.
    ChangeMessage,
    /// Make it smaller, or send a link.
    Shrink,
    /// Send more slowly.
    SlowDown,
    /// Read what the server said.
    ReadReply,
}

impl Next {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::MendDomain,
        Self::MendSender,
        Self::SendAgain,
        Self::Wait,
        Self::SendLater,
        Self::CheckSpelling,
        Self::RemoveAddress,
        Self::UseNewAddress,
        Self::Unsubscribe,
        Self::AskPlatform,
        Self::AskRecipient,
        Self::ChangeMessage,
        Self::Shrink,
        Self::SlowDown,
        Self::ReadReply,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MendDomain => "mend-domain",
            Self::MendSender => "mend-sender",
            Self::SendAgain => "send-again",
            Self::Wait => "wait",
            Self::SendLater => "send-later",
            Self::CheckSpelling => "check-spelling",
            Self::RemoveAddress => "remove-address",
            Self::UseNewAddress => "use-new-address",
            Self::Unsubscribe => "unsubscribe",
            Self::AskPlatform => "ask-platform",
            Self::AskRecipient => "ask-recipient",
            Self::ChangeMessage => "change-message",
            Self::Shrink => "shrink",
            Self::SlowDown => "slow-down",
            Self::ReadReply => "read-reply",
        }
    }
}

/// Who can put right what a report says of a recipient.
pub(super) fn fault(kind: Kind, recipient: &Recipient) -> Fault {
    if recipient.authentication.is_some() {
        return Fault::SenderDomain;
    }
    let fault = match kind {
        Kind::Complaint => Fault::Complaint,
        Kind::AuthenticationReport => Fault::SenderDomain,
        Kind::Delivered | Kind::AutoReply => Fault::Nobody,
        // Whether anybody is there could not be told yet: it is their server, or their zone, that does not say.
        Kind::Bounce | Kind::Other
            if recipient.permanence != Permanence::Permanent
                && matches!(
                    recipient.class,
                    Class::AddressUnknown | Class::DomainUnknown
                ) =>
        {
            Fault::RecipientServer
        }
        Kind::Bounce | Kind::Other => of_class(recipient.class),
    };
    let is_theirs = matches!(fault, Fault::RecipientServer | Fault::Unknown);
    if is_theirs && recipient.action == Some(Action::Delayed) {
        return Fault::Waiting;
    }
    fault
}

fn of_class(class: Class) -> Fault {
    match class {
        Class::AddressUnknown
        | Class::DomainUnknown
        | Class::AddressMoved
        | Class::MailNotAccepted
        | Class::AddressSuspended
        | Class::MailboxFull => Fault::RecipientAddress,
        Class::Authentication | Class::SenderRefused => Fault::SenderDomain,
        Class::ClientBlocked
        | Class::Reputation
        | Class::ReverseDns
        | Class::RateLimited
        | Class::RelayDenied
        | Class::Protocol
        | Class::Tls
        | Class::AccessDenied => Fault::SenderServer,
        Class::Spam
        | Class::Malware
        | Class::Policy
        | Class::Content
        | Class::Format
        | Class::TooLarge
        | Class::OverLimit => Fault::Message,
        Class::RecipientRefused
        | Class::Network
        | Class::Expired
        | Class::ServerFault
        | Class::ServerFull
        | Class::DeliveryProgram => Fault::RecipientServer,
        Class::Deferred => Fault::Waiting,
        Class::Feedback => Fault::Complaint,
        Class::Delivered | Class::AutoReply => Fault::Nobody,
        Class::Unknown => Fault::Unknown,
    }
}

/// Whether nobody is at the address. Whatever was read, authentication never says so.
pub(super) fn address_is_bad(kind: Kind, recipient: &Recipient) -> bool {
    kind == Kind::Bounce
        && recipient.permanence == Permanence::Permanent
        && recipient.authentication.is_none()
        && of_class(recipient.class) == Fault::RecipientAddress
}

/// Whether the message is still tried: by what was done with it, else by the codes (RFC 3463, section 2; RFC 5321,
/// section 4.2.1).
pub(super) fn refusal(recipient: &Recipient) -> Refusal {
    match recipient.action {
        Some(Action::Failed) => return Refusal::Final,
        Some(Action::Delayed) => return Refusal::ForNow,
        Some(Action::Delivered | Action::Relayed | Action::Expanded) => return Refusal::None,
        None => {}
    }
    let class = recipient.status.map(|status| status.class);
    let reply = recipient
        .reply
        .and_then(|reply| u8::try_from(reply / 100).ok());
    match class.or(reply) {
        Some(5) => Refusal::Final,
        Some(4) => Refusal::ForNow,
        Some(2) => Refusal::None,
        _ => Refusal::Unknown,
    }
}

pub(super) fn write_again(kind: Kind, fault: Fault, address_is_bad: bool) -> WriteAgain {
    match fault {
        _ if address_is_bad => WriteAgain::No,
        // What was reported may be anybody's, and may have been delivered: it says nothing about writing.
        _ if kind == Kind::AuthenticationReport => WriteAgain::Yes,
        Fault::Complaint => WriteAgain::No,
        Fault::SenderDomain | Fault::SenderServer | Fault::Message => WriteAgain::Mended,
        Fault::RecipientAddress | Fault::RecipientServer | Fault::Waiting => WriteAgain::Later,
        Fault::Nobody | Fault::Unknown => WriteAgain::Yes,
    }
}

/// What to do, in this order.
pub(super) fn next(
    kind: Kind,
    recipient: &Recipient,
    fault: Fault,
    address_is_bad: bool,
) -> Vec<Next> {
    use Next::{
        AskPlatform, AskRecipient, ChangeMessage, CheckSpelling, MendDomain, MendSender, ReadReply,
        RemoveAddress, SendAgain, SendLater, Shrink, SlowDown, Unsubscribe, UseNewAddress, Wait,
    };
    let later = match refusal(recipient) {
        Refusal::ForNow => Wait,
        _ => SendLater,
    };
    let steps: &[Next] = match (fault, recipient.class) {
        // Who sent that message is not known: often somebody who has no right to the name.
        _ if kind == Kind::AuthenticationReport => &[],
        (Fault::SenderDomain, Class::SenderRefused) => &[MendSender, AskRecipient],
        (Fault::SenderDomain, _) => &[MendDomain, SendAgain],
        (Fault::Complaint, _) => &[Unsubscribe],
        (Fault::Nobody, _) => &[],
        (Fault::Waiting, _) => &[Wait],
        // Only an address that is bad is taken off a list.
        (_, Class::AddressUnknown | Class::DomainUnknown) if address_is_bad => {
            &[CheckSpelling, RemoveAddress]
        }
        (_, Class::AddressUnknown | Class::DomainUnknown) => &[CheckSpelling, later, AskRecipient],
        (_, Class::AddressMoved) if address_is_bad => &[UseNewAddress, RemoveAddress],
        (_, Class::AddressMoved) => &[UseNewAddress],
        (_, Class::MailNotAccepted | Class::AddressSuspended) if address_is_bad => {
            &[RemoveAddress, AskRecipient]
        }
        (_, Class::MailNotAccepted | Class::AddressSuspended | Class::MailboxFull) => {
            &[later, AskRecipient]
        }
        (_, Class::RecipientRefused) => &[AskRecipient],
        (_, Class::RateLimited) => &[later, SlowDown],
        (_, Class::Spam | Class::Policy) => &[ChangeMessage, AskRecipient],
        (_, Class::Malware | Class::Content) => &[ChangeMessage],
        (_, Class::Format) => &[ChangeMessage, AskPlatform],
        (_, Class::TooLarge | Class::OverLimit) => &[Shrink],
        (_, Class::Network | Class::Expired) => &[CheckSpelling, later, AskRecipient],
        (_, Class::RelayDenied) => &[CheckSpelling, AskPlatform, AskRecipient],
        (_, Class::ServerFault | Class::ServerFull | Class::DeliveryProgram) => {
            &[later, AskRecipient]
        }
        (Fault::SenderServer, _) => &[AskPlatform],
        _ => &[ReadReply],
    };
    steps.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use garant_msgauth::dsn::{AuthenticationCause, Status};

    fn recipient(class: Class) -> Recipient {
        Recipient {
            class,
            permanence: Permanence::Permanent,
            ..Recipient::default()
        }
    }

    #[test]
    fn no_cause_of_authentication_makes_an_address_bad() {
        for cause in AuthenticationCause::ALL {
            for class in Class::ALL {
                // Even where what was read contradicts itself.
                let recipient = Recipient {
                    authentication: Some(*cause),
                    reply: Some(550),
                    ..recipient(*class)
                };
                assert!(
                    !address_is_bad(Kind::Bounce, &recipient),
                    "{cause:?} {class:?}"
                );
                let fault = fault(Kind::Bounce, &recipient);
                assert_eq!(fault, Fault::SenderDomain);
                assert_eq!(write_again(Kind::Bounce, fault, false), WriteAgain::Mended);
            }
        }
    }

    #[test]
    fn only_what_is_wrong_with_an_address_makes_it_bad() {
        let bad: Vec<&str> = Class::ALL
            .iter()
            .filter(|class| address_is_bad(Kind::Bounce, &recipient(**class)))
            .map(|class| class.as_str())
            .collect();
        assert_eq!(
            bad,
            [
                "address-unknown",
                "domain-unknown",
                "address-moved",
                "mail-not-accepted",
                "address-suspended",
                "mailbox-full",
            ]
        );
        assert!(!address_is_bad(
            Kind::Complaint,
            &recipient(Class::AddressUnknown)
        ));
    }

    #[test]
    fn an_address_that_may_exist_is_neither_good_nor_bad() {
        for class in [Class::AddressUnknown, Class::DomainUnknown] {
            for (action, expect) in [
                (Some(Action::Delayed), Fault::Waiting),
                (Some(Action::Failed), Fault::RecipientServer),
                (None, Fault::RecipientServer),
            ] {
                let recipient = Recipient {
                    action,
                    permanence: Permanence::Temporary,
                    ..recipient(class)
                };
                let fault = fault(Kind::Bounce, &recipient);
                assert_eq!(fault, expect, "{class:?} {action:?}");
                let bad = address_is_bad(Kind::Bounce, &recipient);
                let next = next(Kind::Bounce, &recipient, fault, bad);
                assert!(!bad && !next.contains(&Next::RemoveAddress), "{next:?}");
            }
        }
    }

    #[test]
    fn a_report_about_a_message_of_anybody_asks_for_nothing_to_be_sent_again() {
        let recipient = recipient(Class::Feedback);
        let fault = fault(Kind::AuthenticationReport, &recipient);
        assert!(next(Kind::AuthenticationReport, &recipient, fault, false).is_empty());
        assert_eq!(
            write_again(Kind::AuthenticationReport, fault, false),
            WriteAgain::Yes
        );
    }

    #[test]
    fn whoever_is_to_act_is_told_what_to_do() {
        for class in Class::ALL {
            for action in [None, Some(Action::Failed), Some(Action::Delayed)] {
                let recipient = Recipient {
                    action,
                    ..recipient(*class)
                };
                let bad = address_is_bad(Kind::Bounce, &recipient);
                let fault = fault(Kind::Bounce, &recipient);
                let next = next(Kind::Bounce, &recipient, fault, bad);
                assert_eq!(
                    next.is_empty(),
                    fault == Fault::Nobody,
                    "{class:?} {action:?}"
                );
                let removes = next.contains(&Next::RemoveAddress);
                assert!(!removes || bad, "{class:?} {action:?}");
            }
        }
    }

    #[test]
    fn what_was_done_outweighs_the_codes() {
        let status = |class| {
            Some(Status {
                class,
                subject: 7,
                detail: 26,
            })
        };
        for (action, status, reply, expect) in [
            (Some(Action::Failed), status(4), Some(451), Refusal::Final),
            (Some(Action::Delayed), status(5), None, Refusal::ForNow),
            (Some(Action::Relayed), None, None, Refusal::None),
            (None, status(5), Some(450), Refusal::Final),
            (None, status(4), None, Refusal::ForNow),
            (None, None, Some(550), Refusal::Final),
            (None, None, Some(421), Refusal::ForNow),
            (None, None, Some(250), Refusal::None),
            (None, None, None, Refusal::Unknown),
        ] {
            let recipient = Recipient {
                action,
                status,
                reply,
                ..Recipient::default()
            };
            assert_eq!(refusal(&recipient), expect, "{action:?} {reply:?}");
        }
    }

    #[test]
    fn a_server_that_still_tries_is_nobodys_fault_yet() {
        let delayed = |class| Recipient {
            action: Some(Action::Delayed),
            ..recipient(class)
        };
        for (class, expect) in [
            (Class::Network, Fault::Waiting),
            (Class::Unknown, Fault::Waiting),
            (Class::RateLimited, Fault::SenderServer),
            (Class::Authentication, Fault::SenderDomain),
        ] {
            assert_eq!(fault(Kind::Bounce, &delayed(class)), expect, "{class:?}");
        }
    }
}
