//! What a message holds: HTML and text, links, pictures, sizes.

use garant_msgauth::mime::{Mime, Part};

use super::bulk::Bulk;
use super::html::Page;
use super::style::Hidden;
use super::target::{Target, shown_domain};
use super::wording::{leads_to_unsubscribing, speaks_of_unsubscribing};
use super::{Linter, is_same_organization};
use crate::finding::{Code, Severity};

/// Octets of HTML that Gmail shows; behind them it puts a link to the rest.
const GMAIL_CLIPS_OCTETS: usize = 102 * 1024;
/// Octets in a megabyte, as receivers count.
const MEGABYTE: usize = 1_000_000;
/// Sizes of messages, in megabytes, that receivers take for a limit: small companies, larger ones, providers.
const MEGABYTES: [usize; 3] = [25, 20, 10];
/// Text and HTML differ when one has so many times the letters of the other.
const TIMES_LONGER: usize = 5;
/// Letters that the longer of both has at least: a greeting may be worded in two ways.
const LETTERS_TO_COMPARE_MIN: usize = 200;
/// Letters of a text that only says to look at the HTML, at most.
const POINTER_LETTERS_MAX: usize = 300;
/// Letters outside links that a message of pictures has at most: less than a sentence.
const PICTURES_LETTERS_MAX: usize = 40;
/// Parts of text that are read: one is usual, and each list that passes a message on adds one.
const TEXTS_MAX: usize = 10;

/// What people read.
pub(super) struct Body {
    /// The HTML, and how many octets it has.
    html: Option<(Page, usize)>,
    /// The same as text, for programs that show no HTML.
    beside: Option<Page>,
    /// Text that is shown besides the HTML, or in its place.
    texts: Vec<Page>,
    /// Whether something tells how to unsubscribe.
    pub(super) unsubscribe: Unsubscribe,
    /// Not all was read.
    pub(super) is_cut: bool,
}

/// How people are told that they can unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unsubscribe {
    /// By a link that can be seen.
    Visible,
    /// By a link that cannot.
    Hidden { how: Hidden, target: String },
    /// By words without a link.
    Words,
    /// Not at all.
    Nothing,
}

impl Body {
    pub(super) fn read(mime: &Mime<'_>) -> Self {
        let is_shown = |part: &&Part<'_>| part.file_name.is_none();
        let shown: Vec<&Part<'_>> = mime.texts().filter(is_shown).take(TEXTS_MAX).collect();
        let html = shown
            .iter()
            .copied()
            .find(|part| part.media_type == "text/html");
        let alternative = html.and_then(|part| alternative_around(mime, part));
        let mut body = Self {
            html: html.map(|part| {
                let text = part.text();
                let octets = if part.is_long() {
                    part.octets.len()
                } else {
                    text.len()
                };
                (Page::read(&text), octets)
            }),
            beside: None,
            texts: Vec::new(),
            unsubscribe: Unsubscribe::Nothing,
            is_cut: mime.is_cut,
        };
        for part in shown.iter().filter(|part| part.media_type == "text/plain") {
            let page = Page::plain(&part.text());
            let is_beside = alternative.is_some() && alternative_around(mime, part) == alternative;
            if is_beside && body.beside.is_none() {
                body.beside = Some(page);
            } else {
                body.texts.push(page);
            }
        }
        let is_cut = body.pages().any(|page| page.is_cut);
        body.is_cut |= is_cut;
        body.unsubscribe = body.find_unsubscribe();
        body
    }

    fn html(&self) -> Option<&Page> {
        self.html.as_ref().map(|(page, _)| page)
    }

    fn pages(&self) -> impl Iterator<Item = &Page> {
        self.html()
            .into_iter()
            .chain(&self.beside)
            .chain(&self.texts)
    }

    /// Whether there is anything to read or to see.
    pub(super) fn has_text(&self) -> bool {
        self.pages()
            .any(|page| page.letters > 0 || page.pictures > 0)
    }

    fn find_unsubscribe(&self) -> Unsubscribe {
        let mut hidden = None;
        if let Some(page) = self.html() {
            for (at, link) in page.links.iter().enumerate() {
                let (before, after) = page.around(at);
                let tells = leads_to_unsubscribing(&link.target)
                    || [page.text_of(link), before, after]
                        .into_iter()
                        .any(speaks_of_unsubscribing);
                match link.hidden() {
                    _ if !tells => {}
                    None => return Unsubscribe::Visible,
                    Some(how) => {
                        hidden.get_or_insert_with(|| Unsubscribe::Hidden {
                            how,
                            target: link.target.clone(),
                        });
                    }
                }
            }
        }
        let mut speaks = self
            .html()
            .is_some_and(|page| speaks_of_unsubscribing(&page.text));
        for page in &self.texts {
            if page
                .links
                .iter()
                .any(|link| leads_to_unsubscribing(&link.target))
            {
                return Unsubscribe::Visible;
            }
            for paragraph in paragraphs(&page.text) {
                if speaks_of_unsubscribing(paragraph) {
                    speaks = true;
                    if ["://", "@", "www."]
                        .iter()
                        .any(|sign| paragraph.contains(sign))
                    {
                        return Unsubscribe::Visible;
                    }
                }
            }
        }
        match hidden {
            Some(hidden) => hidden,
            None if speaks => Unsubscribe::Words,
            None => Unsubscribe::Nothing,
        }
    }
}

/// Lines of text up to an empty one.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").flat_map(|piece| piece.split("\n\r\n"))
}

/// The innermost `multipart/alternative` in which a part lies (RFC 2046, section 5.1.4).
fn alternative_around(mime: &Mime<'_>, part: &Part<'_>) -> Option<usize> {
    let mut parent = part.parent;
    while let Some(at) = parent {
        if mime.parts[at].media_type == "multipart/alternative" {
            return Some(at);
        }
        parent = mime.parts[at].parent;
    }
    None
}

pub(super) fn lint(linter: &mut Linter<'_, '_>, mime: &Mime<'_>, body: &Body, bulk: &Bulk) {
    if let Some((page, octets)) = &body.html {
        beside(linter, page, body.beside.as_ref());
        if *octets > GMAIL_CLIPS_OCTETS {
            let finding = linter
                .finding(Code::MessageHtmlLarge, Severity::Advice)
                .arg("kilobytes", octets.div_ceil(1024))
                .arg("limit", GMAIL_CLIPS_OCTETS / 1024);
            linter.say(finding);
        }
        let has_words = page.letters_outside_links > PICTURES_LETTERS_MAX
            || body.texts.iter().any(|text| text.letters > 0);
        if page.pictures > 0 && !has_words && !page.is_cut {
            let finding = linter
                .finding(Code::MessagePicturesOnly, bulk.severity())
                .arg("count", page.pictures)
                .arg("letters", page.letters_outside_links);
            linter.say(finding);
        }
        differing_links(linter, page);
    }
    targets(linter, body);
    let octets = linter.message.octets().len();
    if let Some(limit) = MEGABYTES
        .into_iter()
        .find(|limit| octets > limit * MEGABYTE)
    {
        let severity = if limit > 10 {
            Severity::Risk
        } else {
            Severity::Advice
        };
        let finding = linter
            .finding(Code::MessageLarge, severity)
            .arg("megabytes", octets.div_ceil(MEGABYTE))
            .arg("limit", limit);
        linter.say(finding);
    }
    let cut = [
        (mime.is_cut, "parts"),
        (body.pages().any(|page| page.is_cut), "html"),
    ];
    for (_, what) in cut.into_iter().filter(|(is_cut, _)| *is_cut) {
        let finding = linter
            .finding(Code::MessageNotAllRead, Severity::Advice)
            .arg("what", what);
        linter.say(finding);
    }
}

/// The text beside the HTML.
fn beside(linter: &mut Linter<'_, '_>, html: &Page, text: Option<&Page>) {
    let Some(text) = text else {
        linter.tell(Code::MessageHtmlWithoutText, Severity::Advice);
        return;
    };
    let (letters, of_html) = (text.letters_outside_links, html.letters);
    if text.letters == 0 {
        if of_html > 0 || html.pictures > 0 {
            linter.tell(Code::MessageTextEmpty, Severity::Advice);
        }
        return;
    }
    if html.is_cut || text.is_cut {
        return;
    }
    let (short, long) = (letters.min(of_html), letters.max(of_html));
    let is_longer = long >= LETTERS_TO_COMPARE_MIN && long > short * TIMES_LONGER;
    let only_points = letters < POINTER_LETTERS_MAX
        && of_html > letters * 2
        && text.text.to_ascii_lowercase().contains("html");
    if is_longer || only_points {
        let finding = linter
            .finding(Code::MessageTextDiffers, Severity::Advice)
            .arg("text", letters)
            .arg("html", of_html);
        linter.say(finding);
    }
}

fn differing_links(linter: &mut Linter<'_, '_>, page: &Page) {
    let mut first = None;
    let mut count = 0_usize;
    for link in &page.links {
        let shown = page.text_of(link);
        let Some(says) = shown_domain(shown) else {
            continue;
        };
        let target = Target::read(&link.target);
        let differs = match &target {
            Target::Address { .. } => true,
            target => target
                .domain()
                .is_some_and(|leads| !is_same_organization(leads, &says)),
        };
        if differs {
            count += 1;
            first.get_or_insert((shown, link.target.as_str()));
        }
    }
    if let Some((shown, target)) = first {
        let finding = linter
            .finding(Code::MessageLinkDiffers, Severity::Risk)
            .arg("shown", shown)
            .arg("target", target)
            .arg("count", count);
        linter.say(finding);
    }
}

/// Where links lead, whatever their text.
fn targets(linter: &mut Linter<'_, '_>, body: &Body) {
    let links = || body.pages().flat_map(|page| &page.links);
    let mut kinds: Vec<(Code, &str, usize, Option<&'static str>)> = Vec::new();
    for link in links() {
        let target = Target::read(&link.target);
        let (code, scheme) = match target {
            Target::Address { .. } => (Code::MessageLinkToAddress, None),
            Target::Script(scheme) => (Code::MessageLinkScript, Some(scheme)),
            Target::Page { .. } if target.is_shortened() => (Code::MessageLinkShortened, None),
            Target::Page {
                is_https: false, ..
            } => (Code::MessageLinkNotHttps, None),
            Target::Page { .. } | Target::Mailbox(_) | Target::Other => continue,
        };
        match kinds.iter_mut().find(|(known, ..)| *known == code) {
            Some((_, _, count, _)) => *count += 1,
            None => kinds.push((code, &link.target, 1, scheme)),
        }
    }
    for (code, target, count, scheme) in kinds {
        let severity = match code {
            Code::MessageLinkNotHttps => Severity::Advice,
            _ => Severity::Risk,
        };
        let finding = linter.finding(code, severity).arg("count", count);
        let finding = match scheme {
            Some(scheme) => finding.arg("scheme", scheme),
            None => finding.arg("target", target),
        };
        linter.say(finding);
    }
}
