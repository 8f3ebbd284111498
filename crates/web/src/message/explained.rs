//! What the page about messages of non-delivery says, and the page.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use garant_check::VerdictSeverity;
use garant_check::bounce::{Bounce, DmarcShare, Fault as Whose, Summary};
use garant_dns::Name;
use garant_service::bounce::{
    BounceReport, Origin, RecipientText, SummaryReport, Unread, UnreadReport,
};
use garant_text::{Args, Language};
use serde::{Deserialize, Serialize};

use super::ask::Ask;
use super::keeping::Keeping;
use super::{NO_CACHE, help_path};
use crate::frame::{Frame, Part, page};
use crate::say::Say;
use crate::state::Shape;
use crate::words::filters;

/// Bounces that a page shows one by one at most; the counts are over all.
pub(super) const SHOWN_MAX: usize = 50;
/// Domains that a page offers to check at most.
const ASKS_MAX: usize = 5;

/// What was read out of everything that was sent.
#[derive(Default)]
pub(super) struct Found {
    pub(super) summary: Summary,
    /// The first of them; nothing for the place is what was pasted.
    pub(super) shown: Vec<(Option<Origin>, Bounce)>,
    /// The first that could not be read, and why.
    pub(super) unread: Vec<(Option<Origin>, Unread)>,
    /// Messages that were read.
    pub(super) read: usize,
    /// There were more files than one form takes.
    pub(super) is_cut: bool,
}

/// Everything that the page says, in one language. Text in it is as it was read: it is escaped when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BounceTold {
    title: String,
    shape: Shape,
    sentence: String,
    /// Over several.
    summary: Option<SummaryTold>,
    asks: Vec<Ask>,
    bounces: Vec<OneTold>,
    unread: Vec<UnreadTold>,
    /// Bounces that are counted and not shown.
    more: usize,
    is_cut: bool,
}

/// Counts over several bounces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SummaryTold {
    tables: Vec<TableTold>,
    domains: Vec<CountsTold>,
    receivers: Vec<CountsTold>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TableTold {
    caption: String,
    rows: Vec<(String, u64)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CountsTold {
    name: String,
    recipients: u64,
    authentication: u64,
    own_policy: u64,
}

/// One bounce.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OneTold {
    /// Where it was found.
    origin: String,
    shape: Shape,
    /// Whom it is about.
    label: String,
    /// Why.
    class: Option<String>,
    sentence: String,
    kind: String,
    reporter: Option<String>,
    dmarc: Option<String>,
    original: Option<OriginalTold>,
    recipients: Vec<RecipientTold>,
    /// There were more recipients.
    is_cut: bool,
    ask: Option<Ask>,
}

/// The message that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OriginalTold {
    subject: Option<String>,
    from: Option<String>,
    mail_from: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RecipientTold {
    address: Option<String>,
    /// Nothing where there is nothing to explain.
    failure: Option<FailureTold>,
    records: Vec<String>,
    code: Option<String>,
    said_by: Option<String>,
    said: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FailureTold {
    refusal: String,
    cause: String,
    /// The page of the help, without the language.
    help: Option<String>,
    next: Vec<String>,
    fault: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct UnreadTold {
    origin: String,
    why: String,
}

/// Where something was found, as it is named.
fn place(origin: Option<&Origin>, say: Say) -> Origin {
    let mut origin = origin.cloned().unwrap_or_default();
    // A file has a name; what was pasted has none.
    if origin.file.is_empty() {
        origin.file = say.word("message-form-it");
    }
    origin
}

/// Why something that was sent could not be read.
pub(super) fn unread(origin: Option<&Origin>, why: Unread, language: Language) -> UnreadReport {
    UnreadReport::new(place(origin, Say::new(language)), why, language)
}

impl BounceTold {
    /// What there is to say of what was found.
    pub(super) fn new(found: &Found, language: Language) -> Self {
        let say = Say::new(language);
        let is_single = found.read == 1 && found.unread.is_empty();
        let mut asks: Vec<Ask> = Vec::new();
        let mut bounces = Vec::with_capacity(found.shown.len());
        for (origin, bounce) in &found.shown {
            let ask = bounce.question().map(|request| Ask::new(&request));
            if let Some(ask) = &ask
                && !is_single
                && asks.len() < ASKS_MAX
                && asks.iter().all(|other| other.domain != ask.domain)
            {
                asks.push(ask.clone());
            }
            let report = BounceReport::new(place(origin.as_ref(), say), bounce, None, language);
            bounces.push(OneTold::new(report, ask, say));
        }
        let summary =
            (!is_single).then(|| SummaryReport::new(&found.summary, Vec::new(), language));
        let (shape, sentence) = match (&summary, bounces.first()) {
            (Some(summary), _) => (
                summary.verdict.severity.into(),
                summary.verdict.text.clone(),
            ),
            (None, Some(one)) => (one.shape, one.sentence.clone()),
            (None, None) => (Shape::Unknown, String::new()),
        };
        let unread = found.unread.iter().map(|(origin, why)| {
            let report = unread(origin.as_ref(), *why, language);
            UnreadTold {
                origin: report.origin.to_string(),
                why: report.error.text,
            }
        });
        Self {
            title: say.word(if is_single {
                "bounce-title-one"
            } else {
                "bounce-summary-title"
            }),
            shape,
            sentence,
            summary: summary.map(|summary| SummaryTold::new(summary, say)),
            asks,
            more: found.read - bounces.len(),
            bounces,
            unread: unread.collect(),
            is_cut: found.is_cut,
        }
    }
}

impl SummaryTold {
    fn new(summary: SummaryReport, say: Say) -> Self {
        let tables = [
            ("bounce-summary-causes", summary.causes),
            ("bounce-summary-classes", summary.classes),
            ("bounce-summary-faults", summary.faults),
        ];
        let filled = tables.into_iter().filter(|(_, counts)| !counts.is_empty());
        let name = |domain: Option<Name>| match domain {
            Some(domain) => domain.to_unicode(),
            None => say.word("bounce-summary-no-domain"),
        };
        let domains = summary.domains.into_iter().map(|row| CountsTold {
            name: name(row.domain),
            recipients: row.recipients,
            authentication: row.authentication,
            own_policy: row.own_policy,
        });
        let receivers = summary.receivers.into_iter().map(|row| CountsTold {
            name: row.name,
            recipients: row.recipients,
            authentication: row.authentication,
            own_policy: row.own_policy,
        });
        Self {
            tables: filled
                .map(|(key, counts)| TableTold {
                    caption: say.word(key),
                    rows: counts
                        .into_iter()
                        .map(|row| (row.text, row.count))
                        .collect(),
                })
                .collect(),
            domains: domains.collect(),
            receivers: receivers.collect(),
        }
    }
}

impl OneTold {
    fn new(report: BounceReport, ask: Option<Ask>, say: Say) -> Self {
        let (label, class) = label(&report, say);
        let severity = report.verdict.severity;
        let tells_dmarc =
            severity == VerdictSeverity::Blocks || report.dmarc.cause != DmarcShare::No;
        Self {
            origin: report.origin.to_string(),
            shape: severity.into(),
            label,
            class,
            sentence: report.verdict.text,
            kind: report.words.kind,
            reporter: report.reporter,
            dmarc: tells_dmarc.then_some(report.dmarc.text),
            original: report.original.map(|original| OriginalTold {
                subject: original.subject,
                from: original.from,
                mail_from: original.mail_from,
            }),
            recipients: report.recipients.into_iter().map(Into::into).collect(),
            is_cut: report.is_cut,
            ask,
        }
    }
}

/// One bounce in a few words: whom it is about, and why.
fn label(report: &BounceReport, say: Say) -> (String, Option<String>) {
    let [first, rest @ ..] = report.recipients.as_slice() else {
        return (report.words.kind.clone(), None);
    };
    let address = first.address.clone();
    let address = address.unwrap_or_else(|| say.word("bounce-no-address"));
    let label = match rest.len() {
        0 => address,
        count => {
            let args = Args::new().with("address", address).with("count", count);
            say.text("bounce-one-of-several", &args)
        }
    };
    (label, Some(first.words.class.clone()))
}

impl From<RecipientText> for RecipientTold {
    fn from(recipient: RecipientText) -> Self {
        let receiver = recipient.receiver.as_ref().map(|receiver| receiver.name);
        let said_by = match (&recipient.remote_host, receiver) {
            (Some(host), Some(name)) => Some(format!("`{host}` ({name})")),
            (Some(host), None) => Some(format!("`{host}`")),
            (None, name) => name.map(str::to_owned),
        };
        let words = recipient.words;
        let has_failed = recipient.fault != Whose::Nobody;
        Self {
            address: recipient.address,
            failure: has_failed.then(|| FailureTold {
                refusal: words.refusal,
                cause: words.cause.unwrap_or(words.class),
                help: recipient.codes.first().copied().map(help_path),
                next: words.next,
                fault: words.fault,
            }),
            records: words.records,
            code: words.code,
            said_by,
            said: recipient.text,
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "message-bounce.html")]
struct Explained {
    frame: Frame,
    told: BounceTold,
    keeping: Keeping,
}

/// The page that says it.
pub(super) fn page_of(told: BounceTold, language: Language, keeping: Keeping) -> Response {
    let shown = Explained {
        frame: Frame {
            is_private: true,
            ..Frame::new(
                language,
                Part::Bounce,
                told.title.clone(),
                &keeping.path("/bounce"),
            )
        },
        told,
        keeping,
    };
    ([NO_CACHE], page(StatusCode::OK, &shown)).into_response()
}

impl Explained {
    fn stamp(&self) -> String {
        self.told.shape.word(Say::new(self.frame.language))
    }

    fn is_single(&self) -> bool {
        self.told.summary.is_none()
    }

    fn check_words(&self, domain: &str) -> String {
        self.frame.say_with("message-check", "domain", domain)
    }

    fn more_words(&self) -> String {
        let args = Args::new().with("count", self.told.more);
        Say::new(self.frame.language).text("bounce-more", &args)
    }
}
