//! The zone's own servers, each with what it said.

use askama::Template;
use askama::filters::HtmlSafe;
use garant_check::authority::{AuthorityState, ServerState, ZoneState};
use garant_text::Args;

use crate::say::Say;
use crate::state::{Shape, State};
use crate::words::filters;

/// Servers of one zone that are shown. A zone has two to six, at an address or two each.
const SERVERS_MAX: usize = 26;

/// The servers of one zone.
#[derive(Template)]
#[template(path = "result-servers.html")]
pub(super) struct Servers {
    say: Say,
    title: String,
    rows: Vec<Row>,
    left_out: Option<String>,
}

impl HtmlSafe for Servers {}

struct Row {
    name: String,
    address: String,
    serial: String,
    state: State,
}

impl Servers {
    /// A table for each zone whose servers were asked.
    pub(super) fn of(authority: &AuthorityState, say: Say) -> Vec<Self> {
        let zones = authority.zones.iter();
        let asked = zones.filter(|zone| !zone.servers.is_empty());
        asked.map(|zone| Self::new(zone, say)).collect()
    }

    /// The worst that is seen of a server.
    pub(super) fn worst(&self) -> Option<Shape> {
        self.rows.iter().map(|row| row.state.shape()).min()
    }

    fn new(zone: &ZoneState, say: Say) -> Self {
        let args = Args::new()
            .with("zone", zone.zone.as_ref().map_or("", |name| name.as_str()))
            .with("host", zone.host.unwrap_or("none"));
        let newest = zone.servers.iter().filter_map(|server| server.serial).max();
        let rows = zone.servers.iter().take(SERVERS_MAX);
        let left_out = zone.servers.len().saturating_sub(SERVERS_MAX);
        Self {
            title: say.text("servers-title", &args),
            rows: rows.map(|server| row(server, newest, say)).collect(),
            left_out: (left_out > 0)
                .then(|| say.text("result-servers-more", &Args::new().with("count", left_out))),
            say,
        }
    }
}

fn row(server: &ServerState, newest: Option<u32>, say: Say) -> Row {
    // Whether a serial is older, not whether it is smaller, is for the findings to say.
    let differs = server.serial.is_some() && server.serial != newest;
    let shape = match server.status {
        "serves" if differs => Shape::Risk,
        "serves" => Shape::Right,
        "not-asked" | "silent" => Shape::Unknown,
        _ => Shape::Risk,
    };
    let args = Args::new()
        .with("status", server.status)
        .with("differs", if differs { "yes" } else { "no" });
    Row {
        name: server.name.to_string(),
        address: server
            .address
            .map_or_else(|| "–".to_owned(), |address| address.ip().to_string()),
        serial: server
            .serial
            .map_or_else(|| "–".to_owned(), |serial| serial.to_string()),
        state: State::new(shape, say.text("result-server-status", &args)),
    }
}
