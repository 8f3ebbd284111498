//! What SPF says of mail on a path: evaluated for the address that sends, or, without one, whether the record
//! of the return address lets the service send.

use garant_dns::Name;
use garant_msgauth::dmarc::Unanswered;
use garant_msgauth::spf::{
    Cause, CauseReason, LOOKUPS_MAX, Mechanism, Node, Params, Presence, Qualifier, SpfResult,
    TermFault, TermKind, TermNode, Tree, VOIDS_MAX, Verdict, check_host, tree,
};

use super::{Context, recognise};
use crate::catalogue::{ReturnPathKind, Service};
use crate::survey::Asker;

/// Whose record decides about a return address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The domain's own.
    Domain,
    /// The service's, through an alias.
    Delegated,
    /// The service's own domain's.
    Service,
}

/// What SPF says of mail on this path: with the address that sends, as a receiver evaluates it; without,
/// whether the record lets the service send. Or the answer that it depends on.
pub(super) fn result(
    asker: &mut Asker<'_>,
    context: Context<'_, '_>,
    service: Option<&'static Service>,
    domain: &Name,
    whose: Whose,
    is_stated: bool,
) -> Result<Option<SpfResult>, Unanswered> {
    let observation = asker.observation();
    if let Some(ip) = observation.request.ip.filter(|_| is_stated) {
        let mail_from = format!("postmaster@{domain}");
        let params = Params {
            client_ip: ip,
            mail_from: &mail_from,
            helo: "",
            receiver: "",
            now: u64::try_from(observation.asked_at).unwrap_or(0),
        };
        let Some(evaluation) = asker.run(|answers| check_host(&params, answers)) else {
            return Ok(None);
        };
        return match unanswered(&evaluation.cause) {
            Some(unanswered) if evaluation.result == SpfResult::TempError => Err(unanswered),
            _ => Ok(Some(evaluation.result)),
        };
    }
    if whose == Whose::Service {
        return Ok(Some(SpfResult::Pass));
    }
    if domain == context.domain {
        return of_tree(&context.spf.tree, service, whose);
    }
    let tree = tree(domain, asker.table());
    asker.need(tree.needs.iter().cloned());
    of_tree(&tree, service, whose)
}

/// The answer that a result depends on.
fn unanswered(cause: &Cause) -> Option<Unanswered> {
    match (cause.reason, cause.question.clone()) {
        (CauseReason::Dns(status), Some(question)) => Some(Unanswered { question, status }),
        _ => None,
    }
}

fn of_tree(
    tree: &Tree,
    service: Option<&'static Service>,
    whose: Whose,
) -> Result<Option<SpfResult>, Unanswered> {
    match &tree.verdict {
        Verdict::Incomplete => Ok(None),
        Verdict::None => Ok(Some(SpfResult::None)),
        Verdict::TempError(cause) => match unanswered(cause) {
            Some(unanswered) => Err(unanswered),
            None => Ok(Some(SpfResult::TempError)),
        },
        // The first match ends the evaluation (RFC 7208, section 4.6.2): what comes later does no harm.
        Verdict::PermError(_) if is_met_before_fault(&tree.root, service) => {
            Ok(Some(SpfResult::Pass))
        }
        Verdict::PermError(_) => Ok(Some(SpfResult::PermError)),
        Verdict::Valid => Ok(of_record(&tree.root, service, whose)),
    }
}

fn of_record(root: &Node, service: Option<&'static Service>, whose: Whose) -> Option<SpfResult> {
    let everybody_else = root.default.map_or(SpfResult::Neutral, SpfResult::from);
    if lets_nobody_send(root) {
        return Some(everybody_else);
    }
    if whose == Whose::Delegated {
        return Some(SpfResult::Pass);
    }
    let service = service.filter(|service| !service.spf.is_empty())?;
    if reaches(root, service) || everybody_else == SpfResult::Pass {
        return Some(SpfResult::Pass);
    }
    // Mailboxes may send through a server of the domain's own that the record names by its address.
    let may_be_own = service.return_path.kind == ReturnPathKind::Author && names_servers(root);
    (!may_be_own).then_some(everybody_else)
}

fn lets_nobody_send(root: &Node) -> bool {
    root.presence == Presence::One
        && root.record.terms.iter().all(|term| match &term.kind {
            TermKind::Directive(directive) => directive.mechanism == Mechanism::All,
            TermKind::Redirect(_) => false,
            TermKind::Explanation(_) | TermKind::UnknownModifier { .. } => true,
        })
        && root.default != Some(Qualifier::Pass)
}

/// Whether a record that cannot be evaluated to its end lets the service send before it comes to that.
fn is_met_before_fault(root: &Node, service: Option<&'static Service>) -> bool {
    let Some(service) = service else {
        return false;
    };
    // A fault of grammar counts wherever it stands (RFC 7208, section 4.6).
    if root.presence != Presence::One || !root.record.faults.is_empty() {
        return false;
    }
    let (mut lookups, mut voids) = (0, 0);
    for (index, term) in root
        .terms
        .iter()
        .enumerate()
        .filter(|(_, term)| term.reached)
    {
        lookups += term.lookups;
        voids += term.voids;
        if lookups > LOOKUPS_MAX || voids > VOIDS_MAX || is_faulty(term) {
            return false;
        }
        if lets_in(root, index, service) {
            return true;
        }
    }
    false
}

/// Whether a term, or one of the records beneath it, cannot be evaluated.
fn is_faulty(term: &TermNode) -> bool {
    let harmless = matches!(
        term.fault,
        None | Some(TermFault::Void | TermFault::NullMx | TermFault::NotAName)
    );
    let child = term.child.as_deref();
    !harmless || child.is_some_and(|child| child.terms.iter().any(is_faulty))
}

/// Whether a term of a record, or one of the records beneath it, lets a service send.
fn lets_in(node: &Node, index: usize, service: &Service) -> bool {
    let passes = node
        .record
        .terms
        .get(index)
        .is_some_and(|term| match &term.kind {
            TermKind::Directive(directive) => directive.qualifier == Qualifier::Pass,
            TermKind::Redirect(_) => true,
            TermKind::Explanation(_) | TermKind::UnknownModifier { .. } => false,
        });
    if !passes {
        return false;
    }
    let of_service = |name: &Name| service.spf.iter().any(|suffix| name.is_within(suffix));
    let own = recognise::spf_target(node, index);
    let child = node.terms.get(index);
    let child = child.and_then(|term| term.child.as_deref());
    own.is_some_and(|name| of_service(&name)) || child.is_some_and(|child| reaches(child, service))
}

/// Whether a record, or one that it includes, lets a service send.
fn reaches(node: &Node, service: &Service) -> bool {
    (0..node.terms.len()).any(|index| lets_in(node, index, service))
}

/// Whether a record names servers by address or host, and not only other records.
fn names_servers(root: &Node) -> bool {
    root.record.directives().any(|(_, directive)| {
        !matches!(directive.mechanism, Mechanism::All | Mechanism::Include(_))
    })
}
