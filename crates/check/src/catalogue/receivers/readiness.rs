//! Whether a sender of many messages meets what receivers ask for.

use serde::Serialize;

use super::{LegResults, Receiver, receivers, worlds};

/// What one receiver asks for, and how a message stands to it.
#[derive(Clone, Debug)]
pub struct ReceiverReadiness {
    /// The receiver; [`Receiver::threshold`] says from when its rules for bulk senders hold.
    pub receiver: &'static Receiver,
    /// What it asks for: of everybody first, then of bulk senders; authentication before the rest.
    pub requirements: Vec<RequirementReadiness>,
}

/// One thing that a receiver asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementReadiness {
    /// What it is: the words are at `receivers-asks-<key>`.
    pub key: &'static str,
    /// How much of it, where that is a matter of number.
    pub number: Option<u32>,
    /// A stricter number that is advised.
    pub aim: Option<u32>,
    /// It is asked of senders of many messages only.
    pub bulk: bool,
    /// It is asked for advertising and newsletters only.
    pub marketing: bool,
    /// Whether it is met.
    pub met: Met,
    /// What would tell, where it cannot be told: the words are at `receivers-tells-<key>`.
    pub told_by: Option<&'static str>,
}

/// Whether something that is asked for is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It is not, and it is asked for advertising and newsletters only: nothing shows that the message is one.
    NotIfMarketing,
    /// Could not be told.
    Unknown,
}

impl From<Option<bool>> for Met {
    fn from(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

impl ReceiverReadiness {
    /// The worst of its requirements: not ready if one is not met, unknown if one cannot be told.
    pub fn is_ready(&self) -> Met {
        let any = |met| {
            let mut all = self.requirements.iter();
            all.any(|requirement| requirement.met == met)
        };
        match (any(Met::No), any(Met::Unknown) || any(Met::NotIfMarketing)) {
            (true, _) => Met::No,
            (false, true) => Met::Unknown,
            (false, false) => Met::Yes,
        }
    }
}

/// How a message with these results stands to what each receiver asks for that publishes anything; in the order of
/// the catalogue.
pub fn readiness(legs: &LegResults) -> Vec<ReceiverReadiness> {
    let all = receivers().iter().map(|receiver| ReceiverReadiness {
        receiver,
        requirements: receiver.requirements(legs),
    });
    all.filter(|readiness| !readiness.requirements.is_empty())
        .collect()
}

impl Receiver {
    /// What it asks for, of everybody first, and how a message with these results stands to it.
    pub fn requirements(&self, legs: &LegResults) -> Vec<RequirementReadiness> {
        let worlds = worlds(legs);
        [false, true]
            .into_iter()
            .flat_map(|bulk| {
                let conditions = if bulk { &self.bulk } else { &self.all };
                let authentication = conditions.iter().map(|condition| {
                    let met = |told: &super::Told| condition.requires.is_met(*told);
                    let known = match (worlds.iter().all(met), worlds.iter().any(met)) {
                        (true, _) => Some(true),
                        (false, false) => Some(false),
                        (false, true) => None,
                    };
                    RequirementReadiness {
                        key: condition.requires.rule(),
                        number: None,
                        aim: None,
                        bulk,
                        marketing: false,
                        met: known.into(),
                        told_by: known.is_none().then_some("message"),
                    }
                });
                let demands = self
                    .demands
                    .iter()
                    .filter(move |demand| demand.bulk == bulk);
                let rest = demands.map(|demand| {
                    let known = demand.is_met(&self.id, legs);
                    RequirementReadiness {
                        key: demand.asks.key(),
                        number: demand.number,
                        aim: demand.aim,
                        bulk,
                        marketing: demand.marketing,
                        met: match known {
                            Some(false) if demand.may_not_apply(legs) => Met::NotIfMarketing,
                            known => known.into(),
                        },
                        told_by: known.is_none().then(|| demand.asks.told_by()),
                    }
                });
                let mut both: Vec<RequirementReadiness> = authentication.collect();
                both.extend(rest);
                both
            })
            .collect()
    }
}
