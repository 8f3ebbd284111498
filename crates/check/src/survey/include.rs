//! Included names that have no SPF record: whether every server of their zone says so.
//!
//! A service that is gone leaves an `include` behind which makes the whole record a permanent error. Taking it out
//! is safe only when nothing stands there for anybody, and a recursive server knows that at second hand. So the zone's
//! own servers are asked, and what one of them did not say, be it a failure or a time-out, proves nothing.

use std::collections::BTreeSet;

use garant_dns::authority::{ADDRESSES_MAX, DirectAnswer, LISTED_MAX, SERVERS_MAX, ZoneView};
use garant_dns::{Answer, AnswerTable, Data, Name, Question, RecordType, Source, Status};
use garant_msgauth::spf::{self, Mechanism, Node, Presence, Selection, TermKind};

use super::{Survey, ZoneNeed, ZoneRole};
use crate::observation::Observation;

/// Included names whose zones are looked at: more than one service seldom goes at a time, and each zone costs a walk
/// from its parent to all its servers.
pub(crate) const INCLUDES_VIEWED_MAX: usize = 2;

fn question(target: &Name) -> Question {
    Question::new(target.clone(), RecordType::Txt)
}

/// Names that the domain's own record includes and that have no record, as recursive servers say.
fn without_record(root: &Node) -> BTreeSet<Name> {
    let known = root.record.terms.iter().zip(&root.terms);
    let includes = known.filter(|(term, node)| {
        let is_include = matches!(
            &term.kind,
            TermKind::Directive(directive) if matches!(directive.mechanism, Mechanism::Include(_))
        );
        is_include && node.reached
    });
    includes
        .filter_map(|(_, node)| node.child.as_deref())
        .filter(|child| child.presence == Presence::None)
        .map(|child| child.domain.clone())
        .collect()
}

/// The zones of included names that have no record, as far as they were not looked at. A domain that nobody has
/// registered has no servers that could be asked.
pub(super) fn needs(observation: &Observation, survey: &Survey<'_>) -> Vec<ZoneNeed> {
    let room = INCLUDES_VIEWED_MAX.saturating_sub(observation.includes.len());
    let is_registrable = |target: &Name| {
        let mut known = survey.spf.registrable.iter();
        known.any(|(name, _)| name == target)
    };
    let names = without_record(&survey.spf.tree.root).into_iter();
    names
        .filter(|target| view(observation, target).is_none() && !is_registrable(target))
        .take(room)
        .map(|name| ZoneNeed {
            questions: vec![question(&name)],
            name,
            role: ZoneRole::Included,
        })
        .collect()
}

/// The zone of an included name as its servers show it. A capture may hold whatever somebody wrote into it.
fn view<'a>(observation: &'a Observation, target: &Name) -> Option<&'a ZoneView> {
    let mut views = observation.includes.iter().take(INCLUDES_VIEWED_MAX);
    views.find(|view| view.asked == *target)
}

/// Whether nobody finds an SPF record at an included name: every server of its zone says so, or, where no server was
/// asked, the zone file that stands in for them.
pub(crate) fn has_no_record(observation: &Observation, target: &Name) -> bool {
    if let Some(view) = view(observation, target) {
        return all_say_no(view, target);
    }
    let answer = observation.answers.answer(&question(target));
    answer.is_some_and(|answer| answer.source == Source::Zone && says_no(answer))
}

/// Whether servers of its zone were asked about an included name.
pub(crate) fn servers_were_asked(observation: &Observation, target: &Name) -> bool {
    view(observation, target).is_some_and(|view| !view.servers.is_empty())
}

fn says_no(answer: &Answer) -> bool {
    answer.status.is_definite() && matches!(spf::select(answer), Selection::None)
}

/// Whether each server that is listed says that no SPF record stands there, at one of its addresses at least, and none
/// says otherwise or nothing. An address that cannot be reached from here, as IPv6 from many places, is no server that
/// does not answer as long as another of the same server does.
fn all_say_no(view: &ZoneView, target: &Name) -> bool {
    let lists = [&view.parent_servers, &view.own_servers];
    let listed: BTreeSet<&Name> = lists
        .into_iter()
        .flatten()
        .flatten()
        .take(LISTED_MAX)
        .collect();
    let servers = view.servers.iter().take(SERVERS_MAX * ADDRESSES_MAX);
    let mut agreed = BTreeSet::new();
    for server in servers {
        let said = server.answer(&question(target));
        if said.is_some_and(|said| denies(said, target)) {
            agreed.insert(&server.name);
        } else if said.is_some() || server.zone_answer.status != Status::Unreachable {
            return false;
        }
    }
    view.zone.is_some() && !listed.is_empty() && listed.is_subset(&agreed)
}

/// Whether a server says with authority that neither an SPF record nor an alias stands there.
fn denies(said: &DirectAnswer, target: &Name) -> bool {
    let mut data = said.data_at(target);
    let stands = data.any(|data| match data {
        Data::Txt(txt) => spf::is_spf(&txt.joined()),
        Data::Cname(_) => true,
        _ => false,
    });
    said.is_of_authority() && !stands
}

#[cfg(test)]
mod tests {
    use garant_dns::authority::ServerView;
    use garant_dns::{Record, Txt};

    use super::*;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    fn said(word: &str) -> Option<DirectAnswer> {
        let target = name("_spf.service.example");
        let with = |data| {
            let mut answer = DirectAnswer::bare(Status::Found);
            answer.records.push(Record {
                owner: target.clone(),
                ttl: 60,
                data,
            });
            answer.authoritative = true;
            answer
        };
        let bare = |status, authoritative| DirectAnswer {
            authoritative,
            ..DirectAnswer::bare(status)
        };
        Some(match word {
            "nxdomain" => bare(Status::NxDomain, true),
            "nodata" => bare(Status::NoData, true),
            "hearsay" => bare(Status::NxDomain, false),
            "servfail" => bare(Status::ServFail, false),
            "timeout" => bare(Status::Timeout, false),
            "text" => with(Data::Txt(Txt::from_bytes(b"v=spf10 a"))),
            "record" => with(Data::Txt(Txt::from_bytes(b"v=spf1 -all"))),
            "alias" => with(Data::Cname(name("ailleurs.example"))),
            _ => return None,
        })
    }

    /// `servers`: `NAME=WORD`, what each says; `gone`: it answers nothing, not even for its zone; `unreachable`.
    fn check(listed: &[&str], servers: &[&str], expected: bool) {
        let target = name("_spf.service.example");
        let server = |text: &&str| {
            let (host, word) = text.split_once('=').expect("NAME=WORD");
            let zone_answer = match word {
                "gone" => DirectAnswer::bare(Status::Timeout),
                "unreachable" => DirectAnswer::bare(Status::Unreachable),
                _ => DirectAnswer {
                    authoritative: true,
                    ..DirectAnswer::bare(Status::Found)
                },
            };
            ServerView {
                name: name(host),
                address: Some(([192, 0, 2, 1], 53).into()),
                in_parent: true,
                in_zone: true,
                zone_answer,
                answers: said(word)
                    .map(|said| (question(&target), said))
                    .into_iter()
                    .collect(),
            }
        };
        let view = ZoneView {
            asked: target.clone(),
            zone: Some(name("service.example")),
            parent_servers: Some(listed.iter().map(|host| name(host)).collect()),
            own_servers: None,
            servers: servers.iter().map(server).collect(),
            recursive_questions: 0,
            direct_questions: 0,
        };
        assert_eq!(
            all_say_no(&view, &target),
            expected,
            "{listed:?} {servers:?}"
        );
    }

    #[test]
    fn only_servers_that_all_say_no_prove_that_nothing_stands_there() {
        for (listed, servers, expected) in [
            (
                &["a.example", "b.example"][..],
                &["a.example=nxdomain", "b.example=nxdomain"][..],
                true,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nodata", "b.example=text"],
                true,
            ),
            (
                &["a.example"],
                &["a.example=unreachable", "a.example=nodata"],
                true,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=record"],
                false,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=alias"],
                false,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=servfail"],
                false,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=timeout"],
                false,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=gone"],
                false,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=unreachable"],
                false,
            ),
            (
                &["a.example", "b.example"],
                &["a.example=nxdomain", "b.example=hearsay"],
                false,
            ),
            (&["a.example", "b.example"], &["a.example=nxdomain"], false),
            (&[], &[], false),
        ] {
            check(listed, servers, expected);
        }
    }
}
