//! Reads answers, and takes note of the questions that are open.

use garant_dns::{Answer, AnswerTable, Name, Question, RecordType, Source, Status};
use garant_msgauth::Step;
use garant_msgauth::dmarc::public_suffix;

use super::Needs;
use crate::fetch::{Document, FetchError};
use crate::observation::Observation;

/// Questions that are asked again with validation switched off, to tell a zone with broken signatures
/// from a server in trouble. One would do; two bridge a server that fails now and then.
const BOGUS_PROBES_MAX: usize = 2;

/// The answers of an observation, seen through what a check may assume.
pub(crate) struct Asker<'a> {
    observation: &'a Observation,
    table: Table<'a>,
    needs: Needs,
    bogus_probes: usize,
    reserved: usize,
}

/// Why a fact is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unsure {
    /// The answer has not come yet.
    Pending,
    /// The answer is not definite.
    Unanswered(Question, Status),
}

/// A name that stands above every organization: nobody but a registry publishes there. When nobody may
/// be asked, its policy record is taken to be absent, which for nearly all of them is true; otherwise
/// no zone file could be judged on its own.
pub(crate) struct Table<'a> {
    answers: &'a dyn AnswerTable,
    absent: Answer,
}

impl<'a> Table<'a> {
    /// These answers, seen so.
    pub(crate) fn new(answers: &'a dyn AnswerTable) -> Self {
        Self {
            answers,
            absent: Answer::bare(Status::NxDomain, Source::Nobody),
        }
    }
}

impl AnswerTable for Table<'_> {
    fn answer(&self, question: &Question) -> Option<&Answer> {
        let answer = self.answers.answer(question)?;
        let not_asked = matches!(answer.status, Status::Offline | Status::NotRecorded);
        if not_asked && is_policy_of_public_suffix(question) {
            return Some(&self.absent);
        }
        Some(answer)
    }
}

fn is_policy_of_public_suffix(question: &Question) -> bool {
    let Some(suffix) = question.name.as_str().strip_prefix("_dmarc.") else {
        return false;
    };
    suffix
        .parse::<Name>()
        .is_ok_and(|name| public_suffix(&name).as_ref() == Some(&name))
}

impl<'a> Asker<'a> {
    pub(crate) fn new(observation: &'a Observation) -> Self {
        Self {
            observation,
            table: Table::new(&observation.answers),
            needs: Needs::default(),
            bogus_probes: 0,
            reserved: 0,
        }
    }

    /// The observation that is read.
    pub(crate) fn observation(&self) -> &'a Observation {
        self.observation
    }

    /// The answer to a question, or a note that it is to be asked. A failing server is asked once more
    /// without validation.
    pub(crate) fn ask(&mut self, name: &Name, rtype: RecordType) -> Option<&'a Answer> {
        let question = Question::new(name.clone(), rtype);
        let answer = self.observation.answers.answer(&question);
        match answer {
            None => {
                self.needs.questions.insert(question);
            }
            Some(answer) if answer.status == Status::ServFail => self.probe_bogus(&question),
            Some(_) => {}
        }
        answer
    }

    /// The answer to a question if there is one; it is not asked for that.
    pub(crate) fn answered(&self, name: &Name, rtype: RecordType) -> Option<&'a Answer> {
        let question = Question::new(name.clone(), rtype);
        self.observation.answers.answer(&question)
    }

    /// Whether a question is answered or about to be asked.
    pub(crate) fn is_noted(&self, question: &Question) -> bool {
        self.observation.answers.contains(question) || self.needs.questions.contains(question)
    }

    /// Notes that a question may have to be asked later.
    pub(crate) fn reserve(&mut self) {
        self.reserved += 1;
    }

    /// Questions that are answered, about to be asked, or reserved.
    pub(crate) fn count(&self) -> usize {
        self.observation.answers.len() + self.needs.questions.len() + self.reserved
    }

    fn probe_bogus(&mut self, question: &Question) {
        let unchecked = question.with_checking_disabled();
        if self.bogus_probes < BOGUS_PROBES_MAX {
            self.bogus_probes += 1;
            if !self.observation.answers.contains(&unchecked) {
                self.needs.questions.insert(unchecked);
            }
        }
    }

    /// The definite answer to a question, or why there is none.
    pub(crate) fn definite(
        &mut self,
        name: &Name,
        rtype: RecordType,
    ) -> Result<&'a Answer, Unsure> {
        match self.ask(name, rtype) {
            None => Err(Unsure::Pending),
            Some(answer) if answer.status.is_definite() => Ok(answer),
            Some(answer) => Err(Unsure::Unanswered(
                Question::new(name.clone(), rtype),
                answer.status,
            )),
        }
    }

    /// Runs a computation over the answers at hand and notes what it still needs.
    pub(crate) fn run<T>(
        &mut self,
        compute: impl FnOnce(&dyn AnswerTable) -> Step<T>,
    ) -> Option<T> {
        match compute(&self.table) {
            Step::Done(value) => Some(value),
            Step::Need(questions) => {
                self.need(questions);
                None
            }
        }
    }

    /// The answers, for computations that say themselves what they need.
    pub(crate) fn table(&self) -> &dyn AnswerTable {
        &self.table
    }

    /// Notes questions that are to be asked.
    pub(crate) fn need(&mut self, questions: impl IntoIterator<Item = Question>) {
        let answers = &self.observation.answers;
        let open = questions
            .into_iter()
            .filter(|question| !answers.contains(question));
        self.needs.questions.extend(open);
    }

    /// The document at a URL, or a note that it is to be fetched.
    pub(crate) fn fetch(&mut self, url: &str) -> Option<&'a Result<Document, FetchError>> {
        let document = self.observation.documents.get(url);
        if document.is_none() {
            self.needs.documents.insert(url.to_owned());
        }
        document
    }

    pub(crate) fn into_needs(self) -> Needs {
        self.needs
    }
}
