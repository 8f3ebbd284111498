//! A report as Markdown, for a ticket or a mail.

use garant_check::{Action, Severity};
use garant_text::{Args, Catalogue, Language};

use super::sanitise::sanitise;
use crate::report::{FindingText, Report};

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
            '[' | ']' | '|' | '*' => {
                clean.push('\\');
                clean.push(character);
            }
            other => clean.push(other),
        }
    }
    clean
}

/// The report as Markdown with a final line end. It must have been made with [`escape_markdown`].
pub fn markdown(report: &Report, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let word = |key: &str| catalogue.text(key, &Args::new());
    let mut page = format!("# {}\n\n", escape_markdown(&report.domain.to_unicode()));
    page.push_str(&format!("**{}**\n", report.verdict.text));
    for finding in report
        .findings
        .iter()
        .filter(|f| f.severity != Severity::Fine)
    {
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

fn section(finding: &FindingText, catalogue: &Catalogue) -> String {
    let word = |key: &str| catalogue.text(key, &Args::new());
    let line = |label: &str, text: &str| {
        let args = Args::new().with("label", label).with("text", text);
        catalogue.text("label-line", &args)
    };
    let state = match finding.severity {
        Severity::Blocks => "state-blocks",
        Severity::Risk => "state-risk",
        Severity::Advice => "state-advice",
        Severity::Fine => "state-fine",
    };
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
                code(&name),
                code(&fix.value).replace('|', "\\|")
            ));
        }
    }
    text
}

/// A code span around any text: its fence is longer than every run of backticks inside.
fn code(text: &str) -> String {
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
            r"\\\[click\\\](https://x) \\\\\[ a\b"
        );
    }
}
