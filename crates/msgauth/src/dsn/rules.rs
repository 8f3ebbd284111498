//! Which words mean what: `data/bounce-rules.json`, looked for in one pass.
//!
//! A rule gives a class when one of its phrases stands in the text and all of its conditions hold; a rule
//! without phrases, when its conditions hold. The highest rank wins, then the longest phrase, then the rule
//! that stands first. Ranks from [`RANK_SPECIFIC`] on are words that settle the matter; below are enhanced
//! status codes that say what happened, then words that many things are called by, then reply codes.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::fold::Folded;
use super::{AuthenticationCause, Class, Status};

/// The rules.
const DATA: &str = include_str!("../../data/bounce-rules.json");
/// From this rank on, words say precisely what happened.
pub(super) const RANK_SPECIFIC: u8 = 50;
/// Above this rank, words leave no doubt, whatever they are in answer to.
pub(super) const RANK_EXPLICIT: u8 = 85;
/// Places where phrases stand that are kept for one text: each is looked at again for phrases of several
/// pieces. A refusal has fewer than a hundred.
pub(super) const HITS_MAX: usize = 2_000;
/// What stands between the pieces of a phrase: anything.
const GAP: &str = " … ";
/// What a piece that ends with it must not be a part of: `blocked by spam` says another thing than `blocked by
/// spamhaus`.
const ENDS_A_WORD: &str = "spam";

/// The rules, read once.
pub(super) static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::read(DATA).expect("a test reads the rules"));

/// What a text was found to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) class: Class,
    pub(super) authentication: Option<AuthenticationCause>,
    pub(super) rank: u8,
    /// By its words, not by its codes alone.
    pub(super) is_by_words: bool,
}

/// What is known of a refusal besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Circumstances<'a> {
    pub(super) status: Option<Status>,
    pub(super) reply: Option<u16>,
    pub(super) command: Option<&'a str>,
    pub(super) host: Option<&'a str>,
}

/// The phrases that stand in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    rules: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rules: Vec<Rule>,
    commands: BTreeMap<String, Vec<String>>,
    dialects: Vec<Dialect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    class: String,
    cause: Option<String>,
    rank: u8,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    reply: Vec<u16>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    host: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dialect {
    name: String,
    phrases: Vec<String>,
}

/// Why the rules cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum RulesError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Automaton(#[from] aho_corasick::BuildError),
    #[error("{0:?} is no class, cause, status pattern, command or phrase")]
    Unknown(String),
}

/// A condition on an enhanced status code; nothing stands for any number.
type StatusPattern = [Option<u16>; 3];

struct Conditions {
    class: Class,
    authentication: Option<AuthenticationCause>,
    rank: u8,
    has_phrases: bool,
    status: Vec<StatusPattern>,
    reply: Vec<u16>,
    command: Vec<&'static str>,
    host: Vec<String>,
}

/// The rules, made ready.
pub(super) struct Rules {
    conditions: Vec<Conditions>,
    /// Those without phrases.
    silent: Vec<usize>,
    phrases: Phrases<usize>,
    commands: Phrases<&'static str>,
    dialects: Phrases<usize>,
    names: Vec<String>,
}

impl Rules {
    fn read(data: &str) -> Result<Self, RulesError> {
        let file: File = serde_json::from_str(data)?;
        let mut phrases = Builder::default();
        let mut conditions = Vec::with_capacity(file.rules.len());
        let mut silent = Vec::new();
        for (at, rule) in file.rules.iter().enumerate() {
            conditions.push(rule.conditions()?);
            if rule.phrases.is_empty() {
                silent.push(at);
            }
            for phrase in &rule.phrases {
                phrases.add(phrase, at)?;
            }
        }
        let mut commands = Builder::default();
        for (name, known) in &file.commands {
            let command = command(name)?;
            for phrase in known {
                commands.add(phrase, command)?;
            }
        }
        let mut dialects = Builder::default();
        for (at, dialect) in file.dialects.iter().enumerate() {
            for phrase in &dialect.phrases {
                dialects.add(phrase, at)?;
            }
        }
        Ok(Self {
            conditions,
            silent,
            phrases: phrases.finish()?,
            commands: commands.finish()?,
            dialects: dialects.finish()?,
            names: file
                .dialects
                .into_iter()
                .map(|dialect| dialect.name)
                .collect(),
        })
    }

    /// Looks for the phrases of all rules in one pass. The work is linear in the text, and up to [`HITS_MAX`] in
    /// what is found.
    pub(super) fn find(&self, folded: &Folded) -> Found {
        let mut found = Found::default();
        self.phrases.each(&folded.text, |rule, octets| {
            found.rules.push((rule, octets));
        });
        found
    }

    /// The command that was refused, as the words say.
    pub(super) fn command(&self, folded: &Folded) -> Option<&'static str> {
        let mut command = None;
        self.commands.each(&folded.text, |found, _| {
            command.get_or_insert(found);
        });
        command
    }

    /// The family of servers that writes so: of several, the one that the data names first, which is the more
    /// precise.
    pub(super) fn dialect(&self, texts: &[&str]) -> Option<&str> {
        let mut first = None;
        for text in texts {
            self.dialects.each(text, |dialect, _| {
                first = Some(first.map_or(dialect, |known: usize| known.min(dialect)));
            });
        }
        first.map(|at| self.names[at].as_str())
    }

    /// What is found, judged.
    pub(super) fn judge(
        &self,
        found: &Found,
        circumstances: &Circumstances<'_>,
    ) -> Option<Verdict> {
        let mut best: Option<(u8, usize, std::cmp::Reverse<usize>)> = None;
        let spoken = found.rules.iter().copied();
        let silent = self.silent.iter().map(|rule| (*rule, 0));
        for (rule, octets) in spoken.chain(silent) {
            let conditions = &self.conditions[rule];
            let score = (conditions.rank, octets, std::cmp::Reverse(rule));
            if best.is_none_or(|best| score > best) && conditions.hold(circumstances) {
                best = Some(score);
            }
        }
        best.map(|(rank, _, std::cmp::Reverse(rule))| {
            let conditions = &self.conditions[rule];
            Verdict {
                class: conditions.class,
                authentication: conditions.authentication,
                rank,
                is_by_words: conditions.has_phrases,
            }
        })
    }
}

/// Phrases that are looked for together.
struct Phrases<M> {
    all: Vec<Phrase<M>>,
    /// For each piece, the phrases whose last piece it is.
    ends: Vec<Vec<usize>>,
    /// Which pieces stand before others in a phrase.
    is_before: Vec<bool>,
    /// Which pieces have to begin a word, and which to end one.
    is_word: Vec<(bool, bool)>,
    automaton: AhoCorasick,
}

struct Phrase<M> {
    meaning: M,
    /// Its pieces but the last, which must stand before it in this order.
    before: Vec<usize>,
    octets: usize,
}

impl<M: Copy> Phrases<M> {
    /// Tells each phrase that stands in a text, and how many octets it has.
    fn each(&self, text: &str, mut tell: impl FnMut(M, usize)) {
        let octets = text.as_bytes();
        // Where pieces of longer phrases ended so far.
        let mut hits: Vec<(usize, usize)> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(text).take(HITS_MAX) {
            let piece = hit.pattern().as_usize();
            let is_letter = |at: usize| {
                octets
                    .get(at)
                    .is_some_and(|octet| octet.is_ascii_alphabetic())
            };
            let (begins, ends) = self.is_word[piece];
            // `rate` is no part of `corporate`.
            if (begins && hit.start() > 0 && is_letter(hit.start() - 1))
                || (ends && is_letter(hit.end()))
            {
                continue;
            }
            for &at in &self.ends[piece] {
                let phrase = &self.all[at];
                if is_preceded(&phrase.before, hit.start(), &hits) {
                    tell(phrase.meaning, phrase.octets);
                }
            }
            if self.is_before[piece] {
                hits.push((piece, hit.end()));
            }
        }
    }
}

/// Whether pieces stand in this order before a place.
fn is_preceded(pieces: &[usize], place: usize, hits: &[(usize, usize)]) -> bool {
    let mut from = hits.iter();
    pieces
        .iter()
        .all(|piece| from.any(|(known, end)| known == piece && *end <= place))
}

struct Builder<M> {
    pieces: Vec<String>,
    numbers: HashMap<String, usize>,
    ends: Vec<Vec<usize>>,
    is_before: Vec<bool>,
    all: Vec<Phrase<M>>,
}

impl<M> Default for Builder<M> {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            numbers: HashMap::new(),
            ends: Vec::new(),
            is_before: Vec::new(),
            all: Vec::new(),
        }
    }
}

impl<M> Builder<M> {
    fn add(&mut self, phrase: &str, meaning: M) -> Result<(), RulesError> {
        let mut before = Vec::new();
        for piece in phrase.split(GAP) {
            let is_folded = Folded::new(piece).text == piece;
            if piece.len() < 3 || !is_folded {
                return Err(RulesError::Unknown(phrase.to_owned()));
            }
            let next = self.pieces.len();
            let number = *self.numbers.entry(piece.to_owned()).or_insert(next);
            if number == next {
                self.pieces.push(piece.to_owned());
                self.ends.push(Vec::new());
                self.is_before.push(false);
            }
            before.push(number);
        }
        if let Some(last) = before.pop() {
            for piece in &before {
                self.is_before[*piece] = true;
            }
            self.ends[last].push(self.all.len());
            self.all.push(Phrase {
                meaning,
                before,
                octets: phrase.len(),
            });
        }
        Ok(())
    }

    fn finish(self) -> Result<Phrases<M>, RulesError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.pieces)?;
        let is_word = |piece: &String| {
            (
                piece.as_bytes()[0].is_ascii_alphabetic(),
                piece.ends_with(ENDS_A_WORD),
            )
        };
        Ok(Phrases {
            is_word: self.pieces.iter().map(is_word).collect(),
            all: self.all,
            ends: self.ends,
            is_before: self.is_before,
            automaton,
        })
    }
}

impl Rule {
    fn conditions(&self) -> Result<Conditions, RulesError> {
        let unknown = |text: &str| RulesError::Unknown(text.to_owned());
        let class = *Class::ALL
            .iter()
            .find(|class| class.as_str() == self.class)
            .ok_or_else(|| unknown(&self.class))?;
        let authentication = match &self.cause {
            None => None,
            Some(cause) => Some(
                *AuthenticationCause::ALL
                    .iter()
                    .find(|known| known.as_str() == cause)
                    .ok_or_else(|| unknown(cause))?,
            ),
        };
        if authentication.is_some() != (class == Class::Authentication) {
            return Err(unknown(&self.class));
        }
        let has_conditions =
            !(self.status.is_empty() && self.reply.is_empty() && self.command.is_empty());
        if self.phrases.is_empty() && !has_conditions {
            return Err(unknown(&self.class));
        }
        Ok(Conditions {
            class,
            authentication,
            rank: self.rank,
            has_phrases: !self.phrases.is_empty(),
            status: self
                .status
                .iter()
                .map(|text| status_pattern(text).ok_or_else(|| unknown(text)))
                .collect::<Result<_, _>>()?,
            reply: self.reply.clone(),
            command: self
                .command
                .iter()
                .map(|name| command(name))
                .collect::<Result<_, _>>()?,
            host: self.host.clone(),
        })
    }
}

impl Conditions {
    fn hold(&self, given: &Circumstances<'_>) -> bool {
        let status = self.status.is_empty()
            || given.status.is_some_and(|status| {
                let numbers = [u16::from(status.class), status.subject, status.detail];
                self.status.iter().any(|pattern| {
                    pattern
                        .iter()
                        .zip(numbers)
                        .all(|(wanted, number)| wanted.is_none_or(|wanted| wanted == number))
                })
            });
        let reply =
            self.reply.is_empty() || given.reply.is_some_and(|reply| self.reply.contains(&reply));
        let command = self.command.is_empty()
            || given
                .command
                .is_some_and(|command| self.command.contains(&command));
        let host = self.host.is_empty()
            || given
                .host
                .is_some_and(|host| self.host.iter().any(|domain| is_within(host, domain)));
        status && reply && command && host
    }
}

/// Whether a host name lies within a domain.
fn is_within(host: &str, domain: &str) -> bool {
    let host = host.trim_end_matches('.').as_bytes();
    let Some(start) = host.len().checked_sub(domain.len()) else {
        return false;
    };
    host[start..].eq_ignore_ascii_case(domain.as_bytes()) && (start == 0 || host[start - 1] == b'.')
}

fn status_pattern(text: &str) -> Option<StatusPattern> {
    let mut parts = text.split('.').map(|part| match part {
        "*" => Some(None),
        number => number.parse().ok().map(Some),
    });
    let pattern = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(pattern)
}

fn command(name: &str) -> Result<&'static str, RulesError> {
    ["CONN", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"]
        .into_iter()
        .find(|known| *known == name)
        .ok_or_else(|| RulesError::Unknown(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_can_be_read() {
        if let Err(error) = Rules::read(DATA) {
            panic!("{error}");
        }
    }

    #[test]
    fn pieces_begin_a_word() {
        let mut builder = Builder::default();
        for phrase in ["rate … limit", "no mx", "by spam"] {
            builder.add(phrase, phrase).expect("a phrase");
        }
        let phrases = builder.finish().expect("an automaton");
        let check = |text: &str, expected: &[&str]| {
            let mut found = Vec::new();
            phrases.each(text, |phrase, _| found.push(phrase));
            assert_eq!(found, expected, "{text}");
        };
        check("rate over the limit", &["rate … limit"]);
        check("corporate limit", &[]);
        check("(no mx)", &["no mx"]);
        check("casino mx", &[]);
        check("refused by spam filter", &["by spam"]);
        check("refused by spamhaus", &[]);
    }

    #[test]
    fn pieces_stand_in_order() {
        let hits = [(1, 4), (2, 9), (1, 15)];
        assert!(is_preceded(&[1, 2], 20, &hits));
        assert!(is_preceded(&[2, 1], 20, &hits));
        assert!(!is_preceded(&[2, 1], 12, &hits));
        assert!(!is_preceded(&[2, 2], 20, &hits));
        assert!(is_preceded(&[], 0, &hits));
    }
}
