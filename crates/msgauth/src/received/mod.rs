//! What servers write into a message as it passes: `Received` and `Return-Path` (RFC 5321, section 4.4) and
//! `Received-SPF` (RFC 7208, section 9.1).
//!
//! Each server writes its field above those that are there, so the topmost ones are the receiver's own, and
//! what stands beneath the field in which the message came in from outside may be anybody's invention.
//! [`client`] finds that field, and with it who handed the message over.

mod client;
mod organization;
mod spf;
mod stamp;

use std::net::IpAddr;

use crate::message::{Field, Message};
use crate::structured::without_angles;

pub use client::{
    Certainty, ClientFacts, Doubt, Evidence, Found, Hop, HopKind, Origin, Trusted, client,
};
pub use spf::{ReceivedSpf, SpfRemark};

/// `Received` fields that are read at most: servers refuse a message with a hundred as a loop (RFC 5321,
/// section 6.3).
pub const RECEIVED_MAX: usize = 120;

/// One `Received` field. Whatever it says is the text of whoever wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Position of the field in the message, from 0; 0 for one that stands in no message.
    pub field: usize,
    /// Who handed the message over.
    pub from: Peer,
    /// Who took it: the name, or address, of the server that wrote the field.
    pub by: Option<String>,
    /// The server's address, where it says one.
    pub by_address: Option<IpAddr>,
    /// The protocol as written: `ESMTPS`, `Microsoft SMTP Server`, `mapi`.
    pub with: Option<String>,
    /// `via`: `Frontend Transport`, `TCP`.
    pub via: Option<String>,
    /// `id`.
    pub id: Option<String>,
    /// `for`: the recipient, without angle brackets.
    pub recipient: Option<String>,
    /// RFC5321.MailFrom without angle brackets, where the server says it (Exim, qmail); empty for the null
    /// reverse-path.
    pub mail_from: Option<String>,
    /// When, in seconds since 1970.
    pub at: Option<i64>,
    /// Whether the connection was encrypted, as far as the field says so.
    pub is_encrypted: bool,
    /// Whether the client logged in: a submission, not mail from another server.
    pub is_authenticated: bool,
}

/// The client of a `Received` field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    /// What it said in HELO or EHLO. Its own claim.
    pub helo: Option<String>,
    /// The name that its address has in the DNS, where the server says one that leads back to it as far as it knows.
    pub reverse: Option<String>,
    /// Its address, which the server knows from the connection.
    pub address: Option<IpAddr>,
}

impl Peer {
    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Received {
    /// Reads the value of a field, whatever it is.
    pub fn parse(value: &str) -> Self {
        stamp::parse(value)
    }

    /// Reads a field of a message.
    pub fn read(field: &Field<'_>) -> Self {
        Self {
            field: field.index,
            ..Self::parse(&field.value())
        }
    }

    /// The `Received` fields of a message, from the top, at most [`RECEIVED_MAX`].
    pub fn all(message: &Message<'_>) -> Vec<Self> {
        let fields = message.named("Received").take(RECEIVED_MAX);
        fields.map(|field| Self::read(&field)).collect()
    }

    /// Whether the message came from a mailbox, not by SMTP: somebody fetched it.
    pub fn is_fetch(&self) -> bool {
        self.protocol_begins(&["pop", "imap"])
    }

    /// Whether the message did not come by SMTP from another host: delivery within a server, or a web page on
    /// which it was written.
    pub fn is_local(&self) -> bool {
        self.from.is_empty()
            || self.protocol_begins(&[
                "lmtp", "utf8lmtp", "local", "mapi", "http", "nnfmp", "stdio", "bsmtp", "pipe",
                "sieve", "dovecot", "cyrus",
            ])
    }

    fn protocol_begins(&self, words: &[&str]) -> bool {
        let Some(with) = &self.with else {
            return false;
        };
        let begins = |word: &&str| {
            with.get(..word.len())
                .is_some_and(|w| w.eq_ignore_ascii_case(word))
        };
        words.iter().any(begins)
    }
}

/// The reverse-path of a field `Return-Path` (RFC 5321, section 4.4): without angle brackets, empty for the null
/// reverse-path. Nothing where none can be read.
pub fn return_path(field: &Field<'_>) -> Option<String> {
    let value = field.value();
    let value = value.trim();
    let path = without_angles(value);
    let is_null = path.is_empty() && value.starts_with('<');
    let is_address = path.contains('@') && !path.contains(char::is_control) && is_one_word(path);
    (is_null || is_address).then(|| path.to_owned())
}

/// Whether no white space and no angle bracket stands outside of a quoted string (RFC 5321, section 4.1.2): an
/// indented paste is one field, with the whole header in its value.
fn is_one_word(path: &str) -> bool {
    let mut is_quoted = false;
    let mut is_escaped = false;
    path.chars().all(|c| {
        let is_literal = is_quoted && std::mem::take(&mut is_escaped);
        if c == '"' && !is_literal {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && c == '\\' && !is_literal;
        is_quoted || !(c.is_whitespace() || matches!(c, '<' | '>'))
    }) && !is_quoted
}
