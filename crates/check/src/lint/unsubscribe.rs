//! Unsubscribing: the fields List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058), the signature
//! over them, and the link that people see.

use garant_msgauth::dkim::{DkimResult, FieldNames, Verification};
use garant_msgauth::message::{Field, Message};
use garant_msgauth::tag_list::{Grammar, Piece, split};

use super::Linter;
use super::body::{Body, Unsubscribe};
use super::bulk::Bulk;
use super::header::shown;
use super::target::Target;
use crate::finding::{Code, Finding, Severity};

const UNSUBSCRIBE: &str = "List-Unsubscribe";
const POST: &str = "List-Unsubscribe-Post";
/// All that List-Unsubscribe-Post may say (RFC 8058, section 3.1).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";
/// URIs of one field that are looked at; two are usual.
const URIS_MAX: usize = 20;
/// Signature fields that are read where nobody verified them.
const SIGNATURES_MAX: usize = 20;

/// Unsubscribing with one click (RFC 8058), as receivers ask it of bulk mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OneClick {
    /// One List-Unsubscribe with an https URI, and one List-Unsubscribe-Post that says what it must.
    pub present: bool,
    /// A signature that counts covers both (RFC 8058, section 4): one that is good; where no key could be
    /// asked for, any.
    pub covered: bool,
}

/// Whether a message can be unsubscribed from with one click. `signatures` as for [`super::lint()`].
pub fn one_click(message: &Message<'_>, signatures: &[Verification]) -> OneClick {
    let single = |name: &'static str| {
        let mut fields = message.named(name);
        fields.next().filter(|_| fields.next().is_none())
    };
    let has_https = single(UNSUBSCRIBE).is_some_and(|field| Uris::read(field).https);
    let present = has_https && single(POST).is_some_and(|field| field.value() == ONE_CLICK);
    OneClick {
        present,
        covered: present && matches!(coverage(message, signatures), Coverage::Covered { .. }),
    }
}

pub(super) fn lint(linter: &mut Linter<'_, '_>, bulk: &Bulk, body: &Body) {
    fields(linter, bulk);
    link(linter, bulk, body);
}

fn fields(linter: &mut Linter<'_, '_>, bulk: &Bulk) {
    let message = linter.message;
    for name in [UNSUBSCRIBE, POST] {
        let count = message.named(name).count();
        if count > 1 {
            let finding = linter
                .finding(Code::MessageUnsubscribeRepeated, Severity::Risk)
                .arg("field", name)
                .arg("count", count);
            linter.say(finding);
        }
    }
    let post = message.named(POST).next();
    let Some(field) = message.named(UNSUBSCRIBE).next() else {
        match post {
            Some(post) => without_https(linter, post),
            None if *bulk == Bulk::Answer => {}
            None => {
                let finding = of_bulk(linter, Code::MessageUnsubscribeAbsent, bulk);
                linter.say(finding);
            }
        }
        return;
    };
    let uris = Uris::read(field);
    let code = match (post, uris) {
        (_, Uris { any: false, .. }) => {
            linter.tell_found(
                Code::MessageUnsubscribeMalformed,
                Severity::Risk,
                &shown(field),
            );
            return;
        }
        (Some(post), Uris { https: true, .. }) => return with_both(linter, post, bulk),
        (Some(_), _) => return without_https(linter, field),
        (None, Uris { https: true, .. }) => Code::MessageOneClickAbsent,
        (None, Uris { http: true, .. }) => Code::MessageUnsubscribeNotHttps,
        (None, _) => Code::MessageUnsubscribeMailtoOnly,
    };
    let finding = of_bulk(linter, code, bulk).found(shown(field));
    linter.say(finding);
}

fn of_bulk(linter: &Linter<'_, '_>, code: Code, bulk: &Bulk) -> Finding {
    linter
        .finding(code, bulk.severity())
        .arg("bulk", bulk.as_str())
        .arg("signs", bulk.signs())
}

fn without_https(linter: &mut Linter<'_, '_>, field: Field<'_>) {
    linter.tell_found(
        Code::MessageOneClickWithoutHttps,
        Severity::Risk,
        &shown(field),
    );
}

/// There is a page to unsubscribe at, and a field that says one click is enough.
fn with_both(linter: &mut Linter<'_, '_>, post: Field<'_>, bulk: &Bulk) {
    if post.value() != ONE_CLICK {
        let finding = linter
            .finding(Code::MessageOneClickInvalid, Severity::Risk)
            .found(shown(post))
            .expected(format!("{POST}: {ONE_CLICK}"));
        linter.say(finding);
        return;
    }
    if !one_click(linter.message, linter.signatures).present {
        // One of the fields stands twice, which is told.
        return;
    }
    match coverage(linter.message, linter.signatures) {
        Coverage::Covered { oversigned: true } => {
            linter.tell(Code::MessageOneClick, Severity::Fine);
        }
        Coverage::Covered { oversigned: false } => {
            linter.tell(Code::MessageOneClick, Severity::Fine);
            linter.tell(Code::MessageOneClickNotOversigned, Severity::Advice);
        }
        Coverage::Lacking(reason) => {
            let finding = linter
                .finding(Code::MessageOneClickNotSigned, bulk.severity())
                .arg("reason", reason)
                .arg("bulk", bulk.as_str());
            linter.say(finding);
        }
    }
}

/// Whether readers see a link; nothing where what was not read may hold it.
pub(super) fn is_seen(body: &Body) -> Option<bool> {
    match body.unsubscribe {
        Unsubscribe::Visible => Some(true),
        _ if body.is_cut || !body.has_text() => None,
        Unsubscribe::Hidden { .. } | Unsubscribe::Words | Unsubscribe::Nothing => Some(false),
    }
}

fn link(linter: &mut Linter<'_, '_>, bulk: &Bulk, body: &Body) {
    if let Unsubscribe::Hidden { how, target } = &body.unsubscribe {
        let finding = linter
            .finding(Code::MessageUnsubscribeHidden, Severity::Risk)
            .arg("how", how.as_str())
            .arg("target", target.as_str());
        linter.say(finding);
    }
    let Bulk::Fields(signs) = bulk else {
        return;
    };
    let says_so = match body.unsubscribe {
        Unsubscribe::Words => true,
        Unsubscribe::Nothing => false,
        Unsubscribe::Visible | Unsubscribe::Hidden { .. } => return,
    };
    // What was not read may hold it; and the members of a list on which all write know how to leave.
    if body.is_cut || !body.has_text() {
        return;
    }
    let is_discussion = linter.message.named("List-Post").next().is_some();
    let severity = if says_so || is_discussion {
        Severity::Advice
    } else {
        Severity::Risk
    };
    let finding = linter
        .finding(Code::MessageNoUnsubscribeLink, severity)
        .arg("signs", signs.as_str())
        .arg("wording", if says_so { "yes" } else { "no" });
    linter.say(finding);
}

/// What stands between the angle brackets of List-Unsubscribe.
#[derive(Clone, Copy, Default)]
struct Uris {
    any: bool,
    https: bool,
    http: bool,
}

impl Uris {
    fn read(field: Field<'_>) -> Self {
        let mut found = Self::default();
        let value = field.value();
        for piece in value.split('<').skip(1).take(URIS_MAX) {
            let Some((uri, _)) = piece.split_once('>') else {
                continue;
            };
            match Target::read(uri) {
                Target::Page { is_https, .. } | Target::Address { is_https } => {
                    found.https |= is_https;
                    found.http |= !is_https;
                    found.any = true;
                }
                Target::Mailbox(_) => found.any = true,
                Target::Script(_) | Target::Other => {}
            }
        }
        found
    }
}

/// Whether both fields are signed.
enum Coverage {
    /// By one signature; and whether a second field of either name would break it.
    Covered { oversigned: bool },
    /// By none: `unsigned`, `failed` or `unlisted`.
    Lacking(&'static str),
}

fn coverage(message: &Message<'_>, signatures: &[Verification]) -> Coverage {
    let with = |result: DkimResult| -> Vec<FieldNames> {
        let counted = signatures.iter().filter(|one| one.result == result);
        counted.map(|one| one.signed_fields.clone()).collect()
    };
    let passing = with(DkimResult::Pass);
    let counted = if !passing.is_empty() {
        passing
    } else if signatures.is_empty() {
        signed_fields(message)
    } else {
        // No answer came for the key: what would be signed is known, and whether it is good is not.
        with(DkimResult::TempError)
    };
    if counted.is_empty() {
        let has_any = message.named("DKIM-Signature").next().is_some();
        return Coverage::Lacking(if has_any { "failed" } else { "unsigned" });
    }
    let times = |signed: &FieldNames, name: &str| {
        let same = signed.iter().filter(|one| one.eq_ignore_ascii_case(name));
        same.count()
    };
    let both = |least: usize| {
        counted.iter().any(|signed| {
            [UNSUBSCRIBE, POST]
                .iter()
                .all(|name| times(signed, name) >= least)
        })
    };
    if both(1) {
        Coverage::Covered {
            oversigned: both(2),
        }
    } else {
        Coverage::Lacking("unlisted")
    }
}

/// The names in `h=` of each signature field (RFC 6376, section 3.5), where nobody has verified them.
fn signed_fields(message: &Message<'_>) -> Vec<FieldNames> {
    let of = |field: Field<'_>| {
        let value = field.value();
        let octets = value.as_bytes();
        let names = split(octets, Grammar::Dkim)
            .into_iter()
            .find_map(|piece| match piece {
                Piece::Tag {
                    name, value: span, ..
                } if &octets[name.start..name.end] == b"h" => {
                    Some(value.get(span.start..span.end)?.to_owned())
                }
                _ => None,
            })?;
        Some(names.split(':').map(str::trim).collect())
    };
    let fields = message.named("DKIM-Signature").take(SIGNATURES_MAX);
    fields.filter_map(of).collect()
}
