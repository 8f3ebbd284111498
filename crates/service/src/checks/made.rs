//! A check that was made: what is kept of it, and what it says today.

use futures::executor::block_on;
use garant_check::plan::{self, Plan};
use garant_check::{Assessment, Observation, assess};
use garant_store::{CaseRow, CheckRow, StoreError};
use garant_text::Language;
use serde::{Deserialize, Serialize};

use super::CheckId;
use super::recorder::{Further, Recorded};
use crate::report::{PlanReport, Report};

/// A check that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its name.
    pub id: CheckId,
    /// Everything that was asked and answered.
    pub observation: Observation,
    /// What the plan asked besides.
    pub further: Further,
    /// Milliseconds from the first question to the last answer.
    pub elapsed_ms: u64,
    /// Until when it is kept: seconds since 1970 in UTC.
    pub kept_until: i64,
}

/// What a store keeps as one text.
#[derive(Serialize, Deserialize)]
struct Kept<O> {
    observation: O,
    further: Further,
}

impl Checked {
    /// For a store.
    pub fn to_row(&self) -> CheckRow {
        let kept = Kept {
            observation: &self.observation,
            further: self.further.clone(),
        };
        CheckRow {
            id: self.id.to_string(),
            domain: self.observation.request.domain.to_string(),
            asked_at: self.observation.asked_at,
            elapsed_ms: self.elapsed_ms,
            kept_until: self.kept_until,
            answers: serde_json::to_string(&kept)
                .expect("an observation has only text keys, so it is always valid JSON"),
        }
    }

    /// From a store.
    ///
    /// # Errors
    /// When the row is not what [`Checked::to_row`] wrote.
    pub fn from_row(row: &CheckRow) -> Result<Self, StoreError> {
        let kept: Kept<Observation> =
            serde_json::from_str(&row.answers).map_err(|_| StoreError::Damaged("answers"))?;
        Ok(Self {
            id: CheckId::parse(&row.id).ok_or(StoreError::Damaged("id"))?,
            observation: kept.observation,
            further: kept.further,
            elapsed_ms: row.elapsed_ms,
            kept_until: row.kept_until,
        })
    }

    /// The copy of a check that a case keeps; nothing where it is about none. What the check took is not kept with it.
    ///
    /// # Errors
    /// When the copy is not what [`Checked::to_row`] wrote.
    pub fn from_case(case: &CaseRow) -> Result<Option<Self>, StoreError> {
        let (Some(id), Some(answers)) = (&case.check_id, &case.answers) else {
            return Ok(None);
        };
        let row = CheckRow {
            id: id.clone(),
            domain: case.domain.clone().unwrap_or_default(),
            asked_at: case.opened_at,
            elapsed_ms: 0,
            kept_until: i64::MAX,
            answers: answers.clone(),
        };
        Self::from_row(&row).map(Some)
    }

    /// Judges it and finds the plan, by the rules of today. This is work for the processor, a few milliseconds and
    /// up to a second for a hostile domain: not for a thread that serves requests.
    pub fn judged(self) -> Judged {
        let assessment = assess(&self.observation);
        let recorded = Recorded::new(&self.further);
        let plan = block_on(plan::plan(
            recorded.sources(),
            &self.observation,
            &assessment,
        ));
        Judged {
            checked: self,
            assessment,
            plan,
        }
    }
}

/// What a check says.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The check.
    pub checked: Checked,
    /// Its findings.
    pub assessment: Assessment,
    /// What to do; nothing where all is well.
    pub plan: Option<Plan>,
}

impl Judged {
    /// The findings with their words; `escape` as in [`Report::new`].
    pub fn report(&self, language: Language, escape: fn(&str) -> String) -> Report {
        let elapsed = self.checked.elapsed_ms;
        let observation = &self.checked.observation;
        Report::new(observation, &self.assessment, language, elapsed, escape)
    }

    /// The plan with its words; `escape` as in [`PlanReport::new`].
    pub fn plan_report(&self, language: Language, escape: fn(&str) -> String) -> PlanReport {
        let observation = &self.checked.observation;
        let plan = self.plan.clone();
        PlanReport::new(observation, &self.assessment, plan, language, escape)
    }
}
