//! What is known about sending services, DNS hosts and receivers: data files, and how they are matched.

mod host_form;
mod hosts;
mod pattern;
mod receivers;
mod recognise;
mod selectors;
mod services;

pub use host_form::HostForm;
pub use hosts::{Apex, FinalDot, Host, PanelWords, TextLong, TextQuotes, host_of_servers, hosts};
pub use pattern::Pattern;
pub(crate) use receivers::RULE_UNKNOWN;
pub use receivers::{
    Asked, AuthorAt, Besides, CauseKey, ClassKey, Condition, CountedBy, Demand, DmarcResult,
    ExpectedReply, KnownReply, Lack, LegResults, Met, Occasion, Otherwise, Receiver,
    ReceiverReadiness, ReplyCode, Requirement, RequirementReadiness, Threshold, Volume, readiness,
    receiver, receiver_by_host, receiver_by_reply, receiver_by_words, receiver_rules, receivers,
    receivers_called,
};
pub use recognise::{
    by_dkim_chain, by_dkim_target, by_exchange, by_return_path_target, by_spf_target,
    by_verification,
};
pub(crate) use selectors::{common_selectors, hinted_selectors};
pub use services::{
    Category, Confidence, KeyAlias, KeyForm, ReturnPath, ReturnPathForm, ReturnPathKind, Service,
    service, services, suggestions,
};
