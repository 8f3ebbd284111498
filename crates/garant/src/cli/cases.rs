//! `garant cases`: the requests for help, for whoever answers them.

use std::path::PathBuf;

use garant_service::checks::{CheckId, Checked};
use garant_service::present::sanitise;
use garant_service::typed::Refusal;
use garant_store::{CaseRow, Store, StoreError};
use garant_text::Args;
use jiff::Timestamp;

use super::Desk;
use crate::exit::Exit;
use crate::store;
use crate::world::{runtime, write_text};

/// Requests that are listed: more than anybody answers in a day.
const LISTED_MAX: u32 = 200;

#[derive(clap::Args)]
pub(super) struct Options {
    /// The request to show.
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Where to save the answers of its check.
    #[arg(long, value_name = "FILE", requires = "id")]
    capture: Option<PathBuf>,
    /// Deletes the request.
    #[arg(long, requires = "id", conflicts_with = "capture")]
    forget: bool,
    /// The database.
    #[arg(long, value_name = "FILE", default_value = store::DEFAULT)]
    store: PathBuf,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        let done = runtime().and_then(|runtime| runtime.block_on(self.done(desk)));
        match done {
            Ok(text) => desk.print(&text),
            Err(refusal) => desk.refuse(&refusal),
        }
    }

    async fn done(&self, desk: &Desk) -> Result<String, Refusal> {
        let store = store::existing(&self.store)?;
        let Some(typed) = &self.id else {
            let cases = store.cases(LISTED_MAX).await;
            return Ok(self.list(desk, &cases.map_err(|error| self.failed(&error))?));
        };
        let refuse = |key| {
            let args = Args::new().with("input", typed.as_str());
            Refusal::new(key, args.with("path", self.path()))
        };
        let id = CheckId::parse(typed).ok_or_else(|| refuse("error-case"))?;
        let found = store.case(id.as_str()).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let case = found.ok_or_else(|| refuse("error-case-gone"))?;
        if self.forget {
            let deleted = store.delete_case(id.as_str()).await;
            deleted.map_err(|error| self.failed(&error))?;
            return Ok(desk.text("support-forgotten", &Args::new()) + "\n");
        }
        let mut text = shown(desk, &case);
        if let Some(path) = &self.capture {
            let checked = Checked::from_case(&case).map_err(|error| self.failed(&error))?;
            let checked = checked.ok_or_else(|| refuse("error-case-no-check"))?;
            write_text(path, &checked.observation.to_capture())?;
            let args = Args::new().with("path", path.display().to_string());
            text.push_str(&format!("\n{}\n", desk.text("cases-captured", &args)));
        }
        Ok(text)
    }

    fn path(&self) -> String {
        self.store.display().to_string()
    }

    fn failed(&self, error: &StoreError) -> Refusal {
        let args = Args::new()
            .with("path", self.path())
            .with("reason", "other")
            .with("detail", error.to_string());
        Refusal::new("error-store", args)
    }

    fn list(&self, desk: &Desk, cases: &[CaseRow]) -> String {
        let path = sanitise(&self.path()).into_owned();
        let args = Args::new().with("path", path);
        if cases.is_empty() {
            return desk.text("cases-none", &args) + "\n";
        }
        let mut text = desk.text("cases-list", &args) + "\n\n";
        let no_check = desk.text("cases-no-check", &Args::new());
        for case in cases {
            let about = case.domain.as_deref().unwrap_or(&no_check);
            let line = format!(
                "{}  {}  {:<28}  {}",
                case.id,
                time(case),
                sanitise(about),
                sanitise(&case.contact)
            );
            text.push_str(line.trim_end());
            text.push('\n');
        }
        if cases.len() >= LISTED_MAX as usize {
            let args = Args::new().with("count", LISTED_MAX);
            text.push_str(&format!("\n{}\n", desk.text("cases-more", &args)));
        }
        text
    }
}

/// When a request was sent, to the second, in UTC.
fn time(case: &CaseRow) -> String {
    Timestamp::from_second(case.opened_at).map_or_else(|_| String::new(), |time| time.to_string())
}

/// A request as text. Its sender chose every character of it.
fn shown(desk: &Desk, case: &CaseRow) -> String {
    let opened = Args::new()
        .with("time", time(case))
        .with("language", case.language.as_str());
    let contact = Args::new().with("contact", sanitise(&case.contact).into_owned());
    let mut text = format!(
        "{}\n{}\n{}\n",
        case.id,
        desk.text("cases-opened", &opened),
        desk.text("cases-contact", &contact)
    );
    if let Some(domain) = &case.domain {
        let args = Args::new()
            .with("domain", sanitise(domain).into_owned())
            .with("id", case.id.as_str());
        text.push_str(&desk.text("cases-check", &args));
        text.push('\n');
    }
    text.push('\n');
    for line in case.message.lines() {
        text.push_str("  ");
        text.push_str(&sanitise(&line.replace('\t', "    ")));
        text.push('\n');
    }
    text
}
