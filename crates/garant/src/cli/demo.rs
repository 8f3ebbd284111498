//! `garant demo`: an Internet of a few firms on this machine, and the pages on it; nothing is asked of the network.

use std::net::{Ipv4Addr, SocketAddr};

use garant_check::{assess, observe};
use garant_service::checks::OneCheck;
use garant_service::present;
use garant_service::report::Report;
use garant_service::typed::Refusal;
use garant_text::Args;

use super::Desk;
use crate::clock;
use crate::demo::firms::FIRMS;
use crate::demo::{self, Internet, TIMEOUT};
use crate::exit::Exit;
use crate::serve::{Bound, THREADS_ASIDE_MAX};
use crate::world::World;

/// Where the pages are when nothing is said and nobody else is there.
const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8753);
/// What stands before each line of the first sentence.
const MARGIN: &str = "  ";
/// Columns of a line of it at most.
const LINE_COLUMNS_MAX: usize = 80;
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
            .max_blocking_threads(THREADS_ASIDE_MAX)
            .enable_all()
            .build()
            .map_err(|_| Refusal::new("error-runtime", Args::new()))?;
        let served = runtime.block_on(async {
            let internet = Internet::start(usize::from(self.numbered))
                .await
                .map_err(|_| Refusal::new("error-demo-ports", Args::new()))?;
            let world = World::closed(internet.recursive, internet.map.clone())?;
            let first = first_check(desk, &world).await;
            let bound = Bound::new(self.address(desk), demo::parts(world)?).await?;
            let address = bound.address().unwrap_or(USUAL);
            let args = Args::new()
                .with("address", address.to_string())
                .with("lang", desk.language.tag())
                .with("verdict", wrapped(&first, desk.environment.columns))
                .with("domain", FIRMS[0].domain)
                .with("resolver", internet.recursive.to_string());
            desk.print(&format!("{}\n", desk.text("demo-ready", &args)));
            bound.run().await
        });
        // Work for the processor that nobody waits for any more keeps nobody from ending.
        runtime.shutdown_background();
        served
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

/// A sentence in lines that fit between a margin and the end of the terminal, but no longer than is read with ease.
fn wrapped(sentence: &str, columns: usize) -> String {
    let width = columns.min(LINE_COLUMNS_MAX).saturating_sub(MARGIN.len());
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    format!("{MARGIN}{}", lines.join(&format!("\n{MARGIN}")))
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
