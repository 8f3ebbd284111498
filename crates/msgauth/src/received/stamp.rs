//! Reading one `Received` field, in the forms of the servers in use.
//!
//! Postfix, Sendmail, Gmail: `from HELO (REVERSE [ADDRESS])`. Exim: `from REVERSE ([ADDRESS] helo=HELO)`, or
//! `from [ADDRESS] (helo=HELO)`. Exchange: `from HELO (ADDRESS)`. qmail: `from REVERSE (HELO HELO) (ADDRESS)`.
//! Yahoo: `from ADDRESS (EHLO HELO) (ADDRESS)`. The clauses `by`, `via`, `with`, `id` and `for` follow, in this
//! order or another, with comments anywhere.

use mail_parser::DateTime;

use super::{Peer, Received};
use crate::structured::{Scanner, Token, ip_address, without_angles};

/// Words of one clause that are kept; `with` of Exchange and OVH has three.
const CLAUSE_WORDS_MAX: usize = 6;

/// The clauses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    From,
    By,
    Via,
    With,
    Id,
    For,
    MailFrom,
    Tls,
}

impl Clause {
    fn of(word: &str) -> Option<Self> {
        const WORDS: [(&str, Clause); 8] = [
            ("from", Clause::From),
            ("by", Clause::By),
            ("via", Clause::Via),
            ("with", Clause::With),
            ("id", Clause::Id),
            ("for", Clause::For),
            ("envelope-from", Clause::MailFrom),
            // Exim: `with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384`.
            ("tls", Clause::Tls),
        ];
        let mut words = WORDS.iter();
        let (_, clause) = words.find(|(known, _)| word.eq_ignore_ascii_case(known))?;
        Some(*clause)
    }
}

/// One clause with what stands in it.
struct Part {
    clause: Clause,
    words: Vec<String>,
    comments: Vec<String>,
}

pub(super) fn parse(value: &str) -> Received {
    let (parts, tail) = parts(value);
    let mut received = Received {
        at: timestamp(&tail),
        ..Received::default()
    };
    for part in &parts {
        let first = part.words.first().map(String::as_str);
        let joined = || Some(part.words.join(" ")).filter(|text| !text.is_empty());
        match part.clause {
            Clause::From if received.from.is_empty() => received.from = peer(part),
            Clause::By if received.by.is_none() => {
                received.by = first.map(str::to_owned);
                let mut candidates = first.into_iter().chain(comment_words(part));
                received.by_address = candidates.find_map(ip_address);
            }
            Clause::Via if received.via.is_none() => received.via = joined(),
            Clause::With if received.with.is_none() => received.with = joined(),
            Clause::Id if received.id.is_none() => received.id = first.map(str::to_owned),
            Clause::For if received.recipient.is_none() => {
                received.recipient = first.map(|word| without_angles(word).to_owned());
            }
            Clause::MailFrom if received.mail_from.is_none() => {
                received.mail_from = first.map(|word| without_angles(word).to_owned());
            }
            Clause::Tls => received.is_encrypted = true,
            _ => {}
        }
        for comment in &part.comments {
            look_at_comment(comment, &mut received);
        }
    }
    look_at_protocol(&mut received);
    received
}

/// Cuts a value into its clauses, and what follows its last semicolon.
fn parts(value: &str) -> (Vec<Part>, String) {
    let mut scanner = Scanner::new(value);
    // Comments before the first clause, as qmail's `(qmail 123 invoked …)`, belong to nothing.
    let mut parts: Vec<Part> = Vec::new();
    let mut tail = String::new();
    while let Some(token) = scanner.token() {
        // A word that opens a clause can still be a value: the one of the clause before it.
        let is_open = parts.last().is_some_and(|part| part.words.is_empty());
        let last = parts.last_mut();
        match token {
            Token::Word(word) => match (Clause::of(word).filter(|_| !is_open), last) {
                (Some(clause), _) => parts.push(Part {
                    clause,
                    words: Vec::new(),
                    comments: Vec::new(),
                }),
                (None, Some(part)) if part.words.len() < CLAUSE_WORDS_MAX => {
                    part.words.push(word.to_owned());
                }
                _ => {}
            },
            Token::Quoted(text) => {
                if let Some(part) = last.filter(|part| part.words.len() < CLAUSE_WORDS_MAX) {
                    part.words.push(text);
                }
            }
            Token::Comment(text) => {
                if let Some(part) = last.filter(|part| part.comments.len() < CLAUSE_WORDS_MAX) {
                    part.comments.push(text);
                }
            }
            Token::Semicolon => {
                // The first semicolon ends the clauses; dates have none.
                tail = scanner.rest().to_owned();
                break;
            }
        }
    }
    (parts, tail)
}

fn timestamp(tail: &str) -> Option<i64> {
    let date = DateTime::parse_rfc822(tail.trim())?;
    date.is_valid().then(|| date.to_timestamp())
}

fn comment_words(part: &Part) -> impl Iterator<Item = &str> {
    part.comments
        .iter()
        .flat_map(|comment| comment.split_ascii_whitespace())
}

/// What a `from` clause says.
fn peer(part: &Part) -> Peer {
    let mut peer = Peer::default();
    let first = part.words.first().map(String::as_str).unwrap_or_default();
    let mut is_told = false;
    for comment in &part.comments {
        let mut words = comment.split_ascii_whitespace().peekable();
        while let Some(word) = words.next() {
            let word = word.trim_matches([',', ';']);
            if matches!(word.to_ascii_lowercase().as_str(), "helo" | "ehlo") {
                if let Some(name) = words.next() {
                    peer.helo.get_or_insert_with(|| name.to_owned());
                    is_told = true;
                }
            } else if let Some((key, value)) = word.split_once('=') {
                if matches!(key.to_ascii_lowercase().as_str(), "helo" | "ehlo") {
                    peer.helo.get_or_insert_with(|| value.to_owned());
                    is_told = true;
                }
            } else if let Some(address) = address_in(word) {
                peer.address.get_or_insert(address);
            } else if peer.reverse.is_none() && peer.address.is_none() && is_host(word) {
                peer.reverse = Some(host(word));
            }
        }
    }
    // Sendmail's word for a name that does not lead back to the address.
    let is_forgeable = |comment: &String| comment.contains("may be forged");
    if part.comments.iter().any(is_forgeable) {
        peer.reverse = None;
    }
    if is_told {
        // Exim, qmail: the first word is what the DNS says. Yahoo: the address.
        match ip_address(first) {
            Some(address) => {
                peer.address.get_or_insert(address);
            }
            None if is_host(first) => {
                peer.reverse.get_or_insert_with(|| host(first));
            }
            None => {}
        }
    } else if let (Some(address), None) = (ip_address(first), peer.address) {
        peer.address = Some(address);
    } else if !first.is_empty() && !first.eq_ignore_ascii_case("unknown") {
        peer.helo = Some(first.to_owned());
    }
    peer
}

/// The address in a word of a comment: `[192.0.2.1]`, `anne@192.0.2.1`, `mail.example.net[192.0.2.1]`.
fn address_in(word: &str) -> Option<std::net::IpAddr> {
    if let Some(address) = ip_address(word) {
        return Some(address);
    }
    let (_, tail) = word.rsplit_once('@').or_else(|| word.split_once('['))?;
    ip_address(tail.trim_end_matches(']'))
}

/// Whether a word can be what the DNS calls a client: a name with a dot, or `localhost`.
fn is_host(word: &str) -> bool {
    let name = host(word);
    let is_name = name
        .bytes()
        .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_'));
    is_name
        && (name.contains('.') || name == "localhost")
        && name.contains(|c: char| c.is_ascii_alphabetic())
}

/// A host name without what Sendmail (`IDENT:anne@`) and Gmail (a dot) put around it.
fn host(word: &str) -> String {
    let name = word.rsplit('@').next().unwrap_or(word);
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// What comments say beside the client: TLS, a login, RFC5321.MailFrom.
fn look_at_comment(comment: &str, received: &mut Received) {
    let lower = comment.to_ascii_lowercase();
    received.is_encrypted |= lower.contains("tls") || lower.contains("cipher");
    received.is_authenticated |=
        lower.contains("authenticated") && !lower.contains("unauthenticated");
    for mark in ["envelope-from ", "envelope-sender "] {
        let Some(at) = lower.find(mark).filter(|_| received.mail_from.is_none()) else {
            continue;
        };
        let path = comment[at + mark.len()..].trim_start();
        let end = if path.starts_with('<') {
            path.find('>').map(|end| end + 1)
        } else {
            path.find(|c: char| c.is_whitespace())
        };
        let path = &path[..end.unwrap_or(path.len())];
        received.mail_from = Some(without_angles(path).to_owned());
    }
}

/// What the name of the protocol says (RFC 3848): a final S for TLS, a final A for a login.
fn look_at_protocol(received: &mut Received) {
    let Some(with) = &received.with else {
        return;
    };
    let protocol = with.split(' ').next().unwrap_or(with).to_ascii_lowercase();
    let Some((_, suffix)) = protocol
        .split_once("smtp")
        .or_else(|| protocol.split_once("lmtp"))
    else {
        received.is_encrypted |= with.to_ascii_lowercase().contains("encrypted");
        return;
    };
    received.is_authenticated |= matches!(suffix, "a" | "sa");
    received.is_encrypted |= matches!(suffix, "s" | "sa") || with.contains("encrypted");
}
