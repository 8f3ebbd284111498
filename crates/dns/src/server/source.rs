//! Who has zones.

use std::collections::HashMap;
use std::sync::Arc;

use super::ServedZone;
use crate::Name;

/// Whoever has zones.
pub trait ZoneSource: Send + Sync {
    /// The zone with the longest apex at or above `name`, as it is at this moment. Whatever is made of it
    /// for one reply comes from one version of the zone.
    fn zone(&self, name: &Name) -> Option<Arc<ServedZone>>;
}

/// Zones that never change.
#[derive(Clone, Debug, Default)]
pub struct ServedZones(HashMap<Name, Arc<ServedZone>>);

impl FromIterator<Arc<ServedZone>> for ServedZones {
    /// Of several zones at the same apex the last one counts.
    fn from_iter<I: IntoIterator<Item = Arc<ServedZone>>>(zones: I) -> Self {
        let zones = zones.into_iter();
        Self(zones.map(|zone| (zone.apex().clone(), zone)).collect())
    }
}

impl FromIterator<ServedZone> for ServedZones {
    fn from_iter<I: IntoIterator<Item = ServedZone>>(zones: I) -> Self {
        zones.into_iter().map(Arc::new).collect()
    }
}

impl ZoneSource for ServedZones {
    fn zone(&self, name: &Name) -> Option<Arc<ServedZone>> {
        let mut at = Some(name.clone());
        while let Some(name) = at {
            if let Some(zone) = self.0.get(&name) {
                return Some(Arc::clone(zone));
            }
            at = name.parent();
        }
        None
    }
}
