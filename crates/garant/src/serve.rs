//! A site: world, store, checks and pages put together, and run until the process is told to end.

use std::net::SocketAddr;
use std::sync::Arc;

use garant_service::ambient::Ambient;
use garant_service::checks::{Checks, Limits, Sight};
use garant_service::typed::Refusal;
use garant_store::Store;
use garant_text::Args;
use garant_web::{Settings, Site};
use tokio::net::TcpListener;

use crate::clock::System;

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

/// A site that has its address and does not answer yet.
pub(crate) struct Bound {
    listener: TcpListener,
    site: Arc<Site>,
}

impl Bound {
    /// Takes the address; port 0 lets the system choose one.
    pub(crate) async fn new(address: SocketAddr, parts: Parts) -> Result<Self, Refusal> {
        let refuse = |_| {
            let args = Args::new().with("address", address.to_string());
            Refusal::new("error-listen", args)
        };
        let listener = TcpListener::bind(address).await.map_err(refuse)?;
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
        let site = Arc::new(Site {
            checks,
            store: parts.store,
            ambient,
            settings: parts.settings,
        });
        Ok(Self { listener, site })
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// Answers until the process is told to end.
    pub(crate) async fn run(self) -> Result<(), Refusal> {
        let router = garant_web::router(self.site);
        let ended = async {
            // Without a signal to wait for, only the end of the process ends it.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(self.listener, router)
            .with_graceful_shutdown(ended)
            .await
            .map_err(|_| Refusal::new("error-runtime", Args::new()))
    }
}
