//! Records that somebody was asked to publish: whether each is there, and if not, why not.
//!
//! The list is what a platform asked for, and, for a stated sending service, what the catalogue knows of it.
//! Each name is asked once. Only where the answer is not right are the usual mistakes looked for: the name
//! with the zone behind it twice, a label left out, name and value exchanged, a proxy, a wildcard. So a
//! domain where all is in order costs one look-up a record.

mod compare;
mod probe;
mod wish;

use garant_dns::{Answer, Name, Question, RecordType, Status};

use super::Asker;
use crate::input::registrable_domain;

pub(crate) use compare::{Cause, CauseKind};
pub(crate) use wish::{Origin, Purpose, Wanted, Wish};

use compare::{Fit, Look};

/// Records whose usual mistakes are looked for at most, in the order of the list: each may cost
/// [`probe::PROBES_MAX`] look-ups, and whoever made one mistake in six records made it in the others too.
const RECORDS_PROBED_MAX: usize = 6;

/// The records that were asked for.
pub(crate) struct ExpectedFacts<'a> {
    pub(crate) records: Vec<RecordFacts<'a>>,
}

/// One record that was asked for.
pub(crate) struct RecordFacts<'a> {
    pub(crate) wish: Wish,
    pub(crate) purpose: Purpose,
    /// The answer at its name.
    pub(crate) answer: Option<&'a Answer>,
    pub(crate) state: State,
}

/// What became of a record that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// An answer has not come yet.
    Open,
    /// Its name got no definite answer.
    Unanswered(Question, Status),
    /// As it was asked for; flattened when the data stands there without the alias.
    Right { flattened: bool },
    /// Not as it was asked for. Never empty, the first cause first.
    Wrong(Vec<Cause>),
}

impl RecordFacts<'_> {
    /// The question that shows whether the record is there.
    pub(crate) fn question(&self) -> Question {
        Question::new(self.wish.name.clone(), self.wish.asked_type())
    }
}

pub(super) fn survey<'a>(asker: &mut Asker<'a>, domain: &Name) -> ExpectedFacts<'a> {
    let wishes = wish::wishes(&asker.observation().request);
    // All are asked before any is read, so that they are asked together.
    let answers: Vec<Option<&Answer>> = wishes
        .iter()
        .map(|wish| asker.ask(&wish.name, wish.asked_type()))
        .collect();
    let own = asker.ask(domain, RecordType::Txt);
    let domain_exists = own.is_some_and(|own| own.status != Status::NxDomain);
    let all_came = answers.iter().all(Option::is_some) && own.is_some();
    let others: Vec<Name> = wishes
        .iter()
        .filter_map(|wish| wish.target().cloned())
        .collect();
    let zone = registrable_domain(domain);
    let mut probed = 0;
    let mut records = Vec::with_capacity(wishes.len());
    for (wish, answer) in wishes.into_iter().zip(answers) {
        let mut purpose = wish.purpose(domain, answer);
        let state = match answer {
            None => State::Open,
            Some(answer) if !answer.status.is_definite() && answer.aliases.is_empty() => {
                unanswered(&wish, answer)
            }
            Some(answer) => {
                let look = Look::of_answer(&wish.name, answer);
                match compare::fit(&wish, &look, &others) {
                    Fit::Right => match compare::dangling(&wish, purpose, answer) {
                        Some(cause) => State::Wrong(vec![cause]),
                        None => State::Right { flattened: false },
                    },
                    // An alias may lead to the target on a way that could not be seen to its end.
                    Fit::Foreign(_) if !answer.status.is_definite() => unanswered(&wish, answer),
                    // Which are probed must not depend on the order in which the answers come.
                    _ if !all_came => State::Open,
                    fit => {
                        probed += 1;
                        let context = probe::Context {
                            domain,
                            zone: probe::zone_of(&wish.name, answer, &zone),
                            others: &others,
                            is_probed: domain_exists && probed <= RECORDS_PROBED_MAX,
                        };
                        let (state, known) =
                            probe::diagnose(asker, &wish, purpose, answer, fit, &context);
                        purpose = known;
                        state
                    }
                }
            }
        };
        records.push(RecordFacts {
            wish,
            purpose,
            answer,
            state,
        });
    }
    ExpectedFacts { records }
}

fn unanswered(wish: &Wish, answer: &Answer) -> State {
    let question = Question::new(wish.name.clone(), wish.asked_type());
    State::Unanswered(question, answer.status)
}
