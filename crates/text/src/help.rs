//! The long texts: a Markdown page per topic; in the pages on findings, a section per finding.
//!
//! A page begins with `# Title` and an introduction; each section begins with
//! `## Title {#anchor}`. In a page on findings the anchor is the part of a finding's code after the dot, the page's
//! name the part before it. Beneath a heading may stand a block that begins with three back-ticks and `search`:
//! words for the search alone, which no reader sees. `docs/help.md` tells writers the rest.

pub use crate::group::Group;
use crate::language::Language;
use crate::sources;

/// The opening of a block with words for the search.
const SEARCH_BLOCK: &str = "```search\n";

/// A part of a help page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// What stands in `{#…}`, unique on its page and the same in every language.
    pub anchor: &'static str,
    /// The heading without marks.
    pub title: &'static str,
    /// Words for the search alone, divided by commas or lines; mostly none.
    pub keywords: &'static str,
    /// The Markdown beneath the heading, without blank lines at its ends.
    pub text: &'static str,
}

/// The names of all pages, the same in every language, in the order in which they are best read.
pub fn topics() -> impl Iterator<Item = &'static str> {
    // The names are those of the English files; a test holds the French ones against them.
    sources::help(Language::English)
        .iter()
        .map(|page| page.topic)
}

/// The names of the pages of a group, in the order in which they are best read.
pub fn topics_of(group: Group) -> impl Iterator<Item = &'static str> {
    sources::help(Language::English)
        .iter()
        .filter(move |page| page.group == group)
        .map(|page| page.topic)
}

/// What a page is for.
pub fn group(topic: &str) -> Option<Group> {
    sources::help(Language::English)
        .iter()
        .find(|page| page.topic == topic)
        .map(|page| page.group)
}

/// A whole page as Markdown.
pub fn page(language: Language, topic: &str) -> Option<&'static str> {
    sources::help(language)
        .iter()
        .find(|page| page.topic == topic)
        .map(|page| page.text)
}

/// The heading of a page.
pub fn title(language: Language, topic: &str) -> Option<&'static str> {
    title_of(page(language, topic)?)
}

/// What a page says before its first section, as Markdown, without the heading.
pub fn introduction(language: Language, topic: &str) -> Option<&'static str> {
    introduction_of(page(language, topic)?).map(|(_, text)| text)
}

/// Words for the search alone, of a whole page; mostly none.
pub fn keywords(language: Language, topic: &str) -> Option<&'static str> {
    introduction_of(page(language, topic)?).map(|(keywords, _)| keywords)
}

/// The sections of a page, in order; none for a page that does not exist.
pub fn sections(language: Language, topic: &str) -> Vec<Section> {
    page(language, topic).map_or_else(Vec::new, sections_of)
}

/// One section of a page.
pub fn section(language: Language, topic: &str, anchor: &str) -> Option<Section> {
    sections(language, topic)
        .into_iter()
        .find(|section| section.anchor == anchor)
}

fn title_of(page: &'static str) -> Option<&'static str> {
    page.lines().next()?.strip_prefix("# ").map(str::trim)
}

fn introduction_of(page: &'static str) -> Option<(&'static str, &'static str)> {
    let end = headings(page).next().map_or(page.len(), |(start, _)| start);
    let (_, rest) = page[..end].split_once('\n')?;
    Some(without_keywords(rest))
}

/// The words for the search that stand first in a text, and the rest of it.
fn without_keywords(text: &'static str) -> (&'static str, &'static str) {
    let text = text.trim();
    text.strip_prefix(SEARCH_BLOCK)
        .and_then(|block| block.split_once("\n```"))
        .map_or(("", text), |(keywords, rest)| (keywords, rest.trim()))
}

fn sections_of(page: &'static str) -> Vec<Section> {
    let headings: Vec<_> = headings(page).collect();
    headings
        .iter()
        .enumerate()
        .filter_map(|(index, (start, heading))| {
            let (title, anchor) = heading
                .strip_prefix("## ")?
                .strip_suffix('}')?
                .split_once("{#")?;
            let end = headings.get(index + 1).map_or(page.len(), |next| next.0);
            let (keywords, text) = without_keywords(&page[start + heading.len()..end]);
            Some(Section {
                anchor,
                title: title.trim(),
                keywords,
                text,
            })
        })
        .collect()
}

/// Position and text of the lines that begin a section. A line in a code block begins none.
fn headings(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut position = 0;
    let mut code = false;
    page.split_inclusive('\n').filter_map(move |line| {
        let start = position;
        position += line.len();
        if line.starts_with("```") {
            code = !code;
        }
        (!code && line.starts_with("## ")).then(|| (start, line.trim_end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_in_a_code_block_begins_no_section() {
        let page = "# Title\n\nIntro\n\n## One {#one}\n\n```\n## no\n```\n\n## Two {#two}\nText";
        let found: Vec<_> = headings(page).map(|(_, line)| line).collect();
        assert_eq!(found, ["## One {#one}", "## Two {#two}"]);
    }

    const PAGE: &str = "# Mail\n\nIntro\nduction\n\n## One: é {#one}\n\nText\n\n```\n## no\n```\n\n\
                        ## Two {#two-b}  \n\n```search\nrebond, 550\n```\n\nMore\n";

    #[test]
    fn a_page_has_a_title_an_introduction_and_sections() {
        assert_eq!(title_of(PAGE), Some("Mail"));
        assert_eq!(introduction_of(PAGE), Some(("", "Intro\nduction")));
        let expected = [
            Section {
                anchor: "one",
                title: "One: é",
                keywords: "",
                text: "Text\n\n```\n## no\n```",
            },
            Section {
                anchor: "two-b",
                title: "Two",
                keywords: "rebond, 550",
                text: "More",
            },
        ];
        assert_eq!(sections_of(PAGE), expected);
    }

    #[test]
    fn a_page_without_sections_is_all_introduction() {
        assert_eq!(introduction_of("# T\nWords\n"), Some(("", "Words")));
        let both = "# T\n```search\na\nb\n```\nWords\n";
        assert_eq!(introduction_of(both), Some(("a\nb", "Words")));
        assert_eq!(sections_of("# T\nWords\n"), []);
        assert_eq!(title_of("Words"), None);
    }

    #[test]
    fn what_does_not_exist_is_nothing() {
        assert_eq!(page(Language::English, "nowhere"), None);
        assert_eq!(section(Language::English, "nowhere", "one"), None);
        assert_eq!(sections(Language::French, "nowhere"), []);
    }
}
