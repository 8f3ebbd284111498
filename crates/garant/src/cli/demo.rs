//! `garant demo`: a whole world on this machine, nothing asked of the network.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use garant_check::registrable_domain;
use garant_service::checks::Limits;
use garant_service::question::Typed;
use garant_service::typed::Refusal;
use garant_store::Sqlite;
use garant_text::Args;
use garant_web::{Sample, Settings};

use super::Desk;
use crate::exit::Exit;
use crate::serve::{Bound, Parts};
use crate::world::{Patient, Wishes, World};

#[derive(clap::Args)]
pub(super) struct Options {
    /// Where the pages are.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8753")]
    listen: SocketAddr,
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
            let domain = "votreentreprise.fr".parse().expect("a name");
            let wishes = Wishes {
                zones: vec![
                    "examples/articles/reject-without-dkim.zone".into(),
                    "examples/articles/internet.zone".into(),
                ],
                offline: true,
                ..Wishes::default()
            };
            let world = World::new(&wishes, &registrable_domain(&domain))?;
            let timeout = Duration::from_secs(20);
            let store =
                Sqlite::in_memory().map_err(|_| Refusal::new("error-runtime", Args::new()))?;
            let bound = Bound::new(
                self.listen,
                Parts {
                    sight: Arc::new(Patient { world, timeout }),
                    store: Arc::new(store),
                    limits: Limits::default(),
                    settings: Settings {
                        public_url: None,
                        samples: vec![Sample {
                            typed: Typed {
                                domain: "votreentreprise.fr".to_owned(),
                                sender: "activecampaign".to_owned(),
                                ..Typed::default()
                            },
                            state: "block",
                            title: "demo-reject-without-dkim",
                        }],
                    },
                },
            )
            .await?;
            let address = bound.address().unwrap_or(self.listen);
            desk.print(&desk.text(
                "demo-ready",
                &Args::new().with("address", address.to_string()),
            ));
            bound.run().await
        })
    }
}
