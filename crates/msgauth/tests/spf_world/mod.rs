//! A small DNS in memory, and the loops that drive sans-I/O computations with it.

#![allow(dead_code, reason = "each test file uses its own part of it")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use garant_dns::{
    Alias, Answer, Answers, Data, Name, Question, Record, RecordType, Source, Status, Txt,
};
use garant_msgauth::Step;
use garant_msgauth::spf::{Evaluation, Params, Tree, check_host, tree};

/// Rounds of questions after which a computation is taken not to end.
const ROUNDS_MAX: usize = 60;

/// Records, and names at which what is not recorded gets no answer.
#[derive(Default)]
pub(crate) struct World {
    records: BTreeMap<Name, Vec<Data>>,
    statuses: BTreeMap<Name, Status>,
    existing: BTreeSet<Name>,
}

/// A name whose labels stand between dots, whatever characters they have.
pub(crate) fn raw_name(text: &str) -> Name {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.is_empty() {
        return Name::root();
    }
    Name::from_labels(text.split('.').map(str::as_bytes)).expect("a name")
}

impl World {
    /// Reads lines of `name TYPE value`. Types are those of records, and `TIMEOUT` and `SERVFAIL` for what is not recorded at
    /// that name. The strings of a TXT record stand between `|`.
    pub(crate) fn parse(lines: &str) -> Self {
        let mut world = Self::default();
        for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let (name, rest) = line.split_once(' ').expect("a name and a type");
            let (rtype, value) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
            world.add_text(name, rtype, value.trim());
        }
        world
    }

    pub(crate) fn add_text(&mut self, name: &str, rtype: &str, value: &str) {
        let name = raw_name(name);
        let data = match rtype {
            "TIMEOUT" => return self.set_status(name, Status::Timeout),
            "SERVFAIL" => return self.set_status(name, Status::ServFail),
            "A" => Data::A(value.parse().expect("an IPv4 address")),
            "AAAA" => Data::Aaaa(value.parse().expect("an IPv6 address")),
            "CNAME" => Data::Cname(raw_name(value)),
            "PTR" => Data::Ptr(raw_name(value)),
            "TXT" => Data::Txt(Txt(value
                .split('|')
                .map(|s| s.as_bytes().to_vec())
                .collect())),
            "MX" => {
                let (preference, exchange) = value.split_once(' ').expect("a preference");
                Data::Mx {
                    preference: preference.parse().expect("a number"),
                    exchange: raw_name(exchange.trim()),
                }
            }
            other => panic!("a record type: {other}"),
        };
        self.add(name, data);
    }

    pub(crate) fn add(&mut self, name: Name, data: Data) {
        self.exists(&name);
        self.records.entry(name).or_default().push(data);
    }

    /// What questions for other records of this name get.
    pub(crate) fn set_status(&mut self, name: Name, status: Status) {
        self.exists(&name);
        self.statuses.insert(name, status);
    }

    fn exists(&mut self, name: &Name) {
        let mut at = Some(name.clone());
        while let Some(name) = at {
            at = name.parent();
            self.existing.insert(name);
        }
    }

    pub(crate) fn answer(&self, question: &Question) -> Answer {
        let mut answer = Answer::bare(Status::NoData, Source::Zone);
        let mut name = question.name.clone();
        loop {
            let all = self.records.get(&name).map_or(&[][..], Vec::as_slice);
            answer.records = all
                .iter()
                .filter(|data| data.record_type() == question.rtype)
                .map(|data| Record {
                    owner: name.clone(),
                    ttl: 300,
                    data: data.clone(),
                })
                .collect();
            let alias = all.iter().find_map(|data| match data {
                Data::Cname(target) if question.rtype != RecordType::Cname => Some(target.clone()),
                _ => None,
            });
            answer.status = match (&alias, self.statuses.get(&name)) {
                _ if !answer.records.is_empty() => Status::Found,
                (Some(_), _) if answer.aliases.len() == Answer::ALIASES_MAX => Status::Malformed,
                (None, Some(status)) => *status,
                (None, None) if !self.existing.contains(&name) => Status::NxDomain,
                _ => Status::NoData,
            };
            match alias {
                Some(target) if answer.status == Status::NoData => {
                    answer.aliases.push(Alias {
                        owner: name,
                        target: target.clone(),
                        ttl: 300,
                    });
                    name = target;
                }
                _ => return answer,
            }
        }
    }

    /// Evaluates to the end; with the number of rounds of questions.
    pub(crate) fn check_host(&self, params: &Params<'_>) -> (Evaluation, usize) {
        let mut answers = Answers::new();
        for round in 0..ROUNDS_MAX {
            match check_host(params, &answers) {
                Step::Done(evaluation) => return (evaluation, round),
                Step::Need(questions) => self.fill(&mut answers, questions),
            }
        }
        panic!("still questions after {ROUNDS_MAX} rounds: {params:?}");
    }

    /// The complete tree; with the number of rounds and of questions.
    pub(crate) fn tree(&self, domain: &str) -> (Tree, usize, usize) {
        let domain = raw_name(domain);
        let mut answers = Answers::new();
        for round in 0..ROUNDS_MAX {
            let tree = tree(&domain, &answers);
            if tree.needs.is_empty() {
                return (tree, round, answers.len());
            }
            self.fill(&mut answers, tree.needs);
        }
        panic!("still questions after {ROUNDS_MAX} rounds: {domain}");
    }

    fn fill(&self, answers: &mut Answers, questions: Vec<Question>) {
        assert!(!questions.is_empty(), "at least one question is needed");
        for question in questions {
            assert!(!answers.contains(&question), "asked twice: {question:?}");
            let answer = Arc::new(self.answer(&question));
            answers.insert(question, answer);
        }
    }
}
