//! Everything that is printed of a judged observation, in both languages.

use garant_check::plan::Plan;
use garant_check::{Assessment, Observation};
use garant_service::present::{self, TextOptions};
use garant_service::report::{PlanReport, Report};
use garant_text::Language;

/// Columns of the terminal that texts are written for.
const COLUMNS: usize = 80;

/// Prints the check and the plan in every form. Nothing hostile may stand in it, and JSON must be JSON.
pub(crate) fn print(observation: &Observation, assessment: &Assessment, plan: Option<&Plan>) {
    for language in Language::ALL {
        let options = TextOptions {
            language,
            columns: COLUMNS,
            colour: false,
        };
        let report = Report::new(observation, assessment, language, 0, present::as_it_is);
        is_clean(&present::text(&report, options));
        is_json(&present::json(&report));
        let escaped = Report::new(
            observation,
            assessment,
            language,
            0,
            present::escape_markdown,
        );
        is_clean(&present::markdown(&escaped, language));
        let planned = |escape| {
            let plan = plan.cloned();
            PlanReport::new(observation, assessment, plan, language, escape)
        };
        let report = planned(present::as_it_is);
        is_clean(&present::plan_text(&report, options));
        is_clean(&present::plan_zone(&report, language));
        is_json(&present::plan_json(&report));
        let escaped = planned(present::escape_markdown);
        is_clean(&present::plan_markdown(&escaped, language));
    }
}

fn is_clean(page: &str) {
    let hostile = page
        .chars()
        .find(|character| *character != '\n' && present::is_hostile(*character));
    assert_eq!(hostile, None, "{page}");
}

fn is_json(page: &str) {
    is_clean(page);
    let json: Result<serde_json::Value, _> = serde_json::from_str(page);
    assert!(json.is_ok_and(|json| json.is_object()), "{page}");
}
