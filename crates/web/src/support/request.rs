//! What somebody who asks for help typed.

use garant_check::{DomainInput, TakenFrom};
use garant_text::Args;

/// Octets of the address to answer to, at most: the longest that mail knows (RFC 5321).
pub(super) const CONTACT_OCTETS_MAX: usize = 320;
/// Octets of a message, at most: three pages, and a whole non-delivery message with its headers fits.
pub(super) const MESSAGE_OCTETS_MAX: usize = 10_000;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Contact,
    Message,
}

impl Field {
    /// Its name in the form.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Message => "message",
        }
    }
}

/// What is wrong with a field, as the key of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) field: Field,
    pub(super) key: &'static str,
    pub(super) args: Args,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) contact: String,
    pub(super) message: String,
    /// The id of the check to attach; empty without one.
    pub(super) check: String,
}

impl Request {
    /// The fields of a form or a query. Other names are passed over; octets that are no text are replaced.
    pub(super) fn read(form: &[u8]) -> Self {
        let mut request = Self::default();
        for (name, value) in form_urlencoded::parse(form) {
            match &*name {
                "contact" => request.contact = value.trim().to_owned(),
                // Browsers send lines as networks do.
                "message" => request.message = value.replace("\r\n", "\n").trim().to_owned(),
                "check" => request.check = value.trim().to_owned(),
                _ => {}
            }
        }
        request
    }

    /// What is wrong, in the order of the fields.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let contact = contact_fault(&self.contact).map(|fault| (Field::Contact, fault));
        let message = message_fault(&self.message).map(|fault| (Field::Message, fault));
        let faults = contact.into_iter().chain(message);
        faults
            .map(|(field, (key, args))| Fault { field, key, args })
            .collect()
    }
}

fn contact_fault(contact: &str) -> Option<(&'static str, Args)> {
    if contact.is_empty() {
        return Some(("support-contact-absent", Args::new()));
    }
    if contact.len() > CONTACT_OCTETS_MAX {
        let args = Args::new().with("limit", CONTACT_OCTETS_MAX);
        return Some(("support-contact-long", args));
    }
    let has_local_part = contact.find('@').is_some_and(|at| at > 0);
    let is_one_word = !contact
        .chars()
        .any(|one| one.is_whitespace() || one.is_control());
    let taken_from = DomainInput::parse(contact).map(|input| input.taken_from);
    let is_taken = matches!(taken_from, Ok(Some(TakenFrom::Address)));
    let is_address = has_local_part && is_one_word && is_taken;
    (!is_address).then(|| {
        (
            "support-contact-invalid",
            Args::new().with("input", contact.replace('`', "’")),
        )
    })
}

fn message_fault(message: &str) -> Option<(&'static str, Args)> {
    if message.is_empty() {
        return Some(("support-message-absent", Args::new()));
    }
    (message.len() > MESSAGE_OCTETS_MAX).then(|| {
        let args = Args::new()
            .with("limit", MESSAGE_OCTETS_MAX)
            .with("octets", message.len());
        ("support-message-long", args)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(contact: &str, message: &str, expect: &[&str]) {
        let request = Request {
            contact: contact.to_owned(),
            message: message.to_owned(),
            check: String::new(),
        };
        let keys: Vec<&str> = request.faults().iter().map(|fault| fault.key).collect();
        assert_eq!(keys, expect, "{contact:?} {}", message.len());
    }

    #[test]
    fn each_field_is_judged() {
        check("a@exemple.fr", "Bonjour", &[]);
        check("\"a b\"@x", "Bonjour", &["support-contact-invalid"]);
        check("accueil@café.fr", "Bonjour", &[]);
        check(
            "",
            "",
            &["support-contact-absent", "support-message-absent"],
        );
        for bad in [
            "exemple.fr",
            "a@",
            "@exemple.fr",
            "a@b@",
            "https://a@exemple.fr",
            "a\u{0}@exemple.fr",
        ] {
            check(bad, "Bonjour", &["support-contact-invalid"]);
        }
    }

    #[test]
    fn a_field_that_is_too_long_is_told_its_limit() {
        let local = |octets: usize| format!("{}@exemple.fr", "a".repeat(octets - 11));
        check(&local(CONTACT_OCTETS_MAX), "x", &[]);
        check(
            &local(CONTACT_OCTETS_MAX + 1),
            "x",
            &["support-contact-long"],
        );
        check("a@exemple.fr", &"x".repeat(MESSAGE_OCTETS_MAX), &[]);
        check(
            "a@exemple.fr",
            &"x".repeat(MESSAGE_OCTETS_MAX + 1),
            &["support-message-long"],
        );
    }

    #[test]
    fn every_form_is_read() {
        let read = Request::read(b"contact=+a%40b.fr+&message=x%0D%0Ay%FF&check=1&other=2&contact");
        assert_eq!(read.contact, "");
        assert_eq!(read.message, "x\ny\u{fffd}");
        assert_eq!(read.check, "1");
        assert_eq!(Request::read(b"&&=%&%%%"), Request::default());
    }
}
