//! Which words mean what: `data/bounce-rules.json`, looked for in one pass.
//!
//! A rule gives a class when one of its phrases stands in the text and all of its conditions hold; a rule
//! with word lists, when one word of each list stands near the others, in whatever order; a rule with neither,
//! when its conditions hold. The highest rank wins, then the longest phrase, then the rule that stands first.
//! Phrases are what servers are known to write; word lists are for those that nobody has seen yet: something
//! that is a mailbox near something that says "not there". Ranks from [`RANK_SPECIFIC`] on are words that settle the matter; below are enhanced
//! status codes that say what happened, then words that many things are called by, then reply codes.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::fold::Folded;
use super::work::Counter;
use super::{AuthenticationCause, Class, Status};

/// The rules.
const DATA: &str = include_str!("../../data/bounce-rules.json");
/// From this rank on, words say precisely what happened.
pub(super) const RANK_SPECIFIC: u8 = 50;
/// Up to this rank, words that many things are called by, and reply codes.
pub(super) const RANK_COMMON: u8 = 40;
/// Above this rank, words leave no doubt, whatever they are in answer to.
pub(super) const RANK_EXPLICIT: u8 = 85;
/// Places where phrases stand that are kept for one text: each is looked at again for phrases of several
/// pieces. A refusal has fewer than a hundred.
pub(super) const HITS_MAX: usize = 2_000;
/// What stands between the pieces of a phrase: anything.
const GAP: &str = " … ";
/// Octets between two words that still belong together: a clause, not a paragraph.
const NEAR_OCTETS: usize = 48;
/// States of the automaton that are looked up rather than searched: those of the first letters of phrases, in
/// which it is nearly always.
const DENSE_DEPTH: usize = 4;
/// Octets that stand between two pieces of a phrase at most: addresses and host names are long, but what follows
/// a paragraph later is about something else.
const GAP_OCTETS_MAX: usize = 150;
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
    /// The refusal names an IP address.
    pub(super) names_address: bool,
}

/// The phrases that stand in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The rules of the phrases, and how many octets each phrase has.
    rules: Vec<(usize, usize)>,
    /// The rules of the word lists.
    nearby: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rules: Vec<Rule>,
    words: BTreeMap<String, Vec<String>>,
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
    /// Names of word lists.
    #[serde(default)]
    words: Vec<String>,
    /// The words stand in the order of the lists.
    #[serde(default)]
    in_order: bool,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    reply: Vec<u16>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    host: Vec<String>,
    /// An IP address has to stand in the refusal.
    #[serde(default)]
    address: bool,
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
    #[error("{0:?} is no class, cause, status pattern, command, word list or phrase")]
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
    address: bool,
}

/// What a phrase belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Rule(usize),
    /// A word list.
    List(usize),
}

/// A rule that wants a word of each of several lists.
struct Nearby {
    rule: usize,
    lists: Vec<usize>,
    /// The word of the last list comes last.
    in_order: bool,
}

/// The rules, made ready.
pub(super) struct Rules {
    conditions: Vec<Conditions>,
    /// Those without phrases and words.
    silent: Vec<usize>,
    phrases: Phrases<Meaning>,
    nearby: Vec<Nearby>,
    /// For each word list, which of `nearby` want it.
    wanted_by: Vec<Vec<usize>>,
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
        let mut nearby = Vec::new();
        let mut wanted_by = vec![Vec::new(); file.words.len()];
        for (at, rule) in file.rules.iter().enumerate() {
            conditions.push(rule.conditions()?);
            if rule.phrases.is_empty() && rule.words.is_empty() {
                silent.push(at);
            }
            for phrase in &rule.phrases {
                phrases.add(phrase, Meaning::Rule(at))?;
            }
            if rule.words.is_empty() {
                continue;
            }
            let mut lists = Vec::new();
            for name in &rule.words {
                let list = file.words.keys().position(|known| known == name);
                let list = list.ok_or_else(|| RulesError::Unknown(name.clone()))?;
                wanted_by[list].push(nearby.len());
                lists.push(list);
            }
            nearby.push(Nearby {
                rule: at,
                lists,
                in_order: rule.in_order,
            });
        }
        for (at, words) in file.words.values().enumerate() {
            for word in words {
                phrases.add(word, Meaning::List(at))?;
            }
        }
        // The highest rank first, so that the first whose conditions hold is the best.
        silent.sort_by_key(|rule| std::cmp::Reverse(file.rules[*rule].rank));
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
            // As a DFA, these would take tens of megabytes; the others are small.
            phrases: phrases.finish(AhoCorasickKind::ContiguousNFA)?,
            nearby,
            wanted_by,
            commands: commands.finish(AhoCorasickKind::DFA)?,
            dialects: dialects.finish(AhoCorasickKind::DFA)?,
            names: file
                .dialects
                .into_iter()
                .map(|dialect| dialect.name)
                .collect(),
        })
    }

    /// Looks for the phrases of all rules in one pass. The work is linear in the text, and up to [`HITS_MAX`] in
    /// what is found.
    pub(super) fn find(&self, folded: &Folded, work: &Counter) -> Found {
        let mut found = Found::default();
        // Where the last word of each list ended.
        let mut ends = vec![None; self.wanted_by.len()];
        let mut is_near = vec![false; self.nearby.len()];
        self.phrases.each(&folded.text, work, |hit| {
            let list = match hit.meaning {
                Meaning::Rule(rule) => {
                    found.rules.push((rule, hit.octets));
                    return;
                }
                Meaning::List(list) => list,
            };
            ends[list] = Some(hit.end);
            let start = hit.end.saturating_sub(hit.octets);
            work.compared(self.wanted_by[list].len());
            for &at in &self.wanted_by[list] {
                let nearby = &self.nearby[at];
                let is_last = nearby.lists.last() == Some(&list);
                let all = || {
                    nearby.lists.iter().all(|list| {
                        ends[*list].is_some_and(|end| start.saturating_sub(end) <= NEAR_OCTETS)
                    })
                };
                if !is_near[at] && (is_last || !nearby.in_order) && all() {
                    is_near[at] = true;
                    found.nearby.push(nearby.rule);
                }
            }
        });
        found
    }

    /// The command that was refused, as the words say.
    pub(super) fn command(&self, folded: &Folded, work: &Counter) -> Option<&'static str> {
        let mut command = None;
        self.commands.each(&folded.text, work, |hit| {
            command.get_or_insert(hit.meaning);
        });
        command
    }

    /// The family of servers that writes so: of several, the one that the data names first, which is the more
    /// precise.
    pub(super) fn dialect(&self, texts: &[&str], work: &Counter) -> Option<&str> {
        let mut first = None;
        for text in texts {
            self.dialects.each(text, work, |hit| {
                first = Some(first.map_or(hit.meaning, |known: usize| known.min(hit.meaning)));
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
        let nearby = found.nearby.iter().map(|rule| (*rule, 0));
        self.best(found.rules.iter().copied().chain(nearby), circumstances)
    }

    /// As [`Self::judge`], by phrases alone: in a whole notice, words stand near others by chance.
    pub(super) fn judge_phrases(
        &self,
        found: &Found,
        circumstances: &Circumstances<'_>,
    ) -> Option<Verdict> {
        self.best(found.rules.iter().copied(), circumstances)
    }

    fn best(
        &self,
        found: impl Iterator<Item = (usize, usize)>,
        circumstances: &Circumstances<'_>,
    ) -> Option<Verdict> {
        let mut best: Option<(u8, usize, std::cmp::Reverse<usize>)> = None;
        for (rule, octets) in found {
            let conditions = &self.conditions[rule];
            let score = (conditions.rank, octets, std::cmp::Reverse(rule));
            if best.is_none_or(|best| score > best) && conditions.hold(circumstances) {
                best = Some(score);
            }
        }
        for &rule in &self.silent {
            let conditions = &self.conditions[rule];
            let score = (conditions.rank, 0, std::cmp::Reverse(rule));
            if best.is_some_and(|best| score <= best) {
                break;
            }
            if conditions.hold(circumstances) {
                best = Some(score);
                break;
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
    /// For each piece, the phrases that it is all of, and how many octets each has.
    whole: Vec<Vec<(M, usize)>>,
    /// For each piece, the phrases of several pieces that it is part of, and as which of their pieces.
    parts: Vec<Vec<(usize, u32)>>,
    /// The phrases of several pieces.
    long: Vec<Phrase<M>>,
    /// Which pieces have to begin a word, and which to end one.
    is_word: Vec<(bool, bool)>,
    automaton: AhoCorasick,
}

/// A phrase that was found.
struct Hit<M> {
    meaning: M,
    /// How many octets the phrase has.
    octets: usize,
    /// Where it ends in the text.
    end: usize,
}

struct Phrase<M> {
    meaning: M,
    pieces: u32,
    octets: usize,
}

impl<M: Copy> Phrases<M> {
    /// Tells each phrase that stands in a text. The work is linear in the text, and
    /// for each of [`HITS_MAX`] places in the phrases that one piece belongs to.
    fn each(&self, text: &str, work: &Counter, mut tell: impl FnMut(Hit<M>)) {
        let octets = text.as_bytes();
        work.searched(octets.len());
        // How many pieces of each long phrase were found so far, and where the last of them ended.
        let mut progress: Vec<(u32, u32)> = Vec::new();
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
            work.compared(1 + self.parts[piece].len());
            for (meaning, octets) in &self.whole[piece] {
                tell(Hit {
                    meaning: *meaning,
                    octets: *octets,
                    end: hit.end(),
                });
            }
            if self.parts[piece].is_empty() {
                continue;
            }
            if progress.is_empty() {
                progress.resize(self.long.len(), (0, 0));
            }
            for &(at, place) in &self.parts[piece] {
                let (found, end) = &mut progress[at];
                // The first piece again: the phrase may begin here as well, nearer to what follows.
                let begins_again = place == 0 && *found == 1;
                if !begins_again && (*found != place || hit.start() < *end as usize) {
                    continue;
                }
                if place > 0 && hit.start() - *end as usize > GAP_OCTETS_MAX {
                    *found = 0;
                    continue;
                }
                // A text has REFUSAL_OCTETS_MAX octets, a subject less than a header section.
                let Ok(new_end) = u32::try_from(hit.end()) else {
                    continue;
                };
                (*found, *end) = (place + 1, new_end);
                let phrase = &self.long[at];
                if *found == phrase.pieces {
                    tell(Hit {
                        meaning: phrase.meaning,
                        octets: phrase.octets,
                        end: hit.end(),
                    });
                }
            }
        }
    }
}

struct Builder<M> {
    pieces: Vec<String>,
    numbers: HashMap<String, usize>,
    whole: Vec<Vec<(M, usize)>>,
    parts: Vec<Vec<(usize, u32)>>,
    long: Vec<Phrase<M>>,
}

impl<M> Default for Builder<M> {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            numbers: HashMap::new(),
            whole: Vec::new(),
            parts: Vec::new(),
            long: Vec::new(),
        }
    }
}

impl<M> Builder<M> {
    fn add(&mut self, phrase: &str, meaning: M) -> Result<(), RulesError> {
        let mut numbers = Vec::new();
        for piece in phrase.split(GAP) {
            let is_folded = Folded::new(piece, &Counter::default()).text == piece;
            if piece.len() < 3 || !is_folded {
                return Err(RulesError::Unknown(phrase.to_owned()));
            }
            let next = self.pieces.len();
            let number = *self.numbers.entry(piece.to_owned()).or_insert(next);
            if number == next {
                self.pieces.push(piece.to_owned());
                self.whole.push(Vec::new());
                self.parts.push(Vec::new());
            }
            numbers.push(number);
        }
        if let [only] = numbers[..] {
            self.whole[only].push((meaning, phrase.len()));
            return Ok(());
        }
        // Later pieces first: one place in the text is one piece, and no two of a phrase.
        let mut pieces = 0;
        for number in &numbers {
            self.parts[*number].push((self.long.len(), pieces));
            pieces += 1;
        }
        for number in &numbers {
            self.parts[*number].sort_unstable_by_key(|(_, place)| std::cmp::Reverse(*place));
        }
        self.long.push(Phrase {
            meaning,
            pieces,
            octets: phrase.len(),
        });
        Ok(())
    }

    fn finish(self, kind: AhoCorasickKind) -> Result<Phrases<M>, RulesError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .dense_depth(DENSE_DEPTH)
            .build(&self.pieces)?;
        let is_word = |piece: &String| {
            (
                piece.as_bytes()[0].is_ascii_alphabetic(),
                piece.ends_with(ENDS_A_WORD),
            )
        };
        Ok(Phrases {
            is_word: self.pieces.iter().map(is_word).collect(),
            whole: self.whole,
            parts: self.parts,
            long: self.long,
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
        let has_phrases = !(self.phrases.is_empty() && self.words.is_empty());
        let has_conditions =
            !(self.status.is_empty() && self.reply.is_empty() && self.command.is_empty());
        if !has_phrases && !has_conditions {
            return Err(unknown(&self.class));
        }
        Ok(Conditions {
            class,
            authentication,
            rank: self.rank,
            has_phrases,
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
            address: self.address,
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
        let address = !self.address || given.names_address;
        status && reply && command && host && address
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
        let phrases = builder.finish(AhoCorasickKind::DFA).expect("an automaton");
        let check = |text: &str, expected: &[&str]| {
            let mut found = Vec::new();
            phrases.each(text, &Counter::default(), |hit| found.push(hit.meaning));
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
    fn words_stand_near_each_other() {
        let rules = Rules::read(
            r#"{"rules": [
                {"class": "address-unknown", "rank": 56, "words": ["mailbox", "absent"]},
                {"class": "protocol", "rank": 55, "words": ["wrong", "command"], "in_order": true},
                {"class": "client-blocked", "rank": 50, "words": ["blocked"], "address": true}
            ], "words": {
                "mailbox": ["mailbox", "user"], "absent": ["unknown", "not here"],
                "wrong": ["invalid"], "command": ["command"], "blocked": ["blocked"]
            }, "commands": {}, "dialects": []}"#,
        )
        .expect("rules");
        let check = |text: &str, expected: Option<Class>| {
            let work = Counter::default();
            let folded = Folded::new(text, &work);
            let circumstances = Circumstances {
                names_address: folded.names_address,
                ..Circumstances::default()
            };
            let found = rules.find(&folded, &work);
            let class = |verdict: Option<Verdict>| verdict.map(|verdict| verdict.class);
            assert_eq!(
                class(rules.judge(&found, &circumstances)),
                expected,
                "{text}"
            );
            assert_eq!(class(rules.judge_phrases(&found, &circumstances)), None);
        };
        check(
            "550 that user is one we call unknown",
            Some(Class::AddressUnknown),
        );
        check("550 not here, this mailbox", Some(Class::AddressUnknown));
        check(
            &format!("550 user {} unknown", "x".repeat(NEAR_OCTETS)),
            None,
        );
        check("550 user", None);
        check("550 invalid as a command", Some(Class::Protocol));
        check("550 a command, invalid", None);
        check("550 192.0.2.1 blocked", Some(Class::ClientBlocked));
        check("550 blocked", None);
    }

    #[test]
    fn pieces_stand_in_order() {
        let mut builder = Builder::default();
        for phrase in ["one … two", "one … two … three", "two … two"] {
            builder.add(phrase, phrase).expect("a phrase");
        }
        let phrases = builder
            .finish(AhoCorasickKind::ContiguousNFA)
            .expect("an automaton");
        let check = |text: &str, expected: &[&str]| {
            let mut found = Vec::new();
            phrases.each(text, &Counter::default(), |hit| found.push(hit.meaning));
            assert_eq!(found, expected, "{text}");
        };
        check("one two", &["one … two"]);
        check("two one", &[]);
        check("one two one three", &["one … two", "one … two … three"]);
        check("three one two", &["one … two"]);
        check("two two", &["two … two"]);
        let far = "x".repeat(GAP_OCTETS_MAX);
        check(&format!("one {far} two"), &[]);
        check(&format!("one {far} one two"), &["one … two"]);
        check("two", &[]);
    }
}
