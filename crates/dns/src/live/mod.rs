//! Asking real name servers.
//!
//! * [`Stub`]: asks recursive servers (or any servers it is given) over sockets of its own.
//! * [`Cache`]: remembers what was answered, yes and no alike, for everybody who asks.
//! * [`NonRecursive`]: asks a zone's own servers, each by its address.
//! * [`Sparing`]: lets no domain's servers be looked at too often.
//! * [`Deadline`]: lets nobody wait longer than a check may take.
//!
//! They stack: `Deadline` over a shared `Cache` over one `Stub`, and over one `NonRecursive`. All of them live inside one tokio
//! runtime; nothing here reads a file, the environment, or the time of day.

mod cache;
mod deadline;
mod non_recursive;
mod options;
mod port;
mod rate;
mod sparing;
mod stats;
mod stub;
mod tcp;

pub use cache::{
    CACHE_OCTETS, Cache, CacheStats, FAILURE_SECONDS, NEGATIVE_SECONDS_MAX, POSITIVE_SECONDS_MAX,
};
pub use deadline::Deadline;
pub use non_recursive::{NonRecursive, NonRecursiveOptions, PER_ADDRESS_PER_SECOND};
pub use options::{Options, ResolvConfError, SERVERS_MAX};
pub use sparing::{Sparing, VIEWS_PER_MINUTE, Views};
pub use stats::Stats;
pub use stub::{CONCURRENT_MAX, Stub};
