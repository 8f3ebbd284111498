//! The whole plan: what the search found, in the form in which it is shown, with what it touches.

use garant_dns::{AnswerTable, Data, Name, Question, RecordType, Resolver};

use super::draft::{Edit, value};
use super::optional::{self, Marked};
use super::remedy;
use super::score;
use super::search::{Found, Needed, Search};
use super::site::{Originals, Site};
use super::{Affected, Change, Plan, Standing, State, alternatives, notes};
use crate::assessment::{Assessment, VerdictCode};
use crate::catalogue::{Host, HostForm, host_of_servers};
use crate::finding::{Action, TTL_PROPOSED_S};
use crate::observation::Observation;
use crate::observe::Sources;
use crate::path::Path;

/// What to do about what was observed; nothing where all is well.
///
/// `sources` answers only what the changes newly refer to and what was not asked before; everything else
/// is taken from `observation`, of which `assessment` must be the judgement.
pub async fn plan(
    sources: Sources<'_>,
    observation: &Observation,
    assessment: &Assessment,
) -> Option<Plan> {
    let site = Site::new(
        sources,
        observation,
        remedy::sends_nothing(observation, assessment),
    );
    let focus = assessment.paths.first();
    let before = State::of(assessment, focus);
    // Where the name is nobody's, records cannot be published, whatever they would come to.
    let is_nowhere =
        assessment.verdict.code == VerdictCode::DomainAbsent && !site.organization_exists();
    let found = match is_nowhere {
        true => None,
        false => Search::new(&site, assessment).run().await,
    };
    let after_assessment = found
        .as_ref()
        .map_or(assessment, |found| &found.after.assessment);
    let after = State::of(after_assessment, focus);
    let panel = Panel::of(&site).await;
    let changes = match &found {
        Some(found) => changes(&site, assessment, found, &panel).await,
        None => Vec::new(),
    };
    let mut notes = notes::of(&site, &changes, assessment, after_assessment);
    notes.extend(found.iter().flat_map(|found| notes::of_spare(&found.spare)));
    let alternatives = match is_nowhere {
        true => Vec::new(),
        false => alternatives::of(&site, &panel, assessment, found.as_ref()).await,
    };
    if changes.is_empty() && notes.is_empty() && alternatives.is_empty() {
        return None;
    }
    Some(Plan {
        domain: observation.request.domain.clone(),
        affects: affects(&changes, assessment, after_assessment, focus),
        changes,
        notes,
        alternatives,
        before,
        after,
    })
}

/// The panel in which the changes are made.
pub(super) struct Panel {
    zone: Name,
    host: Option<&'static Host>,
}

impl Panel {
    /// The zone and its host, from what was observed: the zone's own servers, or the SOA that came with some
    /// "no". Only where nothing shows them are the servers asked for.
    pub(super) async fn of(site: &Site<'_>) -> Self {
        let observation = site.observation;
        let domain = &observation.request.domain;
        if let Some(view) = observation.zones.iter().find(|view| {
            let zone = view.zone.as_ref();
            zone.is_some_and(|zone| domain.is_within(zone))
        }) && let Some(zone) = &view.zone
        {
            let listed = view.own_servers.iter().chain(&view.parent_servers);
            return Self {
                zone: zone.clone(),
                host: host_of_servers(listed.flatten()),
            };
        }
        let shown = observation
            .answers
            .iter()
            .filter_map(|(_, answer)| answer.soa.as_ref())
            .filter(|soa| domain.is_within(&soa.zone) && soa.zone.is_within(&site.organization))
            .max_by_key(|soa| soa.zone.label_count());
        let zone = shown.map_or(&site.organization, |soa| &soa.zone);
        let primary = shown.map(|soa| &soa.soa.mname);
        let servers = Question::new(zone.clone(), RecordType::Ns);
        let known = observation.answers.answer(&servers);
        let mut host = host_of_servers(names(known.map_or(&[][..], |a| &a.records)).chain(primary));
        if host.is_none() && known.is_none() {
            let answer = site.resolve(&servers).await;
            host = host_of_servers(names(&answer.records));
        }
        Self {
            zone: zone.clone(),
            host,
        }
    }
}

fn names(records: &[garant_dns::Record]) -> impl Iterator<Item = &Name> {
    records.iter().filter_map(|record| match &record.data {
        Data::Ns(name) => Some(name),
        _ => None,
    })
}

async fn changes(
    site: &Site<'_>,
    before: &Assessment,
    found: &Found,
    panel: &Panel,
) -> Vec<Change> {
    let marked = optional::marked(site, before, found).await.into_iter();
    marked
        .map(
            |Marked {
                 needed,
                 is_optional,
             }| Change {
                optional: is_optional,
                ..change(&needed, &found.originals, panel)
            },
        )
        .collect()
}

pub(super) fn change(needed: &Needed, originals: &Originals, panel: &Panel) -> Change {
    let Edit {
        name,
        rtype,
        old,
        new,
    } = &needed.edit;
    let set = originals.get(&(name.clone(), *rtype));
    let was = old.as_ref().map(value);
    let old_ttl = set.and_then(|set| set.ttl).filter(|_| was.is_some());
    // All records of a set are kept for the same time (RFC 2181, section 5.2): what joins others takes
    // theirs, where it is known.
    let joins = set.filter(|set| set.ttl_is_exact && set.data.len() > usize::from(was.is_some()));
    let ttl = joins.and_then(|set| set.ttl).unwrap_or(TTL_PROPOSED_S);
    let action = match (old, new) {
        (None, _) => Action::Add,
        (Some(_), Some(_)) => Action::Change,
        (Some(_), None) => Action::Delete,
    };
    let value = new.as_ref().or(old.as_ref()).map(value).unwrap_or_default();
    Change {
        action,
        name: name.clone(),
        rtype: *rtype,
        host_form: HostForm::of(panel.host, &panel.zone, name, *rtype, &value),
        value,
        was,
        ttl: new.as_ref().map(|_| ttl),
        old_ttl,
        cures: needed.cures.clone(),
        optional: false,
    }
}

/// The other services whose mail the changes could touch.
pub(super) fn affects(
    changes: &[Change],
    before: &Assessment,
    after: &Assessment,
    focus: Option<&Path>,
) -> Vec<Affected> {
    if changes.is_empty() {
        return Vec::new();
    }
    let others = before.paths.iter().filter(|path| {
        let is_focus = focus.is_some_and(|focus| focus.sender == path.sender);
        path.sender.is_some() && !is_focus
    });
    others
        .filter_map(|path| {
            let then = score::same_path(after, path).unwrap_or(path);
            let (was, is) = (score::rank(path), score::rank(then));
            let how = match is.cmp(&was) {
                std::cmp::Ordering::Greater => "plan-affects-better",
                std::cmp::Ordering::Less => "plan-affects-worse",
                std::cmp::Ordering::Equal if touches(changes, path) => "plan-affects-same",
                std::cmp::Ordering::Equal => return None,
            };
            Some(Affected {
                sender: path.sender?,
                sender_name: path.sender_name?,
                how,
                before: Standing::of(path),
                after: Standing::of(then),
            })
        })
        .collect()
}

/// Whether the mail of a path depends on a record that is changed: the policy, the SPF record of its return
/// address, or one of its keys.
fn touches(changes: &[Change], path: &Path) -> bool {
    changes.iter().any(|change| {
        let is_policy = change.name.as_str().starts_with("_dmarc.");
        let is_return = path.mail_from_domain.as_ref() == Some(&change.name);
        let is_key = path.dkim_domain.as_ref().is_some_and(|domain| {
            let keys = path.dkim.selectors.iter().filter_map(|selector| {
                let label = format!("{selector}._domainkey");
                domain.prefixed(&label).ok()
            });
            keys.into_iter().any(|key| key == change.name)
        });
        is_policy || is_return || is_key
    })
}
