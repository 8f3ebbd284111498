//! MTA-STS (RFC 8461): a domain says that mail to it must travel over TLS, and to which hosts.
//!
//! Two parts. A TXT record at `_mta-sts.<domain>`, `v=STSv1; id=…`, whose `id` changes with the policy
//! (section 3.1). And the policy, a text file at `https://mta-sts.<domain>/.well-known/mta-sts.txt` with
//! lines `key: value` (section 3.2): `version`, `mode`, `max_age`, and an `mx` for each host or for all
//! hosts one label below a name. With several records, or a broken one, there is no policy.

use garant_dns::{Answer, Name};

use crate::Span;
use crate::single::{Single, begins_with, is_extension, is_extension_name};
use crate::tag_list::{self, Grammar, Piece, Tag, note_once};

/// Characters of an `id` at most (RFC 8461, section 3.1).
pub const ID_OCTETS_MAX: usize = 32;
/// Seconds of `max_age` at most (RFC 8461, section 3.2): about a year.
pub const MAX_AGE_MAX_S: u64 = 31_557_600;
/// Lines of a policy that are read at most. A file of 64 kilobytes, the most that is fetched, could have as
/// many faults as octets; no real one has more than a few dozen lines.
pub const POLICY_LINES_MAX: usize = 2000;

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No `id`.
    IdMissing,
    /// `id` is not 1 to 32 letters and digits.
    IdSyntax,
    /// A piece breaks the grammar.
    Syntax,
}

impl Reason {
    /// A short name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IdMissing => "id-missing",
            Self::IdSyntax => "id-syntax",
            Self::Syntax => "syntax",
        }
    }
}

/// Something wrong or odd in a record, and where.
pub type Fault = tag_list::Fault<Reason>;

/// An MTA-STS record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The text, each octet that is no UTF-8 replaced.
    pub text: String,
    /// The version of the policy, when it is valid.
    pub id: Option<Tag<String>>,
    /// What is wrong; at most one fault of each kind.
    pub faults: Vec<Fault>,
}

impl Record {
    /// Reads the joined text of a TXT record; nothing when it does not begin with `v=STSv1`.
    pub fn parse(text: &[u8]) -> Option<Self> {
        begins_with(text, "v=STSv1").then(|| Self::read(text))
    }

    fn read(text: &[u8]) -> Self {
        let mut record = Self {
            text: String::from_utf8_lossy(text).into_owned(),
            id: None,
            faults: Vec::new(),
        };
        let mut has_id = false;
        for piece in tag_list::split(text, Grammar::Dkim).iter().skip(1) {
            let Piece::Tag { span, name, value } = *piece else {
                // Extension names may hold more than a tag's name does (section 3.1, sts-ext-name).
                if !is_extension(tag_list::octets(text, piece.span())) {
                    note_once(&mut record.faults, piece.span(), Reason::Syntax);
                }
                continue;
            };
            // Spaces around the equals sign are not foreseen here, other than in DKIM.
            let is_tight = name.end + 1 == value.start;
            // RFC 8461, section 3.2: of a repeated field the first counts.
            if tag_list::octets(text, name) != b"id" {
                let is_extension = is_extension(tag_list::octets(text, span));
                if tag_list::octets(text, name) != b"v" && !is_extension {
                    note_once(&mut record.faults, span, Reason::Syntax);
                }
                continue;
            }
            if std::mem::replace(&mut has_id, true) {
                continue;
            }
            let id = tag_list::octets(text, value);
            let is_valid =
                (1..=ID_OCTETS_MAX).contains(&id.len()) && id.iter().all(u8::is_ascii_alphanumeric);
            if is_valid && is_tight {
                record.id = Some(Tag {
                    span,
                    value_span: value,
                    value: tag_list::lossy(text, value),
                });
            } else {
                note_once(&mut record.faults, span, Reason::IdSyntax);
            }
        }
        if !has_id {
            let end = text.len();
            note_once(
                &mut record.faults,
                Span { start: end, end },
                Reason::IdMissing,
            );
        }
        record
    }

    /// `valid` or `invalid`.
    pub fn result(&self) -> &'static str {
        if self.faults.is_empty() {
            "valid"
        } else {
            "invalid"
        }
    }

    /// The record with all repaired that can be: the characters that an `id` cannot have are left out;
    /// without an `id`, the given one is put in, which must be new.
    pub fn repaired(&self, new_id: &str) -> String {
        let id = self.id.as_ref().map(|id| id.value.clone());
        let kept = || {
            let stated = self.faults.iter().find(|f| f.reason == Reason::IdSyntax)?;
            let text = self.text.get(stated.span.start..stated.span.end)?;
            let (_, value) = text.split_once('=')?;
            let id: String = value
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(ID_OCTETS_MAX)
                .collect();
            (!id.is_empty()).then_some(id)
        };
        let id = id.or_else(kept).unwrap_or_else(|| new_id.to_owned());
        format!("v=STSv1; id={id};")
    }
}

/// What stands at `_mta-sts.<domain>`.
pub type Selection = Single<Record>;

impl Selection {
    /// `none`, `valid`, `invalid` or `temperror`.
    pub fn result(&self) -> &'static str {
        self.result_by(Record::result)
    }
}

/// Sorts the texts of an answer.
pub fn select(answer: &Answer) -> Selection {
    Single::select(answer, Record::parse, "stsv1")
}

/// What senders do when a host fails the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// They do not deliver to it.
    Enforce,
    /// They deliver and report.
    Testing,
    /// They act as if there were no policy.
    None,
}

impl Mode {
    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

/// Which hosts an `mx` line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MxPattern {
    /// This one.
    Host(Name),
    /// Every one that is exactly one label longer.
    OneLabelBelow(Name),
}

impl MxPattern {
    fn parse(text: &str) -> Option<Self> {
        let (text, pattern): (&str, fn(Name) -> Self) = match text.strip_prefix("*.") {
            Some(rest) => (rest, Self::OneLabelBelow),
            None => (text, Self::Host),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if text.ends_with('.') || !text.chars().all(plain) {
            return None;
        }
        Name::from_input(text).ok().map(pattern)
    }

    /// Whether `host` is one of them (RFC 8461, section 4.1).
    pub fn matches(&self, host: &Name) -> bool {
        self.fits(host, host.parent().as_ref())
    }

    fn fits(&self, host: &Name, parent: Option<&Name>) -> bool {
        match self {
            Self::Host(name) => host == name,
            Self::OneLabelBelow(name) => parent == Some(name),
        }
    }
}

impl std::fmt::Display for MxPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Host(name) => write!(f, "{name}"),
            Self::OneLabelBelow(name) => write!(f, "*.{name}"),
        }
    }
}

/// What is wrong with a policy file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyReason {
    /// `version` is absent or not `STSv1`.
    Version,
    /// `mode` is absent or none of the three words.
    Mode,
    /// `max_age` is absent, no number, or too large.
    MaxAge,
    /// No `mx`, or one that is no host name; with mode `none` none is needed.
    Mx,
    /// A line that is no `key: value`.
    Syntax,
}

impl PolicyReason {
    /// A short name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Mode => "mode",
            Self::MaxAge => "max-age",
            Self::Mx => "mx",
            Self::Syntax => "syntax",
        }
    }
}

/// Something wrong in a policy file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    /// The line, from 1; 0 when the fault is that a line is missing.
    pub line: usize,
    /// The line as it is, or empty.
    pub text: String,
    /// What it is.
    pub reason: PolicyReason,
}

/// A policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What senders do, when it says so validly.
    pub mode: Option<Mode>,
    /// The hosts.
    pub mx: Vec<MxPattern>,
    /// Seconds for which senders keep the policy, when it says so validly.
    pub max_age_s: Option<u64>,
    /// What is wrong, in the order of the file, what is missing last.
    pub faults: Vec<PolicyFault>,
}

impl Policy {
    /// Reads a policy file. Lines end in LF or CRLF; empty lines and unknown keys are passed over; of a
    /// repeated key other than `mx` the first counts (RFC 8461, section 3.2).
    pub fn parse(text: &str) -> Self {
        let mut policy = Self {
            mode: None,
            mx: Vec::new(),
            max_age_s: None,
            faults: Vec::new(),
        };
        let (mut has_version, mut has_mode, mut has_max_age, mut has_mx) =
            (false, false, false, false);
        for (at, line) in text.lines().enumerate().take(POLICY_LINES_MAX) {
            if line.trim().is_empty() {
                continue;
            }
            let mut fault = |reason| {
                policy.faults.push(PolicyFault {
                    line: at + 1,
                    text: line.to_owned(),
                    reason,
                });
            };
            let Some((key, value)) = line.split_once(':') else {
                fault(PolicyReason::Syntax);
                continue;
            };
            let value = value.trim_matches([' ', '\t']);
            match key {
                "version" if !has_version => {
                    has_version = true;
                    if value != "STSv1" {
                        fault(PolicyReason::Version);
                    }
                }
                "mode" if !has_mode => {
                    has_mode = true;
                    policy.mode = [Mode::Enforce, Mode::Testing, Mode::None]
                        .into_iter()
                        .find(|mode| mode.as_str() == value);
                    if policy.mode.is_none() {
                        fault(PolicyReason::Mode);
                    }
                }
                "max_age" if !has_max_age => {
                    has_max_age = true;
                    policy.max_age_s = max_age(value);
                    if policy.max_age_s.is_none() {
                        fault(PolicyReason::MaxAge);
                    }
                }
                "mx" => {
                    has_mx = true;
                    match MxPattern::parse(value) {
                        Some(pattern) => policy.mx.push(pattern),
                        None => fault(PolicyReason::Mx),
                    }
                }
                "version" | "mode" | "max_age" => {}
                _ if is_extension_name(key.as_bytes()) => {}
                _ => fault(PolicyReason::Syntax),
            }
        }
        let is_off = policy.mode == Some(Mode::None);
        let missing = [
            (has_version, PolicyReason::Version),
            (has_mode, PolicyReason::Mode),
            (has_max_age, PolicyReason::MaxAge),
            (has_mx || is_off, PolicyReason::Mx),
        ];
        for (_, reason) in missing.into_iter().filter(|(has, _)| !has) {
            policy.faults.push(PolicyFault {
                line: 0,
                text: String::new(),
                reason,
            });
        }
        policy
    }

    /// `valid` or `invalid`.
    pub fn result(&self) -> &'static str {
        if self.faults.is_empty() {
            "valid"
        } else {
            "invalid"
        }
    }

    /// Whether it names this mail exchange.
    pub fn names(&self, exchange: &Name) -> bool {
        // Thousands of lines may meet thousands of exchanges: the name is taken apart once.
        let parent = exchange.parent();
        self.mx
            .iter()
            .any(|pattern| pattern.fits(exchange, parent.as_ref()))
    }
}

fn max_age(value: &str) -> Option<u64> {
    let is_number = (1..=10).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
    let seconds = is_number.then(|| value.parse().ok()).flatten()?;
    (seconds <= MAX_AGE_MAX_S).then_some(seconds)
}
