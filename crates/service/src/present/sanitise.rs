//! DNS text is hostile: whoever publishes a record chooses what stands in it.

use std::borrow::Cow;

/// Whether a character may change how the text around it is shown: controls (ANSI escapes begin with
/// one), marks that turn the direction of writing, and characters that cannot be seen: all that Unicode
/// lists as Default_Ignorable_Code_Point, and the few blanks beside them.
pub fn is_hostile(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' // C0, DEL, C1
        | '\u{ad}' | '\u{34f}' | '\u{61c}' // soft hyphen, grapheme joiner, Arabic letter mark
        | '\u{115f}'..='\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' // Khmer vowels, Mongolian selectors
        | '\u{200b}'..='\u{200f}' // zero width, directional marks
        | '\u{2028}'..='\u{202e}' // line and paragraph separator, directional embeddings
        | '\u{2060}'..='\u{206f}' // joiners, isolates
        | '\u{2800}' // Braille without dots
        | '\u{fe00}'..='\u{fe0f}' // variation selectors
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' // byte order mark, interlinear
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' // shorthand, musical beams
        | '\u{e0000}'..='\u{e0fff}') // tags, more variation selectors
}

/// The text with every hostile character written out as `\u{…}`.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hostile(character) {
            clean.extend(character.escape_unicode());
        } else {
            clean.push(character);
        }
    }
    Cow::Owned(clean)
}

/// JSON text with every hostile character inside it as a `\uXXXX` escape. JSON allows these
/// characters inside strings only, so nothing else changes; its own line ends stay.
pub fn sanitise_json(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    let mut units = [0; 2];
    for character in json.chars() {
        if character != '\n' && is_hostile(character) {
            for unit in character.encode_utf16(&mut units) {
                clean.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            clean.push(character);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_a_cursor_or_hides_passes() {
        for (text, expect) in [
            ("v=spf1 -all", "v=spf1 -all"),
            ("café — « é »", "café — « é »"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\rb\nc\td", "a\\u{d}b\\u{a}c\\u{9}d"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
            ("a\u{200b}b\u{feff}", "a\\u{200b}b\\u{feff}"),
            ("a\u{3164}b\u{e0100}", "a\\u{3164}b\\u{e0100}"),
            ("a\u{fe0f}\u{34f}", "a\\u{fe0f}\\u{34f}"),
        ] {
            assert_eq!(sanitise(text), expect);
        }
    }

    #[test]
    fn json_stays_the_same_json() {
        let text = "a\u{1b}\u{9b}\u{202e}é\u{e0001}\n";
        let json = serde_json::to_string_pretty(&[text]).expect("serialises");
        let clean = sanitise_json(&json);
        assert!(
            clean.chars().all(|c| c == '\n' || !is_hostile(c)),
            "{clean}"
        );
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&clean).expect("reads"),
            [text]
        );
    }
}
