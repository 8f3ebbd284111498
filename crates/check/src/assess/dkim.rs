//! DKIM: each key, and what their number says.

use garant_dns::{Answer, Name, RecordType, Status};
use garant_msgauth::dkim::{
    Encoding, Fault, KeyRecord, PublicKey, Reason, Selection, WEAK_KEY_BITS,
};

use super::Judge;
use crate::assessment::{DkimKey, DkimRecord, Seen, unknown, unlisted_selectors};
use crate::finding::{Code, Finding, Fix, Severity};
use crate::survey::{DkimFacts, KeyFacts, SelectorSource, Survey, Unsure};
use garant_dns::Question;

/// What DKIM comes to, as far as the verdict needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DkimState {
    /// A key that receivers can use.
    Found,
    /// A key that no receiver can use, and none besides at the selectors that were asked.
    Broken,
    /// None at the selectors that were asked; others may exist.
    NotFound,
    /// None at all.
    NoneAtAll,
    /// Too little was answered.
    Unknown,
}

pub(super) fn state(facts: &DkimFacts<'_>) -> DkimState {
    if facts.keys.iter().any(KeyFacts::is_usable) {
        return DkimState::Found;
    }
    match &facts.parent {
        Ok(Status::NxDomain) if facts.keys.iter().all(is_absent) => DkimState::NoneAtAll,
        Err(_) => DkimState::Unknown,
        Ok(_) if facts.keys.iter().any(is_broken) => DkimState::Broken,
        Ok(_) if facts.keys.iter().any(is_unanswered) => DkimState::Unknown,
        Ok(_) => DkimState::NotFound,
    }
}

fn is_absent(key: &KeyFacts<'_>) -> bool {
    key.answer
        .is_some_and(|answer| answer.status == Status::NxDomain && answer.aliases.is_empty())
}

fn is_unanswered(key: &KeyFacts<'_>) -> bool {
    key.answer.is_none_or(|answer| !answer.status.is_definite())
}

pub(super) fn judge(
    judge: &mut Judge,
    survey: &Survey<'_>,
    policy_is_enforced: bool,
) -> Vec<DkimRecord> {
    let facts = &survey.dkim;
    let state = state(facts);
    let sends_nothing = survey.allows_nobody_to_send();
    let needs_no_key = sends_nothing || survey.is_signed_elsewhere();
    if let Some(wildcard) = &facts.wildcard {
        // Withdrawn keys at every selector are how a domain that sends nothing says so.
        let is_withdrawn = wildcard.selection.result() == "revoked";
        let severity = if is_withdrawn && sends_nothing {
            Severity::Fine
        } else {
            Severity::Advice
        };
        let finding = judge
            .finding(Code::DkimWildcard, severity, &wildcard.name)
            .arg("found", wildcard.text.as_str())
            .found(wildcard.text.clone())
            .at(RecordType::Txt);
        judge.say(finding);
    }
    for key in facts.keys.iter().filter(|key| is_told(key)) {
        judge_key(judge, key, state == DkimState::Found);
    }
    let elsewhere: Vec<&KeyFacts<'_>> = keys_elsewhere(survey).collect();
    let one_works = elsewhere.iter().any(|key| key.is_usable());
    for key in &elsewhere {
        judge_key(judge, key, one_works);
    }
    judge_all(judge, facts, state, policy_is_enforced, needs_no_key);
    let of_domain = facts
        .keys
        .iter()
        .filter(|key| is_wanted(key) || (!key.by_wildcard && key.is_something()));
    of_domain.chain(elsewhere).map(record).collect()
}

/// The keys of another domain that signs mail of the path that was asked about.
fn keys_elsewhere<'s>(survey: &'s Survey<'_>) -> impl Iterator<Item = &'s KeyFacts<'s>> {
    survey
        .paths
        .iter()
        .flat_map(|path| &path.signatures)
        .flat_map(|signature| &signature.elsewhere)
}

/// What a wildcard says is told once, and a key that it gives to every name only where it was asked for.
fn is_told(key: &KeyFacts<'_>) -> bool {
    !key.by_wildcard || (is_wanted(key) && key.is_usable())
}

/// Whether the question was about this very selector.
fn is_wanted(key: &KeyFacts<'_>) -> bool {
    matches!(key.source, SelectorSource::Asked | SelectorSource::Service)
}

/// Whether a key was meant for mail and cannot be used: then that is the cause, and not that none was found.
fn is_broken(key: &KeyFacts<'_>) -> bool {
    let record = key.selection.as_ref().and_then(Selection::key);
    let is_no_fault = record.is_some_and(|record| {
        let other = |fault: &Fault| matches!(fault.reason, Reason::OtherService { .. });
        !record.is_fatal() && (record.is_revoked || record.faults.iter().any(other))
    });
    key.is_something() && is_told(key) && !is_no_fault
}

fn judge_all(
    judge: &mut Judge,
    facts: &DkimFacts<'_>,
    state: DkimState,
    policy_is_enforced: bool,
    needs_no_key: bool,
) {
    let Some(parent) = &facts.parent_name else {
        return;
    };
    match state {
        // Whoever sends nothing needs no key, nor does whoever signs with the name above.
        DkimState::NoneAtAll | DkimState::NotFound if needs_no_key => {}
        DkimState::NoneAtAll => {
            let finding = judge.finding(Code::DkimNoneAtAll, Severity::Risk, parent);
            judge.say(finding.at(RecordType::Txt));
        }
        DkimState::NotFound => {
            if facts.wildcard.is_none() {
                let names: Vec<&str> = facts.keys.iter().map(|key| key.selector.as_str()).collect();
                let finding = judge
                    .finding(Code::DkimNotFound, Severity::Advice, parent)
                    .arg("selectors", names.len())
                    .arg("list", names.join(", "))
                    .at(RecordType::Txt);
                judge.say(finding);
            }
            if policy_is_enforced {
                judge.unknown(unlisted_selectors(parent.clone()));
            }
        }
        DkimState::Unknown => {
            if let Err(Unsure::Unanswered(question, status)) = &facts.parent {
                judge.unknown(unknown(question, *status));
            }
            for key in facts.keys.iter().filter(|key| is_unanswered(key)) {
                if let Some(answer) = key.answer {
                    let question = Question::new(key.name.clone(), RecordType::Txt);
                    judge.unknown(unknown(&question, answer.status));
                }
            }
        }
        DkimState::Found | DkimState::Broken => {}
    }
    let usable: Vec<&KeyFacts<'_>> = facts
        .keys
        .iter()
        .filter(|key| key.is_usable() && is_told(key))
        .collect();
    let ed25519 = |key: &&KeyFacts<'_>| {
        let record = key.selection.as_ref().and_then(Selection::key);
        record.is_some_and(|record| matches!(record.key, Some(PublicKey::Ed25519(_))))
    };
    if !usable.is_empty() && usable.iter().all(ed25519) {
        let list: Vec<&str> = usable.iter().map(|key| key.selector.as_str()).collect();
        let finding = judge
            .finding(Code::DkimEd25519Only, Severity::Risk, parent)
            .arg("sender", "")
            .arg("list", list.join(", "))
            .arg("scope", "domain")
            .at(RecordType::Txt);
        judge.say(finding);
    }
}

/// A fault of one key blocks when no other key works, and is a risk for what this one signs otherwise.
fn weight(another_works: bool) -> Severity {
    if another_works {
        Severity::Risk
    } else {
        Severity::Blocks
    }
}

fn judge_key(judge: &mut Judge, key: &KeyFacts<'_>, another_works: bool) {
    let Some(selection) = &key.selection else {
        return;
    };
    let selector = key.selector.as_str();
    let owner = owner(&key.name, key.answer);
    let about = |judge: &Judge, code, severity| {
        judge
            .finding(code, severity, &key.name)
            .arg("selector", selector)
            .at_name(owner, RecordType::Txt)
    };
    if let Some(target) = &selection.dangling {
        let mut finding = about(judge, Code::DkimDangling, Severity::Risk)
            .arg("target", target)
            .at(RecordType::Cname);
        // The domain's own alias is the first of the chain.
        if let Some(alias) = key.answer.and_then(|answer| answer.aliases.first()) {
            let own = alias.target.to_string();
            let fix = Fix::delete(&key.name, RecordType::Cname, own.clone());
            finding = finding.found(own).fix(fix);
        }
        judge.say(finding);
        return;
    }
    if selection.count == 0 {
        if key.source == SelectorSource::Asked && selection.status.is_definite() {
            let mut finding = about(judge, Code::DkimSelectorAbsent, Severity::Risk);
            if let Some(doubled) = &key.doubled {
                finding = finding
                    .expected(doubled.text.clone())
                    .found(doubled.text.clone())
                    .at_name(&doubled.name, RecordType::Txt)
                    .fix(judge.add(&key.name, doubled.text.clone()))
                    .fix(Fix::delete(
                        &doubled.name,
                        RecordType::Txt,
                        doubled.text.clone(),
                    ));
            }
            judge.say(finding);
        }
        return;
    }
    if selection.count > 1 {
        several(judge, key, selection, owner, another_works);
        return;
    }
    match selection.key() {
        Some(record) => judge_record(judge, key, record, another_works),
        None => {
            let found = texts(selection);
            let finding = about(judge, Code::DkimUnreadable, weight(another_works))
                .arg("found", found.as_str())
                .found(found);
            judge.say(finding);
        }
    }
}

/// More than one text at a selector.
fn several(
    judge: &mut Judge,
    key: &KeyFacts<'_>,
    selection: &Selection,
    owner: &Name,
    another_works: bool,
) {
    let about = |judge: &Judge, code, severity| {
        judge
            .finding(code, severity, &key.name)
            .arg("selector", key.selector.as_str())
            .found(texts(selection))
            .at_name(owner, RecordType::Txt)
    };
    let delete = |text: String| Fix::delete(owner, RecordType::Txt, text);
    if let Some(joined) = &selection.joined {
        let mut finding = about(judge, Code::DkimSplitInTwo, weight(another_works))
            .arg("fixed", joined.as_str())
            .expected(joined.clone());
        for half in each_text(selection) {
            finding = finding.fix(delete(half));
        }
        let whole = judge.add(owner, joined.clone());
        judge.say(finding.fix(whole));
        return;
    }
    let good: Vec<&KeyRecord> = selection
        .keys
        .iter()
        .filter(|record| !record.is_fatal())
        .collect();
    // With a good key among them some receivers get it right, at times.
    let severity = if good.is_empty() {
        weight(another_works)
    } else {
        Severity::Risk
    };
    let mut finding = about(judge, Code::DkimMultiple, severity).arg("count", selection.count);
    // All but one must go. Which of two good ones is right, only whoever signs knows.
    if let [kept] = good.as_slice() {
        let kept = kept.text();
        for text in each_text(selection).filter(|text| *text != kept) {
            finding = finding.fix(delete(text));
        }
        finding = finding.expected(kept.into_owned());
    }
    judge.say(finding);
}

fn each_text(selection: &Selection) -> impl Iterator<Item = String> + '_ {
    let keys = selection.keys.iter().map(|key| key.text().into_owned());
    let others = selection.others.iter().map(garant_dns::Txt::to_text);
    keys.chain(others)
}

fn texts(selection: &Selection) -> String {
    each_text(selection).collect::<Vec<_>>().join("\n")
}

fn judge_record(judge: &mut Judge, key: &KeyFacts<'_>, record: &KeyRecord, another_works: bool) {
    let text = record.text().into_owned();
    let repaired = record.repaired();
    // The first fatal fault is the cause; what follows from it would only confuse.
    let fatal = record.faults.iter().find(|fault| fault.reason.is_fatal());
    let told: Vec<&Fault> = match fatal {
        Some(fault) => vec![fault],
        None => record.faults.iter().collect(),
    };
    for fault in told {
        let finding = fault_finding(
            judge,
            key,
            record,
            fault,
            repaired.as_deref(),
            another_works,
        );
        judge.say(finding.found(text.clone()));
    }
    if fatal.is_some() {
        return;
    }
    let about = |judge: &Judge, code, severity| {
        judge
            .finding(code, severity, &key.name)
            .arg("selector", key.selector.as_str())
            .found(text.clone())
            .at_name(owner(&key.name, key.answer), RecordType::Txt)
    };
    if record.is_revoked {
        // An old key is withdrawn like this; one that somebody asks about is in use, they think.
        let severity = match key.source {
            SelectorSource::Asked => weight(another_works),
            // A service names its old selectors too.
            SelectorSource::Service if !another_works => Severity::Blocks,
            SelectorSource::Service | SelectorSource::Hint | SelectorSource::Common => {
                Severity::Advice
            }
        };
        judge.say(about(judge, Code::DkimRevoked, severity));
        return;
    }
    let Some(public_key) = &record.key else {
        return;
    };
    if matches!(public_key, PublicKey::Rsa { bits, .. } if *bits < WEAK_KEY_BITS) {
        let finding =
            about(judge, Code::DkimWeakKey, Severity::Advice).arg("bits", public_key.bits());
        judge.say(finding);
        return;
    }
    let unobjectionable = record
        .faults
        .iter()
        .all(|fault| fault.reason == Reason::Pkcs1);
    if unobjectionable {
        let finding = about(judge, Code::DkimValid, Severity::Fine)
            .arg("algorithm", public_key.algorithm())
            .arg("bits", public_key.bits());
        judge.say(finding);
    }
}

fn fault_finding(
    judge: &Judge,
    key: &KeyFacts<'_>,
    record: &KeyRecord,
    fault: &Fault,
    repaired: Option<&str>,
    another_works: bool,
) -> Finding {
    let bad = weight(another_works);
    let owner = owner(&key.name, key.answer);
    let make = |code, severity| {
        judge
            .finding(code, severity, &key.name)
            .arg("selector", key.selector.as_str())
            .at_name(owner, RecordType::Txt)
    };
    let change = |finding: Finding, fixed: Option<&str>| match fixed {
        Some(fixed) => finding
            .expected(fixed.to_owned())
            .fix(judge.change(owner, fixed.to_owned())),
        None => finding,
    };
    let with_fix = |finding: Finding, fixed: Option<&str>| {
        change(finding.arg("fixed", fixed.unwrap_or("")), fixed)
    };
    match &fault.reason {
        Reason::VersionNotFirst => with_fix(make(Code::DkimVersionNotFirst, bad), repaired),
        Reason::VersionUnknown { value } => with_fix(
            make(Code::DkimVersionUnknown, bad).arg("value", value.as_str()),
            repaired,
        ),
        Reason::NoKey => make(Code::DkimNoKey, bad),
        Reason::Unreadable => {
            make(Code::DkimUnreadable, bad).arg("found", record.text().into_owned())
        }
        Reason::DuplicateTag { name } => {
            let finding = make(Code::DkimUnreadable, bad).arg("found", record.text().into_owned());
            // Of two keys only whoever signs knows the right one.
            change(finding, repaired.filter(|_| name != "p"))
        }
        Reason::Quoted => with_fix(make(Code::DkimQuoted, bad), repaired),
        // A secret key that was published must go; no other text makes it good again.
        Reason::PemArmor { private: true } => make(Code::DkimPrivateKey, Severity::Blocks).fix(
            Fix::delete(owner, RecordType::Txt, record.text().into_owned()),
        ),
        Reason::PemArmor { private: false } => with_fix(make(Code::DkimPemArmor, bad), repaired),
        Reason::NotBase64 { character, column } => {
            let finding = make(Code::DkimNotBase64, bad)
                .arg("character", character.to_string())
                .arg("column", *column);
            change(finding, repaired)
        }
        Reason::Truncated { expected, found } => make(Code::DkimTruncated, bad)
            .arg("expected", *expected)
            .arg("found", *found),
        Reason::KeyFormat => make(Code::DkimKeyFormat, bad),
        Reason::Ed25519Wrapped => with_fix(make(Code::DkimEd25519Wrapped, bad), repaired),
        Reason::KeyTypeUnknown { value } => {
            let finding = make(Code::DkimKeyTypeUnknown, bad).arg("value", value.as_str());
            change(finding, repaired)
        }
        Reason::KeyTypeMismatch { value, found } => {
            let finding = make(Code::DkimKeyTypeMismatch, bad)
                .arg("value", *value)
                .arg("found", found.as_str());
            change(finding, repaired)
        }
        Reason::ShortKey { bits } => make(Code::DkimShortKey, bad).arg("bits", *bits),
        Reason::Sha1Only => change(make(Code::DkimSha1Only, bad), repaired),
        Reason::HashUnknown { value } => {
            let finding = make(Code::DkimHashUnknown, bad).arg("value", value.as_str());
            change(finding, repaired)
        }
        Reason::OtherService { value } => {
            make(Code::DkimOtherService, Severity::Advice).arg("value", value.as_str())
        }
        Reason::Testing => {
            let fixed = record.without_testing();
            with_fix(make(Code::DkimTesting, Severity::Risk), Some(&fixed))
        }
        Reason::Pkcs1 => make(Code::DkimPkcs1, Severity::Advice),
    }
}

fn record(key: &KeyFacts<'_>) -> DkimRecord {
    let (result, reason, parsed, raw) = match &key.selection {
        None => ("temperror", Some("not-asked"), None, None),
        Some(selection) if !is_told(key) => {
            ("none", Some("wildcard"), None, Some(texts(selection)))
        }
        Some(selection) => {
            let parsed = selection.key().map(parsed);
            let raw = (selection.count > 0).then(|| texts(selection));
            (selection.result(), reason(selection), parsed, raw)
        }
    };
    DkimRecord {
        result,
        reason,
        selector: key.selector.clone(),
        source: key.source.as_str(),
        seen: Seen::of(&key.name, key.answer, raw),
        parsed,
    }
}

fn parsed(record: &KeyRecord) -> DkimKey {
    let flags = [(record.other.testing, "y"), (record.other.same_domain, "s")];
    DkimKey {
        algorithm: record.key.as_ref().map(PublicKey::algorithm),
        bits: record.key.as_ref().map(|key| key.bits() as u64),
        usable_for_mail: record.is_usable_for_mail() && !record.is_revoked,
        flags: flags
            .iter()
            .filter(|flag| flag.0)
            .map(|flag| flag.1.to_owned())
            .collect(),
    }
}

/// Why a selector has no valid key, or what is odd about a valid one.
fn reason(selection: &Selection) -> Option<&'static str> {
    if selection.dangling.is_some() {
        return Some("dangling-cname");
    }
    if !selection.status.is_definite() {
        return Some(crate::assessment::reason_of(selection.status));
    }
    if selection.count > 1 {
        return Some("multiple-txt");
    }
    let Some(key) = selection.key() else {
        return (selection.count > 0).then_some("unreadable");
    };
    let fatal = key.faults.iter().find(|fault| fault.reason.is_fatal());
    let word = |reason: &Reason| match reason {
        Reason::VersionNotFirst => "v-not-first",
        Reason::VersionUnknown { .. } => "version",
        Reason::NoKey => "p-missing",
        Reason::Unreadable => "unreadable",
        Reason::DuplicateTag { .. } => "duplicate-tag",
        Reason::Quoted => "quoted",
        Reason::PemArmor { private: true } => "private-key",
        Reason::PemArmor { private: false } => "pem-armor",
        Reason::NotBase64 { .. } => "base64",
        Reason::Truncated { .. } => "truncated",
        Reason::KeyFormat | Reason::Ed25519Wrapped => "key-format",
        Reason::KeyTypeUnknown { .. } => "key-type",
        Reason::KeyTypeMismatch { .. } => "key-type-mismatch",
        Reason::ShortKey { .. } => "short-key",
        Reason::Sha1Only => "sha1-only",
        Reason::HashUnknown { .. } => "hash",
        Reason::OtherService { .. } => "other-service",
        Reason::Testing => "testing",
        Reason::Pkcs1 => "pkcs1",
    };
    let odd = match key.key {
        Some(PublicKey::Rsa {
            encoding: Encoding::Pkcs1,
            ..
        }) => Some("pkcs1"),
        _ => None,
    };
    fatal
        .or_else(|| key.faults.first())
        .map(|fault| word(&fault.reason))
        .or(key.is_revoked.then_some("revoked"))
        .or(odd)
}

/// The name that the records of an answer stand at: the end of its aliases, perhaps in somebody else's zone.
pub(super) fn owner<'a>(asked: &'a Name, answer: Option<&'a Answer>) -> &'a Name {
    answer.map_or(asked, |answer| answer.final_name(asked))
}
