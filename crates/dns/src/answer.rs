//! One answer: everything that came back, with nothing blended together.

use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::{Data, Name, Record, Soa, Txt};

/// How a look-up ended. No two of these are ever treated alike without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Records of the type asked for.
    Found,
    /// The name exists, but has no record of this type (RFC 2308, section 2.2).
    NoData,
    /// The name does not exist, nor anything beneath it (RFC 8020).
    NxDomain,
    /// The server could not answer (rcode 2): its own trouble, or a zone that fails validation.
    ServFail,
    /// The server would not answer (rcode 5).
    Refused,
    /// Another response code.
    Rcode(u16),
    /// Nothing came back in time.
    Timeout,
    /// The answer did not fit into a datagram and TCP did not deliver it.
    Truncated,
    /// The server could not be reached at all.
    Unreachable,
    /// What came back was no well-formed answer to the question.
    Malformed,
    /// The question was not asked, because this run works offline.
    Offline,
    /// The question was not asked, because the saved answers do not hold it.
    NotRecorded,
    /// The question was not asked, because a limit on questions was reached.
    OverBudget,
}

impl Status {
    /// Whether the DNS gave a definite answer: yes, or no. Everything else means "could not tell".
    pub fn is_definite(self) -> bool {
        matches!(self, Self::Found | Self::NoData | Self::NxDomain)
    }
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A name server, by datagram.
    Udp(SocketAddr),
    /// A name server, by TCP.
    Tcp(SocketAddr),
    /// A zone file or another table given by the user.
    Zone,
    /// Nobody: the question was not asked, or not answered.
    Nobody,
}

/// One step of an alias chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The name that has the CNAME record.
    pub owner: Name,
    /// The name that it points at.
    pub target: Name,
    /// Seconds that the record may still be kept.
    pub ttl: u32,
}

/// Everything that one look-up brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How it ended, after all aliases were followed.
    pub status: Status,
    /// The aliases that were followed, in order; at most [`Answer::ALIASES_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// The records of the type asked for, at the end of the chain. A record whose owner also has an
    /// alias is kept: both at one name is a fault that must be seen (RFC 1034, section 3.6.2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Record>,
    /// The zone's SOA, as it comes with "no": its owner and TTL stand in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soa: Option<SoaRecord>,
    /// Whether the server says that it validated the answer (the AD bit, RFC 6840, section 5.8).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub authentic: bool,
    /// Extended error codes (RFC 8914), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended_errors: Vec<u16>,
    /// Who answered.
    pub source: Source,
}

/// A zone's SOA with the name of the zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoaRecord {
    /// The zone.
    pub zone: Name,
    /// Seconds that the record may be kept.
    pub ttl: u32,
    /// The record.
    pub soa: Soa,
}

impl Answer {
    /// Aliases followed at most; a longer chain is [`Status::Malformed`].
    pub const ALIASES_MAX: usize = 16;

    /// An answer that is only a status.
    pub fn bare(status: Status, source: Source) -> Self {
        Self {
            status,
            aliases: Vec::new(),
            records: Vec::new(),
            soa: None,
            authentic: false,
            extended_errors: Vec::new(),
            source,
        }
    }

    /// Seconds for which this answer may be kept: the smallest TTL on the way for records, the smaller
    /// of the SOA's TTL and minimum for "no" (RFC 2308, section 5), nothing for everything else.
    pub fn ttl(&self) -> Option<u32> {
        let chain = self.aliases.iter().map(|alias| alias.ttl);
        match self.status {
            Status::Found => chain
                .chain(self.records.iter().map(|record| record.ttl))
                .min(),
            Status::NoData | Status::NxDomain => {
                let soa = self.soa.as_ref()?;
                chain.chain([soa.ttl, soa.soa.minimum]).min()
            }
            _ => None,
        }
    }

    /// The name at the end of the alias chain, or `asked` when there is none.
    pub fn final_name<'a>(&'a self, asked: &'a Name) -> &'a Name {
        self.aliases.last().map_or(asked, |alias| &alias.target)
    }

    /// The texts of all TXT records, in the order of the answer.
    pub fn texts(&self) -> impl Iterator<Item = &Txt> {
        self.records.iter().filter_map(|record| match &record.data {
            Data::Txt(txt) => Some(txt),
            _ => None,
        })
    }

    /// The mail exchanges in the answer as they came, each with its preference; the root stands for "none"
    /// (RFC 7505, section 3).
    pub fn exchanges(&self) -> impl Iterator<Item = (u16, &Name)> {
        self.records.iter().filter_map(|record| match &record.data {
            Data::Mx {
                preference,
                exchange,
            } => Some((*preference, exchange)),
            _ => None,
        })
    }

    /// The addresses in the answer, of both kinds.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.records.iter().filter_map(|record| match record.data {
            Data::A(address) => Some(address.into()),
            Data::Aaaa(address) => Some(address.into()),
            _ => None,
        })
    }
}
