//! `garant serve`: the pages, for as long as the process is not told to end.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use garant_dns::Name;
use garant_service::checks::Limits;
use garant_service::typed::Refusal;
use garant_store::{Sqlite, StoreError};
use garant_text::Args;
use garant_web::server::{Tls, TlsError};
use garant_web::{Figures, GuardSettings, Rate, Rates, Settings};

use super::Desk;
use crate::config::{self, Configuration};
use crate::exit::Exit;
use crate::log;
use crate::serve::{Bound, Parts, ReadTls, Surroundings, THREADS_ASIDE_MAX};
use crate::world::{Patient, Wishes, World, read_text};

/// Seconds of a day.
const DAY_S: i64 = 24 * 3600;

#[derive(clap::Args)]
pub(super) struct Options {
    /// The configuration.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the pages are.
    #[arg(long, value_name = "IP:PORT")]
    listen: Vec<SocketAddr>,
    /// The database.
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// What links begin with.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Name servers.
    #[arg(long, value_name = "IP[:PORT]")]
    nameserver: Vec<String>,
    /// The sample is printed, and that is all.
    #[arg(long)]
    print_config: bool,
}

impl Options {
    pub(super) fn run(self, desk: &Desk) -> Exit {
        if self.print_config {
            return desk.print(&Configuration::sample());
        }
        match self.served(desk) {
            Ok(()) => Exit::Fine,
            Err(refusal) => desk.refuse(&refusal),
        }
    }

    /// The file, and the flags over it.
    fn configuration(self) -> Result<Configuration, Refusal> {
        let mut configuration = match &self.config {
            Some(path) => Configuration::parse(&read_text(path)?, &path.display().to_string())?,
            None => Configuration::of_defaults(),
        };
        if !self.listen.is_empty() {
            configuration.listen = self.listen;
        }
        if !self.nameserver.is_empty() {
            configuration.dns.resolvers = self.nameserver;
        }
        if let Some(store) = self.store {
            configuration.database = store;
        }
        if let Some(url) = self.public_url {
            if config::origin(&url).is_none() {
                let args = Args::new().with("input", url);
                return Err(Refusal::new("error-public-url", args));
            }
            configuration.public_url = Some(url);
        }
        if configuration.listen.is_empty() {
            return Err(Refusal::new("error-listen-nowhere", Args::new()));
        }
        Ok(configuration)
    }

    fn served(self, desk: &Desk) -> Result<(), Refusal> {
        let configuration = self.configuration()?;
        log::begin(&configuration.log);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .max_blocking_threads(THREADS_ASIDE_MAX)
            .enable_all()
            .build()
            .map_err(|_| Refusal::new("error-runtime", Args::new()))?;
        let served = runtime.block_on(async {
            let bound = bound(&configuration).await?;
            for address in bound.addresses() {
                let scheme = match configuration.tls.certificate_file {
                    Some(_) => "https",
                    None => "http",
                };
                let args = Args::new()
                    .with("scheme", scheme)
                    .with("address", address.to_string());
                desk.print(&format!("{}\n", desk.text("serve-ready", &args)));
            }
            bound.run().await
        });
        // Work for the processor that nobody waits for any more keeps nobody from ending.
        runtime.shutdown_background();
        served
    }
}

/// The site that a configuration describes. Whatever is wrong with it is said before anything is listened on.
async fn bound(configuration: &Configuration) -> Result<Bound, Refusal> {
    let wishes = Wishes {
        nameservers: configuration.dns.resolvers.clone(),
        queries_per_second: Some(configuration.dns.queries_per_second),
        direct_queries_per_second: Some(configuration.dns.direct_queries_per_second),
        ..Wishes::default()
    };
    let world = World::new(&wishes, &Name::root())?;
    let tls = tls(configuration)?;
    let store = Sqlite::open(&configuration.database)
        .map_err(|error| bad_store(&configuration.database, &error))?;
    let metrics = &configuration.metrics;
    let around = Surroundings {
        watched: Some(world.watched()),
        figures: if metrics.enabled && metrics.listen.is_none() {
            Figures::WithPages
        } else {
            Figures::Apart
        },
        apart: metrics.listen.filter(|_| metrics.enabled),
        tls,
        connections_max: configuration.limits.connections as usize,
    };
    let timeout = Duration::from_secs(configuration.dns.check_timeout_s.into());
    let parts = Parts {
        sight: Arc::new(Patient { world, timeout }),
        store: Arc::new(store),
        limits: Limits {
            running: configuration.limits.running_checks as usize,
            waiting: configuration.limits.waiting_checks as usize,
            kept_s: i64::from(configuration.kept_days) * DAY_S,
            store_octets_max: u64::from(configuration.limits.database_mib) * 1024 * 1024,
            ..Limits::default()
        },
        settings: settings(configuration),
    };
    Bound::within(&configuration.listen, parts, around).await
}

fn settings(configuration: &Configuration) -> Settings {
    let limits = &configuration.limits;
    let public_url = configuration.public_url.as_deref();
    let trusted = configuration.trusted_proxies.iter();
    Settings {
        public_url: public_url.and_then(config::origin).map(str::to_owned),
        guard: GuardSettings {
            trusted_proxies: trusted.map(|network| network.0).collect(),
            rates: Rates {
                checks_per_client: Rate::per_minute(limits.checks_per_client_per_minute),
                checks: Rate::per_minute(limits.checks_per_minute),
                requests_per_client: Rate::per_minute(limits.requests_per_client_per_minute),
                messages_per_client: Rate::per_hour(limits.messages_per_client_per_hour),
            },
        },
        ..Settings::default()
    }
}

/// The certificate, where there is one, and how it is read again.
fn tls(configuration: &Configuration) -> Result<Option<(Tls, ReadTls)>, Refusal> {
    let files = &configuration.tls;
    match (files.certificate_file.clone(), files.key_file.clone()) {
        (None, None) => Ok(None),
        (Some(certificate), Some(key)) => {
            let read: ReadTls = Box::new(move || {
                let texts = (read_text(&certificate)?, read_text(&key)?);
                let read = Tls::from_pem(texts.0.as_bytes(), texts.1.as_bytes());
                read.map_err(|error| bad_tls(&certificate, &key, error))
            });
            Ok(Some((read()?, read)))
        }
        (Some(path), None) | (None, Some(path)) => {
            let args = Args::new().with("path", path.display().to_string());
            Err(Refusal::new("error-tls-half", args))
        }
    }
}

fn bad_tls(certificate: &Path, key: &Path, error: TlsError) -> Refusal {
    let sentence = match error {
        TlsError::NoCertificate => "error-tls-certificate",
        TlsError::NoKey => "error-tls-key",
        TlsError::Mismatch => "error-tls-pair",
    };
    let args = Args::new()
        .with("certificate", certificate.display().to_string())
        .with("key", key.display().to_string());
    Refusal::new(sentence, args)
}

fn bad_store(path: &Path, error: &StoreError) -> Refusal {
    let args = Args::new().with("path", path.display().to_string());
    match error {
        StoreError::Newer { found, known } => Refusal::new(
            "error-database-newer",
            args.with("found", found.to_string())
                .with("known", known.to_string()),
        ),
        StoreError::Database(_) | StoreError::Damaged(_) => {
            tracing::error!(%error, "the database was not opened");
            Refusal::new("error-database", args)
        }
    }
}
