//! How wide a text will be. The fonts are the reader's own, so this is an upper estimate: it is measured on the
//! DejaVu family, the widest that a reader is likely to have. What fits by it, fits.

/// A font of a drawing: a class of garant.css with the figures that its text is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    /// Running text.
    Text,
    /// What is to be seen first, within running text.
    Bold,
    /// Margin notes and labels: the serif in italics.
    Word,
    /// A heading.
    Head,
    /// What stands in the DNS.
    Mono,
    /// The names that a drawing is about.
    Name,
}

/// What a line ends with that was too long.
const ELLIPSIS: char = '…';

/// Advances of the characters from space to tilde, in hundredths of the size.
const SANS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/// The same in bold.
const SANS_BOLD: [u8; 95] = [
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 70, 40, 40, 84, 84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100,
    84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72,
    68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71,
    37, 71, 84,
];
/// The serif in italics.
const SERIF: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 89, 27, 39, 39, 50, 84, 32, 34, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 72, 73, 77, 80, 73, 69, 80, 87, 40, 40, 75, 66, 102, 88,
    82, 67, 82, 75, 69, 67, 84, 72, 103, 71, 66, 69, 39, 34, 39, 84, 50, 50, 60, 64, 56, 64, 59,
    37, 64, 64, 32, 31, 61, 32, 95, 64, 60, 64, 64, 48, 51, 40, 64, 56, 86, 56, 56, 53, 64, 34, 64,
    84,
];
/// The serif in bold.
const SERIF_BOLD: [u8; 95] = [
    35, 44, 52, 84, 70, 95, 90, 31, 47, 47, 52, 84, 35, 42, 35, 37, 70, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 37, 37, 84, 84, 84, 59, 100, 78, 85, 80, 87, 76, 71, 85, 94, 47, 47, 87, 70, 111, 91,
    87, 75, 87, 83, 72, 74, 87, 78, 112, 78, 71, 73, 47, 37, 47, 84, 50, 50, 65, 70, 61, 70, 64,
    43, 70, 73, 38, 36, 69, 38, 106, 73, 67, 70, 70, 53, 56, 46, 73, 58, 86, 60, 58, 57, 64, 36,
    64, 84,
];
/// Every character of the monospaced font.
const MONO: u8 = 61;

impl Font {
    /// Every font.
    #[cfg(test)]
    pub(super) const ALL: [Self; 6] = [
        Self::Text,
        Self::Bold,
        Self::Word,
        Self::Head,
        Self::Mono,
        Self::Name,
    ];

    /// Its class in garant.css.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Text => "g-text",
            Self::Bold => "g-bold",
            Self::Word => "g-word",
            Self::Head => "g-head",
            Self::Mono => "g-mono",
            Self::Name => "g-name",
        }
    }

    /// Its size in units, as garant.css has it.
    fn size(self) -> f64 {
        match self {
            Self::Text | Self::Bold | Self::Mono => 14.0,
            Self::Word | Self::Name => 15.0,
            Self::Head => 18.0,
        }
    }

    fn advances(self) -> Option<&'static [u8; 95]> {
        match self {
            Self::Text => Some(&SANS),
            Self::Bold => Some(&SANS_BOLD),
            Self::Word => Some(&SERIF),
            Self::Head => Some(&SERIF_BOLD),
            Self::Mono | Self::Name => None,
        }
    }

    /// Units that one character is wide at most.
    fn advance(self, character: char) -> f64 {
        let hundredths = match (character, self.advances()) {
            // Ideographs and what else takes two cells.
            ('\u{1100}'.., _) if !matches!(character, '\u{1E00}'..='\u{2BFF}') => 125,
            ('\u{202F}', Some(_)) => 20,
            ('\u{2019}', Some(_)) => 38,
            (_, None) => MONO,
            (' '..='~', Some(advances)) => advances[character as usize - 32],
            ('\u{A0}', Some(advances)) => advances[0],
            ('\u{E0}'..='\u{FF}', Some(_)) => 70,
            (_, Some(_)) => 102,
        };
        self.size() * f64::from(hundredths) / 100.0
    }

    /// Units that the text is wide at most.
    pub(super) fn width(self, text: &str) -> f64 {
        text.chars().map(|character| self.advance(character)).sum()
    }

    /// The text, or as much of its beginning as fits with an ellipsis behind it.
    pub(super) fn fit(self, text: &str, width: f64) -> String {
        let room = width - self.advance(ELLIPSIS);
        let mut used = 0.0;
        let mut kept = 0;
        for (at, character) in text.char_indices() {
            used += self.advance(character);
            if used <= room {
                kept = at + character.len_utf8();
            }
            if used > width {
                return format!("{}{ELLIPSIS}", text[..kept].trim_end());
            }
        }
        text.to_owned()
    }

    /// The text in lines of at most `width`, broken at spaces. At most `lines_max` lines; a line of one word, and the
    /// last one, may still be too wide: see [`Font::fit`].
    pub(super) fn wrap(self, text: &str, width: f64, lines_max: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let is_last = lines.len() + 1 >= lines_max;
            if line.is_empty() {
                line.push_str(word);
            } else if is_last && self.width(&line) > width {
                // What no line holds is not worth looking at any further.
                break;
            } else if is_last || self.width(&line) + self.width(" ") + self.width(word) <= width {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(font: Font, text: &str, width: f64, expect: &str) {
        let fitted = font.fit(text, width);
        assert_eq!(fitted, expect);
        assert!(
            font.width(&fitted) <= width,
            "{fitted} is wider than {width}"
        );
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_within_its_width() {
        check(Font::Mono, "include:a", 100.0, "include:a");
        check(Font::Mono, "include:spf.example", 100.0, "include:sp…");
        check(Font::Text, "", 14.0, "");
        check(Font::Text, "un deux", 34.0, "un…");
        check(Font::Name, "漢字漢字漢字", 60.0, "漢字…");
    }

    #[test]
    fn lines_break_at_spaces_and_never_at_no_break_spaces() {
        let wrapped = |width, lines| Font::Text.wrap("un deux trois\u{A0}: quatre", width, lines);
        assert_eq!(wrapped(60.0, 9), ["un deux", "trois\u{A0}:", "quatre"]);
        assert_eq!(wrapped(500.0, 9), ["un deux trois\u{A0}: quatre"]);
        assert_eq!(wrapped(60.0, 2), ["un deux", "trois\u{A0}: quatre"]);
        assert_eq!(Font::Text.wrap("", 60.0, 2), [""]);
    }

    #[test]
    fn the_sizes_are_those_of_the_style() {
        let style = include_str!("../../static/garant.css");
        for font in Font::ALL {
            let rule = format!(".{} {{ font: ", font.class());
            let rest = style.split(&rule).nth(1).expect("a rule for the class");
            let rest = rest.split(';').next().expect("a first part");
            assert!(rest.contains(&format!(" {}px/", font.size())), "{rest}");
        }
    }
}
