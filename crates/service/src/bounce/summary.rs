//! Counts over many bounces, with their words.

use garant_check::bounce::{Count, Names, Summary, most_first};
use garant_check::catalogue::receivers;
use garant_check::{Code, VerdictSeverity};
use garant_dns::Name;
use garant_text::{Args, Catalogue, Language};
use serde::Serialize;

use super::DomainCheck;

/// The version of the JSON form.
pub const SUMMARY_SCHEMA: &str = "garant-bounce-summary/1";

/// Counts over many bounces, with their words. Every table has the most frequent first; of equals, the first by name.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryReport {
    /// [`SUMMARY_SCHEMA`].
    pub schema: &'static str,
    /// The sentences on top.
    pub verdict: SummaryVerdict,
    /// Messages that were read.
    pub messages: u64,
    /// Of these, bounces.
    pub bounces: u64,
    /// Bounces that the domain's own DMARC policy caused.
    pub own_policy: u64,
    /// Bounces for want of authentication, those included.
    pub authentication: u64,
    /// Bounces whose reason could not be understood.
    pub unknown: u64,
    /// Recipients of the bounces.
    pub recipients: u64,
    /// Addresses at which nobody is.
    pub bad_addresses: u64,
    /// Complaints.
    pub complaints: u64,
    /// Reports that authentication failed.
    pub authentication_reports: u64,
    /// Automatic replies.
    pub auto_replies: u64,
    /// Notices that mail arrived.
    pub delivered: u64,
    /// Recipients by reason.
    pub classes: Vec<Counted>,
    /// Recipients by cause, of those that were refused for authentication.
    pub causes: Vec<Counted>,
    /// Recipients by whoever can put it right.
    pub faults: Vec<Counted>,
    /// Recipients by the finding that explains it best.
    pub codes: Vec<CodeCount>,
    /// Recipients by Author Domain.
    pub domains: Vec<DomainCount>,
    /// Recipients of further domains, which are not counted apart.
    pub other_domains: u64,
    /// Recipients by receiver.
    pub receivers: Vec<ReceiverCount>,
    /// Messages about no other message.
    pub no_bounces: Named,
    /// What could not be read.
    pub unreadable: Named,
    /// Checks of the domains that were refused most often, where they were made.
    pub checks: Vec<DomainCheck>,
    /// The language of the texts.
    pub lang: &'static str,
}

/// The sentences on top of a summary.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryVerdict {
    /// How bad it is for the sender.
    pub severity: VerdictSeverity,
    /// How many the domain's own policy caused; and what else is to be done.
    pub text: String,
}

/// How many recipients.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// Of what.
    pub code: &'static str,
    /// How many.
    pub count: u64,
    /// In words.
    pub text: String,
}

/// How many recipients are explained by a finding.
#[derive(Clone, Debug, Serialize)]
pub struct CodeCount {
    /// The finding.
    pub code: Code,
    /// How many.
    pub count: u64,
}

/// How many recipients of mail in a domain's name.
#[derive(Clone, Debug, Serialize)]
pub struct DomainCount {
    /// The domain; nothing for bounces that show none.
    pub domain: Option<Name>,
    /// All.
    pub recipients: u64,
    /// For want of authentication.
    pub authentication: u64,
    /// Because of the domain's own policy.
    pub own_policy: u64,
}

/// How many recipients at a receiver.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiverCount {
    /// Its id in the catalogue; `other` for all that are not there.
    pub id: &'static str,
    /// Its name.
    pub name: String,
    /// All.
    pub recipients: u64,
    /// For want of authentication.
    pub authentication: u64,
    /// Because of the domain's own policy.
    pub own_policy: u64,
}

/// How many files, and the first of them.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// All.
    pub count: u64,
    /// The first of them.
    pub first: Vec<String>,
}

impl From<&Names> for Named {
    fn from(names: &Names) -> Self {
        Self {
            count: names.count,
            first: names.first.clone(),
        }
    }
}

impl SummaryReport {
    /// Puts words to counts.
    pub fn new(summary: &Summary, checks: Vec<DomainCheck>, language: Language) -> Self {
        let catalogue = Catalogue::of(language);
        let say = |key: String| catalogue.attribute(&key, "short", &Args::new());
        let counted = |prefix: &str, code: &'static str, count: u64| Counted {
            code,
            count,
            text: say(format!("{prefix}{code}")),
        };
        let whole = |count: &Count| count.recipients;
        Self {
            schema: SUMMARY_SCHEMA,
            verdict: verdict(summary, catalogue),
            messages: summary.messages,
            bounces: summary.bounces,
            own_policy: summary.own_policy,
            authentication: summary.authentication,
            unknown: summary.unknown,
            recipients: summary.recipients,
            bad_addresses: summary.bad_addresses,
            complaints: summary.complaints,
            authentication_reports: summary.authentication_reports,
            auto_replies: summary.auto_replies,
            delivered: summary.delivered,
            classes: most_first(&summary.classes, |count| *count)
                .into_iter()
                .map(|(class, count)| counted("bounce-class-", class.as_str(), count))
                .collect(),
            causes: most_first(&summary.causes, |count| *count)
                .into_iter()
                .map(|(cause, count)| counted("bounce-cause-", cause.as_str(), count))
                .collect(),
            faults: most_first(&summary.faults, |count| *count)
                .into_iter()
                .map(|(fault, count)| Counted {
                    code: fault.as_str(),
                    count,
                    text: catalogue.text(&format!("bounce-fault-{}", fault.as_str()), &Args::new()),
                })
                .collect(),
            codes: most_first(&summary.codes, |count| *count)
                .into_iter()
                .map(|(code, count)| CodeCount { code, count })
                .collect(),
            domains: most_first(&summary.domains, whole)
                .into_iter()
                .map(|(domain, count)| DomainCount {
                    domain,
                    recipients: count.recipients,
                    authentication: count.authentication,
                    own_policy: count.own_policy,
                })
                .collect(),
            other_domains: summary.other_domains.recipients,
            receivers: most_first(&summary.receivers, whole)
                .into_iter()
                .map(|(id, count)| receiver(id, count, catalogue))
                .collect(),
            no_bounces: Named::from(&summary.no_bounces),
            unreadable: Named::from(&summary.unreadable),
            checks,
            lang: language.tag(),
        }
    }
}

fn verdict(summary: &Summary, catalogue: &Catalogue) -> SummaryVerdict {
    let args = Args::new()
        .with("messages", summary.messages)
        .with("bounces", summary.bounces)
        .with("policy", summary.own_policy)
        .with("authentication", summary.authentication)
        .with("bad", summary.bad_addresses)
        .with("unknown", summary.unknown);
    let parts: &[(&str, bool)] = &[
        ("bounce-summary-policy", true),
        (
            "bounce-summary-authentication",
            summary.authentication > summary.own_policy,
        ),
        ("bounce-summary-bad", summary.bad_addresses > 0),
        ("bounce-summary-unknown", summary.unknown > 0),
    ];
    let said = parts.iter().filter(|(_, is_said)| *is_said);
    let text: Vec<String> = said.map(|(key, _)| catalogue.text(key, &args)).collect();
    let severity = if summary.own_policy + summary.authentication > 0 {
        VerdictSeverity::Blocks
    } else if summary.is_senders || summary.bad_addresses > 0 {
        VerdictSeverity::Risk
    } else if summary.bounces == 0 || summary.unknown > 0 {
        VerdictSeverity::Unknown
    } else {
        VerdictSeverity::Advice
    };
    SummaryVerdict {
        severity,
        text: text.join(" "),
    }
}

fn receiver(id: Option<&'static str>, count: Count, catalogue: &Catalogue) -> ReceiverCount {
    let known = receivers().iter().find(|one| Some(one.id.as_str()) == id);
    ReceiverCount {
        id: id.unwrap_or("other"),
        name: known.map_or_else(
            || catalogue.text("receiver-other", &Args::new()),
            |known| known.name.clone(),
        ),
        recipients: count.recipients,
        authentication: count.authentication,
        own_policy: count.own_policy,
    }
}
