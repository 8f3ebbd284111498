//! Signing (RFC 6376, section 5, with RFC 8301 and RFC 8463).
//!
//! Header and body are canonicalized `relaxed`, the whole body is signed (no `l=`), and every signature ends
//! after some days (`x=`). Every field that is signed is named once more in `h=` than it stands in the
//! message, and so are the fields that readers look at and that are absent: nobody can add one.
//!
//! A message that two readers may read differently is refused: what was vouched for has to be what is seen.
//!
//! A message comes in pieces: [`Signer::stream`] takes its octets from the first on, [`Signer::begin`] its
//! header section and then its body. Neither keeps any of the body, whose hash is computed once for all keys.

mod author;
mod header;
mod record;
mod text;

use garant_dns::{Name, NameError};

pub use record::key_record;

use super::body::BodyHasher;
use super::canonical::{self, Canonicalization};
use crate::crypto::{Sha256, SigningKey, SigningKeyError};
use crate::dmarc::registrable_domain;
use crate::message::{AuthorError, FIELDS_MAX, Field, HEADER_OCTETS_MAX, MessageError};

/// How long a signature counts, in seconds, unless the policy says otherwise: eight days. A message may wait
/// in queues for five; a thief who sends it again should not have long.
pub const LIFETIME_S: u64 = 8 * 86_400;
/// Signatures that are made of one message at most: RSA and Ed25519 for a customer and for its platform, twice.
pub const SIGNATORIES_MAX: usize = 8;
/// Octets of a line at most, without its end (RFC 5322, section 2.1.1). Servers break longer ones.
pub const LINE_OCTETS_MAX: usize = 998;

/// Octets of a signature field at most: two names of 253, every field that is signed twice, and the signature of an RSA key of
/// 8,192 bits make 3,500.
pub const FIELD_OCTETS_MAX: usize = 4096;

/// In whose name, and with which key.
#[derive(Debug)]
pub struct Signatory {
    /// The signing domain, `d=`.
    pub domain: Name,
    /// The selector, `s=`: the key is published at `selector._domainkey.domain`.
    pub selector: Name,
    /// The key.
    pub key: SigningKey,
}

/// What is signed, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What the signing domains have to do with the author.
    pub author: AuthorRule,
    /// What becomes of fields of mailing lists that are absent.
    pub list_fields: ListFields,
    /// Seconds from the signature to its end (`x=`); nothing for no end.
    pub lifetime_s: Option<u64>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            author: AuthorRule::EveryDomain,
            list_fields: ListFields::Closed,
            lifetime_s: Some(LIFETIME_S),
        }
    }
}

/// What the signing domains have to do with the Author Domain.
///
/// A domain speaks for an author when it is the Author Domain or stands above it in the same organization:
/// `votreentreprise.fr` for `facturation.votreentreprise.fr`, and never the other way round. The organization
/// is the one of the public suffix list, since nothing is asked of the DNS here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AuthorRule {
    /// Every one must speak for the author.
    #[default]
    EveryDomain,
    /// One at least must speak for the author; the others may be anybody's, such as a platform's own.
    OneDomain,
    /// No matter whose they are: for those who pass on the mail of others.
    AnyDomain,
}

/// What becomes of the fields of mailing lists (RFC 2369, RFC 2919, RFC 8058) that a message does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListFields {
    /// None can be added: nobody puts an unsubscribe button of his own on the message.
    #[default]
    Closed,
    /// They can be added: the signature survives mailing lists that leave everything else as it is.
    Open,
}

/// Why signatories cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// There is none.
    #[error("no key to sign with")]
    None,
    /// More than [`SIGNATORIES_MAX`].
    #[error("more than {SIGNATORIES_MAX} keys")]
    TooMany,
    /// Two stand at the same name.
    #[error("two keys at {0}")]
    Twice(Name),
    /// The name of the key record is no name, mostly because it is too long.
    #[error("no name for the key of {domain}: {error}")]
    Name {
        /// The signing domain.
        domain: Name,
        /// What is wrong with it.
        error: NameError,
    },
    /// The domain or the selector has a character that tags cannot hold, or is empty.
    #[error("{0:?} is no name that a signature can hold")]
    Unwritable(Name),
}

/// Why a message is not signed. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no message.
    #[error("{0}")]
    Message(#[from] MessageError),
    /// It begins with the line of a mailbox file (`From ` and a space), which is no part of the message.
    #[error("a line of a mailbox file at the beginning")]
    MailboxLine,
    /// A line of the header section is neither a field nor the continuation of one: some take it for the end
    /// of the header section.
    #[error("line {line} is no header field")]
    NotAField {
        /// The line.
        line: usize,
    },
    /// A continuation line with nothing but white space: some take it for the end of the header section.
    #[error("line {line} of the header section is blank, but not empty")]
    BlankLine {
        /// The line.
        line: usize,
    },
    /// White space between the name of a field and its colon (RFC 5322, section 4.5 has it for old messages).
    #[error("white space before the colon in line {line}")]
    SpaceBeforeColon {
        /// The line.
        line: usize,
    },
    /// A CR without LF in the header section: some take it for a line end.
    #[error("a bare CR in line {line}")]
    BareCr {
        /// The line.
        line: usize,
    },
    /// Some lines of the header section end with CRLF, and this one with LF alone.
    #[error("line {line} ends with LF alone, others with CRLF")]
    MixedLineEnds {
        /// The line.
        line: usize,
    },
    /// A control character in the header section, such as NUL.
    #[error("the control character {octet:#04x} in line {line}")]
    Control {
        /// The line.
        line: usize,
        /// The character.
        octet: u8,
    },
    /// A field that may stand once only stands several times, and readers differ in which one they show.
    #[error("several fields {name}")]
    Duplicate {
        /// Its name, as it is usually written.
        name: &'static str,
    },
    /// The author cannot be told.
    #[error("{0}")]
    Author(AuthorError),
    /// From has several authors, who cannot all be vouched for.
    #[error("{count} authors in From")]
    SeveralAuthors {
        /// How many.
        count: usize,
    },
    /// From has one author for some readers and another one, or several, for others.
    #[error("readers differ about the author in From")]
    UnclearAuthor,
    /// The signing domain does not speak for the author.
    #[error("{domain} does not speak for an author at {author}")]
    OtherDomain {
        /// The signing domain.
        domain: Name,
        /// The Author Domain.
        author: Name,
    },
    /// None of several signing domains speaks for the author.
    #[error("no signing domain speaks for an author at {author}")]
    NoDomain {
        /// The Author Domain.
        author: Name,
    },
    /// The key did not sign.
    #[error("the key of {selector} for {domain} did not sign")]
    Key {
        /// The signing domain.
        domain: Name,
        /// The selector.
        selector: Name,
        /// What it said.
        error: SigningKeyError,
    },
}

/// Something that was signed as it is, and that may break the signature on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remark {
    /// No field of this name: the first server would add one, and nothing may be added under this name.
    Absent {
        /// Its name, as it is usually written.
        name: &'static str,
    },
    /// A line of more than [`LINE_OCTETS_MAX`] octets, the first of them: servers break it in two.
    LongLine {
        /// The line, from 1.
        line: usize,
    },
}

/// Who signs, and how: made once and used for any number of messages.
#[derive(Debug)]
pub struct Signer {
    signatories: Vec<Signatory>,
    policy: Policy,
}

impl Signer {
    /// Puts keys and policy together.
    ///
    /// # Errors
    /// [`SignerError`].
    pub fn new(signatories: Vec<Signatory>, policy: Policy) -> Result<Self, SignerError> {
        if signatories.is_empty() {
            return Err(SignerError::None);
        }
        if signatories.len() > SIGNATORIES_MAX {
            return Err(SignerError::TooMany);
        }
        let mut places = Vec::new();
        for one in &signatories {
            for name in [&one.domain, &one.selector] {
                let is_plain = |octet: u8| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet);
                if name.is_root() || !name.as_str().bytes().all(is_plain) {
                    return Err(SignerError::Unwritable(name.clone()));
                }
            }
            let place = format!("{}._domainkey", one.selector);
            let place = one.domain.prefixed(&place);
            let place = place.map_err(|error| SignerError::Name {
                domain: one.domain.clone(),
                error,
            })?;
            if places.contains(&place) {
                return Err(SignerError::Twice(place));
            }
            places.push(place);
        }
        Ok(Self {
            signatories,
            policy,
        })
    }

    /// Begins with the whole header section of a message, with or without the empty line behind it; `now` in
    /// seconds since 1970. The work is linear in it, and nothing of it is kept.
    ///
    /// # Errors
    /// [`Refusal`]: nothing of what it says depends on the body.
    pub fn begin(&self, header: &[u8], now: u64) -> Result<Signing<'_>, Refusal> {
        // What is signed must still be a message when the signatures stand above it.
        let count = self.signatories.len();
        if header.len() + count * FIELD_OCTETS_MAX > HEADER_OCTETS_MAX {
            return Err(MessageError::HeaderTooLarge.into());
        }
        let checked = header::check(header)?;
        if checked.count + count > FIELDS_MAX {
            return Err(MessageError::TooManyFields.into());
        }
        self.check_author(&checked.author)?;
        let mut canonical = Vec::with_capacity(header.len());
        let mut names = String::with_capacity(512);
        for (known, field) in header::KNOWN.iter().zip(&checked.fields) {
            let is_closed = match known.use_ {
                header::Use::Closed => true,
                header::Use::List => self.policy.list_fields == ListFields::Closed,
                header::Use::Signed => false,
                header::Use::Unsigned => continue,
            };
            if let Some(field) = field {
                canonical::field(Canonicalization::Relaxed, field, &mut canonical);
                text::push_name(&mut names, known.name);
            }
            if is_closed || field.is_some() {
                text::push_name(&mut names, known.name);
            }
        }
        let mut header_hash = Sha256::new();
        header_hash.update(&canonical);
        Ok(Signing {
            signer: self,
            now,
            names,
            header_hash,
            body: BodyHasher::new(Canonicalization::Relaxed),
            remarks: checked.remarks,
            line: checked.lines,
            line_octets: 0,
            is_after_cr: false,
        })
    }

    /// Begins with nothing: the octets of the message follow, in pieces that may end anywhere; `now` in seconds
    /// since 1970. At most its header section is held.
    pub fn stream(&self, now: u64) -> Stream<'_> {
        Stream {
            signer: self,
            now,
            header: Vec::new(),
            body: None,
        }
    }

    /// Signs a message that is at hand.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn sign(&self, message: &[u8], now: u64) -> Result<Signed, Refusal> {
        let end = header::end(message, 0).unwrap_or(message.len());
        let mut signing = self.begin(&message[..end], now)?;
        signing.update(&message[end..]);
        signing.finish()
    }

    fn check_author(&self, author: &Name) -> Result<(), Refusal> {
        let speaks = |one: &&Signatory| {
            one.domain == *author
                || author.is_within(&one.domain)
                    && registrable_domain(author).is_some_and(|org| one.domain.is_within(&org))
        };
        match self.policy.author {
            AuthorRule::AnyDomain => Ok(()),
            AuthorRule::OneDomain if self.signatories.iter().any(|one| speaks(&one)) => Ok(()),
            AuthorRule::OneDomain => Err(Refusal::NoDomain {
                author: author.clone(),
            }),
            AuthorRule::EveryDomain => match self.signatories.iter().find(|one| !speaks(one)) {
                None => Ok(()),
                Some(one) => Err(Refusal::OtherDomain {
                    domain: one.domain.clone(),
                    author: author.clone(),
                }),
            },
        }
    }
}

/// The signatures of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The fields, one for each signatory in their order, folded at 78 columns, with CRLF behind every line: they
    /// go to the top of the message.
    pub fields: String,
    /// What may break them on their way.
    pub remarks: Vec<Remark>,
}

/// A message whose header section was taken, and whose body is on its way.
#[derive(Debug)]
pub struct Signing<'s> {
    signer: &'s Signer,
    now: u64,
    names: String,
    header_hash: Sha256,
    body: BodyHasher,
    remarks: Vec<Remark>,
    /// Lines that have ended.
    line: usize,
    /// Octets of the line that has not.
    line_octets: usize,
    /// The piece before ended with CR.
    is_after_cr: bool,
}

impl Signing<'_> {
    /// Takes the next piece of the body, which may end anywhere.
    pub fn update(&mut self, chunk: &[u8]) {
        self.body.update(chunk);
        self.look_at_lines(chunk);
    }

    /// Counts lines, and finds the first that is too long.
    fn look_at_lines(&mut self, chunk: &[u8]) {
        // The longest line that is right without a CR: in so many octets behind a line end, one that is too long
        // cannot end.
        const SURE: usize = LINE_OCTETS_MAX + 1;
        let mut start = 0;
        while let Some(lf) = memchr::memchr(b'\n', &chunk[start..]) {
            self.line_octets += lf;
            let end = start + lf;
            let has_cr = match end.checked_sub(1) {
                Some(before) => chunk[before] == b'\r',
                None => self.is_after_cr,
            };
            self.end_line(has_cr);
            start = end + 1;
            // From one line end to the furthest before which all is well.
            let sure = |start: usize| &chunk[start..chunk.len().min(start + SURE)];
            while let Some(lf) = memchr::memrchr(b'\n', sure(start)) {
                self.line += memchr::memchr_iter(b'\n', &chunk[start..=start + lf]).count();
                start += lf + 1;
            }
        }
        self.line_octets += chunk.len() - start;
        if let Some(last) = chunk.last() {
            self.is_after_cr = *last == b'\r';
        }
    }

    fn end_line(&mut self, has_cr: bool) {
        self.line += 1;
        if self.line_octets > LINE_OCTETS_MAX + usize::from(has_cr) {
            let line = self.line;
            let is_long = |remark: &Remark| matches!(remark, Remark::LongLine { .. });
            if !self.remarks.iter().any(is_long) {
                self.remarks.push(Remark::LongLine { line });
            }
        }
        self.line_octets = 0;
    }

    /// Signs: nothing more comes.
    ///
    /// # Errors
    /// [`Refusal::Key`].
    pub fn finish(mut self) -> Result<Signed, Refusal> {
        if self.line_octets > 0 {
            self.end_line(false);
        }
        let body_hash = self.body.finish().whole;
        let mut fields = String::with_capacity(1024 * self.signer.signatories.len());
        let mut canonical = Vec::with_capacity(1024);
        for one in &self.signer.signatories {
            let expires = self.signer.policy.lifetime_s;
            let mut field = text::SignatureField::new(&text::Tags {
                algorithm: one.key.algorithm().as_str(),
                domain: &one.domain,
                selector: &one.selector,
                signed_at: self.now,
                expires_at: expires.map(|lifetime| self.now.saturating_add(lifetime)),
                names: &self.names,
                body_hash: &body_hash,
            });
            canonical.clear();
            let unsigned = Field::new(0, field.as_bytes()).expect("a field has a colon");
            canonical::signature_field(Canonicalization::Relaxed, &unsigned, &mut canonical);
            let mut hash = self.header_hash.clone();
            hash.update(&canonical);
            let signature = one.key.sign(&hash.finish());
            let signature = signature.map_err(|error| Refusal::Key {
                domain: one.domain.clone(),
                selector: one.selector.clone(),
                error,
            })?;
            field.close(&signature);
            fields.push_str(field.as_str());
        }
        Ok(Signed {
            fields,
            remarks: self.remarks,
        })
    }
}

/// A message whose octets are on their way.
#[derive(Debug)]
pub struct Stream<'s> {
    signer: &'s Signer,
    now: u64,
    header: Vec<u8>,
    body: Option<Signing<'s>>,
}

impl Stream<'_> {
    /// Takes the next piece, which may end anywhere.
    ///
    /// # Errors
    /// [`Refusal`], as soon as the header section is there; after one, nothing more is to be given.
    pub fn update(&mut self, chunk: &[u8]) -> Result<(), Refusal> {
        if let Some(body) = &mut self.body {
            body.update(chunk);
            return Ok(());
        }
        // The empty line may begin in the piece before.
        let from = self.header.len().saturating_sub(2);
        let known = self.header.len();
        // Of a chunk that holds much of the body too, only what can be header is kept.
        let room = (HEADER_OCTETS_MAX + 2).saturating_sub(known);
        self.header
            .extend_from_slice(&chunk[..chunk.len().min(room)]);
        let Some(end) = header::end(&self.header, from) else {
            if chunk.len() > room {
                return Err(Refusal::Message(MessageError::HeaderTooLarge));
            }
            return Ok(());
        };
        self.header.truncate(end);
        let mut body = self.signer.begin(&self.header, self.now)?;
        self.header = Vec::new();
        body.update(&chunk[end - known..]);
        self.body = Some(body);
        Ok(())
    }

    /// Signs: nothing more comes.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn finish(self) -> Result<Signed, Refusal> {
        match self.body {
            Some(body) => body.finish(),
            None => self.signer.begin(&self.header, self.now)?.finish(),
        }
    }
}
