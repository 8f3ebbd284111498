//! How good a state is, so that two can be compared.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use garant_dns::Name;

use super::{Standing, State};
use crate::assessment::Assessment;
use crate::finding::{Code, Finding, Severity};
use crate::path::Path;

/// What a plan is measured by, the first first: how the mail that the question is about stands, what
/// blocks mail, what puts it at risk, and what was asked for besides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    path: u8,
    blocks: Reverse<usize>,
    risks: Reverse<usize>,
    wishes: usize,
}

/// A finding that a plan can remove, told from others by what it is and where.
pub(super) type Cause = (Code, Name);

impl Score {
    /// `focus` is the path that the plan is for, as it stood before.
    pub(super) fn of(assessment: &Assessment, focus: Option<&Path>, wishes: usize) -> Self {
        let count = |severity| {
            let findings = assessment.findings.iter();
            findings.filter(|told| told.severity == severity).count()
        };
        // A path that no record shows any more stands no worse for it, and no better.
        let path = focus.map(|focus| same_path(assessment, focus).unwrap_or(focus));
        Self {
            path: path.map_or(0, rank),
            blocks: Reverse(count(Severity::Blocks)),
            risks: Reverse(count(Severity::Risk)),
            wishes,
        }
    }

    /// Whether the mail that the question is about stands worse than in `other`.
    pub(super) fn path_is_worse_than(&self, other: &Self) -> bool {
        self.path < other.path
    }
}

/// The path of the same service.
pub(super) fn same_path<'a>(assessment: &'a Assessment, path: &Path) -> Option<&'a Path> {
    let is_same = |other: &&Path| {
        other.sender == path.sender && (path.sender.is_some() || other.stated == path.stated)
    };
    assessment.paths.iter().find(is_same)
}

/// How mail on this path stands, the higher the better: refused, filed as spam, at the receiver's
/// discretion, passing by one reading of two, by one leg, by two. What cannot be told counts as a failure:
/// nothing is better for not being seen.
pub(super) fn rank(path: &Path) -> u8 {
    let dmarc = &path.dmarc;
    let asks = |policy| dmarc.policy == Some(policy);
    match (dmarc.legs, dmarc.result) {
        (Some(2..), "pass") if dmarc.rfc7489 == "pass" => 6,
        (_, "pass") if dmarc.rfc7489 == "pass" => 5,
        (_, "pass") => 4,
        (Some(1..), "none") => 3,
        _ if asks("reject") => 0,
        _ if asks("quarantine") => 1,
        _ => 2,
    }
}

impl Standing {
    pub(super) fn of(path: &Path) -> Self {
        Self {
            result: path.dmarc.result,
            policy: path.dmarc.policy,
            legs: path.dmarc.legs,
        }
    }
}

/// What is said with one severity, each cause once.
fn causes(assessment: &Assessment, severity: Severity) -> BTreeSet<Cause> {
    let findings = assessment.findings.iter();
    findings
        .filter(|finding| finding.severity == severity)
        .map(cause)
        .collect()
}

pub(super) fn cause(finding: &Finding) -> Cause {
    (finding.code, finding.subject.clone())
}

/// Everything that blocks mail or puts it at risk.
pub(super) fn all_causes(assessment: &Assessment) -> BTreeSet<Cause> {
    let mut all = causes(assessment, Severity::Blocks);
    all.extend(causes(assessment, Severity::Risk));
    all
}

/// Whether two judgements come to the same: the verdict, every path, and what blocks mail or puts it at risk.
pub(super) fn is_same(one: &Assessment, other: &Assessment) -> bool {
    let told = |assessment: &Assessment| -> Vec<(Severity, Cause)> {
        let findings = assessment.findings.iter();
        let mut told: Vec<_> = findings
            .filter(|finding| finding.severity <= Severity::Risk)
            .map(|finding| (finding.severity, cause(finding)))
            .collect();
        told.sort();
        told
    };
    one.verdict == other.verdict && one.paths == other.paths && told(one) == told(other)
}

impl State {
    pub(super) fn of(assessment: &Assessment, focus: Option<&Path>) -> Self {
        let mut told: Vec<&Finding> = assessment
            .findings
            .iter()
            .filter(|finding| finding.severity <= Severity::Risk)
            .collect();
        told.sort_by_key(|finding| finding.severity);
        let count = |severity| told.iter().filter(|f| f.severity == severity).count();
        let mut codes: Vec<Code> = Vec::new();
        for finding in &told {
            if !codes.contains(&finding.code) {
                codes.push(finding.code);
            }
        }
        let path = match focus {
            Some(focus) => same_path(assessment, focus).cloned(),
            None => assessment.paths.first().cloned(),
        };
        Self {
            verdict: assessment.verdict.clone(),
            path,
            blocks: count(Severity::Blocks),
            risks: count(Severity::Risk),
            codes,
        }
    }
}
