//! The header section that is to be signed: read in one way only, or refused.

use super::author::author_domain;
use super::{LINE_OCTETS_MAX, Refusal, Remark};
use crate::message::{Field, Message, MessageError};
use garant_dns::Name;

/// A field that may stand once in a message.
pub(super) struct Known {
    /// Its name, as it is usually written.
    pub(super) name: &'static str,
    /// What a signature does with it.
    pub(super) use_: Use,
}

/// What a signature does with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Signed; none can be added, whether there is one or not.
    Closed,
    /// As the policy has it for mailing lists; when there is one, signed, and none can be added.
    List,
    /// When there is one, signed, and none can be added; when there is none, servers and lists may add theirs.
    Signed,
    /// Left alone: servers take it away.
    Unsigned,
}

const fn known(name: &'static str, use_: Use) -> Known {
    Known { name, use_ }
}

/// The fields that may stand once only (RFC 5322, section 3.6; RFC 2045; RFC 2369; RFC 2919; RFC 8058), in
/// the order in which they are signed.
///
/// Those that a reader is shown, or that decide where an answer goes, are closed. MIME's are signed where they
/// stand, for a second Content-Type would turn the body into something else; where there are none, servers may
/// add those of plain text. In-Reply-To and References are signed since they place a message in a
/// conversation, and Sender since some programs show it.
pub(super) const KNOWN: [Known; 23] = [
    known("From", Use::Closed),
    known("To", Use::Closed),
    known("Cc", Use::Closed),
    known("Subject", Use::Closed),
    known("Date", Use::Closed),
    known("Message-ID", Use::Closed),
    known("Reply-To", Use::Closed),
    known("Sender", Use::Signed),
    known("In-Reply-To", Use::Signed),
    known("References", Use::Signed),
    known("MIME-Version", Use::Signed),
    known("Content-Type", Use::Signed),
    known("Content-Transfer-Encoding", Use::Signed),
    known("Content-Disposition", Use::Signed),
    known("List-Unsubscribe", Use::List),
    known("List-Unsubscribe-Post", Use::List),
    known("List-Id", Use::List),
    known("List-Help", Use::List),
    known("List-Subscribe", Use::List),
    known("List-Post", Use::List),
    known("List-Owner", Use::List),
    known("List-Archive", Use::List),
    known("Bcc", Use::Unsigned),
];

/// Fields that the first server adds where they are absent.
const ADDED_BY_SERVERS: [&str; 2] = ["Date", "Message-ID"];

/// A header section with one reading.
pub(super) struct Checked<'a> {
    /// The fields of [`KNOWN`], in that order.
    pub(super) fields: [Option<Field<'a>>; KNOWN.len()],
    /// The Author Domain.
    pub(super) author: Name,
    /// What may break the signature.
    pub(super) remarks: Vec<Remark>,
    /// Fields of any name.
    pub(super) count: usize,
    /// Its lines, with the empty one.
    pub(super) lines: usize,
}

/// Where the header section ends, behind the empty line; nothing where there is no empty line from `from` on,
/// which must not lie behind the beginning of its line end.
pub(super) fn end(octets: &[u8], from: usize) -> Option<usize> {
    if from == 0 {
        // Nothing at all stands in the header section.
        match octets {
            [b'\n', ..] => return Some(1),
            [b'\r', b'\n', ..] => return Some(2),
            _ => {}
        }
    }
    memchr::memchr_iter(b'\n', &octets[from..])
        .map(|lf| from + lf + 1)
        .find_map(|next| match octets[next..] {
            [b'\n', ..] => Some(next + 1),
            [b'\r', b'\n', ..] => Some(next + 2),
            _ => None,
        })
}

/// Reads a header section, with or without the empty line behind it.
pub(super) fn check(header: &[u8]) -> Result<Checked<'_>, Refusal> {
    if header.starts_with(b"From ") {
        return Err(Refusal::MailboxLine);
    }
    let (lines, long_line) = check_lines(header)?;
    let message = Message::read(header)?;
    if let Some(junk) = message.junk().next() {
        let line = line_of(header, junk);
        return Err(Refusal::NotAField { line });
    }
    let mut fields = [None; KNOWN.len()];
    for field in message.fields() {
        let name = field.name();
        if name.len() != field.colon() {
            let line = line_of(header, field.octets());
            return Err(Refusal::SpaceBeforeColon { line });
        }
        let is_it = |known: &Known| name.eq_ignore_ascii_case(known.name.as_bytes());
        if let Some(at) = KNOWN.iter().position(is_it) {
            if fields[at].is_some() {
                let name = KNOWN[at].name;
                return Err(Refusal::Duplicate { name });
            }
            fields[at] = Some(field);
        }
    }
    let author = author_domain(&message)?;
    let mut remarks = Vec::new();
    for (known, field) in KNOWN.iter().zip(&fields) {
        if field.is_none() && ADDED_BY_SERVERS.contains(&known.name) {
            remarks.push(Remark::Absent { name: known.name });
        }
    }
    remarks.extend(long_line.map(|line| Remark::LongLine { line }));
    Ok(Checked {
        fields,
        author,
        count: message.fields().len(),
        remarks,
        lines,
    })
}

/// Looks at octets and line ends. Gives back how many lines there are, and the first that is too long.
fn check_lines(header: &[u8]) -> Result<(usize, Option<usize>), Refusal> {
    // Without a branch in the loop, many octets are looked at at once.
    let is_control = |octet: u8| {
        (octet < b' ') & (octet != b'\t') & (octet != b'\r') & (octet != b'\n') | (octet == 0x7f)
    };
    let controls = |found, octet: &u8| found | is_control(*octet);
    if header.iter().fold(false, controls)
        && let Some(at) = header.iter().position(|octet| is_control(*octet))
    {
        return Err(Refusal::Control {
            line: line_at(header, at),
            octet: header[at],
        });
    }
    let (mut lines, mut start, mut long_line) = (0, 0, None);
    // Line ends with CR, and the first line that ends without.
    let (mut crlf, mut bare_lf) = (0, None);
    for lf in memchr::memchr_iter(b'\n', header) {
        lines += 1;
        let has_cr = lf > start && header[lf - 1] == b'\r';
        if has_cr {
            crlf += 1;
        } else {
            bare_lf.get_or_insert(lines);
        }
        let line = &header[start..lf - usize::from(has_cr)];
        if line.len() > LINE_OCTETS_MAX {
            long_line.get_or_insert(lines);
        }
        if matches!(line, [b' ' | b'\t', ..]) && line.trim_ascii().is_empty() {
            return Err(Refusal::BlankLine { line: lines });
        }
        start = lf + 1;
    }
    if let Some(line) = bare_lf.filter(|_| crlf > 0) {
        return Err(Refusal::MixedLineEnds { line });
    }
    let bare_cr = |at: &usize| header.get(at + 1) != Some(&b'\n');
    if memchr::memchr_iter(b'\r', header).count() != crlf
        && let Some(at) = memchr::memchr_iter(b'\r', header).find(bare_cr)
    {
        let line = line_at(header, at);
        return Err(Refusal::BareCr { line });
    }
    let rest = &header[start..];
    if !rest.is_empty() {
        lines += 1;
        if rest.len() > LINE_OCTETS_MAX {
            long_line.get_or_insert(lines);
        }
        // A last line of white space, whose end is absent.
        if rest.trim_ascii().is_empty() {
            return Err(Refusal::BlankLine { line: lines });
        }
    }
    if header.is_empty() {
        return Err(Refusal::Message(MessageError::Empty));
    }
    Ok((lines, long_line))
}

/// The number of the line in which an octet stands.
fn line_at(header: &[u8], at: usize) -> usize {
    memchr::memchr_iter(b'\n', &header[..at]).count() + 1
}

/// The number of the line at which a part of the header section begins.
fn line_of(header: &[u8], part: &[u8]) -> usize {
    let at = part.as_ptr().addr().saturating_sub(header.as_ptr().addr());
    line_at(header, at.min(header.len()))
}
