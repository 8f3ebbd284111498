//! Who answers: the system's name servers or given ones, zone files before them, or saved answers.

use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use garant_check::{Fetch, NoFetch, Sources, registrable_domain, topmost_zone};
use garant_dns::authority::{AddressMap, Authority, Walker};
use garant_dns::live::{
    Cache, Deadline, NonRecursive, NonRecursiveOptions, Options, Sparing, Stats, Stub, Views,
};
use garant_dns::{FILE_OCTETS_MAX, Name, Resolver, Zone, ZoneError, ZoneProblem, Zones};
use garant_service::checks::{OneCheck, Sight};
use garant_service::fetch::{HttpsFetch, Options as FetchOptions};
use garant_service::typed::Refusal;
use garant_text::Args;
use garant_web::{Asked, LookUps, Remembered, Watched};

use crate::clock;

/// The system's list of name servers.
const RESOLV_CONF: &str = "/etc/resolv.conf";
/// The port of name servers.
const DNS_PORT: u16 = 53;
/// Questions under way at a time to the servers of a closed world.
const CLOSED_CONCURRENT_MAX: usize = 64;

/// Where answers come from, as the user asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    /// Zone files.
    pub(crate) zones: Vec<PathBuf>,
    /// Nobody is asked.
    pub(crate) offline: bool,
    /// Name servers in place of the system's.
    pub(crate) nameservers: Vec<String>,
    /// Where name servers of zones are asked: `NAME=IP[:PORT]`.
    pub(crate) servers_at: Vec<String>,
    /// Questions a second at most.
    pub(crate) queries_per_second: Option<u32>,
    /// Questions a second to zones' own servers at most, where others than the owner of this machine ask: then no
    /// domain's servers are looked at too often either.
    pub(crate) direct_queries_per_second: Option<u32>,
}

/// Who answers, who fetches, and who asks the zones' own servers.
pub(crate) struct World {
    resolver: Arc<dyn Resolver>,
    fetch: Box<dyn Fetch>,
    /// Nobody, where zone files take the place of what is published.
    servers: Option<Servers>,
    /// Whoever asks recursive servers.
    live: Option<Arc<Cache<Stub>>>,
}

/// Whoever asks the zones' own servers, and where some of them are.
struct Servers {
    direct: Arc<NonRecursive>,
    map: AddressMap,
    /// How often each domain's servers were looked at, where that has a limit.
    views: Option<Arc<Views>>,
}

/// The world for the time that one check may take.
pub(crate) struct CheckWorld<'a> {
    resolver: Arc<dyn Resolver>,
    fetch: &'a dyn Fetch,
    authority: Option<Box<dyn Authority>>,
}

impl OneCheck for CheckWorld<'_> {
    fn sources(&self) -> Sources<'_> {
        Sources {
            resolver: &*self.resolver,
            fetch: self.fetch,
            authority: self.authority.as_deref(),
        }
    }
}

impl World {
    /// Builds the world. Relative names of zone files are taken relative to the registrable domain
    /// of `domain`. Must run inside the runtime.
    pub(crate) fn new(wishes: &Wishes, domain: &Name) -> Result<Self, Refusal> {
        if wishes.offline && wishes.zones.is_empty() {
            return Err(Refusal::new("error-offline-alone", Args::new()));
        }
        let origin = registrable_domain(domain);
        let zones: Vec<Zone> = wishes
            .zones
            .iter()
            .map(|path| read_zone(path, &origin))
            .collect::<Result<_, _>>()?;
        if wishes.offline {
            return Ok(Self {
                resolver: Arc::new(Zones::new(zones)),
                fetch: Box::new(NoFetch),
                servers: None,
                live: None,
            });
        }
        let map = servers_at(&wishes.servers_at)?;
        let live = Arc::new(Cache::new(Stub::new(options(wishes)?)));
        let resolver: Arc<dyn Resolver> = if zones.is_empty() {
            Arc::clone(&live) as _
        } else {
            let beyond: Arc<dyn Resolver> = Arc::clone(&live) as _;
            Arc::new(Zones::new(zones).with_beyond(beyond))
        };
        let fetch = Box::new(HttpsFetch::new(
            Arc::clone(&resolver),
            FetchOptions::default(),
        ));
        let servers = if wishes.zones.is_empty() {
            let limit = wishes.direct_queries_per_second;
            let direct = NonRecursive::new(NonRecursiveOptions {
                queries_per_second: limit,
                ..NonRecursiveOptions::new(seed()?)
            });
            Some(Servers {
                direct: Arc::new(direct),
                map,
                views: limit.map(|_| Arc::new(Views::new(topmost_zone))),
            })
        } else {
            None
        };
        Ok(Self {
            resolver,
            fetch,
            servers,
            live: Some(live),
        })
    }

    /// A world of its own: everything is asked of `recursive` and of the servers in `map`, and no document is
    /// fetched. Must run inside the runtime.
    pub(crate) fn closed(recursive: SocketAddr, map: AddressMap) -> Result<Self, Refusal> {
        let stub = Stub::new(Options::new(vec![recursive], seed()?));
        let direct = NonRecursive::new(NonRecursiveOptions {
            // All servers are at one address, and nobody is harmed by a crowd before it.
            concurrent_per_address_max: CLOSED_CONCURRENT_MAX,
            ..NonRecursiveOptions::new(seed()?)
        });
        let live = Arc::new(Cache::new(stub));
        Ok(Self {
            resolver: Arc::clone(&live) as _,
            fetch: Box::new(NoFetch),
            servers: Some(Servers {
                direct: Arc::new(direct),
                map,
                views: None,
            }),
            live: Some(live),
        })
    }

    /// Whoever tells what was asked so far.
    pub(crate) fn watched(&self) -> Arc<dyn Watched> {
        Arc::new(Counted {
            live: self.live.clone(),
            direct: self.servers.as_ref().map(|one| Arc::clone(&one.direct)),
        })
    }

    /// The world for one check, which begins now and waits no longer than `timeout`.
    pub(crate) fn one_check(&self, timeout: Duration) -> CheckWorld<'_> {
        let resolver: Arc<dyn Resolver> =
            Arc::new(Deadline::new(Arc::clone(&self.resolver), timeout));
        let authority = self.servers.as_ref().map(|servers| {
            let direct = Deadline::new(Arc::clone(&servers.direct), timeout);
            let walker = Walker::new(Arc::clone(&resolver), direct, topmost_zone);
            let walker = walker.with_map(servers.map.clone());
            let authority: Box<dyn Authority> = match &servers.views {
                Some(views) => Box::new(Sparing::new(walker, Arc::clone(views))),
                None => Box::new(walker),
            };
            authority
        });
        CheckWorld {
            resolver,
            fetch: &*self.fetch,
            authority,
        }
    }
}

/// Counts what the parts of a world did.
struct Counted {
    live: Option<Arc<Cache<Stub>>>,
    direct: Option<Arc<NonRecursive>>,
}

fn asked(stats: Stats) -> Asked {
    Asked {
        answered: stats.answered,
        sent: stats.sent,
        tcp: stats.tcp,
        timeouts: stats.timeouts,
        retries: stats.retries,
        strays: stats.strays,
    }
}

impl Watched for Counted {
    fn look_ups(&self) -> LookUps {
        let live = self.live.as_ref();
        let stats = live.map(|live| live.stats()).unwrap_or_default();
        LookUps {
            recursive: live.map_or_else(Asked::default, |live| asked(live.inner().stats())),
            authoritative: self
                .direct
                .as_ref()
                .map_or_else(Asked::default, |direct| asked(direct.stats())),
            cache: Remembered {
                entries: live.map_or(0, |live| live.entries()),
                hits: stats.hits,
                misses: stats.misses,
                shared: stats.shared,
            },
        }
    }
}

/// Gives each check of a service this world for at most so long.
pub(crate) struct Patient {
    pub(crate) world: World,
    pub(crate) timeout: Duration,
}

impl Sight for Patient {
    fn one_check(&self) -> Box<dyn OneCheck + '_> {
        Box::new(self.world.one_check(self.timeout))
    }
}

/// The runtime that asks; one thread is enough for whoever waits for answers.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Refusal> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Refusal::new("error-runtime", Args::new()))
}

fn seed() -> Result<[u8; 32], Refusal> {
    clock::seed().ok_or_else(|| Refusal::new("error-runtime", Args::new()))
}

fn options(wishes: &Wishes) -> Result<Options, Refusal> {
    let seed = seed()?;
    let options = if wishes.nameservers.is_empty() {
        let text = read_text(Path::new(RESOLV_CONF)).unwrap_or_default();
        let args = Args::new().with("path", RESOLV_CONF);
        Options::system(&text, seed).map_err(|_| Refusal::new("error-no-nameserver", args))?
    } else {
        let servers = wishes
            .nameservers
            .iter()
            .map(|text| server(text))
            .collect::<Result<Vec<_>, _>>()?;
        Options::new(servers, seed)
    };
    Ok(Options {
        queries_per_second: wishes.queries_per_second,
        ..options
    })
}

fn server(text: &str) -> Result<SocketAddr, Refusal> {
    socket(text).ok_or_else(|| Refusal::new("error-nameserver", Args::new().with("input", text)))
}

/// An address with an optional port, that of the DNS otherwise.
fn socket(text: &str) -> Option<SocketAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let alone = || {
        let address = bare.parse::<IpAddr>().ok()?;
        Some(SocketAddr::new(address, DNS_PORT))
    };
    let read: Option<SocketAddr> = text.parse().ok().or_else(alone);
    // Nobody answers at port 0.
    read.filter(|address| address.port() != 0)
}

fn servers_at(texts: &[String]) -> Result<AddressMap, Refusal> {
    let read = |text: &String| {
        let (name, address) = text.split_once('=')?;
        Some((Name::from_input(name).ok()?, socket(address.trim())?))
    };
    let refuse = |text: &str| Refusal::new("error-server-at", Args::new().with("input", text));
    texts
        .iter()
        .map(|text| read(text).ok_or_else(|| refuse(text)))
        .collect()
}

fn read_zone(path: &Path, origin: &Name) -> Result<Zone, Refusal> {
    let octets = read(path).map_err(|error| unreadable(path, &error))?;
    Zone::parse(&octets, origin).map_err(
        |ZoneError {
             line,
             column,
             problem,
         }| {
            let (key, detail) = match &problem {
                ZoneProblem::Include => ("include", ""),
                ZoneProblem::UnknownDirective(word) => ("directive", word.as_str()),
                ZoneProblem::ExpectedType => ("type", ""),
                ZoneProblem::OtherClass => ("class", ""),
                ZoneProblem::EndOfEntry => ("end", ""),
                ZoneProblem::TrailingText => ("trailing", ""),
                ZoneProblem::BadCharacter => ("character", ""),
                ZoneProblem::MissingOrigin => ("origin", ""),
                ZoneProblem::TooLarge => ("large", ""),
                ZoneProblem::BadData(words) => ("data", words.as_str()),
            };
            let args = Args::new()
                .with("path", path.display().to_string())
                .with("line", line.to_string())
                .with("column", column.to_string())
                .with("problem", key)
                .with("detail", detail);
            Refusal::new("error-zone", args)
        },
    )
}

/// Reads a text file, or says why it cannot be read.
pub(crate) fn read_text(path: &Path) -> Result<String, Refusal> {
    use std::io::{Error, ErrorKind};
    read(path)
        .and_then(|octets| {
            if octets.len() > FILE_OCTETS_MAX {
                return Err(Error::from(ErrorKind::FileTooLarge));
            }
            String::from_utf8(octets).map_err(|error| Error::new(ErrorKind::InvalidData, error))
        })
        .map_err(|error| unreadable(path, &error))
}

/// Reads a file, and stops where it is larger than anything that is read here: a path may name a device
/// that never ends. Whoever reads the octets then says that they are too many.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    let limit = FILE_OCTETS_MAX as u64 + 1;
    std::fs::File::open(path)?
        .take(limit)
        .read_to_end(&mut octets)?;
    Ok(octets)
}

/// Reads a file of any octets, or says why it cannot be read.
pub(crate) fn read_octets(path: &Path) -> Result<Vec<u8>, Refusal> {
    let octets = read(path).map_err(|error| unreadable(path, &error))?;
    if octets.len() > FILE_OCTETS_MAX {
        let error = std::io::Error::from(std::io::ErrorKind::FileTooLarge);
        return Err(unreadable(path, &error));
    }
    Ok(octets)
}

/// Why a file cannot be read.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::new("error-file-read", file_args(path, error))
}

/// Writes a file, or says why it cannot be written.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Refusal> {
    std::fs::write(path, text).map_err(|error| unwritable(path, &error))
}

/// Why a file cannot be written.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::new("error-file-write", file_args(path, error))
}

fn file_args(path: &Path, error: &std::io::Error) -> Args {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "absent",
        std::io::ErrorKind::AlreadyExists => "exists",
        std::io::ErrorKind::PermissionDenied => "denied",
        std::io::ErrorKind::InvalidData => "not-text",
        std::io::ErrorKind::FileTooLarge => "large",
        _ => "other",
    };
    Args::new()
        .with("path", path.display().to_string())
        .with("reason", reason)
        .with("limit", FILE_OCTETS_MAX / (1024 * 1024))
}
