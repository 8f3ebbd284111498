//! One record from several that stand at one name by mistake.

use std::collections::HashSet;

use super::record::{Mechanism, Qualifier, Record, TermKind};
use super::suggest::suggest;

/// One record that holds the terms of all `records` (joined texts), each mechanism once, in their order.
///
/// Nobody who is authorised now loses that: where the records disagree about everybody else, the result
/// is `~all`, and a `redirect` becomes an `include` unless it is the only one and there is no `all`. A
/// term that cannot be read is repaired where that is possible and otherwise kept, so that it is seen.
pub fn merge(records: &[&[u8]]) -> String {
    let records: Vec<Vec<u8>> = records.iter().map(|text| repaired(text)).collect();
    let parsed: Vec<Record> = records.iter().map(|text| Record::parse(text)).collect();
    let mut alls: Vec<Qualifier> = parsed
        .iter()
        .filter_map(|record| Some(record.all()?.1))
        .collect();
    alls.dedup();
    let redirects = parsed.iter().filter_map(Record::redirect).count();
    let keep_redirect = alls.is_empty() && redirects == 1;
    let mut merged = Merged::default();
    for (text, record) in records.iter().zip(&parsed) {
        let end = record.all().map_or(usize::MAX, |(index, _)| index);
        for (index, term) in record.terms.iter().enumerate() {
            match &term.kind {
                TermKind::Directive(directive) if index < end => {
                    merged.add(&directive.mechanism.to_string(), directive.to_string());
                }
                TermKind::Directive(_) => {}
                TermKind::Redirect(_) if keep_redirect => {
                    merged.modifiers.push(term.kind.to_string());
                }
                // A redirect beside an `all` is never followed.
                TermKind::Redirect(_) if end != usize::MAX => {}
                TermKind::Redirect(domain) => {
                    let include = Mechanism::Include(domain.clone()).to_string();
                    merged.add(&include, include.clone());
                }
                TermKind::Explanation(_) => merged.explanation(term.kind.to_string()),
                TermKind::UnknownModifier { .. } => merged.modifiers.push(term.kind.to_string()),
            }
        }
        for fault in &record.faults {
            let octets = text
                .get(fault.span.start..fault.span.end)
                .unwrap_or_default();
            let kept = String::from_utf8_lossy(octets);
            merged.add(&kept, kept.to_string());
        }
    }
    let all = match alls[..] {
        [] => None,
        [one] => Some(one),
        _ => Some(Qualifier::SoftFail),
    };
    merged.text(all)
}

/// A text with those faulty terms put right for which there is a guess.
fn repaired(text: &[u8]) -> Vec<u8> {
    let mut fixed = Vec::with_capacity(text.len());
    let mut at = 0;
    for fault in &Record::parse(text).faults {
        let octets = text
            .get(fault.span.start..fault.span.end)
            .unwrap_or_default();
        let Some(suggestion) = suggest(octets, fault.reason) else {
            continue;
        };
        fixed.extend_from_slice(text.get(at..fault.span.start).unwrap_or_default());
        fixed.extend_from_slice(suggestion.as_bytes());
        at = fault.span.end;
    }
    fixed.extend_from_slice(text.get(at..).unwrap_or_default());
    fixed
}

#[derive(Default)]
struct Merged {
    terms: Vec<String>,
    seen: HashSet<String>,
    modifiers: Vec<String>,
    has_explanation: bool,
}

impl Merged {
    fn add(&mut self, mechanism: &str, term: String) {
        if self.seen.insert(mechanism.to_lowercase()) {
            self.terms.push(term);
        }
    }

    /// Only one `exp` is allowed.
    fn explanation(&mut self, term: String) {
        if !self.has_explanation {
            self.has_explanation = true;
            self.modifiers.push(term);
        }
    }

    fn text(self, all: Option<Qualifier>) -> String {
        let mut text = "v=spf1".to_owned();
        for term in self.terms.iter().chain(&self.modifiers) {
            text.push(' ');
            text.push_str(term);
        }
        match all {
            None => {}
            Some(Qualifier::Pass) => text.push_str(" +all"),
            Some(qualifier) => {
                text.push(' ');
                text.push(qualifier.as_char());
                text.push_str("all");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_record_holds_the_terms_of_all() {
        for (records, expect) in [
            (
                &["v=spf1 mx -all", "v=spf1 include:a.fr -all"][..],
                "v=spf1 mx include:a.fr -all",
            ),
            (&["v=spf1 mx -all", "v=spf1 MX ~all"], "v=spf1 mx ~all"),
            (&["v=spf1 -all", "v=spf1 +all"], "v=spf1 ~all"),
            (&["v=spf1 +all", "v=spf1 all"], "v=spf1 +all"),
            (&["v=spf1 a", "v=spf1 mx"], "v=spf1 a mx"),
            (
                &["v=spf1 a", "v=spf1 redirect=a.fr"],
                "v=spf1 a redirect=a.fr",
            ),
            (
                &["v=spf1 a ~all", "v=spf1 redirect=a.fr"],
                "v=spf1 a include:a.fr ~all",
            ),
            (
                &["v=spf1 redirect=a.fr", "v=spf1 redirect=b.fr"],
                "v=spf1 include:a.fr include:b.fr",
            ),
            (
                &["v=spf1 -all redirect=a.fr mx", "v=spf1 a"],
                "v=spf1 a -all",
            ),
            (
                &["v=spf1 exp=a.fr -all", "v=spf1 exp=b.fr x=y -all"],
                "v=spf1 exp=a.fr x=y -all",
            ),
            (
                &["v=spf1 ipv4:192.0.2.1 -all", "v=spf1 foo"],
                "v=spf1 ip4:192.0.2.1 foo -all",
            ),
            (
                &["v=spf1 mx -all", "v=spf1 -mxx ip4:192.0.2.1~all"],
                "v=spf1 mx ip4:192.0.2.1 ~all",
            ),
            (&["v=spf1 mx -all", "v=spf1 x x"], "v=spf1 mx x -all"),
            (&["v=spf1 ?mx -all"], "v=spf1 ?mx -all"),
            (&[], "v=spf1"),
        ] {
            let texts: Vec<&[u8]> = records.iter().map(|text| text.as_bytes()).collect();
            assert_eq!(merge(&texts), expect, "{records:?}");
        }
    }
}
