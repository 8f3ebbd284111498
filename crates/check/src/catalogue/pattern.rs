//! Names that a service makes up: fixed labels with places that are filled in for each customer.

use std::fmt;

use garant_dns::Name;
use serde::{Deserialize, Deserializer, Serialize};

/// The customer's domain as it is.
const DOMAIN: &str = "domain";
/// The customer's domain with `-` for every dot.
const DOMAIN_DASHES: &str = "domain-dashes";
/// Places that only the customer's account at the service fills in; named for people.
const PER_ACCOUNT: &[&str] = &[
    "account", "date", "digits", "hex", "id", "letters", "region", "tenant", "token", "uuid",
];

/// A name with places to fill in: `b1.{domain-dashes}.dkim.brevo.com`, `em{digits}`.
///
/// `{domain}` and `{domain-dashes}` follow from the customer's domain. Every other place (`{token}`,
/// `{digits}`, ...) is known to the customer's account alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pattern(String);

/// A part of a pattern.
enum Part<'a> {
    Text(&'a str),
    Place(&'a str),
}

impl Pattern {
    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a part of it is known to the customer's account alone.
    pub fn is_per_account(&self) -> bool {
        let per_account = |part: Part<'_>| match part {
            Part::Text(_) => false,
            Part::Place(place) => place != DOMAIN && place != DOMAIN_DASHES,
        };
        parts(&self.0).any(per_account)
    }

    /// The name for a customer's domain; nothing when the account alone knows it, or when it would be
    /// longer than a name can be.
    pub fn fill(&self, domain: &Name) -> Option<Name> {
        if self.is_per_account() {
            return None;
        }
        let mut text = String::with_capacity(self.0.len() + domain.as_str().len());
        for part in parts(&self.0) {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Place(DOMAIN) => text.push_str(domain.as_str()),
                Part::Place(_) => text.push_str(&domain.as_str().replace('.', "-")),
            }
        }
        text.parse().ok()
    }

    /// The labels at its end that hold no place; nothing when the last one does.
    pub fn fixed_end(&self) -> Option<Name> {
        let after = self.0.rfind('}').map_or(0, |at| at + 1);
        let tail = &self.0[after..];
        if after == 0 {
            return tail.parse().ok();
        }
        let (_, labels) = tail.split_once('.')?;
        labels.parse().ok()
    }
}

/// The parts of a pattern. What is not closed is text; a test refuses it in the data.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((place, after)) = inner.split_once('}')
        {
            rest = after;
            return Some(Part::Place(place));
        }
        let end = rest[1..].find('{').map_or(rest.len(), |at| at + 1);
        let (fixed, after) = rest.split_at(end);
        rest = after;
        Some(Part::Text(fixed))
    })
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fault = |words: String| Err(serde::de::Error::custom(words));
        let mut sample = String::new();
        for part in parts(&text) {
            match part {
                Part::Text(fixed) if fixed.contains(['{', '}']) => {
                    return fault(format!("a place in {text:?} is not closed"));
                }
                Part::Text(fixed) => sample.push_str(fixed),
                Part::Place(DOMAIN) => sample.push_str("example.com"),
                Part::Place(DOMAIN_DASHES) => sample.push_str("example-com"),
                Part::Place(place) if PER_ACCOUNT.contains(&place) => sample.push('x'),
                Part::Place(place) => return fault(format!("no such place: {place}")),
            }
        }
        match sample.parse::<Name>() {
            Ok(name) if name.as_str() == sample => Ok(Self(text)),
            Ok(_) => fault(format!("{text:?} is not in lower case")),
            Err(error) => fault(format!("{text:?}: {error}")),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Result<Pattern, serde_json::Error> {
        serde_json::from_value(text.into())
    }

    #[test]
    fn what_follows_from_the_domain_is_filled_in_and_the_rest_is_not() {
        let check = |text: &str, filled: Option<&str>, end: Option<&str>| {
            let pattern = pattern(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let domain: Name = "mon-entreprise.fr".parse().expect("a name");
            let name = pattern.fill(&domain);
            assert_eq!(name.as_ref().map(Name::as_str), filled, "{text}");
            let fixed = pattern.fixed_end();
            assert_eq!(fixed.as_ref().map(Name::as_str), end, "end of {text}");
        };
        check(
            "dkim2.mcsv.net",
            Some("dkim2.mcsv.net"),
            Some("dkim2.mcsv.net"),
        );
        check(
            "b1.{domain-dashes}.dkim.brevo.com",
            Some("b1.mon-entreprise-fr.dkim.brevo.com"),
            Some("dkim.brevo.com"),
        );
        check(
            "fm1.{domain}.dkim.fmhosted.com",
            Some("fm1.mon-entreprise.fr.dkim.fmhosted.com"),
            Some("dkim.fmhosted.com"),
        );
        check(
            "{token}.dkim.amazonses.com",
            None,
            Some("dkim.amazonses.com"),
        );
        check(
            "s1.domainkey.u{digits}.wl{digits}.sendgrid.net",
            None,
            Some("sendgrid.net"),
        );
        check("em{digits}", None, None);
        check("{id}a", None, None);
    }

    #[test]
    fn a_name_that_would_be_too_long_is_none() {
        let long = ["a".repeat(63).as_str(); 3].join(".");
        let domain: Name = long.parse().expect("a name");
        let pattern = pattern("b1.{domain-dashes}.dkim.brevo.com").expect("a pattern");
        assert_eq!(pattern.fill(&domain), None);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "a..b",
            "{token",
            "token}.a",
            "{who}.example.com",
            "A.example.com",
            "a b",
        ] {
            assert!(pattern(text).is_err(), "{text:?}");
        }
    }
}
