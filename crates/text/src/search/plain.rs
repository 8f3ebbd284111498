//! Markdown without its marks.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The text that a reader sees, a blank line's worth between blocks told by one line end.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut is_form = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                is_form = info.starts_with("form");
            }
            Event::Text(part) if is_form => {
                text.push_str(part.trim_start_matches(['>', '!', '[', '-', ' ']));
            }
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::End(TagEnd::TableCell) => text.push_str(" · "),
            // The last line of code has its end already.
            Event::End(TagEnd::CodeBlock) => is_form = false,
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                // Behind the last cell nothing follows.
                text.truncate(text.trim_end_matches([' ', '·']).len());
                text.push('\n');
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => text.push('\n'),
            _ => {}
        }
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_go_and_words_stay() {
        for (markdown, expect) in [
            ("A **b** [c d](e.md#f)\ng `h`.", "A b c d g h."),
            ("- one\n- two\n\nEnd", "one\ntwo\nEnd"),
            ("| a | b |\n|---|---|\n| c | `d` |\n", "a · b\nc · d"),
            ("### Head\n\n```\ncode\n```\n", "Head\ncode"),
        ] {
            assert_eq!(plain(markdown), expect, "{markdown}");
        }
    }
}
