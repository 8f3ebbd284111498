//! Looking over one message: what keeps it from being read, or makes it look like spam.
//!
//! Each finding is computed from the octets of the message and from what its signatures came to; nothing is
//! weighed into a number, and nothing is said to be absent where not all was looked at.
//!
//! * `header`: fields and lines (RFC 5322).
//! * `author`: From, Sender, Reply-To.
//! * `unsubscribe`: List-Unsubscribe, one click (RFC 8058), the link that people see.
//! * `body`: HTML and text, links, sizes; `html` and `style` read what can be seen.
//! * `bulk`: whether the message is one of many.

mod author;
mod body;
mod bulk;
mod header;
mod html;
mod style;
mod target;
mod unsubscribe;
mod wording;

use std::collections::BTreeMap;

use garant_dns::Name;
use garant_msgauth::dkim::Verification;
use garant_msgauth::message::{Author, AuthorError, Message, authors};
use garant_msgauth::mime::Mime;

use crate::finding::{Argument, Code, Finding, Severity};
use crate::input::registrable_domain;
use bulk::Bulk;

pub use unsubscribe::{OneClick, one_click};

/// Characters of a stranger's text that a finding holds at most: enough to find it again.
const TEXT_CHARS_MAX: usize = 200;

/// Looks a message over. `signatures` are what verifying its signatures came to; where no key could be asked
/// for, what stands in their fields counts. Pure; the work is linear in the message, of which
/// 1 MB of HTML and 2,000 links are read.
///
/// The subject of each finding is the author's domain, or the root where there is none.
pub fn lint(message: &Message<'_>, mime: &Mime<'_>, signatures: &[Verification]) -> Vec<Finding> {
    look_over(message, mime, signatures).findings
}

/// What looking a message over came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedOver {
    /// What is to be said of it, the worst first.
    pub findings: Vec<Finding>,
    /// Whether readers see a link to unsubscribe; nothing where not all of the text was read.
    pub unsubscribe_link: Option<bool>,
    /// Whether something shows that the message is one of many; List-Unsubscribe is not looked at.
    pub is_bulk: bool,
}

impl LookedOver {
    /// Whether the message is formed as RFC 5322 and RFC 2045 ask, as far as this looks.
    pub fn is_well_formed(&self) -> bool {
        let mut findings = self.findings.iter();
        !findings.any(|finding| FORM.contains(&finding.code))
    }
}

/// What says that a message is not well formed. Two kinds of line ends are not among it: programs that save messages
/// make them.
const FORM: [Code; 11] = [
    Code::MessageFieldRepeated,
    Code::MessageNoFrom,
    Code::MessageFromUnreadable,
    Code::MessageNoDate,
    Code::MessageDateMalformed,
    Code::MessageMessageIdMalformed,
    Code::MessageHeaderNotAscii,
    Code::MessageLongLine,
    Code::MessageBareCr,
    Code::MessageJunkInHeader,
    Code::MessageNoMimeVersion,
];

/// The same as [`lint()`], with what it saw besides.
pub fn look_over(
    message: &Message<'_>,
    mime: &Mime<'_>,
    signatures: &[Verification],
) -> LookedOver {
    let authors = authors(message);
    let author = authors.as_ref().ok().and_then(|authors| authors.first());
    let mut linter = Linter {
        message,
        signatures,
        author: author.cloned(),
        findings: Vec::new(),
    };
    header::lint(&mut linter);
    author::lint(&mut linter, &authors);
    let body = body::Body::read(mime);
    let bulk = Bulk::of(message, &body);
    unsubscribe::lint(&mut linter, &bulk, &body);
    body::lint(&mut linter, mime, &body, &bulk);
    let mut findings = linter.findings;
    findings.sort_by_key(|finding| finding.severity);
    LookedOver {
        findings,
        unsubscribe_link: unsubscribe::is_seen(&body),
        is_bulk: bulk.is_shown(),
    }
}

/// Whether the header alone shows that a message is one of many; List-Unsubscribe is not looked at.
pub(crate) fn is_bulk_by_header(message: &Message<'_>) -> bool {
    Bulk::by_header(message).is_some_and(|bulk| bulk.is_shown())
}

/// Collects what is said about one message.
struct Linter<'m, 'a> {
    message: &'m Message<'a>,
    signatures: &'m [Verification],
    author: Option<Author>,
    findings: Vec<Finding>,
}

type Authors = Result<Vec<Author>, AuthorError>;

impl Linter<'_, '_> {
    /// Begins a finding.
    fn finding(&self, code: Code, severity: Severity) -> Finding {
        let subject = self
            .author
            .as_ref()
            .map_or_else(Name::root, |author| author.domain.clone());
        Finding {
            code,
            severity,
            args: BTreeMap::from([
                ("domain", Argument::from(subject.to_unicode())),
                ("name", Argument::from(&subject)),
            ]),
            subject,
            expected: None,
            found: None,
            place: None,
            fixes: Vec::new(),
        }
    }

    /// Says something. Texts of the message are cut where nobody reads on.
    fn say(&mut self, mut finding: Finding) {
        debug_assert!(
            finding
                .code
                .arguments()
                .iter()
                .all(|name| finding.args.contains_key(name)),
            "{} lacks an argument",
            finding.code
        );
        for text in [&mut finding.found, &mut finding.expected]
            .into_iter()
            .flatten()
        {
            cut(text);
        }
        for argument in finding.args.values_mut() {
            if let Argument::Text(text) = argument {
                cut(text);
            }
        }
        self.findings.push(finding);
    }

    /// Says something that needs no argument.
    fn tell(&mut self, code: Code, severity: Severity) {
        let finding = self.finding(code, severity);
        self.say(finding);
    }

    /// Says something about a text of the message.
    fn tell_found(&mut self, code: Code, severity: Severity, found: &str) {
        let finding = self.finding(code, severity).found(found.to_owned());
        self.say(finding);
    }
}

fn cut(text: &mut String) {
    if let Some((at, _)) = text.char_indices().nth(TEXT_CHARS_MAX) {
        text.truncate(at);
        text.push('…');
    }
}

/// Whether two names belong to one organization, as far as the public suffix list can tell.
fn is_same_organization(one: &Name, other: &Name) -> bool {
    registrable_domain(one) == registrable_domain(other)
}
