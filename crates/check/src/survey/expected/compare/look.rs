//! What stands at one name, as far as it was asked.

use std::collections::BTreeSet;
use std::net::IpAddr;

use garant_dns::{Answer, Data, Name, RecordType, Txt};
use garant_msgauth::dkim::KeyRecord;

use super::super::wish::{Wanted, Wish};
use super::texts::tidy;
use super::{Cause, CauseKind, FOUND_MAX, Fit};

/// What stands at one name, as far as it was asked.
#[derive(Clone, Default)]
pub(in crate::survey::expected) struct Look<'a> {
    pub(in crate::survey::expected) name: Option<Name>,
    pub(in crate::survey::expected) answers: Vec<&'a Answer>,
    /// What stands at the target, where that was asked.
    pub(in crate::survey::expected) target: Vec<&'a Answer>,
    /// Whether the zone's first server is one of a DNS host that puts proxies before names.
    pub(in crate::survey::expected) zone_has_proxy: bool,
    /// Whether texts of others stand here by right, as at the domain itself.
    pub(in crate::survey::expected) is_shared: bool,
}

impl<'a> Look<'a> {
    pub(in crate::survey::expected) fn of_answer(name: &Name, answer: &'a Answer) -> Self {
        Self {
            name: Some(name.clone()),
            answers: vec![answer],
            ..Self::default()
        }
    }

    /// The same, with what stands at the target of the alias that was asked for.
    pub(in crate::survey::expected) fn with_target(&self, answer: &'a Answer) -> Self {
        Self {
            target: vec![answer],
            ..self.clone()
        }
    }

    /// The aliases from the name to where its data stands.
    pub(super) fn chain(&self) -> Vec<&'a Name> {
        let chains = self.answers.iter().map(|answer| &answer.aliases);
        let longest = chains.max_by_key(|aliases| aliases.len());
        let aliases = longest.into_iter().flatten();
        aliases.map(|alias| &alias.target).collect()
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &'a Txt> {
        self.answers.iter().flat_map(|answer| answer.texts())
    }

    pub(super) fn addresses(&self) -> Vec<IpAddr> {
        let answers = self.answers.iter();
        answers.flat_map(|answer| answer.addresses()).collect()
    }

    pub(super) fn exchanges(&self) -> Vec<(u16, &'a Name)> {
        let answers = self.answers.iter();
        answers.flat_map(|answer| answer.exchanges()).collect()
    }

    /// Everything that stands at the name itself. Where it is an alias, that is all.
    pub(super) fn data(&self) -> Vec<(RecordType, String)> {
        if let Some(target) = self.chain().first() {
            return vec![(RecordType::Cname, target.to_string())];
        }
        let texts = self.texts().map(|txt| (RecordType::Txt, txt.to_text()));
        let exchanges = self.exchanges().into_iter();
        let exchanges = exchanges.map(|(order, host)| (RecordType::Mx, format!("{order} {host}")));
        let addresses = self.addresses().into_iter().map(|address| match address {
            IpAddr::V4(_) => (RecordType::A, address.to_string()),
            IpAddr::V6(_) => (RecordType::Aaaa, address.to_string()),
        });
        let plain = self.answers.iter().flat_map(|answer| &answer.records);
        let plain = plain.filter_map(|record| {
            let text = match &record.data {
                Data::Ns(name) | Data::Ptr(name) => name.to_string(),
                _ => return None,
            };
            Some((record.data.record_type(), text))
        });
        texts
            .chain(exchanges)
            .chain(addresses)
            .chain(plain)
            .take(FOUND_MAX)
            .collect()
    }

    /// The data at the name that are this record: its text among others, its exchange among others.
    pub(in crate::survey::expected) fn data_of(&self, wish: &Wish) -> Vec<(RecordType, String)> {
        let mut data = self.data();
        let is_it = |text: &str| match &wish.wanted {
            Wanted::Exchange(host) => text.ends_with(host.as_str()),
            Wanted::Key(key) => KeyRecord::parse(text.as_bytes()).key_octets() == key.key_octets(),
            Wanted::Text(wanted) => tidy(text) == tidy(wanted),
            _ => true,
        };
        data.retain(|(_, text)| is_it(text));
        data
    }

    /// The names that the record at this name points at, each with its data.
    pub(in crate::survey::expected) fn targets(
        &self,
    ) -> impl Iterator<Item = ((RecordType, String), &'a Name)> {
        let alias = self.chain().into_iter().take(1);
        let alias = alias.map(|name| ((RecordType::Cname, name.to_string()), name));
        let exchanges = self.exchanges().into_iter();
        alias.chain(
            exchanges.map(|(order, host)| ((RecordType::Mx, format!("{order} {host}")), host)),
        )
    }

    pub(in crate::survey::expected) fn has_data(&self) -> bool {
        !self.data().is_empty()
    }

    pub(in crate::survey::expected) fn has_addresses(&self) -> bool {
        !self.addresses().is_empty()
    }

    /// The types that something was found of, each once.
    pub(in crate::survey::expected) fn types_found(&self) -> BTreeSet<RecordType> {
        self.data().into_iter().map(|(rtype, _)| rtype).collect()
    }

    pub(super) fn of_type(&self, rtype: RecordType) -> Vec<(RecordType, String)> {
        let mut data = self.data();
        data.retain(|(known, _)| *known == rtype);
        data
    }

    pub(super) fn cause(&self, kind: CauseKind, found: Vec<(RecordType, String)>) -> Cause {
        Cause {
            kind,
            at: self.name.clone().unwrap_or_else(Name::root),
            found,
        }
    }

    pub(super) fn wrong(&self, kind: CauseKind, found: Vec<(RecordType, String)>) -> Fit {
        Fit::Wrong(vec![self.cause(kind, found)])
    }

    pub(super) fn rest(&self) -> Fit {
        match self.data() {
            data if data.is_empty() => Fit::Nothing,
            data => Fit::Foreign(data),
        }
    }

    /// What tells two names with the same data apart from one with data of its own.
    pub(in crate::survey::expected) fn says_the_same(&self, other: &Look<'_>) -> bool {
        let sorted = |look: &Look<'_>| {
            let mut data = look.data();
            data.sort();
            data
        };
        !self.data().is_empty() && sorted(self) == sorted(other)
    }
}
