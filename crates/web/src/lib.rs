//! Pages and the HTTP API: requests in, acts of `service`, pages or JSON out.
//!
//! * [`Site`]: what every request has at hand. [`router`]: all routes.
//! * `check`: the check tool: front page, a running check, its result, downloads.
//! * `message`: one message or a bounce, sent or pasted: how its authentication went, why it was refused. `upload`: files.
//! * `picture`: drawings as SVG, each with the list that says the same.
//! * `help`: the help centre; `support`: asking people; `about`: what is kept, accessibility.
//! * `api`: `/api/v1`; `problem`: errors for programs (RFC 9457).
//! * `guard`: who asks, how often, and the fields that keep browsers safe; `ops`: health and figures.
//! * [`server`]: connections, with and without TLS.
//! * `frame`: what is around every page; `words`: texts and their marks; `assets`: style, script, shapes.
//!
//! Every template is typed, holds no words, and is rendered in both languages by a test. All pages work without
//! scripts. Text that is not ours reaches a page only through askama's escaping or [`words::rich`].
//!
//! Begin at [`router`].

mod about;
mod api;
mod assets;
mod check;
mod frame;
mod guard;
mod help;
mod message;
mod ops;
mod picture;
mod problem;
mod say;
pub mod server;
mod site;
mod state;
mod support;
mod upload;
mod words;
// The worlds of `check`, which pages and pictures are shown in.
#[cfg(test)]
#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
#[path = "../../check/tests/world/mod.rs"]
mod world;

pub use guard::{
    BODY_OCTETS_MAX, CLIENTS_MAX, Client, GuardSettings, Peer, REQUEST_ID_MAX, REQUEST_TIME_MAX,
    Rate, Rates, UPLOAD_OCTETS_MAX, UPLOAD_TIME_MAX,
};
pub use ops::{Asked, Figures, LookUps, Ops, Remembered, Watched};
pub use site::{Sample, Settings, Site};
pub use upload::{FILES_MAX, UPLOADS_AT_ONCE, UPLOADS_OF_ONE_CLIENT};

use std::sync::Arc;

use axum::Router;

/// All routes, with everything that guards them, for a site that nobody watches.
pub fn router(site: Arc<Site>) -> Router {
    let ops = Ops::new(site.checks.clone(), None, Figures::default());
    watched(site, Arc::new(ops))
}

/// All routes, with everything that guards them.
pub fn watched(site: Arc<Site>, ops: Arc<Ops>) -> Router {
    let routes = Router::new()
        .merge(check::routes())
        .merge(message::routes())
        .merge(help::routes())
        .merge(support::routes())
        .merge(about::routes())
        .merge(api::routes())
        .merge(ops::routes(Arc::clone(&ops)))
        .merge(assets::routes())
        .fallback(frame::nowhere)
        .method_not_allowed_fallback(frame::wrong_method);
    guard::around(routes, &site, ops).with_state(site)
}
