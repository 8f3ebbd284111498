//! Where a name server is, when its name does not tell.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use crate::Name;

/// Addresses, with their ports, in place of those that servers' names have in the DNS.
///
/// An address given here comes from the user and not from somebody's DNS records, so that it may be a
/// private one: of a primary server that only this network can reach, or of a server under test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressMap {
    named: BTreeMap<Name, SocketAddr>,
    any: Option<SocketAddr>,
}

impl AddressMap {
    /// No name has another address than its own.
    pub fn new() -> Self {
        Self::default()
    }

    /// The server `name` is at `address`.
    pub fn insert(&mut self, name: Name, address: SocketAddr) {
        self.named.insert(name, address);
    }

    /// Every server whose name is not given by itself is at `address`.
    pub fn insert_any(&mut self, address: SocketAddr) {
        self.any = Some(address);
    }

    /// Where the server `name` is; nothing where the DNS is to be asked.
    pub fn get(&self, name: &Name) -> Option<SocketAddr> {
        self.named.get(name).copied().or(self.any)
    }
}

impl FromIterator<(Name, SocketAddr)> for AddressMap {
    fn from_iter<I: IntoIterator<Item = (Name, SocketAddr)>>(pairs: I) -> Self {
        Self {
            named: pairs.into_iter().collect(),
            any: None,
        }
    }
}
