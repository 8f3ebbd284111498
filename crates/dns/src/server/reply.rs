//! From the octets of a query to the octets of the reply.

use std::sync::Arc;

use bytes::Bytes;
use domain::base::iana::{Class, ExtendedErrorCode, Opcode, OptRcode, Rcode, Rtype};
use domain::base::message_builder::{PushError, RecordSectionBuilder, StaticCompressor};
use domain::base::opt::ExtendedError;
use domain::base::{
    Header, Message, MessageBuilder, Name as WireName, ParsedName, Question, ToName, Ttl,
};
use domain::rdata::{Cname, ZoneRecordData};

use super::edns::{self, Asked};
use super::look_up::Found;
use super::zone::RecordSet;
use super::{ServedZone, ZoneSource};
use crate::wire::DATAGRAM_OCTETS;
use crate::zone::name_of;
use crate::{Answer, Name};

/// Octets that every resolver takes in a datagram (RFC 1035, section 4.2.1).
const DATAGRAM_OCTETS_LEAST: u16 = 512;
/// Octets of an EDNS record without options, and of the one option that we send.
const OPT_OCTETS: usize = 11;
const EXTENDED_ERROR_OCTETS: usize = 6;
/// Names of servers whose addresses are sent with a referral at most: the root has 13, and nobody needs more.
const GLUE_NAMES_MAX: usize = 32;

/// How a query came, which bounds the length of the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// By datagram: as long as whoever asks can take, and never more than [`DATAGRAM_OCTETS`].
    Udp,
    /// By connection: up to 65,535 octets.
    Tcp,
}

/// The reply to a query; nothing where none must be sent, because what came is no query at all.
///
/// A reply that does not fit is sent empty with the TC bit, so that it is asked for again over TCP.
pub fn respond(query: &[u8], transport: Transport, source: &dyn ZoneSource) -> Option<Vec<u8>> {
    let query = Message::from_slice(query).ok()?;
    let header = query.header();
    if header.qr() {
        // Two servers that answer each other's answers would never end.
        return None;
    }
    if header.opcode() != Opcode::QUERY {
        return Some(bare(header, Rcode::NOTIMP));
    }
    let counts = query.header_counts();
    let has_form = counts.ancount() == 0 && counts.nscount() == 0;
    let (Ok(question), Ok(asked), true) = (query.sole_question(), edns::read(query), has_form)
    else {
        return Some(bare(header, Rcode::FORMERR));
    };
    let reply = match asked {
        Some(asked) if asked.version != 0 => Reply::only(OptRcode::BADVERS),
        _ => reply(&question, source),
    };
    let octets_max = match (transport, asked) {
        (Transport::Tcp, _) => u16::MAX,
        (Transport::Udp, None) => DATAGRAM_OCTETS_LEAST,
        (Transport::Udp, Some(asked)) => asked
            .datagram_octets
            .clamp(DATAGRAM_OCTETS_LEAST, DATAGRAM_OCTETS),
    };
    let frame = Frame {
        header,
        question,
        asked,
        octets_max: usize::from(octets_max),
    };
    let whole = frame.compose(&reply);
    let whole = whole.or_else(|_| frame.compose(&reply.cut()));
    // A question and an EDNS record are always shorter than 512 octets.
    Some(whole.unwrap_or_else(|_| bare(header, Rcode::SERVFAIL)))
}

/// A header and nothing else.
fn bare(query: Header, rcode: Rcode) -> Vec<u8> {
    let mut header = Header::new();
    header.set_id(query.id());
    header.set_qr(true);
    header.set_opcode(query.opcode());
    header.set_rd(query.rd());
    header.set_rcode(rcode);
    // Four counts of nothing.
    [header.as_slice(), &[0; 8]].concat()
}

/// What a message is written into.
type Target = StaticCompressor<Vec<u8>>;
/// The question of a query.
type Asks<'a> = Question<ParsedName<&'a [u8]>>;

/// A set at the name that it is said of.
struct Placed {
    owner: Owner,
    set: Arc<RecordSet>,
}

enum Owner {
    /// The name as it was asked for, in its very letters.
    Asked,
    Other(Name),
}

/// What is said.
struct Reply {
    rcode: OptRcode,
    authoritative: bool,
    truncated: bool,
    extended_error: Option<ExtendedErrorCode>,
    answer: Vec<Placed>,
    authority: Vec<Placed>,
    /// Addresses without which a referral leads nowhere.
    glue: Vec<Placed>,
    /// Addresses that save a look-up.
    further_glue: Vec<Placed>,
}

impl Reply {
    fn only(rcode: OptRcode) -> Self {
        Self {
            rcode,
            authoritative: false,
            truncated: false,
            extended_error: None,
            answer: Vec::new(),
            authority: Vec::new(),
            glue: Vec::new(),
            further_glue: Vec::new(),
        }
    }

    /// The same without what does not fit.
    fn cut(&self) -> Self {
        Self {
            authoritative: self.authoritative,
            truncated: true,
            extended_error: self.extended_error,
            ..Self::only(self.rcode)
        }
    }

    fn no(&mut self, zone: &ServedZone) {
        let owner = Owner::Other(zone.apex().clone());
        let soa = zone.soa_of_no().map(|set| Placed { owner, set });
        self.authority.extend(soa);
    }

    fn refer(&mut self, zone: &ServedZone, at: Name, servers: &Arc<RecordSet>) {
        for server in servers.targets().take(GLUE_NAMES_MAX) {
            let Some(node) = zone.node(&server) else {
                continue;
            };
            let glue = if server.is_within(&at) {
                &mut self.glue
            } else {
                &mut self.further_glue
            };
            for rtype in [Rtype::A, Rtype::AAAA] {
                glue.extend(node.set(rtype).map(|set| Placed {
                    owner: Owner::Other(server.clone()),
                    set: Arc::clone(set),
                }));
            }
        }
        self.authority.push(Placed {
            owner: Owner::Other(at),
            set: Arc::clone(servers),
        });
    }
}

fn reply(question: &Asks<'_>, source: &dyn ZoneSource) -> Reply {
    let rtype = question.qtype();
    match rtype {
        Rtype::OPT | Rtype::TSIG | Rtype::TKEY => return Reply::only(OptRcode::FORMERR),
        Rtype::MAILA | Rtype::MAILB => return Reply::only(OptRcode::NOTIMP),
        // There are no zone transfers.
        Rtype::AXFR | Rtype::IXFR => return Reply::only(OptRcode::REFUSED),
        _ => {}
    }
    let mut name = name_of(question.qname());
    let zone = (question.qclass() == Class::IN).then(|| zone_for(&name, rtype, source));
    let Some(mut zone) = zone.flatten() else {
        return Reply {
            extended_error: Some(ExtendedErrorCode::NOT_AUTHORITATIVE),
            ..Reply::only(OptRcode::REFUSED)
        };
    };
    let mut reply = Reply {
        authoritative: true,
        ..Reply::only(OptRcode::NOERROR)
    };
    let follows_aliases = !matches!(rtype, Rtype::CNAME | Rtype::ANY);
    let mut passed: Vec<Name> = Vec::new();
    loop {
        let owner = |name: &Name, passed: &[Name]| match passed {
            [] => Owner::Asked,
            _ => Owner::Other(name.clone()),
        };
        let target = match zone.find(&name, rtype) {
            Found::Absent => {
                reply.rcode = OptRcode::NXDOMAIN;
                reply.no(&zone);
                return reply;
            }
            Found::Delegated(at, servers) => {
                // The bit speaks of the name asked for (RFC 1035, section 4.1.1).
                reply.authoritative = !passed.is_empty();
                reply.refer(&zone, at, servers);
                return reply;
            }
            Found::Redirected(at, redirection) => {
                let target = redirection.targets().next();
                let target = target.and_then(|target| redirected(&name, &at, &target));
                let ttl = redirection.ttl;
                let set = Arc::clone(redirection);
                let at = Owner::Other(at);
                reply.answer.push(Placed { owner: at, set });
                let Some(target) = target else {
                    // RFC 6672, section 2.2: the new name would be too long.
                    reply.rcode = OptRcode::YXDOMAIN;
                    return reply;
                };
                let owner = owner(&name, &passed);
                let set = Arc::new(alias(ttl, &target));
                reply.answer.push(Placed { owner, set });
                if !follows_aliases {
                    return reply;
                }
                target
            }
            Found::Node(node) => {
                let set = match rtype {
                    // RFC 8482, section 4.1: one set, a small one, will do.
                    Rtype::ANY => node.smallest(),
                    _ => node.set(rtype).or_else(|| node.set(Rtype::CNAME)),
                };
                let Some(set) = set else {
                    reply.no(&zone);
                    return reply;
                };
                let owner = owner(&name, &passed);
                reply.answer.push(Placed {
                    owner,
                    set: Arc::clone(set),
                });
                match set.targets().next() {
                    Some(target) if set.rtype == Rtype::CNAME && follows_aliases => target,
                    _ => return reply,
                }
            }
        };
        passed.push(name);
        // What leads in a circle, or too far, is left to whoever follows it.
        let is_enough = passed.contains(&target) || passed.len() == Answer::ALIASES_MAX;
        let next = zone_for(&target, rtype, source).filter(|_| !is_enough);
        let Some(next) = next else {
            return reply;
        };
        (name, zone) = (target, next);
    }
}

/// The zone that answers for a name: for DS records, which stand above a delegation, the upper one where both
/// are here.
fn zone_for(name: &Name, rtype: Rtype, source: &dyn ZoneSource) -> Option<Arc<ServedZone>> {
    let zone = source.zone(name)?;
    if rtype == Rtype::DS && zone.apex() == name {
        let above = name.parent().and_then(|parent| source.zone(&parent));
        return Some(above.unwrap_or(zone));
    }
    Some(zone)
}

/// `name`, which is beneath `at`, beneath `target` instead.
fn redirected(name: &Name, at: &Name, target: &Name) -> Option<Name> {
    let beneath = name.label_count() - at.label_count();
    let labels: Vec<&str> = name.labels().take(beneath).collect();
    target.prefixed(&labels.join(".")).ok()
}

fn alias(ttl: u32, target: &Name) -> RecordSet {
    let data = ZoneRecordData::Cname(Cname::new(on_wire(target)));
    RecordSet {
        rtype: Rtype::CNAME,
        ttl,
        data: vec![data],
    }
}

fn on_wire(name: &Name) -> WireName<Bytes> {
    WireName::from_octets(Bytes::from(name.to_wire())).expect("a name's own wire form")
}

/// What is around what is said.
struct Frame<'a> {
    header: Header,
    question: Asks<'a>,
    asked: Option<Asked>,
    octets_max: usize,
}

impl Frame<'_> {
    fn compose(&self, reply: &Reply) -> Result<Vec<u8>, PushError> {
        let extended_error = reply.extended_error.filter(|_| self.asked.is_some());
        let mut reserved = 0;
        if self.asked.is_some() {
            reserved += OPT_OCTETS;
        }
        if extended_error.is_some() {
            reserved += EXTENDED_ERROR_OCTETS;
        }
        let target = StaticCompressor::new(Vec::with_capacity(512));
        let mut message =
            MessageBuilder::from_target(target).map_err(|_| PushError::LimitExceeded)?;
        // The library's limit is the first length that is too long.
        message.set_push_limit(self.octets_max - reserved + 1);
        *message.header_mut() = self.header(reply);
        let mut message = message.question();
        message.push(self.question)?;
        let mut message = message.answer();
        for placed in &reply.answer {
            self.push(placed, &mut message)?;
        }
        let mut message = message.authority();
        for placed in &reply.authority {
            self.push(placed, &mut message)?;
        }
        let mut message = message.additional();
        for placed in &reply.glue {
            self.push(placed, &mut message)?;
        }
        for placed in &reply.further_glue {
            // Whoever wants it can ask for it.
            if self.push(placed, &mut message).is_err() {
                break;
            }
        }
        message.clear_push_limit();
        if let Some(asked) = self.asked {
            message.opt(|opt| {
                opt.set_udp_payload_size(DATAGRAM_OCTETS);
                opt.set_dnssec_ok(asked.dnssec_ok);
                opt.set_rcode(reply.rcode);
                if let Some(code) = extended_error {
                    opt.push(&ExtendedError::<&[u8]>::from(code))?;
                }
                Ok(())
            })?;
        }
        Ok(message.finish().into_target())
    }

    fn header(&self, reply: &Reply) -> Header {
        let mut header = Header::new();
        header.set_id(self.header.id());
        header.set_qr(true);
        header.set_aa(reply.authoritative);
        header.set_tc(reply.truncated);
        header.set_rd(self.header.rd());
        header.set_rcode(reply.rcode.rcode());
        header
    }

    /// Adds a set to a section.
    fn push(
        &self,
        placed: &Placed,
        section: &mut impl RecordSectionBuilder<Target>,
    ) -> Result<(), PushError> {
        let owner = match &placed.owner {
            Owner::Asked => self.question.qname().to_bytes(),
            Owner::Other(name) => on_wire(name),
        };
        let ttl = Ttl::from_secs(placed.set.ttl);
        for data in &placed.set.data {
            section.push((&owner, Class::IN, ttl, data))?;
        }
        Ok(())
    }
}
