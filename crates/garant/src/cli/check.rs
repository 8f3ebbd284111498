//! `garant check`: asks, judges, prints.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use futures::StreamExt;
use garant_check::{
    CAPTURE_VERSION, CaptureError, DomainInput, InputError, Observation, Request, SELECTORS_MAX,
    Sources, TakenFrom, assess, observe,
};
use garant_dns::{Name, NameError};
use garant_service::present::{self, TextOptions};
use garant_service::report::Report;
use garant_text::Args;

use super::Desk;
use crate::clock;
use crate::exit::Exit;
use crate::world::{Refusal, Wishes, World, read_text, with_deadline, write_text};

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
    /// DKIM selectors.
    #[arg(long, value_name = "SELECTOR")]
    selector: Vec<String>,
    /// Zone files.
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    zone: Vec<PathBuf>,
    /// Nobody is asked.
    #[arg(long)]
    offline: bool,
    /// Name servers.
    #[arg(long, value_name = "IP[:PORT]", conflicts_with_all = ["replay", "offline"])]
    nameserver: Vec<String>,
    /// Where the answers are saved.
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    capture: Option<PathBuf>,
    /// Saved answers.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// Questions a second.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    qps: Option<u32>,
    /// Seconds for one check.
    #[arg(long, value_name = "SECONDS", default_value_t = 20,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

impl Options {
    pub(super) fn run(self, desk: &Desk) -> Exit {
        self.checked(desk)
            .unwrap_or_else(|refusal| desk.refuse(&refusal))
    }

    fn checked(self, desk: &Desk) -> Result<Exit, Refusal> {
        if self.domains.len() > 1 && (self.capture.is_some() || self.replay.is_some()) {
            return Err(Refusal::new("error-capture-several", Args::new()));
        }
        let selectors = selectors(&self.selector)?;
        let inputs = self
            .domains
            .iter()
            .map(|text| DomainInput::parse(text).map_err(|error| bad_input(text, &error)))
            .collect::<Result<Vec<_>, _>>()?;
        for (input, text) in inputs.iter().zip(&self.domains) {
            remark_on_taking(desk, input, text);
        }
        if let Some(path) = &self.replay {
            let domain = &inputs
                .first()
                .expect("at least one domain is required")
                .domain;
            let mut observation = replay(path, domain)?;
            observation.request.selectors.extend(selectors);
            return Ok(self.show(desk, &observation, 0));
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|_| Refusal::new("error-runtime", Args::new()))?;
        runtime.block_on(self.ask(desk, inputs, selectors))
    }

    async fn ask(
        &self,
        desk: &Desk,
        inputs: Vec<DomainInput>,
        selectors: Vec<Name>,
    ) -> Result<Exit, Refusal> {
        let wishes = Wishes {
            zones: self.zone.clone(),
            offline: self.offline,
            nameservers: self.nameserver.clone(),
            queries_per_second: self.qps,
        };
        let first = &inputs
            .first()
            .expect("at least one domain is required")
            .domain;
        let world = World::new(&wishes, first)?;
        let timeout = Duration::from_secs(self.timeout);
        let observations = inputs.into_iter().map(|input| {
            let request = Request {
                selectors: selectors.clone(),
                ..Request::new(input.domain)
            };
            let world = &world;
            async move {
                let started = tokio::time::Instant::now();
                let resolver = with_deadline(Arc::clone(&world.resolver), timeout);
                let observed = observe(
                    Sources::new(&*resolver, &*world.fetch),
                    request,
                    clock::now(),
                )
                .await;
                let elapsed = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
                (observed, elapsed)
            }
        });
        let mut observations = futures::stream::iter(observations).buffered(DOMAINS_AT_ONCE);
        let mut exit = Exit::Fine;
        let mut first = true;
        while let Some((observation, elapsed)) = observations.next().await {
            if let Some(path) = &self.capture {
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

fn selectors(texts: &[String]) -> Result<Vec<Name>, Refusal> {
    if texts.len() > SELECTORS_MAX {
        let args = Args::new().with("limit", SELECTORS_MAX);
        return Err(Refusal::new("error-selectors-many", args));
    }
    let refuse = |text: &str| Refusal::new("error-selector", Args::new().with("input", text));
    texts
        .iter()
        .map(|text| {
            let bare = text.split("._domainkey").next().unwrap_or(text);
            Name::from_input(bare).map_err(|_| refuse(text))
        })
        .collect()
}

fn replay(path: &Path, domain: &Name) -> Result<Observation, Refusal> {
    let shown = path.display().to_string();
    let args = Args::new().with("path", shown);
    let observation =
        Observation::from_capture(&read_text(path)?).map_err(|error| match error {
            CaptureError::Newer { found } => Refusal::new(
                "error-capture-newer",
                args.clone()
                    .with("found", found.to_string())
                    .with("known", CAPTURE_VERSION.to_string()),
            ),
            CaptureError::NotACapture { line, column } => {
                let args = args.clone().with("line", line).with("column", column);
                Refusal::new("error-capture", args)
            }
        })?;
    if observation.request.domain != *domain {
        let args = args
            .with("found", observation.request.domain.to_string())
            .with("domain", domain.to_string());
        return Err(Refusal::new("error-capture-domain", args));
    }
    Ok(observation)
}

fn remark_on_taking(desk: &Desk, input: &DomainInput, text: &str) {
    let key = match input.taken_from {
        None => return,
        Some(TakenFrom::Address) => "label-taken-from-address",
        Some(TakenFrom::Url) => "label-taken-from-url",
        Some(TakenFrom::WebHost) => "label-taken-from-web-host",
    };
    let args = Args::new()
        .with("input", text)
        .with("domain", input.domain.to_unicode());
    desk.remark(&desk.text(key, &args));
}

fn bad_input(text: &str, error: &InputError) -> Refusal {
    let args = Args::new().with("input", text.trim());
    match error {
        InputError::IpAddress(_) => Refusal::new("error-input-address", args),
        InputError::SingleLabel(_) => Refusal::new("error-input-single-label", args),
        InputError::PublicSuffix(suffix) => Refusal::new(
            "error-input-public-suffix",
            args.with("input", suffix.to_unicode()),
        ),
        InputError::Name(error) => match error {
            NameError::Empty => Refusal::new("error-input-empty", args),
            NameError::EmptyLabel => Refusal::new("error-input-label-empty", args),
            NameError::LabelTooLong { .. } => Refusal::new("error-input-label-long", args),
            NameError::TooLong => Refusal::new("error-input-long", args),
            NameError::BadIdn { .. } => Refusal::new("error-input-idn", args),
            NameError::BadEscape => {
                Refusal::new("error-input-character", args.with("character", "\\"))
            }
            NameError::BadCharacter { found } => Refusal::new(
                "error-input-character",
                args.with("character", found.to_string()),
            ),
        },
    }
}
