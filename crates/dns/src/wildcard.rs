//! Whether what is answered for a name stands at the name itself, or comes from a wildcard.

use std::collections::HashSet;

use crate::{Alias, Answer, Data, Name, Question, Record, RecordType, Resolver, Status};

/// Where an answer for a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The name exists: its own records, or none of this type.
    Own,
    /// The name does not exist, and a wildcard answers for it (RFC 4592, section 2.2.1).
    Wildcard,
    /// The name does not exist, and nobody answers for it.
    Nowhere,
    /// Nobody could say.
    Unsure,
}

/// Where the answer of `base` for a name and a type comes from.
///
/// A wildcard answers for a star beside the name too, and for one beneath it, which a name that exists keeps
/// it from (RFC 4592, section 3.3.1). So at most two more questions are asked; where they are not answered,
/// no wildcard is supposed.
pub async fn origin(base: &dyn Resolver, name: &Name, rtype: RecordType) -> Origin {
    let answer = base.resolve(&Question::new(name.clone(), rtype)).await;
    let Some(said) = Spoken::of(&answer, name) else {
        return match answer.status {
            Status::NxDomain => Origin::Nowhere,
            _ => Origin::Unsure,
        };
    };
    let beside = name.parent().and_then(|parent| parent.prefixed("*").ok());
    for star in [beside, name.prefixed("*").ok()] {
        // A name that is too long for a star beneath it is left to the one beside it.
        let Some(star) = star else { continue };
        let at_star = base.resolve(&Question::new(star.clone(), rtype)).await;
        if Spoken::of(&at_star, &star).as_ref() != Some(&said) {
            return Origin::Own;
        }
    }
    Origin::Wildcard
}

/// What is said of one name itself, in whatever order; nothing where it does not exist or nobody answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spoken<'a> {
    alias: Option<&'a Name>,
    data: HashSet<&'a Data>,
}

impl<'a> Spoken<'a> {
    pub(crate) fn of(answer: &'a Answer, name: &Name) -> Option<Self> {
        let first = answer.aliases.first().filter(|first| first.owner == *name);
        let own = answer.records.iter().filter(|own| own.owner == *name);
        let is_there = matches!(answer.status, Status::Found | Status::NoData);
        (first.is_some() || is_there).then(|| Self {
            alias: first.map(|first| &first.target),
            data: own.map(|record| &record.data).collect(),
        })
    }

    /// Whether this is what was said.
    pub(crate) fn is(&self, alias: Option<&Alias>, records: &[Record]) -> bool {
        let data: HashSet<&Data> = records.iter().map(|record| &record.data).collect();
        self.alias == alias.map(|alias| &alias.target) && self.data == data
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Zone, Zones};

    #[track_caller]
    fn check(zone: &str, name: &str, rtype: RecordType, expect: Origin) {
        let apex: Name = "exemple.test".parse().expect("a name");
        let zone = Zone::parse(zone.as_bytes(), &apex).expect("a zone");
        let name = name.parse().expect("a name");
        let found = futures::executor::block_on(origin(&Zones::new(vec![zone]), &name, rtype));
        assert_eq!(found, expect, "{name}");
    }

    #[test]
    fn without_a_wildcard_what_answers_exists() {
        let zone = "a TXT \"un\"\nb.c TXT \"deux\"\nd CNAME a\n";
        check(zone, "a.exemple.test", RecordType::Txt, Origin::Own);
        check(zone, "a.exemple.test", RecordType::Mx, Origin::Own);
        check(zone, "c.exemple.test", RecordType::Txt, Origin::Own);
        check(zone, "d.exemple.test", RecordType::Txt, Origin::Own);
        check(zone, "e.exemple.test", RecordType::Txt, Origin::Nowhere);
        check(zone, "exemple.test", RecordType::Txt, Origin::Own);
        check(zone, "ailleurs.test", RecordType::Txt, Origin::Unsure);
    }

    #[test]
    fn what_a_wildcard_says_is_told_from_what_stands_there() {
        let zone = "* TXT \"tous\"\n* CNAME ailleurs.test.\nb.c A 192.0.2.1\nd TXT \"deux\"\n";
        for rtype in [RecordType::Txt, RecordType::Mx] {
            check(zone, "a.exemple.test", rtype, Origin::Wildcard);
            check(zone, "x.y.z.exemple.test", rtype, Origin::Wildcard);
            check(zone, "*.exemple.test", rtype, Origin::Own);
            check(zone, "*.a.exemple.test", rtype, Origin::Wildcard);
            check(zone, "c.exemple.test", rtype, Origin::Own);
            check(zone, "b.c.exemple.test", rtype, Origin::Own);
            check(zone, "a.c.exemple.test", rtype, Origin::Nowhere);
            check(zone, "d.exemple.test", rtype, Origin::Own);
        }
    }

    #[test]
    fn a_name_that_says_the_same_as_the_wildcard_stands_all_the_same() {
        let zone = "* CNAME ailleurs.test.\nnews CNAME ailleurs.test.\n";
        check(zone, "news.exemple.test", RecordType::Txt, Origin::Own);
        check(zone, "a.exemple.test", RecordType::Txt, Origin::Wildcard);
        // The wildcard has nothing of this type, and a name none at all.
        let zone = "* MX 10 mx.exemple.test.\nb.c A 192.0.2.1\n";
        check(zone, "c.exemple.test", RecordType::Txt, Origin::Own);
        check(zone, "a.exemple.test", RecordType::Txt, Origin::Wildcard);
    }
}
