//! The demonstration: an Internet of a few firms on this machine.
//!
//! Name servers on ports of loopback play all parts: the recursive server that resolvers would ask, the
//! registries, and the servers of the firms' zones, of which one is late and one knows nothing. Checks ask
//! them as they ask anybody, over UDP; nothing is asked of the network, and no document is fetched.
//!
//! [`firms`] tells what happened to whom, [`registry`] delegates, [`Internet`] lets them answer.

pub(crate) mod firms;
mod registry;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use garant_dns::Name;
use garant_dns::authority::AddressMap;
use garant_dns::server::{ServedZone, ServedZones, Server, ServerOptions, ZoneSource};
use garant_service::checks::Limits;
use garant_service::typed::Refusal;
use garant_store::Sqlite;
use garant_text::Args;
use garant_web::Settings;

use crate::serve::Parts;
use crate::world::{Patient, World};
use firms::Firm;

/// How long one check waits for answers, which come from this machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// Any free port of this machine alone.
const LOOPBACK: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// What the firms' partners and mailbox providers say.
const INTERNET: &str = include_str!("../../../../examples/demo/internet.zone");
/// The platform that sends invoices.
const PLATFORM: &str = include_str!("../../../../examples/demo/envoi.example.zone");

/// The servers, and how they are reached. They end when this is dropped.
pub(crate) struct Internet {
    /// The server that plays the recursive one.
    pub(crate) recursive: SocketAddr,
    /// Where the servers of zones are.
    pub(crate) map: AddressMap,
    _servers: Vec<Server>,
}

impl Internet {
    /// Starts all servers, with so many numbered domains besides the firms. Must be called inside the runtime.
    ///
    /// # Errors
    /// When the system has no port to give.
    pub(crate) async fn start(numbered: usize) -> io::Result<Self> {
        let mut firms: Vec<Versions> = firms::FIRMS.iter().map(Versions::of).collect();
        firms.push(Versions::everywhere(PLATFORM, "envoi.example"));
        firms.extend((1..=numbered).map(numbered_domain));
        let registries = registry::zones(firms.iter().map(|firm| &*firm.published));
        let internet = Arc::new(zone(INTERNET, "."));

        let first: ServedZones = each(&firms, |firm| &firm.published);
        let second: ServedZones = each(&firms, |firm| &firm.second);
        let remembered = firms.iter().map(|firm| &firm.remembered);
        let remembered = remembered.chain(&registries).map(Arc::clone);
        let recursive = Remembered {
            zones: remembered.collect(),
            internet: Arc::clone(&internet),
        };
        let registries: ServedZones = registries.iter().map(Arc::clone).collect();
        // The third server was never told of any zone.
        let third = ServedZones::default();

        let mut servers = Vec::new();
        let sources: [Arc<dyn ZoneSource>; 5] = [
            Arc::new(recursive),
            Arc::new(registries),
            Arc::new(first),
            Arc::new(second),
            Arc::new(third),
        ];
        for source in sources {
            let server = Server::start(LOOPBACK, source, ServerOptions::default());
            servers.push(server.await?);
        }
        let [recursive, registry, own @ ..] = servers.as_slice() else {
            return Err(io::ErrorKind::Other.into());
        };
        let mut map: AddressMap = firms
            .iter()
            .flat_map(|firm| firm.published.name_servers().into_iter().zip(own))
            .map(|(name, server)| (name, server.address()))
            .collect();
        for name in registry::servers() {
            map.insert(name, registry.address());
        }
        Ok(Self {
            recursive: recursive.address(),
            map,
            _servers: servers,
        })
    }
}

/// A site over this world, with the firms on its front page, that forgets everything when it ends.
pub(crate) fn parts(world: World) -> Result<Parts, Refusal> {
    let store = Sqlite::in_memory().map_err(|_| Refusal::new("error-runtime", Args::new()))?;
    Ok(Parts {
        sight: Arc::new(Patient {
            world,
            timeout: TIMEOUT,
        }),
        store: Arc::new(store),
        limits: Limits::default(),
        settings: Settings {
            samples: firms::FIRMS.iter().map(Firm::sample).collect(),
            ..Settings::default()
        },
    })
}

/// A zone as the different servers have it.
struct Versions {
    /// At the zone's first server.
    published: Arc<ServedZone>,
    /// At the second one.
    second: Arc<ServedZone>,
    /// At the recursive one.
    remembered: Arc<ServedZone>,
}

impl Versions {
    fn of(firm: &Firm) -> Self {
        let everywhere = Self::everywhere(firm.zone, firm.domain);
        let other = |text: Option<&str>| text.map(|text| Arc::new(zone(text, firm.domain)));
        let published = &everywhere.published;
        Self {
            second: other(firm.second).unwrap_or_else(|| Arc::clone(published)),
            remembered: other(firm.remembered).unwrap_or_else(|| Arc::clone(published)),
            published: Arc::clone(published),
        }
    }

    fn everywhere(text: &str, apex: &str) -> Self {
        let published = Arc::new(zone(text, apex));
        Self {
            second: Arc::clone(&published),
            remembered: Arc::clone(&published),
            published,
        }
    }
}

fn each(firms: &[Versions], version: impl Fn(&Versions) -> &Arc<ServedZone>) -> ServedZones {
    firms.iter().map(|firm| Arc::clone(version(firm))).collect()
}

/// A zone of this program, which a test reads.
fn zone(text: &str, apex: &str) -> ServedZone {
    let apex = apex.parse().expect("a name");
    ServedZone::parse(text.as_bytes(), &apex).expect("a zone that ships is well-formed")
}

/// `d001.example` and so on: each the zone of one of the firms under another name.
fn numbered_domain(number: usize) -> Versions {
    let firm = &firms::FIRMS[number % firms::FIRMS.len()];
    let domain = format!("d{number:03}.example");
    Versions::everywhere(&firm.zone.replace(firm.domain, &domain), &domain)
}

/// What the recursive server answers: the firms' zones and the registries', and of the rest of the Internet only
/// what is known here. Nobody says of another domain that it does not exist, which would not be true outside.
struct Remembered {
    zones: ServedZones,
    internet: Arc<ServedZone>,
}

impl ZoneSource for Remembered {
    fn zone(&self, name: &Name) -> Option<Arc<ServedZone>> {
        let above = name.parent().filter(|_| name.as_str().starts_with('_'));
        if let Some(zone) = self.zones.zone(name) {
            // Beneath .example there is nothing but what is here; other registries are those of the real world.
            let is_own = zone.apex() == name || above.as_ref() == Some(zone.apex());
            if is_own || !registry::is_real(zone.apex()) {
                return Some(zone);
            }
        }
        let is_known = |name: &Name| self.internet.has_records(name);
        (is_known(name) || above.is_some_and(|above| is_known(&above)))
            .then(|| Arc::clone(&self.internet))
    }
}
