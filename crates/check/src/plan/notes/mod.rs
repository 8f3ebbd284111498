//! What no record of the owner cures, and who can; what has to be known about a change.

mod change;
mod finding;
mod policy;

use std::collections::BTreeMap;

use super::draft::Edit;
use super::site::Site;
use super::{Change, Note, Who};
use crate::assessment::Assessment;
use crate::finding::{Argument, Finding, Severity};

use change::of_change;
use finding::of_finding;
use policy::{of_lock, of_policy, of_reports, of_wish};

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

fn argument(finding: &Finding, name: &str) -> Argument {
    let known = finding.args.get(name).cloned();
    known.unwrap_or_else(|| Argument::from(""))
}
