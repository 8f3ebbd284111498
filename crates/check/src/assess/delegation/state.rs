//! What the servers said, for the report.

use garant_dns::Question;
use garant_dns::authority::{DirectAnswer, ServerView, ZoneView};

use super::servers;
use crate::authority::{AuthorityState, QuestionCounts, ServerAnswer, ServerState, ZoneState};
use crate::catalogue::host_of_servers;
use crate::observation::Observation;
use crate::survey::{HostFacts, data_text, views};

pub(super) fn state(observation: &Observation, host: &HostFacts) -> AuthorityState {
    let views = || views(observation);
    // Others' zones are not told of, and what they cost is.
    let all = || views().chain(&observation.includes);
    AuthorityState {
        host: host.host,
        zones: views().map(zone).collect(),
        recursive_questions: all().map(|view| view.recursive_questions).sum(),
        direct_questions: all().map(|view| view.direct_questions).sum(),
    }
}

fn zone(view: &ZoneView) -> ZoneState {
    let listed = view.parent_servers.as_ref().or(view.own_servers.as_ref());
    ZoneState {
        zone: view.zone.clone(),
        host: listed
            .and_then(host_of_servers)
            .map(|host| host.name.as_str()),
        parent_servers: view.parent_servers.clone(),
        own_servers: view.own_servers.clone(),
        servers: view.servers.iter().map(server).collect(),
        questions: QuestionCounts {
            recursive: view.recursive_questions,
            direct: view.direct_questions,
        },
    }
}

fn server(server: &ServerView) -> ServerState {
    ServerState {
        name: server.name.clone(),
        address: server.address,
        in_parent: server.in_parent,
        in_zone: server.in_zone,
        serial: server.soa().map(|soa| soa.serial),
        status: servers::status(server),
        answers: server
            .answers
            .iter()
            .map(|(question, said)| answer(question, said))
            .collect(),
    }
}

fn answer(question: &Question, said: &DirectAnswer) -> ServerAnswer {
    let found = said
        .is_of_authority()
        .then(|| said.data_at(&question.name).map(data_text).collect());
    ServerAnswer {
        name: question.name.clone(),
        rtype: question.rtype.as_str(),
        found,
    }
}
