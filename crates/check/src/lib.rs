//! Facts about a domain, and findings from facts.
//!
//! * [`DomainInput`]: what people type.
//! * [`observe()`]: asks a [`garant_dns::Resolver`] and a [`Fetch`] until nothing is open.
//! * [`Observation`]: everything that came back; also the capture file.
//! * [`assess()`]: pure judgement, an observation in, an [`Assessment`] out.
//! * [`trace`]: the same for one message.
//! * [`Code`] and [`Finding`]: what can be said.
//! * [`lint()`]: what can be said about one message.
//!
//! Begin at [`Code`] (what can be said), then `survey` (what can be known).

mod assess;
mod assessment;
pub mod authority;
pub mod bounce;
pub mod catalogue;
mod expect;
mod fetch;
mod finding;
mod input;
mod lint;
mod observation;
mod observe;
pub mod path;
pub mod plan;
pub mod saved;
mod survey;
pub mod trace;

pub use assess::assess;
pub use assessment::{
    Assessment, DkimKey, DkimRecord, DmarcPolicy, DmarcRecord, DnssecState, Exchange, MtaStsRecord,
    MxRecord, PlainRecord, Records, Seen, SpfNode, SpfRecord, SpfTerm, Unknown, Verdict,
    VerdictCode, VerdictSeverity,
};
pub use expect::{EXPECTED_VALUE_OCTETS_MAX, ExpectError, ExpectProblem, read_expected};
pub use fetch::{DOCUMENT_OCTETS_MAX, Document, Fetch, FetchError, FetchFuture, NoFetch};
pub use finding::{Action, Argument, Code, Finding, Fix, Place, Severity};
pub use input::{
    DomainInput, InputError, TakenFrom, registrable_domain, report_address, topmost_zone,
};
pub use lint::{LookedOver, OneClick, lint, look_over, one_click};
pub use observation::{
    AskAuthority, CAPTURE_FORMAT, CAPTURE_VERSION, CaptureError, EXPECTED_MAX, ExpectedRecord,
    Observation, Request, SELECTORS_MAX, SIGNATURES_MAX, SignedBy,
};
pub use observe::{DOCUMENTS_MAX, QUESTIONS_MAX, Sources, observe, observe_and_tell};
