//! Who handed the message over: what the asker stated, else what the receiver's own fields say.

use std::net::IpAddr;

use garant_dns::Name;
use garant_msgauth::auth_results::AuthResults;
use garant_msgauth::message::Message;
use garant_msgauth::received::{ClientFacts, Doubt, Found, HopKind, Received, Trusted, client};

use super::facts::{Connection, HopTrace, Known, Origin, TraceRequest};
use super::steps::field;
use crate::catalogue::Receiver;
use crate::input::registrable_domain;

/// The name under which a receiver of the catalogue wrote into a message: a domain of its servers, or the registrable
/// domain of one, that a server's name in Received or Authentication-Results is within; nothing where none is. Stating
/// it says that the message was received there: anybody can write those fields.
pub fn receiver_in(message: &Message<'_>, receiver: &Receiver) -> Option<Name> {
    let hosts = receiver.hosts.iter();
    let hosts: Vec<Name> = hosts
        .filter_map(|host| Name::from_input(host).ok())
        .collect();
    let above = hosts.iter().map(registrable_domain);
    let names: Vec<Name> = hosts.iter().cloned().chain(above).collect();
    let results = AuthResults::all(message);
    let spoke = results.iter().filter_map(AuthResults::server);
    let received = Received::all(message);
    let took = received
        .iter()
        .filter_map(|one| Name::from_input(one.by.as_deref()?).ok());
    let servers: Vec<Name> = took.chain(spoke).collect();
    let mut found = names.into_iter().filter(|name| {
        let mut servers = servers.iter();
        servers.any(|server| server.is_within(name))
    });
    found.next()
}

/// Hops that a trace keeps at most: more than any honest way has.
const HOPS_MAX: usize = 50;

pub(super) fn facts(message: &Message<'_>, asked: &TraceRequest) -> Connection {
    let trusted = match &asked.receiver {
        Some(receiver) => Trusted::Receiver(receiver.clone()),
        None => Trusted::Topmost,
    };
    let read = client(message, &trusted);
    let doubts = read.as_ref().map_or(&[][..], |read| &read.doubts);
    // Whoever logged in is a mail program or a web page: SPF is not about it.
    let is_submission = doubts.contains(&Doubt::Submission);
    let address = read.as_ref().filter(|_| !is_submission);
    let stated = |value: &Option<String>| {
        value.clone().map(|value| Known {
            value,
            origin: Origin::Stated,
        })
    };
    let received = Received::all(message);
    let border = read.as_ref().and_then(|read| read.border);
    let border_field = border.and_then(|at| received.iter().find(|one| one.field == at));
    let ip = asked
        .ip
        .map(|value| Known {
            value,
            origin: Origin::Stated,
        })
        .or_else(|| first(address.map(|read| read.address.as_slice())));
    let client = ip.as_ref().map(|ip| ip.value);
    Connection {
        reverse_dns: client
            .and_then(|client| reverse_dns(message, asked.receiver.as_ref(), border_field, client)),
        ip,
        helo: stated(&asked.helo).or_else(|| first(address.map(|read| read.helo.as_slice()))),
        mail_from: stated(&asked.mail_from)
            .or_else(|| first(read.as_ref().map(|read| read.mail_from.as_slice()))),
        received_at: read.as_ref().and_then(|read| {
            Some(Known {
                value: read.received_at?,
                origin: field("Received", border?),
            })
        }),
        receiver: read.as_ref().and_then(|read| read.receiver.clone()),
        tls: border_field
            .filter(|field| field.is_encrypted)
            .map(|_| true),
        doubts: if asked.ip.is_some() {
            Vec::new()
        } else {
            doubts.iter().map(|doubt| doubt_word(*doubt)).collect()
        },
        hops: hops(read.as_ref(), &received),
    }
}

/// What the receiver noted of the client's name: as `iprev` (RFC 8601, section 3) where it was named, else in its
/// field Received. Postfix writes `unknown`, and Sendmail `may be forged`, where no name leads back.
fn reverse_dns(
    message: &Message<'_>,
    receiver: Option<&Name>,
    border: Option<&Received>,
    client: IpAddr,
) -> Option<bool> {
    let address = client.to_string();
    let results = AuthResults::all(message);
    let own = results.iter().filter(|one| {
        let server = one.server();
        server
            .zip(receiver)
            .is_some_and(|(server, receiver)| server.is_within(receiver))
    });
    let mut iprev = own.flat_map(|one| one.of("iprev"));
    let iprev = iprev.find(|one| one.property("policy", "iprev") == Some(&address));
    match iprev.map(|one| one.result.as_str()) {
        Some("pass") => return Some(true),
        Some("fail" | "permerror") => return Some(false),
        _ => {}
    }
    let border = border.filter(|border| border.from.address == Some(client))?;
    if border.from.reverse.is_some() {
        return Some(true);
    }
    let field = message.fields().nth(border.field)?;
    let value = field.value().to_ascii_lowercase();
    let says_none = value.contains("(may be forged)") || value.contains("(unknown [");
    says_none.then_some(false)
}

fn first<T: Clone>(found: Option<&[Found<T>]>) -> Option<Known<T>> {
    let found = found?.first()?;
    Some(Known {
        value: found.value.clone(),
        origin: field(found.origin.evidence.field_name(), found.origin.field),
    })
}

fn hops(read: Option<&ClientFacts>, received: &[Received]) -> Vec<HopTrace> {
    let kind = |field| {
        let hops = read.map_or(&[][..], |read| &read.hops);
        let hop = hops.iter().find(|hop| hop.field == field);
        hop.map_or(HopKind::Beyond, |hop| hop.kind)
    };
    received
        .iter()
        .take(HOPS_MAX)
        .map(|one| HopTrace {
            field: one.field,
            kind: kind_word(kind(one.field)),
            from: one.from.helo.clone().or_else(|| one.from.reverse.clone()),
            address: one.from.address,
            by: one.by.clone(),
            with: one.with.clone(),
            at: one.at,
        })
        .collect()
}

fn kind_word(kind: HopKind) -> &'static str {
    match kind {
        HopKind::Later => "later",
        HopKind::Fetch => "fetch",
        HopKind::Internal => "internal",
        HopKind::Border => "border",
        HopKind::Beyond => "beyond",
    }
}

/// The word of a doubt; the words that people read are at `trace-doubt-<word>`.
fn doubt_word(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::NoReceived => "no-received",
        Doubt::ReceiverNotFound => "receiver-not-found",
        Doubt::NoPublicClient => "no-public-client",
        Doubt::ReceiverUnnamed => "receiver-unnamed",
        Doubt::SameOrganization => "same-organization",
        Doubt::Submission => "submission",
        Doubt::Disagreement => "disagreement",
    }
}
