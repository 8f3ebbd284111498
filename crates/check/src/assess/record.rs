//! Records that were asked for: what is wrong with each, and what puts it right.
//!
//! One thing is told once. What is said here about a name, with the exact record that was asked for, takes the
//! place of what the topic of the record says about the same fault; where the topic says more (two keys, a
//! withdrawn key, no SPF at all), it is left to the topic.

use garant_dns::{Name, RecordType};
use garant_msgauth::dmarc::{Acts, PolicyRecord, TagName};
use garant_msgauth::spf;

use super::{Judge, dns};
use crate::assessment::{Verdict, unknown};
use crate::finding::{Code, Finding, Fix, Severity};
use crate::path::{Basis, Path};
use crate::survey::{Cause, CauseKind, Origin, Purpose, RecordFacts, State, Survey, Wanted};

/// How many of the records that were asked for are right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) asked: usize,
    pub(super) right: usize,
    /// The zone has it, and resolvers do not see it yet.
    pub(super) waiting: usize,
    /// The names of those that are wrong or absent.
    pub(super) wrong: Vec<Name>,
    pub(super) unknown: usize,
}

impl Tally {
    /// Adds the numbers to the arguments of the verdict, when records were asked for.
    pub(super) fn tell(&self, verdict: &mut Verdict) {
        if self.asked == 0 {
            return;
        }
        let names: Vec<&str> = self.wrong.iter().map(Name::as_str).collect();
        let numbers = [
            ("records_asked", self.asked),
            ("records_right", self.right),
            ("records_waiting", self.waiting),
            ("records_unknown", self.unknown),
        ];
        for (argument, number) in numbers {
            verdict.args.insert(argument, number.into());
        }
        verdict
            .args
            .insert("records_wrong", names.join(", ").into());
    }
}

/// What a judgement of one record stands on.
struct Context<'c> {
    paths: &'c [Path],
    /// The provider that serves the zone.
    host: String,
    /// Whether mail of the path that was asked about fails, and the policy asks to refuse or quarantine it.
    path_is_refused: bool,
}

/// Judges the records that were asked for. Runs after all other topics, whose findings it takes the place of.
pub(super) fn judge(judge: &mut Judge, survey: &Survey<'_>, paths: &[Path]) -> Tally {
    let stated = paths.first().filter(|path| path.stated);
    let refused = stated.is_some_and(|path| {
        path.dmarc.result == "fail" && matches!(path.dmarc.policy, Some("quarantine" | "reject"))
    });
    let context = Context {
        paths,
        host: survey.host.text(),
        path_is_refused: refused,
    };
    let mut tally = Tally::default();
    for record in &survey.expected.records {
        if is_not_needed(record, survey, &context) {
            continue;
        }
        tally.asked += 1;
        if let Some(answer) = record.answer {
            dns::beside_alias(judge, &record.wish.name, record.question().rtype, answer);
        }
        if is_waiting(judge, record) {
            tally.waiting += 1;
            continue;
        }
        match &record.state {
            State::Open => tally.unknown += 1,
            State::Unanswered(question, status) => {
                judge.unknown(unknown(question, *status));
                tally.unknown += 1;
            }
            State::Right { flattened } => {
                tally.right += 1;
                say_right(judge, record, *flattened);
            }
            State::Wrong(causes) => {
                tally.wrong.push(record.wish.name.clone());
                say_wrong(judge, record, causes, &context);
            }
        }
    }
    tally
}

/// Whether the servers of the zone have the record already: then it is told as waiting, before this runs.
fn is_waiting(judge: &Judge, record: &RecordFacts<'_>) -> bool {
    judge.findings.iter().any(|finding| {
        matches!(
            finding.code,
            Code::RecordWaiting | Code::RecordOldDataCached
        ) && finding.subject == record.wish.name
            && matches!(record.state, State::Right { .. })
    })
}

/// Whether the catalogue's usual record is not there because this customer set the service up in another way:
/// with a key that was pasted, a key at another selector, or another name for the return path.
fn is_not_needed(record: &RecordFacts<'_>, survey: &Survey<'_>, context: &Context<'_>) -> bool {
    let wish = &record.wish;
    let (State::Wrong(causes), Some(path)) = (&record.state, context.paths.first()) else {
        return false;
    };
    if wish.origin == Origin::Stated {
        return false;
    }
    // A key of the organization signs for its subdomains too.
    let is_elsewhere = causes
        .iter()
        .all(|cause| cause.kind == CauseKind::WrongName);
    let is_not_here = is_absent(causes) || is_elsewhere;
    if record.purpose == Purpose::Key {
        let selector = wish.name.labels().next().unwrap_or_default();
        let mut working = path.dkim.working.iter();
        if working.any(|known| known.as_str() == selector) {
            return true;
        }
        let of_catalogue = survey.expected.records.iter();
        let mut of_catalogue = of_catalogue.filter(|other| other.purpose == Purpose::Key);
        let uses_them = of_catalogue.any(|other| matches!(other.state, State::Right { .. }));
        return is_not_here && !uses_them && !path.dkim.working.is_empty();
    }
    let other = path.mail_from_domain.as_ref();
    let is_other = other.is_some_and(|name| *name != wish.name);
    // The organization's return path serves the domain beneath it too.
    let is_there = causes.iter().all(|cause| other == Some(&cause.at));
    (is_absent(causes) || is_there) && is_other && path.mail_from_basis == Basis::Record
}

fn say_right(judge: &mut Judge, record: &RecordFacts<'_>, flattened: bool) {
    let wish = &record.wish;
    let (code, severity) = if flattened {
        (Code::RecordFlattened, Severity::Advice)
    } else {
        (Code::RecordRight, Severity::Fine)
    };
    let mut finding = judge
        .finding(code, severity, &wish.name)
        .arg("type", wish.rtype.as_str())
        .at(wish.rtype);
    if !flattened {
        finding = finding.arg("policy", stricter_wish(record).unwrap_or_default());
    }
    if let Some(value) = wish.value.clone().filter(|_| flattened) {
        finding = finding.expected(value);
    }
    judge.say(finding);
}

/// The policy that was asked for, where the owner's asks for less: how far to go is for the owner to say.
fn stricter_wish(record: &RecordFacts<'_>) -> Option<&'static str> {
    let Wanted::Policy(text) = &record.wish.wanted else {
        return None;
    };
    let wanted = PolicyRecord::parse(text.as_bytes())?.reading().p;
    let mut texts = record.answer?.texts();
    let own = texts.find_map(|txt| PolicyRecord::parse(txt.to_text().as_bytes()))?;
    (own.reading().p < wanted).then(|| wanted.as_str())
}

fn say_wrong(judge: &mut Judge, record: &RecordFacts<'_>, causes: &[Cause], context: &Context<'_>) {
    let fixes = fixes(record, causes);
    if left_to_topic(judge, record, causes, &fixes) {
        return;
    }
    take_back(judge, record);
    let severity = severity(record, causes, context);
    for (index, cause) in causes.iter().enumerate() {
        let mut finding = finding(judge, record, cause, severity, context);
        // Several records at one name can suffer from the same thing.
        let is_same = |told: &Finding| {
            told.code == finding.code
                && told.subject == finding.subject
                && told.place == finding.place
                && told.found == finding.found
        };
        if finding.found.is_some() && judge.findings.iter().any(is_same) {
            continue;
        }
        if index == 0 {
            let told: Vec<&Fix> = judge.findings.iter().flat_map(|told| &told.fixes).collect();
            let open = fixes.iter().filter(|fix| !told.contains(fix));
            finding.fixes = open.cloned().collect();
        }
        judge.say(finding);
    }
}

fn severity(record: &RecordFacts<'_>, causes: &[Cause], context: &Context<'_>) -> Severity {
    let is_of_mail = matches!(record.purpose, Purpose::Key | Purpose::ReturnPath);
    // The catalogue knows what is usual; whether this account uses it, the account says.
    let is_usual = record.wish.origin == Origin::Account && is_absent(causes);
    let is_other_value = |cause: &Cause| matches!(cause.kind, CauseKind::OtherValue { .. });
    match record.purpose {
        _ if is_usual && !context.path_is_refused => Severity::Advice,
        _ if is_usual => Severity::Risk,
        _ if is_of_mail && context.path_is_refused => Severity::Blocks,
        // A policy is the owner's: the platform proposes one.
        Purpose::Policy if causes.iter().all(is_other_value) => Severity::Advice,
        Purpose::Tracking => Severity::Advice,
        // Nobody asked for the catalogue's usual return path: mail passes by its signature too.
        Purpose::ReturnPath if record.wish.origin != Origin::Stated && is_absent(causes) => {
            Severity::Advice
        }
        _ => Severity::Risk,
    }
}

fn is_absent(causes: &[Cause]) -> bool {
    causes
        .iter()
        .all(|cause| matches!(cause.kind, CauseKind::Absent { .. }))
}

/// What the topic of a record has told already, and better. Adds what was asked for where that was open.
fn left_to_topic(
    judge: &mut Judge,
    record: &RecordFacts<'_>,
    causes: &[Cause],
    fixes: &[Fix],
) -> bool {
    let name = record.wish.name.clone();
    let is_several = |cause: &Cause| matches!(cause.kind, CauseKind::Several { .. });
    let is_at_name = causes.iter().all(|cause| cause.at == name);
    let codes: &[Code] = match (&record.wish.wanted, record.purpose) {
        (Wanted::Spf(_), _) if name == judge.domain => &[
            Code::SpfMissing,
            Code::SpfMultiple,
            Code::SpfMisspelt,
            Code::SpfQuoted,
            Code::SpfLookAlike,
            Code::SpfWrongPlace,
        ],
        (_, Purpose::Policy) => &[
            Code::DmarcMissing,
            Code::DmarcMultiple,
            Code::DmarcWrongPlace,
            Code::DmarcQuoted,
            Code::DmarcMisspelt,
            Code::DmarcLookAlike,
            Code::DmarcLeadingSpace,
            Code::DmarcVersionCase,
            Code::DmarcVersionNotFirst,
            Code::DmarcDangling,
        ],
        (_, Purpose::Key) if causes.iter().any(is_several) => {
            &[Code::DkimMultiple, Code::DkimSplitInTwo]
        }
        (_, Purpose::Key) if is_at_name => &[Code::DkimRevoked, Code::DkimPrivateKey],
        _ => return false,
    };
    let domain = judge.domain.clone();
    let is_own = |subject: &Name| {
        *subject == name || (record.purpose == Purpose::Policy && *subject == domain)
    };
    let told = judge
        .findings
        .iter_mut()
        .find(|finding| codes.contains(&finding.code) && is_own(&finding.subject));
    let Some(told) = told else {
        return false;
    };
    if told.code == Code::DkimMultiple {
        // Which of several keys is right, the platform has said.
        told.fixes = fixes.to_vec();
        told.expected.clone_from(&record.wish.value);
    } else if told.fixes.is_empty() && (record.purpose == Purpose::Key || told.found.is_none()) {
        // A record that nobody can repair by itself is not put away for the platform's: it names others too.
        told.fixes = fixes.to_vec();
    }
    true
}

/// Takes back what other topics said about the same fault.
fn take_back(judge: &mut Judge, record: &RecordFacts<'_>) {
    let is_key = record.purpose == Purpose::Key;
    let name = &record.wish.name;
    judge.findings.retain(|finding| match finding.code {
        // "No key at all" is no cause where the cause is known.
        Code::DkimNoneAtAll | Code::DkimNotFound => {
            let parent = finding.subject.as_str();
            !(is_key && !parent.is_empty() && name.is_within(&finding.subject))
        }
        Code::DkimSelectorAbsent
        | Code::DkimDangling
        | Code::DkimUnreadable
        | Code::DkimQuoted
        | Code::DkimTruncated
        | Code::DkimNotBase64
        | Code::DkimKeyFormat
        | Code::DkimNoKey => finding.subject != *name,
        _ => true,
    });
}

fn code_of(kind: &CauseKind) -> Code {
    match kind {
        CauseKind::DoubledName => Code::RecordDoubledName,
        CauseKind::WrongName => Code::RecordWrongName,
        CauseKind::UnderscoreDropped => Code::RecordUnderscoreDropped,
        CauseKind::Swapped => Code::RecordSwapped,
        CauseKind::ZoneAppended { .. } => Code::RecordZoneAppended,
        CauseKind::Proxied { .. } => Code::RecordProxied,
        CauseKind::WrongType { .. } => Code::RecordWrongType,
        CauseKind::Quoted => Code::RecordQuoted,
        CauseKind::Truncated { .. } => Code::RecordTruncated,
        CauseKind::CaseChanged => Code::RecordCaseChanged,
        CauseKind::Several { .. } => Code::RecordSeveral,
        CauseKind::OtherAccount => Code::RecordOtherAccount,
        CauseKind::FormerTarget => Code::RecordFormerTarget,
        CauseKind::OtherValue { .. } => Code::RecordOtherValue,
        CauseKind::ReturnPathTaken { .. } => Code::RecordReturnPathTaken,
        CauseKind::SeveralExchanges { .. } => Code::RecordSeveralExchanges,
        CauseKind::AliasAtApex => Code::RecordAliasAtApex,
        CauseKind::ByWildcard => Code::RecordByWildcard,
        CauseKind::Dangling { .. } => Code::RecordDanglingTarget,
        CauseKind::Absent { .. } => Code::RecordAbsent,
    }
}

fn finding(
    judge: &Judge,
    record: &RecordFacts<'_>,
    cause: &Cause,
    severity: Severity,
    context: &Context<'_>,
) -> Finding {
    let wish = &record.wish;
    let texts: Vec<&str> = cause.found.iter().map(|(_, text)| text.as_str()).collect();
    let found = texts.join("\n");
    let found_type = cause.found.first().map_or(wish.rtype, |(rtype, _)| *rtype);
    let value = wish.value.clone().unwrap_or_default();
    let base = judge
        .finding(code_of(&cause.kind), severity, &wish.name)
        .at_name(&cause.at, found_type);
    let mut finding = match &cause.kind {
        CauseKind::DoubledName | CauseKind::WrongName => base
            .arg("type", wish.rtype.as_str())
            .arg("found_at", &cause.at),
        CauseKind::UnderscoreDropped | CauseKind::Swapped => base.arg("found_at", &cause.at),
        CauseKind::ZoneAppended { meant } => {
            let target = found.split_whitespace().next_back().unwrap_or_default();
            base.arg("target", target).arg("meant", meant)
        }
        CauseKind::Proxied { address } => base.arg("address", address.to_string()),
        CauseKind::WrongType { found_type } => base
            .arg("type", wish.rtype.as_str())
            .arg("found_type", found_type.as_str()),
        CauseKind::Truncated { count, expected } => base
            .arg("type", wish.rtype.as_str())
            .arg("count", *count)
            .arg("expected", *expected),
        CauseKind::CaseChanged => base.arg("found", found.as_str()),
        CauseKind::Several { count } => base.arg("type", wish.rtype.as_str()).arg("count", *count),
        CauseKind::OtherAccount | CauseKind::FormerTarget => base
            .arg("found", found.as_str())
            .arg("expected", value.as_str()),
        CauseKind::OtherValue { found_type } => base
            .arg("type", found_type.as_str())
            .arg("found", found.as_str()),
        CauseKind::Quoted | CauseKind::ByWildcard => base
            .arg("type", found_type.as_str())
            .arg("found", found.as_str()),
        CauseKind::ReturnPathTaken { label } => {
            let mut types: Vec<&str> = cause
                .found
                .iter()
                .map(|(rtype, _)| rtype.as_str())
                .collect();
            types.dedup();
            let label = label.as_ref().map(ToString::to_string).unwrap_or_default();
            base.arg("types", types.join(", ")).arg("label", label)
        }
        CauseKind::SeveralExchanges { count } => base.arg("count", *count),
        CauseKind::AliasAtApex => base.arg("type", wish.rtype.as_str()),
        CauseKind::Dangling { target } => base.arg("target", target),
        CauseKind::Absent { looked } => base
            .arg("type", wish.rtype.as_str())
            .arg("host", context.host.as_str())
            .arg("source", wish.origin.as_str())
            .arg("looked", if *looked { "yes" } else { "no" }),
    };
    if let Some(value) = &wish.value {
        finding = finding.expected(value.clone());
    }
    if !found.is_empty() {
        finding = finding.found(found);
    }
    finding
}

/// What puts a record right, whatever the causes: wrong data away, then the right data in.
fn fixes(record: &RecordFacts<'_>, causes: &[Cause]) -> Vec<Fix> {
    let wish = &record.wish;
    let adds = causes.iter().all(|cause| match cause.kind {
        // The target is the service's business; a label must first be changed in the account; and no
        // alias can stand where the zone begins.
        CauseKind::Dangling { .. } | CauseKind::ReturnPathTaken { .. } | CauseKind::AliasAtApex => {
            false
        }
        // What stands there may be a web site, or where mail is received: only its owner can say.
        CauseKind::OtherValue { .. } => {
            record.purpose == Purpose::Key
                || !matches!(wish.rtype, RecordType::Cname | RecordType::Mx)
        }
        _ => true,
    });
    // A text that no receiver could use as a key was not copied whole: no key is to make room for it.
    let is_no_key = record.purpose == Purpose::Key
        && matches!(wish.wanted, Wanted::Text(_))
        && !is_absent(causes);
    let is_there = causes.iter().any(|cause| match cause.kind {
        CauseKind::SeveralExchanges { .. } => true,
        CauseKind::Several { count } => cause.found.len() < count,
        _ => false,
    });
    let value = merged(record, causes)
        .or_else(|| wish.value.clone())
        .or_else(|| meant(wish.rtype, causes));
    // To take something away helps nobody who does not know what to put there.
    if !adds || is_no_key || value.is_none() && !is_there {
        return Vec::new();
    }
    let mut old: Vec<(&Name, RecordType, &str)> = Vec::new();
    for cause in causes.iter().filter(|cause| is_to_go(record, cause)) {
        for (rtype, text) in &cause.found {
            let datum = (&cause.at, *rtype, text.as_str());
            if !old.contains(&datum) {
                old.push(datum);
            }
        }
    }
    let here = old
        .iter()
        .position(|(at, rtype, _)| **at == wish.name && *rtype == wish.rtype);
    let is_change = value.is_some() && !is_there && here.is_some();
    if is_change && let Some(here) = here {
        old.remove(here);
    }
    let mut fixes: Vec<Fix> = old
        .into_iter()
        .map(|(at, rtype, text)| Fix::delete(at, rtype, text.to_owned()))
        .collect();
    if let Some(value) = value.filter(|_| !is_there) {
        fixes.push(match is_change {
            true => Fix::change(&wish.name, wish.rtype, value),
            false => Fix::add(&wish.name, wish.rtype, value),
        });
    }
    fixes
}

/// What was meant by a value of which the rest is known.
fn meant(rtype: RecordType, causes: &[Cause]) -> Option<String> {
    causes.iter().find_map(|cause| {
        let CauseKind::ZoneAppended { meant } = &cause.kind else {
            return None;
        };
        let (_, text) = cause.found.first()?;
        match (rtype, text.split_once(' ')) {
            (RecordType::Mx, Some((order, _))) => Some(format!("{order} {meant}")),
            _ => Some(meant.to_string()),
        }
    })
}

/// Whether what was found is in the way. A wildcard stays, and so does another token beside this one.
fn is_to_go(record: &RecordFacts<'_>, cause: &Cause) -> bool {
    let stays = matches!(
        (&cause.kind, &record.wish.wanted),
        (CauseKind::ByWildcard, _)
            | (
                CauseKind::OtherAccount,
                Wanted::Text(_) | Wanted::Exchange(_)
            )
    );
    !stays
}

/// For a record that several share, the one that holds both what stands there and what was asked for.
fn merged(record: &RecordFacts<'_>, causes: &[Cause]) -> Option<String> {
    let wanted = record.wish.value.as_deref()?;
    let cause = causes.first()?;
    let found = cause.found.iter().map(|(_, text)| text.as_str());
    match &record.wish.wanted {
        Wanted::Spf(_) if cause.at == record.wish.name => {
            let mut texts: Vec<&[u8]> = found.map(str::as_bytes).collect();
            texts.retain(|text| spf::is_spf(text));
            let wanted = if texts.iter().any(|text| says_the_rest(text)) {
                without_all(wanted)
            } else {
                wanted.to_owned()
            };
            texts.push(wanted.as_bytes());
            Some(spf::merge(&texts))
        }
        Wanted::Policy(_) if cause.at == record.wish.name => {
            let own = found.filter_map(|text| PolicyRecord::parse(text.as_bytes()));
            let own = own.take(1).next()?;
            let wanted = PolicyRecord::parse(wanted.as_bytes())?;
            let mut addresses: Vec<&str> = Vec::new();
            for address in own.rua().iter().chain(wanted.rua()) {
                let is_known = |known: &&str| known.eq_ignore_ascii_case(&address.uri);
                if !addresses.iter().any(is_known) {
                    addresses.push(&address.uri);
                }
            }
            // A policy that works is the owner's decision: one that jumps to what a platform wants may
            // cost mail that nobody looked at yet.
            let text = match own.reading().acts {
                Acts::AsWritten => own.text().into_owned(),
                Acts::AsNone | Acts::Nothing => {
                    own.with_tag(TagName::P, wanted.reading().p.as_str())
                }
            };
            if addresses.is_empty() {
                return Some(text);
            }
            let record = PolicyRecord::parse(text.as_bytes())?;
            Some(record.with_tag(TagName::Rua, &addresses.join(",")))
        }
        _ => None,
    }
}

/// Whether an SPF record says what becomes of mail that nothing before matches.
fn says_the_rest(text: &[u8]) -> bool {
    let record = spf::Record::parse(text);
    record.all().is_some() || record.redirect().is_some()
}

/// A record that a platform asked for without its last word: what becomes of all other mail, its owner has said.
fn without_all(wanted: &str) -> String {
    let is_all = |term: &&str| {
        let mechanism = term.trim_start_matches(['+', '-', '~', '?']);
        mechanism.eq_ignore_ascii_case("all")
    };
    let kept: Vec<&str> = wanted
        .split_whitespace()
        .filter(|term| !is_all(term))
        .collect();
    kept.join(" ")
}
