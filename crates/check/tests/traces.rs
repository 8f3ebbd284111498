//! Messages traced in small worlds: what comes out, and by which steps.
//!
//! A `.traces` file holds many. Each has directives, which begin with `;!`, zones in master-file form, and a message:
//!
//! ```text
//! ;! trace a sentence that names it        begins one
//! ;! zone NAME                             a zone follows; {rsa} and {ed25519} stand for the records of the test keys.
//!                                          What no zone has does not exist
//! ;! offline                               what no zone has is not known
//! ;! fails NAME STATUS                     every question at and beneath NAME ends like this: servfail, timeout
//! ;! sign DOMAIN SELECTOR [KIND] [AGE]     the message is signed: rsa (unless given) or ed25519, AGE days ago
//! ;! then OLD => NEW                       a text of the signed message is replaced
//! ;! append TEXT                           a line is appended to the signed message
//! ;! above FIELD                           a field is put above the signed message; the last one stands topmost
//! ;! ip, helo, mail-from, receiver VALUE   is stated
//! ;! trust NAME                            this sealer of ARC chains is stated as trusted
//! ;! headers                               only the header is given
//! ;! verdict CODE SEVERITY                 the sentence and how bad it is
//! ;! cause CODE, first WORD                its first cause, what to do first; `none`
//! ;! is POINTER VALUE                      a member of the trace as JSON; `null` where it is nothing
//! ;! step CODE STATE                       a step of this code has this state; `none`: there is no such step
//! ;! asked RECEIVER KEY MET                what a receiver asks for is met: yes, no, not-if-marketing, unknown
//! ;! header TEXT                           our own field Authentication-Results has this in it
//! ;! message                               the message follows, up to the next `;! trace`
//! ;! again                                 zones, message and what is done to it are those of the trace above
//! ```

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use futures::executor::block_on;
use garant_check::trace::{Message, Trace, TraceObservation, TraceRequest, observe};
use garant_dns::{Answer, AnswerFuture, Name, Question, Resolver, Source, Status, Zone, Zones};
use garant_msgauth::crypto::SigningKey;
use garant_msgauth::dkim::sign::{AuthorRule, Policy, Signatory, Signer, key_record};

/// When every message is traced.
const NOW: i64 = 1_795_343_700;
const DAY_S: u64 = 86_400;
const RSA: &[u8] = include_bytes!("../../msgauth/tests/keys/signing-rsa2048.pem");
const SEED: [u8; 32] = [7; 32];

fn key(kind: &str) -> SigningKey {
    match kind {
        "rsa" => SigningKey::read(RSA).expect("a key"),
        "ed25519" => SigningKey::from_ed25519_seed(&SEED).expect("a key"),
        other => panic!("{other} is no kind of key"),
    }
}

fn name(text: &str) -> Name {
    Name::from_input(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// One case.
#[derive(Clone, Default)]
struct Case {
    place: String,
    title: String,
    zones: Vec<(Name, String)>,
    offline: bool,
    failing: Vec<(Name, Status)>,
    request: TraceRequest,
    /// What is done to the message, in order.
    acts: Vec<Act>,
    message: String,
    checks: Vec<(String, String)>,
}

#[derive(Clone)]
enum Act {
    Sign {
        domain: Name,
        selector: Name,
        kind: String,
        age_days: u64,
    },
    Then(String, String),
    Append(String),
    Above(String),
}

impl Case {
    fn all() -> Vec<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/traces");
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("the folder of traces")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "traces")
            })
            .collect();
        paths.sort();
        let mut cases = Vec::new();
        for path in paths {
            let file = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let text = std::fs::read_to_string(&path).expect("a text");
            cases.extend(read(&file, &text));
        }
        cases
    }

    fn octets(&self) -> Vec<u8> {
        let mut text = self.message.replace('\n', "\r\n");
        for act in &self.acts {
            match act {
                Act::Sign {
                    domain,
                    selector,
                    kind,
                    age_days,
                } => {
                    let signatory = Signatory {
                        domain: domain.clone(),
                        selector: selector.clone(),
                        key: key(kind),
                    };
                    let policy = Policy {
                        author: AuthorRule::AnyDomain,
                        ..Policy::default()
                    };
                    let signer = Signer::new(vec![signatory], policy).expect("a signer");
                    let now = NOW.unsigned_abs() - age_days * DAY_S;
                    let signed = signer
                        .sign(text.as_bytes(), now)
                        .unwrap_or_else(|error| panic!("{}: {error}", self.title));
                    text = signed.fields + &text;
                }
                Act::Then(old, new) => {
                    assert!(text.contains(old.as_str()), "{}: no {old:?}", self.title);
                    text = text.replacen(old.as_str(), new, 1);
                }
                Act::Append(line) => text += &format!("{line}\r\n"),
                Act::Above(field) => text = format!("{field}\r\n{text}"),
            }
        }
        text.into_bytes()
    }

    fn trace(&self) -> (TraceObservation, Trace) {
        let octets = self.octets();
        let message = Message::read(&octets).expect("a message");
        let world = World::new(self);
        block_on(observe(&world, &message, self.request.clone(), NOW))
    }

    /// What is not as the case says.
    fn faults(&self) -> Vec<String> {
        let (observation, trace) = self.trace();
        let json = serde_json::to_value(&trace).expect("a trace is JSON");
        let mut faults = Vec::new();
        let mut expect = |what: &str, found: String, wanted: &str| {
            if found != wanted {
                faults.push(format!("{what} is {found}, not {wanted}"));
            }
        };
        for (directive, value) in &self.checks {
            match directive.as_str() {
                "verdict" => {
                    let severity = serde_json::to_value(trace.verdict.severity).expect("a word");
                    let severity = severity.as_str().expect("a word").to_owned();
                    let found = format!("{} {severity}", trace.verdict.code.as_str());
                    expect("the verdict", found, value);
                }
                "cause" => {
                    let found = trace.verdict.cause.map_or("none", |code| code.as_str());
                    expect("the cause", found.to_owned(), value);
                }
                "first" => {
                    expect(
                        "the first act",
                        trace.verdict.first.unwrap_or("none").into(),
                        value,
                    );
                }
                "is" => {
                    let (pointer, wanted) = value.split_once(' ').expect("a pointer and a value");
                    let found = match json.pointer(pointer) {
                        None | Some(serde_json::Value::Null) => "null".to_owned(),
                        Some(serde_json::Value::String(text)) => text.clone(),
                        Some(other) => other.to_string(),
                    };
                    expect(pointer, found, wanted);
                }
                "step" => {
                    let (code, wanted) = value.split_once(' ').expect("a code and a state");
                    let states: Vec<String> = trace
                        .steps
                        .iter()
                        .filter(|step| step.code.as_str() == code)
                        .map(|step| {
                            let state = serde_json::to_value(step.state).expect("a word");
                            state.as_str().expect("a word").to_owned()
                        })
                        .collect();
                    if states.is_empty() {
                        expect(code, "none".to_owned(), wanted);
                    } else if !states.iter().any(|state| state == wanted) {
                        expect(code, states.join(" "), wanted);
                    }
                }
                "asked" => {
                    let words: Vec<&str> = value.split(' ').collect();
                    let all = trace.readiness.iter().filter(|one| one.name == words[0]);
                    let mut asked = all.flat_map(|one| &one.requirements);
                    let found = asked.find(|one| one.key == words[1]);
                    let met = serde_json::to_value(found.map(|one| one.met)).expect("a word");
                    let met = met.as_str().unwrap_or("not asked").to_owned();
                    expect(&words[..2].join(" "), met, words[2]);
                    let is_told = found.is_some_and(|one| one.told_by.is_some());
                    let told_by = if is_told { "told" } else { "not told" };
                    let wanted = if words[2] == "unknown" {
                        "told"
                    } else {
                        "not told"
                    };
                    expect("who could tell", told_by.to_owned(), wanted);
                }
                "header" => {
                    let found = trace.authentication_results.replace("\r\n", "");
                    if !found.contains(value.as_str()) {
                        expect("our field", found, value);
                    }
                }
                other => panic!("{}: {other} is no directive", self.title),
            }
        }
        let message = self.octets();
        let message = Message::read(&message).expect("a message");
        let saved = TraceObservation::from_capture(&observation.to_capture()).expect("a capture");
        if saved.trace(&message) != trace {
            faults.push("replayed, it is another trace".to_owned());
        }
        faults
    }
}

fn read(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_message = false;
    for (index, line) in text.lines().enumerate() {
        let Some(directive) = line.strip_prefix(";!") else {
            let Some(case) = cases.last_mut() else {
                continue;
            };
            if in_message {
                case.message += line;
                case.message.push('\n');
            } else if let Some((_, zone)) = case.zones.last_mut() {
                *zone += &filled(line);
                zone.push('\n');
            }
            continue;
        };
        let (word, rest) = directive
            .trim()
            .split_once(' ')
            .unwrap_or((directive.trim(), ""));
        let rest = rest.trim();
        if word == "trace" {
            in_message = false;
            cases.push(Case {
                place: format!("{file}:{}", index + 1),
                title: rest.to_owned(),
                ..Case::default()
            });
            continue;
        }
        let case = cases.last_mut().expect("a trace was begun");
        match word {
            "zone" => {
                let origin = name(rest);
                case.zones.retain(|(other, _)| *other != origin);
                case.zones.push((origin, String::new()));
            }
            "offline" => case.offline = true,
            "fails" => {
                let (at, status) = rest.split_once(' ').expect("a name and a status");
                let status = match status {
                    "servfail" => Status::ServFail,
                    "timeout" => Status::Timeout,
                    other => panic!("{other} is no status"),
                };
                case.failing.push((name(at), status));
            }
            "sign" => {
                let words: Vec<&str> = rest.split(' ').collect();
                case.acts.push(Act::Sign {
                    domain: name(words[0]),
                    selector: name(words[1]),
                    kind: words.get(2).unwrap_or(&"rsa").to_string(),
                    age_days: words.get(3).map_or(0, |days| days.parse().expect("days")),
                });
            }
            "then" => {
                let (old, new) = rest.split_once(" => ").expect("two texts");
                case.acts.push(Act::Then(old.to_owned(), new.to_owned()));
            }
            "append" => case.acts.push(Act::Append(rest.to_owned())),
            "above" => case.acts.push(Act::Above(rest.to_owned())),
            "ip" => case.request.ip = Some(rest.parse().expect("an address")),
            "helo" => case.request.helo = Some(rest.to_owned()),
            "mail-from" => case.request.mail_from = Some(rest.trim_matches(['<', '>']).to_owned()),
            "receiver" => case.request.receiver = Some(name(rest)),
            "trust" => case.request.trusted_sealers.push(name(rest)),
            "headers" => case.request.headers_only = true,
            "again" => {
                let [.., above, case] = cases.as_mut_slice() else {
                    panic!("nothing is above");
                };
                case.zones.clone_from(&above.zones);
                case.acts.clone_from(&above.acts);
                case.message.clone_from(&above.message);
            }
            "message" => in_message = true,
            check => case.checks.push((check.to_owned(), rest.to_owned())),
        }
    }
    cases
}

/// A line of a zone with the keys in it.
fn filled(line: &str) -> String {
    let mut line = line.to_owned();
    for kind in ["rsa", "ed25519"] {
        let place = format!("{{{kind}}}");
        if line.contains(&place) {
            let record = key_record(&key(kind)).expect("a record");
            let strings: Vec<String> = record
                .as_bytes()
                .chunks(200)
                .map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece)))
                .collect();
            line = line.replace(&place, &strings.join(" "));
        }
    }
    line
}

struct World {
    zones: Zones,
    offline: bool,
    failing: HashMap<Name, Status>,
}

impl World {
    fn new(case: &Case) -> Self {
        let zones = case.zones.iter().map(|(origin, text)| {
            Zone::parse(text.as_bytes(), origin)
                .unwrap_or_else(|error| panic!("{} {}: {error:?}", case.place, case.title))
        });
        Self {
            zones: Zones::new(zones.collect()),
            offline: case.offline,
            failing: case.failing.iter().cloned().collect(),
        }
    }
}

impl Resolver for World {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            let bare = |status| Arc::new(Answer::bare(status, Source::Nobody));
            let mut failing = self.failing.iter();
            if let Some((_, status)) = failing.find(|(at, _)| question.name.is_within(at)) {
                return bare(*status);
            }
            let answer = self.zones.resolve(question).await;
            if answer.status == Status::Offline && !self.offline {
                return bare(Status::NxDomain);
            }
            answer
        })
    }
}

#[test]
fn every_message_is_traced_as_its_case_says() {
    let cases = Case::all();
    let mut faults = Vec::new();
    for case in &cases {
        for fault in case.faults() {
            faults.push(format!("{} {}: {fault}", case.place, case.title));
        }
    }
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn steps_come_in_the_order_of_their_codes() {
    use garant_check::trace::StepCode;
    for case in Case::all() {
        let (_, trace) = case.trace();
        // Each signature has its own steps, and so has each comparison and each foreign field.
        let of_signature = [
            StepCode::NoSignature,
            StepCode::Signature,
            StepCode::Key,
            StepCode::BodyHash,
            StepCode::HeaderSignature,
            StepCode::SignaturesLeft,
        ];
        let rank = |code: StepCode| {
            if of_signature.contains(&code) {
                StepCode::Signature
            } else if code == StepCode::Difference {
                StepCode::Results
            } else {
                code
            }
        };
        let codes: Vec<StepCode> = trace.steps.iter().map(|step| rank(step.code)).collect();
        assert!(codes.is_sorted(), "{}: {codes:?}", case.title);
    }
}
