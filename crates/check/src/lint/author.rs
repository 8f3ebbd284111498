//! Whose message it is: From, Sender, Reply-To, and what the displayed name pretends.

use garant_dns::Name;
use garant_msgauth::look_alike;
use garant_msgauth::message::{Author, AuthorError, mailboxes};

use super::header::shown;
use super::target::shown_domain;
use super::{Authors, Linter, is_same_organization};
use crate::finding::{Code, Severity};
use crate::input::is_free_mail;

/// Signing domains that a finding names.
const SIGNERS_MAX: usize = 5;

pub(super) fn lint(linter: &mut Linter<'_, '_>, authors: &Authors) {
    let authors = match authors {
        Ok(authors) => authors,
        Err(AuthorError::NoFrom) => return linter.tell(Code::MessageNoFrom, Severity::Blocks),
        Err(AuthorError::NoAddress) => {
            let field = linter.message.named("From").next();
            let found = field.map(shown).unwrap_or_default();
            return linter.tell_found(Code::MessageFromUnreadable, Severity::Blocks, &found);
        }
        // Told as a field that stands twice.
        Err(AuthorError::SeveralFrom) => return,
    };
    let Some(author) = authors.first() else {
        return;
    };
    sender(linter, authors);
    reply_to(linter, author);
    for author in authors {
        display_name(linter, author);
    }
    look_alike_domain(linter, &author.domain);
    free_mail(linter, &author.domain);
}

fn sender(linter: &mut Linter<'_, '_>, authors: &[Author]) {
    let field = linter.message.named("Sender").next();
    let sender = field.and_then(|field| mailboxes(field).into_iter().next());
    if let [author] = authors {
        let (Some(sender), Some(field)) = (sender, field) else {
            return;
        };
        if sender.address.eq_ignore_ascii_case(&author.address) {
            linter.tell_found(
                Code::MessageSenderSuperfluous,
                Severity::Advice,
                &shown(field),
            );
        } else if !is_same_organization(&sender.domain, &author.domain) {
            let finding = linter
                .finding(Code::MessageSenderForeign, Severity::Advice)
                .arg("sender", sender.address)
                .found(shown(field));
            linter.say(finding);
        }
    } else {
        let finding = linter
            .finding(Code::MessageSeveralAuthors, Severity::Risk)
            .arg("count", authors.len())
            .arg("sender", if sender.is_some() { "yes" } else { "no" });
        linter.say(finding);
    }
}

fn reply_to(linter: &mut Linter<'_, '_>, author: &Author) {
    let Some(field) = linter.message.named("Reply-To").next() else {
        return;
    };
    let others: Vec<Author> = mailboxes(field)
        .into_iter()
        .filter(|other| !is_same_organization(&other.domain, &author.domain))
        .collect();
    let is_free = |other: &&Author| is_free_mail(&other.domain);
    let free = others
        .iter()
        .find(is_free)
        .filter(|_| !is_free_mail(&author.domain));
    let (code, severity, other) = match (free, others.first()) {
        (Some(free), _) => (Code::MessageReplyToFreeMail, Severity::Risk, free),
        (None, Some(other)) => (Code::MessageReplyToForeign, Severity::Advice, other),
        (None, None) => return,
    };
    let finding = linter
        .finding(code, severity)
        .arg("reply_to", other.address.as_str())
        .found(shown(field));
    linter.say(finding);
}

fn display_name(linter: &mut Linter<'_, '_>, author: &Author) {
    let Some(name) = &author.display_name else {
        return;
    };
    let words = name.split(|c: char| c.is_whitespace() || "()<>[]{},;:\"'«»“”|/".contains(c));
    let other = words
        .filter_map(|word| {
            let domain = shown_domain(word)?;
            let is_other = !is_same_organization(&domain, &author.domain);
            is_other.then_some(word)
        })
        .max_by_key(|word| word.contains('@'));
    let Some(shown) = other else {
        return;
    };
    let (kind, severity) = if shown.contains('@') {
        ("address", Severity::Risk)
    } else {
        ("domain", Severity::Advice)
    };
    let finding = linter
        .finding(Code::MessageDisplayNameAddress, severity)
        .arg("shown", shown)
        .arg("kind", kind)
        .found(format!("{name} <{}>", author.address));
    linter.say(finding);
}

/// A label each of whose foreign letters looks like an ASCII one, beneath a top-level domain in ASCII: nobody
/// reads it as what it is. With one letter that has no twin, or with accents, it can be told apart.
fn look_alike_domain(linter: &mut Linter<'_, '_>, domain: &Name) {
    let unicode = domain.to_unicode();
    let ends_in_ascii = unicode.rsplit('.').next().is_some_and(str::is_ascii);
    let deceives = |label: &str| {
        let found = look_alike::find(label.as_bytes());
        !found.is_empty()
            && found
                .iter()
                .all(|one| one.ascii.is_some_and(|ascii| !ascii.is_empty()))
    };
    if !ends_in_ascii || !unicode.split('.').any(deceives) {
        return;
    }
    let points: Vec<String> = look_alike::find(unicode.as_bytes())
        .iter()
        .map(look_alike::LookAlike::code_point)
        .collect();
    let finding = linter
        .finding(Code::MessageLookAlikeDomain, Severity::Risk)
        .arg("resembles", look_alike::to_ascii(unicode.as_bytes()))
        .arg("list", points.join(", "))
        .found(domain.to_string());
    linter.say(finding);
}

/// A mailbox provider signs what its users send, in its own name or in that of another of its domains.
fn free_mail(linter: &mut Linter<'_, '_>, domain: &Name) {
    if !is_free_mail(domain) {
        return;
    }
    let mut signers: Vec<&Name> = linter
        .signatures
        .iter()
        .filter_map(|signature| signature.domain.as_ref())
        .collect();
    signers.sort_unstable();
    signers.dedup();
    let is_provider = |signer: &&Name| is_free_mail(signer) || is_same_organization(signer, domain);
    if signers.is_empty() || signers.iter().any(is_provider) {
        return;
    }
    let names: Vec<&str> = signers
        .iter()
        .take(SIGNERS_MAX)
        .map(|name| name.as_str())
        .collect();
    let finding = linter
        .finding(Code::MessageFreeMailByPlatform, Severity::Risk)
        .arg("signers", names.join(", "));
    linter.say(finding);
}
