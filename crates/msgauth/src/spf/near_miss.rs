//! Texts that were meant to be an SPF record and are none, because they do not begin with `v=spf1` and a
//! space. Receivers pass over them without a word (RFC 7208, section 4.5).
//!
//! A text counts as meant for SPF only if repairing its beginning gives a record of which at least half of
//! the terms can be read; verification tokens, Sender ID and the like never do.

use super::record::Record;
use super::select::is_spf;
use super::suggest::starts_like_term;
use crate::{look_alike, spelling};

/// What keeps a text from being a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NearMissKind {
    /// White space before `v=spf1`.
    LeadingSpace,
    /// Characters outside ASCII where ASCII belongs.
    LookAlike,
    /// Quotes or backslashes that are part of the data.
    Quoted,
    /// The version runs into the first term: `v=spf1include:...`, often where two strings were joined.
    MissingSpace,
    /// The version is misspelt: `v=spf`, `v=spf10`, `spf1`, `-v=spf1`, `v=spf1;`.
    Misspelt,
}

/// A text that was meant to be a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// What is wrong with it. Quotes count before the look-alikes that they may be made of.
    pub kind: NearMissKind,
    /// The text, with octets that are no UTF-8 replaced.
    pub found: String,
    /// The same with the beginning repaired, without quotes and in ASCII. Its terms may have faults.
    pub fixed: String,
}

/// Octets before the version that are looked past at most.
const PREFIX_OCTETS_MAX: usize = 24;

/// Whether a text was meant to be an SPF record; nothing when it is one, or is something else.
pub fn near_miss(text: &[u8]) -> Option<NearMiss> {
    if is_spf(text) {
        return None;
    }
    let (kind, fixed) = repair(text)?;
    let record = Record::parse(fixed.as_bytes());
    // A sentence has an `a` here and there; a record is made of terms.
    let is_record = record.terms.len() >= record.faults.len();
    is_record.then(|| NearMiss {
        kind,
        found: String::from_utf8_lossy(text).into_owned(),
        fixed,
    })
}

fn repair(text: &[u8]) -> Option<(NearMissKind, String)> {
    let lossy = String::from_utf8_lossy(text);
    let trimmed = lossy.trim_ascii();
    if is_spf(trimmed.as_bytes()) {
        return Some((NearMissKind::LeadingSpace, trimmed.to_owned()));
    }
    let ascii = look_alike::to_ascii(text).trim_ascii().to_owned();
    if is_spf(ascii.as_bytes()) {
        return Some((NearMissKind::LookAlike, ascii));
    }
    // Several quoted strings lie with a space between them; what was meant has that space too.
    let bare: String = ascii.chars().filter(|c| !matches!(c, '"' | '\\')).collect();
    let bare = bare.trim_matches(['\'', '`', ' ']);
    if is_spf(bare.as_bytes()) {
        return Some((NearMissKind::Quoted, bare.to_owned()));
    }
    if let Some(record) = behind_something(bare) {
        return Some((NearMissKind::Misspelt, record.to_owned()));
    }
    version(bare)
}

/// The record behind a few octets that do not belong to it: `TXT=v=spf1 ...`, `SPF v=spf1 ...`.
fn behind_something(text: &str) -> Option<&str> {
    let starts = text
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| *at <= PREFIX_OCTETS_MAX);
    starts
        .map(|at| &text[at..])
        .find(|rest| is_spf(rest.as_bytes()))
}

/// Repairs a misspelt version at the beginning.
fn version(text: &str) -> Option<(NearMissKind, String)> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let (has_v, rest) = match text.strip_prefix(['v', 'V']) {
        Some(rest) => (true, rest.trim_start_matches(['=', ':', '-', ' '])),
        None => (false, text),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    if let Some(glued) = strip_ignoring_case(word, "spf1") {
        let rest = &text[text.len() - rest.len() - glued.len()..];
        if !glued.is_empty() && starts_like_term(rest) {
            return Some((NearMissKind::MissingSpace, format!("v=spf1 {rest}")));
        }
    }
    let is_version = if has_v {
        spelling::distance(word, "spf1").is_some_and(|distance| distance <= 1)
            || strip_ignoring_case(word, "spf")
                .is_some_and(|tail| tail.bytes().all(|b| b.is_ascii_digit()))
    } else {
        word.eq_ignore_ascii_case("spf1") || word.eq_ignore_ascii_case("spf")
    };
    if !is_version {
        return None;
    }
    // `v=spf 1 -all`, `v=spf=1 -all`.
    let rest = ["=1", " 1", "-1"]
        .iter()
        .find_map(|number| rest.strip_prefix(number))
        .filter(|rest| rest.starts_with(' '))
        .unwrap_or(rest);
    if !rest.is_empty() && !rest.starts_with([' ', ';', ',', ':', '\t', '+', '-', '~', '?']) {
        return None;
    }
    let rest = rest.trim_matches([' ', ';', ',', ':', '\t']);
    match rest {
        "" if has_v => Some((NearMissKind::Misspelt, "v=spf1".to_owned())),
        "" => None,
        // `v=spf1,mx,-all`: commas or semicolons all the way.
        _ if !rest.contains(' ') => {
            let rest = rest.replace([',', ';'], " ");
            Some((NearMissKind::Misspelt, format!("v=spf1 {rest}")))
        }
        _ => Some((NearMissKind::Misspelt, format!("v=spf1 {rest}"))),
    }
}

fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::NearMissKind::{LeadingSpace, LookAlike, MissingSpace, Misspelt, Quoted};
    use super::*;

    #[test]
    fn near_misses_are_told_with_what_was_meant() {
        for (text, kind, fixed) in [
            (" v=spf1 -all", LeadingSpace, "v=spf1 -all"),
            ("TXT=v=spf1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("xxxv=spf1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("SPF v=spf1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("v=spf1,mx,-all", Misspelt, "v=spf1 mx -all"),
            ("\u{feff}v=spf1 -all", LookAlike, "v=spf1 -all"),
            ("v=spf1\u{a0}mx –all", LookAlike, "v=spf1 mx -all"),
            ("ｖ＝spf1 -all", LookAlike, "v=spf1 -all"),
            ("\"v=spf1 -all\"", Quoted, "v=spf1 -all"),
            ("“v=spf1 -all”", Quoted, "v=spf1 -all"),
            ("'v=spf1 -all'", Quoted, "v=spf1 -all"),
            ("\\\"v=spf1 -all\\\"", Quoted, "v=spf1 -all"),
            ("\"v=spf1 mx\" \"a -all\"", Quoted, "v=spf1 mx a -all"),
            (
                "v=spf1include:a.fr -all",
                MissingSpace,
                "v=spf1 include:a.fr -all",
            ),
            (
                "v=spf1ip4:192.0.2.1 ~all",
                MissingSpace,
                "v=spf1 ip4:192.0.2.1 ~all",
            ),
            ("v=spf1-all", Misspelt, "v=spf1 -all"),
            ("v=spf -all", Misspelt, "v=spf1 -all"),
            ("v=spf10 -all", Misspelt, "v=spf1 -all"),
            ("v=spf2 mx -all", Misspelt, "v=spf1 mx -all"),
            ("v=spfl mx -all", Misspelt, "v=spf1 mx -all"),
            ("v=sfp1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("v=spf 1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("v = spf1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("V:SPF1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("v=spf1; mx; -all", Misspelt, "v=spf1 mx; -all"),
            ("v=spf1\tmx -all", Misspelt, "v=spf1 mx -all"),
            ("-v=spf1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("spf1 mx -all", Misspelt, "v=spf1 mx -all"),
            ("spf mx -all", Misspelt, "v=spf1 mx -all"),
            ("v=spf", Misspelt, "v=spf1"),
        ] {
            let found = near_miss(text.as_bytes()).map(|near| (near.kind, near.fixed));
            assert_eq!(found, Some((kind, fixed.to_owned())), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_near_misses() {
        for text in [
            "v=spf1 -all",
            "v=spf1",
            "",
            "v=",
            "spf",
            "spf1",
            "spf2.0/mfrom,pra include:a.fr -all",
            "v=DMARC1; p=none",
            "v=DKIM1; p=",
            "v=STSv1; id=1",
            "v=TLSRPTv1; rua=mailto:a@b.fr",
            "google-site-verification=spf1",
            "spf.protection.example",
            "spfrecord of this domain",
            "v=spfl am not a record",
            "MS=ms12345678",
        ] {
            assert_eq!(near_miss(text.as_bytes()), None, "{text}");
        }
        assert_eq!(near_miss(&[0xff; 300]), None);
        let octets = b"\x93v=spf1 mx \x96all\x94";
        assert_eq!(
            near_miss(octets).map(|near| near.fixed),
            Some("v=spf1 mx -all".to_owned())
        );
    }
}
