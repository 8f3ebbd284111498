//! Records that the zone has and that resolvers do not see yet: nothing is wrong, and nothing is to be done.

use std::collections::BTreeMap;

use garant_dns::Name;
use jiff::Timestamp;

use super::Judge;
use crate::assessment::Unknown;
use crate::finding::{Code, Severity};
use crate::survey::Waiting;

/// Says each name once: what is kept the longest decides when all of it is seen.
pub(super) fn judge(judge: &mut Judge, waiting: &[Waiting]) {
    let mut by_name: BTreeMap<&Name, Vec<&Waiting>> = BTreeMap::new();
    for one in waiting {
        by_name.entry(&one.question.name).or_default().push(one);
    }
    for (name, all) in by_name {
        let until = all.iter().map(|one| one.until).max().unwrap_or_default();
        let Some(one) = all.first() else {
            continue;
        };
        let rtype = one.question.rtype;
        let code = match one.old {
            None => Code::RecordWaiting,
            Some(_) => Code::RecordOldDataCached,
        };
        let mut finding = judge
            .finding(code, Severity::Advice, name)
            .arg("type", rtype.as_str())
            .arg("until", rfc3339(until))
            .at(rtype);
        if let Some(old) = &one.old {
            finding = finding.arg("old", old.as_str());
        }
        finding.found.clone_from(&one.old);
        finding.expected.clone_from(&one.new);
        judge.say(finding);
        judge.unknown(Unknown {
            name: name.clone(),
            rtype: rtype.to_string(),
            reason: "waiting",
        });
    }
}

/// Seconds since 1970 as RFC 3339 in UTC; a time outside the calendar is its last second.
fn rfc3339(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    time.to_string()
}
