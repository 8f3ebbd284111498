//! What no record of the owner cures, and who can; what has to be known about a change.

use std::collections::BTreeMap;

use garant_dns::{AnswerTable, Name, Question, RecordType, Source, Status};
use garant_msgauth::dmarc::PolicyRecord;
use garant_msgauth::spf::Record;

use super::draft::{Edit, Purpose, parsed, purpose};
use super::remedy::{self, TTL_PROPOSED_S};
use super::site::Site;
use super::{Change, Note, Who};
use crate::assessment::Assessment;
use crate::catalogue::service;
use crate::finding::{Action, Argument, Code, Finding, Fix, Severity};
use crate::survey;

/// Aggregate report addresses that every receiver serves (RFC 7489, section 6.2).
const REPORT_ADDRESSES_SERVED: usize = 2;
/// Notes of one kind at most: whoever has more to do sees the next ones afterwards.
const REPEATS_MAX: usize = 5;

/// Every note with its arguments: keys of the words.
pub const NOTES: &[(&str, &[&str])] = &[
    // About a change.
    ("plan-note-lower-ttl", &["name", "type", "seconds"]),
    ("plan-note-may-be-deleted", &["name", "type"]),
    ("plan-note-from-catalogue", &["sender", "page"]),
    ("plan-note-spf-incomplete", &["name"]),
    ("plan-note-include-dropped", &["include", "sender"]),
    ("plan-note-dead-terms-dropped", &["terms", "asked"]),
    ("plan-note-no-report-address", &["name"]),
    ("plan-note-third-report-address", &["count"]),
    (
        "plan-note-reports-authorisation",
        &["destination", "record"],
    ),
    ("plan-note-temporary", &["date", "policy"]),
    ("plan-note-unprotected", &["domain", "policy"]),
    ("plan-note-policy-acts", &["domain", "policy"]),
    ("plan-note-policy-wished", &["name", "policy"]),
    ("plan-note-new-from", &["subdomain", "sender"]),
    ("plan-note-if-sends-nothing", &["domain"]),
    // What no record of the owner cures.
    ("plan-note-register", &["domain"]),
    ("plan-note-own-domain", &["domain"]),
    ("plan-note-dnssec", &["domain"]),
    ("plan-note-lame-servers", &["servers"]),
    ("plan-note-delegation", &["parent", "zone"]),
    ("plan-note-stale-server", &["server"]),
    ("plan-note-servers-disagree", &["servers"]),
    ("plan-note-servers-unreachable", &["servers"]),
    ("plan-note-enter-elsewhere", &["host"]),
    ("plan-note-no-answer", &["name", "type"]),
    ("plan-note-alias-at-domain", &["domain", "target"]),
    ("plan-note-key-again", &["selector"]),
    ("plan-note-key-compromised", &["selector"]),
    ("plan-note-key-which", &["selector"]),
    ("plan-note-key-rsa", &["selector"]),
    ("plan-note-switch-on-dkim", &["domain"]),
    ("plan-note-values-of-account", &["sender", "page"]),
    ("plan-note-set-up-return-path", &["sender", "page"]),
    ("plan-note-target-gone", &["target"]),
    ("plan-note-choose-label", &["name", "label"]),
    ("plan-note-no-alias-at-domain", &["name"]),
    ("plan-note-wait", &["name", "type", "until"]),
    ("plan-note-record-of-other", &["target"]),
    ("plan-note-spf-correct", &["name"]),
    ("plan-note-spf-write", &["name"]),
    ("plan-note-spf-services-apart", &["count", "limit", "list"]),
    ("plan-note-spf-no-plan", &["count", "limit"]),
    ("plan-note-spf-names", &["terms"]),
    ("plan-note-spf-everybody", &["term"]),
    ("plan-note-policy-decide", &["name"]),
    ("plan-note-exchange", &["exchange"]),
    ("plan-note-receive", &["domain"]),
    ("plan-note-mta-sts-file", &["exchange"]),
    ("plan-note-second-support", &["receiver"]),
    ("plan-note-not-proven", &["name"]),
    ("plan-note-sign-as-domain", &["domain"]),
];

fn one<const N: usize>(
    code: &'static str,
    who: Who,
    args: [(&'static str, Argument); N],
) -> Vec<Note> {
    vec![note(code, who, args)]
}

pub(super) fn note<const N: usize>(
    code: &'static str,
    who: Who,
    args: [(&'static str, Argument); N],
) -> Note {
    debug_assert!(
        NOTES.iter().any(|(known, names)| {
            *known == code
                && names
                    .iter()
                    .all(|name| args.iter().any(|(arg, _)| arg == name))
        }),
        "{code} is no note with these arguments"
    );
    Note {
        code,
        who,
        args: BTreeMap::from(args),
    }
}

/// What else has to be done or known. What is said once is not said again.
pub(super) fn of(
    site: &Site<'_>,
    changes: &[Change],
    before: &Assessment,
    after: &Assessment,
) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let about_changes = changes
        .iter()
        .flat_map(|change| of_change(site, change, before));
    let told = after
        .findings
        .iter()
        .filter(|finding| finding.severity <= Severity::Risk || is_of_records(finding));
    let about_rest = told.flat_map(|finding| of_finding(site, finding, after));
    let about_reports = of_reports(site, changes, after);
    let all: Vec<Note> = about_changes
        .chain(of_policy(site, changes, before, after))
        .chain(about_reports)
        .chain(of_lock(site, changes))
        .chain(of_wish(after))
        .chain(about_rest)
        .collect();
    for note in all {
        let of_kind = notes.iter().filter(|known| known.code == note.code).count();
        if of_kind < REPEATS_MAX && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// What may be tidied up, each name once.
pub(super) fn of_spare(spare: &[Edit]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for edit in spare {
        let args = [
            ("name", Argument::from(&edit.name)),
            ("type", edit.rtype.as_str().into()),
        ];
        let note = note("plan-note-may-be-deleted", Who::Owner, args);
        if notes.len() < REPEATS_MAX && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

fn is_of_records(finding: &Finding) -> bool {
    finding.code.topic() == "record" && finding.severity != Severity::Fine
}

fn of_change(site: &Site<'_>, change: &Change, before: &Assessment) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(seconds) = change.old_ttl.filter(|ttl| *ttl > TTL_PROPOSED_S) {
        let args = [
            ("name", Argument::from(&change.name)),
            ("type", change.rtype.as_str().into()),
            ("seconds", seconds.into()),
        ];
        notes.push(note("plan-note-lower-ttl", Who::Owner, args));
    }
    let data = parsed(change.rtype, &change.value);
    if data.as_ref().map(purpose) == Some(Purpose::Spf) && change.action != Action::Delete {
        notes.extend(of_spf(site, change, before));
    }
    if let Some(path) = before.paths.first()
        && let Some(service) = path.sender.and_then(service)
        && is_of_catalogue(site, change, service)
    {
        let args = [
            ("sender", service.name.as_str().into()),
            ("page", service.docs.as_deref().unwrap_or_default().into()),
        ];
        notes.push(note("plan-note-from-catalogue", Who::Service, args));
    }
    notes
}

/// Whether a change publishes what only the catalogue says.
fn is_of_catalogue(site: &Site<'_>, change: &Change, service: &crate::catalogue::Service) -> bool {
    let request = &site.observation.request;
    let is_stated = request
        .expect
        .iter()
        .any(|wish| wish.name == change.name && wish.rtype == change.rtype);
    let target = parsed(change.rtype, &change.value);
    let leads_there = |name: &Name| {
        let mut known = service.targets.iter().chain(&service.return_path.targets);
        known.any(|target| name.is_within(target))
    };
    let is_alias = matches!(&target, Some(garant_dns::Data::Cname(name)) if leads_there(name));
    let includes = change.rtype == RecordType::Txt
        && change.value.starts_with("v=spf1")
        && service.spf.iter().any(|include| {
            let term = format!("include:{include}");
            change.value.contains(&term)
                && !change.was.as_ref().is_some_and(|was| was.contains(&term))
        });
    !is_stated && change.action != Action::Delete && (is_alias || includes)
}

/// What an SPF record says no more, and what a new one may not say yet.
fn of_spf(site: &Site<'_>, change: &Change, before: &Assessment) -> Vec<Note> {
    let Some(was) = &change.was else {
        if change.value.ends_with("-all") && site.locks_down {
            return Vec::new();
        }
        let args = [("name", Argument::from(&change.name))];
        return vec![note("plan-note-spf-incomplete", Who::Owner, args)];
    };
    let now: Vec<&str> = change.value.split(' ').collect();
    let gone = |text: &str| !now.contains(&text) && was.split(' ').any(|term| term == text);
    let dropped = remedy::droppable(site, before);
    let mut notes: Vec<Note> = dropped
        .iter()
        .filter(|include| gone(&include.text))
        .map(|include| {
            let args = [
                ("include", include.text.as_str().into()),
                ("sender", include.service.into()),
            ];
            note("plan-note-include-dropped", Who::Owner, args)
        })
        .collect();
    // What was only written otherwise (a lost space put back, a name spelt right) is still there.
    let glued: String = now.concat();
    let is_sender = |term: &&str| {
        let record = Record::parse(format!("v=spf1 {term}").as_bytes());
        record.is_valid() && record.all().is_none() && record.directives().count() == 1
    };
    let mut dead: Vec<&str> = was
        .split(' ')
        .filter(is_sender)
        .filter(|term| gone(term) && !glued.contains(term))
        .filter(|term| !dropped.iter().any(|include| include.text == *term))
        .collect();
    dead.dedup();
    if !dead.is_empty() {
        let asked = who_was_asked(site, &dead);
        let args = [("terms", dead.join(", ").into()), ("asked", asked.into())];
        notes.push(note("plan-note-dead-terms-dropped", Who::Owner, args));
    }
    notes
}

/// Who said what stands at the names that terms of an SPF record lead to: servers of their zones, a zone file, or
/// a recursive server.
fn who_was_asked(site: &Site<'_>, terms: &[&str]) -> &'static str {
    let questions = || terms.iter().filter_map(|term| question_of(site, term));
    let all = |is_so: &dyn Fn(&Question) -> bool| {
        questions().count() == terms.len() && questions().all(|question| is_so(&question))
    };
    let observation = site.observation;
    let servers = |question: &Question| {
        let servers = observation.zones.iter().flat_map(|view| &view.servers);
        let mut answers = servers.filter_map(|server| server.answer(question));
        question.rtype == RecordType::Txt && survey::servers_were_asked(observation, &question.name)
            || answers.any(|answer| answer.is_of_authority())
    };
    let zone = |question: &Question| {
        let answer = observation.answers.answer(question);
        answer.is_some_and(|answer| answer.source == Source::Zone)
    };
    if all(&servers) {
        "servers"
    } else if all(&zone) {
        "zone"
    } else {
        "resolver"
    }
}

/// The question that shows what stands at the name that a term leads to.
fn question_of(site: &Site<'_>, term: &str) -> Option<Question> {
    let term = term.trim_start_matches(['+', '-', '~', '?']);
    let (mechanism, target) = term.split_once(':').unwrap_or((term, ""));
    let target = match target.split('/').next().unwrap_or_default() {
        "" => site.observation.request.domain.clone(),
        target => target.parse().ok()?,
    };
    let rtype = match mechanism.to_ascii_lowercase().as_str() {
        "include" => RecordType::Txt,
        "mx" => RecordType::Mx,
        _ => RecordType::A,
    };
    Some(Question::new(target, rtype))
}

/// That the policy asks for more than it does today: what the DNS does not show of the domain's mail is judged
/// by it too.
fn of_policy(
    site: &Site<'_>,
    changes: &[Change],
    before: &Assessment,
    after: &Assessment,
) -> Option<Note> {
    let asked = |assessment: &Assessment| {
        let walk = assessment.records.dmarc.walk.as_ref();
        walk.map_or("none", |policy| policy.effective)
    };
    let strength = |policy| match policy {
        "reject" => 2,
        "quarantine" => 1,
        _ => 0,
    };
    let is_stricter = strength(asked(after)) > strength(asked(before));
    let args = [
        (
            "domain",
            site.observation.request.domain.to_unicode().into(),
        ),
        ("policy", asked(after).into()),
    ];
    (is_stricter && !changes.is_empty() && !site.locks_down)
        .then(|| note("plan-note-policy-acts", Who::Owner, args))
}

/// Keys may stand at selectors that nobody can guess: then a domain that says that it sends nothing may send.
fn of_lock(site: &Site<'_>, changes: &[Change]) -> Option<Note> {
    let domain = &site.observation.request.domain;
    let args = [("domain", domain.to_unicode().into())];
    (site.locks_down && !changes.is_empty() && may_have_keys(site))
        .then(|| note("plan-note-if-sends-nothing", Who::Owner, args))
}

/// Whether `_domainkey` exists, so that something stands there or beneath it (RFC 8020, section 2).
fn may_have_keys(site: &Site<'_>) -> bool {
    let keys = site.observation.request.domain.prefixed("_domainkey");
    let mut answers = site.observation.answers.iter();
    keys.is_ok_and(|keys| {
        answers.any(|(question, answer)| {
            question.name == keys && matches!(answer.status, Status::Found | Status::NoData)
        })
    })
}

/// The policy that a platform asks for, where the owner's asks for less and stays.
fn of_wish(after: &Assessment) -> Vec<Note> {
    let right = after.findings.iter();
    right
        .filter(|finding| finding.code == Code::RecordRight)
        .filter_map(|finding| {
            let policy = argument(finding, "policy");
            let args = [
                ("name", Argument::from(&finding.subject)),
                ("policy", policy.clone()),
            ];
            (policy != Argument::from(""))
                .then(|| note("plan-note-policy-wished", Who::Owner, args))
        })
        .collect()
}

/// Where reports go after the changes.
fn of_reports(site: &Site<'_>, changes: &[Change], after: &Assessment) -> Vec<Note> {
    let policy = changes.iter().find(|change| {
        change.action != Action::Delete && change.name.as_str().starts_with("_dmarc.")
    });
    let Some(policy) = policy else {
        return Vec::new();
    };
    let Some(record) = PolicyRecord::parse(policy.value.as_bytes()) else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    let count = record.rua().len();
    if count == 0 && !site.locks_down {
        let args = [("name", Argument::from(&policy.name))];
        notes.push(note("plan-note-no-report-address", Who::Owner, args));
    }
    if count > REPORT_ADDRESSES_SERVED {
        let args = [("count", count.into())];
        notes.push(note("plan-note-third-report-address", Who::Owner, args));
    }
    for finding in &after.findings {
        if finding.code == Code::DmarcReportsNotAuthorised {
            let args = [
                ("destination", argument(finding, "destination")),
                ("record", argument(finding, "record")),
            ];
            notes.push(note("plan-note-reports-authorisation", Who::Other, args));
        }
    }
    notes
}

fn argument(finding: &Finding, name: &str) -> Argument {
    let known = finding.args.get(name).cloned();
    known.unwrap_or_else(|| Argument::from(""))
}

/// Who must do what about something that the changes leave as it is.
fn of_finding(site: &Site<'_>, finding: &Finding, after: &Assessment) -> Vec<Note> {
    if let Some(fix) = foreign(site, finding) {
        let args = [("target", Argument::from(&fix.name))];
        return vec![note("plan-note-record-of-other", Who::Other, args)];
    }
    let domain = || Argument::from(site.observation.request.domain.to_unicode());
    let name = || Argument::from(&finding.subject);
    let arg = |name: &str| argument(finding, name);
    match finding.code {
        // A name beneath a domain that exists is there from its first record on.
        Code::DomainAbsent if site.organization_exists() => {
            one("plan-note-receive", Who::Owner, [("domain", domain())])
        }
        Code::DomainAbsent => one(
            "plan-note-register",
            Who::Registrar,
            [("domain", site.organization.to_unicode().into())],
        ),
        Code::DomainFreeMail => one("plan-note-own-domain", Who::Owner, [("domain", domain())]),
        Code::DnssecBogus | Code::DnssecDsWithoutKey => {
            one("plan-note-dnssec", Who::Registrar, [("domain", name())])
        }
        Code::DnsAllServersLame => one(
            "plan-note-lame-servers",
            Who::DnsHost,
            [("servers", arg("servers"))],
        ),
        Code::DnsLameServer => one(
            "plan-note-lame-servers",
            Who::DnsHost,
            [("servers", arg("server"))],
        ),
        Code::DnsDelegationDiffers => one(
            "plan-note-delegation",
            Who::Registrar,
            [("parent", arg("parent")), ("zone", arg("zone"))],
        ),
        Code::DnsStaleServer => one(
            "plan-note-stale-server",
            Who::DnsHost,
            [("server", arg("server"))],
        ),
        Code::DnsServersDisagree => one(
            "plan-note-servers-disagree",
            Who::DnsHost,
            [("servers", arg("servers"))],
        ),
        Code::DnsServersIpv6Only => one(
            "plan-note-servers-unreachable",
            Who::DnsHost,
            [("servers", arg("servers"))],
        ),
        Code::DnsRecordAtOtherServers => one(
            "plan-note-enter-elsewhere",
            Who::Owner,
            [("host", arg("host"))],
        ),
        Code::DnsNoAnswer | Code::DnsNoTcp => one(
            "plan-note-no-answer",
            Who::DnsHost,
            [("name", name()), ("type", arg("type"))],
        ),
        Code::DnsAliasAtDomain => one(
            "plan-note-alias-at-domain",
            Who::Owner,
            [("domain", domain()), ("target", arg("target"))],
        ),
        Code::DnsRecordBesideAlias => {
            one("plan-note-policy-decide", Who::Owner, [("name", name())])
        }
        Code::DkimPrivateKey => one(
            "plan-note-key-compromised",
            Who::Service,
            [("selector", arg("selector"))],
        ),
        Code::DkimMultiple => one(
            "plan-note-key-which",
            Who::Service,
            [("selector", selector_of(finding))],
        ),
        Code::RecordSeveral if is_key(&finding.subject) => one(
            "plan-note-key-which",
            Who::Service,
            [("selector", selector_of(finding))],
        ),
        Code::DkimEd25519Only => one(
            "plan-note-key-rsa",
            Who::Service,
            [("selector", arg("list"))],
        ),
        Code::DkimDangling | Code::RecordDanglingTarget => one(
            "plan-note-target-gone",
            Who::Service,
            [("target", arg("target"))],
        ),
        Code::DkimNoneAtAll | Code::DmarcEnforcedWithoutDkim => one(
            "plan-note-switch-on-dkim",
            Who::Service,
            [("domain", domain())],
        ),
        Code::RecordAbsent if finding.fixes.is_empty() => {
            of_service("plan-note-values-of-account", after)
        }
        Code::PathNoKey | Code::PathSelectorsUnknown => {
            let keys = of_service("plan-note-values-of-account", after);
            if keys.is_empty() {
                one(
                    "plan-note-switch-on-dkim",
                    Who::Service,
                    [("domain", domain())],
                )
            } else {
                keys
            }
        }
        Code::PathSignatureNotAligned => one(
            "plan-note-sign-as-domain",
            Who::Service,
            [("domain", domain())],
        ),
        Code::PathReturnPathForeign => of_service("plan-note-set-up-return-path", after),
        Code::PathNotAuthorised => one("plan-note-spf-write", Who::Owner, [("name", name())]),
        Code::RecordReturnPathTaken => one(
            "plan-note-choose-label",
            Who::Service,
            [("name", name()), ("label", arg("label"))],
        ),
        Code::RecordAliasAtApex => one(
            "plan-note-no-alias-at-domain",
            Who::Service,
            [("name", name())],
        ),
        Code::RecordWaiting | Code::RecordOldDataCached => one(
            "plan-note-wait",
            Who::Owner,
            [
                ("name", name()),
                ("type", arg("type")),
                ("until", arg("until")),
            ],
        ),
        Code::SpfIncludeWithoutRecord
        | Code::SpfIncludeBroken
        | Code::SpfIncludeLoop
        | Code::SpfIncludeRegistrable
        | Code::SpfRedirectWithoutRecord => one(
            "plan-note-record-of-other",
            Who::Other,
            [("target", arg("target"))],
        ),
        Code::SpfTooManyExchanges => {
            one("plan-note-spf-names", Who::Owner, [("terms", arg("term"))])
        }
        Code::SpfTooManyVoids => one("plan-note-spf-names", Who::Owner, [("terms", arg("terms"))]),
        Code::SpfPlusAll => one(
            "plan-note-spf-everybody",
            Who::Owner,
            [("term", arg("term"))],
        ),
        Code::SpfMissing => one("plan-note-spf-write", Who::Owner, [("name", name())]),
        Code::SpfTooManyLookups => too_many_lookups(finding, after),
        Code::DmarcDiscoveryDiffers | Code::DmarcEnforcedWithoutBoth => {
            one("plan-note-policy-decide", Who::Owner, [("name", name())])
        }
        Code::MxNull | Code::MxNone | Code::MxNullBesideOthers => {
            one("plan-note-receive", Who::Owner, [("domain", domain())])
        }
        Code::MxWithoutAddress | Code::MxIsAddress | Code::MxPrivateAddress | Code::MxAlias => one(
            "plan-note-exchange",
            Who::Owner,
            [("exchange", arg("exchange"))],
        ),
        Code::MtaStsExchangeNotListed => one(
            "plan-note-mta-sts-file",
            Who::Owner,
            [("exchange", arg("exchange"))],
        ),
        Code::PathReceiverStricter => one(
            "plan-note-second-support",
            Who::Owner,
            [("receiver", arg("receiver"))],
        ),
        Code::PathReadingsDiffer => one(
            "plan-note-sign-as-domain",
            Who::Service,
            [("domain", domain())],
        ),
        code if code.topic() == "record" && !finding.fixes.is_empty() => {
            one("plan-note-not-proven", Who::Owner, [("name", name())])
        }
        code if code.topic() == "dkim" => one(
            "plan-note-key-again",
            Who::Service,
            [("selector", selector_of(finding))],
        ),
        code if code.topic() == "spf" => {
            one("plan-note-spf-correct", Who::Owner, [("name", name())])
        }
        code if code.topic() != "path" => {
            one("plan-note-policy-decide", Who::Owner, [("name", name())])
        }
        // What a path comes to follows from its causes.
        _ => Vec::new(),
    }
}

/// Whether a name is that of a key record.
fn is_key(name: &Name) -> bool {
    name.labels().nth(1) == Some("_domainkey")
}

fn selector_of(finding: &Finding) -> Argument {
    match finding.args.get("selector") {
        Some(selector) => selector.clone(),
        None => Argument::from(finding.subject.labels().next().unwrap_or_default()),
    }
}

/// A fix that only another organization can make.
fn foreign<'f>(site: &Site<'_>, finding: &'f Finding) -> Option<&'f Fix> {
    let mut fixes = finding.fixes.iter();
    fixes.find(|fix| !fix.name.is_within(&site.organization))
}

/// What the service of the affected path shows in its settings.
fn of_service(code: &'static str, after: &Assessment) -> Vec<Note> {
    let path = after.paths.first();
    let service = path.and_then(|path| path.sender).and_then(service);
    let note = service.map(|service| {
        note(
            code,
            Who::Service,
            [
                ("sender", service.name.as_str().into()),
                ("page", service.docs.as_deref().unwrap_or_default().into()),
            ],
        )
    });
    note.into_iter().collect()
}

/// More look-ups than anything that nobody needs costs: a service must move to a name of its own.
fn too_many_lookups(finding: &Finding, after: &Assessment) -> Vec<Note> {
    let (count, limit) = (argument(finding, "count"), argument(finding, "limit"));
    let root = after.records.spf.parsed.iter();
    let includes: Vec<&str> = root
        .flat_map(|root| &root.terms)
        .filter(|term| term.reached && term.lookups > 0)
        .filter(|term| term.text.to_ascii_lowercase().contains("include:"))
        .map(|term| term.text.as_str())
        .collect();
    // One service alone cannot be moved away from itself.
    if includes.len() > 1 {
        let list = Argument::from(includes.join(", "));
        let args = [("count", count), ("limit", limit), ("list", list)];
        return vec![note("plan-note-spf-services-apart", Who::Owner, args)];
    }
    let args = [("count", count), ("limit", limit)];
    vec![note("plan-note-spf-no-plan", Who::Owner, args)]
}
