//! Which DMARC record applies to an Author Domain, and which of its policies.
//!
//! The domain's own record comes first. Without one, RFC 9989, section 4.10.1 takes the record of the
//! Organizational Domain and then that of the public suffix, both found by the walk; RFC 7489, section
//! 6.6.3 that of the Organizational Domain by the list. An inherited record speaks through `sp`, or
//! through `np` when the Author Domain does not exist; absent both, through `p`.

use garant_dns::{AnswerTable, Name, Question, RecordType, Status};

use super::record::{Acts, PolicyRecord};
use super::tags::{Policy, PublicSuffix};
use super::walk::{
    Method, Organization, Unanswered, WalkStep, organizational_domain, step, tree_walk,
};
use crate::Step;

/// The tag that a policy was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyTag {
    /// `p`.
    P,
    /// `sp`.
    Sp,
    /// `np`.
    Np,
}

impl PolicyTag {
    /// The tag as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::P => "p",
            Self::Sp => "sp",
            Self::Np => "np",
        }
    }
}

/// The record that applies, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The domain that the record belongs to: the DMARC Policy Domain.
    pub policy_domain: Name,
    /// The record.
    pub record: PolicyRecord,
    /// Which tag applies to the Author Domain.
    pub tag: PolicyTag,
    /// What receivers do with the record as a whole.
    pub acts: Acts,
    /// The policy that applies, as receivers read it; `none` unless `acts` is as written.
    pub policy: Policy,
    /// The same while `t=y` lowers it by one level; RFC 7489 knows no such tag.
    pub effective: Policy,
    /// Percent of failing mail that it is applied to; 100 in RFC 9989.
    pub share: u8,
}

/// What the search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// DMARC does not apply: no record anywhere.
    NoRecord,
    /// This record applies.
    Applies(Box<Applied>),
    /// It depends on an answer that did not come.
    Unanswered(Unanswered),
}

/// A finished search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery {
    /// The domain of RFC5322.From.
    pub author_domain: Name,
    /// How the Organizational Domain was found.
    pub method: Method,
    /// The Organizational Domain of the Author Domain.
    pub organizational_domain: Organization,
    /// Every name that was looked at, in order.
    pub steps: Vec<WalkStep>,
    /// What applies.
    pub outcome: Outcome,
}

impl Discovery {
    /// The record that applies, if one does.
    pub fn applied(&self) -> Option<&Applied> {
        match &self.outcome {
            Outcome::Applies(applied) => Some(applied),
            Outcome::NoRecord | Outcome::Unanswered(_) => None,
        }
    }

    /// What stands at the Author Domain's own `_dmarc`.
    pub fn own(&self) -> Option<&WalkStep> {
        self.steps
            .iter()
            .find(|step| step.domain == self.author_domain)
    }

    /// `valid` when a policy applies, `none` when receivers do nothing, `temperror` when that cannot be told.
    pub fn result(&self) -> &'static str {
        match &self.outcome {
            Outcome::Applies(applied) if applied.acts != Acts::Nothing => "valid",
            Outcome::Applies(_) | Outcome::NoRecord => "none",
            Outcome::Unanswered(_) => "temperror",
        }
    }
}

/// Looks for the record that applies to `author_domain`. Whether that domain exists is asked (as TXT,
/// which SPF needs anyway) only when an inherited record has an `np` tag.
pub fn discover(
    author_domain: &Name,
    method: Method,
    answers: &dyn AnswerTable,
) -> Step<Discovery> {
    let (steps, organizational_domain) = match method {
        Method::TreeWalk => match tree_walk(author_domain, answers) {
            Step::Need(questions) => return Step::Need(questions),
            Step::Done(walk) => {
                let organization = walk.organizational_domain();
                (walk.steps, organization)
            }
        },
        Method::PublicSuffixList => match list_steps(author_domain, answers) {
            Step::Need(questions) => return Step::Need(questions),
            Step::Done(found) => found,
        },
    };
    let outcome = match candidate(author_domain, &steps, &organizational_domain) {
        Err(unanswered) => Outcome::Unanswered(unanswered),
        Ok(None) => Outcome::NoRecord,
        Ok(Some((policy_domain, record))) => {
            match applied(author_domain, policy_domain, record, method, answers) {
                Step::Need(questions) => return Step::Need(questions),
                Step::Done(outcome) => outcome,
            }
        }
    };
    Step::Done(Discovery {
        author_domain: author_domain.clone(),
        method,
        organizational_domain,
        steps,
        outcome,
    })
}

/// The Author Domain and its Organizational Domain by the list.
fn list_steps(
    author_domain: &Name,
    answers: &dyn AnswerTable,
) -> Step<(Vec<WalkStep>, Organization)> {
    let organization = match organizational_domain(author_domain, Method::PublicSuffixList, answers)
    {
        Step::Need(questions) => return Step::Need(questions),
        Step::Done(organization) => organization,
    };
    let parent = organization.name().filter(|name| *name != author_domain);
    let domains = [Some(author_domain), parent];
    let mut steps = Vec::new();
    let mut needs = Vec::new();
    for domain in domains.into_iter().flatten() {
        match step(domain.clone(), answers) {
            Step::Need(questions) => needs.extend(questions),
            Step::Done(step) => steps.push(step),
        }
    }
    if needs.is_empty() {
        Step::Done((steps, organization))
    } else {
        Step::Need(needs)
    }
}

/// The record that applies and the domain it belongs to.
fn candidate<'a>(
    author_domain: &Name,
    steps: &'a [WalkStep],
    organization: &Organization,
) -> Result<Option<(&'a Name, &'a PolicyRecord)>, Unanswered> {
    let own = steps.iter().find(|step| step.domain == *author_domain);
    if let Some(record) = own.and_then(|step| step.selection.record()) {
        return Ok(own.map(|step| (&step.domain, record)));
    }
    for step in steps {
        if let (Some(question), false) = (&step.question, step.selection.is_definite()) {
            return Err(Unanswered {
                question: question.clone(),
                status: step.selection.status,
            });
        }
    }
    let found = |wanted: &dyn Fn(&WalkStep, &PolicyRecord) -> bool| {
        steps.iter().find_map(|step| {
            let record = step.selection.record()?;
            wanted(step, record).then_some((&step.domain, record))
        })
    };
    let organizational = found(&|step, _| Some(&step.domain) == organization.name());
    Ok(organizational.or_else(|| found(&|_, record| record.psd() == PublicSuffix::Yes)))
}

fn applied(
    author_domain: &Name,
    policy_domain: &Name,
    record: &PolicyRecord,
    method: Method,
    answers: &dyn AnswerTable,
) -> Step<Outcome> {
    let inherited = policy_domain != author_domain;
    let by_walk = method == Method::TreeWalk;
    let absent = if by_walk && inherited && record.np.is_some() {
        match exists(author_domain, answers) {
            Step::Need(questions) => return Step::Need(questions),
            Step::Done(Err(unanswered)) => return Step::Done(Outcome::Unanswered(unanswered)),
            Step::Done(Ok(exists)) => !exists,
        }
    } else {
        false
    };
    let tag = if absent {
        PolicyTag::Np
    } else if inherited && record.sp.is_some() {
        PolicyTag::Sp
    } else {
        PolicyTag::P
    };
    let (acts, policy, effective, share) = if by_walk {
        let reading = record.reading();
        let policy = match tag {
            PolicyTag::P => reading.p,
            PolicyTag::Sp => reading.sp,
            PolicyTag::Np => reading.np,
        };
        (reading.acts, policy, reading.effective(policy), 100)
    } else {
        let reading = record.legacy_reading();
        let policy = if tag == PolicyTag::P {
            reading.p
        } else {
            reading.sp
        };
        (reading.acts, policy, policy, reading.pct)
    };
    Step::Done(Outcome::Applies(Box::new(Applied {
        policy_domain: policy_domain.clone(),
        record: record.clone(),
        tag,
        acts,
        policy,
        effective,
        share,
    })))
}

/// Whether a name exists (RFC 9989, section 3.2.13: an answer other than NXDOMAIN). Any answer at hand
/// will do; a name that is an alias exists, even when the status is that of its target.
fn exists(name: &Name, answers: &dyn AnswerTable) -> Step<Result<bool, Unanswered>> {
    const TYPES: [RecordType; 6] = [
        RecordType::Txt,
        RecordType::Mx,
        RecordType::A,
        RecordType::Aaaa,
        RecordType::Ns,
        RecordType::Soa,
    ];
    let mut unanswered = None;
    for rtype in TYPES {
        let question = Question::new(name.clone(), rtype);
        let Some(answer) = answers.answer(&question) else {
            continue;
        };
        if answer.status.is_definite() || !answer.aliases.is_empty() {
            let absent = answer.status == Status::NxDomain && answer.aliases.is_empty();
            return Step::Done(Ok(!absent));
        }
        let status = answer.status;
        unanswered.get_or_insert(Unanswered { question, status });
    }
    match unanswered {
        Some(unanswered) => Step::Done(Err(unanswered)),
        None => Step::Need(vec![Question::new(name.clone(), RecordType::Txt)]),
    }
}

/// The same search by both methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// By the DNS Tree Walk.
    pub walk: Discovery,
    /// By the list of public suffixes.
    pub list: Discovery,
}

impl Comparison {
    /// Whether two receivers may come to different results: another record, another policy, or another
    /// Organizational Domain where DMARC applies at all. What `t` and `pct` change is left aside, being
    /// differences in reading one record, and so is what cannot be told.
    pub fn differs(&self) -> bool {
        let (Some(walk), Some(list)) = (
            self.walk.organizational_domain.name(),
            self.list.organizational_domain.name(),
        ) else {
            return false;
        };
        // `None`: unknown; `Some(None)`: no record applies.
        let policy_domain = |discovery: &Discovery| match &discovery.outcome {
            Outcome::Applies(applied) => Some(Some(applied.policy_domain.clone())),
            Outcome::NoRecord => Some(None),
            Outcome::Unanswered(_) => None,
        };
        match (policy_domain(&self.walk), policy_domain(&self.list)) {
            (None, _) | (_, None) | (Some(None), Some(None)) => false,
            (by_walk, by_list) => by_walk != by_list || walk != list,
        }
    }
}

/// Looks for the record both ways; what is needed is asked for at once.
pub fn compare(author_domain: &Name, answers: &dyn AnswerTable) -> Step<Comparison> {
    let walk = discover(author_domain, Method::TreeWalk, answers);
    let list = discover(author_domain, Method::PublicSuffixList, answers);
    match walk.and(list) {
        Step::Need(questions) => Step::Need(questions),
        Step::Done((walk, list)) => Step::Done(Comparison { walk, list }),
    }
}
