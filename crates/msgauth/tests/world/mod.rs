//! A small DNS for tests, and the loop that a caller runs around a computation that asks for answers.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use garant_dns::{
    Answer, Answers, Data, Name, Question, Record, RecordType, Resolver, Source, Status, Txt, Zone,
    Zones,
};
use garant_msgauth::Step;

/// Rounds of questions that any computation needs at most.
const ROUNDS_MAX: usize = 6;

pub(crate) struct World {
    zones: Zones,
    failing: Vec<Name>,
}

pub(crate) fn name(text: &str) -> Name {
    text.parse().expect("a valid name")
}

impl World {
    /// Records as owner and value: a text, or `<A> address`, `<CNAME> target`, `<MX> preference host`,
    /// `<STRINGS> one|two`, `<SERVFAIL>`.
    pub(crate) fn new<S: AsRef<str>>(records: &[(S, S)]) -> Self {
        let mut zone = Zone::new(Name::root());
        let mut failing = Vec::new();
        for (owner, value) in records {
            let owner = name(owner.as_ref());
            let (kind, rest) = value
                .as_ref()
                .strip_prefix('<')
                .and_then(|value| value.split_once('>'))
                .map_or(("TXT", value.as_ref()), |(kind, rest)| (kind, rest.trim()));
            let data = match kind {
                "SERVFAIL" => {
                    failing.push(owner);
                    continue;
                }
                "A" => Data::A(rest.parse().expect("an address")),
                "CNAME" => Data::Cname(name(rest)),
                "MX" => {
                    let (preference, exchange) = rest.split_once(' ').expect("two words");
                    Data::Mx {
                        preference: preference.parse().expect("a number"),
                        exchange: name(exchange),
                    }
                }
                "STRINGS" => Data::Txt(Txt(rest
                    .split('|')
                    .map(|s| s.as_bytes().to_vec())
                    .collect())),
                _ => Data::Txt(Txt::from_bytes(rest.as_bytes())),
            };
            zone.add(Record {
                owner,
                ttl: 300,
                data,
            });
        }
        Self {
            zones: Zones::new(vec![zone]),
            failing,
        }
    }

    pub(crate) fn answer(&self, owner: &str, rtype: RecordType) -> Arc<Answer> {
        self.ask(&Question::new(name(owner), rtype))
    }

    fn ask(&self, question: &Question) -> Arc<Answer> {
        if self.failing.contains(&question.name) {
            return Arc::new(Answer::bare(Status::ServFail, Source::Zone));
        }
        let future = pin!(self.zones.resolve(question));
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => unreachable!("zones answer at once"),
        }
    }

    /// Runs a computation to its end; also gives the names that it asked for.
    pub(crate) fn run<T>(&self, compute: impl Fn(&Answers) -> Step<T>) -> (T, Vec<String>) {
        let mut answers = Answers::new();
        let mut asked = Vec::new();
        for _ in 0..ROUNDS_MAX {
            let questions = match compute(&answers) {
                Step::Done(result) => return (result, asked),
                Step::Need(questions) => questions,
            };
            assert!(!questions.is_empty(), "needs nothing and is not done");
            for question in questions {
                assert!(!answers.contains(&question), "asked again: {question:?}");
                asked.push(question.name.to_string());
                let answer = self.ask(&question);
                answers.insert(question, answer);
            }
        }
        panic!("more than {ROUNDS_MAX} rounds: {asked:?}");
    }
}
