//! Which services the domain's records show, from the answers at hand.

use std::collections::BTreeMap;

use garant_dns::{Answer, Name};
use garant_msgauth::spf::{Node, Qualifier, TermKind};

use super::Context;
use crate::catalogue::{Service, by_dkim_chain, by_exchange, by_spf_target, by_verification};
use crate::path::{Evidence, EvidenceKind};

/// Terms of the SPF record and texts at the domain that are looked at for services: more than anybody has
/// published who wants to be read, and few enough to be looked up in the catalogue at each arrival.
const TERMS_READ_MAX: usize = 64;
/// Characters of a text that are kept as evidence: tokens are secrets of no value, and long.
const EVIDENCE_CHARS_MAX: usize = 80;

/// The services with what shows them, the strongest evidence first.
pub(super) fn recognise(context: Context<'_, '_>) -> Vec<(&'static Service, Vec<Evidence>)> {
    let mut found: BTreeMap<&'static str, (&'static Service, Vec<Evidence>)> = BTreeMap::new();
    let mut note = |service: &'static Service, kind, name: &Name, text: &str| {
        let evidence = Evidence {
            kind,
            name: name.clone(),
            text: text.chars().take(EVIDENCE_CHARS_MAX).collect(),
        };
        let (_, known) = found.entry(&service.id).or_insert((service, Vec::new()));
        if !known.contains(&evidence) {
            known.push(evidence);
        }
    };
    for key in context.dkim.keys.iter().filter(|key| !key.by_wildcard) {
        if let Some((service, target)) = key.answer.and_then(by_alias) {
            note(service, EvidenceKind::DkimAlias, &key.name, target.as_str());
        }
    }
    for (target, text) in spf_targets(&context.spf.tree.root) {
        if let Some(service) = by_spf_target(&target) {
            note(service, EvidenceKind::Spf, context.domain, &text);
        }
    }
    for exchange in &context.mx.exchanges {
        let host = &exchange.exchange.name;
        if let Some(service) = by_exchange(host) {
            note(
                service,
                EvidenceKind::Exchange,
                context.domain,
                host.as_str(),
            );
        }
    }
    let texts = context.own_text.into_iter().flat_map(Answer::texts);
    for text in texts.take(TERMS_READ_MAX) {
        let text = text.to_text();
        if let Some(service) = by_verification(&text) {
            note(service, EvidenceKind::Verification, context.domain, &text);
        }
    }
    let mut found: Vec<(&'static Service, Vec<Evidence>)> = found.into_values().collect();
    for (_, evidence) in &mut found {
        evidence.sort();
    }
    // Where mail is received does not show by whom it is sent.
    found.retain(|(service, evidence)| {
        let by_exchange = evidence
            .iter()
            .all(|one| one.kind == EvidenceKind::Exchange);
        !by_exchange || has_key(context, service)
    });
    found.sort_by_key(|(_, evidence)| evidence.first().map(|evidence| evidence.kind));
    found
}

/// Whether a key that receivers can use stands at one of a service's usual selectors.
fn has_key(context: Context<'_, '_>, service: &Service) -> bool {
    let mut keys = context.dkim.keys.iter();
    keys.any(|key| service.selectors.contains(&key.selector) && key.is_usable())
}

/// The service that the aliases of an answer lead to, with the hop that names it.
pub(super) fn by_alias(answer: &Answer) -> Option<(&'static Service, &Name)> {
    by_dkim_chain(answer.aliases.iter().map(|alias| &alias.target))
}

/// The names that a record's own terms let send, each with its term.
fn spf_targets(node: &Node) -> impl Iterator<Item = (Name, String)> + '_ {
    let terms = node.record.terms.iter().enumerate().take(TERMS_READ_MAX);
    terms.filter_map(|(index, term)| {
        let target = spf_target(node, index)?;
        Some((target, node.text_of(term.span).into_owned()))
    })
}

/// The name that a term of a record lets send. Of a name that depends on the message the part behind the
/// last macro counts.
pub(super) fn spf_target(node: &Node, index: usize) -> Option<Name> {
    let (term, known) = (node.record.terms.get(index)?, node.terms.get(index)?);
    let spec = match &term.kind {
        TermKind::Directive(directive) if directive.qualifier == Qualifier::Pass => {
            directive.mechanism.domain()?
        }
        TermKind::Redirect(spec) => spec,
        _ => return None,
    };
    let target = known.target.clone().or_else(|| fixed_end(spec.as_str()))?;
    known.reached.then_some(target)
}

fn fixed_end(spec: &str) -> Option<Name> {
    let (_, end) = spec.rsplit_once("}.")?;
    end.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::fixed_end;

    #[test]
    fn of_a_name_with_macros_the_end_that_does_not_change_counts() {
        let check = |spec: &str, end: Option<&str>| {
            let found = fixed_end(spec);
            let found = found.as_ref().map(garant_dns::Name::as_str);
            assert_eq!(found, end, "{spec}");
        };
        check(
            "%{ir}.%{v}.%{d}.spf.has.pphosted.com",
            Some("spf.has.pphosted.com"),
        );
        check(
            "%{i}._spf.mta.salesforce.com.",
            Some("_spf.mta.salesforce.com"),
        );
        check("spf.%{d}", None);
        check("_spf.%{d2}.", None);
        check("%{i}.", None);
    }
}
