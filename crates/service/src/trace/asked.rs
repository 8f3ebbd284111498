//! What receivers ask of a sender of many messages like the one that was traced.

use garant_check::catalogue::{Met, receivers};
use garant_check::trace::Trace;
use garant_text::{Args, Catalogue};
use serde::Serialize;

use crate::report::requirement;

/// Something that is asked for, by whom, and whether the message meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedWords {
    /// What is asked for.
    pub text: String,
    /// The receivers that ask for it.
    pub names: Vec<&'static str>,
    /// Whether it is met.
    pub met: Met,
    /// The same in words, and who could tell where the message cannot.
    pub state: String,
    /// Whether only somebody else can tell: the receiver's figures, or the sender's own habits.
    pub told_elsewhere: bool,
}

/// Everything that is asked for: what is not met first, then what may not apply, then what cannot be told.
pub(super) fn asked(trace: &Trace, catalogue: &Catalogue) -> Vec<AskedWords> {
    let mut rows: Vec<AskedWords> = Vec::new();
    for readiness in &trace.readiness {
        let Some(receiver) = receivers().iter().find(|one| one.id == readiness.name) else {
            continue;
        };
        let name = receiver.name.as_str();
        for one in &readiness.requirements {
            let text = requirement(catalogue, one);
            let state = state(one.met, one.told_by, catalogue);
            let same = rows
                .iter_mut()
                .find(|row| row.text == text && row.state == state);
            match same {
                Some(row) if row.names.contains(&name) => {}
                Some(row) => row.names.push(name),
                None => rows.push(AskedWords {
                    text,
                    names: vec![name],
                    met: one.met,
                    state,
                    told_elsewhere: one.met == Met::Unknown
                        && one.told_by.is_some_and(|by| by != "message"),
                }),
            }
        }
    }
    rows.sort_by_key(|row| match row.met {
        Met::No => 0,
        Met::NotIfMarketing => 1,
        Met::Unknown => 2,
        Met::Yes => 3,
    });
    rows
}

fn state(met: Met, told_by: Option<&str>, catalogue: &Catalogue) -> String {
    let word = |key: &str| catalogue.text(key, &Args::new());
    match (met, told_by) {
        (Met::Yes, _) => word("message-met"),
        (Met::No, _) => word("message-not-met"),
        (Met::NotIfMarketing, _) => word("message-not-met-if-marketing"),
        // This is a message; what it did not tell is not told by it.
        (Met::Unknown, None | Some("message")) => word("message-met-unknown"),
        (Met::Unknown, Some(by)) => {
            let by = word(&format!("receivers-tells-{by}"));
            catalogue.text("message-met-told-by", &Args::new().with("by", by))
        }
    }
}
