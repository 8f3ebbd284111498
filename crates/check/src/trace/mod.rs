//! One message: what SPF, DKIM, DMARC and ARC say of it, step by step, and what receivers do with it.
//!
//! Begin at [`Trace`]: everything that is found out, as data. [`TraceStep`] is one step of the way there.

mod facts;

pub use facts::{
    AlignmentTrace, ArcSet, ArcTrace, AuthorFacts, AuthorProblem, Comparison, Connection,
    Difference, DmarcReading, DmarcTrace, ForeignResults, Known, LookUp, Mailbox, MessageFacts,
    MethodResult, OnBehalfOf, Origin, PolicyOutcome, ReceiverTrace, Relation, ReplyTrace, Shown,
    SignatureTrace, SpfIdentity, SpfTerm, SpfTrace, SpfUnevaluated, StepCode, StepState, Trace,
    TraceRequest, TraceStep, TraceVerdict, TraceVerdictCode, Via,
};

/// Terms of an SPF evaluation that a trace keeps at most: an honest record has a few dozen.
pub const SPF_TERMS_MAX: usize = 100;
