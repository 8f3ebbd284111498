//! What an ARC chain is worth to a receiver: nothing of itself, for whoever seals can claim anything. A receiver that
//! trusts its sealers may believe what they found, and deliver although DMARC fails (RFC 8617, section 7.2.1). The
//! result of DMARC stays what it is.

use garant_dns::Name;
use garant_msgauth::dmarc::{Alignment, Comparison};

use super::facts::{
    ArcSet, ArcTrust, AuthorFacts, DmarcReading, MethodResult, OverrideReason, TrustResult,
};
use crate::input::registrable_domain;

/// What the chain is compared with.
pub(super) struct Around<'a> {
    pub(super) author: &'a AuthorFacts,
    pub(super) comparison: Option<&'a Comparison>,
    /// DMARC by RFC 9989.
    pub(super) dmarc: &'a DmarcReading,
    /// The sealers that the asker trusts.
    pub(super) sealers: &'a [Name],
}

/// What the chain is worth to a receiver that trusts these sealers.
pub(super) fn facts(result: &str, sets: &[ArcSet], around: &Around<'_>) -> ArcTrust {
    let found = newest_that_speaks(sets, around).filter(|_| result == "pass");
    let instance = found.map(|(set, _)| set.instance);
    // Whoever sealed later vouches that the chain was whole until then.
    let mut needed: Vec<Name> = Vec::new();
    let since = sets.iter().rev();
    for set in since.filter(|set| instance.is_some_and(|instance| set.instance >= instance)) {
        if let Some(domain) = set
            .domain
            .as_ref()
            .filter(|domain| !needed.contains(domain))
        {
            needed.push(domain.clone());
        }
    }
    let all_trusted = || needed.iter().all(|one| around.sealers.contains(one));
    let result = match (result, instance) {
        ("none", _) => TrustResult::NoChain,
        ("fail", _) => TrustResult::Broken,
        ("pass", None) => TrustResult::Silent,
        ("pass", Some(_)) if around.sealers.is_empty() => TrustResult::Nobody,
        ("pass", Some(_)) if all_trusted() => TrustResult::Vouched,
        ("pass", Some(_)) => TrustResult::Strangers,
        _ => TrustResult::Unknown,
    };
    let is_enforced = around.dmarc.applied.is_some_and(|policy| policy != "none");
    let overrides = result == TrustResult::Vouched && around.dmarc.result == "fail" && is_enforced;
    ArcTrust {
        sealers: around.sealers.to_vec(),
        result,
        instance,
        method: found.map(|(_, method)| method),
        needed,
        overrides,
        reason: overrides.then(|| OverrideReason {
            kind: "local_policy",
            comment: comment(sets),
        }),
    }
}

/// The newest set whose results speak for the author, and by which method.
fn newest_that_speaks<'a>(
    sets: &'a [ArcSet],
    around: &Around<'_>,
) -> Option<(&'a ArcSet, &'static str)> {
    let author = around.author.domain.as_ref()?;
    let mut speaking = sets.iter().rev().filter_map(|set| {
        let method = speaks_for(&set.claims, author, around.comparison)?;
        Some((set, method))
    });
    speaking.next()
}

/// By which method results speak for the author. Where DMARC is among them, it decides; else a signature or a return
/// address does that is aligned by the public suffix list: what the tree walk found then, they do not say.
fn speaks_for(
    claims: &[MethodResult],
    author: &Name,
    comparison: Option<&Comparison>,
) -> Option<&'static str> {
    let of = |method: &'static str| claims.iter().filter(move |one| one.method == method);
    let named = |one: &MethodResult, property: &str| {
        let value = one.properties.get(property)?;
        let domain = value
            .rsplit_once('@')
            .map_or(value.as_str(), |(_, domain)| domain);
        Name::from_input(domain).ok()
    };
    let mut dmarc = of("dmarc").filter(|one| named(one, "header.from").as_ref() == Some(author));
    if let Some(dmarc) = dmarc.next() {
        return (dmarc.result == "pass").then_some("dmarc");
    }
    let record = comparison.and_then(|both| both.walk.applied());
    let is_aligned = |name: &Name, mode: Option<Alignment>| match mode {
        Some(Alignment::Strict) => name == author,
        _ => registrable_domain(name) == registrable_domain(author),
    };
    let passes = |method, properties: &[&str], mode: Option<Alignment>| {
        of(method).filter(|one| one.result == "pass").any(|one| {
            let mut names = properties
                .iter()
                .filter_map(|property| named(one, property));
            names.next().is_some_and(|name| is_aligned(&name, mode))
        })
    };
    let adkim = record.map(|applied| applied.record.adkim());
    let aspf = record.map(|applied| applied.record.aspf());
    if passes("dkim", &["header.d", "header.i"], adkim) {
        Some("dkim")
    } else if passes("spf", &["smtp.mailfrom"], aspf) {
        Some("spf")
    } else {
        None
    }
}

/// The comment of the reason in an aggregate report: every seal from the newest, and the client of the first server
/// (RFC 8617, section 7.2.2).
fn comment(sets: &[ArcSet]) -> String {
    let mut text = "arc=pass".to_owned();
    for set in sets.iter().rev() {
        let instance = set.instance;
        if let Some(domain) = &set.domain {
            text += &format!(" as[{instance}].d={domain}");
        }
        if let Some(selector) = &set.selector {
            text += &format!(" as[{instance}].s={selector}");
        }
    }
    let first = sets.first().map_or(&[][..], |set| &set.claims);
    let mut clients = first
        .iter()
        .filter_map(|one| one.properties.get("smtp.remote-ip"));
    // A stranger's text: only an address is an address.
    let client = clients.find_map(|text| text.parse::<std::net::IpAddr>().ok());
    if let Some(client) = client {
        text += &format!(" remote-ip[1]={client}");
    }
    text
}
