//! From what is said of one recipient to why, whether for ever, and which code.
//!
//! The order of evidence: words that settle the matter, of the refusal itself first and then of what stands
//! around it; enhanced status codes; words that many things are called by; reply codes.

use std::cell::OnceCell;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::fold::Folded;
use super::lines::{one_line, prefix, strip_prefix};
use super::rules::{
    Circumstances, Found, RANK_COMMON, RANK_EXPLICIT, RANK_SPECIFIC, RULES, Verdict,
};
use super::work::Counter;
use super::{Action, Class, Permanence, Recipient, Status, StatusOrigin, TEXT_OCTETS_MAX};

/// What is known of one recipient.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence<'a, 't> {
    /// What the server said that refused.
    pub(super) primary: &'a str,
    /// What is said around it of this recipient.
    pub(super) secondary: &'a str,
    /// All that is said, where this is the only recipient or nothing is said of it alone.
    pub(super) told: Option<&'a Told<'t>>,
    /// Of the field `Status`.
    pub(super) status: Option<Status>,
    pub(super) host: Option<&'a str>,
    /// Of the transcript.
    pub(super) command: Option<&'static str>,
    pub(super) action: Option<Action>,
}

/// A text that is folded and searched when it is asked for, once.
#[derive(Debug, Default)]
struct Passage<'a> {
    raw: &'a str,
    folded: OnceCell<Folded>,
    found: OnceCell<Found>,
    command: OnceCell<Option<&'static str>>,
}

impl<'a> Passage<'a> {
    fn new(raw: &'a str) -> Self {
        Self {
            raw,
            ..Self::default()
        }
    }

    fn folded(&self, work: &Counter) -> &Folded {
        self.folded.get_or_init(|| Folded::new(self.raw, work))
    }

    fn found(&self, work: &Counter) -> &Found {
        self.found
            .get_or_init(|| RULES.find(self.folded(work), work))
    }

    fn command(&self, work: &Counter) -> Option<&'static str> {
        *self
            .command
            .get_or_init(|| RULES.command(self.folded(work), work))
    }
}

/// What one server says of another one: its words, and what stands before them.
#[derive(Debug, Default)]
struct Quote<'a> {
    said: Passage<'a>,
    before: Passage<'a>,
}

impl<'a> Quote<'a> {
    fn of(text: &'a str) -> Self {
        let (said, before) = quoted(text);
        Self {
            said: Passage::new(said),
            before: Passage::new(before),
        }
    }
}

/// All that a server said, folded and searched once for all recipients.
#[derive(Debug)]
pub(super) struct Told<'a> {
    /// Without the lines that tell of the message.
    all: Passage<'a>,
    quote: OnceCell<Quote<'a>>,
}

impl<'a> Told<'a> {
    /// Folds a text without the lines that tell of the message: its subject is nobody's refusal.
    pub(super) fn new(text: &'a str, work: &Counter) -> Self {
        let text = prefix(text, super::REFUSAL_OCTETS_MAX);
        let mut folded = Folded::default();
        let mut start = 0;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if super::notice::is_other(line.trim_start()) {
                folded.push(&text[start..at], work);
                start = at + line.len();
            }
            at += line.len();
        }
        folded.push(&text[start..at], work);
        Self {
            all: Passage {
                folded: OnceCell::from(folded),
                ..Passage::new(text)
            },
            quote: OnceCell::new(),
        }
    }

    /// It, folded.
    pub(super) fn folded(&self, work: &Counter) -> &str {
        &self.all.folded(work).text
    }

    /// What it quotes of another server, which is all that is known of a recipient of whom nothing is said.
    fn quote(&self) -> &Quote<'a> {
        self.quote.get_or_init(|| Quote::of(self.all.raw))
    }
}

/// A recipient without its addresses.
pub(super) fn recipient(evidence: &Evidence<'_, '_>, work: &Counter) -> Recipient {
    let mut said = evidence.primary.trim();
    let mut around = evidence.secondary.trim();
    if said.is_empty() {
        said = std::mem::take(&mut around);
    }
    let mut told = evidence.told;
    let own;
    let quote = match told {
        Some(all) if said.is_empty() => {
            told = None;
            all.quote()
        }
        _ => {
            own = Quote::of(said);
            // Gmail says first what happened, and quotes the other server in a paragraph of its own.
            match told {
                Some(all)
                    if own.before.raw.is_empty()
                        && own.said.folded(work).reply.is_none()
                        && !all.quote().before.raw.is_empty()
                        && all.quote().said.folded(work).reply.is_some() =>
                {
                    all.quote()
                }
                _ => &own,
            }
        }
    };
    let around = Passage::new(around);
    let said = quote.said.raw;
    let folded = quote.said.folded(work);
    let action = evidence.action;
    let host = evidence
        .host
        .map(str::to_owned)
        .or_else(|| host_in(said))
        .or_else(|| host_in(around.raw));
    let mut known = Known {
        reply: folded.reply,
        inner: folded.status,
        outer: evidence.status,
        command: quote.said.command(work).or(evidence.command),
        host: host.as_deref(),
        names_address: folded.names_address,
    };
    let found = quote.said.found(work);
    let mut verdict = RULES.judge(found, &known.circumstances());
    // The refusal itself does not say: look around it.
    for wider in [&quote.before, &around] {
        let is_needed = known.command.is_none() || known.reply.is_none() || is_vague(verdict);
        if wider.raw.is_empty() || !is_needed {
            continue;
        }
        known.add(wider.folded(work));
        known.command = known.command.or_else(|| wider.command(work));
        let first = RULES.judge(found, &known.circumstances());
        verdict = better(first, verdict);
        if is_vague(verdict) {
            let second = RULES.judge(wider.found(work), &known.circumstances());
            verdict = better(verdict, second);
        }
    }
    if let Some(Told { all, .. }) = told
        && known.reply.is_none()
    {
        known.add(all.folded(work));
    }
    if let Some(Told { all, .. }) = told
        && is_vague(verdict)
    {
        known.add(all.folded(work));
        known.command = known.command.or_else(|| all.command(work));
        let found = all.found(work);
        let wider = RULES
            .judge_phrases(found, &known.circumstances())
            // How long a server has tried is the story, not the reason, where its reply has a code that says why.
            .filter(|wider| wider.class != Class::Expired || !is_by_code(verdict));
        verdict = better(verdict, wider).or_else(|| RULES.judge(found, &known.circumstances()));
    }
    let status = known.status();
    let mut class = verdict.map_or(Class::Unknown, |verdict| verdict.class);
    let mut authentication = verdict.and_then(|verdict| verdict.authentication);
    if let Some(verdict) = verdict {
        class = after_recipient_was_taken(
            &verdict,
            status,
            known.reply.is_some(),
            known.command,
            &folded.text,
        );
    }
    class = before_recipient_was_named(class, known.command);
    match action {
        Some(Action::Delivered | Action::Relayed | Action::Expanded) => {
            class = Class::Delivered;
            authentication = None;
        }
        Some(Action::Delayed) if class == Class::Unknown => class = Class::Expired,
        _ => {}
    }
    let given = status.map(|status| {
        let origin = if known.inner == Some(status) {
            StatusOrigin::Reply
        } else {
            StatusOrigin::Report
        };
        (status, origin)
    });
    let is_temporary = action == Some(Action::Delayed)
        || known.reply.is_some_and(|reply| reply < 500)
        || (known.reply.is_none() && given.is_some_and(|(status, _)| status.class == 4));
    let (status, status_origin) = given
        .or_else(|| Some((standing_for(class, is_temporary)?, StatusOrigin::Class)))
        .unzip();
    Recipient {
        address: None,
        original_address: None,
        action,
        status,
        status_origin,
        reply: known.reply,
        text: text_of(said),
        command: known.command,
        remote_host: host.clone(),
        last_attempt: None,
        class,
        permanence: permanence(class, is_temporary),
        authentication,
    }
}

/// What is known so far.
struct Known<'a> {
    reply: Option<u16>,
    /// Of the text.
    inner: Option<Status>,
    /// Of the field `Status`.
    outer: Option<Status>,
    command: Option<&'static str>,
    host: Option<&'a str>,
    names_address: bool,
}

impl Known<'_> {
    fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            status: self.status(),
            reply: self.reply,
            command: self.command,
            host: self.host,
            names_address: self.names_address,
        }
    }

    fn status(&self) -> Option<Status> {
        best_status(self.inner, self.outer)
    }

    fn add(&mut self, folded: &Folded) {
        self.reply = self.reply.or(folded.reply);
        self.inner = self.inner.or(folded.status);
    }
}

fn is_vague(verdict: Option<Verdict>) -> bool {
    verdict.is_none_or(|verdict| verdict.rank < RANK_SPECIFIC)
}

/// Whether an enhanced status code says what happened.
fn is_by_code(verdict: Option<Verdict>) -> bool {
    verdict.is_some_and(|verdict| verdict.rank > RANK_COMMON)
}

/// The verdict of the higher rank; of equals, the first.
fn better(first: Option<Verdict>, second: Option<Verdict>) -> Option<Verdict> {
    match (first, second) {
        (Some(first), Some(second)) if second.rank > first.rank => Some(second),
        (first, second) => first.or(second),
    }
}

/// The status that says more: that of the reply, unless it is x.0.0 and the field is not.
fn best_status(inner: Option<Status>, outer: Option<Status>) -> Option<Status> {
    match (inner, outer) {
        (Some(inner), Some(outer)) if !inner.is_specific() && outer.is_specific() => Some(outer),
        (Some(inner), _) => Some(inner),
        (None, outer) => outer,
    }
}

/// Words, folded, with which servers also refuse for an address that exists.
const EVASIVE: &[&str] = &["unknown", "unavailable"];

/// A server that says "unknown" only when the recipient had been taken and the message was sent speaks of
/// what the recipient lets in: mobile carriers answer so for filters that their customers set. The same
/// where nobody tells at which command a reply came, and neither a code says that it is the address
/// (RFC 3463, section 3.2) nor does the reply begin with the address, as answers to RCPT do. A server that
/// gives no code that says anything speaks of its own directory.
///
/// Where nobody tells the command, this is so of those words alone that do not tell unknown from unwanted
/// ([`EVASIVE`]): who says that there is no such user, or that the recipient is invalid, means the address.
fn after_recipient_was_taken(
    verdict: &Verdict,
    status: Option<Status>,
    has_reply: bool,
    command: Option<&str>,
    said: &str,
) -> Class {
    if verdict.class != Class::AddressUnknown
        || !verdict.is_by_words
        || verdict.rank > RANK_EXPLICIT
        || !(has_reply || status.is_some_and(Status::is_specific))
        || (command.is_none() && !EVASIVE.iter().any(|word| said.contains(word)))
    {
        return verdict.class;
    }
    let begins_with_address = said
        .split(' ')
        .next()
        .is_some_and(|word| word.starts_with('<') || word.contains('@'));
    let is_of_address = match (status.map(|status| status.subject), command) {
        (Some(1), _) | (_, Some("RCPT")) => true,
        (Some(2), _) | (_, Some(_)) => false,
        _ => begins_with_address,
    };
    if is_of_address {
        Class::AddressUnknown
    } else {
        Class::RecipientRefused
    }
}

/// Before RCPT, no server knows the recipient: what it misses is the sender's address or the client's name.
fn before_recipient_was_named(class: Class, command: Option<&str>) -> Class {
    match (class, command) {
        (
            Class::AddressUnknown
            | Class::DomainUnknown
            | Class::AddressMoved
            | Class::AddressSuspended
            | Class::RecipientRefused,
            Some("CONN" | "EHLO"),
        ) => Class::ClientBlocked,
        (
            Class::AddressUnknown
            | Class::DomainUnknown
            | Class::AddressMoved
            | Class::RecipientRefused,
            Some("MAIL"),
        ) => Class::SenderRefused,
        _ => class,
    }
}

/// Only what is wrong with the address itself is for ever.
fn permanence(class: Class, is_temporary: bool) -> Permanence {
    let is_of_address = matches!(
        class,
        Class::AddressUnknown | Class::DomainUnknown | Class::AddressMoved | Class::MailNotAccepted
    );
    if is_of_address && !is_temporary {
        Permanence::Permanent
    } else {
        Permanence::Temporary
    }
}

/// The code that a server would have given for this class (RFC 3463, section 3; RFC 7372; RFC 7505).
fn standing_for(class: Class, is_temporary: bool) -> Option<Status> {
    let (subject, detail) = match class {
        Class::AddressUnknown => (1, 1),
        Class::DomainUnknown => (1, 2),
        Class::AddressMoved => (1, 6),
        Class::MailNotAccepted => (3, 2),
        Class::AddressSuspended => (2, 1),
        Class::MailboxFull => (2, 2),
        Class::RecipientRefused
        | Class::Policy
        | Class::Spam
        | Class::Malware
        | Class::ClientBlocked
        | Class::Reputation
        | Class::RelayDenied => (7, 1),
        Class::Authentication => (7, 26),
        Class::SenderRefused => (1, 8),
        Class::ReverseDns => (7, 25),
        Class::RateLimited => (4, 5),
        Class::Content | Class::Format => (6, 0),
        Class::TooLarge => (3, 4),
        Class::OverLimit => (2, 3),
        Class::Network => (4, 4),
        Class::Expired => (4, 7),
        Class::Protocol => (5, 0),
        Class::Tls => (7, 10),
        Class::AccessDenied => (7, 0),
        Class::ServerFault | Class::DeliveryProgram => (3, 0),
        Class::ServerFull => (3, 1),
        Class::Deferred => (0, 0),
        Class::Delivered => {
            return Some(Status {
                class: 2,
                subject: 0,
                detail: 0,
            });
        }
        Class::Feedback | Class::AutoReply | Class::Unknown => return None,
    };
    let passes = matches!(
        class,
        Class::Network | Class::Expired | Class::Deferred | Class::RateLimited
    );
    Some(Status {
        class: if is_temporary || passes { 4 } else { 5 },
        subject,
        detail,
    })
}

/// The refusal in one line.
fn text_of(said: &str) -> String {
    let line = one_line(prefix(said, TEXT_OCTETS_MAX * 2));
    prefix(bare_reply(&line), TEXT_OCTETS_MAX).to_owned()
}

/// A reply in one line without what whoever tells it put around: the quotation mark before its code, with the one that
/// closes it where that stands at the end, and the words of Postfix for the command it answers (`(in reply to RCPT TO
/// command)`).
pub fn bare_reply(line: &str) -> &str {
    let line = line.trim();
    let pairs = [
        ('\'', '\''),
        ('"', '"'),
        ('\u{2018}', '\u{2019}'),
        ('\u{201c}', '\u{201d}'),
    ];
    let quoted = pairs.iter().find_map(|(opens, closes)| {
        let rest = line.strip_prefix(*opens)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_code = digits == 3 && rest.starts_with(['4', '5']);
        is_code.then(|| rest.strip_suffix(*closes).unwrap_or(rest))
    });
    let line = quoted.unwrap_or(line);
    let command = line.rfind(" (in reply to ").filter(|at| {
        let words = line[*at..].trim_end_matches([')', '.', ' ']);
        words.ends_with(" command")
    });
    line[..command.unwrap_or(line.len())].trim_end()
}

/// Words with which a server begins to quote another one, in small letters.
const QUOTES: &[&str] = &[
    "the error that the other server returned was:",
    "the error returned was:",
    "the response from the remote server was:",
    "the response was:",
    "remote server returned",
    "remote host said:",
    "gave this error:",
    "it responded as follows:",
    "error message below:",
    "diagnostic code:",
    "reported error:",
    "l’erreur renvoyée par l'autre serveur est la suivante :",
    "la réponse du serveur distant est la suivante :",
    "la réponse était la suivante :",
    "die antwort lautete:",
    "die antwort des remote-servers lautete:",
    "la respuesta fue:",
    "la respuesta del servidor remoto fue:",
    "la risposta è stata:",
    "a resposta foi:",
    "het antwoord was:",
    "odpowiedź brzmiała:",
    "リモート サーバーからの応答:",
    "応答内容:",
];

/// Octets of what stands before the reply that a server tells of another one: host, command and an address.
const PREAMBLE_OCTETS_MAX: usize = 1_000;

static QUOTING: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(QUOTES)
        .expect("a test builds it")
});

/// What a text quotes of another server, up to an empty line, and what stands before; all of it where it
/// quotes nothing.
fn quoted(text: &str) -> (&str, &str) {
    for found in QUOTING.find_iter(text) {
        let quote = text[found.end()..].trim_start();
        if !quote.is_empty() {
            return (paragraph(quote), text[..found.start()].trim());
        }
    }
    match reply_behind_host(text) {
        Some(at) => (&text[at..], text[..at].trim()),
        None => (text, ""),
    }
}

/// Where the reply begins that a server tells of another one: `host mx.example.org[192.0.2.1] said: 550 …`,
/// `SMTP error from remote mail server after RCPT TO:<a@b.example>: host mx.example.org [192.0.2.1]: 550 …`.
fn reply_behind_host(text: &str) -> Option<usize> {
    let start = prefix(text, PREAMBLE_OCTETS_MAX);
    let octets = text.as_bytes();
    let begins_reply = |at: usize| {
        matches!(octets.get(at), Some(b'4' | b'5'))
            && octets
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
            && matches!(octets.get(at + 3), Some(b' ' | b'-'))
    };
    // A reply that itself tells of another server: whom it could not verify, say.
    if begins_reply(0) {
        return None;
    }
    let at = memchr::memchr_iter(b':', start.as_bytes())
        .map(|colon| colon + 1 + (text[colon + 1..].len() - text[colon + 1..].trim_start().len()))
        .find(|at| begins_reply(*at))?;
    let names_host = find_ignoring_case(&text[..at], "host ").is_some()
        || find_ignoring_case(&text[..at], "smtp error").is_some();
    names_host.then_some(at)
}

/// What stands before the first empty line.
fn paragraph(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    &text[..at]
}

/// The host that a refusal names: `host mx.example.org[192.0.2.1] said`, `mx.example.org said`.
fn host_in(text: &str) -> Option<String> {
    let text = prefix(text, 400);
    let named = [
        "host ",
        "host: ",
        "talking to ",
        "connect to ",
        "connected to ",
        "smtp server <",
    ]
    .iter()
    .find_map(|word| {
        let at = find_ignoring_case(text, word)?;
        Some(&text[at + word.len()..])
    });
    let word = match named {
        Some(rest) => rest
            .split(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | ':' | ',' | '>'))
            .next(),
        None => {
            // DragonFly: `mx.example.org [192.0.2.1] did not like our RCPT TO:`.
            let first = text.split_whitespace().next();
            first.filter(|_| text.contains("did not like our"))
        }
    }?;
    let host = strip_prefix(word, "dns;")
        .unwrap_or(word)
        .trim_matches(['.', ':', '<']);
    let is_host = host.contains('.')
        && host.len() <= 255
        && host
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_'));
    is_host.then(|| host.to_owned())
}

fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    let first = word.as_bytes().first().copied()?;
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes())
        .find(|at| super::lines::starts_with(&text[*at..], word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_bare_of_what_was_put_around_it() {
        for (line, expect) in [
            ("'550 5.1.1 user unknown'", "550 5.1.1 user unknown"),
            ("'550 5.1.1 user unknown", "550 5.1.1 user unknown"),
            ("\u{201c}550 no such user\u{201d}", "550 no such user"),
            (
                "550 no such user (in reply to RCPT TO command)",
                "550 no such user",
            ),
            ("550 no (in reply to end of DATA command))", "550 no"),
            (
                "550 no (in reply to your command) of today",
                "550 no (in reply to your command) of today",
            ),
            ("550 the user 'anne'", "550 the user 'anne'"),
            ("'anne' is unknown", "'anne' is unknown"),
            ("'5500", "'5500"),
            ("", ""),
        ] {
            assert_eq!(bare_reply(line), expect, "{line}");
        }
    }
}
