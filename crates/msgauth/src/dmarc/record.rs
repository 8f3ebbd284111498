//! One DMARC Policy Record (RFC 9989, sections 4.7 and 4.8), read twice: as receivers read it, and as its
//! owner meant it.
//!
//! A text is a DMARC record when it begins with `v=DMARC1`, in exactly these letters. From there on
//! nothing makes it invalid as a whole: unknown tags are ignored, wrong values fall back to defaults
//! (section 4.8). But a wrong `p`, `sp` or `np` turns the record into `p=none`, or into nothing when no
//! valid `rua` stands beside it (section 4.10.1): [`PolicyRecord::reading`]. What the misspelt word was
//! meant to be is [`PolicyRecord::intent`], and never decides anything.
//!
//! A tag that stands twice is not foreseen here; DKIM's syntax, which this one follows, forbids it.
//! Receivers differ; the first one counts here, and the second is a fault.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::report_address::{ReportAddress, ReportTag};
use super::tags::{Alignment, FailureOption, Policy, PublicSuffix, TagName};
use crate::Span;
use crate::look_alike::{self, LookAlike};
use crate::spelling;
use crate::tag_list::{self, Grammar, Piece, Tag};

/// Faults kept of one record at most. Nobody corrects more, and a hostile text of 64 kilobytes could hold
/// ten thousand.
pub const FAULTS_MAX: usize = 64;

/// One DMARC Policy Record. A tag is `None` when it is absent or has no valid value; in the latter case a
/// [`Fault`] says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRecord {
    octets: Vec<u8>,
    /// Where the values of `p`, `sp` and `np` stand, valid or not.
    stated: [Option<Span>; 3],
    /// The policy for the domain itself, and for all beneath it where `sp` and `np` say nothing.
    pub p: Option<Tag<Policy>>,
    /// The policy for subdomains that exist.
    pub sp: Option<Tag<Policy>>,
    /// The policy for subdomains that do not exist.
    pub np: Option<Tag<Policy>>,
    /// Whether the policy is only being tested: `y` is true.
    pub t: Option<Tag<bool>>,
    /// Whether the domain is a public suffix.
    pub psd: Option<Tag<PublicSuffix>>,
    /// Alignment of DKIM.
    pub adkim: Option<Tag<Alignment>>,
    /// Alignment of SPF.
    pub aspf: Option<Tag<Alignment>>,
    /// Where aggregate reports go; the valid addresses, at least one.
    pub rua: Option<Tag<Vec<ReportAddress>>>,
    /// Where failure reports go; the valid addresses, at least one.
    pub ruf: Option<Tag<Vec<ReportAddress>>>,
    /// When failure reports are wanted.
    pub fo: Option<Tag<Vec<FailureOption>>>,
    /// The share of mail in percent, for receivers that still follow RFC 7489.
    pub pct: Option<Tag<u8>>,
    /// What is wrong or odd, in the order of the text; at most [`FAULTS_MAX`].
    pub faults: Vec<Fault>,
}

/// Something wrong or odd in a record, and where.
pub type Fault = tag_list::Fault<Reason>;

/// What is wrong or odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A known tag has a value that it cannot have.
    InvalidValue {
        /// The tag.
        tag: TagName,
        /// The value as it stands there.
        value: String,
        /// The value that was probably meant.
        meant: Option<&'static str>,
    },
    /// A tag that RFC 9989 removed.
    RemovedTag {
        /// The tag.
        tag: TagName,
        /// Its value.
        value: String,
    },
    /// A tag that no document defines; receivers ignore it.
    UnknownTag {
        /// Its name as it stands there.
        name: String,
        /// The known tag that was probably meant.
        suggestion: Option<TagName>,
    },
    /// A tag that stood before.
    DuplicateTag {
        /// Its name.
        name: String,
    },
    /// A piece that is no `tag=value`; receivers ignore it.
    Junk {
        /// The piece.
        text: String,
    },
    /// An entry of `rua` or `ruf` that is no usable URI.
    ReportAddress {
        /// The tag.
        tag: ReportTag,
        /// The entry.
        value: String,
        /// The URI that was probably meant.
        fixed: Option<String>,
    },
    /// The obsolete size limit behind a report address (`!10m`); reporters ignore it.
    SizeSuffix {
        /// The entry.
        value: String,
    },
    /// A character outside ASCII.
    LookAlike(LookAlike),
    /// A control character; a line end, most often.
    ControlCharacter(u8),
}

/// What a receiver does with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Acts {
    /// It applies the policies as they stand there.
    AsWritten,
    /// It acts as if the record said `p=none`, because `p` is missing or a policy is invalid.
    AsNone,
    /// It does nothing at all: the same, and no valid `rua` either.
    Nothing,
}

/// How a receiver that follows RFC 9989 reads a record (section 4.10.1). `t` is not applied yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it does.
    pub acts: Acts,
    /// The policy for the domain itself.
    pub p: Policy,
    /// The policy for subdomains that exist.
    pub sp: Policy,
    /// The policy for subdomains that do not exist.
    pub np: Policy,
    /// Whether everything is applied one level lower.
    pub testing: bool,
}

impl Reading {
    /// The policy as it is applied: one level lower while testing.
    pub fn effective(&self, policy: Policy) -> Policy {
        if self.testing {
            policy.lowered()
        } else {
            policy
        }
    }
}

/// How a receiver that follows RFC 7489 reads a record: it knows `pct` and neither `np`, `t` nor `psd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegacyReading {
    /// What it does.
    pub acts: Acts,
    /// The policy for the domain itself.
    pub p: Policy,
    /// The policy for subdomains.
    pub sp: Policy,
    /// The share of failing mail that it is applied to, in percent.
    pub pct: u8,
}

/// What the owner wanted to say, misspelt words read as they were meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The policy for the domain itself, if it can be guessed.
    pub p: Option<Policy>,
    /// The policy for subdomains, if one was meant.
    pub sp: Option<Policy>,
    /// The policy for subdomains that do not exist, if one was meant.
    pub np: Option<Policy>,
}

impl PolicyRecord {
    /// Reads the joined text of a TXT record; nothing when it does not begin with `v=DMARC1`.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let pieces = tag_list::split(text, Grammar::Dmarc);
        let [
            Piece::Tag {
                span: version_span,
                name,
                value,
            },
            rest @ ..,
        ] = pieces.as_slice()
        else {
            return None;
        };
        // RFC 9989, section 4.8: the record starts with the tag; "DMARC1" is case sensitive.
        if version_span.start != 0
            || !tag_list::octets(text, *name).eq_ignore_ascii_case(b"v")
            || tag_list::octets(text, *value) != b"DMARC1"
        {
            return None;
        }
        let mut record = Self {
            octets: text.to_vec(),
            stated: [None; 3],
            p: None,
            sp: None,
            np: None,
            t: None,
            psd: None,
            adkim: None,
            aspf: None,
            rua: None,
            ruf: None,
            fo: None,
            pct: None,
            faults: Vec::new(),
        };
        let mut seen = BTreeSet::from([b"v".to_vec()]);
        for piece in rest {
            record.read(*piece, &mut seen);
        }
        for found in look_alike::find(text) {
            record.fault(found.span, Reason::LookAlike(found));
        }
        let controls = text.iter().enumerate();
        for (start, octet) in controls.filter(|(_, o)| o.is_ascii_control() && **o != b'\t') {
            let end = start + 1;
            record.fault(Span { start, end }, Reason::ControlCharacter(*octet));
        }
        record.faults.sort_by_key(|fault| fault.span.start);
        Some(record)
    }

    fn fault(&mut self, span: Span, reason: Reason) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault { span, reason });
        }
    }

    fn read(&mut self, piece: Piece, seen: &mut BTreeSet<Vec<u8>>) {
        let (span, name, value) = match piece {
            Piece::Tag { span, name, value } => (span, name, value),
            Piece::Junk(span) => {
                let text = tag_list::lossy(&self.octets, span);
                return self.fault(span, Reason::Junk { text });
            }
            Piece::Empty(_) => return,
        };
        let word = tag_list::lossy(&self.octets, name);
        if !seen.insert(word.to_ascii_lowercase().into_bytes()) {
            return self.fault(span, Reason::DuplicateTag { name: word });
        }
        match TagName::from_word(&word) {
            Some(tag) => self.read_tag(tag, span, value),
            None if self.faults.len() < FAULTS_MAX => {
                let suggestion = suggest(&word);
                let name = word;
                self.fault(span, Reason::UnknownTag { name, suggestion });
            }
            None => {}
        }
    }

    fn read_tag(&mut self, tag: TagName, span: Span, value_span: Span) {
        let text = tag_list::lossy(&self.octets, value_span);
        if let Some(at) = policy_index(tag) {
            self.stated[at] = Some(value_span);
        }
        if tag.is_removed() {
            if tag == TagName::Pct {
                self.pct = text
                    .parse()
                    .ok()
                    .filter(|pct| *pct <= 100)
                    .map(|value| Tag {
                        span,
                        value_span,
                        value,
                    });
            }
            return self.fault(span, Reason::RemovedTag { tag, value: text });
        }
        macro_rules! set {
            ($field:ident, $read:expr) => {
                match $read {
                    Ok(value) => {
                        self.$field = Some(Tag {
                            span,
                            value_span,
                            value,
                        });
                    }
                    Err(meant) => {
                        let value = text;
                        self.fault(span, Reason::InvalidValue { tag, value, meant });
                    }
                }
            };
        }
        match tag {
            TagName::P => set!(p, policy(&text)),
            TagName::Sp => set!(sp, policy(&text)),
            TagName::Np => set!(np, policy(&text)),
            TagName::T => set!(t, choice(&text, &[("y", true), ("n", false)])),
            TagName::Psd => set!(
                psd,
                choice(
                    &text,
                    &[
                        ("y", PublicSuffix::Yes),
                        ("n", PublicSuffix::No),
                        ("u", PublicSuffix::Undetermined),
                    ]
                )
            ),
            TagName::Adkim => set!(adkim, alignment(&text)),
            TagName::Aspf => set!(aspf, alignment(&text)),
            TagName::Fo => set!(fo, failure_options(&text).ok_or(None)),
            TagName::Rua => self.rua = self.addresses(ReportTag::Rua, span, value_span),
            TagName::Ruf => self.ruf = self.addresses(ReportTag::Ruf, span, value_span),
            // A second v= is a duplicate, and the removed tags were dealt with above.
            TagName::V | TagName::Pct | TagName::Rf | TagName::Ri => {}
        }
    }

    /// The valid addresses of a list, with a fault for every other entry; nothing when none is valid.
    fn addresses(
        &mut self,
        tag: ReportTag,
        span: Span,
        value_span: Span,
    ) -> Option<Tag<Vec<ReportAddress>>> {
        let mut addresses = Vec::new();
        let entries: Vec<Span> = tag_list::entries(&self.octets, value_span).collect();
        for entry in entries {
            let value = tag_list::lossy(&self.octets, entry);
            match ReportAddress::parse(&value, entry) {
                Some(address) => {
                    if address.size_suffix.is_some() {
                        self.fault(entry, Reason::SizeSuffix { value });
                    }
                    addresses.push(address);
                }
                None if self.faults.len() < FAULTS_MAX => {
                    let fixed = ReportAddress::repaired(&value);
                    self.fault(entry, Reason::ReportAddress { tag, value, fixed });
                }
                None => {}
            }
        }
        (!addresses.is_empty()).then_some(Tag {
            span,
            value_span,
            value: addresses,
        })
    }

    /// The text, each octet that is no UTF-8 replaced. Spans count the octets before that replacement.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.octets)
    }

    /// The octets of the text.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The part of the text that a span names, as [`PolicyRecord::text`] has it.
    pub fn text_of(&self, span: Span) -> String {
        tag_list::lossy(&self.octets, span)
    }

    /// Alignment of DKIM, relaxed by default.
    pub fn adkim(&self) -> Alignment {
        self.adkim.as_ref().map(|tag| tag.value).unwrap_or_default()
    }

    /// Alignment of SPF, relaxed by default.
    pub fn aspf(&self) -> Alignment {
        self.aspf.as_ref().map(|tag| tag.value).unwrap_or_default()
    }

    /// What the record says about being a public suffix.
    pub fn psd(&self) -> PublicSuffix {
        self.psd.as_ref().map(|tag| tag.value).unwrap_or_default()
    }

    /// The addresses of aggregate reports.
    pub fn rua(&self) -> &[ReportAddress] {
        self.rua.as_ref().map_or(&[], |tag| &tag.value)
    }

    /// The addresses of failure reports.
    pub fn ruf(&self) -> &[ReportAddress] {
        self.ruf.as_ref().map_or(&[], |tag| &tag.value)
    }

    /// The fault of this tag's value, if it has one.
    pub fn invalid(&self, tag: TagName) -> Option<&Fault> {
        self.faults.iter().find(
            |fault| matches!(&fault.reason, Reason::InvalidValue { tag: at, .. } if *at == tag),
        )
    }

    /// Where the value of a policy tag stands, valid or not.
    fn stated(&self, tag: TagName) -> Option<Span> {
        policy_index(tag).and_then(|at| self.stated[at])
    }

    fn acts(&self, subdomain_tags: &[(TagName, &Option<Tag<Policy>>)]) -> Acts {
        let whole = self.p.is_some()
            && subdomain_tags
                .iter()
                .all(|(tag, valid)| valid.is_some() || self.stated(*tag).is_none());
        match (whole, self.rua.is_some()) {
            (true, _) => Acts::AsWritten,
            (false, true) => Acts::AsNone,
            (false, false) => Acts::Nothing,
        }
    }

    /// What a receiver that follows RFC 9989 does with it (section 4.10.1).
    pub fn reading(&self) -> Reading {
        let acts = self.acts(&[(TagName::Sp, &self.sp), (TagName::Np, &self.np)]);
        let (p, sp, np) = match acts {
            Acts::AsWritten => {
                let value = |tag: &Option<Tag<Policy>>| tag.as_ref().map(|tag| tag.value);
                let p = value(&self.p).unwrap_or(Policy::None);
                let sp = value(&self.sp).unwrap_or(p);
                (p, sp, value(&self.np).unwrap_or(sp))
            }
            Acts::AsNone | Acts::Nothing => (Policy::None, Policy::None, Policy::None),
        };
        Reading {
            acts,
            p,
            sp,
            np,
            testing: self.t.as_ref().is_some_and(|tag| tag.value),
        }
    }

    /// What a receiver that still follows RFC 7489 (section 6.6.3) does with it.
    pub fn legacy_reading(&self) -> LegacyReading {
        let acts = self.acts(&[(TagName::Sp, &self.sp)]);
        let (p, sp) = match acts {
            Acts::AsWritten => {
                let p = self.p.as_ref().map_or(Policy::None, |tag| tag.value);
                (p, self.sp.as_ref().map_or(p, |tag| tag.value))
            }
            Acts::AsNone | Acts::Nothing => (Policy::None, Policy::None),
        };
        LegacyReading {
            acts,
            p,
            sp,
            pct: self.pct.as_ref().map_or(100, |tag| tag.value),
        }
    }

    /// What the owner wanted to say.
    pub fn intent(&self) -> Intent {
        let meant = |tag: TagName, valid: &Option<Tag<Policy>>| {
            valid.as_ref().map(|tag| tag.value).or_else(|| {
                let value = self.stated(tag)?;
                meant_policy(&tag_list::lossy(&self.octets, value))
            })
        };
        Intent {
            p: meant(TagName::P, &self.p),
            sp: meant(TagName::Sp, &self.sp),
            np: meant(TagName::Np, &self.np),
        }
    }
}

fn policy_index(tag: TagName) -> Option<usize> {
    [TagName::P, TagName::Sp, TagName::Np]
        .iter()
        .position(|policy| *policy == tag)
}

fn policy(text: &str) -> Result<Policy, Option<&'static str>> {
    Policy::from_word(text).ok_or_else(|| meant_policy(text).map(Policy::as_str))
}

/// The policy that a word was probably meant to be: what is not a letter around it does not count, what
/// follows after a space or comma is another piece.
fn meant_policy(text: &str) -> Option<Policy> {
    let clean = look_alike::to_ascii(text.as_bytes());
    let word = clean
        .split(|c: char| !c.is_ascii_alphabetic())
        .find(|word| !word.is_empty())?;
    Policy::from_word(spelling::nearest(word, Policy::ALL.map(Policy::as_str))?)
}

/// One of a few letters, in any case; else, what a longer word beginning with such a letter means.
fn choice<T: Copy>(text: &str, letters: &[(&'static str, T)]) -> Result<T, Option<&'static str>> {
    if let Some((_, value)) = letters.iter().find(|(l, _)| l.eq_ignore_ascii_case(text)) {
        return Ok(*value);
    }
    let clean = look_alike::to_ascii(text.as_bytes());
    let word = clean.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let first = match word {
        "1" | "true" => "y",
        "0" | "false" => "n",
        _ => word.get(..1).unwrap_or_default(),
    };
    Err(letters
        .iter()
        .map(|(letter, _)| *letter)
        .find(|letter| letter.eq_ignore_ascii_case(first)))
}

fn alignment(text: &str) -> Result<Alignment, Option<&'static str>> {
    choice(text, &[("r", Alignment::Relaxed), ("s", Alignment::Strict)])
}

/// RFC 9989, section 4.8, dmarc-fo: each at most once, `0` and `1` exclude each other.
fn failure_options(text: &str) -> Option<Vec<FailureOption>> {
    let mut options = Vec::new();
    for word in text.split(':') {
        let option = match word {
            "0" => FailureOption::All,
            "1" => FailureOption::Any,
            "d" | "D" => FailureOption::Dkim,
            "s" | "S" => FailureOption::Spf,
            _ => return None,
        };
        if options.contains(&option) {
            return None;
        }
        options.push(option);
    }
    let both = options.contains(&FailureOption::All) && options.contains(&FailureOption::Any);
    (!both).then_some(options)
}

/// The tag that an unknown name was probably meant to be.
fn suggest(word: &str) -> Option<TagName> {
    match word.to_ascii_lowercase().as_str() {
        "policy" => Some(TagName::P),
        "dkim" => Some(TagName::Adkim),
        "spf" => Some(TagName::Aspf),
        "test" | "testing" => Some(TagName::T),
        // A single letter is near every other one.
        _ => TagName::from_word(spelling::nearest(
            word,
            TagName::ALL
                .iter()
                .filter(|tag| !tag.is_removed())
                .map(|tag| tag.as_str())
                .filter(|name| name.len() > 1 && word.len() > 1),
        )?),
    }
}
