//! `garant trace`: what SPF, DKIM, DMARC and ARC make of one message.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;
use garant_check::CaptureError;
use garant_check::saved::as_written;
use garant_check::trace::{
    MESSAGE_OCTETS_MAX, Message, Trace, TraceObservation, TraceRequest, observe,
};
use garant_dns::Name;
use garant_msgauth::message::authors;
use garant_service::checks::OneCheck;
use garant_service::present::{self, TextOptions};
use garant_service::trace::{TraceReport, typed as message_typed};
use garant_service::typed::{self, Refusal};
use garant_text::Args;

use super::Desk;
use crate::clock;
use crate::exit::Exit;
use crate::world::{Wishes, World, read_text, runtime, unreadable, write_text};

/// Form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Header,
}

#[derive(clap::Args)]
pub(super) struct Options {
    /// The message.
    #[arg(value_name = "MESSAGE")]
    message: PathBuf,
    /// The client.
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<String>,
    /// What it said.
    #[arg(long, value_name = "NAME")]
    helo: Option<String>,
    /// The return address.
    #[arg(long, value_name = "ADDRESS", allow_hyphen_values = true)]
    mail_from: Option<String>,
    /// The server that received it.
    #[arg(long, value_name = "HOST")]
    receiver: Option<String>,
    /// Sealers that it trusts.
    #[arg(long, value_name = "DOMAIN")]
    trust_sealer: Vec<String>,
    /// Only the header is given.
    #[arg(long)]
    headers: bool,
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
    /// Questions a second.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    qps: Option<u32>,
    /// Seconds for the questions.
    #[arg(long, value_name = "SECONDS", default_value_t = 20,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        self.traced(desk)
            .unwrap_or_else(|refusal| desk.refuse(&refusal))
    }

    fn traced(&self, desk: &Desk) -> Result<Exit, Refusal> {
        let octets = read(&self.message)?;
        let octets = as_written(&octets);
        let shown = self.message.display().to_string();
        let headers_only = self.headers || message_typed::is_header_alone(&octets);
        let message = message_typed::message(&octets, headers_only, &shown)?;
        let request = self.request(&message, headers_only)?;
        if let Some(path) = &self.replay {
            let observation = replayed(path, request)?;
            let trace = observation.trace(&message);
            return Ok(self.show(desk, &observation, &trace));
        }
        let (observation, trace) = runtime()?.block_on(self.ask(&message, request))?;
        if let Some(path) = &self.capture {
            write_text(path, &observation.to_capture())?;
        }
        Ok(self.show(desk, &observation, &trace))
    }

    fn request(&self, message: &Message<'_>, headers_only: bool) -> Result<TraceRequest, Refusal> {
        let read = |text: &Option<String>, read: fn(&str) -> Result<String, Refusal>| {
            text.as_deref().map(read).transpose()
        };
        Ok(TraceRequest {
            ip: self.ip.as_deref().map(typed::ip).transpose()?,
            helo: read(&self.helo, message_typed::helo)?,
            mail_from: read(&self.mail_from, message_typed::mail_from)?,
            receiver: self
                .receiver
                .as_deref()
                .map(|text| message_typed::receiver(text, message))
                .transpose()?,
            trusted_sealers: message_typed::sealers(self.trust_sealer.iter().map(String::as_str))?,
            headers_only,
        })
    }

    async fn ask(
        &self,
        message: &Message<'_>,
        request: TraceRequest,
    ) -> Result<(TraceObservation, Trace), Refusal> {
        // Relative names of zone files are the author's.
        let author = authors(message).ok().and_then(|mut authors| authors.pop());
        let domain = author.map_or_else(Name::root, |author| author.domain);
        let world = World::new(&self.wishes(), &domain)?;
        let one = world.one_check(Duration::from_secs(self.timeout));
        Ok(observe(one.sources().resolver, message, request, clock::now()).await)
    }

    fn wishes(&self) -> Wishes {
        Wishes {
            zones: self.zone.clone(),
            offline: self.offline,
            nameservers: self.nameserver.clone(),
            servers_at: Vec::new(),
            queries_per_second: self.qps,
            direct_queries_per_second: None,
        }
    }

    fn show(&self, desk: &Desk, observation: &TraceObservation, trace: &Trace) -> Exit {
        let report = || TraceReport::new(observation, trace, desk.language, present::as_it_is);
        let text = match self.format {
            Format::Text => present::trace_text(
                &report(),
                TextOptions {
                    language: desk.language,
                    columns: desk.environment.columns,
                    colour: desk.environment.colour,
                },
            ),
            Format::Json => present::trace_json(&report()),
            // A field ends its lines as messages do; here it is a text.
            Format::Header => trace.authentication_results.replace("\r\n", "\n"),
        };
        desk.print(&text).and(trace.verdict.severity.into())
    }
}

/// Reads the message, and no more of it than may be read.
fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let limit = MESSAGE_OCTETS_MAX as u64 + 1;
    let mut octets = Vec::new();
    let read = if path == Path::new("-") {
        let stdin = std::io::stdin().lock();
        stdin.take(limit).read_to_end(&mut octets)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut octets))
    };
    read.map_err(|error| unreadable(path, &error))?;
    Ok(octets)
}

/// The saved answers, with what is stated now in place of what was stated then.
fn replayed(path: &Path, request: TraceRequest) -> Result<TraceObservation, Refusal> {
    let args = Args::new().with("path", path.display().to_string());
    let mut observation =
        TraceObservation::from_capture(&read_text(path)?).map_err(|error| match error {
            CaptureError::Newer { found, known } => Refusal::new(
                "error-capture-newer",
                args.with("found", found.to_string())
                    .with("known", known.to_string()),
            ),
            CaptureError::NotACapture { .. } => Refusal::new("error-trace-capture", args),
        })?;
    let saved = &mut observation.request;
    saved.headers_only |= request.headers_only;
    saved.ip = request.ip.or(saved.ip);
    saved.helo = request.helo.or(saved.helo.take());
    saved.mail_from = request.mail_from.or(saved.mail_from.take());
    saved.receiver = request.receiver.or(saved.receiver.take());
    if !request.trusted_sealers.is_empty() {
        saved.trusted_sealers = request.trusted_sealers;
    }
    Ok(observation)
}
