//! A campaign: messages in every form, signed by us, by dkimpy and by OpenDKIM, changed on their way, and judged by
//! all three. They must agree on each signature, or the difference is one that is known, with its reason
//! ([`known`]).
//!
//! A seed gives the same messages at every run.

pub(crate) mod chains;
mod known;
mod mutation;
pub(crate) mod others;
pub(crate) mod random;
mod signing;

use std::collections::BTreeMap;
use std::fmt;

use garant_dns::Name;
use garant_msgauth::crypto::{Sha256, SigningKey};
use garant_msgauth::dkim::body::Body;
use garant_msgauth::dkim::canonical::Canonicalization;
use garant_msgauth::dkim::sign::{AuthorRule, Policy, Signatory, Signer, key_record};
use garant_msgauth::dkim::{Verification, verify};
use garant_msgauth::message::Message;
use serde_json::{Value, json};

use super::world::World;
use known::Case;
use others::{Others, Records, base64, octets_of};
use random::Random;

/// The domain that signs.
pub(crate) const DOMAIN: &str = "exemple.fr";
/// Keys that were made for these tests and sign nothing else.
const RSA_1024: &str = include_str!("../keys/signing-rsa1024.pem");
pub(crate) const RSA_2048: &str = include_str!("../keys/signing-rsa2048.pem");
const RSA_4096: &str = include_str!("../keys/signing-rsa4096.pem");
/// RFC 8032, section 7.1, test 1: base64, as dkimpy keeps it.
const ED25519: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
/// The public half of the first.
const RSA_1024_PUBLIC: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDI/xT0jWC7yNbdhos1xSL1ybPe0eU2WmdJ/M+CIw9q/FWrCNyuIUd9eAgL5UJ2bx+QuLg3U86Kkg2K+yT/nPl5gpO6fe7PgrUwJYFefFE483fCrp6cjHg4CBHjKax92gGFOcTYdQemsBU1vY5a0HDD6TtItOScNDbHrAMCkJ7vAwIDAQAB";
/// A time at which what is signed with a time of ours was signed.
const SIGNED_AT: u64 = 1_750_000_000;
/// Messages that others are asked about at once.
const BATCH: usize = 250;
/// Signatures of a message at most.
const ROUNDS: usize = 3;
/// Changed copies of each message.
const COPIES: usize = 3;
/// Differences that nobody has explained which are told in full.
const TOLD_MAX: usize = 12;

/// What a campaign came to.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) messages: usize,
    /// Signatures that were made, by whom.
    pub(crate) made: BTreeMap<&'static str, usize>,
    /// Changes that were made to messages.
    pub(crate) changes: usize,
    /// Signatures that were judged by all.
    pub(crate) judged: usize,
    /// Those of them that passed with us.
    pub(crate) passed: usize,
    /// Canonical bodies that were held against those of dkimpy.
    pub(crate) bodies: usize,
    /// Differences with a reason.
    pub(crate) known: BTreeMap<&'static str, usize>,
    /// How many have none.
    pub(crate) unknown: usize,
    /// Some of those.
    pub(crate) told: Vec<String>,
}

impl Figures {
    /// Notes a difference that nobody has explained.
    fn unknown(&mut self, text: impl FnOnce() -> String) {
        self.unknown += 1;
        if self.told.len() < TOLD_MAX {
            self.told.push(text());
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>8} messages", self.messages)?;
        for (by, count) in &self.made {
            writeln!(f, "{count:>8} signed by {by}")?;
        }
        writeln!(f, "{:>8} changes", self.changes)?;
        writeln!(
            f,
            "{:>8} judged, of which {} pass",
            self.judged, self.passed
        )?;
        writeln!(f, "{:>8} bodies compared", self.bodies)?;
        for (reason, count) in &self.known {
            writeln!(f, "{count:>8} {reason}")?;
        }
        writeln!(f, "{:>8} without an explanation", self.unknown)?;
        self.told
            .iter()
            .try_for_each(|told| writeln!(f, "\n{told}"))
    }
}

/// Keys and what is published of them.
struct Keys {
    rsa: SigningKey,
    long: SigningKey,
    ed25519: SigningKey,
    signer: Signer,
    records: Records,
}

impl Keys {
    fn new() -> Self {
        let key = |text: &str| SigningKey::read(text.as_bytes()).expect("a key");
        let (rsa, long, ed25519) = (key(RSA_2048), key(RSA_4096), key(ED25519));
        let name = |text: &str| Name::from_input(text).expect("a name");
        let signatory = Signatory {
            domain: name(DOMAIN),
            selector: name("rsa2048"),
            key: key(RSA_2048),
        };
        let policy = Policy {
            author: AuthorRule::AnyDomain,
            lifetime_s: None,
            ..Policy::default()
        };
        let record = |key: &SigningKey| key_record(key).expect("a record");
        let (medium, small) = (record(&rsa), record(&ed25519));
        let with =
            |record: &str, tag: &str| record.replace("v=DKIM1;", &format!("v=DKIM1; {tag};"));
        let texts = [
            ("rsa1024", format!("v=DKIM1; k=rsa; p={RSA_1024_PUBLIC}")),
            ("rsa2048", medium.clone()),
            ("rsa4096", record(&long)),
            ("ed", small.clone()),
            ("bare", medium.replace("v=DKIM1; k=rsa; ", "")),
            ("strict", with(&medium, "t=s")),
            ("testing", with(&small, "t=y")),
            ("email", with(&medium, "n=a b; s=email; h=sha256")),
            ("other", with(&small, "s=other")),
            ("sha1", with(&medium, "h=sha1")),
            ("revoked", "v=DKIM1; k=rsa; p=".to_owned()),
            ("kind", small),
        ];
        let records =
            texts.map(|(selector, text)| (format!("{selector}._domainkey.{DOMAIN}"), text));
        let signer = Signer::new(vec![signatory], policy).expect("a signer");
        Self {
            rsa,
            long,
            ed25519,
            signer,
            records: records.into(),
        }
    }

    /// A key, and the selector of its record, most often a good one.
    fn some(&self, random: &mut Random) -> signing::Signatory<'_> {
        let (selector, key) = match random.below(40) {
            0..14 => ("ed", &self.ed25519),
            14..22 => ("rsa2048", &self.rsa),
            22..25 => ("rsa4096", &self.long),
            25..28 => ("bare", &self.rsa),
            28..32 => ("strict", &self.rsa),
            32..34 => ("testing", &self.ed25519),
            34..36 => ("email", &self.rsa),
            36 => random.pick(&[("other", &self.ed25519), ("sha1", &self.rsa)]),
            37 => random.pick(&[("revoked", &self.rsa), ("absent", &self.rsa)]),
            38 => ("kind", &self.rsa),
            _ => ("rsa2048", &self.long),
        };
        signing::Signatory { selector, key }
    }

    /// What another program is asked to sign.
    fn request(&self, random: &mut Random, program: &str, message: &[u8]) -> Option<Value> {
        let canonicalizations = [
            "relaxed/relaxed",
            "relaxed/simple",
            "simple/relaxed",
            "simple/simple",
        ];
        let is_dkimpy = program == "dkimpy";
        let ed25519 = if is_dkimpy {
            ED25519.to_owned()
        } else {
            self.ed25519.to_pem().ok()?
        };
        // In Python, long keys take their time.
        let (selector, key) = match random.below(16) {
            0..8 => ("ed", ed25519.as_str()),
            8..14 => ("rsa1024", RSA_1024),
            14 if !is_dkimpy => ("rsa4096", RSA_4096),
            _ => ("rsa2048", RSA_2048),
        };
        let algorithm = if selector == "ed" {
            "ed25519-sha256"
        } else {
            "rsa-sha256"
        };
        let mut names = signing::names(random, &Message::read(message).ok()?);
        if !names.iter().any(|name| name == "from") {
            names.push("from".to_owned());
        }
        let identity = random.pick(&[None, Some("anne@exemple.fr"), Some("@sous.exemple.fr")]);
        Some(json!({
            "act": program, "message": base64(message), "selector": selector, "domain": DOMAIN, "key": key,
            "canonicalization": random.pick(&canonicalizations), "algorithm": algorithm, "names": names,
            "identity": identity, "length": random.once_in(4),
        }))
    }

    /// A signature above a message, by ourselves.
    fn sign(&self, random: &mut Random, message: &[u8]) -> Option<Vec<u8>> {
        if random.once_in(4)
            && let Ok(signed) = self.signer.sign(message, SIGNED_AT)
        {
            return Some(signed.fields.into_bytes());
        }
        let parsed = Message::read(message).ok()?;
        let signatory = self.some(random);
        Some(signing::signature(random, &parsed, &signatory))
    }
}

/// Makes so many messages and has them judged.
pub(crate) fn run(others: &Others, seed: u64, messages: usize) -> Figures {
    let keys = Keys::new();
    let world = World::new(&keys.records);
    let mut figures = Figures::default();
    let numbers: Vec<usize> = (0..messages).collect();
    for batch in numbers.chunks(BATCH) {
        let signed = sign_batch(others, &keys, seed, batch, &mut figures);
        let mut cases = Vec::new();
        for (number, mut random, message) in signed {
            let name = format!("message {number}");
            cases.extend(copies(&name, &mut random, &message, &mut figures));
        }
        figures.messages += batch.len();
        judge_batch(others, &keys, &world, &cases, &mut figures);
    }
    figures
}

/// A message as it is and changed, each with a name that tells how it came about.
fn copies(
    name: &str,
    random: &mut Random,
    message: &[u8],
    figures: &mut Figures,
) -> Vec<(String, Vec<u8>)> {
    let copy = |copy: usize| {
        let (mut changed, mut changes) = (message.to_vec(), Vec::new());
        if copy > 0 {
            for _ in 0..=random.below(2) {
                changes.push(mutation::change(random, &mut changed));
            }
        }
        figures.changes += changes.len();
        (format!("{name} {:?} {changes:?}", random.odd), changed)
    };
    (0..=COPIES).map(copy).collect()
}

/// Messages with up to three signatures above each other, each with what is random about it from there on.
fn sign_batch(
    others: &Others,
    keys: &Keys,
    seed: u64,
    batch: &[usize],
    figures: &mut Figures,
) -> Vec<(usize, Random, Vec<u8>)> {
    let mut all: Vec<(usize, Random, Vec<u8>)> = batch
        .iter()
        .map(|number| {
            let mut random = Random::new(seed ^ (*number as u64) << 24);
            let message = random::message(&mut random);
            let message = random::with_line_ends(&mut random, &message);
            (*number, random, message)
        })
        .collect();
    for round in 0..ROUNDS {
        let (mut requests, mut asked) = (Vec::new(), Vec::new());
        for (at, (_, random, message)) in all.iter_mut().enumerate() {
            if round > 0 && !random.once_in(3) {
                continue;
            }
            let program = random.pick(&["us", "us", "dkimpy", "opendkim"]);
            if program == "us" {
                if let Some(field) = keys.sign(random, message) {
                    message.splice(0..0, field);
                    *figures.made.entry("us").or_default() += 1;
                }
            } else if let Some(request) = keys.request(random, program, message) {
                requests.push(request);
                asked.push((at, program));
            }
        }
        let fields = others.ask(&keys.records, &requests).results;
        for ((at, program), field) in asked.into_iter().zip(&fields) {
            if let Some(text) = field.as_str().filter(|text| *text != "died") {
                all[at].2.splice(0..0, octets_of(text));
                *figures.made.entry(program).or_default() += 1;
            }
        }
    }
    all
}

fn judge_batch(
    others: &Others,
    keys: &Keys,
    world: &World,
    cases: &[(String, Vec<u8>)],
    figures: &mut Figures,
) {
    let requests: Vec<Value> = cases
        .iter()
        .map(|(_, octets)| {
            let count =
                Message::read(octets).map_or(1, |message| message.named("DKIM-Signature").count());
            json!({"act": "judge", "message": base64(octets), "signatures": count})
        })
        .collect();
    let said = others.ask(&keys.records, &requests);
    for ((name, octets), theirs) in cases.iter().zip(&said.results) {
        let Ok(message) = Message::read(octets) else {
            let passes =
                others::passes(&theirs["dkimpy"], 0) || others::passes(&theirs["opendkim"], 0);
            let line = octets.split(|octet| *octet == b'\n').next();
            let is_field = line.is_some_and(|line| Message::read(line).is_ok());
            if passes && is_field {
                figures.unknown(|| format!("{name}: not read by us\n{theirs}\n{}", shown(octets)));
            } else if passes {
                *figures.known.entry(known::NO_FIELD).or_default() += 1;
            }
            continue;
        };
        let (ours, _) = world.run(|answers| verify(&message, answers, said.now));
        compare_bodies(name, &message, theirs, figures);
        for (at, verification) in ours.iter().enumerate() {
            figures.judged += 1;
            figures.passed += usize::from(verification.failure.is_none());
            let case = Case {
                message: &message,
                ours: verification,
                theirs,
                at,
            };
            for difference in case.differences() {
                match difference.reason {
                    Some(reason) => *figures.known.entry(reason).or_default() += 1,
                    None => figures.unknown(|| told(name, &case, &difference.said, octets)),
                }
            }
        }
    }
}

fn told(name: &str, case: &Case<'_>, said: &str, octets: &[u8]) -> String {
    let Verification {
        result,
        failure,
        body,
        ..
    } = case.ours;
    let body = body.as_ref().map(|body| body.matches());
    format!(
        "{name}, signature {}: ours {result:?} {failure:?}, body {body:?}; {said}\n{}",
        case.at,
        shown(octets)
    )
}

/// Octets as a text with escapes, each line on one of its own.
fn shown(octets: &[u8]) -> String {
    octets.escape_ascii().to_string().replace("\\n", "\\n\n")
}

/// Bodies in both canonical forms, whether somebody signed them or not.
fn compare_bodies(name: &str, message: &Message<'_>, theirs: &Value, figures: &mut Figures) {
    let kinds = [Canonicalization::Simple, Canonicalization::Relaxed];
    for (at, kind) in kinds.into_iter().enumerate() {
        let Some(said) = theirs["bodies"][at].as_str() else {
            continue;
        };
        let mut body = Body::new(kind, Vec::new());
        body.update(message.body());
        let ours: String = Sha256::of(&body.finish())
            .iter()
            .map(|octet| format!("{octet:02x}"))
            .collect();
        figures.bodies += 1;
        if ours != said {
            match known::body_difference(message, kind) {
                Some(reason) => *figures.known.entry(reason).or_default() += 1,
                None => {
                    figures.unknown(|| format!("{name}: {kind} body\n{}", shown(message.octets())));
                }
            }
        }
    }
}
