//! Records that somebody was asked to publish: whether each is there, and if not, why not.
//!
//! The list is what a platform asked for, and, for a stated sending service, what the catalogue knows of it.
//! Each name is asked once. Only where the answer is not right are the usual mistakes looked for: the name
//! with the zone behind it twice, a label left out, name and value exchanged, a proxy, a wildcard. So a
//! domain where all is in order costs one look-up a record. Where else records may stand is asked for all of
//! them together ([`elsewhere`]), what stands at a record's own name for each ([`probe`]).

mod compare;
mod elsewhere;
mod probe;
mod wish;

use garant_dns::{Answer, Data, Name, Question, RecordType, Status};

use super::Asker;
use crate::input::registrable_domain;

pub(crate) use compare::{Cause, CauseKind};
pub(crate) use wish::{Origin, Purpose, Wanted, Wish};

use compare::{Fit, Look};
use elsewhere::{Places, Spot};

/// Records whose usual mistakes are looked for at most, in the order of the list: whoever made one mistake in
/// six records made it in the others too.
const RECORDS_PROBED_MAX: usize = 6;
/// Aliases that are looked at one by one, to see that they lead in a circle. Whoever makes one makes it of two
/// names, or of one.
const CIRCLE_MAX: usize = 3;

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
    // What is said above all keys is asked in any case, and tells where none need be looked for.
    let keys = domain.prefixed("_domainkey").ok();
    let keys = keys.is_none_or(|keys| asker.ask(&keys, RecordType::Txt).is_some());
    let mut all_came = answers.iter().all(Option::is_some) && own.is_some() && keys;
    let others: Vec<Name> = wishes
        .iter()
        .filter_map(|wish| wish.target().cloned())
        .collect();
    let zone = registrable_domain(domain);
    let first: Vec<First> = wishes
        .iter()
        .zip(&answers)
        .map(|(wish, answer)| first(asker, wish, *answer, domain, &others))
        .collect();
    all_came &= !first.iter().any(|first| matches!(first, First::Open));
    // Which are probed must not depend on the order in which the answers come.
    let mut probed = 0;
    let mut places = Vec::new();
    let cases: Vec<Option<(probe::Context<'_>, Vec<Spot>)>> = wishes
        .iter()
        .zip(answers.iter().zip(&first))
        .map(|(wish, (answer, first))| {
            let (answer, First::Off(fit)) = ((*answer)?, first) else {
                return None;
            };
            probed += 1;
            let context = probe::Context {
                domain,
                zone: probe::zone_of(&wish.name, answer, &zone),
                others: &others,
                records: wishes.len(),
                is_probed: domain_exists && probed <= RECORDS_PROBED_MAX,
            };
            let is_looked_for = context.is_probed && !matches!(fit, Fit::Wrong(_));
            let spots = match is_looked_for {
                true => elsewhere::spots(wish, wish.purpose(domain, Some(answer)), &context),
                false => Vec::new(),
            };
            if is_looked_for {
                places.push((wish.asked_type(), spots.clone()));
            }
            Some((context, spots))
        })
        .collect();
    // What stands at the names themselves goes before what may stand elsewhere, and is asked whatever that costs.
    let mut limits = elsewhere::Limits::new(probe::check_max(wishes.len()));
    let mut settled = Vec::with_capacity(wishes.len());
    for ((wish, case), (answer, first)) in wishes.iter().zip(&cases).zip(answers.iter().zip(&first))
    {
        let known = match (first, case.as_ref().zip(*answer)) {
            (First::Off(fit), Some(((context, _), answer))) if all_came => {
                let known = probe::settle(asker, wish, answer, fit, context);
                limits.in_any_case += usize::from(!known.is_there);
                Some(known)
            }
            _ => None,
        };
        settled.push(known);
    }
    all_came &= !settled.iter().flatten().any(|known| known.is_open);
    let places = match all_came {
        true => elsewhere::decide(asker, domain, &places, limits),
        false => Places::default(),
    };
    let mut records = Vec::with_capacity(wishes.len());
    let known = wishes.into_iter().zip(answers);
    let cases = cases.into_iter().zip(settled);
    for ((wish, answer), (first, (case, settled))) in known.zip(first.into_iter().zip(cases)) {
        let mut purpose = wish.purpose(domain, answer);
        let state = match (first, answer.zip(case).zip(settled)) {
            (First::Known(state), _) => state,
            (First::Copied(of), _) => {
                purpose = of;
                State::Right { flattened: true }
            }
            (First::Off(fit), Some(((answer, (context, spots)), settled))) if all_came => {
                let case = probe::Case {
                    wish: &wish,
                    answer,
                    spots: &spots,
                    places: &places,
                    context: &context,
                };
                let (state, known) = probe::diagnose(asker, &case, settled, purpose, fit);
                purpose = known;
                state
            }
            (First::Off(_) | First::Open, _) => State::Open,
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

/// What the answer at a record's own name shows.
enum First {
    /// An answer has not come yet.
    Open,
    Known(State),
    /// The texts of the target of an alias stand there in its place, and what they are for.
    Copied(Purpose),
    /// It is not right; the usual mistakes are to be looked for.
    Off(Fit),
}

fn first<'a>(
    asker: &mut Asker<'a>,
    wish: &Wish,
    answer: Option<&'a Answer>,
    domain: &Name,
    others: &[Name],
) -> First {
    let Some(answer) = answer else {
        return First::Open;
    };
    if !answer.status.is_definite() && answer.aliases.is_empty() {
        return match answer.status {
            Status::Malformed if wish.rtype == RecordType::Cname => circle(asker, wish, answer),
            _ => First::Known(unanswered(wish, answer)),
        };
    }
    let look = Look::of_answer(&wish.name, answer);
    match compare::fit(wish, &look, others) {
        Fit::Right => {
            let purpose = wish.purpose(domain, Some(answer));
            First::Known(match compare::dangling(wish, purpose, answer) {
                Some(cause) => State::Wrong(vec![cause]),
                None => State::Right { flattened: false },
            })
        }
        // An alias may lead to the target on a way that could not be seen to its end.
        Fit::Foreign(_) if !answer.status.is_definite() => First::Known(unanswered(wish, answer)),
        fit => match (&fit, &wish.wanted) {
            // Before anything is looked for elsewhere: a copy works, and is no mistake.
            (Fit::Foreign(_), Wanted::Alias(target)) if answer.texts().next().is_some() => {
                copied(asker, wish, &look, target, domain, others).unwrap_or(First::Off(fit))
            }
            _ => First::Off(fit),
        },
    }
}

/// Whether the alias at a name leads back to itself. Such a chain has no end that an answer could show, so its
/// aliases are asked for one by one.
fn circle(asker: &mut Asker<'_>, wish: &Wish, answer: &Answer) -> First {
    let mut seen = vec![wish.name.clone()];
    for _ in 0..CIRCLE_MAX {
        let at = seen.last().unwrap_or(&wish.name);
        let Some(alias) = asker.ask(at, RecordType::Cname) else {
            return First::Open;
        };
        let target = alias.records.iter().find_map(|record| match &record.data {
            Data::Cname(target) => Some(target.clone()),
            _ => None,
        });
        let Some(target) = target else {
            break;
        };
        let is_closed = seen.contains(&target);
        seen.push(target);
        if is_closed {
            return First::Known(State::Wrong(vec![in_circle(wish, &seen)]));
        }
    }
    First::Known(unanswered(wish, answer))
}

/// What is wrong with an alias that leads in a circle: its target, where that is another one than was asked for.
fn in_circle(wish: &Wish, names: &[Name]) -> Cause {
    let own = names.get(1).unwrap_or(&wish.name);
    let at = wish.name.clone();
    if wish.target() == Some(own) {
        let target = own.clone();
        return Cause {
            kind: CauseKind::Dangling { target },
            at,
            found: Vec::new(),
        };
    }
    let found_type = RecordType::Cname;
    Cause {
        kind: CauseKind::OtherValue { found_type },
        at,
        found: vec![(found_type, own.to_string())],
    }
}

/// Whether the texts at a name are those of the alias that was asked for.
fn copied<'a>(
    asker: &mut Asker<'a>,
    wish: &Wish,
    look: &Look<'a>,
    target: &Name,
    domain: &Name,
    others: &[Name],
) -> Option<First> {
    let Some(texts) = asker.ask(target, RecordType::Txt) else {
        return Some(First::Open);
    };
    let look = look.with_target(texts);
    match compare::fit(wish, &look, others) {
        Fit::Flattened => Some(First::Copied(wish.purpose(domain, Some(texts)))),
        _ => None,
    }
}

fn unanswered(wish: &Wish, answer: &Answer) -> State {
    let question = Question::new(wish.name.clone(), wish.asked_type());
    State::Unanswered(question, answer.status)
}
