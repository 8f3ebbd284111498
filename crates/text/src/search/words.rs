//! Words of a text as the search compares them: small letters without accents, then their stem.

use rust_stemmers::{Algorithm, Stemmer};

use crate::language::Language;

/// Octets of a word that are compared at most; longer ones are keys and signatures, which nobody types.
pub(super) const WORD_OCTETS_MAX: usize = 60;

/// A word, where it stands, and how it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Octets in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// In small letters without accents.
    pub(super) folded: String,
    /// What is looked up: the stem of a word, or a notation such as `p=reject` or `5.7.26` as it is.
    pub(super) term: String,
    /// Whether it is a part of a notation that stands before it: `reject` of `p=reject`.
    pub(super) is_part: bool,
}

/// Divides texts of one language into words.
pub(super) struct Reader {
    stemmer: Stemmer,
}

impl Reader {
    pub(super) fn new(language: Language) -> Self {
        Self {
            stemmer: Stemmer::create(match language {
                Language::French => Algorithm::French,
                Language::English => Algorithm::English,
            }),
        }
    }

    /// The words of a text in order. A notation gives itself and then its parts.
    pub(super) fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let mut start = 0;
        for (position, character) in text.char_indices().chain([(text.len(), ' ')]) {
            if is_separator(character) {
                self.chunk(text, start, position, &mut words);
                start = position + character.len_utf8();
            }
        }
        words
    }

    fn chunk(&self, text: &str, start: usize, end: usize, words: &mut Vec<Word>) {
        let chunk = &text[start..end];
        let edge = |character: char| !is_letter(character);
        let trimmed = chunk.trim_end_matches(edge);
        let end = start + trimmed.len();
        // The underscore of `_dmarc` belongs to the name.
        let inner = trimmed.trim_start_matches(|character| edge(character) && character != '_');
        let start = end - inner.len();
        if inner.is_empty() {
            return;
        }
        let is_plain = inner.chars().all(is_letter);
        if is_plain {
            words.extend(self.word(inner, start, false));
            return;
        }
        if inner.len() <= WORD_OCTETS_MAX {
            let folded = fold(inner);
            words.push(Word {
                start,
                end,
                term: folded.clone(),
                folded,
                is_part: false,
            });
        }
        let mut from = 0;
        for (position, character) in inner.char_indices().chain([(inner.len(), '.')]) {
            if !is_letter(character) {
                let part = &inner[from..position];
                // The 5 of 5.7.26 says nothing.
                if !part.bytes().all(|octet| octet.is_ascii_digit()) {
                    words.extend(self.word(part, start + from, true));
                }
                from = position + character.len_utf8();
            }
        }
    }

    fn word(&self, word: &str, start: usize, is_part: bool) -> Option<Word> {
        let fits = !word.is_empty() && word.len() <= WORD_OCTETS_MAX;
        fits.then(|| {
            let folded = fold(word);
            Word {
                start,
                end: start + word.len(),
                term: self.stemmer.stem(&folded).into_owned(),
                folded,
                is_part,
            }
        })
    }
}

/// What divides words, whatever stands around it. The dot, the hyphen, the equals sign and the underscore do not: they
/// stand inside names and notations.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            ',' | ';'
                | '!'
                | '?'
                | '…'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '«'
                | '»'
                | '“'
                | '”'
                | '"'
                | '\''
                | '’'
                | '|'
                | '/'
                | '\\'
                | '`'
                | '*'
                | '–'
                | '—'
        )
}

/// A letter, a digit, or a combining accent, which some systems type after its letter.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character)
}

/// Small letters without accents. What was typed with combining accents is the same.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: Language, text: &str, terms: &[&str]) {
        let words = Reader::new(language).words(text);
        let found: Vec<_> = words.iter().map(|word| word.term.as_str()).collect();
        assert_eq!(found, terms, "{text}");
        for word in words {
            assert_eq!(fold(&text[word.start..word.end]), word.folded, "{text}");
        }
    }

    #[test]
    fn accents_and_endings_do_not_count() {
        check(Language::French, "Vérifications", &["verif"]);
        check(Language::French, "verification", &["verif"]);
        check(Language::French, "ve\u{301}rification", &["verif"]);
        check(Language::French, "l’adresse", &["l", "adress"]);
        check(Language::French, "cœur", &["coeur"]);
        check(Language::English, "bounced", &["bounc"]);
        check(Language::English, "Bounces", &["bounc"]);
    }

    #[test]
    fn a_notation_is_kept_and_its_parts_are_words() {
        check(
            Language::English,
            "(p=reject;",
            &["p=reject", "p", "reject"],
        );
        check(Language::English, "550 5.7.26.", &["550", "5.7.26"]);
        check(Language::English, "_dmarc", &["_dmarc", "dmarc"]);
        check(
            Language::English,
            "s1._domainkey",
            &["s1._domainkey", "s1", "domainkey"],
        );
        check(Language::English, "-- … ?", &[]);
    }

    #[test]
    fn a_key_is_no_word() {
        check(Language::English, &"A".repeat(WORD_OCTETS_MAX + 1), &[]);
        check(Language::English, &"é".repeat(1_000), &[]);
    }
}
