//! Names, and what the DNS answers.
//!
//! * [`Name`]: a domain name, always as lower-case A-labels; [`Name::from_input`] takes what people type.
//! * [`Question`] and [`Answer`]: one look-up and everything that came back, kept apart as the DNS keeps
//!   it apart: found, no data, no such name, server failure, time-out are never the same thing.
//! * [`Resolver`]: whoever answers. [`Zones`] answers from master files, [`Replay`] from saved answers,
//!   [`Overlay`] changes records over another resolver, and `live` (a feature) asks real servers.
//! * [`server`]: the other side: a zone's own name server, over zones in memory.
//! * [`AnswerTable`]: answers already at hand, which is all that pure code ever sees.
//!
//! Begin at [`Answer`]. This crate knows nothing about mail.

pub mod address;
mod answer;
pub mod authority;
mod name;
mod overlay;
mod record;
mod replay;
mod resolver;
pub mod server;
mod wildcard;
pub mod wire;
mod zone;

#[cfg(feature = "live")]
pub mod live;

pub use answer::{Alias, Answer, SoaRecord, Source, Status};
pub use name::{INPUT_CHARS_MAX, LABEL_OCTETS_MAX, NAME_OCTETS_MAX, Name, NameError};
pub use overlay::Overlay;
pub use record::{Data, Dnskey, Ds, Record, RecordType, Soa, Txt};
pub use replay::Replay;
pub use resolver::{AnswerFuture, AnswerTable, Answers, Question, Resolver};
pub use wildcard::{Origin, origin};
pub use zone::{FILE_OCTETS_MAX, Zone, ZoneError, ZoneProblem, Zones};
