//! What a change makes of a record: only the terms that differ are marked.

use std::collections::HashSet;

use askama::Template;
use askama::filters::HtmlSafe;

use super::token::{Grammar, Token, cut, tokens};
use crate::say::Say;
use crate::words::filters;

/// A record before and after.
#[derive(Template)]
#[template(path = "result-diff.html")]
pub(super) struct Diff {
    say: Say,
    /// Of the elements with the two texts.
    id: String,
    before: Vec<Piece>,
    after: Vec<Piece>,
}

impl HtmlSafe for Diff {}

/// One tag or term.
struct Piece {
    text: String,
    after: String,
    differs: bool,
}

impl Diff {
    pub(super) fn new(id: String, was: &str, value: &str, say: Say) -> Self {
        let (was, value) = (divided(was), divided(value));
        Self {
            say,
            id,
            before: pieces(&was, &value),
            after: pieces(&value, &was),
        }
    }
}

fn divided(text: &str) -> Vec<Token> {
    let (text, _) = cut(text);
    let grammar = if text.contains(';') {
        Grammar::Tags
    } else {
        Grammar::Terms
    };
    tokens(&text, grammar)
}

fn pieces(of: &[Token], other: &[Token]) -> Vec<Piece> {
    let there: HashSet<String> = other.iter().map(Token::text).collect();
    of.iter()
        .map(|token| {
            let text = token.text();
            Piece {
                differs: !there.contains(&text),
                after: token.after.clone(),
                text,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_marked() {
        let was = divided("v=DMARC1; p=reject; rua=mailto:a@b.fr");
        let value = divided("v=DMARC1; p=none; sp=reject; rua=mailto:a@b.fr");
        let marked = |of: &[Token], other: &[Token]| -> Vec<String> {
            let pieces = pieces(of, other);
            let marked = pieces.into_iter().filter(|piece| piece.differs);
            marked.map(|piece| piece.text).collect()
        };
        assert_eq!(marked(&was, &value), ["p=reject"]);
        assert_eq!(marked(&value, &was), ["p=none", "sp=reject"]);
        assert_eq!(marked(&was, &was), [""; 0]);
    }
}
