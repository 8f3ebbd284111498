//! Receivers with their words, those of one mind together.

use garant_check::catalogue::{Receiver, receivers};
use garant_check::path::{ReceiverAction, ReceiverBulk, ReceiverOutcome, ReceiverReply};
use garant_text::{Args, Catalogue};

use super::path::ReceiverWords;
use super::reply::answer;

/// Whoever finds the words for what receivers do.
#[derive(Clone, Copy)]
pub(crate) struct Receivers<'a> {
    pub(crate) catalogue: &'a Catalogue,
}

/// Receivers that are told together.
struct Group<T> {
    of: T,
    names: Vec<String>,
    answers: Vec<String>,
}

/// Puts a receiver to those of its mind.
fn join<T: PartialEq>(groups: &mut Vec<Group<T>>, of: T, name: String, answer: Option<String>) {
    match groups.iter_mut().find(|group| group.of == of) {
        Some(group) => {
            group.names.push(name);
            group.answers.extend(answer);
        }
        None => groups.push(Group {
            of,
            names: vec![name],
            answers: answer.into_iter().collect(),
        }),
    }
}

impl Receivers<'_> {
    /// What they do.
    pub(crate) fn all(&self, outcomes: &[ReceiverOutcome]) -> Vec<ReceiverWords> {
        let mut groups: Vec<Group<(ReceiverAction, &'static str)>> = Vec::new();
        for outcome in outcomes {
            let name = self.name(outcome.name);
            let answer = self.answer(&name, &outcome.replies);
            join(&mut groups, (outcome.action, outcome.rule), name, answer);
        }
        let words = groups.into_iter().map(|group| {
            let (action, rule) = group.of;
            ReceiverWords {
                names: group.names,
                action,
                text: self.action(action),
                rule: self.word(&format!("receiver-rule-{rule}")),
                answers: group.answers,
            }
        });
        words.collect()
    }

    /// What they do with mail of a sender of many messages, where that is worse.
    pub(crate) fn bulk(&self, outcomes: &[ReceiverOutcome]) -> Vec<ReceiverWords> {
        let mut groups: Vec<Group<(ReceiverBulk, Option<u32>)>> = Vec::new();
        for outcome in outcomes {
            let Some(bulk) = outcome.bulk else { continue };
            let known = receivers().iter().find(|known| known.id == outcome.name);
            let from = known.and_then(Receiver::bulk_messages_per_day);
            let name = self.name(outcome.name);
            let answer = self.answer(&name, &outcome.bulk_replies);
            join(&mut groups, (bulk, from), name, answer);
        }
        let words = groups.into_iter().map(|group| {
            let (bulk, from) = group.of;
            let args = Args::new().with("action", self.action(bulk.action));
            let args = match from {
                Some(count) => args.with("count", count),
                None => args.with("count", "none"),
            };
            ReceiverWords {
                names: group.names,
                action: bulk.action,
                text: self.catalogue.text("path-receivers-in-bulk", &args),
                rule: self.word(&format!("receiver-rule-{}", bulk.rule)),
                answers: group.answers,
            }
        });
        words.collect()
    }

    /// What a receiver does, in words.
    fn action(&self, action: ReceiverAction) -> String {
        self.word(match action {
            ReceiverAction::Deliver => "receiver-action-deliver",
            ReceiverAction::Spam => "receiver-action-spam",
            ReceiverAction::Refuse => "receiver-action-refuse",
            ReceiverAction::Unknown => "receiver-action-unknown",
        })
    }

    fn answer(&self, receiver: &str, replies: &[ReceiverReply]) -> Option<String> {
        let replies = replies.iter().map(|reply| (&reply.codes[..], reply.text));
        answer(self.catalogue, receiver, replies)
    }

    fn name(&self, id: &str) -> String {
        let known = receivers().iter().find(|receiver| receiver.id == id);
        match known {
            Some(receiver) if id != "other" => receiver.name.clone(),
            _ => self.word("receiver-other"),
        }
    }

    fn word(&self, key: &str) -> String {
        self.catalogue.text(key, &Args::new())
    }
}
