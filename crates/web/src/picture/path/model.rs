//! What the picture of a message's way shows.

use garant_check::path::Path;
use garant_check::registrable_domain;
use garant_dns::Name;
use garant_service::report::{PlanReport, Report};
use garant_text::Args;
use serde::{Deserialize, Serialize};

use super::super::look::{ADVICE, BLOCK, Look, RIGHT, RISK, UNKNOWN};
use super::super::say::Words;

/// The policies of DMARC, the mildest first.
pub(super) const POLICIES: [&str; 3] = ["none", "quarantine", "reject"];

/// The way of the mail of one service, or of one message. That of a message may be kept, so it is data, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::picture) struct Way {
    /// What the drawing is called.
    pub(super) title: String,
    /// Who sends.
    pub(super) sender: String,
    /// What it does, and who passed the message on.
    pub(super) sends: Vec<String>,
    /// What stands above it.
    pub(super) step: String,
    /// The address that readers see, or its domain.
    pub(super) from: String,
    /// The return address and the signature.
    pub(super) legs: [Leg; 2],
    /// How many of them support the displayed address.
    pub(super) support: String,
    pub(super) dmarc: String,
    pub(super) dmarc_look: Look,
    /// Whose the current policy is.
    pub(super) current: String,
    /// That there is no policy, where there is none.
    pub(super) no_policy: Option<String>,
    pub(super) policies: [Policy; 3],
    /// What comes of it after the plan.
    pub(super) after: Option<(String, Look)>,
    /// The answer: what the description and the list say, with what stands before it in the list.
    pub(super) sentences: Vec<(String, Option<Look>)>,
}

/// The return address or the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Leg {
    pub(super) is_envelope: bool,
    /// Its domain, or that it is not known.
    pub(super) name: String,
    pub(super) is_named: bool,
    /// Whether what it stands for is there: SPF passes, a key is published.
    pub(super) is_there: Option<bool>,
    /// Its Organizational Domain, where alignment compares that and it is not the name itself.
    pub(super) organization: Option<String>,
    /// What stands for it, in words.
    pub(super) proof: String,
    /// What it comes to, in words.
    pub(super) says: String,
    pub(super) look: Look,
    pub(super) relaxed: Arrow,
    pub(super) strict: Arrow,
}

/// Whether the leg reaches the displayed address in one of the modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Arrow {
    /// Nothing when it could not be told.
    pub(super) holds: Option<bool>,
    /// Whether this is the mode that the policy asks for.
    pub(super) is_asked: bool,
}

/// One policy, and what it asks for this mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Policy {
    pub(super) name: String,
    pub(super) is_current: bool,
    pub(super) outcome: String,
    pub(super) look: Look,
}

impl Way {
    /// The way of the first path; nothing without one.
    pub(super) fn of(report: &Report, plan: &PlanReport, words: &Words) -> Option<Self> {
        let told = report.paths.first()?;
        let path = &told.path;
        let passes = passes(path);
        let legs = [
            Leg::envelope(report, path, passes, words),
            Leg::seal(report, path, passes, words),
        ];
        let policies = POLICIES.map(|name| {
            let (outcome, look) = outcome(name, passes);
            Policy {
                name: name.to_owned(),
                is_current: path.dmarc.policy == Some(name),
                outcome: words.say(
                    "picture-path-outcome",
                    &Args::new().with("outcome", outcome),
                ),
                look,
            }
        });
        let result = match (path.dmarc.result, passes) {
            ("none", _) => "none",
            (_, Some(true)) => "pass",
            (_, Some(false)) => "fail",
            (_, None) => "unknown",
        };
        let is_enforced = path.dmarc.policy.is_some_and(|policy| policy != "none");
        let dmarc_look = match passes {
            Some(true) if result == "none" => ADVICE,
            Some(true) => RIGHT,
            Some(false) if is_enforced => BLOCK,
            Some(false) => RISK,
            None => UNKNOWN,
        };
        let sender = match path.sender_name {
            Some(name) => name.to_owned(),
            None => words.word("picture-path-service"),
        };
        let no_policy = path.dmarc.policy.is_none() && path.dmarc.result == "none";
        let mut way = Self {
            title: words.say(
                "picture-path-title",
                &Args::new().with("sender", path.sender_name.unwrap_or("none")),
            ),
            sender,
            sends: vec![words.word("picture-path-writes")],
            step: words.word("picture-path-step-service"),
            from: told.words.from.value.clone(),
            support: support(path, words),
            dmarc: words.say("picture-path-dmarc", &Args::new().with("result", result)),
            dmarc_look,
            current: words.word("picture-path-current"),
            no_policy: no_policy.then(|| words.word("picture-path-no-policy")),
            after: after(plan, path, words),
            policies,
            legs,
            sentences: Vec::new(),
        };
        way.sentences = way.sentences(told.words.dmarc.join(" "), words);
        Some(way)
    }

    /// What the drawing shows, in sentences; `dmarc` is the one about its result.
    pub(super) fn sentences(&self, dmarc: String, words: &Words) -> Vec<(String, Option<Look>)> {
        let from = Args::new().with("from", self.from.as_str());
        let mut sentences = vec![(words.say("picture-path-from", &from), None)];
        for leg in &self.legs {
            sentences.push((leg.sentence(words), Some(leg.look)));
        }
        sentences.push((dmarc, Some(self.dmarc_look)));
        let [none, quarantine, reject] = &self.policies;
        let args = Args::new()
            .with("none", none.outcome.as_str())
            .with("quarantine", quarantine.outcome.as_str())
            .with("reject", reject.outcome.as_str());
        sentences.push((words.say("picture-path-policies", &args), None));
        if let Some((after, look)) = &self.after {
            sentences.push((format!("{after}."), Some(*look)));
        }
        sentences
    }
}

/// Whether a receiver's DMARC check passes, or would with a policy.
fn passes(path: &Path) -> Option<bool> {
    match (path.dmarc.result, path.dmarc.legs) {
        ("pass", _) => Some(true),
        ("fail", _) => Some(false),
        ("none", legs) => legs.map(|legs| legs > 0),
        _ => None,
    }
}

/// What a policy asks for mail that passes, or does not: the word for it.
pub(super) fn outcome(policy: &str, passes: Option<bool>) -> (&'static str, Look) {
    match (passes, policy) {
        (None, _) => ("unknown", UNKNOWN),
        (Some(true), _) => ("deliver", RIGHT),
        (Some(false), "none") => ("nothing", RISK),
        (Some(false), "quarantine") => ("spam", RISK),
        (Some(false), _) => ("refuse", BLOCK),
    }
}

fn support(path: &Path, words: &Words) -> String {
    let args = match (path.dmarc.legs, passes(path)) {
        (Some(legs), _) => Args::new().with("legs", u64::from(legs)),
        (None, Some(true)) => Args::new().with("legs", "some"),
        (None, _) => Args::new().with("legs", "unknown"),
    };
    words.say("picture-path-support", &args)
}

/// What comes of the same mail once the plan was carried out.
fn after(plan: &PlanReport, path: &Path, words: &Words) -> Option<(String, Look)> {
    let plan = plan.plan.as_ref().filter(|plan| plan.plan.has_changes())?;
    let then = &plan.words.after.path.as_ref()?.path;
    let is_same_mail = (then.sender, then.stated) == (path.sender, path.stated);
    if !is_same_mail || then.dmarc == path.dmarc {
        return None;
    }
    let (outcome, look) = outcome(then.dmarc.policy.unwrap_or("none"), passes(then));
    let outcome = words.say(
        "picture-path-outcome",
        &Args::new().with("outcome", outcome),
    );
    let policy = then.dmarc.policy.unwrap_or("absent");
    let args = Args::new()
        .with("support", support(then, words))
        .with("policy", policy)
        .with("outcome", outcome);
    Some((words.say("picture-path-after", &args), look))
}

impl Leg {
    fn envelope(report: &Report, path: &Path, passes: Option<bool>, words: &Words) -> Self {
        let is_there = match path.spf.result {
            "pass" => Some(true),
            "unknown" | "temperror" => None,
            _ => Some(false),
        };
        let side = Side {
            is_envelope: true,
            name: path.mail_from_domain.as_ref(),
            aligned: path.spf.aligned,
            is_there,
            is_strict: is_strict(report, "aspf"),
            detail: path.spf.result,
        };
        side.leg(&report.domain, passes, words)
    }

    fn seal(report: &Report, path: &Path, passes: Option<bool>, words: &Words) -> Self {
        let side = Side {
            is_envelope: false,
            name: path.dkim_domain.as_ref(),
            aligned: path.dkim.aligned,
            is_there: path.dkim.found,
            is_strict: is_strict(report, "adkim"),
            detail: match path.dkim.found {
                Some(true) => "yes",
                Some(false) => "no",
                None if path.dkim.working.is_empty() => "unknown",
                // Keys work, but all are Ed25519.
                None => "some",
            },
        };
        side.leg(&report.domain, passes, words)
    }

    fn sentence(&self, words: &Words) -> String {
        let holds = |arrow: Arrow| match arrow.holds {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        let args = Args::new()
            .with("leg", if self.is_envelope { "envelope" } else { "seal" })
            .with("name", self.name.as_str())
            .with("named", if self.is_named { "yes" } else { "no" })
            .with(
                "organization",
                self.organization.as_deref().unwrap_or("none"),
            )
            .with("proof", self.proof.as_str())
            .with("says", self.says.as_str())
            .with("relaxed", holds(self.relaxed))
            .with("strict", holds(self.strict))
            .with(
                "asked",
                if self.strict.is_asked {
                    "strict"
                } else {
                    "relaxed"
                },
            );
        words.say("picture-path-leg", &args)
    }
}

fn is_strict(report: &Report, tag: &str) -> bool {
    let tags = report.records.dmarc.parsed.as_ref();
    let value = tags.and_then(|tags| tags.get(tag));
    value.is_some_and(|value| value.eq_ignore_ascii_case("s"))
}

/// What is known of one leg.
struct Side<'a> {
    is_envelope: bool,
    name: Option<&'a Name>,
    /// In the mode that is asked for.
    aligned: Option<bool>,
    is_there: Option<bool>,
    is_strict: bool,
    detail: &'static str,
}

impl Side<'_> {
    fn leg(&self, author: &Name, passes: Option<bool>, words: &Words) -> Leg {
        let kind = if self.is_envelope { "envelope" } else { "seal" };
        let supports = both(self.aligned, self.is_there);
        let (relaxed, strict) = self.alignments(author);
        let look = match (supports, passes) {
            (Some(true), _) => RIGHT,
            (Some(false), Some(false)) => BLOCK,
            (Some(false), _) => RISK,
            (None, _) => UNKNOWN,
        };
        let proof = Args::new().with("leg", kind).with("detail", self.detail);
        let comes_to = match (supports, self.is_there) {
            (Some(true), _) => "yes",
            (Some(false), Some(true)) if relaxed == Some(true) => "kin",
            (Some(false), Some(true)) => "apart",
            (Some(false), Some(false)) => "no",
            (Some(false), None) => "foreign",
            (None, _) => "unknown",
        };
        let name = match (self.name, self.aligned) {
            (Some(name), _) => name.to_unicode(),
            (None, Some(false)) => words.word("picture-path-of-service"),
            (None, _) => words.word("picture-path-not-known"),
        };
        Leg {
            is_envelope: self.is_envelope,
            name,
            is_named: self.name.is_some(),
            is_there: self.is_there,
            organization: None,
            proof: words.say("picture-path-proof", &proof),
            says: words.say(
                "picture-path-says",
                &Args::new().with("leg", kind).with("comes", comes_to),
            ),
            look,
            relaxed: Arrow {
                holds: both(relaxed, self.is_there),
                is_asked: !self.is_strict,
            },
            strict: Arrow {
                holds: both(strict, self.is_there),
                is_asked: self.is_strict,
            },
        }
    }

    /// Whether the names agree, relaxed and strict.
    fn alignments(&self, author: &Name) -> (Option<bool>, Option<bool>) {
        let is_same = self.name.map(|name| name == author);
        match (self.is_strict, self.aligned) {
            // A name that is not even of the same organization is not the same.
            (false, Some(false)) => (Some(false), Some(false)),
            (false, aligned) => (aligned, is_same),
            (true, Some(true)) => (Some(true), Some(true)),
            (true, aligned) => {
                let organization = registrable_domain(author);
                let is_kin = self.name.map(|name| name.is_within(&organization));
                (is_kin.or(aligned), aligned)
            }
        }
    }
}

/// Yes when both are, no when one is not.
pub(super) fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_delivered_under_none_only() {
        let of = |policy, passes| outcome(policy, passes).0;
        assert_eq!(POLICIES.map(|p| of(p, Some(true))), ["deliver"; 3]);
        assert_eq!(
            POLICIES.map(|p| of(p, Some(false))),
            ["nothing", "spam", "refuse"]
        );
        assert_eq!(POLICIES.map(|p| of(p, None)), ["unknown"; 3]);
    }

    /// Which arrows hold for a name, by the mode that is asked for.
    #[track_caller]
    fn check(
        name: Option<&str>,
        is_strict: bool,
        aligned: Option<bool>,
        expect: [Option<bool>; 2],
    ) {
        let name: Option<Name> = name.map(|name| name.parse().expect("a name"));
        let side = Side {
            is_envelope: true,
            name: name.as_ref(),
            aligned,
            is_there: Some(true),
            is_strict,
            detail: "pass",
        };
        let author = "exemple.fr".parse().expect("a name");
        let (relaxed, strict) = side.alignments(&author);
        assert_eq!(
            [relaxed, strict],
            expect,
            "{name:?} {is_strict} {aligned:?}"
        );
    }

    #[test]
    fn arrows_hold_by_their_own_mode() {
        let (yes, no) = (Some(true), Some(false));
        check(Some("exemple.fr"), false, yes, [yes, yes]);
        check(Some("em.exemple.fr"), false, yes, [yes, no]);
        check(Some("em.exemple.fr"), true, no, [yes, no]);
        check(Some("ailleurs.fr"), false, no, [no, no]);
        check(Some("ailleurs.fr"), true, no, [no, no]);
        check(None, false, no, [no, no]);
        check(None, true, no, [no, no]);
        check(None, false, None, [None, None]);
    }
}
