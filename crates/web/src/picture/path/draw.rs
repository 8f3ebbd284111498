//! The way as a drawing.

use super::super::canvas::{Canvas, Form, LEADING, round};
use super::super::look::{BLOCK, Look, RIGHT, RISK};
use super::super::say::Words;
use super::super::width::Font;
use super::model::{Arrow, Leg, Way};

/// The brand's seal, 24 units wide.
const SEAL: &str = "M21.40 12.00A2.80 2.80 0 0 1 20.14 16.70A2.80 2.80 0 0 1 16.70 20.14A2.80 2.80 0 0 1 12.00 21.40A2.80 2.80 0 0 1 7.30 20.14A2.80 2.80 0 0 1 3.86 16.70A2.80 2.80 0 0 1 2.60 12.00A2.80 2.80 0 0 1 3.86 7.30A2.80 2.80 0 0 1 7.30 3.86A2.80 2.80 0 0 1 12.00 2.60A2.80 2.80 0 0 1 16.70 3.86A2.80 2.80 0 0 1 20.14 7.30A2.80 2.80 0 0 1 21.40 12.00z";

/// Height of the letter, and of envelope and seal.
const LETTER: f64 = 76.0;
const BOX: f64 = 128.0;
/// Units of a box that are left free beside its words.
const BOX_PADDING: f64 = 28.0;
/// Width of what stands between service and receiver.
const NAMES: f64 = 488.0;
/// Units between a box and the letter, in which the arrows stand.
const GAP: f64 = 126.0;

pub(super) fn draw(way: &Way, form: Form, words: &Words, description: &str) -> String {
    let mut drawing = Drawing {
        canvas: Canvas::default(),
        way,
        words,
        box_height: BOX,
    };
    let room = drawing.box_width(form) - BOX_PADDING;
    if way.legs.iter().any(|leg| name_lines(leg, room).len() > 1) {
        drawing.box_height += LEADING;
    }
    if way.legs.iter().any(|leg| leg.organization.is_some()) {
        drawing.box_height += LEADING;
    }
    let height = match form {
        Form::Wide => drawing.wide(),
        Form::Narrow => drawing.narrow(),
    };
    drawing
        .canvas
        .finish(form, super::ID, height, &way.title, description)
}

struct Drawing<'a> {
    canvas: Canvas,
    way: &'a Way,
    words: &'a Words,
    /// Of envelope and seal.
    box_height: f64,
}

impl Drawing<'_> {
    fn box_width(&self, form: Form) -> f64 {
        match form {
            Form::Wide => (NAMES - 16.0) / 2.0,
            Form::Narrow => form.width() - 2.0,
        }
    }

    fn wide(&mut self) -> f64 {
        let (names, names_width) = (206.0, NAMES);
        let receiver = 748.0;
        let receiver_width = 251.0;
        let step = |key: &str| self.words.word(key);
        let headings = [
            (0.0, names - 16.0, self.way.step.clone()),
            (names, 520.0, step("picture-path-step-names")),
            (receiver, 252.0, step("picture-path-step-receiver")),
        ];
        for (x, width, text) in &headings {
            self.canvas.fitted(Font::Word, "", (*x, 20.0), *width, text);
        }
        let top = 40.0;
        let mut right = Drawing {
            canvas: Canvas::default(),
            way: self.way,
            words: self.words,
            box_height: self.box_height,
        };
        let bottom = right.receiver(receiver + 18.0, top + 34.0, receiver_width - 36.0) + 20.0;
        let height = (bottom - top).max(LETTER + GAP + self.box_height);
        let bottom = top + height;
        self.canvas.sheet(
            self.receiver_class(),
            (receiver, top),
            receiver_width,
            height,
        );
        self.canvas.append(&right.canvas);

        let middle = top + height / 2.0;
        self.sender(middle);
        let middle_line = round(middle);
        self.canvas.path(
            "g-line",
            format_args!("M164 {middle_line}h36m-8 -6l8 6l-8 6"),
        );
        let from = names + names_width;
        let start = round(from + 6.0);
        self.canvas.path(
            "g-line",
            format_args!("M{start} {middle_line}h42m-8 -6l8 6l-8 6"),
        );

        self.letter((names, top), names_width, true);
        let width = self.box_width(Form::Wide);
        for (index, leg) in self.way.legs.iter().enumerate() {
            let x = names + index as f64 * (width + 16.0);
            self.leg(leg, (x, bottom - self.box_height), width);
            self.arrows(
                leg,
                x + width / 2.0,
                bottom - self.box_height - 4.0,
                top + LETTER + 4.0,
            );
        }
        bottom + 4.0
    }

    fn narrow(&mut self) -> f64 {
        let width = Form::Narrow.width() - 2.0;
        let step = |key: &str| self.words.word(key);
        let steps = [
            self.way.step.clone(),
            step("picture-path-step-names"),
            step("picture-path-step-receiver"),
        ];
        let [envelope, seal] = &self.way.legs;
        self.canvas
            .fitted(Font::Word, "", (0.0, 16.0), width, &steps[0]);
        let (x, mut y) = (1.0, 28.0);
        let sends = match self.way.sends.as_slice() {
            // The heading above says as much.
            [_] => &[][..],
            sends => sends,
        };
        let height = 42.0 + LEADING * sends.len() as f64;
        self.canvas.sheet("g-sheet", (x, y), width, height);
        let (at, room) = ((17.0, y + 26.0), width - 32.0);
        self.canvas
            .fitted(Font::Bold, "", at, room, &self.way.sender);
        for (line, text) in sends.iter().enumerate() {
            let at = (17.0, y + 26.0 + LEADING * (line + 1) as f64);
            self.canvas.fitted(Font::Text, "g-dim", at, room, text);
        }
        y += height;
        y = self.down(y);
        self.canvas
            .fitted(Font::Word, "", (0.0, y), width, &steps[1]);
        y += 14.0;
        self.leg(envelope, (x, y), width);
        y += self.box_height;
        let gap = GAP - 14.0;
        self.arrows(envelope, 164.0, y + 4.0, y + gap - 4.0);
        y += gap;
        self.letter((x, y), width, false);
        y += LETTER;
        self.arrows(seal, 164.0, y + gap - 4.0, y + 4.0);
        y += gap;
        self.leg(seal, (x, y), width);
        y += self.box_height;
        y = self.down(y);
        self.canvas
            .fitted(Font::Word, "", (0.0, y), width, &steps[2]);
        y += 14.0;
        let mut right = Drawing {
            canvas: Canvas::default(),
            way: self.way,
            words: self.words,
            box_height: self.box_height,
        };
        let bottom = right.receiver(17.0, y + 34.0, width - 32.0) + 20.0;
        self.canvas
            .sheet(self.receiver_class(), (x, y), width, bottom - y);
        self.canvas.append(&right.canvas);
        bottom + 4.0
    }

    /// The arrow from one part to the next beneath it. Returns where the next heading stands.
    fn down(&mut self, y: f64) -> f64 {
        let start = round(y + 8.0);
        self.canvas
            .path("g-line", format_args!("M164 {start}v24m-6 -8l6 8l6 -8"));
        y + 58.0
    }

    fn sender(&mut self, middle: f64) {
        const ROOM: f64 = 130.0;
        let sender = parted(&self.way.sender, ROOM);
        let name = Font::Bold.wrap(&sender, ROOM, 3).len();
        let texts = self.way.sends.iter();
        let lines = texts.map(|text| Font::Text.wrap(text, ROOM, 3).len());
        let lines = name + lines.sum::<usize>();
        let height = LEADING * lines as f64 + 24.0;
        let top = middle - height / 2.0;
        self.canvas.sheet("g-sheet", (0.7, top), 158.0, height);
        let at = (14.0, top + 27.0);
        let mut base = self
            .canvas
            .paragraph(Font::Bold, "", at, (ROOM, 3), &sender);
        for text in &self.way.sends {
            let at = (14.0, base + LEADING);
            base = self
                .canvas
                .paragraph(Font::Text, "g-dim", at, (ROOM, 3), text);
        }
    }

    /// The letter: the address that readers see.
    fn letter(&mut self, (x, y): (f64, f64), width: f64, wide: bool) {
        let (right, bottom) = (round(x + width), round(y + LETTER));
        let (left, top, fold) = (round(x), round(y), round(x + width - 20.0));
        let folded = round(y + 20.0);
        self.canvas.path(
            "g-sheet",
            format_args!("M{left} {top}H{fold}L{right} {folded}V{bottom}H{left}z"),
        );
        self.canvas
            .path("g-hair", format_args!("M{fold} {top}V{folded}H{right}"));
        let label = self.words.word(if wide {
            "picture-path-from-label"
        } else {
            "picture-path-from-label-short"
        });
        let room = width - 40.0;
        self.canvas
            .fitted(Font::Word, "", (x + 18.0, y + 28.0), room, &label);
        self.canvas
            .fitted(Font::Name, "", (x + 18.0, y + 56.0), room, &self.way.from);
    }

    /// Envelope or seal.
    fn leg(&mut self, leg: &Leg, (x, y): (f64, f64), width: f64) {
        let is_lost = leg.is_there == Some(false) || !leg.is_named;
        let class = if is_lost { "g-lost" } else { "g-sheet" };
        self.canvas.sheet(class, (x, y), width, self.box_height);
        if leg.is_envelope {
            let (left, top) = (round(x), round(y + 2.0));
            let half = round(width / 2.0);
            let flap = if is_lost { "g-bar-lost" } else { "g-rail" };
            self.canvas
                .path(flap, format_args!("M{left} {top}l{half} 26l{half} -26"));
        } else {
            let (left, top) = (round(x + width - 54.0), round(y + 10.0));
            let class = if is_lost { "g-bar-lost" } else { "g-seal" };
            self.canvas.seal(class, (left, top), 1.75, SEAL);
            if leg.look == RIGHT {
                let (left, top) = (left + 12.0, top + 21.0);
                self.canvas
                    .path("g-tick", format_args!("M{left} {top}l7 7l11 -13"));
            }
        }
        let kind = if leg.is_envelope { "envelope" } else { "seal" };
        let kind = garant_text::Args::new().with("leg", kind);
        let label = self.words.say("picture-path-label", &kind);
        let by = self.words.say("picture-path-by", &kind);
        let left = x + 16.0;
        let room = width - BOX_PADDING;
        let label_room = if leg.is_envelope { room } else { room - 44.0 };
        self.canvas
            .fitted(Font::Word, "", (left, y + 48.0), label_room, &label);
        let font = if leg.is_named { Font::Name } else { Font::Bold };
        let mut base = y + 52.0;
        for line in name_lines(leg, room) {
            base += LEADING;
            self.canvas.fitted(font, "", (left, base), room, line);
        }
        if let Some(organization) = &leg.organization {
            base += LEADING;
            let at = (left, base);
            self.canvas
                .fitted(Font::Text, "g-dim", at, room, organization);
        }
        self.canvas
            .fitted(Font::Text, "g-dim", (left, base + 22.0), room, &by);
        let class = self.proof_class(leg);
        self.canvas
            .fitted(Font::Bold, class, (left, base + 43.0), room, &leg.proof);
    }

    fn proof_class(&self, leg: &Leg) -> &'static str {
        match leg.is_there {
            Some(true) => "",
            Some(false) => leg.look.text,
            None => "g-dim",
        }
    }

    /// Both arrows of a leg, from its box at `from` to the letter at `to`: curved is relaxed, straight is strict.
    fn arrows(&mut self, leg: &Leg, middle: f64, from: f64, to: f64) {
        let (relaxed, strict) = (middle - 24.0, middle + 28.0);
        self.arrow(leg.relaxed, leg.look, (relaxed, from), to, true);
        self.arrow(leg.strict, leg.look, (strict, from), to, false);
        let y = (from + to) / 2.0 + 5.0;
        let labels = [
            (leg.relaxed, relaxed - 30.0, "relaxed", "g-end"),
            (leg.strict, strict + 14.0, "strict", ""),
        ];
        let asked = self.words.word("picture-path-asked");
        for (arrow, x, mode, anchor) in labels {
            let word = garant_text::Args::new().with("mode", mode);
            let word = self.words.say("picture-path-mode", &word);
            let (font, class) = if arrow.is_asked {
                (Font::Bold, "")
            } else {
                (Font::Text, "g-dim")
            };
            let space = if anchor.is_empty() { "" } else { " " };
            let dim = if class.is_empty() { "" } else { " g-dim" };
            let at = if arrow.is_asked { y - 9.0 } else { y };
            self.canvas.text(
                format_args!("{}{dim}{space}{anchor}", font.class()),
                x,
                at,
                &word,
            );
            if arrow.is_asked {
                self.canvas.text(
                    format_args!("{} g-dim{space}{anchor}", Font::Text.class()),
                    x,
                    at + 18.0,
                    &asked,
                );
            }
        }
    }

    fn arrow(&mut self, arrow: Arrow, look: Look, (x, from): (f64, f64), to: f64, curved: bool) {
        let curve = Curve {
            x,
            from,
            to,
            bend: if curved { 24.0 } else { 0.0 },
        };
        let centre = curve.at(0.5);
        let class = match (arrow.holds, arrow.is_asked) {
            (Some(true), true) => look.line,
            (Some(false), true) if look == RISK || look == BLOCK => look.line,
            _ => "g-rail",
        };
        match arrow.holds {
            Some(true) => {
                let line = curve.part(0.0, 1.0);
                let head = curve.head();
                self.canvas.path(class, format_args!("{line}{head}"));
            }
            Some(false) => {
                let dashed = format!("{class} g-broken");
                self.canvas.path(&dashed, curve.part(0.0, 0.4));
                let (left, top) = (round(centre.0 - 6.0), round(centre.1 - 6.0));
                let cross = format_args!("M{left} {top}l12 12m-12 0l12 -12");
                self.canvas.path(class, cross);
                self.canvas.path("g-rail g-dotted", curve.part(0.62, 1.0));
            }
            None => {
                self.canvas.path("g-rail g-dotted", curve.part(0.0, 0.38));
                self.canvas.path("g-rail g-dotted", curve.part(0.62, 1.0));
                let at = (centre.0 - 9.0, centre.1 - 9.0);
                self.canvas.state("s-unknown", "unknown", at, 18.0);
            }
        }
    }

    fn receiver_class(&self) -> &'static str {
        match self.way.dmarc_look {
            BLOCK => "w-block",
            RISK => "w-risk",
            _ => "g-sheet",
        }
    }

    /// What the receiver makes of it, from the base of the first line. Returns the base of the last.
    fn receiver(&mut self, x: f64, y: f64, width: f64) -> f64 {
        let way = self.way;
        let mut y = self
            .canvas
            .paragraph(Font::Head, "", (x, y), (width, 2), &way.support);
        y += 8.0;
        for leg in &way.legs {
            y += 24.0;
            y = self
                .canvas
                .told(leg.look, Font::Text, "", (x, y), width, &leg.says);
        }
        y = self.rail(x, y, width);
        let look = way.dmarc_look;
        y = self
            .canvas
            .told(look, Font::Bold, look.text, (x, y), width, &way.dmarc);
        if let Some(text) = &way.no_policy {
            y += LEADING;
            y = self
                .canvas
                .paragraph(Font::Text, "g-dim", (x, y), (width, 3), text);
        }
        y = self.rail(x, y, width);
        let heading = self.words.word("picture-path-outcomes");
        y = self
            .canvas
            .paragraph(Font::Word, "", (x, y), (width, 2), &heading);
        for policy in &way.policies {
            y += 30.0;
            let name = format!("p={}", policy.name);
            let end = self.canvas.fitted(Font::Name, "", (x, y), width, &name);
            if policy.is_current {
                let (left, top) = (round(x - 12.0), round(y - 10.0));
                self.canvas
                    .path("g-dot", format_args!("M{left} {top}l7 5l-7 5z"));
                let room = x + width - end - 12.0;
                let at = (end + 12.0, y);
                self.canvas
                    .fitted(Font::Word, "", at, room, &self.way.current);
            }
            y += 22.0;
            let (font, class) = if policy.is_current {
                (Font::Bold, policy.look.text)
            } else {
                (Font::Text, "g-dim")
            };
            y = self
                .canvas
                .told(policy.look, font, class, (x, y), width, &policy.outcome);
        }
        if let Some((text, look)) = &way.after {
            y = self.rail(x, y, width);
            y = self
                .canvas
                .told(*look, Font::Bold, look.text, (x, y), width, text);
        }
        y
    }

    /// A line between two parts. Returns the base of the next line.
    fn rail(&mut self, x: f64, y: f64, width: f64) -> f64 {
        let (left, at, width) = (round(x), round(y + 16.0), round(width));
        self.canvas
            .path("g-rail", format_args!("M{left} {at}h{width}"));
        y + 42.0
    }
}

/// The name of a leg in one line or, where that is too long, in two: the end, which alignment is about, whole if it
/// can be.
fn name_lines(leg: &Leg, room: f64) -> Vec<&str> {
    let name = leg.name.as_str();
    if !leg.is_named || Font::Name.width(name) <= room {
        return vec![name];
    }
    let mut dots = name.match_indices('.').map(|(dot, _)| dot + 1);
    match dots.find(|dot| Font::Name.width(&name[*dot..]) <= room) {
        Some(dot) => vec![&name[..dot], &name[dot..]],
        None => vec![name],
    }
}

/// The sender's name with a space after a dot where that makes it fit in lines of `room`: a server's name has no
/// spaces of its own.
fn parted(name: &str, room: f64) -> String {
    if name.contains(' ') || Font::Bold.width(name) <= room {
        return name.to_owned();
    }
    let mut dots = name.match_indices('.').map(|(dot, _)| dot + 1);
    match dots.find(|dot| Font::Bold.width(&name[*dot..]) <= room) {
        Some(dot) => format!("{} {}", &name[..dot], &name[dot..]),
        None => name.to_owned(),
    }
}

/// The line of an arrow: upright, bent to the left by some units.
struct Curve {
    x: f64,
    from: f64,
    to: f64,
    bend: f64,
}

impl Curve {
    /// The four points of the Bézier curve.
    fn points(&self) -> [(f64, f64); 4] {
        let Self { x, from, to, bend } = *self;
        let height = to - from;
        [
            (x, from),
            (x - bend, from + height * 0.3),
            (x - bend, from + height * 0.7),
            (x, to),
        ]
    }

    /// The point of the curve's blossom: how de Casteljau finds points, and parts, of a curve.
    fn blossom(&self, parts: [f64; 3]) -> (f64, f64) {
        let mut points = self.points().to_vec();
        for part in parts {
            let between = points.windows(2).map(|pair| {
                let ((x, y), (next_x, next_y)) = (pair[0], pair[1]);
                (x + (next_x - x) * part, y + (next_y - y) * part)
            });
            points = between.collect();
        }
        points[0]
    }

    fn at(&self, part: f64) -> (f64, f64) {
        self.blossom([part; 3])
    }

    /// The curve from one part of its way to another, 0 to 1.
    fn part(&self, start: f64, end: f64) -> String {
        let points = [
            [start, start, start],
            [start, start, end],
            [start, end, end],
            [end, end, end],
        ];
        let [a, b, c, d] = points.map(|parts| {
            let (x, y) = self.blossom(parts);
            format!("{} {}", round(x), round(y))
        });
        format!("M{a}C{b} {c} {d}")
    }

    /// The open head at its end, turned as the curve ends.
    fn head(&self) -> String {
        let [_, _, (before_x, before_y), (x, y)] = self.points();
        let (along_x, along_y) = (x - before_x, y - before_y);
        let length = along_x.hypot(along_y).max(1.0);
        let (along_x, along_y) = (along_x / length, along_y / length);
        let side = |sign: f64| {
            let x = round(x - 9.0 * along_x - 6.0 * sign * along_y);
            let y = round(y - 9.0 * along_y + 6.0 * sign * along_x);
            format!("{x} {y}")
        };
        let (one, other) = (side(1.0), side(-1.0));
        format!("M{one}L{} {}L{other}", round(x), round(y))
    }
}
