//! The lexis of structured header fields (RFC 5322, section 3.2): words, quoted strings, comments that nest,
//! and white space. Total: what is never closed ends with the field.

use std::net::IpAddr;

/// Octets of one field's value that are looked at. The longest that honest servers write, with the results of
/// ten signatures, have about four thousand.
pub(crate) const VALUE_OCTETS_MAX: usize = 16_384;

/// Reads a value from its beginning to its end; every octet is passed once.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the last `>` stands, so that one which is not there is not looked for again and again.
    last_angle: Option<usize>,
}

/// A piece of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// What stands between white space; in angle brackets, all that stands between them, with them.
    Word(&'a str),
    /// A quoted string, without quotes and escapes.
    Quoted(String),
    /// A comment, without its outer parentheses and without escapes.
    Comment(String),
    /// `;`.
    Semicolon,
}

impl<'a> Scanner<'a> {
    /// At the beginning of a value, of which [`VALUE_OCTETS_MAX`] octets count.
    pub(crate) fn new(text: &'a str) -> Self {
        let text = &text[..text.floor_char_boundary(VALUE_OCTETS_MAX)];
        Self {
            text,
            at: 0,
            last_angle: text.rfind('>'),
        }
    }

    /// What is still to be read.
    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The next character.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes this character, if it is the next one.
    pub(crate) fn eat(&mut self, character: char) -> bool {
        let is_next = self.rest().starts_with(character);
        if is_next {
            self.at += character.len_utf8();
        }
        is_next
    }

    /// Passes white space; whether there was any.
    pub(crate) fn skip_space(&mut self) -> bool {
        let from = self.at;
        self.at += self.rest().len() - self.rest().trim_ascii_start().len();
        self.at > from
    }

    /// Passes white space and comments, which are collected; whether there was anything.
    pub(crate) fn skip_comments(&mut self, comments: &mut Vec<String>) -> bool {
        let from = self.at;
        loop {
            self.skip_space();
            match self.comment() {
                Some(comment) => comments.push(comment),
                None => return self.at > from,
            }
        }
    }

    /// Takes everything before the first of these characters or white space.
    pub(crate) fn until(&mut self, stop: &[char]) -> &'a str {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || stop.contains(&c))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A comment, if one begins here.
    pub(crate) fn comment(&mut self) -> Option<String> {
        if !self.eat('(') {
            return None;
        }
        let mut text = String::new();
        let mut depth = 1;
        let mut is_escaped = false;
        for (index, character) in self.rest().char_indices() {
            match character {
                _ if is_escaped => is_escaped = false,
                '\\' => {
                    is_escaped = true;
                    continue;
                }
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at += index + 1;
                return Some(text);
            }
            text.push(character);
        }
        self.at = self.text.len();
        Some(text)
    }

    /// A quoted string, if one begins here.
    pub(crate) fn quoted(&mut self) -> Option<String> {
        if !self.eat('"') {
            return None;
        }
        let mut text = String::new();
        let mut is_escaped = false;
        for (index, character) in self.rest().char_indices() {
            match character {
                _ if is_escaped => is_escaped = false,
                '\\' => {
                    is_escaped = true;
                    continue;
                }
                '"' => {
                    self.at += index + 1;
                    return Some(text);
                }
                _ => {}
            }
            text.push(character);
        }
        self.at = self.text.len();
        Some(text)
    }

    /// The next piece.
    pub(crate) fn token(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        match self.peek()? {
            ';' => {
                self.eat(';');
                Some(Token::Semicolon)
            }
            '(' => self.comment().map(Token::Comment),
            '"' => self.quoted().map(Token::Quoted),
            '<' if self.last_angle.is_some_and(|last| last > self.at) => {
                let rest = self.rest();
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                self.at += end;
                Some(Token::Word(&rest[..end]))
            }
            _ => {
                let word = self.until(&['(', ';', '"']);
                Some(Token::Word(word))
            }
        }
    }
}

/// An address as trace fields have it: `192.0.2.1`, `[192.0.2.1]`, `[IPv6:2001:db8::1]`, perhaps with a port or
/// the zone of a link-local address behind it.
pub(crate) fn ip_address(text: &str) -> Option<IpAddr> {
    let text = match text.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or(inner),
        None => text,
    };
    let bare = match text.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => &text[5..],
        _ => text,
    };
    let bare = bare.split('%').next().unwrap_or(bare);
    let address: IpAddr = match bare.parse() {
        Ok(address) => address,
        // `192.0.2.1:25`; with IPv6 nobody could tell.
        Err(_) => IpAddr::V4(bare.split_once(':')?.0.parse().ok()?),
    };
    Some(address.to_canonical())
}

/// An address without the angle brackets around it and white space.
pub(crate) fn without_angles(text: &str) -> &str {
    let is_around = |c: char, angle: char| c == angle || c.is_whitespace();
    text.trim_start_matches(|c| is_around(c, '<'))
        .trim_end_matches(|c| is_around(c, '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let mut scanner = Scanner::new(text);
        let mut found = Vec::new();
        while let Some(token) = scanner.token() {
            found.push(match token {
                Token::Word(word) => word.to_owned(),
                Token::Quoted(text) => format!("\"{text}\""),
                Token::Comment(text) => format!("({text})"),
                Token::Semicolon => ";".to_owned(),
            });
        }
        assert_eq!(found, expect);
    }

    #[test]
    fn a_value_is_cut_into_its_pieces() {
        check("", &[]);
        check(
            "from a (b [1]) by c; d",
            &["from", "a", "(b [1])", "by", "c", ";", "d"],
        );
        check("(a (b) \\) c)d", &["(a (b) ) c)", "d"]);
        check("\"a \\\" b\"x", &["\"a \" b\"", "x"]);
        check("for <\"a b\"@c> x", &["for", "<\"a b\"@c>", "x"]);
        check("< a <b>", &["< a <b>"]);
        check("< a", &["<", "a"]);
        check("(open", &["(open)"]);
        check("\"open\\", &["\"open\""]);
    }

    #[test]
    fn addresses_are_read_as_servers_write_them() {
        let check = |text: &str, expect: Option<&str>| {
            let expect = expect.map(|text| text.parse::<IpAddr>().expect("an address"));
            assert_eq!(ip_address(text), expect, "{text}");
        };
        check("192.0.2.1", Some("192.0.2.1"));
        check("[192.0.2.1]:2525", Some("192.0.2.1"));
        check("192.0.2.1:2525", Some("192.0.2.1"));
        check("[IPv6:2001:db8::1]", Some("2001:db8::1"));
        check("ipv6:2001:db8::1", Some("2001:db8::1"));
        check("[fe80::1%12]", Some("fe80::1"));
        check("::ffff:192.0.2.1", Some("192.0.2.1"));
        check("192.0.2", None);
        check("é:1", None);
        check("", None);
    }

    #[test]
    fn what_is_too_long_is_not_looked_at() {
        let text = "é".repeat(VALUE_OCTETS_MAX);
        assert_eq!(Scanner::new(&text).rest().len(), VALUE_OCTETS_MAX);
    }
}
