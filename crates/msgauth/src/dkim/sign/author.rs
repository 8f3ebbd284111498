//! One author, or none that all readers agree on.
//!
//! RFC 5322 lets addresses be written in ways that programs read differently: several mailboxes, groups,
//! routes, comments within an address, an address in place of a name. What is taken here is what is written
//! today: `local@domain`, or any name and then `<local@domain>`, with comments beside it.

use garant_dns::Name;

use super::Refusal;
use crate::message::{Message, authors};

/// The Author Domain of a message that has exactly one author.
pub(super) fn author_domain(message: &Message<'_>) -> Result<Name, Refusal> {
    let all = authors(message).map_err(Refusal::Author)?;
    let [author] = all.as_slice() else {
        return Err(Refusal::SeveralAuthors { count: all.len() });
    };
    let field = message.named("From").next();
    let strict = field.and_then(|field| domain_of(field.raw_value()));
    match strict {
        Some(domain) if domain == author.domain => Ok(domain),
        _ => Err(Refusal::UnclearAuthor),
    }
}

/// A piece of an address field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// Letters, digits, dots and whatever else has no meaning of its own.
    Atom(&'a [u8]),
    /// A text in quotes.
    Quoted,
    /// A sign with a meaning.
    Sign(u8),
    /// A comment in brackets.
    Comment,
    /// White space, folded or not.
    Space,
}

/// The domain of the only mailbox of a value; nothing where it is written in a way that readers may read
/// differently.
fn domain_of(value: &[u8]) -> Option<Name> {
    let tokens = tokens(value)?;
    let inside = match tokens.iter().position(|token| *token == Token::Sign(b'<')) {
        None => tokens.as_slice(),
        Some(open) => {
            let close = tokens
                .iter()
                .position(|token| *token == Token::Sign(b'>'))?;
            let (before, inside) = (&tokens[..open], tokens.get(open + 1..close)?);
            let is_name = |token: &Token<'_>| !matches!(token, Token::Sign(_));
            let is_beside = |token: &Token<'_>| matches!(token, Token::Comment | Token::Space);
            let is_plain = before.iter().all(is_name) && tokens[close + 1..].iter().all(is_beside);
            // Within the angle brackets there is nothing but the address and spaces around it.
            let has_comment = inside.contains(&Token::Comment);
            if !is_plain || has_comment {
                return None;
            }
            inside
        }
    };
    let is_beside = |token: &Token<'_>| matches!(token, Token::Comment | Token::Space);
    let first = inside.iter().position(|token| !is_beside(token))?;
    let last = inside.iter().rposition(|token| !is_beside(token))?;
    match &inside[first..=last] {
        [
            Token::Atom(_) | Token::Quoted,
            Token::Sign(b'@'),
            Token::Atom(domain),
        ] => {
            let domain = std::str::from_utf8(domain).ok()?;
            Name::from_input(domain).ok()
        }
        _ => None,
    }
}

/// The pieces of a value; nothing where a quoted text or a comment does not end.
fn tokens(value: &[u8]) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::with_capacity(8);
    let mut at = 0;
    while let Some(&octet) = value.get(at) {
        let rest = &value[at..];
        let (token, octets) = match octet {
            b' ' | b'\t' | b'\r' | b'\n' => {
                let is_space = |octet: &u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n');
                let end = rest.iter().position(|octet| !is_space(octet));
                (Token::Space, end.unwrap_or(rest.len()))
            }
            b'"' => (Token::Quoted, quoted(rest)?),
            b'(' => (Token::Comment, comment(rest)?),
            b'<' | b'>' | b'@' | b',' | b';' | b':' | b'\\' | b'[' | b']' | b')' => {
                (Token::Sign(octet), 1)
            }
            _ => {
                let is_end = |octet: &u8| b" \t\r\n\"(<>@,;:\\[])".contains(octet);
                let end = rest.iter().position(is_end).unwrap_or(rest.len());
                (Token::Atom(&rest[..end]), end)
            }
        };
        tokens.push(token);
        at += octets;
    }
    Some(tokens)
}

/// Octets of the quoted text at the beginning (RFC 5322, section 3.2.4).
fn quoted(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Octets of the comment at the beginning, with the comments in it (RFC 5322, section 3.2.2).
fn comment(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        match text.get(at)? {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            b'\\' => at += 1,
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expect: Option<&str>) {
        let found = domain_of(value.as_bytes());
        assert_eq!(found.as_ref().map(Name::as_str), expect, "{value:?}");
    }

    #[test]
    fn one_mailbox_is_read_as_everybody_reads_it() {
        let ours = Some("exemple.fr");
        check(" a@exemple.fr\r\n", ours);
        check(" <a@exemple.fr>", ours);
        check(" Anne Martin <a@exemple.fr>", ours);
        check(" Anne M. Martin\r\n <a@Exemple.FR>", ours);
        check(" \"Martin, Anne\" <a@exemple.fr>", ours);
        check(" \"a \\\"b\\\" c@autre.fr\" <a@exemple.fr>", ours);
        check(" =?utf-8?q?Zo=C3=A9?= <zoe@exemple.fr>", ours);
        check(" Zoé <zoé@exemple.fr>", ours);
        check(" \"a b\"@exemple.fr", ours);
        check(" a@exemple.fr (Anne (la première))", ours);
        check(" a@été.fr", Some("xn--t-9fab.fr"));
    }

    #[test]
    fn what_readers_read_differently_has_no_author() {
        for value in [
            "",
            " Anne",
            " a@exemple.fr, b@autre.fr",
            " a@exemple.fr <b@autre.fr>",
            " <a@exemple.fr> <b@autre.fr>",
            " <a@exemple.fr> b@autre.fr",
            " <a@exemple.fr><b@autre.fr>",
            " groupe: a@exemple.fr;",
            " <@relais.fr:a@exemple.fr>",
            " <a@exemple.fr@autre.fr>",
            " a@(b@autre.fr)exemple.fr",
            " <a@exemple.fr (x)>",
            " a@exemple.fr (fin",
            " \"a@exemple.fr",
            " a@exemple.fr\\",
            " >a@exemple.fr<",
            " a @exemple.fr",
            " a@[192.0.2.1]",
            " a@exemple.fr b",
            " @exemple.fr",
            " a@",
        ] {
            check(value, None);
        }
    }
}
