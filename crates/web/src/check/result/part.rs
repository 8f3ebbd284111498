//! The sections of a page, and which finding stands in which.

use garant_check::Records;
use garant_service::present::Card;
use garant_service::report::FindingText;

use crate::say::Say;

/// One section with its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Dkim,
    Spf,
    Dmarc,
    Mx,
    MtaSts,
    TlsRpt,
    Bimi,
    Dnssec,
    /// The domain, its zone, and the zone's servers.
    Zone,
    /// The records that a platform asked for.
    Records,
}

impl Part {
    /// Every section in the order in which people look for them.
    pub(super) const ALL: [Self; 10] = [
        Self::Dkim,
        Self::Spf,
        Self::Dmarc,
        Self::Records,
        Self::Mx,
        Self::MtaSts,
        Self::TlsRpt,
        Self::Bimi,
        Self::Dnssec,
        Self::Zone,
    ];

    /// The section of a finding; nothing for what is said of a path as a whole.
    pub(super) fn of(finding: &FindingText) -> Option<Self> {
        Some(match Card::of(finding) {
            Card::Path => return None,
            Card::Dns if finding.code.topic() == "dnssec" => Self::Dnssec,
            Card::Dns => Self::Zone,
            Card::Records => Self::Records,
            Card::Spf => Self::Spf,
            Card::Dkim => Self::Dkim,
            Card::Dmarc => Self::Dmarc,
            Card::Mx => Self::Mx,
            Card::MtaSts => Self::MtaSts,
            Card::TlsRpt => Self::TlsRpt,
            Card::Bimi => Self::Bimi,
        })
    }

    /// Its name in links.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Dkim => "dkim",
            Self::Spf => "spf",
            Self::Dmarc => "dmarc",
            Self::Mx => "mx",
            Self::MtaSts => "mta-sts",
            Self::TlsRpt => "tls-rpt",
            Self::Bimi => "bimi",
            Self::Dnssec => "dnssec",
            Self::Zone => "zone",
            Self::Records => "records",
        }
    }

    /// Its title.
    pub(super) fn title(self, say: Say) -> String {
        match self {
            Self::Dkim => "DKIM".to_owned(),
            Self::Spf => "SPF".to_owned(),
            Self::Dmarc => "DMARC".to_owned(),
            Self::Mx => "MX".to_owned(),
            Self::MtaSts => "MTA-STS".to_owned(),
            Self::TlsRpt => "TLS-RPT".to_owned(),
            Self::Bimi => "BIMI".to_owned(),
            Self::Dnssec => "DNSSEC".to_owned(),
            Self::Zone => say.word("result-part-zone"),
            Self::Records => say.word("card-records"),
        }
    }

    /// The key of what is expected there, where a finding does not say it more precisely.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Dkim => "result-expected-dkim",
            Self::Spf => "result-expected-spf",
            Self::Dmarc => "result-expected-dmarc",
            Self::Mx => "result-expected-mx",
            Self::MtaSts => "result-expected-mta-sts",
            Self::TlsRpt => "result-expected-tls-rpt",
            Self::Bimi => "result-expected-bimi",
            Self::Dnssec => "result-expected-dnssec",
            Self::Zone => "result-expected-zone",
            Self::Records => "result-expected-record",
        }
    }

    /// The page of the help about it.
    pub(super) fn topic(self) -> &'static str {
        match self {
            Self::Zone => "dns",
            Self::Records => "record",
            other => other.id(),
        }
    }

    /// Whether it is shown in any case, and its advice unfolded.
    pub(super) fn is_main(self) -> bool {
        matches!(self, Self::Dkim | Self::Spf | Self::Dmarc)
    }

    /// Whether what stands there could not be told.
    pub(super) fn is_unknown(self, records: &Records) -> bool {
        match self {
            Self::Dkim => {
                !records.dkim.is_empty() && records.dkim.iter().all(|key| key.result == "temperror")
            }
            Self::Spf => records.spf.result == "temperror",
            Self::Dmarc => records.dmarc.result == "temperror",
            Self::Mx => records.mx.result == "temperror",
            Self::MtaSts => records.mta_sts.result == "temperror",
            Self::TlsRpt => records.tls_rpt.result == "temperror",
            Self::Bimi => records.bimi.result == "temperror",
            Self::Dnssec => records.dnssec.result == "unknown",
            Self::Zone | Self::Records => false,
        }
    }
}
