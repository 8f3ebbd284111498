//! Characters that look like ASCII and are not: what word processors, web pages and keyboards put into
//! records that allow ASCII only.

use crate::Span;

/// A character outside ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// Where it stands.
    pub span: Span,
    /// The character; for an octet that is no UTF-8, the one that Windows-1252 has there.
    pub found: char,
    /// What stands for it in ASCII, perhaps nothing at all; `None` when no ASCII looks like it.
    pub ascii: Option<&'static str>,
}

impl LookAlike {
    /// The character's code point, `U+2013`.
    pub fn code_point(&self) -> String {
        format!("U+{:04X}", u32::from(self.found))
    }
}

/// Every character outside ASCII, in order.
pub fn find(text: &[u8]) -> Vec<LookAlike> {
    let mut found = Vec::new();
    walk(text, |span, character| {
        if !character.is_ascii() {
            found.push(LookAlike {
                span,
                found: character,
                ascii: ascii(character),
            });
        }
    });
    found
}

/// The text with ASCII in the place of each look-alike; characters without one are dropped.
pub fn to_ascii(text: &[u8]) -> String {
    let mut clean = String::with_capacity(text.len());
    walk(text, |_, character| {
        if character.is_ascii() {
            clean.push(character);
        } else if let Some(ascii) = ascii(character) {
            clean.push_str(ascii);
        }
    });
    clean
}

fn walk(text: &[u8], mut each: impl FnMut(Span, char)) {
    let mut start = 0;
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            let end = start + character.len_utf8();
            each(Span { start, end }, character);
            start = end;
        }
        for octet in chunk.invalid() {
            let end = start + 1;
            each(Span { start, end }, windows_1252(*octet));
            start = end;
        }
    }
}

/// The characters of Windows-1252 that differ from Latin-1 and look like ASCII.
fn windows_1252(octet: u8) -> char {
    match octet {
        0x82 => '\u{201a}',
        0x84 => '\u{201e}',
        0x85 => '\u{2026}',
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201c}',
        0x94 => '\u{201d}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        0x98 => '\u{02dc}',
        _ => char::from(octet),
    }
}

/// Full-width forms U+FF01 to U+FF5E, in the order of the ASCII characters `!` to `~`.
const FULL_WIDTH: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

fn ascii(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => "-",
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{00b4}' | '\u{02bc}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{00ab}' | '\u{00bb}' => "\"",
        '\u{00a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}' => "",
        '\u{2028}' | '\u{2029}' | '\u{0085}' => " ",
        '\u{02dc}' | '\u{223c}' => "~",
        '\u{037e}' | '\u{061b}' => ";",
        '\u{2024}' | '\u{3002}' => ".",
        '\u{2026}' => "...",
        '\u{2044}' | '\u{2215}' => "/",
        '\u{2236}' | '\u{a789}' => ":",
        '\u{3001}' | '\u{060c}' | '\u{201a}' => ",",
        '\u{ff01}'..='\u{ff5e}' => {
            let at = (u32::from(character) - 0xff01) as usize;
            FULL_WIDTH.get(at..=at)?
        }
        // Cyrillic letters that no eye tells from Latin ones.
        'а' => "a",
        'е' => "e",
        'і' => "i",
        'о' => "o",
        'р' => "p",
        'с' => "c",
        'х' => "x",
        'у' => "y",
        'А' => "A",
        'В' => "B",
        'С' => "C",
        'Е' => "E",
        'М' => "M",
        'О' => "O",
        'Р' => "P",
        'Т' => "T",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_become_ascii() {
        let check = |text: &[u8], expect: &str, points: &str| {
            assert_eq!(to_ascii(text), expect);
            let found: Vec<String> = find(text).iter().map(LookAlike::code_point).collect();
            assert_eq!(found.join(" "), points);
        };
        check("v=spf1 –all".as_bytes(), "v=spf1 -all", "U+2013");
        check(
            "\u{feff}v=DMARC1\u{a0}".as_bytes(),
            "v=DMARC1 ",
            "U+FEFF U+00A0",
        );
        check("“none”".as_bytes(), "\"none\"", "U+201C U+201D");
        check(b"\x93none\x94 \x96", "\"none\" -", "U+201C U+201D U+2013");
        check("；：～！".as_bytes(), ";:~!", "U+FF1B U+FF1A U+FF5E U+FF01");
        check("é".as_bytes(), "", "U+00E9");
        check(b"plain", "plain", "");
    }

    #[test]
    fn spans_are_octets() {
        let found = find("a–b".as_bytes());
        assert_eq!(found[0].span, Span { start: 1, end: 4 });
    }
}
