//! A collection of hard records, kept beside the project and not in it, through the whole of a check:
//! observed, judged, told in the JSON's own words. Without the collection this test says so.
//!
//! The collection gives each case a `result`, and words for what is wrong. `reason` in the JSON is one word, and
//! findings have codes; the tables in this file say which belong to which word.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use garant_check::{Assessment, Finding, NoFetch, Request, Severity, assess, observe};
use garant_dns::{
    Answer, AnswerFuture, Data, Name, Question, Record, RecordType, Resolver, Source, Status, Txt,
    Zone, Zones,
};
use serde_json::Value;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/suites/hard-records.json"
);
const TTL_S: u32 = 3600;

/// The cases of one kind; nothing, and a word about it, where the collection is not there.
fn cases(kind: &str) -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(Path::new(FILE)) else {
        println!("SKIPPED: the hard records are not there: {FILE}");
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
        let strings = strings.into_iter().map(|s| s.as_bytes().to_vec());
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

/// A check of one domain; the JSON of its records beside it.
fn check(dns: &Dns, domain: &str) -> (Assessment, Value) {
    let request = Request {
        domain: name(domain),
        selectors: vec![name("s1")],
    };
    let observed = observe(dns, &NoFetch, request, 1_795_343_700);
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
    println!("hard SPF records: {}", cases.len());
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
