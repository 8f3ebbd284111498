//! SPF: whether the record can be evaluated, what it costs, whom it lets send.

mod faults;
mod record;
mod remarks;
mod repair;

use garant_dns::{Answer, Name, Question, RecordType, Txt};
use garant_msgauth::mx::Mail;
use garant_msgauth::spf::{
    self, CauseReason, LOOKUPS_MAX, NearMiss, NearMissKind, Node, Presence, Verdict,
};

use super::Judge;
use crate::assessment::{SpfRecord, unknown};
use crate::finding::{Code, Finding, Fix, Severity};
use crate::survey::{SpfFacts, Survey};

/// Terms with the same remark that are told one by one at most.
const REMARKS_MAX: usize = 5;
/// Characters of a text that are repeated in a sentence at most.
const QUOTED_CHARS_MAX: usize = 300;
/// What a domain publishes from which nobody sends.
const NOBODY_SENDS: &str = "v=spf1 -all";

/// What SPF comes to, as far as the verdict needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpfState {
    /// A record that can be evaluated.
    Works,
    /// None.
    Missing,
    /// One that cannot be evaluated, or is not seen as one.
    Broken,
    /// Too little was answered.
    Unknown,
}

pub(super) struct SpfJudgement {
    pub(super) state: SpfState,
    /// Whether the record lets nobody send.
    pub(super) allows_nobody: bool,
    pub(super) record: SpfRecord,
}

pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>) -> SpfJudgement {
    let facts = &survey.spf;
    let domain = judge.domain.clone();
    let root = &facts.tree.root;
    match root.presence {
        Presence::Unasked => {}
        Presence::Unanswered(status) => {
            judge.unknown(unknown(
                &Question::new(domain.clone(), RecordType::Txt),
                status,
            ));
        }
        Presence::None if survey.domain_is_absent() => {}
        Presence::None => none(judge, survey, &domain),
        Presence::Multiple { count } => multiple(judge, facts, &domain, count),
        Presence::One => one(judge, facts, &domain),
    }
    let state = state(judge, facts);
    let allows_nobody = state == SpfState::Works && survey.allows_nobody_to_send();
    if allows_nobody && !survey.mx.exchanges.is_empty() {
        let finding = judge
            .finding(Code::SpfNobody, Severity::Advice, &domain)
            .found(text(root))
            .at(RecordType::Txt);
        judge.say(finding);
    }
    SpfJudgement {
        state,
        allows_nobody,
        record: record::record(facts, &domain),
    }
}

fn state(judge: &Judge, facts: &SpfFacts<'_>) -> SpfState {
    match &facts.tree.verdict {
        // A lost space may follow the grammar and still let nobody pass.
        Verdict::Valid if blocks(judge) => SpfState::Broken,
        Verdict::Valid => SpfState::Works,
        Verdict::PermError(_) => SpfState::Broken,
        Verdict::None if facts.near_misses.is_empty() => SpfState::Missing,
        Verdict::None => SpfState::Broken,
        // What is known to be broken stays so whatever the missing answers say.
        Verdict::Incomplete | Verdict::TempError(_) if blocks(judge) => SpfState::Broken,
        Verdict::Incomplete | Verdict::TempError(_) => SpfState::Unknown,
    }
}

/// Whether something was said about SPF that keeps it from working.
fn blocks(judge: &Judge) -> bool {
    judge
        .findings
        .iter()
        .any(|finding| finding.code.topic() == "spf" && finding.severity == Severity::Blocks)
}

fn text(node: &Node) -> String {
    lossy(&node.text)
}

fn lossy(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Says what was not said in the same words before: an include that stands twice is dead once.
fn say_once(judge: &mut Judge, finding: Finding) {
    if !judge.findings.contains(&finding) {
        judge.say(finding);
    }
}

/// The name at which the text records stand: not the domain itself where that is an alias.
fn holder(facts: &SpfFacts<'_>, domain: &Name) -> Name {
    let Some(answer) = facts.answer else {
        return domain.clone();
    };
    match answer.records.first() {
        Some(record) => record.owner.clone(),
        None => answer.final_name(domain).clone(),
    }
}

/// No record: is there one that nobody sees?
fn none(judge: &mut Judge, survey: &Survey<'_>, domain: &Name) {
    let facts = &survey.spf;
    let holder = holder(facts, domain);
    if !facts.near_misses.is_empty() {
        return near_misses(judge, &facts.near_misses, domain, &holder);
    }
    if let Some((name, text)) = &facts.elsewhere {
        let finding = judge
            .finding(Code::SpfWrongPlace, Severity::Risk, domain)
            .arg("found_at", name)
            .found(text.clone())
            .expected(text.clone())
            .at(RecordType::Txt)
            .fix(judge.add(&holder, text.clone()));
        judge.say(finding);
        return;
    }
    let finding = judge
        .finding(Code::SpfMissing, Severity::Risk, domain)
        .at(RecordType::Txt);
    // Whom to name in it, only the owner knows; unless the domain says that it has no mail at all.
    let finding = if survey.mx.mail == Some(Mail::Null) {
        finding
            .expected(NOBODY_SENDS.to_owned())
            .fix(judge.add(&holder, NOBODY_SENDS.to_owned()))
    } else {
        finding
    };
    judge.say(finding);
}

/// Texts that were meant to be the record. Repairing each by itself would leave several records, so
/// the first becomes one that holds all their terms and the others go.
fn near_misses(judge: &mut Judge, near_misses: &[NearMiss], domain: &Name, holder: &Name) {
    let fixed: Vec<String> = near_misses
        .iter()
        .map(|near| repair::repaired(near.fixed.as_bytes()).unwrap_or_else(|| near.fixed.clone()))
        .collect();
    let texts: Vec<&[u8]> = fixed.iter().map(String::as_bytes).collect();
    let whole = match &fixed[..] {
        [one] => one.clone(),
        _ => one_of_several(&texts),
    };
    let reads = spf::Record::parse(whole.as_bytes()).is_valid();
    for (index, near) in near_misses.iter().enumerate() {
        let code = match near.kind {
            NearMissKind::Quoted => Code::SpfQuoted,
            NearMissKind::LookAlike => Code::SpfLookAlike,
            _ => Code::SpfMisspelt,
        };
        let found = if code == Code::SpfLookAlike {
            repair::code_points(near.found.as_bytes())
        } else {
            shortened(&near.found)
        };
        let finding = judge
            .finding(code, Severity::Risk, domain)
            .arg("found", found)
            .arg("fixed", whole.as_str())
            .found(near.found.clone())
            .expected(whole.clone())
            .at(RecordType::Txt);
        let finding = match index {
            _ if !reads => finding,
            0 => finding.fix(judge.change(holder, whole.clone())),
            _ => finding.fix(Fix::delete(holder, RecordType::Txt, near.found.clone())),
        };
        judge.say(finding);
    }
}

/// One record from several, of which receivers use none. That everybody may send is not among what they said
/// together, though one of them said it.
fn one_of_several(texts: &[&[u8]]) -> String {
    let merged = spf::merge(texts);
    match merged.strip_suffix("+all") {
        Some(head) => format!("{head}~all"),
        None => merged,
    }
}

fn multiple(judge: &mut Judge, facts: &SpfFacts<'_>, domain: &Name, count: usize) {
    let holder = holder(facts, domain);
    let texts: Vec<Vec<u8>> = facts
        .answer
        .into_iter()
        .flat_map(Answer::texts)
        .map(Txt::joined)
        .filter(|text| spf::is_spf(text))
        .collect();
    let borrowed: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let merged = one_of_several(&borrowed);
    let mut finding = judge
        .finding(Code::SpfMultiple, Severity::Blocks, domain)
        .arg("count", count)
        .arg("merged", merged.as_str())
        .found(
            texts
                .iter()
                .map(|text| lossy(text))
                .collect::<Vec<_>>()
                .join("\n"),
        )
        .expected(merged.clone())
        .at(RecordType::Txt);
    // One of them may hold the terms of all: then it stays as it is.
    let kept = texts.iter().position(|text| text == merged.as_bytes());
    if spf::Record::parse(merged.as_bytes()).is_valid() {
        for (_, text) in texts
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != kept)
        {
            finding = finding.fix(Fix::delete(&holder, RecordType::Txt, lossy(text)));
        }
        if kept.is_none() {
            finding = finding.fix(judge.add(&holder, merged));
        }
    }
    judge.say(finding);
}

/// Exactly one record: its own faults, those beneath it, then remarks.
fn one(judge: &mut Judge, facts: &SpfFacts<'_>, domain: &Name) {
    let tree = &facts.tree;
    faults::judge(judge, facts, &holder(facts, domain));
    remarks::judge(judge, facts, &holder(facts, domain));
    match &tree.verdict {
        Verdict::Valid if !blocks(judge) => {
            let all = tree
                .root
                .default
                .map_or("none".to_owned(), |all| all.as_char().to_string());
            let finding = judge
                .finding(Code::SpfValid, Severity::Fine, domain)
                .arg("lookups", tree.lookups)
                .arg("limit", LOOKUPS_MAX)
                .arg("all", all);
            judge.say(finding);
        }
        Verdict::TempError(cause) => {
            if let (CauseReason::Dns(status), Some(question)) = (cause.reason, &cause.question) {
                judge.unknown(unknown(question, status));
            }
        }
        _ => {}
    }
}
