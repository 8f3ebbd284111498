//! `Authentication-Results` (RFC 8601), and `ARC-Authentication-Results`, which says the same with an
//! instance before it: what a server found when it authenticated a message.
//!
//! Who reads such a field must know who wrote it: anybody can put one into a message. Here it is only read,
//! whatever it is; [`AuthResults::write`] writes one that every reader takes.
//!
//! Begin at [`AuthResults::parse`]; [`MethodResult`] has a constructor for every method that we report.

mod read;
mod write;

use std::net::IpAddr;

use garant_dns::Name;

use crate::dkim::DkimResult;
use crate::dmarc::Policy;
use crate::message::{Field, Message};
use crate::spf::SpfResult;

/// Results that are read of one field at most: a message has few methods, and at most some ten signatures.
pub const RESULTS_MAX: usize = 100;
/// Properties and comments that are read of one result at most.
pub const PROPERTIES_MAX: usize = 40;
/// Fields of a message that are read at most; a message of a long chain of forwarders has ten to twenty.
pub const FIELDS_MAX: usize = 100;
/// Octets of a value that is written: an address has 254 at most (RFC 5321, section 4.5.3.1.3).
pub const WRITTEN_VALUE_OCTETS_MAX: usize = 320;

/// What one field says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthResults {
    /// Position of the field in the message, from 0; 0 for one that stands in no message.
    pub field: usize,
    /// `i=`: the instance of its ARC set (RFC 8617, section 4.1.1), as written.
    pub instance: Option<u32>,
    /// Who says so; nothing where it does not say (Microsoft 365). A stranger's text, as everything below.
    pub authserv_id: Option<String>,
    /// The version of the format; 1 when absent, and no other one exists.
    pub version: Option<u32>,
    /// The results, in order.
    pub results: Vec<MethodResult>,
    /// What is not as the format has it; each kind once.
    pub faults: Vec<Fault>,
}

/// What is not as the format has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Nobody says who speaks.
    NoAuthservId,
    /// A name stands where a result should be.
    MisplacedAuthservId,
    /// Another version than 1: nothing is known of its meaning.
    UnknownVersion,
    /// No semicolon between two results, or before the first.
    NoSemicolon,
    /// Text that is neither a result nor a property of one.
    StrayText,
    /// More than [`RESULTS_MAX`] or [`PROPERTIES_MAX`], or longer than what is looked at.
    TooLong,
}

/// What one method found: `spf=pass …`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MethodResult {
    /// `spf`, `dkim`, `dmarc`, `arc`, `iprev`, Microsoft's `compauth`…, in lower case.
    pub method: String,
    /// The version of the method; 1 when absent.
    pub method_version: Option<u32>,
    /// `pass`, `fail`, `none`…, in lower case.
    pub result: String,
    /// `reason=`.
    pub reason: Option<String>,
    /// Comments, without parentheses, in order, wherever they stand in this result.
    pub comments: Vec<String>,
    /// What it was found of.
    pub properties: Vec<Property>,
}

/// `smtp.mailfrom=anne@example.fr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// `smtp`, `header`, `policy`, `body`, in lower case; empty for what Microsoft writes without one (`action=none`).
    pub ptype: String,
    /// `mailfrom`, `from`, `d`…, in lower case.
    pub property: String,
    /// The value, without quotes and without angle brackets.
    pub value: String,
}

impl AuthResults {
    /// Reads the value of a field, whatever it is; `None` only when nothing stands in it.
    pub fn parse(value: &str) -> Option<Self> {
        read::parse(value)
    }

    /// Reads a field of a message.
    pub fn read(field: &Field<'_>) -> Option<Self> {
        let mut results = Self::parse(&field.value())?;
        results.field = field.index;
        Some(results)
    }

    /// The fields `Authentication-Results` of a message, from the top, at most [`FIELDS_MAX`].
    pub fn all(message: &Message<'_>) -> Vec<Self> {
        Self::of_name(message, "Authentication-Results")
    }

    /// The fields `ARC-Authentication-Results` of a message, from the top, at most [`FIELDS_MAX`].
    pub fn all_of_arc(message: &Message<'_>) -> Vec<Self> {
        Self::of_name(message, "ARC-Authentication-Results")
    }

    fn of_name(message: &Message<'_>, name: &str) -> Vec<Self> {
        let fields = message.named(name).take(FIELDS_MAX);
        fields.filter_map(|field| Self::read(&field)).collect()
    }

    /// The results of one method.
    pub fn of<'a>(&'a self, method: &'a str) -> impl Iterator<Item = &'a MethodResult> {
        self.results.iter().filter(move |r| r.method == method)
    }

    /// The name of the server that speaks, where it is one.
    pub fn server(&self) -> Option<Name> {
        Name::from_input(self.authserv_id.as_deref()?).ok()
    }

    /// A field of a server, without results yet.
    pub fn by(authserv_id: &str) -> Self {
        Self {
            authserv_id: Some(write::canonical(authserv_id)),
            ..Self::default()
        }
    }

    /// The same with another result.
    #[must_use]
    pub fn with(mut self, result: MethodResult) -> Self {
        self.results.push(result);
        self
    }

    /// The whole field `Authentication-Results`, folded, with its last line end. What is in it cannot leave it: values
    /// are cut to [`WRITTEN_VALUE_OCTETS_MAX`], quoted, and have no control characters. Reading it gives the same.
    pub fn write(&self) -> String {
        write::field(self)
    }
}

impl MethodResult {
    /// A result without properties.
    pub fn new(method: &str, result: &str) -> Self {
        Self {
            method: write::keyword(method),
            result: write::keyword(result),
            ..Self::default()
        }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(write::canonical(reason));
        self
    }

    /// The same with a comment.
    #[must_use]
    pub fn remarking(mut self, comment: &str) -> Self {
        self.comments.push(write::canonical(comment));
        self
    }

    /// The same with another property.
    #[must_use]
    pub fn about(mut self, ptype: &str, property: &str, value: &str) -> Self {
        self.properties.push(Property {
            ptype: write::keyword(ptype),
            property: write::keyword(property),
            value: write::canonical(value),
        });
        self
    }

    /// SPF of RFC5321.MailFrom: an address, or its domain alone, which is all that should be told when no macro of the
    /// record asked for the local part (RFC 8601, section 2.7.2).
    pub fn spf_mail_from(result: SpfResult, mail_from: &str) -> Self {
        Self::new("spf", result.as_str()).about("smtp", "mailfrom", mail_from)
    }

    /// SPF of the HELO name.
    pub fn spf_helo(result: SpfResult, helo: &str) -> Self {
        Self::new("spf", result.as_str()).about("smtp", "helo", helo)
    }

    /// A DKIM signature. `signature` is `b=` in base64; its first eight characters tell it from others of the same
    /// domain and selector (RFC 6008).
    pub fn dkim(result: DkimResult, of: &SignatureIdentity<'_>) -> Self {
        let mut found = Self::new("dkim", result.as_str());
        if let Some(domain) = of.domain {
            found = found.about("header", "d", domain.as_str());
        }
        if let Some(selector) = of.selector {
            found = found.about("header", "s", selector.as_str());
        }
        if let Some(algorithm) = of.algorithm {
            found = found.about("header", "a", algorithm);
        }
        if let Some(signature) = of.signature {
            let begin: String = signature.chars().take(8).collect();
            found = found.about("header", "b", &begin);
        }
        found
    }

    /// DMARC: `pass`, `fail`, `none`, `temperror` or `permerror`, the Author Domain, and the policy that applies after its
    /// options were looked at (RFC 9989, section 9.1).
    pub fn dmarc(result: &str, author_domain: &Name, policy: Option<Policy>) -> Self {
        let found = Self::new("dmarc", result).about("header", "from", author_domain.as_str());
        match policy {
            Some(policy) => found.about("policy", "dmarc", policy.as_str()),
            None => found,
        }
    }

    /// The ARC chain (RFC 8617, section 6): `none`, `pass` or `fail`, the client, and the oldest instance whose message
    /// signature still holds, 0 where all do.
    pub fn arc(result: &str, client: Option<IpAddr>, oldest_pass: Option<u32>) -> Self {
        let mut found = Self::new("arc", result);
        if let Some(oldest) = oldest_pass {
            found = found.about("header", "oldest-pass", &oldest.to_string());
        }
        if let Some(client) = client {
            found = found.about("smtp", "remote-ip", &client.to_string());
        }
        found
    }

    /// Whether the client's address and its name agree (RFC 8601, section 3): `pass`, `fail`, `temperror` or `permerror`.
    pub fn iprev(result: &str, client: IpAddr) -> Self {
        Self::new("iprev", result).about("policy", "iprev", &client.to_string())
    }

    /// The value of a property; `ptype` and `property` in lower case.
    pub fn property(&self, ptype: &str, property: &str) -> Option<&str> {
        let mut properties = self.properties.iter();
        let found = properties.find(|p| p.ptype == ptype && p.property == property)?;
        Some(&found.value)
    }

    /// What a comment made of pairs says: `REJECT` for `p` in Gmail's `(p=REJECT sp=REJECT dis=NONE)`. `key` in any case.
    pub fn remark(&self, key: &str) -> Option<&str> {
        let words = self
            .comments
            .iter()
            .flat_map(|comment| comment.split([' ', ',', ';']));
        let mut pairs = words.filter_map(|word| word.split_once('='));
        let (_, value) = pairs.find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        Some(value)
    }
}

/// What tells a signature from another (RFC 8601, section 2.7.1).
#[derive(Clone, Copy, Debug, Default)]
pub struct SignatureIdentity<'a> {
    /// `d=`.
    pub domain: Option<&'a Name>,
    /// `s=`.
    pub selector: Option<&'a Name>,
    /// `a=`.
    pub algorithm: Option<&'a str>,
    /// `b=` in base64, without white space.
    pub signature: Option<&'a str>,
}
