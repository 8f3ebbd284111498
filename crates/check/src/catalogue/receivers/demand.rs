//! What receivers ask for besides authentication.

use serde::{Deserialize, Serialize};

use super::{AuthorAt, DmarcResult, LegResults};

/// Octets in a megabyte, as receivers that give a limit in MB count; a message between this and 2^20 is not held
/// against the sender.
const MEGABYTE: u64 = 1 << 20;

/// Something that a receiver asks for besides authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// What it asks for.
    pub asks: Asked,
    /// How much of it; [`Asked`] says in which unit. Nothing for those that have none.
    #[serde(default)]
    pub number: Option<u32>,
    /// A stricter number that it advises.
    #[serde(default)]
    pub aim: Option<u32>,
    /// Only of senders of many messages.
    #[serde(default)]
    pub bulk: bool,
    /// Only for advertising and newsletters, not for what answers an act of the recipient.
    #[serde(default)]
    pub marketing: bool,
}

/// What can be asked for besides authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// The address of the client has a name, which leads back to it.
    ReverseDns,
    /// The client greets by a fully qualified name.
    Helo,
    /// The message comes over TLS.
    Tls,
    /// It is well formed (RFC 5322).
    MessageFormat,
    /// The displayed address is not one of the receiver's own domain.
    OwnFrom,
    /// Fewer than this number of messages in a thousand are reported as spam.
    SpamRate,
    /// The signature's key has this number of bits or more.
    DkimBits,
    /// One click unsubscribes (RFC 8058).
    OneClick,
    /// A List-Unsubscribe field, be it `mailto:` alone.
    ListUnsubscribe,
    /// A link to unsubscribe that readers see.
    UnsubscribeLink,
    /// Who unsubscribes gets nothing after this number of days.
    UnsubscribeDays,
    /// Whoever forwards mail adds an ARC chain.
    Arc,
    /// So many connections at once from one address at most.
    Connections,
    /// So many messages in one connection at most.
    MessagesPerConnection,
    /// So many megabytes at most.
    Size,
    /// A Feedback-ID field.
    FeedbackId,
    /// The sender takes part in the complaints programme of Signal Spam.
    SignalSpam,
}

impl Asked {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::ReverseDns,
        Self::Helo,
        Self::Tls,
        Self::MessageFormat,
        Self::OwnFrom,
        Self::SpamRate,
        Self::DkimBits,
        Self::OneClick,
        Self::ListUnsubscribe,
        Self::UnsubscribeLink,
        Self::UnsubscribeDays,
        Self::Arc,
        Self::Connections,
        Self::MessagesPerConnection,
        Self::Size,
        Self::FeedbackId,
        Self::SignalSpam,
    ];

    /// Its key: the words are at `receivers-asks-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::ReverseDns => "reverse-dns",
            Self::Helo => "helo",
            Self::Tls => "tls",
            Self::MessageFormat => "message-format",
            Self::OwnFrom => "own-from",
            Self::SpamRate => "spam-rate",
            Self::DkimBits => "dkim-bits",
            Self::OneClick => "one-click",
            Self::ListUnsubscribe => "list-unsubscribe",
            Self::UnsubscribeLink => "unsubscribe-link",
            Self::UnsubscribeDays => "unsubscribe-days",
            Self::Arc => "arc",
            Self::Connections => "connections",
            Self::MessagesPerConnection => "messages-per-connection",
            Self::Size => "size",
            Self::FeedbackId => "feedback-id",
            Self::SignalSpam => "signal-spam",
        }
    }

    /// Whether it needs a number.
    pub fn takes_number(self) -> bool {
        matches!(
            self,
            Self::SpamRate
                | Self::DkimBits
                | Self::UnsubscribeDays
                | Self::Connections
                | Self::MessagesPerConnection
                | Self::Size
        )
    }

    /// What would tell whether it is met, as a key of the words at `receivers-tells-<key>`: a `message` that was
    /// received, the `server` that sends, the `receiver`'s figures, or the `sender` alone.
    pub fn told_by(self) -> &'static str {
        match self {
            Self::ReverseDns | Self::Helo | Self::Tls => "server",
            Self::MessageFormat
            | Self::OwnFrom
            | Self::DkimBits
            | Self::OneClick
            | Self::ListUnsubscribe
            | Self::UnsubscribeLink
            | Self::FeedbackId
            | Self::Size => "message",
            Self::SpamRate => "receiver",
            Self::UnsubscribeDays
            | Self::Arc
            | Self::Connections
            | Self::MessagesPerConnection
            | Self::SignalSpam => "sender",
        }
    }
}

impl Demand {
    /// Whether it may not be asked of this message: it is asked for advertising only, and nothing shows that the
    /// message is some.
    pub fn may_not_apply(&self, legs: &LegResults) -> bool {
        self.marketing && !legs.besides.shows_bulk
    }

    /// Whether a message meets it that goes to the receiver with this id; nothing where that cannot be told.
    pub fn is_met(&self, receiver: &str, legs: &LegResults) -> Option<bool> {
        let known = &legs.besides;
        let number = || self.number.map(u64::from);
        match self.asks {
            Asked::ReverseDns => known.reverse_dns,
            Asked::Helo => known.helo,
            Asked::Tls => known.tls,
            Asked::MessageFormat => known.well_formed,
            Asked::DkimBits => Some(u64::from(known.dkim_bits?) >= number()?),
            Asked::OneClick => known.one_click,
            Asked::ListUnsubscribe => match known.one_click {
                Some(true) => Some(true),
                _ => known.list_unsubscribe,
            },
            Asked::UnsubscribeLink => known.unsubscribe_link,
            Asked::FeedbackId => known.feedback_id,
            Asked::Size => Some(known.octets? <= number()? * MEGABYTE),
            // Its own mailboxes send in its name, and prove it.
            Asked::OwnFrom => match (known.author_at?, legs.dmarc) {
                (AuthorAt::Receiver(id), Some(DmarcResult::Fail)) if id == receiver => Some(false),
                (AuthorAt::Receiver(id), None | Some(DmarcResult::NoPolicy)) if id == receiver => {
                    None
                }
                _ => Some(true),
            },
            Asked::SpamRate
            | Asked::UnsubscribeDays
            | Asked::Arc
            | Asked::Connections
            | Asked::MessagesPerConnection
            | Asked::SignalSpam => None,
        }
    }
}
