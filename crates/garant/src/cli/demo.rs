//! `garant demo`: an Internet of a few firms on this machine, and the pages on it; nothing is asked of the network.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use garant_check::{assess, observe};
use garant_service::checks::{Limits, OneCheck};
use garant_service::present;
use garant_service::report::Report;
use garant_service::typed::Refusal;
use garant_store::Sqlite;
use garant_text::Args;
use garant_web::Settings;

use super::Desk;
use crate::clock;
use crate::demo::Internet;
use crate::demo::firms::FIRMS;
use crate::exit::Exit;
use crate::serve::{Bound, Parts};
use crate::world::{Patient, World};

/// Where the pages are when nothing is said and nobody else is there.
const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8753);
/// How long one check waits for answers, which come from this machine.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Numbered domains at most: as many as three digits tell apart.
const NUMBERED_MAX: i64 = 999;

#[derive(clap::Args)]
pub(super) struct Options {
    /// Where the pages are.
    #[arg(long, value_name = "IP:PORT")]
    listen: Option<SocketAddr>,
    /// Domains d001.example and so on besides those with a story, for measuring.
    #[arg(long, value_name = "N", hide = true, default_value_t = 0,
          value_parser = clap::value_parser!(u16).range(0..=NUMBERED_MAX))]
    numbered: u16,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        match self.served(desk) {
            Ok(()) => Exit::Fine,
            Err(refusal) => desk.refuse(&refusal),
        }
    }

    fn served(&self, desk: &Desk) -> Result<(), Refusal> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|_| Refusal::new("error-runtime", Args::new()))?;
        runtime.block_on(async {
            let internet = Internet::start(usize::from(self.numbered))
                .await
                .map_err(|_| Refusal::new("error-demo-ports", Args::new()))?;
            let world = World::closed(internet.recursive, internet.map.clone())?;
            let first = first_check(desk, &world).await;
            let store =
                Sqlite::in_memory().map_err(|_| Refusal::new("error-runtime", Args::new()))?;
            let parts = Parts {
                sight: Arc::new(Patient {
                    world,
                    timeout: TIMEOUT,
                }),
                store: Arc::new(store),
                limits: Limits::default(),
                settings: Settings {
                    samples: FIRMS.iter().map(|firm| firm.sample()).collect(),
                    ..Settings::default()
                },
            };
            let bound = Bound::new(self.address(desk), parts).await?;
            let address = bound.address().unwrap_or(USUAL);
            let args = Args::new()
                .with("address", address.to_string())
                .with("lang", desk.language.tag())
                .with("verdict", first)
                .with("domain", FIRMS[0].domain)
                .with("resolver", internet.recursive.to_string());
            desk.print(&format!("{}\n", desk.text("demo-ready", &args)));
            bound.run().await
        })
    }

    /// The address that is wished for, or the usual one, or a free port where another program has that.
    fn address(&self, desk: &Desk) -> SocketAddr {
        if let Some(address) = self.listen {
            return address;
        }
        if std::net::TcpListener::bind(USUAL).is_ok() {
            return USUAL;
        }
        let args = Args::new().with("address", USUAL.to_string());
        desk.remark(&desk.text("demo-taken", &args));
        SocketAddr::new(USUAL.ip(), 0)
    }
}

/// The first sentence about the first firm.
async fn first_check(desk: &Desk, world: &World) -> String {
    let understood = FIRMS[0].typed().understood();
    let request = understood.expect("a test asks about every firm").request;
    let observation = observe(world.one_check(TIMEOUT).sources(), request, clock::now()).await;
    let assessment = assess(&observation);
    let report = Report::new(
        &observation,
        &assessment,
        desk.language,
        0,
        present::as_it_is,
    );
    present::sanitise(&report.verdict.text).into_owned()
}
