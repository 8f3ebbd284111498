//! Reading a record: every octet string becomes terms and faults, nothing is refused as a whole.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::macro_string::{DomainSpec, DomainSpecError, MacroString};
use super::record::{
    Directive, Fault, Mechanism, Prefixes, Qualifier, Reason, Record, Term, TermKind,
};
use super::select::{VERSION, is_spf};
use crate::Span;

/// Why a term cannot be read, and the part of it that is at fault.
type Refusal = (Reason, Range<usize>);

impl Record {
    /// Reads the joined text of a record by the grammar of RFC 7208, section 12. Never fails: what
    /// cannot be read is a [`Fault`] with its place, and the other terms are read all the same.
    pub fn parse(text: &[u8]) -> Self {
        let mut record = Self::default();
        if !is_spf(text) {
            let end = text.iter().position(|b| *b == b' ').unwrap_or(text.len());
            let span = Span { start: 0, end };
            record.faults.push(Fault {
                span,
                part: span,
                reason: Reason::NotSpf,
            });
            return record;
        }
        let (mut redirects, mut explanations) = (0, 0);
        let mut start = VERSION.len();
        // Only spaces part terms, any number of them (RFC 7208, section 4.6.1).
        for word in text[start..].split(|b| *b == b' ') {
            let span = Span {
                start,
                end: start + word.len(),
            };
            start = span.end + 1;
            if word.is_empty() {
                continue;
            }
            let kind = parse_term(word).and_then(|kind| {
                let repeated = match &kind {
                    TermKind::Redirect(_) => &mut redirects,
                    TermKind::Explanation(_) => &mut explanations,
                    _ => return Ok(kind),
                };
                *repeated += 1;
                if *repeated > 1 {
                    return Err((Reason::RepeatedModifier, 0..word.len()));
                }
                Ok(kind)
            });
            match kind {
                Ok(kind) => record.terms.push(Term { span, kind }),
                Err((reason, part)) => record.faults.push(Fault {
                    span,
                    part: Span {
                        start: span.start + part.start,
                        end: span.start + part.end,
                    },
                    reason,
                }),
            }
        }
        record
    }
}

/// Reads one term.
pub(super) fn parse_term(word: &[u8]) -> Result<TermKind, Refusal> {
    if let Some(at) = word.iter().position(|b| !b.is_ascii_graphic()) {
        let length = word[at..].iter().take_while(|b| !b.is_ascii_graphic());
        let reason = if word[at].is_ascii() {
            Reason::ControlCharacter
        } else {
            Reason::NotAscii
        };
        return Err((reason, at..at + length.count()));
    }
    let text = std::str::from_utf8(word).map_err(|_| (Reason::NotAscii, 0..word.len()))?;
    // A modifier has its equals sign before any colon or slash (RFC 7208, section 4.6.1).
    match text.find(['=', ':', '/']) {
        Some(at) if text.as_bytes()[at] == b'=' => parse_modifier(text, at),
        _ => parse_directive(text).map(TermKind::Directive),
    }
}

fn parse_modifier(text: &str, equals: usize) -> Result<TermKind, Refusal> {
    let name = &text[..equals];
    let mut octets = name.bytes();
    let valid = octets.next().is_some_and(|b| b.is_ascii_alphabetic())
        && octets.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if !valid {
        return Err((Reason::BadModifierName, 0..equals));
    }
    let value = equals + 1;
    if name.eq_ignore_ascii_case("redirect") {
        return parse_domain(text, value..text.len()).map(TermKind::Redirect);
    }
    if name.eq_ignore_ascii_case("exp") {
        return parse_domain(text, value..text.len()).map(TermKind::Explanation);
    }
    let value = MacroString::new(&text[value..])
        .map_err(|part| (Reason::BadMacro, value + part.start..value + part.end))?;
    Ok(TermKind::UnknownModifier {
        name: name.to_owned(),
        value,
    })
}

fn parse_directive(text: &str) -> Result<Directive, Refusal> {
    let qualifier = text.chars().next().and_then(Qualifier::read);
    let start = usize::from(qualifier.is_some());
    let name_end = text[start..]
        .find([':', '/'])
        .map_or(text.len(), |at| start + at);
    let name = &text[start..name_end];
    let is = |expected: &str| name.eq_ignore_ascii_case(expected);
    let mechanism = if is("all") {
        no_argument(text, name_end).map(|()| Mechanism::All)
    } else if is("include") {
        parse_domain(text, argument(text, name_end)?).map(Mechanism::Include)
    } else if is("exists") {
        parse_domain(text, argument(text, name_end)?).map(Mechanism::Exists)
    } else if is("a") {
        let (domain, prefixes) = parse_domain_and_prefixes(text, name_end)?;
        Ok(Mechanism::A { domain, prefixes })
    } else if is("mx") {
        let (domain, prefixes) = parse_domain_and_prefixes(text, name_end)?;
        Ok(Mechanism::Mx { domain, prefixes })
    } else if is("ptr") {
        match text.as_bytes().get(name_end) {
            Some(b':') => {
                parse_domain(text, name_end + 1..text.len()).map(|d| Mechanism::Ptr(Some(d)))
            }
            _ => no_argument(text, name_end).map(|()| Mechanism::Ptr(None)),
        }
    } else if is("ip4") {
        let (network, bits) = split_prefix(text, argument(text, name_end)?);
        let address: Result<Ipv4Addr, _> = text[network.clone()].parse();
        Ok(Mechanism::Ip4 {
            address: address.map_err(|_| (Reason::BadIp4, network))?,
            prefix: parse_prefix(text, bits, 32)?,
        })
    } else if is("ip6") {
        let (network, bits) = split_prefix(text, argument(text, name_end)?);
        let address: Result<Ipv6Addr, _> = text[network.clone()].parse();
        Ok(Mechanism::Ip6 {
            address: address.map_err(|_| (Reason::BadIp6, network))?,
            prefix: parse_prefix(text, bits, 128)?,
        })
    } else {
        Err((Reason::UnknownMechanism, start..name_end))
    };
    Ok(Directive {
        qualifier: qualifier.unwrap_or(Qualifier::Pass),
        mechanism: mechanism?,
    })
}

fn no_argument(text: &str, name_end: usize) -> Result<(), Refusal> {
    if name_end < text.len() {
        return Err((Reason::UnexpectedArgument, name_end..text.len()));
    }
    Ok(())
}

/// Where the argument of a mechanism stands that cannot do without one.
fn argument(text: &str, name_end: usize) -> Result<Range<usize>, Refusal> {
    if text.as_bytes().get(name_end) == Some(&b':') && name_end + 1 < text.len() {
        return Ok(name_end + 1..text.len());
    }
    Err((Reason::MissingArgument, name_end..text.len()))
}

fn parse_domain(text: &str, range: Range<usize>) -> Result<DomainSpec, Refusal> {
    if range.is_empty() {
        return Err((Reason::MissingArgument, range));
    }
    DomainSpec::new(&text[range.clone()]).map_err(|error| match error {
        DomainSpecError::End => (Reason::BadDomain, range),
        DomainSpecError::Macro(part) => {
            let part = range.start + part.start..range.start + part.end;
            (Reason::BadMacro, part)
        }
    })
}

/// What follows `a` and `mx`: `[":" domain-spec] ["/" bits] ["//" bits]`. A domain specification may
/// hold slashes itself, so the prefix lengths are taken off from the right.
fn parse_domain_and_prefixes(
    text: &str,
    name_end: usize,
) -> Result<(Option<DomainSpec>, Prefixes), Refusal> {
    let (end, ip6) = trailing_prefix(text, name_end..text.len(), "//");
    let (end, ip4) = trailing_prefix(text, name_end..end, "/");
    let domain = match text.as_bytes()[name_end..end].first() {
        None => None,
        Some(b':') => Some(parse_domain(text, name_end + 1..end)?),
        Some(_) => return Err((Reason::BadPrefixLength, name_end..end)),
    };
    let prefixes = Prefixes {
        ip4: parse_prefix(text, ip4, 32)?,
        ip6: parse_prefix(text, ip6, 128)?,
    };
    Ok((domain, prefixes))
}

/// Where the last `slash` stands in `range`, and where the digits behind it, when nothing else follows.
fn trailing_prefix(text: &str, range: Range<usize>, slash: &str) -> (usize, Option<Range<usize>>) {
    if let Some(at) = text[range.clone()].rfind(slash) {
        let slash_at = range.start + at;
        let digits = slash_at + slash.len()..range.end;
        if !digits.is_empty() && text[digits.clone()].bytes().all(|b| b.is_ascii_digit()) {
            return (slash_at, Some(digits));
        }
    }
    (range.end, None)
}

/// The part of an argument that is an address, and the part that is its prefix length.
fn split_prefix(text: &str, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    match text[range.clone()].find('/') {
        Some(at) => {
            let slash = range.start + at;
            (range.start..slash, Some(slash + 1..range.end))
        }
        None => (range, None),
    }
}

/// A number without a leading zero up to `most` (RFC 7208, section 12), which it also is when nothing is said.
fn parse_prefix(text: &str, range: Option<Range<usize>>, most: u8) -> Result<u8, Refusal> {
    let Some(range) = range else {
        return Ok(most);
    };
    let digits = &text[range.clone()];
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    let plain = !leading_zero && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.parse() {
        Ok(bits) if plain && bits <= most => Ok(bits),
        _ => Err((Reason::BadPrefixLength, range)),
    }
}
