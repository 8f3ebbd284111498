//! Finding a zone and its servers, and asking each of them.
//!
//! Where a zone begins is asked of the recursive server: NS records stand where it begins, and a "no"
//! carries the SOA, whose owner is the zone (RFC 2308, section 3). The parent's servers are asked directly,
//! because only they hold the delegation; so are the zone's own, because only they hold what is
//! published now. A server is asked for the SOA first, and for the rest only when it serves the zone:
//! whoever stands in a foreign NS record without knowing of it is asked one question and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{join, join_all};

use super::{
    ADDRESSES_MAX, AddressMap, Authority, Direct, DirectAnswer, QUESTIONS_MAX, SERVERS_MAX,
    ServerView, ZoneFuture, ZoneView,
};
use crate::address::is_public;
use crate::{Answer, Data, Name, Question, Record, RecordType, Resolver, Soa, Source, Status};

/// Look-ups that find where a zone begins at most: of the name, of what is above an alias, of the topmost name
/// that its zone may have, of what is above that.
pub const ZONE_LOOKUPS_MAX: usize = 4;
/// Servers of the parent zone that are asked for the delegation at most: a second one when the first is silent.
pub const PARENT_SERVERS_MAX: usize = 2;
/// Questions put to recursive servers for one zone at most: the look-ups above, three for the servers of the
/// parent and the zone, and two addresses each for two of the parent's servers and for six of the zone's
/// without an IPv4 address. A typical zone needs five.
pub const RECURSIVE_QUESTIONS_MAX: usize = 24;
/// Names of servers that are noted at most of what one side lists; 13 fit into the root zone's answer, and
/// nobody needs more.
pub const LISTED_MAX: usize = 32;

/// The port of the DNS.
const DNS_PORT: u16 = 53;

/// The topmost name at which the zone of a name may begin: the registrable domain. Nothing for names that
/// belong to a registry, whose servers are not asked as if they were a customer's.
pub type Topmost = fn(&Name) -> Option<Name>;

/// Looks at zones: a resolver finds them, and their servers are asked one by one.
///
/// A server is asked only at a public address or where the [`AddressMap`] says.
pub struct Walker<R, D> {
    resolver: R,
    direct: D,
    topmost: Topmost,
    map: AddressMap,
}

impl<R: Resolver, D: Direct> Walker<R, D> {
    /// No address but those in the DNS.
    pub fn new(resolver: R, direct: D, topmost: Topmost) -> Self {
        Self {
            resolver,
            direct,
            topmost,
            map: AddressMap::new(),
        }
    }

    /// With other addresses for some servers.
    pub fn with_map(self, map: AddressMap) -> Self {
        Self { map, ..self }
    }
}

impl<R: Resolver, D: Direct> Authority for Walker<R, D> {
    fn view<'a>(&'a self, name: &'a Name, questions: &'a [Question]) -> ZoneFuture<'a> {
        Box::pin(async move {
            let walk = Walk {
                resolver: &self.resolver,
                direct: &self.direct,
                map: &self.map,
                recursive: AtomicUsize::new(0),
                asked: AtomicUsize::new(0),
            };
            let mut view = match (self.topmost)(name) {
                Some(top) if name.is_within(&top) && top.label_count() > 1 => {
                    walk.view(name, &top, questions).await
                }
                _ => ZoneView::unknown(name.clone()),
            };
            view.recursive_questions = walk.recursive.into_inner();
            view.direct_questions = walk.asked.into_inner();
            view
        })
    }
}

/// One look at one zone.
struct Walk<'a> {
    resolver: &'a dyn Resolver,
    direct: &'a dyn Direct,
    map: &'a AddressMap,
    recursive: AtomicUsize,
    asked: AtomicUsize,
}

/// A zone and its servers, as the recursive server knows them.
struct Listed {
    zone: Name,
    servers: Vec<Name>,
}

/// What the DNS says about where a name's zone begins.
enum Begins {
    /// At this very name, with these servers.
    Here(Vec<Name>),
    /// At a name above.
    Above(Name),
    /// Not at this name, which is an alias.
    NotHere,
    /// That could not be found out.
    Unknown,
}

/// What a parent's server says of a name beneath its zone.
enum Parent {
    /// The zone at this name is at these servers.
    Delegates(Delegation),
    /// There is no delegation: the name is in the parent's own zone, or does not exist.
    Holds,
    /// The server serves the zone itself too and answers for it; nothing is seen of the parent.
    ServesBoth,
}

struct Delegation {
    zone: Name,
    servers: Vec<Name>,
    /// Addresses of servers whose names are in the zone that they serve.
    glue: BTreeMap<Name, Vec<IpAddr>>,
}

/// The zone that is looked at.
struct Found {
    zone: Name,
    /// Its servers as the recursive server knows them.
    listed: Option<Vec<Name>>,
    parent: Option<Parent>,
}

/// A server's name and where it is, or the answer that says why that is not known.
type Place = (Name, Result<Vec<SocketAddr>, DirectAnswer>);

impl Walk<'_> {
    async fn view(&self, name: &Name, top: &Name, questions: &[Question]) -> ZoneView {
        let mut view = ZoneView::unknown(name.clone());
        let Some(found) = self.find(name, top).await else {
            return view;
        };
        let Found {
            zone,
            mut listed,
            parent,
        } = found;
        let (delegated, glue) = match parent {
            Some(Parent::Delegates(delegation)) => (Some(delegation.servers), delegation.glue),
            Some(Parent::Holds) => (Some(Vec::new()), BTreeMap::new()),
            Some(Parent::ServesBoth) | None => (None, BTreeMap::new()),
        };
        if listed.is_none() && delegated.as_ref().is_none_or(Vec::is_empty) {
            listed = self.listed(&zone).await.map(|listed| listed.servers);
        }
        let mut names = delegated.clone().unwrap_or_default();
        if names.is_empty() {
            names = listed.clone().unwrap_or_default();
        }
        names.truncate(SERVERS_MAX);

        let zone_question = Question::new(zone.clone(), RecordType::Soa);
        let mut wanted = BTreeSet::new();
        let questions: Vec<&Question> = questions
            .iter()
            .filter(|question| question.name.is_within(&zone) && wanted.insert(*question))
            .take(QUESTIONS_MAX)
            .collect();
        let mut places = self.places(names, &glue).await;
        let mut soas = self.zone_answers(&places, &zone_question).await;
        let (own, mut answers) = join(
            self.own_servers(&zone, &soas),
            self.answers(&soas, &questions),
        )
        .await;
        let own = own.or(listed);
        // Those that only the zone itself lists.
        let known: BTreeSet<&Name> = places.iter().map(|(name, _)| name).collect();
        let mut more: Vec<Name> = own.clone().unwrap_or_default();
        more.retain(|name| !known.contains(name));
        more.truncate(SERVERS_MAX.saturating_sub(places.len()));
        if !more.is_empty() {
            let mut more = self.places(more, &glue).await;
            let mut new = more.clone();
            for (_, place) in &mut new {
                if let Ok(addresses) = place {
                    addresses.retain(|address| !soas.contains_key(address));
                }
            }
            let said = self.zone_answers(&new, &zone_question).await;
            answers.extend(self.answers(&said, &questions).await);
            soas.extend(said);
            places.append(&mut more);
        }

        view.servers = views(places, &soas, &answers);
        for server in &mut view.servers {
            let is_in = |list: &Option<Vec<Name>>| {
                list.as_ref()
                    .is_some_and(|names| names.contains(&server.name))
            };
            (server.in_parent, server.in_zone) = (is_in(&delegated), is_in(&own));
        }
        view.zone = Some(zone);
        view.parent_servers = delegated;
        view.own_servers = own;
        view
    }

    /// Finds the zone of a name, and what its parent says of it. Nothing where that is a registry's zone.
    async fn find(&self, name: &Name, top: &Name) -> Option<Found> {
        let mut at = name.clone();
        let mut unsure = false;
        for _ in 0..ZONE_LOOKUPS_MAX {
            let (zone, listed) = match self.begins(&at).await {
                Begins::Here(servers) => (at, Some(servers)),
                Begins::Above(zone) => (zone, None),
                Begins::NotHere if at != *top => {
                    at = at.parent()?;
                    continue;
                }
                // An alias where a zone must begin, or no answer: a server that fails does so for its
                // whole zone, so that the next to ask is the topmost, and then the parent.
                Begins::NotHere | Begins::Unknown => {
                    unsure = true;
                    at = match at {
                        at if at == *top => at.parent()?,
                        at if at.is_within(top) => top.clone(),
                        _ => return None,
                    };
                    continue;
                }
            };
            if !unsure {
                if !zone.is_within(top) {
                    return None;
                }
                let parent = self.parent(&zone).await;
                return Some(Found {
                    zone,
                    listed,
                    parent,
                });
            }
            return self.find_beneath(name, top, zone, listed).await;
        }
        None
    }

    /// Finds the zone of a name that could not be looked up, through the servers of `upper`, a zone above it.
    async fn find_beneath(
        &self,
        name: &Name,
        top: &Name,
        upper: Name,
        listed: Option<Vec<Name>>,
    ) -> Option<Found> {
        let servers = match listed {
            Some(servers) => servers,
            None => self.listed(&upper).await?.servers,
        };
        let above = Listed {
            zone: upper,
            servers,
        };
        match self.ask_parent(&above, name).await? {
            Parent::Delegates(delegation) if delegation.zone.is_within(top) => Some(Found {
                zone: delegation.zone.clone(),
                listed: None,
                parent: Some(Parent::Delegates(delegation)),
            }),
            Parent::Holds if above.zone.is_within(top) => {
                let parent = self.parent(&above.zone).await;
                Some(Found {
                    zone: above.zone,
                    listed: Some(above.servers),
                    parent,
                })
            }
            _ => None,
        }
    }

    /// What the parent of `zone` says of it; nothing where none of its servers could be asked.
    async fn parent(&self, zone: &Name) -> Option<Parent> {
        let above = zone.parent()?;
        let listed = match self.begins(&above).await {
            Begins::Here(servers) => Listed {
                zone: above,
                servers,
            },
            Begins::Above(upper) => self.listed(&upper).await?,
            Begins::NotHere | Begins::Unknown => return None,
        };
        let parent = self.ask_parent(&listed, zone).await?;
        match &parent {
            // Of another zone, where the parent's server and the recursive one see different trees.
            Parent::Delegates(delegation) if delegation.zone != *zone => None,
            _ => Some(parent),
        }
    }

    /// What the servers of `above` say of a name beneath it: the first that tells anything.
    async fn ask_parent(&self, above: &Listed, name: &Name) -> Option<Parent> {
        let question = Question::new(name.clone(), RecordType::Ns);
        // As they came and not sorted: recursive servers turn them round, so that the load is shared.
        for server in above.servers.iter().take(PARENT_SERVERS_MAX) {
            let (_, place) = self.place(server.clone(), &BTreeMap::new()).await;
            let Some(address) = place.ok().and_then(|place| place.first().copied()) else {
                continue;
            };
            if !self.may_ask(server, address) {
                continue;
            }
            let answer = self.ask(address, &question).await;
            if let Some(parent) = read_parent(&answer, &above.zone, name) {
                return Some(parent);
            }
        }
        None
    }

    async fn begins(&self, at: &Name) -> Begins {
        let answer = self.resolve(at, RecordType::Ns).await;
        if answer.status.is_definite() && !answer.aliases.is_empty() {
            return Begins::NotHere;
        }
        match (answer.status, &answer.soa) {
            (Status::Found, _) => {
                let servers = servers_at(at, &answer.records);
                Begins::Here(servers)
            }
            (Status::NoData | Status::NxDomain, Some(soa)) if at.is_within(&soa.zone) => {
                Begins::Above(soa.zone.clone())
            }
            _ => Begins::Unknown,
        }
    }

    /// The servers of a zone that is known to begin at `zone`.
    async fn listed(&self, zone: &Name) -> Option<Listed> {
        match self.begins(zone).await {
            Begins::Here(servers) => Some(Listed {
                zone: zone.clone(),
                servers,
            }),
            _ => None,
        }
    }

    /// The zone's servers as the server with its newest version lists them.
    async fn own_servers(
        &self,
        zone: &Name,
        soas: &BTreeMap<SocketAddr, DirectAnswer>,
    ) -> Option<Vec<Name>> {
        let mut newest: Option<(SocketAddr, &Soa)> = None;
        for (address, answer) in soas {
            if let Some(soa) = soa_of(answer)
                && newest.is_none_or(|(_, newest)| soa.is_newer_than(newest))
            {
                newest = Some((*address, soa));
            }
        }
        let (address, _) = newest?;
        let question = Question::new(zone.clone(), RecordType::Ns);
        let answer = self.ask(address, &question).await;
        (answer.authoritative && answer.status == Status::Found)
            .then(|| sorted(servers_at(zone, &answer.records)))
    }

    async fn places(&self, names: Vec<Name>, glue: &BTreeMap<Name, Vec<IpAddr>>) -> Vec<Place> {
        join_all(names.into_iter().map(|name| self.place(name, glue))).await
    }

    /// Where a server is: where the map says, at its glue, or where its name leads.
    async fn place(&self, name: Name, glue: &BTreeMap<Name, Vec<IpAddr>>) -> Place {
        if let Some(address) = self.map.get(&name) {
            return (name, Ok(vec![address]));
        }
        if let Some(addresses) = glue.get(&name) {
            let v4 = addresses.iter().filter(|address| address.is_ipv4());
            let v6 = addresses.iter().filter(|address| address.is_ipv6());
            let addresses = if v4.clone().next().is_some() {
                at_port(v4.copied())
            } else {
                at_port(v6.copied())
            };
            return (name, Ok(addresses));
        }
        let mut why = DirectAnswer::bare(Status::NoData);
        for rtype in [RecordType::A, RecordType::Aaaa] {
            let answer = self.resolve(&name, rtype).await;
            if !answer.aliases.is_empty() {
                why.status = Status::NoData;
                why.records = answer.aliases.iter().map(alias_record).collect();
                break;
            }
            let addresses = at_port(answer.addresses());
            if !addresses.is_empty() {
                return (name, Ok(addresses));
            }
            // "Not known" for one kind of address outweighs "none" of the other.
            if why.status.is_definite() {
                why.status = answer.status;
            }
            if answer.status == Status::NxDomain {
                break;
            }
        }
        (name, Err(why))
    }

    /// Whether a server may be asked at this address: a public one, or where the user says that it is.
    fn may_ask(&self, name: &Name, address: SocketAddr) -> bool {
        self.map.get(name) == Some(address) || is_public(address.ip())
    }

    /// What each address says of the zone's SOA. Each is asked once, whatever names lead to it.
    async fn zone_answers(
        &self,
        places: &[Place],
        question: &Question,
    ) -> BTreeMap<SocketAddr, DirectAnswer> {
        let mut addresses = BTreeSet::new();
        for (name, place) in places {
            let known = place.iter().flatten();
            addresses.extend(known.filter(|address| self.may_ask(name, **address)));
        }
        let answers = addresses
            .into_iter()
            .map(|address| async move { (address, self.ask(address, question).await) });
        join_all(answers).await.into_iter().collect()
    }

    /// What each address that serves the zone says to the questions.
    async fn answers(
        &self,
        soas: &BTreeMap<SocketAddr, DirectAnswer>,
        questions: &[&Question],
    ) -> BTreeMap<SocketAddr, Vec<(Question, DirectAnswer)>> {
        let serving = soas.iter().filter(|(_, answer)| soa_of(answer).is_some());
        let answers = serving.map(|(address, _)| async move {
            let answers = questions.iter().map(|question| async move {
                let answer = self.ask(*address, question).await;
                (Question::clone(question), answer)
            });
            (*address, join_all(answers).await)
        });
        join_all(answers).await.into_iter().collect()
    }

    async fn resolve(&self, name: &Name, rtype: RecordType) -> Arc<Answer> {
        if self.recursive.fetch_add(1, Ordering::Relaxed) >= RECURSIVE_QUESTIONS_MAX {
            self.recursive.fetch_sub(1, Ordering::Relaxed);
            return Arc::new(Answer::bare(Status::OverBudget, Source::Nobody));
        }
        let question = Question::new(name.clone(), rtype);
        self.resolver.resolve(&question).await
    }

    async fn ask(&self, address: SocketAddr, question: &Question) -> DirectAnswer {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.direct.ask(address, question).await
    }
}

/// What a server of the zone `above` says of `name`, asked for its NS records; nothing where it says nothing
/// of use.
fn read_parent(answer: &DirectAnswer, above: &Name, name: &Name) -> Option<Parent> {
    if answer.is_of_authority() && answer.data_at(name).next().is_some() {
        let is_zone = answer.data_at(name).any(|data| matches!(data, Data::Ns(_)));
        return Some(if is_zone {
            Parent::ServesBoth
        } else {
            // An alias: the name is in the parent's own zone.
            Parent::Holds
        });
    }
    if let Some(soa) = &answer.soa {
        let of_parent = answer.is_of_authority() && soa.zone == *above;
        let of_child = answer.is_of_authority() && soa.zone.is_within(above);
        return match (of_parent, of_child) {
            (true, _) => Some(Parent::Holds),
            (false, true) => Some(Parent::ServesBoth),
            (false, false) => None,
        };
    }
    let zone = &answer.referral.first()?.owner;
    // A lame server refers upwards, which tells nothing.
    let downwards = zone.is_within(above) && zone != above && name.is_within(zone);
    if answer.status != Status::NoData || !downwards {
        return None;
    }
    let mut glue: BTreeMap<Name, Vec<IpAddr>> = BTreeMap::new();
    for record in answer.glue.iter().filter(|r| r.owner.is_within(zone)) {
        let address = match record.data {
            Data::A(address) => address.into(),
            Data::Aaaa(address) => address.into(),
            _ => continue,
        };
        glue.entry(record.owner.clone()).or_default().push(address);
    }
    Some(Parent::Delegates(Delegation {
        zone: zone.clone(),
        servers: sorted(servers_at(zone, &answer.referral)),
        glue,
    }))
}

/// The name servers of `zone` among records, in their order, each once, at most [`LISTED_MAX`].
fn servers_at(zone: &Name, records: &[Record]) -> Vec<Name> {
    let mut seen = BTreeSet::new();
    let at_zone = records.iter().filter(|record| record.owner == *zone);
    let servers = at_zone.filter_map(|record| match &record.data {
        Data::Ns(server) => Some(server.clone()),
        _ => None,
    });
    servers
        .filter(|server| seen.insert(server.clone()))
        .take(LISTED_MAX)
        .collect()
}

fn sorted(mut names: Vec<Name>) -> Vec<Name> {
    names.sort();
    names
}

fn soa_of(answer: &DirectAnswer) -> Option<&Soa> {
    let records = answer.is_of_authority().then_some(&answer.records)?;
    records.iter().find_map(|record| match &record.data {
        Data::Soa(soa) => Some(soa),
        _ => None,
    })
}

fn at_port(addresses: impl Iterator<Item = IpAddr>) -> Vec<SocketAddr> {
    let mut seen = BTreeSet::new();
    addresses
        .filter(|address| seen.insert(*address))
        .take(ADDRESSES_MAX)
        .map(|address| SocketAddr::new(address, DNS_PORT))
        .collect()
}

fn alias_record(alias: &crate::Alias) -> Record {
    Record {
        owner: alias.owner.clone(),
        ttl: alias.ttl,
        data: Data::Cname(alias.target.clone()),
    }
}

fn views(
    places: Vec<Place>,
    soas: &BTreeMap<SocketAddr, DirectAnswer>,
    answers: &BTreeMap<SocketAddr, Vec<(Question, DirectAnswer)>>,
) -> Vec<ServerView> {
    let mut views = Vec::new();
    for (name, place) in places {
        let (addresses, why) = match place {
            Ok(addresses) => (addresses.into_iter().map(Some).collect(), None),
            Err(why) => (vec![None], Some(why)),
        };
        for address in addresses {
            let said = address.and_then(|address| soas.get(&address));
            let zone_answer = said.or(why.as_ref()).cloned();
            let answers = address.and_then(|address| answers.get(&address));
            views.push(ServerView {
                name: name.clone(),
                address,
                in_parent: false,
                in_zone: false,
                zone_answer: zone_answer.unwrap_or_else(|| DirectAnswer::bare(Status::Unreachable)),
                answers: answers.cloned().unwrap_or_default(),
            });
        }
    }
    views.sort_by(|a, b| (&a.name, a.address).cmp(&(&b.name, b.address)));
    views
}
