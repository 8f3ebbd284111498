//! What a reader sees of an HTML body: its letters, its pictures, its links, and whether each can be seen.
//!
//! A tokenizer, no tree: an element is open until its end tag, and the few elements whose end tags people
//! leave out close each other. Style sheets are not read; what an attribute `style` says is.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::style::{Hidden, Style};

/// Octets of HTML that are read: ten times what Gmail shows of a message, and the work of milliseconds.
pub(super) const HTML_OCTETS_MAX: usize = 1_000_000;
/// Links that are looked at; a long newsletter has 200.
pub(super) const LINKS_MAX: usize = 2_000;
/// Elements that are open within each other at most: newsletters of tables in tables reach 60.
const OPEN_MAX: usize = 250;
/// Characters around a link that can say what it is for: a sentence and a half.
const AROUND_CHARS: usize = 160;
/// A picture of at most so many pixels in width or height shows nothing: it counts openings, or keeps a distance.
const DOT_PIXELS_MAX: u32 = 2;

/// Elements that have no content.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr",
];
/// Elements that begin and end a line of text.
const BLOCK: &[&[u8]] = &[
    b"address",
    b"article",
    b"blockquote",
    b"body",
    b"center",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"footer",
    b"form",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"header",
    b"hr",
    b"li",
    b"ol",
    b"p",
    b"pre",
    b"section",
    b"table",
    b"tbody",
    b"tr",
    b"ul",
];
/// Elements that one of the same name closes.
const CLOSED_BY_THEMSELVES: &[&[u8]] = &[b"dd", b"dt", b"li", b"option", b"td", b"th", b"tr"];
/// Elements that stand in a head; any other begins the body, whether or not the head was closed.
const IN_HEAD: &[&[u8]] = &[
    b"base",
    b"link",
    b"meta",
    b"noscript",
    b"script",
    b"style",
    b"template",
    b"title",
];
/// Elements whose content is not shown.
const UNSEEN: &[&[u8]] = &[b"head", b"script", b"style", b"template", b"title"];

/// What a body says.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its text, seen or hidden, a line for each block.
    pub(super) text: String,
    /// Letters and digits that can be seen.
    pub(super) letters: usize,
    /// Those of them that are no link.
    pub(super) letters_outside_links: usize,
    /// Pictures that can be seen.
    pub(super) pictures: usize,
    /// Its links, in order.
    pub(super) links: Vec<Link>,
    /// Not all of it was read: [`HTML_OCTETS_MAX`], [`LINKS_MAX`], [`OPEN_MAX`].
    pub(super) is_cut: bool,
}

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Where it leads, as written.
    pub(super) target: String,
    /// Where its text stands in the text of the page.
    start: usize,
    end: usize,
    /// Letters of it that can be seen, or one for a picture.
    seen: usize,
    /// Why the first piece of it that cannot be seen cannot be.
    hidden: Option<Hidden>,
}

impl Link {
    /// A link that stands in plain text as its own target.
    pub(super) fn plain(target: &str, start: usize) -> Self {
        Self {
            target: target.to_owned(),
            start,
            end: start + target.len(),
            seen: target.len(),
            hidden: None,
        }
    }

    /// Why it cannot be seen; nothing where it can.
    pub(super) fn hidden(&self) -> Option<Hidden> {
        (self.seen == 0).then(|| self.hidden.unwrap_or(Hidden::Empty))
    }
}

impl Page {
    /// Reads the HTML of a part.
    pub(super) fn read(html: &str) -> Self {
        let (html, is_cut) = head(html);
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut reader = Reader::default();
        reader.page.is_cut = is_cut;
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => reader.start(&tag),
                Token::EndTag(tag) => reader.end(&tag.name),
                Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        reader.close_link();
        reader.page
    }

    /// The text of a link.
    pub(super) fn text_of(&self, link: &Link) -> &str {
        self.text[link.start..link.end].trim()
    }

    /// The text beside a link, in its line and up to the links before and after it.
    pub(super) fn around(&self, at: usize) -> (&str, &str) {
        let link = &self.links[at];
        let from = at.checked_sub(1).map_or(0, |before| self.links[before].end);
        let to = self
            .links
            .get(at + 1)
            .map_or(self.text.len(), |next| next.start);
        let before = self.text.get(from..link.start).unwrap_or_default();
        let after = self.text.get(link.end..to).unwrap_or_default();
        let before = before.rsplit(ends_sentence).next().unwrap_or_default();
        let after = after.split(ends_sentence).next().unwrap_or_default();
        (last_chars(before), first_chars(after))
    }

    /// Reads plain text: what begins like the address of a page is a link.
    pub(super) fn plain(text: &str) -> Self {
        let text = head(text);
        let mut page = Self {
            is_cut: text.1,
            text: text.0.to_owned(),
            ..Self::default()
        };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        page.letters = letters(&page.text);
        page.letters_outside_links = page.letters;
        let mut read_to = 0;
        for (colon, _) in page.text.match_indices("://") {
            // What belongs to the link before, or to none, is not looked through to its end again.
            let Some(before) = page.text.get(read_to..colon) else {
                continue;
            };
            let is_other = |c: char| !c.is_ascii_alphabetic();
            let scheme = before.rsplit(is_other).next().unwrap_or_default();
            if scheme.is_empty() {
                continue;
            }
            let start = colon - scheme.len();
            let is_end = |c: char| c.is_whitespace() || "<>\"'()[]{}«»“”".contains(c);
            let rest = &page.text[colon..];
            let end = colon + rest.find(is_end).unwrap_or(rest.len());
            if page.links.len() == LINKS_MAX {
                page.is_cut = true;
                break;
            }
            let target = &page.text[start..end];
            page.letters_outside_links -= letters(target);
            page.links.push(Link::plain(target, start));
            read_to = end;
        }
        page
    }
}

/// The beginning of a text, and whether that is not all.
fn head(text: &str) -> (&str, bool) {
    let mut end = text.len().min(HTML_OCTETS_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[..end], end < text.len())
}

/// What separates one sentence, or one item of a footer, from the next.
fn ends_sentence(character: char) -> bool {
    matches!(character, '\n' | '.' | '!' | '?' | '|' | '•' | '·')
}

fn first_chars(text: &str) -> &str {
    let end = text.char_indices().nth(AROUND_CHARS);
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

fn last_chars(text: &str) -> &str {
    let start = text.char_indices().rev().nth(AROUND_CHARS);
    &text[start.map_or(0, |(at, _)| at)..]
}

/// An element that is open.
struct Open {
    name: Vec<u8>,
    style: Style,
}

#[derive(Default)]
struct Reader {
    page: Page,
    open: Vec<Open>,
    /// Elements that were opened beyond [`OPEN_MAX`] and are not kept.
    beyond: usize,
    /// A link is open: the last one.
    in_link: bool,
}

impl Reader {
    fn style(&self) -> Style {
        self.open
            .last()
            .map_or_else(Style::default, |open| open.style)
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        if BLOCK.contains(&name) {
            self.new_line();
            self.close_if_last(b"p");
        }
        if CLOSED_BY_THEMSELVES.contains(&name) {
            self.close_if_last(name);
        }
        if !IN_HEAD.contains(&name) {
            self.close_if_last(b"head");
        }
        let attribute = |wanted: &[u8]| {
            let value = tag.attributes.get(wanted)?;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        let style = self.style().within(name, attribute);
        match name {
            b"a" | b"area" => {
                self.close_link();
                if let Some(target) = attribute(b"href") {
                    self.open_link(target);
                }
            }
            b"img" => {
                let is_dot = [&b"width"[..], b"height"].into_iter().any(|side| {
                    let pixels = attribute(side).and_then(|value| value.trim().parse::<u32>().ok());
                    pixels.is_some_and(|pixels| pixels <= DOT_PIXELS_MAX)
                });
                if !is_dot {
                    self.picture(style, &attribute(b"alt").unwrap_or_default());
                }
            }
            b"br" | b"td" | b"th" => self.space(),
            _ => {}
        }
        if VOID.contains(&name) {
            return;
        }
        if self.open.len() == OPEN_MAX {
            self.beyond += 1;
            self.page.is_cut = true;
        } else {
            self.open.push(Open {
                name: name.to_vec(),
                style,
            });
        }
    }

    fn end(&mut self, name: &[u8]) {
        if BLOCK.contains(&name) {
            self.new_line();
        }
        if name == b"a" {
            self.close_link();
        }
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    fn close_if_last(&mut self, name: &[u8]) {
        if self.beyond == 0 && self.open.last().is_some_and(|open| open.name == name) {
            self.open.pop();
        }
    }

    fn text(&mut self, text: &str) {
        let is_unseen = |open: &Open| UNSEEN.contains(&open.name.as_slice());
        if self.open.iter().any(is_unseen) {
            return;
        }
        let mut letters = 0;
        for character in text.chars() {
            if character.is_whitespace() {
                self.space();
            } else {
                letters += usize::from(character.is_alphanumeric());
                self.page.text.push(character);
            }
        }
        let hidden = self.style().hidden();
        let link = self.page.links.last_mut().filter(|_| self.in_link);
        match (hidden, link) {
            (None, None) => {
                self.page.letters += letters;
                self.page.letters_outside_links += letters;
            }
            (None, Some(link)) => {
                self.page.letters += letters;
                link.seen += letters;
            }
            (Some(hidden), Some(link)) if letters > 0 => {
                link.hidden.get_or_insert(hidden);
            }
            (Some(_), _) => {}
        }
    }

    fn picture(&mut self, style: Style, alternative: &str) {
        let hidden = style.hidden().filter(|hidden| *hidden == Hidden::Display);
        self.page.pictures += usize::from(hidden.is_none());
        if let Some(link) = self.page.links.last_mut().filter(|_| self.in_link) {
            match hidden {
                None => link.seen += 1,
                Some(hidden) => _ = link.hidden.get_or_insert(hidden),
            }
            self.page.text.push_str(alternative.trim());
        }
    }

    fn open_link(&mut self, target: String) {
        if self.page.links.len() == LINKS_MAX {
            self.page.is_cut = true;
            return;
        }
        let start = self.page.text.len();
        self.page.links.push(Link {
            target,
            start,
            end: start,
            seen: 0,
            hidden: None,
        });
        self.in_link = true;
    }

    fn close_link(&mut self) {
        if let Some(link) = self.page.links.last_mut().filter(|_| self.in_link) {
            link.end = self.page.text.len();
        }
        self.in_link = false;
    }

    fn space(&mut self) {
        if !self.page.text.ends_with([' ', '\n']) {
            self.page.text.push(' ');
        }
    }

    fn new_line(&mut self) {
        if !self.page.text.ends_with('\n') {
            self.page.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, links: &[(&str, &str, Option<Hidden>)]) {
        let page = Page::read(html);
        let found: Vec<_> = page
            .links
            .iter()
            .map(|link| (link.target.as_str(), page.text_of(link), link.hidden()))
            .collect();
        assert_eq!(found, links);
    }

    #[test]
    fn links_are_seen_or_hidden_by_what_is_around_them() {
        check("<p>a <a href=x>b <b>c</b></a>", &[("x", "b c", None)]);
        check(
            "<div style='display:none'><a href=x>b</a></div><a href=y>c</a>",
            &[("x", "b", Some(Hidden::Display)), ("y", "c", None)],
        );
        check(
            "<p style='font-size:1px'><a href=x>b</a><p><a href=y>c</a>",
            &[("x", "b", Some(Hidden::Size)), ("y", "c", None)],
        );
        check(
            "<td style='font-size:0'><a style='font-size:14px' href=x>b</a>",
            &[("x", "b", None)],
        );
        check(
            "<table bgcolor='#ffffff'><a href=x style='color:#FFF'>b</a></table>",
            &[("x", "b", Some(Hidden::Colour))],
        );
        check(
            "<table bgcolor='#000'><a href=x style='color:white'>b</a></table>",
            &[("x", "b", None)],
        );
        check(
            "<a href=x></a><a href=y><img src=z></a><a href=u><img width=1 height=1></a>",
            &[
                ("x", "", Some(Hidden::Empty)),
                ("y", "", None),
                ("u", "", Some(Hidden::Empty)),
            ],
        );
        check("<a name=x>b</a>", &[]);
        check("<script><a href=x>b</a></script>", &[]);
    }

    #[test]
    fn letters_and_pictures_that_cannot_be_seen_do_not_count() {
        let page = Page::read(
            "<style>p{}</style><p>un <span hidden>deux</span> <a href=x>trois</a><img src=a><img src=b width=1>",
        );
        assert_eq!(
            (page.letters, page.letters_outside_links, page.pictures),
            (7, 2, 1)
        );
    }

    #[test]
    fn what_stands_around_a_link_ends_with_the_line_and_with_the_next_link() {
        let page = Page::read("<p>a</p><p>b <a href=x>c</a> d <a href=y>e</a> f<p>g");
        assert_eq!(page.around(0), ("b ", " d "));
        assert_eq!(page.around(1), (" d ", " f"));
    }

    #[test]
    fn depth_length_and_number_of_links_have_limits() {
        let deep = "<div>".repeat(10_000) + "x" + &"</div>".repeat(10_000) + "y";
        let page = Page::read(&deep);
        assert!(page.is_cut && page.letters == 2);
        let long = "é".repeat(HTML_OCTETS_MAX);
        let page = Page::read(&long);
        assert!(page.is_cut && page.letters == HTML_OCTETS_MAX / 2);
        let page = Page::read(&"<a href=x>b</a>".repeat(LINKS_MAX + 1));
        assert!(page.is_cut && page.links.len() == LINKS_MAX);
        assert!(!Page::read("<a href=x>b</a>").is_cut);
    }
}
