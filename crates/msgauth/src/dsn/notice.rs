//! What servers write to people: which recipients are named, what is said of each, and where the copy of
//! the message begins, which is nobody's refusal.
//!
//! Families differ in their words, not in their shape: an address on a line of its own or behind a label,
//! what the server said beside or beneath it, a transcript of commands (`>>>`) and replies (`<<<`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::RECIPIENTS_MAX;
use super::fold::REFUSAL_OCTETS_MAX;
use super::lines::{
    find_address, is_address, is_role, is_same_address, prefix, starts_with, strip_prefix,
    whole_address,
};
use super::work::Counter;

/// Octets of a notice that are looked at. What servers write themselves has a few thousand.
pub(super) const NOTICE_OCTETS_MAX: usize = 100_000;

/// The family of programmes that keep mailing lists.
const MAILING_LIST: &str = "mailing-list";

/// How sure it is that an address is a recipient's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// It stands in a sentence or behind `To:`.
    #[default]
    Mentioned,
    /// A command of the transcript names it.
    Commanded,
    /// It stands on a line of its own, or behind a word that says so.
    Listed,
}

/// What is said of one recipient.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) address: String,
    pub(super) certainty: Certainty,
    /// What the server said.
    pub(super) text: String,
    pub(super) command: Option<&'static str>,
}

/// A notice, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Notice {
    pub(super) blocks: Vec<Block>,
    /// The refusals of the transcript that belong to no recipient.
    pub(super) transcript: String,
    /// The last command of the transcript that was refused.
    pub(super) command: Option<&'static str>,
    /// The server that was talked to.
    pub(super) host: Option<String>,
    pub(super) is_cut: bool,
}

/// Beginnings of lines behind which a copy of the message stands, in small letters and without the signs
/// before them.
const COPIES: &[&str] = &[
    "below this line is a copy of",
    "below the next line is a copy of",
    "below is a copy of the",
    "enclosed is a copy of",
    "this is a copy of the message",
    "this is a copy of your message",
    "this is a copy of the headers",
    "this is a copy of the original",
    "the following is a copy of",
    "here is a copy of",
    "a copy of your message follows",
    "a copy of the original message follows",
    "the body of the message is",
    "the header of the original message",
    "the headers of the original message",
    "included is a copy of",
    "message header follows",
    "message headers follow",
    "message header:",
    "original message follows",
    "original message headers",
    "original message header",
    "original message -",
    "original message:",
    "original mail follows",
    "original headers follow",
    "original text follows",
    "unsent message follows",
    "undelivered message follows",
    "undelivered message -",
    "undelivered message:",
    "returned message follows",
    "returned message -",
    "returned message:",
    "returned mail follows",
    "returned content",
    "unsent message below",
    "start of returned message",
    "begin of returned message",
    "begin original message",
    "begin message",
    "begin quoted",
    "message text follows",
    "no message was collected",
    "first part of the message",
    "bounced e-mail:",
    "bounced message:",
    "the original message follows",
    "the original message was:",
    "the original message headers",
    "the original message is attached",
    "the text of the original message",
    "the message that was sent",
    "your original message:",
    "your original message follows",
    "your message reads",
    "your message follows",
    "the failed message",
    "failed message follows",
    "forwarded message",
    "message d'origine",
    "message original",
    "message initial",
    "en-têtes de message d'origine",
    "en-têtes du message d'origine",
    "en-têtes de message d\u{2019}origine",
    "en-têtes du message d\u{2019}origine",
    "copie du message",
    "ci-dessous une copie",
    "voici une copie",
    "ursprüngliche nachricht",
    "ursprüngliche nachrichtenkopfzeilen",
    "originalnachricht",
    "original-nachricht",
    "originalkopfzeilen",
    "kopie der nachricht",
    "es folgt eine kopie",
    "mensaje original",
    "encabezados de mensajes originales",
    "encabezados del mensaje original",
    "copia del mensaje",
    "messaggio originale",
    "intestazioni messaggio originale",
    "intestazioni originali",
    "copia del messaggio",
    "mensagem original",
    "cabeçalhos de mensagens originais",
    "oorspronkelijk bericht",
    "oorspronkelijke berichtkoppen",
    "oryginalna wiadomość",
    "元のメッセージ",
    "オリジナル メッセージ",
    "元のメール",
    "送信したメール",
    "исходное письмо",
    "исходное сообщение",
    // A copy without a word before it.
    "content-type: message/rfc822",
    "content-type: text/rfc822-headers",
    "received: from ",
    "received: by ",
    "received: (",
    "received:from ",
    "return-path: <",
    "return-path:<",
];

/// Words before an address that say that it is a recipient's, in small letters.
const LABELS: &[&str] = &[
    "recipient",
    "recipients",
    "recipient address",
    "recipient email address",
    "recipient email",
    "failed recipient",
    "failed recipients",
    "failed address",
    "intended recipient",
    "final-recipient",
    "addressed to",
    "delivered to",
    "could not be delivered to",
    "could not deliver to",
    "couldn't be delivered to",
    "was not delivered to",
    "not delivered to",
    "undeliverable to",
    "undelivered to",
    "undeliverable address",
    "unknown user",
    "user unknown",
    "no such user",
    "invalid recipient",
    "invalid address",
    "unknown recipient",
    "bad recipient",
    "user mailbox exceeds allowed size",
    "mailbox full",
    "did not reach the following recipient",
    "did not reach the following recipients",
    "to the following recipient",
    "to the following recipients",
    "to the following address",
    "to the following addresses",
    "following recipient",
    "following address",
    "rcpt to",
    "target mail address",
    "target address",
    "destination address",
    "email address",
    "your message to",
    "message to",
    "mail to",
    "destinataire",
    "destinataires",
    "adresse du destinataire",
    "adresse destinataire",
    "pour",
    "empfänger",
    "empfängeradresse",
    "an",
    "destinatario",
    "destinatarios",
    "destinatário",
    "ontvanger",
    "odbiorca",
    "宛先",
    "あて先",
    "宛先アドレス",
    "受信者",
    "送信先",
    "送信先メールアドレス",
    "получатель",
    "адрес получателя",
];

/// Beginnings of lines whose addresses are not recipients'.
const OTHERS: &[&str] = &[
    "from:",
    "from ",
    "cc:",
    "size",
    "number of lines",
    "sent date",
    "sender:",
    "reply-to",
    "return-path",
    "message-id",
    "message id",
    "x-",
    "received",
    "reporting",
    "original address",
    "please contact",
    "contact",
    "for further",
    "for assistance",
    "if you",
    "mail from",
    ">>> mail",
    "arrival",
    "references",
    "in-reply-to",
    "envelope-from",
    "(envelope-from",
    "id ",
    "expéditeur",
    "de ",
    "de:",
    "von",
    "absender",
    "送信者",
    "差出人",
    "subject",
    "the message subject",
    "message subject",
    "objet :",
    "objet:",
    "objet\u{a0}:",
    "betreff:",
    "asunto:",
    "oggetto:",
    "assunto:",
    "onderwerp:",
    "temat:",
    "тема:",
    "件名",
    "to:",
    "date:",
    "sent:",
    "your document:",
    "your message:",
    "dkim-signature",
    // Of parts that cannot be told apart.
    "content-type:",
    "content-transfer-encoding:",
    "content-description:",
    "content-disposition:",
    "mime-version:",
    "this is a multi-part message in mime format",
    "this is a mime-encapsulated message",
    // Fields of a report that stand in the text, read as fields.
    "action:",
    "remote-mta:",
    "last-attempt-date:",
    "will-retry-until:",
];

/// Divides a notice at the copy of the message that it carries.
pub(super) fn cut(text: &str) -> (&str, &str) {
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        if is_copy(&text[at..end]) {
            return text.split_at(at);
        }
        at = (end + 1).min(text.len());
    }
    (text, "")
}

fn is_copy(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '=' | '*' | '#' | '_' | '>' | '|' | '+' | '~' | '.' | '['
            )
    });
    BEGINNINGS_OF_COPIES
        .near(bare)
        .any(|copy| match copy.strip_suffix('-') {
            // What stands in a rule of hyphens.
            Some(words) => begins(bare, words.trim_end())
                .is_some_and(|rest| rest.trim_start().starts_with('-')),
            None => begins(bare, copy).is_some(),
        })
}

/// Reads a notice without the copy of the message.
pub(super) fn read(text: &str, dialect: Option<&str>, work: &Counter) -> Notice {
    let mut reader = Reader {
        dialect,
        ..Reader::default()
    };
    let notice = prefix(text, NOTICE_OCTETS_MAX);
    work.lines(notice.len());
    for line in notice.lines() {
        reader.line(line);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader<'d> {
    notice: Notice,
    dialect: Option<&'d str>,
    /// Where the block of an address is.
    known: HashMap<String, usize>,
    /// The block that is being written of, and how far its first line was indented.
    open: Option<(usize, usize)>,
    /// A line of the block had text.
    has_text: bool,
    /// Replies of the transcript that no recipient was named for yet.
    pending: String,
    pending_command: Option<&'static str>,
    /// The last command of the transcript, and its recipient.
    last_command: Option<&'static str>,
    commanded: Option<String>,
    /// In Sendmail's transcript, where programmes speak too.
    in_transcript: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        if trimmed.is_empty() {
            if self.has_text {
                self.close();
            }
            return;
        }
        if is_rule(trimmed) {
            self.close();
            self.in_transcript = trimmed.contains("Transcript");
            return;
        }
        if self.transcript(trimmed) || self.statement(trimmed) {
            return;
        }
        if let Some((address, rest)) = self.listed(trimmed, indent) {
            let address = address.to_owned();
            self.begin(&address, Certainty::Listed, indent);
            self.say(rest);
            return;
        }
        if self.open.is_some() {
            if !is_other(trimmed) {
                self.say(trimmed);
            }
        } else if self.in_transcript {
            add(&mut self.pending, trimmed);
            add(&mut self.notice.transcript, trimmed);
        } else {
            self.mention(trimmed);
        }
    }

    /// An address at the beginning of a line or behind a label, and what follows it.
    fn listed<'l>(&self, line: &'l str, indent: usize) -> Option<(&'l str, &'l str)> {
        // What goes on beneath an address, further in, is said of it, whatever it begins with.
        if self
            .open
            .is_some_and(|(at, start)| indent > start && (self.has_text || self.is_of(at, line)))
        {
            return None;
        }
        if let Some(bracketed) = line.strip_prefix('<') {
            let (inside, rest) = bracketed.split_once('>')?;
            let address = whole_address(inside)?;
            // `<a@b>... User unknown`, `<a@b>: Recipient address rejected` go on with what is said of it.
            if self.open.is_some_and(|(at, _)| self.is_of(at, address)) && self.has_text {
                return None;
            }
            return Some((address, rest));
        }
        if let Some(address) = whole_address(line) {
            return Some((address, ""));
        }
        if let Some((label, rest)) = line.split_once(':')
            && is_label(label)
        {
            return behind_label(rest);
        }
        for label in [
            "your message to ",
            "undeliverable to ",
            "your mail to ",
            "failed to deliver to ",
        ] {
            if let Some(rest) = strip_prefix(line, label)
                && let Some((address, rest)) = behind_label(rest)
            {
                return Some((address, rest));
            }
        }
        let (first, rest) = match line.find(|c: char| c.is_whitespace() || matches!(c, '<' | '(')) {
            Some(end) => line.split_at(end),
            None => (line, ""),
        };
        let address = whole_address(first)?;
        if self.open.is_some_and(|(at, _)| self.is_of(at, address)) && self.has_text {
            return None;
        }
        let rest = rest.trim_start();
        let is_listed = first.ends_with(':')
            || rest.starts_with(['(', '<', '[', '-'])
            || starts_with(rest, "on ")
            || starts_with(rest, "invalid ")
            || starts_with(rest, "...")
            || first.ends_with("...");
        is_listed.then(|| {
            // `a@b<mailto:a@b>`.
            let rest = match rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
                Some((inside, rest)) if whole_address(inside).is_some() => rest,
                _ => rest,
            };
            (address, rest)
        })
    }

    fn is_of(&self, at: usize, text: &str) -> bool {
        let text = whole_address(text).unwrap_or(text);
        is_same_address(&self.notice.blocks[at].address, text)
    }

    /// A line of a transcript.
    fn transcript(&mut self, line: &str) -> bool {
        // InterScan says which side spoke, and draws its arrows in either direction.
        let sent = line
            .strip_prefix("Sent ")
            .map(|rest| rest.trim_start_matches(['<', '>']));
        let received = line
            .strip_prefix("Received ")
            .filter(|rest| rest.starts_with("<<<") || rest.starts_with(">>>"))
            .map(|rest| rest.trim_start_matches(['<', '>']));
        let client = line
            .strip_prefix(">>>")
            .or(sent.filter(|rest| command_of(rest.trim_start()).is_some()))
            .or_else(|| line.strip_prefix("In:"))
            .or_else(|| behind_time(line, "--> ").filter(|rest| command_of(rest).is_some()))
            .map(str::trim_start);
        if let Some(command) = client {
            self.close();
            let Some(name) = command_of(command) else {
                // ActiveHunter: `>>> a@b.example <a@b.example>`.
                if let Some((address, rest)) = behind_label(command)
                    && whole_address(rest).is_some_and(|again| is_same_address(again, address))
                {
                    self.begin(address, Certainty::Listed, 0);
                    self.close();
                }
                return true;
            };
            self.last_command = Some(name);
            if name == "RCPT"
                && let Some((address, _)) = find_address(command)
            {
                self.commanded = Some(address.to_owned());
                self.begin(address, Certainty::Commanded, 0);
                self.close();
            }
            return true;
        }
        let server = line
            .strip_prefix("<<<")
            .or(received)
            .or_else(|| line.strip_prefix("Out:"))
            .or_else(|| behind_time(line, "<-- "))
            .map(str::trim_start);
        let Some(reply) = server else {
            if let Some(rest) = line
                .strip_prefix("... while talking to ")
                .or_else(|| strip_prefix(line, "while talking to "))
            {
                self.close();
                let host = rest.trim_end_matches([':', '.']);
                self.notice.host = Some(prefix(host, 255).to_owned());
                return true;
            }
            return false;
        };
        if matches!(reply.as_bytes().first(), Some(b'4' | b'5')) {
            if self.pending.is_empty() {
                self.pending_command = self.last_command;
                self.notice.command = self.notice.command.or(self.last_command);
            }
            add(&mut self.pending, reply);
            add(&mut self.notice.transcript, reply);
            if self.last_command == Some("RCPT")
                && let Some(address) = self.commanded.clone()
            {
                self.begin(&address, Certainty::Commanded, 0);
                if let Some((at, _)) = self.open {
                    add(&mut self.notice.blocks[at].text, reply);
                    self.notice.blocks[at].command.get_or_insert("RCPT");
                }
                self.close();
            }
        }
        true
    }

    /// `550 5.1.1 <a@b>... User unknown`: what Sendmail concludes.
    fn statement(&mut self, line: &str) -> bool {
        let octets = line.as_bytes();
        let is_statement = matches!(octets.first(), Some(b'4' | b'5'))
            && octets
                .get(1..3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
            && octets.get(3) == Some(&b' ');
        if !is_statement || self.open.is_some() {
            return false;
        }
        let said = line.split_once("...");
        let Some((before, _)) = said else {
            return false;
        };
        let Some((address, _)) = find_address(before)
            .filter(|_| before.ends_with('>') || before.ends_with(char::is_alphanumeric))
        else {
            // `550 example.org (smtp)... 550 Host unknown`: of the recipient that follows.
            add(&mut self.pending, line);
            add(&mut self.notice.transcript, line);
            return true;
        };
        let address = address.to_owned();
        self.begin(&address, Certainty::Listed, 0);
        if let Some((at, _)) = self.open {
            let pending = std::mem::take(&mut self.pending);
            let command = self.pending_command.take();
            let block = &mut self.notice.blocks[at];
            if !pending.is_empty() && block.text.is_empty() {
                add(&mut block.text, &pending);
            }
            add(&mut block.text, line);
            if block.command.is_none() {
                block.command = command;
            }
        }
        self.close();
        true
    }

    /// Notes the addresses of a sentence.
    fn mention(&mut self, line: &str) {
        if !line.contains('@') {
            return;
        }
        if is_other(line) {
            return;
        }
        if let Some((address, rest)) = find_address(line) {
            let address = address.to_owned();
            let says_more = rest.contains(char::is_alphanumeric) || is_refusing_sentence(line);
            self.begin(&address, Certainty::Mentioned, 0);
            if says_more {
                self.say(line);
            }
            // What follows may be said of it: a sentence that ends with the address goes on beneath.
            if rest.contains(char::is_alphanumeric) {
                self.close();
            } else {
                self.has_text = false;
            }
        }
    }

    fn begin(&mut self, address: &str, certainty: Certainty, indent: usize) {
        let key = address.to_ascii_lowercase();
        let known = self.known.get(&key).copied();
        let at = match known {
            Some(at) => {
                let block = &mut self.notice.blocks[at];
                block.certainty = block.certainty.max(certainty);
                at
            }
            None if self.notice.blocks.len() == RECIPIENTS_MAX => {
                self.notice.is_cut = true;
                self.open = None;
                return;
            }
            None => {
                self.notice.blocks.push(Block {
                    address: address.to_owned(),
                    certainty,
                    ..Block::default()
                });
                let at = self.notice.blocks.len() - 1;
                self.known.insert(key, at);
                at
            }
        };
        self.open = Some((at, indent));
        self.has_text = false;
    }

    fn say(&mut self, text: &str) {
        let text = text.trim_start_matches([':', ' ', '\t', ',']).trim_end();
        if text.is_empty() {
            return;
        }
        if let Some((at, _)) = self.open {
            add(&mut self.notice.blocks[at].text, text);
            self.has_text = true;
        }
    }

    fn close(&mut self) {
        self.open = None;
        self.has_text = false;
    }

    fn finish(mut self) -> Notice {
        if self.dialect == Some("exim") || self.notice.blocks.len() > 1 {
            // `kijitora` for `kijitora@example.jp`: Exim names local recipients without their domain.
            self.notice
                .blocks
                .retain(|block| is_address(&block.address));
        }
        if self.dialect == Some(MAILING_LIST) {
            // Lists name who wrote, and whom to write to instead; to which list is in the copy.
            self.notice
                .blocks
                .retain(|block| block.certainty != Certainty::Mentioned);
        }
        self.notice.blocks.retain(|block| {
            block.certainty == Certainty::Commanded
                || !is_role(&block.address)
                || !block.text.is_empty()
        });
        self.notice
    }
}

/// What follows an arrow, before which the time may stand: `Mon 2026-06-01 10:00:00: --> RCPT To:<a@b>`.
fn behind_time<'l>(line: &'l str, arrow: &str) -> Option<&'l str> {
    let (before, rest) = line.split_once(arrow)?;
    let is_time = before.is_empty()
        || (before.trim_end().ends_with(':') && before.bytes().any(|octet| octet.is_ascii_digit()));
    (is_time && before.len() <= 40).then_some(rest)
}

/// Adds a line to what is said, up to a length.
fn add(text: &mut String, line: &str) {
    if text.len() + line.len() <= REFUSAL_OCTETS_MAX {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}

/// A line of signs alone, or with words in the middle of them.
fn is_rule(line: &str) -> bool {
    let signs = |text: &str| {
        text.bytes()
            .take_while(|octet| matches!(octet, b'-' | b'=' | b'*' | b'_' | b'#'))
            .count()
    };
    signs(line) >= 3
}

/// Whether what a line names is not a recipient nor said of one.
pub(super) fn is_other(line: &str) -> bool {
    BEGINNINGS_OF_OTHERS
        .near(line)
        .any(|other| begins(line, other).is_some())
}

static BEGINNINGS_OF_COPIES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::new(COPIES));
static BEGINNINGS_OF_OTHERS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::new(OTHERS));

/// Beginnings of lines by their first octet: most lines share it with few. Those that begin with a letter
/// beyond ASCII are together, for its capital may have another first octet.
struct Beginnings([Vec<&'static str>; 129]);

impl Beginnings {
    fn new(all: &[&'static str]) -> Self {
        let mut sorted = std::array::from_fn(|_| Vec::new());
        for words in all {
            let first = words.as_bytes().first().copied().unwrap_or_default();
            let list: &mut Vec<_> = &mut sorted[usize::from(first.min(128))];
            list.push(*words);
        }
        Self(sorted)
    }

    fn near(&self, line: &str) -> impl Iterator<Item = &'static str> {
        let first = line.as_bytes().first().copied().unwrap_or_default();
        let first = first.to_ascii_lowercase().min(128);
        self.0[usize::from(first)].iter().copied()
    }
}

/// What follows words in small letters with which a line begins, in any letters.
fn begins<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    if words.is_ascii() {
        return strip_prefix(line, words);
    }
    let mut rest = line.chars();
    for wanted in words.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    Some(rest.as_str())
}

fn is_label(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() || text.len() > 60 {
        return false;
    }
    let lower = text.to_lowercase();
    LABELS.contains(&lower.as_str())
}

/// The address behind a label.
fn behind_label(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let rest = strip_prefix(rest, "rfc822;").unwrap_or(rest).trim_start();
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    let bare = word.trim_end_matches([',', ';', '.']);
    let address = whole_address(bare)?;
    Some((address, &rest[word.len()..]))
}

/// Whether a sentence with an address is itself what is said of it.
fn is_refusing_sentence(line: &str) -> bool {
    let lower = prefix(line, 1_000).to_lowercase();
    [
        "reject",
        "refus",
        "respond",
        "unknown",
        "not found",
        "wasn't",
        "couldn't",
        "full",
        "exist",
        "error",
        "inconnu",
        "unbekannt",
        "desconocid",
        "sconosciut",
        "見つかり",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// The command of a line of a transcript.
pub(super) fn command_of(line: &str) -> Option<&'static str> {
    [
        ("ehlo", "EHLO"),
        ("helo", "EHLO"),
        ("lhlo", "EHLO"),
        ("starttls", "STARTTLS"),
        ("auth", "AUTH"),
        ("mail", "MAIL"),
        ("rcpt", "RCPT"),
        ("data", "DATA"),
        ("bdat", "DATA"),
    ]
    .into_iter()
    .find_map(|(word, command)| starts_with(line, word).then_some(command))
}
