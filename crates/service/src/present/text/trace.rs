//! A traced message for a terminal.

use garant_check::VerdictSeverity;
use garant_check::catalogue::Met;
use garant_check::trace::{StepCode, StepState};
use garant_text::Args;

use super::page::{INDENT, Page, Style, TextOptions};
use crate::trace::{StepText, TraceReport};

/// Columns before what stands beneath a title.
const BENEATH: usize = 2;
/// Look-ups of one step that are shown at most; JSON has them all.
const LOOKUPS_SHOWN_MAX: usize = 12;

/// Characters of a look-up that are shown at most; JSON has them all.
const LOOKUP_CHARS_MAX: usize = 160;

/// The trace as lines for a terminal, with a final line end. Whatever strangers wrote is sanitised.
pub fn trace_text(report: &TraceReport, options: TextOptions) -> String {
    let mut page = Page::new(options);
    page.wrapped(0, Style::Bold, &report.words.title);
    page.wrapped(0, Style::Dim, &report.words.summary);
    page.line(&[]);
    page.trace_verdict(report);
    let heading = page.word("trace-heading-steps");
    page.line(&[(Style::Bold, &heading)]);
    for (index, step) in report.steps.iter().enumerate() {
        page.step(index + 1, step, report);
    }
    page.line(&[]);
    page.outcomes(report);
    page.trace_receivers(report);
    page.trace_asked(report);
    page.trace_findings(report);
    let args = Args::new().with("count", report.queries).with(
        "time",
        report.asked_at.trim_end_matches('Z').replace('T', " "),
    );
    let footer = page.words("trace-footer", &args);
    page.wrapped(0, Style::Dim, &footer);
    page.text
}

/// What a line of a look-up shows; a key is long, and nobody reads it here.
fn shortened(line: &str) -> String {
    if line.chars().count() <= LOOKUP_CHARS_MAX {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(LOOKUP_CHARS_MAX).collect();
    short.push('…');
    short
}

/// What a step means, as states are shown everywhere.
fn severity(state: StepState) -> Option<VerdictSeverity> {
    match state {
        StepState::Good => Some(VerdictSeverity::Fine),
        StepState::Bad => Some(VerdictSeverity::Risk),
        StepState::Neutral => None,
        StepState::Unknown => Some(VerdictSeverity::Unknown),
    }
}

impl Page {
    fn trace_verdict(&mut self, report: &TraceReport) {
        let verdict = &report.verdict;
        self.paragraph(0, verdict.severity, &verdict.text);
        if let Some(first) = &verdict.first {
            self.line(&[]);
            self.wrapped(BENEATH, Style::Plain, &format!("→ {first}"));
        }
        if let Some(cause) = verdict.cause {
            let args = Args::new().with("command", format!("garant explain {cause}"));
            let more = self.words("label-more", &args);
            self.wrapped(BENEATH, Style::Dim, &more);
        }
        if let Some(check) = &verdict.check {
            self.labelled(BENEATH, "trace-label-check", check);
        }
        self.line(&[]);
    }

    fn step(&mut self, number: usize, step: &StepText, report: &TraceReport) {
        let title = format!("{number}. {}", step.title);
        match severity(step.step.state) {
            Some(severity) => self.paragraph(0, severity, &title),
            // What neither helps nor harms has no state.
            None => self.wrapped(0, Style::Bold, &format!("· {title}")),
        }
        let indent = BENEATH + 2;
        self.wrapped(indent, Style::Plain, &step.text);
        if step.step.code == StepCode::Connection {
            for doubt in &report.words.doubts {
                self.wrapped(indent, Style::Plain, doubt);
            }
        }
        if let Some(organizations) = &step.organizations {
            self.labelled(indent, "trace-label-organizations", organizations);
        }
        for changes in &step.changes {
            let first = changes.texts.first().map_or("", String::as_str);
            let line = self.pair(&changes.label, first);
            self.wrapped(indent, Style::Plain, &line);
            for text in changes.texts.iter().skip(1) {
                self.wrapped(indent + 2, Style::Plain, text);
            }
        }
        if let Some(read_at) = &step.read_at {
            let line = self.pair(&self.word("trace-label-read-at"), read_at);
            self.wrapped(indent, Style::Dim, &line);
        }
        for asked in step.asked.iter().take(LOOKUPS_SHOWN_MAX) {
            let line = self.pair(&self.word("trace-label-asked"), &shortened(asked));
            self.wrapped(indent, Style::Dim, &line);
        }
        let section = self.pair(&self.word("trace-label-section"), step.step.section);
        self.wrapped(indent, Style::Dim, &section);
    }

    fn outcomes(&mut self, report: &TraceReport) {
        let heading = self.word("trace-heading-policies");
        self.line(&[(Style::Bold, &heading)]);
        for outcome in &report.words.outcomes {
            let line = self.pair(&outcome.label, &outcome.text);
            self.wrapped(BENEATH, Style::Plain, &line);
        }
        self.line(&[]);
    }

    fn trace_receivers(&mut self, report: &TraceReport) {
        let words = &report.words;
        for (title, groups) in [
            ("trace-heading-receivers", &words.receivers),
            ("path-receivers-bulk", &words.receivers_bulk),
        ] {
            if groups.is_empty() {
                continue;
            }
            let title = self.word(title);
            self.line(&[(Style::Bold, &title)]);
            for group in groups {
                let line = self.pair(&group.names.join(" · "), &group.text);
                self.wrapped(BENEATH, Style::Plain, &line);
                self.wrapped(BENEATH + 2, Style::Dim, &group.rule);
                for answer in &group.answers {
                    self.wrapped(BENEATH + 2, Style::Plain, answer);
                }
            }
            self.line(&[]);
        }
    }

    /// What is not met; how much is met, and of how much a message says nothing.
    fn trace_asked(&mut self, report: &TraceReport) {
        let asked = &report.words.asked;
        let heading = self.word("message-asked");
        self.line(&[(Style::Bold, &heading)]);
        for row in asked.iter().filter(|row| !row.told_elsewhere) {
            let severity = match row.met {
                Met::Yes => continue,
                Met::No => VerdictSeverity::Risk,
                Met::NotIfMarketing => VerdictSeverity::Advice,
                Met::Unknown => VerdictSeverity::Unknown,
            };
            self.paragraph_plain(BENEATH, severity, &row.text);
            let line = self.pair(&row.names.join(" · "), &row.state);
            self.wrapped(INDENT, Style::Dim, &line);
        }
        let met = asked.iter().filter(|row| row.met == Met::Yes).count();
        let words = self.words("trace-asked-met", &Args::new().with("count", met));
        self.wrapped(BENEATH, Style::Plain, &words);
        let elsewhere = asked.iter().filter(|row| row.told_elsewhere).count();
        if elsewhere > 0 {
            let count = Args::new().with("count", elsewhere);
            let words = self.words("trace-asked-elsewhere", &count);
            self.wrapped(BENEATH, Style::Dim, &words);
        }
        self.line(&[]);
    }

    fn trace_findings(&mut self, report: &TraceReport) {
        if report.findings.is_empty() {
            return;
        }
        let heading = self.word("trace-heading-findings");
        self.line(&[(Style::Bold, &heading)]);
        for finding in &report.findings {
            self.paragraph_plain(BENEATH, finding.severity.into(), &finding.title);
            if VerdictSeverity::from(finding.severity) != VerdictSeverity::Fine {
                self.wrapped(INDENT, Style::Plain, &format!("→ {}", finding.fix));
            }
        }
        self.line(&[]);
    }
}
