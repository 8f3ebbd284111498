//! Which of a name's TXT records is the SPF record (RFC 7208, sections 4.4 and 4.5).

use garant_dns::{Answer, Txt};

/// What stands before the terms, in lower case.
pub(super) const VERSION: &[u8] = b"v=spf1";

/// The SPF records among the TXT records of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection<'a> {
    /// None of them.
    None,
    /// One, as it should be.
    One(&'a Txt),
    /// Two or more, which is a permerror (RFC 7208, section 4.5). In the order of the answer.
    Multiple(Vec<&'a Txt>),
}

/// The SPF records in the answer to a question for TXT records.
///
/// An answer that is not definite has no records either: look at its status first.
pub fn select(answer: &Answer) -> Selection<'_> {
    let mut found: Vec<&Txt> = answer.texts().filter(|txt| is_spf_txt(txt)).collect();
    match found.len() {
        0 => Selection::None,
        1 => found.pop().map_or(Selection::None, Selection::One),
        _ => Selection::Multiple(found),
    }
}

/// Whether a joined text is an SPF record: `v=spf1` in any case, and then a space or the end
/// (RFC 7208, section 4.5).
pub fn is_spf(text: &[u8]) -> bool {
    starts_like_spf(&mut text.iter())
}

/// The same for strings that are not joined yet: the version may be cut in two.
fn is_spf_txt(txt: &Txt) -> bool {
    starts_like_spf(&mut txt.0.iter().flatten())
}

fn starts_like_spf(octets: &mut dyn Iterator<Item = &u8>) -> bool {
    let version = VERSION.iter().all(|expected| {
        octets
            .next()
            .is_some_and(|octet| octet.eq_ignore_ascii_case(expected))
    });
    version && octets.next().is_none_or(|octet| *octet == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_v_spf1_in_any_case_and_then_a_space_or_the_end() {
        for (strings, expect) in [
            (&["v=spf1"][..], true),
            (&["v=spf1 -all"], true),
            (&["V=SpF1 -all"], true),
            (&["v=s", "pf1", " -all"], true),
            (&["v=spf1", "", " mx"], true),
            (&["v=spf1", "mx"], false),
            (&["v=spf10 -all"], false),
            (&["v=spf1\t-all"], false),
            (&[" v=spf1 -all"], false),
            (&["\"v=spf1 -all\""], false),
            (&["v=spf"], false),
            (&[""], false),
            (&[], false),
        ] {
            let txt = Txt(strings.iter().map(|s| s.as_bytes().to_vec()).collect());
            assert_eq!(is_spf_txt(&txt), expect, "{strings:?}");
            assert_eq!(is_spf(&txt.joined()), expect, "{strings:?}");
        }
    }
}
