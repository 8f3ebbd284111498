//! A plan with its words.

use garant_check::plan::{Affected, Alternative, Change, Note, Plan, State, Undo, Who};
use garant_check::{Action, Assessment, Observation, Unknown};
use garant_dns::Name;
use garant_text::{Args, Catalogue, Language};
use serde::Serialize;

use super::path::{PathText, Setting};
use super::{Asked, VerdictText, When, rfc3339, words};

/// The version of the JSON form.
pub const PLAN_SCHEMA: &str = "garant-plan/1";

/// What to do about a domain, with its words.
#[derive(Clone, Debug, Serialize)]
pub struct PlanReport {
    /// [`PLAN_SCHEMA`].
    pub schema: &'static str,
    /// The domain.
    pub domain: Name,
    /// When it was asked, RFC 3339 in UTC.
    pub asked_at: String,
    /// What was asked.
    pub question: Asked,
    /// What the check says now.
    pub verdict: VerdictText,
    /// The plan; nothing where nothing is to be changed.
    pub plan: Option<PlanText>,
    /// What could not be told.
    pub unknown: Vec<Unknown>,
    /// The language of the texts.
    pub lang: &'static str,
}

/// A plan with its words: the members of the plan itself, and beside them `words`.
#[derive(Clone, Debug, Serialize)]
pub struct PlanText {
    /// The plan.
    #[serde(flatten)]
    pub plan: Plan,
    /// The way back, in the order in which it is to be done.
    pub rollback: Vec<Undo>,
    /// The changes as lines of a master file (RFC 1035, section 5).
    pub zone: String,
    /// Its words.
    pub words: PlanWords,
}

/// The words of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanWords {
    /// Whose plan.
    pub title: String,
    /// How many changes, or that none helps.
    pub count: String,
    /// The page of the panel in which to make them.
    pub panel: Option<String>,
    /// One for each change.
    pub changes: Vec<ChangeWords>,
    /// What the changes touch besides.
    pub affects: Vec<String>,
    /// What else is to be done or known.
    pub notes: Vec<NoteWords>,
    /// Other ways.
    pub alternatives: Vec<AlternativeWords>,
    /// Before the changes.
    pub before: StateWords,
    /// After them.
    pub after: StateWords,
}

/// One change, as the panel asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeWords {
    /// What to do.
    pub action: String,
    /// Each field of the form and what to type there.
    pub fields: Vec<FieldWords>,
    /// What to take care of.
    pub hints: Vec<String>,
    /// What to do where, with full names, for whoever does it for somebody else.
    pub order: String,
}

/// One field of a form.
#[derive(Clone, Debug, Serialize)]
pub struct FieldWords {
    /// What the form calls it.
    pub label: String,
    /// What to type, or to choose.
    pub value: String,
    /// Whether it is long enough to be copied rather than typed.
    pub copied: bool,
}

/// Something to do or to know.
#[derive(Clone, Debug, Serialize)]
pub struct NoteWords {
    /// Who.
    pub who: String,
    /// What.
    pub text: String,
}

/// Another way to the same end.
#[derive(Clone, Debug, Serialize)]
pub struct AlternativeWords {
    /// What it is.
    pub title: String,
    /// Why it helps.
    pub why: String,
    /// What it costs.
    pub cost: String,
    /// One for each of its changes.
    pub changes: Vec<ChangeWords>,
    /// What it touches besides.
    pub affects: Vec<String>,
    /// What else is to be done or known for it.
    pub notes: Vec<NoteWords>,
    /// What the check says afterwards.
    pub after: Option<StateWords>,
}

/// What the check says, before or after.
#[derive(Clone, Debug, Serialize)]
pub struct StateWords {
    /// The verdict.
    pub verdict: VerdictText,
    /// How many findings block or risk mail.
    pub count: String,
    /// The path.
    pub path: Option<PathText>,
}

impl PlanReport {
    /// Puts words to a plan, or to its absence; `escape` as in [`super::Report::new`].
    pub fn new(
        observation: &Observation,
        assessment: &Assessment,
        plan: Option<Plan>,
        language: Language,
        escape: fn(&str) -> String,
    ) -> Self {
        let catalogue = Catalogue::of(language);
        let request = &observation.request;
        let setting = Setting::of(request, assessment, catalogue, escape);
        Self {
            schema: PLAN_SCHEMA,
            domain: request.domain.clone(),
            asked_at: rfc3339(observation.asked_at),
            question: Asked::from(request),
            verdict: VerdictText::new(&assessment.verdict, When::Now, catalogue, escape),
            plan: plan.map(|plan| PlanText::new(plan, &setting)),
            unknown: assessment.unknown.clone(),
            lang: language.tag(),
        }
    }
}

impl PlanText {
    fn new(plan: Plan, setting: &Setting<'_>) -> Self {
        Self {
            rollback: plan.rollback(),
            zone: plan.to_zone(),
            words: Speaker { setting }.words(&plan),
            plan,
        }
    }
}

/// Whoever finds the words for one plan.
struct Speaker<'a> {
    setting: &'a Setting<'a>,
}

impl Speaker<'_> {
    fn words(&self, plan: &Plan) -> PlanWords {
        let domain = self.setting.escaped(&plan.domain.to_unicode());
        let args = Args::new().with("domain", domain);
        let stated = plan.before.path.as_ref().filter(|path| path.stated);
        let title = match stated.and_then(|path| path.sender_name) {
            Some(sender) => self
                .setting
                .say("plan-title-sender", &args.with("sender", sender)),
            None => self.setting.say("plan-title", &args),
        };
        let count = if plan.has_changes() {
            let rest = if plan.after.blocks + plan.after.risks == 0 {
                "none"
            } else {
                "some"
            };
            // A record that is changed twice, the second time at choice, is one record.
            let is_second = |at: usize| {
                let change = &plan.changes[at];
                plan.changes[..at].iter().any(|before| {
                    change.was.as_ref() == Some(&before.value)
                        && (&before.name, before.rtype) == (&change.name, change.rtype)
                })
            };
            let records = (0..plan.changes.len()).filter(|at| !is_second(*at));
            let optional = plan.changes.iter().filter(|change| change.optional);
            let args = Args::new()
                .with("count", records.count())
                .with("optional", optional.count())
                .with("rest", rest);
            self.setting.say("plan-count", &args)
        } else {
            self.setting.word("plan-no-changes")
        };
        PlanWords {
            title,
            count,
            panel: plan.changes.first().and_then(|change| self.panel(change)),
            changes: self.changes(&plan.changes),
            affects: self.affects(&plan.affects),
            notes: self.notes(&plan.notes),
            alternatives: self.alternatives(&plan.alternatives),
            before: self.state(&plan.before, When::Now),
            after: self.state(&plan.after, When::Then),
        }
    }

    /// In French or in English, as the panel says it.
    fn panel_words<'p>(&self, words: &'p garant_check::catalogue::PanelWords) -> &'p str {
        match self.setting.catalogue.language() {
            Language::French => &words.fr,
            Language::English => &words.en,
        }
    }

    fn panel(&self, change: &Change) -> Option<String> {
        let form = &change.host_form;
        let path = form.panel_path.map(|path| self.panel_words(path));
        let args = Args::new()
            .with("host", form.host?)
            .with("panel", form.panel.unwrap_or("none"))
            .with("path", path.unwrap_or("none"));
        Some(self.setting.say("planned-panel", &args))
    }

    fn changes(&self, changes: &[Change]) -> Vec<ChangeWords> {
        changes.iter().map(|change| self.change(change)).collect()
    }

    fn change(&self, change: &Change) -> ChangeWords {
        let (action, order) = match change.action {
            Action::Add => ("plan-action-add", "ticket-add"),
            Action::Change => ("plan-action-change", "ticket-change"),
            Action::Delete => ("plan-action-delete", "ticket-delete"),
        };
        let form = &change.host_form;
        let label = |words: Option<&garant_check::catalogue::PanelWords>, key: &str| match words {
            Some(words) => self.panel_words(words).to_owned(),
            None => self.setting.word(key),
        };
        let copied = |label: String, value: &str| FieldWords {
            label,
            value: value.to_owned(),
            copied: true,
        };
        let chosen = |key: &str, value: String| FieldWords {
            label: self.setting.word(key),
            value,
            copied: false,
        };
        let name = label(form.name_field, "plan-label-name");
        let mut fields = vec![if form.name.is_empty() {
            FieldWords {
                label: name,
                value: self.setting.word("planned-empty"),
                copied: false,
            }
        } else {
            copied(name, &form.name)
        }];
        fields.push(chosen("plan-label-type", change.rtype.to_string()));
        if let Some(priority) = form.priority {
            fields.push(chosen("planned-priority", priority.to_string()));
        }
        fields.push(copied(
            label(form.value_field, "plan-label-value"),
            &form.value,
        ));
        if let Some(split) = &form.value_split {
            fields.push(copied(self.setting.word("planned-value-split"), split));
        }
        if let Some(ttl) = change.ttl {
            fields.push(chosen("plan-label-ttl", ttl.to_string()));
        }
        let replaced = change.action != Action::Delete;
        if let Some(was) = change.was.as_ref().filter(|_| replaced) {
            fields.push(copied(self.setting.word("plan-label-was"), was));
        }
        let args = Args::new()
            .with("name", self.setting.escaped(&change.name.to_string()))
            .with("type", change.rtype.as_str());
        ChangeWords {
            action: self.setting.word(action),
            fields,
            hints: change
                .optional
                .then_some("plan-optional")
                .into_iter()
                .chain(form.hints.iter().copied())
                .map(|hint| self.setting.word(hint))
                .collect(),
            order: self.setting.say(order, &args),
        }
    }

    fn affects(&self, affects: &[Affected]) -> Vec<String> {
        let say = |affected: &Affected| {
            let args = Args::new()
                .with("sender", affected.sender_name)
                .with("before", affected.before.result)
                .with("after", affected.after.result)
                .with("policy", affected.after.policy.unwrap_or("none"));
            self.setting.say(affected.how, &args)
        };
        affects.iter().map(say).collect()
    }

    fn notes(&self, notes: &[Note]) -> Vec<NoteWords> {
        let say = |note: &Note| {
            let who = match note.who {
                Who::Owner => "plan-who-owner",
                Who::Registrar => "plan-who-registrar",
                Who::DnsHost => "plan-who-dns-host",
                Who::Service => "plan-who-service",
                Who::Other => "plan-who-other",
            };
            NoteWords {
                who: self.setting.word(who),
                text: self
                    .setting
                    .say(note.code, &words(&note.args, self.setting.escape)),
            }
        };
        notes.iter().map(say).collect()
    }

    fn alternatives(&self, alternatives: &[Alternative]) -> Vec<AlternativeWords> {
        let say = |other: &Alternative| {
            let args = words(&other.args, self.setting.escape);
            let part = |name| self.setting.catalogue.attribute(other.kind, name, &args);
            AlternativeWords {
                title: self.setting.say(other.kind, &args),
                why: part("why"),
                cost: part("cost"),
                changes: self.changes(&other.changes),
                affects: self.affects(&other.affects),
                notes: self.notes(&other.notes),
                after: other
                    .after
                    .as_ref()
                    .map(|state| self.state(state, When::Then)),
            }
        };
        alternatives.iter().map(say).collect()
    }

    fn state(&self, state: &State, when: When) -> StateWords {
        let args = Args::new()
            .with("blocks", state.blocks)
            .with("risks", state.risks);
        let path = state.path.as_ref();
        StateWords {
            verdict: VerdictText::new(
                &state.verdict,
                when,
                self.setting.catalogue,
                self.setting.escape,
            ),
            count: self.setting.say("plan-state", &args),
            path: path.map(|path| PathText::new(path, self.setting)),
        }
    }
}
