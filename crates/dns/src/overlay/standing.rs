//! Which names exist once the changes are made.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::Overlay;
use crate::wildcard::{Origin, origin};
use crate::{Name, Question, RecordType, Resolver, Status};

/// What a name is asked for where it loses records: the types that stand beside those of mail.
const TYPES_LEFT: [RecordType; 4] = [
    RecordType::Txt,
    RecordType::A,
    RecordType::Aaaa,
    RecordType::Mx,
];

impl<R: Resolver> Overlay<R> {
    /// Whether a change may alter what is said of `name`: one at it, beneath it, or at a wildcard above it, or
    /// one that shares an ancestor with it beneath the top of the zone, which may come or go.
    pub(super) fn touches(&self, name: &Name) -> bool {
        self.sets.keys().any(|changed| {
            let labels = changed.labels().rev().zip(name.labels().rev());
            let shared = labels.take_while(|(one, other)| one == other).count();
            let is_star = changed.labels().next() == Some("*");
            let is_above = is_star && shared + 1 == changed.label_count();
            let shared = name.suffix(shared);
            is_above || shared == *changed || shared == *name || !self.is_top(&shared)
        })
    }

    /// Whether a name exists whatever is changed.
    pub(super) fn is_top(&self, name: &Name) -> bool {
        // Nobody publishes a wildcard for mail at the top of the DNS.
        name.label_count() <= 1 || self.tops.iter().any(|top| top.is_within(name))
    }

    /// Whether records laid over make `name` exist: its own, or those of names beneath it (RFC 8020, section 2).
    pub(super) fn adds_within(&self, name: &Name) -> bool {
        self.sets.iter().any(|(owner, types)| {
            owner.is_within(name) && types.values().any(|records| !records.is_empty())
        })
    }

    fn removes_within(&self, name: &Name) -> bool {
        let mut within = self.sets.iter().filter(|(owner, _)| owner.is_within(name));
        within.any(|(_, types)| types.values().any(Vec::is_empty))
    }

    /// Whether a name that does not exist goes on not to: only what is laid over at or beneath it, a wildcard
    /// that is laid over, or one that a removal gives way to, would answer for it.
    pub(super) fn cannot_appear(&self, at: &Question) -> bool {
        let mut owners = self.sets.keys();
        let has_star = owners.any(|owner| owner.labels().next() == Some("*"));
        !has_star && !self.adds_within(&at.name) && !self.removes_within(&Name::root())
    }

    /// Whether `name` exists once the changes are made. `rtype` is what it is asked for.
    pub(super) async fn stands(&self, name: &Name, rtype: RecordType) -> bool {
        if self.is_top(name) || self.adds_within(name) {
            return true;
        }
        if self.removes_within(name) {
            return self.has_something_left(name).await || self.suppose_it_stays();
        }
        match origin(&self.base, name, rtype).await {
            Origin::Own => true,
            Origin::Wildcard | Origin::Nowhere => false,
            Origin::Unsure => self.suppose_it_stays(),
        }
    }

    fn suppose_it_stays(&self) -> bool {
        self.is_in_doubt.store(true, Ordering::Relaxed);
        !self.supposes_gone
    }

    /// Whether something is known to stand at or beneath a name besides what is removed there.
    async fn has_something_left(&self, name: &Name) -> bool {
        let known = |overlay: &Self| {
            let left = overlay.left.lock().unwrap_or_else(PoisonError::into_inner);
            left.get(name).copied()
        };
        if let Some(known) = known(self) {
            return known;
        }
        let found = self.finds_something_left(name).await;
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.insert(name.clone(), found);
        found
    }

    async fn finds_something_left(&self, name: &Name) -> bool {
        let seen = self.seen.iter().filter(|(owner, _)| owner.is_within(name));
        for (owner, rtype) in seen {
            if self.is_left(owner, *rtype).await {
                return true;
            }
        }
        // A wildcard beneath it is a name too, and decides what is said of all the others.
        let star = name.prefixed("*").ok();
        if let Some(star) = star
            && self.is_left(&star, RecordType::Txt).await
        {
            return true;
        }
        for rtype in TYPES_LEFT {
            if self.is_left(name, rtype).await {
                return true;
            }
        }
        false
    }

    /// Whether `owner` has records of a type that is not removed, or goes on to exist without any.
    async fn is_left(&self, owner: &Name, rtype: RecordType) -> bool {
        let types = self.sets.get(owner);
        let is_changed = |rtype| types.is_some_and(|types| types.contains_key(&rtype));
        if is_changed(rtype) {
            return false;
        }
        let question = Question::new(owner.clone(), rtype);
        let answer = self.base.resolve(&question).await;
        let first = answer.aliases.first();
        let is_alias = first.is_some_and(|first| first.owner == *owner);
        let has_records = answer.records.iter().any(|own| own.owner == *owner);
        let has_own = is_alias && !is_changed(RecordType::Cname) || has_records;
        // What exists without records may do so by what is removed.
        let exists = !is_alias && answer.status == Status::NoData && !self.removes_within(owner);
        (has_own || exists) && origin(&self.base, owner, rtype).await == Origin::Own
    }
}
