//! `garant check`: asks, judges, prints.

use clap::ValueEnum;
use futures::StreamExt;
use garant_check::{Observation, Request, assess, observe};
use garant_service::checks::OneCheck;
use garant_service::present::{self, TextOptions};
use garant_service::report::Report;
use garant_service::typed::Refusal;

use super::Desk;
use super::question::Question;
use crate::clock;
use crate::exit::Exit;
use crate::world::{World, runtime, write_text};

/// Domains that are checked at the same time at most.
const DOMAINS_AT_ONCE: usize = 64;

/// Form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

#[derive(clap::Args)]
pub(super) struct Options {
    /// Domains.
    #[arg(required = true, value_name = "DOMAIN")]
    domains: Vec<String>,
    #[command(flatten)]
    question: Question,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        self.checked(desk)
            .unwrap_or_else(|refusal| desk.refuse(&refusal))
    }

    fn checked(&self, desk: &Desk) -> Result<Exit, Refusal> {
        let requests = self.question.requests(desk, &self.domains)?;
        if let [request] = requests.as_slice()
            && let Some(observation) = self.question.replayed(request)?
        {
            return Ok(self.show(desk, &observation, 0));
        }
        runtime()?.block_on(self.ask(desk, requests))
    }

    async fn ask(&self, desk: &Desk, requests: Vec<Request>) -> Result<Exit, Refusal> {
        let first = &requests
            .first()
            .expect("at least one domain is required")
            .domain;
        let world = World::new(&self.question.wishes(), first)?;
        let timeout = self.question.timeout();
        let observations = requests.into_iter().map(|request| {
            let world = &world;
            async move {
                let started = tokio::time::Instant::now();
                let one = world.one_check(timeout);
                let observed = observe(one.sources(), request, clock::now()).await;
                let elapsed = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                (observed, elapsed)
            }
        });
        let mut observations = futures::stream::iter(observations).buffered(DOMAINS_AT_ONCE);
        let mut exit = Exit::Fine;
        let mut first = true;
        while let Some((observation, elapsed)) = observations.next().await {
            if let Some(path) = &self.question.capture {
                write_text(path, &observation.to_capture())?;
            }
            if !first && self.format != Format::Json {
                exit = exit.and(desk.print("\n"));
            }
            first = false;
            exit = exit.and(self.show(desk, &observation, elapsed));
        }
        Ok(exit)
    }

    fn show(&self, desk: &Desk, observation: &Observation, elapsed_ms: u64) -> Exit {
        let assessment = assess(observation);
        let escape = match self.format {
            Format::Markdown => present::escape_markdown,
            Format::Text | Format::Json => present::as_it_is,
        };
        let report = Report::new(observation, &assessment, desk.language, elapsed_ms, escape);
        let text = match self.format {
            Format::Json => present::json(&report),
            Format::Markdown => present::markdown(&report, desk.language),
            Format::Text => present::text(
                &report,
                TextOptions {
                    language: desk.language,
                    columns: desk.environment.columns,
                    colour: desk.environment.colour,
                },
            ),
        };
        desk.print(&text).and(assessment.verdict.severity.into())
    }
}
