//! Keys: those that a service asks every customer for, and aliases whose target got the zone appended.

use garant_dns::{Name, RecordType};

use super::add;
use crate::assessment::Assessment;
use crate::catalogue::{Confidence, KeyForm, service};
use crate::finding::{Action, Code, Fix};
use crate::plan::score;
use crate::plan::search::Step;
use crate::plan::site::Site;

pub(super) fn steps(site: &Site<'_>, assessment: &Assessment) -> Vec<Step> {
    let mut steps = appended(site, assessment);
    steps.extend(of_service(site, assessment));
    steps
}

/// The keys of the service whose mail is affected most, where they are the same for every customer.
fn of_service(site: &Site<'_>, assessment: &Assessment) -> Option<Step> {
    let path = assessment.paths.first()?;
    let service = service(path.sender?)?;
    if path.dkim.found == Some(true) || service.confidence == Confidence::Unverified {
        return None;
    }
    let fixes: Vec<Fix> = key_aliases(service, &site.observation.request.domain);
    (!fixes.is_empty()).then_some(Step {
        fixes,
        found: None,
        cause: None,
        whole: true,
    })
}

/// The aliases of a service's keys in a domain, as far as the catalogue knows them whole.
pub(in crate::plan) fn key_aliases(service: &crate::catalogue::Service, domain: &Name) -> Vec<Fix> {
    if !matches!(service.key_form, KeyForm::Alias | KeyForm::Either) {
        return Vec::new();
    }
    let aliases = service.key_aliases(domain).into_iter();
    aliases
        .filter_map(|(selector, target)| {
            let name = domain.prefixed(&format!("{selector}._domainkey")).ok()?;
            Some(add(&name, RecordType::Cname, target.to_string()))
        })
        .collect()
}

/// Aliases that lead nowhere because the panel put the zone behind the target: the final dot was left out.
fn appended(site: &Site<'_>, assessment: &Assessment) -> Vec<Step> {
    let dangling = assessment
        .findings
        .iter()
        .filter(|finding| finding.code == Code::DkimDangling);
    dangling
        .filter_map(|finding| {
            let found = finding.found.as_ref()?;
            let zones = [&site.observation.request.domain, &site.organization];
            let meant = zones.iter().find_map(|zone| {
                let rest = found.strip_suffix(zone.as_str())?.strip_suffix('.')?;
                // A target of the domain's own is none that got the zone appended.
                rest.contains('.').then(|| rest.to_owned())
            })?;
            Some(Step {
                fixes: vec![Fix {
                    action: Action::Change,
                    ..add(&finding.subject, RecordType::Cname, meant)
                }],
                found: Some(found.clone()),
                cause: Some(score::cause(finding)),
                whole: false,
            })
        })
        .collect()
}
