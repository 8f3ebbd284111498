//! Differences that have a reason, and whose they are.

use garant_msgauth::dkim::canonical::Canonicalization;
use garant_msgauth::dkim::{Failure, Verification};
use garant_msgauth::message::{AuthorError, Field, Message};
use serde_json::Value;

use super::others::passes;

/// One signature, and what all say of it.
pub(crate) struct Case<'a> {
    pub(crate) message: &'a Message<'a>,
    pub(crate) ours: &'a Verification,
    pub(crate) theirs: &'a Value,
    /// Its number, from the top.
    pub(crate) at: usize,
}

/// Somebody says something else than we.
pub(crate) struct Difference {
    /// Who, and what.
    pub(crate) said: String,
    /// Nothing where nobody knows why.
    pub(crate) reason: Option<&'static str>,
}

impl Case<'_> {
    pub(crate) fn differences(&self) -> Vec<Difference> {
        let ours = self.ours.failure.is_none();
        let mut all = Vec::new();
        for program in ["dkimpy", "opendkim"] {
            let said = &self.theirs[program];
            if said.is_null() || passes(said, self.at) == ours {
                continue;
            }
            let word = if said.is_string() {
                said
            } else {
                &said[self.at]
            };
            let reason = match program {
                "dkimpy" => self.dkimpy(word),
                _ => self.opendkim(word),
            };
            let said = format!("{program} {word}");
            all.push(Difference { said, reason });
        }
        all
    }

    fn field(&self) -> Field<'_> {
        let mut fields = self.message.fields();
        fields.nth(self.ours.field).expect("it was verified")
    }

    /// What stands between `b=` and the semicolon behind it.
    fn value_of_b(&self) -> Vec<u8> {
        let field = self.field();
        let pieces = field.raw_value().split(|octet| *octet == b';');
        let value = |piece: &[u8]| {
            let (name, value) = piece.split_at(piece.iter().position(|octet| *octet == b'=')?);
            (name.trim_ascii() == b"b").then(|| value[1..].to_vec())
        };
        pieces.filter_map(value).next_back().unwrap_or_default()
    }

    fn is_b_spaced(&self) -> bool {
        let mut pieces = self.field().raw_value().split(|octet| *octet == b';');
        pieces.any(|piece| {
            let name = piece
                .split(|octet| *octet == b'=')
                .next()
                .unwrap_or_default();
            name.trim_ascii() == b"b" && !name.ends_with(b"b")
        })
    }

    /// Whether `h=` names more signatures than stand beneath this one.
    fn may_sign_itself(&self) -> bool {
        let named = self
            .ours
            .signed_fields
            .iter()
            .filter(|name| *name == "dkim-signature");
        let signatures = self.message.named("DKIM-Signature");
        let beneath = signatures.filter(|field| field.index > self.ours.field);
        named.count() > beneath.count()
    }

    fn is_simple(&self) -> bool {
        self.ours
            .canonicalization
            .to_ascii_lowercase()
            .starts_with("simple")
    }

    fn has_tag(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let mut places = self.field().raw_value().windows(text.len());
        places.any(|place| place.eq_ignore_ascii_case(text))
    }

    fn dkimpy(&self, said: &Value) -> Option<&'static str> {
        let said = said.as_str().unwrap_or_default();
        let value = self.value_of_b();
        let signature = self.field().raw_value();
        let line = signature.strip_suffix(b"\n").unwrap_or(signature);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let reason = match self.ours.failure {
            Some(Failure::Author(AuthorError::NoFrom)) => "dkimpy: a message needs no From",
            Some(Failure::Author(_)) => TWO_AUTHORS,
            Some(Failure::FromNotSigned) => "dkimpy: From need not be signed",
            Some(Failure::IdentityBeneathDomain) => "dkimpy: t=s of a key is not looked at",
            Some(Failure::HashNotAllowed) => "dkimpy: h= of a key is not looked at",
            Some(Failure::BodyTooShort) => "dkimpy: l= may be more than the body has",
            Some(Failure::HeaderChanged) | None if has_spaced_author(self.message) => SPACED_AUTHOR,
            Some(Failure::HeaderChanged) if has_odd_control(self.message.header()) => CONTROL,
            Some(Failure::BodyChanged) => {
                return body_difference(self.message, Canonicalization::Relaxed);
            }
            Some(_) => return None,
            None if said.starts_with("MessageFormatError: Unexpected characters")
                || said.starts_with("IndexError") =>
            {
                "dkimpy: white space before the colon, or a line that is no field, is refused"
            }
            None if said.contains("body hash mismatch") => {
                return body_difference(self.message, Canonicalization::Relaxed);
            }
            None if said != "fail" => return None,
            None if line.ends_with(b" ") && self.is_simple() => {
                "dkimpy: white space at the end of the signature field is cut where it is `simple`"
            }
            None if value.len() > value.trim_ascii_end().len() => {
                "dkimpy: white space behind the value of b= is left"
            }
            None if signature.starts_with(b"b") => "dkimpy: b= right behind the colon is not found",
            None if has_odd_control(self.message.header()) => CONTROL,
            None if self.may_sign_itself() => ITSELF,
            None => return None,
        };
        Some(reason)
    }

    fn opendkim(&self, said: &Value) -> Option<&'static str> {
        let reason = match self.ours.failure {
            Some(Failure::HeaderChanged) | None if self.message.header().contains(&0) => {
                "OpenDKIM: a NUL ends a field"
            }
            _ if said[0] == "died" => "OpenDKIM: dies",
            Some(Failure::Author(_)) => TWO_AUTHORS,
            Some(Failure::HeaderChanged) | None if has_other_space(self.message.header()) => {
                "OpenDKIM: other control octets count as white space"
            }
            _ if has_bare_cr(self.message.octets()) => {
                "OpenDKIM: a CR without LF counts as white space or not at all"
            }
            Some(_) => return None,
            None if said[0] == "left out" && self.ours.expires_at == Some(u64::MAX) => {
                "OpenDKIM: x= of more than 64 bits cannot be read"
            }
            None if self.has_tag("bb=") || self.has_tag("(b=") => {
                "OpenDKIM: what looks like b= within a tag is cut in its place"
            }
            None if self.is_b_spaced() => {
                "OpenDKIM: white space between b and its equals sign is cut"
            }
            None if self.may_sign_itself() => ITSELF,
            None => return None,
        };
        Some(reason)
    }
}

pub(crate) const NO_FIELD: &str = "ours: what does not begin with a field is no message";
pub(crate) const TWO_AUTHORS: &str = "ours: with two fields From, a good signature is `policy`";
pub(crate) const SPACED_AUTHOR: &str = "dkimpy: `From :` is taken for a line of a mailbox file";
const ITSELF: &str = "both: h= chooses the very signature that it stands in";
pub(crate) const CONTROL: &str =
    "dkimpy: other control octets count as white space at the ends of a field";

/// Whether white space stands between From and its colon.
pub(crate) fn has_spaced_author(message: &Message<'_>) -> bool {
    let mut fields = message.fields();
    fields.any(|field| field.octets().starts_with(b"From :"))
}

/// Octets that C's `isspace` and Python's `strip` take for white space; DKIM has the space and the tab.
fn has_other_space(octets: &[u8]) -> bool {
    octets.iter().any(|octet| matches!(octet, 0x0b | 0x0c))
}

/// Those, and a CR without LF.
pub(crate) fn has_odd_control(octets: &[u8]) -> bool {
    has_other_space(octets) || has_bare_cr(octets)
}

fn has_bare_cr(octets: &[u8]) -> bool {
    let mut places = octets.iter().enumerate();
    places.any(|(at, octet)| *octet == b'\r' && octets.get(at + 1) != Some(&b'\n'))
}

/// Why dkimpy makes another canonical body of a message than we.
pub(crate) fn body_difference(
    message: &Message<'_>,
    kind: Canonicalization,
) -> Option<&'static str> {
    let ends_in_white_space = message.body().ends_with(b" ") || message.body().ends_with(b"\t");
    (kind == Canonicalization::Relaxed && ends_in_white_space)
        .then_some("dkimpy: white space at the end of a body without a last line end is kept")
}
