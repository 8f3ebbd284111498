//! Texts: keys, SPF records, policies, and what proves to a service whose domain it is.

use garant_dns::{Name, RecordType, Txt};
use garant_msgauth::dkim::{KeyRecord, Reason};
use garant_msgauth::dmarc::{Acts, PolicyRecord};
use garant_msgauth::spf;

use super::{CauseKind, FOUND_MAX, Fit, Look};

/// Characters that a text was cut down to at least: a shorter beginning may be anything.
const CUT_CHARS_MIN: usize = 24;

pub(super) fn key_text(key: &KeyRecord, look: &Look<'_>) -> Fit {
    let is_key = |txt: &&Txt| KeyRecord::parse(&txt.joined()).is_meant_as_key();
    let texts: Vec<&Txt> = look
        .texts()
        .filter(|txt| !look.is_shared || is_key(txt))
        .collect();
    if texts.len() > 1 {
        let is_other = |txt: &&&Txt| {
            let found = KeyRecord::parse(&txt.joined());
            found.is_fatal() || found.key_octets() != key.key_octets()
        };
        let found = texts
            .iter()
            .filter(is_other)
            .map(|txt| (RecordType::Txt, txt.to_text()))
            .take(FOUND_MAX)
            .collect();
        return look.wrong(CauseKind::Several { count: texts.len() }, found);
    }
    let Some(txt) = texts.first() else {
        return look.rest();
    };
    let text = txt.to_text();
    let all = vec![(RecordType::Txt, text.clone())];
    let mut causes = Vec::new();
    let bare = unquoted(&text);
    let record = KeyRecord::parse(bare.as_bytes());
    let as_published = KeyRecord::parse(text.as_bytes());
    let is_quoted = bare.trim() != text.trim();
    if is_quoted {
        causes.push(look.cause(CauseKind::Quoted, all.clone()));
    }
    let (wanted, found) = (key.key_octets(), record.key_octets());
    let (wanted_text, found_text) = (key_base64(&key.text()), key_base64(&bare));
    let is_alike = match (&wanted, &found) {
        (Some(wanted), Some(found)) if wanted == found && !record.is_revoked => true,
        (Some(wanted), Some(found)) if !found.is_empty() && wanted.starts_with(found) => {
            let kind = CauseKind::Truncated {
                count: found_text.len(),
                expected: wanted_text.len(),
            };
            causes.push(look.cause(kind, all));
            true
        }
        _ if !found_text.is_empty() && found_text.eq_ignore_ascii_case(&wanted_text) => {
            causes.push(look.cause(CauseKind::CaseChanged, all));
            true
        }
        _ => false,
    };
    if !is_alike {
        return look.rest();
    }
    // What else is wrong with a record whose key is right, the record's own findings say.
    let is_fatal = as_published
        .faults
        .iter()
        .any(|fault| fault.reason.is_fatal() && fault.reason != Reason::Quoted);
    match causes.is_empty() {
        true if is_fatal => look.rest(),
        true => Fit::Right,
        false => Fit::Wrong(causes),
    }
}

/// The value of `p`, white space left out.
fn key_base64(text: &str) -> String {
    let tags = text.split(';').map(str::trim_start);
    let mut values = tags.filter_map(|tag| tag.strip_prefix('p')?.trim_start().strip_prefix('='));
    let value = values.next().unwrap_or_default();
    value.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn spf_text(wanted: &str, look: &Look<'_>) -> Fit {
    let texts: Vec<String> = look.texts().map(Txt::to_text).collect();
    let bare: Vec<String> = texts.iter().map(|text| unquoted(text)).collect();
    let of: Vec<usize> = (0..texts.len())
        .filter(|at| spf::is_spf(bare[*at].as_bytes()))
        .collect();
    let found = |at: &usize| (RecordType::Txt, texts[*at].clone());
    match of.as_slice() {
        [] if look.chain().is_empty() && !texts.iter().any(|text| text.contains("spf1")) => {
            Fit::Nothing
        }
        [] => look.rest(),
        [one] => {
            let terms = spf_terms(&bare[*one]);
            let has_all = spf_terms(wanted).iter().all(|term| terms.contains(term));
            match (has_all, spf::is_spf(texts[*one].as_bytes())) {
                (true, true) => Fit::Right,
                (true, false) => look.wrong(CauseKind::Quoted, vec![found(one)]),
                (false, _) => Fit::Foreign(vec![found(one)]),
            }
        }
        several => look.wrong(
            CauseKind::Several {
                count: several.len(),
            },
            several.iter().map(found).take(FOUND_MAX).collect(),
        ),
    }
}

/// The terms that authorise somebody, in lower case; what it says about everybody else is the owner's choice.
fn spf_terms(text: &str) -> Vec<String> {
    let words = text.split_ascii_whitespace().skip(1);
    let plain = words.map(|word| {
        let word = word.to_ascii_lowercase();
        word.strip_prefix('+').map_or(word.clone(), str::to_owned)
    });
    plain
        .filter(|word| word.trim_start_matches(['-', '~', '?']) != "all")
        .collect()
}

pub(super) fn policy_text(wanted: &str, look: &Look<'_>) -> Fit {
    let is_policy = |text: &str| PolicyRecord::parse(text.as_bytes());
    let records: Vec<(String, PolicyRecord)> = look
        .texts()
        .filter_map(|txt| Some((txt.to_text(), is_policy(&txt.to_text())?)))
        .collect();
    let found = |text: &String| (RecordType::Txt, text.clone());
    match records.as_slice() {
        [] => {
            let mut texts = look.texts().map(Txt::to_text);
            let quoted = texts.find(|text| is_policy(&unquoted(text)).is_some());
            match quoted {
                Some(text) => look.wrong(CauseKind::Quoted, vec![found(&text)]),
                None => look.rest(),
            }
        }
        [(text, record)] => {
            let Some(wanted) = is_policy(wanted) else {
                return look.rest();
            };
            let addresses = |record: &PolicyRecord| -> Vec<String> {
                let addresses = record.rua().iter();
                addresses
                    .map(|address| address.uri.to_ascii_lowercase())
                    .collect()
            };
            let known = addresses(record);
            let reports = addresses(&wanted).iter().all(|uri| known.contains(uri));
            // Which policy a record that works asks for is the owner's choice.
            let reading = record.reading();
            let asks = reading.acts == Acts::AsWritten || reading.p >= wanted.reading().p;
            if reports && asks {
                Fit::Right
            } else {
                Fit::Foreign(vec![found(text)])
            }
        }
        several => look.wrong(
            CauseKind::Several {
                count: several.len(),
            },
            several.iter().map(|(text, _)| found(text)).collect(),
        ),
    }
}

pub(super) fn text_of(wanted: &str, look: &Look<'_>) -> Fit {
    let wanted = tidy(wanted);
    let texts: Vec<String> = look.texts().map(Txt::to_text).collect();
    if texts.iter().any(|text| tidy(text) == wanted) {
        return Fit::Right;
    }
    let token = wanted.find(['=', ':']).map(|at| &wanted[..=at]);
    for text in &texts {
        let found = vec![(RecordType::Txt, text.clone())];
        let bare = tidy(&unquoted(text));
        let is_cut = bare.chars().count() >= CUT_CHARS_MIN && wanted.starts_with(&bare);
        let cut = CauseKind::Truncated {
            count: bare.chars().count(),
            expected: wanted.chars().count(),
        };
        let kinds: Vec<CauseKind> = [
            (bare != tidy(text), CauseKind::Quoted),
            (is_cut && bare != wanted, cut),
            (
                bare != wanted && bare.eq_ignore_ascii_case(&wanted),
                CauseKind::CaseChanged,
            ),
        ]
        .into_iter()
        .filter_map(|(is_so, kind)| is_so.then_some(kind))
        .collect();
        if is_cut || bare.eq_ignore_ascii_case(&wanted) {
            let causes = kinds
                .into_iter()
                .map(|kind| look.cause(kind, found.clone()));
            return Fit::Wrong(causes.collect());
        }
    }
    // Another token of the same service stands beside it by right: it is told, and stays.
    let of_service = texts
        .iter()
        .find(|text| token.is_some_and(|token| text.starts_with(token) && token.len() > 2));
    match of_service {
        Some(text) => look.wrong(
            CauseKind::OtherAccount,
            vec![(RecordType::Txt, text.clone())],
        ),
        // Texts of others do not stand in the way of one more.
        None if look.chain().is_empty() => Fit::Nothing,
        None => look.rest(),
    }
}

/// A text without what panels and people change without harm: space around it and a final semicolon.
pub(super) fn tidy(text: &str) -> String {
    text.trim().trim_end_matches([';', ' ']).to_owned()
}

pub(super) fn squeezed(text: &[u8]) -> Vec<u8> {
    let is_kept = |octet: &&u8| !octet.is_ascii_whitespace() && **octet != b';';
    text.iter().filter(is_kept).copied().collect()
}

/// A text without the quotes and backslashes that somebody pasted with it.
pub(super) fn unquoted(text: &str) -> String {
    let text = text.replace('\\', "");
    let mut bare = String::with_capacity(text.len());
    for (at, part) in text.split('"').enumerate() {
        // The first part and every second one after it stand outside of quotes.
        if at == 0 || at % 2 == 1 || !part.trim().is_empty() {
            bare.push_str(part);
        }
    }
    bare.trim().to_owned()
}

pub(super) fn as_name(text: &str) -> Option<Name> {
    let last = text.split_whitespace().next_back()?;
    let name = Name::from_input(last.trim_matches(['"', '\''])).ok()?;
    (name.label_count() > 1).then_some(name)
}
