//! From a refusal for authentication to the records that explain it.

use garant_dns::Name;
use garant_msgauth::dsn::{AuthenticationCause, Class, Recipient, Report};
use serde::Serialize;

use crate::finding::Code;
use crate::input::registrable_domain;

/// Whether DMARC is the cause of a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DmarcShare {
    /// It has nothing to do with it.
    #[default]
    No,
    /// The receiver does not say which rule it went by, and DMARC may be the one.
    Perhaps,
    /// It is: the policy, its absence, or alignment.
    Yes,
}

impl DmarcShare {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Perhaps => "perhaps",
            Self::Yes => "yes",
        }
    }
}

/// A record that the sender should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordToRead {
    /// Which kind.
    pub kind: RecordKind,
    /// The domain that it belongs to, where the bounce shows it: the Author Domain, that of the return address, or
    /// that of the signature.
    pub domain: Option<Name>,
    /// Its full name; nothing where the domain, or a key's selector, is not known.
    pub name: Option<Name>,
}

/// Kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// The policy, at `_dmarc`.
    Dmarc,
    /// A key, at `selector._domainkey`.
    Dkim,
    /// The list of servers, at the domain of the return address.
    Spf,
    /// Where mail to the sender's domain goes.
    Mx,
}

impl RecordKind {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Dmarc, Self::Dkim, Self::Spf, Self::Mx];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dmarc => "dmarc",
            Self::Dkim => "dkim",
            Self::Spf => "spf",
            Self::Mx => "mx",
        }
    }
}

/// Where the records stand, as far as a bounce shows it.
pub(super) struct Place<'a> {
    author: Option<&'a Name>,
    mail_from: Option<&'a Name>,
    /// The domain of the signature that the message carries.
    signed_by: Option<Name>,
    selector: Option<Name>,
}

impl<'a> Place<'a> {
    pub(super) fn of(
        report: &Report,
        author: Option<&'a Name>,
        mail_from: Option<&'a Name>,
    ) -> Self {
        let named = report.feedback.as_ref().and_then(|one| one.dkim.as_ref());
        let signed = report.original.as_ref().map(|one| &one.signed_by[..]);
        let signed = signed.unwrap_or_default();
        // Of several signatures, the one that could be aligned.
        let aligned = signed.iter().find(|domain| is_same(Some(domain), author));
        let shown = aligned.or(signed.first()).cloned();
        let named_domain = named.and_then(|(domain, _)| Name::from_input(domain).ok());
        Self {
            author,
            mail_from,
            signed_by: named_domain.or(shown),
            selector: named.and_then(|(_, s)| Name::from_input(s.as_deref()?).ok()),
        }
    }

    pub(super) fn record(&self, kind: RecordKind) -> RecordToRead {
        let (domain, name) = match kind {
            RecordKind::Dmarc => (
                self.author.cloned(),
                self.author
                    .and_then(|author| author.prefixed("_dmarc").ok()),
            ),
            RecordKind::Dkim => {
                // Where nothing was signed, a signature of the Author Domain is what is wanted.
                let domain = self.signed_by.as_ref().or(self.author);
                (domain.cloned(), self.key(domain))
            }
            RecordKind::Spf => (self.mail_from.cloned(), self.mail_from.cloned()),
            RecordKind::Mx => {
                let domain = self.mail_from.or(self.author).cloned();
                (domain.clone(), domain)
            }
        };
        RecordToRead { kind, domain, name }
    }

    /// The same where only what can be aligned with the Author Domain helps: a key of that organization, whoever
    /// signed; nothing for a return address of another one.
    fn aligned(&self, kind: RecordKind) -> Option<RecordToRead> {
        let record = self.record(kind);
        let is_own = record.domain.is_none() || is_same(record.domain.as_ref(), self.author);
        match kind {
            RecordKind::Dkim if !is_own => Some(RecordToRead {
                kind,
                domain: self.author.cloned(),
                name: None,
            }),
            RecordKind::Spf if !is_own => None,
            _ => Some(record),
        }
    }

    fn key(&self, domain: Option<&Name>) -> Option<Name> {
        let selector = self.selector.as_ref()?;
        domain?.prefixed(&format!("{selector}._domainkey")).ok()
    }
}

/// Whether two names are one organization's, by the public suffix list: the DNS is not asked here.
fn is_same(one: Option<&Name>, other: Option<&Name>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => registrable_domain(one) == registrable_domain(other),
        _ => false,
    }
}

/// Whether a receiver that gives this cause went by DMARC.
pub(super) fn dmarc(cause: AuthenticationCause) -> DmarcShare {
    match cause {
        AuthenticationCause::DmarcPolicy
        | AuthenticationCause::DmarcAbsent
        | AuthenticationCause::NotAligned => DmarcShare::Yes,
        AuthenticationCause::NothingPasses | AuthenticationCause::Unspecified => {
            DmarcShare::Perhaps
        }
        AuthenticationCause::SpfFail
        | AuthenticationCause::SpfError
        | AuthenticationCause::SpfAbsent
        | AuthenticationCause::DkimFail
        | AuthenticationCause::DkimAbsent => DmarcShare::No,
    }
}

/// Octets of a reply in which the results are looked for: no receiver writes more.
const RESULTS_OCTETS_MAX: usize = 4_096;

/// Whether a receiver that tells the result of each part says that it found no DMARC record, whatever else it refuses
/// for: Outlook.com writes `Spf= Pass , Dkim= Fail , DMARC= None` behind its 5.7.515, and asks for all three.
pub(super) fn lacks_dmarc(recipient: &Recipient) -> bool {
    let status = recipient.status.map(|status| status.to_string());
    if status.as_deref() != Some("5.7.515") {
        return false;
    }
    let text = &recipient.text;
    let text = &text[..text.floor_char_boundary(RESULTS_OCTETS_MAX)];
    let bare: String = text.split_whitespace().collect();
    bare.to_ascii_lowercase().contains("dmarc=none")
}

/// The findings that explain a cause, the likeliest first: those that a check of the domain would show.
pub(super) fn codes(cause: AuthenticationCause) -> &'static [Code] {
    match cause {
        AuthenticationCause::DmarcPolicy => &[
            Code::PathRefused,
            Code::PathNoKey,
            Code::PathSignatureNotAligned,
            Code::PathReturnPathForeign,
            Code::DmarcEnforcedWithoutDkim,
            Code::DmarcEnforcedWithoutBoth,
        ],
        AuthenticationCause::DmarcAbsent => &[
            Code::DmarcMissing,
            Code::DmarcWrongPlace,
            Code::DmarcMultiple,
            Code::DmarcMisspelt,
        ],
        AuthenticationCause::NotAligned => &[
            Code::PathSignatureNotAligned,
            Code::PathReturnPathForeign,
            Code::PathReturnPathStrict,
            Code::DmarcStrictAlignment,
        ],
        AuthenticationCause::SpfFail => &[Code::PathNotAuthorised, Code::SpfNobody],
        AuthenticationCause::SpfError => &[
            Code::SpfTooManyLookups,
            Code::SpfMultiple,
            Code::SpfSyntax,
            Code::SpfIncludeWithoutRecord,
            Code::SpfTooManyVoids,
        ],
        AuthenticationCause::SpfAbsent => &[
            Code::SpfMissing,
            Code::SpfWrongPlace,
            Code::SpfMisspelt,
            Code::PathNotAuthorised,
        ],
        AuthenticationCause::DkimFail => &[
            Code::DkimSelectorAbsent,
            Code::DkimRevoked,
            Code::DkimTruncated,
            Code::DkimMultiple,
            Code::DkimShortKey,
        ],
        AuthenticationCause::DkimAbsent => {
            &[Code::PathNoKey, Code::DkimNoneAtAll, Code::DkimNotFound]
        }
        AuthenticationCause::NothingPasses | AuthenticationCause::Unspecified => &[
            Code::PathUnauthenticated,
            Code::PathRefused,
            Code::PathNoKey,
            Code::PathNotAuthorised,
        ],
    }
}

/// The same for a class that is no authentication.
pub(super) fn codes_of_class(class: Class) -> &'static [Code] {
    match class {
        Class::SenderRefused => &[Code::DomainAbsent, Code::MxNone, Code::MxNull],
        _ => &[],
    }
}

/// The records to look at, the first one first.
pub(super) fn records(cause: AuthenticationCause, place: &Place<'_>) -> Vec<RecordToRead> {
    use RecordKind::{Dkim, Dmarc, Spf};
    let kinds: &[RecordKind] = match cause {
        // The policy does what it was asked for; what is lacking is a signature or a return address that counts.
        AuthenticationCause::DmarcPolicy | AuthenticationCause::NotAligned => &[Dkim, Spf, Dmarc],
        AuthenticationCause::DmarcAbsent => &[Dmarc],
        AuthenticationCause::SpfFail
        | AuthenticationCause::SpfError
        | AuthenticationCause::SpfAbsent => &[Spf],
        AuthenticationCause::DkimFail | AuthenticationCause::DkimAbsent => &[Dkim],
        AuthenticationCause::NothingPasses => &[Dkim, Spf],
        AuthenticationCause::Unspecified => &[Dkim, Spf, Dmarc],
    };
    let is_about_alignment = dmarc(cause) != DmarcShare::No;
    kinds
        .iter()
        .filter_map(|kind| {
            if is_about_alignment {
                place.aligned(*kind)
            } else {
                Some(place.record(*kind))
            }
        })
        .collect()
}

/// The same for a class that is no authentication.
pub(super) fn records_of_class(class: Class, place: &Place<'_>) -> Vec<RecordToRead> {
    match class {
        Class::SenderRefused => vec![place.record(RecordKind::Mx)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use garant_msgauth::dsn::{Feedback, Kind, Original};

    #[test]
    fn every_cause_is_explained_by_findings_and_records() {
        for cause in AuthenticationCause::ALL {
            assert!(!codes(*cause).is_empty(), "{cause:?}");
            let place = Place {
                author: None,
                mail_from: None,
                signed_by: None,
                selector: None,
            };
            let records = records(*cause, &place);
            assert!(!records.is_empty(), "{cause:?}");
            // What the bounce does not show is not made up.
            assert!(records.iter().all(|record| record.name.is_none()));
            let reads_dmarc = records.iter().any(|one| one.kind == RecordKind::Dmarc);
            assert!(reads_dmarc || dmarc(*cause) != DmarcShare::Yes, "{cause:?}");
        }
    }

    fn name(text: &str) -> Name {
        Name::from_input(text).expect("a name")
    }

    #[track_caller]
    fn check(report: &Report, cause: AuthenticationCause, expect: &[&str]) {
        let (author, mail_from) = (name("exemple.fr"), name("retour.envoi.example"));
        let place = Place::of(report, Some(&author), Some(&mail_from));
        let found: Vec<String> = records(cause, &place)
            .into_iter()
            .map(|record| {
                let text = |name: Option<Name>| name.map_or("?".to_owned(), |n| n.to_string());
                format!(
                    "{} {} {}",
                    record.kind.as_str(),
                    text(record.domain),
                    text(record.name)
                )
            })
            .collect();
        assert_eq!(found, expect, "{cause:?}");
    }

    #[test]
    fn records_stand_where_the_bounce_shows_them() {
        let mut report = Report {
            kind: Kind::Bounce,
            dialect: "rfc3464",
            reporter: None,
            recipients: Vec::new(),
            is_cut: false,
            original: None,
            feedback: None,
        };
        check(
            &report,
            AuthenticationCause::DmarcAbsent,
            &["dmarc exemple.fr _dmarc.exemple.fr"],
        );
        check(
            &report,
            AuthenticationCause::SpfFail,
            &["spf retour.envoi.example retour.envoi.example"],
        );
        check(
            &report,
            AuthenticationCause::DkimAbsent,
            &["dkim exemple.fr ?"],
        );
        report.original = Some(Original {
            signed_by: vec![name("envoi.example"), name("news.exemple.fr")],
            ..Original::default()
        });
        check(
            &report,
            AuthenticationCause::DkimFail,
            &["dkim news.exemple.fr ?"],
        );
        // A return address of another organization can never be aligned.
        check(
            &report,
            AuthenticationCause::DmarcPolicy,
            &[
                "dkim news.exemple.fr ?",
                "dmarc exemple.fr _dmarc.exemple.fr",
            ],
        );
        report.original = Some(Original {
            signed_by: vec![name("envoi.example")],
            ..Original::default()
        });
        check(
            &report,
            AuthenticationCause::NotAligned,
            &["dkim exemple.fr ?", "dmarc exemple.fr _dmarc.exemple.fr"],
        );
        check(
            &report,
            AuthenticationCause::DkimFail,
            &["dkim envoi.example ?"],
        );
        report.feedback = Some(Feedback {
            dkim: Some(("exemple.fr".to_owned(), Some("s1".to_owned()))),
            ..Feedback::default()
        });
        check(
            &report,
            AuthenticationCause::DkimFail,
            &["dkim exemple.fr s1._domainkey.exemple.fr"],
        );
    }
}
