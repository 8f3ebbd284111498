//! Every world and every zone of the articles as a page, in both languages.

use std::collections::HashSet;
use std::path::Path;

use futures::executor::block_on;
use garant_check::{
    NoFetch, Observation, Request, SignedBy, Sources, assess, observe, plan, read_expected,
};
use garant_dns::{Zone, Zones};
use garant_service::checks::{CheckId, Checked, Further, Judged};
use garant_text::Language;

use super::render;
use crate::world;

/// Octets of the largest page: what a reader loads in a moment, four times the largest of the worlds.
const PAGE_OCTETS_MAX: usize = 200_000;

/// One world in so many is shown, because to judge and plan them all takes half a minute without optimisation.
const WORLD_STEP: usize = 5;
const WORLD_FIRST: usize = 2;

/// What the permanent link begins with.
const ORIGIN: &str = "https://garant.example";

fn judged(observation: Observation, sources: Sources<'_>) -> Judged {
    let assessment = assess(&observation);
    let plan = block_on(plan::plan(sources, &observation, &assessment));
    Judged {
        checked: Checked {
            id: CheckId::new([7; 16]),
            kept_until: observation.asked_at + 30 * 24 * 3600,
            observation,
            further: Further::default(),
            elapsed_ms: 42,
        },
        assessment,
        plan,
    }
}

fn judged_world(world: &world::World) -> Judged {
    let (resolver, documents) = (world.resolver(), world.fetch());
    let servers = world.name_servers();
    let sources = Sources::new(&resolver, &documents);
    let sources = match &servers {
        Some(servers) => sources.with_authority(servers),
        None => sources,
    };
    judged(world.observe(), sources)
}

fn signed_by(text: &str) -> Option<SignedBy> {
    let (domain, selector) = text.split_once(':')?;
    Some(SignedBy {
        domain: domain.parse().ok()?,
        selector: selector.parse().ok(),
    })
}

/// The zones of the articles, each with the question that its head names.
fn articles() -> Vec<(String, Judged)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("an example");
    let platform = String::from_utf8(read("platform.json")).expect("text");
    let internet = read("internet.zone");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the examples")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.ends_with(".zone") && name != "internet.zone")
        .collect();
    names.sort();
    let domain: garant_dns::Name = "votreentreprise.fr".parse().expect("a name");
    let judge = |name: String| {
        let text = read(&name);
        let head = String::from_utf8_lossy(&text)
            .lines()
            .take(4)
            .collect::<Vec<_>>()
            .join(" ");
        let mut request = Request::new(domain.clone());
        if head.contains("--sender activecampaign") {
            request.sender = Some("activecampaign".to_owned());
        }
        if head.contains("--expect") {
            request.expect = read_expected(&platform, &domain).expect("records");
        }
        let mut words = head.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "--mail-from" => {
                    request.mail_from = words.next().and_then(|name| name.parse().ok());
                }
                "--signed-by" => request.signed_by.extend(words.next().and_then(signed_by)),
                _ => {}
            }
        }
        let zones = [&text, &internet].map(|text| Zone::parse(text, &domain).expect("a zone"));
        let zones = Zones::new(zones.into_iter().collect::<Vec<_>>());
        let sources = Sources::new(&zones, &NoFetch);
        let observation = block_on(observe(sources, request, world::ASKED_AT));
        let judged = judged(observation, sources);
        (name, judged)
    };
    names.into_iter().map(judge).collect()
}

/// What does not hold of a page, in words.
fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if html.len() > PAGE_OCTETS_MAX {
        faults.push(format!("{} octets", html.len()));
    }
    if let Some(at) = html.find("[result-").or_else(|| html.find("[tag-")) {
        faults.push(format!(
            "a key without words: {}",
            &html[at..html.len().min(at + 60)]
        ));
    }
    if html.matches("<script").count() != 1 {
        faults.push("a script besides the site's own".to_owned());
    }
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut links = Vec::new();
    let mut level = 0;
    for tag in Tags(html) {
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                faults.push(format!("</{name}> closes nothing"));
            }
            continue;
        }
        if let Some(id) = attribute(tag, "id")
            && !ids.insert(id)
        {
            faults.push(format!("id {id} stands twice"));
        }
        links.extend(attribute(tag, "href").and_then(|href| href.strip_prefix('#')));
        links.extend(
            attribute(tag, "aria-labelledby")
                .into_iter()
                .flat_map(|ids| ids.split(' ')),
        );
        links.extend(attribute(tag, "data-copy"));
        if tag.contains(" style=") || tag.contains(" onclick=") {
            faults.push(format!("<{tag}>"));
        }
        if let ("h", Ok(number)) = (&name[..1], name[1..].parse::<u8>()) {
            if number > level + 1 {
                faults.push(format!("<{name}> beneath <h{level}>"));
            }
            level = number;
        }
        if name == "p" && open.contains(&"p") {
            faults.push(format!("<p> in <p>: {open:?}"));
        }
        if !VOID.contains(&name) && !tag.ends_with('/') && !tag.starts_with('!') {
            open.push(name);
        }
    }
    if !open.is_empty() {
        faults.push(format!("not closed: {open:?}"));
    }
    for link in links {
        if !ids.contains(link) {
            faults.push(format!("nothing is called #{link}"));
        }
    }
    faults
}

/// Elements without an end (HTML, section 13.1.2).
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr"];

/// The tags of a page, without their brackets.
struct Tags<'a>(&'a str);

impl<'a> Iterator for Tags<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let start = self.0.find('<')? + 1;
        let end = start + self.0[start..].find('>')?;
        let tag = &self.0[start..end];
        self.0 = &self.0[end + 1..];
        Some(tag)
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[track_caller]
fn check(place: &str, judged: &Judged) {
    for language in Language::ALL {
        let html = render(judged, language, ORIGIN).expect("a page");
        let faults = faults(&html);
        assert!(faults.is_empty(), "{place} {language}: {faults:#?}");
    }
}

#[test]
fn every_world_has_a_sound_page_in_both_languages() {
    let worlds = world::all();
    assert!(worlds.len() / WORLD_STEP >= 40, "{} worlds", worlds.len());
    for world in worlds.iter().skip(WORLD_FIRST).step_by(WORLD_STEP) {
        let place = format!("{} {}", world.place, world.title);
        check(&place, &judged_world(world));
    }
}

#[test]
fn every_article_has_a_sound_page_in_both_languages() {
    let articles = articles();
    assert!(articles.len() >= 7, "{} articles", articles.len());
    for (name, judged) in &articles {
        check(name, judged);
    }
}

/// A zone in which every text is an attack on whoever shows it.
const HOSTILE: &str = r#"
@ 3600 IN SOA ns hostmaster 1 2 3 4 5
@ 3600 IN NS ns
@ 3600 IN MX 10 "<script>alert(1)</script>"
@ 3600 IN TXT "v=spf1 include:<script>alert(1)</script> ip4:\"onload=x <img/src=x> `b` &amp; ~all"
_dmarc 3600 IN TXT "v=DMARC1; p=<script>alert(2)</script>; rua=mailto:\"><script>@x; <b>=\" id=\"verdict"
k._domainkey 3600 IN TXT "v=DKIM1; p=</p><script>; k=' onmouseover='x; \226\128\174"
_mta-sts 3600 IN TXT "v=STSv1; id=<svg/onload=alert(1)>"
_smtp._tls 3600 IN TXT "v=TLSRPTv1; rua=javascript:alert(1)"
default._bimi 3600 IN TXT "v=BIMI1; l=javascript:alert(1); a=<script>"
"#;

#[test]
fn text_of_others_stays_text() {
    let domain: garant_dns::Name = "exemple.fr".parse().expect("a name");
    let zone = Zone::parse(HOSTILE.as_bytes(), &domain).expect("a zone");
    let zones = Zones::new(vec![zone]);
    let sources = Sources::new(&zones, &NoFetch);
    let request = Request {
        selectors: vec!["k".parse().expect("a name")],
        ..Request::new(domain)
    };
    let observation = block_on(observe(sources, request, world::ASKED_AT));
    let judged = judged(observation, sources);
    check("hostile", &judged);
    let html = render(&judged, Language::English, ORIGIN).expect("a page");
    assert!(html.contains("&lt;script&gt;") || html.contains("&#60;script&#62;"));
    for attack in ["<img", "<b>=", "href=\"javascript", "\u{202E}"] {
        assert!(!html.contains(attack), "{attack}");
    }
}

/// A page without its frame, whose style and navigation have tests of their own.
fn body(judged: &Judged, language: Language) -> String {
    let html = render(judged, language, ORIGIN).expect("a page");
    let (_, main) = html.split_once("<main").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    // The drawings have snapshots of their own.
    let mut text = String::new();
    let mut rest = main;
    while let Some((before, after)) = rest.split_once("<svg class=\"") {
        text.push_str(before);
        text.push('…');
        rest = after.split_once("</svg>").map_or("", |(_, rest)| rest);
    }
    text + rest
}

#[test]
fn pages_read_as_they_did() {
    let articles = articles();
    for (file, language, name) in [
        ("reject-without-dkim.zone", Language::French, "refused-fr"),
        ("all-right.zone", Language::English, "all-right-en"),
        ("strict-spare-leg.zone", Language::French, "strict-fr"),
    ] {
        let (_, judged) = articles
            .iter()
            .find(|(name, _)| name == file)
            .expect("an article");
        insta::assert_snapshot!(name, body(judged, language));
    }
}
