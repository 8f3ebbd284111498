//! The logo.

use garant_dns::{Answer, Name, RecordType};
use garant_msgauth::bimi::{Discovery, discover};

use super::Asker;

pub(crate) struct BimiFacts<'a> {
    /// The name whose record counts, or the first one that was asked.
    pub(crate) name: Option<Name>,
    pub(crate) answer: Option<&'a Answer>,
    /// Nothing while the answer is pending.
    pub(crate) discovery: Option<Discovery>,
}

pub(super) fn survey<'a>(
    asker: &mut Asker<'a>,
    domain: &Name,
    organizational_domain: &Name,
) -> BimiFacts<'a> {
    let discovery = asker.run(|answers| discover(domain, organizational_domain, answers));
    let counts = discovery.as_ref().map_or(domain, |found| &found.domain);
    let name = counts.prefixed("default._bimi").ok();
    let answer = name
        .as_ref()
        .and_then(|name| asker.ask(name, RecordType::Txt));
    BimiFacts {
        name,
        answer,
        discovery,
    }
}
