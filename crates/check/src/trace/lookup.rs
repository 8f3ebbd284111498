//! The answers that a step used, as plain data.

use garant_dns::{AnswerTable, Name, Question, RecordType};

use super::facts::LookUp;
use crate::survey::data_text;

/// Records of one answer that a step shows at most: ten exchanges and their addresses fit.
const RECORDS_MAX: usize = 20;

/// One answer, if it is at hand.
pub(super) fn look_up(question: &Question, answers: &dyn AnswerTable) -> Option<LookUp> {
    let answer = answers.answer(question)?;
    let records = answer.records.iter().take(RECORDS_MAX);
    Some(LookUp {
        name: question.name.clone(),
        rtype: question.rtype,
        status: answer.status,
        aliases: answer
            .aliases
            .iter()
            .map(|alias| alias.target.clone())
            .collect(),
        data: records.map(|record| data_text(&record.data)).collect(),
    })
}

/// The texts at a name, if they are at hand.
pub(super) fn texts_at(name: &Name, answers: &dyn AnswerTable) -> Option<LookUp> {
    look_up(&Question::new(name.clone(), RecordType::Txt), answers)
}
