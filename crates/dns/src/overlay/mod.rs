//! Records laid over another resolver: what would be answered if this were published.
//!
//! A server answers from names, and not only from record sets: a name that comes into being keeps a wildcard
//! away from itself and from what is beneath it, and where the last record of a name goes, a wildcard may
//! answer for it. [`Overlay`] finds out which names exist by asking; where no question can tell (whether a
//! name that loses its records has others beneath it, which nobody asked for), it supposes, and says so.

mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::wildcard::{Origin, Spoken, origin};
use crate::{
    Alias, Answer, AnswerFuture, Data, Name, Question, Record, RecordType, Resolver, Source, Status,
};

/// Changes record sets over `base`. What a change does not touch goes through.
#[derive(Debug)]
pub struct Overlay<R> {
    base: R,
    sets: BTreeMap<Name, BTreeMap<RecordType, Vec<Record>>>,
    tops: BTreeSet<Name>,
    seen: BTreeSet<(Name, RecordType)>,
    supposes_gone: bool,
    is_in_doubt: AtomicBool,
    /// Whether something is left at or beneath a name that loses records: looked for once.
    left: Mutex<BTreeMap<Name, bool>>,
}

/// What is said of one name, aliases not followed.
enum Said {
    /// What the base says.
    AsBefore,
    /// The name does not exist.
    Nowhere,
    /// These records of the type asked for, beside an alias or not, or none.
    Records(Option<Alias>, Vec<Record>),
}

impl<R: Resolver> Overlay<R> {
    /// No change yet.
    pub fn new(base: R) -> Self {
        Self {
            base,
            sets: BTreeMap::new(),
            tops: BTreeSet::new(),
            seen: BTreeSet::new(),
            supposes_gone: false,
            is_in_doubt: AtomicBool::new(false),
            left: Mutex::new(BTreeMap::new()),
        }
    }

    /// Replaces the whole record set of `owner` and `rtype`; an empty list removes it, which is only to be
    /// done where one stands.
    pub fn set(&mut self, owner: Name, rtype: RecordType, ttl: u32, data: Vec<Data>) {
        let records = data
            .into_iter()
            .map(|data| Record {
                owner: owner.clone(),
                ttl,
                data,
            })
            .collect();
        self.sets.entry(owner).or_default().insert(rtype, records);
    }

    /// Names that go on to exist whatever is removed: the tops of zones.
    #[must_use]
    pub fn with_tops(mut self, tops: impl IntoIterator<Item = Name>) -> Self {
        self.tops.extend(tops);
        self
    }

    /// What was answered before, other than by "no such name": where a name loses its records, these are
    /// asked for what is left at it and beneath it.
    #[must_use]
    pub fn with_seen(mut self, seen: impl IntoIterator<Item = (Name, RecordType)>) -> Self {
        self.seen.extend(seen);
        self
    }

    /// Supposes that a name is gone where no question can tell; otherwise it is supposed to stay.
    #[must_use]
    pub fn supposing_gone(mut self) -> Self {
        self.supposes_gone = true;
        self
    }

    /// Whether something had to be supposed for an answer that was given.
    pub fn is_in_doubt(&self) -> bool {
        self.is_in_doubt.load(Ordering::Relaxed)
    }

    async fn answer(&self, question: &Question) -> Arc<Answer> {
        let mut aliases = Vec::new();
        let mut at = question.clone();
        while aliases.len() <= Answer::ALIASES_MAX {
            let said = match self.touches(&at.name) {
                true => self.said(&at).await,
                false => Said::AsBefore,
            };
            let (alias, records) = match said {
                Said::AsBefore => {
                    let below = self.base.resolve(&at).await;
                    let mut steps = below.aliases.iter();
                    // The base followed an alias to a name that is touched here: go on from there.
                    let Some(step) = steps.position(|step| self.touches(&step.target)) else {
                        // A chain without an end shows none of its aliases.
                        let is_endless =
                            below.status == Status::Malformed && below.aliases.is_empty();
                        let aliases = if is_endless { Vec::new() } else { aliases };
                        return Arc::new(with_aliases((*below).clone(), aliases));
                    };
                    aliases.extend(below.aliases[..=step].iter().cloned());
                    at.name = below.aliases[step].target.clone();
                    continue;
                }
                Said::Nowhere => {
                    let answer = Answer::bare(Status::NxDomain, Source::Zone);
                    return Arc::new(with_aliases(answer, aliases));
                }
                Said::Records(alias, records) => (alias, records),
            };
            let target = alias.as_ref().map(|alias| alias.target.clone());
            aliases.extend(alias);
            match target {
                Some(target) if records.is_empty() => at.name = target,
                _ => {
                    let mut answer = Answer::bare(Status::Found, Source::Zone);
                    if records.is_empty() {
                        answer.status = Status::NoData;
                    }
                    answer.records = records;
                    return Arc::new(with_aliases(answer, aliases));
                }
            }
        }
        Arc::new(Answer::bare(Status::Malformed, Source::Zone))
    }

    /// What is said of a name that is touched.
    async fn said(&self, at: &Question) -> Said {
        if let Some((alias, records)) = self.laid_over(at) {
            return Said::Records(alias, records);
        }
        let below = self.base.resolve(at).await;
        if below.status == Status::NxDomain && below.aliases.is_empty() && self.cannot_appear(at) {
            return Said::AsBefore;
        }
        let found = match self.stands(&at.name, at.rtype).await {
            true => self.own(at).await,
            false => self.of_wildcard(at).await,
        };
        // What is as it was is best said in the words of whoever said it.
        let was = Spoken::of(&below, &at.name);
        let is_as_before = match (&found, &was) {
            (Said::Records(alias, records), Some(was)) => was.is(alias.as_ref(), records),
            (Said::Nowhere, None) => below.status == Status::NxDomain,
            _ => false,
        };
        if is_as_before { Said::AsBefore } else { found }
    }

    /// What was laid over the very question, so that nobody else is to be asked.
    fn laid_over(&self, at: &Question) -> Option<(Option<Alias>, Vec<Record>)> {
        let types = self.sets.get(&at.name)?;
        let records = types.get(&at.rtype).filter(|records| !records.is_empty())?;
        let alias = types.get(&RecordType::Cname).and_then(|set| set.first());
        let alias = alias.filter(|_| at.rtype != RecordType::Cname);
        Some((alias.and_then(alias_of), records.clone()))
    }

    /// What stands at a name that exists.
    async fn own(&self, at: &Question) -> Said {
        if let Some((alias, records)) = self.laid_over(at) {
            return Said::Records(alias, records);
        }
        let below = self.base.resolve(at).await;
        let types = self.sets.get(&at.name);
        let changed = |rtype| types.and_then(|types| types.get(&rtype));
        let laid = changed(RecordType::Cname)
            .filter(|_| at.rtype != RecordType::Cname)
            .and_then(|set| set.first())
            .and_then(alias_of);
        let alias = below.aliases.first();
        let alias = alias.filter(|alias| alias.owner == at.name);
        let mut alias = alias
            .filter(|_| changed(RecordType::Cname).is_none())
            .cloned();
        // Records that stand beside the alias, which they must not, are seen all the same.
        let records = below.records.iter().filter(|own| own.owner == at.name);
        let mut records: Vec<Record> = records
            .filter(|_| changed(at.rtype).is_none())
            .cloned()
            .collect();
        let uses_base = alias.is_some() || !records.is_empty();
        // A wildcard does not answer for a name that exists.
        if uses_base
            && self.adds_within(&at.name)
            && !self.is_top(&at.name)
            && origin(&self.base, &at.name, at.rtype).await == Origin::Wildcard
        {
            alias = None;
            records.clear();
        }
        let alias = laid.or(alias);
        if alias.is_none() && !below.status.is_definite() && below.aliases.is_empty() {
            return Said::AsBefore;
        }
        Said::Records(alias, records)
    }

    /// What is answered for a name that does not exist: by the wildcard beneath its closest ancestor that
    /// does, where there is one (RFC 4592, section 3.3.1).
    async fn of_wildcard(&self, at: &Question) -> Said {
        let mut encloser = at.name.parent();
        while let Some(ancestor) = encloser {
            if !self.stands(&ancestor, at.rtype).await {
                encloser = ancestor.parent();
                continue;
            }
            let Ok(star) = ancestor.prefixed("*") else {
                break;
            };
            if !self.stands(&star, at.rtype).await {
                break;
            }
            let at_star = Question {
                name: star,
                ..at.clone()
            };
            let Said::Records(alias, mut records) = self.own(&at_star).await else {
                break;
            };
            for record in &mut records {
                record.owner = at.name.clone();
            }
            let alias = alias.map(|alias| Alias {
                owner: at.name.clone(),
                ..alias
            });
            return Said::Records(alias, records);
        }
        Said::Nowhere
    }
}

fn alias_of(record: &Record) -> Option<Alias> {
    let Data::Cname(target) = &record.data else {
        return None;
    };
    Some(Alias {
        owner: record.owner.clone(),
        target: target.clone(),
        ttl: record.ttl,
    })
}

fn with_aliases(mut answer: Answer, mut aliases: Vec<Alias>) -> Answer {
    // An alias that was laid over, or led to where something was, is vouched for by nobody.
    answer.authentic &= aliases.is_empty();
    aliases.append(&mut answer.aliases);
    answer.aliases = aliases;
    answer
}

impl<R: Resolver> Resolver for Overlay<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(self.answer(question))
    }
}

#[cfg(test)]
mod tests;
