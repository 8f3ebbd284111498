//! TLS on the way in: MTA-STS and TLS-RPT.

use garant_dns::{Answer, Name, RecordType};
use garant_msgauth::mta_sts::{self, Policy};
use garant_msgauth::tls_rpt;

use super::Asker;
use crate::fetch::{Document, FetchError};

pub(crate) struct MtaStsFacts<'a> {
    pub(crate) name: Option<Name>,
    pub(crate) answer: Option<&'a Answer>,
    pub(crate) selection: Option<mta_sts::Selection>,
    /// Where the policy is fetched.
    pub(crate) url: String,
    /// The policy file, fetched only when there is a valid record.
    pub(crate) document: Option<&'a Result<Document, FetchError>>,
    /// The policy in it, when it was delivered as it should be.
    pub(crate) policy: Option<Policy>,
}

pub(super) fn mta_sts<'a>(asker: &mut Asker<'a>, domain: &Name) -> MtaStsFacts<'a> {
    let name = domain.prefixed("_mta-sts").ok();
    let answer = name
        .as_ref()
        .and_then(|name| asker.ask(name, RecordType::Txt));
    let selection = answer.map(mta_sts::select);
    let url = format!("https://mta-sts.{domain}/.well-known/mta-sts.txt");
    let valid = selection
        .as_ref()
        .is_some_and(|found| found.result() == "valid");
    let document = if valid { asker.fetch(&url) } else { None };
    let policy = match document {
        Some(Ok(document)) if is_policy_file(document) => Some(Policy::parse(&document.body)),
        _ => None,
    };
    MtaStsFacts {
        name,
        answer,
        selection,
        url,
        document,
        policy,
    }
}

/// Whether senders take a document for a policy (RFC 8461, sections 3.2 and 3.3): status 200 and plain text.
pub(crate) fn is_policy_file(document: &Document) -> bool {
    document.status == 200 && is_plain_text(document)
}

pub(crate) fn is_plain_text(document: &Document) -> bool {
    let content_type = document.content_type.as_deref().unwrap_or("");
    let media_type = content_type.split(';').next().unwrap_or("").trim();
    media_type.eq_ignore_ascii_case("text/plain")
}

pub(crate) struct TlsRptFacts<'a> {
    pub(crate) name: Option<Name>,
    pub(crate) answer: Option<&'a Answer>,
    pub(crate) selection: Option<tls_rpt::Selection>,
}

pub(super) fn tls_rpt<'a>(asker: &mut Asker<'a>, domain: &Name) -> TlsRptFacts<'a> {
    let name = domain.prefixed("_smtp._tls").ok();
    let answer = name
        .as_ref()
        .and_then(|name| asker.ask(name, RecordType::Txt));
    TlsRptFacts {
        name,
        answer,
        selection: answer.map(tls_rpt::select),
    }
}
