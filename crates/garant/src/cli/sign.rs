//! `garant sign`: signs a message.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use garant_check::InputError;
use garant_dns::Name;
use garant_msgauth::crypto::{SigningKey, SigningKeyError};
use garant_msgauth::dkim::sign::{
    AuthorRule, ListFields, Policy, Refusal as Refused, Remark, SIGNATORIES_MAX, Signatory, Signed,
    Signer, SignerError,
};
use garant_msgauth::message::{
    AuthorError, FIELDS_MAX, HEADER_OCTETS_MAX, MESSAGE_OCTETS_MAX, MessageError,
};
use garant_service::typed::{self, Refusal};
use garant_text::Args;

use super::Desk;
use crate::clock;
use crate::exit::Exit;
use crate::world::{read_octets, unreadable};

/// Octets that are read at once.
const CHUNK_OCTETS: usize = 65_536;
/// Between a selector and its domain.
const DOMAINKEY: &str = "._domainkey.";

/// What the signing domains have to do with the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Author {
    Every,
    One,
    Any,
}

#[derive(clap::Args)]
pub(super) struct Options {
    /// The message.
    #[arg(value_name = "FILE")]
    message: Option<PathBuf>,
    /// The signing domain.
    #[arg(long, value_name = "DOMAIN", requires = "selector")]
    domain: Option<String>,
    /// The name of the key.
    #[arg(long, value_name = "SELECTOR", requires = "domain")]
    selector: Option<String>,
    /// The key.
    #[arg(
        long,
        value_name = "[SELECTOR._domainkey.DOMAIN=]FILE",
        required = true
    )]
    key: Vec<String>,
    /// Only the signature is printed.
    #[arg(long)]
    header_only: bool,
    /// Whose mail is signed.
    #[arg(long, value_enum, default_value_t = Author::Every, value_name = "RULE")]
    author: Author,
    /// Lists may add their fields.
    #[arg(long)]
    through_lists: bool,
    /// How long the signature counts.
    #[arg(long, value_name = "DAYS", default_value_t = 8,
          value_parser = clap::value_parser!(u64).range(1..=30))]
    days: u64,
}

/// A message as it was read, and its signatures.
struct Done {
    signed: Signed,
    message: Vec<u8>,
    has_crlf: bool,
}

/// Why there is no signature.
enum Failure {
    /// Of what was typed, or of a file.
    Use(Refusal),
    /// Of the message.
    Message(Refused),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Use(refusal)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Message(refused)
    }
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        match self.done() {
            Ok(done) => self.show(desk, &done),
            Err(Failure::Use(refusal)) => desk.refuse(&refusal),
            Err(Failure::Message(refused)) => {
                let (key, args) = words(&refused);
                let reason = desk.text(key, &args);
                let args = Args::new().with("reason", reason);
                desk.remark(&desk.text("sign-refused", &args));
                Exit::Fault
            }
        }
    }

    fn show(&self, desk: &Desk, done: &Done) -> Exit {
        for remark in &done.signed.remarks {
            let (key, args) = match remark {
                Remark::Absent { name } => ("sign-remark-absent", Args::new().with("name", *name)),
                Remark::LongLine { line } => (
                    "sign-remark-long-line",
                    Args::new().with("line", line.to_string()),
                ),
            };
            desk.remark(&desk.text(key, &args));
        }
        let fields = if done.has_crlf {
            done.signed.fields.clone()
        } else {
            done.signed.fields.replace("\r\n", "\n")
        };
        desk.write(&[fields.as_bytes(), &done.message])
    }

    fn done(&self) -> Result<Done, Failure> {
        let policy = Policy {
            author: match self.author {
                Author::Every => AuthorRule::EveryDomain,
                Author::One => AuthorRule::OneDomain,
                Author::Any => AuthorRule::AnyDomain,
            },
            list_fields: if self.through_lists {
                ListFields::Open
            } else {
                ListFields::Closed
            },
            lifetime_s: Some(self.days * 86_400),
        };
        let signer = Signer::new(self.signatories()?, policy).map_err(|error| bad_keys(&error))?;
        let now = u64::try_from(clock::now()).unwrap_or(0);
        match self
            .message
            .as_deref()
            .filter(|path| *path != Path::new("-"))
        {
            None => self.read(&signer, now, std::io::stdin().lock(), Path::new("-")),
            Some(path) => {
                let file = File::open(path).map_err(|error| unreadable(path, &error))?;
                self.read(&signer, now, file, path)
            }
        }
    }

    /// Reads and signs. The message is kept only where it is to be printed: the signature, which is known at
    /// its end, stands above it.
    fn read(
        &self,
        signer: &Signer,
        now: u64,
        mut from: impl Read,
        path: &Path,
    ) -> Result<Done, Failure> {
        let mut stream = signer.stream(now);
        let (mut message, mut octets) = (Vec::new(), 0_usize);
        let (mut chunk, mut last, mut has_crlf) = (vec![0; CHUNK_OCTETS], 0, None);
        loop {
            let count = match from.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(path, &error).into()),
            };
            let piece = &chunk[..count];
            octets += count;
            if octets > MESSAGE_OCTETS_MAX {
                return Err(Refused::Message(MessageError::TooLarge(octets)).into());
            }
            if has_crlf.is_none() {
                let lf = piece.iter().position(|octet| *octet == b'\n');
                has_crlf = lf.map(|lf| lf.checked_sub(1).map_or(last, |at| piece[at]) == b'\r');
                last = piece[count - 1];
            }
            stream.update(piece)?;
            if !self.header_only {
                message.extend_from_slice(piece);
            }
        }
        Ok(Done {
            signed: stream.finish()?,
            message,
            has_crlf: has_crlf.unwrap_or(true),
        })
    }

    /// The keys and their names.
    fn signatories(&self) -> Result<Vec<Signatory>, Refusal> {
        if self.key.len() > SIGNATORIES_MAX {
            return Err(bad_keys(&SignerError::TooMany));
        }
        let mut stated = self.stated()?;
        let mut signatories = Vec::new();
        for text in &self.key {
            let named = text
                .split_once('=')
                .filter(|(name, _)| name.contains(DOMAINKEY));
            let (name, path) = match named {
                Some((name, path)) => (Some(place(name)?), Path::new(path)),
                None => {
                    let path = Path::new(text);
                    (stated.take().or_else(|| place_of_file(path)), path)
                }
            };
            let Some((selector, domain)) = name else {
                let args = Args::new().with("path", text.as_str());
                return Err(Refusal::new("error-sign-name", args));
            };
            signatories.push(Signatory {
                domain,
                selector,
                key: read_key(path)?,
            });
        }
        if stated.is_some() {
            return Err(Refusal::new("error-sign-domain", Args::new()));
        }
        Ok(signatories)
    }

    /// What `--selector` and `--domain` say.
    fn stated(&self) -> Result<Option<(Name, Name)>, Refusal> {
        match (&self.selector, &self.domain) {
            (Some(selector), Some(domain)) => read_place(selector, domain).map(Some),
            _ => Ok(None),
        }
    }
}

/// The selector and the domain of the name of a key record.
fn place(text: &str) -> Result<(Name, Name), Refusal> {
    let (selector, domain) = text.split_once(DOMAINKEY).unwrap_or((text, ""));
    read_place(selector, domain)
}

fn read_place(selector: &str, domain: &str) -> Result<(Name, Name), Refusal> {
    let selector = typed::selectors(&[selector.to_owned()])?.remove(0);
    let domain = Name::from_input(domain)
        .map_err(|error| typed::bad_domain(domain, &InputError::Name(error)))?;
    Ok((selector, domain))
}

/// The same of a file that is named after its record, as `garant keygen` names it.
fn place_of_file(path: &Path) -> Option<(Name, Name)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".pem")?;
    place(name).ok()
}

fn read_key(path: &Path) -> Result<SigningKey, Refusal> {
    SigningKey::read(&read_octets(path)?).map_err(|error| {
        let (reason, bits) = match error {
            SigningKeyError::Encrypted => ("encrypted", 0),
            SigningKeyError::Public => ("public", 0),
            SigningKeyError::OtherKind => ("kind", 0),
            SigningKeyError::Bits(bits) if bits < 2048 => ("short", bits),
            SigningKeyError::Bits(bits) => ("long", bits),
            SigningKeyError::Malformed | SigningKeyError::Library => ("none", 0),
        };
        let args = Args::new()
            .with("path", path.display().to_string())
            .with("reason", reason)
            .with("bits", bits.to_string());
        Refusal::new("error-sign-key", args)
    })
}

fn bad_keys(error: &SignerError) -> Refusal {
    let (reason, name) = match error {
        // clap asks for one at least.
        SignerError::None | SignerError::TooMany => ("many", String::new()),
        SignerError::Twice(name) => ("twice", name.to_string()),
        SignerError::Name { domain, .. } => ("long", domain.to_string()),
        SignerError::Unwritable(name) => ("odd", name.to_string()),
    };
    let args = Args::new()
        .with("reason", reason)
        .with("name", name)
        .with("limit", SIGNATORIES_MAX);
    Refusal::new("error-sign-keys", args)
}

/// Why a message is not signed, in words.
fn words(refused: &Refused) -> (&'static str, Args) {
    let none = Args::new;
    let at = |line: &usize| Args::new().with("line", line.to_string());
    match refused {
        Refused::Message(error) => message_words(*error),
        Refused::MailboxLine => ("sign-refused-mailbox", none()),
        Refused::NotAField { line } => ("sign-refused-not-a-field", at(line)),
        Refused::BlankLine { line } => ("sign-refused-blank", at(line)),
        Refused::SpaceBeforeColon { line } => ("sign-refused-space", at(line)),
        Refused::BareCr { line } => ("sign-refused-bare-cr", at(line)),
        Refused::MixedLineEnds { line } => ("sign-refused-line-ends", at(line)),
        Refused::Control { line, octet } => {
            let code = format!("{octet:02x}");
            ("sign-refused-control", at(line).with("code", code))
        }
        Refused::Duplicate { name } => ("sign-refused-duplicate", none().with("name", *name)),
        Refused::Author(AuthorError::NoFrom) => ("sign-refused-no-from", none()),
        Refused::Author(AuthorError::SeveralFrom) => {
            ("sign-refused-duplicate", none().with("name", "From"))
        }
        Refused::Author(AuthorError::NoAddress) => ("sign-refused-no-address", none()),
        Refused::SeveralAuthors { count } => ("sign-refused-authors", none().with("count", *count)),
        Refused::UnclearAuthor => ("sign-refused-unclear", none()),
        Refused::OtherDomain { domain, author } => {
            let args = none().with("domain", domain.to_unicode());
            (
                "sign-refused-domain",
                args.with("author", author.to_unicode()),
            )
        }
        Refused::NoDomain { author } => (
            "sign-refused-no-domain",
            none().with("author", author.to_unicode()),
        ),
        Refused::Key {
            domain, selector, ..
        } => {
            let name = format!("{selector}{DOMAINKEY}{domain}");
            ("sign-refused-key", none().with("name", name))
        }
    }
}

fn message_words(error: MessageError) -> (&'static str, Args) {
    let limit = |limit: usize| Args::new().with("limit", limit);
    match error {
        MessageError::Empty => ("sign-refused-empty", Args::new()),
        MessageError::NoHeader => ("sign-refused-no-header", Args::new()),
        MessageError::TooLarge(_) => ("sign-refused-large", limit(MESSAGE_OCTETS_MAX / 1_000_000)),
        MessageError::HeaderTooLarge => (
            "sign-refused-large-header",
            limit(HEADER_OCTETS_MAX / 1_000_000),
        ),
        MessageError::TooManyFields => ("sign-refused-fields", limit(FIELDS_MAX)),
    }
}
