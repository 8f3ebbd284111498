//! The results that others wrote into the message (RFC 8601): read, never believed unless their writer is the
//! receiver that the asker named, and compared with ours; and our own.

use garant_dns::Name;
use garant_msgauth::auth_results::{self, AuthResults, SignatureIdentity};
use garant_msgauth::dkim::Verification;
use garant_msgauth::dmarc::Policy;
use garant_msgauth::message::Message;
use garant_msgauth::spf::Evaluation;

use super::dkim::Judged;
use super::facts::{
    AuthorFacts, Connection, Difference, DmarcTrace, ForeignResults, MethodResult, SignatureTrace,
    SpfIdentity, SpfTrace,
};

/// Who writes our results where no receiver is named: the program itself.
const AUTHSERV_ID: &str = "garant";
/// Differences that are told at most: each field may repeat what another one says.
const DIFFERENCES_MAX: usize = 20;

/// What others wrote, from the top.
pub(super) fn foreign(message: &Message<'_>, receiver: Option<&Name>) -> Vec<ForeignResults> {
    let all = AuthResults::all(message);
    all.iter()
        .map(|one| ForeignResults {
            field: one.field,
            authserv_id: one.authserv_id.clone(),
            trusted: is_of(one, receiver),
            results: one.results.iter().map(method_result).collect(),
        })
        .collect()
}

/// Whether the receiver that the asker named wrote them (RFC 8601, section 5): by its own name or one beneath it.
fn is_of(results: &AuthResults, receiver: Option<&Name>) -> bool {
    let server = results.server();
    receiver
        .zip(server.as_ref())
        .is_some_and(|(receiver, server)| server.is_within(receiver))
}

/// One result as data.
pub(super) fn method_result(result: &auth_results::MethodResult) -> MethodResult {
    let properties = result.properties.iter().map(|one| {
        let name = if one.ptype.is_empty() {
            one.property.clone()
        } else {
            format!("{}.{}", one.ptype, one.property)
        };
        (name, one.value.clone())
    });
    MethodResult {
        method: result.method.clone(),
        result: result.result.clone(),
        reason: result.reason.clone(),
        properties: properties.collect(),
    }
}

/// What differs from ours. What could not be told now differs from nothing.
pub(super) fn differences(
    foreign: &[ForeignResults],
    author: &AuthorFacts,
    spf: &SpfTrace,
    signatures: &[SignatureTrace],
    dmarc: &DmarcTrace,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for field in foreign {
        for theirs in &field.results {
            let difference = match theirs.method.as_str() {
                "dkim" => of_dkim(theirs, signatures),
                "spf" => of_spf(theirs, spf),
                "dmarc" => of_dmarc(theirs, author, dmarc),
                _ => None,
            };
            let Some((method, identifier, ours, cause)) = difference else {
                continue;
            };
            if found.len() == DIFFERENCES_MAX {
                return found;
            }
            found.push(Difference {
                field: field.field,
                authserv_id: field.authserv_id.clone().unwrap_or_default(),
                method,
                identifier,
                theirs: theirs.result.clone(),
                ours,
                cause,
            });
        }
    }
    found
}

type Told = (&'static str, Option<Name>, &'static str, &'static str);

fn domain_of(theirs: &MethodResult, property: &str) -> Option<Name> {
    let value = theirs.properties.get(property)?;
    let domain = value
        .rsplit_once('@')
        .map_or(value.as_str(), |(_, domain)| domain);
    Name::from_input(domain).ok()
}

fn of_dkim(theirs: &MethodResult, signatures: &[SignatureTrace]) -> Option<Told> {
    let domain = domain_of(theirs, "header.d").or_else(|| domain_of(theirs, "header.i"))?;
    let selector = domain_of(theirs, "header.s");
    let is_it = |one: &&SignatureTrace| {
        one.domain.as_ref() == Some(&domain)
            && selector
                .as_ref()
                .is_none_or(|selector| one.selector.as_ref() == Some(selector))
    };
    let mut same = signatures.iter().filter(is_it);
    let Some(first) = same.next() else {
        // They saw a signature that is not there any more.
        let is_gone = theirs.result == "pass";
        return is_gone.then_some(("dkim", Some(domain), "none", "signature-removed"));
    };
    // Of several signatures with one name nobody can say which one they meant.
    let mut results = std::iter::once(first).chain(same).map(|one| one.result);
    if results.any(|ours| ours == theirs.result || matches!(ours, "unknown" | "temperror")) {
        return None;
    }
    let cause = match (theirs.result.as_str(), first.failure) {
        ("pass", Some("body-changed" | "body-too-short")) => "body-changed",
        ("pass", Some("header-changed")) => "header-changed",
        ("pass", Some("no-key")) => "key-removed",
        ("pass", Some("revoked")) => "key-revoked",
        ("pass", Some("expired")) => "expired",
        ("fail" | "permerror" | "temperror" | "neutral", None) => "passes-now",
        // Both say that it is no pass; the words differ.
        ("pass", _) => "other",
        _ => return None,
    };
    Some(("dkim", Some(domain), first.result, cause))
}

fn of_spf(theirs: &MethodResult, spf: &SpfTrace) -> Option<Told> {
    let mail_from = domain_of(theirs, "smtp.mailfrom");
    let helo = domain_of(theirs, "smtp.helo");
    // Both may be looked at, and what one of them comes to says nothing of the other.
    let is_helo = mail_from.is_none() && helo.is_some();
    if is_helo && spf.identity == Some(SpfIdentity::MailFrom) {
        return None;
    }
    let domain = mail_from.or(helo);
    // Older programs have another word for it.
    let is_same =
        spf.result == theirs.result || (spf.result, &*theirs.result) == ("fail", "hardfail");
    if matches!(spf.result, "unknown" | "temperror") || is_same {
        return None;
    }
    let cause = if domain.is_some() && domain != spf.domain {
        "other-identity"
    } else {
        "client-or-record"
    };
    Some(("spf", domain, spf.result, cause))
}

fn of_dmarc(theirs: &MethodResult, author: &AuthorFacts, dmarc: &DmarcTrace) -> Option<Told> {
    let ours = dmarc.rfc9989.result;
    let domain = domain_of(theirs, "header.from").or_else(|| author.domain.clone());
    let is_told = matches!(ours, "pass" | "fail" | "none");
    if !is_told || ours == theirs.result || theirs.result == "bestguesspass" {
        return None;
    }
    let cause = if dmarc.rfc7489.result == theirs.result {
        "other-document"
    } else {
        "follows"
    };
    Some(("dmarc", domain, ours, cause))
}

/// What our own field is made of.
pub(super) struct Ours<'a> {
    pub(super) receiver: Option<&'a Name>,
    pub(super) evaluation: Option<&'a Evaluation>,
    pub(super) connection: &'a Connection,
    pub(super) spf: &'a SpfTrace,
    pub(super) signatures: &'a [Judged],
    pub(super) author: &'a AuthorFacts,
    pub(super) dmarc: &'a DmarcTrace,
    pub(super) arc: Option<auth_results::MethodResult>,
    /// The receiver delivers for what trusted sealers say, although DMARC fails.
    pub(super) overridden: bool,
}

/// Our own field Authentication-Results; what could not be told is left out.
pub(super) fn own(ours: &Ours<'_>) -> String {
    let Ours {
        receiver,
        evaluation,
        connection,
        spf,
        signatures,
        author,
        dmarc,
        arc,
        overridden,
    } = ours;
    let mut results = AuthResults::by(receiver.map_or(AUTHSERV_ID, Name::as_str));
    if let Some(evaluation) = evaluation {
        // The domain alone: the local part is nobody's business (RFC 8601, section 2.7.2).
        let text = spf.domain.as_ref().map(Name::as_str).unwrap_or_default();
        let helo = connection.helo.as_ref().map(|helo| helo.value.as_str());
        let found = match spf.identity {
            Some(SpfIdentity::Helo) => {
                auth_results::MethodResult::spf_helo(evaluation.result, helo.unwrap_or(text))
            }
            _ => auth_results::MethodResult::spf_mail_from(evaluation.result, text),
        };
        results = results.with(found);
    }
    for judged in *signatures {
        if let Some(found) = signature(judged) {
            results = results.with(found);
        }
    }
    if signatures.is_empty() {
        results = results.with(auth_results::MethodResult::new("dkim", "none"));
    }
    let reading = &dmarc.rfc9989;
    if let Some(domain) = &author.domain
        && reading.result != "unknown"
    {
        let policy = reading.applied.and_then(Policy::from_word);
        let found = auth_results::MethodResult::dmarc(reading.result, domain, policy);
        results = results.with(if *overridden {
            found.remarking("local_policy: arc=pass")
        } else {
            found
        });
    }
    if let Some(arc) = arc {
        results = results.with(arc.clone());
    }
    results.write()
}

/// One signature; nothing where the result is not known.
fn signature(judged: &Judged) -> Option<auth_results::MethodResult> {
    judged
        .passed()
        .or(Some(false).filter(|_| !judged.needs_body))?;
    let one: &Verification = &judged.verification;
    let identity = SignatureIdentity {
        domain: one.domain.as_ref(),
        selector: one.selector.as_ref(),
        algorithm: one.algorithm.as_deref(),
        signature: None,
    };
    Some(auth_results::MethodResult::dkim(one.result, &identity))
}
