//! What each tag and term of a record says, in words.

use std::collections::{BTreeMap, HashSet};

use garant_check::catalogue::by_spf_target;
use garant_check::{DkimKey, Severity, SpfNode, SpfTerm};
use garant_dns::Name;
use garant_text::Args;

use super::token::Token;
use crate::say::Say;
use crate::state::{Shape, State};

/// Lines of explanation under one record. A record has a dozen tags or terms; more are found where somebody wants a
/// page to be long.
pub(super) const LINES_MAX: usize = 24;

/// Characters of a tag's value that its explanation repeats.
const VALUE_CHARACTERS_MAX: usize = 200;

/// One tag or term and what it says.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) term: String,
    pub(super) text: String,
    /// That something is said about it, in a word.
    pub(super) state: Option<State>,
}

/// The kind of a record whose text is a list of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Dmarc,
    Dkim,
    MtaSts,
    TlsRpt,
    Bimi,
}

/// The tags that each document defines, and the keys of their words.
const TAGS: &[(Kind, &str, &str)] = &[
    (Kind::Dmarc, "v", "tag-dmarc-v"),
    (Kind::Dmarc, "p", "tag-dmarc-p"),
    (Kind::Dmarc, "sp", "tag-dmarc-sp"),
    (Kind::Dmarc, "np", "tag-dmarc-np"),
    (Kind::Dmarc, "rua", "tag-dmarc-rua"),
    (Kind::Dmarc, "ruf", "tag-dmarc-ruf"),
    (Kind::Dmarc, "adkim", "tag-dmarc-adkim"),
    (Kind::Dmarc, "aspf", "tag-dmarc-aspf"),
    (Kind::Dmarc, "fo", "tag-dmarc-fo"),
    (Kind::Dmarc, "t", "tag-dmarc-t"),
    (Kind::Dmarc, "psd", "tag-dmarc-psd"),
    (Kind::Dmarc, "pct", "tag-dmarc-pct"),
    (Kind::Dmarc, "rf", "tag-dmarc-rf"),
    (Kind::Dmarc, "ri", "tag-dmarc-ri"),
    (Kind::Dkim, "v", "tag-dkim-v"),
    (Kind::Dkim, "k", "tag-dkim-k"),
    (Kind::Dkim, "p", "tag-dkim-p"),
    (Kind::Dkim, "h", "tag-dkim-h"),
    (Kind::Dkim, "s", "tag-dkim-s"),
    (Kind::Dkim, "t", "tag-dkim-t"),
    (Kind::Dkim, "n", "tag-dkim-n"),
    (Kind::Dkim, "g", "tag-dkim-g"),
    (Kind::MtaSts, "v", "tag-mta-sts-v"),
    (Kind::MtaSts, "id", "tag-mta-sts-id"),
    (Kind::TlsRpt, "v", "tag-tls-rpt-v"),
    (Kind::TlsRpt, "rua", "tag-tls-rpt-rua"),
    (Kind::Bimi, "v", "tag-bimi-v"),
    (Kind::Bimi, "l", "tag-bimi-l"),
    (Kind::Bimi, "a", "tag-bimi-a"),
    (Kind::Bimi, "avp", "tag-bimi-avp"),
    (Kind::Bimi, "lps", "tag-bimi-lps"),
];

/// The explanation of a record of tags. `key` is what a DKIM key was read as.
pub(super) fn tags(kind: Kind, tokens: &[Token], key: Option<&DkimKey>, say: Say) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for token in tokens.iter().take(LINES_MAX) {
        if token.sign.is_empty() && token.key.is_empty() {
            if !token.value.is_empty() {
                lines.push(line(
                    shown(&token.value),
                    say.word("tag-no-tag"),
                    token.mark,
                    say,
                ));
            }
            continue;
        }
        let name = token.key.trim().to_ascii_lowercase();
        let known = TAGS.iter().find(|(of, tag, _)| *of == kind && *tag == name);
        let value = token.value.trim();
        let args = Args::new()
            .with("value", variant(value))
            .with("text", shown(&addresses(value)));
        let args = match key {
            Some(key) => args
                .with("bits", key.bits.unwrap_or_default())
                .with("algorithm", key.algorithm.unwrap_or("none")),
            None => args.with("bits", 0_u64).with("algorithm", "none"),
        };
        let text = match known {
            Some((_, _, words)) => say.text(words, &args),
            None => say.word("tag-unknown"),
        };
        // A key is long and nobody reads it.
        let is_long = value.chars().count() > 24;
        let term = if is_long || name == "rua" || name == "ruf" {
            format!("{}=", token.key.trim())
        } else {
            format!("{}={value}", token.key.trim())
        };
        lines.push(line(term, text, token.mark, say));
    }
    if kind == Kind::Dmarc {
        lines.extend(absent_alignment(tokens, say));
    }
    lines
}

/// The word by which the meaning of a value is chosen: its small letters, and a word for what no text can be called.
fn variant(value: &str) -> String {
    match value {
        "*" => "star".to_owned(),
        "0" => "both".to_owned(),
        "1" => "any".to_owned(),
        _ => value.to_ascii_lowercase().replace(':', ""),
    }
}

/// What the absence of the alignment tags means.
fn absent_alignment(tokens: &[Token], say: Say) -> Option<Line> {
    let is_there = |name: &str| {
        tokens
            .iter()
            .any(|token| token.key.trim().eq_ignore_ascii_case(name))
    };
    let absent: Vec<&str> = ["adkim", "aspf"]
        .into_iter()
        .filter(|name| !is_there(name))
        .collect();
    let count = absent.len();
    (is_there("p") && count > 0).then(|| Line {
        term: absent.join(", "),
        text: say.text(
            "tag-dmarc-alignment-absent",
            &Args::new().with("count", count),
        ),
        state: None,
    })
}

/// The addresses of a list of URIs, without what is the same in all of them.
fn addresses(value: &str) -> String {
    let list = value.split(',').map(|uri| {
        let uri = uri.trim();
        uri.strip_prefix("mailto:").unwrap_or(uri)
    });
    list.collect::<Vec<_>>().join(", ")
}

/// A value short enough to be repeated in a sentence.
fn shown(value: &str) -> String {
    match value.char_indices().nth(VALUE_CHARACTERS_MAX) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}

fn line(term: String, text: String, mark: Option<Severity>, say: Say) -> Line {
    let state = mark.map(|mark| State::new(Shape::from(mark), say.word("tag-at-issue")));
    Line { term, text, state }
}

/// The explanation of an SPF record. `node` is what it was read as, with the look-ups of each term.
pub(super) fn terms(tokens: &[Token], node: Option<&SpfNode>, say: Say) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut grouped: Vec<&str> = Vec::new();
    for token in tokens {
        if lines.len() == LINES_MAX {
            break;
        }
        let text = token.text();
        if text.is_empty() {
            continue;
        }
        let read = node.and_then(|node| node.terms.iter().find(|term| term.text == text));
        let (qualifier, mechanism) = mechanism(token);
        // Addresses stand in a record by the dozen; one line is enough for all of a kind.
        let same = tokens.iter().filter(|other| {
            token.mark.is_none()
                && other.mark.is_none()
                && self::mechanism(other) == (qualifier, mechanism.clone())
        });
        if matches!(mechanism.as_str(), "ip4" | "ip6") && token.mark.is_none() {
            let kind = if mechanism == "ip4" { "ip4" } else { "ip6" };
            if grouped.contains(&kind) {
                continue;
            }
            let same: Vec<&Token> = same.collect();
            if same.len() > 1 {
                grouped.push(kind);
                lines.push(addresses_of(kind, qualifier, &same, node, say));
                continue;
            }
        }
        let words = term(token, qualifier, &mechanism, read, say);
        lines.push(line(short(&text), words, token.mark, say));
    }
    together(lines, say)
}

/// Terms of which the same is said, in one line from so many on.
const SAME_MIN: usize = 3;

fn together(lines: Vec<Line>, say: Say) -> Vec<Line> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.state.is_none()) {
        *counts.entry(line.text.clone()).or_default() += 1;
    }
    let mut told: HashSet<String> = HashSet::new();
    let mut kept = Vec::new();
    for line in lines {
        let count = counts.get(&line.text).copied().unwrap_or_default();
        if line.state.is_some() || count < SAME_MIN {
            kept.push(line);
        } else if told.insert(line.text.clone()) {
            let args = Args::new().with("count", count).with("text", line.text);
            kept.push(Line {
                term: format!("{} …", line.term),
                text: say.text("tag-spf-several", &args),
                state: None,
            });
        }
    }
    kept
}

/// A qualifier and the name of the mechanism or modifier behind it, in small letters.
fn mechanism(token: &Token) -> (char, String) {
    let text = if token.key.is_empty() {
        &token.value
    } else {
        &token.key
    };
    let qualifier = text.chars().next().filter(|first| "+-~?".contains(*first));
    let name = text.trim_start_matches(['+', '-', '~', '?']);
    (qualifier.unwrap_or('+'), name.to_ascii_lowercase())
}

/// A qualifier as a word that chooses between sentences.
fn outcome(qualifier: char) -> &'static str {
    match qualifier {
        '-' => "fail",
        '~' => "softfail",
        '?' => "neutral",
        _ => "pass",
    }
}

fn addresses_of(
    kind: &'static str,
    qualifier: char,
    tokens: &[&Token],
    node: Option<&SpfNode>,
    say: Say,
) -> Line {
    let known: Vec<String> = tokens.iter().map(|token| token.text()).collect();
    let total = node.map_or(0, |node| {
        let terms = node.terms.iter().filter(|term| known.contains(&term.text));
        terms.fold(0_u64, |sum, term| sum.saturating_add(term.ipv4_addresses))
    });
    let args = Args::new()
        .with("count", tokens.len())
        .with("addresses", total)
        .with("outcome", outcome(qualifier));
    let key = if kind == "ip4" {
        "tag-spf-ip4-several"
    } else {
        "tag-spf-ip6-several"
    };
    Line {
        term: format!("{kind}:…"),
        text: say.text(key, &args),
        state: None,
    }
}

/// What one term says.
fn term(
    token: &Token,
    qualifier: char,
    mechanism: &str,
    read: Option<&SpfTerm>,
    say: Say,
) -> String {
    let target = token.value.trim_end_matches('.').parse::<Name>().ok();
    let known = target.as_ref().and_then(by_spf_target);
    let args = Args::new()
        .with("outcome", outcome(qualifier))
        .with("service", known.map_or("none", |known| known.name.as_str()))
        .with("target", shown(&token.value))
        .with("lookups", read.map_or(0, |read| read.lookups))
        .with("addresses", read.map_or(0, |read| read.ipv4_addresses));
    let key = match mechanism {
        "v" if token.value.eq_ignore_ascii_case("spf1") => "tag-spf-v",
        "all" => "tag-spf-all",
        "include" => "tag-spf-include",
        "a" => "tag-spf-a",
        "mx" => "tag-spf-mx",
        "ptr" => "tag-spf-ptr",
        "ip4" if token.sign == ":" => "tag-spf-ip4",
        "ip6" if token.sign == ":" => "tag-spf-ip6",
        "exists" => "tag-spf-exists",
        "redirect" => "tag-spf-redirect",
        "exp" => "tag-spf-exp",
        _ if token.sign == "=" => "tag-spf-modifier",
        _ => "tag-spf-unknown",
    };
    let mut words = say.text(key, &args);
    if read.is_some_and(|read| !read.reached) {
        words = say.with("tag-spf-not-read", "text", &words);
    }
    words
}

/// A term as the explanation names it: a long target by its end.
fn short(text: &str) -> String {
    const CHARACTERS_MAX: usize = 60;
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
