//! Worlds: a scripted DNS in, codes out.
//!
//! A `.worlds` file holds many worlds. Each is one or more zones in master-file form with directives,
//! which are comments that begin with `;!`:
//!
//! ```text
//! ;! world a sentence that names it        begins a world
//! ;! ask DOMAIN [SELECTOR...]              what is checked; relative names are relative to DOMAIN's zone
//! ;! expect CODE...                        these codes must come
//! ;! absent CODE...                        these must not
//! ;! only CODE...                          exactly these come above "fine"
//! ;! quiet                                 nothing comes above advice
//! ;! verdict CODE SEVERITY                 the sentence and how bad it is
//! ;! cause CODE                            its first cause
//! ;! fix CODE VALUE                        a finding of this code proposes this value; `none`: it proposes none
//! ;! says CODE ARGUMENT VALUE              a finding of this code has this argument; `verdict`: the verdict has
//! ;! path FIELD VALUE                      of the first path: sender, dmarc, legs, ... (see `paths.rs`)
//! ;! path-of ID FIELD VALUE                the same of the path of that service; FIELD `none`: there is none
//! ;! unknown REASON...                     exactly these reasons stand among what is unknown
//! ;! zone NAME                             what follows is another zone
//! ;! offline                               names outside the zones are not asked (else they do not exist)
//! ;! answer NAME TYPE STATUS               servfail, timeout, refused, truncated, ...; bogus fails
//!                                          unless validation is switched off
//! ;! fails NAME STATUS                     every question at and beneath NAME ends like this
//! ;! validated NAME                        answers at and beneath NAME are authenticated
//! ;! sender ID                             the sending service that is asked about
//! ;! mail-from DOMAIN                      or its path, stated: the domain of the return address,
//! ;! signed-by DOMAIN[:SELECTOR]           a signature (may come again),
//! ;! ip ADDRESS                            the address that sends
//! ;! expected NAME TYPE VALUE              a record that a platform asked for (may come again)
//! ;! authority                             the zone's own servers are asked in any case (else when in doubt)
//! ;! server NAME ADDRESS [WORD...]         one of them, and what it has besides the zone above: the records
//!                                          that follow. Words: parent-only, zone-only (who lists it); own (it has
//!                                          nothing but what follows); serial=N; primary=NAME; of=ZONE (it serves
//!                                          that zone); refused, servfail, silent, not-authoritative, malformed
//!                                          (it serves none). ADDRESS `-` is none
//! ;! direct N                              so many questions are put to them
//! ;! until TIME                            a finding names this time (RFC 3339 in UTC)
//! ;! parent-unknown                        no server of the parent zone could be asked
//! ;! cached NAME TYPE TTL                  the recursive server keeps its answer for so long, if it is "no"
//! ;! document URL STATUS [TYPE]            an HTTPS document; its lines follow, each behind `;>`
//! ;! document URL ERROR                    or why there is none
//! ```

mod paths;
mod servers;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use garant_check::{
    Argument, AskAuthority, Assessment, Document, ExpectedRecord, Fetch, FetchError, FetchFuture,
    Observation, Request, Severity, SignedBy, Sources, assess, observe, registrable_domain,
};
use garant_dns::{
    Answer, AnswerFuture, Name, Question, RecordType, Resolver, Source, Status, Zone, Zones,
};

use paths::PathCheck;
use servers::{NameServers, Server};

/// When every world is asked.
pub(crate) const ASKED_AT: i64 = 1_795_343_700;

/// One world.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) domain: Option<Name>,
    pub(crate) selectors: Vec<Name>,
    pub(crate) sender: Option<String>,
    pub(crate) mail_from: Option<Name>,
    pub(crate) signed_by: Vec<SignedBy>,
    pub(crate) ip: Option<IpAddr>,
    pub(crate) expected: Vec<ExpectedRecord>,
    pub(crate) zones: Vec<(Name, String)>,
    pub(crate) offline: bool,
    pub(crate) answers: HashMap<(Name, RecordType), (Status, bool)>,
    pub(crate) fails: Vec<(Name, Status)>,
    pub(crate) validated: Vec<Name>,
    pub(crate) documents: BTreeMap<String, Result<Document, FetchError>>,
    pub(crate) authority: AskAuthority,
    pub(crate) servers: Vec<Server>,
    pub(crate) parent_unknown: bool,
    pub(crate) cached: HashMap<(Name, RecordType), u32>,
    pub(crate) expect: Vec<String>,
    pub(crate) absent: Vec<String>,
    pub(crate) only: Option<BTreeSet<String>>,
    pub(crate) quiet: bool,
    pub(crate) verdict: Option<String>,
    pub(crate) cause: Option<String>,
    pub(crate) fixes: Vec<(String, String)>,
    pub(crate) says: Vec<(String, String, String)>,
    pub(crate) paths: Vec<PathCheck>,
    pub(crate) unknown: Option<BTreeSet<String>>,
    pub(crate) direct: Option<usize>,
    pub(crate) until: Option<String>,
}

fn name(text: &str) -> Name {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn status(word: &str) -> (Status, bool) {
    match word {
        "servfail" => (Status::ServFail, true),
        "bogus" => (Status::ServFail, false),
        "timeout" => (Status::Timeout, true),
        "refused" => (Status::Refused, true),
        "truncated" => (Status::Truncated, true),
        "unreachable" => (Status::Unreachable, true),
        "malformed" => (Status::Malformed, true),
        "nxdomain" => (Status::NxDomain, true),
        "nodata" => (Status::NoData, true),
        other => panic!("no status: {other}"),
    }
}

fn fetch_error(word: &str) -> FetchError {
    match word {
        "no-address" => FetchError::NoAddress(Status::NxDomain),
        "servfail" => FetchError::NoAddress(Status::ServFail),
        "refused-address" => FetchError::RefusedAddress,
        "connect" => FetchError::Connect,
        "tls" => FetchError::Tls,
        "too-large" => FetchError::TooLarge,
        "timeout" => FetchError::Timeout,
        "protocol" => FetchError::Protocol,
        "not-asked" => FetchError::NotAsked,
        other => panic!("no error: {other}"),
    }
}

impl World {
    fn directive(&mut self, text: &str) {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        let list = || words.iter().map(|word| (*word).to_owned());
        match word {
            "ask" => {
                let domain = name(words[0]);
                let zone = registrable_domain(&domain);
                self.domain = Some(domain);
                self.selectors = words[1..].iter().map(|word| name(word)).collect();
                self.zones.push((zone, String::new()));
            }
            "expect" => self.expect.extend(list()),
            "absent" => self.absent.extend(list()),
            "quiet" => self.quiet = true,
            "only" => self.only.get_or_insert_default().extend(list()),
            "verdict" => self.verdict = Some(rest.trim().to_owned()),
            "says" => {
                let value = words[2..].join(" ");
                self.says
                    .push((words[0].to_owned(), words[1].to_owned(), value));
            }
            "fix" => {
                let value = words[1..].join(" ");
                self.fixes.push((words[0].to_owned(), value));
            }
            "cause" => self.cause = Some(rest.trim().to_owned()),
            "path" | "path-of" => {
                let (sender, words) = match word {
                    "path" => (None, &words[..]),
                    _ => (Some(words[0].to_owned()), &words[1..]),
                };
                self.paths.push(PathCheck {
                    sender,
                    field: words[0].to_owned(),
                    value: words[1..].join(" "),
                });
            }
            "unknown" => self.unknown.get_or_insert_default().extend(list()),
            "zone" => self.zones.push((name(words[0]), String::new())),
            "offline" => self.offline = true,
            "sender" => self.sender = Some(words[0].to_owned()),
            "mail-from" => self.mail_from = Some(name(words[0])),
            "signed-by" => {
                let (domain, selector) = words[0]
                    .split_once(':')
                    .map_or((words[0], None), |(domain, selector)| {
                        (domain, Some(name(selector)))
                    });
                self.signed_by.push(SignedBy {
                    domain: name(domain),
                    selector,
                });
            }
            "ip" => self.ip = Some(words[0].parse().expect("an address")),
            "expected" => self.expected.push(ExpectedRecord {
                name: name(words[0]),
                rtype: words[1].parse().expect("a record type"),
                value: words[2..].join(" "),
            }),
            "answer" => {
                let rtype = words[1].parse().expect("a record type");
                self.answers
                    .insert((name(words[0]), rtype), status(words[2]));
            }
            "fails" => self.fails.push((name(words[0]), status(words[1]).0)),
            "authority" => self.authority = AskAuthority::Always,
            "server" => {
                let apex = self.zones.first().expect("a server after `ask`").0.clone();
                self.servers.push(Server::read(&words, apex));
            }
            "direct" => self.direct = Some(words[0].parse().expect("a number")),
            "until" => self.until = Some(words[0].to_owned()),
            "parent-unknown" => self.parent_unknown = true,
            "cached" => {
                let rtype = words[1].parse().expect("a record type");
                let ttl = words[2].parse().expect("seconds");
                self.cached.insert((name(words[0]), rtype), ttl);
            }
            "validated" => self.validated.push(name(words[0])),
            "document" => {
                let document = match words[1].parse() {
                    Ok(status) => Ok(Document {
                        status,
                        content_type: words.get(2).map(|word| (*word).to_owned()),
                        body: String::new(),
                    }),
                    Err(_) => Err(fetch_error(words[1])),
                };
                self.documents.insert(words[0].to_owned(), document);
            }
            other => panic!("{}: no directive: {other}", self.place),
        }
    }

    /// Whoever answers in it.
    pub(crate) fn resolver(&self) -> Scripted {
        let zones = self.zones.iter().map(|(origin, text)| {
            Zone::parse(text.as_bytes(), origin)
                .unwrap_or_else(|error| panic!("{} {}: {error}\n{text}", self.place, self.title))
        });
        let mut zones: Vec<Zone> = zones.collect();
        if !self.offline {
            zones.push(Zone::new(Name::root()));
        }
        Scripted {
            zones: Zones::new(zones),
            answers: self.answers.clone(),
            cached: self.cached.clone(),
            fails: self.fails.clone(),
            validated: self.validated.clone(),
        }
    }

    /// The servers of its zones, when it has some.
    pub(crate) fn name_servers(&self) -> Option<NameServers> {
        let (_, text) = self.zones.first()?;
        (!self.servers.is_empty())
            .then(|| NameServers::new(&self.servers, text, self.parent_unknown))
    }

    /// What is asked in it.
    pub(crate) fn request(&self) -> Request {
        let domain = self.domain.clone().expect("a world asks");
        Request {
            selectors: self.selectors.clone(),
            sender: self.sender.clone(),
            mail_from: self.mail_from.clone(),
            signed_by: self.signed_by.clone(),
            ip: self.ip,
            expect: self.expected.clone(),
            authority: self.authority,
            ..Request::new(domain)
        }
    }

    /// Its documents.
    pub(crate) fn fetch(&self) -> Documents<'_> {
        Documents(&self.documents)
    }

    /// Everything that is answered in it.
    pub(crate) fn observe(&self) -> Observation {
        let (resolver, documents) = (self.resolver(), self.fetch());
        let servers = self.name_servers();
        let sources = Sources::new(&resolver, &documents);
        let sources = match &servers {
            Some(servers) => sources.with_authority(servers),
            None => sources,
        };
        futures::executor::block_on(observe(sources, self.request(), ASKED_AT))
    }

    /// How it is judged.
    pub(crate) fn assess(&self) -> Assessment {
        assess(&self.observe())
    }

    /// What does not hold, in words.
    pub(crate) fn faults(&self) -> Vec<String> {
        let assessment = self.assess();
        let codes: BTreeSet<String> = assessment
            .findings
            .iter()
            .map(|f| f.code.to_string())
            .collect();
        let above_fine: BTreeSet<String> = assessment
            .findings
            .iter()
            .filter(|finding| finding.severity != Severity::Fine)
            .map(|finding| finding.code.to_string())
            .collect();
        let mut faults = Vec::new();
        for code in &self.expect {
            if !codes.contains(code) {
                faults.push(format!("{code} does not come"));
            }
        }
        for code in &self.absent {
            if codes.contains(code) {
                faults.push(format!("{code} comes"));
            }
        }
        if self.only.as_ref().is_some_and(|only| *only != above_fine) {
            faults.push("other codes come than those alone".to_owned());
        }
        let loud = assessment.findings.iter();
        let loud: Vec<&str> = loud
            .filter(|finding| finding.severity < Severity::Advice)
            .map(|finding| finding.code.as_str())
            .collect();
        if self.quiet && !loud.is_empty() {
            faults.push(format!("above advice: {loud:?}"));
        }
        let verdict = format!(
            "{} {}",
            assessment.verdict.code.as_str(),
            serde_json::to_value(assessment.verdict.severity)
                .expect("a word")
                .as_str()
                .expect("a word")
        );
        if self
            .verdict
            .as_ref()
            .is_some_and(|expect| *expect != verdict)
        {
            faults.push(format!("the verdict is {verdict}"));
        }
        let cause = assessment.verdict.cause.map_or("", |cause| cause.as_str());
        if self.cause.as_ref().is_some_and(|expect| expect != cause) {
            faults.push(format!("the first cause is {cause:?}"));
        }
        for (code, wanted) in &self.fixes {
            let of_code = assessment.findings.iter();
            let of_code = of_code.filter(|finding| finding.code.as_str() == code);
            let proposed: Vec<&str> = of_code
                .flat_map(|finding| &finding.fixes)
                .map(|fix| fix.value.as_str())
                .collect();
            let holds = match wanted.as_str() {
                "none" => proposed.is_empty(),
                value => proposed.contains(&value),
            };
            if !holds {
                faults.push(format!("{code} proposes {proposed:?}"));
            }
        }
        let paths = self.paths.iter();
        faults.extend(paths.filter_map(|check| check.fault(&assessment)));
        let unknown: BTreeSet<String> = assessment
            .unknown
            .iter()
            .map(|unknown| unknown.reason.to_owned())
            .collect();
        if self
            .unknown
            .as_ref()
            .is_some_and(|expect| *expect != unknown)
        {
            faults.push(format!("unknown: {unknown:?}"));
        }
        let direct = assessment.authority.direct_questions;
        if self.direct.is_some_and(|expect| expect != direct) {
            faults.push(format!("{direct} questions were put to servers"));
        }
        for (code, argument, wanted) in &self.says {
            let findings = assessment.findings.iter();
            let said: Vec<String> = findings
                .filter(|finding| finding.code.as_str() == code)
                .map(|finding| &finding.args)
                .chain((code == "verdict").then_some(&assessment.verdict.args))
                .filter_map(|args| args.get(argument.as_str()))
                .map(|argument| match argument {
                    Argument::Number(number) => number.to_string(),
                    Argument::Text(text) => text.clone(),
                })
                .collect();
            if !said.contains(wanted) {
                faults.push(format!("{code} says of {argument}: {said:?}"));
            }
        }
        if let Some(expect) = &self.until {
            let until = assessment
                .findings
                .iter()
                .filter_map(|finding| finding.args.get("until"));
            let until: Vec<&Argument> = until.collect();
            if !until.contains(&&Argument::Text(expect.clone())) {
                faults.push(format!("until {until:?}"));
            }
        }
        if !faults.is_empty() {
            faults.push(format!("came: {codes:?}"));
        }
        faults
    }
}

/// Answers from the zones, and what is scripted besides.
pub(crate) struct Scripted {
    zones: Zones,
    answers: HashMap<(Name, RecordType), (Status, bool)>,
    cached: HashMap<(Name, RecordType), u32>,
    fails: Vec<(Name, Status)>,
    validated: Vec<Name>,
}

impl Resolver for Scripted {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            let scripted = self.answers.get(&(question.name.clone(), question.rtype));
            if let Some((status, whatever)) = scripted
                && (*whatever || !question.checking_disabled)
            {
                let server = Source::Udp(([192, 0, 2, 53], 53).into());
                return Arc::new(Answer::bare(*status, server));
            }
            let mut fails = self.fails.iter();
            if let Some((_, status)) = fails.find(|(zone, _)| question.name.is_within(zone)) {
                let server = Source::Udp(([192, 0, 2, 53], 53).into());
                return Arc::new(Answer::bare(*status, server));
            }
            let mut answer = (*self.zones.resolve(question).await).clone();
            if let Some(ttl) = self.cached.get(&(question.name.clone(), question.rtype))
                && let Some(soa) = &mut answer.soa
            {
                soa.ttl = *ttl;
            }
            answer.authentic = self
                .validated
                .iter()
                .any(|zone| question.name.is_within(zone));
            if !self.validated.is_empty() {
                answer.source = Source::Udp(([192, 0, 2, 53], 53).into());
            }
            Arc::new(answer)
        })
    }
}

/// The documents of a world.
pub(crate) struct Documents<'a>(&'a BTreeMap<String, Result<Document, FetchError>>);

impl Fetch for Documents<'_> {
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        let document = self.0.get(url).cloned();
        let document = document.unwrap_or(Err(FetchError::NoAddress(Status::NxDomain)));
        Box::pin(std::future::ready(document))
    }
}

fn read(path: &Path) -> Vec<World> {
    let text = std::fs::read_to_string(path).expect("a worlds file");
    let file = path
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name");
    let mut worlds: Vec<World> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", index + 1);
        if let Some(title) = line.strip_prefix(";! world ") {
            worlds.push(World {
                title: title.to_owned(),
                place,
                ..World::default()
            });
            continue;
        }
        let Some(world) = worlds.last_mut() else {
            assert!(
                line.is_empty() || line.starts_with(';'),
                "{place}: before the first world"
            );
            continue;
        };
        if let Some(directive) = line.strip_prefix(";! ") {
            world.directive(directive.trim());
        } else if let Some(body) = line.strip_prefix(";>") {
            let document = world
                .documents
                .values_mut()
                .next_back()
                .expect("a document before");
            let document = document.as_mut().expect("a document with lines");
            document
                .body
                .push_str(body.strip_prefix(' ').unwrap_or(body));
            document.body.push('\n');
        } else if !line.starts_with(';') && !line.trim().is_empty() {
            let zone = match world.servers.last_mut() {
                Some(server) => &mut server.text,
                None => &mut world.zones.last_mut().expect("a record after `ask`").1,
            };
            zone.push_str(line);
            zone.push('\n');
        }
    }
    worlds
}

/// Every world, in the order of the files.
pub(crate) fn all() -> Vec<World> {
    files().iter().flat_map(|path| read(path)).collect()
}

fn files() -> Vec<PathBuf> {
    // From wherever: the pages are drawn from the same worlds.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../check/tests/worlds");
    let entries = std::fs::read_dir(folder).expect("tests/worlds");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "worlds")
    });
    paths.sort();
    paths
}
