//! A report for a terminal.

use garant_check::{Action, DkimRecord, Fix, Records, Seen, Severity, VerdictSeverity};
use garant_text::Args;
use textwrap::core::display_width;

use super::page::{INDENT, Page, Style, TextOptions, key, shape, style};
use crate::present::card::Card;
use crate::report::{FindingText, Report};

/// The report as lines for a terminal, with a final line end. DNS text in it is sanitised.
pub fn text(report: &Report, options: TextOptions) -> String {
    let mut page = Page::new(options);
    page.line(&[(Style::Bold, &report.domain.to_unicode())]);
    page.line(&[]);
    page.paragraph(0, report.verdict.severity, &report.verdict.text);
    page.cause(report);
    page.line(&[]);
    page.paths(&report.paths, &of_card(report, Card::Path));
    let cause = first_cause(report).map(Card::of);
    let mut topics: Vec<&Topic> = TOPICS.iter().collect();
    // Readers begin at the top: there stands what is to be put right.
    topics.sort_by_key(|topic| Some(topic.card) != cause);
    for topic in topics {
        page.topic(report, topic, cause);
    }
    page.unknown(report);
    page.authority(report);
    page.footer(report);
    page.text
}

/// The finding that stands behind the verdict.
fn first_cause(report: &Report) -> Option<&FindingText> {
    let cause = report.verdict.cause?;
    report.findings.iter().find(|f| f.code == cause)
}

fn of_card(report: &Report, card: Card) -> Vec<&FindingText> {
    let findings = report.findings.iter();
    findings.filter(|f| Card::of(f) == card).collect()
}

/// One block of the page.
struct Topic {
    /// A title that is the same in every language, or the key of one.
    title: &'static str,
    card: Card,
    /// Whether the block is left out when there is nothing to say.
    optional: bool,
    lines: fn(&Page, &Records) -> Vec<String>,
    unknown: fn(&Records) -> bool,
}

const TOPICS: &[Topic] = &[
    Topic {
        title: "card-records",
        card: Card::Records,
        optional: true,
        lines: |_, _| Vec::new(),
        unknown: |_| false,
    },
    Topic {
        title: "DNS",
        card: Card::Dns,
        optional: true,
        lines: |_, _| Vec::new(),
        unknown: |_| false,
    },
    Topic {
        title: "SPF",
        card: Card::Spf,
        optional: false,
        lines: |page, records| page.seen(&records.spf.seen),
        unknown: |records| records.spf.result == "temperror",
    },
    Topic {
        title: "DKIM",
        card: Card::Dkim,
        optional: false,
        lines: |page, records| page.keys(&records.dkim),
        unknown: |records| records.dkim.iter().all(|key| key.result == "temperror"),
    },
    Topic {
        title: "DMARC",
        card: Card::Dmarc,
        optional: false,
        lines: |page, records| page.seen(&records.dmarc.seen),
        unknown: |records| records.dmarc.result == "temperror",
    },
    Topic {
        title: "MX",
        card: Card::Mx,
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
        card: Card::MtaSts,
        optional: true,
        lines: |page, records| page.seen(&records.mta_sts.seen),
        unknown: |records| records.mta_sts.result == "temperror",
    },
    Topic {
        title: "TLS-RPT",
        card: Card::TlsRpt,
        optional: true,
        lines: |page, records| page.seen(&records.tls_rpt.seen),
        unknown: |records| records.tls_rpt.result == "temperror",
    },
    Topic {
        title: "BIMI",
        card: Card::Bimi,
        optional: true,
        lines: |page, records| page.seen(&records.bimi.seen),
        unknown: |records| records.bimi.result == "temperror",
    },
];

impl Page {
    /// The first cause and what to do about it, right under the verdict.
    fn cause(&mut self, report: &Report) {
        let Some(finding) = first_cause(report) else {
            return;
        };
        self.line(&[]);
        self.labelled(2, "label-cause", &finding.title);
        self.wrapped(2, Style::Plain, &format!("→ {}", finding.fix));
        let is_wrong = matches!(
            report.verdict.severity,
            VerdictSeverity::Blocks | VerdictSeverity::Risk
        );
        if is_wrong {
            let hint = self.word("label-plan-hint");
            self.wrapped(2, Style::Dim, &hint);
        }
    }

    fn topic(&mut self, report: &Report, topic: &Topic, cause: Option<Card>) {
        let records = &report.records;
        let findings = of_card(report, topic.card);
        let lines = (topic.lines)(self, records);
        if topic.optional && findings.is_empty() && lines.is_empty() {
            return;
        }
        let title = if topic.title.starts_with("card-") {
            self.word(topic.title)
        } else {
            topic.title.to_owned()
        };
        let failing = (topic.card == Card::Dmarc)
            .then(|| self.failing(report, cause))
            .flatten();
        self.heading(
            &title,
            &findings,
            (topic.unknown)(records),
            failing.as_deref(),
        );
        for line in &lines {
            self.wrapped(INDENT, Style::Plain, line);
        }
        let mut shown = lines.join("\n");
        for finding in findings {
            self.finding(finding, &shown);
            shown.extend(finding.found.as_deref());
        }
        self.line(&[]);
    }

    /// What the DMARC card says where the path fails for a cause that is shown on another card.
    fn failing(&self, report: &Report, cause: Option<Card>) -> Option<String> {
        let path = report.paths.first()?;
        let other = match cause? {
            Card::Spf => "SPF",
            Card::Dkim => "DKIM",
            Card::Records => "records",
            _ => return None,
        };
        let args = Args::new().with("card", other);
        (path.path.dmarc.result == "fail").then(|| self.words("card-dmarc-elsewhere", &args))
    }

    /// The title of a card and its state: the worst that is found there, or `failing` where a path fails for a
    /// cause elsewhere.
    fn heading(
        &mut self,
        title: &str,
        findings: &[&FindingText],
        unknown: bool,
        failing: Option<&str>,
    ) {
        let worst = findings.iter().map(|finding| finding.severity).min();
        let space = " ".repeat(INDENT.saturating_sub(display_width(title)).max(1));
        let (style, shape, word) = match (worst, failing) {
            (Some(severity @ (Severity::Blocks | Severity::Risk)), _) => self.told(severity.into()),
            (_, Some(words)) => (
                style(VerdictSeverity::Blocks),
                shape(VerdictSeverity::Blocks),
                words.to_owned(),
            ),
            _ if unknown => self.told(VerdictSeverity::Unknown),
            (Some(severity), None) => self.told(severity.into()),
            (None, None) => (Style::Plain, "·", self.word("state-none")),
        };
        let state = format!("{shape} {word}");
        self.line(&[
            (Style::Bold, title),
            (Style::Plain, &space),
            (style, &state),
        ]);
    }

    /// Colour, shape and word of a state.
    fn told(&self, state: VerdictSeverity) -> (Style, &'static str, String) {
        (style(state), shape(state), self.word(key(state)))
    }

    /// A finding; what it found is left out where the block has `shown` it already.
    pub(super) fn finding(&mut self, finding: &FindingText, shown: &str) {
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

    /// The zones whose own servers were asked, server by server.
    fn authority(&mut self, report: &Report) {
        for zone in &report.authority.zones {
            // A zone that was not found has no servers.
            let Some(name) = zone.zone.as_ref().filter(|_| !zone.servers.is_empty()) else {
                continue;
            };
            let args = Args::new()
                .with("zone", name.to_string())
                .with("host", zone.host.unwrap_or("none"));
            let title = self.words("servers-title", &args);
            self.wrapped(0, Style::Bold, &title);
            for server in &zone.servers {
                let address = server.address.map(|address| address.ip().to_string());
                let mut args = Args::new()
                    .with("name", server.name.to_string())
                    .with("address", address.unwrap_or_else(|| "none".to_owned()))
                    .with("status", server.status);
                match server.serial {
                    Some(serial) => args.set("serial", serial.to_string()),
                    None => args.set("serial", "none"),
                }
                let line = self.words("servers-server", &args);
                self.wrapped(2, Style::Plain, &line);
            }
            self.line(&[]);
        }
    }

    fn footer(&mut self, report: &Report) {
        let time = report.asked_at.replace('T', " ").replace('Z', "");
        let servers = if report.queries.servers.is_empty() {
            "none".to_owned()
        } else {
            report.queries.servers.join(", ")
        };
        // Those that finding the zone's servers took were put to the same resolver.
        let asked = report.queries.count + report.authority.recursive_questions;
        let args = Args::new()
            .with("count", asked)
            .with("ms", report.queries.ms)
            .with("time", time)
            .with("direct", report.authority.direct_questions)
            .with("servers", servers);
        let words = self.words("label-asked", &args);
        self.wrapped(0, Style::Dim, &words);
    }
}

#[cfg(test)]
mod tests {
    use garant_check::{Observation, Request, assess};
    use garant_dns::authority::{DirectAnswer, ServerView, ZoneView};
    use garant_dns::{Name, Status};
    use garant_text::Language;

    use super::*;
    use crate::present::as_it_is;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    fn server(label: &str, status: Status) -> ServerView {
        ServerView {
            name: name(&format!("{label}.exemple.fr")),
            address: Some(([192, 0, 2, 1], 53).into()),
            in_parent: true,
            in_zone: true,
            zone_answer: DirectAnswer::bare(status),
            answers: Vec::new(),
        }
    }

    #[test]
    fn servers_that_were_asked_directly_are_named_and_counted() {
        let domain = name("exemple.fr");
        let mut observation = Observation::new(Request::new(domain.clone()), 0);
        observation.zones.push(ZoneView {
            servers: vec![
                server("ns1", Status::Refused),
                server("ns2", Status::Timeout),
            ],
            zone: Some(domain.clone()),
            recursive_questions: 5,
            direct_questions: 4,
            ..ZoneView::unknown(domain)
        });
        let assessment = assess(&observation);
        for (language, lines) in [
            (
                Language::English,
                [
                    "ns1.exemple.fr (192.0.2.1): refuses to answer for it",
                    "ns2.exemple.fr (192.0.2.1): did not answer",
                    "and 4 to servers of the zone",
                ],
            ),
            (
                Language::French,
                [
                    "ns1.exemple.fr (192.0.2.1) : refuse de répondre pour elle",
                    "ns2.exemple.fr (192.0.2.1) : n’a pas répondu",
                    "et 4 aux serveurs de la zone",
                ],
            ),
        ] {
            let report = Report::new(&observation, &assessment, language, 1, as_it_is);
            let options = TextOptions {
                language,
                columns: 100,
                colour: false,
            };
            let page = text(&report, options).replace('\u{a0}', " ");
            for line in lines {
                assert!(page.contains(line), "{line}\n{page}");
            }
        }
    }
}
