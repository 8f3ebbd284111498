//! Values that were typed, read strictly: each is what was meant, or a sentence says why it is not.

use std::net::IpAddr;

use garant_check::catalogue::{Receiver, receivers_called, service, suggestions};
use garant_check::{
    DomainInput, EXPECTED_MAX, EXPECTED_VALUE_OCTETS_MAX, ExpectError, ExpectProblem,
    ExpectedRecord, InputError, SELECTORS_MAX, SIGNATURES_MAX, SignedBy, read_expected,
    registrable_domain, report_address,
};
use garant_dns::{Name, NameError};
use garant_text::Args;

/// Why something that was typed, or asked for, cannot be taken: a sentence of the catalogue. It is data until
/// somebody's language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Key of the sentence.
    pub key: &'static str,
    /// Its arguments.
    pub args: Args,
}

impl Refusal {
    /// A refusal by its sentence.
    pub fn new(key: &'static str, args: Args) -> Self {
        Self { key, args }
    }
}

/// Suggestions further than this from what was typed help nobody (Jaro-Winkler, 0 to 1).
pub const SIMILARITY_MIN: f64 = 0.8;

fn input(text: &str) -> Args {
    Args::new().with("input", text.trim())
}

/// DKIM selectors, with or without `._domainkey` behind them.
pub fn selectors(texts: &[String]) -> Result<Vec<Name>, Refusal> {
    if texts.len() > SELECTORS_MAX {
        let args = Args::new().with("limit", SELECTORS_MAX);
        return Err(Refusal::new("error-selectors-many", args));
    }
    texts.iter().map(|text| selector(text)).collect()
}

fn selector(text: &str) -> Result<Name, Refusal> {
    let bare = text.split("._domainkey").next().unwrap_or(text);
    Name::from_input(bare).map_err(|_| Refusal::new("error-selector", input(text)))
}

/// The id of a sending service: by its id, its name or another word for it.
pub fn sender(text: &str) -> Result<String, Refusal> {
    if let Some(service) = service(text) {
        return Ok(service.id.clone());
    }
    let near = suggestions(text).into_iter();
    let near: Vec<&str> = near.map(|near| near.id.as_str()).collect();
    let suggestion = if near.is_empty() {
        "none".to_owned()
    } else {
        near.join(", ")
    };
    let args = input(text).with("suggestion", suggestion);
    Err(Refusal::new("error-sender", args))
}

/// A receiver by id or name, or all that are called so.
///
/// # Errors
/// Where none is.
pub fn receivers(text: &str) -> Result<Vec<&'static Receiver>, Refusal> {
    let called = receivers_called(text);
    if called.is_empty() {
        return Err(Refusal::new("error-receiver", input(text)));
    }
    Ok(called)
}

/// The domain of a return address; the whole address will do.
pub fn mail_from(text: &str) -> Result<Name, Refusal> {
    domain_or_address(text).ok_or_else(|| Refusal::new("error-mail-from", input(text)))
}

/// A domain of two labels at least, alone or behind the `@` of an address.
fn domain_or_address(text: &str) -> Option<Name> {
    let domain = text.rsplit('@').next().unwrap_or(text).trim();
    let domain = domain.strip_suffix('>').unwrap_or(domain);
    let is_address = domain.parse::<IpAddr>().is_ok();
    Name::from_input(domain)
        .ok()
        .filter(|name| name.label_count() > 1 && !is_address)
}

/// Signatures, each `DOMAIN` or `DOMAIN:SELECTOR`.
pub fn signed_by(texts: &[String]) -> Result<Vec<SignedBy>, Refusal> {
    if texts.len() > SIGNATURES_MAX {
        let args = Args::new().with("limit", SIGNATURES_MAX);
        return Err(Refusal::new("error-signed-by-many", args));
    }
    let read = |text: &String| {
        let refuse = || Refusal::new("error-signed-by", input(text));
        let (domain, selector_text) = match text.split_once(':') {
            Some((domain, selector)) => (domain, Some(selector)),
            None => (text.as_str(), None),
        };
        Ok(SignedBy {
            domain: domain_or_address(domain).ok_or_else(refuse)?,
            selector: selector_text.map(selector).transpose()?,
        })
    };
    texts.iter().map(read).collect()
}

/// The address of a sending server.
pub fn ip(text: &str) -> Result<IpAddr, Refusal> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .map_err(|_| Refusal::new("error-ip", input(text)))
}

/// The address that readers see, and its domain, which must be of the same organization as `domain`: equal to it,
/// beneath it or above it.
pub fn from(text: &str, domain: &Name) -> Result<(String, Name), Refusal> {
    let bare = match text.rsplit_once('<') {
        Some((_, inside)) => inside.split('>').next().unwrap_or(inside),
        None => text,
    };
    let bare = bare.trim();
    let refuse = || Refusal::new("error-from", input(text));
    let (local, _) = bare.rsplit_once('@').ok_or_else(refuse)?;
    if local.is_empty() || local.contains(char::is_whitespace) {
        return Err(refuse());
    }
    let parsed = DomainInput::parse(bare).map_err(|_| refuse())?.domain;
    let is_kin = parsed.is_within(domain)
        || (domain.is_within(&parsed) && parsed.is_within(&registrable_domain(domain)));
    if !is_kin {
        let args = input(text)
            .with("found", parsed.to_unicode())
            .with("domain", domain.to_unicode());
        return Err(Refusal::new("error-from-elsewhere", args));
    }
    Ok((bare.to_owned(), parsed))
}

/// The address that reports shall go to, as a record holds it.
pub fn rua(text: &str) -> Result<String, Refusal> {
    report_address(text).ok_or_else(|| Refusal::new("error-rua", input(text)))
}

/// The records that a platform asked for; `path` is what the list is called in an error.
pub fn expected(text: &str, path: &str, domain: &Name) -> Result<Vec<ExpectedRecord>, Refusal> {
    read_expected(text, domain).map_err(|error| bad_list(path, domain, &error))
}

fn bad_list(path: &str, domain: &Name, error: &ExpectError) -> Refusal {
    use ExpectProblem as P;
    let none = String::new();
    let (problem, detail, other) = match &error.problem {
        P::NotJson => ("json", none, String::new()),
        P::NotAList => ("list", none, String::new()),
        P::Empty => ("empty", none, String::new()),
        P::TooMany => ("many", EXPECTED_MAX.to_string(), String::new()),
        P::NotARecord => ("record", none, String::new()),
        P::MemberUnknown(member) => ("member-unknown", member.clone(), String::new()),
        P::MemberTwice(member) => ("member-twice", (*member).to_owned(), String::new()),
        P::MemberAbsent(member) => ("member-absent", (*member).to_owned(), String::new()),
        P::NotText(member) => ("text", (*member).to_owned(), String::new()),
        P::Type(found) => ("type", found.clone(), String::new()),
        P::Name(found, _) => ("name", found.clone(), String::new()),
        P::NameOutside(found) => ("name-outside", found.to_string(), String::new()),
        P::NameAmbiguous(found, whole) => ("name-ambiguous", found.clone(), whole.to_string()),
        P::Value(rtype, found) if rtype.as_str() == "MX" => ("value-mx", found.clone(), none),
        P::Value(_, found) => ("value-cname", found.clone(), none),
        P::ValueIsUrl(found) => ("value-url", found.clone(), none),
        P::ValueQuoted => ("value-quoted", none, String::new()),
        P::ValueEmpty => ("value-empty", none, String::new()),
        P::ValueLong => ("value-long", EXPECTED_VALUE_OCTETS_MAX.to_string(), none),
        P::Contradiction(name) => ("contradiction", name.to_string(), none),
    };
    let args = Args::new()
        .with("path", path)
        .with("line", error.line.to_string())
        .with("column", error.column.to_string())
        .with("problem", problem)
        .with("detail", detail)
        .with("other", other)
        .with("domain", domain.to_string());
    Refusal::new("error-expect", args)
}

/// What is wrong with a domain that was typed.
pub fn bad_domain(text: &str, error: &InputError) -> Refusal {
    let args = input(text);
    match error {
        InputError::IpAddress(_) => Refusal::new("error-input-address", args),
        InputError::SingleLabel(_) => Refusal::new("error-input-single-label", args),
        InputError::PublicSuffix(suffix) => Refusal::new(
            "error-input-public-suffix",
            args.with("input", suffix.to_unicode()),
        ),
        InputError::Name(error) => match error {
            NameError::Empty => Refusal::new("error-input-empty", args),
            NameError::EmptyLabel => Refusal::new("error-input-label-empty", args),
            NameError::LabelTooLong { .. } => Refusal::new("error-input-label-long", args),
            NameError::TooLong => Refusal::new("error-input-long", args),
            NameError::BadIdn { .. } => Refusal::new("error-input-idn", args),
            NameError::BadEscape => {
                Refusal::new("error-input-character", args.with("character", "\\"))
            }
            NameError::BadCharacter { found } => Refusal::new(
                "error-input-character",
                args.with("character", found.to_string()),
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    /// What comes out of a typed value, or the key of the sentence that refuses it.
    fn shown<T: std::fmt::Debug>(read: Result<T, Refusal>) -> String {
        match read {
            Ok(value) => format!("{value:?}"),
            Err(refusal) => refusal.key.to_owned(),
        }
    }

    #[track_caller]
    fn check(found: impl AsRef<str>, expect: &str) {
        assert_eq!(found.as_ref(), expect);
    }

    #[test]
    fn a_return_address_is_a_domain_or_a_whole_address() {
        let read = |text| shown(mail_from(text));
        check(read("em.exemple.fr"), "em.exemple.fr");
        check(read("bounce+1@EM.exemple.fr."), "em.exemple.fr");
        check(read("<bounce@em.exemple.fr>"), "em.exemple.fr");
        for bad in ["", "<>", "@", "em", "192.0.2.1", "a@[192.0.2.1]", "a..b"] {
            check(read(bad), "error-mail-from");
        }
    }

    #[test]
    fn a_signature_is_a_domain_and_perhaps_a_selector() {
        let read = |text: &str| match signed_by(&[text.to_owned()]) {
            Ok(list) => format!("{} {:?}", list[0].domain, list[0].selector),
            Err(refusal) => refusal.key.to_owned(),
        };
        check(read("exemple.fr"), "exemple.fr None");
        check(read("exemple.fr:s1"), "exemple.fr Some(s1)");
        check(read("exemple.fr:s1._domainkey"), "exemple.fr Some(s1)");
        check(read("exemple.fr:"), "error-selector");
        check(read(":s1"), "error-signed-by");
        check(read("fr"), "error-signed-by");
        let many = vec!["exemple.fr".to_owned(); SIGNATURES_MAX + 1];
        check(shown(signed_by(&many)), "error-signed-by-many");
    }

    #[test]
    fn the_address_that_readers_see_is_of_the_same_organization() {
        let read = |text: &str, domain: &str| match from(text, &name(domain)) {
            Ok((address, domain)) => format!("{address} {domain}"),
            Err(refusal) => refusal.key.to_owned(),
        };
        check(
            read("a@exemple.fr", "exemple.fr"),
            "a@exemple.fr exemple.fr",
        );
        check(
            read("Anne <a@news.exemple.fr>", "exemple.fr"),
            "a@news.exemple.fr news.exemple.fr",
        );
        check(
            read("a@exemple.fr", "news.exemple.fr"),
            "a@exemple.fr exemple.fr",
        );
        for (bad, key) in [
            ("exemple.fr", "error-from"),
            ("@exemple.fr", "error-from"),
            ("a b@exemple.fr", "error-from"),
            ("a@fr", "error-from"),
            ("a@autre.fr", "error-from-elsewhere"),
            ("a@monexemple.fr", "error-from-elsewhere"),
        ] {
            check(read(bad, "exemple.fr"), key);
        }
        check(
            read("a@b.exemple.fr", "a.exemple.fr"),
            "error-from-elsewhere",
        );
    }

    #[test]
    fn addresses_of_servers_are_plain() {
        check(shown(ip("192.0.2.1")), "192.0.2.1");
        check(shown(ip(" [2001:db8::1] ")), "2001:db8::1");
        check(shown(ip("192.0.2.1:25")), "error-ip");
        check(shown(ip("mx.exemple.fr")), "error-ip");
    }

    #[test]
    fn a_service_is_known_by_id_name_or_near_miss() {
        check(shown(sender("ActiveCampaign")), "\"activecampaign\"");
        check(shown(sender(" activecampaign ")), "\"activecampaign\"");
        let near = |typed: &str| match sender(typed) {
            Err(Refusal { key, args }) => {
                let suggestion = args.iter().find(|(name, _)| *name == "suggestion");
                format!("{key} {:?}", suggestion.expect("an argument").1)
            }
            Ok(id) => id,
        };
        check(
            near("activecampain"),
            "error-sender Text(\"activecampaign\")",
        );
        check(near("zzzz"), "error-sender Text(\"none\")");
        check(near(""), "error-sender Text(\"none\")");
    }
}
