//! Where a domain's mail goes: MX records, and the null MX (RFC 7505), a single MX record with preference
//! 0 and the root as its exchange, by which a domain says that it receives no mail. Beside other MX
//! records it contradicts them (RFC 7505, section 3). Without any MX, mail goes to the address of the
//! domain itself (RFC 5321, section 5.1), if it has one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use garant_dns::{Answer, Name, Status};

/// One mail exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Order among the exchanges, the lower first.
    pub preference: u16,
    /// The host.
    pub name: Name,
}

impl Exchange {
    /// The IP address that somebody wrote in the place of the host, also when the zone's own name was put
    /// behind it. No such name has an address in the DNS.
    pub fn written_address(&self, domain: &Name) -> Option<IpAddr> {
        if let Ok(address) = self.name.as_str().parse::<Ipv6Addr>() {
            return Some(address.into());
        }
        let labels: Vec<&str> = self.name.labels().collect();
        let (address, rest) = labels.split_at_checked(4)?;
        let is_bare = rest.is_empty();
        let is_relative = || {
            let zone = self.name.suffix(rest.len());
            domain.is_within(&zone)
        };
        let address: Ipv4Addr = address.join(".").parse().ok()?;
        (is_bare || is_relative()).then_some(address.into())
    }
}

/// What the MX records of a domain say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// No MX record: the address of the domain itself counts.
    Implicit,
    /// The domain does not exist.
    NoDomain,
    /// It receives no mail.
    Null,
    /// It says both that it receives no mail and where its mail goes.
    NullBesideOthers(Vec<Exchange>),
    /// Its mail goes there, the lowest preference first.
    Exchanges(Vec<Exchange>),
    /// The DNS did not say.
    Unanswered(Status),
}

impl Mail {
    /// Reads the answer to an MX question.
    pub fn read(answer: &Answer) -> Self {
        match answer.status {
            Status::Found => {}
            Status::NoData => return Self::Implicit,
            Status::NxDomain => return Self::NoDomain,
            status => return Self::Unanswered(status),
        }
        let mut exchanges: Vec<Exchange> = answer
            .exchanges()
            .map(|(preference, name)| Exchange {
                preference,
                name: name.clone(),
            })
            .collect();
        exchanges.sort_by(|a, b| (a.preference, &a.name).cmp(&(b.preference, &b.name)));
        let all = exchanges.len();
        exchanges.retain(|exchange| !exchange.name.is_root());
        match (all - exchanges.len(), exchanges.is_empty()) {
            (0, true) => Self::Implicit,
            (0, false) => Self::Exchanges(exchanges),
            (_, true) => Self::Null,
            (_, false) => Self::NullBesideOthers(exchanges),
        }
    }

    /// The exchanges, if there are any.
    pub fn exchanges(&self) -> &[Exchange] {
        match self {
            Self::Exchanges(exchanges) | Self::NullBesideOthers(exchanges) => exchanges,
            _ => &[],
        }
    }

    /// `none`, `valid`, `null`, `invalid` (a null MX beside others) or `temperror`.
    pub fn result(&self) -> &'static str {
        match self {
            Self::Implicit | Self::NoDomain => "none",
            Self::Null => "null",
            Self::NullBesideOthers(_) => "invalid",
            Self::Exchanges(_) => "valid",
            Self::Unanswered(_) => "temperror",
        }
    }
}
