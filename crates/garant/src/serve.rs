//! A site: world, store, checks and pages put together, and run until the process is told to end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use garant_service::ambient::Ambient;
use garant_service::checks::{Checks, Limits, Sight};
use garant_service::typed::Refusal;
use garant_store::Store;
use garant_text::Args;
use garant_web::server::{CONNECTIONS_MAX, Server, Tls};
use garant_web::{Figures, Ops, Rates, Settings, Site, Watched};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::clock::System;

/// How long running requests may take when the site ends.
const REQUESTS_GRACE: Duration = Duration::from_secs(20);
/// How long running checks may take then: longer than a check takes by default.
const CHECKS_GRACE: Duration = Duration::from_secs(25);

/// Threads at most for the database and for work that takes the processor for long, besides those that serve requests.
/// Each keeps memory of its own, so 10,000 checks leave 127 MB, and 203 MB where the runtime may start its usual 512.
pub(crate) const THREADS_ASIDE_MAX: usize = 32;

/// What a site is made of.
pub(crate) struct Parts {
    /// Who answers checks.
    pub(crate) sight: Arc<dyn Sight>,
    /// What is remembered.
    pub(crate) store: Arc<dyn Store>,
    /// Bounds on checks.
    pub(crate) limits: Limits,
    /// What its owner chose.
    pub(crate) settings: Settings,
}

/// What is around a site.
pub(crate) struct Surroundings {
    /// Whoever counts look-ups.
    pub(crate) watched: Option<Arc<dyn Watched>>,
    /// Whether `/metrics` is among the pages.
    pub(crate) figures: Figures,
    /// Where health and figures are besides.
    pub(crate) apart: Option<SocketAddr>,
    /// The certificate, where there is one, and how it is read again at SIGHUP.
    pub(crate) tls: Option<(Tls, ReadTls)>,
    /// Connections at a time.
    pub(crate) connections_max: usize,
}

/// Reads a certificate, or says why that cannot be done.
pub(crate) type ReadTls = Box<dyn Fn() -> Result<Tls, Refusal> + Send>;

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            watched: None,
            figures: Figures::WithPages,
            apart: None,
            tls: None,
            connections_max: CONNECTIONS_MAX,
        }
    }
}

/// A site that has its addresses and does not answer yet.
pub(crate) struct Bound {
    listeners: Vec<TcpListener>,
    apart: Option<TcpListener>,
    site: Arc<Site>,
    ops: Arc<Ops>,
    tls: Option<(ReadTls, watch::Sender<Tls>)>,
    connections_max: usize,
    signals: Signals,
}

/// What the process is told.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn new() -> Result<Self, Refusal> {
        let hear = |kind| signal(kind).map_err(|_| Refusal::new("error-runtime", Args::new()));
        Ok(Self {
            terminate: hear(SignalKind::terminate())?,
            interrupt: hear(SignalKind::interrupt())?,
            hang_up: hear(SignalKind::hangup())?,
        })
    }
}

/// The process is told to end.
async fn told(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Refusal> {
    use std::io::ErrorKind;
    TcpListener::bind(address).await.map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::AddrInUse => "taken",
            ErrorKind::PermissionDenied => "denied",
            ErrorKind::AddrNotAvailable => "elsewhere",
            _ => "other",
        };
        let args = Args::new()
            .with("address", address.to_string())
            .with("reason", reason);
        Refusal::new("error-listen", args)
    })
}

impl Bound {
    /// Takes an address of a site that only its owner reaches, so that nothing has a rate; port 0 lets the system
    /// choose one.
    pub(crate) async fn new(address: SocketAddr, mut parts: Parts) -> Result<Self, Refusal> {
        parts.settings.guard.rates = Rates::NONE;
        Self::within(&[address], parts, Surroundings::default()).await
    }

    /// Takes the addresses, and what is around the site.
    pub(crate) async fn within(
        addresses: &[SocketAddr],
        parts: Parts,
        around: Surroundings,
    ) -> Result<Self, Refusal> {
        let tls = around
            .tls
            .map(|(first, read)| (read, watch::channel(first).0));
        let mut listeners = Vec::new();
        for address in addresses {
            listeners.push(listen(*address).await?);
        }
        let apart = match around.apart {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let ambient = Ambient {
            clock: Arc::new(System),
            entropy: Arc::new(System),
        };
        let checks = Checks::new(
            parts.sight,
            Arc::clone(&parts.store),
            ambient.clone(),
            parts.limits,
        );
        let ops = Ops::new(checks.clone(), around.watched, around.figures);
        let site = Arc::new(Site {
            checks,
            store: parts.store,
            ambient,
            settings: parts.settings,
        });
        Ok(Self {
            listeners,
            apart,
            site,
            ops: Arc::new(ops),
            tls,
            connections_max: around.connections_max,
            signals: Signals::new()?,
        })
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> Option<SocketAddr> {
        self.addresses().into_iter().next()
    }

    /// Everywhere it answers.
    pub(crate) fn addresses(&self) -> Vec<SocketAddr> {
        let listeners = self.listeners.iter();
        listeners.filter_map(|one| one.local_addr().ok()).collect()
    }

    /// Where health and figures are besides.
    pub(crate) fn apart(&self) -> Option<SocketAddr> {
        self.apart.as_ref()?.local_addr().ok()
    }

    /// Answers until the process is told to end; then lets running requests and checks come to their end, for
    /// a bounded time, or until it is told again.
    pub(crate) async fn run(self) -> Result<(), Refusal> {
        for address in self.addresses().into_iter().chain(self.apart()) {
            tracing::info!(%address, "listening");
        }
        let Signals {
            mut terminate,
            mut interrupt,
            mut hang_up,
        } = self.signals;
        let server = Server {
            router: garant_web::watched(Arc::clone(&self.site), Arc::clone(&self.ops)),
            tls: self.tls.as_ref().map(|(_, newest)| newest.subscribe()),
            connections_max: self.connections_max,
            grace: REQUESTS_GRACE,
        };
        let apart = self.apart.map(|listener| {
            let server = Server {
                router: self.ops.apart(Arc::clone(&self.site)),
                tls: None,
                ..server.clone()
            };
            server.run(vec![listener], self.ops.ended())
        });
        let checks = self.site.checks.clone();
        let sweeping = checks.clone();
        let sweeper = tokio::spawn(async move { sweeping.sweep().await });
        let renewing = tokio::spawn(async move {
            while hang_up.recv().await.is_some() {
                renew(self.tls.as_ref());
            }
        });
        let pages = tokio::spawn(server.run(self.listeners, self.ops.ended()));
        let apart = tokio::spawn(async move {
            if let Some(apart) = apart {
                apart.await;
            }
        });
        told(&mut terminate, &mut interrupt).await;
        tracing::info!(checks = checks.running(), "ending");
        self.ops.end();
        let finished = async {
            let _ = tokio::join!(pages, apart);
            if timeout(CHECKS_GRACE, checks.settled()).await.is_err() {
                tracing::warn!(checks = checks.running(), "checks were cut at the end");
            }
        };
        tokio::select! {
            () = finished => {}
            () = told(&mut terminate, &mut interrupt) => tracing::warn!("told again: ending at once"),
        }
        sweeper.abort();
        renewing.abort();
        tracing::info!("ended");
        Ok(())
    }
}

/// Reads the certificate again; what cannot be used leaves the old one in place.
fn renew(tls: Option<&(ReadTls, watch::Sender<Tls>)>) {
    let Some((read, newest)) = tls else {
        return;
    };
    match read() {
        Ok(tls) => {
            newest.send_replace(tls);
            tracing::info!("the certificate was read again");
        }
        Err(refusal) => {
            tracing::error!(reason = refusal.key, "the certificate was not read again");
        }
    }
}
