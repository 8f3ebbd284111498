//! What is asked, and of whom: the options that `check` and `plan` share.

use std::path::PathBuf;
use std::time::Duration;

use garant_check::{AskAuthority, CaptureError, DomainInput, Observation, Request, TakenFrom};
use garant_dns::Name;
use garant_text::Args;

use garant_service::typed::{self, Refusal};

use super::Desk;
use crate::world::{Wishes, read_text};

#[derive(clap::Args)]
pub(super) struct Question {
    /// The sending service.
    #[arg(long, value_name = "NAME")]
    sender: Option<String>,
    /// The domain of the return address.
    #[arg(long, value_name = "DOMAIN")]
    mail_from: Option<String>,
    /// Signatures.
    #[arg(long, value_name = "DOMAIN[:SELECTOR]")]
    signed_by: Vec<String>,
    /// The sending server.
    #[arg(long, value_name = "ADDRESS")]
    ip: Option<String>,
    /// The address that readers see.
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// DKIM selectors.
    #[arg(long, value_name = "SELECTOR")]
    selector: Vec<String>,
    /// The records that a platform asked for.
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Zone files.
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    zone: Vec<PathBuf>,
    /// Nobody is asked.
    #[arg(long)]
    offline: bool,
    /// Name servers.
    #[arg(long, value_name = "IP[:PORT]", conflicts_with_all = ["replay", "offline"])]
    nameserver: Vec<String>,
    /// The zone's own servers are asked in any case.
    #[arg(long, conflicts_with_all = ["replay", "offline", "zone"])]
    authority: bool,
    /// Where name servers are asked.
    #[arg(long, value_name = "NAME=IP[:PORT]", conflicts_with_all = ["replay", "offline", "zone"])]
    server_at: Vec<String>,
    /// Where the answers are saved.
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    pub(super) capture: Option<PathBuf>,
    /// Saved answers.
    #[arg(long, value_name = "FILE")]
    pub(super) replay: Option<PathBuf>,
    /// Questions a second.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    qps: Option<u32>,
    /// Seconds for one check.
    #[arg(long, value_name = "SECONDS", default_value_t = 20,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

impl Question {
    /// One request for each domain. Everything that was typed is read before anything is asked.
    pub(super) fn requests(
        &self,
        desk: &Desk,
        domains: &[String],
    ) -> Result<Vec<Request>, Refusal> {
        if domains.len() > 1 {
            if self.capture.is_some() || self.replay.is_some() {
                return Err(Refusal::new("error-capture-several", Args::new()));
            }
            // An address has one domain, and records were asked of one.
            if self.from.is_some() || self.expect.is_some() {
                return Err(Refusal::new("error-question-several", Args::new()));
            }
        }
        let domains = domains
            .iter()
            .map(|text| self.domain(desk, text))
            .collect::<Result<Vec<_>, _>>()?;
        let blank = Request {
            selectors: typed::selectors(&self.selector)?,
            sender: self.sender.as_deref().map(typed::sender).transpose()?,
            mail_from: self
                .mail_from
                .as_deref()
                .map(typed::mail_from)
                .transpose()?,
            signed_by: typed::signed_by(&self.signed_by)?,
            ip: self.ip.as_deref().map(typed::ip).transpose()?,
            authority: if self.authority {
                AskAuthority::Always
            } else {
                AskAuthority::InDoubt
            },
            ..Request::new(Name::root())
        };
        let request = |(domain, from)| {
            let expect = self
                .expect
                .as_deref()
                .map(|path| {
                    let shown = path.display().to_string();
                    typed::expected(&read_text(path)?, &shown, &domain)
                })
                .transpose()?;
            Ok(Request {
                domain,
                from,
                expect: expect.unwrap_or_default(),
                ..blank.clone()
            })
        };
        domains.into_iter().map(request).collect()
    }

    /// The domain that is asked about, and the address that readers see.
    fn domain(&self, desk: &Desk, text: &str) -> Result<(Name, Option<String>), Refusal> {
        let input = DomainInput::parse(text).map_err(|error| typed::bad_domain(text, &error))?;
        remark_on_taking(desk, &input, text);
        let Some(from) = &self.from else {
            return Ok((input.domain, None));
        };
        let (address, domain) = typed::from(from, &input.domain)?;
        if domain != input.domain {
            let args = Args::new()
                .with("input", address.as_str())
                .with("domain", domain.to_unicode());
            desk.remark(&desk.text("label-taken-from-from", &args));
        }
        Ok((domain, Some(address)))
    }

    /// Where answers come from.
    pub(super) fn wishes(&self) -> Wishes {
        Wishes {
            zones: self.zone.clone(),
            offline: self.offline,
            nameservers: self.nameserver.clone(),
            servers_at: self.server_at.clone(),
            queries_per_second: self.qps,
            direct_queries_per_second: None,
        }
    }

    /// How long one check waits for answers.
    pub(super) fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    /// The saved answers, with what the request adds to the question that they were saved for; nothing
    /// without `--replay`.
    pub(super) fn replayed(&self, request: &Request) -> Result<Option<Observation>, Refusal> {
        let Some(path) = &self.replay else {
            return Ok(None);
        };
        let args = Args::new().with("path", path.display().to_string());
        let mut observation =
            Observation::from_capture(&read_text(path)?).map_err(|error| match error {
                CaptureError::Newer { found, known } => Refusal::new(
                    "error-capture-newer",
                    args.clone()
                        .with("found", found.to_string())
                        .with("known", known.to_string()),
                ),
                CaptureError::NotACapture { line, column } => {
                    let args = args.clone().with("line", line).with("column", column);
                    Refusal::new("error-capture", args)
                }
            })?;
        if observation.request.domain != request.domain {
            let args = args
                .with("found", observation.request.domain.to_string())
                .with("domain", request.domain.to_string());
            return Err(Refusal::new("error-capture-domain", args));
        }
        add(&mut observation.request, request);
        Ok(Some(observation))
    }
}

/// What was stated now takes the place of what was stated when the answers were saved.
fn add(saved: &mut Request, request: &Request) {
    saved.selectors.extend(request.selectors.iter().cloned());
    let Request {
        from,
        sender,
        mail_from,
        signed_by,
        ip,
        expect,
        rua,
        ..
    } = request.clone();
    saved.from = from.or(saved.from.take());
    saved.sender = sender.or(saved.sender.take());
    saved.mail_from = mail_from.or(saved.mail_from.take());
    saved.ip = ip.or(saved.ip);
    saved.rua = rua.or(saved.rua.take());
    if !signed_by.is_empty() {
        saved.signed_by = signed_by;
    }
    if !expect.is_empty() {
        saved.expect = expect;
    }
}

pub(super) fn remark_on_taking(desk: &Desk, input: &DomainInput, text: &str) {
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
