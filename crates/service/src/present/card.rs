//! Which card a finding belongs to: what the owner of the domain would go and look at.

use garant_check::Code;

use crate::report::FindingText;

/// One block of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Card {
    /// The sending path as a whole.
    Path,
    /// The zone and its servers.
    Dns,
    /// The records that a platform asked for.
    Records,
    /// Who may send.
    Spf,
    /// Keys.
    Dkim,
    /// The policy.
    Dmarc,
    /// Receiving mail.
    Mx,
    /// TLS for mail on its way in.
    MtaSts,
    /// Reports about that.
    TlsRpt,
    /// The logo.
    Bimi,
}

impl Card {
    /// The card of a finding. What a path lacks is shown where it is put right.
    pub fn of(finding: &FindingText) -> Self {
        let place = finding.place.as_ref().map(|place| place.name.as_str());
        let in_policy = place.is_some_and(|name| name.starts_with("_dmarc."));
        match finding.code {
            // The key is right, and the policy keeps it from counting.
            Code::PathSignatureNotAligned | Code::PathReturnPathStrict if in_policy => Self::Dmarc,
            Code::PathNoKey | Code::PathSelectorsUnknown | Code::PathSignatureNotAligned => {
                Self::Dkim
            }
            Code::PathReturnPathStrict => Self::Dmarc,
            Code::PathReturnPathForeign | Code::PathNotAuthorised | Code::PathIncludeUnused => {
                Self::Spf
            }
            code => match code.topic() {
                "path" => Self::Path,
                "record" => Self::Records,
                "spf" => Self::Spf,
                "dkim" => Self::Dkim,
                "dmarc" => Self::Dmarc,
                "mx" => Self::Mx,
                "mta-sts" => Self::MtaSts,
                "tls-rpt" => Self::TlsRpt,
                "bimi" => Self::Bimi,
                _ => Self::Dns,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use garant_check::{Place, Severity};
    use garant_dns::{Name, RecordType};

    use super::*;

    #[track_caller]
    fn check(code: Code, place: &str, expect: Card) {
        let name: Name = place.parse().expect("a name");
        let finding = FindingText {
            code,
            severity: Severity::Blocks,
            subject: name.clone(),
            args: BTreeMap::new(),
            title: String::new(),
            why: String::new(),
            fix: String::new(),
            expected: None,
            found: None,
            place: Some(Place {
                name,
                rtype: RecordType::Txt,
            }),
            fixes: Vec::new(),
            help: String::new(),
        };
        assert_eq!(Card::of(&finding), expect, "{code} at {place}");
    }

    #[test]
    fn a_finding_stands_where_it_is_put_right() {
        let (policy, domain) = ("_dmarc.exemple.fr", "exemple.fr");
        check(Code::PathNoKey, domain, Card::Dkim);
        check(Code::PathSignatureNotAligned, domain, Card::Dkim);
        check(Code::PathSignatureNotAligned, policy, Card::Dmarc);
        check(Code::PathReturnPathForeign, domain, Card::Spf);
        check(Code::PathReturnPathStrict, policy, Card::Dmarc);
        check(Code::PathRefused, policy, Card::Path);
        check(Code::RecordAbsent, domain, Card::Records);
        check(Code::DomainAbsent, domain, Card::Dns);
        check(Code::DmarcMissing, policy, Card::Dmarc);
    }
}
