//! What the servers of a zone say themselves, each one asked directly.
//!
//! A recursive server gives one answer and keeps it for a while. The zone's own servers say what is
//! published now, and whether they agree among themselves and with the delegation in the parent zone.
//!
//! * [`ZoneView`]: what was seen.
//! * [`Direct`] asks one server, [`Authority`] looks at a whole zone: the traits that keep sockets away.
//! * [`Walker`]: finds a zone, its parent and its servers, and asks them. [`AddressMap`] tells it where
//!   a server is that its name does not lead to.

mod map;
mod walk;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answer::SoaRecord;
use crate::{Data, Name, Question, Record, Soa, Status};

pub use map::AddressMap;
pub use walk::{
    LISTED_MAX, PARENT_SERVERS_MAX, RECURSIVE_QUESTIONS_MAX, Topmost, Walker, ZONE_LOOKUPS_MAX,
};

/// Name servers of one zone that are asked at most (an unbounded list would aim us at victims).
pub const SERVERS_MAX: usize = 8;
/// Addresses of one name server that are asked at most.
pub const ADDRESSES_MAX: usize = 2;
/// Questions put to each server at most, besides the one for the SOA.
pub const QUESTIONS_MAX: usize = 12;

/// What one server said when it was asked without recursion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectAnswer {
    /// How it ended. [`Status::Found`] when the answer section holds records of the type asked for or an
    /// alias, at the name asked for; a referral is [`Status::NoData`] without [`DirectAnswer::authoritative`].
    pub status: Status,
    /// Whether the server says that it has the zone (the AA bit, RFC 1035, section 4.1.1).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub authoritative: bool,
    /// The answer section as it came, aliases included; they are not followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Record>,
    /// NS records of the authority section: a referral, when the answer is not authoritative.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referral: Vec<Record>,
    /// Addresses in the additional section that belong to names of `referral`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glue: Vec<Record>,
    /// The zone's SOA, as it comes with "no".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soa: Option<SoaRecord>,
}

impl DirectAnswer {
    /// An answer that is only a status.
    pub fn bare(status: Status) -> Self {
        Self {
            status,
            authoritative: false,
            records: Vec::new(),
            referral: Vec::new(),
            glue: Vec::new(),
            soa: None,
        }
    }

    /// Whether the server answers for the zone, yes or no.
    pub fn is_of_authority(&self) -> bool {
        self.authoritative && self.status.is_definite()
    }

    /// What stands at `name` itself: an alias, or records of other types.
    pub fn data_at<'a>(&'a self, name: &'a Name) -> impl Iterator<Item = &'a Data> {
        self.records
            .iter()
            .filter(move |record| record.owner == *name)
            .map(|record| &record.data)
    }
}

/// One name server of a zone at one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerView {
    /// Its name.
    pub name: Name,
    /// Where it was asked; nothing when no address was found for its name. An address that is not public
    /// stands here too, but nobody asked there: its answer is [`Status::Unreachable`].
    pub address: Option<SocketAddr>,
    /// Whether the parent zone delegates to it.
    pub in_parent: bool,
    /// Whether the zone itself lists it.
    pub in_zone: bool,
    /// What it said to the question for the zone's SOA. Without an address: how the look-up of its address
    /// ended, [`Status::NoData`] with the aliases as records where the name is an alias, which the name of a
    /// server must not be (RFC 2181, section 10.3).
    pub zone_answer: DirectAnswer,
    /// What it said to each question, in the order they were asked. Empty where it does not serve the zone:
    /// such a server is not asked on.
    pub answers: Vec<(Question, DirectAnswer)>,
}

impl ServerView {
    /// The zone's SOA as this server has it; nothing when it does not serve the zone.
    pub fn soa(&self) -> Option<&Soa> {
        if !self.zone_answer.is_of_authority() {
            return None;
        }
        self.zone_answer
            .records
            .iter()
            .find_map(|record| match &record.data {
                Data::Soa(soa) => Some(soa),
                _ => None,
            })
    }

    /// What it said to one question.
    pub fn answer(&self, question: &Question) -> Option<&DirectAnswer> {
        self.answers
            .iter()
            .find_map(|(asked, answer)| (asked == question).then_some(answer))
    }
}

/// A zone as all its servers show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneView {
    /// The name that was to be looked at.
    pub asked: Name,
    /// The zone that it is in, which begins at this name; nothing when it could not be found, or when it is
    /// a registry's and not its customer's.
    pub zone: Option<Name>,
    /// The servers that the parent zone delegates to, sorted, at most [`LISTED_MAX`]; nothing when no parent
    /// server could be asked, or when the one asked serves the zone itself too and so does not tell.
    pub parent_servers: Option<Vec<Name>>,
    /// The servers that the zone itself lists, sorted, at most [`LISTED_MAX`], as one of its servers or else the
    /// recursive server says; nothing when neither could be had.
    pub own_servers: Option<Vec<Name>>,
    /// Every server at every address, sorted by name; at most [`SERVERS_MAX`] names, those that the
    /// parent names before others.
    pub servers: Vec<ServerView>,
    /// Questions put to recursive servers on the way, at most [`RECURSIVE_QUESTIONS_MAX`].
    pub recursive_questions: usize,
    /// Questions put to authoritative servers: for each address of the zone's servers at most one and one
    /// for each question given, at most [`PARENT_SERVERS_MAX`] to the parent's, and one for the zone's own list.
    pub direct_questions: usize,
}

impl ZoneView {
    /// Nothing was found out.
    pub fn unknown(asked: Name) -> Self {
        Self {
            asked,
            zone: None,
            parent_servers: None,
            own_servers: None,
            servers: Vec::new(),
            recursive_questions: 0,
            direct_questions: 0,
        }
    }
}

/// The future of a direct answer.
pub type DirectFuture<'a> = Pin<Box<dyn Future<Output = DirectAnswer> + Send + 'a>>;

/// Whoever asks one server. Never fails: not getting an answer is a [`Status`] too.
pub trait Direct: Send + Sync {
    /// Asks `server` without recursion.
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a>;
}

impl<D: Direct + ?Sized> Direct for &D {
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a> {
        (**self).ask(server, question)
    }
}

impl<D: Direct + ?Sized> Direct for Arc<D> {
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a> {
        (**self).ask(server, question)
    }
}

/// The future of a zone's view.
pub type ZoneFuture<'a> = Pin<Box<dyn Future<Output = ZoneView> + Send + 'a>>;

/// Whoever looks at a whole zone.
pub trait Authority: Send + Sync {
    /// Finds the zone that `name` is in and asks all its servers `questions`, of which at most
    /// [`QUESTIONS_MAX`] are asked.
    fn view<'a>(&'a self, name: &'a Name, questions: &'a [Question]) -> ZoneFuture<'a>;
}
