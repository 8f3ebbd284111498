//! What the page about a message says, and the page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use garant_check::trace::{StepCode, StepState, Trace, TraceObservation};
use garant_service::present::sanitise;
use garant_service::report::{FindingText, ReceiverWords};
use garant_service::trace::{StepText, TraceReport};
use garant_text::{Args, Catalogue, Language};
use serde::{Deserialize, Serialize};

use super::ask::Ask;
use super::keeping::Keeping;
use super::way::{self, Asked, Hop};
use super::{NO_CACHE, help_path};
use crate::frame::{Frame, Part, page};
use crate::picture::{MessageWay, Picture};
use crate::say::Say;
use crate::state::Shape;
use crate::words::filters;

/// Everything that the page says, in one language. Text in it is as it was read: it is escaped when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TraceTold {
    /// The subject.
    title: String,
    /// Author and date.
    summary: String,
    shape: Shape,
    sentence: String,
    first: Option<String>,
    /// The page of the help about what to do first, without the language.
    help: Option<String>,
    ask: Option<Ask>,
    /// A file was sent, and text was pasted besides, which nobody looked at.
    is_text_unread: bool,
    /// Who handed the message over.
    connection: Option<String>,
    doubts: Vec<String>,
    hops: Vec<Hop>,
    way: MessageWay,
    receivers: Vec<ReceiverTold>,
    receivers_bulk: Vec<ReceiverTold>,
    /// What receivers would do under the policies that do not apply.
    policies: Vec<PolicyTold>,
    asked: Vec<Asked>,
    steps: Vec<StepTold>,
    findings: Vec<FindingTold>,
    /// The field Authentication-Results.
    written: String,
}

/// What some receivers do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ReceiverTold {
    names: String,
    shape: Shape,
    text: String,
    rule: String,
    answers: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PolicyTold {
    policy: String,
    text: String,
    receivers: Vec<ReceiverTold>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StepTold {
    shape: Shape,
    title: String,
    text: String,
    changes: Vec<ChangesTold>,
    identifier: Option<String>,
    read_at: Option<String>,
    organizations: Option<String>,
    section: String,
    asked: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ChangesTold {
    label: String,
    texts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FindingTold {
    shape: Shape,
    title: String,
    found: Option<String>,
    expected: Option<String>,
    why: String,
    fix: String,
    help: String,
}

impl TraceTold {
    /// What there is to say of a message.
    pub(super) fn new(
        observation: &TraceObservation,
        trace: &Trace,
        is_text_unread: bool,
        language: Language,
    ) -> Self {
        let report = TraceReport::new(observation, trace, language, without_marks);
        let words = report.words;
        let mut steps = report.steps.iter();
        let connection = steps.find(|step| step.step.code == StepCode::Connection);
        let policies = words.outcomes.into_iter();
        let receivers = |rows: Vec<ReceiverWords>| rows.into_iter().map(Into::into).collect();
        Self {
            title: words.title,
            summary: words.summary,
            shape: report.verdict.severity.into(),
            sentence: report.verdict.text,
            first: report.verdict.first,
            help: report.verdict.cause.map(help_path),
            ask: trace.check.as_ref().map(Ask::new),
            is_text_unread,
            connection: connection.map(|step| step.text.clone()),
            doubts: words.doubts,
            hops: way::hops(trace, language),
            way: MessageWay::new(trace, language),
            receivers: receivers(words.receivers),
            receivers_bulk: receivers(words.receivers_bulk),
            policies: policies
                .filter(|outcome| !outcome.applies)
                .map(|outcome| PolicyTold {
                    policy: outcome.policy.to_owned(),
                    text: outcome.text,
                    receivers: receivers(outcome.receivers),
                })
                .collect(),
            asked: way::asked(words.asked),
            steps: report.steps.into_iter().map(Into::into).collect(),
            findings: report.findings.into_iter().map(Into::into).collect(),
            written: trace.authentication_results.clone(),
        }
    }
}

impl From<ReceiverWords> for ReceiverTold {
    fn from(words: ReceiverWords) -> Self {
        Self {
            names: words.names.join(", "),
            shape: words.action.into(),
            text: words.text,
            rule: words.rule,
            answers: words.answers,
        }
    }
}

impl From<StepText> for StepTold {
    fn from(step: StepText) -> Self {
        let changes = step.changes.into_iter().map(|changes| ChangesTold {
            label: changes.label,
            texts: changes.texts,
        });
        Self {
            shape: match step.step.state {
                StepState::Good => Shape::Right,
                StepState::Bad => Shape::Block,
                StepState::Neutral => Shape::Advice,
                StepState::Unknown => Shape::Unknown,
            },
            title: step.title,
            text: step.text,
            changes: changes.collect(),
            identifier: step.step.identifier,
            read_at: step.read_at,
            organizations: step.organizations,
            section: step.step.section.to_owned(),
            asked: step.asked,
        }
    }
}

impl From<FindingText> for FindingTold {
    fn from(finding: FindingText) -> Self {
        Self {
            shape: finding.severity.into(),
            title: finding.title,
            found: finding.found,
            expected: finding.expected,
            why: finding.why,
            fix: finding.fix,
            help: help_path(finding.code),
        }
    }
}

/// Text of strangers for our sentences, in which a back-tick would begin code.
fn without_marks(text: &str) -> String {
    text.replace('`', "'")
}

/// The page.
#[derive(Template)]
#[template(path = "message-trace.html")]
struct Traced {
    frame: Frame,
    told: TraceTold,
    picture: Picture,
    keeping: Keeping,
}

/// The page that says it.
pub(super) fn page_of(told: TraceTold, language: Language, keeping: Keeping) -> Response {
    let title = sanitise(&told.title).into_owned();
    let shown = Traced {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Message, title, &keeping.path("/message"))
        },
        picture: told.way.picture(language),
        told,
        keeping,
    };
    ([NO_CACHE], page(StatusCode::OK, &shown)).into_response()
}

impl Traced {
    fn stamp(&self) -> String {
        self.told.shape.word(Say::new(self.frame.language))
    }

    fn check_words(&self, domain: &str) -> String {
        self.frame.say_with("message-check", "domain", domain)
    }

    /// The field Authentication-Results, whose values are strangers'.
    fn written(&self) -> String {
        let lines = self.told.written.lines();
        lines.map(sanitise).collect::<Vec<_>>().join("\n")
    }

    fn count_words(&self, key: &str, count: usize) -> String {
        let args = Args::new().with("count", count);
        Catalogue::of(self.frame.language).text(key, &args)
    }

    fn before(&self, number: &usize) -> usize {
        number - 1
    }

    fn after(&self, number: &usize) -> usize {
        number + 1
    }
}
