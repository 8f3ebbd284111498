//! What leaves a path without support, and where the record that would give it is told already.

use garant_dns::Name;

use super::{DkimLeg, Standing};
use crate::assess::Judge;
use crate::finding::{Code, Finding, Severity};

/// The word for records that are told with their values: they are what to publish.
const BY_RECORDS: &str = "records";

impl Standing {
    /// What to put right first where nothing counts: a word in the arguments of the finding. The signature
    /// goes before the return address, because it outlives forwarding.
    pub(super) fn cause(&self) -> &'static str {
        match self.dkim {
            DkimLeg::NoKey => "no-key",
            DkimLeg::Strict => "strict",
            DkimLeg::Foreign => "foreign",
            DkimLeg::Apart => "apart",
            DkimLeg::Counts | DkimLeg::Ed25519 | DkimLeg::Unknown => "other",
        }
    }
}

/// Lets what is said of the path that was asked about point at the records that a platform asked for, where
/// those are told with their values. Runs after them: a return path that was asked for and is not there is
/// the cause, and not a service that sends with an address of its own.
pub(in crate::assess) fn point_at_records(judge: &mut Judge, standings: &[Standing]) {
    let Some(standing) = standings.first().filter(|standing| standing.stated) else {
        return;
    };
    let key = is_told(judge, &standing.key_names);
    let address = is_told(judge, &standing.address_names);
    let sender = standing.sender();
    let is_its = |finding: &Finding| finding.args.get("sender") == Some(&sender);
    judge.findings.retain(|finding| {
        !(address && finding.code == Code::PathReturnPathForeign && is_its(finding))
    });
    for finding in judge.findings.iter_mut().filter(|finding| is_its(finding)) {
        match finding.code {
            Code::PathNoKey | Code::PathSpfOnly if key => {
                finding.args.insert("records", "yes".into());
            }
            Code::PathDkimOnly if address => {
                finding.args.insert("records", "yes".into());
            }
            Code::PathRefused | Code::PathUnauthenticated
                if key && standing.dkim == DkimLeg::NoKey =>
            {
                finding.args.insert("cause", BY_RECORDS.into());
            }
            _ => {}
        }
    }
}

/// Whether a record at one of these names is told as wrong or absent, with what it should be.
fn is_told(judge: &Judge, names: &[Name]) -> bool {
    judge.findings.iter().any(|finding| {
        let is_about_fault = finding.code.topic() == "record"
            && finding.severity != Severity::Fine
            && !matches!(
                finding.code,
                Code::RecordFlattened | Code::RecordWaiting | Code::RecordOldDataCached
            );
        is_about_fault && finding.expected.is_some() && names.contains(&finding.subject)
    })
}
