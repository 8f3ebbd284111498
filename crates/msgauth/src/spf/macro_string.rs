//! Macro strings and domain specifications (RFC 7208, sections 7.1 to 7.3).

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use garant_dns::Name;

/// Octets of an expanded macro string that are kept at most. No name has more than 253, and no SMTP
/// reply should be this long; without a limit 64 kB of `%{s}` would become megabytes.
pub const EXPANSION_OCTETS_MAX: usize = 8 * 1024;
/// Octets of values that one expansion takes apart at most. A macro may keep one short part of a long
/// value, and a record can do that thousands of times with a local part of any length; honest expansions
/// take a few hundred octets apart.
const VALUES_OCTETS_MAX: usize = 1024 * 1024;
/// Characters of a name that is looked up at most: labels are dropped on the left until it fits
/// (RFC 7208, section 7.3).
const TARGET_CHARS_MAX: usize = 253;

/// What a macro stands for (RFC 7208, section 7.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Letter {
    /// `s`: the sender, local part and domain.
    Sender,
    /// `l`: local part of the sender.
    LocalPart,
    /// `o`: domain of the sender.
    SenderDomain,
    /// `d`: the domain whose record is evaluated.
    Domain,
    /// `i`: the client's address, with dots between its parts.
    Ip,
    /// `p`: the validated name of the client's address.
    ValidatedName,
    /// `v`: `in-addr` or `ip6`.
    AddressFamily,
    /// `h`: what the client said in HELO or EHLO.
    Helo,
    /// `c`: the client's address as people read it; in explanations only.
    ReadableIp,
    /// `r`: name of the host that checks; in explanations only.
    Receiver,
    /// `t`: seconds since 1970; in explanations only.
    Timestamp,
}

impl Letter {
    fn read(letter: u8) -> Option<Self> {
        Some(match letter.to_ascii_lowercase() {
            b's' => Self::Sender,
            b'l' => Self::LocalPart,
            b'o' => Self::SenderDomain,
            b'd' => Self::Domain,
            b'i' => Self::Ip,
            b'p' => Self::ValidatedName,
            b'v' => Self::AddressFamily,
            b'h' => Self::Helo,
            b'c' => Self::ReadableIp,
            b'r' => Self::Receiver,
            b't' => Self::Timestamp,
            _ => return None,
        })
    }

    /// Whether the macro is allowed in explanations only (RFC 7208, section 7.2).
    pub fn is_for_explanations(self) -> bool {
        matches!(self, Self::ReadableIp | Self::Receiver | Self::Timestamp)
    }
}

/// One piece of a macro string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// Text that stands for itself.
    Literal(&'a str),
    /// `%%`, `%_` and `%-`, and what each stands for.
    Escape(&'static str),
    /// `%{...}`.
    Macro(Macro<'a>),
}

/// One `%{...}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Macro<'a> {
    letter: Letter,
    /// Whether the letter is upper case: the value is URL-escaped.
    url_escape: bool,
    /// How many parts on the right are kept; nothing for all of them.
    keep: Option<usize>,
    reverse: bool,
    /// The characters that part the value; none for the dot.
    delimiters: &'a str,
}

impl Macro<'_> {
    /// Reads what stands between the braces.
    fn read(inner: &str) -> Option<Macro<'_>> {
        let octet = *inner.as_bytes().first()?;
        let letter = Letter::read(octet)?;
        let rest = &inner[1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let keep = match &rest[..digits] {
            "" => None,
            // More parts than any value has is the same as all of them.
            number => Some(number.parse().unwrap_or(usize::MAX)),
        };
        let rest = &rest[digits..];
        let delimiters = rest.strip_prefix(['r', 'R']).unwrap_or(rest);
        let valid = keep != Some(0)
            && delimiters
                .bytes()
                .all(|b| matches!(b, b'.' | b'-' | b'+' | b',' | b'/' | b'_' | b'='));
        valid.then_some(Macro {
            letter,
            url_escape: octet.is_ascii_uppercase(),
            keep,
            reverse: delimiters.len() < rest.len(),
            delimiters,
        })
    }

    /// The value after splitting, reversing, keeping and escaping (RFC 7208, section 7.3).
    fn apply(&self, value: &str, out: &mut String) {
        if self.keep.is_none() && !self.reverse && self.delimiters.is_empty() {
            return self.push(value, out);
        }
        let delimiters = if self.delimiters.is_empty() {
            "."
        } else {
            self.delimiters
        };
        let mut parts: Vec<&str> = value.split(|c| delimiters.contains(c)).collect();
        if self.reverse {
            parts.reverse();
        }
        let keep = self.keep.unwrap_or(parts.len()).min(parts.len());
        for (index, part) in parts[parts.len() - keep..].iter().enumerate() {
            if index > 0 {
                out.push('.');
            }
            self.push(part, out);
        }
    }

    fn push(&self, text: &str, out: &mut String) {
        if !self.url_escape {
            return out.push_str(text);
        }
        for octet in text.bytes() {
            // RFC 3986, section 2.3: the unreserved characters.
            if octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~') {
                out.push(char::from(octet));
            } else {
                out.push_str(&format!("%{octet:02X}"));
            }
        }
    }
}

/// The pieces of a macro string; for each piece that is none, the octets that are at fault.
pub(super) struct Segments<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Segments<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Result<Segment<'a>, Range<usize>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let start = self.at;
        if !rest.starts_with('%') {
            let length = rest.find('%').unwrap_or(rest.len());
            self.at += length;
            return (length > 0).then_some(Ok(Segment::Literal(&rest[..length])));
        }
        let (length, segment) = match rest.as_bytes().get(1) {
            Some(b'%') => (2, Some(Segment::Escape("%"))),
            Some(b'_') => (2, Some(Segment::Escape(" "))),
            Some(b'-') => (2, Some(Segment::Escape("%20"))),
            Some(b'{') => match rest.find('}') {
                Some(end) => (end + 1, Macro::read(&rest[2..end]).map(Segment::Macro)),
                None => (rest.len(), None),
            },
            _ => (1, None),
        };
        self.at += length;
        Some(segment.ok_or(start..self.at))
    }
}

/// A macro string whose grammar was checked (RFC 7208, section 7.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MacroString(Box<str>);

impl MacroString {
    /// Checks the macros in `text`, which may hold any other characters.
    ///
    /// # Errors
    /// The octets of the first thing after a `%` that is no macro.
    pub(super) fn new(text: &str) -> Result<Self, Range<usize>> {
        Segments::new(text).try_for_each(|segment| segment.map(drop))?;
        Ok(Self(Box::from(text)))
    }

    /// The text as published.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        Segments::new(&self.0).map_while(Result::ok)
    }

    /// The letters of its macros, in order.
    pub fn letters(&self) -> impl Iterator<Item = Letter> {
        self.segments().filter_map(|segment| match segment {
            Segment::Macro(found) => Some(found.letter),
            _ => None,
        })
    }

    /// The text with every macro replaced by what `value` says; nothing when that has more than
    /// [`EXPANSION_OCTETS_MAX`] octets, or was made of more than [`VALUES_OCTETS_MAX`].
    ///
    /// # Errors
    /// The first error of `value`.
    pub(super) fn expand<'v, E>(
        &self,
        mut value: impl FnMut(Letter) -> Result<Cow<'v, str>, E>,
    ) -> Result<Option<String>, E> {
        let mut out = String::with_capacity(self.0.len());
        let mut taken_apart = 0;
        for segment in self.segments() {
            match segment {
                Segment::Literal(text) => out.push_str(text),
                Segment::Escape(text) => out.push_str(text),
                Segment::Macro(found) => {
                    let value = value(found.letter)?;
                    taken_apart += value.len();
                    if taken_apart > VALUES_OCTETS_MAX {
                        return Ok(None);
                    }
                    found.apply(&value, &mut out);
                }
            }
            if out.len() > EXPANSION_OCTETS_MAX {
                return Ok(None);
            }
        }
        Ok(Some(out))
    }
}

impl fmt::Display for MacroString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no domain specification.
pub(super) enum DomainSpecError {
    /// The octets are no macro.
    Macro(Range<usize>),
    /// The end is neither a macro nor a dot and a top label.
    End,
}

/// A domain specification: a macro string that ends in a macro, or in a dot and a label that can
/// stand at the top (RFC 7208, section 7.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DomainSpec(MacroString);

impl DomainSpec {
    pub(super) fn new(text: &str) -> Result<Self, DomainSpecError> {
        let mut segments = Segments::new(text);
        let (mut start, mut last) = (0, None);
        while let Some(segment) = segments.next() {
            let segment = segment.map_err(DomainSpecError::Macro)?;
            if matches!(segment, Segment::Macro(found) if found.letter.is_for_explanations()) {
                return Err(DomainSpecError::Macro(start..segments.at));
            }
            (start, last) = (segments.at, Some(segment));
        }
        let valid = match last {
            None => false,
            Some(Segment::Macro(_) | Segment::Escape(_)) => true,
            Some(Segment::Literal(text)) => ends_in_top_label(text),
        };
        if valid {
            Ok(Self(MacroString(Box::from(text))))
        } else {
            Err(DomainSpecError::End)
        }
    }

    /// The text as published.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it has macros, so that it does not always name the same domain.
    pub fn has_macros(&self) -> bool {
        self.as_str().contains('%')
    }

    /// Its macro string.
    pub fn macro_string(&self) -> &MacroString {
        &self.0
    }

    /// The name, when there are no macros in it and it is one that can be looked up.
    pub fn name(&self) -> Option<Name> {
        if self.has_macros() {
            return None;
        }
        target_name(self.as_str())
    }
}

impl fmt::Display for DomainSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// RFC 7208, section 12: `"." toplabel [ "." ]` at the end of a literal.
fn ends_in_top_label(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let Some((_, label)) = text.rsplit_once('.') else {
        return false;
    };
    let bytes = label.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        && !bytes.iter().all(u8::is_ascii_digit)
}

/// The name that an expanded domain specification stands for, cut on the left to 253 characters
/// (RFC 7208, section 7.3); nothing when no question can be asked for it.
///
/// What is not ASCII comes from a local part or HELO and cannot be looked up either: RFC 8616 has such
/// terms match nothing.
pub(super) fn target_name(expanded: &str) -> Option<Name> {
    let mut text = expanded.strip_suffix('.').unwrap_or(expanded);
    while text.len() > TARGET_CHARS_MAX {
        text = text.split_once('.')?.1;
    }
    if !text.is_ascii() || text.is_empty() {
        return None;
    }
    // A name here is text between dots and may hold any character, so no escapes are read.
    Name::from_labels(text.split('.').map(str::as_bytes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found = MacroString::new(text).expect("valid").expand(|letter| {
            Ok::<_, ()>(Cow::Borrowed(match letter {
                Letter::Sender => "jeanne.d-arc+news@mail.exemple.fr",
                Letter::LocalPart => "jeanne.d-arc+news",
                Letter::SenderDomain | Letter::Domain => "mail.exemple.fr",
                Letter::Ip => "192.0.2.130",
                Letter::AddressFamily => "in-addr",
                _ => "x",
            }))
        });
        assert_eq!(found, Ok(Some(expect.to_owned())), "{text}");
    }

    #[test]
    fn macros_split_reverse_keep_and_join() {
        check("%{o}", "mail.exemple.fr");
        check("%{d2}", "exemple.fr");
        check("%{d1}", "fr");
        check("%{d9}", "mail.exemple.fr");
        check("%{d999999999999999999999999}", "mail.exemple.fr");
        check("%{dr}", "fr.exemple.mail");
        check("%{d2r}", "exemple.mail");
        check("%{d2R}", "exemple.mail");
        check("%{l-}", "jeanne.d.arc+news");
        check("%{lr-}", "arc+news.jeanne.d");
        check("%{l1r-}", "jeanne.d");
        check("%{l.-+}", "jeanne.d.arc.news");
        check("%{ir}.%{v}.arpa", "130.2.0.192.in-addr.arpa");
        check("a%%b%_c%-d", "a%b c%20d");
        check("%{L}", "jeanne.d-arc%2Bnews");
        check("%{S1r@}".replace('@', "-").as_str(), "jeanne.d");
        check("", "");
    }

    #[test]
    fn what_is_no_macro_is_refused_with_its_place() {
        for (text, expect) in [
            ("a%b", 1..2),
            ("a%", 1..2),
            ("ab%(ir)", 2..3),
            ("%{z}", 0..4),
            ("x%{d0}", 1..6),
            ("x%{d00r}", 1..8),
            ("%{d", 0..3),
            ("%{}", 0..3),
            ("%{d;}", 0..5),
            ("%{dr2}", 0..6),
            ("%{é}", 0..5),
        ] {
            assert_eq!(MacroString::new(text), Err(expect), "{text}");
        }
    }

    #[test]
    fn a_domain_specification_ends_in_a_macro_or_a_top_label() {
        for (text, expect) in [
            ("exemple.fr", true),
            ("exemple.fr.", true),
            (".fr", true),
            ("a..b.fr", true),
            ("foo:bar/baz.exemple.fr", true),
            ("exemple.xn--p1ai", true),
            ("exemple.a-1", true),
            ("exemple.1-2", true),
            ("%{i}._spf.%{d2}", true),
            ("a%%", true),
            ("%{d}.fr", true),
            ("", false),
            ("localhost", false),
            ("localhost.", false),
            ("exemple.123", false),
            ("exemple.-fr", false),
            ("exemple.fr-", false),
            ("exemple.f_r", false),
            ("exemple.fr..", false),
            ("exemple.fr/24", false),
            ("%{d}.", false),
            ("%{d}fr", false),
            ("%{c}.fr", false),
            ("%{d}.%{r}", false),
            ("%{t}", false),
        ] {
            assert_eq!(DomainSpec::new(text).is_ok(), expect, "{text}");
        }
    }

    #[test]
    fn long_targets_lose_labels_on_the_left_and_odd_ones_name_nothing() {
        let label = "a".repeat(62);
        let long = format!("{label}.b{label}.c{label}.d{label}.e{label}.fr");
        let expect = format!("c{label}.d{label}.e{label}.fr");
        assert_eq!(
            target_name(&long).map(|n| n.as_str().to_owned()),
            Some(expect)
        );
        for text in [
            "",
            ".",
            "a..fr",
            ".fr",
            "é.fr",
            &"a".repeat(64),
            &"a".repeat(300),
        ] {
            assert_eq!(target_name(text), None, "{text}");
        }
        let odd = target_name("a b%c:d/e.Exemple.FR.").expect("can be asked for");
        assert_eq!(odd.as_str(), r"a\032b%c:d/e.exemple.fr");
    }

    #[test]
    fn long_values_are_not_taken_apart_without_end() {
        // Each macro keeps one letter of the value.
        let text = MacroString::new(&"%{l1r-}".repeat(16)).expect("valid");
        for (octets, expect) in [
            (VALUES_OCTETS_MAX / 16, Some("b".repeat(16))),
            (VALUES_OCTETS_MAX / 16 + 1, None),
        ] {
            let value = format!("b-{}", "a".repeat(octets - 2));
            let found = text.expand(|_| Ok::<_, ()>(Cow::Borrowed(value.as_str())));
            assert_eq!(found, Ok(expect), "{octets}");
        }
    }

    #[test]
    fn an_expansion_stops_at_its_limit() {
        let text = MacroString::new(&"%{s}".repeat(1000)).expect("valid");
        let value = "a".repeat(EXPANSION_OCTETS_MAX / 1000);
        assert!(matches!(
            text.expand(|_| Ok::<_, ()>(Cow::Borrowed(value.as_str()))),
            Ok(Some(_))
        ));
        let value = "a".repeat(EXPANSION_OCTETS_MAX / 1000 + 1);
        assert_eq!(
            text.expand(|_| Ok::<_, ()>(Cow::Borrowed(value.as_str()))),
            Ok(None)
        );
    }
}
