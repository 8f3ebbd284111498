//! The records as they would stand: what differs from what was observed, and how it is laid over it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, Ipv6Addr};

use garant_dns::{Data, Name, RecordType, Txt};
use garant_msgauth::spf;

use crate::finding::{Action, Fix};

/// All records of one type at one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordSet {
    /// Seconds that they may be kept.
    pub(super) ttl: Option<u32>,
    /// Whether a zone said so, so that the seconds are those of the record and not what is left of them.
    pub(super) ttl_is_exact: bool,
    /// What they say.
    pub(super) data: Vec<Data>,
}

/// Where a set stands.
pub(super) type Key = (Name, RecordType);

/// Sets that differ from what was observed, in the order in which they were first changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    order: Vec<Key>,
    sets: BTreeMap<Key, Vec<Data>>,
}

/// One record that goes, comes, or takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) name: Name,
    pub(super) rtype: RecordType,
    pub(super) old: Option<Data>,
    pub(super) new: Option<Data>,
}

impl Draft {
    /// What would stand there; nothing where nothing was changed.
    pub(super) fn get(&self, key: &Key) -> Option<&Vec<Data>> {
        self.sets.get(key)
    }

    pub(super) fn set(&mut self, key: Key, data: Vec<Data>) {
        if !self.sets.contains_key(&key) {
            self.order.push(key.clone());
        }
        self.sets.insert(key, data);
    }

    /// Forgets the sets that are again as they were observed.
    pub(super) fn leave_out_unchanged(&mut self, original: &BTreeMap<Key, RecordSet>) {
        let is_original = |key: &Key, data: &Vec<Data>| {
            original.get(key).is_some_and(|known| known.data == *data)
        };
        self.sets.retain(|key, data| !is_original(key, data));
        self.order.retain(|key| self.sets.contains_key(key));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key, &Vec<Data>)> {
        self.order
            .iter()
            .filter_map(|key| Some((key, self.sets.get(key)?)))
    }

    /// What has to be done to get from `original` here: one edit for each record, an alias before what it
    /// makes room for, and what has the same purpose in place of each other.
    pub(super) fn edits(&self, original: &BTreeMap<Key, RecordSet>) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (key, data) in self.iter() {
            let before = original.get(key).map_or(&[][..], |set| &set.data);
            let mut gone: Vec<&Data> = before.iter().filter(|old| !holds(data, old)).collect();
            let come: Vec<&Data> = data.iter().filter(|new| !holds(before, new)).collect();
            let edit = |old: Option<&Data>, new: Option<&Data>| Edit {
                name: key.0.clone(),
                rtype: key.1,
                old: old.cloned(),
                new: new.cloned(),
            };
            for new in come {
                let same = |old: &&Data| purpose(old) == purpose(new);
                let at = gone.iter().position(same);
                edits.push(edit(at.map(|at| gone.remove(at)), Some(new)));
            }
            edits.extend(gone.into_iter().map(|old| edit(Some(old), None)));
        }
        // An alias stands alone: it has to go before something else comes, and comes when all else is gone.
        let names: Vec<Name> = edits.iter().map(|edit| edit.name.clone()).collect();
        let first = |edit: &Edit| names.iter().position(|name| *name == edit.name);
        edits.sort_by_key(|edit| (first(edit), edit.new.is_some() && edit.old.is_none()));
        edits
    }

    /// The draft that these edits make of what was observed.
    pub(super) fn of<'a>(
        edits: impl IntoIterator<Item = &'a Edit>,
        original: &BTreeMap<Key, RecordSet>,
    ) -> Self {
        let mut draft = Self::default();
        for edit in edits {
            let key = (edit.name.clone(), edit.rtype);
            let before = || original.get(&key).map(|set| set.data.clone());
            let mut data = draft.get(&key).cloned().or_else(before).unwrap_or_default();
            let at = edit
                .old
                .as_ref()
                .and_then(|old| data.iter().position(|known| same(known, old)));
            match (at, &edit.new) {
                (Some(at), Some(new)) => data[at] = new.clone(),
                (Some(at), None) => {
                    data.remove(at);
                }
                (None, Some(new)) => data.push(new.clone()),
                (None, None) => {}
            }
            draft.set(key, data);
        }
        draft
    }
}

/// Edits that cannot be made one without the other: at a name where an alias comes or goes, those of one
/// purpose at one name (one record from two holds what both said, which no check can tell from one of
/// them), and those of a bundle.
pub(super) fn groups(edits: &[Edit], bundles: &[BTreeSet<Key>]) -> Vec<Vec<Edit>> {
    let has_alias = |name: &Name| {
        let mut all = edits.iter();
        all.any(|edit| edit.name == *name && edit.rtype == RecordType::Cname)
    };
    let belong = |one: &Edit, other: &Edit| {
        let key = |edit: &Edit| (edit.name.clone(), edit.rtype);
        let (one_key, other_key) = (key(one), key(other));
        let mut bundles = bundles.iter();
        let purpose_of = |edit: &Edit| edit.new.as_ref().or(edit.old.as_ref()).map(purpose);
        one.name == other.name && has_alias(&one.name)
            || one_key == other_key && purpose_of(one) == purpose_of(other)
            || bundles.any(|bundle| bundle.contains(&one_key) && bundle.contains(&other_key))
    };
    let mut groups: Vec<Vec<Edit>> = Vec::new();
    for edit in edits {
        let is_of = |group: &Vec<Edit>| group.iter().any(|other| belong(edit, other));
        // What belongs to several groups makes one of them, where the first stood.
        let at = groups.iter().position(is_of).unwrap_or(groups.len());
        let (joined, others): (Vec<_>, Vec<_>) = groups.drain(at..).partition(is_of);
        let mut joined = joined.concat();
        joined.push(edit.clone());
        groups.push(joined);
        groups.extend(others);
    }
    groups
}

/// Whether a record that is to be added stands there.
pub(super) fn is_made(data: &[Data], fix: &Fix) -> bool {
    let new = parsed(fix.rtype, &fix.value);
    fix.action == Action::Add && new.is_some_and(|new| holds(data, &new))
}

fn holds(set: &[Data], data: &Data) -> bool {
    set.iter().any(|known| same(known, data))
}

/// Whether two records say the same; where a text is cut into strings says nothing.
pub(super) fn same(one: &Data, other: &Data) -> bool {
    match (one, other) {
        (Data::Txt(one), Data::Txt(other)) => one.joined() == other.joined(),
        _ => one == other,
    }
}

/// What a record is for. Records of one purpose take each other's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Spf,
    Dmarc,
    Dkim,
    MtaSts,
    TlsRpt,
    Bimi,
    OtherText,
    Other(RecordType),
}

pub(super) fn purpose(data: &Data) -> Purpose {
    let Data::Txt(txt) = data else {
        return Purpose::Other(data.record_type());
    };
    let text = txt.joined();
    if spf::is_spf(&text) || spf::near_miss(&text).is_some() {
        return Purpose::Spf;
    }
    let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
    let says = |version: &str| text.contains(version);
    if says("dmarc") {
        Purpose::Dmarc
    } else if says("stsv1") {
        Purpose::MtaSts
    } else if says("tlsrptv1") {
        Purpose::TlsRpt
    } else if says("bimi1") {
        Purpose::Bimi
    } else if says("dkim1") || says("p=") {
        Purpose::Dkim
    } else {
        Purpose::OtherText
    }
}

/// The data as a panel takes it.
pub(super) fn value(data: &Data) -> String {
    match data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Cname(name) | Data::Ns(name) | Data::Ptr(name) => name.to_string(),
        Data::Mx {
            preference,
            exchange,
        } if exchange.is_root() => format!("{preference} ."),
        Data::Mx {
            preference,
            exchange,
        } => format!("{preference} {exchange}"),
        Data::Txt(txt) => txt.to_text(),
        // Nobody is asked to change what the servers of a zone make of it by themselves.
        Data::Dnskey(_) | Data::Ds(_) | Data::Soa(_) => String::new(),
    }
}

/// The data that somebody is asked to publish; nothing for types that no plan writes.
pub(super) fn parsed(rtype: RecordType, value: &str) -> Option<Data> {
    Some(match rtype {
        RecordType::A => Data::A(value.parse::<Ipv4Addr>().ok()?),
        RecordType::Aaaa => Data::Aaaa(value.parse::<Ipv6Addr>().ok()?),
        RecordType::Cname => Data::Cname(host(value)?),
        RecordType::Mx => {
            let (preference, exchange) = value.trim().split_once(char::is_whitespace)?;
            Data::Mx {
                preference: preference.parse().ok()?,
                exchange: host(exchange)?,
            }
        }
        RecordType::Txt => Data::Txt(Txt::from_bytes(value.as_bytes())),
        RecordType::Ns
        | RecordType::Ptr
        | RecordType::Dnskey
        | RecordType::Ds
        | RecordType::Soa => return None,
    })
}

/// A name as a target; `.` is the root, as in a null MX.
fn host(text: &str) -> Option<Name> {
    match text.trim() {
        "." => Some(Name::root()),
        text => text.parse().ok(),
    }
}

/// Makes one fix in a set. `found` is what the finding saw there.
///
/// Nothing when what is to be replaced or removed does not stand there, or what is to be added does.
pub(super) fn apply(mut data: Vec<Data>, fix: &Fix, found: Option<&str>) -> Option<Vec<Data>> {
    let new = || parsed(fix.rtype, &fix.value);
    let says = |text: &str| {
        let wanted = text.to_owned();
        move |known: &Data| value(known) == wanted
    };
    match fix.action {
        Action::Add => {
            let new = new()?;
            if holds(&data, &new) {
                return None;
            }
            if matches!(new, Data::Cname(_)) {
                // A name has one alias (RFC 2181, section 10.1): the new one takes the place of the old one.
                data.clear();
            }
            data.push(new);
        }
        Action::Delete => {
            let at = data.iter().position(says(&fix.value))?;
            data.remove(at);
        }
        Action::Change => {
            let new = new()?;
            let of_purpose = |known: &Data| purpose(known) == purpose(&new);
            let at = found
                .and_then(|found| data.iter().position(says(found)))
                .or_else(|| data.iter().position(of_purpose))
                .or_else(|| (data.len() == 1).then_some(0))?;
            if same(&data[at], &new) {
                return None;
            }
            if holds(&data, &new) {
                data.remove(at);
            } else {
                data[at] = new;
            }
        }
    }
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    /// Makes a fix in a set of aliases.
    #[track_caller]
    fn check(before: &[&str], action: Action, found: Option<&str>, expect: Option<&[&str]>) {
        let aliases = |targets: &[&str]| -> Vec<Data> {
            let targets = targets.iter().map(|target| name(target));
            targets.map(Data::Cname).collect()
        };
        let fix = Fix {
            action,
            name: name("em.exemple.fr"),
            rtype: RecordType::Cname,
            value: "new.example".to_owned(),
            ttl: None,
        };
        let made = apply(aliases(before), &fix, found);
        assert_eq!(made, expect.map(aliases), "{action:?} {before:?}");
    }

    #[test]
    fn a_name_has_one_alias() {
        check(&[], Action::Add, None, Some(&["new.example"]));
        check(&["old.example"], Action::Add, None, Some(&["new.example"]));
        check(&["new.example"], Action::Add, None, None);
        let both = &["old.example", "new.example"];
        let old = Some("old.example");
        check(both, Action::Change, old, Some(&["new.example"]));
        check(both, Action::Delete, None, Some(&["old.example"]));
    }

    #[test]
    fn what_belongs_to_two_groups_makes_them_one() {
        let edit = |owner: &str, old: Option<Data>, new: Option<Data>| Edit {
            name: name(owner),
            rtype: old
                .as_ref()
                .or(new.as_ref())
                .expect("an edit")
                .record_type(),
            old,
            new,
        };
        let alias = || Some(Data::Cname(name("key.example")));
        let text = Some(Data::Txt(Txt::from_bytes(b"there")));
        let edits = [
            edit("one.exemple.fr", None, alias()),
            edit("two.exemple.fr", text, None),
            edit("other.exemple.fr", None, alias()),
            // With the first by their bundle, and with the second by the name that it shares with it.
            edit("two.exemple.fr", None, alias()),
        ];
        let keys = ["one.exemple.fr", "two.exemple.fr"];
        let bundle = keys.map(|key| (name(key), RecordType::Cname));
        let found = groups(&edits, &[BTreeSet::from(bundle)]);
        let [one, two, other, last] = edits;
        assert_eq!(found, [vec![one, two, last], vec![other]]);
    }
}
