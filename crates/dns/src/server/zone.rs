//! One zone in memory, with every type of record that a master file may hold.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use domain::base::iana::Rtype;
use domain::base::name::FlattenInto;
use domain::base::{Name as WireName, RecordData};
use domain::rdata::{Cname, Dname, Mx, Ns, Ptr, Soa, ZoneRecordData};

use crate::zone::{name_of, read_master};
use crate::{Name, ZoneError};

/// Data as it goes over the wire.
pub(super) type WireData = ZoneRecordData<Bytes, WireName<Bytes>>;

/// Why a zone cannot be served.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServedZoneError {
    /// Its text cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ZoneError),
    /// It has no SOA, or several: nobody could tell how long "no" may be kept.
    #[error("not one SOA but {0}")]
    NotOneSoa(usize),
    /// A record stands at a name outside the zone.
    #[error("{0} is outside the zone")]
    Outside(Name),
}

/// A zone, as its name server answers from it.
#[derive(Clone, Debug)]
pub struct ServedZone {
    apex: Name,
    serial: u32,
    /// Every name that exists: with records, or with names beneath it (RFC 8020).
    nodes: HashMap<Name, Node>,
}

/// What stands at one name.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    sets: Vec<Arc<RecordSet>>,
}

/// The records of one type at one name.
#[derive(Clone, Debug)]
pub(super) struct RecordSet {
    pub(super) rtype: Rtype,
    /// Of differing ones the smallest: all records of a set have one TTL (RFC 2181, section 5.2).
    pub(super) ttl: u32,
    pub(super) data: Vec<WireData>,
}

impl ServedZone {
    /// Reads a master file, as [`Zone::parse`](crate::Zone::parse) does; all types that the library knows, and
    /// unknown ones (RFC 3597), are kept.
    ///
    /// # Errors
    /// The first place that cannot be read, or why the records make no zone.
    pub fn parse(text: &[u8], origin: &Name) -> Result<Self, ServedZoneError> {
        let master = read_master(text, origin)?;
        let mut zone = Self {
            nodes: HashMap::from([(master.apex.clone(), Node::default())]),
            apex: master.apex,
            serial: 0,
        };
        let mut soas = 0;
        for (owner, record) in master.records {
            if !owner.is_within(&zone.apex) {
                return Err(ServedZoneError::Outside(owner));
            }
            let ttl = record.ttl().as_secs();
            let data = with_origin(flat(record.into_data()));
            if let ZoneRecordData::Soa(soa) = &data {
                soas += 1;
                zone.serial = soa.serial().into_int();
            }
            zone.push(owner, ttl, data);
        }
        if soas != 1 {
            return Err(ServedZoneError::NotOneSoa(soas));
        }
        for node in zone.nodes.values_mut() {
            for set in &mut node.sets {
                without_repetitions(&mut Arc::make_mut(set).data);
            }
        }
        Ok(zone)
    }

    fn push(&mut self, owner: Name, ttl: u32, data: WireData) {
        let mut above = owner.parent();
        while let Some(name) = above {
            if self.nodes.contains_key(&name) || !name.is_within(&self.apex) {
                break;
            }
            above = name.parent();
            self.nodes.insert(name, Node::default());
        }
        let node = self.nodes.entry(owner).or_default();
        let rtype = data.rtype();
        if let Some(set) = node.sets.iter_mut().find(|set| set.rtype == rtype) {
            let set = Arc::make_mut(set);
            set.ttl = set.ttl.min(ttl);
            set.data.push(data);
        } else {
            let data = vec![data];
            node.sets.push(Arc::new(RecordSet { rtype, ttl, data }));
        }
    }

    /// The name at the top.
    pub fn apex(&self) -> &Name {
        &self.apex
    }

    /// The serial of this version.
    pub fn serial(&self) -> u32 {
        self.serial
    }

    /// The servers that the zone lists for itself.
    pub fn name_servers(&self) -> Vec<Name> {
        let listed = self.node(&self.apex).and_then(|apex| apex.set(Rtype::NS));
        listed.map_or(Vec::new(), |set| set.targets().collect())
    }

    /// Whether records stand at `name` itself.
    pub fn has_records(&self, name: &Name) -> bool {
        self.node(name).is_some_and(|node| !node.sets.is_empty())
    }

    pub(super) fn node(&self, name: &Name) -> Option<&Node> {
        self.nodes.get(name)
    }

    /// The SOA as it comes with "no": kept no longer than it says (RFC 2308, section 3).
    pub(super) fn soa_of_no(&self) -> Option<Arc<RecordSet>> {
        let set = self.node(&self.apex)?.set(Rtype::SOA)?;
        let Some(ZoneRecordData::Soa(soa)) = set.data.first() else {
            return None;
        };
        Some(Arc::new(RecordSet {
            ttl: set.ttl.min(soa.minimum().as_secs()),
            ..RecordSet::clone(set)
        }))
    }
}

impl Node {
    pub(super) fn set(&self, rtype: Rtype) -> Option<&Arc<RecordSet>> {
        self.sets.iter().find(|set| set.rtype == rtype)
    }

    /// The set of the fewest octets.
    pub(super) fn smallest(&self) -> Option<&Arc<RecordSet>> {
        self.sets.iter().min_by_key(|set| set.octets())
    }
}

impl RecordSet {
    /// The names that its records lead to, of those types that do.
    pub(super) fn targets(&self) -> impl Iterator<Item = Name> {
        self.data.iter().filter_map(|data| match data {
            ZoneRecordData::Cname(cname) => Some(name_of(cname.cname())),
            ZoneRecordData::Dname(dname) => Some(name_of(dname.dname())),
            ZoneRecordData::Ns(ns) => Some(name_of(ns.nsdname())),
            _ => None,
        })
    }

    fn octets(&self) -> usize {
        use domain::base::rdata::ComposeRecordData;
        let lengths = self.data.iter().map(|data| data.rdlen(false));
        lengths
            .map(|length| usize::from(length.unwrap_or(u16::MAX)))
            .sum()
    }
}

/// Data with whole names, each in octets of its own.
fn flat(data: domain::zonefile::inplace::ScannedRecordData) -> WireData {
    let flat: Result<WireData, _> = data.try_flatten_into();
    match flat {
        Ok(flat) => flat,
        Err(never) => match never {},
    }
}

/// The data with the origin for a free-standing `@`, as in [`Zone::parse`](crate::Zone::parse).
fn with_origin(data: WireData) -> WireData {
    match data {
        ZoneRecordData::Cname(data) => Cname::new(origin(data.into_cname())).into(),
        ZoneRecordData::Dname(data) => Dname::new(origin(data.into_dname())).into(),
        ZoneRecordData::Ns(data) => Ns::new(origin(data.into_nsdname())).into(),
        ZoneRecordData::Ptr(data) => Ptr::new(origin(data.into_ptrdname())).into(),
        ZoneRecordData::Mx(data) => {
            Mx::new(data.preference(), origin(data.exchange().clone())).into()
        }
        ZoneRecordData::Soa(data) => Soa::new(
            origin(data.mname().clone()),
            origin(data.rname().clone()),
            data.serial(),
            data.refresh(),
            data.retry(),
            data.expire(),
            data.minimum(),
        )
        .into(),
        other => other,
    }
}

fn origin(name: WireName<Bytes>) -> WireName<Bytes> {
    let is_at = name
        .iter()
        .next()
        .is_some_and(|first| first.as_slice() == b"@");
    match name.parent() {
        Some(parent) if is_at => parent,
        _ => name,
    }
}

/// Each record once, in their order (RFC 2181, section 5).
fn without_repetitions(data: &mut Vec<WireData>) {
    let mut seen = std::collections::HashSet::new();
    data.retain(|one| seen.insert(one.clone()));
}
