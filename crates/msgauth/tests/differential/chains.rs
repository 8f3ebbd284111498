//! Chains of ARC that dkimpy seals, changed between its servers and behind the last, and validated by both.

use garant_msgauth::arc::{Chain, ChainFailure, ChainStatus, SetField, validate};
use garant_msgauth::dkim::Failure;
use garant_msgauth::dkim::canonical::Canonicalization;
use garant_msgauth::message::{AuthorError, Field, Message};
use serde_json::{Value, json};

use super::super::world::World;
use super::others::{Others, base64, octets_of};
use super::random::{self, Random};
use super::{
    BATCH, DOMAIN, Figures, Keys, RSA_1024, RSA_2048, copies, known, mutation, shown, signing,
};

/// Servers that seal a message at most.
const HOPS: usize = 5;

/// Makes so many chains and has them validated.
pub(crate) fn run(others: &Others, seed: u64, chains: usize) -> Figures {
    let keys = Keys::new();
    let world = World::new(&keys.records);
    let mut figures = Figures::default();
    let numbers: Vec<usize> = (0..chains).collect();
    for batch in numbers.chunks(BATCH) {
        let mut all: Vec<(Random, Vec<u8>)> = batch
            .iter()
            .map(|number| {
                let mut random = Random::new(!seed ^ (*number as u64) << 24);
                let message = random::message(&mut random);
                let message = random::with_line_ends(&mut random, &message);
                (random, message)
            })
            .collect();
        let hops: Vec<usize> = all
            .iter_mut()
            .map(|(random, _)| 1 + random.below(HOPS))
            .collect();
        for hop in 0..HOPS {
            let (mut requests, mut asked) = (Vec::new(), Vec::new());
            for (at, (random, message)) in all.iter_mut().enumerate() {
                if hop >= hops[at] {
                    continue;
                }
                if hop > 0 && random.once_in(3) {
                    mutation::change(random, message);
                    figures.changes += 1;
                }
                if let Some(request) = seal(random, hop, message) {
                    requests.push(request);
                    asked.push(at);
                }
            }
            let fields = others.ask(&keys.records, &requests).results;
            for (at, fields) in asked.into_iter().zip(&fields) {
                if let Some(fields) = fields.as_str().filter(|fields| !fields.is_empty()) {
                    all[at].1.splice(0..0, octets_of(fields));
                    *figures.made.entry("dkimpy").or_default() += 1;
                }
            }
        }
        let mut cases = Vec::new();
        for ((mut random, message), number) in all.into_iter().zip(batch) {
            let name = format!("chain {number}");
            cases.extend(copies(&name, &mut random, &message, &mut figures));
        }
        figures.messages += batch.len();
        judge(others, &keys, &world, &cases, &mut figures);
    }
    figures
}

/// What dkimpy is asked to seal; the message gets the results of the server that seals.
fn seal(random: &mut Random, hop: usize, message: &mut Vec<u8>) -> Option<Value> {
    let found = match random.below(20) {
        _ if hop == 0 => "none",
        0 => "fail",
        _ => "pass",
    };
    let server = format!("mx{hop}.exemple.fr");
    let results = format!(
        "Authentication-Results: {server}; spf=pass smtp.mailfrom=exemple.fr;\r\n arc={found}\r\n"
    );
    message.splice(0..0, results.into_bytes());
    let mut names = signing::names(random, &Message::read(message).ok()?);
    let never = [
        "received",
        "comments",
        "dkim-signature",
        "authentication-results",
    ];
    names.retain(|name| !never.contains(&name.as_str()) && !name.starts_with("arc-"));
    if !names.iter().any(|name| name == "from") {
        names.push("from".to_owned());
    }
    let (selector, key) = match random.below(30) {
        0 => ("absent", RSA_1024),
        1 => ("rsa2048", RSA_2048),
        _ => ("rsa1024", RSA_1024),
    };
    Some(json!({
        "act": "seal", "message": base64(message), "selector": selector, "domain": DOMAIN, "key": key,
        "server": server, "names": names, "time": super::SIGNED_AT, "standardize": random.once_in(4),
    }))
}

fn judge(
    others: &Others,
    keys: &Keys,
    world: &World,
    cases: &[(String, Vec<u8>)],
    figures: &mut Figures,
) {
    let request = |octets: &[u8]| json!({"act": "validate", "message": base64(octets)});
    let requests: Vec<Value> = cases.iter().map(|(_, octets)| request(octets)).collect();
    let said = others.ask(&keys.records, &requests);
    for ((name, octets), theirs) in cases.iter().zip(&said.results) {
        let Ok(message) = Message::read(octets) else {
            if theirs["status"] == "pass" {
                figures.unknown(|| format!("{name}: not read by us\n{}", shown(octets)));
            }
            continue;
        };
        let (ours, _) = world.run(|answers| validate(&message, answers, said.now));
        figures.judged += 1;
        figures.passed += usize::from(ours.status == ChainStatus::Pass);
        // One that ends, because a server found it broken, is no pass for either.
        let agree = match ours.status {
            ChainStatus::Pass => theirs["status"] == "pass",
            ChainStatus::None => theirs["status"] == "none",
            ChainStatus::Fail => theirs["status"] != "pass" && theirs["status"] != "none",
        };
        if !agree {
            match reason(&message, &ours, theirs) {
                Some(reason) => *figures.known.entry(reason).or_default() += 1,
                None => figures.unknown(|| {
                    let Chain {
                        status, failure, ..
                    } = &ours;
                    format!(
                        "{name}: ours {status:?} {failure:?}; dkimpy {theirs}\n{}",
                        shown(octets)
                    )
                }),
            }
        }
    }
}

/// Why dkimpy says something else of a chain.
fn reason(message: &Message<'_>, ours: &Chain, theirs: &Value) -> Option<&'static str> {
    let said = theirs["reason"].as_str().unwrap_or_default();
    let is_of_message = said.contains("ARC-Message-Signature did not validate");
    let reason = match ours.failure {
        Some(ChainFailure::MessageSignature {
            failure: Failure::Author(AuthorError::NoFrom),
            ..
        }) => "dkimpy: a message needs no From",
        Some(ChainFailure::MessageSignature { failure, .. }) => match failure {
            Failure::Author(_) => known::TWO_AUTHORS,
            Failure::BodyChanged => {
                return known::body_difference(message, Canonicalization::Relaxed);
            }
            Failure::HeaderChanged if known::has_spaced_author(message) => known::SPACED_AUTHOR,
            Failure::HeaderChanged if known::has_odd_control(message.header()) => known::CONTROL,
            _ => return None,
        },
        None if said.starts_with("IndexError") => {
            "dkimpy: a message signature is not found where no space stands before its i="
        }
        None if known::has_odd_control(message.header()) => known::CONTROL,
        None if said.contains("Unexpected characters in RFC822 header") => {
            "dkimpy: white space before the colon, or a line that is no field, is refused"
        }
        None if !are_in_order(message) => {
            "dkimpy: the fields of sets are taken from the bottom, whatever their instances"
        }
        None if is_of_message => return known::body_difference(message, Canonicalization::Relaxed),
        _ => return None,
    };
    Some(reason)
}

/// Whether the fields of each kind stand as they were added, the newest at the top.
fn are_in_order(message: &Message<'_>) -> bool {
    SetField::ALL.iter().all(|kind| {
        let instance = |field: Field<'_>| {
            let value = field.value();
            let (_, text) = value.split_once("i=")?;
            let digits = text.split(|octet: char| !octet.is_ascii_digit()).next()?;
            digits.parse::<u32>().ok()
        };
        let fields = message.named(kind.field_name());
        let instances: Vec<Option<u32>> = fields.map(instance).collect();
        instances.is_sorted_by(|above, below| above > below)
    })
}
