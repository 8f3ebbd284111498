//! What the owner may leave as it is: an included name that has no record, where mail passes without it.
//!
//! A dead `include` makes the whole SPF record a permanent error, so to take it out is always a cure. It is a change of
//! its own and marked optional where all mail that is known of passes DMARC by its signatures meanwhile, or where no
//! sender is recognised and a key is published: whoever is not sure that a service is gone can wait. Where mail stands or falls with SPF nothing is optional about it, and to call
//! it so would hide the cure. Nor is it where anybody could register the name: that is a take-over, and has a finding
//! and a change of its own.

use garant_dns::{Data, Name, RecordType, Txt};

use super::draft::{Draft, Edit, Purpose, purpose, value};
use super::search::{Found, Needed};
use super::site::Site;
use crate::assessment::Assessment;
use crate::finding::{Argument, Code};
use crate::survey::has_no_record;

/// A needed change, and whether it can be left out.
pub(super) struct Marked {
    pub(super) needed: Needed,
    pub(super) is_optional: bool,
}

/// The changes of a search, those that can be left out told from the others.
pub(super) async fn marked(site: &Site<'_>, before: &Assessment, found: &Found) -> Vec<Marked> {
    let mut all: Vec<Marked> = Vec::new();
    for (at, needed) in found.needed.iter().enumerate() {
        match apart(site, before, needed) {
            Some((rest, dead)) if passes_with(site, found, at, rest.as_ref()).await => {
                all.extend(rest.map(|needed| Marked {
                    needed,
                    is_optional: false,
                }));
                all.push(Marked {
                    needed: dead,
                    is_optional: true,
                });
            }
            _ => all.push(Marked {
                needed: needed.clone(),
                is_optional: false,
            }),
        }
    }
    all
}

/// What a change of an SPF record comes to without taking out the names that have no record, if anything, and that
/// alone; nothing where it takes out none, or where the rest would cure nothing by itself.
fn apart(
    site: &Site<'_>,
    before: &Assessment,
    needed: &Needed,
) -> Option<(Option<Needed>, Needed)> {
    let Edit { old, new, .. } = &needed.edit;
    let (old, new) = (old.as_ref()?, new.as_ref()?);
    if needed.edit.rtype != RecordType::Txt || purpose(new) != Purpose::Spf {
        return None;
    }
    let (was, now) = (value(old), value(new));
    let is_dead = |term: &&str| {
        let target = included(term);
        target.is_some_and(|target| {
            has_no_record(site.observation, &target) && !is_registrable(before, &target)
        })
    };
    let dead: Vec<&str> = was
        .split(' ')
        .filter(|term| !now.split(' ').any(|kept| kept == *term))
        .filter(is_dead)
        .collect();
    if dead.is_empty() {
        return None;
    }
    let kept = with_terms_of(&was, &now, &dead);
    if kept == was {
        return Some((None, needed.clone()));
    }
    let (of_dead, of_rest): (Vec<Code>, Vec<Code>) = needed
        .cures
        .iter()
        .partition(|code| **code == Code::SpfIncludeWithoutRecord);
    if of_rest.is_empty() || of_dead.is_empty() {
        return None;
    }
    let kept = Data::Txt(Txt::from_bytes(kept.as_bytes()));
    let edit = |old: &Data, new: &Data| Edit {
        old: Some(old.clone()),
        new: Some(new.clone()),
        ..needed.edit.clone()
    };
    let rest = Needed {
        edit: edit(old, &kept),
        cures: of_rest,
    };
    let dead = Needed {
        edit: edit(&kept, new),
        cures: of_dead,
    };
    Some((Some(rest), dead))
}

/// Whether anybody could register the domain of an included name.
fn is_registrable(assessment: &Assessment, target: &Name) -> bool {
    let mut findings = assessment.findings.iter();
    findings.any(|finding| {
        finding.code == Code::SpfIncludeRegistrable
            && finding.args.get("target") == Some(&Argument::from(target))
    })
}

/// The name that an `include` leads to.
fn included(term: &str) -> Option<Name> {
    let term = term.trim_start_matches(['+', '-', '~', '?']);
    let (mechanism, target) = term.split_once(':')?;
    let is_include = mechanism.eq_ignore_ascii_case("include");
    is_include.then(|| target.parse().ok()).flatten()
}

/// `now` with some terms of `was` that went from it, each behind the one that it stood behind.
fn with_terms_of(was: &str, now: &str, terms: &[&str]) -> String {
    let mut kept: Vec<&str> = now.split(' ').collect();
    let mut before: Vec<&str> = Vec::new();
    for term in was.split(' ') {
        if terms.contains(&term) {
            let place = before
                .iter()
                .rev()
                .find_map(|known| kept.iter().position(|other| other == known));
            kept.insert(place.map_or(1, |at| at + 1).min(kept.len()), term);
        }
        before.push(term);
    }
    kept.join(" ")
}

/// Whether all mail that is known of passes DMARC, or, where no sender is recognised, a key says that mail is signed, when the change at this place is only `rest`.
async fn passes_with(site: &Site<'_>, found: &Found, place: usize, rest: Option<&Needed>) -> bool {
    let needed = found.needed.iter().enumerate();
    let edits: Vec<&Edit> = needed
        .filter_map(|(at, needed)| match at == place {
            true => rest,
            false => Some(needed),
        })
        .map(|needed| &needed.edit)
        .collect();
    let draft = Draft::of(edits, &found.originals);
    let request = site.observation.request.clone();
    let judged = site.judge(&draft, request).await;
    let assessment = &judged.assessment;
    let mut keys = assessment.records.dkim.iter();
    let is_signed = !assessment.paths.is_empty() || keys.any(|key| key.result == "valid");
    judged.is_certain
        && is_signed
        && assessment
            .paths
            .iter()
            .all(|path| path.dmarc.result == "pass")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_is_put_back_where_it_stood() {
        for (was, now, terms, expected) in [
            (
                "v=spf1 a include:x mx -all",
                "v=spf1 a mx -all",
                &["include:x"][..],
                "v=spf1 a include:x mx -all",
            ),
            (
                "v=spf1 include:x -all",
                "v=spf1 mx -all",
                &["include:x"],
                "v=spf1 include:x mx -all",
            ),
            (
                "v=spf1 a include:x -all",
                "v=spf1 mx -all",
                &["include:x"],
                "v=spf1 include:x mx -all",
            ),
            (
                "v=spf1 a include:x include:y -all",
                "v=spf1 a -all",
                &["include:x", "include:y"],
                "v=spf1 a include:x include:y -all",
            ),
        ] {
            assert_eq!(with_terms_of(was, now, terms), expected);
        }
    }

    #[test]
    fn only_an_include_leads_to_an_included_name() {
        for (term, expected) in [
            ("include:spf.example", Some("spf.example")),
            ("?INCLUDE:spf.example", Some("spf.example")),
            ("a:spf.example", None),
            ("include", None),
            ("redirect=spf.example", None),
        ] {
            let name = included(term).map(|name| name.to_string());
            assert_eq!(name.as_deref(), expected, "{term}");
        }
    }
}
