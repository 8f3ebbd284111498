//! Pages and the HTTP API: requests in, acts of `service`, pages or JSON out.
//!
//! * [`Site`]: what every request has at hand. [`router`]: all routes.
//! * `check`: the check tool: front page, a running check, its result, downloads.
//! * `picture`: drawings as SVG, each with the list that says the same.
//! * `help`: the help centre; `support`: asking people; `about`: what is kept, accessibility.
//! * `api`: `/api/v1`.
//! * `guard`: who asks, how often, and the fields that keep browsers safe; `ops`: health and figures.
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
mod ops;
mod picture;
mod site;
mod support;
mod words;

pub use site::{Sample, Settings, Site};

use std::sync::Arc;

use axum::Router;

/// All routes, with everything that guards them.
pub fn router(site: Arc<Site>) -> Router {
    let routes = Router::new()
        .merge(check::routes())
        .merge(help::routes())
        .merge(support::routes())
        .merge(about::routes())
        .merge(api::routes())
        .merge(ops::routes())
        .merge(assets::routes())
        .fallback(frame::nowhere)
        .method_not_allowed_fallback(frame::wrong_method);
    guard::around(routes, &site).with_state(site)
}
