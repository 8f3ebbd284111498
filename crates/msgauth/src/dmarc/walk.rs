//! From a domain to its Organizational Domain, both ways.
//!
//! The DNS Tree Walk (RFC 9989, section 4.10) asks `_dmarc.<name>` for the domain itself and then for its
//! parents up to the top-level domain, at most eight names: a domain of eight labels or more goes on at
//! its seven rightmost ones. A record with `psd=n` or `psd=y` ends the walk; several records at one name
//! count as none. Section 4.10.2 picks the Organizational Domain from what was found.
//!
//! RFC 7489, section 3.2 takes the name one label below the public suffix, from the list that is built in.

use garant_dns::{AnswerTable, Name, Question, RecordType, Status};
use psl::Psl as _;

use super::record::PolicyRecord;
use super::select::{Selection, select};
use super::tags::PublicSuffix;
use crate::Step;

/// Names that one walk asks at most (RFC 9989, section 4.10).
pub const WALK_QUERIES_MAX: usize = 8;

/// How the Organizational Domain is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// By the DNS Tree Walk of RFC 9989.
    TreeWalk,
    /// By a list of public suffixes, as RFC 7489 did.
    PublicSuffixList,
}

/// A question that the DNS did not answer definitely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The question.
    pub question: Question,
    /// How it ended.
    pub status: Status,
}

/// One name of a walk and what was found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkStep {
    /// The domain.
    pub domain: Name,
    /// What was asked; none when the name with `_dmarc` before it would be too long for the DNS, which
    /// means that no record can stand there.
    pub question: Option<Question>,
    /// What stands there.
    pub selection: Selection,
}

impl WalkStep {
    fn unanswered(&self) -> Option<Unanswered> {
        let question = self.question.clone()?;
        let status = self.selection.status;
        (!status.is_definite()).then_some(Unanswered { question, status })
    }
}

/// A walk: the names asked, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Where it started.
    pub start: Name,
    /// Every name, up to the one whose record ended the walk.
    pub steps: Vec<WalkStep>,
}

/// The Organizational Domain, if it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organization {
    /// This one.
    Is(Name),
    /// It depends on an answer that did not come.
    Unanswered(Unanswered),
}

impl Organization {
    /// The name, if it is known.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::Is(name) => Some(name),
            Self::Unanswered(_) => None,
        }
    }
}

impl Walk {
    /// The domains that a walk from `start` visits if nothing ends it.
    pub fn domains(start: &Name) -> Vec<Name> {
        let labels = start.label_count();
        let parents = labels.saturating_sub(1).min(WALK_QUERIES_MAX - 1);
        let suffixes = (1..=parents).rev().map(|count| start.suffix(count));
        let first = (!start.is_root()).then(|| start.clone());
        first.into_iter().chain(suffixes).collect()
    }

    /// The first question that was not answered definitely.
    pub fn unanswered(&self) -> Option<Unanswered> {
        self.steps.iter().find_map(WalkStep::unanswered)
    }

    /// The steps at which exactly one record was found, the longest name first.
    pub fn found(&self) -> impl DoubleEndedIterator<Item = (&Name, &PolicyRecord)> {
        self.steps
            .iter()
            .filter_map(|step| Some((&step.domain, step.selection.record()?)))
    }

    /// The Organizational Domain by RFC 9989, section 4.10.2. Any answer that is missing could hold the
    /// record that decides, so one is enough not to know.
    pub fn organizational_domain(&self) -> Organization {
        if let Some(unanswered) = self.unanswered() {
            return Organization::Unanswered(unanswered);
        }
        for (domain, record) in self.found() {
            match record.psd() {
                PublicSuffix::No => return Organization::Is(domain.clone()),
                PublicSuffix::Yes if *domain != self.start => {
                    let below = domain.label_count() + 1;
                    return Organization::Is(self.start.suffix(below));
                }
                PublicSuffix::Yes | PublicSuffix::Undetermined => {}
            }
        }
        let highest = self.found().next_back().map(|(domain, _)| domain);
        Organization::Is(highest.unwrap_or(&self.start).clone())
    }
}

/// Walks from `start` to the top. What is needed is asked for all at once: these names are few and shared
/// by all domains beneath them, and one round less is worth more than the answers that a `psd` tag, which
/// is rare, makes superfluous.
pub fn tree_walk(start: &Name, answers: &dyn AnswerTable) -> Step<Walk> {
    let mut steps = Vec::with_capacity(WALK_QUERIES_MAX);
    let mut needs = Vec::new();
    for domain in Walk::domains(start) {
        match step(domain, answers) {
            Step::Need(questions) => needs.extend(questions),
            Step::Done(step) => {
                let psd = step.selection.record().map(PolicyRecord::psd);
                steps.push(step);
                if matches!(psd, Some(PublicSuffix::Yes | PublicSuffix::No)) {
                    break;
                }
            }
        }
    }
    if needs.is_empty() {
        let start = start.clone();
        Step::Done(Walk { start, steps })
    } else {
        Step::Need(needs)
    }
}

/// What stands at `_dmarc.<domain>`.
pub(super) fn step(domain: Name, answers: &dyn AnswerTable) -> Step<WalkStep> {
    let Ok(name) = domain.prefixed("_dmarc") else {
        let selection = Selection {
            status: Status::NxDomain,
            records: Vec::new(),
            others: Vec::new(),
            near_misses: Vec::new(),
        };
        return Step::Done(WalkStep {
            domain,
            question: None,
            selection,
        });
    };
    let question = Question::new(name, RecordType::Txt);
    match answers.answer(&question) {
        None => Step::Need(vec![question]),
        Some(answer) => Step::Done(WalkStep {
            domain,
            selection: select(answer),
            question: Some(question),
        }),
    }
}

/// The Organizational Domain of any domain.
pub fn organizational_domain(
    domain: &Name,
    method: Method,
    answers: &dyn AnswerTable,
) -> Step<Organization> {
    match method {
        Method::PublicSuffixList => {
            let name = registrable_domain(domain).unwrap_or_else(|| domain.clone());
            Step::Done(Organization::Is(name))
        }
        Method::TreeWalk => match tree_walk(domain, answers) {
            Step::Need(questions) => Step::Need(questions),
            Step::Done(walk) => Step::Done(walk.organizational_domain()),
        },
    }
}

/// The public suffix that a domain is or stands beneath, by the list; a top-level domain that is not
/// listed is one. Nothing for the root.
pub fn public_suffix(domain: &Name) -> Option<Name> {
    let labels: Vec<&str> = domain.labels().rev().collect();
    let info = psl::List.find(labels.iter().map(|label| label.as_bytes()));
    let mut octets = 0;
    let mut count = 0;
    for label in labels {
        if octets >= info.len {
            break;
        }
        octets += label.len() + usize::from(count > 0);
        count += 1;
    }
    (count > 0).then(|| domain.suffix(count))
}

/// The name one label below the public suffix; nothing when the domain is itself a public suffix.
pub fn registrable_domain(domain: &Name) -> Option<Name> {
    let suffix = public_suffix(domain)?;
    (*domain != suffix).then(|| domain.suffix(suffix.label_count() + 1))
}
