//! The text that an IT department or its contractor can execute: full names, old values, how to check, the way
//! back. Markdown that reads well as plain text too.

use garant_check::Action;
use garant_check::plan::{Change, Undo};
use garant_text::{Args, Catalogue};

use super::markdown::code;
use crate::report::{Asked, PlanReport, PlanText};

/// The ticket, with a final line end.
pub(super) fn ticket(report: &PlanReport, plan: &PlanText, catalogue: &Catalogue) -> String {
    let mut ticket = Ticket {
        text: String::new(),
        catalogue,
    };
    ticket.head(report, plan);
    ticket.changes(plan);
    ticket.check(report, plan);
    ticket.rollback(plan);
    ticket.affects(plan);
    ticket.text
}

struct Ticket<'a> {
    text: String,
    catalogue: &'a Catalogue,
}

impl Ticket<'_> {
    fn word(&self, key: &str) -> String {
        self.catalogue.text(key, &Args::new())
    }

    fn pair(&self, label: &str, text: &str) -> String {
        let args = Args::new().with("label", label).with("text", text);
        self.catalogue.text("label-line", &args)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, key: &str) {
        let heading = format!("\n## {}\n", self.word(key));
        self.line(&heading);
    }

    fn head(&mut self, report: &PlanReport, plan: &PlanText) {
        let args = Args::new().with("domain", report.domain.to_unicode());
        let title = self.catalogue.text("ticket-title", &args);
        let stated = plan.plan.before.path.as_ref().filter(|path| path.stated);
        let purpose = match stated.and_then(|path| path.sender_name) {
            Some(sender) => {
                let args = args.with("sender", sender);
                self.catalogue.text("ticket-purpose-sender", &args)
            }
            None => self.catalogue.text("ticket-purpose", &args),
        };
        self.line(&format!("# {title}\n"));
        self.line(&purpose);
    }

    fn changes(&mut self, plan: &PlanText) {
        self.heading("ticket-changes");
        let names = self.word("ticket-full-names");
        self.line(&format!("{names}\n"));
        for (number, change) in plan.plan.changes.iter().enumerate() {
            let order = plan.words.changes[number].order.clone();
            self.line(&format!("{}. {order}", number + 1));
            if change.optional {
                self.note("ticket-optional");
            }
            self.change(change);
        }
    }

    fn change(&mut self, change: &Change) {
        if change.action == Action::Delete {
            let was = change.was.as_ref().unwrap_or(&change.value);
            self.field("ticket-was", was);
            self.note("ticket-only-this");
            return;
        }
        self.field("ticket-value", &change.value);
        if let Some(ttl) = change.ttl {
            // Without the grouping of a number: it is typed into a form.
            let ttl = Args::new().with("seconds", ttl.to_string());
            let line = self.catalogue.text("ticket-ttl", &ttl);
            self.line(&format!("   - {line}"));
        }
        if let Some(was) = &change.was {
            self.field("ticket-was", was);
            self.note("ticket-only-this");
        }
    }

    fn field(&mut self, key: &str, value: &str) {
        let line = self.pair(&self.word(key), &code(value));
        self.line(&format!("   - {line}"));
    }

    fn note(&mut self, key: &str) {
        let line = self.word(key);
        self.line(&format!("   - {line}"));
    }

    fn check(&mut self, report: &PlanReport, plan: &PlanText) {
        self.heading("ticket-check");
        let published = plan.plan.changes.iter();
        for change in published.filter(|change| change.action != Action::Delete) {
            let command = format!("dig +short {} {}", change.rtype, change.name);
            let line = self.pair(&self.word("ticket-check-record"), &code(&command));
            self.line(&format!("- {line}"));
        }
        let mut cured: Vec<_> = plan.plan.changes.iter().flat_map(|c| &c.cures).collect();
        // What goes at one name may stay at another.
        cured.retain(|code| !plan.plan.after.codes.contains(code));
        cured.sort();
        cured.dedup();
        // Without the file of expected records the check would not look for them.
        if !cured.is_empty() && report.question.expect.is_empty() {
            let codes: Vec<String> = cured.iter().map(|code| format!("`{code}`")).collect();
            let args = Args::new().with("list", codes.join(", "));
            let label = self.catalogue.text("ticket-check-all", &args);
            let command = command(&report.question, plan);
            let line = format!("- {label}\n\n      {command}");
            self.line(&line);
        }
    }

    fn rollback(&mut self, plan: &PlanText) {
        self.heading("ticket-rollback");
        let why = self.word("ticket-rollback-why");
        self.line(&format!("{why}\n"));
        for (number, undo) in plan.rollback.iter().enumerate() {
            self.undo(number + 1, undo);
        }
    }

    fn undo(&mut self, number: usize, undo: &Undo) {
        let key = match undo.action {
            Action::Add => "ticket-add",
            Action::Change => "ticket-change",
            Action::Delete => "ticket-delete",
        };
        let args = Args::new()
            .with("name", undo.name.to_string())
            .with("type", undo.rtype.as_str());
        let order = self.catalogue.text(key, &args);
        self.line(&format!("{number}. {order}"));
        self.field("ticket-value", &undo.value);
    }

    fn affects(&mut self, plan: &PlanText) {
        if plan.words.affects.is_empty() {
            return;
        }
        self.heading("ticket-affects");
        for line in &plan.words.affects {
            self.line(&format!("- {line}"));
        }
    }
}

/// The check that asks the same question again.
fn command(question: &Asked, plan: &PlanText) -> String {
    let mut words = vec![format!("garant check {}", plan.plan.domain)];
    words.extend(question.sender.iter().map(|id| format!("--sender {id}")));
    words.extend(
        question
            .mail_from
            .iter()
            .map(|name| format!("--mail-from {name}")),
    );
    for signature in &question.signed_by {
        let selector = signature.selector.as_ref();
        let selector = selector.map_or_else(String::new, |selector| format!(":{selector}"));
        words.push(format!("--signed-by {}{selector}", signature.domain));
    }
    words.extend(question.ip.iter().map(|ip| format!("--ip {ip}")));
    words.join(" ")
}
