//! Markdown of the help pages as HTML: tables that become cards on small screens, code with a copy button, drawn
//! forms, links between pages. HTML inside Markdown is shown as text.

use garant_text::help;
use garant_text::{Args, Catalogue, Language};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use super::{form, id_of, path_of};
use crate::words::rich;

/// The HTML of a text of one page.
pub(super) fn render(markdown: &str, topic: &str, language: Language) -> String {
    let mut writer = Writer {
        topic,
        language,
        events: Vec::new(),
        code: None,
        table: None,
        links: Vec::new(),
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        writer.take(event);
    }
    let mut rendered = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut rendered, writer.events.into_iter());
    rendered
}

/// The first sentence of a text, without marks.
pub(super) fn first_sentence(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Paragraph) => break,
            _ => {}
        }
    }
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text.truncate(end);
    text
}

/// A table, as far as it was read.
#[derive(Default)]
struct Table {
    /// What the columns are called.
    heads: Vec<String>,
    /// Whether its head is being read.
    is_head: bool,
    /// The number of the cell.
    column: usize,
}

struct Writer<'a> {
    topic: &'a str,
    language: Language,
    events: Vec<Event<'a>>,
    /// The words after the marks of a block of code, and its text.
    code: Option<(String, String)>,
    table: Option<Table>,
    /// For each link around this place, whether it leads somewhere.
    links: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn take(&mut self, event: Event<'a>) {
        if let Some((info, text)) = &mut self.code {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::End(TagEnd::CodeBlock) => {
                    let (info, text) = (std::mem::take(info), std::mem::take(text));
                    self.code = None;
                    let html = self.code_block(&info, &text);
                    self.raw(html);
                }
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((info, String::new()));
            }
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(text) | Event::InlineHtml(text) => self.events.push(Event::Text(text)),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => self.link(link_type, &dest_url),
            Event::End(TagEnd::Link) => {
                if self.links.pop().unwrap_or(false) {
                    self.raw("</a>");
                }
            }
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
            | Event::End(
                TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell,
            ) => self.table(&event),
            Event::Text(text) => {
                self.head(&text);
                self.events.push(Event::Text(text));
            }
            Event::Code(text) => {
                self.head(&text);
                let html = format!("<code>{}</code>", crate::words::breakable(&text).0);
                self.raw(html);
            }
            other => self.events.push(other),
        }
    }

    fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// Remembers what a column is called.
    fn head(&mut self, text: &str) {
        if let Some(table) = &mut self.table
            && table.is_head
            && let Some(head) = table.heads.last_mut()
        {
            head.push_str(text);
        }
    }

    fn table(&mut self, event: &Event<'a>) {
        let mut table = self.table.take().unwrap_or_default();
        let html = match event {
            Event::Start(Tag::Table(_)) => "<table class=\"cards\">\n".to_owned(),
            Event::Start(Tag::TableHead) => {
                table.is_head = true;
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                table.is_head = false;
                "</tr></thead>\n<tbody>\n".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                table.column = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(_) if table.is_head => {
                table.heads.push(String::new());
                "<th scope=\"col\">".to_owned()
            }
            Event::End(TagEnd::TableCell) if table.is_head => "</th>".to_owned(),
            Event::Start(_) if table.column == 0 => "<th scope=\"row\">".to_owned(),
            Event::Start(_) => {
                let head = table.heads.get(table.column).map_or("", String::as_str);
                // As text in quotes: no code can stand in an attribute.
                let head = rich(&head.replace('`', "")).0;
                format!("<td data-label=\"{head}\">")
            }
            Event::End(TagEnd::TableCell) => {
                table.column += 1;
                if table.column == 1 { "</th>" } else { "</td>" }.to_owned()
            }
            _ => "</tbody></table>\n".to_owned(),
        };
        let is_over = matches!(event, Event::End(TagEnd::Table));
        self.table = (!is_over).then_some(table);
        self.raw(html);
    }

    fn code_block(&self, info: &str, text: &str) -> String {
        if let Some(name) = info.strip_prefix("form") {
            return form::draw(name, text, self.language);
        }
        let catalogue = Catalogue::of(self.language);
        let say = |key: &str| rich(&catalogue.text(key, &Args::new())).0;
        // Line ends are kept, so the text is escaped here and not by `rich`, which writes them out.
        let lines: Vec<String> = text
            .trim_end()
            .lines()
            .map(|line| rich(&line.replace('`', "\u{2018}")).0)
            .collect();
        format!(
            "<div class=\"record code\"><button type=\"button\" class=\"copy\">{}<span class=\"unseen\"> {}</span></button>\
             <pre class=\"value\">{}</pre></div>\n",
            say("help-copy"),
            say("help-copy-lines"),
            lines.join("\n")
        )
    }

    fn link(&mut self, link_type: LinkType, target: &str) {
        let address = address(target, self.topic, self.language);
        let is_outward = matches!(link_type, LinkType::Autolink) || target.starts_with("https://");
        self.links.push(address.is_some());
        if let Some(address) = address {
            let address = rich(&address.replace('`', "%60")).0;
            let outward = if is_outward {
                " rel=\"external noreferrer\""
            } else {
                ""
            };
            self.raw(format!("<a href=\"{address}\"{outward}>"));
        }
    }
}

/// Pages of this site that pages of the help lead to, without the part of the language.
const PAGES: [&str; 2] = ["/message", "/bounce"];

/// Where a link of a page leads; nothing where there is nothing.
fn address(target: &str, topic: &str, language: Language) -> Option<String> {
    if target.starts_with("https://") {
        return Some(target.to_owned());
    }
    if PAGES.contains(&target) {
        return Some(format!("/{}{target}", language.tag()));
    }
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let other = if file.is_empty() {
        topic
    } else {
        file.strip_suffix(".md")?
    };
    help::group(other)?;
    if !anchor.is_empty() {
        help::section(language, other, anchor)?;
    }
    if file.is_empty() {
        return Some(format!("#{}", id_of(anchor)));
    }
    Some(path_of(language, other, anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expect: &str) {
        let html = render(markdown, "spf", Language::English);
        assert_eq!(html.trim(), expect, "{markdown}");
    }

    #[test]
    fn markdown_becomes_html() {
        check(
            "A **b** `c.d`.",
            "<p>A <strong>b</strong> <code>c.<wbr>d</code>.</p>",
        );
        check("### Head", "<h3>Head</h3>");
        check("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>");
    }

    #[test]
    fn a_table_says_what_each_cell_is() {
        check(
            "| `a` & b | c |\n|---|---|\n| d | e |\n",
            "<table class=\"cards\">\n<thead><tr><th scope=\"col\"><code>a</code> &amp; b</th><th scope=\"col\">c</th>\
             </tr></thead>\n<tbody>\n<tr><th scope=\"row\">d</th><td data-label=\"c\">e</td></tr>\n</tbody></table>",
        );
    }

    #[test]
    fn links_lead_to_pages_of_the_same_language_or_outward() {
        check("[a](dkim.md)", "<p><a href=\"/en/help/dkim\">a</a></p>");
        check(
            "[a](dkim.md#multiple)",
            "<p><a href=\"/en/help/dkim#multiple\">a</a></p>",
        );
        check("[a](/bounce)", "<p><a href=\"/en/bounce\">a</a></p>");
        check("[a](#multiple)", "<p><a href=\"#multiple\">a</a></p>");
        check(
            "[a](about-kept.md#logs)",
            "<p><a href=\"/en/kept#logs\">a</a></p>",
        );
        check(
            "<https://example.com/?a=b&c=\">",
            "<p><a href=\"https://example.com/?a=b&amp;c=&quot;\" rel=\"external noreferrer\">https://example.com/?a=b&amp;c=\"</a></p>",
        );
        check(
            "[a](https://example.com/?b&c)",
            "<p><a href=\"https://example.com/?b&amp;c\" rel=\"external noreferrer\">a</a></p>",
        );
        for nowhere in [
            "javascript:alert(1)",
            "nowhere.md",
            "dkim.md#nowhere",
            "http://a.example",
            "/api",
            "//a.example",
        ] {
            check(&format!("[a]({nowhere})"), "<p>a</p>");
        }
    }

    #[test]
    fn html_is_shown_as_text() {
        check("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>");
        check(
            "<script>\nx\n</script>",
            "<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>",
        );
        check("![a](https://a.example/b.png)", "<p>a</p>");
    }

    #[test]
    fn code_can_be_copied_and_keeps_its_lines() {
        let html = render("```\na <b>\nc\n```\n", "spf", Language::English);
        assert!(
            html.contains("<pre class=\"value\">a &lt;b&gt;\nc</pre>"),
            "{html}"
        );
        assert!(html.contains("class=\"copy\""), "{html}");
    }

    #[test]
    fn the_first_sentence_of_a_page_is_its_description() {
        assert_eq!(first_sentence("A `b` **c**\nd. More.\n\nEnd."), "A b c d.");
        assert_eq!(first_sentence("None"), "None");
        assert_eq!(first_sentence(""), "");
    }
}
