//! DKIM keys at the selectors that are worth asking for.
//!
//! Selectors cannot be listed from the DNS. Those asked for are the ones that the asker named, those that
//! the domain's SPF record and mail exchanges hint at, and a few common ones. `_domainkey` itself is asked
//! first: if it does not exist, nothing does beneath it (RFC 8020) and only a few are asked, because some
//! servers get names without records of their own wrong.

use std::collections::BTreeSet;

use garant_dns::{Answer, Name, RecordType, Status};
use garant_msgauth::dkim::{Selection, select};

use super::mx::MxFacts;
use super::spf::SpfFacts;
use super::{Asker, Unsure};
use crate::catalogue::{common_selectors, hinted_selectors};
use crate::observation::Request;

/// Selectors that nobody named and that are asked for all the same, at most: half of all look-ups of a
/// check are these.
const GUESSES_MAX: usize = 8;
/// As long as the SPF record is not read to its end: the rest is for what it may still hint at.
const GUESSES_EARLY_MAX: usize = 5;
/// The same where `_domainkey` does not exist.
const GUESSES_WITHOUT_PARENT_MAX: usize = 2;
/// The same where the asker says what is in use: common ones fill up what the records hint at to this. What
/// the question is about is known then, and the look-ups are for that.
const GUESSES_BESIDE_STATED_MIN: usize = 2;

/// Doubled names that are asked for without asking for the name above them first.
const DOUBLED_ASKED_MAX: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SelectorSource {
    /// The asker named it.
    Asked,
    /// It belongs to the sending path that was asked about: the catalogue, or a platform's list, names it.
    Service,
    /// The domain's records hint at it.
    Hint,
    /// It is common.
    Common,
}

impl SelectorSource {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Service => "service",
            Self::Hint => "hint",
            Self::Common => "common",
        }
    }
}

pub(crate) struct DkimFacts<'a> {
    /// `_domainkey` of the domain.
    pub(crate) parent_name: Option<Name>,
    /// How the look-up of `_domainkey` ended.
    pub(crate) parent: Result<Status, Unsure>,
    /// Every selector that was asked for.
    pub(crate) keys: Vec<KeyFacts<'a>>,
    /// What a name that nobody can have published says, when it says something.
    pub(crate) wildcard: Option<Wildcard>,
}

/// What answers for every selector.
pub(crate) struct Wildcard {
    pub(crate) name: Name,
    pub(crate) text: String,
    pub(crate) selection: Selection,
    said: Said,
}

/// What an answer says: its texts, and where its alias leads.
type Said = (BTreeSet<Vec<u8>>, Option<Name>);

fn said(answer: &Answer) -> Said {
    let texts = answer.texts().map(garant_dns::Txt::joined).collect();
    let target = answer.aliases.last().map(|alias| alias.target.clone());
    (texts, target)
}

/// A key that stands one domain too deep, where a panel that appends the domain by itself has put it.
pub(crate) struct Doubled {
    pub(crate) name: Name,
    pub(crate) text: String,
}

pub(crate) struct KeyFacts<'a> {
    pub(crate) selector: Name,
    pub(crate) source: SelectorSource,
    pub(crate) name: Name,
    pub(crate) answer: Option<&'a Answer>,
    /// What stands there; nothing while the answer is pending.
    pub(crate) selection: Option<Selection>,
    /// Whether the answer is that of every name, so that nobody need have published this one. A key of its
    /// own wins over a wildcard and says something else.
    pub(crate) by_wildcard: bool,
    /// The key that should stand here; looked for only at selectors that the asker named.
    pub(crate) doubled: Option<Doubled>,
}

impl KeyFacts<'_> {
    /// Whether receivers can check mail with this key.
    pub(crate) fn is_usable(&self) -> bool {
        let key = self.selection.as_ref().and_then(Selection::key);
        key.is_some_and(|key| key.is_usable_for_mail() && !key.is_revoked && !key.other.testing)
    }

    /// Whether something stands there: a text, or an alias that leads nowhere.
    pub(crate) fn is_something(&self) -> bool {
        let selection = self.selection.as_ref();
        selection.is_some_and(|found| found.count > 0 || found.dangling.is_some())
    }
}

pub(super) fn survey<'a>(
    asker: &mut Asker<'a>,
    domain: &Name,
    spf: &SpfFacts<'a>,
    mx: &MxFacts<'a>,
    path_selectors: &[Name],
) -> DkimFacts<'a> {
    let parent_name = domain.prefixed("_domainkey").ok();
    let parent = match &parent_name {
        Some(name) => match asker.ask(name, RecordType::Txt) {
            None => Err(Unsure::Pending),
            Some(answer) if answer.status.is_definite() || !answer.aliases.is_empty() => {
                let exists = !answer.aliases.is_empty();
                Ok(if exists {
                    Status::NoData
                } else {
                    answer.status
                })
            }
            Some(answer) => {
                let question = garant_dns::Question::new(name.clone(), RecordType::Txt);
                Err(Unsure::Unanswered(question, answer.status))
            }
        },
        None => Ok(Status::NxDomain),
    };
    let asked = asker.observation().request.selectors.iter().cloned();
    let mut wanted: Vec<(Name, SelectorSource)> = asked
        .map(|selector| (selector, SelectorSource::Asked))
        .collect();
    let of_path = path_selectors.iter().cloned();
    wanted.extend(of_path.map(|selector| (selector, SelectorSource::Service)));
    let mut seen = BTreeSet::new();
    wanted.retain(|(selector, _)| seen.insert(selector.clone()));
    keep_asked(asker, parent_name.as_ref(), &parent, &mut wanted);
    let guesses_max = match parent {
        Err(Unsure::Pending) => 0,
        // Those that are asked for in any case show as well whether the server got it wrong.
        Ok(Status::NxDomain) => GUESSES_WITHOUT_PARENT_MAX.saturating_sub(wanted.len()),
        _ if !spf.tree.needs.is_empty() => GUESSES_EARLY_MAX,
        _ => GUESSES_MAX,
    };
    let common_max = common_max(asker, spf, mx);
    let mut commons = 0;
    let guesses: Vec<(Name, SelectorSource)> = guesses(spf, mx)
        .filter(|(selector, _)| seen.insert(selector.clone()))
        .filter(|(selector, source)| {
            commons += usize::from(*source == SelectorSource::Common);
            let is_asked = || was_asked(asker, parent_name.as_ref(), selector);
            *source != SelectorSource::Common || commons <= common_max || is_asked()
        })
        .collect();
    // What was asked before a better hint came counts too.
    let (asked, open): (Vec<_>, Vec<_>) = guesses
        .into_iter()
        .partition(|(selector, _)| was_asked(asker, parent_name.as_ref(), selector));
    let more = guesses_max.saturating_sub(asked.len());
    wanted.extend(asked.into_iter().chain(open.into_iter().take(more)));
    let wildcard = if guesses_max > GUESSES_WITHOUT_PARENT_MAX {
        parent_name.as_ref().and_then(|name| wildcard(asker, name))
    } else {
        None
    };
    let mut keys: Vec<KeyFacts<'_>> = wanted
        .into_iter()
        .filter_map(|(selector, source)| {
            let mut key = key(asker, domain, selector, source)?;
            key.by_wildcard = wildcard
                .as_ref()
                .zip(key.answer)
                .is_some_and(|(wildcard, answer)| wildcard.said == said(answer));
            Some(key)
        })
        .collect();
    find_doubled(asker, domain, &mut keys);
    DkimFacts {
        parent_name,
        parent,
        keys,
        wildcard,
    }
}

/// What stands at one selector of a domain; nothing when the name would be too long for the DNS.
pub(super) fn key<'a>(
    asker: &mut Asker<'a>,
    domain: &Name,
    selector: Name,
    source: SelectorSource,
) -> Option<KeyFacts<'a>> {
    let parent = domain.prefixed("_domainkey").ok()?;
    let name = parent.prefixed(selector.as_str()).ok()?;
    let answer = asker.ask(&name, RecordType::Txt);
    Some(KeyFacts {
        selector,
        source,
        answer,
        selection: answer.map(select),
        by_wildcard: false,
        doubled: None,
        name,
    })
}

/// Of the selectors of a path, those beyond the first few wait for what is said above them all, and are left
/// out where nothing can stand there.
fn keep_asked(
    asker: &Asker<'_>,
    parent_name: Option<&Name>,
    parent: &Result<Status, Unsure>,
    wanted: &mut Vec<(Name, SelectorSource)>,
) {
    let answer = |selector: &Name| {
        let name = parent_name?.prefixed(selector.as_str()).ok()?;
        asker.answered(&name, RecordType::Txt)
    };
    let is_closed = matches!(parent, Err(Unsure::Pending) | Ok(Status::NxDomain));
    let mut answers = wanted.iter().filter_map(|(selector, _)| answer(selector));
    if !is_closed || answers.any(exists) {
        return;
    }
    let mut of_path = 0;
    wanted.retain(|(selector, source)| {
        of_path += usize::from(*source == SelectorSource::Service);
        *source != SelectorSource::Service
            || of_path <= GUESSES_WITHOUT_PARENT_MAX
            || answer(selector).is_some()
    });
}

/// Common selectors that are asked for at most. Who names a path or records knows what is used; who names
/// selectors alone asks about the domain as a whole.
fn common_max(asker: &Asker<'_>, spf: &SpfFacts<'_>, mx: &MxFacts<'_>) -> usize {
    let Request { domain, expect, .. } = &asker.observation().request;
    if expect.is_empty() && !asker.observation().request.states_path() {
        return usize::MAX;
    }
    // What the domain's own records hint at is known when both are there.
    if mx.answer.is_none() || asker.answered(domain, RecordType::Txt).is_none() {
        return 0;
    }
    let exchanges = mx.exchanges.iter().map(|mx| &mx.exchange.name);
    let hinted = hinted_selectors(&spf.targets, exchanges).len();
    GUESSES_BESIDE_STATED_MIN.saturating_sub(hinted)
}

fn was_asked(asker: &Asker<'_>, parent: Option<&Name>, selector: &Name) -> bool {
    let name = parent.and_then(|parent| parent.prefixed(selector.as_str()).ok());
    name.is_some_and(|name| {
        let question = garant_dns::Question::new(name, RecordType::Txt);
        asker.observation().answers.contains(&question)
    })
}

/// A label that nobody has published beneath `parent`. It is made from what was asked and when, so that
/// judging the same answers again looks for the same name.
pub(super) fn unlikely_label(parent: &Name, asked_at: i64) -> String {
    let seed = format!("{parent} {asked_at}");
    // FNV-1a: spread is all that is needed, and it is the same in every build.
    let hash = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("garant-{hash:016x}")
}

/// Asks for a selector that nobody has published.
fn wildcard(asker: &mut Asker<'_>, parent: &Name) -> Option<Wildcard> {
    let label = unlikely_label(parent, asker.observation().asked_at);
    let name = parent.prefixed(&label).ok()?;
    let answer = asker.ask(&name, RecordType::Txt)?;
    if !answer.status.is_definite() {
        return None;
    }
    let text = answer.texts().next().map(garant_dns::Txt::to_text);
    let alias = answer.aliases.last().map(|alias| alias.target.to_string());
    text.or(alias).map(|text| Wildcard {
        name,
        text,
        selection: select(answer),
        said: said(answer),
    })
}

fn is_missing(answer: &Answer) -> bool {
    answer.status.is_definite() && answer.records.is_empty() && answer.aliases.is_empty()
}

/// Looks for the keys that the asker named and that do not stand at their names with the domain behind
/// these once more. Nothing exists beneath a name that does not exist (RFC 8020): of several only the first
/// is asked, beside the name above them all, and the others where that exists or the first does.
fn find_doubled(asker: &mut Asker<'_>, domain: &Name, keys: &mut [KeyFacts<'_>]) {
    let asked = || {
        keys.iter()
            .filter(|key| key.source == SelectorSource::Asked)
    };
    // Which one is the first must not depend on the order in which the answers come.
    if asked().any(|key| key.answer.is_none()) {
        return;
    }
    let missing = keys
        .iter_mut()
        .filter(|key| key.source == SelectorSource::Asked && key.answer.is_some_and(is_missing));
    let mut missing: Vec<&mut KeyFacts<'_>> = missing.collect();
    let several = missing.len() > DOUBLED_ASKED_MAX;
    let mut ask = |name: &Name| asker.ask(name, RecordType::Txt);
    let mut is_open = true;
    for (index, key) in missing.iter_mut().enumerate() {
        let Ok(name) = domain.prefixed(key.name.as_str()) else {
            continue;
        };
        if index == 0 {
            let above = several
                .then(|| domain.prefixed(domain.as_str()).ok())
                .flatten();
            let above = above.map(|above| ask(&above));
            let first = ask(&name);
            is_open =
                above.is_none_or(|above| above.is_some_and(exists)) || first.is_some_and(exists);
        } else if !is_open {
            break;
        }
        let selection = ask(&name).map(select);
        let text = selection.and_then(|found| Some(found.key()?.text().into_owned()));
        key.doubled = text.map(|text| Doubled { name, text });
    }
}

/// Whether a name is known to exist. A dangling alias exists itself.
pub(super) fn exists(answer: &Answer) -> bool {
    matches!(answer.status, Status::Found | Status::NoData) || !answer.aliases.is_empty()
}

/// Selectors that nobody named: those of the services that the records show, then common ones.
fn guesses(
    spf: &SpfFacts<'_>,
    mx: &MxFacts<'_>,
) -> impl Iterator<Item = (Name, SelectorSource)> + use<> {
    let exchanges = mx.exchanges.iter().map(|mx| &mx.exchange.name);
    let hinted = hinted_selectors(&spf.targets, exchanges).into_iter();
    hinted
        .map(|selector| (selector, SelectorSource::Hint))
        .chain(common_selectors().map(|selector| (selector, SelectorSource::Common)))
}
