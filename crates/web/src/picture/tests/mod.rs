//! Every picture of many worlds, held against what holds of all pictures.

mod drawn;
mod gallery;
mod hostile;
mod snapshots;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use futures::executor::block_on;
use garant_check::{
    AskAuthority, NoFetch, Observation, Request, Sources, assess, observe, plan, read_expected,
};
use garant_dns::{Zone, Zones};
use garant_service::present::as_it_is;
use garant_service::report::{PlanReport, Report};
use garant_text::Language;

use super::{Picture, path, seen, spf_tree};
use crate::world;
use drawn::faults;

/// A check of a world in one language.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) language: Language,
    pub(super) report: Report,
    pub(super) plan: PlanReport,
}

impl Told {
    fn both(title: &str, sources: Sources<'_>, observation: &Observation) -> Vec<Self> {
        let assessment = assess(observation);
        let plan = block_on(plan::plan(sources, observation, &assessment));
        let of = |language| Self {
            title: title.to_owned(),
            language,
            report: Report::new(observation, &assessment, language, 240, as_it_is),
            plan: PlanReport::new(observation, &assessment, plan.clone(), language, as_it_is),
        };
        Language::ALL.map(of).into()
    }

    fn of_world(world: &world::World) -> Vec<Self> {
        let (resolver, documents) = (world.resolver(), world.fetch());
        let servers = world.name_servers();
        let sources = Sources::new(&resolver, &documents);
        let sources = match &servers {
            Some(servers) => sources.with_authority(servers),
            None => sources,
        };
        let title = format!("{} {}", world.place, world.title);
        Self::both(&title, sources, &world.observe())
    }

    pub(super) fn pictures(&self) -> Vec<(&'static str, Picture)> {
        let pictures = [
            ("spf", spf_tree(&self.report, &self.plan, self.language)),
            ("path", path(&self.report, &self.plan, self.language)),
            ("seen", seen(&self.report, self.language)),
        ];
        let there = pictures.into_iter();
        there
            .filter_map(|(name, picture)| Some((name, picture?)))
            .collect()
    }
}

/// The cases of the articles: the zone, and what is asked.
const ARTICLES: &[(&str, &str, &str)] = &[
    (
        "reject-without-dkim",
        include_str!("../../../../../examples/articles/reject-without-dkim.zone"),
        "sender",
    ),
    (
        "no-dmarc",
        include_str!("../../../../../examples/articles/no-dmarc.zone"),
        "expect",
    ),
    (
        "strict-spare-leg",
        include_str!("../../../../../examples/articles/strict-spare-leg.zone"),
        "expect",
    ),
    (
        "strict-other-name",
        include_str!("../../../../../examples/articles/strict-other-name.zone"),
        "names",
    ),
    (
        "two-of-three",
        include_str!("../../../../../examples/articles/two-of-three.zone"),
        "expect",
    ),
    (
        "doubled-name",
        include_str!("../../../../../examples/articles/doubled-name.zone"),
        "expect",
    ),
    (
        "all-right",
        include_str!("../../../../../examples/articles/all-right.zone"),
        "expect",
    ),
];
const INTERNET: &str = include_str!("../../../../../examples/articles/internet.zone");
const PLATFORM: &str = include_str!("../../../../../examples/articles/platform.json");

pub(super) fn articles() -> Vec<Told> {
    let mut told = Vec::new();
    for (title, zone, asks) in ARTICLES {
        let domain = "votreentreprise.fr".parse().expect("a name");
        let mut request = Request::new(domain);
        request.authority = AskAuthority::InDoubt;
        match *asks {
            "sender" => request.sender = Some("activecampaign".to_owned()),
            "names" => {
                request.mail_from = Some("em.votreentreprise.fr".parse().expect("a name"));
                request.signed_by = vec![garant_check::SignedBy {
                    domain: "factures.votreentreprise.fr".parse().expect("a name"),
                    selector: Some("envoi1".parse().expect("a name")),
                }];
            }
            _ => {
                let expected = read_expected(PLATFORM, &request.domain).expect("records");
                request.expect = expected;
            }
        }
        let root = garant_dns::Name::root();
        let zone = Zone::parse(zone.as_bytes(), &request.domain).expect("a zone");
        let internet = Zone::parse(INTERNET.as_bytes(), &root).expect("a zone");
        let resolver = Zones::new(vec![zone, internet]);
        let documents = NoFetch;
        let sources = Sources::new(&resolver, &documents);
        let observation = block_on(observe(sources, request, world::ASKED_AT));
        told.extend(Told::both(title, sources, &observation));
    }
    told
}

/// Every world, and the cases of the articles, judged once for all tests.
static EVERYTHING: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let worlds = world::all();
    let told = worlds.iter().flat_map(Told::of_world);
    told.chain(articles()).collect()
});

#[test]
fn every_picture_of_every_world_holds() {
    let mut wrong = Vec::new();
    let mut drawn = BTreeSet::new();
    for told in EVERYTHING.iter() {
        let pictures = told.pictures();
        for (name, _) in &pictures {
            drawn.insert((*name, told.title.clone()));
        }
        for fault in faults(&pictures) {
            wrong.push(format!("{} {}: {fault}", told.language, told.title));
        }
    }
    let first = &wrong[..wrong.len().min(30)];
    assert!(
        first.is_empty(),
        "{} of them\n{}",
        wrong.len(),
        first.join("\n")
    );
    for name in ["spf", "path", "seen"] {
        let worlds = drawn.iter().filter(|(drawn, _)| *drawn == name).count();
        assert!(worlds >= 60, "{name} is drawn of {worlds} worlds only");
    }
}

/// Where the drawing has a receiver stop is where the check says that it does.
#[test]
fn a_receiver_stops_where_the_check_says() {
    let mut wrong = Vec::new();
    for told in EVERYTHING.iter() {
        let record = &told.report.records.spf;
        let words = super::say::Words::of(told.language);
        let stopped = super::spf_tree::stopped(&told.report, &told.plan, &words);
        let Some(stopped) = stopped else { continue };
        let expect = match (record.result, record.reason) {
            ("permerror", Some("lookups")) => "lookups",
            ("permerror", Some("voids")) => "voids",
            ("permerror", Some("syntax")) => "syntax",
            ("permerror", _) => "term",
            _ => "",
        };
        // Without an answer it is not known where one stops.
        if stopped != expect && record.result != "temperror" {
            wrong.push(format!(
                "{}: {stopped}, not {expect} ({:?})",
                told.title, record.reason
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The arrows of a path say what the check says of its legs.
#[test]
fn as_many_legs_hold_as_the_check_counts() {
    let mut wrong = Vec::new();
    for told in EVERYTHING.iter() {
        let words = super::say::Words::of(told.language);
        let Some(drawn) = super::path::legs(&told.report, &told.plan, &words) else {
            continue;
        };
        let path = &told.report.paths[0].path;
        let sure = drawn.iter().filter(|holds| **holds == Some(true)).count();
        let is_whole = drawn.iter().all(Option::is_some);
        let holds = match path.dmarc.legs {
            Some(legs) => usize::from(legs) == sure && is_whole,
            None => !is_whole,
        };
        if !holds {
            wrong.push(format!("{}: {drawn:?}, {:?}", told.title, path.dmarc));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
