//! Signatures with tags in every order and form, made with the parts of our own verifier: others judge them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use garant_msgauth::crypto::SigningKey;
use garant_msgauth::dkim::body::Body;
use garant_msgauth::dkim::canonical::Canonicalization;
use garant_msgauth::dkim::{BodyHasher, FieldIndex, FieldNames};
use garant_msgauth::message::{Field, Message};

use super::DOMAIN;
use super::random::{Oddity, Random, cased};

/// White space around tags.
const GAPS: [&str; 10] = [
    "", "", "", " ", " ", "\r\n ", "\r\n\t", "  ", "\t", " \r\n\t ",
];
const SOON: &str = "4102444800";

/// A key that signs, and where its record stands.
pub(crate) struct Signatory<'k> {
    pub(crate) selector: &'k str,
    pub(crate) key: &'k SigningKey,
}

/// The names that are signed: of fields that stand in the message, some of them twice, and of some that do not.
pub(crate) fn names(random: &mut Random, message: &Message<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let field_name = |field: Field<'_>| String::from_utf8_lossy(field.name()).into_owned();
    for field in message.fields() {
        let name = field_name(field);
        // Names in `h=` cannot have these.
        let is_signature = field.is("DKIM-Signature") && random.odd != Oddity::Signatures;
        if random.once_in(4) || name.contains(';') || is_signature {
            continue;
        }
        names.push(name.to_ascii_lowercase());
        if random.once_in(5) {
            names.push(name.to_ascii_lowercase());
        }
    }
    for absent in ["subject", "cc", "x-absent", "list-unsubscribe"] {
        if random.once_in(5) {
            names.push(absent.to_owned());
        }
    }
    names.retain(|name| name != "from");
    let authors = match random.below(4) {
        _ if random.is_odd(Oddity::NoFrom, 2) => 0,
        0 => 2,
        _ => 1,
    };
    for _ in 0..authors {
        let at = random.below(names.len() + 1);
        names.insert(at, "from".to_owned());
    }
    if names.is_empty() {
        names.push("to".to_owned());
    }
    names
}

/// A signature field of a message, with its line end.
pub(crate) fn signature(
    random: &mut Random,
    message: &Message<'_>,
    signatory: &Signatory<'_>,
) -> Vec<u8> {
    let kinds = [Canonicalization::Simple, Canonicalization::Relaxed];
    let (header, mut body) = (random.pick(&kinds), random.pick(&kinds));
    let mut tags: Vec<(&str, String)> = vec![
        ("v", "1".to_owned()),
        ("a", signatory.key.algorithm().as_str().to_owned()),
        ("d", cased(random, DOMAIN)),
        ("s", signatory.selector.to_owned()),
        ("b", "*".to_owned()),
    ];
    let c = format!("{header}/{body}");
    match (header, random.below(4)) {
        (Canonicalization::Simple, 0) => body = Canonicalization::Simple,
        (_, 1) => {
            body = Canonicalization::Simple;
            tags.push(("c", header.to_string()));
        }
        _ => tags.push(("c", c)),
    }
    let signed = names(random, message);
    let mut list = String::new();
    for (at, name) in signed.iter().enumerate() {
        if at > 0 {
            let separators = [":", ":", ":", " : ", ":\r\n\t", "\r\n :", " :", ": "];
            list.push_str(random.pick(&separators));
        }
        list.push_str(&cased(random, name));
    }
    if random.is_odd(Oddity::Colon, 2) {
        list.push(':');
    }
    tags.push(("h", list));
    let length = length(random, message, body);
    if let Some(length) = length {
        tags.push(("l", length.to_string()));
    }
    more_tags(random, &mut tags);
    let hashed = {
        let lengths: Vec<u64> = length.into_iter().collect();
        let mut hasher = BodyHasher::with_lengths(body, &lengths);
        hasher.update(message.body());
        let digests = hasher.finish();
        digests.of(length).unwrap_or(digests.whole)
    };
    tags.push(("bh", STANDARD.encode(hashed)));
    for at in (1..tags.len()).rev() {
        let other = random.below(at + 1);
        // Half of all signers end with it.
        if tags[at].0 != "b" || random.once_in(2) {
            tags.swap(at, other);
        }
    }
    let (before, after) = around_b(random, &tags);
    let unsigned = [before.as_bytes(), after.as_bytes()].concat();
    let field = Field::new(0, &unsigned).expect("a field");
    let index = FieldIndex::new(message);
    let signed: FieldNames = signed.iter().map(String::as_str).collect();
    let choice = index.choose(&signed, None);
    let digest = index.hash(&choice, header, &field, &mut Vec::new());
    let octets = STANDARD.encode(signatory.key.sign(&digest).expect("a signature"));
    let value = folded(random, &octets);
    [before.as_bytes(), value.as_bytes(), after.as_bytes()].concat()
}

fn length(random: &mut Random, message: &Message<'_>, body: Canonicalization) -> Option<u64> {
    if !random.once_in(4) {
        return None;
    }
    let mut canonical = Body::new(body, Vec::new());
    canonical.update(message.body());
    let whole = canonical.finish().len();
    let length = match random.below(5) {
        0 => 0,
        1 | 2 => random.below(whole + 1),
        _ if random.odd != Oddity::Length => whole,
        _ => whole + 1 + random.below(50),
    };
    u64::try_from(length).ok()
}

fn more_tags(random: &mut Random, tags: &mut Vec<(&'static str, String)>) {
    if random.once_in(3) {
        let identities = [
            "@exemple.fr",
            "anne@exemple.fr",
            "anne@sous.exemple.fr",
            "@SOUS.exemple.FR",
            "anne=20b@a.b.exemple.fr",
            "@autre.fr",
            "anne@xexemple.fr",
        ];
        tags.push(("i", random.pick(&identities).to_owned()));
    }
    match random.below(12) {
        0..4 => tags.push(("t", "1750000000".to_owned())),
        // In the year 2099.
        4 if random.once_in(3) => tags.push(("t", "4070908800".to_owned())),
        _ => {}
    }
    match random.below(12) {
        0..3 => tags.push(("x", SOON.to_owned())),
        3 if random.once_in(3) => tags.push(("x", "1500000000".to_owned())),
        4.. if random.odd == Oddity::Tags => tags.push(("x", "9".repeat(30))),
        _ => {}
    }
    for (name, value) in [
        ("q", "dns/txt"),
        ("note", "Bonjour (b=c)"),
        ("bb", "Zm9v"),
        ("Y_2", ""),
        ("z", "From:anne@exemple.fr|Subject:=3Dx"),
        ("r", "y"),
        ("q_3", "!!"),
    ] {
        let times = match name {
            "note" | "bb" if random.odd != Oddity::LikeB => continue,
            "Y_2" if random.odd != Oddity::Tags => continue,
            "note" | "bb" | "Y_2" => 2,
            _ => 8,
        };
        if random.once_in(times) {
            tags.push((name, value.to_owned()));
        }
    }
}

/// The field before the value of `b=` and behind it.
fn around_b(random: &mut Random, tags: &[(&str, String)]) -> (String, String) {
    let name = random.pick(&[
        "DKIM-Signature",
        "DKIM-Signature",
        "dkim-signature",
        "DKIM-SIGNATURE",
    ]);
    let (mut text, mut before) = (format!("{name}:"), None);
    let is_odd = random.once_in(3);
    for (at, (name, value)) in tags.iter().enumerate() {
        if at > 0 {
            text.push(';');
        }
        let mut gap = |usual| if is_odd { random.pick(&GAPS) } else { usual };
        text.push_str(gap(if at % 4 == 3 { "\r\n\t" } else { " " }));
        let after = gap("");
        text.push_str(name);
        if random.is_odd(Oddity::BeforeEquals, 3) {
            text.push_str(random.pick(&GAPS));
        }
        text.push('=');
        if *name == "b" {
            before = Some(std::mem::take(&mut text));
        } else {
            text.push_str(after);
            text.push_str(value);
            text.push_str(after);
        }
    }
    if random.once_in(3) {
        text.push(';');
    }
    let text = if random.is_odd(Oddity::SignatureEnd, 2) {
        text + " \r\n"
    } else {
        text.trim_end().to_owned() + "\r\n"
    };
    (before.expect("a tag b"), text)
}

/// Base64 with folds anywhere, or none.
fn folded(random: &mut Random, octets: &str) -> String {
    let mut value = String::new();
    let is_odd = random.is_odd(Oddity::AroundB, 2);
    if is_odd {
        value.push_str(random.pick(&GAPS));
    }
    let width = random.pick(&[19, 64, 72, 9_999]);
    for (at, piece) in octets.as_bytes().chunks(width).enumerate() {
        if at > 0 {
            value.push_str(random.pick(&["\r\n\t", "\r\n ", " ", "\r\n  \t "]));
        }
        value.push_str(std::str::from_utf8(piece).expect("ASCII"));
    }
    if is_odd {
        value.push_str(random.pick(&GAPS));
    }
    value
}
