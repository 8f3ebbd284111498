//! What is done to messages on their way: by servers, by lists, by whoever wants to deceive, by chance.

use super::random::Random;

/// Does one thing to a message. Gives what it did.
pub(crate) fn change(random: &mut Random, message: &mut Vec<u8>) -> &'static str {
    let body = body_of(message);
    match random.below(22) {
        0 => {
            message.splice(
                0..0,
                *b"Received: from a by b;\r\n\tMon, 23 Nov 2026 10:00:00 +0100\r\n",
            );
            "Received above"
        }
        1 => {
            let field = random.pick(&[
                "Subject: x",
                "X-A: y",
                "From: c@d.fr",
                "Cc:",
                "to:  e@f.fr ",
            ]);
            let starts = starts(message, body);
            let at = random.pick(&starts);
            message.splice(at..at, format!("{field}\r\n").into_bytes());
            "a field added"
        }
        2 => {
            let (start, end) = field(random, message, body);
            message.drain(start..end);
            "a field removed"
        }
        3 => {
            let (start, end) = field(random, message, body);
            let copy = message[start..end].to_vec();
            let starts = starts(message, body);
            let at = random.pick(&starts);
            message.splice(at..at, copy);
            "a field doubled"
        }
        4 => {
            let (start, end) = field(random, message, body);
            let moved: Vec<u8> = message.drain(start..end).collect();
            let body = body_of(message);
            let starts = starts(message, body);
            let at = random.pick(&starts);
            message.splice(at..at, moved);
            "a field moved"
        }
        5 => {
            // Elsewhere, or no longer.
            let (start, end) = field(random, message, body);
            let blanks = blanks(&message[start..end], start);
            if let Some(at) = some(random, &blanks) {
                let gap = random.pick(&["\r\n ", "\r\n\t", "  ", "\t", " \r\n ", " "]);
                message.splice(at..=at, gap.bytes());
            }
            "a field refolded"
        }
        6 => {
            let (start, end) = field(random, message, body);
            let unfolded = String::from_utf8_lossy(&message[start..end]).replace("\r\n\t", " ");
            let unfolded = unfolded.replace("\r\n ", " ").into_bytes();
            message.splice(start..end, unfolded);
            "a field unfolded"
        }
        7 => {
            let (start, end) = field(random, message, body);
            let length = random.below(end - start);
            message[start..start + length].make_ascii_uppercase();
            "letters made large"
        }
        8 => {
            let (start, end) = field(random, message, body);
            let at = start + random.below(end - start);
            let is_line_end = matches!(message[at], b'\r' | b'\n');
            message[at] = if is_line_end {
                b' '
            } else {
                random_octet(random)
            };
            "an octet of the header"
        }
        9 => {
            let text = if random.once_in(2) {
                "[liste] "
            } else {
                "Re: "
            };
            if let Some(at) = find(message, b"Subject: ").filter(|at| *at < body) {
                message.splice(at + 9..at + 9, text.bytes());
            }
            "a subject marked"
        }
        10 => {
            let foot = random.pick(&["-- \r\nListe\r\n", "\r\n", " \r\n", "\t\r\n\r\n", "x", " "]);
            message.extend(foot.bytes());
            "a foot"
        }
        11 => {
            let end = message
                .iter()
                .rposition(|octet| !octet.is_ascii_whitespace());
            let end = end.map_or(body, |end| end + 1).max(body);
            message.truncate(end);
            if random.once_in(2) {
                message.extend(b"\r\n");
            }
            "the end stripped"
        }
        12 | 13 => {
            let blanks = blanks(&message[body..], body);
            if let Some(at) = some(random, &blanks) {
                let gap = random.pick(&["  ", "\t", "", " \t ", "\r\n"]);
                message.splice(at..=at, gap.bytes());
            }
            "white space of the body"
        }
        14 => {
            let ends = line_ends(message, body);
            if let Some(at) = some(random, &ends) {
                let gap = random.pick(&[" ", "\t", "  \t ", "=20", "\r"]);
                message.splice(at..at, gap.bytes());
            }
            "the end of a line"
        }
        15 => {
            let ends = line_ends(message, body);
            if let Some(at) = some(random, &ends) {
                if random.once_in(2) {
                    message.splice(at..at, *b"\r\n");
                } else {
                    message.drain(at..at + 1);
                }
            }
            "a line of the body"
        }
        16 | 17 => {
            if body < message.len() {
                let at = body + random.below(message.len() - body);
                match random.below(3) {
                    0 => message[at] = random_octet(random),
                    1 => drop(message.remove(at)),
                    _ => message.insert(at, random_octet(random)),
                }
            }
            "an octet of the body"
        }
        18 => {
            for octet in message.iter_mut() {
                *octet &= 0x7f;
            }
            "the eighth bit cut"
        }
        19 => {
            message.retain(|octet| *octet != b'\r');
            "LF alone"
        }
        20 => {
            let length = random.below(message.len() - body + 1);
            message.truncate(body + length);
            "cut"
        }
        _ => "nothing",
    }
}

fn random_octet(random: &mut Random) -> u8 {
    random.pick(b" \t;:=aAzZ09+/\r\n\x00\x7f\x80\xa0\xff")
}

fn some(random: &mut Random, places: &[usize]) -> Option<usize> {
    (!places.is_empty()).then(|| random.pick(places))
}

/// Where the empty line ends.
fn body_of(message: &[u8]) -> usize {
    let crlf = find(message, b"\r\n\r\n").map(|at| at + 4);
    let lf = find(message, b"\n\n").map(|at| at + 2);
    let ends = [crlf, lf].into_iter().flatten();
    ends.min().unwrap_or(message.len())
}

fn find(octets: &[u8], wanted: &[u8]) -> Option<usize> {
    octets
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Where fields begin; never none.
fn starts(message: &[u8], body: usize) -> Vec<usize> {
    let after_line = |at: &usize| {
        at.checked_sub(1)
            .is_none_or(|before| message[before] == b'\n')
    };
    let begins = |at: &usize| !matches!(message[*at], b' ' | b'\t' | b'\r' | b'\n');
    let mut all: Vec<usize> = (0..body).filter(after_line).filter(begins).collect();
    if all.is_empty() {
        all.push(0);
    }
    all
}

/// From where to where some field stands; at least an octet.
fn field(random: &mut Random, message: &mut Vec<u8>, body: usize) -> (usize, usize) {
    if message.is_empty() {
        message.extend(b"X: y\r\n");
    }
    let starts = starts(message, body);
    let which = random.below(starts.len());
    let last = body.max(1).min(message.len());
    let end = starts.get(which + 1).copied().unwrap_or(last);
    (starts[which], end.max(starts[which] + 1).min(message.len()))
}

fn blanks(octets: &[u8], offset: usize) -> Vec<usize> {
    let is_blank = |(_, octet): &(usize, &u8)| matches!(octet, b' ' | b'\t');
    let found = octets.iter().enumerate().filter(is_blank);
    found.map(|(at, _)| at + offset).collect()
}

fn line_ends(message: &[u8], body: usize) -> Vec<usize> {
    (body..message.len())
        .filter(|at| message[*at..].starts_with(b"\r\n"))
        .collect()
}
