//! `garant bounce`: why mail came back, whose fault that is, and what to change.

mod checker;
mod found;

use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use garant_check::bounce::{self, Bounce, Outcome, Summary};
use garant_service::bounce::{BounceReport, Origin, SummaryReport, Unread, UnreadReport};
use garant_service::present::{self, TextOptions};
use garant_service::typed::{self, Refusal};
use garant_text::Args;

use super::Desk;
use crate::exit::Exit;
use crate::world::Wishes;
use checker::{Checked, Checker, DOMAINS_CHECKED_MAX};

/// Form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(clap::Args)]
pub(super) struct Options {
    /// Messages, mailbox files, folders of them.
    #[arg(value_name = "FILE", required_unless_present = "reply")]
    files: Vec<PathBuf>,
    /// What a server replied.
    #[arg(long, value_name = "TEXT", conflicts_with = "files")]
    reply: Option<String>,
    /// Counts instead of bounces.
    #[arg(long)]
    summary: bool,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// The domains to blame are checked.
    #[arg(long)]
    check: bool,
    /// They are not.
    #[arg(long, conflicts_with = "check")]
    no_check: bool,
    /// The sending service.
    #[arg(long, value_name = "NAME")]
    sender: Option<String>,
    /// Zone files.
    #[arg(long, value_name = "FILE")]
    zone: Vec<PathBuf>,
    /// Nobody is asked.
    #[arg(long)]
    offline: bool,
    /// Name servers.
    #[arg(long, value_name = "IP[:PORT]", conflicts_with = "offline")]
    nameserver: Vec<String>,
    /// Where name servers are asked.
    #[arg(long, value_name = "NAME=IP[:PORT]", conflicts_with_all = ["offline", "zone"])]
    server_at: Vec<String>,
    /// Seconds for one check.
    #[arg(long, value_name = "SECONDS", default_value_t = 20,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

/// What was come to so far.
struct Tally {
    exit: Exit,
    summary: Summary,
    /// Something of what was read is about another message.
    has_bounce: bool,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        self.told(desk)
            .unwrap_or_else(|refusal| desk.refuse(&refusal))
    }

    fn told(&self, desk: &Desk) -> Result<Exit, Refusal> {
        let sender = self.sender.as_deref().map(typed::sender).transpose()?;
        let mut checker = Checker::new(desk.language, self.wishes(), sender, self.timeout());
        let mut tally = Tally {
            exit: Exit::Fine,
            summary: Summary::default(),
            has_bounce: false,
        };
        match &self.reply {
            Some(text) => {
                let origin = Origin {
                    file: "--reply".to_owned(),
                    ..Origin::default()
                };
                let bounce = bounce::read_reply(text)
                    .ok_or_else(|| Refusal::new("error-reply", Args::new()))?;
                self.one(desk, &mut checker, &mut tally, origin, Ok(bounce))?;
            }
            None => found::each(&self.files, &mut |origin, octets| {
                let saved =
                    octets.and_then(|octets| bounce::read_saved(octets).map_err(Unread::Message));
                let saved = match saved {
                    Ok(saved) => saved,
                    Err(why) => return self.one(desk, &mut checker, &mut tally, origin, Err(why)),
                };
                for (origin, bounce) in origin.clone().of_each(saved.bounces) {
                    self.one(desk, &mut checker, &mut tally, origin, Ok(bounce))?;
                }
                if saved.is_cut {
                    let why = Err(Unread::TooManyAttached);
                    self.one(desk, &mut checker, &mut tally, origin, why)?;
                }
                Ok(())
            })?,
        }
        if self.summary {
            self.show_summary(desk, &mut checker, &mut tally)?;
        }
        if checker.is_over() {
            let args = Args::new().with("limit", DOMAINS_CHECKED_MAX);
            desk.remark(&desk.text("bounce-check-over", &args));
        }
        let nothing = if tally.has_bounce {
            Exit::Fine
        } else {
            Exit::Unknown
        };
        Ok(tally.exit.and(nothing))
    }

    /// One message, or what could not be read as one.
    fn one(
        &self,
        desk: &Desk,
        checker: &mut Checker,
        tally: &mut Tally,
        origin: Origin,
        read: Result<Bounce, Unread>,
    ) -> Result<(), Refusal> {
        let bounce = match read {
            Ok(bounce) => bounce,
            Err(why) => {
                tally.exit = tally.exit.and(Exit::Unknown);
                tally.summary.add_unreadable(&origin.to_string());
                let report = UnreadReport::new(origin, why, desk.language);
                self.tell_unread(desk, tally, &report);
                return Ok(());
            }
        };
        tally.has_bounce |= bounce.outcome != Outcome::NoBounce;
        tally.exit = tally.exit.and(exit(&bounce));
        if self.summary {
            if self.checks() {
                checker.note(&bounce);
            }
            tally.summary.add(&origin.to_string(), &bounce);
            return Ok(());
        }
        let checked = if self.checks() {
            checker.check(&bounce)?
        } else {
            Checked::Not
        };
        let text = match self.format {
            Format::Json => {
                let check = checked.into_check();
                present::bounce_json(&BounceReport::new(origin, &bounce, check, desk.language))
            }
            Format::Text => {
                let again = checked.again().map(|domain| {
                    let args = Args::new().with("domain", domain.to_unicode());
                    desk.text("bounce-check-again", &args)
                });
                let check = checked.into_first();
                let report = BounceReport::new(origin, &bounce, check, desk.language);
                let mut text = present::bounce_text(&report, options(desk));
                if let Some(again) = again {
                    text.push_str(&format!("{}\n\n", present::sanitise(&again)));
                }
                text
            }
        };
        tally.print(desk, &text);
        Ok(())
    }

    fn tell_unread(&self, desk: &Desk, tally: &mut Tally, report: &UnreadReport) {
        match self.format {
            Format::Json if !self.summary => tally.print(desk, &present::unread_json(report)),
            _ => {
                // The shape stands on the terminal's page; standard error has its own beginning.
                let args = Args::new()
                    .with("file", report.origin.to_string())
                    .with("text", report.error.text.as_str());
                desk.remark(&desk.text("bounce-unread-at", &args));
            }
        }
    }

    fn show_summary(
        &self,
        desk: &Desk,
        checker: &mut Checker,
        tally: &mut Tally,
    ) -> Result<(), Refusal> {
        let checks = if self.checks() {
            checker.check_noted(&tally.summary)?
        } else {
            Vec::new()
        };
        let report = SummaryReport::new(&tally.summary, checks, desk.language);
        let text = match self.format {
            Format::Json => present::bounce_summary_json(&report),
            Format::Text => present::bounce_summary_text(&report, options(desk)),
        };
        tally.print(desk, &text);
        Ok(())
    }

    /// Whether domains are checked: where people read about single bounces, and where it was asked for.
    fn checks(&self) -> bool {
        let by_default = self.format == Format::Text && !self.summary;
        let nobody = self.offline && self.zone.is_empty();
        self.check || (by_default && !self.no_check && !nobody)
    }

    fn wishes(&self) -> Wishes {
        Wishes {
            zones: self.zone.clone(),
            offline: self.offline,
            nameservers: self.nameserver.clone(),
            servers_at: self.server_at.clone(),
            queries_per_second: None,
            direct_queries_per_second: None,
        }
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }
}

impl Tally {
    fn print(&mut self, desk: &Desk, text: &str) {
        // Each result is complete when it is printed, so that a folder of any size needs little memory.
        self.exit = self.exit.and(desk.print(text));
    }
}

/// How one message counts: 1 where the sender's domain or message has to be mended, 2 where the reason could not
/// be told.
fn exit(bounce: &Bounce) -> Exit {
    match bounce.outcome {
        outcome if outcome.is_senders() => Exit::Fault,
        Outcome::Unknown => Exit::Unknown,
        _ => Exit::Fine,
    }
}

fn options(desk: &Desk) -> TextOptions {
    TextOptions {
        language: desk.language,
        columns: desk.environment.columns,
        colour: desk.environment.colour,
    }
}
