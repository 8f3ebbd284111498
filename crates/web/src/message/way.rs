//! The servers that a message passed, and what receivers ask of a sender of many messages like it.

use garant_check::catalogue::Met;
use garant_check::trace::{HopTrace, Trace};
use garant_service::trace::AskedWords;
use garant_text::Language;
use serde::{Deserialize, Serialize};

use crate::say::{Say, rfc3339};
use crate::state::{Shape, State};

/// Servers that a page shows at most; the trace itself keeps more.
const HOPS_MAX: usize = 50;

/// One server's field, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hop {
    /// Who handed the message over; a stranger's text.
    pub(super) from: String,
    /// Who took it; a stranger's text.
    pub(super) by: String,
    /// When.
    pub(super) at: Option<String>,
    /// What the field is worth.
    pub(super) kind: String,
}

/// The way of a message in the order of time: the oldest field first.
pub(super) fn hops(trace: &Trace, language: Language) -> Vec<Hop> {
    let say = Say::new(language);
    let shown = trace.connection.hops.iter().take(HOPS_MAX);
    shown.rev().map(|hop| told(hop, say)).collect()
}

fn told(hop: &HopTrace, say: Say) -> Hop {
    let from = match (&hop.from, hop.address) {
        (Some(name), Some(address)) => format!("{name} ({address})"),
        (Some(name), None) => name.clone(),
        (None, Some(address)) => address.to_string(),
        (None, None) => say.word("message-hop-nobody"),
    };
    let by = hop.by.clone();
    Hop {
        from,
        by: by.unwrap_or_else(|| say.word("message-hop-nobody")),
        at: hop.at.map(|at| say.moment(&rfc3339(at))),
        kind: say.word(&format!("message-hop-{}", hop.kind)),
    }
}

/// Something that is asked for, by whom, and whether it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) names: String,
    shape: Shape,
    word: String,
}

impl Asked {
    pub(super) fn state(&self) -> State {
        State::new(self.shape, self.word.clone())
    }
}

/// Everything that receivers ask of a sender of many messages.
pub(super) fn asked(rows: Vec<AskedWords>) -> Vec<Asked> {
    let told = rows.into_iter().map(|row| Asked {
        shape: match row.met {
            Met::Yes => Shape::Right,
            Met::No => Shape::Risk,
            Met::NotIfMarketing => Shape::Advice,
            Met::Unknown => Shape::Unknown,
        },
        text: row.text,
        names: row.names.join(", "),
        word: row.state,
    });
    told.collect()
}
