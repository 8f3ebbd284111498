//! Messages to and from a server that is asked about its own zones, without recursion.

use std::collections::BTreeSet;

use domain::base::Header;
use domain::base::iana::{Class, Rtype};

use super::{
    Fault, Opened, Section, WireFault, encode, next, open, read_additional, read_data, rtype_of,
    seconds, status_of,
};
use crate::answer::SoaRecord;
use crate::authority::DirectAnswer;
use crate::zone::name_of;
use crate::{Data, Name, Question, Record, Status};

/// Whether a query offers EDNS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edns {
    /// With an OPT record, which offers [`DATAGRAM_OCTETS`](super::DATAGRAM_OCTETS).
    Offered,
    /// Without one, for servers that take it for a fault (RFC 6891, section 7); 512 octets come then at most.
    Absent,
}

/// The query for `question` without recursion (RD is not set), with `id` as its number.
pub fn encode_direct(question: &Question, id: u16, edns: Edns) -> Vec<u8> {
    let mut header = Header::new();
    header.set_id(id);
    encode(question, header, edns)
}

/// Reads the response to `question` of a server that was asked without recursion. The number of the message
/// is not looked at.
///
/// Of the authority section only a SOA and NS records count whose owner is the name asked for or above it,
/// of the additional section only addresses of the servers in those NS records. Work and result are
/// linear in the length of the message, but for the look-up of those servers in a sorted set.
///
/// # Errors
/// Whatever makes it no answer to this question.
pub fn decode_direct(octets: &[u8], question: &Question) -> Result<DirectAnswer, WireFault> {
    let message = match open(octets, question)? {
        Opened::Bare(status) => return Ok(DirectAnswer::bare(status)),
        Opened::Whole(message) => message,
    };
    let read = || -> Result<DirectAnswer, Fault> {
        let mut section = message.answer()?;
        let records = read_all(&mut section, |_| true)?;
        let mut section = next(section)?;
        let authority = read_all(&mut section, |rtype| {
            matches!(rtype, Rtype::NS | Rtype::SOA)
        })?;
        let mut section = next(section)?;
        let glue = read_all(&mut section, |rtype| {
            matches!(rtype, Rtype::A | Rtype::AAAA)
        })?;
        let (opt_rcode, _) = read_additional(&mut message.additional()?)?;
        let rcode = opt_rcode << 4 | u16::from(message.header().rcode().to_int());
        Ok(put_together(
            question,
            status_of(rcode),
            Sections {
                records,
                authority,
                glue,
            },
        ))
    };
    let mut answer = read().map_err(|Fault(fault)| fault)?;
    answer.authoritative = message.header().aa();
    Ok(answer)
}

struct Sections {
    records: Vec<Record>,
    authority: Vec<Record>,
    glue: Vec<Record>,
}

fn put_together(question: &Question, code: Status, sections: Sections) -> DirectAnswer {
    let Sections {
        records,
        authority,
        mut glue,
    } = sections;
    if !code.is_definite() {
        return DirectAnswer::bare(code);
    }
    let is_answer = |record: &Record| {
        let of_type = rtype_of(record.data.record_type()) == rtype_of(question.rtype);
        record.owner == question.name && (of_type || matches!(record.data, Data::Cname(_)))
    };
    // RFC 6604: the code speaks of the end of an alias chain; the alias itself was found.
    let status = if records.iter().any(is_answer) {
        Status::Found
    } else {
        code
    };
    let (mut referral, mut soa): (Vec<Record>, _) = (Vec::new(), None);
    for record in authority {
        if !question.name.is_within(&record.owner) {
            continue;
        }
        match record.data {
            Data::Soa(data) if soa.is_none() => {
                let (zone, ttl) = (record.owner, record.ttl);
                soa = Some(SoaRecord {
                    zone,
                    ttl,
                    soa: data,
                });
            }
            Data::Ns(_)
                if referral
                    .first()
                    .is_none_or(|first| first.owner == record.owner) =>
            {
                referral.push(record);
            }
            _ => {}
        }
    }
    let servers: BTreeSet<&Name> = referral
        .iter()
        .filter_map(|record| match &record.data {
            Data::Ns(server) => Some(server),
            _ => None,
        })
        .collect();
    glue.retain(|record| servers.contains(&record.owner));
    DirectAnswer {
        soa: soa.filter(|_| status != Status::Found),
        records,
        referral,
        glue,
        ..DirectAnswer::bare(status)
    }
}

/// The records of the wanted types in a section, as they came.
fn read_all(
    section: &mut Section<'_>,
    wanted: impl Fn(Rtype) -> bool,
) -> Result<Vec<Record>, Fault> {
    let mut records = Vec::new();
    for record in section {
        let record = record?;
        if record.class() != Class::IN || !wanted(record.rtype()) {
            continue;
        }
        let (owner, ttl) = (name_of(&record.owner()), seconds(record.ttl()));
        if let Some(data) = read_data(record)? {
            records.push(Record { owner, ttl, data });
        }
    }
    Ok(records)
}
