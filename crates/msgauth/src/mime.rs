//! The parts of a message (RFC 2045, RFC 2046): what each is, and its content decoded when it is asked for.
//!
//! Where parts begin and end is found here, so that depth and count have limits and nothing is copied;
//! fields, transfer encodings and character sets are mail-parser's.

use std::borrow::Cow;
use std::sync::LazyLock;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderValue, MessageParser};

use crate::message::Message;

/// Parts of a message that are looked at. Mail that people send has fewer than 50.
pub const PARTS_MAX: usize = 500;
/// Parts within parts that are looked at: a bounce of a forwarded message with attachments has five.
pub const DEPTH_MAX: usize = 20;
/// Octets of the fields of one part that describe its content which are looked at, the first ones: a name of a
/// file in encoded pieces has a thousand, and putting pieces together costs the square of their number.
pub const CONTENT_FIELDS_OCTETS_MAX: usize = 16_384;

/// Octets of a part that are decoded, the first ones; what is written in a part has a thousandth of it. What a program
/// takes for a message is then little more than the message.
pub const DECODED_OCTETS_MAX: usize = 4_000_000;

/// The parts of a message, in the order in which they stand; the message itself is the first.
#[derive(Clone, Debug)]
pub struct Mime<'a> {
    /// Its parts.
    pub parts: Vec<Part<'a>>,
    /// Some were not looked at: [`PARTS_MAX`], [`DEPTH_MAX`].
    pub is_cut: bool,
}

/// How the octets of a part were made fit for mail (RFC 2045, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferEncoding {
    /// 7bit, 8bit, binary, or one that nobody knows.
    Identity,
    /// `quoted-printable`.
    QuotedPrintable,
    /// `base64`.
    Base64,
}

/// One part.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// In how many parts it lies; 0 for the message itself.
    pub depth: usize,
    /// The part in which it lies.
    pub parent: Option<usize>,
    /// Type and subtype in lower case; `text/plain` where nothing is said (RFC 2045, section 5.2).
    pub media_type: String,
    /// The parameter `charset`, in lower case.
    pub charset: Option<String>,
    /// The parameter `report-type`, in lower case (RFC 6522, section 3).
    pub report_type: Option<String>,
    /// The name of the file that it is to be saved as. A stranger's text.
    pub file_name: Option<String>,
    /// Whether it is to be saved rather than shown (RFC 2183).
    pub is_attachment: bool,
    /// How its octets are encoded.
    pub encoding: TransferEncoding,
    /// Its header section.
    pub header: &'a [u8],
    /// Its content, encoded as it stands.
    pub octets: &'a [u8],
}

impl<'a> Mime<'a> {
    /// Finds the parts. The work is linear in the message for each level, of which there are [`DEPTH_MAX`].
    pub fn read(message: &Message<'a>) -> Self {
        let mut mime = Self {
            parts: Vec::with_capacity(4),
            is_cut: false,
        };
        mime.add(message.header(), message.body(), None, 0, "text/plain");
        mime
    }

    fn add(
        &mut self,
        header: &'a [u8],
        octets: &'a [u8],
        parent: Option<usize>,
        depth: usize,
        default_type: &str,
    ) {
        if self.parts.len() == PARTS_MAX || depth > DEPTH_MAX {
            self.is_cut = true;
            return;
        }
        let at = self.parts.len();
        let (part, boundary) = read_header(header, octets, parent, depth, default_type);
        let media_type = part.media_type.clone();
        let is_encoded = part.encoding != TransferEncoding::Identity;
        self.parts.push(part);
        if let Some(boundary) = boundary {
            // RFC 2046, section 5.1.5.
            let default_type = match media_type.as_str() {
                "multipart/digest" => "message/rfc822",
                _ => "text/plain",
            };
            for body in Split::new(octets, boundary.as_bytes()) {
                let (header, octets) = halves(body);
                self.add(header, octets, Some(at), depth + 1, default_type);
                if self.is_cut {
                    return;
                }
            }
        } else if is_message(&media_type) && !is_encoded {
            let (header, octets) = halves(octets);
            if !header.is_empty() {
                self.add(header, octets, Some(at), depth + 1, "text/plain");
            }
        }
    }

    /// The parts that are to be read as text, plain or HTML, and are no attachments nor part of another message.
    pub fn texts(&self) -> impl Iterator<Item = &Part<'a>> {
        self.parts
            .iter()
            .filter(|part| part.is_text() && !part.is_attachment && !self.is_in_message(part))
    }

    /// Whether a part belongs to a message that is itself a part.
    pub fn is_in_message(&self, part: &Part<'a>) -> bool {
        let mut parent = part.parent;
        while let Some(at) = parent {
            if is_message(&self.parts[at].media_type) {
                return true;
            }
            parent = self.parts[at].parent;
        }
        false
    }

    /// The first part of a type.
    pub fn find(&self, media_type: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.media_type == media_type)
    }
}

impl Part<'_> {
    /// Whether it is plain text or HTML.
    pub fn is_text(&self) -> bool {
        matches!(self.media_type.as_str(), "text/plain" | "text/html")
    }

    /// Its first [`DECODED_OCTETS_MAX`] octets, whole lines of them; all where it is no longer.
    fn beginning(&self) -> &[u8] {
        match self.octets.get(..DECODED_OCTETS_MAX) {
            Some(first) => match memchr::memrchr(b'\n', first) {
                Some(end) => &first[..=end],
                // A length at which no four characters of base64 are torn.
                None => first,
            },
            None => self.octets,
        }
    }

    /// Whether it is too long for all of it to be decoded.
    pub fn is_long(&self) -> bool {
        self.octets.len() > DECODED_OCTETS_MAX
    }

    /// Its content without the transfer encoding, as far as it is not over [`DECODED_OCTETS_MAX`]; what cannot be
    /// decoded is left as it is.
    pub fn decoded(&self) -> Cow<'_, [u8]> {
        match self.encoding {
            TransferEncoding::Identity => None,
            TransferEncoding::Base64 => base64_decode(self.beginning()).map(Cow::Owned),
            TransferEncoding::QuotedPrintable => {
                quoted_printable_decode(self.beginning()).map(Cow::Owned)
            }
        }
        .unwrap_or(Cow::Borrowed(self.octets))
    }

    /// Its content as text, by its character set; octets that it does not know are replaced. What is over
    /// [`DECODED_OCTETS_MAX`] is left out.
    pub fn text(&self) -> Cow<'_, str> {
        let decoder = self
            .charset
            .as_deref()
            .filter(|charset| !matches!(*charset, "utf-8" | "us-ascii"))
            .and_then(|charset| charset_decoder(charset.as_bytes()));
        let octets = match self.decoded() {
            Cow::Borrowed(_) => Cow::Borrowed(self.beginning()),
            decoded => decoded,
        };
        match (octets, decoder) {
            (octets, Some(decoder)) => Cow::Owned(decoder(&octets)),
            (Cow::Borrowed(octets), None) => String::from_utf8_lossy(octets),
            (Cow::Owned(octets), None) => Cow::Owned(
                String::from_utf8(octets)
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
            ),
        }
    }

    /// Its content as a reader sees it: HTML without its tags.
    pub fn readable(&self) -> Cow<'_, str> {
        let text = self.text();
        if self.media_type == "text/html" {
            Cow::Owned(html_to_text(&text))
        } else {
            text
        }
    }
}

fn is_message(media_type: &str) -> bool {
    matches!(media_type, "message/rfc822" | "message/global")
}

/// Made once: it holds a table of the fields that it reads.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| MessageParser::new().with_mime_headers());

/// Reads the fields that describe a part, and its boundary where it has parts of its own.
fn read_header<'a>(
    header: &'a [u8],
    octets: &'a [u8],
    parent: Option<usize>,
    depth: usize,
    default_type: &str,
) -> (Part<'a>, Option<String>) {
    let mut part = Part {
        depth,
        parent,
        media_type: default_type.to_owned(),
        charset: None,
        report_type: None,
        file_name: None,
        is_attachment: false,
        encoding: TransferEncoding::Identity,
        header,
        octets,
    };
    let mut boundary = None;
    let fields = content_fields(header);
    if fields.is_empty() {
        return (part, boundary);
    }
    let Some(parsed) = PARSER.parse_headers(fields.as_slice()) else {
        return (part, boundary);
    };
    let root = parsed.parts.first();
    let headers = root.map_or(&[][..], |root| root.headers.as_slice());
    for header in headers {
        let name = header.name();
        if name.eq_ignore_ascii_case("Content-Type")
            && let HeaderValue::ContentType(content_type) = header.value()
        {
            let subtype = content_type.subtype().unwrap_or("plain");
            part.media_type = format!("{}/{subtype}", content_type.ctype()).to_ascii_lowercase();
            let parameter = |name| content_type.attribute(name).map(str::to_ascii_lowercase);
            part.charset = parameter("charset");
            part.report_type = parameter("report-type");
            if content_type.ctype().eq_ignore_ascii_case("multipart") {
                boundary = content_type.attribute("boundary").map(str::to_owned);
            }
            part.file_name = content_type.attribute("name").map(str::to_owned);
        } else if name.eq_ignore_ascii_case("Content-Disposition")
            && let HeaderValue::ContentType(disposition) = header.value()
        {
            part.is_attachment = disposition.is_attachment();
            if let Some(name) = disposition.attribute("filename") {
                part.file_name = Some(name.to_owned());
            }
        } else if name.eq_ignore_ascii_case("Content-Transfer-Encoding")
            && let HeaderValue::Text(encoding) = header.value()
        {
            part.encoding = if encoding.eq_ignore_ascii_case("base64") {
                TransferEncoding::Base64
            } else if encoding.eq_ignore_ascii_case("quoted-printable") {
                TransferEncoding::QuotedPrintable
            } else {
                TransferEncoding::Identity
            };
        }
    }
    (part, boundary.filter(|boundary| !boundary.is_empty()))
}

/// The fields of a header section that describe content. Most sections have none, and the others are not for
/// mail-parser to take apart.
fn content_fields(header: &[u8]) -> Vec<u8> {
    const CONTENT: &[u8] = b"content-";
    let mut fields = Vec::new();
    let mut is_one = false;
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', header).chain([header.len()]) {
        let next = (end + 1).min(header.len());
        let line = &header[start..next];
        start = next;
        let goes_on = matches!(line.first(), Some(b' ' | b'\t'));
        if !goes_on {
            is_one = line
                .get(..CONTENT.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(CONTENT));
        }
        if is_one {
            let room = CONTENT_FIELDS_OCTETS_MAX - fields.len();
            fields.extend_from_slice(&line[..line.len().min(room)]);
            if line.len() > room {
                break;
            }
        }
    }
    if !fields.is_empty() {
        fields.extend_from_slice(b"\r\n\r\n");
    }
    fields
}

/// Header section, with its empty line, and content.
fn halves(octets: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < octets.len() {
        let end = memchr::memchr(b'\n', &octets[at..]).map_or(octets.len(), |lf| at + lf + 1);
        if matches!(&octets[at..end], b"\n" | b"\r\n") {
            return octets.split_at(end);
        }
        at = end;
    }
    (octets, &[])
}

/// The bodies between the boundary lines of a multipart (RFC 2046, section 5.1.1).
struct Split<'a, 'b> {
    octets: &'a [u8],
    boundary: &'b [u8],
    /// Where the next body begins.
    next: Option<usize>,
}

impl<'a, 'b> Split<'a, 'b> {
    fn new(octets: &'a [u8], boundary: &'b [u8]) -> Self {
        let mut split = Self {
            octets,
            boundary,
            next: None,
        };
        // What stands before the first boundary is for readers without MIME.
        split.next = split
            .line(0)
            .and_then(|(_, end, last)| (!last).then_some(end));
        split
    }

    /// The next boundary line from a position on: where it begins, where the line after it begins, and
    /// whether it is the last.
    fn line(&self, from: usize) -> Option<(usize, usize, bool)> {
        let mut at = from;
        while at < self.octets.len() {
            let rest = &self.octets[at..];
            let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |lf| lf + 1);
            if let Some(tail) = rest[..length]
                .strip_prefix(b"--")
                .and_then(|line| line.strip_prefix(self.boundary))
            {
                let tail = tail.trim_ascii_end();
                if tail.is_empty() || tail == b"--" {
                    return Some((at, at + length, !tail.is_empty()));
                }
            }
            at += length;
        }
        None
    }
}

impl<'a> Iterator for Split<'a, '_> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let start = self.next?;
        let Some((begin, end, is_last)) = self.line(start) else {
            // Cut off before its last boundary: what is there counts.
            self.next = None;
            return Some(&self.octets[start..]);
        };
        self.next = (!is_last).then_some(end);
        // The line end before a boundary belongs to it.
        let body = &self.octets[start..begin];
        let body = body.strip_suffix(b"\n").unwrap_or(body);
        Some(body.strip_suffix(b"\r").unwrap_or(body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, parts: &[(usize, &str, &str)]) {
        let message = message.replace('\n', "\r\n");
        let message = Message::read(message.as_bytes()).expect("a message");
        let mime = Mime::read(&message);
        let found: Vec<_> = mime
            .parts
            .iter()
            .map(|part| {
                let text = if part.media_type.starts_with("text/") {
                    part.text()
                } else {
                    "".into()
                };
                (
                    part.depth,
                    part.media_type.clone(),
                    text.trim_end().to_owned(),
                )
            })
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(d, m, t)| (*d, m.as_str(), t.as_str()))
            .collect();
        assert_eq!(found, parts);
    }

    #[test]
    fn parts_are_found_where_they_stand() {
        check("From: a@b\n\nhello\n", &[(0, "text/plain", "hello")]);
        check(
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nd=E9j=E0\n",
            &[(0, "text/plain", "déjà")],
        );
        check(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\nbefore\n--b\n\none\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\ninner\n--b--\nafter\n",
            &[
                (0, "multipart/report", ""),
                (1, "text/plain", "one"),
                (1, "message/rfc822", ""),
                (2, "text/plain", "inner"),
            ],
        );
        check(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>cut off",
            &[(0, "multipart/mixed", ""), (1, "text/html", "<p>cut off")],
        );
        check(
            "Content-Type: multipart/mixed\n\nno boundary\n",
            &[(0, "multipart/mixed", "")],
        );
    }

    #[test]
    fn what_is_decoded_of_a_part_has_a_limit() {
        // Whole lines of 72 octets each.
        let lines = DECODED_OCTETS_MAX / 72;
        let check = |encoding: &str, line: &str, each: usize| {
            let header = format!("Content-Transfer-Encoding: {encoding}\r\n\r\n");
            for (count, is_long) in [(lines, false), (lines + 9, true)] {
                let text = header.clone() + &line.repeat(count);
                let message = Message::read(text.as_bytes()).expect("a message");
                let mime = Mime::read(&message);
                let part = &mime.parts[0];
                assert_eq!(part.is_long(), is_long, "{encoding}");
                assert_eq!(part.text().len(), each * lines, "{encoding} {count}");
            }
        };
        check("7bit", &("x".repeat(70) + "\r\n"), 72);
        check("quoted-printable", &("x".repeat(67) + "=3D\r\n"), 70);
        check("base64", &("QUJD".repeat(17) + "  \r\n"), 51);
        // A single line.
        let text = "Content-Transfer-Encoding: base64\r\n\r\n".to_owned()
            + &"QUJD".repeat(DECODED_OCTETS_MAX / 4 + 1);
        let message = Message::read(text.as_bytes()).expect("a message");
        let mime = Mime::read(&message);
        assert_eq!(mime.parts[0].decoded().len(), DECODED_OCTETS_MAX / 4 * 3);
    }

    #[test]
    fn depth_and_count_have_limits() {
        let mut deep = String::new();
        for level in 0..1_000 {
            deep.push_str(&format!(
                "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
            ));
        }
        let message = Message::read(deep.as_bytes()).expect("a message");
        let mime = Mime::read(&message);
        assert!(mime.is_cut);
        assert_eq!(mime.parts.len(), DEPTH_MAX + 1);

        let mut wide = String::from("Content-Type: multipart/mixed; boundary=b\n\n");
        for _ in 0..PARTS_MAX * 2 {
            wide.push_str("--b\n\nx\n");
        }
        let message = Message::read(wide.as_bytes()).expect("a message");
        let mime = Mime::read(&message);
        assert!(mime.is_cut);
        assert_eq!(mime.parts.len(), PARTS_MAX);
    }

    #[test]
    fn of_endless_fields_the_beginning_counts() {
        let check = |octets: usize, charset: Option<&str>| {
            // Pieces of one name, which are put together by comparing each with each.
            let pieces = "a*1=x;".repeat(octets / 6);
            let message = format!(
                "Content-Type: text/html;{pieces} charset=x\r\nContent-Transfer-Encoding: base64\r\n\r\nx"
            );
            let message = Message::read(message.as_bytes()).expect("a message");
            let fields = content_fields(message.header());
            assert!(fields.len() <= CONTENT_FIELDS_OCTETS_MAX + 4, "{octets}");
            let mime = Mime::read(&message);
            assert_eq!(mime.parts[0].media_type, "text/html", "{octets}");
            assert_eq!(mime.parts[0].charset.as_deref(), charset, "{octets}");
        };
        check(1_000, Some("x"));
        check(CONTENT_FIELDS_OCTETS_MAX, None);
        check(1_000_000, None);
    }
}
