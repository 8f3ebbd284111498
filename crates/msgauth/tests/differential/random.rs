//! Numbers that look random and are the same at every run, and messages made of them.

/// What half of all messages have, and verifiers differ about. One kind at a time: two would hide each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    None,
    /// Octets that C and Python take for white space, and DKIM does not (RFC 6376, section 2.8).
    Control,
    /// A CR without LF.
    BareCr,
    /// A line of a folded field with nothing but white space (RFC 5322, section 4.2).
    BlankFold,
    /// White space between the name of a field and its colon (RFC 5322, section 4.5).
    SpacedName,
    /// A message without From, or with two.
    Authors,
    /// No line end at the end of the body, or no body.
    End,
    /// White space around the value of `b=`.
    AroundB,
    /// White space between the name of a tag and its equals sign.
    BeforeEquals,
    /// White space at the end of the signature field.
    SignatureEnd,
    /// `h=` names DKIM-Signature.
    Signatures,
    /// `h=` ends with a colon.
    Colon,
    /// `h=` does not name From.
    NoFrom,
    /// `l=` is longer than the body.
    Length,
    /// Tags whose end looks like `b=`.
    LikeB,
    /// A tag without a value, a time that nobody lives to see.
    Tags,
}

const ODDITIES: [Oddity; 15] = [
    Oddity::Control,
    Oddity::BareCr,
    Oddity::BlankFold,
    Oddity::SpacedName,
    Oddity::Authors,
    Oddity::End,
    Oddity::AroundB,
    Oddity::BeforeEquals,
    Oddity::SignatureEnd,
    Oddity::Signatures,
    Oddity::Colon,
    Oddity::NoFrom,
    Oddity::Length,
    Oddity::LikeB,
    Oddity::Tags,
];

/// SplitMix64: every seed gives a sequence of its own.
pub(crate) struct Random {
    state: u64,
    /// What is odd about this message.
    pub(crate) odd: Oddity,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Self {
            state: seed,
            odd: Oddity::None,
        };
        if random.once_in(2) {
            random.odd = random.pick(&ODDITIES);
        }
        random
    }

    /// Yes, once in so many times, where messages are odd in this way.
    pub(crate) fn is_odd(&mut self, odd: Oddity, times: usize) -> bool {
        self.odd == odd && self.once_in(times)
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.state;
        number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ number >> 31
    }

    /// A number beneath this one, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a small number");
        usize::try_from(self.next() % end).expect("beneath a small number")
    }

    /// Yes, once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }

    fn octet(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// Names of fields, some of which verifiers know.
const NAMES: [&str; 22] = [
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Cc",
    "Reply-To",
    "Sender",
    "Received",
    "Received",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Comments",
    "X",
    "X-A",
    "x-Mailer",
    "Authentication-Results",
];
/// Octets that names are made of.
const NAME_OCTETS: &[u8] = b"abcdefghijkmxyzABCXYZ0189-_@[`{}~!^";
/// White space within a line, and folds.
const GAPS: [&str; 14] = [
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\t",
    " \t ",
    "\r\n ",
    "\r\n\t",
    "\r\n  \t",
    " \r\n ",
    "\t\r\n\t ",
    "    ",
    "\t\t",
];
const ENDS: [&str; 7] = ["", "", "", "", " ", "\t", " \t "];
/// Lengths about which blocks, buffers and lines end.
const BORDERS: [usize; 12] = [0, 16, 32, 63, 64, 65, 126, 128, 192, 512, 1022, 1024];

/// A message with CRLF, whose fields and lines come in every form that servers let through, and some that they do not.
pub(crate) fn message(random: &mut Random) -> Vec<u8> {
    let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
    for _ in 0..random.below(14) {
        let name = name(random, &fields);
        fields.push((name, value(random)));
    }
    let authors = match random.odd {
        Oddity::Authors => 2 * random.below(2),
        _ => 1,
    };
    for _ in 0..authors {
        let at = random.below(fields.len() + 1);
        let name = random.pick(&["From", "From", "From", "FROM", "from"]);
        let value = [gap(random), "Anne <anne@exemple.fr>", random.pick(&ENDS)].concat();
        fields.insert(at, (name.to_owned(), value.into_bytes()));
    }
    if fields.is_empty() {
        fields.push(("To".to_owned(), b" b@example.com".to_vec()));
    }
    let mut octets = Vec::new();
    for (name, value) in fields {
        octets.extend(name.as_bytes());
        if random.is_odd(Oddity::SpacedName, 3) {
            octets.push(b' ');
        }
        octets.push(b':');
        octets.extend(value);
        octets.extend(b"\r\n");
    }
    if random.is_odd(Oddity::End, 4) {
        return octets;
    }
    octets.extend(b"\r\n");
    octets.extend(body(random));
    octets
}

/// White space before a value, or none.
fn gap(random: &mut Random) -> &'static str {
    if random.once_in(12) {
        ""
    } else if random.once_in(4) {
        random.pick(&GAPS)
    } else {
        " "
    }
}

fn name(random: &mut Random, fields: &[(String, Vec<u8>)]) -> String {
    match random.below(8) {
        0 => {
            let lengths = random.pick(&[5, 12, 40]);
            let length = 1 + random.below(lengths);
            let octets = (0..length).map(|_| char::from(random.pick(NAME_OCTETS)));
            octets.collect()
        }
        // One that stands already, or differs in one octet only.
        1..4 if !fields.is_empty() => {
            let mut name = fields[random.below(fields.len())].0.clone().into_bytes();
            let at = random.below(name.len());
            let odd = name.iter().position(|octet| b"@[`{^~".contains(octet));
            match random.below(3) {
                0 => {}
                1 => name[at] = random.pick(NAME_OCTETS),
                // What is not a letter has no other case.
                _ => name[odd.unwrap_or(at)] ^= 0x20,
            }
            let is_name = name.iter().all(|octet| (33..127).contains(octet));
            let text = String::from_utf8(name).unwrap_or_default();
            let text = text.replace(':', "_");
            if is_name { text } else { "X-B".to_owned() }
        }
        _ => {
            let name = random.pick(&NAMES);
            cased(random, name)
        }
    }
}

/// A word in some case.
pub(crate) fn cased(random: &mut Random, word: &str) -> String {
    match random.below(8) {
        0 => word.to_ascii_uppercase(),
        1 => word.to_ascii_lowercase(),
        2 => {
            let letters = word.chars().map(|letter| match random.below(2) {
                0 => letter.to_ascii_uppercase(),
                _ => letter.to_ascii_lowercase(),
            });
            letters.collect()
        }
        _ => word.to_owned(),
    }
}

fn value(random: &mut Random) -> Vec<u8> {
    let mut value = gap(random).as_bytes().to_vec();
    let words = match random.below(10) {
        0 => 0,
        1 => random.below(120),
        _ => 1 + random.below(9),
    };
    for at in 0..words {
        if at > 0 {
            value.extend(random.pick(&GAPS).as_bytes());
        }
        word(random, &mut value);
    }
    value.extend(random.pick(&ENDS).as_bytes());
    if random.is_odd(Oddity::BlankFold, 3) {
        value.extend(
            random
                .pick(&["\r\n ", "\r\n\t\r\n  ", "\r\n \r\n x"])
                .as_bytes(),
        );
    }
    value
}

fn word(random: &mut Random, out: &mut Vec<u8>) {
    match random.below(60) {
        0..8 => out.extend("été".as_bytes()),
        8..11 => out.extend((0..4).map(|_| random.octet() | 0x80)),
        11..14 => {
            out.extend(random.pick(&[b"a:b;c=d".as_slice(), b"; b=Zm9v", b"=20", b"..", b"--"]));
        }
        14..24 if random.odd == Oddity::Control => {
            out.push(random.pick(b"\x0b\x0c\x01\x7f\xa0\x85\x1c"));
        }
        14..24 if random.odd == Oddity::BareCr => out.extend(b"x\ry"),
        _ => out.extend((0..=random.below(12)).map(|_| b'a' + random.octet() % 26)),
    }
}

fn body(random: &mut Random) -> Vec<u8> {
    let mut body = Vec::new();
    match random.below(12) {
        0 => {}
        // Nothing but a few kinds of octets, in any order.
        1 | 2 => {
            let kinds = match random.odd {
                Oddity::BareCr => ["a", "\r", "\r\n", " "],
                _ => random.pick(&[
                    [" ", "\t", "\r\n", "a"],
                    [" ", "\t", "\r\n", "\r\n"],
                    ["a", "b", " ", "\r\n"],
                ]),
            };
            for _ in 0..random.below(700) {
                body.extend(random.pick(&kinds).as_bytes());
            }
        }
        _ => {
            let lines = match random.below(12) {
                0 => random.below(400),
                _ => random.below(12),
            };
            for _ in 0..lines {
                line(random, &mut body);
                body.extend(b"\r\n");
            }
        }
    }
    for _ in 0..random.pick(&[0, 0, 0, 1, 2, 5, 70, 600]) {
        body.extend(b"\r\n");
    }
    if random.once_in(8) {
        let length = about_a_border(random);
        body.extend((0..length).map(|_| random.pick(b" \t")));
        body.extend(b"\r\n");
    }
    if random.is_odd(Oddity::End, 2) {
        line(random, &mut body);
    } else if !body.is_empty() && !body.ends_with(b"\n") {
        body.extend(b"\r\n");
    }
    body
}

fn about_a_border(random: &mut Random) -> usize {
    (random.pick(&BORDERS) + random.below(5)).saturating_sub(2)
}

fn line(random: &mut Random, out: &mut Vec<u8>) {
    match random.below(10) {
        // Text up to a border and white space over it.
        0 | 1 => {
            let length = about_a_border(random);
            out.extend((0..length).map(|_| b'a' + random.octet() % 26));
            let spaces = random.below(6) * random.below(30);
            out.extend((0..spaces).map(|_| random.pick(b" \t")));
            if random.once_in(2) {
                out.push(b'.');
            }
        }
        2 => out.extend((0..random.below(150)).map(|_| random.pick(b" \t"))),
        3 => {}
        4 => out.extend((0..random.below(200)).map(|_| match random.octet() {
            b'\r' | b'\n' => b'x',
            octet => octet,
        })),
        _ => {
            for at in 0..random.below(20) {
                if at > 0 {
                    out.extend(random.pick(&[b" ".as_slice(), b" ", b"  ", b"\t", b" \t\t "]));
                }
                word(random, out);
            }
            out.extend(random.pick(&[b"".as_slice(), b"", b" ", b"\t", b"  \t "]));
        }
    }
}

/// A message as it may come: its line ends CRLF, LF, or some of each.
pub(crate) fn with_line_ends(random: &mut Random, message: &[u8]) -> Vec<u8> {
    let share = match random.below(8) {
        0 => 1,
        1 => 3,
        _ => return message.to_vec(),
    };
    let mut octets = Vec::new();
    for line in message.split_inclusive(|octet| *octet == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(text) if random.once_in(share) => {
                octets.extend(text);
                octets.push(b'\n');
            }
            _ => octets.extend(line),
        }
    }
    octets
}
