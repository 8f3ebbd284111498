//! What drawings are made of: shapes and texts whose width is known before they are drawn.
//!
//! Nothing here has a colour: a class names the part that something plays, and garant.css says how it looks.

use std::fmt::{Display, Write};

use garant_service::present::sanitise;

use super::look::Look;
use super::width::Font;

/// Units of width of the drawing for 60rem of screen and more.
pub(super) const WIDE: f64 = 1000.0;
/// Units of width of the one for less: a screen of 320 px shows it at nearly its own size, so that text of 14 units
/// is no smaller than 12 px.
pub(super) const NARROW: f64 = 328.0;

/// Which of the two drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Wide,
    Narrow,
}

impl Form {
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Wide => WIDE,
            Self::Narrow => NARROW,
        }
    }

    pub(super) fn is_wide(self) -> bool {
        self == Self::Wide
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Wide => 'w',
            Self::Narrow => 'n',
        }
    }
}

/// The parts of a drawing, from back to front.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    shapes: String,
    links: String,
}

impl Canvas {
    /// A text that begins at `x`, or ends or is centred there when `class` says so.
    pub(super) fn text(&mut self, class: impl Display, x: f64, y: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        let (x, y) = (round(x), round(y));
        self.put(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}">{}</text>"#,
            escape(text)
        ));
    }

    /// A text in `font` that begins at `x` and is shortened to `width`. Returns where it ends.
    pub(super) fn fitted(
        &mut self,
        font: Font,
        extra: &str,
        (x, y): (f64, f64),
        width: f64,
        text: &str,
    ) -> f64 {
        let text = font.fit(&sanitise(text), width);
        let space = if extra.is_empty() { "" } else { " " };
        self.text(format_args!("{}{space}{extra}", font.class()), x, y, &text);
        x + font.width(&text)
    }

    /// A text in `font` in as many lines as it takes, `leading` apart, the last of `lines_max` shortened. Returns the
    /// base of the last line.
    pub(super) fn paragraph(
        &mut self,
        font: Font,
        extra: &str,
        (x, y): (f64, f64),
        (width, lines_max): (f64, usize),
        text: &str,
    ) -> f64 {
        let mut base = y;
        for (index, line) in font
            .wrap(&sanitise(text), width, lines_max)
            .iter()
            .enumerate()
        {
            base = y + LEADING * index as f64;
            self.fitted(font, extra, (x, base), width, line);
        }
        base
    }

    /// Words behind the shape of their state. Returns the base of the last line.
    pub(super) fn told(
        &mut self,
        look: Look,
        font: Font,
        class: &str,
        (x, y): (f64, f64),
        width: f64,
        text: &str,
    ) -> f64 {
        self.state(look.colour, look.shape, (x, y - 13.0), 16.0);
        let room = (width - 24.0, 5);
        self.paragraph(font, class, (x + 24.0, y), room, text)
    }

    /// A line or an outline: `d` as in SVG.
    pub(super) fn path(&mut self, class: &str, d: impl Display) {
        self.put(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    /// A rectangle with the corners of paper that was cut.
    pub(super) fn sheet(&mut self, class: &str, (x, y): (f64, f64), width: f64, height: f64) {
        let (x, y, width, height) = (round(x), round(y), round(width), round(height));
        self.put(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>"#
        ));
    }

    /// A rectangle with sharp corners.
    pub(super) fn bar(&mut self, class: &str, (x, y): (f64, f64), width: f64, height: f64) {
        let (x, y, width, height) = (round(x), round(y), round(width), round(height));
        self.put(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        ));
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let (x, y, radius) = (round(x), round(y), round(radius));
        self.put(format_args!(
            r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#
        ));
    }

    /// An outline of 24 units, placed and scaled.
    pub(super) fn seal(&mut self, class: &str, (x, y): (f64, f64), scale: f64, d: &str) {
        let (x, y) = (round(x), round(y));
        self.put(format_args!(
            r#"<path class="{class}" transform="translate({x} {y}) scale({scale})" d="{d}"/>"#
        ));
    }

    /// Puts another drawing in front of this one.
    pub(super) fn append(&mut self, other: &Self) {
        self.shapes.push_str(&other.shapes);
        self.links.push_str(&other.links);
    }

    /// One of the page's shapes of states, `size` units wide.
    pub(super) fn state(&mut self, class: &str, shape: &str, (x, y): (f64, f64), size: f64) {
        let (x, y, size) = (round(x), round(y), round(size));
        self.put(format_args!(
            r##"<svg class="{class}" x="{x}" y="{y}" width="{size}" height="{size}" viewBox="0 0 24 24"><use href="#{shape}"/></svg>"##
        ));
    }

    /// A place that leads to the item `target` of the list: at least 24 units each way, as large as a finger needs.
    pub(super) fn link(
        &mut self,
        target: &str,
        label: &str,
        (x, y): (f64, f64),
        width: f64,
        height: f64,
    ) {
        let (x, y, width, height) = (round(x), round(y), round(width), round(height));
        let label = escape(label);
        let written = write!(
            self.links,
            r##"<a href="#{target}" aria-label="{label}"><rect class="g-hit" x="{x}" y="{y}" width="{width}" height="{height}"/></a>"##
        );
        written.expect("writing to a string does not fail");
    }

    fn put(&mut self, shape: std::fmt::Arguments<'_>) {
        self.shapes
            .write_fmt(shape)
            .expect("writing to a string does not fail");
    }

    /// The finished drawing. `id` tells it from the other pictures of a page.
    ///
    /// A drawing without links is one image with a name and a description. With links it cannot be: what is inside an
    /// image does not exist for a screen reader, and must not take the focus. Then it is a group with the same name
    /// and description, its drawn parts are hidden from screen readers (loose words and numbers in no order that makes
    /// sense by ear), and the links stand beside them, each with a whole sentence as its name. Only marks that need an
    /// explanation are links, so that nobody walks through forty stops to pass a picture.
    pub(super) fn finish(
        self,
        form: Form,
        id: &str,
        height: f64,
        title: &str,
        description: &str,
    ) -> String {
        let (class, letter, width) = (form.class(), form.letter(), form.width());
        let (title, description) = (escape(title), escape(description));
        let height = round(height);
        let open = format!(r#"<svg class="{class}" viewBox="0 0 {width} {height}""#);
        let names = format!(
            r#"<title id="{id}-{letter}-t">{title}</title><desc id="{id}-{letter}-d">{description}</desc>"#
        );
        let (shapes, links) = (self.shapes, self.links);
        if links.is_empty() {
            format!(
                r#"{open} role="img" aria-labelledby="{id}-{letter}-t {id}-{letter}-d">{names}{shapes}</svg>"#
            )
        } else {
            format!(
                r#"{open} role="group" aria-labelledby="{id}-{letter}-t" aria-describedby="{id}-{letter}-d">{names}<g aria-hidden="true">{shapes}</g>{links}</svg>"#
            )
        }
    }
}

/// Units between the bases of two lines of a paragraph.
pub(super) const LEADING: f64 = 20.0;

/// Coordinates to a tenth of a unit: more is not seen, and costs octets.
pub(super) fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Text as it stands in HTML, SVG and their attributes: sanitised and escaped.
pub(super) fn escape(text: &str) -> String {
    let text = sanitise(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Beyond what XML may hold, whoever reads it.
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}
