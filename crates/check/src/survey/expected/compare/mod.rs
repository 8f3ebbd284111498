//! Whether what stands at a name is what was asked for, by its meaning, and if not, in which way it is not.

mod hosts;
mod look;
mod proxy;
mod texts;

use std::net::IpAddr;

use garant_dns::{Answer, Name, RecordType, Status};

use super::wish::{Purpose, Wanted, Wish};

pub(super) use look::Look;

use hosts::{alias, exchange, within};
use texts::{key_text, policy_text, spf_text, text_of};

/// Data that one cause names at most.
const FOUND_MAX: usize = 8;

/// One way in which a record is not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) kind: CauseKind,
    /// Where it shows.
    pub(crate) at: Name,
    /// The data there that are to go, each with its type.
    pub(crate) found: Vec<(RecordType, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CauseKind {
    /// It stands at its name with the zone behind it once more.
    DoubledName,
    /// It stands at another name.
    WrongName,
    /// It stands at its name without the underscores.
    UnderscoreDropped,
    /// Name and value were exchanged.
    Swapped,
    /// The zone stands behind the target.
    ZoneAppended { meant: Name },
    /// Addresses of a proxy stand in its place.
    Proxied { address: IpAddr },
    /// The data stands there as another type.
    WrongType { found_type: RecordType },
    /// Quotes or backslashes are part of the text.
    Quoted,
    /// The text ends too early. Characters there are, and those there should be.
    Truncated { count: usize, expected: usize },
    /// It differs in upper and lower case.
    CaseChanged,
    /// Several texts stand where one belongs.
    Several { count: usize },
    /// The same service's, for another account.
    OtherAccount,
    /// What the service asked for formerly.
    FormerTarget,
    /// Something else.
    OtherValue { found_type: RecordType },
    /// The name is in use for something else; a label that is free.
    ReturnPathTaken { label: Option<Name> },
    /// Other exchanges stand beside it.
    SeveralExchanges { count: usize },
    /// An alias cannot stand where the zone begins.
    AliasAtApex,
    /// Only a wildcard answers.
    ByWildcard,
    /// It is right, and its target does not exist.
    Dangling { target: Name },
    /// Nothing stands there. Whether the usual mistakes were all looked for, and answered.
    Absent { looked: bool },
}

/// How the data at a name fits what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Right,
    /// The data is there without the alias.
    Flattened,
    /// It is recognisably what was asked for, and wrong.
    Wrong(Vec<Cause>),
    /// Something else stands there.
    Foreign(Vec<(RecordType, String)>),
    Nothing,
}

/// How what stands at a name fits. `others` are the targets of all records that were asked for.
pub(super) fn fit(wish: &Wish, look: &Look<'_>, others: &[Name]) -> Fit {
    match &wish.wanted {
        Wanted::Alias(target) => alias(wish, target, look, others),
        Wanted::Within(suffixes) => within(wish, suffixes, look),
        Wanted::Exchange(host) => exchange(wish, host, look, others),
        Wanted::Key(key) => key_text(key, look),
        Wanted::Spf(text) => spf_text(text, look),
        Wanted::Policy(text) => policy_text(text, look),
        // A selector holds one key: what stands there is in the way of a text that ought to be one.
        Wanted::Text(text) if wish.is_at_selector() => match text_of(text, look) {
            Fit::Nothing => look.rest(),
            fit => fit,
        },
        Wanted::Text(text) => text_of(text, look),
        Wanted::Plain(text) => {
            let data = look.data();
            let is_it = |(rtype, value): &(RecordType, String)| {
                *rtype == wish.rtype && value.eq_ignore_ascii_case(text)
            };
            if data.iter().any(is_it) {
                Fit::Right
            } else {
                look.rest()
            }
        }
    }
}

/// A chain that reaches the target, and the target has nothing.
pub(super) fn dangling(wish: &Wish, purpose: Purpose, answer: &Answer) -> Option<Cause> {
    let end = answer.aliases.last()?;
    let is_alias = matches!(wish.wanted, Wanted::Alias(_) | Wanted::Within(_));
    let has_nothing = match answer.status {
        Status::NxDomain => true,
        Status::NoData => purpose == Purpose::Key,
        _ => false,
    };
    (is_alias && has_nothing).then(|| Cause {
        kind: CauseKind::Dangling {
            target: end.target.clone(),
        },
        at: wish.name.clone(),
        found: Vec::new(),
    })
}
