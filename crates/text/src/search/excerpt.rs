//! The part of a text that shows best why it was found.

use std::collections::BTreeSet;

use super::words::Word;

/// Octets of an excerpt, about two lines.
const OCTETS_MAX: usize = 190;
/// Octets before the first word that was found.
const BEFORE_OCTETS: usize = 40;

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is a word that was searched for.
    pub is_match: bool,
}

/// The excerpt of a text with these words; `is_sought` says of a term whether it was searched for. With none of them in
/// it, the excerpt is the beginning.
pub(super) fn excerpt(text: &str, words: &[Word], is_sought: impl Fn(&str) -> bool) -> Vec<Piece> {
    let sought: Vec<&Word> = words.iter().filter(|word| is_sought(&word.term)).collect();
    let first = best(&sought).map_or(0, |word| word.start);
    let start = begin(text, first);
    let end = finish(text, start);
    let mut pieces = Vec::new();
    let mut add = |text: &str, is_match| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.replace('\n', " "),
                is_match,
            });
        }
    };
    if start > 0 {
        add("… ", false);
    }
    let mut at = start;
    for word in sought {
        // The parts of a notation lie within it.
        if word.start >= at && word.end <= end {
            add(&text[at..word.start], false);
            add(&text[word.start..word.end], true);
            at = word.end;
        }
    }
    add(&text[at..end], false);
    if end < text.len() {
        add(" …", false);
    }
    pieces
}

/// The word at which most different words that were sought begin within one excerpt.
fn best<'a>(sought: &[&'a Word]) -> Option<&'a Word> {
    let room = OCTETS_MAX - BEFORE_OCTETS;
    let mut best: Option<(usize, &Word)> = None;
    for (index, word) in sought.iter().enumerate() {
        let near = sought[index..]
            .iter()
            .take_while(|other| other.end <= word.start + room);
        let different = near.map(|word| word.term.as_str()).collect::<BTreeSet<_>>();
        if best.is_none_or(|(most, _)| different.len() > most) {
            best = Some((different.len(), word));
        }
    }
    best.map(|(_, word)| word)
}

/// Where to begin: at a line or a word at most so far before.
fn begin(text: &str, first: usize) -> usize {
    let earliest = text.floor_char_boundary(first.saturating_sub(BEFORE_OCTETS));
    if earliest == 0 {
        return 0;
    }
    let before = &text[earliest..first];
    let line = before.rfind('\n').map(|at| at + 1);
    let word = || before.find(char::is_whitespace).map(|at| at + 1);
    line.or_else(word)
        .map_or(first, |at| text.ceil_char_boundary(earliest + at))
}

/// Where to end: at the end of a word.
fn finish(text: &str, start: usize) -> usize {
    let latest = text.floor_char_boundary(start + OCTETS_MAX);
    if latest == text.len() {
        return latest;
    }
    text[start..latest]
        .rfind(char::is_whitespace)
        .map_or(latest, |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::super::words::Reader;
    use super::*;
    use crate::language::Language;

    #[track_caller]
    fn check(text: &str, sought: &[&str], expect: &str) {
        let words = Reader::new(Language::English).words(text);
        let pieces = excerpt(text, &words, |term| sought.contains(&term));
        let shown: String = pieces
            .iter()
            .map(|piece| {
                if piece.is_match {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.clone()
                }
            })
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn what_was_sought_is_marked() {
        check("One key, two Keys.", &["key"], "One [key], two [Keys].");
        check(
            "Set p=reject now",
            &["p=reject", "reject"],
            "Set [p=reject] now",
        );
        check("Nothing here", &["key"], "Nothing here");
        check("", &["key"], "");
    }

    #[test]
    fn a_long_text_is_cut_at_words_around_what_was_sought() {
        let filler = "lorem ipsum ".repeat(30);
        let text = format!("{filler}The secret key is here, and {filler}");
        let words = Reader::new(Language::English).words(&text);
        let pieces = excerpt(&text, &words, |term| ["key", "secret"].contains(&term));
        let shown: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert!(
            shown.starts_with("… ipsum") || shown.starts_with("… lorem"),
            "{shown}"
        );
        assert!(
            shown.ends_with("ipsum …") || shown.ends_with("lorem …"),
            "{shown}"
        );
        assert!(shown.len() <= OCTETS_MAX + 16, "{}", shown.len());
        assert_eq!(pieces.iter().filter(|piece| piece.is_match).count(), 2);
    }

    #[test]
    fn letters_of_several_octets_are_not_cut() {
        for length in 0..200 {
            let text = format!("{}key {}", "é".repeat(length), "è ".repeat(200));
            let words = Reader::new(Language::English).words(&text);
            let pieces = excerpt(&text, &words, |term| term == "key");
            assert!(!pieces.is_empty(), "{length}");
        }
    }
}
