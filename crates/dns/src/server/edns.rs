//! What a query says of itself besides its question (RFC 6891).

use domain::base::Message;
use domain::base::iana::Rtype;
use domain::base::opt::Opt;
use domain::base::wire::ParseError;

/// The EDNS record of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) version: u8,
    /// Octets of a datagram that whoever asks can take.
    pub(super) datagram_octets: u16,
    /// Whether signatures are wanted; there are none, but the bit goes back (RFC 3225, section 3).
    pub(super) dnssec_ok: bool,
}

/// Reads the EDNS record, if there is one.
///
/// # Errors
/// When a record of the query cannot be read, when there are several EDNS records, or when the one has a name.
pub(super) fn read(query: &Message<[u8]>) -> Result<Option<Asked>, ParseError> {
    let mut asked = None;
    for record in query.additional()? {
        let record = record?;
        if record.rtype() != Rtype::OPT {
            continue;
        }
        if asked.is_some() || !record.owner().is_root() {
            return Err(ParseError::form_error(
                "more than one EDNS record, or none of the root",
            ));
        }
        let ttl = record.ttl().as_secs();
        asked = Some(Asked {
            version: ttl.to_be_bytes()[1],
            datagram_octets: record.class().to_int(),
            dnssec_ok: ttl & 0x8000 != 0,
        });
        let options = record.into_record::<Opt<_>>()?;
        for option in options
            .iter()
            .flat_map(|record| record.data().iter::<domain::base::opt::UnknownOptData<_>>())
        {
            option?;
        }
    }
    Ok(asked)
}
