//! A collection of hard records, kept beside the project and not in it, through the whole of a check:
//! observed, judged, told in the JSON's own words. Without the collection this test says so.
//!
//! The collection gives each case a `result`, and words for what is wrong. `reason` in the JSON is one word, and
//! findings have codes; the tables in this file say which belong to which word.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use garant_check::{
    Assessment, Document, Fetch, FetchError, FetchFuture, Finding, NoFetch, Request, Severity,
    Sources, assess, observe,
};
use garant_dns::{
    Answer, AnswerFuture, Data, Name, Question, Record, RecordType, Resolver, Source, Status, Txt,
    Zone, Zones,
};
use serde_json::Value;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/suites/hard-records.json"
);
const TTL_S: u32 = 3600;
/// A public key of 2048 bits, for the places that the collection leaves open. Its first 32 characters are
/// the wrapping; what follows is the key as PKCS #1.
const RSA_2048: &str = concat!(
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzxR5jEjdFw30R43WKAinGtMoj66IrGBvXq6r",
    "uO+SHAAjn0Z9T0o4nXPg7C5OMzSHFohR8wzlDCgxV7cv2ets0GT+CjRngPQZ5uIedy7m2DuN3otxiZAG",
    "Fq1e9P4GEg101+vTqGSMxZS5WGdV8TDOEBIcjaVXDL4uJsN7XHK41k3OdTbLHe7pCZWzAShCcJ50dJN8",
    "rJ9W51rEcrj/HCp6noD/QCmm3Gl1mOW917QnSClgEeggHQl9jUd6PH3EE4vgc+6Pg5EIUUtCOTwlPR3D",
    "WeXbEKU/2azGB0cSUTVduOerl7rBJ419M9ov1cKs03wPBJHPUNQT29/k1B+YoZD+KwIDAQAB",
);
const WRAPPING: usize = 32;

/// The cases of one kind; nothing, and a word about it, where the collection is not there.
fn cases(kind: &str) -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(Path::new(FILE)) else {
        tell!("SKIPPED: the hard records are not there: {FILE}");
        return None;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("a list");
    let cases: Vec<Value> = cases.into_iter().filter(|c| c["kind"] == kind).collect();
    assert!(!cases.is_empty(), "no case of the kind {kind}");
    Some(cases)
}

fn name(text: &str) -> Name {
    text.trim_end_matches('.')
        .parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Where the records of a case stand.
fn owner(case: &Value) -> String {
    let domain = case["name"].as_str().expect("a name");
    match case["kind"].as_str().expect("a kind") {
        "dmarc" => format!("_dmarc.{domain}"),
        "dkim" => format!("s1._domainkey.{domain}"),
        "mtasts" => format!("_mta-sts.{domain}"),
        "tlsrpt" => format!("_smtp._tls.{domain}"),
        "bimi" if !domain.starts_with("default._bimi.") => format!("default._bimi.{domain}"),
        _ => domain.to_owned(),
    }
}

/// A DNS that holds the records of some cases, and nothing else.
struct World {
    zone: Zone,
    failing: HashSet<Name>,
}

impl World {
    /// The records of all these cases: some use each other's hosts.
    fn new<'a>(cases: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut world = Self {
            zone: Zone::new(Name::root()),
            failing: HashSet::new(),
        };
        for case in cases {
            world.add_case(case);
        }
        world
    }

    fn add_case(&mut self, case: &Value) {
        let owner = owner(case);
        for record in case["records"].as_array().expect("a list") {
            match record {
                Value::Array(strings) => {
                    let strings = strings.iter().map(|s| s.as_str().expect("a string"));
                    self.add_strings(&owner, strings);
                }
                text => self.add(&owner, text.as_str().expect("a text")),
            }
        }
        for (owner, records) in case["zone"].as_object().into_iter().flatten() {
            for record in records.as_array().expect("a list") {
                let value = record[1].as_str().expect("a value");
                match record[0].as_str().expect("a type") {
                    "TXT" => self.add(owner, value),
                    rtype => self.add(owner, &format!("<{rtype}> {value}")),
                }
            }
        }
    }

    /// A text, or what stands behind `<...>`.
    fn add(&mut self, owner: &str, text: &str) {
        let marked = text.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let Some((mark, value)) = marked else {
            return self.add_strings(owner, [text]);
        };
        let value = value.trim();
        let data = match mark {
            "SERVFAIL" => {
                self.failing.insert(name(owner));
                return;
            }
            "WILDCARD" => {
                let (_, parent) = owner.split_once('.').expect("two labels");
                return self.add_strings(&format!("*.{parent}"), [value]);
            }
            "CNAME" => Data::Cname(name(value)),
            "A" => Data::A(value.parse().expect("an address")),
            "AAAA" => Data::Aaaa(value.parse().expect("an address")),
            "MX" => {
                let (preference, exchange) = value.split_once(' ').expect("two words");
                Data::Mx {
                    preference: preference.parse().expect("a number"),
                    exchange: match exchange {
                        "." => Name::root(),
                        host => name(host),
                    },
                }
            }
            // Of a type that nobody asks for: the name exists, and that is all.
            "TYPE99" => Data::Ptr(name("hard.test")),
            other => panic!("an unknown mark: {other}"),
        };
        self.insert(owner, data);
    }

    fn add_strings<'a>(&mut self, owner: &str, strings: impl IntoIterator<Item = &'a str>) {
        let strings = strings.into_iter().map(|s| filled(s).into_bytes());
        self.insert(owner, Data::Txt(Txt(strings.collect())));
    }

    fn insert(&mut self, owner: &str, data: Data) {
        self.zone.add(Record {
            owner: name(owner),
            ttl: TTL_S,
            data,
        });
    }

    fn resolver(self) -> Dns {
        Dns {
            zones: Zones::new(vec![self.zone]),
            failing: self.failing,
        }
    }
}

struct Dns {
    zones: Zones,
    failing: HashSet<Name>,
}

impl Resolver for Dns {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        if self.failing.contains(&question.name) {
            let answer = Answer::bare(Status::ServFail, Source::Zone);
            return Box::pin(std::future::ready(Arc::new(answer)));
        }
        self.zones.resolve(question)
    }
}

/// A text with keys where the collection has `@RSA2048@` and its kin.
fn filled(text: &str) -> String {
    let (a, b) = RSA_2048.split_at(RSA_2048.len() / 2);
    text.replace("@RSA2048@", RSA_2048)
        .replace("@RSA2048_A@", a)
        .replace("@RSA2048_B@", b)
        .replace("@RSA2048_SPACED@", &format!("{a} {b}"))
        .replace("@RSA2048_PKCS1@", &RSA_2048[WRAPPING..])
}

/// A check of one domain; the JSON of its records beside it.
fn check(dns: &Dns, domain: &str) -> (Assessment, Value) {
    check_with(dns, &NoFetch, domain)
}

/// The same with documents.
fn check_with(dns: &Dns, fetch: &dyn Fetch, domain: &str) -> (Assessment, Value) {
    let request = Request {
        selectors: vec![name("s1")],
        ..Request::new(name(domain))
    };
    let observed = observe(Sources::new(dns, fetch), request, 1_795_343_700);
    let assessment = assess(&futures::executor::block_on(observed));
    let records = serde_json::to_value(&assessment.records).expect("JSON");
    (assessment, records)
}

/// The finding of this code.
fn said<'a>(assessment: &'a Assessment, code: &str) -> Option<&'a Finding> {
    let mut findings = assessment.findings.iter();
    findings.find(|finding| finding.code.as_str() == code)
}

#[test]
fn hard_spf_records_come_out_as_the_collection_says() {
    let Some(cases) = cases("spf") else {
        return;
    };
    let dns = World::new(&cases).resolver();
    let mut wrong = Vec::new();
    for case in &cases {
        let (assessment, records) = check(&dns, case["name"].as_str().expect("a name"));
        let codes: Vec<&str> = assessment
            .findings
            .iter()
            .map(|f| f.code.as_str())
            .collect();
        for problem in spf_problems(case, &assessment, &records["spf"]) {
            wrong.push(format!("{}: {problem}; {codes:?}", case["id"]));
        }
    }
    tell!("hard SPF records: {}", cases.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn spf_problems(case: &Value, assessment: &Assessment, spf: &Value) -> Vec<String> {
    let expected = case["expected"].as_object().expect("an object");
    let mut wrong = Vec::new();
    for (key, value) in expected {
        let word = value.as_str().unwrap_or_default();
        let holds = match key.as_str() {
            "result" => spf["result"] == *value,
            "lookups" => spf["lookups"] == *value,
            "void" => spf["voids"] == *value,
            "selected" => spf["parsed"].is_null(),
            "default" => said(assessment, "spf.no-all").is_some(),
            "mechanisms" => {
                let terms = spf["parsed"]["terms"].as_array().into_iter().flatten();
                let terms: Vec<Value> = terms.map(|term| term["text"].clone()).collect();
                *value == Value::Array(terms)
            }
            "error" => spf_error(word, assessment, spf),
            "at" => said(assessment, "spf.include-broken").is_some_and(|finding| {
                serde_json::to_value(&finding.args["target"]).expect("JSON") == *value
            }),
            "warn" => value.as_array().expect("words").iter().all(|word| {
                let code = spf_warning(word.as_str().expect("a word"));
                said(assessment, code).is_some()
            }),
            other => panic!("an unknown expectation: {other}"),
        };
        if !holds {
            wrong.push(format!("{key} is not {value}: {spf}"));
        }
    }
    // What cannot be evaluated has a finding that says why, and what can be has none.
    let blocks = assessment
        .findings
        .iter()
        .any(|finding| finding.code.topic() == "spf" && finding.severity == Severity::Blocks);
    if blocks != (spf["result"] == "permerror") {
        wrong.push(format!("blocks: {blocks}"));
    }
    if said(assessment, "spf.valid").is_some() != (spf["result"] == "valid") {
        wrong.push("valid, or not".to_owned());
    }
    wrong
}

/// The collection's word for an error, the JSON's word for the reason, and the codes that tell it.
const SPF_ERRORS: [(&str, &str, &[&str]); 8] = [
    ("multiple", "multiple", &["spf.multiple"]),
    (
        "syntax",
        "syntax",
        &[
            "spf.syntax",
            "spf.unknown-mechanism",
            "spf.missing-space",
            "spf.look-alike",
        ],
    ),
    (
        "include-none",
        "include-none",
        &["spf.include-without-record"],
    ),
    (
        "redirect-none",
        "redirect-none",
        &["spf.redirect-without-record"],
    ),
    (
        "include-permerror",
        "include-permerror",
        &["spf.include-broken"],
    ),
    ("lookups", "lookups", &["spf.too-many-lookups"]),
    ("mx-names", "mx-names", &["spf.too-many-exchanges"]),
    ("loop-or-lookups", "loop", &["spf.include-loop"]),
];

fn spf_error(word: &str, assessment: &Assessment, spf: &Value) -> bool {
    let known = SPF_ERRORS.iter().find(|(known, _, _)| *known == word);
    let (_, reason, codes) = known.unwrap_or_else(|| panic!("an unknown error: {word}"));
    spf["reason"] == *reason && codes.iter().any(|code| said(assessment, code).is_some())
}

/// The code that tells what the collection warns of.
fn spf_warning(word: &str) -> &'static str {
    match word {
        "terms-after-all" => "spf.terms-after-all",
        "redirect-ignored" => "spf.redirect-ignored",
        "duplicate-include" => "spf.duplicate-term",
        "modifier-looks-like-mechanism" => "spf.modifier-looks-like-mechanism",
        "quotes-in-record" => "spf.quoted",
        "plus-all" => "spf.plus-all",
        "no-all" => "spf.no-all",
        "mx-null" => "spf.mx-of-null-mx",
        other => panic!("an unknown warning: {other}"),
    }
}

/// What the collection's words for errors and warnings are here: the words of `reason` and the codes that
/// they may come as. One of them is enough.
const WORDS: [(&str, &[&str]); 28] = [
    ("p-missing", &["dmarc.policy-missing"]),
    ("p-invalid", &["dmarc.policy-invalid"]),
    ("sp-invalid", &["dmarc.subdomain-policy-invalid"]),
    ("wrong-location", &["dmarc.wrong-place"]),
    ("leading-space", &["dmarc.leading-space"]),
    ("pct-removed", &["dmarc.pct-removed"]),
    ("test-mode", &["dmarc.testing"]),
    // Typographic quotation marks are the cause, and told as that.
    (
        "rua-invalid",
        &["dmarc.report-address-invalid", "dmarc.look-alike"],
    ),
    ("junk-tag", &["dmarc.junk"]),
    ("sp-weaker", &["dmarc.subdomains-weaker"]),
    ("bimi-blocked", &["bimi.ineffective"]),
    (
        "v-not-first",
        &["dmarc.version-not-first", "dkim.version-not-first"],
    ),
    ("multiple-txt", &["dkim.multiple", "dkim.split-in-two"]),
    ("key-format", &["dkim.key-format", "dkim.ed25519-wrapped"]),
    ("testing", &["dkim.testing"]),
    ("pem-armor", &["dkim.pem-armor"]),
    ("pkcs1", &["dkim.pkcs1"]),
    ("dangling-cname", &["dkim.dangling"]),
    ("wildcard", &["dkim.wildcard"]),
    (
        "multiple",
        &["dmarc.multiple", "mta-sts.multiple", "tls-rpt.multiple"],
    ),
    ("id-missing", &["mta-sts.invalid"]),
    ("id-syntax", &["mta-sts.invalid"]),
    ("max-age", &["mta-sts.policy-invalid"]),
    ("rua-missing", &["tls-rpt.invalid"]),
    ("not-https", &["bimi.invalid"]),
    ("dmarc-missing", &["bimi.ineffective"]),
    ("dmarc-not-enforced", &["bimi.ineffective"]),
    ("subdomains-not-enforced", &["bimi.ineffective"]),
];

/// Whether every one of these words is told by a finding of its code.
fn told(words: &Value, assessment: &Assessment) -> bool {
    let words = match words {
        Value::Array(words) => words.clone(),
        word => vec![word.clone()],
    };
    words.iter().all(|word| {
        let word = word.as_str().expect("a word");
        let known = WORDS.iter().find(|(known, _)| *known == word);
        let (_, codes) = known.unwrap_or_else(|| panic!("an unknown word: {word}"));
        codes.iter().any(|code| said(assessment, code).is_some())
    })
}

/// Runs the cases of one kind, each in a world of its own that `more` may add to, and compares what is
/// expected, key by key, with what `fact` finds in the JSON of the record.
fn compare(
    kind: &str,
    more: impl Fn(&Value, &mut World) -> String,
    fact: impl Fn(&Value, &Value, &str) -> Value,
    record: &str,
) {
    let Some(cases) = cases(kind) else {
        return;
    };
    let mut wrong = Vec::new();
    for case in &cases {
        let is_document = case["name"] == "policy";
        let mut world = if is_document {
            World::new([])
        } else {
            World::new([case])
        };
        let domain = more(case, &mut world);
        let document = is_document.then(|| case["records"][0].as_str().expect("a text").to_owned());
        let (assessment, records) = check_with(&world.resolver(), &Policy(document), &domain);
        let found = match &records[record] {
            Value::Array(all) => all.first().cloned().unwrap_or_default(),
            one => one.clone(),
        };
        for (key, value) in case["expected"].as_object().expect("an object") {
            let holds = match key.as_str() {
                "error" | "warn" | "why" => told(value, &assessment),
                "result" => found["result"] == *value,
                key => fact(&records, &found, key) == *value,
            };
            if !holds {
                let codes: Vec<_> = assessment
                    .findings
                    .iter()
                    .map(|f| f.code.as_str())
                    .collect();
                wrong.push(format!(
                    "{}: {key} is not {value}: {found} {codes:?}",
                    case["id"]
                ));
            }
        }
        // A reason, where there is one, is a word that the interface knows how to say.
        if found["result"] == "invalid" && found["reason"].is_null() {
            wrong.push(format!("{}: invalid without a reason", case["id"]));
        }
    }
    tell!("hard records of the kind {kind}: {}", cases.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A policy file, wherever it is asked for.
struct Policy(Option<String>);

impl Fetch for Policy {
    fn fetch<'a>(&'a self, _url: &'a str) -> FetchFuture<'a> {
        let document = self.0.clone().map(|body| Document {
            status: 200,
            content_type: Some("text/plain".to_owned()),
            body,
        });
        Box::pin(std::future::ready(document.ok_or(FetchError::NotAsked)))
    }
}

fn named(case: &Value) -> String {
    case["name"].as_str().expect("a name").to_owned()
}

/// How many entries a list between commas has.
fn entries(list: &Value) -> Value {
    list.as_str()
        .map_or(0, |list| list.split(',').count())
        .into()
}

#[test]
fn hard_dmarc_records_come_out_as_the_collection_says() {
    let more = |case: &Value, world: &mut World| {
        let domain = named(case);
        // What keeps a logo away shows where there is one.
        world.add(
            &format!("default._bimi.{domain}"),
            "v=BIMI1; l=https://www.hard.test/logo.svg",
        );
        // The collection's domain that does not exist must not begin to exist by that.
        if domain.starts_with("nx.") {
            *world = World::new([case]);
        }
        domain
    };
    let fact = |_: &Value, dmarc: &Value, key: &str| match key {
        "p" | "effective" => dmarc["walk"][key].clone(),
        "location" => dmarc["walk"]["policy_domain"].clone(),
        "rua" => entries(&dmarc["parsed"]["rua"]),
        other => panic!("an unknown expectation: {other}"),
    };
    compare("dmarc", more, fact, "dmarc");
}

#[test]
fn hard_dkim_keys_come_out_as_the_collection_says() {
    let fact = |_: &Value, dkim: &Value, key: &str| match key {
        "alg" => dkim["parsed"]["algorithm"].clone(),
        "flag" => dkim["parsed"]["flags"][0].clone(),
        key @ ("bits" | "usable_for_mail") => dkim["parsed"][key].clone(),
        other => panic!("an unknown expectation: {other}"),
    };
    compare("dkim", |case, _| named(case), fact, "dkim");
}

#[test]
fn hard_mta_sts_records_and_policies_come_out_as_the_collection_says() {
    let more = |case: &Value, world: &mut World| {
        if case["name"] != "policy" {
            return named(case);
        }
        let exchange = case["expected"]["mx"].as_str().unwrap_or("mx.hard.test");
        world.add("hard.test", &format!("<MX> 10 {exchange}"));
        world.add(exchange, "<A> 192.0.2.25");
        world.add("_mta-sts.hard.test", "v=STSv1; id=1");
        "hard.test".to_owned()
    };
    let fact = |records: &Value, sts: &Value, key: &str| match key {
        "mode" => sts["mode"].clone(),
        "mx" => records["mx"]["parsed"][0]["host"].clone(),
        other => panic!("an unknown expectation: {other}"),
    };
    compare("mtasts", more, fact, "mta_sts");
}

#[test]
fn hard_tls_rpt_records_come_out_as_the_collection_says() {
    let fact = |_: &Value, tls_rpt: &Value, key: &str| match key {
        "rua" => entries(&tls_rpt["parsed"]["rua"]),
        other => panic!("an unknown expectation: {other}"),
    };
    compare("tlsrpt", |case, _| named(case), fact, "tls_rpt");
}

#[test]
fn hard_bimi_records_come_out_as_the_collection_says() {
    let more = |case: &Value, world: &mut World| {
        let name = named(case);
        let domain = name.strip_prefix("default._bimi.").unwrap_or(&name);
        // The names of the cases say what policy there is.
        let policy = if domain.contains("dmarc-none") {
            "none"
        } else {
            "reject"
        };
        world.add("_dmarc.hard.test", &format!("v=DMARC1; p={policy}"));
        // The organization of the collection is one label longer than that of the list.
        for (owner, records) in case["zone"].as_object().into_iter().flatten() {
            assert_eq!(owner, "default._bimi.bi04.hard.test");
            let text = records[0][1].as_str().expect("a text");
            world.add("default._bimi.hard.test", text);
        }
        domain.to_owned()
    };
    let fact = |_: &Value, bimi: &Value, key: &str| match key {
        "vmc" => {
            let evidence = bimi["parsed"]["a"].as_str().unwrap_or_default();
            Value::Bool(!evidence.is_empty())
        }
        "location" => match bimi["name"].as_str() {
            Some("default._bimi.hard.test") => "bi04.hard.test".into(),
            other => other.into(),
        },
        other => panic!("an unknown expectation: {other}"),
    };
    compare("bimi", more, fact, "bimi");
}

/// The loader's own promises, with a case of each form; these hold without the collection too.
#[test]
fn a_case_becomes_records_where_its_kind_says() {
    let cases: Vec<Value> = serde_json::from_str(
        r#"[
            {"kind": "spf", "name": "a.test", "records": [["v=spf1 ", "-all"]],
             "zone": {"mx.a.test": [["A", "192.0.2.1"], ["AAAA", "2001:db8::1"]], "a.test": [["MX", "0 ."]]}},
            {"kind": "spf", "name": "b.test", "records": ["<TYPE99> v=spf1 -all"]},
            {"kind": "dmarc", "name": "a.test", "records": ["<CNAME> policy.test."]},
            {"kind": "dkim", "name": "a.test", "records": ["<WILDCARD> v=spf1 -all"]},
            {"kind": "mtasts", "name": "a.test", "records": ["<SERVFAIL>"]},
            {"kind": "tlsrpt", "name": "a.test", "records": ["v=TLSRPTv1"]},
            {"kind": "bimi", "name": "default._bimi.a.test", "records": ["v=BIMI1"]}
        ]"#,
    )
    .expect("JSON");
    let dns = World::new(&cases).resolver();
    let resolve = |owner: &str, rtype| {
        let question = Question::new(name(owner), rtype);
        futures::executor::block_on(dns.resolve(&question))
    };
    for (owner, rtype, status) in [
        ("a.test", RecordType::Txt, Status::Found),
        ("a.test", RecordType::Mx, Status::Found),
        ("mx.a.test", RecordType::Aaaa, Status::Found),
        ("b.test", RecordType::Txt, Status::NoData),
        ("_dmarc.a.test", RecordType::Cname, Status::Found),
        ("_dmarc.a.test", RecordType::Txt, Status::NxDomain),
        ("any._domainkey.a.test", RecordType::Txt, Status::Found),
        ("_mta-sts.a.test", RecordType::Txt, Status::ServFail),
        ("_smtp._tls.a.test", RecordType::Txt, Status::Found),
        ("default._bimi.a.test", RecordType::Txt, Status::Found),
        ("c.test", RecordType::Txt, Status::NxDomain),
    ] {
        assert_eq!(resolve(owner, rtype).status, status, "{owner} {rtype}");
    }
    let texts = resolve("a.test", RecordType::Txt);
    let texts: Vec<Vec<u8>> = texts.texts().map(Txt::joined).collect();
    assert_eq!(texts, [b"v=spf1 -all".to_vec()]);
}
