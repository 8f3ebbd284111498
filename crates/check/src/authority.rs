//! What the zones' own servers said, as a report shows it.

use std::net::SocketAddr;

use garant_dns::Name;
use serde::Serialize;

/// What the zones' own servers said: the member `authority` of the JSON form. A report shows it where `zones`
/// is not empty: who serves the zone ([`ZoneState::host`], or else the servers' names), each server with its
/// serial and state, and the two counts apart from the look-ups of the check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AuthorityState {
    /// The host that serves the domain's zone, by name, where it is recognised: from the servers of the zone, or
    /// without having asked them from the primary server that the zone names.
    pub host: Option<&'static str>,
    /// Each zone that was looked at; empty when nothing was in doubt, or nobody could be asked.
    pub zones: Vec<ZoneState>,
    /// Questions put to recursive servers on the way, besides those of the check itself.
    pub recursive_questions: usize,
    /// Questions put to authoritative servers.
    pub direct_questions: usize,
}

/// One zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneState {
    /// The name at which it begins; nothing when it could not be found.
    pub zone: Option<Name>,
    /// The host that serves it, by name, where its servers are recognised.
    pub host: Option<&'static str>,
    /// The servers that the parent zone delegates to; nothing when it could not be asked.
    pub parent_servers: Option<Vec<Name>>,
    /// The servers that the zone itself lists; nothing when it could not be asked.
    pub own_servers: Option<Vec<Name>>,
    /// Every server at every address that was asked.
    pub servers: Vec<ServerState>,
    /// What it took.
    pub questions: QuestionCounts,
}

/// Questions by whom they were put to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionCounts {
    /// To recursive servers.
    pub recursive: usize,
    /// To authoritative servers.
    pub direct: usize,
}

/// One server at one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerState {
    /// Its name.
    pub name: Name,
    /// Where it was asked; nothing when no address was found.
    pub address: Option<SocketAddr>,
    /// Whether the parent zone delegates to it.
    pub in_parent: bool,
    /// Whether the zone itself lists it.
    pub in_zone: bool,
    /// The version of the zone that it serves.
    pub serial: Option<u32>,
    /// `serves`, `refused`, `servfail`, `not-authoritative`, `no-address`, `silent`, `malformed`, or `not-asked`.
    pub status: &'static str,
    /// What it said about each name that was in doubt.
    pub answers: Vec<ServerAnswer>,
}

/// What a server says about one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerAnswer {
    /// The name.
    pub name: Name,
    /// The type that was asked for.
    #[serde(rename = "type")]
    pub rtype: &'static str,
    /// What stands there, one text a record, aliases included. Empty when nothing does; nothing when the server did
    /// not answer, or not with authority.
    pub found: Option<Vec<String>>,
}
