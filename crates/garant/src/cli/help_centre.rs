//! `garant help-centre`: the search of the help centre, in the terminal.

use garant_service::present::sanitise;
use garant_service::typed::Refusal;
use garant_text::help::Group;
use garant_text::search::{Hit, Index};
use garant_text::{Args, help};

use super::Desk;
use crate::exit::Exit;

/// Results that are printed; they fit on a screen.
const RESULTS_MAX: usize = 8;
/// Columns of a line at most, for reading.
const COLUMNS_MAX: usize = 88;

#[derive(clap::Args)]
pub(super) struct Options {
    /// What is searched for.
    #[arg(value_name = "SEARCH")]
    words: Vec<String>,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        let query = self.words.join(" ");
        if query.trim().is_empty() {
            return desk.print(&topics(desk));
        }
        if let Some(text) = section(desk, query.trim()) {
            return desk.print(&text);
        }
        let found = Index::of(desk.language).search(&query, RESULTS_MAX);
        if found.hits.is_empty() {
            let args = Args::new().with("query", query);
            return desk.refuse(&Refusal::new("help-cli-in-vain", args));
        }
        let mut text = String::new();
        if let Some(instead) = found.instead {
            let args = Args::new()
                .with("query", sanitise(&query).into_owned())
                .with("instead", sanitise(&instead).into_owned());
            text.push_str(&desk.text("help-instead", &args));
            text.push_str("\n\n");
        }
        let shown: Vec<String> = found.hits.iter().map(|hit| shown(desk, hit)).collect();
        text.push_str(&shown.join("\n"));
        desk.print(&text)
    }
}

/// Title, where it stands, and what it says.
fn shown(desk: &Desk, hit: &Hit) -> String {
    let columns = desk.environment.columns.min(COLUMNS_MAX);
    let place = match (hit.group, hit.anchor) {
        (_, "") => read(desk, hit.topic),
        (Group::Finding, anchor) => {
            let args = Args::new().with("code", format!("{}.{anchor}", hit.topic));
            desk.text("help-cli-explain", &args)
        }
        (_, anchor) => read(desk, &format!("{}#{anchor}", hit.topic)),
    };
    let excerpt: String = hit
        .excerpt
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    let options = textwrap::Options::new(columns)
        .initial_indent("  ")
        .subsequent_indent("  ");
    let excerpt = textwrap::fill(excerpt.trim(), options);
    format!("{}\n  {place}\n{excerpt}\n", hit.title)
}

/// The command that prints a page or one of its sections.
fn read(desk: &Desk, place: &str) -> String {
    desk.text("help-cli-read", &Args::new().with("place", place))
}

/// The text at a place: a page's introduction with the places of its sections, or a section.
fn section(desk: &Desk, place: &str) -> Option<String> {
    let (topic, anchor) = place.split_once('#').unwrap_or((place, ""));
    if !anchor.is_empty() {
        let section = help::section(desk.language, topic, anchor)?;
        return Some(format!("{}\n\n{}\n", section.title, section.text));
    }
    let title = help::title(desk.language, topic)?;
    let introduction = help::introduction(desk.language, topic)?;
    let mut text = format!("{title}\n\n{introduction}\n");
    for section in help::sections(desk.language, topic) {
        let place = format!("{topic}#{}", section.anchor);
        text.push_str(&format!("\n{}\n  {}\n", section.title, read(desk, &place)));
    }
    Some(text)
}

/// Every page, by group.
fn topics(desk: &Desk) -> String {
    let mut text = desk.text("help-cli-topics", &Args::new()) + "\n";
    for group in Group::ALL {
        let topics: Vec<&str> = help::topics_of(group).collect();
        if topics.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "\n{}\n",
            desk.text(&format!("help-group-{}", group.as_str()), &Args::new())
        ));
        for topic in topics {
            let title = help::title(desk.language, topic).unwrap_or_default();
            text.push_str(&format!("  {topic:<20} {title}\n"));
        }
    }
    text
}
