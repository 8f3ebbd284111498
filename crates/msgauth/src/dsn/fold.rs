//! Text of refusals, made comparable: small letters, one space between words, codes taken out.

use super::Status;
use super::work::Counter;

/// Octets of one refusal that are looked at. Servers write less than 1,000; a report that says more to one
/// recipient has something else in it.
pub const REFUSAL_OCTETS_MAX: usize = 8_192;

/// A refusal as it is compared with phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// Small letters, one space between words, no reply codes nor enhanced status codes.
    pub(super) text: String,
    /// The first SMTP reply code of a refusal (RFC 5321, section 4.2).
    pub(super) reply: Option<u16>,
    /// The first enhanced status code of a refusal that says more than x.0.0, else the first (RFC 3463, section 2).
    pub(super) status: Option<Status>,
    /// An IP address stands behind the reply code: the refusal speaks of a client.
    pub(super) names_address: bool,
}

impl Folded {
    /// Folds one text. The work is linear in it, up to [`REFUSAL_OCTETS_MAX`].
    pub(super) fn new(raw: &str, work: &Counter) -> Self {
        let mut folded = Self {
            text: String::with_capacity(raw.len().min(REFUSAL_OCTETS_MAX) + 8),
            ..Self::default()
        };
        folded.push(raw, work);
        folded
    }

    /// Adds another text.
    pub(super) fn push(&mut self, raw: &str, work: &Counter) {
        let raw = super::lines::prefix(raw, REFUSAL_OCTETS_MAX);
        work.folded(raw.len());
        // Where a text begins, a number is a reply code.
        let mut expects_code = true;
        let mut words = raw
            .split(|c: char| c.is_ascii_whitespace() || c == '\u{a0}' || c == '\u{3000}')
            .filter(|word| !word.is_empty())
            .peekable();
        while let Some(word) = words.next() {
            // The type of a diagnostic (RFC 3464, section 2.3.6) without a space behind it.
            let bare = super::lines::strip_prefix(word, "smtp;").filter(|bare| !bare.is_empty());
            expects_code |= bare.is_some();
            let word = bare.unwrap_or(word);
            let code = Code::read(word)
                .filter(|code| self.text.is_empty() || code.reply.is_none_or(|reply| reply >= 400));
            let mut next_is_status = || {
                words
                    .peek()
                    .is_some_and(|next| matches!(Code::read(next), Some(Code { reply: None, .. })))
            };
            match code {
                Some(code)
                    if code.reply.is_none()
                        || code.status.is_some()
                        || expects_code
                        || code.is_marked
                        || self.reply == code.reply
                        || next_is_status() =>
                {
                    self.note(&code);
                    if !code.rest.is_empty() {
                        push_word(&mut self.text, code.rest);
                    }
                }
                _ => {
                    self.names_address |= self.reply.is_some() && names_address(word);
                    push_word(&mut self.text, word);
                }
            }
            expects_code = announces_code(word);
        }
    }

    fn note(&mut self, code: &Code<'_>) {
        // A greeting (220) may stand before the refusal.
        if self
            .reply
            .is_none_or(|known| known < 300 && code.reply.is_some_and(|reply| reply >= 400))
        {
            self.reply = code.reply;
        }
        if let Some(status) = code.status
            && self
                .status
                .is_none_or(|known| !known.is_specific() && status.is_specific())
        {
            self.status = Some(status);
        }
    }
}

/// Whether an IP address stands in a word, bare or in brackets: `192.0.2.1,`, `(192.0.2.1)`, `mail[192.0.2.1]`.
fn names_address(word: &str) -> bool {
    let inner = word
        .split_once(['[', '('])
        .map_or(word, |(_, behind)| behind);
    let inner = inner.trim_start_matches(['<', '\'', '"', '[', '(']);
    let end = inner
        .find(|c: char| !(c.is_ascii_hexdigit() || matches!(c, '.' | ':')))
        .unwrap_or(inner.len());
    let address = inner[..end].trim_end_matches(['.', ':']);
    address.len() >= 3 && address.parse::<std::net::IpAddr>().is_ok()
}

/// Whether a number behind this word is a reply code.
fn announces_code(word: &str) -> bool {
    match word.as_bytes().last() {
        Some(b':' | b';' | b'(' | b'[' | b'<' | b'>' | b'\'' | b'"' | b'=' | b'#') => true,
        _ => [
            "error", "code", "said", "returned", "status", "was", "smtp", "fehler", "erreur",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known)),
    }
}

/// Reply code, enhanced status code or both at the beginning of a word.
struct Code<'a> {
    reply: Option<u16>,
    status: Option<Status>,
    /// It stands behind a mark that only codes have: `#550`, `550-`.
    is_marked: bool,
    rest: &'a str,
}

impl<'a> Code<'a> {
    fn read(word: &'a str) -> Option<Self> {
        let bare = word.trim_start_matches(['(', '[', '<', '\'', '"', '#', ':', '=']);
        let mut is_marked = word[..word.len() - bare.len()].contains(['#', ':']);
        let octets = bare.as_bytes();
        if !octets
            .first()
            .is_some_and(|octet| matches!(octet, b'2' | b'4' | b'5'))
        {
            return None;
        }
        let mut reply = None;
        let mut rest = bare;
        if octets.len() >= 3
            && octets[1].is_ascii_digit()
            && octets[2].is_ascii_digit()
            && octets[1] <= b'7'
            && !octets
                .get(3)
                .is_some_and(|octet| octet.is_ascii_alphanumeric() || *octet == b'.')
        {
            reply = bare[..3].parse().ok();
            rest = &bare[3..];
            if let Some(behind) = rest.strip_prefix('-') {
                is_marked = true;
                rest = behind;
            }
        }
        let status = Status::at_start(rest);
        if let Some((_, length)) = status {
            rest = &rest[length..];
        } else if reply.is_none() {
            return None;
        } else if rest.starts_with(|c: char| c.is_ascii_digit()) {
            // A number of a telephone or the like.
            return None;
        }
        Some(Self {
            reply,
            status: status.map(|(status, _)| status),
            is_marked,
            rest: rest.trim_matches([')', ']', '>', '\'', '"', ':', ';', ',', '-', '#', '.']),
        })
    }
}

impl Status {
    /// An enhanced status code at the beginning of a text, and how many octets it has.
    pub(super) fn at_start(text: &str) -> Option<(Self, usize)> {
        let octets = text.as_bytes();
        let class = match octets.first()? {
            octet @ (b'2' | b'4' | b'5') => octet - b'0',
            _ => return None,
        };
        if octets.get(1) != Some(&b'.') {
            return None;
        }
        let (subject, at) = number(octets, 2)?;
        if octets.get(at) != Some(&b'.') {
            return None;
        }
        let (detail, end) = number(octets, at + 1)?;
        // An address such as 5.6.7.8 is none, nor is a version 5.5.1a.
        let follows = octets.get(end);
        let is_over = match follows {
            Some(b'.') => !octets.get(end + 1).is_some_and(u8::is_ascii_digit),
            Some(octet) => !octet.is_ascii_alphanumeric(),
            None => true,
        };
        is_over.then_some((
            Self {
                class,
                subject,
                detail,
            },
            end,
        ))
    }

    /// Whether it says more than the class.
    pub(super) fn is_specific(self) -> bool {
        self.subject != 0 || self.detail != 0
    }
}

/// A number of one to three digits, as RFC 3463, section 2 has them, and where it ends.
fn number(octets: &[u8], start: usize) -> Option<(u16, usize)> {
    let mut value = 0;
    let mut at = start;
    while let Some(digit) = octets.get(at).filter(|octet| octet.is_ascii_digit()) {
        if at - start == 3 {
            return None;
        }
        value = value * 10 + u16::from(digit - b'0');
        at += 1;
    }
    (at > start).then_some((value, at))
}

/// Adds a word in small letters. Between two signs of a script without spaces, none is put in.
fn push_word(text: &mut String, word: &str) {
    let joins = |c: char| c >= '\u{3000}';
    let is_joined = word.starts_with(joins) && text.chars().next_back().is_some_and(joins);
    if !(text.is_empty() || is_joined) {
        text.push(' ');
    }
    if word.is_ascii() {
        let start = text.len();
        text.push_str(word);
        text[start..].make_ascii_lowercase();
    } else {
        for c in word.chars() {
            match c {
                '\u{2018}' | '\u{2019}' => text.push('\''),
                '\u{201c}' | '\u{201d}' => text.push('"'),
                _ => text.extend(c.to_lowercase()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, reply: Option<u16>, status: Option<&str>, text: &str) {
        let folded = Folded::new(raw, &Counter::default());
        let found = folded.status.map(|status| status.to_string());
        assert_eq!(
            (folded.reply, found.as_deref(), folded.text.as_str()),
            (reply, status, text),
            "{raw}"
        );
    }

    #[test]
    fn codes_are_taken_out_and_words_stand_in_a_row() {
        check(
            "550 5.1.1 <a@b> Unknown",
            Some(550),
            Some("5.1.1"),
            "<a@b> unknown",
        );
        check(
            "550-5.7.26 Unauthenticated mail from\r\n 550-5.7.26 example.org 550 5.7.26 https://x",
            Some(550),
            Some("5.7.26"),
            "unauthenticated mail from example.org https://x",
        );
        check("Sorry. (#5.1.2)", None, Some("5.1.2"), "sorry.");
        check(
            "host a said: 451 Later",
            Some(451),
            None,
            "host a said: later",
        );
        check("a file of 500 pages", None, None, "a file of 500 pages");
        check(
            "ask 192.0.2.1 or 5.6.7.8",
            None,
            None,
            "ask 192.0.2.1 or 5.6.7.8",
        );
        check(
            "ERROR_CODE :550, ERROR_CODE :5.2.1 Full",
            Some(550),
            Some("5.2.1"),
            "error_code error_code full",
        );
        check(
            "550 5.0.0 refused (#5.7.1)",
            Some(550),
            Some("5.7.1"),
            "refused",
        );
        check("宛先が\n見つかりません", None, None, "宛先が見つかりません");
        check("N\u{2019}EXISTE PAS", None, None, "n'existe pas");
        check("5.1.1.", None, Some("5.1.1"), "");
        check("", None, None, "");
    }

    #[test]
    fn an_address_counts_behind_the_reply_code() {
        for (raw, expected) in [
            ("550 192.0.2.1 is listed", true),
            ("550 mail.example.org[192.0.2.1]:25: no", true),
            ("550 (2001:db8::1), no", true),
            ("554 <unknown[192.0.2.1]>: no", true),
            ("host mx.example.org[192.0.2.1] said: 550 no", false),
            ("550 version 1.2.3, 192.0.2", false),
            ("550 : [] ()", false),
        ] {
            let folded = Folded::new(raw, &Counter::default());
            assert_eq!(folded.names_address, expected, "{raw}");
        }
    }

    #[test]
    fn a_refusal_has_a_longest_length() {
        let long = "é".repeat(REFUSAL_OCTETS_MAX);
        assert!(Folded::new(&long, &Counter::default()).text.len() <= REFUSAL_OCTETS_MAX);
    }
}
