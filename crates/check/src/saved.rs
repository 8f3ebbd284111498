//! Files as editors and shells leave them, and texts as they come from a screen.

use std::borrow::Cow;

use garant_msgauth::message::{MESSAGE_OCTETS_MAX, Message};

/// What some editors put before a text in UTF-8 and in UTF-16. No mail server does.
const MARK_UTF_8: &[u8] = &[0xEF, 0xBB, 0xBF];
const MARK_UTF_16_LITTLE: &[u8] = &[0xFF, 0xFE];
const MARK_UTF_16_BIG: &[u8] = &[0xFE, 0xFF];

/// The text in UTF-8, without what an editor put before it; octets without such a mark as they are. A file in UTF-16
/// loses what is no text: no mail server writes one, only shells and editors that were asked to save. More than
/// [`MESSAGE_OCTETS_MAX`] octets stay as they are: half of a message would look like a whole one.
pub fn without_mark(octets: &[u8]) -> Cow<'_, [u8]> {
    if octets.len() > MESSAGE_OCTETS_MAX {
        return Cow::Borrowed(octets);
    }
    if let Some(rest) = octets.strip_prefix(MARK_UTF_8) {
        return Cow::Borrowed(rest);
    }
    let units: Vec<u16> = if let Some(rest) = octets.strip_prefix(MARK_UTF_16_LITTLE) {
        let pairs = rest.as_chunks::<2>().0.iter();
        pairs.map(|pair| u16::from_le_bytes(*pair)).collect()
    } else if let Some(rest) = octets.strip_prefix(MARK_UTF_16_BIG) {
        let pairs = rest.as_chunks::<2>().0.iter();
        pairs.map(|pair| u16::from_be_bytes(*pair)).collect()
    } else {
        return Cow::Borrowed(octets);
    };
    Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
}

/// The text as it was before it was saved or pasted: [`without_mark`], without the white space that stands before
/// every one of its lines, as in what is copied from a web page or out of an answer, and without the table that Gmail
/// shows above a message. The white space goes only where the first line is a header field then; else it may be
/// somebody's own. Lines of white space alone have any indentation. An empty line behind every line goes too, where it is
/// evident that it came on the way. A header whose folding was lost on the way is folded
/// again. Linear in the text.
pub fn as_written(octets: &[u8]) -> Cow<'_, [u8]> {
    let plain = |text: &[u8]| {
        without_indentation(text)
            .or_else(|| Some(text[table_octets(text)?..].to_vec()))
            .or_else(|| {
                let single = without_blank_lines(text)?;
                Some(folded_again(&single).unwrap_or(single))
            })
            .or_else(|| folded_again(text))
    };
    match without_mark(octets) {
        Cow::Borrowed(text) => plain(text).map_or(Cow::Borrowed(text), Cow::Owned),
        Cow::Owned(text) => Cow::Owned(plain(&text).unwrap_or(text)),
    }
}

/// Lines of the page "original message" of Gmail above the message: its title, a table of eight lines, what stands on
/// its buttons, and empty lines between.
const TABLE_LINES_MAX: usize = 40;
/// Words of that table's lines, the same in every language.
const TABLE_WORDS: &[&[u8]] = &[b"SPF", b"DKIM", b"DMARC"];
/// Fields that the message begins with there, in small letters: what the last server put above all others.
const TOP_FIELDS: &[&[u8]] = &[
    b"delivered-to:",
    b"received:",
    b"x-received:",
    b"return-path:",
    b"arc-seal:",
    b"x-forwarded-",
    b"mime-version:",
];

/// Whether a text is that table and no message with it: at least two of its three lines.
pub fn is_table(text: &[u8]) -> bool {
    let text = &text[..text.len().min(TABLE_OCTETS_MAX)];
    let lines = || text.split(|octet| *octet == b'\n').take(TABLE_LINES_MAX);
    let stands = |word: &&&[u8]| {
        lines().any(|line| {
            let behind = line.trim_ascii_start().strip_prefix(**word);
            let behind = behind.and_then(<[u8]>::first);
            behind.is_some_and(|behind| is_space(*behind) || *behind == b':')
        })
    };
    TABLE_WORDS.iter().filter(stands).count() >= 2
}

/// Octets of a text in which the table is looked for: eight lines, of which a long one has a subject of some hundred.
const TABLE_OCTETS_MAX: usize = 16 * 1024;

/// Octets of the table that Gmail's page "original message" has above a message, where somebody copied the whole page;
/// nothing where there is no such table, or nothing behind it.
fn table_octets(text: &[u8]) -> Option<usize> {
    let is_word = |line: &[u8]| {
        TABLE_WORDS.iter().any(|word| {
            let behind = line.strip_prefix(*word).and_then(<[u8]>::first);
            behind.is_some_and(|behind| is_space(*behind) || *behind == b':')
        })
    };
    // A message has no table above it.
    if Message::read(text).is_ok() && !is_word(text) {
        return None;
    }
    let mut octets = 0;
    let mut is_table = false;
    for line in text
        .split_inclusive(|octet| *octet == b'\n')
        .take(TABLE_LINES_MAX)
    {
        let begins = |word: &[u8]| {
            let beginning = line.get(..word.len());
            beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(word))
        };
        if is_table && TOP_FIELDS.iter().any(|field| begins(field)) {
            return Some(octets);
        }
        is_table |= is_word(line);
        octets += line.len();
    }
    None
}

/// Fields that a header has at least whose lines were doubled: fewer may be somebody's own text.
const DOUBLED_FIELDS_MIN: usize = 3;

/// The text without every second line, where all of these are empty and the others begin with a header: a chat or a form
/// that a message was pasted through put them there. Nothing where that is not evident.
fn without_blank_lines(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > MESSAGE_OCTETS_MAX {
        return None;
    }
    let lines = || {
        let all = text.split_inclusive(|octet| *octet == b'\n');
        all.skip_while(|line| line.trim_ascii().is_empty())
    };
    let mut between = lines().skip(1).step_by(2);
    let is_doubled = between.all(|line| line.trim_ascii().is_empty());
    if !(is_doubled && lines().next().is_some_and(begins_field)) {
        return None;
    }
    let single = || lines().step_by(2);
    let header = || single().take_while(|line| !line.trim_ascii().is_empty());
    let is_from = |line: &[u8]| {
        let name = line.get(..b"from:".len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"from:"))
    };
    let fields = header().filter(|line| begins_field(line)).count();
    (fields >= DOUBLED_FIELDS_MIN && header().any(is_from))
        .then(|| single().collect::<Vec<_>>().concat())
}

/// Fields that nearly every message has, in small letters.
const USUAL_FIELDS: &[&[u8]] = &[
    b"received:",
    b"date:",
    b"subject:",
    b"to:",
    b"message-id:",
    b"mime-version:",
    b"dkim-signature:",
];
/// Octets of a text in which the fields of a header are looked for whose lines were lost.
const LOST_OCTETS_MAX: usize = 64 * 1024;
/// Fields that the first lines of such a text still make.
const LOST_FIELDS_MAX: usize = 2;

/// Whether the ends of a header's lines were lost or changed on the way, as in what is pasted through a chat: it is
/// read as one field or two, none of them From, and behind these stand From and other fields that every message has.
pub fn has_lost_lines(message: &Message<'_>, text: &[u8]) -> bool {
    let fields = message.fields().take(LOST_FIELDS_MAX + 1).count();
    if fields > LOST_FIELDS_MAX || message.named("From").next().is_some() {
        return false;
    }
    let text = text[..text.len().min(LOST_OCTETS_MAX)].to_ascii_lowercase();
    let stands = |name: &[u8]| {
        let words = text.split(u8::is_ascii_whitespace);
        words.skip(1).any(|word| word.starts_with(name))
    };
    let usual = USUAL_FIELDS.iter().filter(|name| stands(name)).count();
    stands(b"from:") && usual >= 2
}

/// Fields that are always folded where servers write them, in small letters: a header without them is short enough to
/// have no folded line.
const FOLDED_FIELDS: &[&[u8]] = &[b"received:", b"dkim-signature:", b"arc-seal:"];

/// The text with a space before each line of its header that goes on with a field, where what copied it took all white
/// space at the beginning of lines away; nothing where any line of the header is folded, or none has to be.
fn folded_again(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > MESSAGE_OCTETS_MAX {
        return None;
    }
    let lines = || text.split_inclusive(|octet| *octet == b'\n');
    let header = || lines().take_while(|line| !line.trim_ascii().is_empty());
    let has_folded_fields = header().any(|line| {
        FOLDED_FIELDS.iter().any(|name| {
            let beginning = line.get(..name.len());
            beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(name))
        })
    });
    let begins_well = header().next().is_some_and(begins_field);
    let is_lost = header().any(|line| !begins_field(line));
    let is_folded = header().any(|line| is_space(line[0]));
    if !(has_folded_fields && begins_well && is_lost) || is_folded {
        return None;
    }
    let mut again = Vec::with_capacity(text.len() + header().count());
    let mut octets = 0;
    for line in header() {
        if !begins_field(line) {
            again.push(b' ');
        }
        again.extend_from_slice(line);
        octets += line.len();
    }
    again.extend_from_slice(&text[octets..]);
    Some(again)
}

/// Whether a line begins a field as servers write one: a name, a colon, and white space or nothing. In the lists of
/// signatures (`h=from:to:…`) none follows a colon.
fn begins_field(line: &[u8]) -> bool {
    let name = line
        .iter()
        .position(|octet| !matches!(octet, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_'));
    name.is_some_and(|end| {
        end > 0
            && line[end] == b':'
            && line.get(end + 1).is_none_or(u8::is_ascii_whitespace)
            && (line[0].is_ascii_alphabetic())
    })
}

/// The text without the indentation that all its lines have, from the first that says something; nothing where there
/// is no such indentation.
fn without_indentation(text: &[u8]) -> Option<Vec<u8>> {
    // What has more than this is refused by whoever reads it, and a copy would be made of it for nothing.
    if text.len() > MESSAGE_OCTETS_MAX || !text.first().is_some_and(|first| is_space(*first)) {
        return None;
    }
    let lines = || text.split_inclusive(|octet| *octet == b'\n');
    let mut said = lines().skip_while(|line| line.len() == indentation(line));
    let first = said.next()?;
    let mut common = &first[..indentation(first)];
    for line in said {
        let own = indentation(line);
        if own == line.len() {
            continue;
        }
        let same = common.iter().zip(&line[..own]);
        common = &common[..same.take_while(|(one, other)| one == other).count()];
        if common.is_empty() {
            return None;
        }
    }
    // Half of a no-break space is shared with another character.
    let common = common.strip_suffix(&NO_BREAK_SPACE[..1]).unwrap_or(common);
    if common.is_empty() || Message::read(&first[common.len()..]).is_err() {
        return None;
    }
    let mut plain = Vec::with_capacity(text.len());
    for line in lines().skip_while(|line| line.len() == indentation(line)) {
        plain.extend_from_slice(match line.strip_prefix(common) {
            Some(rest) => rest,
            None if line.ends_with(b"\r\n") => b"\r\n",
            None => b"\n",
        });
    }
    Some(plain)
}

/// What pages put where white space is to stay.
const NO_BREAK_SPACE: &[u8] = "\u{a0}".as_bytes();

fn is_space(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r' | b'\n') || octet == NO_BREAK_SPACE[0]
}

/// Octets of white space before what a line says; with its end, where it says nothing.
fn indentation(line: &[u8]) -> usize {
    let mut rest = line;
    loop {
        rest = match rest {
            [b' ' | b'\t', rest @ ..] => rest,
            [first, second, rest @ ..] if [*first, *second] == NO_BREAK_SPACE => rest,
            [] | [b'\n'] | [b'\r', b'\n'] => return line.len(),
            _ => return line.len() - rest.len(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_indented(text: &str, expect: &str) {
        let found = as_written(text.as_bytes());
        assert_eq!(String::from_utf8_lossy(&found), expect, "{text:?}");
    }

    #[test]
    fn white_space_before_every_line_goes() {
        check_indented("  From: a\n  To: b\n", "From: a\nTo: b\n");
        check_indented(
            "\r\n\tFrom: a\r\n\t\tb\r\n\r\n\tText\r\n \r\n\t text",
            "From: a\r\n\tb\r\n\r\nText\r\n\r\n text",
        );
        check_indented("\u{a0} From: a\n\u{a0} To: b", "From: a\nTo: b");
        check_indented("\u{feff}   From: a\n\n   Text\n", "From: a\n\nText\n");
        // Of what they share, no more than that.
        check_indented("    From: a\n  To: b\n", "    From: a\n  To: b\n");
        check_indented("  From: a\n    b\n", "From: a\n  b\n");
        check_indented("  From: a", "From: a");
    }

    #[test]
    fn white_space_before_some_lines_stays() {
        for text in [
            "From: a\n  b\n",
            "  From: a\nTo: b\n",
            "  From: a\n\tTo: b\n",
            "  No field\n  From: a\n",
            "  \n \n",
            "\u{a0}\n",
            "\u{a0}From: a\n\u{a1}To: b\n",
            "",
        ] {
            check_indented(text, text);
        }
    }

    #[test]
    fn a_header_whose_folding_was_lost_is_folded_again() {
        check_indented(
            "Received: from a\nby b; Sun, 22 Nov 2026\n10:00:00 +0100\nDKIM-Signature: v=1; h=from:to:\n\
             date:subject;\r\nb=AbC=\r\nDate: x\nSubject:\n\nBonjour\nby b\n",
            "Received: from a\n by b; Sun, 22 Nov 2026\n 10:00:00 +0100\nDKIM-Signature: v=1; h=from:to:\n \
             date:subject;\r\n b=AbC=\r\nDate: x\nSubject:\n\nBonjour\nby b\n",
        );
        for text in [
            // Something is folded, nothing has to be, or the first line is none of a header.
            "Received: from a\n by b\nX:y\n\nBonjour\n",
            "From: a\nBonjour\n",
            "Bonjour\nReceived: from a\nby b\n",
            "Received: from a\nFrom: b\n\nBonjour\n",
        ] {
            check_indented(text, text);
        }
    }

    #[test]
    fn lines_that_were_doubled_on_the_way_are_read_as_one() {
        check_indented(
            "\r\nReceived: from a\r\n\r\n by b\r\n\r\nFrom: a\r\n\r\nTo: b\r\n\r\n\r\n\r\nBonjour\r\n\r\nAnne",
            "Received: from a\r\n by b\r\nFrom: a\r\nTo: b\r\n\r\nBonjour\r\nAnne",
        );
        // Without its folding as well.
        check_indented(
            "Received: from a\n \nby b; c\n\nFrom: a\n\nTo: b\n\n\n\nBonjour\n",
            "Received: from a\n by b; c\nFrom: a\nTo: b\n\nBonjour\n",
        );
        for text in [
            // A message as it is, one with empty lines in its text, too few fields, no author.
            "From: a\nTo: b\nDate: c\n\nBonjour\n\nAnne\n",
            "From: a\n\nTo: b\n\nBonjour\n\nAnne\n",
            "Subject: a\n\nTo: b\n\nDate: c\n\n",
            "Received: from a\n\nFrom: a\n\nTo: b\nDate: c\n",
            "Bonjour\n\nFrom: a\n\nTo: b\n\nDate: c\n",
        ] {
            check_indented(text, text);
        }
    }

    #[test]
    fn a_header_whose_lines_were_lost_is_known() {
        for (text, expect) in [
            (
                "Received: from a by b; c From: a@b To: c@d Subject: e Date: f",
                true,
            ),
            ("Subject: a\n\nTo: b\n\nFrom: c\nDate: d\n", true),
            ("Received: from a by b; c", false),
            ("Subject: Bonjour\n\nFrom: the sea", false),
            ("From: a\n\nFrom: b\nTo: c\nDate: d\n", false),
            (
                "To: a\nDate: b\nSubject: c\n\nFrom: b\nTo: c\nDate: d\n",
                false,
            ),
        ] {
            let message = Message::read(text.as_bytes()).expect("a message");
            assert_eq!(has_lost_lines(&message, text.as_bytes()), expect, "{text}");
        }
        let far = format!(
            "Subject: a\n\n{} From: b To: c Date: d",
            "x".repeat(LOST_OCTETS_MAX)
        );
        let message = Message::read(far.as_bytes()).expect("a message");
        assert!(!has_lost_lines(&message, far.as_bytes()));
    }

    #[test]
    fn the_table_of_gmail_is_known_alone() {
        for (text, expect) in [
            (
                "SPF: PASS with IP 192.0.2.1\nDKIM: 'PASS' with domain a.example\nDMARC: 'PASS'\n",
                true,
            ),
            (
                "Message ID\t<a@b>\n SPF\u{a0}:\tPASS\r\nDMARC:\t'FAIL'",
                true,
            ),
            ("SPF: PASS", false),
            ("SPFX: PASS\nDKIMX: PASS", false),
            ("", false),
        ] {
            assert_eq!(is_table(text.as_bytes()), expect, "{text}");
        }
        let far = format!("{}SPF: a\nDKIM: b", "\n".repeat(TABLE_LINES_MAX));
        assert!(!is_table(far.as_bytes()));
        let far = format!("{}\nSPF: a\nDKIM: b", "x".repeat(TABLE_OCTETS_MAX));
        assert!(!is_table(far.as_bytes()));
    }

    #[test]
    fn the_table_of_gmail_above_a_message_goes() {
        const MESSAGE: &str =
            "Delivered-To: a@exemple.fr\nFrom: b@exemple.fr\n\nDKIM: x\nReceived: y\n";
        for table in [
            "Original Message\nMessage ID\t<a@b>\nSPF:\tPASS with IP 192.0.2.1 Learn more\nDMARC:\t'FAIL'\n\n\n\
             Download Original\tCopy to clipboard\n",
            "ID du message\t<a@b>\r\nSPF\u{a0}:\tPASS\r\n\r\n",
            "DKIM\t'PASS'\n",
        ] {
            check_indented(&format!("{table}{MESSAGE}"), MESSAGE);
            // The table alone is no message, and none is made of it.
            check_indented(table, table);
        }
        let far = format!("SPF: x\n{}{MESSAGE}", "\n".repeat(TABLE_LINES_MAX));
        check_indented(&far, &far);
        for text in [
            MESSAGE,
            "SPFX: a\nReceived: b\n",
            "From: a\n\nReceived: b\n",
        ] {
            check_indented(text, text);
        }
    }

    #[test]
    fn a_mark_goes_and_what_has_none_stays() {
        let check = |octets: &[u8], expect: &[u8]| assert_eq!(&*without_mark(octets), expect);
        check(b"From: a", b"From: a");
        check(b"\xEF\xBB\xBFFrom: a", b"From: a");
        check(b"\xFF\xFEF\0:\0", b"F:");
        check(b"\xFE\xFF\0F\0:", b"F:");
        // Half a character, half a pair.
        check(b"\xFF\xFEF\0:", b"F");
        check(b"\xFF\xFE\0\xD8", "\u{fffd}".as_bytes());
        check(b"\xFF\xFE", b"");
        check(b"\xFF", b"\xFF");
        check(b"", b"");
        let large = [MARK_UTF_16_LITTLE, &vec![b'a'; MESSAGE_OCTETS_MAX]].concat();
        assert!(without_mark(&large) == large);
    }
}
