//! An SPF record as its terms and its faults (RFC 7208, section 4.6 and section 12).

use std::collections::HashSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::macro_string::{DomainSpec, MacroString};
use crate::Span;

/// What an SPF record says, and what in it cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The terms that follow the grammar, in order.
    pub terms: Vec<Term>,
    /// The terms that break it, in order. Any of them makes the whole record a permerror
    /// (RFC 7208, section 4.6).
    pub faults: Vec<Fault>,
}

/// One term that follows the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TermKind,
}

/// The two kinds of term (RFC 7208, section 4.6.1); the modifiers are told apart at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// A mechanism with its qualifier.
    Directive(Directive),
    /// `redirect=`: whose record decides when no mechanism matches (RFC 7208, section 6.1).
    Redirect(DomainSpec),
    /// `exp=`: where the text stands that explains a fail (RFC 7208, section 6.2).
    Explanation(DomainSpec),
    /// A modifier that the RFC does not know. It is ignored.
    UnknownModifier {
        /// What stands before the equals sign, as published.
        name: String,
        /// What stands behind it.
        value: MacroString,
    },
}

/// A mechanism, and the result when it matches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Directive {
    /// The result.
    pub qualifier: Qualifier,
    /// The mechanism.
    pub mechanism: Mechanism,
}

/// The result of a directive that matches (RFC 7208, section 4.6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// `+`, or no qualifier at all.
    Pass,
    /// `-`.
    Fail,
    /// `~`.
    SoftFail,
    /// `?`.
    Neutral,
}

impl Qualifier {
    /// The character.
    pub fn as_char(self) -> char {
        match self {
            Self::Pass => '+',
            Self::Fail => '-',
            Self::SoftFail => '~',
            Self::Neutral => '?',
        }
    }

    pub(super) fn read(character: char) -> Option<Self> {
        [Self::Pass, Self::Fail, Self::SoftFail, Self::Neutral]
            .into_iter()
            .find(|qualifier| qualifier.as_char() == character)
    }
}

/// How a client is recognised (RFC 7208, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// Every client.
    All,
    /// Clients for which another domain's record says pass.
    Include(DomainSpec),
    /// Clients at an address of a name.
    A {
        /// The name; nothing for the domain itself.
        domain: Option<DomainSpec>,
        /// How much of the addresses counts.
        prefixes: Prefixes,
    },
    /// Clients at an address of one of a name's mail exchanges.
    Mx {
        /// The name; nothing for the domain itself.
        domain: Option<DomainSpec>,
        /// How much of the addresses counts.
        prefixes: Prefixes,
    },
    /// Clients whose address has a name in a domain; nothing for the domain itself.
    Ptr(Option<DomainSpec>),
    /// Clients in an IPv4 range.
    Ip4 {
        /// The address as published, perhaps with bits beyond the prefix.
        address: Ipv4Addr,
        /// Bits that count, 0 to 32.
        prefix: u8,
    },
    /// Clients in an IPv6 range.
    Ip6 {
        /// The address as published, perhaps with bits beyond the prefix.
        address: Ipv6Addr,
        /// Bits that count, 0 to 128.
        prefix: u8,
    },
    /// Any client, when a name that is made of macros has an IPv4 address.
    Exists(DomainSpec),
}

/// How many leading bits of an address count for `a` and `mx` (RFC 7208, sections 5.3 and 5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prefixes {
    /// 0 to 32; 32 when the term does not say.
    pub ip4: u8,
    /// 0 to 128; 128 when the term does not say.
    pub ip6: u8,
}

impl Default for Prefixes {
    fn default() -> Self {
        Self { ip4: 32, ip6: 128 }
    }
}

impl Mechanism {
    /// Whether it counts among the terms that cause look-ups (RFC 7208, section 4.6.4).
    pub fn needs_lookup(&self) -> bool {
        !matches!(self, Self::All | Self::Ip4 { .. } | Self::Ip6 { .. })
    }

    /// Its name in lower case.
    pub fn name(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Include(_) => "include",
            Self::A { .. } => "a",
            Self::Mx { .. } => "mx",
            Self::Ptr(_) => "ptr",
            Self::Ip4 { .. } => "ip4",
            Self::Ip6 { .. } => "ip6",
            Self::Exists(_) => "exists",
        }
    }

    /// The domain specification, if there is one.
    pub fn domain(&self) -> Option<&DomainSpec> {
        match self {
            Self::Include(domain) | Self::Exists(domain) => Some(domain),
            Self::A { domain, .. } | Self::Mx { domain, .. } | Self::Ptr(domain) => domain.as_ref(),
            Self::All | Self::Ip4 { .. } | Self::Ip6 { .. } => None,
        }
    }

    /// For `ip4` and `ip6`: the first address of the range that they really authorise, and the bits
    /// of its prefix. Other bits of the published address are not looked at (RFC 7208, section 5.6).
    pub fn range(&self) -> Option<(IpAddr, u8)> {
        match *self {
            Self::Ip4 { address, prefix } => {
                let kept = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
                let first = Ipv4Addr::from_bits(address.to_bits() & kept);
                Some((first.into(), prefix))
            }
            Self::Ip6 { address, prefix } => {
                let kept = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
                let first = Ipv6Addr::from_bits(address.to_bits() & kept);
                Some((first.into(), prefix))
            }
            _ => None,
        }
    }

    /// For `ip4` and `ip6`: whether the published address has bits beyond its prefix.
    pub fn has_host_bits(&self) -> bool {
        let published = match *self {
            Self::Ip4 { address, .. } => IpAddr::V4(address),
            Self::Ip6 { address, .. } => IpAddr::V6(address),
            _ => return false,
        };
        self.range().is_some_and(|(first, _)| first != published)
    }
}

/// A term that breaks the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The whole term.
    pub span: Span,
    /// The part of it that is at fault; the whole term when no part is.
    pub part: Span,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a term (RFC 7208, section 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The text does not begin with `v=spf1` and a space, so it is no SPF record.
    NotSpf,
    /// An octet that is not ASCII.
    NotAscii,
    /// A tab, a line end or another control character. Only spaces part terms.
    ControlCharacter,
    /// A mechanism that does not exist.
    UnknownMechanism,
    /// Something before an equals sign that is no name of a modifier.
    BadModifierName,
    /// A domain that ends neither in a macro nor in a dot and a top label: a single label, an
    /// address, a port, a prefix where none is allowed.
    BadDomain,
    /// No IPv4 address of four numbers up to 255, without leading zeros.
    BadIp4,
    /// No IPv6 address.
    BadIp6,
    /// A prefix length that is no number, begins with 0, or is more than the address has bits.
    BadPrefixLength,
    /// A `%` that begins no macro, a macro that does not exist or is not allowed here.
    BadMacro,
    /// The term needs a value and has none.
    MissingArgument,
    /// The term takes no value and has one.
    UnexpectedArgument,
    /// A second `redirect` or `exp` (RFC 7208, section 6).
    RepeatedModifier,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSpf => "no SPF version at the beginning",
            Self::NotAscii => "octet outside ASCII",
            Self::ControlCharacter => "control character",
            Self::UnknownMechanism => "unknown mechanism",
            Self::BadModifierName => "bad name of a modifier",
            Self::BadDomain => "bad domain",
            Self::BadIp4 => "bad IPv4 address",
            Self::BadIp6 => "bad IPv6 address",
            Self::BadPrefixLength => "bad prefix length",
            Self::BadMacro => "bad macro",
            Self::MissingArgument => "missing argument",
            Self::UnexpectedArgument => "unexpected argument",
            Self::RepeatedModifier => "repeated modifier",
        })
    }
}

impl Record {
    /// Whether the whole record follows the grammar.
    pub fn is_valid(&self) -> bool {
        self.faults.is_empty()
    }

    /// The directives with the index of their term, in order, those after `all` too.
    pub fn directives(&self) -> impl Iterator<Item = (usize, &Directive)> {
        self.terms
            .iter()
            .enumerate()
            .filter_map(|(index, term)| match &term.kind {
                TermKind::Directive(directive) => Some((index, directive)),
                _ => None,
            })
    }

    /// The first `all`: the index of its term, and its qualifier.
    pub fn all(&self) -> Option<(usize, Qualifier)> {
        self.directives()
            .find(|(_, directive)| directive.mechanism == Mechanism::All)
            .map(|(index, directive)| (index, directive.qualifier))
    }

    /// The indices of the directives after `all`, which are never read (RFC 7208, section 5.1).
    pub fn directives_after_all(&self) -> impl Iterator<Item = usize> {
        let all = self.all().map_or(usize::MAX, |(index, _)| index);
        self.directives()
            .map(|(index, _)| index)
            .filter(move |index| *index > all)
    }

    /// `redirect=`: the index of its term, and where it leads. Ignored when there is an `all`
    /// (RFC 7208, section 6.1).
    pub fn redirect(&self) -> Option<(usize, &DomainSpec)> {
        self.terms
            .iter()
            .enumerate()
            .find_map(|(index, term)| match &term.kind {
                TermKind::Redirect(domain) => Some((index, domain)),
                _ => None,
            })
    }

    /// `exp=`: the index of its term, and where the explanation stands.
    pub fn explanation(&self) -> Option<(usize, &DomainSpec)> {
        self.terms
            .iter()
            .enumerate()
            .find_map(|(index, term)| match &term.kind {
                TermKind::Explanation(domain) => Some((index, domain)),
                _ => None,
            })
    }

    /// The indices of the directives whose mechanism stands in an earlier directive already. They
    /// never decide anything, whatever their qualifier.
    pub fn repeated_directives(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        self.directives()
            .filter(|(_, directive)| !seen.insert(directive.mechanism.to_string().to_lowercase()))
            .map(|(index, _)| index)
            .collect()
    }
}

impl fmt::Display for Record {
    /// The valid terms in their shortest form, separated by one space.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=spf1")?;
        self.terms
            .iter()
            .try_for_each(|term| write!(f, " {}", term.kind))
    }
}

impl fmt::Display for TermKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directive(directive) => directive.fmt(f),
            Self::Redirect(domain) => write!(f, "redirect={domain}"),
            Self::Explanation(domain) => write!(f, "exp={domain}"),
            Self::UnknownModifier { name, value } => write!(f, "{name}={value}"),
        }
    }
}

impl fmt::Display for Directive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.qualifier != Qualifier::Pass {
            write!(f, "{}", self.qualifier.as_char())?;
        }
        self.mechanism.fmt(f)
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::All => Ok(()),
            Self::Ip4 { address, prefix } => {
                write!(f, ":{address}")?;
                write_prefix(f, "/", *prefix, 32)
            }
            Self::Ip6 { address, prefix } => {
                write!(f, ":{address}")?;
                write_prefix(f, "/", *prefix, 128)
            }
            Self::Include(_) | Self::Exists(_) | Self::Ptr(_) => write_domain(f, self.domain()),
            Self::A { prefixes, .. } | Self::Mx { prefixes, .. } => {
                write_domain(f, self.domain())?;
                write_prefix(f, "/", prefixes.ip4, 32)?;
                write_prefix(f, "//", prefixes.ip6, 128)
            }
        }
    }
}

fn write_domain(f: &mut fmt::Formatter<'_>, domain: Option<&DomainSpec>) -> fmt::Result {
    domain.map_or(Ok(()), |domain| write!(f, ":{domain}"))
}

fn write_prefix(f: &mut fmt::Formatter<'_>, slash: &str, bits: u8, most: u8) -> fmt::Result {
    if bits == most {
        return Ok(());
    }
    write!(f, "{slash}{bits}")
}
