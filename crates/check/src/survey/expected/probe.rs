//! The usual mistakes, looked for where a record is not right: all at once, and only a few.

use garant_dns::{Answer, Name, Question, RecordType, Status};

use super::compare::{Cause, CauseKind, Fit, Look, fit};
use super::elsewhere::{Place, Places, RECORDS_INCLUDED, Spot, labels_before};
use super::wish::{Purpose, Wanted, Wish};
use super::{Asker, State};
use crate::survey::dkim::unlikely_label;

/// Look-ups that one record may cost besides its own, at most. The longest list of mistakes, for a return
/// path that is an alias in a zone beneath the registered domain, comes to this.
pub(super) const PROBES_MAX: usize = 18;
/// Questions of a whole check up to which wrong records are looked for elsewhere: two less than a check may ask, for
/// what SPF and the return path still need then. What stands at their own names is asked beyond it too.
const CHECK_MAX: usize = 29;
/// Questions more for each record over those that the first number is made for: its name, where else it may
/// stand, and what stands in its place.
const CHECK_MORE: usize = 6;
/// Labels for a return path that are proposed where the one asked for is in use, and how many of them are
/// looked up.
const FREE_LABELS: [&str; 3] = ["em", "bounce", "envoi"];
const FREE_LABELS_ASKED_MAX: usize = 2;
/// Servers of zones in which a proxy can stand before a name.
const PROXY_SERVERS: &str = "ns.cloudflare.com";

/// What is known around a record.
pub(super) struct Context<'c> {
    pub(super) domain: &'c Name,
    /// Where the zone begins.
    pub(super) zone: Name,
    /// The targets of all records that were asked for.
    pub(super) others: &'c [Name],
    /// How many records were asked for.
    pub(super) records: usize,
    /// Whether the usual mistakes are looked for elsewhere too.
    pub(super) is_probed: bool,
}

/// Questions of a whole check up to which the mistakes of so many records are looked for.
pub(super) fn check_max(records: usize) -> usize {
    CHECK_MAX + CHECK_MORE * records.saturating_sub(RECORDS_INCLUDED)
}

/// Where the zone of `name` begins: as the server says with "no", else at the registered domain.
pub(super) fn zone_of(name: &Name, answer: &Answer, registered: &Name) -> Name {
    let zone = answer.soa.as_ref().map(|soa| &soa.zone);
    let zone = zone.filter(|zone| name.is_within(zone) && zone.is_within(registered));
    zone.unwrap_or(registered).clone()
}

/// Asks, and counts.
struct Probes<'p, 'a> {
    asker: &'p mut Asker<'a>,
    asked: usize,
    /// Questions of the whole check up to which it asks.
    check_max: usize,
    is_open: bool,
    /// Whether an answer could not be had, or was not asked for.
    is_unsure: bool,
}

impl<'p, 'a> Probes<'p, 'a> {
    fn new(asker: &'p mut Asker<'a>, check_max: usize) -> Self {
        Self {
            asker,
            asked: 0,
            check_max,
            is_open: false,
            is_unsure: false,
        }
    }

    fn ask(&mut self, name: &Name, rtype: RecordType) -> Option<&'a Answer> {
        let is_new = !self.asker.is_noted(&Question::new(name.clone(), rtype));
        if self.asked >= PROBES_MAX || is_new && self.asker.count() >= self.check_max {
            self.is_unsure = true;
            return None;
        }
        self.asked += 1;
        let answer = self.asker.ask(name, rtype);
        self.is_open |= answer.is_none();
        // What could not be had is no mistake that was found. An alias was had, wherever it leads.
        let is_had = |answer: &&Answer| answer.status.is_definite() || !answer.aliases.is_empty();
        self.is_unsure |= !answer.is_some_and(|answer| is_had(&answer));
        answer.filter(is_had)
    }

    /// Whether the addresses at a name are still to come.
    fn is_pending(&self, name: &Name) -> bool {
        let question = Question::new(name.clone(), RecordType::A);
        self.asker.is_noted(&question) && self.asker.answered(name, RecordType::A).is_none()
    }

    /// What stands at another place, where that is asked.
    fn visit(&mut self, name: &Name, rtype: RecordType, places: &Places) -> Option<Look<'a>> {
        match places.of(name, rtype) {
            Place::Asked => Some(self.look(name, &[rtype])),
            Place::Empty => None,
            Place::Open => {
                self.is_open = true;
                None
            }
            Place::Refused => {
                self.is_unsure = true;
                None
            }
        }
    }

    fn look(&mut self, name: &Name, types: &[RecordType]) -> Look<'a> {
        let answers = types.iter().filter_map(|rtype| self.ask(name, *rtype));
        Look {
            name: Some(name.clone()),
            answers: answers.collect(),
            ..Look::default()
        }
    }
}

/// What stands at the name of a record that is not right, beside it under a wildcard, and at its target.
#[derive(Default)]
pub(super) struct Settled<'a> {
    here: Look<'a>,
    is_wildcard: bool,
    /// A name that is free, where the one asked for is in use.
    label: Option<Name>,
    purpose: Option<Purpose>,
    asked: usize,
    is_unsure: bool,
    /// Whether an answer is still to come.
    pub(super) is_open: bool,
    /// Whether anything at all is at the name.
    pub(super) is_there: bool,
}

/// A record that is not right, and what is known around it.
pub(super) struct Case<'c, 'a> {
    pub(super) wish: &'c Wish,
    /// The answer at its name.
    pub(super) answer: &'a Answer,
    /// Where else it may stand.
    pub(super) spots: &'c [Spot],
    pub(super) places: &'c Places,
    pub(super) context: &'c Context<'c>,
}

/// Asks what stands at the name of a record that is not right, whether only a wildcard says so, and what its target
/// has. What is said of a name that is in use follows from this alone, so it is asked whatever else the check asks:
/// records that have nothing to do with it change nothing.
pub(super) fn settle<'a>(
    asker: &mut Asker<'a>,
    wish: &Wish,
    answer: &'a Answer,
    fit: &Fit,
    context: &Context<'_>,
) -> Settled<'a> {
    let is_aliased = !answer.aliases.is_empty();
    let mut here = Look::of_answer(&wish.name, answer);
    here.zone_has_proxy = has_proxy(answer);
    if !exists(answer) || matches!(fit, Fit::Wrong(_)) {
        return Settled {
            here,
            is_there: exists(answer),
            ..Settled::default()
        };
    }
    let mut probes = Probes::new(asker, usize::MAX);
    let mut purpose = wish.purpose(context.domain, Some(answer));
    // An alias stands alone.
    if !is_aliased {
        for rtype in local_types(wish, purpose) {
            // One thing that is in use is enough to say so. Where it is addresses, those of the other kind show
            // whether a proxy put them there.
            let may_be_proxy = || here.zone_has_proxy && here.has_addresses();
            let is_told = here.has_data() && !(*rtype == RecordType::Aaaa && may_be_proxy());
            if !is_told && !probes.is_pending(&wish.name) {
                here.answers.extend(probes.ask(&wish.name, *rtype));
            }
        }
    }
    purpose = at_target(&mut probes, wish, &mut here, purpose, context);
    let mut is_wildcard = false;
    let mut label = None;
    // What tells the name from one beside it is known when all of its own is.
    if !probes.is_open {
        let beside = at_sibling(&mut probes, wish, &here, context);
        is_wildcard = beside.says_the_same(&here);
        let is_taken = !probes.is_open && !is_wildcard && here.has_data();
        if purpose == Purpose::ReturnPath && is_taken {
            label = free_label(&mut probes, wish, &beside, context.domain);
        }
    }
    Settled {
        is_wildcard,
        label,
        purpose: Some(purpose),
        asked: probes.asked,
        is_unsure: probes.is_unsure,
        is_open: probes.is_open,
        is_there: true,
        here,
    }
}

/// What the target of an alias has. A copy of it works as well as the alias, until the target changes; and it shows
/// what the record is for, which is returned.
fn at_target<'a>(
    probes: &mut Probes<'_, 'a>,
    wish: &Wish,
    here: &mut Look<'a>,
    mut purpose: Purpose,
    context: &Context<'_>,
) -> Purpose {
    let Wanted::Alias(target) = &wish.wanted else {
        return purpose;
    };
    let texts = probes.ask(target, RecordType::Txt);
    here.target.extend(texts);
    if purpose == Purpose::Other {
        purpose = wish.purpose(context.domain, texts);
    }
    let types: &[RecordType] = match purpose {
        Purpose::Other if texts.is_some_and(exists) => &[RecordType::Mx, RecordType::A],
        _ => &[],
    };
    here.target.extend(probes.look(target, types).answers);
    if purpose == Purpose::Other {
        let known = here.target.iter();
        let mut known = known.map(|answer| wish.purpose(context.domain, Some(answer)));
        purpose = known
            .find(|known| *known != Purpose::Other)
            .unwrap_or(purpose);
    }
    purpose
}

/// Whether nothing at the target of an alias can say otherwise.
fn is_known(purpose: Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Key | Purpose::ReturnPath | Purpose::Policy
    )
}

/// Finds out why a record is not right. Returns with it what the record is for, as its target shows.
pub(super) fn diagnose<'a>(
    asker: &mut Asker<'a>,
    case: &Case<'_, 'a>,
    settled: Settled<'a>,
    purpose: Purpose,
    first: Fit,
) -> (State, Purpose) {
    let &Case {
        wish,
        answer,
        spots,
        places,
        context,
    } = case;
    let Settled {
        mut here,
        is_wildcard,
        label,
        ..
    } = settled;
    let mut probes = Probes {
        asked: settled.asked,
        is_unsure: settled.is_unsure || !context.is_probed,
        ..Probes::new(asker, check_max(context.records))
    };
    let is_aliased = matches!(wish.wanted, Wanted::Alias(_) | Wanted::Within(_));
    let is_decided = matches!(first, Fit::Wrong(_));
    let mut purpose = settled.purpose.unwrap_or(purpose);
    if !settled.is_there && !is_decided && !is_known(purpose) {
        purpose = at_target(&mut probes, wish, &mut here, purpose, context);
    }
    let spots = if is_decided { &[][..] } else { spots };
    let elsewhere: Vec<(CauseKind, Look<'_>)> = spots
        .iter()
        .filter_map(|spot| {
            let mut look = probes.visit(&spot.name, wish.asked_type(), places)?;
            // A proxy answers with addresses where the name exists and seems to have nothing.
            let is_bare =
                |answer: &&Answer| answer.status == Status::NoData && answer.aliases.is_empty();
            if is_aliased
                && spot.kind == CauseKind::DoubledName
                && look.answers.first().is_some_and(is_bare)
            {
                let addresses = probes.ask(&spot.name, RecordType::A);
                look.answers.extend(addresses);
            }
            look.zone_has_proxy = has_proxy(answer);
            look.is_shared = spot.name == *context.domain;
            look.target.clone_from(&here.target);
            Some((spot.kind.clone(), look))
        })
        .collect();
    let looked = !probes.is_unsure;
    if probes.is_open {
        return (State::Open, purpose);
    }

    let local = match first {
        Fit::Wrong(_) => first,
        _ => fit(wish, &here, context.others),
    };
    let is_apex = wish.rtype == RecordType::Cname && wish.name == context.zone;
    let mut causes = match local {
        Fit::Right => return (State::Right { flattened: false }, purpose),
        Fit::Flattened => return (State::Right { flattened: true }, purpose),
        Fit::Wrong(causes) if !is_wildcard => causes,
        _ if is_apex => vec![Cause {
            kind: CauseKind::AliasAtApex,
            at: wish.name.clone(),
            found: Vec::new(),
        }],
        Fit::Wrong(_) | Fit::Foreign(_) | Fit::Nothing => Vec::new(),
    };
    for (kind, look) in elsewhere {
        causes.extend(found_at(wish, kind, &look, context));
    }
    if causes.is_empty() {
        let data = here_data(wish, &here, context);
        causes.push(last_resort(wish, purpose, data, is_wildcard, label, looked));
    }
    (State::Wrong(causes), purpose)
}

/// What a name beside it that nobody has published says, of the types that are at the name itself.
fn at_sibling<'a>(
    probes: &mut Probes<'_, 'a>,
    wish: &Wish,
    here: &Look<'a>,
    context: &Context<'_>,
) -> Look<'a> {
    let asked_at = probes.asker.observation().asked_at;
    let name = sibling(wish, &context.zone, asked_at);
    let name = name.filter(|name| may_be_answered_for(probes.asker, name));
    let Some((name, first)) = name.zip(telling_type(wish, here)) else {
        return Look::default();
    };
    let mut look = probes.look(&name, &[first]);
    let is_aliased = here.types_found().contains(&RecordType::Cname);
    if look.answers.first().copied().is_some_and(exists) && !is_aliased {
        let more = here.types_found().into_iter();
        let more: Vec<RecordType> = more.filter(|found| *found != first).collect();
        look.answers.extend(probes.look(&name, &more).answers);
    }
    look
}

/// A name beside that of a record which nobody has published.
fn sibling(wish: &Wish, zone: &Name, asked_at: i64) -> Option<Name> {
    let parent = wish.name.parent().filter(|_| wish.name != *zone)?;
    parent.prefixed(&unlikely_label(&parent, asked_at)).ok()
}

/// Whether a wildcard may answer for names like this one. Where another name beside it was answered with "does not
/// exist", none does (RFC 4592, section 2.2.1).
fn may_be_answered_for(asker: &Asker<'_>, name: &Name) -> bool {
    let parent = name.parent();
    let mut answers = asker.observation().answers.iter();
    !answers.any(|(question, answer)| question.name.parent() == parent && !exists(answer))
}

/// The type whose answers tell first whether a name is like another.
fn telling_type(wish: &Wish, here: &Look<'_>) -> Option<RecordType> {
    let found = here.types_found();
    if found.contains(&RecordType::Cname) {
        return Some(wish.asked_type());
    }
    let address = found.contains(&RecordType::A).then_some(RecordType::A);
    address.or_else(|| found.first().copied())
}

/// What else may stand at the name in place of the record: addresses first, on which the others wait.
fn local_types(wish: &Wish, purpose: Purpose) -> &'static [RecordType] {
    match (&wish.wanted, purpose) {
        (Wanted::Alias(_), Purpose::Key | Purpose::Policy) => &[RecordType::A, RecordType::Aaaa],
        (Wanted::Alias(_), _) => &[RecordType::A, RecordType::Mx, RecordType::Aaaa],
        (Wanted::Within(_), _) => &[RecordType::A, RecordType::Txt, RecordType::Aaaa],
        (Wanted::Exchange(_), _) => &[RecordType::Txt],
        _ => &[],
    }
}

fn has_proxy(answer: &Answer) -> bool {
    answer.soa.as_ref().is_some_and(|soa| {
        let server = soa.soa.mname.as_str();
        let head = server.strip_suffix(PROXY_SERVERS);
        head.is_some_and(|head| head.is_empty() || head.ends_with('.'))
    })
}

/// What a look at another name shows: that the record stands there, and what is wrong with it besides.
fn found_at(wish: &Wish, kind: CauseKind, look: &Look<'_>, context: &Context<'_>) -> Vec<Cause> {
    let Some(at) = look.name.clone() else {
        return Vec::new();
    };
    if kind == CauseKind::Swapped {
        let is_name = |target: &Name| {
            let head = labels_before(&wish.name, &context.zone);
            *target == wish.name
                || target.as_str() == head.unwrap_or_default()
                || labels_before(target, &context.zone) == Some(wish.name.as_str())
        };
        let mut targets = look.targets();
        let found = targets.find(|(_, target)| is_name(target));
        let found = found.map(|(data, _)| vec![data]);
        return found
            .map(|found| Cause { kind, at, found })
            .into_iter()
            .collect();
    }
    let is_at_domain = at == *context.domain;
    let name_cause = |found| Cause {
        kind: kind.clone(),
        at: at.clone(),
        found,
    };
    match fit(wish, look, context.others) {
        Fit::Right | Fit::Flattened => vec![name_cause(look.data_of(wish))],
        Fit::Wrong(causes) => {
            // At a name with records of its own, only what can be nothing else is this record.
            let is_sure = |cause: &Cause| match cause.kind {
                CauseKind::OtherAccount
                | CauseKind::FormerTarget
                | CauseKind::OtherValue { .. }
                | CauseKind::Several { .. } => false,
                CauseKind::SeveralExchanges { .. } | CauseKind::Proxied { .. } => !is_at_domain,
                _ => true,
            };
            if !causes.iter().any(is_sure) {
                return Vec::new();
            }
            let found = causes.first().map(|cause| cause.found.clone());
            let mut all = vec![name_cause(found.unwrap_or_default())];
            all.extend(causes.into_iter().filter(is_sure));
            all
        }
        Fit::Foreign(_) | Fit::Nothing => Vec::new(),
    }
}

fn here_data(wish: &Wish, here: &Look<'_>, context: &Context<'_>) -> Vec<(RecordType, String)> {
    match fit(wish, here, context.others) {
        Fit::Foreign(data) => data,
        Fit::Wrong(causes) => causes.into_iter().flat_map(|cause| cause.found).collect(),
        Fit::Right | Fit::Flattened | Fit::Nothing => Vec::new(),
    }
}

/// None of the usual mistakes: what stands at the name is in the way, or nothing stands there.
fn last_resort(
    wish: &Wish,
    purpose: Purpose,
    data: Vec<(RecordType, String)>,
    is_wildcard: bool,
    label: Option<Name>,
    looked: bool,
) -> Cause {
    let kind = match data.first() {
        None => CauseKind::Absent { looked },
        Some(_) if is_wildcard => CauseKind::ByWildcard,
        Some(_) if purpose == Purpose::ReturnPath && !matches!(wish.wanted, Wanted::Spf(_)) => {
            CauseKind::ReturnPathTaken { label }
        }
        Some((found_type, _)) => CauseKind::OtherValue {
            found_type: *found_type,
        },
    };
    Cause {
        kind,
        at: wish.name.clone(),
        found: data,
    }
}

/// A label that nothing stands at. Beneath a wildcard every name exists; one that has nothing of its own says what
/// the name `beside` says, for a wildcard never answers at a name that has anything (RFC 4592, section 2.2.1).
fn free_label<'a>(
    probes: &mut Probes<'_, 'a>,
    wish: &Wish,
    beside: &Look<'a>,
    domain: &Name,
) -> Option<Name> {
    let labels = FREE_LABELS
        .iter()
        .filter_map(|label| domain.prefixed(label).ok());
    let names: Vec<Name> = labels
        .filter(|name| *name != wish.name)
        .take(FREE_LABELS_ASKED_MAX)
        .collect();
    let mut beside = beside.clone();
    let told = match &beside.name {
        Some(sibling) if sibling.parent().as_ref() == Some(domain) => {
            // Mail for all names is what a wildcard is mostly for.
            if !beside.has_data() {
                beside.answers.extend(probes.ask(sibling, RecordType::Mx));
            }
            beside.types_found().first().copied()
        }
        _ => None,
    };
    // One after the other: mostly the first is free.
    for name in names {
        let answer = probes.ask(&name, told.unwrap_or(RecordType::Txt))?;
        if !exists(answer) || beside.says_the_same(&Look::of_answer(&name, answer)) {
            return Some(name);
        }
    }
    None
}

/// Whether a name exists. A dangling alias exists itself.
fn exists(answer: &Answer) -> bool {
    answer.status != Status::NxDomain || !answer.aliases.is_empty()
}
