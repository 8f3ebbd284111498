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

    /// Whether records laid over make `name` exist: its own, or those of names beneath it (RFC 8020).
    fn exists(&self, name: &Name) -> bool {
        self.sets.iter().any(|(owner, types)| {
            owner.is_within(name) && types.values().any(|records| !records.is_empty())
        })
    }

    /// Whether `answer` is that of a wildcard which records laid over cut off: a wildcard speaks only for
    /// names whose closest existing ancestor is the one that it stands under (RFC 4592, section 3.3.1).
    async fn cuts_off_wildcard(&self, question: &Question, answer: &Answer) -> bool {
        let said = |answer: &Answer, name: &Name| {
            let alias = answer.aliases.first();
            let alias = alias.filter(|alias| alias.owner == *name);
            let data: Vec<Data> = answer.records.iter().map(|r| r.data.clone()).collect();
            (alias.map(|alias| alias.target.clone()), data)
        };
        let own = said(answer, &question.name);
        if own.0.is_none() && own.1.is_empty() {
            return false;
        }
        let Some(encloser) = self.closest_encloser(&question.name) else {
            return false;
        };
        // Where the wildcard answers for that ancestor too, nothing else makes it exist.
        let asked = if encloser == question.name {
            encloser
                .parent()
                .and_then(|parent| parent.prefixed("*").ok())
        } else {
            Some(encloser)
        };
        let Some(asked) = asked else { return false };
        let at_encloser = Question {
            name: asked.clone(),
            ..question.clone()
        };
        said(&*self.base.resolve(&at_encloser).await, &asked) == own
    }

    /// The longest ancestor of `name`, or itself, that records laid over make exist.
    fn closest_encloser(&self, name: &Name) -> Option<Name> {
        let mut at = Some(name.clone());
        // Nobody publishes a wildcard for mail at the top of the DNS.
        while let Some(candidate) = at.filter(|candidate| candidate.label_count() > 1) {
            if self.exists(&candidate) {
                return Some(candidate);
            }
            at = candidate.parent();
        }
        None
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
                        let mut answer = Answer::bare(Status::NoData, Source::Zone);
                        // Records that stood beside the alias, which they must not, are what is left.
                        let own = below.records.iter().filter(|r| r.owner == at.name);
                        answer.records = own.filter(|_| removed.is_none()).cloned().collect();
                        if !answer.records.is_empty() {
                            answer.status = Status::Found;
                        }
                        return Arc::new(with_aliases(answer, aliases));
                    }
                    let is_cut_off = self.cuts_off_wildcard(&at, &below).await;
                    // The base followed an alias into a name that is changed here: go on from there.
                    if let Some(step) = below
                        .aliases
                        .iter()
                        .position(|step| self.sets.contains_key(&step.target))
                        .filter(|_| !is_cut_off)
                    {
                        aliases.extend(below.aliases[..=step].iter().cloned());
                        at.name = below.aliases[step].target.clone();
                        continue;
                    }
                    let exists = self.exists(&at.name);
                    let mut answer = (*below).clone();
                    if is_cut_off {
                        answer = Answer::bare(Status::NxDomain, Source::Zone);
                    }
                    // The end of an alias exists or not whatever stands at its beginning.
                    if exists && answer.aliases.is_empty() && answer.status == Status::NxDomain {
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
mod tests {
    use super::*;
    use crate::{Txt, Zone, Zones};

    const BASE: &str = "@ TXT \"old\"\nwww CNAME ailleurs.test.\nloin CNAME ici.exemple.test.\n\
                        ici TXT \"base\"\ndeux TXT \"beside\"\ndeux CNAME ailleurs.test.\n\
                        mort CNAME rien.ailleurs.test.\n";

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    fn text(text: &str) -> Data {
        Data::Txt(Txt::from_bytes(text.as_bytes()))
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Overlay<Zones>), asked: &str, expect: &str) {
        let zone = Zone::parse(BASE.as_bytes(), &name("exemple.test")).expect("a zone");
        let elsewhere = Zone::parse(b"@ TXT \"far\"\n", &name("ailleurs.test")).expect("a zone");
        let mut overlay = Overlay::new(Zones::new(vec![zone, elsewhere]));
        change(&mut overlay);
        let question = Question::new(name(asked), RecordType::Txt);
        let answer = futures::executor::block_on(overlay.resolve(&question));
        let texts: Vec<String> = answer.texts().map(Txt::to_text).collect();
        let found = format!(
            "{:?} {} {}",
            answer.status,
            answer.aliases.len(),
            texts.join(" ")
        );
        assert_eq!(found.trim_end(), expect);
    }

    #[test]
    fn what_is_not_changed_shines_through() {
        check(|_| {}, "exemple.test", "Found 0 old");
        check(|_| {}, "www.exemple.test", "Found 1 far");
        check(|_| {}, "rien.exemple.test", "NxDomain 0");
    }

    #[test]
    fn a_set_takes_the_place_of_the_one_beneath() {
        let new = |overlay: &mut Overlay<Zones>| {
            overlay.set(
                name("exemple.test"),
                RecordType::Txt,
                300,
                vec![text("new"), text("two")],
            );
        };
        check(new, "exemple.test", "Found 0 new two");
        let gone = |overlay: &mut Overlay<Zones>| {
            overlay.set(name("exemple.test"), RecordType::Txt, 300, Vec::new());
        };
        check(gone, "exemple.test", "NoData 0");
        let added = |overlay: &mut Overlay<Zones>| {
            overlay.set(
                name("x.exemple.test"),
                RecordType::A,
                300,
                vec![Data::A([192, 0, 2, 1].into())],
            );
        };
        check(added, "x.exemple.test", "NoData 0");
        let beneath = |overlay: &mut Overlay<Zones>| {
            overlay.set(
                name("s1._domainkey.exemple.test"),
                RecordType::Txt,
                300,
                vec![text("key")],
            );
        };
        check(beneath, "_domainkey.exemple.test", "NoData 0");
        check(beneath, "s2._domainkey.exemple.test", "NxDomain 0");
    }

    #[test]
    fn a_name_that_was_laid_over_cuts_off_a_wildcard_above_it() {
        let ask = |owner: &'static str, asked: &str| {
            let zone = Zone::parse(
                b"* TXT \"any\"\n_domainkey TXT \"own\"\n",
                &name("exemple.test"),
            )
            .expect("a zone");
            let mut overlay = Overlay::new(Zones::new(vec![zone]));
            overlay.set(name(owner), RecordType::Txt, 300, vec![text("new")]);
            let question = Question::new(name(asked), RecordType::Txt);
            let answer = futures::executor::block_on(overlay.resolve(&question));
            answer.texts().next().map(Txt::to_text)
        };
        let any = Some("any".to_owned());
        assert_eq!(ask("a.exemple.test", "b.exemple.test"), any);
        assert_eq!(ask("a.c.exemple.test", "b.c.exemple.test"), None);
        assert_eq!(ask("a.c.exemple.test", "c.exemple.test"), None);
        assert_eq!(ask("a.c.exemple.test", "d.exemple.test"), any);
        assert_eq!(
            ask("a._domainkey.exemple.test", "_domainkey.exemple.test"),
            Some("own".to_owned())
        );
    }

    #[test]
    fn a_wildcard_alias_that_is_cut_off_is_not_followed_into_what_is_laid_over() {
        let zone = b"@ TXT \"old\"\n@ MX 10 mx\n* CNAME exemple.test.\n";
        let zone = Zone::parse(zone, &name("exemple.test")).expect("a zone");
        let mut overlay = Overlay::new(Zones::new(vec![zone]));
        overlay.set(
            name("exemple.test"),
            RecordType::Txt,
            300,
            vec![text("new")],
        );
        overlay.set(
            name("a.exemple.test"),
            RecordType::Txt,
            300,
            vec![text("own")],
        );
        let status = |asked: &str, rtype| {
            let question = Question::new(name(asked), rtype);
            futures::executor::block_on(overlay.resolve(&question)).status
        };
        assert_eq!(status("a.exemple.test", RecordType::Mx), Status::NoData);
        assert_eq!(
            status("x.a.exemple.test", RecordType::Txt),
            Status::NxDomain
        );
        assert_eq!(status("b.exemple.test", RecordType::Txt), Status::Found);
    }

    #[test]
    fn aliases_lead_through_the_overlay_and_back() {
        let alias = |owner: &'static str, target: &'static str| {
            move |overlay: &mut Overlay<Zones>| {
                overlay.set(
                    name(owner),
                    RecordType::Cname,
                    300,
                    vec![Data::Cname(name(target))],
                );
            }
        };
        check(
            alias("neuf.exemple.test", "www.exemple.test"),
            "neuf.exemple.test",
            "Found 2 far",
        );
        check(
            alias("rond.exemple.test", "rond.exemple.test"),
            "rond.exemple.test",
            "Malformed 0",
        );
        let target_changed = |overlay: &mut Overlay<Zones>| {
            overlay.set(
                name("ici.exemple.test"),
                RecordType::Txt,
                300,
                vec![text("changed")],
            );
        };
        check(target_changed, "loin.exemple.test", "Found 1 changed");
        let alias_gone = |overlay: &mut Overlay<Zones>| {
            overlay.set(name("www.exemple.test"), RecordType::Cname, 300, Vec::new());
            overlay.set(
                name("deux.exemple.test"),
                RecordType::Cname,
                300,
                Vec::new(),
            );
        };
        check(alias_gone, "www.exemple.test", "NoData 0");
        check(alias_gone, "deux.exemple.test", "Found 0 beside");
        let beneath = |overlay: &mut Overlay<Zones>| {
            let below = name("_dmarc.mort.exemple.test");
            overlay.set(below, RecordType::Txt, 300, vec![text("new")]);
        };
        check(beneath, "mort.exemple.test", "NxDomain 1");
    }

    #[test]
    fn nobody_vouches_for_an_alias_that_was_laid_over() {
        let question = Question::new(name("www.exemple.test"), RecordType::Txt);
        let mut below = Answer::bare(Status::Found, Source::Zone);
        below.authentic = true;
        let answers = [
            (question.clone(), below.clone()),
            (Question::new(name("a.test"), RecordType::Txt), below),
        ];
        let answers = answers.map(|(question, answer)| (question, Arc::new(answer)));
        let mut overlay = Overlay::new(crate::Replay::new(answers.into_iter().collect()));
        let authentic = |overlay: &Overlay<crate::Replay>| {
            futures::executor::block_on(overlay.resolve(&question)).authentic
        };
        assert!(authentic(&overlay));
        overlay.set(
            name("www.exemple.test"),
            RecordType::Cname,
            300,
            vec![Data::Cname(name("a.test"))],
        );
        assert!(!authentic(&overlay));
    }
}
