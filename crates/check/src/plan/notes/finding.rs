//! What no record of the owner cures, and who can.

use garant_dns::Name;

use super::{argument, note};
use crate::assessment::Assessment;
use crate::catalogue::service;
use crate::finding::{Argument, Code, Finding, Fix};
use crate::plan::site::Site;
use crate::plan::{Note, Who};

fn one<const N: usize>(
    code: &'static str,
    who: Who,
    args: [(&'static str, Argument); N],
) -> Vec<Note> {
    vec![note(code, who, args)]
}

/// Who must do what about something that the changes leave as it is.
pub(super) fn of_finding(site: &Site<'_>, finding: &Finding, after: &Assessment) -> Vec<Note> {
    if let Some(fix) = foreign(site, finding) {
        let args = [("target", Argument::from(&fix.name))];
        return vec![note("plan-note-record-of-other", Who::Other, args)];
    }
    let domain = || Argument::from(site.observation.request.domain.to_unicode());
    let name = || Argument::from(&finding.subject);
    let arg = |name: &str| argument(finding, name);
    match finding.code {
        // A name beneath a domain that exists is there from its first record on.
        Code::DomainAbsent if site.organization_exists() => {
            one("plan-note-receive", Who::Owner, [("domain", domain())])
        }
        Code::DomainAbsent => one(
            "plan-note-register",
            Who::Registrar,
            [("domain", site.organization.to_unicode().into())],
        ),
        Code::DomainFreeMail => one("plan-note-own-domain", Who::Owner, [("domain", domain())]),
        Code::DnssecBogus | Code::DnssecDsWithoutKey => {
            one("plan-note-dnssec", Who::Registrar, [("domain", name())])
        }
        Code::DnsAllServersLame => one(
            "plan-note-lame-servers",
            Who::DnsHost,
            [("servers", arg("servers"))],
        ),
        Code::DnsLameServer => one(
            "plan-note-lame-servers",
            Who::DnsHost,
            [("servers", arg("server"))],
        ),
        Code::DnsDelegationDiffers => one(
            "plan-note-delegation",
            Who::Registrar,
            [("parent", arg("parent")), ("zone", arg("zone"))],
        ),
        Code::DnsStaleServer => one(
            "plan-note-stale-server",
            Who::DnsHost,
            [("server", arg("server"))],
        ),
        Code::DnsServersDisagree => one(
            "plan-note-servers-disagree",
            Who::DnsHost,
            [("servers", arg("servers"))],
        ),
        Code::DnsServersIpv6Only => one(
            "plan-note-servers-unreachable",
            Who::DnsHost,
            [("servers", arg("servers"))],
        ),
        Code::DnsRecordAtOtherServers => one(
            "plan-note-enter-elsewhere",
            Who::Owner,
            [("host", arg("host"))],
        ),
        Code::DnsNoAnswer | Code::DnsNoTcp => one(
            "plan-note-no-answer",
            Who::DnsHost,
            [("name", name()), ("type", arg("type"))],
        ),
        Code::DnsAliasAtDomain => one(
            "plan-note-alias-at-domain",
            Who::Owner,
            [("domain", domain()), ("target", arg("target"))],
        ),
        Code::DnsRecordBesideAlias => {
            one("plan-note-policy-decide", Who::Owner, [("name", name())])
        }
        Code::DkimPrivateKey => one(
            "plan-note-key-compromised",
            Who::Service,
            [("selector", arg("selector"))],
        ),
        Code::DkimMultiple => one(
            "plan-note-key-which",
            Who::Service,
            [("selector", selector_of(finding))],
        ),
        Code::RecordSeveral if is_key(&finding.subject) => one(
            "plan-note-key-which",
            Who::Service,
            [("selector", selector_of(finding))],
        ),
        Code::DkimEd25519Only => one(
            "plan-note-key-rsa",
            Who::Service,
            [("selector", arg("list"))],
        ),
        Code::DkimDangling | Code::RecordDanglingTarget => one(
            "plan-note-target-gone",
            Who::Service,
            [("target", arg("target"))],
        ),
        Code::DkimNoneAtAll | Code::DmarcEnforcedWithoutDkim => one(
            "plan-note-switch-on-dkim",
            Who::Service,
            [("domain", domain())],
        ),
        Code::RecordAbsent if finding.fixes.is_empty() => {
            of_service("plan-note-values-of-account", after)
        }
        Code::PathNoKey | Code::PathSelectorsUnknown => {
            let keys = of_service("plan-note-values-of-account", after);
            if keys.is_empty() {
                one(
                    "plan-note-switch-on-dkim",
                    Who::Service,
                    [("domain", domain())],
                )
            } else {
                keys
            }
        }
        Code::PathSignatureNotAligned => one(
            "plan-note-sign-as-domain",
            Who::Service,
            [("domain", domain())],
        ),
        Code::PathReturnPathForeign => of_service("plan-note-set-up-return-path", after),
        Code::PathNotAuthorised => one("plan-note-spf-write", Who::Owner, [("name", name())]),
        Code::RecordReturnPathTaken => one(
            "plan-note-choose-label",
            Who::Service,
            [("name", name()), ("label", arg("label"))],
        ),
        Code::RecordAliasAtApex => one(
            "plan-note-no-alias-at-domain",
            Who::Service,
            [("name", name())],
        ),
        Code::RecordWaiting | Code::RecordOldDataCached => one(
            "plan-note-wait",
            Who::Owner,
            [
                ("name", name()),
                ("type", arg("type")),
                ("until", arg("until")),
            ],
        ),
        Code::SpfIncludeWithoutRecord
        | Code::SpfIncludeBroken
        | Code::SpfIncludeLoop
        | Code::SpfIncludeRegistrable
        | Code::SpfRedirectWithoutRecord => one(
            "plan-note-record-of-other",
            Who::Other,
            [("target", arg("target"))],
        ),
        Code::SpfTooManyExchanges => {
            one("plan-note-spf-names", Who::Owner, [("terms", arg("term"))])
        }
        Code::SpfTooManyVoids => one("plan-note-spf-names", Who::Owner, [("terms", arg("terms"))]),
        Code::SpfPlusAll => one(
            "plan-note-spf-everybody",
            Who::Owner,
            [("term", arg("term"))],
        ),
        Code::SpfMissing => one("plan-note-spf-write", Who::Owner, [("name", name())]),
        Code::SpfTooManyLookups => too_many_lookups(finding, after),
        Code::DmarcDiscoveryDiffers | Code::DmarcEnforcedWithoutBoth => {
            one("plan-note-policy-decide", Who::Owner, [("name", name())])
        }
        Code::MxNull | Code::MxNone | Code::MxNullBesideOthers => {
            one("plan-note-receive", Who::Owner, [("domain", domain())])
        }
        Code::MxWithoutAddress | Code::MxIsAddress | Code::MxPrivateAddress | Code::MxAlias => one(
            "plan-note-exchange",
            Who::Owner,
            [("exchange", arg("exchange"))],
        ),
        Code::MtaStsExchangeNotListed => one(
            "plan-note-mta-sts-file",
            Who::Owner,
            [("exchange", arg("exchange"))],
        ),
        Code::PathReceiverStricter => one(
            "plan-note-second-support",
            Who::Owner,
            [("receiver", arg("receiver"))],
        ),
        Code::PathReadingsDiffer => one(
            "plan-note-sign-as-domain",
            Who::Service,
            [("domain", domain())],
        ),
        code if code.topic() == "record" && !finding.fixes.is_empty() => {
            one("plan-note-not-proven", Who::Owner, [("name", name())])
        }
        code if code.topic() == "dkim" => one(
            "plan-note-key-again",
            Who::Service,
            [("selector", selector_of(finding))],
        ),
        code if code.topic() == "spf" => {
            one("plan-note-spf-correct", Who::Owner, [("name", name())])
        }
        code if code.topic() != "path" => {
            one("plan-note-policy-decide", Who::Owner, [("name", name())])
        }
        // What a path comes to follows from its causes.
        _ => Vec::new(),
    }
}

/// Whether a name is that of a key record.
fn is_key(name: &Name) -> bool {
    name.labels().nth(1) == Some("_domainkey")
}

fn selector_of(finding: &Finding) -> Argument {
    match finding.args.get("selector") {
        Some(selector) => selector.clone(),
        None => Argument::from(finding.subject.labels().next().unwrap_or_default()),
    }
}

/// A fix that only another organization can make.
fn foreign<'f>(site: &Site<'_>, finding: &'f Finding) -> Option<&'f Fix> {
    let mut fixes = finding.fixes.iter();
    fixes.find(|fix| !fix.name.is_within(&site.organization))
}

/// What the service of the affected path shows in its settings.
fn of_service(code: &'static str, after: &Assessment) -> Vec<Note> {
    let path = after.paths.first();
    let service = path.and_then(|path| path.sender).and_then(service);
    let note = service.map(|service| {
        note(
            code,
            Who::Service,
            [
                ("sender", service.name.as_str().into()),
                ("page", service.docs.as_deref().unwrap_or_default().into()),
            ],
        )
    });
    note.into_iter().collect()
}

/// More look-ups than anything that nobody needs costs: a service must move to a name of its own.
fn too_many_lookups(finding: &Finding, after: &Assessment) -> Vec<Note> {
    let (count, limit) = (argument(finding, "count"), argument(finding, "limit"));
    let root = after.records.spf.parsed.iter();
    let includes: Vec<&str> = root
        .flat_map(|root| &root.terms)
        .filter(|term| term.reached && term.lookups > 0)
        .filter(|term| term.text.to_ascii_lowercase().contains("include:"))
        .map(|term| term.text.as_str())
        .collect();
    // One service alone cannot be moved away from itself.
    if includes.len() > 1 {
        let list = Argument::from(includes.join(", "));
        let args = [("count", count), ("limit", limit), ("list", list)];
        return vec![note("plan-note-spf-services-apart", Who::Owner, args)];
    }
    let args = [("count", count), ("limit", limit)];
    vec![note("plan-note-spf-no-plan", Who::Owner, args)]
}
