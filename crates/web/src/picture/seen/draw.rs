//! Servers and caches as a drawing.

use std::f64::consts::TAU;

use super::super::canvas::{Canvas, Form, LEADING, round};
use super::super::say::Words;
use super::super::width::Font;
use super::model::{Cache, Clock, Place, Server, Sight};

/// Where the servers end and the caches begin, in the wide drawing.
const SERVERS: f64 = 600.0;
const CACHES: f64 = 690.0;
/// The radius of a clock.
const CLOCK: f64 = 26.0;

pub(super) fn draw(sight: &Sight, form: Form, words: &Words, description: &str) -> String {
    let mut drawing = Drawing {
        canvas: Canvas::default(),
        form,
        words,
    };
    let mut y = 0.0;
    for place in &sight.places {
        y = drawing.place(place, y) + 22.0;
    }
    if !sight.more.is_empty() {
        let room = (form.width(), 3);
        y = drawing
            .canvas
            .paragraph(Font::Word, "", (0.0, y + 8.0), room, &sight.more)
            + 12.0;
    }
    drawing
        .canvas
        .finish(form, super::ID, y, &sight.title, description)
}

struct Drawing<'a> {
    canvas: Canvas,
    form: Form,
    words: &'a Words,
}

impl Drawing<'_> {
    /// One name. Returns where it ends.
    fn place(&mut self, place: &Place, y: f64) -> f64 {
        let wide = self.form.is_wide();
        let width = self.form.width();
        // The type stands behind the name, or beneath it where the name needs the whole line.
        let rtype = Font::Word.width(place.rtype) + 12.0;
        let long = Font::Name.width(&place.name) + rtype > width;
        let room = if long { width } else { width - rtype };
        let mut base = y + 22.0;
        let end = self
            .canvas
            .fitted(Font::Name, "", (0.0, base), room, &place.name);
        if !place.rtype.is_empty() {
            let x = if long { 0.0 } else { end + 10.0 };
            base += if long { LEADING } else { 0.0 };
            self.canvas
                .fitted(Font::Word, "", (x, base), rtype, place.rtype);
        }
        let top = base + 14.0;
        let room = if wide { SERVERS } else { width };
        // Of the zone, then the caches: each begins with its heading.
        let heading = self.words.word("picture-seen-servers");
        let at = (0.0, top + 16.0);
        self.canvas.fitted(Font::Word, "", at, room, &heading);
        let mut bottom = top + 28.0;
        for server in &place.servers {
            bottom = self.server(server, bottom, room);
        }
        if !place.more.is_empty() {
            let at = (14.0, bottom + 16.0);
            bottom = self
                .canvas
                .paragraph(Font::Word, "", at, (room - 14.0, 2), &place.more)
                + 6.0;
        }
        let Some(cache) = &place.cache else {
            return bottom;
        };
        let heading = self.words.word("picture-seen-caches");
        if wide {
            let at = (CACHES, top + 16.0);
            let room = width - CACHES;
            self.canvas.fitted(Font::Word, "", at, room, &heading);
            let end = self.cache(cache, (CACHES, top + 28.0), room - 1.0);
            let middle = round(top + 28.0 + (end - top - 28.0).min(bottom - top - 28.0) / 2.0);
            let (start, length) = (round(SERVERS + 14.0), round(CACHES - SERVERS - 28.0));
            let class = if cache.until.is_some() {
                "g-wait g-broken"
            } else {
                "g-rail"
            };
            self.canvas
                .path(class, format_args!("M{start} {middle}h{length}"));
            let tip = round(start + length);
            let head = if cache.until.is_some() {
                "g-wait"
            } else {
                "g-rail"
            };
            self.canvas
                .path(head, format_args!("M{tip} {middle}m-8 -6l8 6l-8 6"));
            end.max(bottom)
        } else {
            let start = round(bottom + 6.0);
            let head = if cache.until.is_some() {
                "g-wait"
            } else {
                "g-rail"
            };
            self.canvas
                .path(head, format_args!("M28 {start}v22m-6 -8l6 8l6 -8"));
            let at = (48.0, bottom + 24.0);
            self.canvas
                .fitted(Font::Word, "", at, width - 48.0, &heading);
            self.cache(cache, (1.0, bottom + 38.0), width - 2.0)
        }
    }

    /// One server. Returns where it ends.
    fn server(&mut self, server: &Server, y: f64, width: f64) -> f64 {
        let wide = self.form.is_wide();
        let left = 14.0;
        let inner = width - 2.0 * left;
        let mut front = Canvas::default();
        let mut base = y + 26.0;
        front.fitted(Font::Name, "", (left, base), inner, &server.name);
        let end = left + Font::Name.width(&Font::Name.fit(&server.name, inner)) + 14.0;
        let version = [server.address.as_str(), server.version.as_str()];
        let version: Vec<&str> = version
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let version = version.join(", ");
        if !version.is_empty() {
            let fits = wide && end + Font::Text.width(&version) <= left + inner;
            let x = if fits { end } else { left };
            base += if fits { 0.0 } else { LEADING };
            front.fitted(Font::Text, "g-dim", (x, base), left + inner - x, &version);
        }
        if let Some(first) = server.found.first() {
            base += 23.0;
            let room = inner - if server.found.len() > 1 { 40.0 } else { 0.0 };
            let end = front.fitted(Font::Mono, "", (left, base), room, first);
            if server.found.len() > 1 {
                let rest = format!("+{}", server.found.len() - 1);
                front.text("g-text g-dim", end + 8.0, base, &rest);
            }
        }
        base += 24.0;
        base = front.told(
            server.look,
            Font::Text,
            server.look.text,
            (left, base),
            inner,
            &server.says,
        );
        let height = base + 16.0 - y;
        self.canvas.sheet("g-sheet", (0.7, y), width - 1.4, height);
        self.canvas.append(&front);
        y + height + 10.0
    }

    /// The caches. Returns where they end.
    fn cache(&mut self, cache: &Cache, (x, y): (f64, f64), width: f64) -> f64 {
        let left = x + 16.0;
        let inner = width - 32.0;
        let mut front = Canvas::default();
        let mut base = y + 28.0;
        let look = cache.look;
        base = front.told(
            look,
            Font::Bold,
            look.text,
            (left, base),
            inner,
            &cache.says,
        );
        if let Some(old) = &cache.old {
            base += 23.0;
            front.fitted(Font::Mono, "", (left, base), inner, old);
        }
        base += 20.0;
        let clocks = [Some(&cache.asked), cache.until.as_ref()];
        for clock in clocks.into_iter().flatten() {
            let centre = (left + CLOCK, base + CLOCK);
            hands(&mut front, clock, centre);
            let text = left + 2.0 * CLOCK + 16.0;
            let room = x + width - 16.0 - text;
            let lines = Font::Text.wrap(&clock.words, room, 4).len();
            let first = centre.1 + 5.0 - LEADING * (lines as f64 - 1.0) / 2.0;
            let last = front.paragraph(Font::Text, "", (text, first), (room, 4), &clock.words);
            base = (base + 2.0 * CLOCK).max(last) + 14.0;
        }
        let height = base + 6.0 - y;
        let class = if cache.until.is_some() {
            "w-wait"
        } else {
            "g-sheet"
        };
        self.canvas.sheet(class, (x, y), width, height);
        self.canvas.append(&front);
        y + height
    }
}

/// A clock that shows its time.
fn hands(canvas: &mut Canvas, clock: &Clock, (x, y): (f64, f64)) {
    canvas.circle("g-sheet", (x, y), CLOCK - 1.0);
    for quarter in 0..4 {
        let (sin, cos) = (f64::from(quarter) / 4.0 * TAU).sin_cos();
        let at = |radius: f64| format!("{} {}", round(x + radius * sin), round(y - radius * cos));
        let (outer, inner) = (at(CLOCK - 4.0), at(CLOCK - 8.0));
        canvas.path("g-rail", format_args!("M{outer}L{inner}"));
    }
    let minutes = f64::from(clock.minute) / 60.0;
    let hours = (f64::from(clock.hour % 12) + minutes) / 12.0;
    for (turn, length, class) in [(hours, 12.0, "g-hand"), (minutes, 18.0, "g-line")] {
        let (sin, cos) = (turn * TAU).sin_cos();
        let (tip_x, tip_y) = (round(x + length * sin), round(y - length * cos));
        let (x, y) = (round(x), round(y));
        canvas.path(class, format_args!("M{x} {y}L{tip_x} {tip_y}"));
    }
    canvas.circle("g-dot", (x, y), 2.0);
}
