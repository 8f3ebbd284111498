//! A plan for a terminal.

use garant_check::Action;
use garant_text::Args;

use super::page::{Page, Style, TextOptions};
use crate::present::markdown::no_plan_key;
use crate::present::ticket::ticket;
use crate::report::{AlternativeWords, ChangeWords, NoteWords, PlanReport, PlanText, StateWords};

/// Columns before what stands beneath a number.
const BENEATH: usize = 3;

/// The plan as lines for a terminal, with a final line end. DNS text in it is sanitised. What is to be copied
/// stands alone on its line, and is not broken.
pub fn plan_text(report: &PlanReport, options: TextOptions) -> String {
    let mut page = Page::new(options);
    let domain = report.domain.to_unicode();
    let title = report.plan.as_ref().map(|plan| plan.words.title.as_str());
    page.wrapped(0, Style::Bold, title.unwrap_or(&domain));
    page.line(&[]);
    page.paragraph(0, report.verdict.severity, &report.verdict.text);
    page.line(&[]);
    match &report.plan {
        Some(plan) => page.plan(report, plan),
        None => {
            let words = page.words(no_plan_key(report), &Args::new().with("domain", domain));
            page.wrapped(0, Style::Plain, &words);
        }
    }
    page.text
}

impl Page {
    fn plan(&mut self, report: &PlanReport, plan: &PlanText) {
        let words = &plan.words;
        self.wrapped(0, Style::Bold, &words.count);
        if plan.plan.has_changes() {
            let place = words.panel.clone();
            let place = place.unwrap_or_else(|| self.word("plan-heading-changes"));
            self.wrapped(0, Style::Plain, &place);
        }
        self.line(&[]);
        let actions = plan.plan.changes.iter().map(|change| change.action);
        self.changes(0, &words.changes, actions.collect());
        self.notes(0, "plan-heading-notes", &words.notes);
        if plan.plan.has_changes() {
            // The verdict before stands at the top of the page.
            self.title("plan-heading-before");
            self.state(&words.before);
            self.title("plan-heading-after");
            let after = &words.after.verdict;
            self.paragraph(2, after.severity, &after.text);
            self.state(&words.after);
            let proof = self.word("plan-proof");
            self.wrapped(0, Style::Dim, &proof);
            self.line(&[]);
            if words.affects.is_empty() {
                let none = self.word("planned-affects-none");
                self.wrapped(0, Style::Plain, &none);
                self.line(&[]);
            }
            self.list(0, "plan-heading-affects", &words.affects);
        }
        self.alternatives(plan);
        if plan.plan.has_changes() {
            self.title("planned-heading-ticket");
            self.line(&[]);
            for line in ticket(report, plan, self.catalogue).lines() {
                self.line(&[(Style::Plain, line)]);
            }
        }
    }

    pub(super) fn title(&mut self, key: &str) {
        let title = self.word(key);
        self.wrapped(0, Style::Bold, &title);
    }

    /// Changes, numbered; each field's value stands alone on its line.
    fn changes(&mut self, indent: usize, changes: &[ChangeWords], actions: Vec<Action>) {
        let margin = " ".repeat(indent);
        let beneath = " ".repeat(indent + BENEATH);
        let mut told: Vec<&str> = Vec::new();
        for ((number, change), action) in changes.iter().enumerate().zip(actions) {
            let style = match action {
                Action::Add => Style::Green,
                Action::Change => Style::Yellow,
                Action::Delete => Style::Red,
            };
            let number = format!("{margin}{}. ", number + 1);
            self.line(&[(Style::Plain, &number), (style, &change.action)]);
            for field in &change.fields {
                if field.copied {
                    let label = self.pair(&field.label, "");
                    self.line(&[(Style::Plain, &beneath), (Style::Dim, label.trim_end())]);
                    self.line(&[(Style::Plain, &format!("{beneath}    {}", field.value))]);
                } else {
                    let line = self.pair(&field.label, &field.value);
                    self.line(&[(Style::Plain, &beneath), (Style::Dim, &line)]);
                }
            }
            for hint in &change.hints {
                // The same advice for each line of a form is read once.
                if !told.contains(&hint.as_str()) {
                    told.push(hint);
                    self.wrapped(indent + BENEATH, Style::Plain, &format!("→ {hint}"));
                }
            }
            self.line(&[]);
        }
    }

    fn notes(&mut self, indent: usize, heading: &str, notes: &[NoteWords]) {
        let lines: Vec<String> = notes
            .iter()
            .map(|note| self.pair(&note.who, &note.text))
            .collect();
        self.list(indent, heading, &lines);
    }

    fn list(&mut self, indent: usize, heading: &str, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let title = self.word(heading);
        self.wrapped(indent, Style::Bold, &title);
        for line in lines {
            self.item(indent, line);
        }
        self.line(&[]);
    }

    fn item(&mut self, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        for (index, line) in self.broken(text, indent + 2).into_iter().enumerate() {
            let mark = if index == 0 { "- " } else { "  " };
            self.line(&[
                (Style::Plain, &margin),
                (Style::Plain, mark),
                (Style::Plain, &line),
            ]);
        }
    }

    /// What the check says before or after: each leg of the path, and how much is left.
    fn state(&mut self, state: &StateWords) {
        if let Some(path) = &state.path {
            for leg in [&path.words.signature, &path.words.return_path] {
                let line = self.pair(&leg.label, &leg.text);
                self.wrapped(4, Style::Plain, &line);
            }
            self.wrapped(4, Style::Plain, &path.words.dmarc.join(" "));
        }
        self.wrapped(4, Style::Plain, &state.count);
        self.line(&[]);
    }

    fn alternatives(&mut self, plan: &PlanText) {
        if plan.words.alternatives.is_empty() {
            return;
        }
        self.title("plan-heading-alternatives");
        self.line(&[]);
        let ways = plan.words.alternatives.iter().zip(&plan.plan.alternatives);
        for (number, (words, way)) in ways.enumerate() {
            let actions = way.changes.iter().map(|change| change.action).collect();
            self.alternative(number + 1, words, actions);
        }
    }

    fn alternative(&mut self, number: usize, way: &AlternativeWords, actions: Vec<Action>) {
        self.wrapped(0, Style::Bold, &format!("{number}. {}", way.title));
        self.wrapped(BENEATH, Style::Plain, &way.why);
        self.wrapped(BENEATH, Style::Plain, &way.cost);
        if !way.changes.is_empty() {
            self.line(&[]);
            self.changes(BENEATH, &way.changes, actions);
        }
        for note in &way.notes {
            let line = self.pair(&note.who, &note.text);
            self.item(BENEATH, &line);
        }
        for line in &way.affects {
            self.item(BENEATH, line);
        }
        if let Some(after) = &way.after {
            let line = self.pair(&self.word("plan-heading-after"), &after.verdict.text);
            self.paragraph_plain(BENEATH, after.verdict.severity, &line);
        }
        self.line(&[]);
    }
}
