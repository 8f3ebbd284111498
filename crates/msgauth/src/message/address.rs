//! The author of a message: RFC5322.From (RFC 5322, section 3.6.2).

use std::sync::LazyLock;

use garant_dns::Name;
use mail_parser::{Address, HeaderValue, MessageParser};

use super::{Field, Message};

/// A mailbox of RFC5322.From.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name that is shown; nothing where there is none. A stranger's text.
    pub display_name: Option<String>,
    /// The address as written.
    pub address: String,
    /// Its domain, the Author Domain (RFC 9989, section 3.2.2): internationalized names as A-labels.
    pub domain: Name,
}

/// Why there is no Author Domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum AuthorError {
    /// No field From.
    #[error("no From field")]
    NoFrom,
    /// More than one field From (RFC 5322, section 3.6 allows one).
    #[error("several From fields")]
    SeveralFrom,
    /// No address in it, or one whose domain is no name.
    #[error("no address in From")]
    NoAddress,
}

/// The authors of a message, one or more.
///
/// # Errors
/// [`AuthorError`]; with several fields From, no receiver can say which one its reader will see.
pub fn authors(message: &Message<'_>) -> Result<Vec<Author>, AuthorError> {
    let mut fields = message.named("From");
    let field = fields.next().ok_or(AuthorError::NoFrom)?;
    if fields.next().is_some() {
        return Err(AuthorError::SeveralFrom);
    }
    let authors = mailboxes(field);
    if authors.is_empty() {
        return Err(AuthorError::NoAddress);
    }
    Ok(authors)
}

/// Made once: it holds a table of the fields that it reads.
static PARSER: LazyLock<MessageParser> =
    LazyLock::new(|| MessageParser::new().with_address_headers());

/// The mailboxes of a field of addresses (From, Sender, Reply-To, To, Cc), groups opened; none where it holds
/// none that has a domain. The work is linear in the field.
pub fn mailboxes(field: Field<'_>) -> Vec<Author> {
    // The last line of a header may have no line end, and the parser then sees no field.
    let mut octets = field.octets().to_vec();
    if !octets.ends_with(b"\n") {
        octets.extend_from_slice(b"\r\n");
    }
    let parsed = PARSER.parse_headers(&octets);
    let mut found = Vec::new();
    for header in parsed.iter().flat_map(|parsed| parsed.headers()) {
        let HeaderValue::Address(address) = header.value() else {
            continue;
        };
        let mailboxes: Vec<_> = match address {
            Address::List(list) => list.iter().collect(),
            Address::Group(groups) => groups.iter().flat_map(|group| &group.addresses).collect(),
        };
        for mailbox in mailboxes {
            let Some(address) = mailbox.address() else {
                continue;
            };
            let address = without_route(address);
            let Some((local, domain)) = address.rsplit_once('@') else {
                continue;
            };
            // Two addresses run together, or something that each receiver reads in another way.
            if local.contains('@') && !(local.starts_with('"') && local.ends_with('"')) {
                continue;
            }
            let Ok(domain) = Name::from_input(domain) else {
                continue;
            };
            found.push(Author {
                display_name: mailbox.name().map(str::to_owned),
                address: address.to_owned(),
                domain,
            });
        }
    }
    found
}

/// An address without the route of hosts that may stand before it (RFC 5322, section 4.4).
fn without_route(address: &str) -> &str {
    match address.split_once(':') {
        Some((route, address)) if route.starts_with('@') => address,
        _ => address,
    }
}
