//! Which reply a message gets that a receiver refuses.

use serde::{Deserialize, Serialize};

use super::{KnownReply, LegResults, Receiver, Told, Volume, judge, worlds};
use crate::path::ReceiverAction;

/// When a reply is given: a rule is broken, and, where one rule has several answers, how.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// The key of the rule: one of [`super::receiver_rules`], or of [`super::Asked::key`].
    pub rule: String,
    /// What the message lacks; nothing where that does not matter.
    #[serde(default)]
    pub lacks: Option<Lack>,
}

/// What a message lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// SPF does not pass.
    Spf,
    /// SPF says that the client is not allowed, which is more than not to pass.
    SpfAuthorisation,
    /// No signature passes.
    Dkim,
    /// Neither passes.
    Both,
}

/// A reply that a message may get.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedReply<'a> {
    /// The reply, with its codes: a receiver may answer by a temporary one first.
    pub reply: &'a KnownReply,
    /// The key of the rule that decides: the words are at `receiver-rule-<key>`, or at `receivers-asks-<key>` where
    /// [`Self::is_demand`].
    pub rule: &'static str,
    /// It is not authentication that decides.
    pub is_demand: bool,
}

impl Receiver {
    /// What it would answer to this message; nothing where it accepts it, files it as spam without a word, or is
    /// not known to answer in particular words. Several where it may answer one or the other.
    ///
    /// What is unknown is never held against the message, and no reply is told while the outcome is unknown.
    pub fn replies(&self, legs: &LegResults, volume: Volume) -> Vec<ExpectedReply<'_>> {
        let mut expected = self.replies_to_demands(legs, volume);
        let outcome = match volume {
            Volume::Few => self.outcome(legs),
            Volume::Many => self.bulk_outcome(legs),
        };
        if outcome.0 != ReceiverAction::Refuse {
            return expected;
        }
        let conditions = self.conditions(volume);
        let worlds: Vec<(Told, &'static str)> = worlds(legs)
            .into_iter()
            .map(|told| (told, judge(self, &conditions, told)))
            .filter(|(_, (action, _))| *action == ReceiverAction::Refuse)
            .map(|(told, (_, rule))| (told, rule))
            .collect();
        for reply in &self.replies_known {
            let mut fitting = worlds.iter().filter(|(told, rule)| {
                let mut occasions = reply.told_for.iter();
                occasions.any(|occasion| occasion.fits(*told, rule))
            });
            if let Some((_, rule)) = fitting.next() {
                expected.push(ExpectedReply {
                    reply,
                    rule,
                    is_demand: false,
                });
            }
        }
        expected
    }

    fn replies_to_demands(&self, legs: &LegResults, volume: Volume) -> Vec<ExpectedReply<'_>> {
        let asked = self
            .demands
            .iter()
            .filter(|demand| volume == Volume::Many || !demand.bulk);
        let broken = asked.filter(|demand| {
            demand.is_met(&self.id, legs) == Some(false) && !demand.may_not_apply(legs)
        });
        broken
            .flat_map(|demand| {
                let rule = demand.asks.key();
                let answers = self.replies_known.iter().filter(move |reply| {
                    let mut occasions = reply.told_for.iter();
                    occasions.any(|occasion| occasion.rule == rule)
                });
                answers.map(move |reply| ExpectedReply {
                    reply,
                    rule,
                    is_demand: true,
                })
            })
            .collect()
    }
}

impl Occasion {
    fn fits(&self, told: Told, rule: &str) -> bool {
        let lacks = match self.lacks {
            None => true,
            Some(Lack::Spf) => !told.spf,
            Some(Lack::SpfAuthorisation) => told.spf_fail,
            Some(Lack::Dkim) => !told.dkim,
            Some(Lack::Both) => !told.spf && !told.dkim,
        };
        lacks && self.rule == rule
    }
}
