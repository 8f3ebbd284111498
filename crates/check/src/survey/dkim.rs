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

/// Selectors that nobody named and that are asked for all the same, at most: half of all look-ups of a
/// check are these.
const GUESSES_MAX: usize = 8;
/// As long as the SPF record is not read to its end: the rest is for what it may still hint at.
const GUESSES_EARLY_MAX: usize = 5;
/// The same where `_domainkey` does not exist.
const GUESSES_WITHOUT_PARENT_MAX: usize = 2;

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
    /// The key that should stand here; looked for only at selectors that were asked for, or that the
    /// sending path uses.
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
    let guesses_max = match parent {
        Err(Unsure::Pending) => 0,
        Ok(Status::NxDomain) => GUESSES_WITHOUT_PARENT_MAX,
        _ if !spf.tree.needs.is_empty() => GUESSES_EARLY_MAX,
        _ => GUESSES_MAX,
    };
    let asked = asker.observation().request.selectors.iter().cloned();
    let mut wanted: Vec<(Name, SelectorSource)> = asked
        .map(|selector| (selector, SelectorSource::Asked))
        .collect();
    let of_path = path_selectors.iter().cloned();
    wanted.extend(of_path.map(|selector| (selector, SelectorSource::Service)));
    let mut seen = BTreeSet::new();
    wanted.retain(|(selector, _)| seen.insert(selector.clone()));
    let guesses = guesses(spf, mx).filter(|(selector, _)| seen.insert(selector.clone()));
    // What was asked before a better hint came counts too.
    let (asked, open): (Vec<_>, Vec<_>) =
        guesses.partition(|(selector, _)| was_asked(asker, parent_name.as_ref(), selector));
    let more = guesses_max.saturating_sub(asked.len());
    wanted.extend(asked.into_iter().chain(open.into_iter().take(more)));
    let wildcard = if guesses_max > GUESSES_WITHOUT_PARENT_MAX {
        parent_name.as_ref().and_then(|name| wildcard(asker, name))
    } else {
        None
    };
    let keys = wanted
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
    let is_wanted = matches!(source, SelectorSource::Asked | SelectorSource::Service);
    let doubled = if is_wanted && answer.is_some_and(is_missing) {
        doubled(asker, domain, &name)
    } else {
        None
    };
    Some(KeyFacts {
        selector,
        source,
        answer,
        selection: answer.map(select),
        by_wildcard: false,
        doubled,
        name,
    })
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

/// Looks for a key at its name with the domain behind it once more.
fn doubled(asker: &mut Asker<'_>, domain: &Name, name: &Name) -> Option<Doubled> {
    let name = domain.prefixed(name.as_str()).ok()?;
    let selection = select(asker.ask(&name, RecordType::Txt)?);
    let text = selection.key()?.text().into_owned();
    Some(Doubled { name, text })
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
