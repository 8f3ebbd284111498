//! A question as a form or an API call states it: texts, each for one field, read into a
//! [`garant_check::Request`] or refused with the field's name.

use garant_check::{AskAuthority, DomainInput, Request, TakenFrom};
use serde::Deserialize;

use crate::typed::{self, Refusal};

/// What was typed. A text that is empty or white was not typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// A domain, an address in it, or a web address.
    pub domain: String,
    /// The sending service, by id or name.
    pub sender: String,
    /// The address that readers see.
    pub from: String,
    /// DKIM selectors, apart by commas or white space.
    pub selectors: String,
    /// The domain of the return address.
    pub mail_from: String,
    /// Signatures, `DOMAIN` or `DOMAIN:SELECTOR`, apart by commas or white space.
    pub signed_by: String,
    /// The sending server.
    pub ip: String,
    /// The records that a platform asked for: the JSON list that `--expect` reads.
    pub expect: String,
    /// Where reports shall go, for the plan.
    pub rua: String,
    /// Whether the zone's own servers are asked in any case.
    pub authority: bool,
}

/// One text of [`Typed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// [`Typed::domain`].
    Domain,
    /// [`Typed::sender`].
    Sender,
    /// [`Typed::from`].
    From,
    /// [`Typed::selectors`].
    Selectors,
    /// [`Typed::mail_from`].
    MailFrom,
    /// [`Typed::signed_by`].
    SignedBy,
    /// [`Typed::ip`].
    Ip,
    /// [`Typed::expect`].
    Expect,
    /// [`Typed::rua`].
    Rua,
}

impl Field {
    /// Its name in a form, in JSON and in an error.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Sender => "sender",
            Self::From => "from",
            Self::Selectors => "selectors",
            Self::MailFrom => "mail_from",
            Self::SignedBy => "signed_by",
            Self::Ip => "ip",
            Self::Expect => "expect",
            Self::Rua => "rua",
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub field: Field,
    /// The sentence.
    pub refusal: Refusal,
}

/// A question that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The question.
    pub request: Request,
    /// What the domain was taken out of, when it was not typed alone.
    pub taken_from: Option<TakenFrom>,
}

impl Typed {
    /// Reads every field.
    ///
    /// # Errors
    /// All fields that are wrong, in the order of the form, so that they can be shown together.
    pub fn understood(&self) -> Result<Understood, Vec<Fault>> {
        let mut faults = Vec::new();
        let domain = take(&mut faults, Field::Domain, || {
            DomainInput::parse(&self.domain).map_err(|e| typed::bad_domain(&self.domain, &e))
        });
        let sender = optional(&mut faults, Field::Sender, &self.sender, typed::sender);
        let mail_from = optional(
            &mut faults,
            Field::MailFrom,
            &self.mail_from,
            typed::mail_from,
        );
        let ip = optional(&mut faults, Field::Ip, &self.ip, typed::ip);
        let rua = optional(&mut faults, Field::Rua, &self.rua, typed::rua);
        let selectors = take(&mut faults, Field::Selectors, || {
            typed::selectors(&words(&self.selectors))
        });
        let signed_by = take(&mut faults, Field::SignedBy, || {
            typed::signed_by(&words(&self.signed_by))
        });
        let from = domain.as_ref().and_then(|input| {
            optional(&mut faults, Field::From, &self.from, |text| {
                typed::from(text, &input.domain)
            })
        });
        let author = match (&from, &domain) {
            (Some((_, author)), _) => Some(author.clone()),
            (None, Some(input)) => Some(input.domain.clone()),
            (None, None) => None,
        };
        let expect = author.as_ref().and_then(|author| {
            optional(&mut faults, Field::Expect, &self.expect, |text| {
                typed::expected(text, Field::Expect.as_str(), author)
            })
        });
        let (Some(author), Some(input), true) = (author, domain, faults.is_empty()) else {
            faults.sort_by_key(|fault| fault.field as u8);
            return Err(faults);
        };
        let request = Request {
            from: from.map(|(address, _)| address),
            selectors: selectors.unwrap_or_default(),
            sender,
            mail_from,
            signed_by: signed_by.unwrap_or_default(),
            ip,
            expect: expect.unwrap_or_default(),
            authority: if self.authority {
                AskAuthority::Always
            } else {
                AskAuthority::InDoubt
            },
            rua,
            ..Request::new(author)
        };
        Ok(Understood {
            request,
            taken_from: input.taken_from,
        })
    }
}

fn take<T>(
    faults: &mut Vec<Fault>,
    field: Field,
    read: impl FnOnce() -> Result<T, Refusal>,
) -> Option<T> {
    match read() {
        Ok(value) => Some(value),
        Err(refusal) => {
            faults.push(Fault { field, refusal });
            None
        }
    }
}

fn optional<T>(
    faults: &mut Vec<Fault>,
    field: Field,
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Refusal>,
) -> Option<T> {
    if text.trim().is_empty() {
        return None;
    }
    take(faults, field, || read(text))
}

/// The parts of a text between commas, semicolons and white space.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &Typed, expect: &[(&str, &str)]) {
        let found = match typed.understood() {
            Ok(_) => Vec::new(),
            Err(faults) => faults,
        };
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|fault| (fault.field.as_str(), fault.refusal.key))
            .collect();
        assert_eq!(found, expect);
    }

    fn typed(domain: &str) -> Typed {
        Typed {
            domain: domain.to_owned(),
            ..Typed::default()
        }
    }

    #[test]
    fn every_fault_is_told_with_its_field() {
        check(&typed("exemple.fr"), &[]);
        check(&typed(" "), &[("domain", "error-input-empty")]);
        let many = Typed {
            sender: "zzzz".into(),
            from: "personne".into(),
            selectors: "s1, é ._".into(),
            ip: "ici".into(),
            ..typed("exemple.fr")
        };
        check(
            &many,
            &[
                ("sender", "error-sender"),
                ("from", "error-from"),
                ("selectors", "error-selector"),
                ("ip", "error-ip"),
            ],
        );
    }

    #[test]
    fn the_address_that_readers_see_decides_which_domain_is_asked_about() {
        let asked = Typed {
            from: "a@news.exemple.fr".into(),
            selectors: "s1,s2  s3".into(),
            ..typed("exemple.fr")
        };
        let understood = asked.understood().unwrap();
        assert_eq!(understood.request.domain.as_str(), "news.exemple.fr");
        assert_eq!(understood.request.selectors.len(), 3);
    }
}
