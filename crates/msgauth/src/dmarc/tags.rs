//! The tags of a DMARC record and the values that they may have (RFC 9989, sections 4.7 and 4.8).

use std::fmt;

/// What the domain owner asks for mail that fails DMARC: the Domain Owner Assessment Policy, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Policy {
    /// No preference: monitoring.
    None,
    /// Such mail is suspicious.
    Quarantine,
    /// Such mail is not from the domain.
    Reject,
}

impl Policy {
    /// Every policy, weakest first.
    pub const ALL: [Self; 3] = [Self::None, Self::Quarantine, Self::Reject];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    /// One level less, which is what `t=y` asks for (RFC 9989, section 4.7).
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Reject => Self::Quarantine,
            Self::Quarantine | Self::None => Self::None,
        }
    }

    /// The policy that this word says, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|policy| policy.as_str().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How near an authenticated domain must be to the Author Domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// Both have the same Organizational Domain.
    #[default]
    Relaxed,
    /// Both are identical.
    Strict,
}

impl Alignment {
    /// The letter on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relaxed => "r",
            Self::Strict => "s",
        }
    }
}

/// What `psd=` says about the name that the record stands at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PublicSuffix {
    /// `y`: names are registered beneath it.
    Yes,
    /// `n`: it is an Organizational Domain.
    No,
    /// `u`: neither is said; the walk decides.
    #[default]
    Undetermined,
}

impl PublicSuffix {
    /// The letter on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "y",
            Self::No => "n",
            Self::Undetermined => "u",
        }
    }
}

/// When a failure report is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureOption {
    /// `0`: nothing passes aligned.
    All,
    /// `1`: something does not pass aligned.
    Any,
    /// `d`: a signature fails.
    Dkim,
    /// `s`: SPF fails.
    Spf,
}

macro_rules! tag_names {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal;)+) => {
        /// A tag that some document defines, in the order in which a record is written here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TagName {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl TagName {
            /// Every tag.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}

tag_names! {
    /// Version.
    V = "v";
    /// Policy. Second, because RFC 7489, section 6.3 asks for that.
    P = "p";
    /// Policy for subdomains that exist.
    Sp = "sp";
    /// Policy for subdomains that do not exist.
    Np = "np";
    /// Testing.
    T = "t";
    /// Public suffix.
    Psd = "psd";
    /// Alignment of DKIM.
    Adkim = "adkim";
    /// Alignment of SPF.
    Aspf = "aspf";
    /// Where aggregate reports go.
    Rua = "rua";
    /// Where failure reports go.
    Ruf = "ruf";
    /// When failure reports are wanted.
    Fo = "fo";
    /// Share of mail that the policy applied to; removed by RFC 9989.
    Pct = "pct";
    /// Format of failure reports; removed by RFC 9989.
    Rf = "rf";
    /// Seconds between aggregate reports; removed by RFC 9989.
    Ri = "ri";
}

impl TagName {
    /// The tag of this name, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|tag| tag.as_str().eq_ignore_ascii_case(word))
    }

    /// Whether RFC 9989 removed it (section 9.3 makes it historic).
    pub fn is_removed(self) -> bool {
        matches!(self, Self::Pct | Self::Rf | Self::Ri)
    }
}

impl fmt::Display for TagName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
