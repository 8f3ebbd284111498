//! The servers that a message passed, and what receivers ask of a sender of many messages like it.

use garant_check::catalogue::{Met, receivers};
use garant_check::trace::{HopTrace, Trace};
use garant_service::report::requirement;
use garant_text::{Args, Catalogue, Language};
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

/// Everything that receivers ask of a sender of many messages: what is not met first, then what cannot be told.
pub(super) fn asked(trace: &Trace, language: Language) -> Vec<Asked> {
    let say = Say::new(language);
    let catalogue = Catalogue::of(language);
    let mut rows: Vec<(Shape, String, String, Vec<&str>)> = Vec::new();
    for readiness in &trace.readiness {
        let Some(receiver) = receivers().iter().find(|one| one.id == readiness.name) else {
            continue;
        };
        for one in &readiness.requirements {
            let text = requirement(catalogue, one);
            let (shape, word) = match (one.met, one.told_by) {
                (Met::Yes, _) => (Shape::Right, say.word("message-met")),
                (Met::No, _) => (Shape::Risk, say.word("message-not-met")),
                // This is a message; what it did not tell is not told by it.
                (Met::Unknown, None | Some("message")) => {
                    (Shape::Unknown, say.word("message-met-unknown"))
                }
                (Met::Unknown, Some(by)) => {
                    let by = say.word(&format!("receivers-tells-{by}"));
                    let args = Args::new().with("by", by);
                    (Shape::Unknown, say.text("message-met-told-by", &args))
                }
            };
            let same = rows
                .iter_mut()
                .find(|(_, other, state, _)| *other == text && *state == word);
            match same {
                Some((.., names)) if names.contains(&receiver.name.as_str()) => {}
                Some((.., names)) => names.push(&receiver.name),
                None => rows.push((shape, text, word, vec![&receiver.name])),
            }
        }
    }
    rows.sort_by_key(|(shape, ..)| *shape);
    rows.into_iter()
        .map(|(shape, text, word, names)| Asked {
            text,
            names: names.join(", "),
            shape,
            word,
        })
        .collect()
}
