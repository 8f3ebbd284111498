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
//! ;! verdict CODE SEVERITY                 the sentence and how bad it is
//! ;! unknown REASON...                     exactly these reasons stand among what is unknown
//! ;! zone NAME                             what follows is another zone
//! ;! offline                               names outside the zones are not asked (else they do not exist)
//! ;! answer NAME TYPE STATUS               servfail, timeout, refused, truncated, ...; bogus fails
//!                                          unless validation is switched off
//! ;! validated NAME                        answers at and beneath NAME are authenticated
//! ;! sender ID                             the sending service that is asked about
//! ;! mail-from DOMAIN                      or its path, stated: the domain of the return address,
//! ;! signed-by DOMAIN[:SELECTOR]           a signature (may come again),
//! ;! ip ADDRESS                            the address that sends
//! ;! expected NAME TYPE VALUE              a record that a platform asked for (may come again)
//! ;! document URL STATUS [TYPE]            an HTTPS document; its lines follow, each behind `;>`
//! ;! document URL ERROR                    or why there is none
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use garant_check::{
    Assessment, Document, ExpectedRecord, Fetch, FetchError, FetchFuture, Observation, Request,
    Severity, SignedBy, Sources, assess, observe, registrable_domain,
};
use garant_dns::{
    Answer, AnswerFuture, Name, Question, RecordType, Resolver, Source, Status, Zone, Zones,
};

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
    pub(crate) validated: Vec<Name>,
    pub(crate) documents: BTreeMap<String, Result<Document, FetchError>>,
    pub(crate) expect: Vec<String>,
    pub(crate) absent: Vec<String>,
    pub(crate) only: Option<BTreeSet<String>>,
    pub(crate) verdict: Option<String>,
    pub(crate) unknown: Option<BTreeSet<String>>,
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
            "only" => self.only.get_or_insert_default().extend(list()),
            "verdict" => self.verdict = Some(rest.trim().to_owned()),
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
            validated: self.validated.clone(),
        }
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
        let sources = Sources::new(&resolver, &documents);
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
            let mut answer = (*self.zones.resolve(question).await).clone();
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
            let (_, zone) = world.zones.last_mut().expect("a record after `ask`");
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds");
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
