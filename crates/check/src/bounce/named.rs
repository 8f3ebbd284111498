//! The domains that a refusal names. A notice without a copy of the message, or a reply that somebody pasted, has
//! nothing else to tell whose records are meant.

use garant_dns::Name;
use garant_msgauth::dsn::{Class, Report};

use super::reply::bracketed;
use crate::input::DomainInput;

/// Octets of a text in which a domain is looked for: what a server says in one reply.
const TEXT_OCTETS_MAX: usize = 4_096;
/// Words before the domain that readers see, in small letters, as receivers write them.
const BEFORE_AUTHOR: &[&str] = &[
    "email from",
    "mail from",
    "message from",
    "messages from",
    "sending domain",
    "sender domain",
    "from domain",
    "from: domain",
    "header from",
    "header.from",
    "administrator of",
    "rejected due to",
    "due to",
    "policy of",
    "policy for",
    "policy found for",
    "policy published by",
    "p=reject of",
    "p=reject for",
    "p=quarantine of",
    "p=quarantine for",
    "requirements of",
    "requirements for",
    "record for",
    "record of",
    "dmarc for",
    "dmarc of",
    "dmarc fail for",
    "dmarc failed for",
    "dmarc failure for",
    "dmarc check for",
    "dmarc check failed for",
    "verification failed for",
    "validation failed for",
    "authentication failed for",
    "alignment for",
    "alignment with",
    "on behalf of",
    "politique dmarc de",
    "domain",
    "domaine",
];
/// Words behind it.
const BEHIND_AUTHOR: &[&str] = &[
    "'s dmarc",
    "\u{2019}s dmarc",
    "'s policy",
    "\u{2019}s policy",
    " has a dmarc policy",
    " does not pass dmarc",
    " did not pass dmarc",
    " fails dmarc",
    " failed dmarc",
];
/// Words before the domain of the return address.
const BEFORE_MAIL_FROM: &[&str] = &[
    "mail from domain",
    "smtp.mailfrom",
    "spf",
    "spf check for",
    "spf check failed for",
    "spf failed for",
    "spf fail for",
    "spf failure for",
    "spf validation failed for",
    "spf record of",
    "spf record for",
    "spf policy of",
    "spf policy for",
    "domain of",
    "allowed to send mail from",
    "allowed to send mail for",
    "permitted to send mail from",
    "s=mfrom;id",
    "smtp mail from",
    "envelope from",
    "envelope-from",
];

/// Which domains the words of a report name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) author_domain: Option<Name>,
    pub(super) mail_from_domain: Option<Name>,
}

/// Looks for the domains in what was said to the recipients whom authentication kept out, and in the fields of a
/// report about it.
pub(super) fn named(report: &Report) -> Named {
    let mut named = Named::default();
    if let Some(feedback) = &report.feedback {
        let reported = feedback.reported_domain.as_deref();
        named.author_domain = reported.and_then(domain);
    }
    let refused = report.recipients.iter().filter(|recipient| {
        recipient.authentication.is_some() || recipient.class == Class::Authentication
    });
    for recipient in refused {
        let found = in_text(&recipient.text);
        named.author_domain = named.author_domain.or(found.author_domain);
        named.mail_from_domain = named.mail_from_domain.or(found.mail_from_domain);
        if named.author_domain.is_some() && named.mail_from_domain.is_some() {
            break;
        }
    }
    if named.mail_from_domain.is_none() {
        let all = report.recipients.iter();
        named.mail_from_domain = all
            .filter(|recipient| {
                recipient.class == Class::SenderRefused || recipient.authentication.is_some()
            })
            .find_map(|recipient| {
                let text = &recipient.text;
                let text = &text[..text.floor_char_boundary(TEXT_OCTETS_MAX)];
                let sender = bracketed(text).find(|one| one.is_senders)?;
                domain(sender.address)
            });
    }
    named
}

fn in_text(text: &str) -> Named {
    let mut end = text.len().min(TEXT_OCTETS_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let lower = text[..end].to_ascii_lowercase();
    let mail_from_domain = first(&lower, BEFORE_MAIL_FROM);
    // Where the words that tell the return address are the only ones, they do not tell the other domain too.
    let author_domain = before(&lower, BEHIND_AUTHOR).or_else(|| {
        let found = first(&lower, BEFORE_AUTHOR);
        found.filter(|author| mail_from_domain.as_ref() != Some(author))
    });
    Named {
        author_domain,
        mail_from_domain,
    }
}

/// The first domain that stands behind one of these words, and white space, a colon or an equals sign; the words that
/// come first in the list are surer.
fn first(text: &str, before: &[&str]) -> Option<Name> {
    before.iter().find_map(|words| {
        let starts_word = |at: usize| {
            let earlier = text[..at].chars().next_back();
            earlier.is_none_or(|c| !c.is_alphanumeric())
        };
        let is_between = |c: char| c.is_whitespace() || matches!(c, ':' | '=');
        text.match_indices(words)
            .filter(|(at, _)| starts_word(*at))
            .find_map(|(at, words)| {
                let rest = &text[at + words.len()..];
                let behind = rest.trim_start_matches(is_between);
                let is_apart = behind.len() < rest.len();
                domain(behind.split_whitespace().next().filter(|_| is_apart)?)
            })
    })
}

/// The first domain that stands before one of these words.
fn before(text: &str, behind: &[&str]) -> Option<Name> {
    behind.iter().find_map(|words| {
        let mut found = text.match_indices(words);
        found.find_map(|(at, _)| domain(text[..at].rsplit(char::is_whitespace).next()?))
    })
}

/// A domain or the domain of an address, without the punctuation around it; nothing for a single word.
fn domain(text: &str) -> Option<Name> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    let text = text.trim_start_matches(|c: char| !is_part(c));
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let text = text[..end].trim_matches(['.', '-', '@']);
    let input = DomainInput::parse(text).ok()?;
    Some(input.domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, author: &str, mail_from: &str) {
        let named = in_text(text);
        let text_of =
            |name: Option<Name>| name.map_or("", |name| name.to_string().leak()).to_owned();
        assert_eq!(
            (
                text_of(named.author_domain),
                text_of(named.mail_from_domain)
            ),
            (author.to_owned(), mail_from.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn receivers_name_the_domain_whose_policy_they_follow() {
        for text in [
            "550-5.7.26 Unauthenticated email from exemple.fr is not accepted due to domain's DMARC policy.",
            "550 5.7.515 Access denied, sending domain EXEMPLE.FR doesn't meet the required authentication level.",
            "550 5.7.509 Access denied, sending domain exemple.fr does not pass DMARC verification",
            "554 5.7.1 Your message was rejected due to exemple.fr's DMARC policy.",
            "please contact the administrator of exemple.fr domain if this was a legitimate mail",
            "550 rejected by the policy of [exemple.fr].",
            "authentication failed for header.from=exemple.fr;",
            "550 no DMARC record for exemple.fr",
            "550 5.7.1 DMARC requirements; p=quarantine of EXEMPLE.FR",
            "550 5.7.1 rejected by the DMARC policy of exemple.fr",
            "550 5.7.1 rejected by DMARC policy for exemple.fr",
            "550 5.7.0 DMARC failure for domain: exemple.fr, policy: reject",
            "550 5.7.1 DMARC failed for <anne@exemple.fr>",
            "554 5.7.1 exemple.fr's DMARC policy asks for it",
            "554 5.7.1 exemple.fr’s policy is reject",
            "550 5.7.1 The message for exemple.fr failed DMARC",
            "550 5.7.1 refused by the policy published by exemple.fr",
            "571 5.7.1 verification DMARC en echec pour le domaine exemple.fr",
            "550 5.7.1 refus par la politique DMARC de exemple.fr",
            "550 5.7.1 unauthenticated mail on behalf of exemple.fr",
        ] {
            check(text, "exemple.fr", "");
        }
    }

    #[test]
    fn spf_is_about_the_return_address() {
        check(
            "550-5.7.26 The MAIL FROM domain [retour.exemple.fr] has an SPF record with a hard fail policy (-all)",
            "",
            "retour.exemple.fr",
        );
        check(
            "550 5.7.1 SPF check failed for a@retour.exemple.fr",
            "",
            "retour.exemple.fr",
        );
        check(
            "550 5.7.1 192.0.2.1 is not allowed to send mail from retour.exemple.fr",
            "",
            "retour.exemple.fr",
        );
        check(
            "550 5.7.23 domain of a@retour.exemple.fr does not designate 192.0.2.1 as permitted sender",
            "",
            "retour.exemple.fr",
        );
        check(
            "550 5.7.1 SPF fail, see http://www.openspf.net/Why?s=mfrom;id=a@retour.exemple.fr;ip=192.0.2.1",
            "",
            "retour.exemple.fr",
        );
        check(
            "DKIM = did not pass SPF [retour.exemple.fr] with ip: [192.0.2.1] = did not pass",
            "",
            "retour.exemple.fr",
        );
    }

    #[test]
    fn what_is_no_domain_is_not_taken_for_one() {
        for text in [
            "",
            "550 not accepted due to domain's DMARC policy",
            "550 message from 192.0.2.1 refused",
            "550 mail from localhost refused",
            "550 mailfrom exemple.fr",
            "550 email from \u{e9}\u{301}\u{202e} refused",
            "due to co.uk",
            "domain ",
            "domainexemple.fr",
            "550 the domain's DMARC policy",
            "550 192.0.2.1 failed DMARC",
        ] {
            check(text, "", "");
        }
    }

    #[test]
    fn a_long_text_is_read_to_a_limit() {
        let long = "é".repeat(TEXT_OCTETS_MAX) + " email from exemple.fr";
        check(&long, "", "");
    }
}
