//! The tree as a drawing.

use super::super::canvas::{Canvas, Form, LEADING, round};
use super::super::say::Words;
use super::super::width::Font;
use super::list::item;
use super::model::{Counter, Mark, Row, Tree};

/// Marks of one counter that are drawn at most; its words say the number.
const PIPS_MAX: u64 = 20;
/// Links in one drawing at most: see [`Canvas::finish`].
const LINKS_MAX: usize = 8;
/// Units of the longest bar at most.
const BAR_MAX: f64 = 220.0;
/// Addresses of the longest bar at least, so that one address never looks like many: a /16.
const SCALE_MIN: u64 = 65_536;
/// Units that a bar has at least, to be seen.
const BAR_MIN: f64 = 4.0;

/// Where things stand from left to right.
struct Columns {
    form: Form,
    /// The centre and the radius of the circles.
    circle: (f64, f64),
    /// Where terms begin, and how much further each level beneath.
    term: f64,
    indent: f64,
    /// Where services begin, and what is said of a term.
    service: f64,
    note: f64,
    bar_max: f64,
    /// The addresses of a bar as long as that.
    most: u64,
}

impl Columns {
    fn of(tree: &Tree, form: Form) -> Self {
        let has_services = tree.rows.iter().any(|row| row.service.is_some());
        let (service, note) = match (form, has_services) {
            (Form::Wide, true) => (480.0, 650.0),
            (Form::Wide, false) => (560.0, 560.0),
            (Form::Narrow, _) => (0.0, 0.0),
        };
        let rows = || tree.rows.iter().filter(|row| row.addresses > 0);
        let longest = rows().map(|row| Font::Text.width(&row.says));
        let longest = longest.fold(0.0, f64::max);
        let bar_max = match form {
            Form::Wide => (form.width() - note - 14.0 - longest).clamp(60.0, BAR_MAX),
            Form::Narrow => 130.0,
        };
        Self {
            form,
            circle: if form.is_wide() {
                (22.0, 13.0)
            } else {
                (13.0, 11.5)
            },
            term: if form.is_wide() { 94.0 } else { 44.0 },
            indent: if form.is_wide() { 28.0 } else { 10.0 },
            service,
            note,
            bar_max,
            most: rows().map(|row| row.addresses).fold(SCALE_MIN, u64::max),
        }
    }

    fn term(&self, row: &Row) -> f64 {
        // Deeper than this nothing would be left for the words.
        self.term + self.indent * row.depth.min(5) as f64
    }

    /// Units of the bar: the logarithm of the addresses, to the scale of the longest.
    fn bar(&self, addresses: u64) -> f64 {
        let scale = (addresses as f64).ln_1p() / (self.most as f64).ln_1p();
        (self.bar_max * scale).max(BAR_MIN)
    }
}

pub(super) fn draw(tree: &Tree, form: Form, words: &Words, description: &str) -> String {
    let mut drawing = Drawing {
        canvas: Canvas::default(),
        columns: Columns::of(tree, form),
        tree,
        words,
        places: Vec::new(),
        root: 0.0,
        links: 0,
        y: 0.0,
    };
    drawing.counters();
    drawing.headings();
    for (index, row) in tree.rows.iter().enumerate() {
        drawing.rule(index);
        drawing.row(index, row);
    }
    drawing.rule(tree.rows.len());
    if tree.stop.is_some_and(|stop| stop.before > tree.rows.len()) {
        drawing.stop_line();
    }
    drawing.rest();
    let height = drawing.y + 4.0;
    drawing
        .canvas
        .finish(form, super::ID, height, &tree.title, description)
}

struct Drawing<'a> {
    canvas: Canvas,
    columns: Columns,
    tree: &'a Tree,
    words: &'a Words,
    /// Where the branch of each row begins beneath it, or goes on.
    places: Vec<f64>,
    /// The same of the record itself.
    root: f64,
    links: usize,
    y: f64,
}

impl Drawing<'_> {
    fn counters(&mut self) {
        let form = self.columns.form;
        let widths = self.tree.counters.iter();
        let widths = widths.map(|counter| Font::Bold.width(&counter.words));
        let pips = widths.fold(0.0, f64::max) + 24.0;
        for counter in &self.tree.counters {
            let class = if counter.used > counter.limit {
                "f-block"
            } else {
                ""
            };
            if form.is_wide() {
                self.y += 24.0;
                let at = (0.0, self.y);
                self.canvas
                    .fitted(Font::Bold, class, at, form.width(), &counter.words);
                // Words that leave no room are enough by themselves.
                if pips + 16.0 * PIPS_MAX as f64 <= form.width() {
                    self.pips(counter, pips, self.y - 11.0);
                }
            } else {
                let at = (0.0, self.y + 16.0);
                let room = (form.width(), 3);
                let base = self
                    .canvas
                    .paragraph(Font::Bold, class, at, room, &counter.words);
                self.pips(counter, 1.0, base + 8.0);
                self.y = base + 30.0;
            }
        }
        self.y += if form.is_wide() { 34.0 } else { 14.0 };
    }

    /// A mark for each that was used, an empty one for each that is left, and a line behind the last that is allowed.
    fn pips(&mut self, counter: &Counter, x: f64, y: f64) {
        let step = 16.0;
        let limit_x = x + step * counter.limit as f64 - 2.5;
        for index in 0..counter.used.max(counter.limit).min(PIPS_MAX) {
            let class = match index {
                index if index >= counter.used => "g-pip",
                index if index >= counter.limit => "f-block",
                _ => "g-bar",
            };
            let shift = if index >= counter.limit { 5.0 } else { 0.0 };
            let at = (x + step * index as f64 + shift, y);
            self.canvas.bar(class, at, 11.0, 11.0);
        }
        if counter.used > counter.limit {
            let (x, top) = (round(limit_x + 2.0), round(y - 5.0));
            self.canvas.path("g-block", format_args!("M{x} {top}v21"));
        }
    }

    fn headings(&mut self) {
        let form = self.columns.form;
        if form.is_wide() {
            let y = self.y;
            let number = self.words.word("picture-spf-column-number");
            let term = self.words.word("picture-spf-column-term");
            let note = self.words.word("picture-spf-column-note");
            let end = self.canvas.fitted(Font::Word, "", (0.0, y), 200.0, &number);
            let start = (end + 20.0).max(64.0);
            let room = self.columns.service - start - 12.0;
            self.canvas.fitted(Font::Word, "", (start, y), room, &term);
            if self.columns.service < self.columns.note {
                let service = self.words.word("picture-spf-column-service");
                let room = self.columns.note - self.columns.service - 12.0;
                let at = (self.columns.service, y);
                self.canvas.fitted(Font::Word, "", at, room, &service);
            }
            let at = (self.columns.note, y);
            let room = form.width() - self.columns.note;
            self.canvas.fitted(Font::Word, "", at, room, &note);
            self.y += 34.0;
        } else {
            self.y += 12.0;
        }
        let x = self.columns.term - 30.0 + if form.is_wide() { 0.0 } else { 20.0 };
        let at = (x, self.y);
        let room = form.width() - x;
        self.canvas
            .fitted(Font::Name, "", at, room, &self.tree.domain);
        self.root = self.y + 7.0;
    }

    /// The line at which a receiver stops, where it stands before this row.
    fn rule(&mut self, index: usize) {
        if self.tree.stop.is_some_and(|stop| stop.before == index) {
            self.stop_line();
        }
    }

    fn stop_line(&mut self) {
        let Some(stop) = self.tree.stop else { return };
        let form = self.columns.form;
        let width = form.width();
        let says = stop.reason.words(self.words);
        if form.is_wide() {
            let text = Font::Bold.width(&says).min(width * 0.8);
            let box_width = text + 34.0;
            let x = width - box_width;
            self.y += 42.0;
            let (y, left) = (round(self.y - 5.0), round(x));
            self.canvas
                .path("g-block g-thick", format_args!("M0 {y}H{left}"));
            self.canvas
                .sheet("w-block", (x, self.y - 20.0), box_width - 1.0, 30.0);
            self.canvas
                .fitted(Font::Bold, "f-block", (x + 16.0, self.y), text + 2.0, &says);
            self.y += 8.0;
        } else {
            self.y += 24.0;
            let y = round(self.y);
            self.canvas
                .path("g-block g-thick", format_args!("M0 {y}H{width}"));
            let at = (self.columns.term, self.y + 22.0);
            let room = (width - self.columns.term, 3);
            self.y = self
                .canvas
                .paragraph(Font::Bold, "f-block", at, room, &says)
                + 4.0;
        }
    }

    fn row(&mut self, index: usize, row: &Row) {
        let wide = self.columns.form.is_wide();
        let base = self.y + if wide { 36.0 } else { 30.0 };
        let top = base - 20.0;
        self.rail(row, base);
        self.number(row, base);
        self.term(row, base);
        let bottom = if wide {
            self.beside(row, base)
        } else {
            self.beneath(row, base)
        };
        self.places
            .push(if wide { base + 4.0 } else { bottom + 5.0 });
        self.y = bottom;
        if row.mark != Mark::None && self.links < LINKS_MAX {
            self.links += 1;
            let label = format!("{} {}", row.text, row.marked);
            let height = (bottom - top + 6.0).max(24.0);
            let width = self.columns.form.width() - 2.0;
            self.canvas
                .link(&item(index), &label, (1.0, top), width, height);
        }
    }

    /// The branch from the row above it in the tree.
    fn rail(&mut self, row: &Row, base: f64) {
        let x = self.columns.term(row);
        let gap = if self.columns.form.is_wide() {
            24.0
        } else {
            8.0
        };
        // What stands in the record itself hangs on its name.
        let place = match row.parent.and_then(|parent| self.places.get_mut(parent)) {
            Some(place) => place,
            None => &mut self.root,
        };
        let from = std::mem::replace(place, base - 5.0);
        let class = if row.is_dead { "g-bar-lost" } else { "g-rail" };
        let (left, from, to) = (round(x - gap), round(from), round(base - 5.0));
        let reach = round(
            gap - if self.columns.form.is_wide() {
                4.0
            } else {
                5.0
            },
        );
        self.canvas
            .path(class, format_args!("M{left} {from}V{to}h{reach}"));
    }

    fn number(&mut self, row: &Row, base: f64) {
        let Some(number) = row.number else { return };
        let (x, radius) = self.columns.circle;
        let (circle, text) = if row.is_dead {
            ("g-lost", "g-num f-block")
        } else {
            ("g-sheet", "g-num")
        };
        self.canvas.circle(circle, (x, base - 5.0), radius);
        self.canvas.text(text, x, base, &number.to_string());
    }

    /// The term itself, boxed where it is at fault.
    fn term(&mut self, row: &Row, base: f64) {
        let form = self.columns.form;
        let x = self.columns.term(row);
        let limit = match form {
            Form::Wide if row.service.is_some() => self.columns.service,
            Form::Wide => self.columns.note,
            Form::Narrow => form.width() + 8.0,
        };
        let others = Font::Text.width(&row.others);
        let room = limit - x - 16.0 - if others > 0.0 { others + 8.0 } else { 0.0 };
        let text = Font::Mono.fit(&row.text, room);
        let width = Font::Mono.width(&text);
        if row.mark == Mark::Fault {
            self.canvas
                .sheet("w-block", (x - 8.0, base - 20.0), width + 16.0, 30.0);
        }
        let class = if row.is_dead && row.mark != Mark::Fault {
            "g-dim"
        } else {
            ""
        };
        let end = self
            .canvas
            .fitted(Font::Mono, class, (x, base), room, &row.text);
        if !row.others.is_empty() {
            let at = (end + 8.0, base);
            self.canvas
                .fitted(Font::Text, "g-dim", at, others, &row.others);
        }
    }

    fn bar_class(row: &Row) -> &'static str {
        match (row.is_dead, row.is_total) {
            (true, _) => "g-bar-lost",
            (false, true) => "g-hollow",
            (false, false) => "g-bar",
        }
    }

    /// Service, bar and words at the right of the term. Returns the base of the last line.
    fn beside(&mut self, row: &Row, base: f64) -> f64 {
        let (service, note) = (self.columns.service, self.columns.note);
        if let Some(name) = row.service {
            let room = note - service - 14.0;
            self.canvas
                .fitted(Font::Text, "", (service, base), room, name);
        }
        let mut x = note;
        if row.addresses > 0 {
            let width = self.columns.bar(row.addresses);
            self.canvas
                .bar(Self::bar_class(row), (x + 0.5, base - 10.0), width, 10.0);
            x += width + 12.0;
        }
        self.says(row, x, base)
    }

    /// The same beneath the term.
    fn beneath(&mut self, row: &Row, base: f64) -> f64 {
        let x = self.columns.term(row);
        let mut base = base;
        if let Some(name) = row.service {
            base += LEADING;
            let room = self.columns.form.width() - x;
            self.canvas.fitted(Font::Text, "", (x, base), room, name);
        }
        if row.addresses > 0 {
            let width = self.columns.bar(row.addresses);
            let right = self.columns.form.width();
            self.canvas
                .bar(Self::bar_class(row), (x + 0.5, base + 11.0), width, 9.0);
            let behind = x + width + 10.0;
            if row.marked.is_empty() && behind + Font::Text.width(&row.says) <= right {
                return self.says(row, behind, base + LEADING);
            }
            base += LEADING;
        }
        if row.marked.is_empty() && row.says.is_empty() {
            return base;
        }
        self.says(row, x, base + LEADING)
    }

    /// The mark with its words, and behind or beneath it what else is said.
    fn says(&mut self, row: &Row, x: f64, base: f64) -> f64 {
        let right = self.columns.form.width();
        let (mut x, mut base) = (x, base);
        let start = x;
        if !row.marked.is_empty() {
            let class = match row.mark {
                Mark::None => "",
                Mark::Void => "f-risk",
                Mark::Fault => "f-block",
                Mark::Unknown => "g-dim",
            };
            let (left, middle) = (round(x), round(base - 5.0));
            match row.mark {
                Mark::None => {}
                Mark::Void => {
                    let cross = format_args!("M{left} {middle}m0 -5l10 10m0 -10l-10 10");
                    self.canvas.path("g-risk", cross);
                }
                Mark::Fault => self
                    .canvas
                    .state("s-block", "block", (x, base - 12.0), 15.0),
                Mark::Unknown => {
                    self.canvas
                        .state("s-unknown", "unknown", (x, base - 12.0), 15.0);
                }
            }
            x += if row.mark == Mark::None { 0.0 } else { 21.0 };
            let font = if row.mark == Mark::None {
                Font::Text
            } else {
                Font::Bold
            };
            let class = if row.mark == Mark::None {
                "g-dim"
            } else {
                class
            };
            let lines = font.wrap(&row.marked, right - x, 4);
            let last = lines.last().map_or(0.0, |line| font.width(line));
            base = self
                .canvas
                .paragraph(font, class, (x, base), (right - x, 4), &row.marked);
            x += last + 12.0;
            if row.says.is_empty() {
                return base;
            }
            if !self.columns.form.is_wide() || Font::Text.width(&row.says) > right - x {
                x = start;
                base += LEADING;
            }
        }
        self.canvas
            .paragraph(Font::Text, "g-dim", (x, base), (right - x, 4), &row.says)
    }

    /// What has no row.
    fn rest(&mut self) {
        if self.tree.more == 0 {
            self.y += 12.0;
            return;
        }
        let more = self.words.say(
            "picture-spf-more",
            &garant_text::Args::new().with("count", self.tree.more),
        );
        let x = self.columns.term;
        let at = (x, self.y + 34.0);
        let room = (self.columns.form.width() - x, 3);
        self.y = self.canvas.paragraph(Font::Word, "", at, room, &more) + 12.0;
    }
}
