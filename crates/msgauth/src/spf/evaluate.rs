//! `check_host()`: whether one client may use one domain (RFC 7208, section 4).

use std::net::IpAddr;

use garant_dns::{Answer, AnswerTable, Name, Question, RecordType};

use super::LOOKUPS_MAX;
use super::cause::{Cause, CauseReason, SpfResult, TermText};
use super::macro_string::DomainSpec;
use super::mechanism::Tested;
use super::record::{Record, TermKind};
use super::select::{Selection, select};
use super::trace::{Asked, Outcome, TRACE_STEPS_MAX, TraceStep};
use crate::Step;

/// Who sends, and who asks (RFC 7208, section 4.1).
#[derive(Clone, Copy, Debug)]
pub struct Params<'a> {
    /// The SMTP client. An IPv4 address that is mapped into IPv6 is taken for IPv4
    /// (RFC 7208, section 5).
    pub client_ip: IpAddr,
    /// RFC5321.MailFrom without its angle brackets. Empty for bounces, and to judge the HELO identity:
    /// then it is `postmaster` at `helo` (RFC 7208, section 2.4).
    pub mail_from: &'a str,
    /// What the client said in HELO or EHLO.
    pub helo: &'a str,
    /// Name of the host that checks, for `%{r}`; empty when it is not known.
    pub receiver: &'a str,
    /// Seconds since 1970, for `%{t}`.
    pub now: u64,
}

/// What came of an evaluation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The result.
    pub result: SpfResult,
    /// For a fail, the domain's own explanation, if it has a usable one (RFC 7208, section 6.2).
    /// Printable text in one line, but a stranger's.
    pub explanation: Option<String>,
    /// What decided.
    pub cause: Cause,
    /// What was done, in order; at most [`TRACE_STEPS_MAX`] steps.
    pub trace: Vec<TraceStep>,
    /// Terms that needed look-ups.
    pub lookups: usize,
    /// Terms whose look-up found nothing.
    pub voids: usize,
}

/// Evaluates `check_host()` with the answers at hand (RFC 7208, section 4).
///
/// Bounded: at most [`LOOKUPS_MAX`] + 1 records are read. Answers that are not definite (see
/// [`garant_dns::Status::is_definite`]) make a temperror where the RFC says so, and are never taken for "no".
pub fn check_host(params: &Params<'_>, answers: &dyn AnswerTable) -> Step<Evaluation> {
    let (local_part, domain) = sender(params);
    // RFC 7208, section 4.3: internationalized names count as A-labels.
    let domain = Name::from_input(domain).unwrap_or_else(|_| Name::root());
    let mut evaluator = Evaluator {
        params,
        answers,
        client_ip: params.client_ip.to_canonical(),
        local_part,
        sender_domain: domain.clone(),
        lookups: 0,
        voids: 0,
        client_names: None,
        via: Vec::new(),
        asked: Vec::new(),
        unanswered: None,
        trace: Vec::new(),
    };
    match evaluator.whole(&domain) {
        Ok((cause, explanation)) => Step::Done(Evaluation {
            result: cause.result(),
            explanation,
            cause,
            trace: evaluator.trace,
            lookups: evaluator.lookups,
            voids: evaluator.voids,
        }),
        Err(Pending(questions)) => Step::Need(questions),
    }
}

/// Local part and domain of the identity (RFC 7208, sections 2.4 and 4.3).
fn sender<'a>(params: &Params<'a>) -> (&'a str, &'a str) {
    const POSTMASTER: &str = "postmaster";
    match params.mail_from.rsplit_once('@') {
        None if params.mail_from.is_empty() => (POSTMASTER, params.helo),
        None => (POSTMASTER, params.mail_from),
        Some(("", domain)) => (POSTMASTER, domain),
        Some(parts) => parts,
    }
}

/// Questions without which the evaluation cannot go on.
pub(super) struct Pending(Vec<Question>);

/// What an evaluation came to, unless a question is still open.
pub(super) type Ask<T> = Result<T, Pending>;

/// How a record decided, and where the explanation for a fail stands.
pub(super) struct Decision {
    pub(super) cause: Cause,
    explanation: Option<(DomainSpec, TermText)>,
}

/// One evaluation on its way.
pub(super) struct Evaluator<'a> {
    pub(super) params: &'a Params<'a>,
    answers: &'a dyn AnswerTable,
    /// Without the mapping of IPv4 into IPv6.
    pub(super) client_ip: IpAddr,
    pub(super) local_part: &'a str,
    pub(super) sender_domain: Name,
    pub(super) lookups: usize,
    pub(super) voids: usize,
    /// The validated names of the client, once `%{p}` needed them: it may stand there thousands of times.
    pub(super) client_names: Option<Vec<Name>>,
    /// The domains on the way to the one whose record is read.
    via: Vec<Name>,
    /// The questions of the current step.
    asked: Vec<Asked>,
    /// The first of them that got no definite answer.
    unanswered: Option<Question>,
    trace: Vec<TraceStep>,
}

impl<'a> Evaluator<'a> {
    fn whole(&mut self, domain: &Name) -> Ask<(Cause, Option<String>)> {
        let decision = self.check(domain)?;
        let explanation = match &decision.explanation {
            Some((spec, term)) if decision.cause.result() == SpfResult::Fail => {
                let step = self.begin(&decision.cause.domain, Some(term.clone()));
                let text = self.explain(spec, &decision.cause.domain)?;
                self.end(step, Outcome::Explanation(text.clone()));
                text
            }
            _ => None,
        };
        Ok((decision.cause, explanation))
    }

    /// One call of `check_host()`, for the sender's domain or one that its record names.
    fn check(&mut self, domain: &Name) -> Ask<Decision> {
        let step = self.begin(domain, None);
        let ended = |this: &mut Self, reason| {
            this.end(step, Outcome::Ended(reason));
            Ok(Decision {
                cause: this.cause(domain, None, reason),
                explanation: None,
            })
        };
        if domain.label_count() < 2 {
            return ended(self, CauseReason::NotADomain);
        }
        let answer = self.ask(Question::new(domain.clone(), RecordType::Txt))?;
        if !answer.status.is_definite() {
            return ended(self, CauseReason::Dns(answer.status));
        }
        let text = match select(answer) {
            Selection::None => return ended(self, CauseReason::NoRecord),
            Selection::Multiple(all) => {
                let count = all.len();
                return ended(self, CauseReason::MultipleRecords { count });
            }
            Selection::One(txt) => txt.joined(),
        };
        let shown = String::from_utf8_lossy(&text).into_owned();
        self.end(step, Outcome::Record(shown));
        self.read(domain, &text)
    }

    /// Reads a record from left to right.
    fn read(&mut self, domain: &Name, text: &[u8]) -> Ask<Decision> {
        let record = Record::parse(text);
        let cause =
            |this: &Self, span, reason| this.cause(domain, Some(TermText::new(text, span)), reason);
        let without_explanation = |cause| Decision {
            cause,
            explanation: None,
        };
        // RFC 7208, section 4.6: a fault anywhere counts before anything is evaluated.
        if let Some(fault) = record.faults.first() {
            let cause = cause(self, fault.span, CauseReason::Syntax(fault.reason));
            return Ok(without_explanation(cause));
        }
        let mut redirect = None;
        for term in &record.terms {
            let directive = match &term.kind {
                TermKind::Directive(directive) => directive,
                TermKind::Redirect(target) => {
                    redirect = Some((target, term.span));
                    continue;
                }
                TermKind::Explanation(_) | TermKind::UnknownModifier { .. } => continue,
            };
            let step = self.begin(domain, Some(TermText::new(text, term.span)));
            match self.test(directive, domain, step)? {
                Tested::NoMatch => self.end(step, Outcome::NotMatched),
                Tested::Match => {
                    self.end(step, Outcome::Matched);
                    let reason = CauseReason::Matched(directive.qualifier);
                    let explanation = record.explanation().map(|(index, spec)| {
                        let span = record.terms[index].span;
                        (spec.clone(), TermText::new(text, span))
                    });
                    return Ok(Decision {
                        cause: cause(self, term.span, reason),
                        explanation,
                    });
                }
                Tested::End(reason) => {
                    self.end(step, Outcome::Ended(reason));
                    return Ok(without_explanation(cause(self, term.span, reason)));
                }
                Tested::EndBeneath(cause) => {
                    self.end(step, Outcome::Ended(cause.reason));
                    return Ok(without_explanation(cause));
                }
            }
        }
        match redirect {
            Some((target, span)) => self.redirect(domain, target, TermText::new(text, span)),
            None => Ok(without_explanation(self.cause(
                domain,
                None,
                CauseReason::NoMatch,
            ))),
        }
    }

    /// `redirect=`: another domain's record decides (RFC 7208, section 6.1).
    fn redirect(&mut self, domain: &Name, spec: &DomainSpec, term: TermText) -> Ask<Decision> {
        let step = self.begin(domain, Some(term.clone()));
        let reason = if self.lookups == LOOKUPS_MAX {
            CauseReason::TooManyLookups
        } else {
            self.lookups += 1;
            if let Some(target) = self.target(Some(spec), domain, step)? {
                self.end(step, Outcome::Matched);
                let decision = self.beneath(domain, &target)?;
                // RFC 7208, section 6.1: "if no SPF record is found, or if the <target-name> is
                // malformed, the result is a "permerror" rather than "none"."
                if decision.cause.result() != SpfResult::None {
                    return Ok(decision);
                }
            }
            CauseReason::RedirectWithoutRecord
        };
        self.end(step, Outcome::Ended(reason));
        Ok(Decision {
            cause: self.cause(domain, Some(term), reason),
            explanation: None,
        })
    }

    /// The same for a domain that this domain's record names.
    pub(super) fn beneath(&mut self, domain: &Name, target: &Name) -> Ask<Decision> {
        self.via.push(domain.clone());
        let decision = self.check(target);
        self.via.pop();
        decision
    }

    pub(super) fn ask(&mut self, question: Question) -> Ask<&'a Answer> {
        let Some(answer) = self.answers.answer(&question) else {
            return Err(Pending(vec![question]));
        };
        if !answer.status.is_definite() {
            self.unanswered.get_or_insert_with(|| question.clone());
        }
        self.asked.push(Asked {
            question,
            status: answer.status,
            records: answer.records.len(),
        });
        Ok(answer)
    }

    /// Asks several at once, so that they need one round and not many.
    pub(super) fn ask_all(&mut self, questions: Vec<Question>) -> Ask<Vec<&'a Answer>> {
        let mut missing: Vec<Question> = Vec::new();
        for question in &questions {
            if self.answers.answer(question).is_none() && !missing.contains(question) {
                missing.push(question.clone());
            }
        }
        if !missing.is_empty() {
            return Err(Pending(missing));
        }
        questions
            .into_iter()
            .map(|question| self.ask(question))
            .collect()
    }

    fn cause(&self, domain: &Name, term: Option<TermText>, reason: CauseReason) -> Cause {
        Cause {
            domain: domain.clone(),
            via: self.via.clone(),
            term,
            reason,
            question: self
                .unanswered
                .clone()
                .filter(|_| matches!(reason, CauseReason::Dns(_))),
        }
    }

    /// Opens a step of the trace. A number past the end stands for one that is not kept.
    fn begin(&mut self, domain: &Name, term: Option<TermText>) -> usize {
        self.asked.clear();
        self.unanswered = None;
        if self.trace.len() == TRACE_STEPS_MAX {
            return usize::MAX;
        }
        self.trace.push(TraceStep {
            depth: self.via.len(),
            domain: domain.clone(),
            term,
            target: None,
            asked: Vec::new(),
            outcome: Outcome::NotMatched,
        });
        self.trace.len() - 1
    }

    /// Tells a step which name it is about. An answer that only `%{p}` missed ends nothing.
    pub(super) fn note_target(&mut self, step: usize, target: Option<&Name>) {
        self.unanswered = None;
        if let Some(step) = self.trace.get_mut(step) {
            step.target = target.cloned();
        }
    }

    /// Gives a step the questions so far, before the steps beneath it begin.
    pub(super) fn hand_over(&mut self, step: usize) {
        if let Some(step) = self.trace.get_mut(step) {
            step.asked.append(&mut self.asked);
        }
    }

    fn end(&mut self, step: usize, outcome: Outcome) {
        self.hand_over(step);
        if let Some(step) = self.trace.get_mut(step) {
            step.outcome = outcome;
        }
    }
}
