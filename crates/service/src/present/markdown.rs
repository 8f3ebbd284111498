//! A report as Markdown, for a ticket or a mail.

use garant_check::{Action, Severity, VerdictSeverity};
use garant_text::{Args, Catalogue, Language};

use super::sanitise::sanitise;
use super::ticket::ticket;
use crate::report::{FindingText, PlanReport, Report};

/// Text from the DNS in running Markdown: sanitised, and without the characters that mean something.
/// Made for the arguments of sentences, some of which stand inside code spans.
pub fn escape_markdown(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let text = sanitise(text);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // In front of punctuation it would escape our own escape, and leave a live bracket.
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => {
                clean.push_str("\\\\");
            }
            // Inside a code span a backslash escapes nothing, so a backtick must go.
            '`' => clean.push('\''),
            '<' => clean.push_str("&lt;"),
            // A bare address on the web would become a link, chosen by whoever published the record.
            ':' if rest_is(&characters, "//") => clean.push_str(":\\"),
            '.' if clean.ends_with("www") || clean.ends_with("WWW") => clean.push_str("\\."),
            '[' | ']' | '|' | '*' => {
                clean.push('\\');
                clean.push(character);
            }
            other => clean.push(other),
        }
    }
    clean
}

/// Whether what comes next is this.
fn rest_is(characters: &std::iter::Peekable<std::str::Chars<'_>>, text: &str) -> bool {
    let mut ahead = characters.clone();
    text.chars()
        .all(|character| ahead.next() == Some(character))
}

/// The report as Markdown with a final line end. It must have been made with [`escape_markdown`].
pub fn markdown(report: &Report, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let word = |key: &str| catalogue.text(key, &Args::new());
    let mut page = format!("# {}\n\n", escape_markdown(&report.domain.to_unicode()));
    page.push_str(&format!("**{}**\n", report.verdict.text));
    let cause = report.verdict.cause;
    let mut findings: Vec<&FindingText> = report
        .findings
        .iter()
        .filter(|f| f.severity != Severity::Fine)
        .collect();
    if let Some(finding) = findings.iter().find(|f| Some(f.code) == cause) {
        let line = pair(catalogue, &word("label-cause"), &finding.title);
        page.push_str(&format!("\n{line}\n"));
    }
    page.push_str(&paths(report, catalogue));
    // Readers begin at the top: there stands what is to be put right.
    findings.sort_by_key(|finding| Some(finding.code) != cause);
    for finding in findings {
        page.push_str(&section(finding, catalogue));
    }
    let fine: Vec<&FindingText> = report
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Fine)
        .collect();
    if !fine.is_empty() {
        page.push_str(&format!("\n## {}\n\n", word("state-fine")));
        for finding in fine {
            page.push_str(&format!("- {}\n", finding.title));
        }
    }
    if !report.unknown.is_empty() {
        page.push_str(&format!("\n## {}\n\n", word("label-unknown")));
        for unknown in &report.unknown {
            let args = Args::new()
                .with("name", unknown.name.to_string())
                .with("type", unknown.rtype.as_str());
            page.push_str(&format!(
                "- {}\n",
                catalogue.text(&format!("unknown-{}", unknown.reason), &args)
            ));
        }
    }
    page
}

/// The path that was asked about, or the most affected one, then the others.
fn paths(report: &Report, catalogue: &Catalogue) -> String {
    let Some((first, others)) = report.paths.split_first() else {
        return String::new();
    };
    let word = |key: &str| catalogue.text(key, &Args::new());
    let words = &first.words;
    let mut text = format!("\n## {}: {}\n\n", word(state_key(first.state)), words.title);
    for leg in [&words.from, &words.return_path, &words.signature] {
        let line = pair(catalogue, &leg.label, &leg.value);
        let proof = if leg.text.is_empty() {
            String::new()
        } else {
            format!("  \n  {}", leg.text)
        };
        text.push_str(&format!("- {line}{proof}\n"));
    }
    text.push_str(&format!("- {}\n", words.dmarc.join(" ")));
    let receivers = [
        ("path-receivers", &words.receivers),
        ("path-receivers-bulk", &words.receivers_bulk),
    ];
    for (title, groups) in receivers {
        if groups.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n\n", word(title)));
        for group in groups {
            let line = pair(catalogue, &group.names.join(" · "), &group.text);
            text.push_str(&format!("- {line}. {}\n", group.rule));
            if !group.answers.is_empty() {
                let answers = group.answers.join(" · ");
                let line = pair(catalogue, &word("receivers-answers"), &answers);
                text.push_str(&format!("  - {line}\n"));
            }
        }
    }
    if !words.evidence.is_empty() {
        let line = pair(
            catalogue,
            &word("path-recognised"),
            &words.evidence.join(" ; "),
        );
        text.push_str(&format!("\n{line}\n"));
    }
    if let Some(confidence) = &words.confidence {
        let line = pair(catalogue, &word("path-catalogue"), confidence);
        text.push_str(&format!("\n{line}\n"));
    }
    if !others.is_empty() {
        text.push_str(&format!("\n{}\n\n", word("path-others")));
        for other in others {
            let name = other.path.sender_name.unwrap_or(&other.words.title);
            let line = pair(catalogue, name, &other.words.summary);
            text.push_str(&format!("- {line}\n"));
        }
    }
    text
}

/// The plan as Markdown: the ticket, and what else is to be done or known. It must have been made with
/// [`escape_markdown`].
pub fn plan_markdown(report: &PlanReport, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let word = |key: &str| catalogue.text(key, &Args::new());
    let domain = escape_markdown(&report.domain.to_unicode());
    let Some(plan) = &report.plan else {
        let args = Args::new().with("domain", domain.as_str());
        let words = catalogue.text(no_plan_key(report), &args);
        return format!("# {domain}\n\n**{}**\n\n{words}\n", report.verdict.text);
    };
    let mut page = if plan.plan.has_changes() {
        ticket(report, plan, catalogue)
    } else {
        format!("# {}\n\n{}\n", plan.words.title, plan.words.count)
    };
    let state = pair(
        catalogue,
        &word("plan-heading-before"),
        &report.verdict.text,
    );
    page.push_str(&format!("\n{state}\n"));
    if plan.plan.has_changes() {
        let after = &plan.words.after.verdict.text;
        let state = pair(catalogue, &word("plan-heading-after"), after);
        page.push_str(&format!("\n{state}\n"));
    }
    if !plan.words.notes.is_empty() {
        page.push_str(&format!("\n## {}\n\n", word("plan-heading-notes")));
        for note in &plan.words.notes {
            let line = pair(catalogue, &note.who, &note.text);
            page.push_str(&format!("- {line}\n"));
        }
    }
    page
}

/// The plan as lines of a master file (RFC 1035, section 5), or a remark that nothing is to be published.
pub fn plan_zone(report: &PlanReport, language: Language) -> String {
    match &report.plan {
        Some(plan) if plan.plan.has_changes() => {
            let lines = plan.zone.lines().map(|line| sanitise(line) + "\n");
            lines.collect()
        }
        plan => {
            let catalogue = Catalogue::of(language);
            let key = if plan.is_some() {
                "plan-no-changes"
            } else {
                no_plan_key(report)
            };
            let args = Args::new().with("domain", report.domain.to_unicode());
            format!("; {}\n", sanitise(&catalogue.text(key, &args)))
        }
    }
}

/// The key of what is said where there is no plan at all.
pub fn no_plan_key(report: &PlanReport) -> &'static str {
    if report.verdict.severity == VerdictSeverity::Unknown {
        "planned-unknown"
    } else {
        "plan-nothing"
    }
}

fn pair(catalogue: &Catalogue, label: &str, text: &str) -> String {
    let args = Args::new().with("label", label).with("text", text);
    catalogue.text("label-line", &args)
}

fn state_key(state: VerdictSeverity) -> &'static str {
    match state {
        VerdictSeverity::Blocks => "state-blocks",
        VerdictSeverity::Risk => "state-risk",
        VerdictSeverity::Unknown => "state-unknown",
        VerdictSeverity::Advice => "state-advice",
        VerdictSeverity::Fine => "state-fine",
    }
}

fn section(finding: &FindingText, catalogue: &Catalogue) -> String {
    let word = |key: &str| catalogue.text(key, &Args::new());
    let line = |label: &str, text: &str| pair(catalogue, label, text);
    let state = state_key(finding.severity.into());
    let mut text = format!(
        "\n## {}: {}\n\n{}\n",
        word(state),
        finding.title,
        finding.why
    );
    if let Some(place) = &finding.place {
        let place = format!("{} {}", place.name, place.rtype);
        text.push_str(&format!(
            "\n- {}\n",
            line(&word("label-where"), &code(&place))
        ));
    }
    if let Some(found) = &finding.found {
        text.push_str(&format!("- {}\n", line(&word("label-found"), &code(found))));
    }
    text.push_str(&format!("\n{}\n", finding.fix));
    if !finding.fixes.is_empty() {
        text.push_str(&format!(
            "\n| {} | {} | {} |\n|---|---|---|\n",
            word("label-markdown-what"),
            word("label-markdown-record"),
            word("label-markdown-value")
        ));
        for fix in &finding.fixes {
            let action = match fix.action {
                Action::Add => "action-add",
                Action::Change => "action-change",
                Action::Delete => "action-delete",
            };
            let name = format!("{} {}", fix.name, fix.rtype);
            text.push_str(&format!(
                "| {} | {} | {} |\n",
                word(action),
                cell(&name),
                cell(&fix.value)
            ));
        }
    }
    text
}

/// A code span in a table, where a bar would end the cell even inside the span.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A code span around any text: its fence is longer than every run of backticks inside.
pub(super) fn code(text: &str) -> String {
    let text = sanitise(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_on_the_web_does_not_become_a_link() {
        assert_eq!(
            escape_markdown("https://x.example a:b"),
            r"https:\//x.example a:b"
        );
        assert_eq!(escape_markdown("www.x.example w.x"), r"www\.x.example w.x");
    }

    #[test]
    fn a_bar_cannot_end_a_cell() {
        assert_eq!(cell(r"a|b"), r"`a\|b`");
    }

    #[test]
    fn dns_text_cannot_leave_its_place() {
        assert_eq!(code("v=spf1 -all"), "`v=spf1 -all`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("\u{1b}[1m"), "`\\u{1b}[1m`");
        assert_eq!(
            escape_markdown("a`<b>[c](d)|e\n"),
            "a'&lt;b>\\[c\\](d)\\|e\\u{a}"
        );
        assert_eq!(
            escape_markdown(r"\[click\](https://x) \\[ a\b"),
            r"\\\[click\\\](https:\//x) \\\\\[ a\b"
        );
    }
}
