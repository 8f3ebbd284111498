//! Who may send, by SPF.

use garant_dns::{Answer, Name, RecordType, Status};
use garant_msgauth::dmarc::registrable_domain;
use garant_msgauth::spf::{NearMiss, Node, Selection, Tree, near_miss, select, tree};

use super::Asker;

/// Included names that do not exist and whose registrable domain is looked up, at most.
const REGISTRABLE_ASKED_MAX: usize = 3;

pub(crate) struct SpfFacts<'a> {
    /// The TXT answer at the domain.
    pub(crate) answer: Option<&'a Answer>,
    pub(crate) tree: Tree,
    /// Texts that were meant to be an SPF record.
    pub(crate) near_misses: Vec<NearMiss>,
    /// Another name where the record stands, when none stands at the domain.
    pub(crate) elsewhere: Option<(Name, String)>,
    /// Names that terms lead to, for hints.
    pub(crate) targets: Vec<Name>,
    /// Included names whose registrable domain does not exist, with that domain.
    pub(crate) registrable: Vec<(Name, Name)>,
}

pub(super) fn survey<'a>(asker: &mut Asker<'a>, domain: &Name) -> SpfFacts<'a> {
    let answer = asker.ask(domain, RecordType::Txt);
    let tree = tree(domain, asker.table());
    asker.need(tree.needs.iter().cloned());
    let near_misses: Vec<NearMiss> = answer
        .into_iter()
        .flat_map(Answer::texts)
        .filter_map(|txt| near_miss(&txt.joined()))
        .collect();
    let none_here = answer.is_some_and(|answer| {
        answer.status.is_definite() && matches!(select(answer), Selection::None)
    });
    let exists = answer.is_some_and(|answer| answer.status != Status::NxDomain);
    let elsewhere = if none_here && exists && near_misses.is_empty() {
        elsewhere(asker, domain)
    } else {
        None
    };
    let mut targets = Vec::new();
    collect_targets(&tree.root, &mut targets);
    let registrable = registrable(asker, domain, &tree.root);
    SpfFacts {
        answer,
        tree,
        near_misses,
        elsewhere,
        targets,
        registrable,
    }
}

/// Where the record stands when none stands at the domain: at `_spf`, as in the zones of large providers,
/// at `spf`, because a form asked for a host name, or at the domain with its zone behind it once more,
/// because the form adds the zone by itself.
fn elsewhere(asker: &mut Asker<'_>, domain: &Name) -> Option<(Name, String)> {
    let doubled = registrable_domain(domain).and_then(|zone| {
        let text = format!("{domain}.{zone}");
        text.parse::<Name>().ok()
    });
    let prefixed = ["_spf", "spf"].map(|label| domain.prefixed(label).ok());
    // All are asked before any is read, so that they are asked together.
    let found: Vec<Option<(Name, String)>> = prefixed
        .into_iter()
        .chain([doubled])
        .flatten()
        .map(|name| {
            let answer = asker.ask(&name, RecordType::Txt)?;
            match select(answer) {
                Selection::One(txt) => Some((name, txt.to_text())),
                Selection::None | Selection::Multiple(_) => None,
            }
        })
        .collect();
    found.into_iter().flatten().next()
}

fn collect_targets(node: &Node, targets: &mut Vec<Name>) {
    for term in &node.terms {
        targets.extend(term.target.clone());
        if let Some(child) = &term.child {
            collect_targets(child, targets);
        }
    }
}

/// Included names that do not exist because nobody has registered their domain: whoever does may send.
/// The registrable domain is asked for its SOA, which every zone has. Under an ending that is no public
/// suffix (`.local`, or `.con` for `.com`) nobody can register anything.
fn registrable(asker: &mut Asker<'_>, domain: &Name, root: &Node) -> Vec<(Name, Name)> {
    let mut absent = Vec::new();
    collect_absent(asker, root, &mut absent);
    absent.sort();
    absent.dedup();
    let own = registrable_domain(domain);
    absent
        .into_iter()
        .filter_map(|target| {
            let suffix = psl::suffix(target.as_str().as_bytes())?;
            let registrable = registrable_domain(&target).filter(|_| suffix.is_known())?;
            (Some(&registrable) != own.as_ref()).then_some((target, registrable))
        })
        .take(REGISTRABLE_ASKED_MAX)
        .filter(|(_, registrable)| {
            let answer = asker.ask(registrable, RecordType::Soa);
            answer.is_some_and(|answer| {
                answer.status == Status::NxDomain && answer.aliases.is_empty()
            })
        })
        .collect()
}

fn collect_absent(asker: &mut Asker<'_>, node: &Node, absent: &mut Vec<Name>) {
    for child in node.terms.iter().filter_map(|term| term.child.as_deref()) {
        let answer = asker.ask(&child.domain, RecordType::Txt);
        if answer.is_some_and(|answer| answer.status == Status::NxDomain) {
            absent.push(child.domain.clone());
        }
        collect_absent(asker, child, absent);
    }
}
