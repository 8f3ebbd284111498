//! A report for a terminal.

use garant_check::{Action, DkimRecord, Fix, Records, Seen, Severity, VerdictSeverity};
use garant_text::{Args, Catalogue, Language};
use textwrap::core::display_width;

use super::sanitise::sanitise;
use crate::report::{FindingText, Report};

/// Columns that are used at least; a narrower terminal breaks the lines itself.
const COLUMNS_MIN: usize = 40;
/// Columns that are used at most: longer lines are hard to read.
const COLUMNS_MAX: usize = 100;
/// Columns before the text of a block.
const INDENT: usize = 9;

/// How to write for a terminal.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The language of the labels.
    pub language: Language,
    /// Width of the terminal in columns.
    pub columns: usize,
    /// Whether to use ANSI colours. A state always has its word and shape too.
    pub colour: bool,
}

/// The report as lines for a terminal, with a final line end. DNS text in it is sanitised.
pub fn text(report: &Report, options: TextOptions) -> String {
    let mut page = Page::new(options);
    page.line(&[(Style::Bold, &report.domain.to_unicode())]);
    page.line(&[]);
    page.paragraph(0, report.verdict.severity, &report.verdict.text);
    page.line(&[]);
    let records = &report.records;
    for topic in TOPICS {
        let findings: Vec<&FindingText> = report
            .findings
            .iter()
            .filter(|f| topic.codes.contains(&f.code.topic()))
            .collect();
        let lines = (topic.lines)(&page, records);
        if topic.optional && findings.is_empty() && lines.is_empty() {
            continue;
        }
        page.heading(topic.title, &findings, (topic.unknown)(records));
        for line in &lines {
            page.wrapped(INDENT, Style::Plain, line);
        }
        let mut shown = lines.join("\n");
        for finding in findings {
            page.finding(finding, &shown);
            shown.extend(finding.found.as_deref());
        }
        page.line(&[]);
    }
    page.unknown(report);
    page.footer(report);
    page.text
}

/// One block of the page.
struct Topic {
    title: &'static str,
    /// The topics of the codes that belong here.
    codes: &'static [&'static str],
    /// Whether the block is left out when there is nothing to say.
    optional: bool,
    lines: fn(&Page, &Records) -> Vec<String>,
    unknown: fn(&Records) -> bool,
}

const TOPICS: &[Topic] = &[
    Topic {
        title: "DNS",
        codes: &["domain", "dns", "dnssec"],
        optional: true,
        lines: |_, _| Vec::new(),
        unknown: |_| false,
    },
    Topic {
        title: "SPF",
        codes: &["spf"],
        optional: false,
        lines: |page, records| page.seen(&records.spf.seen),
        unknown: |records| records.spf.result == "temperror",
    },
    Topic {
        title: "DKIM",
        codes: &["dkim"],
        optional: false,
        lines: |page, records| page.keys(&records.dkim),
        unknown: |records| records.dkim.iter().all(|key| key.result == "temperror"),
    },
    Topic {
        title: "DMARC",
        codes: &["dmarc"],
        optional: false,
        lines: |page, records| page.seen(&records.dmarc.seen),
        unknown: |records| records.dmarc.result == "temperror",
    },
    Topic {
        title: "MX",
        codes: &["mx"],
        optional: true,
        lines: |_, records| {
            let hosts = records.mx.parsed.iter();
            hosts
                .map(|mx| format!("{} {}", mx.preference, mx.host))
                .collect()
        },
        unknown: |records| records.mx.result == "temperror",
    },
    Topic {
        title: "MTA-STS",
        codes: &["mta-sts"],
        optional: true,
        lines: |page, records| page.seen(&records.mta_sts.seen),
        unknown: |records| records.mta_sts.result == "temperror",
    },
    Topic {
        title: "TLS-RPT",
        codes: &["tls-rpt"],
        optional: true,
        lines: |page, records| page.seen(&records.tls_rpt.seen),
        unknown: |records| records.tls_rpt.result == "temperror",
    },
    Topic {
        title: "BIMI",
        codes: &["bimi"],
        optional: true,
        lines: |page, records| page.seen(&records.bimi.seen),
        unknown: |records| records.bimi.result == "temperror",
    },
];

/// The shape beside the word of a state, so that a state is never told by colour alone.
fn shape(state: VerdictSeverity) -> &'static str {
    match state {
        VerdictSeverity::Blocks => "■",
        VerdictSeverity::Risk => "▲",
        VerdictSeverity::Unknown => "?",
        VerdictSeverity::Advice => "◆",
        VerdictSeverity::Fine => "✓",
    }
}

/// The key of its word.
fn key(state: VerdictSeverity) -> &'static str {
    match state {
        VerdictSeverity::Blocks => "state-blocks",
        VerdictSeverity::Risk => "state-risk",
        VerdictSeverity::Unknown => "state-unknown",
        VerdictSeverity::Advice => "state-advice",
        VerdictSeverity::Fine => "state-fine",
    }
}

/// Its colour.
fn style(state: VerdictSeverity) -> Style {
    match state {
        VerdictSeverity::Blocks => Style::Red,
        VerdictSeverity::Risk => Style::Yellow,
        VerdictSeverity::Unknown => Style::Plain,
        VerdictSeverity::Advice => Style::Blue,
        VerdictSeverity::Fine => Style::Green,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Bold,
    Dim,
    Red,
    Yellow,
    Green,
    Blue,
}

impl Style {
    /// The number of the ANSI escape (SGR).
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Red => "1;31",
            Self::Yellow => "1;33",
            Self::Green => "1;32",
            Self::Blue => "1;34",
        }
    }
}

/// What is written so far. Every text goes through [`Page::line`], which sanitises it.
struct Page {
    text: String,
    catalogue: &'static Catalogue,
    columns: usize,
    colour: bool,
}

impl Page {
    fn new(options: TextOptions) -> Self {
        Self {
            text: String::new(),
            catalogue: Catalogue::of(options.language),
            columns: options.columns.clamp(COLUMNS_MIN, COLUMNS_MAX),
            colour: options.colour,
        }
    }

    fn words(&self, key: &str, args: &Args) -> String {
        self.catalogue.text(key, args)
    }

    fn word(&self, key: &str) -> String {
        self.words(key, &Args::new())
    }

    fn line(&mut self, parts: &[(Style, &str)]) {
        let mut line = String::new();
        for (style, part) in parts {
            let part = sanitise(part);
            if self.colour && *style != Style::Plain && !part.trim().is_empty() {
                line.push_str(&format!("\u{1b}[{}m{part}\u{1b}[0m", style.code()));
            } else {
                line.push_str(&part);
            }
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Lines of words behind an indent. Words longer than the line (records, names) are not cut.
    fn wrapped(&mut self, indent: usize, style: Style, text: &str) {
        let clean = sanitise(text).into_owned();
        let margin = " ".repeat(indent);
        for line in self.broken(&clean, indent) {
            self.line(&[(Style::Plain, &margin), (style, &line)]);
        }
    }

    fn broken(&self, text: &str, indent: usize) -> Vec<String> {
        let options = textwrap::Options::new(self.columns - indent)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(text, options)
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect()
    }

    /// A state's shape, and words behind it.
    fn paragraph(&mut self, indent: usize, state: VerdictSeverity, text: &str) {
        let clean = sanitise(text).into_owned();
        let margin = " ".repeat(indent);
        for (index, line) in self.broken(&clean, indent + 2).into_iter().enumerate() {
            let shape = if index == 0 { shape(state) } else { " " };
            self.line(&[
                (Style::Plain, &margin),
                (style(state), shape),
                (Style::Plain, " "),
                (Style::Bold, &line),
            ]);
        }
    }

    fn heading(&mut self, title: &str, findings: &[&FindingText], unknown: bool) {
        let worst = findings.iter().map(|finding| finding.severity).min();
        let state = match worst {
            Some(severity @ (Severity::Blocks | Severity::Risk)) => Some(severity.into()),
            _ if unknown => Some(VerdictSeverity::Unknown),
            worst => worst.map(VerdictSeverity::from),
        };
        let word = state.map_or_else(|| self.word("state-none"), |state| self.word(key(state)));
        let space = " ".repeat(INDENT.saturating_sub(display_width(title)).max(1));
        let (style, shape) = state.map_or((Style::Plain, "·"), |s| (style(s), shape(s)));
        let shape = format!("{shape} {word}");
        self.line(&[
            (Style::Bold, title),
            (Style::Plain, &space),
            (style, &shape),
        ]);
    }

    /// A finding; what it found is left out where the block has `shown` it already.
    fn finding(&mut self, finding: &FindingText, shown: &str) {
        if finding.severity == Severity::Fine {
            self.paragraph(INDENT, VerdictSeverity::Fine, &finding.title);
            return;
        }
        self.paragraph(INDENT, finding.severity.into(), &finding.title);
        let indent = INDENT + 2;
        self.wrapped(indent, Style::Plain, &finding.why);
        if let Some(place) = &finding.place {
            let place = format!("{} {}", place.name, place.rtype);
            self.labelled(indent, "label-where", &place);
        }
        if let Some(found) = finding
            .found
            .as_ref()
            .filter(|found| !shown.contains(*found))
        {
            self.labelled(indent, "label-found", found);
        }
        if let Some(expected) = finding
            .expected
            .as_ref()
            .filter(|_| finding.fixes.is_empty())
        {
            self.labelled(indent, "label-expected", expected);
        }
        self.wrapped(indent, Style::Plain, &format!("→ {}", finding.fix));
        for fix in &finding.fixes {
            self.fix(indent + 2, fix);
        }
        let command = Args::new().with("command", format!("garant explain {}", finding.code));
        let more = self.words("label-more", &command);
        self.wrapped(indent, Style::Dim, &more);
    }

    fn labelled(&mut self, indent: usize, label: &str, text: &str) {
        let args = Args::new()
            .with("label", self.word(label))
            .with("text", text);
        let line = self.words("label-line", &args);
        self.wrapped(indent, Style::Plain, &line);
    }

    fn fix(&mut self, indent: usize, fix: &Fix) {
        let (sign, key, style) = match fix.action {
            Action::Add => ("+", "action-add", Style::Green),
            Action::Change => ("±", "action-change", Style::Yellow),
            Action::Delete => ("−", "action-delete", Style::Red),
        };
        let ttl = fix.ttl.map_or_else(String::new, |ttl| format!(" {ttl}"));
        let head = format!("{sign} {}", self.word(key));
        let margin = " ".repeat(indent);
        let place = format!("  {}{ttl} {}", fix.name, fix.rtype);
        self.line(&[
            (Style::Plain, &margin),
            (style, &head),
            (Style::Bold, &place),
        ]);
        // The value stays on one line: it is copied.
        let margin = " ".repeat(indent + 2);
        self.line(&[(Style::Plain, &margin), (Style::Plain, &fix.value)]);
    }

    fn duration(&self, seconds: u32) -> String {
        let (key, count) = match seconds {
            0..60 => ("duration-seconds", seconds),
            60..3600 => ("duration-minutes", seconds / 60),
            3600..86400 => ("duration-hours", seconds / 3600),
            _ => ("duration-days", seconds / 86400),
        };
        self.words(key, &Args::new().with("count", count))
    }

    /// Where a record stands and its text; nothing when there is none.
    fn seen(&self, seen: &Seen) -> Vec<String> {
        let Some(raw) = &seen.raw else {
            return Vec::new();
        };
        let time = seen.ttl.map(|ttl| {
            let time = Args::new().with("time", self.duration(ttl));
            self.words("label-ttl", &time)
        });
        std::iter::once(self.place(seen, time))
            .chain(raw.lines().map(str::to_owned))
            .collect()
    }

    /// Where each key stands. Its text is long and nobody reads it; a finding shows it where it matters.
    fn keys(&self, keys: &[DkimRecord]) -> Vec<String> {
        let there = keys.iter().filter(|key| key.seen.raw.is_some());
        there.map(|key| self.place(&key.seen, None)).collect()
    }

    /// The name of a TXT record, a remark, and the aliases that led to it.
    fn place(&self, seen: &Seen, remark: Option<String>) -> String {
        let aliases = (!seen.aliases.is_empty()).then(|| {
            let names: Vec<String> = seen.aliases.iter().map(ToString::to_string).collect();
            let names = Args::new().with("names", names.join(" → "));
            self.words("label-aliases", &names)
        });
        let parts = [Some(format!("{} TXT", seen.name)), remark, aliases];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn unknown(&mut self, report: &Report) {
        if report.unknown.is_empty() {
            return;
        }
        let title = self.word("label-unknown");
        self.line(&[(Style::Bold, &title)]);
        for unknown in &report.unknown {
            let args = Args::new()
                .with("name", unknown.name.to_string())
                .with("type", unknown.rtype.as_str());
            let words = self.words(&format!("unknown-{}", unknown.reason), &args);
            self.wrapped(2, Style::Plain, &format!("? {words}"));
        }
        self.line(&[]);
    }

    fn footer(&mut self, report: &Report) {
        let time = report.asked_at.replace('T', " ").replace('Z', "");
        let servers = if report.queries.servers.is_empty() {
            "none".to_owned()
        } else {
            report.queries.servers.join(", ")
        };
        let args = Args::new()
            .with("count", report.queries.count)
            .with("ms", report.queries.ms)
            .with("time", time)
            .with("servers", servers);
        let words = self.words("label-asked", &args);
        self.wrapped(0, Style::Dim, &words);
    }
}
