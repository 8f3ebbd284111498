//! What the answers at hand say about a domain, and what is still to be asked.
//!
//! One pure function serves both: while a check runs it says which questions are open; when it is over
//! its facts are judged. So nothing is asked that nobody judges, and nothing is judged that was not
//! asked for.

mod asker;
mod authority;
mod bimi;
mod dkim;
mod dmarc;
mod dnssec;
mod expected;
mod include;
mod mx;
mod path;
mod published;
mod spf;
mod transport;

use std::collections::BTreeSet;

use garant_dns::{Answer, Answers, Name, Question, RecordType, Status};
use garant_msgauth::spf::Qualifier;

pub(crate) use asker::{Asker, Table, Unsure};
pub(crate) use authority::{HostFacts, name_list, served_by};
pub(crate) use bimi::BimiFacts;
pub(crate) use dkim::{DkimFacts, KeyFacts, SelectorSource};
pub(crate) use dmarc::{DmarcFacts, DmarcPlace, ReportFacts};
pub(crate) use dnssec::DnssecFacts;
pub(crate) use expected::{
    Cause, CauseKind, ExpectedFacts, Origin, Purpose, RecordFacts, State, Wanted,
};
pub(crate) use include::{has_no_record, servers_were_asked};
pub(crate) use mx::{ExchangeFacts, MxFacts};
pub(crate) use path::{AlignedFacts, ByReading, PathFacts, ReturnAddress, SignatureFacts};
pub(crate) use published::{
    Elsewhere, Heard, Published, Reading, Waiting, data_text, heard, newer_than, questions_of,
    views,
};
pub(crate) use spf::SpfFacts;
pub(crate) use transport::{MtaStsFacts, TlsRptFacts};

use crate::input::registrable_domain;
use crate::observation::Observation;

/// What is still to be asked.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    pub(crate) questions: BTreeSet<Question>,
    pub(crate) documents: BTreeSet<String>,
    /// Zones whose own servers are to be asked; looked at when nothing else is open.
    pub(crate) zones: Vec<ZoneNeed>,
}

/// A zone whose own servers are to be asked.
#[derive(Clone, Debug)]
pub(crate) struct ZoneNeed {
    /// A name in it.
    pub(crate) name: Name,
    /// What each of its servers is asked.
    pub(crate) questions: Vec<Question>,
    pub(crate) role: ZoneRole,
}

/// What a zone is looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ZoneRole {
    /// It is the domain's, or beneath it.
    Own,
    /// The domain's SPF record includes a name in it that has no record.
    Included,
}

/// Everything that is known. Borrows the observation; cheap to make again and again.
pub(crate) struct Survey<'a> {
    /// Every answer, for where a record was seen.
    pub(crate) answers: &'a Answers,
    /// The TXT answer at the domain itself, which also tells whether the domain exists.
    pub(crate) own_text: Option<&'a Answer>,
    pub(crate) spf: SpfFacts<'a>,
    pub(crate) dkim: DkimFacts<'a>,
    pub(crate) dmarc: DmarcFacts<'a>,
    pub(crate) mx: MxFacts<'a>,
    pub(crate) mta_sts: MtaStsFacts<'a>,
    pub(crate) tls_rpt: TlsRptFacts<'a>,
    pub(crate) bimi: BimiFacts<'a>,
    pub(crate) dnssec: DnssecFacts,
    /// The path that was asked about, then those that the records show.
    pub(crate) paths: Vec<PathFacts<'a>>,
    /// The records that were asked for.
    pub(crate) expected: ExpectedFacts<'a>,
    /// Who serves the zone.
    pub(crate) host: HostFacts,
}

impl Survey<'_> {
    /// Whether the SPF record is there and lets nobody send.
    pub(crate) fn allows_nobody_to_send(&self) -> bool {
        let root = &self.spf.tree.root;
        root.terms.len() == 1
            && root.default == Some(Qualifier::Fail)
            && root.record.all().is_some()
    }

    /// Whether mail of the path that was asked about is signed by another name of the organization, so that
    /// the domain itself needs no key.
    pub(crate) fn is_signed_elsewhere(&self) -> bool {
        self.paths.iter().any(|path| {
            let mut signatures = path.signatures.iter();
            path.stated
                && signatures.any(|signature| {
                    let is_aligned = signature.aligned.by.walk == Some(true);
                    !signature.elsewhere.is_empty()
                        && is_aligned
                        && signature.working().next().is_some()
                })
        })
    }

    /// Whether the domain is known not to exist. A dangling alias exists itself.
    pub(crate) fn domain_is_absent(&self) -> bool {
        self.own_text
            .is_some_and(|answer| answer.status == Status::NxDomain && answer.aliases.is_empty())
    }
}

/// Surveys an observation: what is known, and what is still to be asked.
pub(crate) fn survey(observation: &Observation) -> (Survey<'_>, Needs) {
    let mut asker = Asker::new(observation);
    let domain = &observation.request.domain;
    let zone = registrable_domain(domain);
    let own_text = asker.ask(domain, RecordType::Txt);
    let spf = spf::survey(&mut asker, domain);
    let mx = mx::survey(&mut asker, domain);
    let dmarc = dmarc::survey(&mut asker, domain);
    let of_path = path::selectors(&observation.request);
    let dkim = dkim::survey(&mut asker, domain, &spf, &mx, &of_path);
    let mta_sts = transport::mta_sts(&mut asker, domain);
    let tls_rpt = transport::tls_rpt(&mut asker, domain);
    let bimi = bimi::survey(&mut asker, domain, &zone);
    let dnssec = dnssec::survey(&mut asker, &zone);
    let expected = expected::survey(&mut asker, domain);
    let context = path::Context {
        domain,
        own_text,
        spf: &spf,
        dkim: &dkim,
        dmarc: &dmarc,
        mx: &mx,
        expected: &expected,
    };
    let paths = path::survey(&mut asker, context);
    let answers = &observation.answers;
    let survey = Survey {
        answers,
        own_text,
        spf,
        dkim,
        dmarc,
        mx,
        mta_sts,
        tls_rpt,
        bimi,
        dnssec,
        paths,
        expected,
        host: authority::host(observation),
    };
    (survey, asker.into_needs())
}

/// What is still to be asked.
pub(crate) fn needs(observation: &Observation) -> Needs {
    let published = Published::of(observation);
    let (survey, mut needs) = survey(&published.observation);
    needs.questions.extend(published.open);
    needs.zones = authority::needs(observation, &survey);
    needs.zones.extend(include::needs(observation, &survey));
    needs
}
