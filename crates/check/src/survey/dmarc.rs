//! The policy that applies, and where reports go.

use garant_dns::{Answer, Name, RecordType, Status};
use garant_msgauth::dmarc::{
    Authorisation, Comparison, PolicyRecord, ReportAddress, ReportTag, authorisation, compare,
    near_miss,
};

use super::Asker;

/// Report addresses whose authorisation is looked up at most.
const REPORT_ADDRESSES_ASKED_MAX: usize = 4;

pub(crate) struct DmarcFacts<'a> {
    /// `_dmarc` of the domain.
    pub(crate) name: Option<Name>,
    /// The TXT answer there.
    pub(crate) own: Option<&'a Answer>,
    /// Both searches; nothing while answers are pending.
    pub(crate) comparison: Option<Comparison>,
    /// What each report address of the record that applies is worth.
    pub(crate) reports: Vec<ReportFacts>,
    /// The alias that is served besides the record itself, when the two were asked for separately.
    pub(crate) alias_beside: Option<Name>,
    /// Where the record stands instead: at a name without the underscore, or with the domain doubled.
    pub(crate) elsewhere: Option<DmarcPlace>,
}

/// A text that was meant as the domain's record, and where it stands.
#[derive(Clone)]
pub(crate) struct DmarcPlace {
    pub(crate) name: Name,
    pub(crate) text: String,
}

pub(crate) struct ReportFacts {
    pub(crate) tag: ReportTag,
    pub(crate) address: ReportAddress,
    /// Nothing while the answer is pending, or when the address names no host to ask.
    pub(crate) authorisation: Option<Authorisation>,
}

pub(super) fn survey<'a>(asker: &mut Asker<'a>, domain: &Name) -> DmarcFacts<'a> {
    let name = domain.prefixed("_dmarc").ok();
    let own = name
        .as_ref()
        .and_then(|name| asker.ask(name, RecordType::Txt));
    let comparison = asker.run(|answers| compare(domain, answers));
    let reports = comparison
        .as_ref()
        .map_or_else(Vec::new, |found| reports(asker, found));
    let alias_beside = name
        .as_ref()
        .and_then(|name| alias_beside(asker, name, own));
    let nothing_here = own.is_some_and(|answer| {
        answer.status.is_definite() && answer.records.is_empty() && answer.aliases.is_empty()
    });
    let no_policy = comparison
        .as_ref()
        .is_some_and(|found| found.walk.applied().is_none());
    let elsewhere = if nothing_here && no_policy {
        elsewhere(asker, domain)
    } else {
        None
    };
    DmarcFacts {
        name,
        own,
        comparison,
        reports,
        alias_beside,
        elsewhere,
    }
}

fn reports(asker: &mut Asker<'_>, comparison: &Comparison) -> Vec<ReportFacts> {
    let Some(applied) = comparison.walk.applied() else {
        return Vec::new();
    };
    let record = &applied.record;
    let tagged = |tag, addresses: &[ReportAddress]| -> Vec<(ReportTag, ReportAddress)> {
        addresses
            .iter()
            .map(|address| (tag, address.clone()))
            .collect()
    };
    let mut all = tagged(ReportTag::Rua, record.rua());
    all.extend(tagged(ReportTag::Ruf, record.ruf()));
    all.into_iter()
        .enumerate()
        .map(|(index, (tag, address))| {
            let authorisation = address
                .host
                .as_ref()
                .filter(|_| index < REPORT_ADDRESSES_ASKED_MAX)
                .and_then(|host| {
                    asker.run(|answers| authorisation(&applied.policy_domain, host, tag, answers))
                });
            ReportFacts {
                tag,
                address,
                authorisation,
            }
        })
        .collect()
}

/// A server that has both a TXT and a CNAME at one name answers each question with the one that was
/// asked for, so the alias shows only when it is asked for.
fn alias_beside(asker: &mut Asker<'_>, name: &Name, own: Option<&Answer>) -> Option<Name> {
    let own = own?;
    if own.status != Status::Found || !own.aliases.is_empty() {
        return None;
    }
    let answer = asker.ask(name, RecordType::Cname)?;
    answer.records.iter().find_map(|record| match &record.data {
        garant_dns::Data::Cname(target) if record.owner == *name => Some(target.clone()),
        _ => None,
    })
}

/// Where a record that should stand at `_dmarc` is found when it does not: at the name without its
/// underscore, which panels that refuse underscores leave behind, or with the domain behind it twice,
/// where panels that append it by themselves have put it.
fn elsewhere(asker: &mut Asker<'_>, domain: &Name) -> Option<DmarcPlace> {
    let bare = domain.prefixed("dmarc").ok();
    let doubled = domain.prefixed(&format!("_dmarc.{domain}")).ok();
    // Both are asked before either is judged, so that they go out together.
    let found: Vec<Option<DmarcPlace>> = [bare, doubled]
        .into_iter()
        .flatten()
        .map(|name| {
            let answer = asker.ask(&name, RecordType::Txt)?;
            let text = answer.texts().find_map(|txt| {
                let text = txt.joined();
                let is_meant = PolicyRecord::parse(&text).is_some() || near_miss(&text).is_some();
                is_meant.then(|| txt.to_text())
            })?;
            Some(DmarcPlace { name, text })
        })
        .collect();
    found.into_iter().flatten().next()
}
