//! Counts over many bounces, in bounded memory.

use std::collections::BTreeMap;

use garant_dns::Name;
use garant_msgauth::dsn::{AuthenticationCause, Class, Kind};

use super::{Bounce, Fault, Judged, Outcome, Recipient, Refusal, meant};
use crate::catalogue::Receiver;
use crate::finding::Code;

/// Author Domains that are counted apart at most: a platform has thousands of customers, and whoever forges
/// bounces has as many names as they like. Bounces of further ones are counted together.
pub const DOMAINS_OF_SUMMARY_MAX: usize = 10_000;
/// Names of files that are kept at most for each list; all are counted.
pub const NAMES_OF_SUMMARY_MAX: usize = 100;

/// How many bounces, and why.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Messages that were read.
    pub messages: u64,
    /// Of these, bounces.
    pub bounces: u64,
    /// Complaints.
    pub complaints: u64,
    /// Reports that authentication failed.
    pub authentication_reports: u64,
    /// Automatic replies.
    pub auto_replies: u64,
    /// Notices that mail arrived.
    pub delivered: u64,
    /// Messages about no other message.
    pub no_bounces: Names,
    /// What could not be read.
    pub unreadable: Names,
    /// Bounces in which the domain's own policy kept the mail out, for one recipient at least.
    pub own_policy: u64,
    /// Bounces for want of authentication, those included.
    pub authentication: u64,
    /// Bounces whose reason could not be understood.
    pub unknown: u64,
    /// Something of the sender's domain or message is to be mended.
    pub is_senders: bool,
    /// Recipients of the bounces; what follows counts them.
    pub recipients: u64,
    /// Addresses at which nobody is.
    pub bad_addresses: u64,
    /// By reason.
    pub classes: BTreeMap<Class, u64>,
    /// By cause, of those that were refused for authentication.
    pub causes: BTreeMap<AuthenticationCause, u64>,
    /// By whoever can put it right.
    pub faults: BTreeMap<Fault, u64>,
    /// By the finding that explains a refusal for authentication: the likeliest one of each.
    pub codes: BTreeMap<Code, u64>,
    /// By Author Domain; nothing stands for bounces that show none.
    pub domains: BTreeMap<Option<Name>, Count>,
    /// Those of domains beyond [`DOMAINS_OF_SUMMARY_MAX`].
    pub other_domains: Count,
    /// By receiver; nothing stands for all that are not in the catalogue.
    pub receivers: BTreeMap<Option<&'static str>, Count>,
}

/// How many recipients of a domain, or at a receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub recipients: u64,
    /// Of these, refused for want of authentication.
    pub authentication: u64,
    /// Of these, because the domain's own policy asks for it.
    pub own_policy: u64,
}

/// How many files, and the names of the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// All.
    pub count: u64,
    /// The first [`NAMES_OF_SUMMARY_MAX`] of them.
    pub first: Vec<String>,
}

impl Names {
    /// Counts one more.
    pub fn add(&mut self, name: &str) {
        self.count += 1;
        if self.first.len() < NAMES_OF_SUMMARY_MAX {
            self.first.push(name.to_owned());
        }
    }
}

impl Count {
    fn add(&mut self, cause: Option<AuthenticationCause>) {
        self.recipients += 1;
        self.authentication += u64::from(cause.is_some());
        self.own_policy += u64::from(cause == Some(AuthenticationCause::DmarcPolicy));
    }
}

impl Summary {
    /// Counts one more message; `name` is where it was found.
    pub fn add(&mut self, name: &str, bounce: &Bounce) {
        self.messages += 1;
        self.is_senders |= bounce.outcome.is_senders();
        match meant(&bounce.report) {
            Kind::Bounce => self.bounces += 1,
            Kind::Complaint => self.complaints += 1,
            Kind::AuthenticationReport => self.authentication_reports += 1,
            Kind::AutoReply => self.auto_replies += 1,
            Kind::Delivered => self.delivered += 1,
            Kind::Other => self.no_bounces.add(name),
        }
        if bounce.report.kind != Kind::Bounce {
            return;
        }
        let has = |cause: AuthenticationCause| {
            let recipients = &bounce.report.recipients;
            recipients
                .iter()
                .any(|one| one.authentication == Some(cause))
        };
        self.own_policy += u64::from(has(AuthenticationCause::DmarcPolicy));
        let mut is_authentication = false;
        self.unknown += u64::from(bounce.outcome == Outcome::Unknown);
        for (recipient, judged) in each_once(bounce) {
            let cause = recipient.authentication.or_else(|| {
                (recipient.class == Class::Authentication)
                    .then_some(AuthenticationCause::Unspecified)
            });
            is_authentication |= cause.is_some();
            self.recipients += 1;
            self.bad_addresses += u64::from(judged.address_is_bad);
            *self.classes.entry(recipient.class).or_default() += 1;
            *self.faults.entry(judged.fault).or_default() += 1;
            if let Some(cause) = cause {
                *self.causes.entry(cause).or_default() += 1;
                if let Some(code) = judged.codes.first() {
                    *self.codes.entry(*code).or_default() += 1;
                }
            }
            self.of_domain(bounce.author_domain.as_ref()).add(cause);
            let receiver = judged
                .receiver
                .map(|receiver: &Receiver| receiver.id.as_str());
            self.receivers.entry(receiver).or_default().add(cause);
        }
        self.authentication += u64::from(is_authentication);
    }

    /// Counts something that could not be read.
    pub fn add_unreadable(&mut self, name: &str) {
        self.unreadable.add(name);
    }

    fn of_domain(&mut self, domain: Option<&Name>) -> &mut Count {
        let domain = domain.cloned();
        let is_full = self.domains.len() >= DOMAINS_OF_SUMMARY_MAX;
        if is_full && !self.domains.contains_key(&domain) {
            return &mut self.other_domains;
        }
        self.domains.entry(domain).or_default()
    }
}

/// Each recipient of a report once. Some servers tell of one several times: that they still try, then that they gave up.
fn each_once(bounce: &Bounce) -> Vec<(&Recipient, &Judged)> {
    let mut told: Vec<(&Recipient, &Judged)> = Vec::new();
    let mut places = BTreeMap::new();
    for (recipient, judged) in bounce.pairs() {
        let Some(address) = &recipient.address else {
            told.push((recipient, judged));
            continue;
        };
        let place = *places
            .entry(address.to_ascii_lowercase())
            .or_insert(told.len());
        match told.get_mut(place) {
            None => told.push((recipient, judged)),
            Some(earlier) if earlier.1.refusal != Refusal::Final => *earlier = (recipient, judged),
            Some(_) => {}
        }
    }
    told
}

/// The entries of a table, the most frequent first; of equals the first by name.
pub fn most_first<K: Ord + Clone, V: Clone>(
    table: &BTreeMap<K, V>,
    count: impl Fn(&V) -> u64,
) -> Vec<(K, V)> {
    let mut entries: Vec<(K, V)> = table
        .iter()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    // The sort is stable, and the table is in order.
    entries.sort_by_key(|(_, value)| std::cmp::Reverse(count(value)));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use garant_msgauth::dsn::{Action, Feedback, Original, Permanence, Report};

    fn bounce(domain: &str, causes: &[Option<AuthenticationCause>]) -> Bounce {
        let recipients = causes.iter().map(|cause| Recipient {
            class: match cause {
                Some(_) => Class::Authentication,
                None => Class::MailboxFull,
            },
            authentication: *cause,
            remote_host: Some("gmail-smtp-in.l.google.com".to_owned()),
            ..Recipient::default()
        });
        Bounce::of(Report {
            kind: Kind::Bounce,
            dialect: "rfc3464",
            reporter: None,
            recipients: recipients.collect(),
            is_cut: false,
            original: Some(Original {
                author_domain: Name::from_input(domain).ok(),
                ..Original::default()
            }),
            feedback: None,
        })
    }

    #[test]
    fn what_the_policy_caused_is_counted_apart() {
        let mut summary = Summary::default();
        let policy = Some(AuthenticationCause::DmarcPolicy);
        summary.add("1", &bounce("exemple.fr", &[policy, policy, None]));
        summary.add(
            "2",
            &bounce("exemple.fr", &[Some(AuthenticationCause::SpfFail)]),
        );
        summary.add("3", &bounce("autre.fr", &[None]));
        summary.add_unreadable("4");
        assert_eq!(
            (summary.messages, summary.bounces, summary.recipients),
            (3, 3, 5)
        );
        assert_eq!((summary.own_policy, summary.authentication), (1, 2));
        assert!(summary.is_senders);
        let domains = most_first(&summary.domains, |count| count.recipients);
        let first = Count {
            recipients: 4,
            authentication: 3,
            own_policy: 2,
        };
        let (name, count) = &domains[0];
        assert_eq!(name.as_ref().map(Name::as_str), Some("exemple.fr"));
        assert_eq!(*count, first);
        assert_eq!(
            summary.receivers.keys().copied().collect::<Vec<_>>(),
            [Some("gmail")]
        );
        assert_eq!(summary.unreadable.first, ["4"]);
    }

    #[test]
    fn a_recipient_is_counted_once_in_a_report() {
        let told = |address: &str, action, class| Recipient {
            address: Some(address.to_owned()),
            action: Some(action),
            class,
            permanence: if action == Action::Failed {
                Permanence::Permanent
            } else {
                Permanence::Temporary
            },
            ..Recipient::default()
        };
        let report = Report {
            recipients: vec![
                told("a@b.example", Action::Delayed, Class::Expired),
                told("A@b.example", Action::Failed, Class::AddressUnknown),
                told("a@b.example", Action::Delayed, Class::Expired),
                told("c@b.example", Action::Delayed, Class::Network),
            ],
            ..bounce("exemple.fr", &[]).report
        };
        let mut summary = Summary::default();
        summary.add("1", &Bounce::of(report));
        assert_eq!((summary.recipients, summary.bad_addresses), (2, 1));
        let classes: Vec<(Class, u64)> = summary.classes.into_iter().collect();
        assert_eq!(classes, [(Class::AddressUnknown, 1), (Class::Network, 1)]);
        let of_domain = summary.domains.values().map(|count| count.recipients);
        assert_eq!(of_domain.sum::<u64>(), 2);
    }

    #[test]
    fn whoever_says_that_it_is_no_spam_does_not_complain() {
        for (kind, complaints, outcome) in [
            ("abuse", 1, Outcome::Complaint),
            ("Not-Spam", 0, Outcome::Delivered),
        ] {
            let report = Report {
                kind: Kind::Complaint,
                recipients: vec![Recipient {
                    class: Class::Feedback,
                    ..Recipient::default()
                }],
                feedback: Some(Feedback {
                    kind: kind.to_owned(),
                    ..Feedback::default()
                }),
                ..bounce("exemple.fr", &[]).report
            };
            let bounce = Bounce::of(report);
            assert_eq!(bounce.outcome, outcome);
            assert_eq!(bounce.recipients[0].next.is_empty(), complaints == 0);
            let mut summary = Summary::default();
            summary.add("1", &bounce);
            assert_eq!((summary.complaints, summary.bounces), (complaints, 0));
            assert_eq!(summary.is_senders, complaints == 1);
        }
    }

    #[test]
    fn a_thousand_strangers_take_no_more_room() {
        let mut summary = Summary::default();
        let over = 5;
        for number in 0..DOMAINS_OF_SUMMARY_MAX + over {
            summary.add("x", &bounce(&format!("d{number}.example"), &[None]));
        }
        assert_eq!(summary.domains.len(), DOMAINS_OF_SUMMARY_MAX);
        assert_eq!(summary.other_domains.recipients, over as u64);
        for _ in 0..2 * NAMES_OF_SUMMARY_MAX {
            summary.add_unreadable("x");
        }
        assert_eq!(summary.unreadable.first.len(), NAMES_OF_SUMMARY_MAX);
        assert_eq!(summary.unreadable.count, 2 * NAMES_OF_SUMMARY_MAX as u64);
    }
}
