//! What attributes say about whether text can be seen (CSS in `style`, and the older `bgcolor` and `color`).

/// Text of at most so many pixels is no text for anybody.
const TINY_PIXELS_MAX: f32 = 1.0;
/// Text of at most this part of the usual size: a pixel of sixteen.
const TINY_PART_MAX: f32 = 0.07;
/// Red, green and blue that differ by no more than this from the background cannot be told from it.
const COLOUR_DIFFERENCE_MAX: u8 = 8;

/// Why text cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    /// It is not shown: `display:none` and what comes to the same.
    Display,
    /// It is a pixel high or less.
    Size,
    /// It has the colour of its background.
    Colour,
    /// There is nothing: a link without text or picture.
    Empty,
}

impl Hidden {
    /// As an argument of a finding.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Display => "display",
            Self::Size => "size",
            Self::Colour => "colour",
            Self::Empty => "empty",
        }
    }
}

type Rgb = [u8; 3];

/// How text inside an element is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    is_unseen: bool,
    is_tiny: bool,
    /// The colour of text; nothing where the reader's program chooses, which chooses one that can be read.
    colour: Option<Rgb>,
    /// The colour behind it; nothing where it is not known.
    background: Option<Rgb>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            is_unseen: false,
            is_tiny: false,
            colour: None,
            background: Some([255; 3]),
        }
    }
}

impl Style {
    /// The style inside an element of this name, which has these attributes.
    pub(super) fn within(
        mut self,
        name: &[u8],
        attribute: impl Fn(&[u8]) -> Option<String>,
    ) -> Self {
        if name == b"a" {
            // Programs give links a colour of their own, whatever is around them.
            self.colour = None;
        }
        self.is_unseen |= attribute(b"hidden").is_some();
        if let Some(value) = attribute(b"bgcolor") {
            self.background = colour(&value.to_ascii_lowercase());
        }
        if name == b"font"
            && let Some(value) = attribute(b"color")
        {
            self.colour = colour(&value.to_ascii_lowercase());
        }
        if let Some(style) = attribute(b"style") {
            self.declare(&style.to_ascii_lowercase());
        }
        self
    }

    /// Why text cannot be seen here; nothing where it can.
    pub(super) fn hidden(self) -> Option<Hidden> {
        if self.is_unseen {
            return Some(Hidden::Display);
        }
        if self.is_tiny {
            return Some(Hidden::Size);
        }
        let (colour, background) = (self.colour?, self.background?);
        let is_same = colour
            .iter()
            .zip(background)
            .all(|(one, other)| one.abs_diff(other) <= COLOUR_DIFFERENCE_MAX);
        is_same.then_some(Hidden::Colour)
    }

    fn declare(&mut self, style: &str) {
        let mut has_no_height = false;
        let mut cuts_off = false;
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_end_matches("!important").trim_end();
            match property.trim() {
                "display" => self.is_unseen |= value == "none",
                "visibility" => self.is_unseen |= matches!(value, "hidden" | "collapse"),
                "opacity" => self.is_unseen |= value.parse() == Ok(0.0),
                "height" | "max-height" => has_no_height |= length(value).is_some_and(is_nothing),
                "overflow" => cuts_off |= value == "hidden",
                "font-size" => {
                    if let Some(length) = length(value) {
                        self.is_tiny = is_tiny(length);
                    } else {
                        self.is_tiny = false;
                    }
                }
                "color" => self.colour = colour(value),
                // A picture, a gradient: nobody knows what colour text meets there.
                "background" | "background-color" if value != "transparent" => {
                    self.background = colour(value);
                }
                "background-image" if value != "none" => self.background = None,
                _ => {}
            }
        }
        self.is_unseen |= has_no_height && cuts_off;
    }
}

/// A number and its unit.
fn length(value: &str) -> Option<(f32, &str)> {
    let end = value
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(value.len());
    Some((value[..end].parse().ok()?, value[end..].trim()))
}

fn is_nothing((number, _): (f32, &str)) -> bool {
    number == 0.0
}

fn is_tiny((number, unit): (f32, &str)) -> bool {
    match unit {
        "px" | "pt" | "" => number <= TINY_PIXELS_MAX,
        "%" => number <= TINY_PART_MAX * 100.0,
        "em" | "rem" => number <= TINY_PART_MAX,
        _ => number == 0.0,
    }
}

/// A colour in lower case: `#rgb`, `#rrggbb`, `rgb(…)`, and the names that hide text in practice.
fn colour(value: &str) -> Option<Rgb> {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        let digit = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok();
        return match digits.len() {
            3 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
            6 => {
                let pair = |at| Some(digit(at)? * 16 + digit(at + 1)?);
                Some([pair(0)?, pair(2)?, pair(4)?])
            }
            _ => None,
        };
    }
    if let Some(inner) = value.strip_prefix("rgb(") {
        let mut parts = inner.strip_suffix(')')?.split(',');
        let mut part = || parts.next()?.trim().parse().ok();
        return Some([part()?, part()?, part()?]);
    }
    match value {
        "white" => Some([255; 3]),
        "black" => Some([0; 3]),
        "whitesmoke" => Some([245; 3]),
        "snow" => Some([255, 250, 250]),
        "gray" | "grey" => Some([128; 3]),
        "silver" => Some([192; 3]),
        "lightgray" | "lightgrey" => Some([211; 3]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(style: &str, expect: Option<Hidden>) {
        let found =
            Style::default().within(b"span", |name| (name == b"style").then(|| style.to_owned()));
        assert_eq!(found.hidden(), expect, "{style}");
    }

    #[test]
    fn styles_that_hide_are_told_from_those_that_do_not() {
        check("", None);
        check("DISPLAY: None !important", Some(Hidden::Display));
        check("display:block", None);
        check("visibility:hidden", Some(Hidden::Display));
        check("opacity:0", Some(Hidden::Display));
        check("opacity:0.7", None);
        check("max-height:0;overflow:hidden", Some(Hidden::Display));
        check("max-height:0px; overflow: hidden", Some(Hidden::Display));
        check("max-height:0", None);
        check("font-size:0", Some(Hidden::Size));
        check("font-size: 1px", Some(Hidden::Size));
        check("font-size:0.01em", Some(Hidden::Size));
        check("font-size:80%", None);
        check("font-size:10px", None);
        check("font-size:small", None);
        check("color:#fff", Some(Hidden::Colour));
        check("color:#FCFCFC", Some(Hidden::Colour));
        check("color: rgb(255, 255, 255)", Some(Hidden::Colour));
        check("color:white;background:#000", None);
        check("color:white;background:url(x.png)", None);
        check("color:#ccc", None);
        check("color:#é12345;font-size:é", None);
        check(":;;color;color:#", None);
    }
}
