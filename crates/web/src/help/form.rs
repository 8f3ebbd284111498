//! The form of a DNS host, drawn from words: a block of a help page that begins with `form`. `docs/help.md` tells
//! writers its lines.
//!
//! The drawing is HTML and a list at the same time, so that nothing has to be said twice: who sees it sees a window
//! with filled fields and numbers, who hears it hears “Open …”, “In the field …, type …”, “Press …”.

use garant_text::{Args, Catalogue, Language};

use crate::words::{breakable, rich};

/// A line of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The way through the menus.
    Way(Vec<&'a str>),
    /// A field to fill, and with what.
    Fill(&'a str, &'a str),
    /// A field that is left as it is, and what stands in it.
    Left(&'a str, &'a str),
    /// A button to press.
    Press(&'a str),
    /// A remark on the line above.
    Remark(&'a str),
    /// The next screen or part.
    Rule,
}

/// The lines of a drawing.
///
/// # Errors
/// The line that is none of them.
#[cfg(test)]
pub(super) fn parse(text: &str) -> Result<Vec<Line<'_>>, &str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| parse_line(line).ok_or(line)).collect()
}

fn parse_line(line: &str) -> Option<Line<'_>> {
    if line == "---" {
        return Some(Line::Rule);
    }
    if let Some(way) = line.strip_prefix('>') {
        let steps: Vec<&str> = way.split(" > ").map(str::trim).collect();
        return steps
            .iter()
            .all(|step| !step.is_empty())
            .then_some(Line::Way(steps));
    }
    if let Some(remark) = line.strip_prefix("! ") {
        return Some(Line::Remark(remark.trim()));
    }
    if let Some(button) = line.strip_prefix('[') {
        return button
            .strip_suffix(']')
            .map(|button| Line::Press(button.trim()));
    }
    // What stands first decides: a value may hold the other sign.
    let fill = line
        .split_once(" = ")
        .map(|(label, value)| (label.len(), Line::Fill(label.trim(), value.trim())));
    let left = line
        .split_once(" ~ ")
        .map(|(label, value)| (label.len(), Line::Left(label.trim(), value.trim())));
    [fill, left]
        .into_iter()
        .flatten()
        .min_by_key(|(position, _)| *position)
        .map(|(_, line)| line)
}

/// The drawing; `name` is whose form it is, empty for anybody's. Lines that cannot be read are left out; a test holds
/// that no page has one.
pub(super) fn draw(name: &str, text: &str, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let none = Args::new();
    let say = |key: &str| rich(&catalogue.text(key, &none)).0;
    let name = match name.trim() {
        "" => say("help-form-any"),
        name => rich(name).0,
    };
    let mut html = format!(
        "<figure class=\"drawn\"><figcaption><span class=\"unseen\">{} </span>{name}</figcaption>\n<ol>\n",
        say("help-form-title")
    );
    let mut number = 0;
    let mut is_open = false;
    let mut is_next_part = false;
    for line in text.lines().map(str::trim).filter_map(parse_line) {
        match line {
            Line::Rule => {
                is_next_part = true;
                continue;
            }
            Line::Remark(remark) => {
                html.push_str(&format!("<span class=\"remark\">{}</span>", rich(remark).0));
                continue;
            }
            _ => {}
        }
        if is_open {
            html.push_str("</li>\n");
        }
        is_open = true;
        let part = if is_next_part { " part" } else { "" };
        is_next_part = false;
        let kind = match line {
            Line::Way(_) => "way",
            Line::Fill(..) => "fill",
            Line::Left(..) => "left",
            _ => "press",
        };
        html.push_str(&format!("<li class=\"{kind}{part}\">"));
        if kind != "left" {
            number += 1;
            html.push_str(&format!("<b class=\"n\">{number}</b>"));
        }
        match line {
            Line::Way(steps) => {
                let steps: Vec<String> = steps.iter().map(|step| format!("<span>{}</span>", rich(step).0)).collect();
                html.push_str(&format!(
                    "<span class=\"steps\"><span class=\"unseen\">{} </span>{}</span>",
                    say("help-form-open"),
                    steps.join("<span class=\"then\" aria-hidden=\"true\">›</span><span class=\"unseen\">, </span>")
                ));
            }
            Line::Fill(label, value) => {
                let copy = catalogue.text("help-form-copy", &Args::new().with("field", label));
                html.push_str(&format!(
                    "<span class=\"name\"><span class=\"unseen\">{} </span>{}<span class=\"unseen\">, {} </span></span>\
                     <span class=\"box\"><span class=\"value\">{}</span></span>\
                     <button type=\"button\" class=\"copy\">{}<span class=\"unseen\"> {}</span></button>",
                    say("help-form-field"),
                    rich(label).0,
                    say("help-form-type"),
                    breakable(value).0,
                    say("help-copy"),
                    rich(&copy).0
                ));
            }
            Line::Left(label, value) => html.push_str(&format!(
                "<span class=\"name\">{}<span class=\"unseen\">, {} </span></span><span class=\"box\">{}</span>",
                rich(label).0,
                say("help-form-left"),
                rich(value).0
            )),
            Line::Press(label) => html.push_str(&format!(
                "<span class=\"unseen\">{} </span><span class=\"pressed\">{}</span>",
                say("help-form-press"),
                rich(label).0
            )),
            Line::Remark(_) | Line::Rule => {}
        }
    }
    if is_open {
        html.push_str("</li>\n");
    }
    html.push_str("</ol></figure>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_of_one_form() {
        for (line, expect) in [
            ("> A > B", Some(Line::Way(vec!["A", "B"]))),
            (">A", Some(Line::Way(vec!["A"]))),
            ("> A >  > B", None),
            ("Type = CNAME", Some(Line::Fill("Type", "CNAME"))),
            (
                "Value = v=spf1 ~ x = y",
                Some(Line::Fill("Value", "v=spf1 ~ x = y")),
            ),
            ("TTL ~ 1 = h", Some(Line::Left("TTL", "1 = h"))),
            ("[Next]", Some(Line::Press("Next"))),
            ("[Next", None),
            ("! A remark", Some(Line::Remark("A remark"))),
            ("---", Some(Line::Rule)),
            ("Type=CNAME", None),
            ("words", None),
        ] {
            assert_eq!(parse_line(line), expect, "{line}");
        }
        assert_eq!(parse("[A]\n\nwords\n"), Err("words"));
    }

    #[test]
    fn a_drawing_is_a_list_with_running_numbers() {
        let text = "> Zone\nType = CNAME\nTTL ~ 1\n! Leave it.\n---\n[Save <b>]\n";
        for language in Language::ALL {
            let html = draw("Host", text, language);
            assert_eq!(html.matches("<li").count(), 4, "{html}");
            assert_eq!(html.matches("</li>").count(), 4, "{html}");
            assert!(html.contains("<b class=\"n\">3</b>"), "{html}");
            assert!(html.contains("press part"), "{html}");
            assert!(html.contains("Save &lt;b&gt;"), "{html}");
            assert!(!html.contains("[help-"), "{html}");
        }
    }

    #[test]
    fn any_words_make_a_sound_drawing() {
        for text in [
            "",
            "! alone",
            "---\n---",
            "<script>",
            "[]",
            "> \u{202e} > <b>",
            " = ",
            "a = ",
        ] {
            let html = draw("<i>", text, Language::French);
            assert_eq!(
                html.matches("<li").count(),
                html.matches("</li>").count(),
                "{html}"
            );
            assert!(
                !html.contains("<i>") && !html.contains("<script>"),
                "{html}"
            );
        }
    }
}
