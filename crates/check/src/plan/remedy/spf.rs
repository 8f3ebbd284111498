//! SPF as a whole: whom to name in it, and what can go without anybody losing anything.

use garant_dns::{Name, RecordType};
use garant_msgauth::spf::{self, LOOKUPS_MAX, Record, TermKind, VOIDS_MAX};

use super::{add, change, owner};
use crate::assessment::{Assessment, SpfNode, SpfTerm};
use crate::catalogue::{Confidence, ReturnPathKind, by_spf_target, service};
use crate::finding::{Code, Finding};
use crate::path::Path;
use crate::plan::draft::{self, Purpose};
use crate::plan::score;
use crate::plan::search::Step;
use crate::plan::site::Site;
use crate::survey::has_no_record;

/// Lets the service of the affected path, or the address that was stated, send in the name of the return
/// address: in the record that stands there, never in a second one.
pub(super) async fn authorise(site: &Site<'_>, assessment: &Assessment) -> Option<Step> {
    let path = assessment.paths.first()?;
    let mail_from = path.mail_from_domain.as_ref()?;
    if path.spf.result == "pass" || !mail_from.is_within(&site.organization) {
        return None;
    }
    let term = term_for(site, path)?;
    let key = (mail_from.clone(), RecordType::Txt);
    let set = site.set(&key).await?;
    let mut records = set.data.iter().filter_map(|data| match data {
        garant_dns::Data::Txt(txt) if spf::is_spf(&txt.joined()) => Some(txt.joined()),
        _ => None,
    });
    let wanted = format!("v=spf1 {term}");
    let fix = match (records.next(), records.next()) {
        (Some(one), None) => {
            let merged = spf::merge(&[&one, wanted.as_bytes()]);
            Record::parse(merged.as_bytes())
                .is_valid()
                .then(|| change(mail_from, merged))?
        }
        // One that was meant as such is put right first: it names others too.
        (None, _) if set.data.iter().any(is_meant_as_one) => return None,
        (None, _) => {
            let terms = with_others(site, assessment, mail_from, term);
            let record = format!("v=spf1 {} ~all", terms.join(" "));
            add(mail_from, RecordType::Txt, record)
        }
        (Some(_), Some(_)) => return None,
    };
    Some(Step {
        fixes: vec![fix],
        found: None,
        cause: None,
        whole: false,
    })
}

fn is_meant_as_one(data: &garant_dns::Data) -> bool {
    draft::purpose(data) == Purpose::Spf
}

/// The term, and those of the other services that write with the same return address: a first record that named
/// one of them alone would say that the others must not.
fn with_others(
    site: &Site<'_>,
    assessment: &Assessment,
    mail_from: &Name,
    term: String,
) -> Vec<String> {
    let mut terms = vec![term];
    let others = assessment.paths.iter().skip(1);
    for other in others.filter(|path| path.mail_from_domain.as_ref() == Some(mail_from)) {
        terms.extend(term_for(site, other).filter(|term| !terms.contains(term)));
    }
    terms
}

/// The term that lets a path's mail pass: the service's own, where the catalogue is certain of it, or the
/// address that was stated.
fn term_for(site: &Site<'_>, path: &Path) -> Option<String> {
    if let Some(service) = path.sender.and_then(service) {
        // Whose return address it is, the asker may know better than the catalogue.
        let is_stated = path.stated && site.observation.request.mail_from.is_some();
        let is_here = service.return_path.kind == ReturnPathKind::Author || is_stated;
        let is_certain = service.confidence == Confidence::Verified;
        let include = service.spf.first().filter(|_| is_here && is_certain)?;
        return Some(format!("include:{include}"));
    }
    let address = site.observation.request.ip.filter(|_| path.stated)?;
    Some(match address {
        std::net::IpAddr::V4(address) => format!("ip4:{address}"),
        std::net::IpAddr::V6(address) => format!("ip6:{address}"),
    })
}

/// Takes out what nobody loses anything by: terms that lead nowhere, and, where there are too many
/// look-ups, includes of services whose return address is not this domain. An include is never replaced
/// by the addresses behind it: they change without notice.
pub(super) fn lessen(site: &Site<'_>, assessment: &Assessment) -> Vec<Step> {
    let record = &assessment.records.spf;
    let (Some(root), Some(raw)) = (&record.parsed, &record.seen.raw) else {
        return Vec::new();
    };
    let told = |code| assessment.findings.iter().find(|f| f.code == code);
    let mut steps = Vec::new();
    let mut step = |finding: Option<&Finding>, terms: Vec<&SpfTerm>| {
        if let (Some(finding), Some(text)) = (finding, without(raw, &terms)) {
            steps.push(Step {
                fixes: vec![change(owner(&record.seen), text)],
                found: Some(raw.clone()),
                cause: Some(score::cause(finding)),
                whole: false,
            });
        }
    };
    let with_fault = |fault: &str| -> Vec<&SpfTerm> {
        let is_it = |term: &&SpfTerm| term.reached && term.fault.as_deref() == Some(fault);
        root.terms.iter().filter(is_it).collect()
    };
    step(
        told(Code::SpfIncludeWithoutRecord),
        with_fault("no-record")
            .into_iter()
            .filter(|term| is_include(term) && is_dead_for_all(site, term))
            .collect(),
    );
    step(told(Code::SpfIncludeLoop), with_fault("loop"));
    let voids = with_fault("void");
    if record.voids > VOIDS_MAX as u64 {
        step(told(Code::SpfTooManyVoids), voids.clone());
    }
    if let Some(finding) = told(Code::SpfTooManyLookups) {
        let mut useless: Vec<&SpfTerm> = voids;
        useless.extend(repeated(root));
        let saved: u64 = useless.iter().map(|term| term.lookups).sum();
        let excess = record.lookups.saturating_sub(LOOKUPS_MAX as u64);
        if saved >= excess {
            step(Some(finding), useless.clone());
        }
        // The costliest first, so that the fewest go.
        let mut services: Vec<&SpfTerm> = droppable(site, assessment)
            .into_iter()
            .filter_map(|found| root.terms.iter().find(|term| term.start == found.start))
            .filter(|term| !useless.iter().any(|other| other.start == term.start))
            .collect();
        services.sort_by_key(|term| std::cmp::Reverse(term.lookups));
        let mut saved = saved;
        let mut gone = useless;
        for term in services {
            if saved >= excess {
                break;
            }
            saved += term.lookups;
            gone.push(term);
        }
        step(Some(finding), gone);
    }
    steps
}

/// Terms that say again what one before them says.
fn repeated(root: &SpfNode) -> Vec<&SpfTerm> {
    let said = |term: &SpfTerm| term.text.trim_start_matches('+').to_ascii_lowercase();
    let terms = root.terms.iter().enumerate();
    terms
        .filter(|(at, term)| {
            term.reached
                && root.terms[..*at]
                    .iter()
                    .any(|other| said(other) == said(term))
        })
        .map(|(_, term)| term)
        .collect()
}

fn is_include(term: &SpfTerm) -> bool {
    let text = term.text.trim_start_matches(['+', '-', '~', '?']);
    text.to_ascii_lowercase().starts_with("include:")
}

/// Whether nobody finds a record at the included name, as its zone's own servers say, and not only a recursive one.
fn is_dead_for_all(site: &Site<'_>, term: &SpfTerm) -> bool {
    let target = term.record.as_ref().map(|record| &record.domain);
    target.is_some_and(|target| has_no_record(site.observation, target))
}

/// An include that can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::plan) struct Droppable {
    /// Where it begins in the record.
    pub(in crate::plan) start: usize,
    /// The include as published.
    pub(in crate::plan) text: String,
    /// The service's name for people.
    pub(in crate::plan) service: &'static str,
}

/// Includes of services whose return address is not this domain, of which none is the one that was asked
/// about: their mail gains nothing by them.
pub(in crate::plan) fn droppable(site: &Site<'_>, assessment: &Assessment) -> Vec<Droppable> {
    let request = &site.observation.request;
    let asked = request.sender.as_deref();
    let Some(root) = &assessment.records.spf.parsed else {
        return Vec::new();
    };
    let includes = root.terms.iter().filter(|term| term.reached);
    includes
        .filter_map(|term| {
            let text = term.text.trim_start_matches('+').to_ascii_lowercase();
            let target: Name = text.strip_prefix("include:")?.parse().ok()?;
            let service = by_spf_target(&target)?;
            let is_elsewhere = matches!(
                service.return_path.kind,
                ReturnPathKind::Service | ReturnPathKind::Subdomain
            );
            let is_certain = service.return_path_confidence() != Confidence::Unverified;
            // Another service may send through this one with its include, and with this domain's address.
            let is_used_here = assessment.paths.iter().any(|path| {
                path.sender == Some(service.id.as_str())
                    && path.mail_from_domain.as_ref() == Some(&request.domain)
            });
            let is_asked = asked.is_some_and(|asked| {
                crate::catalogue::service(asked).is_some_and(|asked| {
                    asked.id == service.id || asked.via.as_deref() == Some(&service.id)
                })
            });
            (is_elsewhere && is_certain && !is_used_here && !is_asked).then(|| Droppable {
                start: term.start,
                text: term.text.clone(),
                service: &service.name,
            })
        })
        .collect()
}

/// The record without some terms and the spaces before them; nothing when it would break, say the same, or
/// let nobody send who does now.
fn without(raw: &str, terms: &[&SpfTerm]) -> Option<String> {
    let mut text = String::new();
    let mut at = 0;
    let mut terms: Vec<&SpfTerm> = terms.to_vec();
    terms.sort_by_key(|term| term.start);
    for term in terms {
        let kept = raw.get(at..term.start)?;
        text.push_str(kept.trim_end_matches(' '));
        at = term.end;
    }
    text.push_str(raw.get(at..)?);
    let record = Record::parse(text.as_bytes());
    let lets_somebody_send = record.terms.iter().any(|term| match &term.kind {
        TermKind::Directive(directive) => directive.mechanism != spf::Mechanism::All,
        TermKind::Redirect(_) => true,
        _ => false,
    });
    (record.is_valid() && text != raw && lets_somebody_send).then_some(text)
}
