//! Templates hold no words, and every page has words for all it says.

use std::path::PathBuf;

use crate::site::{keys_without_words, refused, site};

/// What may stand in a template as it is: names, which no language changes.
const NAMES: [&str; 11] = [
    "Garant",
    "API",
    "Français",
    "English",
    "SPF",
    "DKIM",
    "DMARC",
    "curl",
    "openapi",
    "api",
    "json",
];

fn templates() -> Vec<(PathBuf, String)> {
    let mut folders = vec![PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/templates"
    ))];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a template");
                found.push((path, text));
            }
        }
    }
    found
}

/// A template without its expressions, statements, comments, tags, and without what people copy: code is the same in
/// every language.
fn words(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    let is_copied = |tag: &str| tag.starts_with("<code") || tag.contains("class=\"value\"");
    while let Some(at) = rest.find(['<', '{']) {
        text.push_str(&rest[..at]);
        let from = &rest[at..];
        let (open, close) = match from {
            _ if from.starts_with("{{") => ("{{", "}}"),
            _ if from.starts_with("{%") => ("{%", "%}"),
            _ if from.starts_with("{#") => ("{#", "#}"),
            _ if from.starts_with("<!--") => ("<!--", "-->"),
            _ if from.starts_with('<') => ("<", ">"),
            _ => {
                rest = &from[1..];
                continue;
            }
        };
        // An expression inside a tag may hold the sign that ends the tag.
        let inside = if open == "<" {
            tag_end(from)
        } else {
            from.find(close)
        };
        let end = inside.map_or(from.len(), |end| end + close.len());
        rest = &from[end..];
        if open == "<" && is_copied(&from[..end]) {
            rest = rest.find("</").map_or("", |end| &rest[end..]);
        }
        text.push(' ');
    }
    text.push_str(rest);
    text
}

/// Where a tag ends, with expressions inside it passed over.
fn tag_end(tag: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &tag[at..];
        let end = rest.find('>')?;
        let opens = ["{{", "{%"].iter().filter_map(|open| rest.find(open)).min();
        match opens {
            Some(open) if open < end => {
                let closes = ["}}", "%}"];
                let close = closes
                    .iter()
                    .filter_map(|close| rest[open..].find(close))
                    .min()?;
                at += open + close + 2;
            }
            _ => return Some(at + end),
        }
    }
}

#[test]
fn templates_hold_no_words() {
    let mut faults = Vec::new();
    for (path, template) in templates() {
        let text = words(&template);
        let texts = text.split(|c: char| !c.is_alphabetic());
        let foreign = texts.filter(|word| word.len() > 1 && !NAMES.contains(word));
        let foreign: Vec<&str> = foreign.collect();
        if !foreign.is_empty() {
            faults.push(format!("{}: {foreign:?}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn words_are_found_between_tags_and_expressions() {
    for (template, expect) in [
        ("<p class=\"a\">{{ b }}</p>", ""),
        ("<p>Word</p>", "Word"),
        ("<code>cd /</code> <p class=\"value\">dig {{ a }} x</p>", ""),
        (
            "{% if a > b %}<b{% if c > d %} e{% endif %}>F</b>{# g #}<!-- h -->",
            "F",
        ),
    ] {
        assert_eq!(
            words(template).split_whitespace().collect::<String>(),
            expect
        );
    }
}

#[tokio::test]
async fn every_page_has_its_words_in_both_languages() {
    let site = site(refused());
    for language in ["fr", "en"] {
        let check = site.checked(language).await;
        let mut titles = Vec::new();
        for path in [
            format!("/{language}/"),
            format!("/{language}/nowhere"),
            format!("/{language}/message"),
            format!("/{language}/bounce"),
            format!("/{language}/c/{}", "0".repeat(26)),
            check.clone(),
            format!("{check}/records"),
        ] {
            let html = site.get(&path).await.text();
            let keys = keys_without_words(&html);
            assert!(keys.is_empty(), "{path}: {keys:?}");
            assert!(html.contains(&format!("<html lang=\"{language}\">")));
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
            let title = html
                .split("<title>")
                .nth(1)
                .and_then(|rest| rest.split('<').next());
            titles.push(title.expect("a title").to_owned());
        }
        let count = titles.len();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), count, "{titles:?}");
    }
}

#[tokio::test]
async fn nothing_stands_in_a_page_that_its_policy_forbids() {
    let site = site(refused());
    let check = site.checked("en").await;
    for path in [
        "/en/".to_owned(),
        "/en/message".to_owned(),
        "/en/bounce".to_owned(),
        check.clone(),
        format!("{check}/records"),
    ] {
        let html = site.get(&path).await.text();
        for forbidden in [
            " style=",
            "<style",
            " onclick=",
            "javascript:",
            "src=\"http",
            "<script>",
        ] {
            assert!(!html.contains(forbidden), "{path}: {forbidden}");
        }
    }
}
