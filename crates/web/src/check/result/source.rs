//! The records of a section as they were read.

use garant_check::catalogue::{by_dkim_chain, by_exchange};
use garant_check::{DkimKey, Records, Seen, SpfNode};
use garant_dns::{Name, RecordType};
use garant_text::Args;

use super::gloss::{self, Kind, Line};
use super::part::Part;
use super::record::RecordCard;
use super::token::Grammar;
use crate::say::Say;

/// Records of one section that are shown. A domain has three keys; a hostile one answers at every selector.
const RECORDS_MAX: usize = 12;

/// One record that was found.
pub(super) struct Source<'a> {
    pub(super) seen: &'a Seen,
    pub(super) rtype: RecordType,
    pub(super) raw: &'a str,
    pub(super) grammar: Grammar,
    kind: Option<Kind>,
    /// The selector of a key.
    pub(super) selector: Option<&'a Name>,
    key: Option<&'a DkimKey>,
    node: Option<&'a SpfNode>,
    /// Lines of explanation besides those of its tags.
    besides: Vec<Line>,
}

impl<'a> Source<'a> {
    fn new(seen: &'a Seen, raw: &'a str, kind: Kind) -> Self {
        Self {
            seen,
            rtype: RecordType::Txt,
            raw,
            grammar: Grammar::Tags,
            kind: Some(kind),
            selector: None,
            key: None,
            node: None,
            besides: Vec::new(),
        }
    }

    /// The records of a section that were found.
    pub(super) fn of(part: Part, records: &'a Records, say: Say) -> Vec<Self> {
        let of = |seen: &'a Seen, kind| -> Vec<Self> {
            let lines = seen.raw.iter().flat_map(|raw| raw.lines());
            lines
                .map(|raw| Self::new(seen, raw, kind))
                .take(RECORDS_MAX)
                .collect()
        };
        match part {
            Part::Spf => {
                let spf = &records.spf;
                let lines = of(&spf.seen, Kind::Dmarc).into_iter();
                let lines = lines.map(|source| Self {
                    grammar: Grammar::Terms,
                    kind: None,
                    node: spf.parsed.as_ref(),
                    besides: lookups(spf.lookups, spf.parsed.is_some(), say),
                    ..source
                });
                lines.collect()
            }
            Part::Dkim => {
                let keys = records.dkim.iter().flat_map(|key| {
                    let lines = of(&key.seen, Kind::Dkim).into_iter();
                    lines.map(|source| Self {
                        selector: Some(&key.selector),
                        key: key.parsed.as_ref(),
                        ..source
                    })
                });
                keys.take(RECORDS_MAX).collect()
            }
            Part::Dmarc => of(&records.dmarc.seen, Kind::Dmarc),
            Part::MtaSts => {
                let mut found = of(&records.mta_sts.seen, Kind::MtaSts);
                if let (Some(first), Some(mode)) = (found.first_mut(), records.mta_sts.mode) {
                    first.besides = policy(mode, &records.mta_sts.mx, say);
                }
                found
            }
            Part::TlsRpt => of(&records.tls_rpt.seen, Kind::TlsRpt),
            Part::Bimi => of(&records.bimi.seen, Kind::Bimi),
            Part::Mx => exchanges(records, say).into_iter().collect(),
            Part::Dnssec | Part::Zone | Part::Records => Vec::new(),
        }
    }

    /// The card of this record, its gloss included.
    pub(super) fn card(&self, id: String, say: Say) -> RecordCard {
        let owner = self.seen.name.to_string();
        let mut note = self.rtype.to_string();
        if let Some(ttl) = self.seen.ttl {
            note.push_str(&format!(" · TTL {ttl}"));
        }
        let chain = [&self.seen.name].into_iter().chain(&self.seen.aliases);
        if self.selector.is_some()
            && let Some((service, _)) = by_dkim_chain(chain)
        {
            note.push_str(&format!(" · {}", service.name));
        }
        RecordCard::new(id, owner, note, self.raw, self.grammar, say)
    }

    /// What its tags or terms say; the tokens are marked already.
    pub(super) fn gloss(&self, card: &RecordCard, say: Say) -> Vec<Line> {
        let mut lines = match (self.grammar, self.kind) {
            (Grammar::Terms, _) => gloss::terms(&card.tokens, self.node, say),
            (Grammar::Tags, Some(kind)) => gloss::tags(kind, &card.tokens, self.key, say),
            _ => Vec::new(),
        };
        lines.extend(self.besides.iter().cloned());
        lines
    }

    /// Whether it stands at this name, or an alias leads there.
    pub(super) fn is_at(&self, name: &Name) -> bool {
        self.seen.name == *name || self.seen.aliases.contains(name)
    }
}

/// How many look-ups a record takes of those that are allowed.
fn lookups(count: u64, is_read: bool, say: Say) -> Vec<Line> {
    if !is_read {
        return Vec::new();
    }
    vec![Line {
        term: say.word("tag-spf-total"),
        text: say.text("tag-spf-total-text", &Args::new().with("count", count)),
        state: None,
    }]
}

fn policy(mode: &str, mx: &[String], say: Say) -> Vec<Line> {
    let hosts: Vec<&str> = mx.iter().take(RECORDS_MAX).map(String::as_str).collect();
    let args = Args::new()
        .with("mode", mode)
        .with("hosts", hosts.join(", "));
    vec![Line {
        term: say.word("tag-mta-sts-policy"),
        text: say.text("tag-mta-sts-policy-text", &args),
        state: None,
    }]
}

/// The mail servers, all in one card.
fn exchanges<'a>(records: &'a Records, say: Say) -> Option<Source<'a>> {
    let mx = &records.mx;
    let raw = mx.seen.raw.as_deref()?;
    let line = |exchange: &garant_check::Exchange| {
        let addresses: Vec<String> = exchange.addresses.iter().map(ToString::to_string).collect();
        let service = by_exchange(&exchange.host);
        let args = Args::new()
            .with(
                "service",
                service.map_or("none", |service| service.name.as_str()),
            )
            .with("count", addresses.len())
            .with("addresses", addresses.join(", "));
        Line {
            term: exchange.host.to_string(),
            text: say.text("tag-mx-host", &args),
            state: None,
        }
    };
    Some(Source {
        rtype: RecordType::Mx,
        grammar: Grammar::Whole,
        kind: None,
        besides: mx.parsed.iter().take(RECORDS_MAX).map(line).collect(),
        ..Source::new(&mx.seen, raw, Kind::Dmarc)
    })
}
