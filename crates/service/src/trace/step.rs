//! One step with its words.

use garant_check::trace::{
    ChangeTrace, Comparison, LookUp, Origin, StepCode, StepState, TraceStep,
};
use garant_dns::{Name, Status};
use garant_text::Args;
use serde::Serialize;

use super::words::{Speaker, args_of};

/// One step with its words: the members of the step itself, and beside them these.
#[derive(Clone, Debug, Serialize)]
pub struct StepText {
    /// The step.
    #[serde(flatten)]
    pub step: TraceStep,
    /// What was done.
    pub title: String,
    /// What came of it.
    pub text: String,
    /// Where its identifier was read.
    pub read_at: Option<String>,
    /// The look-ups that it used, one line each.
    pub asked: Vec<String>,
    /// The organizations that were compared.
    pub organizations: Option<String>,
    /// What was done to the message, where it was changed.
    pub changes: Vec<ChangesWords>,
}

/// What was done to a message, on one ground.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesWords {
    /// What says so.
    pub label: String,
    /// What was done.
    pub texts: Vec<String>,
}

impl Speaker<'_> {
    /// Puts words to a step.
    pub(super) fn step(&self, step: &TraceStep) -> StepText {
        let key = step.code.as_str().replace('.', "-");
        let args = args_of(&step.args, self.escape).with("why", self.why(step));
        StepText {
            title: self.say(&key, &args),
            text: self.catalogue.attribute(&key, "text", &args),
            read_at: step.origin.as_ref().map(|origin| self.origin(origin)),
            asked: step.lookups.iter().map(|one| self.look_up(one)).collect(),
            organizations: step
                .comparison
                .as_ref()
                .and_then(|comparison| self.organizations(comparison)),
            changes: self.changes(step),
            step: step.clone(),
        }
    }

    /// The reason that stands in the middle of a step's sentence.
    fn why(&self, step: &TraceStep) -> String {
        let word = |name: &str| match step.args.get(name) {
            Some(garant_check::Argument::Text(text)) if !text.is_empty() => text.as_str(),
            _ => "none",
        };
        let key = match step.code {
            StepCode::Spf if word("unevaluated") != "no" => "trace-part-unevaluated".to_owned(),
            StepCode::Spf => format!("trace-spf-reason-{}", word("reason")),
            StepCode::Arc if word("failure") != "none" => {
                format!("trace-arc-failure-{}", word("failure"))
            }
            StepCode::Difference => format!("trace-difference-{}", word("cause")),
            StepCode::Signature
            | StepCode::Key
            | StepCode::BodyHash
            | StepCode::HeaderSignature
                if word("failure") != "none" =>
            {
                format!("trace-failure-{}", word("failure"))
            }
            _ => return String::new(),
        };
        self.say(&key, &args_of(&step.args, self.escape))
    }

    fn origin(&self, origin: &Origin) -> String {
        match origin {
            Origin::Stated => self.word("trace-origin-stated"),
            // People count from 1.
            Origin::Field { name, index } => self.say(
                "trace-origin-field",
                &Args::new()
                    .with("name", name.as_str())
                    .with("index", index + 1),
            ),
            Origin::Dns { name } => {
                let args = Args::new().with("name", self.name(name));
                self.say("trace-origin-dns", &args)
            }
            Origin::Computed => self.word("trace-origin-computed"),
        }
    }

    fn look_up(&self, one: &LookUp) -> String {
        let answer = if one.data.is_empty() {
            let args = Args::new().with("status", status_word(one.status));
            self.say("trace-answer-nothing", &args)
        } else {
            (self.escape)(&one.data.join(" · "))
        };
        let names = std::iter::once(&one.name).chain(&one.aliases);
        let names: Vec<String> = names.map(|name| self.name(name)).collect();
        let args = Args::new()
            .with("name", names.join(" → "))
            .with("type", one.rtype.to_string())
            .with("answer", answer);
        self.say("trace-asked-line", &args)
    }

    /// Nothing where both names are the same: there is no organization to look for.
    fn organizations(&self, comparison: &Comparison) -> Option<String> {
        if comparison.identifier == comparison.author_domain {
            return None;
        }
        let pair = |identifier: &Option<Name>, author: &Option<Name>| {
            let found = |name: &Option<Name>| match name {
                Some(name) => self.name(name),
                None => "none".to_owned(),
            };
            let args = Args::new()
                .with("identifier", found(identifier))
                .with("identifier_name", self.name(&comparison.identifier))
                .with("author", found(author))
                .with("author_name", self.name(&comparison.author_domain));
            self.say("trace-organizations-pair", &args)
        };
        let walk = pair(
            &comparison.identifier_organization,
            &comparison.author_organization,
        );
        let list = pair(
            &comparison.identifier_organization_rfc7489,
            &comparison.author_organization_rfc7489,
        );
        let args = Args::new().with("walk", walk).with("list", list);
        Some(self.say("trace-organizations", &args))
    }

    /// What was done to the message, at the step that shows it.
    fn changes(&self, step: &TraceStep) -> Vec<ChangesWords> {
        let shows = matches!(step.code, StepCode::BodyHash | StepCode::HeaderSignature)
            && step.state == StepState::Bad;
        let signature = match &step.origin {
            Some(Origin::Field { index, .. }) if shows => {
                let mut signatures = self.trace.signatures.iter();
                signatures.find(|one| one.field == *index)
            }
            _ => None,
        };
        let Some(signature) = signature else {
            return Vec::new();
        };
        let of = |computed: bool, key: &str| {
            let changes = signature.changes.iter();
            let texts: Vec<String> = changes
                .filter(|change| change.computed == computed)
                .map(|change| self.change(change))
                .collect();
            (!texts.is_empty()).then(|| ChangesWords {
                label: self.word(key),
                texts,
            })
        };
        [
            of(true, "trace-changes-computed"),
            of(false, "trace-changes-typical"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn change(&self, change: &ChangeTrace) -> String {
        let detail = change.detail.as_deref().unwrap_or("none");
        let args = Args::new().with("detail", (self.escape)(detail));
        self.say(&format!("trace-change-{}", change.change), &args)
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Found => "found",
        Status::NoData => "no-data",
        Status::NxDomain => "nx-domain",
        Status::ServFail => "serv-fail",
        Status::Refused => "refused",
        Status::Rcode(_) => "rcode",
        Status::Timeout => "timeout",
        Status::Truncated => "truncated",
        Status::Unreachable => "unreachable",
        Status::Malformed => "malformed",
        Status::Offline => "offline",
        Status::NotRecorded => "not-recorded",
        Status::OverBudget => "over-budget",
    }
}
