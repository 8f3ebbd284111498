//! The languages that there are words for, and how one is chosen.

use std::fmt;

/// A language that every text exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// French, as written in France.
    French,
    /// English; also the language of those for whom there is no other.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The language of a tag or locale name (`fr`, `fr_FR.UTF-8`, `en-GB`), if there are words
    /// for it. `C` and `POSIX` are English.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag
            .split(['_', '-', '.', '@'])
            .next()
            .expect("a split has a first part");
        if primary.eq_ignore_ascii_case("fr") {
            Some(Self::French)
        } else if primary.eq_ignore_ascii_case("en") || primary == "C" || primary == "POSIX" {
            Some(Self::English)
        } else {
            None
        }
    }

    /// Chooses as POSIX does: an explicit wish first, then `LC_ALL`, `LC_MESSAGES` and `LANG`.
    /// The first of them that is set and not empty decides alone; a language that there are no
    /// words for gives English.
    pub fn choose(
        explicit: Option<&str>,
        lc_all: Option<&str>,
        lc_messages: Option<&str>,
        lang: Option<&str>,
    ) -> Self {
        [explicit, lc_all, lc_messages, lang]
            .into_iter()
            .flatten()
            .find(|value| !value.is_empty())
            .and_then(Self::parse)
            .unwrap_or(Self::English)
    }

    /// The tag, as in `--lang` and in `lang=` of a page: `fr` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, French};

    #[track_caller]
    fn check(wishes: [Option<&str>; 4], expected: Language) {
        let [explicit, lc_all, lc_messages, lang] = wishes;
        assert_eq!(
            Language::choose(explicit, lc_all, lc_messages, lang),
            expected,
            "{wishes:?}"
        );
    }

    #[test]
    fn the_first_wish_that_is_set_decides() {
        check([None, None, None, None], English);
        check([None, None, None, Some("fr_FR.UTF-8")], French);
        check(
            [None, None, Some("en_GB.UTF-8"), Some("fr_FR.UTF-8")],
            English,
        );
        check([None, Some("fr_CA"), Some("en_US"), Some("en_US")], French);
        check([Some("en"), Some("fr_FR"), None, None], English);
        check([Some("fr-BE"), Some("C"), None, None], French);
        check([None, Some("C.UTF-8"), None, Some("fr_FR")], English);
        check([None, Some("POSIX"), None, Some("fr_FR")], English);
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        check([None, Some(""), Some(""), Some("fr_FR@euro")], French);
    }

    #[test]
    fn a_language_without_words_gives_english_and_not_the_next_wish() {
        check(
            [None, Some("de_DE.UTF-8"), None, Some("fr_FR.UTF-8")],
            English,
        );
        check([None, None, None, Some("français")], English);
        check([None, None, None, Some("fro")], English);
    }

    #[test]
    fn case_does_not_matter() {
        check([Some("FR"), None, None, None], French);
        check([Some("Fr-fr"), None, None, None], French);
    }

    #[test]
    fn a_tag_is_read_back() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
    }
}
