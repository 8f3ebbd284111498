//! A collection of hard records, kept beside the project and not in it; without it this test says so.

mod keys;
mod world;

use std::path::Path;

use garant_dns::RecordType;
use garant_msgauth::dkim::{self, KeyRecord};
use garant_msgauth::dmarc::{self, Method, NearMissKind, Policy, PolicyRecord, TagName};
use garant_msgauth::{bimi, mta_sts, tls_rpt};
use serde_json::{Value, json};
use world::{World, name};

/// The facts about one case, in the words of the collection: `result`, and what else it may ask about.
type Facts = serde_json::Map<String, Value>;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

const PATH: &str = "../../../shared/suites/hard-records.json";

#[test]
fn hard_records_come_out_as_the_collection_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
    let Ok(text) = std::fs::read_to_string(&path) else {
        tell!("SKIPPED: no {}", path.display());
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).expect("a list");
    let mut count = 0;
    let mut wrong = Vec::new();
    for case in &cases {
        let facts = match case["kind"].as_str().expect("a kind") {
            "dmarc" => dmarc_facts(case),
            "dkim" => dkim_facts(case),
            "mtasts" => mta_sts_facts(case),
            "tlsrpt" => tls_rpt_facts(case),
            "bimi" => bimi_facts(case),
            _ => continue,
        };
        count += 1;
        for (key, expect) in case["expected"].as_object().expect("an object") {
            if !holds(&facts, key, expect) {
                wrong.push(format!("{}: {key} = {expect}, found {facts:?}", case["id"]));
            }
        }
    }
    tell!("{count} hard records");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 50, "only {count} cases");
}

/// Reasons are members of the list of all that is to be said; everything else is equal.
fn holds(facts: &Facts, key: &str, expect: &Value) -> bool {
    let said = |word: &Value| facts["said"].as_array().expect("a list").contains(word);
    match (key, expect) {
        ("error" | "warn" | "why", Value::Array(words)) => words.iter().all(said),
        ("error" | "warn" | "why", word) => said(word),
        _ => facts.get(key) == Some(expect),
    }
}

fn facts(pairs: Value) -> Facts {
    match pairs {
        Value::Object(facts) => facts,
        _ => Facts::new(),
    }
}

/// The records of a case, at `owner` and wherever its zone has more.
fn world(case: &Value, owner: &str) -> World {
    let mut records = Vec::new();
    for record in case["records"].as_array().expect("a list") {
        let (owner, text) = match record {
            Value::Array(strings) => {
                let strings: Vec<&str> = strings.iter().filter_map(Value::as_str).collect();
                (owner.to_owned(), format!("<STRINGS> {}", strings.join("|")))
            }
            _ => (
                owner.to_owned(),
                record.as_str().expect("a text").to_owned(),
            ),
        };
        let wildcard = || {
            owner
                .split_once('.')
                .map(|(_, parent)| format!("*.{parent}"))
        };
        match text.strip_prefix("<WILDCARD> ") {
            Some(text) => records.push((wildcard().expect("two labels"), text.to_owned())),
            None => records.push((owner, text)),
        }
    }
    for (owner, more) in case["zone"].as_object().into_iter().flatten() {
        for record in more.as_array().expect("a list") {
            let (kind, value) = (record[0].as_str(), record[1].as_str().expect("a value"));
            let value = match kind {
                Some("TXT") => value.to_owned(),
                kind => format!("<{}> {value}", kind.expect("a type")),
            };
            records.push((owner.clone(), value));
        }
    }
    let records: Vec<(String, String)> = records
        .into_iter()
        .map(|(owner, text)| (owner, keys::fill(&text)))
        .collect();
    World::new(&records)
}

fn dmarc_facts(case: &Value) -> Facts {
    let domain = case["name"].as_str().expect("a name");
    let owner = format!("_dmarc.{domain}");
    let world = world(case, &owner);
    let (found, _) = world.run(|a| dmarc::discover(&name(domain), Method::TreeWalk, a));
    let mut said: Vec<&str> = Vec::new();
    let at = dmarc::select(&world.answer(&owner, RecordType::Txt));
    if at.records.len() > 1 {
        said.push("multiple");
    }
    for near in &at.near_misses {
        said.push(match near.kind {
            NearMissKind::LeadingSpace => "leading-space",
            NearMissKind::VersionNotFirst => "v-not-first",
            NearMissKind::VersionCase => "v-case",
            NearMissKind::Quoted => "quoted",
            NearMissKind::LookAlike => "look-alike",
            NearMissKind::Misspelt => "misspelt",
        });
    }
    let apex = dmarc::select(&world.answer(domain, RecordType::Txt));
    if at.records.is_empty() && !apex.records.is_empty() {
        said.push("wrong-location");
    }
    let mut facts = facts(json!({ "result": found.result() }));
    if let Some(applied) = found.applied() {
        let record = &applied.record;
        said.extend(record_words(record));
        facts.insert("p".into(), record.reading().p.as_str().into());
        facts.insert("effective".into(), applied.effective.as_str().into());
        facts.insert("location".into(), applied.policy_domain.as_str().into());
        facts.insert("rua".into(), record.rua().len().into());
        if bimi::eligible([record]).is_err() {
            said.push("bimi-blocked");
        }
    }
    facts.insert("said".into(), json!(said));
    facts
}

fn record_words(record: &PolicyRecord) -> Vec<&'static str> {
    let mut said = Vec::new();
    let reading = record.reading();
    if record.p.is_none() && record.invalid(TagName::P).is_none() {
        said.push("p-missing");
    }
    if reading.sp < reading.p {
        said.push("sp-weaker");
    }
    if reading.testing {
        said.push("test-mode");
    }
    for fault in &record.faults {
        said.push(match &fault.reason {
            dmarc::Reason::InvalidValue {
                tag: TagName::P, ..
            } => "p-invalid",
            dmarc::Reason::InvalidValue {
                tag: TagName::Sp, ..
            } => "sp-invalid",
            dmarc::Reason::InvalidValue {
                tag: TagName::Np, ..
            } => "np-invalid",
            dmarc::Reason::InvalidValue { .. } => "value-invalid",
            dmarc::Reason::RemovedTag {
                tag: TagName::Pct, ..
            } => "pct-removed",
            dmarc::Reason::RemovedTag { .. } => "tag-removed",
            dmarc::Reason::UnknownTag { .. } => "unknown-tag",
            dmarc::Reason::DuplicateTag { .. } => "duplicate-tag",
            dmarc::Reason::Junk { .. } => "junk-tag",
            dmarc::Reason::ReportAddress { .. } => "rua-invalid",
            dmarc::Reason::SizeSuffix { .. } => "size-suffix",
            dmarc::Reason::LookAlike(_) => "look-alike",
            dmarc::Reason::ControlCharacter(_) => "control-character",
        });
    }
    said
}

fn dkim_facts(case: &Value) -> Facts {
    let owner = format!("s1._domainkey.{}", case["name"].as_str().expect("a name"));
    let world = world(case, &owner);
    let selection = dkim::select(&world.answer(&owner, RecordType::Txt));
    let mut said = Vec::new();
    if selection.count > 1 {
        said.push("multiple-txt");
        assert!(selection.joined.is_some(), "{}: not joined", case["id"]);
    }
    if selection.dangling.is_some() {
        said.push("dangling-cname");
    }
    // Another selector, which nobody published, answers the same.
    let other = owner.replacen("s1.", "random-probe.", 1);
    if world
        .answer(&other, RecordType::Txt)
        .texts()
        .next()
        .is_some()
    {
        said.push("wildcard");
    }
    let mut facts = facts(json!({ "result": selection.result() }));
    if let Some(key) = selection.key() {
        said.extend(key.faults.iter().map(|fault| key_word(&fault.reason)));
        facts.insert("usable_for_mail".into(), key.is_usable_for_mail().into());
        if let Some(public) = &key.key {
            facts.insert("bits".into(), public.bits().into());
            facts.insert("alg".into(), public.algorithm().into());
        }
        if key.other.same_domain {
            facts.insert("flag".into(), "s".into());
        }
        check_key_repair(key);
    }
    facts.insert("said".into(), json!(said));
    facts
}

fn key_word(reason: &dkim::Reason) -> &'static str {
    match reason {
        dkim::Reason::VersionNotFirst => "v-not-first",
        dkim::Reason::VersionUnknown { .. } => "v-unknown",
        dkim::Reason::NoKey => "p-missing",
        dkim::Reason::Unreadable | dkim::Reason::DuplicateTag { .. } => "syntax",
        dkim::Reason::Quoted => "quoted",
        dkim::Reason::PemArmor { .. } => "pem-armor",
        dkim::Reason::NotBase64 { .. } => "base64",
        dkim::Reason::Truncated { .. } => "truncated",
        dkim::Reason::KeyFormat | dkim::Reason::Ed25519Wrapped => "key-format",
        dkim::Reason::KeyTypeUnknown { .. } => "key-type",
        dkim::Reason::KeyTypeMismatch { .. } => "key-type-mismatch",
        dkim::Reason::ShortKey { .. } => "key-too-short",
        dkim::Reason::Sha1Only | dkim::Reason::HashUnknown { .. } => "sha1-only",
        dkim::Reason::OtherService { .. } => "service",
        dkim::Reason::Testing => "testing",
        dkim::Reason::Pkcs1 => "pkcs1",
    }
}

/// Whatever the collection has that is broken and whose key can be read, can be repaired.
fn check_key_repair(key: &KeyRecord) {
    let fixed = key
        .repaired()
        .expect("every key of the collection can be repaired");
    let again = KeyRecord::parse(fixed.as_bytes());
    assert!(matches!(again.result(), "valid" | "revoked"), "{fixed}");
}

fn mta_sts_facts(case: &Value) -> Facts {
    if case["name"] == "policy" {
        let text = case["records"][0].as_str().expect("a text");
        let policy = mta_sts::Policy::parse(text);
        let said: Vec<&str> = policy.faults.iter().map(|f| f.reason.as_str()).collect();
        let mut facts = facts(json!({ "result": policy.result(), "said": said }));
        if let Some(mode) = policy.mode {
            facts.insert("mode".into(), mode.as_str().into());
        }
        if let Some(host) = case["expected"]["mx"].as_str() {
            facts.insert("mx".into(), host.into());
            if !policy.names(&name(host)) {
                facts.insert("result".into(), "mismatch".into());
            }
        }
        return facts;
    }
    let owner = format!("_mta-sts.{}", case["name"].as_str().expect("a name"));
    let selection = mta_sts::select(&world(case, &owner).answer(&owner, RecordType::Txt));
    let faults = selection.record().map_or(&[][..], |record| &record.faults);
    let mut said: Vec<&str> = faults.iter().map(|f| f.reason.as_str()).collect();
    if selection.records.len() > 1 {
        said.push("multiple");
    }
    facts(json!({ "result": selection.result(), "said": said }))
}

fn tls_rpt_facts(case: &Value) -> Facts {
    let owner = format!("_smtp._tls.{}", case["name"].as_str().expect("a name"));
    let selection = tls_rpt::select(&world(case, &owner).answer(&owner, RecordType::Txt));
    let faults = selection.record().map_or(&[][..], |record| &record.faults);
    let mut said: Vec<&str> = faults.iter().map(|f| f.reason.as_str()).collect();
    if selection.records.len() > 1 {
        said.push("multiple");
    }
    let rua = selection.record().map_or(0, |record| record.rua.len());
    facts(json!({ "result": selection.result(), "said": said, "rua": rua }))
}

fn bimi_facts(case: &Value) -> Facts {
    let given = case["name"].as_str().expect("a name");
    let author = given.strip_prefix("default._bimi.").unwrap_or(given);
    let world = world(case, &format!("default._bimi.{author}"));
    let organization = name("hard.test");
    let organization = name(author).suffix(organization.label_count() + 1);
    let (found, _) = world.run(|a| bimi::discover(&name(author), &organization, a));
    let mut result = found.selection.result();
    let mut said = Vec::new();
    let record = found.selection.record();
    said.extend(
        record
            .into_iter()
            .flat_map(|r| &r.faults)
            .map(|f| f.reason.as_str()),
    );
    // The collection's names say what DMARC record such a domain has.
    let policy = if author.contains("dmarc-none") {
        Policy::None
    } else {
        Policy::Reject
    };
    let text = format!("v=DMARC1; p={policy}");
    let policy = PolicyRecord::parse(text.as_bytes()).expect("a record");
    if let (Err(reason), "valid") = (bimi::eligible([&policy]), result) {
        result = "ineffective";
        said.push(reason.as_str());
    }
    facts(json!({
        "result": result,
        "said": said,
        "vmc": record.is_some_and(bimi::Record::has_evidence),
        "location": found.domain.as_str(),
    }))
}
