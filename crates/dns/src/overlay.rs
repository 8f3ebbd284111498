//! Records laid over another resolver: what would be answered if this were published.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    Alias, Answer, AnswerFuture, Data, Name, Question, Record, RecordType, Resolver, Source, Status,
};

/// Changes record sets over `base`. A changed name answers from here; everything else goes through.
#[derive(Clone, Debug)]
pub struct Overlay<R> {
    base: R,
    sets: BTreeMap<Name, BTreeMap<RecordType, Vec<Record>>>,
}

impl<R: Resolver> Overlay<R> {
    /// No change yet.
    pub fn new(base: R) -> Self {
        Self {
            base,
            sets: BTreeMap::new(),
        }
    }

    /// Replaces the whole record set of `owner` and `rtype`; an empty list removes it.
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

    async fn answer(&self, question: &Question) -> Arc<Answer> {
        let mut aliases = Vec::new();
        let mut at = question.clone();
        while aliases.len() <= Answer::ALIASES_MAX {
            let set = self.sets.get(&at.name);
            match set.and_then(|types| types.get(&at.rtype)) {
                Some(records) if !records.is_empty() => {
                    let mut answer = Answer::bare(Status::Found, Source::Zone);
                    answer.records.clone_from(records);
                    return Arc::new(with_aliases(answer, aliases));
                }
                removed => {
                    let alias = set.and_then(|types| types.get(&RecordType::Cname));
                    if let Some(Record {
                        data: Data::Cname(target),
                        ttl,
                        owner,
                    }) = alias.and_then(|records| records.first())
                    {
                        let (owner, target, ttl) = (owner.clone(), target.clone(), *ttl);
                        at.name = target.clone();
                        aliases.push(Alias { owner, target, ttl });
                        continue;
                    }
                    let below = self.base.resolve(&at).await;
                    let alias_is_gone = alias.is_some_and(Vec::is_empty)
                        && below
                            .aliases
                            .first()
                            .is_some_and(|first| first.owner == at.name);
                    if removed.is_some() || alias_is_gone {
                        return Arc::new(with_aliases(
                            Answer::bare(Status::NoData, Source::Zone),
                            aliases,
                        ));
                    }
                    // The base followed an alias into a name that is changed here: go on from there.
                    if let Some(step) = below
                        .aliases
                        .iter()
                        .position(|step| self.sets.contains_key(&step.target))
                    {
                        aliases.extend(below.aliases[..=step].iter().cloned());
                        at.name = below.aliases[step].target.clone();
                        continue;
                    }
                    let exists = set.is_some_and(|types| types.values().any(|r| !r.is_empty()));
                    let mut answer = (*below).clone();
                    if exists && answer.status == Status::NxDomain {
                        answer.status = Status::NoData;
                    }
                    return Arc::new(with_aliases(answer, aliases));
                }
            }
        }
        Arc::new(Answer::bare(Status::Malformed, Source::Zone))
    }
}

fn with_aliases(mut answer: Answer, mut aliases: Vec<Alias>) -> Answer {
    aliases.append(&mut answer.aliases);
    answer.aliases = aliases;
    answer
}

impl<R: Resolver> Resolver for Overlay<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(self.answer(question))
    }
}
