//! The search in the help: sections by what people type.
//!
//! [`Index::of`] a language, then [`Index::search`] or, while somebody types, [`Index::suggest`]. Words are compared
//! without accents and endings; notations (`p=reject`, `5.7.26`, a finding's code) as they are. A word that stands
//! nowhere is taken for the nearest one that does. The same words always give the same results in the same order.

mod excerpt;
mod plain;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::help::{self, Group};
use crate::language::Language;
pub use excerpt::Piece;
use words::{Reader, Word};

/// Octets of a search that are read; nobody types more, and the sentence of a non-delivery message fits.
pub const QUERY_OCTETS_MAX: usize = 400;
/// Words of a search that count. More do not make it clearer.
const QUERY_WORDS_MAX: usize = 24;
/// Words that are taken for others in one search. Each costs a walk through all words.
const CORRECTIONS_MAX: usize = 4;
/// Words that the beginning of one may stand for.
const COMPLETIONS_MAX: usize = 30;
/// Letters of a word that may be a typing error; shorter words are near to too many.
const MISTYPED_LETTERS_MIN: usize = 4;
/// From this many letters on, two mistakes in one word are believed.
const TWICE_MISTYPED_LETTERS_MIN: usize = 8;

/// How much a word counts by its place.
const WEIGHT_TITLE: f64 = 8.0;
const WEIGHT_KEYWORDS: f64 = 6.0;
const WEIGHT_CODE: f64 = 5.0;
const WEIGHT_PAGE_TITLE: f64 = 1.5;
/// How many occurrences in a text of usual length count half as much as endlessly many.
const SATURATION: f64 = 3.0;
/// How much the parts of a notation count, and a word of which only the beginning was typed.
const WEIGHT_PART: f64 = 0.3;
const WEIGHT_BEGINNING: f64 = 0.6;
/// How much more the whole search counts that is a title, a code, or a phrase among a section's words for the search.
const WEIGHT_EXACT: f64 = 2.5;
/// A section must hold this share of what the words weigh.
const COVERAGE_MIN: f64 = 0.3;

/// What can be found: a section of a page, or its introduction.
struct Document {
    group: Group,
    topic: &'static str,
    /// Empty for an introduction.
    anchor: &'static str,
    title: &'static str,
    page_title: &'static str,
    text: String,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What its page is for.
    pub group: Group,
    /// Its page.
    pub topic: &'static str,
    /// Its section; empty for the page as a whole.
    pub anchor: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The heading of its page.
    pub page_title: &'static str,
    /// What it says, about the words that were searched for.
    pub excerpt: Vec<Piece>,
}

/// What a search found, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The sections.
    pub hits: Vec<Hit>,
    /// What was searched for instead, where a word was taken for a typing error.
    pub instead: Option<String>,
}

/// The index of one language.
pub struct Index {
    reader: Reader,
    documents: Vec<Document>,
    /// For each term the documents that hold it, and how much it counts there.
    postings: HashMap<String, Vec<(usize, f64)>>,
    /// Every word as it is written, and its term.
    vocabulary: BTreeMap<String, String>,
    /// Titles, codes and phrases for the search.
    phrases: HashMap<String, Vec<usize>>,
}

/// A term that is searched for.
struct Sought {
    term: String,
    weight: f64,
    /// Terms of which one must be there make one group.
    group: usize,
}

impl Index {
    /// The index of a language. It is made at the first call, in some milliseconds, and kept.
    pub fn of(language: Language) -> &'static Self {
        static FRENCH: OnceLock<Index> = OnceLock::new();
        static ENGLISH: OnceLock<Index> = OnceLock::new();
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
        .get_or_init(|| Self::new(language))
    }

    fn new(language: Language) -> Self {
        let mut index = Self {
            reader: Reader::new(language),
            documents: Vec::new(),
            postings: HashMap::new(),
            vocabulary: BTreeMap::new(),
            phrases: HashMap::new(),
        };
        for topic in help::topics() {
            let group = help::group(topic).unwrap_or(Group::Guide);
            let page_title = help::title(language, topic).unwrap_or_default();
            let text = help::introduction(language, topic).unwrap_or_default();
            let keywords = help::keywords(language, topic).unwrap_or_default();
            let whole = Document {
                group,
                topic,
                anchor: "",
                title: page_title,
                page_title,
                text: plain::plain(text),
            };
            index.add(whole, keywords);
            for section in help::sections(language, topic) {
                let document = Document {
                    group,
                    topic,
                    anchor: section.anchor,
                    title: section.title,
                    page_title,
                    text: plain::plain(section.text),
                };
                index.add(document, section.keywords);
            }
        }
        index
    }

    fn add(&mut self, document: Document, keywords: &str) {
        let number = self.documents.len();
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        let code = match document.group {
            Group::Finding if !document.anchor.is_empty() => {
                format!("{}.{}", document.topic, document.anchor)
            }
            _ => document.topic.to_owned(),
        };
        let body = self.reader.words(&document.text);
        // A long text holds more of every word.
        let usual_words = 120.0;
        let weight = 1.0 / (0.5 + 0.5 * body.len() as f64 / usual_words);
        let page_title = if document.anchor.is_empty() {
            ""
        } else {
            document.page_title
        };
        let title = self.reader.words(document.title);
        // What a short title says is what the section is about.
        let title_weight = WEIGHT_TITLE / (0.6 + 0.1 * title.len() as f64);
        let places = [
            (title, title_weight, false),
            (self.reader.words(keywords), WEIGHT_KEYWORDS, false),
            (self.reader.words(&code), WEIGHT_CODE, false),
            (self.reader.words(page_title), WEIGHT_PAGE_TITLE, false),
            (body, weight, true),
        ];
        for (words, weight, is_text) in places {
            let mut here: BTreeMap<String, f64> = BTreeMap::new();
            for word in words {
                let count = here.entry(word.term.clone()).or_default();
                // A title says a word once, however often it stands in it.
                *count = if is_text { *count + weight } else { weight };
                self.vocabulary.entry(word.folded).or_insert(word.term);
            }
            for (term, count) in here {
                *counts.entry(term).or_default() += count;
            }
        }
        for (term, count) in counts {
            self.postings.entry(term).or_default().push((number, count));
        }
        let phrases = keywords.split([',', '\n']).chain([document.title, &code]);
        let phrases: Vec<String> = phrases.map(|phrase| self.phrase(phrase)).collect();
        for phrase in phrases {
            let documents = self.phrases.entry(phrase).or_default();
            if !documents.contains(&number) {
                documents.push(number);
            }
        }
        self.documents.push(document);
    }

    /// A text as a sequence of terms, which two texts that differ in accents and endings share.
    fn phrase(&self, text: &str) -> String {
        let words = self.reader.words(text);
        let whole = words.iter().filter(|word| !word.is_part);
        let terms: Vec<&str> = whole.map(|word| word.term.as_str()).collect();
        terms.join(" ")
    }

    /// The sections that say most about these words, `limit` at most.
    pub fn search(&self, query: &str, limit: usize) -> Found {
        let query = bounded(query);
        let words = self.query_words(query);
        let (words, instead) = self.corrected(query, words);
        let last_is_whole = query.ends_with(char::is_whitespace);
        let is_known = |word: &Word| self.postings.contains_key(&word.term);
        let complete = words.last().is_some_and(|word| !is_known(word)) && !last_is_whole;
        let searched = instead.as_deref().unwrap_or(query);
        Found {
            hits: self.ranked(searched, &words, complete, limit),
            instead,
        }
    }

    /// The same while somebody types: the last word may be the beginning of one.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let typed = bounded(typed);
        let words = self.query_words(typed);
        let complete = !typed.ends_with(char::is_whitespace);
        let hits = self.ranked(typed, &words, complete, limit);
        if hits.is_empty() {
            return self.search(typed, limit).hits;
        }
        hits
    }

    fn query_words(&self, query: &str) -> Vec<Word> {
        let mut words = self.reader.words(query);
        words.truncate(QUERY_WORDS_MAX);
        words
    }

    /// Words that stand nowhere are taken for the nearest ones; the whole search with them, where there were any.
    fn corrected(&self, query: &str, mut words: Vec<Word>) -> (Vec<Word>, Option<String>) {
        let mut left = CORRECTIONS_MAX;
        let mut changes: Vec<(usize, usize, String)> = Vec::new();
        for word in &mut words {
            let is_known =
                self.postings.contains_key(&word.term) || !self.begun(&word.folded).is_empty();
            if is_known || left == 0 {
                continue;
            }
            left -= 1;
            if let Some((written, term)) = self.nearest(&word.folded) {
                changes.push((word.start, word.end, written.to_owned()));
                word.folded = written.to_owned();
                word.term = term.to_owned();
            }
        }
        if changes.is_empty() {
            return (words, None);
        }
        let mut instead = query.to_owned();
        for (start, end, written) in changes.into_iter().rev() {
            instead.replace_range(start..end, &written);
        }
        (words, Some(instead))
    }

    /// The word nearest to one that stands nowhere: the fewest mistakes, then the most common, then the first.
    fn nearest(&self, word: &str) -> Option<(&str, &str)> {
        let letters = word.chars().count();
        if letters < MISTYPED_LETTERS_MIN || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let mistakes = if letters < TWICE_MISTYPED_LETTERS_MIN {
            1
        } else {
            2
        };
        self.vocabulary
            .iter()
            .filter(|(written, _)| written.chars().all(char::is_alphabetic))
            .filter(|(written, _)| written.chars().count().abs_diff(letters) <= mistakes)
            .map(|(written, term)| {
                let distance = strsim::osa_distance(word, written);
                let common = self.postings.get(term).map_or(0, Vec::len);
                (
                    distance,
                    std::cmp::Reverse(common),
                    written.as_str(),
                    term.as_str(),
                )
            })
            .filter(|(distance, ..)| *distance <= mistakes)
            .min()
            .map(|(_, _, written, term)| (written, term))
    }

    /// The terms of the words that begin like this.
    fn begun(&self, beginning: &str) -> Vec<&str> {
        let from = self.vocabulary.range(beginning.to_owned()..);
        let mut terms: Vec<&str> = from
            .take_while(|(written, _)| written.starts_with(beginning))
            .take(COMPLETIONS_MAX)
            .map(|(_, term)| term.as_str())
            .collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    fn sought(&self, words: &[Word], complete_last: bool) -> Vec<Sought> {
        let mut sought: Vec<Sought> = Vec::new();
        let last = words.iter().rposition(|word| !word.is_part);
        for (group, word) in words.iter().enumerate() {
            if sought.iter().any(|one| one.term == word.term) {
                continue;
            }
            let weight = if word.is_part { WEIGHT_PART } else { 1.0 };
            sought.push(Sought {
                term: word.term.clone(),
                weight,
                group,
            });
            if complete_last && Some(group) == last {
                for term in self.begun(&word.folded) {
                    if term != word.term {
                        sought.push(Sought {
                            term: term.to_owned(),
                            weight: WEIGHT_BEGINNING,
                            group,
                        });
                    }
                }
            }
        }
        sought
    }

    /// How much a term tells: the rarer, the more.
    fn rarity(&self, term: &str) -> f64 {
        let holders = self.postings.get(term).map_or(0, Vec::len) as f64;
        (1.0 + self.documents.len() as f64 / (1.0 + holders)).ln()
    }

    fn ranked(&self, query: &str, words: &[Word], complete_last: bool, limit: usize) -> Vec<Hit> {
        let sought = self.sought(words, complete_last);
        // Of each group the best term of a document counts, so that completions do not add up.
        let mut points: BTreeMap<usize, BTreeMap<usize, (f64, f64)>> = BTreeMap::new();
        let mut masses: BTreeMap<usize, f64> = BTreeMap::new();
        for one in &sought {
            let Some(postings) = self.postings.get(&one.term) else {
                continue;
            };
            let mass = one.weight * self.rarity(&one.term);
            let most = masses.entry(one.group).or_default();
            *most = most.max(mass);
            for (number, count) in postings {
                let gained = mass * count / (count + SATURATION);
                let best = points
                    .entry(*number)
                    .or_default()
                    .entry(one.group)
                    .or_default();
                if gained > best.0 {
                    *best = (gained, mass);
                }
            }
        }
        let whole: f64 = masses.values().sum();
        let exact = self.phrases.get(&self.phrase(query));
        let mut ranked: Vec<(f64, usize)> = points
            .into_iter()
            .filter_map(|(number, groups)| {
                let coverage = groups.values().map(|(_, mass)| mass).sum::<f64>() / whole;
                let gained: f64 = groups.values().map(|(gained, _)| gained).sum();
                let is_exact = exact.is_some_and(|documents| documents.contains(&number));
                let exactness = if is_exact { WEIGHT_EXACT } else { 1.0 };
                let group = group_weight(self.documents[number].group);
                let points = gained * coverage.powi(2) * exactness * group;
                (coverage >= COVERAGE_MIN).then_some((points, number))
            })
            .collect();
        ranked.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        ranked.truncate(limit);
        let is_sought = |term: &str| sought.iter().any(|one| one.term == term);
        ranked
            .into_iter()
            .map(|(_, number)| {
                let document = &self.documents[number];
                let words = self.reader.words(&document.text);
                Hit {
                    group: document.group,
                    topic: document.topic,
                    anchor: document.anchor,
                    title: document.title,
                    page_title: document.page_title,
                    excerpt: excerpt::excerpt(&document.text, &words, is_sought),
                }
            })
            .collect()
    }
}

/// Guides first where all else is alike: they explain from the beginning.
fn group_weight(group: Group) -> f64 {
    match group {
        Group::Guide => 1.3,
        Group::Walkthrough => 1.15,
        Group::Finding => 1.0,
        Group::Glossary => 0.9,
        Group::About => 0.6,
    }
}

/// As much of a search as is read.
fn bounded(query: &str) -> &str {
    &query[..query.floor_char_boundary(QUERY_OCTETS_MAX)]
}
