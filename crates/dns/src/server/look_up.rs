//! Finding a name in a zone (RFC 1034, section 4.3.2; wildcards by RFC 4592, DNAME by RFC 6672).

use std::sync::Arc;

use domain::base::iana::Rtype;

use super::ServedZone;
use super::zone::{Node, RecordSet};
use crate::Name;

/// What a zone has for a name.
pub(super) enum Found<'a> {
    /// The name exists, or a wildcard stands in for it.
    Node(&'a Node),
    /// The name is at or beneath this one, for which other servers answer.
    Delegated(Name, &'a Arc<RecordSet>),
    /// The name is beneath this one, which is redirected as a whole.
    Redirected(Name, &'a Arc<RecordSet>),
    /// The name does not exist.
    Absent,
}

impl ServedZone {
    /// What stands at `name`, which must be within the zone. DS records of a delegation stand on this side of
    /// it (RFC 4035, section 3.1.4.1).
    pub(super) fn find(&self, name: &Name, rtype: Rtype) -> Found<'_> {
        let mut encloser = self.apex().clone();
        for labels in self.apex().label_count()..=name.label_count() {
            let at = name.suffix(labels);
            let is_last = at == *name;
            let Some(node) = self.node(&at) else {
                let star = encloser.prefixed("*").ok();
                let node = star.and_then(|star| self.node(&star));
                return node.map_or(Found::Absent, Found::Node);
            };
            let is_beneath_apex = at != *self.apex();
            let on_this_side = is_last && rtype == Rtype::DS;
            if let (Some(servers), true, false) =
                (node.set(Rtype::NS), is_beneath_apex, on_this_side)
            {
                return Found::Delegated(at, servers);
            }
            if is_last {
                return Found::Node(node);
            }
            if let Some(redirection) = node.set(Rtype::DNAME) {
                return Found::Redirected(at, redirection);
            }
            encloser = at;
        }
        Found::Absent
    }
}
