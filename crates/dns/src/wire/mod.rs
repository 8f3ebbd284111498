//! Questions and answers on the wire (RFC 1035, section 4).
//!
//! A query to a recursive server asks for recursion, says that it understands the AD bit, and offers
//! [`DATAGRAM_OCTETS`] by EDNS; one that is put to a zone's own server ([`encode_direct`]) asks for nothing. A response is believed only where it belongs to the question: the same name, type and class
//! come back, and of its records only those count that stand on the chain of aliases beginning at the
//! name asked for. Everything else in it is somebody's attempt to be helpful, or worse.

mod direct;

use domain::base::iana::{Class, Opcode, Rcode, Rtype};
use domain::base::message::RecordSection;
use domain::base::opt::{ExtendedError, OptRecord};
use domain::base::wire::ParseError;
use domain::base::{
    Header, Message, MessageBuilder, Name as WireName, ParsedName, ParsedRecord, ToName, Ttl,
};
use domain::rdata::ZoneRecordData;

use crate::answer::SoaRecord;
use crate::zone::{data_of, name_of};
use crate::{Alias, Answer, Data, Name, Question, Record, RecordType, Source, Status};

pub use direct::{Edns, decode_direct, encode_direct};

/// Octets of a datagram that we can take, as EDNS offers it (RFC 6891, section 6.2.5): what passes every
/// ordinary path unfragmented. Fragments can be forged without guessing the port or the query's number.
pub const DATAGRAM_OCTETS: u16 = 1232;

/// Why some octets are no answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireFault {
    /// Too short for a header, not marked as a response, or not a response to a query.
    #[error("not a response to a query")]
    NotAResponse,
    /// The question that comes back is not the one that was asked.
    #[error("a response to another question")]
    OtherQuestion,
    /// The message ends early, or a name or record in it has no valid form.
    #[error("a malformed message")]
    Unreadable,
    /// The aliases lead back to a name already passed.
    #[error("a circle of aliases")]
    AliasLoop,
    /// More aliases than [`Answer::ALIASES_MAX`].
    #[error("more than {} aliases", Answer::ALIASES_MAX)]
    TooManyAliases,
    /// The server names others to ask instead of answering.
    #[error("a referral to other servers")]
    Referral,
}

impl WireFault {
    /// Whether the message may be somebody else's: it does not even repeat the question. Such a message
    /// is no reason to stop waiting for the right one.
    pub fn is_foreign(self) -> bool {
        matches!(self, Self::NotAResponse | Self::OtherQuestion)
    }
}

/// What one message says about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The answer, [`Status::Truncated`] where the message says that it is cut short.
    pub answer: Answer,
    /// Whether the aliases end at a name about which the message says nothing, neither records nor a
    /// SOA: a server that does not recurse stops there, and that name must be asked for by itself.
    pub unfinished: bool,
}

/// The query for `question` as a datagram, with `id` as its number.
///
/// RD and AD are set (RFC 6840, section 5.7: AD in a query asks for AD in the answer without asking for
/// the signatures), CD as the question has it; the EDNS record offers [`DATAGRAM_OCTETS`].
pub fn encode_query(question: &Question, id: u16) -> Vec<u8> {
    let mut header = Header::new();
    header.set_id(id);
    header.set_rd(true);
    header.set_ad(true);
    header.set_cd(question.checking_disabled);
    encode(question, header, Edns::Offered)
}

fn encode(question: &Question, header: Header, edns: Edns) -> Vec<u8> {
    const ROOM: &str = "a query of one name is far below the length of a message";
    let name =
        WireName::from_octets(question.name.to_wire()).expect("a name has a valid wire form");
    let mut message = MessageBuilder::from_target(Vec::with_capacity(512)).expect(ROOM);
    *message.header_mut() = header;
    let mut message = message.question();
    message
        .push((&name, rtype_of(question.rtype), Class::IN))
        .expect(ROOM);
    let mut message = message.additional();
    if edns == Edns::Offered {
        message
            .opt(|opt| {
                opt.set_udp_payload_size(DATAGRAM_OCTETS);
                Ok(())
            })
            .expect(ROOM);
    }
    message.finish()
}

/// The number of a message: its first two octets.
pub fn message_id(octets: &[u8]) -> Option<u16> {
    octets
        .first_chunk::<2>()
        .map(|first| u16::from_be_bytes(*first))
}

/// Reads the response to `question` that `source` sent. The number of the message is not looked at.
///
/// Work is linear in the length of the message, but for names that must be compared with at most
/// [`Answer::ALIASES_MAX`] others.
///
/// # Errors
/// Whatever makes it no answer to this question.
pub fn decode_response(
    octets: &[u8],
    question: &Question,
    source: Source,
) -> Result<Response, WireFault> {
    match open(octets, question)? {
        Opened::Bare(status) => Ok(finished(Answer::bare(status, source))),
        Opened::Whole(message) => {
            read_sections(message, question, source).map_err(|Fault(fault)| fault)
        }
    }
}

/// A response to the right question.
enum Opened<'a> {
    /// Nothing in it counts but this: a code without a question, or the mark of being cut short.
    Bare(Status),
    Whole(&'a Message<[u8]>),
}

fn open<'a>(octets: &'a [u8], question: &Question) -> Result<Opened<'a>, WireFault> {
    let message = Message::from_slice(octets).map_err(|_| WireFault::NotAResponse)?;
    let header = message.header();
    if !header.qr() || header.opcode() != Opcode::QUERY {
        return Err(WireFault::NotAResponse);
    }
    let rcode = header.rcode();
    if message.header_counts().qdcount() == 0 && rcode != Rcode::NOERROR {
        // A server that could not read the query may send nothing but the code.
        return Ok(Opened::Bare(status_of(u16::from(rcode.to_int()))));
    }
    check_question(message, question)?;
    Ok(if header.tc() {
        Opened::Bare(Status::Truncated)
    } else {
        Opened::Whole(message)
    })
}

fn finished(answer: Answer) -> Response {
    Response {
        answer,
        unfinished: false,
    }
}

/// A fault that `?` makes of the library's errors too, without saying so in public.
struct Fault(WireFault);

impl From<ParseError> for Fault {
    fn from(_: ParseError) -> Self {
        Self(WireFault::Unreadable)
    }
}

fn check_question(message: &Message<[u8]>, question: &Question) -> Result<(), WireFault> {
    let sole = message
        .sole_question()
        .map_err(|_| WireFault::OtherQuestion)?;
    let same = sole.qtype() == rtype_of(question.rtype)
        && sole.qclass() == Class::IN
        && is_name(sole.qname(), &question.name);
    same.then_some(()).ok_or(WireFault::OtherQuestion)
}

fn read_sections(
    message: &Message<[u8]>,
    question: &Question,
    source: Source,
) -> Result<Response, Fault> {
    let mut section = message.answer()?;
    let (links, mut records) = read_answers(&mut section, question)?;
    let mut section = next(section)?;
    let aliases = chain(question, links).map_err(Fault)?;
    let on_chain = |owner: &Name| {
        *owner == question.name || aliases.iter().any(|alias| alias.target == *owner)
    };
    records.retain(|record| on_chain(&record.owner));
    let last = aliases.last().map_or(&question.name, |alias| &alias.target);
    let authority = read_authority(&mut section, last)?;
    let (opt_rcode, extended_errors) = read_additional(&mut next(section)?)?;

    let header = message.header();
    let mut status = status_of(opt_rcode << 4 | u16::from(header.rcode().to_int()));
    let said_nothing = status == Status::NoData && records.is_empty() && authority.soa.is_none();
    if said_nothing && aliases.is_empty() && authority.names_servers && !header.aa() {
        return Err(Fault(WireFault::Referral));
    }
    if status != Status::NoData {
        // RFC 6604: the code speaks of the end of the chain, where there is nothing then.
        records.clear();
    } else if !records.is_empty() {
        status = Status::Found;
    }
    let soa = authority.soa.filter(|_| records.is_empty());
    Ok(Response {
        unfinished: said_nothing && !aliases.is_empty(),
        answer: Answer {
            status,
            aliases,
            records,
            soa,
            authentic: header.ad(),
            extended_errors,
            source,
        },
    })
}

type Section<'a> = RecordSection<'a, [u8]>;

fn next(section: Section<'_>) -> Result<Section<'_>, ParseError> {
    let section = section.next_section()?;
    Ok(section.expect("only the additional section has none after it"))
}

/// The aliases and the records asked for in the answer section, wherever they stand.
fn read_answers(
    section: &mut Section<'_>,
    question: &Question,
) -> Result<(Vec<Alias>, Vec<Record>), ParseError> {
    let rtype = rtype_of(question.rtype);
    let (mut links, mut records) = (Vec::new(), Vec::new());
    for record in section {
        let record = record?;
        let wanted = record.rtype() == rtype;
        if record.class() != Class::IN || !(wanted || record.rtype() == Rtype::CNAME) {
            continue;
        }
        let owner = if is_name(&record.owner(), &question.name) {
            question.name.clone()
        } else {
            name_of(&record.owner())
        };
        let ttl = seconds(record.ttl());
        let Some(data) = read_data(record)? else {
            continue;
        };
        match data {
            Data::Cname(target) if !wanted => links.push(Alias { owner, target, ttl }),
            data => records.push(Record { owner, ttl, data }),
        }
    }
    Ok((links, records))
}

/// The aliases that lead on from the name asked for, in order.
fn chain(question: &Question, mut links: Vec<Alias>) -> Result<Vec<Alias>, WireFault> {
    let mut aliases: Vec<Alias> = Vec::new();
    let mut at = question.name.clone();
    while let Some(index) = links.iter().position(|alias| alias.owner == at) {
        if aliases.len() == Answer::ALIASES_MAX {
            return Err(WireFault::TooManyAliases);
        }
        // Servers send the chain in order, so that this is nearly always the first.
        let alias = links.remove(index);
        at = alias.target.clone();
        aliases.push(alias);
        if aliases.iter().any(|alias| alias.owner == at) {
            return Err(WireFault::AliasLoop);
        }
    }
    Ok(aliases)
}

/// What the authority section tells.
#[derive(Default)]
struct Authority {
    /// The SOA of the zone in which the chain ends.
    soa: Option<SoaRecord>,
    /// Whether name servers are named.
    names_servers: bool,
}

fn read_authority(section: &mut Section<'_>, last: &Name) -> Result<Authority, ParseError> {
    let mut authority = Authority::default();
    for record in section {
        let record = record?;
        authority.names_servers |= record.rtype() == Rtype::NS;
        let of_interest = record.rtype() == Rtype::SOA && record.class() == Class::IN;
        if !of_interest || authority.soa.is_some() {
            continue;
        }
        let (zone, ttl) = (name_of(&record.owner()), seconds(record.ttl()));
        if let (true, Some(Data::Soa(soa))) = (last.is_within(&zone), read_data(record)?) {
            authority.soa = Some(SoaRecord { zone, ttl, soa });
        }
    }
    Ok(authority)
}

/// The upper bits of the response code, and the extended errors, of the EDNS record.
fn read_additional(section: &mut Section<'_>) -> Result<(u16, Vec<u16>), ParseError> {
    let mut found = (0, Vec::new());
    for record in section {
        let record = record?;
        if record.rtype() != Rtype::OPT {
            continue;
        }
        let Some(record) = record.into_record()? else {
            continue;
        };
        let opt = OptRecord::<&[u8]>::from_record(record);
        // The library only gives the whole code; without a header that is the upper bits.
        let upper = opt.rcode(Header::new()).to_int() >> 4;
        let errors = opt.opt().iter::<ExtendedError<_>>();
        // An option that cannot be read is advice lost, no reason to lose the answer.
        let errors = errors.filter_map(Result::ok);
        found = (upper, errors.map(|error| error.code().to_int()).collect());
    }
    Ok(found)
}

fn read_data(record: ParsedRecord<'_, [u8]>) -> Result<Option<Data>, ParseError> {
    let record = record.into_record::<ZoneRecordData<_, ParsedName<_>>>()?;
    Ok(record.and_then(|record| data_of(record.data())))
}

/// RFC 2181, section 8: a TTL with its highest bit set is zero.
fn seconds(ttl: Ttl) -> u32 {
    let seconds = ttl.as_secs();
    if seconds > u32::MAX / 2 { 0 } else { seconds }
}

/// The code alone; whether records were found is not in it, so that "no error" is [`Status::NoData`].
fn status_of(rcode: u16) -> Status {
    match rcode {
        0 => Status::NoData,
        2 => Status::ServFail,
        3 => Status::NxDomain,
        5 => Status::Refused,
        other => Status::Rcode(other),
    }
}

fn rtype_of(rtype: RecordType) -> Rtype {
    match rtype {
        RecordType::A => Rtype::A,
        RecordType::Aaaa => Rtype::AAAA,
        RecordType::Cname => Rtype::CNAME,
        RecordType::Dnskey => Rtype::DNSKEY,
        RecordType::Ds => Rtype::DS,
        RecordType::Mx => Rtype::MX,
        RecordType::Ns => Rtype::NS,
        RecordType::Ptr => Rtype::PTR,
        RecordType::Soa => Rtype::SOA,
        RecordType::Txt => Rtype::TXT,
    }
}

/// Whether a name on the wire is `name`, whatever its case, without making a name of it.
fn is_name(wire: &impl ToName, name: &Name) -> bool {
    let mut rest = name.as_str().as_bytes();
    for (index, label) in wire.iter_labels().enumerate() {
        if label.is_root() {
            break;
        }
        if index > 0 {
            let Some(after) = rest.strip_prefix(b".") else {
                return false;
            };
            rest = after;
        }
        for octet in label.as_slice() {
            if !octet.is_ascii_graphic() || matches!(octet, b'.' | b'\\') {
                // Escapes have their one place, in the making of a name.
                return name_of(wire) == *name;
            }
            match rest.split_first() {
                Some((expected, after)) if *expected == octet.to_ascii_lowercase() => rest = after,
                _ => return false,
            }
        }
    }
    rest.is_empty()
}
