//! Where else a record may stand when it was typed as most forms do not want it, and which of these places
//! are asked.
//!
//! Nothing exists beneath a name that does not exist (RFC 8020). So where several records would stand beneath
//! one name, that name is asked first, and what it says is said for all of them.

use std::collections::{BTreeMap, BTreeSet};

use garant_dns::{Answer, Name, Question, RecordType, Status};

use super::compare::CauseKind;
use super::probe::Context;
use super::wish::{Purpose, Wanted, Wish};
use crate::input::registrable_domain;
use crate::survey::Asker;

/// Places that are asked for up to [`RECORDS_INCLUDED`] records in all, what stands above them included.
const PLACES_MAX: usize = 10;
/// Places more for each further record: its own doubled name, and one that it shares with none.
const PLACES_MORE: usize = 2;
/// Records that the first number is made for: two keys and a return path, as platforms ask for them.
pub(super) const RECORDS_INCLUDED: usize = 3;
/// Places that are asked whatever else the check asks: one doubled name, and what stands above all.
const PLACES_MIN: usize = 2;
/// Places beneath one name from which on that name is asked first.
const PLACES_BENEATH_MIN: usize = 2;

/// The label above every key.
const KEYS: &str = "_domainkey";

/// Another name at which a record may stand.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) name: Name,
    pub(super) kind: CauseKind,
    /// The highest name above it that exists only where this mistake was made.
    above: Option<Name>,
}

/// What becomes of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is asked.
    Asked,
    /// Nothing stands there, because the name above it does not exist.
    Empty,
    /// What is above it has not answered yet.
    Open,
    /// Enough was asked.
    Refused,
}

/// What becomes of each place.
#[derive(Default)]
pub(super) struct Places(BTreeMap<Question, Place>);

impl Places {
    pub(super) fn of(&self, name: &Name, rtype: RecordType) -> Place {
        let question = Question::new(name.clone(), rtype);
        self.0.get(&question).copied().unwrap_or(Place::Refused)
    }
}

/// How much is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Questions of the whole check up to which places are asked.
    pub(super) check_max: usize,
    /// Places that are asked whatever else is: one more for each record with nothing at its name.
    pub(super) in_any_case: usize,
}

impl Limits {
    pub(super) fn new(check_max: usize) -> Self {
        Self {
            check_max,
            in_any_case: PLACES_MIN,
        }
    }
}

/// One place, with what it was found for.
struct Candidate<'s> {
    question: Question,
    spot: &'s Spot,
}

/// Decides which places are asked, the likeliest mistake of every record before the next of any, and asks for
/// what stands above them. `wanted` are the places of each record whose mistakes are looked for; beyond the first
/// few a place is asked only while the whole check stays within its limit.
pub(super) fn decide(
    asker: &mut Asker<'_>,
    domain: &Name,
    wanted: &[(RecordType, Vec<Spot>)],
    limits: Limits,
) -> Places {
    let mut seen = BTreeSet::new();
    let mut candidates: Vec<Candidate<'_>> = wanted
        .iter()
        .flat_map(|(rtype, spots)| spots.iter().map(|spot| (*rtype, spot)))
        .map(|(rtype, spot)| Candidate {
            question: Question::new(spot.name.clone(), rtype),
            spot,
        })
        .filter(|candidate| seen.insert(candidate.question.clone()))
        .collect();
    // Stable: within one kind the order of the list counts.
    candidates.sort_by_key(|candidate| order(&candidate.spot.kind));
    let Some(likeliest) = candidates.first().map(|first| first.spot.name.clone()) else {
        return Places::default();
    };
    let mut beneath: BTreeMap<&Name, Vec<&Question>> = BTreeMap::new();
    for candidate in &candidates {
        if let Some(above) = &candidate.spot.above {
            beneath.entry(above).or_default().push(&candidate.question);
        }
    }
    let organization = registrable_domain(domain);
    let mut left = PLACES_MAX + PLACES_MORE * wanted.len().saturating_sub(RECORDS_INCLUDED);
    let kept = left.saturating_sub(limits.in_any_case);
    let is_over = |asker: &Asker<'_>, question: &Question, left: usize| {
        let is_new = !asker.is_noted(question);
        left == 0 || is_new && left <= kept && asker.count() >= limits.check_max
    };
    let mut roofs: BTreeMap<&Name, Place> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for Candidate { question, spot } in &candidates {
        // What stands at the domain is asked in any case.
        if spot.name == *domain {
            places.insert(question.clone(), Place::Asked);
            continue;
        }
        let group = spot
            .above
            .as_ref()
            .and_then(|above| Some((above, beneath.get(above)?.as_slice())));
        // Doubling is the most common mistake, and some servers deny a name that has only names beneath it:
        // the first place of all is asked whatever is said above it.
        let first = match (&spot.kind, group) {
            (CauseKind::DoubledName, Some((_, [first, ..]))) if first.name == likeliest => {
                Some(*first)
            }
            _ => None,
        };
        let is_beneath = group.is_some_and(|(_, questions)| {
            questions.len() >= PLACES_BENEATH_MIN + usize::from(first.is_some())
        });
        let first_stands = group
            .filter(|_| spot.kind == CauseKind::DoubledName)
            .and_then(|(_, questions)| {
                let first = questions.first()?;
                asker.answered(&first.name, first.rtype)
            })
            .is_some_and(stands);
        let is_absent = first != Some(question)
            && !first_stands
            && is_beneath_absent(asker, question, &organization);
        let place = match group {
            _ if is_absent => Place::Empty,
            Some((above, _)) if is_beneath && first != Some(question) => match roofs.get(above) {
                Some(place) => *place,
                None if is_over(asker, &Question::new(above.clone(), RecordType::Txt), left) => {
                    Place::Refused
                }
                None => {
                    left -= 1;
                    let place = under_roof(asker, above, first);
                    roofs.insert(above, place);
                    place
                }
            },
            _ => Place::Asked,
        };
        // What was answered is known, whatever is said above it.
        let place = match place {
            Place::Empty if asker.answered(&question.name, question.rtype).is_some() => {
                Place::Asked
            }
            Place::Asked | Place::Open if is_over(asker, question, left) => Place::Refused,
            // What is still open may be asked yet.
            Place::Asked | Place::Open => {
                left -= 1;
                place
            }
            Place::Empty | Place::Refused => place,
        };
        match place {
            Place::Asked => {
                asker.ask(&question.name, question.rtype);
            }
            Place::Open => asker.reserve(),
            Place::Empty | Place::Refused => {}
        }
        places.insert(question.clone(), place);
    }
    Places(places)
}

/// What is said at a name about all that may stand beneath it; `first` is one of them.
fn under_roof(asker: &mut Asker<'_>, above: &Name, first: Option<&Question>) -> Place {
    let roof = asker.ask(above, RecordType::Txt);
    let first = first.map(|first| asker.ask(&first.name, first.rtype));
    match (roof, first) {
        (None, _) => Place::Open,
        (Some(roof), _) if !is_absent(roof) => Place::Asked,
        (Some(_), Some(None)) => Place::Open,
        (Some(_), Some(Some(first))) if stands(first) => Place::Asked,
        (Some(_), _) => Place::Empty,
    }
}

/// Whether a name between this one and the registered domain was answered with "does not exist".
fn is_beneath_absent(asker: &Asker<'_>, question: &Question, organization: &Name) -> bool {
    let above = std::iter::successors(question.name.parent(), Name::parent);
    let mut above = above.take_while(|above| above.label_count() > organization.label_count());
    above.any(|above| {
        let answer = asker.answered(&above, RecordType::Txt);
        answer.is_some_and(is_absent)
    })
}

fn is_absent(answer: &Answer) -> bool {
    answer.status == Status::NxDomain && answer.aliases.is_empty()
}

fn stands(answer: &Answer) -> bool {
    matches!(answer.status, Status::Found | Status::NoData) || !answer.aliases.is_empty()
}

/// The likeliest first.
fn order(kind: &CauseKind) -> usize {
    match kind {
        CauseKind::DoubledName => 0,
        CauseKind::UnderscoreDropped => 1,
        CauseKind::Swapped => 2,
        _ => 3,
    }
}

/// A name without the name that it stands beneath.
pub(super) fn labels_before<'n>(name: &'n Name, base: &Name) -> Option<&'n str> {
    let head = name.as_str().strip_suffix(base.as_str())?;
    head.strip_suffix('.')
        .filter(|head| !head.is_empty() && name.is_within(base))
}

/// The names at which a record stands when it was typed as most forms do not want it.
pub(super) fn spots(wish: &Wish, purpose: Purpose, context: &Context<'_>) -> Vec<Spot> {
    let Context { domain, zone, .. } = context;
    let name = &wish.name;
    // SPF and DMARC at the domain itself are looked for everywhere by their own topics.
    let is_topic = match wish.wanted {
        Wanted::Spf(_) => name == *domain,
        Wanted::Policy(_) => name.parent().as_ref() == Some(*domain),
        _ => false,
    };
    if is_topic {
        return Vec::new();
    }
    let mut spots: Vec<Spot> = Vec::new();
    let mut add = |spot: Option<Name>, kind: CauseKind, above: Option<Name>| {
        let is_new = |spot: &Name| spot != name && !spots.iter().any(|known| known.name == *spot);
        if let Some(name) = spot.filter(is_new) {
            let above = above.filter(|above| *above != name && name.is_within(above));
            spots.push(Spot { name, kind, above });
        }
    };
    let under = |base: &Name, labels: &str| base.prefixed(labels).ok();
    add(
        under(zone, name.as_str()),
        CauseKind::DoubledName,
        under(zone, zone.as_str()),
    );
    if *domain != zone && name.is_within(domain) {
        let head = labels_before(name, zone);
        let above = labels_before(domain, zone);
        add(
            head.and_then(|head| under(domain, head)),
            CauseKind::DoubledName,
            above.and_then(|above| under(domain, above)),
        );
        let head = labels_before(name, domain);
        let keys = (purpose == Purpose::Key)
            .then(|| under(zone, KEYS))
            .flatten();
        add(
            head.and_then(|head| under(zone, head)),
            CauseKind::WrongName,
            keys,
        );
    }
    let own = labels_before(name, domain);
    if let (Purpose::Key, Some(own)) = (purpose, own)
        && let Some(selector) = own.strip_suffix("._domainkey")
    {
        add(under(domain, selector), CauseKind::WrongName, None);
        let twice = format!("{own}.{KEYS}");
        let above = under(domain, &format!("{KEYS}.{KEYS}"));
        add(under(domain, &twice), CauseKind::WrongName, above);
    }
    if name.labels().any(|label| label.starts_with('_')) {
        let labels: Vec<&str> = name
            .labels()
            .map(|label| label.trim_start_matches('_'))
            .collect();
        let above = under(domain, KEYS.trim_start_matches('_'));
        add(
            labels.join(".").parse().ok(),
            CauseKind::UnderscoreDropped,
            above,
        );
    }
    if own.is_some() && !matches!(wish.wanted, Wanted::Spf(_) | Wanted::Policy(_)) {
        add(Some((*domain).clone()), CauseKind::WrongName, None);
    }
    if let Some(target) = wish.target() {
        let above = under(zone, registrable_domain(target).as_str());
        add(under(zone, target.as_str()), CauseKind::Swapped, above);
    }
    spots
}
