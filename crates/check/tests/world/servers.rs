//! The name servers of a world's zones, scripted.

use std::collections::BTreeSet;
use std::net::IpAddr;

use futures::FutureExt;
use garant_dns::authority::{Authority, DirectAnswer, ServerView, ZoneFuture, ZoneView};
use garant_dns::{
    Answer, Data, Name, Question, Record, RecordType, Resolver, Soa, SoaRecord, Status, Zone, Zones,
};

use super::name;

/// Seconds for which the SOA of a zone without one of its own may be kept.
const TTL: u32 = 3600;

/// One server as it is written.
#[derive(Clone)]
pub(crate) struct Server {
    name: Name,
    address: Option<IpAddr>,
    zone: Name,
    in_parent: bool,
    in_zone: bool,
    serial: u32,
    primary: Name,
    has_own_only: bool,
    fault: Option<Status>,
    no_authority: bool,
    pub(crate) text: String,
}

impl Server {
    pub(crate) fn read(words: &[&str], apex: Name) -> Self {
        let mut server = Self {
            name: name(words[0]),
            address: (words[1] != "-").then(|| words[1].parse().expect("an address")),
            zone: apex,
            in_parent: true,
            in_zone: true,
            serial: 1,
            primary: name("ns1.hebergeur.example"),
            has_own_only: false,
            fault: None,
            no_authority: false,
            text: String::new(),
        };
        for word in &words[2..] {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            match key {
                "parent-only" => server.in_zone = false,
                "zone-only" => server.in_parent = false,
                "own" => server.has_own_only = true,
                "serial" => server.serial = value.parse().expect("a serial"),
                "primary" => server.primary = name(value),
                "of" => {
                    server.zone = name(value);
                    server.has_own_only = true;
                }
                "not-authoritative" => server.no_authority = true,
                "silent" => server.fault = Some(Status::Timeout),
                "unreachable" => server.fault = Some(Status::Unreachable),
                other => server.fault = Some(super::status(other).0),
            }
        }
        server
    }

    /// A server that does not serve the zone is not asked on.
    fn serves(&self) -> bool {
        self.address.is_some() && self.fault.is_none() && !self.no_authority
    }

    fn soa(&self) -> SoaRecord {
        SoaRecord {
            zone: self.zone.clone(),
            ttl: TTL,
            soa: Soa {
                mname: self.primary.clone(),
                rname: name("hostmaster.hebergeur.example"),
                serial: self.serial,
                minimum: TTL,
            },
        }
    }

    fn view(&self, shared: &str, cuts: &BTreeSet<Name>, questions: &[Question]) -> ServerView {
        let soa = self.soa();
        let mut zone_answer = match (self.address, self.fault) {
            (None, _) => DirectAnswer::bare(Status::NxDomain),
            (_, Some(status)) => DirectAnswer::bare(status),
            (_, None) => DirectAnswer::bare(Status::Found),
        };
        if zone_answer.status == Status::Found {
            zone_answer.authoritative = !self.no_authority;
            zone_answer.records = vec![Record {
                owner: soa.zone,
                ttl: soa.ttl,
                data: Data::Soa(soa.soa),
            }];
        }
        let answers = questions.iter().filter(|_| self.serves());
        let answers =
            answers.map(|question| (question.clone(), self.answer(shared, cuts, question)));
        ServerView {
            name: self.name.clone(),
            address: self.address.map(|address| (address, 53).into()),
            in_parent: self.in_parent,
            in_zone: self.in_zone,
            zone_answer,
            answers: answers.collect(),
        }
    }

    fn answer(&self, shared: &str, cuts: &BTreeSet<Name>, question: &Question) -> DirectAnswer {
        let mut deeper = cuts.iter().filter(|cut| {
            **cut != self.zone && cut.is_within(&self.zone) && question.name.is_within(cut)
        });
        if let Some(cut) = deeper.next_back() {
            let referral = Record {
                owner: cut.clone(),
                ttl: TTL,
                data: Data::Ns(name("ns.ailleurs.example")),
            };
            return DirectAnswer {
                referral: vec![referral],
                ..DirectAnswer::bare(Status::NoData)
            };
        }
        let shared = if self.has_own_only { "" } else { shared };
        let text = format!("{shared}\n{}", self.text);
        let zone = Zone::parse(text.as_bytes(), &self.zone).expect("the zone of a server");
        let zones = Zones::new(vec![zone]);
        let answer = zones.resolve(question).now_or_never();
        let answer = answer.expect("zones answer at once");
        self.direct(&answer)
    }

    /// What a server says where a recursive one would have followed the aliases.
    fn direct(&self, answer: &Answer) -> DirectAnswer {
        let aliases = answer.aliases.iter().map(|alias| Record {
            owner: alias.owner.clone(),
            ttl: alias.ttl,
            data: Data::Cname(alias.target.clone()),
        });
        let records: Vec<Record> = aliases.chain(answer.records.iter().cloned()).collect();
        let status = match answer.status {
            _ if !records.is_empty() => Status::Found,
            Status::NxDomain => Status::NxDomain,
            _ => Status::NoData,
        };
        DirectAnswer {
            authoritative: true,
            soa: (status != Status::Found).then(|| self.soa()),
            records,
            ..DirectAnswer::bare(status)
        }
    }
}

/// All servers of a world.
pub(crate) struct NameServers {
    views: Vec<Server>,
    shared: String,
    parent_unknown: bool,
}

impl NameServers {
    pub(crate) fn new(servers: &[Server], shared: &str, parent_unknown: bool) -> Self {
        Self {
            views: servers.iter().map(Server::copy).collect(),
            shared: shared.to_owned(),
            parent_unknown,
        }
    }

    fn zones(&self) -> BTreeSet<Name> {
        self.views
            .iter()
            .map(|server| server.zone.clone())
            .collect()
    }
}

impl Server {
    fn copy(&self) -> Self {
        Self {
            name: self.name.clone(),
            zone: self.zone.clone(),
            primary: self.primary.clone(),
            text: self.text.clone(),
            ..*self
        }
    }
}

impl Authority for NameServers {
    fn view<'a>(&'a self, asked: &'a Name, questions: &'a [Question]) -> ZoneFuture<'a> {
        let cuts = self.zones();
        let zone = cuts.iter().filter(|zone| asked.is_within(zone));
        let zone = zone.max_by_key(|zone| zone.label_count()).cloned();
        let servers: Vec<&Server> = self
            .views
            .iter()
            .filter(|server| Some(&server.zone) == zone.as_ref())
            .collect();
        let listed = |is_listed: &dyn Fn(&Server) -> bool| -> Vec<Name> {
            let listed = servers.iter().filter(|server| is_listed(server));
            let names: BTreeSet<Name> = listed.map(|server| server.name.clone()).collect();
            names.into_iter().collect()
        };
        let somebody_serves = servers.iter().any(|server| server.serves());
        let parent_servers = listed(&|server| server.in_parent);
        let own_servers = listed(&|server| server.in_zone);
        let views: Vec<ServerView> = servers
            .iter()
            .map(|server| server.view(&self.shared, &cuts, questions))
            .collect();
        let direct = views.iter().filter(|view| view.address.is_some());
        let direct_questions = direct.map(|view| 1 + view.answers.len()).sum();
        let view = ZoneView {
            asked: asked.clone(),
            zone,
            parent_servers: (!self.parent_unknown).then_some(parent_servers),
            own_servers: somebody_serves.then_some(own_servers),
            recursive_questions: views.len(),
            servers: views,
            direct_questions,
        };
        Box::pin(std::future::ready(view))
    }
}

#[test]
fn a_server_has_what_its_world_says() {
    let words = ["ns1.exemple.fr", "192.0.2.1", "serial=7", "zone-only"];
    let mut server = Server::read(&words, name("exemple.fr"));
    server.text.push_str("_dmarc TXT \"v=DMARC1; p=none\"\n");
    let question = Question::new(name("_dmarc.exemple.fr"), RecordType::Txt);
    let view = server.view(
        "@ TXT x\n",
        &BTreeSet::new(),
        std::slice::from_ref(&question),
    );
    assert_eq!(view.soa().map(|soa| soa.serial), Some(7));
    assert!(
        view.answer(&question)
            .is_some_and(DirectAnswer::is_of_authority)
    );
    assert!(!view.in_parent && view.in_zone);
}
