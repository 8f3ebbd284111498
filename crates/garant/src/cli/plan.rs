//! `garant plan`: what to publish, and what the check says afterwards.

use clap::ValueEnum;
use garant_check::{Assessment, NoFetch, Observation, Request, Sources, assess, observe, plan};
use garant_dns::Replay;
use garant_service::checks::OneCheck;
use garant_service::present::{self, TextOptions};
use garant_service::report::PlanReport;
use garant_service::typed::{self, Refusal};

use super::Desk;
use super::question::Question;
use crate::clock;
use crate::exit::Exit;
use crate::world::{World, runtime, write_text};

/// Form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Zone,
    Json,
    Markdown,
}

#[derive(clap::Args)]
pub(super) struct Options {
    /// The domain.
    #[arg(value_name = "DOMAIN")]
    domain: String,
    #[command(flatten)]
    question: Question,
    /// Where reports shall go.
    #[arg(long, value_name = "ADDRESS")]
    rua: Option<String>,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

/// What was observed, what it comes to, and what to do about it.
struct Planned {
    observation: Observation,
    assessment: Assessment,
    plan: Option<plan::Plan>,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        self.planned(desk)
            .map(|planned| self.show(desk, planned))
            .unwrap_or_else(|refusal| desk.refuse(&refusal))
    }

    fn planned(&self, desk: &Desk) -> Result<Planned, Refusal> {
        let domains = std::slice::from_ref(&self.domain);
        let rua = self.rua.as_deref().map(typed::rua).transpose()?;
        let mut requests = self.question.requests(desk, domains)?;
        let request = Request {
            rua,
            ..requests.pop().expect("one request for one domain")
        };
        let runtime = runtime()?;
        if let Some(observation) = self.question.replayed(&request)? {
            // Whatever else the plan would have to know was not recorded, and it says so.
            let recorded = Replay::new(observation.answers.clone());
            let sources = Sources::new(&recorded, &NoFetch);
            return Ok(runtime.block_on(planned(sources, observation)));
        }
        runtime.block_on(self.ask(request))
    }

    async fn ask(&self, request: Request) -> Result<Planned, Refusal> {
        let world = World::new(&self.question.wishes(), &request.domain)?;
        let one = world.one_check(self.question.timeout());
        let observation = observe(one.sources(), request, clock::now()).await;
        if let Some(path) = &self.question.capture {
            write_text(path, &observation.to_capture())?;
        }
        Ok(planned(one.sources(), observation).await)
    }

    fn show(&self, desk: &Desk, planned: Planned) -> Exit {
        let Planned {
            observation,
            assessment,
            plan,
        } = planned;
        let exit = Exit::from(assessment.verdict.severity);
        let escape = match self.format {
            Format::Markdown => present::escape_markdown,
            _ => present::as_it_is,
        };
        let report = PlanReport::new(&observation, &assessment, plan, desk.language, escape);
        let text = match self.format {
            Format::Json => present::plan_json(&report),
            Format::Markdown => present::plan_markdown(&report, desk.language),
            Format::Zone => present::plan_zone(&report, desk.language),
            Format::Text => present::plan_text(
                &report,
                TextOptions {
                    language: desk.language,
                    columns: desk.environment.columns,
                    colour: desk.environment.colour,
                },
            ),
        };
        desk.print(&text).and(exit)
    }
}

async fn planned(sources: Sources<'_>, observation: Observation) -> Planned {
    let assessment = assess(&observation);
    let plan = plan::plan(sources, &observation, &assessment).await;
    Planned {
        observation,
        assessment,
        plan,
    }
}
