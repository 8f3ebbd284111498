//! Sending paths on a page for a terminal.

use super::page::{INDENT, Page, Style, key, shape, style};
use crate::report::{FindingText, LegWords, PathText, ReceiverWords};

/// Columns before what stands beneath a line.
const BENEATH: usize = INDENT + 2;

impl Page {
    /// The path that was asked about, or the most affected one; then the others, one line each.
    pub(super) fn paths(&mut self, paths: &[PathText], findings: &[&FindingText]) {
        let Some((first, others)) = paths.split_first() else {
            return;
        };
        self.path(first, findings);
        if !others.is_empty() {
            let title = self.word("path-others");
            self.wrapped(INDENT, Style::Bold, &title);
            for other in others {
                let name = other.path.sender_name.unwrap_or(&other.words.title);
                let line = self.pair(name, &other.words.summary);
                self.paragraph_plain(BENEATH, other.state, &line);
            }
            self.line(&[]);
        }
    }

    fn path(&mut self, path: &PathText, findings: &[&FindingText]) {
        let worst = findings.iter().map(|finding| finding.severity.into());
        let state = worst.chain([path.state]).min_by_key(|state| rank(*state));
        let state = state.unwrap_or(path.state);
        let title = self.word("card-path");
        let space = " ".repeat(INDENT.saturating_sub(title.chars().count()).max(1));
        let word = format!("{} {}", shape(state), self.word(key(state)));
        self.line(&[
            (Style::Bold, &title),
            (Style::Plain, &space),
            (style(state), &word),
        ]);
        self.wrapped(INDENT, Style::Bold, &path.words.title);
        for leg in [
            &path.words.from,
            &path.words.return_path,
            &path.words.signature,
        ] {
            self.leg(leg);
        }
        self.wrapped(INDENT, Style::Plain, &path.words.dmarc.join(" "));
        if let Some(shape) = &path.words.shape {
            self.wrapped(INDENT, Style::Plain, shape);
        }
        for finding in findings {
            self.finding(finding, "");
        }
        self.receivers(path);
        if !path.words.evidence.is_empty() {
            let text = path.words.evidence.join(" ; ");
            self.labelled(INDENT, "path-recognised", &text);
        }
        if let Some(confidence) = &path.words.confidence {
            self.labelled(INDENT, "path-catalogue", confidence);
        }
        self.line(&[]);
    }

    fn leg(&mut self, leg: &LegWords) {
        let line = self.pair(&leg.label, &leg.value);
        self.wrapped(INDENT, Style::Plain, &line);
        if !leg.text.is_empty() {
            self.wrapped(BENEATH, Style::Plain, &leg.text);
        }
    }

    fn receivers(&mut self, path: &PathText) {
        if path.words.receivers.is_empty() {
            return;
        }
        self.receiver_groups("path-receivers", &path.words.receivers);
        if !path.words.receivers_bulk.is_empty() {
            self.receiver_groups("path-receivers-bulk", &path.words.receivers_bulk);
        }
    }

    fn receiver_groups(&mut self, title: &str, groups: &[ReceiverWords]) {
        let title = self.word(title);
        self.wrapped(INDENT, Style::Bold, &title);
        for group in groups {
            let line = self.pair(&group.names.join(" · "), &group.text);
            self.wrapped(BENEATH, Style::Plain, &line);
            self.wrapped(BENEATH + 2, Style::Dim, &group.rule);
            if !group.answers.is_empty() {
                let answers = group.answers.join(" · ");
                self.labelled(BENEATH + 2, "receivers-answers", &answers);
            }
        }
    }
}

/// The order of states, the worst first.
pub(super) fn rank(state: garant_check::VerdictSeverity) -> u8 {
    use garant_check::VerdictSeverity as V;
    match state {
        V::Blocks => 0,
        V::Risk => 1,
        V::Unknown => 2,
        V::Advice => 3,
        V::Fine => 4,
    }
}
