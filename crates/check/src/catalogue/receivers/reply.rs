//! What receivers answer when they refuse: known replies, and how a reply that was received is told.
//!
//! A reply is recognised by its words, and by its codes only where the receiver is known and one of its
//! replies alone bears them. Who answers is known by words that nobody else writes. Receivers wrap their words at will and repeat the codes on every line, so both
//! are taken out before words are compared.

use garant_msgauth::dsn::{AuthenticationCause, Class};
use serde::{Deserialize, Serialize};

use super::{Receiver, receivers};
use crate::catalogue::Confidence;

/// Octets of a reply that are looked at. RFC 5321, section 4.5.3.1.5, allows 512 in a line; no receiver here
/// writes more than five of them.
const TEXT_MAX: usize = 4096;
/// Octets that a place in braces stands for at most: a domain name (RFC 1035, section 2.3.4).
const PLACE_MAX: usize = 255;

/// A reply that a receiver is known to give.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KnownReply {
    /// Its id, unique for the receiver. Stable.
    pub id: String,
    /// The codes it bears, those that are temporary first; none where they are not known and the words alone tell.
    pub codes: Vec<ReplyCode>,
    /// Fragments of its words as this receiver alone writes them: any tells the reply, and names the receiver.
    /// A place in braces (`{domain}`) stands for text without spaces.
    #[serde(default)]
    pub says: Vec<String>,
    /// Fragments that others write as well, or may: any tells the reply where the receiver is known, and names nobody.
    #[serde(default)]
    pub common: Vec<String>,
    /// Nobody else gives its codes with these words: both together name the receiver.
    #[serde(default)]
    pub own_codes: bool,
    /// Why the receiver answers so.
    pub class: ClassKey,
    /// Where it is authentication: which part of it.
    #[serde(default)]
    pub cause: Option<CauseKey>,
    /// The conditions and policies whose breach it tells.
    #[serde(default)]
    pub told_for: Vec<super::expected::Occasion>,
    /// How certain it is.
    pub confidence: Confidence,
    /// The page that states it; nothing where it is [`Receiver::replies_source`].
    #[serde(default)]
    pub source: Option<String>,
}

/// The codes of a reply: the SMTP reply code, and the enhanced status code where one is given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReplyCode {
    /// RFC 5321, section 4.2: 400 to 599.
    pub reply: u16,
    /// RFC 3463, section 2, as `5.7.26`. Its class may differ from that of the reply: one receiver does so.
    pub status: Option<String>,
}

impl ReplyCode {
    /// Whether the client may try again as it is.
    pub fn is_temporary(&self) -> bool {
        self.reply < 500
    }
}

impl std::fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.status {
            Some(status) => write!(f, "{} {status}", self.reply),
            None => write!(f, "{}", self.reply),
        }
    }
}

impl From<ReplyCode> for String {
    fn from(code: ReplyCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for ReplyCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (reply, status) = match text.split_once(' ') {
            Some((reply, status)) => (reply, Some(status)),
            None => (text.as_str(), None),
        };
        let fault = || format!("{text} is no reply code");
        let number: u16 = reply.parse().map_err(|_| fault())?;
        let is_well_formed = reply.len() == 3
            && (400..600).contains(&number)
            && status.is_none_or(is_enhanced_status);
        if !is_well_formed {
            return Err(fault());
        }
        Ok(Self {
            reply: number,
            status: status.map(str::to_owned),
        })
    }
}

/// A class of the data, by its stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClassKey(pub Class);

impl From<ClassKey> for String {
    fn from(key: ClassKey) -> Self {
        key.0.as_str().to_owned()
    }
}

impl TryFrom<String> for ClassKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut all = Class::ALL.iter();
        let found = all.find(|class| class.as_str() == text);
        found
            .map(|class| Self(*class))
            .ok_or(format!("{text} is no class"))
    }
}

/// A cause of the data, by its stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct CauseKey(pub AuthenticationCause);

impl From<CauseKey> for String {
    fn from(key: CauseKey) -> Self {
        key.0.as_str().to_owned()
    }
}

impl TryFrom<String> for CauseKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut all = AuthenticationCause::ALL.iter();
        let found = all.find(|cause| cause.as_str() == text);
        found
            .map(|cause| Self(*cause))
            .ok_or(format!("{text} is no cause"))
    }
}

impl KnownReply {
    /// What it means, as a key of the words at `receivers-means-<key>`: the cause where there is one, else the
    /// class.
    pub fn meaning(&self) -> &'static str {
        match self.cause {
            Some(CauseKey(cause)) => cause.as_str(),
            None => self.class.0.as_str(),
        }
    }

    /// Its codes that end the matter.
    pub fn permanent(&self) -> impl Iterator<Item = &ReplyCode> {
        self.codes.iter().filter(|code| !code.is_temporary())
    }

    /// Its codes after which the client tries again.
    pub fn temporary(&self) -> impl Iterator<Item = &ReplyCode> {
        self.codes.iter().filter(|code| code.is_temporary())
    }

    /// The fragment to show: the first, those of its own before those of everybody.
    pub fn text(&self) -> &str {
        let mut all = self.says.iter().chain(&self.common);
        all.next().map_or("", String::as_str)
    }

    /// Octets of the longest of its fragments that stands in these words; nothing where none does.
    fn matches(&self, words: &str) -> Option<usize> {
        longest(&self.says, words).max(longest(&self.common, words))
    }

    /// Whether it bears these codes, as far as each is known.
    pub(crate) fn bears(&self, reply: Option<u16>, status: Option<&str>) -> bool {
        self.codes.iter().any(|code| {
            reply.is_none_or(|reply| reply == code.reply)
                && match (status, &code.status) {
                    (Some(status), Some(own)) => status == own,
                    _ => true,
                }
        })
    }
}

/// The receiver whose server this is: by the end of its name, on label boundaries; the longest wins. Case and a
/// final dot do not count; nothing where no receiver is known by it.
pub fn receiver_by_host(host: &str) -> Option<&'static Receiver> {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_below = |suffix: &str| {
        host.strip_suffix(suffix)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let claims = receivers().iter().flat_map(|receiver| {
        let hosts = receiver.hosts.iter();
        hosts.map(move |suffix| (suffix.as_str(), receiver))
    });
    claims
        .filter(|(suffix, _)| is_below(suffix))
        .max_by_key(|(suffix, _)| suffix.len())
        .map(|(_, receiver)| receiver)
}

/// The receiver that answers in these words, and which of its replies it is. `status` is the enhanced status code
/// (`5.7.26`), `reply` the SMTP reply code, `text` what the server said, with or without the codes; each as far as
/// it is known. Only words of its own name a receiver ([`KnownReply::says`], [`Receiver::signs`]), never those that
/// others may write.
pub fn receiver_by_reply(
    status: Option<&str>,
    reply: Option<u16>,
    text: &str,
) -> Option<(&'static Receiver, &'static KnownReply)> {
    let receiver = receiver_by_words(status, reply, text)?;
    Some((receiver, receiver.known_reply(status, reply, text)?))
}

/// The same where it does not matter which of its replies it is.
pub fn receiver_by_words(
    status: Option<&str>,
    reply: Option<u16>,
    text: &str,
) -> Option<&'static Receiver> {
    let words = plain(text);
    let all = receivers().iter().flat_map(|receiver| {
        let replies = receiver.replies_known.iter();
        replies.map(move |known| (receiver, known))
    });
    let told = all.filter_map(|(receiver, known)| {
        let bears_own = known.own_codes && status.is_some() && known.bears(reply, status);
        let with_codes = || longest(&known.common, &words).filter(|_| bears_own);
        let octets = longest(&known.says, &words).or_else(with_codes)?;
        let rank = (known.bears(reply, status), octets, certainty(known));
        Some((rank, receiver))
    });
    // Of equals the first of the catalogue.
    let by_reply = told.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let bears_sign = |receiver: &&'static Receiver| {
        let mut signs = receiver.signs.iter();
        signs.any(|sign| {
            status == Some(sign) || longest(std::slice::from_ref(sign), &words).is_some()
        })
    };
    by_reply
        .map(|(_, receiver)| receiver)
        .or_else(|| receivers().iter().find(bears_sign))
}

impl Receiver {
    /// Which of its replies this is, where it is known that it answered: by the words, else by the codes if they
    /// mean one thing only at this receiver. The arguments are those of [`receiver_by_reply`].
    pub fn known_reply(
        &self,
        status: Option<&str>,
        reply: Option<u16>,
        text: &str,
    ) -> Option<&KnownReply> {
        let words = plain(text);
        let told = self.replies_known.iter().filter_map(|known| {
            let octets = known.matches(&words)?;
            Some(((known.bears(reply, status), octets), known))
        });
        let by_words = told.reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((_, known)) = by_words {
            return Some(known);
        }
        let status = status?;
        let mut bearing = self.replies_known.iter().filter(|known| {
            let mut own = known.codes.iter();
            own.any(|code| {
                code.status.as_deref() == Some(status)
                    && reply.is_none_or(|reply| reply == code.reply)
            })
        });
        let first = bearing.next()?;
        bearing
            .all(|other| other.meaning() == first.meaning())
            .then_some(first)
    }

    /// The page that states a reply.
    pub fn source_of<'a>(&'a self, reply: &'a KnownReply) -> Option<&'a str> {
        reply.source.as_deref().or(self.replies_source.as_deref())
    }
}

/// Octets of the longest of these fragments that stands in these words; nothing where none does.
fn longest(fragments: &[String], words: &str) -> Option<usize> {
    let standing = fragments.iter().filter(|fragment| {
        let fragment = plain(fragment);
        !fragment.is_empty() && stands_in(&fragment, words)
    });
    standing.map(String::len).max()
}

fn certainty(known: &KnownReply) -> u8 {
    match known.confidence {
        Confidence::Verified => 2,
        Confidence::Partly => 1,
        Confidence::Unverified => 0,
    }
}

/// Lower case, one space between words, straight quotes, no codes; cut at [`TEXT_MAX`].
fn plain(text: &str) -> String {
    let text = &text[..text.floor_char_boundary(TEXT_MAX)];
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace().filter(|word| !is_code(word)) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            other => other.to_ascii_lowercase(),
        }));
    }
    out
}

/// Whether a word is `550`, `550-`, `5.7.26` or `550-5.7.26`, as they stand at the head of every line.
fn is_code(word: &str) -> bool {
    let is_reply = |text: &str| {
        text.len() == 3
            && text.starts_with(['4', '5'])
            && text.bytes().all(|octet| octet.is_ascii_digit())
    };
    match word.split_once('-') {
        Some((reply, rest)) => is_reply(reply) && (rest.is_empty() || is_enhanced_status(rest)),
        None => is_reply(word) || is_enhanced_status(word),
    }
}

/// RFC 3463, section 2: class 4 or 5, then two numbers of up to three digits.
fn is_enhanced_status(text: &str) -> bool {
    let is_number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|octet| octet.is_ascii_digit())
    };
    let parts: Vec<&str> = text.splitn(4, '.').collect();
    matches!(parts[..], ["4" | "5", subject, detail] if is_number(subject) && is_number(detail))
}

/// Whether a fragment stands in these words, both [`plain`], from where a word begins; its places stand for up to
/// [`PLACE_MAX`] octets without a space.
fn stands_in(fragment: &str, words: &str) -> bool {
    let mut pieces = Vec::new();
    let mut rest = fragment;
    while let Some((piece, tail)) = rest.split_once('{') {
        pieces.push(piece);
        rest = tail.split_once('}').map_or("", |(_, after)| after);
    }
    pieces.push(rest);
    let Some((first, others)) = pieces.split_first() else {
        return false;
    };
    words.match_indices(first).any(|(at, _)| {
        if words[..at].ends_with(char::is_alphanumeric) {
            return false;
        }
        let mut ahead = &words[at + first.len()..];
        others.iter().all(|piece| {
            // The place ends where the word does; the piece may begin with the space behind it.
            let word = ahead.find(' ').unwrap_or(ahead.len()).min(PLACE_MAX);
            let window = ahead.len().min(word + piece.len());
            let found = ahead[..ahead.floor_char_boundary(window)].find(piece);
            if let Some(start) = found {
                ahead = &ahead[start + piece.len()..];
            }
            found.is_some()
        })
    })
}
