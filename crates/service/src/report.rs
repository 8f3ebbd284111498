//! A judged check with its words: what the terminal, scripts and pages show.
//!
//! The types here are the JSON of `garant check --format json`; docs/check-json.md describes it.

mod path;
mod plan;
mod receivers;
mod reply;

use std::collections::BTreeMap;
use std::net::IpAddr;

use garant_check::authority::AuthorityState;
use garant_check::plan::Plan;
use garant_check::{
    Argument, Assessment, Code, ExpectedRecord, Finding, Fix, Observation, Place, Records, Request,
    Severity, SignedBy, Unknown, Verdict, VerdictCode, VerdictSeverity,
};
use garant_dns::{Name, Source};
use garant_text::{Args, Catalogue, Language};
use jiff::Timestamp;
use serde::Serialize;

use path::Setting;
pub use path::{LegWords, PathText, PathWords, ReceiverWords};
pub use plan::{
    AlternativeWords, ChangeWords, FieldWords, NoteWords, PLAN_SCHEMA, PlanReport, PlanText,
    PlanWords, StateWords,
};
pub(crate) use receivers::Receivers;
pub use reply::{answer, reply, requirement};

/// The version of the JSON form.
pub const SCHEMA: &str = "garant-check/1";

/// A judged check with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The domain that was checked.
    pub domain: Name,
    /// When it was asked, RFC 3339 in UTC.
    pub asked_at: String,
    /// What was asked.
    pub question: Asked,
    /// The one sentence.
    pub verdict: VerdictText,
    /// The sending paths that were judged: the one that was asked about, or those of the services that the
    /// records show, the most affected first.
    pub paths: Vec<PathText>,
    /// The records as they were read.
    pub records: Records,
    /// What the zones' own servers said.
    pub authority: AuthorityState,
    /// What is to be said.
    pub findings: Vec<FindingText>,
    /// The smallest change that helps; nothing in a check, because finding it asks further questions.
    pub plan: Option<Plan>,
    /// What could not be told.
    pub unknown: Vec<Unknown>,
    /// What it took.
    pub queries: Queries,
    /// The language of the texts.
    pub lang: &'static str,
}

/// What was asked.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// The sending service.
    pub sender: Option<String>,
    /// The address that readers see.
    pub from: Option<String>,
    /// The domain of the return address.
    pub mail_from: Option<Name>,
    /// The signatures.
    pub signed_by: Vec<SignedBy>,
    /// The sending server.
    pub ip: Option<IpAddr>,
    /// The selectors that were named.
    pub selectors: Vec<Name>,
    /// The records that a platform asked for.
    pub expect: Vec<ExpectedRecord>,
}

impl From<&Request> for Asked {
    fn from(request: &Request) -> Self {
        Self {
            sender: request.sender.clone(),
            from: request.from.clone(),
            mail_from: request.mail_from.clone(),
            signed_by: request.signed_by.clone(),
            ip: request.ip,
            selectors: request.selectors.clone(),
            expect: request.expect.clone(),
        }
    }
}

/// The verdict with its sentence.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictText {
    /// Which sentence.
    pub code: VerdictCode,
    /// How bad it is.
    pub severity: VerdictSeverity,
    /// The sentence.
    pub text: String,
    /// The first cause, where one stands behind the sentence: the code of one of the findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Code>,
}

/// What the check took.
#[derive(Clone, Debug, Serialize)]
pub struct Queries {
    /// Questions to recursive servers, each counted once; those that looking at zones took are in `authority`.
    pub count: usize,
    /// Milliseconds from the first question to the last answer.
    pub ms: u64,
    /// Who answered.
    pub servers: Vec<String>,
}

/// A finding with its words.
#[derive(Clone, Debug, Serialize)]
pub struct FindingText {
    /// What it is.
    pub code: Code,
    /// What it means for mail.
    pub severity: Severity,
    /// The name it is about.
    pub subject: Name,
    /// The arguments of its words.
    pub args: BTreeMap<&'static str, Argument>,
    /// What it is, in a sentence.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// What should stand there.
    pub expected: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<Place>,
    /// What to change.
    pub fixes: Vec<Fix>,
    /// The section of the help that explains it.
    pub help: String,
}

impl Report {
    /// Puts words to an assessment. `elapsed_ms` is what the check took; `escape` is applied to every
    /// argument that is text, for forms in which some characters mean something.
    pub fn new(
        observation: &Observation,
        assessment: &Assessment,
        language: Language,
        elapsed_ms: u64,
        escape: fn(&str) -> String,
    ) -> Self {
        let catalogue = Catalogue::of(language);
        let request = &observation.request;
        let setting = Setting::of(request, assessment, catalogue, escape);
        Self {
            schema: SCHEMA,
            domain: observation.request.domain.clone(),
            asked_at: rfc3339(observation.asked_at),
            question: Asked::from(&observation.request),
            verdict: VerdictText::new(&assessment.verdict, When::Now, catalogue, escape),
            paths: assessment
                .paths
                .iter()
                .map(|path| PathText::new(path, &setting))
                .collect(),
            records: assessment.records.clone(),
            authority: assessment.authority.clone(),
            findings: assessment
                .findings
                .iter()
                .map(|finding| FindingText::new(finding, catalogue, escape))
                .collect(),
            plan: None,
            unknown: assessment.unknown.clone(),
            queries: Queries {
                count: observation.answers.len(),
                ms: elapsed_ms,
                servers: servers(observation),
            },
            lang: language.tag(),
        }
    }
}

/// When a verdict holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// As things stand.
    Now,
    /// Once a plan was carried out.
    Then,
}

impl VerdictText {
    fn new(
        verdict: &Verdict,
        when: When,
        catalogue: &Catalogue,
        escape: fn(&str) -> String,
    ) -> Self {
        let key = format!("verdict-{}", verdict.code.as_str());
        let when = match when {
            When::Now => "now",
            When::Then => "then",
        };
        let args = words(&verdict.args, escape).with("when", when);
        Self {
            code: verdict.code,
            severity: verdict.severity,
            text: catalogue.text(&key, &args),
            cause: verdict.cause,
        }
    }
}

impl FindingText {
    pub(crate) fn new(
        finding: &Finding,
        catalogue: &Catalogue,
        escape: fn(&str) -> String,
    ) -> Self {
        let key = format!("finding-{}", finding.code.as_str().replace('.', "-"));
        let args = words(&finding.args, escape);
        Self {
            code: finding.code,
            severity: finding.severity,
            subject: finding.subject.clone(),
            args: finding.args.clone(),
            title: catalogue.text(&key, &args),
            why: catalogue.attribute(&key, "why", &args),
            fix: catalogue.attribute(&key, "fix", &args),
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            place: finding.place.clone(),
            fixes: finding.fixes.clone(),
            help: format!(
                "help/{}/{}.md#{}",
                catalogue.language().tag(),
                finding.code.topic(),
                finding.code.anchor()
            ),
        }
    }
}

fn words(args: &BTreeMap<&'static str, Argument>, escape: fn(&str) -> String) -> Args {
    let mut words = Args::new();
    for (name, argument) in args {
        match argument {
            Argument::Number(number) => words.set(*name, *number),
            Argument::Text(text) => words.set(*name, escape(text)),
        }
    }
    words
}

/// Who answered recursively, sorted, each once.
pub(crate) fn servers(observation: &Observation) -> Vec<String> {
    let mut servers: Vec<String> = observation
        .answers
        .iter()
        .filter_map(|(_, answer)| match answer.source {
            Source::Udp(address) | Source::Tcp(address) => Some(address.to_string()),
            Source::Zone | Source::Nobody => None,
        })
        .collect();
    servers.sort();
    servers.dedup();
    servers
}

/// Seconds since 1970 as RFC 3339 in UTC; a time outside the calendar is its first or last second.
pub(crate) fn rfc3339(seconds: i64) -> String {
    let nearest = if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_second(seconds)
        .unwrap_or(nearest)
        .to_string()
}
