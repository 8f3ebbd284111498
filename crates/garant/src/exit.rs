//! How the program ends.

use std::process::ExitCode;

use garant_check::VerdictSeverity;

/// How the program ends; the numbers are part of its interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing blocks or risks mail; advice counts as this.
    Fine = 0,
    /// Something blocks or risks mail.
    Fault = 1,
    /// Something that could not be told might change the answer.
    Unknown = 2,
    /// The command or a file given to it was wrong (EX_USAGE).
    Usage = 64,
    /// The program itself could not do its work (EX_SOFTWARE).
    Internal = 70,
}

impl Exit {
    /// Of several checks: a fault outweighs what is unknown, and that outweighs what is fine.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fault, Self::Fine | Self::Unknown)
            | (Self::Fine | Self::Unknown, Self::Fault) => Self::Fault,
            (one, two) => one.max(two),
        }
    }
}

impl From<VerdictSeverity> for Exit {
    fn from(severity: VerdictSeverity) -> Self {
        match severity {
            VerdictSeverity::Blocks | VerdictSeverity::Risk => Self::Fault,
            VerdictSeverity::Unknown => Self::Unknown,
            VerdictSeverity::Advice | VerdictSeverity::Fine => Self::Fine,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::Exit::{self, Fault, Fine, Unknown, Usage};

    #[test]
    fn the_worst_of_several_checks_counts() {
        for (one, two, expect) in [
            (Fine, Fine, Fine),
            (Fine, Unknown, Unknown),
            (Unknown, Fault, Fault),
            (Fault, Fine, Fault),
            (Fault, Usage, Usage),
        ] {
            assert_eq!(one.and(two), expect, "{one:?} {two:?}");
            assert_eq!(Exit::and(two, one), expect, "{two:?} {one:?}");
        }
    }
}
