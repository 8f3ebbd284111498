//! `garant explain`: the help section of a finding code.

use std::str::FromStr;

use garant_check::Code;
use garant_text::{Args, Catalogue, help};

use super::Desk;
use crate::exit::Exit;
use garant_service::typed::{Refusal, SIMILARITY_MIN};

#[derive(clap::Args)]
pub(super) struct Options {
    /// The code.
    code: Option<String>,
}

impl Options {
    pub(super) fn run(self, desk: &Desk) -> Exit {
        match self.code {
            None => list(desk),
            Some(text) => match Code::from_str(text.trim()) {
                Ok(code) => explain(desk, code),
                Err(()) => refuse(desk, &text),
            },
        }
    }
}

fn explain(desk: &Desk, code: Code) -> Exit {
    let section = help::section(desk.language, code.topic(), code.anchor())
        .expect("every code has a section in both languages, which a test holds");
    desk.print(&format!(
        "{code}\n\n{}\n\n{}\n",
        section.title,
        section.text.trim()
    ))
}

fn list(desk: &Desk) -> Exit {
    let mut text = desk.text("explain-list", &Args::new()) + "\n";
    for topic in help::topics() {
        let codes: Vec<Code> = Code::ALL
            .iter()
            .copied()
            .filter(|code| code.topic() == topic)
            .collect();
        if codes.is_empty() {
            continue;
        }
        let title = Catalogue::of(desk.language).text(&format!("topic-{topic}"), &Args::new());
        text.push_str(&format!("\n{title}\n"));
        for code in codes {
            let title = help::section(desk.language, topic, code.anchor())
                .map_or("", |section| section.title);
            text.push_str(&format!("  {:<38} {title}\n", code.as_str()));
        }
    }
    desk.print(&text)
}

fn refuse(desk: &Desk, text: &str) -> Exit {
    let nearest = Code::ALL
        .iter()
        .map(|code| (code, strsim::jaro_winkler(code.as_str(), text)))
        .filter(|(_, similarity)| *similarity >= SIMILARITY_MIN)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let suggestion = nearest.map_or("none", |(code, _)| code.as_str());
    let args = Args::new()
        .with("input", text)
        .with("suggestion", suggestion);
    desk.refuse(&Refusal::new("error-code", args))
}
