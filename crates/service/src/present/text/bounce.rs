//! Bounces and counts of them for a terminal.

use garant_check::VerdictSeverity;
use garant_check::bounce::{DmarcShare, Fault};
use garant_dns::Name;
use garant_text::Args;
use textwrap::core::display_width;

use super::page::{Page, Style, TextOptions};
use crate::bounce::{
    BounceReport, Counted, DomainCheck, Named, RecipientText, SummaryReport, UnreadReport,
};

/// Columns before what is said of a recipient.
const BENEATH: usize = 2;
/// Characters of a server's reply that are shown; JSON has all of it.
const REPLY_CHARACTERS_MAX: usize = 600;
/// Lines of a table that are shown; JSON has all of them.
const LINES_MAX: usize = 20;

/// The bounce as lines for a terminal, with a final line end. What servers wrote is sanitised.
pub fn bounce_text(report: &BounceReport, options: TextOptions) -> String {
    let mut page = Page::new(options);
    page.line(&[(Style::Bold, &report.origin.to_string())]);
    page.line(&[]);
    page.paragraph(0, report.verdict.severity, &report.verdict.text);
    page.line(&[]);
    page.about(report);
    for recipient in &report.recipients {
        page.recipient(recipient);
    }
    if report.is_cut {
        let words = page.word("bounce-cut");
        page.wrapped(0, Style::Plain, &words);
        page.line(&[]);
    }
    if let Some(check) = &report.check {
        page.check(check);
    }
    page.text
}

/// Why something could not be read, on one line with a final line end.
pub fn unread_text(report: &UnreadReport, options: TextOptions) -> String {
    let mut page = Page::new(options);
    let args = Args::new()
        .with("file", report.origin.to_string())
        .with("text", report.error.text.as_str());
    let words = page.words("bounce-unread-at", &args);
    page.paragraph(0, VerdictSeverity::Unknown, &words);
    page.text
}

/// The counts as lines for a terminal, with a final line end.
pub fn bounce_summary_text(report: &SummaryReport, options: TextOptions) -> String {
    let mut page = Page::new(options);
    page.title("bounce-summary-title");
    page.line(&[]);
    page.paragraph(0, report.verdict.severity, &report.verdict.text);
    page.line(&[]);
    let args = Args::new()
        .with("messages", report.messages)
        .with("bounces", report.bounces)
        .with("recipients", report.recipients)
        .with("complaints", report.complaints)
        .with("reports", report.authentication_reports)
        .with("replies", report.auto_replies)
        .with("delivered", report.delivered);
    let words = page.words("bounce-summary-read", &args);
    page.wrapped(0, Style::Plain, &words);
    page.line(&[]);
    page.counted("bounce-summary-causes", &report.causes);
    page.counted("bounce-summary-classes", &report.classes);
    page.counted("bounce-summary-faults", &report.faults);
    let codes: Vec<(u64, String)> = report
        .codes
        .iter()
        .map(|code| (code.count, format!("garant explain {}", code.code)))
        .collect();
    page.table("bounce-summary-codes", &codes);
    let none = page.word("bounce-summary-no-domain");
    let domains: Vec<(String, Args)> = report
        .domains
        .iter()
        .map(|count| {
            let name = count.domain.as_ref().map_or(none.clone(), Name::to_unicode);
            let args = counts(count.recipients, count.authentication, count.own_policy);
            (name, args)
        })
        .collect();
    page.shares("bounce-summary-domains", &domains, report.other_domains);
    let receivers: Vec<(String, Args)> = report
        .receivers
        .iter()
        .map(|count| {
            let args = counts(count.recipients, count.authentication, count.own_policy);
            (count.name.clone(), args)
        })
        .collect();
    page.shares("bounce-summary-receivers", &receivers, 0);
    page.named("bounce-summary-no-bounces", &report.no_bounces);
    page.named("bounce-summary-unreadable", &report.unreadable);
    for check in &report.checks {
        page.check(check);
    }
    page.text
}

fn counts(recipients: u64, authentication: u64, policy: u64) -> Args {
    Args::new()
        .with("recipients", recipients)
        .with("authentication", authentication)
        .with("policy", policy)
}

impl Page {
    /// What it is, who wrote it, and which message it is about.
    fn about(&mut self, report: &BounceReport) {
        let kind = match &report.reporter {
            Some(reporter) => {
                let args = Args::new()
                    .with("kind", report.words.kind.as_str())
                    .with("reporter", reporter.as_str());
                self.words("bounce-written-by", &args)
            }
            None => report.words.kind.clone(),
        };
        self.wrapped(0, Style::Dim, &kind);
        if let Some(original) = &report.original {
            let lines = [
                ("bounce-label-subject", &original.subject),
                ("bounce-label-from", &original.from),
                ("bounce-label-mail-from", &original.mail_from),
            ];
            for (label, text) in lines {
                if let Some(text) = text {
                    self.labelled(0, label, text);
                }
            }
        }
        let is_asked = report.verdict.severity == VerdictSeverity::Blocks;
        if is_asked || report.dmarc.cause != DmarcShare::No {
            let line = self.pair("DMARC", &report.dmarc.text);
            self.wrapped(0, Style::Plain, &line);
        }
        self.line(&[]);
    }

    fn recipient(&mut self, recipient: &RecipientText) {
        let words = &recipient.words;
        let none = self.word("bounce-no-address");
        let address = recipient.address.as_deref().unwrap_or(&none);
        self.wrapped(0, Style::Bold, address);
        if let Some(original) = &recipient.original_address {
            self.labelled(BENEATH, "bounce-label-original", original);
        }
        if recipient.fault == Fault::Nobody {
            // Nothing went wrong: there is nothing to explain.
            self.said(recipient);
            self.line(&[]);
            return;
        }
        self.wrapped(BENEATH, Style::Plain, &words.refusal);
        match &words.cause {
            Some(cause) => self.labelled(BENEATH, "bounce-label-cause", cause),
            None => self.labelled(BENEATH, "bounce-label-class", &words.class),
        }
        for next in &words.next {
            self.wrapped(BENEATH, Style::Plain, &format!("→ {next}"));
        }
        self.labelled(BENEATH, "bounce-label-fault", &words.fault);
        if !words.records.is_empty() {
            let records = words.records.join(" · ");
            self.labelled(BENEATH, "bounce-label-records", &records);
        }
        self.said(recipient);
        if let Some(code) = recipient.codes.first() {
            let command = Args::new().with("command", format!("garant explain {code}"));
            let more = self.words("label-more", &command);
            self.wrapped(BENEATH, Style::Dim, &more);
        }
        self.line(&[]);
    }

    /// What the server that refused said, and which server that was.
    fn said(&mut self, recipient: &RecipientText) {
        if let Some(code) = &recipient.words.code {
            self.labelled(BENEATH, "bounce-label-code", code);
        }
        let receiver = recipient.receiver.as_ref().map(|receiver| receiver.name);
        let said_by = match (&recipient.remote_host, receiver) {
            (Some(host), Some(name)) => Some(format!("{host} ({name})")),
            (Some(host), None) => Some(host.clone()),
            (None, name) => name.map(str::to_owned),
        };
        if let Some(said_by) = said_by {
            self.labelled(BENEATH, "bounce-label-said-by", &said_by);
        }
        if !recipient.text.is_empty() {
            let mut said: String = recipient.text.chars().take(REPLY_CHARACTERS_MAX).collect();
            if said.len() < recipient.text.len() {
                said.push('…');
            }
            self.labelled(BENEATH, "bounce-label-said", &said);
        }
    }

    /// What a check of the domain says.
    fn check(&mut self, check: &DomainCheck) {
        let domain = check.domain.to_unicode();
        let title = self.words(
            "bounce-check-title",
            &Args::new().with("domain", domain.as_str()),
        );
        self.wrapped(0, Style::Bold, &title);
        self.paragraph(BENEATH, check.verdict.severity, &check.verdict.text);
        if let Some(change) = &check.change {
            let args = Args::new()
                .with("count", check.changes)
                .with("order", change.words.order.as_str());
            let words = self.words("bounce-check-change", &args);
            self.wrapped(BENEATH, Style::Plain, &format!("→ {words}"));
            let command = Args::new().with("command", plan_command(check));
            let more = self.words("bounce-check-more", &command);
            self.wrapped(BENEATH, Style::Dim, &more);
        }
        if let Some(note) = &check.note {
            let line = self.pair(&note.who, &note.text);
            self.wrapped(BENEATH, Style::Plain, &format!("→ {line}"));
        }
        self.line(&[]);
    }

    fn counted(&mut self, key: &str, counts: &[Counted]) {
        let lines: Vec<(u64, String)> = counts
            .iter()
            .map(|count| (count.count, count.text.clone()))
            .collect();
        self.table(key, &lines);
    }

    /// Numbers and what they count, the numbers beneath each other.
    fn table(&mut self, key: &str, lines: &[(u64, String)]) {
        if lines.is_empty() {
            return;
        }
        self.title(key);
        let width = lines.iter().map(|(count, _)| count.to_string().len());
        let width = width.max().unwrap_or_default();
        for (count, text) in lines.iter().take(LINES_MAX) {
            let line = format!("{}{count:>width$}  {text}", " ".repeat(BENEATH));
            self.line(&[(Style::Plain, &line)]);
        }
        self.more(lines.len().saturating_sub(LINES_MAX) as u64);
        self.line(&[]);
    }

    /// Names and how many recipients each has.
    fn shares(&mut self, key: &str, lines: &[(String, Args)], others: u64) {
        if lines.is_empty() {
            return;
        }
        self.title(key);
        let shown = &lines[..lines.len().min(LINES_MAX)];
        let width = shown.iter().map(|(name, _)| display_width(name)).max();
        let width = width.unwrap_or_default();
        for (name, args) in shown {
            let space = " ".repeat(width - display_width(name) + BENEATH);
            let count = self.words("bounce-summary-count", args);
            let line = format!("{}{name}{space}{count}", " ".repeat(BENEATH));
            self.line(&[(Style::Plain, &line)]);
        }
        self.more((lines.len() - shown.len()) as u64 + others);
        self.line(&[]);
    }

    fn more(&mut self, count: u64) {
        if count > 0 {
            let words = self.words("bounce-summary-more", &Args::new().with("count", count));
            self.wrapped(BENEATH, Style::Dim, &words);
        }
    }

    /// How many files, and the names of the first of them.
    fn named(&mut self, key: &str, names: &Named) {
        if names.count == 0 {
            return;
        }
        let title = self.words(key, &Args::new().with("count", names.count));
        self.wrapped(0, Style::Bold, &title);
        for name in names.first.iter().take(LINES_MAX) {
            let line = format!("{}{name}", " ".repeat(BENEATH));
            self.line(&[(Style::Plain, &line)]);
        }
        let shown = names.first.len().min(LINES_MAX) as u64;
        self.more(names.count - shown);
        self.line(&[]);
    }
}

/// The command that prints the whole plan for the same question.
fn plan_command(check: &DomainCheck) -> String {
    let mut command = format!("garant plan {}", check.domain);
    let question = &check.question;
    if let Some(sender) = &question.sender {
        command.push_str(&format!(" --sender {sender}"));
    }
    if let Some(mail_from) = &question.mail_from {
        command.push_str(&format!(" --mail-from {mail_from}"));
    }
    for signed in &question.signed_by {
        command.push_str(&format!(" --signed-by {}", signed.domain));
        if let Some(selector) = &signed.selector {
            command.push_str(&format!(":{selector}"));
        }
    }
    command
}
