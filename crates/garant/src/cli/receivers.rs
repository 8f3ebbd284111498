//! `garant receivers`: what receivers ask for and answer, and one of them in full.

use garant_check::catalogue::{CountedBy, KnownReply, LegResults, Receiver, Threshold, receivers};
use garant_service::report::{reply, requirement};
use garant_service::typed;
use garant_text::{Args, Catalogue};
use serde_json::json;

use super::Desk;
use super::senders::confidence;
use crate::exit::Exit;

#[derive(clap::Args)]
pub(super) struct Options {
    /// The receiver; its name may have several words.
    word: Vec<String>,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Options {
    pub(super) fn run(self, desk: &Desk) -> Exit {
        let is_listed = self.word.is_empty();
        let chosen: Vec<&Receiver> = if is_listed {
            known().collect()
        } else {
            match typed::receivers(&self.word.join(" ")) {
                Ok(called) => called,
                Err(refusal) => return desk.refuse(&refusal),
            }
        };
        let words = Words { desk };
        let text = match self.format {
            Format::Json => json(&chosen),
            Format::Text if is_listed => words.list(&chosen),
            Format::Text => {
                let entries = chosen.iter().map(|one| words.entry(one));
                entries.collect::<Vec<_>>().join("\n")
            }
        };
        desk.print(&text)
    }
}

/// Those that have a name; the entry for all others has no rules of its own.
fn known() -> impl Iterator<Item = &'static Receiver> {
    receivers().iter().filter(|one| one.id != "other")
}

fn json(chosen: &[&Receiver]) -> String {
    let value = json!({"schema": "garant-receivers/1", "receivers": chosen});
    let pretty = serde_json::to_string_pretty(&value);
    pretty.expect("the catalogue has no maps with other keys than text") + "\n"
}

/// The words of a receiver.
struct Words<'a> {
    desk: &'a Desk,
}

impl Words<'_> {
    fn text(&self, key: &str) -> String {
        self.desk.text(key, &Args::new())
    }

    fn list(&self, all: &[&Receiver]) -> String {
        let head = Args::new().with("count", all.len());
        let mut out = self.desk.text("receivers-list", &head) + "\n\n";
        for receiver in all {
            let args = Args::new()
                .with("name", receiver.name.as_str())
                .with("confidence", self.text(confidence(receiver.confidence)));
            let args = match &receiver.threshold {
                Some(threshold) => args
                    .with("count", threshold.messages)
                    .with("hours", threshold.hours),
                None => args.with("count", "none").with("hours", "none"),
            };
            let entry = self.desk.text("receivers-entry", &args);
            out.push_str(&format!("  {:<14}{entry}\n", receiver.id));
        }
        out
    }

    fn entry(&self, receiver: &Receiver) -> String {
        let mut out = format!("{}\n\n", receiver.name);
        let mut line = |key: &str, value: &str| {
            let args = Args::new()
                .with("label", self.text(key))
                .with("text", value);
            out.push_str(&format!("  {}\n", self.desk.text("label-line", &args)));
        };
        line("receivers-id", &receiver.id);
        line(
            "receivers-confidence",
            &self.text(confidence(receiver.confidence)),
        );
        if let Some(date) = &receiver.date {
            line("receivers-date", date);
        }
        if let Some(source) = &receiver.source {
            line("receivers-source", source);
        }
        line("receivers-hosts", &receiver.hosts.join(", "));
        line("receivers-threshold", &self.threshold(receiver));
        // What is asked for, without a message that could meet it.
        let asked = receiver.requirements(&LegResults::default());
        for (key, bulk) in [("receivers-all", false), ("receivers-bulk", true)] {
            out.push_str(&format!("\n{}\n", self.text(key)));
            let mut of_these = asked.iter().filter(|one| one.bulk == bulk).peekable();
            if of_these.peek().is_none() {
                out.push_str(&format!("  {}\n", self.text("receivers-nothing")));
            }
            for one in of_these {
                out.push_str(&format!(
                    "  - {}\n",
                    requirement(Catalogue::of(self.desk.language), one)
                ));
            }
        }
        if !receiver.replies_known.is_empty() {
            out.push_str(&format!("\n{}\n", self.text("receivers-replies")));
            for known in &receiver.replies_known {
                out.push_str(&self.reply(known));
            }
        }
        if let Some(source) = &receiver.replies_source {
            let args = Args::new()
                .with("label", self.text("receivers-replies-source"))
                .with("text", source.as_str());
            out.push_str(&format!("\n  {}\n", self.desk.text("label-line", &args)));
        }
        out
    }

    fn threshold(&self, receiver: &Receiver) -> String {
        let Some(threshold) = &receiver.threshold else {
            return self.text("receivers-threshold-none");
        };
        let Threshold {
            messages,
            hours,
            close_to,
            counted_by,
            permanent,
        } = threshold;
        let yes = |is: bool| if is { "yes" } else { "no" };
        let counted = match counted_by {
            Some(CountedBy::OrganizationalDomain) => "organizational-domain",
            Some(CountedBy::AuthorDomain) => "author-domain",
            None => "none",
        };
        let args = Args::new()
            .with("count", *messages)
            .with("hours", *hours)
            .with("close", yes(*close_to))
            .with("counted", counted)
            .with("permanent", yes(*permanent));
        self.desk.text("receivers-threshold-text", &args)
    }

    fn reply(&self, known: &KnownReply) -> String {
        let codes: Vec<String> = known.codes.iter().map(ToString::to_string).collect();
        let said = reply(Catalogue::of(self.desk.language), &codes, known.text());
        let means = self.text(&format!("receivers-means-{}", known.meaning()));
        format!("  {said}\n      {means}\n")
    }
}
