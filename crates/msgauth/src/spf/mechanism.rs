//! Whether a mechanism matches the client (RFC 7208, section 5).

use std::net::IpAddr;

use garant_dns::{Answer, Data, Name, Question, RecordType, Status};

use super::cause::{Cause, CauseReason, SpfResult};
use super::coverage::shares_prefix;
use super::evaluate::{Ask, Evaluator};
use super::expansion::reverse_name;
use super::record::{Directive, Mechanism, Prefixes};
use super::{CLIENT_NAMES_MAX, EXCHANGES_MAX, LOOKUPS_MAX, VOIDS_MAX};

/// What one directive came to.
pub(super) enum Tested {
    Match,
    NoMatch,
    /// The whole evaluation ends, here or in an included record.
    End(CauseReason),
    EndBeneath(Cause),
}

impl<'a> Evaluator<'a> {
    /// Whether one mechanism matches the client (RFC 7208, section 5).
    pub(super) fn test(
        &mut self,
        directive: &Directive,
        domain: &Name,
        step: usize,
    ) -> Ask<Tested> {
        let mechanism = &directive.mechanism;
        if mechanism.needs_lookup() {
            if self.lookups == LOOKUPS_MAX {
                return Ok(Tested::End(CauseReason::TooManyLookups));
            }
            self.lookups += 1;
        }
        let matched = match mechanism {
            Mechanism::All => true,
            Mechanism::Ip4 { address, prefix } => {
                shares_prefix(self.client_ip, (*address).into(), *prefix)
            }
            Mechanism::Ip6 { address, prefix } => {
                shares_prefix(self.client_ip, (*address).into(), *prefix)
            }
            // A name that no question can be asked for has nothing, whoever asks.
            _ => match self.target(mechanism.domain(), domain, step)? {
                Some(target) => return self.look_up(mechanism, domain, target, step),
                None if matches!(mechanism, Mechanism::Include(_)) => {
                    return Ok(Tested::End(CauseReason::IncludeWithoutRecord));
                }
                None => false,
            },
        };
        Ok(if matched {
            Tested::Match
        } else {
            Tested::NoMatch
        })
    }

    fn look_up(
        &mut self,
        mechanism: &Mechanism,
        domain: &Name,
        target: Name,
        step: usize,
    ) -> Ask<Tested> {
        match mechanism {
            Mechanism::Include(_) => self.include(domain, &target, step),
            Mechanism::A { prefixes, .. } => {
                let answer = self.ask(Question::new(target, self.address_type()))?;
                Ok(self.unless_void(answer, |this| this.has_address(answer, *prefixes)))
            }
            Mechanism::Mx { prefixes, .. } => self.exchanges(target, *prefixes),
            Mechanism::Exists(_) => {
                // RFC 7208, section 5.7: "even when the connection type is IPv6".
                let answer = self.ask(Question::new(target, RecordType::A))?;
                Ok(self.unless_void(answer, |_| true))
            }
            Mechanism::Ptr(_) => {
                let question = Question::new(reverse_name(self.client_ip), RecordType::Ptr);
                let answer = self.ask(question)?;
                // RFC 7208, section 5.5: an error here is no temperror, the mechanism does not match.
                if !answer.status.is_definite() {
                    return Ok(Tested::NoMatch);
                }
                let validated = self.validated_names(answer)?;
                let found = validated.iter().any(|name| name.is_within(&target));
                Ok(self.unless_void(answer, |_| found))
            }
            Mechanism::All | Mechanism::Ip4 { .. } | Mechanism::Ip6 { .. } => Ok(Tested::NoMatch),
        }
    }

    /// `include:` matches where the other domain's record says pass (RFC 7208, section 5.2).
    fn include(&mut self, domain: &Name, target: &Name, step: usize) -> Ask<Tested> {
        self.hand_over(step);
        let inner = self.beneath(domain, target)?.cause;
        Ok(match inner.result() {
            SpfResult::Pass => Tested::Match,
            SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral => Tested::NoMatch,
            SpfResult::None => Tested::End(CauseReason::IncludeWithoutRecord),
            SpfResult::TempError | SpfResult::PermError => Tested::EndBeneath(inner),
        })
    }

    /// `mx`: the addresses of a name's exchanges (RFC 7208, section 5.4). The name itself is never
    /// taken for its own exchange.
    fn exchanges(&mut self, target: Name, prefixes: Prefixes) -> Ask<Tested> {
        let answer = self.ask(Question::new(target, RecordType::Mx))?;
        if answer.status != Status::Found {
            return Ok(self.unless_void(answer, |_| false));
        }
        let count = exchange_count(answer);
        if count > EXCHANGES_MAX {
            return Ok(Tested::End(CauseReason::TooManyExchanges { count }));
        }
        let address_type = self.address_type();
        let questions: Vec<Question> = exchanges(answer)
            .map(|exchange| Question::new(exchange.clone(), address_type))
            .collect();
        for answer in self.ask_all(questions)? {
            if !answer.status.is_definite() {
                return Ok(Tested::End(CauseReason::Dns(answer.status)));
            }
            if self.has_address(answer, prefixes) {
                return Ok(Tested::Match);
            }
        }
        Ok(Tested::NoMatch)
    }

    /// What an answer comes to: a DNS error ends the evaluation, nothing found counts against its
    /// limit (RFC 7208, section 4.6.4), and otherwise `found` says whether the client is meant.
    fn unless_void(&mut self, answer: &Answer, found: impl Fn(&Self) -> bool) -> Tested {
        match answer.status {
            Status::Found if found(self) => Tested::Match,
            Status::Found => Tested::NoMatch,
            Status::NoData | Status::NxDomain => {
                if self.voids == VOIDS_MAX {
                    return Tested::End(CauseReason::TooManyVoids);
                }
                self.voids += 1;
                Tested::NoMatch
            }
            status => Tested::End(CauseReason::Dns(status)),
        }
    }

    fn has_address(&self, answer: &Answer, prefixes: Prefixes) -> bool {
        answer.records.iter().any(|record| match record.data {
            Data::A(address) => shares_prefix(self.client_ip, address.into(), prefixes.ip4),
            Data::Aaaa(address) => shares_prefix(self.client_ip, address.into(), prefixes.ip6),
            _ => false,
        })
    }

    fn address_type(&self) -> RecordType {
        match self.client_ip {
            IpAddr::V4(_) => RecordType::A,
            IpAddr::V6(_) => RecordType::Aaaa,
        }
    }

    /// The names of the client's address that have this address, the first [`CLIENT_NAMES_MAX`] of
    /// them (RFC 7208, section 5.5). Names whose look-up fails are left out.
    pub(super) fn validated_names(&mut self, answer: &'a Answer) -> Ask<Vec<Name>> {
        let names: Vec<&Name> = answer
            .records
            .iter()
            .filter_map(|record| match &record.data {
                Data::Ptr(name) => Some(name),
                _ => None,
            })
            .take(CLIENT_NAMES_MAX)
            .collect();
        let address_type = self.address_type();
        let questions = names
            .iter()
            .map(|name| Question::new((*name).clone(), address_type));
        let answers = self.ask_all(questions.collect())?;
        let exactly = Prefixes::default();
        Ok(names
            .into_iter()
            .zip(answers)
            .filter(|(_, answer)| self.has_address(answer, exactly))
            .map(|(name, _)| name.clone())
            .collect())
    }
}

/// The exchanges of an MX answer, the preferred first, without the root that stands for "none"
/// (RFC 7505, section 3).
pub(super) fn exchanges(answer: &Answer) -> impl Iterator<Item = &Name> {
    let mut found: Vec<(u16, &Name)> = named_exchanges(answer).collect();
    found.sort_by_key(|(preference, _)| *preference);
    found.into_iter().map(|(_, exchange)| exchange)
}

pub(super) fn exchange_count(answer: &Answer) -> usize {
    named_exchanges(answer).count()
}

fn named_exchanges(answer: &Answer) -> impl Iterator<Item = (u16, &Name)> {
    let all = answer.exchanges();
    all.filter(|(_, exchange)| !exchange.is_root())
}
