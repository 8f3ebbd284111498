//! The check of the domain that a bounce blames: its verdict, and the first change of the plan.

use garant_check::{Action, Assessment, Observation, plan::Plan};
use garant_dns::{Name, RecordType};
use garant_text::Language;
use serde::Serialize;

use crate::report::{Asked, ChangeWords, NoteWords, PlanReport, VerdictText};

/// What a check of the domain says.
#[derive(Clone, Debug, Serialize)]
pub struct DomainCheck {
    /// The domain.
    pub domain: Name,
    /// When it was asked, RFC 3339 in UTC.
    pub asked_at: String,
    /// What was asked, filled from what the bounce shows of the message.
    pub question: Asked,
    /// The one sentence.
    pub verdict: VerdictText,
    /// The first change to make; nothing where no record of the domain helps.
    pub change: Option<ChangeText>,
    /// How many changes the plan has.
    pub changes: usize,
    /// Who has to do what, where no record of the domain helps: the first of the plan's notes.
    pub note: Option<NoteWords>,
}

/// One change of a record.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeText {
    /// What to do.
    pub action: Action,
    /// Full name of the record.
    pub name: Name,
    /// Its type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Its data.
    pub value: String,
    /// The same in words.
    pub words: ChangeWords,
}

impl DomainCheck {
    /// Puts words to a check.
    pub fn new(
        observation: &Observation,
        assessment: &Assessment,
        plan: Option<Plan>,
        language: Language,
    ) -> Self {
        // Each form escapes what it shows.
        let report = PlanReport::new(observation, assessment, plan, language, str::to_owned);
        let changes = report
            .plan
            .as_ref()
            .map_or(0, |plan| plan.plan.changes.len());
        let (change, note) = report.plan.map_or((None, None), |plan| {
            let change = plan.plan.changes.into_iter().next();
            let words = plan.words.changes.into_iter().next();
            let change = change.zip(words).map(|(change, words)| ChangeText {
                action: change.action,
                name: change.name,
                rtype: change.rtype,
                value: change.value,
                words,
            });
            let note = plan.words.notes.into_iter().next();
            (change, note)
        });
        let note = note.filter(|_| change.is_none());
        Self {
            domain: report.domain,
            asked_at: report.asked_at,
            question: report.question,
            verdict: report.verdict,
            change,
            changes,
            note,
        }
    }
}
