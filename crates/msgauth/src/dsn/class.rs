//! Why mail was not delivered.

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal;)+) => {
        /// Why mail was not delivered. docs/bounces.md says what each means and how the words of others map to it.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Class {
            $($(#[doc = $doc])+ $variant,)+
            /// Nothing that could be understood.
            #[default]
            Unknown,
        }

        impl Class {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+ Self::Unknown];

            /// Its stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ Self::Unknown => "unknown" }
            }
        }
    };
}

classes! {
    // The address.
    /// Nobody has this address.
    AddressUnknown = "address-unknown";
    /// The domain of the address does not exist.
    DomainUnknown = "domain-unknown";
    /// The recipient is elsewhere now.
    AddressMoved = "address-moved";
    /// The domain or host takes no mail at all.
    MailNotAccepted = "mail-not-accepted";
    /// The account is closed for the time being.
    AddressSuspended = "address-suspended";
    /// The mailbox is full.
    MailboxFull = "mailbox-full";
    /// The recipient's own rules refused it, or the server that does so does not say why.
    RecipientRefused = "recipient-refused";
    // The sender.
    /// SPF, DKIM or DMARC: [`AuthenticationCause`] says which.
    Authentication = "authentication";
    /// The sender's address was refused.
    SenderRefused = "sender-refused";
    /// The server or its address stands on a list, or is not let in.
    ClientBlocked = "client-blocked";
    /// The reputation of address or domain is too low.
    Reputation = "reputation";
    /// The address of the client has no name, or one that does not fit.
    ReverseDns = "reverse-dns";
    /// Too many messages, connections or recipients at once.
    RateLimited = "rate-limited";
    // The message.
    /// It was taken for spam.
    Spam = "spam";
    /// It was taken for malware.
    Malware = "malware";
    /// A rule of the receiver about messages of its kind.
    Policy = "policy";
    /// Its content was refused: an attachment, a character set.
    Content = "content";
    /// It breaks the rules for messages (RFC 5322).
    Format = "format";
    /// It is larger than the receiver takes.
    TooLarge = "too-large";
    /// It is larger than this recipient may receive.
    OverLimit = "over-limit";
    // The way.
    /// No server could be reached, the name of none was found, or the message goes round in circles.
    Network = "network";
    /// It could not be delivered in the time that the server tries.
    Expired = "expired";
    /// The server does not pass mail on for this sender.
    RelayDenied = "relay-denied";
    /// A command was not understood.
    Protocol = "protocol";
    /// TLS was asked for and could not be had.
    Tls = "tls";
    /// The server asks for a password or right that the client has not.
    AccessDenied = "access-denied";
    /// The receiver's server is out of order, or has no room.
    ServerFault = "server-fault";
    /// The receiver's server has no room left.
    ServerFull = "server-full";
    /// The programme that stores the mail failed.
    DeliveryProgram = "delivery-program";
    /// It waits, for reasons that are not told.
    Deferred = "deferred";
    // No failure.
    /// It arrived.
    Delivered = "delivered";
    /// A complaint or report.
    Feedback = "feedback";
    /// An automatic reply.
    AutoReply = "auto-reply";
}

/// Whether an address can be written to again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Permanence {
    /// Never: nobody is there ("hard bounce"). Only what is wrong with the address itself counts.
    Permanent,
    /// Yes, perhaps after something else is put right ("soft bounce"). What SPF, DKIM, DMARC, reputation or
    /// content caused is never the address's fault, whatever the reply code.
    #[default]
    Temporary,
}

/// Which part of authentication a receiver refused for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AuthenticationCause {
    /// The domain's own DMARC policy asks for refusal.
    DmarcPolicy,
    /// The receiver wants a DMARC record, and there is none.
    DmarcAbsent,
    /// From is not aligned with what passed.
    NotAligned,
    /// SPF fails: the client is not among those that the record lists.
    SpfFail,
    /// The SPF record cannot be evaluated.
    SpfError,
    /// The receiver wants SPF to pass, and there is none that does.
    SpfAbsent,
    /// No signature passes: there is one that fails, or the receiver does not say that there is none.
    DkimFail,
    /// The receiver wants a signature, and there is none.
    DkimAbsent,
    /// Neither SPF nor DKIM passes.
    NothingPasses,
    /// Authentication, no part named.
    Unspecified,
}

impl AuthenticationCause {
    /// Every cause.
    pub const ALL: &'static [Self] = &[
        Self::DmarcPolicy,
        Self::DmarcAbsent,
        Self::NotAligned,
        Self::SpfFail,
        Self::SpfError,
        Self::SpfAbsent,
        Self::DkimFail,
        Self::DkimAbsent,
        Self::NothingPasses,
        Self::Unspecified,
    ];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DmarcPolicy => "dmarc-policy",
            Self::DmarcAbsent => "dmarc-absent",
            Self::NotAligned => "not-aligned",
            Self::SpfFail => "spf-fail",
            Self::SpfError => "spf-error",
            Self::SpfAbsent => "spf-absent",
            Self::DkimFail => "dkim-fail",
            Self::DkimAbsent => "dkim-absent",
            Self::NothingPasses => "nothing-passes",
            Self::Unspecified => "unspecified",
        }
    }
}
