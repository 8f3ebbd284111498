//! Other ways to the same end, in the order in which they are to be preferred: a return path of the domain's
//! own, a name of its own for the stream, to hold the mail, and, last and for a time only, no policy.

use std::collections::BTreeMap;

use garant_dns::{Name, Question, RecordType, Resolver, Status};
use garant_msgauth::dmarc::{PolicyRecord, TagName};

use super::draft::{self, Draft, Edit};
use super::notes::note;
use super::remedy::{self, RECORD_TO_LOCK, owner};
use super::score;
use super::search::{Found, Needed};
use super::site::{Judged, Originals, Site};
use super::whole::{self, Panel};
use super::{Affected, Alternative, Change, Note, Standing, State, Who};
use crate::assessment::{Assessment, VerdictCode};
use crate::catalogue::{Confidence, ReturnPathForm, ReturnPathKind, Service, service};
use crate::finding::{Argument, Fix};
use crate::observation::Request;
use crate::path::Path;

/// Days after which a policy that was taken back should stand again: time for a service to publish its keys,
/// and no more.
const TEMPORARY_DAYS: i64 = 14;
/// Seconds of a day.
const DAY_S: i64 = 86_400;
/// Labels for a stream of its own, of which the first that is free is proposed.
const STREAM_LABELS: [&str; 4] = ["news", "info", "lettre", "mail"];
/// What the policy of a new name says first; it asks for nothing until reports show that all is well.
const RECORD_TO_BEGIN_WITH: &str = "v=DMARC1; p=none";

/// What could be done in place of, or until, what the search found.
pub(super) async fn of(
    site: &Site<'_>,
    panel: &Panel,
    before: &Assessment,
    found: Option<&Found>,
) -> Vec<Alternative> {
    let after = found.map_or(before, |found| &found.after.assessment);
    let mut all = Vec::new();
    if let Some(path) = before.paths.first().filter(|path| is_refused(path)) {
        if let Some(service) = path.sender.and_then(service) {
            all.extend(return_path(site, panel, service, after).await);
            all.extend(subdomain(site, panel, before, service).await);
        }
        all.push(hold(path));
        all.extend(monitoring(site, panel, before, path).await);
    }
    all.extend(lock(site, panel, before).await);
    all
}

/// Whether the mail of a path fails and the policy asks to act on it.
fn is_refused(path: &Path) -> bool {
    let enforced = matches!(path.dmarc.policy, Some("quarantine" | "reject"));
    enforced && path.dmarc.result == "fail"
}

/// Records laid over the observation, judged.
struct Laid {
    changes: Vec<Change>,
    judged: Judged,
}

/// Lays fixes over what was observed; nothing where one cannot be made, or would take the place of something
/// that is in use. `found` is the record that is changed, where one is.
async fn lay(
    site: &Site<'_>,
    panel: &Panel,
    fixes: &[Fix],
    found: Option<&str>,
    request: Request,
) -> Option<Laid> {
    let mut originals = Originals::new();
    let mut draft = Draft::default();
    for fix in fixes {
        let key = (fix.name.clone(), fix.rtype);
        if !originals.contains_key(&key) {
            originals.insert(key.clone(), site.set(&key).await?);
        }
        let data = match draft.get(&key) {
            Some(data) => data.clone(),
            None => originals[&key].data.clone(),
        };
        if draft::is_made(&data, fix) {
            continue;
        }
        let data = draft::apply(data, fix, found)?;
        // An alias stands alone at its name (RFC 1034, section 3.6.2).
        let alias = (fix.name.clone(), RecordType::Cname);
        if fix.rtype != RecordType::Cname && !site.set(&alias).await?.data.is_empty() {
            return None;
        }
        draft.set(key, data);
    }
    let judged = site.judge(&draft, request).await;
    if !judged.is_certain {
        return None;
    }
    let needed = |edit: Edit| Needed {
        edit,
        cures: Vec::new(),
    };
    let edits = draft.edits(&originals).into_iter().map(needed);
    let changes = edits
        .map(|needed| whole::change(&needed, &originals, panel))
        .collect();
    Some(Laid { changes, judged })
}

/// Whether nothing at all stands at a name.
async fn is_free(site: &Site<'_>, name: &Name) -> bool {
    let answer = site
        .resolve(&Question::new(name.clone(), RecordType::Txt))
        .await;
    answer.status == Status::NxDomain && answer.aliases.is_empty()
}

/// The service's alias for return addresses in the domain, where the catalogue knows it whole.
async fn return_path(
    site: &Site<'_>,
    panel: &Panel,
    service: &Service,
    after: &Assessment,
) -> Option<Alternative> {
    let domain = &site.observation.request.domain;
    let way = &service.return_path;
    let is_certain = service.return_path_confidence() != Confidence::Unverified;
    let is_alias = way.form == Some(ReturnPathForm::Alias) && way.kind == ReturnPathKind::Subdomain;
    let counts = |assessment: &Assessment| {
        let path = assessment.paths.first();
        path.is_some_and(|path| path.spf.result == "pass" && path.spf.aligned == Some(true))
    };
    if !is_alias || !is_certain || counts(after) {
        return None;
    }
    let target = way.alias.as_ref()?.fill(domain)?;
    let (first, others) = way.labels.split_first()?;
    let place = |label: &Name| domain.prefixed(label.as_str()).ok();
    let mut name = place(first)?;
    // A label that is in use for something else stays so; another one can be chosen in the account.
    for other in others {
        if is_free(site, &name).await {
            break;
        }
        name = place(other)?;
    }
    if !is_free(site, &name).await {
        return None;
    }
    let fixes = [remedy::add(&name, RecordType::Cname, target.to_string())];
    let laid = lay(site, panel, &fixes, None, site.observation.request.clone()).await?;
    if !counts(&laid.judged.assessment) {
        return None;
    }
    let page = service.docs.as_deref().unwrap_or_default();
    Some(Alternative {
        kind: "plan-alternative-return-path",
        args: args([("sender", service.name.as_str().into())]),
        affects: Vec::new(),
        notes: vec![note(
            "plan-note-from-catalogue",
            Who::Service,
            [
                ("sender", service.name.as_str().into()),
                ("page", page.into()),
            ],
        )],
        after: Some(State::of(&laid.judged.assessment, None)),
        changes: laid.changes,
    })
}

/// A name of its own for the stream, with its own policy and the keys that the catalogue knows.
async fn subdomain(
    site: &Site<'_>,
    panel: &Panel,
    before: &Assessment,
    service: &Service,
) -> Option<Alternative> {
    let request = &site.observation.request;
    // A name at which nothing stands yet is a name of its own already.
    if before.verdict.code == VerdictCode::DomainAbsent {
        return None;
    }
    let mut free = None;
    for label in STREAM_LABELS {
        let name = request.domain.prefixed(label).ok()?;
        if is_free(site, &name).await {
            free = Some(name);
            break;
        }
    }
    let name = free?;
    let policy = match &request.rua {
        Some(rua) => format!("{RECORD_TO_BEGIN_WITH}; rua={rua}"),
        None => RECORD_TO_BEGIN_WITH.to_owned(),
    };
    let mut fixes = vec![remedy::add(
        &name.prefixed("_dmarc").ok()?,
        RecordType::Txt,
        policy,
    )];
    let keys = remedy::key_aliases(service, &name);
    let knows_keys = !keys.is_empty();
    fixes.extend(keys);
    let asked = Request {
        sender: Some(service.id.clone()),
        rua: request.rua.clone(),
        ..Request::new(name.clone())
    };
    let laid = lay(site, panel, &fixes, None, asked).await?;
    let passes = |judged: &Judged| {
        let path = judged.assessment.paths.first();
        path.is_some_and(|path| path.dmarc.result == "pass")
    };
    let after = passes(&laid.judged).then(|| State::of(&laid.judged.assessment, None));
    let page = service.docs.as_deref().unwrap_or_default();
    let of_service = |code| {
        let args = [
            ("sender", service.name.as_str().into()),
            ("page", page.into()),
        ];
        note(code, Who::Service, args)
    };
    let new_from = note(
        "plan-note-new-from",
        Who::Service,
        [
            ("subdomain", Argument::from(&name)),
            ("sender", service.name.as_str().into()),
        ],
    );
    let receive = note(
        "plan-note-receive",
        Who::Owner,
        [("domain", Argument::from(&name))],
    );
    let keys = of_service(if knows_keys {
        "plan-note-from-catalogue"
    } else {
        "plan-note-values-of-account"
    });
    Some(Alternative {
        kind: "plan-alternative-subdomain",
        args: args([
            ("subdomain", Argument::from(&name)),
            ("sender", service.name.as_str().into()),
        ]),
        changes: laid.changes,
        affects: Vec::new(),
        notes: vec![new_from, keys, receive],
        after,
    })
}

/// Nothing is published; the mail waits.
fn hold(path: &Path) -> Alternative {
    let sender = Argument::from(path.sender_name.unwrap_or_default());
    Alternative {
        kind: "plan-alternative-hold",
        args: args([("sender", sender)]),
        changes: Vec::new(),
        affects: Vec::new(),
        notes: Vec::new(),
        after: None,
    }
}

/// The policy taken back for a time: for the domain's own name only, with what subdomains and names that do
/// not exist have now written out, and not for the whole organization where it inherits.
async fn monitoring(
    site: &Site<'_>,
    panel: &Panel,
    before: &Assessment,
    focus: &Path,
) -> Option<Alternative> {
    let domain = &site.observation.request.domain;
    let dmarc = &before.records.dmarc;
    let (walk, raw) = (dmarc.walk.as_ref()?, dmarc.seen.raw.as_ref()?);
    let record = PolicyRecord::parse(raw.as_bytes())?;
    let inherits = walk.policy_domain != *domain;
    let beneath = if inherits { walk.effective } else { walk.sp };
    let mut text = record.with_tag(TagName::P, "none");
    for (tag, policy) in [(TagName::Sp, beneath), (TagName::Np, walk.np)] {
        text = PolicyRecord::parse(text.as_bytes())?.with_tag(tag, policy);
    }
    let fix = if inherits {
        // Whose organization a name belongs to was said of the name that it is inherited from.
        let text = PolicyRecord::parse(text.as_bytes())?.without_tag(TagName::Psd);
        remedy::add(&domain.prefixed("_dmarc").ok()?, RecordType::Txt, text)
    } else {
        remedy::change(owner(&dmarc.seen), text)
    };
    if !fix.name.is_within(&site.organization) {
        return None;
    }
    let request = site.observation.request.clone();
    let laid = lay(site, panel, &[fix], Some(raw), request).await?;
    let after = laid.judged.assessment.records.dmarc.walk.as_ref();
    if !after.is_some_and(|walk| walk.policy_domain == *domain && walk.effective == "none") {
        return None;
    }
    let policy = Argument::from(walk.effective);
    let until = site.observation.asked_at + TEMPORARY_DAYS * DAY_S;
    let notes: Vec<Note> = vec![
        note(
            "plan-note-unprotected",
            Who::Owner,
            [
                ("domain", domain.to_unicode().into()),
                ("policy", policy.clone()),
            ],
        ),
        note(
            "plan-note-temporary",
            Who::Owner,
            [("date", date(until).into()), ("policy", policy.clone())],
        ),
    ];
    Some(Alternative {
        kind: "plan-alternative-monitoring",
        args: args([("domain", domain.to_unicode().into()), ("policy", policy)]),
        affects: unprotected(before, &laid.judged.assessment, focus),
        notes,
        after: Some(State::of(&laid.judged.assessment, Some(focus))),
        changes: laid.changes,
    })
}

/// The other services: their mail still passes, and nobody is asked to refuse what is forged in their place.
fn unprotected(before: &Assessment, after: &Assessment, focus: &Path) -> Vec<Affected> {
    let others = before
        .paths
        .iter()
        .filter(|path| path.sender != focus.sender);
    others
        .filter_map(|path| {
            let then = score::same_path(after, path).unwrap_or(path);
            Some(Affected {
                sender: path.sender?,
                sender_name: path.sender_name?,
                how: "plan-affects-unprotected",
                before: Standing::of(path),
                after: Standing::of(then),
            })
        })
        .collect()
}

/// A domain that shows no trace of mail may be one that sends none; only its owner knows.
async fn lock(site: &Site<'_>, panel: &Panel, before: &Assessment) -> Option<Alternative> {
    let request = &site.observation.request;
    let records = &before.records;
    let no_trace = records.spf.result == "none"
        && records.spf.reason.is_none()
        && matches!(records.mx.result, "none" | "implicit")
        && records.dkim.iter().all(|key| key.result == "none")
        && before.paths.is_empty();
    let exists = matches!(records.dmarc.result, "none" | "valid" | "no-policy")
        && before
            .findings
            .iter()
            .all(|finding| finding.code.topic() != "domain");
    if !no_trace
        || !exists
        || site.locks_down
        || request.states_path()
        || !request.expect.is_empty()
    {
        return None;
    }
    let fixes = remedy::lock_fixes(&request.domain, before);
    let policy = records.dmarc.seen.raw.as_deref();
    let laid = lay(site, panel, &fixes, policy, request.clone()).await?;
    Some(Alternative {
        kind: "plan-alternative-lock",
        args: args([
            ("domain", request.domain.to_unicode().into()),
            ("record", RECORD_TO_LOCK.into()),
        ]),
        affects: Vec::new(),
        notes: vec![note(
            "plan-note-if-sends-nothing",
            Who::Owner,
            [("domain", request.domain.to_unicode().into())],
        )],
        after: Some(State::of(&laid.judged.assessment, None)),
        changes: laid.changes,
    })
}

fn args<const N: usize>(args: [(&'static str, Argument); N]) -> BTreeMap<&'static str, Argument> {
    BTreeMap::from(args)
}

/// A time as RFC 3339 writes it, in UTC; empty beyond what a calendar holds.
fn date(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}
