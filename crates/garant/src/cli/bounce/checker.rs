//! The checks of the domains that bounces blame: each domain once, and not too many of them.

use std::collections::BTreeMap;
use std::time::Duration;

use garant_check::bounce::{Bounce, DOMAINS_OF_SUMMARY_MAX, Summary, most_first};
use garant_check::{Request, assess, observe, plan};
use garant_dns::Name;
use garant_service::bounce::DomainCheck;
use garant_service::checks::OneCheck;
use garant_service::typed::Refusal;
use garant_text::Language;
use tokio::runtime::Runtime;

use crate::clock;
use crate::world::{Wishes, World, runtime};

/// Domains that are checked in one run at most: a folder of bounces, which anybody may write to, names as many as
/// they like, and each check asks some thirty questions.
pub(super) const DOMAINS_CHECKED_MAX: usize = 8;

/// Whoever checks.
pub(super) struct Checker {
    language: Language,
    wishes: Wishes,
    sender: Option<String>,
    timeout: Duration,
    live: Option<(Runtime, World)>,
    done: BTreeMap<Name, DomainCheck>,
    noted: BTreeMap<Name, Request>,
    is_over: bool,
}

/// What came of a check.
pub(super) enum Checked {
    /// None was made.
    Not,
    /// It was made now.
    Now(Box<DomainCheck>),
    /// It was made for an earlier bounce.
    Earlier(Box<DomainCheck>),
}

impl Checked {
    pub(super) fn into_check(self) -> Option<DomainCheck> {
        match self {
            Self::Not => None,
            Self::Now(check) | Self::Earlier(check) => Some(*check),
        }
    }

    pub(super) fn into_first(self) -> Option<DomainCheck> {
        match self {
            Self::Now(check) => Some(*check),
            Self::Not | Self::Earlier(_) => None,
        }
    }

    pub(super) fn again(&self) -> Option<&Name> {
        match self {
            Self::Earlier(check) => Some(&check.domain),
            Self::Not | Self::Now(_) => None,
        }
    }
}

impl Checker {
    pub(super) fn new(
        language: Language,
        wishes: Wishes,
        sender: Option<String>,
        timeout: Duration,
    ) -> Self {
        Self {
            language,
            wishes,
            sender,
            timeout,
            live: None,
            done: BTreeMap::new(),
            noted: BTreeMap::new(),
            is_over: false,
        }
    }

    /// Whether a domain was left out because there were too many.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Checks the domain that a bounce blames, unless that was done before.
    pub(super) fn check(&mut self, bounce: &Bounce) -> Result<Checked, Refusal> {
        match bounce.question() {
            Some(request) => self.ask(request),
            None => Ok(Checked::Not),
        }
    }

    /// Remembers what to ask of the domain that a bounce blames.
    pub(super) fn note(&mut self, bounce: &Bounce) {
        if let Some(request) = bounce.question()
            && self.noted.len() < DOMAINS_OF_SUMMARY_MAX
        {
            let domain = request.domain.clone();
            self.noted.entry(domain).or_insert(request);
        }
    }

    /// Checks the domains that were noted, those first that were refused most often.
    pub(super) fn check_noted(&mut self, summary: &Summary) -> Result<Vec<DomainCheck>, Refusal> {
        let mut checks = Vec::new();
        for (domain, _) in most_first(&summary.domains, |count| count.authentication) {
            let request = domain.and_then(|domain| self.noted.remove(&domain));
            if let Some(request) = request
                && let Some(check) = self.ask(request)?.into_check()
            {
                checks.push(check);
            }
        }
        // Whoever was refused by a return address is counted under the author, where there is one.
        for request in std::mem::take(&mut self.noted).into_values() {
            checks.extend(self.ask(request)?.into_check());
        }
        Ok(checks)
    }

    fn ask(&mut self, request: Request) -> Result<Checked, Refusal> {
        if let Some(check) = self.done.get(&request.domain) {
            return Ok(Checked::Earlier(Box::new(check.clone())));
        }
        if self.done.len() >= DOMAINS_CHECKED_MAX {
            self.is_over = true;
            return Ok(Checked::Not);
        }
        let request = Request {
            sender: self.sender.clone(),
            ..request
        };
        let (runtime, world) = match self.live.take() {
            Some(live) => live,
            None => {
                let runtime = runtime()?;
                let world =
                    runtime.block_on(async { World::new(&self.wishes, &request.domain) })?;
                (runtime, world)
            }
        };
        let check = runtime.block_on(async {
            let one = world.one_check(self.timeout);
            let observation = observe(one.sources(), request, clock::now()).await;
            let assessment = assess(&observation);
            let plan = plan::plan(one.sources(), &observation, &assessment).await;
            DomainCheck::new(&observation, &assessment, plan, self.language)
        });
        self.live = Some((runtime, world));
        self.done.insert(check.domain.clone(), check.clone());
        Ok(Checked::Now(Box::new(check)))
    }
}
