//! Answering as a zone's own name server (RFC 1034, section 4.3.2).
//!
//! * [`ZoneSource`]: whoever has zones, at this moment: [`ServedZones`] holds those of master files.
//! * [`ServedZone`]: one zone, in memory, ready to be answered from.
//! * [`respond`]: the octets of a query to the octets of the reply. Pure; everything else is sockets.
//! * `Server` (with the feature `live`): UDP and TCP on one port, within the bounds of `ServerOptions`.
//!
//! Only what is in its zones is answered, with the AA bit; everything else is refused. There is no recursion,
//! no zone transfer and no update. Answers are minimal: nothing is added that was not asked for but the SOA
//! with "no", and the servers with a referral.
//!
//! A source is not asynchronous: a name server answers from memory, as otherwise a flood of made-up names
//! would become a flood of queries to a database. Whoever keeps zones in one holds the zone that it made of
//! them last, and hands out the next one when something has changed.

mod edns;
mod look_up;
mod reply;
#[cfg(feature = "live")]
mod sockets;
mod source;
#[cfg(feature = "live")]
mod stream;
mod zone;

pub use reply::{Transport, respond};
#[cfg(feature = "live")]
pub use sockets::{Server, ServerOptions};
pub use source::{ServedZones, ZoneSource};
pub use zone::{ServedZone, ServedZoneError};
